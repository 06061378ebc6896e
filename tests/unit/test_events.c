/*
 * test_events.c - discoveries, rollouts, risks, and what renewal and reissuing
 * do, by the engine's own counts.
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
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "simulate/engine.h"
#include "support/bound.h"
#include "support/near.h"

/* Awareness is the start of day 0, a Monday; steps are days. */
#define HEAD "revplan: 1\n"						\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-06-10, step: 1 d, trials: 50}\n"
#define DAY0 INT64_C(1772409600)
#define LAST 100			/* days to the horizon */

static struct bound bound;
static struct rp_model model;
static struct rp_engine engine;

static void
open_with(const char *text, const struct rp_whatif *whatif)
{
	struct rp_err err = { 0 };

	bound = bind_text(text, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.n > 0 ?
		    bound.faults.fault[0].text : "not bound");
	if (rp_model_init(&model, bound.cs, 11, 0.0, whatif, &err) != RP_OK ||
	    rp_engine_init(&engine, &model, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static void
open_case(const char *text)
{
	open_with(text, NULL);
}

static void
close_case(void)
{
	rp_engine_release(&engine);
	rp_model_release(&model);
	bound_release(&bound);
}

static void
trial(uint64_t i)
{
	struct rp_err err = { 0 };

	if (rp_engine_run(&engine, i, &err) != RP_OK)
		fail_msg("%s", err.text);
}

/* What was counted up to the start of a day, that instant included. */
static uint32_t
by_day(const uint32_t *at_point, const uint32_t *in_cell, double day)
{
	int64_t until = DAY0 + (int64_t)(day * 86400.0);
	uint32_t n = 0;

	for (size_t i = 0; i < model.grid.n && model.grid.t[i] <= until;
	    i++) {
		n += at_point != NULL ? at_point[i] : 0;
		if (i + 1 < model.grid.n && model.grid.t[i + 1] <= until)
			n += in_cell[i];
	}
	return n;
}

static uint32_t
replaced(size_t part, double day)
{
	return by_day(engine.flow[part].at_point, engine.flow[part].in_cell,
	    day);
}

static uint32_t
reissued(size_t part, double day)
{
	return by_day(engine.flow[part].reissued_at,
	    engine.flow[part].reissued_in, day);
}

static uint32_t
lapsed(size_t part, double day)
{
	return by_day(NULL, engine.flow[part].lapsed, day);
}

/* The mean of a count over trials against what it should be. */
static void
assert_mean(uint32_t (*count)(size_t part, double day), size_t part,
    double day, uint64_t trials, double want)
{
	double sum = 0.0, squares = 0.0, mean, se;

	for (uint64_t i = 0; i < trials; i++) {
		double x;

		trial(i);
		x = (double)count(part, day);
		sum += x;
		squares += x * x;
	}
	mean = sum / (double)trials;
	se = sqrt((squares / (double)trials - mean * mean) / (double)trials);
	if (fabs(mean - want) > 5.0 * se + 1e-9)
		fail_msg("by day %g of part %zu: %.3f +- %.3f, not %.3f", day,
		    part, mean, se, want);
}

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

#define RISKY HEAD "populations: [{name: p, certificates: 100, "		\
	"path: [{wait: {time: 3 d}}]}]\n"				\
	"events:\n"							\
	"  - {risk: {probability: 30%, then: {discovery: {on: 2026-03-12, " \
	"population: p, certificates: 25}}}}\n"				\
	"  - {risk: {probability: 60%, then: {rollout: {on: 2026-03-03, "	\
	"population: p, path: [{wait: {time: 1 d}}]}}}}\n"

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

/* ---- reissuing ---------------------------------------------------------- */

static void
what_is_reissued_counts_once(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, path: ["
	    "{branch: {share: 50%, path: [{wait: {time: 1 d, "
	    "reissues: true}}]}}, {wait: {time: 9 d}}]}]\n"
	    "events: [{rollout: {on: 2026-03-10, share: 50%, population: p, "
	    "path: [{wait: {time: 10 d, reissues: true}}]}}]\n");
	/* Half by the detour; of the others half when they are replaced on
	 * day 9, and half after the rollout of day 8. */
	assert_mean(reissued, 0, 1.0, 200, 500.0);
	assert_mean(reissued, 0, 9.0, 200, 750.0);
	for (uint64_t i = 0; i < 20; i++) {
		trial(i);
		assert_int_equal(reissued(0, 8.9), reissued(0, 1.0));
		assert_int_equal(reissued(0, 17.9), reissued(0, 9.0));
		assert_int_equal(reissued(0, 18.0), 1000);
		assert_int_equal(replaced(0, LAST), 1000);
	}
	close_case();
}

/* Never marked on its way, so at the latest when it is replaced. */
static void
what_is_replaced_has_been_reissued(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, path: ["
	    "{branch: {share: 30%, path: [{team: {rate: 10000/day, "
	    "reissues: true}}]}}, {wait: {time: 5 d}}]}, "
	    "{name: q, certificates: 10, path: [{wait: {time: 2 d}}]}]\n"
	    "events: [{rollout: {on: 2026-03-05, share: 50%, population: p, "
	    "path: [{wait: {time: 10 d}}]}}]\n");
	assert_mean(reissued, 0, 1.0, 200, 300.0);
	for (uint64_t i = 0; i < 20; i++) {
		trial(i);
		for (int day = 0; day <= LAST; day++)
			assert_true(reissued(0, day) >= replaced(0, day));
		assert_int_equal(reissued(0, 12.9), reissued(0, 7.0));
		assert_int_equal(reissued(0, 13.0), 1000);
		assert_int_equal(reissued(1, 1.9), 0);
		assert_int_equal(reissued(1, 2.0), 10);
	}
	close_case();
}

/* Steps after a mark are composed in each copy alone: two waits of a day each
 * and a day of polls, a day later for those who made the detour. */
static void
copies_keep_their_steps_apart(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, path: ["
	    "{branch: {share: 50%, path: [{wait: {time: 1 d, "
	    "reissues: true}}]}}, {wait: {time: 1 d}}, {wait: {time: 1 d}}, "
	    "{poll: {client: {acme.sh-3.0: 30%}, every: 1 d, share: 100%}}"
	    "]}]\n");
	for (uint64_t i = 0; i < 20; i++) {
		uint32_t with;

		trial(i);
		with = reissued(0, 1.0);
		assert_true(with > 400 && with < 600);
		assert_int_equal(replaced(0, 2.0), 0);
		assert_int_equal(replaced(0, 3.0), 1000 - with);
		assert_int_equal(replaced(0, 4.0), 1000);
	}
	close_case();
}

/* ---- ways that part ----------------------------------------------------- */

/* Entered on 2026-03-20, so what was validated before 2025-09-01 is too old:
 * 243 of the 365 days of 2025. */
static void
old_validations_make_the_detour(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, "
	    "starts: 2026-03-20, path: ["
	    "{branch: {validated: {uniform: [2025-01-01, 2026-01-01]}, "
	    "path: [{wait: {time: 10 d}}]}}, {wait: {time: 2 d}}]}]\n");
	assert_mean(replaced, 0, 20.0, 300, 1000.0 * 122.0 / 365.0);
	assert_mean(replaced, 0, 30.0, 2, 1000.0);
	close_case();
}

/* Validated at one instant: it becomes too old within the day of
 * 2026-03-15 when the limit falls from 398 to 200 days, at its start.  Those
 * who come on the day before do without, those of later days do not. */
static void
a_new_limit_is_met_on_its_day(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 260, "
	    "path: [{team: {rate: 10/day}}, {branch: {validated: 2025-06-01, "
	    "path: [{wait: {time: 50 d}}]}}]}]\n");
	trial(0);
	assert_int_equal(replaced(0, 13.0), 130);
	assert_int_equal(replaced(0, 62.9), 130);
	assert_int_equal(replaced(0, 64.0), 140);
	assert_int_equal(replaced(0, 76.0), 260);
	close_case();
}

/* The parts are scaled to add up to 1; every client is told, at a time spread
 * evenly over ten days. */
static void
kinds_of_clients_poll_as_one(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 1000, path: ["
	    "{poll: {every: 10 d, share: 100%, client: {acme.sh-3.0: 30%, "
	    "certbot-4.1: 10%}}}]}]\n");
	assert_int_equal(bound.cs->population[0].path.step[0].as.poll.n_kinds,
	    2);
	assert_mean(replaced, 0, 5.0, 300, 500.0);
	assert_mean(replaced, 0, 10.0, 2, 1000.0);
	close_case();
}

/* ---- ordinary renewal --------------------------------------------------- */

/*
 * Expiry evenly over days 0 to 90, renewal 30 days before for 60 of 100:
 * those of the first 30 days had been renewed (20 of 100), on each later day
 * until 60 as many are; and of the others one in 90 runs out each day.
 */
static void
renewal_goes_on_by_itself(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 9000, "
	    "expiry: {uniform: [2026-03-02, 2026-05-31]}, "
	    "renewal: {before: 30 d, share: 60%}, "
	    "path: [{wait: {time: 1 d, never: 100%}}]}]\n");
	assert_mean(replaced, 0, 0.0, 300, 9000.0 * 0.6 * 30.0 / 90.0);
	assert_mean(replaced, 0, 20.0, 300, 9000.0 * 0.6 * 50.0 / 90.0);
	assert_mean(lapsed, 0, 20.0, 300, 9000.0 * 0.4 * 20.0 / 90.0);
	assert_mean(replaced, 0, 60.0, 300, 9000.0 * 0.6);
	assert_mean(lapsed, 0, LAST, 300, 9000.0 * 0.4);
	trial(0);
	assert_int_equal(replaced(0, 0.0), engine.flow[0].renewed_before);
	assert_int_equal(replaced(0, LAST) + lapsed(0, LAST), 9000);
	close_case();
}

/*
 * Expiry evenly over days 0 to 60, and the clients renew 10 days before: the
 * sixth part with less than that left passes at once, the others pass evenly
 * over days 0 to 50 with ten days left each.  The next step takes 5 days, so
 * all of those come through, and of those who passed at once half do.
 */
static void
who_renews_alone_has_a_time_of_its_own_left(void **state)
{
	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 600, "
	    "expiry: {uniform: [2026-03-02, 2026-05-01]}, "
	    "path: [{poll: {every: 1 d, share: 0%, renews: 10 d}}, "
	    "{wait: {time: 5 d}}]}]\n");
	assert_true(model.part[0].one_by_one);
	assert_mean(lapsed, 0, LAST, 300, 50.0);
	assert_mean(replaced, 0, 30.0, 300, 50.0 + 500.0 * 25.0 / 50.0);
	assert_mean(replaced, 0, LAST, 300, 550.0);
	close_case();
	/* Those who need nothing of the kind are counted. */
	open_case(HEAD "populations: [{name: p, certificates: 600, "
	    "expiry: {uniform: [2026-03-02, 2026-05-01]}, "
	    "path: [{poll: {every: 1 d, share: 0%, renews: 10 d}}]}]\n");
	assert_false(model.part[0].one_by_one);
	assert_mean(replaced, 0, 30.0, 300, 100.0 + 500.0 * 30.0 / 50.0);
	assert_mean(replaced, 0, 50.0, 2, 600.0);
	close_case();
}

/*
 * Ordinary renewal while work goes on: all are replaced on day 10, unless they
 * were renewed or ran out before.
 */
static void
work_and_renewal_do_not_count_twice(void **state)
{
	const struct rp_flow *f = &engine.flow[0];

	(void)state;
	open_case(HEAD "populations: [{name: p, certificates: 9000, "
	    "subscribers: 90, expiry: {uniform: [2026-03-02, 2026-05-31]}, "
	    "renewal: {before: 30 d, share: 60%}, path: [{wait: {time: 10 d, "
	    "per: subscriber}}]}]\n");
	assert_mean(lapsed, 0, 10.0, 300, 9000.0 * 0.4 * 10.0 / 90.0);
	trial(0);
	f = &engine.flow[0];
	assert_int_equal(replaced(0, 10.0) + lapsed(0, 10.0), 9000);
	assert_int_equal(engine.left, 0);
	/* Of those valid on day 5 that had not been renewed, on day 20:
	 * 0.6 * 55 were to be renewed later and are valid for 30 days more,
	 * of 0.4 * 85 there are 0.4 * 70 left. */
	assert_near(rp_lapse_valid(f, 5, 20),
	    (0.6 * 55.0 + 0.4 * 70.0) / (0.6 * 55.0 + 0.4 * 85.0), 1e-12);
	assert_near(rp_lapse_valid(f, 5, 40),
	    (0.6 * 50.0 + 0.4 * 50.0) / (0.6 * 55.0 + 0.4 * 85.0), 1e-12);
	close_case();
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
		cmocka_unit_test(
		    a_later_rollout_takes_those_of_an_earlier_one),
		cmocka_unit_test(those_chosen_still_run_out),
		cmocka_unit_test(a_discovery_adds_a_part),
		cmocka_unit_test(parts_share_the_team_of_their_step),
		cmocka_unit_test(one_subscriber_draws_once_for_all_parts),
		cmocka_unit_test(what_is_discovered_is_valid_then),
		cmocka_unit_test(a_risk_comes_true_as_often_as_said),
		cmocka_unit_test(a_risk_can_be_forced),
		cmocka_unit_test(what_is_reissued_counts_once),
		cmocka_unit_test(what_is_replaced_has_been_reissued),
		cmocka_unit_test(copies_keep_their_steps_apart),
		cmocka_unit_test(old_validations_make_the_detour),
		cmocka_unit_test(a_new_limit_is_met_on_its_day),
		cmocka_unit_test(kinds_of_clients_poll_as_one),
		cmocka_unit_test(renewal_goes_on_by_itself),
		cmocka_unit_test(who_renews_alone_has_a_time_of_its_own_left),
		cmocka_unit_test(work_and_renewal_do_not_count_twice),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
