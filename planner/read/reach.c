/*
 * planner/read/reach.c - between which bounds an uncertain number can lie.
 */
#include "read/binder.h"

#include <math.h>

/* Points of an empirical distribution ascend, those of a one-of need not. */
static struct rp_reach
of_points(const struct rp_dist *dist)
{
	struct rp_reach r = { HUGE_VAL, -HUGE_VAL };
	size_t i;

	/* Of one with a fault nothing is known. */
	if (dist->n_points == 0)
		return (struct rp_reach){ -HUGE_VAL, HUGE_VAL };
	for (i = 0; i < dist->n_points; i++) {
		r.low = fmin(r.low, dist->point[i]);
		r.high = fmax(r.high, dist->point[i]);
	}
	return r;
}

/* From the low end of one parameter to the high end of another. */
static struct rp_reach
between(const struct rp_dist *dist, unsigned low, unsigned high)
{
	return (struct rp_reach){ rp_reach_of(&dist->param[low]).low,
	    rp_reach_of(&dist->param[high]).high };
}

struct rp_reach
rp_reach_of(const struct rp_quantity *q)
{
	const struct rp_dist *dist = q->dist;

	if (dist == NULL)
		return (struct rp_reach){ q->fixed, q->fixed };
	switch (dist->kind) {
	case RP_DIST_UNIFORM:
		return between(dist, 0, 1);
	case RP_DIST_TRIANGULAR:
		return between(dist, 0, 2);
	case RP_DIST_BETA:
		if (dist->n_params == 4)
			return between(dist, 2, 3);
		return (struct rp_reach){ 0, 1 };
	case RP_DIST_NORMAL:
		/* Cut below 0; of instants 0 is long ago. */
		return (struct rp_reach){ 0, HUGE_VAL };
	case RP_DIST_EXPONENTIAL:
	case RP_DIST_GAMMA:
	case RP_DIST_WEIBULL:
	case RP_DIST_LOGNORMAL:
		return (struct rp_reach){ 0, HUGE_VAL };
	case RP_DIST_PARETO:
		return (struct rp_reach){ rp_reach_of(&dist->param[0]).low,
		    HUGE_VAL };
	case RP_DIST_ONE_OF:
	case RP_DIST_EMPIRICAL:
	case RP_DIST_HISTOGRAM:
		return of_points(dist);
	}
	return (struct rp_reach){ -HUGE_VAL, HUGE_VAL };
}
