/*
 * The time axis: a handful of ISO dates, at month starts where the chart is
 * long, at Mondays or days where it is short, and at hours where it is a race.
 */
#include <stdio.h>

#include "write/plot.h"
#include "write/tables.h"

#define DAY INT64_C(86400)
#define HOUR INT64_C(3600)
#define LABELS 5
#define RACE (4 * DAY)		/* shorter charts are told in hours */

static int64_t
labels(const struct rp_plot *p)
{
	return p->labels > 0 ? p->labels : LABELS;
}

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
	int stride = (int)(days / 30 / labels(p)) + 1, i;
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
	int64_t stride = days / (labels(p) - 2) + 1;
	bool first = true;

	if (rp_instant_cmp(at, p->from) < 0)
		at = rp_instant_plus(at, rp_span_of_s(DAY));
	if (stride > 7)
		stride = (stride + 6) / 7 * 7;
	for (; rp_instant_cmp(at, p->until) <= 0;
	    at = rp_instant_plus(at, rp_span_of_s(stride * DAY)))
		put_tick(p, at, 10, &first);
}

/* "03-07 12:00": the year is in the title of such a case, or plain. */
static void
hour_ticks(struct rp_plot *p, int64_t s)
{
	static const int64_t strides[] = { 1, 2, 3, 6, 12, 24, 48 };
	struct rp_instant at = rp_instant_midnight(p->from);
	char text[RP_INSTANT_TEXT];
	bool first = true;
	size_t i = 0;

	while (i + 1 < sizeof(strides) / sizeof(strides[0]) &&
	    s / (strides[i] * HOUR) > labels(p) - 2)
		i++;
	for (; rp_instant_cmp(at, p->until) <= 0;
	    at = rp_instant_plus(at, rp_span_of_s(strides[i] * HOUR))) {
		if (rp_instant_cmp(at, p->from) < 0)
			continue;
		(void)rp_instant_format(at, text);
		rp_text_printf(&p->script, "%s'%.5s %.5s' %lld", first ? "" :
		    ", ", text + 5, text + 11, rp_plot_x(at));
		first = false;
	}
}

void
rp_plot_margin(struct rp_plot *p, struct rp_instant end)
{
	int64_t length = rp_instant_s(p->until) - rp_instant_s(p->from);
	int64_t margin = length / 20;

	/* A day is much where all is over in two. */
	if (margin < DAY)
		margin = length < RACE ? length / 10 + 1 : DAY;
	p->until = rp_instant_plus(p->until, rp_span_of_s(margin));
	if (rp_instant_cmp(end, p->until) < 0)
		p->until = end;
}

bool
rp_plot_is_race(const struct rp_plot *p)
{
	return rp_instant_s(p->until) - rp_instant_s(p->from) < RACE;
}

size_t
rp_plot_rows(const struct rp_plot *p, struct rp_instant tick[RP_TICKS])
{
	struct rp_instant at = rp_instant_midnight(p->from);
	size_t n = 0;

	if (!rp_plot_is_race(p))
		return rp_ticks(p->from, p->until, tick);
	for (; rp_instant_cmp(at, p->until) < 0 && n + 1 < RP_TICKS;
	    at = rp_instant_plus(at, rp_span_of_s(6 * HOUR)))
		if (rp_instant_cmp(p->from, at) < 0)
			tick[n++] = at;
	tick[n++] = p->until;
	return n;
}

void
rp_plot_time_axis(struct rp_plot *p)
{
	int64_t s = rp_instant_s(p->until) - rp_instant_s(p->from);

	rp_text_printf(&p->script, "set xrange [%lld:%lld]\nset xtics (",
	    rp_plot_x(p->from), rp_plot_x(p->until));
	if (rp_plot_is_race(p))
		hour_ticks(p, s);
	else if (s / DAY > 120)
		month_ticks(p, s / DAY);
	else
		day_ticks(p, s / DAY);
	rp_text_puts(&p->script, ")\n");
}
