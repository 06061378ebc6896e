/*
 * write/show_store.h - what the commands on a store print.
 *
 * Each appends to out in the format of how: text or JSON, and rp_show_history
 * in any.  RP_ENOMEM; the text is then unusable.
 */
#ifndef RP_WRITE_SHOW_STORE_H
#define RP_WRITE_SHOW_STORE_H

#include "read/counts.h"
#include "read/doc.h"
#include "revplan/store.h"
#include "revplan/table.h"
#include "write/show.h"

/* What an import did.  h is the history after it, for what is new in it;
 * taken is what was taken from a bug, or NULL. */
RP_CHECKED rp_status rp_show_import(const struct rp_receipt *r,
    const struct rp_history *h, const struct rp_table *taken,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

/* The items that a bug gave, a row each; rp_table_free(). */
RP_CHECKED rp_status rp_bug_table(const struct rp_node *root,
    struct rp_table **out, struct rp_err *err);

/* The populations that were counted, a row each, and how many certificates
 * they had before; rp_table_free(). */
RP_CHECKED rp_status rp_counts_table(const struct rp_counts *counts,
    const uint64_t *before, struct rp_table **out, struct rp_err *err);

/* That one item is on the disk. */
RP_CHECKED rp_status rp_show_record(const struct rp_receipt *r,
    const struct rp_history *h, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err);

/* Every item that was ever recorded, a row each. */
RP_CHECKED rp_status rp_show_history(const struct rp_history *h,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

/* What a walk over a store found. */
struct rp_verified {
	size_t n_records;
	const char *sha256;	/* the head of the chain */
	size_t n_faults;
	char *const *found;	/* a line each */
};

RP_CHECKED rp_status rp_show_verified(const struct rp_verified *v,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_SHOW_STORE_H */
