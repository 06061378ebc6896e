/*
 * test_outcome_identities.c - what must hold at every point of every trial.
 *
 * Cases are put together at random from all steps, events and ways of
 * revoking; whatever comes of them, no certificate may be lost or counted
 * twice in any part of a population.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "simulate/outcome.h"
#include "support/any_case.h"

#define CASES 250
#define TRIALS 6

static struct bound bound;

/* ---- what must hold ----------------------------------------------------- */

#define must(what) \
	do { \
		if (!(what)) { \
			*fault = #what; \
			return false; \
		} \
	} while (0)

static uint32_t
state_at(const struct rp_outcome *o, enum rp_state s, size_t at)
{
	return o->state[s] != NULL ? o->state[s][at] : 0;
}

/* Of part p at point i. */
static bool
holds_at(const struct rp_outcome *o, const struct rp_engine *e, size_t p,
    size_t i, const char **fault)
{
	const struct rp_model_part *part = &o->m->part[p];
	size_t at = p * o->m->grid.n + i;
	uint32_t base = part->event < 0 || part->aware <= i ?
	    e->flow[p].certificates : 0;
	uint32_t replaced = o->state[RP_STATE_REPLACED][at];
	uint32_t revoked = o->state[RP_STATE_REVOKED][at];
	uint32_t expired = o->state[RP_STATE_EXPIRED][at];
	uint32_t outstanding = o->state[RP_STATE_OUTSTANDING][at];

	must(revoked + expired + outstanding == base);
	must(replaced <= base);
	must(state_at(o, RP_STATE_HARMED, at) <= revoked);
	must(state_at(o, RP_STATE_EXPIRED_LATE, at) <= expired);
	must(state_at(o, RP_STATE_HELD, at) <= outstanding);
	if (i <= part->deadline_point)
		must(state_at(o, RP_STATE_EXPIRED_LATE, at) == 0);
	if (o->state[RP_STATE_REISSUED] != NULL) {
		must(state_at(o, RP_STATE_REISSUED, at) >= replaced);
		must(state_at(o, RP_STATE_REISSUED, at) <= base);
	}
	if (o->bare != NULL)
		must(o->bare[at] + state_at(o, RP_STATE_HELD, at) <=
		    outstanding);
	return true;
}

/* Cumulative counts never fall. */
static bool
grows(const struct rp_outcome *o, size_t p, size_t i, const char **fault)
{
	size_t at = p * o->m->grid.n + i;

	for (size_t s = 0; s < RP_STATES; s++)
		if (s != RP_STATE_OUTSTANDING && s != RP_STATE_HELD &&
		    i > 0 && o->state[s] != NULL)
			must(o->state[s][at] >= o->state[s][at - 1]);
	return true;
}

/* Complete where nothing is left, and not before. */
static bool
ends_well(const struct rp_outcome *o, const struct rp_engine *e, size_t p,
    const char **fault)
{
	size_t last = (p + 1) * o->m->grid.n - 1;
	uint32_t base = e->flow[p].certificates;
	int64_t gone = o->complete[RP_METRIC_GONE][p];
	int64_t replaced = o->complete[RP_METRIC_REPLACED][p];

	if (base == 0) {
		must(gone == INT64_MIN && replaced == INT64_MIN);
		return true;
	}
	must((gone == INT64_MAX) ==
	    (o->state[RP_STATE_OUTSTANDING][last] > 0));
	if (o->state[RP_STATE_REPLACED][last] == base)
		must(replaced != INT64_MAX);
	if (o->complete[RP_METRIC_REISSUED] != NULL)
		must(o->complete[RP_METRIC_REISSUED][p] <= replaced);
	must(replaced == INT64_MAX || (replaced >= o->m->grid.t[0] &&
	    replaced <= o->m->grid.t[o->m->grid.n - 1]));
	must(o->late_s[p] >= 0.0);
	return true;
}

static bool
trial_holds(const struct rp_outcome *o, const struct rp_engine *e,
    const char **fault)
{
	for (size_t p = 0; p < o->m->n_parts; p++) {
		for (size_t i = 0; i < o->m->grid.n; i++)
			if (!holds_at(o, e, p, i, fault) ||
			    !grows(o, p, i, fault))
				return false;
		if (!ends_well(o, e, p, fault))
			return false;
	}
	return true;
}

static unsigned
run_case(uint64_t seed, const char *text)
{
	struct rp_model m;
	struct rp_engine e;
	struct rp_outcome o, unrevoked;
	struct rp_err err = { 0 };
	unsigned bad = 0;

	if (rp_model_init(&m, bound.cs, seed, 0.0, NULL, &err) != RP_OK) {
		printf("case %u is refused: %s\n%s", (unsigned)seed, err.text,
		    text);
		return 1;
	}
	assert_int_equal(rp_engine_init(&e, &m, &err), RP_OK);
	assert_int_equal(rp_outcome_init(&o, &m, &err), RP_OK);
	assert_int_equal(rp_outcome_init_unrevoked(&unrevoked, &m, &err),
	    RP_OK);
	for (uint64_t trial = 0; trial < TRIALS && bad == 0; trial++) {
		const char *fault = NULL;

		assert_int_equal(rp_engine_run(&e, trial, &err), RP_OK);
		assert_int_equal(rp_outcome_take(&o, &e, &err), RP_OK);
		assert_int_equal(rp_outcome_take(&unrevoked, &e, &err),
		    RP_OK);
		if (trial_holds(&o, &e, &fault) &&
		    trial_holds(&unrevoked, &e, &fault))
			continue;
		printf("case %u, trial %u: not %s\n%s", (unsigned)seed,
		    (unsigned)trial, fault, text);
		bad = 1;
	}
	rp_outcome_release(&unrevoked);
	rp_outcome_release(&o);
	rp_engine_release(&e);
	rp_model_release(&m);
	return bad;
}

static void
no_certificate_is_lost_or_counted_twice(void **state)
{
	static struct any_text t;
	unsigned bad = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= CASES; seed++) {
		const char *text = any_case(&t, seed);

		bound = bind_text(text, ".");
		if (bound.cs == NULL) {
			printf("case %u cannot be read: %s\n%s",
			    (unsigned)seed, bound.faults.n > 0 ?
			    bound.faults.fault[0].text : "", text);
			bound_release(&bound);
			bad++;
			continue;
		}
		bad += run_case(seed, text);
		bound_release(&bound);
	}
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_certificate_is_lost_or_counted_twice),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
