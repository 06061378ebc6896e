/*
 * planner/store/schema.h - the tables of a store, and how they came to be.
 */
#ifndef RP_STORE_SCHEMA_H
#define RP_STORE_SCHEMA_H

#include "revplan/err.h"

/* "rvpl" */
#define RP_STORE_APPLICATION_ID 0x7276706c
#define RP_STORE_VERSION 2
#define RP_STORE_SEALED 2	/* since when there is a seal */

struct rp_store;

/* How this connection behaves: foreign keys, no tricks by the file. */
RP_CHECKED rp_status rp_schema_connect(struct rp_store *st,
    struct rp_err *err);

/* Run some SQL that is not among the statements. */
RP_CHECKED rp_status rp_schema_run(struct rp_store *st, const char *sql,
    struct rp_err *err);

/* What the file says that it is. */
RP_CHECKED rp_status rp_schema_version(struct rp_store *st, int *application,
    int *version, struct rp_err *err);

/*
 * The steps after version `from` up to version `to`, each with its number.
 * The transaction is the caller's.
 */
RP_CHECKED rp_status rp_schema_steps(struct rp_store *st, int from, int to,
    struct rp_err *err);

/* All steps in one transaction of their own: an empty store. */
RP_CHECKED rp_status rp_schema_create(struct rp_store *st,
    struct rp_err *err);

/*
 * Compare the tables, indexes and triggers of a store with those that the
 * steps up to `version` make; each difference is told as a whole line.
 */
RP_CHECKED rp_status rp_schema_compare(struct rp_store *st, int version,
    void (*found)(void *arg, const char *text), void *arg,
    struct rp_err *err);

#endif /* RP_STORE_SCHEMA_H */
