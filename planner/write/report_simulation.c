#include <inttypes.h>
#include <stdio.h>

#include "write/report_parts.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

static void
item_mean(struct rp_text *out, const char *term, double mean, double se)
{
	char words[RP_WORDS];

	rp_report_item(out, term, rp_words_estimate(mean, se, words));
}

static void
put_deadline(const struct rp_report_data *data, struct rp_text *out)
{
	const struct rp_deadline_outcome *d = rp_trials_deadline(data->trials);
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	rp_text_puts(out, "<h3>At the deadline</h3>\n");
	if (d == NULL) {
		rp_report_paragraph(out, "No deadline is known for this "
		    "case.");
		return;
	}
	rp_text_puts(out, "<dl>\n");
	rp_report_item(out, "Deadline", rp_when_format(d->deadline.at, at));
	rp_report_item(out, "Rule", d->deadline.citation);
	if (d->duty >= 0 && (size_t)d->duty < data->cs->n_duties)
		rp_report_item(out, "Duty", data->cs->duty[d->duty].name);
	rp_report_item(out, "All done by then", rp_words_odds(d->probability,
	    d->probability_se, rp_trials_count(data->trials), words));
	rp_report_item(out, "Replaced by then, in the mean",
	    rp_words_mean_share(d->replaced, d->replaced_se, words));
	item_mean(out, "Not replaced by then, what has run out included",
	    d->unreplaced, d->unreplaced_se);
	item_mean(out, "Revoked by then while not replaced", d->harmed,
	    d->harmed_se);
	item_mean(out, "Overdue certificate-days", d->overdue_days,
	    d->overdue_days_se);
	rp_text_puts(out, "</dl>\n");
}

static void
put_bottleneck(const struct rp_report_data *data, struct rp_text *out)
{
	const struct rp_bottleneck *b = rp_trials_bottleneck(data->trials);
	char words[RP_WORDS];

	rp_text_puts(out, "<h3>Which step finishes last</h3>\n");
	if (b == NULL || !b->found) {
		rp_report_paragraph(out, rp_trials_completion_summary(
		    data->trials, -1)->never < 1 ? "No step stands out." :
		    "No trial is complete, so no step finishes last. Who is "
		    "left, and where, is under Tail and risks.");
		return;
	}
	rp_text_puts(out, "<dl>\n");
	rp_report_item(out, "Population",
	    data->cs->population[b->population].name);
	rp_report_item(out, "Step", b->what);
	(void)snprintf(words, sizeof(words), "%" PRIu32, b->line);
	rp_report_item(out, "Line", words);
	rp_report_item(out, "Finishes last in", rp_words_probability(
	    b->last_share, rp_trials_count(data->trials), words));
	if (b->queue_days >= 0.5)
		item_mean(out, "Certificate-days spent there", b->queue_days,
		    0);
	if (b->has_gain) {
		(void)snprintf(words, sizeof(words), "%.1f d sooner (+- "
		    "%.1f), in the mean", b->gain_days, b->gain_se_days);
		rp_report_item(out, "Were it twice as fast", words);
	}
	rp_text_puts(out, "</dl>\n");
}

static rp_status
put_tables(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t = NULL;
	rp_status rc = rp_completion_table(data->trials, &t, err);

	rc = rp_report_table(out, rc, t);
	if (rc != RP_OK)
		return rc;
	t = NULL;
	rc = rp_milestone_table(data->trials, &t, err);
	return rp_report_table(out, rc, t);
}

rp_status
rp_report_simulation(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	const char *const *note;
	size_t n;
	rp_status rc;

	rp_report_open(out, "simulation", "Simulation");
	rp_report_paragraph(out, "The trials of the case as it stands, "
	    "without regard to the actuals.");
	rp_text_puts(out, "<div class=\"charts\"><div>\n");
	put_deadline(data, out);
	rp_text_puts(out, "</div><div>\n");
	put_bottleneck(data, out);
	rp_text_puts(out, "</div></div>\n");
	rc = rp_report_shares(data, out, err);
	if (rc == RP_OK)
		rc = put_tables(data, out, err);
	rp_text_puts(out, "<div class=\"charts\">\n");
	if (rc == RP_OK)
		rc = rp_report_chart(data, RP_CHART_COMPLETION, out, err);
	if (rc == RP_OK)
		rc = rp_report_chart(data, RP_CHART_POPULATIONS, out, err);
	rp_text_puts(out, "</div>\n");
	note = rp_trials_notes(data->trials, &n);
	rp_report_notes(out, note, n);
	rp_text_puts(out, "</section>\n");
	return rc;
}
