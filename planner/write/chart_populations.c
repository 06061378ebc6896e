#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define POINTS 120

/* As many as colours and dashes can tell apart; the rest is one layer. */
#define LAYERS 7

/*
 * Populations from the largest to the smallest; those past the last layer
 * share it.
 */
struct layers {
	const struct rp_trials *tr;
	size_t n_populations;
	size_t n;
	int *order;
};

static bool
is_shared(const struct layers *l, size_t layer)
{
	return layer + 1 == l->n && l->n_populations > l->n;
}

/* Insertion keeps the order of the case among equals. */
static bool
sort_layers(struct layers *l)
{
	size_t i, k;
	int who;

	l->n_populations = rp_trials_case(l->tr)->n_populations;
	l->n = l->n_populations < LAYERS ? l->n_populations : LAYERS;
	l->order = calloc(l->n_populations + 1, sizeof(*l->order));
	if (l->order == NULL)
		return false;
	for (i = 0; i < l->n_populations; i++) {
		who = (int)i;
		for (k = i; k > 0 && rp_trials_base(l->tr, l->order[k - 1]) <
		    rp_trials_base(l->tr, who); k--)
			l->order[k] = l->order[k - 1];
		l->order[k] = who;
	}
	return true;
}

static const char *
layer_name(const struct layers *l, size_t layer)
{
	return is_shared(l, layer) ? "all others" :
	    rp_trials_case(l->tr)->population[l->order[layer]].name;
}

/* Median replaced at grid instant k as a share of all that are known then. */
static double
layer_share(const struct layers *l, size_t layer, size_t k)
{
	size_t last = is_shared(l, layer) ? l->n_populations : layer + 1, i;
	double base = rp_trials_base_at(l->tr, -1, k), sum = 0;

	for (i = layer; i < last; i++)
		sum += rp_trials_bands(l->tr, l->order[i],
		    RP_STATE_REPLACED)[k].q[3];
	return base > 0 ? sum / base : 0;
}

/* Until all but a thousandth of what will be is there. */
static void
choose_range(struct rp_plot *p, const struct layers *l, size_t *last)
{
	const struct rp_band *all = rp_trials_bands(l->tr, -1,
	    RP_STATE_REPLACED);
	const struct rp_instant *grid;
	size_t n, k;
	double enough;

	grid = rp_trials_grid(l->tr, &n);
	enough = 0.999 * all[n - 1].q[3];
	for (k = n - 1; k > 1 && all[k - 1].q[3] >= enough; k--)
		continue;
	k += k / 20 + 1;
	*last = k < n ? k : n - 1;
	p->from = grid[0];
	p->until = grid[*last];
}

/* Each row: instant, then the upper edge of every layer. */
static void
put_layers(struct rp_plot *p, const struct layers *l, size_t last)
{
	const struct rp_instant *grid;
	size_t n, k, i, stride = last / POINTS + 1;
	double sum;

	grid = rp_trials_grid(l->tr, &n);
	rp_plot_data_begin(p, "$layer");
	for (k = 0; k <= last; k += stride) {
		rp_text_printf(&p->script, "%lld 0", rp_plot_x(grid[k]));
		for (i = 0, sum = 0; i < l->n; i++) {
			sum += layer_share(l, i, k);
			rp_text_printf(&p->script, " %.2f", 100 * sum);
		}
		rp_text_puts(&p->script, "\n");
	}
	rp_plot_data_end(p);
}

static void
add_layers(struct rp_plot *p, const struct layers *l)
{
	static const char *const colour[LAYERS] = { "#0072b2", "#e69f00",
		"#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#d55e00" };
	char what[64], style[200];
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (!rp_plot_has_areas(p)) {
			(void)snprintf(what, sizeof(what),
			    "$layer using 1:%zu", i + 3);
			rp_plot_add(p, what, "with lines", layer_name(l, i));
			continue;
		}
		(void)snprintf(what, sizeof(what), "$layer using 1:%zu:%zu",
		    i + 2, i + 3);
		(void)snprintf(style, sizeof(style), "with filledcurves "
		    "fillcolor rgb '%s' fillstyle transparent solid 0.8 "
		    "noborder", colour[i]);
		rp_plot_add(p, what, style, layer_name(l, i));
		(void)snprintf(what, sizeof(what), "$layer using 1:%zu",
		    i + 3);
		(void)snprintf(style, sizeof(style), "with lines "
		    "dashtype %zu linecolor rgb '#222222'", i % 5 + 1);
		rp_plot_add(p, what, style, NULL);
	}
}

/* ---- the table ---------------------------------------------------------- */

static rp_status
new_table(const struct layers *l, struct rp_table **out, struct rp_err *err)
{
	struct rp_column column[LAYERS + 2] = {
		{ "by", "By the end of", false } };
	char key[LAYERS][32];
	size_t i;

	for (i = 0; i < l->n; i++) {
		(void)snprintf(key[i], sizeof(key[i]), "layer%zu", i + 1);
		column[i + 1] = (struct rp_column){ key[i],
		    layer_name(l, i), true };
	}
	column[l->n + 1] = (struct rp_column){ "total", "Total", true };
	return rp_table_new("Replaced by population: medians, as shares of "
	    "the whole base", column, l->n + 2, out, err);
}

static void
add_row(struct rp_table *t, const struct layers *l, size_t k,
    struct rp_instant at)
{
	const struct rp_band *all = rp_trials_bands(l->tr, -1,
	    RP_STATE_REPLACED);
	double base = rp_trials_base_at(l->tr, -1, k);
	size_t i;

	rp_table_row(t);
	rp_table_day(t, 0, at);
	for (i = 0; i < l->n; i++)
		rp_table_share(t, i + 1, layer_share(l, i, k));
	rp_table_share(t, l->n + 1,
	    base > 0 ? (double)all[k].q[3] / base : 0);
}

static rp_status
make_table(struct rp_plot *p, const struct layers *l, struct rp_err *err)
{
	struct rp_instant tick[RP_TICKS];
	const struct rp_instant *grid;
	struct rp_table *t;
	size_t n, n_ticks, i;
	rp_status rc = new_table(l, &t, err);

	if (rc != RP_OK)
		return rc;
	grid = rp_trials_grid(l->tr, &n);
	n_ticks = rp_ticks(p->from, p->until, tick);
	for (i = 0; i < n_ticks; i++)
		add_row(t, l, rp_grid_find(grid, n, tick[i]), tick[i]);
	rp_table_note(t, "The median of the total is not the sum of the "
	    "medians of its parts.");
	return rp_table_finish(t, &p->table, err);
}

static void
describe(struct rp_plot *p, const struct layers *l)
{
	size_t i;

	rp_text_printf(&p->alternative, "Median share replaced over time, "
	    "stacked by population, the largest at the bottom: ");
	for (i = 0; i < l->n; i++)
		rp_text_printf(&p->alternative, "%s%s", i > 0 ? ", " : "",
		    layer_name(l, i));
	rp_text_puts(&p->alternative,
	    ". The numbers are in the table with this chart.");
}

rp_status
rp_plot_populations(struct rp_plot *p, struct rp_err *err)
{
	struct layers l = { .tr = p->data->trials };
	size_t last;
	rp_status rc;

	if (l.tr == NULL || p->data->cs == NULL ||
	    rp_trials_bands(l.tr, -1, RP_STATE_REPLACED) == NULL)
		return rp_fail(err, RP_ESTATE,
		    "this chart needs trials with their curves");
	if (!sort_layers(&l))
		return rp_fail(err, RP_ENOMEM, "no memory for a chart");
	rp_text_printf(&p->title, "%s: replaced by population",
	    p->data->cs->id);
	choose_range(p, &l, &last);
	rp_plot_time_axis(p);
	rp_plot_percent_axis(p, "percent of the base");
	put_layers(p, &l, last);
	add_layers(p, &l);
	rp_plot_end(p);
	describe(p, &l);
	rc = make_table(p, &l, err);
	free(l.order);
	return rc;
}
