/*
 * test_extra.c - trials under other circumstances: what is not run again is as
 * it would be if it were.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "revplan/simulate.h"
#include "simulate/extra.h"

#define N 60

/* Two share a team, another is alone, a fourth does not matter to any. */
#define CASE \
	"revplan: 1\n" \
	"incident: {id: e, title: t, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2026-03-02T00:00Z}\n" \
	"simulation: {step: 1 d, horizon: 2026-06-01, trials: 60}\n" \
	"populations:\n" \
	"  - {name: a, certificates: 300, path: [{wait: {time: {lognormal: " \
	"{median: 4 d, sigma: 0.7}}}}, {team: {name: t, rate: 15/day}}]}\n" \
	"  - {name: b, certificates: 200, path: [{wait: {time: {lognormal: " \
	"{median: 9 d, sigma: 0.7}}}}, {team: {name: t, rate: 15/day}}]}\n" \
	"  - {name: c, certificates: 50, path: [{wait: {time: {lognormal: " \
	"{median: 12 d, sigma: 0.5}}}}]}\n" \
	"  - {name: d, certificates: 50, path: [{wait: {time: {uniform: " \
	"[20 d, 40 d]}}}]}\n" \
	"events:\n" \
	"  - {discovery: {on: 2026-03-20, population: a, certificates: 40}}\n" \
	"  - {risk: {probability: 40%, then: {discovery: {on: 2026-03-24, " \
	"population: b, certificates: 150}}}}\n"
#define RISK 1

static struct bound bound;

static struct rp_trials *
run(enum rp_metric metric)
{
	struct rp_sim_options opt = { .metric = metric, .threads = 1 };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	bound = bind_text(CASE, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.fault[0].text);
	if (rp_simulate(bound.cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static void
done(struct rp_trials *tr)
{
	rp_trials_free(tr);
	bound_release(&bound);
}

struct kept {
	const struct rp_trials *tr;
	int64_t complete[N];
	size_t populations;		/* that were run */
};

static rp_status
keep(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct kept *k = arg;

	(void)err;
	k->complete[t->trial] = rp_extra_complete(k->tr, t);
	k->populations = 0;
	for (size_t p = 0; p < k->tr->model.n_populations; p++)
		k->populations += t->ran == NULL || t->ran[p];
	return RP_OK;
}

static struct kept
run_extra(const struct rp_trials *tr, const struct rp_whatif *w, bool alone)
{
	struct kept k = { .tr = tr };
	struct rp_extra x = { .tr = tr, .whatif = w, .n = N, .alone = alone,
	    .keep = keep, .arg = &k };
	struct rp_err err = { 0 };

	if (rp_run_extra(&x, &err) != RP_OK)
		fail_msg("%s", err.text);
	return k;
}

/* Only those that wait with it are run with a population, and the completion
 * of all is the same. */
static void
a_population_alone(void **state)
{
	static const size_t company[] = { 2, 2, 1, 1 };
	struct rp_trials *tr = run(RP_METRIC_REPLACED);

	(void)state;
	for (int p = 0; p < 4; p++) {
		struct rp_whatif w = rp_whatif_none;
		struct kept all, alone;

		w.population = p;
		w.step = bound.cs->population[p].path.step;
		w.speed = 2.0;
		all = run_extra(tr, &w, false);
		alone = run_extra(tr, &w, true);
		assert_int_equal(all.populations, 4);
		assert_int_equal(alone.populations, company[p]);
		assert_memory_equal(all.complete, alone.complete,
		    sizeof(all.complete));
	}
	done(tr);
}

/* When something is revoked depends on everybody. */
static void
not_where_revocation_counts(void **state)
{
	struct rp_trials *tr = run(RP_METRIC_GONE);
	struct rp_whatif w = rp_whatif_none;

	(void)state;
	w.population = 2;
	w.step = bound.cs->population[2].path.step;
	w.speed = 2.0;
	assert_int_equal(run_extra(tr, &w, true).populations, 4);
	done(tr);
}

/* A trial in which the risk is made to happen as it did is that trial. */
static void
a_risk_as_it_was(void **state)
{
	struct rp_trials *tr = run(RP_METRIC_REPLACED);
	const int64_t *plain = rp_trials_completion(tr, -1);
	size_t happened = 0;

	(void)state;
	for (int happens = 0; happens < 2; happens++) {
		struct rp_whatif w = rp_whatif_none;
		struct kept k;

		w.risk = RISK;
		w.risk_happens = happens;
		k = run_extra(tr, &w, false);
		for (size_t i = 0; i < N; i++) {
			if (tr->happened[RISK * N + i] != w.risk_happens)
				continue;
			happened += w.risk_happens;
			assert_int_equal(k.complete[i], plain[i]);
		}
	}
	assert_in_range(happened, 10, N - 10);
	done(tr);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_population_alone),
		cmocka_unit_test(not_where_revocation_counts),
		cmocka_unit_test(a_risk_as_it_was),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
