/*
 * test_yaml.c - YAML as a tree: places, refusals with their words, bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned long fail_at;

static int
fails_now(void)
{
	return fail_at > 0 && --fail_at == 0;
}

static void *
counted_calloc(size_t n, size_t size)
{
	return fails_now() ? NULL : calloc(n, size);
}

static char *
counted_strdup(const char *text)
{
	return fails_now() ? NULL : strdup(text);
}

#undef strdup
#define calloc counted_calloc
#define strdup counted_strdup
#include "read/doc.c"
#include "read/yaml.c"
#undef calloc
#undef strdup

/* Read and give the faults as lines; *rc may be NULL when it is not asked. */
static char *
faults_of(const char *bytes, size_t len, rp_status *rc, char **json)
{
	struct rp_faults f;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	rp_faults_init(&f, "x");
	*rc = rp_doc_read_yaml(bytes, len, &f, &doc, &err);
	assert_int_equal(*rc == RP_OK, doc != NULL);
	if (*rc != RP_OK)
		assert_true(f.n > 0 && err.text[0] != '\0');
	rp_faults_sort(&f);
	for (size_t i = 0; i < f.n; i++)
		fprintf(out, "%s%u:%u: %s", i > 0 ? "\n" : "",
		    (unsigned)f.fault[i].line, (unsigned)f.fault[i].col,
		    f.fault[i].text);
	fclose(out);
	if (json != NULL && doc != NULL)
		assert_int_equal(rp_node_to_json(rp_doc_root(doc), json,
		    &err), RP_OK);
	rp_doc_free(doc);
	rp_faults_release(&f);
	return text;
}

static void
assert_tree(const char *yaml, const char *json)
{
	char *text, *got = NULL;
	rp_status rc;

	text = faults_of(yaml, strlen(yaml), &rc, &got);
	assert_string_equal(text, "");
	assert_int_equal(rc, RP_OK);
	assert_string_equal(got, json);
	free(got);
	free(text);
}

static void
assert_faults(const char *bytes, size_t len, rp_status want,
    const char *faults)
{
	rp_status rc;
	char *text = faults_of(bytes, len, &rc, NULL);

	assert_string_equal(text, faults);
	assert_int_equal(rc, want);
	free(text);
}

static void
every_node_knows_its_place(void **state)
{
	(void)state;
	assert_tree("a: 1\nb:\n  - x\n  - {c: 'y'}\n",
	    "{\"at\":[1,1],\"map\":[[\"a\",1,1,[\"1\",1,4]],"
	    "[\"b\",2,1,{\"at\":[3,3],\"list\":[[\"x\",3,5],"
	    "{\"at\":[4,5],\"map\":[[\"c\",4,6,[\"y\",4,9,true]]]}]}]]}");
	/* Columns count characters; no value is an empty, unquoted one. */
	assert_tree("\xef\xbb\xbf\xe6\x97\xa5: [\xe6\x9c\xac, x]\nk:\n",
	    "{\"at\":[1,1],\"map\":[[\"\xe6\x97\xa5\",1,1,{\"at\":[1,4],"
	    "\"list\":[[\"\xe6\x9c\xac\",1,5],[\"x\",1,8]]}],"
	    "[\"k\",2,1,[\"\",2,3]]]}");
	assert_tree("--- |\n  a\n  b\n", "[\"a\\nb\\n\",1,5,true]");
}

static void
an_alias_repeats_what_it_names(void **state)
{
	(void)state;
	/* What has an anchor stands where the anchor stands. */
	assert_tree("a: &p\n - {x: 1}\nb: *p\nc: [*p]\n",
	    "{\"at\":[1,1],\"map\":["
	    "[\"a\",1,1,{\"at\":[1,4],\"list\":[{\"at\":[2,4],\"map\":"
	    "[[\"x\",2,5,[\"1\",2,8]]]}]}],"
	    "[\"b\",3,1,{\"at\":[1,4],\"list\":[{\"at\":[2,4],\"map\":"
	    "[[\"x\",2,5,[\"1\",2,8]]]}]}],"
	    "[\"c\",4,1,{\"at\":[4,4],\"list\":[{\"at\":[1,4],\"list\":"
	    "[{\"at\":[2,4],\"map\":[[\"x\",2,5,[\"1\",2,8]]]}]}]}]]}");
	/* The last anchor of a name counts. */
	assert_tree("[&a x, *a, &a y, *a]",
	    "{\"at\":[1,1],\"list\":[[\"x\",1,2],[\"x\",1,2],[\"y\",1,12],"
	    "[\"y\",1,12]]}");
}

struct refusal {
	const char *yaml;
	rp_status rc;
	const char *faults;
};

static const struct refusal refusals[] = {
	{ "", RP_EINPUT,
	    "1:1: file is empty; `revplan new` writes a starter case" },
	{ "# only a comment\n---\n", RP_EINPUT,
	    "1:1: file is empty; `revplan new` writes a starter case" },
	{ "a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\na: 4\n", RP_OK,
	    "3:1: duplicate key 'a', first used on line 1\n"
	    "4:11: duplicate key 'x', first used on line 4\n"
	    "5:1: duplicate key 'a', first used on line 1" },
	{ "a: !!int 3\nb: !foo [1]\n!!str c: {}\n", RP_OK,
	    "1:4: tag '!!int' is not supported; leave it out\n"
	    "2:4: tag '!foo' is not supported; leave it out\n"
	    "3:1: tag '!!str' is not supported; leave it out" },
	{ "a: 1\n---\nb: 2\n", RP_OK,
	    "2:1: a second document begins here; a case file holds one" },
	{ "a: &x {b: 1}\nc: {<<: *x, d: 1}\n", RP_EINPUT,
	    "2:5: merge key '<<' is not supported; write the keys out" },
	{ "? [a, {b: c}]\n: c\n? {x: [y]}\n: d\n? *z\n: e\n", RP_EINPUT,
	    "1:3: a list cannot be a key\n"
	    "3:3: a map cannot be a key\n"
	    "5:3: an alias cannot be a key" },
	{ "a: &a [*a]\n", RP_EINPUT,
	    "1:8: alias '*a' stands inside of what it names" },
	{ "a: *b\n", RP_EINPUT,
	    "1:4: alias '*b' has no anchor of that name before it" },
	{ "a: \"x\\0y\"\n", RP_OK,
	    "1:4: a text must not hold the character U+0000" },
	{ "a:\n\tb: 1\n", RP_EINPUT, "2:1: tab in the indentation; "
	    "use spaces" },
	{ "a:\n  b: 1\n\tc: 2\n", RP_EINPUT,
	    "3:1: tab in the indentation; use spaces" },
	{ "a: \"abc\nb: c\n", RP_EINPUT,
	    "1:4: a text in quotes begins here and is never closed" },
	{ "a: [1, 2\nb: 3\n", RP_EINPUT, "2:2: expected ',' or ']' here "
	    "(what it belongs to begins on line 1)" },
	{ "a: b: c\n", RP_EINPUT, "1:5: unexpected ':'; check the "
	    "indentation, and put texts with ': ' into quotes" },
	{ "a: 1\nbcd\ne: 2\n", RP_EINPUT,
	    "2:1: a key without ':'; write 'key: value'" },
	{ "a: @x\n", RP_EINPUT, "1:4: a value cannot begin with this "
	    "character; put it into quotes" },
	{ "a: \"\\q\"\n", RP_EINPUT, "1:5: unknown escape after '\\'; use "
	    "single quotes for a plain '\\'" },
	{ "a: caf\xe9\n", RP_EINPUT, "1:7: byte 0xe9 is not UTF-8; a case "
	    "file is UTF-8 text" },
	{ "a: b\nc: \xed\xa0\x80\n", RP_EINPUT, "2:4: byte 0xed is not "
	    "UTF-8; a case file is UTF-8 text" },
	{ "a: \xc0\x80\n", RP_EINPUT, "1:4: byte 0xc0 is not UTF-8; a case "
	    "file is UTF-8 text" },
	{ "a: \xe6\x97", RP_EINPUT, "1:4: byte 0xe6 is not UTF-8; a case "
	    "file is UTF-8 text" },
	{ "a:\r\nb: \x1b[31m\n", RP_EINPUT, "2:4: character U+001B is not "
	    "allowed; a case file is UTF-8 text" },
	{ "\"\\e[2J\": 1\n\"\\e[2J\": 1\n", RP_OK,
	    "2:1: duplicate key '?[2J', first used on line 1" },
};

static void
what_is_refused_is_told_where_and_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		assert_faults(refusals[i].yaml, strlen(refusals[i].yaml),
		    refusals[i].rc, refusals[i].faults);
}

static void
bytes_that_are_not_text(void **state)
{
	static const char utf16[] =
	    "1:1: file is not UTF-8 but looks like UTF-16; save it as UTF-8";

	(void)state;
	assert_faults("a: b\nc: \0d\n", 10, RP_EINPUT, "2:4: character "
	    "U+0000 is not allowed; a case file is UTF-8 text");
	assert_faults("\xff\xfe" "a\0:\0", 6, RP_EINPUT, utf16);
	assert_faults("\xfe\xff\0a\0:", 6, RP_EINPUT, utf16);
	assert_faults("a\0:\0", 4, RP_EINPUT, utf16);
	assert_faults("\0a\0:", 4, RP_EINPUT, utf16);
	assert_faults("\0\0\0\0", 4, RP_EINPUT, "1:1: character U+0000 is "
	    "not allowed; a case file is UTF-8 text");
}

static void
assert_repeated(const char *what, size_t n, const char *faults)
{
	size_t len = strlen(what);
	char *bytes = calloc(n, len);

	assert_non_null(bytes);
	for (size_t i = 0; i < n; i++)
		memcpy(bytes + i * len, what, len);
	assert_faults(bytes, n * len, RP_EINPUT, faults);
	free(bytes);
}

static void
depth_and_size_are_bounded(void **state)
{
	(void)state;
	assert_repeated("[", 200000, "1:65: nested deeper than 64 levels");
	assert_repeated("- ", 100000, "1:129: nested deeper than 64 levels");
	assert_repeated("{", 200000, "1:2: a map cannot be a key\n"
	    "1:65: nested deeper than 64 levels");
	assert_repeated("- &a x\n", 1001, "1001:3: file has more than 1000 "
	    "anchors");
	assert_repeated("- x\n", RP_DOC_NODES, "1000000:3: file has more "
	    "than 1000000 values; keep large lists in a file of their own");
	assert_repeated("#", RP_DOC_BYTES + 1, "1:1: file has more than "
	    "32 MB");
}

/* Ten to the ninth values in a few lines. */
static void
an_alias_bomb_is_refused(void **state)
{
	char bomb[2000] = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
	size_t len = strlen(bomb);

	(void)state;
	for (int i = 1; i < 10; i++) {
		len += (size_t)snprintf(bomb + len, sizeof(bomb) - len,
		    "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			len += (size_t)snprintf(bomb + len,
			    sizeof(bomb) - len, "%s*a%d", j > 0 ? "," : "",
			    i - 1);
		len += (size_t)snprintf(bomb + len, sizeof(bomb) - len,
		    "]\n");
	}
	assert_faults(bomb, len, RP_EINPUT, "5:10: alias '*a3' unfolds to "
	    "too much; write the values out");
}

/* 16 levels doubled by aliases to 31, 46, 61 and 76 deep. */
static void
aliases_cannot_nest_too_deep(void **state)
{
	static const char yaml[] =
	    "- &a [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]\n"
	    "- &b [[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]\n"
	    "- &c [[[[[[[[[[[[[[[*b]]]]]]]]]]]]]]]\n"
	    "- &d [[[[[[[[[[[[[[[*c]]]]]]]]]]]]]]]\n"
	    "- &e [[[[[[[[[[[[[[[*d]]]]]]]]]]]]]]]\n";

	(void)state;
	assert_faults(yaml, strlen(yaml), RP_EINPUT, "5:21: alias '*d' "
	    "unfolds to too much; write the values out");
}

static void
every_allocation_may_fail(void **state)
{
	static const char yaml[] = "a: &p [x, {y: z, y: 1}]\nb: *p\n";
	struct rp_faults f;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	rp_status rc = RP_ENOMEM;
	unsigned long n = 0;

	(void)state;
	while (rc != RP_OK) {
		rp_faults_init(&f, "x");
		fail_at = ++n;
		rc = rp_doc_read_yaml(yaml, strlen(yaml), &f, &doc, &err);
		fail_at = 0;
		assert_true(rc == RP_OK || (rc == RP_ENOMEM && doc == NULL));
		rp_faults_release(&f);
	}
	assert_true(n > 5);
	rp_doc_free(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_node_knows_its_place),
		cmocka_unit_test(an_alias_repeats_what_it_names),
		cmocka_unit_test(what_is_refused_is_told_where_and_why),
		cmocka_unit_test(bytes_that_are_not_text),
		cmocka_unit_test(depth_and_size_are_bounded),
		cmocka_unit_test(an_alias_bomb_is_refused),
		cmocka_unit_test(aliases_cannot_nest_too_deep),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
