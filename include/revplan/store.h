/*
 * revplan/store.h - where a case is kept, and how a command gets one.
 *
 * A side door: it keeps and yields cases.  Reads: case.h.  Read by: the
 * commands.
 *
 * A scenario file goes into an in-memory SQLite database and comes out of it
 * again, so that there is one path through the program whether the case is a
 * scenario or (later) a store file.
 */
#ifndef RP_STORE_H
#define RP_STORE_H

#include <stdio.h>

#include "revplan/case.h"
#include "revplan/err.h"

/*
 * Open the CASE of a command line.  path "-" is standard input.  Every fault
 * of a scenario is printed to talk as file:line:col: error: text (talk NULL:
 * nothing is printed).
 *
 *   RP_OK       *out is a new case, owned by the caller, rp_case_free()
 *   RP_EINPUT   not a valid case; faults went to talk, err has a summary
 *   RP_EIO      cannot be read (err says which file and why)
 *   RP_EDB, RP_ENOMEM
 * On any error *out is untouched.
 */
RP_CHECKED rp_status rp_case_open(const char *path, FILE *talk,
    struct rp_case **out, struct rp_err *err);

#endif /* RP_STORE_H */
