/* test_paint.c - which words of a text get a colour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd.h"

#define R "\033[31m"
#define G "\033[32m"
#define Y "\033[33m"
#define P "\033[0m"

static void
painted(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} rows[] = {
		{ "", "" },
		{ "\n\n", "\n\n" },
		/* Cells: first, between, last, last without a newline. */
		{ "met  1\n", G "met" P "  1\n" },
		{ "1  behind  2\n", "1  " R "behind" P "  2\n" },
		{ "1  open\n2  ahead\n", "1  " Y "open" P "\n2  " G "ahead" P
		    "\n" },
		{ "1  breached", "1  " R "breached" P },
		{ "1   missing   \n", "1   " R "missing" P "   \n" },
		/* A label of a list. */
		{ "  due    2020-07-09\n", "  due    2020-07-09\n" },
		{ "Met\n  due\n", G "Met" P "\n  due\n" },
		/* Words of a sentence, of a longer cell or of another word. */
		{ "this is due  now\n", "this is due  now\n" },
		{ "1  due in 3 d  2\n", "1  due in 3 d  2\n" },
		{ "1  overdue  2\n", "1  overdue  2\n" },
		{ "1  dues  2\n", "1  dues  2\n" },
		/* A heading of a part, and one of a column. */
		{ "Breached\n\n  x\n", R "Breached" P "\n\n  x\n" },
		{ "Due  Met\n", "Due  Met\n" },
		{ "Slipped: done, but late\n\n", R "Slipped: done, but late"
		    P "\n\n" },
		{ "Slipped: by far\n", "Slipped: by far\n" },
		{ " Due\n", " Due\n" },
		{ "BREACHED\n", "BREACHED\n" },
	};
	struct rp_text out = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cmd_paint(&out, rows[i].text);
		assert_string_equal(out.bytes != NULL ? out.bytes : "",
		    rows[i].want);
		rp_text_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(painted),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
