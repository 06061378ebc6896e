/*
 * simulate/paths.c - from the steps of a path to nodes, hops and queues.
 */
#include <string.h>

#include "simulate/compile.h"

/* ---- what steps are like ------------------------------------------------ */

static size_t
count_step(const struct rp_step *s)
{
	size_t n = 1;

	if (s->kind == RP_STEP_BRANCH)
		n += rp_compile_count(&s->as.branch.path);
	if (s->kind == RP_STEP_POLL)
		for (size_t i = 0; i < s->as.poll.n_kinds; i++)
			n += 1 + count_step(s->as.poll.kind[i].step);
	return n;
}

size_t
rp_compile_count(const struct rp_path *path)
{
	size_t n = 0;

	for (size_t i = 0; i < path->n_steps; i++)
		n += count_step(&path->step[i]);
	return n;
}

static bool
step_reissues(const struct rp_step *s)
{
	bool yes = s->reissues;

	if (s->kind == RP_STEP_BRANCH)
		yes = yes || rp_compile_reissues(&s->as.branch.path);
	if (s->kind == RP_STEP_POLL)
		for (size_t i = 0; i < s->as.poll.n_kinds; i++)
			yes = yes || s->as.poll.kind[i].step->reissues;
	return yes;
}

bool
rp_compile_reissues(const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++)
		if (step_reissues(&path->step[i]))
			return true;
	return false;
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
		return s->as.poll.n_kinds > 0 || poll_splits(s);
	if (s->kind != RP_STEP_BRANCH)
		return false;
	/* Who passes a step that reissues has to be counted there. */
	if (s->as.branch.by_validation ||
	    rp_compile_reissues(&s->as.branch.path))
		return true;
	for (size_t i = 0; i < s->as.branch.path.n_steps; i++)
		if (needs_nodes(&s->as.branch.path.step[i]))
			return true;
	return false;
}

/* ---- loose ends --------------------------------------------------------- */

struct rp_stream_key
rp_compile_key(const struct rp_compiler *c, uint64_t ordinal)
{
	return rp_stream_key_of(c->m->seed, c->m->cs->id,
	    c->m->part[c->part].p->name, ordinal);
}

void
rp_compile_leave(struct rp_compiler *c, int copy, size_t *to, bool *reissues)
{
	struct rp_loose *l = &c->pool[c->n_pool++];

	*l = (struct rp_loose){ to, reissues, c->loose[copy] };
	c->loose[copy] = l;
}

/* All ends of list are loose again, as well as those that are. */
static void
loosen(struct rp_compiler *c, int copy, struct rp_loose *list)
{
	struct rp_loose **end = &c->loose[copy];

	while (*end != NULL)
		end = &(*end)->rest;
	*end = list;
	c->open[copy] = RP_FLOW_END;
}

/* All loose ends of before now lead to node. */
static void
join(struct rp_compiler *c, int copy, size_t node)
{
	for (struct rp_loose *l = c->loose[copy]; l != NULL; l = l->rest)
		*l->to = node;
	c->loose[copy] = NULL;
}

/* Who has come so far has been reissued. */
static void
mark(struct rp_compiler *c)
{
	struct rp_loose *passed = c->loose[0];

	for (struct rp_loose *l = passed; l != NULL; l = l->rest)
		if (l->reissues != NULL)
			*l->reissues = true;
	c->loose[0] = NULL;
	c->open[0] = RP_FLOW_END;
	loosen(c, 1, passed);
	/* Another wait per subscriber cannot be in one node with those before
	 * it: that would hide who passed here. */
	c->in_step = false;
}

/* ---- nodes -------------------------------------------------------------- */

static double
speed_of(const struct rp_compiler *c, const struct rp_step *s)
{
	/* Of a mix all kinds of clients are faster. */
	return c->whatif->step == s || (c->mix != NULL &&
	    c->whatif->step == c->mix) ? c->whatif->speed : 1.0;
}

static size_t
new_node(struct rp_compiler *c, int copy, enum rp_flow_kind kind,
    const struct rp_step *s)
{
	size_t i = c->m->n_nodes++;

	c->m->node[i] = (struct rp_flow_node){ .kind = kind, .step = s,
	    .part = c->part, .reissued = copy > 0, .next = RP_FLOW_END,
	    .alt = RP_FLOW_END, .key = rp_compile_key(c, c->ordinal),
	    .lane = 1 + c->m->part[c->part].lane +
	    (uint64_t)copy * RP_COPY_LANES };
	return i;
}

static void
leave_next(struct rp_compiler *c, int copy, size_t node)
{
	struct rp_flow_node *n = &c->m->node[node];

	rp_compile_leave(c, copy, &n->next, &n->next_reissues);
}

static void
leave_alt(struct rp_compiler *c, int copy, size_t node)
{
	struct rp_flow_node *n = &c->m->node[node];

	rp_compile_leave(c, copy, &n->alt, &n->alt_reissues);
}

static int
calendar_of(const struct rp_compiler *c, bool weekends)
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
add_hop(struct rp_compiler *c, const struct rp_step *s, bool own)
{
	struct rp_model *m = c->m;
	size_t i = m->n_hops++;
	struct rp_hop *h = &m->hop[i];

	h->step = s;
	h->key = rp_compile_key(c, c->ordinal++);
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

/*
 * Whether a step must be counted by subscriber.  Where the certificates of a
 * subscriber may have parted, counts cannot do that: each is followed.
 */
static bool
by_subscriber(const struct rp_compiler *c, const struct rp_step *s)
{
	struct rp_model_part *p = &c->m->part[c->part];
	bool yes = p->subscribers != p->certificates && p->subscribers != 1 &&
	    find_subscriber_wait(s) != NULL;

	if (yes && !(c->in_step && s->kind == RP_STEP_WAIT)) {
		p->one_by_one = true;
		p->few = false;
	}
	return yes;
}

static size_t
open_node(struct rp_compiler *c, int copy, const struct rp_step *s, bool sub)
{
	size_t i = new_node(c, copy, RP_FLOW_INDEPENDENT, s);

	join(c, copy, i);
	c->m->node[i].by_subscriber = sub;
	c->m->node[i].fixed = true;
	c->m->node[i].hop = c->m->n_hops;
	leave_next(c, copy, i);
	c->open[copy] = i;
	return i;
}

static rp_status
add_independent(struct rp_compiler *c, const struct rp_step *s, int copy,
    bool own)
{
	bool sub = by_subscriber(c, s);
	size_t *open = &c->open[copy];
	struct rp_flow_node *n;
	size_t h;

	/* Steps that keep a subscriber's certificates together may still be
	 * counted by subscriber; the first that parts them may not. */
	if (*open != RP_FLOW_END && c->m->node[*open].by_subscriber &&
	    !sub && !keeps_together(s))
		*open = RP_FLOW_END;
	if (*open != RP_FLOW_END && sub)
		c->m->node[*open].by_subscriber = true;
	if (*open == RP_FLOW_END)
		*open = open_node(c, copy, s, sub);
	h = add_hop(c, s, own);
	n = &c->m->node[*open];
	n->n_hops++;
	n->fixed = n->fixed && c->m->hop[h].fixed &&
	    c->m->part[c->part].fixed_expiry;
	c->in_step = c->in_step && (sub || keeps_together(s));
	/* Counted by subscriber they must not part from one another. */
	if (c->whatif->each_step && !c->in_step)
		*open = RP_FLOW_END;
	return RP_OK;
}

/* ---- queues ------------------------------------------------------------- */

/*
 * A team that is named is one wherever it is named; one that is not belongs
 * to its step, whichever part or copy of the population comes to it.
 */
static bool
same_queue(const struct rp_compiler *c, const struct rp_queue *q,
    const struct rp_step *s)
{
	const struct rp_step *t = q->step;

	if (s->kind == RP_STEP_TEAM && s->as.team.name != NULL)
		return t->kind == RP_STEP_TEAM && t->as.team.name != NULL &&
		    strcmp(t->as.team.name, s->as.team.name) == 0;
	return t == s && q->population == c->m->part[c->part].of;
}

static size_t
find_queue(const struct rp_compiler *c, const struct rp_step *s)
{
	size_t i = 0;

	while (i < c->m->n_queues && !same_queue(c, &c->m->queue[i], s))
		i++;
	return i;
}

static rp_status
add_queue(struct rp_compiler *c, const struct rp_step *s, int copy)
{
	size_t q = find_queue(c, s);
	struct rp_queue *queue = &c->m->queue[q];
	size_t i = new_node(c, copy, RP_FLOW_QUEUE, s);
	struct rp_flow_node *n = &c->m->node[i];

	join(c, copy, i);
	c->open[copy] = RP_FLOW_END;
	c->in_step = false;
	if (q == c->m->n_queues) {
		c->m->n_queues++;
		queue->first = RP_FLOW_END;
		queue->step = s;
		queue->key = rp_compile_key(c, c->ordinal);
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
	leave_next(c, copy, i);
	return RP_OK;
}

/* ---- polls -------------------------------------------------------------- */

/* The part told by the poll, and the rest on its own schedule. */
static rp_status
add_poll(struct rp_compiler *c, const struct rp_step *s, int copy)
{
	size_t split = new_node(c, copy, RP_FLOW_SPLIT, s), own;
	struct rp_loose *polled;
	rp_status rc;

	join(c, copy, split);
	c->m->node[split].split_by = RP_SPLIT_REST;
	c->ordinal++;
	c->in_step = false;
	c->open[copy] = RP_FLOW_END;
	leave_next(c, copy, split);
	rc = add_independent(c, s, copy, false);
	if (rc != RP_OK)
		return rc;
	polled = c->loose[copy];
	c->loose[copy] = NULL;
	leave_alt(c, copy, split);
	own = open_node(c, copy, s, false);
	c->m->node[own].no_expiry = true;
	rc = add_independent(c, s, copy, true);
	loosen(c, copy, polled);
	return rc;
}

/* ---- ways that part ----------------------------------------------------- */

/* n steps in each copy, all of a copy at once so that they can be in one
 * node; the copies see the same inputs. */
static rp_status
in_copies(struct rp_compiler *c, const struct rp_step *s, size_t n,
    rp_status (*add)(struct rp_compiler *c, const struct rp_step *s,
    int copy))
{
	uint64_t ordinal = c->ordinal;
	bool in_step = c->in_step;
	rp_status rc = RP_OK;

	for (int copy = 0; copy < RP_COPIES && rc == RP_OK; copy++) {
		if (c->loose[copy] == NULL)
			continue;
		c->ordinal = ordinal;
		c->in_step = in_step;
		for (size_t i = 0; i < n && rc == RP_OK; i++)
			rc = add(c, &s[i], copy);
	}
	return rc;
}

/* Split what comes: alt is loose, next is put aside. */
static void
part_ways(struct rp_compiler *c, const struct rp_step *s,
    enum rp_split_by by, size_t kind, struct rp_loose *aside[RP_COPIES])
{
	for (int copy = 0; copy < RP_COPIES; copy++) {
		size_t split;

		aside[copy] = NULL;
		c->open[copy] = RP_FLOW_END;
		if (c->loose[copy] == NULL)
			continue;
		split = new_node(c, copy, RP_FLOW_SPLIT, s);
		join(c, copy, split);
		c->m->node[split].split_by = by;
		c->m->node[split].poll_kind = kind;
		c->m->node[split].lane += kind * RP_KIND_LANES;
		leave_next(c, copy, split);
		aside[copy] = c->loose[copy];
		c->loose[copy] = NULL;
		leave_alt(c, copy, split);
	}
	c->in_step = false;
}

/* Limits on reuse, once there are any, never end. */
static rp_status
check_validation(const struct rp_compiler *c, const struct rp_step *s)
{
	struct rp_span limit;

	if (!s->as.branch.by_validation || rp_validation_reuse(
	    c->m->cs->profile, rp_instant_of_s(c->m->grid.t[0]), &limit,
	    NULL))
		return RP_OK;
	return rp_fail_at(c->err, RP_ESTATE, s->origin.line, s->origin.col,
	    "nothing is known of how long a validation could be reused for "
	    "these certificates at the start of the case; give the branch "
	    "'%s' a share instead of 'validated'", s->what);
}

static rp_status
add_branch(struct rp_compiler *c, const struct rp_step *s)
{
	struct rp_loose *aside[RP_COPIES];
	rp_status rc = check_validation(c, s);

	if (rc != RP_OK)
		return rc;
	part_ways(c, s, s->as.branch.by_validation ? RP_SPLIT_VALIDATED :
	    RP_SPLIT_SHARE, 0, aside);
	c->ordinal++;
	rc = rp_compile_path(c, &s->as.branch.path);
	for (int copy = 0; copy < RP_COPIES; copy++)
		loosen(c, copy, aside[copy]);
	return rc;
}

static rp_status add_steps(struct rp_compiler *c, const struct rp_step *s,
    size_t n);

/* A mix of clients: one kind after the other takes its part of what is left
 * for it and the kinds after it. */
static rp_status
add_mix(struct rp_compiler *c, const struct rp_step *s)
{
	struct rp_loose *rest[RP_COPIES] = { 0 }, *through[RP_COPIES] = { 0 };
	uint64_t ordinal = c->ordinal++;
	rp_status rc = RP_OK;

	if (s->as.poll.n_kinds > RP_POLL_KINDS_MAX)
		return rp_fail_at(c->err, RP_ERANGE, s->origin.line,
		    s->origin.col, "a mix of %zu kinds of clients; at most %d "
		    "can be simulated", s->as.poll.n_kinds, RP_POLL_KINDS_MAX);
	c->mix = s;
	for (int copy = 0; copy < RP_COPIES; copy++)
		c->open[copy] = RP_FLOW_END;
	for (size_t i = 0; i < s->as.poll.n_kinds && rc == RP_OK; i++) {
		uint64_t next = c->ordinal;

		/* All splits draw the parts by the key of the mix. */
		c->ordinal = ordinal;
		if (i + 1 < s->as.poll.n_kinds)
			part_ways(c, s, RP_SPLIT_KIND, i, rest);
		c->ordinal = next;
		rc = add_steps(c, s->as.poll.kind[i].step, 1);
		for (int copy = 0; copy < RP_COPIES; copy++) {
			loosen(c, copy, through[copy]);
			through[copy] = c->loose[copy];
			c->loose[copy] = rest[copy];
			rest[copy] = NULL;
		}
	}
	for (int copy = 0; copy < RP_COPIES; copy++) {
		c->loose[copy] = NULL;
		loosen(c, copy, through[copy]);
	}
	c->mix = NULL;
	return rc;
}

static rp_status
add_alone(struct rp_compiler *c, const struct rp_step *s, int copy)
{
	return add_independent(c, s, copy, false);
}

/* A step, or n of them of which none but the last makes nodes or reissues. */
static rp_status
add_steps(struct rp_compiler *c, const struct rp_step *s, size_t n)
{
	rp_status rc;

	if (!needs_nodes(s))
		rc = in_copies(c, s, n, add_alone);
	else if (s->kind == RP_STEP_POLL && s->as.poll.n_kinds > 0)
		rc = add_mix(c, s);
	else if (s->kind == RP_STEP_POLL)
		rc = in_copies(c, s, 1, add_poll);
	else if (s->kind == RP_STEP_BRANCH)
		rc = add_branch(c, s);
	else
		rc = in_copies(c, s, 1, add_queue);
	if (s[n - 1].reissues)
		mark(c);
	return rc;
}

/* How many steps can be compiled at once; at least 1. */
static size_t
steps_at_once(const struct rp_step *s, size_t most)
{
	size_t n = 1;

	while (n < most && !needs_nodes(&s[n - 1]) && !s[n - 1].reissues &&
	    !needs_nodes(&s[n]))
		n++;
	return n;
}

rp_status
rp_compile_path(struct rp_compiler *c, const struct rp_path *path)
{
	rp_status rc = RP_OK;

	for (size_t i = 0, n; i < path->n_steps && rc == RP_OK; i += n) {
		n = steps_at_once(&path->step[i], path->n_steps - i);
		rc = add_steps(c, &path->step[i], n);
	}
	return rc;
}
