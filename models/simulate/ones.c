/*
 * simulate/ones.c - a part followed one by one, from the start to the end.
 */
#include "simulate/ones.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "simulate/flow.h"

/* ---- memory ------------------------------------------------------------- */

bool
rp_ones_shares(const struct rp_hop *h)
{
	return h->step->kind == RP_STEP_WAIT &&
	    h->step->as.wait.per == RP_UNIT_SUBSCRIBER && !h->as_one;
}

/* Number the hops of a node that all of a subscriber's share. */
static void
find_shared(struct rp_ones *o, const struct rp_model *m,
    const struct rp_flow_node *f)
{
	size_t end = f->hop;

	for (size_t n = 0; n < f->n_hops; n++)
		end += m->hop[end].span;
	for (size_t h = f->hop; h < end; h++)
		if (rp_ones_shares(&m->hop[h]))
			o->place[h] = (uint32_t)o->n_shared++;
}

rp_status
rp_ones_init(struct rp_ones *o, const struct rp_model *m, size_t part,
    struct rp_err *err)
{
	const struct rp_model_part *p = &m->part[part];

	*o = (struct rp_ones){ .part = part };
	o->place = rp_alloc_zeroed(m->n_hops, sizeof(*o->place));
	for (size_t k = 0; o->place != NULL && k < m->n_nodes; k++)
		if (m->node[k].part == part)
			find_shared(o, m, &m->node[k]);
	o->delay = rp_alloc_zeroed(o->n_shared, p->subscribers *
	    sizeof(*o->delay));
	o->one = rp_alloc_zeroed(p->certificates, sizeof(*o->one));
	o->rank = rp_alloc_zeroed(p->certificates, sizeof(*o->rank));
	o->left = rp_alloc_zeroed(p->subscribers, sizeof(*o->left));
	o->list = rp_alloc_zeroed(2 * (m->grid.n + m->n_nodes),
	    sizeof(*o->list));
	o->fate = rp_alloc_zeroed(2 * m->grid.n, sizeof(*o->fate));
	if (o->place != NULL && o->delay != NULL && o->one != NULL &&
	    o->rank != NULL && o->left != NULL && o->list != NULL &&
	    o->fate != NULL)
		return RP_OK;
	rp_ones_release(o);
	return rp_fail(err, RP_ENOMEM, "no memory for the certificates of "
	    "'%s', which are followed one by one", p->p->name);
}

void
rp_ones_release(struct rp_ones *o)
{
	rp_release_mem(o->one);
	rp_release_mem(o->rank);
	rp_release_mem(o->left);
	rp_release_mem(o->list);
	rp_release_mem(o->fate);
	rp_release_mem(o->place);
	rp_release_mem(o->delay);
	*o = (struct rp_ones){ 0 };
}

/* ---- the start ---------------------------------------------------------- */

/* How the certificates of a part end, given that they are valid when it
 * becomes known. */
struct ends {
	bool known;
	struct rp_ending by;
	double aware, before;	/* before: P(run out by then) */
	struct rp_stream *stream;
};

static rp_status
set_ends(struct rp_engine *e, size_t part, struct ends *x,
    struct rp_err *err)
{
	const struct rp_model_part *p = &e->m->part[part];
	rp_status rc;

	*x = (struct ends){ .known = p->p->has_expiry,
	    .aware = (double)e->m->grid.t[p->aware],
	    .stream = &e->expiry[part] };
	if (!x->known)
		return RP_OK;
	rc = rp_ending_resolve(p->p, rp_draws_of(e->m, p->key, e->trial),
	    &x->by, err);
	if (rc == RP_OK)
		x->before = rp_law_cdf(&x->by.law, x->aware);
	return rc;
}

static void
draw_end(const struct ends *x, struct rp_one *c)
{
	double at = x->aware;

	c->expires = c->fate = (double)INFINITY;
	if (!x->known)
		return;
	if (x->before < 1.0)
		at = rp_law_quantile(&x->by.law, x->before +
		    (1.0 - x->before) * rp_stream_uniform(x->stream));
	c->expires = at > x->aware ? at : nextafter(x->aware,
	    (double)INFINITY);
	c->fate = c->expires;
	if (!(x->by.share > 0.0) ||
	    rp_stream_uniform(x->stream) >= x->by.share)
		return;
	/* What should have been renewed before had been. */
	c->renews = true;
	c->fate = fmax(c->expires - x->by.before, x->aware);
}

/* What has ended by a point ended in the cell before it; only what had been
 * renewed before is so at a point, that of awareness. */
static uint32_t
slot_of_fate(const struct rp_grid *g, const struct rp_model_part *p,
    const struct rp_one *c)
{
	uint32_t slot = rp_ones_slot(g, c->fate);

	return slot == RP_ONE_NONE || slot % 2 == 1 ||
	    slot == 2 * p->aware ? slot : slot - 1;
}

static void
begin_one(struct rp_engine *e, struct rp_ones *o, uint32_t one,
    const struct ends *x)
{
	const struct rp_model_part *p = &e->m->part[o->part];
	const struct rp_grid *g = &e->m->grid;
	struct rp_one *c = &o->one[one];
	uint32_t fate;

	*c = (struct rp_one){ .at = (double)g->t[p->start],
	    .reissued = (double)INFINITY, .subscriber = c->subscriber,
	    .stands = RP_ONE_START, .to = (uint32_t)p->entry,
	    .list = RP_ONE_NONE, .next_fate = RP_ONE_NONE, .sharp = true };
	draw_end(x, c);
	fate = slot_of_fate(g, p, c);
	if (fate != RP_ONE_NONE) {
		c->next_fate = o->fate[fate];
		o->fate[fate] = one;
	}
	if (c->at < c->fate)
		rp_ones_link(o, one, (uint32_t)(2 * p->start));
}

/* Certificates in the order of their owners, the largest first. */
static void
hand_out(struct rp_ones *o, const struct rp_owners *owners)
{
	uint32_t one = 0, subscriber = 0;

	for (size_t k = 0; k < owners->n; k++)
		for (uint32_t i = 0; i < owners->of[k].owners; i++) {
			uint32_t end = one + owners->of[k].size;

			o->left[subscriber] = owners->of[k].size;
			for (; one < end; one++)
				o->one[one].subscriber = subscriber;
			subscriber++;
		}
}

rp_status
rp_ones_begin(struct rp_engine *e, size_t part, struct rp_err *err)
{
	const struct rp_grid *g = &e->m->grid;
	struct rp_ones *o = &e->ones[part];
	struct rp_flow *f = &e->flow[part];
	struct ends x;
	rp_status rc = set_ends(e, part, &x, err);

	/* All bits set is RP_ONE_NONE. */
	memset(o->list, 0xff, 2 * (g->n + e->m->n_nodes) * sizeof(*o->list));
	memset(o->fate, 0xff, 2 * g->n * sizeof(*o->fate));
	memset(f->subscribers_left, 0, g->n * sizeof(*f->subscribers_left));
	o->n = f->certificates;
	if (rc != RP_OK || o->n == 0)
		return rc;
	hand_out(o, rp_engine_owners(e, part));
	for (size_t k = 0; k < o->n_shared * e->m->part[part].subscribers; k++)
		o->delay[k] = (double)NAN;
	for (uint32_t k = 0; k < o->n; k++)
		begin_one(e, o, k, &x);
	return RP_OK;
}

/* ---- what moves --------------------------------------------------------- */

static void
meet_fates(struct rp_engine *e, struct rp_ones *o, uint32_t slot)
{
	for (uint32_t k = o->fate[slot]; k != RP_ONE_NONE;
	    k = o->one[k].next_fate) {
		struct rp_one *c = &o->one[k];

		if (c->stands == RP_ONE_END)
			continue;
		/* Whoever is in no queue would move on after its end only,
		 * so it is in no list. */
		if (c->list != RP_ONE_NONE)
			rp_ones_leave_line(e, o, k);
		c->at = c->fate;
		if (c->renews && slot % 2 == 0)
			e->flow[o->part].renewed_before++;
		else if (c->renews)
			e->flow[o->part].renewed[slot / 2]++;
		rp_ones_finish(e, o, k, slot, c->renews);
	}
}

void
rp_ones_step(struct rp_engine *e, size_t part, enum rp_entry phase, size_t i)
{
	struct rp_ones *o = &e->ones[part];
	uint32_t slot = (uint32_t)(2 * i + (phase == RP_ENTRY_CELL)), one;

	while ((one = o->list[slot].first) != RP_ONE_NONE) {
		rp_ones_unlink(o, one);
		rp_ones_walk(e, o, one, slot);
	}
	if (phase == RP_ENTRY_POINT)
		meet_fates(e, o, slot);
}

void
rp_ones_close(struct rp_engine *e, size_t part, size_t c)
{
	meet_fates(e, &e->ones[part], (uint32_t)(2 * c + 1));
}

/* Wherever it waits, it waits there no longer. */
static void
leave_list(struct rp_engine *e, struct rp_ones *o, uint32_t one)
{
	uint32_t list = o->one[one].list;

	if (list == RP_ONE_NONE)
		return;
	if (list >= 2 * e->m->grid.n)
		rp_ones_leave_line(e, o, one);
	else
		rp_ones_unlink(o, one);
}

void
rp_ones_divert(struct rp_engine *e, size_t part, size_t i,
    double probability, size_t fresh, size_t reissued,
    struct rp_stream *stream)
{
	struct rp_ones *o = &e->ones[part];
	size_t start = e->m->part[part].start;

	/* From the start of the part on, if that is later. */
	i = i > start ? i : start;
	for (uint32_t k = 0; k < o->n; k++) {
		struct rp_one *c = &o->one[k];

		if (c->stands == RP_ONE_END ||
		    rp_stream_uniform(stream) >= probability)
			continue;
		leave_list(e, o, k);
		c->at = (double)e->m->grid.t[i];
		c->to = (uint32_t)(isfinite(c->reissued) ? reissued : fresh);
		c->reissues = false;
		c->sharp = true;
		if (c->at < c->fate)
			rp_ones_link(o, k, (uint32_t)(2 * i));
	}
}

/* ---- the end ------------------------------------------------------------ */

/* So far it is noted at each point how many were done since the last one. */
static void
sum_up_subscribers(const struct rp_model_part *p, size_t n, uint32_t *left)
{
	uint32_t done = 0;

	for (size_t i = 0; i < n; i++) {
		done += left[i];
		left[i] = i < p->aware ? 0 : p->subscribers - done;
	}
}

void
rp_ones_end(struct rp_engine *e, size_t part)
{
	const struct rp_grid *g = &e->m->grid;
	struct rp_ones *o = &e->ones[part];
	struct rp_flow *f = &e->flow[part];

	if (o->n > 0)
		sum_up_subscribers(&e->m->part[part], g->n,
		    f->subscribers_left);
	for (size_t k = 0; k < o->n && f->reissued_at != NULL; k++) {
		uint32_t slot = rp_ones_slot(g, o->one[k].reissued);

		if (slot != RP_ONE_NONE)
			(slot % 2 == 0 ? f->reissued_at :
			    f->reissued_in)[slot / 2]++;
	}
}

/* Whether it will stand where it is until the horizon. */
static bool
is_stuck(const struct rp_engine *e, const struct rp_one *c)
{
	/* Of those in no list some only come to their natural end first; but
	 * a notice that bounced is no step under way. */
	return c->list == RP_ONE_NONE &&
	    (e->m->node[c->stands].kind == RP_FLOW_QUEUE ||
	    rp_ones_slot(&e->m->grid, c->fate) == RP_ONE_NONE);
}

uint32_t
rp_ones_inside(const struct rp_engine *e, size_t node, uint32_t *never)
{
	const struct rp_ones *o = &e->ones[e->m->node[node].part];
	uint32_t n = 0;

	*never = 0;
	for (size_t k = 0; k < o->n; k++) {
		if (o->one[k].stands != node)
			continue;
		n++;
		*never += is_stuck(e, &o->one[k]);
	}
	return n;
}
