/*
 * simulate/engine.h - one trial: counts flow through the network.
 *
 * Nothing that leaves a node ever comes back to one before it, so mostly each
 * node is worked through over the whole grid before the next one (sweep.c).
 * Where something looks at all nodes of a part at one instant - a rollout,
 * certificates that are followed one by one - the grid is walked once: at each
 * point what happens at a stroke moves, then over each cell what happens in
 * between, node by node.  Both do the same to a node in the same order with
 * chance of its own, so what comes out is the same to the last certificate.
 */
#ifndef RP_SIMULATE_ENGINE_H
#define RP_SIMULATE_ENGINE_H

#include "revplan/simulate.h"
#include "simulate/kernel.h"
#include "simulate/scatter.h"

/* A node whose clients renew on their own schedule, as resolved. */
struct rp_own {
	const struct rp_node_state *state;
	const struct rp_hop *hop;
};

/* What a trial did to one part; all arrays over the grid's points. */
struct rp_flow {
	uint32_t certificates;	/* there are in this trial; 0: the risk of
				 * their discovery did not come true, or the
				 * part is not wanted */
	size_t first, last;	/* all that happened did so at points and in
				 * cells first <= i < last; counts elsewhere
				 * are 0; first > last: nothing did */
	uint32_t *at_point;	/* replaced at a stroke at point i */
	uint32_t *in_cell;	/* replaced within cell i */
	uint32_t *lapsed;	/* expired unreplaced within cell i */
	uint32_t *renewed;	/* those of in_cell[i] that were renewed in the
				 * ordinary course; NULL: none ever is */
	uint32_t renewed_before;	/* those of at_point that had been so
				 * before the part became known */
	size_t n_own;		/* where those of at_point and in_cell come */
	struct rp_own *own;	/* from who renewed on their own schedule */
	uint32_t *reissued_at;	/* newly reissued at point i, in cell i; NULL */
	uint32_t *reissued_in;	/* where no step of the case reissues */
	uint32_t *lost;		/* those of lapsed[i] that had been reissued;
				 * NULL likewise */
	uint32_t *subscribers_left; /* at point i that have some to replace;
				 * NULL but for parts followed one by one */
	/*
	 * Natural ends, NULL where there are none: P(none by point i), of
	 * those not renewed before; and where some are renewed, the share of
	 * the ends within cell i that are renewals, and what
	 * rp_lapse_valid() needs.
	 */
	double *alive;
	double *renewing;
	double *valid;		/* P(not expired by point i) */
	double *valid_renewed;	/* the same for a renewal's time later */
	double renews;		/* share that is renewed at all */
	double before;		/* P(renewed before the part became known) */
	double before_s;	/* how long before expiry they are renewed */
};

/* Counts over the grid, all of them at points and cells first <= i < last. */
struct rp_counts {
	uint32_t *at_point;	/* [n] */
	uint32_t *in_cell;
	double *lump;		/* where in the cell, NaN: spread over it */
	size_t first, last;
};

/* The state of a node within a trial. */
struct rp_node_state {
	uint32_t in;		/* waiting to enter in this phase */
	double in_lump;		/* where in the cell they come, NaN: spread */
	struct rp_counts comes;	/* the same over the whole grid; only where
				 * nodes are swept */
	uint32_t *at_point;	/* [n] scheduled to leave; independent only */
	uint32_t *in_cell;
	uint32_t *lapses;
	double *lump;
	size_t first, last;	/* of these, as of rp_counts */
	uint32_t stays;		/* will never leave: they do not answer, or
				 * were never told */
	double share;		/* split */
	struct rp_law law;	/* split by validation: when it was */
	double *old;		/* [2 * n] share that is too old at point i, in
				 * cell i; NaN: not known yet */
	struct rp_stream stream;
	struct rp_stream ends;	/* natural ones of those who are here */
	struct rp_scatter *scatter;	/* of what enters at the start; NULL */
	struct rp_kernel **point_kernel; /* [n] made so far; fixed only */
	struct rp_kernel **cell_kernel;
};

struct rp_queue_state {
	const int64_t *clock;	/* [n] by which it works */
	double unit;		/* of that, below the stroke of the rate */
	uint32_t *waiting;	/* [members] */
	uint32_t *bucket;	/* [n * members] by arrival; shared only */
	size_t first, last;	/* buckets in use, as of rp_counts */
	size_t head;		/* oldest bucket that may not be empty */
	bool idle;		/* nobody waited: what it could have done
				 * meanwhile is lost */
	int64_t busy_from;	/* by its clock */
	double earned;		/* capacity since then, certificates times
				 * the unit of the rate */
	double used;		/* of it, certificates */
	double rate, ramp_from, ramp_over, variation, bounces;
	int64_t opened;		/* ticks at its first arrival, -1: not yet */
	bool has_chance;	/* of the days of a block: normal variates */
	uint64_t chance_block;
	double chance[RP_NORMALS_AT];
	uint32_t late;		/* arrivals at a known place in this cell, */
	double late_at;		/* the first such place */
	uint32_t spread;	/* arrivals anywhere in it */
	uint64_t waited_s;	/* certificate-seconds spent waiting, */
	double queue_days;	/* as days when the trial is over */
	struct rp_stream stream;
};

/* A part of the network. */
struct rp_work {
	size_t n_parts, n_nodes, n_queues;
	size_t *part, *node, *queue;	/* nodes by level */
};

struct rp_ones;

struct rp_engine {
	const struct rp_model *m;
	struct rp_kernel_work kernels;
	struct rp_kernel scratch;
	struct rp_ladder ladder;
	size_t kept;			/* bytes of kernels that are kept */
	struct rp_node_state *node;
	struct rp_queue_state *queue;
	struct rp_flow *flow;		/* [parts] */
	struct rp_ones *ones;		/* [parts] empty where counted */
	struct rp_stream *expiry;	/* [parts] of those whose work has not
					 * begun */
	struct rp_owners *owners;	/* [parts] where sizes are uncertain */
	bool *happened;			/* [events of the case] risks that
					 * came true, and all other events */
	double *rollout_share;		/* [rollouts] */
	size_t next_rollout;
	size_t stop;			/* walk no further than over this
					 * point; SIZE_MAX: to the end */
	uint64_t left;			/* neither replaced nor run out */
	bool primed;			/* what never changes was resolved */
	bool walk_all;			/* sweep nothing; for tests */
	bool *can_sweep;		/* [parts] */
	bool *wanted;			/* [parts] to run */
	bool *swept;			/* [parts] that are, in this trial */
	struct rp_work walk, sweep;	/* what is to be done in each way */
	bool listed;			/* in these, */
	bool sweeps;			/* and whether anything is swept */
	uint64_t trial;
	double pace;			/* of everybody in this trial */
};

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_engine_init(struct rp_engine *e,
    const struct rp_model *m, struct rp_err *err);
void rp_engine_release(struct rp_engine *e);

/*
 * Run only some parts from the next trial on, as if the others had no
 * certificates: with a part all that share a queue with it.  wanted is [parts]
 * and read at once; NULL: all.
 */
void rp_engine_want(struct rp_engine *e, const bool *wanted);

/*
 * Run a trial; e->flow holds what it did.  RP_ERANGE: an input that was drawn
 * makes no sense; RP_ENOMEM.
 */
RP_CHECKED rp_status rp_engine_run(struct rp_engine *e, uint64_t trial,
    struct rp_err *err);

/*
 * How many stand in a node at point i of a trial that was stopped there, all
 * that happens at a stroke there being done; *never, those of them who will
 * never leave it before the horizon.
 */
uint32_t rp_engine_inside(const struct rp_engine *e, size_t node, size_t i,
    uint32_t *never);

/*
 * P(valid at point j | not at its natural end by point i, i <= j, and then
 * replaced on its path): what is replaced still expires.
 */
double rp_lapse_valid(const struct rp_flow *f, size_t i, size_t j);

/* Who owns how many in this trial; only where the part has_owners. */
const struct rp_owners *rp_engine_owners(const struct rp_engine *e,
    size_t part);

/* Where a queue's own clock stands at any time. */
int64_t rp_queue_clock(const struct rp_model *m,
    const struct rp_queue *queue, int64_t t);

/* The unit below the stroke of a rate, in seconds; in ticks of the calendar
 * for working days. */
double rp_rate_unit(enum rp_per per);

#endif /* RP_SIMULATE_ENGINE_H */
