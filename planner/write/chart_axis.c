/*
 * The time axis: a handful of ISO dates, at month starts where the chart is
 * long and at Mondays or days where it is short.
 */
#include <stdio.h>

#include "write/plot.h"

#define DAY INT64_C(86400)
#define LABELS 5

static struct rp_instant
month_start(struct rp_instant at, int months)
{
	struct rp_civil c = rp_civil_of_instant(at);
	int m = c.month - 1 + months;

	c.year += m / 12;
	c.month = (uint8_t)(m % 12 + 1);
	c.day = 1;
	return rp_instant_of_civil(c);
}

static void
put_tick(struct rp_plot *p, struct rp_instant at, int letters, bool *first)
{
	char date[RP_INSTANT_TEXT];

	if (rp_instant_cmp(at, p->from) < 0 ||
	    rp_instant_cmp(at, p->until) > 0)
		return;
	rp_text_printf(&p->script, "%s'%.*s' %lld", *first ? "" : ", ",
	    letters, rp_instant_format_date(at, date), rp_plot_x(at));
	*first = false;
}

static void
month_ticks(struct rp_plot *p, int64_t days)
{
	struct rp_instant at;
	int stride = (int)(days / 30 / LABELS) + 1, i;
	bool first = true;

	for (i = 0; i < 2000; i += stride) {
		at = month_start(p->from, i + 1);
		if (rp_instant_cmp(at, p->until) > 0)
			break;
		put_tick(p, at, 7, &first);
	}
}

/* Dates of ten letters take more room than months of seven. */
static void
day_ticks(struct rp_plot *p, int64_t days)
{
	struct rp_instant at = rp_instant_midnight(p->from);
	int64_t stride = days / (LABELS - 2) + 1;
	bool first = true;

	if (rp_instant_cmp(at, p->from) < 0)
		at = rp_instant_plus(at, rp_span_of_s(DAY));
	if (stride > 7)
		stride = (stride + 6) / 7 * 7;
	for (; rp_instant_cmp(at, p->until) <= 0;
	    at = rp_instant_plus(at, rp_span_of_s(stride * DAY)))
		put_tick(p, at, 10, &first);
}

void
rp_plot_time_axis(struct rp_plot *p)
{
	int64_t days = (rp_instant_s(p->until) - rp_instant_s(p->from)) / DAY;

	rp_text_printf(&p->script, "set xrange [%lld:%lld]\nset xtics (",
	    rp_plot_x(p->from), rp_plot_x(p->until));
	if (days > 120)
		month_ticks(p, days);
	else
		day_ticks(p, days);
	rp_text_puts(&p->script, ")\n");
}
