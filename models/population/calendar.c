/*
 * population/calendar.c - working time from plain data.
 *
 * The work of all days is laid out once as a row of slices, each of them
 * knowing what was worked before it; questions are binary searches in it.
 */
#include "revplan/calendar.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"

#define DAY_S INT64_C(86400)

/* No place is further from UTC; RFC 8536 sets the same bound. */
#define OFFSET_MAX_S (26 * 3600)

/* 200 years of the Gregorian calendar hold 73,048 or 73,049 days. */
#define CALENDAR_MAX_S (INT64_C(73050) * DAY_S)

/*
 * 1890-01-01 and 3010-01-01: the limits of instant.h and some years more, as
 * a case may look back before awareness and ahead of its horizon.
 */
#define FIRST_S INT64_C(-2524521600)
#define LAST_S INT64_C(32819212800)

const struct rp_calendar_spec rp_calendar_default = {
	.week = 0x1f, .opens_s = 0, .closes_s = 86400
};

/* [from, until) in UTC seconds. */
struct stretch {
	int64_t from;
	int64_t until;
};

/*
 * An unbroken stretch of work: within one local day, or over whole days of one
 * length that follow one another without a break.
 */
struct slice {
	struct stretch at;
	int64_t seconds;	/* worked before it */
	int64_t day_ticks;	/* ticks at the start of its day */
	int64_t day_seconds;	/* worked before it on its day */
	int64_t day_whole;	/* seconds of that day if nothing cut it */
};

struct rp_calendar {
	struct rp_instant start;
	struct rp_zone_offset *offsets;
	size_t n_offsets;
	struct slice *slices;
	size_t n_slices;
};

/* What is needed only while a calendar is laid out. */
struct layout {
	const struct rp_calendar_spec *spec;
	struct stretch range;
	int64_t *holidays;	/* day numbers, ascending */
	struct stretch *freezes; /* ascending, disjoint */
	size_t n_freezes;
	size_t holiday;		/* the first that may still matter */
	size_t freeze;
	struct rp_calendar *cal;
};

static int64_t
min_s(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
max_s(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
day_number(int64_t s)
{
	return s / DAY_S - (s % DAY_S < 0);
}

static int64_t
day_of_civil(struct rp_civil c)
{
	return day_number(rp_instant_s(rp_instant_of_civil(c)));
}

/*
 * The row that holds at t.  Before the first one its offset is taken to have
 * been in force already.
 */
static size_t
offset_row(const struct rp_zone_offset *offsets, size_t n, int64_t t)
{
	size_t low = 0, high = n, middle;

	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (rp_instant_s(offsets[middle].at) <= t)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/*
 * The first instant at which the clock shows `local` or later.  Where clocks
 * go back, that is the first of the two; where they jump over it, the jump.
 * Taken so, it never decreases as local grows: days cannot overlap.
 */
static int64_t
utc_of_local(const struct rp_zone_offset *offsets, size_t n, int64_t local)
{
	size_t i;
	int64_t t;

	if (n == 0)
		return local;
	i = offset_row(offsets, n, local - OFFSET_MAX_S);
	t = local - offsets[i].offset_s;
	while (i + 1 < n && t >= rp_instant_s(offsets[i + 1].at)) {
		i++;
		t = max_s(local - offsets[i].offset_s,
		    rp_instant_s(offsets[i].at));
	}
	return t;
}

struct rp_instant
rp_zone_local(const struct rp_zone_offset *offsets, size_t n_offsets,
    struct rp_civil date, int32_t local_s)
{
	int64_t local = rp_instant_s(rp_instant_of_civil(date)) + local_s;

	return rp_instant_of_s(utc_of_local(offsets, n_offsets, local));
}

static rp_status
check_offsets(const struct rp_calendar_spec *spec, struct rp_err *err)
{
	const struct rp_zone_offset *o = spec->offsets;
	size_t i;

	for (i = 0; i < spec->n_offsets; i++) {
		if (o[i].offset_s > OFFSET_MAX_S ||
		    o[i].offset_s < -OFFSET_MAX_S)
			return rp_fail(err, RP_ERANGE, "a zone is %" PRId32
			    " s from UTC; at most 26 h is possible",
			    o[i].offset_s);
		if (i > 0 && rp_instant_cmp(o[i - 1].at, o[i].at) >= 0)
			return rp_fail(err, RP_ERANGE,
			    "the offsets of a zone are not in ascending order");
	}
	return RP_OK;
}

static rp_status
check_spec(const struct rp_calendar_spec *spec, struct stretch range,
    struct rp_err *err)
{
	if (spec->opens_s < 0 || spec->closes_s > DAY_S ||
	    spec->opens_s >= spec->closes_s)
		return rp_fail(err, RP_ERANGE, "working hours from %" PRId32
		    " s to %" PRId32 " s are not within a day; the end must "
		    "come after the beginning, at 24:00 at the latest",
		    spec->opens_s, spec->closes_s);
	if (range.from >= range.until)
		return rp_fail(err, RP_ERANGE,
		    "a calendar cannot end before it begins");
	if (range.from < FIRST_S || range.until > LAST_S)
		return rp_fail(err, RP_ERANGE,
		    "a calendar must lie near the years 1900 to 2999");
	if (range.until - range.from > CALENDAR_MAX_S)
		return rp_fail(err, RP_ERANGE,
		    "a calendar of more than 200 years is not worked out");
	return check_offsets(spec, err);
}

static int
compare_days(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int
compare_stretches(const void *a, const void *b)
{
	const struct stretch *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static void
sort_holidays(struct layout *l)
{
	size_t i;

	for (i = 0; i < l->spec->n_holidays; i++)
		l->holidays[i] = day_of_civil(l->spec->holidays[i]);
	qsort(l->holidays, l->spec->n_holidays, sizeof(*l->holidays),
	    compare_days);
}

/* Sort the freezes and join those that overlap or touch. */
static void
merge_freezes(struct layout *l)
{
	const struct rp_freeze *freeze = l->spec->freezes;
	struct stretch *f = l->freezes;
	size_t i, n = 0, last = 0;

	for (i = 0; i < l->spec->n_freezes; i++) {
		if (rp_instant_cmp(freeze[i].from, freeze[i].until) >= 0)
			continue;
		f[n].from = rp_instant_s(freeze[i].from);
		f[n++].until = rp_instant_s(freeze[i].until);
	}
	qsort(f, n, sizeof(*f), compare_stretches);
	for (i = 1; i < n; i++) {
		if (f[i].from <= f[last].until)
			f[last].until = max_s(f[last].until, f[i].until);
		else
			f[++last] = f[i];
	}
	l->n_freezes = n > 0 ? last + 1 : 0;
}

static int64_t
slice_seconds(const struct slice *s, int64_t t)
{
	return s->seconds + min_s(t, s->at.until) - s->at.from;
}

static int64_t
slice_ticks(const struct slice *s, int64_t t)
{
	int64_t worked = s->day_seconds + min_s(t, s->at.until) - s->at.from;

	return s->day_ticks + RP_WORKDAY_TICKS * worked / s->day_whole;
}

/* Append [from, until) to a day whose first slice would be number `first`. */
static void
add_slice(struct rp_calendar *cal, size_t first, struct stretch at,
    int64_t day_whole)
{
	struct slice *s = &cal->slices[cal->n_slices], *before;

	*s = (struct slice){ .at = at, .day_whole = day_whole };
	if (cal->n_slices > 0) {
		before = s - 1;
		s->seconds = slice_seconds(before, before->at.until);
		s->day_ticks = slice_ticks(before, before->at.until);
		if (cal->n_slices > first) {
			s->day_ticks = before->day_ticks;
			s->day_seconds = s->seconds -
			    cal->slices[first].seconds;
		}
	}
	cal->n_slices++;
}

/*
 * Whether a whole day continues the last slice.  That of several days of one
 * length tells the same seconds and ticks as one for each of them.
 */
static bool
continues(const struct rp_calendar *cal, struct stretch day)
{
	const struct slice *s = cal->slices + cal->n_slices;

	return s-- != cal->slices && s->at.until == day.from &&
	    s->day_whole == day.until - day.from && s->day_seconds == 0 &&
	    (s->at.until - s->at.from) % s->day_whole == 0;
}

/* What the freezes leave of a day. */
static void
add_day(struct layout *l, struct stretch day)
{
	int64_t whole = day.until - day.from;
	size_t i, first = l->cal->n_slices;
	struct stretch left;

	left.from = max_s(day.from, l->range.from);
	left.until = min_s(day.until, l->range.until);
	while (l->freeze < l->n_freezes &&
	    l->freezes[l->freeze].until <= left.from)
		l->freeze++;
	if (left.until - left.from == whole && continues(l->cal, left) &&
	    (l->freeze == l->n_freezes ||
	    l->freezes[l->freeze].from >= left.until)) {
		l->cal->slices[first - 1].at.until = left.until;
		return;
	}
	for (i = l->freeze; i < l->n_freezes && left.from < left.until; i++) {
		if (l->freezes[i].from >= left.until)
			break;
		if (l->freezes[i].from > left.from)
			add_slice(l->cal, first, (struct stretch){ left.from,
			    l->freezes[i].from }, whole);
		left.from = l->freezes[i].until;
	}
	if (left.from < left.until)
		add_slice(l->cal, first, left, whole);
}

static bool
is_working_day(struct layout *l, int64_t day)
{
	/* Day 0 was a Thursday. */
	int64_t weekday = ((day + 3) % 7 + 7) % 7;

	while (l->holiday < l->spec->n_holidays &&
	    l->holidays[l->holiday] < day)
		l->holiday++;
	if (l->holiday < l->spec->n_holidays &&
	    l->holidays[l->holiday] == day)
		return false;
	return (l->spec->week >> weekday & 1) != 0;
}

static int64_t
first_day(struct stretch range)
{
	return day_number(range.from - OFFSET_MAX_S);
}

static int64_t
last_day(struct stretch range)
{
	return day_number(range.until + OFFSET_MAX_S);
}

/*
 * The days are local: those at both ends may touch the range only through
 * the offset.  A date that the zone skipped has no length and no work.
 */
static void
lay_out(struct layout *l)
{
	const struct rp_calendar_spec *spec = l->spec;
	struct stretch hours;
	int64_t day;

	for (day = first_day(l->range); day <= last_day(l->range); day++) {
		if (!is_working_day(l, day))
			continue;
		hours.from = utc_of_local(spec->offsets, spec->n_offsets,
		    day * DAY_S + spec->opens_s);
		hours.until = utc_of_local(spec->offsets, spec->n_offsets,
		    day * DAY_S + spec->closes_s);
		if (hours.from < hours.until)
			add_day(l, hours);
	}
}

/* Each day gives a slice, and each freeze can cut one of them in two. */
static bool
take_memory(struct layout *l)
{
	const struct rp_calendar_spec *spec = l->spec;
	size_t days = (size_t)(last_day(l->range) - first_day(l->range) + 1);
	size_t i;

	l->holidays = rp_alloc_zeroed(spec->n_holidays, sizeof(*l->holidays));
	l->freezes = rp_alloc_zeroed(spec->n_freezes, sizeof(*l->freezes));
	l->cal = rp_alloc_zeroed(1, sizeof(*l->cal));
	if (l->holidays == NULL || l->freezes == NULL || l->cal == NULL)
		return false;
	l->cal->slices = rp_alloc_zeroed(days + spec->n_freezes,
	    sizeof(*l->cal->slices));
	l->cal->offsets = rp_alloc_zeroed(spec->n_offsets,
	    sizeof(*l->cal->offsets));
	if (l->cal->slices == NULL || l->cal->offsets == NULL)
		return false;
	for (i = 0; i < spec->n_offsets; i++)
		l->cal->offsets[i] = spec->offsets[i];
	l->cal->n_offsets = spec->n_offsets;
	l->cal->start = rp_instant_of_s(l->range.from);
	return true;
}

rp_status
rp_calendar_new(const struct rp_calendar_spec *spec, struct rp_instant from,
    struct rp_instant until, struct rp_calendar **out, struct rp_err *err)
{
	struct layout l = { .spec = spec };
	rp_status status;

	l.range.from = rp_instant_s(from);
	l.range.until = rp_instant_s(until);
	status = check_spec(spec, l.range, err);
	if (status != RP_OK)
		return status;
	if (!take_memory(&l)) {
		status = rp_fail(err, RP_ENOMEM,
		    "out of memory for a calendar");
		goto out;
	}
	sort_holidays(&l);
	merge_freezes(&l);
	lay_out(&l);
	*out = l.cal;
	l.cal = NULL;
out:
	rp_calendar_free(l.cal);
	rp_release_mem(l.freezes);
	rp_release_mem(l.holidays);
	return status;
}

void
rp_calendar_free(struct rp_calendar *cal)
{
	if (cal == NULL)
		return;
	rp_release_mem(cal->slices);
	rp_release_mem(cal->offsets);
	rp_release_mem(cal);
}

bool
rp_calendar_is_empty(const struct rp_calendar *cal)
{
	return cal->n_slices == 0;
}

/* The last slice that begins at or before t, or NULL. */
static const struct slice *
slice_at(const struct rp_calendar *cal, int64_t t)
{
	size_t low = 0, high = cal->n_slices, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (cal->slices[middle].at.from <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? &cal->slices[low - 1] : NULL;
}

int64_t
rp_calendar_seconds(const struct rp_calendar *cal, struct rp_instant t)
{
	const struct slice *s = slice_at(cal, rp_instant_s(t));

	return s != NULL ? slice_seconds(s, rp_instant_s(t)) : 0;
}

int64_t
rp_calendar_ticks(const struct rp_calendar *cal, struct rp_instant t)
{
	const struct slice *s = slice_at(cal, rp_instant_s(t));

	return s != NULL ? slice_ticks(s, rp_instant_s(t)) : 0;
}

bool
rp_calendar_at_seconds(const struct rp_calendar *cal, int64_t seconds,
    struct rp_instant *out)
{
	size_t low = 0, high = cal->n_slices, middle;
	const struct slice *s;

	if (seconds <= 0) {
		*out = cal->start;
		return true;
	}
	/* The last slice before which fewer seconds were worked. */
	while (low < high) {
		middle = low + (high - low) / 2;
		if (cal->slices[middle].seconds < seconds)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return false;
	s = &cal->slices[low - 1];
	if (seconds - s->seconds > s->at.until - s->at.from)
		return false;
	*out = rp_instant_of_s(s->at.from + (seconds - s->seconds));
	return true;
}

bool
rp_calendar_next(const struct rp_calendar *cal, struct rp_instant t,
    struct rp_instant *out)
{
	const struct slice *s = slice_at(cal, rp_instant_s(t));
	const struct slice *end = cal->slices + cal->n_slices;

	if (s != NULL && rp_instant_s(t) < s->at.until) {
		*out = t;
		return true;
	}
	s = s != NULL ? s + 1 : cal->slices;
	if (s == end)
		return false;
	*out = rp_instant_of_s(s->at.from);
	return true;
}

bool
rp_calendar_last(const struct rp_calendar *cal, struct rp_instant t,
    struct rp_instant *out)
{
	const struct slice *s = slice_at(cal, rp_instant_s(t));

	if (s == NULL)
		return false;
	*out = rp_instant_of_s(min_s(rp_instant_s(t), s->at.until - 1));
	return true;
}

bool
rp_calendar_edge(const struct rp_calendar *cal, struct rp_instant t,
    struct rp_instant *out)
{
	const struct slice *s = slice_at(cal, rp_instant_s(t));

	if (s != NULL && rp_instant_s(t) < s->at.until) {
		*out = rp_instant_of_s(s->at.until);
		return true;
	}
	s = s != NULL ? s + 1 : cal->slices;
	if (s == cal->slices + cal->n_slices)
		return false;
	*out = rp_instant_of_s(s->at.from);
	return true;
}

bool
rp_calendar_until_ticks(const struct rp_calendar *cal, int64_t ticks,
    struct rp_instant *out)
{
	size_t low = 0, high = cal->n_slices, middle;
	const struct slice *s;
	int64_t seconds;

	/* The last slice that begins with no more ticks than these. */
	while (low < high) {
		middle = low + (high - low) / 2;
		s = &cal->slices[middle];
		if (slice_ticks(s, s->at.from) <= ticks)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return false;
	s = &cal->slices[low - 1];
	if (slice_ticks(s, s->at.until) <= ticks)
		return false;
	/* The last of its seconds by which so many are not exceeded. */
	seconds = ((ticks - s->day_ticks + 1) * s->day_whole - 1) /
	    RP_WORKDAY_TICKS - s->day_seconds;
	*out = rp_instant_of_s(s->at.from + seconds);
	return true;
}

int32_t
rp_calendar_offset(const struct rp_calendar *cal, struct rp_instant t)
{
	if (cal->n_offsets == 0)
		return 0;
	return cal->offsets[offset_row(cal->offsets, cal->n_offsets,
	    rp_instant_s(t))].offset_s;
}
