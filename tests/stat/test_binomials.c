/*
 * test_binomials.c - binomial variates against their law.
 *
 * Small numbers and billions, both methods and where one hands over to the
 * other, both halves; drawn with the probability worked out beforehand, which
 * must be the same draws as without.  Then whether the test sees what it is
 * for: a normal approximation must fail it.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/binomial.h"
#include "base/gsl_quiet.h"
#include "support/laws.h"
#include "support/near.h"

#define DRAWS 20000

struct binomial {
	uint32_t n;
	double p;
};

static struct rp_stream
stream_of(uint64_t seed, uint32_t n)
{
	struct rp_stream s;

	rp_stream_init(&s, rp_stream_key_of(seed, "binomial", "", n), 0, 0);
	return s;
}

static double
binomial_test(uint64_t seed, const void *arg)
{
	static struct laws_counts c;
	const struct binomial *b = arg;
	struct rp_stream s = stream_of(seed, b->n);
	struct rp_binomial_p at;

	rp_binomial_p_init(&at, b->p);
	laws_counts_clear(&c, b->n * b->p,
	    sqrt(b->n * b->p * (1.0 - b->p)));
	for (int i = 0; i < DRAWS; i++) {
		uint32_t k = rp_draw_binomial_at(&s, b->n, &at);

		assert_true(k <= b->n);
		laws_count(&c, k);
	}
	return laws_binomial(&c, DRAWS, b->n, b->p);
}

static void
binomials_follow_their_law(void **state)
{
	static const struct binomial b[] = {
		{ 1, 0.2385 }, { 1, 0.7615 }, { 2, 0.5 }, { 7, 0.4711 },
		{ 23, 0.0917 }, { 23, 0.613 }, { 41, 0.2431 },
		{ 41, 0.2447 }, { 997, 0.0097 }, { 997, 0.0113 },
		{ 2385, 0.3217 }, { 2385, 0.8713 }, { 47111, 0.000123 },
		{ 47111, 0.0313 }, { 20000, 0.02 }, { 3048289, 0.0173 },
		{ 3048289, 0.4999 }, { 100000007, 1e-12 },
		{ 100000007, 3.17e-7 }, { 100000007, 0.00471 },
		{ 2147483659u, 1.13e-6 }, { 4000000011u, 2.71e-9 },
		{ 4000000011u, 1.3e-5 }, { 4000000011u, 0.99999871 },
	};
	char what[80];

	(void)state;
	rp_gsl_quiet();
	for (size_t i = 0; i < sizeof(b) / sizeof(b[0]); i++) {
		snprintf(what, sizeof(what), "binomial(%lu, %g)",
		    (unsigned long)b[i].n, b[i].p);
		laws_hold(what, binomial_test, &b[i]);
	}
}

/*
 * Around each seam: means just below and above a switch of methods, from few
 * with a large probability to many with a small one, and their mirrors.
 */
static void
binomials_at_their_seams(void **state)
{
	static const double mean[] = { 4.99, 5.01, 9.99, 10.01, 11.3, 14.9,
	    29.7, 64.0, 130.0 };
	static const uint32_t many[] = { 21, 61, 300, 20011, 30000001 };
	char what[80];

	(void)state;
	rp_gsl_quiet();
	for (size_t i = 0; i < sizeof(mean) / sizeof(mean[0]); i++)
		for (size_t k = 0; k < sizeof(many) / sizeof(many[0]); k++) {
			double p = mean[i] / many[k];
			struct binomial b = { many[k], k % 2 == 0 ? p :
			    1.0 - p };

			if (!(p < 0.5))
				continue;
			snprintf(what, sizeof(what), "binomial(%lu, %g)",
			    (unsigned long)b.n, b.p);
			laws_hold(what, binomial_test, &b);
		}
}

/*
 * Billions at a half: too many values for cells of one each, and GSL's
 * probabilities have lost digits.  Mean, spread and lop-sidedness, each with
 * its standard error.
 */
static void
binomials_of_billions(void **state)
{
	static const struct binomial b[] = { { 4000000011u, 0.5 },
	    { UINT32_MAX, 0.2385 }, { 2147483659u, 0.871 },
	    { 100000007, 0.3 } };
	const double n = 200000.0;

	(void)state;
	for (size_t i = 0; i < sizeof(b) / sizeof(b[0]); i++) {
		double mean = b[i].n * b[i].p, sd = sqrt(mean * (1.0 -
		    b[i].p)), sum = 0.0, squares = 0.0, cubes = 0.0;
		struct rp_stream s = stream_of(1, b[i].n);

		for (int k = 0; k < (int)n; k++) {
			double d = (rp_draw_binomial(&s, b[i].n, b[i].p) -
			    mean) / sd;

			sum += d;
			squares += d * d;
			cubes += d * d * d;
		}
		assert_near(sum / n, 0.0, 3.5 * sqrt(1.0 / n));
		assert_near(squares / n, 1.0, 3.5 * sqrt(2.0 / n));
		assert_near(cubes / n, 0.0, 3.5 * sqrt(15.0 / n));
	}
}

static void
binomials_at_their_ends(void **state)
{
	struct rp_stream s = stream_of(1, 0);

	(void)state;
	assert_int_equal(rp_draw_binomial(&s, 0, 0.5), 0);
	assert_int_equal(rp_draw_binomial(&s, 37, 0.0), 0);
	assert_int_equal(rp_draw_binomial(&s, 37, -0.1), 0);
	assert_int_equal(rp_draw_binomial(&s, 37, (double)NAN), 0);
	assert_int_equal(rp_draw_binomial(&s, 37, 1.0), 37);
	assert_int_equal(rp_draw_binomial(&s, 37, 1.7), 37);
	assert_true(rp_draw_binomial(&s, UINT32_MAX, 0.5) > 2147000000u);
	assert_int_equal(rp_draw_binomial(&s, UINT32_MAX, 1.0), UINT32_MAX);
	assert_int_equal(rp_draw_binomial(&s, 4711, 1e-300), 0);
}

static void
known_beforehand_or_not(void **state)
{
	static const uint32_t many[] = { 0, 1, 17, 300, 20000, 4000000000u };
	static const double p[] = { 0.0, 1e-12, 0.0047, 0.2385, 0.5, 0.71,
	    1.0 - 1e-9, 1.0, 1.7, -1.0, (double)NAN };

	(void)state;
	for (size_t i = 0; i < sizeof(p) / sizeof(p[0]); i++) {
		struct rp_stream a = stream_of(i, 0), b = a;
		struct rp_binomial_p at;

		rp_binomial_p_init(&at, p[i]);
		for (int k = 0; k < 600; k++)
			assert_int_equal(rp_draw_binomial(&a, many[k % 6],
			    p[i]), rp_draw_binomial_at(&b, many[k % 6], &at));
		assert_true(rp_stream_word(&a) == rp_stream_word(&b));
	}
}

/* What everybody does who is in a hurry. */
static double
normal_test(uint64_t seed, const void *arg)
{
	static struct laws_counts c;
	const struct binomial *b = arg;
	double mean = b->n * b->p, sd = sqrt(mean * (1.0 - b->p));
	struct rp_stream s = stream_of(seed, b->n);

	laws_counts_clear(&c, mean, sd);
	for (int i = 0; i < DRAWS; i++)
		laws_count(&c, floor(mean + sd * rp_draw_normal(&s) + 0.5));
	return laws_binomial(&c, DRAWS, b->n, b->p);
}

static void
an_approximation_would_be_seen(void **state)
{
	static const struct binomial b[] = { { 300, 0.0371 },
	    { 20000, 0.0011 }, { 20000, 0.0053 } };

	(void)state;
	rp_gsl_quiet();
	for (size_t i = 0; i < sizeof(b) / sizeof(b[0]); i++)
		assert_true(laws_misses("normal", normal_test, &b[i], 0) >
		    MISSES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(binomials_follow_their_law),
		cmocka_unit_test(binomials_at_their_seams),
		cmocka_unit_test(binomials_of_billions),
		cmocka_unit_test(binomials_at_their_ends),
		cmocka_unit_test(known_beforehand_or_not),
		cmocka_unit_test(an_approximation_would_be_seen),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
