/*
 * simulate/resolve.c - the inputs of steps and populations in a trial.
 */
#include <math.h>

#include "population/spread.h"
#include "simulate/model.h"

struct rp_draws
rp_draws_of(const struct rp_model *m, struct rp_stream_key key,
    uint64_t trial)
{
	return (struct rp_draws){ key, trial, 0, m->spread };
}

static rp_status
bad_input(const struct rp_step *step, const char *what, const char *why,
    struct rp_err *err)
{
	return rp_fail_at(err, RP_ERANGE, step->origin.line, step->origin.col,
	    "%s of '%s' makes no sense in a trial: %s", what, step->what, why);
}

rp_status
rp_share_resolve(const struct rp_quantity *q, struct rp_draws *d,
    const struct rp_step *step, double *out, struct rp_err *err)
{
	double x = rp_quantity_draw(q, d);

	if (!(x >= 0.0 && x <= 1.0))
		return bad_input(step, "a share", "it is not between 0 and "
		    "100 %; use a distribution that stays inside", err);
	*out = x;
	return RP_OK;
}

static rp_status
resolve_law(struct rp_hop *h, const struct rp_quantity *q,
    struct rp_draws *d, struct rp_err *err)
{
	const char *fault;

	h->law = rp_chance_law(q, d);
	fault = rp_law_fault(&h->law);
	return fault == NULL ? RP_OK :
	    bad_input(h->step, "the time", fault, err);
}

/* ---- natural ends ------------------------------------------------------- */

bool
rp_ending_is_fixed(const struct rp_population *p)
{
	return !p->has_expiry || (rp_chance_is_fixed(&p->expiry) &&
	    (!p->has_renewal || (rp_quantity_is_fixed(&p->renewal.before) &&
	    rp_quantity_is_fixed(&p->renewal.share))));
}

rp_status
rp_ending_resolve(const struct rp_population *p, struct rp_draws d,
    struct rp_ending *out, struct rp_err *err)
{
	const char *fault;

	*out = (struct rp_ending){ .share = 0.0 };
	if (!p->has_expiry)
		return RP_OK;
	out->law = rp_chance_law(&p->expiry, &d);
	fault = rp_law_fault(&out->law);
	if (fault != NULL)
		return rp_fail_at(err, RP_ERANGE, p->expiry.origin.line,
		    p->expiry.origin.col, "the expiry of population '%s' "
		    "makes no sense in a trial: %s", p->name, fault);
	if (!p->has_renewal)
		return RP_OK;
	out->before = rp_quantity_draw(&p->renewal.before, &d);
	out->share = rp_quantity_draw(&p->renewal.share, &d);
	if (!(out->before >= 0.0) || !(out->share >= 0.0 &&
	    out->share <= 1.0))
		return rp_fail_at(err, RP_ERANGE,
		    p->renewal.before.origin.line,
		    p->renewal.before.origin.col, "the ordinary renewal of "
		    "population '%s' makes no sense in a trial: 'before' is "
		    "below 0 or 'share' not between 0 and 100 %%", p->name);
	return RP_OK;
}

double
rp_ending_alive(const struct rp_ending *e, double t)
{
	double valid = 1.0 - rp_law_cdf(&e->law, t);

	return e->share > 0.0 ? e->share * (1.0 - rp_law_cdf(&e->law,
	    t + e->before)) + (1.0 - e->share) * valid : valid;
}

/* ---- steps -------------------------------------------------------------- */

/* Chance that is drawn once: the law shrinks to what came out. */
static void
draw_as_one(struct rp_hop *h, const struct rp_draws *d)
{
	struct rp_stream s;
	double u;

	rp_stream_init(&s, h->key, d->trial, 0);
	h->never = rp_stream_uniform(&s) < h->never ? 1.0 : 0.0;
	if (!rp_spread_uniform(d->spread, &h->step->as.wait.time, d->trial,
	    &u))
		u = rp_stream_uniform(&s);
	h->law = rp_law_fixed(rp_law_quantile(&h->law, u));
}

static rp_status
resolve_wait(struct rp_hop *h, struct rp_draws *d, double pace,
    struct rp_err *err)
{
	const struct rp_step_wait *w = &h->step->as.wait;
	rp_status rc = resolve_law(h, &w->time, d, err);

	if (rc == RP_OK)
		rc = rp_share_resolve(&w->never, d, h->step, &h->never, err);
	if (rc != RP_OK)
		return rc;
	h->law.scale /= h->speed * pace;
	if (h->as_one)
		draw_as_one(h, d);
	return RP_OK;
}

static rp_status
resolve_poll(struct rp_hop *h, const struct rp_model_part *p,
    struct rp_draws *d, struct rp_err *err)
{
	const struct rp_step_poll *poll = &h->step->as.poll;

	h->every = rp_quantity_draw(&poll->every, d) / h->speed;
	h->failures = rp_quantity_draw(&poll->failures, d);
	h->renews = rp_quantity_draw(&poll->renews, d);
	if (!(h->every >= 1.0))
		return bad_input(h->step, "the interval", "it is not at least "
		    "a second", err);
	if (!(h->failures >= 0.0 && h->failures < 1.0))
		return bad_input(h->step, "the share of failures",
		    "it is not between 0 and 100 %, 100 % excluded", err);
	return h->own ? rp_ending_resolve(p->p, (struct rp_draws){ p->key,
	    d->trial, 0, d->spread }, &h->ending, err) : RP_OK;
}

/* A what-if halves the way to a gate, counted from the population's start. */
static double
sooner(const struct rp_hop *h, const struct rp_model_part *p,
    double until)
{
	double start = (double)rp_instant_s(p->p->starts.from);

	return until <= start ? until : start + (until - start) / h->speed;
}

rp_status
rp_hop_resolve(const struct rp_model *m, struct rp_hop *h,
    const struct rp_model_part *p, uint64_t trial, double pace,
    struct rp_err *err)
{
	struct rp_draws d = rp_draws_of(m, h->key, trial);

	switch (h->step->kind) {
	case RP_STEP_WAIT:
		return resolve_wait(h, &d, pace, err);
	case RP_STEP_POLL:
		return resolve_poll(h, p, &d, err);
	case RP_STEP_GATE:
		h->law = rp_law_fixed(sooner(h, p, rp_quantity_draw(
		    &h->step->as.gate.until, &d)));
		return isfinite(h->law.a[0]) ? RP_OK : bad_input(h->step,
		    "the date", "it is not a finite number", err);
	case RP_STEP_BRANCH:
		return rp_share_resolve(&h->step->as.branch.share, &d,
		    h->step, &h->share, err);
	case RP_STEP_BATCH:
	case RP_STEP_NOTICE:
	case RP_STEP_TEAM:
		break;
	}
	return RP_OK;
}
