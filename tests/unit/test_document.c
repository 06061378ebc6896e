/*
 * tests/unit/test_document.c - a text in parts that fit, and as a mail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/update.h"
#include "support/written.h"
#include "write/document.h"
#include "write/post_words.h"

static struct rp_table *
table_of(size_t rows)
{
	static const struct rp_column columns[] = {
		{ "a", "A | a", false }, { "b", NULL, false },
		{ "c", "C", true }
	};
	struct rp_table *t = NULL;
	char text[32];

	assert_int_equal(rp_table_new(NULL, columns, 3, &t, NULL), RP_OK);
	for (size_t i = 0; i < rows; i++) {
		(void)snprintf(text, sizeof(text), "row %zu", i);
		rp_table_row(t);
		rp_table_set(t, 0, RP_CELL_TEXT, text, NULL);
		rp_table_set(t, 2, RP_CELL_TEXT, "x|y", NULL);
	}
	return t;
}

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

static void
whole_when_it_fits(void **state)
{
	struct rp_document d = { 0 };
	struct rp_text out = { 0 };

	(void)state;
	rp_document_add(&d, RP_PIECE_TITLE, "T *x*");
	rp_document_add(&d, RP_PIECE_PARAGRAPH, "one %s", "two");
	rp_document_add(&d, RP_PIECE_HEADING, "H");
	rp_document_add(&d, RP_PIECE_ITEM, "i");
	rp_document_add(&d, RP_PIECE_ITEM, "j");
	rp_document_add(&d, RP_PIECE_PARAGRAPH, "p");
	rp_document_table(&d, table_of(1));
	assert_int_equal(rp_document_markdown(&d, RP_COMMENT_CHARACTERS,
	    &out), 1);
	assert_string_equal(out.bytes,
	    "## T \\*x\\*\n\n"
	    "one two\n\n"
	    "### H\n\n"
	    "- i\n"
	    "- j\n\n"
	    "p\n\n"
	    "| A \\| a | C |\n"
	    "| --- | ---: |\n"
	    "| row 0 | x\\|y |\n");
	rp_text_release(&out);
	rp_document_text(&d, &out);
	assert_string_equal(out.bytes,
	    "T *x*\n"
	    "=====\n\n"
	    "one two\n\n"
	    "H\n"
	    "-\n\n"
	    "- i\n"
	    "- j\n\n"
	    "p\n\n"
	    "A | a    C\n"
	    "-----  ---\n"
	    "row 0  x|y\n");
	rp_text_release(&out);
	rp_document_release(&d);
}

/* Labels are bold, gaps can be seen and found, an item can hold others. */
static void
fields_and_gaps(void **state)
{
	struct rp_document d = { 0 };
	struct rp_text out = { 0 };

	(void)state;
	rp_document_add(&d, RP_PIECE_LABEL, "A *label*");
	rp_document_field(&d, 0, "One", "first\nline");
	rp_document_go_on(&d, "next paragraph");
	rp_document_field(&d, 0, "Two|", "%s", "");
	rp_document_field(&d, 1, NULL, "within");
	rp_document_field(&d, 1, "Three", "3");
	rp_document_gap(&d, "Four", "say [%d]", 4);
	rp_document_gap(&d, NULL, "five");
	assert_int_equal(rp_document_markdown(&d, RP_COMMENT_CHARACTERS,
	    &out), 1);
	assert_string_equal(out.bytes,
	    "**A \\*label\\***\n\n"
	    "- **One:** first line\n\n"
	    "  next paragraph\n\n"
	    "- **Two\\|:**\n"
	    "  - within\n"
	    "  - **Three:** 3\n"
	    "- **Four:** **[MISSING: say \\[4\\]]**\n\n"
	    "**[MISSING: five]**\n");
	rp_text_release(&out);
	rp_document_text(&d, &out);
	assert_string_equal(out.bytes,
	    "A *label*\n\n"
	    "- One: first line\n\n"
	    "  next paragraph\n\n"
	    "- Two|:\n"
	    "  - within\n"
	    "  - Three: 3\n"
	    "- Four: [MISSING: say [4]]\n\n"
	    "[MISSING: five]\n");
	rp_text_release(&out);
	rp_document_release(&d);
}

/* Every part of a text, cut at the lines that separate them. */
static size_t
check_parts(char *text, size_t limit, size_t parts)
{
	char *part = text, *end, marker[64];
	size_t n = 0, most = 0, len;

	for (; part != NULL; part = end) {
		end = strstr(part, RP_PART_LINE "\n");
		if (end != NULL) {
			*end = '\0';
			end += strlen(RP_PART_LINE "\n");
		}
		len = characters(part);
		assert_true(len <= limit);
		if (len > most)
			most = len;
		(void)snprintf(marker, sizeof(marker), "(part %zu of %zu)\n\n",
		    ++n, parts);
		assert_int_equal(strncmp(part, marker, strlen(marker)), 0);
	}
	assert_int_equal(n, parts);
	return most;
}

static void
long_lists_and_tables_are_cut(void **state)
{
	struct rp_document d = { 0 };
	struct rp_text out = { 0 };
	size_t parts;

	(void)state;
	rp_document_add(&d, RP_PIECE_HEADING, "First");
	for (int i = 0; i < 100; i++)
		rp_document_add(&d, RP_PIECE_ITEM, "item %d "
		    "\xe6\x97\xa5\xe6\x9c\xac", i);
	rp_document_add(&d, RP_PIECE_HEADING, "Second");
	rp_document_table(&d, table_of(200));
	parts = rp_document_markdown(&d, 1000, &out);
	assert_true(parts > 3);
	assert_int_equal(count(out.bytes, "- item "), 100);
	assert_int_equal(count(out.bytes, "| row "), 200);
	/* A head in each part that has rows; every heading once whole. */
	assert_int_equal(count(out.bytes, "| --- | ---: |"),
	    count(out.bytes, "### Second"));
	assert_int_equal(count(out.bytes, "### First\n"), 1);
	assert_int_equal(count(out.bytes, "### Second\n"), 1);
	assert_int_equal(count(out.bytes, "(continued)"), parts - 1);
	/* No part is much emptier than it must be. */
	assert_true(check_parts(out.bytes, 1000, parts) > 900);
	rp_text_release(&out);
	rp_document_release(&d);
}

static void
a_paragraph_longer_than_a_part(void **state)
{
	struct rp_document d = { 0 };
	struct rp_text out = { 0 };
	char *words = malloc(5001);
	size_t parts;

	(void)state;
	assert_non_null(words);
	for (size_t i = 0; i < 5000; i++)
		words[i] = i % 10 == 9 ? ' ' : '*';
	words[4999] = '\0';
	rp_document_add(&d, RP_PIECE_PARAGRAPH, "%s", words);
	parts = rp_document_markdown(&d, 1000, &out);
	/* Nine of ten are escaped, 9,500 characters in all. */
	assert_true(parts >= 10 && parts <= 16);
	assert_int_equal(count(out.bytes, "\\*"), 4500);
	/* No escape is torn apart. */
	assert_int_equal(count(out.bytes, "\\\n"), 0);
	(void)check_parts(out.bytes, 1000, parts);
	rp_text_release(&out);
	rp_document_release(&d);
	free(words);
}

static void
a_heading_is_never_the_last_of_a_part(void **state)
{
	(void)state;
	for (int n = 60; n < 90; n++) {
		struct rp_document d = { 0 };
		struct rp_text out = { 0 };

		for (int i = 0; i < n; i++)
			rp_document_add(&d, RP_PIECE_ITEM, "item %02d", i);
		rp_document_add(&d, RP_PIECE_HEADING, "Heading");
		rp_document_add(&d, RP_PIECE_PARAGRAPH, "below it");
		(void)rp_document_markdown(&d, 1000, &out);
		assert_int_equal(count(out.bytes, "### Heading\n\nbelow it"),
		    1);
		rp_text_release(&out);
		rp_document_release(&d);
	}
}

/* ---- words -------------------------------------------------------------- */

static struct rp_amount
share(int64_t ppb, unsigned decimals)
{
	return (struct rp_amount){ .known = true, .decimals = decimals,
	    .share = rp_share_of_ppb(ppb) };
}

static struct rp_amount
number(uint64_t n)
{
	return (struct rp_amount){ .known = true, .is_count = true,
	    .count = rp_count_of(n) };
}

static void
amounts_as_the_source_printed_them(void **state)
{
	struct rp_post_figure f = { .amount = number(600),
	    .of = rp_count_of(1000) };
	struct rp_amount a, b;
	char buf[RP_WORDS];

	(void)state;
	a = share(764000000, 1);
	assert_string_equal(rp_post_amount(&a, buf), "76.4 %");
	a = share(50000000, 0);
	assert_string_equal(rp_post_amount(&a, buf), "5 %");
	a = share(500500000, 2);
	assert_string_equal(rp_post_amount(&a, buf), "50.05 %");
	assert_string_equal(rp_post_figure(&f, buf),
	    "600 of 1000 (60.0 %)");
	f.bound = RP_BOUND_AT_LEAST;
	assert_string_equal(rp_post_figure(&f, buf),
	    "at least 600 of 1000 (60.0 %)");
	a = share(584000000, 1);
	b = share(764000000, 1);
	assert_string_equal(rp_post_change(&a, &b, buf),
	    "58.4 % to 76.4 % (+18.0 points)");
	assert_string_equal(rp_post_change(&b, &a, buf),
	    "76.4 % to 58.4 % (-18.0 points)");
	assert_string_equal(rp_post_change(&a, &a, buf),
	    "58.4 % (as before)");
	a = number(580);
	b = number(350);
	assert_string_equal(rp_post_change(&a, &b, buf), "580 to 350 (-230)");
	a.known = false;
	assert_string_equal(rp_post_change(&a, &b, buf),
	    "350 (not reported before)");
}

static void
times_to_the_minute(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_post_when(when("2020-12-31T14:00:59Z"), buf),
	    "2020-12-31 14:00 UTC");
	assert_string_equal(rp_post_when(when("2020-12-31"), buf),
	    "2020-12-31");
	assert_string_equal(rp_post_when(when("2020-12-01..2020-12-11"), buf),
	    "2020-12-01 to 2020-12-10");
	assert_string_equal(rp_post_when(
	    when("2020-07-09T01:47:21Z..2020-07-29"), buf),
	    "2020-07-09 01:47 UTC to 2020-07-28");
	/* Soon to the minute, later to the day. */
	assert_string_equal(rp_post_moment(when("2026-03-05T14:30Z").from,
	    when("2026-03-02"), buf), "2026-03-05 14:30 UTC");
	assert_string_equal(rp_post_moment(when("2026-05-05T14:30Z").from,
	    when("2026-03-02"), buf), "2026-05-05");
	assert_string_equal(rp_post_span(33 * 3600, buf), "33 hours");
	assert_string_equal(rp_post_span(-3600, buf), "1 hour");
	assert_string_equal(rp_post_span(600, buf), "10 minutes");
	assert_string_equal(rp_post_span(119, buf), "1 minute");
	assert_string_equal(rp_post_span(1, buf), "1 second");
	assert_string_equal(rp_post_span(10 * 86400 + 3600, buf), "10 days");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_when_it_fits),
		cmocka_unit_test(fields_and_gaps),
		cmocka_unit_test(long_lists_and_tables_are_cut),
		cmocka_unit_test(a_paragraph_longer_than_a_part),
		cmocka_unit_test(a_heading_is_never_the_last_of_a_part),
		cmocka_unit_test(amounts_as_the_source_printed_them),
		cmocka_unit_test(times_to_the_minute),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
