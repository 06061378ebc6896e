/*
 * planner/read/dayset.h - a set of dates within a range.
 *
 * Marking a span of a thousand years costs as much as marking a day, so a
 * hostile file gains nothing by long holidays; dates outside the range are
 * let go, and each date is kept once.
 */
#ifndef RP_READ_DAYSET_H
#define RP_READ_DAYSET_H

#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"
#include "revplan/instant.h"

/* Days are numbered from 1970-01-01. */
struct rp_dayset {
	int64_t first;
	size_t n;
	int32_t *change;	/* spans that begin on a day, less those that
				 * ended the day before */
};

/*
 * All local dates that a range of instants can touch in any time zone.
 * RP_ERANGE: from not before until, or more than 200 years.  RP_ENOMEM.
 */
RP_CHECKED rp_status rp_dayset_init(struct rp_dayset *set,
    struct rp_instant from, struct rp_instant until, struct rp_err *err);
void rp_dayset_release(struct rp_dayset *set);

int64_t rp_day_of_civil(struct rp_civil c);

/* The last day of the set. */
int64_t rp_dayset_last(const struct rp_dayset *set);

/* Both ends inclusive; nothing when last is before first. */
void rp_dayset_mark(struct rp_dayset *set, int64_t first, int64_t last);

/* The marked dates in order; *out is given back with free().  RP_ENOMEM. */
RP_CHECKED rp_status rp_dayset_dates(const struct rp_dayset *set,
    struct rp_civil **out, size_t *n, struct rp_err *err);

#endif /* RP_READ_DAYSET_H */
