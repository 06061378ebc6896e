/*
 * tests/unit/test_zone.c - offsets of named zones, against published
 * changes and against the tables of the tz database itself.
 */
#include "read/zone.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int64_t
at(const char *text)
{
	struct rp_when w;

	if (rp_when_parse(text, &w, NULL) != RP_OK)
		fail_msg("bad instant in a test: %s", text);
	return rp_instant_s(w.from);
}

static struct rp_zone_offset *
load(const char *name, const char *from, const char *until, size_t *n)
{
	struct rp_zone_offset *rows = NULL;
	struct rp_err err = { 0 };

	if (rp_zone_load(name, rp_instant_of_s(at(from)),
	    rp_instant_of_s(at(until)), &rows, n, &err) != RP_OK)
		fail_msg("%s: %s", name, err.text);
	return rows;
}

static void
zones_without_changes(void **state)
{
	static const struct {
		const char *name;
		int32_t offset_s;
	} rows[] = {
		{ "UTC", 0 }, { "Etc/UTC", 0 }, { "Asia/Tokyo", 32400 },
		{ "Asia/Kathmandu", 20700 }, { "America/Phoenix", -25200 },
		{ "Etc/GMT+12", -43200 }, { "Pacific/Kiritimati", 50400 },
	};
	struct rp_zone_offset *zone;
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		zone = load(rows[i].name, "2020-01-01", "2027-01-01", &n);
		assert_int_equal(n, 1);
		assert_int_equal(rp_instant_s(zone[0].at), at("2020-01-01"));
		assert_int_equal(zone[0].offset_s, rows[i].offset_s);
		free(zone);
	}
}

/*
 * EU: last Sundays of March and October at 01:00 UTC, read off a printed
 * calendar.  USA: second Sunday of March and first of November at 02:00
 * local, which is 07:00 and 06:00 UTC in New York.
 */
static void
changes_of_2020_to_2026(void **state)
{
	static const char *const eu[] = {
		"2020-03-29", "2020-10-25", "2021-03-28", "2021-10-31",
		"2022-03-27", "2022-10-30", "2023-03-26", "2023-10-29",
		"2024-03-31", "2024-10-27", "2025-03-30", "2025-10-26",
		"2026-03-29", "2026-10-25",
	};
	static const char *const us[] = {
		"2020-03-08", "2020-11-01", "2021-03-14", "2021-11-07",
		"2022-03-13", "2022-11-06", "2023-03-12", "2023-11-05",
		"2024-03-10", "2024-11-03", "2025-03-09", "2025-11-02",
		"2026-03-08", "2026-11-01",
	};
	struct rp_zone_offset *berlin, *york;
	size_t i, n, m;

	(void)state;
	berlin = load("Europe/Berlin", "2020-01-01", "2027-01-01", &n);
	york = load("America/New_York", "2020-01-01", "2027-01-01", &m);
	assert_int_equal(n, COUNT(eu) + 1);
	assert_int_equal(m, COUNT(us) + 1);
	assert_int_equal(berlin[0].offset_s, 3600);
	assert_int_equal(york[0].offset_s, -18000);
	for (i = 0; i < COUNT(eu); i++) {
		assert_int_equal(rp_instant_s(berlin[i + 1].at),
		    at(eu[i]) + 3600);
		assert_int_equal(berlin[i + 1].offset_s,
		    i % 2 == 0 ? 7200 : 3600);
		assert_int_equal(rp_instant_s(york[i + 1].at),
		    at(us[i]) + (i % 2 == 0 ? 7 : 6) * 3600);
		assert_int_equal(york[i + 1].offset_s,
		    i % 2 == 0 ? -14400 : -18000);
	}
	free(berlin);
	free(york);
}

/* Lord Howe: 02:00 local; +11 goes to +10:30.  Samoa had no 2011-12-30. */
static void
unusual_changes(void **state)
{
	struct rp_zone_offset *z;
	size_t n;

	(void)state;
	z = load("Australia/Lord_Howe", "2020-01-01", "2021-01-01", &n);
	assert_int_equal(n, 3);
	assert_int_equal(z[0].offset_s, 39600);
	assert_int_equal(rp_instant_s(z[1].at), at("2020-04-04T15:00Z"));
	assert_int_equal(z[1].offset_s, 37800);
	assert_int_equal(rp_instant_s(z[2].at), at("2020-10-03T15:30Z"));
	assert_int_equal(z[2].offset_s, 39600);
	free(z);
	z = load("Pacific/Apia", "2011-12-01", "2012-01-15", &n);
	assert_int_equal(n, 2);
	assert_int_equal(z[0].offset_s, -36000);
	assert_int_equal(rp_instant_s(z[1].at), at("2011-12-30T10:00Z"));
	assert_int_equal(z[1].offset_s, 50400);
	free(z);
}

/* A change in the range's first or last second is in or out as it says. */
static void
the_range_is_half_open(void **state)
{
	struct rp_zone_offset *z;
	size_t n;

	(void)state;
	z = load("Europe/Berlin", "2020-03-29T01:00Z", "2020-03-29T01:00:01Z",
	    &n);
	assert_int_equal(n, 1);
	assert_int_equal(z[0].offset_s, 7200);
	free(z);
	z = load("Europe/Berlin", "2020-03-29T00:59:59Z",
	    "2020-03-29T01:00:01Z", &n);
	assert_int_equal(n, 2);
	free(z);
	z = load("Europe/Berlin", "2020-03-28", "2020-03-29T01:00Z", &n);
	assert_int_equal(n, 1);
	assert_int_equal(z[0].offset_s, 3600);
	free(z);
	/* Beyond the tables of the database the rule goes on. */
	z = load("Europe/Berlin", "2095-01-01", "2096-01-01", &n);
	assert_int_equal(n, 3);
	assert_int_equal(rp_instant_s(z[1].at), at("2095-03-27T01:00Z"));
	free(z);
}

static void
bad_names_are_refused(void **state)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
		{ "Asia/Tokio", "did you mean 'Asia/Tokyo'" },
		{ "asia/tokyo", "did you mean 'Asia/Tokyo'" },
		{ "Tokyo", "did you mean 'Asia/Tokyo'" },
		{ "Europe/berlin", "did you mean 'Europe/Berlin'" },
		{ "", "write its IANA name" },
		{ "JJJJ", "write its IANA name" },
		{ "../../../etc/passwd", "no such time zone" },
		{ "/usr/share/zoneinfo/UTC", "no such time zone" },
		{ "Asia/", "no such time zone" }, { "Asia", "no such" },
		{ "Asia/../Asia/Tokyo", "no such time zone" },
		{ ":Asia/Tokyo", "no such" }, { "JST-9", "no such" },
		{ "right/UTC", "no such" }, { "localtime", "no such" },
		{ "posixrules", "no such" }, { "tzdata.zi", "no such" },
		{ "leapseconds", "no such" }, { "a b", "no such" },
	};
	struct rp_zone_offset *out = NULL;
	char name[300];
	struct rp_err err;
	size_t i, n = 8713;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		err = (struct rp_err){ 0 };
		assert_int_equal(rp_zone_load(rows[i].name,
		    rp_instant_of_s(0), rp_instant_of_s(86400), &out, &n,
		    &err), RP_EINPUT);
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("%s", err.text);
	}
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(rp_zone_load(name, rp_instant_of_s(0),
	    rp_instant_of_s(86400), &out, &n, NULL), RP_EINPUT);
	assert_null(out);
	assert_int_equal(n, 8713);
}

static void
bad_ranges_are_refused(void **state)
{
	struct rp_zone_offset *out = NULL;
	size_t n;

	(void)state;
	assert_int_equal(rp_zone_load("UTC", rp_instant_of_s(5),
	    rp_instant_of_s(5), &out, &n, NULL), RP_ERANGE);
	assert_int_equal(rp_zone_load("UTC", rp_instant_of_s(INT64_MIN),
	    rp_instant_of_s(INT64_MAX), &out, &n, NULL), RP_ERANGE);
	assert_null(out);
}

static void
tz_is_put_back(void **state)
{
	struct rp_zone_offset *z;
	struct tm tm;
	time_t t = 0;
	size_t n;

	(void)state;
	assert_int_equal(setenv("TZ", "Asia/Tokyo", 1), 0);
	z = load("America/New_York", "2020-01-01", "2021-01-01", &n);
	free(z);
	assert_string_equal(getenv("TZ"), "Asia/Tokyo");
	assert_non_null(localtime_r(&t, &tm));
	assert_int_equal(tm.tm_hour, 9);
	assert_int_equal(unsetenv("TZ"), 0);
	z = load("America/New_York", "2020-01-01", "2021-01-01", &n);
	free(z);
	assert_null(getenv("TZ"));
}

static void
without_a_database_only_utc(void **state)
{
	struct rp_zone_offset *out = NULL;
	struct rp_err err = { 0 };
	size_t n;

	(void)state;
	assert_int_equal(setenv("TZDIR", "/nonexistent", 1), 0);
	assert_int_equal(rp_zone_load("Asia/Tokyo", rp_instant_of_s(0),
	    rp_instant_of_s(86400), &out, &n, &err), RP_EPROGRAM);
	assert_non_null(strstr(err.text, "install tzdata"));
	assert_null(out);
	out = load("UTC", "2020-01-01", "2021-01-01", &n);
	assert_int_equal(n, 1);
	free(out);
	assert_int_equal(unsetenv("TZDIR"), 0);
}

/* ---- the database's own tables ------------------------------------------ */

static int64_t
big_endian(const unsigned char *p, size_t n)
{
	uint64_t x = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (; n > 0; n--, p++)
		x = x << 8 | *p;
	return (int64_t)x;
}

static size_t
slurp(const char *name, unsigned char *buf, size_t room)
{
	char path[PATH_LEN];
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", database(), name);
	f = fopen(path, "rb");
	assert_non_null(f);
	n = fread(buf, 1, room, f);
	(void)fclose(f);
	return n;
}

/* Where the 64-bit half of a TZif file (RFC 8536) begins. */
static const unsigned char *
second_half(const unsigned char *h)
{
	return h + 44 + big_endian(h + 20, 4) + big_endian(h + 24, 4) +
	    big_endian(h + 28, 4) * 8 + big_endian(h + 32, 4) * 5 +
	    big_endian(h + 36, 4) * 6 + big_endian(h + 40, 4);
}

/* All changes of the table within the range, in order and no others. */
static void
compare_with_table(const char *name)
{
	static unsigned char file[100000];
	const unsigned char *h, *times, *kinds, *infos;
	int64_t from = at("1970-01-02"), until, t, count, i;
	int32_t offset, last = INT32_MAX;
	struct rp_zone_offset *z = NULL;
	size_t n = 0, k = 1;

	assert_true(slurp(name, file, sizeof(file)) > 44);
	h = second_half(file);
	assert_memory_equal(h, "TZif", 4);
	count = big_endian(h + 32, 4);
	times = h + 44;
	kinds = times + 8 * count;
	infos = kinds + count;
	until = count > 0 ? big_endian(times + 8 * (count - 1), 8) + 1 : 0;
	if (until <= from)
		return;
	assert_int_equal(rp_zone_load(name, rp_instant_of_s(from),
	    rp_instant_of_s(until), &z, &n, NULL), RP_OK);
	for (i = 0; i < count; i++) {
		t = big_endian(times + 8 * i, 8);
		offset = (int32_t)big_endian(infos + 6 * kinds[i], 4);
		if (t > from && offset != last && last != INT32_MAX) {
			assert_true(k < n);
			assert_int_equal(rp_instant_s(z[k].at), t);
			assert_int_equal(z[k].offset_s, offset);
			k++;
		}
		last = offset;
	}
	assert_int_equal(k, n);
	free(z);
}

static void
the_tables_of_the_database_are_met(void **state)
{
	static const char *const names[] = {
		"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
		"Pacific/Apia", "Africa/Casablanca", "America/Sao_Paulo",
		"Asia/Tehran", "Antarctica/Troll", "America/St_Johns",
		"Asia/Pyongyang", "America/Caracas", "Africa/Cairo",
		"Asia/Gaza",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(names); i++)
		compare_with_table(names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_without_changes),
		cmocka_unit_test(changes_of_2020_to_2026),
		cmocka_unit_test(unusual_changes),
		cmocka_unit_test(the_range_is_half_open),
		cmocka_unit_test(bad_names_are_refused),
		cmocka_unit_test(bad_ranges_are_refused),
		cmocka_unit_test(tz_is_put_back),
		cmocka_unit_test(without_a_database_only_utc),
		cmocka_unit_test(the_tables_of_the_database_are_met),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
