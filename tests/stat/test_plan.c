/*
 * test_plan.c - whether a promise at a confidence is kept that often.
 *
 * A plan is made from the trials of one seed and held against fresh trials of
 * another: of those a share f keeps a figure that was planned at c.  The
 * figure is the order statistic of N trials and f is counted from FRESH, so
 * the standard deviation of f is sqrt(c (1 - c) (1 / N + 1 / FRESH)).  At the
 * level ALPHA one in a hundred misses by chance, so MISSES of twenty seeds
 * are allowed (four or more have a chance of 1 in 23,000); failing seeds are
 * printed.  Over all seeds the mean of f must be c within four deviations of
 * the mean, which tells an error of one rank in forty.
 *
 * Certificates and hours are whole, so a figure is kept by the trials that
 * meet it exactly too: f may lie above c by their share, TIES at most here.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "revplan/plan.h"
#include "support/bound.h"

#define SEEDS 20
#define N 400
#define FRESH 2000
#define MISSES 3
#define Z_ALPHA 2.576
#define TIES 0.015

static const char text[] =
    "revplan: 1\n"
    "incident: {id: p, certificate: subscriber, "
    "reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
    "simulation: {horizon: 2026-07-31, step: 1 h}\n"
    "populations:\n"
    "- {name: slow, certificates: 23850, subscribers: 67, path: [{wait: "
    "{what: answer, time: {lognormal: {median: "
    "{triangular: [11.3 d, 14.7 d, 21.9 d]}, sigma: 0.57}}, "
    "per: subscriber}}]}\n"
    "- {name: desk, certificates: 4177, path: [{team: {what: install, "
    "rate: {triangular: [91.3/working-day, 107/working-day, "
    "133/working-day]}, variation: 21%}}]}\n";

struct outcome {
	double row;		/* share of the fresh trials that keep it */
	double completion;
};

static struct rp_trials *
run(const struct rp_case *cs, uint64_t seed, uint64_t trials)
{
	struct rp_sim_options opt = { .trials = trials, .has_seed = true,
		.seed = seed, .threads = 2, .metric = RP_METRIC_REPLACED };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	if (rp_simulate(cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

/* How many of the fresh trials have at least so much at an instant. */
static double
keep_row(const struct rp_trials *fresh, const struct rp_schedule_row *row)
{
	size_t n, k = 0, kept = 0;
	const struct rp_instant *grid = rp_trials_grid(fresh, &n);
	const uint32_t *curve = rp_trials_curve(fresh);
	double need = rp_share_real(row->reached) *
	    (double)rp_trials_base(fresh, -1) - 1e-3;

	while (k + 1 < n && rp_instant_cmp(grid[k + 1], row->until) <= 0)
		k++;
	for (size_t i = 0; i < FRESH; i++)
		kept += curve[k * FRESH + i] >= need;
	return (double)kept / FRESH;
}

static double
keep_completion(const struct rp_trials *fresh,
    const struct rp_schedule_completion *c)
{
	const int64_t *at = rp_trials_completion(fresh, -1);
	size_t kept = 0;

	assert_true(c->has);
	for (size_t i = 0; i < FRESH; i++)
		kept += at[i] <= rp_instant_s(c->reached);
	return (double)kept / FRESH;
}

static struct outcome
hold(const struct rp_trials *tr, const struct rp_trials *fresh,
    unsigned confidence_pm)
{
	struct rp_schedule_options opt = { .confidence_pm = confidence_pm,
		.period = RP_PERIOD_WEEK,
		.as_of = rp_when_exact(rp_trials_case(tr)->aware.from) };
	struct rp_schedule *s = NULL;
	struct rp_err err = { 0 };
	struct outcome o;
	size_t n;

	if (rp_schedule_build(tr, NULL, &opt, &s, &err) != RP_OK)
		fail_msg("%s", err.text);
	/* The fourth week: both populations are on their way. */
	o.row = keep_row(fresh, &rp_schedule_rows(s, &n)[3]);
	assert_true(n > 5);
	o.completion = keep_completion(fresh, rp_schedule_completion(s));
	rp_schedule_free(s);
	return o;
}

/* One level over all seeds. */
struct level {
	unsigned pm;
	int misses;
	struct outcome mean;
};

static double
deviation(const struct level *l)
{
	double c = l->pm / 1000.0;

	return sqrt(c * (1 - c) * (1.0 / N + 1.0 / FRESH));
}

static bool
off(double f, double c, double slack)
{
	return f < c - slack || f > c + TIES + slack;
}

static void
take(struct level *l, struct outcome o, uint64_t seed)
{
	double c = l->pm / 1000.0, slack = Z_ALPHA * deviation(l);

	l->mean.row += o.row / SEEDS;
	l->mean.completion += o.completion / SEEDS;
	if (!off(o.row, c, slack) && !off(o.completion, c, slack))
		return;
	l->misses++;
	print_message("seed %d at %.2f: the row is kept by %.4f, the "
	    "completion by %.4f\n", (int)seed, c, o.row, o.completion);
}

static void
promises_are_kept(void **state)
{
	static struct level level[] = { { .pm = 500 }, { .pm = 800 },
		{ .pm = 950 } };
	struct bound b = bind_text(text, "scenarios");

	(void)state;
	assert_int_equal(b.status, RP_OK);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct rp_trials *tr = run(b.cs, seed, N);
		struct rp_trials *fresh = run(b.cs, seed + 1000, FRESH);

		for (size_t k = 0; k < 3; k++)
			take(&level[k], hold(tr, fresh, level[k].pm), seed);
		rp_trials_free(fresh);
		rp_trials_free(tr);
	}
	bound_release(&b);
	for (size_t k = 0; k < 3; k++) {
		double c = level[k].pm / 1000.0;
		double slack = 4 * deviation(&level[k]) / sqrt(SEEDS);

		print_message("at %.2f: %.4f and %.4f\n", c,
		    level[k].mean.row, level[k].mean.completion);
		assert_in_range(level[k].misses, 0, MISSES);
		assert_false(off(level[k].mean.row, c, slack));
		assert_false(off(level[k].mean.completion, c, slack));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(promises_are_kept),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
