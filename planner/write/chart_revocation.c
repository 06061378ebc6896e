/*
 * Replaced against revoked: where the second runs ahead of the first, somebody
 * is harmed.
 */
#include <stdio.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define POINTS 160

static const struct line {
	enum rp_state state;
	const char *name, *key, *colour;
	int dash;
} lines[] = {
	{ RP_STATE_REPLACED, "$replaced", "replaced", "#0072b2", 1 },
	{ RP_STATE_REVOKED, "$revoked", "revoked", "#009e73", 2 },
	{ RP_STATE_HARMED, "$harmed", "harmed", "#000000", 4 },
};

#define LINES (sizeof(lines) / sizeof(lines[0]))

static double
base_at(const struct rp_trials *tr, size_t k)
{
	double base = rp_trials_base_at(tr, -1, k);

	return base > 0 ? base : 1;
}

/* Until no more is revoked, to a thousandth of the base. */
static size_t
last_change(const struct rp_trials *tr)
{
	const struct rp_band *b = rp_trials_bands(tr, -1, RP_STATE_REVOKED);
	size_t n, k;
	double all;

	(void)rp_trials_grid(tr, &n);
	all = base_at(tr, n - 1);
	for (k = n - 1; k > 1; k--)
		if (b[n - 1].mean - b[k - 1].mean > all / 1000)
			break;
	return k;
}

/* And half as long again: who was harmed is replaced after that. */
static void
choose_range(struct rp_plot *p)
{
	const struct rp_deadline_outcome *d =
	    rp_trials_deadline(p->data->trials);
	const struct rp_instant *grid;
	int64_t length;
	size_t n;

	grid = rp_trials_grid(p->data->trials, &n);
	p->from = grid[0];
	p->until = grid[last_change(p->data->trials)];
	if (d != NULL && rp_instant_cmp(p->until, d->deadline.at.from) < 0)
		p->until = d->deadline.at.from;
	length = rp_instant_s(p->until) - rp_instant_s(p->from);
	p->until = rp_instant_plus(p->until, rp_span_of_s(length / 2));
	if (rp_instant_cmp(grid[n - 1], p->until) < 0)
		p->until = grid[n - 1];
}

static void
put_line(struct rp_plot *p, const struct line *l)
{
	const struct rp_trials *tr = p->data->trials;
	const struct rp_band *b = rp_trials_bands(tr, -1, l->state);
	const struct rp_instant *grid;
	size_t n, k, last, stride;
	double part;

	grid = rp_trials_grid(tr, &n);
	last = rp_grid_find(grid, n, p->until);
	stride = last / POINTS + 1;
	rp_plot_data_begin(p, l->name);
	for (k = 0; k <= last; k += stride) {
		part = 100 / base_at(tr, k);
		rp_text_printf(&p->script, "%lld %.2f %.2f %.2f\n",
		    rp_plot_x(grid[k]), part * b[k].q[1], part * b[k].mean,
		    part * b[k].q[5]);
	}
	rp_plot_data_end(p);
}

/* Bands lie under all lines. */
static void
add_band(struct rp_plot *p, const struct line *l)
{
	char what[64], style[160];

	put_line(p, l);
	if (!rp_plot_has_areas(p))
		return;
	(void)snprintf(what, sizeof(what), "%s using 1:2:4", l->name);
	(void)snprintf(style, sizeof(style), "with filledcurves "
	    "fillcolor rgb '%s' fillstyle transparent solid 0.25 noborder",
	    l->colour);
	rp_plot_add(p, what, style, NULL);
}

static void
add_line(struct rp_plot *p, const struct line *l)
{
	char what[64], style[160];

	(void)snprintf(what, sizeof(what), "%s using 1:3", l->name);
	(void)snprintf(style, sizeof(style), "with lines linewidth 2 "
	    "dashtype %d linecolor rgb '%s'", l->dash, l->colour);
	rp_plot_add(p, what, style, l->key);
}

/* ---- the table ---------------------------------------------------------- */

enum { BY, REPLACED, REPLACED_PCT, REVOKED, REVOKED_PCT, HARMED, HARMED_PCT,
    COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[BY] = { "by", "By the end of", false },
	[REPLACED] = { "replaced", "Replaced", true },
	[REPLACED_PCT] = { "replaced_pct", "of base", true },
	[REVOKED] = { "revoked", "Revoked", true },
	[REVOKED_PCT] = { "revoked_pct", "of base", true },
	[HARMED] = { "harmed", "Harmed", true },
	[HARMED_PCT] = { "harmed_pct", "of base", true },
};

static rp_status
make_table(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_trials *tr = p->data->trials;
	const struct rp_instant *grid;
	const struct rp_band *b;
	struct rp_instant tick[RP_TICKS];
	struct rp_table *t;
	size_t n, n_grid, i, k, at;
	rp_status rc = rp_table_new("Replaced against revoked: means of the "
	    "trials", columns, COLUMNS, &t, err);

	if (rc != RP_OK)
		return rc;
	grid = rp_trials_grid(tr, &n_grid);
	n = rp_plot_rows(p, tick);
	for (i = 0; i < n; i++) {
		at = rp_grid_find(grid, n_grid, tick[i]);
		rp_table_row(t);
		rp_table_end(t, BY, tick[i]);
		for (k = 0; k < LINES; k++) {
			b = &rp_trials_bands(tr, -1, lines[k].state)[at];
			rp_table_estimate(t, REPLACED + 2 * k, b->mean,
			    b->mean_se);
			rp_table_mean_share(t, REPLACED_PCT + 2 * k,
			    b->mean / base_at(tr, at));
		}
	}
	return rp_table_finish(t, &p->table, err);
}

/* ------------------------------------------------------------------------- */

static void
describe(struct rp_plot *p)
{
	const struct rp_trials *tr = p->data->trials;
	const struct rp_deadline_outcome *d = rp_trials_deadline(tr);
	const struct rp_band *harmed = rp_trials_bands(tr, -1,
	    RP_STATE_HARMED);
	char words[RP_WORDS], at[RP_INSTANT_TEXT];
	size_t n;

	(void)rp_trials_grid(tr, &n);
	rp_text_puts(&p->alternative, "Means of the certificates that are "
	    "replaced, revoked, and revoked while not replaced, each with a "
	    "band from 10 to 90 percent of the trials. ");
	if (d != NULL) {
		rp_text_printf(&p->alternative, "At the deadline, %s, ",
		    rp_when_format(d->deadline.at, at));
		rp_text_printf(&p->alternative, "%s of the base is replaced. ",
		    rp_words_mean_share(d->replaced, d->replaced_se, words));
	}
	rp_text_printf(&p->alternative, "In the end %s certificates are "
	    "harmed. The numbers are in the table with this chart.",
	    rp_words_estimate(harmed[n - 1].mean, harmed[n - 1].mean_se,
	    words));
}

rp_status
rp_plot_revocation(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_trials *tr = p->data->trials;
	size_t i;

	if (tr == NULL || p->data->cs == NULL ||
	    rp_trials_bands(tr, -1, RP_STATE_REPLACED) == NULL)
		return rp_fail(err, RP_ESTATE,
		    "this chart needs trials with their curves");
	rp_text_printf(&p->title, "%s: replaced and revoked",
	    p->data->cs->id);
	choose_range(p);
	rp_plot_time_axis(p);
	rp_plot_percent_axis(p, "percent of the base");
	for (i = 0; i < LINES; i++)
		add_band(p, &lines[i]);
	for (i = 0; i < LINES; i++)
		add_line(p, &lines[i]);
	rp_plot_deadline(p);
	rp_plot_end(p);
	describe(p);
	return make_table(p, err);
}
