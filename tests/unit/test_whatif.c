/*
 * test_whatif.c - two sets of trials made by hand, held against each other.
 *
 * Completions are days since awareness, which is FAKE_START; the horizon is
 * day 400.  Every figure below is worked out by hand beside it.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/near.h"
#include "revplan/whatif.h"

#include "fake_results.h"

#define NEVER (-1)
#define N 320

static struct rp_trials base, variant;
static struct rp_case other;

static int
set_up(void **state)
{
	(void)state;
	(void)fake_forecast;
	fake_trials(&base);
	fake_trials(&variant);
	other = fake_case;
	base.cs = &fake_case;
	variant.cs = &other;
	base.metric = variant.metric = RP_METRIC_REPLACED;
	base.details.design = variant.details.design = RP_DESIGN_RANDOM;
	return 0;
}

static void
set_days(struct rp_trials *tr, uint64_t n, const double *day)
{
	tr->n = n;
	for (size_t i = 0; i < n; i++)
		tr->done[i] = day[i] < 0 ? INT64_MAX :
		    FAKE_START + (int64_t)(day[i] * (double)FAKE_DAY);
}

static struct rp_whatif_answer
answer(void)
{
	struct rp_whatif_answer a;
	struct rp_err err = { 0 };

	if (rp_whatif(&base, &variant, &a, &err) != RP_OK)
		fail_msg("%s", err.text);
	return a;
}

/*
 * Base 10, 20, 30, never; variant 8, 20, never, 15.
 *
 * Both are complete in trials 0 and 1: differences -2 and 0, mean -1, sum of
 * squares about it 2, so the variance is 2 and the error sqrt(2 / 2) = 1.
 * Up to day 400: 10, 20, 30, 400 against 8, 20, 400, 15: differences -2, 0,
 * 370, -385, mean -4.25.
 * Never: 1 of 4 in each, differences 0, 0, 1, -1: mean 0, variance 2 / 3,
 * error sqrt(2 / 3 / 4) = 0.408248.
 * Sooner: trials 0 and 3, not 1 (the same day): 0.5, variance 1 / 3, error
 * sqrt(1 / 3 / 4) = 0.288675.
 */
static void
four_pairs(void **state)
{
	static const double x[] = { 10, 20, 30, NEVER };
	static const double y[] = { 8, 20, NEVER, 15 };
	struct rp_whatif_answer a;

	(void)state;
	set_days(&base, 4, x);
	set_days(&variant, 4, y);
	a = answer();
	assert_true(a.completion_days.has);
	assert_int_equal(a.completion_days.trials, 2);
	assert_near(a.completion_days.base, 15, 1e-12);
	assert_near(a.completion_days.variant, 14, 1e-12);
	assert_near(a.completion_days.mean, -1, 1e-12);
	assert_near(a.completion_days.se, 1, 1e-12);
	assert_int_equal(a.days_to_horizon.trials, 4);
	assert_near(a.days_to_horizon.base, 115, 1e-12);
	assert_near(a.days_to_horizon.mean, -4.25, 1e-12);
	assert_near(a.never.base, 0.25, 1e-12);
	assert_near(a.never.mean, 0, 1e-12);
	assert_near(a.never.se, 0.40824829, 1e-8);
	assert_near(a.sooner, 0.5, 1e-12);
	assert_near(a.sooner_se, 0.28867513, 1e-8);
	/* Without a deadline nothing is held against one. */
	assert_false(a.deadline.has);
	assert_false(a.harmed_deadline.has);
	assert_false(a.overdue_days.has);
}

/* Where the horizons differ, days are counted to the earlier one: to day 20
 * the four pairs are 10, 20, 20, 20 against 8, 20, 20, 15. */
static void
the_earlier_horizon(void **state)
{
	static const double x[] = { 10, 20, 30, NEVER };
	static const double y[] = { 8, 20, NEVER, 15 };
	struct rp_whatif_answer a;

	(void)state;
	set_days(&base, 4, x);
	set_days(&variant, 4, y);
	other.simulation.horizon = fake_day(20);
	a = answer();
	assert_near(a.days_to_horizon.base, 17.5, 1e-12);
	assert_near(a.days_to_horizon.mean, -1.75, 1e-12);
}

/*
 * Of 27,000 certificates, trial 0 of the base has 100 a day, trial 1 none; in
 * the variant 200 and 100.  Half, 13,500, is reached on days 135 and never
 * (400, or 300 to the earlier horizon) against 68 (13,600; 67 has 13,400) and
 * 135; 85 %, 22,950, on days 230 and never against 115 and 230.
 */
static void
days_of_shares(void **state)
{
	static const double x[] = { NEVER, NEVER };
	static uint32_t curve[2][FAKE_GRID * 2];
	struct rp_whatif_answer a;

	(void)state;
	for (uint32_t k = 0; k < FAKE_GRID; k++) {
		curve[0][2 * k] = 100 * k;
		curve[1][2 * k] = 200 * k < 27000 ? 200 * k : 27000;
		curve[1][2 * k + 1] = 100 * k;
	}
	set_days(&base, 2, x);
	set_days(&variant, 2, x);
	assert_false(answer().share_days[0].has);
	base.curve = curve[0];
	variant.curve = curve[1];
	a = answer();
	assert_near(a.share_days[0].base, (135 + 400) / 2.0, 1e-9);
	assert_near(a.share_days[0].variant, (68 + 135) / 2.0, 1e-9);
	assert_near(a.share_days[1].base, (230 + 400) / 2.0, 1e-9);
	assert_near(a.share_days[1].variant, (115 + 230) / 2.0, 1e-9);
	other.simulation.horizon = fake_day(300);
	a = answer();
	assert_near(a.share_days[0].base, (135 + 300) / 2.0, 1e-9);
	assert_near(a.share_days[0].mean, -116, 1e-9);
}

static void
no_pair_is_complete(void **state)
{
	static const double x[] = { 10, NEVER };
	static const double y[] = { NEVER, 10 };
	struct rp_whatif_answer a;

	(void)state;
	set_days(&base, 2, x);
	set_days(&variant, 2, y);
	a = answer();
	assert_false(a.completion_days.has);
	assert_int_equal(a.completion_days.trials, 0);
	assert_near(a.sooner, 0.5, 1e-12);
}

/* One pair has a difference and no error. */
static void
one_trial(void **state)
{
	static const double x[] = { 10 }, y[] = { 7.5 };
	struct rp_whatif_answer a;

	(void)state;
	set_days(&base, 1, x);
	set_days(&variant, 1, y);
	a = answer();
	assert_near(a.completion_days.mean, -2.5, 1e-12);
	assert_true(isnan(a.completion_days.se));
	assert_true(isnan(a.sooner_se));
	assert_near(a.sooner, 1, 1e-12);
}

/*
 * Met: no, yes against yes, yes: 0.5 more, variance 0.5, error 0.5.
 * Replaced 100, 300 against 150, 310: 30 more, deviations +-20, variance 800,
 * error 20.  Harmed 10, 0 against 4, 0: 3 less.  Overdue 1.5, 2.5 against
 * 0.5, 2.5: 0.5 less.
 */
static void
the_deadline(void **state)
{
	static const double x[] = { 10, 20 };
	static const bool met[2][2] = { { false, true }, { true, true } };
	static const uint32_t replaced[2][2] = { { 100, 300 }, { 150, 310 } };
	static const uint32_t harmed[2][2] = { { 10, 0 }, { 4, 0 } };
	static const double overdue[2][2] = { { 1.5, 2.5 }, { 0.5, 2.5 } };
	struct rp_whatif_answer a;

	(void)state;
	set_days(&base, 2, x);
	set_days(&variant, 2, x);
	base.each = (struct rp_deadline_trials){ met[0], replaced[0],
		harmed[0], overdue[0] };
	/* One deadline alone is none to compare with. */
	assert_false(answer().deadline.has);
	variant.each = (struct rp_deadline_trials){ met[1], replaced[1],
		harmed[1], overdue[1] };
	a = answer();
	assert_near(a.deadline.base, 0.5, 1e-12);
	assert_near(a.deadline.mean, 0.5, 1e-12);
	assert_near(a.deadline.se, 0.5, 1e-12);
	assert_near(a.replaced_deadline.mean, 30, 1e-12);
	assert_near(a.replaced_deadline.se, 20, 1e-12);
	assert_near(a.harmed_deadline.mean, -3, 1e-12);
	assert_near(a.overdue_days.mean, -0.5, 1e-12);
}

/*
 * 32 trials, two a replicate, all complete on day 10.  In the variant one
 * trial of each replicate is a day later and the other a day sooner: the
 * replicates agree, and the error is 0.  Were the trials independent, it
 * would be sqrt(32 / 31 / 32) = 0.179605.
 */
static void
replicates_that_agree(void **state)
{
	double x[32], y[32];

	(void)state;
	for (size_t i = 0; i < 32; i++) {
		x[i] = 10;
		y[i] = i < 16 ? 11 : 9;
	}
	set_days(&base, 32, x);
	set_days(&variant, 32, y);
	assert_near(answer().completion_days.se, 0.17960530, 1e-8);
	/* A design without inputs spreads nothing. */
	variant.details.design = RP_DESIGN_QUASI_RANDOM;
	assert_near(answer().completion_days.se, 0.17960530, 1e-8);
	variant.details.inputs = 3;
	assert_near(answer().completion_days.se, 0, 1e-12);
}

/*
 * Half of the replicates a day later, half a day sooner: each replicate has
 * a mean of 1 or -1, the variance between them is 16 / 15, and the error
 * sqrt(16 / 15 / 16) = 0.258199.
 */
static void
replicates_that_differ(void **state)
{
	double x[32], y[32];

	(void)state;
	for (size_t i = 0; i < 32; i++) {
		x[i] = 10;
		y[i] = i % 16 < 8 ? 11 : 9;
	}
	set_days(&base, 32, x);
	set_days(&variant, 32, y);
	base.details.design = RP_DESIGN_LATIN_HYPERCUBE;
	base.details.inputs = 1;
	assert_near(answer().completion_days.se, 0.25819889, 1e-8);
}

/*
 * 320 trials complete on days 4 to 323 in some order, the variant 3 days
 * before: all quantiles move by 3 days.  Half of 320 are done by day 163.
 */
static void
quantiles_move_together(void **state)
{
	static double x[N], y[N];
	struct rp_whatif_answer a;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		x[i] = 4 + (double)(i * 7 % 320);
		y[i] = x[i] - 3;
	}
	set_days(&base, 320, x);
	set_days(&variant, 320, y);
	a = answer();
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++) {
		assert_true(a.quantile_days[k].has);
		assert_near(a.quantile_days[k].mean, -3, 1e-12);
		assert_near(a.quantile_days[k].se, 0, 1e-12);
	}
	assert_near(rp_completion_level[3], 0.5, 0);
	assert_near(a.quantile_days[3].base, 163, 1e-12);
	/* Too few for an error of their own. */
	set_days(&base, 319, x);
	set_days(&variant, 319, y);
	assert_true(isnan(answer().quantile_days[3].se));
}

/* 90 % of 320 trials are done by the horizon: the quantile of 90 % is there,
 * that of 95 % is not. */
static void
quantiles_beyond_the_horizon(void **state)
{
	static double x[N], y[N];
	struct rp_whatif_answer a;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		x[i] = i < 288 ? 10 : NEVER;
		y[i] = 5;
	}
	set_days(&base, 320, x);
	set_days(&variant, 320, y);
	a = answer();
	assert_true(a.quantile_days[6].has);
	assert_near(a.quantile_days[6].mean, -5, 1e-12);
	assert_false(a.quantile_days[7].has);
	assert_true(isnan(a.quantile_days[7].se));
}

static void
assert_refused(const char *words)
{
	struct rp_whatif_answer a;
	struct rp_err err = { 0 };

	assert_int_equal(rp_whatif(&base, &variant, &a, &err), RP_ESTATE);
	if (strstr(err.text, words) == NULL)
		fail_msg("%s", err.text);
}

static void
what_is_not_alike(void **state)
{
	static const double x[] = { 10, 20, 30 };

	(void)state;
	set_days(&base, 2, x);
	set_days(&variant, 3, x);
	assert_refused("numbers of trials");
	set_days(&variant, 2, x);
	other.simulation.seed++;
	assert_refused("seeds");
	other.simulation.seed--;
	variant.metric = RP_METRIC_GONE;
	assert_refused("metric");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(four_pairs, set_up),
		cmocka_unit_test_setup(the_earlier_horizon, set_up),
		cmocka_unit_test_setup(days_of_shares, set_up),
		cmocka_unit_test_setup(no_pair_is_complete, set_up),
		cmocka_unit_test_setup(one_trial, set_up),
		cmocka_unit_test_setup(the_deadline, set_up),
		cmocka_unit_test_setup(replicates_that_agree, set_up),
		cmocka_unit_test_setup(replicates_that_differ, set_up),
		cmocka_unit_test_setup(quantiles_move_together, set_up),
		cmocka_unit_test_setup(quantiles_beyond_the_horizon, set_up),
		cmocka_unit_test_setup(what_is_not_alike, set_up),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
