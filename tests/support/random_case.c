/*
 * tests/support/random_case.c - see random_case.h.
 */
#include "random_case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed;

/* splitmix64: small, and the same everywhere. */
static uint64_t
draw(uint64_t below)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) % below;
}

static double
real(double low, double high)
{
	return low + (high - low) * (double)draw(100003) / 100003.0;
}

/* How deep a step lies: in no branch, in one, or there is none after it. */
#define OUTSIDE 0
#define INSIDE 1
#define LAST_STEP (-1)

static void add(struct random_case *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct random_case *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->n += (size_t)vsnprintf(t->text + t->n, sizeof(t->text) - t->n,
	    fmt, ap);
	va_end(ap);
	/* A case cut short would be no case at all. */
	if (t->n >= sizeof(t->text))
		abort();
}

static void
add_time(struct random_case *t)
{
	switch (draw(5)) {
	case 0:
		add(t, "time: {lognormal: {median: %.2f d, sigma: %.2f}}",
		    real(0.7, 6.0), real(0.3, 1.1));
		return;
	case 1:
		add(t, "time: {uniform: [%.2f d, %.2f d]}", real(0.1, 2.0),
		    real(2.1, 6.0));
		return;
	case 2:
		add(t, "time: {one-of: [{value: %.1f h, weight: 2}, "
		    "{value: %.1f h, weight: 1}]}", real(3.0, 40.0),
		    real(41.0, 150.0));
		return;
	case 3:
		add(t, "time: %.1f h", real(5.0, 90.0));
		return;
	default:
		add(t, "time: {exponential: %.2f d}", real(0.4, 5.0));
	}
}

static void
add_wait(struct random_case *t, const char *per)
{
	add(t, "{wait: {%s%s", per, draw(4) == 0 ? "clock: working, " : "");
	if (draw(4) == 0)
		add(t, "never: %.1f%%, ", real(0.5, 7.0));
	add_time(t);
}

static void add_path(struct random_case *t, int depth, unsigned steps);

/* Who makes the detour; limits become shorter on 15 March. */
static void
add_branch(struct random_case *t)
{
	if (draw(3) == 0)
		add(t, "{branch: {validated: {uniform: [2025-02-01, "
		    "2026-03-19]}, path: [");
	else
		add(t, "{branch: {share: %.1f%%, path: [", real(5.0, 90.0));
	add_path(t, INSIDE, 1 + (unsigned)draw(2));
	add(t, "]");
}

static void
add_poll(struct random_case *t, int depth)
{
	bool last = depth == LAST_STEP || !t->expires;

	if (last && draw(3) == 0) {
		add(t, "{poll: {client: {certbot-4.1: %.1f%%, acme.sh-3.0: "
		    "40%%}, every: %.1f h", real(10.0, 90.0),
		    real(5.0, 50.0));
		return;
	}
	add(t, "{poll: {every: %.1f h, failures: %.1f%%", real(5.0, 50.0),
	    real(0.0, 60.0));
	/* What the counting engine says of steps after an own renewal is
	 * known to be off a little where certificates expire. */
	if (last)
		add(t, ", share: %.1f%%, renews: %.1f d", real(20.0, 100.0),
		    real(1.0, 9.0));
}

/* All but the last two braces, which may follow a mark. */
static void
add_most(struct random_case *t, int depth)
{
	switch (draw(depth == INSIDE ? 7 : 8)) {
	case 0:
		add_poll(t, depth);
		return;
	case 1:
		add(t, "{gate: {until: 2026-03-%02u",
		    (unsigned)(3 + draw(9)));
		return;
	case 2:
		add(t, draw(2) == 0 ? "{batch: {on: working-day" :
		    "{batch: {on: [tue, sat]");
		return;
	case 3:
		if (draw(3) == 0) {
			add(t, "{team: {name: desk, rate: 23.7/working-day");
			return;
		}
		add(t, "{team: {rate: %.1f/working-day, variation: %.1f%%",
		    real(8.0, 60.0), real(0.0, 30.0));
		return;
	case 4:
		add(t, "{notice: {rate: %.2f/h, bounces: %.1f%%",
		    real(0.6, 20.0), real(0.0, 8.0));
		return;
	case 7:
		add_branch(t);
		return;
	default:
		add_wait(t, t->shared && draw(2) == 0 ?
		    "per: subscriber, " : "");
	}
}

static void
add_path(struct random_case *t, int depth, unsigned steps)
{
	for (unsigned i = 0; i < steps; i++) {
		size_t from;

		add(t, "%s", i > 0 ? ", " : "");
		from = t->n;
		add_most(t, depth == OUTSIDE && i + 1 == steps ? LAST_STEP :
		    depth);
		if (!t->marked && depth == OUTSIDE && draw(4) == 0 &&
		    strncmp(t->text + from, "{branch", 7) != 0) {
			t->marked = true;
			add(t, ", reissues: true");
		}
		add(t, "}}");
	}
}

static void
add_population(struct random_case *t, const char *name)
{
	unsigned n = 20 + (unsigned)draw(120);
	unsigned s = 1 + (unsigned)draw(n);

	add(t, "- {name: %s, certificates: %u, subscribers: %u, ", name, n,
	    s);
	if (s < n && draw(2) == 0)
		add(t, "owns: {pareto: {least: 1, shape: %.2f}}, ",
		    real(0.6, 2.5));
	if (draw(2) == 0)
		add(t, "starts: 2026-03-%02uT09:00Z, ",
		    (unsigned)(2 + draw(4)));
	t->expires = draw(2) == 0;
	if (t->expires)
		add(t, "expiry: {uniform: [2026-02-20, 2026-%02u-17]}, ",
		    (unsigned)(4 + draw(3)));
	if (t->expires && draw(2) == 0)
		add(t, "renewal: {before: %.1f d, share: %.1f%%}, ",
		    real(2.0, 30.0), real(30.0, 100.0));
	t->marked = false;
	add(t, "path: [");
	if (draw(2) == 0) {
		add_wait(t, "per: subscriber, ");
		add(t, "}}, ");
	}
	add_path(t, OUTSIDE, 1 + (unsigned)draw(4));
	add(t, "]}\n");
}

/* Rollouts and discoveries for the population p, whose last steps no expiry
 * must follow. */
static void
add_events(struct random_case *t)
{
	unsigned events = (unsigned)draw(3);

	if (events == 0)
		return;
	add(t, "events:\n");
	for (unsigned i = 0; i < events; i++) {
		unsigned on = 3 + (unsigned)draw(14);

		if (draw(2) == 0) {
			add(t, "- discovery: {on: 2026-03-%02uT07:30Z, "
			    "population: p, certificates: %u}\n", on,
			    5 + (unsigned)draw(40));
			continue;
		}
		add(t, "- rollout: {on: 2026-03-%02uT%02u:00Z, population: "
		    "p, share: %.1f%%, path: [", on, (unsigned)draw(24),
		    real(10.0, 100.0));
		t->marked = false;
		add_path(t, OUTSIDE, 1 + (unsigned)draw(2));
		add(t, "]}\n");
	}
}

struct random_case
random_case(uint64_t which, bool shared)
{
	struct random_case t = { .shared = shared };

	seed = which;
	add(&t, "%spopulations:\n", RANDOM_CASE_HEAD);
	add_population(&t, "p");
	if (draw(3) == 0)
		add_population(&t, "q");
	add_events(&t);
	return t;
}
