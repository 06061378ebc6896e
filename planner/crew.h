/*
 * planner/crew.h - processes that run this program together, as mpirun starts
 * them.
 *
 * `revplan` is always alone.  `revplan-mpi` (make MPI=1) may be one of many:
 * all of them read the same case and run a share of its trials, and the first
 * of them writes what came of it.  Nobody may leave while the others still
 * count on an answer, so whatever can go wrong on one machine and not on
 * another (a file that is missing there) is agreed upon before the work goes
 * on.
 */
#ifndef RP_CREW_H
#define RP_CREW_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/peers.h"

/*
 * Find the others, before anything else.  RP_EIO: they cannot be reached; the
 * process is then alone and should end.
 */
RP_CHECKED rp_status crew_begin(int *argc, char ***argv, struct rp_err *err);

/* The last thing that a process does with the others; harmless when alone. */
void crew_end(void);

/* The others, for a simulation; NULL when alone. */
const struct rp_peers *crew(void);

/* Whether it is for this process to write what all have found. */
bool crew_writes(void);

/*
 * Go on only if all can: RP_OK when st is RP_OK for everyone; else st, or
 * RP_EIO where only others failed.  One of those that failed may say why, all
 * others are silent from then on.
 */
RP_CHECKED rp_status crew_agree(rp_status st, struct rp_err *err);

/*
 * RP_EUSAGE unless all were given the same options; what may differ are the
 * threads and where the result goes.
 */
RP_CHECKED rp_status crew_alike(int argc, char *const *argv,
    const char *operand, struct rp_err *err);

/* RP_EINPUT unless all have read the same case; all call it alike. */
RP_CHECKED rp_status crew_same(const struct rp_case *cs, struct rp_err *err);

/* ---- crew_alone.c or crew_mpi.c, whichever is linked -------------------- */

/* *out is NULL where the process is alone. */
RP_CHECKED rp_status crew_join(int *argc, char ***argv,
    const struct rp_peers **out, struct rp_err *err);
void crew_leave(void);

#endif /* RP_CREW_H */
