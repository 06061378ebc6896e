/*
 * store/load.c - a case out of the store.
 */
#include "read/bind.h"
#include "store/statements.h"
#include "store/store.h"

static rp_status
load_scenario(struct rp_store *st, struct rp_doc **out, struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_GET_SCENARIO);
	const char *json;
	bool row;
	rp_status rc = rp_sql_step(st, RP_SQL_GET_SCENARIO, &row, err);

	if (rc == RP_OK && !row)
		rc = rp_fail(err, RP_ESTATE, "the store holds no scenario");
	if (rc == RP_OK) {
		json = (const char *)sqlite3_column_text(stmt, 0);
		rc = json != NULL ? rp_doc_of_json(json, out, err) :
		    rp_sql_fail(st->db, stmt, err);
	}
	rp_sql_done(st, RP_SQL_GET_SCENARIO);
	return rc;
}

static rp_status
load_list(struct rp_store *st, enum rp_list list, struct rp_doc *doc,
    struct rp_err *err)
{
	const enum rp_sql which = RP_SQL_GET_FIRST + (enum rp_sql)list;
	sqlite3_stmt *stmt = rp_sql(st, which);
	const char *json;
	bool row;
	rp_status rc;

	for (;;) {
		rc = rp_sql_step(st, which, &row, err);
		if (rc != RP_OK || !row)
			break;
		json = (const char *)sqlite3_column_text(stmt, 0);
		rc = json != NULL ? rp_doc_append(doc, rp_lists[list].key, 0,
		    0, json, err) : rp_sql_fail(st->db, stmt, err);
		if (rc != RP_OK)
			break;
	}
	rp_sql_done(st, which);
	return rc;
}

rp_status
rp_store_load_doc(struct rp_store *st, struct rp_doc **out,
    struct rp_err *err)
{
	struct rp_doc *doc = NULL;
	rp_status rc = load_scenario(st, &doc, err);

	for (int i = 0; i < RP_LIST_COUNT && rc == RP_OK; i++)
		rc = load_list(st, (enum rp_list)i, doc, err);
	if (rc != RP_OK) {
		rp_doc_free(doc);
		return rc;
	}
	*out = doc;
	return RP_OK;
}

rp_status
rp_store_load(struct rp_store *st, const struct rp_files *files,
    struct rp_faults *f, struct rp_case **out, struct rp_err *err)
{
	struct rp_doc *doc;
	rp_status rc = rp_store_load_doc(st, &doc, err);

	if (rc != RP_OK)
		return rc;
	rc = rp_bind(doc, files, f, out, err);
	rp_doc_free(doc);
	return rc;
}
