/*
 * test_closed_events.c - events, renewal, mixes and starts where the law of
 * the result is known.
 *
 * Counts of certificates that do not know of one another are sums of binomial
 * ones; what is not left to chance is exact.  Eight seeds each; a seed fails at
 * p < ALPHA, which by chance alone one run in about 3,000 would.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "revplan/simulate.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/curve_row.h"
#include "support/near.h"

#define SEEDS 8
#define TRIALS 500
#define ALPHA 1e-6
#define DAY INT64_C(86400)
#define N 199
#define N_TEXT "199"

/* 2026-03-02 is a Monday. */
#define AWARE INT64_C(1772409600)
#define HEAD "revplan: 1\nincident: {id: c, certificate: subscriber, "	\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
#define BY_HOURS "simulation: {horizon: 2026-04-06, step: 1 h}\n"
#define BY_DAYS "simulation: {horizon: 2026-05-01, step: 1 d}\n"
#define ONE "populations: [{name: p, certificates: " N_TEXT ", "
#define SLOW "path: [{wait: {time: {exponential: 9 d}}}]}]\n"

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
run(const struct rp_case *cs, uint64_t seed, enum rp_metric metric,
    enum rp_bands bands)
{
	struct rp_sim_options opt = { .trials = TRIALS, .has_seed = true,
	    .seed = seed, .metric = metric, .bands = bands };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	if (rp_simulate(cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

/* ---- binomial laws, of days after awareness ----------------------------- */

/* An exponential wait of so many days from day 0 on. */
static double
after(double mean, double d)
{
	return d <= 0.0 ? 0.0 : 1.0 - exp(-d / mean);
}

static double
started_late(double d)
{
	return after(9.0, d - 5.25);
}

/* All change over on day 6 to a wait of 4 days. */
static double
changed_over(double d)
{
	return d <= 6.0 ? after(9.0, d) :
	    after(9.0, 6.0) + (1.0 - after(9.0, 6.0)) * after(4.0, d - 6.0);
}

/* Three in ten do so, the others stay. */
static double
some_changed_over(double d)
{
	return 0.3 * changed_over(d) + 0.7 * after(9.0, d);
}

/* Three in ten on day 6, then half of what is left on day 11, to a wait of 2
 * days, wherever they are. */
static double
changed_over_twice(double d)
{
	double left = 1.0 - some_changed_over(11.0);

	if (d <= 11.0)
		return some_changed_over(d);
	return 0.5 * some_changed_over(d) + 0.5 * (1.0 - left + left *
	    after(2.0, d - 11.0));
}

/* Two exponential waits of 5 days; the first reissues. */
static double
issued(double d)
{
	return after(5.0, d);
}

static double
installed(double d)
{
	return gsl_cdf_gamma_P(d, 2.0, 5.0);
}

/* Expiry is uniform from ten days before awareness to day 40, and who has run
 * out before does not count. */
static double
run_out(double d)
{
	return d / 40.0;
}

/* 30 % within the first ten days, the others in the twenty to the fortieth. */
static double
run_out_by_bars(double d)
{
	return 0.3 * fmin(1.0, d / 10.0) + 0.7 * fmax(0.0, (d - 20.0) / 20.0);
}

/* Nine in ten are renewed a week before: of those due before awareness that
 * was done. */
static double
renewed(double d)
{
	return 0.9 * fmin(1.0, (d + 7.0) / 40.0);
}

/* Certbot's and lego's certificates, one poll in two days each: those of
 * lego's old version are not told. */
static double
polled(double d)
{
	return 0.75 * fmin(1.0, d / 2.0);
}

/*
 * Validations are spread evenly over 400 days before 2026-03-02, and could be
 * used again for 398 days until 2026-03-15 (day 13), then for 200.  Everyone
 * comes to the branch on day 15 at the start of the day; who must validate
 * again waits for 6 days in the mean.
 */
static double
validated(double d)
{
	double old = 1.0 - (200.0 - 15.0) / 400.0;

	return d < 15.0 ? 0.0 : 1.0 - old + old * after(6.0, d - 15.0);
}

/* The same on day 5: older than 398 days at entry are 7 in 400. */
static double
validated_early(double d)
{
	double old = 1.0 - (398.0 - 5.0) / 400.0;

	return d < 5.0 ? 0.0 : 1.0 - old + old * after(6.0, d - 5.0);
}

static const struct known {
	const char *name;
	double (*law)(double days);
	enum rp_metric metric;
	int day[3];
	const char *text;
} knowns[] = {
	{ "a later start", started_late, RP_METRIC_REPLACED, { 6, 10, 25 },
	    HEAD BY_HOURS ONE "starts: 2026-03-07T06:00Z, " SLOW },
	{ "rollout to all", changed_over, RP_METRIC_REPLACED, { 5, 8, 14 },
	    HEAD BY_HOURS ONE SLOW "events: [{rollout: {on: 2026-03-08, "
	    "share: 100%, path: [{wait: {time: {exponential: 4 d}}}]}}]\n" },
	{ "rollout to some", some_changed_over, RP_METRIC_REPLACED,
	    { 5, 9, 16 }, HEAD BY_HOURS ONE SLOW "events: [{rollout: {on: "
	    "2026-03-08, population: p, share: 30%, path: "
	    "[{wait: {time: {exponential: 4 d}}}]}}]\n" },
	{ "two rollouts", changed_over_twice, RP_METRIC_REPLACED,
	    { 9, 12, 17 }, HEAD BY_HOURS ONE SLOW
	    "events: [{rollout: {on: 2026-03-08, share: 30%, path: "
	    "[{wait: {time: {exponential: 4 d}}}]}}, {rollout: {on: "
	    "2026-03-13, share: 50%, path: [{wait: {time: {exponential: "
	    "2 d}}}]}}]\n" },
	{ "reissued", issued, RP_METRIC_REISSUED, { 2, 6, 13 },
	    HEAD BY_HOURS ONE "path: [{wait: {reissues: true, time: "
	    "{exponential: 5 d}}}, {wait: {time: {exponential: 5 d}}}]}]\n" },
	{ "reissued, then installed", installed, RP_METRIC_REPLACED,
	    { 3, 8, 17 }, HEAD BY_HOURS ONE "path: [{wait: {reissues: true, "
	    "time: {exponential: 5 d}}}, {wait: {time: {exponential: "
	    "5 d}}}]}]\n" },
	{ "natural expiry", run_out, RP_METRIC_GONE, { 3, 11, 29 },
	    HEAD BY_DAYS ONE "expiry: {uniform: [2026-02-20, 2026-04-11]}, "
	    "path: [{gate: {until: 2026-04-20}}]}]\n" },
	{ "expiry by a histogram", run_out_by_bars, RP_METRIC_GONE,
	    { 3, 11, 29 },
	    HEAD BY_DAYS ONE "expiry: {histogram: {2026-03-22..2026-04-11: 7,"
	    " 2026-03-02..2026-03-12: 3}}, "
	    "path: [{gate: {until: 2026-04-20}}]}]\n" },
	{ "ordinary renewal", renewed, RP_METRIC_REPLACED, { 3, 11, 29 },
	    HEAD BY_DAYS ONE "expiry: {uniform: [2026-02-20, 2026-04-11]}, "
	    "renewal: {before: 7 d, share: 90%}, "
	    "path: [{gate: {until: 2026-04-20}}]}]\n" },
	{ "a mix of clients", polled, RP_METRIC_REPLACED, { 1, 2, 9 },
	    HEAD BY_HOURS ONE "expiry: {uniform: [2026-09-01, 2026-10-01]}, "
	    "path: [{poll: {client: {certbot-4.1: 60%, lego-4.19: 20%}, "
	    "every: 2 d}}]}]\n" },
	{ "a branch by validation", validated, RP_METRIC_REPLACED,
	    { 15, 19, 27 }, HEAD BY_HOURS ONE "path: [{gate: {until: "
	    "2026-03-17}}, {branch: {validated: {uniform: [2025-01-26, "
	    "2026-03-02]}, path: [{wait: {time: {exponential: 6 d}}}]}}"
	    "]}]\n" },
	{ "a branch by validation, early", validated_early,
	    RP_METRIC_REPLACED, { 5, 9, 27 }, HEAD BY_HOURS ONE
	    "path: [{gate: {until: 2026-03-07}}, {branch: {validated: "
	    "{uniform: [2025-01-26, 2026-03-02]}, path: [{wait: {time: "
	    "{exponential: 6 d}}}]}}]}]\n" },
};

#define N_KNOWNS (sizeof(knowns) / sizeof(knowns[0]))

static void
counts(void **state)
{
	const struct known *k = *state;
	struct bound b = must_bind(k->text);
	double x[TRIALS];
	int bad = 0;

	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct rp_trials *tr = run(b.cs, seed, k->metric,
		    RP_BANDS_NONE);

		for (size_t d = 0; d < 3; d++) {
			const uint32_t *row = curve_row(tr,
			    AWARE + k->day[d] * DAY);
			double p = k->law((double)k->day[d]), fit;

			for (size_t i = 0; i < TRIALS; i++)
				x[i] = row[i];
			fit = chi_binomial(x, TRIALS, N, p);
			if (fit >= ALPHA)
				continue;
			bad++;
			print_message("%s, day %d, seed %d: p = %.2g, mean "
			    "%.3f, law %.3f\n", k->name, k->day[d],
			    (int)seed, fit, mean_of(x, TRIALS), N * p);
		}
		rp_trials_free(tr);
	}
	bound_release(&b);
	if (bad > 0)
		fail_msg("%s: %d of %d miss", k->name, bad, 3 * SEEDS);
}

/* ---- what is not left to chance ----------------------------------------- */

/* The band of a state at an instant, all populations. */
static const struct rp_band *
band_on(const struct rp_trials *tr, enum rp_state state, double day)
{
	const struct rp_band *band = rp_trials_bands(tr, -1, state);
	int64_t at = AWARE + (int64_t)(day * (double)DAY);
	size_t n, i = 0;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);

	assert_non_null(band);
	while (i + 1 < n && rp_instant_s(grid[i]) < at)
		i++;
	assert_int_equal(rp_instant_s(grid[i]), at);
	return &band[i];
}

static void
always(const struct rp_trials *tr, enum rp_state state, double day,
    double n)
{
	const struct rp_band *band = band_on(tr, state, day);

	assert_near(band->mean, n, 1e-9);
	assert_near(band->q[0], n, 0.0);
	assert_near(band->q[RP_QUANTILES - 1], n, 0.0);
}

/* What is held on day 2 is not revoked with the others on day 5, but on day 9
 * when the court lets it go. */
static void
held_and_released(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS
	    "revocation: {at: 2026-03-07T00:00Z}\n" ONE
	    "path: [{gate: {until: 2026-04-20}}]}]\n"
	    "events: [{hold: {on: 2026-03-04, until: 2026-03-11, "
	    "certificates: 40, why: court}}]\n");
	struct rp_trials *tr = run(b.cs, 1, RP_METRIC_REVOKED, RP_BANDS_ALL);

	(void)state;
	always(tr, RP_STATE_HELD, 1, 0);
	always(tr, RP_STATE_HELD, 3, 40);
	always(tr, RP_STATE_REVOKED, 4, 0);
	always(tr, RP_STATE_REVOKED, 6, N - 40);
	always(tr, RP_STATE_HELD, 8, 40);
	always(tr, RP_STATE_OUTSTANDING, 8, 40);
	always(tr, RP_STATE_HARMED, 8, N - 40);
	always(tr, RP_STATE_HELD, 10, 0);
	always(tr, RP_STATE_REVOKED, 10, N);
	always(tr, RP_STATE_HARMED, 10, N);
	rp_trials_free(tr);
	bound_release(&b);
}

/* More than there are: all of them, and to the end. */
static void
held_for_good(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS
	    "revocation: {at: deadline}\n" ONE
	    "path: [{gate: {until: 2026-03-03}}]}]\n"
	    "events: [{hold: {on: 2026-03-05, certificates: " N_TEXT ", "
	    "why: court}}]\n");
	struct rp_trials *tr = run(b.cs, 1, RP_METRIC_REVOKED, RP_BANDS_ALL);

	(void)state;
	always(tr, RP_STATE_REPLACED, 2, N);
	always(tr, RP_STATE_HELD, 4, N);
	always(tr, RP_STATE_REVOKED, 20, 0);
	always(tr, RP_STATE_OUTSTANDING, 59, N);
	rp_trials_free(tr);
	bound_release(&b);
}

/* Thirty more from day 4 on, which begin then: a team of 20 a working day
 * does the first 199 in ten days and goes on with the others. */
static void
discovered(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS ONE
	    "path: [{team: {rate: 20/working-day}}]}]\n"
	    "events: [{discovery: {on: 2026-03-06, population: p, "
	    "certificates: 30}}]\n");
	struct rp_trials *tr = run(b.cs, 1, RP_METRIC_REPLACED,
	    RP_BANDS_ALL);
	size_t n, last;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);

	(void)state;
	last = n - 1;
	(void)grid;
	assert_near(rp_trials_base_at(tr, -1, 1), N, 1e-9);
	assert_near(rp_trials_base_at(tr, 0, last), N + 30, 1e-9);
	always(tr, RP_STATE_OUTSTANDING, 3, N - 60);
	always(tr, RP_STATE_REPLACED, 4, 80);
	always(tr, RP_STATE_REPLACED, 12, 200);
	always(tr, RP_STATE_REPLACED, 15, 220);
	always(tr, RP_STATE_REPLACED, 16, 229);
	rp_trials_free(tr);
	bound_release(&b);
}

/* All change over to a team at once: as if there had never been another
 * path.  31 a working day from Wednesday the 11th on. */
static void
rollout_to_a_team(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS ONE
	    "path: [{gate: {until: 2026-04-20}}]}]\n"
	    "events: [{rollout: {on: 2026-03-11, share: 100%, path: "
	    "[{team: {rate: 31/working-day}}]}}]\n");
	struct bound only = must_bind(HEAD BY_DAYS ONE
	    "starts: 2026-03-11T00:00Z, "
	    "path: [{team: {rate: 31/working-day}}]}]\n");
	struct rp_trials *tr = run(b.cs, 1, RP_METRIC_REPLACED,
	    RP_BANDS_ALL), *same = run(only.cs, 1, RP_METRIC_REPLACED,
	    RP_BANDS_ALL);

	(void)state;
	/* Wed Thu Fri, Mon to Thu: 7 days of 31 and a seventh of 13. */
	always(tr, RP_STATE_REPLACED, 9, 0);
	always(tr, RP_STATE_REPLACED, 10, 31);
	always(tr, RP_STATE_REPLACED, 14, 93);
	always(tr, RP_STATE_REPLACED, 17, 186);
	always(tr, RP_STATE_REPLACED, 18, N);
	for (size_t i = 0; i < TRIALS; i++)
		assert_int_equal(rp_trials_completion(tr, -1)[i],
		    rp_trials_completion(same, -1)[i]);
	rp_trials_free(tr);
	rp_trials_free(same);
	bound_release(&b);
	bound_release(&only);
}

/* Ten a day from day 3 on, replaced ones first: 57 of them were. */
static void
revoked_in_batches(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS
	    "revocation: {batches: 10/day, from: 2026-03-05T00:00Z}\n"
	    "populations: [{name: p, certificates: 57, path: "
	    "[{gate: {until: 2026-03-03}}]}, {name: q, certificates: 100, "
	    "path: [{gate: {until: 2026-04-20}}]}]\n");
	struct rp_trials *tr = run(b.cs, 1, RP_METRIC_REVOKED, RP_BANDS_ALL);

	(void)state;
	always(tr, RP_STATE_REVOKED, 3, 0);
	always(tr, RP_STATE_REVOKED, 5, 20);
	always(tr, RP_STATE_HARMED, 8, 0);
	always(tr, RP_STATE_HARMED, 9, 3);
	always(tr, RP_STATE_REVOKED, 13, 100);
	always(tr, RP_STATE_HARMED, 13, 43);
	always(tr, RP_STATE_REVOKED, 19, 157);
	rp_trials_free(tr);
	bound_release(&b);
}

/* A cutoff that comes or not: everything is revoked, or nothing. */
static void
a_risk_comes_or_not(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS
	    "revocation: {at: 2026-04-28T00:00Z}\n" ONE
	    "path: [{gate: {until: 2026-04-20}}]}]\n"
	    "events: [{risk: {probability: 27%, then: {cutoff: "
	    "{on: 2026-03-09}}}}]\n");
	int bad = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct rp_trials *tr = run(b.cs, seed, RP_METRIC_REVOKED,
		    RP_BANDS_NONE);
		const uint32_t *row = curve_row(tr, AWARE + 9 * DAY);
		unsigned came = 0;
		double p;

		for (size_t i = 0; i < TRIALS; i++) {
			assert_true(row[i] == 0 || row[i] == N);
			came += row[i] == N;
		}
		p = fmin(gsl_cdf_binomial_P(came, 0.27, TRIALS),
		    gsl_cdf_binomial_Q(came - 1, 0.27, TRIALS));
		if (p < ALPHA) {
			bad++;
			print_message("seed %d: %u of %d\n", (int)seed, came,
			    TRIALS);
		}
		rp_trials_free(tr);
	}
	bound_release(&b);
	assert_int_equal(bad, 0);
}

/* ---- doing nothing ------------------------------------------------------ */

/* The path makes no difference to it, nor do events. */
static void
nothing_done(void **state)
{
	struct bound b = must_bind(HEAD BY_DAYS ONE
	    "expiry: {uniform: [2026-02-20, 2026-04-11]}, "
	    "renewal: {before: 7 d, share: 90%}, " SLOW
	    "events: [{cutoff: {on: 2026-03-20}}, {discovery: {on: "
	    "2026-03-12, population: p, certificates: 30}}]\n");
	struct rp_trials *tr = run(b.cs, 3, RP_METRIC_REPLACED,
	    RP_BANDS_ALL);
	static const int days[] = { 0, 5, 17, 33, 41 };
	const struct rp_band *r = rp_trials_nothing(tr, RP_METRIC_REPLACED);
	const struct rp_band *g = rp_trials_nothing(tr, RP_METRIC_GONE);

	(void)state;
	assert_non_null(r);
	assert_non_null(g);
	assert_null(rp_trials_nothing(tr, RP_METRIC_REVOKED));
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		size_t k = (size_t)(band_on(tr, RP_STATE_REPLACED,
		    days[i]) - rp_trials_bands(tr, -1, RP_STATE_REPLACED));
		double p = renewed(days[i]), q = fmin(1.0, run_out(days[i]));

		assert_near(r[k].mean, N * p, 0.001 + 5.0 *
		    sqrt(N * p * (1.0 - p) / TRIALS));
		assert_near(g[k].mean, N * q, 0.001 + 5.0 *
		    sqrt(N * q * (1.0 - q) / TRIALS));
		assert_near(g[k].q[3], N * q, 3.0);
	}
	rp_trials_free(tr);
	bound_release(&b);
}

int
main(void)
{
	struct CMUnitTest tests[N_KNOWNS + 7] = {
		cmocka_unit_test(held_and_released),
		cmocka_unit_test(held_for_good),
		cmocka_unit_test(discovered),
		cmocka_unit_test(rollout_to_a_team),
		cmocka_unit_test(revoked_in_batches),
		cmocka_unit_test(a_risk_comes_or_not),
		cmocka_unit_test(nothing_done),
	};

	for (size_t i = 0; i < N_KNOWNS; i++)
		tests[7 + i] = (struct CMUnitTest){ .name = knowns[i].name,
		    .test_func = counts,
		    .initial_state = (void *)(uintptr_t)&knowns[i] };
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
