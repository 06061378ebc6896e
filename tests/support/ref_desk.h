/*
 * ref_desk.h - a team or a mailing of the reference simulation.
 */
#ifndef TESTS_REF_DESK_H
#define TESTS_REF_DESK_H

#include "revplan/case.h"

/* Finite capacity: one certificate after the other, in order of arrival. */
struct desk {
	const struct rp_step *step;
	const struct rp_calendar *calendar;	/* NULL: time as it passes */
	double per_day, ramp_from, ramp_over, variation;
	double horizon;		/* nothing matters after it */
	double first_day;	/* of its clock, for which z[0] is */
	double *z;		/* one a day */
	double free;		/* where its clock stands when it is free */
	double opened;		/* ... stood at its first arrival, or NaN */
};

/* Days of the desk's own clock: of work, or of the clock on the wall. */
double ref_clock(const struct desk *d, double t);

/* When a certificate that comes at t, not before those that came earlier, is
 * done; INFINITY: it runs out before that. */
double ref_serve(struct desk *d, double t, double expires);

#endif /* TESTS_REF_DESK_H */
