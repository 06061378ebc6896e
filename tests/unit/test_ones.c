/*
 * test_ones.c - certificates that are followed one by one.
 *
 * What is checked by hand says how.  Whether chance is right is for
 * tests/stat/test_ones.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "simulate/engine.h"
#include "simulate/ones.h"
#include "support/bound.h"

/* 2026-03-02 is a Monday. */
#define HEAD "revplan: 1\nincident: {id: o, certificate: subscriber, "	\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-04-01, step: 1 d}\n"

struct run {
	struct bound bound;
	struct rp_model m;
	struct rp_engine e;
};

static struct run r;

static void
begin(const char *text, bool one_by_one)
{
	struct rp_whatif w = rp_whatif_none;
	struct rp_err err = { 0 };

	w.one_by_one = one_by_one;
	r.bound = bind_text(text, ".");
	if (r.bound.cs == NULL)
		fail_msg("%s", r.bound.faults.fault[0].text);
	if (rp_model_init(&r.m, r.bound.cs, 3, 0.0, &w, &err) != RP_OK ||
	    rp_engine_init(&r.e, &r.m, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static void
run(uint64_t trial)
{
	struct rp_err err = { 0 };

	if (rp_engine_run(&r.e, trial, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static void
end(void)
{
	rp_engine_release(&r.e);
	rp_model_release(&r.m);
	bound_release(&r.bound);
}

/* Replaced by day `day` after awareness, of part p. */
static uint32_t
replaced(size_t p, size_t day)
{
	const struct rp_flow *f = &r.e.flow[p];
	uint32_t n = f->at_point[0];

	for (size_t i = 0; i < day; i++)
		n += f->in_cell[i] + f->at_point[i + 1];
	return n;
}

static uint32_t
lapsed(size_t p, size_t day)
{
	uint32_t n = 0;

	for (size_t i = 0; i < day; i++)
		n += r.e.flow[p].lapsed[i];
	return n;
}

/*
 * Two subscribers of two certificates each.  The team does one on each of the
 * first four days, and each is done two days after: one on each of the days
 * that end on days 3, 4, 5 and 6.
 */
static void
a_team_and_then_two_days(void **state)
{
	static const uint32_t want[] = { 0, 0, 0, 1, 2, 3, 4, 4 };

	(void)state;
	begin(HEAD "populations: [{name: p, certificates: 4, subscribers: 2, "
	    "path: [{team: {rate: 1/day}}, "
	    "{wait: {per: subscriber, time: 2 d}}]}]\n", false);
	assert_true(r.m.part[0].one_by_one);
	for (uint64_t trial = 0; trial < 20; trial++) {
		run(trial);
		for (size_t d = 0; d < 8; d++)
			assert_int_equal(replaced(0, d), want[d]);
		assert_int_equal(r.e.flow[0].subscribers_left[3], 2);
		assert_int_equal(r.e.flow[0].subscribers_left[6], 0);
	}
	end();
}

/*
 * The team is done with all on the first day, and every certificate waits as
 * long as the others of its subscriber: one day or ten.  So after two days
 * three, seven, or all ten are replaced, or none; the rest follows on the
 * eleventh.
 */
static void
a_subscriber_answers_for_all(void **state)
{
	unsigned seen = 0;

	(void)state;
	begin(HEAD "populations: [{name: p, certificates: 10, "
	    "subscribers: 2, owns: [{subscribers: 1, certificates: 7}, "
	    "{subscribers: 1}], path: [{team: {rate: 1000/day}}, "
	    "{wait: {per: subscriber, time: {one-of: "
	    "[{value: 1 d, weight: 1}, {value: 10 d, weight: 1}]}}}]}]\n",
	    false);
	for (uint64_t trial = 0; trial < 100; trial++) {
		uint32_t n;

		run(trial);
		n = replaced(0, 2);
		assert_true(n == 0 || n == 3 || n == 7 || n == 10);
		assert_int_equal(replaced(0, 10), n);
		assert_int_equal(replaced(0, 11), 10);
		seen |= 1u << n;
	}
	/* Each of the four has a quarter of the trials. */
	assert_int_equal(seen, 1u << 0 | 1u << 3 | 1u << 7 | 1u << 10);
	end();
}

/* Never is never for all of them, and they run out on their day, the 12th. */
static void
who_never_answers_runs_out(void **state)
{
	unsigned seen = 0;

	(void)state;
	begin(HEAD "populations: [{name: p, certificates: 10, "
	    "subscribers: 2, owns: [{subscribers: 1, certificates: 7}, "
	    "{subscribers: 1}], expiry: 2026-03-14, path: ["
	    "{team: {rate: 1000/day}}, {wait: {per: subscriber, time: 1 d, "
	    "never: 50%}}]}]\n", false);
	for (uint64_t trial = 0; trial < 100; trial++) {
		uint32_t n;

		run(trial);
		n = replaced(0, 30);
		assert_int_equal(replaced(0, 2), n);
		assert_int_equal(lapsed(0, 11), 0);
		assert_int_equal(lapsed(0, 12), 10 - n);
		assert_int_equal(r.e.left, 0);
		seen |= 1u << n;
	}
	assert_int_equal(seen, 1u << 0 | 1u << 3 | 1u << 7 | 1u << 10);
	end();
}

/* Those who run out while they stand in a queue no longer hold it up: of ten
 * one is done a day for three days, then seven run out. */
static void
a_queue_loses_those_who_run_out(void **state)
{
	(void)state;
	begin(HEAD "populations:\n"
	    "- {name: p, certificates: 10, subscribers: 3, "
	    "expiry: 2026-03-05, path: [{team: {name: t, rate: 1/day}}, "
	    "{wait: {per: subscriber, time: 1 h}}]}\n"
	    "- {name: q, certificates: 5, starts: 2026-03-04, "
	    "path: [{team: {name: t, rate: 1/day}}]}\n", true);
	for (uint64_t trial = 0; trial < 20; trial++) {
		run(trial);
		/* The third may run out in the hour that it waits. */
		assert_in_range(replaced(0, 30), 2, 3);
		assert_int_equal(replaced(0, 30) + lapsed(0, 3), 10);
		assert_int_equal(replaced(1, 3), 0);
		assert_int_equal(replaced(1, 5), 2);
		assert_int_equal(replaced(1, 8), 5);
	}
	end();
}

/* A notice that always bounces tells nobody. */
static void
all_notices_bounce(void **state)
{
	(void)state;
	begin(HEAD "populations: [{name: p, certificates: 10, "
	    "subscribers: 3, path: [{notice: {rate: 5/h, bounces: 100%}}, "
	    "{wait: {per: subscriber, time: 1 h}}]}]\n", false);
	run(0);
	assert_int_equal(replaced(0, 30), 0);
	assert_int_equal(r.e.left, 10);
	assert_int_equal(r.e.flow[0].subscribers_left[29], 3);
	end();
}

/* Curves and dates are the same bytes for any number of threads. */
static void
threads_do_not_matter(void **state)
{
	static const unsigned threads[] = { 1, 2, 7 };
	struct bound b = bind_text(HEAD "populations:\n"
	    "- {name: p, certificates: 150, subscribers: 40, "
	    "expiry: {uniform: [2026-03-01, 2026-04-20]}, "
	    "owns: {pareto: {least: 1, shape: {uniform: [0.8, 1.9]}}}, "
	    "path: [{team: {name: t, rate: 30/day}}, {wait: {per: subscriber, "
	    "time: {gamma: {shape: 1.3, scale: 4 d}}}}, "
	    "{branch: {share: 30%, path: [{wait: {per: subscriber, "
	    "time: {exponential: 2 d}}}, "
	    "{team: {name: t, rate: 30/day}}]}}]}\n"
	    "- {name: q, certificates: 90, "
	    "path: [{team: {name: t, rate: 30/day}}]}\n", ".");
	struct rp_trials *tr[3] = { NULL };
	size_t n;

	(void)state;
	assert_non_null(b.cs);
	for (size_t i = 0; i < 3; i++) {
		struct rp_sim_options opt = { .trials = 80,
		    .threads = threads[i], .metric = RP_METRIC_REPLACED };
		struct rp_err err = { 0 };

		if (rp_simulate(b.cs, &opt, &tr[i], &err) != RP_OK)
			fail_msg("%s", err.text);
		(void)rp_trials_grid(tr[i], &n);
		assert_memory_equal(rp_trials_curve(tr[i]),
		    rp_trials_curve(tr[0]), 80 * n * sizeof(uint32_t));
		assert_memory_equal(rp_trials_completion(tr[i], -1),
		    rp_trials_completion(tr[0], -1), 80 * sizeof(int64_t));
	}
	for (size_t i = 0; i < 3; i++)
		rp_trials_free(tr[i]);
	bound_release(&b);
}

/*
 * Stopped at any instant everybody is somewhere: still to begin, in one of the
 * nodes, or at an end.  Who has bounced will be where they are for ever.
 */
static void
everybody_is_somewhere(void **state)
{
	size_t bounced = 0;

	(void)state;
	begin(HEAD "populations: [{name: p, certificates: 60, "
	    "subscribers: 12, starts: 2026-03-04, "
	    "expiry: {uniform: [2026-03-01, 2026-04-20]}, path: ["
	    "{notice: {rate: 1/h, bounces: 20%}}, "
	    "{wait: {per: subscriber, time: {exponential: 3 d}}}, "
	    "{branch: {share: 50%, path: [{wait: {time: 2 d}}]}}, "
	    "{team: {rate: 4/day}}]}]\n", false);
	for (size_t i = 2; i < 20; i++) {
		uint32_t n = 0, never;

		r.e.stop = i;
		run(i);
		for (size_t k = 0; k < r.m.n_nodes; k++) {
			n += rp_engine_inside(&r.e, k, i, &never);
			if (r.m.node[k].kind == RP_FLOW_QUEUE)
				bounced += never;
		}
		assert_int_equal(n + replaced(0, i) + lapsed(0, i), 60);
		assert_int_equal(r.e.left, n);
	}
	assert_true(bounced > 0);
	end();
}

/* The notes say that it takes longer, and only where it does. */
static void
a_note_says_so(void **state)
{
	static const char *const path[] = {
		"{wait: {per: subscriber, time: 1 d}}, {team: {rate: 9/day}}",
		"{team: {rate: 9/day}}, {wait: {per: subscriber, time: 1 d}}"
	};

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct rp_sim_options opt = { .trials = 4,
		    .metric = RP_METRIC_REPLACED };
		struct rp_trials *tr = NULL;
		struct rp_err err = { 0 };
		char text[512];
		bool told = false;
		size_t n;

		snprintf(text, sizeof(text), HEAD "populations: [{name: "
		    "hosting, certificates: 9, subscribers: 2, path: [%s]}]\n",
		    path[k]);
		r.bound = bind_text(text, ".");
		assert_non_null(r.bound.cs);
		if (rp_simulate(r.bound.cs, &opt, &tr, &err) != RP_OK)
			fail_msg("%s", err.text);
		(void)rp_trials_notes(tr, &n);
		for (size_t i = 0; i < n; i++)
			told = told || strstr(rp_trials_notes(tr, &n)[i],
			    "of 'hosting' are followed one by one") != NULL;
		assert_int_equal(told, k == 1);
		rp_trials_free(tr);
		bound_release(&r.bound);
	}
}

/* Too many to be followed: a clear word, and no end of memory. */
static void
too_many_are_refused(void **state)
{
	struct rp_model m;
	struct rp_err err = { 0 };
	struct bound b = bind_text(HEAD "populations: [{name: p, "
	    "certificates: 20000001, subscribers: 12, path: ["
	    "{team: {rate: 4/day}}, {wait: {per: subscriber, "
	    "time: 1 d}}]}]\n", ".");

	(void)state;
	assert_non_null(b.cs);
	assert_int_equal(rp_model_init(&m, b.cs, 1, 0.0, NULL, &err),
	    RP_ERANGE);
	assert_int_equal(err.line, 4);
	assert_non_null(strstr(err.text, "of 'p' would have to be followed"));
	bound_release(&b);
}

/* A trial takes no memory, and every failure to get any is told. */
static void
memory(void **state)
{
	struct rp_err err = { 0 };
	rp_status rc = RP_ENOMEM;
	size_t live;

	(void)state;
	begin(HEAD "populations: [{name: p, certificates: 10, "
	    "subscribers: 3, path: [{team: {rate: 5/day}}, "
	    "{wait: {per: subscriber, time: {exponential: 3 d}}}]}]\n",
	    false);
	run(0);
	rp_alloc_fail_at(1);
	run(1);
	rp_alloc_fail_at(0);
	rp_engine_release(&r.e);
	live = rp_alloc_live();
	for (unsigned long k = 1; rc != RP_OK; k++) {
		rp_alloc_fail_at(k);
		rc = rp_engine_init(&r.e, &r.m, &err);
		assert_true(rc == RP_OK || rc == RP_ENOMEM);
		assert_true(rc == RP_OK || rp_alloc_live() == live);
	}
	rp_alloc_fail_at(0);
	end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_team_and_then_two_days),
		cmocka_unit_test(a_subscriber_answers_for_all),
		cmocka_unit_test(who_never_answers_runs_out),
		cmocka_unit_test(a_queue_loses_those_who_run_out),
		cmocka_unit_test(all_notices_bounce),
		cmocka_unit_test(threads_do_not_matter),
		cmocka_unit_test(everybody_is_somewhere),
		cmocka_unit_test(a_note_says_so),
		cmocka_unit_test(too_many_are_refused),
		cmocka_unit_test(memory),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
