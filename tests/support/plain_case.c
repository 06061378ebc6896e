/*
 * plain_case.c - see plain_case.h.
 */
#include "support/plain_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

void
plain_case_add(struct plain_case *w, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	w->n += (size_t)vsnprintf(w->text + w->n, sizeof(w->text) - w->n,
	    format, ap);
	va_end(ap);
	assert_true(w->n < sizeof(w->text));
}

#define put plain_case_add

static unsigned
one_of(struct plain_case *w, unsigned n)
{
	return (unsigned)(rp_stream_word(&w->s) % n);
}

static double
between(struct plain_case *w, double low, double high)
{
	return low + (high - low) * rp_stream_uniform(&w->s);
}

/* A law of a wait; some parameters are uncertain. */
static void
put_time(struct plain_case *w, double median)
{
	double m = median * between(w, 0.5, 1.5);

	switch (one_of(w, 5)) {
	case 0:
		put(w, "{lognormal: {median: %.3f d, sigma: %.3f}}", m,
		    between(w, 0.3, 1.2));
		return;
	case 1:
		put(w, "{lognormal: {median: {triangular: [%.3f d, %.3f d, "
		    "%.3f d]}, sigma: 0.6}}", 0.7 * m, m, 1.3 * m);
		return;
	case 2:
		put(w, "{uniform: [%.3f d, %.3f d]}", 0.2 * m, 1.8 * m);
		return;
	case 3:
		put(w, "{weibull: {scale: %.3f d, shape: %.3f}}", m,
		    between(w, 0.6, 2.0));
		return;
	default:
		put(w, "{one-of: {%.2f d: 50%%, %.2f d: 50%%}}", 0.5 * m, m);
		return;
	}
}

/* A step in which each is on its own. */
static void
put_alone(struct plain_case *w)
{
	switch (one_of(w, 7)) {
	case 0:
	case 1:
		put(w, "{wait: {what: a, time: ");
		put_time(w, 6.0);
		put(w, "}}");
		return;
	case 2:
		put(w, "{wait: {what: w, clock: working, time: ");
		put_time(w, 1.5);
		put(w, "%s}}", one_of(w, 3) == 0 ? ", never: 1%" : "");
		return;
	case 3:
		put(w, "{poll: {what: p, every: %u h, failures: 20%%}}",
		    1 + one_of(w, 40));
		return;
	case 4:
		put(w, "{batch: {what: b, on: %s}}", one_of(w, 2) == 0 ?
		    "working-day" : "[sat, sun]");
		return;
	case 5:
		put(w, "{gate: {what: g, until: 2026-03-%02u}}",
		    3 + one_of(w, 10));
		return;
	default:
		put(w, "{branch: {share: %.1f%%, path: [{wait: {what: r, "
		    "time: ", between(w, 1.0, 60.0));
		put_time(w, 4.0);
		put(w, "}}]}}");
		return;
	}
}

/* A step that all of one subscriber go through at once. */
static void
put_together(struct plain_case *w)
{
	switch (one_of(w, 4)) {
	case 0:
	case 1:
		put(w, "{wait: {what: c, per: subscriber, time: ");
		put_time(w, 4.0);
		put(w, "%s}}", one_of(w, 6) == 0 ? ", never: 10%" : "");
		return;
	case 2:
		put(w, "{wait: {what: f, clock: working, time: %.2f d}}",
		    between(w, 0.1, 3.0));
		return;
	default:
		put(w, "{gate: {what: g, until: {triangular: [2026-03-03, "
		    "2026-03-05, 2026-03-12]}}}");
		return;
	}
}

static void
put_desk(struct plain_case *w, unsigned certificates)
{
	static const char *const per[] = { "working-day", "day", "h" };
	static const double days[] = { 1.0, 1.0, 1.0 / 24.0 };
	unsigned k = one_of(w, 3);
	/* Done within a third to all of the time, or a bit more. */
	double rate = certificates * days[k] / between(w, 8.0, 40.0);

	if (one_of(w, 4) == 0)
		put(w, "{notice: {what: n, rate: %.4f/%s}}", rate, per[k]);
	else if (one_of(w, 3) == 0)
		put(w, "{team: {what: t, rate: {triangular: [%.4f/%s, "
		    "%.4f/%s, %.4f/%s]}}}", 0.7 * rate, per[k], rate, per[k],
		    1.5 * rate, per[k]);
	else
		put(w, "{team: {what: t, rate: %.4f/%s%s}}", rate, per[k],
		    k == 0 && one_of(w, 4) == 0 ? ", weekends: true" : "");
}

static void
put_population(struct plain_case *w, unsigned i)
{
	unsigned n = 1 + one_of(w, one_of(w, 2) == 0 ? 40 : 3000);
	unsigned kind = one_of(w, 4), steps = 1 + one_of(w, 3);
	bool alone = kind < 2;

	put(w, "- {name: p%u, certificates: %u%s, starts: 2026-03-%02uT%02u"
	    ":00Z%s, path: [", i, n, alone ? "" : ", subscribers: 1",
	    1 + one_of(w, 6), one_of(w, 24),
	    one_of(w, 2) == 0 ? ", calendar: c" : "");
	for (unsigned k = 0; alone && k < steps; k++) {
		put(w, k > 0 ? ", " : "");
		put_alone(w);
	}
	for (unsigned k = 0; !alone && kind == 2 && k < steps; k++) {
		put_together(w);
		put(w, ", ");
	}
	if (!alone)
		put_desk(w, n);
	put(w, "]}\n");
}

static void
put_revocation(struct plain_case *w)
{
	if (one_of(w, 3) == 0)
		put(w, "events: [{cutoff: {on: 2026-03-%02u%s}}]\n",
		    10 + one_of(w, 20), one_of(w, 2) == 0 ?
		    ", population: p0" : "");
	switch (one_of(w, 4)) {
	case 0:
		put(w, "revocation: {at: deadline}\n");
		return;
	case 1:
		put(w, "revocation: {at: 2026-03-%02u}\n", 10 + one_of(w, 20));
		return;
	default:
		return;
	}
}

struct plain_case
plain_case(uint64_t seed, bool by_day)
{
	struct plain_case w = { .n = 0 };
	unsigned populations;

	rp_stream_init(&w.s, rp_stream_key_of(seed, "report", "", 0), 0, 0);
	put(&w, "revplan: 1\nincident: {id: r%llu, certificate: subscriber, "
	    "reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
	    "simulation: {horizon: 2026-04-16, step: 1 %s, design: random}\n"
	    "calendars: {c: {week: mon-fri, hours: 09:00-17:00, holidays: "
	    "[2026-03-11]}}\npopulations:\n", (unsigned long long)seed,
	    by_day ? "d" : "h");
	populations = 1 + one_of(&w, PLAIN_POPULATIONS);
	for (unsigned i = 0; i < populations; i++)
		put_population(&w, i);
	put_revocation(&w);
	return w;
}
