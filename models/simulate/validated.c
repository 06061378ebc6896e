/*
 * simulate/validated.c - who needs a fresh validation on the day of issuance.
 *
 * A certificate issued at u may rest on a validation made at u - reuse(u) or
 * later.  As limits only ever get shorter, u - reuse(u) only grows.
 */
#include <math.h>

#include "revplan/rules.h"
#include "simulate/flow.h"

/* Where the law has steps, the mean over a cell is taken so finely. */
#define SUBDIVISIONS 24

/* The oldest validation that may be used at u. */
static double
oldest(const struct rp_model *m, double u)
{
	struct rp_instant t = rp_instant_of_s((int64_t)floor(u));
	struct rp_span limit;

	/* Where nothing is known, nothing is demanded; the model refuses
	 * cases in which that can happen. */
	if (!rp_validation_reuse(m->cs->profile, t, &limit, NULL))
		return -(double)INFINITY;
	return u - (double)rp_span_s(limit);
}

/* P(validated before x). */
static double
before(const struct rp_law *law, double x)
{
	if (law->is_fixed)
		return law->a[0] * law->scale < x ? 1.0 : 0.0;
	return rp_law_cdf(law, x);
}

/* The place in a cell, 0..1, from which on a validation at `when` is too
 * old. */
static double
turning(const struct rp_model *m, double when, double from, double len)
{
	double low = 0.0, high = 1.0;

	if (oldest(m, from + len) <= when)
		return 1.0;
	for (int k = 0; k < 40; k++) {
		double mid = 0.5 * (low + high);

		if (oldest(m, from + mid * len) > when)
			high = mid;
		else
			low = mid;
	}
	return high;
}

static double
over_cell(const struct rp_model *m, const struct rp_law *law, size_t c)
{
	double from = (double)m->grid.t[c], sum = 0.0;
	double len = (double)m->grid.t[c + 1] - from;

	if (law->is_fixed)
		return 1.0 - turning(m, law->a[0] * law->scale, from, len);
	for (int k = 0; k < SUBDIVISIONS; k++)
		sum += before(law, oldest(m, from + len * (k + 0.5) /
		    SUBDIVISIONS));
	return sum / SUBDIVISIONS;
}

double
rp_validated_share(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i, double lump)
{
	const struct rp_model *m = e->m;
	struct rp_node_state *s = &e->node[node];
	double *known = &s->old[phase == RP_ENTRY_POINT ? i : m->grid.n + i];

	if (phase == RP_ENTRY_CELL && !isnan(lump))
		return before(&s->law, oldest(m, (double)m->grid.t[i] +
		    lump * (double)(m->grid.t[i + 1] - m->grid.t[i])));
	if (isnan(*known))
		*known = phase == RP_ENTRY_CELL ? over_cell(m, &s->law, i) :
		    before(&s->law, oldest(m, (double)m->grid.t[i]));
	return *known;
}
