/*
 * planner/store/bug.h - a saved bug into a store.
 */
#ifndef RP_STORE_BUG_H
#define RP_STORE_BUG_H

#include "read/bugzilla.h"
#include "store/store.h"

/* What was saved, and what it gives. */
struct rp_bug_items {
	uint32_t number;
	struct rp_doc *doc;		/* facts and updates */
	struct rp_sha256 digest;	/* of all files, one behind the other */
	char *source;			/* their names */
};

/*
 * Read n files, of which one may be "-", and take out of them what a case can
 * have.  What has to be looked at is a line on talk (which may be NULL).
 * RP_OK: *out is given back with rp_bug_items_release().  RP_EINPUT: as
 * rp_bug_read() and rp_bug_roles(); RP_EIO, RP_ENOMEM.
 */
RP_CHECKED rp_status rp_bug_items_read(const char *const *path, size_t n,
    const struct rp_bug_who *who, FILE *talk, struct rp_bug_items *out,
    struct rp_err *err);
void rp_bug_items_release(struct rp_bug_items *items);

/* Put them on record; as rp_store_import_items(). */
RP_CHECKED rp_status rp_store_import_bug(struct rp_store *st,
    const struct rp_bug_items *items, struct rp_instant now, FILE *talk,
    struct rp_receipt *out, struct rp_err *err);

#endif /* RP_STORE_BUG_H */
