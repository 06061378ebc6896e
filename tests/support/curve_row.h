/*
 * curve_row.h - all trials of a curve at one instant.
 */
#ifndef TESTS_CURVE_ROW_H
#define TESTS_CURVE_ROW_H

#include <stdint.h>

#include "revplan/simulate.h"

/* The row of the curve for an instant, in seconds since 1970; fails the test
 * when it is not on the grid. */
const uint32_t *curve_row(const struct rp_trials *tr, int64_t at);

#endif /* TESTS_CURVE_ROW_H */
