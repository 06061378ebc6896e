/*
 * planner/store/places.h - faults of a case that came from several places.
 *
 * What is on record came from files and command lines that are no longer
 * there; a fault is told with the item that it is in.
 */
#ifndef RP_STORE_PLACES_H
#define RP_STORE_PLACES_H

#include <stdio.h>

#include "store/store.h"

/* What has just been put on record: its faults are told in its own words. */
struct rp_places_new {
	int64_t record;		/* 0: nothing is new */
	const char *source;	/* of its lines */
	/* Or one item that was put together from "key=value" pairs. */
	const char *kind;
	size_t n_pairs;
	const char *const *pair;
};

/*
 * Whether all that is on record is a case; each fault is told to talk (which
 * may be NULL).  RP_EINPUT: it is none.
 */
RP_CHECKED rp_status rp_places_check(struct rp_store *st,
    const struct rp_places_new *new, FILE *talk, struct rp_err *err);

#endif /* RP_STORE_PLACES_H */
