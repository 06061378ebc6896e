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

/* In the source of what was counted, before the digest of the file. */
#define RP_COUNTS_MARK ", SHA-256 "

/*
 * A line for each population that was counted, and is not so in a scenario
 * that takes the place of the one on record.
 */
void rp_counts_lost(const struct rp_node *before, const struct rp_node *now,
    struct rp_text *out);

#endif /* RP_STORE_COUNTS_NOTES_H */
