/*
 * tests/support/agree.c - see agree.h.
 */
#include "agree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#define BINS 12

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Both together, ascending; NULL when memory runs out. */
static double *
together(const double *a, size_t n, const double *b, size_t m)
{
	double *all = calloc(n + m, sizeof(*all));

	if (all == NULL)
		return NULL;
	memcpy(all, a, n * sizeof(*all));
	memcpy(all + n, b, m * sizeof(*all));
	qsort(all, n + m, sizeof(*all), by_value);
	return all;
}

/* Kolmogorov's law, with Stephens's correction for small samples. */
static double
kolmogorov(double d, double n)
{
	double x = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) * d, sum = 0.0;

	if (x < 0.2)
		return 1.0;
	for (int k = 1; k <= 100; k++)
		sum += (k % 2 ? 2.0 : -2.0) * exp(-2.0 * k * k * x * x);
	return fmin(1.0, fmax(0.0, sum));
}

double
ks_two(double *a, size_t n, double *b, size_t m)
{
	size_t i = 0, j = 0;
	double d = 0.0, rn = (double)n, rm = (double)m;

	qsort(a, n, sizeof(*a), by_value);
	qsort(b, m, sizeof(*b), by_value);
	while (i < n && j < m) {
		double x = a[i] < b[j] ? a[i] : b[j];

		while (i < n && a[i] <= x)
			i++;
		while (j < m && b[j] <= x)
			j++;
		d = fmax(d, fabs((double)i / rn - (double)j / rm));
	}
	return kolmogorov(d, rn * rm / (rn + rm));
}

double
ks_one(double *a, size_t n, double (*cdf)(double x, const void *arg),
    const void *arg)
{
	double d = 0.0;
	size_t next;

	qsort(a, n, sizeof(*a), by_value);
	for (size_t i = 0; i < n; i = next) {
		double here = cdf(a[i], arg);

		for (next = i; next < n && a[next] <= a[i];)
			next++;
		d = fmax(d, fabs((double)next / (double)n - here));
	}
	return kolmogorov(d, (double)n);
}

/* How many of a lie in (low, high]. */
static double
within(const double *a, size_t n, double low, double high)
{
	double k = 0.0;

	for (size_t i = 0; i < n; i++)
		k += a[i] > low && a[i] <= high;
	return k;
}

double
chi_two(const double *a, size_t n, const double *b, size_t m)
{
	double *all = together(a, n, b, m);
	double sum = 0.0, low = -HUGE_VAL, bins = 0.0;
	double ka = sqrt((double)m / (double)n), kb = 1.0 / ka;

	if (all == NULL)
		return 0.0;
	for (size_t k = 1; k <= BINS; k++) {
		double high = all[k * (n + m) / BINS - 1], x, y;

		if (high <= low)
			continue;
		x = within(a, n, low, high);
		y = within(b, m, low, high);
		sum += (ka * x - kb * y) * (ka * x - kb * y) / (x + y);
		bins++;
		low = high;
	}
	free(all);
	return bins < 2.0 ? 1.0 : gsl_cdf_chisq_Q(sum, bins - 1.0);
}

double
chi_binomial(const double *a, size_t n, unsigned of, double p)
{
	double sum = 0.0, seen = 0.0, expected = 0.0, bins = 0.0;
	double left = (double)n;

	for (unsigned k = 0; k <= of; k++) {
		expected += (double)n * gsl_ran_binomial_pdf(k, p, of);
		seen += within(a, n, (double)k - 0.5, (double)k + 0.5);
		/* What is left must fill a bin of its own. */
		if (k < of && (expected < 8.0 || left - expected < 8.0))
			continue;
		sum += expected > 0.0 ?
		    (seen - expected) * (seen - expected) / expected : seen;
		bins++;
		left -= expected;
		seen = expected = 0.0;
	}
	return bins < 2.0 ? 1.0 : gsl_cdf_chisq_Q(sum, bins - 1.0);
}

double
tail_two(const double *a, size_t n, const double *b, size_t m, double upper)
{
	double *all = together(a, n, b, m);
	double at;
	unsigned x, y, na = (unsigned)n, nb = (unsigned)m;

	if (all == NULL)
		return 0.0;
	at = all[(size_t)((1.0 - upper) * (double)(n + m - 1))];
	free(all);
	x = (unsigned)(within(a, n, at, HUGE_VAL) + within(a, n,
	    nextafter(at, -HUGE_VAL), at));
	y = (unsigned)(within(b, m, at, HUGE_VAL) + within(b, m,
	    nextafter(at, -HUGE_VAL), at));
	if (x + y == 0 || x + y == na + nb)
		return 1.0;
	return fmin(1.0, 2.0 * fmin(
	    gsl_cdf_hypergeometric_P(x, na, nb, x + y),
	    x == 0 ? 1.0 : gsl_cdf_hypergeometric_Q(x - 1, na, nb, x + y)));
}

/* The most by which the distribution function of a is above that of b. */
static double
most_above(const double *a, size_t n, const double *b, size_t m)
{
	size_t i = 0, j = 0;
	double d = 0.0;

	while (i < n) {
		double x = a[i];

		while (i < n && a[i] <= x)
			i++;
		while (j < m && b[j] <= x)
			j++;
		d = fmax(d, (double)i / (double)n - (double)j / (double)m);
	}
	return d;
}

double
ks_within(double *a, size_t n, double *low, double *high, size_t m)
{
	double rn = (double)n, rm = (double)m, d;

	qsort(a, n, sizeof(*a), by_value);
	qsort(low, m, sizeof(*low), by_value);
	qsort(high, m, sizeof(*high), by_value);
	d = fmax(most_above(a, n, low, m), most_above(high, m, a, n));
	return fmin(1.0, 2.0 * exp(-2.0 * d * d * rn * rm / (rn + rm)));
}

double
share_within(double k, size_t n, double x, double y, size_t m)
{
	unsigned rn = (unsigned)n, rm = (unsigned)m, kk = (unsigned)k;
	unsigned few = (unsigned)x, many = (unsigned)y;
	double p;

	/* Too many of a, or too few. */
	p = gsl_cdf_hypergeometric_P(many, rm, rn, many + kk);
	if (few > 0)
		p = fmin(p, gsl_cdf_hypergeometric_Q(few - 1, rm, rn,
		    few + kk));
	return fmin(1.0, 2.0 * p);
}

static double
up_to(const double *a, size_t n, double v)
{
	double k = 0.0;

	for (size_t i = 0; i < n; i++)
		k += a[i] <= v;
	return k;
}

double
quantile_within(double v, double level, size_t n, const double *low,
    const double *high, size_t m)
{
	unsigned k = (unsigned)ceil(level * (double)n - 1e-9);
	unsigned x = (unsigned)up_to(low, m, v);
	unsigned y = (unsigned)up_to(high, m, v - 1.0);
	unsigned rn = (unsigned)n, rm = (unsigned)m;
	double p = 1.0;

	/* k or more of a are no more than v, fewer than k are less. */
	if (x < rm)
		p = gsl_cdf_hypergeometric_P(x, rm, rn, x + k);
	if (y > 0)
		p = fmin(p, gsl_cdf_hypergeometric_Q(y - 1, rm, rn, y + k));
	return fmin(1.0, 2.0 * p);
}

double
mean_within(double mean, size_t n, const double *low, const double *high,
    size_t m)
{
	double ratio = 1.0 + (double)m / (double)n, z;
	/* Where no trial differs yet, the next one may. */
	double below = fmax(error_of(low, m), 1.0 / (double)m) * sqrt(ratio);
	double above = fmax(error_of(high, m), 1.0 / (double)m) * sqrt(ratio);

	z = fmax((mean_of(low, m) - mean) / below,
	    (mean - mean_of(high, m)) / above);
	return z <= 0.0 ? 1.0 : fmin(1.0, 2.0 * gsl_cdf_ugaussian_Q(z));
}

double
mean_of(const double *a, size_t n)
{
	double sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += a[i];
	return sum / (double)n;
}

double
error_of(const double *a, size_t n)
{
	double mean = mean_of(a, n), sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += (a[i] - mean) * (a[i] - mean);
	return sqrt(sum / (double)(n - 1) / (double)n);
}
