/*
 * simulate/engine.c - one trial.
 */
#include "simulate/engine.h"

#include <string.h>

#include "simulate/flow.h"
#include "simulate/ones.h"

/* Lanes of a step's key from here on are for the natural ends of those who are
 * in it. */
#define LANE_ENDS (UINT64_C(1) << 40)

/* ---- nothing has happened yet ------------------------------------------- */

/* Counts of a range are 0 again. */
static void
clear_counts(uint32_t *count, size_t first, size_t last)
{
	if (count != NULL && first < last)
		memset(count + first, 0, (last - first) * sizeof(*count));
}

static void
clear_node(struct rp_engine *e, size_t k)
{
	const struct rp_flow_node *f = &e->m->node[k];
	struct rp_node_state *s = &e->node[k];
	struct rp_counts *c = &s->comes;

	s->in = 0;
	s->stays = 0;
	rp_stream_init(&s->stream, f->key, e->trial, f->lane);
	rp_stream_init(&s->ends, f->key, e->trial, LANE_ENDS + f->lane);
	clear_counts(c->at_point, c->first, c->last);
	clear_counts(c->in_cell, c->first, c->last);
	c->first = SIZE_MAX;
	c->last = 0;
	clear_counts(s->at_point, s->first, s->last);
	clear_counts(s->in_cell, s->first, s->last);
	clear_counts(s->lapses, s->first, s->last);
	s->first = SIZE_MAX;
	s->last = 0;
}

static void
clear_queue(struct rp_engine *e, size_t i)
{
	struct rp_queue_state *q = &e->queue[i];
	size_t members = e->m->queue[i].n_members;

	clear_counts(q->waiting, 0, members);
	if (q->first < q->last)
		clear_counts(q->bucket, q->first * members,
		    q->last * members);
	q->first = SIZE_MAX;
	q->last = 0;
}

static void
clear_flow(struct rp_engine *e, size_t p)
{
	struct rp_flow *f = &e->flow[p];
	bool ones = e->m->part[p].one_by_one;

	clear_counts(f->at_point, f->first, f->last);
	clear_counts(f->in_cell, f->first, f->last);
	clear_counts(f->lapsed, f->first, f->last);
	clear_counts(f->renewed, f->first, f->last);
	clear_counts(f->reissued_at, f->first, f->last);
	clear_counts(f->reissued_in, f->first, f->last);
	clear_counts(f->lost, f->first, f->last);
	f->first = ones ? 0 : SIZE_MAX;
	f->last = ones ? e->m->grid.n : 0;
	f->renewed_before = 0;
	rp_stream_init(&e->expiry[p], e->m->part[p].key, e->trial,
	    1 + e->m->part[p].lane);
}

static void
clear(struct rp_engine *e, const struct rp_work *w)
{
	for (size_t k = 0; k < w->n_nodes; k++)
		clear_node(e, w->node[k]);
	for (size_t i = 0; i < w->n_queues; i++)
		clear_queue(e, w->queue[i]);
	for (size_t p = 0; p < w->n_parts; p++)
		clear_flow(e, w->part[p]);
}

/* ---- the walk over the grid --------------------------------------------- */

static void
start_parts(struct rp_engine *e, size_t i)
{
	for (size_t k = 0; k < e->walk.n_parts; k++) {
		size_t p = e->walk.part[k];
		const struct rp_model_part *mp = &e->m->part[p];

		if (mp->one_by_one)
			rp_ones_step(e, p, RP_ENTRY_POINT, i);
		else if (mp->start == i)
			rp_flow_start(e, p, i);
	}
}

/* What is followed one by one moves before the nodes do. */
static void
enter_cell(struct rp_engine *e, size_t i)
{
	for (size_t k = 0; k < e->walk.n_parts; k++)
		if (e->m->part[e->walk.part[k]].one_by_one)
			rp_ones_step(e, e->walk.part[k], RP_ENTRY_CELL, i);
}

static void
close_cell(struct rp_engine *e, size_t i)
{
	for (size_t k = 0; k < e->walk.n_parts; k++)
		if (e->m->part[e->walk.part[k]].one_by_one)
			rp_ones_close(e, e->walk.part[k], i);
	for (size_t q = 0; q < e->walk.n_queues; q++)
		rp_flow_lapse_bounced(e, e->walk.queue[q], i);
}

static void
walk(struct rp_engine *e)
{
	const struct rp_work *w = &e->walk;

	/* Nothing moves any more once everybody is done. */
	for (size_t i = 0; i < e->m->grid.n && e->left > 0; i++) {
		rp_rollout_at(e, i);
		start_parts(e, i);
		for (size_t k = 0; k < w->n_nodes; k++)
			rp_flow_step(e, w->node[k], RP_ENTRY_POINT, i);
		if (i + 1 == e->m->grid.n || i == e->stop)
			break;
		enter_cell(e, i);
		for (size_t k = 0; k < w->n_nodes; k++)
			rp_flow_step(e, w->node[k], RP_ENTRY_CELL, i);
		close_cell(e, i);
	}
}

uint32_t
rp_engine_inside(const struct rp_engine *e, size_t node, size_t i,
    uint32_t *never)
{
	const struct rp_flow_node *f = &e->m->node[node];
	const struct rp_node_state *s = &e->node[node];
	uint32_t n = s->in + s->stays;

	if (e->m->part[f->part].one_by_one)
		return rp_ones_inside(e, node, never);
	*never = s->stays;
	if (f->kind == RP_FLOW_QUEUE)
		return n + e->queue[f->queue].waiting[f->member];
	if (s->at_point == NULL)
		return n;
	for (size_t j = i; j + 1 < e->m->grid.n; j++)
		n += s->in_cell[j] + s->lapses[j] + s->at_point[j + 1];
	return n;
}

/* ---- a trial ------------------------------------------------------------ */

void
rp_engine_want(struct rp_engine *e, const bool *wanted)
{
	clear(e, &e->walk);
	clear(e, &e->sweep);
	for (size_t p = 0; p < e->m->n_parts; p++) {
		struct rp_flow *f = &e->flow[p];

		e->wanted[p] = wanted == NULL || wanted[p];
		f->certificates = 0;
		f->first = SIZE_MAX;
		f->last = 0;
		if (f->subscribers_left != NULL)
			clear_counts(f->subscribers_left, 0, e->m->grid.n);
	}
	for (size_t i = 0; i < e->m->n_queues; i++)
		e->queue[i].queue_days = 0.0;
	e->listed = false;
	e->primed = false;
}

/* What there is to replace by one of the two ways. */
static uint64_t
certificates_of(const struct rp_engine *e, const struct rp_work *w)
{
	uint64_t n = 0;

	for (size_t k = 0; k < w->n_parts; k++)
		n += e->flow[w->part[k]].certificates;
	return n;
}

static void
sum_up_queues(struct rp_engine *e, const struct rp_work *w)
{
	for (size_t k = 0; k < w->n_queues; k++) {
		struct rp_queue_state *q = &e->queue[w->queue[k]];

		q->queue_days = (double)q->waited_s / 86400.0;
	}
}

/* First what is walked, which may be over before the grid is. */
static rp_status
move(struct rp_engine *e, struct rp_err *err)
{
	const struct rp_work *w = &e->walk;
	rp_status rc = RP_OK;

	for (size_t k = 0; k < w->n_parts && rc == RP_OK; k++)
		if (e->m->part[w->part[k]].one_by_one)
			rc = rp_ones_begin(e, w->part[k], err);
	if (rc != RP_OK)
		return rc;
	e->left = certificates_of(e, w);
	walk(e);
	for (size_t k = 0; k < w->n_parts; k++)
		if (e->m->part[w->part[k]].one_by_one)
			rp_ones_end(e, w->part[k]);
	e->left += certificates_of(e, &e->sweep);
	rp_sweep(e);
	sum_up_queues(e, w);
	sum_up_queues(e, &e->sweep);
	return RP_OK;
}

rp_status
rp_engine_run(struct rp_engine *e, uint64_t trial, struct rp_err *err)
{
	bool may = !e->walk_all && e->stop == SIZE_MAX;
	rp_status rc;

	e->trial = trial;
	e->kernels.trial = trial;
	e->next_rollout = 0;
	if (!e->listed || may != e->sweeps) {
		e->sweeps = may;
		rp_sweep_list(e);
	}
	clear(e, &e->walk);
	clear(e, &e->sweep);
	rc = rp_settle(e, err);
	return rc == RP_OK ? move(e, err) : rc;
}
