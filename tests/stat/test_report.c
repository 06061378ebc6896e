/*
 * test_report.c - trials looked at now and then only, against the engine that
 * walks through every day, and against certificates followed one by one.
 *
 * Cases come from seeds: populations of every plain kind with numbers of
 * their own, calendars, cutoffs and ways of revoking.  Of each the counts at
 * random instants, in total and by population, the completions, and both of
 * them together are compared as laws over different trials.  What comes all
 * at once and then goes through a desk leaves nothing to chance but when it
 * comes, and the same trial of both says the same to the certificate.
 *
 * A comparison fails at p < ALPHA; a run makes fewer than MOST of them (it is
 * checked), so less than one run in 10,000 fails by chance.  Failures print
 * their seed; REVPLAN_SEED=n REVPLAN_CASES=1 plays it again and prints its
 * case.
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
#include <gsl/gsl_errno.h>

#include "base/stream.h"
#include "population/spread.h"
#include "simulate/ensemble.h"
#include "simulate/report.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/plain_case.h"
#include "support/reference.h"

#define ALPHA 1e-9
#define MOST 20000
#define CASES 60
#define TRIALS 600
#define INSTANTS 6
#define POPULATIONS PLAIN_POPULATIONS
#define AWARE INT64_C(1772409600)	/* 2026-03-02T00:00Z, a Monday */
#define NEVER (AWARE + 1000 * 86400)

/* ---- both --------------------------------------------------------------- */

/* What a way of running the trials says; times beyond the horizon: NEVER. */
struct said {
	double count[INSTANTS][TRIALS];
	double part[POPULATIONS][TRIALS];	/* at one of the instants */
	double done[POPULATIONS + 1][TRIALS];
	double harmed[TRIALS];
};

static struct said walked, looked;
static size_t made, bad;

struct duel {
	uint64_t seed;
	struct bound b;
	struct rp_model m;
	enum rp_metric metric;
	struct rp_report r;
	size_t at[INSTANTS];	/* points, ascending */
	size_t middle;		/* the instant at which parts are counted */
	size_t failed;
};

static void say(struct duel *d, double p, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void
say(struct duel *d, double p, const char *format, ...)
{
	char what[160];
	va_list ap;

	made++;
	if (p >= ALPHA)
		return;
	bad++;
	va_start(ap, format);
	(void)vsnprintf(what, sizeof(what), format, ap);
	va_end(ap);
	if (d->failed++ < 8)
		print_message("seed %llu, %s: %s: p = %.2g\n",
		    (unsigned long long)d->seed, rp_metric_word(d->metric),
		    what, p);
}

static double
time_of(int64_t done)
{
	return (double)(done == INT64_MAX ? NEVER : done);
}

static void
set_done(const struct duel *d, struct said *to, const int64_t *complete,
    size_t k)
{
	int64_t last = INT64_MIN;

	for (size_t p = 0; p < d->m.n_parts; p++) {
		to->done[p][k] = time_of(complete[p]);
		last = complete[p] > last ? complete[p] : last;
	}
	to->done[d->m.n_parts][k] = time_of(last);
}

static double
harmed_of(const struct duel *d, const struct rp_outcome *o)
{
	double n = 0.0;

	if (d->m.deadline_point == SIZE_MAX)
		return 0.0;
	for (size_t p = 0; p < d->m.n_parts; p++)
		n += o->state[RP_STATE_HARMED][p * d->m.grid.n +
		    d->m.deadline_point];
	return n;
}

static void
walk(struct duel *d, uint64_t first)
{
	struct rp_engine e;
	struct rp_outcome o;

	assert_int_equal(rp_engine_init(&e, &d->m, NULL), RP_OK);
	assert_int_equal(rp_outcome_init(&o, &d->m, NULL), RP_OK);
	for (size_t k = 0; k < TRIALS; k++) {
		assert_int_equal(rp_engine_run(&e, first + k, NULL), RP_OK);
		assert_int_equal(rp_outcome_take(&o, &e, NULL), RP_OK);
		for (size_t i = 0; i < INSTANTS; i++) {
			walked.count[i][k] = 0.0;
			for (size_t p = 0; p < d->m.n_parts; p++)
				walked.count[i][k] += rp_metric_at(&o,
				    d->metric, p, d->at[i]);
		}
		for (size_t p = 0; p < d->m.n_parts; p++)
			walked.part[p][k] =
			    o.state[RP_STATE_REPLACED][p * d->m.grid.n +
			    d->at[d->middle]];
		set_done(d, &walked, rp_complete_in(&o, d->metric), k);
		walked.harmed[k] = harmed_of(d, &o);
	}
	rp_outcome_release(&o);
	rp_engine_release(&e);
}

/* Without any instant but the horizon, so that most of a population may be
 * left when its last one is drawn. */
static void
look_at_the_end(struct duel *d, uint64_t first)
{
	struct rp_report r;
	struct rp_reporter w;

	assert_int_equal(rp_report_init(&r, &d->m, d->metric, NULL, 0, NULL),
	    RP_OK);
	assert_int_equal(rp_reporter_init(&w, &r, NULL), RP_OK);
	for (size_t k = 0; k < TRIALS; k++) {
		assert_int_equal(rp_reporter_run(&w, first + k, NULL), RP_OK);
		set_done(d, &looked, w.complete, k);
	}
	rp_reporter_release(&w);
	rp_report_release(&r);
}

static void
look_at(struct duel *d, uint64_t first)
{
	struct rp_reporter w;

	assert_int_equal(rp_reporter_init(&w, &d->r, NULL), RP_OK);
	for (size_t k = 0; k < TRIALS; k++) {
		assert_int_equal(rp_reporter_run(&w, first + k, NULL), RP_OK);
		for (size_t i = 0; i < INSTANTS; i++)
			looked.count[i][k] = w.counted[rp_report_instant(
			    &d->r, d->at[i])];
		for (size_t p = 0; p < d->m.n_parts; p++)
			looked.part[p][k] = w.replaced[p * d->r.n +
			    rp_report_instant(&d->r, d->at[d->middle])];
		set_done(d, &looked, w.complete, k);
		looked.harmed[k] = w.harmed;
	}
	rp_reporter_release(&w);
}

static void
begin(struct duel *d, uint64_t seed, struct plain_case *text,
    enum rp_metric metric)
{
	struct rp_stream s;
	struct rp_err err = { 0 };

	*d = (struct duel){ .seed = seed, .metric = metric };
	d->b = bind_text(text->text, ".");
	if (d->b.cs == NULL)
		fail_msg("seed %llu: %s\n%s", (unsigned long long)seed,
		    d->b.faults.fault[0].text, text->text);
	if (rp_model_init(&d->m, d->b.cs, seed, 0.0, NULL, &err) != RP_OK)
		fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
	rp_stream_init(&s, rp_stream_key_of(seed, "instants", "", 0), 0, 0);
	for (size_t i = 0; i < INSTANTS; i++)
		d->at[i] = d->m.grid.n * (i + 1) / (INSTANTS + 2) +
		    (size_t)(rp_stream_word(&s) % (d->m.grid.n /
		    (INSTANTS + 2)));
	/* Batches open on Mondays, after the days off. */
	for (size_t i = 0; seed % 3 == 0 && i < INSTANTS; i++)
		assert_true(rp_grid_point(&d->m.grid, AWARE +
		    (int64_t)(i + 1) * 7 * 86400, &d->at[i]));
	d->middle = (size_t)(rp_stream_word(&s) % INSTANTS);
	if (rp_report_why_not(&d->m, metric, NULL) != NULL)
		fail_msg("seed %llu is not plain: %s\n%s",
		    (unsigned long long)seed, rp_report_why_not(&d->m, metric,
		    NULL), text->text);
	assert_int_equal(rp_report_init(&d->r, &d->m, metric, d->at,
	    INSTANTS, NULL), RP_OK);
}

static void
end(struct duel *d)
{
	rp_report_release(&d->r);
	rp_model_release(&d->m);
	bound_release(&d->b);
}

/* ---- laws --------------------------------------------------------------- */

/* Cells of a table of a and b, by the quarters of what both samples hold. */
static void
cells(const double *a, const double *b, const double cut_a[3],
    const double cut_b[3], double *out)
{
	for (size_t k = 0; k < TRIALS; k++) {
		int i = 0, j = 0;

		while (i < 3 && a[k] > cut_a[i])
			i++;
		while (j < 3 && b[k] > cut_b[j])
			j++;
		/* Twelve cells at most are told apart. */
		out[k] = (double)(i * 3 + (j < 3 ? j : 2));
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
quarters(const double *a, const double *b, double cut[3])
{
	static double all[2 * TRIALS];

	memcpy(all, a, TRIALS * sizeof(*all));
	memcpy(all + TRIALS, b, TRIALS * sizeof(*all));
	qsort(all, 2 * TRIALS, sizeof(*all), by_value);
	for (int k = 0; k < 3; k++)
		cut[k] = all[TRIALS * (size_t)(k + 1) / 2];
}

/* Whether two figures of a trial go together as they should. */
static double
joint(const double *a, const double *b, const double *x, const double *y)
{
	static double left[TRIALS], right[TRIALS];
	double cut_a[3], cut_b[3];

	quarters(a, x, cut_a);
	quarters(b, y, cut_b);
	cells(a, b, cut_a, cut_b, left);
	cells(x, y, cut_a, cut_b, right);
	return chi_two(left, TRIALS, right, TRIALS);
}

static double
ks(const double *a, const double *b)
{
	static double x[TRIALS], y[TRIALS];

	memcpy(x, a, sizeof(x));
	memcpy(y, b, sizeof(y));
	return ks_two(x, TRIALS, y, TRIALS);
}

static void
completions_agree(struct duel *d, const char *how)
{
	size_t all = d->m.n_parts;

	for (size_t p = 0; p <= all; p++) {
		say(d, chi_two(walked.done[p], TRIALS, looked.done[p],
		    TRIALS), "completion %zu of %zu, %s", p, all, how);
		say(d, ks(walked.done[p], looked.done[p]),
		    "completion %zu of %zu, by rank, %s", p, all, how);
	}
}

static void
laws_agree(struct duel *d)
{
	size_t all = d->m.n_parts;

	for (size_t i = 0; i < INSTANTS; i++) {
		say(d, chi_two(walked.count[i], TRIALS, looked.count[i],
		    TRIALS), "count at instant %zu", i);
		say(d, joint(walked.count[i], walked.done[all],
		    looked.count[i], looked.done[all]),
		    "count at instant %zu with the completion", i);
		if (i > 0)
			say(d, joint(walked.count[i - 1], walked.count[i],
			    looked.count[i - 1], looked.count[i]),
			    "counts at instants %zu and %zu", i - 1, i);
	}
	for (size_t p = 0; p < all; p++) {
		say(d, chi_two(walked.part[p], TRIALS, looked.part[p],
		    TRIALS), "count of population %zu", p);
		say(d, joint(walked.part[p], walked.done[p], looked.part[p],
		    looked.done[p]), "the same with its completion");
	}
	say(d, chi_two(walked.harmed, TRIALS, looked.harmed, TRIALS),
	    "harmed by the deadline");
}

/* The same trial, to the certificate, where no chance is left. */
static void
sure_agree(struct duel *d)
{
	for (size_t p = 0; p < d->m.n_parts; p++) {
		const struct rp_way *how = &d->r.way[p];

		if (how->node != RP_FLOW_END && !how->together)
			continue;
		for (size_t k = 0; k < TRIALS; k++) {
			bool same = walked.part[p][k] == looked.part[p][k] &&
			    walked.done[p][k] == looked.done[p][k];

			made += k == 0;
			if (same)
				continue;
			bad++;
			if (d->failed++ < 8)
				print_message("seed %llu, %s, trial %zu, "
				    "population %zu: %.0f or %.0f, done "
				    "%.0f or %.0f\n",
				    (unsigned long long)d->seed,
				    rp_metric_word(d->metric), k, p,
				    walked.part[p][k], looked.part[p][k],
				    walked.done[p][k], looked.done[p][k]);
		}
	}
}

static void
duel(uint64_t seed, bool by_day, enum rp_metric metric, bool show)
{
	struct plain_case text = plain_case(seed, by_day);
	struct duel d;

	begin(&d, seed, &text, metric);
	if (show)
		print_message("%s", text.text);
	walk(&d, 0);
	look_at(&d, 0);
	sure_agree(&d);
	look_at(&d, TRIALS);
	laws_agree(&d);
	completions_agree(&d, "with instants");
	look_at_the_end(&d, TRIALS);
	completions_agree(&d, "alone");
	end(&d);
}

static uint64_t
number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void
the_laws_are_those_of_the_engine(void **state)
{
	static const enum rp_metric metric[] = { RP_METRIC_REPLACED,
	    RP_METRIC_REVOKED, RP_METRIC_GONE };
	uint64_t first = number("REVPLAN_SEED", 1);
	uint64_t cases = number("REVPLAN_CASES", CASES);

	(void)state;
	made = bad = 0;
	for (uint64_t k = first; k < first + cases; k++)
		duel(k, k % 2 == 0, metric[k % 5 < 3 ? 0 : k % 5 - 2],
		    cases == 1);
	print_message("%zu comparisons\n", made);
	assert_true(made < MOST);
	assert_int_equal(bad, 0);
}

/* ---- certificate by certificate ----------------------------------------- */

/* A completion as the grid knows it: the last second of its step. */
static double
by_step(const struct duel *d, double done)
{
	const struct rp_grid *g = &d->m.grid;
	size_t c;

	if (!(done <= (double)g->t[g->n - 1]))
		return (double)NEVER;
	if (rp_grid_point(g, (int64_t)done, &c) && done == floor(done))
		return done;
	c = rp_grid_cell(g, (int64_t)ceil(done));
	return (double)(g->t[c + 1] - 1);
}

static void
follow(struct duel *d)
{
	struct reference *ref = reference_new(d->b.cs,
	    (unsigned long)d->seed);
	size_t n;

	assert_non_null(ref);
	for (size_t k = 0; k < TRIALS; k++) {
		(void)reference_trial(ref, &n);
		for (size_t i = 0; i < INSTANTS; i++)
			walked.count[i][k] = reference_count(ref, d->metric,
			    (double)d->m.grid.t[d->at[i]]);
		for (size_t p = 0; p <= d->m.n_parts; p++)
			walked.done[p][k] = by_step(d, reference_completion(
			    ref, d->metric, p == d->m.n_parts ? -1 :
			    (int)p));
	}
	reference_free(ref);
}

/*
 * One wait from a start on the grid, and a desk that begins with an hour, are
 * exact on the grid: then the certificates themselves must say the same.
 */
static const char *const exact[] = {
	"- {name: a, certificates: 300, path: [{wait: {what: w, time: "
	"{lognormal: {median: 9 d, sigma: 0.9}}}}]}\n",
	"- {name: a, certificates: 12, path: [{wait: {what: w, time: "
	"{weibull: {scale: 6 d, shape: 0.8}}}}]}\n"
	"- {name: b, certificates: 400, subscribers: 1, path: [{team: "
	"{what: t, rate: 23/working-day}}]}\n",
	"- {name: a, certificates: 150, path: [{wait: {what: w, never: 0.2%, "
	"time: {lognormal: {median: {triangular: [4 d, 6 d, 9 d]}, sigma: "
	"0.7}}}}]}\n"
	"- {name: b, certificates: 60, path: [{branch: {share: 30%, path: "
	"[{wait: {what: w, time: {uniform: [1 d, 20 d]}}}]}}]}\n",
	"- {name: a, certificates: 40, path: [{poll: {what: p, every: 30 h, "
	"failures: 60%}}]}\n"
	"- {name: b, certificates: 90, subscribers: 1, path: [{gate: {what: "
	"g, until: 2026-03-09}}, {team: {what: t, rate: 3.7/working-day}}]}\n"
};

static void
the_certificates_say_the_same(void **state)
{
	(void)state;
	made = bad = 0;
	for (uint64_t seed = 1; seed <= 16; seed++) {
		struct plain_case w = { .n = 0 };
		struct duel d;

		plain_case_add(&w, "revplan: 1\nincident: {id: x, certificate: "
		    "subscriber, reason: not-per-requirements, aware: "
		    "2026-03-02T00:00Z}\nsimulation: {horizon: 2026-04-16, "
		    "step: 1 h, design: random}\npopulations:\n%s",
		    exact[seed % (sizeof(exact) / sizeof(exact[0]))]);
		begin(&d, seed, &w, RP_METRIC_REPLACED);
		follow(&d);
		look_at(&d, 0);
		for (size_t i = 0; i < INSTANTS; i++) {
			say(&d, chi_two(walked.count[i], TRIALS,
			    looked.count[i], TRIALS), "certificates, count "
			    "at instant %zu", i);
			say(&d, joint(walked.count[i],
			    walked.done[d.m.n_parts], looked.count[i],
			    looked.done[d.m.n_parts]), "certificates, count "
			    "at instant %zu with the completion", i);
		}
		completions_agree(&d, "certificates");
		end(&d);
	}
	assert_int_equal(bad, 0);
}

/* ---- known laws --------------------------------------------------------- */

#define MANY 20000
#define CROWD 40

static double done_at[MANY], by_then[MANY], before_then[MANY];

/* The last of a crowd, uniform from 5 to 30 days, told by the day: a day's
 * last second stands for all of it. */
static double
last_by(double x, const void *arg)
{
	double u = ((x + 1.0 - (double)AWARE) / 86400.0 - 5.0) / 25.0;

	(void)arg;
	return pow(fmin(fmax(u, 0.0), 1.0), CROWD);
}

static void
run_known(struct duel *d, size_t first, size_t then)
{
	size_t point[2] = { first, then };
	struct rp_report r;
	struct rp_reporter w;

	assert_int_equal(rp_report_init(&r, &d->m, d->metric, point, 2,
	    NULL), RP_OK);
	assert_int_equal(rp_reporter_init(&w, &r, NULL), RP_OK);
	for (size_t k = 0; k < MANY; k++) {
		assert_int_equal(rp_reporter_run(&w, k, NULL), RP_OK);
		done_at[k] = time_of(w.complete[0]);
		before_then[k] = w.counted[rp_report_instant(&r, first)];
		by_then[k] = w.counted[rp_report_instant(&r, then)];
	}
	rp_reporter_release(&w);
	rp_report_release(&r);
}

static void
begin_known(struct duel *d, uint64_t seed, const char *path)
{
	struct plain_case w = { .n = 0 };

	plain_case_add(&w, "revplan: 1\nincident: {id: k, certificate: "
	    "subscriber, reason: not-per-requirements, aware: "
	    "2026-03-02T00:00Z}\nsimulation: {horizon: 2026-04-16}\n"
	    "populations: [{name: p, certificates: %d, path: [%s]}]\n", CROWD,
	    path);
	begin(d, seed, &w, RP_METRIC_REPLACED);
}

/*
 * Who is ready by Saturday, five days in seven, leaves with its first moment,
 * and is counted then but not a day earlier.
 */
static void
known_laws_are_met(void **state)
{
	(void)state;
	bad = 0;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		struct duel d;

		begin_known(&d, seed, "{wait: {what: w, time: {uniform: "
		    "[5 d, 30 d]}}}");
		run_known(&d, 0, 20);
		say(&d, chi_binomial(by_then, MANY, CROWD, 0.6),
		    "a count on day 20");
		say(&d, ks_one(done_at, MANY, last_by, NULL),
		    "the last of a crowd");
		end(&d);
		begin_known(&d, seed, "{wait: {what: w, time: {uniform: "
		    "[0 d, 7 d]}}}, {batch: {what: b, on: [sat]}}");
		run_known(&d, 4, 5);
		say(&d, chi_binomial(by_then, MANY, CROWD, 5.0 / 7.0),
		    "a batch on its first moment");
		say(&d, mean_of(before_then, MANY) == 0.0 ? 1.0 : 0.0,
		    "a batch the day before");
		end(&d);
	}
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_laws_are_those_of_the_engine),
		cmocka_unit_test(the_certificates_say_the_same),
		cmocka_unit_test(known_laws_are_met)
	};

	gsl_set_error_handler_off();
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
