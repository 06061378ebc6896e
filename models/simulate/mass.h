/*
 * simulate/mass.h - a sub-distribution over the grid.
 *
 * Atoms at its points, for what happens at a stroke, and mass spread over its
 * cells.
 */
#ifndef RP_SIMULATE_MASS_H
#define RP_SIMULATE_MASS_H

#include <stddef.h>

#include "simulate/grid.h"

struct rp_mass {
	double *atom;		/* [n] at point i */
	double *cell;		/* [n] within cell c */
	double *lump;		/* [n] where in cell c, 0..1, if all of its
				 * mass is at one instant; NaN: spread */
	size_t low, high;	/* indices in use: low <= i < high */
};

/* Nothing anywhere. */
void rp_mass_clear(struct rp_mass *a);

/* More at point i; more in cell c, at a place of it (NaN: spread over it). */
void rp_mass_add_atom(struct rp_mass *a, size_t i, double p);
void rp_mass_add_cell(struct rp_mass *a, size_t c, double p, double lump);
void rp_mass_add_spread(struct rp_mass *a, size_t c, double p);

void rp_mass_swap(struct rp_mass *a, struct rp_mass *b);

/* to gets a share of from, which keeps the rest; to must be clear. */
void rp_mass_split(struct rp_mass *from, struct rp_mass *to, double share);

void rp_mass_add(struct rp_mass *to, const struct rp_mass *from);

/* Index i is in use. */
static inline void
rp_mass_touch(struct rp_mass *a, size_t i)
{
	if (i < a->low)
		a->low = i;
	if (i >= a->high)
		a->high = i + 1;
}

/* So are n from i on, n > 0. */
static inline void
rp_mass_touch_run(struct rp_mass *a, size_t i, size_t n)
{
	if (i < a->low)
		a->low = i;
	if (i + n > a->high)
		a->high = i + n;
}

/* All that is in cells is spread over them. */
void rp_mass_spread_all(struct rp_mass *a);

/* The instant of the mass of cell c, which has one. */
double rp_mass_instant(const struct rp_grid *g, const struct rp_mass *a,
    size_t c);

/* Where an instant lies on the grid. */
struct rp_place {
	enum { RP_NOWHERE, RP_AT_POINT, RP_IN_CELL } kind;
	uint32_t at;		/* point or cell */
	double lump;		/* where in the cell */
};

/* x in seconds since 1970; nowhere: beyond the end, never or NaN. */
struct rp_place rp_mass_place_of(const struct rp_grid *g, double x);

/* All of p there. */
void rp_mass_put(struct rp_mass *out, const struct rp_place *to, double p);

/* All of p at the instant x, in seconds since 1970; dropped beyond the end. */
void rp_mass_place(const struct rp_grid *g, struct rp_mass *out, double x,
    double p);

/* p evenly over (from, until]; what lies beyond the end is dropped. */
void rp_mass_place_over(const struct rp_grid *g, struct rp_mass *out,
    double from, double until, double p);

#endif /* RP_SIMULATE_MASS_H */
