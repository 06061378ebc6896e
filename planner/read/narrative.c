/*
 * planner/read/narrative.c - what only people can say of an incident.
 */
#include "read/binder.h"

#include "revplan/narrative.h"

void
rp_set_narrative(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_narrative *n = rp_bind_alloc(b, 1, sizeof(*n));

	if (n == NULL)
		return;
	n->origin = v->origin;
	rp_bind_map(b, key->sub, v->node, n);
	*(const struct rp_narrative **)at = n;
}

/* A list of one text may be written without the list. */
void
rp_set_texts(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const bool list = v->node->kind == RP_NODE_LIST;
	const size_t n = list ? v->node->n : 1;
	const struct rp_node *child = list ? v->node->first : v->node;
	struct rp_texts *texts = at;
	struct rp_value one;
	const char **text;

	if ((double)n > key->high) {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' has %zu entries; at "
		    "most %.0f are possible", key->name, n, key->high);
		return;
	}
	text = rp_bind_alloc(b, n, sizeof(*text));
	if (text == NULL)
		return;
	texts->text = text;
	for (; child != NULL; child = list ? child->next : NULL) {
		one = rp_bind_unwrap(b, child);
		rp_set_text(b, key, &one, &text[texts->n]);
		texts->n += text[texts->n] != NULL;
	}
}

void
rp_set_validations(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_node *child;
	uint64_t *bits = at;
	const char *text;
	int word;

	if (!rp_bind_kind(b, v->node, RP_NODE_LIST, key->name))
		return;
	for (child = v->node->first; child != NULL; child = child->next) {
		text = rp_bind_scalar(b, child, key->name);
		word = text == NULL ? -1 : rp_bind_word(b, rp_words_validated,
		    "type", text, RP_AT_NODE(child));
		if (word >= 0)
			*bits |= UINT64_C(1) << word;
	}
}

/* An incident is a map, or just a text that says how it is related. */
void
rp_set_related(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_related *r = rp_bind_items(b, key, v->node, RP_NODE_LIST,
	    at);
	const struct rp_node *child;
	struct rp_value one;

	if (r == NULL)
		return;
	for (child = v->node->first; child != NULL; child = child->next, r++) {
		if (child->kind == RP_NODE_MAP &&
		    rp_node_find(child, "value") == NULL) {
			rp_bind_map(b, key->sub, child, r);
			continue;
		}
		one = rp_bind_unwrap(b, child);
		r->origin = one.origin;
		rp_set_text(b, key, &one, &r->how);
	}
}

void
rp_begin_cause(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_cause *cause = target;

	cause->origin = rp_origin_of(b, node);
}

void
rp_begin_happened(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_happened *happened = target;

	happened->origin = rp_origin_of(b, node);
}

void
rp_begin_related(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_related *related = target;

	related->origin = rp_origin_of(b, node);
}
