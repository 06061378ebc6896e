/*
 * The answers of the trials on the page: both ways of asking for progress, the
 * deadline sheet, who is left at the end, and what may come in between.
 */
#include <inttypes.h>
#include <stdio.h>

#include "write/report_parts.h"
#include "write/show_simulate.h"
#include "write/tables.h"
#include "write/writers.h"

static rp_status
put_table(const struct rp_report_data *data, rp_sim_tabler *make,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t = NULL;
	rp_status rc = make(data->trials, &t, err);

	return rp_report_table(out, rc, t);
}

static rp_status
fold_table(const struct rp_report_data *data, const char *summary,
    rp_sim_tabler *make, struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t = NULL;
	rp_status rc = make(data->trials, &t, err);

	return rp_report_details(out, summary, rc, t);
}

/* The sentences of the text, each in a paragraph. */
static void
put_lines(const struct rp_report_data *data, rp_sim_line *const *line,
    size_t n, struct rp_text *out)
{
	const struct rp_sim_sink sink = { .html = out };
	size_t i;

	for (i = 0; i < n; i++)
		line[i](&sink, data->trials);
}

rp_status
rp_report_shares(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	rp_status rc;

	rp_text_puts(out, "<h3>When, and how many by when</h3>\n");
	rc = put_table(data, rp_shares_table, out, err);
	if (rc == RP_OK)
		rc = put_table(data, rp_by_total_table, out, err);
	if (rc == RP_OK && data->cs->n_populations > 1)
		rc = fold_table(data, "P(all done), by population",
		    rp_all_done_table, out, err);
	return rc;
}

rp_status
rp_report_sheet(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	size_t n;
	rp_status rc = RP_OK;

	rp_report_open(out, "sheet", "Deadline sheet");
	rp_report_paragraph(out, "Whoever revokes early harms those who have "
	    "no new certificate yet; whoever revokes late leaves certificates "
	    "valid that the rules wanted gone. Both, by the instant of "
	    "revocation:");
	(void)rp_trials_sheet(data->trials, -1, &n);
	if (n == 0)
		rp_report_paragraph(out, "There is no deadline to hold "
		    "against, so there is no sheet.");
	rc = put_table(data, rp_sheet_total_table, out, err);
	rp_text_puts(out, "<div class=\"charts\">\n");
	if (rc == RP_OK && n > 0)
		rc = rp_report_chart(data, RP_CHART_SHEET, out, err);
	if (rc == RP_OK)
		rc = rp_report_chart(data, RP_CHART_REVOCATION, out, err);
	rp_text_puts(out, "</div>\n</section>\n");
	return rc;
}

rp_status
rp_report_tail(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	static rp_sim_line *const who[] = { rp_sim_tail };
	static rp_sim_line *const what[] = { rp_sim_risks,
		rp_sim_closed_form, rp_sim_nothing, rp_sim_design };
	rp_status rc;

	rp_report_open(out, "tail", "Tail and risks");
	put_lines(data, who, sizeof(who) / sizeof(who[0]), out);
	rc = put_table(data, rp_tail_table, out, err);
	put_lines(data, what, sizeof(what) / sizeof(what[0]), out);
	if (rc == RP_OK)
		rc = fold_table(data, "Risks: with and without",
		    rp_risks_table, out, err);
	if (rc == RP_OK)
		rc = fold_table(data, "Closed form beside the simulation",
		    rp_closed_form_table, out, err);
	if (rc == RP_OK)
		rc = fold_table(data, "Nothing done: ordinary renewal and "
		    "expiry alone", rp_nothing_table, out, err);
	rp_text_puts(out, "</section>\n");
	return rc;
}
