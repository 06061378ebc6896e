/*
 * simulate/settle.c - the inputs of a trial.
 */
#include <math.h>

#include "simulate/flow.h"

#define LANE_PACE 1

/* What is there to replace in this trial. */
static void
set_parts(struct rp_engine *e)
{
	for (size_t i = 0; i < e->m->cs->n_events; i++)
		e->happened[i] = true;
	e->left = 0;
	for (size_t p = 0; p < e->m->n_parts; p++) {
		e->flow[p].certificates = e->m->part[p].certificates;
		e->left += e->flow[p].certificates;
	}
}

static void
set_expiry(struct rp_engine *e, size_t p)
{
	const struct rp_model_part *mp = &e->m->part[p];
	struct rp_draws d = rp_draws_of(e->m, mp->key, e->trial);
	double *alive = e->flow[p].alive;
	struct rp_law law;
	double at_aware;

	if (alive == NULL || (mp->fixed_expiry && e->primed))
		return;
	law = rp_chance_law(&mp->p->expiry, &d);
	/* The base are those that were valid at awareness. */
	at_aware = 1.0 - rp_law_cdf(&law, (double)e->m->grid.t[mp->aware]);
	for (size_t i = 0; i < e->m->grid.n; i++) {
		double s = 1.0 - rp_law_cdf(&law, (double)e->m->grid.t[i]);

		alive[i] = i <= mp->aware ? 1.0 :
		    at_aware > 0.0 ? s / at_aware : 0.0;
	}
}

/* Lanes of a population's inputs from here on are for what is owned. */
#define LANE_OWNS 64

static rp_status
set_owners(struct rp_engine *e, size_t p, struct rp_err *err)
{
	const struct rp_model_part *mp = &e->m->part[p];
	struct rp_draws d = rp_draws_of(e->m, mp->key, e->trial);

	if (e->owners[p].of == NULL)
		return RP_OK;
	d.lane = LANE_OWNS;
	return rp_owners_set(&e->owners[p], mp->p, &d, err);
}

const struct rp_owners *
rp_engine_owners(const struct rp_engine *e, size_t part)
{
	return e->owners[part].of != NULL ? &e->owners[part] :
	    &e->m->part[part].owners;
}

static rp_status
set_queue(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_queue *queue = &e->m->queue[i];
	const struct rp_step *step = queue->step;
	struct rp_queue_state *q = &e->queue[i];
	struct rp_draws d = rp_draws_of(e->m, queue->key, e->trial);
	bool team = step->kind == RP_STEP_TEAM;

	q->rate = queue->speed * e->pace * rp_quantity_draw(team ?
	    &step->as.team.rate.amount : &step->as.notice.rate.amount, &d);
	q->ramp_from = team ? rp_quantity_draw(&step->as.team.ramp_from, &d) :
	    1.0;
	q->ramp_over = team ? rp_quantity_draw(&step->as.team.ramp_over, &d) :
	    0.0;
	q->variation = team ? rp_quantity_draw(&step->as.team.variation, &d) :
	    0.0;
	q->bounces = 0.0;
	q->credit = 0.0;
	q->head = 0;
	q->opened = -1;
	q->late = 0;
	q->queue_days = 0.0;
	rp_stream_init(&q->stream, queue->key, e->trial, 1);
	if (!(q->rate >= 0.0) || !(q->variation >= 0.0) ||
	    !(q->ramp_from >= 0.0) || !(q->ramp_over >= 0.0))
		return rp_fail_at(err, RP_ERANGE, step->origin.line,
		    step->origin.col, "a number of '%s' makes no sense in a "
		    "trial: it is below 0; use a distribution that stays "
		    "above", step->what);
	return team ? RP_OK : rp_share_resolve(&step->as.notice.bounces, &d,
	    step, &q->bounces, err);
}

static rp_status
set_split(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_flow_node *f = &e->m->node[i];
	struct rp_draws d = rp_draws_of(e->m, f->key, e->trial);
	bool rest = f->split_by == RP_SPLIT_REST;
	rp_status rc = rp_share_resolve(rest ?
	    &f->step->as.poll.share : &f->step->as.branch.share, &d, f->step,
	    &e->node[i].share, err);

	if (rest)
		e->node[i].share = 1.0 - e->node[i].share;
	return rc;
}

static rp_status
set_hops(struct rp_engine *e, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t k = 0; k < e->m->n_nodes && rc == RP_OK; k++) {
		const struct rp_flow_node *f = &e->m->node[k];
		size_t end = f->hop;

		for (size_t n = 0; n < f->n_hops; n++)
			end += e->m->hop[end].span;
		for (size_t h = f->hop; h < end && rc == RP_OK; h++)
			if (!e->primed || !e->m->hop[h].fixed)
				rc = rp_hop_resolve(e->m,
				    &e->kernels.hop[h], &e->m->part[f->part],
				    e->trial, e->pace, err);
	}
	return rc;
}

/* One pace for all people; its lane is its own, so that without it every
 * other draw is the same. */
static void
set_pace(struct rp_engine *e)
{
	struct rp_stream s;

	e->pace = 1.0;
	if (!(e->m->pace_sd > 0.0))
		return;
	rp_stream_init(&s, e->m->key, e->trial, LANE_PACE);
	e->pace = exp(e->m->pace_sd * rp_draw_normal(&s));
}

rp_status
rp_settle(struct rp_engine *e, struct rp_err *err)
{
	rp_status rc = RP_OK;

	set_pace(e);
	set_parts(e);
	for (size_t p = 0; p < e->m->n_parts && rc == RP_OK; p++) {
		set_expiry(e, p);
		rc = set_owners(e, p, err);
	}
	for (size_t i = 0; i < e->m->n_queues && rc == RP_OK; i++)
		rc = set_queue(e, i, err);
	for (size_t k = 0; k < e->m->n_nodes && rc == RP_OK; k++)
		if (e->m->node[k].kind == RP_FLOW_SPLIT)
			rc = set_split(e, k, err);
	if (rc == RP_OK)
		rc = set_hops(e, err);
	e->primed = e->primed || rc == RP_OK;
	return rc;
}
