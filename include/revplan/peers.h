/*
 * revplan/peers.h - processes that share the trials of one case.
 *
 * Stage 0.  Reads: err.h.  Read by: simulate.h.
 *
 * All of them run the same program on the same input and make the same calls
 * in the same order.  Each runs a share of the trials; then they tell each
 * other what came of them, so that all hold the results of all trials, to the
 * byte those of one process alone.  How they talk is not known here: MPI is
 * one way (planner/peers_mpi.c, `make MPI=1`), tests have another.
 */
#ifndef RP_PEERS_H
#define RP_PEERS_H

#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

struct rp_peers {
	unsigned rank;		/* of this process, 0 .. n - 1 */
	unsigned n;		/* of them all */
	void *arg;		/* of the calls below; borrowed */
	/*
	 * Every process calls these at the same moment of its work, or none
	 * goes on.  What only one of them cannot do (no memory, a trial that
	 * makes no sense) must therefore be told to all before the next call,
	 * by way of least().
	 *
	 * RP_EIO when the others cannot be reached; the data is then void.
	 */

	/* items[from[r] .. from[r + 1]) of process r, `size` bytes each, to
	 * all; from has n + 1 members. */
	RP_CHECKED rp_status (*gather)(void *arg, void *items, size_t size,
	    const size_t *from, struct rp_err *err);
	/* x[i] becomes the sum of x[i] of all, modulo 2^64. */
	RP_CHECKED rp_status (*sum)(void *arg, uint64_t *x, size_t n,
	    struct rp_err *err);
	/* x[i] becomes the least x[i] of all. */
	RP_CHECKED rp_status (*least)(void *arg, uint64_t *x, size_t n,
	    struct rp_err *err);
};

#endif /* RP_PEERS_H */
