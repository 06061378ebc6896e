/*
 * test_reference.c - the engine of counts against the plain simulation of
 * each certificate, in distribution.
 *
 * For every case and each of twenty seeds: completion by the two-sample
 * Kolmogorov-Smirnov test and by how many trials lie beyond the 90 % and the
 * 99 % point, and the counts on chosen days by a two-sample chi-squared test.
 * At the level ALPHA one in a hundred misses by chance, so MISSES of twenty
 * are allowed (four or more have a chance of 1 in 23,000); failing seeds are
 * printed.  Then all seeds together, at a level that nothing should reach.
 *
 * Three approximations of the engine are of one step of its grid for each
 * hop: mass within a cell is spread evenly over it when it goes on, arrivals
 * within a cell are served as if there from its start, and a completion is
 * known to its step.  Hence steps of an hour here, completions compared after
 * rounding down to the day, and, for steps of a day, the bound itself: the
 * mean of the engine lies between those of the reference one day per hop
 * earlier and later.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/simulate.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/curve_row.h"
#include "support/reference.h"

#define SEEDS 20
#define TRIALS 120
#define ALL ((size_t)SEEDS * TRIALS)
#define MISSES 3
#define ALPHA 0.01
#define ALPHA_ALL 1e-4
#define DAYS 4
#define DAY INT64_C(86400)
#define COARSE_TRIALS 1000
#define LATE 1e9		/* beyond the horizon */
#define TEXT_MAX 4096

#define REPLACED 1u
#define ALL_METRICS 7u		/* replaced, revoked, gone */

/* 2026-03-02 is a Monday. */
#define AWARE INT64_C(1772409600)
#define HEAD "revplan: 1\nincident: {id: r, certificate: subscriber, "	\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
#define ONE "populations:\n- {name: p, "

struct scenario {
	const char *name;
	int day[DAYS];		/* after awareness, at 00:00Z */
	unsigned metrics;
	int hops;		/* steps of a day that the coarse grid may
				 * misplace a certificate by */
	const char *horizon;
	const char *text;
};

static const struct scenario scenarios[] = {
	{ "two waits", { 4, 7, 11, 19 }, REPLACED, 2, "2026-04-20",
	    ONE "certificates: 137, path: ["
	    "{wait: {time: {lognormal: {median: 4.37 d, sigma: 0.62}}}}, "
	    "{wait: {time: {gamma: {shape: 2.385, scale: 27 h}}}}]}\n" },
	/* Half-hours at either end; the clocks change on 29 March. */
	{ "a wait, then a team", { 4, 9, 17, 25 }, REPLACED, 2, "2026-04-27",
	    "calendars: {c: {zone: Europe/Berlin, week: mon-fri, "
	    "hours: 08:30-17:30, holidays: [2026-03-19]}}\n"
	    ONE "certificates: 173, calendar: c, path: ["
	    "{wait: {time: {weibull: {scale: 6.21 d, shape: 0.83}}}}, "
	    "{team: {rate: 9.7/working-day, ramp: {from: 23%, "
	    "over: 6 working-days}, variation: 31%}}]}\n" },
	/* Who comes finds the desk closed or busy, so that it does not matter
	 * that arrivals are served from the start of their cell. */
	{ "a desk for two", { 5, 9, 14, 18 }, REPLACED, 2, "2026-04-13",
	    "calendars: {c: {week: mon-fri, hours: 08:00-16:00}}\n"
	    ONE "certificates: 117, calendar: c, path: ["
	    "{wait: {time: {exponential: 2.83 d}}}, "
	    "{team: {name: desk, rate: 11.7/working-day, "
	    "weekends: true}}]}\n"
	    "- {name: q, certificates: 131, subscribers: 23, calendar: c, "
	    "starts: 2026-03-04T05:00Z, path: ["
	    "{wait: {per: subscriber, never: 1.3%, "
	    "time: {gamma: {shape: 1.71, scale: 3.1 d}}}}, "
	    "{team: {name: desk, rate: 11.7/working-day, "
	    "weekends: true}}]}\n" },
	{ "a team within a branch", { 3, 5, 9, 15 }, REPLACED, 4, "2026-04-13",
	    ONE "certificates: 151, path: ["
	    "{wait: {time: {uniform: [0.4 d, 3.7 d]}}}, "
	    "{branch: {share: 27.3%, path: ["
	    "{team: {rate: 5.3/working-day}}, "
	    "{wait: {time: {lognormal: {median: 31 h, sigma: 0.7}}}}]}}, "
	    "{wait: {time: {triangular: [0.2 d, 1.1 d, 2.9 d]}}}]}\n" },
	{ "expiry against a wait", { 6, 13, 27, 41 },
	    ALL_METRICS, 1, "2026-05-11",
	    "revocation: {after: replaced, "
	    "delay: {uniform: [3 h, 75 h]}}\n"
	    ONE "certificates: 139, "
	    "expiry: {uniform: [2026-02-20, 2026-05-07]}, path: ["
	    "{wait: {time: {lognormal: {median: 12.3 d, sigma: 0.9}}}}]}\n"
	},
	{ "expiry by a histogram", { 6, 13, 27, 41 },
	    ALL_METRICS, 1, "2026-05-11",
	    ONE "certificates: 139, "
	    "expiry: {histogram: {2026-02-20..2026-03-08: 11, "
	    "2026-03-11: 23, 2026-03-20..2026-05-07: 71}}, path: ["
	    "{wait: {time: {histogram: {1.3 d..4.7 d: 13%, "
	    "9.1 d..31.3 d: 87%}}}}]}\n" },
	{ "expiry in a queue", { 6, 11, 17, 24 },
	    ALL_METRICS, 1, "2026-04-27",
	    ONE "certificates: 149, subscribers: 1, "
	    "expiry: {triangular: [2026-03-01, 2026-03-21, 2026-04-24]}, "
	    "path: [{gate: {until: 2026-03-04T07:00Z}}, "
	    "{team: {rate: 5.7/working-day, variation: 17%}}]}\n" },
	{ "one subscriber", { 6, 11, 17, 26 }, REPLACED, 3, "2026-05-04",
	    ONE "certificates: 127, subscribers: 1, "
	    "path: [{wait: {per: subscriber, "
	    "time: {lognormal: {median: 4.9 d, sigma: 0.53}}}}, "
	    "{wait: {per: subscriber, time: {normal: {mean: 3.7 d, "
	    "sd: 1.9 d}}}}, {team: {rate: 11.3/working-day}}, "
	    "{wait: {time: {exponential: 29 h}}}]}\n" },
	{ "subscribers with several", { 5, 8, 13, 22 },
	    ALL_METRICS, 3, "2026-04-27",
	    ONE "certificates: 143, subscribers: 17, "
	    "expiry: {uniform: [2026-03-10, 2026-06-01]}, path: ["
	    "{wait: {per: subscriber, "
	    "time: {gamma: {shape: 1.63, scale: 3.9 d}}}}, "
	    "{wait: {per: subscriber, never: 2.7%, "
	    "time: {uniform: [0.3 d, 2.6 d]}}}, "
	    "{wait: {time: {exponential: 41 h}}}]}\n" },
	{ "working clocks", { 8, 15, 23, 37 }, REPLACED, 2, "2026-05-25",
	    "calendars: {c: {zone: Asia/Tokyo, week: mon-fri, "
	    "hours: 09:00-18:00, holidays: [2026-03-20], freezes: "
	    "[{from: 2026-03-30, until: 2026-04-02, why: f}]}}\n"
	    ONE "certificates: 121, calendar: c, path: ["
	    "{wait: {clock: working, "
	    "time: {lognormal: {median: 37 h, sigma: 0.77}}}}, "
	    "{wait: {clock: working, time: {exponential: 23 h}}}]}\n" },
	{ "polls", { 1, 7, 17, 33 }, ALL_METRICS, 1, "2026-05-04",
	    ONE "certificates: 163, "
	    "expiry: {uniform: [2026-03-04, 2026-04-29]}, path: ["
	    "{poll: {every: 31 h, share: 56.3%, failures: 37.1%, "
	    "renews: 5.3 d}}]}\n" },
	{ "polls, then a wait", { 1, 2, 4, 9 }, ALL_METRICS, 2,
	    "2026-04-06", ONE "certificates: 157, "
	    "expiry: {uniform: [2026-03-04, 2026-04-29]}, path: ["
	    "{poll: {every: 31 h, failures: 37.1%}}, "
	    "{wait: {time: {exponential: 17 h}}}]}\n" },
	/* New York's clocks change on 8 March. */
	{ "gates and batches", { 6, 13, 20, 27 }, REPLACED, 4, "2026-04-27",
	    "calendars: {c: {zone: America/New_York, week: mon-fri, "
	    "hours: 09:00-17:00}}\n"
	    ONE "certificates: 109, calendar: c, path: ["
	    "{wait: {time: {exponential: 5.3 d}}}, "
	    "{gate: {until: {triangular: "
	    "[2026-03-05, 2026-03-07, 2026-03-16]}}}, "
	    "{batch: {on: [sat, sun]}}, "
	    "{wait: {time: {uniform: [3 h, 77 h]}}}, "
	    "{batch: {on: working-day}}]}\n"
	    "- {name: q, certificates: 83, path: ["
	    "{wait: {time: {gamma: {shape: 2.1, scale: 3.7 d}}}}, "
	    "{batch: {on: [2026-03-07T12:00Z, 2026-03-14T18:00Z, "
	    "2026-04-04T06:00Z]}}]}\n" },
	{ "mail, and a cutoff", { 3, 9, 15, 25 },
	    ALL_METRICS, 2, "2026-04-27",
	    "revocation: {after: replaced, delay: 37 h}\n"
	    "events: [{cutoff: {on: 2026-03-26T00:00Z}}]\n"
	    ONE "certificates: 167, path: ["
	    "{notice: {rate: 3.7/h, bounces: 4.3%}}, "
	    "{wait: {time: {lognormal: {median: 7.7 d, sigma: 0.8}}}}]}\n" },
	{ "revoked at the deadline", { 3, 4, 5, 9 },
	    ALL_METRICS, 1, "2026-04-27",
	    "revocation: {at: deadline}\n"
	    ONE "certificates: 131, "
	    "expiry: {uniform: [2026-03-03, 2026-04-09]}, path: ["
	    "{wait: {never: 6.1%, "
	    "time: {weibull: {scale: 5.1 d, shape: 1.3}}}}]}\n" },
	{ "uncertain inputs", { 4, 8, 15, 23 }, REPLACED, 2, "2026-04-06",
	    ONE "certificates: 157, path: ["
	    "{wait: {time: {lognormal: {median: {triangular: "
	    "[2.1 d, 4.4 d, 7.9 d]}, sigma: {uniform: [0.4, 0.9]}}}}}, "
	    "{branch: {share: {beta: [4.1, 9.7]}, path: ["
	    "{wait: {time: {exponential: {uniform: [0.7 d, 3.9 d]}}}}]}}, "
	    "{team: {rate: {triangular: [7.1/working-day, "
	    "11.3/working-day, 16.9/working-day]}}}]}\n" },
};

#define N_SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

/* Trials of all seeds, one seed after the other. */
struct sample {
	double completion[SEEDS * TRIALS];	/* days, rounded down */
	double count[RP_METRICS][DAYS][SEEDS * TRIALS];
};

static struct sample engine, plain;

/* Means of the reference so many days earlier and later, replaced only. */
static double earlier[DAYS], later[DAYS], spread[DAYS];

static struct bound
bound_with(const struct scenario *s, const char *step)
{
	char text[TEXT_MAX];
	struct bound b;
	int n = snprintf(text, sizeof(text), "%ssimulation: {horizon: %s, "
	    "step: %s}\n%s", HEAD, s->horizon, step, s->text);

	assert_true(n > 0 && (size_t)n < sizeof(text));
	b = bind_text(text, ".");
	if (b.cs == NULL)
		fail_msg("%s: %s", s->name, b.faults.n > 0 ?
		    b.faults.fault[0].text : "not bound");
	return b;
}

static struct rp_trials *
engine_run(const struct rp_case *cs, enum rp_metric metric, uint64_t seed,
    uint64_t trials)
{
	struct rp_sim_options opt = { .trials = trials, .has_seed = true,
	    .seed = seed, .metric = metric, .bands = RP_BANDS_NONE };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	if (rp_simulate(cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static void
engine_take(const struct scenario *s, const struct rp_case *cs,
    enum rp_metric metric, size_t seed)
{
	struct rp_trials *tr = engine_run(cs, metric, seed + 1, TRIALS);
	const int64_t *done = rp_trials_completion(tr, -1);

	for (size_t i = 0; metric == RP_METRIC_REPLACED && i < TRIALS; i++)
		engine.completion[seed * TRIALS + i] =
		    done[i] == INT64_MAX ? LATE :
		    (double)((done[i] - AWARE) / DAY);
	for (size_t d = 0; d < DAYS; d++) {
		const uint32_t *row = curve_row(tr, AWARE + s->day[d] * DAY);

		for (size_t i = 0; i < TRIALS; i++)
			engine.count[metric][d][seed * TRIALS + i] = row[i];
	}
	rp_trials_free(tr);
}

static void
plain_take(const struct scenario *s, const struct reference *r, size_t trial)
{
	double done = reference_completion(r, RP_METRIC_REPLACED, -1);

	plain.completion[trial] = isfinite(done) ?
	    floor((done - (double)AWARE) / (double)DAY) : LATE;
	for (size_t d = 0; d < DAYS; d++) {
		double at = (double)(AWARE + s->day[d] * DAY);
		double hops = (double)(s->hops * DAY);

		for (int m = RP_METRIC_REPLACED; m < RP_METRICS; m++)
			plain.count[m][d][trial] =
			    reference_count(r, (enum rp_metric)m, at);
		earlier[d] += reference_count(r, RP_METRIC_REPLACED,
		    at - hops) / (double)ALL;
		later[d] += reference_count(r, RP_METRIC_REPLACED,
		    at + hops) / (double)ALL;
	}
}

static void
plain_run(const struct scenario *s, const struct rp_case *cs)
{
	size_t n;

	memset(earlier, 0, sizeof(earlier));
	memset(later, 0, sizeof(later));
	for (size_t seed = 0; seed < SEEDS; seed++) {
		struct reference *r = reference_new(cs, 1001 + seed);

		assert_non_null(r);
		for (size_t i = 0; i < TRIALS; i++) {
			(void)reference_trial(r, &n);
			plain_take(s, r, seed * TRIALS + i);
		}
		reference_free(r);
	}
	for (size_t d = 0; d < DAYS; d++)
		spread[d] = error_of(plain.count[RP_METRIC_REPLACED][d], ALL);
}

enum test { COUNTS, BEYOND_90, BEYOND_99, COMPLETION };

static double
p_of(enum test test, double *a, double *b, size_t n)
{
	switch (test) {
	case COUNTS:
		return chi_two(a, n, b, n);
	case BEYOND_90:
		return tail_two(a, n, b, n, 0.10);
	case BEYOND_99:
		return tail_two(a, n, b, n, 0.01);
	case COMPLETION:
		break;
	}
	return ks_two(a, n, b, n);
}

/* Says what disagrees; returns whether it does. */
static int
disagree(const char *name, const char *what, enum test test, double *a,
    double *b)
{
	double each[SEEDS], p;
	int misses = 0;

	for (size_t seed = 0; seed < SEEDS; seed++) {
		each[seed] = p_of(test, a + seed * TRIALS,
		    b + seed * TRIALS, TRIALS);
		misses += each[seed] < ALPHA;
	}
	/* After the seeds, since it sorts. */
	p = p_of(test, a, b, ALL);
	if (misses <= MISSES && p >= ALPHA_ALL)
		return 0;
	print_message("%s, %s: p = %.2g, mean %.3f, reference %.3f "
	    "(standard error %.3f); %d seeds miss:", name, what, p,
	    mean_of(a, ALL), mean_of(b, ALL), error_of(b, ALL), misses);
	for (size_t seed = 0; seed < SEEDS; seed++)
		if (each[seed] < ALPHA)
			print_message(" %zu", seed + 1);
	print_message("\n");
	return 1;
}

static int
counts_disagree(const struct scenario *s)
{
	char what[64];
	int bad = 0;

	for (int m = RP_METRIC_REPLACED; m < RP_METRICS; m++) {
		if (!(s->metrics >> (m - RP_METRIC_REPLACED) & 1u))
			continue;
		for (size_t d = 0; d < DAYS; d++) {
			(void)snprintf(what, sizeof(what), "%s on day %d",
			    rp_metric_word((enum rp_metric)m), s->day[d]);
			bad += disagree(s->name, what, COUNTS,
			    engine.count[m][d], plain.count[m][d]);
		}
	}
	return bad;
}

/* With steps of a day: the stated bound, and no more than that. */
static int
coarse_disagrees(const struct scenario *s)
{
	struct bound b = bound_with(s, "1 d");
	struct rp_trials *tr = engine_run(b.cs, RP_METRIC_REPLACED, 1,
	    COARSE_TRIALS);
	int bad = 0;

	for (size_t d = 0; d < DAYS; d++) {
		const uint32_t *row = curve_row(tr, AWARE + s->day[d] * DAY);
		double mean = 0.0, room = 4.0 * spread[d] *
		    sqrt(1.0 + (double)ALL / COARSE_TRIALS);

		for (size_t i = 0; i < COARSE_TRIALS; i++)
			mean += (double)row[i] / COARSE_TRIALS;
		if (mean >= earlier[d] - room && mean <= later[d] + room)
			continue;
		print_message("%s, steps of a day, day %d: mean %.3f is not "
		    "within %.3f .. %.3f\n", s->name, s->day[d], mean,
		    earlier[d] - room, later[d] + room);
		bad++;
	}
	rp_trials_free(tr);
	bound_release(&b);
	return bad;
}

static void
both_agree(void **state)
{
	const struct scenario *s = *state;
	struct bound b = bound_with(s, "1 h");
	int bad = 0;

	plain_run(s, b.cs);
	for (int m = RP_METRIC_REPLACED; m < RP_METRICS; m++)
		for (size_t seed = 0; seed < SEEDS; seed++)
			if (s->metrics >> (m - RP_METRIC_REPLACED) & 1u)
				engine_take(s, b.cs, (enum rp_metric)m,
				    seed);
	bad += counts_disagree(s);
	bad += disagree(s->name, "trials beyond the 90 % point", BEYOND_90,
	    engine.completion, plain.completion);
	bad += disagree(s->name, "trials beyond the 99 % point", BEYOND_99,
	    engine.completion, plain.completion);
	/* Last, since it sorts. */
	bad += disagree(s->name, "completion", COMPLETION, engine.completion,
	    plain.completion);
	bad += coarse_disagrees(s);
	bound_release(&b);
	if (bad > 0)
		fail_msg("%s: %d comparisons disagree", s->name, bad);
}

int
main(void)
{
	struct CMUnitTest tests[N_SCENARIOS];

	for (size_t i = 0; i < N_SCENARIOS; i++)
		tests[i] = (struct CMUnitTest){ .name = scenarios[i].name,
		    .test_func = both_agree,
		    .initial_state = (void *)(uintptr_t)&scenarios[i] };
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
