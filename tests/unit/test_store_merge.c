/*
 * test_store_merge.c - importing again, recording, correcting, and having it
 * all back as one file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <dirent.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/bind.h"
#include "store/merge.h"
#include "store/store.h"

#define NOW rp_instant_of_s(1800000000)

static char folder[] = "/tmp/revplan-merge.XXXXXX";
static char root[4096];		/* of the source, where tests run */

#define HEAD								\
	"revplan: 1\n"							\
	"incident: {id: x, certificate: subscriber,\n"			\
	"  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"	\
	"populations:\n"						\
	"  - {name: a, certificates: 10,\n"				\
	"     path: [{wait: {what: w, time: 1 d}}]}\n"

/* ---- helpers ------------------------------------------------------------ */

static int
enter(void **state)
{
	(void)state;
	return getcwd(root, sizeof(root)) == NULL ||
	    mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int
leave(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") != 0 || (system)(command) != 0;
}

static void
write_file(const char *name, const void *bytes, size_t len)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static struct rp_store *
new_store(const char *name)
{
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };

	(void)unlink(name);
	if (rp_store_open(name, RP_STORE_CREATE, NULL, &st, &err) != RP_OK)
		fail_msg("%s", err.text);
	return st;
}

/* talk: what is said, free() it. */
static struct rp_receipt
import_file(struct rp_store *st, const char *path, char **talk)
{
	struct rp_receipt receipt;
	struct rp_err err = { 0 };
	size_t size;
	FILE *to = open_memstream(talk, &size);
	rp_status rc = rp_store_import(st, path, NOW, to, &receipt, &err);

	fclose(to);
	if (rc != RP_OK)
		fail_msg("%s: %s\n%s", path, err.text, *talk);
	return receipt;
}

static struct rp_receipt
import(struct rp_store *st, const char *yaml, const char *said)
{
	struct rp_receipt receipt;
	char *talk = NULL;

	write_file("case.yaml", yaml, strlen(yaml));
	receipt = import_file(st, "case.yaml", &talk);
	assert_string_equal(talk, said);
	free(talk);
	return receipt;
}

#define assert_receipt(r, rec, new, same, corrected, absent) do {	\
	assert_int_equal((r).record, rec);				\
	assert_int_equal((r).n_new, new);				\
	assert_int_equal((r).n_same, same);				\
	assert_int_equal((r).n_corrected, corrected);			\
	assert_int_equal((r).n_absent, absent);				\
} while (0)

static char *
export(struct rp_store *st)
{
	char *yaml = NULL;
	size_t len;

	assert_int_equal(rp_store_yaml(st, &yaml, &len, NULL), RP_OK);
	assert_int_equal(strlen(yaml), len);
	return yaml;
}

static rp_status
record(struct rp_store *st, const char *kind, const char *replaces,
    const char *const *pair, struct rp_receipt *receipt, const char *said)
{
	struct rp_entry entry = { .kind = kind, .replaces = replaces,
	    .pair = pair };
	struct rp_err err = { 0 };
	char *talk = NULL;
	size_t size;
	FILE *to = open_memstream(&talk, &size);
	rp_status rc;

	while (pair[entry.n_pairs] != NULL)
		entry.n_pairs++;
	rc = rp_store_record(st, &entry, NOW, to, receipt, &err);
	fprintf(to, "%s", err.text);
	fclose(to);
	assert_string_equal(talk, said);
	free(talk);
	return rc;
}

#define PAIRS(...) (const char *const[]){ __VA_ARGS__, NULL }

static void
record_well(struct rp_store *st, const char *kind, const char *replaces,
    const char *const *pair)
{
	struct rp_receipt receipt;

	assert_int_equal(record(st, kind, replaces, pair, &receipt, ""),
	    RP_OK);
	assert_true(receipt.record > 0);
}

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

/* ---- there and back ----------------------------------------------------- */

static void
write_companions(struct rp_store *st)
{
	const void *bytes;
	const char *name;
	size_t len;

	for (size_t i = 0; (name = rp_store_file(st, i, &bytes, &len)) != NULL;
	    i++) {
		if (strchr(name, '/') != NULL)
			assert_true(mkdir("calendars", 0777) == 0 ||
			    access("calendars", F_OK) == 0);
		write_file(name, bytes, len);
	}
}

static char *
plain_of(struct rp_store *st)
{
	struct rp_doc *doc = NULL;
	char *plain = NULL;

	assert_int_equal(rp_store_load_doc(st, &doc, NULL), RP_OK);
	assert_int_equal(rp_plain(rp_doc_root(doc), false, &plain, NULL),
	    RP_OK);
	rp_doc_free(doc);
	return plain;
}

static void
assert_there_and_back(struct rp_store *first)
{
	struct rp_store *second = new_store("second.db");
	struct rp_receipt r;
	char *talk = NULL, *one = export(first), *two, *a, *b;

	write_companions(first);
	write_file("back.yaml", one, strlen(one));
	(void)import_file(second, "back.yaml", &talk);
	free(talk);
	two = export(second);
	assert_string_equal(two, one);
	a = plain_of(first);
	b = plain_of(second);
	assert_string_equal(a, b);
	/* In the store that it came from all of it is the same. */
	r = import_file(first, "back.yaml", &talk);
	assert_int_equal(r.record, 0);
	assert_string_equal(talk, "");
	free(talk);
	free(a);
	free(b);
	free(one);
	free(two);
	rp_store_close(second);
}

static void
go_there_and_back(const char *dir, const char *name)
{
	struct rp_store *st = new_store("first.db");
	char path[8192], *talk = NULL;

	snprintf(path, sizeof(path), "%s/%s/%s", root, dir, name);
	(void)import_file(st, path, &talk);
	free(talk);
	assert_there_and_back(st);
	rp_store_close(st);
}

/* Which says only what is different in another case, and is none itself. */
static bool
is_change(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];
	bool found = false;

	assert_non_null(f);
	while (!found && fgets(line, sizeof(line), f) != NULL)
		found = strncmp(line, "change:", 7) == 0;
	(void)fclose(f);
	return found;
}

static void
every_scenario_comes_back(void **state)
{
	static const char *const dirs[] = { "scenarios",
		"scenarios/templates" };
	struct dirent *e;
	char path[8192];
	size_t n = 0;
	DIR *dir;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, dirs[i]);
		dir = opendir(path);
		assert_non_null(dir);
		while ((e = readdir(dir)) != NULL) {
			if (strstr(e->d_name, ".yaml") == NULL)
				continue;
			(void)snprintf(path, sizeof(path), "%s/%s/%s", root,
			    dirs[i], e->d_name);
			if (is_change(path))
				continue;
			go_there_and_back(dirs[i], e->d_name);
			n++;
		}
		closedir(dir);
	}
	assert_true(n >= 5);
}

static void
what_was_recorded_comes_back(void **state)
{
	struct rp_store *st = new_store("first.db");

	(void)state;
	(void)import(st, HEAD "updates: [2026-03-05T10:00Z]\n"
	    "commitments: [{what: tea, due: 2026-10-31}]\n", "");
	record_well(st, "update", "1", PAIRS("at=2026-03-05T10:01Z"));
	record_well(st, "update", "2", PAIRS("retracted=it was another bug"));
	record_well(st, "outcome", "1", PAIRS("done=2026-10-30",
	    "evidence='quoted'"));
	record_well(st, "update", NULL, PAIRS("at=2026-03-06",
	    "note= two  blanks, \xe3\x81\x82: # {x} \"y\" \\z "));
	record_well(st, "update", NULL, PAIRS("at=2026-03-07",
	    "note=line\nand line\ttab"));
	record_well(st, "update", NULL, PAIRS("at=2026-03-08", "note=- a"));
	record_well(st, "update", NULL, PAIRS("at=2026-03-09",
	    "note=\"\\u200b\\u2028\\e[31m\""));
	assert_there_and_back(st);
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
		cmocka_unit_test(every_scenario_comes_back),
		cmocka_unit_test(what_was_recorded_comes_back),
	};

	return !!cmocka_run_group_tests(tests, enter, leave);
}
