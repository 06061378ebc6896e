/*
 * simulate/workspace.c - the memory of an engine, taken once.
 */
#include "base/mem.h"
#include "simulate/flow.h"
#include "simulate/ones.h"
#include "simulate/own.h"

/* Room for n of something in *x; true without any where it is not needed. */
#define MAKE(x, n, needed)						\
	(!(needed) || ((x) = rp_alloc_zeroed((n), sizeof(*(x)))) != NULL)

static bool
make_nodes(struct rp_engine *e)
{
	size_t n = e->m->grid.n;

	e->node = rp_alloc_zeroed(e->m->n_nodes, sizeof(*e->node));
	for (size_t k = 0; e->node != NULL && k < e->m->n_nodes; k++) {
		struct rp_node_state *s = &e->node[k];

		bool swept = e->can_sweep[e->m->node[k].part];

		if (!MAKE(s->old, 2 * n, e->m->node[k].split_by ==
		    RP_SPLIT_VALIDATED) ||
		    !MAKE(s->comes.at_point, n, swept) ||
		    !MAKE(s->comes.in_cell, n, swept) ||
		    !MAKE(s->comes.lump, n, swept))
			return false;
		if (e->m->node[k].kind != RP_FLOW_INDEPENDENT)
			continue;
		if (!MAKE(s->at_point, n, true) || !MAKE(s->in_cell, n, true) ||
		    !MAKE(s->lapses, n, true) || !MAKE(s->lump, n, true) ||
		    !MAKE(s->point_kernel, n, true) ||
		    !MAKE(s->cell_kernel, n, true))
			return false;
	}
	return e->node != NULL;
}

static bool
make_queues(struct rp_engine *e)
{
	e->queue = rp_alloc_zeroed(e->m->n_queues, sizeof(*e->queue));
	for (size_t i = 0; e->queue != NULL && i < e->m->n_queues; i++) {
		struct rp_queue_state *q = &e->queue[i];
		size_t members = e->m->queue[i].n_members;

		/* The second half is room for what was served in a cell. */
		q->waiting = rp_alloc_zeroed(2 * members, sizeof(*q->waiting));
		if (q->waiting == NULL)
			return false;
		rp_queue_prepare(e, i);
		if (members == 1)
			continue;
		q->bucket = rp_alloc_zeroed(members * e->m->grid.n,
		    sizeof(*q->bucket));
		if (q->bucket == NULL)
			return false;
	}
	return e->queue != NULL;
}

static bool
make_flow(struct rp_flow *f, const struct rp_model *m,
    const struct rp_population *p)
{
	size_t n = m->grid.n;

	return MAKE(f->at_point, n, true) && MAKE(f->in_cell, n, true) &&
	    MAKE(f->lapsed, n, true) &&
	    MAKE(f->reissued_at, n, m->reissues) &&
	    MAKE(f->reissued_in, n, m->reissues) &&
	    MAKE(f->lost, n, m->reissues) &&
	    MAKE(f->alive, n, p->has_expiry) &&
	    MAKE(f->renewed, n, p->has_renewal) &&
	    MAKE(f->renewing, n, p->has_renewal) &&
	    MAKE(f->valid, n, p->has_renewal) &&
	    MAKE(f->valid_renewed, n, p->has_renewal);
}

static bool
make_flows(struct rp_engine *e)
{
	size_t p;

	e->flow = rp_alloc_zeroed(e->m->n_parts, sizeof(*e->flow));
	e->expiry = rp_alloc_zeroed(e->m->n_parts, sizeof(*e->expiry));
	e->happened = rp_alloc_zeroed(e->m->cs->n_events,
	    sizeof(*e->happened));
	e->rollout_share = rp_alloc_zeroed(e->m->n_rollouts,
	    sizeof(*e->rollout_share));
	if (e->flow == NULL || e->rollout_share == NULL ||
	    e->expiry == NULL || e->happened == NULL)
		return false;
	for (p = 0; p < e->m->n_parts; p++)
		if (!make_flow(&e->flow[p], e->m, e->m->part[p].p))
			return false;
	return true;
}

/* Room for sizes that are drawn; the others lie in the model. */
static bool
make_owners(struct rp_engine *e)
{
	e->owners = rp_alloc_zeroed(e->m->n_parts, sizeof(*e->owners));
	for (size_t i = 0; e->owners != NULL && i < e->m->n_parts; i++) {
		const struct rp_model_part *p = &e->m->part[i];

		if (p->has_owners && p->owners.of == NULL &&
		    rp_owners_init(&e->owners[i], p->p, p->certificates,
		    p->subscribers, NULL) != RP_OK)
			return false;
	}
	return e->owners != NULL;
}

static rp_status
make_ones(struct rp_engine *e, struct rp_err *err)
{
	rp_status rc = RP_OK;

	e->ones = rp_alloc_zeroed(e->m->n_parts, sizeof(*e->ones));
	if (e->ones == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a trial");
	for (size_t i = 0; i < e->m->n_parts && rc == RP_OK; i++) {
		struct rp_flow *f = &e->flow[i];

		if (!e->m->part[i].one_by_one)
			continue;
		f->subscribers_left = rp_alloc_zeroed(e->m->grid.n,
		    sizeof(*f->subscribers_left));
		rc = f->subscribers_left != NULL ?
		    rp_ones_init(&e->ones[i], e->m, i, err) :
		    rp_fail(err, RP_ENOMEM, "no memory for a trial");
	}
	return rc;
}

rp_status
rp_engine_init(struct rp_engine *e, const struct rp_model *m,
    struct rp_err *err)
{
	rp_status rc;

	*e = (struct rp_engine){ .m = m, .stop = SIZE_MAX };
	rc = rp_kernel_work_init(&e->kernels, m, err);
	if (rc != RP_OK)
		return rc;
	e->scratch.exit = rp_alloc_zeroed(3 * m->grid.n,
	    sizeof(*e->scratch.exit));
	if (e->scratch.exit == NULL || !rp_sweep_init(e) || !make_nodes(e) ||
	    !make_queues(e) || !make_flows(e) || !make_owners(e))
		rc = rp_fail(err, RP_ENOMEM, "no memory for a trial");
	else
		rc = make_ones(e, err);
	if (rc == RP_OK)
		rc = rp_own_init(e, err);
	if (rc != RP_OK)
		rp_engine_release(e);
	return rc;
}

static void
release_kernels(struct rp_kernel **k, size_t n)
{
	for (size_t i = 0; k != NULL && i < n; i++) {
		if (k[i] != NULL)
			rp_release_mem(k[i]->exit);
		rp_release_mem(k[i]);
	}
	rp_release_mem(k);
}

static void
release_node(struct rp_node_state *s, size_t n)
{
	rp_release_mem(s->at_point);
	rp_release_mem(s->in_cell);
	rp_release_mem(s->lapses);
	rp_release_mem(s->lump);
	if (s->scatter != NULL)
		rp_scatter_release(s->scatter);
	rp_release_mem(s->scatter);
	rp_release_mem(s->old);
	rp_release_mem(s->comes.at_point);
	rp_release_mem(s->comes.in_cell);
	rp_release_mem(s->comes.lump);
	release_kernels(s->point_kernel, n);
	release_kernels(s->cell_kernel, n);
}

static void
release_flow(struct rp_flow *f)
{
	rp_release_mem(f->at_point);
	rp_release_mem(f->in_cell);
	rp_release_mem(f->lapsed);
	rp_release_mem(f->alive);
	rp_release_mem(f->renewed);
	rp_release_mem(f->renewing);
	rp_release_mem(f->valid);
	rp_release_mem(f->valid_renewed);
	rp_release_mem(f->reissued_at);
	rp_release_mem(f->reissued_in);
	rp_release_mem(f->lost);
	rp_release_mem(f->subscribers_left);
	rp_release_mem(f->own);
}

void
rp_engine_release(struct rp_engine *e)
{
	for (size_t k = 0; e->node != NULL && k < e->m->n_nodes; k++)
		release_node(&e->node[k], e->m->grid.n);
	for (size_t i = 0; e->queue != NULL && i < e->m->n_queues; i++) {
		rp_release_mem(e->queue[i].waiting);
		rp_release_mem(e->queue[i].bucket);
	}
	for (size_t p = 0; e->flow != NULL && p < e->m->n_parts; p++)
		release_flow(&e->flow[p]);
	for (size_t p = 0; e->owners != NULL && p < e->m->n_parts; p++)
		rp_owners_release(&e->owners[p]);
	rp_release_mem(e->owners);
	for (size_t p = 0; e->ones != NULL && p < e->m->n_parts; p++)
		rp_ones_release(&e->ones[p]);
	rp_release_mem(e->ones);
	rp_release_mem(e->node);
	rp_release_mem(e->queue);
	rp_release_mem(e->flow);
	rp_release_mem(e->rollout_share);
	rp_release_mem(e->expiry);
	rp_release_mem(e->happened);
	rp_release_mem(e->scratch.exit);
	rp_ladder_release(&e->ladder);
	rp_sweep_release(e);
	rp_kernel_work_release(&e->kernels);
	*e = (struct rp_engine){ 0 };
}
