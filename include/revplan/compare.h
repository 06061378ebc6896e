/*
 * revplan/compare.h - planned against actual, period by period.
 *
 * Stage 5.  Reads: case.h.  Read by: the writers.
 *
 * Exact: shares are whole parts per billion, so the differences of the
 * printed figures are the printed differences.
 */
#ifndef RP_COMPARE_H
#define RP_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"

enum rp_progress { RP_AHEAD, RP_ON_PLAN, RP_BEHIND, RP_OPEN };

/* "ahead", "on-plan", "behind", "open". */
const char *rp_progress_word(enum rp_progress p);

struct rp_compare_row {
	char period[12];		/* "2020-08", "2020-W36" */
	bool has_as_of;
	struct rp_when as_of;		/* of the last actual in the period */
	bool has_planned;
	struct rp_share planned;	/* last milestone of the period */
	struct rp_when planned_by;
	bool has_actual;
	struct rp_share actual;
	enum rp_bound bound;
	bool has_difference;
	struct rp_share difference;	/* actual - planned, points */
	bool has_replaced, has_revoked, has_expired, has_remaining;
	uint64_t replaced, revoked, expired, remaining; /* certificates */
	enum rp_progress status;
	const char *source;		/* of the actual, or NULL */
	uint32_t line;			/* of the actual, 0 if none */
};

struct rp_compare_options {
	enum rp_period period;
	struct rp_when as_of;
	enum rp_view view;
	size_t plan;			/* index; SIZE_MAX: the one in force */
};

/* Opaque; immutable. */
struct rp_comparison;

/*
 * Compare a plan (the last one published by as_of) with the actuals seen at
 * as_of: one row for each period from the first to the last milestone or
 * actual.
 *
 * RP_ESTATE  the case has no plan and no actual by then
 * RP_ENOMEM
 * On any error *out is untouched.
 */
RP_CHECKED rp_status rp_compare(const struct rp_case *cs,
    const struct rp_compare_options *opt, struct rp_comparison **out,
    struct rp_err *err);

const struct rp_compare_row *rp_comparison_rows(const struct rp_comparison *c,
    size_t *n);

/* The plan compared with, NULL when there was none by then. */
const struct rp_plan *rp_comparison_plan(const struct rp_comparison *c);

/* Which metric the actual column counts. */
enum rp_metric rp_comparison_metric(const struct rp_comparison *c);

/*
 * What a reader must know to read the table rightly (the plan counts another
 * metric than the actuals; the base is assumed; later plans exist): whole
 * sentences, *n of them.
 */
const char *const *rp_comparison_notes(const struct rp_comparison *c,
    size_t *n);

/* Accepts NULL. */
void rp_comparison_free(struct rp_comparison *c);

#endif /* RP_COMPARE_H */
