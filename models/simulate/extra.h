/*
 * simulate/extra.h - the first trials once more, under other circumstances.
 *
 * A trial has the same random numbers as in the case itself, so what differs
 * comes from the circumstances.
 */
#ifndef RP_SIMULATE_EXTRA_H
#define RP_SIMULATE_EXTRA_H

#include "simulate/ensemble.h"

/* A trial that was run. */
struct rp_extra_trial {
	struct rp_engine *e;		/* may be run again */
	const struct rp_outcome *o;
	const struct rp_outcome *unrevoked;	/* NULL unless asked for */
	uint64_t trial;
	const bool *ran;		/* [populations] NULL: all of them */
};

struct rp_extra {
	const struct rp_trials *tr;
	const struct rp_whatif *whatif;
	uint64_t n;			/* trials 0 .. n - 1 */
	/*
	 * Only the population of the what-if, and those that its certificates
	 * wait with, are run: what becomes of the others is as in the case.
	 */
	bool alone;
	bool unrevoked;			/* also what if nothing is revoked */
	bool unrevoked_only;		/* that alone: it is both of them */
	/* Which trials are run; NULL: all of them. */
	bool (*needed)(void *arg, uint64_t trial);
	/* Called on several threads, once for each trial. */
	rp_status (*keep)(void *arg, const struct rp_extra_trial *t,
	    struct rp_err *err);
	void *arg;
	/* Called once, before all of them; may be NULL. */
	rp_status (*ready)(void *arg, const struct rp_model *m,
	    struct rp_err *err);
};

/* Errors as rp_simulate(), and those of keep() and ready(). */
RP_CHECKED rp_status rp_run_extra(const struct rp_extra *x,
    struct rp_err *err);

/* When all are complete, in the metric of the trials. */
int64_t rp_extra_complete(const struct rp_trials *tr,
    const struct rp_extra_trial *t);

/*
 * How many trials an answer is worth: a share of those of the case, so that
 * all answers together take no longer than these, but no fewer than `least`
 * and no more than `most`.
 */
uint64_t rp_extra_worth(const struct rp_trials *tr, uint64_t least,
    uint64_t most);

/* Of the first n trials. */
struct rp_sampling rp_extra_sampling(const struct rp_trials *tr, uint64_t n);

#endif /* RP_SIMULATE_EXTRA_H */
