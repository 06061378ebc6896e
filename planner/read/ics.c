/*
 * planner/read/ics.c - the dates of an iCalendar file.
 *
 * Lines, components and dates are read here, so that faults have a line
 * number and nothing recurses; libical is given only what takes real
 * knowledge, durations here and recurrence rules in recur.c.
 */
#include "read/ics.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libical/ical.h>

#include "read/recur.h"

#define DAY_S INT64_C(86400)
#define COMPONENT_LEN 32

/* A date or a time of the local clock, as seconds from 1970-01-01T00:00. */
struct stamp {
	int64_t s;
	bool given;
};

struct event {
	uint32_t line;
	struct stamp start, end;
	bool has_duration;
	int64_t duration_s;
	bool cancelled;
	int64_t more_days;		/* touched after the first one */
	char rule[RP_RECUR_LEN + 1];
	uint32_t rule_line;
	int64_t extra[RP_ICS_LISTED];	/* days by RDATE */
	size_t n_extra;
	int64_t except[RP_ICS_LISTED];	/* days by EXDATE */
	size_t n_except;
};

struct ics {
	const char *p;			/* what is not read yet */
	const char *end;
	uint32_t physical;		/* the line that p is in */
	char *buf;			/* the line being read, unfolded */
	char *name, *value;		/* its parts */
	uint32_t line;			/* where it begins */
	char open[RP_ICS_DEPTH][COMPONENT_LEN];
	size_t depth;
	struct event event;
	struct rp_recur recur;
	struct rp_dayset *set;
	struct rp_err *err;
};

/* ---- lines -------------------------------------------------------------- */

/* Copy one physical line behind what the buffer holds. */
static size_t
copy_line(struct ics *c, size_t have)
{
	const char *nl = memchr(c->p, '\n', (size_t)(c->end - c->p));
	const char *stop = nl != NULL ? nl : c->end;
	size_t len = (size_t)(stop - c->p);

	memcpy(c->buf + have, c->p, len);
	have += len;
	while (have > 0 && c->buf[have - 1] == '\r')
		have--;
	c->p = nl != NULL ? nl + 1 : c->end;
	c->physical++;
	return have;
}

/*
 * The next line that is not empty, with its continuations, which begin with
 * a blank.  False at the end of the file.
 */
static bool
next_line(struct ics *c)
{
	size_t have;

	do {
		if (c->p == c->end)
			return false;
		c->line = c->physical;
		have = copy_line(c, 0);
		while (c->p < c->end && (*c->p == ' ' || *c->p == '\t')) {
			c->p++;
			have = copy_line(c, have);
		}
	} while (have == 0);
	c->buf[have] = '\0';
	return true;
}

/*
 * NAME;PARAMETERS:VALUE.  A parameter in quotes may hold a colon.  None of
 * the parameters matters: the form of a value tells dates from times.
 */
static rp_status
split_line(struct ics *c)
{
	bool quoted = false;
	char *p;

	for (p = c->buf; *p != '\0' && (quoted || *p != ':'); p++)
		if (*p == '"')
			quoted = !quoted;
	if (*p == '\0')
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": '%.40s' "
		    "is not an iCalendar line; NAME:VALUE is expected",
		    c->line, c->buf);
	*p = '\0';
	c->name = c->buf;
	c->value = p + 1;
	c->buf[strcspn(c->buf, ";")] = '\0';
	return RP_OK;
}

/* ---- values ------------------------------------------------------------- */

static bool
all_digits(const char *p, size_t n)
{
	return strspn(p, "0123456789") >= n;
}

static int
number(const char *p, size_t n)
{
	int value = 0;

	for (; n > 0; n--, p++)
		value = value * 10 + (*p - '0');
	return value;
}

/* 20200102, 20200102T030405 or the latter with a Z; false when it is not. */
static bool
stamp_has_form(const char *text)
{
	size_t len = strlen(text);

	if (len < 8 || !all_digits(text, 8))
		return false;
	if (len == 8)
		return true;
	if (len < 15 || text[8] != 'T' || !all_digits(text + 9, 6))
		return false;
	return len == 15 || (len == 16 && text[15] == 'Z');
}

static rp_status
read_stamp(struct ics *c, const char *text, struct stamp *out)
{
	int hours = 0, minutes = 0, seconds = 0;
	struct rp_civil date;

	if (!stamp_has_form(text))
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": '%.40s' "
		    "is not a date such as 20200102 or 20200102T030405",
		    c->line, text);
	date = (struct rp_civil){ number(text, 4),
	    (uint8_t)number(text + 4, 2), (uint8_t)number(text + 6, 2) };
	if (text[8] != '\0') {
		hours = number(text + 9, 2);
		minutes = number(text + 11, 2);
		seconds = number(text + 13, 2);
	}
	if (!rp_civil_valid(date) || hours > 23 || minutes > 59 ||
	    seconds > 60)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": there is "
		    "no date or time '%.40s' in the years 1900 to 2999",
		    c->line, text);
	out->given = true;
	out->s = rp_day_of_civil(date) * DAY_S + hours * 3600 +
	    minutes * 60 + seconds;
	if (strlen(text) == 16 && out->s % DAY_S != 0)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": '%.40s' "
		    "is in UTC and so not a local day; write a date",
		    c->line, text);
	return RP_OK;
}

static int64_t
day_of(int64_t s)
{
	return s / DAY_S - (s % DAY_S < 0);
}

/* A list of dates with commas between them. */
static rp_status
read_stamps(struct ics *c, int64_t *days, size_t *n)
{
	char *p = c->value, *comma;
	struct stamp stamp = { 0, false };
	rp_status status;

	for (; p != NULL; p = comma) {
		comma = strchr(p, ',');
		if (comma != NULL)
			*comma++ = '\0';
		if (*n == RP_ICS_LISTED)
			return rp_fail(c->err, RP_EINPUT, "line %" PRIu32
			    ": more than %d dates in an event", c->line,
			    RP_ICS_LISTED);
		status = read_stamp(c, p, &stamp);
		if (status != RP_OK)
			return status;
		days[(*n)++] = day_of(stamp.s);
	}
	return RP_OK;
}

/* Short and without a sign: its numbers cannot overflow in libical. */
static rp_status
read_duration(struct ics *c)
{
	struct icaldurationtype d;

	icalerror_set_errors_are_fatal(0);
	d = icaldurationtype_bad_duration();
	if (strlen(c->value) <= 15 && c->value[0] == 'P' &&
	    strspn(c->value, "PTWDHMS0123456789") == strlen(c->value))
		d = icaldurationtype_from_string(c->value);
	if (icaldurationtype_is_bad_duration(d) || d.weeks > 5000 ||
	    d.days > 36600 || d.hours > 876000 || d.minutes > 1000000 ||
	    d.seconds > 100000000)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": '%.40s' "
		    "is not a duration such as P1D, or not a sensible one",
		    c->line, c->value);
	c->event.has_duration = true;
	c->event.duration_s = (int64_t)d.weeks * 7 * DAY_S +
	    (int64_t)d.days * DAY_S + (int64_t)d.hours * 3600 +
	    (int64_t)d.minutes * 60 + (int64_t)d.seconds;
	return RP_OK;
}

/* ---- recurrence --------------------------------------------------------- */

/* Say in which line it was; returns the status for the caller's return. */
static rp_status
in_line(const struct ics *c, uint32_t line, rp_status status)
{
	if (status != RP_OK)
		rp_err_context(c->err, "line %" PRIu32, line);
	return status;
}

static rp_status
read_rule(struct ics *c)
{
	rp_status status;

	if (c->event.rule[0] != '\0')
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": a second "
		    "recurrence rule in an event; give each its own event",
		    c->line);
	status = in_line(c, c->line, rp_recur_check(c->value, c->err));
	if (status != RP_OK)
		return status;
	memcpy(c->event.rule, c->value, strlen(c->value) + 1);
	c->event.rule_line = c->line;
	return RP_OK;
}

static bool
is_excepted(const struct event *e, int64_t day)
{
	size_t i;

	for (i = 0; i < e->n_except; i++) {
		if (e->except[i] == day)
			return true;
	}
	return false;
}

/* An occurrence that begins on a day, with all the days that it touches. */
static void
mark(void *arg, int64_t day)
{
	struct ics *c = arg;

	if (!is_excepted(&c->event, day))
		rp_dayset_mark(c->set, day, day + c->event.more_days);
}

/* ---- events ------------------------------------------------------------- */

/* How many days after its first one an event touches. */
static rp_status
count_more_days(struct ics *c)
{
	struct event *e = &c->event;
	int64_t end = e->start.s;

	if (e->end.given)
		end = e->end.s;
	else if (e->has_duration)
		end += e->duration_s;
	if (end < e->start.s)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": the event "
		    "that begins here ends before it starts", e->line);
	if (end > e->start.s)
		e->more_days = day_of(end - 1) - day_of(e->start.s);
	return RP_OK;
}

static rp_status
mark_event(struct ics *c)
{
	const struct event *e = &c->event;
	size_t i;

	mark(c, day_of(e->start.s));
	for (i = 0; i < e->n_extra; i++)
		mark(c, e->extra[i]);
	if (e->rule[0] == '\0')
		return RP_OK;
	c->recur.rule = e->rule;
	c->recur.start = day_of(e->start.s);
	return in_line(c, e->rule_line, rp_recur_walk(&c->recur, c->err));
}

static rp_status
finish_event(struct ics *c)
{
	rp_status status;

	if (c->event.cancelled)
		return RP_OK;
	if (!c->event.start.given)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": the event "
		    "that begins here has no DTSTART", c->event.line);
	status = count_more_days(c);
	return status == RP_OK ? mark_event(c) : status;
}

static rp_status
read_start(struct ics *c)
{
	return read_stamp(c, c->value, &c->event.start);
}

static rp_status
read_end(struct ics *c)
{
	return read_stamp(c, c->value, &c->event.end);
}

static rp_status
read_extra(struct ics *c)
{
	return read_stamps(c, c->event.extra, &c->event.n_extra);
}

static rp_status
read_except(struct ics *c)
{
	return read_stamps(c, c->event.except, &c->event.n_except);
}

static rp_status
read_status(struct ics *c)
{
	c->event.cancelled = strcasecmp(c->value, "CANCELLED") == 0;
	return RP_OK;
}

static rp_status
refuse_property(struct ics *c)
{
	return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": %s is not read; "
	    "write out the dates instead", c->line, c->name);
}

static const struct {
	const char *name;
	rp_status (*read)(struct ics *);
} properties[] = {
	{ "DTSTART", read_start }, { "DTEND", read_end },
	{ "DURATION", read_duration }, { "RRULE", read_rule },
	{ "RDATE", read_extra }, { "EXDATE", read_except },
	{ "STATUS", read_status }, { "RECURRENCE-ID", refuse_property },
	{ "EXRULE", refuse_property },
};

/* ---- components --------------------------------------------------------- */

static bool
in_event(const struct ics *c)
{
	return c->depth == 2 && strcasecmp(c->open[1], "VEVENT") == 0;
}

static rp_status
outside(const struct ics *c)
{
	return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": '%.40s' stands "
	    "outside of any VCALENDAR", c->line, c->name);
}

static rp_status
begin_component(struct ics *c)
{
	if (c->depth == RP_ICS_DEPTH || strlen(c->value) >= COMPONENT_LEN)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32
		    ": components are nested too deeply, or '%.40s' is no "
		    "component", c->line, c->value);
	if (c->depth == 0 && strcasecmp(c->value, "VCALENDAR") != 0)
		return outside(c);
	memcpy(c->open[c->depth++], c->value, strlen(c->value) + 1);
	if (in_event(c)) {
		memset(&c->event, 0, sizeof(c->event));
		c->event.line = c->line;
	}
	return RP_OK;
}

static rp_status
end_component(struct ics *c)
{
	rp_status status = RP_OK;

	if (c->depth == 0 ||
	    strcasecmp(c->open[c->depth - 1], c->value) != 0)
		return rp_fail(c->err, RP_EINPUT, "line %" PRIu32 ": "
		    "'END:%.40s' closes nothing that is open", c->line,
		    c->value);
	if (in_event(c))
		status = finish_event(c);
	c->depth--;
	return status;
}

static rp_status
read_property(struct ics *c)
{
	size_t i;

	if (strcasecmp(c->name, "BEGIN") == 0)
		return begin_component(c);
	if (strcasecmp(c->name, "END") == 0)
		return end_component(c);
	if (c->depth == 0)
		return outside(c);
	if (!in_event(c))
		return RP_OK;
	for (i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
		if (strcasecmp(c->name, properties[i].name) == 0)
			return properties[i].read(c);
	}
	return RP_OK;
}

rp_status
rp_ics_read(const char *bytes, size_t len, struct rp_dayset *set,
    struct rp_err *err)
{
	struct ics c = { .p = bytes, .end = bytes + len, .physical = 1,
	    .set = set, .err = err };
	rp_status status = RP_OK;

	c.recur.take = mark;
	c.recur.arg = &c;
	c.recur.last = rp_dayset_last(set);
	c.buf = malloc(len + 1);
	if (c.buf == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for holidays");
	while (status == RP_OK && next_line(&c)) {
		status = split_line(&c);
		if (status == RP_OK)
			status = read_property(&c);
	}
	if (status == RP_OK && c.depth > 0)
		status = rp_fail(err, RP_EINPUT, "line %" PRIu32 ": the file "
		    "ends within a %s", c.line, c.open[c.depth - 1]);
	free(c.buf);
	return status;
}
