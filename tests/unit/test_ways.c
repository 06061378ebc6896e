/*
 * test_ways.c - reissuing, ways that part and ordinary renewal, by the
 * engine's own counts.
 *
 * Where nothing is left to chance the counts are exact.  Where something is,
 * the mean of many trials is held against what can be worked out by hand,
 * within five of its standard errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/near.h"
#include "counted.h"

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
