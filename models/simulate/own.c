/*
 * simulate/own.c - how long those are valid who renewed on their own schedule.
 *
 * A client that renews so long before expiry leaves a certificate with exactly
 * that time left, unless its renewal was due when it came to the poll: then it
 * has less.  That matters wherever a replaced certificate is not revoked at
 * once.  It is known where the poll is the last step, and where all come to it
 * at an instant: from the start, or by a rollout.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/own.h"

/* How a node is come to. */
enum { AT_POINTS = 1, IN_CELLS = 2 };

/* A split passes on what comes as it comes, all else as it likes. */
static void
pass_on(const struct rp_model *m, size_t k, uint8_t *come, size_t to)
{
	if (to != RP_FLOW_END)
		come[to] |= m->node[k].kind == RP_FLOW_SPLIT ? come[k] :
		    IN_CELLS;
}

rp_status
rp_own_mark(struct rp_model *m, struct rp_err *err)
{
	uint8_t *come = rp_alloc_zeroed(m->n_nodes, sizeof(*come));

	if (come == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the paths");
	for (size_t i = 0; i < m->n_parts; i++)
		if (m->part[i].entry != RP_FLOW_END)
			come[m->part[i].entry] = AT_POINTS;
	for (size_t i = 0; i < m->n_rollouts; i++)
		for (size_t copy = 0; copy < 2; copy++)
			if (m->rollout[i].entry[copy] != RP_FLOW_END)
				come[m->rollout[i].entry[copy]] = AT_POINTS;
	for (size_t i = 0; i < m->n_nodes; i++) {
		size_t k = m->order[i];
		struct rp_flow_node *n = &m->node[k];
		struct rp_model_part *p = &m->part[n->part];

		n->own_end = come[k] == AT_POINTS && n->n_hops == 1 &&
		    n->kind == RP_FLOW_INDEPENDENT && m->hop[n->hop].own &&
		    n->next == RP_FLOW_END && p->p->has_expiry &&
		    !p->one_by_one;
		p->own_ends += n->own_end;
		pass_on(m, k, come, n->next);
		pass_on(m, k, come, n->alt);
	}
	rp_release_mem(come);
	return RP_OK;
}

bool
rp_own_any(const struct rp_model *m)
{
	for (size_t p = 0; p < m->n_parts; p++)
		if (m->part[p].own_ends > 0)
			return true;
	return false;
}

rp_status
rp_own_init(struct rp_engine *e, struct rp_err *err)
{
	for (size_t p = 0; p < e->m->n_parts; p++) {
		size_t n = e->m->part[p].own_ends;

		if (n == 0)
			continue;
		e->flow[p].own = rp_alloc_zeroed(n, sizeof(*e->flow[p].own));
		if (e->flow[p].own == NULL)
			return rp_fail(err, RP_ENOMEM, "no memory for a "
			    "trial");
	}
	for (size_t k = 0; k < e->m->n_nodes; k++) {
		const struct rp_flow_node *n = &e->m->node[k];
		struct rp_flow *f = &e->flow[n->part];

		if (n->own_end)
			f->own[f->n_own++] = (struct rp_own){ &e->node[k],
			    &e->kernels.hop[n->hop] };
	}
	return RP_OK;
}

static double
valid(const struct rp_hop *h, double t)
{
	return 1.0 - rp_law_cdf(&h->ending.law, t);
}

double
rp_own_valid(const struct rp_hop *h, double u, double t)
{
	const struct rp_ending *e = &h->ending;
	double end = valid(h, u + h->renews), now = valid(h, u);
	double left = (1.0 - e->share) * fmax(0.0, valid(h, t) - end);
	double all = (1.0 - e->share) * (now - end);

	/* Of those that are renewed in the ordinary course, the ones that had
	 * not been. */
	if (e->share > 0.0 && e->before < h->renews) {
		double had = valid(h, u + e->before);

		left += e->share * fmax(0.0, fmin(had, valid(h, t)) - end);
		all += e->share * (had - end);
	}
	return all > 0.0 ? left / all : 0.0;
}

double
rp_own_sooner(const struct rp_hop *h, double u, double t)
{
	const struct rp_ending *e = &h->ending;
	double sooner, others;

	if (!(e->share > 0.0) || e->before <= h->renews)
		return 0.0;
	sooner = e->share * (valid(h, u + e->before) -
	    valid(h, t + e->before));
	others = (1.0 - e->share) * (valid(h, u + h->renews) -
	    valid(h, t + h->renews));
	return sooner > 0.0 ? sooner / (sooner + others) : 0.0;
}
