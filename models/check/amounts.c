/*
 * check/amounts.c - upper ends of what was counted.
 */
#include "check/amounts.h"

/* Half of the last decimal that was printed, in parts per billion. */
static int64_t
half_a_step(unsigned decimals)
{
	int64_t half = 5000000;

	for (; decimals > 0 && half > 0; decimals--)
		half /= 10;
	return half;
}

static uint64_t
at_most(const struct rp_amount *a, uint64_t base)
{
	double share;

	if (!a->known)
		return 0;
	if (a->is_count)
		return rp_count_n(a->count);
	if (rp_share_ppb(a->share) == 0)
		return 0;
	share = (double)(rp_share_ppb(a->share) + half_a_step(a->decimals)) /
	    1e9;
	return share >= 1 ? base : (uint64_t)(share * (double)base + 1);
}

/* A share is one of what the source said that it is one of. */
uint64_t
rp_actual_settled_most(const struct rp_actual *a, uint64_t base)
{
	uint64_t of = a->has_of ? rp_count_n(a->of) : base;
	uint64_t revoked = at_most(&a->metric[RP_METRIC_REVOKED], of);
	uint64_t expired = at_most(&a->expired, of);
	uint64_t gone = at_most(&a->metric[RP_METRIC_GONE], of);
	uint64_t most = expired > base - (revoked < base ? revoked : base) ?
	    base : revoked + expired;

	if (gone > most)
		most = gone;
	if (most > 0 && a->bound == RP_BOUND_AT_LEAST)
		return base;
	return most < base ? most : base;
}
