/*
 * simulate/engine.c - one trial.
 */
#include "simulate/engine.h"

#include <string.h>

#include "simulate/flow.h"
#include "simulate/ones.h"

static void
clear(struct rp_engine *e)
{
	size_t n = e->m->grid.n;

	for (size_t k = 0; k < e->m->n_nodes; k++) {
		struct rp_node_state *s = &e->node[k];

		s->in = 0;
		s->stays = 0;
		rp_stream_init(&s->stream, e->m->node[k].key, e->trial,
		    e->m->node[k].lane);
		if (s->at_point == NULL)
			continue;
		memset(s->at_point, 0, n * sizeof(*s->at_point));
		memset(s->in_cell, 0, n * sizeof(*s->in_cell));
		memset(s->lapses, 0, n * sizeof(*s->lapses));
	}
	for (size_t i = 0; i < e->m->n_queues; i++) {
		size_t members = e->m->queue[i].n_members;

		memset(e->queue[i].waiting, 0,
		    members * sizeof(*e->queue[i].waiting));
		if (members > 1)
			memset(e->queue[i].bucket, 0,
			    n * members * sizeof(*e->queue[i].bucket));
	}
	for (size_t p = 0; p < e->m->n_parts; p++) {
		struct rp_flow *f = &e->flow[p];

		memset(f->at_point, 0, n * sizeof(*f->at_point));
		memset(f->in_cell, 0, n * sizeof(*f->in_cell));
		memset(f->lapsed, 0, n * sizeof(*f->lapsed));
		if (f->renewed != NULL)
			memset(f->renewed, 0, n * sizeof(*f->renewed));
		if (f->reissued_at != NULL) {
			memset(f->reissued_at, 0, n * sizeof(uint32_t));
			memset(f->reissued_in, 0, n * sizeof(uint32_t));
			memset(f->lost, 0, n * sizeof(uint32_t));
		}
		f->renewed_before = 0;
		rp_stream_init(&e->expiry[p], e->m->part[p].key, e->trial,
		    1 + e->m->part[p].lane);
	}
}

/*
 * Certificates of part p that live to see the start of its work; where they
 * are counted by owner all of them, for it matters to whom they are lost.
 */
static uint32_t
until_start(struct rp_engine *e, size_t p)
{
	const struct rp_model_part *mp = &e->m->part[p];
	uint32_t n = e->flow[p].certificates;

	if (e->m->node[mp->entry].by_subscriber)
		return n;
	rp_lapse_renewed(e, p, &n);
	for (size_t c = mp->aware; c < mp->start; c++)
		rp_lapse_waiting(e, p, false, c, &n);
	return n;
}

static void
start_part(struct rp_engine *e, size_t p, size_t i)
{
	size_t entry = e->m->part[p].entry;

	rp_flow_deliver(e, entry, p, until_start(e, p), RP_ENTRY_POINT, i,
	    0.0);
	/* Owners are told apart only once it is known when they move. */
	if (!e->m->node[entry].by_subscriber)
		rp_rollout_at_start(e, p, i);
}

static void
start_parts(struct rp_engine *e, size_t i)
{
	for (size_t p = 0; p < e->m->n_parts; p++) {
		const struct rp_model_part *mp = &e->m->part[p];

		if (mp->one_by_one)
			rp_ones_step(e, p, RP_ENTRY_POINT, i);
		else if (mp->start == i)
			start_part(e, p, i);
	}
}

/* What is followed one by one moves before the nodes do. */
static void
enter_cell(struct rp_engine *e, size_t i)
{
	for (size_t p = 0; p < e->m->n_parts; p++)
		if (e->m->part[p].one_by_one)
			rp_ones_step(e, p, RP_ENTRY_CELL, i);
}

/* Whom no notice reached, so that they wait for nothing. */
static void
lapse_bounced(struct rp_engine *e, size_t node, size_t i)
{
	const struct rp_flow_node *f = &e->m->node[node];

	if (!e->m->part[f->part].one_by_one)
		rp_lapse_waiting(e, f->part, f->reissued, i,
		    &e->node[node].stays);
}

static void
close_cell(struct rp_engine *e, size_t i)
{
	for (size_t p = 0; p < e->m->n_parts; p++)
		if (e->m->part[p].one_by_one)
			rp_ones_close(e, p, i);
	for (size_t q = 0; q < e->m->n_queues; q++)
		for (size_t k = e->m->queue[q].first; k != RP_FLOW_END;
		    k = e->m->node[k].sibling)
			lapse_bounced(e, k, i);
}

static void
walk(struct rp_engine *e)
{
	const struct rp_model *m = e->m;

	/* Nothing moves any more once everybody is done. */
	for (size_t i = 0; i < m->grid.n && e->left > 0; i++) {
		rp_rollout_at(e, i);
		start_parts(e, i);
		for (size_t k = 0; k < m->n_nodes; k++)
			rp_flow_step(e, m->order[k], RP_ENTRY_POINT, i);
		if (i + 1 == m->grid.n || i == e->stop)
			break;
		enter_cell(e, i);
		for (size_t k = 0; k < m->n_nodes; k++)
			rp_flow_step(e, m->order[k], RP_ENTRY_CELL, i);
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

rp_status
rp_engine_run(struct rp_engine *e, uint64_t trial, struct rp_err *err)
{
	rp_status rc;

	e->trial = trial;
	e->kernels.trial = trial;
	e->next_rollout = 0;
	clear(e);
	rc = rp_settle(e, err);
	if (rc != RP_OK)
		return rc;
	for (size_t p = 0; p < e->m->n_parts && rc == RP_OK; p++)
		if (e->m->part[p].one_by_one)
			rc = rp_ones_begin(e, p, err);
	if (rc != RP_OK)
		return rc;
	walk(e);
	for (size_t p = 0; p < e->m->n_parts; p++)
		if (e->m->part[p].one_by_one)
			rp_ones_end(e, p);
	return RP_OK;
}
