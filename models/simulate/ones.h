/*
 * simulate/ones.h - parts whose certificates are followed one by one.
 *
 * Counts cannot tell whose certificate it is that leaves a queue.  So where a
 * subscriber's certificates meet again in a step that they share, after one in
 * which they may have parted, each certificate of the part has a record of its
 * own: its subscriber, its expiry, where it stands and when it moves on.  It
 * passes what it need not share with anybody in continuous time, without
 * kernels.  Teams and notices are shared with everybody, so they go on by
 * counts; here it is remembered who stands in which order.
 *
 *   ones.c       a trial from end to end, and what interrupts it
 *   ones_walk.c  one certificate from step to step
 *   ones_line.c  who stands where, in a queue or in time
 *
 * Results go into the same rp_flow as those of the parts that are counted.
 */
#ifndef RP_SIMULATE_ONES_H
#define RP_SIMULATE_ONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "simulate/engine.h"

#define RP_ONE_NONE UINT32_MAX

/* Where a certificate is when it is not at a node. */
#define RP_ONE_START (UINT32_MAX - 1)	/* its work has not begun */
#define RP_ONE_END (UINT32_MAX - 2)	/* replaced, or run out */

struct rp_one {
	double at;		/* when it moves on */
	double fate;		/* when it runs out, or is renewed anyway */
	double expires;
	double reissued;	/* INFINITY: not yet */
	uint32_t subscriber;
	uint32_t stands;	/* node, RP_ONE_START or RP_ONE_END */
	uint32_t to;		/* node it moves on to, or RP_ONE_END */
	uint32_t joined;	/* bucket of its queue */
	uint32_t list;		/* that it is in, or RP_ONE_NONE */
	uint32_t next, prev;	/* in that list */
	uint32_t next_fate;	/* of the same time */
	uint32_t done;		/* slot in which it came to the end */
	bool replaced;		/* at the end, and not run out before */
	bool renews;		/* its fate is to be renewed */
	bool reissues;		/* moving on it will be reissued */
	bool sharp;		/* `at` is an instant, not a chance */
};

/*
 * Lists by number: one for each point and cell of the grid (2 i and 2 i + 1),
 * then for each node a line in order, and those who have just come to it.
 */
struct rp_one_list {
	uint32_t first, last;
};

struct rp_one_rank {
	double at;
	uint32_t tie;
	uint32_t one;
};

struct rp_ones {
	size_t part;
	size_t n;			/* certificates in this trial */
	struct rp_one *one;		/* NULL: the part is counted */
	struct rp_one_list *list;	/* [2 points + 2 nodes] */
	uint32_t *fate;			/* [2 points] first of those */
	struct rp_one_rank *rank;	/* [certificates] to sort by */
	uint32_t *left;			/* [subscribers] to replace */
	size_t n_shared;		/* hops whose delay they share */
	uint32_t *place;		/* [hops] which of those it is */
	double *delay;			/* [n_shared * subscribers]; NaN: not
					 * drawn yet */
};

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_ones_init(struct rp_ones *o, const struct rp_model *m,
    size_t part, struct rp_err *err);
void rp_ones_release(struct rp_ones *o);

/* Nobody has moved yet; after the inputs of the trial are known.  RP_ERANGE
 * as of those. */
RP_CHECKED rp_status rp_ones_begin(struct rp_engine *e, size_t part,
    struct rp_err *err);

/* What moves at point i or within cell i, before the queues are served. */
void rp_ones_step(struct rp_engine *e, size_t part, enum rp_entry phase,
    size_t i);

/* Those who were sent to a queue have joined its bucket i. */
void rp_ones_join(struct rp_engine *e, size_t node, size_t i);

/* The first n of a queue's line were served in cell c. */
void rp_ones_serve(struct rp_engine *e, size_t node, size_t c, uint32_t n);

/* Cell c is over: who ran out in it, or was renewed. */
void rp_ones_close(struct rp_engine *e, size_t part, size_t c);

/*
 * At point i, before anything else moves, each certificate that is still to be
 * replaced leaves where it is with a probability, and goes from there, or
 * from the start of its part if that is later, to a node: `fresh` if it has
 * not been reissued yet, else `reissued`.
 */
void rp_ones_divert(struct rp_engine *e, size_t part, size_t i,
    double probability, size_t fresh, size_t reissued,
    struct rp_stream *stream);

/* The trial is over: subscribers left, and who was reissued when. */
void rp_ones_end(struct rp_engine *e, size_t part);

/* rp_engine_inside() for a node of such a part. */
uint32_t rp_ones_inside(const struct rp_engine *e, size_t node,
    uint32_t *never);

/* ---- shared by the three ------------------------------------------- */

/* Whether all certificates of a subscriber wait equally long in a hop. */
bool rp_ones_shares(const struct rp_hop *h);

/* The list of an instant; RP_ONE_NONE: beyond the grid. */
uint32_t rp_ones_slot(const struct rp_grid *g, double at);

void rp_ones_link(struct rp_ones *o, uint32_t one, uint32_t list);
void rp_ones_unlink(struct rp_ones *o, uint32_t one);

static inline uint32_t
rp_ones_line(const struct rp_model *m, size_t node)
{
	return (uint32_t)(2 * m->grid.n + 2 * node);
}

/* One certificate moves on to where it is bound for, in a slot. */
void rp_ones_walk(struct rp_engine *e, struct rp_ones *o, uint32_t one,
    uint32_t slot);

/* It is at the end in a slot: replaced (or, not so, run out). */
void rp_ones_finish(struct rp_engine *e, struct rp_ones *o, uint32_t one,
    uint32_t slot, bool replaced);

/* It leaves the queue in which it stands, unserved. */
void rp_ones_leave_line(struct rp_engine *e, struct rp_ones *o,
    uint32_t one);

#endif /* RP_SIMULATE_ONES_H */
