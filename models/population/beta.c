/*
 * population/beta.c - Newton's way to a quantile of a Beta distribution.
 *
 * Each step needs the incomplete beta function, and most of what a library
 * takes for one is the complete one, which is the same at every x.
 */
#include "population/beta.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

/* So many are needed as the root of the larger shape. */
#define MOST_TERMS 100000
#define MOST_STEPS 30

/*
 * The continued fraction of the incomplete beta function (DLMF 8.17.22) by
 * Lentz's algorithm; NaN where it takes too long.
 */
static double
fraction(double x, double a, double b)
{
	double c = 1.0, d = 1.0 - (a + b) * x / (a + 1.0), f;

	if (fabs(d) < DBL_MIN)
		d = DBL_MIN;
	d = 1.0 / d;
	f = d;
	for (int m = 1; m < MOST_TERMS; m++) {
		double k = m, change;
		double even = k * (b - k) * x /
		    ((a + 2.0 * k - 1.0) * (a + 2.0 * k));
		double odd = -(a + k) * (a + b + k) * x /
		    ((a + 2.0 * k) * (a + 2.0 * k + 1.0));

		d = 1.0 / (1.0 + even * d);
		c = 1.0 + even / c;
		f *= c * d;
		d = 1.0 / (1.0 + odd * d);
		c = 1.0 + odd / c;
		change = c * d;
		f *= change;
		if (fabs(change - 1.0) < 2.0 * DBL_EPSILON)
			return f;
	}
	return (double)NAN;
}

/* P(X <= x), and the density there; ln_beta is that of a and b. */
static double
cdf(double x, double a, double b, double ln_beta, double *density)
{
	double front = exp(a * log(x) + b * log1p(-x) - ln_beta);

	*density = front / (x * (1.0 - x));
	/* Either fraction converges fast on its own side of the mean. */
	return x < (a + 1.0) / (a + b + 2.0) ? front * fraction(x, a, b) / a :
	    1.0 - front * fraction(1.0 - x, b, a) / b;
}

/* Should it jump about, halving an interval always comes to an end. */
static double
by_halves(double u, double a, double b, double ln_beta)
{
	double low = 0.0, high = 1.0, density;

	for (int k = 0; k < 1100; k++) {
		double x = 0.5 * (low + high);

		if (x <= low || x >= high)
			break;
		if (cdf(x, a, b, ln_beta, &density) < u)
			low = x;
		else
			high = x;
	}
	return high;
}

/*
 * Where to begin: the normal approximation of Abramowitz and Stegun 26.5.22,
 * or the leading power at either end where a shape is below 1.
 */
static double
first_guess(double u, double a, double b, double ln_beta)
{
	double z = -gsl_cdf_ugaussian_Pinv(u), lambda, h, w;
	double low = exp((log(u * a) + ln_beta) / a);

	if (a < 1.0 || b < 1.0)
		return low < 0.5 ? low :
		    1.0 - exp((log((1.0 - u) * b) + ln_beta) / b);
	lambda = (z * z - 3.0) / 6.0;
	h = 2.0 / (1.0 / (2.0 * a - 1.0) + 1.0 / (2.0 * b - 1.0));
	if (!(h + lambda > 0.0))
		return low;
	w = z * sqrt(h + lambda) / h - (1.0 / (2.0 * b - 1.0) -
	    1.0 / (2.0 * a - 1.0)) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
	return a / (a + b * exp(2.0 * w));
}

double
rp_beta_quantile(double u, double a, double b)
{
	double ln_beta = gsl_sf_lnbeta(a, b);
	double low = 0.0, high = 1.0, x = first_guess(u, a, b, ln_beta);
	double width = sqrt(a * b / (a + b + 1.0)) / (a + b);

	for (int k = 0; k < MOST_STEPS; k++) {
		double density, off, step, bend;

		if (!(x > low && x < high))
			x = 0.5 * (low + high);
		off = cdf(x, a, b, ln_beta, &density) - u;
		if (isnan(off))
			break;
		if (off > 0.0)
			high = x;
		else
			low = x;
		/* Halley's step: Newton's, and the density's slope. */
		step = off / density;
		bend = (a - 1.0) / x - (b - 1.0) / (1.0 - x);
		step /= 1.0 - fmin(fmax(0.5 * step * bend, -0.5), 0.5);
		x -= step;
		/* The third power of so little is below a rounding. */
		if (fabs(step) <= DBL_EPSILON * x || (fabs(step * bend) <=
		    1e-5 && fabs(step) <= 1e-5 * fmin(width, fmin(x,
		    1.0 - x))))
			return fmin(fmax(x, 0.0), 1.0);
	}
	return by_halves(u, a, b, ln_beta);
}
