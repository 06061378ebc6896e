/*
 * simulate/report_way.c - whose trials need not be walked through.
 */
#include "simulate/report.h"

/* ---- a way -------------------------------------------------------------- */

/* Whether all who enter a step at one instant leave it at one. */
static bool
keeps_together(const struct rp_hop *h)
{
	const struct rp_step_wait *w = &h->step->as.wait;

	if (h->own)
		return false;
	if (h->step->kind == RP_STEP_GATE || h->step->kind == RP_STEP_BATCH)
		return true;
	return h->step->kind == RP_STEP_WAIT && (h->as_one ||
	    (w->time.dist == NULL && w->never.dist == NULL &&
	    w->never.fixed == 0.0));
}

static bool
leaves_together(const struct rp_model *m, const struct rp_flow_node *f)
{
	for (size_t k = 0, h = f->hop; k < f->n_hops; k++) {
		if (!keeps_together(&m->hop[h]))
			return false;
		h += m->hop[h].span;
	}
	return true;
}

/* The same at every hour of every day of a trial. */
static bool
is_steady(const struct rp_step *s)
{
	const struct rp_step_team *t = &s->as.team;

	if (s->kind == RP_STEP_NOTICE)
		return s->as.notice.bounces.dist == NULL &&
		    s->as.notice.bounces.fixed == 0.0;
	return t->variation.dist == NULL && t->variation.fixed == 0.0 &&
	    t->ramp_over.dist == NULL && t->ramp_over.fixed == 0.0;
}

static const char *
why_not_queue(const struct rp_model *m, const struct rp_flow_node *f)
{
	const struct rp_queue *q = &m->queue[f->queue];

	if (q->n_members > 1)
		return "several share a queue";
	if (!is_steady(q->step))
		return "a queue is not served at a steady rate";
	return f->next != RP_FLOW_END ? "a queue is not the last step" : NULL;
}

static const char *
why_not_way(const struct rp_model *m, size_t part, struct rp_way *way)
{
	size_t node = m->part[part].entry;
	const struct rp_flow_node *f = &m->node[node];

	*way = (struct rp_way){ RP_FLOW_END, false, SIZE_MAX, SIZE_MAX };
	if (f->kind == RP_FLOW_INDEPENDENT) {
		way->node = node;
		way->together = leaves_together(m, f);
		if (f->by_subscriber)
			return "owners of several move them together";
		if (f->next == RP_FLOW_END)
			return NULL;
		if (!way->together)
			return "they come to a further step one by one";
		f = &m->node[f->next];
	}
	if (f->kind != RP_FLOW_QUEUE)
		return f->kind == RP_FLOW_SPLIT ? "ways part" :
		    "steps are counted one by one";
	way->queue = f->queue;
	return why_not_queue(m, f);
}

/* ---- revocation --------------------------------------------------------- */

static size_t
earlier_point(const struct rp_model *m, struct rp_instant at, size_t cut)
{
	size_t i;

	return rp_grid_point(&m->grid, rp_instant_s(at), &i) && i < cut ? i :
	    cut;
}

/* All who were known at awareness. */
static size_t
find_cut(const struct rp_model *m, size_t part)
{
	const struct rp_case *cs = m->cs;
	const struct rp_revocation *r = &cs->revocation;
	size_t cut = SIZE_MAX;

	if (r->kind == RP_REVOKE_AT_DEADLINE)
		cut = m->part[part].deadline_point;
	if (r->kind == RP_REVOKE_AT_INSTANT)
		cut = earlier_point(m, r->at.from, cut);
	for (size_t i = 0; i < cs->n_events; i++)
		if (cs->event[i].population < 0 ||
		    (size_t)cs->event[i].population == part)
			cut = earlier_point(m, cs->event[i].on.from, cut);
	return cut;
}

static const char *
why_not_revoked(const struct rp_revocation *r, enum rp_metric metric)
{
	if (r->kind == RP_REVOKE_IN_BATCHES)
		return "revocation comes in batches";
	if (r->kind != RP_REVOKE_AFTER_REPLACED)
		return NULL;
	if (r->delay.dist != NULL)
		return "the delay of revocation is uncertain";
	return metric != RP_METRIC_REPLACED && r->delay.fixed > 0.0 ?
	    "revocation comes some time after replacement" : NULL;
}

/* ---- the case ----------------------------------------------------------- */

static const char *
why_not_part(const struct rp_model *m, size_t part, struct rp_way *way)
{
	const struct rp_model_part *p = &m->part[part];

	if (p->p->has_expiry)
		return "certificates run out";
	if (p->one_by_one)
		return "certificates are followed one by one";
	return why_not_way(m, part, way);
}

const char *
rp_report_why_not(const struct rp_model *m, enum rp_metric metric,
    struct rp_way *way)
{
	const char *why = why_not_revoked(&m->cs->revocation, metric);
	struct rp_way scratch = { 0 };

	if (metric == RP_METRIC_REISSUED)
		return "what is reissued is counted on the way";
	for (size_t i = 0; why == NULL && i < m->cs->n_events; i++)
		if (m->cs->event[i].kind != RP_EVENT_CUTOFF)
			why = "something other than a cutoff happens";
	for (size_t p = 0; why == NULL && p < m->n_parts; p++) {
		struct rp_way *to = way != NULL ? &way[p] : &scratch;

		why = why_not_part(m, p, to);
		to->cut = find_cut(m, p);
	}
	return why;
}
