/*
 * simulate/compile.c - from the paths of a case to a network of nodes.
 */
#include <string.h>

#include "base/mem.h"
#include "simulate/model.h"

/* What one run over the paths has to carry along. */
struct compiler {
	struct rp_model *m;
	const struct rp_whatif *whatif;
	struct rp_err *err;
	size_t part;
	uint64_t ordinal;	/* of the step within its population */
	bool in_step;		/* a subscriber's certificates are together */
	size_t open;		/* the independent node under way, or END */
	size_t depth;
	/* Pointers still to be set to the next node: at most one chain end
	 * for each way through a branch. */
	size_t **loose;
	size_t n_loose;
};

/* ---- sizes -------------------------------------------------------------- */

static size_t
count_steps(const struct rp_path *path)
{
	size_t n = path->n_steps;

	for (size_t i = 0; i < path->n_steps; i++)
		if (path->step[i].kind == RP_STEP_BRANCH)
			n += count_steps(&path->step[i].as.branch.path);
	return n;
}

/* Whether a share of the certificates leaves a poll for its own schedule. */
static bool
poll_splits(const struct rp_step *s)
{
	return s->as.poll.share.dist != NULL || s->as.poll.share.fixed < 1.0;
}

/* A step that cannot be part of a kernel. */
static bool
needs_nodes(const struct rp_step *s)
{
	if (s->kind == RP_STEP_TEAM || s->kind == RP_STEP_NOTICE)
		return true;
	if (s->kind == RP_STEP_POLL)
		return poll_splits(s);
	if (s->kind == RP_STEP_BRANCH)
		for (size_t i = 0; i < s->as.branch.path.n_steps; i++)
			if (needs_nodes(&s->as.branch.path.step[i]))
				return true;
	return false;
}

/* ---- nodes -------------------------------------------------------------- */

static struct rp_stream_key
step_key(const struct compiler *c, uint64_t ordinal)
{
	return rp_stream_key_of(c->m->seed, c->m->cs->id,
	    c->m->part[c->part].p->name, ordinal);
}

static double
speed_of(const struct compiler *c, const struct rp_step *s)
{
	return c->whatif->step == s ?
	    c->whatif->speed : 1.0;
}

/* All chain ends of before now lead to node. */
static void
join(struct compiler *c, size_t node)
{
	for (size_t i = 0; i < c->n_loose; i++)
		*c->loose[i] = node;
	c->n_loose = 0;
}

static size_t
new_node(struct compiler *c, enum rp_flow_kind kind)
{
	size_t i = c->m->n_nodes++;
	struct rp_flow_node *n = &c->m->node[i];

	n->kind = kind;
	n->part = c->part;
	n->next = RP_FLOW_END;
	n->alt = RP_FLOW_END;
	n->key = step_key(c, c->ordinal);
	join(c, i);
	return i;
}

static void
leave(struct compiler *c, size_t *end)
{
	c->loose[c->n_loose++] = end;
}

static int
calendar_of(const struct compiler *c, bool weekends)
{
	int i = c->m->part[c->part].p->calendar;

	/* The default calendar stands first. */
	return 2 * (i + 1) + (weekends ? 1 : 0);
}

/* ---- hops --------------------------------------------------------------- */

static bool
hop_is_fixed(const struct rp_step *s)
{
	switch (s->kind) {
	case RP_STEP_WAIT:
		return rp_chance_is_fixed(&s->as.wait.time) &&
		    rp_quantity_is_fixed(&s->as.wait.never);
	case RP_STEP_POLL:
		return rp_quantity_is_fixed(&s->as.poll.every) &&
		    rp_quantity_is_fixed(&s->as.poll.failures) &&
		    rp_quantity_is_fixed(&s->as.poll.renews);
	case RP_STEP_GATE:
		return rp_quantity_is_fixed(&s->as.gate.until);
	case RP_STEP_BRANCH:
		return rp_quantity_is_fixed(&s->as.branch.share);
	case RP_STEP_BATCH:
	case RP_STEP_NOTICE:
	case RP_STEP_TEAM:
		break;
	}
	return true;
}

static bool
waits_by_subscriber(const struct rp_step *s)
{
	return s->kind == RP_STEP_WAIT &&
	    s->as.wait.per == RP_UNIT_SUBSCRIBER;
}

/* Every certificate that enters such a step at one instant leaves it at one
 * instant too. */
static bool
keeps_together(const struct rp_step *s)
{
	return s->kind == RP_STEP_GATE || s->kind == RP_STEP_BATCH ||
	    (s->kind == RP_STEP_WAIT && s->as.wait.time.dist == NULL &&
	    s->as.wait.never.dist == NULL && s->as.wait.never.fixed == 0.0);
}

static size_t
add_hop(struct compiler *c, const struct rp_step *s, bool own)
{
	struct rp_model *m = c->m;
	size_t i = m->n_hops++;
	struct rp_hop *h = &m->hop[i];

	h->step = s;
	h->key = step_key(c, c->ordinal++);
	h->own = own;
	h->as_one = waits_by_subscriber(s) &&
	    m->part[c->part].subscribers == 1;
	h->fixed = hop_is_fixed(s) &&
	    !(m->pace_sd > 0.0 && s->kind == RP_STEP_WAIT) && !(h->as_one &&
	    !keeps_together(s)) &&
	    (!own || m->part[c->part].fixed_expiry);
	h->speed = speed_of(c, s);
	h->calendar = calendar_of(c, false);
	h->span = 1;
	if (s->kind != RP_STEP_BRANCH)
		return i;
	if (++c->depth > m->depth)
		m->depth = c->depth;
	for (size_t k = 0; k < s->as.branch.path.n_steps; k++) {
		size_t sub = add_hop(c, &s->as.branch.path.step[k], false);

		m->hop[i].fixed = m->hop[i].fixed && m->hop[sub].fixed;
		m->hop[i].n_sub++;
		m->hop[i].span += m->hop[sub].span;
	}
	c->depth--;
	return i;
}

/* The first wait per subscriber in a step; NULL: none. */
static const struct rp_step *
find_subscriber_wait(const struct rp_step *s)
{
	const struct rp_step *found = waits_by_subscriber(s) ? s : NULL;

	for (size_t i = 0; s->kind == RP_STEP_BRANCH && found == NULL &&
	    i < s->as.branch.path.n_steps; i++)
		found = find_subscriber_wait(&s->as.branch.path.step[i]);
	return found;
}

/* Whether a step must be counted by subscriber here, and whether it can. */
static rp_status
by_subscriber(const struct compiler *c, const struct rp_step *s, bool *yes)
{
	const struct rp_model_part *p =
	    &c->m->part[c->part];
	const struct rp_step *wait = find_subscriber_wait(s);

	*yes = p->subscribers != p->certificates && p->subscribers != 1 &&
	    wait != NULL;
	if (!*yes || (c->in_step && s->kind == RP_STEP_WAIT))
		return RP_OK;
	return rp_fail_at(c->err, RP_ESTATE, wait->origin.line,
	    wait->origin.col, "the wait '%s' is per subscriber, but stands "
	    "%s; put it first, or split the population by subscriber",
	    wait->what, s->kind == RP_STEP_BRANCH ? "in a branch" :
	    "after a step in which a subscriber's certificates part");
}

static rp_status
add_independent(struct compiler *c, const struct rp_step *s, bool own)
{
	bool sub;
	rp_status rc = by_subscriber(c, s, &sub);
	struct rp_flow_node *n;
	size_t h;

	if (rc != RP_OK)
		return rc;
	/* Steps that keep a subscriber's certificates together may still be
	 * counted by subscriber; the first that parts them may not. */
	if (c->open != RP_FLOW_END && c->m->node[c->open].by_subscriber &&
	    !sub && !keeps_together(s))
		c->open = RP_FLOW_END;
	if (c->open != RP_FLOW_END && sub)
		c->m->node[c->open].by_subscriber = true;
	if (c->open == RP_FLOW_END) {
		c->open = new_node(c, RP_FLOW_INDEPENDENT);
		c->m->node[c->open].by_subscriber = sub;
		c->m->node[c->open].fixed = true;
		c->m->node[c->open].hop = c->m->n_hops;
		leave(c, &c->m->node[c->open].next);
	}
	h = add_hop(c, s, own);
	n = &c->m->node[c->open];
	n->n_hops++;
	n->fixed = n->fixed && c->m->hop[h].fixed &&
	    c->m->part[c->part].fixed_expiry;
	c->in_step = c->in_step && (sub || keeps_together(s));
	return RP_OK;
}

/* ---- queues, splits ----------------------------------------------------- */

static size_t
find_queue(const struct compiler *c, const struct rp_step *s)
{
	const char *name = s->kind == RP_STEP_TEAM ? s->as.team.name : NULL;

	for (size_t i = 0; name != NULL && i < c->m->n_queues; i++) {
		const struct rp_step *t = c->m->queue[i].step;

		if (t->kind == RP_STEP_TEAM && t->as.team.name != NULL &&
		    strcmp(t->as.team.name, name) == 0)
			return i;
	}
	return c->m->n_queues;
}

static void
add_queue(struct compiler *c, const struct rp_step *s)
{
	size_t q = find_queue(c, s);
	struct rp_queue *queue = &c->m->queue[q];
	struct rp_flow_node *n;
	size_t i;

	c->open = RP_FLOW_END;
	c->in_step = false;
	i = new_node(c, RP_FLOW_QUEUE);
	n = &c->m->node[i];
	if (q == c->m->n_queues) {
		c->m->n_queues++;
		queue->first = RP_FLOW_END;
		queue->step = s;
		queue->key = step_key(c, c->ordinal);
		queue->speed = speed_of(c, s);
		queue->population = c->m->part[c->part].of;
		queue->calendar = calendar_of(c, s->kind == RP_STEP_TEAM &&
		    s->as.team.weekends);
	}
	if (speed_of(c, s) != 1.0)
		queue->speed = speed_of(c, s);
	c->ordinal++;
	n->queue = q;
	n->member = queue->n_members++;
	n->sibling = queue->first;
	queue->first = i;
	n->step = s;
	leave(c, &n->next);
}

static rp_status add_path(struct compiler *c, const struct rp_path *path);

/* The part told by the poll, and the rest on its own schedule. */
static rp_status
add_poll(struct compiler *c, const struct rp_step *s)
{
	size_t split = new_node(c, RP_FLOW_SPLIT);
	struct rp_flow_node *n = &c->m->node[split];
	rp_status rc;

	n->step = s;
	n->split_rest = true;
	c->ordinal++;
	c->in_step = false;
	c->open = RP_FLOW_END;
	leave(c, &n->next);
	rc = add_independent(c, s, false);
	if (rc != RP_OK)
		return rc;
	/* Keep the polled way loose while the other one is built. */
	n->alt = c->m->n_nodes;
	c->open = c->m->n_nodes++;
	n = &c->m->node[c->open];
	*n = (struct rp_flow_node){ .kind = RP_FLOW_INDEPENDENT,
	    .part = c->part, .next = RP_FLOW_END,
	    .alt = RP_FLOW_END, .fixed = true, .no_expiry = true,
	    .hop = c->m->n_hops, .key = step_key(c, c->ordinal) };
	leave(c, &n->next);
	rc = add_independent(c, s, true);
	c->open = RP_FLOW_END;
	return rc;
}

static rp_status
add_branch(struct compiler *c, const struct rp_step *s)
{
	size_t split = new_node(c, RP_FLOW_SPLIT);
	struct rp_flow_node *n = &c->m->node[split];
	rp_status rc;

	n->step = s;
	c->ordinal++;
	c->in_step = false;
	c->open = RP_FLOW_END;
	leave(c, &n->alt);
	rc = add_path(c, &s->as.branch.path);
	c->open = RP_FLOW_END;
	leave(c, &n->next);
	return rc;
}

static rp_status
add_step(struct compiler *c, const struct rp_step *s)
{
	if (!needs_nodes(s))
		return add_independent(c, s, false);
	if (s->kind == RP_STEP_POLL)
		return add_poll(c, s);
	if (s->kind == RP_STEP_BRANCH)
		return add_branch(c, s);
	add_queue(c, s);
	return RP_OK;
}

static rp_status
add_path(struct compiler *c, const struct rp_path *path)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < path->n_steps && rc == RP_OK; i++)
		rc = add_step(c, &path->step[i]);
	return rc;
}

/* ---- order -------------------------------------------------------------- */

static bool
raise(struct rp_model *m, size_t node, size_t level)
{
	if (node == RP_FLOW_END || m->node[node].level >= level)
		return false;
	m->node[node].level = level;
	return true;
}

/*
 * A node comes after all that feed it, a shared queue after all that feed any
 * of its members.  Two populations that share two teams in opposite order make
 * a circle: it is cut after as many rounds as there are nodes, and what closes
 * it arrives a step later.
 */
static void
set_levels(struct rp_model *m)
{
	bool moved = true;

	for (size_t round = 0; moved && round < m->n_nodes; round++) {
		moved = false;
		for (size_t i = 0; i < m->n_nodes; i++) {
			struct rp_flow_node *n = &m->node[i];

			moved |= raise(m, n->next, n->level + 1);
			moved |= raise(m, n->alt, n->level + 1);
			for (size_t k = 0; n->kind == RP_FLOW_QUEUE &&
			    k < m->n_nodes; k++)
				if (m->node[k].kind == RP_FLOW_QUEUE &&
				    m->node[k].queue == n->queue)
					moved |= raise(m, k, n->level);
		}
	}
}

static void
sort_by_level(struct rp_model *m)
{
	for (size_t i = 0; i < m->n_nodes; i++) {
		size_t k = i;

		for (; k > 0 && m->node[m->order[k - 1]].level >
		    m->node[i].level; k--)
			m->order[k] = m->order[k - 1];
		m->order[k] = i;
	}
	for (size_t k = 0; k < m->n_nodes; k++) {
		const struct rp_flow_node *n = &m->node[m->order[k]];

		if (n->kind == RP_FLOW_QUEUE)
			m->queue[n->queue].last = m->order[k];
	}
}

/* ---- the network of a case ---------------------------------------------- */

static rp_status
compile_part(struct compiler *c, size_t i)
{
	struct rp_model_part *p = &c->m->part[i];
	rp_status rc;

	c->part = i;
	c->ordinal = 1;		/* 0 is for the population's own inputs */
	c->in_step = true;
	c->open = RP_FLOW_END;
	c->n_loose = 0;
	leave(c, &p->entry);
	p->key = step_key(c, 0);
	rc = add_path(c, &p->p->path);
	join(c, RP_FLOW_END);
	return rc;
}

rp_status
rp_model_compile(struct rp_model *m, const struct rp_whatif *whatif,
    struct rp_err *err)
{
	struct compiler c = { .m = m, .whatif = whatif, .err = err };
	rp_status rc = RP_OK;
	size_t steps = 0;

	for (size_t i = 0; i < m->n_parts; i++)
		steps += count_steps(&m->part[i].p->path);
	/* A poll may make three nodes and two hops of one step. */
	m->hop = rp_alloc_zeroed(2 * steps, sizeof(*m->hop));
	m->node = rp_alloc_zeroed(3 * steps, sizeof(*m->node));
	m->order = rp_alloc_zeroed(3 * steps, sizeof(*m->order));
	m->queue = rp_alloc_zeroed(steps + 1, sizeof(*m->queue));
	c.loose = rp_alloc_zeroed(3 * steps + 2, sizeof(*c.loose));
	if (m->hop == NULL || m->node == NULL || m->order == NULL ||
	    m->queue == NULL || c.loose == NULL)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the paths");
	for (size_t i = 0; i < m->n_parts && rc == RP_OK; i++)
		rc = compile_part(&c, i);
	if (rc == RP_OK) {
		set_levels(m);
		sort_by_level(m);
	}
	rp_release_mem(c.loose);
	return rc;
}
