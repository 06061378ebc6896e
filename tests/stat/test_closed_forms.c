/*
 * test_closed_forms.c - the engine where the law of its results is known.
 *
 * Counts of independent certificates are binomial, the last of n has the n-th
 * power of the distribution function of one.  Over twenty seeds, chi-squared
 * or Kolmogorov-Smirnov at the level ALPHA; failing seeds are printed, and all
 * seeds together must not reach ALPHA_ALL.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "revplan/simulate.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/curve_row.h"
#include "support/near.h"

#define SEEDS 20
#define TRIALS 200
#define ALL ((size_t)SEEDS * TRIALS)
#define MISSES 3
#define ALPHA 0.01
#define ALPHA_ALL 1e-4
#define DAY INT64_C(86400)
#define DAYS 3
#define TEXT_MAX 2048
#define N 211			/* certificates */
#define N_TEXT "211"

/* 2026-03-02 is a Monday. */
#define AWARE INT64_C(1772409600)
#define HEAD "revplan: 1\nincident: {id: c, certificate: subscriber, "	\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
#define POPULATION "populations: [{name: p, certificates: " N_TEXT ", "
#define STEPS_OF_A_DAY "simulation: {horizon: 2026-04-30, step: 1 d}\n"
#define STEPS_OF_AN_HOUR "simulation: {horizon: 2026-04-10, step: 1 h}\n"

static struct bound
must_bind(const char *text)
{
	struct bound b = bind_text(text, ".");

	if (b.cs == NULL)
		fail_msg("%s", b.faults.n > 0 ? b.faults.fault[0].text :
		    "not bound");
	return b;
}

static struct rp_trials *
run(const struct rp_case *cs, struct rp_sim_options opt)
{
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	opt.has_seed = opt.seed > 0;
	if (rp_simulate(cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

/* ---- the laws, of days after awareness ---------------------------------- */

static double
by_lognormal(double d)
{
	return gsl_cdf_lognormal_P(d, log(7.3), 0.83);
}

static double
by_weibull(double d)
{
	return gsl_cdf_weibull_P(d, 6.1, 0.77);
}

static double
by_gamma(double d)
{
	return gsl_cdf_gamma_P(d, 2.385, 2.9);
}

/* Two exponential waits of one mean. */
static double
by_two(double d)
{
	return gsl_cdf_gamma_P(d, 2.0, 3.17);
}

/* A poll every 31 h from a random phase on, 37.1 % of them fail. */
static double
by_poll(double d)
{
	double polls = d * 24.0 / 31.0, whole = floor(polls);

	return 1.0 - pow(0.371, whole) * (1.0 - 0.629 * (polls - whole));
}

/*
 * An exponential wait of 6.3 d against an expiry that is uniform from day 4
 * to day 34: the integral of the density times the share not expired.
 */
static double
replaced_before_expiry(double d)
{
	const double a = 4.0, b = 34.0, m = 6.3;
	double ea = exp(-a / m), ed = exp(-d / m);

	if (d <= a)
		return 1.0 - ed;
	return 1.0 - ea + ((b - a) * ea - (b - d) * ed - m * (ea - ed)) /
	    (b - a);
}

/* ... and those that expired before they were replaced. */
static double
gone_with_expiry(double d)
{
	const double a = 4.0, b = 34.0, m = 6.3;

	return replaced_before_expiry(d) + (d <= a ? 0.0 :
	    m * (exp(-a / m) - exp(-d / m)) / (b - a));
}

struct known {
	const char *name;
	double (*law)(double days);
	enum rp_metric metric;
	int day[DAYS];
	const char *text;
};

static const struct known knowns[] = {
	{ "log-normal wait", by_lognormal, RP_METRIC_REPLACED, { 3, 8, 21 },
	    HEAD STEPS_OF_A_DAY POPULATION "path: [{wait: {time: "
	    "{lognormal: {median: 7.3 d, sigma: 0.83}}}}]}]\n" },
	{ "Weibull wait", by_weibull, RP_METRIC_REPLACED, { 1, 5, 17 },
	    HEAD STEPS_OF_A_DAY POPULATION "path: [{wait: {time: "
	    "{weibull: {scale: 6.1 d, shape: 0.77}}}}]}]\n" },
	{ "gamma wait", by_gamma, RP_METRIC_REPLACED, { 2, 6, 15 },
	    HEAD STEPS_OF_A_DAY POPULATION "path: [{wait: {time: "
	    "{gamma: {shape: 2.385, scale: 2.9 d}}}}]}]\n" },
	{ "two waits", by_two, RP_METRIC_REPLACED, { 2, 6, 14 },
	    HEAD STEPS_OF_AN_HOUR POPULATION "path: ["
	    "{wait: {time: {exponential: 3.17 d}}}, "
	    "{wait: {time: {exponential: 3.17 d}}}]}]\n" },
	{ "poll", by_poll, RP_METRIC_REPLACED, { 1, 2, 4 },
	    HEAD STEPS_OF_A_DAY POPULATION
	    "path: [{poll: {every: 31 h, failures: 37.1%}}]}]\n" },
	{ "expiry, replaced", replaced_before_expiry, RP_METRIC_REPLACED,
	    { 3, 9, 26 }, HEAD STEPS_OF_AN_HOUR POPULATION
	    "expiry: {uniform: [2026-03-06, 2026-04-05]}, "
	    "path: [{wait: {time: {exponential: 6.3 d}}}]}]\n" },
	{ "expiry, gone", gone_with_expiry, RP_METRIC_GONE, { 5, 9, 26 },
	    HEAD STEPS_OF_AN_HOUR POPULATION
	    "expiry: {uniform: [2026-03-06, 2026-04-05]}, "
	    "path: [{wait: {time: {exponential: 6.3 d}}}]}]\n" },
};

#define N_KNOWNS (sizeof(knowns) / sizeof(knowns[0]))

/* All seeds, one after the other. */
static double count[DAYS][SEEDS * TRIALS];
static double completion[SEEDS * TRIALS];	/* days, rounded down */

static void
take(const struct known *k, const struct rp_case *cs, size_t seed)
{
	struct rp_trials *tr = run(cs, (struct rp_sim_options){
	    .trials = TRIALS, .seed = seed + 1, .metric = k->metric });
	const int64_t *done = rp_trials_completion(tr, -1);

	for (size_t i = 0; i < TRIALS; i++)
		completion[seed * TRIALS + i] = done[i] == INT64_MAX ? 1e9 :
		    (double)((done[i] - AWARE) / DAY);
	for (size_t d = 0; d < DAYS; d++) {
		const uint32_t *row = curve_row(tr, AWARE + k->day[d] * DAY);

		for (size_t i = 0; i < TRIALS; i++)
			count[d][seed * TRIALS + i] = row[i];
	}
	rp_trials_free(tr);
}

static void
counts_are_binomial(const struct known *k, size_t d)
{
	double p = k->law((double)k->day[d]);
	double all = chi_binomial(count[d], ALL, N, p);
	int misses = 0;

	for (size_t seed = 0; seed < SEEDS; seed++) {
		double one = chi_binomial(count[d] + seed * TRIALS, TRIALS,
		    N, p);

		if (one >= ALPHA)
			continue;
		misses++;
		print_message("%s, day %d: seed %zu has p = %.5f\n", k->name,
		    k->day[d], seed + 1, one);
	}
	if (misses > MISSES || all < ALPHA_ALL)
		fail_msg("%s, day %d: %d seeds miss, together p = %.2g; mean "
		    "%.3f, law %.3f", k->name, k->day[d], misses, all,
		    mean_of(count[d], ALL), N * p);
	/* The first two moments once more, without bins. */
	assert_near(mean_of(count[d], ALL), N * p,
	    4.0 * sqrt(N * p * (1.0 - p) / (double)ALL));
	assert_near(pow(error_of(count[d], ALL), 2.0) * (double)ALL,
	    N * p * (1.0 - p), 4.0 * N * p * (1.0 - p) *
	    sqrt(2.0 / (double)ALL + 1.0 / (N * p * (1.0 - p) *
	    (double)ALL)));
}

static void
counts(void **state)
{
	const struct known *k = *state;
	struct bound b = must_bind(k->text);

	for (size_t seed = 0; seed < SEEDS; seed++)
		take(k, b.cs, seed);
	for (size_t d = 0; d < DAYS; d++)
		counts_are_binomial(k, d);
	bound_release(&b);
}

/* Done on day d or before: the last of all by its end. */
static double
last_of_all(double d, const void *law)
{
	const struct known *k = law;

	return d > 1e6 ? 1.0 : pow(k->law(d + 1.0), N);
}

static void
the_last_finisher(void **state)
{
	int misses = 0;
	double all;

	(void)state;
	for (size_t n = 0; n < 3; n++) {
		struct bound b = must_bind(knowns[n].text);

		for (size_t seed = 0; seed < SEEDS; seed++) {
			take(&knowns[n], b.cs, seed);
			if (ks_one(completion + seed * TRIALS, TRIALS,
			    last_of_all, &knowns[n]) >= ALPHA)
				continue;
			misses++;
			print_message("last of %s: seed %zu\n",
			    knowns[n].name, seed + 1);
		}
		all = ks_one(completion, ALL, last_of_all, &knowns[n]);
		bound_release(&b);
		if (misses > MISSES || all < ALPHA_ALL)
			fail_msg("last of %s: p = %.2g", knowns[n].name, all);
		misses = 0;
	}
}

/* ---- a team where nothing is uncertain ---------------------------------- */

static bool
works_on(int day)
{
	/* Day 0 is a Monday; 20 March, 29 April and 3 to 5 May are holidays,
	 * from 13 to 16 July everything is frozen. */
	static const int off[] = { 18, 58, 62, 63, 64, 133, 134, 135 };

	for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		if (day == off[i])
			return false;
	return day % 7 < 5;
}

/* The day on which the last of n is done, counted day by day. */
static int
counted_out(int start, int n, int rate)
{
	int day = start;

	for (;; day++) {
		if (!works_on(day))
			continue;
		n -= rate;
		if (n <= 0)
			return day;
	}
}

static void
a_team_is_counted_out(void **state)
{
	static const struct {
		int start, n, rate;
		const char *starts;
	} row[] = {
		{ 0, 10000, 100, "2026-03-02" },
		{ 5, 4711, 47, "2026-03-07" },
		{ 18, 391, 7, "2026-03-20" },
		{ 57, 1000, 8, "2026-04-28" },
		{ 134, 64, 64, "2026-07-14" },
		{ 1, 12345, 83, "2026-03-03" },
	};
	char text[TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct bound b;
		struct rp_trials *tr;

		(void)snprintf(text, sizeof(text), HEAD "simulation: "
		    "{horizon: 2027-03-02, step: 1 d}\n"
		    "calendars: {c: {week: mon-fri, holidays: [2026-03-20, "
		    "2026-04-29, 2026-05-03, 2026-05-04, 2026-05-05], "
		    "freezes: [{from: 2026-07-13, until: 2026-07-16, "
		    "why: f}]}}\n"
		    "populations: [{name: p, certificates: %d, "
		    "subscribers: 1, calendar: c, starts: %s, path: "
		    "[{team: {rate: %d/working-day}}]}]\n", row[i].n,
		    row[i].starts, row[i].rate);
		b = must_bind(text);
		tr = run(b.cs, (struct rp_sim_options){ .trials = 5,
		    .metric = RP_METRIC_REPLACED });
		for (size_t k = 0; k < 5; k++)
			assert_int_equal(
			    (rp_trials_completion(tr, -1)[k] - AWARE) / DAY,
			    counted_out(row[i].start, row[i].n,
			    row[i].rate));
		rp_trials_free(tr);
		bound_release(&b);
	}
}

/* ---- answers that are known from elsewhere ------------------------------ */

/*
 * Of the individuals of the reference workload 19,873.4 are replaced within
 * 365 days in the mean: 20,000 times the mean over u in 1..3 of
 * Phi(log((365 - u) / 30)); 365 days after a Monday is the start of a Tuesday,
 * by which all of that Monday is done.
 */
static void
the_reference_workload(void **state)
{
	struct bound b = bind_file("scenarios/bench/four-populations.yaml");
	const struct rp_band *band;
	struct rp_trials *tr;
	double law = 0.0;
	size_t n;

	(void)state;
	assert_non_null(b.cs);
	tr = run(b.cs, (struct rp_sim_options){ .trials = 4000,
	    .metric = RP_METRIC_REPLACED, .bands = RP_BANDS_ALL });
	(void)rp_trials_grid(tr, &n);
	band = &rp_trials_bands(tr, 2, RP_STATE_REPLACED)[n - 1];
	for (int i = 0; i < 1000; i++)
		law += 20.0 * gsl_cdf_ugaussian_P(
		    log((364.0 - 2.0 * (i + 0.5) / 1000.0) / 30.0));
	assert_near(law, 19873.4, 0.05);
	assert_near(band->mean, law, 3.0 * band->mean_se);
	assert_true(band->mean_se < 0.25);
	rp_trials_free(tr);
	bound_release(&b);
}

/* Revoked at the deadline, five days for this reason: who is not replaced by
 * then is harmed. */
static void
harmed_at_the_deadline(void **state)
{
	struct bound b = must_bind(HEAD STEPS_OF_A_DAY
	    "revocation: {at: deadline}\n" POPULATION "path: [{wait: {time: "
	    "{lognormal: {median: 7.3 d, sigma: 0.83}}}}]}]\n");
	struct rp_trials *tr = run(b.cs, (struct rp_sim_options){
	    .trials = 4000, .seed = 7, .metric = RP_METRIC_REPLACED });
	const struct rp_deadline_outcome *o = rp_trials_deadline(tr);
	double p = by_lognormal(5.0);
	double se = sqrt(N * p * (1.0 - p) / 4000.0);

	(void)state;
	assert_non_null(o);
	assert_near(o->harmed, N * (1.0 - p), 4.0 * se);
	assert_near(o->unreplaced, N * (1.0 - p), 4.0 * se);
	assert_near(o->replaced, p, 4.0 * se / N);
	rp_trials_free(tr);
	bound_release(&b);
}

/* ---- seeds -------------------------------------------------------------- */

#define CURVE_DAYS 30

/* A trial as a row: its counts of thirty days. */
static void
rows_of(const struct rp_case *cs, uint64_t seed, uint32_t (*row)[CURVE_DAYS])
{
	struct rp_trials *tr = run(cs, (struct rp_sim_options){
	    .trials = TRIALS, .seed = seed, .metric = RP_METRIC_REPLACED });

	for (int d = 0; d < CURVE_DAYS; d++)
		for (size_t i = 0; i < TRIALS; i++)
			row[i][d] = curve_row(tr, AWARE + (d + 1) * DAY)[i];
	rp_trials_free(tr);
}

/* Seeds that follow one another must not share trials, shifted or not. */
static void
seeds_are_not_alike(void **state)
{
	static uint32_t row[3 * TRIALS][CURVE_DAYS];
	struct bound b = must_bind(knowns[0].text);
	size_t alike = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++)
		rows_of(b.cs, seed, row + (seed - 1) * TRIALS);
	for (size_t i = 0; i < 3 * TRIALS; i++)
		for (size_t k = i + 1; k < 3 * TRIALS; k++)
			alike += memcmp(row[i], row[k], sizeof(row[i])) == 0;
	assert_int_equal(alike, 0);
	bound_release(&b);
}

int
main(void)
{
	struct CMUnitTest tests[N_KNOWNS + 5] = {
		cmocka_unit_test(the_last_finisher),
		cmocka_unit_test(a_team_is_counted_out),
		cmocka_unit_test(the_reference_workload),
		cmocka_unit_test(harmed_at_the_deadline),
		cmocka_unit_test(seeds_are_not_alike),
	};

	for (size_t i = 0; i < N_KNOWNS; i++)
		tests[5 + i] = (struct CMUnitTest){ .name = knowns[i].name,
		    .test_func = counts,
		    .initial_state = (void *)(uintptr_t)&knowns[i] };
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
