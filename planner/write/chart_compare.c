#include <stdio.h>
#include <string.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define LABELS_MAX 9
#define TICKS 5

static double
percent(struct rp_share s)
{
	return 100 * rp_share_real(s);
}

static void
put_series(struct rp_plot *p, const char *name,
    const struct rp_compare_row *r, size_t n,
    bool (*value)(const struct rp_compare_row *, double *))
{
	double y;
	size_t i;

	rp_plot_data_begin(p, name);
	for (i = 0; i < n; i++)
		if (value(&r[i], &y))
			rp_text_printf(&p->script, "%zu %.1f\n", i + 1, y);
	rp_plot_data_end(p);
}

static bool
planned(const struct rp_compare_row *r, double *y)
{
	*y = percent(r->planned);
	return r->has_planned;
}

static bool
first(const struct rp_compare_row *r, double *y)
{
	*y = percent(r->first);
	return r->has_first;
}

static bool
actual(const struct rp_compare_row *r, double *y)
{
	*y = percent(r->actual);
	return r->has_actual;
}

static bool
difference(const struct rp_compare_row *r, double *y)
{
	*y = percent(r->difference);
	return r->has_difference;
}

static bool
any(const struct rp_compare_row *r, size_t n,
    bool (*value)(const struct rp_compare_row *, double *))
{
	double y;
	size_t i;

	for (i = 0; i < n; i++)
		if (value(&r[i], &y))
			return true;
	return false;
}

static void
put_axes(struct rp_plot *p, const struct rp_compare_row *r, size_t n)
{
	double least = 0, y;
	size_t i, stride = n / TICKS + 1;

	for (i = 0; i < n; i++)
		if (difference(&r[i], &y) && y < least)
			least = y;
	rp_text_printf(&p->script, "set xrange [0.4:%zu.6]\nset xtics (", n);
	for (i = 0; i < n; i += stride) {
		rp_text_puts(&p->script, i > 0 ? ", " : "");
		rp_plot_quote(&p->script, r[i].period, 10);
		rp_text_printf(&p->script, " %zu", i + 1);
	}
	rp_text_printf(&p->script, ")\nset ylabel 'percent of the base'\n"
	    "set yrange [%.1f:115]\nset ytics 20\n"
	    "set xzeroaxis linetype 1 linecolor rgb '#444444'\n",
	    least < 0 ? least - 8 : 0);
}

static void
add_curves(struct rp_plot *p, const struct rp_compare_row *r, size_t n)
{
	if (any(r, n, difference)) {
		put_series(p, "$difference", r, n, difference);
		rp_plot_add(p, "$difference using 1:2",
		    rp_plot_has_areas(p) ? "with boxes fillcolor "
		    "rgb '#e69f00' fillstyle solid 0.7 border "
		    "linecolor rgb '#8a5f00'" : "with impulses",
		    "difference (pt)");
		/* Above everything, where no line can cross them. */
		if (n <= LABELS_MAX && rp_plot_has_areas(p))
			rp_plot_add(p, "$difference using 1:(109):"
			    "(sprintf('%.1f', $2))", "with labels "
			    "font ',11' noenhanced", NULL);
	}
	if (any(r, n, planned)) {
		put_series(p, "$planned", r, n, planned);
		rp_plot_add(p, "$planned using 1:2", "with linespoints "
		    "linewidth 2 dashtype 2 pointtype 4 "
		    "linecolor rgb '#d55e00'", "planned");
	}
	if (any(r, n, first)) {
		put_series(p, "$first", r, n, first);
		rp_plot_add(p, "$first using 1:2", "with linespoints "
		    "linewidth 2 dashtype 3 pointtype 6 "
		    "linecolor rgb '#555555'",
		    "first plan");
	}
	if (any(r, n, actual)) {
		put_series(p, "$actual", r, n, actual);
		rp_plot_add(p, "$actual using 1:2", "with linespoints "
		    "linewidth 2 dashtype 1 pointtype 7 "
		    "linecolor rgb '#0072b2'", "actual");
	}
}

static void
describe(struct rp_plot *p, const struct rp_compare_row *r, size_t n)
{
	const struct rp_compare_row *last = NULL;
	char a[RP_UNIT_TEXT], b[RP_UNIT_TEXT], c[RP_UNIT_TEXT];
	char period[RP_WORDS];
	size_t i;

	for (i = 0; i < n; i++)
		if (r[i].has_difference)
			last = &r[i];
	rp_text_printf(&p->alternative, "Planned and actual shares in %zu "
	    "period%s, with their differences as bars. ", n,
	    n == 1 ? "" : "s");
	if (last != NULL)
		rp_text_printf(&p->alternative, "In %s %s percent were "
		    "planned and %s percent reached: %s points %s. ",
		    rp_words_period(last->period, period),
		    rp_share_format(last->planned, a),
		    rp_share_format(last->actual, b),
		    rp_share_format(last->difference, c),
		    last->status == RP_ON_PLAN ? "off" :
		    rp_progress_word(last->status));
	if (any(r, n, first))
		rp_text_puts(&p->alternative, "A second, dotted line is the "
		    "first version of the plan. ");
	rp_text_puts(&p->alternative,
	    "The numbers are in the table with this chart.");
}

rp_status
rp_plot_compare(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_compare_row *r;
	size_t n;

	if (p->data->comparison == NULL || p->data->cs == NULL)
		return rp_fail(err, RP_ESTATE,
		    "this chart needs a plan or actuals to compare");
	r = rp_comparison_rows(p->data->comparison, &n);
	rp_text_printf(&p->title, "%s: planned and actual",
	    p->data->cs->id);
	rp_text_puts(&p->script, "set boxwidth 0.6\n");
	put_axes(p, r, n);
	add_curves(p, r, n);
	rp_plot_end(p);
	describe(p, r, n);
	return rp_compare_table(p->data->comparison, &p->table, err);
}
