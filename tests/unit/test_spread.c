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
#include <gsl/gsl_qrng.h>

#include "base/gsl_quiet.h"
#include "base/mem.h"
#include "population/inputs.h"
#include "population/spread.h"
#include "revplan/simulate.h"
#include "support/bound.h"
#include "support/near.h"

#define HEAD "revplan: 1\n" \
    "incident: {id: spread, title: Spread, certificate: subscriber,\n" \
    "  reason: not-per-requirements, aware: 2026-01-05T00:00Z}\n"

/* Seven inputs (five of the first population) and the chance of one
 * subscriber, which is drawn once a trial as well. */
static const char *const mixed = HEAD
    "simulation: {horizon: 2026-07-05}\n"
    "populations:\n"
    "  - name: host\n"
    "    certificates: 100\n"
    "    subscribers: 1\n"
    "    path:\n"
    "      - wait:\n"
    "          per: subscriber\n"
    "          time: {lognormal: {median: {uniform: [3 d, 5 d]},\n"
    "                             sigma: 0.5}}\n"
    "          never: {uniform: [1%, 3%]}\n"
    "      - team: {rate: {triangular: [80/working-day, 100/working-day,\n"
    "                       120/working-day]},\n"
    "               variation: {uniform: [5%, 10%]}}\n"
    "      - branch:\n"
    "          share: {beta: [4, 196]}\n"
    "          path: [{gate: {until: 2026-03-01}}]\n"
    "  - name: others\n"
    "    certificates: 50\n"
    "    expiry: {uniform: [2026-03-01, 2026-09-01]}\n"
    "    path:\n"
    "      - gate: {until: {uniform: [2026-02-01, 2026-03-01]}}\n"
    "      - wait: {time: {exponential: {mean: {normal: {mean: 9 d,\n"
    "                                                    sd: 1 d}}}}}\n";

static const enum rp_design designs[] = { RP_DESIGN_QUASI_RANDOM,
	RP_DESIGN_LATIN_HYPERCUBE };

static struct rp_case *
must_bind(struct bound *b, const char *text)
{
	*b = bind_text(text, ".");
	for (size_t i = 0; b->cs == NULL && i < b->faults.n; i++)
		print_message("%s\n", b->faults.fault[i].text);
	assert_non_null(b->cs);
	rp_gsl_quiet();
	return b->cs;
}

static struct rp_spread *
must_spread(const struct rp_case *cs, enum rp_design design, uint64_t seed,
    uint64_t trials)
{
	struct rp_spread *s = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_spread_new(cs, design, seed, trials, &s, &err),
	    RP_OK);
	return s;
}

static double
u_of(const struct rp_spread *s, const struct rp_input *in, uint64_t trial)
{
	double u = -1.0;

	assert_true(rp_spread_uniform(s, in->q, trial, &u));
	assert_true(u > 0.0 && u < 1.0);
	return u;
}

static size_t
inputs_of(const struct rp_case *cs, struct rp_input *in, size_t room)
{
	size_t n = rp_inputs_of(cs, 1, NULL);

	assert_true(n <= room);
	assert_int_equal(rp_inputs_of(cs, 1, in), n);
	return n;
}

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

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * Of a replicate's first 64 points of Sobol's sequence one lies in each 64th
 * part, wherever the shift puts the parts: sorted, they are 1/64 apart.
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
			double u[64];

			for (uint64_t i = 0; i < 64; i++)
				u[i] = u_of(s, &in[k],
				    i * RP_REPLICATES + r);
			qsort(u, 64, sizeof(u[0]), by_value);
			for (int i = 1; i < 64; i++)
				assert_near(u[i] - u[i - 1], 1.0 / 64.0,
				    1e-9);
		}
	rp_spread_free(s);
	bound_release(&b);
}

/* Less its first point each dimension is one of GSL's sequence, each
 * another one. */
static void
sobol_is_gsl_s_sequence(void **state)
{
	static double x[300][RP_SOBOL_INPUTS];
	bool taken[RP_SOBOL_INPUTS] = { false };
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);
	struct rp_spread *s = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 11,
	    300 * RP_REPLICATES);
	gsl_qrng *q = gsl_qrng_alloc(gsl_qrng_sobol, RP_SOBOL_INPUTS);

	(void)state;
	for (int i = 1; i < 300; i++)
		gsl_qrng_get(q, x[i]);
	for (size_t k = 0; k < n; k++) {
		size_t found = 0;
		double first = u_of(s, &in[k], 5);

		for (size_t d = 0; d < RP_SOBOL_INPUTS; d++) {
			int i = 0;

			while (i < 300) {
				double u = u_of(s, &in[k], 5 + (uint64_t)i *
				    RP_REPLICATES) - first;

				if (fabs((u < -1e-12 ? u + 1.0 : u) -
				    x[i][d]) > 1e-9)
					break;
				i++;
			}
			if (i < 300)
				continue;
			assert_false(taken[d]);
			taken[d] = true;
			found++;
		}
		assert_int_equal(found, 1);
	}
	gsl_qrng_free(q);
	rp_spread_free(s);
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
	/* All of them, unless two would have met on one dimension. */
	assert_true(same >= n - 2);
	rp_spread_free(s);
	rp_spread_free(t);
	bound_release(&b);
	bound_release(&v);
}

static const char *const named = HEAD
    "simulation: {horizon: 2026-07-05%s}\n"
    "populations:\n"
    "  - name: a\n    certificates: 10\n    path:\n"
    "      - gate: {until: {value: {uniform: [2026-02-01, 2026-03-01]},\n"
    "                       input: help}}\n"
    "      - team: {rate: {value: {uniform: [10/day, 20/day]},\n"
    "                      input: speed}}\n"
    "  - name: b\n    certificates: 10\n    path:\n"
    "      - team: {rate: {value: {uniform: [10/day, 20/day]},\n"
    "                      input: speed}}\n"
    "      - gate: {until: {value: {uniform: [2026-02-01, 2026-03-01]},\n"
    "                       input: third}}\n";

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

/* At random, what nothing ties to another is left to the steps' streams. */
static void
random_inputs_are_left_alone(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);
	struct rp_spread *s = must_spread(cs, RP_DESIGN_RANDOM, 1, 1000);
	double u;

	(void)state;
	assert_int_equal(rp_spread_inputs(s), 7);
	assert_int_equal(rp_spread_replicates(s), 0);
	for (size_t k = 0; k < n; k++)
		assert_false(rp_spread_uniform(s, in[k].q, 0, &u));
	rp_spread_free(s);
	bound_release(&b);
}

/*
 * The reader refuses what cannot be; a case that was made otherwise is told
 * by the design.  Nearly always together, twice, and the ends opposite.
 */
static void
impossible_correlations_are_named(void **state)
{
	char text[4000];
	struct bound b;
	struct rp_case *cs, bad;
	struct rp_correlation c[3];
	struct rp_spread *s = NULL;
	struct rp_err err = { 0 };

	(void)state;
	snprintf(text, sizeof(text), named,
	    ", correlations: [{between: [help, speed], rank: 0.9},\n"
	    "  {between: [speed, third], rank: 0.9},\n"
	    "  {between: [third, help], rank: 0.8}]");
	cs = must_bind(&b, text);
	rp_spread_free(must_spread(cs, RP_DESIGN_QUASI_RANDOM, 1, 100));
	memcpy(c, cs->simulation.correlation, sizeof(c));
	bad = *cs;
	bad.simulation.correlation = c;
	c[2].rank = -0.9;
	assert_int_equal(rp_spread_new(&bad, RP_DESIGN_QUASI_RANDOM, 1, 100,
	    &s, &err), RP_ERANGE);
	assert_int_equal(err.line, c[2].origin.line);
	assert_non_null(strstr(err.text, "'third' and 'help' cannot be all"));
	c[2].between[0] = "nobody";
	assert_int_equal(rp_spread_new(&bad, RP_DESIGN_QUASI_RANDOM, 1, 100,
	    &s, &err), RP_ERANGE);
	assert_non_null(strstr(err.text, "called 'nobody'"));
	c[2].between[0] = c[2].between[1];
	assert_int_equal(rp_spread_new(&bad, RP_DESIGN_QUASI_RANDOM, 1, 100,
	    &s, &err), RP_ERANGE);
	assert_null(s);
	bound_release(&b);
}

/* 45 gates: five of them more than the sequence has dimensions. */
static void
beyond_forty_the_rest_is_random(void **state)
{
	static char text[20000];
	struct bound b;
	struct rp_case *cs;
	struct rp_input in[64];
	struct rp_spread *s;
	size_t at, known = 0;
	double u;

	(void)state;
	at = (size_t)snprintf(text, sizeof(text), "%s", HEAD
	    "populations:\n  - name: a\n    certificates: 10\n    path:\n");
	for (int i = 0; i < 45; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at,
		    "      - gate: {until: {uniform: [2026-02-01, "
		    "2026-03-01]}}\n");
	cs = must_bind(&b, text);
	assert_int_equal(inputs_of(cs, in, 64), 45);
	s = must_spread(cs, RP_DESIGN_QUASI_RANDOM, 1, 1000);
	assert_int_equal(rp_spread_inputs(s), 40);
	assert_int_equal(rp_spread_left_out(s), 5);
	for (size_t k = 0; k < 45; k++)
		known += rp_spread_uniform(s, in[k].q, 17, &u);
	assert_int_equal(known, 40);
	rp_spread_free(s);
	s = must_spread(cs, RP_DESIGN_LATIN_HYPERCUBE, 1, 1000);
	assert_int_equal(rp_spread_inputs(s), 45);
	assert_int_equal(rp_spread_left_out(s), 0);
	rp_spread_free(s);
	bound_release(&b);
}

/* Few trials say nothing by replicates, but each has its inputs. */
static void
few_trials_are_not_replicated(void **state)
{
	struct bound b;
	struct rp_case *cs = must_bind(&b, mixed);
	struct rp_input in[16];
	size_t n = inputs_of(cs, in, 16);

	(void)state;
	for (size_t d = 0; d < 2; d++)
		for (uint64_t trials = 1; trials < 40; trials += 3) {
			struct rp_spread *s = must_spread(cs, designs[d], 1,
			    trials);

			assert_int_equal(rp_spread_replicates(s), 0);
			for (size_t k = 0; k < n; k++)
				for (uint64_t i = 0; i < trials; i++)
					(void)u_of(s, &in[k], i);
			rp_spread_free(s);
		}
	bound_release(&b);
}

static struct rp_trials *
must_run(const struct rp_case *cs, enum rp_design design, uint64_t trials,
    unsigned threads)
{
	struct rp_sim_options opt = { .trials = trials, .threads = threads,
	    .metric = RP_METRIC_REPLACED, .bands = RP_BANDS_TOTAL,
	    .has_design = true, .design = design };
	struct rp_trials *tr = NULL;

	assert_int_equal(rp_simulate(cs, &opt, &tr, NULL), RP_OK);
	return tr;
}

static const char *const runs = HEAD
    "simulation: {horizon: 2026-04-05}\n"
    "populations:\n"
    "  - name: host\n    certificates: 100\n    subscribers: 1\n"
    "    path:\n"
    "      - wait: {per: subscriber, time: {lognormal: {median:\n"
    "          {uniform: [3 d, 5 d]}, sigma: 0.5}}}\n"
    "      - team: {rate: {uniform: [8/working-day, 12/working-day]}}\n";

static void
threads_do_not_matter(void **state)
{
	static const unsigned threads[] = { 2, 7 };
	struct bound b;
	struct rp_case *cs = must_bind(&b, runs);

	(void)state;
	for (size_t d = 0; d < 2; d++) {
		struct rp_trials *one = must_run(cs, designs[d], 203, 1);
		size_t n, inputs;

		(void)rp_trials_grid(one, &n);
		assert_int_equal(rp_trials_design(one, &inputs), designs[d]);
		/* Of the two that are uncertain, and what one takes. */
		assert_int_equal(inputs, 3);
		for (size_t k = 0; k < 2; k++) {
			struct rp_trials *many = must_run(cs, designs[d], 203,
			    threads[k]);

			assert_memory_equal(rp_trials_completion(one, -1),
			    rp_trials_completion(many, -1),
			    203 * sizeof(int64_t));
			assert_memory_equal(rp_trials_bands(one, -1,
			    RP_STATE_REPLACED), rp_trials_bands(many, -1,
			    RP_STATE_REPLACED), n * sizeof(struct rp_band));
			rp_trials_free(many);
		}
		rp_trials_free(one);
	}
	bound_release(&b);
}

/* 100 trials are the first of 200, and their means come by replicates. */
static void
a_longer_run_begins_like_a_shorter(void **state)
{
	static const enum rp_design kept[] = { RP_DESIGN_QUASI_RANDOM,
		RP_DESIGN_RANDOM };
	struct bound b;
	struct rp_case *cs = must_bind(&b, runs);

	(void)state;
	for (size_t d = 0; d < 2; d++) {
		struct rp_trials *few = must_run(cs, kept[d], 100, 1);
		struct rp_trials *many = must_run(cs, kept[d], 200, 1);

		assert_memory_equal(rp_trials_completion(few, -1),
		    rp_trials_completion(many, -1), 100 * sizeof(int64_t));
		rp_trials_free(few);
		rp_trials_free(many);
	}
	bound_release(&b);
}

static void
out_of_memory_at_every_place(void **state)
{
	struct bound b;
	char text[4000];
	struct rp_case *cs;
	size_t live;

	(void)state;
	snprintf(text, sizeof(text), named,
	    ", correlations: [{between: [help, speed], rank: 0.5}]");
	cs = must_bind(&b, text);
	live = rp_alloc_live();
	for (size_t d = 0; d < 2; d++)
		for (unsigned long n = 1;; n++) {
			struct rp_spread *s = NULL;
			struct rp_err err = { 0 };
			rp_status rc;

			rp_alloc_fail_at(n);
			rc = rp_spread_new(cs, designs[d], 1, 320, &s, &err);
			rp_alloc_fail_at(0);
			rp_spread_free(s);
			assert_int_equal(rp_alloc_live(), live);
			if (rc == RP_OK)
				break;
			assert_int_equal(rc, RP_ENOMEM);
			assert_null(s);
			assert_true(n < 50);
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
		cmocka_unit_test(sobol_is_gsl_s_sequence),
		cmocka_unit_test(hypercubes_have_one_in_each_interval),
		cmocka_unit_test(more_trials_keep_the_first),
		cmocka_unit_test(variants_share_their_inputs),
		cmocka_unit_test(one_name_takes_one_quantile),
		cmocka_unit_test(random_inputs_are_left_alone),
		cmocka_unit_test(impossible_correlations_are_named),
		cmocka_unit_test(beyond_forty_the_rest_is_random),
		cmocka_unit_test(few_trials_are_not_replicated),
		cmocka_unit_test(threads_do_not_matter),
		cmocka_unit_test(a_longer_run_begins_like_a_shorter),
		cmocka_unit_test(out_of_memory_at_every_place),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
