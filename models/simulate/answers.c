/*
 * simulate/answers.c - what can be asked of trials.
 */
#include "simulate/ensemble.h"

const char *
rp_state_word(enum rp_state state)
{
	static const char *const word[RP_STATES] = {
		[RP_STATE_REPLACED] = "replaced",
		[RP_STATE_REVOKED] = "revoked",
		[RP_STATE_EXPIRED] = "expired",
		[RP_STATE_OUTSTANDING] = "outstanding",
		[RP_STATE_HARMED] = "harmed",
		[RP_STATE_REISSUED] = "reissued",
		[RP_STATE_EXPIRED_LATE] = "expired-late",
		[RP_STATE_HELD] = "held"
	};

	return word[state];
}

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

enum rp_design
rp_trials_design(const struct rp_trials *tr, size_t *inputs)
{
	*inputs = rp_spread_inputs(tr->spread);
	return rp_spread_design(tr->spread);
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

double
rp_trials_base_at(const struct rp_trials *tr, int population, size_t k)
{
	return rp_mean_base(tr, population, tr->point[k]);
}

double
rp_trials_base_of(const struct rp_trials *tr, size_t i, size_t k)
{
	const struct rp_model *m = &tr->model;
	double base = (double)tr->base;

	for (size_t p = m->n_populations; p < m->n_parts; p++) {
		const struct rp_model_part *part = &m->part[p];

		if (part->aware <= tr->point[k] &&
		    (tr->happened == NULL ||
		    tr->happened[(size_t)part->event * tr->n + i]))
			base += (double)part->certificates;
	}
	return base;
}

bool
rp_trials_has_state(const struct rp_trials *tr, enum rp_state state)
{
	return rp_outcome_has(&tr->model, state);
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
	for (size_t s = 0; s < tr->n_states; s++)
		if (tr->state[s] == state)
			return &tr->band[(index_of(tr, population) *
			    tr->n_states + s) * tr->n_points];
	return NULL;
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
	return tr->model.has_deadline &&
	    tr->model.deadline_point != SIZE_MAX;
}

const struct rp_bottleneck *
rp_trials_bottleneck(const struct rp_trials *tr)
{
	return &tr->bottleneck;
}

const struct rp_closed_form *
rp_trials_closed_form(const struct rp_trials *tr)
{
	return &tr->closed;
}

const struct rp_milestone_odds *
rp_trials_milestones(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_milestones;
	return tr->odds;
}

const struct rp_share_date *
rp_trials_share_dates(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_shares;
	return tr->share;
}

const struct rp_by_date *
rp_trials_by_dates(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_by;
	return tr->by;
}

const struct rp_sheet_row *
rp_trials_sheet(const struct rp_trials *tr, int population, size_t *n)
{
	*n = tr->n_sheet;
	return tr->n_sheet == 0 ? NULL :
	    &tr->sheet[index_of(tr, population) * tr->n_sheet];
}

const struct rp_tail *
rp_trials_tail(const struct rp_trials *tr)
{
	return tr->has_details ? &tr->tail : NULL;
}

const struct rp_risk_outcome *
rp_trials_risks(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_risks;
	return tr->risk;
}

const char *const *
rp_trials_notes(const struct rp_trials *tr, size_t *n)
{
	*n = tr->n_notes;
	return (const char *const *)tr->note;
}
