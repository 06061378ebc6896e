/*
 * planner/store/file.h - whole databases as bytes, and files made of them.
 */
#ifndef RP_STORE_FILE_H
#define RP_STORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

struct rp_store;

/*
 * A new file with these bytes, on the disk when it returns; never in place of
 * another: *lost tells that there was one.  RP_EIO: nothing was made.
 */
RP_CHECKED rp_status rp_file_make(const char *path, const uint8_t *bytes,
    size_t len, bool *lost, struct rp_err *err);

/* Let an older store be read: its copy in memory takes the missing steps. */
RP_CHECKED rp_status rp_store_read_older(struct rp_store *st, int version,
    struct rp_err *err);

/*
 * Take an older store, open to be written, through the missing steps, a copy
 * of it being kept beside it: "incident.db.v1".
 */
RP_CHECKED rp_status rp_store_migrate(struct rp_store *st,
    struct rp_err *err);

/* RP_EINPUT, in the words that every command has for it. */
rp_status rp_not_a_store(const char *path, struct rp_err *err);
rp_status rp_newer_store(const char *path, int version, struct rp_err *err);

#endif /* RP_STORE_FILE_H */
