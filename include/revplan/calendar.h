/*
 * revplan/calendar.h - when people work.
 *
 * Stage 1.  Reads: instant.h.  Read by: case.h and the simulation.
 *
 * A calendar is computed from plain data: the offsets of its time zone, the
 * days of the week, the opening hours, holidays and freezes.  Reading those
 * from the tz database or from an ICS file is planner/read's work.
 *
 * Two measures of work run side by side.  Seconds, for waits in working time.
 * Ticks, for capacities per working day: a whole working day is always
 * RP_WORKDAY_TICKS, even when DST makes it an hour shorter, and a day cut by
 * a freeze counts in proportion.  Cumulative ticks at the end of a whole day
 * are exact, so 100 a working day is 100.
 */
#ifndef RP_CALENDAR_H
#define RP_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"
#include "revplan/instant.h"

#define RP_WORKDAY_TICKS INT64_C(86400000)

/* From `at` on, local time is UTC + offset_s, until the next one. */
struct rp_zone_offset {
	struct rp_instant at;
	int32_t offset_s;
};

/* No work in [from, until). */
struct rp_freeze {
	struct rp_instant from;
	struct rp_instant until;
	const char *why;	/* may be NULL */
};

/*
 * What a calendar is made of.  Borrowed by rp_calendar_new only while it
 * runs.
 */
struct rp_calendar_spec {
	const struct rp_zone_offset *offsets; /* ascending; none: UTC */
	size_t n_offsets;
	uint8_t week;			/* bit 0 Monday .. bit 6 Sunday */
	int32_t opens_s;		/* local seconds of the day, 0 .. */
	int32_t closes_s;		/* .. 86400, after opens_s */
	const struct rp_civil *holidays; /* local dates, any order */
	size_t n_holidays;
	const struct rp_freeze *freezes; /* any order, may overlap */
	size_t n_freezes;
};

/* Monday to Friday, 00:00 to 24:00 UTC, no holidays. */
extern const struct rp_calendar_spec rp_calendar_default;

/* Opaque; immutable once built, any number of threads may read it. */
struct rp_calendar;

/*
 * Work out all working time in [from, until).  Outside of it there is none.
 *
 *   *out   on RP_OK owned by the caller, given back with rp_calendar_free();
 *          untouched on any error
 *
 * RP_ERANGE  opens/closes out of range, from not before until, or more than
 *            200 years
 * RP_ENOMEM  nothing built
 *
 * A calendar without a working day is built; rp_calendar_is_empty() tells.
 * Cost: O(days + holidays log holidays + freezes) once; each question below
 * is a binary search.
 */
RP_CHECKED rp_status rp_calendar_new(const struct rp_calendar_spec *spec,
    struct rp_instant from, struct rp_instant until, struct rp_calendar **out,
    struct rp_err *err);

/* Accepts NULL. */
void rp_calendar_free(struct rp_calendar *cal);

bool rp_calendar_is_empty(const struct rp_calendar *cal);

/* Working seconds, and ticks, from the calendar's start to t. */
int64_t rp_calendar_seconds(const struct rp_calendar *cal,
    struct rp_instant t);
int64_t rp_calendar_ticks(const struct rp_calendar *cal, struct rp_instant t);

/*
 * The first instant at which rp_calendar_seconds() reaches `seconds`; false,
 * and *out untouched, when the calendar ends before.
 */
RP_CHECKED bool rp_calendar_at_seconds(const struct rp_calendar *cal,
    int64_t seconds, struct rp_instant *out);

/*
 * The first working moment at or after t; false, and *out untouched, when
 * there is none.
 */
RP_CHECKED bool rp_calendar_next(const struct rp_calendar *cal,
    struct rp_instant t, struct rp_instant *out);

/*
 * The last working second at or before t; the next instant after t at which
 * work begins or ends; and the last one at which rp_calendar_ticks() does not
 * exceed `ticks`.  false, and *out untouched, when there is none: for the
 * last also where all of the calendar has no more ticks than that.
 */
RP_CHECKED bool rp_calendar_last(const struct rp_calendar *cal,
    struct rp_instant t, struct rp_instant *out);
RP_CHECKED bool rp_calendar_edge(const struct rp_calendar *cal,
    struct rp_instant t, struct rp_instant *out);
RP_CHECKED bool rp_calendar_until_ticks(const struct rp_calendar *cal,
    int64_t ticks, struct rp_instant *out);

/* The UTC offset in force at t, in seconds. */
int32_t rp_calendar_offset(const struct rp_calendar *cal,
    struct rp_instant t);

/*
 * The instant at which the local clock first shows second local_s (may be
 * 86400) of a date; a time skipped by DST gives the instant of the change.
 */
struct rp_instant rp_zone_local(const struct rp_zone_offset *offsets,
    size_t n_offsets, struct rp_civil date, int32_t local_s);

#endif /* RP_CALENDAR_H */
