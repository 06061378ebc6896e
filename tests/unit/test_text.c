/*
 * tests/unit/test_text.c - growing texts, and characters nobody vouched for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "output.h"
#include "write/utf8.h"
#include "write/writers.h"

static void
grows(void **state)
{
	struct rp_text t = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 1000; i++)
		rp_text_printf(&t, "%04d ", i);
	assert_false(t.failed);
	assert_int_equal(t.len, 5000);
	assert_int_equal(strlen(t.bytes), 5000);
	assert_memory_equal(t.bytes + 4995, "0999 ", 5);
	rp_text_release(&t);
	assert_null(t.bytes);
}

static void
failure_is_sticky(void **state)
{
	struct rp_text t = { 0 };

	(void)state;
	rp_text_puts(&t, "before");
	rp_text_add(&t, "", (size_t)1 << 40);
	assert_true(t.failed);
	rp_text_puts(&t, "after");
	assert_string_equal(t.bytes, "before");
	rp_text_release(&t);
}

static void
check_safe(const char *s, const char *expected)
{
	struct rp_text t = { 0 };

	rp_text_safe(&t, s);
	assert_false(t.failed);
	assert_string_equal(t.bytes != NULL ? t.bytes : "", expected);
	rp_text_release(&t);
}

static void
escapes_become_visible(void **state)
{
	(void)state;
	check_safe("plain \xE6\x97\xA5\xE6\x9C\xAC",
	    "plain \xE6\x97\xA5\xE6\x9C\xAC");
	check_safe("\x1b[31mred\x07", "\\x1b[31mred\\x07");
	check_safe("a\nb\tc\rd\x7f", "a\\nb\\tc\\rd\\x7f");
	/* C1 control sequence introducer, right-to-left override, BOM. */
	check_safe("\xC2\x9B" "2J", "\\u{9b}2J");
	check_safe("x\xE2\x80\xAEy", "x\\u{202e}y");
	check_safe("\xEF\xBB\xBFz", "\\u{feff}z");
	check_safe("", "");
}

static void
bad_bytes_become_visible(void **state)
{
	(void)state;
	check_safe("\xFF", "\\xff");
	check_safe("a\xC3", "a\\xc3");
	check_safe("\xC0\xAF", "\\xc0\\xaf");		/* overlong "/" */
	check_safe("\xED\xA0\x80", "\\xed\\xa0\\x80");	/* surrogate */
	check_safe("\xF4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	check_safe("\xE2\x82 x", "\\xe2\\x82 x");
}

static void
widths(void **state)
{
	(void)state;
	assert_int_equal(rp_utf8_columns("abc"), 3);
	assert_int_equal(rp_utf8_columns("\xC3\xA9"), 1);	/* e acute */
	assert_int_equal(rp_utf8_columns("e\xCC\x81"), 1);	/* combining */
	assert_int_equal(rp_utf8_columns("\xE6\x97\xA5\xE6\x9C\xAC"), 4);
	assert_int_equal(rp_utf8_columns("\xED\x95\x9C"), 2);	/* Hangul */
	assert_int_equal(rp_utf8_columns("\xEF\xBC\xA1"), 2);	/* wide A */
	assert_int_equal(rp_utf8_columns("\xEF\xBD\xB1"), 1);	/* half kana */
	assert_int_equal(rp_utf8_columns("\xF0\x9F\x94\x92"), 2);
}

static void
check_wrap(const char *s, size_t at, size_t indent, const char *expected)
{
	struct rp_text t = { 0 };

	rp_text_wrap(&t, s, at, indent, 20);
	assert_string_equal(t.bytes, expected);
	rp_text_release(&t);
}

static void
wraps(void **state)
{
	(void)state;
	check_wrap("one two three four five six", 0, 2,
	    "one two three four\n  five six\n");
	/* Exactly 20 columns still fit. */
	check_wrap("aaaaaaaaa bbbbbbbbbb", 0, 0, "aaaaaaaaa bbbbbbbbbb\n");
	check_wrap("aaaaaaaaa bbbbbbbbbbb", 0, 0,
	    "aaaaaaaaa\nbbbbbbbbbbb\n");
	check_wrap("start further", 10, 4, "start\n    further\n");
	check_wrap("averyveryverylongwordindeed x", 0, 1,
	    "averyveryverylongwordindeed\n x\n");
	check_wrap("", 0, 0, "\n");
	/* Wide characters count twice. */
	check_wrap("\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5 "
	    "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5 "
	    "\xE6\x97\xA5\xE6\x97\xA5", 0, 0,
	    "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5 "
	    "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\n"
	    "\xE6\x97\xA5\xE6\x97\xA5\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(failure_is_sticky),
		cmocka_unit_test(escapes_become_visible),
		cmocka_unit_test(bad_bytes_become_visible),
		cmocka_unit_test(widths),
		cmocka_unit_test(wraps),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
