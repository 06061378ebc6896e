/*
 * population/curve.c - distribution functions and the areas below them.
 *
 * By parts the area up to x is x P(x) less the mean of what lies below x, which
 * for most families is a distribution function of the same family again.
 */
#include "population/curve.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>

/* ---- areas, one row a family -------------------------------------------- */

struct area {
	double (*below)(const struct rp_law *, double);
	double (*top)(const struct rp_law *);
	bool (*is_good)(const struct rp_law *);	/* NULL: always */
};

static double
no_top(const struct rp_law *l)
{
	(void)l;
	return (double)INFINITY;
}

/* Areas are counted from 0 on. */
static bool
first_is_positive(const struct rp_law *l)
{
	return l->a[0] >= 0.0;
}

static double
uniform_below(const struct rp_law *l, double x)
{
	double low = l->a[0], high = l->a[1];

	if (x <= low)
		return 0.0;
	return x >= high ? x - 0.5 * (low + high) :
	    (x - low) * (x - low) / (2.0 * (high - low));
}

static double
uniform_top(const struct rp_law *l)
{
	return l->a[1];
}

static double
triangular_below(const struct rp_law *l, double x)
{
	double low = l->a[0], mode = l->a[1], high = l->a[2];
	double width = high - low, rest = high - x;

	if (x <= low)
		return 0.0;
	if (x < mode)
		return (x - low) * (x - low) * (x - low) /
		    (3.0 * width * (mode - low));
	x -= (low + mode + high) / 3.0;
	return rest <= 0.0 ? x : x + rest * rest * rest /
	    (3.0 * width * (high - mode));
}

static double
triangular_top(const struct rp_law *l)
{
	return l->a[2];
}

static double
beta_below(const struct rp_law *l, double x)
{
	double low = l->dist->n_params > 2 ? l->a[2] : 0.0;
	double high = l->dist->n_params > 2 ? l->a[3] : 1.0;
	double a = l->a[0], b = l->a[1], mean = a / (a + b);

	x = (x - low) / (high - low);
	if (x <= 0.0)
		return 0.0;
	return (high - low) * (x >= 1.0 ? x - mean :
	    x * gsl_cdf_beta_P(x, a, b) -
	    mean * gsl_cdf_beta_P(x, a + 1.0, b));
}

static bool
beta_is_good(const struct rp_law *l)
{
	return l->dist->n_params <= 2 || l->a[2] >= 0.0;
}

static double
beta_top(const struct rp_law *l)
{
	return l->dist->n_params > 2 ? l->a[3] : 1.0;
}

/* The area below the normal one up to z: its slope is its density. */
static double
normal_area(double z)
{
	return z * gsl_cdf_ugaussian_P(z) +
	    0.39894228040143268 * exp(-0.5 * z * z);
}

static double
normal_below(const struct rp_law *l, double x)
{
	double from = -l->a[0] / l->a[1];
	double below = gsl_cdf_ugaussian_P(from);

	if (x <= 0.0)
		return 0.0;
	return (l->a[1] * (normal_area((x - l->a[0]) / l->a[1]) -
	    normal_area(from)) - below * x) / (1.0 - below);
}

static double
exponential_below(const struct rp_law *l, double x)
{
	return x <= 0.0 ? 0.0 : x + l->a[0] * expm1(-x / l->a[0]);
}

static double
gamma_below(const struct rp_law *l, double x)
{
	return x <= 0.0 ? 0.0 : x * gsl_cdf_gamma_P(x, l->a[0], l->a[1]) -
	    l->a[0] * l->a[1] * gsl_cdf_gamma_P(x, l->a[0] + 1.0, l->a[1]);
}

/* What is above, exp(-(x/a)^b), is an incomplete gamma function of (x/a)^b. */
static double
weibull_below(const struct rp_law *l, double x)
{
	double scale = l->a[0], shape = l->a[1];

	return x <= 0.0 ? 0.0 : x - scale * gsl_sf_gamma(1.0 + 1.0 / shape) *
	    gsl_cdf_gamma_P(pow(x / scale, shape), 1.0 / shape, 1.0);
}

/* Its mean outgrows what it is taken from, and rounding with it. */
static bool
weibull_is_good(const struct rp_law *l)
{
	return l->a[1] >= 0.2;
}

static double
pareto_below(const struct rp_law *l, double x)
{
	double least = l->a[0], rest = 1.0 - l->a[1];
	double ln = log(x / least);

	if (x <= least)
		return 0.0;
	return x - least - least * (fabs(rest * ln) < 1e-12 ? ln :
	    expm1(rest * ln) / rest);
}

/*
 * x N(z) - mean N(z - sigma).  Where the mean outgrows what it is taken from,
 * it is exp(z^2 / 2 - w^2 / 2) x with w = sigma - z, and the hazard at w tells
 * what is above it by its density.
 */
static double
lognormal_below(const struct rp_law *l, double x)
{
	double z = log(x / l->a[0]) / l->a[1], w = l->a[1] - z;

	if (x <= 0.0)
		return 0.0;
	return x * gsl_cdf_ugaussian_P(z) - (w > 0.0 ?
	    x * 0.39894228040143268 * exp(-0.5 * z * z) / gsl_sf_hazard(w) :
	    l->a[0] * exp(0.5 * l->a[1] * l->a[1]) *
	    gsl_cdf_ugaussian_P(-w));
}

/* Trapezia from point to point. */
static double
histogram_below(const struct rp_law *l, double x)
{
	const double *point = l->dist->point, *weight = l->dist->weight;
	double sum = 0.0;
	size_t k = 0;

	for (; k + 1 < l->dist->n_points && point[k + 1] <= x; k++)
		sum += 0.5 * (weight[k] + weight[k + 1]) *
		    (point[k + 1] - point[k]);
	return x <= point[k] ? sum : sum + (x - point[k]) * 0.5 *
	    (weight[k] + rp_law_cdf(&(struct rp_law){ .kind = l->kind,
	    .scale = 1.0, .dist = l->dist }, x));
}

static double
last_point(const struct rp_law *l)
{
	return l->dist->point[l->dist->n_points - 1];
}

static bool
points_are_positive(const struct rp_law *l)
{
	return l->dist->point[0] >= 0.0;
}

/* Those that are NULL have no area: their curve has steps. */
static const struct area area[] = {
	[RP_DIST_UNIFORM] = { uniform_below, uniform_top, first_is_positive },
	[RP_DIST_TRIANGULAR] = { triangular_below, triangular_top,
	    first_is_positive },
	[RP_DIST_BETA] = { beta_below, beta_top, beta_is_good },
	[RP_DIST_NORMAL] = { normal_below, no_top, NULL },
	[RP_DIST_EXPONENTIAL] = { exponential_below, no_top, NULL },
	[RP_DIST_GAMMA] = { gamma_below, no_top, NULL },
	[RP_DIST_WEIBULL] = { weibull_below, no_top, weibull_is_good },
	[RP_DIST_LOGNORMAL] = { lognormal_below, no_top, NULL },
	[RP_DIST_PARETO] = { pareto_below, no_top, NULL },
	[RP_DIST_ONE_OF] = { NULL, no_top, NULL },
	[RP_DIST_EMPIRICAL] = { NULL, last_point, NULL },
	[RP_DIST_HISTOGRAM] = { histogram_below, last_point,
	    points_are_positive },
};

/* ---- the log-normal family by the table --------------------------------- */

/* The mean grows as exp(sigma^2 / 2), and rounding with it: 3e5 at 5. */
#define MOST_SIGMA 5.0
/* z is right to the rounding of a logarithm over sigma. */
#define LEAST_SIGMA 1e-3

static double
lognormal_by(const struct rp_curve *c, double ln_x)
{
	return rp_normal_by(c->normal, (ln_x - c->ln_median) * c->per_sigma);
}

static double
lognormal_area(const struct rp_curve *c, double x, double ln_x)
{
	double z = (ln_x - c->ln_median) * c->per_sigma;

	return x * rp_normal_by(c->normal, z) -
	    c->mean * rp_normal_by(c->normal, z - c->sigma);
}

/* ---- questions ---------------------------------------------------------- */

void
rp_curve_of(struct rp_curve *c, const struct rp_law *law,
    const struct rp_normal *normal)
{
	double median = law->a[0] * law->scale, sigma = law->a[1];

	*c = (struct rp_curve){ .law = *law, .normal = normal };
	if (law->is_fixed) {
		c->top = median;
		return;
	}
	c->top = area[law->kind].top(law) * law->scale;
	c->has_area = area[law->kind].below != NULL &&
	    (area[law->kind].is_good == NULL || area[law->kind].is_good(law));
	if (law->kind != RP_DIST_LOGNORMAL || sigma < LEAST_SIGMA ||
	    sigma > MOST_SIGMA)
		return;
	c->by_log = true;
	c->sigma = sigma;
	c->per_sigma = 1.0 / sigma;
	c->ln_median = log(median);
	c->mean = median * exp(0.5 * sigma * sigma);
}

double
rp_curve_by(const struct rp_curve *c, double x)
{
	if (!c->by_log)
		return rp_law_cdf(&c->law, x);
	return x > 0.0 ? lognormal_by(c, log(x)) : 0.0;
}

double
rp_curve_area(const struct rp_curve *c, double x)
{
	if (!(x > 0.0))
		return 0.0;
	return c->by_log ? lognormal_area(c, x, log(x)) :
	    c->law.scale * area[c->law.kind].below(&c->law,
	    x / c->law.scale);
}

void
rp_curve_by_steps(const struct rp_curve *c, double step, const double *ln,
    size_t from, size_t until, double *out)
{
	/* With k steps for x all but the median stays what it is. */
	double ln_median = c->ln_median - log(step);

	for (size_t k = from; k < until; k++)
		out[k] = k == 0 || !c->by_log ?
		    rp_curve_by(c, (double)k * step) :
		    rp_normal_by(c->normal, (ln[k] - ln_median) *
		    c->per_sigma);
}

void
rp_curve_area_steps(const struct rp_curve *c, double step, const double *ln,
    size_t from, size_t until, double *out)
{
	double ln_median = c->ln_median - log(step), mean = c->mean / step;

	for (size_t k = from; k < until && !c->by_log; k++)
		out[k] = rp_curve_area(c, (double)k * step) / step;
	for (size_t k = from; k < until && c->by_log; k++) {
		double z = (ln[k] - ln_median) * c->per_sigma;

		out[k] = (double)k * rp_normal_by(c->normal, z) -
		    mean * rp_normal_by(c->normal, z - c->sigma);
	}
}
