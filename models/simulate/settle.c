/*
 * simulate/settle.c - the inputs of a trial.
 */
#include <math.h>

#include "simulate/events.h"
#include "simulate/flow.h"

#define LANE_PACE 1

/* ---- events ------------------------------------------------------------- */

static rp_status
bad_event(const struct rp_event *event, const char *what, struct rp_err *err)
{
	return rp_fail_at(err, RP_ERANGE, event->origin.line,
	    event->origin.col, "the %s makes no sense in a trial: it is not "
	    "between 0 and 100 %%; use a distribution that stays inside",
	    what);
}

static rp_status
set_event(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_event *event = &e->m->cs->event[i];
	struct rp_stream_key key = rp_event_key(e->m, i, "");
	struct rp_draws d = rp_draws_of(e->m, key, e->trial);
	double p;

	e->happened[i] = true;
	if (event->kind != RP_EVENT_RISK)
		return RP_OK;
	p = rp_quantity_draw(&event->probability, &d);
	if (!(p >= 0.0 && p <= 1.0))
		return bad_event(event, "probability of a risk", err);
	e->happened[i] = e->m->risk == (int)i ? e->m->risk_happens :
	    rp_stream_uniform_at(key, e->trial, RP_LANE_HAPPENS) < p;
	return RP_OK;
}

static rp_status
set_rollout(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_rollout *r = &e->m->rollout[i];
	struct rp_draws d = rp_draws_of(e->m, rp_event_key(e->m, r->event,
	    ""), e->trial);
	double share;

	d.lane = RP_LANE_SHARE;
	share = rp_quantity_draw(&r->what->share, &d);
	if (!(share >= 0.0 && share <= 1.0))
		return bad_event(r->what, "share of a rollout", err);
	e->rollout_share[i] = e->happened[r->event] ? share : 0.0;
	return RP_OK;
}

static rp_status
set_events(struct rp_engine *e, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < e->m->cs->n_events && rc == RP_OK; i++)
		rc = set_event(e, i, err);
	for (size_t i = 0; i < e->m->n_rollouts && rc == RP_OK; i++)
		rc = set_rollout(e, i, err);
	return rc;
}

/* What is there to replace in this trial. */
static void
set_part(struct rp_engine *e, size_t p)
{
	const struct rp_model_part *mp = &e->m->part[p];

	e->flow[p].certificates = mp->event < 0 || e->happened[mp->event] ?
	    mp->certificates : 0;
}

/* ---- natural ends ------------------------------------------------------- */

/* How the ends within each cell fall to renewals and to expiries. */
static void
set_renewal(struct rp_flow *f, const struct rp_grid *g,
    const struct rp_ending *end, size_t aware)
{
	double valid = 1.0 - rp_law_cdf(&end->law, (double)g->t[aware]);

	f->renews = end->share;
	f->before_s = end->before;
	for (size_t i = 0; i < g->n; i++) {
		double t = (double)g->t[i < aware ? aware : i];

		f->valid[i] = 1.0 - rp_law_cdf(&end->law, t);
		f->valid_renewed[i] = 1.0 - rp_law_cdf(&end->law,
		    t + end->before);
	}
	for (size_t c = 0; c + 1 < g->n; c++) {
		double renewed = end->share * (f->valid_renewed[c] -
		    f->valid_renewed[c + 1]);
		double expired = (1.0 - end->share) * (f->valid[c] -
		    f->valid[c + 1]);

		f->renewing[c] = renewed > 0.0 ?
		    renewed / (renewed + expired) : 0.0;
	}
	f->before = valid > 0.0 ? end->share * (1.0 -
	    f->valid_renewed[aware] / valid) : 0.0;
}

static rp_status
set_expiry(struct rp_engine *e, size_t p, struct rp_err *err)
{
	const struct rp_model_part *mp = &e->m->part[p];
	double *alive = e->flow[p].alive;
	struct rp_ending end;
	double at_aware;
	rp_status rc;

	if (alive == NULL || (mp->fixed_expiry && e->primed))
		return RP_OK;
	rc = rp_ending_resolve(mp->p, rp_draws_of(e->m, mp->key, e->trial),
	    &end, err);
	if (rc != RP_OK)
		return rc;
	/* The base are those that were valid at awareness. */
	at_aware = rp_ending_alive(&end, (double)e->m->grid.t[mp->aware]);
	for (size_t i = 0; i < e->m->grid.n; i++)
		alive[i] = i <= mp->aware ? 1.0 : at_aware > 0.0 ?
		    rp_ending_alive(&end, (double)e->m->grid.t[i]) /
		    at_aware : 0.0;
	if (e->flow[p].renewing != NULL)
		set_renewal(&e->flow[p], &e->m->grid, &end, mp->aware);
	return RP_OK;
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
	q->idle = true;
	q->head = 0;
	q->opened = -1;
	q->late = q->spread = 0;
	q->waited_s = 0;
	q->has_chance = false;
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

/* ---- steps -------------------------------------------------------------- */

/* Of what is left for a kind of clients and those after it, its part. */
static rp_status
set_kind(struct rp_engine *e, size_t i, struct rp_draws *d,
    struct rp_err *err)
{
	const struct rp_flow_node *f = &e->m->node[i];
	const struct rp_step_poll *poll = &f->step->as.poll;
	double mine = 0.0, left = 0.0;

	for (size_t k = 0; k < poll->n_kinds; k++) {
		double p = rp_quantity_draw(&poll->kind[k].part, d);

		if (!(p >= 0.0))
			return rp_fail_at(err, RP_ERANGE,
			    f->step->origin.line, f->step->origin.col,
			    "a part of the clients of '%s' makes no sense in "
			    "a trial: it is below 0", f->step->what);
		if (k == f->poll_kind)
			mine = p;
		if (k >= f->poll_kind)
			left += p;
	}
	e->node[i].share = left > 0.0 ? mine / left : 0.0;
	return RP_OK;
}

static rp_status
set_validated(struct rp_engine *e, size_t i, struct rp_draws *d,
    struct rp_err *err)
{
	const struct rp_flow_node *f = &e->m->node[i];
	const struct rp_quantity *when = &f->step->as.branch.validated;
	struct rp_node_state *s = &e->node[i];
	const char *fault;

	if (e->primed && rp_chance_is_fixed(when))
		return RP_OK;
	for (size_t k = 0; k < 2 * e->m->grid.n; k++)
		s->old[k] = (double)NAN;
	s->law = rp_chance_law(when, d);
	fault = rp_law_fault(&s->law);
	return fault == NULL ? RP_OK : rp_fail_at(err, RP_ERANGE,
	    f->step->origin.line, f->step->origin.col, "the time of "
	    "validation in '%s' makes no sense in a trial: %s",
	    f->step->what, fault);
}

static rp_status
set_split(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_flow_node *f = &e->m->node[i];
	struct rp_draws d = rp_draws_of(e->m, f->key, e->trial);
	double *share = &e->node[i].share;
	rp_status rc;

	switch (f->split_by) {
	case RP_SPLIT_KIND:
		return set_kind(e, i, &d, err);
	case RP_SPLIT_VALIDATED:
		return set_validated(e, i, &d, err);
	case RP_SPLIT_REST:
		rc = rp_share_resolve(&f->step->as.poll.share, &d, f->step,
		    share, err);
		*share = 1.0 - *share;
		return rc;
	case RP_SPLIT_SHARE:
		break;
	}
	return rp_share_resolve(&f->step->as.branch.share, &d, f->step,
	    share, err);
}

static rp_status
set_hops(struct rp_engine *e, size_t k, struct rp_err *err)
{
	const struct rp_flow_node *f = &e->m->node[k];
	rp_status rc = RP_OK;
	size_t end = f->hop;

	for (size_t n = 0; n < f->n_hops; n++)
		end += e->m->hop[end].span;
	for (size_t h = f->hop; h < end && rc == RP_OK; h++)
		if (!e->primed || !e->m->hop[h].fixed)
			rc = rp_hop_resolve(e->m, &e->kernels.hop[h],
			    &e->m->part[f->part], e->trial, e->pace, err);
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

static rp_status
settle(struct rp_engine *e, const struct rp_work *w, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < w->n_parts && rc == RP_OK; i++) {
		set_part(e, w->part[i]);
		rc = set_expiry(e, w->part[i], err);
		if (rc == RP_OK)
			rc = set_owners(e, w->part[i], err);
	}
	for (size_t i = 0; i < w->n_queues && rc == RP_OK; i++)
		rc = set_queue(e, w->queue[i], err);
	for (size_t i = 0; i < w->n_nodes && rc == RP_OK; i++) {
		if (e->m->node[w->node[i]].kind == RP_FLOW_SPLIT)
			rc = set_split(e, w->node[i], err);
		if (rc == RP_OK)
			rc = set_hops(e, w->node[i], err);
	}
	return rc;
}

rp_status
rp_settle(struct rp_engine *e, struct rp_err *err)
{
	rp_status rc;

	set_pace(e);
	rc = set_events(e, err);
	if (rc == RP_OK)
		rc = settle(e, &e->walk, err);
	if (rc == RP_OK)
		rc = settle(e, &e->sweep, err);
	e->primed = e->primed || rc == RP_OK;
	return rc;
}
