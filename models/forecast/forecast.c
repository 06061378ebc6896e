/*
 * forecast/forecast.c - trials weighted by the actuals.
 *
 * What a trial says about the increment between two observations is compared
 * with what was seen.  The world differs from the model in three ways, whose
 * variances add up:
 *
 *   pace       over one interval people work faster or slower than in the
 *              trial, by a factor with a standard deviation of PACE_SD
 *   count      subscribers answer one by one: binomial, by their number
 *   level      the rest, LEVEL_SD of the base
 *
 * A printed percentage stands for the interval that rounds to it.  A trial
 * that was complete while certificates were left is impossible.
 *
 * If a few trials hold nearly all of the weight, the weights are flattened
 * (raised to a power below 1) until the effective sample is large enough to
 * speak of quantiles; the notes say so.
 */
#include "revplan/forecast.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "base/gsl_quiet.h"
#include "base/mem.h"
#include "forecast/state.h"

#define PACE_SD 0.20
#define LEVEL_SD 0.01
#define TRIALS_MIN 200
#define SAMPLE_MIN 100.0	/* effective; below it weights are flattened */
#define SILENCE_DAYS 45		/* more than a month without a report */
#define SAMPLE_POOR 20.0	/* before flattening: the model is off */

const double rp_forecast_level[RP_FORECAST_QUANTILES] = {
	0.10, 0.50, 0.80, 0.90
};

/* ---- likelihood --------------------------------------------------------- */

/* Log of P(low <= X <= high) for a normal X; one side may be open. */
static double
log_interval(double low, double high, double mean, double sd)
{
	double a = (low - mean) / sd, b = (high - mean) / sd;
	double p;

	/* Take the difference in the tail in which it is not lost. */
	p = a > 0.0 ? gsl_cdf_ugaussian_Q(a) - gsl_cdf_ugaussian_Q(b) :
	    gsl_cdf_ugaussian_P(b) - gsl_cdf_ugaussian_P(a);
	if (p > 0.0)
		return log(p);
	/* Far out: the density at the nearer end does. */
	p = a > 0.0 ? a : b;
	return -0.5 * p * p - log(fabs(p)) - 0.9189385332046727;
}

/* Log likelihood of what was seen, given trial i. */
static double
log_likelihood(const struct rp_forecast *fc, size_t i)
{
	double sum = 0.0, before = 0.0, seen_before = 0.0;
	double subscribers = fc->seen.subscribers;

	for (size_t k = 0; k < fc->seen.n; k++) {
		const struct rp_observation *o = &fc->seen.o[k];
		double level = rp_trial_share(fc->tr, i, o->at);
		double step = level - before;
		double variance = PACE_SD * PACE_SD * step * step +
		    LEVEL_SD * LEVEL_SD +
		    fmax(step, 0.0) * fmax(1.0 - step, 0.0) / subscribers;

		if (level >= 1.0 && o->high < 1.0)
			return -(double)INFINITY;
		sum += log_interval(o->low - seen_before,
		    o->high - seen_before, step, sqrt(variance));
		before = level;
		seen_before = o->share;
	}
	return sum;
}

static double
effective(const double *w, size_t n)
{
	double sum = 0.0, squares = 0.0;

	for (size_t i = 0; i < n; i++) {
		sum += w[i];
		squares += w[i] * w[i];
	}
	return squares > 0.0 ? sum * sum / squares : 0.0;
}

/* Weights from log likelihoods raised to a power. */
static void
weigh(const double *log_l, double best, double power, double *w, size_t n)
{
	double sum = 0.0;

	for (size_t i = 0; i < n; i++) {
		w[i] = isinf(log_l[i]) ? 0.0 : exp(power * (log_l[i] - best));
		sum += w[i];
	}
	for (size_t i = 0; i < n; i++)
		w[i] /= sum;
}

/* The largest power that leaves enough of a sample, by bisection. */
static void
flatten(struct rp_forecast *fc, const double *log_l, double best)
{
	double low = 0.0, high = 1.0;

	for (int k = 0; k < 40; k++) {
		double mid = 0.5 * (low + high);

		weigh(log_l, best, mid, fc->weight, fc->n);
		if (effective(fc->weight, fc->n) >= SAMPLE_MIN)
			low = mid;
		else
			high = mid;
	}
	fc->power = low;
	weigh(log_l, best, low, fc->weight, fc->n);
}

/*
 * What can only be done after everybody is done was done: trials that take
 * longer are ruled out, if others remain.
 */
static void
rule_out_later(struct rp_forecast *fc, double *log_l)
{
	const int64_t *done = rp_trials_completion(fc->tr, -1);
	char day[RP_INSTANT_TEXT];
	size_t remain = 0;

	if (!fc->seen.has_end)
		return;
	for (size_t i = 0; i < fc->n; i++)
		remain += !isinf(log_l[i]) &&
		    done[i] <= rp_instant_s(fc->seen.end);
	for (size_t i = 0; i < fc->n && remain > 0; i++)
		if (done[i] > rp_instant_s(fc->seen.end))
			log_l[i] = -(double)INFINITY;
	rp_note(&fc->notes, "The facts say that the duty '%s', which waits for "
	    "all populations, was revoked by %s: %s.", fc->seen.duty->name,
	    rp_instant_format_date(rp_instant_of_s(
	    rp_instant_s(fc->seen.end) - 1), day), remain > 0 ?
	    "trials that take longer were ruled out" :
	    "no trial is done by then, so the model cannot explain it");
	if (remain == 0)
		fc->explained = false;
}

static rp_status
set_weights(struct rp_forecast *fc, struct rp_err *err)
{
	double *log_l = rp_alloc_zeroed(fc->n, sizeof(*log_l));
	double best = -(double)INFINITY;
	size_t possible = 0;

	if (log_l == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the weights");
	for (size_t i = 0; i < fc->n; i++)
		log_l[i] = log_likelihood(fc, i);
	rule_out_later(fc, log_l);
	for (size_t i = 0; i < fc->n; i++) {
		possible += !isinf(log_l[i]);
		best = fmax(best, log_l[i]);
	}
	if (possible == 0)
		/* Nothing fits at all: plain trials, and saying so. */
		for (size_t i = 0; i < fc->n; i++)
			fc->weight[i] = 1.0 / (double)fc->n;
	else
		weigh(log_l, best, 1.0, fc->weight, fc->n);
	fc->raw_sample = possible == 0 ? 0.0 :
	    effective(fc->weight, fc->n);
	if (possible >= (size_t)SAMPLE_MIN && fc->raw_sample < SAMPLE_MIN)
		flatten(fc, log_l, best);
	fc->sample = effective(fc->weight, fc->n);
	rp_release_mem(log_l);
	return RP_OK;
}

/* ---- weighted quantiles ------------------------------------------------- */

/* The smallest value with at least a share `level` of the weight. */
static double
quantile(const struct rp_ranked *r, size_t n, double level)
{
	double sum = 0.0;

	for (size_t i = 0; i < n; i++) {
		sum += r[i].weight;
		if (sum >= level - 1e-12)
			return r[i].value;
	}
	return r[n - 1].value;
}

static void
set_completion(struct rp_forecast *fc)
{
	const int64_t *done = rp_trials_completion(fc->tr, -1);
	struct rp_forecast_completion *c = &fc->completion;

	for (size_t i = 0; i < fc->n; i++) {
		fc->ranked[i].value = done[i] == INT64_MAX ? (double)INFINITY :
		    (double)done[i];
		fc->ranked[i].weight = fc->weight[i];
		if (done[i] == INT64_MAX)
			c->never += fc->weight[i];
	}
	rp_rank(fc->ranked, fc->n);
	for (size_t k = 0; k < RP_FORECAST_QUANTILES; k++) {
		double level = rp_forecast_level[k];
		double sd = sqrt(level * (1.0 - level) / fc->sample);
		double q = quantile(fc->ranked, fc->n, level);
		double low = quantile(fc->ranked, fc->n, level - sd);
		double high = quantile(fc->ranked, fc->n, level + sd);

		c->has[k] = isfinite(q);
		if (c->has[k])
			c->q[k] = rp_instant_of_s((int64_t)q);
		c->q_se_s[k] = isfinite(high) ? 0.5 * (high - low) :
		    (double)NAN;
	}
	c->never_se = sqrt(c->never * (1.0 - c->never) / fc->sample);
}

static void
set_pace(struct rp_forecast *fc)
{
	const double *pace = rp_trials_pace(fc->tr);

	for (size_t i = 0; i < fc->n; i++) {
		fc->ranked[i].value = pace[i];
		fc->ranked[i].weight = fc->weight[i];
	}
	rp_rank(fc->ranked, fc->n);
	fc->pace.p05 = quantile(fc->ranked, fc->n, 0.05);
	fc->pace.p50 = quantile(fc->ranked, fc->n, 0.50);
	fc->pace.p95 = quantile(fc->ranked, fc->n, 0.95);
}

/* All were seen done: nothing is left to forecast. */
static void
set_complete(struct rp_forecast *fc, struct rp_instant at)
{
	struct rp_forecast_completion *c = &fc->completion;

	for (size_t k = 0; k < RP_FORECAST_QUANTILES; k++) {
		c->has[k] = true;
		c->q[k] = at;
	}
}

/* What was left then shrinks in the same proportion as it does in the trial. */
static double
moved(const struct rp_forecast *fc, size_t i, double now)
{
	const struct rp_observation *last;
	double then = fc->then[i];

	if (fc->seen.n == 0)
		return now;
	last = &fc->seen.o[fc->seen.n - 1];
	if (then >= 1.0)
		return fmax(last->share, now);
	return last->share + (1.0 - last->share) * (now - then) / (1.0 - then);
}

double
rp_forecast_share(const struct rp_forecast *fc, size_t i, struct rp_instant t)
{
	return moved(fc, i, rp_trial_share(fc->tr, i, t));
}

static void
set_point(struct rp_forecast *fc, size_t k, struct rp_instant at)
{
	struct rp_forecast_point *p = &fc->point[k];

	rp_trial_shares(fc->tr, at, fc->share);
	for (size_t i = 0; i < fc->n; i++) {
		fc->ranked[i].value = moved(fc, i, fc->share[i]);
		fc->ranked[i].weight = fc->weight[i];
	}
	rp_rank(fc->ranked, fc->n);
	p->at = at;
	p->p10 = quantile(fc->ranked, fc->n, 0.10);
	p->p50 = quantile(fc->ranked, fc->n, 0.50);
	p->p90 = quantile(fc->ranked, fc->n, 0.90);
}

/* as_of itself, then the points of the grid after it. */
static rp_status
set_curve(struct rp_forecast *fc, struct rp_err *err)
{
	size_t n, first = 0;
	const struct rp_instant *at = rp_trials_grid(fc->tr, &n);
	struct rp_instant now = fc->as_of.until;

	if (rp_instant_cmp(now, at[0]) < 0)
		now = at[0];
	if (rp_instant_cmp(now, at[n - 1]) > 0)
		now = at[n - 1];
	while (first < n && rp_instant_cmp(at[first], now) <= 0)
		first++;
	fc->n_points = n - first + 1;
	fc->point = rp_alloc_zeroed(fc->n_points, sizeof(*fc->point));
	if (fc->point == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the curve");
	set_point(fc, 0, now);
	for (size_t k = 1; k < fc->n_points; k++)
		set_point(fc, k, at[first + k - 1]);
	return RP_OK;
}

/* ---- how well it fits --------------------------------------------------- */

static void
set_fit(struct rp_forecast *fc, size_t k)
{
	const struct rp_observation *o = &fc->seen.o[k];
	struct rp_forecast_fit *f = &fc->fit[k];
	char day[RP_INSTANT_TEXT];
	double low, high;

	f->at = o->at;
	f->actual = o->share;
	rp_trial_shares(fc->tr, o->at, fc->share);
	for (size_t i = 0; i < fc->n; i++) {
		fc->ranked[i].value = fc->share[i];
		fc->ranked[i].weight = fc->weight[i];
	}
	rp_rank(fc->ranked, fc->n);
	f->posterior_p50 = quantile(fc->ranked, fc->n, 0.50);
	for (size_t i = 0; i < fc->n; i++)
		fc->ranked[i].weight = 1.0 / (double)fc->n;
	f->prior_p05 = quantile(fc->ranked, fc->n, 0.05);
	f->prior_p50 = quantile(fc->ranked, fc->n, 0.50);
	f->prior_p95 = quantile(fc->ranked, fc->n, 0.95);
	low = quantile(fc->ranked, fc->n, 0.005);
	high = quantile(fc->ranked, fc->n, 0.995);
	if (o->high >= low - LEVEL_SD && o->low <= high + LEVEL_SD)
		return;
	fc->explained = false;
	rp_note(&fc->notes, "The actual of %s, %.1f %%, lies outside of what "
	    "99 %% of the trials show for that day (%.1f to %.1f %%): the "
	    "populations of the case cannot explain it.",
	    rp_instant_format_date(rp_instant_of_s(rp_instant_s(o->at) - 1),
	    day), 100.0 * o->share, 100.0 * low, 100.0 * high);
}

/*
 * Somebody who looks at a forecast long after the last report should not take
 * the silence for news.
 */
static void
tell_silence(struct rp_forecast *fc)
{
	struct rp_instant last = fc->seen.o[fc->seen.n - 1].at;
	int64_t days = rp_span_s(rp_instant_between(last, fc->as_of.from)) /
	    86400;
	char day[RP_INSTANT_TEXT];

	if (days > SILENCE_DAYS && fc->seen.o[fc->seen.n - 1].low < 1.0)
		rp_note(&fc->notes, "The last actual, of %s, is %lld days old: "
		    "what happened since is not known, and dates that lie "
		    "before now may have been kept or not.",
		    rp_instant_format_date(rp_instant_of_s(
		    rp_instant_s(last) - 1), day), (long long)days);
}

/* An actual in another metric than that of the plan is easily overlooked. */
static void
tell_nothing_seen(struct rp_forecast *fc)
{
	if (fc->seen.left_out == 0)
		rp_note(&fc->notes, "No actual had been seen by then: the "
		    "forecast rests on the inputs of the case alone.");
	else
		rp_note(&fc->notes, "None of the actuals seen by then (%zu) "
		    "says how much of the whole is '%s', so the forecast "
		    "rests on the inputs of the case alone: add that figure "
		    "to them, or forecast another metric.", fc->seen.left_out,
		    rp_metric_word(rp_trials_metric(fc->tr)));
}

/* A view from outside of the simulated time sees no curve. */
static void
tell_place(struct rp_forecast *fc)
{
	size_t n;
	const struct rp_instant *at = rp_trials_grid(fc->tr, &n);
	char day[RP_INSTANT_TEXT];

	if (rp_instant_cmp(fc->as_of.from, at[n - 1]) > 0)
		rp_note(&fc->notes, "The simulation ends at its horizon, %s, "
		    "before the date that is asked about: set a later horizon "
		    "to see what is still to come.", rp_instant_format_date(
		    at[n - 1], day));
	if (rp_instant_cmp(fc->as_of.until, at[0]) <= 0)
		rp_note(&fc->notes, "The date that is asked about lies before "
		    "the start of the case, %s: nothing had happened yet.",
		    rp_instant_format_date(at[0], day));
}

static void
tell_sample(struct rp_forecast *fc)
{
	tell_place(fc);
	if (fc->seen.n == 0) {
		tell_nothing_seen(fc);
		return;
	}
	tell_silence(fc);
	if (fc->raw_sample < SAMPLE_POOR) {
		fc->explained = false;
		rp_note(&fc->notes, "Hardly any trial agrees with the actuals "
		    "(effective sample %.1f of %zu): the model cannot explain "
		    "them; look at the fit of each and at the assumed inputs.",
		    fc->raw_sample, fc->n);
	}
	if (fc->power < 1.0)
		rp_note(&fc->notes, "The weights were flattened (raised to "
		    "the power %.2f) to keep an effective sample of %.0f; "
		    "unflattened it was %.1f. The forecast is wider for it.",
		    fc->power, fc->sample, fc->raw_sample);
	if (fc->seen.left_out > 0)
		rp_note(&fc->notes, "%zu actual(s) that name a population, "
		    "count another metric, lie outside of the simulated time "
		    "or repeat an instant were left out.", fc->seen.left_out);
}

static rp_status
build(struct rp_forecast *fc, struct rp_err *err)
{
	const struct rp_observation *last;
	rp_status rc;

	fc->weight = rp_alloc_zeroed(fc->n, sizeof(*fc->weight));
	fc->ranked = rp_alloc_zeroed(2 * fc->n, sizeof(*fc->ranked));
	fc->share = rp_alloc_zeroed(fc->n, sizeof(*fc->share));
	fc->then = rp_alloc_zeroed(fc->n, sizeof(*fc->then));
	fc->fit = rp_alloc_zeroed(fc->seen.n, sizeof(*fc->fit));
	if (fc->weight == NULL || fc->ranked == NULL || fc->fit == NULL ||
	    fc->share == NULL || fc->then == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a forecast");
	fc->n_fits = fc->seen.n;
	if (fc->seen.n > 0)
		rp_trial_shares(fc->tr, fc->seen.o[fc->seen.n - 1].at,
		    fc->then);
	rc = set_weights(fc, err);
	if (rc != RP_OK)
		return rc;
	last = fc->seen.n > 0 ? &fc->seen.o[fc->seen.n - 1] : NULL;
	if (last != NULL && last->low >= 1.0) {
		set_complete(fc, last->given);
		rp_note(&fc->notes, "The last actual says that all are done.");
	} else
		set_completion(fc);
	set_pace(fc);
	for (size_t k = 0; k < fc->n_fits; k++)
		set_fit(fc, k);
	tell_sample(fc);
	return set_curve(fc, err);
}

rp_status
rp_forecast_build(const struct rp_trials *tr, struct rp_when as_of,
    enum rp_view view, struct rp_forecast **out, struct rp_err *err)
{
	struct rp_forecast *fc;
	rp_status rc;

	rp_gsl_quiet();
	if (rp_trials_count(tr) < TRIALS_MIN)
		return rp_fail(err, RP_ESTATE, "a forecast needs at least %d "
		    "trials, not %llu", TRIALS_MIN,
		    (unsigned long long)rp_trials_count(tr));
	fc = rp_alloc_zeroed(1, sizeof(*fc));
	if (fc == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a forecast");
	fc->tr = tr;
	fc->as_of = as_of;
	fc->n = rp_trials_count(tr);
	fc->power = 1.0;
	fc->explained = true;
	rc = rp_observe(tr, as_of, view, &fc->seen, err);
	if (rc == RP_OK)
		rc = build(fc, err);
	if (rc != RP_OK) {
		rp_forecast_free(fc);
		return rc;
	}
	*out = fc;
	return RP_OK;
}

rp_status
rp_forecast_run(const struct rp_case *cs, const struct rp_sim_options *opt,
    struct rp_when as_of, enum rp_view view, struct rp_forecast **out,
    struct rp_err *err)
{
	struct rp_sim_options with_pace = *opt;
	struct rp_trials *tr = NULL;
	rp_status rc;

	with_pace.bands = RP_BANDS_NONE;
	with_pace.bottleneck = false;
	with_pace.pace_sd = RP_FORECAST_PACE_SD;
	rc = rp_simulate(cs, &with_pace, &tr, err);
	if (rc == RP_OK)
		rc = rp_forecast_build(tr, as_of, view, out, err);
	if (rc != RP_OK) {
		rp_trials_free(tr);
		return rc;
	}
	(*out)->own = tr;
	return RP_OK;
}

void
rp_forecast_free(struct rp_forecast *fc)
{
	if (fc == NULL)
		return;
	rp_trials_free(fc->own);
	rp_release_mem(fc->seen.o);
	rp_release_mem(fc->weight);
	rp_release_mem(fc->ranked);
	rp_release_mem(fc->share);
	rp_release_mem(fc->then);
	rp_release_mem(fc->point);
	rp_release_mem(fc->fit);
	rp_release_mem(fc);
}
