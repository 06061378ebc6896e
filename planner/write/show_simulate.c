/* The trials as the command writes them. */
#include <stdio.h>

#include "write/bands.h"
#include "write/ledger.h"
#include "write/show.h"
#include "write/show_simulate.h"
#include "write/tables.h"
#include "write/writers.h"

static rp_status
inputs_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	return rp_ledger_table(rp_trials_case(tr), out, err);
}

/* What --table calls them, with what is said where there is nothing in one. */
static const struct {
	rp_sim_tabler *make;
	const char *empty;
} tables[RP_SIM_TABLES] = {
	[RP_TABLE_COMPLETION] = { rp_completion_table, "no population" },
	[RP_TABLE_SHARES] = { rp_shares_table, "no share was asked for" },
	[RP_TABLE_BY] = { rp_by_table, "no date was asked for, and the case "
	    "has neither a deadline nor cutoffs nor milestones by the "
	    "horizon; --by asks" },
	[RP_TABLE_MILESTONES] = { rp_milestone_table,
	    "the case has no plan" },
	[RP_TABLE_PROGRESS] = { rp_progress_table, "no curve was kept" },
	[RP_TABLE_SHEET] = { rp_sheet_table, "no deadline is known by the "
	    "horizon, and no candidate was given; --at gives them" },
	[RP_TABLE_TAIL] = { rp_tail_table, "no trial gets as far" },
	[RP_TABLE_RISKS] = { rp_risks_table, "the case has no risk among "
	    "its events" },
	[RP_TABLE_CLOSED_FORM] = { rp_closed_form_table, NULL },
	[RP_TABLE_NOTHING] = { rp_nothing_table, "no population says when "
	    "its certificates expire" },
	[RP_TABLE_INPUTS] = { inputs_table, "no value" },
};

/* ---- text --------------------------------------------------------------- */

static rp_status
put_table(struct rp_text *out, const struct rp_trials *tr,
    rp_sim_tabler *make, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = make(tr, &t, err);

	if (rc != RP_OK)
		return rc;
	rp_table_part_text(t, out);
	rp_table_free(t);
	return RP_OK;
}

/* Where there is one population it is all of them. */
static rp_status
all_done_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	return rp_trials_case(tr)->n_populations > 1 ?
	    rp_all_done_table(tr, out, err) :
	    rp_table_new(NULL, NULL, 0, out, err);
}

/*
 * In the order in which one wants to know: when it is done, what the deadline
 * will see, who holds it up, what may come in between, and how sure that is.
 */
static const struct {
	rp_sim_line *line;	/* or */
	rp_sim_tabler *table;
} page[] = {
	{ rp_sim_completion, NULL },
	{ NULL, rp_shares_table },
	{ NULL, rp_completion_table },
	{ NULL, rp_by_total_table },
	{ NULL, all_done_table },
	{ NULL, rp_milestone_table },
	{ rp_sim_deadline, NULL },
	{ NULL, rp_sheet_total_table },
	{ rp_sim_tail, NULL },
	{ NULL, rp_tail_table },
	{ rp_sim_bottleneck, NULL },
	{ rp_sim_risks, NULL },
	{ rp_sim_closed_form, NULL },
	{ rp_sim_nothing, NULL },
	{ rp_sim_design, NULL },
	{ NULL, rp_progress_table },
};

#define PAGE (sizeof(page) / sizeof(page[0]))

static rp_status
put_page(const struct rp_trials *tr, struct rp_text *out, struct rp_err *err)
{
	const struct rp_sim_sink sink = { .text = out };
	bool after_table = false;
	size_t i, before;
	rp_status rc = RP_OK;

	for (i = 0; i < PAGE && rc == RP_OK; i++) {
		before = out->len;
		if (page[i].line == NULL) {
			rc = put_table(out, tr, page[i].table, err);
			after_table |= out->len > before;
			continue;
		}
		if (after_table)
			rp_text_puts(out, "\n");
		before = out->len;
		page[i].line(&sink, tr);
		/* An empty line is owed only by what stands below it. */
		if (after_table && out->len == before && out->len > 0)
			out->bytes[--out->len] = '\0';
		else
			after_table = false;
	}
	return rc;
}

static rp_status
write_text(const struct rp_trials *tr, const struct rp_provenance *p,
    struct rp_text *out, struct rp_err *err)
{
	const char *const *note;
	size_t n, i;
	rp_status rc;

	rp_text_printf(out, "metric: %s\n", rp_metric_word(
	    rp_trials_metric(tr)));
	rc = put_page(tr, out, err);
	if (rc != RP_OK)
		return rc;
	note = rp_trials_notes(tr, &n);
	if (n > 0)
		rp_text_puts(out, "\n");
	for (i = 0; i < n; i++)
		rp_text_line(out, "note", note[i]);
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
	return RP_OK;
}

/* ---- to post, and a page ------------------------------------------------ */

static void
add_lines(struct rp_table *t, const struct rp_trials *tr)
{
	const struct rp_sim_sink sink = { .table = t };
	size_t i;

	for (i = 0; i < PAGE; i++)
		if (page[i].line != NULL)
			page[i].line(&sink, tr);
}

static void
add_notes(struct rp_table *t, const struct rp_trials *tr)
{
	const char *const *note;
	size_t n, i;

	note = rp_trials_notes(tr, &n);
	for (i = 0; i < n; i++)
		rp_table_note(t, "%s", note[i]);
}

/* Those that have rows, below each other; all that is no table follows. */
static rp_status
write_tables(const struct rp_trials *tr, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *made[PAGE] = { NULL };
	size_t i, n = 0;
	rp_status rc = RP_OK;

	for (i = 0; i < PAGE && rc == RP_OK; i++) {
		if (page[i].table == NULL)
			continue;
		rc = page[i].table(tr, &made[n], err);
		if (rc != RP_OK)
			break;
		if (rp_table_rows(made[n]) > 0 || i + 1 == PAGE)
			n++;
		else
			rp_table_free(made[n]);
	}
	if (rc == RP_OK) {
		add_lines(made[n - 1], tr);
		add_notes(made[n - 1], tr);
		rc = rp_show_tables((const struct rp_table *const *)made, n,
		    how, out, err);
	}
	while (n > 0)
		rp_table_free(made[--n]);
	return rc;
}

/* ------------------------------------------------------------------------- */

rp_status
rp_show_simulate_table(const struct rp_trials *tr, enum rp_sim_table which,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = tables[which].make(tr, &t, err);

	if (rc != RP_OK)
		return rc;
	if (rp_table_rows(t) == 0 && tables[which].empty != NULL)
		rp_table_note(t, "Nothing to show: %s.", tables[which].empty);
	add_notes(t, tr);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

rp_status
rp_show_simulate(const struct rp_trials *tr, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	rp_status rc;

	if (how->format == RP_FORMAT_TEXT)
		rc = write_text(tr, &how->provenance, out, err);
	else if (how->format == RP_FORMAT_JSON)
		rc = rp_simulate_json(tr, &how->provenance, out, err);
	else if (how->format == RP_FORMAT_CSV)
		rc = rp_bands_csv(tr, out, err);
	else
		rc = write_tables(tr, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	return rc;
}
