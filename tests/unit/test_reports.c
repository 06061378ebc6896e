/*
 * test_reports.c - what findings on reports, action items and the end of
 * issuance say, and what a reader of an earlier day is shown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "bound.h"
#include "revplan/check.h"
#include "support/written.h"

#define HEAD "revplan: 1\n" \
	"incident: {id: x, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2025-08-01T10:00Z, total: 10%s}\n" \
	"populations:\n- {name: all, certificates: 10, path: " \
	"[{wait: {time: 1 d}}]}\n%s"

struct judged {
	struct bound b;
	struct rp_case *view;
	struct rp_findings *f;
};

static struct judged
judge_with(const char *incident, const char *text, const char *as_of,
    enum rp_view view)
{
	struct judged out = { .view = NULL };
	struct rp_when w = when(as_of);
	struct rp_err err = { 0 };
	char whole[4096];

	(void)snprintf(whole, sizeof(whole), HEAD, incident, text);
	out.b = bind_text(whole, ".");
	if (out.b.cs == NULL)
		fail_msg("%s", out.b.faults.n > 0 ?
		    out.b.faults.fault[0].text : "no case");
	if (rp_case_view(out.b.cs, &w, view, &out.view, &err) != RP_OK ||
	    rp_check(out.view, w, view, &out.f, &err) != RP_OK)
		fail_msg("%s", err.text);
	return out;
}

static struct judged
judge(const char *text, const char *as_of)
{
	return judge_with("", text, as_of, RP_VIEW_INTERNAL);
}

static void
release(struct judged *j)
{
	rp_findings_free(j->f);
	rp_case_free(j->view);
	bound_release(&j->b);
}

static const struct rp_finding *
row(const struct judged *j, const char *id, size_t n)
{
	size_t rows;
	const struct rp_finding *r = rp_findings_rows(j->f, &rows);

	for (size_t i = 0; i < rows; i++)
		if (strcmp(r[i].id, id) == 0 && n-- == 0)
			return &r[i];
	return NULL;
}

/* The n-th row of a rule has the verdict and says so. */
static void
expect(const struct judged *j, const char *id, size_t n,
    enum rp_verdict verdict, const char *words)
{
	const struct rp_finding *r = row(j, id, n);

	if (r == NULL)
		fail_msg("no row %zu of '%s'", n, id);
	if (r->verdict != verdict || strstr(r->detail, words) == NULL)
		fail_msg("'%s' is %s: %s", id, rp_verdict_word(r->verdict),
		    r->detail);
}

static void
fields_that_nothing_is_said_of_are_named(void **state)
{
	struct judged j = judge("facts: [{what: full-report, "
	    "at: 2025-08-10T10:00Z, has: [summary, impact, timeline, "
	    "related-incidents, root-cause, lessons, action-items, "
	    "markdown]}]\n", "2025-09-01");

	(void)state;
	expect(&j, "IRG30-TEMPLATE", 0, RP_VERDICT_UNDECIDED,
	    "whether the full report of 2025-08-10T10:00:00Z has these is "
	    "not on record: appendix and free-standing text");
	expect(&j, "IRG30-CONTENT", 0, RP_VERDICT_UNDECIDED,
	    "certificates known as affected and contained or ongoing");
	release(&j);
}

static void
what_was_lacking_and_when_it_was_mended_is_told(void **state)
{
	struct judged j = judge("facts:\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z, has: [impact], "
	    "lacks: [utc-times, lessons]}\n"
	    "- {what: full-report, at: 2025-08-12T10:00Z, has: [utc-times]}\n"
	    "- {what: full-report, at: 2025-08-13T10:00Z, has: [lessons]}\n",
	    "2025-09-01");
	const struct rp_finding *r = row(&j, "IRG30-TEMPLATE", 0);

	(void)state;
	expect(&j, "IRG30-TIMELINE", 0, RP_VERDICT_BREACHED, "lacks: times in "
	    "UTC or with an offset; mended 2025-08-12T10:00:00Z, 2 d later");
	expect(&j, "IRG30-TEMPLATE", 0, RP_VERDICT_BREACHED,
	    "lacks: lessons learned; mended 2025-08-13T10:00:00Z, 3 d later");
	assert_true(r->has_met && !r->still_open);
	assert_int_equal(r->overdue_s, 3 * 86400);
	/* The report that lacked it, and not the one that had it. */
	assert_int_equal(r->line, 6);
	release(&j);
}

/* Who stands between them does not know of the second one. */
static void
a_later_report_is_not_known_before_its_day(void **state)
{
	static const char text[] = "facts:\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z, "
	    "lacks: [utc-times]}\n"
	    "- {what: full-report, at: 2025-08-12T10:00Z, "
	    "published: 2025-08-20T10:00Z, has: [utc-times]}\n";
	struct judged j = judge(text, "2025-08-11T10:00Z");

	(void)state;
	expect(&j, "IRG30-TIMELINE", 0, RP_VERDICT_BREACHED,
	    "not mended by 2025-08-11T10:00:00Z");
	assert_true(row(&j, "IRG30-TIMELINE", 0)->still_open);
	assert_int_equal(row(&j, "IRG30-TIMELINE", 0)->overdue_s, 86400);
	assert_null(row(&j, "IRG30-TIMELINE", 1));
	release(&j);
	j = judge_with("", text, "2025-08-19T10:00Z", RP_VIEW_PUBLIC);
	expect(&j, "IRG30-TIMELINE", 0, RP_VERDICT_BREACHED, "not mended");
	release(&j);
	j = judge_with("", text, "2025-08-21", RP_VIEW_PUBLIC);
	expect(&j, "IRG30-TIMELINE", 0, RP_VERDICT_BREACHED, "2 d later");
	release(&j);
}

/* A correction says what the first record should have said. */
static void
a_corrected_record_takes_the_place_of_the_wrong_one(void **state)
{
	struct judged j = judge("facts:\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z, id: wrong, "
	    "lacks: [utc-times]}\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z, replaces: wrong, "
	    "has: [utc-times]}\n", "2025-09-01");

	(void)state;
	expect(&j, "IRG30-TIMELINE", 0, RP_VERDICT_MET, "has: times in UTC");
	assert_null(row(&j, "IRG30-TIMELINE", 1));
	release(&j);
}

static void
issuance_is_told_against_awareness(void **state)
{
	struct judged j = judge("facts:\n"
	    "- {what: issuance-stopped, at: 2025-08-01T13:30Z}\n"
	    "- {what: issued, at: 2025-08-02T13:30Z, faulty: true, "
	    "certificates: 1}\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z}\n", "2025-09-01");

	(void)state;
	expect(&j, "IRG30-STOP", 0, RP_VERDICT_MET,
	    "came when this was on record: whether issuance stopped; "
	    "issuance of the faulty profile stopped 2025-08-01T13:30:00Z, "
	    "3 h 30 min after awareness");
	expect(&j, "IRG30-STOP", 1, RP_VERDICT_BREACHED,
	    "1 faulty certificate issued after issuance had been said to "
	    "have stopped 2025-08-01T13:30:00Z");
	release(&j);
}

/* Each statement of awareness has its own span, and its own 24 hours. */
static void
issuance_is_told_against_each_statement_of_awareness(void **state)
{
	struct judged j = judge_with(", clocks: [{by: reporter, "
	    "aware: 2019-01-01T10:00Z}]", "facts:\n"
	    "- {what: issuance-stopped, at: 2019-01-03T10:00Z}\n",
	    "2025-09-01", RP_VIEW_INTERNAL);

	(void)state;
	expect(&j, "WIKI-STOP", 0, RP_VERDICT_BREACHED,
	    "by the clock of 'reporter': issuance of the faulty profile "
	    "stopped 2019-01-03T10:00:00Z, 2 d after awareness");
	assert_int_equal(row(&j, "WIKI-STOP", 0)->overdue_s, 86400);
	assert_string_equal(row(&j, "WIKI-STOP", 0)->by, "reporter");
	/* The CA's own statement is of a day of other rules. */
	assert_null(row(&j, "WIKI-STOP", 1));
	release(&j);
}

static void
a_search_that_missed_some_is_told(void **state)
{
	struct judged j = judge("facts:\n"
	    "- {what: scope, at: 2025-08-02T10:00Z, certificates: 6}\n"
	    "- {what: corpus-searched, at: 2025-08-03T10:00Z}\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z, has: [heuristic]}\n"
	    "- {what: scope, at: 2025-08-20T10:00Z, certificates: 9}\n",
	    "2025-09-01");

	(void)state;
	expect(&j, "IRG30-CORPUS", 0, RP_VERDICT_MET, "searched for more of "
	    "the same 2025-08-03T10:00:00Z, and yet the number grew to 9 on "
	    "2025-08-20T10:00:00Z");
	release(&j);
}

/* Until it was given up, it was still open. */
static void
an_action_item_is_given_up_on_its_day(void **state)
{
	static const char text[] = "commitments: [{what: tests, kind: detect, "
	    "due: 2025-10-01, cancelled: 2025-09-10T10:00Z}]\n"
	    "updates: [2025-09-01T10:00Z, 2025-09-11T10:00Z]\n";
	struct judged j = judge(text, "2025-09-09T10:00Z");

	(void)state;
	assert_null(row(&j, "IRG31-AI-3D", 0));
	assert_null(row(&j, "IRG30-CLOSE", 0));
	release(&j);
	j = judge(text, "2025-09-12T10:00Z");
	expect(&j, "IRG31-AI-3D", 0, RP_VERDICT_MET, "the action item 'tests' "
	    "was given up 2025-09-10T10:00:00Z, update 2025-09-11T10:00:00Z");
	expect(&j, "IRG30-CLOSE", 0, RP_VERDICT_UNDECIDED,
	    "all action items (1) are done and no question is open since "
	    "2025-09-10T10:00:00Z");
	release(&j);
}

static void
what_was_open_at_the_closing_is_named(void **state)
{
	struct judged j = judge("facts:\n"
	    "- {what: closure-report, at: 2025-09-10T10:00Z}\n"
	    "- {what: question, at: 2025-09-01T10:00Z, id: q}\n"
	    "- {what: answer, at: 2025-09-12T10:00Z, answers: q}\n"
	    "commitments:\n"
	    "- {what: new tests, kind: detect, due: 2025-09-05, "
	    "done: 2025-09-11T10:00Z}\n"
	    "- {what: more staff, kind: prevent, due: 2025-09-05, "
	    "done: 2025-09-13T10:00Z}\n", "2025-10-01");

	(void)state;
	expect(&j, "IRG30-CLOSE", 0, RP_VERDICT_BREACHED, "closure was asked "
	    "for 2025-09-10T10:00:00Z with 2 action items ('new tests' "
	    "first) and 1 question still open, the last settled "
	    "2025-09-13T10:00:00Z");
	assert_int_equal(row(&j, "IRG30-CLOSE", 0)->overdue_s, 3 * 86400);
	release(&j);
}

/* Every path of the checks of this section runs out of memory once. */
static void
memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct judged j = judge("facts:\n"
	    "- {what: incident-disclosed, at: 2025-08-02T10:00Z}\n"
	    "- {what: issuance-stopped, at: 2025-08-02T10:00Z}\n"
	    "- {what: delay-disclosed, at: 2025-08-08T10:00Z}\n"
	    "- {what: full-report, at: 2025-08-10T10:00Z, version: irg-3.0, "
	    "lacks: [utc-times]}\n"
	    "- {what: question, at: 2025-08-11T10:00Z}\n"
	    "- {what: closure-report, at: 2025-09-10T10:00Z}\n"
	    "commitments:\n"
	    "- {what: tests, kind: detect, due: 2025-09-05, "
	    "done: 2025-09-11T10:00Z}\n"
	    "updates: [2025-08-12T10:00Z]\n", "2025-10-01");
	size_t held = rp_alloc_live();
	struct rp_findings *f = NULL;
	rp_status rc = RP_ENOMEM;
	unsigned long i;

	(void)state;
	for (i = 1; rc != RP_OK; i++) {
		assert_true(i < 2000);
		rp_alloc_fail_at(i);
		rc = rp_check(j.view, when("2025-10-01"), RP_VIEW_INTERNAL,
		    &f, NULL);
		rp_alloc_fail_at(0);
		assert_true(rc == RP_OK || rp_alloc_live() == held);
	}
	assert_true(i > 100);
	rp_findings_free(f);
	assert_int_equal(rp_alloc_live(), held);
	release(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_that_nothing_is_said_of_are_named),
		cmocka_unit_test(
		    what_was_lacking_and_when_it_was_mended_is_told),
		cmocka_unit_test(a_later_report_is_not_known_before_its_day),
		cmocka_unit_test(
		    a_corrected_record_takes_the_place_of_the_wrong_one),
		cmocka_unit_test(issuance_is_told_against_awareness),
		cmocka_unit_test(
		    issuance_is_told_against_each_statement_of_awareness),
		cmocka_unit_test(a_search_that_missed_some_is_told),
		cmocka_unit_test(an_action_item_is_given_up_on_its_day),
		cmocka_unit_test(what_was_open_at_the_closing_is_named),
		cmocka_unit_test(memory_that_runs_out_leaves_nothing_behind),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
