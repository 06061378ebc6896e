/*
 * tests/unit/test_units.c - spans, counts and shares.
 */
#include "base/units.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void
shares_of_reals_round_and_clamp(void **state)
{
	(void)state;
	assert_int_equal(rp_share_ppb(rp_share_of_real(0.361)), 361000000);
	assert_int_equal(rp_share_ppb(rp_share_of_real(0.2385417396)),
	    238541740);
	assert_int_equal(rp_share_ppb(rp_share_of_real(-7.3)), -1000000000);
	assert_int_equal(rp_share_ppb(rp_share_of_real(HUGE_VAL)), 1000000000);
	assert_int_equal(rp_share_ppb(rp_share_of_real((double)NAN)), 0);
}

/* Quotients by long division on paper. */
static void
shares_of_counts_are_nearest(void **state)
{
	static const struct {
		uint64_t n, base;
		int64_t ppb;
	} rows[] = {
		{ 2970, 27000, 110000000 },
		{ 1, 3, 333333333 },
		{ 2, 3, 666666667 },
		/* 1 / 2e9 is half a ppb: up. */
		{ 1, UINT64_C(2000000000), 1 },
		{ 1, UINT64_C(2000000001), 0 },
		{ 5, 0, 0 },
		{ 7, 4, 1750000000 },
		{ UINT64_MAX, UINT64_MAX, 1000000000 },
		{ UINT64_MAX - 1, UINT64_MAX, 1000000000 },
		{ UINT64_MAX, 1, INT64_MAX },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(rp_share_ppb(rp_share_of_counts(
		    rp_count_of(rows[i].n), rp_count_of(rows[i].base))),
		    rows[i].ppb);
}

static void
differences_of_shares_are_exact(void **state)
{
	struct rp_share a, b;

	(void)state;
	assert_int_equal(rp_share_parse("36.1%", &a, NULL, NULL), RP_OK);
	assert_int_equal(rp_share_parse("25.0 %", &b, NULL, NULL), RP_OK);
	assert_int_equal(rp_share_ppb(rp_share_minus(a, b)), 111000000);
	assert_true(rp_share_real(a) > 0.36099 && rp_share_real(a) < 0.36101);
}

static void
counts_do_not_overflow(void **state)
{
	struct rp_count sum = rp_count_of(4711);

	(void)state;
	assert_true(rp_count_add(rp_count_of(UINT64_MAX - 83219),
	    rp_count_of(83219), &sum));
	assert_true(rp_count_n(sum) == UINT64_MAX);
	assert_false(rp_count_add(rp_count_of(UINT64_MAX - 83219),
	    rp_count_of(83220), &sum));
	assert_true(rp_count_n(sum) == UINT64_MAX);
}

static void
spans_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t s;
	} rows[] = {
		{ "24 h", 86400 }, { "10 d", 864000 }, { "2w", 1209600 },
		{ "30 min", 1800 }, { "45s", 45 }, { "0 s", 0 },
		{ "1.5 h", 5400 }, { "0.25   min", 15 }, { "2.7 d", 233280 },
		{ "0.000001 d", -1 }, { "1.0000000000 s", -1 },
		{ "10", -1 }, { "10 days", -1 }, { "", -1 }, { "h", -1 },
		{ "-3 h", -1 }, { ".5 h", -1 }, { "5. h", -1 },
		{ "1e3 s", -1 }, { "3 h ", -1 }, { "3 H", -1 },
		{ "99999999999999999999 s", -1 }, { "60000 w", -1 },
		{ "402599 d", 34784553600 }, { "402600 d", -1 },
	};
	struct rp_span out;
	struct rp_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		err = (struct rp_err){ 0 };
		out = rp_span_of_s(-1);
		assert_int_equal(rp_span_parse(rows[i].text, &out, &err),
		    rows[i].s < 0 ? RP_EINPUT : RP_OK);
		assert_int_equal(rp_span_s(out), rows[i].s);
		assert_int_equal(err.text[0] != '\0', rows[i].s < 0);
	}
}

static void
span_messages_help(void **state)
{
	struct rp_span out;
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_span_parse("10", &out, &err), RP_EINPUT);
	assert_string_equal(err.text,
	    "span '10' has no unit; add s, min, h, d or w");
	assert_int_equal(rp_span_parse("10 days", &out, &err), RP_EINPUT);
	assert_string_equal(err.text, "unknown unit 'days' in span '10 days'; "
	    "use s, min, h, d or w");
}

static void
shares_are_read(void **state)
{
	static const struct {
		const char *text;
		rp_status status;
		int64_t ppb;
		unsigned decimals;
	} rows[] = {
		{ "11.0%", RP_OK, 110000000, 1 },
		{ "5 %", RP_OK, 50000000, 0 },
		{ "0.5%", RP_OK, 5000000, 1 },
		{ "0%", RP_OK, 0, 0 },
		{ "100.00%", RP_OK, 1000000000, 2 },
		{ "36.1234567%", RP_OK, 361234567, 7 },
		{ "36.12345678%", RP_EINPUT, 7, 99 },
		{ "100.0000001%", RP_ERANGE, 7, 99 },
		{ "101%", RP_ERANGE, 7, 99 },
		{ "18446744073709551617%", RP_ERANGE, 7, 99 },
		{ "-1%", RP_ERANGE, 7, 99 },
		{ "11", RP_EINPUT, 7, 99 },
		{ "11,0%", RP_EINPUT, 7, 99 },
		{ "-", RP_EINPUT, 7, 99 },
		{ "%", RP_EINPUT, 7, 99 },
		{ "", RP_EINPUT, 7, 99 },
		{ "5%%", RP_EINPUT, 7, 99 },
	};
	struct rp_share out;
	unsigned decimals;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		out = rp_share_of_ppb(7);
		decimals = 99;
		assert_int_equal(rp_share_parse(rows[i].text, &out, &decimals,
		    NULL), rows[i].status);
		assert_int_equal(rp_share_ppb(out), rows[i].ppb);
		assert_int_equal(decimals, rows[i].decimals);
	}
}

static void
counts_are_read(void **state)
{
	static const char *const bad[] = {
		"", "27,000", "27_000", "+5", "-5", "5 ", " 5", "5.0", "0x10",
		"18446744073709551616",
	};
	struct rp_count out;
	size_t i;

	(void)state;
	assert_int_equal(rp_count_parse("27391", &out, NULL), RP_OK);
	assert_int_equal(rp_count_n(out), 27391);
	assert_int_equal(rp_count_parse("18446744073709551615", &out, NULL),
	    RP_OK);
	assert_true(rp_count_n(out) == UINT64_MAX);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rp_count_parse(bad[i], &out, NULL),
		    RP_EINPUT);
	assert_true(rp_count_n(out) == UINT64_MAX);
}

static void
shares_are_written(void **state)
{
	static const struct {
		int64_t ppb;
		const char *text;
	} rows[] = {
		{ 60000000, "6.0" }, { -32000000, "-3.2" },
		{ 1000000000, "100.0" }, { 0, "0.0" },
		/* 11.45 % and 11.35 %: both halves go away from zero. */
		{ 114500000, "11.5" }, { 113500000, "11.4" },
		{ 114499999, "11.4" }, { -114500000, "-11.5" },
		{ -499999, "0.0" }, { -500000, "-0.1" },
		/* One of 83,123 is left: not 100.0. */
		{ 999987970, "99.9" }, { 999500000, "99.9" },
		{ 999999999, "99.9" }, { 1000499999, "100.0" },
		{ INT64_MIN, "-922337203685.5" },
	};
	char buf[RP_UNIT_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(rp_share_format(
		    rp_share_of_ppb(rows[i].ppb), buf), rows[i].text);
}

static void
spans_are_written(void **state)
{
	static const struct {
		int64_t s;
		const char *text;
	} rows[] = {
		{ 183600, "2 d 3 h" }, { 86400, "24 h" }, { -45, "-45 s" },
		{ 0, "0 s" }, { 172799, "47 h 59 min" }, { 172800, "2 d" },
		{ 172800 + 3599, "2 d" }, { 3661, "1 h 1 min" },
		{ 3599, "59 min 59 s" }, { -604800, "-7 d" },
		{ INT64_MIN, "-106751991167300 d 15 h" },
	};
	char buf[RP_UNIT_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(rp_span_format(rp_span_of_s(rows[i].s),
		    buf), rows[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_of_reals_round_and_clamp),
		cmocka_unit_test(shares_of_counts_are_nearest),
		cmocka_unit_test(differences_of_shares_are_exact),
		cmocka_unit_test(counts_do_not_overflow),
		cmocka_unit_test(spans_are_read),
		cmocka_unit_test(span_messages_help),
		cmocka_unit_test(shares_are_read),
		cmocka_unit_test(counts_are_read),
		cmocka_unit_test(shares_are_written),
		cmocka_unit_test(spans_are_written),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
