/*
 * simulate/kernel.h - where probability goes while nobody waits for anybody.
 *
 * Passing a hop moves mass over the grid (mass.h).  The kernel of a node for an
 * entry is the mass that one certificate leaves behind after all its hops,
 * thinned by natural expiry; counts are then drawn from it.
 *
 * Approximation: mass within a cell is taken as spread evenly over it when it
 * goes on to a further step.  No certificate is misplaced by more than one
 * cell for each such step; a single wait from an instant of its own is exact.
 */
#ifndef RP_SIMULATE_KERNEL_H
#define RP_SIMULATE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "simulate/lags.h"
#include "simulate/mass.h"
#include "simulate/model.h"

enum rp_exit_kind { RP_EXIT_ATOM, RP_EXIT_CELL, RP_EXIT_EXPIRED };

struct rp_exit {
	double p;
	double up_to;		/* sum of p so far, this one included */
	double lump;		/* as in rp_mass */
	uint32_t at;		/* point or cell */
	uint8_t kind;
};

/* The kernel of one entry; what is missing to 1 never leaves in time. */
struct rp_kernel {
	size_t n;
	struct rp_exit *exit;	/* in time order; up to 3 * points */
};

struct rp_pieces;

/* Where a batch sends what arrives evenly over a cell; see pass.c. */
struct rp_route {
	uint32_t at;
	uint8_t how;
};

/* What a thread needs to make kernels; one a thread. */
struct rp_kernel_work {
	const struct rp_model *m;
	struct rp_hop *hop;	/* the thread's copy, resolved per trial */
	size_t n_pool;
	struct rp_mass *pool;
	struct rp_lag_help help;
	struct rp_lags *lags;	/* [hops] */
	uint64_t trial;		/* set by the engine before each trial */
	struct rp_route **route;	/* [hops] of a batch, by cell */
	struct rp_pieces **pieces;	/* likewise */
};

enum rp_entry { RP_ENTRY_POINT, RP_ENTRY_CELL };

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_kernel_work_init(struct rp_kernel_work *w,
    const struct rp_model *m, struct rp_err *err);
void rp_kernel_work_release(struct rp_kernel_work *w);

/*
 * The kernel of a node for an entry at point i, or spread over cell i.
 * alive[j] is the probability not to have expired by point j (NULL: nothing
 * expires).  k->exit must have room for 3 * points.
 */
void rp_kernel_make(struct rp_kernel_work *w, const struct rp_flow_node *node,
    enum rp_entry entry, size_t i, const double *alive, struct rp_kernel *k);

#endif /* RP_SIMULATE_KERNEL_H */
