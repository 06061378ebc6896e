/*
 * judge/compare_rows.c - planned against actual, period by period.
 */
#include "judge/comparing.h"

#include "base/mem.h"

/* ---- periods ------------------------------------------------------------ */

/* Every time that a row must exist for: the milestones, then the actuals. */
size_t
rp_compare_times(const struct rp_comparing *src)
{
	const struct rp_plan *plan = src->c->plan;

	return src->series.n + (plan == NULL ? 0 : plan->n_milestones);
}

static struct rp_instant
time_at(const struct rp_comparing *src, size_t i)
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

struct rp_share
rp_share_printed(struct rp_share a)
{
	const int64_t step = RP_SHARE_ONE_PPB / 1000;
	int64_t ppb = rp_share_ppb(a);
	int64_t half = ppb < 0 ? -step / 2 : step / 2;
	int64_t printed = (ppb + half) / step * step;

	/* As rp_share_format() prints it: not all while one is left. */
	if (ppb < RP_SHARE_ONE_PPB && printed == RP_SHARE_ONE_PPB)
		printed -= step;
	return rp_share_of_ppb(printed);
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
actual_of(const struct rp_comparing *src, struct rp_instant from,
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
take_actual(const struct rp_comparing *src, struct rp_compare_row *row,
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
		row->actual = rp_amount_share(m, src->base);
	take_counts(row, a, rp_count_n(src->base));
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
	ahead = rp_share_ppb(rp_share_minus(rp_share_printed(row->actual),
	    rp_share_printed(*due)));
	return ahead > 0 ? RP_AHEAD : ahead < 0 ? RP_BEHIND : RP_ON_PLAN;
}

/* The last milestone of the period, NULL where it has none. */
static const struct rp_milestone *
milestone_of(const struct rp_plan *plan, struct rp_instant from,
    struct rp_instant until)
{
	const struct rp_milestone *last = NULL;

	for (size_t i = 0; plan != NULL && i < plan->n_milestones; i++)
		if (in_period(plan->milestone[i].by, from, until))
			last = &plan->milestone[i];
	return last;
}

static struct rp_share
difference(const struct rp_compare_row *row, struct rp_share planned)
{
	return rp_share_minus(rp_share_printed(row->actual),
	    rp_share_printed(planned));
}

static void
take_planned(const struct rp_comparing *src, struct rp_compare_row *row,
    const struct rp_milestone *m, const struct rp_actual *a)
{
	row->has_planned = m != NULL;
	if (m != NULL) {
		row->planned = m->share;
		row->planned_by = m->by;
	}
	row->has_difference = row->has_actual && m != NULL;
	if (row->has_difference)
		row->difference = difference(row, m->share);
	if (row->has_actual && src->c->plan != NULL)
		row->lead = rp_plan_lead(src, src->c->plan, a, row->actual);
}

static void
take_first(const struct rp_comparing *src, struct rp_compare_row *row,
    const struct rp_milestone *m, const struct rp_actual *a)
{
	row->has_first = m != NULL;
	if (m != NULL)
		row->first = m->share;
	row->has_first_difference = row->has_actual && m != NULL;
	if (row->has_first_difference)
		row->first_difference = difference(row, m->share);
	if (row->has_actual)
		row->first_lead = rp_plan_lead(src, src->c->first, a,
		    row->actual);
}

/* *due is the share of the last milestone so far, NULL before the first. */
static void
fill_row(const struct rp_comparing *src, struct rp_compare_row *row,
    struct rp_instant from, struct rp_instant until,
    const struct rp_share **due)
{
	const struct rp_milestone *m = milestone_of(src->c->plan, from, until);
	const struct rp_actual *a = actual_of(src, from, until);

	(void)rp_period_name(src->opt->period, from, row->period);
	if (a != NULL)
		take_actual(src, row, a);
	take_planned(src, row, m, a);
	if (src->c->first != NULL)
		take_first(src, row, milestone_of(src->c->first, from, until),
		    a);
	if (m != NULL)
		*due = &m->share;
	row->status = progress(row, *due);
}

rp_status
rp_compare_make_rows(struct rp_comparing *src, struct rp_err *err)
{
	enum rp_period period = src->opt->period;
	const struct rp_share *due = NULL;
	struct rp_instant first, last, t, next;
	struct rp_comparison *c = src->c;
	size_t n = 0;

	first = last = time_at(src, 0);
	for (size_t i = 1; i < rp_compare_times(src); i++) {
		if (rp_instant_cmp(time_at(src, i), first) < 0)
			first = time_at(src, i);
		if (rp_instant_cmp(time_at(src, i), last) > 0)
			last = time_at(src, i);
	}
	first = rp_period_start(period, first);
	for (t = first; rp_instant_cmp(t, last) <= 0;
	    t = rp_period_next(period, t))
		n++;
	c->row = rp_alloc_zeroed(n, sizeof(*c->row));
	if (c->row == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the comparison");
	for (t = first; c->n < n; t = next) {
		next = rp_period_next(period, t);
		fill_row(src, &c->row[c->n++], t, next, &due);
	}
	return RP_OK;
}
