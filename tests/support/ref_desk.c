/*
 * tests/support/ref_desk.c - see ref_desk.h.
 */
#include "ref_desk.h"

#include <math.h>
#include <stdbool.h>

#define DAY 86400.0

double
ref_clock(const struct desk *d, double t)
{
	double whole = floor(t), a, b;

	if (d->calendar == NULL)
		return t / DAY;
	a = (double)rp_calendar_ticks(d->calendar,
	    rp_instant_of_s((int64_t)whole));
	b = (double)rp_calendar_ticks(d->calendar,
	    rp_instant_of_s((int64_t)whole + 1));
	return (a + (b - a) * (t - whole)) / (double)RP_WORKDAY_TICKS;
}

/*
 * The instant at which the clock comes to x, to the second.  What is done at
 * the end of a day was done in it, not at the first moment of the next one,
 * hence half a second less.
 */
static double
instant_of(const struct desk *d, double x, double from, double until)
{
	if (d->calendar == NULL)
		return x * DAY - 0.5;
	x -= 1e-7;
	from = floor(from);
	while (until - from > 1.0) {
		double middle = floor((from + until) / 2.0);

		if (ref_clock(d, middle) < x)
			from = middle;
		else
			until = middle;
	}
	return until - 0.5;
}

/* The integral of the ramp over tau days since the first arrival. */
static double
ramped(const struct desk *d, double tau)
{
	double steep = tau < d->ramp_over ? tau : d->ramp_over;

	if (d->ramp_over <= 0.0)
		return tau;
	return d->ramp_from * steep +
	    (1.0 - d->ramp_from) * steep * steep / (2.0 * d->ramp_over) +
	    (tau - steep);
}

/* Certificates that can be done while the clock goes from a to b, one day. */
static double
capacity(const struct desk *d, double a, double b, double of_the_day)
{
	return d->per_day * of_the_day *
	    (ramped(d, b - d->opened) - ramped(d, a - d->opened));
}

/* Where the clock stands once a whole certificate is done, begun at a. */
static double
worked(const struct desk *d, double a, double end)
{
	double left = 1.0;

	while (a < end) {
		double day = floor(a + 1e-9), b = day + 1.0, low = a;
		double z = d->variation > 0.0 ?
		    d->z[(size_t)(day - d->first_day)] : 0.0;
		double of_the_day = fmax(0.0, 1.0 + d->variation * z);
		double whole = capacity(d, a, b, of_the_day);

		if (whole < left - 1e-9) {
			left -= whole;
			a = b;
			continue;
		}
		for (int i = 0; i < 50; i++) {
			double middle = (low + b) / 2.0;

			if (capacity(d, a, middle, of_the_day) < left)
				low = middle;
			else
				b = middle;
		}
		return b;
	}
	return HUGE_VAL;
}

double
ref_serve(struct desk *d, double t, double expires)
{
	double now = ref_clock(d, t), end = ref_clock(d, d->horizon + DAY);
	double begun, done, at;

	if (isnan(d->opened))
		d->opened = now;
	begun = fmax(now, d->free);
	if (ref_clock(d, expires < d->horizon ? expires : d->horizon) < begun)
		return HUGE_VAL;
	done = worked(d, begun, end);
	if (!isfinite(done)) {
		d->free = end;
		return HUGE_VAL;
	}
	at = instant_of(d, done, t, d->horizon + 2.0 * DAY);
	if (expires <= at) {
		d->free = fmax(begun, ref_clock(d, expires));
		return HUGE_VAL;
	}
	d->free = done;
	return fmax(at, t);
}
