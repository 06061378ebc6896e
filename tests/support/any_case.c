/*
 * tests/support/any_case.c
 */
#include "support/any_case.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static void add(struct any_text *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct any_text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->n += (size_t)vsnprintf(t->s + t->n, sizeof(t->s) - t->n, fmt, ap);
	va_end(ap);
	if (t->n >= sizeof(t->s))
		abort();
}

/* 0 .. n - 1. */
static unsigned
pick(struct any_text *t, unsigned n)
{
	return (unsigned)(rp_stream_word(&t->random) % n);
}

/* A day of March or April 2026, counted from the 1st of March. */
static void
add_day(struct any_text *t, unsigned from, unsigned until)
{
	unsigned day = from + pick(t, until - from);

	add(t, "2026-%02u-%02u", day <= 31 ? 3 : 4, day <= 31 ? day :
	    day - 31);
	if (pick(t, 4) == 0)
		add(t, "T%02u:30Z", pick(t, 24));
}

static void
add_step(struct any_text *t, bool reissues, bool alone)
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
add_path(struct any_text *t)
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
add_population(struct any_text *t, unsigned i)
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
add_event(struct any_text *t, unsigned populations, bool in_risk)
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
add_revocation(struct any_text *t)
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

const char *
any_case(struct any_text *t, uint64_t seed)
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
