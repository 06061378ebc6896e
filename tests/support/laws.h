/*
 * laws.h - testing variates against their law.
 *
 * Each law is tested over SEEDS seeds with a chi-squared test at the level
 * ALPHA; with a true generator about one in 1/ALPHA fails, so MISSES may.
 * Failing seeds are printed, to be run again.
 */
#ifndef TESTS_LAWS_H
#define TESTS_LAWS_H

#include <stddef.h>
#include <stdint.h>

#define SEEDS 20
#define MISSES 2
#define ALPHA 0.01

/* P(a chi-squared statistic at least as large); cells of few are pooled. */
double laws_chi_squared(const double *seen, const double *expected,
    size_t cells);

typedef double laws_test(uint64_t seed, const void *arg);

/* How many of the seeds miss; says which where `loud`. */
int laws_misses(const char *what, laws_test *test, const void *arg, int loud);

/* Fails the running test where more miss than may. */
void laws_hold(const char *what, laws_test *test, const void *arg);

/*
 * Sorts draws of a whole number into cells around the mean, of one number each
 * where they suffice; what is beyond the first or the last cell counts for
 * that.
 */
#define LAWS_CELLS 4096
struct laws_counts {
	double low;			/* the least number of the first */
	double step;			/* numbers in a cell */
	double seen[LAWS_CELLS];
	double expected[LAWS_CELLS];
};

/* All cells empty, from eight standard deviations below to above. */
void laws_counts_clear(struct laws_counts *c, double mean, double sd);
void laws_count(struct laws_counts *c, double k);

/* Expect `draws` of the binomial law of n and p, and compare. */
double laws_binomial(struct laws_counts *c, double draws, unsigned n,
    double p);

#endif /* TESTS_LAWS_H */
