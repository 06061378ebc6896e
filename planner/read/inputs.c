/*
 * planner/read/inputs.c - values that are drawn once a trial, by name.
 *
 * Quantities of one name take the same quantile in every trial, and
 * correlations join two names.  Which names there are is known only when all
 * of a case was read, so names and pairs are collected first.
 */
#include "read/binder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* So many names can be correlated; the last of a row costs its square. */
#define JOINED_MAX 40

/* One more in a list of the arena; NULL when there is no memory. */
static void *
grow(struct rp_binder *b, void *list, size_t n, size_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return list;
	*room = *room > 0 ? 2 * *room : 16;
	more = rp_bind_alloc(b, *room, size);
	if (more != NULL && n > 0)
		memcpy(more, list, n * size);
	return more;
}

/* ---- names -------------------------------------------------------------- */

void
rp_name_input(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *name, struct rp_quantity *q)
{
	static const struct rp_key key = { .name = "input" };
	struct rp_inputs *in = &b->inputs;
	const struct rp_value v = { .node = name };
	struct rp_input *list;

	rp_set_name(b, &key, &v, &q->input);
	if (q->input == NULL)
		return;
	if (q->dist == NULL)
		rp_fault(b->f, RP_AT_NODE(name), "input '%.60s' is certain; "
		    "give '%s' a distribution, or leave 'input' out",
		    q->input, m->name);
	list = grow(b, in->input, in->n, &in->room, sizeof(*list));
	if (list == NULL)
		return;
	in->input = list;
	list[in->n] = (struct rp_input){ .name = q->input, .order = in->n,
	    .q = *q, .family = m->family,
	    .per = m->per != NULL ? *m->per : -1,
	    .line = name->line, .col = name->col };
	in->n++;
}

static int
by_name(const void *x, const void *y)
{
	const struct rp_input *a = x, *b = y;
	int order = strcmp(a->name, b->name);

	return order != 0 ? order : (a->order > b->order) -
	    (a->order < b->order);
}

/* ---- one name, one distribution ----------------------------------------- */

static bool same_law(const struct rp_dist *a, const struct rp_dist *b);

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
rp_same_quantity(const struct rp_quantity *a, const struct rp_quantity *b)
{
	if (a->dist == NULL || b->dist == NULL)
		return a->dist == b->dist && !(a->fixed < b->fixed) &&
		    !(a->fixed > b->fixed);
	return same_text(a->input, b->input) && same_law(a->dist, b->dist);
}

static bool
same_numbers(const double *a, const double *b, size_t n)
{
	if (a == NULL || b == NULL)
		return a == b;
	return n == 0 || memcmp(a, b, n * sizeof(*a)) == 0;
}

/* Recursion is as deep as distributions may be within each other. */
static bool
same_law(const struct rp_dist *a, const struct rp_dist *b)
{
	unsigned k;

	if (a->kind != b->kind || a->n_params != b->n_params ||
	    a->n_points != b->n_points)
		return false;
	for (k = 0; k < a->n_params; k++)
		if (!rp_same_quantity(&a->param[k], &b->param[k]))
			return false;
	return same_numbers(a->point, b->point, a->n_points) &&
	    same_numbers(a->weight, b->weight, a->n_points);
}

static void
check_alike(struct rp_binder *b, const struct rp_input *first,
    const struct rp_input *x)
{
	if (first->q.dist == NULL || x->q.dist == NULL)
		return;
	if (first->family == x->family && first->per == x->per &&
	    same_law(first->q.dist, x->q.dist))
		return;
	rp_fault(b->f, x->line, x->col, "input '%.60s' has another "
	    "distribution on line %u; give both the same, or two names and a "
	    "correlation", x->name, (unsigned)first->line);
}

static void
check_names(struct rp_binder *b)
{
	const struct rp_inputs *in = &b->inputs;
	const struct rp_input *first = in->input;
	size_t i;

	if (in->n > 1)
		qsort(in->input, in->n, sizeof(*in->input), by_name);
	for (i = 1; i < in->n; i++) {
		if (strcmp(first->name, in->input[i].name) != 0)
			first = &in->input[i];
		else
			check_alike(b, first, &in->input[i]);
	}
}

/* ---- correlations, as they are read ------------------------------------- */

void
rp_begin_correlation(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_correlation *c = target;

	c->origin = rp_origin_of(b, node);
}

void
rp_set_between(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_node *child = v->node->first;
	const char **between = at;
	struct rp_pairs *pairs = &b->pairs;
	struct rp_pair *list, pair = { .correlation =
	    (struct rp_correlation *)(void *)((char *)at - key->at) };

	if (!rp_bind_kind(b, v->node, RP_NODE_LIST, key->name))
		return;
	if (v->node->n != 2) {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' has %zu names; it "
		    "takes two", key->name, v->node->n);
		return;
	}
	for (int i = 0; i < 2; i++, child = child->next) {
		const struct rp_value name = { .node = child };

		rp_set_name(b, key, &name, &between[i]);
		pair.node[i] = child;
		if (between[i] == NULL)
			return;
	}
	list = grow(b, pairs->pair, pairs->n, &pairs->room, sizeof(*list));
	if (list == NULL)
		return;
	pairs->pair = list;
	list[pairs->n++] = pair;
}

void
rp_set_rank(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_measure m = { .family = RP_FAMILY_PLAIN,
	    .name = key->name, .low = key->low, .high = key->high };
	const char *text = rp_bind_scalar(b, v->node, key->name);
	double rank;

	if (text == NULL || !rp_measure_read(b, &m, v->node, text, &rank))
		return;
	if (fabs(rank) >= 1)
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' of '%.60s' leaves "
		    "one input of two; bring it nearer to 0%s", key->name,
		    text, rank > 0 ? ", or give both values one 'input' name" :
		    "");
	else
		*(double *)at = rank;
}

/* ---- correlations, once all names are known ----------------------------- */

static bool
is_input(const struct rp_inputs *in, const char *name)
{
	size_t low = 0, high = in->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(in->input[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < in->n && strcmp(in->input[low].name, name) == 0;
}

static bool
check_known(struct rp_binder *b, const struct rp_node *node)
{
	const struct rp_inputs *in = &b->inputs;
	struct rp_nearest near;
	size_t i;

	if (is_input(in, node->text))
		return true;
	if (rp_bind_is_full(b))
		return false;
	rp_nearest_init(&near, node->text);
	for (i = 0; i < in->n; i++)
		rp_nearest_try(&near, in->input[i].name);
	if (near.best != NULL)
		rp_fault(b->f, RP_AT_NODE(node), "unknown input '%.60s'; did "
		    "you mean '%.60s'?", node->text, near.best);
	else
		rp_fault(b->f, RP_AT_NODE(node), "unknown input '%.60s'; give "
		    "an uncertain value that name: {input: %.60s, uniform: "
		    "[LOW, HIGH]}", node->text, node->text);
	return false;
}

/* The names in the order in which correlations bring them up. */
struct joined {
	size_t n;
	const char *name[JOINED_MAX];
	/* Row by row: the correlations, then their root; and who said so. */
	double root[JOINED_MAX][JOINED_MAX];
	const struct rp_pair *by[JOINED_MAX][JOINED_MAX];
};

/* JOINED_MAX when there is no room for one more. */
static size_t
place_of(struct joined *j, const char *name)
{
	size_t i;

	for (i = 0; i < j->n; i++)
		if (strcmp(j->name[i], name) == 0)
			return i;
	if (j->n < JOINED_MAX)
		j->name[j->n++] = name;
	return i;
}

/* Spearman's rank correlation as that of two normal scores. */
static double
of_scores(double rank)
{
	return 2 * sin(3.14159265358979323846 * rank / 6);
}

static bool
join(struct rp_binder *b, struct joined *j, const struct rp_pair *pair)
{
	const struct rp_node *at = pair->node[0];
	size_t x, y, low, high;

	x = place_of(j, pair->node[0]->text);
	y = place_of(j, pair->node[1]->text);
	if (x == JOINED_MAX || y == JOINED_MAX) {
		rp_fault(b->f, RP_AT_NODE(at), "'correlations' join more than "
		    "%d inputs; leave the weakest out", JOINED_MAX);
		return false;
	}
	if (x == y) {
		rp_fault(b->f, RP_AT_NODE(at), "input '%.60s' is correlated "
		    "with itself; name another one", at->text);
		return false;
	}
	low = x < y ? x : y;
	high = x < y ? y : x;
	if (j->by[high][low] != NULL) {
		rp_fault(b->f, RP_AT_NODE(at), "'%.60s' and '%.60s' have a "
		    "correlation on line %u already; leave one out", at->text,
		    pair->node[1]->text,
		    (unsigned)j->by[high][low]->node[0]->line);
		return false;
	}
	j->by[high][low] = pair;
	j->root[high][low] = of_scores(pair->correlation->rank);
	return true;
}

/*
 * The next row of the root of the matrix (Cholesky's); false when there is
 * none, that is when no inputs can go together in that way.
 */
static bool
add_row(struct joined *j, size_t row)
{
	double rest = 1, x;
	size_t col, k;

	for (col = 0; col < row; col++) {
		x = j->root[row][col];
		for (k = 0; k < col; k++)
			x -= j->root[row][k] * j->root[col][k];
		j->root[row][col] = x / j->root[col][col];
		rest -= j->root[row][col] * j->root[row][col];
	}
	j->root[row][row] = sqrt(rest > 0 ? rest : 0);
	return rest > 1e-9;
}

static void
tell_impossible(struct rp_binder *b, const struct joined *j, size_t row)
{
	const struct rp_pair *last = NULL;
	size_t col;

	for (col = 0; col < row; col++)
		if (j->by[row][col] != NULL && (last == NULL ||
		    j->by[row][col] > last))
			last = j->by[row][col];
	if (last != NULL)
		rp_fault(b->f, RP_AT_NODE(last->node[0]), "'%.60s' and "
		    "'%.60s' cannot have a rank correlation of %g beside the "
		    "other correlations of '%.60s'; bring it nearer to 0",
		    last->node[0]->text, last->node[1]->text,
		    last->correlation->rank, j->name[row]);
}

void
rp_check_inputs(struct rp_binder *b)
{
	struct joined *j;
	bool good = true;
	size_t i;

	check_names(b);
	if (b->pairs.n == 0)
		return;
	j = rp_bind_alloc(b, 1, sizeof(*j));
	for (i = 0; j != NULL && i < b->pairs.n; i++) {
		const struct rp_pair *pair = &b->pairs.pair[i];
		bool known = check_known(b, pair->node[0]);

		known = check_known(b, pair->node[1]) && known;
		good = join(b, j, pair) && known && good;
	}
	for (i = 0; j != NULL && good && i < j->n; i++) {
		good = add_row(j, i);
		if (!good)
			tell_impossible(b, j, i);
	}
}
