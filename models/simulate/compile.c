/*
 * simulate/compile.c - from the paths of a case to a network of nodes.
 */
#include "simulate/compile.h"

#include <stdlib.h>

#include "base/mem.h"
#include "simulate/events.h"
#include "simulate/own.h"

/* ---- order -------------------------------------------------------------- */

static bool
raise(struct rp_model *m, size_t node, size_t level)
{
	if (node == RP_FLOW_END || m->node[node].level >= level)
		return false;
	m->node[node].level = level;
	return true;
}

/* All members of a queue are on the level of the highest; *left is less by
 * their number if that is new. */
static bool
raise_members(struct rp_model *m, size_t node, size_t *left)
{
	struct rp_queue *q = &m->queue[m->node[node].queue];
	size_t level = m->node[node].level;
	bool moved = false;

	if (level <= q->level)
		return false;
	q->level = level;
	*left -= q->n_members < *left ? q->n_members : *left;
	for (size_t k = q->first; k != RP_FLOW_END; k = m->node[k].sibling)
		moved |= raise(m, k, level);
	return moved;
}

/*
 * A node comes after all that feed it, a shared queue after all that feed any
 * of its members.  Two populations that share two teams in opposite order make
 * a circle: it is cut after as many rounds as there are nodes, or after so many
 * raises where thousands of populations do, and what closes it arrives a step
 * later.
 */
#define RAISES_MAX 20000000

static void
set_levels(struct rp_model *m)
{
	size_t left = RAISES_MAX;
	bool moved = true;

	for (size_t round = 0; moved && round < m->n_nodes; round++) {
		moved = false;
		for (size_t i = 0; i < m->n_nodes && left > 0; i++) {
			struct rp_flow_node *n = &m->node[i];

			moved |= raise(m, n->next, n->level + 1);
			moved |= raise(m, n->alt, n->level + 1);
			if (n->kind == RP_FLOW_QUEUE)
				moved |= raise_members(m, i, &left);
		}
	}
}

struct rank {
	size_t level, node;
};

static int
by_level(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->level != y->level)
		return x->level < y->level ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static rp_status
sort_by_level(struct rp_model *m, struct rp_err *err)
{
	struct rank *rank = rp_alloc_zeroed(m->n_nodes, sizeof(*rank));

	if (rank == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the paths");
	for (size_t i = 0; i < m->n_nodes; i++)
		rank[i] = (struct rank){ m->node[i].level, i };
	qsort(rank, m->n_nodes, sizeof(*rank), by_level);
	for (size_t k = 0; k < m->n_nodes; k++) {
		const struct rp_flow_node *n = &m->node[rank[k].node];

		m->order[k] = rank[k].node;
		if (n->kind == RP_FLOW_QUEUE)
			m->queue[n->queue].last = rank[k].node;
	}
	rp_release_mem(rank);
	return RP_OK;
}

/* ---- the network of a case ---------------------------------------------- */

static void
begin_path(struct rp_compiler *c, size_t part, uint64_t ordinal,
    bool in_step)
{
	c->part = part;
	c->ordinal = ordinal;
	c->in_step = in_step;
	for (int copy = 0; copy < RP_COPIES; copy++) {
		c->open[copy] = RP_FLOW_END;
		c->loose[copy] = NULL;
	}
}

/* What has come to the end of a path is replaced, so it is reissued too. */
static void
end_path(struct rp_compiler *c)
{
	for (struct rp_loose *l = c->loose[0]; l != NULL; l = l->rest)
		if (l->reissues != NULL)
			*l->reissues = c->m->reissues;
}

/* ---- clients that renew on their own ------------------------------------ */

static bool goes_on(const struct rp_path *path, bool at_end);

/* Whether those whom a poll does not tell have something to come after it. */
static bool
step_goes_on(const struct rp_step *s, bool at_end)
{
	if (s->kind == RP_STEP_BRANCH)
		return goes_on(&s->as.branch.path, at_end);
	if (s->kind != RP_STEP_POLL)
		return false;
	for (size_t i = 0; i < s->as.poll.n_kinds; i++)
		if (step_goes_on(s->as.poll.kind[i].step, at_end))
			return true;
	return s->as.poll.n_kinds == 0 && !at_end &&
	    (s->as.poll.share.dist != NULL || s->as.poll.share.fixed < 1.0);
}

static bool
goes_on(const struct rp_path *path, bool at_end)
{
	for (size_t i = 0; i < path->n_steps; i++)
		if (step_goes_on(&path->step[i], at_end &&
		    i + 1 == path->n_steps))
			return true;
	return false;
}

bool
rp_model_goes_on(const struct rp_model *m, size_t part)
{
	bool rolled = false, yes = false;

	if (!m->part[part].p->has_expiry)
		return false;
	for (size_t k = m->n_rollouts; k-- > 0;) {
		if (m->rollout[k].part != part)
			continue;
		yes = yes || goes_on(&m->rollout[k].what->path, !rolled);
		rolled = true;
	}
	return yes || goes_on(&m->part[part].p->path, !rolled);
}

/*
 * A client that has renewed on its own schedule has so much time left, one
 * that is still to do so has more: counts cannot tell them from the others
 * in what follows.  Where there are few certificates each has its own expiry.
 */
#define FEW_CERTIFICATES 1000

/* ---- paths -------------------------------------------------------------- */

static rp_status
compile_part(struct rp_compiler *c, size_t i)
{
	struct rp_model_part *p = &c->m->part[i];
	rp_status rc;

	p->one_by_one = c->whatif->one_by_one && (!c->whatif->if_several ||
	    (p->subscribers > 1 && p->subscribers < p->certificates));
	p->few = p->certificates <= FEW_CERTIFICATES &&
	    rp_model_goes_on(c->m, i);
	p->one_by_one = p->one_by_one || p->few;
	/* Ordinal 0 is for the population's own inputs. */
	begin_path(c, i, 1, true);
	p->entry = RP_FLOW_END;
	p->key = rp_compile_key(c, 0);
	rp_compile_leave(c, 0, &p->entry, NULL);
	rc = rp_compile_path(c, &p->p->path);
	end_path(c);
	return rc;
}

/* Whether some of the certificates of a part may have been reissued before
 * they are replaced. */
static bool
part_reissues(const struct rp_model *m, size_t part)
{
	bool yes = rp_compile_reissues(&m->part[part].p->path);

	for (size_t k = 0; k < m->n_rollouts && !yes; k++)
		yes = m->rollout[k].part == part &&
		    rp_compile_reissues(&m->rollout[k].what->path);
	return yes;
}

static rp_status
compile_rollout(struct rp_compiler *c, struct rp_rollout *r)
{
	rp_status rc;

	begin_path(c, r->part, rp_event_ordinal(r), false);
	rp_compile_leave(c, 0, &r->entry[0], NULL);
	if (part_reissues(c->m, r->part))
		rp_compile_leave(c, 1, &r->entry[1], NULL);
	rc = rp_compile_path(c, &r->what->path);
	end_path(c);
	return rc;
}

static rp_status
make_room(struct rp_compiler *c)
{
	struct rp_model *m = c->m;
	size_t steps = 0, nodes;

	for (size_t i = 0; i < m->n_parts; i++)
		steps += rp_compile_count(&m->part[i].p->path);
	for (size_t i = 0; i < m->n_rollouts; i++)
		steps += rp_compile_count(&m->rollout[i].what->path);
	nodes = RP_STEP_NODES * steps;
	m->hop = rp_alloc_zeroed(2 * RP_COPIES * steps, sizeof(*m->hop));
	m->node = rp_alloc_zeroed(nodes, sizeof(*m->node));
	m->order = rp_alloc_zeroed(nodes, sizeof(*m->order));
	m->queue = rp_alloc_zeroed(steps + 1, sizeof(*m->queue));
	c->pool = rp_alloc_zeroed(RP_NODE_ENDS * nodes + m->n_parts +
	    RP_COPIES * m->n_rollouts, sizeof(*c->pool));
	return m->hop != NULL && m->node != NULL && m->order != NULL &&
	    m->queue != NULL && c->pool != NULL ? RP_OK :
	    rp_fail(c->err, RP_ENOMEM, "no memory for the paths");
}

/* Who is followed one by one is counted in no other way. */
static void
follow_ones(struct rp_model *m)
{
	for (size_t k = 0; k < m->n_nodes; k++)
		if (m->part[m->node[k].part].one_by_one)
			m->node[k].by_subscriber = false;
}

rp_status
rp_model_compile(struct rp_model *m, const struct rp_whatif *whatif,
    struct rp_err *err)
{
	struct rp_compiler c = { .m = m, .whatif = whatif, .err = err };
	rp_status rc = make_room(&c);

	for (size_t i = 0; i < m->n_parts; i++)
		m->reissues = m->reissues || part_reissues(m, i);
	for (size_t i = 0; i < m->n_parts && rc == RP_OK; i++)
		rc = compile_part(&c, i);
	for (size_t i = 0; i < m->n_rollouts && rc == RP_OK; i++)
		rc = compile_rollout(&c, &m->rollout[i]);
	if (rc == RP_OK) {
		follow_ones(m);
		set_levels(m);
		rc = sort_by_level(m, err);
	}
	if (rc == RP_OK)
		rc = rp_own_mark(m, err);
	rp_release_mem(c.pool);
	return rc;
}
