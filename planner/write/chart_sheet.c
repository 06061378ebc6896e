/*
 * The deadline sheet as a picture: whoever revokes early harms many, whoever
 * revokes late saves nothing of what the rule was there for.
 */
#include <math.h>
#include <stdio.h>

#include "write/plot.h"
#include "write/tables.h"
#include "write/words.h"

#define MONTHS (INT64_C(120) * 86400)

static void
choose_range(struct rp_plot *p, const struct rp_sheet_row *r, size_t n)
{
	int64_t length = rp_instant_s(r[n - 1].at) - rp_instant_s(r[0].at);
	int64_t air = length / 20 > 3600 ? length / 20 : 3600;

	p->from = rp_instant_plus(r[0].at, rp_span_of_s(-air));
	p->until = rp_instant_plus(r[n - 1].at, rp_span_of_s(air));
}

/*
 * What waiting costs, on the right: the days that revoking then would save;
 * where the case revokes by the deadline itself it saves none, and the days
 * that would be overdue by then tell more.
 */
struct cost {
	bool saved;
	double unit, top;
	const char *label;
};

static double
days_of(const struct cost *c, const struct rp_sheet_row *r)
{
	return c->saved ? r->saved_days : r->overdue_days;
}

/* 1, 2 or 5 times a power of ten. */
static double
ceiling(double x)
{
	double step = pow(10, floor(log10(x)));

	return step * (x <= step ? 1 : x <= 2 * step ? 2 : x <= 5 * step ?
	    5 : 10);
}

static struct cost
cost_of(const struct rp_sheet_row *r, size_t n)
{
	static const struct {
		double unit;
		const char *label;
	} units[] = { { 1, "" }, { 1e3, ", thousands" },
		{ 1e6, ", millions" } };
	struct cost c = { .saved = false };
	double most = 1;
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		c.saved |= r[i].saved_days >= 0.05;
	for (i = 0; i < n; i++)
		most = fmax(most, days_of(&c, &r[i]));
	while (k < 2 && most >= 2 * units[k + 1].unit)
		k++;
	c.unit = units[k].unit;
	c.label = units[k].label;
	c.top = ceiling(most / c.unit);
	return c;
}

/* Each row: instant; harmed, low, high; days. */
static void
put_rows(struct rp_plot *p, const struct rp_sheet_row *r, size_t n,
    const struct cost *c)
{
	double base = (double)rp_trials_base(p->data->trials, -1);
	double part = base > 0 ? 100 / base : 0;
	size_t i;

	rp_plot_data_begin(p, "$sheet");
	for (i = 0; i < n; i++)
		rp_text_printf(&p->script, "%lld %.2f %.2f %.2f %.4g\n",
		    rp_plot_x(r[i].at), part * r[i].harmed,
		    part * r[i].harmed_q[0], part * r[i].harmed_q[2],
		    days_of(c, &r[i]) / c->unit);
	rp_plot_data_end(p);
}

static void
put_axes(struct rp_plot *p, const struct cost *c)
{
	/* A second axis leaves less room for dates. */
	p->labels = 4;
	if (rp_instant_s(p->until) - rp_instant_s(p->from) > MONTHS)
		p->labels = 3;
	rp_plot_time_axis(p);
	rp_plot_percent_axis(p, "harmed, percent of the base");
	rp_text_printf(&p->script, "set border 11\n"
	    "set y2label 'certificate-days %s%s'\n"
	    "set y2range [0:%g]\nset y2tics 0,%g,%g\n",
	    c->saved ? "saved" : "overdue", c->label, c->top,
	    c->top / 5, c->top);
}

static void
add_lines(struct rp_plot *p, const struct cost *c)
{
	if (rp_plot_has_areas(p))
		rp_plot_add(p, "$sheet using 1:3:4", "with filledcurves "
		    "fillcolor rgb '#56b4e9' fillstyle transparent solid 0.4 "
		    "noborder", "harmed, 10-90 %");
	rp_plot_add(p, "$sheet using 1:2", "with linespoints linewidth 2 "
	    "dashtype 1 pointtype 7 pointsize 0.6 linecolor rgb '#0072b2'",
	    "harmed (left)");
	rp_plot_add(p, "$sheet using 1:5 axes x1y2", "with linespoints "
	    "linewidth 2 dashtype 2 pointtype 5 pointsize 0.6 "
	    "linecolor rgb '#e69f00'", c->saved ? "days saved (right)" :
	    "days overdue (right)");
}

static void
describe(struct rp_plot *p, const struct rp_sheet_row *r, size_t n,
    const struct cost *c)
{
	char words[RP_WORDS], at[RP_INSTANT_TEXT];
	size_t i;

	rp_text_printf(&p->alternative, "What if all that is left were "
	    "revoked at one instant: certificates that would be harmed, and "
	    "overdue certificate-days %s, for %zu instants. ", c->saved ?
	    "that would be saved" : "that there would be by then", n);
	for (i = 0; i < n; i++) {
		if (!r[i].is_deadline)
			continue;
		rp_text_printf(&p->alternative, "At the deadline, %s, %s",
		    rp_instant_format(r[i].at, at), rp_words_estimate(
		    r[i].harmed, r[i].harmed_se, words));
		rp_text_printf(&p->alternative, " certificates of %s "
		    "subscribers would be harmed. ", rp_words_estimate(
		    r[i].subscribers, r[i].subscribers_se, words));
	}
	rp_text_puts(&p->alternative,
	    "The numbers are in the table with this chart.");
}

rp_status
rp_plot_sheet(struct rp_plot *p, struct rp_err *err)
{
	const struct rp_trials *tr = p->data->trials;
	const struct rp_sheet_row *r;
	struct cost cost;
	size_t n;

	if (tr == NULL || p->data->cs == NULL)
		return rp_fail(err, RP_ESTATE, "this chart needs trials");
	r = rp_trials_sheet(tr, -1, &n);
	if (n == 0)
		return rp_fail(err, RP_ESTATE, "there is no deadline sheet: "
		    "no deadline is known by the horizon, and no candidate "
		    "was given (--at)");
	rp_text_printf(&p->title, "%s: deadline sheet", p->data->cs->id);
	choose_range(p, r, n);
	cost = cost_of(r, n);
	put_axes(p, &cost);
	put_rows(p, r, n, &cost);
	add_lines(p, &cost);
	rp_plot_deadline(p);
	rp_plot_end(p);
	describe(p, r, n, &cost);
	return rp_sheet_total_table(tr, &p->table, err);
}
