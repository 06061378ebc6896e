/*
 * test_ones.c - certificates followed one by one against the same counted.
 *
 * Random cases that both engines can simulate, at steps of an hour: replaced
 * and run out on chosen days by a two-sample chi-squared test, completion by
 * the two-sample Kolmogorov-Smirnov test.  The engine that counts spreads mass
 * evenly over a cell where it goes on, the other does not: hence steps much
 * shorter than the waits.  At the level ALPHA one comparison in a hundred
 * misses by chance; of COMPARISONS more than MISSES do so in fewer than one
 * run of ten thousand.  What fails is printed with the seed of its case.
 *
 * Then owners of unequal size: the spread that they bring, in both engines,
 * against the law of a sum of independent subscribers.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "simulate/engine.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/near.h"
#include "support/random_case.h"
#include "support/reference.h"

#define CASES 60
#define TRIALS 300
#define DAYS 4
#define COMPARISONS (CASES * (3 * DAYS + 1))
#define ALPHA 0.01
#define MISSES 20
#define NEVER_BY_CHANCE 1e-6
#define LATE 1e9
/* A cell for each step at which the queues are served as if all of its
 * arrivals were there from its start. */
#define SLACK (3 * 3600.0)

#define DAY 86400.0

static const int day[DAYS] = { 3, 7, 13, 24 };

static struct bound
bound_text(const char *text)
{
	struct bound b = bind_text(text, ".");

	if (b.cs == NULL)
		fail_msg("%s\n%s", text, b.faults.n > 0 ?
		    b.faults.fault[0].text : "not bound");
	return b;
}

/* ---- trials ------------------------------------------------------------- */

struct sample {
	double replaced[DAYS][TRIALS];
	double lapsed[DAYS][TRIALS];
	double reissued[DAYS][TRIALS];
	double done[TRIALS];		/* days, rounded down */
};

static struct sample other, later, followed;

/* What happened at points and in cells until point `end`. */
static double
sum_until(const uint32_t *at, const uint32_t *in, size_t end)
{
	double sum = at != NULL ? at[end] : 0.0;

	for (size_t i = 0; i < end; i++)
		sum += (at != NULL ? at[i] : 0.0) + (in != NULL ? in[i] :
		    0.0);
	return sum;
}

static void
count_until(const struct rp_engine *e, size_t end, struct sample *out,
    size_t d, uint64_t trial)
{
	out->replaced[d][trial] = out->lapsed[d][trial] =
	    out->reissued[d][trial] = 0.0;
	for (size_t p = 0; p < e->m->n_parts; p++) {
		const struct rp_flow *f = &e->flow[p];

		out->replaced[d][trial] += sum_until(f->at_point, f->in_cell,
		    end);
		out->lapsed[d][trial] += sum_until(NULL, f->lapsed, end);
		out->reissued[d][trial] += sum_until(f->reissued_at,
		    f->reissued_in, end);
	}
}

/* The point after which nothing moves any more, in days. */
static double
last_day(const struct rp_engine *e)
{
	const struct rp_grid *g = &e->m->grid;
	double last = 0.0;

	if (e->left > 0)
		return LATE;
	for (size_t p = 0; p < e->m->n_parts; p++)
		for (size_t i = 0; i < g->n; i++)
			if (e->flow[p].at_point[i] + e->flow[p].in_cell[i] +
			    e->flow[p].lapsed[i] > 0)
				last = fmax(last, (double)(g->t[i] -
				    g->t[0]));
	return floor(last / DAY);
}

/* What must hold in every trial that follows its certificates. */
static void
check_subscribers(const struct rp_engine *e)
{
	for (size_t p = 0; p < e->m->n_parts; p++) {
		const struct rp_model_part *part = &e->m->part[p];
		const struct rp_flow *f = &e->flow[p];
		uint32_t left = part->certificates;

		for (size_t i = 0; i < e->m->grid.n; i++) {
			uint32_t s = f->subscribers_left[i];

			left -= f->at_point[i];
			assert_true(i < part->aware || s <= left);
			assert_true(i < part->aware || (s > 0) == (left > 0));
			assert_true(s <= part->subscribers);
			assert_true(i <= part->aware ||
			    s <= f->subscribers_left[i - 1]);
			left -= f->in_cell[i] + f->lapsed[i];
		}
	}
}

static void
take(const struct rp_case *cs, bool one_by_one, struct sample *out)
{
	struct rp_whatif w = rp_whatif_none;
	struct rp_model m;
	struct rp_engine e;
	struct rp_err err = { 0 };
	size_t end[DAYS];

	w.one_by_one = one_by_one;
	if (rp_model_init(&m, cs, 11 + one_by_one, 0.0, &w, &err) != RP_OK ||
	    rp_engine_init(&e, &m, &err) != RP_OK)
		fail_msg("%s", err.text);
	for (size_t d = 0; d < DAYS; d++)
		assert_true(rp_grid_point(&m.grid, m.grid.t[0] +
		    (int64_t)DAY * day[d], &end[d]));
	for (uint64_t trial = 0; trial < TRIALS; trial++) {
		if (rp_engine_run(&e, trial, &err) != RP_OK)
			fail_msg("%s", err.text);
		for (size_t d = 0; d < DAYS; d++)
			count_until(&e, end[d], out, d, trial);
		out->done[trial] = last_day(&e);
		if (one_by_one)
			check_subscribers(&e);
	}
	rp_engine_release(&e);
	rp_model_release(&m);
}

/* Certificates that ran out unreplaced. */
static double
run_out(const struct ref_certificate *c, size_t n, double by)
{
	double sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += c[i].expires <= by && !isfinite(c[i].replaced);
	return sum;
}

/* What the plain simulation of the tests says at instants so much later, and
 * if all had been complete so much later. */
static void
note(const struct reference *r, const struct ref_certificate *c, size_t n,
    double aware, double shift, struct sample *out, size_t trial)
{
	double done = reference_completion(r, RP_METRIC_REPLACED, -1);

	for (size_t d = 0; d < DAYS; d++) {
		double at = aware + DAY * day[d] + shift;

		out->replaced[d][trial] = reference_state(r,
		    RP_STATE_REPLACED, -1, at);
		out->reissued[d][trial] = reference_state(r,
		    RP_STATE_REISSUED, -1, at);
		out->lapsed[d][trial] = run_out(c, n, at);
	}
	out->done[trial] = isfinite(done) ? floor((done + shift - aware) /
	    DAY) : LATE;
}

static void
play(const struct rp_case *cs, uint64_t which)
{
	struct reference *r = reference_new(cs, which);
	double aware = (double)rp_instant_s(cs->aware.from);
	size_t n;

	assert_non_null(r);
	for (size_t trial = 0; trial < TRIALS; trial++) {
		const struct ref_certificate *c = reference_trial(r, &n);

		note(r, c, n, aware, -SLACK, &other, trial);
		note(r, c, n, aware, SLACK, &later, trial);
	}
	reference_free(r);
}

/* ---- comparing ---------------------------------------------------------- */

static int misses, impossible;

static void
compare(uint64_t which, const char *what, int on, double p, double *a,
    double *b, const char *text)
{
	if (p >= ALPHA)
		return;
	misses++;
	print_message("case %llu, %s on day %d: p = %.2g, other %.3f, one "
	    "by one %.3f (standard error %.3f)\n",
	    (unsigned long long)which, what, on, p, mean_of(a, TRIALS),
	    mean_of(b, TRIALS), error_of(a, TRIALS));
	if (p >= NEVER_BY_CHANCE)
		return;
	impossible++;
	print_message("%s", text);
}

static double
p_of(double *a, double *b, double *high)
{
	return high == NULL ? chi_two(b, TRIALS, a, TRIALS) :
	    ks_within(a, TRIALS, b, high, TRIALS);
}

/* Those followed against `other`, or against the range from it to `to`. */
static void
compare_samples(uint64_t which, const char *text, bool reissues,
    struct sample *to)
{
	struct sample *a = &followed, *b = &other;

	for (size_t d = 0; d < DAYS; d++) {
		compare(which, "replaced", day[d], p_of(a->replaced[d],
		    b->replaced[d], to != NULL ? to->replaced[d] : NULL),
		    b->replaced[d], a->replaced[d], text);
		compare(which, "run out", day[d], p_of(a->lapsed[d],
		    b->lapsed[d], to != NULL ? to->lapsed[d] : NULL),
		    b->lapsed[d], a->lapsed[d], text);
		if (reissues)
			compare(which, "reissued", day[d],
			    p_of(a->reissued[d], b->reissued[d],
			    to != NULL ? to->reissued[d] : NULL),
			    b->reissued[d], a->reissued[d], text);
	}
	/* Last, since it sorts. */
	compare(which, "completion", 0, to == NULL ? ks_two(b->done, TRIALS,
	    a->done, TRIALS) : ks_within(a->done, TRIALS, b->done, to->done,
	    TRIALS), b->done, a->done, text);
}

static void
judge(void)
{
	if (misses > MISSES || impossible > 0)
		fail_msg("%d of %d comparisons disagree, %d beyond chance",
		    misses, COMPARISONS, impossible);
}

static void
both_engines_agree(void **state)
{
	(void)state;
	misses = impossible = 0;
	for (uint64_t which = 1; which <= CASES; which++) {
		struct random_case t = random_case(which, false);
		struct bound b = bound_text(t.text);

		take(b.cs, false, &other);
		take(b.cs, true, &followed);
		compare_samples(which, t.text, true, NULL);
		bound_release(&b);
	}
	judge();
}

/* Waits per subscriber anywhere, which counts alone cannot do. */
static void
the_reference_agrees(void **state)
{
	(void)state;
	misses = impossible = 0;
	for (uint64_t which = 1; which <= CASES; which++) {
		struct random_case t = random_case(1000 + which, true);
		struct bound b = bound_text(t.text);

		play(b.cs, 1000 + which);
		take(b.cs, true, &followed);
		compare_samples(1000 + which, t.text,
		    strstr(t.text, "reissues") != NULL, &later);
		bound_release(&b);
	}
	judge();
}

/* ---- a giant ------------------------------------------------------------ */

/*
 * 1 owner of 400 and 60 of 10 answer after an exponential time of ten days,
 * so by day 13 each has with p = 1 - exp(-1.3).  The variance of the replaced
 * is p (1 - p) (400^2 + 60 10^2); of the small ones alone it is so small that
 * nearly no trial lies half-way between those with and without the giant.
 */
static void
check_giant(const double *replaced)
{
	double p = 1.0 - exp(-1.3), var = p * (1.0 - p) * 166000.0;
	double mean = mean_of(replaced, TRIALS), with = 0.0, between = 0.0;
	double seen = error_of(replaced, TRIALS);

	for (size_t i = 0; i < TRIALS; i++) {
		double beyond = replaced[i] - 600.0 * p;

		with += beyond > 200.0;
		between += beyond > 140.0 && beyond < 260.0;
	}
	assert_near(mean, 1000.0 * p, 4.0 * sqrt(var / TRIALS));
	/* Two values of that variance: its own error is about a tenth. */
	assert_near(seen * seen * TRIALS / var, 1.0, 0.3);
	assert_near(with / TRIALS, p, 4.0 * sqrt(p * (1.0 - p) / TRIALS));
	assert_true(between <= 2.0);
}

static void
a_giant_shows(void **state)
{
	struct bound b = bound_text(RANDOM_CASE_HEAD "populations:\n"
	    "- {name: p, certificates: 1000, subscribers: 61, "
	    "owns: [{name: giant, subscribers: 1, certificates: 400}, "
	    "{subscribers: 60}], path: [{wait: {per: subscriber, "
	    "time: {exponential: 10 d}}}]}\n");

	(void)state;
	take(b.cs, false, &other);
	check_giant(other.replaced[2]);
	take(b.cs, true, &other);
	check_giant(other.replaced[2]);
	bound_release(&b);
}

/*
 * The same where certificates have parted before: behind a team of 50 an hour
 * all have come after 20 hours, so by day 13 a subscriber who answers within
 * twelve days has answered for all, one beyond 13 for none.
 */
static void
a_giant_shows_behind_a_team(void **state)
{
	struct bound b = bound_text(RANDOM_CASE_HEAD "populations:\n"
	    "- {name: p, certificates: 1000, subscribers: 61, "
	    "owns: [{name: giant, subscribers: 1, certificates: 400}, "
	    "{subscribers: 60}], path: [{notice: {rate: 50/h}}, "
	    "{wait: {per: subscriber, time: {one-of: [{value: 3 d, "
	    "weight: 72.7468}, {value: 30 d, weight: 27.2532}]}}}]}\n");

	(void)state;
	take(b.cs, false, &other);	/* followed all the same */
	check_giant(other.replaced[2]);
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_engines_agree),
		cmocka_unit_test(the_reference_agrees),
		cmocka_unit_test(a_giant_shows),
		cmocka_unit_test(a_giant_shows_behind_a_team),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
