/*
 * simulate/events.h - parts that are discovered later, and rollouts.
 */
#ifndef RP_SIMULATE_EVENTS_H
#define RP_SIMULATE_EVENTS_H

#include "simulate/model.h"

/*
 * The parts of all discoveries, behind those known at awareness (there must
 * be room), and the rollouts.  RP_ESTATE, RP_ERANGE: an event makes no sense.
 */
RP_CHECKED rp_status rp_model_events(struct rp_model *m, struct rp_err *err);

/* What happens in an event: of a risk what it may bring. */
const struct rp_event *rp_event_in(const struct rp_event *e);

/*
 * The key of an event: for its inputs, with "" for the population, and for
 * what chance does in it to the certificates of a population.
 */
struct rp_stream_key rp_event_key(const struct rp_model *m, size_t event,
    const char *population);

/* Where the steps of a rollout begin to be numbered. */
uint64_t rp_event_ordinal(const struct rp_rollout *r);

/* Lanes of an event's key. */
#define RP_LANE_HAPPENS 1
#define RP_LANE_SHARE 16	/* of its inputs: that of a rollout */

#endif /* RP_SIMULATE_EVENTS_H */
