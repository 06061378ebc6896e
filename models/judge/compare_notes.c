/*
 * judge/compare_notes.c - what a reader must know to read a comparison.
 */
#include "judge/comparing.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static void add_note(struct rp_comparison *c, const char *fmt, ...)
    RP_PRINTF(2, 3);

/* There is room for one note of each kind. */
static void
add_note(struct rp_comparison *c, const char *fmt, ...)
{
	va_list ap;

	if (c->n_notes == RP_COMPARISON_NOTES)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(c->text[c->n_notes], RP_COMPARISON_NOTE, fmt, ap);
	va_end(ap);
	c->note[c->n_notes] = c->text[c->n_notes];
	c->n_notes++;
}

static const char *
metric_words(enum rp_metric m)
{
	static const char *const words[] = {
		[RP_METRIC_REISSUED] =
		    "reissued certificates (issued, perhaps not installed)",
		[RP_METRIC_REPLACED] = "replaced certificates (installed)",
		[RP_METRIC_REVOKED] = "revoked certificates",
		[RP_METRIC_GONE] = "certificates that are revoked or expired",
	};

	return words[m];
}

static void
note_metric(struct rp_comparing *src)
{
	struct rp_comparison *c = src->c;

	if (c->plan == NULL || src->series.n == 0 ||
	    c->plan->metric == c->metric ||
	    !rp_series_carries(&src->series, c->metric))
		return;
	add_note(src->c, "The plan counts %s, the actuals count %s: "
	    "the differences compare two measures%s.",
	    metric_words(c->plan->metric), metric_words(c->metric),
	    c->plan->metric == RP_METRIC_REISSUED &&
	    c->metric == RP_METRIC_REPLACED ?
	    "; what is installed was issued before, so by the plan's own "
	    "measure the state is the same or better" : "");
}

static const char *
plan_date(const struct rp_plan *p, char buf[RP_INSTANT_TEXT])
{
	if (!p->has_published) {
		(void)snprintf(buf, RP_INSTANT_TEXT, "unknown date");
		return buf;
	}
	return rp_when_format(p->published, buf);
}

static void
note_plans(struct rp_comparing *src)
{
	const struct rp_case *cs = src->cs;
	const struct rp_plan *first = NULL, *last = NULL;
	char used[RP_INSTANT_TEXT], one[RP_INSTANT_TEXT];
	char newest[RP_INSTANT_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < cs->n_plans; i++) {
		if (!rp_plan_seen(src, &cs->plan[i]))
			continue;
		if (n++ == 0)
			first = &cs->plan[i];
		last = &cs->plan[i];
	}
	if (n < 2 || src->c->plan == NULL)
		return;
	(void)plan_date(src->c->plan, used);
	(void)plan_date(first, one);
	(void)plan_date(last, newest);
	if (src->c->plan == last)
		add_note(src->c, "%zu versions of the plan had been "
		    "published by then; this is the last, of %s, and the "
		    "first is of %s.", n, used, one);
	else
		add_note(src->c, "%zu versions of the plan had been "
		    "published by then, the first of %s and the last of %s; "
		    "this is the one of %s.", n, one, newest, used);
}

static void
note_base(struct rp_comparing *src)
{
	const struct rp_case *cs = src->cs;
	bool counts = false;

	for (size_t i = 0; i < src->series.n; i++)
		counts = counts ||
		    src->series.point[i].metric[src->c->metric].is_count;
	if (!counts || cs->total_origin.basis != RP_BASIS_ASSUMED)
		return;
	add_note(src->c, "The actuals are numbers, and their shares "
	    "rest on an assumed total of %" PRIu64 " certificates.",
	    rp_count_n(cs->total));
}

static void
note_bounds(struct rp_comparing *src)
{
	struct rp_comparison *c = src->c;
	bool bounds = false;

	for (size_t i = 0; i < c->n; i++)
		bounds = bounds || (c->row[i].has_actual &&
		    c->row[i].bound != RP_BOUND_NONE);
	if (!bounds)
		return;
	add_note(c, "Some actuals are bounds (at least, at "
	    "most), so their differences are bounds as well.");
}

static void
note_left_out(struct rp_comparing *src)
{
	if (!src->series.left_out)
		return;
	add_note(src->c, "Actuals that do not cover every population "
	    "at the same time are left out.");
}

static void
note_no_plan(struct rp_comparing *src)
{
	if (src->c->plan != NULL)
		return;
	add_note(src->c, "No plan had been published by then, so "
	    "there is nothing to compare the actuals with.");
}

void
rp_compare_make_notes(struct rp_comparing *src)
{
	note_metric(src);
	note_plans(src);
	note_base(src);
	note_bounds(src);
	note_left_out(src);
	note_no_plan(src);
}
