#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "revplan/changes.h"
#include "write/show_rules.h"
#include "write/tables.h"
#include "write/writers.h"

#define LINE_COLUMNS 80
#define LABEL_COLUMNS 16

enum {
	RULE, TITLE, DOCUMENT, SECTION, FROM, UNTIL, KEYED_ON, APPLIES_TO,
	CLOCK_START, LIMIT, SEVERITY, STATUS, BEFORE, AFTER, NOTE, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[RULE] = { "rule", "Rule", false },
	[TITLE] = { "title", "Title", false },
	[DOCUMENT] = { "document", "Document", false },
	[SECTION] = { "section", "Section", false },
	[FROM] = { "from", "From", false },
	[UNTIL] = { "until", "Until before", false },
	[KEYED_ON] = { "keyed_on", "Edition by", false },
	[APPLIES_TO] = { "applies_to", "Applies to", false },
	[CLOCK_START] = { "clock_start", "Clock starts", false },
	[LIMIT] = { "limit_s", "Limit", true },
	[SEVERITY] = { "severity", "Severity", false },
	[STATUS] = { "status", "Status", false },
	[BEFORE] = { "before", "Before it", false },
	[AFTER] = { "after", "After it", false },
	[NOTE] = { "note", "Note", false },
};

static const char *
status_of(const struct rp_rule *rule, struct rp_instant at)
{
	char day[RP_INSTANT_TEXT];

	if (rule->draft)
		return "draft, not in force";
	if (rp_rule_in_force(rule, at))
		return "in force";
	(void)rp_instant_format_date(at, day);
	return strcmp(day, rule->from) < 0 ? "not yet in force" :
	    "no longer in force";
}

/* ---- which rules -------------------------------------------------------- */

/* Some rules of the table, sorted; zero-initialise, release. */
struct chosen {
	const struct rp_rule **rule;
	size_t n;
};

static int
by_id(const void *a, const void *b)
{
	const struct rp_rule *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

static int
by_date(const void *a, const void *b)
{
	const struct rp_rule *const *x = a, *const *y = b;
	int order = strcmp((*x)->from, (*y)->from);

	return order != 0 ? order : by_id(a, b);
}

static void
release(struct chosen *c)
{
	free((void *)c->rule);
	*c = (struct chosen){ .n = 0 };
}

static rp_status
make_room(struct chosen *c, struct rp_err *err)
{
	c->rule = calloc(rp_rule_count() + 1, sizeof(*c->rule));
	if (c->rule == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the rules");
	return RP_OK;
}

static rp_status
choose_in_force(struct chosen *c, struct rp_instant at, bool drafts,
    struct rp_err *err)
{
	const struct rp_rule *rule;
	rp_status rc = make_room(c, err);
	size_t i;

	if (rc != RP_OK)
		return rc;
	for (i = 0; (rule = rp_rule_at(i)) != NULL; i++)
		if (rp_rule_in_force(rule, at) || (drafts && rule->draft))
			c->rule[c->n++] = rule;
	qsort((void *)c->rule, c->n, sizeof(*c->rule), by_id);
	return RP_OK;
}

/*
 * The same duty in other editions, that began before (order < 0) or after
 * (order > 0) a rule.
 */
static rp_status
choose_others(struct chosen *c, const struct rp_rule *rule, int order,
    struct rp_err *err)
{
	const struct rp_rule *other;
	rp_status rc = make_room(c, err);
	size_t i;
	int was;

	if (rc != RP_OK)
		return rc;
	for (i = 0; (other = rp_rule_at(i)) != NULL; i++) {
		was = strcmp(other->from, rule->from);
		if (rp_rule_same_duty(rule, other) &&
		    (order < 0 ? was < 0 : was > 0))
			c->rule[c->n++] = other;
	}
	qsort((void *)c->rule, c->n, sizeof(*c->rule), by_date);
	return RP_OK;
}

/* ---- for machines, and as a table --------------------------------------- */

/* "BR-REV-T1-v161 BR-REV-T1-v173". */
static void
set_others(struct rp_table *t, size_t column, const struct rp_rule *rule,
    int order)
{
	struct chosen c = { .n = 0 };
	struct rp_text ids = { 0 };
	size_t i;

	/* Without memory the table itself will fail. */
	if (choose_others(&c, rule, order, NULL) == RP_OK)
		for (i = 0; i < c.n; i++)
			rp_text_printf(&ids, "%s%s", i > 0 ? " " : "",
			    c.rule[i]->id);
	if (ids.bytes != NULL)
		rp_table_text(t, column, ids.bytes);
	rp_text_release(&ids);
	release(&c);
}

static void
set_limit(struct rp_table *t, const struct rp_rule *rule)
{
	char human[RP_UNIT_TEXT], machine[32];
	int64_t s = rp_span_s(rule->limit);

	if (s <= 0)
		return;
	(void)snprintf(machine, sizeof(machine), "%" PRId64, s);
	rp_table_set(t, LIMIT, RP_CELL_NUMBER,
	    rp_span_format(rule->limit, human), machine);
}

static void
add_row(struct rp_table *t, const struct rp_rule *rule, struct rp_instant at)
{
	char words[RP_WORDS];

	rp_table_row(t);
	rp_table_text(t, RULE, rule->id);
	rp_table_text(t, TITLE, rule->title);
	rp_table_text(t, DOCUMENT, rule->document);
	rp_table_text(t, SECTION, rule->section);
	rp_table_text(t, FROM, rule->from);
	if (rule->until != NULL)
		rp_table_text(t, UNTIL, rule->until);
	rp_table_text(t, KEYED_ON, rp_keyed_word(rule));
	rp_table_text(t, APPLIES_TO, rp_words_applies(rule, words));
	rp_table_text(t, CLOCK_START, rp_clock_word(rule));
	set_limit(t, rule);
	rp_table_text(t, SEVERITY, rp_severity_word(rule->severity));
	rp_table_text(t, STATUS, status_of(rule, at));
	set_others(t, BEFORE, rule, -1);
	set_others(t, AFTER, rule, 1);
	if (rule->note != NULL)
		rp_table_text(t, NOTE, rule->note);
}

static rp_status
write_table(const char *title, const struct rp_rule *const *rule, size_t n,
    struct rp_instant at, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t;
	size_t i;
	rp_status rc = rp_table_new(title, columns, COLUMNS, &t, err);

	if (rc != RP_OK)
		return rc;
	for (i = 0; i < n; i++)
		add_row(t, rule[i], at);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

/* ---- for people --------------------------------------------------------- */

static void
put_item(struct rp_text *out, const char *label, const char *text)
{
	rp_text_item(out, label, LABEL_COLUMNS, text);
}

/* "2018-10-14, until before 2020-10-19: no longer in force". */
static const char *
span_words(const struct rp_rule *rule, struct rp_instant at,
    char buf[2 * RP_WORDS])
{
	const char *status = rp_rule_in_force(rule, at) ? "" :
	    status_of(rule, at);
	const char *from = rule->draft ? "proposed for " :
	    rule->until == NULL ? "since " : "";

	(void)snprintf(buf, 2 * RP_WORDS, "%s%s%s%s%s%s", from, rule->from,
	    rule->until != NULL ? ", until before " : "",
	    rule->until != NULL ? rule->until : "",
	    status[0] != '\0' ? ": " : "", status);
	return buf;
}

static void
put_rule(struct rp_text *out, const struct rp_rule *rule,
    struct rp_instant at)
{
	char words[2 * RP_WORDS], limit[RP_WORDS];

	rp_text_printf(out, "\n  %s  ", rule->id);
	rp_text_wrap(out, rule->title, strlen(rule->id) + 4, 4,
	    LINE_COLUMNS);
	(void)snprintf(words, sizeof(words), "%s, %s", rule->document,
	    rule->section);
	put_item(out, "source", words);
	put_item(out, "in force", span_words(rule, at, words));
	put_item(out, "edition by", rp_keyed_word(rule));
	put_item(out, "applies to", rp_words_applies(rule, limit));
	put_item(out, "severity", rp_severity_word(rule->severity));
	put_item(out, "limit", rp_words_limit(rule, limit));
	if (limit[0] == '\0')
		put_item(out, "clock", rp_clock_word(rule));
	put_item(out, "note", rule->note);
}

/* "BR-REV-T1-v173, 2020-10-19 to before 2023-07-15: ...", a line each. */
static rp_status
put_others(struct rp_text *out, const char *label,
    const struct rp_rule *rule, int order, struct rp_err *err)
{
	struct chosen c = { .n = 0 };
	struct rp_text line = { 0 };
	const struct rp_rule *r;
	size_t i;
	rp_status rc = choose_others(&c, rule, order, err);

	for (i = 0; rc == RP_OK && i < c.n; i++) {
		r = c.rule[i];
		rp_text_printf(&line, "%s, %s%s%s: %s", r->id, r->from,
		    r->until != NULL ? " until before " : "",
		    r->until != NULL ? r->until : " on", r->title);
		put_item(out, i == 0 ? label : "", line.bytes);
		out->failed = out->failed || line.failed;
		rp_text_release(&line);
	}
	release(&c);
	return rc;
}

static rp_status
end_text(const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	rp_text_puts(out, "\n");
	rp_provenance_line(&how->provenance, out);
	rp_text_puts(out, "\n");
	return out->failed ? rp_fail(err, RP_ENOMEM,
	    "no memory for the result") : RP_OK;
}

rp_status
rp_show_rules(struct rp_instant at, bool drafts, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct chosen c = { .n = 0 };
	char title[2 * RP_WORDS], day[RP_WORDS];
	size_t i;
	rp_status rc = choose_in_force(&c, at, drafts, err);

	if (rc != RP_OK)
		return rc;
	(void)snprintf(title, sizeof(title), "Rules in force on %s%s",
	    rp_words_day(at, day), drafts ? ", and drafts" : "");
	if (how->format != RP_FORMAT_TEXT) {
		rc = write_table(title, c.rule, c.n, at, how, out, err);
	} else {
		rp_text_printf(out, "%s: %zu\n", title, c.n);
		for (i = 0; i < c.n; i++)
			put_rule(out, c.rule[i], at);
		rc = end_text(how, out, err);
	}
	release(&c);
	return rc;
}

rp_status
rp_show_rule_details(const struct rp_rule *const *rule, size_t n,
    struct rp_instant at, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err)
{
	char title[2 * RP_WORDS], day[RP_WORDS];
	size_t i;
	rp_status rc = RP_OK;

	(void)snprintf(title, sizeof(title), "Rules, as they stand on %s",
	    rp_words_day(at, day));
	if (how->format != RP_FORMAT_TEXT)
		return write_table(title, rule, n, at, how, out, err);
	rp_text_printf(out, "%s\n", title);
	for (i = 0; rc == RP_OK && i < n; i++) {
		put_rule(out, rule[i], at);
		rc = put_others(out, "before", rule[i], -1, err);
		if (rc == RP_OK)
			rc = put_others(out, "after", rule[i], 1, err);
	}
	return rc == RP_OK ? end_text(how, out, err) : rc;
}
