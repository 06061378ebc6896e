/*
 * store/import.c - a scenario into the store, whole or not at all.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "read/bind.h"
#include "store/counts_notes.h"
#include "store/emit.h"
#include "store/merge.h"
#include "store/places.h"
#include "store/record.h"
#include "store/statements.h"
#include "store/store.h"

struct importer {
	struct rp_store *st;
	const struct rp_keeping *keep;
	struct rp_receipt *out;
	struct rp_writer w;
	struct rp_kept kept;	/* what was on record before */
	struct rp_err *err;
};

static rp_status
no_memory(struct importer *im)
{
	return rp_fail(im->err, RP_ENOMEM, "out of memory for a document");
}

/* ---- which incident ------------------------------------------------------ */

static const char *
incident_of(const struct rp_node *root)
{
	const struct rp_node *incident = rp_node_find(root, "incident");

	if (incident == NULL || incident->kind != RP_NODE_MAP)
		return NULL;
	return rp_scalar_text(rp_node_find(incident, "id"));
}

/*
 * What is in a store stays there, so a file that was taken for another one
 * would mix two incidents for good.
 */
static rp_status
check_incident(struct importer *im)
{
	const char *before, *now;

	if (im->keep->prefix != NULL)
		return im->kept.doc != NULL ? RP_OK : rp_fail(im->err,
		    RP_ESTATE, "'%.100s' holds no scenario yet; import one "
		    "first", rp_store_name(im->st));
	if (im->kept.doc == NULL)
		return RP_OK;
	before = incident_of(rp_doc_root(im->kept.doc));
	now = incident_of(im->keep->root);
	if (before == NULL || now == NULL || strcmp(before, now) == 0)
		return RP_OK;
	return rp_fail(im->err, RP_EINPUT, "'%.100s' holds incident '%.100s', "
	    "and '%.100s' is about '%.100s'; a store is for one incident",
	    rp_store_name(im->st), before, im->keep->what.source, now);
}

/* ---- the scenario and its files ----------------------------------------- */

static rp_status
is_changed(struct importer *im, bool *changed)
{
	char *before = NULL, *now = NULL;
	rp_status rc;

	*changed = true;
	if (im->kept.doc == NULL)
		return RP_OK;
	rc = rp_plain(rp_doc_root(im->kept.doc), true, &before, im->err);
	if (rc == RP_OK)
		rc = rp_plain(im->keep->root, true, &now, im->err);
	if (rc == RP_OK)
		*changed = strcmp(before, now) != 0;
	free(before);
	free(now);
	return rc;
}

/* What a warehouse counted is not in the file that people write. */
static void
tell_lost(struct importer *im)
{
	struct rp_text lines = { 0 };

	if (im->keep->talk == NULL || im->kept.doc == NULL ||
	    im->keep->scenario_only)
		return;
	rp_counts_lost(rp_doc_root(im->kept.doc), im->keep->root, &lines);
	if (!lines.failed && lines.bytes != NULL)
		(void)fputs(lines.bytes, im->keep->talk);
	rp_text_release(&lines);
}

static rp_status
keep_scenario(struct importer *im)
{
	bool changed;
	rp_status rc = is_changed(im, &changed);

	if (rc != RP_OK || !changed)
		return rc;
	im->out->scenario = true;
	tell_lost(im);
	return rp_writer_scenario(&im->w, im->keep->root, im->err);
}

/* A file that is on record with the same bytes needs no row. */
static rp_status
keep_file(struct importer *im, const struct rp_companion *file)
{
	struct rp_files kept = rp_store_files(im->st);
	struct rp_err absent = { 0 };
	char *bytes = NULL;
	size_t len = 0;
	bool same;
	rp_status rc;

	rc = kept.read(kept.arg, file->name, SIZE_MAX, &bytes, &len, &absent);
	if (rc != RP_OK && rc != RP_EIO)
		return rp_fail(im->err, rc, "%s", absent.text);
	same = rc == RP_OK && len == file->len &&
	    memcmp(bytes, file->bytes, len) == 0;
	free(bytes);
	if (same)
		return RP_OK;
	im->out->scenario = true;
	return rp_writer_file(&im->w, file, im->err);
}

/* ---- items -------------------------------------------------------------- */

static void
tell_correction(struct importer *im, const struct rp_merge *m, size_t i,
    size_t target)
{
	struct rp_text line = { 0 };

	if (im->keep->talk == NULL)
		return;
	rp_text_printf(&line, "%s %" PRId64 ": ", rp_lists[m->list].word,
	    m->entry[target].id);
	rp_emit_line(&line, m->entry[target].node);
	rp_text_puts(&line, " -> ");
	rp_emit_line(&line, m->entry[i].node);
	if (!line.failed)
		(void)fprintf(im->keep->talk, "%s\n", line.bytes);
	rp_text_release(&line);
}

/* The same map without one of its keys; it lives in *room, free() that. */
static bool
without_id(const struct rp_node *map, struct rp_node *top,
    struct rp_node **room)
{
	const struct rp_node *child;
	struct rp_node *copy = calloc(map->n + 1, sizeof(*copy));
	size_t n = 0;

	if (copy == NULL)
		return false;
	*room = copy;
	*top = *map;
	for (child = map->first; child != NULL; child = child->next) {
		if (strcmp(child->key, "id") == 0)
			continue;
		copy[n] = *child;
		copy[n].next = NULL;
		if (n > 0)
			copy[n - 1].next = &copy[n];
		n++;
	}
	top->first = n > 0 ? copy : NULL;
	top->n = n;
	return true;
}

static rp_status
keep_item(struct importer *im, struct rp_merge *m, size_t i, size_t target)
{
	const struct rp_node *node = m->entry[i].node;
	struct rp_node top, *room = NULL;
	int64_t id = 0, before = 0;
	rp_status rc;

	/* Two rows cannot have one id: the earlier one keeps it. */
	if (rp_merge_same_id(m, i)) {
		if (!without_id(node, &top, &room))
			return no_memory(im);
		node = &top;
	}
	if (target != SIZE_MAX)
		before = m->entry[target].id;
	rc = rp_writer_item(&im->w, m->list, node, before, &id, im->err);
	free(room);
	if (rc != RP_OK)
		return rc;
	rp_merge_place(m, i, target, id);
	if (target != SIZE_MAX && target < m->n_old) {
		im->out->n_corrected++;
		tell_correction(im, m, i, target);
	} else {
		im->out->n_new++;
	}
	return RP_OK;
}

/*
 * What corrects another item of the file comes after that one: path holds the
 * items that wait for each other.  Where they do so in a circle, which only
 * what is no case can do, one is kept without its target.
 */
static rp_status
keep_with_targets(struct importer *im, struct rp_merge *m, size_t i,
    size_t *path)
{
	size_t depth = 0, target;
	rp_status rc = RP_OK;

	for (path[depth++] = i; depth > 0 && rc == RP_OK; ) {
		i = path[depth - 1];
		if (!rp_merge_target(m, i, &target)) {
			m->entry[i].waiting = true;
			if (!m->entry[target].waiting) {
				path[depth++] = target;
				continue;
			}
			target = SIZE_MAX;
		}
		rc = keep_item(im, m, i, target);
		depth--;
	}
	return rc;
}

static rp_status
keep_items(struct importer *im, struct rp_merge *m)
{
	size_t *path = calloc(m->n - m->n_old + 1, sizeof(*path));
	rp_status rc = RP_OK;

	if (path == NULL)
		return no_memory(im);
	for (size_t i = m->n_old; i < m->n && rc == RP_OK; i++) {
		if (!m->entry[i].placed)
			rc = keep_with_targets(im, m, i, path);
	}
	free(path);
	return rc;
}

/* Of items alone, only those of the same source can be missed. */
static bool
is_absent(const struct importer *im, const struct rp_item *old)
{
	const char *prefix = im->keep->prefix;

	if (old->used || old->by != SIZE_MAX)
		return false;
	return prefix == NULL || (old->name != NULL &&
	    strncmp(old->name, prefix, strlen(prefix)) == 0);
}

static void
count(struct importer *im, const struct rp_merge *m)
{
	for (size_t i = 0; i < m->n_old; i++) {
		if (m->entry[i].used)
			im->out->n_same++;
		else if (is_absent(im, &m->entry[i]))
			im->out->n_absent++;
	}
}

static rp_status
keep_list(struct importer *im, enum rp_list list)
{
	const struct rp_node *file = rp_node_find(im->keep->root,
	    rp_lists[list].key);
	struct rp_merge m;
	rp_status rc;

	/* A list that is none stays in the document. */
	if (file != NULL && file->kind != RP_NODE_LIST)
		file = NULL;
	rc = rp_merge_list(&m, list, &im->kept.list[list], file, im->err);
	if (rc == RP_OK)
		rc = keep_items(im, &m);
	if (rc == RP_OK)
		count(im, &m);
	rp_merge_release(&m);
	return rc;
}

/* ---- the record --------------------------------------------------------- */

static rp_status
keep_all(struct importer *im)
{
	const struct rp_keeping *keep = im->keep;
	rp_status rc = keep->prefix == NULL ? keep_scenario(im) : RP_OK;

	for (int i = 0; i < RP_LIST_COUNT && rc == RP_OK &&
	    !keep->scenario_only; i++)
		rc = keep_list(im, (enum rp_list)i);
	for (size_t i = 0; i < keep->n_files && rc == RP_OK; i++)
		rc = keep_file(im, &keep->file[i]);
	if (rc != RP_OK || (!im->out->scenario && im->out->n_new == 0 &&
	    im->out->n_corrected == 0))
		return rc;
	rc = rp_writer_end(&im->w, im->err);
	if (rc != RP_OK)
		return rc;
	im->out->record = (uint64_t)im->w.record;
	(void)rp_sha256_hex(&im->w.own, im->out->sha256);
	return RP_OK;
}

rp_status
rp_import_within(struct rp_store *st, const struct rp_keeping *keep,
    struct rp_err *err)
{
	struct importer im = { .st = st, .keep = keep, .out = keep->out,
	    .err = err };
	rp_status rc;

	*keep->out = (struct rp_receipt){ 0 };
	rc = rp_kept_load(st, &im.kept, err);
	if (rc == RP_OK)
		rc = rp_writer_begin(&im.w, st, &keep->what, err);
	/* Nothing new: the head of the chain stays what it is. */
	(void)rp_sha256_hex(&im.w.previous, keep->out->sha256);
	if (rc == RP_OK)
		rc = check_incident(&im);
	if (rc == RP_OK && keep->settle != NULL)
		keep->settle(keep->arg, &im.kept);
	if (rc == RP_OK)
		rc = keep_all(&im);
	rp_writer_release(&im.w);
	rp_kept_release(&im.kept);
	return rc;
}

/* ---- from the outside --------------------------------------------------- */

rp_status
rp_store_keep(struct rp_store *st, const struct rp_node *root,
    const struct rp_import *what, struct rp_err *err)
{
	struct rp_receipt receipt;
	const struct rp_keeping keep = { .root = root, .what = *what,
	    .out = &receipt };
	rp_status rc;

	if (root == NULL || root->kind != RP_NODE_MAP)
		return rp_fail(err, RP_EINPUT, "the scenario is not a map");
	rc = rp_store_begin(st, true, err);
	if (rc != RP_OK)
		return rc;
	rc = rp_import_within(st, &keep, err);
	if (rc == RP_OK)
		return rp_store_commit(st, err);
	rp_store_rollback(st);
	return rc;
}

static rp_status
import_once(struct rp_store *st, const struct rp_keeping *keep,
    struct rp_err *err)
{
	/* Items alone have no lines of a file. */
	const bool alone = keep->prefix != NULL;
	rp_status rc = rp_store_begin(st, true, err);

	if (rc != RP_OK)
		return rc;
	rc = rp_import_within(st, keep, err);
	if (rc == RP_OK && keep->out->record != 0)
		rc = rp_places_check(st, &(struct rp_places_new){
		    .record = (int64_t)keep->out->record,
		    .source = alone ? NULL : keep->what.source,
		    .kind = alone ? keep->what.source : NULL }, keep->talk,
		    err);
	if (rc == RP_OK && keep->out->record != 0)
		return rp_store_commit(st, err);
	rp_store_rollback(st);
	return rc;
}

static void
tell_absent(const struct rp_keeping *keep)
{
	size_t n = keep->out->n_absent;

	if (keep->talk != NULL && n > 0)
		(void)fprintf(keep->talk, "%zu item%s on record %s not in "
		    "'%s'; %s\n", n, n == 1 ? "" : "s", n == 1 ? "is" : "are",
		    keep->what.source, n == 1 ? "it stays" : "they stay");
}

/* Who makes a store at the same time as somebody else adds to that one. */
static rp_status
import_scenario(struct rp_store *st, const struct rp_keeping *keep,
    struct rp_err *err)
{
	bool lost = false;
	rp_status rc = import_once(st, keep, err);

	if (rc == RP_OK && st->unborn) {
		rc = rp_store_bear(st, &lost, err);
		if (rc == RP_OK && lost)
			rc = import_once(st, keep, err);
	}
	if (rc == RP_OK)
		tell_absent(keep);
	else
		*keep->out = (struct rp_receipt){ 0 };
	return rc;
}

rp_status
rp_store_import(struct rp_store *st, const char *path, struct rp_instant now,
    FILE *talk, struct rp_receipt *out, struct rp_err *err)
{
	struct rp_scenario sc;
	struct rp_keeping keep = { .talk = talk, .out = out };
	rp_status rc = rp_scenario_read(path, talk, &sc, err);

	*out = (struct rp_receipt){ 0 };
	if (rc == RP_OK) {
		keep.root = rp_doc_root(sc.doc);
		keep.n_files = sc.n_files;
		keep.file = sc.file;
		keep.what = (struct rp_import){ .source = sc.source,
		    .digest = sc.digest, .has_recorded = true,
		    .recorded = now };
		rc = import_scenario(st, &keep, err);
	}
	rp_scenario_release(&sc);
	return rc;
}

rp_status
rp_store_import_items(struct rp_store *st, const struct rp_keeping *keep,
    struct rp_err *err)
{
	rp_status rc = import_once(st, keep, err);

	if (rc == RP_OK)
		tell_absent(keep);
	else
		*keep->out = (struct rp_receipt){ 0 };
	return rc;
}
