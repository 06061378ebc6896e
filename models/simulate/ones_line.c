/*
 * simulate/ones_line.c - who stands where, in a queue or in time.
 */
#include <math.h>

#include "simulate/flow.h"
#include "simulate/ones.h"

/* ---- lists -------------------------------------------------------------- */

void
rp_ones_link(struct rp_ones *o, uint32_t one, uint32_t list)
{
	struct rp_one_list *l = &o->list[list];
	struct rp_one *c = &o->one[one];

	c->list = list;
	c->prev = l->last;
	c->next = RP_ONE_NONE;
	if (l->last == RP_ONE_NONE)
		l->first = one;
	else
		o->one[l->last].next = one;
	l->last = one;
}

void
rp_ones_unlink(struct rp_ones *o, uint32_t one)
{
	struct rp_one *c = &o->one[one];
	struct rp_one_list *l = &o->list[c->list];

	if (c->prev == RP_ONE_NONE)
		l->first = c->next;
	else
		o->one[c->prev].next = c->next;
	if (c->next == RP_ONE_NONE)
		l->last = c->prev;
	else
		o->one[c->next].prev = c->prev;
	c->list = RP_ONE_NONE;
}

uint32_t
rp_ones_slot(const struct rp_grid *g, double at)
{
	double steps = (at - (double)g->t[0]) / (double)g->step_s;
	size_t low;

	if (!(at <= (double)g->t[g->n - 1]))
		return RP_ONE_NONE;
	if (at <= (double)g->t[0])
		return 0;
	/* The first point that is not before it lies at most some irregular
	 * points after the regular one. */
	low = g->regular[steps < (double)(g->n_regular - 1) ?
	    (size_t)steps : g->n_regular - 1];
	if (low > 0 && (double)g->t[low] >= at)
		low--;
	while ((double)g->t[low] < at)
		low++;
	return (uint32_t)((double)g->t[low] <= at ? 2 * low : 2 * low - 1);
}

/* ---- lines -------------------------------------------------------------- */

static bool
comes_later(const struct rp_one_rank *a, const struct rp_one_rank *b)
{
	return a->at > b->at || (a->at >= b->at && a->tie > b->tie);
}

/* Let rank[i] sink to where nothing below it comes later. */
static void
sink(struct rp_one_rank *rank, size_t i, size_t n)
{
	struct rp_one_rank x = rank[i];
	size_t child;

	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && comes_later(&rank[child + 1],
		    &rank[child]))
			child++;
		if (!comes_later(&rank[child], &x))
			break;
		rank[i] = rank[child];
		i = child;
	}
	rank[i] = x;
}

/* In place and without memory, which qsort() does not promise. */
static void
sort_by_time(struct rp_one_rank *rank, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sink(rank, i, n);
	for (size_t end = n; end-- > 1;) {
		struct rp_one_rank last = rank[end];

		rank[end] = rank[0];
		rank[0] = last;
		sink(rank, 0, end);
	}
}

void
rp_ones_join(struct rp_engine *e, size_t node, size_t i)
{
	struct rp_ones *o = &e->ones[e->m->node[node].part];
	uint32_t line = rp_ones_line(e->m, node), one;
	struct rp_stream *s = &e->node[node].stream;
	size_t n = 0;

	while ((one = o->list[line + 1].first) != RP_ONE_NONE) {
		rp_ones_unlink(o, one);
		/* Those who come at one instant stand in random order. */
		o->rank[n++] = (struct rp_one_rank){ o->one[one].at,
		    (uint32_t)(rp_stream_word(s) >> 32), one };
	}
	sort_by_time(o->rank, n);
	for (size_t k = 0; k < n; k++) {
		o->one[o->rank[k].one].joined = (uint32_t)i;
		rp_ones_link(o, o->rank[k].one, line);
	}
}

/* One that is served moves on somewhere in cell c, before its end. */
static void
let_go(struct rp_engine *e, struct rp_ones *o, uint32_t one, size_t c)
{
	const struct rp_grid *g = &e->m->grid;
	struct rp_one *x = &o->one[one];
	const struct rp_flow_node *f = &e->m->node[x->stands];
	struct rp_stream *s = &e->node[x->stands].stream;
	double bounces = e->queue[f->queue].bounces;
	double from = (double)g->t[c], until = (double)g->t[c + 1];

	/* It stays at a notice that bounced. */
	if (bounces > 0.0 && rp_stream_uniform(s) < bounces)
		return;
	x->at = from + (fmin(until, x->fate) - from) * rp_stream_uniform(s);
	x->sharp = false;
	x->reissues = f->next_reissues;
	x->to = f->next == RP_FLOW_END ? RP_ONE_END : (uint32_t)f->next;
	rp_ones_walk(e, o, one, (uint32_t)(2 * c + 1));
}

void
rp_ones_serve(struct rp_engine *e, size_t node, size_t c, uint32_t n)
{
	struct rp_ones *o = &e->ones[e->m->node[node].part];
	struct rp_one_list *line = &o->list[rp_ones_line(e->m, node)];

	for (; n > 0 && line->first != RP_ONE_NONE; n--) {
		uint32_t one = line->first;

		rp_ones_unlink(o, one);
		let_go(e, o, one, c);
	}
}

void
rp_ones_leave_line(struct rp_engine *e, struct rp_ones *o, uint32_t one)
{
	struct rp_one *x = &o->one[one];
	const struct rp_flow_node *f = &e->m->node[x->stands];
	struct rp_queue_state *q = &e->queue[f->queue];

	if (x->list == rp_ones_line(e->m, x->stands)) {
		q->waiting[f->member]--;
		if (q->bucket != NULL)
			q->bucket[x->joined * e->m->queue[f->queue].n_members +
			    f->member]--;
	} else {
		e->node[x->stands].in--;
	}
	rp_ones_unlink(o, one);
}
