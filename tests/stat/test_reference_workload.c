/*
 * test_reference_workload.c - the reference workload by the engine, by the
 * plain simulation of each certificate and by its closed form; and a giant
 * who owns 40 % of all certificates.
 *
 * Figures are printed with their errors.  REVPLAN_TRIALS sets how many trials
 * the plain simulation plays (50,000 certificates each).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "revplan/simulate.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/curve_row.h"
#include "support/near.h"
#include "support/reference.h"

#define DAY 86400.0
#define INDIVIDUALS 2		/* the third population */
#define ENGINE_TRIALS 4000
#define PLAIN_TRIALS 60
#define PLAIN_MAX 20000
#define YEARS 40		/* the tail of 20,000 log-normal answers */

/* One of the individuals is ready by so many days: answered, and installed
 * one to three days later. */
static double
ready_by(double d)
{
	double sum = 0.0;
	const int slices = 32;

	for (int i = 0; i < slices; i++) {
		double left = d - 1.0 - 2.0 * (i + 0.5) / slices;

		if (left > 0.0)
			sum += gsl_cdf_lognormal_P(left, log(30.0), 1.0);
	}
	return sum / slices;
}

/* ... or one of the ACME clients that need a repair. */
static double
repaired_by(double d)
{
	return d <= 1.0 ? 0.0 : 0.98 + 0.02 *
	    gsl_cdf_lognormal_P(d - 0.5, log(10.0), 1.0);
}

/*
 * The mean of the last one's day, which is a working day: what is ready on a
 * Saturday or Sunday is done at the first moment of Monday.  The integral of
 * the chance that not all are done, day 0 being a Monday; the two populations
 * with a capacity are done long before.
 */
static double
mean_of_the_last(void)
{
	double sum = 0.0;

	for (double d = 0.1; d < YEARS * 365.0; d += 0.2) {
		double of_week = fmod(d, 7.0);
		double done = of_week < 5.0 ? d : d - (of_week - 5.0);

		sum += 0.2 * (1.0 - pow(ready_by(done), 20000.0) *
		    pow(repaired_by(done), 15000.0));
	}
	return sum;
}

static size_t
plain_trials(void)
{
	const char *text = getenv("REVPLAN_TRIALS");
	size_t n = text == NULL ? PLAIN_TRIALS : strtoull(text, NULL, 10);

	return n > PLAIN_MAX ? PLAIN_MAX : n < 2 ? 2 : n;
}

struct figure {
	double mean, se;
};

static struct figure
figure_of(const double *x, size_t n)
{
	return (struct figure){ mean_of(x, n), error_of(x, n) };
}

static void
by_plain_simulation(const struct rp_case *cs, struct figure *replaced,
    struct figure *last)
{
	static double count[PLAIN_MAX], day[PLAIN_MAX];
	double aware = (double)rp_instant_s(cs->aware.from);
	size_t trials = plain_trials(), n;
	struct reference *r = reference_new(cs, 4711);

	assert_non_null(r);
	for (size_t i = 0; i < trials; i++) {
		(void)reference_trial(r, &n);
		count[i] = reference_state(r, RP_STATE_REPLACED, INDIVIDUALS,
		    aware + 365.0 * DAY);
		day[i] = (reference_completion(r, RP_METRIC_REPLACED, -1) -
		    aware) / DAY;
		assert_true(isfinite(day[i]));
	}
	reference_free(r);
	*replaced = figure_of(count, trials);
	*last = figure_of(day, trials);
}

static struct rp_trials *
run(const struct rp_case *cs, enum rp_bands bands, uint64_t trials)
{
	struct rp_sim_options opt = { .trials = trials, .has_seed = true,
	    .seed = 5, .metric = RP_METRIC_REPLACED, .bands = bands };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	if (rp_simulate(cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static struct figure
replaced_by_engine(const struct rp_case *cs)
{
	struct rp_trials *tr = run(cs, RP_BANDS_ALL, ENGINE_TRIALS);
	struct figure f;
	size_t n;

	(void)rp_trials_grid(tr, &n);
	f.mean = rp_trials_bands(tr, INDIVIDUALS, RP_STATE_REPLACED)[n -
	    1].mean;
	f.se = rp_trials_bands(tr, INDIVIDUALS, RP_STATE_REPLACED)[n -
	    1].mean_se;
	rp_trials_free(tr);
	return f;
}

/* Over a horizon that all of them end before. */
static struct figure
last_by_engine(const struct rp_case *cs)
{
	static double day[ENGINE_TRIALS];
	struct rp_trials *tr = run(cs, RP_BANDS_NONE, ENGINE_TRIALS / 4);
	const int64_t *done = rp_trials_completion(tr, -1);
	size_t n = (size_t)rp_trials_count(tr);

	for (size_t i = 0; i < n; i++) {
		assert_true(done[i] != INT64_MAX);
		/* Down to the start of its day, the moment it is done. */
		day[i] = floor((double)(done[i] -
		    rp_instant_s(cs->aware.from)) / DAY);
	}
	rp_trials_free(tr);
	return figure_of(day, n);
}

static void
the_reference_workload(void **state)
{
	struct bound b = bind_file("scenarios/bench/four-populations.yaml");
	struct figure e, p, last_e, last_p;
	double law = 0.0, last = mean_of_the_last();
	struct rp_case longer;

	(void)state;
	assert_non_null(b.cs);
	longer = *b.cs;
	longer.simulation.horizon = rp_instant_plus(longer.aware.from,
	    rp_span_of_s((int64_t)YEARS * 365 * 86400));
	/* By the end of day 364, a Monday. */
	law = 20000.0 * ready_by(365.0);
	e = replaced_by_engine(b.cs);
	last_e = last_by_engine(&longer);
	by_plain_simulation(&longer, &p, &last_p);
	print_message("individuals replaced within 365 days: law %.1f, "
	    "engine %.2f +- %.2f, reference %.2f +- %.2f\n", law, e.mean,
	    e.se, p.mean, p.se);
	print_message("mean day of completion: law %.1f, engine %.1f +- "
	    "%.1f, reference %.1f +- %.1f\n", last, last_e.mean, last_e.se,
	    last_p.mean, last_p.se);
	assert_near(law, 19873.4, 0.1);
	assert_near(e.mean, 19873.4, 3.0 * e.se);
	assert_near(p.mean, 19873.4, 3.0 * p.se);
	assert_near(last, 1750.0, 15.0);
	assert_near(last_e.mean, last, 3.0 * last_e.se);
	assert_near(last_p.mean, last, 3.0 * last_p.se);
	bound_release(&b);
}

/* ---- a giant ------------------------------------------------------------ */

#define GIANT 400
#define SMALL_OWNERS 200
#define EACH 3
#define GIANT_TRIALS 4000
#define AWARE INT64_C(1772409600)	/* 2026-03-02 */

static const char giant_case[] = "revplan: 1\n"
    "incident: {id: g, certificate: subscriber, "
    "reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
    "simulation: {horizon: 2026-05-31, step: 1 d}\n"
    "populations: [{name: p, certificates: 1000, subscribers: 201, "
    "owns: [{name: giant, subscribers: 1, certificates: 400}, "
    "{subscribers: 200}], path: ["
    "{wait: {per: subscriber, time: {lognormal: {median: 14 d, "
    "sigma: 0.6}}}}]}]\n";

/* P(so many certificates are replaced), everyone having p of it. */
static void
giant_law(double p, double *mass)
{
	for (unsigned k = 0; k <= SMALL_OWNERS; k++) {
		double m = gsl_ran_binomial_pdf(k, p, SMALL_OWNERS);

		mass[k * EACH] += (1.0 - p) * m;
		mass[k * EACH + GIANT] += p * m;
	}
}

/* Chi-squared of counts against a law, bins of few are pooled. */
static double
chi_law(const double *a, size_t n, const double *mass, size_t values)
{
	double sum = 0.0, bins = 0.0, seen = 0.0, expected = 0.0;
	double left = (double)n;

	for (size_t v = 0; v < values; v++) {
		expected += (double)n * mass[v];
		for (size_t i = 0; i < n; i++)
			seen += a[i] > (double)v - 0.5 &&
			    a[i] < (double)v + 0.5;
		if (v + 1 < values && (expected < 8.0 ||
		    left - expected < 8.0))
			continue;
		sum += (seen - expected) * (seen - expected) /
		    fmax(expected, 1e-9);
		bins++;
		left -= expected;
		seen = expected = 0.0;
	}
	return bins < 2.0 ? 1.0 : gsl_cdf_chisq_Q(sum, bins - 1.0);
}

static void
plain_giant(const struct rp_case *cs, double t, double *count)
{
	struct reference *r = reference_new(cs, 99);
	size_t n;

	assert_non_null(r);
	for (size_t i = 0; i < GIANT_TRIALS; i++) {
		(void)reference_trial(r, &n);
		count[i] = reference_count(r, RP_METRIC_REPLACED, t);
	}
	reference_free(r);
}

static void
giant_on(const struct rp_case *cs, const struct rp_trials *tr, int day)
{
	static double engine[GIANT_TRIALS], plain[GIANT_TRIALS];
	double mass[1001] = { 0.0 };
	double p = gsl_cdf_lognormal_P((double)day, log(14.0), 0.6), pe, pp;
	const uint32_t *row = curve_row(tr, AWARE + day * 86400);
	size_t between = 0;

	giant_law(p, mass);
	for (size_t i = 0; i < GIANT_TRIALS; i++) {
		engine[i] = row[i];
		/* Whether the giant has is never in doubt. */
		between += row[i] > SMALL_OWNERS * EACH * p + 100.0 &&
		    row[i] < SMALL_OWNERS * EACH * p + 300.0;
	}
	plain_giant(cs, (double)(AWARE + day * 86400), plain);
	pe = chi_law(engine, GIANT_TRIALS, mass, 1001);
	pp = chi_law(plain, GIANT_TRIALS, mass, 1001);
	if (pe < 1e-6 || pp < 1e-6 || between > 0)
		fail_msg("day %d: engine p = %.2g, reference p = %.2g, %zu "
		    "between the humps", day, pe, pp, between);
	pe = ks_two(engine, GIANT_TRIALS, plain, GIANT_TRIALS);
	if (pe < 1e-6)
		fail_msg("day %d: engine against reference p = %.2g", day,
		    pe);
}

/* On the day of the median half of the trials have the jump of 400: from a
 * quarter of them to three quarters. */
static void
band_shows_the_jump(const struct rp_trials *tr)
{
	const struct rp_band *band = rp_trials_bands(tr, -1,
	    RP_STATE_REPLACED);
	size_t n, i = 0;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);

	while (i + 1 < n && rp_instant_s(grid[i]) < AWARE + 14 * 86400)
		i++;
	assert_true(band[i].q[4] - band[i].q[2] > 350);
}

static void
a_giant_of_two_fifths(void **state)
{
	struct bound b = bind_text(giant_case, ".");
	struct rp_trials *tr;

	(void)state;
	if (b.cs == NULL)
		fail_msg("%s", b.faults.fault[0].text);
	tr = run(b.cs, RP_BANDS_ALL, GIANT_TRIALS);
	giant_on(b.cs, tr, 7);
	giant_on(b.cs, tr, 14);
	giant_on(b.cs, tr, 25);
	band_shows_the_jump(tr);
	rp_trials_free(tr);
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reference_workload),
		cmocka_unit_test(a_giant_of_two_fifths),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
