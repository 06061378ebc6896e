/*
 * store/bug.c - a saved bug into a store: facts and updates, as one record.
 */
#include "store/bug.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "read/slurp.h"
#include "read/tree.h"
#include "store/record.h"

/* The files, while they are read. */
struct saved {
	size_t n;
	struct rp_bug_file file[RP_BUG_FILES];
	char *bytes[RP_BUG_FILES];
};

static rp_status
read_files(const char *const *path, size_t n, struct saved *saved,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	if (n > RP_BUG_FILES)
		return rp_fail(err, RP_EUSAGE, "a bug comes in %d files at "
		    "most, not %zu", RP_BUG_FILES, n);
	for (size_t i = 0; i < n && rc == RP_OK; i++) {
		struct rp_bug_file *f = &saved->file[i];

		f->name = strcmp(path[i], "-") == 0 ? "<stdin>" : path[i];
		rc = rp_slurp(path[i], RP_BUG_BYTES, &saved->bytes[i],
		    &f->len, err);
		f->bytes = saved->bytes[i];
		saved->n = i + 1;
	}
	return rc;
}

/* What `cat FILE... | sha256sum` prints. */
static rp_status
digest_files(const struct saved *saved, struct rp_sha256 *out,
    struct rp_err *err)
{
	struct rp_digest *d = rp_digest_new();
	rp_status rc;

	if (d == NULL)
		return rp_fail(err, RP_ENOMEM, "SHA-256 failed");
	for (size_t i = 0; i < saved->n; i++)
		rp_digest_add(d, saved->file[i].bytes, saved->file[i].len);
	rc = rp_digest_end(d, out, err);
	rp_digest_free(d);
	return rc;
}

static rp_status
name_files(const struct saved *saved, char **out, struct rp_err *err)
{
	struct rp_text text = { 0 };

	for (size_t i = 0; i < saved->n; i++)
		rp_text_printf(&text, "%s%s", i > 0 ? ", " : "",
		    saved->file[i].name);
	if (text.failed || text.bytes == NULL) {
		rp_text_release(&text);
		return rp_fail(err, RP_ENOMEM, "out of memory");
	}
	*out = text.bytes;
	return RP_OK;
}

static rp_status
take(const struct saved *saved, const struct rp_bug_who *who, FILE *talk,
    struct rp_bug_items *out, struct rp_err *err)
{
	struct rp_bug bug;
	rp_status rc = rp_bug_read(saved->file, saved->n, &bug, err);

	if (rc != RP_OK)
		return rc;
	out->number = bug.number;
	rc = rp_bug_roles(&bug, who, err);
	if (rc == RP_OK)
		rc = rp_bug_facts(&bug, talk, &out->doc, err);
	rp_bug_release(&bug);
	return rc;
}

rp_status
rp_bug_items_read(const char *const *path, size_t n,
    const struct rp_bug_who *who, FILE *talk, struct rp_bug_items *out,
    struct rp_err *err)
{
	struct saved saved = { 0 };
	rp_status rc = read_files(path, n, &saved, err);

	*out = (struct rp_bug_items){ 0 };
	if (rc == RP_OK)
		rc = take(&saved, who, talk, out, err);
	if (rc == RP_OK)
		rc = digest_files(&saved, &out->digest, err);
	if (rc == RP_OK)
		rc = name_files(&saved, &out->source, err);
	for (size_t i = 0; i < saved.n; i++)
		free(saved.bytes[i]);
	if (rc != RP_OK)
		rp_bug_items_release(out);
	return rc;
}

void
rp_bug_items_release(struct rp_bug_items *items)
{
	rp_doc_free(items->doc);
	free(items->source);
	*items = (struct rp_bug_items){ 0 };
}

/* ---- what is known better ----------------------------------------------- */

/* What is settled, and the place of the fact that is looked at. */
struct settling {
	struct rp_doc *doc;
	const struct rp_rows *rows;
};

/* Whether a row, or what it corrects in the end, has an id. */
static bool
is_called(const struct rp_rows *rows, size_t i, const char *id)
{
	const char *own;

	for (; i != SIZE_MAX; i = rows->row[i].replaces) {
		own = rp_scalar_text(rp_node_find(rows->row[i].node, "id"));
		if (own != NULL && strcmp(own, id) == 0)
			return true;
	}
	return false;
}

static bool
time_of(const struct rp_node *item, struct rp_when *out)
{
	const char *text = rp_scalar_text(rp_node_find(item, "at"));

	return text != NULL && rp_when_parse(text, out, NULL) == RP_OK;
}

static bool
is_within(struct rp_when inner, struct rp_when outer)
{
	return rp_instant_cmp(inner.from, outer.from) >= 0 &&
	    rp_instant_cmp(rp_when_last(inner), rp_when_last(outer)) <= 0;
}

/* Its keys, but for those that name it, become those of another one. */
static bool
become(struct rp_doc *doc, struct rp_node *item, const struct rp_node *other)
{
	struct rp_node *last = item->first, *copy;
	const struct rp_node *child;

	last->next = NULL;
	item->n = 1;
	for (child = other->first; child != NULL; child = child->next) {
		if (child->kind != RP_NODE_SCALAR ||
		    strcmp(child->key, "id") == 0 ||
		    strcmp(child->key, "replaces") == 0)
			continue;
		copy = rp_doc_node(doc, RP_NODE_SCALAR, 0, 0);
		if (copy == NULL)
			return false;
		copy->quoted = child->quoted;
		copy->text = rp_doc_text(doc, child->text,
		    strlen(child->text));
		copy->key = rp_doc_text(doc, child->key, strlen(child->key));
		if (copy->text == NULL || copy->key == NULL)
			return false;
		rp_node_link(item, &last, copy);
	}
	return true;
}

/*
 * A bug without its history tells less than one with it, and one that was
 * saved later less than one that was saved before: a time on record that lies
 * within the new one is not made worse.
 */
static void
settle_fact(struct settling *s, struct rp_node *item)
{
	const char *id = rp_scalar_text(rp_node_find(item, "id"));
	struct rp_when new, old;

	if (id == NULL || !time_of(item, &new) || rp_when_is_exact(new))
		return;
	for (size_t i = 0; i < s->rows->n; i++) {
		if (s->rows->row[i].by != SIZE_MAX ||
		    !is_called(s->rows, i, id) ||
		    !time_of(s->rows->row[i].node, &old) ||
		    !is_within(old, new))
			continue;
		/* Without memory the import itself will fail. */
		(void)become(s->doc, item, s->rows->row[i].node);
		return;
	}
}

static void
settle(void *arg, const struct rp_kept *kept)
{
	struct settling s = { arg, &kept->list[RP_LIST_FACT] };
	struct rp_node *list, *item;

	for (list = s.doc->root->first; list != NULL; list = list->next) {
		if (strcmp(list->key, rp_lists[RP_LIST_FACT].key) != 0)
			continue;
		for (item = list->first; item != NULL; item = item->next)
			settle_fact(&s, item);
	}
}

/* ---- into a store ------------------------------------------------------- */

rp_status
rp_store_import_bug(struct rp_store *st, const struct rp_bug_items *items,
    struct rp_instant now, FILE *talk, struct rp_receipt *out,
    struct rp_err *err)
{
	char prefix[RP_BUG_PREFIX];
	const struct rp_keeping keep = {
		.root = rp_doc_root(items->doc),
		.what = { .source = items->source, .digest = items->digest,
		    .has_recorded = true, .recorded = now },
		.talk = talk,
		.out = out,
		.prefix = rp_bug_prefix(items->number, prefix),
		.settle = settle,
		.arg = items->doc
	};

	*out = (struct rp_receipt){ 0 };
	return rp_store_import_items(st, &keep, err);
}
