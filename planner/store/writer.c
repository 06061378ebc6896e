/*
 * store/writer.c - one record.
 *
 * The rows are added first, each into the digest at the same time, and the
 * record that covers them last.  What the digest of a record covers, in this
 * order, as the fields of digest.h:
 *
 *   kind, program, source, SHA-256 of the source in hex, recorded
 *   "scenario", content                        the document, if it is new
 *   table, id, replaces, at_from, at_until, published_from,
 *   published_until, line, content             each row of a list
 *   "file", id, replaces, name, SHA-256 in hex each file
 *
 * and the digest in the column sha256 is that of previous_sha256 and
 * content_sha256, 64 bytes.  walk.c computes the same from what is on record.
 */
#include <stdlib.h>
#include <string.h>

#include "store/record.h"
#include "store/statements.h"
#include "store/store.h"
#include "version.h"

/* ---- what a record covers ----------------------------------------------- */

void
rp_record_digest(struct rp_digest *d, const struct rp_record_head *head)
{
	char hex[RP_SHA256_HEX];

	rp_digest_text(d, head->kind);
	rp_digest_text(d, head->program);
	rp_digest_text(d, head->source);
	rp_digest_text(d, rp_sha256_hex(&head->digest, hex));
	rp_digest_number(d, head->has_recorded, head->recorded_s);
}

void
rp_row_digest(struct rp_digest *d, const char *table,
    const struct rp_row_image *row)
{
	rp_digest_text(d, table);
	rp_digest_number(d, true, row->id);
	rp_digest_number(d, row->replaces != 0, row->replaces);
	for (int i = 0; i < 4; i++)
		rp_digest_number(d, row->has[i], row->time_s[i]);
	rp_digest_number(d, true, row->line);
	rp_digest_text(d, row->content);
}

void
rp_file_digest(struct rp_digest *d, int64_t id, int64_t replaces,
    const char *name, const struct rp_sha256 *sha256)
{
	char hex[RP_SHA256_HEX];

	rp_digest_text(d, "file");
	rp_digest_number(d, true, id);
	rp_digest_number(d, replaces != 0, replaces);
	rp_digest_text(d, name);
	rp_digest_text(d, rp_sha256_hex(sha256, hex));
}

rp_status
rp_record_chain(const struct rp_sha256 *previous,
    const struct rp_sha256 *content, struct rp_sha256 *out,
    struct rp_err *err)
{
	struct rp_sha256 both[2] = { *previous, *content };

	return rp_sha256_of(both, sizeof(both), out, err);
}

/* ---- times -------------------------------------------------------------- */

/* A value may be given with its basis: {value: ..., basis: ...}. */
const char *
rp_scalar_text(const struct rp_node *node)
{
	if (node != NULL && node->kind == RP_NODE_MAP)
		node = rp_node_find(node, "value");
	if (node == NULL || node->kind != RP_NODE_SCALAR)
		return NULL;
	return node->text;
}

/* The value of a key of an item; of an item that is a time: the item. */
const struct rp_node *
rp_item_find(const struct rp_node *item, enum rp_list list, const char *key)
{
	const struct rp_node *found = NULL;

	if (item->kind == RP_NODE_MAP)
		found = rp_node_find(item, key);
	if (found == NULL && list == RP_LIST_POST &&
	    strcmp(key, rp_lists[list].time) == 0)
		found = item;
	return found;
}

/* A time that cannot be read is bind's affair; here it is just not known. */
static void
add_time(const struct rp_node *item, enum rp_list list, const char *key,
    bool has[2], int64_t time_s[2])
{
	const char *text = rp_scalar_text(rp_item_find(item, list, key));
	struct rp_when w;

	has[0] = text != NULL && rp_when_parse(text, &w, NULL) == RP_OK;
	has[1] = has[0];
	if (has[0]) {
		time_s[0] = rp_instant_s(w.from);
		time_s[1] = rp_instant_s(w.until);
	}
}

/* ---- rows --------------------------------------------------------------- */

static rp_status
bad_bind(struct rp_writer *w, enum rp_sql which, struct rp_err *err)
{
	return rp_sql_fail(w->st, w->st->stmt[which], err);
}

static int
bind_number(sqlite3_stmt *stmt, int i, bool has, int64_t n)
{
	return has ? sqlite3_bind_int64(stmt, i, n) : SQLITE_OK;
}

static int
bind_row(sqlite3_stmt *stmt, int64_t record, const struct rp_row_image *row)
{
	int code = sqlite3_bind_int64(stmt, 1, record);

	if (code == SQLITE_OK)
		code = bind_number(stmt, 2, row->replaces != 0,
		    row->replaces);
	for (int i = 0; i < 4 && code == SQLITE_OK; i++)
		code = bind_number(stmt, 3 + i, row->has[i], row->time_s[i]);
	if (code == SQLITE_OK)
		code = sqlite3_bind_int64(stmt, 7, row->line);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(stmt, 8, row->content, -1,
		    SQLITE_STATIC);
	return code;
}

static rp_status
add_row(struct rp_writer *w, enum rp_list list, struct rp_row_image *row,
    struct rp_err *err)
{
	const enum rp_sql which = RP_SQL_ADD_FIRST + (enum rp_sql)list;
	sqlite3_stmt *stmt = rp_sql(w->st, which);
	rp_status rc;

	if (bind_row(stmt, w->record, row) != SQLITE_OK)
		return bad_bind(w, which, err);
	rc = rp_sql_run(w->st, which, err);
	if (rc != RP_OK)
		return rc;
	row->id = sqlite3_last_insert_rowid(w->st->db);
	rp_row_digest(w->digest, rp_lists[list].table, row);
	return RP_OK;
}

rp_status
rp_writer_item(struct rp_writer *w, enum rp_list list,
    const struct rp_node *item, int64_t replaces, int64_t *id,
    struct rp_err *err)
{
	struct rp_row_image row = { .replaces = replaces,
	    .line = item->line };
	char *json = NULL;
	rp_status rc;

	add_time(item, list, rp_lists[list].time, row.has, row.time_s);
	if (item->kind == RP_NODE_MAP)
		add_time(item, list, "published", row.has + 2,
		    row.time_s + 2);
	rc = rp_node_to_json(item, &json, err);
	if (rc != RP_OK)
		return rc;
	row.content = json;
	rc = add_row(w, list, &row, err);
	*id = row.id;
	free(json);
	return rc;
}

/* ---- the document ------------------------------------------------------- */

bool
rp_has_table(const struct rp_node *child)
{
	if (child->kind != RP_NODE_LIST)
		return false;
	for (int i = 0; i < RP_LIST_COUNT; i++) {
		if (strcmp(child->key, rp_lists[i].key) == 0)
			return true;
	}
	return false;
}

/*
 * The JSON of the root, its lists that have tables emptied.  They stay as
 * empty lists so that their places in the file are kept.
 */
static rp_status
document_json(const struct rp_node *root, char **out, struct rp_err *err)
{
	struct rp_node top = *root, *copy;
	const struct rp_node *child;
	size_t i = 0;
	rp_status rc;

	copy = calloc(root->n > 0 ? root->n : 1, sizeof(*copy));
	if (copy == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for a document");
	for (child = root->first; child != NULL; child = child->next, i++) {
		copy[i] = *child;
		copy[i].next = child->next != NULL ? &copy[i + 1] : NULL;
		if (rp_has_table(child))
			copy[i].first = NULL;
	}
	top.first = root->n > 0 ? copy : NULL;
	rc = rp_node_to_json(&top, out, err);
	free(copy);
	return rc;
}

rp_status
rp_writer_scenario(struct rp_writer *w, const struct rp_node *root,
    struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(w->st, RP_SQL_ADD_SCENARIO);
	char *json = NULL;
	rp_status rc = document_json(root, &json, err);

	if (rc != RP_OK)
		return rc;
	if (sqlite3_bind_int64(stmt, 1, w->record) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 2, json, -1, SQLITE_STATIC) != SQLITE_OK)
		rc = bad_bind(w, RP_SQL_ADD_SCENARIO, err);
	else
		rc = rp_sql_run(w->st, RP_SQL_ADD_SCENARIO, err);
	rp_digest_text(w->digest, "scenario");
	rp_digest_text(w->digest, json);
	free(json);
	return rc;
}

/* ---- files -------------------------------------------------------------- */

static int
bind_sha256(sqlite3_stmt *stmt, int i, const struct rp_sha256 *s)
{
	return sqlite3_bind_blob(stmt, i, s->byte, RP_SHA256_BYTES,
	    SQLITE_TRANSIENT);
}

/* The number of the file that a new one of the same name replaces. */
static rp_status
last_of_name(struct rp_writer *w, const char *name, int64_t *id,
    struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(w->st, RP_SQL_GET_FILE);
	bool row;
	rp_status rc;

	*id = 0;
	if (sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC) != SQLITE_OK)
		return bad_bind(w, RP_SQL_GET_FILE, err);
	rc = rp_sql_step(w->st, RP_SQL_GET_FILE, &row, err);
	if (rc == RP_OK && row)
		*id = sqlite3_column_int64(stmt, 2);
	rp_sql_done(w->st, RP_SQL_GET_FILE);
	return rc;
}

rp_status
rp_writer_file(struct rp_writer *w, const struct rp_companion *file,
    struct rp_err *err)
{
	sqlite3_stmt *stmt;
	struct rp_sha256 sum;
	int64_t before;
	rp_status rc = rp_sha256_of(file->bytes, file->len, &sum, err);

	if (rc == RP_OK)
		rc = last_of_name(w, file->name, &before, err);
	if (rc != RP_OK)
		return rc;
	stmt = rp_sql(w->st, RP_SQL_ADD_FILE);
	if (sqlite3_bind_int64(stmt, 1, w->record) != SQLITE_OK ||
	    bind_number(stmt, 2, before != 0, before) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 3, file->name, -1, SQLITE_STATIC) !=
	    SQLITE_OK || bind_sha256(stmt, 4, &sum) != SQLITE_OK ||
	    sqlite3_bind_blob64(stmt, 5, file->bytes, file->len,
	    SQLITE_STATIC) != SQLITE_OK)
		return bad_bind(w, RP_SQL_ADD_FILE, err);
	rc = rp_sql_run(w->st, RP_SQL_ADD_FILE, err);
	if (rc == RP_OK)
		rp_file_digest(w->digest,
		    sqlite3_last_insert_rowid(w->st->db), before, file->name,
		    &sum);
	return rc;
}

/* ---- the record --------------------------------------------------------- */

/* The number of the new record, and the digest that it continues. */
static rp_status
read_last(struct rp_writer *w, struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(w->st, RP_SQL_LAST_RECORD);
	bool row;
	rp_status rc;

	w->record = 1;
	rc = rp_sql_step(w->st, RP_SQL_LAST_RECORD, &row, err);
	if (rc == RP_OK && row) {
		w->record = sqlite3_column_int64(stmt, 0) + 1;
		if (sqlite3_column_bytes(stmt, 1) == RP_SHA256_BYTES)
			memcpy(w->previous.byte, sqlite3_column_blob(stmt, 1),
			    RP_SHA256_BYTES);
	}
	rp_sql_done(w->st, RP_SQL_LAST_RECORD);
	return rc;
}

static struct rp_record_head
head_of(const struct rp_import *what)
{
	return (struct rp_record_head){
		.kind = what->kind != NULL ? what->kind : "import",
		.program = RP_VERSION,
		.source = what->source,
		.digest = what->digest,
		.has_recorded = what->has_recorded,
		.recorded_s = rp_instant_s(what->recorded)
	};
}

rp_status
rp_writer_begin(struct rp_writer *w, struct rp_store *st,
    const struct rp_import *what, struct rp_err *err)
{
	const struct rp_record_head head = head_of(what);

	*w = (struct rp_writer){ .st = st, .what = what };
	w->digest = rp_digest_new();
	if (w->digest == NULL)
		return rp_fail(err, RP_ENOMEM, "SHA-256 failed");
	rp_record_digest(w->digest, &head);
	return read_last(w, err);
}

void
rp_writer_release(struct rp_writer *w)
{
	rp_digest_free(w->digest);
	w->digest = NULL;
}

static int
bind_record(struct rp_writer *w, sqlite3_stmt *stmt,
    const struct rp_sha256 *content)
{
	const struct rp_record_head head = head_of(w->what);

	if (sqlite3_bind_int64(stmt, 1, w->record) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 2, head.kind, -1, SQLITE_STATIC) !=
	    SQLITE_OK || sqlite3_bind_text(stmt, 3, head.program, -1,
	    SQLITE_STATIC) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 4, head.source, -1, SQLITE_TRANSIENT) !=
	    SQLITE_OK || bind_sha256(stmt, 5, &head.digest) != SQLITE_OK ||
	    bind_number(stmt, 6, head.has_recorded, head.recorded_s) !=
	    SQLITE_OK || bind_sha256(stmt, 7, content) != SQLITE_OK ||
	    bind_sha256(stmt, 8, &w->previous) != SQLITE_OK)
		return SQLITE_ERROR;
	return bind_sha256(stmt, 9, &w->own);
}

rp_status
rp_writer_end(struct rp_writer *w, struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(w->st, RP_SQL_ADD_RECORD);
	struct rp_sha256 content;
	rp_status rc;

	rc = rp_digest_end(w->digest, &content, err);
	if (rc == RP_OK)
		rc = rp_record_chain(&w->previous, &content, &w->own, err);
	if (rc != RP_OK)
		return rc;
	if (bind_record(w, stmt, &content) != SQLITE_OK)
		return bad_bind(w, RP_SQL_ADD_RECORD, err);
	return rp_sql_run(w->st, RP_SQL_ADD_RECORD, err);
}
