/*
 * A team that gets up to speed: whole certificates at the ends of days, by
 * arithmetic, however finely the grid cuts the days.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "revplan/simulate.h"
#include "support/bound.h"

#define AWARE 1772409600	/* 2026-03-02, a Monday */
#define DAY 86400
#define OVER 5

/* How many are done by an instant of the grid. */
static uint32_t
done_by(const struct rp_trials *tr, int64_t at)
{
	const struct rp_band *band = rp_trials_bands(tr, -1,
	    RP_STATE_REPLACED);
	size_t n, i = 0;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);

	while (i + 1 < n && rp_instant_s(grid[i]) < at)
		i++;
	assert_int_equal(rp_instant_s(grid[i]), at);
	return (uint32_t)band[i].q[0];
}

/* `from` in tenths of the rate; all of the numbers come out whole. */
static void
check(const char *step, unsigned rate, unsigned from)
{
	struct rp_sim_options opt = { .trials = 2,
	    .metric = RP_METRIC_REPLACED, .bands = RP_BANDS_TOTAL };
	struct rp_trials *tr = NULL;
	struct bound b;
	char text[600];

	(void)snprintf(text, sizeof(text), "revplan: 1\nincident: {id: s, "
	    "certificate: subscriber, reason: not-per-requirements, aware: "
	    "2026-03-02T00:00Z}\nsimulation: {horizon: 2026-05-04, step: "
	    "%s}\npopulations:\n- {name: p, certificates: 9000, path: "
	    "[{team: {rate: %u/working-day, ramp: {from: %u%%, over: %d "
	    "working-days}}}]}\n", step, rate, 10 * from, OVER);
	b = bind_text(text, ".");
	assert_int_equal(b.status, RP_OK);
	assert_int_equal(rp_simulate(b.cs, &opt, &tr, NULL), RP_OK);
	for (unsigned week = 1; week <= 8; week++)
		assert_int_equal(done_by(tr, AWARE + (7 * (int64_t)week - 2) *
		    DAY), rate * OVER * (10 + from) / 20 + rate * OVER *
		    (week - 1));
	rp_trials_free(tr);
	bound_release(&b);
}

static void
test_whole_certificates_at_the_ends_of_days(void **state)
{
	(void)state;
	for (unsigned rate = 4; rate <= 100; rate += 4)
		for (unsigned from = 1; from <= 9; from++) {
			check("1 d", rate, from);
			check("1 h", rate, from);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_certificates_at_the_ends_of_days),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
