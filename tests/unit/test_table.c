/*
 * tests/unit/test_table.c - one table, five writers, and what hostile cells
 * may not do to any of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "write/show.h"
#include "write/writers.h"

static const struct rp_column columns[] = {
	{ "name", "Name", false },
	{ "pct", "Share", true },
	{ "secret", NULL, false },
	{ NULL, "Readers only", false },
};

static struct rp_table *
new_table(const char *title)
{
	struct rp_table *t = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_table_new(title, columns, 4, &t, &err), RP_OK);
	return t;
}

static struct rp_table *
filled(void)
{
	struct rp_table *t = new_table("Two rows");

	rp_table_row(t);
	rp_table_set(t, 0, RP_CELL_TEXT, "alpha", NULL);
	rp_table_set(t, 1, RP_CELL_NUMBER, "-3.2pt", "-3.2");
	rp_table_set(t, 2, RP_CELL_TEXT, "x", NULL);
	rp_table_row(t);
	rp_table_set(t, 0, RP_CELL_TEXT, "\xE6\x97\xA5\xE6\x9C\xAC", NULL);
	rp_table_set(t, 1, RP_CELL_NUMBER, "36.1%", "36.1");
	rp_table_set(t, 3, RP_CELL_TEXT, "seen", NULL);
	rp_table_note(t, "About %d rows.", 2);
	return t;
}

static void
expect_part(rp_table_writer *write, const struct rp_table *t,
    const char *part)
{
	struct rp_text out = { 0 };

	write(t, NULL, &out);
	assert_false(out.failed);
	if (strstr(out.bytes, part) == NULL)
		fail_msg("no '%s' in:\n%s", part, out.bytes);
	rp_text_release(&out);
}

static void
expect(rp_table_writer *write, const struct rp_table *t,
    const char *expected)
{
	struct rp_text out = { 0 };

	assert_int_equal(rp_table_status(t), RP_OK);
	write(t, NULL, &out);
	assert_false(out.failed);
	assert_string_equal(out.bytes, expected);
	rp_text_release(&out);
}

static void
text(void **state)
{
	struct rp_table *t = filled();

	(void)state;
	/* Columns line up where they are seen, and no line ends in a blank. */
	expect(rp_table_write_text, t,
	    "Two rows\n\n"
	    "Name    Share  Readers only\n"
	    "-----  ------  ------------\n"
	    "alpha  -3.2pt\n"
	    "\xE6\x97\xA5\xE6\x9C\xAC    36.1%  seen\n"
	    "\nnote: About 2 rows.\n");
	rp_table_free(t);
}

static void
markdown(void **state)
{
	struct rp_table *t = filled();

	(void)state;
	expect(rp_table_write_markdown, t,
	    "**Two rows**\n\n"
	    "| Name | Share | Readers only |\n"
	    "| --- | ---: | --- |\n"
	    "| alpha | \\-3.2pt | |\n"
	    "| \xE6\x97\xA5\xE6\x9C\xAC | 36.1% | seen |\n"
	    "\nAbout 2 rows.\n");
	rp_table_free(t);
}

static void
csv(void **state)
{
	struct rp_table *t = filled();

	(void)state;
	expect(rp_table_write_csv, t,
	    "name,pct,secret\n"
	    "alpha,-3.2,x\n"
	    "\xE6\x97\xA5\xE6\x9C\xAC,36.1,\n");
	rp_table_free(t);
}

static void
json(void **state)
{
	struct rp_table *t = filled();

	(void)state;
	expect(rp_table_write_json, t,
	    "{\n  \"title\": \"Two rows\",\n  \"rows\": [\n"
	    "    {\n      \"name\": \"alpha\",\n      \"pct\": -3.2,\n"
	    "      \"secret\": \"x\"\n    },\n"
	    "    {\n      \"name\": \"\xE6\x97\xA5\xE6\x9C\xAC\",\n"
	    "      \"pct\": 36.1,\n      \"secret\": null\n    }\n  ],\n"
	    "  \"notes\": [\n    \"About 2 rows.\"\n  ]\n}\n");
	rp_table_free(t);
}

/* ---- one hostile cell --------------------------------------------------- */

static struct rp_table *
with_cell(const char *cell)
{
	static const struct rp_column one[] = { { "a", "A", false } };
	struct rp_table *t = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_table_new(NULL, one, 1, &t, &err), RP_OK);
	rp_table_row(t);
	rp_table_set(t, 0, RP_CELL_TEXT, cell, NULL);
	return t;
}

static void
expect_cell(rp_table_writer *write, const char *head, const char *cell,
    const char *expected)
{
	struct rp_table *t = with_cell(cell);
	struct rp_text out = { 0 };

	write(t, NULL, &out);
	assert_false(out.failed);
	assert_memory_equal(out.bytes, head, strlen(head));
	assert_string_equal(out.bytes + strlen(head), expected);
	rp_text_release(&out);
	rp_table_free(t);
}

static void
csv_cell(const char *cell, const char *expected)
{
	expect_cell(rp_table_write_csv, "a\n", cell, expected);
}

static void
csv_quotes_and_defuses(void **state)
{
	(void)state;
	csv_cell("a,b", "\"a,b\"\n");
	csv_cell("say \"hi\"", "\"say \"\"hi\"\"\"\n");
	csv_cell("two\nlines", "\"two\nlines\"\n");
	csv_cell("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"\n");
	csv_cell("+1", "'+1\n");
	csv_cell("-1", "'-1\n");
	csv_cell("@SUM(A1)", "'@SUM(A1)\n");
	csv_cell("\tx", "'\tx\n");
	csv_cell("", "\n");
}

static void
markdown_cell(const char *cell, const char *expected)
{
	expect_cell(rp_table_write_markdown, "| A |\n| --- |\n| ", cell,
	    expected);
}

static void
markdown_is_defused(void **state)
{
	(void)state;
	markdown_cell("a|b", "a\\|b |\n");
	markdown_cell("`rm`", "\\`rm\\` |\n");
	markdown_cell("a\nb", "a\\\\nb |\n");
	markdown_cell("<img src=x>", "\\<img src=x> |\n");
	markdown_cell("&lt;", "\\&lt; |\n");
	markdown_cell("< 0.1 %", "< 0.1 % |\n");
	markdown_cell("![x](http://e.example)",
	    "!\\[x\\](http&#58;//e.example) |\n");
	markdown_cell("www.example.com", "&#119;ww.example.com |\n");
	markdown_cell("mail@example.com", "mail&#64;example.com |\n");
	markdown_cell("# head", "\\# head |\n");
	markdown_cell("1. list", "1\\. list |\n");
	markdown_cell("36.1%", "36.1% |\n");
	markdown_cell("**b** _i_ ~~s~~",
	    "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~ |\n");
}

static void
html_is_escaped(void **state)
{
	struct rp_table *t = with_cell("<script>alert('1' & \"2\")</script>");
	struct rp_text out = { 0 };

	(void)state;
	rp_table_write_html(t, NULL, &out);
	assert_null(strstr(out.bytes, "<script"));
	assert_non_null(strstr(out.bytes, "&lt;script&gt;alert(&#39;1&#39; "
	    "&amp; &quot;2&quot;)&lt;/script&gt;"));
	rp_text_release(&out);
	rp_table_free(t);
}

static void
text_shows_escapes(void **state)
{
	(void)state;
	expect_cell(rp_table_write_text, "A\n----------------\n",
	    "\x1b]0;title\x07", "\\x1b]0;title\\x07\n");
}

static void
json_is_always_json(void **state)
{
	struct rp_table *t = with_cell("bad \xFF \"quote\" \x01 \xE2\x80\xA8");
	struct rp_text out = { 0 };
	json_t *root, *cell;

	(void)state;
	rp_table_write_json(t, NULL, &out);
	root = json_loads(out.bytes, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	cell = json_object_get(json_array_get(json_object_get(root, "rows"),
	    0), "a");
	assert_string_equal(json_string_value(cell),
	    "bad \xEF\xBF\xBD \"quote\" \x01 \xE2\x80\xA8");
	json_decref(root);
	rp_text_release(&out);
	rp_table_free(t);
}

/* ---- the rest ----------------------------------------------------------- */

static void
empty_table(void **state)
{
	struct rp_table *t = new_table(NULL);

	(void)state;
	expect(rp_table_write_csv, t, "name,pct,secret\n");
	expect(rp_table_write_text, t,
	    "Name  Share  Readers only\n----  -----  ------------\n");
	rp_table_free(t);
	rp_table_free(NULL);
}

static void
setting_outside_is_harmless(void **state)
{
	struct rp_table *t = new_table(NULL);
	const char *human;
	int i;

	(void)state;
	rp_table_set(t, 0, RP_CELL_TEXT, "no row yet", NULL);
	for (i = 0; i < 100; i++)
		rp_table_row(t);
	rp_table_set(t, 4, RP_CELL_TEXT, "no such column", NULL);
	rp_table_set(t, 0, RP_CELL_TEXT, "first", NULL);
	rp_table_set(t, 0, RP_CELL_TEXT, "second", NULL);
	assert_int_equal(rp_table_rows(t), 100);
	assert_int_equal(rp_table_cell(t, 99, 0, &human, NULL),
	    RP_CELL_TEXT);
	assert_string_equal(human, "second");
	assert_int_equal(rp_table_cell(t, 0, 0, &human, NULL),
	    RP_CELL_EMPTY);
	assert_string_equal(human, "");
	rp_table_free(t);
}

static void
formats_have_names(void **state)
{
	enum rp_format f;
	int i;

	(void)state;
	for (i = 0; i < RP_FORMATS; i++) {
		assert_true(rp_format_find(rp_format_name((enum rp_format)i),
		    &f));
		assert_int_equal(f, i);
		assert_int_equal(rp_format_suffix(f)[0], '.');
	}
	assert_false(rp_format_find("TEXT", &f));
	assert_false(rp_format_find("", &f));
}

static void
provenance_everywhere_but_in_csv(void **state)
{
	static const struct rp_case cs = { .file = "in'put.yaml",
		.digest = "abc" };
	struct rp_show how = { .provenance = { .cs = &cs, .has_run = true,
		.seed = UINT64_MAX, .trials = 200 } };
	struct rp_table *t = filled();
	struct rp_text out = { 0 };
	struct rp_err err = { 0 };
	int f;

	(void)state;
	for (f = 0; f < RP_FORMATS; f++) {
		how.format = (enum rp_format)f;
		assert_int_equal(rp_show_table(t, &how, &out, &err), RP_OK);
		if (f == RP_FORMAT_CSV) {
			assert_null(strstr(out.bytes, "abc"));
		} else {
			assert_non_null(strstr(out.bytes, "abc"));
			/* A seed is never cut down to what a double holds. */
			assert_non_null(strstr(out.bytes,
			    "18446744073709551615"));
		}
		rp_text_release(&out);
	}
	rp_table_free(t);
}

/* A label is as hostile as any other text. */
static void
remarks_have_a_label(void **state)
{
	struct rp_table *t = new_table(NULL);

	(void)state;
	rp_table_note(t, "plain");
	rp_table_remark(t, "Finding", "%d of them", 2);
	rp_table_remark(t, "<b>", "x");
	assert_null(rp_table_note_label(t, 0));
	assert_string_equal(rp_table_note_label(t, 1), "Finding");
	assert_string_equal(rp_table_note_text(t, 1), "2 of them");
	expect(rp_table_write_text, t, "Name  Share  Readers only\n"
	    "----  -----  ------------\n"
	    "\nnote: plain\nFinding: 2 of them\n<b>: x\n");
	expect(rp_table_write_markdown, t, "| Name | Share | Readers only |\n"
	    "| --- | ---: | --- |\n"
	    "\nplain\n\n**Finding:** 2 of them\n\n**\\<b>:** x\n");
	expect_part(rp_table_write_html, t,
	    "<p class=\"note\">plain</p>\n"
	    "<p class=\"note\"><strong>Finding:</strong> 2 of them</p>\n"
	    "<p class=\"note\"><strong>&lt;b&gt;:</strong> x</p>\n");
	rp_table_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(remarks_have_a_label),
		cmocka_unit_test(text),
		cmocka_unit_test(markdown),
		cmocka_unit_test(csv),
		cmocka_unit_test(json),
		cmocka_unit_test(csv_quotes_and_defuses),
		cmocka_unit_test(markdown_is_defused),
		cmocka_unit_test(html_is_escaped),
		cmocka_unit_test(text_shows_escapes),
		cmocka_unit_test(json_is_always_json),
		cmocka_unit_test(empty_table),
		cmocka_unit_test(setting_outside_is_harmless),
		cmocka_unit_test(formats_have_names),
		cmocka_unit_test(provenance_everywhere_but_in_csv),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
