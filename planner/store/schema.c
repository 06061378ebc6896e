/*
 * store/schema.c - the tables of a store, and how they came to be.
 *
 * A step is never changed once a store may have been made by it: what is to be
 * different comes as a step of its own, and every store goes through all of
 * them, so that there is one schema whatever a store's age.
 *
 * Every table is STRICT, and has CHECKs on top of that, for STRICT still takes
 * '10' as 10.  Times are seconds since 1970, as intervals: at_from = at_until
 * is exact.  content is the canonical JSON of read/json.c.
 */
#include "store/schema.h"

#include "store/statements.h"

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

#define LIST_SQL(name, table, key, time, word)			\
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
#define FROZEN(name, table, key, time, word)				\
	"CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table	\
	" BEGIN SELECT RAISE(ABORT, 'records are only added'); END;"	\
	"CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table	\
	" BEGIN SELECT RAISE(ABORT, 'records are only added'); END;",

/*
 * Files that the scenario names.  The seal is over the bytes of the whole
 * database: see seal.c.
 */
static const char file_sql[] =
    "CREATE TABLE file("
    " id INTEGER PRIMARY KEY CHECK (id > 0),"
    RECORD_COLUMN
    REPLACES_COLUMN("file")
    " name TEXT NOT NULL CHECK (length(name) > 0),"
    " sha256 BLOB NOT NULL CHECK (length(sha256) = 32),"
    " content BLOB NOT NULL"
    ") STRICT;"
    "CREATE INDEX file_name ON file(name);";

static const char seal_sql[] =
    "CREATE TABLE seal("
    " id INTEGER PRIMARY KEY CHECK (id = 1),"
    " sqlite INTEGER NOT NULL,"
    " sha256 BLOB NOT NULL CHECK (length(sha256) = 32)"
    ") STRICT;";

static const char *const step_1[] = {
	record_sql, scenario_sql,
	RP_LISTS_1(LIST_SQL)
	FROZEN(RECORD, "record", "", "", "")
	FROZEN(SCENARIO, "scenario", "", "", "")
	RP_LISTS_1(FROZEN)
	"PRAGMA application_id = " XSTR(RP_STORE_APPLICATION_ID) ";"
	"PRAGMA user_version = 1;",
	NULL
};

static const char *const step_2[] = {
	RP_LISTS_2(LIST_SQL)
	file_sql, seal_sql,
	RP_LISTS_2(FROZEN)
	FROZEN(FILE, "file", "", "", "")
	"PRAGMA user_version = 2;",
	NULL
};

/* steps[i] leads to version i + 1. */
static const char *const *const steps[RP_STORE_VERSION] = { step_1, step_2 };

/* Deleted content is overwritten: the seal is over free space as well, and
 * nothing that was withdrawn before a commit shall linger there. */
static const char connect_sql[] =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA recursive_triggers = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA synchronous = FULL;";

rp_status
rp_schema_run(struct rp_store *st, const char *sql, struct rp_err *err)
{
	if (sqlite3_exec(st->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return RP_OK;
	return rp_sql_fail(st, NULL, err);
}

rp_status
rp_schema_connect(struct rp_store *st, struct rp_err *err)
{
	if (sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) !=
	    SQLITE_OK)
		return rp_sql_fail(st, NULL, err);
	return rp_schema_run(st, connect_sql, err);
}

/* A pragma that is a number. */
static rp_status
ask(struct rp_store *st, const char *sql, int *out, struct rp_err *err)
{
	sqlite3_stmt *stmt = NULL;
	rp_status rc = RP_OK;

	if (sqlite3_prepare_v2(st->db, sql, -1, &stmt, NULL) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW)
		rc = rp_sql_fail(st, stmt, err);
	else
		*out = sqlite3_column_int(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return rc;
}

rp_status
rp_schema_version(struct rp_store *st, int *application, int *version,
    struct rp_err *err)
{
	rp_status rc = ask(st, "PRAGMA application_id", application, err);

	if (rc == RP_OK)
		rc = ask(st, "PRAGMA user_version", version, err);
	return rc;
}

/*
 * SQLite counts how often its tables' description was changed.  A copy that
 * `sqlite3 .backup` makes begins with 1; so do we, or the seal of such a copy
 * would not be that of the original.
 */
static rp_status
begin_count(struct rp_store *st, struct rp_err *err)
{
	rp_status rc;

	(void)sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	rc = rp_schema_run(st, "PRAGMA schema_version = 1;", err);
	(void)sqlite3_db_config(st->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return rc;
}

rp_status
rp_schema_steps(struct rp_store *st, int from, int to, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (int i = from; i < to && rc == RP_OK; i++) {
		for (size_t k = 0; steps[i][k] != NULL && rc == RP_OK; k++)
			rc = rp_schema_run(st, steps[i][k], err);
	}
	return rc == RP_OK ? begin_count(st, err) : rc;
}

rp_status
rp_schema_create(struct rp_store *st, struct rp_err *err)
{
	rp_status rc = rp_schema_run(st, "BEGIN IMMEDIATE", err);

	if (rc == RP_OK)
		rc = rp_schema_steps(st, 0, RP_STORE_VERSION, err);
	if (rc == RP_OK)
		rc = rp_schema_run(st, "COMMIT", err);
	if (rc != RP_OK)
		(void)sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}
