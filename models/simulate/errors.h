/*
 * simulate/errors.h - estimates from trials, each with its standard error.
 *
 * Trials whose inputs are drawn at random are independent, and their spread
 * tells the error.  Trials whose inputs are spread by a design are not: they
 * were made so that the error is smaller.  Then the trials fall into
 * replicates, each of which is a whole design of its own, and the spread
 * between those tells it.
 */
#ifndef RP_SIMULATE_ERRORS_H
#define RP_SIMULATE_ERRORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/simulate.h"

struct rp_sampling {
	size_t n;		/* trials */
	size_t replicates;	/* trial i is of replicate i % replicates;
				 * 0: each trial is independent */
};

/* Trials of replicate r, or all where each is independent. */
size_t rp_sampling_size(const struct rp_sampling *s, size_t r);

/* The mean of n values, in the order of the trials. */
void rp_mean_of(const struct rp_sampling *s, const double *x, double *mean,
    double *se);
void rp_mean_of_counts(const struct rp_sampling *s, const uint32_t *x,
    double *mean, double *se);

/* The same from the sums of their replicates, of which there are some. */
void rp_mean_of_sums(const struct rp_sampling *s, const uint64_t *sum,
    double *mean, double *se);

/* The share of the trials that are at or before `by`. */
void rp_odds_of(const struct rp_sampling *s, const int64_t *x, int64_t by,
    double *odds, double *se);

/* The share of the trials that are marked; or have something above 0. */
void rp_flags_of(const struct rp_sampling *s, const bool *x, double *share,
    double *se);
void rp_share_of(const struct rp_sampling *s, const float *x, double *share,
    double *se);

/*
 * Quantiles, mean and `never` of n instants in the order of the trials,
 * INT64_MAX beyond the horizon; scratch has room for n.
 */
void rp_completion_of(const struct rp_sampling *s, const int64_t *x,
    int64_t *scratch, struct rp_completion *c);

#endif /* RP_SIMULATE_ERRORS_H */
