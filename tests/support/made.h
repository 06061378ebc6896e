/*
 * made.h - cases that are put together by hand, and their comparisons.
 */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/compare.h"
#include "support/written.h"

#define MADE 16

struct made {
	struct rp_case cs;
	struct rp_plan plan[3];
	struct rp_milestone milestone[3][MADE];
	struct rp_actual actual[MADE];
	struct rp_population population[2];
	struct rp_fact fact[2];
};

static inline struct rp_share
percent(double x)
{
	return rp_share_of_real(x / 100);
}

static inline void
make(struct made *m)
{
	*m = (struct made){ .cs = { .plan = m->plan, .actual = m->actual,
	    .population = m->population, .fact = m->fact } };
	m->cs.total = m->cs.base = m->cs.first_base = rp_count_of(1000);
	m->cs.aware = when("2020-07-01");
}

static inline void
add_milestone(struct made *m, size_t plan, const char *by, double pct)
{
	struct rp_plan *p = &m->plan[plan];

	p->milestone = m->milestone[plan];
	m->milestone[plan][p->n_milestones++] = (struct rp_milestone){
		.by = when(by), .share = percent(pct) };
	if (m->cs.n_plans <= plan)
		m->cs.n_plans = plan + 1;
}

static inline struct rp_actual *
add_actual(struct made *m, const char *as_of, enum rp_metric metric,
    double pct)
{
	struct rp_actual *a = &m->actual[m->cs.n_actuals++];

	*a = (struct rp_actual){ .as_of = when(as_of), .population = -1 };
	a->metric[metric] = (struct rp_amount){ .known = true,
	    .share = percent(pct), .decimals = 1 };
	return a;
}

static inline void
set_count(struct rp_amount *a, uint64_t n)
{
	*a = (struct rp_amount){ .known = true, .is_count = true,
	    .count = rp_count_of(n) };
}

static inline struct rp_comparison *
compared(struct made *m, const char *as_of, enum rp_period period)
{
	struct rp_compare_options opt = { .period = period,
	    .as_of = when(as_of), .plan = SIZE_MAX };
	struct rp_comparison *c = NULL;
	struct rp_err err = { 0 };

	if (rp_compare(&m->cs, &opt, &c, &err) != RP_OK)
		fail_msg("%s", err.text);
	return c;
}

static inline bool
has_note(const struct rp_comparison *c, const char *words)
{
	size_t n;
	const char *const *note = rp_comparison_notes(c, &n);

	for (size_t i = 0; i < n; i++)
		if (strstr(note[i], words) != NULL)
			return true;
	return false;
}

/* A finding by its id, NULL where there is none. */
static inline const struct rp_plan_finding *
finding(const struct rp_comparison *c, const char *id)
{
	size_t n;
	const struct rp_plan_finding *f = rp_comparison_findings(c, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(f[i].id, id) == 0)
			return &f[i];
	return NULL;
}

#endif /* TESTS_MADE_H */
