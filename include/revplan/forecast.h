/*
 * revplan/forecast.h - what is still to come, given the actuals.
 *
 * Stage 4.  Reads: simulate.h.  Read by: the writers.
 *
 * The trials are weighted by how well they explain the actuals that were seen
 * by as_of: the likelihood acts on the increments between observations, takes
 * a printed percentage as the interval that rounds to it, and allows for the
 * difference between model and world (overdispersion).  Nothing here draws
 * random numbers or reads a clock: the same trials and actuals always give the
 * same forecast.
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

/* Opaque; immutable. */
struct rp_forecast;

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
