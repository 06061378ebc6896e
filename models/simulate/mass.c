/*
 * simulate/mass.c - moving probability about on the grid.
 */
#include "simulate/mass.h"

#include <math.h>
#include <string.h>

void
rp_mass_clear(struct rp_mass *a)
{
	if (a->high > a->low) {
		size_t n = a->high - a->low;

		memset(a->atom + a->low, 0, n * sizeof(*a->atom));
		memset(a->cell + a->low, 0, n * sizeof(*a->cell));
	}
	a->low = SIZE_MAX;
	a->high = 0;
}

void
rp_mass_add_atom(struct rp_mass *a, size_t i, double p)
{
	a->atom[i] += p;
	rp_mass_touch(a, i);
}

void
rp_mass_add_cell(struct rp_mass *a, size_t c, double p, double lump)
{
	/* A NaN differs from everything, so spread mass stays spread. */
	a->lump[c] = a->cell[c] > 0.0 && a->lump[c] != lump ?
	    (double)NAN : lump;
	a->cell[c] += p;
	rp_mass_touch(a, c);
}

void
rp_mass_add_spread(struct rp_mass *a, size_t c, double p)
{
	rp_mass_add_cell(a, c, p, (double)NAN);
}

void
rp_mass_spread_all(struct rp_mass *a)
{
	for (size_t i = a->low; i < a->high; i++)
		a->lump[i] = (double)NAN;
}

void
rp_mass_swap(struct rp_mass *a, struct rp_mass *b)
{
	struct rp_mass t = *a;

	*a = *b;
	*b = t;
}

void
rp_mass_split(struct rp_mass *from, struct rp_mass *to, double share)
{
	for (size_t i = from->low; i < from->high; i++) {
		to->atom[i] = share * from->atom[i];
		to->cell[i] = share * from->cell[i];
		to->lump[i] = from->lump[i];
		from->atom[i] -= to->atom[i];
		from->cell[i] -= to->cell[i];
	}
	to->low = from->low;
	to->high = from->high;
}

void
rp_mass_add(struct rp_mass *to, const struct rp_mass *from)
{
	for (size_t i = from->low; i < from->high; i++) {
		if (from->atom[i] > 0.0)
			rp_mass_add_atom(to, i, from->atom[i]);
		if (from->cell[i] > 0.0)
			rp_mass_add_cell(to, i, from->cell[i], from->lump[i]);
	}
}

/* ---- placing mass at instants and over intervals ------------------------ */

struct rp_place
rp_mass_place_of(const struct rp_grid *g, double x)
{
	struct rp_place to = { .kind = RP_NOWHERE };
	int64_t xi;
	size_t i;

	if (!(x <= (double)g->t[g->n - 1]))
		return to;	/* beyond the horizon, or never */
	xi = llround(x);
	if (rp_grid_point(g, xi, &i)) {
		to.kind = RP_AT_POINT;
	} else {
		i = rp_grid_cell(g, xi);
		to.kind = RP_IN_CELL;
		to.lump = (x - (double)g->t[i]) /
		    (double)(g->t[i + 1] - g->t[i]);
	}
	to.at = (uint32_t)i;
	return to;
}

void
rp_mass_put(struct rp_mass *out, const struct rp_place *to, double p)
{
	switch (to->kind) {
	case RP_AT_POINT:
		rp_mass_add_atom(out, to->at, p);
		return;
	case RP_IN_CELL:
		rp_mass_add_cell(out, to->at, p, to->lump);
		return;
	case RP_NOWHERE:
		return;
	}
}

void
rp_mass_place(const struct rp_grid *g, struct rp_mass *out, double x, double p)
{
	struct rp_place to = rp_mass_place_of(g, x);

	rp_mass_put(out, &to, p);
}

double
rp_mass_instant(const struct rp_grid *g, const struct rp_mass *a, size_t c)
{
	return (double)g->t[c] + a->lump[c] *
	    (double)(g->t[c + 1] - g->t[c]);
}

void
rp_mass_place_over(const struct rp_grid *g, struct rp_mass *out, double from,
    double until, double p)
{
	size_t c = rp_grid_cell(g, (int64_t)ceil(from));

	/* All who come while nobody works are done at one instant. */
	if (!(until > from)) {
		rp_mass_place(g, out, from, p);
		return;
	}
	if (c + 1 < g->n && (double)g->t[c + 1] <= from)
		c++;
	for (; c + 1 < g->n && (double)g->t[c] < until; c++) {
		double a = fmax(from, (double)g->t[c]);
		double b = fmin(until, (double)g->t[c + 1]);

		if (b > a)
			rp_mass_add_spread(out, c,
			    p * (b - a) / (until - from));
	}
}
