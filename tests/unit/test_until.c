/*
 * test_until.c - trials until the error of a date is small enough.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/simulate.h"
#include "support/bound.h"

/* 300 who answer within weeks; with a horizon of the test's choice. */
#define CASE(horizon, median) "revplan: 1\n" \
    "incident: {id: until, title: Until, certificate: subscriber,\n" \
    "  reason: not-per-requirements, aware: 2026-01-05T00:00Z}\n" \
    "simulation: {horizon: " horizon "}\n" \
    "populations:\n" \
    "  - name: many\n    certificates: 300\n    path:\n" \
    "      - wait: {time: {lognormal: {median: " median \
    ", sigma: 0.7}}}\n"

static struct rp_trials *
run(const struct rp_case *cs, double error_d, uint64_t least,
    unsigned threads)
{
	struct rp_sim_options opt = { .trials = least,
	    .metric = RP_METRIC_REPLACED, .threads = threads,
	    .bands = RP_BANDS_TOTAL, .until_error_s = error_d * 86400.0 };
	struct rp_trials *tr = NULL;

	assert_int_equal(rp_simulate(cs, &opt, &tr, NULL), RP_OK);
	return tr;
}

static bool
notes_say(const struct rp_trials *tr, const char *what)
{
	size_t n;
	const char *const *note = rp_trials_notes(tr, &n);

	for (size_t i = 0; i < n; i++)
		if (strstr(note[i], what) != NULL)
			return true;
	return false;
}

static void
the_error_is_brought_below(void **state)
{
	struct bound b = bind_text(CASE("2026-08-01", "5 d"), ".");
	struct rp_trials *tr;
	const struct rp_completion *c;
	uint64_t n, all[3];
	static const unsigned threads[] = { 1, 2, 7 };

	(void)state;
	assert_non_null(b.cs);
	for (size_t i = 0; i < 3; i++) {
		tr = run(b.cs, 0.4, 100, threads[i]);
		c = rp_trials_completion_summary(tr, -1);
		all[i] = rp_trials_count(tr);
		assert_true(c->has[5]);
		assert_true(c->q_se_s[5] <= 0.4 * 86400.0);
		assert_false(notes_say(tr, "standard error"));
		rp_trials_free(tr);
	}
	assert_true(all[0] > 200 && all[0] < 20000);
	assert_int_equal(all[0], all[1]);
	assert_int_equal(all[0], all[2]);
	/* One that is met at once needs no more than the least. */
	tr = run(b.cs, 60.0, 100, 1);
	n = rp_trials_count(tr);
	assert_int_equal(n, 100);
	rp_trials_free(tr);
	/* One trial agrees with itself; that is no small error. */
	tr = run(b.cs, 0.4, 1, 1);
	assert_true(rp_trials_count(tr) > 100);
	assert_true(rp_trials_completion_summary(tr, -1)->q_se_s[5] > 0.0);
	rp_trials_free(tr);
	bound_release(&b);
}

/*
 * Completions fall on whole days here, yet an error of a fraction of a day can
 * be asked for and is told: the grid is no floor to it.
 */
static void
less_than_a_step_can_be_asked_for(void **state)
{
	struct bound b = bind_text(CASE("2026-08-01", "5 d"), ".");
	struct rp_trials *tr;
	const struct rp_completion *c;

	(void)state;
	assert_non_null(b.cs);
	tr = run(b.cs, 0.2, 100, 1);
	c = rp_trials_completion_summary(tr, -1);
	assert_true(c->q_se_s[5] > 0.0);
	assert_true(c->q_se_s[5] <= 0.2 * 86400.0);
	/* The error falls with the root of the trials: 0.4 d takes hundreds. */
	assert_true(rp_trials_count(tr) < 40000);
	rp_trials_free(tr);
	bound_release(&b);
}

/* The 80 % date is beyond the horizon, but some earlier one is not. */
static void
an_earlier_date_serves_if_need_be(void **state)
{
	struct bound b = bind_text(CASE("2026-02-09", "5 d"), ".");
	struct rp_trials *tr;
	const struct rp_completion *c;
	int k = 5;

	(void)state;
	assert_non_null(b.cs);
	tr = run(b.cs, 0.5, 200, 2);
	c = rp_trials_completion_summary(tr, -1);
	assert_false(c->has[5]);
	while (k >= 0 && (!c->has[k] || isnan(c->q_se_s[k])))
		k--;
	assert_true(k >= 0 && c->q_se_s[k] <= 0.5 * 86400.0);
	assert_true(notes_say(tr, "80 % date lies beyond the horizon"));
	rp_trials_free(tr);
	bound_release(&b);
}

static void
no_date_no_error(void **state)
{
	struct bound b = bind_text(CASE("2026-02-01", "40 d"), ".");
	struct rp_trials *tr;

	(void)state;
	assert_non_null(b.cs);
	tr = run(b.cs, 0.5, 150, 1);
	assert_int_equal(rp_trials_count(tr), 150);
	assert_true(notes_say(tr, "No date of completion is known"));
	rp_trials_free(tr);
	bound_release(&b);
}

static void
nothing_leaks_when_memory_runs_out(void **state)
{
	struct bound b = bind_text(CASE("2026-02-09", "3 d"), ".");
	struct rp_sim_options opt = { .trials = 20,
	    .metric = RP_METRIC_REPLACED, .until_error_s = 43200.0 };
	size_t live;

	(void)state;
	assert_non_null(b.cs);
	live = rp_alloc_live();
	for (unsigned long n = 1; n < 400; n += 7) {
		struct rp_trials *tr = NULL;
		rp_status rc;

		rp_alloc_fail_at(n);
		rc = rp_simulate(b.cs, &opt, &tr, NULL);
		rp_alloc_fail_at(0);
		if (rc == RP_OK)
			rp_trials_free(tr);
		else
			assert_int_equal(rc, RP_ENOMEM);
		assert_int_equal(rp_alloc_live(), live);
	}
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_error_is_brought_below),
		cmocka_unit_test(less_than_a_step_can_be_asked_for),
		cmocka_unit_test(an_earlier_date_serves_if_need_be),
		cmocka_unit_test(no_date_no_error),
		cmocka_unit_test(nothing_leaks_when_memory_runs_out),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
