/*
 * tests/support/slow_kernel.c - mass through hops, entry by entry.
 */
#include "slow_kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_integration.h>

#include "simulate/hop.h"

#define PARTS 24

struct slow {
	const struct rp_kernel_work *w;
	size_t n;
};

/* ---- masses ------------------------------------------------------------- */

static struct rp_mass
mass_new(size_t n)
{
	return (struct rp_mass){ .atom = calloc(n, sizeof(double)),
	    .cell = calloc(n, sizeof(double)),
	    .lump = calloc(n, sizeof(double)), .low = SIZE_MAX };
}

static void
mass_free(struct rp_mass *a)
{
	free(a->atom);
	free(a->cell);
	free(a->lump);
}

/* ---- the mean over a cell ----------------------------------------------- */

struct place {
	const struct rp_hop *h;
	double at;
};

static double
through(double v, void *data)
{
	const struct place *p = data;

	return rp_hop_lag_cdf(p->h, p->at - v);
}

double
slow_mean(const struct rp_hop *h, double at, double len)
{
	static gsl_integration_workspace *space;
	struct place p = { h, at };
	gsl_function f = { through, &p };
	double sum = 0.0, error;

	if (space == NULL)
		space = gsl_integration_workspace_alloc(1000);
	/* In pieces, so that no narrow rise is missed. */
	for (int k = 0; k < 8; k++) {
		double part;

		gsl_integration_qags(&f, len * k / 8, len * (k + 1) / 8,
		    1e-12 * len, 1e-12, 1000, space, &part, &error);
		sum += part;
	}
	return sum / len;
}

static double
from_cell(const struct slow *s, const struct rp_hop *h, size_t c, size_t j)
{
	static const double at[] = { 0.06943184420297371, 0.33000947820757187,
	    0.66999052179242813, 0.93056815579702629 };
	static const double weight[] = { 0.17392742256872693,
	    0.32607257743127307, 0.32607257743127307, 0.17392742256872693 };
	const struct rp_grid *g = &s->w->m->grid;
	double from = (double)g->t[c], len = (double)g->t[c + 1] - from;
	const struct rp_grid_calendar *gc = &s->w->m->calendar[h->calendar];
	double sum = 0.0;

	if (!h->own && !rp_hop_is_working(h))
		return slow_mean(h, (double)g->t[j] - from, len);
	if (!h->own && (double)(gc->seconds[c + 1] - gc->seconds[c]) == len)
		return slow_mean(h, (double)(gc->seconds[j] - gc->seconds[c]),
		    len);
	for (int k = 0; k < 4; k++)
		sum += weight[k] * rp_hop_cdf_from(s->w->m, h,
		    from + at[k] * len, j);
	return sum;
}

/* ---- one step ----------------------------------------------------------- */

static bool
has_points(const struct rp_hop *h)
{
	return h->step->kind == RP_STEP_WAIT && (h->law.is_fixed ||
	    h->law.kind == RP_DIST_ONE_OF ||
	    (h->law.kind == RP_DIST_EMPIRICAL &&
	    h->law.dist->n_points <= 100));
}

static size_t
points(const struct rp_hop *h)
{
	return h->law.is_fixed ? 1 : h->law.dist->n_points;
}

static double
point(const struct rp_hop *h, size_t k, double *p)
{
	*p = 1.0 - h->never;
	if (!h->law.is_fixed)
		*p *= h->law.kind == RP_DIST_ONE_OF ?
		    h->law.dist->weight[k] :
		    1.0 / (double)h->law.dist->n_points;
	return h->law.scale * (h->law.is_fixed ? h->law.a[0] :
	    h->law.dist->point[k]);
}

static void
instant(const struct slow *s, const struct rp_hop *h, double u, size_t i,
    double p, struct rp_mass *out)
{
	const struct rp_grid *g = &s->w->m->grid;
	double before = h->own ? rp_hop_own_cdf(h, u, u) : 0.0;

	if (rp_hop_maps_instants(h)) {
		rp_mass_place(g, out, rp_hop_mapped(s->w->m, h, u),
		    p * (1.0 - h->never));
		return;
	}
	for (size_t k = 0; has_points(h) && k < points(h); k++) {
		double pk, d = point(h, k, &pk);

		rp_mass_place(g, out, rp_hop_after(s->w->m, h, u, d), p * pk);
	}
	if (has_points(h))
		return;
	if (before > 0.0)
		rp_mass_place(g, out, u, p * before);
	for (size_t j = i + 1; j < s->n; j++) {
		double by = rp_hop_cdf_from(s->w->m, h, u, j);

		if (by > before)
			rp_mass_add_spread(out, j - 1, p * (by - before));
		before = fmax(by, before);
	}
}

static void
delay(const struct slow *s, const struct rp_hop *h, size_t c, double d,
    double p, struct rp_mass *out)
{
	const struct rp_grid *g = &s->w->m->grid;
	double at = (double)g->t[c], len = (double)g->t[c + 1] - at;
	double from = rp_hop_after(s->w->m, h, at, d);
	double until = rp_hop_after(s->w->m, h, at + len, d);

	if (until - from <= len) {
		rp_mass_place_over(g, out, from, until, p);
		return;
	}
	len /= PARTS;
	for (int k = 0; k < PARTS; k++, at += len) {
		from = rp_hop_after(s->w->m, h, at, d);
		until = rp_hop_after(s->w->m, h, at + len, d);
		if (until - from <= 2.0 * len)
			rp_mass_place_over(g, out, from, until, p / PARTS);
		else
			rp_mass_place(g, out, rp_hop_after(s->w->m, h,
			    at + 0.5 * len, d), p / PARTS);
	}
}

static void
map(const struct slow *s, const struct rp_hop *h, size_t c, double p,
    struct rp_mass *out)
{
	const struct rp_grid *g = &s->w->m->grid;
	double from = (double)g->t[c], len = (double)g->t[c + 1] - from;

	for (int k = 0; k < PARTS; k++) {
		double u = from + len * (k + 0.5) / PARTS;
		double x = rp_hop_mapped(s->w->m, h, u);

		if (x == u)
			rp_mass_add_spread(out, c, p / PARTS);
		else
			rp_mass_place(g, out, x, p / PARTS);
	}
}

static void
cell(const struct slow *s, const struct rp_hop *h, size_t c, double p,
    struct rp_mass *out)
{
	double before = 0.0;

	if (rp_hop_maps_instants(h)) {
		map(s, h, c, p * (1.0 - h->never), out);
		return;
	}
	for (size_t k = 0; has_points(h) && k < points(h); k++) {
		double pk, d = point(h, k, &pk);

		delay(s, h, c, d, p * pk, out);
	}
	for (size_t j = c + 1; !has_points(h) && j < s->n; j++) {
		double by = from_cell(s, h, c, j);

		if (by > before)
			rp_mass_add_spread(out, j - 1, p * (by - before));
		before = fmax(by, before);
	}
}

/* ---- chains ------------------------------------------------------------- */

static void
chain(const struct slow *s, size_t hop, size_t n, struct rp_mass *a)
{
	const struct rp_grid *g = &s->w->m->grid;

	for (; n > 0; n--, hop += s->w->hop[hop].span) {
		const struct rp_hop *h = &s->w->hop[hop];
		struct rp_mass b = mass_new(s->n);

		if (h->step->kind == RP_STEP_BRANCH) {
			rp_mass_split(a, &b, h->share);
			chain(s, hop + 1, h->n_sub, &b);
			rp_mass_add(a, &b);
			mass_free(&b);
			continue;
		}
		for (size_t i = 0; i < s->n; i++) {
			if (a->atom[i] > 0.0)
				instant(s, h, (double)g->t[i], i, a->atom[i],
				    &b);
			if (a->cell[i] > 0.0 && isnan(a->lump[i]))
				cell(s, h, i, a->cell[i], &b);
			else if (a->cell[i] > 0.0)
				instant(s, h, (double)g->t[i] + a->lump[i] *
				    (double)(g->t[i + 1] - g->t[i]), i,
				    a->cell[i], &b);
		}
		mass_free(a);
		*a = b;
	}
}

/* The formula of kernel.c, term by term. */
static void
thin(const struct slow *s, const struct rp_mass *a, enum rp_entry entry,
    size_t i, const double *alive, double *atom, double *in, double *expired)
{
	double first = entry == RP_ENTRY_POINT ? alive[i] :
	    0.5 * (alive[i] + alive[i + 1]), gone = 0.0;

	for (size_t j = i; j < s->n; j++) {
		double from = j == i ? first : alive[j];

		atom[j] = a->atom[j] * from / first;
		gone += a->atom[j];
		if (j + 1 == s->n)
			break;
		in[j] = a->cell[j] * (from + alive[j + 1]) / (2.0 * first);
		expired[j] = (from - alive[j + 1]) / first *
		    (1.0 - gone - 0.5 * a->cell[j]);
		if (j == i && entry == RP_ENTRY_CELL) {
			in[j] = a->cell[j];
			expired[j] = (from - alive[j + 1]) / first *
			    (1.0 - a->cell[j]);
		}
		gone += a->cell[j];
	}
}

void
slow_kernel(const struct rp_kernel_work *w, const struct rp_flow_node *node,
    enum rp_entry entry, size_t i, const double *alive, double *atom,
    double *in, double *expired)
{
	struct slow s = { w, w->m->grid.n };
	struct rp_mass a = mass_new(s.n);

	if (entry == RP_ENTRY_POINT)
		rp_mass_add_atom(&a, i, 1.0);
	else
		rp_mass_add_spread(&a, i, 1.0);
	chain(&s, node->hop, node->n_hops, &a);
	memset(atom, 0, s.n * sizeof(*atom));
	memset(in, 0, s.n * sizeof(*in));
	memset(expired, 0, s.n * sizeof(*expired));
	if (alive != NULL) {
		thin(&s, &a, entry, i, alive, atom, in, expired);
	} else {
		memcpy(atom, a.atom, s.n * sizeof(*atom));
		memcpy(in, a.cell, s.n * sizeof(*in));
	}
	mass_free(&a);
}
