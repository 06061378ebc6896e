/*
 * simulate/simulate.c - rp_simulate() and what can be asked of its trials.
 */
#include "revplan/simulate.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/gsl_quiet.h"
#include "base/mem.h"
#include "simulate/ensemble.h"

/* Columns of bands held at a time; beyond it the trials are run again. */
#define SLICE_BYTES (UINT64_C(256) << 20)
#define TRIALS_MAX UINT64_C(10000000)

/* ---- words -------------------------------------------------------------- */

const char *
rp_state_word(enum rp_state state)
{
	static const char *const word[RP_STATES] = {
		[RP_STATE_REPLACED] = "replaced",
		[RP_STATE_REVOKED] = "revoked",
		[RP_STATE_EXPIRED] = "expired",
		[RP_STATE_OUTSTANDING] = "outstanding",
		[RP_STATE_HARMED] = "harmed"
	};

	return word[state];
}

/* ---- notes -------------------------------------------------------------- */

static void note(struct rp_trials *tr, const char *fmt, ...) RP_PRINTF(2, 3);

static void
note(struct rp_trials *tr, const char *fmt, ...)
{
	va_list ap;

	if (tr->n_notes == RP_TRIAL_NOTES)
		return;
	va_start(ap, fmt);
	vsnprintf(tr->note_text[tr->n_notes],
	    sizeof(tr->note_text[tr->n_notes]), fmt, ap);
	va_end(ap);
	tr->note[tr->n_notes] = tr->note_text[tr->n_notes];
	tr->n_notes++;
}

/* A poll whose rest has its own schedule, with steps after it. */
static bool
goes_on_after_own_renewal(const struct rp_case *cs)
{
	for (size_t p = 0; p < cs->n_populations; p++) {
		const struct rp_path *path = &cs->population[p].path;

		for (size_t i = 0; i + 1 < path->n_steps; i++)
			if (cs->population[p].has_expiry &&
			    path->step[i].kind == RP_STEP_POLL &&
			    (path->step[i].as.poll.share.dist != NULL ||
			    path->step[i].as.poll.share.fixed < 1.0))
				return true;
	}
	return false;
}

/*
 * A completion that is a date of the case is easily taken for a prediction.
 */
static void
note_cutoffs(struct rp_trials *tr)
{
	const struct rp_case *cs = tr->model.cs;
	const int64_t *done = rp_trials_completion(tr, -1);
	char day[RP_INSTANT_TEXT];

	for (size_t k = 0; k < cs->n_events; k++) {
		const struct rp_event *e = &cs->event[k];
		size_t ended = 0;

		if (e->kind != RP_EVENT_CUTOFF)
			continue;
		for (size_t i = 0; i < tr->n; i++)
			ended += done[i] == rp_instant_s(e->on.from);
		if (2 * ended > tr->n)
			note(tr, "In %.1f %% of the trials it is the cutoff "
			    "of %s that ends the incident, with something "
			    "still to do: the curve, or another metric, tells "
			    "how far the work itself comes.",
			    100.0 * (double)ended / (double)tr->n,
			    rp_instant_format_date(e->on.from, day));
	}
}

static void
make_notes(struct rp_trials *tr)
{
	const struct rp_case *cs = tr->model.cs;
	const struct rp_completion *all =
	    &tr->completion[tr->model.n_populations];
	char day[RP_INSTANT_TEXT];

	if (all->never > 0.0)
		note(tr, "In %.1f %% of the trials something was still to do "
		    "at the horizon, %s; dates beyond it are not known.",
		    100.0 * all->never, rp_instant_format_date(
		    cs->simulation.horizon, day));
	note_cutoffs(tr);
	if (cs->n_plans > 0 &&
	    cs->plan[cs->n_plans - 1].metric == RP_METRIC_REISSUED)
		note(tr, "The plan counts reissued certificates; the "
		    "simulation counts those that are replaced, that is, "
		    "installed as well.");
	if (cs->revocation.kind == RP_REVOKE_AT_DEADLINE &&
	    !tr->model.has_deadline)
		note(tr, "Revocation is to happen at the deadline, but no "
		    "rule gives one for the first duty: nothing is revoked.");
	if (cs->revocation.kind == RP_REVOKE_IN_BATCHES &&
	    cs->n_populations > 1)
		note(tr, "The revocation batches are shared out between the "
		    "populations in proportion to their certificates.");
	if (goes_on_after_own_renewal(cs))
		note(tr, "Clients that renew on their own schedule are taken "
		    "to run out as often as others in the steps after their "
		    "renewal, although they have time left: expiry is "
		    "overstated a little.");
	if (tr->model.has_deadline && !rp_when_is_exact(
	    tr->model.deadline.at))
		note(tr, "The deadline is known to the day only; its earliest "
		    "moment is used here.");
}

/* ---- the memory of the trials ------------------------------------------- */

static bool
make_room(struct rp_trials *tr)
{
	size_t n = tr->n, p = tr->model.n_populations;

	tr->at = rp_alloc_zeroed(tr->n_points, sizeof(*tr->at));
	tr->complete = rp_alloc_zeroed((p + 1) * n, sizeof(*tr->complete));
	tr->curve = rp_alloc_zeroed(tr->n_points * n, sizeof(*tr->curve));
	tr->deadline_met = rp_alloc_zeroed(n, sizeof(bool));
	tr->deadline_replaced = rp_alloc_zeroed(n, sizeof(uint32_t));
	tr->deadline_harmed = rp_alloc_zeroed(n, sizeof(uint32_t));
	tr->overdue_days = rp_alloc_zeroed(n, sizeof(double));
	tr->milestone = rp_alloc_zeroed(tr->n_milestones * n, sizeof(float));
	tr->odds = rp_alloc_zeroed(tr->n_milestones, sizeof(*tr->odds));
	tr->queue_days = rp_alloc_zeroed(tr->model.n_queues * n,
	    sizeof(double));
	tr->pace = rp_alloc_zeroed(n, sizeof(double));
	tr->completion = rp_alloc_zeroed(p + 1, sizeof(*tr->completion));
	return tr->at != NULL && tr->complete != NULL && tr->curve != NULL &&
	    tr->deadline_met != NULL && tr->deadline_replaced != NULL &&
	    tr->deadline_harmed != NULL &&
	    tr->overdue_days != NULL && tr->milestone != NULL &&
	    tr->odds != NULL && tr->queue_days != NULL &&
	    tr->pace != NULL && tr->completion != NULL;
}

static rp_status
prepare(struct rp_trials *tr, struct rp_err *err)
{
	const struct rp_case *cs = tr->model.cs;
	const struct rp_plan *plan = cs->n_plans > 0 ?
	    &cs->plan[cs->n_plans - 1] : NULL;

	tr->n_points = tr->model.grid.n_regular;
	tr->n_milestones = plan != NULL ? plan->n_milestones : 0;
	if (!make_room(tr))
		return rp_fail(err, RP_ENOMEM, "no memory for %llu trials",
		    (unsigned long long)tr->n);
	for (size_t k = 0; k < tr->n_points; k++)
		tr->at[k] = rp_instant_of_s(
		    tr->model.grid.t[tr->model.grid.regular[k]]);
	for (size_t k = 0; k < tr->n_milestones; k++)
		tr->odds[k].milestone = &plan->milestone[k];
	for (size_t p = 0; p < tr->model.n_populations; p++)
		tr->base += tr->model.part[p].certificates;
	return RP_OK;
}

/* ---- bands -------------------------------------------------------------- */

struct band_job {
	struct rp_run *run;
	_Atomic bool failed;
};

static void
band_column(void *arg, size_t i)
{
	struct band_job *job = arg;
	struct rp_trials *tr = job->run->tr;
	uint32_t *scratch = rp_alloc_zeroed(tr->n, sizeof(*scratch));
	struct rp_band *band = &tr->band[job->run->first + i];

	if (scratch == NULL) {
		job->failed = true;
		return;
	}
	rp_band_of(&job->run->slice[i * tr->n], scratch, tr->n, band);
	band->at = tr->at[(job->run->first + i) % tr->n_points];
	rp_release_mem(scratch);
}

/*
 * Run the trials as often as it takes to see every column from the first on
 * once, and at least once.
 */
static rp_status
run_passes(struct rp_run *run, size_t first, size_t columns,
    struct rp_err *err)
{
	struct rp_trials *tr = run->tr;
	size_t room = SLICE_BYTES / (tr->n * sizeof(uint32_t));
	rp_status rc = RP_OK;
	uint64_t passes;

	room = room < 1 ? 1 : room < columns ? room : columns;
	passes = columns == 0 ? 1 : (columns + room - 1) / room;
	run->slice = rp_alloc_zeroed(room * tr->n, sizeof(*run->slice));
	if (run->slice == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the curves");
	run->progress_all = passes * tr->n;
	for (uint64_t pass = 0; pass < passes && rc == RP_OK; pass++) {
		struct band_job job = { .run = run };

		run->first = first + pass * room;
		run->count = columns - pass * room < room ?
		    columns - pass * room : room;
		run->scalars = pass == 0;
		run->progress_from = pass * tr->n;
		rc = rp_run_trials(run, err);
		if (rc == RP_OK && run->count > 0)
			rc = rp_parallel(run->threads, run->count,
			    band_column, &job, err);
		if (rc == RP_OK && job.failed)
			rc = rp_fail(err, RP_ENOMEM,
			    "no memory to sort the curves");
	}
	rp_release_mem(run->slice);
	return rc;
}

static rp_status
run_all(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	struct rp_run run = { .tr = tr,
	    .threads = opt->threads > 0 ? opt->threads : 1,
	    .progress = opt->progress, .progress_arg = opt->progress_arg };
	size_t one = RP_STATES * tr->n_points;
	size_t columns = (tr->model.n_populations + 1) * one;

	tr->bands = opt->bands;
	if (opt->bands == RP_BANDS_NONE)
		return run_passes(&run, 0, 0, err);
	tr->band = rp_alloc_zeroed(columns, sizeof(*tr->band));
	if (tr->band == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the bands");
	if (opt->bands == RP_BANDS_TOTAL)
		return run_passes(&run, columns - one, one, err);
	return run_passes(&run, 0, columns, err);
}

/* ---- the whole ---------------------------------------------------------- */

static rp_status
check_options(const struct rp_sim_options *opt, uint64_t trials,
    struct rp_err *err)
{
	if (trials < 1 || trials > TRIALS_MAX)
		return rp_fail(err, RP_ERANGE, "%llu trials asked for; 1 to "
		    "%llu are possible", (unsigned long long)trials,
		    (unsigned long long)TRIALS_MAX);
	if (opt->metric == RP_METRIC_REISSUED || opt->metric >= RP_METRICS)
		return rp_fail(err, RP_ESTATE, "reissued certificates are not "
		    "simulated; choose 'replaced', 'revoked' or 'gone'");
	return RP_OK;
}

rp_status
rp_simulate(const struct rp_case *cs, const struct rp_sim_options *opt,
    struct rp_trials **out, struct rp_err *err)
{
	struct rp_trials *tr = rp_alloc_zeroed(1, sizeof(*tr));
	rp_status rc;

	rp_gsl_quiet();
	if (tr == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the trials");
	tr->n = opt->trials > 0 ? opt->trials : cs->simulation.trials;
	tr->seed = opt->has_seed ? opt->seed : cs->simulation.seed;
	tr->metric = opt->metric;
	rc = check_options(opt, tr->n, err);
	if (rc == RP_OK)
		rc = rp_model_init(&tr->model, cs, tr->seed, opt->pace_sd,
		    NULL, err);
	if (rc == RP_OK)
		rc = prepare(tr, err);
	if (rc == RP_OK)
		rc = run_all(tr, opt, err);
	if (rc == RP_OK)
		rc = rp_summarise(tr, err);
	if (rc == RP_OK && opt->bottleneck)
		rc = rp_find_bottleneck(tr, err);
	if (rc != RP_OK) {
		rp_trials_free(tr);
		return rc;
	}
	make_notes(tr);
	*out = tr;
	return RP_OK;
}

void
rp_trials_free(struct rp_trials *tr)
{
	if (tr == NULL)
		return;
	rp_model_release(&tr->model);
	rp_release_mem(tr->at);
	rp_release_mem(tr->complete);
	rp_release_mem(tr->curve);
	rp_release_mem(tr->deadline_met);
	rp_release_mem(tr->deadline_replaced);
	rp_release_mem(tr->deadline_harmed);
	rp_release_mem(tr->overdue_days);
	rp_release_mem(tr->milestone);
	rp_release_mem(tr->odds);
	rp_release_mem(tr->queue_days);
	rp_release_mem(tr->pace);
	rp_release_mem(tr->completion);
	rp_release_mem(tr->band);
	rp_release_mem(tr);
}

/* ---- questions ---------------------------------------------------------- */

const struct rp_case *
rp_trials_case(const struct rp_trials *tr)
{
	return tr->model.cs;
}

uint64_t
rp_trials_count(const struct rp_trials *tr)
{
	return tr->n;
}

uint64_t
rp_trials_seed(const struct rp_trials *tr)
{
	return tr->seed;
}

enum rp_metric
rp_trials_metric(const struct rp_trials *tr)
{
	return tr->metric;
}

/* The total stands after the populations. */
static size_t
index_of(const struct rp_trials *tr, int population)
{
	return population < 0 ? tr->model.n_populations : (size_t)population;
}

uint64_t
rp_trials_base(const struct rp_trials *tr, int population)
{
	return population < 0 ? tr->base :
	    tr->model.part[population].certificates;
}

const struct rp_instant *
rp_trials_grid(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_points;
	return tr->at;
}

const struct rp_band *
rp_trials_bands(const struct rp_trials *tr, int population,
    enum rp_state state)
{
	if (tr->bands == RP_BANDS_NONE ||
	    (tr->bands == RP_BANDS_TOTAL && population >= 0))
		return NULL;
	return &tr->band[(index_of(tr, population) *
	    RP_STATES + (size_t)state) * tr->n_points];
}

const uint32_t *
rp_trials_curve(const struct rp_trials *tr)
{
	return tr->curve;
}

const double *
rp_trials_pace(const struct rp_trials *tr)
{
	return tr->pace;
}

const int64_t *
rp_trials_completion(const struct rp_trials *tr, int population)
{
	return &tr->complete[index_of(tr, population) * tr->n];
}

const struct rp_completion *
rp_trials_completion_summary(const struct rp_trials *tr, int population)
{
	return &tr->completion[index_of(tr, population)];
}

const struct rp_deadline_outcome *
rp_trials_deadline(const struct rp_trials *tr)
{
	return tr->model.has_deadline ? &tr->deadline : NULL;
}

bool
rp_trials_deadline_each(const struct rp_trials *tr,
    struct rp_deadline_trials *out)
{
	*out = (struct rp_deadline_trials){ .met = tr->deadline_met,
	    .replaced = tr->deadline_replaced,
	    .harmed = tr->deadline_harmed,
	    .overdue_days = tr->overdue_days };
	return tr->model.has_deadline;
}

const struct rp_bottleneck *
rp_trials_bottleneck(const struct rp_trials *tr)
{
	return &tr->bottleneck;
}

const struct rp_milestone_odds *
rp_trials_milestones(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_milestones;
	return tr->odds;
}

const char *const *
rp_trials_notes(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_notes;
	return (const char *const *)tr->note;
}
