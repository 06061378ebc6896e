/*
 * simulate/bottleneck.c - which step holds everything up.
 *
 * The population that finishes last most often is looked at step by step: the
 * same trials are run with that step twice as fast, and the step that brings
 * the completion of the whole forward most is the bottleneck.  Common random
 * numbers make a few dozen trials enough to tell which steps are worth a closer
 * look, and a few hundred for that.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/extra.h"

#define SCREEN_TRIALS 32
/*
 * Each takes a network and trials of its own, so that of a long path no more
 * steps are tried than four times the trials of the case allow.
 */
#define STEPS_LEAST 16
#define STEPS_MOST 100
#define LOOK_TRIALS 160
#define LOOKED_AT 2

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

struct search {
	const struct rp_trials *tr;
	size_t population;
	size_t n;		/* trials */
	int64_t *sooner;	/* [LOOK_TRIALS] completion of all, seconds */
	struct gain top[LOOKED_AT];	/* so far, by gain */
	size_t tried, left;		/* steps, and those beyond the most */
};

static rp_status
keep(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct search *s = arg;

	(void)err;
	s->sooner[t->trial] = rp_extra_complete(s->tr, t);
	return RP_OK;
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

static void
rank(struct search *s, struct gain g)
{
	size_t k = LOOKED_AT;

	for (; k > 0 && g.days > s->top[k - 1].days; k--)
		if (k < LOOKED_AT)
			s->top[k] = s->top[k - 1];
	if (k < LOOKED_AT)
		s->top[k] = g;
}

static rp_status
try_step(struct search *s, const struct rp_step *step, struct rp_err *err)
{
	struct rp_whatif w = rp_whatif_none;
	struct rp_extra x = { .tr = s->tr, .whatif = &w, .n = s->n,
	    .alone = true, .keep = keep, .arg = s };
	struct gain g = { .step = step };
	rp_status rc;

	w.population = (int)s->population;
	w.step = step;
	w.speed = 2.0;
	rc = rp_run_extra(&x, err);
	if (rc != RP_OK)
		return rc;
	measure(s->tr, s->sooner, s->n, &g);
	if (g.pairs > 0)
		rank(s, g);
	return RP_OK;
}

static size_t
steps_most(const struct rp_trials *tr)
{
	size_t n = 4 * tr->n / SCREEN_TRIALS;

	return n < STEPS_LEAST ? STEPS_LEAST : n < STEPS_MOST ? n :
	    STEPS_MOST;
}

static rp_status
try_path(struct search *s, const struct rp_path *path, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < path->n_steps && rc == RP_OK; i++) {
		const struct rp_step *step = &path->step[i];

		if (step->kind == RP_STEP_BRANCH)
			rc = try_path(s, &step->as.branch.path, err);
		else if (step->kind != RP_STEP_BATCH &&
		    s->tried == steps_most(s->tr))
			s->left++;
		else if (step->kind != RP_STEP_BATCH) {
			s->tried++;
			rc = try_step(s, step, err);
		}
		/* At a batch there is nothing to be faster at. */
	}
	return rc;
}

/* The ways that events send the population. */
static rp_status
try_rollouts(struct search *s, struct rp_err *err)
{
	const struct rp_case *cs = s->tr->model.cs;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < cs->n_events && rc == RP_OK; i++) {
		const struct rp_event *e = &cs->event[i];

		if (e->kind == RP_EVENT_RISK)
			e = e->then;
		if (e->kind == RP_EVENT_ROLLOUT && (e->population < 0 ||
		    (size_t)e->population == s->population))
			rc = try_path(s, &e->path, err);
	}
	return rc;
}

/* Those that did best in the first trials, in more of them. */
static rp_status
look_closer(struct search *s, struct rp_err *err)
{
	struct gain screened[LOOKED_AT];
	rp_status rc = RP_OK;

	if (s->tr->n <= s->n)
		return RP_OK;
	for (size_t k = 0; k < LOOKED_AT; k++) {
		screened[k] = s->top[k];
		s->top[k] = (struct gain){ 0 };
	}
	s->n = s->tr->n < LOOK_TRIALS ? s->tr->n : LOOK_TRIALS;
	for (size_t k = 0; k < LOOKED_AT && rc == RP_OK; k++)
		if (screened[k].step != NULL)
			rc = try_step(s, screened[k].step, err);
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
rp_find_bottleneck(struct rp_trials *tr, struct rp_err *err)
{
	struct rp_bottleneck *b = &tr->bottleneck;
	struct search s = { .tr = tr };
	const struct gain *best = &s.top[0];
	rp_status rc;

	s.population = last_population(tr, &b->last_share);
	s.n = tr->n < SCREEN_TRIALS ? tr->n : SCREEN_TRIALS;
	s.sooner = rp_alloc_zeroed(LOOK_TRIALS, sizeof(*s.sooner));
	if (s.sooner == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a what-if");
	rc = try_path(&s, &tr->model.part[s.population].p->path, err);
	if (rc == RP_OK)
		rc = try_rollouts(&s, err);
	if (rc == RP_OK)
		rc = look_closer(&s, err);
	rp_release_mem(s.sooner);
	tr->steps_left = s.left;
	b->population = (int)s.population;
	/* A gain over trials of which most never end would say nothing. */
	if (rc != RP_OK || best->step == NULL || 2 * best->pairs < s.n)
		return rc;
	b->found = true;
	b->what = best->step->what;
	b->kind = best->step->kind;
	b->line = best->step->origin.line;
	b->queue_days = mean_queue_days(tr, best->step);
	b->has_gain = true;
	b->gain_days = best->days;
	b->gain_se_days = best->se;
	return RP_OK;
}
