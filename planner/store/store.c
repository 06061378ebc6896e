/*
 * store/store.c - the handle of a store.
 */
#include "store/store.h"

#include <stdlib.h>

#include "store/schema.h"
#include "store/statements.h"

#define LIST_ROW(name, table, key, time)				\
	[RP_LIST_##name] = { table, key, time },

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
		    rp_sql_fail(st->db, NULL, err);
	rc = rp_schema_connect(st->db, err);
	if (rc == RP_OK)
		rc = rp_schema_create(st->db, err);
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
	for (int i = 0; i < RP_SQL_COUNT; i++)
		(void)sqlite3_finalize(st->stmt[i]);
	(void)sqlite3_close(st->db);
	free(st);
}
