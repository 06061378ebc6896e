/*
 * planner/store/verify.h - looking for what has been changed in a store.
 */
#ifndef RP_STORE_VERIFY_H
#define RP_STORE_VERIFY_H

#include "store/store.h"

/* Who is told of each fault, and how many there were. */
struct rp_finder {
	void (*found)(void *arg, const char *text);
	void *arg;
	size_t n;
};

/* A whole line; what is not printable in it is made visible. */
void rp_found(struct rp_finder *f, const char *fmt, ...) RP_PRINTF(2, 3);

/*
 * All records, in order: numbers, links, digests, and that every row is of
 * one.  sha256 is the head of the chain.
 */
RP_CHECKED rp_status rp_walk_records(struct rp_store *st,
    struct rp_finder *f, size_t *n_records, struct rp_sha256 *head,
    struct rp_err *err);

#endif /* RP_STORE_VERIFY_H */
