/*
 * simulate/plain.c - parts whose outcome follows from when they are replaced.
 */
#include "simulate/plain.h"

#include <string.h>

#include "simulate/outcome.h"

/* ---- which they are ----------------------------------------------------- */

/* Whether nothing of the part ever runs out, is held or waits its turn. */
static bool
may_be(const struct rp_outcome *o, size_t p)
{
	const struct rp_model_part *part = &o->m->part[p];

	return !o->in_full && o->n_holds == 0 && o->batches.from == SIZE_MAX &&
	    !part->p->has_expiry && !part->p->has_renewal &&
	    part->own_ends == 0;
}

static size_t
later(size_t a, size_t b)
{
	return a > b ? a : b;
}

bool
rp_plain_always(const struct rp_outcome *o, size_t p, struct rp_plain *out)
{
	const struct rp_case *cs = o->m->cs;
	const struct rp_model_part *part = &o->m->part[p];
	const struct rp_revocation *r = &cs->revocation;
	size_t known = part->event < 0 ? 0 : part->aware;
	bool delayed = r->kind == RP_REVOKE_AFTER_REPLACED &&
	    !o->nothing_revoked;

	if (!may_be(o, p) || (part->event >= 0 &&
	    cs->event[part->event].kind == RP_EVENT_RISK) ||
	    (delayed && (r->delay.dist != NULL || r->delay.fixed > 0.0)))
		return false;
	for (size_t k = 0; k < o->n_cutoffs; k++)
		if (cs->event[o->cutoff[k].event].kind == RP_EVENT_RISK)
			return false;
	*out = (struct rp_plain){ .is = true, .at_once = delayed,
	    .known = known, .n = part->certificates,
	    .cut = later(rp_outcome_cut(o, NULL, p), known) };
	return true;
}

/* ---- one of them -------------------------------------------------------- */

/* What has been counted by each point; all of it by the last. */
static void
accumulate(const struct rp_flow *f, const uint32_t *at_point,
    const uint32_t *in_cell, size_t n, uint32_t *to)
{
	size_t last = f->last < n ? f->last : n, i;
	uint32_t sum = 0;

	for (i = 0; i < f->first && i < n; i++)
		to[i] = 0;
	/* Each sum waits for one addition before it, not for two. */
	for (; i < last; i++) {
		to[i] = sum + at_point[i];
		sum += at_point[i] + in_cell[i];
	}
	for (; i < n; i++)
		to[i] = sum;
}

/* When the last of them was counted; what came over a cell was done with its
 * last second. */
static int64_t
last_of(const struct rp_grid *g, const struct rp_flow *f,
    const uint32_t *at_point, const uint32_t *in_cell)
{
	size_t i = f->last < g->n ? f->last : g->n;

	while (i-- > f->first) {
		if (i + 1 < g->n && in_cell[i] > 0)
			return g->t[i + 1] - 1;
		if (at_point[i] > 0)
			return g->t[i];
	}
	return 0;
}

/* Where n are left there is no last one; in no trial without any. */
static int64_t
complete_at(const struct rp_plain *x, uint32_t left, int64_t last)
{
	return x->n == 0 ? INT64_MIN : left > 0 ? INT64_MAX : last;
}

static void
set_complete(struct rp_outcome *o, size_t p)
{
	const struct rp_plain *x = &o->plain[p];
	const struct rp_grid *g = &o->m->grid;
	const struct rp_flow *f = x->flow;
	size_t end = p * g->n + g->n - 1;
	uint32_t replaced = o->state[RP_STATE_REPLACED][end];
	int64_t last = last_of(g, f, f->at_point, f->in_cell), gone = last;

	o->complete[RP_METRIC_REPLACED][p] = complete_at(x, x->n - replaced,
	    last);
	/* All that was left was revoked at a stroke, if any was. */
	if (x->cut < g->n && (!x->at_once ||
	    o->state[RP_STATE_REPLACED][p * g->n + x->cut] < x->n))
		gone = g->t[x->cut];
	o->complete[RP_METRIC_GONE][p] = complete_at(x, rp_plain_at(o,
	    RP_STATE_OUTSTANDING, p, g->n - 1), gone);
	if (o->state[RP_STATE_REISSUED] != NULL)
		o->complete[RP_METRIC_REISSUED][p] = complete_at(x, x->n -
		    o->state[RP_STATE_REISSUED][end],
		    last_of(g, f, f->reissued_at, f->reissued_in));
}

uint32_t
rp_plain_at(const struct rp_outcome *o, enum rp_state state, size_t p,
    size_t i)
{
	const struct rp_plain *x = &o->plain[p];
	const uint32_t *replaced = &o->state[RP_STATE_REPLACED][p *
	    o->m->grid.n];
	uint32_t n = i >= x->known ? x->n : 0;
	uint32_t revoked = i >= x->cut ? n : x->at_once ? replaced[i] : 0;

	switch (state) {
	case RP_STATE_REPLACED:
	case RP_STATE_REISSUED:
		return o->state[state][p * o->m->grid.n + i];
	case RP_STATE_REVOKED:
		return revoked;
	case RP_STATE_OUTSTANDING:
		return n - revoked;
	case RP_STATE_HARMED:
		return i >= x->cut ? n - replaced[x->cut] : 0;
	case RP_STATE_EXPIRED:
	case RP_STATE_EXPIRED_LATE:
	case RP_STATE_HELD:
	case RP_STATES:
		break;
	}
	return 0;
}

uint32_t
rp_plain_stroke(const struct rp_outcome *o, size_t p, size_t i)
{
	const struct rp_plain *x = &o->plain[p];
	const uint32_t *replaced = &o->state[RP_STATE_REPLACED][p *
	    o->m->grid.n];
	uint32_t at = x->flow->at_point[i];

	if (i == x->cut)
		return x->at_once ? x->n - (replaced[i] - at) : x->n;
	return x->at_once && i < x->cut ? at : 0;
}

/* Twice the certificate-seconds of the cell that ends at point i. */
static uint64_t
late_at(const struct rp_outcome *o, size_t p, size_t i)
{
	const int64_t *t = o->m->grid.t;

	return ((uint64_t)rp_plain_at(o, RP_STATE_OUTSTANDING, p, i - 1) +
	    rp_plain_at(o, RP_STATE_OUTSTANDING, p, i) +
	    rp_plain_stroke(o, p, i)) * (uint64_t)(t[i] - t[i - 1]);
}

/*
 * Certificate-seconds after the deadline of the part.  In whole numbers, so
 * that no order of adding matters; halves of them are exact as well.
 */
static double
late_s(const struct rp_outcome *o, size_t p)
{
	const struct rp_plain *x = &o->plain[p];
	const int64_t *t = o->m->grid.t;
	const uint32_t *replaced = &o->state[RP_STATE_REPLACED][p *
	    o->m->grid.n];
	size_t n = o->m->grid.n, i = o->m->part[p].deadline_point;
	uint64_t sum = 0;

	if (i >= n)
		return 0.0;
	for (i++; i <= x->known && i < n; i++)
		sum += late_at(o, p, i);
	/* Those that came at point i itself were there for all of its cell;
	 * those of the cell, for half of it. */
	for (; x->at_once && i < n && i < x->cut &&
	    replaced[i - 1] < x->n; i++)
		sum += (2 * (uint64_t)(x->n - replaced[i - 1]) -
		    x->flow->in_cell[i - 1]) * (uint64_t)(t[i] - t[i - 1]);
	if (!x->at_once && i < n && i < x->cut) {
		size_t end = x->cut < n ? x->cut : n;

		sum += 2 * (uint64_t)x->n * (uint64_t)(t[end - 1] - t[i - 1]);
		i = end;
	}
	/* At the cut; nothing is left after it. */
	if (i < n && i == x->cut)
		sum += late_at(o, p, i);
	return 0.5 * (double)sum;
}

/* The states that follow, for those who look at them point by point. */
static void
write_states(struct rp_outcome *o, size_t p)
{
	size_t n = o->m->grid.n;

	for (size_t s = 0; s < RP_STATES; s++) {
		if (o->state[s] == NULL || s == RP_STATE_REPLACED ||
		    s == RP_STATE_REISSUED)
			continue;
		for (size_t i = 0; i < n; i++)
			o->state[s][p * n + i] = rp_plain_at(o,
			    (enum rp_state)s, p, i);
	}
	for (size_t i = 0; i < n; i++)
		o->stroke[p * n + i] = rp_plain_stroke(o, p, i);
	for (size_t i = 0; i < n && o->bare != NULL; i++)
		o->bare[p * n + i] = (i >= o->plain[p].known ?
		    o->plain[p].n : 0) - o->state[RP_STATE_REPLACED][p * n + i];
}

bool
rp_plain_take(struct rp_outcome *o, const struct rp_engine *e, size_t p,
    double delay_s)
{
	const struct rp_model_part *part = &o->m->part[p];
	const struct rp_flow *f = &e->flow[p];
	size_t known = part->event < 0 ? 0 : part->aware, n = o->m->grid.n;

	o->plain[p].is = delay_s <= 0.0 && may_be(o, p);
	if (!o->plain[p].is)
		return false;
	o->plain[p] = (struct rp_plain){ .is = true,
	    .at_once = delay_s >= 0.0, .known = known, .n = f->certificates,
	    .cut = later(rp_outcome_cut(o, e->happened, p), known),
	    .flow = f };
	accumulate(f, f->at_point, f->in_cell, n,
	    &o->state[RP_STATE_REPLACED][p * n]);
	if (o->state[RP_STATE_REISSUED] != NULL)
		accumulate(f, f->reissued_at, f->reissued_in, n,
		    &o->state[RP_STATE_REISSUED][p * n]);
	set_complete(o, p);
	o->late_s[p] = late_s(o, p);
	if (!o->lean)
		write_states(o, p);
	return true;
}
