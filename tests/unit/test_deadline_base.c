/*
 * test_deadline_base.c - whoever is counted at the deadline.
 *
 * 100 certificates, 20 more found on day 2, 40 more on day 9; the limit is
 * five days.  Half of the first 100 are replaced at a gate on day 3, all
 * others on day 20.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bound.h"
#include "support/near.h"
#include "revplan/simulate.h"

static const char text[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
    "simulation: {horizon: 2026-04-30, step: 1 d, trials: 20, seed: 1}\n"
    "populations:\n"
    "  - name: soon\n    certificates: 50\n"
    "    path: [{gate: {until: 2026-03-05T00:00Z}}]\n"
    "  - name: late\n    certificates: 50\n"
    "    path: [{gate: {until: 2026-03-22T00:00Z}}]\n"
    "events:\n"
    "  - discovery: {on: 2026-03-04, population: late, certificates: 20}\n"
    "  - discovery: {on: 2026-03-11, population: late, certificates: 40}\n";

/* 50 of the 120 known by 7 March are replaced; the 40 come later. */
static void
found_before_the_deadline(void **state)
{
	struct bound b = bind_text(text, ".");
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED };
	const struct rp_deadline_outcome *d;
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(b.status, RP_OK);
	if (rp_simulate(b.cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	d = rp_trials_deadline(tr);
	assert_non_null(d);
	assert_near(d->unreplaced, 70, 1e-9);
	assert_near(d->replaced, 50.0 / 120, 1e-9);
	rp_trials_free(tr);
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_before_the_deadline),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
