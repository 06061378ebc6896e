/*
 * judge/curve.c - a plan as a curve, and how many days lie between it and an
 * actual.  revplan/compare.h has the formula and where it is from.
 */
#include "judge/comparing.h"

#include <math.h>

struct knot {
	struct rp_instant at;
	struct rp_share share;
};

struct rp_plan_curve
rp_plan_curve(const struct rp_plan *plan, const struct rp_when *start)
{
	struct rp_plan_curve cv = { .plan = plan };
	const struct rp_milestone *m = plan->milestone;

	if (start == NULL || plan->n_milestones < 2)
		return cv;
	cv.start = rp_when_last(*start);
	cv.has_start = rp_share_ppb(m[0].share) > 0 &&
	    rp_instant_cmp(cv.start, rp_when_last(m[0].by)) < 0;
	return cv;
}

static size_t
n_knots(const struct rp_plan_curve *cv)
{
	return cv->plan->n_milestones + cv->has_start;
}

static struct knot
knot(const struct rp_plan_curve *cv, size_t i)
{
	const struct rp_milestone *m;

	if (cv->has_start && i == 0)
		return (struct knot){ .at = cv->start };
	m = &cv->plan->milestone[i - cv->has_start];
	return (struct knot){ rp_when_last(m->by), m->share };
}

/* Where the line from a to b has the share; a.share < b.share. */
static struct rp_instant
on_line(struct knot a, struct knot b, struct rp_share share)
{
	double part = rp_share_real(rp_share_minus(share, a.share)) /
	    rp_share_real(rp_share_minus(b.share, a.share));
	int64_t span = rp_span_s(rp_instant_between(a.at, b.at));

	return rp_instant_plus(a.at,
	    rp_span_of_s(llround(part * (double)span)));
}

enum rp_reach
rp_plan_reaches(const struct rp_plan_curve *cv, struct rp_share share,
    struct rp_instant *at)
{
	size_t i, n = n_knots(cv);

	for (i = 0; i < n; i++)
		if (rp_share_ppb(knot(cv, i).share) >= rp_share_ppb(share))
			break;
	if (i == n)
		return RP_REACH_NEVER;
	*at = knot(cv, i).at;
	if (rp_share_ppb(knot(cv, i).share) == rp_share_ppb(share))
		return RP_REACH_KNOWN;
	if (i == 0)
		return RP_REACH_BEFORE;
	*at = on_line(knot(cv, i - 1), knot(cv, i), share);
	return RP_REACH_KNOWN;
}

/* Until when the plan asks for no more than the share; false: for ever. */
static bool
leaves(const struct rp_plan_curve *cv, struct rp_share share,
    struct rp_instant *at)
{
	size_t i, n = n_knots(cv);

	for (i = 0; i < n; i++)
		if (rp_share_ppb(knot(cv, i).share) > rp_share_ppb(share))
			break;
	if (i == n || i == 0)
		return false;
	*at = on_line(knot(cv, i - 1), knot(cv, i), share);
	return true;
}

static struct rp_lead
exactly(struct rp_span days)
{
	return (struct rp_lead){ true, true, days, days };
}

static struct rp_lead
lead_at(const struct rp_plan_curve *cv, struct rp_share share,
    struct rp_instant t)
{
	const struct rp_plan *p = cv->plan;
	struct rp_instant first = rp_when_last(p->milestone[0].by);
	struct rp_instant last = rp_when_last(
	    p->milestone[p->n_milestones - 1].by);
	enum rp_reach reach;
	struct rp_instant at;
	bool due = rp_instant_cmp(t, first) >= 0;

	reach = rp_plan_reaches(cv, share, &at);
	if (reach == RP_REACH_NEVER)
		return (struct rp_lead){ .least = rp_instant_between(t, last),
		    .has_least = rp_instant_cmp(t, last) < 0 };
	if (!due && rp_share_ppb(share) <
	    rp_share_ppb(p->milestone[0].share))
		return (struct rp_lead){ .has_least = false };
	if (reach == RP_REACH_BEFORE)
		return (struct rp_lead){ .has_most = true,
		    .most = rp_instant_between(t, at) };
	if (rp_share_ppb(share) > 0 && rp_instant_cmp(t, at) < 0)
		return exactly(rp_instant_between(t, at));
	/* All is not one of the shares to stay at, but the end: t is when. */
	if (rp_share_ppb(share) >= RP_SHARE_ONE_PPB)
		return exactly(rp_instant_between(t, at));
	if (!leaves(cv, share, &at) || rp_instant_cmp(t, at) <= 0)
		return exactly(rp_span_of_s(0));
	return exactly(rp_instant_between(t, at));
}

/* A day is told by its end; only what is longer widens the answer. */
static struct rp_instant
earliest(struct rp_when w)
{
	return rp_span_s(rp_instant_between(w.from, w.until)) > 86400 ?
	    w.from : rp_when_last(w);
}

/*
 * Facts say when the last certificate was revoked, if they tell of all of
 * them; NULL if they do not.
 */
static const struct rp_fact *
last_revocation(const struct rp_comparing *src)
{
	const struct rp_case *cs = src->cs;
	const struct rp_fact *last = NULL;
	uint64_t left = rp_count_n(src->base), n;

	for (size_t i = 0; i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		if (f->kind != RP_FACT_REVOKED)
			continue;
		n = f->has_certificates ? rp_count_n(f->certificates) : left;
		left -= n < left ? n : left;
		if (last == NULL || rp_instant_cmp(rp_when_last(last->at),
		    rp_when_last(f->at)) < 0)
			last = f;
	}
	return left == 0 ? last : NULL;
}

static bool
by_facts(const struct rp_comparing *src, struct rp_instant *early,
    struct rp_instant *late)
{
	const struct rp_fact *f;

	if (src->c->metric != RP_METRIC_REVOKED)
		return false;
	f = last_revocation(src);
	if (f == NULL || rp_instant_cmp(rp_when_last(f->at), *late) > 0)
		return false;
	*early = earliest(f->at);
	*late = rp_when_last(f->at);
	return true;
}

/* 1: the actual says that all is done, -1: that it is not, 0: neither. */
static int
says_all(const struct rp_comparing *src, const struct rp_actual *a)
{
	const struct rp_amount *m = &a->metric[src->c->metric];
	bool all;

	if (!m->known)
		return 0;
	all = rp_share_ppb(rp_amount_share(m, src->base)) >=
	    RP_SHARE_ONE_PPB;
	/* At most all may be less, at least 90 % may be all. */
	if (a->bound == (all ? RP_BOUND_AT_MOST : RP_BOUND_AT_LEAST))
		return 0;
	return all ? 1 : -1;
}

/*
 * When a share was reached that can no longer grow: between the actual that
 * first has all and the one before it, unless facts know it better.  false:
 * the earliest moment is not known.
 */
static bool
completed(const struct rp_comparing *src, struct rp_instant *early,
    struct rp_instant *late)
{
	const struct rp_actual *before = NULL, *full = NULL;

	for (size_t i = 0; i < src->series.n; i++) {
		const struct rp_actual *p = &src->series.point[i];
		int all = says_all(src, p);

		if (all == 0 ||
		    rp_instant_cmp(rp_when_last(p->as_of), *late) > 0)
			continue;
		if (all < 0)
			before = p;
		if (all < 0 || full == NULL)
			full = all > 0 ? p : NULL;
	}
	if (full != NULL)
		*late = rp_when_last(full->as_of);
	if (by_facts(src, early, late))
		return true;
	if (before != NULL)
		*early = earliest(before->as_of);
	return before != NULL;
}

/* Between which moments the share was reached. */
static bool
moments(const struct rp_comparing *src, const struct rp_actual *a,
    struct rp_share share, struct rp_instant *early, struct rp_instant *late)
{
	*early = earliest(a->as_of);
	*late = rp_when_last(a->as_of);
	return rp_share_ppb(share) < RP_SHARE_ONE_PPB ||
	    completed(src, early, late);
}

struct rp_lead
rp_plan_lead(const struct rp_comparing *src, const struct rp_plan *plan,
    const struct rp_actual *a, struct rp_share share)
{
	struct rp_plan_curve cv = rp_plan_curve(plan, &src->cs->aware);
	struct rp_instant early, late;
	struct rp_lead lead, most;

	if (plan->n_milestones == 0)
		return (struct rp_lead){ .has_least = false };
	if (!moments(src, a, share, &early, &late)) {
		lead = lead_at(&cv, share, late);
		lead.has_most = false;
		return lead;
	}
	lead = lead_at(&cv, share, late);
	most = lead_at(&cv, share, early);
	lead.has_most = most.has_most;
	lead.most = most.most;
	if (a->bound == RP_BOUND_AT_LEAST)
		lead.has_most = false;
	if (a->bound == RP_BOUND_AT_MOST)
		lead.has_least = false;
	return lead;
}
