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

/* The last second at which one may come to be through by t; -1: none. */
static double
last_entry(const struct rp_chain *c, const struct rp_link *l, double t)
{
	double low = floor(c->start), high = floor(t);

	if (high < low || !through(c, l, low, t))
		return -1.0;
	if (through(c, l, high, t))
		return high;
	while (high - low > 1.0) {
		double mid = floor(0.5 * (low + high));

		if (through(c, l, mid, t))
			low = mid;
		else
			high = mid;
	}
	return low;
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

static const double *
table_of(struct rp_chain *c, size_t link)
{
	struct rp_link *l = &c->link[link];

	for (size_t i = 0; !l->made && i < c->n_points; i++) {
		double by = rp_chain_by(c, link, c->point[i]);

		/* Rounding must not make mass negative. */
		l->by[i] = i > 0 ? fmax(by, l->by[i - 1]) : by;
	}
	l->made = true;
	return l->by;
}

/* Mass of a cell from a to b, of which only what comes by t counts. */
static double
from_cell(const struct rp_chain *c, const struct rp_hop *h, double a,
    double b, double mass, double t, double now)
{
	double end = fmin(b, t), half = 0.5 * (end - a);
	/* Gauss's two nodes. */
	double early = over_by(c, h, a + half * (1.0 - 0.57735026918962576),
	    now);
	double late = over_by(c, h, a + half * (1.0 + 0.57735026918962576),
	    now);

	return mass * (end - a) / (b - a) * 0.5 * (early + late);
}

/* Latest arrivals first, until all of those before are through for sure. */
static double
convolved(struct rp_chain *c, const struct rp_link *l, double t)
{
	const double *by = table_of(c, l->before), *x = c->point;
	double now = clock_at(c, &l->hop, t), all = 1.0 - l->hop.never;
	double sum = 0.0;
	size_t i = 0, end = c->n_points;

	while (i < end) {
		size_t mid = i + (end - i) / 2;

		if (x[mid] < t)
			i = mid + 1;
		else
			end = mid;
	}
	if (i == c->n_points)
		i--;
	for (; i > 0; i--) {
		double mass = by[i] - by[i - 1];

		if (!(mass > 0.0) || x[i - 1] >= t)
			continue;
		if (x[i] <= t && over_by(c, &l->hop, x[i], now) >= all)
			return sum + by[i] * all;
		sum += from_cell(c, &l->hop, x[i - 1], x[i], mass, t, now);
	}
	return sum + by[0] * over_by(c, &l->hop, x[0], now);
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
