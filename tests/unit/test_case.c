/*
 * test_case.c - the memory of a case, who has seen what, and the words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/case.h"

static struct rp_when
when(const char *text)
{
	struct rp_when w = { 0 };
	struct rp_err err = { 0 };

	assert_int_equal(rp_when_parse(text, &w, &err), RP_OK);
	return w;
}

static bool
own_seen(const char *own, const char *as_of)
{
	return rp_seen(when(own), false, when(own), when(as_of),
	    RP_VIEW_INTERNAL);
}

static void
memory_is_zeroed_aligned_and_apart(void **state)
{
	struct rp_case *cs = rp_case_new();
	unsigned char *p;

	(void)state;
	assert_non_null(cs);
	for (size_t n = 0; n < 300; n++) {
		p = rp_case_alloc(cs, n, 7);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n * 7; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n * 7);
	}
	rp_case_free(cs);
	assert_int_equal(rp_alloc_live(), 0);
}

/* A large block must not hide the room that is left in the one before. */
static void
large_and_small_live_side_by_side(void **state)
{
	struct rp_case *cs = rp_case_new();
	char *small, *large, *after;

	(void)state;
	assert_non_null(cs);
	small = rp_case_text(cs, "abc", 3);
	large = rp_case_alloc(cs, 1000, 1000);
	after = rp_case_text(cs, "defg", 3);
	assert_non_null(large);
	memset(large, 0xff, 1000000);
	assert_string_equal(small, "abc");
	assert_string_equal(after, "def");
	assert_true(after > small && after - small < 64);
	rp_case_free(cs);
}

static void
overflow_and_want_are_refused(void **state)
{
	struct rp_case *cs = rp_case_new();

	(void)state;
	assert_non_null(cs);
	assert_null(rp_case_alloc(cs, SIZE_MAX, 2));
	assert_null(rp_case_alloc(cs, SIZE_MAX, 1));
	assert_null(rp_case_text(cs, "", SIZE_MAX));
	assert_non_null(rp_case_alloc(cs, 0, 0));
	rp_alloc_fail_at(1);
	assert_null(rp_case_alloc(cs, 100000, 1));
	rp_alloc_fail_at(0);
	assert_non_null(rp_case_alloc(cs, 100000, 1));
	rp_case_free(cs);
	for (unsigned long n = 1; n <= 2; n++) {
		rp_alloc_fail_at(n);
		assert_null(rp_case_new());
		rp_alloc_fail_at(0);
	}
	assert_int_equal(rp_alloc_live(), 0);
	rp_case_free(NULL);
}

static void
a_record_counts_once_it_is_over(void **state)
{
	(void)state;
	/* A bare date counts for that same date, not an hour before its end. */
	assert_true(own_seen("2020-11-30", "2020-11-30"));
	assert_true(own_seen("2020-11-30", "2020-12-01T00:00Z"));
	assert_false(own_seen("2020-11-30", "2020-11-30T23:00Z"));
	/* A report of that date calls itself one of its last second. */
	assert_true(own_seen("2020-11-30", "2020-11-30T23:59:59Z"));
	assert_false(own_seen("2020-11-30", "2020-11-30T23:59:58Z"));
	assert_false(own_seen("2020-12-01", "2020-11-30"));
	/* An instant counts from itself on; midnight is of the next day. */
	assert_true(own_seen("2020-11-30T10:00Z", "2020-11-30T10:00Z"));
	assert_false(own_seen("2020-11-30T10:00:01Z", "2020-11-30T10:00Z"));
	assert_true(own_seen("2020-11-30T23:59:59Z", "2020-11-30"));
	assert_false(own_seen("2020-12-01T00:00Z", "2020-11-30"));
	/* An interval is over at its exclusive end. */
	assert_true(own_seen("2021-02-28..2021-03-19", "2021-03-18"));
	assert_false(own_seen("2021-02-28..2021-03-19", "2021-03-17"));
}

static void
the_public_sees_what_was_published(void **state)
{
	struct rp_when own = when("2020-08-31"), said = when("2020-09-04");
	struct rp_when day = when("2020-09-01");

	(void)state;
	assert_true(rp_seen(own, true, said, day, RP_VIEW_INTERNAL));
	assert_false(rp_seen(own, true, said, day, RP_VIEW_PUBLIC));
	assert_true(rp_seen(own, true, said, said, RP_VIEW_PUBLIC));
	assert_true(rp_seen(own, false, said, day, RP_VIEW_PUBLIC));
}

static void
every_kind_has_its_words(void **state)
{
	(void)state;
	assert_string_equal(rp_metric_word(RP_METRIC_REISSUED), "reissued");
	assert_string_equal(rp_metric_word(RP_METRIC_GONE), "gone");
	for (int k = 0; k < RP_FACT_KINDS; k++) {
		const char *word = rp_fact_word((enum rp_fact_kind)k);

		assert_true(word[0] != '\0');
		assert_null(strchr(word, ' '));
		assert_true(rp_fact_text((enum rp_fact_kind)k)[0] != '\0');
		for (int j = 0; j < k; j++)
			assert_string_not_equal(word,
			    rp_fact_word((enum rp_fact_kind)j));
	}
	assert_string_equal(rp_fact_word(RP_FACT_KEY_DESTROYED),
	    "key-destroyed");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(large_and_small_live_side_by_side),
		cmocka_unit_test(overflow_and_want_are_refused),
		cmocka_unit_test(a_record_counts_once_it_is_over),
		cmocka_unit_test(the_public_sees_what_was_published),
		cmocka_unit_test(every_kind_has_its_words),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
