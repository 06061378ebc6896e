/*
 * tests/unit/test_instant.c - dates, ISO weeks, RFC 3339.
 */
#include "base/instant.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/*
 * Read off the same calendar: 2020-08-31 is a Monday, 2021-01-03 the Sunday of
 * the week that began on 2020-12-28.
 */
static void
periods_begin_and_end(void **state)
{
	static const struct {
		enum rp_period period;
		struct rp_civil day, first, next;
		const char *name;
	} rows[] = {
		{ RP_PERIOD_MONTH, { 2020, 2, 29 }, { 2020, 2, 1 },
		    { 2020, 3, 1 }, "2020-02" },
		{ RP_PERIOD_MONTH, { 2021, 2, 1 }, { 2021, 2, 1 },
		    { 2021, 3, 1 }, "2021-02" },
		{ RP_PERIOD_MONTH, { 2020, 12, 31 }, { 2020, 12, 1 },
		    { 2021, 1, 1 }, "2020-12" },
		{ RP_PERIOD_WEEK, { 2020, 8, 31 }, { 2020, 8, 31 },
		    { 2020, 9, 7 }, "2020-W36" },
		{ RP_PERIOD_WEEK, { 2021, 1, 3 }, { 2020, 12, 28 },
		    { 2021, 1, 4 }, "2020-W53" },
		{ RP_PERIOD_WEEK, { 1969, 12, 31 }, { 1969, 12, 29 },
		    { 1970, 1, 5 }, "1970-W01" },
	};
	char name[RP_PERIOD_TEXT];
	struct rp_instant t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		t = rp_instant_plus(rp_instant_of_civil(rows[i].day),
		    rp_span_of_s(86399));
		assert_int_equal(rp_instant_s(rp_period_start(rows[i].period,
		    t)), rp_instant_s(rp_instant_of_civil(rows[i].first)));
		assert_int_equal(rp_instant_s(rp_period_next(rows[i].period,
		    t)), rp_instant_s(rp_instant_of_civil(rows[i].next)));
		assert_string_equal(rp_period_name(rows[i].period, t, name),
		    rows[i].name);
	}
}

/* Seconds as printed by `date -u -d DATE +%s`. */
static void
civil_dates_have_their_seconds(void **state)
{
	static const struct {
		struct rp_civil c;
		int64_t s;
	} rows[] = {
		{ { 1970, 1, 1 }, 0 },
		{ { 1969, 12, 31 }, -86400 },
		{ { 1900, 1, 1 }, INT64_C(-2208988800) },
		{ { 1900, 3, 1 }, INT64_C(-2203891200) },
		{ { 2000, 2, 29 }, 951782400 },
		{ { 2020, 7, 21 }, 1595289600 },
		{ { 2100, 3, 1 }, INT64_C(4107542400) },
		{ { 2999, 12, 31 }, INT64_C(32503593600) },
	};
	struct rp_civil c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(rp_instant_s(rp_instant_of_civil(rows[i].c)),
		    rows[i].s);
		c = rp_civil_of_instant(rp_instant_of_s(rows[i].s + 86399));
		assert_int_equal(c.year, rows[i].c.year);
		assert_int_equal(c.month, rows[i].c.month);
		assert_int_equal(c.day, rows[i].c.day);
	}
}

/* Walk every day of the range beside a plain counting calendar. */
static void
every_day_follows_the_one_before(void **state)
{
	struct rp_civil c = { 1900, 1, 1 }, seen, next;
	int64_t s = INT64_C(-2208988800);
	unsigned weekday = 0; /* 1900-01-01 was a Monday */

	(void)state;
	for (; c.year < 3000; s += 86400) {
		seen = rp_civil_of_instant(rp_instant_of_s(s));
		assert_true(seen.year == c.year && seen.month == c.month &&
		    seen.day == c.day);
		assert_int_equal(rp_instant_s(rp_instant_of_civil(c)), s);
		assert_int_equal(rp_instant_weekday(rp_instant_of_s(s)),
		    weekday);
		weekday = (weekday + 1) % 7;
		next = c;
		next.day++;
		if (!rp_civil_valid(next) && next.year < 3000) {
			next.day = 1;
			next.month++;
		}
		if (next.month == 13) {
			next.month = 1;
			next.year++;
		}
		c = next;
	}
}

static void
leap_years(void **state)
{
	(void)state;
	assert_false(rp_civil_valid((struct rp_civil){ 1900, 2, 29 }));
	assert_true(rp_civil_valid((struct rp_civil){ 2000, 2, 29 }));
	assert_false(rp_civil_valid((struct rp_civil){ 2100, 2, 29 }));
	assert_true(rp_civil_valid((struct rp_civil){ 2024, 2, 29 }));
	assert_false(rp_civil_valid((struct rp_civil){ 2023, 2, 29 }));
	assert_false(rp_civil_valid((struct rp_civil){ 2023, 4, 31 }));
	assert_false(rp_civil_valid((struct rp_civil){ 2023, 0, 1 }));
	assert_false(rp_civil_valid((struct rp_civil){ 2023, 13, 1 }));
	assert_false(rp_civil_valid((struct rp_civil){ 2023, 1, 0 }));
	assert_false(rp_civil_valid((struct rp_civil){ 1899, 12, 31 }));
	assert_false(rp_civil_valid((struct rp_civil){ 3000, 1, 1 }));
}

/*
 * Weeks read off a printed calendar: a week is in the year of its Thursday.
 * 2021-01-03 is the Sunday after Thursday 2020-12-31, so still 2020-W53.
 * 2024-12-30 is the Monday before Thursday 2025-01-02.  2016-01-03 closes
 * the week of Thursday 2015-12-31.
 */
static void
iso_weeks_at_year_ends(void **state)
{
	static const struct {
		struct rp_civil c;
		int year;
		unsigned week;
	} rows[] = {
		{ { 2020, 12, 31 }, 2020, 53 }, { { 2021, 1, 3 }, 2020, 53 },
		{ { 2021, 1, 4 }, 2021, 1 }, { { 2024, 12, 29 }, 2024, 52 },
		{ { 2024, 12, 30 }, 2025, 1 }, { { 2016, 1, 3 }, 2015, 53 },
		{ { 2019, 12, 30 }, 2020, 1 }, { { 2023, 1, 1 }, 2022, 52 },
		{ { 2020, 8, 31 }, 2020, 36 }, { { 1977, 1, 2 }, 1976, 53 },
		{ { 2008, 12, 29 }, 2009, 1 }, { { 2010, 1, 3 }, 2009, 53 },
	};
	struct rp_instant t;
	unsigned week;
	size_t i;
	int year;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		t = rp_instant_of_civil(rows[i].c);
		t = rp_instant_plus(t, rp_span_of_s(86399));
		rp_instant_iso_week(t, &year, &week);
		assert_int_equal(year, rows[i].year);
		assert_int_equal(week, rows[i].week);
	}
}

/* Seconds as printed by `date -u -d TEXT +%s`. */
static void
instants_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t from, until;
	} rows[] = {
		{ "2026-03-02T09:15Z", 1772442900, 1772442900 },
		{ "2020-07-21T14:53Z", 1595343180, 1595343180 },
		{ "2026-03-02t09:15:27z", 1772442927, 1772442927 },
		{ "2026-03-02 09:15:27Z", 1772442927, 1772442927 },
		{ "2026-03-02T18:15:27+09:00", 1772442927, 1772442927 },
		{ "2026-03-02T03:45:27-05:30", 1772442927, 1772442927 },
		{ "2026-03-02T09:15:27-00:00", 1772442927, 1772442927 },
		{ "2026-03-02", 1772409600, 1772496000 },
		{ "2026-03-02..2026-03-05", 1772409600, 1772668800 },
		{ "2021-02-28..2021-03-18T12:30+09:00", 1614470400,
		    1616038200 },
		{ "1900-01-01T00:00Z", INT64_C(-2208988800),
		    INT64_C(-2208988800) },
		{ "2999-12-31", INT64_C(32503593600), INT64_C(32503680000) },
	};
	struct rp_err err = { 0 };
	struct rp_when w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(rp_when_parse(rows[i].text, &w, &err), RP_OK);
		assert_int_equal(rp_instant_s(w.from), rows[i].from);
		assert_int_equal(rp_instant_s(w.until), rows[i].until);
	}
}

static void
bad_instants_are_refused_with_the_reason(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "2026-03-02T09:15", "has no offset from UTC; end it with Z" },
		{ "2026-03-02T09:15..2026-03-03", "has no offset" },
		{ "2026-02-29", "there is no date 2026-02-29" },
		{ "2026-13-01T00:00Z", "there is no date 2026-13-01" },
		{ "2026-03-02T24:00Z", "write 00:00 of the next day" },
		{ "2026-03-02T23:59:60Z", "leap seconds are not kept" },
		{ "2026-03-02T09:61Z", "there is no time 09:61:00" },
		{ "2026-03-02T09:15:27.5Z", "fractions of a second" },
		{ "2026-03-02T09:15+24:00", "there is no offset 24:00" },
		{ "2026-03-02T09:15+0900", "is not an instant" },
		{ "2026-03-02T9:15Z", "is not an instant" },
		{ "2026-03-02T09:15Zx", "is not an instant" },
		{ "2026-03-02T09Z", "is not an instant" },
		{ "2026-03-02T09:15:Z", "is not an instant" },
		{ "2026-3-2", "is not an instant" },
		{ "26-03-02", "is not an instant" },
		{ "2026-03", "is not an instant" },
		{ "2026-03-0", "is not an instant" },
		{ "", "is not an instant" },
		{ "2026-03-02..", "is not an instant" },
		{ "2026-03-02...2026-03-03", "is not an instant" },
		{ "2026-03-02..2026-03-03..2026-03-04", "is not an instant" },
		{ "2026-03-02..2026-03-02", "ends before it begins" },
		{ "2026-03-05..2026-03-02", "ends before it begins" },
		{ "1899-12-31", "outside the years 1900 to 2999" },
		{ "1900-01-01T00:00+00:01", "outside the years 1900 to 2999" },
		{ "2999-12-31T23:59-01:00", "outside the years 1900 to 2999" },
	};
	struct rp_when w = { { 8713 }, { 8713 } };
	struct rp_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		err = (struct rp_err){ 0 };
		assert_int_equal(rp_when_parse(rows[i].text, &w, &err),
		    RP_EINPUT);
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].text, err.text);
		assert_int_equal(rp_instant_s(w.from), 8713);
	}
}

static void
dates_are_read(void **state)
{
	struct rp_civil c = { 0, 0, 0 };
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_civil_parse("2021-03-18", &c, &err), RP_OK);
	assert_true(c.year == 2021 && c.month == 3 && c.day == 18);
	assert_int_equal(rp_civil_parse("2021-02-29", &c, &err), RP_EINPUT);
	assert_non_null(strstr(err.text, "there is no date 2021-02-29"));
	assert_int_equal(rp_civil_parse("2021-02-2", &c, &err), RP_EINPUT);
	assert_non_null(strstr(err.text, "'2021-02-2' is not a date"));
	assert_int_equal(rp_civil_parse("2021-03-18T00:00Z", &c, &err),
	    RP_EINPUT);
	assert_int_equal(rp_civil_parse("", &c, NULL), RP_EINPUT);
	assert_int_equal(c.day, 18);
}

static void
what_is_written_is_read_back(void **state)
{
	static const char *const rows[] = {
		"2026-03-02T09:15:27Z", "2026-03-02", "1969-12-31T23:59:59Z",
		"2021-02-28..2021-03-18",
		"2021-02-28T00:00:00Z..2021-03-18T03:30:00Z",
		"2021-02-28T01:00:00Z..2021-03-01T01:00:00Z",
	};
	char buf[RP_INSTANT_TEXT];
	struct rp_when w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(rp_when_parse(rows[i], &w, NULL), RP_OK);
		assert_string_equal(rp_when_format(w, buf), rows[i]);
	}
	assert_string_equal(rp_instant_format_date(rp_instant_of_s(1595343180),
	    buf), "2020-07-21");
	/* Far outside the years: cut, but no harm. */
	(void)rp_instant_format(rp_instant_of_s(INT64_MAX), buf);
	(void)rp_instant_format(rp_instant_of_s(INT64_MIN), buf);
}

static void
the_last_second_of_an_interval(void **state)
{
	struct rp_when w;

	(void)state;
	assert_int_equal(rp_when_parse("2026-03-02", &w, NULL), RP_OK);
	assert_int_equal(rp_instant_s(rp_when_last(w)), 1772495999);
	assert_false(rp_when_is_exact(w));
	w = rp_when_exact(rp_instant_of_s(1595343180));
	assert_int_equal(rp_instant_s(rp_when_last(w)), 1595343180);
	assert_int_equal(rp_instant_s(rp_instant_midnight(
	    rp_instant_of_s(-1))), -86400);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(civil_dates_have_their_seconds),
		cmocka_unit_test(every_day_follows_the_one_before),
		cmocka_unit_test(leap_years),
		cmocka_unit_test(iso_weeks_at_year_ends),
		cmocka_unit_test(periods_begin_and_end),
		cmocka_unit_test(instants_are_read),
		cmocka_unit_test(bad_instants_are_refused_with_the_reason),
		cmocka_unit_test(dates_are_read),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(the_last_second_of_an_interval),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
