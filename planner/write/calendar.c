/*
 * planner/write/calendar.c - dues as an iCalendar file.
 *
 * libical escapes and folds, so no name of a case can add a line.  What cannot
 * be seen is made visible first, as everywhere.
 */
#include "write/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "store/digest.h"

#define HOUR_S 3600
#define DAY_S INT64_C(86400)
/* So many digits are enough, and leave the line unfolded. */
#define UID_DIGITS 40
#define UID_TEXT (UID_DIGITS + sizeof("@revplan"))

/* How many events have a key: an open hash, of which half is never used. */
struct namesake {
	uint64_t key;			/* 0: free */
	size_t n;
};

/* A calendar in the making; what fails is remembered. */
struct calendar {
	const struct rp_provenance *p;
	icalcomponent *root;
	struct icaltimetype stamp;
	struct namesake *namesake;
	size_t size;			/* a power of two */
	bool failed;
};

/* ---- parts -------------------------------------------------------------- */

/* Takes the property over; NULL is a failure. */
static void
put(struct calendar *c, icalcomponent *to, icalproperty *property)
{
	if (property == NULL || to == NULL)
		c->failed = true;
	else
		icalcomponent_add_property(to, property);
}

/* "2026-03-07T09:15:00Z" as libical has it. */
static struct icaltimetype
instant_of(struct rp_instant at)
{
	char text[RP_INSTANT_TEXT], basic[RP_INSTANT_TEXT];
	size_t n = 0;

	(void)rp_instant_format(at, text);
	for (const char *s = text; *s != '\0'; s++)
		if (*s != '-' && *s != ':')
			basic[n++] = *s;
	basic[n] = '\0';
	return icaltime_from_string(basic);
}

static struct icaltimetype
date_of(struct rp_instant at)
{
	struct icaltimetype t = instant_of(rp_instant_midnight(at));

	t.is_date = 1;
	t.zone = NULL;
	return t;
}

static bool
is_midnight(struct rp_instant at)
{
	return rp_instant_cmp(at, rp_instant_midnight(at)) == 0;
}

/* Whole days become all-day events; `until` is exclusive there as well. */
static void
put_time(struct calendar *c, icalcomponent *event, struct rp_when at)
{
	bool exact = rp_when_is_exact(at);
	bool days = !exact && is_midnight(at.from) && is_midnight(at.until);

	put(c, event, icalproperty_new_dtstart(days ? date_of(at.from) :
	    instant_of(at.from)));
	if (!exact)
		put(c, event, icalproperty_new_dtend(days ?
		    date_of(at.until) : instant_of(at.until)));
}

/* ---- the name of an event ----------------------------------------------- */

/* What makes a due the same one tomorrow; a number where that is not enough. */
static void
key_of(const struct calendar *c, const struct rp_due *due, size_t number,
    struct rp_text *out)
{
	const struct rp_case *cs = c->p->cs;

	rp_text_printf(out, "%s\n%s\n%s\n%s\n%s\n", cs->id, due->id,
	    due->duty >= 0 ? cs->duty[due->duty].name : "",
	    due->by != NULL ? due->by : "",
	    due->rule == NULL ? due->what : "");
	rp_text_printf(out, "%" PRId64 "\n%" PRId64 "\n%zu\n",
	    rp_instant_s(due->at.from), rp_instant_s(due->at.until), number);
}

static bool
sum_of(const struct calendar *c, const struct rp_due *due, size_t number,
    struct rp_sha256 *sum)
{
	struct rp_text key = { 0 };
	bool ok;

	key_of(c, due, number, &key);
	ok = !key.failed &&
	    rp_sha256_of(key.bytes, key.len, sum, NULL) == RP_OK;
	rp_text_release(&key);
	return ok;
}

/*
 * How many of the same key came before: a part that is overdue and one that
 * is not on record are far from each other, and yet of one rule and duty.
 */
static size_t
count_same(struct calendar *c, const struct rp_sha256 *sum)
{
	uint64_t key;
	size_t at;

	memcpy(&key, sum->byte, sizeof(key));
	key |= 1;
	for (at = (size_t)(key >> 1) & (c->size - 1); c->namesake[at].n > 0 &&
	    c->namesake[at].key != key; at = (at + 1) & (c->size - 1))
		;
	c->namesake[at].key = key;
	return c->namesake[at].n++;
}

static void
put_uid(struct calendar *c, icalcomponent *event, const struct rp_due *due)
{
	struct rp_sha256 sum;
	char hex[RP_SHA256_HEX], uid[UID_TEXT];
	size_t number;

	if (!sum_of(c, due, 0, &sum) || ((number = count_same(c, &sum)) > 0 &&
	    !sum_of(c, due, number, &sum))) {
		c->failed = true;
		return;
	}
	(void)snprintf(uid, sizeof(uid), "%.*s@revplan", UID_DIGITS,
	    rp_sha256_hex(&sum, hex));
	put(c, event, icalproperty_new_uid(uid));
}

/* ---- words -------------------------------------------------------------- */

static void
summarise(const struct calendar *c, const struct rp_due *due,
    struct rp_text *out)
{
	static const char *const before[] = {
		[RP_DUE_OVERDUE] = "Overdue, ",
		[RP_DUE_UNRECORDED] = "Not on record, ",
		[RP_DUE_AHEAD] = "",
	};

	rp_text_printf(out, "%s%s: ", before[due->state], due->rule != NULL ?
	    rp_severity_word(due->rule->severity) : due->id);
	rp_text_safe(out, due->what);
	rp_text_puts(out, rp_due_is_published(due) ? ", as published" : "");
	rp_text_puts(out, " (");
	rp_text_safe(out, c->p->cs->id);
	rp_text_puts(out, ")");
}

/* A line of a description; nothing for a text that is not there. */
static void
line_of(struct rp_text *out, const char *label, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	rp_text_printf(out, "%s%s: ", out->len > 0 ? "\n" : "", label);
	rp_text_safe(out, text);
}

static void
describe(const struct calendar *c, const struct rp_due *due,
    struct rp_text *out)
{
	const struct rp_case *cs = c->p->cs;

	line_of(out, "due by", due->id);
	line_of(out, "severity", due->rule == NULL ? NULL :
	    rp_severity_word(due->rule->severity));
	line_of(out, "duty", due->duty >= 0 ? cs->duty[due->duty].name : NULL);
	line_of(out, "clock of", due->by);
	line_of(out, "citation", due->citation);
	line_of(out, "detail", due->detail);
	line_of(out, "reference", cs->reference);
}

/* ---- events ------------------------------------------------------------- */

static void
put_alarm(struct calendar *c, icalcomponent *event, const char *text,
    int before_s)
{
	icalcomponent *alarm = icalcomponent_new_valarm();
	struct icaltriggertype trigger = {
		.time = icaltime_null_time(),
		.duration = icaldurationtype_from_int(-before_s),
	};

	if (alarm == NULL) {
		c->failed = true;
		return;
	}
	put(c, alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	put(c, alarm, icalproperty_new_description(text));
	put(c, alarm, icalproperty_new_trigger(trigger));
	icalcomponent_add_component(event, alarm);
}

static void
put_words(struct calendar *c, icalcomponent *event, const struct rp_due *due)
{
	struct rp_text title = { 0 }, more = { 0 };

	summarise(c, due, &title);
	describe(c, due, &more);
	if (title.failed || more.failed) {
		c->failed = true;
	} else {
		put(c, event, icalproperty_new_summary(title.bytes));
		put(c, event, icalproperty_new_description(more.bytes));
		put_alarm(c, event, title.bytes, (int)DAY_S);
		put_alarm(c, event, title.bytes, HOUR_S);
	}
	rp_text_release(&title);
	rp_text_release(&more);
}

static void
put_event(struct calendar *c, const struct rp_due *due)
{
	icalcomponent *event = icalcomponent_new_vevent();

	if (event == NULL) {
		c->failed = true;
		return;
	}
	put_uid(c, event, due);
	put(c, event, icalproperty_new_dtstamp(c->stamp));
	put_time(c, event, due->at);
	/* Nobody is busy for the length of a deadline. */
	put(c, event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	put_words(c, event, due);
	icalcomponent_add_component(c->root, event);
}

static void
put_events(struct calendar *c, const struct rp_dues *d)
{
	const struct rp_due *row;
	size_t n, i;

	row = rp_dues_rows(d, &n);
	for (c->size = 2; c->size < 2 * (n + 1); c->size *= 2)
		;
	c->namesake = calloc(c->size, sizeof(*c->namesake));
	c->failed = c->namesake == NULL;
	for (i = 0; i < n && !c->failed; i++)
		if (row[i].has_at)
			put_event(c, &row[i]);
	free(c->namesake);
}

static void
put_head(struct calendar *c)
{
	struct rp_text text = { 0 };

	put(c, c->root, icalproperty_new_version("2.0"));
	rp_text_printf(&text, "-//revplan//revplan %s//EN", rp_version());
	put(c, c->root, text.failed ? NULL :
	    icalproperty_new_prodid(text.bytes));
	rp_text_release(&text);
	put(c, c->root, icalproperty_new_calscale("GREGORIAN"));
	put(c, c->root, icalproperty_new_method(ICAL_METHOD_PUBLISH));
	rp_text_puts(&text, "Dues of ");
	rp_text_safe(&text, c->p->cs->id);
	put(c, c->root, text.failed ? NULL :
	    icalproperty_new_name(text.bytes));
	rp_text_release(&text);
}

rp_status
rp_dues_calendar(const struct rp_dues *d, const struct rp_provenance *p,
    struct rp_text *out, struct rp_err *err)
{
	struct calendar c = { .p = p };
	char *bytes = NULL;

	icalerror_set_errors_are_fatal(0);
	c.root = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	c.stamp = instant_of(rp_when_last(p->as_of));
	c.failed = c.root == NULL;
	if (!c.failed)
		put_head(&c);
	if (!c.failed)
		put_events(&c, d);
	if (!c.failed)
		bytes = icalcomponent_as_ical_string_r(c.root);
	if (bytes != NULL)
		rp_text_puts(out, bytes);
	icalmemory_free_buffer(bytes);
	if (c.root != NULL)
		icalcomponent_free(c.root);
	if (bytes == NULL || out->failed)
		return rp_fail(err, RP_ENOMEM, "no memory for the calendar");
	return RP_OK;
}
