/*
 * test_forecast.c - trials weighted by actuals, where the answer is known.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/forecast.h"
#include "support/bound.h"
#include "support/near.h"

/*
 * 2,000 certificates by a team of 40 or 100 a day, nobody knows which; one or
 * the other in half of the trials.  20 days from 2 March: 800 or 2,000.  At
 * 100 a day the end is 21 March (20 days), at 40 it is 20 April (50 days).
 */
#define TWO_WORLDS "revplan: 1\n"					\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-07-01, trials: 1000}\n"		\
	"populations: [{name: p, certificates: 2000, "			\
	"path: [{team: {what: w, rate: {one-of: "			\
	"{40/day: 0.5, 100/day: 0.5}}}}]}]\n"

struct built {
	struct bound b;
	struct rp_trials *tr;
	struct rp_forecast *fc;
};

static struct rp_when
day(const char *text)
{
	struct rp_when w;

	assert_int_equal(rp_when_parse(text, &w, NULL), RP_OK);
	return w;
}

static struct built
build(const char *text, const char *as_of, enum rp_view view)
{
	struct built f = { .b = bind_text(text, ".") };
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED };
	struct rp_err err = { 0 };

	if (f.b.cs == NULL)
		fail_msg("%s", f.b.faults.n > 0 ? f.b.faults.fault[0].text :
		    "not bound");
	assert_int_equal(rp_simulate(f.b.cs, &opt, &f.tr, &err), RP_OK);
	assert_int_equal(rp_forecast_build(f.tr, day(as_of), view, &f.fc,
	    &err), RP_OK);
	return f;
}

static void
drop(struct built *f)
{
	rp_forecast_free(f->fc);
	rp_trials_free(f->tr);
	bound_release(&f->b);
}

static void
assert_date(const struct rp_forecast *fc, int k, const char *want)
{
	const struct rp_forecast_completion *c = rp_forecast_completion(fc);
	char text[RP_INSTANT_TEXT];

	assert_true(c->has[k]);
	assert_string_equal(rp_instant_format_date(c->q[k], text), want);
}

static bool
says(const struct rp_forecast *fc, const char *words)
{
	size_t n;
	const char *const *note = rp_forecast_notes(fc, &n);

	for (size_t i = 0; i < n; i++)
		if (strstr(note[i], words) != NULL)
			return true;
	return false;
}

static void
without_actuals_it_is_the_simulation(void **state)
{
	struct built f = build(TWO_WORLDS, "2026-03-05", RP_VIEW_INTERNAL);

	(void)state;
	assert_near(rp_forecast_effective_sample_size(f.fc), 1000.0, 1e-6);
	assert_true(rp_forecast_explained(f.fc));
	assert_true(says(f.fc, "inputs of the case alone"));
	assert_date(f.fc, 0, "2026-03-21");
	assert_date(f.fc, 3, "2026-04-20");
	drop(&f);
}

static void
actuals_in_another_metric_are_told(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, revoked: 20.0%}]\n",
	    "2026-03-11", RP_VIEW_INTERNAL);

	(void)state;
	assert_true(says(f.fc, "None of the actuals seen by then (1)"));
	assert_true(says(f.fc, "'replaced'"));
	assert_false(says(f.fc, "No actual"));
	drop(&f);
}

static void
an_actual_tells_the_worlds_apart(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 20.0%}]\n",
	    "2026-03-11", RP_VIEW_INTERNAL);
	const double *w = rp_forecast_weights(f.fc);
	const int64_t *end = rp_trials_completion(f.tr, -1);
	double slow = 0.0;
	size_t n;
	const struct rp_forecast_fit *fit = rp_forecast_fits(f.fc, &n);
	const struct rp_forecast_point *p;

	(void)state;
	/* Ten days at 40 are 400 of 2,000, at 100 they are half of them. */
	for (size_t i = 0; i < 1000; i++)
		if (end[i] == rp_instant_s(day("2026-04-20").until) - 1)
			slow += w[i];
	assert_true(slow > 0.99);
	assert_date(f.fc, 0, "2026-04-20");
	assert_date(f.fc, 3, "2026-04-20");
	assert_int_equal(n, 1);
	assert_near(fit[0].actual, 0.2, 1e-12);
	assert_near(fit[0].posterior_p50, 0.2, 1e-12);
	assert_near(fit[0].prior_p95, 0.5, 1e-12);
	assert_true(rp_forecast_explained(f.fc));
	/* The curve begins at what was seen. */
	p = rp_forecast_curve(f.fc, &n);
	assert_near(p[0].p50, 0.2, 1e-12);
	assert_near(p[n - 1].p50, 1.0, 1e-12);
	drop(&f);
}

/* What the public could not know yet does not count for it. */
/* 40 a day for ten days are 400: trials that meet it exactly are the best. */
static void
a_count_that_is_met_exactly_agrees(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 400}]\n", "2026-03-11",
	    RP_VIEW_INTERNAL);

	(void)state;
	assert_true(rp_forecast_explained(f.fc));
	assert_near(rp_forecast_effective_sample_size(f.fc), 500.0, 40.0);
	assert_date(f.fc, 0, "2026-04-20");
	assert_date(f.fc, 3, "2026-04-20");
	drop(&f);
}

static void
the_public_sees_what_was_published(void **state)
{
	static const char text[] = TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, published: 2026-03-15, "
	    "replaced: 20.0%}]\n";
	struct built f = build(text, "2026-03-12", RP_VIEW_PUBLIC);

	(void)state;
	assert_date(f.fc, 0, "2026-03-21");
	drop(&f);
	f = build(text, "2026-03-12", RP_VIEW_INTERNAL);
	assert_date(f.fc, 0, "2026-04-20");
	drop(&f);
	f = build(text, "2026-03-15", RP_VIEW_PUBLIC);
	assert_date(f.fc, 0, "2026-04-20");
	drop(&f);
}

static void
what_no_trial_shows_is_not_explained(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 85.0%}]\n",
	    "2026-03-11", RP_VIEW_INTERNAL);

	(void)state;
	assert_false(rp_forecast_explained(f.fc));
	assert_true(says(f.fc, "cannot explain"));
	assert_true(says(f.fc, "2026-03-11, 85.0 %"));
	drop(&f);
}

/* In the fast world all is done by 21 March: it cannot be that half is left. */
static void
a_trial_that_was_done_is_impossible(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-30, replaced: 50.0%}]\n",
	    "2026-03-30", RP_VIEW_INTERNAL);
	const double *w = rp_forecast_weights(f.fc);
	const int64_t *end = rp_trials_completion(f.tr, -1);

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		if (end[i] < rp_instant_s(day("2026-03-30").from))
			assert_near(w[i], 0.0, 0.0);
	drop(&f);
}

static void
when_all_is_done_nothing_is_forecast(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 50.0%}, "
	    "{as_of: 2026-03-20, replaced: 100.0%}]\n",
	    "2026-04-11", RP_VIEW_INTERNAL);

	(void)state;
	assert_date(f.fc, 0, "2026-03-20");
	assert_date(f.fc, 3, "2026-03-20");
	assert_near(rp_forecast_completion(f.fc)->never, 0.0, 0.0);
	assert_true(says(f.fc, "all are done"));
	drop(&f);
}

static void
silence_is_told(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 20.0%}]\n",
	    "2026-05-11", RP_VIEW_INTERNAL);

	(void)state;
	assert_true(says(f.fc, "of 2026-03-11, is 60 days old"));
	drop(&f);
	f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 20.0%}]\n",
	    "2026-04-01", RP_VIEW_INTERNAL);
	assert_false(says(f.fc, "days old"));
	assert_false(says(f.fc, "horizon") || says(f.fc, "start of the case"));
	drop(&f);
	f = build(TWO_WORLDS, "2026-08-01", RP_VIEW_INTERNAL);
	assert_true(says(f.fc, "ends at its horizon, 2026-07-01"));
	drop(&f);
	f = build(TWO_WORLDS, "2026-02-01", RP_VIEW_INTERNAL);
	assert_true(says(f.fc, "before the start of the case, 2026-03-02"));
	drop(&f);
}

#define BLOCKED "revplan: 1\n"						\
	"incident: {id: t, certificate: subordinate-ca, "		\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-07-01, trials: 1000}\n"		\
	"duties: [{name: issuing CA, certificates: 2, "			\
	"certificate: subordinate-ca, reason: not-per-requirements, "	\
	"aware: 2026-03-02T00:00Z}]\n"					\
	"populations: [{name: p, blocks: issuing CA, "			\
	"certificates: 2000, path: [{team: {what: w, rate: {one-of: "	\
	"{40/day: 0.5, 100/day: 0.5}}}}]}]\n"

/*
 * The CA certificates go when nobody needs them any more.  Both revoked by 1
 * April: only the fast world, done on 21 March, can have been.  One of two
 * says nothing, nor does what is not known yet.
 */
static void
a_duty_that_waited_rules_out_the_slow(void **state)
{
	static const char both[] = BLOCKED
	    "facts: [{what: revoked, at: 2026-03-25..2026-04-02, "
	    "duty: issuing CA, certificates: 2}]\n";
	struct built f = build(both, "2026-04-05", RP_VIEW_INTERNAL);

	(void)state;
	assert_date(f.fc, 3, "2026-03-21");
	assert_true(says(f.fc, "'issuing CA'") && says(f.fc, "ruled out"));
	drop(&f);
	f = build(both, "2026-03-30", RP_VIEW_INTERNAL);
	assert_date(f.fc, 3, "2026-04-20");
	drop(&f);
	f = build(BLOCKED "facts: [{what: revoked, at: 2026-04-01, "
	    "duty: issuing CA, certificates: 1}]\n", "2026-04-05",
	    RP_VIEW_INTERNAL);
	assert_date(f.fc, 3, "2026-04-20");
	drop(&f);
	f = build(BLOCKED "facts: [{what: revoked, at: 2026-03-05, "
	    "duty: issuing CA, certificates: 2}]\n", "2026-04-05",
	    RP_VIEW_INTERNAL);
	assert_false(rp_forecast_explained(f.fc));
	assert_true(says(f.fc, "no trial is done by then"));
	drop(&f);
}

static void
bounds_rule_out_on_one_side_only(void **state)
{
	struct built f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 30%, bound: at-least}]\n",
	    "2026-03-11", RP_VIEW_INTERNAL);

	(void)state;
	assert_date(f.fc, 0, "2026-03-21");
	assert_date(f.fc, 2, "2026-03-21");
	drop(&f);
	f = build(TWO_WORLDS
	    "actuals: [{as_of: 2026-03-11, replaced: 30%, bound: at-most}]\n",
	    "2026-03-11", RP_VIEW_INTERNAL);
	assert_date(f.fc, 0, "2026-04-20");
	drop(&f);
}

/*
 * Nobody wrote down that all work twice as fast; the actuals tell, and the
 * forecast with a shared pace learns it.
 */
static void
the_pace_is_learned(void **state)
{
	static const char text[] = "revplan: 1\n"
	    "incident: {id: t, certificate: subscriber, "
	    "reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
	    "simulation: {horizon: 2026-12-01, trials: 4000}\n"
	    "populations: [{name: p, certificates: 4000, "
	    "path: [{team: {what: w, rate: 40/day}}]}]\n"
	    "actuals: [{as_of: 2026-03-11, replaced: 14.0%}, "
	    "{as_of: 2026-03-21, replaced: 28.0%}, "
	    "{as_of: 2026-03-31, replaced: 42.0%}]\n";
	struct bound b = bind_text(text, ".");
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .threads = 2 };
	struct rp_forecast *before = NULL, *after = NULL;
	struct rp_err err = { 0 };

	(void)state;
	assert_non_null(b.cs);
	assert_int_equal(rp_forecast_run(b.cs, &opt, day("2026-03-03"),
	    RP_VIEW_INTERNAL, &before, &err), RP_OK);
	assert_int_equal(rp_forecast_run(b.cs, &opt, day("2026-03-31"),
	    RP_VIEW_INTERNAL, &after, &err), RP_OK);
	assert_near(rp_forecast_pace(before).p50, 1.0, 0.03);
	assert_near(log(rp_forecast_pace(before).p95), 1.645 *
	    RP_FORECAST_PACE_SD, 0.03);
	/*
	 * 14 % in ten days are 56 a day: 1.4 of what was assumed, seen three
	 * times with an error of about 20 % each (0.115 in all); the prior
	 * pulls by 0.25.  Log pace is 0.336 * 0.0625 / (0.0625 + 0.0133).
	 */
	assert_near(rp_forecast_pace(after).p50, exp(0.277), 0.06);
	/* 40 a day end on 9 June; 56 a day on 12 May. */
	assert_true(rp_instant_cmp(rp_forecast_completion(after)->q[1],
	    day("2026-05-05").from) > 0);
	assert_true(rp_instant_cmp(rp_forecast_completion(after)->q[1],
	    day("2026-05-22").from) < 0);
	rp_forecast_free(before);
	rp_forecast_free(after);
	bound_release(&b);
}

static void
too_few_trials_are_refused(void **state)
{
	struct bound b = bind_text(TWO_WORLDS, ".");
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .trials = 199 };
	struct rp_forecast *fc = NULL;
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_forecast_run(b.cs, &opt, day("2026-03-05"),
	    RP_VIEW_INTERNAL, &fc, &err), RP_ESTATE);
	assert_null(fc);
	assert_non_null(strstr(err.text, "at least 200"));
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_actuals_it_is_the_simulation),
		cmocka_unit_test(actuals_in_another_metric_are_told),
		cmocka_unit_test(an_actual_tells_the_worlds_apart),
		cmocka_unit_test(a_count_that_is_met_exactly_agrees),
		cmocka_unit_test(the_public_sees_what_was_published),
		cmocka_unit_test(what_no_trial_shows_is_not_explained),
		cmocka_unit_test(a_trial_that_was_done_is_impossible),
		cmocka_unit_test(when_all_is_done_nothing_is_forecast),
		cmocka_unit_test(bounds_rule_out_on_one_side_only),
		cmocka_unit_test(silence_is_told),
		cmocka_unit_test(a_duty_that_waited_rules_out_the_slow),
		cmocka_unit_test(the_pace_is_learned),
		cmocka_unit_test(too_few_trials_are_refused),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
