/*
 * simulate/flow.h - what the files of the engine share; nobody else reads it.
 *
 *   engine.c   a trial from end to end; the walk over the grid
 *   sweep.c    the same node by node
 *   settle.c   its inputs
 *   flow.c     counts that move from node to node
 *   exits.c    when those who entered a node leave it
 *   lapse.c    who comes to a natural end meanwhile
 *   rollout.c  who is sent another way
 *   validated.c  whose validation is too old
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

/* The range in use grows to hold i. */
static inline void
rp_flow_touch(size_t *first, size_t *last, size_t i)
{
	if (i < *first)
		*first = i;
	if (i >= *last)
		*last = i + 1;
}

/* A node works through what has come, at point i or over cell i. */
void rp_flow_step(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i);

/* What a node does with n who enter it then; a queue lets them wait. */
void rp_flow_enter(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i, uint32_t n, double lump);

/* Those leave a node of independent steps who are scheduled to. */
void rp_flow_leave(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i);

/* All who are scheduled leave it, over the whole grid. */
void rp_flow_leave_all(struct rp_engine *e, size_t node);

/* Serve a queue once all of its members have brought what they have. */
void rp_flow_serve(struct rp_engine *e, size_t queue, size_t c);

/* From cell i on those who wait for a queue are all served, as they come to no
 * end before. */
bool rp_flow_can_drain(const struct rp_engine *e, size_t queue);
void rp_flow_drain(struct rp_engine *e, size_t queue, size_t i);

/* Those whom no notice of a queue reached wait for nothing but their end. */
void rp_flow_lapse_bounced(struct rp_engine *e, size_t queue, size_t c);

/* The work of a part begins at point i. */
void rp_flow_start(struct rp_engine *e, size_t part, size_t i);

/* What a queue works by never changes; before the first trial. */
void rp_queue_prepare(struct rp_engine *e, size_t queue);

/* How many wait for a queue. */
uint32_t rp_queue_waiting(const struct rp_engine *e, size_t queue);

/*
 * Work through a queue over cell c.  served gets what each member may send on.
 * false: nobody was there.
 */
bool rp_queue_serve(struct rp_engine *e, size_t queue, size_t c,
    uint32_t *served);

/*
 * The same from cell i on until nobody is left, where nobody else comes or
 * comes to an end; the cell after.  To served[c] is added how many were.  Only
 * where the queue has one member, and works at one rate and without fail.
 */
size_t rp_queue_drain(struct rp_engine *e, size_t queue, size_t i,
    uint32_t *served);
bool rp_queue_can_drain(const struct rp_engine *e, size_t queue);

/* ---- sweep.c ------------------------------------------------------------ */

/* Find the parts that can be swept; false: no memory, the caller releases. */
bool rp_sweep_init(struct rp_engine *e);
void rp_sweep_release(struct rp_engine *e);

/* List anew what is to be walked and swept in the next trial. */
void rp_sweep_list(struct rp_engine *e);

/* All that is swept, over the whole grid. */
void rp_sweep(struct rp_engine *e);

/* ---- exits.c ------------------------------------------------------------ */

/* The kernel of an entry; good until the next call. */
const struct rp_kernel *rp_exits_kernel(struct rp_engine *e, size_t node,
    enum rp_entry entry, size_t i);

/* Schedule when n units of so many certificates each leave a node. */
void rp_exits_draw(struct rp_node_state *s, const struct rp_kernel *k,
    uint32_t n, uint32_t size);

/* Whether those who enter then do so from the start of their part in the same
 * way in every trial: what they need is made for them, and the other draws. */
bool rp_exits_can_scatter(struct rp_engine *e, size_t node,
    enum rp_entry entry, size_t i, const struct rp_kernel *k);
void rp_exits_scatter(struct rp_node_state *s, const struct rp_kernel *k,
    uint32_t n);

/* ---- lapse.c, rollout.c, validated.c ------------------------------------ */

/*
 * n certificates, reissued before or not, come to their natural end in cell
 * c: they are renewed in the ordinary course, or they expire.
 */
void rp_lapse_end(struct rp_engine *e, size_t part, struct rp_stream *s,
    bool reissued, size_t c, uint32_t n);

/* Take those off *n that had been renewed before the part became known. */
void rp_lapse_renewed(struct rp_engine *e, size_t part, uint32_t *n);

/*
 * Those in a queue, or without notice, who come to their natural end in cell
 * c: how many of *waiting.
 */
uint32_t rp_lapse_waiting(struct rp_engine *e, size_t part,
    struct rp_stream *s, bool reissued, size_t c, uint32_t *waiting);

/*
 * A subscriber's certificates leave together but each has an expiry of its
 * own, so they are thinned once it is known when they will leave: n became
 * known at point i.
 */
void rp_lapse_scheduled(struct rp_engine *e, size_t part,
    struct rp_node_state *s, size_t i, uint32_t n);

/*
 * The rollouts of a part that began at point i or before: at its start those
 * of before as well, else those of point i.
 */
void rp_rollout_at_start(struct rp_engine *e, size_t part, size_t i);

/* The rollouts of point i, of all parts that began before. */
void rp_rollout_at(struct rp_engine *e, size_t i);

/*
 * Choose each of *n with the same chance and take those chosen away; how many
 * they are.  The stream is that of a rollout and a part of a population.
 */
uint32_t rp_rollout_choose(struct rp_stream *s, uint32_t *n, double share);
void rp_rollout_stream(const struct rp_engine *e, const struct rp_rollout *r,
    struct rp_stream *s);

/* The share of those who come to a split at point i, or over cell i (at a
 * place of it, NaN: all over it), whose validation is too old then. */
double rp_validated_share(struct rp_engine *e, size_t node,
    enum rp_entry phase, size_t i, double lump);

#endif /* RP_SIMULATE_FLOW_H */
