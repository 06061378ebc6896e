/*
 * simulate/keep.c - what is kept of a trial.
 *
 * Every thread writes only into the rows of its own trials.
 */
#include <string.h>

#include "simulate/ensemble.h"

static uint32_t
sum_at(const struct rp_outcome *o, enum rp_state state, size_t point)
{
	uint32_t sum = 0;

	for (size_t p = 0; p < o->m->n_parts; p++)
		sum += rp_outcome_at(o, state, p, point);
	return sum;
}

uint32_t
rp_metric_at(const struct rp_outcome *o, enum rp_metric metric, size_t part,
    size_t point)
{
	switch (metric) {
	case RP_METRIC_REVOKED:
		return rp_outcome_at(o, RP_STATE_REVOKED, part, point);
	case RP_METRIC_GONE:
		return rp_outcome_at(o, RP_STATE_REVOKED, part, point) +
		    rp_outcome_at(o, RP_STATE_EXPIRED, part, point);
	case RP_METRIC_REISSUED:
		return rp_outcome_at(o, RP_STATE_REISSUED, part, point);
	case RP_METRIC_REPLACED:
	case RP_METRICS:
		break;
	}
	return rp_outcome_at(o, RP_STATE_REPLACED, part, point);
}

static uint32_t
metric_at(const struct rp_outcome *o, enum rp_metric metric, size_t point)
{
	uint32_t sum = 0;

	for (size_t p = 0; p < o->m->n_parts; p++)
		sum += rp_metric_at(o, metric, p, point);
	return sum;
}

uint32_t
rp_base_of_trial(const struct rp_trials *tr, const struct rp_outcome *o,
    size_t point)
{
	return o->base != NULL ? o->base[point] : (uint32_t)tr->base;
}

const int64_t *
rp_complete_in(const struct rp_outcome *o, enum rp_metric metric)
{
	/* What has expired cannot be revoked any more. */
	return o->complete[metric == RP_METRIC_REVOKED ? RP_METRIC_GONE :
	    metric];
}

static void
keep_completion(struct rp_trials *tr, const struct rp_outcome *o,
    uint64_t trial)
{
	size_t n = tr->model.n_populations;
	const int64_t *done = rp_complete_in(o, tr->metric);
	int64_t last = INT64_MIN;

	for (size_t p = 0; p < n; p++)
		tr->complete[p * tr->n + trial] = INT64_MIN;
	for (size_t k = 0; k < tr->model.n_parts; k++) {
		int64_t *of = &tr->complete[tr->model.part[k].of * tr->n +
		    trial];

		if (done[k] > *of)
			*of = done[k];
		if (done[k] > last)
			last = done[k];
	}
	tr->complete[n * tr->n + trial] = last;
}

double
rp_overdue_days(const struct rp_outcome *o, int64_t done)
{
	const struct rp_model *m = o->m;
	const struct rp_grid *g = &m->grid;
	double days = 0.0;

	if (m->deadline_point == SIZE_MAX)
		return 0.0;
	if (m->overdue_certificates > 0.0) {
		if (done > g->t[g->n - 1])
			done = g->t[g->n - 1];
		done -= rp_instant_s(m->deadline.at.from);
		return done > 0 ? m->overdue_certificates * (double)done /
		    86400.0 : 0.0;
	}
	for (size_t p = 0; p < m->n_parts; p++)
		days += o->late_s[p] / 86400.0;
	return days;
}

/* Each part by a deadline of its own. */
bool
rp_all_in_time(const struct rp_model *m, const int64_t *complete)
{
	for (size_t p = 0; p < m->n_parts; p++)
		if (complete[p] > m->part[p].deadline ||
		    complete[p] == INT64_MAX)
			return false;
	return m->has_deadline;
}

static void
keep_deadline(struct rp_trials *tr, const struct rp_outcome *o,
    uint64_t trial)
{
	size_t point = tr->model.deadline_point;

	tr->deadline_met[trial] = rp_all_in_time(&tr->model,
	    rp_complete_in(o, tr->metric));
	tr->overdue_days[trial] = rp_overdue_days(o,
	    tr->complete[tr->model.n_populations * tr->n + trial]);
	if (point == SIZE_MAX)
		return;
	tr->deadline_replaced[trial] = sum_at(o, RP_STATE_REPLACED, point);
	tr->deadline_harmed[trial] = sum_at(o, RP_STATE_HARMED, point);
}

static void
keep_milestones(struct rp_trials *tr, const struct rp_outcome *o,
    uint64_t trial)
{
	for (size_t k = 0; k < tr->n_milestones; k++) {
		const struct rp_milestone *ms = tr->odds[k].milestone;
		double base, want;
		size_t i;

		if (!rp_grid_point(&tr->model.grid,
		    rp_instant_s(ms->by.until), &i))
			i = tr->model.grid.n - 1;
		base = (double)rp_base_of_trial(tr, o, i);
		want = rp_share_real(ms->share) * base;
		/* Half a part per billion is how shares are rounded. */
		tr->milestone[k * tr->n + trial] =
		    (double)metric_at(o, tr->metric, i) >=
		    want - 0.5e-9 * base ? 1.0f : 0.0f;
	}
}

void
rp_keep_trial(struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, uint64_t trial)
{
	const struct rp_model *m = &tr->model;

	keep_completion(tr, o, trial);
	tr->pace[trial] = e->pace;
	keep_deadline(tr, o, trial);
	keep_milestones(tr, o, trial);
	for (size_t q = 0; tr->queue_days != NULL && q < m->n_queues; q++)
		tr->queue_days[q * tr->n + trial] = e->queue[q].queue_days;
	rp_questions_keep(tr, e, o, trial);
	for (size_t i = 0; tr->happened != NULL && i < m->cs->n_events; i++)
		tr->happened[i * tr->n + trial] = e->happened[i];
}

/* Columns of so many items; none where nothing is kept in them. */
static rp_status
share(const struct rp_trials *tr, void *items, size_t size, size_t columns,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; rc == RP_OK && items != NULL && i < columns; i++)
		rc = rp_share_items(tr->peers, (char *)items + i * size *
		    tr->n, size, tr->n, err);
	return rc;
}

rp_status
rp_keep_shared(struct rp_trials *tr, struct rp_err *err)
{
	const struct rp_model *m = &tr->model;
	const struct {
		void *items;
		size_t size, columns;
	} kept[] = {
		{ tr->complete, sizeof(*tr->complete), m->n_populations + 1 },
		{ tr->curve, sizeof(*tr->curve), tr->n_points },
		{ tr->deadline_met, sizeof(*tr->deadline_met), 1 },
		{ tr->deadline_replaced, sizeof(*tr->deadline_replaced), 1 },
		{ tr->deadline_harmed, sizeof(*tr->deadline_harmed), 1 },
		{ tr->overdue_days, sizeof(*tr->overdue_days), 1 },
		{ tr->milestone, sizeof(*tr->milestone), tr->n_milestones },
		{ tr->queue_days, sizeof(*tr->queue_days), m->n_queues },
		{ tr->pace, sizeof(*tr->pace), 1 },
		{ tr->happened, sizeof(*tr->happened), m->cs->n_events },
		{ tr->share_at, sizeof(*tr->share_at), tr->n_shares },
		{ tr->by_count, sizeof(*tr->by_count), tr->n_by }
	};
	rp_status rc = RP_OK;

	for (size_t i = 0; rc == RP_OK &&
	    i < sizeof(kept) / sizeof(kept[0]); i++)
		rc = share(tr, kept[i].items, kept[i].size, kept[i].columns,
		    err);
	return rc;
}

/* ---- what is gathered --------------------------------------------------- */

/* So many at once, which lets the compiler do them together. */
#define AT_ONCE 16

static void
add(uint32_t *restrict row, const uint32_t *restrict x, size_t n)
{
	size_t k = 0;

	for (; k + AT_ONCE <= n; k += AT_ONCE)
		for (size_t j = 0; j < AT_ONCE; j++)
			row[k + j] += x[k + j];
	for (; k < n; k++)
		row[k] += x[k];
}

/* Add the curve of a part, over some regular points, to others; or begin with
 * it. */
static void
add_part(const struct rp_outcome *o, enum rp_state state, size_t part,
    const struct rp_piece *of, bool first, uint32_t *row)
{
	const struct rp_grid *g = &o->m->grid;
	const size_t *regular = &g->regular[of->from];
	const uint32_t *x = &o->state[state][part * g->n];
	size_t n = of->until - of->from;
	bool follows = o->plain[part].is && o->lean &&
	    state != RP_STATE_REPLACED && state != RP_STATE_REISSUED;

	/* On a grid without other points they are the points themselves. */
	if (!follows && g->n == g->n_regular) {
		if (first)
			memcpy(row, &x[of->from], n * sizeof(*row));
		else
			add(row, &x[of->from], n);
		return;
	}
	for (size_t k = 0; k < n; k++)
		row[k] = (first ? 0 : row[k]) + (follows ?
		    rp_plain_at(o, state, part, regular[k]) : x[regular[k]]);
}

static void
keep_piece(const struct rp_run *run, const struct rp_outcome *o,
    const struct rp_piece *x, uint32_t *row)
{
	const struct rp_model *m = o->m;
	size_t p = x->who;

	if (x->who == m->n_populations)
		for (p = 0; p < m->n_parts; p++)
			add_part(o, x->state, p, x, p == 0, row);
	else
		for (; p != SIZE_MAX; p = run->curves->next[p])
			add_part(o, x->state, p, x, p == x->who, row);
}

static void
keep_curve(const struct rp_trials *tr, const struct rp_outcome *o,
    uint32_t *row)
{
	static const enum rp_state of[RP_METRICS] = {
		[RP_METRIC_REPLACED] = RP_STATE_REPLACED,
		[RP_METRIC_REVOKED] = RP_STATE_REVOKED,
		[RP_METRIC_GONE] = RP_STATE_REVOKED,
		[RP_METRIC_REISSUED] = RP_STATE_REISSUED
	};
	struct rp_piece all = { .until = tr->n_points };

	for (size_t k = 0; tr->report_point != NULL && k < tr->n_points; k++)
		row[k] = metric_at(o, tr->metric, tr->point[k]);
	for (size_t p = 0; tr->report_point == NULL &&
	    p < tr->model.n_parts; p++) {
		add_part(o, of[tr->metric], p, &all, p == 0, row);
		if (tr->metric == RP_METRIC_GONE)
			add_part(o, RP_STATE_EXPIRED, p, &all, false, row);
	}
}

void
rp_keep_row(const struct rp_run *run, const struct rp_outcome *o,
    uint32_t *row)
{
	for (size_t i = 0; i < run->n_pieces; i++)
		keep_piece(run, o, &run->piece[i], &row[run->piece[i].at]);
	if (run->scalars && run->tr->curve != NULL)
		keep_curve(run->tr, o, &row[run->count]);
}
