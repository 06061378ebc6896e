/*
 * test_law_curve.c - laws as curves, and the areas below them.
 *
 * Against GSL's distribution functions and its adaptive quadrature of them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_integration.h>

#include "base/gsl_quiet.h"
#include "near.h"
#include "population/curve.h"

#define STEPS 120

static struct rp_normal table;
static double ln[STEPS];

static struct rp_dist
dist_of(enum rp_dist_kind kind, unsigned n, double a, double b, double c,
    double d)
{
	return (struct rp_dist){ .kind = kind, .n_params = n,
	    .param = { { .fixed = a }, { .fixed = b }, { .fixed = c },
	    { .fixed = d } } };
}

static struct rp_law
law_of(const struct rp_dist *d, double scale)
{
	static struct rp_quantity q;
	struct rp_draws none = { .lane = 0 };
	struct rp_law law;

	q = (struct rp_quantity){ .dist = d };
	law = rp_chance_law(&q, &none);
	law.scale = scale;
	assert_null(rp_law_fault(&law));
	return law;
}

static double
by(double x, void *law)
{
	return rp_law_cdf(law, x);
}

static double
mean_between(const struct rp_law *law, double a, double b)
{
	gsl_integration_workspace *space =
	    gsl_integration_workspace_alloc(2000);
	struct rp_law copy = *law;
	gsl_function f = { by, &copy };
	double sum, error;

	gsl_integration_qags(&f, a, b, 1e-13 * (b - a), 1e-13, 2000, space,
	    &sum, &error);
	gsl_integration_workspace_free(space);
	return sum / (b - a);
}

static void
check(const struct rp_dist *d, double scale, double step, double tol)
{
	struct rp_law law = law_of(d, scale);
	double p[STEPS], area[STEPS];
	struct rp_curve c;

	rp_curve_of(&c, &law, &table);
	assert_true(c.has_area);
	rp_curve_by_steps(&c, step, ln, 0, STEPS, p);
	area[0] = 0.0;
	rp_curve_area_steps(&c, step, ln, 1, STEPS, area);
	for (size_t k = 0; k < STEPS; k++) {
		double x = (double)k * step;

		assert_near(p[k], rp_law_cdf(&law, x), 1e-14);
		assert_near(rp_curve_by(&c, x + 0.3 * step),
		    rp_law_cdf(&law, x + 0.3 * step), 1e-14);
		assert_near(area[k], rp_curve_area(&c, x) / step, 1e-11);
		if (x >= c.top)
			assert_near(p[k], 1.0, 0.0);
		if (k > 0)
			assert_near(area[k] - area[k - 1], mean_between(&law,
			    x - step, x), tol);
	}
}

static void
areas_are_those_of_quadrature(void **state)
{
	static const double points[] = { 0.5, 2.385, 7.0, 17.3 };
	static const double weights[] = { 0.0, 0.2, 0.2, 1.0 };
	const struct rp_dist d[] = {
		/* Shapes that rise at once, late, and over a time that is
		 * cut by steps. */
		dist_of(RP_DIST_UNIFORM, 2, 2.385, 9.71, 0, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, 1.17, 2.385, 9.71, 0),
		dist_of(RP_DIST_UNIFORM, 2, 0.0, 1.0, 0, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, 1.17, 1.17, 9.71, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, 1.17, 9.71, 9.71, 0),
		dist_of(RP_DIST_BETA, 2, 2.385, 7.13, 0, 0),
		dist_of(RP_DIST_BETA, 4, 2.385, 1.13, 1.3, 17.9),
		dist_of(RP_DIST_NORMAL, 2, 2.385, 3.17, 0, 0),
		dist_of(RP_DIST_NORMAL, 2, 12.385, 3.17, 0, 0),
		dist_of(RP_DIST_EXPONENTIAL, 1, 2.385, 0, 0, 0),
		dist_of(RP_DIST_GAMMA, 2, 2.385, 3.17, 0, 0),
		dist_of(RP_DIST_GAMMA, 2, 0.4385, 3.17, 0, 0),
		dist_of(RP_DIST_WEIBULL, 2, 9.13, 0.8371, 0, 0),
		dist_of(RP_DIST_WEIBULL, 2, 9.13, 3.371, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 2.385, 0.9137, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 12.385, 0.0317, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 12.385, 2.713, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 12.385, 7.13, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 12.385, 71.3, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 2.385, 1.1713, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 2.385, 1.0, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 2.385, 0.3917, 0, 0),
		{ .kind = RP_DIST_HISTOGRAM, .n_points = 4, .point = points,
		    .weight = weights },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(d) / sizeof(d[0]); i++) {
		check(&d[i], 1.0, 0.713, 1e-11);
		check(&d[i], 3.7, 1.0, 1e-11);
	}
}

/* Where rounding would show, or nothing is known, no area is promised. */
static void
areas_are_refused(void **state)
{
	static const double points[] = { 1.0, 2.0, 7.0 };
	const struct rp_dist d[] = {
		dist_of(RP_DIST_UNIFORM, 2, -1.0, 5.5, 0, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, -1.0, 2.0, 5.5, 0),
		dist_of(RP_DIST_BETA, 4, 2.0, 2.0, -1.0, 3.0),
		dist_of(RP_DIST_WEIBULL, 2, 2.0, 0.1, 0, 0),
		{ .kind = RP_DIST_EMPIRICAL, .n_points = 3, .point = points },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(d) / sizeof(d[0]); i++) {
		struct rp_law law = law_of(&d[i], 1.0);
		struct rp_curve c;

		rp_curve_of(&c, &law, &table);
		assert_false(c.has_area);
		for (double x = -1.0; x < 20.0; x += 0.173)
			assert_near(rp_curve_by(&c, x), rp_law_cdf(&law, x),
			    1e-14);
	}
}

/* So narrow that a logarithm's rounding would show: not by the table. */
static void
a_needle_is_not_blurred(void **state)
{
	struct rp_dist d = dist_of(RP_DIST_LOGNORMAL, 2, 2.385, 1e-9, 0, 0);
	struct rp_law law = law_of(&d, 1.0);
	struct rp_curve c;

	(void)state;
	rp_curve_of(&c, &law, &table);
	for (double z = -6.0; z < 6.0; z += 0.271) {
		double x = 2.385 * (1.0 + 1e-9 * z);

		assert_near(rp_curve_by(&c, x), rp_law_cdf(&law, x), 0.0);
	}
	assert_near(rp_curve_area(&c, 7.0), 7.0 - 2.385, 1e-14);
	assert_near(rp_curve_area(&c, 2.0), 0.0, 1e-14);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(areas_are_those_of_quadrature),
		cmocka_unit_test(areas_are_refused),
		cmocka_unit_test(a_needle_is_not_blurred),
	};

	rp_gsl_quiet();
	rp_normal_init(&table);
	for (size_t k = 1; k < STEPS; k++)
		ln[k] = log((double)k);
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
