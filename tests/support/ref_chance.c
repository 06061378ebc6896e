/*
 * tests/support/ref_chance.c - see ref_chance.h.
 */
#include "ref_chance.h"

#include <math.h>

#include <gsl/gsl_randist.h>

static double
triangular(double low, double mode, double high, double u)
{
	double cut = (mode - low) / (high - low);

	return u < cut ? low + sqrt(u * (high - low) * (mode - low)) :
	    high - sqrt((1.0 - u) * (high - low) * (high - mode));
}

static double
one_of(const struct rp_dist *d, double u)
{
	size_t i = 0;

	if (d->weight == NULL)
		return d->point[(size_t)(u * (double)d->n_points)];
	while (i + 1 < d->n_points && u >= d->weight[i])
		u -= d->weight[i++];
	return d->point[i];
}

static double
normal_above_zero(double mean, double sd, gsl_rng *rng)
{
	double x;

	do
		x = mean + gsl_ran_gaussian(rng, sd);
	while (x < 0.0);
	return x;
}

static double
beta(const struct rp_dist *d, const double *p, gsl_rng *rng)
{
	double x = gsl_ran_beta(rng, p[0], p[1]);

	return d->n_params > 2 ? p[2] + (p[3] - p[2]) * x : x;
}

/* One of its stretches, and a place on that. */
static double
histogram(const struct rp_dist *d, gsl_rng *rng)
{
	double u = gsl_rng_uniform(rng);
	size_t i = 1;

	while (i + 1 < d->n_points && d->weight[i] <= u)
		i++;
	return gsl_ran_flat(rng, d->point[i - 1], d->point[i]);
}

double
ref_variate(const struct chance *c, gsl_rng *rng)
{
	const double *p = c->p;

	if (c->dist == NULL)
		return p[0];
	switch (c->dist->kind) {
	case RP_DIST_UNIFORM:
		return gsl_ran_flat(rng, p[0], p[1]);
	case RP_DIST_TRIANGULAR:
		return triangular(p[0], p[1], p[2], gsl_rng_uniform(rng));
	case RP_DIST_BETA:
		return beta(c->dist, p, rng);
	case RP_DIST_NORMAL:
		return normal_above_zero(p[0], p[1], rng);
	case RP_DIST_EXPONENTIAL:
		return gsl_ran_exponential(rng, p[0]);
	case RP_DIST_GAMMA:
		return gsl_ran_gamma(rng, p[0], p[1]);
	case RP_DIST_WEIBULL:
		return gsl_ran_weibull(rng, p[0], p[1]);
	case RP_DIST_LOGNORMAL:
		return gsl_ran_lognormal(rng, log(p[0]), p[1]);
	case RP_DIST_PARETO:
		return gsl_ran_pareto(rng, p[1], p[0]);
	case RP_DIST_HISTOGRAM:
		return histogram(c->dist, rng);
	case RP_DIST_ONE_OF:
	case RP_DIST_EMPIRICAL:
		break;
	}
	return one_of(c->dist, gsl_rng_uniform(rng));
}

struct chance
ref_settle(const struct rp_quantity *q, gsl_rng *rng)
{
	struct chance c = { .dist = q->dist, .p = { q->fixed } };

	for (unsigned i = 0; q->dist != NULL && i < q->dist->n_params; i++)
		c.p[i] = ref_draw(&q->dist->param[i], rng);
	return c;
}

double
ref_draw(const struct rp_quantity *q, gsl_rng *rng)
{
	struct chance c = ref_settle(q, rng);

	return ref_variate(&c, rng);
}

bool
ref_happens(double share, gsl_rng *rng)
{
	return gsl_rng_uniform(rng) < share;
}
