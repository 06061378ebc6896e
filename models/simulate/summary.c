/*
 * simulate/summary.c - what the trials say, each figure with its error.
 */
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

/* ---- completion --------------------------------------------------------- */

static void
summarise_completion(struct rp_trials *tr, size_t p, int64_t *scratch)
{
	struct rp_completion *c = &tr->completion[p];
	double mean;

	rp_completion_of(&tr->sampling, &tr->complete[p * tr->n], scratch, c);
	if (p == tr->model.n_populations &&
	    tr->metric == RP_METRIC_REPLACED &&
	    rp_closed_form_mean(&tr->model, &mean)) {
		c->has_mean = true;
		c->mean_is_closed_form = true;
		c->mean_s = mean;
		c->mean_se_s = 0.0;
	}
}

/* ---- the deadline, the milestones --------------------------------------- */

static void
summarise_deadline(struct rp_trials *tr)
{
	struct rp_deadline_outcome *d = &tr->deadline;
	double base = (double)tr->base;

	if (!tr->model.has_deadline)
		return;
	/* What was found by then is due as well, or soon will be. */
	if (tr->model.deadline_point != SIZE_MAX)
		base = rp_mean_base(tr, -1, tr->model.deadline_point);
	d->deadline = tr->model.deadline;
	rp_flags_of(&tr->sampling, tr->deadline_met, &d->probability,
	    &d->probability_se);
	rp_mean_of_counts(&tr->sampling, tr->deadline_replaced, &d->replaced,
	    &d->replaced_se);
	d->unreplaced = base - d->replaced;
	d->unreplaced_se = d->replaced_se;
	d->replaced /= base;
	d->replaced_se /= base;
	rp_mean_of_counts(&tr->sampling, tr->deadline_harmed, &d->harmed,
	    &d->harmed_se);
	rp_mean_of(&tr->sampling, tr->overdue_days, &d->overdue_days,
	    &d->overdue_days_se);
}

static void
summarise_milestones(struct rp_trials *tr)
{
	for (size_t k = 0; k < tr->n_milestones; k++)
		rp_share_of(&tr->sampling, &tr->milestone[k * tr->n],
		    &tr->odds[k].probability, &tr->odds[k].probability_se);
}

rp_status
rp_summarise(struct rp_trials *tr, struct rp_err *err)
{
	int64_t *scratch = rp_alloc_zeroed(tr->n, sizeof(*scratch));

	if (scratch == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the summary");
	for (size_t p = 0; p <= tr->model.n_populations; p++)
		summarise_completion(tr, p, scratch);
	summarise_deadline(tr);
	summarise_milestones(tr);
	rp_release_mem(scratch);
	return RP_OK;
}

/* ---- the last finisher in closed form ----------------------------------- */

/* A population that does nothing but wait once, by a law that is known. */
static bool
only_waits(const struct rp_model *m, size_t p)
{
	const struct rp_population *pop = m->part[p].p;
	const struct rp_step *s = &pop->path.step[0];

	return pop->path.n_steps == 1 && s->kind == RP_STEP_WAIT &&
	    s->as.wait.clock == RP_CLOCK_ELAPSED &&
	    rp_chance_is_fixed(&s->as.wait.time) &&
	    s->as.wait.never.dist == NULL && s->as.wait.never.fixed == 0.0 &&
	    !pop->has_expiry;
}

struct last {
	const struct rp_model *m;
	double from;		/* seconds; the start of the grid */
	double scale;		/* seconds; the unit of the integral, so that
				 * the routine looks where something happens */
};

/* How many wait independently, and by which law. */
static double
waiting_law(const struct rp_model_part *mp, struct rp_law *law)
{
	const struct rp_step_wait *w = &mp->p->path.step[0].as.wait;
	struct rp_draws none = { .lane = 0 };

	*law = rp_chance_law(&w->time, &none);
	return w->per == RP_UNIT_SUBSCRIBER ? mp->subscribers :
	    mp->certificates;
}

/* About the median of the last finisher, seconds after last->from. */
static double
typical_last(const struct last *l)
{
	double most = 1.0;

	for (size_t p = 0; p < l->m->n_populations; p++) {
		const struct rp_model_part *mp = &l->m->part[p];
		struct rp_law law;
		double units = waiting_law(mp, &law);

		most = fmax(most, (double)rp_instant_s(mp->p->starts.from) -
		    l->from + rp_law_quantile(&law, pow(0.5, 1.0 / units)));
	}
	return most;
}

/* P(somebody is not done by from + x scales). */
static double
unfinished(double x, void *arg)
{
	const struct last *l = arg;
	double log_done = 0.0, t = l->from + x * l->scale;

	for (size_t p = 0; p < l->m->n_populations; p++) {
		const struct rp_model_part *mp = &l->m->part[p];
		struct rp_law law;
		double units = waiting_law(mp, &law);

		log_done += units * log(rp_law_cdf(&law, t -
		    (double)rp_instant_s(mp->p->starts.from)));
	}
	return -expm1(log_done);
}

bool
rp_closed_form_mean(const struct rp_model *m, double *mean_s)
{
	struct last last = { m, (double)m->grid.t[0], 1.0 };
	gsl_function f = { unfinished, &last };
	gsl_integration_workspace *w;
	double mean, error;
	int rc;

	for (size_t p = 0; p < m->n_populations; p++)
		if (!only_waits(m, p))
			return false;
	last.scale = typical_last(&last);
	w = gsl_integration_workspace_alloc(2000);
	if (w == NULL)
		return false;
	rc = gsl_integration_qagiu(&f, 0.0, 0.0, 1e-7, 2000, w, &mean,
	    &error);
	gsl_integration_workspace_free(w);
	if (rc != GSL_SUCCESS || !isfinite(mean))
		return false;
	*mean_s = last.from + last.scale * mean;
	return true;
}
