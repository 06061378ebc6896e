/*
 * planner/read/names.c - names, and who refers to them.
 *
 * Names are collected before anything else is read, so that a reference may
 * stand before or after what it refers to.
 */
#include "read/binder.h"

#include <stdlib.h>
#include <string.h>

/* What has a name, in which list, and under which key. */
static const struct {
	const char *noun;
	const char *list;
	const char *key;
} namings[RP_NAMINGS] = {
	[RP_NAMES_CALENDAR] = { "calendar", "calendars", "name" },
	[RP_NAMES_DUTY] = { "duty", "duties", "name" },
	[RP_NAMES_POPULATION] = { "population", "populations", "name" },
	[RP_NAMES_PLAN] = { "plan", "plans", "id" },
	[RP_NAMES_ACTUAL] = { "actual", "actuals", "id" },
	[RP_NAMES_FACT] = { "fact", "facts", "id" },
	[RP_NAMES_COMMITMENT] = { "commitment", "commitments", "id" },
	[RP_NAMES_UPDATE] = { "update", "updates", "id" },
	[RP_NAMES_CLAIM] = { "claim", "claims", "id" },
	[RP_NAMES_REQUEST] = { "request", "requests", "id" },
	[RP_NAMES_FORECAST] = { "forecast", "forecasts", "id" },
};

static const enum rp_naming ids[RP_CONTEXTS] = {
	[RP_CTX_PLAN] = RP_NAMES_PLAN,
	[RP_CTX_ACTUAL] = RP_NAMES_ACTUAL,
	[RP_CTX_FACT] = RP_NAMES_FACT,
	[RP_CTX_COMMITMENT] = RP_NAMES_COMMITMENT,
	[RP_CTX_UPDATE] = RP_NAMES_UPDATE,
	[RP_CTX_CLAIM] = RP_NAMES_CLAIM,
	[RP_CTX_REQUEST] = RP_NAMES_REQUEST,
	[RP_CTX_FORECAST] = RP_NAMES_FORECAST,
};

enum rp_naming
rp_ids_of(enum rp_context context)
{
	return ids[context];
}

/* More names than this are not searched for the nearest one. */
#define NEAREST_MAX 2000

static int
by_text(const void *a, const void *b)
{
	const struct rp_name *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order != 0 ? order : (x->index > y->index) -
	    (x->index < y->index);
}

/* The scalar under a key, wrapped or not; NULL when it is not one. */
static const struct rp_node *
name_of(const struct rp_node *record, const char *key)
{
	const struct rp_node *name;

	if (record->kind != RP_NODE_MAP)
		return NULL;
	name = rp_node_find(record, key);
	if (name != NULL && name->kind == RP_NODE_MAP)
		name = rp_node_find(name, "value");
	if (name == NULL || name->kind != RP_NODE_SCALAR)
		return NULL;
	return name->text[0] == '\0' ? NULL : name;
}

static void
tell_twins(struct rp_binder *b, enum rp_naming naming)
{
	const struct rp_names *names = &b->names[naming];
	const struct rp_name *first = names->name;
	size_t i;

	for (i = 1; i < names->n; i++) {
		if (strcmp(first->text, names->name[i].text) != 0)
			first = &names->name[i];
		else
			rp_fault(b->f, names->name[i].line, names->name[i].col,
			    "%s '%.60s' has the %s of the one on line %u; "
			    "give it another", namings[naming].noun,
			    first->text, namings[naming].key,
			    (unsigned)first->line);
	}
}

/* Tables and CSV have a row of that name for the sum of all populations. */
#define SUM_OF_ALL "total"

static void
tell_reserved(struct rp_binder *b)
{
	const struct rp_names *names = &b->names[RP_NAMES_POPULATION];
	size_t i;

	for (i = 0; i < names->n; i++)
		if (strcmp(names->name[i].text, SUM_OF_ALL) == 0)
			rp_fault(b->f, names->name[i].line,
			    names->name[i].col, "population '" SUM_OF_ALL
			    "' has the name that results use for all "
			    "populations together; give it another");
}

const struct rp_node *
rp_bind_list(const struct rp_node *root, enum rp_naming naming)
{
	const struct rp_node *node = rp_node_find(root, namings[naming].list);

	if (node != NULL && node->kind == RP_NODE_MAP &&
	    rp_node_find(node, "value") != NULL)
		node = rp_node_find(node, "value");
	if (node == NULL || node->kind != (naming == RP_NAMES_CALENDAR ?
	    RP_NODE_MAP : RP_NODE_LIST))
		return NULL;
	return node;
}

static void
collect(struct rp_binder *b, enum rp_naming naming,
    const struct rp_node *root)
{
	struct rp_names *names = &b->names[naming];
	const struct rp_node *node = rp_bind_list(root, naming);
	const struct rp_node *child, *name;
	int index = 0;

	if (node == NULL)
		return;
	names->name = rp_bind_alloc(b, node->n, sizeof(*names->name));
	if (names->name == NULL)
		return;
	for (child = node->first; child != NULL; child = child->next) {
		name = name_of(child, namings[naming].key);
		if (node->kind == RP_NODE_MAP)
			names->name[names->n++] = (struct rp_name){ child->key,
			    index, child->key_line, child->key_col };
		else if (name != NULL)
			names->name[names->n++] = (struct rp_name){ name->text,
			    index, RP_AT_NODE(name) };
		index++;
	}
	if (names->n > 1)
		qsort(names->name, names->n, sizeof(*names->name), by_text);
}

void
rp_bind_names(struct rp_binder *b, const struct rp_node *root)
{
	int naming;

	for (naming = RP_NAMES_CALENDAR; naming < RP_NAMINGS; naming++) {
		collect(b, (enum rp_naming)naming, root);
		/* Keys of a map are compared by the reader of YAML. */
		if (naming != RP_NAMES_CALENDAR)
			tell_twins(b, (enum rp_naming)naming);
	}
	tell_reserved(b);
}

static void
unknown_name(struct rp_binder *b, enum rp_naming naming,
    const struct rp_node *node)
{
	const struct rp_names *names = &b->names[naming];
	struct rp_nearest near;
	size_t i;

	if (rp_bind_is_full(b))
		return;
	rp_nearest_init(&near, node->text);
	for (i = 0; i < names->n && names->n <= NEAREST_MAX; i++)
		rp_nearest_try(&near, names->name[i].text);
	if (near.best != NULL)
		rp_fault(b->f, RP_AT_NODE(node), "unknown %s '%.60s'; did you "
		    "mean '%.60s'?", namings[naming].noun, node->text,
		    near.best);
	else
		rp_fault(b->f, RP_AT_NODE(node), "unknown %s '%.60s'; the case "
		    "has none of that %s", namings[naming].noun, node->text,
		    namings[naming].key);
}

int
rp_bind_ref(struct rp_binder *b, enum rp_naming naming,
    const struct rp_node *node, const char *what)
{
	const struct rp_names *names = &b->names[naming];
	size_t low = 0, high = names->n, middle;

	if (rp_bind_scalar(b, node, what) == NULL)
		return -1;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(names->name[middle].text, node->text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < names->n && strcmp(names->name[low].text, node->text) == 0)
		return names->name[low].index;
	unknown_name(b, naming, node);
	return -1;
}

void
rp_set_ref(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	static const enum rp_naming of[RP_TYPES] = {
		[RP_TYPE_CALENDAR_REF] = RP_NAMES_CALENDAR,
		[RP_TYPE_DUTY_REF] = RP_NAMES_DUTY,
		[RP_TYPE_POPULATION_REF] = RP_NAMES_POPULATION,
	};

	*(int *)at = rp_bind_ref(b, of[key->type], v->node, key->name);
}

/* Of an item of the list at hand. */
void
rp_set_item_ref(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	*(int *)at = rp_bind_ref(b, b->ids, v->node, key->name);
}
