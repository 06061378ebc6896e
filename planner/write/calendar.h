/*
 * write/calendar.h - dues as an iCalendar file (RFC 5545).
 */
#ifndef RP_WRITE_CALENDAR_H
#define RP_WRITE_CALENDAR_H

#include "output.h"
#include "revplan/dues.h"
#include "write/provenance.h"

/*
 * One event with two alarms a due, in the order of the dues.  An instant is
 * in UTC, a bare date an all-day event.  The UID of an event stays the same
 * as long as case, rule, duty and deadline do, and its stamp is as_of, so the
 * same case gives the same bytes and a second import makes no second event.
 *
 * RP_ENOMEM; the text is then unusable.
 */
RP_CHECKED rp_status rp_dues_calendar(const struct rp_dues *d,
    const struct rp_provenance *p, struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_CALENDAR_H */
