/*
 * revplan/whatif.h - what a change of the case changes.
 *
 * Stage 4.  Reads: simulate.h.  Read by: the writers.
 *
 * Two variants of a case share the randomness of the parts that they share,
 * so trial i of the one is held against trial i of the other: the difference
 * is known far better than either.
 */
#ifndef RP_WHATIF_H
#define RP_WHATIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"
#include "revplan/simulate.h"

/* A mean difference, variant less base, over the same trials. */
struct rp_difference {
	bool has;
	double base, variant;		/* means */
	double mean;
	double se;			/* of the mean; NaN of one trial */
	uint64_t trials;		/* pairs that it rests on */
};

#define RP_WHATIF_SHARES 2
extern const double rp_whatif_share[RP_WHATIF_SHARES]; /* .5 .85 */

struct rp_whatif_answer {
	/* Completion of all, in days since awareness; of the trials that are
	 * complete in both. */
	struct rp_difference completion_days;
	/* Completion counted up to the earlier horizon in every trial: has no
	 * censored pairs, and is a lower bound of the change beyond it. */
	struct rp_difference days_to_horizon;
	/* When half, and 85 %, of the base are done; at the points of the
	 * grid, and like days_to_horizon where they never are. */
	struct rp_difference share_days[RP_WHATIF_SHARES];
	/* A quantile of the completion, in days since awareness; has: it lies
	 * before the horizon in both.  `mean` is the difference of the two
	 * quantiles, NaN its error where there are too few trials. */
	struct rp_difference quantile_days[RP_COMPLETION_QUANTILES];
	struct rp_difference never;		/* share not complete */
	struct rp_difference deadline;		/* share done by then */
	struct rp_difference replaced_deadline;	/* certificates by then */
	struct rp_difference harmed_deadline;
	struct rp_difference overdue_days;
	double sooner;			/* share of the trials in which the
					 * variant is complete first */
	double sooner_se;
};

/*
 * Hold two sets of trials against each other.  Both borrowed.
 * RP_ESTATE: their seeds, numbers of trials or metrics are not the same.
 */
RP_CHECKED rp_status rp_whatif(const struct rp_trials *base,
    const struct rp_trials *variant, struct rp_whatif_answer *out,
    struct rp_err *err);

#endif /* RP_WHATIF_H */
