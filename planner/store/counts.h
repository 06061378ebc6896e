/*
 * planner/store/counts.h - counted populations into a store.
 */
#ifndef RP_STORE_COUNTS_H
#define RP_STORE_COUNTS_H

#include "read/counts.h"
#include "store/store.h"

/* Classes of owners of one population; its sizes beyond are put together. */
#define RP_COUNTS_CLASSES 500

/* A file of counts that was read. */
struct rp_counts_file {
	const char *source;	/* as the user named it; borrowed */
	struct rp_sha256 digest; /* of its bytes */
	struct rp_counts counts;
};

/*
 * Read a file of counts, "-" being standard input.  RP_OK: *out is given back
 * with rp_counts_file_release().  RP_EINPUT: it has faults; each was told to
 * talk (which may be NULL); RP_EIO, RP_ENOMEM.
 */
RP_CHECKED rp_status rp_counts_file_read(const char *path, FILE *talk,
    struct rp_counts_file *out, struct rp_err *err);
void rp_counts_file_release(struct rp_counts_file *file);

/* Tell the faults of a file of counts.  RP_EINPUT. */
RP_CHECKED rp_status rp_counts_faults(struct rp_faults *f, FILE *talk,
    struct rp_err *err);

/* What stood in the case before; index as in the counts. */
struct rp_counts_taken {
	size_t n;
	uint64_t *before;	/* certificates */
};
void rp_counts_taken_release(struct rp_counts_taken *taken);

/*
 * Give the populations of the scenario in force what was counted, as one
 * record; lists and files stay as they are.  What somebody should look at is a
 * line on talk each.
 *
 *   RP_ESTATE  there is no scenario yet
 *   RP_EINPUT  the case has no such population, or would not be one with these
 *              counts; told to talk
 *   RP_EIO, RP_EDB, RP_ENOMEM
 * On any error the store is as it was.
 */
RP_CHECKED rp_status rp_store_import_counts(struct rp_store *st,
    const struct rp_counts_file *file, struct rp_instant now, FILE *talk,
    struct rp_receipt *out, struct rp_counts_taken *taken,
    struct rp_err *err);

#endif /* RP_STORE_COUNTS_H */
