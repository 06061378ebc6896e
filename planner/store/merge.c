/*
 * store/merge.c - which items of a file are on record already.
 *
 * An item of equal content is the same item, whatever its place, quotes and
 * order of keys.  Of the others, one that says what it replaces corrects that;
 * one with an id corrects the item of that id; one about the same subject at
 * the same time corrects that.  The rest is new.  Where a row was corrected
 * before, the correction is corrected: a chain has no forks.
 */
#include "store/merge.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "store/record.h"

#define NONE SIZE_MAX

/* What sorts the entries on record. */
enum { KEY_PLAIN, KEY_SUBJECT, KEY_NAME, KEYS };

/* What an item is about: same values, same thing. */
#define SUBJECT_KEYS 4
static const char *const subjects[RP_LIST_COUNT][SUBJECT_KEYS] = {
	[RP_LIST_PLAN] = { "published", "metric" },
	[RP_LIST_ACTUAL] = { "as_of", "population", "published" },
	[RP_LIST_FACT] = { "what", "at", "duty", "to" },
	[RP_LIST_COMMITMENT] = { "what" },
	[RP_LIST_POST] = { "at" },
	[RP_LIST_CLAIM] = { "said", "source", "promise", "rate" },
	[RP_LIST_REQUEST] = { "asked" },
	[RP_LIST_FORECAST] = { "as_of", "published" },
};

/* ---- content without places --------------------------------------------- */

static void
add_text(struct rp_text *out, const char *text)
{
	rp_text_printf(out, "%zu:", strlen(text));
	rp_text_puts(out, text);
}

static int
compare_keys(const void *a, const void *b)
{
	const struct rp_node *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

static bool
is_mark(const struct rp_node *child)
{
	return strcmp(child->key, "id") == 0 ||
	    strcmp(child->key, "replaces") == 0;
}

enum leave { LEAVE_NOTHING, LEAVE_MARKS, LEAVE_LISTS };

static void
add_plain(struct rp_text *out, const struct rp_node *node, enum leave leave);

static void
add_pairs(struct rp_text *out, const struct rp_node *map, enum leave leave)
{
	const struct rp_node **sorted, *child;
	size_t n = 0;

	sorted = calloc(map->n + 1, sizeof(*sorted));
	if (sorted == NULL) {
		out->failed = true;
		return;
	}
	for (child = map->first; child != NULL; child = child->next) {
		if ((leave == LEAVE_MARKS && is_mark(child)) ||
		    (leave == LEAVE_LISTS && rp_has_table(child)))
			continue;
		sorted[n++] = child;
	}
	qsort(sorted, n, sizeof(*sorted), compare_keys);
	for (size_t i = 0; i < n; i++) {
		add_text(out, sorted[i]->key);
		add_plain(out, sorted[i], LEAVE_NOTHING);
	}
	free(sorted);
}

/* Recursion is as deep as the tree: at most RP_DOC_DEPTH. */
static void
add_plain(struct rp_text *out, const struct rp_node *node, enum leave leave)
{
	const struct rp_node *child;

	if (node->kind == RP_NODE_SCALAR) {
		add_text(out, node->text);
		return;
	}
	rp_text_puts(out, node->kind == RP_NODE_MAP ? "{" : "[");
	if (node->kind == RP_NODE_MAP) {
		add_pairs(out, node, leave);
	} else {
		for (child = node->first; child != NULL; child = child->next)
			add_plain(out, child, LEAVE_NOTHING);
	}
	rp_text_puts(out, node->kind == RP_NODE_MAP ? "}" : "]");
}

static rp_status
take(struct rp_text *text, char **out, struct rp_err *err)
{
	if (text->failed) {
		rp_text_release(text);
		return rp_fail(err, RP_ENOMEM, "out of memory for a document");
	}
	*out = text->bytes;
	return RP_OK;
}

rp_status
rp_plain(const struct rp_node *node, bool without_lists, char **out,
    struct rp_err *err)
{
	struct rp_text text = { 0 };

	add_plain(&text, node, without_lists ? LEAVE_LISTS : LEAVE_NOTHING);
	return take(&text, out, err);
}

/* An update as a bare time is the same as {at: time}. */
static rp_status
plain_item(enum rp_list list, const struct rp_node *item, char **out,
    struct rp_err *err)
{
	struct rp_node top = { .kind = RP_NODE_MAP, .n = 1 }, only = *item;
	struct rp_text text = { 0 };

	if (list == RP_LIST_POST &&
	    rp_item_find(item, list, rp_lists[list].time) == item) {
		only.key = rp_lists[list].time;
		only.next = NULL;
		top.first = &only;
		item = &top;
	}
	add_plain(&text, item, LEAVE_MARKS);
	return take(&text, out, err);
}

static rp_status
subject_of(enum rp_list list, const struct rp_node *item, char **out,
    struct rp_err *err)
{
	struct rp_text text = { 0 };
	const char *key, *value;

	*out = NULL;
	for (int i = 0; i < SUBJECT_KEYS; i++) {
		key = subjects[list][i];
		value = key == NULL ? NULL :
		    rp_scalar_text(rp_item_find(item, list, key));
		if (i == 0 && value == NULL)
			return RP_OK;
		if (value != NULL)
			add_text(&text, value);
		rp_text_puts(&text, ",");
	}
	return take(&text, out, err);
}

static const char *
text_of(const struct rp_node *item, const char *key)
{
	return item->kind == RP_NODE_MAP ?
	    rp_scalar_text(rp_node_find(item, key)) : NULL;
}

static rp_status
fill(struct rp_merge *m, size_t i, const struct rp_node *node,
    struct rp_err *err)
{
	struct rp_item *e = &m->entry[i];
	rp_status rc;

	*e = (struct rp_item){ .node = node, .before = NONE, .by = NONE,
	    .order = i, .same = NONE };
	e->name = text_of(node, "id");
	e->target = text_of(node, "replaces");
	rc = plain_item(m->list, node, &e->plain, err);
	if (rc == RP_OK)
		rc = subject_of(m->list, node, &e->subject, err);
	return rc;
}

/* ---- looking up --------------------------------------------------------- */

static const char *
key_of(const struct rp_item *e, int key)
{
	const char *text = key == KEY_PLAIN ? e->plain :
	    key == KEY_SUBJECT ? e->subject : e->name;

	return text != NULL ? text : "";
}

static int
compare_by(const void *a, const void *b, int key)
{
	const struct rp_item *const *x = a, *const *y = b;
	int order = strcmp(key_of(*x, key), key_of(*y, key));

	return order != 0 ? order :
	    ((*x)->order > (*y)->order) - ((*x)->order < (*y)->order);
}

static int
by_plain(const void *a, const void *b)
{
	return compare_by(a, b, KEY_PLAIN);
}

static int
by_subject(const void *a, const void *b)
{
	return compare_by(a, b, KEY_SUBJECT);
}

static int
by_name(const void *a, const void *b)
{
	return compare_by(a, b, KEY_NAME);
}

static bool
sort_old(struct rp_merge *m)
{
	static int (*const compare[KEYS])(const void *, const void *) = {
		by_plain, by_subject, by_name
	};

	for (int k = 0; k < KEYS; k++) {
		m->by_key[k] = calloc(m->n_old + 1, sizeof(*m->by_key[k]));
		if (m->by_key[k] == NULL)
			return false;
		for (size_t i = 0; i < m->n_old; i++)
			m->by_key[k][i] = &m->entry[i];
		qsort(m->by_key[k], m->n_old, sizeof(*m->by_key[k]),
		    compare[k]);
	}
	return true;
}

static bool
sort_named(struct rp_merge *m)
{
	m->named = calloc(m->n - m->n_old + 1, sizeof(*m->named));
	if (m->named == NULL)
		return false;
	for (size_t i = m->n_old; i < m->n; i++) {
		if (m->entry[i].name != NULL)
			m->named[m->n_named++] = &m->entry[i];
	}
	qsort(m->named, m->n_named, sizeof(*m->named), by_name);
	return true;
}

/* The first entry on record with that key; n_old when there is none. */
static size_t
first_of(const struct rp_merge *m, int key, const char *text)
{
	size_t low = 0, high = m->n_old;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(key_of(m->by_key[key][middle], key), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The i-th of the sorted ones, while it still has that key. */
static struct rp_item *
still(const struct rp_merge *m, int key, size_t i, const char *text)
{
	if (i >= m->n_old || strcmp(key_of(m->by_key[key][i], key), text) != 0)
		return NULL;
	return m->by_key[key][i];
}

static size_t
index_of(const struct rp_merge *m, const struct rp_item *e)
{
	return e != NULL ? (size_t)(e - m->entry) : NONE;
}

static size_t
head_of(const struct rp_merge *m, size_t i)
{
	while (i != NONE && m->entry[i].by != NONE)
		i = m->entry[i].by;
	return i;
}

/* Whether it, or what it corrects in the end, has a name. */
static bool
is_called(const struct rp_merge *m, size_t i, const char *name)
{
	for (; i != NONE; i = m->entry[i].before) {
		if (m->entry[i].name != NULL &&
		    strcmp(m->entry[i].name, name) == 0)
			return true;
	}
	return false;
}

/* ---- what is the same --------------------------------------------------- */

static bool
is_same(const struct rp_merge *m, const struct rp_item *new,
    const struct rp_item *old)
{
	if (old->used)
		return false;
	if (new->target != NULL && !is_called(m, old->before, new->target))
		return false;
	return new->name == NULL || is_called(m, index_of(m, old), new->name);
}

static void
find_same(struct rp_merge *m, struct rp_item *new)
{
	size_t i = first_of(m, KEY_PLAIN, new->plain);
	struct rp_item *old;

	for (; (old = still(m, KEY_PLAIN, i, new->plain)) != NULL; i++) {
		if (!is_same(m, new, old))
			continue;
		old->used = true;
		new->id = old->id;
		new->same = index_of(m, old);
		new->placed = true;
		return;
	}
}

/* ---- what is corrected -------------------------------------------------- */

static size_t
old_of_subject(const struct rp_merge *m, const struct rp_item *new)
{
	struct rp_item *old;
	size_t i;

	if (new->subject == NULL)
		return NONE;
	i = first_of(m, KEY_SUBJECT, new->subject);
	for (; (old = still(m, KEY_SUBJECT, i, new->subject)) != NULL; i++) {
		if (!old->used && old->by == NONE)
			return index_of(m, old);
	}
	return NONE;
}

static size_t
old_of_name(const struct rp_merge *m, const char *name)
{
	return index_of(m, still(m, KEY_NAME, first_of(m, KEY_NAME, name),
	    name));
}

/* The item of the file that has a name; the first, should there be more. */
static size_t
find_in_file(const struct rp_merge *m, const char *name)
{
	size_t low = 0, high = m->n_named;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(m->named[middle]->name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->n_named && strcmp(m->named[low]->name, name) == 0 ?
	    index_of(m, m->named[low]) : NONE;
}

static size_t
named_target(const struct rp_merge *m, const char *name)
{
	size_t i = find_in_file(m, name);

	if (i == NONE)
		return old_of_name(m, name);
	return m->entry[i].same != NONE ? m->entry[i].same : i;
}

bool
rp_merge_target(const struct rp_merge *m, size_t i, size_t *target)
{
	const struct rp_item *e = &m->entry[i];

	*target = NONE;
	if (e->target != NULL) {
		*target = named_target(m, e->target);
		if (*target != NONE && *target >= m->n_old &&
		    !m->entry[*target].placed)
			return false;
	} else {
		if (e->name != NULL)
			*target = old_of_name(m, e->name);
		if (*target == NONE)
			*target = old_of_subject(m, e);
	}
	*target = head_of(m, *target);
	return true;
}

bool
rp_merge_same_id(const struct rp_merge *m, size_t i)
{
	const struct rp_item *e = &m->entry[i];

	return e->target == NULL && e->name != NULL &&
	    old_of_name(m, e->name) != NONE;
}

void
rp_merge_place(struct rp_merge *m, size_t i, size_t target, int64_t id)
{
	m->entry[i].id = id;
	m->entry[i].placed = true;
	m->entry[i].before = target;
	if (target != NONE)
		m->entry[target].by = i;
}

/* ---- a list ------------------------------------------------------------- */

static rp_status
fill_all(struct rp_merge *m, const struct rp_rows *rows,
    const struct rp_node *file, struct rp_err *err)
{
	const struct rp_node *item;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < rows->n && rc == RP_OK; i++) {
		m->n = i + 1;
		rc = fill(m, i, rows->row[i].node, err);
		m->entry[i].id = rows->row[i].id;
		m->entry[i].before = rows->row[i].replaces;
		m->entry[i].by = rows->row[i].by;
	}
	for (item = file != NULL ? file->first : NULL;
	    item != NULL && rc == RP_OK; item = item->next) {
		m->n++;
		rc = fill(m, m->n - 1, item, err);
	}
	return rc;
}

rp_status
rp_merge_list(struct rp_merge *m, enum rp_list list,
    const struct rp_rows *rows, const struct rp_node *file,
    struct rp_err *err)
{
	size_t n_file = file != NULL ? file->n : 0;
	rp_status rc;

	*m = (struct rp_merge){ .list = list, .n_old = rows->n };
	m->entry = calloc(rows->n + n_file + 1, sizeof(*m->entry));
	if (m->entry == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for a document");
	rc = fill_all(m, rows, file, err);
	if (rc == RP_OK && (!sort_old(m) || !sort_named(m)))
		rc = rp_fail(err, RP_ENOMEM, "out of memory for a document");
	for (size_t i = m->n_old; i < m->n && rc == RP_OK; i++)
		find_same(m, &m->entry[i]);
	return rc;
}

void
rp_merge_release(struct rp_merge *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->entry[i].plain);
		free(m->entry[i].subject);
	}
	for (int k = 0; k < KEYS; k++)
		free(m->by_key[k]);
	free(m->named);
	free(m->entry);
	*m = (struct rp_merge){ 0 };
}
