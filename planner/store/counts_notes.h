/*
 * planner/store/counts_notes.h - what somebody should look at before counts
 * are relied upon.
 */
#ifndef RP_STORE_COUNTS_NOTES_H
#define RP_STORE_COUNTS_NOTES_H

#include "output.h"
#include "store/counts.h"

/*
 * A line each.  doc is the case before the counts are put into it, all of
 * whose populations it has.
 */
void rp_counts_notes(const struct rp_counts_file *file,
    const struct rp_doc *doc, struct rp_text *out);

#endif /* RP_STORE_COUNTS_NOTES_H */
