/*
 * population/beta.h - quantiles of Beta distributions.
 */
#ifndef RP_POPULATION_BETA_H
#define RP_POPULATION_BETA_H

/* The x in 0..1 with P(X <= x) = u, 0 < u < 1, for a, b > 0. */
double rp_beta_quantile(double u, double a, double b);

#endif /* RP_POPULATION_BETA_H */
