/*
 * tests/unit/test_findings.c - what the rows of a check say of a whole case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/check.h"
#include "support/checked.h"

#define H INT64_C(3600)
#define D INT64_C(86400)
#define LEAF12 RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, \
	RP_REASON_NOT_PER_REQUIREMENTS
#define ICA5 RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS, \
	RP_REASON_NOT_PER_REQUIREMENTS

/*
 * Awareness on 2 July 2020 with a day's precision, revocation on 18 March
 * 2021 with one as well.  Latest deadline 2020-07-09T23:59:59Z, earliest
 * revocation 2021-03-18T00:00:00Z: 251 days and a second, by `date -d`.
 */
static void
dates_give_the_least_that_is_certain(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, ICA5, when("2020-07-02"));
	m.duty[0].certificates = rp_count_of(6);
	m.duty[0].name = "issuing CAs";
	add_fact(&m, RP_FACT_REVOKED, when("2021-03-18"), 6);
	f = checked(&m, when("2021-05-01"));
	r = row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->overdue_s, 251 * D + 1);
	assert_int_equal(r->count, 6);
	assert_string_equal(r->citation, "TLS BR 1.6.1-, 4.9.1.2 item 5");
	assert_non_null(strstr(r->detail, "duty 'issuing CAs': 6 certificates "
	    "recorded as revoked 2021-03-18, at least 251 d after the "
	    "deadline of 2020-07-09"));
	assert_true(rp_findings_must_breached(f));
	rp_findings_free(f);

	/* Still the day of the deadline: nobody knows at what time. */
	m.cs.n_facts = 0;
	f = checked(&m, when("2020-07-08"));
	row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_DUE);
	rp_findings_free(f);
	f = checked(&m, when("2020-07-09T12:00Z"));
	row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_UNDECIDED);
	rp_findings_free(f);
	f = checked(&m, when("2020-07-10"));
	r = row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->overdue_s, D);
	rp_findings_free(f);
}

static void
parts_have_rows_of_their_own(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	/* Not in the order of time, and after as_of. */
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-08T08:00Z"), 30);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-05T08:00Z"), 12);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-30T08:00Z"), 0);
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	assert_int_equal(r->count, 12);
	r = row_must(f, "BR-REV-T2-v201", 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 30);
	assert_int_equal(r->overdue_s, D);
	r = row_must(f, "BR-REV-T2-v201", 2, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 58);
	assert_true(r->still_open);
	assert_int_equal(r->overdue_s, 3 * D);
	assert_null(row_of(f, "BR-REV-T2-v201", 3));
	rp_findings_free(f);

	/* A record without a number is of all that are left. */
	f = checked(&m, when("2025-07-01"));
	r = row_must(f, "BR-REV-T2-v201", 2, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 58);
	assert_false(r->still_open);
	assert_int_equal(r->overdue_s, 23 * D);
	rp_findings_free(f);
}

/* What an actual counts as revoked is not open, but has no date either. */
static void
actuals_leave_it_undecided(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	m.cs.n_actuals = 1;
	m.actual[0] = (struct rp_actual){ .as_of = when("2025-06-09"),
	    .population = -1 };
	m.actual[0].metric[RP_METRIC_REVOKED] = (struct rp_amount){
	    .known = true, .is_count = true, .count = rp_count_of(60) };
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 40);
	r = row_must(f, "BR-REV-T2-v201", 1, RP_VERDICT_UNDECIDED);
	assert_int_equal(r->count, 60);
	rp_findings_free(f);
	/* Up to 99.9 %, as printed with no decimal: 99.5 of 100 are left in. */
	m.actual[0].metric[RP_METRIC_REVOKED] = (struct rp_amount){
	    .known = true, .share = rp_share_of_real(1) };
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_UNDECIDED);
	assert_int_equal(r->count, 100);
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

static void
a_number_without_a_duty_cannot_be_placed(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	m.cs.n_duties = 2;
	m.duty[1] = m.duty[0];
	m.duty[1].name = "others";
	m.duty[0].certificates = m.duty[1].certificates = rp_count_of(50);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-05T08:00Z"), 50)->duty = 1;
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-06T08:00Z"), 10);
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_UNDECIDED);
	assert_int_equal(r->duty, 0);
	assert_non_null(strstr(r->detail, "which duty"));
	r = row_must(f, "BR-REV-T2-v201", 1, RP_VERDICT_MET);
	assert_int_equal(r->duty, 1);
	rp_findings_free(f);
}

static void
published_is_a_clock_of_its_own(void **state)
{
	const char *id = "BR-REV-T2-v201/published";
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	f = checked(&m, when("2025-06-05"));
	row_must(f, id, 0, RP_VERDICT_DUE);
	assert_true(strcmp(row_of(f, "BR-REV-T2-v201", 0)->id, id) < 0);
	rp_findings_free(f);

	/* Recorded in time; of the publication nothing is known. */
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-07T07:00Z"), 0);
	f = checked(&m, when("2025-06-10"));
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	r = row_must(f, id, 0, RP_VERDICT_UNDECIDED);
	assert_non_null(strstr(r->detail, "CRL and OCSP first showed"));
	rp_findings_free(f);

	add_fact(&m, RP_FACT_PUBLISHED, when("2025-06-07T08:00Z"), 40);
	add_fact(&m, RP_FACT_PUBLISHED, when("2025-06-07T12:48Z"), 60);
	f = checked(&m, when("2025-06-10"));
	r = row_must(f, id, 0, RP_VERDICT_MET);
	assert_int_equal(r->count, 40);
	r = row_must(f, id, 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 60);
	assert_int_equal(r->overdue_s, 4 * H + 48 * 60);
	assert_null(row_of(f, id, 2));
	rp_findings_free(f);

	/* What is recorded late cannot have been shown in time. */
	m.cs.n_facts = 0;
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-07T09:00Z"), 70);
	f = checked(&m, when("2025-06-08T08:00Z"));
	r = row_must(f, id, 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 100);
	assert_int_equal(r->overdue_s, H);
	rp_findings_free(f);
}

/* Less than a MUST must read so, and does not fail a check. */
static void
a_lapse_is_not_called_a_breach_of_a_must(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, ICA5, when("2020-07-02T00:00Z"));
	add_fact(&m, RP_FACT_REVOKED, when("2020-07-08T00:00Z"), 0);
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2020-07-03"), 0);
	add_fact(&m, RP_FACT_FULL_REPORT, when("2020-08-03"), 0);
	f = checked(&m, when("2020-12-01"));
	r = row_must(f, "WIKI-REPORT-2W", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->rule->severity, RP_EXPECTED);
	assert_non_null(strstr(r->detail,
	    "a lapse against an expectation, not a MUST"));
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

static void
rows_follow_the_table_then_duty_then_time(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;
	size_t n;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	m.cs.n_duties = 2;
	m.duty[1] = m.duty[0];
	m.duty[0].certificates = m.duty[1].certificates = rp_count_of(50);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-09"), 50)->duty = 0;
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-08"), 50)->duty = 1;
	f = checked(&m, when("2025-07-01"));
	r = rp_findings_rows(f, &n);
	assert_true(n > 6);
	for (size_t i = 1; i < n; i++) {
		assert_true(strcmp(r[i - 1].rule->id, r[i].rule->id) <= 0);
		if (r[i - 1].rule == r[i].rule)
			assert_true(r[i - 1].duty <= r[i].duty);
	}
	rp_findings_free(f);
}

/* The public learns of a revocation when it is published. */
static void
the_public_view_waits_for_publication(void **state)
{
	struct made m;
	struct rp_findings *f;
	struct rp_fact *fact;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	fact = add_fact(&m, RP_FACT_REVOKED, when("2025-06-05T08:00Z"), 0);
	fact->has_published = true;
	fact->published = when("2025-06-20T08:00Z");
	assert_int_equal(rp_check(&m.cs, when("2025-06-10"), RP_VIEW_PUBLIC,
	    &f, NULL), RP_OK);
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_BREACHED);
	rp_findings_free(f);
	f = checked(&m, when("2025-06-10"));
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	rp_findings_free(f);
}

/* The n-th allocation fails, for every n until the call succeeds. */
static void
memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct rp_findings *f = NULL;
	rp_status rc = RP_ENOMEM;
	struct made m;
	size_t live = rp_alloc_live();

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	set_reported(&m, when("2025-06-02T08:00Z"));
	for (unsigned long i = 1; rc != RP_OK; i++) {
		assert_true(i < 500);
		rp_alloc_fail_at(i);
		rc = rp_check(&m.cs, when("2025-08-01"), RP_VIEW_INTERNAL, &f,
		    NULL);
		rp_alloc_fail_at(0);
		if (rc != RP_OK) {
			assert_int_equal(rc, RP_ENOMEM);
			assert_null(f);
			assert_int_equal(rp_alloc_live(), live);
		}
	}
	rp_findings_free(f);
	rp_findings_free(NULL);
	assert_int_equal(rp_alloc_live(), live);
}

/*
 * Bare dates eight days apart lie between 7 d and 9 d from each other, less
 * a second each way: nine days apart is certainly more than seven.
 */
static void
bare_dates_count_only_when_certain(void **state)
{
	static const struct {
		const char *second;
		enum rp_verdict verdict;
	} rows[] = {
		{ "2020-08-09", RP_VERDICT_MET },
		{ "2020-08-10", RP_VERDICT_UNDECIDED },
		{ "2020-08-11", RP_VERDICT_BREACHED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct made m;
		struct rp_findings *f;

		make(&m, ICA5, when("2020-08-01"));
		add_post(&m, when("2020-08-03"));
		add_post(&m, when(rows[i].second));
		add_fact(&m, RP_FACT_CLOSED, when("2020-08-12"), 0);
		f = checked(&m, when("2020-12-01"));
		row_must(f, "WIKI-UPDATE-WEEKLY", 0, rows[i].verdict);
		rp_findings_free(f);
	}
}

/* Monthly posts against a weekly expectation, counted by hand. */
static void
monthly_posts_lapse_every_time(void **state)
{
	static const char *const posts[] = {
		"2020-08-05T00:00Z", "2020-09-05T00:00Z", "2020-10-05T00:00Z",
		"2020-10-10T00:00Z", "2020-11-12T04:00Z",
	};
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, ICA5, when("2020-07-29T00:00Z"));
	add_fact(&m, RP_FACT_REVOKED, when("2020-08-01"), 0);
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2020-07-30T00:00Z"),
	    0);
	add_fact(&m, RP_FACT_CLOSED, when("2020-11-15T00:00Z"), 0);
	for (size_t i = 0; i < COUNT(posts); i++)
		add_post(&m, when(posts[i]));
	f = checked(&m, when("2021-12-01"));
	r = row_must(f, "WIKI-UPDATE-WEEKLY", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 3);
	/* 10 October to 12 November 04:00: 33 d 4 h, 26 d 4 h over. */
	assert_int_equal(r->overdue_s, 26 * D + 4 * H);
	assert_non_null(strstr(r->detail, "5 posts in 108 d, 3 gaps over 7 d, "
	    "the longest 33 d 4 h; a lapse against an expectation"));
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

/* A next update agreed in time lifts the week, for a delay it does not. */
static void
an_agreed_date_lifts_the_weekly_update(void **state)
{
	struct made m;
	struct rp_findings *f;
	struct rp_fact *next;

	(void)state;
	make(&m, LEAF12, when("2025-03-01T00:00Z"));
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2025-03-01T12:00Z"),
	    0);
	add_fact(&m, RP_FACT_DELAY_DISCLOSED, when("2025-03-06T00:00Z"), 0);
	add_fact(&m, RP_FACT_CLOSED, when("2025-04-02T00:00Z"), 0);
	next = add_fact(&m, RP_FACT_NEXT_UPDATE, when("2025-03-07T00:00Z"),
	    0);
	next->due = when("2025-03-31");
	add_post(&m, when("2025-03-06T10:00Z"));
	add_post(&m, when("2025-03-31T23:00Z"));
	f = checked(&m, when("2025-05-01"));
	row_must(f, "IRG30-UPD7D", 0, RP_VERDICT_MET);
	row_must(f, "IRG30-DELAY-7D", 0, RP_VERDICT_BREACHED);
	assert_true(rp_findings_must_breached(f));
	rp_findings_free(f);

	/* Agreed on the day after the post was due: too late to help. */
	next->at = when("2025-03-14T00:00Z");
	f = checked(&m, when("2025-05-01"));
	row_must(f, "IRG30-UPD7D", 0, RP_VERDICT_BREACHED);
	rp_findings_free(f);
}

/* A gap belongs to the edition of the post that it starts with. */
static void
editions_share_the_posts(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF12, when("2025-02-10T00:00Z"));
	add_fact(&m, RP_FACT_REVOKED, when("2025-02-12"), 0);
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2025-02-12T00:00Z"),
	    0);
	add_post(&m, when("2025-02-26T00:00Z"));
	add_post(&m, when("2025-03-04T00:00Z"));
	add_post(&m, when("2025-03-20T00:00Z"));
	add_fact(&m, RP_FACT_CLOSED, when("2025-03-22T00:00Z"), 0);
	f = checked(&m, when("2025-05-01"));
	/* Its report and its posts: the second row is of the posts. */
	r = row_must(f, "IRG20-FULL", 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 1);
	assert_int_equal(r->overdue_s, 7 * D);
	r = row_must(f, "IRG30-UPD7D", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 1);
	assert_int_equal(r->overdue_s, 9 * D);
	rp_findings_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_give_the_least_that_is_certain),
		cmocka_unit_test(parts_have_rows_of_their_own),
		cmocka_unit_test(actuals_leave_it_undecided),
		cmocka_unit_test(a_number_without_a_duty_cannot_be_placed),
		cmocka_unit_test(published_is_a_clock_of_its_own),
		cmocka_unit_test(a_lapse_is_not_called_a_breach_of_a_must),
		cmocka_unit_test(rows_follow_the_table_then_duty_then_time),
		cmocka_unit_test(the_public_view_waits_for_publication),
		cmocka_unit_test(memory_that_runs_out_leaves_nothing_behind),
		cmocka_unit_test(bare_dates_count_only_when_certain),
		cmocka_unit_test(monthly_posts_lapse_every_time),
		cmocka_unit_test(an_agreed_date_lifts_the_weekly_update),
		cmocka_unit_test(editions_share_the_posts),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
