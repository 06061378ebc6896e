/*
 * simulate/rollout.c - certificates that are sent another way.
 *
 * Whoever is not at an end yet stands somewhere: about to enter a node, in a
 * queue, scheduled to leave or to run out, or there for good.  Of each such
 * heap a binomial part is chosen; those chosen lose what was scheduled for
 * them and get a fresh future from the first node of the rollout's path.  That
 * is exact: given that a certificate has not come to its natural end by now,
 * what will end it does not depend on where it stands.
 */
#include "simulate/flow.h"
#include "simulate/ones.h"

void
rp_rollout_stream(const struct rp_engine *e, const struct rp_rollout *r,
    struct rp_stream *s)
{
	rp_stream_init(s, r->key, e->trial, 1 + e->m->part[r->part].lane);
}

uint32_t
rp_rollout_choose(struct rp_stream *s, uint32_t *n, double share)
{
	uint32_t chosen = *n == 0 ? 0 : rp_draw_binomial(s, *n, share);

	*n -= chosen;
	return chosen;
}

static uint32_t
choose_waiting(struct rp_engine *e, const struct rp_flow_node *f,
    struct rp_stream *s, double share)
{
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];
	uint32_t n = 0;

	if (queue->n_members == 1)
		return rp_rollout_choose(s, &q->waiting[0], share);
	for (size_t b = q->head; b < e->m->grid.n; b++)
		n += rp_rollout_choose(s, &q->bucket[b * queue->n_members +
		    f->member], share);
	q->waiting[f->member] -= n;
	return n;
}

/* Those whom node k of the network gives up at point i. */
static uint32_t
choose_from(struct rp_engine *e, size_t k, size_t i, struct rp_stream *s,
    double share)
{
	struct rp_node_state *state = &e->node[k];
	size_t last = e->m->grid.n - 1;
	uint32_t n = rp_rollout_choose(s, &state->in, share) +
	    rp_rollout_choose(s, &state->stays, share);

	if (e->m->node[k].kind == RP_FLOW_QUEUE)
		return n + choose_waiting(e, &e->m->node[k], s, share);
	if (state->at_point == NULL)
		return n;
	for (size_t j = i; j <= last; j++) {
		n += rp_rollout_choose(s, &state->at_point[j], share);
		if (j == last)
			break;
		n += rp_rollout_choose(s, &state->in_cell[j], share);
		n += rp_rollout_choose(s, &state->lapses[j], share);
	}
	return n;
}

static void
roll_out(struct rp_engine *e, size_t rollout, size_t i)
{
	const struct rp_rollout *r = &e->m->rollout[rollout];
	double share = e->rollout_share[rollout];
	uint32_t chosen[2] = { 0, 0 };
	struct rp_stream s;

	if (!(share > 0.0))
		return;
	rp_rollout_stream(e, r, &s);
	for (size_t k = 0; k < e->m->n_nodes; k++)
		if (e->m->node[k].part == r->part)
			chosen[e->m->node[k].reissued ? 1 : 0] +=
			    choose_from(e, k, i, &s, share);
	for (size_t copy = 0; copy < 2; copy++)
		rp_flow_deliver(e, r->entry[copy], r->part, chosen[copy],
		    RP_ENTRY_POINT, i, 0.0);
}

/* The same where each certificate is followed. */
static void
divert(struct rp_engine *e, size_t rollout, size_t i)
{
	const struct rp_rollout *r = &e->m->rollout[rollout];
	double share = e->rollout_share[rollout];
	struct rp_stream s;

	if (!(share > 0.0))
		return;
	rp_rollout_stream(e, r, &s);
	rp_ones_divert(e, r->part, i, share, r->entry[0], r->entry[1], &s);
}

void
rp_rollout_at_start(struct rp_engine *e, size_t part, size_t i)
{
	for (size_t k = 0; k < e->m->n_rollouts &&
	    e->m->rollout[k].point <= i; k++)
		if (e->m->rollout[k].part == part)
			roll_out(e, k, i);
}

void
rp_rollout_at(struct rp_engine *e, size_t i)
{
	const struct rp_model *m = e->m;

	for (; e->next_rollout < m->n_rollouts &&
	    m->rollout[e->next_rollout].point <= i; e->next_rollout++) {
		size_t part = m->rollout[e->next_rollout].part;

		if (!e->wanted[part])
			continue;
		if (m->part[part].one_by_one)
			divert(e, e->next_rollout, i);
		else if (m->part[part].start < i)
			roll_out(e, e->next_rollout, i);
	}
}
