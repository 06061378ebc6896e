/*
 * store/load.c - what is on record, as the tree of a case file.
 *
 * All of it is there, what was corrected as well: a row that was replaced has
 * a name in the tree, its own or one made of its number, and the row that
 * replaces it says so by that name.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/bind.h"
#include "read/tree.h"
#include "store/statements.h"
#include "store/store.h"

static rp_status
no_memory(struct rp_err *err)
{
	return rp_fail(err, RP_ENOMEM, "out of memory for a document");
}

/* ---- reading rows ------------------------------------------------------- */

static rp_status
load_scenario(struct rp_store *st, struct rp_kept *kept, struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_GET_SCENARIO);
	const char *json;
	bool row;
	rp_status rc = rp_sql_step(st, RP_SQL_GET_SCENARIO, &row, err);

	if (rc == RP_OK && row) {
		kept->scenario = sqlite3_column_int64(stmt, 1);
		json = (const char *)sqlite3_column_text(stmt, 2);
		rc = json != NULL ? rp_doc_of_json(json, &kept->doc, err) :
		    rp_sql_fail(st, stmt, err);
	}
	rp_sql_done(st, RP_SQL_GET_SCENARIO);
	return rc;
}

static struct rp_row *
new_row(struct rp_rows *rows)
{
	size_t room = rows->room > 0 ? 2 * rows->room : 16;
	struct rp_row *more;

	if (rows->n == rows->room) {
		more = realloc(rows->row, room * sizeof(*more));
		if (more == NULL)
			return NULL;
		rows->row = more;
		rows->room = room;
	}
	rows->row[rows->n] = (struct rp_row){ .replaces = SIZE_MAX,
	    .by = SIZE_MAX };
	return &rows->row[rows->n++];
}

static int
compare_rows(const void *a, const void *b)
{
	const int64_t x = ((const struct rp_row *)a)->id;
	const int64_t y = ((const struct rp_row *)b)->id;

	return (x > y) - (x < y);
}

/* The row of a number; rows come in the order of their numbers. */
static size_t
find_row(const struct rp_rows *rows, int64_t id)
{
	const struct rp_row key = { .id = id };
	const struct rp_row *found = NULL;

	if (rows->n > 0)
		found = bsearch(&key, rows->row, rows->n, sizeof(key),
		    compare_rows);
	return found != NULL ? (size_t)(found - rows->row) : SIZE_MAX;
}

static rp_status
is_damaged(struct rp_store *st, enum rp_list list, int64_t id,
    const char *why, struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "'%s' is damaged: %s %" PRId64 " %s",
	    rp_store_name(st), rp_lists[list].word, id, why);
}

static rp_status
take_row(struct rp_store *st, enum rp_list list, sqlite3_stmt *stmt,
    struct rp_kept *kept, struct rp_err *err)
{
	const char *json = (const char *)sqlite3_column_text(stmt,
	    RP_COL_CONTENT);
	struct rp_rows *rows = &kept->list[list];
	int64_t id = sqlite3_column_int64(stmt, RP_COL_ID);
	int64_t replaces = sqlite3_column_int64(stmt, RP_COL_REPLACES);
	size_t before = SIZE_MAX;
	struct rp_row *row;
	rp_status rc;

	if (json == NULL)
		return rp_sql_fail(st, stmt, err);
	rc = rp_doc_append(kept->doc, rp_lists[list].key, 0, 0, json, err);
	if (rc != RP_OK)
		return rc;
	if (replaces != 0) {
		before = find_row(rows, replaces);
		if (before == SIZE_MAX || rows->row[before].by != SIZE_MAX)
			return is_damaged(st, list, id, "corrects what cannot "
			    "be corrected", err);
		rows->row[before].by = rows->n;
	}
	row = new_row(rows);
	if (row == NULL)
		return no_memory(err);
	row->id = id;
	row->record = sqlite3_column_int64(stmt, RP_COL_RECORD);
	row->replaces = before;
	row->node = kept->doc->grown_last;
	return RP_OK;
}

static rp_status
load_list(struct rp_store *st, enum rp_list list, struct rp_kept *kept,
    struct rp_err *err)
{
	const enum rp_sql which = RP_SQL_GET_FIRST + (enum rp_sql)list;
	sqlite3_stmt *stmt = rp_sql(st, which);
	bool row;
	rp_status rc;

	for (;;) {
		rc = rp_sql_step(st, which, &row, err);
		if (rc != RP_OK || !row)
			break;
		rc = take_row(st, list, stmt, kept, err);
		if (rc != RP_OK)
			break;
	}
	rp_sql_done(st, which);
	return rc;
}

/* ---- names for what was corrected --------------------------------------- */

static struct rp_node *
find_child(struct rp_node *map, const char *key)
{
	struct rp_node *child;

	if (map->kind != RP_NODE_MAP)
		return NULL;
	for (child = map->first; child != NULL; child = child->next) {
		if (child->key != NULL && strcmp(child->key, key) == 0)
			return child;
	}
	return NULL;
}

/* An update may be a bare time: it becomes {at: time}. */
static bool
make_map(struct rp_doc *doc, struct rp_node *node)
{
	struct rp_node *copy, *last = NULL;

	if (node->kind == RP_NODE_MAP && find_child(node, "value") == NULL)
		return true;
	copy = rp_doc_node(doc, node->kind, node->line, node->col);
	if (copy == NULL)
		return false;
	*copy = *node;
	copy->next = NULL;
	copy->key = rp_doc_text(doc, "at", 2);
	node->kind = RP_NODE_MAP;
	node->text = NULL;
	node->quoted = false;
	node->first = NULL;
	node->n = 0;
	rp_node_link(node, &last, copy);
	return copy->key != NULL;
}

/* Set a key of an item, which then comes first. */
static bool
set_key(struct rp_doc *doc, struct rp_node *map, const char *key,
    const char *text)
{
	struct rp_node *child = find_child(map, key);

	if (child == NULL) {
		child = rp_doc_node(doc, RP_NODE_SCALAR, map->line, map->col);
		if (child == NULL)
			return false;
		child->key = rp_doc_text(doc, key, strlen(key));
		child->key_line = map->line;
		child->key_col = map->col;
		child->next = map->first;
		map->first = child;
		map->n++;
	}
	child->kind = RP_NODE_SCALAR;
	child->first = NULL;
	child->n = 0;
	child->text = rp_doc_text(doc, text, strlen(text));
	return child->key != NULL && child->text != NULL;
}

static const char *
own_id(const struct rp_row *row)
{
	const struct rp_node *id = find_child(row->node, "id");

	return id != NULL && id->kind == RP_NODE_SCALAR ? id->text : NULL;
}

/* The names that the items of a list have of their own, sorted. */
struct names {
	size_t n;
	const char **name;
};

static int
compare_names(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static bool
collect_names(const struct rp_rows *rows, struct names *out)
{
	out->n = 0;
	out->name = calloc(rows->n + 1, sizeof(*out->name));
	if (out->name == NULL)
		return false;
	for (size_t i = 0; i < rows->n; i++) {
		const char *own = own_id(&rows->row[i]);

		if (own != NULL)
			out->name[out->n++] = own;
	}
	if (out->n > 1)
		qsort(out->name, out->n, sizeof(*out->name), compare_names);
	return true;
}

static bool
is_taken(const struct names *names, const char *id)
{
	return names->n > 0 && bsearch(&id, names->name, names->n,
	    sizeof(id), compare_names) != NULL;
}

/* "actual-3", or, where somebody uses that name, "actual-3-2". */
static const char *
make_id(const struct names *names, enum rp_list list, int64_t id,
    char buf[64])
{
	(void)snprintf(buf, 64, "%s-%" PRId64, rp_lists[list].word, id);
	for (int i = 2; i < 1000 && is_taken(names, buf); i++)
		(void)snprintf(buf, 64, "%s-%" PRId64 "-%d",
		    rp_lists[list].word, id, i);
	return buf;
}

/* Only a list that went past the binder can hold what has no keys. */
static bool
can_be_named(enum rp_list list, const struct rp_row *row)
{
	return list == RP_LIST_POST || row->node->kind == RP_NODE_MAP;
}

static rp_status
name_row(struct rp_kept *kept, enum rp_list list, struct rp_row *row,
    const struct names *names, struct rp_err *err)
{
	struct rp_row *by = &kept->list[list].row[row->by];
	const char *id;
	char buf[64];

	if (!can_be_named(list, row) || !can_be_named(list, by))
		return RP_OK;
	if ((list == RP_LIST_POST && (!make_map(kept->doc, row->node) ||
	    !make_map(kept->doc, by->node))))
		return no_memory(err);
	id = own_id(row);
	if (id == NULL) {
		id = make_id(names, list, row->id, buf);
		if (!set_key(kept->doc, row->node, "id", id))
			return no_memory(err);
	}
	return set_key(kept->doc, by->node, "replaces", id) ? RP_OK :
	    no_memory(err);
}

static rp_status
name_rows(struct rp_kept *kept, enum rp_list list, struct rp_err *err)
{
	struct rp_rows *rows = &kept->list[list];
	struct names names;
	rp_status rc = RP_OK;

	if (!collect_names(rows, &names))
		return no_memory(err);
	for (size_t i = 0; i < rows->n && rc == RP_OK; i++) {
		if (rows->row[i].by != SIZE_MAX)
			rc = name_row(kept, list, &rows->row[i], &names, err);
	}
	free(names.name);
	return rc;
}

/* ---- all of it ---------------------------------------------------------- */

rp_status
rp_kept_load(struct rp_store *st, struct rp_kept *out, struct rp_err *err)
{
	rp_status rc;

	*out = (struct rp_kept){ 0 };
	rc = load_scenario(st, out, err);
	if (rc != RP_OK || out->doc == NULL)
		return rc;
	for (int i = 0; i < RP_LIST_COUNT && rc == RP_OK; i++)
		rc = load_list(st, (enum rp_list)i, out, err);
	for (int i = 0; i < RP_LIST_COUNT && rc == RP_OK; i++)
		rc = name_rows(out, (enum rp_list)i, err);
	return rc;
}

void
rp_kept_release(struct rp_kept *kept)
{
	for (int i = 0; i < RP_LIST_COUNT; i++)
		free(kept->list[i].row);
	rp_doc_free(kept->doc);
	*kept = (struct rp_kept){ 0 };
}

rp_status
rp_store_load_doc(struct rp_store *st, struct rp_doc **out,
    struct rp_err *err)
{
	struct rp_kept kept;
	rp_status rc = rp_kept_load(st, &kept, err);

	if (rc == RP_OK && kept.doc == NULL)
		rc = rp_fail(err, RP_ESTATE, "'%s' holds no scenario yet; "
		    "import one first", rp_store_name(st));
	if (rc == RP_OK) {
		*out = kept.doc;
		kept.doc = NULL;
	}
	rp_kept_release(&kept);
	return rc;
}

rp_status
rp_store_load(struct rp_store *st, const struct rp_files *files,
    struct rp_faults *f, struct rp_case **out, struct rp_err *err)
{
	struct rp_doc *doc = NULL;
	rp_status rc = rp_store_load_doc(st, &doc, err);

	if (rc != RP_OK)
		return rc;
	rc = rp_bind(doc, files, f, out, err);
	rp_doc_free(doc);
	return rc;
}

/* ---- files -------------------------------------------------------------- */

static rp_status
copy_file(struct rp_store *st, sqlite3_stmt *stmt, const char *name,
    size_t most, char **out, size_t *len, struct rp_err *err)
{
	const void *bytes = sqlite3_column_blob(stmt, 1);
	size_t n = (size_t)sqlite3_column_bytes(stmt, 1);
	char *copy;

	if (n > most)
		return rp_fail(err, RP_EINPUT, "'%s' in '%s' is too large",
		    name, rp_store_name(st));
	copy = malloc(n + 1);
	if (copy == NULL)
		return no_memory(err);
	if (n > 0)
		memcpy(copy, bytes, n);
	copy[n] = '\0';
	*out = copy;
	*len = n;
	return RP_OK;
}

static rp_status
read_kept(void *arg, const char *name, size_t most, char **out, size_t *len,
    struct rp_err *err)
{
	struct rp_store *st = arg;
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_GET_FILE);
	bool row = false;
	rp_status rc = RP_OK;

	if (sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC) != SQLITE_OK)
		rc = rp_sql_fail(st, stmt, err);
	if (rc == RP_OK)
		rc = rp_sql_step(st, RP_SQL_GET_FILE, &row, err);
	if (rc == RP_OK && !row)
		rc = rp_fail(err, RP_EIO, "cannot read '%s': it is not in the "
		    "store", name);
	if (rc == RP_OK)
		rc = copy_file(st, stmt, name, most, out, len, err);
	rp_sql_done(st, RP_SQL_GET_FILE);
	return rc;
}

struct rp_files
rp_store_files(struct rp_store *st)
{
	return (struct rp_files){ read_kept, st };
}
