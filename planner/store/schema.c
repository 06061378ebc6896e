/*
 * store/schema.c - the tables of a store.
 *
 * Every table is STRICT, and has CHECKs on top of that, for STRICT still takes
 * '10' as 10.  Times are seconds since 1970, as intervals: at_from = at_until
 * is exact.  content is the canonical JSON of read/json.c.
 */
#include "store/schema.h"

#include <stdio.h>

#define XSTR(x) STR(x)
#define STR(x) #x

/* Who may come after whom is told to the database as well: a row that does
 * not continue the chain is not taken. */
static const char record_sql[] =
    "CREATE TABLE record("
    " id INTEGER PRIMARY KEY CHECK (id > 0),"
    " kind TEXT NOT NULL CHECK (kind IN ('import', 'record')),"
    " program TEXT NOT NULL,"
    " source TEXT NOT NULL,"
    " source_sha256 BLOB NOT NULL CHECK (length(source_sha256) = 32),"
    " recorded INTEGER,"
    " content_sha256 BLOB NOT NULL CHECK (length(content_sha256) = 32),"
    " previous_sha256 BLOB NOT NULL CHECK (length(previous_sha256) = 32),"
    " sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)"
    ") STRICT;"
    "CREATE TRIGGER record_continues BEFORE INSERT ON record"
    " WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM record), 0) + 1"
    " OR NEW.previous_sha256 IS NOT coalesce("
    "  (SELECT sha256 FROM record ORDER BY id DESC LIMIT 1), zeroblob(32))"
    " BEGIN SELECT RAISE(ABORT, 'a record must follow the last one'); END;";

/* The record comes last in its transaction, when its digest is known. */
#define RECORD_COLUMN							\
	" record INTEGER NOT NULL"					\
	"  REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,"

#define REPLACES_COLUMN(table)						\
	" replaces INTEGER UNIQUE"					\
	"  REFERENCES " table "(id) CHECK (replaces < id),"

/* json_valid() is not to be had in a schema that is not trusted. */
#define CONTENT_COLUMN							\
	" content TEXT NOT NULL"					\
	"  CHECK (substr(content, 1, 1) IN ('[', '{'))"

static const char scenario_sql[] =
    "CREATE TABLE scenario("
    " id INTEGER PRIMARY KEY CHECK (id > 0),"
    RECORD_COLUMN
    REPLACES_COLUMN("scenario")
    CONTENT_COLUMN
    ") STRICT;";

#define LIST_SQL(name, table, key, time)				\
	"CREATE TABLE " table "("					\
	" id INTEGER PRIMARY KEY CHECK (id > 0),"			\
	RECORD_COLUMN							\
	REPLACES_COLUMN(table)						\
	" at_from INTEGER,"						\
	" at_until INTEGER,"						\
	" published_from INTEGER,"					\
	" published_until INTEGER,"					\
	" line INTEGER NOT NULL CHECK (line >= 0),"			\
	CONTENT_COLUMN ","						\
	" CHECK ((at_from IS NULL) = (at_until IS NULL)),"		\
	" CHECK (at_from <= at_until),"					\
	" CHECK ((published_from IS NULL) = (published_until IS NULL)),"\
	" CHECK (published_from <= published_until)"			\
	") STRICT;"							\
	"CREATE INDEX " table "_at ON " table "(at_from);",

/* Replacing a row by INSERT OR REPLACE deletes it: recursive_triggers makes
 * the second trigger see that too. */
#define FROZEN(name, table, key, time)					\
	"CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table	\
	" BEGIN SELECT RAISE(ABORT, 'records are only added'); END;"	\
	"CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table	\
	" BEGIN SELECT RAISE(ABORT, 'records are only added'); END;",

static const char version_sql[] =
    "PRAGMA application_id = " XSTR(RP_STORE_APPLICATION_ID) ";"
    "PRAGMA user_version = " XSTR(RP_STORE_VERSION) ";";

static const char connect_sql[] =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA recursive_triggers = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA synchronous = FULL;";

static rp_status
run(sqlite3 *db, const char *sql, struct rp_err *err)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return RP_OK;
	return rp_sql_fail(db, NULL, err);
}

rp_status
rp_schema_connect(sqlite3 *db, struct rp_err *err)
{
	if (sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) !=
	    SQLITE_OK)
		return rp_sql_fail(db, NULL, err);
	return run(db, connect_sql, err);
}

rp_status
rp_schema_create(sqlite3 *db, struct rp_err *err)
{
	static const char *const parts[] = {
		"BEGIN IMMEDIATE", record_sql, scenario_sql,
		RP_LISTS(LIST_SQL)
		FROZEN(RECORD, "record", "", "")
		FROZEN(SCENARIO, "scenario", "", "")
		RP_LISTS(FROZEN)
		version_sql, "COMMIT"
	};
	rp_status rc = RP_OK;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		rc = run(db, parts[i], err);
		if (rc != RP_OK)
			break;
	}
	if (rc != RP_OK)
		(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}
