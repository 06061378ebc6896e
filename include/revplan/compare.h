/*
 * revplan/compare.h - planned against actual, period by period.
 *
 * Stage 5.  Reads: case.h.  Read by: the writers.
 *
 * Exact: shares are whole parts per billion, so the differences of the
 * printed figures are the printed differences.
 *
 * Days are those of earned schedule, SV(t) = ES - AT (W. Lipke, "Schedule is
 * Different", The Measurable News, 2003; PMI, Practice Standard for Earned
 * Value Management, 2nd edition, appendix D).  AT is the moment of the actual
 * and ES the moment at which the plan has its share: with milestones C and
 * C + 1 around it
 *
 *	ES = t(C) + (share - share(C)) / (share(C+1) - share(C))
 *	     * (t(C+1) - t(C))
 *
 * Where the plan stays at that share for a while, ES is whichever moment of
 * that while is nearest to AT: who is there during it is on plan, before it as
 * many days ahead as it is off, after it behind as many as it is past.  Before
 * its first milestone a plan of several is taken to rise from nothing at
 * awareness: the base is what was affected and valid then, so that this is
 * known of every version, while the day of publication need not be known and
 * finds later versions under way.  A plan of one milestone is a date and no
 * curve.
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

/*
 * How far ahead of a plan (+) or behind it (-), as an interval: equal ends
 * when it is known, one end when it is a bound, none when nothing can be said
 * (before the first milestone nothing was due; beyond the last the plan has
 * nothing to be ahead of).  What is complete was so at some moment between
 * the actual that first says so and the one before it, or, if it is revoked,
 * when the last fact `revoked` says so and they tell of all; a moment given as
 * more than a day, and an actual that is a bound, widen it as well.
 */
struct rp_lead {
	bool has_least, has_most;
	struct rp_span least, most;	/* least <= most */
};

struct rp_compare_row {
	char period[RP_PERIOD_TEXT];		/* "2020-08", "2020-W36" */
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
	struct rp_lead lead;
	bool has_first;			/* the same against the first plan, */
	struct rp_share first;		/* where that is another one */
	bool has_first_difference;
	struct rp_share first_difference;
	struct rp_lead first_lead;
	bool has_replaced, has_revoked, has_expired, has_remaining;
	uint64_t replaced, revoked, expired, remaining; /* certificates */
	enum rp_progress status;
	const char *source;		/* of the actual, or NULL */
	uint32_t line;			/* of the actual, 0 if none */
};

/*
 * What became of a milestone of the version before.  A milestone is the same
 * one if it has the same share; failing that, the date tells whether less is
 * promised by then for certain, or more.
 */
struct rp_plan_move {
	struct rp_share share;
	struct rp_when was;
	bool has_now;			/* false: the share is not reached */
	struct rp_instant now;		/* done by the end of it */
	bool between;			/* now is read off the line between two
					 * milestones */
	bool worse;			/* later, or less by then */
	bool has_gain;
	struct rp_span gain;		/* was - now: + is earlier */
};

/* One version of the plan, and how it differs from the one before. */
struct rp_plan_version {
	const struct rp_plan *plan;
	bool chosen;			/* the one that is compared */
	bool has_completion;
	struct rp_when completion;	/* when it has 100 % */
	bool comparable;		/* there is one before, of its metric */
	size_t kept;			/* milestones of the one before: as
					 * they were, */
	size_t dropped;			/* gone, and nothing can be said, */
	size_t n_moves;			/* moved */
	const struct rp_plan_move *move;
	size_t n_worse;			/* of the moves */
	bool has_mean;
	struct rp_span mean_gain;	/* of the moves that have one */
};

/*
 * Something about plans, metrics and bases that a reader must be told.
 * Question numbers are those that `judge` cites; 0: none.
 */
struct rp_plan_finding {
	const char *id;			/* "plan-rebaselined-silently", ... */
	bool information;		/* true: nothing is wrong with it */
	unsigned question;
	const char *text;		/* whole sentences */
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

/*
 * The versions of the plan that were out by as_of, the first first.  The first
 * is the first ever published: a version that was corrected as an error is
 * none.
 */
const struct rp_plan_version *rp_comparison_versions(
    const struct rp_comparison *c, size_t *n);

/* The first version, where another one is compared; else NULL. */
const struct rp_plan *rp_comparison_first(const struct rp_comparison *c);

/*
 * plan-rebaselined-silently  a version takes something back and has no notice
 * plan-rebaselined           the same with a notice (information)
 * plan-metric-changed        a version counts another metric
 * plan-base-changed          the base of a version is not that of the one
 *                            before, or not the one known at the time
 * actuals-metric-differs     the actuals do not count what the plan counts
 * base-changed               the base of an actual is not the one known at
 *                            the time, or not that of the one before
 * actuals-fall               a cumulative figure goes down
 * scope-grew                 more certificates are affected than was known at
 *                            first (information)
 */
const struct rp_plan_finding *rp_comparison_findings(
    const struct rp_comparison *c, size_t *n);

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
