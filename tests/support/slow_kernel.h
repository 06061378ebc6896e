/*
 * tests/support/slow_kernel.h - where probability goes, the long way round.
 *
 * The same rules as in simulate/kernel.h, without any of its tables: each pair
 * of an entry and a cell by itself, by GSL's distribution functions and, where
 * mass enters evenly over a cell, its adaptive quadrature.
 */
#ifndef TESTS_SLOW_KERNEL_H
#define TESTS_SLOW_KERNEL_H

#include "simulate/kernel.h"

/*
 * What rp_kernel_make() is to give, by point or cell: atom[i], cell[i] and
 * expired[i], each with room for all points.  The hops of w are resolved.
 */
void slow_kernel(const struct rp_kernel_work *w,
    const struct rp_flow_node *node, enum rp_entry entry, size_t i,
    const double *alive, double *atom, double *cell, double *expired);

/* The mean of a step's function of lags over what ends at `at`, len long. */
double slow_mean(const struct rp_hop *h, double at, double len);

#endif /* TESTS_SLOW_KERNEL_H */
