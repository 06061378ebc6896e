/*
 * forecast/ranks.h - order statistics of trials, which may have weights.
 */
#ifndef RP_FORECAST_RANKS_H
#define RP_FORECAST_RANKS_H

#include <stdbool.h>
#include <stddef.h>

#include "forecast/observe.h"

struct rp_ranks {
	size_t n;
	const double *weight;		/* [n] borrowed; NULL: all count one */
	double *value;			/* [n] to be set, then put in order */
	double *scratch;		/* [n] of those that count alike */
	struct rp_ranked *ranked;	/* [2 * n] of those that do not */
};

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_ranks_init(struct rp_ranks *r, size_t n,
    const double *weight, struct rp_err *err);
void rp_ranks_release(struct rp_ranks *r);

/* After the values were set, and before they are asked for. */
void rp_ranks_order(struct rp_ranks *r);

/* From either end: the value at which so much of the weight is gathered. */
double rp_ranks_gathered(const struct rp_ranks *r, double need,
    bool from_top);

#endif /* RP_FORECAST_RANKS_H */
