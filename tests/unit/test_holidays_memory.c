/*
 * tests/unit/test_holidays_memory.c - every allocation on the way from a
 * file of holidays, or from a zone's name, fails once.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Allocations left until the one that fails; 0 while none shall. */
static unsigned long until_failure;

static int
must_fail(void)
{
	return until_failure > 0 && --until_failure == 0;
}

static void *
test_malloc(size_t size)
{
	return must_fail() ? NULL : malloc(size);
}

static void *
test_calloc(size_t n, size_t size)
{
	return must_fail() ? NULL : calloc(n, size);
}

static void *
test_realloc(void *p, size_t size)
{
	return must_fail() ? NULL : realloc(p, size);
}

static char *
test_strdup(const char *text)
{
	return must_fail() ? NULL : strdup(text);
}

#define malloc test_malloc
#define calloc test_calloc
#define realloc test_realloc
#define strdup test_strdup
#include "read/dayset.c"
#include "read/holidays.c"
#include "read/ics.c"
#undef RANGE_MAX_S
#include "read/zone.c"
#undef malloc
#undef calloc
#undef realloc
#undef strdup

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct rp_instant from = { 1577836800 };
static const struct rp_instant until = { 1640995200 };

static rp_status
read_calendar(unsigned long n, struct rp_err *err)
{
	static const char text[] = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"
	    "DTSTART:20180501\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"
	    "END:VCALENDAR\n";
	struct rp_civil *dates = NULL;
	size_t found = 8713;
	rp_status status;

	until_failure = n;
	status = rp_holidays_read(text, sizeof(text) - 1, from, until, &dates,
	    &found, err);
	until_failure = 0;
	assert_int_equal(dates != NULL, status == RP_OK);
	assert_int_equal(found, status == RP_OK ? 2 : 8713);
	free(dates);
	return status;
}

/* Forty changes in twenty years: the rows must grow more than once. */
static rp_status
read_zone(unsigned long n, struct rp_err *err)
{
	static const struct rp_instant later = { INT64_C(2208988800) };
	struct rp_zone_offset *rows = NULL;
	size_t found = 8713;
	rp_status status;

	until_failure = n;
	status = rp_zone_load("Europe/Berlin", from, later, &rows, &found,
	    err);
	until_failure = 0;
	assert_int_equal(rows != NULL, status == RP_OK);
	assert_int_equal(found, status == RP_OK ? 41 : 8713);
	assert_string_equal(getenv("TZ"), "Asia/Tokyo");
	free(rows);
	return status;
}

static unsigned long
torture(rp_status (*run)(unsigned long, struct rp_err *))
{
	struct rp_err err = { 0 };
	rp_status status;
	unsigned long n;

	for (n = 1; n < 100; n++) {
		status = run(n, &err);
		if (status == RP_OK)
			break;
		assert_int_equal(status, RP_ENOMEM);
		assert_non_null(strstr(err.text, "out of memory"));
	}
	return n - 1;
}

static void
holidays_without_memory(void **state)
{
	(void)state;
	/* The set, the line buffer, the dates. */
	assert_int_equal(torture(read_calendar), 3);
}

static void
zones_without_memory(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZ", "Asia/Tokyo", 1), 0);
	/* The old TZ, and room for 16, 32 and 64 rows. */
	assert_int_equal(torture(read_zone), 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holidays_without_memory),
		cmocka_unit_test(zones_without_memory),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
