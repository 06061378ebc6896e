/*
 * test_validation.c - the limits of reuse, on each side of every date on which
 * one begins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/rules.h"

static int64_t
limit_at(enum rp_profile profile, const char *date, int64_t after_s)
{
	struct rp_civil c;
	struct rp_span limit;
	const char *citation = NULL;

	assert_int_equal(rp_civil_parse(date, &c, NULL), RP_OK);
	if (!rp_validation_reuse(profile, rp_instant_of_s(rp_instant_s(
	    rp_instant_of_civil(c)) + after_s), &limit, &citation))
		return -1;
	assert_non_null(strstr(citation, "4.2.1"));
	return rp_span_s(limit);
}

static void
limits_begin_on_their_dates(void **state)
{
	static const struct {
		const char *date;
		int64_t before, from;	/* whole days */
	} row[] = {
		{ "2018-03-01", 1187, 825 },
		{ "2021-10-01", 825, 398 },
		{ "2026-03-15", 398, 200 },
		{ "2027-03-15", 200, 100 },
		{ "2029-03-15", 100, 10 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_int_equal(limit_at(RP_PROFILE_TLS, row[i].date, -1) /
		    86400, row[i].before);
		assert_int_equal(limit_at(RP_PROFILE_TLS, row[i].date, 0),
		    row[i].from * 86400);
	}
}

static void
what_is_not_known_is_said_so(void **state)
{
	(void)state;
	assert_int_equal(limit_at(RP_PROFILE_TLS, "2016-07-01", -1), -1);
	assert_int_equal(limit_at(RP_PROFILE_SMIME, "2026-01-01", 0), -1);
	assert_int_equal(limit_at(RP_PROFILE_CODE_SIGNING, "2026-01-01", 0),
	    -1);
}

/* The engine relies on it: what is too old stays too old. */
static void
the_oldest_usable_validation_only_gets_younger(void **state)
{
	int64_t last = INT64_MIN;

	(void)state;
	for (int64_t day = 0; day < 15 * 365; day++) {
		int64_t limit = limit_at(RP_PROFILE_TLS, "2016-07-01",
		    day * 86400);

		assert_true(day * 86400 - limit > last);
		last = day * 86400 - limit;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_begin_on_their_dates),
		cmocka_unit_test(what_is_not_known_is_said_so),
		cmocka_unit_test(
		    the_oldest_usable_validation_only_gets_younger),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
