/*
 * test_sweep.c - a trial comes out the same whichever way it is run: node by
 * node over the grid or point by point over the nodes, all parts or some.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "simulate/engine.h"
#include "small.h"
#include "support/any_case.h"

#define CASES 300
#define TRIALS 4

struct pair {
	struct rp_model m;
	struct rp_engine a, b;
	size_t swept;			/* parts, of all trials */
	size_t refused;			/* cases that cannot be read */
};

/* ---- what is the same --------------------------------------------------- */

static bool
same_counts(const uint32_t *a, const uint32_t *b, size_t n)
{
	return (a == NULL) == (b == NULL) && (a == NULL ||
	    memcmp(a, b, n * sizeof(*a)) == 0);
}

static bool
same_flow(const struct rp_flow *a, const struct rp_flow *b, size_t n)
{
	return a->certificates == b->certificates &&
	    a->renewed_before == b->renewed_before &&
	    same_counts(a->at_point, b->at_point, n) &&
	    same_counts(a->in_cell, b->in_cell, n) &&
	    same_counts(a->lapsed, b->lapsed, n) &&
	    same_counts(a->renewed, b->renewed, n) &&
	    same_counts(a->reissued_at, b->reissued_at, n) &&
	    same_counts(a->reissued_in, b->reissued_in, n) &&
	    same_counts(a->lost, b->lost, n);
}

/* Counts are 0 outside of the range that a flow tells. */
static bool
is_in_range(const struct rp_flow *f, size_t n)
{
	const uint32_t *const all[] = { f->at_point, f->in_cell, f->lapsed,
		f->renewed, f->reissued_at, f->reissued_in, f->lost };

	for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++)
		for (size_t i = 0; all[k] != NULL && i < n; i++)
			if ((i < f->first || i >= f->last) && all[k][i] > 0)
				return false;
	return true;
}

static bool
same_own(const struct rp_flow *a, const struct rp_flow *b, size_t n)
{
	for (size_t k = 0; k < a->n_own; k++)
		if (!same_counts(a->own[k].state->at_point,
		    b->own[k].state->at_point, n) ||
		    !same_counts(a->own[k].state->in_cell,
		    b->own[k].state->in_cell, n))
			return false;
	return a->n_own == b->n_own;
}

static bool
same_part(const struct pair *x, size_t p)
{
	const struct rp_flow *a = &x->a.flow[p], *b = &x->b.flow[p];
	size_t n = x->m.grid.n;

	return same_flow(a, b, n) && same_own(a, b, n) &&
	    is_in_range(a, n) && is_in_range(b, n);
}

static bool
same_queues(const struct pair *x)
{
	for (size_t q = 0; q < x->m.n_queues; q++)
		if (x->a.queue[q].waited_s != x->b.queue[q].waited_s)
			return false;
	return true;
}

/* ---- a case ------------------------------------------------------------- */

static void
run(struct rp_engine *e, uint64_t trial)
{
	struct rp_err err = { 0 };

	if (rp_engine_run(e, trial, &err) != RP_OK)
		fail_msg("%s", err.text);
}

/* Swept against walked. */
static bool
ways_agree(struct pair *x, uint64_t trial)
{
	x->a.walk_all = false;
	run(&x->a, trial);
	x->b.walk_all = true;
	run(&x->b, trial);
	for (size_t p = 0; p < x->m.n_parts; p++) {
		if (!same_part(x, p))
			return false;
		x->swept += x->a.swept[p];
	}
	return x->a.left == x->b.left && same_queues(x);
}

/* Every other part, and all that share a queue with one of them. */
static void
choose(const struct rp_model *m, bool *wanted)
{
	for (size_t p = 0; p < m->n_parts; p++)
		wanted[p] = p % 2 == 0;
	for (size_t round = 0; round < m->n_queues; round++)
		for (size_t q = 0; q < m->n_queues; q++) {
			size_t k, first = m->queue[q].first;
			bool any = false;

			for (k = first; k != RP_FLOW_END;
			    k = m->node[k].sibling)
				any = any || wanted[m->node[k].part];
			for (k = first; any && k != RP_FLOW_END;
			    k = m->node[k].sibling)
				wanted[m->node[k].part] = true;
		}
}

/* Some parts against all. */
static bool
parts_agree(struct pair *x, uint64_t trial)
{
	bool wanted[64];

	assert_true(x->m.n_parts <= 64);
	choose(&x->m, wanted);
	rp_engine_want(&x->b, wanted);
	run(&x->b, trial);
	for (size_t p = 0; p < x->m.n_parts; p++) {
		if (wanted[p] && !same_part(x, p))
			return false;
		if (!wanted[p] && (x->b.flow[p].first < x->b.flow[p].last ||
		    x->b.flow[p].certificates > 0))
			return false;
	}
	rp_engine_want(&x->b, NULL);
	return true;
}

static unsigned
run_case(struct pair *x, const char *name, const struct rp_case *cs)
{
	struct rp_err err = { 0 };
	unsigned bad = 0;

	if (rp_model_init(&x->m, cs, 5, 0.1, NULL, &err) != RP_OK)
		fail_msg("%s: %s", name, err.text);
	assert_int_equal(rp_engine_init(&x->a, &x->m, &err), RP_OK);
	assert_int_equal(rp_engine_init(&x->b, &x->m, &err), RP_OK);
	for (uint64_t trial = 0; trial < TRIALS && bad == 0; trial++) {
		const char *fault = !ways_agree(x, trial) ? "ways" :
		    !parts_agree(x, trial) ? "parts" : NULL;

		if (fault == NULL)
			continue;
		printf("%s, trial %u: the %s differ\n", name, (unsigned)trial,
		    fault);
		bad = 1;
	}
	rp_engine_release(&x->b);
	rp_engine_release(&x->a);
	rp_model_release(&x->m);
	return bad;
}

static unsigned
run_text(struct pair *x, const char *what, unsigned seed, const char *text)
{
	struct bound b = bind_text(text, ".");
	char name[64];
	unsigned bad;

	(void)snprintf(name, sizeof(name), "%s case %u", what, seed);
	/* A delay of revocation may be drawn that nobody would write. */
	x->refused += b.cs == NULL;
	bad = b.cs != NULL ? run_case(x, name, b.cs) : 0;
	if (bad > 0)
		printf("%s\n", text);
	bound_release(&b);
	return bad;
}

/* ---- the tests ---------------------------------------------------------- */

static void
assert_tested(const struct pair *x)
{
	assert_true(x->swept > CASES * TRIALS / 4);
	assert_true(x->refused < CASES / 20);
}

static void
random_cases_come_out_the_same(void **state)
{
	static struct any_text t;
	struct pair x = { .swept = 0 };
	unsigned bad = 0;

	(void)state;
	for (unsigned seed = 1; seed <= CASES; seed++)
		bad += run_text(&x, "any", seed, any_case(&t, seed));
	assert_int_equal(bad, 0);
	assert_tested(&x);
}

static void
small_cases_come_out_the_same(void **state)
{
	struct pair x = { .swept = 0 };
	unsigned bad = 0;

	(void)state;
	for (unsigned seed = 1; seed <= CASES; seed++) {
		char text[SMALL_TEXT];

		bad += run_text(&x, "small", seed, small_case(seed,
		    small_features(seed), 24, text));
	}
	assert_int_equal(bad, 0);
	assert_tested(&x);
}

static void
shipped_cases_come_out_the_same(void **state)
{
	static const char *const path[] = {
		"scenarios/bench/four-populations.yaml",
		"scenarios/letsencrypt-2020.yaml", "scenarios/mixed.yaml",
		"scenarios/rehearsal.yaml", "scenarios/secom-2020.yaml"
	};
	struct pair x = { .swept = 0 };
	unsigned bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
		struct bound b = bind_file(path[i]);

		assert_non_null(b.cs);
		bad += run_case(&x, path[i], b.cs);
		bound_release(&b);
	}
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_cases_come_out_the_same),
		cmocka_unit_test(small_cases_come_out_the_same),
		cmocka_unit_test(shipped_cases_come_out_the_same)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
