/*
 * tests/unit/test_calendar.c - working time against paper.
 */
#include "population/calendar.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/zones.h"

/* Japan's holidays of 2020 and 2021, two of each year at weekends. */
static const struct rp_civil japan[] = {
	{ 2021, 1, 1 }, { 2021, 1, 11 }, { 2021, 2, 11 }, { 2021, 2, 23 },
	{ 2021, 3, 20 }, { 2021, 4, 29 }, { 2021, 5, 3 }, { 2021, 5, 4 },
	{ 2021, 5, 5 }, { 2021, 7, 22 }, { 2021, 7, 23 }, { 2021, 8, 8 },
	{ 2021, 8, 9 }, { 2021, 9, 20 }, { 2021, 9, 23 }, { 2021, 11, 3 },
	{ 2021, 11, 23 },
	{ 2020, 1, 1 }, { 2020, 1, 13 }, { 2020, 2, 11 }, { 2020, 2, 23 },
	{ 2020, 2, 24 }, { 2020, 3, 20 }, { 2020, 4, 29 }, { 2020, 5, 3 },
	{ 2020, 5, 4 }, { 2020, 5, 5 }, { 2020, 5, 6 }, { 2020, 7, 23 },
	{ 2020, 7, 24 }, { 2020, 8, 10 }, { 2020, 9, 21 }, { 2020, 9, 22 },
	{ 2020, 11, 3 }, { 2020, 11, 23 },
};

static struct rp_instant
at(const char *text)
{
	struct rp_when w;

	if (rp_when_parse(text, &w, NULL) != RP_OK)
		fail_msg("bad instant in a test: %s", text);
	return w.from;
}

static struct rp_calendar *
make(const struct rp_calendar_spec *spec, const char *from, const char *until)
{
	struct rp_calendar *cal = NULL;
	struct rp_err err = { 0 };

	if (rp_calendar_new(spec, at(from), at(until), &cal, &err) != RP_OK)
		fail_msg("%s", err.text);
	return cal;
}

static int64_t
days_worked(const struct rp_calendar *cal, const char *from,
    const char *until)
{
	int64_t ticks = rp_calendar_ticks(cal, at(until)) -
	    rp_calendar_ticks(cal, at(from));

	assert_int_equal(ticks % RP_WORKDAY_TICKS, 0);
	return ticks / RP_WORKDAY_TICKS;
}

/* ---- hand-checked ------------------------------------------------------- */

/*
 * 2020 has 52 weeks and Wed 30 and Thu 31 December: 52 * 5 + 2 = 262.  2021
 * has 52 weeks and Fri 31 December: 261.  2100 has 52 weeks and a Friday,
 * not a leap year: 261.  2000: 52 weeks and Sat, Sun: 260.
 */
static void
weekdays_of_a_year(void **state)
{
	struct rp_calendar *cal;

	(void)state;
	cal = make(&rp_calendar_default, "2000-01-01", "2101-01-01");
	assert_int_equal(days_worked(cal, "2000-01-01", "2001-01-01"), 260);
	assert_int_equal(days_worked(cal, "2020-01-01", "2021-01-01"), 262);
	assert_int_equal(days_worked(cal, "2021-01-01", "2022-01-01"), 261);
	assert_int_equal(days_worked(cal, "2100-01-01", "2101-01-01"), 261);
	assert_int_equal(rp_calendar_offset(cal, at("2020-07-01")), 0);
	rp_calendar_free(cal);
}

/*
 * 2020: 18 holidays, of which 23 February and 3 May are Sundays: 262 - 16 =
 * 246.  2021: 17 holidays, of which 20 March is a Saturday and 8 August a
 * Sunday: 261 - 15 = 246.  February 2020, day by day: 20 weekdays less the
 * 11th and the 24th = 18.  The first week of May 2020: Friday the 1st only,
 * then Thursday the 7th.
 */
static void
working_days_in_japan(void **state)
{
	struct rp_calendar_spec spec = {
		.offsets = tokyo, .n_offsets = COUNT(tokyo), .week = 0x1f,
		.opens_s = 9 * 3600, .closes_s = 18 * 3600,
		.holidays = japan, .n_holidays = COUNT(japan),
	};
	struct rp_calendar *cal;
	struct rp_instant t;

	(void)state;
	cal = make(&spec, "2019-12-31T15:00Z", "2022-01-01");
	assert_int_equal(days_worked(cal, "2020-01-01T00:00+09:00",
	    "2021-01-01T00:00+09:00"), 246);
	assert_int_equal(days_worked(cal, "2021-01-01T00:00+09:00",
	    "2022-01-01T00:00+09:00"), 246);
	assert_int_equal(days_worked(cal, "2020-02-01T00:00+09:00",
	    "2020-03-01T00:00+09:00"), 18);
	assert_int_equal(rp_calendar_seconds(cal, at("2020-03-01")) -
	    rp_calendar_seconds(cal, at("2020-02-01")), 18 * 9 * 3600);
	assert_true(rp_calendar_next(cal, at("2020-05-01T18:00+09:00"), &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2020-05-07T09:00+09:00")));
	/* Noon is 3 of 9 hours: a third of a day. */
	assert_int_equal(rp_calendar_ticks(cal, at("2020-05-07T12:00+09:00")) -
	    rp_calendar_ticks(cal, at("2020-05-07T08:00+09:00")),
	    RP_WORKDAY_TICKS / 3);
	assert_int_equal(rp_calendar_offset(cal, at("2020-05-07")), 32400);
	rp_calendar_free(cal);
}

/*
 * All seven days round the clock in Berlin: Sunday 2020-03-29 has 23 h and
 * Sunday 2020-10-25 has 25 h, and each is one working day.  2020 has 366.
 */
static void
a_day_is_a_day_whatever_dst_does(void **state)
{
	struct rp_calendar_spec spec = {
		.offsets = berlin, .n_offsets = COUNT(berlin), .week = 0x7f,
		.closes_s = 86400,
	};
	struct rp_calendar *cal;

	(void)state;
	cal = make(&spec, "2019-12-31T23:00Z", "2020-12-31T23:00Z");
	assert_int_equal(days_worked(cal, "2020-03-29T00:00+01:00",
	    "2020-03-30T00:00+02:00"), 1);
	assert_int_equal(rp_calendar_seconds(cal, at("2020-03-29T22:00Z")) -
	    rp_calendar_seconds(cal, at("2020-03-28T23:00Z")), 23 * 3600);
	assert_int_equal(days_worked(cal, "2020-10-25T00:00+02:00",
	    "2020-10-26T00:00+01:00"), 1);
	assert_int_equal(rp_calendar_seconds(cal, at("2020-10-25T23:00Z")) -
	    rp_calendar_seconds(cal, at("2020-10-24T22:00Z")), 25 * 3600);
	assert_int_equal(days_worked(cal, "2019-12-31T23:00Z",
	    "2020-12-31T23:00Z"), 366);
	assert_int_equal(rp_calendar_seconds(cal, at("2021-01-01")),
	    366 * 86400);
	rp_calendar_free(cal);
}

/*
 * Friday 13:00-24:00 in New York (UTC-5) is Friday 18:00 to Saturday 05:00
 * UTC: the weekday is the local one.
 */
static void
a_local_day_crosses_utc_midnight(void **state)
{
	struct rp_calendar_spec spec = {
		.offsets = new_york, .n_offsets = COUNT(new_york),
		.week = 1 << 4, .opens_s = 13 * 3600, .closes_s = 86400,
	};
	struct rp_calendar *cal;
	struct rp_instant t;

	(void)state;
	cal = make(&spec, "2020-01-01", "2021-12-31");
	/* 2020-01-03 is a Friday. */
	assert_true(rp_calendar_next(cal, at("2020-01-01"), &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2020-01-03T18:00Z")));
	assert_int_equal(rp_calendar_seconds(cal, at("2020-01-04T05:00Z")),
	    11 * 3600);
	assert_int_equal(rp_calendar_seconds(cal, at("2020-01-10T17:59Z")),
	    11 * 3600);
	assert_true(rp_calendar_at_seconds(cal, 11 * 3600, &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2020-01-04T05:00Z")));
	/* In summer (UTC-4) an hour earlier. */
	assert_true(rp_calendar_next(cal, at("2020-07-01"), &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2020-07-03T17:00Z")));
	rp_calendar_free(cal);
}

/*
 * Monday to Friday, 09:00-17:00 UTC, the first week of March 2026 (Monday is
 * the 2nd).  Frozen: Tuesday 11:00 to 13:00 (in two overlapping pieces, given
 * out of order), Wednesday from 15:00 to Friday 09:00.
 * Tuesday: 6 of 8 h; Wednesday: 6 of 8 h; Thursday: none; in all 3.5 days.
 */
static void
freezes_cut_days_in_proportion(void **state)
{
	struct rp_freeze freezes[5];
	struct rp_calendar_spec spec = {
		.week = 0x1f, .opens_s = 9 * 3600, .closes_s = 17 * 3600,
		.freezes = freezes, .n_freezes = COUNT(freezes),
	};
	struct rp_calendar *cal;
	struct rp_instant t;

	(void)state;
	freezes[0] = (struct rp_freeze){ at("2026-03-04T15:00Z"),
	    at("2026-03-06T09:00Z"), "move" };
	freezes[1] = (struct rp_freeze){ at("2026-03-03T12:00Z"),
	    at("2026-03-03T13:00Z"), NULL };
	freezes[2] = (struct rp_freeze){ at("2026-03-03T11:00Z"),
	    at("2026-03-03T12:30Z"), NULL };
	freezes[3] = (struct rp_freeze){ at("2026-03-05"), at("2026-03-05"),
	    "empty" };
	freezes[4] = (struct rp_freeze){ at("2026-03-06T16:00Z"),
	    at("2026-03-06T10:00Z"), "backwards: nothing" };
	cal = make(&spec, "2026-03-01", "2026-03-08");
	assert_int_equal(rp_calendar_ticks(cal, at("2026-03-08")) * 2,
	    RP_WORKDAY_TICKS * 7);
	assert_int_equal(rp_calendar_seconds(cal, at("2026-03-08")),
	    28 * 3600);
	/* Tuesday noon: 2 of 8 h; at 14:00: 3 of 8. */
	assert_int_equal(rp_calendar_ticks(cal, at("2026-03-03T12:00Z")),
	    RP_WORKDAY_TICKS + RP_WORKDAY_TICKS / 4);
	assert_int_equal(rp_calendar_ticks(cal, at("2026-03-03T14:00Z")),
	    RP_WORKDAY_TICKS + RP_WORKDAY_TICKS * 3 / 8);
	assert_true(rp_calendar_next(cal, at("2026-03-03T11:00Z"), &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2026-03-03T13:00Z")));
	assert_true(rp_calendar_next(cal, at("2026-03-04T15:00Z"), &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2026-03-06T09:00Z")));
	rp_calendar_free(cal);
}

/* Samoa had no 2011-12-30: between Thursday's end and Saturday no time. */
static void
a_skipped_date_has_no_work(void **state)
{
	struct rp_calendar_spec spec = {
		.offsets = apia, .n_offsets = COUNT(apia), .week = 0x7f,
		.closes_s = 86400,
	};
	struct rp_civil thursday = { 2011, 12, 29 }, gone = { 2011, 12, 30 };
	struct rp_calendar *cal;
	int64_t end;

	(void)state;
	cal = make(&spec, "2011-12-25T00:00-10:00", "2012-01-02T00:00+14:00");
	/* 25, 26, 27, 28, 29, 31 December and 1 January. */
	assert_int_equal(days_worked(cal, "2011-12-25T00:00-10:00",
	    "2012-01-02T00:00+14:00"), 7);
	end = rp_instant_s(at("2011-12-30T10:00Z"));
	assert_int_equal(rp_instant_s(rp_zone_local(apia, COUNT(apia),
	    thursday, 86400)), end);
	assert_int_equal(rp_instant_s(rp_zone_local(apia, COUNT(apia), gone,
	    12 * 3600)), end);
	assert_int_equal(rp_instant_s(rp_zone_local(apia, COUNT(apia), gone,
	    86400)), end);
	rp_calendar_free(cal);
}

/*
 * 02:30 on 2020-03-29 is skipped in Berlin: the jump at 01:00Z.  On
 * 2020-10-25 it comes twice: the first is 00:30Z.  In Sao Paulo Saturday
 * 2018-02-17 has 25 hours: its 23:00 to 24:00 comes twice.
 */
static void
local_times_at_changes(void **state)
{
	static const struct {
		const struct rp_zone_offset *zone;
		size_t n;
		struct rp_civil date;
		int32_t local_s;
		const char *utc;
	} rows[] = {
		{ berlin, COUNT(berlin), { 2020, 3, 29 }, 9000,
		    "2020-03-29T01:00Z" },
		{ berlin, COUNT(berlin), { 2020, 3, 29 }, 10800,
		    "2020-03-29T01:00Z" },
		{ berlin, COUNT(berlin), { 2020, 10, 25 }, 9000,
		    "2020-10-25T00:30Z" },
		{ berlin, COUNT(berlin), { 2020, 10, 25 }, 10800,
		    "2020-10-25T02:00Z" },
		{ lord_howe, COUNT(lord_howe), { 2020, 10, 4 }, 8100,
		    "2020-10-03T15:30Z" },
		{ sao_paulo, COUNT(sao_paulo), { 2018, 2, 17 }, 86400,
		    "2018-02-18T03:00Z" },
		{ sao_paulo, COUNT(sao_paulo), { 2018, 2, 17 }, 84600,
		    "2018-02-18T01:30Z" },
		{ sao_paulo, COUNT(sao_paulo), { 2018, 11, 4 }, 0,
		    "2018-11-04T03:00Z" },
		{ new_york, COUNT(new_york), { 2020, 7, 4 }, 43200,
		    "2020-07-04T16:00Z" },
		{ NULL, 0, { 2020, 7, 4 }, 43200, "2020-07-04T12:00Z" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(rp_instant_s(rp_zone_local(rows[i].zone,
		    rows[i].n, rows[i].date, rows[i].local_s)),
		    rp_instant_s(at(rows[i].utc)));
}

/*
 * Monday from 06:00 (three quarters), Tuesday, Wednesday until 12:00 (a
 * half): 2.25 days.
 */
static void
the_range_cuts_the_first_and_last_day(void **state)
{
	struct rp_calendar *cal;
	struct rp_instant t;

	(void)state;
	cal = make(&rp_calendar_default, "2026-03-02T06:00Z",
	    "2026-03-04T12:00Z");
	assert_int_equal(rp_calendar_ticks(cal, at("2030-01-01")),
	    RP_WORKDAY_TICKS * 9 / 4);
	assert_int_equal(rp_calendar_ticks(cal, at("2026-03-02")), 0);
	assert_true(rp_calendar_at_seconds(cal, -5, &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2026-03-02T06:00Z")));
	assert_true(rp_calendar_at_seconds(cal, 54 * 3600, &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2026-03-04T12:00Z")));
	assert_false(rp_calendar_at_seconds(cal, 54 * 3600 + 1, &t));
	assert_false(rp_calendar_next(cal, at("2026-03-04T12:00Z"), &t));
	assert_int_equal(rp_instant_s(t),
	    rp_instant_s(at("2026-03-04T12:00Z")));
	rp_calendar_free(cal);
}

static void
calendars_without_work(void **state)
{
	struct rp_calendar_spec spec = rp_calendar_default;
	struct rp_instant t = rp_instant_of_s(8713);
	struct rp_calendar *cal;

	(void)state;
	spec.week = 0;
	cal = make(&spec, "2026-03-01", "2027-03-01");
	assert_true(rp_calendar_is_empty(cal));
	assert_int_equal(rp_calendar_seconds(cal, at("2027-01-01")), 0);
	assert_int_equal(rp_calendar_ticks(cal, at("2027-01-01")), 0);
	assert_false(rp_calendar_next(cal, at("2026-03-01"), &t));
	assert_false(rp_calendar_at_seconds(cal, 1, &t));
	assert_int_equal(rp_instant_s(t), 8713);
	rp_calendar_free(cal);
	/* A Saturday and a Sunday only. */
	cal = make(&rp_calendar_default, "2026-02-28", "2026-03-02");
	assert_true(rp_calendar_is_empty(cal));
	rp_calendar_free(cal);
	rp_calendar_free(NULL);
}

static rp_status
try_new(const struct rp_calendar_spec *spec, const char *from,
    const char *until)
{
	struct rp_calendar *cal = (struct rp_calendar *)&cal;
	struct rp_err err = { 0 };
	rp_status status;

	status = rp_calendar_new(spec, at(from), at(until), &cal, &err);
	if (status == RP_OK)
		rp_calendar_free(cal);
	else
		assert_ptr_equal(cal, &cal);
	assert_int_equal(err.text[0] != '\0', status != RP_OK);
	return status;
}

static void
impossible_calendars_are_refused(void **state)
{
	static const struct rp_zone_offset backwards[] = {
		{ { 5 }, 3600 }, { { 5 }, 0 }
	}, too_far[] = { { { 5 }, 26 * 3600 + 1 } };
	struct rp_calendar_spec s = rp_calendar_default;

	(void)state;
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-02"), RP_ERANGE);
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-01"), RP_ERANGE);
	assert_int_equal(try_new(&s, "1900-01-01", "2100-01-01"), RP_OK);
	assert_int_equal(try_new(&s, "1900-01-01", "2100-01-05"), RP_ERANGE);
	s.opens_s = s.closes_s = 3600;
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-03"), RP_ERANGE);
	s.opens_s = -1;
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-03"), RP_ERANGE);
	s.opens_s = 0;
	s.closes_s = 86401;
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-03"), RP_ERANGE);
	s = rp_calendar_default;
	s.offsets = backwards;
	s.n_offsets = 2;
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-03"), RP_ERANGE);
	s.offsets = too_far;
	s.n_offsets = 1;
	assert_int_equal(try_new(&s, "2026-03-02", "2026-03-03"), RP_ERANGE);
}

/* ---- out of memory ------------------------------------------------------ */

static void
every_allocation_may_fail(void **state)
{
	static const struct rp_freeze freeze = { { 1583000000 },
	    { 1583100000 }, NULL };
	struct rp_calendar_spec spec = {
		.offsets = berlin, .n_offsets = COUNT(berlin), .week = 0x1f,
		.closes_s = 86400, .holidays = japan,
		.n_holidays = COUNT(japan), .freezes = &freeze, .n_freezes = 1,
	};
	struct rp_calendar *cal = NULL;
	size_t live = rp_alloc_live();
	struct rp_err err;
	rp_status status;
	unsigned long n;

	(void)state;
	for (n = 1; n < 100; n++) {
		err = (struct rp_err){ 0 };
		rp_alloc_fail_at(n);
		status = rp_calendar_new(&spec, at("2020-01-01"),
		    at("2021-01-01"), &cal, &err);
		rp_alloc_fail_at(0);
		if (status == RP_OK)
			break;
		assert_int_equal(status, RP_ENOMEM);
		assert_int_equal(err.code, RP_ENOMEM);
		assert_null(cal);
		assert_int_equal(rp_alloc_live(), live);
	}
	assert_int_equal(n, 6);	/* five allocations */
	rp_calendar_free(cal);
	assert_int_equal(rp_alloc_live(), live);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weekdays_of_a_year),
		cmocka_unit_test(working_days_in_japan),
		cmocka_unit_test(a_day_is_a_day_whatever_dst_does),
		cmocka_unit_test(a_local_day_crosses_utc_midnight),
		cmocka_unit_test(freezes_cut_days_in_proportion),
		cmocka_unit_test(a_skipped_date_has_no_work),
		cmocka_unit_test(local_times_at_changes),
		cmocka_unit_test(the_range_cuts_the_first_and_last_day),
		cmocka_unit_test(calendars_without_work),
		cmocka_unit_test(impossible_calendars_are_refused),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
