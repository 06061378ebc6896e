/*
 * population/law.c - distribution functions and their inverses, by GSL.
 */
#include "population/law.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "population/beta.h"
#include "population/spread.h"

/* ---- one row a distribution -------------------------------------------- */

struct family {
	double (*cdf)(const struct rp_law *, double);
	double (*quantile)(const struct rp_law *, double);
	const char *(*fault)(const struct rp_law *);
};

static double
uniform_cdf(const struct rp_law *l, double x)
{
	if (x >= l->a[1])
		return 1.0;
	return x <= l->a[0] ? 0.0 : (x - l->a[0]) / (l->a[1] - l->a[0]);
}

static double
uniform_quantile(const struct rp_law *l, double u)
{
	return l->a[0] + u * (l->a[1] - l->a[0]);
}

static const char *
uniform_fault(const struct rp_law *l)
{
	return l->a[0] <= l->a[1] ? NULL : "low is above high";
}

static double
triangular_cdf(const struct rp_law *l, double x)
{
	double low = l->a[0], mode = l->a[1], high = l->a[2];

	if (x >= high)
		return 1.0;
	if (x <= low)
		return 0.0;
	if (x < mode)
		return (x - low) * (x - low) / ((high - low) * (mode - low));
	return 1.0 - (high - x) * (high - x) / ((high - low) * (high - mode));
}

static double
triangular_quantile(const struct rp_law *l, double u)
{
	double low = l->a[0], mode = l->a[1], high = l->a[2];
	double width = high - low;

	if (!(width > 0.0))
		return low;
	if (u * width < mode - low)
		return low + sqrt(u * width * (mode - low));
	return high - sqrt((1.0 - u) * width * (high - mode));
}

static const char *
triangular_fault(const struct rp_law *l)
{
	return l->a[0] <= l->a[1] && l->a[1] <= l->a[2] ? NULL :
	    "low, mode and high are not in order";
}

/* Beta on 0..1, or stretched over low..high when four parameters are given. */
static double
beta_cdf(const struct rp_law *l, double x)
{
	double low = l->dist->n_params > 2 ? l->a[2] : 0.0;
	double high = l->dist->n_params > 2 ? l->a[3] : 1.0;

	return gsl_cdf_beta_P(fmin(fmax((x - low) / (high - low), 0.0), 1.0),
	    l->a[0], l->a[1]);
}

static double
beta_quantile(const struct rp_law *l, double u)
{
	double low = l->dist->n_params > 2 ? l->a[2] : 0.0;
	double high = l->dist->n_params > 2 ? l->a[3] : 1.0;

	return low + (high - low) * rp_beta_quantile(u, l->a[0], l->a[1]);
}

static const char *
beta_fault(const struct rp_law *l)
{
	if (l->dist->n_params > 2 && !(l->a[2] < l->a[3]))
		return "low is not below high";
	return l->a[0] > 0.0 && l->a[1] > 0.0 ? NULL :
	    "alpha and beta must be above 0";
}

/* Normal, cut below 0 and scaled up again. */
static double
normal_cdf(const struct rp_law *l, double x)
{
	double below = gsl_cdf_ugaussian_P(-l->a[0] / l->a[1]);

	if (x <= 0.0)
		return 0.0;
	return (gsl_cdf_ugaussian_P((x - l->a[0]) / l->a[1]) - below) /
	    (1.0 - below);
}

static double
normal_quantile(const struct rp_law *l, double u)
{
	double below = gsl_cdf_ugaussian_P(-l->a[0] / l->a[1]);

	return fmax(0.0, l->a[0] + l->a[1] *
	    gsl_cdf_ugaussian_Pinv(below + u * (1.0 - below)));
}

static const char *
normal_fault(const struct rp_law *l)
{
	return l->a[1] > 0.0 && l->a[0] > -5.0 * l->a[1] ? NULL :
	    "sd must be above 0 and the mean not far below 0";
}

static double
exponential_cdf(const struct rp_law *l, double x)
{
	return x <= 0.0 ? 0.0 : gsl_cdf_exponential_P(x, l->a[0]);
}

static double
exponential_quantile(const struct rp_law *l, double u)
{
	return gsl_cdf_exponential_Pinv(u, l->a[0]);
}

static const char *
exponential_fault(const struct rp_law *l)
{
	return l->a[0] > 0.0 ? NULL : "the mean must be above 0";
}

static double
gamma_cdf(const struct rp_law *l, double x)
{
	return x <= 0.0 ? 0.0 : gsl_cdf_gamma_P(x, l->a[0], l->a[1]);
}

static double
gamma_quantile(const struct rp_law *l, double u)
{
	return gsl_cdf_gamma_Pinv(u, l->a[0], l->a[1]);
}

static const char *
two_positive(const struct rp_law *l)
{
	return l->a[0] > 0.0 && l->a[1] > 0.0 ? NULL :
	    "both parameters must be above 0";
}

static double
weibull_cdf(const struct rp_law *l, double x)
{
	return x <= 0.0 ? 0.0 : gsl_cdf_weibull_P(x, l->a[0], l->a[1]);
}

static double
weibull_quantile(const struct rp_law *l, double u)
{
	return gsl_cdf_weibull_Pinv(u, l->a[0], l->a[1]);
}

static double
lognormal_cdf(const struct rp_law *l, double x)
{
	if (x <= 0.0)
		return 0.0;
	return 0.5 * erfc(-log(x / l->a[0]) / (l->a[1] * 1.4142135623730951));
}

static double
lognormal_quantile(const struct rp_law *l, double u)
{
	return l->a[0] * exp(l->a[1] * gsl_cdf_ugaussian_Pinv(u));
}

static double
pareto_cdf(const struct rp_law *l, double x)
{
	if (x <= l->a[0])
		return 0.0;
	return -expm1(l->a[1] * log(l->a[0] / x));
}

static double
pareto_quantile(const struct rp_law *l, double u)
{
	return l->a[0] * exp(-log1p(-u) / l->a[1]);
}

static double
one_of_cdf(const struct rp_law *l, double x)
{
	double sum = 0.0;

	for (size_t i = 0; i < l->dist->n_points; i++)
		if (l->dist->point[i] <= x)
			sum += l->dist->weight[i];
	return fmin(sum, 1.0);
}

/* Points stand as given: the quantile needs them in ascending order, which a
 * search for the next larger point gives without sorting (they are few). */
static double
one_of_quantile(const struct rp_law *l, double u)
{
	double best = (double)INFINITY, largest = -(double)INFINITY;

	for (size_t i = 0; i < l->dist->n_points; i++) {
		double x = l->dist->point[i];

		largest = fmax(largest, x);
		if (x < best && one_of_cdf(l, x) >= u)
			best = x;
	}
	return isfinite(best) ? best : largest;
}

static double
empirical_cdf(const struct rp_law *l, double x)
{
	size_t low = 0, high = l->dist->n_points;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (l->dist->point[mid] <= x)
			low = mid + 1;
		else
			high = mid;
	}
	return (double)low / (double)l->dist->n_points;
}

static double
empirical_quantile(const struct rp_law *l, double u)
{
	double n = (double)l->dist->n_points;
	double i = fmin(fmax(ceil(u * n), 1.0), n);

	return l->dist->point[(size_t)i - 1];
}

/* Even from point to point: the weights are those of the points below. */
static double
histogram_cdf(const struct rp_law *l, double x)
{
	const double *point = l->dist->point, *weight = l->dist->weight;
	size_t low = 0, high = l->dist->n_points - 1;

	if (x <= point[0])
		return 0.0;
	if (x >= point[high])
		return 1.0;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (point[mid] <= x)
			low = mid;
		else
			high = mid;
	}
	return weight[low] + (weight[high] - weight[low]) *
	    ((x - point[low]) / (point[high] - point[low]));
}

static double
histogram_quantile(const struct rp_law *l, double u)
{
	const double *point = l->dist->point, *weight = l->dist->weight;
	size_t low = 0, high = l->dist->n_points - 1;

	/* Where nothing lies between two points, the one before them: the
	 * weights of low are below u, and those of high are not. */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (weight[mid] < u)
			low = mid;
		else
			high = mid;
	}
	return point[low] + (point[high] - point[low]) *
	    fmin((u - weight[low]) / (weight[high] - weight[low]), 1.0);
}

static const char *
has_points(const struct rp_law *l)
{
	return l->dist->n_points > 0 ? NULL : "it has no points";
}

static const struct family family[] = {
	[RP_DIST_UNIFORM] = { uniform_cdf, uniform_quantile, uniform_fault },
	[RP_DIST_TRIANGULAR] = { triangular_cdf, triangular_quantile,
	    triangular_fault },
	[RP_DIST_BETA] = { beta_cdf, beta_quantile, beta_fault },
	[RP_DIST_NORMAL] = { normal_cdf, normal_quantile, normal_fault },
	[RP_DIST_EXPONENTIAL] = { exponential_cdf, exponential_quantile,
	    exponential_fault },
	[RP_DIST_GAMMA] = { gamma_cdf, gamma_quantile, two_positive },
	[RP_DIST_WEIBULL] = { weibull_cdf, weibull_quantile, two_positive },
	[RP_DIST_LOGNORMAL] = { lognormal_cdf, lognormal_quantile,
	    two_positive },
	[RP_DIST_PARETO] = { pareto_cdf, pareto_quantile, two_positive },
	[RP_DIST_ONE_OF] = { one_of_cdf, one_of_quantile, has_points },
	[RP_DIST_EMPIRICAL] = { empirical_cdf, empirical_quantile,
	    has_points },
	[RP_DIST_HISTOGRAM] = { histogram_cdf, histogram_quantile,
	    has_points },
};

/* ---- laws --------------------------------------------------------------- */

double
rp_law_cdf(const struct rp_law *law, double x)
{
	x /= law->scale;
	if (law->is_fixed)
		return x >= law->a[0] ? 1.0 : 0.0;
	return family[law->kind].cdf(law, x);
}

double
rp_law_quantile(const struct rp_law *law, double u)
{
	if (law->is_fixed)
		return law->a[0] * law->scale;
	return family[law->kind].quantile(law, u) * law->scale;
}

const char *
rp_law_fault(const struct rp_law *law)
{
	for (unsigned i = 0; i < (law->is_fixed ? 1 : law->dist->n_params);
	    i++)
		if (!isfinite(law->a[i]))
			return "a parameter is not a finite number";
	return law->is_fixed ? NULL : family[law->kind].fault(law);
}

struct rp_law
rp_law_fixed(double x)
{
	return (struct rp_law){ .is_fixed = true, .a = { x }, .scale = 1.0 };
}

/* ---- quantities --------------------------------------------------------- */

bool
rp_quantity_is_fixed(const struct rp_quantity *q)
{
	return q->dist == NULL;
}

bool
rp_chance_is_fixed(const struct rp_quantity *q)
{
	if (q->dist == NULL)
		return true;
	for (unsigned i = 0; i < q->dist->n_params; i++)
		if (q->dist->param[i].dist != NULL)
			return false;
	return true;
}

struct rp_law
rp_chance_law(const struct rp_quantity *q, struct rp_draws *d)
{
	struct rp_law law = { .scale = 1.0 };

	if (q->dist == NULL)
		return rp_law_fixed(q->fixed);
	law.kind = q->dist->kind;
	law.dist = q->dist;
	for (unsigned i = 0; i < q->dist->n_params; i++)
		law.a[i] = rp_quantity_draw(&q->dist->param[i], d);
	/* A degenerate law is a fixed one: it must not divide by its width. */
	if ((law.kind == RP_DIST_UNIFORM && law.a[0] == law.a[1]) ||
	    (law.kind == RP_DIST_TRIANGULAR && law.a[0] == law.a[2]) ||
	    (law.kind == RP_DIST_LOGNORMAL && law.a[1] == 0.0))
		return rp_law_fixed(law.a[0]);
	return law;
}

double
rp_quantity_draw(const struct rp_quantity *q, struct rp_draws *d)
{
	struct rp_law law;
	double u;

	if (q->dist == NULL)
		return q->fixed;
	if (!rp_spread_uniform(d->spread, q, d->trial, &u))
		u = rp_stream_uniform_at(d->key, d->trial,
		    RP_LANE_INPUTS + d->lane);
	/* The lane moves on in either case: it belongs to the quantity. */
	d->lane++;
	law = rp_chance_law(q, d);
	return rp_law_fault(&law) != NULL ? (double)NAN :
	    rp_law_quantile(&law, u);
}
