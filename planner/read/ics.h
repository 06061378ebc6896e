/*
 * planner/read/ics.h - the dates of an iCalendar file (RFC 5545).
 */
#ifndef RP_READ_ICS_H
#define RP_READ_ICS_H

#include <stddef.h>

#include "revplan/err.h"
#include "read/dayset.h"

#define RP_ICS_DEPTH 8			/* components within components */
#define RP_ICS_LISTED 400		/* RDATEs or EXDATEs of an event */

/*
 * Mark each date that an event (VEVENT) touches.  An all-day event has an
 * exclusive end, as the standard says, and without an end lasts a day.  Times
 * are taken as they are written, whatever their TZID: a holiday calendar
 * speaks of its own local days.  A time in UTC has no local date unless it
 * is midnight, and is refused otherwise.  Cancelled events are passed over.
 *
 * Recurrence rules are read as far as recur.h says; what is beyond that, and
 * RECURRENCE-ID, is refused rather than half understood.
 *
 * RP_EINPUT: a fault, with its line.  RP_ENOMEM.  The set may then hold a
 * part of the dates.
 */
RP_CHECKED rp_status rp_ics_read(const char *bytes, size_t len,
    struct rp_dayset *set, struct rp_err *err);

#endif /* RP_READ_ICS_H */
