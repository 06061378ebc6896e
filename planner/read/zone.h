/*
 * planner/read/zone.h - the UTC offsets of a named time zone.
 */
#ifndef RP_READ_ZONE_H
#define RP_READ_ZONE_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/calendar.h"
#include "revplan/err.h"
#include "revplan/instant.h"

/*
 * The offsets of an IANA zone ("Asia/Tokyo") that are in force from `from`
 * to `until`: the first row is at `from`, each other one at a change.  "UTC"
 * needs no tz database; all others are read from $TZDIR, or else from
 * /usr/share/zoneinfo.
 *
 *   *out   on RP_OK at least one row, given back with free(); untouched on
 *          any error
 *
 * RP_EINPUT    there is no such zone; a near one is proposed
 * RP_ERANGE    from not before until, or more than 200 years
 * RP_EPROGRAM  no tz database on this machine
 * RP_ENOMEM
 *
 * TZ is changed while it runs and put back, which other threads would
 * notice: call it before starting any.
 */
RP_CHECKED rp_status rp_zone_load(const char *name, struct rp_instant from,
    struct rp_instant until, struct rp_zone_offset **out, size_t *n,
    struct rp_err *err);

#endif /* RP_READ_ZONE_H */
