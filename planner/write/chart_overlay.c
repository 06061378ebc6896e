/*
 * Other cases on the axes of a curve, and what happens when nobody does
 * anything: lines that are held against the case, each with a dash of its own.
 */
#include <stdio.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define POINTS 160
#define NAME_COLUMNS 20		/* so that two names stand side by side */

static const char *const colour[RP_CHART_OVERLAYS] = { "#009e73", "#e69f00",
	"#cc79a7", "#000000" };
static const int dash[RP_CHART_OVERLAYS] = { 5, 4, 2, 1 };

static size_t
n_overlays(const struct rp_plot *p)
{
	return p->data->n_overlays < RP_CHART_OVERLAYS ?
	    p->data->n_overlays : RP_CHART_OVERLAYS;
}

/* ---- nothing done ------------------------------------------------------- */

bool
rp_plot_nothing(struct rp_plot *p)
{
	const struct rp_trials *tr = p->data->trials;
	const struct rp_band *b = rp_trials_nothing(tr,
	    rp_trials_metric(tr));
	double base = (double)rp_trials_base(tr, -1);
	const struct rp_instant *grid;
	size_t n, k, last, stride;

	if (b == NULL || !(base > 0))
		return false;
	grid = rp_trials_grid(tr, &n);
	last = rp_grid_find(grid, n, p->until);
	stride = last / POINTS + 1;
	rp_plot_data_begin(p, "$nothing");
	for (k = 0; k <= last; k += stride)
		rp_text_printf(&p->script, "%lld %.2f\n", rp_plot_x(grid[k]),
		    100 * b[k].mean / base);
	rp_plot_data_end(p);
	rp_plot_add(p, "$nothing using 1:2", "with lines linewidth 2 "
	    "dashtype 3 linecolor rgb '#666666'", "nothing done (mean)");
	return true;
}

/* ---- other cases -------------------------------------------------------- */

static void
put_overlay(struct rp_plot *p, size_t i, const char *name)
{
	const struct rp_trials *tr = p->data->overlay[i];
	const struct rp_instant *grid;
	double q[RP_QUANTILES], mean;
	size_t n, k, last, stride;

	grid = rp_trials_grid(tr, &n);
	last = rp_grid_find(grid, n, p->until);
	stride = last / POINTS + 1;
	rp_plot_data_begin(p, name);
	for (k = 0; k <= last && rp_metric_band(tr, k, q, &mean); k += stride)
		rp_text_printf(&p->script, "%lld %.2f %.2f %.2f\n",
		    rp_plot_x(grid[k]), 100 * q[1], 100 * q[3], 100 * q[5]);
	rp_plot_data_end(p);
}

static void
add_overlay(struct rp_plot *p, size_t i)
{
	char name[32], what[64], style[160];

	(void)snprintf(name, sizeof(name), "$overlay%zu", i + 1);
	put_overlay(p, i, name);
	if (rp_plot_has_areas(p)) {
		(void)snprintf(what, sizeof(what), "%s using 1:2:4", name);
		(void)snprintf(style, sizeof(style), "with filledcurves "
		    "fillcolor rgb '%s' fillstyle transparent solid 0.15 "
		    "noborder", colour[i]);
		rp_plot_add(p, what, style, NULL);
	}
	(void)snprintf(what, sizeof(what), "%s using 1:3", name);
	(void)snprintf(style, sizeof(style), "with lines linewidth 2 "
	    "dashtype %d linecolor rgb '%s'", dash[i], colour[i]);
	rp_plot_add_cut(p, what, style, p->data->overlay_name[i],
	    NAME_COLUMNS);
}

rp_status
rp_plot_overlays(struct rp_plot *p, struct rp_err *err)
{
	size_t i;

	if (p->data->n_overlays > RP_CHART_OVERLAYS)
		return rp_fail(err, RP_ESTATE, "a chart holds at most %d "
		    "other cases, and there are %zu", RP_CHART_OVERLAYS,
		    p->data->n_overlays);
	for (i = 0; i < n_overlays(p); i++) {
		if (rp_trials_bands(p->data->overlay[i], -1,
		    RP_STATE_REPLACED) == NULL)
			return rp_fail(err, RP_ESTATE,
			    "this chart needs trials with their curves");
		add_overlay(p, i);
	}
	return RP_OK;
}

/* ---- the table ---------------------------------------------------------- */

enum { BY, P05, P50, P95, FIRST };

static rp_status
new_table(const struct rp_plot *p, bool nothing, struct rp_table **out,
    struct rp_err *err)
{
	struct rp_column column[FIRST + RP_CHART_OVERLAYS + 1] = {
		[BY] = { "by", "By the end of", false },
		[P05] = { "p05", "5 %", true },
		[P50] = { "p50", "50 %", true },
		[P95] = { "p95", "95 %", true } };
	char key[RP_CHART_OVERLAYS][24], title[RP_WORDS];
	size_t i, n = FIRST;

	for (i = 0; i < n_overlays(p); i++) {
		(void)snprintf(key[i], sizeof(key[i]), "overlay%zu_p50",
		    i + 1);
		column[n++] = (struct rp_column){ key[i],
		    p->data->overlay_name[i], true };
	}
	if (nothing)
		column[n++] = (struct rp_column){ "nothing_mean",
		    "Nothing done (mean)", true };
	(void)snprintf(title, sizeof(title), "Share of the base %s: quantiles "
	    "of the trials; of other cases the median",
	    rp_metric_word(rp_trials_metric(p->data->trials)));
	return rp_table_new(title, column, n, out, err);
}

/* Beyond its own horizon nothing is known of a case. */
static bool
band_at(const struct rp_trials *tr, struct rp_instant at,
    double q[RP_QUANTILES])
{
	const struct rp_instant *grid;
	double mean;
	size_t n;

	grid = rp_trials_grid(tr, &n);
	return rp_instant_cmp(at, grid[n - 1]) <= 0 &&
	    rp_metric_band(tr, rp_grid_find(grid, n, at), q, &mean);
}

static void
add_row(struct rp_table *t, const struct rp_plot *p, struct rp_instant at)
{
	double q[RP_QUANTILES];
	size_t i;

	rp_table_row(t);
	rp_table_end(t, BY, at);
	if (band_at(p->data->trials, at, q)) {
		rp_table_share(t, P05, q[0]);
		rp_table_share(t, P50, q[3]);
		rp_table_share(t, P95, q[6]);
	}
	for (i = 0; i < n_overlays(p); i++)
		if (band_at(p->data->overlay[i], at, q))
			rp_table_share(t, FIRST + i, q[3]);
}

rp_status
rp_plot_overlay_table(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_trials *tr = p->data->trials;
	const struct rp_band *nothing = rp_trials_nothing(tr,
	    rp_trials_metric(tr));
	double base = (double)rp_trials_base(tr, -1);
	struct rp_instant tick[RP_TICKS];
	const struct rp_instant *grid;
	struct rp_table *t;
	size_t n, n_grid, i, k;
	rp_status rc = new_table(p, nothing != NULL, &t, err);

	if (rc != RP_OK)
		return rc;
	grid = rp_trials_grid(tr, &n_grid);
	n = rp_plot_rows(p, tick);
	for (i = 0; i < n; i++) {
		add_row(t, p, tick[i]);
		k = rp_grid_find(grid, n_grid, tick[i]);
		if (nothing != NULL && base > 0)
			rp_table_mean_share(t, FIRST + n_overlays(p),
			    nothing[k].mean / base);
	}
	return rp_table_finish(t, &p->table, err);
}

/* ---- in words ----------------------------------------------------------- */

void
rp_plot_describe_overlays(struct rp_plot *p, bool nothing)
{
	const struct rp_completion *c;
	char words[RP_WORDS];
	size_t i;

	if (nothing)
		rp_text_puts(&p->alternative, "A dotted grey line is what "
		    "ordinary renewal and expiry alone would do. ");
	for (i = 0; i < n_overlays(p); i++) {
		c = rp_trials_completion_summary(p->data->overlay[i], -1);
		rp_text_printf(&p->alternative, "Beside it, '%s': half of its "
		    "trials are complete %s. ", p->data->overlay_name[i],
		    rp_words_by(c->has[3], c->q[3], rp_trials_case(
		    p->data->overlay[i])->simulation.horizon, words));
	}
}
