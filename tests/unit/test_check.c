/*
 * tests/unit/test_check.c - verdicts of the rules that set a clock once.
 *
 * Revocation limits are walked second by second in each edition; the other
 * rules have a table of cases.  A last test demands that every row of the
 * table of rules has been seen met, breached and open or undecided.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/check.h"
#include "support/checked.h"
#include "support/rule_cases.h"

/* ---- revocation, second by second --------------------------------------- */

static void
make_limit(struct made *m, size_t i)
{
	make(m, limits[i].certificate, limits[i].profile, limits[i].reason,
	    when(limits[i].aware));
}

/* 23:59:59, 24:00:00 and 24:00:01 after awareness, and so for days. */
static void
the_deadline_itself_is_in_time(void **state)
{
	static const struct {
		int64_t after;
		enum rp_verdict verdict;
	} rows[] = {
		{ -1, RP_VERDICT_MET }, { 0, RP_VERDICT_MET },
		{ 1, RP_VERDICT_BREACHED }, { 3600, RP_VERDICT_BREACHED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++)
		for (size_t k = 0; k < COUNT(rows); k++) {
			struct made m;
			struct rp_findings *f;
			const struct rp_finding *r;

			make_limit(&m, i);
			add_fact(&m, RP_FACT_REVOKED, when_plus(
			    limits[i].aware, limits[i].limit + rows[k].after),
			    0);
			f = checked(&m, when_plus(limits[i].aware, 30 * D));
			r = row_must(f, limits[i].rule, 0, rows[k].verdict);
			assert_true(r->has_count && r->count == 100);
			assert_true(r->has_met && !r->still_open);
			if (rows[k].verdict == RP_VERDICT_BREACHED)
				assert_int_equal(r->overdue_s, rows[k].after);
			assert_null(row_of(f, limits[i].rule, 1));
			rp_findings_free(f);
		}
}

static void
what_is_not_revoked_is_due_and_then_breached(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++)
		for (int64_t s = -1; s <= 1; s++) {
			struct made m;
			struct rp_findings *f;
			const struct rp_finding *r;

			make_limit(&m, i);
			f = checked(&m, when_plus(limits[i].aware,
			    limits[i].limit + s));
			r = row_must(f, limits[i].rule, 0, s <= 0 ?
			    RP_VERDICT_DUE : RP_VERDICT_BREACHED);
			assert_true(r->still_open && !r->has_met);
			assert_int_equal(r->count, 100);
			if (s > 0)
				assert_int_equal(r->overdue_s, s);
			assert_int_equal(rp_findings_must_breached(f),
			    s > 0 && r->rule->severity == RP_MUST);
			rp_findings_free(f);
		}
}

/* A bare date that holds the deadline decides nothing. */
static void
a_date_of_revocation_may_be_too_coarse(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++) {
		struct rp_instant due = rp_instant_plus(
		    when(limits[i].aware).from,
		    rp_span_of_s(limits[i].limit));
		char day[RP_INSTANT_TEXT];
		struct made m;
		struct rp_findings *f;
		const struct rp_finding *r;

		make_limit(&m, i);
		(void)rp_instant_format_date(due, day);
		add_fact(&m, RP_FACT_REVOKED, when(day), 0);
		f = checked(&m, when_plus(limits[i].aware, 30 * D));
		r = row_must(f, limits[i].rule, 0, RP_VERDICT_UNDECIDED);
		assert_non_null(strstr(r->detail, "too coarsely"));
		assert_false(r->has_overdue);
		rp_findings_free(f);
	}
}

/* ---- rules that are judged by a table of cases -------------------------- */

static void
one_case(size_t i)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	make(&m, cases[i].certificate, cases[i].profile, cases[i].reason,
	    when(cases[i].aware));
	if (cases[i].reported != NULL)
		set_reported(&m, when(cases[i].reported));
	for (size_t k = 0; k < COUNT(cases[i].fact) &&
	    cases[i].fact[k].at != NULL; k++)
		add_fact(&m, cases[i].fact[k].kind,
		    when(cases[i].fact[k].at), 0)->to = cases[i].fact[k].to;
	if (cases[i].post != NULL)
		add_post(&m, when(cases[i].post));
	f = checked(&m, when(cases[i].as_of));
	if (cases[i].none) {
		if (row_of(f, cases[i].rule, 0) != NULL)
			fail_msg("case %zu: '%s' should not apply", i,
			    cases[i].rule);
	} else {
		r = row_must(f, cases[i].rule, 0, cases[i].verdict);
		if (r->has_overdue && r->overdue_s != cases[i].overdue)
			fail_msg("case %zu: overdue by %lld s: %s", i,
			    (long long)r->overdue_s, r->detail);
	}
	rp_findings_free(f);
}

static void
each_rule_has_its_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		one_case(i);
}

/* ---- updates ------------------------------------------------------------ */

static const struct {
	const char *rule;
	const char *aware;
	const char *start;		/* disclosure */
	int64_t limit;
	const char *delayed;		/* or NULL */
} cadences[] = {
	{ "WIKI-UPDATE-WEEKLY", "2020-07-02T00:00Z", "2020-07-02T00:00Z",
	    7 * D, NULL },
	{ "IRG10-WEEKLY", "2023-05-02T00:00Z", "2023-05-02T00:00Z", 7 * D,
	    NULL },
	{ "IRG30-UPD7D", "2025-03-01T00:00Z", "2025-03-01T00:00Z", 7 * D,
	    NULL },
	{ "IRG30-DELAY-7D", "2025-03-01T00:00Z", "2025-03-01T00:00Z", 7 * D,
	    "2025-03-06T00:00Z" },
	{ "IRG30-DELAY-3D", "2025-03-01T00:00Z", "2025-03-01T00:00Z", 3 * D,
	    "2025-03-06T00:00Z" },
};

/* Posts exactly at the limit, then one a second too late. */
static void
posts_are_counted_in_gaps(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cadences); i++) {
		const char *start = cadences[i].delayed == NULL ?
		    cadences[i].start : cadences[i].delayed;
		int64_t limit = cadences[i].limit;
		const struct rp_finding *r;
		struct rp_findings *f;
		struct made m;

		make(&m, LEAF12, when(cadences[i].aware));
		add_fact(&m, RP_FACT_INCIDENT_DISCLOSED,
		    when(cadences[i].start), 0);
		if (cadences[i].delayed != NULL)
			add_fact(&m, RP_FACT_DELAY_DISCLOSED, when(start), 0);
		add_post(&m, when_plus(start, limit));
		add_post(&m, when_plus(start, 2 * limit));
		f = checked(&m, when_plus(start, 2 * limit + D));
		r = row_must(f, cadences[i].rule, 0, RP_VERDICT_DUE);
		assert_int_equal(rp_instant_cmp(r->due.from,
		    when_plus(start, 3 * limit).from), 0);
		rp_findings_free(f);

		add_fact(&m, RP_FACT_CLOSED, when_plus(start, 3 * limit), 0);
		f = checked(&m, when_plus(start, 9 * limit));
		r = row_must(f, cadences[i].rule, 0, RP_VERDICT_MET);
		assert_int_equal(r->count, 2);
		rp_findings_free(f);

		m.update[1].at = when_plus(start, 2 * limit + 1);
		f = checked(&m, when_plus(start, 9 * limit));
		r = row_must(f, cadences[i].rule, 0, RP_VERDICT_BREACHED);
		assert_int_equal(r->count, 1);
		assert_int_equal(r->overdue_s, 1);
		rp_findings_free(f);

		m.cs.n_updates = 0;
		f = checked(&m, when_plus(start, 9 * limit));
		row_must(f, cadences[i].rule, 0, RP_VERDICT_UNDECIDED);
		rp_findings_free(f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_deadline_itself_is_in_time),
		cmocka_unit_test(what_is_not_revoked_is_due_and_then_breached),
		cmocka_unit_test(a_date_of_revocation_may_be_too_coarse),
		cmocka_unit_test(each_rule_has_its_verdicts),
		cmocka_unit_test(posts_are_counted_in_gaps),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
