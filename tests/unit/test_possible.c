/*
 * What is possible, however odd, is taken: the other side of the broken files
 * of scenarios/invalid/, which say what is not.  And what is only noted.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"
#include "read/binder.h"

/* Monday morning; the default horizon is in April 2027. */
#define HEAD "revplan: 1\nincident: {id: x, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2026-03-02T09:15Z}\n"

static struct bound
bind_case(const char *before, const char *population, const char *after)
{
	char text[4000];

	(void)snprintf(text, sizeof(text), HEAD "%spopulations:\n  - {name: a"
	    ", certificates: 1000, %s}\n%s", before, population, after);
	return bind_text(text, ".");
}

/* How many notes there are on a valid case. */
static size_t
notes_on(const char *before, const char *population, const char *after)
{
	struct bound b = bind_case(before, population, after);
	struct rp_faults notes;
	size_t n;

	for (n = 0; n < b.faults.n; n++)
		print_error("%s\n%s\n%s\n%s\n", before, population, after,
		    b.faults.fault[n].text);
	assert_int_equal(b.status, RP_OK);
	rp_faults_init(&notes, "case");
	rp_notes(b.cs, &notes);
	n = notes.n + notes.dropped;
	rp_faults_release(&notes);
	bound_release(&b);
	return n;
}

#define WAIT "path: [{wait: {time: 1 d}}]"
#define TEAM "path: [{team: {rate: 100/working-day}}]"

/* ---- time --------------------------------------------------------------- */

static void
test_events_on_the_edges(void **state)
{
	static const char *const events[] = {
		/* The day of awareness, at an hour that is not known. */
		"events: [{cutoff: {on: 2026-03-02}}]\n",
		"events: [{hold: {on: 2026-03-02T09:15Z, certificates: 5}}]\n",
		"events: [{discovery: {on: 2026-03-02, population: a, "
		    "certificates: 5}}]\n",
		/* 400 d after awareness is 2027-04-06T09:15Z. */
		"events: [{hold: {on: 2027-04-06T09:14Z, certificates: 5}}]\n",
		"events: [{rollout: {on: 2027-04-04, path: [{wait: {time: 1 h}"
		    "}]}}]\n",
		"events: [{hold: {on: 2026-03-09, until: 2028-03-25, "
		    "certificates: 5}}]\n",
		"revocation: {at: 2026-03-02}\n",
		"revocation: {batches: 10/day, from: 2026-03-02}\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		assert_int_equal(notes_on("", WAIT, events[i]), 0);
}

static void
test_a_few_left_are_enough(void **state)
{
	(void)state;
	assert_int_equal(notes_on("", "expiry: {uniform: [2025-03-02, "
	    "2026-03-03]}, " WAIT, ""), 0);
	assert_int_equal(notes_on("", "expiry: {normal: [2025-03-02, 30 d]}, "
	    WAIT, ""), 0);
	assert_int_equal(notes_on("", "expiry: {one-of: [2026-05-02, "
	    "2025-03-02]}, " WAIT, "events: [{discovery: {on: 2026-05-01, "
	    "population: a, certificates: 5}}]\n"), 0);
}

static void
test_work_that_is_found(void **state)
{
	/* From a Saturday to the next Monday, 01:00. */
	static const char weekend[] = "simulation: {horizon: 2026-03-09T01:00Z"
	    "}\n";
	static const char frozen[] = "simulation: {horizon: 2026-03-31}\n"
	    "calendars: {bank: {freezes: [{from: 2026-03-01, until: "
	    "2026-04-07}]}}\n";

	(void)state;
	assert_int_equal(notes_on(weekend, "starts: 2026-03-07, " TEAM, ""),
	    0);
	assert_int_equal(notes_on("simulation: {horizon: 2026-03-08}\n",
	    "starts: 2026-03-07, path: [{team: {rate: 10/working-day, "
	    "weekends: true}}]", ""), 0);
	/* Frozen is who works, not what runs by itself. */
	assert_int_equal(notes_on(frozen, "calendar: bank, path: [{team: "
	    "{rate: 10/h}}, {batch: {on: [sat]}}, {wait: {time: 2 d}}]", ""),
	    0);
}

static void
test_ways_that_issue_once(void **state)
{
	(void)state;
	/* One on the detour, which then comes back behind none. */
	assert_int_equal(notes_on("", "path: [{wait: {time: 1 d, reissues: "
	    "true}}, {branch: {share: 5%, path: [{wait: {time: 1 d}}]}}]",
	    ""), 0);
	assert_int_equal(notes_on("", "path: [{branch: {share: 5%, path: "
	    "[{wait: {time: 1 d, reissues: true}}]}}, {wait: {time: 1 d}}]",
	    "events: [{rollout: {on: 2026-05-01, path: [{wait: {time: 1 d, "
	    "reissues: true}}]}}]\n"), 0);
}

static void
test_a_ramp_without_a_rise(void **state)
{
	(void)state;
	assert_int_equal(notes_on("", "path: [{team: {rate: 10/h, ramp: "
	    "{from: 100%, over: 0 working-days}}}]", ""), 0);
	assert_int_equal(notes_on("", "path: [{team: {rate: 10/h, ramp: "
	    "{from: 0%, over: 1 working-days}}}]", ""), 0);
}

/* ---- notes -------------------------------------------------------------- */

/* Each pair lies on both sides of the line. */
static void
test_notes_begin_where_nothing_can_pass(void **state)
{
	static const char until[] = "simulation: {horizon: 2026-06-30}\n";
	static const struct {
		const char *population;
		size_t notes;
	} tries[] = {
		{ "path: [{gate: {until: {uniform: [2026-06-29, 2026-09-30]}}"
		    "}]", 0 },
		{ "path: [{gate: {until: 2026-06-30}}]", 1 },
		{ "path: [{wait: {time: 1 d, never: {uniform: [99%, 100%]}}}]",
		    0 },
		{ "path: [{wait: {time: 1 d, never: 100%}}]", 1 },
		{ "path: [{wait: {time: {pareto: [119 d, 2]}}}]", 0 },
		{ "path: [{wait: {time: {pareto: [120 d, 2]}}}]", 1 },
		{ "path: [{batch: {on: [2026-06-29T23:00Z, 2027-01-01]}}]",
		    0 },
		{ "path: [{batch: {on: [2026-06-30, 2027-01-01]}}]", 1 },
		{ "path: [{notice: {rate: 10/h, bounces: 99%}}]", 0 },
		{ "path: [{notice: {rate: 10/h, bounces: 100%}}]", 1 },
		{ "path: [{team: {rate: {exponential: 0.001/day}}}]", 0 },
		{ "path: [{team: {rate: 0.01/day}}]", 0 },
		{ "path: [{team: {rate: 0.008/day}}]", 1 },
		{ "path: [{poll: {share: 1%}}]", 0 },
		{ "path: [{poll: {share: 0%}}]", 1 },
		{ "path: [{poll: {failures: 100%}}]", 1 },
		{ "path: [{poll: {client: {certbot-4.1: 1%, traefik: 99%}}}]",
		    0 },
		{ "path: [{poll: {client: {certbot-4.1: 0%, traefik: 99%}}}]",
		    1 },
		{ "expiry: 2026-05-01, path: [{poll: {share: 0%}}]", 0 },
		{ "starts: 2026-05-01, expiry: 2026-05-02, " WAIT, 0 },
		{ "starts: 2026-05-01, expiry: 2026-05-01, " WAIT, 1 },
		{ "path: [{branch: {share: 2%, path: [{gate: {until: "
		    "2026-08-01}}]}}]", 1 },
	};
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		n = notes_on(until, tries[i].population, "");
		if (n != tries[i].notes)
			print_error("%s: %zu notes\n", tries[i].population,
			    n);
		assert_int_equal(n, tries[i].notes);
	}
}

static void
test_notes_on_what_lies_after_the_horizon(void **state)
{
	static const char until[] = "simulation: {horizon: 2026-06-30}\n";

	(void)state;
	assert_int_equal(notes_on(until, WAIT, "events: [{cutoff: {on: "
	    "2026-06-29}}]\n"), 0);
	assert_int_equal(notes_on(until, WAIT, "events: [{cutoff: {on: "
	    "2026-06-30}}]\n"), 1);
	assert_int_equal(notes_on(until, WAIT, "events: [{risk: {probability: "
	    "5%, then: {cutoff: {on: 2026-06-30}}}}]\n"), 1);
	assert_int_equal(notes_on(until, WAIT, "revocation: {at: 2026-06-30}"
	    "\n"), 1);
	/* What a rollout brings has only the time from then on. */
	assert_int_equal(notes_on(until, WAIT, "events: [{rollout: {on: "
	    "2026-06-28, path: [{wait: {time: 47 h}}]}}]\n"), 0);
	assert_int_equal(notes_on(until, WAIT, "events: [{rollout: {on: "
	    "2026-06-28, path: [{wait: {time: 48 h}}]}}]\n"), 1);
}

/* ---- how far a number can go -------------------------------------------- */

static struct rp_reach
reach_of(const char *share)
{
	char population[300];
	struct rp_reach r;
	struct bound b;

	(void)snprintf(population, sizeof(population), "path: [{wait: {time: "
	    "1 d, never: %s}}]", share);
	b = bind_case("", population, "");
	assert_int_equal(b.status, RP_OK);
	r = rp_reach_of(&b.cs->population[0].path.step[0].as.wait.never);
	bound_release(&b);
	return r;
}

static void
test_reach(void **state)
{
	static const struct {
		const char *share;
		double low, high;
	} tries[] = {
		{ "5%", 0.05, 0.05 },
		{ "{uniform: [5%, 10%]}", 0.05, 0.1 },
		{ "{uniform: [{uniform: [1%, 3%]}, {triangular: [5%, 6%, 7%]}"
		    "]}", 0.01, 0.07 },
		{ "{triangular: [5%, 6%, 10%]}", 0.05, 0.1 },
		{ "{beta: [4, 196]}", 0, 1 },
		{ "{beta: [4, 196, 10%, 20%]}", 0.1, 0.2 },
		{ "{one-of: [7%, 3%, 5%]}", 0.03, 0.07 },
		{ "{empirical: [7%, 3%, 5%]}", 0.03, 0.07 },
		{ "{histogram: {5%..7%: 1, 2%..3%: 3}}", 0.02, 0.07 },
		{ "{pareto: [2%, 3]}", 0.02, (double)INFINITY },
		{ "{normal: [2%, 3%]}", 0, (double)INFINITY },
		{ "{gamma: [2, 3%]}", 0, (double)INFINITY },
	};
	struct rp_reach r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		r = reach_of(tries[i].share);
		assert_near(r.low, tries[i].low, 1e-12);
		if (isinf(tries[i].high))
			assert_true(isinf(r.high));
		else
			assert_near(r.high, tries[i].high, 1e-12);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_events_on_the_edges),
		cmocka_unit_test(test_a_few_left_are_enough),
		cmocka_unit_test(test_work_that_is_found),
		cmocka_unit_test(test_ways_that_issue_once),
		cmocka_unit_test(test_a_ramp_without_a_rise),
		cmocka_unit_test(test_notes_begin_where_nothing_can_pass),
		cmocka_unit_test(test_notes_on_what_lies_after_the_horizon),
		cmocka_unit_test(test_reach),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
