/*
 * tests/unit/test_bounds.c - what so many trials can say of a probability.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/near.h"
#include "revplan/simulate.h"

/* ln of n over k, by sums, so that no routine of the library is its own
 * judge. */
static double
log_choose(int n, int k)
{
	double sum = 0;
	int i;

	for (i = 1; i <= k; i++)
		sum += log((double)(n - k + i)) - log((double)i);
	return sum;
}

/* P(at most k of n) at probability p. */
static double
at_most(int k, int n, double p)
{
	double sum = 0;
	int i;

	for (i = 0; i <= k; i++)
		sum += exp(log_choose(n, i) + i * log(p) +
		    (n - i) * log1p(-p));
	return sum;
}

/* The definition: at either bound what was seen is a surprise of 2.5 %. */
static void
bounds_are_surprises(void **state)
{
	static const int ns[] = { 5, 20, 100, 1000, 1990 };
	size_t i;
	int k, n;

	(void)state;
	for (i = 0; i < sizeof(ns) / sizeof(ns[0]); i++) {
		n = ns[i];
		for (k = 1; k < n; k += n / 5) {
			struct rp_bounds b = rp_probability_bounds(
			    (double)k / n, n);

			assert_near(at_most(k, n, b.most), 0.025, 1e-9);
			assert_near(1 - at_most(k - 1, n, b.least), 0.025,
			    1e-9);
			assert_true(b.least < (double)k / n &&
			    (double)k / n < b.most);
		}
	}
}

/* (1 - p)^n = 0.025 where nothing was seen, and the mirror image. */
static void
no_certainty_from_trials(void **state)
{
	struct rp_bounds none = rp_probability_bounds(0, 10000);
	struct rp_bounds all = rp_probability_bounds(1, 10000);

	(void)state;
	assert_near(none.least, 0, 0);
	assert_near(none.most, 1 - pow(0.025, 1.0 / 10000), 1e-12);
	assert_near(all.most, 1, 0);
	assert_near(all.least, pow(0.025, 1.0 / 10000), 1e-12);
	/* 0.975: a single trial says next to nothing. */
	assert_near(rp_probability_bounds(0, 1).most, 0.975, 1e-12);
}

/*
 * Counts past which another formula serves: the surprise is that of the
 * definition to a fiftieth.
 */
static void
many_of_both(void **state)
{
	struct rp_bounds b = rp_probability_bounds(0.5, 4000);

	(void)state;
	assert_near(at_most(2000, 4000, b.most), 0.025, 5e-4);
	assert_near(1 - at_most(1999, 4000, b.least), 0.025, 5e-4);
	b = rp_probability_bounds(0.3, 5000);
	assert_near(at_most(1500, 5000, b.most), 0.025, 5e-4);
	assert_near(1 - at_most(1499, 5000, b.least), 0.025, 5e-4);
}

/*
 * Many trials: the normal approximation is close, and nothing gives up.  Half
 * a count, and the spread at the bound in place of that at p, move it by at
 * most (1 + 1.96^2) / 2 = 2.42 of 1 / sd.
 */
static void
many_trials(void **state)
{
	static const double ns[] = { 99999, 2e6, 1e7 };
	static const double ps[] = { 0.01, 0.3, 0.5, 0.9 };
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(ns) / sizeof(ns[0]); i++)
		for (k = 0; k < sizeof(ps) / sizeof(ps[0]); k++) {
			double p = ps[k], se = sqrt(p * (1 - p) / ns[i]);
			double tol = 2.5 / (se * ns[i]);
			struct rp_bounds b = rp_probability_bounds(p, ns[i]);

			assert_near((b.most - p) / se, 1.96, tol);
			assert_near((p - b.least) / se, 1.96, tol);
		}
}

static void
what_is_unknown_stays_open(void **state)
{
	static const double bad[][2] = { { (double)NAN, 10 }, { 0.5, 0 },
		{ 0.5, (double)NAN }, { 0.5, (double)INFINITY } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct rp_bounds b = rp_probability_bounds(bad[i][0],
		    bad[i][1]);

		assert_near(b.least, 0, 0);
		assert_near(b.most, 1, 0);
	}
	/* Sums of weights that are a hair above one. */
	assert_near(rp_probability_bounds(1 + 1e-13, 100).most, 1, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bounds_are_surprises),
		cmocka_unit_test(no_certainty_from_trials),
		cmocka_unit_test(many_of_both),
		cmocka_unit_test(many_trials),
		cmocka_unit_test(what_is_unknown_stays_open),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
