/* test_fold.c - tables for a narrow terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd.h"

#define TABLE "Month  Planned  Actual  Status\n"			\
	      "-----  -------  ------  ------\n"			\
	      "May      60.0%   55.0%  behind\n"			\
	      "J\u00fcn      70.0%          open\n"

static void
folded(void **state)
{
	static const struct {
		size_t columns;
		const char *text;
		const char *want;
	} rows[] = {
		{ 20, "", "" },
		{ 30, TABLE, TABLE },
		/* 5 + 2 + 7 + 2 + 6 are 22 columns. */
		{ 22, "Title\n\n" TABLE "\nnote: a longer line than that\n",
		    "Title\n\n"
		    "Month  Planned  Actual\n-----  -------  ------\n"
		    "May      60.0%   55.0%\nJ\u00fcn      70.0%\n\n"
		    "Month  Status\n-----  ------\nMay    behind\n"
		    "J\u00fcn    open\n\nnote: a longer line than that\n" },
		/* Narrower than two columns: one at a time all the same. */
		{ 5, "A   B    C\n--  ---  ----\n1   2    3\n",
		    "A   B\n--  ---\n1   2\n\nA   C\n--  ----\n1   3\n" },
		/* No rulers: a list, a line of dashes, a cut line. */
		{ 5, "a\n- one item\n", "a\n- one item\n" },
		{ 5, "a\n----------\nb\n", "a\n----------\nb\n" },
		{ 5, "a\n---  --- x\nb\n", "a\n---  --- x\nb\n" },
		{ 5, "a\n---- - --  \n", "a\n---- - --  \n" },
		{ 5, "A   B    C\n--  ---  --", "A   B\n--  ---\n\n"
		    "A   C\n--  --\n" },
	};
	struct rp_text out = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cmd_fold(&out, rows[i].text, rows[i].columns);
		assert_string_equal(out.bytes != NULL ? out.bytes : "",
		    rows[i].want);
		rp_text_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folded),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
