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

#define CASES 250
#define TRIALS 6

static struct bound bound;

/* ---- a case at random --------------------------------------------------- */

struct text {
	char s[8192];
	size_t n;
	struct rp_stream random;
};

static void add(struct text *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->n += (size_t)vsnprintf(t->s + t->n, sizeof(t->s) - t->n, fmt, ap);
	va_end(ap);
	assert_true(t->n < sizeof(t->s));
}

/* 0 .. n - 1. */
static unsigned
pick(struct text *t, unsigned n)
{
	return (unsigned)(rp_stream_word(&t->random) % n);
}

/* A day of March or April 2026, counted from the 1st of March. */
static void
add_day(struct text *t, unsigned from, unsigned until)
{
	unsigned day = from + pick(t, until - from);

	add(t, "2026-%02u-%02u", day <= 31 ? 3 : 4, day <= 31 ? day :
	    day - 31);
	if (pick(t, 4) == 0)
		add(t, "T%02u:30Z", pick(t, 24));
}

static void
add_step(struct text *t, bool reissues, bool alone)
{
	const char *mark = reissues ? ", reissues: true" : "";

	switch (pick(t, 8)) {
	case 0:
		add(t, "{team: {what: t, rate: %u/working-day%s}}",
		    20 + pick(t, 200), mark);
		return;
	case 1:
		add(t, "{notice: {rate: %u/day, bounces: %u%%%s}}",
		    30 + pick(t, 400), pick(t, 30), mark);
		return;
	case 2:
		add(t, "{poll: {what: p, every: %u h, share: %u%%, failures: "
		    "10%%, renews: 5 d%s}}", 6 + pick(t, 40), pick(t, 101),
		    mark);
		return;
	case 3:
		add(t, "{batch: {what: b, on: working-day%s}}", mark);
		return;
	case 4:
		add(t, "{gate: {what: g, until: 2026-04-%02u%s}}",
		    5 + pick(t, 20), mark);
		return;
	case 5:
		add(t, "{team: {what: s, name: shared, rate: 90/day%s}}",
		    mark);
		return;
	case 6:
		if (alone) {
			add(t, "{wait: {what: f, time: {triangular: [1 d, 2 "
			    "d, {uniform: [3 d, 9 d]}]}%s}}", mark);
			return;
		}
		add(t, "{branch: {share: %u%%, path: [", pick(t, 101));
		add_step(t, false, true);
		add(t, "]}}");
		return;
	default:
		add(t, "{wait: {what: w, time: {lognormal: {median: %u d, "
		    "sigma: 0.9}}, never: %u%%%s}}", 1 + pick(t, 12),
		    pick(t, 20), mark);
		return;
	}
}

static void
add_path(struct text *t)
{
	/* A new certificate is issued once, or no step says so. */
	unsigned n = 1 + pick(t, 3), issues = pick(t, 5);

	add(t, "[");
	for (unsigned i = 0; i < n; i++) {
		add(t, "%s", i > 0 ? ", " : "");
		add_step(t, i == issues, false);
	}
	add(t, "]");
}

static void
add_population(struct text *t, unsigned i)
{
	static const char *const owners[] = { "1", "17", "n" };
	unsigned certificates = 60 + pick(t, 360);
	const char *who = owners[pick(t, 3)];

	add(t, "  - {name: p%u, certificates: %u, subscribers: ", i,
	    certificates);
	if (who[0] == 'n')
		add(t, "%u", certificates);
	else
		add(t, "%s", who);
	if (pick(t, 3) > 0) {
		static const char spread[] = "{triangular: [2026-02-20, "
		    "2026-03-10, {uniform: [2026-04-20, 2026-06-20]}]}";
		static const char *const expiry[] = { "2026-04-20",
			"{uniform: [2026-02-10, 2026-05-20]}", spread };

		add(t, ", expiry: %s", expiry[pick(t, 3)]);
		if (pick(t, 2) == 0)
			add(t, ", renewal: {before: %u d, share: %u%%}",
			    1 + pick(t, 20), pick(t, 101));
	}
	if (pick(t, 4) == 0)
		add(t, ", starts: 2026-03-%02u", 5 + pick(t, 9));
	add(t, ", path: ");
	add_path(t);
	add(t, "}\n");
}

static void
add_event(struct text *t, unsigned populations, bool in_risk)
{
	unsigned kind = pick(t, in_risk ? 4 : 5);

	if (kind == 4) {
		add(t, "risk: {probability: %u%%, then: {", pick(t, 101));
		add_event(t, populations, true);
		add(t, "}}");
		return;
	}
	if (kind == 0) {
		add(t, "cutoff: {on: ");
		add_day(t, 8, 50);
	} else if (kind == 1) {
		add(t, "discovery: {certificates: %u, on: ",
		    1 + pick(t, 200));
		add_day(t, 3, 34);
	} else if (kind == 2) {
		add(t, "hold: {certificates: %u, on: ", 1 + pick(t, 60));
		add_day(t, 3, 25);
		if (pick(t, 3) > 0) {
			add(t, ", until: ");
			add_day(t, 26, 50);
		}
	} else {
		add(t, "rollout: {share: %u%%, path: ", pick(t, 101));
		add_path(t);
		add(t, ", on: ");
		add_day(t, 3, 34);
	}
	if (kind == 1 || pick(t, 2) == 0)
		add(t, ", population: p%u", pick(t, populations));
	add(t, "}");
}

static void
add_revocation(struct text *t)
{
	switch (pick(t, 6)) {
	case 0:
		add(t, "revocation: {at: deadline}\n");
		return;
	case 1:
		add(t, "revocation: {at: 2026-03-12T10:00Z}\n");
		return;
	case 2:
		add(t, "revocation: {batches: %u/day, from: 2026-03-09}\n",
		    5 + pick(t, 60));
		return;
	case 3:
		add(t, "revocation: {after: replaced, delay: %u h}\n",
		    1 + pick(t, 200));
		return;
	case 4:
		add(t, "revocation: {after: replaced, delay: {uniform: [0 h, "
		    "90 h]}}\n");
		return;
	default:
		return;
	}
}

static const char *
make_case(struct text *t, uint64_t seed)
{
	struct rp_stream_key key = rp_stream_key_of(seed, "identities", "",
	    0);
	unsigned populations, events;

	t->n = 0;
	rp_stream_init(&t->random, key, 0, 0);
	populations = 1 + pick(t, 3);
	events = pick(t, 5);
	add(t, "revplan: 1\nincident: {id: i-%u, title: t, certificate: "
	    "subscriber, reason: not-per-requirements, aware: "
	    "2026-03-02T09:00Z}\nsimulation: {step: %s, horizon: "
	    "2026-05-10}\n", (unsigned)seed, pick(t, 3) == 0 ? "1 h" : "1 d");
	add_revocation(t);
	add(t, "populations:\n");
	for (unsigned i = 0; i < populations; i++)
		add_population(t, i);
	if (events > 0)
		add(t, "events:\n");
	for (unsigned i = 0; i < events; i++) {
		add(t, "  - ");
		add_event(t, populations, false);
		add(t, "\n");
	}
	return t->s;
}

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
	static struct text t;
	unsigned bad = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= CASES; seed++) {
		const char *text = make_case(&t, seed);

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
