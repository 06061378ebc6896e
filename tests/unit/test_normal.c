/*
 * test_normal.c - the table of the normal distribution function against GSL's.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "base/normal.h"
#include "near.h"

static struct rp_normal table;

static void
it_is_near_everywhere(void **state)
{
	(void)state;
	for (int k = -400000; k <= 400000; k++) {
		double z = k * 1.0013e-4;

		assert_near(rp_normal_by(&table, z), gsl_cdf_ugaussian_P(z),
		    1e-15);
	}
}

/* Within a tail what is left must be right relative to itself. */
static void
its_tails_are_right_relatively(void **state)
{
	(void)state;
	for (double z = 0.0; z < 37.0; z += 2.39e-4) {
		double p = gsl_cdf_ugaussian_Q(z);

		assert_near(rp_normal_above(&table, z) / p, 1.0, 4e-12);
		assert_near(rp_normal_by(&table, -z) / p, 1.0, 4e-12);
	}
}

static void
its_ends_are_exact(void **state)
{
	(void)state;
	assert_near(rp_normal_by(&table, 0.0), 0.5, 0.0);
	assert_near(rp_normal_by(&table, 8.6), 1.0, 0.0);
	assert_near(rp_normal_by(&table, (double)INFINITY), 1.0, 0.0);
	assert_near(rp_normal_by(&table, -(double)INFINITY), 0.0, 0.0);
	assert_near(rp_normal_above(&table, RP_NORMAL_REACH),
	    gsl_cdf_ugaussian_Q(RP_NORMAL_REACH), 1e-30);
}

/* From node to node there is no step back beyond rounding. */
static void
it_ascends(void **state)
{
	double before = 0.0;

	(void)state;
	for (double z = -8.6; z < 8.7; z += 3.1e-5) {
		double p = rp_normal_by(&table, z);

		assert_true(p >= before - 4e-16 * before);
		before = p;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_near_everywhere),
		cmocka_unit_test(its_tails_are_right_relatively),
		cmocka_unit_test(its_ends_are_exact),
		cmocka_unit_test(it_ascends),
	};

	rp_normal_init(&table);
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
