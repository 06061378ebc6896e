/*
 * test_doc.c - trees of case files: faults in order, JSON and back, growing,
 * and every allocation failing once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The n-th allocation from now on fails, counted over ours and jansson's. */
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

static void *
counted_malloc(size_t size)
{
	return fails_now() ? NULL : malloc(size);
}

#define calloc counted_calloc
#include "read/doc.c"
#undef calloc
#include "read/json.c"

static const char sample[] = "{\"at\":[1,1],\"map\":["
    "[\"revplan\",1,1,[\"1\",1,10]],"
    "[\"actuals\",2,1,{\"at\":[3,3],\"list\":[[\"a\",3,5],"
    "{\"at\":[4,5],\"map\":[]}]}],"
    "[\"t\",9,1,[\"\xe6\x97\xa5\\n\\\"\",9,4,true]]]}";

static struct rp_doc *
read_json(const char *json)
{
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };

	if (rp_doc_of_json(json, &doc, &err) != RP_OK)
		fail_msg("%s", err.text);
	return doc;
}

static void
assert_json(const struct rp_doc *doc, const char *expected)
{
	char *json = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_node_to_json(rp_doc_root(doc), &json, &err),
	    RP_OK);
	assert_string_equal(json, expected);
	free(json);
}

static void
json_goes_both_ways(void **state)
{
	struct rp_doc *doc = read_json(sample);
	const struct rp_node *root = rp_doc_root(doc), *t;

	(void)state;
	assert_json(doc, sample);
	assert_int_equal(root->kind, RP_NODE_MAP);
	assert_int_equal(root->n, 3);
	t = rp_node_find(root, "t");
	assert_non_null(t);
	assert_true(t->quoted);
	assert_string_equal(t->text, "\xe6\x97\xa5\n\"");
	assert_int_equal(t->line, 9);
	assert_int_equal(t->col, 4);
	assert_int_equal(t->key_col, 1);
	assert_false(rp_node_find(root, "revplan")->quoted);
	assert_null(rp_node_find(root, "x"));
	assert_null(rp_node_find(t, "x"));
	assert_null(rp_node_find(NULL, "x"));
	rp_doc_free(doc);
	rp_doc_free(NULL);
}

static void
other_json_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "1", "null", "[]", "{}", "[1,1,1]", "[\"a\",1]",
		"[\"a\",-1,1]", "[\"a\",1,4294967296]", "[\"a\",1,1,false]",
		"[\"a\",1,1,true,1]", "[\"a\",\"1\",1]", "[\"a\",1.5,1]",
		"{\"at\":[1,1],\"list\":1}", "{\"at\":[1],\"list\":[]}",
		"{\"at\":[1,1],\"list\":[],\"map\":[]}",
		"{\"list\":[]}", "{\"at\":[1,1],\"map\":[[\"k\",1,1]]}",
		"{\"at\":[1,1],\"map\":[[1,1,1,[\"a\",1,1]]]}",
		"{\"at\":[1,1],\"map\":{}}", "[\"a\\u0000\",1,1]",
		"[\"\xff\",1,1]", "[\"a\",1,1] x",
		"{\"at\":[1,1],\"at\":[1,1],\"list\":[]}",
	};
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(rp_doc_of_json(bad[i], &doc, &err),
		    RP_EINPUT);
		assert_null(doc);
		assert_true(err.text[0] != '\0');
	}
}

/* Lists within lists: as deep as YAML may be, and one more. */
static char *
nested(unsigned depth)
{
	static const char open[] = "{\"at\":[1,1],\"list\":[";
	char *json = calloc(depth + 1, sizeof(open) + 2), *p = json;

	assert_non_null(json);
	for (unsigned i = 0; i < depth; i++, p += sizeof(open) - 1)
		memcpy(p, open, sizeof(open) - 1);
	for (unsigned i = 0; i < depth; i++, p += 2)
		memcpy(p, "]}", 2);
	return json;
}

static void
depth_is_bounded(void **state)
{
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	char *json = nested(RP_DOC_DEPTH);

	(void)state;
	doc = read_json(json);
	assert_json(doc, json);
	rp_doc_free(doc);
	free(json);
	json = nested(RP_DOC_DEPTH + 2);
	assert_int_equal(rp_doc_of_json(json, &doc, &err), RP_EINPUT);
	free(json);
}

static void
lists_are_appended_to(void **state)
{
	struct rp_doc *doc = read_json("{\"at\":[1,1],\"map\":["
	    "[\"a\",2,1,{\"at\":[2,4],\"list\":[[\"x\",2,5]]}],"
	    "[\"s\",3,1,[\"1\",3,4]]]}");
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_doc_append(doc, "a", 7, 7, "[\"y\",5,1]", &err),
	    RP_OK);
	assert_int_equal(rp_doc_append(doc, "b", 8, 1, "[\"z\",6,1]", &err),
	    RP_OK);
	assert_int_equal(rp_doc_append(doc, "a", 0, 0, "[\"w\",9,1]", &err),
	    RP_OK);
	assert_int_equal(rp_doc_append(doc, "s", 0, 0, "[\"w\",9,1]", &err),
	    RP_EINPUT);
	assert_int_equal(rp_doc_append(doc, "a", 0, 0, "[\"w\"]", &err),
	    RP_EINPUT);
	assert_json(doc, "{\"at\":[1,1],\"map\":["
	    "[\"a\",2,1,{\"at\":[2,4],\"list\":[[\"x\",2,5],[\"y\",5,1],"
	    "[\"w\",9,1]]}],[\"s\",3,1,[\"1\",3,4]],"
	    "[\"b\",8,1,{\"at\":[8,1],\"list\":[[\"z\",6,1]]}]]}");
	rp_doc_free(doc);
	doc = read_json("[\"a\",1,1]");
	assert_int_equal(rp_doc_append(doc, "a", 0, 0, "[\"w\",9,1]", &err),
	    RP_EINPUT);
	rp_doc_free(doc);
}

static void
a_long_list_grows_in_linear_time(void **state)
{
	struct rp_doc *doc = read_json("{\"at\":[1,1],\"map\":[]}");
	struct rp_err err = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		assert_int_equal(rp_doc_append(doc, "a", 1, 1,
		    "[\"y\",5,1]", &err), RP_OK);
	assert_int_equal(rp_node_find(rp_doc_root(doc), "a")->n, 100000);
	rp_doc_free(doc);
}

static void
long_and_short_texts_live_side_by_side(void **state)
{
	struct rp_doc *doc = rp_doc_new();
	char *big = calloc(1, 300001);
	const char *was[64];

	(void)state;
	assert_non_null(doc);
	assert_non_null(big);
	memset(big, 'x', 300000);
	for (size_t i = 0; i < 64; i++) {
		was[i] = rp_doc_text(doc, big, i * 4000);
		assert_non_null(was[i]);
		assert_non_null(rp_doc_node(doc, RP_NODE_LIST, 1, 1));
	}
	for (size_t i = 0; i < 64; i++)
		assert_int_equal(strlen(was[i]), i * 4000);
	free(big);
	rp_doc_free(doc);
}

static void
faults_are_sorted_once_and_tame(void **state)
{
	struct rp_faults f;

	(void)state;
	rp_faults_init(&f, "x.yaml");
	rp_fault(&f, 3, 1, "c");
	rp_fault(&f, 2, 9, "b");
	rp_fault(&f, 3, 1, "%s", "a\033[31m\nb");
	rp_fault(&f, 2, 9, "b");
	rp_fault(&f, 2, 1, "%02000d", 7);
	rp_faults_sort(&f);
	assert_int_equal(f.n, 4);
	assert_int_equal(f.fault[0].col, 1);
	assert_true(strlen(f.fault[0].text) < 600);
	assert_string_equal(f.fault[1].text, "b");
	assert_string_equal(f.fault[2].text, "a?[31m?b");
	assert_string_equal(f.fault[3].text, "c");
	for (int i = 0; i < RP_FAULTS_MAX; i++)
		rp_fault(&f, 1, 1, "%d", i);
	assert_int_equal(f.n, RP_FAULTS_MAX);
	assert_int_equal(f.dropped, 4);
	rp_faults_release(&f);
	assert_int_equal(f.n, 0);
	rp_faults_sort(&f);
}

static rp_status
there_and_back(struct rp_err *err)
{
	struct rp_doc *doc = NULL;
	char *json = NULL;
	rp_status rc = rp_doc_of_json(sample, &doc, err);

	if (rc == RP_OK)
		rc = rp_doc_append(doc, "new", 1, 1, sample, err);
	if (rc == RP_OK)
		rc = rp_node_to_json(rp_doc_root(doc), &json, err);
	free(json);
	rp_doc_free(doc);
	return rc;
}

/* What leaks or is freed twice on the way, AddressSanitizer sees. */
static void
every_allocation_may_fail(void **state)
{
	struct rp_err err = { 0 };
	unsigned long n = 0;
	rp_status rc = RP_ENOMEM;

	(void)state;
	json_set_alloc_funcs(counted_malloc, free);
	while (rc != RP_OK) {
		fail_at = ++n;
		rc = there_and_back(&err);
		fail_at = 0;
		/* jansson calls a token that it has no memory for wrong. */
		assert_true(rc == RP_OK || rc == RP_ENOMEM ||
		    rc == RP_EINPUT);
		assert_true(n < 10000);
	}
	assert_true(n > 50);
	json_set_alloc_funcs(malloc, free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_goes_both_ways),
		cmocka_unit_test(other_json_is_refused),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(lists_are_appended_to),
		cmocka_unit_test(a_long_list_grows_in_linear_time),
		cmocka_unit_test(long_and_short_texts_live_side_by_side),
		cmocka_unit_test(faults_are_sorted_once_and_tame),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
