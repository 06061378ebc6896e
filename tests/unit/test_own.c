/*
 * Who renews and when does not change when a certificate runs out.  So where
 * nothing is revoked before some late day, what has expired by an instant
 * follows from the law of expiry alone: evenly over 89 days here, whatever is
 * replaced meanwhile and by whom.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"
#include "revplan/simulate.h"

#define CERTIFICATES 20000
#define TRIALS 100
#define DAY 86400.0

static const char head[] = "revplan: 1\n"
    "incident: {id: own, certificate: subscriber,\n"
    "           reason: not-per-requirements, aware: 2026-11-02T09:00Z}\n"
    "simulation: {horizon: 2027-02-28, trials: 100, seed: 1}\n"
    "revocation: {at: 2027-01-05}\n";

/* What is special about the population. */
static const char *const ways[] = {
	"path: [{poll: {share: 0%, renews: 30 d}}]",
	"path: [{poll: {share: 40%, renews: 30 d}}]",
	"path: [{poll: {client: {certbot-3.0: 60%, traefik: 40%}}}]",
	"starts: 2026-11-09,\n     path: [{poll: {share: 0%, renews: 30 d}}]",
	"renewal: {before: 40 d, share: 60%},\n"
	"     path: [{poll: {share: 20%, renews: 25 d}}]",
	"renewal: {before: 10 d, share: 60%},\n"
	"     path: [{poll: {share: 20%, renews: 25 d}}]",
};

static void
check_expired(const char *way, uint64_t seed)
{
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .trials = TRIALS, .has_seed = true, .seed = seed,
	    .bands = RP_BANDS_ALL };
	const struct rp_band *band;
	struct rp_trials *tr = NULL;
	struct rp_err err;
	struct bound b;
	char text[1024];
	size_t n;

	snprintf(text, sizeof(text), "%spopulations:\n"
	    "  - {name: a, certificates: %d,\n"
	    "     expiry: {uniform: [2026-11-03, 2027-01-31]},\n     %s}\n",
	    head, CERTIFICATES, way);
	b = bind_text(text, ".");
	if (b.cs == NULL)
		fail_msg("%s", b.faults.fault[0].text);
	assert_int_equal(rp_simulate(b.cs, &opt, &tr, &err), RP_OK);
	rp_trials_grid(tr, &n);
	band = rp_trials_bands(tr, -1, RP_STATE_EXPIRED);
	for (size_t k = 2; k < n; k++) {
		/* 2026-11-03, in seconds since 1970. */
		double days = ((double)rp_instant_s(band[k].at) -
		    1793664000.0) / DAY, p = days / 89.0, mean, se;

		if (days > 63.0)
			break;	/* revoked on 5 January */
		mean = CERTIFICATES * p;
		se = sqrt(mean * (1.0 - p) / TRIALS);
		if (fabs(band[k].mean - mean) > 5.0 * se + 1e-9)
			print_error("seed %u, %s: day %g\n", (unsigned)seed,
			    way, days);
		assert_near(band[k].mean, mean, 5.0 * se + 1e-9);
	}
	rp_trials_free(tr);
	bound_release(&b);
}

static void
test_what_expires_is_the_law(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		for (uint64_t seed = 1; seed <= 3; seed++)
			check_expired(ways[i], seed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_expires_is_the_law),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
