/*
 * agree.h - whether two samples, or a sample and a law, say the same.
 *
 * Each test gives P(a difference at least as large by chance alone); where
 * many values are equal it is too large rather than too small.
 */
#ifndef TESTS_AGREE_H
#define TESTS_AGREE_H

#include <stddef.h>

/* Two-sample Kolmogorov-Smirnov; sorts both. */
double ks_two(double *a, size_t n, double *b, size_t m);

/* One sample against a distribution function; sorts it.  Values that were
 * rounded down must be rounded by the function too. */
double ks_one(double *a, size_t n, double (*cdf)(double x, const void *arg),
    const void *arg);

/* Two-sample chi-squared on counts, in up to 12 bins of about equal size. */
double chi_two(const double *a, size_t n, const double *b, size_t m);

/* Counts against a binomial law; chi-squared, bins of few are pooled. */
double chi_binomial(const double *a, size_t n, unsigned of, double p);

/*
 * Fisher's exact test, on how many of each lie at or above the point that a
 * share `upper` of both together reaches.
 */
double tail_two(const double *a, size_t n, const double *b, size_t m,
    double upper);

double mean_of(const double *a, size_t n);
/* Of the mean of a. */
double error_of(const double *a, size_t n);

#endif /* TESTS_AGREE_H */
