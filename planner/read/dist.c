/*
 * planner/read/dist.c - numbers that may be uncertain.
 *
 * A distribution is a map of one key, its name, over its parameters: a list
 * in the order of the table below, or a map by their names.
 */
#include "read/binder.h"

#include <stdio.h>
#include <string.h>

/* Distributions whose parameters are distributions, and so on. */
#define NESTED_MAX 4

/* What kind of number a parameter is. */
enum role {
	ROLE_PLACE,		/* as the value itself */
	ROLE_WIDTH,		/* a difference of two of them, above 0 */
	ROLE_SCALE,		/* as the value, above 0 */
	ROLE_SHAPE		/* a plain number above 0 */
};

struct param {
	const char *name;
	enum role role;
};

static const struct law {
	const char *name;
	enum rp_dist_kind kind;
	unsigned least;		/* parameters that must be there */
	bool dates;		/* can be said of instants */
	struct param param[RP_DIST_PARAMS];
} laws[] = {
	{ "uniform", RP_DIST_UNIFORM, 2, true,
	    { { "low", ROLE_PLACE }, { "high", ROLE_PLACE } } },
	{ "triangular", RP_DIST_TRIANGULAR, 3, true,
	    { { "low", ROLE_PLACE }, { "mode", ROLE_PLACE },
	    { "high", ROLE_PLACE } } },
	{ "beta", RP_DIST_BETA, 2, true,
	    { { "alpha", ROLE_SHAPE }, { "beta", ROLE_SHAPE },
	    { "low", ROLE_PLACE }, { "high", ROLE_PLACE } } },
	{ "normal", RP_DIST_NORMAL, 2, true,
	    { { "mean", ROLE_PLACE }, { "sd", ROLE_WIDTH } } },
	{ "exponential", RP_DIST_EXPONENTIAL, 1, false,
	    { { "mean", ROLE_SCALE } } },
	{ "gamma", RP_DIST_GAMMA, 2, false,
	    { { "shape", ROLE_SHAPE }, { "scale", ROLE_SCALE } } },
	{ "weibull", RP_DIST_WEIBULL, 2, false,
	    { { "scale", ROLE_SCALE }, { "shape", ROLE_SHAPE } } },
	{ "lognormal", RP_DIST_LOGNORMAL, 2, false,
	    { { "median", ROLE_SCALE }, { "sigma", ROLE_SHAPE } } },
	{ "pareto", RP_DIST_PARETO, 2, false,
	    { { "least", ROLE_SCALE }, { "shape", ROLE_SHAPE } } },
	{ "one-of", RP_DIST_ONE_OF, 0, true, { { NULL, ROLE_PLACE } } },
	{ "empirical", RP_DIST_EMPIRICAL, 0, true, { { NULL, ROLE_PLACE } } },
	{ "histogram", RP_DIST_HISTOGRAM, 0, true, { { NULL, ROLE_PLACE } } },
};

#define N_LAWS (sizeof(laws) / sizeof(laws[0]))

const char *
rp_dist_word(size_t i)
{
	return i < N_LAWS ? laws[i].name : NULL;
}

const char *
rp_dist_param(size_t i, unsigned k)
{
	return k < RP_DIST_PARAMS ? laws[i].param[k].name : NULL;
}

static unsigned
most_params(const struct law *law)
{
	unsigned n = 0;

	while (n < RP_DIST_PARAMS && law->param[n].name != NULL)
		n++;
	return n;
}

/* ---- parameters --------------------------------------------------------- */

static struct rp_measure
param_measure(const struct rp_measure *m, const struct param *p)
{
	struct rp_measure pm = *m;

	pm.name = p->name;
	if (p->role == ROLE_PLACE)
		return pm;
	pm.above = true;
	pm.low = 0;
	if (p->role == ROLE_SHAPE) {
		pm.family = RP_FAMILY_PLAIN;
		pm.high = 1e6;
	} else if (m->family == RP_FAMILY_DATE) {
		pm.family = RP_FAMILY_TIME;
		pm.high = 36500.0 * 86400;
	}
	return pm;
}

static void
read_param(struct rp_binder *b, const struct rp_measure *m,
    const struct law *law, unsigned k, const struct rp_node *node,
    struct rp_dist *dist)
{
	struct rp_measure pm = param_measure(m, &law->param[k]);
	struct rp_value v = rp_bind_unwrap_input(b, node);

	rp_bind_quantity(b, &pm, &v, &dist->param[k]);
}

static void
params_of_list(struct rp_binder *b, const struct rp_measure *m,
    const struct law *law, const struct rp_node *node, struct rp_dist *dist)
{
	unsigned most = most_params(law), k = 0;
	const struct rp_node *child;
	bool fits = node->n == law->least || node->n == most;

	if (!fits) {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' takes %u values%s, not "
		    "%zu", law->name, law->least, most > law->least ?
		    " (or 4, with low and high)" : "", node->n);
		return;
	}
	for (child = node->first; child != NULL; child = child->next)
		read_param(b, m, law, k++, child, dist);
	dist->n_params = k;
}

static int
find_param(struct rp_binder *b, const struct law *law,
    const struct rp_node *node)
{
	struct rp_nearest near;
	unsigned k, most = most_params(law);
	char all[80] = "";
	size_t len = 0;

	if (rp_bind_is_full(b))
		return -1;
	rp_nearest_init(&near, node->key);
	for (k = 0; k < most; k++) {
		if (strcmp(law->param[k].name, node->key) == 0)
			return (int)k;
		rp_nearest_try(&near, law->param[k].name);
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s",
		    k == 0 ? "" : ", ", law->param[k].name);
	}
	if (near.best != NULL)
		rp_fault(b->f, node->key_line, node->key_col, "unknown "
		    "parameter '%.60s' of '%s'; did you mean '%s'?",
		    node->key, law->name, near.best);
	else
		rp_fault(b->f, node->key_line, node->key_col, "unknown "
		    "parameter '%.60s' of '%s'; use one of: %s", node->key,
		    law->name, all);
	return -1;
}

static void
params_of_map(struct rp_binder *b, const struct rp_measure *m,
    const struct law *law, const struct rp_node *node, struct rp_dist *dist)
{
	unsigned most = most_params(law), k, needed;
	const struct rp_node *child;
	int found;

	for (child = node->first; child != NULL; child = child->next) {
		found = find_param(b, law, child);
		if (found >= 0)
			read_param(b, m, law, (unsigned)found, child, dist);
	}
	/* One of low and high calls for the other. */
	needed = node->n > law->least ? most : law->least;
	for (k = 0; k < needed; k++) {
		if (rp_node_find(node, law->param[k].name) == NULL)
			rp_fault(b->f, RP_AT_NODE(node), "parameter '%s' of "
			    "'%s' is missing; add it", law->param[k].name,
			    law->name);
	}
	dist->n_params = needed;
}

/* Both are exact numbers that were read without a fault, and x >= y. */
static bool
not_below(const struct rp_quantity *x, const struct rp_quantity *y)
{
	if (x->dist != NULL || y->dist != NULL)
		return false;
	if (x->origin.line == 0 || y->origin.line == 0)
		return false;
	return x->fixed >= y->fixed;
}

static void
check_order(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const struct rp_dist *dist)
{
	const struct rp_quantity *p = dist->param;

	if (dist->kind == RP_DIST_UNIFORM && not_below(&p[0], &p[1]))
		rp_fault(b->f, RP_AT_NODE(node), "'uniform' needs its low "
		    "before its high; put them in order");
	if (dist->kind == RP_DIST_TRIANGULAR && (not_below(&p[0], &p[2]) ||
	    (not_below(&p[0], &p[1]) && p[0].fixed > p[1].fixed) ||
	    (not_below(&p[1], &p[2]) && p[1].fixed > p[2].fixed)))
		rp_fault(b->f, RP_AT_NODE(node), "'triangular' needs its low, "
		    "mode and high in ascending order; put them in order");
	if (dist->kind == RP_DIST_BETA && dist->n_params == 4 &&
	    not_below(&p[2], &p[3]))
		rp_fault(b->f, RP_AT_NODE(node), "'beta' needs its low before "
		    "its high; put them in order");
	if (dist->kind == RP_DIST_BETA && dist->n_params == 2 &&
	    m->family != RP_FAMILY_SHARE)
		rp_fault(b->f, RP_AT_NODE(node), "'beta' of %s needs low and "
		    "high; write [alpha, beta, low, high]",
		    rp_family_noun(m->family));
}

static void
read_params(struct rp_binder *b, const struct rp_measure *m,
    const struct law *law, const struct rp_node *node, struct rp_dist *dist)
{
	if (node->kind == RP_NODE_LIST) {
		params_of_list(b, m, law, node, dist);
	} else if (node->kind == RP_NODE_MAP &&
	    rp_node_find(node, law->param[0].name) == NULL &&
	    law->least == 1) {
		/* exponential: {triangular: [...]} */
		read_param(b, m, law, 0, node, dist);
		dist->n_params = 1;
	} else if (node->kind == RP_NODE_MAP) {
		params_of_map(b, m, law, node, dist);
	} else if (law->least == 1) {
		read_param(b, m, law, 0, node, dist);
		dist->n_params = 1;
	} else {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' takes a list of its "
		    "parameters, or a map by their names, not one value",
		    law->name);
		return;
	}
	check_order(b, m, node, dist);
}

/* ---- the value ---------------------------------------------------------- */

static const struct law *
find_law(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node)
{
	const struct rp_node *tag;
	struct rp_nearest near;
	size_t i;

	tag = rp_bind_tagged(b, node, m->name, "{uniform: [LOW, HIGH]}");
	if (tag == NULL || rp_bind_is_full(b))
		return NULL;
	rp_nearest_init(&near, tag->key);
	for (i = 0; i < N_LAWS; i++) {
		if (strcmp(laws[i].name, tag->key) == 0)
			return &laws[i];
		rp_nearest_try(&near, laws[i].name);
	}
	if (near.best != NULL)
		rp_fault(b->f, tag->key_line, tag->key_col, "unknown "
		    "distribution '%.60s'; did you mean '%s'?", tag->key,
		    near.best);
	else
		rp_fault(b->f, tag->key_line, tag->key_col, "unknown "
		    "distribution '%.60s'; use uniform, triangular, beta, "
		    "normal, exponential, gamma, weibull, lognormal, pareto, "
		    "one-of, empirical or histogram", tag->key);
	return NULL;
}

static void
read_law(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct rp_quantity *out)
{
	const struct law *law = find_law(b, m, node);
	struct rp_dist *dist;

	if (law == NULL)
		return;
	if (m->family == RP_FAMILY_DATE && !law->dates) {
		rp_fault(b->f, node->first->key_line, node->first->key_col,
		    "'%s' does not fit a date; use uniform, triangular, beta "
		    "with low and high, normal, one-of, empirical or "
		    "histogram",
		    law->name);
		return;
	}
	dist = rp_bind_alloc(b, 1, sizeof(*dist));
	if (dist == NULL)
		return;
	dist->kind = law->kind;
	if (law->kind == RP_DIST_ONE_OF)
		rp_bind_one_of(b, m, node->first, dist);
	else if (law->kind == RP_DIST_EMPIRICAL)
		rp_bind_empirical(b, m, node->first, dist);
	else if (law->kind == RP_DIST_HISTOGRAM)
		rp_bind_histogram(b, m, node->first, dist);
	else
		read_params(b, m, law, node->first, dist);
	out->dist = dist;
}

static void
read_quantity(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_value *v, struct rp_quantity *out)
{
	const char *text;

	if (v->node->kind == RP_NODE_MAP) {
		if (b->depth == NESTED_MAX) {
			rp_fault(b->f, RP_AT_NODE(v->node), "'%s' is nested "
			    "deeper than %d distributions; simplify it",
			    m->name, NESTED_MAX);
			return;
		}
		b->depth++;
		read_law(b, m, v->node, out);
		b->depth--;
	} else {
		text = rp_bind_scalar(b, v->node, m->name);
		if (text == NULL ||
		    !rp_measure_read(b, m, v->node, text, &out->fixed))
			return;
		out->dist = NULL;
	}
	out->origin = v->origin;
}

void
rp_bind_quantity(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_value *v, struct rp_quantity *out)
{
	size_t before = b->f->n + b->f->dropped;

	read_quantity(b, m, v, out);
	/* A value with a fault is told once, not for its name as well. */
	if (v->input != NULL && b->f->n + b->f->dropped == before)
		rp_name_input(b, m, v->input, out);
}
