/*
 * simulate/ones_walk.c - one certificate from step to step.
 */
#include <math.h>

#include "simulate/flow.h"
#include "simulate/hop.h"
#include "simulate/ones.h"

/*
 * Lanes of a step's key from here on are for what a subscriber's certificates
 * share in it: one lane for each subscriber of each part.
 */
#define LANE_SUBSCRIBERS (UINT64_C(1) << 48)
#define SUBSCRIBER_LANES (UINT64_C(1) << 32)

/* A certificate on its way through a node. */
struct passing {
	const struct rp_engine *e;
	struct rp_ones *o;
	struct rp_one *c;
	struct rp_stream *s;	/* chance of its own */
};

/* ---- one step ----------------------------------------------------------- */

/* INFINITY: they never answer. */
static double
draw_delay(const struct rp_hop *h, struct rp_stream *s)
{
	if (h->never > 0.0 && rp_stream_uniform(s) < h->never)
		return (double)INFINITY;
	return h->law.is_fixed ? h->law.a[0] * h->law.scale :
	    rp_law_quantile(&h->law, rp_stream_uniform(s));
}

/* The delay that all certificates of a subscriber share, from a lane of its
 * own: whichever of them comes first, it is the same. */
static double
shared_delay(struct passing *x, const struct rp_hop *h)
{
	const struct rp_model_part *p = &x->e->m->part[x->o->part];
	double *delay = &x->o->delay[x->o->place[h - x->e->kernels.hop] *
	    (size_t)p->subscribers + x->c->subscriber];
	struct rp_stream s;

	if (!isnan(*delay))
		return *delay;
	rp_stream_init(&s, h->key, x->e->trial, LANE_SUBSCRIBERS + p->lane /
	    RP_PART_LANES * SUBSCRIBER_LANES + x->c->subscriber);
	*delay = draw_delay(h, &s);
	return *delay;
}

static double
pass_wait(struct passing *x, const struct rp_hop *h, double u)
{
	double delay = rp_ones_shares(h) ? shared_delay(x, h) :
	    draw_delay(h, x->s);

	x->c->sharp = x->c->sharp && (h->law.is_fixed ||
	    h->law.kind == RP_DIST_ONE_OF ||
	    h->law.kind == RP_DIST_EMPIRICAL);
	return isfinite(delay) ? rp_hop_after(x->e->m, h, u, delay) : delay;
}

/* A client polls at a random phase, and again after each that fails. */
static double
pass_poll(struct passing *x, const struct rp_hop *h, double u)
{
	double polls = rp_stream_uniform(x->s);

	x->c->sharp = false;
	if (h->own)
		return fmax(u, x->c->expires - h->renews);
	if (h->failures > 0.0)
		polls += floor(log(rp_stream_uniform(x->s)) /
		    log(h->failures));
	return u + h->every * polls;
}

/* What is sent to an instant is there at that instant. */
static double
pass_mapped(struct passing *x, const struct rp_hop *h, double u)
{
	double at = rp_hop_mapped(x->e->m, h, u);

	x->c->sharp = x->c->sharp || at > u;
	return at;
}

static double
pass_step(struct passing *x, const struct rp_hop *h, double u)
{
	switch (h->step->kind) {
	case RP_STEP_WAIT:
		return pass_wait(x, h, u);
	case RP_STEP_POLL:
		return pass_poll(x, h, u);
	case RP_STEP_GATE:
	case RP_STEP_BATCH:
		return pass_mapped(x, h, u);
	case RP_STEP_BRANCH:
	case RP_STEP_NOTICE:
	case RP_STEP_TEAM:
		break;
	}
	return u;
}

/* INFINITY: it does not come through before its end, or that of the grid. */
static double
pass_steps(struct passing *x, size_t hop, size_t n, double u)
{
	const struct rp_grid *g = &x->e->m->grid;
	double end = fmin(x->c->fate, (double)g->t[g->n - 1]);

	for (; n > 0; n--) {
		const struct rp_hop *h = &x->e->kernels.hop[hop];

		if (h->step->kind != RP_STEP_BRANCH)
			u = pass_step(x, h, u);
		else if (rp_stream_uniform(x->s) < h->share)
			u = pass_steps(x, hop + 1, h->n_sub, u);
		if (!(u < x->c->fate && u <= end))
			return (double)INFINITY;
		hop += h->span;
	}
	return u;
}

/* ---- from node to node -------------------------------------------------- */

static enum rp_entry
phase_of(uint32_t slot)
{
	return slot % 2 == 0 ? RP_ENTRY_POINT : RP_ENTRY_CELL;
}

/* Where in its cell a certificate is, 0..1. */
static double
place_of(const struct rp_grid *g, const struct rp_one *c, uint32_t slot)
{
	size_t i = slot / 2;

	return slot % 2 == 0 ? 0.0 : (c->at - (double)g->t[i]) /
	    (double)(g->t[i + 1] - g->t[i]);
}

static void
join_line(struct rp_engine *e, struct rp_ones *o, uint32_t one,
    uint32_t slot)
{
	struct rp_one *c = &o->one[one];
	double lump = slot % 2 == 1 && !c->sharp ? (double)NAN :
	    place_of(&e->m->grid, c, slot);

	rp_ones_link(o, one, rp_ones_line(e->m, c->to) + 1);
	rp_flow_deliver(e, c->to, o->part, 1, phase_of(slot), slot / 2,
	    lump);
}

static uint32_t
bound_for(size_t node)
{
	return node == RP_FLOW_END ? RP_ONE_END : (uint32_t)node;
}

static void
choose_way(struct rp_engine *e, struct rp_one *c, uint32_t slot)
{
	const struct rp_flow_node *f = &e->m->node[c->to];
	struct rp_node_state *s = &e->node[c->to];
	double share = f->split_by != RP_SPLIT_VALIDATED ? s->share :
	    rp_validated_share(e, c->to, phase_of(slot), slot / 2,
	    place_of(&e->m->grid, c, slot));
	bool aside = rp_stream_uniform(&s->stream) < share;

	c->to = bound_for(aside ? f->alt : f->next);
	c->reissues = aside ? f->alt_reissues : f->next_reissues;
}

static void
pass_node(struct rp_engine *e, struct rp_ones *o, struct rp_one *c)
{
	const struct rp_flow_node *f = &e->m->node[c->to];
	struct passing x = { e, o, c, &e->node[c->to].stream };

	c->at = pass_steps(&x, f->hop, f->n_hops, c->at);
	c->to = bound_for(f->next);
	c->reissues = f->next_reissues;
}

static void
note_reissue(struct rp_one *c)
{
	if (c->reissues && !isfinite(c->reissued))
		c->reissued = c->at;
	c->reissues = false;
}

void
rp_ones_walk(struct rp_engine *e, struct rp_ones *o, uint32_t one,
    uint32_t slot)
{
	struct rp_one *c = &o->one[one];
	uint32_t then;

	for (note_reissue(c); c->to != RP_ONE_END; note_reissue(c)) {
		c->stands = c->to;
		if (e->m->node[c->to].kind == RP_FLOW_QUEUE) {
			join_line(e, o, one, slot);
			return;
		}
		if (e->m->node[c->to].kind == RP_FLOW_SPLIT) {
			choose_way(e, c, slot);
			continue;
		}
		pass_node(e, o, c);
		then = rp_ones_slot(&e->m->grid, c->at);
		if (then == slot)
			continue;
		if (then != RP_ONE_NONE)
			rp_ones_link(o, one, then);
		return;
	}
	rp_ones_finish(e, o, one, slot, true);
}

void
rp_ones_finish(struct rp_engine *e, struct rp_ones *o, uint32_t one,
    uint32_t slot, bool replaced)
{
	struct rp_flow *f = &e->flow[o->part];
	struct rp_one *c = &o->one[one];
	size_t i = slot / 2, point = i + slot % 2;

	c->stands = c->to = RP_ONE_END;
	c->done = slot;
	c->replaced = replaced;
	if (--o->left[c->subscriber] == 0)
		f->subscribers_left[point]++;
	if (!replaced) {
		f->lapsed[i]++;
		if (f->lost != NULL && isfinite(c->reissued))
			f->lost[i]++;
		e->left--;
		return;
	}
	/* Who has the new one installed has been given it. */
	c->reissued = fmin(c->reissued, c->at);
	rp_flow_deliver(e, RP_FLOW_END, o->part, 1, phase_of(slot), i, 0.0);
}
