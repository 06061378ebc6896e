#include <inttypes.h>
#include <stdio.h>

#include "write/findings.h"
#include "write/ledger.h"
#include "write/provenance.h"
#include "write/report_parts.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

/* ---- headline ----------------------------------------------------------- */

static void
put_card(struct rp_text *out, const char *class, const char *about,
    const char *verdict, const struct rp_text *more)
{
	rp_text_printf(out, "<div class=\"card %s\"><h3>", class);
	rp_text_html(out, about);
	rp_text_puts(out, "</h3><strong>");
	rp_text_html(out, verdict);
	rp_text_puts(out, "</strong><p>");
	rp_text_html(out, more->bytes != NULL ? more->bytes : "");
	rp_text_puts(out, "</p></div>\n");
}

static const struct rp_compare_row *
last_compared(const struct rp_comparison *c)
{
	const struct rp_compare_row *row, *last = NULL;
	size_t n, i;

	row = rp_comparison_rows(c, &n);
	for (i = 0; i < n; i++)
		if (row[i].has_difference)
			last = &row[i];
	return last;
}

/* Who is on a plan that was changed need not be on the first one. */
static void
add_first(struct rp_text *out, const struct rp_comparison *c,
    const struct rp_compare_row *r)
{
	char words[RP_WORDS], d[RP_UNIT_TEXT];

	if (rp_comparison_first(c) == NULL)
		return;
	(void)rp_words_lead(r->first_lead, rp_when_is_exact(r->as_of), words);
	if (r->has_first_difference)
		rp_text_printf(out, " Against the first plan: %s points%s%s.",
		    rp_share_format(r->first_difference, d),
		    *words != '\0' ? ", " : "", words);
	else if (*words != '\0')
		rp_text_printf(out, " Against the first plan: %s.", words);
}

/* Points take a period as a whole: what was reached in it may be late. */
static bool
is_late(const struct rp_compare_row *r)
{
	return r->status != RP_BEHIND && r->lead.has_most &&
	    rp_span_s(r->lead.most) < 0;
}

static void
add_progress(struct rp_text *out, const struct rp_compare_row *r)
{
	char words[RP_WORDS], a[RP_UNIT_TEXT], b[RP_UNIT_TEXT];
	char d[RP_UNIT_TEXT];

	rp_text_printf(out, "%s: %s%% planned, ",
	    rp_words_period(r->period, words), rp_share_format(r->planned, a));
	rp_text_printf(out, "%s%% reached, a difference of %s points",
	    rp_share_format(r->actual, b), rp_share_format(r->difference, d));
	(void)rp_words_lead(r->lead, rp_when_is_exact(r->as_of), words);
	if (*words != '\0')
		rp_text_printf(out, ", or %s", words);
	rp_text_puts(out, ".");
}

static void
card_progress(const struct rp_report_data *data, struct rp_text *out)
{
	static const struct {
		const char *class, *verdict;
	} says[] = {
		[RP_AHEAD] = { "good", "Ahead of the plan" },
		[RP_ON_PLAN] = { "good", "On plan" },
		[RP_BEHIND] = { "bad", "Behind the plan" },
		[RP_OPEN] = { "open", "Not yet comparable" },
	};
	const struct rp_compare_row *r = data->comparison == NULL ? NULL :
	    last_compared(data->comparison);
	struct rp_text more = { 0 };

	if (r == NULL) {
		rp_text_puts(&more, "There is no period with both a planned "
		    "and an actual value.");
		put_card(out, says[RP_OPEN].class, "Progress",
		    says[RP_OPEN].verdict, &more);
	} else {
		add_progress(&more, r);
		add_first(&more, data->comparison, r);
		if (is_late(r))
			put_card(out, "bad", "Progress",
			    "Reached, but late", &more);
		else
			put_card(out, says[r->status].class, "Progress",
			    says[r->status].verdict, &more);
	}
	rp_text_release(&more);
}

static void
card_rules(const struct rp_report_data *data, struct rp_text *out)
{
	uint64_t breached = rp_group_count(data->findings,
	    RP_GROUP_BREACHED);
	uint64_t undecided = rp_group_count(data->findings,
	    RP_GROUP_UNDECIDED);
	struct rp_text more = { 0 };

	rp_groups_words(data->findings, &more);
	rp_text_puts(&more, ".");
	put_card(out, breached > 0 ? "bad" : undecided > 0 ? "open" : "good",
	    "Rules", breached > 0 ? "In breach" : undecided > 0 ?
	    "No breach proved" : "No breach found", &more);
	rp_text_release(&more);
}

static void
card_completion(const struct rp_report_data *data, struct rp_text *out)
{
	const struct rp_completion *c =
	    rp_trials_completion_summary(data->trials, -1);
	const struct rp_forecast_completion *f = data->forecast == NULL ?
	    NULL : rp_forecast_completion(data->forecast);
	bool doubtful = data->forecast != NULL &&
	    !rp_forecast_explained(data->forecast);
	struct rp_instant end = data->cs->simulation.horizon;
	struct rp_text more = { 0 };
	char verdict[RP_WORDS], by[RP_WORDS];

	/* 10 50 80 90 % of forecast.h; 10 50 80 90 % of simulate.h. */
	(void)snprintf(verdict, sizeof(verdict), "%.60s", f != NULL ?
	    rp_words_by(f->has[2], f->q[2], end, by) :
	    rp_words_by(c->has[5], c->q[5], end, by));
	rp_text_printf(&more, "80 %% of the %s; 10 %% %s, ", f != NULL ?
	    "trials, weighted by the actuals" : "trials, without actuals",
	    f != NULL ? rp_words_by(f->has[0], f->q[0], end, by) :
	    rp_words_by(c->has[1], c->q[1], end, by));
	rp_text_printf(&more, "90 %% %s.", f != NULL ?
	    rp_words_by(f->has[3], f->q[3], end, by) :
	    rp_words_by(c->has[6], c->q[6], end, by));
	if (doubtful)
		rp_text_puts(&more, " But the model cannot explain the "
		    "actuals: see Forecast.");
	put_card(out, doubtful ? "open" : "plain", "Completion", verdict,
	    &more);
	rp_text_release(&more);
}

static void
card_deadline(const struct rp_report_data *data, struct rp_text *out)
{
	const struct rp_deadline_outcome *d = rp_trials_deadline(data->trials);
	struct rp_text more = { 0 };
	char verdict[RP_WORDS], words[RP_WORDS], at[RP_INSTANT_TEXT];

	if (d == NULL)
		return;
	(void)snprintf(verdict, sizeof(verdict), "%.60s",
	    rp_when_format(d->deadline.at, at));
	rp_text_printf(&more, "%s. Trials that make it: ",
	    d->deadline.citation);
	rp_text_printf(&more, "%s; ", rp_words_probability(d->probability,
	    rp_trials_count(data->trials), words));
	rp_text_printf(&more, "replaced by then, in the mean: %s.",
	    rp_words_mean_share(d->replaced, d->replaced_se, words));
	if (d->harmed > 0)
		rp_text_printf(&more, " Revoked by then while not replaced: "
		    "%s.", rp_words_estimate(d->harmed, d->harmed_se, words));
	put_card(out, "plain", "Deadline", verdict, &more);
	rp_text_release(&more);
}

rp_status
rp_report_headline(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	(void)err;
	rp_text_puts(out, "<section id=\"headline\" aria-label=\"Verdicts\">\n"
	    "<div class=\"cards\">\n");
	card_progress(data, out);
	card_rules(data, out);
	card_completion(data, out);
	card_deadline(data, out);
	rp_text_puts(out, "</div>\n");
	rp_report_paragraph(out, "Progress and compliance are two verdicts: "
	    "an incident can be ahead of its own plan and in breach of the "
	    "rules at once.");
	rp_text_puts(out, "</section>\n");
	return RP_OK;
}

/* ---- update table, forecast --------------------------------------------- */

rp_status
rp_report_update(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t = NULL;
	size_t versions;
	rp_status rc;

	rp_report_open(out, "update", "Update table");
	if (data->comparison == NULL) {
		rp_report_paragraph(out, "The case has no plan and no actual "
		    "by this date, so there is nothing to compare.");
		rp_text_puts(out, "</section>\n");
		return RP_OK;
	}
	/* Two plans have three columns more than half a page holds. */
	rp_text_printf(out, "<div class=\"charts%s\"><div>\n",
	    rp_comparison_first(data->comparison) != NULL ? " wide" : "");
	rc = rp_compare_table(data->comparison, &t, err);
	rc = rp_report_table(out, rc, t);
	(void)rp_comparison_versions(data->comparison, &versions);
	if (rc == RP_OK && versions > 1) {
		rc = rp_versions_table(data->comparison, &t, err);
		rc = rp_report_table(out, rc, t);
	}
	rp_text_puts(out, "</div><div>\n");
	if (rc == RP_OK)
		rc = rp_report_chart(data, RP_CHART_COMPARE, out, err);
	rp_text_puts(out, "</div></div>\n</section>\n");
	return rc;
}

static void
put_completion(const struct rp_report_data *data, struct rp_text *out)
{
	static const char *const level[] = { "10 %", "50 %", "80 %", "90 %" };
	const struct rp_forecast_completion *c =
	    rp_forecast_completion(data->forecast);
	struct rp_instant end = data->cs->simulation.horizon;
	char words[RP_WORDS], size[RP_WORDS];
	size_t i;

	rp_text_puts(out, "<dl>\n");
	for (i = 0; i < RP_FORECAST_QUANTILES; i++)
		rp_report_item(out, level[i], rp_words_quantile(c->has[i],
		    c->q[i], end, words));
	rp_report_item(out, "Not by the end", rp_words_odds(c->never,
	    c->never_se, rp_trials_count(data->trials), words));
	(void)snprintf(size, sizeof(size), "%.0f of %" PRIu64 " trials",
	    rp_forecast_effective_sample_size(data->forecast),
	    rp_trials_count(data->trials));
	rp_report_item(out, "Effective sample", size);
	rp_report_item(out, "Pace", rp_words_pace(
	    rp_forecast_pace(data->forecast), words));
	rp_report_item(out, "Model",
	    rp_forecast_explained(data->forecast) ?
	    "can explain the actuals" : "cannot explain the actuals");
	rp_text_puts(out, "</dl>\n");
}

static rp_status
put_forecast(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t = NULL;
	const char *const *note;
	size_t n;
	rp_status rc;

	rp_report_paragraph(out, "Share of the weighted trials that is "
	    "complete by a date:");
	put_completion(data, out);
	rc = rp_fit_table(data->forecast, &t, err);
	rc = rp_report_details(out, "How the actuals sit among the trials",
	    rc, t);
	note = rp_forecast_notes(data->forecast, &n);
	rp_report_notes(out, note, n);
	return rc;
}

rp_status
rp_report_forecast(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	rp_report_open(out, "forecast", "Forecast");
	rp_text_puts(out, "<div class=\"charts\"><div>\n");
	if (data->forecast != NULL)
		rc = put_forecast(data, out, err);
	else
		rp_report_paragraph(out, "No forecast was made; the chart "
		    "shows the trials as the case alone gives them.");
	rp_text_puts(out, "</div><div>\n");
	if (rc == RP_OK)
		rc = rp_report_chart(data, RP_CHART_CURVE, out, err);
	rp_text_puts(out, "</div></div>\n</section>\n");
	return rc;
}

/* ---- assumptions -------------------------------------------------------- */

rp_status
rp_report_ledger(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t = NULL;
	rp_status rc;

	rp_report_open(out, "ledger", "Assumptions");
	rp_report_paragraph(out, "What is assumed comes first. A figure of "
	    "this report is worth no more than the assumptions under it; "
	    "lines are those of the case file.");
	rc = rp_ledger_table(data->cs, &t, err);
	rp_text_puts(out, "<div class=\"ledger\">\n");
	rc = rp_report_table(out, rc, t);
	rp_text_puts(out, "</div>\n</section>\n");
	return rc;
}

/* ---- meaning and provenance --------------------------------------------- */

rp_status
rp_report_meaning(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	static const char *const points[] = {
		"A percentage of trials is a statement about the model of "
		"this case, not a promise: it holds if the assumptions above "
		"hold.",
		"A standard error (+-) tells how much the figure would move "
		"with other random numbers. It says nothing about the error "
		"of the model.",
		"No finite number of trials proves a certainty: what happened "
		"in all of them is printed as more than, what happened in "
		"none as less than, the share that one trial makes up.",
		"Replaced means that the new certificate is installed; "
		"reissued means that it was issued. Where a plan counts one "
		"and the actuals the other, their difference compares two "
		"things.",
		"A date without a time is known to the day. A verdict that "
		"depends on more is undecided, and an overdue span is the "
		"least that is certain.",
		"The forecast only reweights the trials that were made. Where "
		"the actuals lie outside of all of them it says so and should "
		"not be relied upon.",
	};
	size_t i;

	(void)data;
	(void)err;
	rp_report_open(out, "meaning",
	    "What the numbers mean and do not mean");
	rp_text_puts(out, "<ul>\n");
	for (i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		rp_text_puts(out, "<li>");
		rp_text_html(out, points[i]);
		rp_text_puts(out, "</li>\n");
	}
	rp_text_puts(out, "</ul>\n</section>\n");
	return RP_OK;
}

rp_status
rp_report_provenance(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	(void)err;
	rp_report_open(out, "provenance", "Provenance");
	rp_text_puts(out, "<dl>\n");
	rp_report_item(out, "Program", "revplan");
	rp_report_item(out, "Version", rp_version());
	(void)snprintf(words, sizeof(words), "%" PRIu64,
	    rp_trials_seed(data->trials));
	rp_report_item(out, "Seed", words);
	(void)snprintf(words, sizeof(words), "%" PRIu64,
	    rp_trials_count(data->trials));
	rp_report_item(out, "Trials", words);
	rp_report_item(out, "Metric",
	    rp_metric_word(rp_trials_metric(data->trials)));
	rp_report_item(out, "As of", rp_when_format(data->as_of, at));
	rp_report_item(out, "View", rp_view_word(data->view));
	rp_report_item(out, "Input", data->cs->file);
	rp_text_puts(out, "<dt>SHA-256</dt><dd class=\"digest\">");
	rp_text_html(out, data->cs->digest);
	rp_text_puts(out, "</dd>\n</dl>\n");
	rp_report_paragraph(out, "The same program, case, seed and date give "
	    "the same figures.");
	rp_text_puts(out, "</section>\n");
	return RP_OK;
}
