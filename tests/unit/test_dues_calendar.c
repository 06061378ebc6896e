/*
 * test_dues_calendar.c - dues as an iCalendar file, looked at line by line,
 * read back by libical and by the reader of holidays.
 */
#include "listed.h"

#include <stdlib.h>

#include <libical/ical.h>

#include "read/holidays.h"
#include "write/calendar.h"

/* Names from outside: a line of their own, escapes, and no blank in many
 * bytes. */
#define HOSTILE								\
	"  - {what: \"a\\r\\nBEGIN:VEVENT\\r\\nX:y\", due: 2026-05-01}\n" \
	"  - {what: 'b; c, d\\ne: \"f\"', due: 2026-05-02}\n"		\
	"  - {what: '\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8"		\
	"\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8\xe8\xa8\xbc\xe6\x98\x8e"	\
	"\xe6\x9b\xb8\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8\xe8\xa8\xbc"	\
	"\xe6\x98\x8e\xe6\x9b\xb8\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8"	\
	"\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8\xe8\xa8\xbc\xe6\x98\x8e"	\
	"\xe6\x9b\xb8\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8', "		\
	"due: 2026-05-03}\n"						\
	"  - {what: twice, due: 2026-05-04}\n"				\
	"  - {what: twice, due: 2026-05-04}\n"

#define STORY HEAD							\
	"facts:\n"							\
	"  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"	\
	"updates: [2026-03-03T10:00Z]\n"				\
	"commitments:\n" HOSTILE

/* Aware on a day, so that every deadline is a day. */
#define DAYS								\
	"revplan: 1\n"							\
	"incident: {id: days, certificate: subscriber,\n"		\
	"  reason: not-per-requirements, aware: 2020-03-02}\n"		\
	"populations:\n"						\
	"  - {name: a, certificates: 100,\n"				\
	"     path: [{team: {rate: 20/working-day}}]}\n"		\
	"claims:\n"							\
	"  - {said: 2020-03-03, promise: a tool, by: 2020-05-01}\n"

/* The calendar of a case; free() it.  *n is how many dues there were. */
static char *
calendar_of(const char *text, const char *as_of, size_t *n)
{
	struct rp_provenance p = { .has_as_of = true, .as_of = when(as_of) };
	struct rp_text out = { 0 };
	struct rp_err err = { 0 };
	struct rp_dues *d = NULL;
	struct listed l;

	listed_open(&l, text, as_of);
	p.cs = l.now;
	assert_int_equal(rp_dues(l.now, l.findings, l.claims, l.as_of, &d,
	    &err), RP_OK);
	assert_int_equal(rp_dues_calendar(d, &p, &out, &err), RP_OK);
	(void)rp_dues_rows(d, n);
	rp_dues_free(d);
	listed_close(&l);
	return out.bytes;
}

/* Whether no character is cut at the end of a line. */
static bool
ends_whole(const char *line, size_t len)
{
	size_t more = 0;

	while (more < len && ((unsigned char)line[len - 1 - more] & 0xc0) ==
	    0x80)
		more++;
	if (more == 0)
		return ((unsigned char)line[len - 1] & 0x80) == 0;
	return more < len && ((unsigned char)line[len - 1 - more] >=
	    (more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0));
}

static void
lines_are_short_and_end_well(void **state)
{
	char *text, *line, *end;
	size_t n;

	(void)state;
	text = calendar_of(STORY, "2026-03-06T00:00Z", &n);
	for (line = text; *line != '\0'; line = end + 2) {
		end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end > line);
		assert_true(end - line <= 75);
		assert_null(memchr(line, '\n', (size_t)(end - line)));
		assert_null(memchr(line, '\r', (size_t)(end - line)));
		if (!ends_whole(line, (size_t)(end - line)))
			fail_msg("a character is cut: '%.*s'",
			    (int)(end - line), line);
	}
	free(text);
}

static void
look_at_event(icalcomponent *event, const char *uid[], size_t n)
{
	struct icaltimetype stamp = icalcomponent_get_dtstamp(event);

	uid[n] = icalcomponent_get_uid(event);
	assert_int_equal(strlen(uid[n]), strlen("@revplan") + 40);
	for (size_t i = 0; i < n; i++)
		assert_string_not_equal(uid[i], uid[n]);
	assert_string_equal(icaltime_as_ical_string(stamp),
	    "20260306T000000Z");
	assert_true(strlen(icalcomponent_get_summary(event)) > 4);
	assert_int_equal(icalcomponent_count_components(event,
	    ICAL_VALARM_COMPONENT), 2);
	assert_int_equal(icalcomponent_count_errors(event), 0);
}

/* As many events as dues: no name has opened one of its own. */
static void
libical_reads_it_back(void **state)
{
	icalcomponent *root, *e;
	const char *uid[64];
	size_t n, seen = 0;
	char *text;

	(void)state;
	text = calendar_of(STORY, "2026-03-06T00:00Z", &n);
	assert_in_range(n, 8, 63);
	root = icalparser_parse_string(text);
	assert_non_null(root);
	assert_int_equal(icalcomponent_count_errors(root), 0);
	for (e = icalcomponent_get_first_component(root,
	    ICAL_VEVENT_COMPONENT); e != NULL;
	    e = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
		look_at_event(e, uid, seen++);
	assert_int_equal(seen, n);
	icalcomponent_free(root);
	free(text);
}

static icalcomponent *
event_of(icalcomponent *root, const char *summary)
{
	icalcomponent *e;

	for (e = icalcomponent_get_first_component(root,
	    ICAL_VEVENT_COMPONENT); e != NULL;
	    e = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
		if (strstr(icalcomponent_get_summary(e), summary) != NULL)
			return e;
	fail_msg("no event '%s'", summary);
	return NULL;
}

/* What was written is what is read: words, instants and days. */
static void
values_survive(void **state)
{
	icalcomponent *root, *e;
	char *text;
	size_t n;

	(void)state;
	text = calendar_of(STORY, "2026-03-06T00:00Z", &n);
	root = icalparser_parse_string(text);
	assert_non_null(root);
	(void)event_of(root, "a\\r\\nBEGIN:VEVENT\\r\\nX:y");
	e = event_of(root, "b; c, d\\ne: \"f\"");
	assert_string_equal(icaltime_as_ical_string(
	    icalcomponent_get_dtstart(e)), "20260502");
	assert_string_equal(icaltime_as_ical_string(
	    icalcomponent_get_dtend(e)), "20260503");
	/* 2026-03-02T09:15Z + 5 d. */
	e = event_of(root, "MUST: Revoke within 5 days");
	assert_string_equal(icaltime_as_ical_string(
	    icalcomponent_get_dtstart(e)), "20260307T091500Z");
	icalcomponent_free(root);
	free(text);
}

/* The UIDs alone, one after the other; free() it. */
static char *
uids_of(const char *calendar)
{
	char *out = malloc(strlen(calendar) + 1), *to = out;
	const char *at;

	assert_non_null(out);
	for (at = calendar; (at = strstr(at, "UID:")) != NULL; at += 4) {
		memcpy(to, at, 44);
		to += 44;
	}
	*to = '\0';
	return out;
}

static void
same_bytes_and_lasting_names(void **state)
{
	char *one, *two, *later, *a, *b;
	size_t n;

	(void)state;
	one = calendar_of(STORY, "2026-03-06T00:00Z", &n);
	two = calendar_of(STORY, "2026-03-06T00:00Z", &n);
	assert_string_equal(one, two);
	/* Nothing has passed in the hour: the stamp alone is another one. */
	later = calendar_of(STORY, "2026-03-06T01:00Z", &n);
	assert_string_not_equal(one, later);
	a = uids_of(one);
	b = uids_of(later);
	assert_true(strlen(a) > 400);
	assert_string_equal(a, b);
	free(a);
	free(b);
	free(one);
	free(two);
	free(later);
}

/* Aware on 2 March 2020: the five days end on the 7th, the promise is of 1
 * May. */
static void
our_own_reader_takes_the_days(void **state)
{
	static const struct rp_instant from = { 1577836800 };	/* 2020 */
	static const struct rp_instant until = { 1609459200 };	/* 2021 */
	struct rp_civil *day = NULL;
	struct rp_err err = { 0 };
	bool seventh = false, may = false;
	size_t n, n_days = 0;
	char *text;

	(void)state;
	text = calendar_of(DAYS, "2020-03-04", &n);
	if (rp_holidays_read(text, strlen(text), from, until, &day, &n_days,
	    &err) != RP_OK)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < n_days; i++) {
		seventh = seventh || (day[i].month == 3 && day[i].day == 7);
		may = may || (day[i].month == 5 && day[i].day == 1);
	}
	assert_true(seventh && may);
	free(day);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_short_and_end_well),
		cmocka_unit_test(libical_reads_it_back),
		cmocka_unit_test(values_survive),
		cmocka_unit_test(same_bytes_and_lasting_names),
		cmocka_unit_test(our_own_reader_takes_the_days),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
