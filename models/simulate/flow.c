/*
 * simulate/flow.c - counts moving from node to node.
 */
#include <math.h>

#include "simulate/flow.h"
#include "simulate/ones.h"

/* ---- coming ------------------------------------------------------------- */

/* n are replaced. */
static void
finish(struct rp_engine *e, size_t part, uint32_t n, enum rp_entry phase,
    size_t i)
{
	struct rp_flow *f = &e->flow[part];

	e->left -= n;
	rp_flow_touch(&f->first, &f->last, i);
	if (phase == RP_ENTRY_POINT)
		f->at_point[i] += n;
	else
		f->in_cell[i] += n;
}

/* n come to a node that is swept later. */
static void
note(struct rp_counts *c, uint32_t n, enum rp_entry phase, size_t i,
    double lump)
{
	rp_flow_touch(&c->first, &c->last, i);
	if (phase == RP_ENTRY_POINT) {
		c->at_point[i] += n;
		return;
	}
	c->lump[i] = c->in_cell[i] > 0 && c->lump[i] != lump ? (double)NAN :
	    lump;
	c->in_cell[i] += n;
}

void
rp_flow_deliver(struct rp_engine *e, size_t to, size_t part, uint32_t n,
    enum rp_entry phase, size_t i, double lump)
{
	struct rp_node_state *s;

	if (n == 0)
		return;
	if (to == RP_FLOW_END) {
		finish(e, part, n, phase, i);
		return;
	}
	s = &e->node[to];
	if (e->swept[part]) {
		note(&s->comes, n, phase, i, lump);
		return;
	}
	s->in_lump = s->in > 0 && s->in_lump != lump ? (double)NAN : lump;
	s->in += n;
}

/*
 * Certificates of part p that live to see the start of its work; where they
 * are counted by owner all of them, for it matters to whom they are lost.
 */
static uint32_t
until_start(struct rp_engine *e, size_t p)
{
	const struct rp_model_part *mp = &e->m->part[p];
	uint32_t n = e->flow[p].certificates;

	if (e->m->node[mp->entry].by_subscriber)
		return n;
	rp_lapse_renewed(e, p, &n);
	for (size_t c = mp->aware; c < mp->start; c++)
		rp_lapse_waiting(e, p, &e->expiry[p], false, c, &n);
	return n;
}

void
rp_flow_start(struct rp_engine *e, size_t part, size_t i)
{
	size_t entry = e->m->part[part].entry;

	rp_flow_deliver(e, entry, part, until_start(e, part), RP_ENTRY_POINT,
	    i, 0.0);
	/* Owners are told apart only once it is known when they move. */
	if (!e->m->node[entry].by_subscriber)
		rp_rollout_at_start(e, part, i);
}

/* ---- independent steps -------------------------------------------------- */

/*
 * Subscribers come once, at the start, and move all that they own at once.
 * Each began with its full number when it became known: what has run out
 * since then, before the start as well, is lost to its own subscriber.
 */
static void
enter_owners(struct rp_engine *e, size_t node, const struct rp_kernel *k)
{
	const struct rp_flow_node *f = &e->m->node[node];
	const struct rp_model_part *p = &e->m->part[f->part];
	const struct rp_owners *o = rp_engine_owners(e, f->part);
	struct rp_node_state *s = &e->node[node];
	size_t from = p->aware < p->start ? p->aware : p->start;

	for (size_t i = 0; i < o->n; i++)
		rp_exits_draw(s, k, o->of[i].owners, o->of[i].size);
	if (e->flow[f->part].alive != NULL)
		rp_lapse_scheduled(e, f->part, s, from, o->certificates);
	for (size_t c = from; c < p->start; c++) {
		rp_lapse_end(e, f->part, &e->expiry[f->part], f->reissued, c,
		    s->lapses[c]);
		s->lapses[c] = 0;
	}
	rp_rollout_at_start(e, f->part, p->start);
}

static void
enter_steps(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	const struct rp_kernel *k = rp_exits_kernel(e, node, phase, i);

	if (f->by_subscriber)
		enter_owners(e, node, k);
	else if (rp_exits_can_scatter(e, node, phase, i, k))
		rp_exits_scatter(s, k, n);
	else
		rp_exits_draw(s, k, n, 1);
}

/* n leave a node, to `next` or to `alt`. */
static void
leave_node(struct rp_engine *e, const struct rp_flow_node *f, bool alt,
    uint32_t n, enum rp_entry phase, size_t i, double lump)
{
	struct rp_flow *flow = &e->flow[f->part];

	if (n == 0)
		return;
	if (alt ? f->alt_reissues : f->next_reissues) {
		rp_flow_touch(&flow->first, &flow->last, i);
		if (phase == RP_ENTRY_POINT)
			flow->reissued_at[i] += n;
		else
			flow->reissued_in[i] += n;
	}
	rp_flow_deliver(e, alt ? f->alt : f->next, f->part, n, phase, i,
	    lump);
}

void
rp_flow_leave(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];

	if (phase == RP_ENTRY_POINT) {
		leave_node(e, f, false, s->at_point[i], phase, i, 0.0);
		return;
	}
	leave_node(e, f, false, s->in_cell[i], phase, i, s->lump[i]);
	rp_lapse_end(e, f->part, &s->ends, f->reissued, i, s->lapses[i]);
}

/* What is added to counts, in all. */
static uint64_t
add_counts(uint32_t *to, const uint32_t *from, size_t first, size_t last)
{
	uint64_t sum = 0;

	for (size_t i = first; i < last; i++) {
		to[i] += from[i];
		sum += from[i];
	}
	return sum;
}

static void
touch_all(struct rp_flow *f, size_t first, size_t last)
{
	rp_flow_touch(&f->first, &f->last, first);
	rp_flow_touch(&f->first, &f->last, last - 1);
}

void
rp_flow_leave_all(struct rp_engine *e, size_t node)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	struct rp_flow *flow = &e->flow[f->part];

	if (s->first >= s->last)
		return;
	/* Mostly they are at the end. */
	if (f->next == RP_FLOW_END && !f->next_reissues &&
	    flow->alive == NULL) {
		e->left -= add_counts(flow->at_point, s->at_point, s->first,
		    s->last);
		e->left -= add_counts(flow->in_cell, s->in_cell, s->first,
		    s->last);
		touch_all(flow, s->first, s->last);
		return;
	}
	for (size_t i = s->first; i < s->last; i++) {
		rp_flow_leave(e, node, RP_ENTRY_POINT, i);
		rp_flow_leave(e, node, RP_ENTRY_CELL, i);
	}
}

/* ---- splits ------------------------------------------------------------- */

static void
split(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n, double lump)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	double share = f->split_by == RP_SPLIT_VALIDATED ?
	    rp_validated_share(e, node, phase, i, lump) : s->share;
	uint32_t aside = rp_draw_binomial(&s->stream, n, share);

	leave_node(e, f, true, aside, phase, i, lump);
	leave_node(e, f, false, n - aside, phase, i, lump);
}

/* ---- queues ------------------------------------------------------------- */

static void
join_queue(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n, double lump)
{
	const struct rp_flow_node *f = &e->m->node[node];
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];

	q->waiting[f->member] += n;
	if (queue->n_members > 1) {
		rp_flow_touch(&q->first, &q->last, i);
		q->bucket[i * queue->n_members + f->member] += n;
	}
	if (phase == RP_ENTRY_CELL && isnan(lump)) {
		q->spread += n;
	} else if (phase == RP_ENTRY_CELL) {
		q->late_at = q->late > 0 ? fmin(q->late_at, lump) : lump;
		q->late += n;
	}
	if (e->m->part[f->part].one_by_one)
		rp_ones_join(e, node, i);
}

static void
lapse_queue(struct rp_engine *e, size_t node, size_t c)
{
	const struct rp_flow_node *f = &e->m->node[node];
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];
	struct rp_stream *s = &e->node[node].ends;
	uint32_t before = q->waiting[f->member], lost;

	lost = rp_lapse_waiting(e, f->part, s, f->reissued, c,
	    &q->waiting[f->member]);
	if (queue->n_members == 1)
		return;
	/* Whenever they came, any of them is as likely as any other. */
	for (size_t b = q->head; b <= c && lost > 0; b++) {
		uint32_t *here = &q->bucket[b * queue->n_members + f->member];
		uint32_t n;

		if (*here == 0)
			continue;
		before -= *here;
		n = rp_draw_hypergeometric(s, *here, before, lost);
		*here -= n;
		lost -= n;
	}
}

void
rp_flow_serve(struct rp_engine *e, size_t queue, size_t c)
{
	struct rp_queue_state *q = &e->queue[queue];
	uint32_t *served = q->waiting + e->m->queue[queue].n_members;

	if (!rp_queue_serve(e, queue, c, served))
		return;
	for (size_t k = e->m->queue[queue].first; k != RP_FLOW_END;
	    k = e->m->node[k].sibling) {
		const struct rp_flow_node *f = &e->m->node[k];
		uint32_t n = served[f->member], lost;

		if (e->m->part[f->part].one_by_one) {
			rp_ones_serve(e, k, c, n);
			continue;
		}
		lost = q->bounces > 0.0 ?
		    rp_draw_binomial(&q->stream, n, q->bounces) : 0;
		e->node[k].stays += lost;
		leave_node(e, f, false, n - lost, RP_ENTRY_CELL, c,
		    (double)NAN);
		lapse_queue(e, k, c);
	}
}

bool
rp_flow_can_drain(const struct rp_engine *e, size_t queue)
{
	const struct rp_flow_node *f = &e->m->node[e->m->queue[queue].first];

	return rp_queue_can_drain(e, queue) && f->next == RP_FLOW_END &&
	    !f->next_reissues && e->flow[f->part].alive == NULL;
}

void
rp_flow_drain(struct rp_engine *e, size_t queue, size_t i)
{
	struct rp_queue_state *q = &e->queue[queue];
	struct rp_flow *f =
	    &e->flow[e->m->node[e->m->queue[queue].first].part];
	uint32_t before = q->waiting[0];
	size_t until = rp_queue_drain(e, queue, i, f->in_cell);

	e->left -= before - q->waiting[0];
	if (until > i)
		touch_all(f, i, until);
}

void
rp_flow_lapse_bounced(struct rp_engine *e, size_t queue, size_t c)
{
	for (size_t k = e->m->queue[queue].first; k != RP_FLOW_END;
	    k = e->m->node[k].sibling) {
		const struct rp_flow_node *f = &e->m->node[k];

		if (!e->m->part[f->part].one_by_one)
			rp_lapse_waiting(e, f->part, &e->node[k].ends,
			    f->reissued, c, &e->node[k].stays);
	}
}

/* ---- a node ------------------------------------------------------------- */

void
rp_flow_enter(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i, uint32_t n, double lump)
{
	if (n == 0)
		return;
	switch (e->m->node[node].kind) {
	case RP_FLOW_INDEPENDENT:
		enter_steps(e, node, phase, i, n);
		return;
	case RP_FLOW_SPLIT:
		split(e, node, phase, i, n, lump);
		return;
	case RP_FLOW_QUEUE:
		join_queue(e, node, phase, i, n, lump);
		return;
	}
}

void
rp_flow_step(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	uint32_t n = s->in;

	s->in = 0;
	rp_flow_enter(e, node, phase, i, n, s->in_lump);
	if (f->kind == RP_FLOW_INDEPENDENT)
		rp_flow_leave(e, node, phase, i);
	else if (f->kind == RP_FLOW_QUEUE && phase == RP_ENTRY_CELL &&
	    e->m->queue[f->queue].last == node)
		rp_flow_serve(e, f->queue, i);
}
