/*
 * simulate/summary.c - what the trials say, each figure with its error.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

const double rp_completion_level[RP_COMPLETION_QUANTILES] = {
	0.05, 0.10, 0.25, 0.50, 0.75, 0.80, 0.90, 0.95
};

/* ---- completion --------------------------------------------------------- */

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static size_t
index_of(double level, size_t n)
{
	double i = ceil(level * (double)n) - 1.0;

	return i <= 0.0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
}

static double
proportion_se(double p, size_t n)
{
	return sqrt(p * (1.0 - p) / (double)n);
}

static void
completion_quantile(struct rp_completion *c, size_t k, const int64_t *x,
    size_t n)
{
	double level = rp_completion_level[k];
	double sd = sqrt(level * (1.0 - level) / (double)n);
	int64_t q = x[index_of(level, n)];
	int64_t low = x[index_of(fmax(level - sd, 0.0), n)];
	int64_t high = x[index_of(fmin(level + sd, 1.0), n)];

	c->has[k] = q != INT64_MAX;
	if (c->has[k])
		c->q[k] = rp_instant_of_s(q);
	c->q_se_s[k] = high == INT64_MAX ? (double)NAN :
	    0.5 * (double)(high - low);
}

static void
completion_mean(struct rp_completion *c, const int64_t *x, size_t n)
{
	double sum = 0.0, squares = 0.0;
	int64_t origin = x[0];

	if (x[n - 1] == INT64_MAX)
		return;		/* some trial is censored */
	for (size_t i = 0; i < n; i++)
		sum += (double)(x[i] - origin);
	for (size_t i = 0; i < n; i++) {
		double d = (double)(x[i] - origin) - sum / (double)n;

		squares += d * d;
	}
	c->has_mean = true;
	c->mean_s = (double)origin + sum / (double)n;
	c->mean_se_s = n > 1 ?
	    sqrt(squares / ((double)n - 1.0) / (double)n) : 0.0;
}

void
rp_completion_of(const int64_t *x, size_t n, int64_t *sorted,
    struct rp_completion *c)
{
	size_t late = 0;

	memcpy(sorted, x, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_value);
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++)
		completion_quantile(c, k, sorted, n);
	completion_mean(c, sorted, n);
	while (late < n && sorted[n - 1 - late] == INT64_MAX)
		late++;
	c->never = (double)late / (double)n;
	c->never_se = proportion_se(c->never, n);
}

static void
summarise_completion(struct rp_trials *tr, size_t p, int64_t *sorted)
{
	struct rp_completion *c = &tr->completion[p];
	double mean;

	rp_completion_of(&tr->complete[p * tr->n], tr->n, sorted, c);
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
mean_of(const double *x, size_t n, double *mean, double *se)
{
	double sum = 0.0, squares = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += x[i];
	*mean = sum / (double)n;
	for (size_t i = 0; i < n; i++)
		squares += (x[i] - *mean) * (x[i] - *mean);
	*se = n > 1 ? sqrt(squares / ((double)n - 1.0) / (double)n) :
	    (double)NAN;
}

static void
mean_of_counts(const uint32_t *x, size_t n, double *scratch, double *mean,
    double *se)
{
	for (size_t i = 0; i < n; i++)
		scratch[i] = (double)x[i];
	mean_of(scratch, n, mean, se);
}

static void
summarise_deadline(struct rp_trials *tr, double *scratch)
{
	struct rp_deadline_outcome *d = &tr->deadline;
	size_t met = 0;

	if (!tr->model.has_deadline)
		return;
	d->deadline = tr->model.deadline;
	for (size_t i = 0; i < tr->n; i++)
		met += tr->deadline_met[i];
	d->probability = (double)met / (double)tr->n;
	d->probability_se = proportion_se(d->probability, tr->n);
	mean_of_counts(tr->deadline_replaced, tr->n, scratch, &d->replaced,
	    &d->replaced_se);
	d->unreplaced = (double)tr->base - d->replaced;
	d->unreplaced_se = d->replaced_se;
	d->replaced /= (double)tr->base;
	d->replaced_se /= (double)tr->base;
	mean_of_counts(tr->deadline_harmed, tr->n, scratch, &d->harmed,
	    &d->harmed_se);
	mean_of(tr->overdue_days, tr->n, &d->overdue_days,
	    &d->overdue_days_se);
}

static void
summarise_milestones(struct rp_trials *tr)
{
	for (size_t k = 0; k < tr->n_milestones; k++) {
		size_t met = 0;

		for (size_t i = 0; i < tr->n; i++)
			met += tr->milestone[k * tr->n + i] > 0.0f;
		tr->odds[k].probability = (double)met / (double)tr->n;
		tr->odds[k].probability_se = proportion_se(
		    tr->odds[k].probability, tr->n);
	}
}

rp_status
rp_summarise(struct rp_trials *tr, struct rp_err *err)
{
	int64_t *sorted = rp_alloc_zeroed(tr->n, sizeof(*sorted));
	double *scratch = rp_alloc_zeroed(tr->n, sizeof(*scratch));
	bool ok = sorted != NULL && scratch != NULL;

	for (size_t p = 0; ok && p <= tr->model.n_populations; p++)
		summarise_completion(tr, p, sorted);
	if (ok) {
		summarise_deadline(tr, scratch);
		summarise_milestones(tr);
	}
	rp_release_mem(sorted);
	rp_release_mem(scratch);
	return ok ? RP_OK : rp_fail(err, RP_ENOMEM,
	    "no memory for the summary");
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
