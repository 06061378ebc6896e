/*
 * store/import.c - a scenario into the store, whole or not at all.
 *
 * The rows are added first, each into the digest at the same time, and the
 * record that covers them last.  What the digest of a record covers, in this
 * order, as the fields of digest.h:
 *
 *   kind, program, source, SHA-256 of the source in hex, recorded
 *   "scenario", content                        the document
 *   table, id, replaces, at_from, at_until, published_from,
 *   published_until, line, content             each row of a list
 *
 * and the digest in the column sha256 is that of previous_sha256 and
 * content_sha256, 64 bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "store/statements.h"
#include "store/store.h"
#include "version.h"

struct importer {
	struct rp_store *st;
	const struct rp_import *what;
	struct rp_digest *digest;
	int64_t record;
	struct rp_sha256 previous;
	struct rp_err *err;
};

/* ---- times -------------------------------------------------------------- */

/* A value may be given with its basis: {value: ..., basis: ...}. */
static const char *
scalar_text(const struct rp_node *node)
{
	if (node != NULL && node->kind == RP_NODE_MAP)
		node = rp_node_find(node, "value");
	if (node == NULL || node->kind != RP_NODE_SCALAR)
		return NULL;
	return node->text;
}

/* A time that cannot be read is bind's affair; here it is just not known. */
static bool
time_of(const struct rp_node *item, const char *key, struct rp_when *out)
{
	const char *text;

	text = scalar_text(key != NULL ? rp_node_find(item, key) : item);
	return text != NULL && rp_when_parse(text, out, NULL) == RP_OK;
}

/* ---- rows --------------------------------------------------------------- */

static rp_status
bad_bind(struct importer *im, enum rp_sql which)
{
	return rp_sql_fail(im->st->db, im->st->stmt[which], im->err);
}

static int
bind_when(sqlite3_stmt *stmt, int first, bool has, struct rp_when w)
{
	int code;

	if (!has)
		return SQLITE_OK;	/* nothing bound is NULL */
	code = sqlite3_bind_int64(stmt, first, rp_instant_s(w.from));
	if (code != SQLITE_OK)
		return code;
	return sqlite3_bind_int64(stmt, first + 1, rp_instant_s(w.until));
}

static void
digest_when(struct rp_digest *d, bool has, struct rp_when w)
{
	rp_digest_number(d, has, rp_instant_s(w.from));
	rp_digest_number(d, has, rp_instant_s(w.until));
}

/* One item of a list, its content already as JSON. */
static rp_status
add_row(struct importer *im, enum rp_list list, const struct rp_node *item,
    const char *json)
{
	const enum rp_sql which = RP_SQL_ADD_FIRST + (enum rp_sql)list;
	sqlite3_stmt *stmt = rp_sql(im->st, which);
	struct rp_when at = { 0 }, published = { 0 };
	bool has_at = time_of(item, rp_lists[list].time, &at);
	bool has_published = time_of(item, "published", &published);
	rp_status rc;

	if (sqlite3_bind_int64(stmt, 1, im->record) != SQLITE_OK ||
	    bind_when(stmt, 3, has_at, at) != SQLITE_OK ||
	    bind_when(stmt, 5, has_published, published) != SQLITE_OK ||
	    sqlite3_bind_int64(stmt, 7, item->line) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 8, json, -1, SQLITE_STATIC) != SQLITE_OK)
		return bad_bind(im, which);
	rc = rp_sql_run(im->st, which, im->err);
	if (rc != RP_OK)
		return rc;
	rp_digest_text(im->digest, rp_lists[list].table);
	rp_digest_number(im->digest, true,
	    sqlite3_last_insert_rowid(im->st->db));
	rp_digest_number(im->digest, false, 0);
	digest_when(im->digest, has_at, at);
	digest_when(im->digest, has_published, published);
	rp_digest_number(im->digest, true, item->line);
	rp_digest_text(im->digest, json);
	return RP_OK;
}

static rp_status
add_list(struct importer *im, enum rp_list list, const struct rp_node *node)
{
	const struct rp_node *item;
	char *json;
	rp_status rc;

	if (node == NULL || node->kind != RP_NODE_LIST)
		return RP_OK;	/* absent, or left in the document */
	for (item = node->first; item != NULL; item = item->next) {
		rc = rp_node_to_json(item, &json, im->err);
		if (rc != RP_OK)
			return rc;
		rc = add_row(im, list, item, json);
		free(json);
		if (rc != RP_OK)
			return rc;
	}
	return RP_OK;
}

/* ---- the document ------------------------------------------------------- */

static bool
has_own_table(const struct rp_node *child)
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
		if (has_own_table(child))
			copy[i].first = NULL;
	}
	top.first = root->n > 0 ? copy : NULL;
	rc = rp_node_to_json(&top, out, err);
	free(copy);
	return rc;
}

static rp_status
add_scenario(struct importer *im, const struct rp_node *root)
{
	sqlite3_stmt *stmt = rp_sql(im->st, RP_SQL_ADD_SCENARIO);
	char *json = NULL;
	rp_status rc = document_json(root, &json, im->err);

	if (rc != RP_OK)
		return rc;
	if (sqlite3_bind_int64(stmt, 1, im->record) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 2, json, -1, SQLITE_STATIC) != SQLITE_OK)
		rc = bad_bind(im, RP_SQL_ADD_SCENARIO);
	else
		rc = rp_sql_run(im->st, RP_SQL_ADD_SCENARIO, im->err);
	rp_digest_text(im->digest, "scenario");
	rp_digest_text(im->digest, json);
	free(json);
	return rc;
}

/* ---- the record --------------------------------------------------------- */

/* The number of the new record, and the digest that it continues. */
static rp_status
read_last(struct importer *im)
{
	sqlite3_stmt *stmt = rp_sql(im->st, RP_SQL_LAST_RECORD);
	bool row;
	rp_status rc;

	im->record = 1;
	rc = rp_sql_step(im->st, RP_SQL_LAST_RECORD, &row, im->err);
	if (rc == RP_OK && row) {
		im->record = sqlite3_column_int64(stmt, 0) + 1;
		if (sqlite3_column_bytes(stmt, 1) == RP_SHA256_BYTES)
			memcpy(im->previous.byte,
			    sqlite3_column_blob(stmt, 1), RP_SHA256_BYTES);
	}
	rp_sql_done(im->st, RP_SQL_LAST_RECORD);
	return rc;
}

static void
digest_head(struct importer *im)
{
	const struct rp_import *what = im->what;
	char hex[RP_SHA256_HEX];

	rp_digest_text(im->digest, "import");
	rp_digest_text(im->digest, RP_VERSION);
	rp_digest_text(im->digest, what->source);
	rp_digest_text(im->digest, rp_sha256_hex(&what->digest, hex));
	rp_digest_number(im->digest, what->has_recorded,
	    rp_instant_s(what->recorded));
}

/* The digest that the next record will continue. */
static rp_status
chain(const struct rp_sha256 *previous, const struct rp_sha256 *content,
    struct rp_sha256 *out, struct rp_err *err)
{
	struct rp_sha256 both[2] = { *previous, *content };

	return rp_sha256_of(both, sizeof(both), out, err);
}

static int
bind_sha256(sqlite3_stmt *stmt, int i, const struct rp_sha256 *s)
{
	return sqlite3_bind_blob(stmt, i, s->byte, RP_SHA256_BYTES,
	    SQLITE_TRANSIENT);
}

static rp_status
add_record(struct importer *im)
{
	sqlite3_stmt *stmt = rp_sql(im->st, RP_SQL_ADD_RECORD);
	const struct rp_import *what = im->what;
	struct rp_sha256 content, own;
	rp_status rc;

	rc = rp_digest_end(im->digest, &content, im->err);
	if (rc == RP_OK)
		rc = chain(&im->previous, &content, &own, im->err);
	if (rc != RP_OK)
		return rc;
	if (sqlite3_bind_int64(stmt, 1, im->record) != SQLITE_OK ||
	    sqlite3_bind_text(stmt, 2, "import", -1, SQLITE_STATIC) !=
	    SQLITE_OK ||
	    sqlite3_bind_text(stmt, 3, RP_VERSION, -1, SQLITE_STATIC) !=
	    SQLITE_OK ||
	    sqlite3_bind_text(stmt, 4, what->source, -1, SQLITE_TRANSIENT) !=
	    SQLITE_OK || bind_sha256(stmt, 5, &what->digest) != SQLITE_OK ||
	    (what->has_recorded && sqlite3_bind_int64(stmt, 6,
	    rp_instant_s(what->recorded)) != SQLITE_OK) ||
	    bind_sha256(stmt, 7, &content) != SQLITE_OK ||
	    bind_sha256(stmt, 8, &im->previous) != SQLITE_OK ||
	    bind_sha256(stmt, 9, &own) != SQLITE_OK)
		return bad_bind(im, RP_SQL_ADD_RECORD);
	return rp_sql_run(im->st, RP_SQL_ADD_RECORD, im->err);
}

static rp_status
add_all(struct importer *im, const struct rp_node *root)
{
	rp_status rc = read_last(im);

	if (rc == RP_OK) {
		digest_head(im);
		rc = add_scenario(im, root);
	}
	for (int i = 0; i < RP_LIST_COUNT && rc == RP_OK; i++)
		rc = add_list(im, (enum rp_list)i,
		    rp_node_find(root, rp_lists[i].key));
	if (rc == RP_OK)
		rc = add_record(im);
	return rc;
}

/*
 * A failure may have ended the transaction by itself.  What goes wrong here is
 * not told: the first reason is the one that counts.
 */
static void
roll_back(struct rp_store *st)
{
	rp_status rc = RP_OK;

	if (sqlite3_get_autocommit(st->db) == 0)
		rc = rp_sql_run(st, RP_SQL_ROLLBACK, NULL);
	(void)rc;
}

static rp_status
import_within(struct importer *im, const struct rp_node *root)
{
	rp_status rc = rp_sql_run(im->st, RP_SQL_BEGIN, im->err);

	if (rc != RP_OK)
		return rc;
	rc = add_all(im, root);
	if (rc == RP_OK)
		rc = rp_sql_run(im->st, RP_SQL_COMMIT, im->err);
	if (rc != RP_OK)
		roll_back(im->st);
	return rc;
}

rp_status
rp_store_keep(struct rp_store *st, const struct rp_node *root,
    const struct rp_import *what, struct rp_err *err)
{
	struct importer im = { .st = st, .what = what, .err = err };
	rp_status rc;

	if (root == NULL || root->kind != RP_NODE_MAP)
		return rp_fail(err, RP_EINPUT, "the scenario is not a map");
	im.digest = rp_digest_new();
	if (im.digest == NULL)
		return rp_fail(err, RP_ENOMEM, "SHA-256 failed");
	rc = import_within(&im, root);
	rp_digest_free(im.digest);
	return rc;
}
