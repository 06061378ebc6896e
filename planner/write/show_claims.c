#include <stdio.h>

#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

#define LINE_COLUMNS 80
#define LABEL_COLUMNS 11
#define DAY 86400.0

enum {
	ID, KIND, SAID, SOURCE, WHAT, DUE, DONE, VERDICT, LATE, DETAIL, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[ID] = { "id", NULL, false },
	[KIND] = { "kind", "Kind", false },
	[SAID] = { "said", "Said", false },
	[SOURCE] = { "source", "Source", false },
	[WHAT] = { "what", "What", false },
	[DUE] = { "due", "Due", false },
	[DONE] = { "done", "Done", false },
	[VERDICT] = { "verdict", "Verdict", false },
	[LATE] = { "late_days", "Days late", true },
	[DETAIL] = { "detail", "Detail", false },
};

/*
 * The order in which they hurt: what was broken, what is in doubt, what is
 * still to come, what changed openly, what is well.
 */
static const struct {
	enum rp_said_verdict verdict;
	const char *heading;
	const char *one, *many;
} groups[] = {
	{ RP_SAID_CONTRADICTED, "Contradicted by the record", "contradicted",
	    "contradicted" },
	{ RP_SAID_SLIPPED, "Slipped: done, but late", "slipped", "slipped" },
	{ RP_SAID_OVERDUE, "Overdue: not done, and due", "overdue",
	    "overdue" },
	{ RP_SAID_SILENTLY_CHANGED, "Changed without a word",
	    "silently changed", "silently changed" },
	{ RP_SAID_UNDECIDED, "Undecided", "undecided", "undecided" },
	{ RP_SAID_OPEN, "Open: not yet due", "open", "open" },
	{ RP_SAID_CHANGED, "Changed openly, or to the better", "changed",
	    "changed" },
	{ RP_SAID_WITHDRAWN, "Taken back", "taken back", "taken back" },
	{ RP_SAID_KEPT, "Kept", "kept", "kept" },
	{ RP_SAID_AGREES, "In agreement with the record", "agrees",
	    "agree" },
};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))

/* What others asked for is nobody's promise and stands by itself, last. */
static bool
in_group(const struct rp_said_row *r, size_t g)
{
	if (r->kind == RP_SAID_REQUEST || g == GROUPS)
		return r->kind == RP_SAID_REQUEST && g == GROUPS;
	return r->verdict == groups[g].verdict;
}

/* ---- for machines, and as a table --------------------------------------- */

static void
add_row(struct rp_table *t, const struct rp_said_row *r)
{
	char late[32], at[RP_INSTANT_TEXT];

	rp_table_row(t);
	if (r->id != NULL)
		rp_table_text(t, ID, r->id);
	rp_table_text(t, KIND, rp_said_kind_word(r->kind));
	if (r->has_said)
		rp_table_text(t, SAID, rp_when_format(r->said, at));
	if (r->source != NULL)
		rp_table_text(t, SOURCE, r->source);
	rp_table_text(t, WHAT, r->what);
	if (r->has_due)
		rp_table_text(t, DUE, rp_when_format(r->due, at));
	if (r->has_done)
		rp_table_text(t, DONE, rp_when_format(r->done, at));
	rp_table_text(t, VERDICT, rp_said_verdict_word(r->verdict));
	if (r->has_late) {
		(void)snprintf(late, sizeof(late), "%.1f",
		    (double)r->late_least_s / DAY);
		rp_table_set(t, LATE, RP_CELL_NUMBER, late, NULL);
	}
	rp_table_text(t, DETAIL, r->detail != NULL ? r->detail : "");
}

rp_status
rp_claims_table(const struct rp_claims *l, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_said_row *row;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new("What was said, and what became of it", columns,
	    COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	row = rp_claims_rows(l, &n);
	for (i = 0; i < n; i++)
		add_row(t, &row[i]);
	return rp_table_finish(t, out, err);
}

/* ---- for people --------------------------------------------------------- */

static void
put_when(struct rp_text *out, const char *label, struct rp_when when)
{
	char at[RP_INSTANT_TEXT];

	rp_text_item(out, label, LABEL_COLUMNS, rp_when_format(when, at));
}

/* "promise 'third-ca', 2020-07-20, comment 2". */
static void
put_said(struct rp_text *out, const struct rp_said_row *r)
{
	struct rp_text line = { 0 };
	char at[RP_INSTANT_TEXT];

	rp_text_puts(&line, rp_said_kind_word(r->kind));
	if (r->id != NULL)
		rp_text_printf(&line, " '%s'", r->id);
	if (r->has_said)
		rp_text_printf(&line, ", %s", rp_when_format(r->said, at));
	if (r->source != NULL)
		rp_text_printf(&line, ", %s", r->source);
	rp_text_item(out, "said", LABEL_COLUMNS, line.bytes);
	out->failed = out->failed || line.failed;
	rp_text_release(&line);
}

static void
put_row(struct rp_text *out, const struct rp_said_row *r)
{
	rp_text_puts(out, "\n  ");
	rp_text_wrap(out, r->what, 2, 4, LINE_COLUMNS);
	put_said(out, r);
	if (r->has_due)
		put_when(out, "due", r->due);
	if (r->has_done)
		put_when(out, "done", r->done);
	rp_text_item(out, "detail", LABEL_COLUMNS, r->detail);
}

static size_t
count_of(const struct rp_claims *l, size_t g)
{
	const struct rp_said_row *row;
	size_t found = 0, n, i;

	row = rp_claims_rows(l, &n);
	for (i = 0; i < n; i++)
		found += in_group(&row[i], g);
	return found;
}

static void
put_group(struct rp_text *out, const struct rp_claims *l, size_t g)
{
	const struct rp_said_row *row;
	size_t n, i;

	if (count_of(l, g) == 0)
		return;
	rp_text_printf(out, "%s%s\n", out->len > 0 ? "\n" : "",
	    g < GROUPS ? groups[g].heading : "Asked for by others");
	row = rp_claims_rows(l, &n);
	for (i = 0; i < n; i++)
		if (in_group(&row[i], g))
			put_row(out, &row[i]);
}

/* "13 things said: 2 contradicted, 1 slipped, 10 kept". */
static void
put_counts(struct rp_text *out, const struct rp_claims *l)
{
	struct rp_text line = { 0 };
	const char *between = ": ";
	char words[RP_WORDS];
	size_t n, k, g;

	(void)rp_claims_rows(l, &n);
	rp_text_puts(&line, rp_words_number(n, "thing said", "things said",
	    words));
	for (g = 0; g <= GROUPS; g++) {
		k = count_of(l, g);
		if (k == 0)
			continue;
		rp_text_printf(&line, "%s%zu %s", between, k, g == GROUPS ?
		    "asked for by others" : k == 1 ? groups[g].one :
		    groups[g].many);
		between = ", ";
	}
	if (line.bytes != NULL)
		rp_text_wrap(out, line.bytes, 0, 0, LINE_COLUMNS);
	out->failed = out->failed || line.failed;
	rp_text_release(&line);
}

static void
write_text(const struct rp_claims *l, const struct rp_provenance *p,
    struct rp_text *out)
{
	size_t g;

	for (g = 0; g <= GROUPS; g++)
		put_group(out, l, g);
	if (out->len > 0)
		rp_text_puts(out, "\n");
	put_counts(out, l);
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
}

rp_status
rp_show_claims(const struct rp_claims *l, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc;

	if (how->format == RP_FORMAT_TEXT) {
		write_text(l, &how->provenance, out);
		return out->failed ? rp_fail(err, RP_ENOMEM,
		    "no memory for the result") : RP_OK;
	}
	rc = rp_claims_table(l, &t, err);
	if (rc != RP_OK)
		return rc;
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}
