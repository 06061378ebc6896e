#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "revplan/changes.h"
#include "write/show_rules.h"
#include "write/tables.h"
#include "write/writers.h"

#define LINE_COLUMNS 80

enum {
	EARLIER, LATER, KIND, CHANGE, ID, TITLE, APPLIES_TO, BEFORE, AFTER,
	LIMIT_BEFORE, LIMIT_AFTER, DETAIL, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[EARLIER] = { "earlier", "Earlier", false },
	[LATER] = { "later", "Later", false },
	[KIND] = { "kind", "Kind", false },
	[CHANGE] = { "change", "Change", false },
	[ID] = { "id", "Rule or reason", false },
	[TITLE] = { "title", "Title", false },
	[APPLIES_TO] = { "applies_to", "Applies to", false },
	[BEFORE] = { "before", "Before", false },
	[AFTER] = { "after", "After", false },
	[LIMIT_BEFORE] = { "limit_before_s", "Limit before", true },
	[LIMIT_AFTER] = { "limit_after_s", "Limit after", true },
	[DETAIL] = { "detail", "Detail", false },
};

static const char *const rule_words[] = {
	[RP_CHANGE_BEGINS] = "begins",
	[RP_CHANGE_FOLLOWS] = "follows",
	[RP_CHANGE_ENDS] = "ends",
};

static const char *
reason_word(const struct rp_reason_change *r)
{
	if (r->was == RP_PLACE_NAMED && r->is == RP_PLACE_NAMED)
		return "changes";
	return r->is == RP_PLACE_NAMED ? "appears" : "disappears";
}

/* ---- words -------------------------------------------------------------- */

static const char *
limit_words(struct rp_span limit, char buf[RP_UNIT_TEXT])
{
	return rp_span_s(limit) > 0 ? rp_span_format(limit, buf) : "none";
}

static const char *
clock_words(const struct rp_rule *rule)
{
	const char *word = rp_clock_word(rule);

	return word[0] != '\0' ? word : "none";
}

/* "; limit 24 h instead of 5 d". */
static void
add_difference(struct rp_text *out, const char *what, const char *is,
    const char *was)
{
	rp_text_printf(out, "%s%s %s instead of %s", out->len > 0 ? "; " : "",
	    what, is, was);
}

/* The same of texts that may hold a semicolon themselves. */
static void
add_quoted(struct rp_text *out, const char *what, const char *is,
    const char *was)
{
	rp_text_printf(out, "%s%s '%s' instead of '%s'",
	    out->len > 0 ? "; " : "", what, is, was);
}

static void
add_differences(struct rp_text *out, const struct rp_rule_change *c)
{
	const struct rp_rule *a = c->before, *b = c->after;
	char is[RP_UNIT_TEXT], was[RP_UNIT_TEXT];

	if ((c->differs & RP_DIFFERS_LIMIT) != 0)
		add_difference(out, "limit", limit_words(c->limit_after, is),
		    limit_words(c->limit_before, was));
	if ((c->differs & RP_DIFFERS_SEVERITY) != 0)
		add_difference(out, "severity", rp_severity_word(b->severity),
		    rp_severity_word(a->severity));
	if ((c->differs & RP_DIFFERS_CLOCK) != 0)
		add_difference(out, "clock from", clock_words(b),
		    clock_words(a));
	if ((c->differs & RP_DIFFERS_KEYED) != 0)
		add_difference(out, "edition by", rp_keyed_word(b),
		    rp_keyed_word(a));
	if ((c->differs & RP_DIFFERS_DOCUMENT) != 0)
		add_quoted(out, "document", b->document, a->document);
	if ((c->differs & RP_DIFFERS_SECTION) != 0)
		add_quoted(out, "section", b->section, a->section);
}

static void
add_source(struct rp_text *out, const struct rp_rule *rule)
{
	char limit[RP_WORDS];

	rp_text_printf(out, "%s, %s; %s", rule->document, rule->section,
	    rp_severity_word(rule->severity));
	if (rp_words_limit(rule, limit)[0] != '\0')
		rp_text_printf(out, ", %s", limit);
}

/* What a row says beyond the names of the rules. */
static void
rule_detail(struct rp_text *out, const struct rp_rule_change *c)
{
	if (c->kind == RP_CHANGE_FOLLOWS)
		add_differences(out, c);
	else
		add_source(out, c->kind == RP_CHANGE_ENDS ? c->before :
		    c->after);
	if (c->part != NULL)
		rp_text_printf(out, "%sone of several demands of %s",
		    out->len > 0 ? "; " : "", c->part->id);
	if (c->beside != NULL)
		rp_text_printf(out, "%s%s, in force before and after, is "
		    "about the same", out->len > 0 ? "; " : "", c->beside->id);
	if (out->len == 0)
		rp_text_puts(out, "the same demand");
}

/* "4.9.1.1 item 12, 5 d, superseded (4)". */
static void
add_place(struct rp_text *out, enum rp_place_state state,
    const struct rp_reason_place *place)
{
	char span[RP_UNIT_TEXT], crl[RP_WORDS];

	if (state == RP_PLACE_NO_LIST) {
		rp_text_puts(out, "no list in the table");
		return;
	}
	if (state == RP_PLACE_NOT_NAMED) {
		rp_text_puts(out, "not in the list");
		return;
	}
	rp_text_printf(out, "%s, %s", rp_words_place(place),
	    rp_span_format(place->rule->limit, span));
	if (place->crl_reason != RP_CRL_NOT_SAID)
		rp_text_printf(out, ", CRL reason %s",
		    place->crl_reason == RP_CRL_ABSENT ? "left out" :
		    rp_words_crl_entry(place->crl_reason, crl));
}

static void
reason_detail(struct rp_text *out, const struct rp_reason_change *r)
{
	add_place(out, r->is, &r->after);
	rp_text_puts(out, "; before: ");
	add_place(out, r->was, &r->before);
}

/* ---- for machines, and as a table --------------------------------------- */

/* What every row of a step begins with. */
struct step {
	struct rp_instant earlier, later;
	struct rp_changes *changes;
};

static void
begin_row(struct rp_table *t, const struct step *s, const char *kind,
    const char *change)
{
	char day[RP_WORDS];

	rp_table_row(t);
	rp_table_text(t, EARLIER, rp_words_day(s->earlier, day));
	rp_table_text(t, LATER, rp_words_day(s->later, day));
	rp_table_text(t, KIND, kind);
	rp_table_text(t, CHANGE, change);
}

static void
set_limit(struct rp_table *t, size_t column, struct rp_span limit)
{
	char human[RP_UNIT_TEXT], machine[32];

	if (rp_span_s(limit) <= 0)
		return;
	(void)snprintf(machine, sizeof(machine), "%" PRId64,
	    rp_span_s(limit));
	rp_table_set(t, column, RP_CELL_NUMBER, rp_span_format(limit, human),
	    machine);
}

/* Takes the text. */
static void
set_detail(struct rp_table *t, struct rp_text *detail)
{
	rp_table_text(t, DETAIL, detail->bytes != NULL ? detail->bytes : "");
	rp_text_release(detail);
}

static void
add_rule_row(struct rp_table *t, const struct step *s,
    const struct rp_rule_change *c)
{
	const struct rp_rule *rule = c->after != NULL ? c->after : c->before;
	struct rp_text detail = { 0 };
	char words[RP_WORDS];

	begin_row(t, s, "rule", rule_words[c->kind]);
	rp_table_text(t, ID, rule->id);
	rp_table_text(t, TITLE, rule->title);
	rp_table_text(t, APPLIES_TO, rp_words_applies(rule, words));
	if (c->before != NULL)
		rp_table_text(t, BEFORE, c->before->id);
	if (c->after != NULL)
		rp_table_text(t, AFTER, c->after->id);
	set_limit(t, LIMIT_BEFORE, c->limit_before);
	set_limit(t, LIMIT_AFTER, c->limit_after);
	rule_detail(&detail, c);
	set_detail(t, &detail);
}

static void
set_place(struct rp_table *t, size_t column, size_t limit,
    enum rp_place_state state, const struct rp_reason_place *place)
{
	if (state != RP_PLACE_NAMED)
		return;
	rp_table_text(t, column, place->citation);
	set_limit(t, limit, place->rule->limit);
}

static void
add_reason_row(struct rp_table *t, const struct step *s,
    const struct rp_reason_change *r)
{
	struct rp_text detail = { 0 };

	begin_row(t, s, "reason", reason_word(r));
	rp_table_text(t, ID, rp_reason_key(r->reason));
	rp_table_text(t, TITLE, rp_reason_text(r->reason));
	rp_table_text(t, APPLIES_TO, rp_words_certificates_of(r->profile,
	    r->certificate));
	set_place(t, BEFORE, LIMIT_BEFORE, r->was, &r->before);
	set_place(t, AFTER, LIMIT_AFTER, r->is, &r->after);
	reason_detail(&detail, r);
	set_detail(t, &detail);
}

/*
 * The templates of incident reports at both moments; false: the same.  There
 * is always one after the first, so that only *was may be NULL.
 */
static bool
templates_of(const struct step *s, const struct rp_template **was,
    const struct rp_template **is)
{
	*was = rp_template_at(s->earlier);
	*is = rp_template_at(s->later);
	return *is != NULL && *was != *is;
}

static void
template_detail(struct rp_text *out, const struct rp_template *was,
    const struct rp_template *is)
{
	rp_text_puts(out, is->title);
	if (was != NULL)
		rp_text_printf(out, "; before: %s (%s)", was->name,
		    was->title);
}

static void
add_template_row(struct rp_table *t, const struct step *s)
{
	const struct rp_template *was, *is;
	struct rp_text detail = { 0 };

	if (!templates_of(s, &was, &is))
		return;
	begin_row(t, s, "template", was == NULL ? "begins" : "follows");
	rp_table_text(t, ID, is->name);
	rp_table_text(t, TITLE, "template of incident reports");
	if (was != NULL)
		rp_table_text(t, BEFORE, was->name);
	rp_table_text(t, AFTER, is->name);
	template_detail(&detail, was, is);
	set_detail(t, &detail);
}

static void
add_step(struct rp_table *t, const struct step *s)
{
	const struct rp_rule_change *rule;
	const struct rp_reason_change *reason;
	size_t n, i;

	rule = rp_changes_rules(s->changes, &n);
	for (i = 0; i < n; i++)
		add_rule_row(t, s, &rule[i]);
	reason = rp_changes_reasons(s->changes, &n);
	for (i = 0; i < n; i++)
		add_reason_row(t, s, &reason[i]);
	add_template_row(t, s);
}

/* ---- for people --------------------------------------------------------- */

static void
put_detail(struct rp_text *out, struct rp_text *detail)
{
	rp_text_puts(out, "    ");
	rp_text_wrap(out, detail->bytes != NULL ? detail->bytes : "", 4, 4,
	    LINE_COLUMNS);
	out->failed = out->failed || detail->failed;
	rp_text_release(detail);
}

static void
put_rule(struct rp_text *out, const struct rp_rule_change *c)
{
	const struct rp_rule *rule = c->after != NULL ? c->after : c->before;
	struct rp_text line = { 0 };

	rp_text_printf(&line, "%s%s%s: %s", rule->id,
	    c->kind == RP_CHANGE_FOLLOWS ? " after " : "",
	    c->kind == RP_CHANGE_FOLLOWS ? c->before->id : "", rule->title);
	rp_text_puts(out, "  ");
	rp_text_wrap(out, line.bytes != NULL ? line.bytes : "", 2, 4,
	    LINE_COLUMNS);
	rp_text_release(&line);
	rule_detail(&line, c);
	put_detail(out, &line);
}

static void
put_rules(struct rp_text *out, const struct step *s,
    enum rp_change_kind kind, const char *heading)
{
	const struct rp_rule_change *rule;
	size_t n, found = 0, i;

	rule = rp_changes_rules(s->changes, &n);
	for (i = 0; i < n; i++) {
		if (rule[i].kind != kind)
			continue;
		if (found++ == 0)
			rp_text_printf(out, "\n%s\n", heading);
		put_rule(out, &rule[i]);
	}
}

/* One line, and where it changes a second one: what it was. */
static void
put_reason(struct rp_text *out, const struct rp_reason_change *r)
{
	bool gone = r->is != RP_PLACE_NAMED;
	struct rp_text line = { 0 };

	rp_text_printf(&line, "%s %s: ", rp_reason_key(r->reason),
	    reason_word(r));
	if (gone)
		rp_text_puts(&line, "it was ");
	add_place(&line, gone ? r->was : r->is, gone ? &r->before :
	    &r->after);
	rp_text_puts(out, "  ");
	rp_text_wrap(out, line.bytes != NULL ? line.bytes : "", 2, 4,
	    LINE_COLUMNS);
	out->failed = out->failed || line.failed;
	rp_text_release(&line);
	if (gone || r->was != RP_PLACE_NAMED)
		return;
	rp_text_puts(&line, "before: ");
	add_place(&line, r->was, &r->before);
	put_detail(out, &line);
}

/* A heading for each list of reasons that changed. */
static void
put_reasons(struct rp_text *out, const struct step *s)
{
	const struct rp_reason_change *r;
	const char *whose, *last = "";
	size_t n, i;

	r = rp_changes_reasons(s->changes, &n);
	for (i = 0; i < n; i++) {
		whose = rp_words_certificates_of(r[i].profile,
		    r[i].certificate);
		if (strcmp(whose, last) != 0)
			rp_text_printf(out, "\nReasons to revoke %s%s\n",
			    whose, r[i].was == RP_PLACE_NO_LIST ? ": the "
			    "first list in the table" : "");
		last = whose;
		put_reason(out, &r[i]);
	}
}

static void
put_template(struct rp_text *out, const struct step *s)
{
	const struct rp_template *was, *is;
	struct rp_text line = { 0 };

	if (!templates_of(s, &was, &is))
		return;
	rp_text_printf(out, "\nTemplate of incident reports\n  %s\n",
	    is->name);
	template_detail(&line, was, is);
	put_detail(out, &line);
}

static void
put_step(struct rp_text *out, const struct step *s)
{
	const struct rp_template *was, *is;
	char earlier[RP_WORDS], later[RP_WORDS];
	size_t rules, reasons;

	(void)rp_changes_rules(s->changes, &rules);
	(void)rp_changes_reasons(s->changes, &reasons);
	rp_text_printf(out, "%sFrom %s to %s%s\n", out->len > 0 ? "\n" : "",
	    rp_words_day(s->earlier, earlier), rp_words_day(s->later, later),
	    rules + reasons == 0 && !templates_of(s, &was, &is) ?
	    ": nothing changed" : "");
	put_rules(out, s, RP_CHANGE_BEGINS, "Rules that begin");
	put_rules(out, s, RP_CHANGE_FOLLOWS, "Rules that follow another");
	put_rules(out, s, RP_CHANGE_ENDS, "Rules that end");
	put_reasons(out, s);
	put_template(out, s);
}

/* ---- all steps ---------------------------------------------------------- */

static rp_status
each_step(const struct rp_instant *at, size_t n, struct rp_table *t,
    struct rp_text *out, struct rp_err *err)
{
	struct step s;
	rp_status rc = RP_OK;
	size_t i;

	for (i = 0; rc == RP_OK && i + 1 < n; i++) {
		s = (struct step){ at[i], at[i + 1], NULL };
		rc = rp_changes(s.earlier, s.later, &s.changes, err);
		if (rc == RP_OK && t != NULL)
			add_step(t, &s);
		else if (rc == RP_OK)
			put_step(out, &s);
		rp_changes_free(s.changes);
	}
	return rc;
}

static rp_status
write_text(const struct rp_instant *at, size_t n, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	rp_status rc = each_step(at, n, NULL, out, err);

	if (rc != RP_OK)
		return rc;
	rp_text_puts(out, "\n");
	rp_provenance_line(&how->provenance, out);
	rp_text_puts(out, "\n");
	return out->failed ? rp_fail(err, RP_ENOMEM,
	    "no memory for the result") : RP_OK;
}

rp_status
rp_show_rule_changes(const struct rp_instant *at, size_t n,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc;

	if (how->format == RP_FORMAT_TEXT)
		return write_text(at, n, how, out, err);
	rc = rp_table_new("What the requirements changed", columns, COLUMNS,
	    &t, err);
	if (rc != RP_OK)
		return rc;
	rc = each_step(at, n, t, out, err);
	if (rc == RP_OK)
		rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}
