/*
 * test_kernel.c - kernels against the long way round.
 *
 * Tables, runs and maps are there for speed alone: each kernel must be what
 * one gets entry by entry, with adaptive quadrature where mass enters evenly
 * over a cell.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/gsl_quiet.h"
#include "base/mem.h"
#include "bound.h"
#include "near.h"
#include "simulate/hop.h"
#include "slow_kernel.h"

#define MOST_POINTS 100
#define TRIALS 2

/* By day from midnight, by day with a shifted start, and by the hour. */
static const char *const grids[] = {
	"aware: 2026-11-02T00:00Z}\n"
	"simulation: {horizon: 2026-11-30, step: 1 d, trials: 100, seed: 1}\n",
	"aware: 2026-11-02T09:37Z}\n"
	"simulation: {horizon: 2026-11-22, step: 1 d, trials: 100, seed: 1}\n",
	"aware: 2026-11-02T03:08Z}\n"
	"simulation: {horizon: 2026-11-04, step: 1 h, trials: 100, seed: 1}\n",
};

#define LN "{lognormal: {median: {triangular: [2 d, 3 d, 5 d]},"	\
    " sigma: {triangular: [0.4, 0.9, 1.5]}}}"

static const char *const paths[] = {
	"[{wait: {time: " LN "}}]",
	"[{wait: {time: " LN "}}, {wait: {time: {uniform: [1 d, 3 d]}}},\n"
	"      {batch: {on: working-day}}]",
	"[{wait: {time: {uniform: [0 d, 1 d]}}}, {branch: {share: 20%,\n"
	"      path: [{wait: {time: " LN "}}, {batch: {on: working-day}}]}}]",
	"[{wait: {never: {uniform: [5%, 10%]}, time: " LN "}},\n"
	"      {wait: {time: " LN "}}]",
	"[{wait: {time: 36 h}}, {wait: {time: " LN "}}]",
	"[{wait: {time: " LN "}}, {wait: {time: 30 h}},\n"
	"      {wait: {time: {gamma: {shape: 0.7, scale: 2 d}}}}]",
	"[{batch: {on: working-day}}, {wait: {time: {weibull:\n"
	"      {scale: 3 d, shape: 1.7}}}}, {batch: {on: [wed, fri]}},\n"
	"      {wait: {time: " LN "}}]",
	"[{wait: {time: {exponential: {mean: {uniform: [1 d, 2 d]}}}}},\n"
	"      {gate: {until: {uniform: [2026-11-05, 2026-11-07]}}},\n"
	"      {wait: {time: {normal: {mean: 2 d, sd: 1 d}}}}]",
	"[{poll: {every: 30 h, failures: 10%}}, {wait: {time: " LN "}}]",
	"[{wait: {time: {triangular: [0 h, 5 h, 50 h]}}},\n"
	"      {poll: {every: 7 h, failures: 30%}}]",
	"[{wait: {clock: working, time: " LN "}},\n"
	"      {wait: {clock: working, time: {uniform: [0 h, 9 h]}}}]",
	"[{wait: {time: {uniform: [0 h, 60 h]}}},\n"
	"      {wait: {clock: working, time: {exponential: {mean: 9 h}}}},\n"
	"      {wait: {clock: working, time: 5 h}}]",
	"[{wait: {time: {one-of: {1 d: 20%, 30 h: 30%, 3 d: 50%}}}},\n"
	"      {wait: {time: {lognormal: {median: 4 d, sigma: 6.0}}}},\n"
	"      {wait: {time: {uniform: [0 h, 20 h]}}}]",
};

static void
compare(const struct rp_kernel *k, const double *atom, const double *cell,
    const double *expired, size_t n, const char *where)
{
	double got[3][MOST_POINTS] = { { 0.0 } }, sum = 0.0;
	const double *want[] = { atom, cell, expired };

	for (size_t i = 0; i < k->n; i++) {
		const struct rp_exit *x = &k->exit[i];

		got[x->kind][x->at] += x->p;
		sum += x->p;
		assert_near(x->up_to, sum, 1e-15);
	}
	for (int kind = 0; kind < 3; kind++)
		for (size_t i = 0; i < n; i++) {
			if (fabs(got[kind][i] - want[kind][i]) > 1e-9)
				print_error("%s: kind %d at %zu\n", where,
				    kind, i);
			assert_near(got[kind][i], want[kind][i], 1e-9);
		}
}

static void
resolve(const struct rp_model *m, struct rp_kernel_work *w, uint64_t trial)
{
	struct rp_err err;

	w->trial = trial;
	for (size_t h = 0; h < m->n_hops; h++)
		assert_int_equal(rp_hop_resolve(m, &w->hop[h], &m->part[0],
		    trial, 1.0, &err), RP_OK);
}

/* Entries late and early, so that tables have to grow. */
static void
check_entries(const struct rp_model *m, struct rp_kernel_work *w,
    const double *alive, const char *where)
{
	double atom[MOST_POINTS], cell[MOST_POINTS], expired[MOST_POINTS];
	struct rp_exit room[3 * MOST_POINTS];
	struct rp_kernel k = { .exit = room };
	const size_t entry[] = { m->grid.n / 2, 1, 9, m->grid.n - 2 };

	for (size_t e = 0; e < 2 * sizeof(entry) / sizeof(entry[0]); e++) {
		enum rp_entry phase = e % 2 == 0 ? RP_ENTRY_CELL :
		    RP_ENTRY_POINT;
		const double *a = e % 4 < 2 ? alive : NULL;

		rp_kernel_make(w, &m->node[0], phase, entry[e / 2], a, &k);
		slow_kernel(w, &m->node[0], phase, entry[e / 2], a, atom,
		    cell, expired);
		compare(&k, atom, cell, expired, m->grid.n, where);
	}
}

static void
check_path(size_t grid, size_t path)
{
	double alive[MOST_POINTS];
	struct rp_kernel_work w;
	struct rp_model m;
	struct rp_err err;
	struct bound b;
	char text[2048], where[64];

	snprintf(text, sizeof(text), "revplan: 1\n"
	    "incident: {id: k, certificate: subscriber, "
	    "reason: not-per-requirements, %s"
	    "calendars: {office: {zone: Europe/Berlin, week: mon-fri, "
	    "hours: 08:00-18:00}}\npopulations:\n"
	    "- name: a\n  certificates: 100\n  calendar: office\n"
	    "  path:\n      %s\n", grids[grid], paths[path]);
	b = bind_text(text, ".");
	if (b.cs == NULL)
		fail_msg("path %zu: %s", path, b.faults.fault[0].text);
	assert_int_equal(rp_model_init(&m, b.cs, 1, 0.0, NULL, &err), RP_OK);
	assert_in_range(m.grid.n, 10, MOST_POINTS);
	assert_int_equal(m.n_nodes, 1);
	assert_int_equal(rp_kernel_work_init(&w, &m, &err), RP_OK);
	for (size_t i = 0; i < m.grid.n; i++)
		alive[i] = fmax(0.0, 1.0 - 0.013 * (double)i);
	for (uint64_t trial = 0; trial < TRIALS; trial++) {
		resolve(&m, &w, trial);
		snprintf(where, sizeof(where), "grid %zu, path %zu, trial %u",
		    grid, path, (unsigned)trial);
		check_entries(&m, &w, alive, where);
	}
	rp_kernel_work_release(&w);
	rp_model_release(&m);
	bound_release(&b);
}

static void
kernels_are_those_of_the_long_way(void **state)
{
	(void)state;
	for (size_t g = 0; g < sizeof(grids) / sizeof(grids[0]); g++)
		for (size_t p = 0; p < sizeof(paths) / sizeof(paths[0]); p++)
			check_path(g, p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernels_are_those_of_the_long_way),
	};

	rp_gsl_quiet();
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
