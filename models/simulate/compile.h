/*
 * simulate/compile.h - what compile.c and paths.c share.
 *
 * A path is compiled for one part at a time.  The ends of all ways that have
 * come so far are kept loose, in two lists: those who have not been reissued
 * yet, and those who have, go through copies of their own of what follows, so
 * that nobody is counted as reissued twice.  Without a step that reissues the
 * second list stays empty.
 */
#ifndef RP_SIMULATE_COMPILE_H
#define RP_SIMULATE_COMPILE_H

#include "simulate/model.h"

/* A pointer still to be set to the next node. */
struct rp_loose {
	size_t *to;
	bool *reissues;		/* set where going there reissues; or NULL */
	struct rp_loose *rest;
};

#define RP_COPIES 2		/* not reissued yet; reissued */

struct rp_compiler {
	struct rp_model *m;
	const struct rp_whatif *whatif;
	struct rp_err *err;
	size_t part;
	uint64_t ordinal;	/* of the step within its population */
	bool in_step;		/* a subscriber's certificates are together */
	size_t depth;
	const struct rp_step *mix;	/* of clients, under way; or NULL */
	size_t open[RP_COPIES];	/* the independent node under way, or END */
	struct rp_loose *loose[RP_COPIES];
	struct rp_loose *pool;	/* never more than there are edges */
	size_t n_pool;
};

/* The most nodes, and loose ends of one, that a step makes. */
#define RP_STEP_NODES (3 * RP_COPIES)
#define RP_NODE_ENDS 2

/* Steps of a path, those in branches and mixes included. */
size_t rp_compile_count(const struct rp_path *path);

/* Whether a step of a path reissues. */
bool rp_compile_reissues(const struct rp_path *path);

/* One more loose end. */
void rp_compile_leave(struct rp_compiler *c, int copy, size_t *to,
    bool *reissues);

/* All loose ends lead on through a path. */
RP_CHECKED rp_status rp_compile_path(struct rp_compiler *c,
    const struct rp_path *path);

/* The key of a step, or (ordinal 0) of the population at hand. */
struct rp_stream_key rp_compile_key(const struct rp_compiler *c,
    uint64_t ordinal);

#endif /* RP_SIMULATE_COMPILE_H */
