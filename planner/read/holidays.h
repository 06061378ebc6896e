/*
 * planner/read/holidays.h - dates on which nobody works, from a file.
 *
 * A file is an iCalendar (it begins with BEGIN:VCALENDAR; see ics.h) or a
 * plain list, one holiday a line:
 *
 *	# a line that begins so is a comment
 *	2020-12-31,New Year's Eve
 *	2020-12-29,2021-01-03,winter closure
 *
 * Two dates are a range that includes both of them.  The name may be left
 * out.  Empty lines are passed over.
 */
#ifndef RP_READ_HOLIDAYS_H
#define RP_READ_HOLIDAYS_H

#include <stddef.h>

#include "revplan/err.h"
#include "revplan/instant.h"

#define RP_HOLIDAYS_BYTES (1u << 20)	/* of one file */

/*
 * The holidays that matter between two instants, as local dates in order,
 * each once; a margin of two days on both ends serves any time zone.
 *
 *   path   where the file is; relative to the working directory
 *   *out   on RP_OK given back with free(), not NULL even when *n is 0;
 *          untouched on any error
 *
 * RP_EINPUT  not such a file, or a fault in it (the text says in which
 *            line), or larger than RP_HOLIDAYS_BYTES
 * RP_EIO     it cannot be opened or read, or is a directory
 * RP_ERANGE  from not before until, or more than 200 years
 * RP_ENOMEM
 */
RP_CHECKED rp_status rp_holidays_load(const char *path,
    struct rp_instant from, struct rp_instant until, struct rp_civil **out,
    size_t *n, struct rp_err *err);

/* The same from memory. */
RP_CHECKED rp_status rp_holidays_read(const char *bytes, size_t len,
    struct rp_instant from, struct rp_instant until, struct rp_civil **out,
    size_t *n, struct rp_err *err);

#endif /* RP_READ_HOLIDAYS_H */
