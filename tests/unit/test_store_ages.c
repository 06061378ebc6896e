/*
 * test_store_ages.c - stores that are older or newer, files that are none, and
 * tables that are somebody else's.
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

#include "store/schema.h"
#include "store_folder.h"

static void
assert_not_opened(const char *path, enum rp_store_mode mode, rp_status rc,
    const char *text)
{
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_store_open(path, mode, NULL, &st, &err), rc);
	assert_null(st);
	assert_string_equal(err.text, text);
}

static void
run_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ---- other ages and makers ---------------------------------------------- */

static void
what_is_no_store_is_told(void **state)
{
	struct rp_receipt receipt;

	(void)state;
	assert_not_opened("none.db", RP_STORE_WRITE, RP_EIO,
	    "cannot open 'none.db': No such file or directory");
	assert_not_opened("no/such.db", RP_STORE_READ, RP_EIO,
	    "cannot open 'no/such.db': No such file or directory");
	assert_not_opened(".", RP_STORE_CREATE, RP_EIO,
	    "'.' is a directory; a store is wanted");
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_not_opened("pipe", RP_STORE_CREATE, RP_EIO,
	    "'pipe' is not a regular file; a store is wanted");
	assert_not_opened("case.yaml", RP_STORE_CREATE, RP_EINPUT,
	    "'case.yaml' is not a store of revplan");
	write_file("empty.db", "");
	assert_not_opened("empty.db", RP_STORE_CREATE, RP_EINPUT,
	    "'empty.db' is not a store of revplan");
	run_sql("foreign.db", "CREATE TABLE plan(id INTEGER);");
	assert_not_opened("foreign.db", RP_STORE_READ, RP_EINPUT,
	    "'foreign.db' is not a store of revplan");
	import("new.db", &receipt);
	run_sql("new.db", "PRAGMA user_version = 7;");
	assert_not_opened("new.db", RP_STORE_WRITE, RP_EINPUT, "'new.db' was "
	    "made by a newer revplan (format 7; this one knows up to 2)");
	assert_not_opened("new.db", RP_STORE_READ, RP_EINPUT, "'new.db' was "
	    "made by a newer revplan (format 7; this one knows up to 2)");
}

static void
tables_of_others_are_not_asked(void **state)
{
	struct rp_receipt receipt;

	(void)state;
	import("x.db", &receipt);
	run_sql("x.db", "DROP TABLE request; CREATE VIEW request AS WITH "
	    "RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT n "
	    "AS id, n AS record, n AS replaces, n AS at_from, n AS at_until, "
	    "n AS published_from, n AS published_until, n AS line, n AS "
	    "content FROM r;");
	assert_not_opened("x.db", RP_STORE_READ, RP_EINPUT, "'x.db' is "
	    "damaged: its tables are not those of revplan; `revplan verify` "
	    "tells where");
	assert_true(rp_is_store("x.db"));
}

/* A store as version 1 made them, by its step alone. */
static void
make_version_1(const char *path)
{
	struct rp_store old = { 0 };
	struct rp_err err = { 0 };

	assert_int_equal(sqlite3_open(path, &old.db), SQLITE_OK);
	assert_int_equal(rp_schema_steps(&old, 0, 1, &err), RP_OK);
	assert_int_equal(sqlite3_exec(old.db, "BEGIN;"
	    "INSERT INTO scenario(record, content) VALUES (1, '{\"at\":[1,1],"
	    "\"map\":[[\"revplan\",1,1,[\"1\",1,10]],[\"incident\",2,1,"
	    "{\"at\":[2,11],\"map\":[[\"id\",2,12,[\"x\",2,16]],"
	    "[\"certificate\",2,19,[\"subscriber\",2,32]],[\"reason\",2,44,"
	    "[\"not-per-requirements\",2,52]],[\"aware\",2,74,"
	    "[\"2026-03-02T09:15Z\",2,81]]]}],[\"populations\",3,1,"
	    "{\"at\":[3,14],\"list\":[{\"at\":[3,15],\"map\":[[\"name\",3,16,"
	    "[\"a\",3,22]],[\"certificates\",3,25,[\"10\",3,39]],[\"path\",3,"
	    "43,{\"at\":[3,49],\"list\":[{\"at\":[3,50],\"map\":[[\"wait\",3,"
	    "51,{\"at\":[3,57],\"map\":[[\"what\",3,58,[\"w\",3,64]],"
	    "[\"time\",3,67,[\"1 d\",3,73]]]}]]}]}]]}]}]]}');"
	    "INSERT INTO record VALUES (1, 'import', '0', 'x.yaml', "
	    "zeroblob(32), NULL, zeroblob(32), zeroblob(32), zeroblob(32));"
	    "COMMIT;", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(old.db), SQLITE_OK);
}

static void
assert_schema_of(int version, const char *expected)
{
	struct rp_store old = { 0 };
	struct rp_err err = { 0 };
	struct rp_sha256 sum;
	sqlite3_stmt *stmt = NULL;
	char hex[RP_SHA256_HEX];
	const char *text;

	assert_int_equal(sqlite3_open(":memory:", &old.db), SQLITE_OK);
	assert_int_equal(rp_schema_steps(&old, 0, version, &err), RP_OK);
	assert_int_equal(sqlite3_prepare_v2(old.db, "SELECT group_concat("
	    "sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY type,"
	    " name)", -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	text = (const char *)sqlite3_column_text(stmt, 0);
	assert_int_equal(rp_sha256_of(text, strlen(text), &sum, &err), RP_OK);
	assert_string_equal(rp_sha256_hex(&sum, hex), expected);
	sqlite3_finalize(stmt);
	assert_int_equal(sqlite3_close(old.db), SQLITE_OK);
}

/* Stores of these versions are about, and their tables are as they are; the
 * first digest was taken with the code that came before there were steps.  What
 * is to be different comes as a further step. */
static void
steps_are_never_changed(void **state)
{
	(void)state;
	assert_schema_of(1, "9263d4d11b6a7a0d158e9776e6176ad2"
	    "b159dc8174344b6628b4d08a11065d98");
	assert_schema_of(2, "fe0ce76e68db79f20fcd5482fc5ed1c2"
	    "276c31b4a88105661de28baa282ddf12");
}

static void
an_older_store_is_read_as_it_is(void **state)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	struct stat before, after;

	(void)state;
	make_version_1("old.db");
	assert_int_equal(stat("old.db", &before), 0);
	if (rp_case_open("old.db", stderr, &cs, &err) != RP_OK)
		fail_msg("%s", err.text);
	assert_string_equal(cs->id, "x");
	rp_case_free(cs);
	assert_int_equal(stat("old.db", &after), 0);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	assert_int_equal(files_here(), 3);
}

static void
an_older_store_is_migrated_and_kept(void **state)
{
	struct rp_store *st;
	struct rp_receipt receipt;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };

	(void)state;
	make_version_1("old.db");
	write_file("old.db.v1", "mine");
	st = open_store("old.db", RP_STORE_WRITE, 0);
	assert_int_equal(record(st, "note=x", &receipt, &err), RP_OK);
	assert_int_equal(receipt.record, 2);
	rp_store_close(st);
	/* Once is enough. */
	rp_store_close(open_store("old.db", RP_STORE_WRITE, 0));
	assert_int_equal(files_here(), 5);
	assert_int_equal(rp_case_open("old.db", stderr, &cs, &err), RP_OK);
	assert_int_equal(cs->n_updates, 1);
	rp_case_free(cs);
	/* The copy is the older store, and what was there was not touched. */
	assert_false(rp_is_store("old.db.v1"));
	assert_int_equal(rp_case_open("old.db.v1-2", stderr, &cs, &err),
	    RP_OK);
	assert_int_equal(cs->n_updates, 0);
	rp_case_free(cs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_no_store_is_told, begin),
		cmocka_unit_test_setup(tables_of_others_are_not_asked, begin),
		cmocka_unit_test(steps_are_never_changed),
		cmocka_unit_test_setup(an_older_store_is_read_as_it_is,
		    begin),
		cmocka_unit_test_setup(an_older_store_is_migrated_and_kept,
		    begin),
	};

	return !!cmocka_run_group_tests(tests, enter, leave);
}
