/*
 * test_spread_bounds.c - where a design does nothing, refuses or runs out; and
 * that neither threads nor the number of trials change what it gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/simulate.h"
#include "spread_case.h"

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

/* 45 gates, more than any table of Sobol's sequence was made for here. */
static void
any_number_of_inputs_is_spread(void **state)
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
	assert_int_equal(rp_spread_inputs(s), 45);
	for (size_t k = 0; k < 45; k++)
		known += rp_spread_uniform(s, in[k].q, 17, &u);
	assert_int_equal(known, 45);
	rp_spread_free(s);
	s = must_spread(cs, RP_DESIGN_LATIN_HYPERCUBE, 1, 1000);
	assert_int_equal(rp_spread_inputs(s), 45);
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
		cmocka_unit_test(random_inputs_are_left_alone),
		cmocka_unit_test(impossible_correlations_are_named),
		cmocka_unit_test(any_number_of_inputs_is_spread),
		cmocka_unit_test(few_trials_are_not_replicated),
		cmocka_unit_test(threads_do_not_matter),
		cmocka_unit_test(a_longer_run_begins_like_a_shorter),
		cmocka_unit_test(out_of_memory_at_every_place),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
