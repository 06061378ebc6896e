/*
 * simulate/outcome.h - what became of the certificates in one trial.
 *
 * The engine says when certificates were replaced or ran out unreplaced; the
 * way of revoking and the cutoffs decide the rest.  At every point of the
 * grid, for every part of a population:
 *
 *   base = revoked + expired + outstanding
 */
#ifndef RP_SIMULATE_OUTCOME_H
#define RP_SIMULATE_OUTCOME_H

#include "simulate/engine.h"

struct rp_outcome {
	const struct rp_model *m;
	uint32_t *state[RP_STATES];	/* [parts * n], at points */
	int64_t *complete[RP_METRICS];	/* [parts]; replaced, gone */
	double *late_s;			/* [parts] certificate-seconds
					 * after the deadline */
	size_t *cut;			/* [parts] all revoked at point;
					 * SIZE_MAX: never */
};

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_outcome_init(struct rp_outcome *o,
    const struct rp_model *m, struct rp_err *err);
void rp_outcome_release(struct rp_outcome *o);

/* Work out the trial that the engine has just run.  RP_ERANGE. */
RP_CHECKED rp_status rp_outcome_take(struct rp_outcome *o,
    const struct rp_engine *e, struct rp_err *err);

#endif /* RP_SIMULATE_OUTCOME_H */
