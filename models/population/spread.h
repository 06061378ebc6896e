/*
 * population/spread.h - how the inputs are spread over the trials.
 *
 * Trials whose inputs fill their space evenly tell more than as many drawn at
 * random.  Each input has one dimension of a design and takes, in trial i, the
 * quantile u(input, i) of its distribution:
 *
 *   quasi-random     two and two inputs: Sobol's sequence, scrambled at random
 *   Latin hypercube  each of n equal intervals once, in random order
 *   random           as if there were no design
 *
 * So that errors can be told, the trials fall into RP_REPLICATES designs: trial
 * i is number i / RP_REPLICATES of replicate i % RP_REPLICATES.  Replicates
 * share the sequence but not its values or their order, so each is unbiased and
 * independent of the others.  Quasi-random and random inputs of a trial do
 * not depend on the number of trials; those of a Latin hypercube do.
 */
#ifndef RP_POPULATION_SPREAD_H
#define RP_POPULATION_SPREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stream.h"
#include "revplan/case.h"

#define RP_REPLICATES 16
/* With fewer trials than this nothing is told by replicates. */
#define RP_REPLICATED_TRIALS (UINT64_C(4) * RP_REPLICATES)

struct rp_spread;

/*
 * The spread of a case's inputs.
 *
 *   *out   on RP_OK owned by the caller, rp_spread_free()
 *
 * RP_ERANGE  the correlations that the case states cannot be (line in err)
 * RP_ENOMEM
 * Memory: some 300 bytes for each input; a Latin hypercube takes 4 bytes more
 * for each input and trial.
 */
RP_CHECKED rp_status rp_spread_new(const struct rp_case *cs,
    enum rp_design design, uint64_t seed, uint64_t trials,
    struct rp_spread **out, struct rp_err *err);

/* Accepts NULL. */
void rp_spread_free(struct rp_spread *s);

/*
 * The quantile of a quantity in a trial, strictly between 0 and 1; false where
 * the design does not know it and it is drawn at random.  s may be NULL.
 */
bool rp_spread_uniform(const struct rp_spread *s,
    const struct rp_quantity *q, uint64_t trial, double *u);

enum rp_design rp_spread_design(const struct rp_spread *s);

/* Inputs that are spread; those of one name are one. */
size_t rp_spread_inputs(const struct rp_spread *s);

/* How many replicates tell the error; 0: each trial is independent. */
size_t rp_spread_replicates(const struct rp_spread *s);

#endif /* RP_POPULATION_SPREAD_H */
