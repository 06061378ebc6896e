/*
 * simulate/bottleneck.c - which step holds everything up.
 *
 * The population that finishes last most often is looked at step by step: the
 * same trials are run with that step twice as fast, and the step that brings
 * the completion of the whole forward most is the bottleneck.  Common random
 * numbers make a few hundred trials enough.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

#define WHATIF_TRIALS 400

struct gain {
	const struct rp_step *step;
	double days, se;
	size_t pairs;
};

/* The population that is last most often, and how often. */
static size_t
last_population(const struct rp_trials *tr, double *share)
{
	size_t n = tr->model.n_populations, most = 0, best = 0;

	for (size_t p = 0; p < n; p++) {
		size_t last = 0;

		for (size_t i = 0; i < tr->n; i++)
			last += tr->complete[p * tr->n + i] ==
			    tr->complete[n * tr->n + i];
		if (last > best) {
			best = last;
			most = p;
		}
	}
	*share = (double)best / (double)tr->n;
	return most;
}

/* Completion of the first trials, in seconds, all populations. */
static rp_status
run_whatif(const struct rp_trials *tr, const struct rp_whatif *w, size_t n,
    int64_t *complete, struct rp_err *err)
{
	struct rp_model m;
	struct rp_engine e = { 0 };
	struct rp_outcome o = { 0 };
	rp_status rc = rp_model_init(&m, tr->model.cs, tr->seed,
	    tr->model.pace_sd, w, err);

	if (rc != RP_OK)
		return rc;
	m.spread = tr->spread;
	rc = rp_engine_init(&e, &m, err);
	if (rc == RP_OK)
		rc = rp_outcome_init(&o, &m, err);
	for (size_t i = 0; i < n && rc == RP_OK; i++) {
		rc = rp_engine_run(&e, i, err);
		if (rc == RP_OK)
			rc = rp_outcome_take(&o, &e, err);
		complete[i] = INT64_MIN;
		for (size_t p = 0; p < m.n_parts && rc == RP_OK; p++) {
			int64_t t = o.complete[tr->metric ==
			    RP_METRIC_REPLACED ? RP_METRIC_REPLACED :
			    RP_METRIC_GONE][p];

			complete[i] = t > complete[i] ? t : complete[i];
		}
	}
	rp_outcome_release(&o);
	rp_engine_release(&e);
	rp_model_release(&m);
	return rc;
}

/*
 * Mean gain over the trials that are complete with and without; a trial that
 * is complete only with it gains at least up to the horizon, which is counted.
 */
static void
measure(const struct rp_trials *tr, const int64_t *sooner, size_t n,
    struct gain *g)
{
	const int64_t *plain = &tr->complete[tr->model.n_populations * tr->n];
	const struct rp_grid *grid = &tr->model.grid;
	double sum = 0.0, squares = 0.0;

	for (size_t i = 0; i < n; i++) {
		int64_t a = plain[i], b = sooner[i];
		double d;

		if (b == INT64_MAX)
			continue;
		if (a == INT64_MAX)
			a = grid->t[grid->n - 1];
		d = (double)(a - b) / 86400.0;
		sum += d;
		squares += d * d;
		g->pairs++;
	}
	if (g->pairs == 0)
		return;
	g->days = sum / (double)g->pairs;
	g->se = g->pairs > 1 ? sqrt(fmax(0.0, squares / (double)g->pairs -
	    g->days * g->days) / ((double)g->pairs - 1.0)) : (double)NAN;
}

struct search {
	const struct rp_trials *tr;
	size_t population;
	size_t n;		/* trials */
	int64_t *sooner;	/* [n] */
	struct gain best;
};

static rp_status
try_path(struct search *s, const struct rp_path *path, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < path->n_steps && rc == RP_OK; i++) {
		struct rp_whatif w = rp_whatif_none;
		struct gain g = { .step = &path->step[i] };

		w.population = (int)s->population;
		w.step = &path->step[i];
		w.speed = 2.0;
		if (path->step[i].kind == RP_STEP_BRANCH) {
			rc = try_path(s, &path->step[i].as.branch.path, err);
			continue;
		}
		if (path->step[i].kind == RP_STEP_BATCH)
			continue;	/* there is nothing to be faster at */
		rc = run_whatif(s->tr, &w, s->n, s->sooner, err);
		measure(s->tr, s->sooner, s->n, &g);
		if (g.pairs > 0 && g.days > s->best.days)
			s->best = g;
	}
	return rc;
}

static double
mean_queue_days(const struct rp_trials *tr, const struct rp_step *step)
{
	double sum = 0.0;

	for (size_t q = 0; q < tr->model.n_queues; q++) {
		if (tr->model.queue[q].step != step)
			continue;
		for (size_t i = 0; i < tr->n; i++)
			sum += tr->queue_days[q * tr->n + i];
	}
	return sum / (double)tr->n;
}

rp_status
rp_find_bottleneck(struct rp_trials *tr,
    struct rp_err *err)
{
	struct rp_bottleneck *b = &tr->bottleneck;
	struct search s = { .tr = tr };
	rp_status rc;

	s.population = last_population(tr, &b->last_share);
	s.n = tr->n < WHATIF_TRIALS ? tr->n : WHATIF_TRIALS;
	s.sooner = rp_alloc_zeroed(s.n, sizeof(*s.sooner));
	if (s.sooner == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a what-if");
	rc = try_path(&s, &tr->model.part[s.population].p->path, err);
	rp_release_mem(s.sooner);
	b->population = (int)s.population;
	/* A gain over trials of which most never end would say nothing. */
	if (rc != RP_OK || s.best.step == NULL ||
	    2 * s.best.pairs < s.n)
		return rc;
	b->found = true;
	b->what = s.best.step->what;
	b->kind = s.best.step->kind;
	b->line = s.best.step->origin.line;
	b->queue_days = mean_queue_days(tr, s.best.step);
	b->has_gain = true;
	b->gain_days = s.best.days;
	b->gain_se_days = s.best.se;
	return RP_OK;
}
