/*
 * store/history.c - everything on record, in the order in which it came.
 */
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "store/emit.h"
#include "store/record.h"
#include "store/statements.h"
#include "store/store.h"

struct record {
	int64_t id;
	bool has_recorded;
	struct rp_instant recorded;
	const char *source;
	const char *sha256;
};

struct rp_history {
	size_t n;
	size_t room;
	struct rp_history_row *row;
	size_t n_texts;
	size_t text_room;
	char **text;		/* what the rows point to */
	size_t n_records;
	size_t record_room;
	struct record *record;
};

/* ---- growing ------------------------------------------------------------ */

/* Room for one more of something; false: no memory. */
static bool
grow(void **items, size_t n, size_t *room, size_t size)
{
	size_t more = *room > 0 ? 2 * *room : 32;
	void *bigger;

	if (n < *room)
		return true;
	bigger = realloc(*items, more * size);
	if (bigger == NULL)
		return false;
	*items = bigger;
	*room = more;
	return true;
}

/* Takes over the text; NULL: no memory, or there was none. */
static const char *
own(struct rp_history *h, char *text)
{
	void *items = h->text;

	if (text == NULL || !grow(&items, h->n_texts, &h->text_room,
	    sizeof(*h->text))) {
		free(text);
		return NULL;
	}
	h->text = items;
	h->text[h->n_texts++] = text;
	return text;
}

static rp_status
no_memory(struct rp_err *err)
{
	return rp_fail(err, RP_ENOMEM, "out of memory for the history");
}

/* ---- records ------------------------------------------------------------ */

static char *
hex_of(sqlite3_stmt *stmt, int column)
{
	struct rp_sha256 sum = { { 0 } };
	char *hex = malloc(RP_SHA256_HEX);

	if (sqlite3_column_bytes(stmt, column) == RP_SHA256_BYTES)
		memcpy(sum.byte, sqlite3_column_blob(stmt, column),
		    RP_SHA256_BYTES);
	if (hex != NULL)
		(void)rp_sha256_hex(&sum, hex);
	return hex;
}

static rp_status
take_record(struct rp_history *h, sqlite3_stmt *stmt, struct rp_err *err)
{
	const char *source = (const char *)sqlite3_column_text(stmt, 3);
	void *items = h->record;
	struct record *r;

	if (source == NULL || !grow(&items, h->n_records, &h->record_room,
	    sizeof(*h->record)))
		return no_memory(err);
	h->record = items;
	r = &h->record[h->n_records++];
	*r = (struct record){ .id = sqlite3_column_int64(stmt, 0) };
	r->has_recorded = sqlite3_column_type(stmt, 5) != SQLITE_NULL;
	r->recorded = rp_instant_of_s(sqlite3_column_int64(stmt, 5));
	r->source = own(h, strdup(source));
	r->sha256 = own(h, hex_of(stmt, 8));
	return r->source != NULL && r->sha256 != NULL ? RP_OK :
	    no_memory(err);
}

static int
compare_records(const void *a, const void *b)
{
	const int64_t x = ((const struct record *)a)->id;
	const int64_t y = ((const struct record *)b)->id;

	return (x > y) - (x < y);
}

/* ---- rows --------------------------------------------------------------- */

/* A row of a record, its text taken over from a growing one. */
static rp_status
add_row(struct rp_history *h, int64_t record, struct rp_history_row row,
    struct rp_text *text, struct rp_err *err)
{
	const struct record key = { .id = record };
	const struct record *r = NULL;
	void *items = h->row;

	if (h->n_records > 0)
		r = bsearch(&key, h->record, h->n_records, sizeof(key),
		    compare_records);
	if (r == NULL) {
		rp_text_release(text);
		return rp_fail(err, RP_EINPUT, "the store is damaged: a %s is "
		    "of no record; `revplan verify` tells where", row.kind);
	}
	row.text = own(h, text->failed ? NULL : text->bytes);
	if (row.text == NULL ||
	    !grow(&items, h->n, &h->room, sizeof(*h->row)))
		return no_memory(err);
	h->row = items;
	row.record = (uint64_t)record;
	row.has_recorded = r->has_recorded;
	row.recorded = r->recorded;
	row.source = r->source;
	row.sha256 = r->sha256;
	h->row[h->n++] = row;
	return RP_OK;
}

/* Of a scenario only the incident is shown: the rest has many pages. */
static rp_status
take_scenario(struct rp_history *h, sqlite3_stmt *stmt, struct rp_err *err)
{
	const char *json = (const char *)sqlite3_column_text(stmt, 2);
	const struct rp_node *incident;
	struct rp_history_row row = { .kind = "scenario", .in_force = true };
	struct rp_doc *doc = NULL;
	struct rp_text text = { 0 };
	rp_status rc;

	if (json == NULL)
		return no_memory(err);
	rc = rp_doc_of_json(json, &doc, err);
	if (rc != RP_OK)
		return rc;
	incident = rp_node_find(rp_doc_root(doc), "incident");
	if (incident != NULL)
		rp_emit_line(&text, incident);
	else
		rp_text_puts(&text, "{}");
	/* The one before it is in force no more. */
	for (size_t i = 0; i < h->n; i++)
		h->row[i].in_force = false;
	rc = add_row(h, sqlite3_column_int64(stmt, 1), row, &text, err);
	rp_doc_free(doc);
	return rc;
}

static rp_status
take_file(struct rp_history *h, sqlite3_stmt *stmt, struct rp_err *err)
{
	const char *name = (const char *)sqlite3_column_text(stmt, 3);
	struct rp_history_row row = { .kind = "file", .in_force = true };
	struct rp_text text = { 0 };

	if (name == NULL)
		return no_memory(err);
	row.item = (uint64_t)sqlite3_column_int64(stmt, 0);
	row.replaces = (uint64_t)sqlite3_column_int64(stmt, 2);
	for (size_t i = 0; i < h->n; i++) {
		if (strcmp(h->row[i].kind, "file") == 0 &&
		    h->row[i].item == row.replaces)
			h->row[i].in_force = false;
	}
	rp_text_safe(&text, name);
	rp_text_printf(&text, ", %d bytes", sqlite3_column_bytes(stmt, 5));
	return add_row(h, sqlite3_column_int64(stmt, 1), row, &text, err);
}

static rp_status
take_item(struct rp_history *h, enum rp_list list,
    const struct rp_rows *rows, size_t i, struct rp_err *err)
{
	const struct rp_row *from = &rows->row[i];
	const char *id = from->node->kind != RP_NODE_MAP ? NULL :
	    rp_scalar_text(rp_node_find(from->node, "id"));
	struct rp_history_row row = { .kind = rp_lists[list].word };
	struct rp_text text = { 0 };

	row.item = (uint64_t)from->id;
	row.in_force = from->by == SIZE_MAX;
	if (from->replaces != SIZE_MAX)
		row.replaces = (uint64_t)rows->row[from->replaces].id;
	if (id != NULL) {
		row.id = own(h, strdup(id));
		if (row.id == NULL)
			return no_memory(err);
	}
	rp_emit_line(&text, from->node);
	return add_row(h, from->record, row, &text, err);
}

/* ---- all of it ---------------------------------------------------------- */

static rp_status
take_all(struct rp_history *h, struct rp_store *st, enum rp_sql which,
    struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(st, which);
	bool row;
	rp_status rc;

	for (;;) {
		rc = rp_sql_step(st, which, &row, err);
		if (rc != RP_OK || !row)
			break;
		if (which == RP_SQL_GET_RECORDS)
			rc = take_record(h, stmt, err);
		else if (which == RP_SQL_GET_SCENARIOS)
			rc = take_scenario(h, stmt, err);
		else
			rc = take_file(h, stmt, err);
		if (rc != RP_OK)
			break;
	}
	rp_sql_done(st, which);
	return rc;
}

static rp_status
take_items(struct rp_history *h, struct rp_store *st, struct rp_err *err)
{
	struct rp_kept kept;
	rp_status rc = rp_kept_load(st, &kept, err);

	for (int list = 0; list < RP_LIST_COUNT && rc == RP_OK; list++) {
		const struct rp_rows *rows = &kept.list[list];

		for (size_t i = 0; i < rows->n && rc == RP_OK; i++)
			rc = take_item(h, (enum rp_list)list, rows, i, err);
	}
	rp_kept_release(&kept);
	return rc;
}

static int
rank(const struct rp_history_row *row)
{
	for (int i = 0; i < RP_LIST_COUNT; i++) {
		if (strcmp(row->kind, rp_lists[i].word) == 0)
			return i + 1;
	}
	return strcmp(row->kind, "file") == 0 ? RP_LIST_COUNT + 1 : 0;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct rp_history_row *x = a, *y = b;
	int kind = rank(x) - rank(y);

	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return kind != 0 ? kind : (x->item > y->item) - (x->item < y->item);
}

static rp_status
read_within(struct rp_store *st, struct rp_history *h, struct rp_err *err)
{
	rp_status rc = take_all(h, st, RP_SQL_GET_RECORDS, err);

	if (rc == RP_OK)
		rc = take_all(h, st, RP_SQL_GET_SCENARIOS, err);
	if (rc == RP_OK)
		rc = take_all(h, st, RP_SQL_GET_FILES, err);
	if (rc == RP_OK)
		rc = take_items(h, st, err);
	if (rc == RP_OK && h->n > 1)
		qsort(h->row, h->n, sizeof(*h->row), compare_rows);
	return rc;
}

rp_status
rp_store_history(struct rp_store *st, struct rp_history **out,
    struct rp_err *err)
{
	struct rp_history *h = calloc(1, sizeof(*h));
	rp_status rc;

	if (h == NULL)
		return no_memory(err);
	rc = rp_store_begin(st, false, err);
	if (rc == RP_OK) {
		rc = read_within(st, h, err);
		rp_store_rollback(st);
	}
	if (rc == RP_OK)
		*out = h;
	else
		rp_history_free(h);
	return rc;
}

const struct rp_history_row *
rp_history_rows(const struct rp_history *h, size_t *n)
{
	*n = h->n;
	return h->row;
}

void
rp_history_free(struct rp_history *h)
{
	if (h == NULL)
		return;
	for (size_t i = 0; i < h->n_texts; i++)
		free(h->text[i]);
	free(h->text);
	free(h->record);
	free(h->row);
	free(h);
}
