/*
 * base/instant.c - the Gregorian calendar in UTC, read and written.
 */
#include "revplan/instant.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400
#define DAYS_IN_400_YEARS 146097

/* Days from 0000-03-01 to 1970-01-01. */
#define EPOCH_FROM_MARCH 719468

static const uint8_t month_days[13] = {
	0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
};

/* Division that rounds down, also before 1970. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
is_leap(int32_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool
rp_civil_valid(struct rp_civil c)
{
	unsigned last;

	if (c.year < 1900 || c.year > 2999 || c.month < 1 || c.month > 12)
		return false;
	last = month_days[c.month];
	if (c.month == 2 && is_leap(c.year))
		last++;
	return c.day >= 1 && c.day <= last;
}

/*
 * Years are counted from March, so that the leap day is the last of its year
 * and months before it all begin at (153 m + 2) / 5.
 */
static int64_t
days_of_civil(struct rp_civil c)
{
	int64_t year = (int64_t)c.year - (c.month <= 2);
	int64_t era = floor_div(year, 400), in_era = year - era * 400;
	int64_t month = (c.month + 9) % 12;
	int64_t day = (153 * month + 2) / 5 + c.day - 1;

	return era * DAYS_IN_400_YEARS + in_era * 365 + in_era / 4 -
	    in_era / 100 + day - EPOCH_FROM_MARCH;
}

static struct rp_civil
civil_of_days(int64_t days)
{
	int64_t era, day, year, month;
	struct rp_civil c;

	days += EPOCH_FROM_MARCH;
	era = floor_div(days, DAYS_IN_400_YEARS);
	day = days - era * DAYS_IN_400_YEARS;
	/* Take out the leap days before it: what is left has 365 to a year. */
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= year * 365 + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	c.day = (uint8_t)(day - (153 * month + 2) / 5 + 1);
	c.month = (uint8_t)(month < 10 ? month + 3 : month - 9);
	c.year = (int32_t)(year + era * 400 + (c.month <= 2));
	return c;
}

static int64_t
day_number(struct rp_instant a)
{
	return floor_div(a.instant_utc_s_, DAY_S);
}

struct rp_instant
rp_when_last(struct rp_when w)
{
	if (rp_when_is_exact(w))
		return w.from;
	return rp_instant_of_s(w.until.instant_utc_s_ - 1);
}

struct rp_instant
rp_instant_of_civil(struct rp_civil c)
{
	return rp_instant_of_s(days_of_civil(c) * DAY_S);
}

struct rp_civil
rp_civil_of_instant(struct rp_instant a)
{
	return civil_of_days(day_number(a));
}

struct rp_instant
rp_instant_midnight(struct rp_instant a)
{
	return rp_instant_of_s(day_number(a) * DAY_S);
}

/* 1970-01-01 was a Thursday. */
unsigned
rp_instant_weekday(struct rp_instant a)
{
	int64_t day = (day_number(a) % 7 + 10) % 7;

	return (unsigned)day;
}

/* A week belongs to the year that its Thursday lies in. */
void
rp_instant_iso_week(struct rp_instant a, int *year, unsigned *week)
{
	int64_t thursday = day_number(a) + 3 - (int64_t)rp_instant_weekday(a);
	struct rp_civil c = civil_of_days(thursday);
	int64_t first = days_of_civil((struct rp_civil){ c.year, 1, 1 });

	*year = c.year;
	*week = (unsigned)((thursday - first) / 7) + 1;
}

struct rp_instant
rp_period_start(enum rp_period period, struct rp_instant a)
{
	struct rp_civil c = rp_civil_of_instant(a);

	if (period == RP_PERIOD_WEEK)
		return rp_instant_of_s(
		    (day_number(a) - rp_instant_weekday(a)) * DAY_S);
	c.day = 1;
	return rp_instant_of_civil(c);
}

struct rp_instant
rp_period_next(enum rp_period period, struct rp_instant a)
{
	int64_t days = period == RP_PERIOD_WEEK ? 7 : 31;

	/* From its first day no month is longer, and no two are shorter. */
	return rp_period_start(period, rp_instant_plus(
	    rp_period_start(period, a), rp_span_of_s(days * DAY_S)));
}

const char *
rp_period_name(enum rp_period period, struct rp_instant a,
    char buf[RP_PERIOD_TEXT])
{
	struct rp_civil c = rp_civil_of_instant(a);
	unsigned week;
	int year;

	rp_instant_iso_week(a, &year, &week);
	if (period == RP_PERIOD_WEEK)
		(void)snprintf(buf, RP_PERIOD_TEXT, "%04d-W%02u",
		    year % 10000, week % 100);
	else
		(void)snprintf(buf, RP_PERIOD_TEXT, "%04d-%02u",
		    (int)c.year % 10000, (unsigned)c.month % 100);
	return buf;
}

/* n digits at *p as a number, moving past them; -1 when they are not. */
static int
digits(const char **p, int n)
{
	int value = 0;

	for (; n > 0; n--, (*p)++) {
		if (**p < '0' || **p > '9')
			return -1;
		value = value * 10 + (**p - '0');
	}
	return value;
}

/* The character at *p is one of set, and is passed over. */
static bool
take(const char **p, const char *set)
{
	if (**p == '\0' || strchr(set, **p) == NULL)
		return false;
	(*p)++;
	return true;
}

/* What a reader works on: where it is, and the whole text for messages. */
struct reader {
	const char *p;
	const char *text;
	struct rp_err *err;
};

static rp_status
not_an_instant(const struct reader *r)
{
	return rp_fail(r->err, RP_EINPUT, "'%.60s' is not an instant; write it "
	    "as 2026-03-02T09:15Z, with +09:00 in place of Z for local time, "
	    "or as 2026-03-02", r->text);
}

static rp_status
read_civil(struct reader *r, struct rp_civil *out)
{
	int year, month, day;

	year = digits(&r->p, 4);
	if (year < 0 || !take(&r->p, "-"))
		return not_an_instant(r);
	month = digits(&r->p, 2);
	if (month < 0 || !take(&r->p, "-"))
		return not_an_instant(r);
	day = digits(&r->p, 2);
	if (day < 0)
		return not_an_instant(r);
	*out = (struct rp_civil){ year, (uint8_t)month, (uint8_t)day };
	if (year < 1900 || year > 2999)
		return rp_fail(r->err, RP_EINPUT, "'%.60s' is outside the "
		    "years 1900 to 2999", r->text);
	if (!rp_civil_valid(*out))
		return rp_fail(r->err, RP_EINPUT, "there is no date "
		    "%04d-%02d-%02d in '%.60s'", year, month, day, r->text);
	return RP_OK;
}

/* Z, or the hours and minutes by which local time is ahead of UTC. */
static rp_status
read_offset(struct reader *r, int *offset_s)
{
	int sign, hours, minutes;

	*offset_s = 0;
	if (take(&r->p, "Zz"))
		return RP_OK;
	if (*r->p == '\0' || *r->p == '.')
		return rp_fail(r->err, RP_EINPUT, "time '%.60s' has no offset "
		    "from UTC; end it with Z for UTC or with one such as "
		    "+09:00", r->text);
	sign = *r->p == '-' ? -1 : 1;
	if (!take(&r->p, "+-"))
		return not_an_instant(r);
	hours = digits(&r->p, 2);
	if (hours < 0 || !take(&r->p, ":"))
		return not_an_instant(r);
	minutes = digits(&r->p, 2);
	if (minutes < 0)
		return not_an_instant(r);
	if (hours > 23 || minutes > 59)
		return rp_fail(r->err, RP_EINPUT, "there is no offset "
		    "%02d:%02d in '%.60s'", hours, minutes, r->text);
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return RP_OK;
}

static rp_status
no_such_time(const struct reader *r, int hours, int minutes, int seconds)
{
	if (seconds == 60)
		return rp_fail(r->err, RP_EINPUT, "leap seconds are not kept; "
		    "write second 59 in '%.60s'", r->text);
	return rp_fail(r->err, RP_EINPUT, "there is no time %02d:%02d:%02d in "
	    "'%.60s'%s", hours, minutes, seconds, r->text,
	    hours == 24 ? "; write 00:00 of the next day" : "");
}

/* Seconds of the day; the seconds themselves may have been left out. */
static rp_status
read_clock(struct reader *r, int *second)
{
	int hours, minutes, seconds = 0;

	hours = digits(&r->p, 2);
	if (hours < 0 || !take(&r->p, ":"))
		return not_an_instant(r);
	minutes = digits(&r->p, 2);
	if (minutes < 0)
		return not_an_instant(r);
	if (take(&r->p, ":"))
		seconds = digits(&r->p, 2);
	if (seconds < 0)
		return not_an_instant(r);
	if (hours > 23 || minutes > 59 || seconds > 59)
		return no_such_time(r, hours, minutes, seconds);
	if (*r->p == '.' && r->p[1] >= '0' && r->p[1] <= '9')
		return rp_fail(r->err, RP_EINPUT, "fractions of a second are "
		    "not kept; leave them out of '%.60s'", r->text);
	*second = hours * 3600 + minutes * 60 + seconds;
	return RP_OK;
}

/* A date, or a date with a time; *day_only says which it was. */
static rp_status
read_instant(struct reader *r, struct rp_instant *out, bool *day_only)
{
	int second = 0, offset_s = 0;
	struct rp_civil c;
	rp_status status;
	int64_t s;

	status = read_civil(r, &c);
	if (status != RP_OK)
		return status;
	*day_only = !take(&r->p, "Tt ");
	if (!*day_only) {
		status = read_clock(r, &second);
		if (status == RP_OK)
			status = read_offset(r, &offset_s);
	}
	if (status != RP_OK)
		return status;
	s = days_of_civil(c) * DAY_S + second - offset_s;
	*out = rp_instant_of_s(s);
	c = rp_civil_of_instant(*out);
	if (c.year < 1900 || c.year > 2999)
		return rp_fail(r->err, RP_EINPUT, "'%.60s' is outside the "
		    "years 1900 to 2999", r->text);
	return RP_OK;
}

/* After "..": the end of the interval, which is not part of it. */
static rp_status
read_until(struct reader *r, struct rp_when *w)
{
	bool day_only;
	rp_status status;

	r->p += 2;
	status = read_instant(r, &w->until, &day_only);
	if (status != RP_OK)
		return status;
	if (*r->p != '\0')
		return not_an_instant(r);
	if (rp_instant_cmp(w->from, w->until) >= 0)
		return rp_fail(r->err, RP_EINPUT, "interval '%.90s' ends "
		    "before it begins; its end is exclusive", r->text);
	return RP_OK;
}

rp_status
rp_when_parse(const char *text, struct rp_when *out, struct rp_err *err)
{
	struct reader r = { text, text, err };
	rp_status status;
	struct rp_when w;
	bool day_only;

	status = read_instant(&r, &w.from, &day_only);
	if (status != RP_OK)
		return status;
	if (strncmp(r.p, "..", 2) == 0) {
		status = read_until(&r, &w);
	} else if (*r.p != '\0') {
		status = not_an_instant(&r);
	} else {
		w.until = w.from;
		if (day_only)
			w.until.instant_utc_s_ += DAY_S;
	}
	if (status == RP_OK)
		*out = w;
	return status;
}

rp_status
rp_civil_parse(const char *text, struct rp_civil *out, struct rp_err *err)
{
	struct reader r = { text, text, err };
	struct rp_civil c;
	rp_status status;

	status = read_civil(&r, &c);
	if (r.p != text + strlen("2026-03-02") || *r.p != '\0')
		return rp_fail(err, RP_EINPUT, "'%.60s' is not a date; write "
		    "it as 2026-03-02", text);
	if (status == RP_OK)
		*out = c;
	return status;
}

const char *
rp_instant_format(struct rp_instant a, char buf[RP_INSTANT_TEXT])
{
	struct rp_civil c = rp_civil_of_instant(a);
	int s = (int)((a.instant_utc_s_ % DAY_S + DAY_S) % DAY_S);

	(void)snprintf(buf, RP_INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    (int)c.year, c.month, c.day, s / 3600, s / 60 % 60, s % 60);
	return buf;
}

const char *
rp_instant_format_date(struct rp_instant a, char buf[RP_INSTANT_TEXT])
{
	struct rp_civil c = rp_civil_of_instant(a);

	(void)snprintf(buf, RP_INSTANT_TEXT, "%04d-%02d-%02d", (int)c.year,
	    c.month, c.day);
	return buf;
}

static bool
is_midnight(struct rp_instant a)
{
	return a.instant_utc_s_ % DAY_S == 0;
}

const char *
rp_when_format(struct rp_when w, char buf[RP_INSTANT_TEXT])
{
	char until[RP_INSTANT_TEXT];
	size_t have;

	if (rp_when_is_exact(w))
		return rp_instant_format(w.from, buf);
	if (!is_midnight(w.from) || !is_midnight(w.until)) {
		(void)rp_instant_format(w.from, buf);
		(void)rp_instant_format(w.until, until);
	} else {
		(void)rp_instant_format_date(w.from, buf);
		(void)rp_instant_format_date(w.until, until);
		if (w.until.instant_utc_s_ - w.from.instant_utc_s_ == DAY_S)
			return buf;
	}
	have = strlen(buf);
	(void)snprintf(buf + have, RP_INSTANT_TEXT - have, "..%.28s", until);
	return buf;
}
