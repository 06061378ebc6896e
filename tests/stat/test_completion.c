/*
 * test_completion.c - the completion in closed form: by hand, by laws that are
 * known, and against simulations.
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
#include <gsl/gsl_cdf.h>

#include "base/gsl_quiet.h"
#include "base/mem.h"
#include "revplan/simulate.h"
#include "simulate/closed.h"
#include "support/bound.h"
#include "support/near.h"

#define DAY 86400.0
/* 2026-01-05, a Monday, in seconds since 1970. */
#define AWARE 1767571200.0

#define HEAD_TO(horizon) "revplan: 1\n" \
    "incident: {id: exact, title: Exact, certificate: subscriber,\n" \
    "  reason: not-per-requirements, aware: 2026-01-05T00:00Z}\n" \
    "simulation: {horizon: " horizon ", step: 1 h}\n"
#define HEAD HEAD_TO("2026-07-05")

static struct bound
must_bind(const char *text)
{
	struct bound b = bind_text(text, ".");

	for (size_t i = 0; b.cs == NULL && i < b.faults.n; i++)
		print_message("%s\n", b.faults.fault[i].text);
	assert_non_null(b.cs);
	rp_gsl_quiet();
	return b;
}

static struct rp_trials *
run_with(const struct rp_case *cs, uint64_t trials, uint64_t seed,
    enum rp_bands bands)
{
	struct rp_sim_options opt = { .trials = trials, .has_seed = true,
	    .seed = seed, .threads = 1, .metric = RP_METRIC_REPLACED,
	    .bands = bands };
	struct rp_trials *tr = NULL;

	assert_int_equal(rp_simulate(cs, &opt, &tr, NULL), RP_OK);
	return tr;
}

static struct rp_trials *
run(const struct rp_case *cs, uint64_t trials, uint64_t seed)
{
	return run_with(cs, trials, seed, RP_BANDS_TOTAL);
}

/* Days from awareness to a quantile of the closed form. */
static double
days(const struct rp_closed_form *f, size_t k)
{
	assert_true(f->found);
	assert_true(f->has[k]);
	return ((double)rp_instant_s(f->q[k]) - AWARE) / DAY;
}

/* ---- by hand ------------------------------------------------------------ */

/* Of 40 exponential waits the last is over by -m ln(1 - p^(1/40)). */
static void
the_last_of_many_by_its_order_statistic(void **state)
{
	struct bound b = must_bind(HEAD "populations: [{name: p,\n"
	    "  certificates: 40, path: [{wait: {time: {exponential:\n"
	    "  {mean: 3.7 d}}}}]}]\n");
	struct rp_trials *tr = run(b.cs, 10, 1);
	const struct rp_closed_form *f = rp_trials_closed_form(tr);
	double harmonic = 0.0;

	(void)state;
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++)
		assert_near(days(f, k), -3.7 * log1p(-pow(
		    rp_completion_level[k], 1.0 / 40.0)), 2.0 / DAY);
	for (int k = 1; k <= 40; k++)
		harmonic += 1.0 / k;
	assert_near((f->mean_s - AWARE) / DAY, 3.7 * harmonic, 1e-5);
	rp_trials_free(tr);
	bound_release(&b);
}

/*
 * 250 at 100 a working day from Friday, 9 January, on: 100 that day, 100 on
 * Monday, 50 until noon of Tuesday the 13th: 8.5 days after awareness.  The
 * second population comes through its gate on the 12th; it has no chance
 * either, and is earlier.
 */
static void
a_team_over_a_weekend(void **state)
{
	struct bound b = must_bind(HEAD "populations:\n"
	    "  - {name: p, certificates: 250, starts: 2026-01-09, path: [\n"
	    "      {team: {rate: 100/working-day}}]}\n"
	    "  - {name: q, certificates: 3, path: [\n"
	    "      {gate: {until: 2026-01-12}}]}\n");
	struct rp_trials *tr = run(b.cs, 10, 1);
	const struct rp_closed_form *f = rp_trials_closed_form(tr);

	(void)state;
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++)
		assert_near(days(f, k), 8.5, 2.0 / DAY);
	assert_near((f->mean_s - AWARE) / DAY, 8.5, 2.0 / DAY);
	rp_trials_free(tr);
	bound_release(&b);
}

/*
 * 100 a day in the end, from 20 % on over 10 days: they make 600 in those,
 * 150 of them in the first 4.12 days (20 x + 4 x^2 = 150, so x = 4.1144),
 * and 800 in 12 days.
 */
static void
a_team_that_must_learn(void **state)
{
	static const struct {
		int certificates;
		double days;
	} by_hand[] = { { 150, 4.1143783 }, { 600, 10.0 }, { 800, 12.0 } };
	char text[1000];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bound b;
		struct rp_trials *tr;

		snprintf(text, sizeof(text), HEAD "populations:\n"
		    "  - {name: p, certificates: %d, path: [{team: {rate:\n"
		    "      100/day, ramp: {from: 20%%, over: 10 working-days"
		    "}}}]}\n", by_hand[i].certificates);
		b = must_bind(text);
		tr = run(b.cs, 3, 1);
		assert_near(days(rp_trials_closed_form(tr), 3),
		    by_hand[i].days, 3.0 / DAY);
		/* Every trial has it to the hour. */
		assert_near(((double)rp_trials_completion(tr, -1)[0] -
		    AWARE) / DAY, by_hand[i].days, 1.01 / 24.0);
		rp_trials_free(tr);
		bound_release(&b);
	}
}

/* A share that never answers: 10 of them are all done with 0.98^10 = 0.817;
 * the later quantiles never are, and there is no mean. */
static void
some_never_answer(void **state)
{
	struct bound b = must_bind(HEAD "populations: [{name: p,\n"
	    "  certificates: 10, path: [{wait: {never: 2%, time:\n"
	    "  {exponential: {mean: 5 d}}}}]}]\n");
	struct rp_trials *tr = run(b.cs, 10, 1);
	const struct rp_closed_form *f = rp_trials_closed_form(tr);
	double by = pow(0.5, 0.1) / 0.98;

	(void)state;
	assert_near(days(f, 3), -5.0 * log1p(-by), 2.0 / DAY);
	assert_true(f->has[5]);
	assert_false(f->has[6]);
	assert_false(f->has[7]);
	assert_true(isnan(f->mean_s));
	assert_false(rp_trials_completion_summary(tr,
	    -1)->mean_is_closed_form);
	rp_trials_free(tr);
	bound_release(&b);
}

/* ---- convolutions ------------------------------------------------------- */

/* Two exponential waits are a gamma law, three another one; the table of a
 * law before a delay is not exact, but near. */
static void
waits_add_up(void **state)
{
	char text[1000];

	(void)state;
	for (int n = 2; n <= 3; n++) {
		struct bound b;
		struct rp_closed c;
		double worst = 0.0;

		snprintf(text, sizeof(text), HEAD "populations: [{name: p,\n"
		    "  certificates: 7, path: [%s%s{wait: {time: {exponential:"
		    " {mean: 4 d}}}}]}]\n",
		    "{wait: {time: {exponential: {mean: 4 d}}}}, ", n < 3 ? "" :
		    "{wait: {time: {exponential: {mean: 4 d}}}}, ");
		b = must_bind(text);
		assert_int_equal(rp_closed_init(&c, b.cs, NULL), RP_OK);
		assert_string_equal(c.why, "");
		for (double d = 0.1; d < 80.0; d *= 1.1) {
			double f = gsl_cdf_gamma_P(d, n, 4.0);

			worst = fmax(worst, fabs(pow(rp_closed_by(&c, AWARE +
			    d * DAY), 1.0 / 7.0) - f));
		}
		print_message("%d waits: off by at most %.1e\n", n, worst);
		assert_true(worst < 2e-4);
		rp_closed_release(&c);
		bound_release(&b);
	}
}

/*
 * The reference workload: of the individuals 19,873.4 are replaced after 365
 * days in the mean, and the last of all is after about 1,750 days.
 */
static void
the_reference_workload_has_its_known_answers(void **state)
{
	struct bound b = bind_file("scenarios/bench/four-populations.yaml");
	struct rp_closed c;
	struct rp_trials *tr;
	const struct rp_closed_form *f;
	double replaced;

	(void)state;
	assert_non_null(b.cs);
	rp_gsl_quiet();
	assert_int_equal(rp_closed_init(&c, b.cs, NULL), RP_OK);
	assert_string_equal(c.why, "");
	replaced = 20000.0 * rp_chain_by(&c.part[2].chain,
	    c.part[2].chain.last, AWARE + 365.0 * DAY);
	rp_closed_release(&c);
	tr = run(b.cs, 10, 1);
	f = rp_trials_closed_form(tr);
	assert_true(f->found);
	print_message("individuals after 365 d: %.2f; mean of the last: "
	    "%.1f d; 80 %%: %.1f d\n", replaced, (f->mean_s - AWARE) / DAY,
	    days(f, 5));
	assert_near(replaced, 19873.4, 0.5);
	assert_near((f->mean_s - AWARE) / DAY, 1750.0, 10.0);
	rp_trials_free(tr);
	bound_release(&b);
}

/*
 * The last of the individuals and of the clients, straight from their laws:
 * the wait that is shorter than a cell of the table is summed up in many
 * steps, and what falls on a weekend counts from Monday on.
 */
static double
last_by_its_law(double d)
{
	double week = fmod(d, 7.0), u = week < 5.0 ? d : d - week + 5.0;
	double individual = 0.0, client = 0.0;

	for (int k = 0; k < 2000; k++) {
		double part = (k + 0.5) / 2000.0;

		individual += gsl_cdf_lognormal_P(u - 1.0 - 2.0 * part,
		    log(30.0), 1.0) / 2000.0;
		client += gsl_cdf_lognormal_P(u - part, log(10.0), 1.0) /
		    2000.0;
	}
	return exp(20000.0 * log(individual) + 15000.0 * log(0.98 +
	    0.02 * client));
}

/* At whatever day of the week; the teams are done long before. */
static void
a_short_wait_after_a_long_one(void **state)
{
	struct bound b = bind_file("scenarios/bench/four-populations.yaml");
	struct rp_closed c;
	double worst = 0.0;

	(void)state;
	assert_non_null(b.cs);
	rp_gsl_quiet();
	assert_int_equal(rp_closed_init(&c, b.cs, NULL), RP_OK);
	for (double d = 900.3; d < 4000.0; d += 17.7)
		worst = fmax(worst, fabs(rp_closed_by(&c, AWARE + d * DAY) -
		    last_by_its_law(d)));
	print_message("last of the reference workload: off by at most %.1e\n",
	    worst);
	assert_true(worst < 2e-4);
	rp_closed_release(&c);
	bound_release(&b);
}

/* ---- against simulations ------------------------------------------------ */

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/*
 * Kolmogorov's distance between trials and the closed form, taken where a step
 * of the grid ends, which is where a trial says that it was complete.
 */
static double
distance(struct rp_closed *c, const struct rp_trials *tr, int64_t *x)
{
	size_t n = rp_trials_count(tr);
	double worst = 0.0;

	memcpy(x, rp_trials_completion(tr, -1), n * sizeof(*x));
	qsort(x, n, sizeof(*x), by_value);
	for (size_t i = 0; i < n; i++)
		if ((i + 1 == n || x[i + 1] != x[i]) && x[i] != INT64_MAX)
			worst = fmax(worst, fabs((double)(i + 1) / (double)n -
			    rp_closed_by(c, (double)x[i])));
	return worst;
}

#define TRIALS 800
#define SEEDS 20

/* Of each kind of step what has a closed form. */
static const char *const mixtures[] = {
	/* A wait, working days only; a wait in working time. */
	"[{name: a, certificates: 60, path: [\n"
	"  {wait: {time: {gamma: {shape: 2.3, scale: 3 d}}}},\n"
	"  {batch: {on: working-day}},\n"
	"  {wait: {clock: working, time: {exponential: {mean: 2 d}}}}]}]\n",
	/* A share makes a detour, others poll. */
	"[{name: a, certificates: 90, path: [\n"
	"  {wait: {time: {uniform: [0 d, 1 d]}}},\n"
	"  {branch: {share: 20%, path: [\n"
	"    {wait: {time: {lognormal: {median: 4 d, sigma: 0.6}}}},\n"
	"    {batch: {on: [sat, sun]}}]}}]},\n"
	" {name: b, certificates: 200, path: [\n"
	"  {poll: {every: 36 h, failures: 30%}},\n"
	"  {wait: {time: {weibull: {scale: 3 d, shape: 1.4}}}}]}]\n",
	/* One subscriber, then a team; others as subscribers of several. */
	"[{name: a, certificates: 500, subscribers: 1, path: [\n"
	"  {wait: {per: subscriber, time: {lognormal: {median: 5 d,\n"
	"    sigma: 0.5}}}},\n"
	"  {wait: {per: subscriber, time: 3 d}},\n"
	"  {team: {rate: 80/working-day}}, {batch: {on: [mon]}}]},\n"
	" {name: b, certificates: 40, subscribers: 8, path: [\n"
	"  {gate: {until: 2026-01-10}},\n"
	"  {wait: {per: subscriber, time: {exponential: {mean: 6 d}}}}]}]\n",
};

/*
 * P(a distance at least as large) = 2 exp(-2 n d^2) or less; a twentieth of
 * the seeds may be below 5 %, so of 20 at most four.
 */
static void
simulations_say_the_same(void **state)
{
	static int64_t x[TRIALS];
	char text[3000];

	(void)state;
	for (size_t k = 0; k < sizeof(mixtures) / sizeof(mixtures[0]); k++) {
		struct bound b;
		struct rp_closed c;
		int misses = 0;

		/* All of them are done long before; a trial costs as much as
		 * it has hours. */
		snprintf(text, sizeof(text), HEAD_TO("2026-04-05")
		    "populations: %s", mixtures[k]);
		b = must_bind(text);
		assert_int_equal(rp_closed_init(&c, b.cs, NULL), RP_OK);
		assert_string_equal(c.why, "");
		for (uint64_t seed = 1; seed <= SEEDS; seed++) {
			struct rp_trials *tr = run_with(b.cs, TRIALS, seed,
			    RP_BANDS_NONE);
			double d = distance(&c, tr, x);
			double p = 2.0 * exp(-2.0 * TRIALS * d * d);

			if (p < 0.05) {
				print_message("mixture %zu, seed %llu: "
				    "distance %.4f, p = %.4f\n", k,
				    (unsigned long long)seed, d, p);
				misses++;
			}
			rp_trials_free(tr);
		}
		assert_true(misses <= 4);
		rp_closed_release(&c);
		bound_release(&b);
	}
}

/* ---- where there is none ------------------------------------------------ */

static void
it_says_why_there_is_none(void **state)
{
	static const struct {
		const char *rest, *why;
	} none[] = {
		{ "populations: [{name: p, certificates: 9, path: [{wait:\n"
		    "  {time: {exponential: {mean: {uniform: [1 d, 2 d]}}}}}"
		    "]}]\n", "uncertain" },
		{ "populations: [{name: p, certificates: 9, expiry: {uniform:"
		    "\n  [2026-02-01, 2026-03-01]}, path: [{wait: {time: 3 d}}"
		    "]}]\n", "run out" },
		{ "populations: [{name: p, certificates: 9, path: [{wait:\n"
		    "  {time: {exponential: {mean: 2 d}}}}, {team: {what: desk"
		    ", rate: 3/day}}]}]\n", "wait for one another at 'desk'" },
		{ "populations: [{name: p, certificates: 9, path: [{notice:\n"
		    "  {what: mail, rate: 3/day}}]}]\n", "'mail'" },
		{ "populations: [{name: p, certificates: 9, path: [{team:\n"
		    "  {rate: 3/day, variation: 10%}}]}]\n", "varies" },
		{ "populations:\n  - {name: p, certificates: 9, path: [{team:"
		    " {name: t, rate: 3/day}}]}\n"
		    "  - {name: q, certificates: 9, path: [{team:"
		    " {name: t, rate: 3/day}}]}\n", "wait for one another" },
		{ "populations: [{name: p, certificates: 9, subscribers: 3,\n"
		    "  path: [{wait: {per: subscriber, time: {exponential:\n"
		    "  {mean: 2 d}}}}, {wait: {time: {exponential: {mean: 2 d"
		    "}}}}]}]\n", "chance" },
		{ "populations: [{name: p, certificates: 9, path: [{team:\n"
		    "  {rate: 3/day}}, {wait: {what: test, time: {exponential:"
		    "\n  {mean: 2 d}}}}]}]\n", "'test'" },
		{ "populations: [{name: p, certificates: 9, path: [{wait:\n"
		    "  {time: {exponential: {mean: 2 d}}}}]}]\n"
		    "events: [{discovery: {on: 2026-01-20, population: p,\n"
		    "  certificates: 5}}]\n", "event" },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(none) / sizeof(none[0]); k++) {
		char text[1500];
		struct bound b;
		struct rp_trials *tr;
		const struct rp_closed_form *f;

		snprintf(text, sizeof(text), HEAD "%s", none[k].rest);
		b = must_bind(text);
		tr = run(b.cs, 5, 1);
		f = rp_trials_closed_form(tr);
		assert_false(f->found);
		assert_non_null(f->why_not);
		if (strstr(f->why_not, none[k].why) == NULL)
			fail_msg("%zu: %s", k, f->why_not);
		assert_true(f->why_not[strlen(f->why_not) - 1] == '.');
		rp_trials_free(tr);
		bound_release(&b);
	}
}

static void
nothing_leaks_when_memory_runs_out(void **state)
{
	char text[3000];
	struct bound b;
	size_t live;

	(void)state;
	snprintf(text, sizeof(text), HEAD "populations: %s", mixtures[1]);
	b = must_bind(text);
	live = rp_alloc_live();
	for (unsigned long n = 1;; n++) {
		struct rp_closed c;
		rp_status rc;

		rp_alloc_fail_at(n);
		rc = rp_closed_init(&c, b.cs, NULL);
		rp_alloc_fail_at(0);
		if (rc == RP_OK)
			rp_closed_release(&c);
		assert_int_equal(rp_alloc_live(), live);
		if (rc == RP_OK)
			break;
		assert_int_equal(rc, RP_ENOMEM);
		assert_true(n < 200);
	}
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_of_many_by_its_order_statistic),
		cmocka_unit_test(a_team_over_a_weekend),
		cmocka_unit_test(a_team_that_must_learn),
		cmocka_unit_test(some_never_answer),
		cmocka_unit_test(waits_add_up),
		cmocka_unit_test(the_reference_workload_has_its_known_answers),
		cmocka_unit_test(a_short_wait_after_a_long_one),
		cmocka_unit_test(simulations_say_the_same),
		cmocka_unit_test(it_says_why_there_is_none),
		cmocka_unit_test(nothing_leaks_when_memory_runs_out),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
