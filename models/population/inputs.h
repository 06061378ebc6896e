/*
 * population/inputs.h - which numbers of a case are drawn once a trial.
 */
#ifndef RP_POPULATION_INPUTS_H
#define RP_POPULATION_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stream.h"
#include "revplan/case.h"

/*
 * One such quantity.  Its key comes from where it stands in the case, not from
 * how many stand before it, so that two variants of a case share the inputs
 * that they share.
 */
struct rp_input {
	const struct rp_quantity *q;
	struct rp_stream_key key;
	const char *owner;	/* the population's name, or the case's part */
	bool chance;		/* not uncertain, but one subscriber's chance,
				 * which is drawn once a trial as well */
	bool shared;		/* of an event for all populations, which are
				 * to see one value */
};

/*
 * All of them, in the order of the case; those of chance stand last.  out may
 * be NULL, to count them; else it has room for as many as there are.
 */
size_t rp_inputs_of(const struct rp_case *cs, uint64_t seed,
    struct rp_input *out);

#endif /* RP_POPULATION_INPUTS_H */
