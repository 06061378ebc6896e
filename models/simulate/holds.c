/*
 * simulate/holds.c - certificates that must not be revoked for a while.
 *
 * A hold takes so many of those that are outstanding, not replaced and not
 * held already, each as likely as any other, over all parts that it concerns;
 * if there are fewer, replaced ones as well.  What has ended at an instant is
 * revoked before the next hold of that instant chooses.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "simulate/outcome.h"

#define LANE_HOLD 16

/* ---- once for a case ---------------------------------------------------- */

/* Where an instant lies on the grid: before it, at its start. */
static size_t
point_of(const struct rp_grid *g, struct rp_instant at)
{
	size_t i;

	if (rp_instant_s(at) <= g->t[0])
		return 0;
	return rp_grid_point(g, rp_instant_s(at), &i) ? i : SIZE_MAX;
}

static const struct rp_event *
hold_of(const struct rp_event *e)
{
	if (e->kind == RP_EVENT_RISK)
		e = e->then;
	return e->kind == RP_EVENT_HOLD ? e : NULL;
}

static int
by_start(const void *a, const void *b)
{
	const struct rp_hold *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->event > y->event) - (x->event < y->event);
}

rp_status
rp_holds_find(struct rp_outcome *o, struct rp_err *err)
{
	const struct rp_case *cs = o->m->cs;
	size_t n = 0;

	for (size_t i = 0; i < cs->n_events; i++)
		n += hold_of(&cs->event[i]) != NULL;
	o->hold = rp_alloc_zeroed(n, sizeof(*o->hold));
	if (o->hold == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the holds");
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = hold_of(&cs->event[i]);
		struct rp_hold *h = &o->hold[o->n_holds];

		if (e == NULL)
			continue;
		*h = (struct rp_hold){ .population = e->population,
		    .from = point_of(&o->m->grid, e->on.from),
		    .until = SIZE_MAX, .event = i,
		    .certificates = rp_count_n(e->certificates) > UINT32_MAX ?
		    UINT32_MAX : (uint32_t)rp_count_n(e->certificates) };
		if (e->has_until)
			h->until = point_of(&o->m->grid, e->until.from);
		/* Beyond the horizon, or over before it begins. */
		o->n_holds += h->from != SIZE_MAX && h->from < h->until;
	}
	qsort(o->hold, o->n_holds, sizeof(*o->hold), by_start);
	return RP_OK;
}

size_t
rp_holds_next(const struct rp_outcome *o, size_t i)
{
	size_t next = SIZE_MAX;

	for (size_t k = 0; k < o->n_holds; k++) {
		const struct rp_hold *h = &o->hold[k];

		if (h->from >= i && h->from < next)
			next = h->from;
		if (h->until >= i && h->until < next)
			next = h->until;
	}
	return next;
}

/* ---- choosing ----------------------------------------------------------- */

static bool
concerns(const struct rp_hold *h, const struct rp_tally *t, size_t i)
{
	return (h->population < 0 ||
	    (size_t)h->population == t->part->of) &&
	    (t->part->event < 0 || i >= t->part->aware);
}

static uint32_t
candidates(const struct rp_hold *h, const struct rp_tally *t, size_t i,
    bool replaced)
{
	if (!concerns(h, t, i))
		return 0;
	return replaced ? t->of[0].pending : t->of[0].plain;
}

/* So many of the replaced, or of the others, are taken into class `class`;
 * what is left of n. */
static uint32_t
take(struct rp_outcome *o, const struct rp_hold *h, size_t i, bool replaced,
    uint32_t n, struct rp_stream *s)
{
	size_t class = (size_t)(h - o->hold) + 1;
	uint32_t rest = 0, here, taken;

	for (size_t p = 0; p < o->m->n_parts; p++)
		rest += candidates(h, &o->tally[p], i, replaced);
	for (size_t p = 0; p < o->m->n_parts && n > 0; p++) {
		struct rp_tally *t = &o->tally[p];

		here = candidates(h, t, i, replaced);
		if (here == 0)
			continue;
		rest -= here;
		taken = rp_draw_hypergeometric(s, here, rest, n);
		rp_tally_hold(t, i, class, replaced ? 0 : taken,
		    replaced ? taken : 0);
		n -= taken;
	}
	return n;
}

void
rp_holds_step(struct rp_outcome *o, const struct rp_engine *e, size_t i)
{
	for (size_t k = 0; k < o->n_holds; k++)
		for (size_t p = 0; p < o->m->n_parts; p++)
			if (o->hold[k].until == i)
				rp_tally_release(&o->tally[p], i, k + 1);
	for (size_t k = 0; k < o->n_holds; k++) {
		const struct rp_hold *h = &o->hold[k];
		struct rp_stream s;
		uint32_t left;

		if (h->from != i || !e->happened[h->event])
			continue;
		/* Of the event, so that leaving out another changes nothing. */
		rp_stream_init(&s, o->m->key, e->trial,
		    LANE_HOLD + h->event);
		left = take(o, h, i, false, h->certificates, &s);
		(void)take(o, h, i, true, left, &s);
	}
}
