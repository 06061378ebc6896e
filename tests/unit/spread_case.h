/*
 * spread_case.h - a case with inputs of every kind and a design over it, for
 * the tests of designs.
 */
#ifndef RP_UNIT_SPREAD_CASE_H
#define RP_UNIT_SPREAD_CASE_H

#include "base/gsl_quiet.h"
#include "population/inputs.h"
#include "population/spread.h"
#include "support/bound.h"

#define HEAD "revplan: 1\n" \
    "incident: {id: spread, title: Spread, certificate: subscriber,\n" \
    "  reason: not-per-requirements, aware: 2026-01-05T00:00Z}\n"

/* Seven inputs (five of the first population) and the chance of one
 * subscriber, which is drawn once a trial as well. */
static const char *const mixed = HEAD
    "simulation: {horizon: 2026-07-05}\n"
    "populations:\n"
    "  - name: host\n"
    "    certificates: 100\n"
    "    subscribers: 1\n"
    "    path:\n"
    "      - wait:\n"
    "          per: subscriber\n"
    "          time: {lognormal: {median: {uniform: [3 d, 5 d]},\n"
    "                             sigma: 0.5}}\n"
    "          never: {uniform: [1%, 3%]}\n"
    "      - team: {rate: {triangular: [80/working-day, 100/working-day,\n"
    "                       120/working-day]},\n"
    "               variation: {uniform: [5%, 10%]}}\n"
    "      - branch:\n"
    "          share: {beta: [4, 196]}\n"
    "          path: [{gate: {until: 2026-03-01}}]\n"
    "  - name: others\n"
    "    certificates: 50\n"
    "    expiry: {uniform: [2026-03-01, 2026-09-01]}\n"
    "    path:\n"
    "      - gate: {until: {uniform: [2026-02-01, 2026-03-01]}}\n"
    "      - wait: {time: {exponential: {mean: {normal: {mean: 9 d,\n"
    "                                                    sd: 1 d}}}}}\n";

/* One name for two quantities, and two names for one each. */
static const char *const named = HEAD
    "simulation: {horizon: 2026-07-05%s}\n"
    "populations:\n"
    "  - name: a\n    certificates: 10\n    path:\n"
    "      - gate: {until: {value: {uniform: [2026-02-01, 2026-03-01]},\n"
    "                       input: help}}\n"
    "      - team: {rate: {value: {uniform: [10/day, 20/day]},\n"
    "                      input: speed}}\n"
    "  - name: b\n    certificates: 10\n    path:\n"
    "      - team: {rate: {value: {uniform: [10/day, 20/day]},\n"
    "                      input: speed}}\n"
    "      - gate: {until: {value: {uniform: [2026-02-01, 2026-03-01]},\n"
    "                       input: third}}\n";

static const enum rp_design designs[] = { RP_DESIGN_QUASI_RANDOM,
	RP_DESIGN_LATIN_HYPERCUBE };

static inline struct rp_case *
must_bind(struct bound *b, const char *text)
{
	*b = bind_text(text, ".");
	for (size_t i = 0; b->cs == NULL && i < b->faults.n; i++)
		print_message("%s\n", b->faults.fault[i].text);
	assert_non_null(b->cs);
	rp_gsl_quiet();
	return b->cs;
}

static inline struct rp_spread *
must_spread(const struct rp_case *cs, enum rp_design design, uint64_t seed,
    uint64_t trials)
{
	struct rp_spread *s = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_spread_new(cs, design, seed, trials, &s, &err),
	    RP_OK);
	return s;
}

static inline double
u_of(const struct rp_spread *s, const struct rp_input *in, uint64_t trial)
{
	double u = -1.0;

	assert_true(rp_spread_uniform(s, in->q, trial, &u));
	assert_true(u > 0.0 && u < 1.0);
	return u;
}

static inline size_t
inputs_of(const struct rp_case *cs, struct rp_input *in, size_t room)
{
	size_t n = rp_inputs_of(cs, 1, NULL);

	assert_true(n <= room);
	assert_int_equal(rp_inputs_of(cs, 1, in), n);
	return n;
}

#endif
