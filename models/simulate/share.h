/*
 * simulate/share.h - what the processes that share the trials tell each other.
 *
 * Each runs the trials of one block.  Afterwards all of them hold the results
 * of all trials, in their order; everything that follows from these they work
 * out alike.  Without peers nothing is done here.
 */
#ifndef RP_SIMULATE_SHARE_H
#define RP_SIMULATE_SHARE_H

#include "simulate/column.h"

/* The first trial of a rank, of so many; of rank n: their number. */
uint64_t rp_share_from(const struct rp_peers *p, uint64_t trials,
    unsigned rank);
/* Of this process itself, and the first that is no longer its own. */
uint64_t rp_share_first(const struct rp_peers *p, uint64_t trials);
uint64_t rp_share_until(const struct rp_peers *p, uint64_t trials);

/*
 * Whether all have come so far: the status of the one whose trial failed
 * first, and its error, which must not be NULL.  What does not concern a trial
 * counts as the last of them.
 */
RP_CHECKED rp_status rp_share_agree(const struct rp_peers *p, rp_status rc,
    uint64_t trial, struct rp_err *err);

/* The least of all. */
RP_CHECKED rp_status rp_share_least(const struct rp_peers *p, uint64_t *x,
    struct rp_err *err);

/* The trials of all in an array of `trials` items of this size, of which each
 * has filled in its own. */
RP_CHECKED rp_status rp_share_items(const struct rp_peers *p, void *items,
    size_t size, uint64_t trials, struct rp_err *err);

/* The values of all in the columns, which were not closed yet. */
RP_CHECKED rp_status rp_share_columns(const struct rp_peers *p,
    struct rp_columns *c, struct rp_err *err);

#endif /* RP_SIMULATE_SHARE_H */
