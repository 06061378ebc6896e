/*
 * store/record.c - one item, checked within the case as it then is.
 */
#include "store/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/binder.h"
#include "read/tree.h"
#include "store/item.h"
#include "store/merge.h"
#include "store/places.h"
#include "store/statements.h"
#include "store/store.h"

struct recording {
	struct rp_store *st;
	const struct rp_entry *entry;
	const struct rp_kind *kind;
	struct rp_doc *doc;	/* the item */
	struct rp_kept kept;	/* what was on record before */
	size_t target;		/* the row that it corrects, or SIZE_MAX */
	struct rp_writer w;
	struct rp_receipt *out;
	FILE *talk;
	struct rp_err *err;
};

static const char *
word_of(const struct recording *r)
{
	return rp_lists[r->kind->list].word;
}

static const struct rp_rows *
rows_of(const struct recording *r)
{
	return &r->kept.list[r->kind->list];
}

/* ---- what it corrects --------------------------------------------------- */

/* "3", "actual-3", or the id of an item. */
static bool
is_named(const struct recording *r, const struct rp_row *row,
    const char *name)
{
	char number[32], made[64];
	const char *id = row->node->kind != RP_NODE_MAP ? NULL :
	    rp_scalar_text(rp_node_find(row->node, "id"));

	if (id != NULL && strcmp(id, name) == 0)
		return true;
	(void)snprintf(number, sizeof(number), "%" PRId64, row->id);
	(void)snprintf(made, sizeof(made), "%s-%s", word_of(r), number);
	return strcmp(number, name) == 0 || strcmp(made, name) == 0;
}

static rp_status
find_named(struct recording *r, const char *name)
{
	const struct rp_rows *rows = rows_of(r);

	for (size_t i = 0; i < rows->n; i++) {
		if (is_named(r, &rows->row[i], name)) {
			r->target = i;
			return RP_OK;
		}
	}
	return rp_fail(r->err, RP_EINPUT, "there is no %s '%.60s' on record; "
	    "`revplan export %.100s records` lists what there is", word_of(r),
	    name, rp_store_name(r->st));
}

/* Somebody who mistypes a promise is told of the one that is alike. */
static rp_status
no_promise(struct recording *r, const char *what)
{
	const struct rp_rows *rows = rows_of(r);
	struct rp_nearest near;
	const char *text;

	rp_nearest_init(&near, what);
	for (size_t i = 0; i < rows->n; i++) {
		text = rp_scalar_text(rp_node_find(rows->row[i].node,
		    "what"));
		if (rows->row[i].by == SIZE_MAX && text != NULL)
			rp_nearest_try(&near, text);
	}
	if (near.best != NULL)
		return rp_fail(r->err, RP_EINPUT, "there is no commitment "
		    "'%.60s' in force; did you mean '%s'?", what, near.best);
	return rp_fail(r->err, RP_EINPUT, "there is no commitment '%.60s' in "
	    "force; `revplan export %.100s records` lists what there is", what,
	    rp_store_name(r->st));
}

/* A commitment that is in force, by its own words. */
static rp_status
find_promise(struct recording *r)
{
	const char *what = rp_scalar_text(rp_node_find(r->doc->root, "what"));
	const struct rp_rows *rows = rows_of(r);
	const char *text;

	if (what == NULL)
		return rp_fail(r->err, RP_EUSAGE, "an outcome needs "
		    "'what=TEXT' of its commitment, or --replaces");
	for (size_t i = 0; i < rows->n; i++) {
		text = rp_scalar_text(rp_node_find(rows->row[i].node,
		    "what"));
		if (rows->row[i].by != SIZE_MAX || text == NULL ||
		    strcmp(text, what) != 0)
			continue;
		if (r->target != SIZE_MAX)
			return rp_fail(r->err, RP_EINPUT, "there are several "
			    "commitments '%.60s'; name one by --replaces "
			    "NUMBER", what);
		r->target = i;
	}
	return r->target == SIZE_MAX ? no_promise(r, what) : RP_OK;
}

static rp_status
find_target(struct recording *r)
{
	const char *own = rp_scalar_text(rp_node_find(r->doc->root,
	    "replaces"));

	r->target = SIZE_MAX;
	if (r->entry->replaces != NULL && own != NULL)
		return rp_fail(r->err, RP_EUSAGE, "'replaces' is given twice; "
		    "keep one");
	if (r->entry->replaces != NULL)
		return find_named(r, r->entry->replaces);
	if (own != NULL)
		return find_named(r, own);
	return r->kind->outcome ? find_promise(r) : RP_OK;
}

static rp_status
check_target(struct recording *r)
{
	const struct rp_rows *rows = rows_of(r);
	size_t by;

	if (r->target == SIZE_MAX || rows->row[r->target].by == SIZE_MAX)
		return RP_OK;
	by = rows->row[r->target].by;
	return rp_fail(r->err, RP_EINPUT, "%s %" PRId64 " was corrected by "
	    "%s %" PRId64 " already; correct that one", word_of(r),
	    rows->row[r->target].id, word_of(r), rows->row[by].id);
}

/* ---- what is on record already ------------------------------------------ */

/*
 * Who does not know whether a command was carried out gives it again: what is
 * in force already, as the correction of the same item, is not recorded twice.
 */
static rp_status
find_same(struct recording *r, bool *same)
{
	struct rp_node list = { .kind = RP_NODE_LIST, .n = 1,
	    .first = r->doc->root };
	const struct rp_item *item, *old;
	struct rp_merge m;
	rp_status rc = rp_merge_list(&m, r->kind->list, rows_of(r), &list,
	    r->err);

	*same = false;
	for (size_t i = 0; i < m.n_old && rc == RP_OK; i++) {
		item = &m.entry[m.n_old];
		old = &m.entry[i];
		if (old->by != SIZE_MAX || strcmp(item->plain, old->plain) != 0)
			continue;
		if (r->target != SIZE_MAX && r->target != i &&
		    r->target != old->before)
			continue;
		*same = true;
		r->out->n_same = 1;
		r->out->item = (uint64_t)old->id;
		break;
	}
	rp_merge_release(&m);
	return rc;
}

/* ---- the record --------------------------------------------------------- */

static rp_status
prepare(struct recording *r)
{
	rp_status rc = rp_kept_load(r->st, &r->kept, r->err);

	if (rc == RP_OK && r->kept.doc == NULL)
		rc = rp_fail(r->err, RP_ESTATE, "'%s' holds no scenario yet; "
		    "import one first", rp_store_name(r->st));
	if (rc == RP_OK)
		rc = find_target(r);
	if (rc == RP_OK && r->kind->outcome)
		rc = rp_item_complete(r->doc,
		    rows_of(r)->row[r->target].node, r->err);
	return rc;
}

static rp_status
add(struct recording *r)
{
	int64_t before = 0, id = 0;
	rp_status rc;

	if (r->target != SIZE_MAX)
		before = rows_of(r)->row[r->target].id;
	rc = rp_writer_item(&r->w, r->kind->list, r->doc->root, before, &id,
	    r->err);
	if (rc == RP_OK)
		rc = rp_writer_end(&r->w, r->err);
	if (rc != RP_OK)
		return rc;
	r->out->record = (uint64_t)r->w.record;
	r->out->item = (uint64_t)id;
	(void)rp_sha256_hex(&r->w.own, r->out->sha256);
	if (before != 0)
		r->out->n_corrected = 1;
	else
		r->out->n_new = 1;
	return RP_OK;
}

static rp_status
check(struct recording *r)
{
	struct rp_places_new new = {
		.record = r->w.record,
		.source = r->entry->yaml_name,
		.kind = r->kind->word
	};

	if (r->entry->yaml == NULL) {
		new.n_pairs = r->entry->n_pairs;
		new.pair = r->entry->pair;
	}
	return rp_places_check(r->st, &new, r->talk, r->err);
}

static rp_status
record_within(struct recording *r, const struct rp_import *what)
{
	bool same = false;
	rp_status rc = prepare(r);

	if (rc == RP_OK)
		rc = rp_writer_begin(&r->w, r->st, what, r->err);
	if (rc == RP_OK)
		rc = find_same(r, &same);
	(void)rp_sha256_hex(&r->w.previous, r->out->sha256);
	if (rc != RP_OK || same)
		return rc;
	rc = check_target(r);
	if (rc == RP_OK)
		rc = add(r);
	if (rc == RP_OK)
		rc = check(r);
	return rc;
}

static rp_status
record_once(struct recording *r, const struct rp_import *what)
{
	rp_status rc = rp_store_begin(r->st, true, r->err);

	if (rc != RP_OK)
		return rc;
	rc = record_within(r, what);
	rp_writer_release(&r->w);
	rp_kept_release(&r->kept);
	if (rc == RP_OK && r->out->record != 0)
		return rp_store_commit(r->st, r->err);
	rp_store_rollback(r->st);
	if (rc != RP_OK)
		*r->out = (struct rp_receipt){ 0 };
	return rc;
}

rp_status
rp_store_record(struct rp_store *st, const struct rp_entry *entry,
    struct rp_instant now, FILE *talk, struct rp_receipt *out,
    struct rp_err *err)
{
	struct recording r = { .st = st, .entry = entry, .out = out,
	    .talk = talk, .err = err };
	struct rp_import what = { .kind = "record", .has_recorded = true,
	    .recorded = now };
	rp_status rc;

	*out = (struct rp_receipt){ 0 };
	r.kind = rp_kind_find(entry->kind, err);
	if (r.kind == NULL)
		return RP_EUSAGE;
	what.source = entry->yaml != NULL && entry->yaml_name != NULL ?
	    entry->yaml_name : "command line";
	rc = rp_item_digest(entry, &what.digest, err);
	if (rc == RP_OK)
		rc = rp_item_build(entry, r.kind, talk, &r.doc, err);
	if (rc == RP_OK)
		rc = record_once(&r, &what);
	rp_doc_free(r.doc);
	return rc;
}
