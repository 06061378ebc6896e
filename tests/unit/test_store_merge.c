/*
 * test_store_merge.c - importing again, recording and correcting.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "merge_folder.h"

/* ---- importing again ---------------------------------------------------- */

static void
what_is_on_record_is_not_added_again(void **state)
{
	struct rp_store *st = new_store("x.db");
	struct rp_receipt r;

	(void)state;
	r = import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.0%}\n"
	    "updates: [2026-03-05T10:00Z]\n", "");
	assert_receipt(r, 1, 2, 0, 0, 0);
	/* Other lines, quotes and order: the same. */
	r = import(st, "# a comment\n" HEAD
	    "updates: [{at: 2026-03-05T10:00Z}]\n\n"
	    "actuals: [{replaced: '11.0%', as_of: 2026-03-31}]\n", "");
	assert_receipt(r, 0, 0, 2, 0, 0);
	assert_false(r.scenario);
	assert_int_equal(strlen(r.sha256), 64);
	r = import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-04-30, replaced: 20.0%}\n",
	    "2 items on record are not in 'case.yaml'; they stay\n");
	assert_receipt(r, 2, 1, 0, 0, 2);
	r = import(st, HEAD
	    "revocation: {after: replaced, delay: 24 h}\n",
	    "3 items on record are not in 'case.yaml'; they stay\n");
	assert_receipt(r, 3, 0, 0, 0, 3);
	assert_true(r.scenario);
	rp_store_close(st);
}

static void
another_figure_for_the_same_day_is_a_correction(void **state)
{
	struct rp_store *st = new_store("x.db");
	struct rp_receipt r;
	char *yaml;

	(void)state;
	(void)import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.0%}\n", "");
	r = import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.1%}\n",
	    "actual 1: {as_of: 2026-03-31, replaced: 11.0%} -> "
	    "{as_of: 2026-03-31, replaced: 11.1%}\n");
	assert_receipt(r, 2, 0, 0, 1, 0);
	/* The old file again does not undo it. */
	r = import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.0%}\n",
	    "1 item on record is not in 'case.yaml'; it stays\n");
	assert_receipt(r, 0, 0, 1, 0, 1);
	yaml = export(st);
	assert_non_null(strstr(yaml, "actuals:\n"
	    "- {id: actual-1, as_of: 2026-03-31, replaced: 11.0%}\n"
	    "- {replaces: actual-1, as_of: 2026-03-31, replaced: 11.1%}\n"));
	free(yaml);
	/* A third version corrects the second. */
	r = import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.2%}\n",
	    "actual 2: {replaces: actual-1, as_of: 2026-03-31, replaced: "
	    "11.1%} -> {as_of: 2026-03-31, replaced: 11.2%}\n");
	assert_receipt(r, 3, 0, 0, 1, 0);
	rp_store_close(st);
}

static void
items_are_known_by_their_id(void **state)
{
	struct rp_store *st = new_store("x.db");
	struct rp_receipt r;

	(void)state;
	(void)import(st, HEAD "claims:\n"
	    "  - {id: p, said: 2026-03-10, source: c4, promise: all,\n"
	    "     by: 2026-09-30}\n", "");
	r = import(st, HEAD "claims:\n"
	    "  - {id: p, said: 2026-03-11, source: c5, promise: all,\n"
	    "     by: 2026-09-30}\n",
	    "claim 1: {id: p, said: 2026-03-10, source: c4, promise: all, "
	    "by: 2026-09-30} -> {id: p, said: 2026-03-11, source: c5, "
	    "promise: all, by: 2026-09-30}\n");
	assert_receipt(r, 2, 0, 0, 1, 0);
	/* And the changed file is the same from then on. */
	r = import(st, HEAD "claims:\n"
	    "  - {id: p, said: 2026-03-11, source: c5, promise: all,\n"
	    "     by: 2026-09-30}\n", "");
	assert_receipt(r, 0, 0, 1, 0, 0);
	rp_store_close(st);
}

static void
corrections_within_a_file_are_linked(void **state)
{
	static const char yaml[] = HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.1%, replaces: a}\n"
	    "  - {as_of: 2026-03-31, replaced: 11.0%, id: a}\n";
	struct rp_store *st = new_store("x.db");
	struct rp_kept kept;
	struct rp_err err = { 0 };
	struct rp_receipt r;

	(void)state;
	r = import(st, yaml, "");
	assert_receipt(r, 1, 2, 0, 0, 0);
	assert_int_equal(rp_kept_load(st, &kept, &err), RP_OK);
	/* What is corrected comes first, whatever the file's order. */
	assert_int_equal(kept.list[RP_LIST_ACTUAL].n, 2);
	assert_int_equal(kept.list[RP_LIST_ACTUAL].row[0].by, 1);
	assert_int_equal(kept.list[RP_LIST_ACTUAL].row[1].replaces, 0);
	rp_kept_release(&kept);
	r = import(st, yaml, "");
	assert_receipt(r, 0, 0, 2, 0, 0);
	rp_store_close(st);
}

/* ---- recording ---------------------------------------------------------- */

static void
items_are_recorded_one_by_one(void **state)
{
	struct rp_store *st = new_store("x.db");
	struct rp_receipt r;
	char *yaml;

	(void)state;
	(void)import(st, HEAD "commitments:\n"
	    "  - {what: key destruction, due: 2026-10-31}\n", "");
	record_well(st, "actual", NULL, PAIRS("as_of=2026-03-31",
	    "replaced=11.0%", "source=a: b, c"));
	record_well(st, "actual", "1", PAIRS("as_of=2026-03-31",
	    "replaced=11.1%"));
	record_well(st, "plan", NULL, PAIRS("published=2026-03-10",
	    "metric=replaced", "milestones={2026-03-31: 5%}"));
	record_well(st, "question", NULL, PAIRS("at=2026-03-11", "id=q1",
	    "note=why?"));
	record_well(st, "answer", NULL, PAIRS("at=2026-03-12",
	    "answers=q1"));
	record_well(st, "outcome", NULL, PAIRS("what=key destruction",
	    "done=2026-10-30", "evidence=minutes"));
	record_well(st, "claim", NULL, PAIRS("said=2026-03-10",
	    "source=comment 4", "promise=all", "by=2026-09-30"));
	record_well(st, "request", NULL, PAIRS("asked=2026-03-11",
	    "finish-by=2026-08-31"));
	/* Again, as after a command whose end was not seen. */
	assert_int_equal(record(st, "request", NULL, PAIRS("asked=2026-03-11",
	    "finish-by=2026-08-31"), &r, ""), RP_OK);
	assert_int_equal(r.record, 0);
	assert_int_equal(r.n_same, 1);
	assert_int_equal(r.item, 1);
	yaml = export(st);
	assert_string_equal(strstr(yaml, "commitments:"), "commitments:\n"
	    "- {id: commitment-1, what: key destruction, due: 2026-10-31}\n"
	    "- replaces: commitment-1\n  what: key destruction\n"
	    "  done: 2026-10-30\n  evidence: minutes\n  due: 2026-10-31\n"
	    "plans:\n"
	    "- published: 2026-03-10\n"
	    "  metric: replaced\n"
	    "  milestones: {2026-03-31: 5%}\n"
	    "actuals:\n"
	    "- id: actual-1\n"
	    "  as_of: 2026-03-31\n"
	    "  replaced: 11.0%\n"
	    "  source: 'a: b, c'\n"
	    "- {replaces: actual-1, as_of: 2026-03-31, replaced: 11.1%}\n"
	    "facts:\n"
	    "- at: 2026-03-11\n"
	    "  id: q1\n"
	    "  note: why?\n"
	    "  what: question\n"
	    "- {at: 2026-03-12, answers: q1, what: answer}\n"
	    "claims:\n"
	    "- {said: 2026-03-10, source: comment 4, promise: all, "
	    "by: 2026-09-30}\n"
	    "requests:\n"
	    "- {asked: 2026-03-11, finish-by: 2026-08-31}\n");
	free(yaml);
	rp_store_close(st);
}

static void
faults_are_told_with_their_pairs(void **state)
{
	struct rp_store *st = new_store("x.db");
	struct rp_receipt r;

	(void)state;
	(void)import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.0%}\n"
	    "  - {as_of: 2026-04-30, replaced: 12.0%}\n", "");
	assert_int_equal(record(st, "actual", NULL, PAIRS("as_of=2026-05-31",
	    "replaced=11,0%"), &r, "'replaced=11,0%': error: '11,0%' is not "
	    "a share; write a percentage, such as '11.0%'\n"
	    "'x.db' was not changed: with this it would not be a valid case: "
	    "1 fault"), RP_EINPUT);
	assert_int_equal(r.record, 0);
	assert_int_equal(record(st, "actual", NULL, PAIRS("as_of=2026-03-31",
	    "replaced=12.0%"), &r, "'replaced=12.0%': error: this figure for "
	    "the same 'as_of' stands in actual 1 (record 1) already; leave "
	    "one out, or say which one replaces the other\n"
	    "'x.db' was not changed: with this it would not be a valid case: "
	    "1 fault"), RP_EINPUT);
	assert_int_equal(record(st, "actaul", NULL, PAIRS("a=1"), &r, "the"
	    "re is no 'actaul' to record; did you mean 'actual'?"), RP_EUSAGE);
	assert_int_equal(record(st, "actual", NULL, PAIRS("a"), &r, "'a' is "
	    "not KEY=VALUE"), RP_EUSAGE);
	assert_int_equal(record(st, "actual", "9", PAIRS("as_of=2026-05-31"),
	    &r, "there is no actual '9' on record; `revplan export x.db "
	    "records` lists what there is"), RP_EINPUT);
	assert_int_equal(record(st, "plan", NULL, PAIRS("milestones={a: b"),
	    &r, "'milestones={a: b': error: expected ',' or '}' here (what "
	    "it belongs to begins on line 1)\n'milestones={a: b' cannot be "
	    "read"), RP_EINPUT);
	assert_int_equal(record(st, "outcome", NULL, PAIRS("what=tea",
	    "done=2026-05-31"), &r, "there is no commitment 'tea' in force; "
	    "`revplan export x.db records` lists what there is"), RP_EINPUT);
	record_well(st, "actual", "1", PAIRS("as_of=2026-03-31",
	    "replaced=11.5%"));
	assert_int_equal(record(st, "actual", "1", PAIRS("as_of=2026-03-31",
	    "replaced=11.7%"), &r, "actual 1 was corrected by actual 3 "
	    "already; correct that one"), RP_EINPUT);
	rp_store_close(st);
}

static void
an_item_may_be_a_text(void **state)
{
	struct rp_entry entry = { .kind = "actual",
	    .yaml = "as_of: 2026-03-31\nreplaced: 11,0%\n",
	    .yaml_name = "item.yaml" };
	struct rp_store *st = new_store("x.db");
	struct rp_receipt r;
	struct rp_err err = { 0 };
	char *talk = NULL;
	size_t size;
	FILE *to = open_memstream(&talk, &size);

	(void)state;
	(void)import(st, HEAD, "");
	assert_int_equal(rp_store_record(st, &entry, NOW, to, &r, &err),
	    RP_EINPUT);
	entry.yaml = "[a]";
	assert_int_equal(rp_store_record(st, &entry, NOW, to, &r, &err),
	    RP_EINPUT);
	entry.yaml = "{as_of: 2026-03-31, replaced: 11.0%}";
	assert_int_equal(rp_store_record(st, &entry, NOW, to, &r, &err),
	    RP_OK);
	fclose(to);
	assert_string_equal(talk, "item.yaml:2:11: error: '11,0%' is not a "
	    "share; write a percentage, such as '11.0%'\n"
	    "item.yaml:1:1: error: an item is a map of keys, such as "
	    "'{at: 2026-03-05}'\n");
	free(talk);
	rp_store_close(st);
}

/* ---- history ------------------------------------------------------------ */

static void
history_is_told_in_order(void **state)
{
	struct rp_store *st = new_store("x.db");
	struct rp_history *h = NULL;
	const struct rp_history_row *row;
	struct rp_err err = { 0 };
	size_t n;

	(void)state;
	(void)import(st, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 11.0%}\n", "");
	record_well(st, "update", NULL, PAIRS("at=2026-04-01"));
	record_well(st, "actual", "1", PAIRS("as_of=2026-03-31",
	    "replaced=11.1%"));
	assert_int_equal(rp_store_history(st, &h, &err), RP_OK);
	row = rp_history_rows(h, &n);
	assert_int_equal(n, 4);
	assert_string_equal(row[0].kind, "scenario");
	assert_true(row[0].in_force);
	assert_string_equal(row[0].source, "case.yaml");
	assert_string_equal(row[0].text, "{id: x, certificate: subscriber, "
	    "reason: not-per-requirements, aware: '2026-03-02T09:15Z'}");
	assert_string_equal(row[1].text, "{id: actual-1, as_of: 2026-03-31, "
	    "replaced: 11.0%}");
	assert_string_equal(row[1].id, "actual-1");
	assert_false(row[1].in_force);
	assert_string_equal(row[2].kind, "update");
	assert_string_equal(row[2].source, "command line");
	assert_int_equal(row[2].record, 2);
	assert_int_equal(row[3].item, 2);
	assert_int_equal(row[3].replaces, 1);
	assert_true(row[3].in_force);
	assert_true(row[3].has_recorded);
	assert_int_equal(rp_instant_s(row[3].recorded), 1800000000);
	rp_history_free(h);
	rp_history_free(NULL);
	rp_store_close(st);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_on_record_is_not_added_again),
		cmocka_unit_test(
		    another_figure_for_the_same_day_is_a_correction),
		cmocka_unit_test(items_are_known_by_their_id),
		cmocka_unit_test(corrections_within_a_file_are_linked),
		cmocka_unit_test(items_are_recorded_one_by_one),
		cmocka_unit_test(faults_are_told_with_their_pairs),
		cmocka_unit_test(an_item_may_be_a_text),
		cmocka_unit_test(history_is_told_in_order),
	};

	return !!cmocka_run_group_tests(tests, enter, leave);
}
