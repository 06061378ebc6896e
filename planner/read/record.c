/*
 * planner/read/record.c - what was planned and what happened.
 */
#include "read/binder.h"

#include <stdlib.h>
#include <string.h>

bool
rp_is_set(struct rp_when w)
{
	return rp_instant_s(w.until) != 0;
}

struct rp_origin
rp_origin_of(const struct rp_binder *b, const struct rp_node *node)
{
	return (struct rp_origin){ RP_AT_NODE(node), b->basis, b->source };
}

/* ---- plans -------------------------------------------------------------- */

void
rp_begin_plan(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_plan *plan = target;

	plan->mark = rp_no_links;
	plan->metric = RP_METRIC_REPLACED;
	plan->origin = rp_origin_of(b, node);
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

	if (rp_is_set(m[0].by) && rp_is_set(m[1].by)) {
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

	actual->mark = rp_no_links;
	actual->population = -1;
	actual->origin = rp_origin_of(b, node);
}

void
rp_bind_published(struct rp_binder *b, const struct rp_node *node,
    struct rp_when own, bool has_published, struct rp_when published,
    const char *own_key)
{
	const struct rp_node *at = rp_node_find(node, "published");

	if (!has_published || !rp_is_set(own) || !rp_is_set(published))
		return;
	if (rp_instant_cmp(rp_when_last(published), own.from) < 0)
		rp_fault(b->f, RP_AT_NODE(at), "'published' lies before '%s' "
		    "on line %u; nobody can publish what has not happened",
		    own_key, (unsigned)rp_node_find(node, own_key)->line);
}

/* What is counted within another figure is not more than that. */
static void
check_part(struct rp_binder *b, const struct rp_amount *part,
    const char *part_key, const struct rp_amount *whole, const char *key)
{
	bool more;

	if (!part->known || !whole->known || part->is_count != whole->is_count)
		return;
	more = part->is_count ?
	    rp_count_n(part->count) > rp_count_n(whole->count) :
	    rp_share_ppb(part->share) > rp_share_ppb(whole->share);
	if (more)
		rp_fault(b->f, part->origin.line, part->origin.col, "'%s' is "
		    "more than '%s' on line %u, of which it is a part",
		    part_key, key, (unsigned)whole->origin.line);
}

void
rp_end_actual(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_actual *actual = target;
	bool any = actual->expired.known || actual->remaining.known ||
	    actual->expired_late.known || actual->held.known;
	int i;

	for (i = 0; i < RP_METRICS; i++)
		any = any || actual->metric[i].known;
	if (!any)
		rp_fault(b->f, RP_AT_NODE(node), "'actuals' entry has no "
		    "figure; give reissued, replaced, revoked, gone, expired "
		    "or remaining");
	check_part(b, &actual->expired_late, "expired-late", &actual->expired,
	    "expired");
	check_part(b, &actual->held, "held", &actual->remaining, "remaining");
	rp_bind_published(b, node, actual->as_of, actual->has_published,
	    actual->published, "as_of");
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

void
rp_only_beside(struct rp_binder *b, const struct rp_node *node, const char *key,
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
	rp_only_beside(b, node, "delay", "after");
	rp_only_beside(b, node, "from", "batches");
	revocation->origin = rp_origin_of(b, node);
	if (rp_node_find(node, "batches") == NULL)
		return;
	revocation->kind = RP_REVOKE_IN_BATCHES;
	if (rp_node_find(node, "from") == NULL)
		revocation->at = b->cs->aware;
}
