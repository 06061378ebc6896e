/*
 * planner/read/schema.c - the format as a JSON Schema, from the table of keys.
 *
 * Draft 2020-12, for editors.  Every kind of map and every kind of value is
 * one entry of $defs; a value may be wrapped to say on what it rests.  What
 * one value says about another (sums, order, references) is left to
 * `revplan validate`.
 */
#include "read/bind.h"

#include <string.h>

#include <jansson.h>

#include "read/binder.h"
#include "read/change.h"

#define TIME_UNITS "(s|min|h|d|w)"
#define REAL "[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?"
#define DATE "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define CLOCK "[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2})?([Zz]|[-+][0-9]{2}:[0-9]{2})"
#define INSTANT DATE "(" CLOCK ")?"

/*
 * How the text of each type looks; NULL where the type is made of more than
 * a text.  Editors read 27000 as a number: where digits alone are possible,
 * a number is as good as a text.
 */
static const struct shape {
	const char *name;	/* of its entry in $defs; NULL: has none */
	const char *pattern;
	bool digits;		/* a whole number will do */
	bool uncertain;		/* or a distribution */
} shapes[RP_TYPES] = {
	[RP_TYPE_TEXT] = { "text", ".", true, false },
	[RP_TYPE_REMARK] = { "text", ".", true, false },
	[RP_TYPE_NAME] = { "name", ".", true, false },
	[RP_TYPE_GRID] = { "grid", "^(1 ?[hd]|60 ?min|24 ?h)$", false,
	    false },
	[RP_TYPE_WHEN] = { "when", "^" INSTANT "(\\.\\." INSTANT ")?$", false,
	    false },
	[RP_TYPE_INSTANT] = { "instant", "^" INSTANT "$", false, false },
	[RP_TYPE_TIME] = { "time", "^" REAL " *" TIME_UNITS "$", false,
	    true },
	[RP_TYPE_SHARE] = { "share", "^" REAL " *%$", false, true },
	[RP_TYPE_DATE] = { "date", "^" INSTANT "$", false, true },
	[RP_TYPE_WORKDAYS] = { "working-days", "^" REAL " *working-days?$",
	    false, true },
	[RP_TYPE_RATE] = { "rate", "^" REAL " */ *(h|hour|d|day|working-day|"
	    "w|week|month)$", false, true },
	[RP_TYPE_AMOUNT] = { "amount", "^([0-9]+|[0-9]+(\\.[0-9]+)? *%)$",
	    true, false },
	[RP_TYPE_ZONE] = { "zone", "^[A-Za-z0-9_+/-]+$", false, false },
	[RP_TYPE_HOURS] = { "hours", "^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$",
	    false, false },
	[RP_TYPE_MOMENT] = { "instant", "^" INSTANT "$", false, false },
	[RP_TYPE_REVOKE_AT] = { "revoke-at", "^(deadline|" INSTANT "(\\.\\."
	    INSTANT ")?)$", false, false },
	[RP_TYPE_CALENDAR_REF] = { "reference", ".", true, false },
	[RP_TYPE_DUTY_REF] = { "reference", ".", true, false },
	[RP_TYPE_POPULATION_REF] = { "reference", ".", true, false },
	[RP_TYPE_ITEM_REF] = { "reference", ".", true, false },
	[RP_TYPE_PERCENT] = { "percent", "^" REAL " *%$", false, false },
	[RP_TYPE_SECONDS] = { "certain-time", "^" REAL " *" TIME_UNITS "$",
	    false, false },
};

/* ---- small pieces; a failure anywhere is a NULL at the end -------------- */

static json_t *
of_type(const char *type)
{
	return json_pack("{s:s}", "type", type);
}

static json_t *
text_like(const char *pattern)
{
	return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static json_t *
ref_to(const char *def)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/$defs/%s", def));
}

static json_t *
list_of(json_t *item, int least)
{
	return json_pack("{s:s, s:o, s:i}", "type", "array", "items", item,
	    "minItems", least);
}

static json_t *
either(json_t *a, json_t *b)
{
	return json_pack("{s:[o, o]}", "anyOf", a, b);
}

static json_t *
words_of(const struct rp_word *words)
{
	json_t *list = json_array();
	const struct rp_word *w;

	for (w = words; w->word != NULL; w++)
		(void)json_array_append_new(list, json_string(w->word));
	return json_pack("{s:o}", "enum", list);
}

/* One map of one key: a step, an event, a distribution. */
static json_t *
tagged(const char *tag, json_t *content)
{
	return json_pack("{s:s, s:{s:o}, s:[s], s:b}", "type", "object",
	    "properties", tag, content, "required", tag,
	    "additionalProperties", 0);
}

/* The keys that may stand around a value. */
static void
add_around(json_t *properties, bool uncertain)
{
	(void)json_object_set_new(properties, "basis",
	    words_of(rp_words_basis));
	(void)json_object_set_new(properties, "source", of_type("string"));
	(void)json_object_set_new(properties, "note", of_type("string"));
	if (uncertain)
		(void)json_object_set_new(properties, "input",
		    of_type("string"));
}

static json_t *
wrapper(json_t *value, bool uncertain)
{
	json_t *properties = json_object();

	(void)json_object_set(properties, "value", value);
	add_around(properties, uncertain);
	return either(value, json_pack("{s:s, s:o, s:[s], s:b}", "type",
	    "object", "properties", properties, "required", "value",
	    "additionalProperties", 0));
}

/* A value, or {value:, basis:, source:}. */
static json_t *
wrapped(json_t *value)
{
	return wrapper(value, false);
}

/* ---- types -------------------------------------------------------------- */

static json_t *
plain_text(const struct shape *shape)
{
	json_t *text = text_like(shape->pattern);

	return shape->digits ? either(text, of_type("number")) : text;
}

static json_t *
whole_number(const struct rp_key *key)
{
	return either(json_pack("{s:s, s:o, s:o}", "type", "integer",
	    "minimum", json_real(key->low), "maximum", json_real(key->high)),
	    text_like("^[0-9]+$"));
}

static json_t *
tagged_contexts(const struct rp_word *words)
{
	json_t *list = json_array();
	const struct rp_word *w;

	for (w = words; w->word != NULL; w++)
		(void)json_array_append_new(list, tagged(w->word,
		    ref_to(rp_frames[w->value].noun)));
	return json_pack("{s:o}", "oneOf", list);
}

static json_t *
calendars_schema(const struct rp_key *key)
{
	return json_pack("{s:s, s:o}", "type", "object",
	    "additionalProperties", ref_to(rp_frames[key->sub].noun));
}

static json_t *
milestones_schema(void)
{
	return json_pack("{s:s, s:i, s:o}", "type", "object", "minProperties",
	    1, "additionalProperties", wrapped(text_like("^" REAL " *%$")));
}

static json_t *
week_schema(void)
{
	static const char day[] = "^(mon|tue|wed|thu|fri|sat|sun)"
	    "(-(mon|tue|wed|thu|fri|sat|sun))?$";

	return either(text_like(day), list_of(text_like(day), 1));
}

static json_t *
batch_schema(void)
{
	return either(either(json_pack("{s:s}", "const", "working-day"),
	    week_schema()), list_of(text_like("^" INSTANT "$"), 1));
}

static json_t *
duration_schema(void)
{
	json_t *span = text_like("^" REAL " *(" TIME_UNITS "|months?)$");

	json_incref(span);
	json_incref(span);
	return either(span, either(tagged("at-least", span),
	    tagged("at-most", span)));
}

static json_t *
owns_schema(void)
{
	return either(json_pack("{s:s}", "const", "equal"),
	    either(ref_to("distribution"),
	    list_of(ref_to(rp_frames[RP_CTX_OWNERS].noun), 1)));
}

/* One client, or shares of several. */
static json_t *
client_schema(void)
{
	return either(text_like("^[a-z.-]+(-[0-9.a-z]+)?$"),
	    json_pack("{s:s, s:i, s:o}", "type", "object", "minProperties",
	    1, "additionalProperties", ref_to("share")));
}

static json_t *
between_schema(void)
{
	json_t *list = list_of(of_type("string"), 2);

	(void)json_object_set_new(list, "maxItems", json_integer(2));
	return list;
}

static json_t *
rank_schema(const struct rp_key *key)
{
	return json_pack("{s:s, s:f, s:f}", "type", "number",
	    "exclusiveMinimum", key->low, "exclusiveMaximum", key->high);
}

static json_t *
compound(const struct rp_key *key)
{
	static const char instant[] = "^" INSTANT "(\\.\\." INSTANT ")?$";
	static const struct rp_word all[] = { { "all", 0 }, { NULL, 0 } };

	switch ((int)key->type) {
	case RP_TYPE_BOOL:
		return of_type("boolean");
	case RP_TYPE_VERSION:
		return json_pack("{s:i}", "const", 1);
	case RP_TYPE_COUNT:
	case RP_TYPE_NUMBER:
		return whole_number(key);
	case RP_TYPE_CALENDARS:
		return calendars_schema(key);
	case RP_TYPE_EVENT:
		return ref_to("event");
	case RP_TYPE_EVENTS:
		return list_of(ref_to("event"), 0);
	case RP_TYPE_PATH:
		return list_of(ref_to("step"), 1);
	case RP_TYPE_MILESTONES:
		return milestones_schema();
	case RP_TYPE_UPDATES:
		return list_of(either(wrapped(text_like(instant)),
		    ref_to(rp_frames[key->sub].noun)), 0);
	case RP_TYPE_KEPT:
		return either(ref_to("reference"),
		    list_of(ref_to("reference"), 1));
	case RP_TYPE_WEEK:
		return week_schema();
	case RP_TYPE_HOLIDAYS:
		return either(of_type("string"),
		    list_of(text_like("^" DATE "$"), 0));
	case RP_TYPE_BATCH_ON:
		return batch_schema();
	case RP_TYPE_DURATION:
		return duration_schema();
	case RP_TYPE_OWNS:
		return owns_schema();
	case RP_TYPE_CLIENT:
		return client_schema();
	case RP_TYPE_BETWEEN:
		return between_schema();
	case RP_TYPE_RANK:
		return rank_schema(key);
	case RP_TYPE_NARRATIVE:
		return ref_to(rp_frames[key->sub].noun);
	case RP_TYPE_TEXTS:
		return either(ref_to("text"), list_of(ref_to("text"), 0));
	case RP_TYPE_VALIDATIONS:
		return list_of(words_of(rp_words_validated), 1);
	case RP_TYPE_RELATED:
		return list_of(either(ref_to("text"),
		    ref_to(rp_frames[key->sub].noun)), 0);
	case RP_TYPE_FIELDS:
		return either(words_of(all), list_of(words_of(rp_words_field),
		    0));
	default:
		return NULL;
	}
}

/* The schema of the value of one key; those of $defs are wrapped there. */
static json_t *
value_schema(const struct rp_key *key)
{
	if (key->words != NULL)
		return wrapped(words_of(key->words));
	if (key->type == RP_TYPE_MAP)
		return ref_to(rp_frames[key->sub].noun);
	if (key->type == RP_TYPE_LIST)
		return list_of(ref_to(rp_frames[key->sub].noun),
		    key->required ? 1 : 0);
	if (shapes[key->type].name != NULL)
		return ref_to(shapes[key->type].name);
	return wrapped(compound(key));
}

/* ---- distributions ------------------------------------------------------ */

/*
 * The parameters of a distribution are numbers of its own or of another unit,
 * or distributions; editors need not know more than that.
 */
static json_t *
law_schema(size_t i)
{
	json_t *params = json_object(), *forms = json_array();
	const char *name;
	unsigned k;

	for (k = 0; (name = rp_dist_param(i, k)) != NULL; k++)
		(void)json_object_set_new(params, name, ref_to("parameter"));
	(void)json_array_append_new(forms, list_of(ref_to("parameter"), 1));
	if (k > 0)
		(void)json_array_append_new(forms, json_pack("{s:s, s:o, s:b}",
		    "type", "object", "properties", params,
		    "additionalProperties", 0));
	else
		json_decref(params);
	if (k <= 1)
		(void)json_array_append_new(forms, ref_to("parameter"));
	if (k == 0)
		(void)json_array_append_new(forms, of_type("object"));
	params = tagged(rp_dist_word(i), json_pack("{s:o}", "anyOf", forms));
	add_around(json_object_get(params, "properties"), true);
	return params;
}

static void
add_distributions(json_t *defs)
{
	json_t *laws = json_array();
	size_t i;

	for (i = 0; rp_dist_word(i) != NULL; i++)
		(void)json_array_append_new(laws, law_schema(i));
	(void)json_object_set_new(defs, "distribution",
	    json_pack("{s:o}", "oneOf", laws));
	(void)json_object_set_new(defs, "parameter", json_pack(
	    "{s:[o, o, o, o]}", "anyOf", of_type("string"), of_type("number"),
	    ref_to("distribution"), json_pack("{s:s, s:[s]}", "type",
	    "object", "required", "value")));
}

/* ---- maps --------------------------------------------------------------- */

static void
add_keys(json_t *properties, json_t *required, enum rp_context context)
{
	const struct rp_key *keys;
	json_t *value;
	size_t n, i;

	keys = rp_keys(context, &n);
	for (i = 0; i < n; i++) {
		if (json_object_get(properties, keys[i].name) != NULL)
			continue;
		value = value_schema(&keys[i]);
		(void)json_object_set_new(value, "description",
		    json_string(keys[i].help));
		(void)json_object_set_new(properties, keys[i].name, value);
		if (keys[i].required)
			(void)json_array_append_new(required,
			    json_string(keys[i].name));
	}
}

/* An item of the record has what it needs, or takes another one back. */
static json_t *
map_schema(enum rp_context context)
{
	json_t *properties = json_object(), *required = json_array();

	add_keys(properties, required, context);
	if (rp_ids_of(context) != RP_NAMES_NONE)
		add_keys(properties, required, RP_CTX_MARK);
	if (rp_frames[context].record)
		add_keys(properties, required, RP_CTX_COMMON);
	if (rp_ids_of(context) != RP_NAMES_NONE)
		return json_pack("{s:s, s:o, s:[{s:o}, {s:[s, s]}], s:b}",
		    "type", "object", "properties", properties, "anyOf",
		    "required", required, "required", "replaces", "retracted",
		    "additionalProperties", 0);
	return json_pack("{s:s, s:o, s:o, s:b}", "type", "object",
	    "properties", properties, "required", required,
	    "additionalProperties", 0);
}

/* A map of a context of which only the name is needed. */
static json_t *
named(enum rp_context context)
{
	json_t *properties = json_object(), *all = json_array();

	add_keys(properties, all, context);
	if (rp_frames[context].record)
		add_keys(properties, all, RP_CTX_COMMON);
	json_decref(all);
	return json_pack("{s:s, s:o, s:[s], s:b}", "type", "object",
	    "properties", properties, "required", "name",
	    "additionalProperties", 0);
}

static json_t *
changed(const char *word, enum rp_change_way way)
{
	const struct rp_key *key = rp_key_find(RP_CTX_CASE, word);

	if (way == RP_CHANGE_DROPS)
		return of_type("string");
	if (way == RP_CHANGE_NAMED_ITEMS)
		return list_of(named(key->sub), 1);
	if (way == RP_CHANGE_TOTAL)
		return json_pack("{s:s, s:{s:o}, s:b}", "type", "object",
		    "properties", "total", value_schema(rp_key_find(
		    RP_CTX_INCIDENT, "total")), "additionalProperties", 0);
	return value_schema(key);
}

/* A file with `change` is held against this, any other against a case. */
static json_t *
change_schema(void)
{
	json_t *properties = json_object();
	enum rp_change_way way;
	const char *word;
	size_t i;

	for (i = 0; (word = rp_change_word(i, &way)) != NULL; i++)
		(void)json_object_set_new(properties, word,
		    changed(word, way));
	return json_pack("{s:s, s:o, s:[s, s], s:b}", "type", "object",
	    "properties", properties, "required", "change", "revplan",
	    "additionalProperties", 0);
}

static void
add_shapes(json_t *defs)
{
	json_t *value;
	size_t i;

	for (i = 0; i < RP_TYPES; i++) {
		if (shapes[i].name == NULL)
			continue;
		value = plain_text(&shapes[i]);
		if (shapes[i].uncertain)
			value = either(value, ref_to("distribution"));
		(void)json_object_set_new(defs, shapes[i].name,
		    wrapper(value, shapes[i].uncertain));
	}
}

static json_t *
whole_schema(void)
{
	json_t *defs = json_object();
	int context;

	add_shapes(defs);
	add_distributions(defs);
	(void)json_object_set_new(defs, "step",
	    tagged_contexts(rp_words_step));
	(void)json_object_set_new(defs, "event",
	    tagged_contexts(rp_words_event));
	for (context = RP_CTX_CASE; context < RP_CONTEXTS; context++)
		(void)json_object_set_new(defs, rp_frames[context].noun,
		    map_schema((enum rp_context)context));
	(void)json_object_set_new(defs, "change", change_schema());
	return json_pack("{s:s, s:s, s:{s:[s]}, s:o, s:o, s:o}", "$schema",
	    "https://json-schema.org/draft/2020-12/schema", "title",
	    "revplan case", "if", "required", "change", "then",
	    ref_to("change"), "else", ref_to("case"), "$defs", defs);
}

rp_status
rp_schema(char **out, struct rp_err *err)
{
	json_t *schema = whole_schema();
	char *text = NULL;

	if (schema != NULL)
		text = json_dumps(schema, JSON_INDENT(2) | JSON_SORT_KEYS);
	json_decref(schema);
	if (text == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the schema");
	*out = text;
	return RP_OK;
}
