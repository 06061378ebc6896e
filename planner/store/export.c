/*
 * store/export.c - what a store gives back: a scenario and its files.
 */
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "store/emit.h"
#include "store/statements.h"
#include "store/store.h"

static rp_status
emit(const struct rp_doc *doc, char **out, size_t *len, struct rp_err *err)
{
	struct rp_text text = { 0 };

	rp_emit_document(&text, rp_doc_root(doc));
	if (text.failed || text.bytes == NULL) {
		rp_text_release(&text);
		return rp_fail(err, RP_ENOMEM, "out of memory for a scenario");
	}
	*out = text.bytes;
	*len = text.len;
	return RP_OK;
}

rp_status
rp_store_yaml(struct rp_store *st, char **out, size_t *len,
    struct rp_err *err)
{
	struct rp_doc *doc = NULL;
	rp_status rc = rp_store_begin(st, false, err);

	if (rc != RP_OK)
		return rc;
	rc = rp_store_load_doc(st, &doc, err);
	if (rc == RP_OK)
		rc = emit(doc, out, len, err);
	rp_store_rollback(st);
	rp_doc_free(doc);
	return rc;
}

const char *
rp_store_file(struct rp_store *st, size_t i, const void **bytes, size_t *len)
{
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_NTH_FILE);
	const char *name;
	bool row;

	if (i > INT64_MAX || sqlite3_bind_int64(stmt, 1, (sqlite3_int64)i) !=
	    SQLITE_OK || rp_sql_step(st, RP_SQL_NTH_FILE, &row, NULL) !=
	    RP_OK || !row)
		return NULL;
	name = (const char *)sqlite3_column_text(stmt, 0);
	/* A store may be anybody's: what is written goes no further up. */
	if (name == NULL || !rp_files_inside(name))
		return NULL;
	*bytes = sqlite3_column_blob(stmt, 1);
	*len = (size_t)sqlite3_column_bytes(stmt, 1);
	return name;
}
