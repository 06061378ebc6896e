/*
 * base/normal.h - the normal distribution function, many times over.
 *
 * The C library's erfc takes some 50 ns; a Taylor series about the next of 273
 * nodes takes a tenth of that, and is no less precise.
 */
#ifndef RP_BASE_NORMAL_H
#define RP_BASE_NORMAL_H

#include <math.h>

#define RP_NORMAL_PER_UNIT 32		/* nodes from one sigma to the next */
#define RP_NORMAL_REACH 8.5		/* sigmas that the nodes cover */
#define RP_NORMAL_NODES 273
#define RP_NORMAL_TERMS 8		/* one line of a cache */

/* Coefficients of P(Z > z) about node k / RP_NORMAL_PER_UNIT. */
struct rp_normal {
	double node[RP_NORMAL_NODES][RP_NORMAL_TERMS];
};

void rp_normal_init(struct rp_normal *t);

/*
 * P(Z > z), 0 <= z.  The first term left out of the series is the n-th, n = 8,
 * and what is left out altogether is at most h^n / n! times the largest n-th
 * derivative, which is that of order n - 1 of the density.  By Cramer's
 * inequality |He_7(z) density(z)| < 0.434 sqrt(7!) = 30.8, and h <= 1/64, so
 * that it is less than 3e-18; the rest is rounding, a few units of 2^-53 of the
 * result.  Beyond the nodes the C library answers.
 */
static inline double
rp_normal_above(const struct rp_normal *t, double z)
{
	double at = z * RP_NORMAL_PER_UNIT, h;
	const double *c;
	int k;

	if (!(z <= RP_NORMAL_REACH))
		return 0.5 * erfc(z * 0.70710678118654752);
	k = (int)(at + 0.5);
	h = (at - k) * (1.0 / RP_NORMAL_PER_UNIT);
	c = t->node[k];
	return c[0] + h * (c[1] + h * (c[2] + h * (c[3] + h * (c[4] + h *
	    (c[5] + h * (c[6] + h * c[7]))))));
}

/* P(Z <= z). */
static inline double
rp_normal_by(const struct rp_normal *t, double z)
{
	return z < 0.0 ? rp_normal_above(t, -z) :
	    z > RP_NORMAL_REACH ? 1.0 : 1.0 - rp_normal_above(t, z);
}

#endif /* RP_BASE_NORMAL_H */
