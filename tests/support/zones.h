/*
 * zones.h - time zones for the calendar's tests, written down by hand.
 */
#ifndef TESTS_ZONES_H
#define TESTS_ZONES_H

#include "revplan/calendar.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Last Sundays of March and October, 01:00 UTC. */
static const struct rp_zone_offset berlin[] = {
	{ { 1577836800 }, 3600 },	/* 2020-01-01 */
	{ { 1585443600 }, 7200 },	/* 2020-03-29T01:00Z */
	{ { 1603587600 }, 3600 },	/* 2020-10-25T01:00Z */
	{ { 1616893200 }, 7200 },	/* 2021-03-28T01:00Z */
	{ { 1635642000 }, 3600 },	/* 2021-10-31T01:00Z */
};

/* Second Sunday of March, first of November, 02:00 local. */
static const struct rp_zone_offset new_york[] = {
	{ { 1577836800 }, -18000 },
	{ { 1583650800 }, -14400 },	/* 2020-03-08T07:00Z */
	{ { 1604210400 }, -18000 },	/* 2020-11-01T06:00Z */
	{ { 1615705200 }, -14400 },	/* 2021-03-14T07:00Z */
	{ { 1636264800 }, -18000 },	/* 2021-11-07T06:00Z */
};

/* Half an hour of DST: +11 until 2020-04-04T15:00Z, then +10:30. */
static const struct rp_zone_offset lord_howe[] = {
	{ { 1577836800 }, 39600 },
	{ { 1586012400 }, 37800 },	/* 2020-04-04T15:00Z */
	{ { 1601739000 }, 39600 },	/* 2020-10-03T15:30Z */
	{ { 1617462000 }, 37800 },	/* 2021-04-03T15:00Z */
	{ { 1633188600 }, 39600 },	/* 2021-10-02T15:30Z */
};

static const struct rp_zone_offset tokyo[] = { { { 1577836800 }, 32400 } };
static const struct rp_zone_offset kathmandu[] = {
	{ { 1577836800 }, 20700 }
};

/* Samoa left out Friday 2011-12-30: from UTC-10 to UTC+14. */
static const struct rp_zone_offset apia[] = {
	{ { 1324080000 }, -36000 },	/* 2011-12-17T00:00Z */
	{ { 1325239200 }, 50400 },	/* 2011-12-30T10:00Z */
};

/* Brazil until 2018: clocks went from 00:00 back to 23:00 of the day before. */
static const struct rp_zone_offset sao_paulo[] = {
	{ { 1517443200 }, -7200 },	/* 2018-02-01 */
	{ { 1518919200 }, -10800 },	/* 2018-02-18T02:00Z */
	{ { 1541300400 }, -7200 },	/* 2018-11-04T03:00Z */
};

#endif /* TESTS_ZONES_H */
