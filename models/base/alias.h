/*
 * base/alias.h - one of n, each with a weight of its own, at a cost that does
 * not depend on n.
 *
 * The alias method (Walker 1977), its table made by Vose's algorithm (1991):
 * each cell of the table holds what is left of one weight and, for the rest of
 * the cell, one other.  One word of the stream chooses both.
 */
#ifndef RP_BASE_ALIAS_H
#define RP_BASE_ALIAS_H

#include <stddef.h>
#include <stdint.h>

#include "base/stream.h"
#include "revplan/err.h"

/* Of a cell, what lies below `own` (of 2^32, then of 2^64) is the cell's. */
struct rp_alias_cell {
	uint32_t own;
	uint32_t other;
};

/* Read only once made, so any number of threads may draw from one. */
struct rp_alias {
	unsigned bits;		/* the table has 2^bits cells, at least 2 */
	struct rp_alias_cell *cell;
	uint32_t *own_low;	/* the lower half of `own` */
};

#define RP_ALIAS_MAX ((size_t)1 << 30)

/*
 * A table that yields i with probability weight[i] / their sum, to double
 * rounding.  weight is borrowed during the call.
 *
 * RP_EINPUT  a weight is negative or not finite, or all are 0
 * RP_ERANGE  n is 0 or above RP_ALIAS_MAX
 * RP_ENOMEM
 * In each case nothing is left.  Cost: O(n) time, 12 bytes for each n, rounded
 * up to a power of 2.
 */
RP_CHECKED rp_status rp_alias_init(struct rp_alias *t, const double *weight,
    size_t n, struct rp_err *err);

/* Fine after a failed init and on all zeros. */
void rp_alias_release(struct rp_alias *t);

/* 0 .. n - 1; what has no weight never comes out.  Uses one word. */
static inline uint32_t
rp_alias_draw(struct rp_stream *s, const struct rp_alias *t)
{
	uint64_t word = rp_stream_word(s);
	uint32_t i = (uint32_t)(word >> (64 - t->bits));
	struct rp_alias_cell c = t->cell[i];
	uint32_t high = (uint32_t)(word << t->bits >> 32);

	if (__builtin_expect(high == c.own, 0))
		return (uint32_t)(word << t->bits) < t->own_low[i] ? i :
		    c.other;
	return high < c.own ? i : c.other;
}

#endif /* RP_BASE_ALIAS_H */
