/*
 * simulate/sweep.c - node after node, each over the whole grid.
 *
 * What leaves a node is noted with the next one, or with the part where that
 * was the last.  So a trial costs what happens in it, and not the points of the
 * grid times the nodes.
 */
#include <string.h>

#include "base/mem.h"
#include "simulate/flow.h"

/* ---- what can be swept -------------------------------------------------- */

/*
 * A node must come after all that feed it.  Queues that feed each other in a
 * circle (see compile.c) pass on what closes it a step later, which is no
 * order of nodes.
 */
static bool
is_fed_in_order(const struct rp_model *m, size_t k)
{
	const struct rp_flow_node *n = &m->node[k];
	size_t level = n->kind == RP_FLOW_QUEUE ?
	    m->node[m->queue[n->queue].last].level : n->level;

	return (n->next == RP_FLOW_END || m->node[n->next].level > level) &&
	    (n->alt == RP_FLOW_END || m->node[n->alt].level > level);
}

/* Whoever shares a queue with a part that must be walked is walked as well;
 * whether that was new. */
static bool
walk_with(struct rp_engine *e, size_t queue)
{
	const struct rp_model *m = e->m;
	size_t first = m->queue[queue].first;
	bool walk = false, moved = false;

	for (size_t k = first; k != RP_FLOW_END; k = m->node[k].sibling)
		walk = walk || !e->can_sweep[m->node[k].part];
	for (size_t k = first; walk && k != RP_FLOW_END;
	    k = m->node[k].sibling) {
		moved = moved || e->can_sweep[m->node[k].part];
		e->can_sweep[m->node[k].part] = false;
	}
	return moved;
}

static void
find_sweepable(struct rp_engine *e)
{
	const struct rp_model *m = e->m;
	bool moved = true;

	for (size_t p = 0; p < m->n_parts; p++)
		e->can_sweep[p] = !m->part[p].one_by_one;
	for (size_t i = 0; i < m->n_rollouts; i++)
		e->can_sweep[m->rollout[i].part] = false;
	for (size_t k = 0; k < m->n_nodes; k++)
		if (!is_fed_in_order(m, k))
			e->can_sweep[m->node[k].part] = false;
	while (moved) {
		moved = false;
		for (size_t i = 0; i < m->n_queues; i++)
			moved = walk_with(e, i) || moved;
	}
}

/* ---- lists of what is to be done ---------------------------------------- */

static bool
make_room(struct rp_work *w, const struct rp_model *m)
{
	w->part = rp_alloc_zeroed(m->n_parts, sizeof(*w->part));
	w->node = rp_alloc_zeroed(m->n_nodes, sizeof(*w->node));
	w->queue = rp_alloc_zeroed(m->n_queues, sizeof(*w->queue));
	return w->part != NULL && w->node != NULL && w->queue != NULL;
}

static void
release_work(struct rp_work *w)
{
	rp_release_mem(w->part);
	rp_release_mem(w->node);
	rp_release_mem(w->queue);
}

bool
rp_sweep_init(struct rp_engine *e)
{
	size_t n = e->m->n_parts;

	e->can_sweep = rp_alloc_zeroed(n, sizeof(*e->can_sweep));
	e->swept = rp_alloc_zeroed(n, sizeof(*e->swept));
	e->wanted = rp_alloc_zeroed(n, sizeof(*e->wanted));
	if (e->can_sweep == NULL || e->swept == NULL || e->wanted == NULL ||
	    !make_room(&e->walk, e->m) || !make_room(&e->sweep, e->m))
		return false;
	find_sweepable(e);
	for (size_t p = 0; p < n; p++)
		e->wanted[p] = true;
	return true;
}

void
rp_sweep_release(struct rp_engine *e)
{
	rp_release_mem(e->can_sweep);
	rp_release_mem(e->swept);
	rp_release_mem(e->wanted);
	release_work(&e->walk);
	release_work(&e->sweep);
}

static struct rp_work *
work_of(struct rp_engine *e, size_t part)
{
	return e->swept[part] ? &e->sweep : &e->walk;
}

void
rp_sweep_list(struct rp_engine *e)
{
	const struct rp_model *m = e->m;

	e->walk.n_parts = e->walk.n_nodes = e->walk.n_queues = 0;
	e->sweep.n_parts = e->sweep.n_nodes = e->sweep.n_queues = 0;
	for (size_t p = 0; p < m->n_parts; p++) {
		struct rp_work *w;

		e->swept[p] = e->sweeps && e->can_sweep[p];
		w = work_of(e, p);
		if (e->wanted[p])
			w->part[w->n_parts++] = p;
	}
	for (size_t i = 0; i < m->n_nodes; i++) {
		size_t k = m->order[i];
		struct rp_work *w = work_of(e, m->node[k].part);

		if (e->wanted[m->node[k].part])
			w->node[w->n_nodes++] = k;
	}
	for (size_t i = 0; i < m->n_queues; i++) {
		size_t p = m->node[m->queue[i].first].part;
		struct rp_work *w = work_of(e, p);

		if (e->wanted[p])
			w->queue[w->n_queues++] = i;
	}
	e->listed = true;
}

/* ---- the sweep ---------------------------------------------------------- */

/* What has come to a node at point i, or over cell i, enters it. */
static void
enter(struct rp_engine *e, size_t k, enum rp_entry phase, size_t i)
{
	const struct rp_counts *c = &e->node[k].comes;

	if (i < c->first || i >= c->last)
		return;
	if (phase == RP_ENTRY_POINT)
		rp_flow_enter(e, k, phase, i, c->at_point[i], 0.0);
	else
		rp_flow_enter(e, k, phase, i, c->in_cell[i], c->lump[i]);
}

static void
sweep_node(struct rp_engine *e, size_t k)
{
	struct rp_node_state *s = &e->node[k];

	for (size_t i = s->comes.first; i < s->comes.last; i++) {
		enter(e, k, RP_ENTRY_POINT, i);
		enter(e, k, RP_ENTRY_CELL, i);
	}
	if (e->m->node[k].kind == RP_FLOW_INDEPENDENT)
		rp_flow_leave_all(e, k);
}

static void
enter_members(struct rp_engine *e, size_t queue, enum rp_entry phase,
    size_t i)
{
	for (size_t k = e->m->queue[queue].first; k != RP_FLOW_END;
	    k = e->m->node[k].sibling)
		enter(e, k, phase, i);
}

/* Whether somebody is there who may yet be served, or come to an end. */
static bool
is_busy(const struct rp_engine *e, size_t queue)
{
	bool busy = rp_queue_waiting(e, queue) > 0;

	for (size_t k = e->m->queue[queue].first; k != RP_FLOW_END && !busy;
	    k = e->m->node[k].sibling)
		busy = e->node[k].stays > 0;
	return busy;
}

/* All members of a queue, from the first arrival until nobody is left. */
static void
sweep_queue(struct rp_engine *e, size_t queue)
{
	const struct rp_queue *q = &e->m->queue[queue];
	bool drains = rp_flow_can_drain(e, queue);
	size_t i = SIZE_MAX, last = 0;

	for (size_t k = q->first; k != RP_FLOW_END; k = e->m->node[k].sibling) {
		const struct rp_counts *c = &e->node[k].comes;

		i = c->first < i ? c->first : i;
		last = c->last > last ? c->last : last;
	}
	for (; i < last || (i < e->m->grid.n && is_busy(e, queue)); i++) {
		enter_members(e, queue, RP_ENTRY_POINT, i);
		if (i + 1 == e->m->grid.n)
			return;
		enter_members(e, queue, RP_ENTRY_CELL, i);
		rp_flow_serve(e, queue, i);
		rp_flow_lapse_bounced(e, queue, i);
		if (drains && i + 1 >= last) {
			rp_flow_drain(e, queue, i + 1);
			return;
		}
	}
}

void
rp_sweep(struct rp_engine *e)
{
	const struct rp_model *m = e->m;

	for (size_t i = 0; i < e->sweep.n_parts; i++) {
		size_t p = e->sweep.part[i];

		rp_flow_start(e, p, m->part[p].start);
	}
	for (size_t i = 0; i < e->sweep.n_nodes; i++) {
		size_t k = e->sweep.node[i];
		const struct rp_flow_node *f = &m->node[k];

		if (f->kind != RP_FLOW_QUEUE)
			sweep_node(e, k);
		else if (m->queue[f->queue].last == k)
			sweep_queue(e, f->queue);
	}
}
