/*
 * revplan/forecast.h - what is still to come, given the actuals.
 *
 * Stage 4.  Reads: simulate.h.  Read by: the writers.
 *
 * The trials are weighted by how well they explain the actuals that were seen
 * by as_of: the likelihood acts on the increments between observations, takes
 * a printed percentage as the interval that rounds to it, and allows for the
 * difference between model and world (overdispersion).  Nothing here reads a
 * clock: the same trials and actuals always give the same forecast.
 *
 * What nobody wrote into the case is how much faster or slower than assumed
 * everybody works.  The trials of a forecast therefore share one pace among
 * all waits, teams and notices of a trial (not gates, batches and polls, which
 * are dates and machines): log-normal with median 1 and RP_FORECAST_PACE_SD.
 * The actuals then tell which paces are likely.
 *
 * The standard errors are those of as many independent trials as the weights
 * are worth.  Where the inputs are spread by a design (simulate.h) the trials
 * are nearer than that, so they are upper bounds.
 */
#ifndef RP_FORECAST_H
#define RP_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/simulate.h"

/* One instant of the curve; shares of the base, 0..1, of the metric. */
struct rp_forecast_point {
	struct rp_instant at;
	double p10;
	double p50;
	double p90;
};

/* p10 p50 p80 p90 */
#define RP_FORECAST_QUANTILES 4
extern const double rp_forecast_level[RP_FORECAST_QUANTILES];

struct rp_forecast_completion {
	bool has[RP_FORECAST_QUANTILES];	/* false: beyond the horizon */
	struct rp_instant q[RP_FORECAST_QUANTILES];
	double q_se_s[RP_FORECAST_QUANTILES];	/* NaN where unknown */
	double never;
	double never_se;
};

/* How one actual sits among the unweighted trials. */
struct rp_forecast_fit {
	struct rp_instant at;
	double actual;		/* share, 0..1 */
	double prior_p05;	/* of the trials before weighting */
	double prior_p50;
	double prior_p95;
	double posterior_p50;
};

#define RP_FORECAST_PACE_SD 0.25	/* of the logarithm */

/* Opaque; immutable. */
struct rp_forecast;

/*
 * Run trials with a shared pace and weight them by the actuals: what a user
 * means by a forecast.
 *
 *   cs     borrowed, must outlive the forecast
 *   opt    as for rp_simulate(); bands, bottleneck and pace_sd are ignored
 *   *out   on RP_OK owned by the caller, rp_forecast_free()
 *
 * Errors are those of rp_simulate() and rp_forecast_build(); on any of them
 * *out is untouched.
 */
RP_CHECKED rp_status rp_forecast_run(const struct rp_case *cs,
    const struct rp_sim_options *opt, struct rp_when as_of,
    enum rp_view view, struct rp_forecast **out, struct rp_err *err);

/* The trials that were weighted; they live as long as the forecast. */
const struct rp_trials *rp_forecast_trials(const struct rp_forecast *fc);

/* The weight of each trial; rp_trials_count() of them, they sum to 1. */
const double *rp_forecast_weights(const struct rp_forecast *fc);

/*
 * The share of the base that a trial reaches by t, moved so that it starts
 * from what was last seen: what the curve of the forecast is made of.
 */
double rp_forecast_share(const struct rp_forecast *fc, size_t trial,
    struct rp_instant t);

/* Weighted median and 5 % and 95 % points of the pace; 1 is as assumed. */
struct rp_forecast_pace {
	double p05, p50, p95;
};
struct rp_forecast_pace rp_forecast_pace(const struct rp_forecast *fc);

/*
 * Weight the trials by the actuals seen at as_of in a view.
 *
 *   tr     borrowed, must outlive the forecast; at least 200 trials
 *   *out   on RP_OK owned by the caller, rp_forecast_free()
 *
 * RP_ESTATE  fewer than 200 trials
 * RP_ENOMEM
 * On any error *out is untouched.  Cost: O(trials x (actuals + instants)).
 */
RP_CHECKED rp_status rp_forecast_build(const struct rp_trials *tr,
    struct rp_when as_of, enum rp_view view, struct rp_forecast **out,
    struct rp_err *err);

/* Accepts NULL. */
void rp_forecast_free(struct rp_forecast *fc);

struct rp_when rp_forecast_as_of(const struct rp_forecast *fc);
const struct rp_forecast_completion *rp_forecast_completion(
    const struct rp_forecast *fc);

/* From as_of to the horizon, *n of them. */
const struct rp_forecast_point *rp_forecast_curve(
    const struct rp_forecast *fc, size_t *n);

/* One for each actual used, oldest first; *n may be 0. */
const struct rp_forecast_fit *rp_forecast_fits(const struct rp_forecast *fc,
    size_t *n);

/* 1 / sum of squared weights; at most the number of trials. */
double rp_forecast_effective_sample_size(const struct rp_forecast *fc);

/* false: the model cannot explain the actuals; the notes say how. */
bool rp_forecast_explained(const struct rp_forecast *fc);

/* Whole sentences; *n may be 0. */
const char *const *rp_forecast_notes(const struct rp_forecast *fc, size_t *n);

#endif /* RP_FORECAST_H */
