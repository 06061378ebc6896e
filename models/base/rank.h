/*
 * base/rank.h - values in order, at a cost that grows with their number only.
 *
 * By digits: where most values agree, as the days of completion of many
 * trials do, few digits are left to look at.
 */
#ifndef RP_BASE_RANK_H
#define RP_BASE_RANK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A number whose order is that of the values. */
static inline uint64_t
rp_rank_key(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63;
}

/* Sort n values, ascending, in place. */
void rp_sort_i64(int64_t *x, size_t n);

/*
 * The value that has k others before it in order, k < n.  scratch has room
 * for n and may be x itself, which is used up then.
 */
double rp_value_of_rank(const double *x, size_t n, size_t k, double *scratch);

#endif /* RP_BASE_RANK_H */
