/*
 * revplan/plan.h - what can be promised, from the trials.
 *
 * Stage 4.  Reads: simulate.h forecast.h.  Read by: the writers.
 *
 * A schedule says, for a confidence c, which share of the base is reached by
 * the end of each month or week in c of the trials, and by when c of them are
 * complete.  Where actuals had been seen, the trials of a forecast are taken,
 * each with its weight; otherwise plain ones.  A promise is never bolder than
 * the trials: shares are rounded down, the completion is rounded up, and 100 %
 * stands only where c of the trials are complete by then.  Standard errors
 * are those of independent trials: upper bounds where the inputs are spread
 * by a design.
 */
#ifndef RP_PLAN_H
#define RP_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/forecast.h"
#include "revplan/instant.h"
#include "revplan/simulate.h"
#include "revplan/units.h"

#define RP_CONFIDENCE_LEAST 500	/* per mille */
#define RP_CONFIDENCE_MOST 999

struct rp_schedule_options {
	unsigned confidence_pm;		/* per mille of the trials */
	unsigned round_pm;		/* shares down to a multiple of it, and
					 * the completion up to the end of its
					 * period; 0: to 0.1 %, and not */
	enum rp_period period;
	struct rp_when as_of;		/* periods over by then have no row */
	enum rp_view view;
};

struct rp_schedule_row {
	char period[RP_PERIOD_TEXT];	/* "2020-08", "2020-W36" */
	struct rp_instant until;	/* its end, exclusive */
	struct rp_share planned;	/* to be promised */
	struct rp_share reached;	/* before it was rounded down */
	double reached_se;		/* of that, as a share: from the order
					 * statistics around it */
};

struct rp_schedule_completion {
	bool has;			/* false: beyond the horizon */
	struct rp_instant planned;	/* to be promised */
	struct rp_instant reached;	/* before it was rounded up */
	double reached_se_s;		/* seconds; NaN where a neighbouring
					 * order statistic lies beyond the
					 * horizon */
	double complete;		/* share of the trials that are
					 * complete by the horizon */
	double complete_se;
	double kept;			/* share of the trials that keep every
					 * row and the completion */
};

/* Opaque; immutable. */
struct rp_schedule;

/*
 * Make a schedule.
 *
 *   tr     borrowed, must outlive the schedule
 *   fc     the forecast that weighs them; NULL: all count alike
 *   *out   on RP_OK owned by the caller, rp_schedule_free()
 *
 * RP_ESTATE  as_of lies after the horizon or the completion: nothing is left
 *            to plan
 * RP_ENOMEM
 * On any error *out is untouched.  Cost: grows with trials times rows; with a
 * forecast, a sort of the trials for each row.
 */
RP_CHECKED rp_status rp_schedule_build(const struct rp_trials *tr,
    const struct rp_forecast *fc, const struct rp_schedule_options *opt,
    struct rp_schedule **out, struct rp_err *err);

/*
 * The same with trials of its own: those of rp_forecast_run() where the case
 * has an actual of the metric that had been seen, else those of rp_simulate().
 * The trials live as long as the schedule.  Unless sim asks for more of plain
 * ones (bands, bottleneck, details, shares, instants of its own), they are
 * asked only for the ends of the periods (rp_sim_options.report).  Errors are
 * those of all three.
 */
RP_CHECKED rp_status rp_schedule_run(const struct rp_case *cs,
    const struct rp_sim_options *sim, const struct rp_schedule_options *opt,
    struct rp_schedule **out, struct rp_err *err);

/* Accepts NULL. */
void rp_schedule_free(struct rp_schedule *s);

const struct rp_trials *rp_schedule_trials(const struct rp_schedule *s);

/* NULL: the trials were not weighted. */
const struct rp_forecast *rp_schedule_forecast(const struct rp_schedule *s);

const struct rp_schedule_options *rp_schedule_options(
    const struct rp_schedule *s);

/*
 * From the period of as_of to that of the completion, or of the horizon where
 * that comes first; at least one.
 */
const struct rp_schedule_row *rp_schedule_rows(const struct rp_schedule *s,
    size_t *n);

const struct rp_schedule_completion *rp_schedule_completion(
    const struct rp_schedule *s);

/* Whole sentences; *n may be 0. */
const char *const *rp_schedule_notes(const struct rp_schedule *s, size_t *n);

#endif /* RP_PLAN_H */
