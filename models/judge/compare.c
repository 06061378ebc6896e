/*
 * judge/compare.c - planned against actual, period by period.
 */
#include "judge/compare.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"

#define NOTES 8
#define NOTE 400

struct rp_comparison {
	const struct rp_plan *plan;
	enum rp_metric metric;
	struct rp_compare_row *row;
	size_t n;
	char text[NOTES][NOTE];
	const char *note[NOTES];
	size_t n_notes;
};

/* What one comparison is made from. */
struct source {
	const struct rp_case *cs;
	const struct rp_compare_options *opt;
	struct rp_series series;
	struct rp_comparison *c;
};

/* ---- words -------------------------------------------------------------- */

const char *
rp_progress_word(enum rp_progress p)
{
	static const char *const words[] = {
		[RP_AHEAD] = "ahead",
		[RP_ON_PLAN] = "on-plan",
		[RP_BEHIND] = "behind",
		[RP_OPEN] = "open",
	};

	return words[p];
}

/* The next note to write, NULL when there are enough of them. */
static char *
new_note(struct rp_comparison *c)
{
	if (c->n_notes == NOTES)
		return NULL;
	c->note[c->n_notes] = c->text[c->n_notes];
	return c->text[c->n_notes++];
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

/* ---- what is compared --------------------------------------------------- */

static bool
plan_seen(const struct source *src, const struct rp_plan *p)
{
	return !p->has_published || rp_seen(p->published, false,
	    p->published, src->opt->as_of, src->opt->view);
}

static void
choose_plan(struct source *src)
{
	const struct rp_case *cs = src->cs;

	if (src->opt->plan < cs->n_plans) {
		src->c->plan = &cs->plan[src->opt->plan];
		return;
	}
	for (size_t i = 0; i < cs->n_plans; i++)
		if (plan_seen(src, &cs->plan[i]))
			src->c->plan = &cs->plan[i];
}

static bool
carried(const struct rp_series *s, enum rp_metric m)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->point[i].metric[m].known)
			return true;
	return false;
}

/* The plan's own metric if the actuals have it, else the first they have. */
static void
choose_metric(struct source *src)
{
	static const enum rp_metric order[] = {
		RP_METRIC_REPLACED, RP_METRIC_REVOKED, RP_METRIC_GONE,
		RP_METRIC_REISSUED
	};
	struct rp_comparison *c = src->c;

	c->metric = c->plan == NULL ? RP_METRIC_REPLACED : c->plan->metric;
	if (carried(&src->series, c->metric))
		return;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (carried(&src->series, order[i])) {
			c->metric = order[i];
			return;
		}
}

/* ---- periods ------------------------------------------------------------ */

/* The first instant of the period that t lies in. */
static struct rp_instant
period_of(enum rp_period period, struct rp_instant t)
{
	struct rp_instant day = rp_instant_midnight(t);
	struct rp_civil c = rp_civil_of_instant(t);

	if (period == RP_PERIOD_WEEK)
		return rp_instant_plus(day, rp_span_of_s(-INT64_C(86400) *
		    (int64_t)rp_instant_weekday(t)));
	c.day = 1;
	return rp_instant_of_civil(c);
}

/* The first instant of the period after it: at most 31 days on. */
static struct rp_instant
period_after(enum rp_period period, struct rp_instant start)
{
	int64_t days = period == RP_PERIOD_WEEK ? 7 : 31;

	return period_of(period, rp_instant_plus(start,
	    rp_span_of_s(days * 86400)));
}

static void
period_name(enum rp_period period, struct rp_instant start, char name[12])
{
	struct rp_civil c = rp_civil_of_instant(start);
	unsigned week;
	int year;

	rp_instant_iso_week(start, &year, &week);
	if (period == RP_PERIOD_WEEK)
		(void)snprintf(name, 12, "%04d-W%02u", year % 10000,
		    week % 100);
	else
		(void)snprintf(name, 12, "%04d-%02u", (int)c.year % 10000,
		    (unsigned)c.month % 100);
}

/* Every time that a row must exist for: the milestones, then the actuals. */
static size_t
n_times(const struct source *src)
{
	const struct rp_plan *plan = src->c->plan;

	return src->series.n + (plan == NULL ? 0 : plan->n_milestones);
}

static struct rp_instant
time_at(const struct source *src, size_t i)
{
	const struct rp_plan *plan = src->c->plan;
	size_t n = plan == NULL ? 0 : plan->n_milestones;

	return rp_when_last(i < n ? plan->milestone[i].by :
	    src->series.point[i - n].as_of);
}

static bool
in_period(struct rp_when w, struct rp_instant from, struct rp_instant until)
{
	struct rp_instant t = rp_when_last(w);

	return rp_instant_cmp(from, t) <= 0 && rp_instant_cmp(t, until) < 0;
}

/* ---- rows --------------------------------------------------------------- */

/*
 * To the decimal that is printed, halves away from zero: who takes the
 * printed columns and a pencil must get the printed difference.
 */
static struct rp_share
printed(struct rp_share a)
{
	const int64_t step = RP_SHARE_ONE_PPB / 1000;
	int64_t ppb = rp_share_ppb(a);
	int64_t half = ppb < 0 ? -step / 2 : step / 2;

	return rp_share_of_ppb((ppb + half) / step * step);
}

static void
take_count(const struct rp_amount *a, bool *has, uint64_t *n)
{
	*has = a->known && a->is_count;
	if (*has)
		*n = rp_count_n(a->count);
}

/* Numbers that the actual gives, or that follow from them exactly. */
static void
take_counts(struct rp_compare_row *row, const struct rp_actual *a,
    uint64_t base)
{
	const struct rp_amount *gone = &a->metric[RP_METRIC_GONE];
	bool has_gone;
	uint64_t n = 0;

	take_count(&a->metric[RP_METRIC_REPLACED], &row->has_replaced,
	    &row->replaced);
	take_count(&a->metric[RP_METRIC_REVOKED], &row->has_revoked,
	    &row->revoked);
	take_count(&a->expired, &row->has_expired, &row->expired);
	take_count(&a->remaining, &row->has_remaining, &row->remaining);
	take_count(gone, &has_gone, &n);
	if (has_gone && !row->has_revoked && row->has_expired &&
	    row->expired <= n) {
		row->has_revoked = true;
		row->revoked = n - row->expired;
	}
	if (!has_gone && row->has_revoked && row->has_expired &&
	    row->revoked <= base && row->expired <= base - row->revoked) {
		has_gone = true;
		n = row->revoked + row->expired;
	}
	if (!row->has_remaining && has_gone && n <= base &&
	    a->bound == RP_BOUND_NONE) {
		row->has_remaining = true;
		row->remaining = base - n;
	}
}

/* The last actual of the period, one that has the metric before others. */
static const struct rp_actual *
actual_of(const struct source *src, struct rp_instant from,
    struct rp_instant until)
{
	const struct rp_actual *best = NULL;

	for (size_t i = 0; i < src->series.n; i++) {
		const struct rp_actual *a = &src->series.point[i];

		if (!in_period(a->as_of, from, until))
			continue;
		if (best != NULL && best->metric[src->c->metric].known &&
		    !a->metric[src->c->metric].known)
			continue;
		if (best == NULL || !best->metric[src->c->metric].known ||
		    rp_instant_cmp(rp_when_last(best->as_of),
		    rp_when_last(a->as_of)) <= 0)
			best = a;
	}
	return best;
}

static void
take_actual(const struct source *src, struct rp_compare_row *row,
    const struct rp_actual *a)
{
	const struct rp_amount *m = &a->metric[src->c->metric];

	row->has_as_of = true;
	row->as_of = a->as_of;
	row->bound = a->bound;
	row->source = m->origin.source != NULL ? m->origin.source :
	    a->origin.source;
	row->line = a->origin.line;
	row->has_actual = m->known;
	if (m->known)
		row->actual = rp_amount_share(m, src->cs->total);
	take_counts(row, a, rp_count_n(src->cs->total));
}

/*
 * Where the period has no milestone, what was due is what the one before
 * asks for; before the first one nothing was, and nobody can be ahead of that.
 */
static enum rp_progress
progress(const struct rp_compare_row *row, const struct rp_share *due)
{
	int64_t ahead;

	if (!row->has_actual || due == NULL)
		return RP_OPEN;
	ahead = rp_share_ppb(rp_share_minus(printed(row->actual),
	    printed(*due)));
	return ahead > 0 ? RP_AHEAD : ahead < 0 ? RP_BEHIND : RP_ON_PLAN;
}

/* *due is the share of the last milestone so far, NULL before the first. */
static void
fill_row(const struct source *src, struct rp_compare_row *row,
    struct rp_instant from, struct rp_instant until,
    const struct rp_share **due)
{
	const struct rp_plan *plan = src->c->plan;
	const struct rp_actual *a = actual_of(src, from, until);

	period_name(src->opt->period, from, row->period);
	for (size_t i = 0; plan != NULL && i < plan->n_milestones; i++)
		if (in_period(plan->milestone[i].by, from, until)) {
			row->has_planned = true;
			row->planned = plan->milestone[i].share;
			row->planned_by = plan->milestone[i].by;
			*due = &plan->milestone[i].share;
		}
	if (a != NULL)
		take_actual(src, row, a);
	if (row->has_actual && row->has_planned) {
		row->has_difference = true;
		row->difference = rp_share_minus(printed(row->actual),
		    printed(row->planned));
	}
	row->status = progress(row, *due);
}

static rp_status
make_rows(struct source *src, struct rp_err *err)
{
	enum rp_period period = src->opt->period;
	const struct rp_share *due = NULL;
	struct rp_instant first, last, t, next;
	struct rp_comparison *c = src->c;
	size_t n = 0;

	first = last = time_at(src, 0);
	for (size_t i = 1; i < n_times(src); i++) {
		if (rp_instant_cmp(time_at(src, i), first) < 0)
			first = time_at(src, i);
		if (rp_instant_cmp(time_at(src, i), last) > 0)
			last = time_at(src, i);
	}
	first = period_of(period, first);
	for (t = first; rp_instant_cmp(t, last) <= 0;
	    t = period_after(period, t))
		n++;
	c->row = rp_alloc_zeroed(n, sizeof(*c->row));
	if (c->row == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the comparison");
	for (t = first; c->n < n; t = next) {
		next = period_after(period, t);
		fill_row(src, &c->row[c->n++], t, next, &due);
	}
	return RP_OK;
}

/* ---- notes -------------------------------------------------------------- */

static void
note_metric(struct source *src)
{
	struct rp_comparison *c = src->c;
	char *note;

	if (c->plan == NULL || src->series.n == 0 ||
	    c->plan->metric == c->metric || !carried(&src->series, c->metric))
		return;
	note = new_note(c);
	if (note == NULL)
		return;
	(void)snprintf(note, NOTE, "The plan counts %s, the actuals count %s: "
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
note_plans(struct source *src)
{
	const struct rp_case *cs = src->cs;
	const struct rp_plan *first = NULL, *last = NULL;
	char used[RP_INSTANT_TEXT], one[RP_INSTANT_TEXT];
	char newest[RP_INSTANT_TEXT];
	size_t n = 0;
	char *note;

	for (size_t i = 0; i < cs->n_plans; i++) {
		if (!plan_seen(src, &cs->plan[i]))
			continue;
		if (n++ == 0)
			first = &cs->plan[i];
		last = &cs->plan[i];
	}
	if (n < 2 || src->c->plan == NULL || (note = new_note(src->c)) == NULL)
		return;
	(void)plan_date(src->c->plan, used);
	(void)plan_date(first, one);
	(void)plan_date(last, newest);
	if (src->c->plan == last)
		(void)snprintf(note, NOTE, "%zu versions of the plan had been "
		    "published by then; this is the last, of %s, and the "
		    "first is of %s.", n, used, one);
	else
		(void)snprintf(note, NOTE, "%zu versions of the plan had been "
		    "published by then, the first of %s and the last of %s; "
		    "this is the one of %s.", n, one, newest, used);
}

static void
note_base(struct source *src)
{
	const struct rp_case *cs = src->cs;
	bool counts = false;
	char *note;

	for (size_t i = 0; i < src->series.n; i++)
		counts = counts ||
		    src->series.point[i].metric[src->c->metric].is_count;
	if (!counts || cs->total_origin.basis != RP_BASIS_ASSUMED ||
	    (note = new_note(src->c)) == NULL)
		return;
	(void)snprintf(note, NOTE, "The actuals are numbers, and their shares "
	    "rest on an assumed total of %" PRIu64 " certificates.",
	    rp_count_n(cs->total));
}

static void
note_bounds(struct source *src)
{
	struct rp_comparison *c = src->c;
	bool bounds = false;
	char *note;

	for (size_t i = 0; i < c->n; i++)
		bounds = bounds || (c->row[i].has_actual &&
		    c->row[i].bound != RP_BOUND_NONE);
	if (!bounds || (note = new_note(c)) == NULL)
		return;
	(void)snprintf(note, NOTE, "Some actuals are bounds (at least, at "
	    "most), so their differences are bounds as well.");
}

static void
note_left_out(struct source *src)
{
	char *note;

	if (!src->series.left_out || (note = new_note(src->c)) == NULL)
		return;
	(void)snprintf(note, NOTE, "Actuals that do not cover every population "
	    "at the same time are left out.");
}

static void
note_no_plan(struct source *src)
{
	char *note;

	if (src->c->plan != NULL || (note = new_note(src->c)) == NULL)
		return;
	(void)snprintf(note, NOTE, "No plan had been published by then, so "
	    "there is nothing to compare the actuals with.");
}

/* ---- the whole ---------------------------------------------------------- */

static rp_status
nothing(const struct source *src, struct rp_err *err)
{
	char when[RP_INSTANT_TEXT];

	return rp_fail(err, RP_ESTATE, "the case has no plan and no actual "
	    "for all certificates by %s", rp_when_format(src->opt->as_of,
	    when));
}

rp_status
rp_compare(const struct rp_case *cs, const struct rp_compare_options *opt,
    struct rp_comparison **out, struct rp_err *err)
{
	struct source src = { .cs = cs, .opt = opt };
	rp_status rc;

	if (opt->plan != SIZE_MAX && opt->plan >= cs->n_plans)
		return rp_fail(err, RP_ESTATE, "there is no plan number %zu, "
		    "the case has %zu", opt->plan + 1, cs->n_plans);
	src.c = rp_alloc_zeroed(1, sizeof(*src.c));
	if (src.c == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the comparison");
	rc = rp_series_init(&src.series, cs, opt->as_of, opt->view, err);
	if (rc != RP_OK)
		goto out;
	choose_plan(&src);
	choose_metric(&src);
	if (n_times(&src) == 0) {
		rc = nothing(&src, err);
		goto out;
	}
	rc = make_rows(&src, err);
	if (rc != RP_OK)
		goto out;
	note_metric(&src);
	note_plans(&src);
	note_base(&src);
	note_bounds(&src);
	note_left_out(&src);
	note_no_plan(&src);
	*out = src.c;
	src.c = NULL;
out:
	rp_series_release(&src.series);
	rp_comparison_free(src.c);
	return rc;
}

const struct rp_compare_row *
rp_comparison_rows(const struct rp_comparison *c, size_t *n)
{
	*n = c->n;
	return c->row;
}

const struct rp_plan *
rp_comparison_plan(const struct rp_comparison *c)
{
	return c->plan;
}

enum rp_metric
rp_comparison_metric(const struct rp_comparison *c)
{
	return c->metric;
}

const char *const *
rp_comparison_notes(const struct rp_comparison *c, size_t *n)
{
	*n = c->n_notes;
	return c->note;
}

void
rp_comparison_free(struct rp_comparison *c)
{
	if (c == NULL)
		return;
	rp_release_mem(c->row);
	rp_release_mem(c);
}
