/*
 * tests/unit/test_walk.c - second by second over the deadline of a
 * revocation, recorded and published, and by every statement of its start.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/checked.h"

/* Deadlines by hand, in UTC. */
static const struct walk {
	enum rp_reason reason;
	const char *aware, *rule, *due, *citation;
} walks[] = {
	{ RP_REASON_KEY_COMPROMISE, "2025-06-10T10:00:00Z", "BR-REV-T1-v201",
	    "2025-06-11T10:00:00Z", "4.9.1.1 item 3" },
	/* The day ends on 29 February. */
	{ RP_REASON_KEY_COMPROMISE, "2024-02-28T12:00:00Z", "BR-REV-T1-v187",
	    "2024-02-29T12:00:00Z", "4.9.1.1 item 3" },
	/* In Berlin that day has 23 hours, in autumn it has 25: 24 elapse. */
	{ RP_REASON_KEY_COMPROMISE, "2024-03-30T20:00:00+01:00",
	    "BR-REV-T1-v201", "2024-03-31T21:00:00+02:00", "item 3" },
	{ RP_REASON_KEY_COMPROMISE, "2024-10-26T20:00:00+02:00",
	    "BR-REV-T1-v201", "2024-10-27T19:00:00+01:00", "item 3" },
	/* One second decides on a day or five. */
	{ RP_REASON_MISUSE, "2018-10-13T23:59:59Z", "BR-REV-24H-v111",
	    "2018-10-14T23:59:59Z", "4.9.1.1 item 4" },
	{ RP_REASON_MISUSE, "2018-10-14T00:00:00Z", "BR-REV-T2-v161",
	    "2018-10-19T00:00:00Z", "second list item 2" },
	{ RP_REASON_WEAK_KEY, "2020-10-18T23:59:59Z", "BR-REV-T2-v161",
	    "2020-10-23T23:59:59Z", "second list item 11" },
	{ RP_REASON_WEAK_KEY, "2020-10-19T00:00:00Z", "BR-REV-T1-v173",
	    "2020-10-20T00:00:00Z", "4.9.1.1 item 4" },
	/* The second list counted from 1 once more, and goes on after it. */
	{ RP_REASON_MISUSE, "2022-11-29T23:59:59Z", "BR-REV-T2-v161",
	    "2022-12-04T23:59:59Z", "second list item 2" },
	{ RP_REASON_MISUSE, "2022-11-30T00:00:00Z", "BR-REV-T2-v185",
	    "2022-12-05T00:00:00Z", "4.9.1.1 item 7" },
};

static const char *
published(const char *rule, char id[64])
{
	(void)snprintf(id, 64, "%s/published", rule);
	return id;
}

static void
make_walk(struct made *m, const struct walk *w)
{
	make(m, RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, w->reason,
	    when(w->aware));
}

/* In the first edition nothing was judged by publication. */
static bool
is_strict(const struct walk *w)
{
	return strcmp(w->rule, "BR-REV-24H-v111") != 0;
}

static void
nothing_done_is_due_and_then_breached(void **state)
{
	char id[64];

	(void)state;
	for (size_t i = 0; i < COUNT(walks); i++)
		for (int64_t s = -1; s <= 1; s++) {
			enum rp_verdict want = s > 0 ? RP_VERDICT_BREACHED :
			    RP_VERDICT_DUE;
			const struct rp_finding *r;
			struct rp_findings *f;
			struct made m;

			make_walk(&m, &walks[i]);
			f = checked(&m, when_plus(walks[i].due, s));
			r = row_must(f, walks[i].rule, 0, want);
			assert_non_null(strstr(r->citation,
			    walks[i].citation));
			assert_int_equal(r->overdue_s, s > 0 ? s : 0);
			if (is_strict(&walks[i])) {
				r = row_must(f, published(walks[i].rule, id),
				    0, want);
				assert_int_equal(r->overdue_s, s > 0 ? s : 0);
			}
			rp_findings_free(f);
		}
}

/* Recorded an hour before the deadline, shown around it. */
static void
recorded_and_published_have_a_verdict_each(void **state)
{
	char id[64];

	(void)state;
	for (size_t i = 0; i < COUNT(walks); i++)
		for (int64_t s = -1; s <= 1; s++) {
			const struct rp_finding *r;
			struct rp_findings *f;
			struct made m;

			if (!is_strict(&walks[i]))
				continue;
			make_walk(&m, &walks[i]);
			add_fact(&m, RP_FACT_REVOKED, when_plus(walks[i].due,
			    -3600), 0);
			add_fact(&m, RP_FACT_PUBLISHED, when_plus(
			    walks[i].due, s), 0);
			f = checked(&m, when_plus(walks[i].due, 86400));
			(void)row_must(f, walks[i].rule, 0, RP_VERDICT_MET);
			r = row_must(f, published(walks[i].rule, id), 0,
			    s > 0 ? RP_VERDICT_BREACHED : RP_VERDICT_MET);
			assert_int_equal(r->overdue_s, s > 0 ? s : 0);
			rp_findings_free(f);
		}
}

/* ---- an imprecise start ------------------------------------------------- */

static void
a_coarse_start_is_undecided_exactly_between(void **state)
{
	static const struct {
		const char *aware, *as_of;
		enum rp_verdict verdict;
		int64_t overdue;
	} rows[] = {
		/* Any second of 28 February: due from 29 February, 00:00:00,
		 * to 23:59:59. */
		{ "2024-02-28", "2024-02-29T00:00:00Z", RP_VERDICT_DUE, 0 },
		{ "2024-02-28", "2024-02-29T00:00:01Z", RP_VERDICT_UNDECIDED,
		    0 },
		{ "2024-02-28", "2024-02-29T23:59:59Z", RP_VERDICT_UNDECIDED,
		    0 },
		{ "2024-02-28", "2024-03-01T00:00:00Z", RP_VERDICT_BREACHED,
		    1 },
		/* The end of an interval is not part of it. */
		{ "2025-06-10T10:00Z..2025-06-10T14:00Z",
		    "2025-06-11T10:00:00Z", RP_VERDICT_DUE, 0 },
		{ "2025-06-10T10:00Z..2025-06-10T14:00Z",
		    "2025-06-11T10:00:01Z", RP_VERDICT_UNDECIDED, 0 },
		{ "2025-06-10T10:00Z..2025-06-10T14:00Z",
		    "2025-06-11T13:59:59Z", RP_VERDICT_UNDECIDED, 0 },
		{ "2025-06-10T10:00Z..2025-06-10T14:00Z",
		    "2025-06-11T14:00:00Z", RP_VERDICT_BREACHED, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *rule = i < 4 ? "BR-REV-T1-v187" :
		    "BR-REV-T1-v201";
		const struct rp_finding *r;
		struct rp_findings *f;
		struct made m;
		char id[64];

		make(&m, RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
		    RP_REASON_KEY_COMPROMISE, when(rows[i].aware));
		f = checked(&m, when(rows[i].as_of));
		r = row_must(f, rule, 0, rows[i].verdict);
		assert_int_equal(r->overdue_s, rows[i].overdue);
		if (rows[i].verdict == RP_VERDICT_UNDECIDED)
			assert_non_null(strstr(r->detail,
			    "start of the clock is known too coarsely"));
		if (rows[i].verdict != RP_VERDICT_UNDECIDED)
			(void)row_must(f, published(rule, id), 0,
			    rows[i].verdict);
		rp_findings_free(f);
	}
}

/* ---- statements that contradict each other ------------------------------ */

/* The CA says 10:00; the reporter 08:00; the blog 10:00, as the CA does. */
static void
contradict(struct made *m, struct rp_clock_said *said)
{
	make(m, RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, RP_REASON_KEY_COMPROMISE,
	    when("2025-06-10T10:00Z"));
	set_reported(m, when("2025-06-10T10:00Z"));
	said[0] = (struct rp_clock_said){ .by = "blog", .has_aware = true,
	    .aware = when("2025-06-10T10:00Z") };
	said[1] = (struct rp_clock_said){ .by = "reporter",
	    .has_aware = true, .aware = when("2025-06-10T08:00Z"),
	    .has_reported = true, .reported = when("2025-06-10T08:00Z") };
	m->duty[0].clock = m->cs.clock = said;
	m->duty[0].n_clocks = m->cs.n_clocks = 2;
	add_fact(m, RP_FACT_REVOKED, when("2025-06-11T08:30Z"), 0);
	add_fact(m, RP_FACT_PUBLISHED, when("2025-06-11T09:00Z"), 0);
	add_fact(m, RP_FACT_PRELIMINARY_REPORT, when("2025-06-11T08:30Z"),
	    0)->to = RP_TO_SUBSCRIBER;
	add_fact(m, RP_FACT_PRELIMINARY_REPORT, when("2025-06-11T08:30Z"),
	    0)->to = RP_TO_REPORTER;
}

static void
each_statement_has_its_verdict(void **state)
{
	static const struct {
		const char *id;
		int64_t overdue;	/* by the reporter's clock */
	} rows[] = {
		{ "BR-REV-T1-v201", 1800 },
		{ "BR-REV-T1-v201/published", 3600 },
		{ "BR-CPR-PUBLISHED", 3600 },
		{ "BR-CPR-PRELIM", 1800 },
	};
	struct rp_clock_said said[2];
	struct rp_findings *f;
	struct made m;

	(void)state;
	contradict(&m, said);
	f = checked(&m, when("2025-07-01"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct rp_finding *r = row_must(f, rows[i].id, 0,
		    RP_VERDICT_MET);

		assert_null(r->by);
		assert_null(strstr(r->detail, "by the clock of"));
		r = row_must(f, rows[i].id, 1, RP_VERDICT_BREACHED);
		assert_string_equal(r->by, "reporter");
		assert_int_equal(r->overdue_s, rows[i].overdue);
		assert_int_equal(strncmp(r->detail,
		    "by the clock of 'reporter': ", 28), 0);
		assert_int_equal(rp_instant_cmp(r->clock_start.from,
		    when("2025-06-10T08:00Z").from), 0);
		/* The blog says what the CA says. */
		assert_null(row_of(f, rows[i].id, 2));
	}
	/* The clock of a CRL starts with the record: nobody denies that. */
	(void)row_must(f, "BR-CRL-EE-24H", 0, RP_VERDICT_MET);
	assert_null(row_of(f, "BR-CRL-EE-24H", 1));
	rp_findings_free(f);
}

/* Another edition was in force by the reporter's clock. */
static void
a_statement_may_change_the_edition(void **state)
{
	struct rp_clock_said said = { .by = "reporter", .has_aware = true,
	    .aware = when("2020-10-18T23:00Z") };
	const struct rp_finding *r;
	struct rp_findings *f;
	struct made m;

	(void)state;
	make(&m, RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, RP_REASON_WEAK_KEY,
	    when("2020-10-19T01:00Z"));
	m.duty[0].clock = &said;
	m.duty[0].n_clocks = 1;
	add_fact(&m, RP_FACT_REVOKED, when("2020-10-21T00:00Z"), 0);
	f = checked(&m, when("2021-01-01"));
	r = row_must(f, "BR-REV-T1-v173", 0, RP_VERDICT_BREACHED);
	assert_null(r->by);
	r = row_must(f, "BR-REV-T2-v161", 0, RP_VERDICT_MET);
	assert_string_equal(r->by, "reporter");
	rp_findings_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_done_is_due_and_then_breached),
		cmocka_unit_test(recorded_and_published_have_a_verdict_each),
		cmocka_unit_test(a_coarse_start_is_undecided_exactly_between),
		cmocka_unit_test(each_statement_has_its_verdict),
		cmocka_unit_test(a_statement_may_change_the_edition),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
