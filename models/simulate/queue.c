/*
 * simulate/queue.c - finite capacity, first come first served.
 *
 * Capacity gathers while there is somebody to serve and is lost while there is
 * not.  What was earned and what was used of it are counted from when the
 * queue was idle last, in certificates times ticks, so a working day gives
 * exactly its rate however it is cut by the grid.
 */
#include <math.h>

#include "simulate/flow.h"

static uint32_t
waiting(const struct rp_queue_state *q, size_t members)
{
	uint32_t n = 0;

	for (size_t i = 0; i < members; i++)
		n += q->waiting[i];
	return n;
}

uint32_t
rp_queue_waiting(const struct rp_engine *e, size_t queue)
{
	return waiting(&e->queue[queue], e->m->queue[queue].n_members);
}

static bool
by_working_day(const struct rp_queue *queue)
{
	return (queue->step->kind == RP_STEP_TEAM ?
	    queue->step->as.team.rate.per :
	    queue->step->as.notice.rate.per) == RP_PER_WORKING_DAY;
}

double
rp_rate_unit(enum rp_per per)
{
	switch (per) {
	case RP_PER_HOUR:
		return 3600.0;
	case RP_PER_DAY:
		return 86400.0;
	case RP_PER_WORKING_DAY:
		return (double)RP_WORKDAY_TICKS;
	case RP_PER_WEEK:
		return 604800.0;
	case RP_PER_MONTH:
		break;
	}
	return 2629746.0;	/* a twelfth of the Gregorian year */
}

void
rp_queue_prepare(struct rp_engine *e, size_t i)
{
	const struct rp_queue *queue = &e->m->queue[i];

	e->queue[i].unit = rp_rate_unit(queue->step->kind == RP_STEP_TEAM ?
	    queue->step->as.team.rate.per : queue->step->as.notice.rate.per);
	e->queue[i].clock = by_working_day(queue) ?
	    e->m->calendar[queue->calendar].ticks : e->m->grid.t;
}

int64_t
rp_queue_clock(const struct rp_model *m, const struct rp_queue *queue,
    int64_t t)
{
	if (!by_working_day(queue))
		return t;
	return rp_calendar_ticks(m->calendar[queue->calendar].calendar,
	    rp_instant_of_s(t));
}

/* The ramp, summed over so many days since the first arrival. */
static double
ramped(const struct rp_queue_state *q, double days)
{
	double steep = fmin(days, q->ramp_over);

	if (!(q->ramp_over > 0.0))
		return days;
	return q->ramp_from * steep + (1.0 - q->ramp_from) * steep * steep /
	    (2.0 * q->ramp_over) + (days - steep);
}

/* Whether it works at the same rate all the time. */
static bool
is_plain(const struct rp_queue_state *q)
{
	return !(q->ramp_over > 0.0) && !(q->variation > 0.0);
}

/*
 * The chance of a day.  Its lane is that of the day, so the draw does not
 * depend on how the grid cuts the days before it; four days share a block, and
 * all cells of a day what was drawn for it.
 */
static double
chance_of(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, uint64_t day)
{
	uint64_t block = day / RP_NORMALS_AT;

	if (!q->has_chance || q->chance_block != block)
		rp_draw_normals_at(queue->key, e->trial, 2 + block,
		    q->chance);
	q->has_chance = true;
	q->chance_block = block;
	return q->chance[day % RP_NORMALS_AT];
}

/* How the capacity from clock a to b differs from the plain rate. */
static double
pace(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, int64_t a, int64_t b)
{
	double unit = by_working_day(queue) ? (double)RP_WORKDAY_TICKS :
	    86400.0;
	double factor = 1.0;

	if ((double)(a - q->opened) < q->ramp_over * unit)
		factor = (ramped(q, (double)(b - q->opened) / unit) -
		    ramped(q, (double)(a - q->opened) / unit)) * unit /
		    (double)(b - a);
	if (q->variation > 0.0)
		factor *= fmax(0.0, 1.0 + q->variation * chance_of(e, queue,
		    q, (uint64_t)((double)a / unit)));
	return factor;
}

/*
 * n leave the buckets, oldest first.  Those of one bucket came in no known
 * order, so any of them are as likely to go as any others.
 */
static void
leave_buckets(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, uint32_t n, uint32_t *served)
{
	size_t members = queue->n_members;

	while (n > 0 && q->head < e->m->grid.n) {
		uint32_t *b = &q->bucket[q->head * members];
		uint32_t all = 0, take;
		bool empty;

		for (size_t i = 0; i < members; i++)
			all += b[i];
		take = all < n ? all : n;
		empty = take == all;
		n -= take;
		for (size_t i = 0; i < members && take > 0; i++) {
			uint32_t k = b[i] == all ? take :
			    rp_draw_hypergeometric(&q->stream, b[i],
			    all - b[i], take);

			all -= b[i];
			take -= k;
			b[i] -= k;
			q->waiting[i] -= k;
			served[i] += k;
		}
		if (empty)
			q->head++;
	}
}

/* What it has earned when its clock has run from a to b. */
static void
earn(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, int64_t a, int64_t b)
{
	if (q->opened < 0)
		q->opened = a;
	if (q->idle) {
		q->busy_from = a;
		q->earned = q->used = 0.0;
		q->idle = false;
	}
	if (is_plain(q))
		q->earned = q->rate * (double)(b - q->busy_from);
	else
		q->earned += q->rate * pace(e, queue, q, a, b) *
		    (double)(b - a);
}

/*
 * What was added up cell by cell lacks a little by rounding: so little more
 * makes a certificate whole that is done just when a day ends, however finely
 * the grid cuts the days before it.
 */
#define ROUNDING 1e-11

static double
done_by_now(const struct rp_queue_state *q)
{
	return is_plain(q) ? q->earned : q->earned * (1.0 + ROUNDING);
}

/* Let the clock run from a to b. */
static void
work(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, int64_t a, int64_t b, uint32_t *served)
{
	uint32_t there = waiting(q, queue->n_members), n;
	double can;

	if (there == 0 || b <= a)
		return;
	earn(e, queue, q, a, b);
	can = floor(done_by_now(q) / q->unit) - q->used;
	n = can >= (double)there ? there : (uint32_t)can;
	q->used += (double)n;
	q->idle = n == there;
	if (queue->n_members > 1) {
		leave_buckets(e, queue, q, n, served);
		return;
	}
	q->waiting[0] -= n;
	served[0] += n;
}

/* Where its clock stands at a place in cell c. */
static int64_t
clock_within(const struct rp_engine *e, const struct rp_queue *queue,
    size_t c, double place)
{
	const int64_t *t = e->m->grid.t;

	return rp_queue_clock(e->m, queue, t[c] +
	    (int64_t)(place * (double)(t[c + 1] - t[c])));
}

/*
 * When the first of those comes who end its idleness in cell c.  Of n who come
 * anywhere in it the first comes before x with probability 1 - (1 - x)^n.
 */
static int64_t
first_arrival(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, size_t c)
{
	double first = q->late > 0 ? q->late_at : 1.0;

	if (q->spread > 0)
		first = fmin(first, -expm1(log(rp_stream_uniform(&q->stream)) /
		    (double)q->spread));
	return clock_within(e, queue, c, first);
}

/* Let it work over cell c. */
static void
work_cell(const struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, size_t c, uint32_t *served)
{
	int64_t a = q->clock[c], b = q->clock[c + 1];
	uint32_t late = queue->n_members == 1 ? q->late : 0;

	if (q->idle && b > a &&
	    waiting(q, queue->n_members) == q->late + q->spread)
		a = first_arrival(e, queue, q, c);
	if (late > 0) {
		/* They come at a known moment: work for the others first. */
		int64_t x = clock_within(e, queue, c, q->late_at);

		q->waiting[0] -= late;
		work(e, queue, q, a, x, served);
		q->waiting[0] += late;
		a = x;
	}
	work(e, queue, q, a, b, served);
}

bool
rp_queue_serve(struct rp_engine *e, size_t queue_index, size_t c,
    uint32_t *served)
{
	const struct rp_queue *queue = &e->m->queue[queue_index];
	struct rp_queue_state *q = &e->queue[queue_index];
	const int64_t *t = e->m->grid.t;
	bool any = waiting(q, queue->n_members) > 0;

	if (any) {
		for (size_t i = 0; i < queue->n_members; i++)
			served[i] = 0;
		work_cell(e, queue, q, c, served);
		q->waited_s += waiting(q, queue->n_members) *
		    (uint64_t)(t[c + 1] - t[c]);
	} else {
		q->idle = true;
	}
	q->late = q->spread = 0;
	return any;
}

/* Cell after cell as rp_queue_serve() has it, for one member. */
static size_t
drain_paced(struct rp_engine *e, const struct rp_queue *queue,
    struct rp_queue_state *q, size_t i, uint32_t *served)
{
	const int64_t *t = e->m->grid.t, *clock = q->clock;

	for (; q->waiting[0] > 0 && i + 1 < e->m->grid.n; i++) {
		work(e, queue, q, clock[i], clock[i + 1], &served[i]);
		q->waited_s += q->waiting[0] * (uint64_t)(t[i + 1] - t[i]);
	}
	return i;
}

/* The same at one rate: this is where most of a trial of a team goes. */
static size_t
drain_plain(struct rp_engine *e, struct rp_queue_state *q, size_t i,
    uint32_t *served)
{
	const int64_t *t = e->m->grid.t, *clock = q->clock;
	uint32_t there = q->waiting[0];
	double used;

	if (q->idle) {
		q->busy_from = clock[i];
		q->used = 0.0;
		q->idle = false;
	}
	used = q->used;
	for (; there > 0 && i + 1 < e->m->grid.n; i++) {
		if (clock[i + 1] > clock[i]) {
			double can = q->rate * (double)(clock[i + 1] -
			    q->busy_from) / q->unit - used;
			uint32_t n = can >= (double)there ? there :
			    (uint32_t)can;

			served[i] += n;
			used += (double)n;
			there -= n;
		}
		q->waited_s += there * (uint64_t)(t[i + 1] - t[i]);
	}
	q->used = used;
	q->idle = there == 0;
	q->waiting[0] = there;
	return i;
}

size_t
rp_queue_drain(struct rp_engine *e, size_t queue_index, size_t i,
    uint32_t *served)
{
	struct rp_queue_state *q = &e->queue[queue_index];

	return is_plain(q) ? drain_plain(e, q, i, served) :
	    drain_paced(e, &e->m->queue[queue_index], q, i, served);
}

bool
rp_queue_can_drain(const struct rp_engine *e, size_t queue)
{
	const struct rp_queue_state *q = &e->queue[queue];

	return e->m->queue[queue].n_members == 1 && !(q->bounces > 0.0);
}
