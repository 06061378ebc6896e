/*
 * store/statements.c - all SQL that reads or adds, prepared once.
 */
#include "store/statements.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "store/schema.h"

#define XSTR(x) STR(x)
#define STR(x) #x

#define ADD_LIST(name, table, key, time, word)				\
	[RP_SQL_ADD_##name] =						\
	    "INSERT INTO " table "(record, replaces, at_from, at_until,"\
	    " published_from, published_until, line, content)"		\
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",

#define GET_LIST(name, table, key, time, word)				\
	[RP_SQL_GET_##name] =						\
	    "SELECT id, record, replaces, at_from, at_until,"		\
	    " published_from, published_until, line, content"		\
	    " FROM " table " ORDER BY id",

static const char *const sql[RP_SQL_COUNT] = {
	[RP_SQL_BEGIN] = "BEGIN IMMEDIATE",
	[RP_SQL_BEGIN_READ] = "BEGIN",
	[RP_SQL_COMMIT] = "COMMIT",
	[RP_SQL_ROLLBACK] = "ROLLBACK",
	[RP_SQL_LAST_RECORD] =
	    "SELECT id, sha256 FROM record ORDER BY id DESC LIMIT 1",
	[RP_SQL_ADD_RECORD] =
	    "INSERT INTO record(id, kind, program, source, source_sha256,"
	    " recorded, content_sha256, previous_sha256, sha256)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[RP_SQL_GET_RECORDS] =
	    "SELECT id, kind, program, source, source_sha256, recorded,"
	    " content_sha256, previous_sha256, sha256"
	    " FROM record ORDER BY id",
	[RP_SQL_ADD_SCENARIO] =
	    "INSERT INTO scenario(record, replaces, content)"
	    " VALUES (?1, (SELECT max(id) FROM scenario), ?2)",
	[RP_SQL_GET_SCENARIO] =
	    "SELECT id, record, content FROM scenario"
	    " ORDER BY id DESC LIMIT 1",
	[RP_SQL_GET_SCENARIOS] =
	    "SELECT id, record, content FROM scenario ORDER BY id",
	[RP_SQL_ADD_FILE] =
	    "INSERT INTO file(record, replaces, name, sha256, content)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	[RP_SQL_GET_FILE] =
	    "SELECT sha256, content, id FROM file WHERE name = ?1"
	    " ORDER BY id DESC LIMIT 1",
	[RP_SQL_GET_FILES] =
	    "SELECT id, record, replaces, name, sha256, content FROM file"
	    " ORDER BY id",
	[RP_SQL_NTH_FILE] =
	    "SELECT name, content FROM file AS item WHERE NOT EXISTS"
	    " (SELECT 1 FROM file WHERE replaces = item.id)"
	    " ORDER BY name LIMIT 1 OFFSET ?1",
	[RP_SQL_TOUCH] = "PRAGMA user_version = " XSTR(RP_STORE_VERSION),
	[RP_SQL_CLEAR_SEAL] =
	    "INSERT INTO seal(id, sqlite, sha256) VALUES (1, ?1,"
	    " zeroblob(32)) ON CONFLICT(id) DO UPDATE"
	    " SET sqlite = excluded.sqlite, sha256 = excluded.sha256",
	[RP_SQL_GET_SEAL] = "SELECT sqlite, sha256 FROM seal WHERE id = 1",
	RP_LISTS(ADD_LIST)
	RP_LISTS(GET_LIST)
};

static bool
is_blank(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return *text == '\0';
}

static rp_status
prepare_one(struct rp_store *st, const char *text, sqlite3_stmt **out,
    struct rp_err *err)
{
	const char *tail = NULL;

	if (sqlite3_prepare_v3(st->db, text, -1, SQLITE_PREPARE_PERSISTENT,
	    out, &tail) != SQLITE_OK)
		return rp_sql_fail(st, NULL, err);
	if (*out == NULL || !is_blank(tail))
		return rp_fail(err, RP_EDB, "a statement is not alone in its "
		    "row: '%.240s'", text);
	return RP_OK;
}

rp_status
rp_sql_prepare(struct rp_store *st, struct rp_err *err)
{
	rp_status rc;

	/* A description of the tables that was just changed is read again
	 * now, and not in the middle of a transaction by each of them. */
	rc = rp_schema_run(st, "SELECT count(*) FROM sqlite_schema;", err);
	for (int i = 0; i < RP_SQL_COUNT && rc == RP_OK; i++)
		rc = prepare_one(st, sql[i], &st->stmt[i], err);
	return rc;
}

void
rp_sql_finalize(struct rp_store *st)
{
	for (int i = 0; i < RP_SQL_COUNT; i++) {
		(void)sqlite3_finalize(st->stmt[i]);
		st->stmt[i] = NULL;
	}
}

void
rp_sql_done(struct rp_store *st, enum rp_sql which)
{
	(void)sqlite3_reset(st->stmt[which]);
	(void)sqlite3_clear_bindings(st->stmt[which]);
}

sqlite3_stmt *
rp_sql(struct rp_store *st, enum rp_sql which)
{
	rp_sql_done(st, which);
	return st->stmt[which];
}

rp_status
rp_sql_step(struct rp_store *st, enum rp_sql which, bool *row,
    struct rp_err *err)
{
	rp_status rc;
	int code;

	errno = 0;
	code = sqlite3_step(st->stmt[which]);
	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return RP_OK;
	rc = rp_sql_fail(st, st->stmt[which], err);
	rp_sql_done(st, which);
	return rc;
}

rp_status
rp_sql_run(struct rp_store *st, enum rp_sql which, struct rp_err *err)
{
	bool row = true;
	rp_status rc = RP_OK;

	while (row && rc == RP_OK)
		rc = rp_sql_step(st, which, &row, err);
	rp_sql_done(st, which);
	return rc;
}
