/*
 * simulate/flow.h - what the files of the engine share; nobody else reads it.
 *
 *   engine.c   a trial from end to end
 *   settle.c   its inputs
 *   flow.c     counts that move from node to node
 *   exits.c    when those who entered a node leave it
 *   lapse.c    who runs out meanwhile
 *   queue.c    who is served
 */
#ifndef RP_SIMULATE_FLOW_H
#define RP_SIMULATE_FLOW_H

#include "simulate/engine.h"

/* The inputs of the trial e->trial.  RP_ERANGE: one makes no sense. */
RP_CHECKED rp_status rp_settle(struct rp_engine *e, struct rp_err *err);

/*
 * n certificates of a part go on to a node, or are replaced (RP_FLOW_END), at
 * point i or within cell i; lump says where in the cell, NaN: all over it.
 */
void rp_flow_deliver(struct rp_engine *e, size_t to, size_t part, uint32_t n,
    enum rp_entry phase, size_t i, double lump);

/* A node works through what has come, at point i or over cell i. */
void rp_flow_step(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i);

/* The kernel of an entry; good until the next call. */
const struct rp_kernel *rp_exits_kernel(struct rp_engine *e, size_t node,
    enum rp_entry entry, size_t i);

/* Schedule when n units of so many certificates each leave. */
void rp_exits_draw(struct rp_node_state *s, const struct rp_kernel *k,
    uint32_t n, uint32_t size);

/* Those in a queue, or without notice, whose certificates run out in cell c;
 * bucket, which may be NULL, is the part of *waiting that is looked at. */
void rp_lapse_waiting(struct rp_engine *e, size_t part, size_t c,
    uint32_t *waiting, uint32_t *bucket);

/*
 * A subscriber's certificates leave together but each has an expiry of its
 * own, so they are thinned once it is known when they will leave: n came at
 * point i.
 */
void rp_lapse_scheduled(struct rp_engine *e, size_t part,
    struct rp_node_state *s, size_t i, uint32_t n);

#endif /* RP_SIMULATE_FLOW_H */
