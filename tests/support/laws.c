/*
 * laws.c - testing variates against their law.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "support/laws.h"

double
laws_chi_squared(const double *seen, const double *expected, size_t cells)
{
	double sum = 0.0, s = 0.0, e = 0.0;
	size_t pooled = 0;

	for (size_t i = 0; i < cells; i++) {
		s += seen[i];
		e += expected[i];
		if (e < 8.0 && i + 1 < cells)
			continue;
		if (e > 0.0) {
			sum += (s - e) * (s - e) / e;
			pooled++;
		}
		s = e = 0.0;
	}
	return pooled < 2 ? 1.0 : gsl_cdf_chisq_Q(sum, (double)pooled - 1.0);
}

int
laws_misses(const char *what, laws_test *test, const void *arg, int loud)
{
	int misses = 0;

	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		double p = test(seed, arg);

		if (p >= ALPHA)
			continue;
		misses++;
		if (loud)
			print_message("%s: seed %llu has p = %.5f\n", what,
			    (unsigned long long)seed, p);
	}
	return misses;
}

void
laws_hold(const char *what, laws_test *test, const void *arg)
{
	int misses = laws_misses(what, test, arg, 1);

	if (misses > MISSES)
		fail_msg("%s: %d of %d seeds miss", what, misses, SEEDS);
}

void
laws_counts_clear(struct laws_counts *c, double mean, double sd)
{
	memset(c, 0, sizeof(*c));
	c->low = fmax(0.0, floor(mean - 8.0 * sd - 8.0));
	c->step = ceil((16.0 * sd + 16.0) / LAWS_CELLS);
}

void
laws_count(struct laws_counts *c, double k)
{
	double cell = floor((k - c->low) / c->step);

	c->seen[(int)fmin(fmax(cell, 0.0), LAWS_CELLS - 1)]++;
}

double
laws_binomial(struct laws_counts *c, double draws, unsigned n, double p)
{
	double high = fmin(n, c->low + c->step * LAWS_CELLS - 1.0);
	unsigned from = (unsigned)c->low, step = (unsigned)c->step;

	memset(c->expected, 0, sizeof(c->expected));
	for (uint64_t k = from; k <= (uint64_t)high; k++)
		c->expected[(k - from) / step] += draws *
		    gsl_ran_binomial_pdf((unsigned)k, p, n);
	return laws_chi_squared(c->seen, c->expected, LAWS_CELLS);
}
