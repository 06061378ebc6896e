/*
 * test_spread.c - which inputs a case has and how they are spread.
 *
 * What must hold exactly, in every trial; the laws are in tests/stat.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/near.h"
#include "spread_case.h"

static void
inputs_are_found_in_the_order_of_the_case(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	const struct rp_step *s = cs->population[0].path.step;
	const struct rp_step *t = cs->population[1].path.step;

	(void)state;
	assert_int_equal(inputs_of(cs, in, 16), 8);
	assert_ptr_equal(in[0].q, &s[0].as.wait.time.dist->param[0]);
	assert_ptr_equal(in[1].q, &s[0].as.wait.never);
	assert_ptr_equal(in[2].q, &s[1].as.team.rate.amount);
	assert_ptr_equal(in[3].q, &s[1].as.team.variation);
	assert_ptr_equal(in[4].q, &s[2].as.branch.share);
	assert_ptr_equal(in[5].q, &t[0].as.gate.until);
	assert_ptr_equal(in[6].q, &t[1].as.wait.time.dist->param[0]);
	/* The expiry and the other waits are chance of each certificate. */
	assert_ptr_equal(in[7].q, &s[0].as.wait.time);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(in[i].chance, i == 7);
	for (size_t i = 0; i < 8; i++)
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(&in[i].key, &in[k].key,
			    sizeof(in[i].key));
	bound_release(&b);
}

static void
without_inputs_nothing_is_spread(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, HEAD
	    "populations:\n  - name: host\n    certificates: 100\n"
	    "    subscribers: 1\n    path: [{wait: {per: subscriber,\n"
	    "      time: {exponential: {mean: 5 d}}}}]\n");
	struct rp_spread *s = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 1,
	    1000);
	double u;

	(void)state;
	assert_int_equal(rp_spread_inputs(s), 0);
	assert_int_equal(rp_spread_replicates(s), 0);
	assert_false(rp_spread_uniform(s,
	    &cs->population[0].path.step[0].as.wait.time, 0, &u));
	assert_false(rp_spread_uniform(NULL,
	    &cs->population[0].path.step[0].as.wait.time, 0, &u));
	rp_spread_free(s);
	rp_spread_free(NULL);
	bound_release(&b);
}

/*
 * Of a replicate's first 64 points one lies in each 64th part, whichever way
 * its values and their order are scrambled.
 */
static void
sobol_fills_each_dimension_evenly(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);
	struct rp_spread *s = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 47,
	    64 * RP_REPLICATES);

	(void)state;
	assert_int_equal(rp_spread_inputs(s), n);
	assert_int_equal(rp_spread_replicates(s), RP_REPLICATES);
	for (size_t k = 0; k < n; k++)
		for (uint64_t r = 0; r < RP_REPLICATES; r++) {
			bool hit[64] = { false };

			for (uint64_t i = 0; i < 64; i++)
				hit[(size_t)(u_of(s, &in[k], i *
				    RP_REPLICATES + r) * 64.0)] = true;
			for (int i = 0; i < 64; i++)
				assert_true(hit[i]);
		}
	rp_spread_free(s);
	bound_release(&b);
}

/* Whether of 64 points one lies in each of 64 boxes of any shape. */
static bool
is_net(const struct rp_spread *s, const struct rp_input *x,
    const struct rp_input *y, uint64_t replicate)
{
	for (unsigned columns = 1; columns <= 64; columns *= 2) {
		unsigned rows = 64 / columns;
		bool hit[64] = { false };

		for (uint64_t i = 0; i < 64; i++) {
			uint64_t trial = i * RP_REPLICATES + replicate;
			size_t box = (size_t)(u_of(s, x, trial) * columns) *
			    rows + (size_t)(u_of(s, y, trial) * rows);

			if (hit[box])
				return false;
			hit[box] = true;
		}
	}
	return true;
}

/* Two and two of a population, the one subscriber's chance with its fifth; and
 * no others, in more replicates than luck makes so. */
static void
pairs_fill_their_squares(void **state)
{
	static const size_t partner[] = { 1, 0, 3, 2, 7, 6, 5, 4 };
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);
	struct rp_spread *s = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 11,
	    1000);

	(void)state;
	assert_int_equal(n, 8);
	for (size_t k = 0; k < n; k++)
		for (size_t j = 0; j < n; j++) {
			unsigned nets = 0;

			for (uint64_t r = 0; j != k && r < RP_REPLICATES; r++)
				nets += is_net(s, &in[k], &in[j], r);
			assert_int_equal(nets, partner[k] == j ?
			    RP_REPLICATES : 0);
		}
	rp_spread_free(s);
	bound_release(&b);
}

/*
 * In each trial by itself a quantile is uniform, over the seeds: the count in
 * each tenth of 4,000 seeds is 400, give or take 19.
 */
static void
each_trial_is_uniform_over_the_seeds(void **state)
{
	static const uint64_t trials[] = { 0, 1, 16, 17, 48, 1001 };
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	unsigned count[6][2][10] = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 4000; seed++) {
		struct rp_spread *s = must_spread(cs, RP_DESIGN_QUASI_RANDOM,
		    seed, 1600);
		struct rp_input in[16];

		inputs_of(cs, in, 16);
		for (int t = 0; t < 6; t++)
			for (int k = 0; k < 2; k++)
				count[t][k][(int)(10.0 * u_of(s, &in[k],
				    trials[t]))]++;
		rp_spread_free(s);
	}
	for (int t = 0; t < 6; t++)
		for (int k = 0; k < 2; k++)
			for (int i = 0; i < 10; i++)
				assert_in_range(count[t][k][i], 320, 480);
	bound_release(&b);
}

/* 16 does not go into 1003: replicates of 63 and of 62 trials. */
static void
hypercubes_have_one_in_each_interval(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);
	struct rp_spread *s = must_spread(cs, RP_DESIGN_LATIN_HYPERCUBE, 47,
	    1003);

	(void)state;
	for (size_t k = 0; k < n; k++)
		for (uint64_t r = 0; r < RP_REPLICATES; r++) {
			size_t size = r < 1003 % RP_REPLICATES ? 63 : 62;
			bool hit[63] = { false };

			for (uint64_t i = r; i < 1003; i += RP_REPLICATES)
				hit[(size_t)(u_of(s, &in[k], i) *
				    (double)size)] = true;
			for (size_t i = 0; i < size; i++)
				assert_true(hit[i]);
		}
	rp_spread_free(s);
	bound_release(&b);
}

static void
more_trials_keep_the_first(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);
	struct rp_spread *few = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 3,
	    100);
	struct rp_spread *many = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 3,
	    100000);

	(void)state;
	for (size_t k = 0; k < n; k++)
		for (uint64_t i = 0; i < 100; i++)
			assert_near(u_of(few, &in[k], i),
			    u_of(many, &in[k], i), 0.0);
	rp_spread_free(few);
	rp_spread_free(many);
	bound_release(&b);
}

/* A variant in which one number is certain shares what the others are. */
static void
variants_share_their_inputs(void **state)
{
	char text[4000];
	struct bound b, v;
	struct rp_case *cs = must_bind(&b, mixed), *variant;
	struct rp_input in[16], other[16];
	size_t n = inputs_of(cs, in, 16), same = 0;
	struct rp_spread *s, *t;
	char *at;

	(void)state;
	snprintf(text, sizeof(text), "%s", mixed);
	at = strstr(text, "variation: {uniform: [5%, 10%]}");
	assert_non_null(at);
	memcpy(at, "variation: 7%                  ", 31);
	variant = must_bind(&v, text);
	assert_int_equal(inputs_of(variant, other, 16), n - 1);
	s = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 5, 1600);
	t = must_spread(variant, RP_DESIGN_QUASI_RANDOM, 5, 1600);
	for (size_t k = 0; k < n - 1; k++) {
		size_t i = k < 3 ? k : k + 1;
		double a = u_of(s, &in[i], 1001), c = u_of(t, &other[k], 1001);

		assert_memory_equal(&in[i].key, &other[k].key,
		    sizeof(in[i].key));
		same += a > c - 1e-12 && a < c + 1e-12;
	}
	/* Of the same population those that follow may get another partner
	 * than before; all others stay what they were. */
	assert_true(same >= n - 3);
	rp_spread_free(s);
	rp_spread_free(t);
	bound_release(&b);
	bound_release(&v);
}

static void
one_name_takes_one_quantile(void **state)
{
	static const enum rp_design all[] = { RP_DESIGN_QUASI_RANDOM,
		RP_DESIGN_LATIN_HYPERCUBE, RP_DESIGN_RANDOM };
	char text[4000];
	struct bound b;
	struct rp_case *cs;
	struct rp_input in[8];

	(void)state;
	snprintf(text, sizeof(text), named, "");
	cs = must_bind(&b, text);
	assert_int_equal(inputs_of(cs, in, 8), 4);
	for (size_t d = 0; d < 3; d++) {
		struct rp_spread *s = must_spread(cs, all[d], 9, 160);

		assert_int_equal(rp_spread_inputs(s), 3);
		for (uint64_t i = 0; i < 160; i++) {
			assert_near(u_of(s, &in[1], i), u_of(s, &in[2], i),
			    0.0);
			assert_true(fabs(u_of(s, &in[1], i) -
			    u_of(s, &in[0], i)) > 1e-9);
		}
		rp_spread_free(s);
	}
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inputs_are_found_in_the_order_of_the_case),
		cmocka_unit_test(without_inputs_nothing_is_spread),
		cmocka_unit_test(sobol_fills_each_dimension_evenly),
		cmocka_unit_test(pairs_fill_their_squares),
		cmocka_unit_test(each_trial_is_uniform_over_the_seeds),
		cmocka_unit_test(hypercubes_have_one_in_each_interval),
		cmocka_unit_test(more_trials_keep_the_first),
		cmocka_unit_test(variants_share_their_inputs),
		cmocka_unit_test(one_name_takes_one_quantile),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
