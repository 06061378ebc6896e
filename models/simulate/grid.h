/*
 * simulate/grid.h - the instants between which counts move.
 *
 * Points t[0] < t[1] < ... ; cell c is the time in (t[c], t[c+1]].  Regular
 * points lie a whole number of steps after the first; others are added where
 * something happens, so that starts, deadlines and cutoffs are met exactly.
 */
#ifndef RP_SIMULATE_GRID_H
#define RP_SIMULATE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"

#define RP_GRID_POINTS_MAX 100000	/* regular ones */

struct rp_grid {
	size_t n;		/* points */
	int64_t *t;		/* seconds since 1970, ascending */
	int64_t step_s;
	size_t n_regular;
	size_t *regular;	/* indices of the regular points */
	/* For point i its number of whole steps after t[0], -1: irregular. */
	int32_t *whole;
	/* For a regular point i the last of those that follow it without an
	 * irregular one in between. */
	size_t *run;
};

struct rp_whatif;

/*
 * The grid of a case, with the moments of a what-if.  RP_ERANGE: too many
 * points; RP_ENOMEM.  On error the grid is empty and needs no release.
 */
RP_CHECKED rp_status rp_grid_init(struct rp_grid *g, const struct rp_case *cs,
    const struct rp_whatif *whatif, struct rp_err *err);
void rp_grid_release(struct rp_grid *g);

/* The cell that x lies in: t[c] < x <= t[c+1]; n - 1 beyond the end. */
size_t rp_grid_cell(const struct rp_grid *g, int64_t x);

/* Whether x is a point, and which; false beyond the ends. */
bool rp_grid_point(const struct rp_grid *g, int64_t x, size_t *i);

#endif /* RP_SIMULATE_GRID_H */
