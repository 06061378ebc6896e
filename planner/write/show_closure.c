/* Whether a report is ready to be closed: a list to tick off. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

#define LINE_COLUMNS 80
#define STATE_COLUMNS 12

enum { ITEM, WHAT, STATE, COUNT, OF, DETAIL, CITATION, CSV_COLUMNS,
    /* Not of the CSV, whose columns are promised. */
    DUTY = CSV_COLUMNS, LINE, COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[ITEM] = { "item", NULL, false },
	[WHAT] = { NULL, "Item", false },
	[STATE] = { "state", "State", false },
	[COUNT] = { "count", "Count", true },
	[OF] = { "of", "Of", true },
	[DETAIL] = { "detail", "Detail", false },
	[CITATION] = { "citation", "Citation", false },
	[DUTY] = { "duty", NULL, false },
	[LINE] = { "line", NULL, true },
};

/* NULL where there is nothing to tell apart. */
static const char *
duty_of(const struct rp_closure_row *row, const struct rp_case *cs)
{
	if (row->duty < 0 || cs->duty[row->duty].implied)
		return NULL;
	return cs->duty[row->duty].name;
}

/* "duty 'issuing CAs': 4 shown as revoked ... (line 12)". */
static void
tell(struct rp_text *out, const struct rp_closure_row *row,
    const struct rp_case *cs, bool line)
{
	const char *duty = duty_of(row, cs);

	if (duty != NULL)
		rp_text_printf(out, "duty '%s': ", duty);
	rp_text_puts(out, row->detail);
	/* A detail that names several lines needs no other. */
	if (line && row->line > 0 && strstr(row->detail, "(line ") == NULL)
		rp_text_printf(out, " (line %" PRIu32 ")", row->line);
}

/* ---- a table ------------------------------------------------------------ */

static void
add_row(struct rp_table *t, const struct rp_closure_row *row,
    const struct rp_case *cs, bool all)
{
	struct rp_text detail = { 0 };

	rp_table_row(t);
	rp_table_text(t, ITEM, rp_closure_word(row->item));
	rp_table_text(t, WHAT, rp_closure_text(row->item));
	rp_table_text(t, STATE, rp_closure_state_word(row->state));
	if (row->has_count) {
		rp_table_count(t, COUNT, row->count);
		rp_table_count(t, OF, row->of);
	}
	tell(&detail, row, cs, !all);
	rp_table_text(t, DETAIL, detail.bytes != NULL ? detail.bytes : "");
	rp_table_text(t, CITATION, row->citation);
	if (all && duty_of(row, cs) != NULL)
		rp_table_text(t, DUTY, duty_of(row, cs));
	if (all && row->line > 0)
		rp_table_count(t, LINE, row->line);
	rp_text_release(&detail);
}

static rp_status
write_table(const struct rp_closure *c, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	bool all = how->format == RP_FORMAT_JSON;
	const struct rp_closure_row *row;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new(rp_closure_is_ready(c) ? "Ready to be closed" :
	    "Not ready to be closed", columns, all ? COLUMNS : CSV_COLUMNS,
	    &t, err);
	if (rc != RP_OK)
		return rc;
	row = rp_closure_rows(c, &n);
	for (i = 0; i < n; i++)
		add_row(t, &row[i], how->provenance.cs, all);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

/* ---- for people --------------------------------------------------------- */

static void
put_head(const struct rp_closure *c, struct rp_text *out)
{
	static const enum rp_closure_state order[] = { RP_CLOSURE_OPEN,
		RP_CLOSURE_UNDECIDED, RP_CLOSURE_DONE, RP_CLOSURE_NOT_NEEDED };
	const struct rp_closure_row *row;
	uint64_t count[4] = { 0 };
	size_t n, i;

	row = rp_closure_rows(c, &n);
	for (i = 0; i < n; i++)
		count[row[i].state]++;
	rp_text_puts(out, rp_closure_is_ready(c) ? "Ready to be closed: " :
	    "Not ready to be closed: ");
	for (i = 0; i < 4; i++)
		rp_text_printf(out, "%s%" PRIu64 " %s", i > 0 ? ", " : "",
		    count[order[i]], rp_closure_state_word(order[i]));
	rp_text_puts(out, "\n\n");
}

static void
put_indented(struct rp_text *out, const char *text)
{
	rp_text_printf(out, "%*s", STATE_COLUMNS, "");
	rp_text_wrap(out, text, STATE_COLUMNS, STATE_COLUMNS, LINE_COLUMNS);
}

static void
put_row(struct rp_text *out, const struct rp_closure_row *row,
    const struct rp_case *cs)
{
	struct rp_text what = { 0 }, detail = { 0 };

	rp_text_puts(&what, rp_closure_text(row->item));
	if (row->has_count)
		rp_text_printf(&what, ": %" PRIu64 " of %" PRIu64, row->count,
		    row->of);
	tell(&detail, row, cs, true);
	rp_text_printf(out, "%-*s", STATE_COLUMNS,
	    rp_closure_state_word(row->state));
	if (what.failed || detail.failed) {
		out->failed = true;
	} else {
		rp_text_wrap(out, what.bytes, STATE_COLUMNS, STATE_COLUMNS,
		    LINE_COLUMNS);
		put_indented(out, detail.bytes);
	}
	rp_text_release(&what);
	rp_text_release(&detail);
}

/* A citation stands below the rows that it is of. */
static void
write_text(const struct rp_closure *c, const struct rp_provenance *p,
    struct rp_text *out)
{
	const struct rp_closure_row *row;
	size_t n, i;

	put_head(c, out);
	row = rp_closure_rows(c, &n);
	for (i = 0; i < n; i++) {
		put_row(out, &row[i], p->cs);
		if (i + 1 == n ||
		    strcmp(row[i].citation, row[i + 1].citation) != 0)
			put_indented(out, row[i].citation);
	}
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
}

rp_status
rp_show_closure(const struct rp_closure *c, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	if (how->format != RP_FORMAT_TEXT)
		return write_table(c, how, out, err);
	write_text(c, &how->provenance, out);
	return out->failed ? rp_fail(err, RP_ENOMEM,
	    "no memory for the result") : RP_OK;
}
