/*
 * planner/store/store.h - the database of a case.
 *
 * Records are only added.  One import is one transaction and one record; each
 * record carries the SHA-256 of its content and of the record before it.
 */
#ifndef RP_STORE_STORE_H
#define RP_STORE_STORE_H

#include <stdbool.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/instant.h"
#include "read/doc.h"
#include "read/files.h"
#include "store/digest.h"

/* Opaque. */
struct rp_store;

/*
 * A new, empty store in memory.  RP_OK: *out is owned by the caller,
 * rp_store_close().  RP_EDB, RP_ENOMEM: *out is untouched.
 */
RP_CHECKED rp_status rp_store_open_memory(struct rp_store **out,
    struct rp_err *err);
void rp_store_close(struct rp_store *st);	/* accepts NULL */

/* What an import is told about its scenario. */
struct rp_import {
	const char *source;		/* the file, as the user named it */
	struct rp_sha256 digest;	/* of its bytes */
	bool has_recorded;
	struct rp_instant recorded;	/* when it is imported */
};

/*
 * Keep a scenario, all of it or nothing of it.  RP_EINPUT: the root is not a
 * map; RP_EDB, RP_ENOMEM: the store is as it was.
 */
RP_CHECKED rp_status rp_store_keep(struct rp_store *st,
    const struct rp_node *root, const struct rp_import *what,
    struct rp_err *err);

/*
 * The latest scenario with what was recorded since, as the tree of a case
 * file.  RP_OK: *out is a new document.  RP_ESTATE: nothing was imported yet.
 */
RP_CHECKED rp_status rp_store_load_doc(struct rp_store *st,
    struct rp_doc **out, struct rp_err *err);

/* The same, bound to a case; see rp_bind(). */
RP_CHECKED rp_status rp_store_load(struct rp_store *st,
    const struct rp_files *files, struct rp_faults *f, struct rp_case **out, struct rp_err *err);

#endif /* RP_STORE_STORE_H */
