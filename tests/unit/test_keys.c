/*
 * The table of keys, the nearest word, and the schema that is made from the
 * table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "bound.h"
#include "read/binder.h"
#include "read/change.h"
#include "revplan/store.h"

/* ---- the table ---------------------------------------------------------- */

static void
test_keys_are_sorted_and_found(void **state)
{
	const struct rp_key *keys;
	size_t n, i, all = 0;
	int context;

	(void)state;
	for (context = 0; context < RP_CONTEXTS; context++) {
		keys = rp_keys((enum rp_context)context, &n);
		assert_true(n > 0);
		all += n;
		for (i = 0; i < n; i++) {
			assert_int_equal(keys[i].context, context);
			assert_true(i == 0 || strcmp(keys[i - 1].name,
			    keys[i].name) < 0);
			assert_ptr_equal(rp_key_find((enum rp_context)context,
			    keys[i].name), &keys[i]);
			assert_non_null(keys[i].help);
			assert_true(keys[i].pass < RP_PASSES);
			assert_non_null(rp_setters[keys[i].type]);
		}
	}
	assert_true(all > 160);
	assert_null(rp_key_find(RP_CTX_CASE, "colour"));
	assert_null(rp_key_find(RP_CTX_CASE, ""));
}

static void
test_every_frame_has_a_noun(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < RP_CONTEXTS; i++)
		assert_non_null(rp_frames[i].noun);
}

/* A word setter writes an int where an enum is. */
static void
test_enums_are_as_wide_as_an_int(void **state)
{
	(void)state;
	assert_int_equal(sizeof(enum rp_reason), sizeof(int));
	assert_int_equal(sizeof(enum rp_metric), sizeof(int));
	assert_int_equal(sizeof(enum rp_fact_kind), sizeof(int));
	assert_int_equal(sizeof(enum rp_revocation_kind), sizeof(int));
}

/* ---- the nearest word --------------------------------------------------- */

static void
test_distance(void **state)
{
	(void)state;
	assert_int_equal(rp_word_distance("rate", "rate", 3), 0);
	assert_int_equal(rp_word_distance("ratee", "rate", 3), 1);
	assert_int_equal(rp_word_distance("rte", "rate", 3), 1);
	assert_int_equal(rp_word_distance("rste", "rate", 3), 1);
	/* A swap of neighbours is one slip. */
	assert_int_equal(rp_word_distance("raet", "rate", 3), 1);
	assert_int_equal(rp_word_distance("ca", "abc", 3), 3);
	assert_int_equal(rp_word_distance("kitten", "sitting", 3), 3);
	assert_int_equal(rp_word_distance("", "abc", 3), 3);
	/* Past the limit only one more is said. */
	assert_int_equal(rp_word_distance("kitten", "sitting", 2), 3);
	assert_int_equal(rp_word_distance("certificates", "x", 2), 3);
}

static const char *
nearest(const char *typed, const char *a, const char *b)
{
	struct rp_nearest n;

	rp_nearest_init(&n, typed);
	rp_nearest_try(&n, a);
	rp_nearest_try(&n, b);
	return n.best;
}

static void
test_nearest(void **state)
{
	char longest[300];

	(void)state;
	assert_string_equal(nearest("ratee", "what", "rate"), "rate");
	assert_string_equal(nearest("populatoin", "plans", "population"),
	    "population");
	assert_null(nearest("colour", "name", "path"));
	/* Two letters of three may not be wrong. */
	assert_null(nearest("to", "at", "on"));
	assert_null(nearest("", "a", "on"));
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_null(nearest(longest, "name", longest));
}

/* ---- the schema --------------------------------------------------------- */

static json_t *
load_schema(void)
{
	struct rp_err err = { 0 };
	json_error_t where;
	char *text = NULL;
	json_t *schema;

	assert_int_equal(rp_schema(&text, &err), RP_OK);
	schema = json_loads(text, JSON_REJECT_DUPLICATES, &where);
	free(text);
	assert_non_null(schema);
	return schema;
}

static void
test_schema_has_every_key(void **state)
{
	json_t *schema = load_schema(), *defs, *map, *properties;
	const struct rp_key *keys;
	size_t n, i;
	int context;

	(void)state;
	assert_string_equal(json_string_value(json_object_get(schema,
	    "$schema")), "https://json-schema.org/draft/2020-12/schema");
	defs = json_object_get(schema, "$defs");
	for (context = RP_CTX_CASE; context < RP_CONTEXTS; context++) {
		map = json_object_get(defs, rp_frames[context].noun);
		properties = json_object_get(map, "properties");
		keys = rp_keys((enum rp_context)context, &n);
		for (i = 0; i < n; i++)
			assert_non_null(json_object_get(properties,
			    keys[i].name));
		assert_true(json_is_false(json_object_get(map,
		    "additionalProperties")));
	}
	json_decref(schema);
}

/* An item has all that it needs, or it takes another one back. */
static void
test_schema_knows_retractions(void **state)
{
	json_t *schema = load_schema(), *defs, *map, *either;
	const char *required;
	size_t items = 0;
	int context;

	(void)state;
	defs = json_object_get(schema, "$defs");
	for (context = RP_CTX_CASE; context < RP_CONTEXTS; context++) {
		map = json_object_get(defs, rp_frames[context].noun);
		either = json_object_get(map, "anyOf");
		if (rp_ids_of((enum rp_context)context) == RP_NAMES_NONE) {
			assert_null(either);
			continue;
		}
		items++;
		assert_null(json_object_get(map, "required"));
		assert_non_null(json_object_get(json_object_get(map,
		    "properties"), "retracted"));
		assert_int_equal(json_array_size(either), 2);
		required = json_string_value(json_array_get(json_object_get(
		    json_array_get(either, 1), "required"), 1));
		assert_string_equal(required, "retracted");
	}
	assert_int_equal(items, 8);
	json_decref(schema);
}

/* Every $ref leads somewhere. */
static void
check_refs(json_t *defs, json_t *node)
{
	static const char prefix[] = "#/$defs/";
	const char *key, *ref;
	json_t *value;
	size_t i;

	if (json_is_object(node)) {
		json_object_foreach(node, key, value) {
			ref = json_string_value(value);
			if (strcmp(key, "$ref") == 0) {
				assert_memory_equal(ref, prefix,
				    sizeof(prefix) - 1);
				assert_non_null(json_object_get(defs, ref +
				    sizeof(prefix) - 1));
			}
			check_refs(defs, value);
		}
	}
	json_array_foreach(node, i, value)
		check_refs(defs, value);
}

static void
test_schema_refers_to_itself_only(void **state)
{
	json_t *schema = load_schema();

	(void)state;
	check_refs(json_object_get(schema, "$defs"), schema);
	json_decref(schema);
}

/* ---- what is shipped ---------------------------------------------------- */

static void
test_shipped_cases_are_valid(void **state)
{
	static const char *const files[] = {
		"scenarios/secom-2020.yaml",
		"scenarios/hosting-100-a-day.yaml", "scenarios/acme.yaml",
		"scenarios/mixed.yaml", "scenarios/wisekey-2020.yaml",
		"scenarios/letsencrypt-2020.yaml",
		"scenarios/key-compromise-24h.yaml",
		"scenarios/rehearsal.yaml", "scenarios/templates/hosting.yaml",
		"scenarios/templates/acme.yaml",
		"scenarios/templates/mixed.yaml",
		"scenarios/templates/subordinate-ca.yaml",
		"scenarios/bench/four-populations.yaml",
		"scenarios/bench/four-populations-uncertain.yaml",
	};
	struct bound b;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		b = bind_file(files[i]);
		for (k = 0; k < b.faults.n; k++)
			print_error("%s:%u:%u: %s\n", files[i],
			    (unsigned)b.faults.fault[k].line,
			    (unsigned)b.faults.fault[k].col,
			    b.faults.fault[k].text);
		assert_int_equal(b.status, RP_OK);
		bound_release(&b);
	}
}

static void
test_shipped_changes_are_valid(void **state)
{
	static const struct {
		const char *base, *change;
	} files[] = {
		{ "scenarios/secom-2020.yaml",
		    "scenarios/secom-2020-acme.yaml" },
		{ "scenarios/secom-2020.yaml",
		    "scenarios/secom-2020-acme-ready.yaml" },
		{ "scenarios/letsencrypt-2020.yaml",
		    "scenarios/letsencrypt-2020-as-announced.yaml" },
		{ "scenarios/key-compromise-24h.yaml",
		    "scenarios/key-compromise-24h-earlier.yaml" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct rp_case *cs = NULL;
		struct rp_err err = { 0 };

		if (rp_variant_open(files[i].change, files[i].base, NULL,
		    stderr, &cs, &err) != RP_OK)
			fail_msg("%s", err.text);
		assert_non_null(cs->change);
		rp_case_free(cs);
	}
}

/* What a change may say is in the schema, and only that. */
static void
test_schema_has_changes(void **state)
{
	json_t *schema = load_schema(), *change, *properties;
	enum rp_change_way way;
	const char *word;
	size_t i;

	(void)state;
	change = json_object_get(json_object_get(schema, "$defs"), "change");
	properties = json_object_get(change, "properties");
	for (i = 0; (word = rp_change_word(i, &way)) != NULL; i++)
		assert_non_null(json_object_get(properties, word));
	assert_int_equal(json_object_size(properties), i);
	assert_true(json_is_false(json_object_get(change,
	    "additionalProperties")));
	json_decref(schema);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_are_sorted_and_found),
		cmocka_unit_test(test_every_frame_has_a_noun),
		cmocka_unit_test(test_enums_are_as_wide_as_an_int),
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_schema_has_every_key),
		cmocka_unit_test(test_schema_knows_retractions),
		cmocka_unit_test(test_schema_refers_to_itself_only),
		cmocka_unit_test(test_schema_has_changes),
		cmocka_unit_test(test_shipped_cases_are_valid),
		cmocka_unit_test(test_shipped_changes_are_valid),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
