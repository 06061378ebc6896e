/*
 * test_plan.c - what ten trials made by hand can promise.
 *
 * Ten trials of a base of 10,000 from 2020-07-02 on, which is point 0 of the
 * grid; the ends of July, August and September are the points 30, 61 and 91.
 * Trial i has 370 (i + 1) at the end of July and 9,900 - 500 i at the end of
 * August; trials 1 to 8 are complete on the days 70 + 2 i, 0 and 9 never.
 * Every figure below is counted off that by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/near.h"
#include "revplan/plan.h"

#include "fake_results.h"

#define N 10
#define BASE 10000

static uint32_t curve[FAKE_GRID * N];
static struct rp_trials trials;
static struct rp_case small_case;

static uint32_t
value(size_t i, size_t day)
{
	if (i >= 1 && i <= 8 && day >= 70 + 2 * i)
		return BASE;
	if (day >= 61)
		return (uint32_t)(9900 - 500 * i);
	return day >= 30 ? (uint32_t)(370 * (i + 1)) : 0;
}

static int
set_up(void **state)
{
	size_t i, k;

	(void)state;
	fake_trials(&trials);
	small_case = fake_case;
	small_case.total = rp_count_of(BASE);
	small_case.n_actuals = 0;
	trials.cs = &small_case;
	trials.n = N;
	trials.curve = curve;
	for (k = 0; k < FAKE_GRID; k++)
		for (i = 0; i < N; i++)
			curve[k * N + i] = value(i, k);
	for (i = 0; i < N; i++)
		trials.done[i] = i < 1 || i > 8 ? INT64_MAX : FAKE_START +
		    (70 + 2 * (int64_t)i) * FAKE_DAY - 1;
	return 0;
}

static struct rp_schedule_options
asked(unsigned confidence_pm, unsigned round_pm)
{
	return (struct rp_schedule_options){ .confidence_pm = confidence_pm,
		.round_pm = round_pm, .period = RP_PERIOD_MONTH,
		.as_of = { fake_day(0), fake_day(1) } };
}

static struct rp_schedule *
made(struct rp_schedule_options opt)
{
	struct rp_schedule *s = NULL;
	struct rp_err err = { 0 };

	if (rp_schedule_build(&trials, NULL, &opt, &s, &err) != RP_OK)
		fail_msg("%s", err.text);
	return s;
}

static void
assert_row(const struct rp_schedule *s, size_t k, const char *period,
    const char *percent)
{
	size_t n;
	const struct rp_schedule_row *row = rp_schedule_rows(s, &n);
	char text[RP_UNIT_TEXT];

	assert_true(k < n);
	assert_string_equal(row[k].period, period);
	assert_string_equal(rp_share_format(row[k].planned, text), percent);
}

static bool
notes_say(const struct rp_schedule *s, const char *words)
{
	size_t n;
	const char *const *note = rp_schedule_notes(s, &n);

	for (size_t i = 0; i < n; i++)
		if (strstr(note[i], words) != NULL)
			return true;
	return false;
}

/*
 * Eight of ten must do: the third smallest.  July: 370, 740, 1110.  August:
 * 5400, 5900, 6400.  The eighth trial is complete on day 86, 26 September.
 * One deviation of the rank is sqrt(10 x .8 x .2) = 1.26, so the neighbours
 * are those that 6.74 and 9.26 of ten reach: the seventh and the tenth from
 * the top, 1480 and 370 in July.
 */
static void
eight_of_ten(void **state)
{
	struct rp_schedule *s = made(asked(800, 0));
	const struct rp_schedule_completion *c = rp_schedule_completion(s);
	size_t n;
	const struct rp_schedule_row *row = rp_schedule_rows(s, &n);

	(void)state;
	assert_int_equal(n, 3);
	assert_row(s, 0, "2020-07", "11.1");
	assert_row(s, 1, "2020-08", "64.0");
	assert_row(s, 2, "2020-09", "100.0");
	assert_int_equal(rp_instant_s(row[0].until),
	    rp_instant_s(fake_day(30)));
	assert_near(row[0].reached_se, 0.5 * (0.148 - 0.037), 1e-12);
	assert_true(c->has);
	assert_int_equal(rp_instant_s(c->planned),
	    rp_instant_s(fake_day(86)) - 1);
	/* The tenth is beyond the horizon. */
	assert_true(isnan(c->reached_se_s));
	assert_near(c->complete, 0.8, 1e-12);
	/* Trials 2 to 7: the others fail in July, in August or at the end. */
	assert_near(c->kept, 0.6, 1e-12);
	assert_true(notes_say(s, "Of 10 trials 80.0 % are complete by"));
	assert_false(notes_say(s, "not even one lies beyond"));
	rp_schedule_free(s);
}

/* Nine of ten are never complete: no date, and no 100 % in any row. */
static void
nine_of_ten_are_never_done(void **state)
{
	struct rp_schedule *s = made(asked(801, 0));
	size_t n, i;
	const struct rp_schedule_row *row = rp_schedule_rows(s, &n);

	(void)state;
	assert_false(rp_schedule_completion(s)->has);
	assert_row(s, 0, "2020-07", "7.4");
	assert_row(s, 1, "2020-08", "59.0");
	/* Of those that stay behind the second smallest has 9,900. */
	assert_row(s, 2, "2020-09", "99.0");
	/* Point 300 is 2021-04-28. */
	assert_int_equal(n, 10);
	assert_row(s, 9, "2021-04", "99.0");
	for (i = 0; i < n; i++)
		assert_true(rp_share_ppb(row[i].planned) < RP_SHARE_ONE_PPB);
	assert_true(notes_say(s, "No date of completion"));
	assert_true(notes_say(s, "80.0 % of 10 trials are complete"));
	rp_schedule_free(s);
	s = made(asked(901, 0));
	assert_true(notes_say(s, "not even one lies beyond 90.1 %"));
	rp_schedule_free(s);
}

static void
rounding_is_never_bolder(void **state)
{
	struct rp_schedule *s = made(asked(800, 50));
	const struct rp_schedule_completion *c = rp_schedule_completion(s);

	(void)state;
	assert_row(s, 0, "2020-07", "10.0");
	assert_row(s, 1, "2020-08", "60.0");
	assert_row(s, 2, "2020-09", "100.0");
	assert_int_equal(rp_instant_s(c->planned),
	    rp_instant_s(fake_day(91)) - 1);
	assert_int_equal(rp_instant_s(c->reached),
	    rp_instant_s(fake_day(86)) - 1);
	/* Trial 8 has 59 % at the end of August, trial 1 misses July. */
	assert_near(c->kept, 0.6, 1e-12);
	rp_schedule_free(s);
}

/* 99.96 % is printed as 100.0 % by whoever rounds to the nearest. */
static void
nearly_all_is_not_all(void **state)
{
	struct rp_schedule *s;
	size_t i;

	(void)state;
	for (i = 0; i < N; i++)
		curve[61 * N + i] = BASE - 4;
	s = made(asked(800, 0));
	assert_row(s, 1, "2020-08", "99.9");
	rp_schedule_free(s);
	/* A curve at its base does not do: the trials must be complete. */
	for (i = 0; i < N; i++)
		curve[61 * N + i] = BASE;
	s = made(asked(800, 0));
	assert_row(s, 1, "2020-08", "99.9");
	rp_schedule_free(s);
	s = made(asked(800, 50));
	assert_row(s, 1, "2020-08", "95.0");
	rp_schedule_free(s);
}

/* From 1 September on August is over; in weeks from Monday on. */
static void
what_is_over_is_not_planned(void **state)
{
	struct rp_schedule_options opt = asked(800, 0);
	struct rp_schedule *s = NULL;
	struct rp_err err = { 0 };
	size_t n;

	(void)state;
	opt.as_of = (struct rp_when){ fake_day(60), fake_day(61) };
	s = made(opt);
	(void)rp_schedule_rows(s, &n);
	assert_int_equal(n, 1);
	assert_row(s, 0, "2020-09", "100.0");
	rp_schedule_free(s);
	/* 2020-08-30 is a Sunday; 26 September a Saturday of week 39. */
	opt.as_of = (struct rp_when){ fake_day(59), fake_day(60) };
	opt.period = RP_PERIOD_WEEK;
	s = made(opt);
	(void)rp_schedule_rows(s, &n);
	assert_int_equal(n, 4);
	assert_row(s, 0, "2020-W36", "64.0");
	assert_row(s, 3, "2020-W39", "100.0");
	rp_schedule_free(s);
	s = NULL;
	opt.as_of = (struct rp_when){ fake_day(86), fake_day(87) };
	assert_int_equal(rp_schedule_build(&trials, NULL, &opt, &s, &err),
	    RP_ESTATE);
	opt.as_of = (struct rp_when){ fake_day(300), fake_day(301) };
	assert_int_equal(rp_schedule_build(&trials, NULL, &opt, &s, &err),
	    RP_ESTATE);
	assert_null(s);
	assert_non_null(strstr(err.text, "horizon"));
}

static double
share(size_t trial, struct rp_instant t)
{
	int64_t day = (rp_instant_s(t) - FAKE_START) / FAKE_DAY;

	return value(trial, (size_t)day) / (double)BASE;
}

/*
 * All the weight on trials 3 (0.5), 4 (0.3) and 5 (0.2).  Sorted from the top
 * July is 2220 (.2), 1850 (.3), 1480 (.5): 0.8 of the weight needs the last.
 * August is 8400 (.5), 7900 (.3), 7400 (.2): the second will do.  Complete are
 * 0.5 on day 76 and 0.8 on day 78.
 */
static void
weights_count(void **state)
{
	static const double weight[N] = { 0, 0, 0, .5, .3, .2 };
	static struct rp_forecast fc;
	struct rp_schedule_options opt = asked(800, 0);
	struct rp_schedule *s = NULL;
	struct rp_err err = { 0 };

	(void)state;
	fake_forecast(&fc);
	fc.weight = weight;
	fc.share = share;
	assert_int_equal(rp_schedule_build(&trials, &fc, &opt, &s, &err),
	    RP_OK);
	assert_row(s, 0, "2020-07", "14.8");
	assert_row(s, 1, "2020-08", "79.0");
	assert_row(s, 2, "2020-09", "100.0");
	assert_int_equal(rp_instant_s(rp_schedule_completion(s)->planned),
	    rp_instant_s(fake_day(78)) - 1);
	assert_near(rp_schedule_completion(s)->complete, 1.0, 1e-12);
	assert_near(rp_schedule_completion(s)->kept, 0.8, 1e-12);
	/* What the forecast has to say is said here too. */
	assert_true(notes_say(s, "weighted by the actuals"));
	assert_true(notes_say(s, "another metric than the plan"));
	rp_schedule_free(s);
}

/* A scope that grew since: the plan says of which base its shares are. */
static void
another_base_is_told(void **state)
{
	struct rp_schedule *s;

	(void)state;
	small_case.base = rp_count_of(BASE);
	s = made(asked(800, 0));
	assert_false(notes_say(s, "known to be affected"));
	rp_schedule_free(s);
	small_case.base = rp_count_of(BASE + 300);
	s = made(asked(800, 0));
	assert_true(notes_say(s, "of the 10000 certificates of the trials, "
	    "while 10300 are known to be affected"));
	rp_schedule_free(s);
}

/* The others expire first: complete, though the share stays below all. */
static void
all_done_below_all(void **state)
{
	struct rp_schedule *s;
	size_t i;

	(void)state;
	for (i = 0; i < FAKE_GRID * N; i++)
		if (curve[i] > 9300)
			curve[i] = 9300;
	s = made(asked(800, 0));
	assert_row(s, 2, "2020-09", "93.0");
	assert_true(rp_schedule_completion(s)->has);
	assert_true(notes_say(s, "does not come to 100 %"));
	rp_schedule_free(s);
}

/* No memory at the n-th request: an error, and nothing is kept. */
static void
want_of_memory(void **state)
{
	struct rp_schedule_options opt = asked(800, 0);
	struct rp_schedule *s = NULL;
	struct rp_err err = { 0 };
	size_t live = rp_alloc_live();
	unsigned long n;
	rp_status rc = RP_ENOMEM;

	(void)state;
	for (n = 1; rc == RP_ENOMEM && n < 20; n++) {
		rp_alloc_fail_at(n);
		rc = rp_schedule_build(&trials, NULL, &opt, &s, &err);
		rp_alloc_fail_at(0);
		if (rc == RP_ENOMEM)
			assert_int_equal(rp_alloc_live(), live);
	}
	assert_int_equal(rc, RP_OK);
	assert_true(n > 4);
	rp_schedule_free(s);
	assert_int_equal(rp_alloc_live(), live);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(eight_of_ten, set_up),
		cmocka_unit_test_setup(nine_of_ten_are_never_done, set_up),
		cmocka_unit_test_setup(rounding_is_never_bolder, set_up),
		cmocka_unit_test_setup(nearly_all_is_not_all, set_up),
		cmocka_unit_test_setup(what_is_over_is_not_planned, set_up),
		cmocka_unit_test_setup(weights_count, set_up),
		cmocka_unit_test_setup(another_base_is_told, set_up),
		cmocka_unit_test_setup(all_done_below_all, set_up),
		cmocka_unit_test_setup(want_of_memory, set_up),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
