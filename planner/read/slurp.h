/*
 * planner/read/slurp.h - the bytes of a file, all of them or none.
 */
#ifndef RP_READ_SLURP_H
#define RP_READ_SLURP_H

#include <stddef.h>

#include "revplan/err.h"

/*
 * Read a file, or standard input for "-", whole.
 *
 *   *out  malloc'ed, ended with a 0 that *len does not count; free() it
 *
 * RP_EINPUT  more than `most` bytes; a regular file of that size is not read
 * RP_EIO     a directory, missing, unreadable
 * RP_ENOMEM
 * On any error nothing is to be given back.
 */
RP_CHECKED rp_status rp_slurp(const char *path, size_t most, char **out,
    size_t *len, struct rp_err *err);

/* The same, for a file that messages call by another name. */
RP_CHECKED rp_status rp_slurp_as(const char *path, const char *name,
    size_t most, char **out, size_t *len, struct rp_err *err);

#endif /* RP_READ_SLURP_H */
