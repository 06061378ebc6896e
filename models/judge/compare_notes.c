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

const char *
rp_metric_meaning(enum rp_metric m)
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

bool
rp_metrics_differ(const struct rp_comparing *src)
{
	const struct rp_comparison *c = src->c;

	return c->plan != NULL && c->plan->metric != c->metric &&
	    rp_series_carries(&src->series, c->metric);
}

static void
note_metric(struct rp_comparing *src)
{
	struct rp_comparison *c = src->c;

	if (!rp_metrics_differ(src))
		return;
	add_note(src->c, "The plan counts %s, the actuals count %s: "
	    "the differences compare two measures%s.",
	    rp_metric_meaning(c->plan->metric), rp_metric_meaning(c->metric),
	    c->plan->metric == RP_METRIC_REISSUED &&
	    c->metric == RP_METRIC_REPLACED ?
	    "; what is installed was issued before, so by the plan's own "
	    "measure the state is the same or better" : "");
}

const char *
rp_plan_date(const struct rp_plan *p, char buf[RP_INSTANT_TEXT])
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
	struct rp_comparison *c = src->c;
	char used[RP_INSTANT_TEXT], first[RP_INSTANT_TEXT];
	char last[RP_INSTANT_TEXT];

	if (c->n_versions < 2 || c->plan == NULL)
		return;
	(void)rp_plan_date(c->plan, used);
	(void)rp_plan_date(c->version[0].plan, first);
	(void)rp_plan_date(c->version[c->n_versions - 1].plan, last);
	if (c->version[c->n_versions - 1].chosen)
		add_note(c, "%zu versions of the plan had been "
		    "published by then; this is the last, of %s, and the "
		    "first is of %s.", c->n_versions, used, first);
	else
		add_note(c, "%zu versions of the plan had been "
		    "published by then, the first of %s and the last of %s; "
		    "this is the one of %s.", c->n_versions, first, last,
		    used);
}

/* Whether the days say something else than the word of the status. */
static bool
disagree(const struct rp_compare_row *r)
{
	bool early = r->lead.has_least && rp_span_s(r->lead.least) >= 43200;
	bool late = r->lead.has_most && rp_span_s(r->lead.most) <= -43200;

	switch (r->status) {
	case RP_AHEAD:
		return late;
	case RP_BEHIND:
		return early;
	case RP_ON_PLAN:
		return early || late;
	case RP_OPEN:
		break;
	}
	return false;
}

static void
note_days(struct rp_comparing *src)
{
	struct rp_comparison *c = src->c;

	for (size_t i = 0; i < c->n; i++)
		if (disagree(&c->row[i])) {
			add_note(c, "Points and status take each period as a "
			    "whole, days the moment of the actual: they can "
			    "disagree.");
			return;
		}
}

/* What a share of a count is a share of, once there is more than one base. */
static void
note_bases(struct rp_comparing *src)
{
	uint64_t first = rp_count_n(src->cs->first_base);
	bool counts = false;

	for (size_t i = 0; i < src->series.n; i++)
		counts = counts ||
		    src->series.point[i].metric[src->c->metric].is_count;
	if (!counts || first == 0 || first == rp_count_n(src->base))
		return;
	add_note(src->c, "Numbers of certificates are shares of %" PRIu64
	    "; %" PRIu64 " were known at first.", rp_count_n(src->base),
	    first);
}

static void
note_base(struct rp_comparing *src)
{
	const struct rp_case *cs = src->cs;
	bool counts = false;

	for (size_t i = 0; i < src->series.n; i++)
		counts = counts ||
		    src->series.point[i].metric[src->c->metric].is_count;
	if (!counts || cs->total_origin.basis != RP_BASIS_ASSUMED ||
	    rp_count_n(src->base) != rp_count_n(cs->total))
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
	    "at the same time, or only by bounds that do not add up, are "
	    "left out.");
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
	note_days(src);
	note_base(src);
	note_bases(src);
	note_bounds(src);
	note_left_out(src);
	note_no_plan(src);
}
