/*
 * fake_results.h - trials and a forecast made by hand.
 *
 * The writers are tested on results whose every figure is known, and which do
 * not change when the engine does.  This defines all accessors of simulate.h
 * and forecast.h, so the linker never takes the real ones.  Include it once.
 */
#ifndef RP_TESTS_FAKE_RESULTS_H
#define RP_TESTS_FAKE_RESULTS_H

#include <math.h>
#include <string.h>

#include "revplan/forecast.h"
#include "fake_details.h"
#include "revplan/simulate.h"

#define FAKE_TRIALS 1000

const double rp_quantile_level[RP_QUANTILES] = { .05, .10, .25, .50, .75, .90,
	.95 };
const double rp_completion_level[RP_COMPLETION_QUANTILES] = { .05, .10, .25,
	.50, .75, .80, .90, .95 };
const double rp_forecast_level[RP_FORECAST_QUANTILES] = { .10, .50, .80,
	.90 };

static struct rp_population fake_population[FAKE_WHO - 1] = {
	{ .name = "hosting-provider", .certificates = { 12000 } },
	{ .name = "manual", .certificates = { 5000 } },
	{ .name = "automated", .certificates = { 10000 } },
};

static const struct rp_milestone fake_milestone[] = {
	{ .by = { { 1598832000 }, { 1598918400 } },	/* 2020-08-31 */
	    .share = { 50000000 } },
	{ .by = { { 1609372800 }, { 1609459200 } },	/* 2020-12-31 */
	    .share = { 450000000 } },
	{ .by = { { 1617148800 }, { 1617235200 } },	/* 2021-03-31 */
	    .share = { 1000000000 } },
};

static const struct rp_plan fake_plan[] = { {
	.published = { { 1596000000 }, { 1596000000 } }, .has_published = true,
	.metric = RP_METRIC_REISSUED, .n_milestones = 3,
	.milestone = fake_milestone,
} };

static const struct rp_actual fake_actual[] = {
	{ .as_of = { { 1598832000 }, { 1598918400 } }, .population = -1,
	    .metric[RP_METRIC_REPLACED] = { .known = true,
	    .share = { 110000000 } } },
	{ .as_of = { { 1609372800 }, { 1609459200 } }, .population = -1,
	    .metric[RP_METRIC_REPLACED] = { .known = true,
	    .share = { 764000000 } } },
};

static const struct rp_event fake_event[] = { {
	.kind = RP_EVENT_CUTOFF, .on = { { 1617148800 }, { 1617235200 } },
	.population = -1,
} };

static const struct rp_duty fake_duty[] = { {
	.name = "issuing CAs", .certificates = { 6 },
} };

static struct rp_case fake_case = {
	.file = "scenarios/fake.yaml",
	.digest = "0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef",
	.id = "fake-2020", .ca = "Example CA",
	.title = "Leaf certificates with a wrong extension",
	.reference = "https://bugs.example/1",
	.aware = { { FAKE_START }, { FAKE_START + FAKE_DAY } },
	.total = { 27000 },
	.simulation = { .step = { FAKE_DAY },
	    .horizon = { FAKE_START + 400 * FAKE_DAY },
	    .trials = FAKE_TRIALS, .seed = 7 },
	.n_duties = 1, .duty = fake_duty,
	.n_populations = FAKE_WHO - 1, .population = fake_population,
	.n_events = 1, .event = fake_event,
	.n_plans = 1, .plan = fake_plan,
	.n_actuals = 2, .actual = fake_actual,
};

struct rp_trials {
	const struct rp_case *cs;
	struct rp_instant grid[FAKE_GRID];
	struct rp_band band[FAKE_WHO][RP_STATES][FAKE_GRID];
	int64_t done[FAKE_TRIALS];
	struct rp_completion completion;
	struct rp_deadline_outcome deadline;
	struct rp_bottleneck bottleneck;
	struct rp_milestone_odds odds[3];
	enum rp_metric metric;
	bool no_bands;
	uint64_t n;			/* 0: FAKE_TRIALS */
	const uint32_t *curve;		/* NULL: not looked at */
	struct rp_deadline_trials each;	/* met NULL: no deadline */
	struct fake_details details;	/* fake_fill() */
};

struct rp_forecast {
	struct rp_forecast_completion completion;
	struct rp_forecast_point point[FAKE_GRID];
	struct rp_forecast_fit fit[2];
	size_t n;
	const double *weight;		/* these two may be NULL */
	double (*share)(size_t trial, struct rp_instant t);
};

static const struct rp_rule fake_rule = {
	.id = "BR-REV-SUBCA", .title = "revoke a subordinate CA in 7 days",
	.document = "TLS BR 1.6.1-", .section = "4.9.1.2", .from = "2018-10-14",
	.severity = RP_MUST, .limit = { 604800 },
};

static struct rp_instant
fake_day(int64_t day)
{
	return rp_instant_of_s(FAKE_START + day * FAKE_DAY);
}

/* A straight line from day `from` to day `until`, in certificates. */
static double
fake_ramp(double day, double from, double until, double n)
{
	double x = (day - from) / (until - from);

	return n * (x < 0 ? 0 : x > 1 ? 1 : x);
}

static void
fake_band(struct rp_trials *tr, int who, size_t k)
{
	static const double from[FAKE_WHO] = { 0, 60, 20, 5 };
	static const double until[FAKE_WHO] = { 0, 250, 180, 100 };
	static const double late[RP_QUANTILES] = { 30, 20, 10, 0, -10, -20,
		-30 };
	struct rp_band *b = &tr->band[who][RP_STATE_REPLACED][k];
	struct rp_band *left = &tr->band[who][RP_STATE_OUTSTANDING][k];
	double n = (double)rp_count_n(fake_population[who - 1].certificates);
	size_t i;

	for (i = 0; i < RP_QUANTILES; i++)
		b->q[i] = (uint32_t)fake_ramp((double)k, from[who],
		    until[who] + late[i], n);
	b->mean = b->q[3];
	for (i = 0; i < RP_QUANTILES; i++)
		left->q[i] = (uint32_t)n - b->q[RP_QUANTILES - 1 - i];
	left->mean = n - b->mean;
}

static void
fake_total(struct rp_trials *tr, int state, size_t k)
{
	struct rp_band *all = &tr->band[0][state][k];
	int who;
	size_t i;

	for (who = 1; who < FAKE_WHO; who++) {
		for (i = 0; i < RP_QUANTILES; i++)
			all->q[i] += tr->band[who][state][k].q[i];
		all->mean += tr->band[who][state][k].mean;
	}
}

static void
fake_completion(struct rp_trials *tr)
{
	struct rp_completion *c = &tr->completion;
	size_t i;

	for (i = 0; i < FAKE_TRIALS; i++)
		tr->done[i] = i < 990 ? FAKE_START + (210 + (int64_t)i / 10) *
		    FAKE_DAY - 1 : INT64_MAX;
	for (i = 0; i < RP_COMPLETION_QUANTILES; i++) {
		c->has[i] = true;
		c->q[i] = rp_instant_of_s(tr->done[(size_t)(
		    rp_completion_level[i] * FAKE_TRIALS) - 1]);
		c->q_se_s[i] = 43200;
	}
	c->never = 0.01;
	c->never_se = 0.003;
}

static void
fake_trials(struct rp_trials *tr)
{
	size_t k, i;
	int who, state;

	memset(tr, 0, sizeof(*tr));
	tr->cs = &fake_case;
	tr->metric = RP_METRIC_REPLACED;
	for (k = 0; k < FAKE_GRID; k++) {
		tr->grid[k] = fake_day((int64_t)k);
		for (who = 1; who < FAKE_WHO; who++)
			fake_band(tr, who, k);
		for (state = 0; state < RP_STATES; state++) {
			fake_total(tr, state, k);
			for (who = 0; who < FAKE_WHO; who++)
				tr->band[who][state][k].at = tr->grid[k];
		}
	}
	for (state = 0; state <= RP_STATE_HARMED; state++)
		tr->details.has_state[state] = true;
	tr->details.closed.why_not = "A path does more than wait.";
	fake_completion(tr);
	tr->deadline = (struct rp_deadline_outcome){
		.deadline = { .rule = &fake_rule,
		    .at = { fake_day(7), fake_day(8) },
		    .citation = "TLS BR 1.6.1-, 4.9.1.2 item 5" },
		.duty = 0, .replaced = 0.0153, .unreplaced = 26587.4,
		.unreplaced_se = 12.5, .harmed = 150, .harmed_se = 3.25,
		.overdue_days = 1084.5, .overdue_days_se = 20,
	};
	tr->bottleneck = (struct rp_bottleneck){ .found = true,
		.population = 0, .what = "install", .kind = RP_STEP_TEAM,
		.line = 42, .last_share = 1, .queue_days = 345678.9,
		.has_gain = true, .gain_days = 61.5, .gain_se_days = 0.4 };
	for (i = 0; i < 3; i++)
		tr->odds[i] = (struct rp_milestone_odds){ &fake_milestone[i],
			i == 0 ? 1 : i == 1 ? 0.425 : 0, 0.0156 };
}

static void
fake_forecast(struct rp_forecast *fc)
{
	size_t i;

	memset(fc, 0, sizeof(*fc));
	for (i = 0; i < RP_FORECAST_QUANTILES; i++) {
		fc->completion.has[i] = i < 3;
		fc->completion.q[i] = fake_day(220 + 15 * (int64_t)i);
		fc->completion.q_se_s[i] = i == 0 ? 86400 : (double)NAN;
	}
	fc->completion.never = 0.125;
	fc->completion.never_se = 0.01;
	for (i = 0; i < 118; i++)
		fc->point[fc->n++] = (struct rp_forecast_point){
			fake_day(183 + (int64_t)i),
			fake_ramp((double)i, -300, 100, 1),
			fake_ramp((double)i, -250, 60, 1),
			fake_ramp((double)i, -200, 30, 1) };
	fc->fit[0] = (struct rp_forecast_fit){ fake_day(61), 0.11, 0.21, 0.25,
		0.29, 0.24 };
	fc->fit[1] = (struct rp_forecast_fit){ fake_day(183), 0.764, 0.62,
		0.71, 0.8, 0.75 };
}

/* ---- simulate.h --------------------------------------------------------- */

const char *
rp_state_word(enum rp_state state)
{
	static const char *const word[RP_STATES] = { "replaced", "revoked",
		"expired", "outstanding", "harmed", "reissued",
		"expired-late", "held" };

	return word[state];
}

rp_status
rp_simulate(const struct rp_case *cs, const struct rp_sim_options *opt,
    struct rp_trials **out, struct rp_err *err)
{
	(void)cs;
	(void)opt;
	(void)out;
	return rp_fail(err, RP_ESTATE, "these trials are made by hand");
}

void
rp_trials_free(struct rp_trials *tr)
{
	(void)tr;
}

const struct rp_case *
rp_trials_case(const struct rp_trials *tr)
{
	return tr->cs;
}

uint64_t
rp_trials_count(const struct rp_trials *tr)
{
	return tr->n != 0 ? tr->n : FAKE_TRIALS;
}

uint64_t
rp_trials_seed(const struct rp_trials *tr)
{
	return tr->cs->simulation.seed;
}

enum rp_metric
rp_trials_metric(const struct rp_trials *tr)
{
	return tr->metric;
}

uint64_t
rp_trials_base(const struct rp_trials *tr, int population)
{
	return rp_count_n(population < 0 ? tr->cs->total :
	    tr->cs->population[population].certificates);
}

const struct rp_instant *
rp_trials_grid(const struct rp_trials *tr, size_t *n)
{
	*n = FAKE_GRID;
	return tr->grid;
}

const struct rp_band *
rp_trials_bands(const struct rp_trials *tr, int population,
    enum rp_state state)
{
	return tr->no_bands ? NULL : tr->band[population + 1][state];
}

const uint32_t *
rp_trials_curve(const struct rp_trials *tr)
{
	return tr->curve;
}

const int64_t *
rp_trials_completion(const struct rp_trials *tr, int population)
{
	(void)population;
	return tr->done;
}

const struct rp_completion *
rp_trials_completion_summary(const struct rp_trials *tr, int population)
{
	(void)population;
	return &tr->completion;
}

const struct rp_deadline_outcome *
rp_trials_deadline(const struct rp_trials *tr)
{
	return &tr->deadline;
}

bool
rp_trials_deadline_each(const struct rp_trials *tr,
    struct rp_deadline_trials *out)
{
	*out = tr->each;
	return tr->each.met != NULL;
}

const struct rp_bottleneck *
rp_trials_bottleneck(const struct rp_trials *tr)
{
	return &tr->bottleneck;
}

const struct rp_milestone_odds *
rp_trials_milestones(const struct rp_trials *tr, size_t *n)
{
	*n = 3;
	return tr->odds;
}

const char *const *
rp_trials_notes(const struct rp_trials *tr, size_t *n)
{
	static const char *const note[] = {
		"Expiry is not modelled for 'manual'." };

	(void)tr;
	*n = 1;
	return note;
}

const double *
rp_trials_pace(const struct rp_trials *tr)
{
	(void)tr;
	return NULL;
}

double
rp_trials_base_at(const struct rp_trials *tr, int population, size_t k)
{
	/* What is discovered belongs to the last population. */
	return (double)rp_trials_base(tr, population) + (k >= 100 &&
	    (population < 0 || population == FAKE_WHO - 2) ?
	    (double)tr->details.discovered : 0);
}

double
rp_trials_base_of(const struct rp_trials *tr, size_t i, size_t k)
{
	(void)i;
	return rp_trials_base_at(tr, -1, k);
}

enum rp_design
rp_trials_design(const struct rp_trials *tr, size_t *inputs)
{
	*inputs = tr->details.inputs;
	return tr->details.design;
}

bool
rp_trials_has_state(const struct rp_trials *tr, enum rp_state state)
{
	return tr->details.has_state[state];
}

const struct rp_share_date *
rp_trials_share_dates(const struct rp_trials *tr, size_t *n)
{
	*n = tr->details.n_shares;
	return tr->details.shares;
}

const struct rp_by_date *
rp_trials_by_dates(const struct rp_trials *tr, size_t *n)
{
	*n = tr->details.n_by;
	return tr->details.by;
}

const struct rp_sheet_row *
rp_trials_sheet(const struct rp_trials *tr, int population, size_t *n)
{
	*n = tr->details.n_sheet;
	return tr->details.sheet[population + 1];
}

const struct rp_tail *
rp_trials_tail(const struct rp_trials *tr)
{
	return tr->details.has_tail ? &tr->details.tail : NULL;
}

const struct rp_risk_outcome *
rp_trials_risks(const struct rp_trials *tr, size_t *n)
{
	*n = tr->details.n_risks;
	return tr->details.outcome;
}

const struct rp_band *
rp_trials_nothing(const struct rp_trials *tr, enum rp_metric metric)
{
	if (!tr->details.has_nothing || (metric != RP_METRIC_REPLACED &&
	    metric != RP_METRIC_GONE))
		return NULL;
	return tr->details.nothing[metric == RP_METRIC_GONE];
}

const struct rp_closed_form *
rp_trials_closed_form(const struct rp_trials *tr)
{
	return &tr->details.closed;
}

/* ---- forecast.h --------------------------------------------------------- */

rp_status
rp_forecast_run(const struct rp_case *cs, const struct rp_sim_options *opt,
    struct rp_when as_of, enum rp_view view, struct rp_forecast **out,
    struct rp_err *err)
{
	(void)cs;
	(void)opt;
	(void)as_of;
	(void)view;
	(void)out;
	return rp_fail(err, RP_ESTATE, "this forecast is made by hand");
}

const struct rp_trials *
rp_forecast_trials(const struct rp_forecast *fc)
{
	(void)fc;
	return NULL;
}

const double *
rp_forecast_weights(const struct rp_forecast *fc)
{
	return fc->weight;
}

double
rp_forecast_share(const struct rp_forecast *fc, size_t trial,
    struct rp_instant t)
{
	return fc->share(trial, t);
}

rp_status
rp_forecast_build(const struct rp_trials *tr, struct rp_when as_of,
    enum rp_view view, struct rp_forecast **out, struct rp_err *err)
{
	(void)tr;
	(void)as_of;
	(void)view;
	(void)out;
	return rp_fail(err, RP_ESTATE, "this forecast is made by hand");
}

void
rp_forecast_free(struct rp_forecast *fc)
{
	(void)fc;
}

struct rp_when
rp_forecast_as_of(const struct rp_forecast *fc)
{
	(void)fc;
	return (struct rp_when){ fake_day(182), fake_day(183) };
}

const struct rp_forecast_completion *
rp_forecast_completion(const struct rp_forecast *fc)
{
	return &fc->completion;
}

const struct rp_forecast_point *
rp_forecast_curve(const struct rp_forecast *fc, size_t *n)
{
	*n = fc->n;
	return fc->point;
}

const struct rp_forecast_fit *
rp_forecast_fits(const struct rp_forecast *fc, size_t *n)
{
	*n = 2;
	return fc->fit;
}

double
rp_forecast_effective_sample_size(const struct rp_forecast *fc)
{
	(void)fc;
	return 412.25;
}

struct rp_forecast_pace
rp_forecast_pace(const struct rp_forecast *fc)
{
	(void)fc;
	return (struct rp_forecast_pace){ 0.9, 1.25, 1.75 };
}

bool
rp_forecast_explained(const struct rp_forecast *fc)
{
	(void)fc;
	return true;
}

const char *const *
rp_forecast_notes(const struct rp_forecast *fc, size_t *n)
{
	static const char *const note[] = {
		"The actuals count another metric than the plan." };

	(void)fc;
	*n = 1;
	return note;
}

#endif /* RP_TESTS_FAKE_RESULTS_H */
