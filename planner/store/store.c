/*
 * store/store.c - the handle of a store, and its transactions.
 */
#include "store/store.h"

#include <stdlib.h>

#include "store/schema.h"
#include "store/statements.h"

#define LIST_ROW(name, table, key, time, word)				\
	[RP_LIST_##name] = { table, key, time, word },

const struct rp_list_row rp_lists[RP_LIST_COUNT] = { RP_LISTS(LIST_ROW) };

static rp_status
open_database(struct rp_store *st, struct rp_err *err)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
	    SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
	rp_status rc;

	/* Even a failed open leaves a handle that knows the reason. */
	if (sqlite3_open_v2(":memory:", &st->db, flags, NULL) != SQLITE_OK)
		return st->db == NULL ?
		    rp_fail(err, RP_ENOMEM, "out of memory for a store") :
		    rp_sql_fail(st, NULL, err);
	rc = rp_schema_connect(st, err);
	if (rc == RP_OK)
		rc = rp_schema_create(st, err);
	if (rc == RP_OK)
		rc = rp_sql_prepare(st, err);
	return rc;
}

rp_status
rp_store_open_memory(struct rp_store **out, struct rp_err *err)
{
	struct rp_store *st = calloc(1, sizeof(*st));
	rp_status rc;

	if (st == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for a store");
	rc = open_database(st, err);
	if (rc != RP_OK) {
		rp_store_close(st);
		return rc;
	}
	*out = st;
	return RP_OK;
}

void
rp_store_close(struct rp_store *st)
{
	if (st == NULL)
		return;
	rp_sql_finalize(st);
	/* What the last writer leaves is put into the file here, unless
	 * somebody else reads: then the next one does it. */
	st->impatient = true;
	(void)sqlite3_close(st->db);
	free(st->path);
	free(st);
}

rp_status
rp_store_begin(struct rp_store *st, bool write, struct rp_err *err)
{
	st->waited_ms = 0;
	st->told = false;
	return rp_sql_run(st, write ? RP_SQL_BEGIN : RP_SQL_BEGIN_READ, err);
}

/*
 * A failure may have ended the transaction by itself.  What goes wrong here is
 * not told: the first reason is the one that counts.
 */
void
rp_store_rollback(struct rp_store *st)
{
	rp_status rc = RP_OK;

	if (sqlite3_get_autocommit(st->db) == 0)
		rc = rp_sql_run(st, RP_SQL_ROLLBACK, NULL);
	(void)rc;
}

/*
 * The record is safe once COMMIT has returned; that it is then moved from the
 * log into the file itself is for those who copy the file, and may wait for a
 * reader to be done.
 */
static void
checkpoint(struct rp_store *st)
{
	st->impatient = true;
	(void)sqlite3_wal_checkpoint_v2(st->db, NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	st->impatient = false;
}

rp_status
rp_store_commit(struct rp_store *st, struct rp_err *err)
{
	rp_status rc = RP_OK;

	if (st->in_file)
		rc = rp_seal_write(st, err);
	if (rc == RP_OK)
		rc = rp_sql_run(st, RP_SQL_COMMIT, err);
	if (rc != RP_OK)
		rp_store_rollback(st);
	else if (st->in_file)
		checkpoint(st);
	return rc;
}
