/*
 * simulate/tail.c - who is left when most are done, and at which step.
 *
 * A trial is run to find the instant at which so large a share is replaced,
 * and once more up to there, to see where the others stand: at a node of the
 * network, which has one for each step for that purpose.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "simulate/details.h"
#include "simulate/extra.h"

#define TAIL_TRIALS_LEAST 64
#define TAIL_TRIALS_MOST 128

/* What a node may be called: its step, the same but never left, and for each
 * population what has not started. */
enum place { AT_STEP, NEVER, NOT_STARTED };

/* The places of all nodes, then of all populations. */
struct search {
	const struct rp_trials *tr;
	size_t n;
	int64_t *at;		/* [n] when the share is reached */
	size_t n_nodes;		/* of the network with a node a step */
	size_t n_columns;	/* 2 * n_nodes + populations */
	const struct rp_step **step;	/* [n_nodes] */
	size_t *population;	/* [n_nodes] */
	uint32_t *left;		/* [n_columns * n] */
};

static rp_status
ready(void *arg, const struct rp_model *m, struct rp_err *err)
{
	struct search *s = arg;

	s->n_nodes = m->n_nodes;
	s->n_columns = 2 * m->n_nodes + m->n_populations;
	s->step = rp_alloc_zeroed(m->n_nodes, sizeof(*s->step));
	s->population = rp_alloc_zeroed(m->n_nodes, sizeof(*s->population));
	s->left = rp_alloc_zeroed(s->n_columns * s->n, sizeof(*s->left));
	if (s->step == NULL || s->population == NULL || s->left == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the tail");
	for (size_t k = 0; k < m->n_nodes; k++) {
		s->step[k] = m->node[k].step;
		s->population[k] = m->part[m->node[k].part].of;
	}
	return RP_OK;
}

/* ---- a trial ------------------------------------------------------------ */

static double
done_at(const struct rp_outcome *o, size_t i)
{
	const struct rp_model *m = o->m;
	double done = 0.0;

	for (size_t p = 0; p < m->n_parts; p++)
		done += o->state[RP_STATE_REPLACED][p * m->grid.n + i];
	return done;
}

static bool
is_enough(const struct search *s, const struct rp_outcome *o, size_t i,
    double done)
{
	double base = (double)rp_base_of_trial(s->tr, o, i);

	/* Half a part per billion is how shares are rounded. */
	return done >= RP_TAIL_SHARE * base - 0.5e-9 * base;
}

/* The first point at which the share is done. */
static bool
find_point(const struct search *s, const struct rp_outcome *o, size_t *point)
{
	for (size_t i = 0; i < o->m->grid.n; i++) {
		*point = i;
		if (is_enough(s, o, i, done_at(o, i)))
			return true;
	}
	return false;
}

/* What happens within a cell is done with its last second. */
static int64_t
done_by(const struct search *s, const struct rp_extra_trial *t, size_t point)
{
	double before = done_at(t->o, point);

	for (size_t p = 0; p < t->e->m->n_parts; p++)
		before -= t->e->flow[p].at_point[point];
	return t->o->m->grid.t[point] -
	    (point > 0 && is_enough(s, t->o, point, before) ? 1 : 0);
}

static void
count_nodes(struct search *s, const struct rp_engine *e, size_t point,
    uint64_t trial)
{
	for (size_t k = 0; k < s->n_nodes; k++) {
		uint32_t never, n = rp_engine_inside(e, k, point, &never);

		s->left[2 * k * s->n + trial] = n - never;
		s->left[(2 * k + 1) * s->n + trial] = never;
	}
}

/* Parts whose work has not begun: those of them that have not run out. */
static void
count_waiting(struct search *s, const struct rp_engine *e, size_t point,
    uint64_t trial)
{
	for (size_t p = 0; p < e->m->n_parts; p++) {
		const struct rp_model_part *part = &e->m->part[p];
		const struct rp_flow *f = &e->flow[p];
		uint32_t n = f->certificates;

		if (part->start <= point ||
		    (part->event >= 0 && part->aware > point))
			continue;
		for (size_t i = 0; i <= point; i++)
			n -= f->at_point[i] + (i < point ? f->in_cell[i] +
			    f->lapsed[i] : 0);
		s->left[(2 * s->n_nodes + part->of) * s->n + trial] += n;
	}
}

static rp_status
keep(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct search *s = arg;
	size_t point;
	rp_status rc;

	s->at[t->trial] = INT64_MAX;
	if (!find_point(s, t->o, &point))
		return RP_OK;
	s->at[t->trial] = done_by(s, t, point);
	count_waiting(s, t->e, point, t->trial);
	t->e->stop = point;
	rc = rp_engine_run(t->e, t->trial, err);
	t->e->stop = SIZE_MAX;
	if (rc == RP_OK)
		count_nodes(s, t->e, point, t->trial);
	return rc;
}

/* ---- rows --------------------------------------------------------------- */

/* What a step that is never left is called; NULL: it has no such end. */
static const char *
word_of_never(const struct rp_step *step)
{
	if (step->kind == RP_STEP_WAIT && (step->as.wait.never.dist != NULL ||
	    step->as.wait.never.fixed > 0.0))
		return "never answers";
	if (step->kind == RP_STEP_NOTICE &&
	    (step->as.notice.bounces.dist != NULL ||
	    step->as.notice.bounces.fixed > 0.0))
		return "bounced";
	return NULL;
}

struct label {
	size_t population;
	enum place place;
	const struct rp_step *step;	/* NULL: not started */
	size_t column;
};

/* Nodes of one step make one row: copies and both ways of a poll. */
static struct label
label_of(const struct search *s, size_t column)
{
	struct label l = { .place = NOT_STARTED, .column = column };
	size_t node = column / 2;

	if (node >= s->n_nodes) {
		l.population = column - 2 * s->n_nodes;
		return l;
	}
	l.population = s->population[node];
	l.step = s->step[node];
	l.place = column % 2 == 1 && word_of_never(l.step) != NULL ? NEVER :
	    AT_STEP;
	return l;
}

static int
compare_labels(const struct label *a, const struct label *b)
{
	if (a->population != b->population)
		return a->population < b->population ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	/* In any order, but those of one step beside each other. */
	return ((uintptr_t)a->step > (uintptr_t)b->step) -
	    ((uintptr_t)a->step < (uintptr_t)b->step);
}

static int
by_label(const void *a, const void *b)
{
	const struct label *x = a, *y = b;
	int order = compare_labels(x, y);

	return order != 0 ? order : (x->column > y->column) -
	    (x->column < y->column);
}

/* For each column the next one of its row, itself in the last of them; and
 * whether it is the first of its row. */
static bool
find_rows(const struct search *s, size_t *next, bool *first)
{
	struct label *l = rp_alloc_zeroed(s->n_columns, sizeof(*l));

	if (l == NULL)
		return false;
	for (size_t k = 0; k < s->n_columns; k++)
		l[k] = label_of(s, k);
	qsort(l, s->n_columns, sizeof(*l), by_label);
	for (size_t k = 0; k < s->n_columns; k++) {
		bool last = k + 1 == s->n_columns ||
		    compare_labels(&l[k], &l[k + 1]) != 0;

		next[l[k].column] = l[last ? k : k + 1].column;
		first[l[k].column] = k == 0 ||
		    compare_labels(&l[k - 1], &l[k]) != 0;
	}
	rp_release_mem(l);
	return true;
}

/* The certificates of a row in each trial that gets that far. */
static size_t
gather(const struct search *s, const size_t *next, size_t column, double *x)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		x[i] = 0.0;
	for (size_t k = column, last = SIZE_MAX; k != last; k = next[k]) {
		for (size_t i = 0; i < s->n; i++)
			x[i] += (double)s->left[k * s->n + i];
		last = k;
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i] != INT64_MAX)
			x[n++] = x[i];
	return n;
}

static struct rp_tail_row
row_of(const struct search *s, const size_t *next, size_t column,
    double *scratch)
{
	struct label l = label_of(s, column);
	size_t n = gather(s, next, column, scratch);
	struct rp_sampling plain = rp_extra_sampling(s->tr, n);
	struct rp_tail_row row = { .population = (int)l.population,
	    .what = l.step == NULL ? "not started" : l.place == NEVER ?
	    word_of_never(l.step) : l.step->what,
	    .line = l.step != NULL ? l.step->origin.line : 0 };

	/* Which replicate a trial is of is lost where some are left out. */
	if (n < s->n)
		plain.replicates = 0;
	rp_mean_of(&plain, scratch, &row.certificates,
	    &row.certificates_se);
	return row;
}

static int
by_size(const void *a, const void *b)
{
	const struct rp_tail_row *x = a, *y = b;

	if (x->certificates < y->certificates)
		return 1;
	if (x->certificates > y->certificates)
		return -1;
	return x->population != y->population ?
	    x->population - y->population :
	    (x->line > y->line) - (x->line < y->line);
}

static void
set_shares(struct rp_trials *tr)
{
	double all = 0.0;

	for (size_t k = 0; k < tr->tail.n_rows; k++)
		all += tr->tail_row[k].certificates;
	for (size_t k = 0; k < tr->tail.n_rows; k++)
		tr->tail_row[k].share = tr->tail_row[k].certificates / all;
}

static void
set_when(struct rp_trials *tr, const struct search *s, int64_t *sorted)
{
	struct rp_sampling of = rp_extra_sampling(tr, s->n);
	struct rp_tail *tail = &tr->tail;

	tail->looked_at = s->n;
	for (size_t i = 0; i < s->n; i++)
		tail->trials += s->at[i] != INT64_MAX;
	tail->found = tail->trials > 0;
	rp_completion_of(&of, s->at, sorted, &tail->by);
	tail->by.has_mean = false;
}

static rp_status
make_rows(struct rp_trials *tr, const struct search *s, struct rp_err *err)
{
	double *scratch = rp_alloc_zeroed(s->n, sizeof(*scratch));
	int64_t *sorted = rp_alloc_zeroed(s->n, sizeof(*sorted));
	size_t *next = rp_alloc_zeroed(s->n_columns, sizeof(*next));
	bool *first = rp_alloc_zeroed(s->n_columns, sizeof(*first));
	struct rp_tail *tail = &tr->tail;
	rp_status rc = RP_OK;

	tr->tail_row = rp_alloc_zeroed(s->n_columns, sizeof(*tr->tail_row));
	if (scratch == NULL || sorted == NULL || next == NULL ||
	    first == NULL || tr->tail_row == NULL ||
	    !find_rows(s, next, first)) {
		rc = rp_fail(err, RP_ENOMEM, "no memory for the tail");
		goto out;
	}
	set_when(tr, s, sorted);
	for (size_t k = 0; k < s->n_columns && tail->found; k++) {
		struct rp_tail_row *row = &tr->tail_row[tail->n_rows];

		if (!first[k])
			continue;
		*row = row_of(s, next, k, scratch);
		tail->n_rows += row->certificates > 0.0;
	}
	qsort(tr->tail_row, tail->n_rows, sizeof(*tr->tail_row), by_size);
	set_shares(tr);
	tail->row = tr->tail_row;
out:
	rp_release_mem(scratch);
	rp_release_mem(sorted);
	rp_release_mem(next);
	rp_release_mem(first);
	return rc;
}

rp_status
rp_find_tail(struct rp_trials *tr, struct rp_err *err)
{
	struct rp_whatif w = rp_whatif_none;
	struct search s = { .tr = tr,
	    .n = rp_extra_worth(tr, TAIL_TRIALS_LEAST, TAIL_TRIALS_MOST) };
	struct rp_extra x = { .tr = tr, .whatif = &w, .n = s.n, .keep = keep,
	    .arg = &s, .ready = ready };
	rp_status rc;

	w.each_step = true;
	s.at = rp_alloc_zeroed(s.n, sizeof(*s.at));
	if (s.at == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the tail");
	rc = rp_run_extra(&x, err);
	if (rc == RP_OK)
		rc = make_rows(tr, &s, err);
	rp_release_mem(s.at);
	rp_release_mem(s.step);
	rp_release_mem(s.population);
	rp_release_mem(s.left);
	return rc;
}
