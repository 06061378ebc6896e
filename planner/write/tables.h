/*
 * write/tables.h - results as tables, for the commands, charts and report.
 *
 * Each makes a new table, owned by the caller; RP_ENOMEM, *out untouched.
 */
#ifndef RP_WRITE_TABLES_H
#define RP_WRITE_TABLES_H

#include "revplan/check.h"
#include "revplan/claims.h"
#include "revplan/compare.h"
#include "revplan/forecast.h"
#include "revplan/plan.h"
#include "revplan/simulate.h"
#include "revplan/table.h"

/* A finished table, or what went wrong while it was filled. */
RP_CHECKED rp_status rp_table_finish(struct rp_table *t,
    struct rp_table **out, struct rp_err *err);

/* Cells. */
void rp_table_text(struct rp_table *t, size_t column, const char *text);
void rp_table_count(struct rp_table *t, size_t column, uint64_t n);
void rp_table_share(struct rp_table *t, size_t column, double share);
/* The mean of trials: to readers never all, nor none. */
void rp_table_mean_share(struct rp_table *t, size_t column, double share);

/* A number for machines, and the same or other words for readers; nothing
 * for a machine where it is not finite. */
void rp_table_real(struct rp_table *t, size_t column, double x,
    unsigned decimals, const char *human);

/* A mean with its standard error; the error alone goes to its own column. */
void rp_table_estimate(struct rp_table *t, size_t column, double mean,
    double se);

/* A probability that so many trials tell. */
void rp_table_odds(struct rp_table *t, size_t column, double p, double se,
    uint64_t trials);

/* Between what it lies, in a column and the next: rp_probability_bounds(). */
void rp_table_bounds(struct rp_table *t, size_t column, double p,
    uint64_t trials);

/* A date of completion; horizon: beyond which nothing is known. */
void rp_table_quantile(struct rp_table *t, size_t column, bool has,
    struct rp_instant at, struct rp_instant horizon);

/* "By the end of": for readers the day that has just ended. */
void rp_table_day(struct rp_table *t, size_t column, struct rp_instant at);

/* The same, with the time where it is not the end of a day. */
void rp_table_end(struct rp_table *t, size_t column, struct rp_instant at);

/* The update table. */
RP_CHECKED rp_status rp_compare_table(const struct rp_comparison *c,
    struct rp_table **out, struct rp_err *err);

/* The versions of the plan, one row each. */
RP_CHECKED rp_status rp_versions_table(const struct rp_comparison *c,
    struct rp_table **out, struct rp_err *err);

/* All findings, one row each. */
RP_CHECKED rp_status rp_check_table(const struct rp_findings *f,
    struct rp_table **out, struct rp_err *err);

/* The ledger of what was said, one row each. */
RP_CHECKED rp_status rp_claims_table(const struct rp_claims *l,
    struct rp_table **out, struct rp_err *err);

/* When each population is complete. */
RP_CHECKED rp_status rp_completion_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* The metric at month ends (or weeks, or days, as long as it takes). */
RP_CHECKED rp_status rp_progress_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* P(each milestone); no rows when there is no plan. */
RP_CHECKED rp_status rp_milestone_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* When shares of the base are done, one row each. */
RP_CHECKED rp_status rp_shares_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/*
 * How many are done by each date.  The first has a row for each date and for
 * each population; the second those of all together; the third tells for each
 * population, and for all of them, whether it is all done by then.
 */
RP_CHECKED rp_status rp_by_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);
RP_CHECKED rp_status rp_by_total_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);
RP_CHECKED rp_status rp_all_done_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* The deadline sheet, by population or of all together. */
RP_CHECKED rp_status rp_sheet_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);
RP_CHECKED rp_status rp_sheet_total_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* Who is left when most are done. */
RP_CHECKED rp_status rp_tail_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* Each risk, come true and not. */
RP_CHECKED rp_status rp_risks_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* The closed form beside the simulation. */
RP_CHECKED rp_status rp_closed_form_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* Ordinary renewal and expiry alone, beside the curve of the case. */
RP_CHECKED rp_status rp_nothing_table(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

/* The forecast at month ends, and how the actuals sit in it. */
RP_CHECKED rp_status rp_forecast_table(const struct rp_forecast *fc,
    struct rp_table **out, struct rp_err *err);
RP_CHECKED rp_status rp_fit_table(const struct rp_forecast *fc,
    struct rp_table **out, struct rp_err *err);

/* Every instant of the forecast: the contract of the CSV. */
RP_CHECKED rp_status rp_forecast_band_table(const struct rp_forecast *fc,
    struct rp_table **out, struct rp_err *err);

/* What can be promised for the end of each period; without its notes. */
RP_CHECKED rp_status rp_plan_table(const struct rp_schedule *s,
    struct rp_table **out, struct rp_err *err);

/* ---- what several of them and the charts need --------------------------- */

/*
 * The band of the metric of the trials at grid instant k, as shares of the
 * base: p05 p10 p25 p50 p75 p90 p95.  false: the trials kept no bands.
 */
bool rp_metric_band(const struct rp_trials *tr, size_t k,
    double q[RP_QUANTILES], double *mean);

/*
 * Instants of a readable table between from and until: month ends, or weeks,
 * or days, as suits their distance; at most RP_TICKS.
 */
#define RP_TICKS 48
size_t rp_ticks(struct rp_instant from, struct rp_instant until,
    struct rp_instant tick[RP_TICKS]);

/* The last of n ascending instants at or before at; 0 when there is none. */
size_t rp_grid_find(const struct rp_instant *grid, size_t n,
    struct rp_instant at);

#endif /* RP_WRITE_TABLES_H */
