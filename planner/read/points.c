/*
 * planner/read/points.c - distributions that are made of points.
 */
#include "read/binder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_BYTES (8u << 20)
#define POINTS_MAX 200000

/* The points and weights while they are read. */
struct points {
	double *point;
	double *weight;
	size_t n;
	size_t percents;	/* how many weights were shares */
	double sum;
	bool faulty;
};

/* ---- one-of ------------------------------------------------------------- */

static double
read_weight(struct rp_binder *b, const struct rp_node *node,
    struct points *p)
{
	struct rp_measure m = { .family = RP_FAMILY_PLAIN, .name = "weight",
	    .high = 1e12, .above = true };
	const char *text = rp_bind_scalar(b, node, "weight");
	double x = 0;

	if (text != NULL && strchr(text, '%') != NULL) {
		m.family = RP_FAMILY_SHARE;
		m.high = 1;
		p->percents++;
	}
	if (text == NULL || !rp_measure_read(b, &m, node, text, &x))
		p->faulty = true;
	return x;
}

static void
add_point(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *at, const char *text, const struct rp_node *weight,
    struct points *p)
{
	double w = 1;

	if (text == NULL ||
	    !rp_measure_read(b, m, at, text, &p->point[p->n]))
		p->faulty = true;
	if (weight != NULL)
		w = read_weight(b, weight, p);
	p->weight[p->n] = w;
	p->sum += w;
	p->n++;
}

/* VALUE, or {value: VALUE, weight: WEIGHT}. */
static void
add_item(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct points *p)
{
	const struct rp_node *value = node, *weight = NULL, *child;

	if (node->kind == RP_NODE_MAP) {
		value = rp_node_find(node, "value");
		weight = rp_node_find(node, "weight");
		for (child = node->first; child != NULL; child = child->next) {
			if (child != value && child != weight)
				rp_fault(b->f, child->key_line, child->key_col,
				    "unknown key '%.60s' in 'one-of'; known "
				    "keys: value, weight", child->key);
		}
	}
	if (value == NULL) {
		rp_fault(b->f, RP_AT_NODE(node), "'value' is missing in "
		    "'one-of'; add it");
		p->faulty = true;
		return;
	}
	add_point(b, m, value, rp_bind_scalar(b, value, m->name), weight, p);
}

/* In {5 d: 70%, 10 d: 30%} the keys are the values. */
static void
add_pair(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *child, struct points *p)
{
	struct rp_node key = { .kind = RP_NODE_SCALAR, .text = child->key,
	    .line = child->key_line, .col = child->key_col };

	add_point(b, m, &key, child->key, child, p);
}

static void
level_weights(struct rp_binder *b, const struct rp_node *node,
    const char *law, struct points *p)
{
	size_t i;

	if (p->percents > 0 && p->percents < p->n) {
		rp_fault(b->f, RP_AT_NODE(node), "weights of '%s' are shares "
		    "and numbers; write all of them in one way", law);
	} else if (p->percents > 0 && fabs(p->sum - 1) > 1e-6) {
		rp_fault(b->f, RP_AT_NODE(node), "weights of '%s' add up to "
		    "'%g%%', not 100%%; correct them", law, p->sum * 100);
	}
	for (i = 0; i < p->n; i++)
		p->weight[i] /= p->sum;
}

void
rp_bind_one_of(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct rp_dist *dist)
{
	const struct rp_node *child;
	struct points p = { 0 };

	if (node->kind == RP_NODE_SCALAR || node->n == 0 ||
	    node->n > POINTS_MAX) {
		rp_fault(b->f, RP_AT_NODE(node), "'one-of' takes a list of 1 "
		    "to %d values", POINTS_MAX);
		return;
	}
	p.point = rp_bind_alloc(b, node->n, sizeof(double));
	p.weight = rp_bind_alloc(b, node->n, sizeof(double));
	if (p.point == NULL || p.weight == NULL)
		return;
	for (child = node->first; child != NULL; child = child->next) {
		if (node->kind == RP_NODE_LIST)
			add_item(b, m, child, &p);
		else
			add_pair(b, m, child, &p);
	}
	if (!p.faulty)
		level_weights(b, node, "one-of", &p);
	dist->n_points = p.n;
	dist->point = p.point;
	dist->weight = p.weight;
}

/* ---- empirical ---------------------------------------------------------- */

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Cut a line at its comment, and the blanks around it. */
static char *
trim(char *line)
{
	char *end;

	line[strcspn(line, "#\r")] = '\0';
	line += strspn(line, " \t");
	end = line + strlen(line);
	while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = '\0';
	return line;
}

/* What is wrong with a line of the file is told at the file's name. */
static bool
read_line(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text, unsigned line, double *out)
{
	struct rp_faults *f = b->f, own;
	bool good;

	rp_faults_init(&own, f->file);
	b->f = &own;
	good = rp_measure_read(b, m, node, text, out);
	b->f = f;
	if (!good)
		rp_fault(b->f, RP_AT_NODE(node), "line %u of '%.60s': %s", line,
		    node->text, own.n > 0 ? own.fault[0].text : "not a value");
	rp_faults_release(&own);
	return good;
}

static void
points_of_file(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct points *p)
{
	size_t len = 0;
	char *text = rp_bind_file(b, node, FILE_MAX_BYTES, &len), *line;
	char *next = text;
	unsigned number = 0;

	while (next != NULL && *next != '\0' && p->n < POINTS_MAX) {
		line = next;
		next += strcspn(next, "\n");
		if (*next == '\n')
			*next++ = '\0';
		line = trim(line);
		number++;
		if (*line != '\0' &&
		    read_line(b, m, node, line, number, &p->point[p->n]))
			p->n++;
	}
	if (text != NULL && p->n == 0)
		rp_fault(b->f, RP_AT_NODE(node), "file '%.60s' has no values; "
		    "write one on each line", node->text);
	free(text);
}

static void
points_of_list(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct points *p)
{
	const struct rp_node *child;
	const char *text;

	for (child = node->first; child != NULL; child = child->next) {
		text = rp_bind_scalar(b, child, m->name);
		if (text != NULL &&
		    rp_measure_read(b, m, child, text, &p->point[p->n]))
			p->n++;
	}
}

void
rp_bind_empirical(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct rp_dist *dist)
{
	struct points p = { 0 };
	double *kept;

	if (node->kind == RP_NODE_MAP || (node->kind == RP_NODE_LIST &&
	    (node->n == 0 || node->n > POINTS_MAX))) {
		rp_fault(b->f, RP_AT_NODE(node), "'empirical' takes the name "
		    "of a file with one value on each line, or a list of "
		    "values");
		return;
	}
	if (node->kind == RP_NODE_SCALAR &&
	    rp_bind_scalar(b, node, "empirical") == NULL)
		return;
	p.point = malloc(POINTS_MAX * sizeof(double));
	if (p.point == NULL) {
		b->status = RP_ENOMEM;
		return;
	}
	if (node->kind == RP_NODE_LIST)
		points_of_list(b, m, node, &p);
	else
		points_of_file(b, m, node, &p);
	kept = rp_bind_alloc(b, p.n, sizeof(double));
	if (kept != NULL && p.n > 0) {
		qsort(p.point, p.n, sizeof(double), by_size);
		memcpy(kept, p.point, p.n * sizeof(double));
		dist->point = kept;
		dist->n_points = p.n;
	}
	free(p.point);
}

/* ---- histogram ---------------------------------------------------------- */

/* What lies evenly between two values, and where the file says so. */
struct bar {
	double low;
	double high;
	double weight;
	const struct rp_node *node;	/* its weight, whose key it is */
};

static bool
no_interval(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *child)
{
	const char *example = rp_family_example(m->family);

	if (m->family == RP_FAMILY_DATE)
		rp_fault(b->f, child->key_line, child->key_col, "'%.60s' is "
		    "not an interval; write a day, 2026-03-10, or "
		    "2026-03-01..2026-04-01 up to the second of them",
		    child->key);
	else
		rp_fault(b->f, child->key_line, child->key_col, "'%.60s' is "
		    "not an interval; write LOW..HIGH, each as in '%s'",
		    child->key, example);
	return false;
}

/* A day is from its first moment to that of the next. */
static bool
read_days(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *child, struct bar *bar)
{
	struct rp_err err = { 0 };
	struct rp_when w;

	if (rp_when_parse(child->key, &w, &err) != RP_OK) {
		rp_fault(b->f, child->key_line, child->key_col, "%s",
		    err.text);
		return false;
	}
	bar->low = (double)rp_instant_s(w.from);
	bar->high = (double)rp_instant_s(w.until);
	return bar->low < bar->high || no_interval(b, m, child);
}

/* "10 d..20 d" */
static bool
read_ends(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *child, struct bar *bar)
{
	struct rp_node key = { .kind = RP_NODE_SCALAR, .text = child->key,
	    .line = child->key_line, .col = child->key_col };
	const char *between = strstr(child->key, "..");
	char low[64];

	if (between == NULL || (size_t)(between - child->key) >= sizeof(low))
		return no_interval(b, m, child);
	(void)snprintf(low, sizeof(low), "%.*s", (int)(between - child->key),
	    child->key);
	if (!rp_measure_read(b, m, &key, low, &bar->low) ||
	    !rp_measure_read(b, m, &key, between + 2, &bar->high))
		return false;
	if (bar->low < bar->high)
		return true;
	rp_fault(b->f, child->key_line, child->key_col, "'%.60s' does not end "
	    "after it begins; put the lower value first", child->key);
	return false;
}

static int
by_low(const void *x, const void *y)
{
	const struct bar *a = x, *b = y;

	return (a->low > b->low) - (a->low < b->low);
}

static void
check_apart(struct rp_binder *b, const struct bar *bar, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct rp_node *node = bar[i].node;

		if (bar[i].low < bar[i - 1].high)
			rp_fault(b->f, node->key_line, node->key_col, "'%.60s' "
			    "overlaps '%.60s' on line %u; intervals of "
			    "'histogram' lie side by side", node->key,
			    bar[i - 1].node->key,
			    (unsigned)bar[i - 1].node->key_line);
	}
}

/* Between two that do not touch there is a stretch with nothing in it. */
static void
join_bars(const struct bar *bar, size_t n, double *point, double *weight,
    size_t *n_points)
{
	double sum = 0;
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || bar[i].low > bar[i - 1].high) {
			point[k] = bar[i].low;
			weight[k++] = sum;
		}
		sum += bar[i].weight;
		point[k] = bar[i].high;
		weight[k++] = sum;
	}
	/* As they are whole numbers as a rule, sums are divided, not parts. */
	for (size_t i = 0; i < k; i++)
		weight[i] /= sum;
	*n_points = k;
}

static void
read_bars(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct bar *bar, struct points *p)
{
	const struct rp_node *child;

	for (child = node->first; child != NULL; child = child->next) {
		bar->node = child;
		if (!(m->family == RP_FAMILY_DATE ?
		    read_days(b, m, child, bar) : read_ends(b, m, child, bar)))
			p->faulty = true;
		bar->weight = read_weight(b, child, p);
		p->weight[p->n++] = bar->weight;
		p->sum += bar->weight;
		bar++;
	}
}

void
rp_bind_histogram(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct rp_dist *dist)
{
	struct points p = { 0 };
	struct bar *bar;
	double *weight;

	if (node->kind != RP_NODE_MAP || node->n == 0 ||
	    node->n > POINTS_MAX) {
		rp_fault(b->f, RP_AT_NODE(node), "'histogram' takes a map of "
		    "1 to %d intervals, each with how much of all lies in it",
		    POINTS_MAX);
		return;
	}
	bar = rp_bind_alloc(b, node->n, sizeof(*bar));
	p.point = rp_bind_alloc(b, 2 * node->n, sizeof(double));
	weight = rp_bind_alloc(b, 2 * node->n, sizeof(double));
	p.weight = rp_bind_alloc(b, node->n, sizeof(double));
	if (bar == NULL || p.point == NULL || weight == NULL ||
	    p.weight == NULL)
		return;
	read_bars(b, m, node, bar, &p);
	if (p.faulty)
		return;
	level_weights(b, node, "histogram", &p);
	qsort(bar, p.n, sizeof(*bar), by_low);
	check_apart(b, bar, p.n);
	join_bars(bar, p.n, p.point, weight, &dist->n_points);
	dist->point = p.point;
	dist->weight = weight;
}
