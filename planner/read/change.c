/*
 * read/change.c - two trees become one.
 *
 * Lists grow at their end, maps take the keys that are given, populations are
 * known by their names.  Nothing that was observed can be changed: what has
 * happened has happened, whatever one might have done.
 */
#include "read/change.h"

#include <stdio.h>
#include <string.h>

#include "read/binder.h"
#include "read/tree.h"

/* Populations, calendars, or keys of one of them. */
#define CHANGED_MAX 1000

struct joiner {
	struct rp_faults *f;
	struct rp_doc *base;
};

#define KEY_AT(node) (node)->key_line, (node)->key_col

static const struct row {
	const char *word;
	enum rp_change_way way;
} rows[] = {
	{ "calendars", RP_CHANGE_NAMED_KEYS },
	{ "change", RP_CHANGE_DROPS },
	{ "duties", RP_CHANGE_APPENDS },
	{ "events", RP_CHANGE_APPENDS },
	{ "incident", RP_CHANGE_TOTAL },
	{ "note", RP_CHANGE_DROPS },
	{ "plans", RP_CHANGE_APPENDS },
	{ "populations", RP_CHANGE_NAMED_ITEMS },
	{ "revocation", RP_CHANGE_REPLACES },
	{ "revplan", RP_CHANGE_REPLACES },
	{ "simulation", RP_CHANGE_KEYS },
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

const char *
rp_change_word(size_t i, enum rp_change_way *way)
{
	if (i >= N_ROWS)
		return NULL;
	*way = rows[i].way;
	return rows[i].word;
}

const struct rp_node *
rp_change_key(const struct rp_doc *doc)
{
	return rp_node_find(rp_doc_root(doc), "change");
}

/* ---- trees that can be changed ------------------------------------------ */

/* Recursion is as deep as the tree: at most RP_DOC_DEPTH. */
static void
move_lines(struct rp_node *node)
{
	struct rp_node *child;

	node->line += RP_LINE_CHANGE;
	node->key_line += RP_LINE_CHANGE;
	for (child = node->first; child != NULL; child = child->next)
		move_lines(child);
}

static struct rp_node *
find(struct rp_node *map, const char *key)
{
	struct rp_node *child;

	for (child = map->first; child != NULL; child = child->next) {
		if (strcmp(child->key, key) == 0)
			return child;
	}
	return NULL;
}

/* A value that says on what it rests is joined as a value without that. */
static struct rp_node *
unwrap(struct rp_node *node)
{
	struct rp_node *value = NULL;

	if (node->kind == RP_NODE_MAP)
		value = find(node, "value");
	return value != NULL ? value : node;
}

/* n more nodes, the first of which is given, at the end of a list. */
static void
append(struct rp_node *parent, struct rp_node *first, size_t n)
{
	struct rp_node **at = &parent->first;

	while (*at != NULL)
		at = &(*at)->next;
	*at = first;
	parent->n += n;
}

/* A key of a map is there already, or it comes to the end. */
static void
put(struct rp_node *map, struct rp_node *child)
{
	struct rp_node **at = &map->first;

	while (*at != NULL && strcmp((*at)->key, child->key) != 0)
		at = &(*at)->next;
	child->next = *at != NULL ? (*at)->next : NULL;
	map->n += *at == NULL;
	*at = child;
}

/* All that a change may hold of a kind; what it is not, is a fault. */
static bool
is_kind(struct joiner *j, const struct rp_node *node, enum rp_node_kind kind,
    const char *what)
{
	if (node->kind == kind)
		return true;
	rp_fault(j->f, RP_AT_NODE(node), "'%s' takes %s", what,
	    kind == RP_NODE_MAP ? "a map of keys" : "a list");
	return false;
}

/* Each is looked up among all others, so there is a bound. */
static bool
are_few(struct joiner *j, const struct rp_node *node)
{
	if (node->n <= CHANGED_MAX)
		return true;
	rp_fault(j->f, RP_AT_NODE(node), "a change has at most %d entries "
	    "here, not %zu", CHANGED_MAX, node->n);
	return false;
}

static void
put_all(struct joiner *j, struct rp_node *map, struct rp_node *more)
{
	struct rp_node *child, *next;

	/* The case was valid: what is wrong with it now, the change did. */
	map->line = more->line;
	map->col = more->col;
	for (child = more->first; child != NULL && are_few(j, more);
	    child = next) {
		next = child->next;
		put(map, child);
	}
}

/* ---- maps --------------------------------------------------------------- */

/* The count of what is affected may change with the populations; what
 * happened, and when, may not. */
static bool
has_total_alone(struct joiner *j, const struct rp_node *map)
{
	const struct rp_node *child;
	bool alone = true;

	for (child = map->first; child != NULL; child = child->next) {
		if (strcmp(child->key, "total") == 0)
			continue;
		rp_fault(j->f, KEY_AT(child), "'%.60s' of an incident cannot "
		    "be changed; make a case of its own for another incident",
		    child->key);
		alone = false;
	}
	return alone;
}

static void
join_named_keys(struct joiner *j, struct rp_node *map, struct rp_node *more)
{
	struct rp_node *child, *next, *was;

	for (child = more->first; child != NULL; child = next) {
		next = child->next;
		was = find(map, child->key);
		if (was == NULL)
			put(map, child);
		else if (is_kind(j, child, RP_NODE_MAP, child->key))
			put_all(j, unwrap(was), child);
	}
}

/* ---- items by name ------------------------------------------------------ */

static const struct rp_node *
name_of(const struct rp_node *item)
{
	const struct rp_node *name = rp_node_find(item, "name");

	if (name != NULL && name->kind == RP_NODE_MAP)
		name = rp_node_find(name, "value");
	return name != NULL && name->kind == RP_NODE_SCALAR ? name : NULL;
}

static struct rp_node *
find_named(struct rp_node *first, const struct rp_node *end,
    const char *name)
{
	const struct rp_node *own;
	struct rp_node *item;

	for (item = first; item != end && item != NULL; item = item->next) {
		own = name_of(item);
		if (own != NULL && strcmp(own->text, name) == 0)
			return item;
	}
	return NULL;
}

/* Whatever is new must be whole: more likely its name is misspelt. */
static bool
can_be_new(struct joiner *j, const struct rp_node *list,
    const struct rp_node *item, const struct rp_node *name)
{
	const struct rp_node *known, *other;
	struct rp_nearest near;

	if (rp_node_find(item, "certificates") != NULL &&
	    rp_node_find(item, "path") != NULL)
		return true;
	rp_nearest_init(&near, name->text);
	for (known = list->first; known != NULL; known = known->next) {
		other = name_of(known);
		if (other != NULL)
			rp_nearest_try(&near, other->text);
	}
	rp_fault(j->f, RP_AT_NODE(name), "the case has no population '%.60s'"
	    "%s%.60s%s; a new one needs 'certificates' and 'path'",
	    name->text, near.best != NULL ? " (did you mean '" : "",
	    near.best != NULL ? near.best : "",
	    near.best != NULL ? "'?)" : "");
	return false;
}

static void
join_item(struct joiner *j, struct rp_node *list, struct rp_node *item,
    const struct rp_node *twin)
{
	const struct rp_node *name = name_of(item);
	struct rp_node *was;

	if (name == NULL) {
		rp_fault(j->f, RP_AT_NODE(item), "'name' is missing in a "
		    "population; it says which one is changed");
		return;
	}
	if (twin != NULL) {
		rp_fault(j->f, RP_AT_NODE(name), "population '%.60s' is "
		    "changed on line %u already; put both together",
		    name->text, (unsigned)twin->line);
		return;
	}
	was = find_named(list->first, NULL, name->text);
	if (was != NULL) {
		put_all(j, was, item);
	} else if (can_be_new(j, list, item, name)) {
		item->next = NULL;
		append(list, item, 1);
	}
}

static void
join_named_items(struct joiner *j, struct rp_node *list,
    struct rp_node *more)
{
	struct rp_node *item, *next, *twin;

	/* What was joined stands in another list: look for twins before. */
	for (item = more->first; item != NULL; item = item->next) {
		if (!is_kind(j, item, RP_NODE_MAP, "population"))
			return;
		twin = name_of(item) == NULL ? NULL :
		    find_named(more->first, item, name_of(item)->text);
		if (twin != NULL) {
			join_item(j, list, item, twin);
			return;
		}
	}
	for (item = more->first; item != NULL; item = next) {
		next = item->next;
		join_item(j, list, item, NULL);
	}
}

/* ---- the whole ---------------------------------------------------------- */

static void
unknown_key(struct joiner *j, const struct rp_node *node)
{
	struct rp_nearest near;
	char all[200] = "";
	size_t i, len = 0;

	rp_nearest_init(&near, node->key);
	for (i = 0; i < N_ROWS; i++) {
		rp_nearest_try(&near, rows[i].word);
		if (len < sizeof(all))
			len += (size_t)snprintf(all + len, sizeof(all) - len,
			    "%s%s", i == 0 ? "" : ", ", rows[i].word);
	}
	if (rp_key_find(RP_CTX_CASE, node->key) != NULL)
		rp_fault(j->f, KEY_AT(node), "'%.60s' cannot be changed; a "
		    "change takes %s", node->key, all);
	else if (near.best != NULL)
		rp_fault(j->f, KEY_AT(node), "unknown key '%.60s'; did you "
		    "mean '%s'?", node->key, near.best);
	else
		rp_fault(j->f, KEY_AT(node), "unknown key '%.60s' in a change; "
		    "known keys: %s", node->key, all);
}

static void
join_values(struct joiner *j, enum rp_change_way way, struct rp_node *was,
    struct rp_node *child)
{
	const enum rp_node_kind kind = way == RP_CHANGE_APPENDS ||
	    way == RP_CHANGE_NAMED_ITEMS ? RP_NODE_LIST : RP_NODE_MAP;
	struct rp_node *more = unwrap(child);

	was = unwrap(was);
	if (!is_kind(j, more, kind, child->key) || was->kind != kind)
		return;
	if (way != RP_CHANGE_APPENDS && !are_few(j, more))
		return;
	if (way == RP_CHANGE_APPENDS)
		append(was, more->first, more->n);
	else if (way == RP_CHANGE_NAMED_ITEMS)
		join_named_items(j, was, more);
	else if (way == RP_CHANGE_NAMED_KEYS)
		join_named_keys(j, was, more);
	else if (way == RP_CHANGE_KEYS || has_total_alone(j, more))
		put_all(j, was, more);
}

static void
join_key(struct joiner *j, struct rp_node *child)
{
	struct rp_node *was = find(j->base->root, child->key);
	size_t i;

	for (i = 0; i < N_ROWS; i++) {
		if (strcmp(rows[i].word, child->key) == 0)
			break;
	}
	if (i == N_ROWS)
		unknown_key(j, child);
	else if (rows[i].way == RP_CHANGE_DROPS && (child->kind !=
	    RP_NODE_SCALAR || child->text[0] == '\0'))
		rp_fault(j->f, RP_AT_NODE(child), "'%s' takes a text, for "
		    "example what is changed", child->key);
	else if (rows[i].way == RP_CHANGE_DROPS)
		return;
	else if (rows[i].way == RP_CHANGE_REPLACES || was == NULL)
		put(j->base->root, child);
	else
		join_values(j, rows[i].way, was, child);
}

rp_status
rp_change_apply(struct rp_doc *base, struct rp_doc *change,
    struct rp_faults *f, struct rp_err *err)
{
	struct joiner j = { .f = f, .base = base };
	struct rp_node *child, *next;
	size_t before = f->n + f->dropped;

	if (base->root == NULL || base->root->kind != RP_NODE_MAP)
		return rp_fail(err, RP_EINPUT, "the case to be changed is "
		    "empty");
	move_lines(change->root);
	if (rp_node_find(change->root, "revplan") == NULL)
		rp_fault(f, RP_AT_NODE(change->root), "'revplan' is missing "
		    "in a change; add it");
	for (child = change->root->first; child != NULL; child = next) {
		next = child->next;
		join_key(&j, child);
	}
	return f->n + f->dropped > before ? RP_EINPUT : RP_OK;
}
