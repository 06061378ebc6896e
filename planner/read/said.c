/*
 * planner/read/said.c - what was promised, claimed, asked, posted and
 * forecast.
 */
#include "read/binder.h"

/* ---- claims ------------------------------------------------------------- */

void
rp_begin_claim(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_claim *claim = target;

	claim->mark = rp_no_links;
	claim->population = -1;
	claim->duty = -1;
	claim->changes = -1;
	claim->origin = rp_origin_of(b, node);
}

void
rp_end_claim(struct rp_binder *b, const struct rp_node *node, void *target)
{
	static const char *const says[] = { "rate", "duration", "promise",
	    "fact", "kept" };
	static const char *const of_promise[] = { "by", "about", "share",
	    "changes", "done" };
	bool any = false;
	size_t i;

	(void)target;
	for (i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		any = any || rp_node_find(node, says[i]) != NULL;
	if (!any)
		rp_fault(b->f, RP_AT_NODE(node), "'claims' entry says nothing; "
		    "give 'rate', 'duration', 'promise', 'fact' or 'kept'");
	for (i = 0; i < sizeof(of_promise) / sizeof(of_promise[0]); i++) {
		const struct rp_node *key = rp_node_find(node, of_promise[i]);

		if (key != NULL && rp_node_find(node, "promise") == NULL)
			rp_fault(b->f, key->key_line, key->key_col, "'%s' "
			    "needs a 'promise' beside it; say what was "
			    "promised", key->key);
	}
	rp_only_beside(b, node, "at", "fact");
	rp_only_beside(b, node, "certificates", "fact");
}

/* One id, or a list of them. */
void
rp_set_kept(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_node *child = v->node;
	struct rp_claim *claim = (struct rp_claim *)(void *)((char *)at -
	    key->at);
	int *kept;

	if (child->kind == RP_NODE_LIST) {
		kept = rp_bind_items(b, key, child, RP_NODE_LIST, at);
		child = child->first;
	} else {
		kept = rp_bind_alloc(b, 1, sizeof(*kept));
		claim->kept = kept;
		claim->n_kept = kept != NULL;
	}
	if (kept != NULL && child == NULL)
		rp_fault(b->f, RP_AT_NODE(v->node), "'kept' is empty; name "
		    "what was kept");
	for (; kept != NULL && child != NULL; child = child->next) {
		*kept++ = rp_bind_ref(b, b->ids, child, key->name);
		if (v->node->kind != RP_NODE_LIST)
			break;
	}
}

/* ---- commitments and requests ------------------------------------------- */

void
rp_begin_commitment(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_commitment *commitment = target;

	commitment->mark = rp_no_links;
	commitment->origin = rp_origin_of(b, node);
}

/* Either a date or a time within which something follows something. */
static void
check_measure(struct rp_binder *b, const struct rp_node *node)
{
	const struct rp_node *due = rp_node_find(node, "due");
	const struct rp_node *within = rp_node_find(node, "within");

	rp_only_beside(b, node, "after", "within");
	rp_only_beside(b, node, "then", "within");
	if (due == NULL && within == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'due' is missing in a "
		    "commitment; say by when, or 'within' which time 'after' "
		    "what 'then' what follows");
	if (due != NULL && within != NULL)
		rp_fault(b->f, within->key_line, within->key_col, "'within' "
		    "and 'due' on line %u exclude each other; keep one",
		    (unsigned)due->key_line);
	if (within != NULL && (rp_node_find(node, "after") == NULL ||
	    rp_node_find(node, "then") == NULL))
		rp_fault(b->f, within->key_line, within->key_col, "'within' "
		    "needs 'after' and 'then' beside it; name the fact that "
		    "starts the time and the one that ends it");
}

void
rp_end_commitment(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	const struct rp_commitment *commitment = target;

	check_measure(b, node);
	rp_only_beside(b, node, "published", "done");
	if (commitment->has_done)
		rp_bind_published(b, node, commitment->done,
		    commitment->has_published, commitment->published, "done");
}

void
rp_begin_request(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_request *request = target;

	request->mark = rp_no_links;
	request->origin = rp_origin_of(b, node);
}

/* ---- updates ------------------------------------------------------------ */

void
rp_begin_update(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_update *update = target;

	update->mark = rp_no_links;
	update->origin = rp_origin_of(b, node);
}

/* A post is an instant; where there is more to say of it, a map. */
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
		if (child->kind == RP_NODE_MAP &&
		    rp_node_find(child, "value") == NULL) {
			rp_bind_map(b, key->sub, child, update++);
			continue;
		}
		one = rp_bind_unwrap(b, child);
		update->mark = rp_no_links;
		update->origin = one.origin;
		rp_set_when(b, key, &one, &update->at);
		update++;
	}
}

/* ---- forecasts ---------------------------------------------------------- */

void
rp_begin_forecast(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_forecast_made *forecast = target;

	forecast->mark = rp_no_links;
	forecast->metric = RP_METRIC_REPLACED;
	forecast->explained = true;
	forecast->origin = rp_origin_of(b, node);
}

static const char *const quantile[] = { "p10", "p50", "p80", "p90" };

/* Two neighbours: what is left out lies beyond the horizon. */
static void
check_quantiles(struct rp_binder *b, const struct rp_node *node,
    const struct rp_forecast_made *forecast, int i)
{
	const struct rp_node *before = rp_node_find(node, quantile[i]);
	const struct rp_node *after = rp_node_find(node, quantile[i + 1]);

	if (after == NULL)
		return;
	if (before == NULL)
		rp_fault(b->f, after->key_line, after->key_col, "'%s' needs "
		    "'%s' beside it; what is left out lies beyond the horizon",
		    quantile[i + 1], quantile[i]);
	else if (rp_instant_s(forecast->q[i + 1]) != 0 &&
	    rp_instant_cmp(forecast->q[i + 1], forecast->q[i]) < 0)
		rp_fault(b->f, RP_AT_NODE(after), "'%s' lies before '%s' on "
		    "line %u; it cannot be done earlier in more trials",
		    quantile[i + 1], quantile[i], (unsigned)before->line);
}

void
rp_end_forecast(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	const struct rp_forecast_made *forecast = target;
	int i;

	if (rp_node_find(node, "p10") == NULL &&
	    rp_node_find(node, "never") == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'forecasts' entry has no "
		    "figure; give p10, p50, p80, p90 or never");
	for (i = 0; i + 1 < 4; i++)
		check_quantiles(b, node, forecast, i);
	rp_bind_published(b, node, forecast->as_of, forecast->has_published,
	    forecast->published, "as_of");
}
