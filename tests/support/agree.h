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

/*
 * Whether the law of a lies between those of two samples of one size, `low`
 * being the smaller: one-sided Kolmogorov-Smirnov on either side.  Sorts all.
 */
double ks_within(double *a, size_t n, double *low, double *high, size_t m);

/* The same of one quantile: n values reach the level at v. */
double quantile_within(double v, double level, size_t n, const double *low,
    const double *high, size_t m);

/* k of n against between x and y of m; Fisher's test on either side. */
double share_within(double k, size_t n, double x, double y, size_t m);

/* A mean of n values against the two means, with the spread of the two. */
double mean_within(double mean, size_t n, const double *low,
    const double *high, size_t m);

double mean_of(const double *a, size_t n);
/* Of the mean of a. */
double error_of(const double *a, size_t n);

#endif /* TESTS_AGREE_H */
