/*
 * simulate/column.h - the values of all trials at one instant of one curve.
 *
 * They are not kept one by one but as counts of how many trials took which
 * value, in steps of 1 << shift certificates, shift being the least for which
 * all values fit into RP_BAND_VALUES steps.  Steps begin at multiples of their
 * own length, so counts in finer steps add up to those in coarser ones and it
 * does not matter in which order, by whom and in how many goes the values
 * came.  Of few trials that lie far apart the values themselves are kept,
 * which takes less room than the counts and is exact.
 */
#ifndef RP_SIMULATE_COLUMN_H
#define RP_SIMULATE_COLUMN_H

#include <stdatomic.h>

#include "simulate/errors.h"

struct rp_range {
	uint32_t least, most;
};

struct rp_column {
	uint32_t *bin;		/* [room] trials in each step, or their values;
				 * NULL while all values are equal */
	uint32_t first;		/* step of bin 0 */
	uint32_t room;
	uint32_t least;		/* that value; nothing without any */
	uint32_t n;		/* values so far */
	uint8_t shift;
	bool listed;		/* the values themselves */
};

/* The ranks that a band needs: of each quantile, and of those from which its
 * error is told. */
#define RP_BAND_RANKS (3 * RP_QUANTILES)

struct rp_columns {
	struct rp_sampling sampling;
	size_t n;
	struct rp_column *of;		/* [n] */
	uint64_t *sum;			/* [n * sums] of the values, by
					 * replicate */
	size_t sums;
	atomic_uint_fast64_t bytes;	/* of the bins of all of them */
	size_t rank[RP_BAND_RANKS];	/* three of each quantile */
	uint8_t by_rank[RP_BAND_RANKS];	/* indices into it, ascending */
};

/* Trials that are independent have one sum.  false: no memory. */
bool rp_columns_init(struct rp_columns *c, const struct rp_sampling *s,
    size_t n);
void rp_columns_release(struct rp_columns *c);

/* Do without the columns from i on, which there need not be. */
void rp_columns_drop(struct rp_columns *c, size_t i);

/* Add the values of n trials in a row to column i; of another column at the
 * same time if need be.  false: no memory. */
bool rp_column_add(struct rp_columns *c, size_t i, const uint32_t *x,
    size_t n, uint64_t trial);

/* How many numbers it takes to tell a column of that range to others. */
size_t rp_column_numbers(const struct rp_columns *c, struct rp_range range);

/*
 * Tell the values of column i, those of the trials from `first` on, by adding
 * them to what begins with number `at` of so many words of two numbers each;
 * and take those of all from the sums of what all have told.  false: no
 * memory.
 */
void rp_column_tell(const struct rp_columns *c, size_t i,
    struct rp_range range, uint64_t first, uint64_t *word, size_t at);
bool rp_column_hear(struct rp_columns *c, size_t i, struct rp_range range,
    const uint64_t *word, size_t at);

/* From where to where the values of a column that has some reach, to the
 * beginning of their steps. */
struct rp_range rp_column_range(const struct rp_column *c);

/* Know the sum of the values so far. */
void rp_column_settle(struct rp_columns *c, size_t i);

/* No more values will come; false: no memory. */
bool rp_column_close(struct rp_columns *c, size_t i);

/* The band of a closed column; or of a base less its values. */
void rp_column_band(const struct rp_columns *c, size_t i,
    struct rp_band *out);
void rp_column_band_less(const struct rp_columns *c, size_t i, uint32_t base,
    struct rp_band *out);

/* The band where every trial has the same value. */
void rp_band_same(size_t trials, uint32_t value, struct rp_band *out);

#endif /* RP_SIMULATE_COLUMN_H */
