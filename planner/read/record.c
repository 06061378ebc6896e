/*
 * planner/read/record.c - what was planned, what happened, what was said.
 */
#include "read/binder.h"

#include <stdlib.h>
#include <string.h>

/* A time that was read; those with a fault stay at zero. */
static bool
is_set(struct rp_when w)
{
	return rp_instant_s(w.until) != 0;
}

static struct rp_origin
origin_of(const struct rp_binder *b, const struct rp_node *node)
{
	return (struct rp_origin){ RP_AT_NODE(node), b->basis, b->source };
}

/* Nothing replaces it, and it replaces nothing, until links are looked up. */
static const struct rp_mark no_links = { .replaces = -1, .replaced_by = -1 };

/* ---- plans -------------------------------------------------------------- */

void
rp_begin_plan(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_plan *plan = target;

	plan->mark = no_links;
	plan->metric = RP_METRIC_REPLACED;
	plan->origin = origin_of(b, node);
}

static void
read_milestone(struct rp_binder *b, const struct rp_node *node,
    struct rp_milestone *out)
{
	struct rp_value v = rp_bind_unwrap(b, node);
	struct rp_err err = { 0 };
	const char *text;

	out->origin = v.origin;
	if (rp_when_parse(node->key, &out->by, &err) != RP_OK)
		rp_fault(b->f, node->key_line, node->key_col, "%s", err.text);
	text = rp_bind_scalar(b, v.node, "milestones");
	if (text != NULL && rp_share_parse(text, &out->share, NULL, &err) !=
	    RP_OK) {
		rp_fault(b->f, RP_AT_NODE(v.node), "%s", err.text);
		out->share = rp_share_of_ppb(-1);
	}
}

static void
check_milestones(struct rp_binder *b, const struct rp_node *before,
    const struct rp_milestone *m)
{
	const struct rp_node *node = before->next;
	int order;

	if (is_set(m[0].by) && is_set(m[1].by)) {
		order = rp_instant_cmp(m[0].by.from, m[1].by.from);
		if (order == 0)
			rp_fault(b->f, node->key_line, node->key_col,
			    "milestone '%.60s' stands on line %u already; "
			    "leave one out", node->key,
			    (unsigned)before->key_line);
		if (order > 0)
			rp_fault(b->f, node->key_line, node->key_col,
			    "milestone '%.60s' lies before '%.60s' on line %u; "
			    "put them in order", node->key, before->key,
			    (unsigned)before->key_line);
	}
	if (rp_share_ppb(m[1].share) >= 0 &&
	    rp_share_ppb(m[1].share) < rp_share_ppb(m[0].share))
		rp_fault(b->f, RP_AT_NODE(node), "milestone '%.60s' has less "
		    "than '%.60s' on line %u; shares cannot fall", node->key,
		    before->key, (unsigned)before->key_line);
}

void
rp_set_milestones(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_plan *plan = (struct rp_plan *)(void *)((char *)at -
	    offsetof(struct rp_plan, milestone));
	const struct rp_node *child;
	struct rp_milestone *m;

	if (!rp_bind_kind(b, v->node, RP_NODE_MAP, key->name))
		return;
	if (v->node->n == 0 || (double)v->node->n > key->high) {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' has %zu entries; it "
		    "takes 1 to %.0f", key->name, v->node->n, key->high);
		return;
	}
	m = rp_bind_alloc(b, v->node->n, sizeof(*m));
	if (m == NULL)
		return;
	plan->milestone = m;
	plan->n_milestones = v->node->n;
	for (child = v->node->first; child != NULL; child = child->next)
		read_milestone(b, child, m++);
	m = (struct rp_milestone *)plan->milestone;
	for (child = v->node->first; child != NULL && child->next != NULL;
	    child = child->next)
		check_milestones(b, child, m++);
}

/* ---- actuals ------------------------------------------------------------ */

void
rp_begin_actual(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_actual *actual = target;

	actual->mark = no_links;
	actual->population = -1;
	actual->origin = origin_of(b, node);
}

/* What has not happened cannot have been published. */
static void
check_published(struct rp_binder *b, const struct rp_node *node,
    struct rp_when own, bool has_published, struct rp_when published,
    const char *own_key)
{
	const struct rp_node *at = rp_node_find(node, "published");

	if (!has_published || !is_set(own) || !is_set(published))
		return;
	if (rp_instant_cmp(rp_when_last(published), own.from) < 0)
		rp_fault(b->f, RP_AT_NODE(at), "'published' lies before '%s' "
		    "on line %u; nobody can publish what has not happened",
		    own_key, (unsigned)rp_node_find(node, own_key)->line);
}

void
rp_end_actual(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_actual *actual = target;
	bool any = actual->expired.known || actual->remaining.known;
	int i;

	for (i = 0; i < RP_METRICS; i++)
		any = any || actual->metric[i].known;
	if (!any)
		rp_fault(b->f, RP_AT_NODE(node), "'actuals' entry has no "
		    "figure; give reissued, replaced, revoked, gone, expired "
		    "or remaining");
	check_published(b, node, actual->as_of, actual->has_published,
	    actual->published, "as_of");
}

/* ---- facts, claims, requests -------------------------------------------- */

void
rp_begin_fact(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_fact *fact = target;

	fact->mark = no_links;
	fact->duty = -1;
	fact->answers = -1;
	fact->origin = origin_of(b, node);
}

void
rp_end_fact(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_node *to = rp_node_find(node, "to");
	const struct rp_node *due = rp_node_find(node, "due");
	const struct rp_fact *fact = target;

	if (to != NULL && fact->kind != RP_FACT_PRELIMINARY_REPORT)
		rp_fault(b->f, to->key_line, to->key_col, "'to' belongs to a "
		    "preliminary-report only; leave it out");
	if (due != NULL && fact->kind != RP_FACT_NEXT_UPDATE)
		rp_fault(b->f, due->key_line, due->key_col, "'due' belongs to "
		    "a next-update only; leave it out");
	if (due == NULL && fact->kind == RP_FACT_NEXT_UPDATE)
		rp_fault(b->f, RP_AT_NODE(node), "'due' is missing in a "
		    "next-update; add the agreed date");
	check_published(b, node, fact->at, fact->has_published,
	    fact->published, "at");
}

void
rp_begin_claim(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_claim *claim = target;

	claim->mark = no_links;
	claim->population = -1;
	claim->duty = -1;
	claim->changes = -1;
	claim->origin = origin_of(b, node);
}

void
rp_end_claim(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_node *by = rp_node_find(node, "by");
	bool promise = rp_node_find(node, "promise") != NULL;

	(void)target;
	if (!promise && rp_node_find(node, "rate") == NULL &&
	    rp_node_find(node, "duration") == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'claims' entry says nothing; "
		    "give 'rate', 'duration' or 'promise'");
	if (by != NULL && !promise)
		rp_fault(b->f, by->key_line, by->key_col, "'by' needs a "
		    "'promise' beside it; say what was promised");
}

void
rp_begin_commitment(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_commitment *commitment = target;

	commitment->mark = no_links;
	commitment->origin = origin_of(b, node);
}

void
rp_begin_request(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_request *request = target;

	request->mark = no_links;
	request->origin = origin_of(b, node);
}

void
rp_set_updates(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_update *update;
	const struct rp_node *child;
	struct rp_value one;

	update = rp_bind_items(b, key, v->node, RP_NODE_LIST, at);
	if (update == NULL)
		return;
	for (child = v->node->first; child != NULL; child = child->next) {
		one = rp_bind_unwrap(b, child);
		update->mark = no_links;
		update->origin = one.origin;
		rp_set_when(b, key, &one, &update->at);
		update++;
	}
}

/* ---- revocation --------------------------------------------------------- */

void
rp_set_revoke_at(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_revocation *revocation = at;

	if (text == NULL)
		return;
	if (strcmp(text, "deadline") == 0) {
		revocation->kind = RP_REVOKE_AT_DEADLINE;
	} else {
		revocation->kind = RP_REVOKE_AT_INSTANT;
		rp_set_when(b, key, v, &revocation->at);
	}
}

static void
only_beside(struct rp_binder *b, const struct rp_node *node, const char *key,
    const char *other)
{
	const struct rp_node *child = rp_node_find(node, key);

	if (child != NULL && rp_node_find(node, other) == NULL)
		rp_fault(b->f, child->key_line, child->key_col, "'%s' needs "
		    "'%s' beside it", key, other);
}

void
rp_end_revocation(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	static const char *const ways[] = { "after", "at", "batches" };
	struct rp_revocation *revocation = target;
	const struct rp_node *way, *first = NULL;
	size_t i;

	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		way = rp_node_find(node, ways[i]);
		if (way != NULL && first != NULL)
			rp_fault(b->f, way->key_line, way->key_col, "'%s' and "
			    "'%s' on line %u exclude each other; keep one",
			    way->key, first->key, (unsigned)first->key_line);
		else if (way != NULL)
			first = way;
	}
	if (first == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'revocation' does not say "
		    "when; give 'after', 'at' or 'batches'");
	only_beside(b, node, "delay", "after");
	only_beside(b, node, "from", "batches");
	revocation->origin = origin_of(b, node);
	if (rp_node_find(node, "batches") == NULL)
		return;
	revocation->kind = RP_REVOKE_IN_BATCHES;
	if (rp_node_find(node, "from") == NULL)
		revocation->at = b->cs->aware;
}
