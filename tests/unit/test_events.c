/*
 * test_events.c - discoveries, rollouts and risks, by the engine's own counts.
 *
 * Where nothing is left to chance the counts are exact.  Where something is,
 * the mean of many trials is held against what can be worked out by hand,
 * within five of its standard errors.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/near.h"
#include "counted.h"

/* ---- rollouts ----------------------------------------------------------- */

static void
a_rollout_takes_those_who_wait(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 100, "
	    "path: [{wait: {time: 30 d}}]}]\n"
	    "events: [{rollout: {on: 2026-03-12, population: p, "
	    "path: [{wait: {time: 2 d}}]}}]\n");
	trial(0);
	assert_int_equal(replaced(0, 11.9), 0);
	assert_int_equal(replaced(0, 12.0), 100);
	assert_int_equal(engine.left, 0);
	close_case();
}

static void
the_rest_goes_on_as_before(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, "
	    "path: [{wait: {time: 30 d}}]}]\n"
	    "events: [{rollout: {on: 2026-03-12, share: 40%, population: p, "
	    "path: [{wait: {time: 2 d}}]}}]\n");
	assert_mean(replaced, 0, 12.0, 400, 400.0);
	trial(3);
	assert_int_equal(replaced(0, 29.9), replaced(0, 12.0));
	assert_int_equal(replaced(0, 30.0), 1000);
	close_case();
}

/* A share that is not known is the same for all in a trial: 0..1 evenly has a
 * standard deviation of 0.289, chance among 1,000 one of 0.013 at most. */
static void
an_uncertain_share_is_one_for_all(void **state)
{
	double sum = 0.0, squares = 0.0;

	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, "
	    "path: [{wait: {time: 30 d}}]}, {name: q, certificates: 1000, "
	    "path: [{wait: {time: 30 d}}]}]\n"
	    "events: [{rollout: {on: 2026-03-12, share: {uniform: [0%, "
	    "100%]}, path: [{wait: {time: 2 d}}]}}]\n");
	for (uint64_t i = 0; i < 200; i++) {
		double a, b;

		trial(i);
		a = replaced(0, 12.0) / 1000.0;
		b = replaced(1, 12.0) / 1000.0;
		assert_near(a, b, 0.12);
		sum += a;
		squares += a * a;
	}
	assert_near(sqrt(squares / 200 - sum * sum / 40000), 0.289, 0.05);
	close_case();
}

/* One a day: ten are done by the tenth day, ten more stand in the queue. */
static void
a_rollout_empties_a_queue(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 20, "
	    "path: [{team: {rate: 1/day}}]}]\n"
	    "events: [{rollout: {on: 2026-03-12, population: p, "
	    "path: [{wait: {time: 1 d}}]}}]\n");
	trial(0);
	assert_int_equal(replaced(0, 10.0), 10);
	assert_int_equal(replaced(0, 11.0), 20);
	close_case();
}

/* Nobody is told, or nobody answers, until the rollout reaches them. */
static void
a_rollout_reaches_those_whom_nothing_else_does(void **state)
{
	(void)state;
	open_case(HEAD "populations:\n"
	    "  - {name: p, certificates: 30, path: [{notice: {rate: 10/day, "
	    "bounces: 100%}}, {wait: {time: 1 d}}]}\n"
	    "  - {name: q, certificates: 30, path: [{wait: {time: 1 d, "
	    "never: 100%}}]}\n"
	    "events: [{rollout: {on: 2026-03-12, "
	    "path: [{wait: {time: 2 d}}]}}]\n");
	trial(0);
	for (size_t p = 0; p < 2; p++) {
		assert_int_equal(replaced(p, 11.9), 0);
		assert_int_equal(replaced(p, 12.0), 30);
	}
	close_case();
}

/* Who has not begun yet goes the new way from the start on. */
static void
a_rollout_before_the_start_waits_for_it(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, "
	    "starts: 2026-03-22, path: [{wait: {time: 30 d}}]}]\n"
	    "events:\n"
	    "  - {rollout: {on: 2026-03-05, share: 50%, population: p, "
	    "path: [{wait: {time: 3 d}}]}}\n"
	    "  - {rollout: {on: 2026-03-12, share: 50%, population: p, "
	    "path: [{wait: {time: 2 d}}]}}\n");
	/* The later one takes half of all, the earlier one keeps a half of
	 * the rest. */
	assert_mean(replaced, 0, 22.0, 300, 500.0);
	assert_mean(replaced, 0, 23.0, 300, 750.0);
	assert_mean(replaced, 0, 50.0, 300, 1000.0);
	close_case();
}

static void
a_later_rollout_takes_those_of_an_earlier_one(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 10, "
	    "path: [{wait: {time: 50 d}}]}]\n"
	    "events:\n"
	    "  - {rollout: {on: 2026-03-12, population: p, "
	    "path: [{wait: {time: 30 d}}]}}\n"
	    "  - {rollout: {on: 2026-03-05, population: p, "
	    "path: [{team: {rate: 1/day}}]}}\n");
	trial(0);
	/* Day 3 to 10 by the team, the last three by the later rollout. */
	assert_int_equal(replaced(0, 10.0), 7);
	assert_int_equal(replaced(0, 39.9), 7);
	assert_int_equal(replaced(0, 40.0), 10);
	close_case();
}

/* Expiry goes on everywhere: evenly over days 0 to 60, nobody answers, and
 * the rollout of day 10 needs 20 days more. */
static void
those_chosen_still_run_out(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 6000, "
	    "expiry: {uniform: [2026-03-02, 2026-05-01]}, "
	    "path: [{wait: {time: 1 d, never: 100%}}]}]\n"
	    "events: [{rollout: {on: 2026-03-12, share: 50%, population: p, "
	    "path: [{wait: {time: 20 d}}]}}]\n");
	assert_mean(replaced, 0, 30.0, 300, 6000.0 * 0.5 * 0.5);
	assert_mean(lapsed, 0, 10.0, 300, 1000.0);
	assert_mean(lapsed, 0, 30.0, 300, 3000.0);
	assert_mean(lapsed, 0, 60.0, 300, 4500.0);
	trial(0);
	assert_int_equal(replaced(0, LAST) + lapsed(0, LAST), 6000);
	close_case();
}

/* ---- discoveries -------------------------------------------------------- */

static void
a_discovery_adds_a_part(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 100, "
	    "subscribers: 10, path: [{wait: {time: 3 d}}]}]\n"
	    "events: [{discovery: {on: 2026-03-12T12:00Z, population: p, "
	    "certificates: 25}}]\n");
	assert_int_equal(model.n_parts, 2);
	assert_int_equal(model.part[1].of, 0);
	assert_int_equal(model.part[1].event, 0);
	assert_int_equal(model.part[1].subscribers, 3);
	/* The same five days as the rest had from their awareness on. */
	assert_true(model.part[1].deadline ==
	    DAY0 + (int64_t)(15.5 * 86400.0));
	assert_true(model.part[1].deadline_point != SIZE_MAX);
	trial(0);
	assert_int_equal(replaced(0, 3.0), 100);
	/* Done at noon, so within the day. */
	assert_int_equal(replaced(1, 13.0), 0);
	assert_int_equal(replaced(1, 14.0), 25);
	close_case();
}

/* The team of the population works for both: 10 a day, nobody else comes. */
static void
parts_share_the_team_of_their_step(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 100, "
	    "path: [{team: {rate: 10/day}}]}]\n"
	    "events: [{discovery: {on: 2026-03-07, population: p, "
	    "certificates: 50}}]\n");
	assert_int_equal(model.n_queues, 1);
	trial(0);
	assert_int_equal(replaced(0, 10.0), 100);
	assert_int_equal(replaced(1, 10.0), 0);
	assert_int_equal(replaced(1, 15.0), 50);
	close_case();
}

/* One subscriber takes as long for what is found later as for the rest. */
static void
one_subscriber_draws_once_for_all_parts(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 100, "
	    "subscribers: 1, path: [{wait: {per: subscriber, "
	    "time: {lognormal: {median: 10 d, sigma: 0.5}}}}]}]\n"
	    "events: [{discovery: {on: 2026-03-12, population: p, "
	    "certificates: 20}}]\n");
	for (uint64_t i = 0; i < 40; i++) {
		trial(i);
		for (int day = 0; day <= 60; day++)
			assert_int_equal(replaced(0, day),
			    5 * replaced(1, day + 10.0));
	}
	close_case();
}

/* What is found is valid then: of an even spread over days 0 to 60 the ones
 * found on day 30 run out evenly over days 30 to 60. */
static void
what_is_discovered_is_valid_then(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 10, "
	    "expiry: {uniform: [2026-03-02, 2026-05-01]}, "
	    "path: [{wait: {time: 90 d}}]}]\n"
	    "events: [{discovery: {on: 2026-04-01, population: p, "
	    "certificates: 3000}}]\n");
	assert_mean(lapsed, 1, 30.0, 2, 0.0);
	assert_mean(lapsed, 1, 40.0, 300, 1000.0);
	assert_mean(lapsed, 1, 60.0, 2, 3000.0);
	close_case();
}

/* ---- risks -------------------------------------------------------------- */

#define RISKY HEAD "populations: [{name: p, certificates: 100, "	\
	"path: [{wait: {time: 3 d}}]}]\n"				\
	"events:\n"							\
	"  - {risk: {probability: 30%, then: {discovery: "		\
	"{on: 2026-03-12, population: p, certificates: 25}}}}\n"	\
	"  - {risk: {probability: 60%, then: {rollout: "		\
	"{on: 2026-03-03, population: p, "				\
	"path: [{wait: {time: 1 d}}]}}}}\n"

static void
a_risk_comes_true_as_often_as_said(void **state)
{
	unsigned found = 0, rolled = 0, both = 0;

	(void)state;
	open_case(RISKY);
	for (uint64_t i = 0; i < 4000; i++) {
		bool discovered, early;

		trial(i);
		discovered = engine.flow[1].certificates > 0;
		early = replaced(0, 2.0) == 100;
		assert_int_equal(discovered, engine.happened[0]);
		assert_int_equal(early, engine.happened[1]);
		assert_int_equal(replaced(1, LAST), discovered ? 25 : 0);
		assert_int_equal(replaced(0, LAST), 100);
		found += discovered;
		rolled += early;
		both += discovered && early;
	}
	/* Five standard errors of 4,000 trials. */
	assert_near(found / 4000.0, 0.30, 0.036);
	assert_near(rolled / 4000.0, 0.60, 0.039);
	assert_near(both / 4000.0, 0.18, 0.030);
	close_case();
}

static void
a_risk_can_be_forced(void **state)
{
	struct rp_whatif w = rp_whatif_none;

	(void)state;
	w.risk = 0;
	for (int happens = 0; happens < 2; happens++) {
		bool other[50];

		w.risk_happens = happens == 1;
		open_case(RISKY);
		for (uint64_t i = 0; i < 50; i++) {
			trial(i);
			other[i] = engine.happened[1];
		}
		close_case();
		open_with(RISKY, &w);
		for (uint64_t i = 0; i < 50; i++) {
			trial(i);
			assert_int_equal(engine.happened[0], happens);
			/* Everything else is as it was. */
			assert_int_equal(engine.happened[1], other[i]);
		}
		close_case();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rollout_takes_those_who_wait),
		cmocka_unit_test(the_rest_goes_on_as_before),
		cmocka_unit_test(an_uncertain_share_is_one_for_all),
		cmocka_unit_test(a_rollout_empties_a_queue),
		cmocka_unit_test(
		    a_rollout_reaches_those_whom_nothing_else_does),
		cmocka_unit_test(a_rollout_before_the_start_waits_for_it),
		cmocka_unit_test(a_later_rollout_takes_those_of_an_earlier_one),
		cmocka_unit_test(those_chosen_still_run_out),
		cmocka_unit_test(a_discovery_adds_a_part),
		cmocka_unit_test(parts_share_the_team_of_their_step),
		cmocka_unit_test(one_subscriber_draws_once_for_all_parts),
		cmocka_unit_test(what_is_discovered_is_valid_then),
		cmocka_unit_test(a_risk_comes_true_as_often_as_said),
		cmocka_unit_test(a_risk_can_be_forced),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
