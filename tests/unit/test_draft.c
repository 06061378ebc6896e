/*
 * tests/unit/test_draft.c - drafts of reports, put together from a case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/check.h"
#include "revplan/update.h"
#include "support/bound.h"
#include "write/draft.h"

static const char head[] =
    "revplan: 1\n"
    "incident:\n"
    "  id: draft\n"
    "  certificate: subscriber\n"
    "  reason: not-per-requirements\n"
    "  aware: 2026-03-02T09:15Z\n";

static const char people[] =
    "populations:\n"
    "  - {name: a, certificates: 1000,\n"
    "     path: [{team: {rate: 20/working-day}}]}\n";

struct made {
	struct rp_draft_result result;
	struct rp_text text;
};

/* A draft of a case without an estimate; incident: more keys of it. */
static struct made
draft(enum rp_draft_kind kind, const char *as_of, const char *incident,
    const char *more, enum rp_format format)
{
	struct rp_post_sources src = { .no_forecast = "none was asked for" };
	struct rp_draft in = { .kind = kind };
	const struct rp_show how = { .format = format };
	struct rp_findings *found = NULL;
	struct rp_post *post = NULL;
	struct rp_case *view = NULL;
	struct rp_err err = { 0 };
	struct made m = { { 0 }, { 0 } };
	char text[4096];
	struct bound b;

	(void)snprintf(text, sizeof(text), "%s%s%s%s", head, incident, people,
	    more);
	b = bind_text(text, ".");
	if (b.status != RP_OK && b.faults.n > 0)
		print_message("%s\n", b.faults.fault[0].text);
	assert_int_equal(b.status, RP_OK);
	assert_int_equal(rp_when_parse(as_of, &in.as_of, &err), RP_OK);
	assert_int_equal(rp_case_view(b.cs, &in.as_of, RP_VIEW_INTERNAL, &view,
	    &err), RP_OK);
	src.full = b.cs;
	src.now = view;
	src.as_of = in.as_of;
	assert_int_equal(rp_post_make(&src, &post, &err), RP_OK);
	assert_int_equal(rp_check(view, in.as_of, RP_VIEW_INTERNAL, &found,
	    &err), RP_OK);
	in.cs = view;
	in.post = post;
	in.findings = found;
	assert_int_equal(rp_show_draft(&in, &how, &m.result, &m.text, &err),
	    RP_OK);
	rp_findings_free(found);
	rp_post_free(post);
	rp_case_free(view);
	bound_release(&b);
	return m;
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

/* ---- which template ----------------------------------------------------- */

static void
template_changes_at_midnight(void **state)
{
	static const struct {
		const char *as_of, *title;
		bool warned;	/* that it knows no closure report */
	} days[] = {
		{ "2023-02-14T23:59:59Z",
		    "Mozilla wiki, Responding To An Incident", true },
		{ "2023-02-15T00:00:00Z",
		    "CCADB Incident Reporting Guidelines 1.0", true },
		{ "2023-10-16T23:59:59Z",
		    "CCADB Incident Reporting Guidelines 1.0", true },
		{ "2023-10-17T00:00:00Z",
		    "CCADB Incident Reporting Guidelines 2.0", true },
		{ "2025-02-28T23:59:59Z",
		    "CCADB Incident Reporting Guidelines 2.0", true },
		{ "2025-02-28", "CCADB Incident Reporting Guidelines 2.0",
		    true },
		{ "2025-03-01T00:00:00Z",
		    "CCADB Incident Reporting Guidelines 3.0", false },
		{ "2025-07-15T00:00:00Z",
		    "CCADB Incident Reporting Guidelines 3.1", false },
		{ "2026-03-19T23:59:59Z",
		    "CCADB Incident Reporting Guidelines 3.1", false },
		{ "2026-03-20", "CCADB Incident Reporting Guidelines 3.2",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct made m = draft(RP_DRAFT_CLOSURE, days[i].as_of, "", "",
		    RP_FORMAT_MARKDOWN);

		assert_string_equal(m.result.title, days[i].title);
		assert_int_equal(m.result.warning != NULL, days[i].warned);
		rp_text_release(&m.text);
	}
}

/* ---- fields ------------------------------------------------------------- */

/* All fields that are prescribed, in their order, whatever is known. */
static void
has_every_prescribed_field(void **state)
{
	static const char *const fields[] = {
		"## Full Incident Report\n", "### Summary\n",
		"- **CA Owner CCADB unique ID:**",
		"- **Incident description:**", "- **Timeline summary:**\n",
		"  - **Non-compliance start date:**",
		"  - **Non-compliance identified date:** 2026-03-02 09:15 UTC",
		"  - **Non-compliance end date:**", "- **Relevant policies:**",
		"- **Source of incident disclosure:**", "### Impact\n",
		"- **Total number of certificates:** 1000 certificates\n",
		"- **Total number of \"remaining valid\" certificates:** 1000",
		"- **Affected certificate types:**",
		"- **Incident heuristic:**",
		"- **Was issuance stopped in response to this incident, and ",
		"why or why not?:**",
		"- **Analysis:** N/A\n",
		"- **Additional considerations:** N/A\n", "### Timeline\n",
		"### Related Incidents\n", "### Root Cause Analysis\n",
		"### Lessons Learned\n", "- **What went well:**",
		"- **What didn\u2019t go well:**", "- **Where we got lucky:**",
		"- **Additional:** N/A\n", "### Action Items\n",
		"### Appendix\n",
	};
	struct made m = draft(RP_DRAFT_FULL, "2026-03-04", "", "",
	    RP_FORMAT_MARKDOWN);
	const char *at = m.text.bytes;

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		at = strstr(at, fields[i]);
		if (at == NULL)
			print_message("not in its place: %s\n", fields[i]);
		assert_non_null(at);
	}
	assert_int_equal(count(m.text.bytes, "[MISSING: "),
	    m.result.missing);
	rp_text_release(&m.text);
}

/* ---- the timeline ------------------------------------------------------- */

/* What is on record is no gap, and nothing else stops being one. */
static void
expected_events_by_record(void **state)
{
	static const struct {
		const char *incident, *more, *gap;
	} rows[] = {
		{ "", "narrative: {timeline: [{at: 2026-01-02T10:00Z,\n"
		    "  event: x, covers: change}]}\n",
		    "changes of policies, processes and software" },
		{ "", "narrative: {began: 2026-01-05T10:00Z}\n",
		    "when the incident began" },
		{ "  reported: 2026-03-02T08:00Z\n", "",
		    "when a certificate problem report was received" },
		{ "", "facts: [{what: preliminary-report, to: reporter,\n"
		    "  at: 2026-03-02T20:00Z}]\n",
		    "when its sender got a preliminary report" },
		{ "", "facts: [{what: preliminary-report, to: subscriber,\n"
		    "  at: 2026-03-02T20:00Z}]\n",
		    "when the affected Subscribers got" },
		{ "", "facts: [{what: scope, at: 2026-03-02T20:00Z,\n"
		    "  certificates: 1000}]\n",
		    "when scope and impact were known" },
		{ "", "narrative: {timeline: [{at: 2026-03-03T10:00Z,\n"
		    "  event: x, covers: scope-updated}]}\n",
		    "when scope and impact were updated" },
		{ "", "narrative: {ended: 2026-03-03T10:00Z}\n",
		    "when the incident ended" },
		{ "", "facts: [{what: issuance-stopped,\n"
		    "  at: 2026-03-02T20:00Z}]\n", "when issuance ceased" },
		{ "", "narrative: {timeline: [{at: 2026-03-03T10:00Z,\n"
		    "  event: x, covers: issuance-resumed}]}\n",
		    "when issuance was resumed" },
	};
	struct made none = draft(RP_DRAFT_FULL, "2026-03-04", "", "",
	    RP_FORMAT_MARKDOWN);
	const size_t n = sizeof(rows) / sizeof(rows[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct made m = draft(RP_DRAFT_FULL, "2026-03-04",
		    rows[i].incident, rows[i].more, RP_FORMAT_MARKDOWN);

		for (size_t k = 0; k < n; k++) {
			assert_non_null(strstr(none.text.bytes, rows[k].gap));
			assert_int_equal(strstr(m.text.bytes, rows[k].gap) ==
			    NULL, k == i);
		}
		rp_text_release(&m.text);
	}
	rp_text_release(&none.text);
}

/* All revoked: it is complete, and nothing is to be expected. */
static void
completion_by_record(void **state)
{
	struct made open = draft(RP_DRAFT_FULL, "2026-03-04", "",
	    "facts: [{what: revoked, at: 2026-03-03T20:00Z,\n"
	    "  certificates: 999}]\n", RP_FORMAT_MARKDOWN);
	struct made done = draft(RP_DRAFT_FULL, "2026-03-04", "",
	    "facts: [{what: revoked, at: 2026-03-03T20:00Z}]\n",
	    RP_FORMAT_MARKDOWN);

	(void)state;
	assert_non_null(strstr(open.text.bytes, "when the revocation is "));
	assert_non_null(strstr(open.text.bytes, "when the revocation was "));
	assert_null(strstr(done.text.bytes, "when the revocation"));
	rp_text_release(&done.text);
	rp_text_release(&open.text);
}

/* In order of time, said once, and nothing of the future. */
static void
events_in_order(void **state)
{
	static const char more[] =
	    "facts:\n"
	    "  - {what: revoked, at: 2026-03-03T20:00Z, certificates: 10}\n"
	    "  - {what: investigation-begun, at: 2026-03-02T11:00Z}\n"
	    "updates: [2026-03-03T10:00Z]\n"
	    "commitments: [{what: a linter, due: 2026-03-10,\n"
	    "  done: 2026-03-03T12:00Z}]\n"
	    "narrative:\n"
	    "  began: 2026-01-05\n"
	    "  timeline:\n"
	    "    - {at: 2026-03-20T11:00Z, event: later}\n"
	    "    - {at: 2026-03-04, event: that day}\n"
	    "    - {at: 2026-03-02T11:00Z, event: same time}\n";
	struct made m = draft(RP_DRAFT_FULL, "2026-03-04", "", more,
	    RP_FORMAT_MARKDOWN);

	(void)state;
	assert_non_null(strstr(m.text.bytes,
	    "### Timeline\n\n"
	    "- 2026-01-05: the incident began\n"
	    "- 2026-03-02 09:15 UTC: we became aware of the incident\n"
	    "- 2026-03-02 11:00 UTC: investigation begun\n"
	    "- 2026-03-02 11:00 UTC: same time\n"
	    "- 2026-03-03 10:00 UTC: update posted\n"
	    "- 2026-03-03 12:00 UTC: done: a linter\n"
	    "- 2026-03-03 20:00 UTC: 10 certificates: recorded as revoked\n"
	    "- 2026-03-04: that day\n"
	    "- 2026-03-07 09:15 UTC: deadline for the revocation\n"));
	assert_null(strstr(m.text.bytes, "later"));
	assert_non_null(strstr(m.text.bytes, "2 of the 9 events above"));
	rp_text_release(&m.text);
}

/* What nobody stated is not posted as if somebody had. */
static void
assumed_times_are_marked(void **state)
{
	struct made m = draft(RP_DRAFT_FULL, "2026-03-04", "",
	    "facts: [{what: investigation-begun, at: 2026-03-02T11:00Z,\n"
	    "  basis: assumed}]\n", RP_FORMAT_MARKDOWN);

	(void)state;
	assert_non_null(strstr(m.text.bytes, "\n- 2026-03-02 11:00 UTC "
	    "(assumed): investigation begun\n"));
	assert_non_null(strstr(m.text.bytes, "1 of the 3 events above has "
	    "one that the case assumes"));
	assert_int_equal(count(m.text.bytes, "(assumed)"), 1);
	rp_text_release(&m.text);
}

/* ---- action items ------------------------------------------------------- */

/* Of what was due and is not on record as done nobody knows the status. */
static void
status_of_action_items(void **state)
{
	static const char more[] =
	    "commitments:\n"
	    "  - {what: a, kind: prevent, due: 2026-03-10, cause: c1,\n"
	    "     criteria: k1, done: 2026-03-03}\n"
	    "  - {what: b, kind: mitigate, due: 2026-03-10, cause: c2,\n"
	    "     criteria: k2}\n"
	    "  - {what: c, kind: detect, due: 2026-03-03, cause: c3,\n"
	    "     criteria: k3}\n"
	    "  - {what: d, kind: detect, due: 2026-03-10, cause: c4,\n"
	    "     criteria: k4, cancelled: 2026-03-04}\n"
	    "  - {what: e, rule: cps, section: '4.9', due: 2026-03-10}\n";
	struct made m = draft(RP_DRAFT_FULL, "2026-03-04", "", more,
	    RP_FORMAT_MARKDOWN);

	(void)state;
	assert_non_null(strstr(m.text.bytes,
	    "| a | Prevent | c1 | k1 | 2026-03-10 | Complete |\n"
	    "| b | Mitigate | c2 | k2 | 2026-03-10 | Ongoing |\n"
	    "| c | Detect | c3 | k3 | 2026-03-03 | \\[MISSING: Complete "
	    "(since when) or Delayed\\] |\n"
	    "| d | Detect | c4 | k4 | 2026-03-10 | Canceled |\n\n"));
	assert_int_equal(count(m.text.bytes, "[MISSING: "),
	    m.result.missing);
	rp_text_release(&m.text);
}

/* The same in a mail, in lines that fit. */
static void
as_a_mail(void **state)
{
	struct made m = draft(RP_DRAFT_DELAYED, "2026-03-14", "", "",
	    RP_FORMAT_TEXT);
	struct made same = draft(RP_DRAFT_DELAYED, "2026-03-14", "", "",
	    RP_FORMAT_MARKDOWN);
	const char *line = m.text.bytes, *end;

	(void)state;
	assert_int_equal(m.result.missing, same.result.missing);
	assert_int_equal(count(m.text.bytes, "[MISSING:"), m.result.missing);
	for (; (end = strchr(line, '\n')) != NULL; line = end + 1)
		assert_true(end - line <= RP_MAIL_COLUMNS);
	rp_text_release(&m.text);
	rp_text_release(&same.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(template_changes_at_midnight),
		cmocka_unit_test(has_every_prescribed_field),
		cmocka_unit_test(expected_events_by_record),
		cmocka_unit_test(completion_by_record),
		cmocka_unit_test(events_in_order),
		cmocka_unit_test(assumed_times_are_marked),
		cmocka_unit_test(status_of_action_items),
		cmocka_unit_test(as_a_mail),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
