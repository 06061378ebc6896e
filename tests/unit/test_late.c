/*
 * tests/unit/test_late.c - how much of a duty is late, and whose it is; what
 * many facts cost.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/checked.h"

#define DUE "2025-06-11T10:00Z"
#define LATER "2025-06-12T10:00Z"

/* 100 certificates of TLS subscribers, due at DUE. */
static void
make_day(struct made *m)
{
	make(m, RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, RP_REASON_KEY_COMPROMISE,
	    when("2025-06-10T10:00Z"));
}

static struct rp_fact *
revoked(struct made *m, const char *at, uint64_t n)
{
	return add_fact(m, RP_FACT_REVOKED, when(at), n);
}

static void
whose(struct rp_fact *fact, uint64_t n)
{
	fact->has_subscribers = true;
	fact->subscribers = rp_count_of(n);
}

static struct rp_late
late_of(const struct made *m, enum rp_late_kind kind)
{
	struct rp_findings *f = checked(m, when("2025-07-01"));
	struct rp_late late = { 0 };

	assert_true(rp_findings_late(f, 0, kind, &late));
	assert_string_equal(late.rule->id, "BR-REV-T1-v201");
	assert_int_equal(rp_instant_cmp(late.due.from, when(DUE).from), 0);
	assert_int_equal(late.all, 100);
	rp_findings_free(f);
	return late;
}

static void
subscribers_are(const struct rp_late *late, uint64_t least, uint64_t most)
{
	if (late->subscribers_least != least || late->subscribers_most != most)
		fail_msg("%" PRIu64 " to %" PRIu64 " subscribers, not %" PRIu64
		    " to %" PRIu64, late->subscribers_least,
		    late->subscribers_most, least, most);
}

static void
one_late_certificate_is_a_breach(void **state)
{
	const struct rp_finding *r;
	struct rp_findings *f;
	struct rp_late late;
	struct made m;

	(void)state;
	make_day(&m);
	(void)revoked(&m, DUE, 99);
	(void)revoked(&m, "2025-06-11T10:00:01Z", 1);
	f = checked(&m, when("2025-07-01"));
	assert_true(rp_findings_must_breached(f));
	r = row_must(f, "BR-REV-T1-v201", 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 1);
	rp_findings_free(f);
	late = late_of(&m, RP_LATE_RECORDED);
	assert_int_equal(late.certificates, 1);
	assert_int_equal(late.open, 0);
	assert_false(late.has_subscribers);
	subscribers_are(&late, 1, 1);
	/* Late records that count some of them twice make them no more. */
	(void)revoked(&m, "2025-06-11T10:00:02Z", 60);
	(void)revoked(&m, "2025-06-11T10:00:03Z", 60);
	late = late_of(&m, RP_LATE_RECORDED);
	assert_int_equal(late.certificates, 100);
}

static void
recorded_and_published_are_counted_apart(void **state)
{
	struct rp_late late;
	struct made m;

	(void)state;
	make_day(&m);
	(void)revoked(&m, "2025-06-11T09:00Z", 90);
	(void)revoked(&m, LATER, 4);
	add_fact(&m, RP_FACT_PUBLISHED, when(DUE), 80);
	late = late_of(&m, RP_LATE_RECORDED);
	/* Six are open, four were late. */
	assert_int_equal(late.certificates, 10);
	assert_int_equal(late.open, 6);
	assert_int_equal(late.undecided, 0);
	/* Those ten cannot have been shown in time; of ten nobody knows. */
	late = late_of(&m, RP_LATE_PUBLISHED);
	assert_int_equal(late.certificates, 10);
	assert_int_equal(late.undecided, 10);
	assert_false(late.has_subscribers);
	subscribers_are(&late, 1, 10);
}

static void
what_is_not_late_has_no_subscribers(void **state)
{
	struct rp_late late;
	struct made m;

	(void)state;
	make_day(&m);
	(void)revoked(&m, DUE, 0);
	late = late_of(&m, RP_LATE_RECORDED);
	assert_int_equal(late.certificates, 0);
	subscribers_are(&late, 0, 0);
}

/*
 * 30 subscribers own 100 certificates.  Two facts are late, of 2 and of 3
 * subscribers, who may be the same: 3 to 5.
 */
static void
subscribers_are_bounded_by_what_is_known(void **state)
{
	struct rp_population p = { .name = "all", .blocks = -1,
	    .certificates = rp_count_of(100),
	    .subscribers = rp_count_of(30) };
	const struct rp_finding *r;
	struct rp_findings *f;
	struct rp_late late;
	struct made m;

	(void)state;
	make_day(&m);
	m.cs.population = &p;
	m.cs.n_populations = 1;
	(void)revoked(&m, DUE, 90);
	whose(revoked(&m, LATER, 4), 2);
	whose(revoked(&m, LATER, 6), 3);
	late = late_of(&m, RP_LATE_RECORDED);
	assert_int_equal(late.certificates, 10);
	assert_true(late.has_subscribers && late.has_all_subscribers);
	assert_int_equal(late.all_subscribers, 30);
	subscribers_are(&late, 3, 5);
	f = checked(&m, when("2025-07-01"));
	r = row_must(f, "BR-REV-T1-v201", 1, RP_VERDICT_BREACHED);
	assert_true(r->has_subscribers && r->subscribers == 2);
	assert_non_null(strstr(r->detail, "4 certificates of 2 subscribers"));
	rp_findings_free(f);

	/* 75 late, 25 in time: at most 25 of the 30 can be without one. */
	make_day(&m);
	m.cs.population = &p;
	m.cs.n_populations = 1;
	(void)revoked(&m, DUE, 25);
	late = late_of(&m, RP_LATE_RECORDED);
	assert_int_equal(late.certificates, 75);
	subscribers_are(&late, 5, 30);

	/* All late: all of them. */
	make_day(&m);
	m.cs.population = &p;
	m.cs.n_populations = 1;
	late = late_of(&m, RP_LATE_RECORDED);
	subscribers_are(&late, 30, 30);
	f = checked(&m, when("2025-07-01"));
	r = row_must(f, "BR-REV-T1-v201", 0, RP_VERDICT_BREACHED);
	assert_true(r->has_subscribers && r->subscribers == 30);
	rp_findings_free(f);

	/* What a duty states stands before what its populations have. */
	m.duty[0].has_subscribers = true;
	m.duty[0].subscribers = rp_count_of(7);
	late = late_of(&m, RP_LATE_RECORDED);
	subscribers_are(&late, 7, 7);
}

/* One certificate each is what is assumed when nobody says anything. */
static void
a_default_tells_nothing_of_subscribers(void **state)
{
	struct rp_population p = { .name = "all", .blocks = -1,
	    .certificates = rp_count_of(100),
	    .subscribers = rp_count_of(100) };
	struct rp_late late;
	struct made m;

	(void)state;
	make_day(&m);
	m.cs.population = &p;
	m.cs.n_populations = 1;
	late = late_of(&m, RP_LATE_RECORDED);
	assert_false(late.has_all_subscribers || late.has_subscribers);
	subscribers_are(&late, 1, 100);
}

static void
no_deadline_has_nothing_late(void **state)
{
	struct rp_findings *f;
	struct rp_late late = { .all = 77 };
	struct made m;

	(void)state;
	make_day(&m);
	m.duty[0].validity_s = 6 * 86400.0;
	m.duty[0].has_issued = true;
	m.duty[0].issued = when("2025-06-09");
	f = checked(&m, when("2025-07-01"));
	assert_false(rp_findings_late(f, 0, RP_LATE_RECORDED, &late));
	assert_false(rp_findings_late(f, 0, RP_LATE_PUBLISHED, &late));
	assert_int_equal(late.all, 77);
	assert_null(row_of(f, "BR-REV-T1-v201", 0));
	assert_null(row_of(f, "BR-REV-T1-v201/published", 0));
	(void)row_must(f, "BR-SHORT-10", 0, RP_VERDICT_MET);
	rp_findings_free(f);

	/* A subordinate CA's list is not judged by publication. */
	make(&m, RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS,
	    RP_REASON_KEY_COMPROMISE, when("2025-06-10T10:00Z"));
	f = checked(&m, when("2025-07-01"));
	assert_true(rp_findings_late(f, 0, RP_LATE_RECORDED, &late));
	assert_false(rp_findings_late(f, 0, RP_LATE_PUBLISHED, &late));
	rp_findings_free(f);
}

/* ---- what other rules build upon: a deadline that was missed ------------- */

static bool
delay_is_judged(const struct made *m)
{
	struct rp_findings *f = checked(m, when("2025-07-01"));
	bool is = row_of(f, "IRG30-DELAY-SEP", 0) != NULL;

	rp_findings_free(f);
	return is;
}

static void
add_actual(struct made *m, const char *as_of, uint64_t n)
{
	struct rp_actual *a = &m->actual[m->cs.n_actuals++];

	*a = (struct rp_actual){ .as_of = when(as_of), .population = -1 };
	a->metric[RP_METRIC_REVOKED] = (struct rp_amount){ .known = true,
	    .is_count = true, .count = rp_count_of(n) };
}

/* A delay is judged where it is certain. */
static void
a_deadline_is_missed_when_that_is_certain(void **state)
{
	struct made m;

	(void)state;
	make_day(&m);
	assert_true(delay_is_judged(&m));
	(void)revoked(&m, DUE, 0);
	assert_false(delay_is_judged(&m));
	/* Shown in time, recorded nobody knows when. */
	make_day(&m);
	add_fact(&m, RP_FACT_PUBLISHED, when(DUE), 0);
	assert_false(delay_is_judged(&m));
	/* All of them revoked at last, nobody says when, */
	make_day(&m);
	add_actual(&m, "2025-06-20", 100);
	assert_false(delay_is_judged(&m));
	/* but the day after the deadline one was not. */
	make_day(&m);
	add_actual(&m, "2025-06-12", 99);
	add_actual(&m, "2025-06-20", 100);
	assert_true(delay_is_judged(&m));
	/* Before the deadline that is no delay. */
	make_day(&m);
	add_actual(&m, DUE, 99);
	add_actual(&m, "2025-06-20", 100);
	assert_false(delay_is_judged(&m));
}

/*
 * The day after the deadline 40 of 100 were left, at last none.  Which ones
 * were revoked when is on record for some.
 */
static void
an_actual_of_after_the_deadline_proves_what_was_late(void **state)
{
	static const struct {
		const char *at;		/* 30 recorded as revoked, or NULL */
		uint64_t late, undated;
	} rows[] = {
		{ NULL, 40, 60 },
		{ "2025-06-11T09:00Z", 40, 30 },
		/* Late, but before the actual: not among the 40. */
		{ "2025-06-11T12:00Z", 40, 30 },
		/* After it: these are 30 of them. */
		{ "2025-06-15T00:00Z", 10, 60 },
		/* Perhaps after it. */
		{ "2025-06-11..2025-06-14", 10, 60 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct rp_finding *r;
		struct rp_findings *f;
		struct rp_late late;
		struct made m;
		size_t n = rows[i].at != NULL;

		make_day(&m);
		add_actual(&m, "2025-06-12", 60);
		add_actual(&m, "2025-06-20", 100);
		if (n > 0)
			(void)revoked(&m, rows[i].at, 30);
		f = checked(&m, when("2025-07-01"));
		r = row_must(f, "BR-REV-T1-v201", n, RP_VERDICT_BREACHED);
		assert_int_equal(r->count, rows[i].late);
		/* 2025-06-12 begins 14 h after the deadline. */
		assert_int_equal(r->overdue_s, 14 * 3600);
		r = row_must(f, "BR-REV-T1-v201", n + 1,
		    RP_VERDICT_UNDECIDED);
		assert_int_equal(r->count, rows[i].undated);
		assert_null(row_of(f, "BR-REV-T1-v201", n + 2));
		assert_true(rp_findings_late(f, 0, RP_LATE_PUBLISHED, &late));
		assert_int_equal(late.certificates, 40);
		assert_int_equal(late.undecided, 60);
		rp_findings_free(f);
	}
}

/* By the case's own clock alone. */
static void
other_statements_do_not_count(void **state)
{
	struct rp_clock_said said = { .by = "reporter", .has_aware = true,
	    .aware = when("2025-06-10T08:00Z") };
	struct rp_late late;
	struct made m;

	(void)state;
	make_day(&m);
	m.duty[0].clock = &said;
	m.duty[0].n_clocks = 1;
	(void)revoked(&m, "2025-06-11T09:00Z", 0);
	late = late_of(&m, RP_LATE_RECORDED);
	assert_int_equal(late.certificates, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_late_certificate_is_a_breach),
		cmocka_unit_test(recorded_and_published_are_counted_apart),
		cmocka_unit_test(what_is_not_late_has_no_subscribers),
		cmocka_unit_test(subscribers_are_bounded_by_what_is_known),
		cmocka_unit_test(a_default_tells_nothing_of_subscribers),
		cmocka_unit_test(no_deadline_has_nothing_late),
		cmocka_unit_test(other_statements_do_not_count),
		cmocka_unit_test(a_deadline_is_missed_when_that_is_certain),
		cmocka_unit_test(
		    an_actual_of_after_the_deadline_proves_what_was_late),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
