/*
 * simulate/chain.c - the probability to be through a path by an instant.
 */
#include "simulate/chain.h"

#include <math.h>


/* ---- instants to instants ----------------------------------------------- */

static double
desk_clock(const struct rp_chain *c, const struct rp_link *l, double t)
{
	struct rp_instant at = rp_instant_of_s((int64_t)floor(t));

	return l->by_working_day ? (double)rp_calendar_ticks(
	    c->m->calendar[l->calendar].calendar, at) : floor(t);
}

static double
mapped(const struct rp_chain *c, const struct rp_link *l, double u)
{
	if (rp_hop_maps_instants(&l->hop))
		return rp_hop_mapped(c->m, &l->hop, u);
	return rp_hop_after(c->m, &l->hop, u,
	    l->hop.law.a[0] * l->hop.law.scale);
}

/* Whether what comes at u is through by t. */
static bool
through(const struct rp_chain *c, const struct rp_link *l, double u,
    double t)
{
	if (l->kind == RP_LINK_DESK)
		return desk_clock(c, l, u) + l->need <= desk_clock(c, l, t);
	return mapped(c, l, u) <= t;
}

static double
back_from_desk(const struct rp_chain *c, const struct rp_link *l, double t)
{
	double rest = floor(desk_clock(c, l, t) - l->need);
	struct rp_instant at;

	if (!l->by_working_day)
		return floor(t) - l->need;
	if (!(rest >= 0.0))
		return -1.0;
	return rp_calendar_until_ticks(c->m->calendar[l->calendar].calendar,
	    (int64_t)rest, &at) ? (double)rp_instant_s(at) : t;
}

static double
back_from_wait(const struct rp_chain *c, const struct rp_link *l, double t)
{
	const struct rp_calendar *cal = c->m->calendar[l->calendar].calendar;
	double delay = l->hop.law.a[0] * l->hop.law.scale;
	int64_t work = llround(delay), rest;
	struct rp_instant at;

	if (!rp_hop_is_working(&l->hop))
		return t - delay;
	rest = rp_calendar_seconds(cal, rp_instant_of_s((int64_t)floor(t))) -
	    work;
	if (work > 0 && rest < 0)
		return -1.0;
	/* No work to do: nothing keeps it. */
	return work > 0 && rp_calendar_at_seconds(cal, rest + 1, &at) ?
	    (double)rp_instant_s(at) - 1.0 : t;
}

/*
 * The last second at which one may come to be through by t, as if there were
 * no start: by going back on the clock of the link.  false: it has no clock.
 */
static bool
back_on_clock(const struct rp_chain *c, const struct rp_link *l, double t,
    double *u)
{
	struct rp_instant at;

	*u = -1.0;
	if (l->kind == RP_LINK_DESK) {
		*u = back_from_desk(c, l, t);
	} else if (l->hop.step->kind == RP_STEP_GATE) {
		*u = l->hop.law.a[0] <= t ? t : -1.0;
	} else if (l->hop.step->kind != RP_STEP_BATCH) {
		*u = back_from_wait(c, l, t);
	} else {
		if (l->hop.step->as.batch.on != RP_BATCH_WORKING_DAY)
			return false;
		if (rp_calendar_last(c->m->calendar[l->calendar].calendar,
		    rp_instant_of_s((int64_t)floor(t)), &at))
			*u = (double)rp_instant_s(at);
	}
	return true;
}

/* The same where only trying tells, from `high` back; -1: none. */
static double
back_by_trying(const struct rp_chain *c, const struct rp_link *l, double t,
    double high)
{
	double start = floor(c->start), step = 3600.0, low = high;

	if (through(c, l, high, t))
		return high;
	while (!through(c, l, low, t)) {
		if (low <= start)
			return -1.0;
		high = low;
		low = fmax(start, low - step);
		step *= 2.0;
	}
	while (high - low > 1.0) {
		double mid = floor(0.5 * (low + high));

		if (through(c, l, mid, t))
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* The last second at which one may come to be through by t; -1: none. */
static double
last_entry(const struct rp_chain *c, const struct rp_link *l, double t)
{
	double low = floor(c->start), high = floor(t), u;

	if (high < low)
		return -1.0;
	if (!back_on_clock(c, l, t, &u))
		return back_by_trying(c, l, t, high);
	u = floor(u);
	return u < low ? -1.0 : fmin(u, high);
}

/* ---- delays ------------------------------------------------------------- */

/* Whether all get to the end of a link at one instant that is known. */
static bool
instant_of(const struct rp_chain *c, size_t link, double *u)
{
	if (link == RP_CHAIN_START) {
		*u = c->start;
		return true;
	}
	if (c->link[link].kind != RP_LINK_MAP ||
	    c->link[link].hop.never > 0.0 ||
	    !instant_of(c, c->link[link].before, u))
		return false;
	*u = mapped(c, &c->link[link], *u);
	return isfinite(*u);
}

static double
clock_at(const struct rp_chain *c, const struct rp_hop *h, double t)
{
	if (!rp_hop_is_working(h))
		return t;
	return (double)rp_calendar_seconds(
	    c->m->calendar[h->calendar].calendar,
	    rp_instant_of_s((int64_t)floor(t)));
}

/* P(a delay from u on is over by an instant at which its clock shows `now`). */
static double
over_by(const struct rp_chain *c, const struct rp_hop *h, double u,
    double now)
{
	double lag = now - clock_at(c, h, u);

	return lag < 0.0 ? 0.0 : rp_hop_lag_cdf(h, lag);
}

static double
density(const struct rp_chain *c, const double *by, size_t i)
{
	return i == 0 || i >= c->n_points ? 0.0 :
	    (by[i] - by[i - 1]) / (c->point[i] - c->point[i - 1]);
}

/*
 * By how much the density grows over the second half of the cell that ends at
 * point i, of what it is in its middle: by the gentler of the slopes to its
 * two neighbours, not at all where it rises and falls again.
 */
static double
slope_of(const struct rp_chain *c, const double *by, size_t i)
{
	const double *x = c->point;
	double here = density(c, by, i), width = x[i] - x[i - 1], up, down;

	if (!(here > 0.0) || i < 2 || i + 1 >= c->n_points)
		return 0.0;
	up = (density(c, by, i + 1) - here) / (x[i + 1] - x[i - 1]) * width;
	down = (here - density(c, by, i - 1)) / (x[i] - x[i - 2]) * width;
	if (!(up * down > 0.0))
		return 0.0;
	return fmax(-1.0, fmin(1.0, (fabs(up) < fabs(down) ? up : down) /
	    here));
}

static void
make_table(struct rp_chain *c, size_t link)
{
	struct rp_link *l = &c->link[link];
	const double *x = c->point;
	double sum;

	for (size_t i = 0; i < c->n_points; i++) {
		double by = rp_chain_by(c, link, x[i]);

		/* Rounding must not make mass negative. */
		l->by[i] = i > 0 ? fmax(by, l->by[i - 1]) : by;
	}
	sum = l->by[0] * x[0];
	for (size_t i = 1; i < c->n_points; i++) {
		double mass = l->by[i] - l->by[i - 1];

		l->slope[i] = slope_of(c, l->by, i);
		/* A third of the half width, by so much of the density. */
		sum += mass * (0.5 * (x[i - 1] + x[i]) + l->slope[i] *
		    (x[i] - x[i - 1]) / 6.0);
		if (mass > 0.0)
			l->last = i;
	}
	l->mean = sum / l->by[l->last];
	l->made = true;
}

static const struct rp_link *
table_of(struct rp_chain *c, size_t link)
{
	if (!c->link[link].made)
		make_table(c, link);
	return &c->link[link];
}

/* A delay after what a table tells, by t. */
struct after {
	const struct rp_chain *c;
	const struct rp_hop *h;
	const double *x, *by, *slope;
	double t, now;
};

static double
over(const struct after *f, double u)
{
	return over_by(f->c, f->h, u, f->now);
}

/*
 * Part of the cell that ends at point i, from u to v; with what is over of
 * that which begins at its ends.  Where that falls from all to nothing within
 * a small part of a cell, as for a delay that is short to a cell, it is that
 * part which must be looked at.
 */
struct slab {
	size_t i;
	double u, v, over_u, over_v;
};

#define FLAT 0.1
#define HALVINGS 7

static double
mass_of(const struct after *f, const struct slab *p)
{
	double a = f->x[p->i - 1], width = f->x[p->i] - a;
	double middle = 0.5 * (p->u + p->v) - a;

	return (f->by[p->i] - f->by[p->i - 1]) * (p->v - p->u) / width *
	    (1.0 + f->slope[p->i] * (2.0 * middle / width - 1.0));
}

/* By Gauss's two nodes; the density is taken at each of them. */
static double
by_nodes(const struct after *f, const struct slab *p)
{
	double a = f->x[p->i - 1], width = f->x[p->i] - a;
	double half = 0.5 * (p->v - p->u), sum = 0.0;

	for (int k = -1; k <= 1; k += 2) {
		double u = p->u + half * (1.0 + k * 0.57735026918962576);

		sum += (1.0 + f->slope[p->i] * (2.0 * (u - a) / width -
		    1.0)) * over(f, u);
	}
	return (f->by[p->i] - f->by[p->i - 1]) * half / width * sum;
}

static double
from_slab(const struct after *f, const struct slab *p, int halvings)
{
	struct slab early = *p, late = *p;

	/* It never grows: the same at both ends is the same between. */
	if (p->over_u == p->over_v)
		return mass_of(f, p) * p->over_u;
	if (halvings == 0 || p->over_u - p->over_v < FLAT)
		return by_nodes(f, p);
	early.v = late.u = 0.5 * (p->u + p->v);
	early.over_v = late.over_u = over(f, early.v);
	return from_slab(f, &early, halvings - 1) +
	    from_slab(f, &late, halvings - 1);
}

/*
 * Where all begin long before t, what is over of them falls along a straight
 * line, and it is enough to know when they begin on average.
 */
#define STRAIGHT 1e-12

static bool
is_straight(const struct after *f, const struct rp_link *before, double last,
    double *sum)
{
	double from = f->x[0], until = f->x[before->last], first;

	if (until > f->t)
		return false;
	first = over(f, from);
	*sum = f->by[before->last] * (first + (last - first) *
	    (before->mean - from) / (until - from));
	return fabs(over(f, 0.5 * (from + until)) - 0.5 * (first + last)) <
	    STRAIGHT;
}

/* The first point at or after t, or the last one. */
static size_t
point_at(const struct rp_chain *c, double t)
{
	size_t i = 0, end = c->n_points - 1;

	while (i < end) {
		size_t mid = i + (end - i) / 2;

		if (c->point[mid] < t)
			i = mid + 1;
		else
			end = mid;
	}
	return i;
}

/* Latest arrivals first, until all of those before are through for sure. */
static double
convolved(struct rp_chain *c, const struct rp_link *l, double t)
{
	const struct rp_link *before = table_of(c, l->before);
	struct after f = { c, &l->hop, c->point, before->by, before->slope, t,
	    clock_at(c, &l->hop, t) };
	double all = 1.0 - l->hop.never, sum = 0.0;
	size_t i = point_at(c, t);
	struct slab p;

	i = i < before->last ? i : before->last;
	p.over_u = over(&f, f.x[i]);
	if (i > 0 && i == before->last &&
	    is_straight(&f, before, p.over_u, &sum))
		return sum;
	sum = 0.0;
	for (; i > 0; i--) {
		p.over_v = p.over_u;
		if (p.over_v >= all)
			return sum + f.by[i] * all;
		p.over_u = over(&f, f.x[i - 1]);
		if (!(f.by[i] > f.by[i - 1]) || f.x[i - 1] >= t)
			continue;
		p.i = i;
		p.u = f.x[i - 1];
		p.v = fmin(f.x[i], t);
		sum += from_slab(&f, &p, HALVINGS);
	}
	return sum + f.by[0] * p.over_u;
}

static double
delayed(struct rp_chain *c, const struct rp_link *l, double t)
{
	double u;

	if (!instant_of(c, l->before, &u))
		return convolved(c, l, t);
	return t < u ? 0.0 : over_by(c, &l->hop, u,
	    clock_at(c, &l->hop, t));
}

/* ---- any link ----------------------------------------------------------- */

double
rp_chain_by(struct rp_chain *c, size_t link, double t)
{
	const struct rp_link *l;
	double u;

	if (link == RP_CHAIN_START)
		return t >= c->start ? 1.0 : 0.0;
	l = &c->link[link];
	switch (l->kind) {
	case RP_LINK_DELAY:
		return delayed(c, l, t);
	case RP_LINK_FORK:
		return (1.0 - l->hop.share) * rp_chain_by(c, l->before, t) +
		    l->hop.share * rp_chain_by(c, l->aside, t);
	case RP_LINK_MAP:
	case RP_LINK_DESK:
		break;
	}
	u = last_entry(c, l, t);
	return u < 0.0 ? 0.0 : (1.0 - l->hop.never) *
	    rp_chain_by(c, l->before, u);
}
