/*
 * test_simulate.c - the engine where nothing is uncertain, and what must hold
 * whatever is.  Dates were counted by hand on a calendar; March 2026 begins
 * on a Sunday.
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

#include "revplan/simulate.h"
#include "simulate/outcome.h"
#include "support/bound.h"
#include "support/near.h"

#define HEAD "revplan: 1\n"						\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-06-01, trials: 50}\n"

static struct bound bound;

static struct rp_trials *
run(const char *text, struct rp_sim_options opt)
{
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	bound = bind_text(text, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.n > 0 ?
		    bound.faults.fault[0].text : "not bound");
	if (rp_simulate(bound.cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static struct rp_sim_options
plain(void)
{
	return (struct rp_sim_options){ .metric = RP_METRIC_REPLACED,
	    .bands = RP_BANDS_ALL };
}

static void
done(struct rp_trials *tr)
{
	rp_trials_free(tr);
	bound_release(&bound);
}

/* The median at 00:00Z of a date. */
static uint32_t
at(const struct rp_trials *tr, int population, enum rp_state state,
    const char *date)
{
	size_t n;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);
	const struct rp_band *band = rp_trials_bands(tr, population, state);
	char text[RP_INSTANT_TEXT];

	for (size_t i = 0; i < n; i++)
		if (strcmp(rp_instant_format_date(grid[i], text), date) == 0)
			return band[i].q[3];
	fail_msg("no such date: %s", date);
	return 0;
}

static void
assert_done(const struct rp_trials *tr, int population, const char *when)
{
	const struct rp_completion *c =
	    rp_trials_completion_summary(tr, population);
	char text[RP_INSTANT_TEXT];

	for (int k = 0; k < RP_COMPLETION_QUANTILES; k++) {
		assert_true(c->has[k]);
		assert_string_equal(rp_instant_format(c->q[k], text), when);
		assert_near(c->q_se_s[k], 0.0, 0.0);
	}
	assert_near(c->never, 0.0, 0.0);
}

/*
 * Ten at four a working day from Saturday 7 March: nothing until Monday the
 * 9th, which is a holiday; 4 on the 10th, none on the 11th (freeze), 4 on the
 * 12th, the last 2 on Friday the 13th.
 */
static void
a_team_keeps_the_calendar(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "calendars: {c: {week: mon-fri, holidays: [2026-03-09], "
	    "freezes: [{from: 2026-03-11, until: 2026-03-12, why: f}]}}\n"
	    "populations: [{name: p, certificates: 10, subscribers: 1, "
	    "starts: 2026-03-07T10:00Z, calendar: c, "
	    "path: [{team: {what: w, rate: 4/working-day}}]}]\n", plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-10"), 0);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-11"), 4);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-12"), 4);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-13"), 8);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-14"), 10);
	assert_done(tr, 0, "2026-03-13T23:59:59Z");
	assert_done(tr, -1, "2026-03-13T23:59:59Z");
	done(tr);
}

/*
 * Tokyo works 09:00 to 18:00, which is 00:00 to 09:00 UTC.  Starting at 03:00
 * UTC on Tuesday 3 March leaves two thirds of the day: 6 of 9.
 */
static void
part_of_a_day_is_part_of_its_capacity(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "calendars: {c: {zone: Asia/Tokyo, week: mon-fri, "
	    "hours: 09:00-18:00}}\n"
	    "populations: [{name: p, certificates: 24, subscribers: 1, "
	    "starts: 2026-03-03T03:00Z, calendar: c, "
	    "path: [{team: {what: w, rate: 9/working-day}}]}]\n", plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-04"), 6);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-05"), 15);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-06"), 24);
	assert_done(tr, -1, "2026-03-05T23:59:59Z");
	done(tr);
}

/*
 * Two populations share a desk of 10 a day.  a brings 15 on the 2nd, b 15 on
 * the 3rd: first come first served, so a is done on the 3rd (10 + 5), b gets
 * 5 on the 3rd and 10 on the 4th.
 */
static void
a_shared_team_serves_who_came_first(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "populations:\n"
	    "  - {name: a, certificates: 15, path: [{team: {what: w, "
	    "name: desk, rate: 10/working-day}}]}\n"
	    "  - {name: b, certificates: 15, starts: 2026-03-03T00:00Z, "
	    "path: [{team: {what: w, name: desk, rate: 10/working-day}}]}\n",
	    plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-03"), 10);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-04"), 15);
	assert_int_equal(at(tr, 1, RP_STATE_REPLACED, "2026-03-04"), 5);
	assert_int_equal(at(tr, 1, RP_STATE_REPLACED, "2026-03-05"), 15);
	assert_int_equal(at(tr, -1, RP_STATE_REPLACED, "2026-03-04"), 20);
	done(tr);
}

/*
 * A gate opens on the 10th, a Tuesday; the next Saturday is the 14th; 36
 * working hours from then on are Monday the 16th and half of the 17th.
 */
static void
gates_batches_and_working_time(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "populations: [{name: p, certificates: 7, path: ["
	    "{gate: {what: budget, until: 2026-03-10}}, "
	    "{batch: {what: window, on: [sat, sun]}}, "
	    "{wait: {what: approval, time: 36 h, clock: working}}]}]\n",
	    plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-17"), 0);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-18"), 7);
	assert_done(tr, -1, "2026-03-17T23:59:59Z");
	done(tr);
}

/*
 * Nine hours a day: two days of working time end on Tuesday, 18 hours of it as
 * well, and a week of five such days on Friday, all at 18:00 in Tokyo, which
 * is 09:00 UTC.
 */
static void
a_day_of_working_time_is_a_working_day(void **state)
{
	static const char *const text[] = { "2 d", "18 h", "1 w" };
	static const char *const end[] = { "2026-03-03", "2026-03-03",
	    "2026-03-06" };
	char buf[1024], want[64];

	(void)state;
	for (int k = 0; k < 3; k++) {
		struct rp_trials *tr;

		/* The calendar stands last: the order does not matter. */
		snprintf(buf, sizeof(buf), HEAD
		    "populations: [{name: p, certificates: 7, path: [{wait: "
		    "{what: approval, time: %s, clock: working}}], "
		    "calendar: c}]\n"
		    "calendars: {c: {zone: Asia/Tokyo, week: mon-fri, "
		    "hours: 09:00-18:00}}\n", text[k]);
		snprintf(want, sizeof(want), "%sT23:59:59Z", end[k]);
		tr = run(buf, plain());
		assert_done(tr, 0, want);
		done(tr);
	}
}

/*
 * 4 a day from the 2nd; all that is left on the 4th at noon is revoked: 8 were
 * replaced by midnight and half a day's 2 since, so 10 are harmed.  The team
 * goes on: all are replaced by Friday the 6th.
 */
static void
a_cutoff_harms_who_is_left(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "events: [{cutoff: {on: 2026-03-04T12:00Z}}]\n"
	    "populations: [{name: p, certificates: 20, "
	    "path: [{team: {what: w, rate: 4/working-day}}]}]\n", plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_HARMED, "2026-03-04"), 0);
	assert_int_equal(at(tr, 0, RP_STATE_HARMED, "2026-03-05"), 10);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-05"), 20);
	assert_int_equal(at(tr, 0, RP_STATE_OUTSTANDING, "2026-03-05"), 0);
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-03-05"), 12);
	assert_done(tr, -1, "2026-03-06T23:59:59Z");
	done(tr);
}

/* By then 12 of 20 are replaced: the end is a date of the case. */
static void
a_cutoff_that_ends_it_is_told(void **state)
{
	static const char text[] = HEAD
	    "events: [{cutoff: {on: 2026-03-04T12:00Z}}]\n"
	    "populations: [{name: p, certificates: 20, "
	    "path: [{team: {what: w, rate: 4/working-day}}]}]\n";
	struct rp_sim_options opt = plain();
	struct rp_trials *tr;
	size_t n;

	(void)state;
	opt.metric = RP_METRIC_GONE;
	tr = run(text, opt);
	assert_non_null(strstr(rp_trials_notes(tr, &n)[0], "it is the cutoff "
	    "of 2026-03-04"));
	done(tr);
}

/* Five days after awareness: the deadline of a certificate at fault. */
static void
revocation_at_the_deadline(void **state)
{
	struct rp_sim_options opt = plain();
	struct rp_trials *tr;
	const struct rp_deadline_outcome *d;

	(void)state;
	opt.metric = RP_METRIC_GONE;
	tr = run(HEAD "revocation: {at: deadline}\n"
	    "populations: [{name: p, certificates: 20, "
	    "path: [{team: {what: w, rate: 3/working-day}}]}]\n", opt);
	d = rp_trials_deadline(tr);
	assert_non_null(d);
	assert_near(d->probability, 1.0, 0.0);
	assert_near(d->replaced, 0.75, 1e-12);	/* Mon to Fri: 15 of 20 */
	assert_near(d->harmed, 5.0, 0.0);
	assert_near(d->overdue_days, 0.0, 0.0);
	assert_done(tr, -1, "2026-03-07T00:00:00Z");
	done(tr);
}

/* Replaced on the 2nd and 3rd, revoked 36 h later: 6 by the 4th at noon. */
static void
revocation_follows_replacement(void **state)
{
	struct rp_sim_options opt = plain();
	struct rp_trials *tr;

	(void)state;
	opt.metric = RP_METRIC_REVOKED;
	tr = run(HEAD "revocation: {after: replaced, delay: 36 h}\n"
	    "populations: [{name: p, certificates: 12, "
	    "path: [{team: {what: w, rate: 6/working-day}}]}]\n", opt);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-03"), 0);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-04"), 3);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-05"), 9);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-06"), 12);
	/* The last one was replaced at the end of the 3rd. */
	assert_done(tr, -1, "2026-03-05T11:59:59Z");
	done(tr);
}

/* 5 a day from the 3rd at noon, replaced ones first; 4 are replaced a day. */
static void
revocation_in_batches(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "revocation: {batches: 5/day, from: 2026-03-03T12:00Z}\n"
	    "populations: [{name: p, certificates: 20, "
	    "path: [{team: {what: w, rate: 4/working-day}}]}]\n", plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-04"), 2);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-05"), 7);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-07"), 17);
	assert_int_equal(at(tr, 0, RP_STATE_REVOKED, "2026-03-08"), 20);
	assert_int_equal(at(tr, 0, RP_STATE_HARMED, "2026-03-08"), 0);
	done(tr);
}

static void
shares_of_all_or_nothing(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "populations:\n"
	    "  - {name: all, certificates: 9, path: [{branch: {share: 100%, "
	    "path: [{wait: {what: detour, time: 2 d}}]}}, "
	    "{wait: {what: last, time: 1 d}}]}\n"
	    "  - {name: none, certificates: 9, path: [{branch: {share: 0%, "
	    "path: [{team: {what: t, rate: 1/day}}]}}, "
	    "{wait: {what: last, time: 1 d}}]}\n"
	    "  - {name: lost, certificates: 9, path: [{wait: {what: w, "
	    "time: 1 d, never: 100%}}]}\n", plain());

	(void)state;
	assert_done(tr, 0, "2026-03-05T00:00:00Z");
	assert_done(tr, 1, "2026-03-03T00:00:00Z");
	assert_near(rp_trials_completion_summary(tr, 2)->never, 1.0, 0.0);
	assert_near(rp_trials_completion_summary(tr, -1)->never, 1.0, 0.0);
	done(tr);
}

/* Four hours at 5 an hour, and a quarter of the mail is lost. */
static void
notices_bounce(void **state)
{
	struct rp_trials *tr = run(HEAD
	    "populations: [{name: p, certificates: 40, path: ["
	    "{notice: {what: mail, rate: 120/day, bounces: 100%}}]},\n"
	    "  {name: q, certificates: 40, path: ["
	    "{notice: {what: mail, rate: 1/h}}]}]\n", plain());

	(void)state;
	assert_int_equal(at(tr, 0, RP_STATE_REPLACED, "2026-05-01"), 0);
	assert_int_equal(at(tr, 1, RP_STATE_REPLACED, "2026-03-03"), 24);
	assert_int_equal(at(tr, 1, RP_STATE_REPLACED, "2026-03-04"), 40);
	done(tr);
}

#define UNCERTAIN HEAD							\
	"calendars: {c: {zone: America/New_York, week: mon-fri, "	\
	"hours: 08:00-16:30}}\n"					\
	"revocation: {after: replaced, delay: {triangular: [1 h, 30 h, "\
	"90 h]}}\n"							\
	"events: [{cutoff: {on: 2026-05-11T09:00Z}}]\n"			\
	"populations:\n"						\
	"  - {name: a, certificates: 2385, subscribers: 37, calendar: c, "\
	"expiry: {uniform: [2026-03-05, 2026-07-01]}, path: ["		\
	"{wait: {what: consent, per: subscriber, never: 3%, "		\
	"time: {lognormal: {median: {triangular: [2 d, 5 d, 9 d]}, "	\
	"sigma: 0.7}}}}, "						\
	"{team: {what: install, name: desk, variation: 20%, "		\
	"rate: {uniform: [70/working-day, 130/working-day]}}}]}\n"	\
	"  - {name: b, certificates: 4711, calendar: c, "		\
	"expiry: {triangular: [2026-03-03, 2026-04-20, 2026-09-01]}, "	\
	"path: [{poll: {what: ari, every: 7 h, share: 61%, "		\
	"failures: 5%}}, {branch: {share: {beta: [4, 50]}, path: ["	\
	"{wait: {what: repair, clock: working, "			\
	"time: {gamma: {shape: 2.3, scale: 20 h}}}}, "			\
	"{team: {what: fix, name: desk, variation: 20%, "		\
	"rate: {uniform: [70/working-day, 130/working-day]}}}]}}]}\n"

static void
the_same_bytes_for_any_number_of_threads(void **state)
{
	struct rp_sim_options opt = plain();
	struct rp_trials *one, *many;
	struct bound first;
	size_t n;

	(void)state;
	opt.trials = 211;
	opt.threads = 1;
	one = run(UNCERTAIN, opt);
	first = bound;
	(void)rp_trials_grid(one, &n);
	for (unsigned threads = 2; threads <= 7; threads += 5) {
		opt.threads = threads;
		many = run(UNCERTAIN, opt);
		assert_memory_equal(rp_trials_curve(one),
		    rp_trials_curve(many), n * 211 * sizeof(uint32_t));
		for (int p = -1; p < 2; p++) {
			assert_memory_equal(rp_trials_completion(one, p),
			    rp_trials_completion(many, p),
			    211 * sizeof(int64_t));
			for (int s = 0; s <= RP_STATE_HARMED; s++)
				assert_memory_equal(rp_trials_bands(one, p,
				    (enum rp_state)s), rp_trials_bands(many,
				    p, (enum rp_state)s),
				    n * sizeof(struct rp_band));
		}
		done(many);
	}
	bound = first;
	done(one);
}

/* A trial is itself, however many others are run with it. */
static void
a_trial_does_not_know_the_others(void **state)
{
	struct rp_sim_options opt = plain();
	struct rp_trials *few, *many;
	struct bound first;
	size_t n;

	(void)state;
	opt.trials = 20;
	few = run(UNCERTAIN, opt);
	first = bound;
	opt.trials = 75;
	opt.threads = 2;
	many = run(UNCERTAIN, opt);
	(void)rp_trials_grid(few, &n);
	for (size_t k = 0; k < n; k++)
		assert_memory_equal(&rp_trials_curve(few)[k * 20],
		    &rp_trials_curve(many)[k * 75], 20 * sizeof(uint32_t));
	done(many);
	bound = first;
	done(few);
}

/* base = revoked + expired + outstanding, at every point of every trial. */
static void
the_base_holds_in_every_trial(void **state)
{
	struct rp_model m;
	struct rp_engine e;
	struct rp_outcome o;
	struct rp_err err = { 0 };

	(void)state;
	bound = bind_text(UNCERTAIN, ".");
	assert_non_null(bound.cs);
	assert_int_equal(rp_model_init(&m, bound.cs, 5, 0.3, NULL,
	    &err), RP_OK);
	assert_int_equal(rp_engine_init(&e, &m, &err), RP_OK);
	assert_int_equal(rp_outcome_init(&o, &m, &err), RP_OK);
	for (uint64_t trial = 0; trial < 60; trial++) {
		assert_int_equal(rp_engine_run(&e, trial, &err), RP_OK);
		assert_int_equal(rp_outcome_take(&o, &e, &err), RP_OK);
		for (size_t i = 0; i < 2 * m.grid.n; i++) {
			uint32_t base = i < m.grid.n ? 2385 : 4711;
			bool starts = i % m.grid.n == 0;

			assert_int_equal(o.state[RP_STATE_REVOKED][i] +
			    o.state[RP_STATE_EXPIRED][i] +
			    o.state[RP_STATE_OUTSTANDING][i], base);
			for (int s = 0; s < RP_STATES && !starts; s++)
				if (s != RP_STATE_OUTSTANDING &&
				    o.state[s] != NULL)
					assert_true(o.state[s][i] >=
					    o.state[s][i - 1]);
			assert_true(o.state[RP_STATE_REPLACED][i] <= base);
			assert_true(o.state[RP_STATE_HARMED][i] <=
			    o.state[RP_STATE_REVOKED][i]);
		}
	}
	rp_outcome_release(&o);
	rp_engine_release(&e);
	rp_model_release(&m);
	bound_release(&bound);
}

static void
assert_refused(const char *text, rp_status want, const char *words)
{
	struct rp_sim_options opt = plain();
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	bound = bind_text(text, ".");
	assert_non_null(bound.cs);
	assert_int_equal(rp_simulate(bound.cs, &opt, &tr, &err), want);
	assert_null(tr);
	assert_non_null(strstr(err.text, words));
	assert_true(err.line > 0);
	bound_release(&bound);
}

static void
what_cannot_be_simulated_is_refused(void **state)
{
	(void)state;
	assert_refused("revplan: 1\nincident: {id: t, certificate: subscriber, "
	    "profile: code-signing, reason: not-per-requirements, "
	    "aware: 2026-03-02T00:00Z}\n"
	    "populations: [{name: p, certificates: 9, "
	    "path: [{branch: {what: fresh, validated: 2025-09-01, "
	    "path: [{wait: {time: 1 d}}]}}]}]\n", RP_ESTATE, "'fresh'");
}

/* The slower of two steps that matter is named, with what it would gain. */
static void
the_bottleneck_is_named(void **state)
{
	struct rp_sim_options opt = plain();
	const struct rp_bottleneck *b;
	struct rp_trials *tr;

	(void)state;
	opt.bottleneck = true;
	tr = run(HEAD "populations:\n"
	    "  - {name: quick, certificates: 10, path: [{wait: {time: 1 d}}]}\n"
	    "  - {name: slow, certificates: 20, path: [{wait: {what: consent, "
	    "time: 2 d}}, {team: {what: desk, rate: 1/day}}]}\n", opt);
	b = rp_trials_bottleneck(tr);
	assert_true(b->found);
	assert_int_equal(b->population, 1);
	assert_string_equal(b->what, "desk");
	assert_near(b->last_share, 1.0, 0.0);
	assert_near(b->gain_days, 10.0, 1e-9);	/* 20 days become 10 */
	/* 19 + 18 + ... + 0: those still there at the end of each day. */
	assert_near(b->queue_days, 190.0, 1e-9);
	done(tr);
}

/* E[max] of 40 exponential waits of 3.7 d is 3.7 d times H(40). */
static void
the_mean_of_the_last_has_a_closed_form(void **state)
{
	struct rp_sim_options opt = plain();
	const struct rp_completion *c;
	struct rp_trials *tr;
	double harmonic = 0.0;

	(void)state;
	for (int k = 1; k <= 40; k++)
		harmonic += 1.0 / k;
	opt.trials = 1;
	tr = run(HEAD "populations: [{name: p, certificates: 40, path: ["
	    "{wait: {time: {exponential: [3.7 d]}}}]}]\n", opt);
	c = rp_trials_completion_summary(tr, -1);
	assert_true(c->has_mean && c->mean_is_closed_form);
	/* 2026-03-02T00:00Z is 1772409600. */
	assert_near((c->mean_s - 1772409600.0) / 86400.0, 3.7 * harmonic,
	    1e-5);
	done(tr);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_team_keeps_the_calendar),
		cmocka_unit_test(part_of_a_day_is_part_of_its_capacity),
		cmocka_unit_test(a_shared_team_serves_who_came_first),
		cmocka_unit_test(gates_batches_and_working_time),
		cmocka_unit_test(a_day_of_working_time_is_a_working_day),
		cmocka_unit_test(a_cutoff_harms_who_is_left),
		cmocka_unit_test(a_cutoff_that_ends_it_is_told),
		cmocka_unit_test(revocation_at_the_deadline),
		cmocka_unit_test(revocation_follows_replacement),
		cmocka_unit_test(revocation_in_batches),
		cmocka_unit_test(shares_of_all_or_nothing),
		cmocka_unit_test(notices_bounce),
		cmocka_unit_test(the_same_bytes_for_any_number_of_threads),
		cmocka_unit_test(a_trial_does_not_know_the_others),
		cmocka_unit_test(the_base_holds_in_every_trial),
		cmocka_unit_test(what_cannot_be_simulated_is_refused),
		cmocka_unit_test(the_bottleneck_is_named),
		cmocka_unit_test(the_mean_of_the_last_has_a_closed_form),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
