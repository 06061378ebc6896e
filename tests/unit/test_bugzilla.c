/*
 * tests/unit/test_bugzilla.c - what a saved bug is read as.
 *
 * Each expectation was worked out from the texts of the comments by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/bugzilla.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- what is said ------------------------------------------------------- */

static void
test_own_words(void **state)
{
	static const struct {
		const char *text;
		bool says, asks;
	} rows[] = {
		{ "", false, false },
		{ " \n\t\n", false, false },
		{ "Thank you.", true, false },
		{ "Why?", true, true },
		{ "Why ?\n", true, true },
		{ "(Is it?)", true, true },
		{ "> Why?\n", false, false },
		{ "> Why?\nBecause.", true, false },
		{ "  > Why?\nAnd you?", true, true },
		{ "(In reply to A from comment #3)\n> Why?", false, false },
		{ "(In reply to A from comment #3) Why?", true, true },
		{ "(in reply to A", false, false },
		{ "https://x.example/show?id=1", true, false },
		{ "https://x.example/show?id=1 too?", true, true },
		{ "really?!", true, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		print_message("%s\n", rows[i].text);
		assert_int_equal(rp_bug_says(rows[i].text), rows[i].says);
		assert_int_equal(rp_bug_asks(rows[i].text), rows[i].asks);
	}
}

/* ---- reports ------------------------------------------------------------ */

#define BODY "## Impact\n## Timeline\n## Root Cause Analysis\n"

static void
test_reports(void **state)
{
	static const struct {
		const char *text;
		enum rp_bug_report report;
	} rows[] = {
		{ "We will file a full incident report soon.",
		    RP_BUG_NO_REPORT },
		{ "# Full Incident Report", RP_BUG_NO_REPORT },
		{ "# Full Incident Report\n## Root cause", RP_BUG_FULL },
		{ "> # Full Incident Report\n> ## Root cause",
		    RP_BUG_NO_REPORT },
		{ "# Full Incident Report\n> ## Root cause",
		    RP_BUG_NO_REPORT },
		{ "Incident Report\n\n**Root Cause:**\nx", RP_BUG_FULL },
		{ "Incident Report\n===\n\nRoot Causes\n---\nx", RP_BUG_FULL },
		{ "ACME CA Incident Report\n===\n\nRoot Cause\n",
		    RP_BUG_FULL },
		{ "the incident report\nRoot Cause\n", RP_BUG_NO_REPORT },
		{ BODY, RP_BUG_NO_REPORT },
		{ BODY "## Lessons Learned\n", RP_BUG_FULL },
		{ "## Summary\n## Impact\n## Timeline\n## Appendix\n",
		    RP_BUG_NO_REPORT },
		{ "## Preliminary Incident Report\n" BODY "## Summary",
		    RP_BUG_PRELIMINARY },
		{ "## Report Closure Summary\n" BODY "## Summary",
		    RP_BUG_CLOSURE },
		{ "Closure report:\n", RP_BUG_CLOSURE },
		{ "The closure report follows.\n", RP_BUG_NO_REPORT },
		{ "1. How we became aware\n2) A timeline\n"
		    "3. Whether we stopped\n**4. A summary of it**\n"
		    "5. no certificate data\n", RP_BUG_FULL },
		{ "1. How we became aware\n2) A timeline\n"
		    "3. Whether we stopped\n4. A summary of it\n",
		    RP_BUG_NO_REPORT },
		{ "We became aware.\nA timeline\nWe stopped\nsummary of it\n"
		    "certificate data\nhow and why\n", RP_BUG_NO_REPORT },
	};
	struct rp_bug_look look;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		rp_bug_look(rows[i].text, &look);
		print_message("%s: %s\n", rows[i].text, look.words);
		assert_int_equal(look.report, rows[i].report);
		assert_int_equal(look.words[0] != '\0', rows[i].report !=
		    RP_BUG_NO_REPORT);
	}
	rp_bug_look("# Full incident report\n" BODY, &look);
	assert_int_equal(look.has, RP_FIELD_BIT(RP_FIELD_IMPACT) |
	    RP_FIELD_BIT(RP_FIELD_TIMELINE) |
	    RP_FIELD_BIT(RP_FIELD_ROOT_CAUSE));
	assert_string_equal(look.words, "'full incident report', 'impact', "
	    "'timeline', 'root cause'");
}

/* ---- the whiteboard ----------------------------------------------------- */

static void
test_whiteboard(void **state)
{
	static const struct {
		const char *text;
		enum rp_bug_next next;
		struct rp_civil due;
	} rows[] = {
		{ "", RP_BUG_NONE, { 0, 0, 0 } },
		{ "[ca-compliance]", RP_BUG_NONE, { 0, 0, 0 } },
		{ "[x] Next update 2025-07-20", RP_BUG_DATE, { 2025, 7, 20 } },
		{ "NEXT UPDATE: 2025-07-20 [x]", RP_BUG_DATE,
		    { 2025, 7, 20 } },
		{ "Next Update - 15-July 2020", RP_BUG_DATE, { 2020, 7, 15 } },
		{ "next update 1 Mar 2020", RP_BUG_DATE, { 2020, 3, 1 } },
		{ "next update 31-Jun-2020", RP_BUG_UNREADABLE, { 0, 0, 0 } },
		{ "next update 2025-02-30", RP_BUG_UNREADABLE, { 0, 0, 0 } },
		{ "next update 2025-07-201", RP_BUG_UNREADABLE, { 0, 0, 0 } },
		{ "next update", RP_BUG_UNREADABLE, { 0, 0, 0 } },
		{ "next update soon", RP_BUG_UNREADABLE, { 0, 0, 0 } },
		{ "next update 5", RP_BUG_UNREADABLE, { 0, 0, 0 } },
	};
	struct rp_civil due;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		print_message("%s\n", rows[i].text);
		due = (struct rp_civil){ 0, 0, 0 };
		assert_int_equal(rp_bug_next_update(rows[i].text, &due),
		    rows[i].next);
		assert_int_equal(due.year, rows[i].due.year);
		assert_int_equal(due.month, rows[i].due.month);
		assert_int_equal(due.day, rows[i].due.day);
	}
	assert_null(rp_bug_delay_tag("[ca-compliance] revocation-delay"));
	assert_string_equal(rp_bug_delay_tag("[a] [CA-Revocation-Delay]"),
	    "[ca-revocation-delay]");
}

/* ---- people ------------------------------------------------------------- */

#define AT "\"time\": \"2026-03-03T08:00:00Z\", \"text\": \"a?\""
#define BY(name) "{\"creator\": \"" name "\", " AT "}"

static void
read_bug(const char *json, struct rp_bug *bug)
{
	const struct rp_bug_file file = { "bug.json", json, strlen(json) };
	struct rp_err err = { 0 };

	if (rp_bug_read(&file, 1, bug, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static void
test_people(void **state)
{
	const char *const ca[] = { "Desk", "pr@ca.example" };
	const char *const program[] = { "root@program.example" };
	const struct rp_bug_who who = { { 2, ca }, { 1, program } };
	static const enum rp_bug_role roles[] = {
		RP_BUG_CA, RP_BUG_CA, RP_BUG_CA, RP_BUG_OTHER, RP_BUG_OTHER,
		RP_BUG_PROGRAM, RP_BUG_OTHER, RP_BUG_ROBOT, RP_BUG_ROBOT,
		RP_BUG_OTHER, RP_BUG_ROBOT
	};
	struct rp_bug bug;
	struct rp_err err = { 0 };

	(void)state;
	read_bug("{\"bugs\": {\"7\": {\"comments\": ["
	    BY("desk") "," BY("DESK@ca.example") "," BY("PR") ","
	    BY("pr@other.example") "," BY("desktop") "," BY("root") ","
	    BY("root@other.example") "," BY("x-bot@y.example") ","
	    BY("a@bots.tld") "," BY("abbot") "," BY("Automation")
	    "]}}}", &bug);
	assert_int_equal(rp_bug_roles(&bug, &who, &err), RP_OK);
	assert_int_equal(bug.n_comments, COUNT(roles));
	for (size_t i = 0; i < COUNT(roles); i++) {
		print_message("%s\n", bug.comment[i].by);
		assert_int_equal(bug.comment[i].role, roles[i]);
	}
	rp_bug_release(&bug);
}

static void
test_nobody(void **state)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
		{ "clrek", "'clrek' wrote nothing on bug 7; did you mean "
		    "'clerk@ca.example'?" },
		{ "CLERKS@x.example", "'CLERKS@x.example' wrote nothing on "
		    "bug 7; did you mean 'clerk@ca.example'?" },
		{ "clerk@cb.example", "'clerk@cb.example' wrote nothing on "
		    "bug 7; did you mean 'clerk@ca.example'?" },
		{ "somebody", "'somebody' wrote nothing on bug 7" },
	};
	struct rp_bug bug;

	(void)state;
	read_bug("{\"bugs\": {\"7\": {\"comments\": [" BY("clerk@ca.example")
	    "]}}}", &bug);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct rp_bug_who who = { { 1, &rows[i].name },
		    { 0, NULL } };
		struct rp_err err = { 0 };

		assert_int_equal(rp_bug_roles(&bug, &who, &err), RP_EINPUT);
		assert_string_equal(err.text, rows[i].says);
	}
	rp_bug_release(&bug);
}

/* ---- facts -------------------------------------------------------------- */

/* "what at; ..." of all facts, and the notes. */
static void
take(const char *json, const char *ca, char *out, size_t room, char *notes,
    size_t notes_room)
{
	const struct rp_bug_who who = { { ca != NULL, &ca }, { 0, NULL } };
	FILE *to = fmemopen(notes, notes_room, "w");
	const struct rp_node *item;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	struct rp_bug bug;
	size_t n = 0;

	assert_non_null(to);
	notes[0] = out[0] = '\0';
	read_bug(json, &bug);
	assert_int_equal(rp_bug_roles(&bug, &who, &err), RP_OK);
	assert_int_equal(rp_bug_facts(&bug, to, &doc, &err), RP_OK);
	rp_bug_release(&bug);
	(void)fclose(to);
	item = rp_node_find(rp_doc_root(doc), "facts")->first;
	for (; item != NULL && n + 200 < room; item = item->next)
		n += (size_t)snprintf(out + n, room - n, "%s %s %s; ",
		    rp_node_find(item, "id")->text,
		    rp_node_find(item, "what")->text,
		    rp_node_find(item, "at")->text);
	rp_doc_free(doc);
}

#define FIELDS "\"id\": 7, \"creation_time\": \"2026-03-03T08:00:00Z\", " \
    "\"last_change_time\": \"2026-03-09T08:00:00Z\""

static void
assert_takes(const char *json, const char *ca, const char *facts,
    const char *said)
{
	char out[4000], notes[4000];

	take(json, ca, out, sizeof(out), notes, sizeof(notes));
	assert_string_equal(out, facts);
	if (strstr(notes, said) == NULL)
		fail_msg("'%s' is not in '%s'", said, notes);
}

/* A reply is the CA's own disclosure; a tag needs a report of the CA. */
static void
test_third_party(void **state)
{
	(void)state;
	assert_takes("{\"bugs\": [{" FIELDS ", \"status\": \"NEW\", "
	    "\"whiteboard\": \"[leaf-revocation-delay]\", \"comments\": ["
	    "{\"creator\": \"reader\", \"time\": \"2026-03-03T08:00:00Z\", "
	    "\"text\": \"Look?\"},"
	    "{\"creator\": \"clerk\", \"time\": \"2026-03-04T08:00:00Z\", "
	    "\"text\": \"We do\"}]}]}", "clerk",
	    "bug-7-disclosed incident-disclosed 2026-03-03T08:00:00Z; "
	    "bug-7-disclosed-by-ca incident-disclosed "
	    "2026-03-04T08:00:00Z; ",
	    "'incident.reported': where it was the report to the CA, put "
	    "2026-03-03T08:00:00Z there");
}

/* A question of the second at which every comment begins to count. */
static void
test_since_2025(void **state)
{
	(void)state;
	assert_takes("{\"bugs\": [{\"id\": 7, \"comments\": ["
	    "{\"count\": 1, \"creator\": \"a\", "
	    "\"time\": \"2025-02-28T23:59:59Z\", \"text\": \"Hm.\"},"
	    "{\"count\": 2, \"creator\": \"a\", "
	    "\"time\": \"2025-02-28T23:59:59Z\", \"text\": \"Hm?\"},"
	    "{\"count\": 3, \"creator\": \"a\", "
	    "\"time\": \"2025-03-01T00:00:00Z\", \"text\": \"Hm.\"},"
	    "{\"count\": 4, \"creator\": \"a\", \"is_private\": true, "
	    "\"time\": \"2025-03-01T00:00:00Z\", \"text\": \"Hm?\"}]}]}",
	    NULL,
	    "bug-7-comment-2 question 2025-02-28T23:59:59Z; "
	    "bug-7-comment-3 question 2025-03-01T00:00:00Z; ",
	    "1 comment is not public and left out");
}

/* The last of what the history says decides; a date of the CA's own does not
 * count, one that is set twice counts from the first time. */
static void
test_history(void **state)
{
	(void)state;
	assert_takes("{\"bugs\": [{" FIELDS ", \"status\": \"VERIFIED\", "
	    "\"whiteboard\": \"Next update 2026-05-01\", \"comments\": ["
	    BY("clerk") "], \"history\": ["
	    "{\"when\": \"2026-03-04T08:00:00Z\", \"who\": \"root\", "
	    "\"changes\": [{\"field_name\": \"whiteboard\", \"added\": "
	    "\"next update 2026-04-01\"}, {\"field_name\": \"status\", "
	    "\"added\": \"RESOLVED\"}]},"
	    "{\"when\": \"2026-03-05T08:00:00Z\", \"who\": \"clerk\", "
	    "\"changes\": [{\"field_name\": \"whiteboard\", \"added\": "
	    "\"next update 2026-06-01\"}, {\"field_name\": \"status\", "
	    "\"added\": \"REOPENED\"}]},"
	    "{\"when\": \"2026-03-06T08:00:00Z\", \"who\": \"root\", "
	    "\"changes\": [{\"field_name\": \"whiteboard\", \"added\": "
	    "\"next update 2026-04-01\"}, {\"field_name\": \"status\", "
	    "\"added\": \"RESOLVED\"}]},"
	    "{\"when\": \"2026-03-07T08:00:00Z\", \"who\": \"root\", "
	    "\"changes\": [{\"field_name\": \"status\", "
	    "\"added\": \"VERIFIED\"}]}]}]}", "clerk",
	    "bug-7-disclosed incident-disclosed 2026-03-03T08:00:00Z; "
	    "bug-7-next-update-2026-04-01 next-update 2026-03-04T08:00:00Z; "
	    "bug-7-next-update-2026-05-01 next-update "
	    "2026-03-03T08:00:00Z..2026-03-09T08:00:01Z; "
	    "bug-7-closed closed 2026-03-06T08:00:00Z; ",
	    "'clerk' set the next update by itself, for the CA");
}

static void
test_is_one(void **state)
{
	static const struct {
		const char *text;
		bool is;
	} rows[] = {
		{ "{\"bugs\": []}", true }, { " [\n{ \"bugs\"", true },
		{ "", false }, { "{", false }, { "{\"bugs", false },
		{ "revplan: 1", false }, { "{\"revplan\": 1, \"bugs\": 2}",
		    false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(rp_bug_is_one(rows[i].text,
		    strlen(rows[i].text)), rows[i].is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_own_words),
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_whiteboard),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_nobody),
		cmocka_unit_test(test_third_party),
		cmocka_unit_test(test_since_2025),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_is_one),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
