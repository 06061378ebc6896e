/*
 * simulate/desk.c - the clock of a queue.
 */
#include "simulate/desk.h"

const struct rp_rate *
rp_desk_rate(const struct rp_queue *q)
{
	return q->step->kind == RP_STEP_TEAM ? &q->step->as.team.rate :
	    &q->step->as.notice.rate;
}

const int64_t *
rp_desk_clock(const struct rp_model *m, const struct rp_queue *q)
{
	return rp_desk_rate(q)->per == RP_PER_WORKING_DAY ?
	    m->calendar[q->calendar].ticks : m->grid.t;
}

int64_t
rp_desk_clock_at(const struct rp_model *m, const struct rp_queue *q,
    int64_t t)
{
	if (rp_desk_rate(q)->per != RP_PER_WORKING_DAY)
		return t;
	return rp_calendar_ticks(m->calendar[q->calendar].calendar,
	    rp_instant_of_s(t));
}
