/*
 * test_draws.c - the project's own variates against their laws.
 *
 * How a law is tested is told in support/laws.h; binomials have a test of their
 * own.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <Random123/philox.h>
#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "base/gsl_quiet.h"
#include "base/stream.h"
#include "population/law.h"
#include "support/laws.h"
#include "support/near.h"

#define DRAWS 20000

struct hypergeometric {
	uint32_t n1, n2, t;
};

static double
hypergeometric_test(uint64_t seed, const void *arg)
{
	const struct hypergeometric *h = arg;
	static double seen[LAWS_CELLS], expected[LAWS_CELLS];
	double all = (double)h->n1 + h->n2, share = h->n1 / all;
	double mean = h->t * share;
	double sd = sqrt(mean * (1.0 - share) * (all - h->t) / (all - 1.0));
	double low = fmax(0.0, floor(mean - 8.0 * sd - 8.0));
	struct rp_stream s;

	memset(seen, 0, sizeof(seen));
	rp_stream_init(&s, rp_stream_key_of(seed, "hyper", "", h->t), 0, 0);
	for (int i = 0; i < DRAWS; i++) {
		double k = rp_draw_hypergeometric(&s, h->n1, h->n2, h->t);

		assert_true(k <= h->n1 && k <= h->t);
		assert_true(h->t - k <= h->n2);
		seen[(int)fmin(fmax(k - low, 0.0), LAWS_CELLS - 1)]++;
	}
	for (unsigned i = 0; i < LAWS_CELLS; i++)
		expected[i] = DRAWS * gsl_ran_hypergeometric_pdf(
		    (unsigned)low + i, h->n1, h->n2, h->t);
	return laws_chi_squared(seen, expected, LAWS_CELLS);
}

static void
hypergeometrics_follow_their_law(void **state)
{
	/* Few and many, tight supports, more than half of all drawn. */
	static const struct hypergeometric h[] = {
		{ 1, 1, 1 }, { 7, 11, 5 }, { 7, 11, 16 }, { 23, 3, 14 },
		{ 3, 1009, 211 }, { 47, 61, 53 }, { 997, 2385, 471 },
		{ 2385, 997, 3100 }, { 47111, 238500, 8013 },
		{ 500000, 700000, 23851 }, { 3048289, 17, 100003 },
		{ 80, 1500000, 750000 },
	};
	char what[80];

	(void)state;
	rp_gsl_quiet();
	for (size_t i = 0; i < sizeof(h) / sizeof(h[0]); i++) {
		snprintf(what, sizeof(what), "hypergeometric(%lu, %lu, %lu)",
		    (unsigned long)h[i].n1, (unsigned long)h[i].n2,
		    (unsigned long)h[i].t);
		laws_hold(what, hypergeometric_test, &h[i]);
	}
}

/*
 * As large as they may be, GSL's own probabilities have lost their digits:
 * here only mean and spread, each with its standard error.
 */
static void
hypergeometrics_of_billions(void **state)
{
	const double n1 = 2000000011.0, n2 = 2294967284.0, t = 1900000031.0;
	const double share = n1 / (n1 + n2), mean = t * share;
	const double variance = mean * (1.0 - share) * (n1 + n2 - t) /
	    (n1 + n2 - 1.0);
	double sum = 0.0, squares = 0.0, n = 4000.0;
	struct rp_stream s;

	(void)state;
	rp_stream_init(&s, rp_stream_key_of(7, "hyper", "", 0), 0, 0);
	for (int i = 0; i < (int)n; i++) {
		double d = rp_draw_hypergeometric(&s, (uint32_t)n1,
		    (uint32_t)n2, (uint32_t)t) - mean;

		sum += d;
		squares += d * d;
	}
	assert_near(sum / n, 0.0, 3.5 * sqrt(variance / n));
	assert_near(squares / n / variance, 1.0, 3.5 * sqrt(2.0 / n));
}

static void
hypergeometrics_at_their_ends(void **state)
{
	struct rp_stream s;

	(void)state;
	rp_stream_init(&s, rp_stream_key_of(1, "", "", 0), 0, 0);
	assert_int_equal(rp_draw_hypergeometric(&s, 0, 37, 5), 0);
	assert_int_equal(rp_draw_hypergeometric(&s, 37, 0, 5), 5);
	assert_int_equal(rp_draw_hypergeometric(&s, 37, 11, 0), 0);
	assert_int_equal(rp_draw_hypergeometric(&s, 37, 11, 48), 37);
	assert_int_equal(rp_draw_hypergeometric(&s, 37, 11, 4711), 37);
	assert_int_equal(rp_draw_hypergeometric(&s, 0, 0, 0), 0);
	/* All but one of the others: one or none of the marked is left. */
	for (int i = 0; i < 100; i++)
		assert_true(rp_draw_hypergeometric(&s, 3, UINT32_MAX - 3,
		    UINT32_MAX - 1) >= 2);
}

/* P(a normal statistic at least as far out). */
static double
normal_test(uint64_t seed, const void *arg)
{
	static double seen[40], expected[40];
	struct rp_stream s;

	(void)arg;
	memset(seen, 0, sizeof(seen));
	rp_stream_init(&s, rp_stream_key_of(seed, "normal", "", 0), 7, 0);
	for (int i = 0; i < DRAWS; i++)
		seen[(int)(40.0 * gsl_cdf_ugaussian_P(rp_draw_normal(&s)))]++;
	for (int i = 0; i < 40; i++)
		expected[i] = DRAWS / 40.0;
	return laws_chi_squared(seen, expected, 40);
}

/* The same of four from one block; each in turn against the one before it, as
 * both of a pair come from the same two uniforms. */
static double
normals_at_test(uint64_t seed, const void *arg)
{
	static double seen[64], expected[64];
	struct rp_stream_key key = rp_stream_key_of(seed, "normals", "", 0);
	double x[RP_NORMALS_AT];

	(void)arg;
	memset(seen, 0, sizeof(seen));
	for (uint64_t i = 0; i < DRAWS; i++) {
		size_t k = i % RP_NORMALS_AT;

		rp_draw_normals_at(key, 7, i, x);
		seen[8 * (int)(8.0 * gsl_cdf_ugaussian_P(x[k])) +
		    (int)(8.0 * gsl_cdf_ugaussian_P(
		    x[(k + 1) % RP_NORMALS_AT]))]++;
	}
	for (int i = 0; i < 64; i++)
		expected[i] = DRAWS / 64.0;
	return laws_chi_squared(seen, expected, 64);
}

/* Neighbouring keys, trials and lanes must not look alike. */
static double
neighbours_test(uint64_t seed, const void *arg)
{
	static double seen[256], expected[256];

	(void)arg;
	memset(seen, 0, sizeof(seen));
	for (uint64_t i = 0; i < DRAWS; i++) {
		struct rp_stream_key k = rp_stream_key_of(seed, "case", "p",
		    i % 5);
		int a = (int)(16.0 * rp_stream_uniform_at(k, i / 5, 0));
		int b = (int)(16.0 * rp_stream_uniform_at(k, i / 5 + 1, 0));

		seen[16 * a + b]++;
	}
	for (int i = 0; i < 256; i++)
		expected[i] = DRAWS / 256.0;
	return laws_chi_squared(seen, expected, 256);
}

static void
normals_and_neighbours(void **state)
{
	(void)state;
	laws_hold("normal", normal_test, NULL);
	laws_hold("normals of a block", normals_at_test, NULL);
	laws_hold("neighbouring streams", neighbours_test, NULL);
}

/*
 * Philox 4x64-10 of all zeros and all ones, as its authors publish them (the
 * known-answer tests of Random123), through the stream.
 */
static void
philox_is_philox(void **state)
{
	struct rp_stream s;

	(void)state;
	rp_stream_init(&s, (struct rp_stream_key){ { 0, 0 } }, 0, 0);
	assert_true(rp_stream_word(&s) == UINT64_C(0x16554d9eca36314c));
	assert_true(rp_stream_word(&s) == UINT64_C(0xdb20fe9d672d0fdc));
	assert_true(rp_stream_word(&s) == UINT64_C(0xd7e772cee186176b));
	assert_true(rp_stream_word(&s) == UINT64_C(0x7e68b68aec7ba23b));
}

/* Words are made ahead, but are those of one block after another. */
static void
words_come_block_by_block(void **state)
{
	struct rp_stream s;

	(void)state;
	rp_stream_init(&s, (struct rp_stream_key){ { 2385, 4711 } }, 7, 11);
	for (uint64_t block = 0; block < 50; block++) {
		philox4x64_ctr_t c = {{ block, 7, 11, 0 }};
		philox4x64_key_t k = {{ 2385, 4711 }};
		philox4x64_ctr_t out = philox4x64(c, k);

		for (int i = 0; i < 4; i++)
			assert_true(rp_stream_word(&s) == out.v[i]);
	}
}

/* Neither end comes out, not even of the first and the last word. */
static void
uniforms_are_inside(void **state)
{
	(void)state;
	assert_true(rp_stream_uniform_of(0) > 0.0);
	assert_true(rp_stream_uniform_of(UINT64_MAX) < 1.0);
	assert_near(rp_stream_uniform_of(UINT64_MAX), 1.0, 0x1p-53);
	assert_near(rp_stream_uniform_of(0), 0.0, 0x1p-53);
}

static void
keys_differ(void **state)
{
	struct rp_stream_key a = rp_stream_key_of(1, "ab", "c", 2);

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct rp_stream_key b = i == 0 ?
		    rp_stream_key_of(2, "ab", "c", 1) : i == 1 ?
		    rp_stream_key_of(1, "a", "bc", 2) : i == 2 ?
		    rp_stream_key_of(1, "c", "ab", 2) : i == 3 ?
		    rp_stream_key_of(1 + (UINT64_C(1) << 32), "ab", "c", 2) :
		    rp_stream_key_of(1, "ab", "c", 3);

		assert_memory_not_equal(&a, &b, sizeof(a));
	}
}

static void
gsl_sees_the_same_generator(void **state)
{
	gsl_rng *r = gsl_rng_alloc(rp_stream_gsl);
	double a, b;

	(void)state;
	assert_non_null(r);
	gsl_rng_set(r, 5);
	a = gsl_rng_uniform(r);
	/* GSL's own Mersenne twister keeps 32 bits of a seed; this does not. */
	gsl_rng_set(r, 5 + (1UL << 32));
	b = gsl_rng_uniform(r);
	assert_true(a > 0.0 && a < 1.0 && b > 0.0 && b < 1.0 && a != b);
	gsl_rng_free(r);
}

/* ---- laws --------------------------------------------------------------- */

static struct rp_dist
dist_of(enum rp_dist_kind kind, unsigned n, double a, double b, double c,
    double d)
{
	struct rp_dist x = { .kind = kind, .n_params = n };

	x.param[0].fixed = a;
	x.param[1].fixed = b;
	x.param[2].fixed = c;
	x.param[3].fixed = d;
	return x;
}

static void
quantiles_invert_distribution_functions(void **state)
{
	static const double points[] = { 2.385, 4.711, 9.13 };
	static const double weights[] = { 0.317, 0.229, 0.454 };
	struct rp_dist d[] = {
		dist_of(RP_DIST_UNIFORM, 2, 2.385, 9.71, 0, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, 1.17, 2.385, 9.71, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, 1.17, 1.17, 9.71, 0),
		dist_of(RP_DIST_BETA, 2, 2.385, 7.13, 0, 0),
		dist_of(RP_DIST_BETA, 4, 2.385, 7.13, 1.3, 17.9),
		dist_of(RP_DIST_NORMAL, 2, 2.385, 3.17, 0, 0),
		dist_of(RP_DIST_EXPONENTIAL, 1, 2.385, 0, 0, 0),
		dist_of(RP_DIST_GAMMA, 2, 2.385, 3.17, 0, 0),
		dist_of(RP_DIST_WEIBULL, 2, 9.13, 0.8371, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 2.385, 0.9137, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 2.385, 1.1713, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 2.385, 0.3917, 0, 0),
	};
	struct rp_draws none = { .lane = 0 };

	(void)state;
	rp_gsl_quiet();
	for (size_t i = 0; i < sizeof(d) / sizeof(d[0]); i++) {
		struct rp_quantity q = { .dist = &d[i] };
		struct rp_law law = rp_chance_law(&q, &none);

		assert_null(rp_law_fault(&law));
		for (double u = 0.0137; u < 1.0; u += 0.0613)
			assert_near(rp_law_cdf(&law, rp_law_quantile(&law,
			    u)), u, 1e-9);
		law.scale = 3.7;
		assert_near(rp_law_cdf(&law, rp_law_quantile(&law, 0.713)),
		    0.713, 1e-9);
	}
	for (int k = 0; k < 2; k++) {
		struct rp_dist p = { .kind = k == 0 ? RP_DIST_ONE_OF :
		    RP_DIST_EMPIRICAL, .n_points = 3, .point = points,
		    .weight = k == 0 ? weights : NULL };
		struct rp_quantity q = { .dist = &p };
		struct rp_law law = rp_chance_law(&q, &none);

		assert_near(rp_law_cdf(&law, 2.384), 0.0, 0.0);
		assert_near(rp_law_cdf(&law, 4.711), k == 0 ? 0.546 :
		    2.0 / 3.0, 1e-12);
		assert_near(rp_law_quantile(&law, 0.3), 2.385, 0.0);
		assert_near(rp_law_quantile(&law, 0.5), 4.711, 0.0);
		assert_near(rp_law_quantile(&law, 0.9999), 9.13, 0.0);
	}
}

/* GSL's own inverse gives up on some of these (0.9975391 of Beta(4, 196)). */
static void
beta_always_has_a_quantile(void **state)
{
	static const double shape[][2] = {
		{ 4.0, 196.0 }, { 30.0, 970.0 }, { 2000.0, 3000.0 },
		{ 0.5, 0.5 }, { 1.0, 9.0 }
	};

	(void)state;
	rp_gsl_quiet();
	for (size_t k = 0; k < sizeof(shape) / sizeof(shape[0]); k++) {
		struct rp_dist d = dist_of(RP_DIST_BETA, 2, shape[k][0],
		    shape[k][1], 0, 0);
		struct rp_quantity q = { .dist = &d };
		struct rp_draws none = { .lane = 0 };
		struct rp_law law = rp_chance_law(&q, &none);

		assert_near(rp_law_cdf(&law, rp_law_quantile(&law,
		    0.9975391)), 0.9975391, 1e-8);
		for (double u = 1.3e-6; u < 1.0; u += 4.711e-4)
			assert_near(rp_law_cdf(&law, rp_law_quantile(&law,
			    u)), u, 1e-8);
	}
}

/* By hand: P(X > 8) = (2 / 8)^1.5 = 1/8, and nothing below the least. */
static void
pareto_by_hand(void **state)
{
	struct rp_dist d = dist_of(RP_DIST_PARETO, 2, 2.0, 1.5, 0, 0);
	struct rp_quantity q = { .dist = &d };
	struct rp_draws none = { .lane = 0 };
	struct rp_law law = rp_chance_law(&q, &none);

	(void)state;
	assert_near(rp_law_cdf(&law, 8.0), 0.875, 1e-12);
	assert_near(rp_law_quantile(&law, 0.875), 8.0, 1e-12);
	assert_near(rp_law_cdf(&law, 2.0), 0.0, 0.0);
	assert_near(rp_law_cdf(&law, -1.0), 0.0, 0.0);
	assert_near(rp_law_quantile(&law, 1e-12), 2.0, 1e-9);
}

static void
senseless_parameters_are_named(void **state)
{
	struct rp_dist d[] = {
		dist_of(RP_DIST_UNIFORM, 2, 3.0, 2.0, 0, 0),
		dist_of(RP_DIST_TRIANGULAR, 3, 1.0, 5.0, 4.0, 0),
		dist_of(RP_DIST_BETA, 2, -1.0, 2.0, 0, 0),
		dist_of(RP_DIST_BETA, 4, 1.0, 2.0, 5.0, 4.0),
		dist_of(RP_DIST_NORMAL, 2, 1.0, 0.0, 0, 0),
		dist_of(RP_DIST_EXPONENTIAL, 1, 0.0, 0, 0, 0),
		dist_of(RP_DIST_GAMMA, 2, 1.0, (double)INFINITY, 0, 0),
		dist_of(RP_DIST_LOGNORMAL, 2, 1.0, (double)NAN, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 0.0, 1.2, 0, 0),
		dist_of(RP_DIST_PARETO, 2, 1.0, -1.2, 0, 0),
	};
	struct rp_draws none = { .lane = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(d) / sizeof(d[0]); i++) {
		struct rp_quantity q = { .dist = &d[i] };
		struct rp_law law = rp_chance_law(&q, &none);

		assert_non_null(rp_law_fault(&law));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hypergeometrics_follow_their_law),
		cmocka_unit_test(hypergeometrics_of_billions),
		cmocka_unit_test(hypergeometrics_at_their_ends),
		cmocka_unit_test(normals_and_neighbours),
		cmocka_unit_test(philox_is_philox),
		cmocka_unit_test(words_come_block_by_block),
		cmocka_unit_test(uniforms_are_inside),
		cmocka_unit_test(keys_differ),
		cmocka_unit_test(gsl_sees_the_same_generator),
		cmocka_unit_test(quantiles_invert_distribution_functions),
		cmocka_unit_test(beta_always_has_a_quantile),
		cmocka_unit_test(pareto_by_hand),
		cmocka_unit_test(senseless_parameters_are_named),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
