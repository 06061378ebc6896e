/*
 * population/curve.h - a law asked for many values one after another.
 *
 * Beside P(X <= x) it knows the area below that function from 0 to x: those
 * who enter evenly over a time are through by the mean of P over it, which is
 * a difference of two areas, exactly.
 */
#ifndef RP_POPULATION_CURVE_H
#define RP_POPULATION_CURVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/normal.h"
#include "population/law.h"

struct rp_curve {
	struct rp_law law;
	double top;		/* all is at or below it; INFINITY: no bound */
	bool has_area;		/* else areas are not to be asked for */
	bool by_log;		/* log-normal, and by the table: */
	const struct rp_normal *normal;
	double ln_median, per_sigma, sigma, mean;
};

/* normal is borrowed for as long as the curve is asked. */
void rp_curve_of(struct rp_curve *c, const struct rp_law *law,
    const struct rp_normal *normal);

/* P(X <= x). */
double rp_curve_by(const struct rp_curve *c, double x);

/* The integral of P(X <= t) over 0 < t <= x; only where has_area. */
double rp_curve_area(const struct rp_curve *c, double x);

/*
 * The same at whole steps: out[k] for x = k * step, from <= k < until, the area
 * in steps.  ln[k] is the logarithm of k, for k >= 1; from is not 0 for areas.
 */
void rp_curve_by_steps(const struct rp_curve *c, double step,
    const double *ln, size_t from, size_t until, double *out);
void rp_curve_area_steps(const struct rp_curve *c, double step,
    const double *ln, size_t from, size_t until, double *out);

#endif /* RP_POPULATION_CURVE_H */
