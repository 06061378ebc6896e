/*
 * test_instants.c - trials of which only some instants are asked for: which
 * cases need not be walked through day by day, and that the results have the
 * same shape and say the same either way.
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
#include "simulate/report.h"
#include "revplan/simulate.h"
#include "support/bound.h"
#include "support/near.h"

#define HEAD "revplan: 1\n"						\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-04-06, trials: 400}\n"
#define DESK "{team: {what: w, rate: 4/working-day}}"
#define WAIT "{wait: {what: a, time: {lognormal: {median: 6 d, sigma: 0.8}}}}"
#define PLAN "plans: [{published: 2026-03-03, metric: replaced, "	\
	"milestones: {2026-03-09: 60%, 2026-03-20: 90%}}]\n"

static struct bound bound;

static void
bind(const char *text)
{
	bound = bind_text(text, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.n > 0 ?
		    bound.faults.fault[0].text : "not bound");
}

/* ---- who is plain ------------------------------------------------------- */

static const char *
why_not(const struct rp_case *cs, enum rp_metric metric)
{
	struct rp_model m;
	const char *why;

	assert_int_equal(rp_model_init(&m, cs, 1, 0.0, NULL, NULL), RP_OK);
	why = rp_report_why_not(&m, metric, NULL);
	rp_model_release(&m);
	return why != NULL ? why : "plain";
}

#define RUN_OUT "certificates run out"
#define LATER "revocation comes some time after replacement"

static void
shipped_cases_are_plain_or_not(void **state)
{
	static const struct {
		const char *file, *replaced, *gone;
	} shipped[] = {
		{ "hosting-100-a-day", "plain", LATER },
		{ "itruschina-2024", "plain", "plain" },
		{ "sectigo-2020", "plain", "plain" },
		{ "wisekey-2020", "plain", "plain" },
		{ "bench/four-populations", "plain", "plain" },
		{ "bench/four-populations-uncertain", "plain", "plain" },
		{ "acme", RUN_OUT, RUN_OUT },
		{ "key-compromise-24h", RUN_OUT, RUN_OUT },
		{ "letsencrypt-2020", RUN_OUT, RUN_OUT },
		{ "mixed", RUN_OUT, LATER },
		{ "templates/acme", RUN_OUT, LATER },
		{ "templates/hosting", RUN_OUT, LATER },
		{ "templates/mixed", RUN_OUT, LATER },
		{ "templates/subordinate-ca", "owners of several move them "
		    "together", "owners of several move them together" },
		{ "rehearsal", "something other than a cutoff happens",
		    "something other than a cutoff happens" },
		{ "secom-2020", "a queue is not served at a steady rate",
		    "a queue is not served at a steady rate" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(shipped) / sizeof(shipped[0]); i++) {
		char path[80];

		snprintf(path, sizeof(path), "scenarios/%s.yaml",
		    shipped[i].file);
		bound = bind_file(path);
		if (bound.cs == NULL)
			fail_msg("%s", path);
		assert_string_equal(why_not(bound.cs, RP_METRIC_REPLACED),
		    shipped[i].replaced);
		assert_string_equal(why_not(bound.cs, RP_METRIC_GONE),
		    shipped[i].gone);
		bound_release(&bound);
	}
}

/* One population with a path, and what else there is. */
static void
expect(const char *population, const char *rest, const char *why)
{
	char text[2000];

	snprintf(text, sizeof(text), HEAD "populations: [{name: p, "
	    "certificates: 30, %s}]\n%s", population, rest);
	bind(text);
	assert_string_equal(why_not(bound.cs, RP_METRIC_REPLACED), why);
	bound_release(&bound);
}

static void
each_obstacle_is_seen(void **state)
{
	(void)state;
	expect("path: [" WAIT "]", "", "plain");
	expect("path: [" DESK "]", "", "plain");
	expect("subscribers: 1, path: [{wait: {what: c, per: subscriber, "
	    "time: {uniform: [1 d, 9 d]}}}, " DESK "]", "", "plain");
	expect("path: [" WAIT ", " DESK "]", "",
	    "they come to a further step one by one");
	expect("path: [" DESK ", " WAIT "]", "",
	    "a queue is not the last step");
	expect("path: [{team: {what: w, rate: 4/working-day, variation: "
	    "10%}}]", "", "a queue is not served at a steady rate");
	expect("path: [{team: {what: w, rate: 4/working-day, ramp: {from: "
	    "20%, over: 5 working-days}}}]", "",
	    "a queue is not served at a steady rate");
	expect("path: [{notice: {what: n, rate: 5/h, bounces: 3%}}]", "",
	    "a queue is not served at a steady rate");
	expect("path: [{notice: {what: n, rate: 5/h}}]", "", "plain");
	expect("path: [{team: {what: w, name: d, rate: 4/working-day}}]}, "
	    "{name: q, certificates: 5, path: [{team: {what: v, name: d, "
	    "rate: 4/working-day}}]", "", "several share a queue");
	expect("path: [{poll: {what: r, every: 6 h, share: 50%}}]", "",
	    "ways part");
	expect("subscribers: 7, path: [{wait: {what: c, per: subscriber, "
	    "time: 3 d}}]", "", "owners of several move them together");
	expect("subscribers: 7, path: [" WAIT ", {wait: {what: c, per: "
	    "subscriber, time: {uniform: [1 d, 2 d]}}}]", "",
	    "certificates are followed one by one");
	expect("expiry: {uniform: [2026-03-10, 2026-09-10]}, path: [" WAIT
	    "]", "", RUN_OUT);
	expect("path: [" WAIT "]", "events: [{hold: {on: 2026-03-05, "
	    "population: p, certificates: 3, why: w}}]\n",
	    "something other than a cutoff happens");
	expect("path: [" WAIT "]", "revocation: {batches: 5/day, from: "
	    "2026-03-09}\n", "revocation comes in batches");
	expect("path: [" WAIT "]", "revocation: {after: replaced, delay: "
	    "{uniform: [1 h, 9 h]}}\n",
	    "the delay of revocation is uncertain");
	expect("path: [" WAIT "]", "revocation: {after: replaced, delay: "
	    "9 h}\n", "plain");
	expect("path: [" WAIT "]", "revocation: {at: deadline}\n"
	    "events: [{cutoff: {on: 2026-03-20}}]\n", "plain");
}

static void
what_is_reissued_is_walked_through(void **state)
{
	(void)state;
	bind(HEAD "populations: [{name: p, certificates: 30, path: [{wait: "
	    "{what: a, reissues: true, time: 3 d}}]}]\n");
	assert_string_equal(why_not(bound.cs, RP_METRIC_REISSUED),
	    "what is reissued is counted on the way");
	assert_string_equal(why_not(bound.cs, RP_METRIC_REPLACED), "plain");
	bound_release(&bound);
}

/* ---- the results -------------------------------------------------------- */

static const char *const both[] = {
	/* Looked at, and walked through for a hold that changes nothing. */
	HEAD PLAN "populations: [{name: a, certificates: 300, path: [" WAIT
	    "]}, {name: b, certificates: 60, subscribers: 1, path: [" DESK
	    "]}]\nevents: [{cutoff: {on: 2026-03-25}}]\n"
	    "revocation: {at: deadline}\n",
	HEAD PLAN "populations: [{name: a, certificates: 300, path: [" WAIT
	    "]}, {name: b, certificates: 60, subscribers: 1, path: [" DESK
	    "]}]\nevents: [{cutoff: {on: 2026-03-25}}, {hold: {on: "
	    "2026-04-04, until: 2026-04-05, population: a, certificates: 1, "
	    "why: w}}]\nrevocation: {at: deadline}\n"
};

static struct rp_instant
day(int d)
{
	return rp_instant_of_s(INT64_C(1772409600) + d * INT64_C(86400));
}

/* Before the grid, noon of a day, twice the same, beyond the horizon. */
static const int asked[] = { -90, 7, 7, 20, 90 };
#define ASKED (sizeof(asked) / sizeof(asked[0]))

static struct rp_sim_options
report(struct rp_instant at[ASKED])
{
	for (size_t i = 0; i < ASKED; i++)
		at[i] = rp_instant_plus(day(asked[i]),
		    rp_span_of_s(i == 2 ? 50000 : 43200));
	return (struct rp_sim_options){ .metric = RP_METRIC_REPLACED,
	    .n_report = ASKED, .report = at };
}

static struct rp_trials *
run(const struct rp_sim_options *opt)
{
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	if (rp_simulate(bound.cs, opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static void
the_grid_is_what_was_asked_for(void **state)
{
	struct rp_instant at[ASKED];
	struct rp_sim_options opt = report(at);

	(void)state;
	for (size_t c = 0; c < 2; c++) {
		struct rp_trials *tr;
		const struct rp_instant *grid;
		size_t n;

		bind(both[c]);
		tr = run(&opt);
		grid = rp_trials_grid(tr, &n);
		assert_int_equal(n, 4);
		assert_int_equal(rp_instant_cmp(grid[0], day(0)), 0);
		assert_int_equal(rp_instant_cmp(grid[1], day(7)), 0);
		assert_int_equal(rp_instant_cmp(grid[2], day(20)), 0);
		assert_int_equal(rp_instant_cmp(grid[3], day(35)), 0);
		for (size_t i = 0; i < rp_trials_count(tr); i++) {
			const uint32_t *curve = rp_trials_curve(tr) + i;

			assert_true(curve[0] == 0);
			assert_true(curve[400] <= curve[800]);
			assert_true(curve[800] <= curve[1200]);
			/* 4 a working day: 20 of b a week. */
			assert_true(curve[400] >= 20);
		}
		assert_near(rp_trials_base_of(tr, 3, 2), 360.0, 0.0);
		assert_near(rp_trials_base_at(tr, -1, 3), 360.0, 0.0);
		rp_trials_free(tr);
		bound_release(&bound);
	}
}

/* A mean of n trials against another, with errors. */
static void
assert_alike(double a, double a_se, double b, double b_se)
{
	assert_near(a, b, 5.0 * hypot(a_se, b_se) + 1e-9);
}

/* All that is told beside the curves; a hold and a cutoff leave both alike. */
static void
the_figures_are_those_of_all_days(void **state)
{
	struct rp_instant at[ASKED], by[2];
	struct rp_sim_options opt = report(at), whole;
	struct rp_trials *tr, *full;
	const struct rp_deadline_outcome *d, *e;
	const struct rp_milestone_odds *odds, *other;
	const struct rp_by_date *b, *f;
	size_t n;

	(void)state;
	by[0] = rp_instant_plus(day(3), rp_span_of_s(7777));
	by[1] = day(12);
	opt.n_by = 2;
	opt.by = by;
	opt.trials = 4000;
	whole = opt;
	whole.n_report = 0;
	for (size_t c = 0; c < 2; c++) {
		bind(both[c]);
		tr = run(&opt);
		full = run(&whole);
		d = rp_trials_deadline(tr);
		e = rp_trials_deadline(full);
		assert_near(d->probability, e->probability, 1e-9);
		assert_alike(d->replaced, d->replaced_se, e->replaced,
		    e->replaced_se);
		assert_alike(d->harmed, d->harmed_se, e->harmed,
		    e->harmed_se);
		assert_true(d->harmed > 200.0);
		assert_true(isnan(d->overdue_days) != 0);
		assert_true(isnan(e->overdue_days) == 0);
		odds = rp_trials_milestones(tr, &n);
		other = rp_trials_milestones(full, &n);
		assert_int_equal(n, 2);
		for (size_t k = 0; k < n; k++)
			assert_alike(odds[k].probability,
			    odds[k].probability_se, other[k].probability,
			    other[k].probability_se);
		assert_true(odds[0].probability > 0.05 &&
		    odds[0].probability < 0.999);
		b = rp_trials_by_dates(tr, &n);
		f = rp_trials_by_dates(full, &n);
		for (size_t k = 0; k < n; k++) {
			assert_alike(b[k].band.mean, b[k].band.mean_se,
			    f[k].band.mean, f[k].band.mean_se);
			assert_near(b[k].base, 360.0, 0.0);
			assert_alike(b[k].done[1], b[k].done_se[1],
			    f[k].done[1], f[k].done_se[1]);
		}
		for (int p = -1; p < 2; p++)
			assert_alike(rp_trials_completion_summary(tr,
			    p)->never, rp_trials_completion_summary(tr,
			    p)->never_se, rp_trials_completion_summary(full,
			    p)->never, rp_trials_completion_summary(full,
			    p)->never_se);
		rp_trials_free(tr);
		rp_trials_free(full);
		bound_release(&bound);
	}
}

static void
threads_do_not_matter(void **state)
{
	struct rp_instant at[ASKED];
	struct rp_sim_options opt = report(at);
	struct rp_trials *one, *three;

	(void)state;
	bind(both[0]);
	one = run(&opt);
	opt.threads = 3;
	three = run(&opt);
	assert_memory_equal(rp_trials_curve(one), rp_trials_curve(three),
	    sizeof(uint32_t) * 4 * 400);
	for (int p = -1; p < 2; p++)
		assert_memory_equal(rp_trials_completion(one, p),
		    rp_trials_completion(three, p), 400 * sizeof(int64_t));
	rp_trials_free(one);
	rp_trials_free(three);
	bound_release(&bound);
}

static void
more_cannot_be_asked_for(void **state)
{
	static const double share = 0.5;
	struct rp_instant at[ASKED];
	struct rp_sim_options opt[4];

	(void)state;
	bind(both[0]);
	for (int k = 0; k < 4; k++)
		opt[k] = report(at);
	opt[0].bands = RP_BANDS_TOTAL;
	opt[1].bottleneck = true;
	opt[2].details = true;
	opt[3].n_shares = 1;
	opt[3].shares = &share;
	for (int k = 0; k < 4; k++) {
		struct rp_trials *tr = NULL;
		struct rp_err err = { 0 };

		assert_int_equal(rp_simulate(bound.cs, &opt[k], &tr, &err),
		    RP_EUSAGE);
		assert_null(tr);
		assert_string_equal(err.text, "where only some instants are "
		    "reported, curves, bottleneck, details and the dates of "
		    "shares are not known");
	}
	bound_release(&bound);
}

static void
without_a_curve_all_else_is_known(void **state)
{
	struct rp_instant at[ASKED];
	struct rp_sim_options opt = report(at);
	struct rp_trials *with, *without;

	(void)state;
	bind(both[0]);
	with = run(&opt);
	opt.no_curve = true;
	without = run(&opt);
	assert_null(rp_trials_curve(without));
	assert_memory_equal(rp_trials_completion(with, -1),
	    rp_trials_completion(without, -1), 400 * sizeof(int64_t));
	rp_trials_free(with);
	rp_trials_free(without);
	bound_release(&bound);
}

static void
want_of_memory(void **state)
{
	struct rp_instant at[ASKED];
	struct rp_sim_options opt = report(at);
	struct rp_trials *tr = NULL;
	rp_status rc = RP_ENOMEM;
	size_t live;

	(void)state;
	bind(both[0]);
	opt.trials = 20;
	live = rp_alloc_live();
	for (unsigned long n = 1; rc != RP_OK; n++) {
		rp_alloc_fail_at(n);
		rc = rp_simulate(bound.cs, &opt, &tr, NULL);
		rp_alloc_fail_at(0);
		if (rc == RP_OK)
			break;
		assert_int_equal(rc, RP_ENOMEM);
		assert_int_equal(rp_alloc_live(), live);
	}
	rp_trials_free(tr);
	assert_int_equal(rp_alloc_live(), live);
	bound_release(&bound);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_cases_are_plain_or_not),
		cmocka_unit_test(each_obstacle_is_seen),
		cmocka_unit_test(what_is_reissued_is_walked_through),
		cmocka_unit_test(the_grid_is_what_was_asked_for),
		cmocka_unit_test(the_figures_are_those_of_all_days),
		cmocka_unit_test(threads_do_not_matter),
		cmocka_unit_test(more_cannot_be_asked_for),
		cmocka_unit_test(without_a_curve_all_else_is_known),
		cmocka_unit_test(want_of_memory)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
