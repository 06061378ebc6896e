/*
 * planner/read/values.c - texts, words, whole numbers and instants.
 */
#include "read/binder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 20000
#define NAME_MAX_BYTES 200

static const char *
bounded_text(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, size_t most)
{
	const char *text = rp_bind_scalar(b, node, key->name);

	if (text == NULL)
		return NULL;
	if (strlen(text) > most) {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' is %zu bytes long; at "
		    "most %zu are possible", key->name, strlen(text), most);
		return NULL;
	}
	return text;
}

void
rp_set_text(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = bounded_text(b, key, v->node, TEXT_MAX);

	if (text != NULL)
		*(const char **)at = rp_bind_text(b, text);
}

void
rp_set_remark(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = bounded_text(b, key, v->node, TEXT_MAX);

	(void)at;
	if (text != NULL && key->words != NULL)
		(void)rp_bind_word(b, key->words, key->name, text,
		    RP_AT_NODE(v->node));
}

/* A name stands in tables and file names: no control characters. */
void
rp_set_name(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = bounded_text(b, key, v->node, NAME_MAX_BYTES);
	const unsigned char *p;

	if (text == NULL)
		return;
	for (p = (const unsigned char *)text; *p != '\0'; p++) {
		if (*p < 0x20 || *p == 0x7f) {
			rp_fault(b->f, RP_AT_NODE(v->node), "'%s' has a "
			    "control character in it; take it out", key->name);
			return;
		}
	}
	*(const char **)at = rp_bind_text(b, text);
}

/* What a word of a key is, where the key itself does not say. */
static const char *
word_kind(const char *key)
{
	static const char *const kinds[][2] = {
		{ "what", "fact" }, { "after", "condition" },
		{ "to", "recipient" }, { "per", "unit" },
		{ "about", "subject" }, { "covers", "event" },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i][0], key) == 0)
			return kinds[i][1];
	}
	return key;
}

void
rp_set_word(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	int value;

	if (text == NULL)
		return;
	value = rp_bind_word(b, key->words, word_kind(key->name), text,
	    RP_AT_NODE(v->node));
	/* All enums of a case are as wide as an int. */
	if (value >= 0)
		memcpy(at, &value, sizeof(value));
}

void
rp_set_bool(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);

	if (text == NULL)
		return;
	if (strcmp(text, "true") == 0 || strcmp(text, "yes") == 0)
		*(bool *)at = true;
	else if (strcmp(text, "false") == 0 || strcmp(text, "no") == 0)
		*(bool *)at = false;
	else
		rp_fault(b->f, RP_AT_NODE(v->node), "'%.60s' is neither true "
		    "nor false; write '%s' as one of them", text, key->name);
}

/* ---- whole numbers ------------------------------------------------------ */

static bool
read_whole(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, uint64_t *out)
{
	struct rp_err err = { 0 };
	struct rp_count n;
	const char *text;

	if (node->kind == RP_NODE_MAP) {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' takes one whole "
		    "number, not a distribution or a map", key->name);
		return false;
	}
	text = rp_bind_scalar(b, node, key->name);
	if (text == NULL)
		return false;
	if (rp_count_parse(text, &n, &err) != RP_OK) {
		rp_fault(b->f, RP_AT_NODE(node), "%s", err.text);
		return false;
	}
	*out = rp_count_n(n);
	if ((double)*out >= key->low && (double)*out <= key->high)
		return true;
	rp_fault(b->f, RP_AT_NODE(node), "'%.60s' is out of range; '%s' takes "
	    "%.0f to %.0f", text, key->name, key->low, key->high);
	return false;
}

void
rp_set_count(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	uint64_t n;

	if (read_whole(b, key, v->node, &n))
		*(struct rp_count *)at = rp_count_of(n);
}

void
rp_set_number(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	(void)read_whole(b, key, v->node, at);
}

void
rp_set_version(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);

	(void)at;
	if (text != NULL && strcmp(text, "1") != 0)
		rp_fault(b->f, RP_AT_NODE(v->node), "format version '%.20s' is "
		    "not known to this program; it reads version 1", text);
}

/* ---- time --------------------------------------------------------------- */

void
rp_set_grid(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_err err = { 0 };
	struct rp_span span;

	if (text == NULL)
		return;
	if (rp_span_parse(text, &span, &err) != RP_OK)
		rp_fault(b->f, RP_AT_NODE(v->node), "%s", err.text);
	else if (rp_span_s(span) != 3600 && rp_span_s(span) != 86400)
		rp_fault(b->f, RP_AT_NODE(v->node), "'%.60s' is out of range; "
		    "'%s' takes 1 h or 1 d", text, key->name);
	else
		*(struct rp_span *)at = span;
}

void
rp_set_when(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_err err = { 0 };

	if (text != NULL && rp_when_parse(text, at, &err) != RP_OK)
		rp_fault(b->f, RP_AT_NODE(v->node), "%s", err.text);
}

/* One moment; a date stands for its beginning. */
void
rp_set_instant(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_err err = { 0 };
	struct rp_when w;

	if (text == NULL)
		return;
	if (rp_when_parse(text, &w, &err) != RP_OK)
		rp_fault(b->f, RP_AT_NODE(v->node), "%s", err.text);
	else if (strstr(text, "..") != NULL)
		rp_fault(b->f, RP_AT_NODE(v->node), "'%.60s' is an interval; "
		    "'%s' takes one instant or a date", text, key->name);
	else
		*(struct rp_instant *)at = w.from;
}

/* ---- shares or numbers, and spans as people say them -------------------- */

void
rp_set_amount(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_amount *amount = at;
	struct rp_err err = { 0 };
	rp_status status;

	if (text == NULL)
		return;
	amount->known = true;
	amount->origin = v->origin;
	amount->is_count = strspn(text, "0123456789") == strlen(text);
	if (amount->is_count)
		status = rp_count_parse(text, &amount->count, &err);
	else
		status = rp_share_parse(text, &amount->share,
		    &amount->decimals, &err);
	if (status != RP_OK)
		rp_fault(b->f, RP_AT_NODE(v->node), "%s", err.text);
}

/* A share without any doubt about it. */
void
rp_set_percent(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_err err = { 0 };

	if (text != NULL && rp_share_parse(text, at, NULL, &err) != RP_OK)
		rp_fault(b->f, RP_AT_NODE(v->node), "%s", err.text);
}

/* A time without any doubt about it. */
void
rp_set_seconds(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_measure m = { .family = RP_FAMILY_TIME,
	    .name = key->name, .low = key->low, .high = key->high,
	    .day_s = 86400, .week_s = 604800 };
	const char *text = rp_bind_scalar(b, v->node, key->name);

	if (text != NULL)
		(void)rp_measure_read(b, &m, v->node, text, at);
}

/*
 * "6 months" is how people speak of rates "per month": both are counted with
 * the mean length of a month, 365.25 / 12 days.
 */
#define MONTH_S 2629800

static bool
read_months(const char *text, struct rp_span *out)
{
	char *end;
	double months;

	if (*text < '0' || *text > '9')
		return false;
	months = strtod(text, &end);
	end += strspn(end, " ");
	if (strcmp(end, "months") != 0 && strcmp(end, "month") != 0)
		return false;
	if (!(months <= 1200))
		return false;
	*out = rp_span_of_s((int64_t)(months * MONTH_S + 0.5));
	return true;
}

static void
read_duration(struct rp_binder *b, const struct rp_node *node,
    struct rp_span *out)
{
	const char *text = rp_bind_scalar(b, node, "duration");
	struct rp_err err = { 0 };

	if (text == NULL || read_months(text, out))
		return;
	if (rp_span_parse(text, out, &err) != RP_OK)
		rp_fault(b->f, RP_AT_NODE(node), "'%.60s' is not a duration; "
		    "write it as '10 d' or '6 months'", text);
}

void
rp_set_duration(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_claim *claim = (struct rp_claim *)(void *)((char *)at -
	    offsetof(struct rp_claim, duration));
	const struct rp_node *node = v->node;
	int bound;

	if (node->kind == RP_NODE_MAP) {
		node = rp_bind_tagged(b, node, key->name,
		    "{at-least: 6 months}");
		if (node == NULL)
			return;
		bound = rp_bind_word(b, rp_words_bound, "bound", node->key,
		    node->key_line, node->key_col);
		if (bound >= 0)
			claim->duration_bound = (enum rp_bound)bound;
	}
	read_duration(b, node, &claim->duration);
}
