/*
 * ref_chance.h - the variates of the reference simulation, GSL's own.
 */
#ifndef TESTS_REF_CHANCE_H
#define TESTS_REF_CHANCE_H

#include <stdbool.h>

#include <gsl/gsl_rng.h>

#include "revplan/case.h"

/* A quantity whose parameters were drawn for this trial. */
struct chance {
	const struct rp_dist *dist;	/* NULL: always p[0] */
	double p[RP_DIST_PARAMS];
};

/* Parameters are known for the trial; what they say is drawn each time. */
struct chance ref_settle(const struct rp_quantity *q, gsl_rng *rng);
double ref_variate(const struct chance *c, gsl_rng *rng);
/* Both at once: what is drawn once a trial. */
double ref_draw(const struct rp_quantity *q, gsl_rng *rng);
bool ref_happens(double share, gsl_rng *rng);

#endif /* TESTS_REF_CHANCE_H */
