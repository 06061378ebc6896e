/*
 * planner/read/links.c - items that name other items of their list.
 *
 * A correction names what it replaces by its id, an answer its question, a
 * claim the promises that it changes or says were kept.  All of this is
 * looked at while the items are still in the order of the document, so that
 * item and node go together; order.c keeps the links right from then on.
 */
#include "read/binder.h"

#include <string.h>

const struct rp_mark rp_no_links = { .replaces = -1, .replaced_by = -1 };

/* Where the items of a list are, and whether they have been published. */
static const struct where {
	size_t items;
	size_t count;
	size_t size;
	size_t has_published;		/* 0: not told of such items */
} wheres[RP_NAMINGS] = {
#define WHERE(type, list)						\
	offsetof(struct rp_case, list),					\
	offsetof(struct rp_case, n_##list##s), sizeof(struct type)
	[RP_NAMES_PLAN] = { WHERE(rp_plan, plan),
	    offsetof(struct rp_plan, has_published) },
	[RP_NAMES_ACTUAL] = { WHERE(rp_actual, actual),
	    offsetof(struct rp_actual, has_published) },
	[RP_NAMES_FACT] = { WHERE(rp_fact, fact),
	    offsetof(struct rp_fact, has_published) },
	[RP_NAMES_COMMITMENT] = { WHERE(rp_commitment, commitment), 0 },
	[RP_NAMES_UPDATE] = { WHERE(rp_update, update), 0 },
	[RP_NAMES_CLAIM] = { WHERE(rp_claim, claim), 0 },
	[RP_NAMES_REQUEST] = { WHERE(rp_request, request), 0 },
	[RP_NAMES_FORECAST] = { WHERE(rp_forecast_made, forecast),
	    offsetof(struct rp_forecast_made, has_published) },
#undef WHERE
};

/* One list, while its links are followed. */
struct linking {
	struct rp_binder *b;
	const struct where *where;
	char *items;
	size_t n;
	const struct rp_node **node;	/* of each item */
};

/* Every item begins with its mark. */
static struct rp_mark *
mark(const struct linking *l, int i)
{
	return (struct rp_mark *)(void *)(l->items +
	    (size_t)i * l->where->size);
}

static unsigned
line(const struct linking *l, int i)
{
	return (unsigned)l->node[i]->line;
}

/* The value of a key of an item, where it stands. */
static const struct rp_node *
value_node(const struct linking *l, int i, const char *key)
{
	const struct rp_node *node = rp_node_find(l->node[i], key), *value;

	if (node == NULL)
		return l->node[i];
	value = node->kind == RP_NODE_MAP ? rp_node_find(node, "value") :
	    NULL;
	return value != NULL ? value : node;
}

/*
 * What is left of a list that can be linked at all; false when it was not
 * read.  Items that are no maps have faults already, and nothing in them.
 */
static bool
begin_list(struct linking *l, struct rp_binder *b, const struct rp_node *root,
    enum rp_naming naming)
{
	const struct rp_node *list = rp_bind_list(root, naming), *child;
	size_t i = 0;

	*l = (struct linking){ .b = b, .where = &wheres[naming] };
	memcpy(&l->n, (const char *)b->cs + l->where->count, sizeof(l->n));
	memcpy(&l->items, (const char *)b->cs + l->where->items,
	    sizeof(l->items));
	if (list == NULL || l->n == 0 || list->n != l->n)
		return false;
	l->node = rp_bind_alloc(b, l->n, sizeof(const struct rp_node *));
	if (l->node == NULL)
		return false;
	for (child = list->first; child != NULL; child = child->next) {
		if (child->kind != RP_NODE_MAP)
			*mark(l, (int)i) = rp_no_links;
		l->node[i++] = child;
	}
	return true;
}

/* ---- corrections -------------------------------------------------------- */

static bool
was_published(const struct linking *l, int i)
{
	bool published;

	if (l->where->has_published == 0)
		return false;
	memcpy(&published, l->items + (size_t)i * l->where->size +
	    l->where->has_published, sizeof(published));
	return published;
}

static void
check_pair(const struct linking *l, int new, int old)
{
	const struct rp_node *at = value_node(l, new, "replaces");

	if (mark(l, new)->retracted != NULL && mark(l, old)->retracted != NULL)
		rp_fault(l->b->f, RP_AT_NODE(at), "'replaces' names the "
		    "retraction on line %u; give the item again that it took "
		    "back", line(l, old));
	if (was_published(l, old) && !was_published(l, new))
		rp_fault(l->b->f, RP_AT_NODE(l->node[new]), "'published' is "
		    "missing, and the item on line %u that this one replaces "
		    "has it; say when the correction was (the same, if only "
		    "this copy was wrong)", line(l, old));
}

static void
link_item(const struct linking *l, int new)
{
	const struct rp_node *at = value_node(l, new, "replaces");
	int old = mark(l, new)->replaces;

	if (old < 0)
		return;
	if (old != new && mark(l, old)->replaced_by < 0) {
		mark(l, old)->replaced_by = new;
		check_pair(l, new, old);
		return;
	}
	mark(l, new)->replaces = -1;
	if (old == new)
		rp_fault(l->b->f, RP_AT_NODE(at), "'replaces' names its own "
		    "item; name the one that it corrects");
	else
		rp_fault(l->b->f, RP_AT_NODE(at), "'%.60s' on line %u was "
		    "replaced on line %u already; replace that one",
		    mark(l, old)->id, line(l, old),
		    line(l, mark(l, old)->replaced_by));
}

/* Links in a circle are told once, and cut. */
static void
cut_circle(const struct linking *l, int first)
{
	int i = first, next;

	rp_fault(l->b->f, RP_AT_NODE(value_node(l, first, "replaces")),
	    "'replaces' goes round in a circle: the item on line %u replaces "
	    "this one; which was first?", line(l, mark(l, first)->replaced_by));
	do {
		next = mark(l, i)->replaces;
		mark(l, i)->replaces = mark(l, i)->replaced_by = -1;
		i = next;
	} while (i != first);
}

/* What no walk from a last correction reaches goes round in a circle. */
static void
cut_circles(const struct linking *l)
{
	bool *reached = rp_bind_alloc(l->b, l->n, sizeof(*reached));
	int i, k;

	if (reached == NULL)
		return;
	for (i = 0; i < (int)l->n; i++) {
		if (mark(l, i)->replaced_by >= 0)
			continue;
		for (k = i; k >= 0; k = mark(l, k)->replaces)
			reached[k] = true;
	}
	for (i = 0; i < (int)l->n; i++)
		if (!reached[i] && mark(l, i)->replaces >= 0)
			cut_circle(l, i);
}

/* ---- answers ------------------------------------------------------------ */

/* A kind that could not be read has a fault of its own. */
static bool
is_what(const struct linking *l, int i, enum rp_fact_kind kind)
{
	const struct rp_node *what = value_node(l, i, "what");

	return what->kind == RP_NODE_SCALAR &&
	    strcmp(what->text, rp_fact_word(kind)) == 0;
}

static void
check_answer(const struct linking *l, int i)
{
	const struct rp_fact *fact = &l->b->cs->fact[i], *asked;
	const struct rp_node *at = value_node(l, i, "answers");

	if (fact->answers < 0 || fact->answers >= (int)l->n)
		return;
	asked = &l->b->cs->fact[fact->answers];
	if (asked->kind != RP_FACT_QUESTION) {
		if (is_what(l, fact->answers, asked->kind))
			rp_fault(l->b->f, RP_AT_NODE(at), "'%.60s' on line %u "
			    "is no question; an answer answers one",
			    asked->mark.id, line(l, fact->answers));
	} else if (rp_is_set(fact->at) && rp_is_set(asked->at) &&
	    rp_instant_cmp(rp_when_last(fact->at), asked->at.from) < 0) {
		rp_fault(l->b->f, RP_AT_NODE(value_node(l, i, "at")),
		    "this answer lies before its question on line %u",
		    line(l, fact->answers));
	}
}

/* ---- promises ----------------------------------------------------------- */

static bool
is_promise(const struct linking *l, int i, const struct rp_node *at,
    const char *key)
{
	if (rp_node_find(l->node[i], "promise") != NULL)
		return true;
	rp_fault(l->b->f, RP_AT_NODE(at), "'%s' names '%.60s' on line %u, "
	    "which is no promise; name one", key, mark(l, i)->id, line(l, i));
	return false;
}

/* In one post the earlier line is the earlier sentence. */
static bool
was_said_before(const struct rp_claim *claim, int earlier, int later)
{
	int order = rp_when_cmp(claim[earlier].said, claim[later].said);

	return order != 0 ? order < 0 : earlier < later;
}

static bool
corrects(const struct linking *l, int new, int old)
{
	for (; new >= 0; new = mark(l, new)->replaces)
		if (new == old)
			return true;
	return false;
}

static void
check_changes(const struct linking *l, int i)
{
	const struct rp_claim *claim = l->b->cs->claim;
	const struct rp_node *at = value_node(l, i, "changes");
	int old = claim[i].changes;

	if (old < 0 || old >= (int)l->n || !is_promise(l, old, at, "changes"))
		return;
	if (corrects(l, i, old))
		rp_fault(l->b->f, RP_AT_NODE(at), "'changes' names '%.60s' on "
		    "line %u, which is this promise itself; name the one that "
		    "it changes", claim[old].mark.id, line(l, old));
	else if (rp_is_set(claim[i].said) && rp_is_set(claim[old].said) &&
	    !was_said_before(claim, old, i))
		rp_fault(l->b->f, RP_AT_NODE(at), "'changes' names '%.60s' on "
		    "line %u, which was not said before; name an earlier "
		    "promise", claim[old].mark.id, line(l, old));
}

static void
check_kept(const struct linking *l, int i)
{
	const struct rp_claim *claim = &l->b->cs->claim[i];
	const struct rp_node *at = value_node(l, i, "kept");
	size_t k;

	if (at->kind == RP_NODE_LIST)
		at = at->first;
	for (k = 0; k < claim->n_kept && at != NULL; k++, at = at->next)
		if (claim->kept[k] >= 0 && claim->kept[k] < (int)l->n)
			(void)is_promise(l, claim->kept[k], at, "kept");
}

void
rp_link_items(struct rp_binder *b, const struct rp_node *root)
{
	struct linking l;
	int naming, i;

	for (naming = RP_NAMES_PLAN; naming < RP_NAMINGS; naming++) {
		if (!begin_list(&l, b, root, (enum rp_naming)naming))
			continue;
		for (i = 0; i < (int)l.n; i++)
			link_item(&l, i);
		cut_circles(&l);
		for (i = 0; i < (int)l.n && naming == RP_NAMES_FACT; i++)
			check_answer(&l, i);
		for (i = 0; i < (int)l.n && naming == RP_NAMES_CLAIM; i++) {
			check_changes(&l, i);
			check_kept(&l, i);
		}
	}
}

/* ---- retractions -------------------------------------------------------- */

bool
rp_is_retraction(const struct rp_node *node)
{
	return rp_node_find(node, "retracted") != NULL;
}

void
rp_end_retraction(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node)
{
	const struct rp_node *child;

	rp_only_beside(b, node, "retracted", "replaces");
	for (child = node->first; child != NULL; child = child->next) {
		if (rp_key_find(context, child->key) == NULL ||
		    strcmp(child->key, "note") == 0 ||
		    strcmp(child->key, "published") == 0)
			continue;
		rp_fault(b->f, child->key_line, child->key_col, "'%s' does "
		    "not belong to a retraction; leave it out, or leave out "
		    "'retracted' on line %u", child->key,
		    (unsigned)rp_node_find(node, "retracted")->key_line);
	}
}
