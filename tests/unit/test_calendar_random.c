/*
 * tests/unit/test_calendar_random.c - random calendars against their
 * properties and against a walker that looks at the clock by the minute.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/calendar.h"
#include "support/zones.h"

static uint64_t seed;

/* splitmix64: small, and the same everywhere. */
static uint64_t
draw(uint64_t below)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) % below;
}

static const struct {
	const struct rp_zone_offset *offsets;
	size_t n;
} zones[] = {
	{ NULL, 0 }, { berlin, COUNT(berlin) },
	{ new_york, COUNT(new_york) }, { lord_howe, COUNT(lord_howe) },
	{ kathmandu, COUNT(kathmandu) }, { tokyo, COUNT(tokyo) },
};

struct random_spec {
	struct rp_calendar_spec spec;
	struct rp_civil holidays[12];
	struct rp_freeze freezes[6];
	struct rp_instant from, until;
};

/* All on whole minutes, so that a walker by minutes is exact. */
static void
draw_spec(struct random_spec *r)
{
	int64_t first = 1578182400; /* 2020-01-05 */
	size_t i, z = draw(COUNT(zones));

	memset(r, 0, sizeof(*r));
	r->from = rp_instant_of_s(first + 60 * (int64_t)draw(600 * 1440));
	r->until = rp_instant_plus(r->from,
	    rp_span_of_s(60 * (1 + (int64_t)draw(70 * 1440))));
	r->spec.offsets = zones[z].offsets;
	r->spec.n_offsets = zones[z].n;
	r->spec.week = (uint8_t)draw(128);
	r->spec.opens_s = 60 * (int32_t)draw(1440);
	r->spec.closes_s = r->spec.opens_s + 60 +
	    60 * (int32_t)draw((uint64_t)(86400 - r->spec.opens_s) / 60);
	r->spec.holidays = r->holidays;
	r->spec.n_holidays = draw(COUNT(r->holidays) + 1);
	for (i = 0; i < r->spec.n_holidays; i++)
		r->holidays[i] = rp_civil_of_instant(rp_instant_plus(r->from,
		    rp_span_of_s(86400 * (int64_t)draw(72) - 86400)));
	r->spec.freezes = r->freezes;
	r->spec.n_freezes = draw(COUNT(r->freezes) + 1);
	for (i = 0; i < r->spec.n_freezes; i++) {
		r->freezes[i].from = rp_instant_plus(r->from,
		    rp_span_of_s(60 * ((int64_t)draw(80000) - 5000)));
		r->freezes[i].until = rp_instant_plus(r->freezes[i].from,
		    rp_span_of_s(60 * ((int64_t)draw(6000) - 500)));
	}
}

static int32_t
naive_offset(const struct rp_calendar_spec *spec, int64_t t)
{
	int32_t offset = spec->n_offsets > 0 ? spec->offsets[0].offset_s : 0;
	size_t i;

	for (i = 0; i < spec->n_offsets; i++)
		if (rp_instant_s(spec->offsets[i].at) <= t)
			offset = spec->offsets[i].offset_s;
	return offset;
}

/*
 * Does anybody work in the minute that begins at t?  Looks at the clock on
 * the wall and nothing else.  It differs from the calendar only where the
 * clock shows the closing or opening time twice on one night, which the
 * caller leaves out.
 */
static bool
naive_works(const struct rp_calendar_spec *spec, int64_t t)
{
	int64_t local = t + naive_offset(spec, t);
	struct rp_instant wall = rp_instant_of_s(local);
	struct rp_civil date = rp_civil_of_instant(wall);
	int64_t second = local - rp_instant_s(rp_instant_midnight(wall));
	size_t i;

	if ((spec->week >> rp_instant_weekday(wall) & 1) == 0)
		return false;
	if (second < spec->opens_s || second >= spec->closes_s)
		return false;
	for (i = 0; i < spec->n_holidays; i++)
		if (spec->holidays[i].year == date.year &&
		    spec->holidays[i].month == date.month &&
		    spec->holidays[i].day == date.day)
			return false;
	for (i = 0; i < spec->n_freezes; i++)
		if (rp_instant_s(spec->freezes[i].from) <= t &&
		    t < rp_instant_s(spec->freezes[i].until))
			return false;
	return true;
}

/* Clocks go back at night; keep opening and closing away from that. */
static void
avoid_the_double_hour(struct rp_calendar_spec *spec)
{
	if (spec->opens_s > 0 && spec->opens_s < 4 * 3600)
		spec->opens_s = 0;
	if (spec->closes_s < 4 * 3600)
		spec->closes_s = 4 * 3600;
}

static void
compare_with_walker(struct random_spec *r, uint64_t began)
{
	int64_t t, seconds = 0, until = rp_instant_s(r->until);
	struct rp_calendar *cal = NULL;

	avoid_the_double_hour(&r->spec);
	assert_int_equal(rp_calendar_new(&r->spec, r->from, r->until, &cal,
	    NULL), RP_OK);
	for (t = rp_instant_s(r->from); t < until; t += 60) {
		if (rp_calendar_seconds(cal, rp_instant_of_s(t)) != seconds)
			fail_msg("seed %llu: at %lld", (unsigned long long)
			    began, (long long)t);
		if (naive_works(&r->spec, t))
			seconds += 60;
	}
	if (rp_calendar_seconds(cal, r->until) != seconds)
		fail_msg("seed %llu: at the end", (unsigned long long)began);
	rp_calendar_free(cal);
}

static void
agrees_with_a_walker_by_minutes(void **state)
{
	struct random_spec r;
	uint64_t began;
	int i;

	(void)state;
	for (i = 0; i < 120; i++) {
		began = seed = UINT64_C(7046029254386353131) * (uint64_t)i;
		draw_spec(&r);
		compare_with_walker(&r, began);
	}
}

#define HOLDS(what) check_holds((what), began, #what)

static void
check_holds(bool holds, uint64_t began, const char *what)
{
	if (!holds)
		fail_msg("seed %llu: %s", (unsigned long long)began, what);
}

/* The same answers from the other side of t. */
static void
check_back(const struct rp_calendar *cal, struct rp_instant t,
    uint64_t began)
{
	const struct rp_span second = rp_span_of_s(1);
	int64_t s = rp_calendar_seconds(cal, t);
	int64_t ticks = rp_calendar_ticks(cal, t);
	struct rp_instant u;

	if (rp_calendar_last(cal, t, &u)) {
		HOLDS(rp_instant_cmp(u, t) <= 0);
		HOLDS(rp_calendar_seconds(cal, u) ==
		    rp_calendar_seconds(cal, rp_instant_plus(u, second)) - 1);
		HOLDS(rp_instant_cmp(u, t) == 0 ||
		    rp_calendar_seconds(cal, rp_instant_plus(u, second)) == s);
	} else {
		HOLDS(s == 0);
	}
	if (rp_calendar_edge(cal, t, &u)) {
		int64_t gone = rp_instant_s(u) - rp_instant_s(t);
		int64_t work = rp_calendar_seconds(cal, u) - s;

		HOLDS(gone > 0 && (work == 0 || work == gone));
		HOLDS((rp_calendar_seconds(cal, rp_instant_plus(u, second)) -
		    rp_calendar_seconds(cal, u) == 0) == (work > 0) ||
		    rp_calendar_ticks(cal, u) > ticks);
	}
	if (rp_calendar_until_ticks(cal, ticks, &u)) {
		HOLDS(rp_instant_cmp(u, t) >= 0);
		HOLDS(rp_calendar_ticks(cal, u) == ticks);
		HOLDS(rp_calendar_ticks(cal, rp_instant_plus(u, second)) >
		    ticks);
	} else {
		HOLDS(rp_calendar_ticks(cal, rp_instant_plus(t,
		    rp_span_of_s(INT64_C(100) * 86400))) == ticks);
	}
}

static void
check_properties(const struct random_spec *r, uint64_t began)
{
	int64_t s, ticks, last_s = 0, last_ticks = 0, k;
	struct rp_calendar *cal = NULL;
	struct rp_instant t, u, back;

	assert_int_equal(rp_calendar_new(&r->spec, r->from, r->until, &cal,
	    NULL), RP_OK);
	t = rp_instant_plus(r->from, rp_span_of_s(-86400));
	for (k = 0; k < 400; k++) {
		t = rp_instant_plus(t, rp_span_of_s((int64_t)draw(31337)));
		s = rp_calendar_seconds(cal, t);
		ticks = rp_calendar_ticks(cal, t);
		HOLDS(s >= last_s && ticks >= last_ticks);
		HOLDS(s > last_s || ticks == last_ticks);
		last_s = s;
		last_ticks = ticks;
		check_back(cal, t, began);
		HOLDS(rp_calendar_at_seconds(cal, s, &back));
		HOLDS(rp_calendar_seconds(cal, back) == s);
		/* The first such instant: not after t, and nothing before. */
		HOLDS(s == 0 || rp_instant_cmp(back, t) <= 0);
		HOLDS(s == 0 || rp_calendar_seconds(cal, rp_instant_plus(back,
		    rp_span_of_s(-1))) == s - 1);
		if (!rp_calendar_next(cal, t, &u))
			continue;
		HOLDS(rp_calendar_seconds(cal, u) == s);
		HOLDS(rp_calendar_seconds(cal, rp_instant_plus(u,
		    rp_span_of_s(1))) == s + 1);
		HOLDS(rp_calendar_next(cal, u, &back));
		HOLDS(rp_instant_cmp(u, back) == 0);
	}
	rp_calendar_free(cal);
}

static void
properties_hold_for_random_calendars(void **state)
{
	struct random_spec r;
	uint64_t began;
	int i;

	(void)state;
	for (i = 0; i < 500; i++) {
		began = seed = UINT64_C(2862933555777941757) * (uint64_t)i + 3;
		draw_spec(&r);
		check_properties(&r, began);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_a_walker_by_minutes),
		cmocka_unit_test(properties_hold_for_random_calendars),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
