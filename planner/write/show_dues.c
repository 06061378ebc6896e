/* What is still to be done: for people, for tables, and for a calendar. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/findings.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/writers.h"

#define LINE_COLUMNS 80
#define INDENT 4

enum {
	DUE, IN, STATE, WHAT, RULE, SEVERITY, DUTY, BY, COUNT, CITATION,
	DETAIL, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[DUE] = { "due", "Due", false },
	[IN] = { "in", "In", false },
	[STATE] = { "state", "State", false },
	[WHAT] = { "what", "What", false },
	[RULE] = { "rule", "Rule", false },
	[SEVERITY] = { "severity", "Severity", false },
	[DUTY] = { "duty", "Duty", false },
	[BY] = { "by", "Clock of", false },
	[COUNT] = { "count", "Count", true },
	[CITATION] = { "citation", "Citation", false },
	[DETAIL] = { "detail", NULL, false },
};

/* ---- words -------------------------------------------------------------- */

static struct rp_instant
now_of(const struct rp_provenance *p)
{
	return rp_when_last(p->as_of);
}

/* Seconds that are certain: negative once it is late. */
static int64_t
left_of(const struct rp_due *due, struct rp_instant now)
{
	if (due->state == RP_DUE_AHEAD)
		return rp_span_s(rp_instant_between(now, due->at.from));
	return rp_span_s(rp_instant_between(now, rp_when_last(due->at)));
}

/* "in 3 d 1 h", "3 h ago". */
static const char *
words_of(const struct rp_due *due, struct rp_instant now, char buf[RP_WORDS])
{
	char span[RP_UNIT_TEXT];

	if (!due->has_at)
		return "no date is known";
	if (due->state == RP_DUE_AHEAD)
		return rp_words_ahead(due->at, now, buf);
	(void)snprintf(buf, RP_WORDS, "%s%s ago",
	    rp_when_is_exact(due->at) ? "" : "at least ",
	    rp_span_format(rp_span_of_s(-left_of(due, now)), span));
	return buf;
}

static const char *
duty_of(const struct rp_due *due, const struct rp_case *cs)
{
	/* Where the case names no duties there is nothing to tell apart. */
	if (due->duty < 0 || cs->duty[due->duty].implied)
		return "";
	return cs->duty[due->duty].name;
}

/* ---- a table ------------------------------------------------------------ */

static void
set_time(struct rp_table *t, const struct rp_due *due, struct rp_instant now)
{
	char human[RP_WORDS], machine[RP_INSTANT_TEXT];
	char at[RP_INSTANT_TEXT];

	if (!due->has_at)
		return;
	rp_table_set(t, DUE, RP_CELL_TEXT, rp_when_format(due->at, at),
	    rp_instant_format(rp_when_last(due->at), machine));
	(void)snprintf(machine, sizeof(machine), "%" PRId64,
	    left_of(due, now));
	rp_table_set(t, IN, RP_CELL_NUMBER, words_of(due, now, human),
	    machine);
}

static void
add_row(struct rp_table *t, const struct rp_due *due,
    const struct rp_provenance *p)
{
	rp_table_row(t);
	set_time(t, due, now_of(p));
	rp_table_text(t, STATE, rp_due_state_word(due->state));
	rp_table_text(t, WHAT, due->what);
	rp_table_text(t, RULE, due->id);
	if (due->rule != NULL)
		rp_table_text(t, SEVERITY,
		    rp_severity_word(due->rule->severity));
	rp_table_text(t, DUTY, duty_of(due, p->cs));
	if (due->by != NULL)
		rp_table_text(t, BY, due->by);
	if (due->has_count)
		rp_table_count(t, COUNT, due->count);
	if (due->citation != NULL)
		rp_table_text(t, CITATION, due->citation);
	if (due->detail != NULL)
		rp_table_text(t, DETAIL, due->detail);
}

static rp_status
write_table(const struct rp_dues *d, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	const struct rp_due *row;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new("What is still to be done", columns, COLUMNS, &t,
	    err);
	if (rc != RP_OK)
		return rc;
	row = rp_dues_rows(d, &n);
	for (i = 0; i < n; i++)
		add_row(t, &row[i], &how->provenance);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

/* ---- for people --------------------------------------------------------- */

static void
put_line(struct rp_text *out, const char *text)
{
	rp_text_printf(out, "%*s", INDENT, "");
	rp_text_wrap(out, text, INDENT, INDENT, LINE_COLUMNS);
}

/* "MUST, 6 certificates, duty 'issuing CAs', by the clock of 'reporter'". */
static void
put_terms(struct rp_text *out, const struct rp_due *due,
    const struct rp_case *cs)
{
	struct rp_text line = { 0 };
	const char *duty = duty_of(due, cs);

	rp_text_puts(&line, due->id);
	if (due->rule != NULL)
		rp_text_printf(&line, ", %s",
		    rp_severity_word(due->rule->severity));
	if (*duty != '\0')
		rp_text_printf(&line, ", duty '%s'", duty);
	if (due->has_count && due->duty >= 0)
		rp_text_printf(&line, ", %" PRIu64 " certificate%s",
		    due->count, due->count == 1 ? "" : "s");
	if (due->by != NULL)
		rp_text_printf(&line, ", by the clock of '%s'", due->by);
	if (due->citation != NULL)
		rp_text_printf(&line, "; %s", due->citation);
	if (line.failed)
		out->failed = true;
	else
		put_line(out, line.bytes);
	rp_text_release(&line);
}

static void
put_what(struct rp_text *out, const struct rp_due *due)
{
	struct rp_text line = { 0 };

	rp_text_printf(&line, "%s%s", due->what,
	    rp_due_is_published(due) ? ", as published" : "");
	if (line.failed)
		out->failed = true;
	else
		put_line(out, line.bytes);
	rp_text_release(&line);
}

/* What a rule waits for, as often as it does. */
static int
by_rule(const void *a, const void *b)
{
	const struct rp_due *x = *(const struct rp_due *const *)a;
	const struct rp_due *y = *(const struct rp_due *const *)b;
	int c = strcmp(x->id, y->id);

	if (c == 0)
		c = (x->duty > y->duty) - (x->duty < y->duty);
	return c != 0 ? c : strcmp(x->by != NULL ? x->by : "",
	    y->by != NULL ? y->by : "");
}

/* Whether the same rule waits for something else as well; rule: by_rule. */
static bool
is_one_of_many(const struct rp_due *due, const struct rp_due **rule, size_t n)
{
	const struct rp_due **at = bsearch(&due, rule, n, sizeof(*rule),
	    by_rule);
	size_t i = (size_t)(at - rule);

	return (i > 0 && by_rule(&due, &rule[i - 1]) == 0) ||
	    (i + 1 < n && by_rule(&due, &rule[i + 1]) == 0);
}

/* The detail is told where the words of the rule do not say enough. */
static void
put_due(struct rp_text *out, const struct rp_due *due, bool detail,
    const struct rp_provenance *p)
{
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	rp_text_printf(out, "\n  %s", words_of(due, now_of(p), words));
	if (due->has_at)
		rp_text_printf(out, ", %s", rp_when_format(due->at, at));
	rp_text_puts(out, "\n");
	put_what(out, due);
	put_terms(out, due, p->cs);
	if (detail && due->detail != NULL)
		put_line(out, due->detail);
}

static const char *const headings[] = {
	[RP_DUE_OVERDUE] = "Overdue",
	[RP_DUE_UNRECORDED] = "Past its time, and not on record",
	[RP_DUE_AHEAD] = "Due",
};

static void
put_rows(const struct rp_due *row, const struct rp_due **rule, size_t n,
    const struct rp_provenance *p, struct rp_text *out)
{
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || row[i].state != row[i - 1].state)
			rp_text_printf(out, "\n%s\n", headings[row[i].state]);
		put_due(out, &row[i], row[i].rule == NULL ||
		    (row[i].duty < 0 && is_one_of_many(&row[i], rule, n)), p);
	}
}

static void
write_text(const struct rp_dues *d, const struct rp_provenance *p,
    struct rp_text *out)
{
	const struct rp_due *row, **rule;
	uint64_t count[3] = { 0 };
	size_t n, i;

	row = rp_dues_rows(d, &n);
	rule = calloc(n + 1, sizeof(*rule));
	if (rule == NULL) {
		out->failed = true;
		return;
	}
	for (i = 0; i < n; i++) {
		count[row[i].state]++;
		rule[i] = &row[i];
	}
	qsort(rule, n, sizeof(*rule), by_rule);
	rp_text_printf(out, "%" PRIu64 " overdue, %" PRIu64 " past and not "
	    "on record, %" PRIu64 " due\n", count[RP_DUE_OVERDUE],
	    count[RP_DUE_UNRECORDED], count[RP_DUE_AHEAD]);
	put_rows(row, rule, n, p, out);
	free(rule);
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
}

rp_status
rp_show_dues(const struct rp_dues *d, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	if (how->format != RP_FORMAT_TEXT)
		return write_table(d, how, out, err);
	write_text(d, &how->provenance, out);
	return out->failed ? rp_fail(err, RP_ENOMEM,
	    "no memory for the result") : RP_OK;
}
