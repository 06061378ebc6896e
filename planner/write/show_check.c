#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "write/findings.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

#define LINE_COLUMNS 80
#define LABEL_COLUMNS 13

enum {
	RULE, SEVERITY, VERDICT, CLOCK_START, DUE, MET_AT, OVERDUE, COUNT,
	CITATION, DETAIL, COLUMNS
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
};

static void
set_when(struct rp_table *t, size_t column, struct rp_when when)
{
	char human[RP_INSTANT_TEXT], machine[RP_INSTANT_TEXT];

	rp_table_set(t, column, RP_CELL_TEXT, rp_when_format(when, human),
	    rp_instant_format(rp_when_last(when), machine));
}

static void
add_row(struct rp_table *t, const struct rp_finding *f)
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
}

rp_status
rp_check_table(const struct rp_findings *f, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_finding *row;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new("Rules and deadlines", columns, COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	row = rp_findings_rows(f, &n);
	for (i = 0; i < n; i++)
		add_row(t, &row[i]);
	return rp_table_finish(t, out, err);
}

/* ---- for people --------------------------------------------------------- */

static void
put_item(struct rp_text *out, const char *label, const char *text)
{
	rp_text_item(out, label, LABEL_COLUMNS, text);
}

static void
put_when(struct rp_text *out, const char *label, struct rp_when when)
{
	char at[RP_INSTANT_TEXT];

	put_item(out, label, rp_when_format(when, at));
}

static void
put_finding(struct rp_text *out, const struct rp_finding *f,
    const struct rp_case *cs)
{
	char words[RP_WORDS];

	rp_text_printf(out, "\n  %s  ", f->id);
	rp_text_wrap(out, f->rule->title, strlen(f->id) + 4, 4, LINE_COLUMNS);
	put_item(out, "rule", f->citation);
	put_item(out, "severity", rp_severity_word(f->rule->severity));
	if (cs != NULL && f->duty >= 0 && (size_t)f->duty < cs->n_duties) {
		put_item(out, "duty", cs->duty[f->duty].name);
		put_item(out, "note", cs->duty[f->duty].note);
	}
	put_when(out, "clock", f->clock_start);
	if (f->has_due)
		put_when(out, "due", f->due);
	if (f->has_met)
		put_when(out, "met", f->met);
	if (f->has_overdue)
		put_item(out, "overdue", rp_finding_overdue(f, words));
	if (f->has_count) {
		(void)snprintf(words, sizeof(words), "%" PRIu64, f->count);
		put_item(out, "count", words);
	}
	put_item(out, "detail", f->detail);
}

static void
put_summary(struct rp_text *out, const struct rp_findings *f)
{
	struct rp_text line = { 0 };
	char words[RP_WORDS];
	int g;

	for (g = 0; g < RP_GROUPS; g++)
		rp_text_printf(&line, "%s%s", g > 0 ? ", " : "",
		    rp_group_number((enum rp_group)g, rp_group_count(f,
		    (enum rp_group)g), words));
	rp_text_wrap(out, line.bytes != NULL ? line.bytes : "", 0, 0,
	    LINE_COLUMNS);
	rp_text_release(&line);
}

static void
write_text(const struct rp_findings *findings,
    const struct rp_provenance *p, struct rp_text *out)
{
	const struct rp_finding *f;
	size_t n, i;
	int g;

	f = rp_findings_rows(findings, &n);
	put_summary(out, findings);
	for (g = 0; g < RP_GROUPS; g++) {
		if (rp_group_count(findings, (enum rp_group)g) == 0)
			continue;
		rp_text_printf(out, "\n%s\n",
		    rp_group_heading((enum rp_group)g));
		for (i = 0; i < n; i++)
			if (rp_finding_group(&f[i]) == (enum rp_group)g)
				put_finding(out, &f[i], p->cs);
	}
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
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
	rc = rp_check_table(f, &t, err);
	if (rc != RP_OK)
		return rc;
	note_duties(t, how->provenance.cs);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}
