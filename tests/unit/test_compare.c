/*
 * tests/unit/test_compare.c - planned against actual.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/made.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* "2020-08 5.0 11.0 6.0 ahead", "-" where there is nothing. */
static const char *
row_text(const struct rp_compare_row *r, char buf[160])
{
	char p[RP_UNIT_TEXT] = "-", a[RP_UNIT_TEXT] = "-";
	char d[RP_UNIT_TEXT] = "-";

	if (r->has_planned)
		(void)rp_share_format(r->planned, p);
	if (r->has_actual)
		(void)rp_share_format(r->actual, a);
	if (r->has_difference)
		(void)rp_share_format(r->difference, d);
	(void)snprintf(buf, 160, "%s %s %s %s %s", r->period, p, a, d,
	    rp_progress_word(r->status));
	return buf;
}

static void
rows_are(const struct rp_comparison *c, const char *const *want, size_t n)
{
	size_t got;
	const struct rp_compare_row *r = rp_comparison_rows(c, &got);
	char buf[160];

	assert_int_equal(got, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(row_text(&r[i], buf), want[i]);
}

/* SECOM 2020-21: the plan of the first comments and the monthly tables. */
static void
make_secom(struct made *m)
{
	static const struct {
		const char *by;
		double planned, actual;
	} rows[] = {
		{ "2020-08-31", 5, 11.0 }, { "2020-09-30", 25, 36.1 },
		{ "2020-10-31", 30, 49.4 }, { "2020-11-30", 35, 58.4 },
		{ "2020-12-31", 45, 76.4 }, { "2021-01-31", 70, 91.8 },
		{ "2021-02-28", 85, 93.7 }, { "2021-03-31", 100, 0 },
	};

	make(m);
	for (size_t i = 0; i < COUNT(rows); i++) {
		add_milestone(m, 0, rows[i].by, rows[i].planned);
		if (rows[i].actual > 0)
			add_actual(m, rows[i].by, RP_METRIC_REPLACED,
			    rows[i].actual);
	}
	m->plan[0].metric = RP_METRIC_REISSUED;
	m->plan[0].has_published = true;
	m->plan[0].published = when("2020-07-17");
}

static void
secom_has_its_published_figures(void **state)
{
	static const char *const want[] = {
		"2020-08 5.0 11.0 6.0 ahead", "2020-09 25.0 36.1 11.1 ahead",
		"2020-10 30.0 49.4 19.4 ahead", "2020-11 35.0 58.4 23.4 ahead",
		"2020-12 45.0 76.4 31.4 ahead", "2021-01 70.0 91.8 21.8 ahead",
		"2021-02 85.0 93.7 8.7 ahead", "2021-03 100.0 - - open",
	};
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make_secom(&m);
	c = compared(&m, "2021-04-30", RP_PERIOD_MONTH);
	rows_are(c, want, COUNT(want));
	assert_int_equal(rp_comparison_metric(c), RP_METRIC_REPLACED);
	assert_ptr_equal(rp_comparison_plan(c), &m.plan[0]);
	assert_true(has_note(c, "The plan counts reissued certificates"));
	assert_true(has_note(c, "replaced certificates (installed)"));
	rp_comparison_free(c);
}

static void
a_reader_of_november_sees_november(void **state)
{
	static const char *const want[] = {
		"2020-08 5.0 11.0 6.0 ahead", "2020-09 25.0 36.1 11.1 ahead",
		"2020-10 30.0 49.4 19.4 ahead", "2020-11 35.0 58.4 23.4 ahead",
		"2020-12 45.0 - - open", "2021-01 70.0 - - open",
		"2021-02 85.0 - - open", "2021-03 100.0 - - open",
	};
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make_secom(&m);
	c = compared(&m, "2020-11-30", RP_PERIOD_MONTH);
	rows_are(c, want, COUNT(want));
	rp_comparison_free(c);
}

/* 2020-12-31 is in week 53 of 2020, 2021-01-03 as well, 01-04 in week 1. */
static void
weeks_are_those_of_iso_8601(void **state)
{
	static const char *const want[] = {
		"2020-W53 10.0 12.0 2.0 ahead", "2021-W01 - - - open",
		"2021-W02 30.0 - - open",
	};
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make(&m);
	add_milestone(&m, 0, "2020-12-31", 10);
	add_milestone(&m, 0, "2021-01-11", 30);
	m.plan[0].metric = RP_METRIC_REPLACED;
	add_actual(&m, "2021-01-03", RP_METRIC_REPLACED, 12);
	c = compared(&m, "2021-01-10", RP_PERIOD_WEEK);
	rows_are(c, want, COUNT(want));
	rp_comparison_free(c);
}

static void
the_last_actual_and_milestone_of_a_period_count(void **state)
{
	static const char *const want[] = {
		"2020-07 - 3.0 - open",
		"2020-08 20.0 20.0 0.0 on-plan", "2020-09 - 19.9 - behind",
		"2020-10 - 20.0 - on-plan", "2020-11 - 21.0 - ahead",
		"2020-12 50.0 21.0 -29.0 behind",
	};
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make(&m);
	m.plan[0].metric = RP_METRIC_REPLACED;
	add_milestone(&m, 0, "2020-08-10", 10);
	add_milestone(&m, 0, "2020-08-31", 20);
	add_milestone(&m, 0, "2020-12-31", 50);
	add_actual(&m, "2020-07-31", RP_METRIC_REPLACED, 3);
	add_actual(&m, "2020-08-20", RP_METRIC_REPLACED, 30);
	add_actual(&m, "2020-08-31", RP_METRIC_REPLACED, 20);
	add_actual(&m, "2020-09-15T12:00Z", RP_METRIC_REPLACED, 19.9);
	add_actual(&m, "2020-10-31", RP_METRIC_REPLACED, 20);
	add_actual(&m, "2020-11-30", RP_METRIC_REPLACED, 21);
	add_actual(&m, "2020-12-31", RP_METRIC_REPLACED, 21);
	c = compared(&m, "2021-01-01", RP_PERIOD_MONTH);
	rows_are(c, want, COUNT(want));
	assert_false(has_note(c, "The plan counts"));
	rp_comparison_free(c);
}

/* 333 of 999 are 33.333.. %, which prints as 33.3 and equals a plan's 33.3. */
static void
printed_columns_and_differences_agree(void **state)
{
	static const char *const want[] = {
		"2020-08 33.3 33.3 0.0 on-plan", "2020-09 36.0 36.1 0.1 ahead",
	};
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make(&m);
	m.cs.total = m.cs.base = rp_count_of(999);
	m.plan[0].metric = RP_METRIC_REPLACED;
	add_milestone(&m, 0, "2020-08-31", 33.3);
	add_milestone(&m, 0, "2020-09-30", 36.04);
	set_count(&add_actual(&m, "2020-08-31", RP_METRIC_REPLACED,
	    0)->metric[RP_METRIC_REPLACED], 333);
	add_actual(&m, "2020-09-30", RP_METRIC_REPLACED, 36.06);
	m.cs.total_origin.basis = RP_BASIS_ASSUMED;
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	rows_are(c, want, COUNT(want));
	assert_true(has_note(c, "assumed total of 999"));
	rp_comparison_free(c);
}

/* 83,122 of 83,123 would round to 100.0 %, and one would be forgotten. */
static void
all_is_not_said_while_one_is_left(void **state)
{
	static const char *const want[] = {
		"2020-08 100.0 99.9 -0.1 behind",
		"2020-09 - 100.0 - on-plan",
	};
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make(&m);
	m.cs.total = m.cs.base = rp_count_of(83123);
	add_milestone(&m, 0, "2020-08-31", 100);
	set_count(&add_actual(&m, "2020-08-31", RP_METRIC_REPLACED,
	    0)->metric[RP_METRIC_REPLACED], 83122);
	set_count(&add_actual(&m, "2020-09-01", RP_METRIC_REPLACED,
	    0)->metric[RP_METRIC_REPLACED], 83123);
	c = compared(&m, "2021-01-01", RP_PERIOD_MONTH);
	rows_are(c, want, COUNT(want));
	rp_comparison_free(c);
}

static void
counts_are_shown_only_where_they_are_known(void **state)
{
	struct made m;
	struct rp_comparison *c;
	struct rp_actual *a;
	const struct rp_compare_row *r;
	size_t n;

	(void)state;
	make(&m);
	add_milestone(&m, 0, "2020-08-31", 5);
	a = add_actual(&m, "2020-08-31", RP_METRIC_REPLACED, 11);
	set_count(&a->metric[RP_METRIC_REVOKED], 100);
	set_count(&a->expired, 20);
	a->origin = (struct rp_origin){ .line = 40, .source = "comment 4" };
	add_actual(&m, "2020-09-30", RP_METRIC_REPLACED, 12)->bound =
	    RP_BOUND_AT_LEAST;
	a = add_actual(&m, "2020-10-31", RP_METRIC_REPLACED, 12);
	set_count(&a->metric[RP_METRIC_GONE], 300);
	set_count(&a->expired, 50);
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	r = rp_comparison_rows(c, &n);
	assert_int_equal(n, 3);
	assert_false(r[0].has_replaced);
	assert_true(r[0].has_revoked && r[0].revoked == 100);
	assert_true(r[0].has_expired && r[0].expired == 20);
	assert_true(r[0].has_remaining && r[0].remaining == 880);
	assert_string_equal(r[0].source, "comment 4");
	assert_int_equal(r[0].line, 40);
	assert_false(r[1].has_revoked || r[1].has_remaining);
	assert_int_equal(r[1].bound, RP_BOUND_AT_LEAST);
	assert_true(has_note(c, "bounds"));
	assert_true(r[2].has_revoked && r[2].revoked == 250);
	assert_true(r[2].has_remaining && r[2].remaining == 700);
	rp_comparison_free(c);
}

static void
the_last_plan_published_is_compared(void **state)
{
	struct rp_compare_options opt = { .period = RP_PERIOD_MONTH };
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make(&m);
	add_milestone(&m, 0, "2020-08-31", 5);
	add_milestone(&m, 1, "2020-08-31", 3);
	add_milestone(&m, 2, "2020-08-31", 1);
	for (size_t i = 0; i < 3; i++)
		m.plan[i].has_published = true;
	m.plan[0].published = when("2020-07-01");
	m.plan[1].published = when("2020-08-01");
	m.plan[2].published = when("2020-09-01");
	c = compared(&m, "2020-08-31", RP_PERIOD_MONTH);
	assert_ptr_equal(rp_comparison_plan(c), &m.plan[1]);
	assert_true(has_note(c, "2 versions"));
	assert_true(has_note(c, "first is of 2020-07-01"));
	rp_comparison_free(c);
	c = compared(&m, "2020-07-15", RP_PERIOD_MONTH);
	assert_ptr_equal(rp_comparison_plan(c), &m.plan[0]);
	assert_false(has_note(c, "versions"));
	rp_comparison_free(c);
	opt.as_of = when("2020-12-01");
	opt.plan = 0;
	assert_int_equal(rp_compare(&m.cs, &opt, &c, NULL), RP_OK);
	assert_ptr_equal(rp_comparison_plan(c), &m.plan[0]);
	assert_true(has_note(c, "the last of 2020-09-01"));
	rp_comparison_free(c);
	opt.plan = 3;
	assert_int_equal(rp_compare(&m.cs, &opt, &c, NULL), RP_ESTATE);
}

/* The public learns of an actual when it is published. */
static void
the_public_sees_what_was_published(void **state)
{
	struct rp_compare_options opt = { .period = RP_PERIOD_MONTH,
	    .view = RP_VIEW_PUBLIC, .plan = SIZE_MAX };
	static const char *const early[] = { "2020-08 5.0 - - open" };
	static const char *const late[] = { "2020-08 5.0 11.0 6.0 ahead" };
	struct made m;
	struct rp_comparison *c;
	struct rp_actual *a;

	(void)state;
	make(&m);
	add_milestone(&m, 0, "2020-08-31", 5);
	a = add_actual(&m, "2020-08-31", RP_METRIC_REPLACED, 11);
	a->has_published = true;
	a->published = when("2020-09-11");
	opt.as_of = when("2020-09-10");
	assert_int_equal(rp_compare(&m.cs, &opt, &c, NULL), RP_OK);
	rows_are(c, early, 1);
	rp_comparison_free(c);
	opt.as_of = when("2020-09-11");
	assert_int_equal(rp_compare(&m.cs, &opt, &c, NULL), RP_OK);
	rows_are(c, late, 1);
	rp_comparison_free(c);
}

/* 600 certificates at 50 % and 400 at 25 % are 400 of 1,000. */
static void
populations_add_up_only_when_all_are_there(void **state)
{
	static const char *const want[] = {
		"2020-08 5.0 40.0 35.0 ahead",
	};
	struct made m;
	struct rp_comparison *c;

	(void)state;
	make(&m);
	m.cs.n_populations = 2;
	m.population[0].certificates = rp_count_of(600);
	m.population[1].certificates = rp_count_of(400);
	add_milestone(&m, 0, "2020-08-31", 5);
	add_actual(&m, "2020-08-31", RP_METRIC_REPLACED, 50)->population = 0;
	add_actual(&m, "2020-08-31", RP_METRIC_REPLACED, 25)->population = 1;
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	rows_are(c, want, 1);
	assert_false(has_note(c, "left out"));
	rp_comparison_free(c);
	add_actual(&m, "2020-09-30", RP_METRIC_REPLACED, 75)->population = 1;
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	rows_are(c, want, 1);
	assert_true(has_note(c, "left out"));
	rp_comparison_free(c);
	/* At least 75 % and at most 90 % are a bound of nothing. */
	add_actual(&m, "2020-09-30", RP_METRIC_REPLACED, 90)->population = 0;
	m.actual[2].bound = RP_BOUND_AT_LEAST;
	m.actual[3].bound = RP_BOUND_AT_MOST;
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	rows_are(c, want, 1);
	assert_true(has_note(c, "do not add up"));
	rp_comparison_free(c);
	/* One actual of all certificates, and only such ones count. */
	add_actual(&m, "2020-10-31", RP_METRIC_REPLACED, 60);
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	assert_false(has_note(c, "left out"));
	rp_comparison_free(c);
}

static void
actuals_without_a_plan_are_open(void **state)
{
	static const char *const want[] = { "2020-08 - 11.0 - open" };
	struct made m;
	struct rp_comparison *c = NULL;
	struct rp_compare_options opt = { .plan = SIZE_MAX };
	struct rp_err err = { 0 };

	(void)state;
	make(&m);
	add_actual(&m, "2020-08-31", RP_METRIC_GONE, 11);
	c = compared(&m, "2020-12-01", RP_PERIOD_MONTH);
	rows_are(c, want, 1);
	assert_null(rp_comparison_plan(c));
	assert_int_equal(rp_comparison_metric(c), RP_METRIC_GONE);
	rp_comparison_free(c);
	c = NULL;
	opt.as_of = when("2020-08-30");
	assert_int_equal(rp_compare(&m.cs, &opt, &c, &err), RP_ESTATE);
	assert_null(c);
	assert_non_null(strstr(err.text, "2020-08-30"));
	rp_comparison_free(NULL);
}

/* The n-th allocation fails, for every n until the call succeeds. */
static void
memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct rp_compare_options opt = { .plan = SIZE_MAX };
	struct rp_comparison *c = NULL;
	rp_status rc = RP_ENOMEM;
	struct made m;
	size_t live = rp_alloc_live();

	(void)state;
	make_secom(&m);
	opt.as_of = when("2021-04-30");
	for (unsigned long i = 1; rc != RP_OK; i++) {
		assert_true(i < 50);
		rp_alloc_fail_at(i);
		rc = rp_compare(&m.cs, &opt, &c, NULL);
		rp_alloc_fail_at(0);
		if (rc != RP_OK) {
			assert_int_equal(rc, RP_ENOMEM);
			assert_null(c);
			assert_int_equal(rp_alloc_live(), live);
		}
	}
	rp_comparison_free(c);
	assert_int_equal(rp_alloc_live(), live);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secom_has_its_published_figures),
		cmocka_unit_test(a_reader_of_november_sees_november),
		cmocka_unit_test(weeks_are_those_of_iso_8601),
		cmocka_unit_test(
		    the_last_actual_and_milestone_of_a_period_count),
		cmocka_unit_test(printed_columns_and_differences_agree),
		cmocka_unit_test(all_is_not_said_while_one_is_left),
		cmocka_unit_test(counts_are_shown_only_where_they_are_known),
		cmocka_unit_test(the_last_plan_published_is_compared),
		cmocka_unit_test(the_public_sees_what_was_published),
		cmocka_unit_test(populations_add_up_only_when_all_are_there),
		cmocka_unit_test(actuals_without_a_plan_are_open),
		cmocka_unit_test(memory_that_runs_out_leaves_nothing_behind),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
