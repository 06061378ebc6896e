/*
 * tests/unit/test_versions.c - the versions of a plan, and findings on plans,
 * metrics and bases.
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

#define SILENT "plan-rebaselined-silently"

static void
publish(struct made *m, size_t plan, const char *at)
{
	m->plan[plan].metric = RP_METRIC_REPLACED;
	m->plan[plan].has_published = true;
	m->plan[plan].published = when(at);
}

/* 40 % by March and all by April; then 60 % by April and all by June. */
static void
make_slip(struct made *m)
{
	make(m);
	m->cs.aware = when("2026-03-01");
	publish(m, 0, "2026-03-05");
	publish(m, 1, "2026-04-02");
	add_milestone(m, 0, "2026-03-31", 40);
	add_milestone(m, 0, "2026-04-30", 100);
	add_milestone(m, 1, "2026-04-30", 60);
	add_milestone(m, 1, "2026-06-30", 100);
	add_actual(m, "2026-03-31", RP_METRIC_REPLACED, 30);
	add_actual(m, "2026-04-30", RP_METRIC_REPLACED, 58);
}

static struct rp_comparison *
in_may(struct made *m)
{
	return compared(m, "2026-05-05", RP_PERIOD_MONTH);
}

static bool
tells(const struct rp_comparison *c, const char *id, const char *words)
{
	const struct rp_plan_finding *f = finding(c, id);

	return f != NULL && strstr(f->text, words) != NULL;
}

static const struct rp_plan_version *
second(const struct rp_comparison *c)
{
	size_t n;
	const struct rp_plan_version *v = rp_comparison_versions(c, &n);

	assert_int_equal(n, 2);
	return &v[1];
}

static int64_t
days(struct rp_span s)
{
	return rp_span_s(s) / 86400;
}

/* ---- both versions in the rows ------------------------------------------ */

static void
rows_stand_against_both(void **state)
{
	const struct rp_compare_row *r;
	struct rp_comparison *c;
	struct made m;
	size_t n;

	(void)state;
	make_slip(&m);
	c = in_may(&m);
	assert_ptr_equal(rp_comparison_plan(c), &m.plan[1]);
	assert_ptr_equal(rp_comparison_first(c), &m.plan[0]);
	r = rp_comparison_rows(c, &n);
	assert_int_equal(n, 4);
	assert_false(r[0].has_planned);
	assert_true(r[0].has_first && r[0].has_first_difference);
	assert_true(rp_share_ppb(r[0].first_difference) == -100000000);
	/* 58 - 60; 60 points in the 60 days since 1 March: 2 late. */
	assert_true(rp_share_ppb(r[1].difference) == -20000000);
	assert_int_equal(days(r[1].lead.least), -2);
	/* 18 of the 60 points of April are 9 of its 30 days: 21 late. */
	assert_true(rp_share_ppb(r[1].first_difference) == -420000000);
	assert_int_equal(days(r[1].first_lead.least), -21);
	assert_false(r[2].has_first || r[3].has_first);
	rp_comparison_free(c);
}

static void
one_version_stands_alone(void **state)
{
	const struct rp_compare_row *r;
	struct rp_comparison *c;
	struct made m;
	size_t n;

	(void)state;
	make_slip(&m);
	c = compared(&m, "2026-04-01", RP_PERIOD_MONTH);
	assert_null(rp_comparison_first(c));
	r = rp_comparison_rows(c, &n);
	assert_false(r[0].has_first || r[0].first_lead.has_least);
	assert_non_null(rp_comparison_versions(c, &n));
	assert_int_equal(n, 1);
	assert_null(finding(c, SILENT));
	rp_comparison_free(c);
}

/* ---- what became of milestones ------------------------------------------ */

static void
a_later_date_is_a_slip(void **state)
{
	const struct rp_plan_version *v;
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make_slip(&m);
	c = in_may(&m);
	v = second(c);
	assert_true(v->chosen && v->comparable && v->has_completion);
	/* The 40 % of March are over, and not told again. */
	assert_int_equal(v->dropped, 1);
	assert_int_equal(v->n_moves, 1);
	assert_true(v->move[0].worse && v->has_mean);
	/* 31 days of May and 30 of June. */
	assert_int_equal(days(v->move[0].gain), -61);
	assert_int_equal(days(v->mean_gain), -61);
	assert_true(tells(c, SILENT, "100.0% moved from 2026-04-30 to "
	    "2026-06-30 (61 d later)"));
	assert_true(tells(c, SILENT, "no notice"));
	assert_int_equal(finding(c, SILENT)->question, 10);
	assert_false(finding(c, SILENT)->information);
	assert_null(finding(c, "plan-rebaselined"));
	rp_comparison_free(c);
}

static void
a_slip_with_a_notice_is_an_information(void **state)
{
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make_slip(&m);
	m.plan[1].notice = "comment 9: a provider withdrew";
	c = in_may(&m);
	assert_null(finding(c, SILENT));
	assert_true(tells(c, "plan-rebaselined", "61 d later"));
	assert_true(finding(c, "plan-rebaselined")->information);
	rp_comparison_free(c);
}

/* Two plans, milestones as "2020-09-30", 50; ended by NULL. */
struct given {
	const char *by;
	double pct;
};

static struct rp_comparison *
versions_of(struct made *m, const struct given *one, const struct given *two)
{
	make(m);
	publish(m, 0, "2020-07-10");
	publish(m, 1, "2020-08-10");
	for (; one->by != NULL; one++)
		add_milestone(m, 0, one->by, one->pct);
	for (; two->by != NULL; two++)
		add_milestone(m, 1, two->by, two->pct);
	return compared(m, "2020-08-31", RP_PERIOD_MONTH);
}

static void
less_by_the_same_date_is_a_slip(void **state)
{
	static const struct given one[] = { { "2020-09-30", 50 },
	    { "2020-12-31", 100 }, { NULL, 0 } };
	static const struct given two[] = { { "2020-09-30", 40 },
	    { "2020-12-31", 100 }, { NULL, 0 } };
	struct made m;
	struct rp_comparison *c = versions_of(&m, one, two);

	(void)state;
	assert_int_equal(second(c)->kept, 1);
	assert_int_equal(second(c)->n_worse, 1);
	assert_true(second(c)->move[0].between);
	/* 10 of 60 points in 92 days are 15.3 days. */
	assert_int_equal(days(second(c)->mean_gain), -15);
	assert_true(tells(c, SILENT, "50.0% by 2020-09-30 is not reached "
	    "before about 2020-10-16 (15 d later)"));
	rp_comparison_free(c);
}

/* Less by a date that the new plan does not name, but steps over. */
static void
dates_that_differ_hide_no_slip(void **state)
{
	static const struct given one[] = { { "2020-09-30", 25 },
	    { "2020-10-31", 50 }, { "2020-12-31", 100 }, { NULL, 0 } };
	static const struct given two[] = { { "2020-10-05", 20 },
	    { "2020-11-05", 45 }, { "2020-12-31", 100 }, { NULL, 0 } };
	struct made m;
	struct rp_comparison *c = versions_of(&m, one, two);

	(void)state;
	assert_int_equal(second(c)->n_worse, 2);
	assert_int_equal(second(c)->kept, 1);
	assert_true(tells(c, SILENT, "25.0% by 2020-09-30"));
	assert_true(tells(c, SILENT, "50.0% by 2020-10-31"));
	rp_comparison_free(c);
}

static void
what_is_no_longer_planned_is_a_slip(void **state)
{
	static const struct given one[] = { { "2020-12-31", 100 },
	    { NULL, 0 } };
	static const struct given two[] = { { "2020-12-31", 90 },
	    { NULL, 0 } };
	struct made m;
	struct rp_comparison *c = versions_of(&m, one, two);

	(void)state;
	assert_false(second(c)->has_completion || second(c)->has_mean);
	assert_true(tells(c, SILENT,
	    "100.0% by 2020-12-31 is no longer planned."));
	rp_comparison_free(c);
}

static void
what_is_not_worse_is_no_finding(void **state)
{
	static const struct given one[] = { { "2020-09-10", 10 },
	    { "2020-09-20", 20 }, { "2020-09-30", 30 }, { "2020-10-31", 30 },
	    { "2020-12-31", 100 }, { NULL, 0 } };
	static const struct given coarser[] = { { "2020-09-30", 30 },
	    { "2020-10-31", 30 }, { "2020-12-31", 100 }, { NULL, 0 } };
	static const struct given better[] = { { "2020-09-10", 15 },
	    { "2020-09-20", 20 }, { "2020-09-30", 30 }, { "2020-10-31", 50 },
	    { "2020-12-21", 100 }, { NULL, 0 } };
	struct rp_comparison *c;
	struct made m;

	(void)state;
	c = versions_of(&m, one, one);
	assert_int_equal(second(c)->kept, 5);
	assert_int_equal(second(c)->n_moves, 0);
	rp_comparison_free(c);
	c = versions_of(&m, one, coarser);
	assert_int_equal(second(c)->kept, 3);
	assert_int_equal(second(c)->dropped, 2);
	assert_null(finding(c, SILENT));
	rp_comparison_free(c);
	c = versions_of(&m, one, better);
	/* 10 %: by the 10th at the latest; 30 % in October: a month before;
	 * all: ten days before. */
	assert_int_equal(second(c)->n_moves, 3);
	assert_int_equal(second(c)->n_worse, 0);
	assert_false(second(c)->move[0].has_gain);
	assert_int_equal(days(second(c)->move[1].gain), 31);
	assert_int_equal(days(second(c)->move[2].gain), 10);
	assert_int_equal(days(second(c)->mean_gain), 20);
	assert_null(finding(c, SILENT));
	rp_comparison_free(c);
}

static void
many_moves_are_counted(void **state)
{
	static const struct given one[] = { { "2020-09-01", 10 },
	    { "2020-09-02", 20 }, { "2020-09-03", 30 }, { "2020-09-04", 40 },
	    { "2020-09-05", 50 }, { "2020-09-06", 60 }, { NULL, 0 } };
	static const struct given two[] = { { "2020-10-01", 10 },
	    { "2020-10-02", 20 }, { "2020-10-03", 30 }, { "2020-10-04", 40 },
	    { "2020-10-05", 50 }, { "2020-10-06", 60 }, { NULL, 0 } };
	struct made m;
	struct rp_comparison *c = versions_of(&m, one, two);

	(void)state;
	assert_true(tells(c, SILENT, "40.0% moved"));
	assert_false(tells(c, SILENT, "50.0% moved"));
	assert_true(tells(c, SILENT, "; and 2 more."));
	rp_comparison_free(c);
}

/* ---- metrics and bases of plans ----------------------------------------- */

static void
another_metric_cannot_be_compared(void **state)
{
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make_slip(&m);
	m.plan[1].metric = RP_METRIC_REVOKED;
	c = in_may(&m);
	assert_false(second(c)->comparable);
	assert_null(finding(c, SILENT));
	assert_true(tells(c, "plan-metric-changed",
	    "counts revoked certificates, the one before, of 2026-03-05, "
	    "counted replaced certificates"));
	/* The actuals are of the first one's metric. */
	assert_true(tells(c, "actuals-metric-differs",
	    "The plan counts revoked certificates"));
	rp_comparison_free(c);
	make_slip(&m);
	c = in_may(&m);
	assert_null(finding(c, "plan-metric-changed"));
	assert_null(finding(c, "actuals-metric-differs"));
	rp_comparison_free(c);
}

static void
add_scope(struct made *m, const char *at, uint64_t n)
{
	m->fact[m->cs.n_facts++] = (struct rp_fact){ .kind = RP_FACT_SCOPE,
	    .at = when(at), .has_certificates = true,
	    .certificates = rp_count_of(n), .answers = -1 };
	m->cs.base = rp_count_of(n);
	m->cs.has_grown = true;
	m->cs.grown = when(at);
}

static void
set_of(struct made *m, size_t plan, uint64_t n)
{
	m->plan[plan].has_of = true;
	m->plan[plan].of = rp_count_of(n);
}

static void
a_base_that_changes_is_told(void **state)
{
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make_slip(&m);
	set_of(&m, 0, 1000);
	set_of(&m, 1, 1000);
	c = in_may(&m);
	assert_null(finding(c, "plan-base-changed"));
	rp_comparison_free(c);
	set_of(&m, 1, 1200);
	c = in_may(&m);
	assert_true(tells(c, "plan-base-changed", "shares of 1200 certificates"
	    ", those of the one before, of 2026-03-05, are shares of 1000, "
	    "while 1000 were known"));
	assert_false(finding(c, "plan-base-changed")->information);
	rp_comparison_free(c);
	/* It follows what was said. */
	add_scope(&m, "2026-04-01", 1200);
	c = in_may(&m);
	assert_true(finding(c, "plan-base-changed")->information);
	rp_comparison_free(c);
	m.cs.n_facts = 0;
	/* Not the base that the case knows. */
	m.plan[1].has_of = false;
	set_of(&m, 0, 900);
	c = in_may(&m);
	assert_true(tells(c, "plan-base-changed", "shares of 900 certificates"
	    ", while 1000 were known"));
	rp_comparison_free(c);
	m.cs.total_origin.basis = RP_BASIS_ASSUMED;
	c = in_may(&m);
	assert_true(tells(c, "plan-base-changed", "1000 are assumed"));
	rp_comparison_free(c);
}

/* ---- actuals ------------------------------------------------------------ */

static void
actual_of(struct made *m, size_t i, uint64_t n)
{
	m->actual[i].has_of = true;
	m->actual[i].of = rp_count_of(n);
}

static void
the_base_of_actuals(void **state)
{
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make_slip(&m);
	actual_of(&m, 0, 1000);
	actual_of(&m, 1, 1000);
	c = in_may(&m);
	assert_null(finding(c, "base-changed"));
	rp_comparison_free(c);
	actual_of(&m, 1, 1100);
	c = in_may(&m);
	assert_true(tells(c, "base-changed", "The base of the actual of "
	    "2026-04-30 is 1100 certificates, that of 2026-03-31 was 1000, "
	    "while 1000 were known to be affected then."));
	assert_false(finding(c, "base-changed")->information);
	rp_comparison_free(c);
	/* Once there are said to be more, the new base is the right one. */
	add_scope(&m, "2026-04-15", 1100);
	c = in_may(&m);
	assert_true(finding(c, "base-changed")->information);
	rp_comparison_free(c);
	/* And the old one is not. */
	actual_of(&m, 1, 1000);
	c = in_may(&m);
	assert_true(tells(c, "base-changed", "while 1100 were known"));
	assert_false(finding(c, "base-changed")->information);
	rp_comparison_free(c);
}

static void
growth_is_told_on_both_bases(void **state)
{
	const struct rp_compare_row *r;
	struct rp_comparison *c;
	struct made m;
	size_t n;

	(void)state;
	make_slip(&m);
	c = in_may(&m);
	assert_null(finding(c, "scope-grew"));
	rp_comparison_free(c);
	add_scope(&m, "2026-04-15", 1250);
	set_count(&m.actual[1].metric[RP_METRIC_REPLACED], 580);
	c = in_may(&m);
	assert_true(finding(c, "scope-grew")->information);
	/* 580 / 1250 and 580 / 1000. */
	assert_true(tells(c, "scope-grew", "1000 certificates were known to "
	    "be affected at first, 1250 since 2026-04-15. The last actual, of "
	    "2026-04-30, is 580 replaced: 46.4% of 1250, 58.0% of 1000."));
	assert_true(has_note(c, "shares of 1250; 1000 were known at first"));
	r = rp_comparison_rows(c, &n);
	assert_true(rp_share_ppb(r[1].actual) == 464000000);
	rp_comparison_free(c);
	/* A printed share is one of the base of its own day. */
	m.actual[1].metric[RP_METRIC_REPLACED] = (struct rp_amount){
	    .known = true, .share = percent(50) };
	c = in_may(&m);
	assert_true(tells(c, "scope-grew", "is about 625 replaced: 50.0% of "
	    "1250, 62.5% of 1000."));
	rp_comparison_free(c);
}

static void
cumulative_figures_do_not_fall(void **state)
{
	struct rp_comparison *c;
	struct made m;

	(void)state;
	make_slip(&m);
	c = in_may(&m);
	assert_null(finding(c, "actuals-fall"));
	rp_comparison_free(c);
	m.actual[1].metric[RP_METRIC_REPLACED].share = percent(29.9);
	c = in_may(&m);
	assert_true(tells(c, "actuals-fall", "replaced falls from 30.0% on "
	    "2026-03-31 to 29.9% on 2026-04-30"));
	assert_int_equal(finding(c, "actuals-fall")->question, 4);
	rp_comparison_free(c);
	/* At least 29.9 may be more than 30; at most 29.9 cannot. */
	m.actual[1].bound = RP_BOUND_AT_LEAST;
	c = in_may(&m);
	assert_null(finding(c, "actuals-fall"));
	rp_comparison_free(c);
	m.actual[1].bound = RP_BOUND_AT_MOST;
	c = in_may(&m);
	assert_non_null(finding(c, "actuals-fall"));
	rp_comparison_free(c);
	/* 30 % without a decimal is 29.5 at least: it need not be a fall. */
	m.actual[1].bound = RP_BOUND_NONE;
	m.actual[1].metric[RP_METRIC_REPLACED].decimals = 2;
	c = in_may(&m);
	assert_non_null(finding(c, "actuals-fall"));
	rp_comparison_free(c);
	m.actual[0].metric[RP_METRIC_REPLACED].decimals = 0;
	c = in_may(&m);
	assert_null(finding(c, "actuals-fall"));
	rp_comparison_free(c);
	/* A share may fall when its base grows; a number may not. */
	m.actual[1].bound = RP_BOUND_NONE;
	add_scope(&m, "2026-04-15", 1100);
	c = in_may(&m);
	assert_null(finding(c, "actuals-fall"));
	rp_comparison_free(c);
	set_count(&m.actual[0].metric[RP_METRIC_REPLACED], 300);
	set_count(&m.actual[1].metric[RP_METRIC_REPLACED], 299);
	c = in_may(&m);
	assert_true(tells(c, "actuals-fall", "from 300 on"));
	rp_comparison_free(c);
}

/* More findings than there is room for at first, and no memory for them. */
static void
memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct rp_compare_options opt = { .plan = SIZE_MAX };
	struct rp_comparison *c = NULL;
	rp_status rc = RP_ENOMEM;
	struct made m;
	size_t live = rp_alloc_live(), n;

	(void)state;
	make_slip(&m);
	m.cs.n_actuals = 0;
	for (size_t i = 0; i < 12; i++)
		add_actual(&m, "2026-04-30", RP_METRIC_REPLACED,
		    90 - (double)i);
	opt.as_of = when("2026-05-05");
	for (unsigned long i = 1; rc != RP_OK; i++) {
		assert_true(i < 100);
		rp_alloc_fail_at(i);
		rc = rp_compare(&m.cs, &opt, &c, NULL);
		rp_alloc_fail_at(0);
		if (rc != RP_OK) {
			assert_int_equal(rc, RP_ENOMEM);
			assert_int_equal(rp_alloc_live(), live);
		}
	}
	(void)rp_comparison_findings(c, &n);
	assert_int_equal(n, 12);
	rp_comparison_free(c);
	assert_int_equal(rp_alloc_live(), live);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_stand_against_both),
		cmocka_unit_test(one_version_stands_alone),
		cmocka_unit_test(a_later_date_is_a_slip),
		cmocka_unit_test(a_slip_with_a_notice_is_an_information),
		cmocka_unit_test(less_by_the_same_date_is_a_slip),
		cmocka_unit_test(dates_that_differ_hide_no_slip),
		cmocka_unit_test(what_is_no_longer_planned_is_a_slip),
		cmocka_unit_test(what_is_not_worse_is_no_finding),
		cmocka_unit_test(many_moves_are_counted),
		cmocka_unit_test(another_metric_cannot_be_compared),
		cmocka_unit_test(a_base_that_changes_is_told),
		cmocka_unit_test(the_base_of_actuals),
		cmocka_unit_test(growth_is_told_on_both_bases),
		cmocka_unit_test(cumulative_figures_do_not_fall),
		cmocka_unit_test(memory_that_runs_out_leaves_nothing_behind),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
