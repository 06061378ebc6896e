/*
 * counted.h - a case and the counts of its single trials, for the tests of
 * the engine's events.
 */
#ifndef RP_UNIT_COUNTED_H
#define RP_UNIT_COUNTED_H

#include <math.h>
#include <stdio.h>

#include "simulate/engine.h"
#include "support/bound.h"

/* Awareness is the start of day 0, a Monday; steps are days. */
#define HEAD "revplan: 1\n"						\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-06-10, step: 1 d, trials: 50}\n"
#define DAY0 INT64_C(1772409600)
#define LAST 100			/* days to the horizon */

static struct bound bound;
static struct rp_model model;
static struct rp_engine engine;

static inline void
open_with(const char *text, const struct rp_whatif *whatif)
{
	struct rp_err err = { 0 };

	bound = bind_text(text, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.n > 0 ?
		    bound.faults.fault[0].text : "not bound");
	if (rp_model_init(&model, bound.cs, 11, 0.0, whatif, &err) != RP_OK ||
	    rp_engine_init(&engine, &model, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static inline void
open_case(const char *text)
{
	open_with(text, NULL);
}

static inline void
close_case(void)
{
	rp_engine_release(&engine);
	rp_model_release(&model);
	bound_release(&bound);
}

static inline void
trial(uint64_t i)
{
	struct rp_err err = { 0 };

	if (rp_engine_run(&engine, i, &err) != RP_OK)
		fail_msg("%s", err.text);
}

/* What was counted up to the start of a day, that instant included. */
static inline uint32_t
by_day(const uint32_t *at_point, const uint32_t *in_cell, double day)
{
	int64_t until = DAY0 + (int64_t)(day * 86400.0);
	uint32_t n = 0;

	for (size_t i = 0; i < model.grid.n && model.grid.t[i] <= until;
	    i++) {
		n += at_point != NULL ? at_point[i] : 0;
		if (i + 1 < model.grid.n && model.grid.t[i + 1] <= until)
			n += in_cell[i];
	}
	return n;
}

static inline uint32_t
replaced(size_t part, double day)
{
	return by_day(engine.flow[part].at_point, engine.flow[part].in_cell,
	    day);
}

static inline uint32_t
reissued(size_t part, double day)
{
	return by_day(engine.flow[part].reissued_at,
	    engine.flow[part].reissued_in, day);
}

static inline uint32_t
lapsed(size_t part, double day)
{
	return by_day(NULL, engine.flow[part].lapsed, day);
}

/* The mean of a count over trials against what it should be. */
static inline void
assert_mean(uint32_t (*count)(size_t part, double day), size_t part,
    double day, uint64_t trials, double want)
{
	double sum = 0.0, squares = 0.0, mean, se;

	for (uint64_t i = 0; i < trials; i++) {
		double x;

		trial(i);
		x = (double)count(part, day);
		sum += x;
		squares += x * x;
	}
	mean = sum / (double)trials;
	se = sqrt((squares / (double)trials - mean * mean) / (double)trials);
	if (fabs(mean - want) > 5.0 * se + 1e-9)
		fail_msg("by day %g of part %zu: %.3f +- %.3f, not %.3f", day,
		    part, mean, se, want);
}

#endif
