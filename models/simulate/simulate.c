/*
 * simulate/simulate.c - rp_simulate().
 */
#include "revplan/simulate.h"

#include "base/gsl_quiet.h"
#include "base/mem.h"
#include "simulate/details.h"

#define TRIALS_MAX UINT64_C(10000000)

/* ---- the memory of the trials ------------------------------------------- */

static bool
has_risk(const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_events; i++)
		if (cs->event[i].kind == RP_EVENT_RISK)
			return true;
	return false;
}

static bool
make_room(struct rp_trials *tr)
{
	size_t n = tr->n, p = tr->model.n_populations;

	tr->at = rp_alloc_zeroed(tr->n_points, sizeof(*tr->at));
	tr->complete = rp_alloc_zeroed((p + 1) * n, sizeof(*tr->complete));
	if (tr->has_curve)
		tr->curve = rp_alloc_zeroed(tr->n_points * n,
		    sizeof(*tr->curve));
	tr->deadline_met = rp_alloc_zeroed(n, sizeof(bool));
	tr->deadline_replaced = rp_alloc_zeroed(n, sizeof(uint32_t));
	tr->deadline_harmed = rp_alloc_zeroed(n, sizeof(uint32_t));
	tr->overdue_days = rp_alloc_zeroed(n, sizeof(double));
	tr->milestone = rp_alloc_zeroed(tr->n_milestones * n, sizeof(float));
	tr->odds = rp_alloc_zeroed(tr->n_milestones, sizeof(*tr->odds));
	if (tr->has_bottleneck)
		tr->queue_days = rp_alloc_zeroed(tr->model.n_queues * n,
		    sizeof(double));
	tr->pace = rp_alloc_zeroed(n, sizeof(double));
	tr->completion = rp_alloc_zeroed(p + 1, sizeof(*tr->completion));
	tr->frequency = rp_alloc_zeroed(tr->model.cs->n_events,
	    sizeof(double));
	if (has_risk(tr->model.cs))
		tr->happened = rp_alloc_zeroed(tr->model.cs->n_events * n,
		    sizeof(bool));
	if ((has_risk(tr->model.cs) && tr->happened == NULL) ||
	    tr->frequency == NULL ||
	    (tr->has_bottleneck && tr->queue_days == NULL))
		return false;
	return tr->at != NULL && tr->complete != NULL &&
	    (tr->curve != NULL || !tr->has_curve) &&
	    tr->deadline_met != NULL && tr->deadline_replaced != NULL &&
	    tr->deadline_harmed != NULL &&
	    tr->overdue_days != NULL && tr->milestone != NULL &&
	    tr->odds != NULL && tr->pace != NULL && tr->completion != NULL;
}

static rp_status
prepare(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	const struct rp_case *cs = tr->model.cs;
	const struct rp_plan *plan = cs->n_plans > 0 ?
	    &cs->plan[cs->n_plans - 1] : NULL;
	rp_status rc = rp_report_points(tr, opt, err);

	if (rc != RP_OK)
		return rc;
	for (size_t s = 0; s < RP_STATES; s++) {
		if ((opt->states >> s & 1u) != 0 &&
		    !rp_outcome_has(&tr->model, (enum rp_state)s))
			return rp_fail(err, RP_EUSAGE, "nothing in the "
			    "case makes certificates '%s', so there is no such "
			    "curve", rp_state_word((enum rp_state)s));
		if (rp_outcome_has(&tr->model, (enum rp_state)s) &&
		    (opt->states == 0 || (opt->states >> s & 1u) != 0))
			tr->state[tr->n_states++] = (enum rp_state)s;
	}
	tr->n_milestones = plan != NULL ? plan->n_milestones : 0;
	if (!make_room(tr))
		return rp_fail(err, RP_ENOMEM, "no memory for %llu trials",
		    (unsigned long long)tr->n);
	for (size_t k = 0; k < tr->n_points; k++)
		tr->at[k] = rp_instant_of_s(
		    tr->model.grid.t[tr->point[k]]);
	for (size_t k = 0; k < tr->n_milestones; k++)
		tr->odds[k].milestone = &plan->milestone[k];
	for (size_t p = 0; p < tr->model.n_populations; p++)
		tr->base += tr->model.part[p].certificates;
	return RP_OK;
}

/* Which metrics a case can be asked for. */
static rp_status
check_metric(const struct rp_trials *tr, struct rp_err *err)
{
	if (tr->metric < RP_METRICS &&
	    (tr->metric != RP_METRIC_REISSUED || tr->model.reissues))
		return RP_OK;
	return rp_fail(err, RP_ESTATE, "no step of the case says that it "
	    "reissues certificates ('reissues: true'), so they cannot be "
	    "counted; mark one, or choose 'replaced', 'revoked' or 'gone'");
}

/* ---- the whole ---------------------------------------------------------- */

/* How the inputs are spread over so many trials. */
static rp_status
spread_inputs(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	const struct rp_case *cs = tr->model.cs;
	rp_status rc = rp_spread_new(cs, opt->has_design ? opt->design :
	    cs->simulation.design, tr->seed, tr->n, &tr->spread, err);

	if (rc != RP_OK)
		return rc;
	tr->model.spread = tr->spread;
	tr->sampling = (struct rp_sampling){ tr->n,
	    rp_spread_replicates(tr->spread) };
	return RP_OK;
}

static rp_status
check_options(const struct rp_sim_options *opt, uint64_t trials,
    struct rp_err *err)
{
	if (trials < 1 || trials > TRIALS_MAX)
		return rp_fail(err, RP_ERANGE, "%llu trials asked for; 1 to "
		    "%llu are possible", (unsigned long long)trials,
		    (unsigned long long)TRIALS_MAX);
	if (opt->n_shares > RP_QUESTIONS_MAX ||
	    opt->n_by > RP_QUESTIONS_MAX ||
	    opt->n_candidates > RP_QUESTIONS_MAX)
		return rp_fail(err, RP_ERANGE, "more than %d shares, dates or "
		    "candidates are asked for", RP_QUESTIONS_MAX);
	if (opt->n_report > 0 && (opt->bands != RP_BANDS_NONE ||
	    opt->bottleneck || opt->details || opt->n_shares > 0))
		return rp_fail(err, RP_EUSAGE, "where only some instants are "
		    "reported, curves, bottleneck, details and the dates of "
		    "shares are not known");
	return RP_OK;
}

static bool
asks_for(const struct rp_sim_options *opt, enum rp_detail detail)
{
	return opt->details_of == 0 || (opt->details_of >> detail & 1) != 0;
}

static rp_status
find_details(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	tr->has_details = true;
	if (asks_for(opt, RP_DETAIL_SHEET))
		rc = rp_find_sheet(tr, opt, err);
	if (rc == RP_OK && asks_for(opt, RP_DETAIL_TAIL))
		rc = rp_find_tail(tr, err);
	if (rc == RP_OK && asks_for(opt, RP_DETAIL_RISKS))
		rc = rp_find_risks(tr, err);
	return rc;
}

/* Everything that is made before the first trial. */
static rp_status
set_up(struct rp_trials *tr, const struct rp_case *cs,
    const struct rp_sim_options *opt, struct rp_err *err)
{
	struct rp_whatif whatif = rp_whatif_none;
	rp_status rc = RP_OK;

	whatif.n_moments = opt->n_by;
	whatif.moment = opt->by;
	/* The rounds of it share their trials as well. */
	if (opt->until_error_s > 0.0)
		rc = rp_until_error(cs, opt, &tr->n, &tr->until, err);
	if (rc == RP_OK)
		rc = rp_model_init(&tr->model, cs, tr->seed, opt->pace_sd,
		    &whatif, err);
	if (rc == RP_OK)
		rc = check_metric(tr, err);
	if (rc == RP_OK)
		rc = spread_inputs(tr, opt, err);
	if (rc == RP_OK)
		rc = prepare(tr, opt, err);
	if (rc == RP_OK)
		rc = rp_questions_init(tr, opt, err);
	return rc == RP_OK ? rp_report_begin(tr, err) : rc;
}

/* What the trials say, and what needs more of them. */
static rp_status
conclude(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	rp_status rc;

	rp_report_forget(tr);
	rc = rp_summarise(tr, err);
	if (rc == RP_OK)
		rc = rp_close(tr, err);
	if (rc == RP_OK)
		rc = rp_questions_answer(tr, err);
	if (rc == RP_OK && opt->bottleneck)
		rc = rp_find_bottleneck(tr, err);
	if (rc == RP_OK && opt->bands != RP_BANDS_NONE)
		rc = rp_find_nothing(tr, err);
	if (rc == RP_OK && opt->details)
		rc = find_details(tr, opt, err);
	return rc;
}

/* With peers each step is gone only when all of them have come to it. */
static rp_status
run(struct rp_trials *tr, const struct rp_case *cs,
    const struct rp_sim_options *opt, struct rp_err *err)
{
	rp_status rc = rp_share_agree(tr->peers, set_up(tr, cs, opt, err),
	    tr->n, err);

	if (rc == RP_OK)
		rc = rp_run_passes(tr, opt, err);
	if (rc == RP_OK)
		rc = rp_share_agree(tr->peers, conclude(tr, opt, err), tr->n,
		    err);
	return rc;
}

static rp_status
begin(const struct rp_case *cs, const struct rp_sim_options *opt,
    struct rp_trials **out, struct rp_err *err)
{
	struct rp_trials *tr = rp_alloc_zeroed(1, sizeof(*tr));

	if (tr == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the trials");
	tr->n = opt->trials > 0 ? opt->trials : cs->simulation.trials;
	tr->seed = opt->has_seed ? opt->seed : cs->simulation.seed;
	tr->metric = opt->metric;
	tr->bands = opt->bands;
	tr->has_curve = !opt->no_curve;
	tr->has_bottleneck = opt->bottleneck;
	tr->threads = opt->threads > 0 ? opt->threads : 1;
	tr->peers = opt->peers;
	*out = tr;
	return check_options(opt, tr->n, err);
}

rp_status
rp_simulate(const struct rp_case *cs, const struct rp_sim_options *opt,
    struct rp_trials **out, struct rp_err *err)
{
	struct rp_err own = { 0 };
	struct rp_trials *tr = NULL;
	rp_status rc;

	rp_gsl_quiet();
	rc = rp_share_agree(opt->peers, begin(cs, opt, &tr, &own), 0, &own);
	if (rc == RP_OK && tr != NULL)
		rc = run(tr, cs, opt, &own);
	if (rc != RP_OK) {
		rp_trials_free(tr);
		if (err != NULL)
			*err = own;
		return rc;
	}
	rp_make_notes(tr);
	*out = tr;
	return RP_OK;
}

void
rp_trials_free(struct rp_trials *tr)
{
	if (tr == NULL)
		return;
	rp_model_release(&tr->model);
	rp_spread_free(tr->spread);
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
	rp_release_mem(tr->happened);
	rp_release_mem(tr->frequency);
	rp_release_mem(tr->nothing);
	rp_release_mem(tr->sheet);
	rp_release_mem(tr->tail_row);
	rp_release_mem(tr->risk);
	rp_questions_release(tr);
	rp_report_end(tr);
	rp_release_mem(tr);
}
