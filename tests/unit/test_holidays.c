/*
 * tests/unit/test_holidays.c - holidays from lists and from iCalendar.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/holidays.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define WRAP(body) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" body "END:VCALENDAR\r\n"
#define EVENT(body) WRAP("BEGIN:VEVENT\r\n" body "END:VEVENT\r\n")

/* 2020-01-01 to 2022-01-01. */
static const struct rp_instant from = { 1577836800 };
static const struct rp_instant until = { 1640995200 };

/* The dates as "2020-01-01 2020-01-03 ", or the message. */
static const char *
dates_of(const char *text, rp_status *status)
{
	static char out[4000];
	struct rp_civil *dates = NULL;
	struct rp_err err = { 0 };
	size_t i, n = 0, have = 0;

	out[0] = '\0';
	*status = rp_holidays_read(text, strlen(text), from, until, &dates, &n,
	    &err);
	if (*status != RP_OK)
		(void)snprintf(out, sizeof(out), "%s", err.text);
	for (i = 0; i < n && have + 12 < sizeof(out); i++)
		have += (size_t)snprintf(out + have, sizeof(out) - have,
		    "%04d-%02d-%02d ", (int)dates[i].year, dates[i].month,
		    dates[i].day);
	free(dates);
	return out;
}

static void
assert_dates(const char *text, const char *expected)
{
	rp_status status;

	assert_string_equal(dates_of(text, &status), expected);
	assert_int_equal(status, RP_OK);
}

static void
assert_refused(const char *text, const char *says)
{
	rp_status status;
	const char *message = dates_of(text, &status);

	if (status != RP_EINPUT || strstr(message, says) == NULL)
		fail_msg("wanted '%s', got '%s'", says, message);
}

static void
lists_are_read(void **state)
{
	(void)state;
	assert_dates("", "");
	assert_dates("# nothing\n\n  \t\r\n", "");
	/* Sorted, once each, ranges with both ends, far dates let go. */
	assert_dates("2020-12-31,New Year's Eve\n"
	    "2020-12-30,2021-01-02,winter\n"
	    "2020-05-01\n2020-05-01,again\n2019-05-01,before\n",
	    "2020-05-01 2020-12-30 2020-12-31 2021-01-01 2021-01-02 ");
	/* A byte order mark, CRLF, blanks, no end of the last line. */
	assert_dates("\xef\xbb\xbf" "2020-08-13,2020-08-14\r\n"
	    "  2020-08-17,17th anniversary ", "2020-08-13 2020-08-14 "
	    "2020-08-17 ");
	/* 900 years are cut to the range and two days of margin. */
	assert_dates("1950-01-01,2020-01-02\n2021-12-31,2900-01-01\n",
	    "2019-12-30 2019-12-31 2020-01-01 2020-01-02 2021-12-31 "
	    "2022-01-01 2022-01-02 2022-01-03 ");
}

static void
faults_of_lists_have_their_line(void **state)
{
	(void)state;
	assert_refused("\n2020-02-30,x\n", "line 2: there is no date");
	assert_refused("New Year,2020-01-01\n", "line 1: 'New Year' is not a "
	    "date");
	assert_refused("# c\n2020-01-05,2020-01-04,x", "line 2: the last day "
	    "'2020-01-04' is before the first");
	assert_refused("2020-01-05,2020-13-04,x", "line 1: there is no date");
	assert_refused("2020-01-05;x", "line 1: '2020-01-05;x' is not a date");
	assert_refused("\xff\xfe" "2", "is not a date");
}

static void
binary_and_large_files_are_refused(void **state)
{
	struct rp_civil *dates = NULL;
	struct rp_err err = { 0 };
	char *large;
	size_t n;

	(void)state;
	assert_int_equal(rp_holidays_read("2020-01-01\n\0", 12, from, until,
	    &dates, &n, &err), RP_EINPUT);
	assert_non_null(strstr(err.text, "not a text file"));
	large = malloc(RP_HOLIDAYS_BYTES + 1);
	assert_non_null(large);
	memset(large, '\n', RP_HOLIDAYS_BYTES + 1);
	assert_int_equal(rp_holidays_read(large, RP_HOLIDAYS_BYTES, from,
	    until, &dates, &n, &err), RP_OK);
	free(dates);
	dates = NULL;
	assert_int_equal(rp_holidays_read(large, RP_HOLIDAYS_BYTES + 1, from,
	    until, &dates, &n, &err), RP_EINPUT);
	free(large);
	assert_int_equal(rp_holidays_read("", 0, until, from, &dates, &n,
	    &err), RP_ERANGE);
	assert_null(dates);
}

static void
all_day_events(void **state)
{
	(void)state;
	/* The end is exclusive; without one, or with the same day, a day. */
	assert_dates(EVENT("DTSTART;VALUE=DATE:20200429\r\n"
	    "DTEND;VALUE=DATE:20200501\r\n"), "2020-04-29 2020-04-30 ");
	assert_dates(EVENT("DTSTART:20200429\r\n"), "2020-04-29 ");
	assert_dates(EVENT("DTSTART:20200429\r\nDTEND:20200429\r\n"),
	    "2020-04-29 ");
	assert_dates(EVENT("DTSTART:20200429\r\nDURATION:P1W\r\n"),
	    "2020-04-29 2020-04-30 2020-05-01 2020-05-02 2020-05-03 "
	    "2020-05-04 2020-05-05 ");
	assert_dates(EVENT("DTSTART:20200429\r\nSTATUS:CANCELLED\r\n"), "");
	assert_dates(EVENT("dtstart:20200429\r\nRDATE:20200701,20200702\r\n"
	    "EXDATE:20200702\r\n"), "2020-04-29 2020-07-01 ");
}

static void
timed_events_touch_their_dates(void **state)
{
	(void)state;
	assert_dates(EVENT("DTSTART;TZID=Asia/Tokyo:20200101T000000\r\n"
	    "DTEND;TZID=Asia/Tokyo:20200102T000000\r\n"), "2020-01-01 ");
	assert_dates(EVENT("DTSTART;TZID=\"a:b\":20200101T220000\r\n"
	    "DTEND;TZID=\"a:b\":20200102T000001\r\n"),
	    "2020-01-01 2020-01-02 ");
	assert_dates(EVENT("DTSTART:20200101T090000\r\n"), "2020-01-01 ");
	assert_dates(EVENT("DTSTART:20200101T120000\r\nDURATION:PT36H\r\n"),
	    "2020-01-01 2020-01-02 ");
	assert_dates(EVENT("DTSTART:20200101T000000Z\r\n"
	    "DTEND:20200102T000000Z\r\n"), "2020-01-01 ");
	assert_refused(EVENT("DTSTART:20191231T150000Z\r\n"),
	    "line 4: '20191231T150000Z' is in UTC");
}

static void
folded_lines_and_other_components(void **state)
{
	(void)state;
	assert_dates("\r\nBEGIN:VCALENDAR\nBEGIN:VEV\n ENT\nDTSTART;VALUE\n"
	    "\t=DATE:2020\n 0429\nSUMMARY:x\n  y: z\nBEGIN:VALARM\n"
	    "DTSTART:nonsense\nEND:VALARM\nEND:VEVENT\nBEGIN:VTODO\n"
	    "DTSTART:20200501\nEND:VTODO\nEND:VCALENDAR\n", "2020-04-29 ");
	assert_dates(WRAP("BEGIN:VTIMEZONE\r\nBEGIN:DAYLIGHT\r\n"
	    "DTSTART:16010101T020000\r\nRRULE:FREQ=SECONDLY\r\n"
	    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"), "");
}

/*
 * Counted on a calendar: the first Mondays of September 2020 and 2021 are
 * the 7th and the 6th; the last weekdays of November 2020 to January 2021 are
 * Monday 30, Thursday 31 and Friday 29; Friday is every day of the fortnight
 * list.  Of 1998's and of 2015's dates only those within the range count.
 */
static void
recurring_events(void **state)
{
	(void)state;
	assert_dates(EVENT("DTSTART:20150501\r\nDTEND:20150502\r\n"
	    "RRULE:FREQ=YEARLY\r\n"), "2020-05-01 2021-05-01 ");
	assert_dates(EVENT("DTSTART:19980907\r\nDURATION:P2D\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO\r\n"),
	    "2020-09-07 2020-09-08 2021-09-06 2021-09-07 ");
	assert_dates(EVENT("DTSTART:20160229\r\nRRULE:FREQ=YEARLY\r\n"),
	    "2020-02-29 ");
	assert_dates(EVENT("DTSTART:20150501\r\nRRULE:FREQ=YEARLY;COUNT=6\r\n"),
	    "2020-05-01 ");
	assert_dates(EVENT("DTSTART:20150501\r\nEXDATE:20210501\r\n"
	    "RRULE:FREQ=YEARLY;UNTIL=20300101\r\n"), "2020-05-01 ");
	assert_dates(EVENT("DTSTART:20201204\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;"
	    "UNTIL=20210115\r\n"), "2020-12-04 2020-12-18 2021-01-01 "
	    "2021-01-15 ");
	assert_dates(EVENT("DTSTART:20201130\r\nRRULE:FREQ=MONTHLY;COUNT=3;"
	    "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1\r\n"),
	    "2020-11-30 2020-12-31 2021-01-29 ");
	assert_dates(EVENT("DTSTART:20201229\r\nRRULE:FREQ=DAILY;COUNT=4\r\n"),
	    "2020-12-29 2020-12-30 2020-12-31 2021-01-01 ");
	/* After the range: nothing. */
	assert_dates(EVENT("DTSTART:20300501\r\nRRULE:FREQ=YEARLY\r\n"), "");
}

static void
hostile_rules_are_refused(void **state)
{
	static const char *const rules[] = {
		"FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=MINUTELY",
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=WEEKLY;BYMONTH=2", "FREQ=YEARLY;RSCALE=CHINESE",
		"RSCALE=HEBREW;FREQ=YEARLY", "FREQ=YEARLY;BYWEEKNO=53",
		"FREQ=YEARLY;BYYEARDAY=366", "FREQ=YEARLY;FREQ=DAILY",
		"FREQ=YEARLYX", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=YEARLY;SKIP=OMIT",
	};
	char text[400];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rules); i++) {
		(void)snprintf(text, sizeof(text), "BEGIN:VCALENDAR\n"
		    "BEGIN:VEVENT\nDTSTART:20200101\nRRULE:%s\nEND:VEVENT\n"
		    "END:VCALENDAR\n", rules[i]);
		assert_refused(text, "is not read in this recurrence rule");
	}
	assert_refused(EVENT("DTSTART:20200101\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"), "line 5: ");
	assert_refused(EVENT("DTSTART:20200101\r\n"
	    "RRULE:FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO\r\n"), "line 5: ");
	assert_refused(EVENT("DTSTART:20200101\r\nRRULE:\r\n"), "line 5: ");
	assert_refused(EVENT("DTSTART:20200101\r\nRRULE:COUNT=3\r\n"),
	    "is not a valid recurrence rule");
	assert_refused(EVENT("DTSTART:20200101\r\nRRULE:FREQ=YEARLY;COUNT=x"
	    "\r\n"), "do not belong there");
	assert_refused(EVENT("DTSTART:20200101\r\nRRULE:FREQ=YEARLY\r\n"
	    "RRULE:FREQ=YEARLY\r\n"), "line 6: a second recurrence rule");
}

/* Many rules, each allowed, must not add up to minutes. */
static void
many_rules_are_bounded(void **state)
{
	static const char event[] = "BEGIN:VEVENT\nDTSTART:19000101\n"
	    "RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYDAY=MO,TU,WE,TH,FR\n"
	    "END:VEVENT\n";
	char *text = malloc(100 * sizeof(event));
	size_t i, have;

	(void)state;
	assert_non_null(text);
	have = (size_t)snprintf(text, sizeof(event), "BEGIN:VCALENDAR\n");
	for (i = 0; i < 60; i++) {
		memcpy(text + have, event, sizeof(event));
		have += sizeof(event) - 1;
	}
	assert_refused(text, "take too long");
	free(text);
}

static void
faults_of_calendars_have_their_line(void **state)
{
	(void)state;
	assert_refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n"
	    "END:VCALENDAR\n", "line 2: the event that begins here has no "
	    "DTSTART");
	assert_refused(EVENT("DTSTART:00000000\r\n"), "line 4: there is no "
	    "date or time '00000000'");
	assert_refused(EVENT("DTSTART:20210229\r\n"), "there is no date");
	assert_refused(EVENT("DTSTART:20210228T250000\r\n"), "there is no");
	assert_refused(EVENT("DTSTART:2021-02-28\r\n"), "is not a date such");
	assert_refused(EVENT("DTSTART:20210228T\r\n"), "is not a date such");
	assert_refused(EVENT("DTSTART:20210228T120000X\r\n"), "not a date");
	assert_refused(EVENT("DTSTART:20210228\r\nDTEND:20210227\r\n"),
	    "ends before it starts");
	assert_refused(EVENT("DTSTART:20210228\r\nDURATION:-P1D\r\n"),
	    "is not a duration");
	assert_refused(EVENT("DTSTART:20210228\r\nDURATION:P99999999999W\r\n"),
	    "not a sensible one");
	assert_refused(EVENT("DTSTART:20210228\r\nRECURRENCE-ID:20210228\r\n"),
	    "line 5: RECURRENCE-ID is not read");
	assert_refused(EVENT("no colon\r\n"), "line 4: 'no colon' is not an "
	    "iCalendar line");
	assert_refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20200101\n",
	    "line 3: the file ends within a VEVENT");
	assert_refused("BEGIN:VCALENDAR\nEND:VEVENT\n", "line 2: 'END:VEVENT' "
	    "closes nothing");
	assert_refused("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:y\n", "line 3: 'X' "
	    "stands outside");
	assert_refused("BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	    "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", "line 9: components are "
	    "nested too deeply");
}

static size_t
load(const char *path, rp_status expected, struct rp_err *err)
{
	struct rp_civil *dates = NULL;
	size_t n = 0;

	assert_int_equal(rp_holidays_load(path, from, until, &dates, &n, err),
	    expected);
	assert_int_equal(dates != NULL, expected == RP_OK);
	free(dates);
	return n;
}

/* 18 in 2020 and 17 in 2021, counted in the laws that moved some of them. */
static void
japan_is_shipped(void **state)
{
	static const char *const moved[] = {
		"2020-07-23 ", "2020-07-24 ", "2020-08-10 ", "2021-07-22 ",
		"2021-07-23 ", "2021-08-08 ", "2021-08-09 ",
	};
	struct rp_err err = { 0 };
	char text[20000];
	rp_status status;
	size_t i, n;
	FILE *f;

	(void)state;
	assert_int_equal(load("scenarios/calendars/japan.ics", RP_OK, &err),
	    35);
	f = fopen("scenarios/calendars/japan.ics", "rb");
	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	(void)fclose(f);
	text[n] = '\0';
	for (i = 0; i < COUNT(moved); i++)
		assert_non_null(strstr(dates_of(text, &status), moved[i]));
	/* RFC 5545: every line ends with CR LF and has at most 75 bytes. */
	for (i = 0, n = 0; text[i] != '\0'; i++, n++) {
		if (text[i] != '\n')
			continue;
		assert_true(i > 0 && text[i - 1] == '\r' && n <= 76);
		n = SIZE_MAX;
	}
}

static void
files_that_cannot_be_read(void **state)
{
	char path[] = "/tmp/revplan-holidays-XXXXXX";
	struct rp_err err = { 0 };
	FILE *f;
	int fd;

	(void)state;
	(void)load("/nonexistent/holidays.ics", RP_EIO, &err);
	assert_non_null(strstr(err.text, "No such file"));
	(void)load("scenarios", RP_EIO, &err);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	assert_non_null(f);
	(void)fputs("2020-01-01\n2020-01-32\n", f);
	assert_int_equal(fclose(f), 0);
	(void)load(path, RP_EINPUT, &err);
	assert_non_null(strstr(err.text, path));
	assert_non_null(strstr(err.text, "': line 2: there is no date"));
	assert_int_equal(unlink(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read),
		cmocka_unit_test(faults_of_lists_have_their_line),
		cmocka_unit_test(binary_and_large_files_are_refused),
		cmocka_unit_test(all_day_events),
		cmocka_unit_test(timed_events_touch_their_dates),
		cmocka_unit_test(folded_lines_and_other_components),
		cmocka_unit_test(recurring_events),
		cmocka_unit_test(hostile_rules_are_refused),
		cmocka_unit_test(many_rules_are_bounded),
		cmocka_unit_test(faults_of_calendars_have_their_line),
		cmocka_unit_test(japan_is_shipped),
		cmocka_unit_test(files_that_cannot_be_read),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
