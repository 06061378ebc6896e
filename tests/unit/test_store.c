/*
 * test_store.c - a scenario through SQLite: nothing lost, nothing changed,
 * nothing half kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/schema.h"
#include "store/statements.c"
#include "store/store.h"
#include "version.h"

static const char scenario[] =
    "revplan: 1\n"
    "plans:\n"
    "  - {published: 2026-03-10, metric: replaced,\n"
    "     milestones: {2026-03-31: 5%}}\n"
    "  - {milestones: {}}\n"
    "incident: {id: x}\n"
    "actuals:\n"
    "  - {as_of: {value: 2026-03-31, basis: assumed}, replaced: '11.0%'}\n"
    "  - {as_of: 2026-04-30T10:00Z, published: 2026-05-02, replaced: 12%}\n"
    "facts: []\n"
    "updates: [2026-03-05T10:00Z, {value: 2026-03-09}, nonsense]\n"
    "claims:\n"
    "  - {said: 2026-03-10, promise: \"a\\nb\"}\n"
    "requests: none\n"
    "commitments: [{due: 2026-10-31..2026-11-02}]\n";

static struct rp_doc *
read_yaml(const char *yaml)
{
	struct rp_faults f;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };

	rp_faults_init(&f, "x");
	assert_int_equal(rp_doc_read_yaml(yaml, strlen(yaml), &f, &doc,
	    &err), RP_OK);
	assert_int_equal(f.n, 0);
	rp_faults_release(&f);
	return doc;
}

static struct rp_store *
new_store(void)
{
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };

	if (rp_store_open_memory(&st, &err) != RP_OK)
		fail_msg("%s", err.text);
	return st;
}

static rp_status
import(struct rp_store *st, const char *yaml, struct rp_err *err)
{
	struct rp_import what = { .source = "x.yaml" };
	struct rp_doc *doc = read_yaml(yaml);
	rp_status rc;

	memset(what.digest.byte, 7, RP_SHA256_BYTES);
	rc = rp_store_keep(st, rp_doc_root(doc), &what, err);
	rp_doc_free(doc);
	return rc;
}

static void
import_well(struct rp_store *st, const char *yaml)
{
	struct rp_err err = { 0 };

	if (import(st, yaml, &err) != RP_OK)
		fail_msg("%s", err.text);
}

/* The one value of a query, as text; "" for NULL.  free() it. */
static char *
ask(struct rp_store *st, const char *query)
{
	sqlite3_stmt *stmt = NULL;
	const unsigned char *text;
	char *copy;

	assert_int_equal(sqlite3_prepare_v2(st->db, query, -1, &stmt, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	text = sqlite3_column_text(stmt, 0);
	copy = strdup(text != NULL ? (const char *)text : "");
	sqlite3_finalize(stmt);
	return copy;
}

static void
assert_answer(struct rp_store *st, const char *query, const char *expected)
{
	char *got = ask(st, query);

	assert_string_equal(got, expected);
	free(got);
}

static char *
loaded_json(struct rp_store *st)
{
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	char *json = NULL;

	if (rp_store_load_doc(st, &doc, &err) != RP_OK)
		fail_msg("%s", err.text);
	assert_int_equal(rp_node_to_json(rp_doc_root(doc), &json, &err),
	    RP_OK);
	rp_doc_free(doc);
	return json;
}

static char *
direct_json(const char *yaml)
{
	struct rp_doc *doc = read_yaml(yaml);
	struct rp_err err = { 0 };
	char *json = NULL;

	assert_int_equal(rp_node_to_json(rp_doc_root(doc), &json, &err),
	    RP_OK);
	rp_doc_free(doc);
	return json;
}

static void
assert_round_trip(struct rp_store *st, const char *yaml)
{
	char *in = direct_json(yaml), *out = loaded_json(st);

	assert_string_equal(out, in);
	free(in);
	free(out);
}

/* Every place, quote and order of the file comes back. */
static void
a_scenario_comes_back_as_it_was(void **state)
{
	struct rp_store *st = new_store();

	(void)state;
	import_well(st, scenario);
	assert_round_trip(st, scenario);
	assert_answer(st, "SELECT count(*) FROM plan", "2");
	assert_answer(st, "SELECT count(*) FROM post", "3");
	assert_answer(st, "SELECT count(*) FROM request", "0");
	rp_store_close(st);
	rp_store_close(NULL);
}

/* Seconds since 1970 as `date -u -d 2026-03-31 +%s` gives them. */
static void
rows_know_their_times_and_lines(void **state)
{
	struct rp_store *st = new_store();

	(void)state;
	import_well(st, scenario);
	assert_answer(st, "SELECT group_concat(quote(at_from) || ' ' ||"
	    " quote(at_until) || ' ' || quote(published_from) || ' ' || line,"
	    " '; ') FROM (SELECT * FROM actual ORDER BY id)",
	    "1774915200 1775001600 NULL 8; "
	    "1777543200 1777543200 1777680000 9");
	assert_answer(st, "SELECT group_concat(quote(at_from), ' ')"
	    " FROM (SELECT * FROM post ORDER BY id)",
	    "1772704800 1773014400 NULL");
	assert_answer(st, "SELECT at_until - at_from FROM commitment",
	    "172800");
	assert_answer(st, "SELECT at_from = published_from FROM plan"
	    " WHERE id = 1", "1");
	rp_store_close(st);
}

static void
the_store_says_what_it_is(void **state)
{
	struct rp_store *st = new_store();

	(void)state;
	assert_answer(st, "PRAGMA application_id", "1920364652");
	assert_answer(st, "PRAGMA user_version", "2");
	assert_answer(st, "PRAGMA foreign_keys", "1");
	assert_answer(st, "SELECT count(*) FROM pragma_table_list"
	    " WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'"
	    " AND strict = 0", "0");
	assert_answer(st, "SELECT count(*) FROM pragma_table_list"
	    " WHERE schema = 'main' AND strict = 1", "12");
	for (int i = 0; i < RP_SQL_COUNT; i++)
		assert_non_null(st->stmt[i]);
	rp_store_close(st);
}

static void
assert_refused(struct rp_store *st, const char *text, const char *why)
{
	char *message = NULL;

	assert_int_not_equal(sqlite3_exec(st->db, text, NULL, NULL,
	    &message), SQLITE_OK);
	if (strstr(message, why) == NULL)
		fail_msg("%s: %s", text, message);
	sqlite3_free(message);
}

static void
records_are_only_added(void **state)
{
	static const char *const tables[] = { "record", "scenario", "plan",
		"actual", "fact", "commitment", "post", "claim", "request" };
	struct rp_store *st = new_store();
	char text[200], *before, *after;

	(void)state;
	import_well(st, scenario);
	import_well(st, "facts: [{at: 2026-01-01}]\n"
	    "requests: [{asked: 2026-01-01}]\n");
	before = loaded_json(st);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		snprintf(text, sizeof(text), "UPDATE %s SET id = id + 100",
		    tables[i]);
		assert_refused(st, text, "records are only added");
		snprintf(text, sizeof(text), "DELETE FROM %s", tables[i]);
		assert_refused(st, text, "records are only added");
	}
	assert_refused(st, "INSERT OR REPLACE INTO actual(id, record, line,"
	    " content) VALUES (1, 1, 1, '[]')", "records are only added");
	after = loaded_json(st);
	assert_string_equal(after, before);
	free(before);
	free(after);
	rp_store_close(st);
}

static void
rows_that_make_no_sense_are_refused(void **state)
{
	struct rp_store *st = new_store();

	(void)state;
	import_well(st, scenario);
	assert_refused(st, "INSERT INTO actual(record, line, content)"
	    " VALUES (9, 1, '[]')", "FOREIGN KEY");
	assert_refused(st, "INSERT INTO actual(record, line, content)"
	    " VALUES (1, -1, '[]')", "CHECK");
	assert_refused(st, "INSERT INTO actual(record, line, content)"
	    " VALUES (1, 1, 'x')", "CHECK");
	assert_refused(st, "INSERT INTO actual(record, line, content)"
	    " VALUES (1, 'ten', '[]')", "cannot store TEXT");
	assert_refused(st, "INSERT INTO actual(record, line, content,"
	    " at_from) VALUES (1, 1, '[]', 5)", "CHECK");
	assert_refused(st, "INSERT INTO actual(record, line, content,"
	    " at_from, at_until) VALUES (1, 1, '[]', 5, 4)", "CHECK");
	assert_refused(st, "INSERT INTO actual(record, line, content,"
	    " replaces) VALUES (1, 1, '[]', 99)", "CHECK");
	rp_store_close(st);
}

/* A correction names what it replaces, which stays, once. */
static void
a_correction_names_what_it_replaces(void **state)
{
	struct rp_store *st = new_store();
	char *json;

	(void)state;
	import_well(st, "updates: [a]\n");
	assert_int_equal(sqlite3_exec(st->db, "INSERT INTO post(record,"
	    " replaces, line, content) VALUES (1, 1, 0, '[\"c\",0,0]')",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_refused(st, "INSERT INTO post(record, replaces, line,"
	    " content) VALUES (1, 1, 0, '[\"d\",0,0]')", "UNIQUE");
	json = loaded_json(st);
	assert_string_equal(json, "{\"at\":[1,1],\"map\":[[\"updates\",1,1,"
	    "{\"at\":[1,10],\"list\":["
	    "{\"at\":[1,11],\"map\":[[\"id\",1,11,[\"update-1\",1,11]],"
	    "[\"at\",0,0,[\"a\",1,11]]]},"
	    "{\"at\":[0,0],\"map\":[[\"replaces\",0,0,[\"update-1\",0,0]],"
	    "[\"at\",0,0,[\"c\",0,0]]]}]}]]}");
	free(json);
	rp_store_close(st);
}

/* Only what is no case has corrections in a circle; they end all the same. */
static void
corrections_in_a_circle_are_kept(void **state)
{
	struct rp_store *st = new_store();

	(void)state;
	import_well(st, "facts: [{id: a, replaces: a}, {id: b, replaces: d},"
	    " {id: c, replaces: b}, {id: d, replaces: c}, {replaces: e}]\n");
	assert_answer(st, "SELECT group_concat(id || coalesce('<' || replaces,"
	    " '')) FROM (SELECT * FROM fact ORDER BY id)", "1,2,3<2,4<3,5");
	rp_store_close(st);
}

static void
assert_row_digest(struct rp_digest *d, const char *table, int64_t id,
    const char *json)
{
	rp_digest_text(d, table);
	rp_digest_number(d, true, id);
	for (int i = 0; i < 5; i++)
		rp_digest_number(d, false, 0);
	rp_digest_number(d, true, 1);
	rp_digest_text(d, json);
}

/* The digest of an import again, from its description alone. */
static void
the_chain_is_as_described(void **state)
{
	static const uint8_t zero[32];
	struct rp_store *st = new_store();
	struct rp_digest *d = rp_digest_new();
	struct rp_sha256 content, both[2], own;
	struct rp_err err = { 0 };
	char hex[RP_SHA256_HEX], query[256];

	(void)state;
	import_well(st, "updates: [a, b]\n");
	rp_digest_text(d, "import");
	rp_digest_text(d, RP_VERSION);
	rp_digest_text(d, "x.yaml");
	rp_digest_text(d, "0707070707070707070707070707070707070707070707070"
	    "707070707070707");
	rp_digest_number(d, false, 0);
	rp_digest_text(d, "scenario");
	rp_digest_text(d, "{\"at\":[1,1],\"map\":[[\"updates\",1,1,"
	    "{\"at\":[1,10],\"list\":[]}]]}");
	assert_row_digest(d, "post", 1, "[\"a\",1,11]");
	assert_row_digest(d, "post", 2, "[\"b\",1,14]");
	assert_int_equal(rp_digest_end(d, &content, &err), RP_OK);
	rp_digest_free(d);
	memcpy(both[0].byte, zero, 32);
	both[1] = content;
	assert_int_equal(rp_sha256_of(both, 64, &own, &err), RP_OK);
	snprintf(query, sizeof(query), "SELECT content_sha256 = x'%s'"
	    " FROM record", rp_sha256_hex(&content, hex));
	assert_answer(st, query, "1");
	snprintf(query, sizeof(query), "SELECT sha256 = x'%s' FROM record",
	    rp_sha256_hex(&own, hex));
	assert_answer(st, query, "1");
	rp_store_close(st);
}

static void
each_record_continues_the_one_before(void **state)
{
	struct rp_store *st = new_store();

	(void)state;
	import_well(st, scenario);
	import_well(st, "revplan: 1\nactuals: [z]\n");
	import_well(st, scenario);
	assert_answer(st, "SELECT count(*) FROM record AS b JOIN record AS a"
	    " ON b.id = a.id + 1 AND b.previous_sha256 = a.sha256", "2");
	assert_answer(st, "SELECT count(DISTINCT sha256) FROM record", "3");
	assert_answer(st, "SELECT hex(previous_sha256) = hex(zeroblob(32))"
	    " FROM record WHERE id = 1", "1");
	assert_answer(st, "SELECT group_concat(coalesce(replaces, 0))"
	    " FROM scenario", "0,1,2");
	/* What was recorded in between stays; nothing is there twice. */
	assert_answer(st, "SELECT count(*) FROM actual", "3");
	assert_answer(st, "SELECT count(*) FROM post", "3");
	assert_refused(st, "INSERT INTO record SELECT 9, kind, program,"
	    " source, source_sha256, recorded, content_sha256, sha256,"
	    " zeroblob(32) FROM record WHERE id = 3",
	    "a record must follow the last one");
	assert_refused(st, "INSERT INTO record SELECT 4, kind, program,"
	    " source, source_sha256, recorded, content_sha256, zeroblob(32),"
	    " zeroblob(32) FROM record WHERE id = 3",
	    "a record must follow the last one");
	rp_store_close(st);
}

/* NIST's example for "abc". */
static void
sha256_is_sha256(void **state)
{
	struct rp_sha256 s;
	char hex[RP_SHA256_HEX];

	(void)state;
	assert_int_equal(rp_sha256_of("abc", 3, &s, NULL), RP_OK);
	assert_string_equal(rp_sha256_hex(&s, hex), "ba7816bf8f01cfea414140de"
	    "5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
assert_nothing_kept(struct rp_store *st)
{
	assert_answer(st, "SELECT count(*) FROM record", "0");
	assert_answer(st, "SELECT count(*) FROM scenario", "0");
	assert_answer(st, "SELECT count(*) FROM plan", "0");
	assert_answer(st, "SELECT count(*) FROM actual", "0");
}

static void
a_refused_row_leaves_nothing(void **state)
{
	struct rp_store *st = new_store();
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(sqlite3_exec(st->db, "CREATE TRIGGER stop BEFORE"
	    " INSERT ON claim BEGIN SELECT RAISE(ABORT, 'stop'); END", NULL,
	    NULL, NULL), SQLITE_OK);
	assert_int_equal(import(st, scenario, &err), RP_EDB);
	/* The error shows the SQL with its values. */
	assert_non_null(strstr(err.text, "stop, in 'INSERT INTO claim"));
	assert_non_null(strstr(err.text, "VALUES (1, NULL, 17"));
	assert_nothing_kept(st);
	assert_int_equal(sqlite3_exec(st->db, "DROP TRIGGER stop", NULL,
	    NULL, NULL), SQLITE_OK);
	import_well(st, scenario);
	assert_round_trip(st, scenario);
	rp_store_close(st);
}

static void
a_full_store_is_left_as_it_was(void **state)
{
	struct rp_store *st = new_store();
	struct rp_err err = { 0 };
	char *pages, text[100], *big = calloc(1, 200001);

	(void)state;
	assert_non_null(big);
	memset(big, 'x', 200000);
	memcpy(big, "plans: ['", 9);
	memcpy(big + 199998, "']", 3);
	pages = ask(st, "PRAGMA page_count");
	snprintf(text, sizeof(text), "PRAGMA max_page_count = %d",
	    (int)strtol(pages, NULL, 10) + 4);
	free(pages);
	assert_int_equal(sqlite3_exec(st->db, text, NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(import(st, big, &err), RP_EIO);
	assert_string_equal(err.text, "cannot write 'the store in memory': "
	    "no room for it; it is as it was");
	assert_true(sqlite3_get_autocommit(st->db) != 0);
	assert_nothing_kept(st);
	free(big);
	rp_store_close(st);
}

static void
wrong_use_is_told(void **state)
{
	struct rp_store *st = new_store();
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	sqlite3_stmt *stmt = NULL;

	(void)state;
	assert_int_equal(rp_store_load_doc(st, &doc, &err), RP_ESTATE);
	assert_int_equal(import(st, "[a]\n", &err), RP_EINPUT);
	assert_int_equal(prepare_one(st, "SELECT 1; SELECT 2", &stmt,
	    &err), RP_EDB);
	sqlite3_finalize(stmt);
	assert_non_null(strstr(err.text, "not alone"));
	assert_int_equal(prepare_one(st, " ", &stmt, &err), RP_EDB);
	assert_int_equal(prepare_one(st, "SELEC 1", &stmt, &err),
	    RP_EDB);
	assert_int_equal(prepare_one(st, "SELECT 1 \n", &stmt, &err),
	    RP_OK);
	sqlite3_finalize(stmt);
	rp_store_close(st);
}

/* ---- running out of memory ---------------------------------------------- */

static sqlite3_mem_methods real;
static unsigned long fail_at;

static void *
failing_malloc(int size)
{
	if (fail_at > 0 && --fail_at == 0)
		return NULL;
	return real.xMalloc(size);
}

static void *
failing_realloc(void *p, int size)
{
	if (fail_at > 0 && --fail_at == 0)
		return NULL;
	return real.xRealloc(p, size);
}

static int
take_over_memory(void **state)
{
	sqlite3_mem_methods ours;

	(void)state;
	if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
		return -1;
	ours = real;
	ours.xMalloc = failing_malloc;
	ours.xRealloc = failing_realloc;
	return sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

/* SQLite gets over some failures by itself: then all must be there. */
static void
an_import_out_of_memory_is_whole_or_not(void **state)
{
	unsigned long n, failures = 0;
	struct rp_store *st;
	struct rp_err err = { 0 };
	bool hit = true;
	rp_status rc;

	(void)state;
	for (n = 1; hit; n++) {
		st = new_store();
		fail_at = n;
		rc = import(st, scenario, &err);
		hit = fail_at == 0;
		fail_at = 0;
		if (rc != RP_OK) {
			failures++;
			assert_true(rc == RP_ENOMEM || rc == RP_EDB);
			assert_nothing_kept(st);
			import_well(st, scenario);
		}
		assert_round_trip(st, scenario);
		rp_store_close(st);
		assert_true(n < 10000);
	}
	assert_true(failures > 0);
}

/* Every allocation of the first hundred, then fewer and fewer of them: each
 * costs a whole opening.  REVPLAN_EVERY=1 (make soak) takes all. */
static void
opening_out_of_memory_leaks_nothing(void **state)
{
	bool every = getenv("REVPLAN_EVERY") != NULL;
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };
	rp_status rc;
	bool hit = true;

	(void)state;
	for (unsigned long n = 1; hit; n += every ? 1 : 1 + n / 100) {
		fail_at = n;
		rc = rp_store_open_memory(&st, &err);
		hit = fail_at == 0;
		fail_at = 0;
		assert_true(rc == RP_OK || st == NULL);
		rp_store_close(st);
		st = NULL;
	}
	assert_int_equal(rc, RP_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scenario_comes_back_as_it_was),
		cmocka_unit_test(rows_know_their_times_and_lines),
		cmocka_unit_test(the_store_says_what_it_is),
		cmocka_unit_test(records_are_only_added),
		cmocka_unit_test(rows_that_make_no_sense_are_refused),
		cmocka_unit_test(a_correction_names_what_it_replaces),
		cmocka_unit_test(corrections_in_a_circle_are_kept),
		cmocka_unit_test(the_chain_is_as_described),
		cmocka_unit_test(each_record_continues_the_one_before),
		cmocka_unit_test(sha256_is_sha256),
		cmocka_unit_test(a_refused_row_leaves_nothing),
		cmocka_unit_test(a_full_store_is_left_as_it_was),
		cmocka_unit_test(wrong_use_is_told),
		cmocka_unit_test(an_import_out_of_memory_is_whole_or_not),
		cmocka_unit_test(opening_out_of_memory_leaks_nothing),
	};

	return !!cmocka_run_group_tests(tests, take_over_memory, NULL);
}
