/*
 * curve_row.c - all trials of a curve at one instant.
 */
#include "curve_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

const uint32_t *
curve_row(const struct rp_trials *tr, int64_t at)
{
	size_t n;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);

	for (size_t i = 0; i < n; i++)
		if (rp_instant_s(grid[i]) == at)
			return rp_trials_curve(tr) +
			    i * rp_trials_count(tr);
	fail_msg("%lld is not on the grid", (long long)at);
	return NULL;
}
