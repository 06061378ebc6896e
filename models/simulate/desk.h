/*
 * simulate/desk.h - the clock and the arithmetic of a queue.
 *
 * Capacity is counted in certificates times the unit of the rate, so that a
 * working day gives exactly its rate however it is cut by the grid.
 */
#ifndef RP_SIMULATE_DESK_H
#define RP_SIMULATE_DESK_H

#include <math.h>

#include "simulate/model.h"

/* What a rate is stated for: a team's or a notice's. */
const struct rp_rate *rp_desk_rate(const struct rp_queue *q);

/* Where its clock stands at each point of the grid: seconds, or ticks of its
 * calendar for a rate by working day; and between the points. */
const int64_t *rp_desk_clock(const struct rp_model *m,
    const struct rp_queue *q);
int64_t rp_desk_clock_at(const struct rp_model *m, const struct rp_queue *q,
    int64_t t);

/*
 * Whole certificates that so much capacity serves.  A rate that is no whole
 * number is not exact, nor is a sum of it: what is next to nothing below a
 * whole one, is that one, however it came about.
 */
#define RP_DESK_SLACK 1e-9

static inline double
rp_desk_whole(double capacity, double unit)
{
	return floor(capacity / unit + RP_DESK_SLACK);
}

#endif /* RP_SIMULATE_DESK_H */
