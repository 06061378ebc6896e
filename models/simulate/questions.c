/*
 * simulate/questions.c - when a share is reached, and how many by a date.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

/* ---- the base ----------------------------------------------------------- */

/* The share of the trials in which an event happened. */
static double
frequency(const struct rp_trials *tr, int event)
{
	return event < 0 || tr->happened == NULL ||
	    tr->model.cs->event[event].kind != RP_EVENT_RISK ? 1.0 :
	    tr->frequency[event];
}

double
rp_mean_base(const struct rp_trials *tr, int population, size_t point)
{
	double base = 0.0;

	for (size_t p = 0; p < tr->model.n_parts; p++) {
		const struct rp_model_part *part = &tr->model.part[p];

		if ((population < 0 || part->of == (size_t)population) &&
		    (part->event < 0 || part->aware <= point))
			base += (double)part->certificates *
			    frequency(tr, part->event);
	}
	return base;
}

/* ---- while the trials run ----------------------------------------------- */

static uint32_t
count_at(const struct rp_trials *tr, const struct rp_outcome *o, size_t i)
{
	uint32_t n = 0;

	for (size_t p = 0; p < tr->model.n_parts; p++)
		n += rp_metric_at(o, tr->metric, p, i);
	return n;
}

/* Of these the ones that came at point i itself. */
static uint32_t
at_a_stroke(const struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, size_t i)
{
	uint32_t n = 0;

	for (size_t p = 0; p < tr->model.n_parts; p++) {
		const struct rp_flow *f = &e->flow[p];

		if (tr->metric == RP_METRIC_REPLACED)
			n += f->at_point[i];
		else if (tr->metric == RP_METRIC_REISSUED)
			n += f->reissued_at != NULL ? f->reissued_at[i] : 0;
		else
			n += rp_outcome_stroke(o, p, i);
	}
	return n;
}

static bool
is_reached(const struct rp_trials *tr, const struct rp_outcome *o,
    double share, size_t i)
{
	double base = (double)rp_base_of_trial(tr, o, i);

	/* Half a part per billion is how shares are rounded. */
	return (double)count_at(tr, o, i) >= share * base - 0.5e-9 * base;
}

/* The first point at which a share is reached; the number of points: none. */
static size_t
find_reached(const struct rp_trials *tr, const struct rp_outcome *o,
    double share)
{
	size_t low = 0, high = tr->model.grid.n;

	/* Where the base grows a share may fall again. */
	while (o->base != NULL && low < high && !is_reached(tr, o, share, low))
		low++;
	while (o->base == NULL && low < high) {
		size_t mid = low + (high - low) / 2;

		if (is_reached(tr, o, share, mid))
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/* When a share is reached; what happens within a cell is done with its last
 * second. */
static int64_t
reached(const struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, double share)
{
	const struct rp_grid *g = &tr->model.grid;
	size_t i = find_reached(tr, o, share);
	double base, before;

	if (i == g->n)
		return INT64_MAX;
	base = (double)rp_base_of_trial(tr, o, i);
	before = (double)(count_at(tr, o, i) - at_a_stroke(tr, e, o, i));
	return i > 0 && before >= share * base - 0.5e-9 * base ?
	    g->t[i] - 1 : g->t[i];
}

void
rp_questions_keep(struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, uint64_t trial)
{
	for (size_t k = 0; k < tr->n_shares; k++)
		tr->share_at[k * tr->n + trial] = reached(tr, e, o,
		    tr->share[k].share);
	for (size_t k = 0; k < tr->n_by; k++)
		if (tr->by_point[k] != SIZE_MAX)
			tr->by_count[k * tr->n + trial] = count_at(tr, o,
			    tr->by_point[k]);
}

/* ---- after them --------------------------------------------------------- */

/* P(complete by an instant), of a population or all of them. */
static void
set_done(const struct rp_trials *tr, struct rp_instant at, size_t who,
    double *p, double *se)
{
	rp_odds_of(&tr->sampling, &tr->complete[who * tr->n],
	    rp_instant_s(at), p, se);
}

static void
answer_by(struct rp_trials *tr, size_t k, uint32_t *scratch)
{
	struct rp_by_date *b = &tr->by[k];
	size_t who = tr->model.n_populations + 1, point = tr->by_point[k];
	double *done = &tr->by_done[2 * k * who];

	if (point == SIZE_MAX)	/* before the grid: nothing yet */
		b->base = rp_instant_cmp(b->at, tr->at[0]) < 0 ? (double)
		    tr->base : rp_mean_base(tr, -1, tr->model.grid.n - 1);
	else
		b->base = rp_mean_base(tr, -1, point);
	rp_band_of(&tr->sampling, &tr->by_count[k * tr->n], scratch,
	    &b->band);
	b->band.at = b->at;
	for (size_t p = 0; p < who; p++)
		set_done(tr, b->at, p, &done[p], &done[who + p]);
	b->done = done;
	b->done_se = &done[who];
}

rp_status
rp_questions_answer(struct rp_trials *tr, struct rp_err *err)
{
	int64_t *sorted = rp_alloc_zeroed(tr->n, sizeof(*sorted));
	uint32_t *scratch = rp_alloc_zeroed(tr->n, sizeof(*scratch));
	bool ok = sorted != NULL && scratch != NULL;

	for (size_t k = 0; ok && k < tr->n_shares; k++) {
		rp_completion_of(&tr->sampling, &tr->share_at[k * tr->n],
		    sorted, &tr->share[k].by);
		tr->share[k].by.has_mean = false;
	}
	for (size_t k = 0; ok && k < tr->n_by; k++)
		answer_by(tr, k, scratch);
	rp_release_mem(sorted);
	rp_release_mem(scratch);
	return ok ? RP_OK : rp_fail(err, RP_ENOMEM,
	    "no memory for the answers");
}

/* ---- room for them ------------------------------------------------------ */

/* A date is asked for by its day's end, which need not be on the grid. */
static rp_status
place(struct rp_trials *tr, size_t k, struct rp_err *err)
{
	const struct rp_grid *g = &tr->model.grid;
	int64_t at = rp_instant_s(tr->by[k].at);
	char when[RP_INSTANT_TEXT], end[RP_INSTANT_TEXT];

	tr->by_point[k] = SIZE_MAX;
	if (at > g->t[g->n - 1])
		return rp_fail(err, RP_ERANGE, "'%s' is asked for, but the "
		    "trials end at the horizon, '%s'; set a later one or ask "
		    "for an earlier date",
		    rp_instant_format(tr->by[k].at, when),
		    rp_instant_format(rp_instant_of_s(g->t[g->n - 1]), end));
	if (at >= g->t[0] && !rp_grid_point(g, at, &tr->by_point[k]))
		tr->by_point[k] = rp_grid_cell(g, at);
	return RP_OK;
}

rp_status
rp_questions_init(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	size_t who = tr->model.n_populations + 1;
	rp_status rc = RP_OK;

	tr->n_shares = opt->n_shares;
	tr->n_by = opt->n_by;
	tr->share = rp_alloc_zeroed(tr->n_shares, sizeof(*tr->share));
	tr->share_at = rp_alloc_zeroed(tr->n_shares * tr->n,
	    sizeof(*tr->share_at));
	tr->by = rp_alloc_zeroed(tr->n_by, sizeof(*tr->by));
	tr->by_point = rp_alloc_zeroed(tr->n_by, sizeof(*tr->by_point));
	tr->by_count = rp_alloc_zeroed(tr->n_by * tr->n,
	    sizeof(*tr->by_count));
	tr->by_done = rp_alloc_zeroed(2 * tr->n_by * who,
	    sizeof(*tr->by_done));
	if (tr->share == NULL || tr->share_at == NULL || tr->by == NULL ||
	    tr->by_point == NULL || tr->by_count == NULL ||
	    tr->by_done == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the questions");
	for (size_t k = 0; k < tr->n_shares; k++)
		tr->share[k].share = opt->shares[k];
	for (size_t k = 0; k < tr->n_by && rc == RP_OK; k++) {
		tr->by[k].at = opt->by[k];
		rc = place(tr, k, err);
	}
	return rc;
}

void
rp_questions_release(struct rp_trials *tr)
{
	rp_release_mem(tr->share);
	rp_release_mem(tr->share_at);
	rp_release_mem(tr->by);
	rp_release_mem(tr->by_point);
	rp_release_mem(tr->by_count);
	rp_release_mem(tr->by_done);
}
