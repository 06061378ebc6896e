#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/findings.h"
#include "write/late.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

#define LINE_COLUMNS 80
#define LABEL_COLUMNS 13

enum {
	RULE, SEVERITY, VERDICT, CLOCK_START, DUE, MET_AT, OVERDUE, COUNT,
	CITATION, DETAIL, CSV_COLUMNS,
	/* What the contract of the CSV has no place for. */
	BY = CSV_COLUMNS, SUBSCRIBERS, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[RULE] = { "rule", "Rule", false },
	[SEVERITY] = { "severity", "Severity", false },
	[VERDICT] = { "verdict", "Verdict", false },
	[CLOCK_START] = { "clock_start", "Clock starts", false },
	[DUE] = { "due", "Due", false },
	[MET_AT] = { "met_at", "Met", false },
	[OVERDUE] = { "overdue", "Overdue", true },
	[COUNT] = { "count", "Count", true },
	[CITATION] = { "citation", "Citation", false },
	[DETAIL] = { "detail", "Detail", false },
	[BY] = { "by", NULL, false },
	[SUBSCRIBERS] = { "subscribers", NULL, true },
};

static void
set_when(struct rp_table *t, size_t column, struct rp_when when)
{
	char human[RP_INSTANT_TEXT], machine[RP_INSTANT_TEXT];

	rp_table_set(t, column, RP_CELL_TEXT, rp_when_format(when, human),
	    rp_instant_format(rp_when_last(when), machine));
}

static void
add_row(struct rp_table *t, const struct rp_finding *f, bool all)
{
	char human[RP_UNIT_TEXT], machine[32];

	rp_table_row(t);
	rp_table_text(t, RULE, f->id);
	rp_table_text(t, SEVERITY, rp_severity_word(f->rule->severity));
	rp_table_text(t, VERDICT, rp_verdict_word(f->verdict));
	set_when(t, CLOCK_START, f->clock_start);
	if (f->has_due)
		set_when(t, DUE, f->due);
	if (f->has_met)
		set_when(t, MET_AT, f->met);
	if (f->has_overdue) {
		(void)snprintf(machine, sizeof(machine), "%" PRId64,
		    f->overdue_s);
		rp_table_set(t, OVERDUE, RP_CELL_NUMBER,
		    rp_span_format(rp_span_of_s(f->overdue_s), human),
		    machine);
	}
	if (f->has_count)
		rp_table_count(t, COUNT, f->count);
	rp_table_text(t, CITATION, f->citation);
	rp_table_text(t, DETAIL, f->detail != NULL ? f->detail : "");
	if (all && f->by != NULL)
		rp_table_text(t, BY, f->by);
	if (all && f->has_subscribers)
		rp_table_count(t, SUBSCRIBERS, f->subscribers);
}

/* Readers get the rows by group, programs by rule. */
static rp_status
table_of(const struct rp_findings *f, enum rp_format format,
    struct rp_table **out, struct rp_err *err)
{
	bool machine = format == RP_FORMAT_CSV || format == RP_FORMAT_JSON;
	const struct rp_finding *row, **ordered;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new("Rules and deadlines", columns,
	    format == RP_FORMAT_JSON ? COLUMNS : CSV_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	ordered = rp_findings_by_group(f, &n);
	if (ordered == NULL) {
		rp_table_free(t);
		return rp_fail(err, RP_ENOMEM, "no memory for the result");
	}
	row = rp_findings_rows(f, &n);
	for (i = 0; i < n; i++)
		add_row(t, machine ? &row[i] : ordered[i],
		    format == RP_FORMAT_JSON);
	free(ordered);
	return rp_table_finish(t, out, err);
}

rp_status
rp_check_table(const struct rp_findings *f, struct rp_table **out,
    struct rp_err *err)
{
	return table_of(f, RP_FORMAT_CSV, out, err);
}

/* ---- for people --------------------------------------------------------- */

static void
put_item(struct rp_text *out, const char *label, const char *text)
{
	rp_text_item(out, label, LABEL_COLUMNS, text);
}

/* A moment, and what there is to say of it. */
static void
put_when(struct rp_text *out, const char *label, struct rp_when when,
    const char *more)
{
	char at[RP_INSTANT_TEXT], line[2 * RP_WORDS];

	(void)snprintf(line, sizeof(line), "%s%s%s", rp_when_format(when, at),
	    *more != '\0' ? ", " : "", more);
	put_item(out, label, line);
}

static void
put_title(struct rp_text *out, const struct rp_finding *f)
{
	struct rp_text title = { 0 };

	rp_text_printf(&title, "%s%s", f->rule->title, rp_finding_kind(f));
	rp_text_printf(out, "  %s  ", f->id);
	if (title.failed)
		out->failed = true;
	else
		rp_text_wrap(out, title.bytes, strlen(f->id) + 4, 4,
		    LINE_COLUMNS);
	rp_text_release(&title);
}

static void
put_duty(struct rp_text *out, const struct rp_finding *f,
    const struct rp_case *cs)
{
	if (cs == NULL || f->duty < 0 || (size_t)f->duty >= cs->n_duties)
		return;
	if (!cs->duty[f->duty].implied)
		put_item(out, "duty", cs->duty[f->duty].name);
	put_item(out, "note", cs->duty[f->duty].note);
}

static void
put_count(struct rp_text *out, const struct rp_finding *f)
{
	char words[RP_WORDS], whose[RP_WORDS];

	if (!f->has_count)
		return;
	(void)snprintf(words, sizeof(words), "%" PRIu64, f->count);
	if (f->has_subscribers)
		(void)snprintf(words, sizeof(words), "%" PRIu64 ", of %s",
		    f->count, rp_words_number(f->subscribers, "subscriber",
		    "subscribers", whose));
	put_item(out, "count", words);
}

static void
put_finding(struct rp_text *out, const struct rp_finding *f,
    const struct rp_provenance *p)
{
	char words[RP_WORDS];

	rp_text_puts(out, "\n");
	put_title(out, f);
	put_item(out, "rule", f->citation);
	put_item(out, "severity", rp_severity_word(f->rule->severity));
	put_duty(out, f, p->cs);
	put_when(out, "clock", f->clock_start, rp_finding_whose(f, words));
	if (f->has_due)
		put_when(out, "due", f->due, f->verdict == RP_VERDICT_DUE ?
		    rp_words_ahead(f->due, rp_when_last(p->as_of), words) :
		    "");
	if (f->has_met)
		put_when(out, "met", f->met, "");
	if (f->has_overdue)
		put_item(out, "overdue", rp_finding_overdue(f, words));
	put_count(out, f);
	put_item(out, "detail", f->detail);
}

static void
put_summary(struct rp_text *out, const struct rp_findings *f)
{
	struct rp_text line = { 0 };

	rp_groups_words(f, &line);
	rp_text_wrap(out, line.bytes != NULL ? line.bytes : "", 0, 0,
	    LINE_COLUMNS);
	rp_text_release(&line);
}

/* What a reader who has a minute must know: what comes next, and when. */
static void
put_next(struct rp_text *out, const struct rp_finding *f,
    const struct rp_provenance *p)
{
	struct rp_text line = { 0 };

	rp_next_due_words(f, p->cs, rp_when_last(p->as_of), &line);
	if (line.len > 0)
		rp_text_line(out, "next due", line.bytes);
	out->failed = out->failed || line.failed;
	rp_text_release(&line);
}

/* A line a rule: of these nothing but the rule itself is known. */
static void
put_short(struct rp_text *out, const struct rp_finding *const *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_title(out, f[i]);
	rp_text_puts(out, "\n");
	put_item(out, "note", "These hold at all times, and the case says "
	    "nothing of them; a dated fact decides each, as the rows of "
	    "--format csv tell.");
}

static void
put_group(struct rp_text *out, const struct rp_finding *const *f, size_t n,
    const struct rp_provenance *p)
{
	enum rp_group group = rp_finding_group(f[0]);

	rp_text_printf(out, "\n%s\n", rp_group_heading(group));
	if (group == RP_GROUP_STANDING) {
		rp_text_puts(out, "\n");
		put_short(out, f, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		put_finding(out, f[i], p);
}

static void
write_text(const struct rp_findings *findings,
    const struct rp_provenance *p, struct rp_text *out)
{
	const struct rp_finding **f;
	size_t n, i, end;

	f = rp_findings_by_group(findings, &n);
	if (f == NULL) {
		out->failed = true;
		return;
	}
	put_summary(out, findings);
	if (n > 0)
		put_next(out, f[0], p);
	if (p->cs != NULL)
		rp_late_lines(findings, p->cs, out);
	for (i = 0; i < n; i = end) {
		end = rp_group_end(f, i, n);
		put_group(out, &f[i], end - i, p);
	}
	free(f);
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
}

/* As any table, and how much of each duty is late. */
static rp_status
write_json(const struct rp_findings *f, const struct rp_table *t,
    const struct rp_provenance *p, struct rp_text *out, struct rp_err *err)
{
	struct rp_json j;

	rp_json_begin(&j);
	rp_table_json(&j, t);
	if (p->cs != NULL)
		rp_late_json(&j, f, p->cs);
	rp_json_provenance(&j, p);
	rp_json_end(&j, out);
	return out->failed ? rp_fail(err, RP_ENOMEM,
	    "no memory for the result") : RP_OK;
}

/* What a duty rests on belongs beside the verdicts on it. */
static void
note_duties(struct rp_table *t, const struct rp_case *cs)
{
	size_t i;

	for (i = 0; cs != NULL && i < cs->n_duties; i++)
		if (cs->duty[i].note != NULL)
			rp_table_note(t, "duty '%s': %s", cs->duty[i].name,
			    cs->duty[i].note);
}

rp_status
rp_show_check(const struct rp_findings *f, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc;

	if (how->format == RP_FORMAT_TEXT) {
		write_text(f, &how->provenance, out);
		return out->failed ? rp_fail(err, RP_ENOMEM,
		    "no memory for the result") : RP_OK;
	}
	rc = table_of(f, how->format, &t, err);
	if (rc != RP_OK)
		return rc;
	note_duties(t, how->provenance.cs);
	if (how->format == RP_FORMAT_JSON)
		rc = write_json(f, t, &how->provenance, out, err);
	else
		rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}
