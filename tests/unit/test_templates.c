/*
 * test_templates.c - which template of incident reports was in force when.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/rules.h"
#include "support/written.h"

/* The first second of each edition, and the last one before it. */
static const struct {
	const char *from, *before;
	const char *name;
	enum rp_template_kind kind;
} editions[] = {
	{ "2017-08-15T00:00:00Z", "2017-08-14T23:59:59Z", "wiki",
	    RP_TEMPLATE_SEVEN_TOPICS },
	{ "2023-02-15T00:00:00Z", "2023-02-14T23:59:59Z", "irg-1.0",
	    RP_TEMPLATE_SEVEN_TOPICS },
	{ "2023-10-17T00:00:00Z", "2023-10-16T23:59:59Z", "irg-2.0",
	    RP_TEMPLATE_SECTIONS },
	{ "2025-03-01T00:00:00Z", "2025-02-28T23:59:59Z", "irg-3.0",
	    RP_TEMPLATE_PRESCRIBED },
	{ "2025-07-15T00:00:00Z", "2025-07-14T23:59:59Z", "irg-3.1",
	    RP_TEMPLATE_PRESCRIBED },
	{ "2026-03-20T00:00:00Z", "2026-03-19T23:59:59Z", "irg-3.2",
	    RP_TEMPLATE_PRESCRIBED },
};

#define N (sizeof(editions) / sizeof(editions[0]))

static void
each_edition_begins_at_its_second(void **state)
{
	(void)state;
	for (size_t i = 0; i < N; i++) {
		const struct rp_template *t = rp_template_at(
		    when(editions[i].from).from);
		const struct rp_template *was = rp_template_at(
		    when(editions[i].before).from);

		assert_non_null(t);
		assert_string_equal(t->name, editions[i].name);
		assert_int_equal(t->kind, editions[i].kind);
		assert_true(strlen(t->title) > 10);
		if (i == 0)
			assert_null(was);
		else
			assert_string_equal(was->name, editions[i - 1].name);
	}
}

/* One supersedes the other on the day on which that one begins. */
static void
no_day_is_without_a_template_or_has_two(void **state)
{
	struct rp_instant until;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		const struct rp_template *t = rp_template_find(
		    editions[i].name);

		assert_non_null(t);
		assert_ptr_equal(t, rp_template_at(when(editions[i].from)
		    .from));
		if (i + 1 == N) {
			assert_false(rp_template_superseded(t, &until));
			assert_null(t->until);
			continue;
		}
		assert_true(rp_template_superseded(t, &until));
		assert_int_equal(rp_instant_cmp(until,
		    when(editions[i + 1].from).from), 0);
	}
}

static void
what_is_not_a_template_is_not_found(void **state)
{
	(void)state;
	assert_null(rp_template_find("irg-2.1"));
	assert_null(rp_template_find(""));
	assert_null(rp_template_find("IRG-3.0"));
	assert_null(rp_template_at(when("1999-01-01").from));
	assert_string_equal(rp_template_at(when("2999-01-01").from)->name,
	    "irg-3.2");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_edition_begins_at_its_second),
		cmocka_unit_test(no_day_is_without_a_template_or_has_two),
		cmocka_unit_test(what_is_not_a_template_is_not_found),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
