/*
 * judge/versions.c - the versions of a plan, each against the one before.
 */
#include "judge/comparing.h"

#include "base/mem.h"

enum fate { KEPT, MOVED, DROPPED };

/* The first milestone with exactly this share, NULL if there is none. */
static const struct rp_milestone *
with_share(const struct rp_plan *p, struct rp_share share)
{
	for (size_t i = 0; i < p->n_milestones; i++)
		if (rp_share_ppb(p->milestone[i].share) ==
		    rp_share_ppb(share))
			return &p->milestone[i];
	return NULL;
}

static bool
has_same(const struct rp_plan *p, const struct rp_milestone *m)
{
	for (size_t i = 0; i < p->n_milestones; i++)
		if (rp_share_ppb(p->milestone[i].share) ==
		    rp_share_ppb(m->share) &&
		    rp_instant_cmp(rp_when_last(p->milestone[i].by),
		    rp_when_last(m->by)) == 0)
			return true;
	return false;
}

/*
 * What a plan promises by a moment, shares never falling: at least that of
 * the last milestone up to it, at most that of the first one from it on.
 */
static void
promised(const struct rp_plan *p, struct rp_instant at,
    struct rp_share *least, struct rp_share *most)
{
	bool met = false;

	*least = rp_share_of_ppb(0);
	for (size_t i = 0; i < p->n_milestones; i++) {
		int order = rp_instant_cmp(rp_when_last(
		    p->milestone[i].by), at);

		if (order <= 0)
			*least = p->milestone[i].share;
		if (order >= 0 && !met) {
			*most = p->milestone[i].share;
			met = true;
		}
	}
	if (!met)
		*most = *least;
}

static void
set_now(struct rp_plan_move *move, struct rp_instant now)
{
	move->has_now = move->has_gain = true;
	move->now = now;
	move->gain = rp_instant_between(now, rp_when_last(move->was));
}

/*
 * A milestone of the version before, in the next one.  Without one of the
 * same share only what is certain counts: that less is promised by its date,
 * however the way between two milestones is thought, or that more is.
 */
static enum fate
follow(const struct rp_milestone *m, const struct rp_plan *next,
    struct rp_plan_move *move)
{
	struct rp_plan_curve cv = rp_plan_curve(next, NULL);
	const struct rp_milestone *same;
	struct rp_share least, most;
	struct rp_instant at;
	enum rp_reach reach;

	*move = (struct rp_plan_move){ .share = m->share, .was = m->by };
	if (has_same(next, m))
		return KEPT;
	same = with_share(next, m->share);
	if (same != NULL) {
		set_now(move, rp_when_last(same->by));
		move->worse = rp_span_s(move->gain) < 0;
		return MOVED;
	}
	promised(next, rp_when_last(m->by), &least, &most);
	move->worse = rp_share_ppb(most) < rp_share_ppb(m->share);
	if (!move->worse && rp_share_ppb(least) < rp_share_ppb(m->share))
		return DROPPED;
	reach = rp_plan_reaches(&cv, m->share, &at);
	if (reach != RP_REACH_NEVER)
		set_now(move, at);
	/* From nothing to the first milestone the way is not told. */
	move->has_gain = move->between = reach == RP_REACH_KNOWN;
	return MOVED;
}

static void
follow_all(struct rp_plan_version *v, const struct rp_plan *before,
    struct rp_plan_move *move)
{
	int64_t sum = 0;
	size_t gains = 0;

	v->move = move;
	for (size_t i = 0; i < before->n_milestones; i++) {
		switch (follow(&before->milestone[i], v->plan, move)) {
		case KEPT:
			v->kept++;
			continue;
		case DROPPED:
			v->dropped++;
			continue;
		case MOVED:
			break;
		}
		v->n_worse += move->worse;
		if (move->has_gain) {
			gains++;
			sum += rp_span_s(move->gain);
		}
		v->n_moves++;
		move++;
	}
	v->has_mean = gains > 0;
	if (gains > 0)
		v->mean_gain = rp_span_of_s(sum / (int64_t)gains);
}

static void
describe(struct rp_plan_version *v, const struct rp_plan *p)
{
	const struct rp_milestone *all = with_share(p,
	    rp_share_of_ppb(RP_SHARE_ONE_PPB));

	v->plan = p;
	v->has_completion = all != NULL;
	if (all != NULL)
		v->completion = all->by;
}

rp_status
rp_compare_make_versions(struct rp_comparing *src, struct rp_err *err)
{
	const struct rp_case *cs = src->cs;
	struct rp_comparison *c = src->c;
	struct rp_plan_version *v, *before = NULL;
	struct rp_plan_move *move;
	size_t moves = 0;

	for (size_t i = 0; i < cs->n_plans; i++)
		moves += cs->plan[i].n_milestones;
	c->version = rp_alloc_zeroed(cs->n_plans, sizeof(*c->version));
	c->move = move = rp_alloc_zeroed(moves, sizeof(*c->move));
	if (c->version == NULL || c->move == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the versions of the plan");
	for (size_t i = 0; i < cs->n_plans; i++) {
		if (!rp_plan_seen(src, &cs->plan[i]))
			continue;
		v = &c->version[c->n_versions++];
		describe(v, &cs->plan[i]);
		v->chosen = v->plan == c->plan;
		v->comparable = before != NULL &&
		    before->plan->metric == v->plan->metric;
		if (v->comparable)
			follow_all(v, before->plan, move);
		move += v->n_moves;
		before = v;
	}
	if (c->n_versions > 0 && c->plan != NULL &&
	    c->version[0].plan != c->plan)
		c->first = c->version[0].plan;
	return RP_OK;
}
