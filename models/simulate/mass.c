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

static void
touch(struct rp_mass *a, size_t i)
{
	if (i < a->low)
		a->low = i;
	if (i >= a->high)
		a->high = i + 1;
}

void
rp_mass_add_atom(struct rp_mass *a, size_t i, double p)
{
	a->atom[i] += p;
	touch(a, i);
}

void
rp_mass_add_cell(struct rp_mass *a, size_t c, double p, double lump)
{
	/* A NaN differs from everything, so spread mass stays spread. */
	a->lump[c] = a->cell[c] > 0.0 && a->lump[c] != lump ?
	    (double)NAN : lump;
	a->cell[c] += p;
	touch(a, c);
}

void
rp_mass_add_spread(struct rp_mass *a, size_t c, double p)
{
	rp_mass_add_cell(a, c, p, (double)NAN);
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

void
rp_mass_place(const struct rp_grid *g, struct rp_mass *out, double x, double p)
{
	size_t i;
	int64_t xi;

	if (!(x <= (double)g->t[g->n - 1]))
		return;		/* beyond the horizon, or never */
	xi = llround(x);
	if (rp_grid_point(g, xi, &i)) {
		rp_mass_add_atom(out, i, p);
		return;
	}
	i = rp_grid_cell(g, xi);
	rp_mass_add_cell(out, i, p, (x - (double)g->t[i]) /
	    (double)(g->t[i + 1] - g->t[i]));
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
