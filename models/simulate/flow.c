/*
 * simulate/flow.c - counts moving from node to node.
 */
#include <math.h>

#include "simulate/flow.h"
#include "simulate/ones.h"

/* ---- flow --------------------------------------------------------------- */

void
rp_flow_deliver(struct rp_engine *e, size_t to, size_t part, uint32_t n,
    enum rp_entry phase, size_t i, double lump)
{
	struct rp_node_state *s;

	if (n == 0)
		return;
	if (to == RP_FLOW_END) {
		e->left -= n;
		if (phase == RP_ENTRY_POINT)
			e->flow[part].at_point[i] += n;
		else
			e->flow[part].in_cell[i] += n;
		return;
	}
	s = &e->node[to];
	s->in_lump = s->in > 0 && s->in_lump != lump ? (double)NAN : lump;
	s->in += n;
}

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
	for (size_t c = from; c < p->start; c++)
		rp_lapse_end(e, f->part, f->reissued, c, s->lapses[c]);
	rp_rollout_at_start(e, f->part, p->start);
}

static void
enter(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	const struct rp_kernel *k = rp_exits_kernel(e, node, phase, i);

	if (f->by_subscriber)
		enter_owners(e, node, k);
	else
		rp_exits_draw(s, k, n, 1);
}

/* n leave a node, to `next` or to `alt`. */
static void
leave_node(struct rp_engine *e, const struct rp_flow_node *f, bool alt,
    uint32_t n, enum rp_entry phase, size_t i, double lump)
{
	if (alt ? f->alt_reissues : f->next_reissues) {
		if (phase == RP_ENTRY_POINT)
			e->flow[f->part].reissued_at[i] += n;
		else
			e->flow[f->part].reissued_in[i] += n;
	}
	rp_flow_deliver(e, alt ? f->alt : f->next, f->part, n, phase, i,
	    lump);
}

static void
flow_independent(struct rp_engine *e, size_t node, enum rp_entry phase,
    size_t i, uint32_t n)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];

	if (n > 0)
		enter(e, node, phase, i, n);
	if (phase == RP_ENTRY_POINT) {
		leave_node(e, f, false, s->at_point[i], phase, i, 0.0);
		return;
	}
	leave_node(e, f, false, s->in_cell[i], phase, i, s->lump[i]);
	if (s->lapses[i] > 0)
		rp_lapse_end(e, f->part, f->reissued, i, s->lapses[i]);
}

static void
flow_split(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	double share = f->split_by == RP_SPLIT_VALIDATED ?
	    rp_validated_share(e, node, phase, i, s->in_lump) : s->share;
	uint32_t aside = rp_draw_binomial(&s->stream, n, share);

	leave_node(e, f, true, aside, phase, i, s->in_lump);
	leave_node(e, f, false, n - aside, phase, i, s->in_lump);
}

static void
join_queue(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n, double lump)
{
	const struct rp_flow_node *f = &e->m->node[node];
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];

	q->waiting[f->member] += n;
	if (queue->n_members > 1)
		q->bucket[i * queue->n_members + f->member] += n;
	else if (phase == RP_ENTRY_CELL && !isnan(lump)) {
		q->late = n;
		q->late_at = lump;
	}
	if (e->m->part[f->part].one_by_one)
		rp_ones_join(e, node, i);
}

static void
lapse_queue(struct rp_engine *e, const struct rp_flow_node *f, size_t c)
{
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];

	uint32_t before = q->waiting[f->member], lost;

	lost = rp_lapse_waiting(e, f->part, f->reissued, c,
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
		n = rp_draw_hypergeometric(&e->expiry[f->part], *here, before,
		    lost);
		*here -= n;
		lost -= n;
	}
}

/* Serve a queue once all of its members have brought what they have. */
static void
serve_queue(struct rp_engine *e, size_t queue, size_t c)
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
		lapse_queue(e, f, c);
	}
}

void
rp_flow_step(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	uint32_t n = s->in;

	s->in = 0;
	switch (f->kind) {
	case RP_FLOW_INDEPENDENT:
		flow_independent(e, node, phase, i, n);
		return;
	case RP_FLOW_SPLIT:
		if (n > 0)
			flow_split(e, node, phase, i, n);
		return;
	case RP_FLOW_QUEUE:
		if (n > 0)
			join_queue(e, node, phase, i, n, s->in_lump);
		if (phase == RP_ENTRY_CELL &&
		    e->m->queue[f->queue].last == node)
			serve_queue(e, f->queue, i);
		return;
	}
}
