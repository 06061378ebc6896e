#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define DAY INT64_C(86400)
#define POINTS 160

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The completions in order; *done of them happened. */
static int64_t *
sorted_completions(const struct rp_trials *tr, size_t *done)
{
	const int64_t *at = rp_trials_completion(tr, -1);
	size_t n = (size_t)rp_trials_count(tr), i;
	int64_t *sorted = calloc(n + 1, sizeof(*sorted));

	*done = 0;
	if (sorted == NULL)
		return NULL;
	for (i = 0; i < n; i++)
		if (at[i] != INT64_MAX)
			sorted[(*done)++] = at[i];
	qsort(sorted, *done, sizeof(*sorted), by_time);
	return sorted;
}

/* The middle 99 of 100, so that one straggler does not squeeze the rest. */
static void
choose_range(struct rp_plot *p, const int64_t *at, size_t done)
{
	const struct rp_forecast_completion *f;
	int64_t from = at[done / 200], until = at[done - 1 - done / 200];
	int64_t margin;
	size_t i;

	if (p->data->forecast != NULL) {
		f = rp_forecast_completion(p->data->forecast);
		for (i = 0; i < RP_FORECAST_QUANTILES; i++) {
			if (f->has[i] && rp_instant_s(f->q[i]) < from)
				from = rp_instant_s(f->q[i]);
			if (f->has[i] && rp_instant_s(f->q[i]) > until)
				until = rp_instant_s(f->q[i]);
		}
	}
	margin = (until - from) / 12;
	if (margin < 3 * DAY)
		margin = 3 * DAY;
	p->from = rp_instant_of_s(from - margin);
	p->until = rp_instant_of_s(until + margin);
}

/* One step wherever the share grows, at most POINTS of them and the last. */
static void
add_distribution(struct rp_plot *p, const int64_t *at, size_t done)
{
	double n = (double)rp_trials_count(p->data->trials);
	size_t stride = done / POINTS + 1, i;
	bool pale = p->data->forecast != NULL;

	rp_plot_data_begin(p, "$done");
	rp_text_printf(&p->script, "%lld 0\n", rp_plot_x(p->from));
	for (i = 0; i < done; i++)
		if (i % stride == stride - 1 || i + 1 == done)
			rp_text_printf(&p->script, "%" PRId64 " %.2f\n",
			    at[i], 100 * (double)(i + 1) / n);
	rp_text_printf(&p->script, "%lld %.2f\n", rp_plot_x(p->until),
	    100 * (double)done / n);
	rp_plot_data_end(p);
	rp_plot_add(p, "$done using 1:2", pale ? "with steps linewidth 1.5 "
	    "dashtype 1 linecolor rgb '#888888'" : "with steps linewidth 2 "
	    "dashtype 1 linecolor rgb '#0072b2'",
	    pale ? "plain trials" : "trials that are complete");
}

static void
put_mark(struct rp_plot *p, struct rp_instant at, double level)
{
	char date[RP_INSTANT_TEXT];

	rp_text_printf(&p->script, "%lld %.0f %s\n", rp_plot_x(at),
	    100 * level, rp_instant_format_date(at, date));
}

/* Quantiles as points with their dates: of the forecast where there is one. */
static void
add_marks(struct rp_plot *p)
{
	static const double wanted[] = { 0.1, 0.5, 0.8, 0.9 };
	const struct rp_completion *c =
	    rp_trials_completion_summary(p->data->trials, -1);
	const struct rp_forecast_completion *f = p->data->forecast == NULL ?
	    NULL : rp_forecast_completion(p->data->forecast);
	size_t i, k;

	rp_plot_data_begin(p, "$mark");
	for (i = 0; i < RP_FORECAST_QUANTILES; i++) {
		for (k = 0; k + 1 < RP_COMPLETION_QUANTILES &&
		    rp_completion_level[k] < wanted[i] - 1e-9; k++)
			continue;
		if (f != NULL && f->has[i])
			put_mark(p, f->q[i], wanted[i]);
		else if (f == NULL && c->has[k])
			put_mark(p, c->q[k], wanted[i]);
	}
	rp_plot_data_end(p);
	if (f != NULL)
		rp_plot_add(p, "$mark using 1:2", "with linespoints "
		    "linewidth 2 dashtype 1 pointtype 7 "
		    "linecolor rgb '#0072b2'",
		    "forecast: 10, 50, 80, 90 %");
	else
		rp_plot_add(p, "$mark using 1:2", "with points pointtype 7 "
		    "linecolor rgb '#d55e00'", "10, 50, 80, 90 %");
	/* The curve rises: below it to the right is free, and above to the
	 * left, where a date does not run over the edge of the picture. */
	rp_plot_add(p, "$mark every ::0::0 using 1:2:3", "with labels left "
	    "offset 0.8,-0.5 font ',11' noenhanced", NULL);
	rp_plot_add(p, "$mark every ::1 using 1:2:3", "with labels right "
	    "offset -0.8,0.4 font ',11' noenhanced", NULL);
}

static void
describe(struct rp_plot *p)
{
	const struct rp_completion *c =
	    rp_trials_completion_summary(p->data->trials, -1);
	const struct rp_forecast_completion *f;
	struct rp_instant end = p->data->cs->simulation.horizon;
	char a[RP_WORDS], b[RP_WORDS];

	rp_text_printf(&p->alternative, "Share of the trials that is complete "
	    "by a date. Plain trials: 10 percent %s, 90 percent %s. ",
	    rp_words_by(c->has[1], c->q[1], end, a),
	    rp_words_by(c->has[6], c->q[6], end, b));
	if (p->data->forecast != NULL) {
		f = rp_forecast_completion(p->data->forecast);
		rp_text_printf(&p->alternative, "Given the actuals: 10 "
		    "percent %s, 90 percent %s. ",
		    rp_words_by(f->has[0], f->q[0], end, a),
		    rp_words_by(f->has[3], f->q[3], end, b));
	}
	rp_text_puts(&p->alternative,
	    "The numbers are in the table with this chart.");
}

rp_status
rp_plot_completion(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_trials *tr = p->data->trials;
	int64_t *at;
	size_t done;
	rp_status rc = RP_OK;

	if (tr == NULL || p->data->cs == NULL)
		return rp_fail(err, RP_ESTATE, "this chart needs trials");
	at = sorted_completions(tr, &done);
	if (at == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a chart");
	if (done == 0) {
		rc = rp_fail(err, RP_ESTATE, "no trial is complete by the "
		    "horizon: there is no completion date to draw");
		goto out;
	}
	rp_text_printf(&p->title, "%s: when it is complete",
	    p->data->cs->id);
	choose_range(p, at, done);
	rp_plot_time_axis(p);
	rp_plot_percent_axis(p, "percent of the trials");
	add_distribution(p, at, done);
	add_marks(p);
	rp_plot_end(p);
	describe(p);
	rc = rp_completion_table(tr, &p->table, err);
out:
	free(at);
	return rc;
}
