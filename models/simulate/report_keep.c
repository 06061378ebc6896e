/*
 * simulate/report_keep.c - what is kept where only some instants matter.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

/* ---- the points of the results ------------------------------------------ */

/* The regular point at or before t, by its number; -1: t is before all. */
static int64_t
regular_before(const struct rp_grid *g, int64_t t)
{
	int64_t k = t < g->t[0] ? -1 : (t - g->t[0]) / g->step_s;

	return k < (int64_t)g->n_regular ? k : (int64_t)g->n_regular - 1;
}

rp_status
rp_report_points(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	const struct rp_grid *g = &tr->model.grid;
	int64_t last = 0;

	tr->point = g->regular;
	tr->n_points = g->n_regular;
	if (opt->n_report == 0)
		return RP_OK;
	tr->report_point = rp_alloc_zeroed(opt->n_report + 2,
	    sizeof(*tr->report_point));
	if (tr->report_point == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a report");
	tr->point = tr->report_point;
	tr->report_point[0] = g->regular[0];
	tr->n_points = 1;
	for (size_t i = 0; i <= opt->n_report; i++) {
		int64_t k = i == opt->n_report ? (int64_t)g->n_regular - 1 :
		    regular_before(g, rp_instant_s(opt->report[i]));

		/* Ascending, and several may fall on the same one. */
		if (k > last)
			tr->report_point[tr->n_points++] = g->regular[k];
		last = k > last ? k : last;
	}
	return RP_OK;
}

/* ---- before the trials -------------------------------------------------- */

/* Where the figures of a trial are found among its instants. */
struct rp_report_keep {
	struct rp_report r;
	size_t *curve;		/* [n_points] */
	size_t *by;		/* [n_by]; SIZE_MAX: before the grid */
	size_t *milestone;	/* [n_milestones] */
	double *want;		/* [n_milestones] certificates */
};

static size_t
milestone_point(const struct rp_trials *tr, size_t k)
{
	size_t i;

	return rp_grid_point(&tr->model.grid, rp_instant_s(
	    tr->odds[k].milestone->by.until), &i) ? i :
	    tr->model.grid.n - 1;
}

/* All points at which something is asked. */
static size_t
gather(const struct rp_trials *tr, size_t *point)
{
	size_t n = 0;

	for (size_t k = 0; k < tr->n_points; k++)
		point[n++] = tr->point[k];
	for (size_t k = 0; k < tr->n_by; k++)
		if (tr->by_point[k] != SIZE_MAX)
			point[n++] = tr->by_point[k];
	for (size_t k = 0; k < tr->n_milestones; k++)
		point[n++] = milestone_point(tr, k);
	return n;
}

static void
find_instants(const struct rp_trials *tr, struct rp_report_keep *x)
{
	double base = (double)tr->base;

	for (size_t k = 0; k < tr->n_points; k++)
		x->curve[k] = rp_report_instant(&x->r, tr->point[k]);
	for (size_t k = 0; k < tr->n_by; k++)
		x->by[k] = tr->by_point[k] == SIZE_MAX ? SIZE_MAX :
		    rp_report_instant(&x->r, tr->by_point[k]);
	for (size_t k = 0; k < tr->n_milestones; k++) {
		x->milestone[k] = rp_report_instant(&x->r,
		    milestone_point(tr, k));
		/* Half a part per billion is how shares are rounded. */
		x->want[k] = rp_share_real(tr->odds[k].milestone->share) *
		    base - 0.5e-9 * base;
	}
}

static rp_status
begin(const struct rp_trials *tr, struct rp_report_keep *x,
    struct rp_err *err)
{
	size_t n = tr->n_points + tr->n_by + tr->n_milestones;
	size_t *point = rp_alloc_zeroed(n, sizeof(*point));
	rp_status rc;

	if (point == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a report");
	rc = rp_report_init(&x->r, &tr->model, tr->metric, point,
	    gather(tr, point), err);
	rp_release_mem(point);
	if (rc != RP_OK)
		return rc;
	x->curve = rp_alloc_zeroed(tr->n_points, sizeof(*x->curve));
	x->by = rp_alloc_zeroed(tr->n_by, sizeof(*x->by));
	x->milestone = rp_alloc_zeroed(tr->n_milestones,
	    sizeof(*x->milestone));
	x->want = rp_alloc_zeroed(tr->n_milestones, sizeof(*x->want));
	if (x->curve == NULL || x->by == NULL || x->milestone == NULL ||
	    x->want == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a report");
	find_instants(tr, x);
	return RP_OK;
}

rp_status
rp_report_begin(struct rp_trials *tr, struct rp_err *err)
{
	if (tr->report_point == NULL ||
	    rp_report_why_not(&tr->model, tr->metric, NULL) != NULL)
		return RP_OK;
	tr->report = rp_alloc_zeroed(1, sizeof(*tr->report));
	return tr->report != NULL ? begin(tr, tr->report, err) :
	    rp_fail(err, RP_ENOMEM, "no memory for a report");
}

void
rp_report_end(struct rp_trials *tr)
{
	if (tr->report != NULL) {
		rp_report_release(&tr->report->r);
		rp_release_mem(tr->report->curve);
		rp_release_mem(tr->report->by);
		rp_release_mem(tr->report->milestone);
		rp_release_mem(tr->report->want);
	}
	rp_release_mem(tr->report);
	rp_release_mem(tr->report_point);
}

const struct rp_report *
rp_report_of(const struct rp_trials *tr)
{
	return tr->report != NULL ? &tr->report->r : NULL;
}

void
rp_report_forget(struct rp_trials *tr)
{
	for (size_t i = 0; tr->report_point != NULL && i < tr->n; i++)
		tr->overdue_days[i] = (double)NAN;
}

/* ---- a trial ------------------------------------------------------------ */

static void
keep_completion(struct rp_trials *tr, const struct rp_reporter *w,
    uint64_t trial)
{
	size_t n = tr->model.n_populations;
	int64_t last = INT64_MIN;

	for (size_t p = 0; p < n; p++) {
		tr->complete[p * tr->n + trial] = w->complete[p];
		if (w->complete[p] > last)
			last = w->complete[p];
	}
	tr->complete[n * tr->n + trial] = last;
}

static void
keep_deadline(struct rp_trials *tr, const struct rp_reporter *w,
    uint64_t trial)
{
	const struct rp_report *r = w->r;

	tr->deadline_met[trial] = rp_all_in_time(&tr->model, w->complete);
	if (r->deadline == SIZE_MAX)
		return;
	for (size_t p = 0; p < tr->model.n_parts; p++)
		tr->deadline_replaced[trial] +=
		    w->replaced[p * r->n + r->deadline];
	tr->deadline_harmed[trial] = w->harmed;
}

void
rp_report_keep(struct rp_trials *tr, const struct rp_reporter *w,
    uint64_t trial, uint32_t *row)
{
	const struct rp_report_keep *x = tr->report;

	keep_completion(tr, w, trial);
	keep_deadline(tr, w, trial);
	tr->pace[trial] = w->e.pace;
	for (size_t k = 0; k < tr->n_milestones; k++)
		tr->milestone[k * tr->n + trial] =
		    (double)w->counted[x->milestone[k]] >= x->want[k] ?
		    1.0f : 0.0f;
	for (size_t k = 0; k < tr->n_by; k++)
		if (x->by[k] != SIZE_MAX)
			tr->by_count[k * tr->n + trial] =
			    w->counted[x->by[k]];
	for (size_t k = 0; tr->curve != NULL && k < tr->n_points; k++)
		row[k] = w->counted[x->curve[k]];
}
