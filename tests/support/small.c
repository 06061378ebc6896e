/*
 * tests/support/small.c - see small.h.
 */
#include "small.h"

#include <stdarg.h>
#include <stdio.h>

struct pen {
	char *text;
	size_t used;
	uint64_t state;		/* of the randomness */
	uint32_t has;
	bool reissued;		/* by a step of the path at hand */
};

static const char *const words[SMALL_FEATURES] = {
	"wait", "working", "answer", "late-answer", "never", "notice", "team",
	"uneven-team", "shared-team", "poll", "clients", "batch", "gate",
	"branch", "validated", "calendar", "expiry", "renewal", "owns",
	"reissues", "policy", "cutoff", "rollout", "second-rollout",
	"discovery", "hold", "risk", "inputs",
};

const char *
small_word(enum small_feature feature)
{
	return words[feature];
}

/* ---- chance: SplitMix64 ------------------------------------------------- */

static uint64_t
bits(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int
pick(struct pen *p, int low, int high)
{
	return low + (int)(bits(&p->state) % (uint64_t)(high - low + 1));
}

static double
between(struct pen *p, double low, double high)
{
	return low + (high - low) * (double)(bits(&p->state) >> 11) * 0x1p-53;
}

static bool
has(const struct pen *p, enum small_feature feature)
{
	return small_has(p->has, feature);
}

/* Certain where the feature was asked for, else one of so many. */
static bool
or_perhaps(struct pen *p, enum small_feature feature, int of)
{
	bool perhaps = pick(p, 1, of) == 1;

	return has(p, feature) || (perhaps && has(p, SMALL_INPUTS));
}

uint32_t
small_features(uint64_t seed)
{
	struct pen p = { .state = seed * 7919 + 13 };
	uint32_t set = 0;
	int n = 2;

	if (seed < SMALL_FEATURES)
		return UINT32_C(1) << seed;
	if (seed >= 3 * (uint64_t)SMALL_FEATURES)
		n = pick(&p, 3, 8);
	while (n-- > 0)
		set |= UINT32_C(1) << pick(&p, 0, SMALL_FEATURES - 1);
	return set;
}

/* ---- words -------------------------------------------------------------- */

static void put(struct pen *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
put(struct pen *p, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(p->text + p->used, SMALL_TEXT - p->used, format, ap);
	va_end(ap);
	if (n > 0 && p->used + (size_t)n < SMALL_TEXT)
		p->used += (size_t)n;
}

/* So many days after awareness, at an hour of its own. */
static void
put_instant(struct pen *p, int low, int high)
{
	int day = pick(p, low, high);
	int month = 3 + (day >= 30), of = day >= 30 ? day - 29 : day + 2;

	put(p, "2026-%02d-%02dT%02d:00Z", month, of, pick(p, 1, 22));
}

/* A number that may be an input: exact, or drawn once a trial. */
static void
put_number(struct pen *p, double x, const char *unit)
{
	/* Uncertain waits in working time take the engine 20 ms a trial. */
	if (has(p, SMALL_INPUTS) && !has(p, SMALL_WORKING) &&
	    pick(p, 1, 2) == 1)
		put(p, "{triangular: [%.3g%s, %.3g%s, %.3g%s]}", 0.7 * x,
		    unit, x, unit, 1.4 * x, unit);
	else
		put(p, "%.4g%s", x, unit);
}

static void
put_median(struct pen *p, const char *before, double x, const char *after)
{
	put(p, "%s", before);
	put_number(p, x, " h");
	put(p, "%s", after);
}

static void
put_law(struct pen *p, double hours)
{
	double x = hours * between(p, 0.7, 1.4);

	switch (pick(p, 0, 5)) {
	case 0:
		put_median(p, "{lognormal: {median: ", x, ", ");
		put(p, "sigma: %.3g}}", between(p, 0.4, 1.0));
		break;
	case 1:
		put_median(p, "{exponential: ", x, "}");
		break;
	case 2:
		put(p, "{gamma: {shape: %.3g, scale: ", between(p, 1.2, 3.0));
		put_number(p, x / 2.0, " h");
		put(p, "}}");
		break;
	case 3:
		put_median(p, "{weibull: {scale: ", x, ", ");
		put(p, "shape: %.3g}}", between(p, 0.7, 1.6));
		break;
	case 4:
		put(p, "{uniform: [%.3g h, %.3g h]}", 0.3 * x, 1.9 * x);
		break;
	default:
		put(p, "{triangular: [%.3g h, %.3g h, %.3g h]}", 0.2 * x, x,
		    2.1 * x);
		break;
	}
}

/* ---- steps -------------------------------------------------------------- */

/* At most one on a way, most often the first. */
static void
put_reissues(struct pen *p)
{
	if (!has(p, SMALL_REISSUES) || p->reissued || pick(p, 1, 3) == 1)
		return;
	put(p, ", reissues: true");
	p->reissued = true;
}

static void
put_wait(struct pen *p, bool per_subscriber, double hours)
{
	put(p, "{wait: {time: ");
	put_law(p, has(p, SMALL_WORKING) ? hours / 3.0 : hours);
	if (per_subscriber)
		put(p, ", per: subscriber");
	if (has(p, SMALL_WORKING))
		put(p, ", clock: working");
	if (has(p, SMALL_NEVER))
		put(p, ", never: %.3g%%", between(p, 1.0, 9.0));
	put_reissues(p);
	put(p, "}}");
}

static void
put_team(struct pen *p, bool shared)
{
	put(p, "{team: {");
	if (shared)
		put(p, "name: desk, rate: 11/working-day");
	else {
		put(p, "rate: ");
		put_number(p, between(p, 4.0, 13.0), "/working-day");
	}
	if (has(p, SMALL_UNEVEN_TEAM) && !shared)
		put(p, ", ramp: {from: %.3g%%, over: %d working-days}, "
		    "variation: %.3g%%, weekends: %s", between(p, 10, 60),
		    pick(p, 2, 8), between(p, 5, 40),
		    pick(p, 0, 1) ? "true" : "false");
	put_reissues(p);
	put(p, "}}");
}

static void
put_poll(struct pen *p)
{
	if (has(p, SMALL_CLIENTS)) {
		put(p, "{poll: {client: {certbot-4.1: %d%%, lego-4.19: %d%%}"
		    ", every: %d h", pick(p, 20, 70), pick(p, 10, 40),
		    pick(p, 12, 30));
		if (pick(p, 0, 1))
			put(p, ", renews: %d d", pick(p, 4, 12));
	} else
		put(p, "{poll: {every: %d h, share: %.3g%%, failures: "
		    "%.3g%%, renews: %d d", pick(p, 12, 60),
		    between(p, 30, 95), between(p, 5, 60), pick(p, 3, 12));
	put_reissues(p);
	put(p, "}}");
}

static void
put_batch(struct pen *p)
{
	put(p, "{batch: {on: ");
	switch (pick(p, 0, 2)) {
	case 0:
		put(p, "working-day");
		break;
	case 1:
		put(p, "[tue, sat]");
		break;
	default:
		put(p, "[");
		put_instant(p, 4, 9);
		put(p, ", ");
		put_instant(p, 12, 18);
		put(p, ", ");
		put_instant(p, 22, 29);
		put(p, "]");
		break;
	}
	put_reissues(p);
	put(p, "}}");
}

static void
put_branch(struct pen *p)
{
	put(p, "{branch: {");
	if (has(p, SMALL_VALIDATED))
		put(p, "validated: {uniform: [2024-12-%02d, 2026-02-%02d]}",
		    pick(p, 1, 31), pick(p, 1, 28));
	else {
		put(p, "share: ");
		put_number(p, between(p, 15, 60), "%");
	}
	put(p, ", path: [");
	put_wait(p, false, 50.0);
	if (pick(p, 1, 3) == 1) {
		put(p, ", ");
		put_team(p, false);
	}
	put(p, "]}}");
}

static void
put_notice(struct pen *p)
{
	put(p, "{notice: {rate: %.3g/h, bounces: %.3g%%", between(p, 1, 6),
	    between(p, 0, 8));
	put_reissues(p);
	put(p, "}}");
}

static void
put_gate(struct pen *p)
{
	put(p, "{gate: {until: ");
	if (has(p, SMALL_INPUTS))
		put(p, "{triangular: [2026-03-04, 2026-03-08, 2026-03-17]}");
	else
		put_instant(p, 2, 9);
	put_reissues(p);
	put(p, "}}");
}

/*
 * The steps in the order of a real path.  What ends it must not find all
 * certificates together, or its law would be one of a single draw.
 */
static void
put_path(struct pen *p, bool shared)
{
	int left = 0;

	p->reissued = false;
	put(p, "path: [");
	if (has(p, SMALL_NOTICE)) {
		put_notice(p);
		put(p, ", ");
	}
	if (has(p, SMALL_ANSWER) || has(p, SMALL_OWNS)) {
		put_wait(p, true, 70.0);
		put(p, ", ");
	}
	if (has(p, SMALL_GATE)) {
		put_gate(p);
		put(p, ", ");
	}
	if (has(p, SMALL_VALIDATED) || has(p, SMALL_BRANCH)) {
		put_branch(p);
		put(p, ", ");
	}
	if (has(p, SMALL_POLL) || has(p, SMALL_CLIENTS)) {
		put_poll(p);
		left++;
	} else if (has(p, SMALL_WAIT) || shared || pick(p, 1, 2) == 1 ||
	    has(p, SMALL_WORKING) || has(p, SMALL_LATE_ANSWER)) {
		put_wait(p, false, 110.0);
		left++;
	}
	if (has(p, SMALL_LATE_ANSWER)) {
		put(p, "%s", left++ ? ", " : "");
		put_wait(p, true, 60.0);
	}
	if (shared || has(p, SMALL_TEAM) || has(p, SMALL_UNEVEN_TEAM)) {
		put(p, "%s", left++ ? ", " : "");
		put_team(p, shared);
	}
	if (has(p, SMALL_BATCH)) {
		put(p, "%s", left++ ? ", " : "");
		put_batch(p);
	}
	if (left == 0)
		put_wait(p, false, 130.0);
	put(p, "]");
}

/* ---- populations -------------------------------------------------------- */

static int
subscribers_of(struct pen *p, int n)
{
	bool some = has(p, SMALL_OWNS) || has(p, SMALL_LATE_ANSWER) ||
	    has(p, SMALL_ANSWER);

	switch (pick(p, 0, some ? 3 : 5)) {
	case 0:
	case 1:
	case 2:
		return some ? n / pick(p, 3, 9) : n;
	case 3:
		return has(p, SMALL_OWNS) ? n / 4 : 1;
	default:
		return n;
	}
}

static void
put_owns(struct pen *p, int n, int s)
{
	switch (pick(p, 0, 2)) {
	case 0:
		put(p, ", owns: {pareto: {least: 1, shape: ");
		put_number(p, between(p, 0.8, 1.8), "");
		put(p, "}}");
		break;
	case 1:
		put(p, ", owns: {lognormal: {median: 3, sigma: ");
		put_number(p, between(p, 0.5, 1.2), "");
		put(p, "}}");
		break;
	default:
		put(p, ", owns: [{name: giant, subscribers: 1, certificates: "
		    "%d}, {subscribers: %d}]", n * 2 / 5, s - 1);
		break;
	}
}

static void
put_population(struct pen *p, char name, bool shared)
{
	int n = pick(p, 40, 110), s = subscribers_of(p, n);

	put(p, "- {name: %c, certificates: %d, subscribers: %d, ", name, n,
	    s);
	if (has(p, SMALL_OWNS) && s > 1 && s < n) {
		p->used -= 2;
		put_owns(p, n, s);
		put(p, ", ");
	}
	if (has(p, SMALL_CALENDAR) || has(p, SMALL_WORKING))
		put(p, "calendar: c, ");
	if (pick(p, 1, 4) == 1) {
		put(p, "starts: ");
		put_instant(p, 1, 4);
		put(p, ", ");
	}
	if (has(p, SMALL_EXPIRY) || has(p, SMALL_RENEWAL) ||
	    has(p, SMALL_POLL) || has(p, SMALL_CLIENTS) ||
	    pick(p, 1, 4) == 1)
		put(p, "expiry: {uniform: [2026-02-%02d, 2026-%02d-20]}, ",
		    pick(p, 10, 28), pick(p, 4, 6));
	if (has(p, SMALL_RENEWAL)) {
		put(p, "renewal: {before: ");
		put_number(p, pick(p, 3, 14), " d");
		put(p, ", share: %d%%}, ", pick(p, 40, 98));
	}
	put(p, "\n  ");
	put_path(p, shared);
	put(p, "}\n");
}

/* ---- events and the rest ------------------------------------------------ */

static const char *
whose(struct pen *p, bool two)
{
	return two && pick(p, 0, 1) ? ", population: q" : ", population: p";
}

static void
put_rollout(struct pen *p, const char *population, int low, int high)
{
	put(p, "rollout: {on: ");
	put_instant(p, low, high);
	put(p, "%s, share: ", population);
	put_number(p, pick(p, 30, 70), "%");
	put(p, ", path: [");
	p->reissued = false;
	put_wait(p, false, 40.0);
	if (pick(p, 1, 3) == 1) {
		put(p, ", ");
		put_team(p, false);
	}
	put(p, "]}");
}

static void
put_hold(struct pen *p, const char *population)
{
	put(p, "hold: {on: ");
	put_instant(p, 2, 6);
	if (pick(p, 1, 4) > 1) {
		put(p, ", until: ");
		put_instant(p, 9, 24);
	}
	put(p, "%s, certificates: %d, why: court}", population,
	    pick(p, 5, 35));
}

static void
put_discovery(struct pen *p, const char *population)
{
	put(p, "discovery: {on: ");
	put_instant(p, 3, 12);
	put(p, "%s, certificates: %d}", population, pick(p, 8, 40));
}

static void
put_cutoff(struct pen *p, const char *population)
{
	put(p, "cutoff: {on: ");
	put_instant(p, 12, 30);
	put(p, "%s}", population);
}

static void
put_risk(struct pen *p, bool two)
{
	put(p, "- {risk: {probability: %d%%, then: {", pick(p, 15, 85));
	switch (pick(p, 0, 3)) {
	case 0:
		put_rollout(p, whose(p, two), 3, 12);
		break;
	case 1:
		put_hold(p, whose(p, two));
		break;
	case 2:
		put_discovery(p, whose(p, two));
		break;
	default:
		put_cutoff(p, whose(p, two));
		break;
	}
	put(p, "}}}\n");
}

static void
put_events(struct pen *p, bool two)
{
	const char *all = "";

	/* From cutoff to risk. */
	if ((p->has >> SMALL_CUTOFF & 0x3fu) == 0)
		return;
	put(p, "events:\n");
	if (has(p, SMALL_ROLLOUT) || has(p, SMALL_SECOND_ROLLOUT)) {
		put(p, "- {");
		put_rollout(p, pick(p, 0, 1) ? all : whose(p, two), 2, 8);
		put(p, "}\n");
	}
	if (has(p, SMALL_SECOND_ROLLOUT)) {
		put(p, "- {");
		put_rollout(p, whose(p, two), 9, 18);
		put(p, "}\n");
	}
	if (has(p, SMALL_DISCOVERY)) {
		put(p, "- {");
		put_discovery(p, whose(p, two));
		put(p, "}\n");
	}
	if (has(p, SMALL_HOLD)) {
		put(p, "- {");
		put_hold(p, pick(p, 0, 1) ? all : whose(p, two));
		put(p, "}\n");
	}
	if (has(p, SMALL_CUTOFF)) {
		put(p, "- {");
		put_cutoff(p, pick(p, 0, 1) ? all : whose(p, two));
		put(p, "}\n");
	}
	if (has(p, SMALL_RISK))
		put_risk(p, two);
}

static void
put_policy(struct pen *p)
{
	put(p, "revocation: {");
	switch (has(p, SMALL_POLICY) ? pick(p, 0, 2) : 3) {
	case 0:
		put(p, "at: deadline");
		break;
	case 1:
		put(p, "at: ");
		put_instant(p, 6, 15);
		break;
	case 2:
		put(p, "batches: %d/day, from: ", pick(p, 5, 12));
		put_instant(p, 2, 7);
		break;
	default:
		put(p, "after: replaced, delay: ");
		put_number(p, pick(p, 0, 60), " h");
		break;
	}
	put(p, "}\n");
}

const char *
small_case(uint64_t seed, uint32_t features, int step_hours,
    char text[SMALL_TEXT])
{
	struct pen p = { .text = text, .state = seed + 101, .has = features };
	bool shared = has(&p, SMALL_SHARED_TEAM);
	bool two = or_perhaps(&p, SMALL_SHARED_TEAM, 3);

	put(&p, "revplan: 1\nincident: {id: s, certificate: subscriber, "
	    "reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
	    "simulation: {horizon: 2026-04-06, step: %s}\n",
	    step_hours == 1 ? "1 h" : "1 d");
	if (has(&p, SMALL_CALENDAR) || has(&p, SMALL_WORKING))
		put(&p, "calendars: {c: {zone: Europe/Berlin, week: mon-fri, "
		    "hours: 0%d:00-1%d:00, holidays: [2026-03-%02d], freezes:"
		    " [{from: 2026-03-%02d, until: 2026-03-27, why: f}]}}\n",
		    pick(&p, 7, 9), pick(&p, 5, 8), pick(&p, 4, 18),
		    pick(&p, 20, 25));
	put_policy(&p);
	put(&p, "populations:\n");
	put_population(&p, 'p', shared);
	if (two)
		put_population(&p, 'q', shared);
	put_events(&p, two);
	return text;
}
