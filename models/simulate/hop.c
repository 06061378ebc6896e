/*
 * simulate/hop.c - delays, and steps that map an instant to an instant.
 */
#include "simulate/hop.h"

#include <math.h>

/* ---- delays ------------------------------------------------------------- */

/*
 * P(through by lag): a client polls first at a random phase, then every
 * `every`; each poll fails with the same probability.
 */
static double
poll_cdf(const struct rp_hop *h, double lag)
{
	double whole = floor(lag / h->every);
	double part = lag / h->every - whole;
	double failed = pow(h->failures, whole);

	return lag <= 0.0 ? 0.0 :
	    1.0 - failed + (1.0 - h->failures) * failed * part;
}

/*
 * Its integral: over whole intervals a geometric sum of means, over the last
 * one a piece of a parabola.
 */
double
rp_hop_poll_area(const struct rp_hop *h, double lag)
{
	double whole = floor(lag / h->every);
	double part = lag / h->every - whole;
	double failed = pow(h->failures, whole);
	double sum = (1.0 - failed) / (1.0 - h->failures);

	return lag <= 0.0 ? 0.0 : h->every * (whole - sum +
	    0.5 * (1.0 - failed) + part * (1.0 - failed) +
	    0.5 * (1.0 - h->failures) * failed * part * part);
}

double
rp_hop_lag_cdf(const struct rp_hop *h, double lag)
{
	if (h->step->kind == RP_STEP_POLL)
		return poll_cdf(h, lag);
	return (1.0 - h->never) * rp_law_cdf(&h->law, lag);
}

/*
 * P(renewed on its own schedule by t | valid at u): `renews` before its
 * expiry, at once where that is over.
 */
double
rp_hop_own_cdf(const struct rp_hop *h, double u, double t)
{
	const struct rp_ending *e = &h->ending;
	double gone, by;

	if (e->law.scale == 0.0)
		return 0.0;	/* no expiry is known: no schedule either */
	if (e->share > 0.0) {
		/* Ordinary renewal, where that comes first. */
		struct rp_ending first = { e->law, fmax(e->before, h->renews) -
		    h->renews, e->share };

		gone = rp_ending_alive(e, u);
		return gone > 0.0 ? 1.0 - rp_ending_alive(&first,
		    t + h->renews) / gone : 0.0;
	}
	gone = rp_law_cdf(&e->law, u);
	by = rp_law_cdf(&e->law, t + h->renews);
	return gone < 1.0 ? (by - gone) / (1.0 - gone) : 0.0;
}

bool
rp_hop_is_working(const struct rp_hop *h)
{
	return h->step->kind == RP_STEP_WAIT &&
	    h->step->as.wait.clock == RP_CLOCK_WORKING;
}

/* The instant at which d seconds of a hop's clock have passed since u. */
double
rp_hop_after(const struct rp_model *m, const struct rp_hop *h, double u,
    double d)
{
	const struct rp_calendar *cal = m->calendar[h->calendar].calendar;
	struct rp_instant at;
	int64_t done;

	if (!rp_hop_is_working(h))
		return u + d;
	done = rp_calendar_seconds(cal, rp_instant_of_s((int64_t)u));
	if (!(d < 1e15) ||
	    !rp_calendar_at_seconds(cal, done + llround(d), &at))
		return (double)INFINITY;
	/* No work to do: nothing keeps it. */
	return fmax(u, (double)rp_instant_s(at));
}

/* P(through by point j | entered at u). */
double
rp_hop_cdf_from(const struct rp_model *m, const struct rp_hop *h, double u,
    size_t j)
{
	const struct rp_grid_calendar *gc = &m->calendar[h->calendar];
	double t = (double)m->grid.t[j];

	if (h->own)
		return rp_hop_own_cdf(h, u, t);
	if (!rp_hop_is_working(h))
		return rp_hop_lag_cdf(h, t - u);
	return rp_hop_lag_cdf(h, (double)(gc->seconds[j] -
	    rp_calendar_seconds(gc->calendar, rp_instant_of_s((int64_t)u))));
}

/* ---- instants to instants ----------------------------------------------- */

static double
next_weekday(const struct rp_calendar *cal, uint8_t days, double u)
{
	int64_t t = (int64_t)ceil(u);

	for (int k = 0; k <= 8; k++) {
		int64_t local = t + rp_calendar_offset(cal,
		    rp_instant_of_s(t));
		struct rp_instant l = rp_instant_of_s(local);

		if (days >> rp_instant_weekday(l) & 1)
			return k == 0 ? u : (double)t;
		/* On to the next local midnight. */
		t += 86400 - (local - rp_instant_s(rp_instant_midnight(l)));
	}
	return (double)INFINITY;
}

static double
next_batch(const struct rp_model *m, const struct rp_hop *h, double u)
{
	const struct rp_step_batch *b = &h->step->as.batch;
	const struct rp_calendar *cal = m->calendar[h->calendar].calendar;
	struct rp_instant at;

	switch (b->on) {
	case RP_BATCH_WORKING_DAY:
		if (!rp_calendar_next(cal, rp_instant_of_s((int64_t)ceil(u)),
		    &at))
			return (double)INFINITY;
		return fmax(u, (double)rp_instant_s(at));
	case RP_BATCH_WEEKDAYS:
		return next_weekday(cal, b->weekdays, u);
	case RP_BATCH_INSTANTS:
		break;
	}
	for (size_t i = 0; i < b->n_instants; i++)
		if ((double)rp_instant_s(b->instant[i]) >= u)
			return (double)rp_instant_s(b->instant[i]);
	return (double)INFINITY;
}

bool
rp_hop_maps_instants(const struct rp_hop *h)
{
	return h->step->kind == RP_STEP_GATE ||
	    h->step->kind == RP_STEP_BATCH ||
	    (rp_hop_is_working(h) && h->law.is_fixed);
}

double
rp_hop_mapped(const struct rp_model *m, const struct rp_hop *h, double u)
{
	if (h->step->kind == RP_STEP_GATE)
		return fmax(u, h->law.a[0]);
	if (h->step->kind == RP_STEP_BATCH)
		return next_batch(m, h, u);
	return rp_hop_after(m, h, u, h->law.a[0] * h->law.scale);
}
