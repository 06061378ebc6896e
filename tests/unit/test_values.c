/*
 * Every form that a value may have: steps, events, distributions, units.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"

#define STEPS "tests/support/cases/steps.yaml"

static int
load_steps(void **state)
{
	static struct bound b;

	b = bind_file(STEPS);
	*state = b.cs;
	return b.status == RP_OK && b.faults.n == 0 ? 0 : -1;
}

static int
free_steps(void **state)
{
	rp_case_free(*state);
	return 0;
}

static const struct rp_step *
step(void **state, size_t i)
{
	const struct rp_case *cs = *state;

	assert_true(i < cs->population[0].path.n_steps);
	return &cs->population[0].path.step[i];
}

static void
assert_fixed(const struct rp_quantity *q, double value)
{
	assert_null(q->dist);
	assert_near(q->fixed, value, 1e-9);
}

static const struct rp_dist *
assert_kind(const struct rp_quantity *q, enum rp_dist_kind kind)
{
	assert_non_null(q->dist);
	assert_int_equal(q->dist->kind, kind);
	return q->dist;
}

static void
assert_at(struct rp_instant at, const char *text)
{
	char buf[RP_INSTANT_TEXT];

	assert_string_equal(rp_instant_format(at, buf), text);
}

/* ---- steps -------------------------------------------------------------- */

static void
test_notice_and_waits(void **state)
{
	const struct rp_step *s = step(state, 0);

	assert_int_equal(s->kind, RP_STEP_NOTICE);
	assert_int_equal(s->as.notice.rate.per, RP_PER_HOUR);
	assert_fixed(&s->as.notice.rate.amount, 5000);
	assert_fixed(&s->as.notice.bounces, 0.03);
	s = step(state, 1);
	assert_int_equal(s->as.wait.clock, RP_CLOCK_WORKING);
	assert_int_equal(s->as.wait.per, RP_UNIT_SUBSCRIBER);
	assert_fixed(&s->as.wait.never, 0.02);
	s = step(state, 2);
	assert_int_equal(s->as.wait.per, RP_UNIT_CERTIFICATE);
	assert_string_equal(s->what, "wait");
}

static void
test_team_and_poll(void **state)
{
	const struct rp_step *s = step(state, 9);

	assert_string_equal(s->as.team.name, "desk");
	assert_fixed(&s->as.team.ramp_from, 0.2);
	assert_fixed(&s->as.team.ramp_over, 10);
	assert_fixed(&s->as.team.variation, 0.15);
	assert_false(s->as.team.weekends);
	s = step(state, 10);
	assert_string_equal(s->as.poll.client, "certbot-4.1");
	/* Its timer runs twice a day, and it asks since 4.1. */
	assert_fixed(&s->as.poll.every, 12 * 3600);
	assert_fixed(&s->as.poll.share, 1);
}

static void
test_batches(void **state)
{
	const struct rp_step *s = step(state, 11);

	assert_int_equal(s->as.batch.on, RP_BATCH_WEEKDAYS);
	assert_int_equal(s->as.batch.weekdays, 0x60);
	assert_int_equal(step(state, 12)->as.batch.on,
	    RP_BATCH_WORKING_DAY);
	s = step(state, 13);
	assert_int_equal(s->as.batch.on, RP_BATCH_INSTANTS);
	assert_int_equal(s->as.batch.n_instants, 2);
	/* Sorted; 01:00 at +09:00 is 16:00 the day before. */
	assert_at(s->as.batch.instant[0], "2026-05-08T16:00:00Z");
	assert_at(s->as.batch.instant[1], "2026-06-06T01:00:00Z");
}

static void
test_gate_and_branch(void **state)
{
	const struct rp_step *s = step(state, 14);
	const struct rp_dist *d;

	d = assert_kind(&s->as.gate.until, RP_DIST_TRIANGULAR);
	/* 2026-04-10 is 20553 days after 1970. */
	assert_fixed(&d->param[1], 20553.0 * 86400);
	s = step(state, 15);
	d = assert_kind(&s->as.branch.share, RP_DIST_BETA);
	assert_int_equal(d->n_params, 2);
	assert_fixed(&d->param[0], 4);
	assert_fixed(&d->param[1], 196);
	assert_fixed(&s->as.branch.path.step[0].as.wait.time, 5400);
}

/* ---- distributions ------------------------------------------------------ */

static void
test_distributions_of_time(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_dist *d;

	d = assert_kind(&cs->population[0].expiry, RP_DIST_NORMAL);
	assert_fixed(&d->param[1], 30 * 86400);
	d = assert_kind(&step(state, 1)->as.wait.time, RP_DIST_WEIBULL);
	assert_fixed(&d->param[0], 9 * 86400);
	assert_fixed(&d->param[1], 0.8);
	d = assert_kind(&step(state, 3)->as.wait.time, RP_DIST_EXPONENTIAL);
	assert_int_equal(d->n_params, 1);
	assert_fixed(&d->param[0], 5 * 86400);
	d = assert_kind(&step(state, 4)->as.wait.time, RP_DIST_GAMMA);
	assert_fixed(&d->param[0], 2);
	assert_fixed(&d->param[1], 3 * 86400);
}

static void
test_a_parameter_may_be_uncertain(void **state)
{
	const struct rp_dist *d;

	d = assert_kind(&step(state, 2)->as.wait.time, RP_DIST_LOGNORMAL);
	assert_fixed(&d->param[1], 0.5);
	d = assert_kind(&d->param[0], RP_DIST_TRIANGULAR);
	assert_int_equal(d->n_params, 3);
	assert_fixed(&d->param[0], 7 * 86400);
	assert_fixed(&d->param[2], 15 * 86400);
}

static void
test_points(void **state)
{
	const struct rp_dist *d;
	size_t i;

	d = assert_kind(&step(state, 5)->as.wait.time, RP_DIST_ONE_OF);
	assert_int_equal(d->n_points, 2);
	assert_near(d->point[1], 2 * 86400, 0);
	/* 3 and 1 out of 4. */
	assert_near(d->weight[0], 0.75, 1e-12);
	assert_near(d->weight[1], 0.25, 1e-12);
	d = assert_kind(&step(state, 6)->as.wait.time, RP_DIST_ONE_OF);
	assert_near(d->point[0], 86400, 0);
	assert_near(d->weight[0], 0.7, 1e-12);
	/* A file of 3 d, 1 d and 36 h; a list of 3 d, 1 d and 2 d. */
	d = assert_kind(&step(state, 7)->as.wait.time, RP_DIST_EMPIRICAL);
	assert_int_equal(d->n_points, 3);
	assert_near(d->point[0], 86400, 0);
	assert_near(d->point[1], 36 * 3600, 0);
	assert_near(d->point[2], 3 * 86400, 0);
	assert_null(d->weight);
	d = assert_kind(&step(state, 8)->as.wait.time, RP_DIST_EMPIRICAL);
	for (i = 0; i < 3; i++)
		assert_near(d->point[i], (double)(i + 1) * 86400, 0);
}

/* ---- events and records ------------------------------------------------- */

static void
test_events(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_event *e = cs->event;

	assert_int_equal(e[0].kind, RP_EVENT_DISCOVERY);
	assert_int_equal(e[0].population, 0);
	assert_int_equal(rp_count_n(e[0].certificates), 500);
	assert_int_equal(e[1].kind, RP_EVENT_HOLD);
	assert_true(e[1].has_until);
	assert_string_equal(e[1].why, "court order");
	assert_int_equal(e[2].kind, RP_EVENT_RISK);
	assert_fixed(&e[2].probability, 0.1);
	assert_int_equal(e[2].then->kind, RP_EVENT_HOLD);
	assert_int_equal(e[2].then->population, -1);
	assert_false(e[2].then->has_until);
	assert_int_equal(cs->revocation.kind, RP_REVOKE_IN_BATCHES);
	assert_int_equal(cs->revocation.batches.per, RP_PER_DAY);
	assert_at(cs->revocation.at.from, "2026-03-04T00:00:00Z");
}

/* Plans by publication, actuals and updates by time. */
static void
test_records_are_sorted(void **state)
{
	const struct rp_case *cs = *state;

	assert_int_equal(cs->n_plans, 2);
	assert_at(cs->plan[0].published.from, "2026-03-10T00:00:00Z");
	assert_string_equal(cs->plan[1].note, "second");
	assert_string_equal(cs->plan[0].milestone[0].origin.source,
	    "comment 1");
	assert_at(cs->actual[0].as_of.from, "2026-03-31T00:00:00Z");
	assert_at(cs->update[0].at.from, "2026-03-05T10:00:00Z");
}

static void
test_amounts(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_amount *gone = &cs->actual[0].metric[RP_METRIC_GONE];
	const struct rp_actual *counted = &cs->actual[1];

	assert_int_equal(cs->actual[0].population, 0);
	assert_int_equal(rp_share_ppb(gone->share), 123400000);
	assert_int_equal(gone->decimals, 2);
	assert_int_equal(counted->bound, RP_BOUND_AT_LEAST);
	assert_true(counted->metric[RP_METRIC_REPLACED].is_count);
	assert_int_equal(rp_count_n(
	    counted->metric[RP_METRIC_REPLACED].count), 600);
	assert_int_equal(rp_count_n(counted->remaining.count), 590);
	assert_int_equal(cs->fact[0].kind, RP_FACT_NEXT_UPDATE);
	assert_at(cs->fact[0].due.from, "2026-04-01T00:00:00Z");
}

static void
test_calendar_of_lists(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_calendar_spec *spec = &cs->calendar[0].spec;

	assert_int_equal(spec->week, 0x07);
	assert_int_equal(spec->opens_s, 0);
	assert_int_equal(spec->closes_s, 86400);
	assert_int_equal(spec->n_holidays, 2);
	assert_null(cs->calendar[0].holidays);
	assert_string_equal(cs->calendar[0].zone, "UTC");
}

/* ---- units -------------------------------------------------------------- */

static struct bound
bind_wait(const char *time)
{
	char text[1024];

	(void)snprintf(text, sizeof(text), "revplan: 1\n"
	    "incident: {id: x, certificate: subscriber, reason: weak-key, "
	    "aware: 2026-03-02}\n"
	    "populations:\n"
	    "  - {name: a, certificates: 10, path: [{wait: {time: %s}}]}\n",
	    time);
	return bind_text(text, "tests/support/cases");
}

static void
test_units_of_time(void **state)
{
	static const struct {
		const char *text;
		double seconds;
	} good[] = {
		{ "45 s", 45 }, { "30 min", 1800 }, { "6h", 21600 },
		{ "10 d", 864000 }, { "2 w", 1209600 }, { "1.5 h", 5400 },
		{ "1e1 d", 864000 }, { "'10 d'", 864000 }, { "0 s", 0 },
		{ "{value: 10 d, basis: measured}", 864000 },
	};
	struct bound b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		b = bind_wait(good[i].text);
		assert_int_equal(b.status, RP_OK);
		assert_fixed(&b.cs->population[0].path.step[0].as.wait.time,
		    good[i].seconds);
		bound_release(&b);
	}
}

/* strtod would take all of these; none is how people write numbers. */
static void
test_numbers_that_are_none(void **state)
{
	static const char *const bad[] = {
		"0x10 d", "inf d", "nan d", ".5 d", "5. d", "1e d",
		"+3 d", "1e999 d", "1 0 d", "10 days", "10 D", "d",
		("1000000000000000000000000000000000000000000000000000000000"
		"0000000000000000 d"),
	};
	struct bound b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		b = bind_wait(bad[i]);
		assert_int_equal(b.status, RP_EINPUT);
		assert_int_equal(b.faults.n, 1);
		assert_null(b.cs);
		bound_release(&b);
	}
}

static void
test_forms_of_distributions(void **state)
{
	static const char *const good[] = {
		"{uniform: [1 d, 2 d]}", "{uniform: {low: 1 d, high: 2 d}}",
		"{triangular: [1 d, 1 d, 3 d]}",
		"{beta: [2, 3, 1 d, 5 d]}",
		"{beta: {alpha: 2, beta: 3, low: 1 d, high: 5 d}}",
		"{normal: [5 d, 1 d]}", "{exponential: {mean: 5 d}}",
		"{exponential: [5 d]}",
		"{exponential: {uniform: [1 d, 2 d]}}",
		"{gamma: {shape: 2, scale: {uniform: [1 d, 2 d]}}}",
		"{one-of: [1 d, 2 d]}",
		"{value: {uniform: [1 d, 2 d]}, source: comment 1}",
		"{uniform: [{value: 1 d, basis: assumed}, 2 d]}",
	};
	struct bound b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		b = bind_wait(good[i]);
		if (b.status != RP_OK)
			print_error("%s: %s\n", good[i],
			    b.faults.n > 0 ? b.faults.fault[0].text : "?");
		assert_int_equal(b.status, RP_OK);
		bound_release(&b);
	}
}

#define ON_STEPS(test)							\
    cmocka_unit_test_setup_teardown(test, load_steps, free_steps)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STEPS(test_notice_and_waits),
		ON_STEPS(test_team_and_poll),
		ON_STEPS(test_batches),
		ON_STEPS(test_gate_and_branch),
		ON_STEPS(test_distributions_of_time),
		ON_STEPS(test_a_parameter_may_be_uncertain),
		ON_STEPS(test_points),
		ON_STEPS(test_events),
		ON_STEPS(test_records_are_sorted),
		ON_STEPS(test_amounts),
		ON_STEPS(test_calendar_of_lists),
		cmocka_unit_test(test_units_of_time),
		cmocka_unit_test(test_numbers_that_are_none),
		cmocka_unit_test(test_forms_of_distributions),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
