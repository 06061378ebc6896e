/*
 * test_strokes.c - what happens at an instant, not over a day.  Dates were
 * counted by hand on a calendar; March 2026 begins on a Sunday.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/simulate.h"
#include "support/bound.h"
#include "support/near.h"

#define HEAD "revplan: 1\n"						\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-06-01, trials: 50}\n"

static struct bound bound;

static struct rp_trials *
run(const char *rest)
{
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };
	char text[1024];

	(void)snprintf(text, sizeof(text), HEAD "%s", rest);
	bound = bind_text(text, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.n > 0 ?
		    bound.faults.fault[0].text : "not bound");
	if (rp_simulate(bound.cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static void
done(struct rp_trials *tr)
{
	rp_trials_free(tr);
	bound_release(&bound);
}

static double
overdue_of(const char *rest)
{
	struct rp_trials *tr = run(rest);
	double days = rp_trials_deadline(tr)->overdue_days;

	done(tr);
	return days;
}

/*
 * The deadline is the 7th.  What happens at a stroke ends its certificates'
 * days there, not evenly over the day before: 10 not replaced from the 7th to
 * a cutoff on the 9th are 20, and to noon of that day 25; 7 days for those who
 * run out on the 14th; 5 for a wait until the 12th, 6.5 where revocation
 * follows 36 h behind.
 */
static void
certificate_days_end_at_the_stroke(void **state)
{
#define TEN "populations: [{name: p, certificates: 10, "
	(void)state;
	assert_near(overdue_of("events: [{cutoff: {on: 2026-03-09}}]\n"
	    TEN "path: [{wait: {time: 90 d}}]}]\n"), 20.0, 1e-9);
	assert_near(overdue_of("events: [{cutoff: {on: 2026-03-09T12:00Z}}]\n"
	    TEN "path: [{wait: {time: 90 d}}]}]\n"), 25.0, 1e-9);
	assert_near(overdue_of(TEN "expiry: 2026-03-14, "
	    "path: [{wait: {time: 90 d}}]}]\n"), 70.0, 1e-9);
	assert_near(overdue_of(TEN "path: [{wait: {time: 10 d}}]}]\n"), 50.0,
	    1e-9);
	assert_near(overdue_of("revocation: {after: replaced, delay: 36 h}\n"
	    TEN "path: [{wait: {time: 10 d}}]}]\n"), 65.0, 1e-9);
#undef TEN
}

/* Both say that all have answered on the 22nd at midnight. */
static void
a_list_of_times_has_its_instants(void **state)
{
	static const char *const law[] = { "one-of: [5 d, 20 d]",
	    "empirical: [5 d, 20 d]" };

	(void)state;
	for (int k = 0; k < 2; k++) {
		const struct rp_completion *c;
		struct rp_trials *tr;
		char text[512];

		(void)snprintf(text, sizeof(text), "populations: [{name: p, "
		    "certificates: 500, path: [{wait: {time: {%s}}}]}]\n",
		    law[k]);
		tr = run(text);
		c = rp_trials_completion_summary(tr, -1);
		for (int q = 0; q < RP_COMPLETION_QUANTILES; q++) {
			assert_true(c->has[q]);
			assert_string_equal(rp_instant_format(c->q[q], text),
			    "2026-03-22T00:00:00Z");
		}
		done(tr);
	}
}

/* A gate opens for all at once: the completion has its exact instant. */
static void
a_gate_has_its_instant(void **state)
{
	struct rp_trials *tr = run("populations: [{name: p, certificates: 7, "
	    "path: [{gate: {what: g, until: 2026-03-10T13:45Z}}]}]\n");
	const struct rp_completion *c = rp_trials_completion_summary(tr, -1);
	char text[RP_INSTANT_TEXT];

	(void)state;
	for (int k = 0; k < RP_COMPLETION_QUANTILES; k++)
		assert_string_equal(rp_instant_format(c->q[k], text),
		    "2026-03-10T13:45:00Z");
	assert_near(c->never, 0.0, 0.0);
	done(tr);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_gate_has_its_instant),
		cmocka_unit_test(certificate_days_end_at_the_stroke),
		cmocka_unit_test(a_list_of_times_has_its_instants),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
