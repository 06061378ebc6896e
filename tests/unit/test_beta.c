/*
 * test_beta.c - quantiles of Beta distributions, against GSL's function.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "base/gsl_quiet.h"
#include "near.h"
#include "population/beta.h"

static const double shape[][2] = {
	{ 4.0, 196.0 }, { 196.0, 4.0 }, { 30.0, 970.0 }, { 2000.0, 3000.0 },
	{ 0.5, 0.5 }, { 1.0, 9.0 }, { 1.0, 1.0 }, { 2.385, 7.13 },
	{ 0.2385, 7.13 }, { 7.13, 0.2385 }, { 0.01, 0.02 }, { 1.0, 0.3 },
	{ 20000.0, 1.5 }, { 1e6, 1e6 }, { 0.9, 5000.0 }
};

/*
 * The quantile is right where P at it is u, or else where the numbers next to
 * it enclose u: close to 1 they lie far apart.
 */
static void
check(double u, double a, double b)
{
	double x = rp_beta_quantile(u, a, b), tol = 1e-13 + 1e-12 * u;
	double below, above;

	if (!(x >= 0.0 && x <= 1.0))
		fail_msg("Beta(%g, %g) at %g is %g", a, b, u, x);
	if (a + b > 1e3)
		tol += 1e-16 * (a + b);		/* of GSL's own function */
	below = nextafter(nextafter(x, 0.0), 0.0);
	above = nextafter(nextafter(x, 1.0), 1.0);
	if (gsl_cdf_beta_P(below, a, b) > u + tol ||
	    gsl_cdf_beta_P(above, a, b) < u - tol)
		fail_msg("Beta(%g, %g) at %.17g is %.17g, but P there %.17g",
		    a, b, u, x, gsl_cdf_beta_P(x, a, b));
}

static void
it_inverts_the_distribution(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof(shape) / sizeof(shape[0]); k++) {
		double a = shape[k][0], b = shape[k][1];

		for (double u = 1.3e-6; u < 1.0; u += 4.711e-4)
			check(u, a, b);
		check(1e-12, a, b);
		check(0.9975391, a, b);
		check(1.0 - 1e-9, a, b);
	}
}

/* Beta(1, n): 1 - (1 - x)^n.  Beta(2, 2) is even about a half. */
static void
some_are_known(void **state)
{
	(void)state;
	assert_near(rp_beta_quantile(0.19, 1.0, 2.0), 0.1, 1e-15);
	assert_near(rp_beta_quantile(0.271, 1.0, 3.0), 0.1, 1e-15);
	assert_near(rp_beta_quantile(0.3, 1.0, 1.0), 0.3, 1e-15);
	assert_near(rp_beta_quantile(0.5, 2.0, 2.0), 0.5, 1e-15);
	assert_near(rp_beta_quantile(0.5, 0.5, 0.5), 0.5, 1e-15);
	assert_near(rp_beta_quantile(0.25, 0.5, 0.5),
	    pow(sin(0.125 * 3.14159265358979323846), 2.0), 1e-15);
}

static void
it_ascends(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof(shape) / sizeof(shape[0]); k++) {
		double before = 0.0;

		for (double u = 1e-4; u < 1.0; u += 1.3e-3) {
			double x = rp_beta_quantile(u, shape[k][0],
			    shape[k][1]);

			assert_true(x >= before);
			before = x;
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_inverts_the_distribution),
		cmocka_unit_test(some_are_known),
		cmocka_unit_test(it_ascends),
	};

	rp_gsl_quiet();
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
