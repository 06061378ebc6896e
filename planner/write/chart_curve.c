#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define POINTS 160
#define CUTOFFS 3

/* An observation of the metric, or of another one where that is all there
 * is; false: it tells no share. */
static bool
actual_share(const struct rp_case *cs, const struct rp_actual *a,
    enum rp_metric wanted, double *share)
{
	const struct rp_amount *m = &a->metric[wanted];
	int i;

	for (i = 0; !m->known && i < RP_METRICS; i++)
		m = &a->metric[i];
	if (!m->known || a->population >= 0)
		return false;
	*share = m->is_count ? rp_share_real(rp_share_of_counts(m->count,
	    cs->total)) : rp_share_real(m->share);
	return true;
}

static const struct rp_plan *
plan_of(const struct rp_plot *p)
{
	const struct rp_case *cs = p->data->cs;

	if (p->data->comparison != NULL)
		return rp_comparison_plan(p->data->comparison);
	return cs->n_plans > 0 ? &cs->plan[cs->n_plans - 1] : NULL;
}

/* One that begins where the picture ends would be a name without a line. */
static const struct rp_forecast *
forecast_of(const struct rp_plot *p)
{
	return rp_instant_cmp(p->data->as_of.until, p->until) < 0 ?
	    p->data->forecast : NULL;
}

static struct rp_instant
later(struct rp_instant a, struct rp_instant b)
{
	return rp_instant_cmp(a, b) < 0 ? b : a;
}

/* As far as anything happens in the trials. */
static struct rp_instant
end_of(const struct rp_trials *tr)
{
	const struct rp_instant *grid;
	double q[RP_QUANTILES], last[RP_QUANTILES], mean;
	size_t n, k;

	grid = rp_trials_grid(tr, &n);
	(void)rp_metric_band(tr, n - 1, last, &mean);
	for (k = n - 1; k > 1; k--)
		if (rp_metric_band(tr, k - 1, q, &mean) &&
		    q[0] < last[0] - 5e-4)
			break;
	return grid[k];
}

static void
include_overlays(struct rp_plot *p)
{
	const struct rp_instant *grid;
	size_t i, n;

	for (i = 0; i < p->data->n_overlays; i++) {
		grid = rp_trials_grid(p->data->overlay[i], &n);
		if (rp_instant_cmp(grid[0], p->from) < 0)
			p->from = grid[0];
		p->until = later(p->until, end_of(p->data->overlay[i]));
	}
}

/* All that is drawn, and a little further. */
static void
choose_range(struct rp_plot *p)
{
	const struct rp_plan *plan = plan_of(p);
	const struct rp_case *cs = p->data->cs;
	const struct rp_instant *grid;
	size_t n;

	grid = rp_trials_grid(p->data->trials, &n);
	p->from = grid[0];
	p->until = end_of(p->data->trials);
	include_overlays(p);
	if (plan != NULL && plan->n_milestones > 0)
		p->until = later(p->until,
		    plan->milestone[plan->n_milestones - 1].by.until);
	if (cs->n_actuals > 0)
		p->until = later(p->until,
		    cs->actual[cs->n_actuals - 1].as_of.until);
	rp_plot_margin(p, later(grid[n - 1], p->until));
}

static void
put_bands(struct rp_plot *p)
{
	const struct rp_instant *grid;
	double q[RP_QUANTILES], mean;
	size_t n, k, last, stride;

	grid = rp_trials_grid(p->data->trials, &n);
	last = rp_grid_find(grid, n, p->until);
	stride = last / POINTS + 1;
	rp_plot_data_begin(p, "$band");
	for (k = 0; k <= last; k += stride) {
		if (!rp_metric_band(p->data->trials, k, q, &mean))
			break;
		rp_text_printf(&p->script,
		    "%lld %.2f %.2f %.2f %.2f %.2f\n", rp_plot_x(grid[k]),
		    100 * q[0], 100 * q[2], 100 * q[3], 100 * q[4],
		    100 * q[6]);
	}
	rp_plot_data_end(p);
}

static void
add_bands(struct rp_plot *p)
{
	bool pale = forecast_of(p) != NULL;

	if (pale && !rp_plot_has_areas(p))
		return;
	put_bands(p);
	if (!rp_plot_has_areas(p)) {
		rp_plot_add(p, "$band using 1:2", "with lines", "5 %");
		rp_plot_add(p, "$band using 1:4", "with lines", "median");
		rp_plot_add(p, "$band using 1:6", "with lines", "95 %");
		return;
	}
	rp_plot_add(p, "$band using 1:2:6", pale ? "with filledcurves "
	    "fillcolor rgb '#bbbbbb' fillstyle transparent solid 0.5 "
	    "noborder" : "with filledcurves fillcolor rgb '#56b4e9' "
	    "fillstyle transparent solid 0.3 noborder",
	    pale ? "plain trials, 5-95 %" : "5-95 % of trials");
	if (pale) {
		/* Where nothing is uncertain the band is this line. */
		rp_plot_add(p, "$band using 1:4", "with lines linewidth 1 "
		    "dashtype 1 linecolor rgb '#888888'", NULL);
		return;
	}
	rp_plot_add(p, "$band using 1:3:5", "with filledcurves "
	    "fillcolor rgb '#56b4e9' fillstyle transparent solid 0.6 "
	    "noborder", "25-75 %");
	rp_plot_add(p, "$band using 1:4", "with lines linewidth 2 "
	    "dashtype 1 linecolor rgb '#0072b2'", "median");
}

static void
add_forecast(struct rp_plot *p)
{
	const struct rp_forecast_point *f;
	size_t n, k, stride;

	if (forecast_of(p) == NULL)
		return;
	f = rp_forecast_curve(forecast_of(p), &n);
	stride = n / POINTS + 1;
	rp_plot_data_begin(p, "$forecast");
	for (k = 0; k < n; k += stride)
		if (rp_instant_cmp(f[k].at, p->until) <= 0)
			rp_text_printf(&p->script, "%lld %.2f %.2f %.2f\n",
			    rp_plot_x(f[k].at), 100 * f[k].p10,
			    100 * f[k].p50, 100 * f[k].p90);
	rp_plot_data_end(p);
	if (rp_plot_has_areas(p)) {
		rp_plot_add(p, "$forecast using 1:2:4", "with filledcurves "
		    "fillcolor rgb '#56b4e9' fillstyle transparent solid 0.5 "
		    "noborder", "forecast, 10-90 %");
	} else {
		rp_plot_add(p, "$forecast using 1:2", "with lines",
		    "forecast, 10 %");
		rp_plot_add(p, "$forecast using 1:4", "with lines",
		    "forecast, 90 %");
	}
	rp_plot_add(p, "$forecast using 1:3", "with lines linewidth 2 "
	    "dashtype 1 linecolor rgb '#0072b2'", "forecast, median");
}

/* What is promised holds until the next date, where it steps up. */
static void
add_plan(struct rp_plot *p)
{
	const struct rp_plan *plan = plan_of(p);
	char key[RP_WORDS];
	size_t i;

	if (plan == NULL || plan->n_milestones == 0)
		return;
	rp_plot_data_begin(p, "$plan");
	for (i = 0; i < plan->n_milestones; i++)
		rp_text_printf(&p->script, "%lld %.2f\n",
		    rp_plot_x(plan->milestone[i].by.until),
		    100 * rp_share_real(plan->milestone[i].share));
	rp_plot_data_end(p);
	(void)snprintf(key, sizeof(key), "plan (%s)",
	    rp_metric_word(plan->metric));
	rp_plot_add(p, "$plan using 1:2", "with steps linewidth 2 "
	    "dashtype 2 linecolor rgb '#d55e00'", key);
}

static size_t
add_actuals(struct rp_plot *p)
{
	const struct rp_case *cs = p->data->cs;
	const struct rp_actual *a;
	double share;
	size_t i, n = 0;

	for (i = 0; i < cs->n_actuals; i++) {
		a = &cs->actual[i];
		if (!rp_seen(a->as_of, a->has_published, a->published,
		    p->data->as_of, RP_VIEW_INTERNAL) || !actual_share(cs, a,
		    rp_trials_metric(p->data->trials), &share))
			continue;
		if (n++ == 0)
			rp_plot_data_begin(p, "$actual");
		rp_text_printf(&p->script, "%lld %.2f\n",
		    rp_plot_x(a->as_of.until), 100 * share);
	}
	if (n == 0)
		return 0;
	rp_plot_data_end(p);
	rp_plot_add(p, "$actual using 1:2", "with points pointtype 7 "
	    "pointsize 0.9 linecolor rgb '#000000'", "actual");
	return n;
}

static void
add_dates(struct rp_plot *p)
{
	static const char cutoff_style[] = "with lines linewidth 1.5 "
	    "dashtype 4 linecolor rgb '#cc79a7'";
	const struct rp_case *cs = p->data->cs;
	char key[RP_WORDS], name[24], date[RP_INSTANT_TEXT];
	size_t i, n = 0;

	rp_plot_deadline(p);
	for (i = 0; i < cs->n_events && n < CUTOFFS; i++) {
		if (cs->event[i].kind != RP_EVENT_CUTOFF)
			continue;
		(void)snprintf(name, sizeof(name), "$cutoff%zu", ++n);
		(void)snprintf(key, sizeof(key), "cutoff %s",
		    rp_instant_format_date(cs->event[i].on.from, date));
		rp_plot_upright(p, name, cs->event[i].on.from, cutoff_style,
		    key);
	}
	if (forecast_of(p) == NULL)
		return;
	(void)snprintf(key, sizeof(key), "as of %s", rp_instant_format_date(
	    rp_when_last(p->data->as_of), date));
	rp_plot_upright(p, "$now", p->data->as_of.until, "with lines "
	    "linewidth 1.5 dashtype 5 linecolor rgb '#444444'", key);
}

static void
describe(struct rp_plot *p, size_t actuals, bool nothing)
{
	const struct rp_completion *c =
	    rp_trials_completion_summary(p->data->trials, -1);
	const struct rp_forecast_completion *f;
	struct rp_instant end = p->data->cs->simulation.horizon;
	char a[RP_WORDS], b[RP_WORDS];

	rp_text_printf(&p->alternative, "Share of the base %s over time. ",
	    rp_metric_word(rp_trials_metric(p->data->trials)));
	rp_text_printf(&p->alternative, "Complete in half of the plain "
	    "trials: %s, in nine of ten: %s. ",
	    rp_words_by(c->has[3], c->q[3], end, a),
	    rp_words_by(c->has[6], c->q[6], end, b));
	if (forecast_of(p) != NULL) {
		f = rp_forecast_completion(forecast_of(p));
		rp_text_printf(&p->alternative, "Given the actuals, in half: "
		    "%s, in nine of ten: %s. ",
		    rp_words_by(f->has[1], f->q[1], end, a),
		    rp_words_by(f->has[3], f->q[3], end, b));
	}
	rp_plot_describe_overlays(p, nothing);
	rp_text_printf(&p->alternative, "%zu actual%s shown. The numbers are "
	    "in the table with this chart.", actuals,
	    actuals == 1 ? " is" : "s are");
}

/* The table of what is drawn; doing nothing has no place in a forecast's. */
static rp_status
make_table(struct rp_plot *p, bool nothing, struct rp_err *err)
{
	if (p->data->n_overlays > 0 ||
	    (nothing && forecast_of(p) == NULL))
		return rp_plot_overlay_table(p, err);
	return forecast_of(p) != NULL ?
	    rp_forecast_table(forecast_of(p), &p->table, err) :
	    rp_progress_table(p->data->trials, &p->table, err);
}

rp_status
rp_plot_curve(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_trials *tr = p->data->trials;
	size_t actuals;
	bool nothing;
	rp_status rc;

	if (tr == NULL || p->data->cs == NULL ||
	    rp_trials_bands(tr, -1, RP_STATE_REPLACED) == NULL)
		return rp_fail(err, RP_ESTATE,
		    "this chart needs trials with their curves");
	rp_text_printf(&p->title, "%s: share %s", p->data->cs->id,
	    rp_metric_word(rp_trials_metric(tr)));
	choose_range(p);
	rp_plot_time_axis(p);
	rp_plot_percent_axis(p, "percent of the base");
	nothing = rp_plot_nothing(p);
	add_bands(p);
	rc = rp_plot_overlays(p, err);
	if (rc != RP_OK)
		return rc;
	add_forecast(p);
	add_plan(p);
	add_dates(p);
	actuals = add_actuals(p);
	rp_plot_end(p);
	describe(p, actuals, nothing);
	return make_table(p, nothing, err);
}
