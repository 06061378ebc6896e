/*
 * tests/unit/test_err.c - the words of failures and of revocation reasons,
 * and the allocator.
 */
#include "base/err.c"
#include "base/mem.c"
#include "base/reason.c"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
every_status_has_words(void **state)
{
	(void)state;
	assert_string_equal(rp_status_name(RP_EPROGRAM), "RP_EPROGRAM");
	assert_string_equal(rp_status_text(RP_ERANGE), "value out of range");
	assert_int_equal(rp_status_exit(RP_OK), 0);
	assert_int_equal(rp_status_exit(RP_EUSAGE), 2);
	assert_int_equal(rp_status_exit(RP_ESTATE), 3);
	assert_int_equal(rp_status_exit(RP_EMATH), 4);
	assert_non_null(rp_status_name((rp_status)4711));
	assert_non_null(rp_status_text((rp_status)4711));
	assert_int_equal(rp_status_exit((rp_status)4711), 4);
}

static void
a_failure_is_kept_and_returned(void **state)
{
	struct rp_err err = { .file = "case.yaml" };

	(void)state;
	assert_int_equal(rp_fail(NULL, RP_EDB, "%d", 3), RP_EDB);
	assert_int_equal(rp_fail_at(&err, RP_EINPUT, 14, 7, "bad '%s'", "x"),
	    RP_EINPUT);
	assert_int_equal(err.code, RP_EINPUT);
	assert_int_equal(err.line, 14);
	assert_int_equal(err.col, 7);
	assert_string_equal(err.text, "bad 'x'");
	rp_err_context(&err, "population '%s'", "acme");
	assert_string_equal(err.text, "population 'acme': bad 'x'");
	assert_int_equal(rp_fail(&err, RP_EIO, "was: %s", err.text), RP_EIO);
	assert_string_equal(err.text, "was: population 'acme': bad 'x'");
	assert_int_equal(err.line, 0);
	assert_string_equal(err.file, "case.yaml");
	rp_err_context(NULL, "nothing happens");
}

static void
no_letter_is_left_in_half(void **state)
{
	char text[] = "\xc3\xa9\xc3' \xe2\x82\xac\xe2\x82, \xf0\x9f\x90"
	    "\x91\xf0\x9f\x90 z\xf0";
	char empty[] = "", lone[] = "\xe2";

	(void)state;
	assert_string_equal(rp_whole_letters(text),
	    "\xc3\xa9' \xe2\x82\xac, \xf0\x9f\x90\x91 z");
	assert_string_equal(rp_whole_letters(empty), "");
	assert_string_equal(rp_whole_letters(lone), "");
}

static void
a_message_is_one_harmless_line(void **state)
{
	struct rp_err err = { 0 };

	(void)state;
	(void)rp_fail(&err, RP_EINPUT, "a\nb\x1b[2Jc\x7f \xc2\x9b"
	    "d \xc3\xa9");
	assert_string_equal(err.text, "a?b?[2Jc? ??d \xc3\xa9");
}

static void
a_long_message_is_cut_between_characters(void **state)
{
	char before[RP_ERR_TEXT];
	struct rp_err err = { 0 };

	(void)state;
	/* 509 letters and half of a three-byte character do not fit. */
	memset(before, 'x', 509);
	before[509] = '\0';
	(void)rp_fail(&err, RP_EINPUT, "%s\xe8\x99\x9f", before);
	assert_string_equal(err.text, before);
	/* 508 and the whole of it do, whatever follows. */
	before[508] = '\0';
	(void)rp_fail(&err, RP_EINPUT, "%s\xe8\x99\x9fyyy", before);
	assert_int_equal(strlen(err.text), 511);
	assert_memory_equal(err.text + 508, "\xe8\x99\x9f", 4);
	rp_err_context(&err, "where");
	assert_int_equal(strlen(err.text), 511);
}

static void
reasons_are_found_by_key(void **state)
{
	enum rp_reason r = RP_REASON_MISUSE;
	int i;

	(void)state;
	for (i = 0; i < RP_REASON_COUNT; i++) {
		assert_true(rp_reason_find(rp_reason_key((enum rp_reason)i),
		    &r));
		assert_int_equal(r, i);
		assert_true(strlen(rp_reason_text((enum rp_reason)i)) > 5);
	}
	assert_true(rp_reason_find("not-per-requirements", &r));
	assert_int_equal(r, RP_REASON_NOT_PER_REQUIREMENTS);
	assert_false(rp_reason_find("not-per-requirement", &r));
	assert_false(rp_reason_find("", &r));
	assert_int_equal(r, RP_REASON_NOT_PER_REQUIREMENTS);
	assert_string_equal(rp_reason_key((enum rp_reason)99), "");
	assert_string_equal(rp_reason_text((enum rp_reason)99), "");
}

static void
memory_is_zeroed_counted_and_can_fail(void **state)
{
	size_t before = rp_alloc_live();
	unsigned char *p, *q;
	size_t i;

	(void)state;
	assert_null(rp_alloc_zeroed(SIZE_MAX / 3, 4));
	p = rp_alloc_zeroed(73, 11);
	assert_non_null(p);
	for (i = 0; i < 73 * 11; i++)
		assert_int_equal(p[i], 0);
	q = rp_alloc_zeroed(0, 8);
	assert_non_null(q);
	assert_int_equal(rp_alloc_live(), before + 2);
	rp_release_mem(p);
	rp_release_mem(q);
	rp_release_mem(NULL);
	assert_int_equal(rp_alloc_live(), before);
	rp_alloc_fail_at(2);
	p = rp_alloc_zeroed(1, 1);
	q = rp_alloc_zeroed(1, 1);
	assert_non_null(p);
	assert_null(q);
	q = rp_alloc_zeroed(1, 1);
	assert_non_null(q);
	rp_release_mem(p);
	rp_release_mem(q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_has_words),
		cmocka_unit_test(a_failure_is_kept_and_returned),
		cmocka_unit_test(no_letter_is_left_in_half),
		cmocka_unit_test(a_message_is_one_harmless_line),
		cmocka_unit_test(a_long_message_is_cut_between_characters),
		cmocka_unit_test(reasons_are_found_by_key),
		cmocka_unit_test(memory_is_zeroed_counted_and_can_fail),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
