#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/json.h"
#include "write/utf8.h"

/* 15 digits give back what was printed: 36.1 and not 36.100000000000001. */
#define FLAGS (JSON_INDENT(2) | JSON_REAL_PRECISION(15))

void
rp_json_begin(struct rp_json *j)
{
	j->root = json_object();
	j->failed = j->root == NULL;
}

static int
append_bytes(const char *bytes, size_t len, void *data)
{
	struct rp_text *out = data;

	rp_text_add(out, bytes, len);
	return out->failed ? -1 : 0;
}

static void
dump(struct rp_json *j, struct rp_text *out)
{
	if (j->failed ||
	    json_dump_callback(j->root, append_bytes, out, FLAGS) != 0)
		out->failed = true;
	json_decref(j->root);
	j->root = NULL;
}

void
rp_json_end(struct rp_json *j, struct rp_text *out)
{
	dump(j, out);
	rp_text_puts(out, "\n");
}

void
rp_json_end_with_array(struct rp_json *j, const char *key,
    struct rp_text *out)
{
	dump(j, out);
	if (out->failed)
		return;
	out->len -= strlen("\n}");
	rp_text_printf(out, ",\n  \"%s\": [", key);
}

void
rp_json_set(struct rp_json *j, json_t *object, const char *key,
    json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		j->failed = true;
}

void
rp_json_append(struct rp_json *j, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0)
		j->failed = true;
}

json_t *
rp_json_object_at(struct rp_json *j, json_t *object, const char *key)
{
	rp_json_set(j, object, key, json_object());
	return json_object_get(object, key);
}

json_t *
rp_json_array_at(struct rp_json *j, json_t *object, const char *key)
{
	rp_json_set(j, object, key, json_array());
	return json_object_get(object, key);
}

json_t *
rp_json_text(const char *s)
{
	struct rp_text valid_text = { 0 };
	json_t *value;
	uint32_t cp;
	size_t n;
	bool valid;

	if (s == NULL)
		return json_null();
	for (; *s != '\0'; s += n) {
		n = rp_utf8_next(s, &cp, &valid);
		rp_text_add(&valid_text, valid ? s : "\xEF\xBF\xBD",
		    valid ? n : 3);
	}
	value = valid_text.failed ? NULL : json_stringn(
	    valid_text.len > 0 ? valid_text.bytes : "", valid_text.len);
	rp_text_release(&valid_text);
	return value;
}

json_t *
rp_json_instant(struct rp_instant at)
{
	char text[RP_INSTANT_TEXT];

	return rp_json_text(rp_instant_format(at, text));
}

json_t *
rp_json_when(struct rp_when when)
{
	return rp_json_instant(rp_when_last(when));
}

json_t *
rp_json_real(double x, unsigned decimals)
{
	char text[64];

	if (!isfinite(x))
		return json_null();
	(void)snprintf(text, sizeof(text), "%.*f", (int)decimals, x);
	x = strtod(text, NULL);
	return json_real(x == 0 ? 0 : x);
}

json_t *
rp_json_count(uint64_t n)
{
	char text[32];

	if (n <= INT64_MAX)
		return json_integer((json_int_t)n);
	/* Only a seed can be that large; as a text it stays exact. */
	(void)snprintf(text, sizeof(text), "%" PRIu64, n);
	return json_string(text);
}

json_t *
rp_json_share(struct rp_share share)
{
	char text[RP_UNIT_TEXT];

	return json_real(strtod(rp_share_format(share, text), NULL));
}

/* A number as it is printed: whole when it is printed whole. */
static json_t *
number(const char *text)
{
	long long whole;
	double real;

	errno = 0;
	if (strpbrk(text, ".eE") == NULL) {
		whole = strtoll(text, NULL, 10);
		if (errno == 0)
			return json_integer((json_int_t)whole);
	}
	real = strtod(text, NULL);
	return isfinite(real) ? json_real(real) : json_null();
}

static json_t *
cell_value(const struct rp_table *t, size_t row, size_t column)
{
	const char *machine;
	enum rp_cell_kind kind = rp_table_cell(t, row, column, NULL, &machine);

	if (kind == RP_CELL_EMPTY)
		return json_null();
	return kind == RP_CELL_NUMBER ? number(machine) :
	    rp_json_text(machine);
}

void
rp_json_rows(struct rp_json *j, json_t *object, const char *key,
    const struct rp_table *t)
{
	json_t *rows = rp_json_array_at(j, object, key), *one;
	size_t row, i;

	for (row = 0; row < rp_table_rows(t); row++) {
		one = json_object();
		for (i = 0; i < rp_table_columns(t); i++)
			if (rp_table_column(t, i)->key != NULL)
				rp_json_set(j, one,
				    rp_table_column(t, i)->key,
				    cell_value(t, row, i));
		rp_json_append(j, rows, one);
	}
}

void
rp_json_notes(struct rp_json *j, const char *const *note, size_t n)
{
	json_t *notes = rp_json_array_at(j, j->root, "notes");
	size_t i;

	for (i = 0; i < n; i++)
		rp_json_append(j, notes, rp_json_text(note[i]));
}

void
rp_json_provenance(struct rp_json *j, const struct rp_provenance *p)
{
	json_t *o = rp_json_object_at(j, j->root, "provenance"), *input;

	rp_json_set(j, o, "version", rp_json_text(rp_version()));
	if (p->has_run) {
		rp_json_set(j, o, "seed", rp_json_count(p->seed));
		rp_json_set(j, o, "trials", rp_json_count(p->trials));
	}
	if (p->has_as_of) {
		rp_json_set(j, o, "as_of", rp_json_when(p->as_of));
		rp_json_set(j, o, "view", rp_json_text(rp_view_word(p->view)));
	}
	if (p->cs == NULL)
		return;
	input = json_object();
	rp_json_set(j, input, "file", rp_json_text(p->cs->file));
	rp_json_set(j, input, "sha256", rp_json_text(p->cs->digest));
	rp_json_append(j, rp_json_array_at(j, o, "inputs"), input);
}
