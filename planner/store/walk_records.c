/*
 * store/walk_records.c - every record and row again, as writer.c made them.
 *
 * Rows are only added, and a record is one transaction: so in every table the
 * rows of record 1 come first, then those of record 2, and one pass over all
 * tables side by side is enough.
 */
#include <inttypes.h>
#include <string.h>

#include "store/record.h"
#include "store/statements.h"
#include "store/verify.h"

/* A table that is being walked. */
struct cursor {
	enum rp_sql which;
	const char *table;
	const char *word;
	bool row;		/* there is one at hand */
};

enum { RECORDS, SCENARIOS, FILES, LISTS, CURSORS = LISTS + RP_LIST_COUNT };

struct walk {
	struct rp_store *st;
	struct rp_finder *f;
	struct cursor cursor[CURSORS];
	struct rp_digest *digest;
	struct rp_sha256 previous;
	int64_t record;
	struct rp_err *err;
};

static sqlite3_stmt *
stmt_of(const struct walk *w, int which)
{
	return w->st->stmt[w->cursor[which].which];
}

/* A table that cannot be read further ends there. */
static rp_status
step(struct walk *w, int which)
{
	struct cursor *c = &w->cursor[which];
	struct rp_err err = { 0 };
	rp_status rc = rp_sql_step(w->st, c->which, &c->row, &err);

	if (rc == RP_OK)
		return RP_OK;
	c->row = false;
	if (rc == RP_ENOMEM)
		return rp_fail(w->err, rc, "%s", err.text);
	rp_found(w->f, "table '%s' cannot be read to its end: %s", c->table,
	    err.text);
	return RP_OK;
}

static rp_status
begin(struct walk *w)
{
	rp_status rc = RP_OK;

	w->cursor[RECORDS] = (struct cursor){ RP_SQL_GET_RECORDS, "record",
	    "record", false };
	w->cursor[SCENARIOS] = (struct cursor){ RP_SQL_GET_SCENARIOS,
	    "scenario", "scenario", false };
	w->cursor[FILES] = (struct cursor){ RP_SQL_GET_FILES, "file", "file",
	    false };
	for (int i = 0; i < RP_LIST_COUNT; i++)
		w->cursor[LISTS + i] = (struct cursor){
		    RP_SQL_GET_FIRST + (enum rp_sql)i, rp_lists[i].table,
		    rp_lists[i].word, false };
	for (int i = 0; i < CURSORS && rc == RP_OK; i++) {
		(void)rp_sql(w->st, w->cursor[i].which);
		rc = step(w, i);
	}
	return rc;
}

/* ---- columns ------------------------------------------------------------ */

static const char *
text_at(sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text != NULL ? text : "";
}

static bool
sum_at(sqlite3_stmt *stmt, int column, struct rp_sha256 *out)
{
	memset(out, 0, sizeof(*out));
	if (sqlite3_column_bytes(stmt, column) != RP_SHA256_BYTES)
		return false;
	memcpy(out->byte, sqlite3_column_blob(stmt, column),
	    RP_SHA256_BYTES);
	return true;
}

static bool
is_sum(sqlite3_stmt *stmt, int column, const struct rp_sha256 *expected)
{
	struct rp_sha256 kept;

	return sum_at(stmt, column, &kept) &&
	    memcmp(&kept, expected, sizeof(kept)) == 0;
}

/* ---- rows of a record --------------------------------------------------- */

static void
add_item(struct walk *w, int which, sqlite3_stmt *stmt)
{
	struct rp_row_image row = {
		.id = sqlite3_column_int64(stmt, RP_COL_ID),
		.replaces = sqlite3_column_int64(stmt, RP_COL_REPLACES),
		.line = sqlite3_column_int64(stmt, RP_COL_LINE),
		.content = text_at(stmt, RP_COL_CONTENT)
	};

	for (int i = 0; i < 4; i++) {
		row.has[i] = sqlite3_column_type(stmt, RP_COL_AT_FROM + i) !=
		    SQLITE_NULL;
		row.time_s[i] = sqlite3_column_int64(stmt,
		    RP_COL_AT_FROM + i);
	}
	rp_row_digest(w->digest, w->cursor[which].table, &row);
}

static rp_status
add_file(struct walk *w, sqlite3_stmt *stmt)
{
	const char *name = text_at(stmt, 3);
	int64_t id = sqlite3_column_int64(stmt, 0);
	const void *bytes = sqlite3_column_blob(stmt, 5);
	struct rp_sha256 kept, sum;
	rp_status rc = rp_sha256_of(bytes != NULL ? bytes : "",
	    (size_t)sqlite3_column_bytes(stmt, 5), &sum, w->err);

	if (rc != RP_OK)
		return rc;
	if (!is_sum(stmt, 4, &sum))
		rp_found(w->f, "file %" PRId64 " (record %" PRId64 "): '%s' "
		    "does not have the bytes that were recorded", id,
		    w->record, name);
	if (!rp_files_inside(name))
		rp_found(w->f, "file %" PRId64 " (record %" PRId64 "): '%s' "
		    "leads out of the folder of the case", id, w->record,
		    name);
	(void)sum_at(stmt, 4, &kept);
	rp_file_digest(w->digest, id, sqlite3_column_int64(stmt, 2), name,
	    &kept);
	return RP_OK;
}

static rp_status
add_row(struct walk *w, int which)
{
	sqlite3_stmt *stmt = stmt_of(w, which);

	if (which == FILES)
		return add_file(w, stmt);
	if (which == SCENARIOS) {
		rp_digest_text(w->digest, "scenario");
		rp_digest_text(w->digest, text_at(stmt, 2));
	} else {
		add_item(w, which, stmt);
	}
	return RP_OK;
}

/* The rows of a table up to those of a record; earlier ones were passed by
 * already, and so are of none. */
static rp_status
add_rows(struct walk *w, int which)
{
	struct cursor *c = &w->cursor[which];
	rp_status rc = RP_OK;

	while (c->row && rc == RP_OK) {
		sqlite3_stmt *stmt = stmt_of(w, which);
		int64_t record = sqlite3_column_int64(stmt, 1);

		if (record > w->record)
			break;
		if (record < w->record)
			rp_found(w->f, "%s %" PRId64 " is of record %" PRId64
			    ", out of order", c->word,
			    (int64_t)sqlite3_column_int64(stmt, 0), record);
		else
			rc = add_row(w, which);
		if (rc == RP_OK)
			rc = step(w, which);
	}
	return rc;
}

static rp_status
add_all(struct walk *w)
{
	rp_status rc = add_rows(w, SCENARIOS);

	for (int i = LISTS; i < CURSORS && rc == RP_OK; i++)
		rc = add_rows(w, i);
	return rc == RP_OK ? add_rows(w, FILES) : rc;
}

/* ---- records ------------------------------------------------------------ */

static void
add_head(struct walk *w, sqlite3_stmt *stmt)
{
	struct rp_record_head head = {
		.kind = text_at(stmt, 1),
		.program = text_at(stmt, 2),
		.source = text_at(stmt, 3),
		.has_recorded = sqlite3_column_type(stmt, 5) != SQLITE_NULL,
		.recorded_s = sqlite3_column_int64(stmt, 5)
	};

	(void)sum_at(stmt, 4, &head.digest);
	rp_record_digest(w->digest, &head);
}

static rp_status
check_sums(struct walk *w, sqlite3_stmt *stmt)
{
	struct rp_sha256 content, kept, own;
	rp_status rc = rp_digest_end(w->digest, &content, w->err);

	if (rc != RP_OK)
		return rc;
	if (!is_sum(stmt, 6, &content))
		rp_found(w->f, "record %" PRId64 ": its content is not what "
		    "was recorded", w->record);
	if (!is_sum(stmt, 7, &w->previous))
		rp_found(w->f, "record %" PRId64 ": it does not continue the "
		    "record before it", w->record);
	(void)sum_at(stmt, 6, &content);
	(void)sum_at(stmt, 7, &kept);
	rc = rp_record_chain(&kept, &content, &own, w->err);
	if (rc == RP_OK && !is_sum(stmt, 8, &own))
		rp_found(w->f, "record %" PRId64 ": its digest is not that of "
		    "its content and its predecessor", w->record);
	(void)sum_at(stmt, 8, &w->previous);
	return rc;
}

static rp_status
walk_record(struct walk *w, int64_t number)
{
	sqlite3_stmt *stmt = stmt_of(w, RECORDS);
	rp_status rc;

	w->record = sqlite3_column_int64(stmt, 0);
	if (w->record != number)
		rp_found(w->f, "record %" PRId64 " stands where record %" PRId64
		    " should be", w->record, number);
	w->digest = rp_digest_new();
	if (w->digest == NULL)
		return rp_fail(w->err, RP_ENOMEM, "SHA-256 failed");
	add_head(w, stmt);
	rc = add_all(w);
	if (rc == RP_OK)
		rc = check_sums(w, stmt);
	rp_digest_free(w->digest);
	w->digest = NULL;
	return rc;
}

/* Rows after those of the last record. */
static rp_status
check_rest(struct walk *w, int which)
{
	struct cursor *c = &w->cursor[which];
	rp_status rc = RP_OK;

	while (c->row && rc == RP_OK) {
		rp_found(w->f, "%s %" PRId64 " is of record %" PRId64 ", which "
		    "does not exist", c->word,
		    (int64_t)sqlite3_column_int64(stmt_of(w, which), 0),
		    (int64_t)sqlite3_column_int64(stmt_of(w, which), 1));
		rc = step(w, which);
	}
	return rc;
}

rp_status
rp_walk_records(struct rp_store *st, struct rp_finder *f, size_t *n_records,
    struct rp_sha256 *head, struct rp_err *err)
{
	struct walk w = { .st = st, .f = f, .err = err };
	size_t n = 0;
	rp_status rc = begin(&w);

	while (rc == RP_OK && w.cursor[RECORDS].row) {
		n++;
		rc = walk_record(&w, (int64_t)n);
		if (rc == RP_OK)
			rc = step(&w, RECORDS);
	}
	for (int i = SCENARIOS; i < CURSORS && rc == RP_OK; i++)
		rc = check_rest(&w, i);
	for (int i = 0; i < CURSORS; i++)
		rp_sql_done(st, w.cursor[i].which);
	*n_records = n;
	*head = w.previous;
	return rc;
}
