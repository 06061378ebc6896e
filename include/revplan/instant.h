/*
 * revplan/instant.h - points on the UTC time line, and how well they are known.
 *
 * Stage 0.  Reads: err.h units.h.  Read by: everything.
 *
 * Proleptic Gregorian calendar, no leap seconds, years 1900 to 2999.  Nothing
 * here asks what time it is.
 */
#ifndef RP_INSTANT_H
#define RP_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"
#include "revplan/units.h"

/* Seconds since 1970-01-01T00:00:00Z; the field is private, see units.h. */
struct rp_instant {
	int64_t instant_utc_s_;
};

/*
 * An instant as it was given.  Exact when from == until.  Otherwise it lies
 * somewhere in the half-open interval [from, until): a bare date spans its
 * UTC day.  Verdicts that depend on more are undecided.
 */
struct rp_when {
	struct rp_instant from;
	struct rp_instant until;
};

/* A calendar date; month 1..12, day 1..31. */
struct rp_civil {
	int32_t year;
	uint8_t month;
	uint8_t day;
};

static inline struct rp_instant
rp_instant_of_s(int64_t utc_s)
{
	return (struct rp_instant){ utc_s };
}

static inline int64_t
rp_instant_s(struct rp_instant a)
{
	return a.instant_utc_s_;
}

/* < 0, 0, > 0 as a is before, at or after b. */
static inline int
rp_instant_cmp(struct rp_instant a, struct rp_instant b)
{
	return (a.instant_utc_s_ > b.instant_utc_s_) -
	    (a.instant_utc_s_ < b.instant_utc_s_);
}

static inline struct rp_instant
rp_instant_plus(struct rp_instant a, struct rp_span d)
{
	return (struct rp_instant){ a.instant_utc_s_ + rp_span_s(d) };
}

/* b - a. */
static inline struct rp_span
rp_instant_between(struct rp_instant a, struct rp_instant b)
{
	return rp_span_of_s(b.instant_utc_s_ - a.instant_utc_s_);
}

static inline struct rp_when
rp_when_exact(struct rp_instant a)
{
	return (struct rp_when){ a, a };
}

static inline bool
rp_when_is_exact(struct rp_when w)
{
	return w.from.instant_utc_s_ == w.until.instant_utc_s_;
}

/*
 * The last second in which it can lie: from when exact, otherwise
 * until - 1 s.
 */
struct rp_instant rp_when_last(struct rp_when w);

/* 00:00:00Z of a date; of the date that an instant lies in. */
struct rp_instant rp_instant_of_civil(struct rp_civil c);
struct rp_civil rp_civil_of_instant(struct rp_instant a);
struct rp_instant rp_instant_midnight(struct rp_instant a);

/* Monday is 0 .. Sunday is 6, of the UTC day. */
unsigned rp_instant_weekday(struct rp_instant a);

/* ISO 8601 week and the year that it belongs to. */
void rp_instant_iso_week(struct rp_instant a, int *year, unsigned *week);

bool rp_civil_valid(struct rp_civil c);

/* What progress is told by: calendar months, or weeks from Monday on. */
enum rp_period { RP_PERIOD_MONTH, RP_PERIOD_WEEK };

/* The first instant of the period that a lies in, and of the one after it. */
struct rp_instant rp_period_start(enum rp_period period, struct rp_instant a);
struct rp_instant rp_period_next(enum rp_period period, struct rp_instant a);

#define RP_PERIOD_TEXT 12

/* "2020-08" or "2020-W36": the period that a lies in.  Returns buf. */
const char *rp_period_name(enum rp_period period, struct rp_instant a,
    char buf[RP_PERIOD_TEXT]);

/*
 * RFC 3339 with an offset ("2026-03-02T09:15Z", seconds may be left out,
 * "+09:00" allowed): exact.  A bare date "2026-03-02": its UTC day.  Two of
 * them joined by "..": from the start of the first to the start of the second
 * (exclusive).  A time without an offset is refused with the reason.
 * RP_EINPUT: not of that form, or no such date; *out is untouched.
 */
RP_CHECKED rp_status rp_when_parse(const char *text, struct rp_when *out,
    struct rp_err *err);

/* "2026-03-02". */
RP_CHECKED rp_status rp_civil_parse(const char *text, struct rp_civil *out,
    struct rp_err *err);

#define RP_INSTANT_TEXT 64

/* "2026-03-02T09:15:00Z".  Returns buf. */
const char *rp_instant_format(struct rp_instant a, char buf[RP_INSTANT_TEXT]);

/* "2026-03-02", the UTC date.  Returns buf. */
const char *rp_instant_format_date(struct rp_instant a,
    char buf[RP_INSTANT_TEXT]);

/* As it was given: exact instant, bare date, or "from..until".  Returns buf. */
const char *rp_when_format(struct rp_when w, char buf[RP_INSTANT_TEXT]);

#endif /* RP_INSTANT_H */
