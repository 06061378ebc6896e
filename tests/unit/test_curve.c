/*
 * tests/unit/test_curve.c - a plan as a curve, and days ahead of it.
 *
 * All days end at midnight, those of the plan and those of the actuals, so
 * the differences are whole days wherever the line gives one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/made.h"

/* "5.0", "[-5.0, 11.0]", "[10.0, )", "( , -5.0]", "-". */
static const char *
lead_text(struct rp_lead l, char buf[64])
{
	double least = (double)rp_span_s(l.least) / 86400;
	double most = (double)rp_span_s(l.most) / 86400;

	if (l.has_least && l.has_most &&
	    rp_span_s(l.least) == rp_span_s(l.most))
		(void)snprintf(buf, 64, "%.1f", least);
	else if (l.has_least && l.has_most)
		(void)snprintf(buf, 64, "[%.1f, %.1f]", least, most);
	else if (l.has_least)
		(void)snprintf(buf, 64, "[%.1f, )", least);
	else if (l.has_most)
		(void)snprintf(buf, 64, "( , %.1f]", most);
	else
		(void)snprintf(buf, 64, "-");
	return buf;
}

static void
last_lead_is(struct made *m, const char *want)
{
	struct rp_comparison *c = compared(m, "2021-01-01",
	    RP_PERIOD_MONTH);
	const struct rp_compare_row *r, *last = NULL;
	char buf[64];
	size_t n;

	r = rp_comparison_rows(c, &n);
	for (size_t i = 0; i < n; i++)
		if (r[i].has_actual)
			last = &r[i];
	assert_non_null(last);
	assert_string_equal(lead_text(last->lead, buf), want);
	rp_comparison_free(c);
}

/* Up for 20 days, flat for 10, up for 20; made aware on 1 July. */
static void
make_curve(struct made *m)
{
	make(m);
	m->plan[0].metric = RP_METRIC_REPLACED;
	add_milestone(m, 0, "2020-07-11", 10);
	add_milestone(m, 0, "2020-07-31", 50);
	add_milestone(m, 0, "2020-08-10", 50);
	add_milestone(m, 0, "2020-08-30", 90);
}

static void
check_curve(const char *as_of, double pct, enum rp_bound bound,
    const char *want)
{
	struct made m;

	make_curve(&m);
	add_actual(&m, as_of, RP_METRIC_REPLACED, pct)->bound = bound;
	print_message("%.1f %% at %s\n", pct, as_of);
	last_lead_is(&m, want);
}

static void
between_milestones_the_plan_is_a_line(void **state)
{
	(void)state;
	/* 30 % is half of the way from 10 to 50: on 21 July. */
	check_curve("2020-07-21", 30, RP_BOUND_NONE, "0.0");
	check_curve("2020-07-16", 30, RP_BOUND_NONE, "5.0");
	check_curve("2020-07-24", 30, RP_BOUND_NONE, "-3.0");
	/* 5 of 40 points in 20 days are 2.5 days. */
	check_curve("2020-08-10", 55, RP_BOUND_NONE, "2.5");
	check_curve("2020-07-21T11:59:59Z", 30, RP_BOUND_NONE, "0.5");
	/* A milestone itself. */
	check_curve("2020-07-09", 10, RP_BOUND_NONE, "2.0");
	check_curve("2020-09-02", 80, RP_BOUND_NONE, "-8.0");
}

/* The nearest moment of the flat part: on it nobody is ahead or behind. */
static void
on_a_flat_part_one_is_on_plan(void **state)
{
	(void)state;
	check_curve("2020-07-26", 50, RP_BOUND_NONE, "5.0");
	check_curve("2020-07-31", 50, RP_BOUND_NONE, "0.0");
	check_curve("2020-08-05", 50, RP_BOUND_NONE, "0.0");
	check_curve("2020-08-10", 50, RP_BOUND_NONE, "0.0");
	check_curve("2020-08-13", 50, RP_BOUND_NONE, "-3.0");
}

static void
before_the_first_milestone_nothing_was_due(void **state)
{
	(void)state;
	check_curve("2020-07-08", 5, RP_BOUND_NONE, "-");
	check_curve("2020-07-08", 0, RP_BOUND_NONE, "-");
	check_curve("2020-07-08", 10, RP_BOUND_NONE, "3.0");
	/* After it the line from nothing on 1 July: 5 % were due on the 6th. */
	check_curve("2020-07-16", 5, RP_BOUND_NONE, "-10.0");
	check_curve("2020-07-12", 0, RP_BOUND_NONE, "-11.0");
}

static void
beyond_the_last_milestone_there_is_only_a_bound(void **state)
{
	(void)state;
	check_curve("2020-08-20", 95, RP_BOUND_NONE, "[10.0, )");
	check_curve("2020-08-30", 95, RP_BOUND_NONE, "-");
	check_curve("2020-08-25", 90, RP_BOUND_NONE, "5.0");
	/* The plan asks for no more than it has, however long it takes. */
	check_curve("2020-09-05", 90, RP_BOUND_NONE, "0.0");
}

static void
bounds_and_long_moments_give_intervals(void **state)
{
	(void)state;
	check_curve("2020-07-24", 30, RP_BOUND_AT_LEAST, "[-3.0, )");
	check_curve("2020-07-24", 30, RP_BOUND_AT_MOST, "( , -3.0]");
	/* From the first second of the 16th to the last of the 21st. */
	check_curve("2020-07-16..2020-07-22", 30, RP_BOUND_NONE,
	    "[0.0, 6.0]");
}

/* A date is no curve: nothing is said before it, and little after it. */
static void
one_milestone_is_a_date(void **state)
{
	struct made m;

	(void)state;
	make(&m);
	m.plan[0].metric = RP_METRIC_REPLACED;
	add_milestone(&m, 0, "2020-07-31", 100);
	add_actual(&m, "2020-07-20", RP_METRIC_REPLACED, 70);
	last_lead_is(&m, "-");
	add_actual(&m, "2020-08-05", RP_METRIC_REPLACED, 70);
	last_lead_is(&m, "( , -5.0]");
	/* Complete at some moment from the 6th to the 10th. */
	add_actual(&m, "2020-08-10", RP_METRIC_REPLACED, 100);
	last_lead_is(&m, "[-10.0, -5.0]");
}

static void
what_is_complete_was_so_since_the_actual_before(void **state)
{
	struct made m;

	(void)state;
	make(&m);
	m.plan[0].metric = RP_METRIC_REPLACED;
	add_milestone(&m, 0, "2020-07-15", 50);
	add_milestone(&m, 0, "2020-07-31", 100);
	add_actual(&m, "2020-08-05", RP_METRIC_REPLACED, 100);
	last_lead_is(&m, "[-5.0, )");
	m.cs.n_actuals = 0;
	add_actual(&m, "2020-07-20", RP_METRIC_REPLACED, 60);
	add_actual(&m, "2020-08-05", RP_METRIC_REPLACED, 100);
	last_lead_is(&m, "[-5.0, 11.0]");
	/* At least 90 % may be all of it, and at most all may be less. */
	m.actual[1].bound = RP_BOUND_AT_MOST;
	add_actual(&m, "2020-08-07", RP_METRIC_REPLACED, 90)->bound =
	    RP_BOUND_AT_LEAST;
	add_actual(&m, "2020-08-10", RP_METRIC_REPLACED, 100);
	last_lead_is(&m, "[-10.0, 11.0]");
	m.cs.n_actuals = 2;
	m.actual[1].bound = RP_BOUND_NONE;
	/* It is not later because it is said again. */
	add_actual(&m, "2020-09-20", RP_METRIC_REPLACED, 100);
	last_lead_is(&m, "[-5.0, 11.0]");
}

/* Two CAs at once, the third ten days late: WISeKey, 2020. */
static void
facts_tell_when_the_last_was_revoked(void **state)
{
	struct made m;

	(void)state;
	make(&m);
	m.cs.total = m.cs.base = m.cs.first_base = rp_count_of(3);
	m.plan[0].metric = RP_METRIC_REVOKED;
	add_milestone(&m, 0, "2020-08-15", 100);
	set_count(&add_actual(&m, "2020-07-09", RP_METRIC_REVOKED,
	    0)->metric[RP_METRIC_REVOKED], 2);
	set_count(&add_actual(&m, "2020-08-31", RP_METRIC_REVOKED,
	    0)->metric[RP_METRIC_REVOKED], 3);
	last_lead_is(&m, "[-16.0, 37.0]");
	m.fact[0] = (struct rp_fact){ .kind = RP_FACT_REVOKED,
	    .at = when("2020-08-25"), .has_certificates = true,
	    .certificates = rp_count_of(1) };
	m.cs.n_facts = 1;
	last_lead_is(&m, "[-16.0, 37.0]");
	m.fact[1] = m.fact[0];
	m.fact[1].at = when("2020-07-09");
	m.fact[1].certificates = rp_count_of(2);
	m.cs.n_facts = 2;
	last_lead_is(&m, "-10.0");
	/* A fact that comes after the actual does not fit to it. */
	m.fact[0].at = when("2020-09-01");
	last_lead_is(&m, "[-16.0, 37.0]");
}

/* 2020-08: 11 of the 5..25 % of September are 9 of its 30 days, and so on. */
static void
secom_in_days(void **state)
{
	static const struct {
		const char *by;
		double planned, actual;
		const char *days;
	} rows[] = {
		{ "2020-08-31", 5, 11.0, "9.0" },	/* 6/20 of 30 d */
		{ "2020-09-30", 25, 36.1, "64.4" },	/* 61 + 1.1/10 of 31 */
		{ "2020-10-31", 30, 49.4, "66.5" },	/* 61 + 4.4/25 of 31 */
		{ "2020-11-30", 35, 58.4, "47.6" },	/* 31 + 13.4/25 of 31 */
		{ "2020-12-31", 45, 76.4, "42.9" },	/* 31 + 6.4/15 of 28 */
		{ "2021-01-31", 70, 91.8, "42.1" },	/* 28 + 6.8/15 of 31 */
		{ "2021-02-28", 85, 93.7, "18.0" },	/* 8.7/15 of 31 */
		{ "2021-03-31", 100, -1, NULL },
	};
	const struct rp_compare_row *r;
	struct rp_comparison *c;
	struct made m;
	char buf[64];
	size_t n;

	(void)state;
	make(&m);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		add_milestone(&m, 0, rows[i].by, rows[i].planned);
		if (rows[i].days != NULL)
			add_actual(&m, rows[i].by, RP_METRIC_REISSUED,
			    rows[i].actual);
	}
	c = compared(&m, "2021-03-31", RP_PERIOD_MONTH);
	r = rp_comparison_rows(c, &n);
	for (size_t i = 0; i + 1 < n; i++)
		assert_string_equal(lead_text(r[i].lead, buf), rows[i].days);
	assert_string_equal(lead_text(r[n - 1].lead, buf), "-");
	rp_comparison_free(c);
}

/* Behind what is planned for the end of the month, ahead of the line to it. */
static void
signs_that_differ_are_explained(void **state)
{
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make_curve(&m);
	add_actual(&m, "2020-07-16", RP_METRIC_REPLACED, 30);
	c = compared(&m, "2020-07-16", RP_PERIOD_MONTH);
	assert_int_equal(rp_comparison_rows(c, &(size_t){ 0 })[0].status,
	    RP_BEHIND);
	assert_true(has_note(c, "they can disagree"));
	rp_comparison_free(c);
	m.actual[0].metric[RP_METRIC_REPLACED].share = percent(55);
	c = compared(&m, "2020-07-16", RP_PERIOD_MONTH);
	assert_false(has_note(c, "disagree"));
	rp_comparison_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_milestones_the_plan_is_a_line),
		cmocka_unit_test(on_a_flat_part_one_is_on_plan),
		cmocka_unit_test(before_the_first_milestone_nothing_was_due),
		cmocka_unit_test(
		    beyond_the_last_milestone_there_is_only_a_bound),
		cmocka_unit_test(bounds_and_long_moments_give_intervals),
		cmocka_unit_test(one_milestone_is_a_date),
		cmocka_unit_test(
		    what_is_complete_was_so_since_the_actual_before),
		cmocka_unit_test(facts_tell_when_the_last_was_revoked),
		cmocka_unit_test(secom_in_days),
		cmocka_unit_test(signs_that_differ_are_explained),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
