/*
 * planner/read/bytes.h - whether bytes are text at all.
 */
#ifndef RP_READ_BYTES_H
#define RP_READ_BYTES_H

#include "read/doc.h"

/*
 * Whether all bytes are UTF-8 that YAML allows; the first that is not is a
 * fault in *f, with its line and column.  A byte order mark is passed over:
 * *skip is its length.
 */
RP_CHECKED bool rp_bytes_are_text(const char *bytes, size_t len,
    size_t *skip, struct rp_faults *f);

#endif /* RP_READ_BYTES_H */
