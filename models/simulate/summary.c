/*
 * simulate/summary.c - what the trials say, each figure with its error.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

/* ---- completion --------------------------------------------------------- */

static void
summarise_completion(struct rp_trials *tr, size_t p, int64_t *scratch)
{
	rp_completion_of(&tr->sampling, &tr->complete[p * tr->n], scratch,
	    &tr->completion[p]);
}

/* ---- the deadline, the milestones --------------------------------------- */

/* No trial comes as far as that. */
static void
unknown_deadline(struct rp_deadline_outcome *d)
{
	d->probability = d->probability_se = (double)NAN;
	d->replaced = d->replaced_se = (double)NAN;
	d->harmed = d->harmed_se = (double)NAN;
	d->unreplaced = d->unreplaced_se = (double)NAN;
	d->overdue_days = d->overdue_days_se = (double)NAN;
}

static void
summarise_deadline(struct rp_trials *tr)
{
	struct rp_deadline_outcome *d = &tr->deadline;
	double base;

	if (!tr->model.has_deadline)
		return;
	d->deadline = tr->model.deadline;
	if (tr->model.deadline_point == SIZE_MAX) {
		unknown_deadline(d);
		return;
	}
	/* What was found by then is due as well, or soon will be. */
	base = rp_mean_base(tr, -1, tr->model.deadline_point);
	rp_flags_of(&tr->sampling, tr->deadline_met, &d->probability,
	    &d->probability_se);
	rp_mean_of_counts(&tr->sampling, tr->deadline_replaced, &d->replaced,
	    &d->replaced_se);
	d->unreplaced = base - d->replaced;
	d->unreplaced_se = d->replaced_se;
	d->replaced /= base;
	d->replaced_se /= base;
	rp_mean_of_counts(&tr->sampling, tr->deadline_harmed, &d->harmed,
	    &d->harmed_se);
	rp_mean_of(&tr->sampling, tr->overdue_days, &d->overdue_days,
	    &d->overdue_days_se);
}

static void
summarise_milestones(struct rp_trials *tr)
{
	for (size_t k = 0; k < tr->n_milestones; k++)
		rp_share_of(&tr->sampling, &tr->milestone[k * tr->n],
		    &tr->odds[k].probability, &tr->odds[k].probability_se);
}

/* Once, for the base at each instant rests on it. */
static void
count_risks(struct rp_trials *tr)
{
	for (size_t i = 0; tr->happened != NULL &&
	    i < tr->model.cs->n_events; i++) {
		size_t n = 0;

		for (size_t k = 0; k < tr->n; k++)
			n += tr->happened[i * tr->n + k];
		tr->frequency[i] = (double)n / (double)tr->n;
	}
}

rp_status
rp_summarise(struct rp_trials *tr, struct rp_err *err)
{
	int64_t *scratch = rp_alloc_zeroed(tr->n, sizeof(*scratch));

	if (scratch == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the summary");
	count_risks(tr);
	for (size_t p = 0; p <= tr->model.n_populations; p++)
		summarise_completion(tr, p, scratch);
	summarise_deadline(tr);
	summarise_milestones(tr);
	rp_release_mem(scratch);
	return RP_OK;
}
