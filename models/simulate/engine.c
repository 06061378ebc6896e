/*
 * simulate/engine.c - one trial.
 */
#include "simulate/engine.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

#define LANE_PACE 1

/* ---- drawing counts from a kernel --------------------------------------- */

static void
schedule(struct rp_node_state *s, const struct rp_exit *x, uint32_t n)
{
	switch ((enum rp_exit_kind)x->kind) {
	case RP_EXIT_ATOM:
		s->at_point[x->at] += n;
		return;
	case RP_EXIT_EXPIRED:
		s->lapses[x->at] += n;
		return;
	case RP_EXIT_CELL:
		s->lump[x->at] = s->in_cell[x->at] > 0 &&
		    s->lump[x->at] != x->lump ? (double)NAN : x->lump;
		s->in_cell[x->at] += n;
		return;
	}
}

/* Few units: each finds its exit by the running sum. */
static void
draw_each(struct rp_node_state *s, const struct rp_kernel *k, uint32_t n,
    uint32_t size)
{
	for (; n > 0; n--) {
		double u = rp_stream_uniform(&s->stream);
		size_t low = 0, high = k->n;

		while (low < high) {
			size_t mid = low + (high - low) / 2;

			if (k->exit[mid].up_to <= u)
				low = mid + 1;
			else
				high = mid;
		}
		if (low < k->n)
			schedule(s, &k->exit[low], size);
	}
}

/* Many units: a multinomial as one conditional binomial after another. */
static void
draw_all(struct rp_node_state *s, const struct rp_kernel *k, uint32_t n,
    uint32_t size)
{
	double left = 1.0;

	for (size_t i = 0; i < k->n && n > 0; i++) {
		const struct rp_exit *x = &k->exit[i];
		uint32_t d = rp_draw_binomial(&s->stream, n,
		    left > x->p ? x->p / left : 1.0);

		if (d > 0)
			schedule(s, x, d * size);
		n -= d;
		left = 1.0 - x->up_to;
	}
}

static void
draw(struct rp_node_state *s, const struct rp_kernel *k, uint32_t n,
    uint32_t size)
{
	/* A search costs a few ns, a binomial ten times that. */
	if ((uint64_t)n * 8 < k->n)
		draw_each(s, k, n, size);
	else
		draw_all(s, k, n, size);
}

/* ---- kernels, kept where they never change ------------------------------ */

static struct rp_kernel *
keep(const struct rp_kernel *k)
{
	struct rp_kernel *kept = rp_alloc_zeroed(1, sizeof(*kept));

	if (kept == NULL)
		return NULL;
	kept->n = k->n;
	kept->exit = rp_alloc_zeroed(k->n, sizeof(*kept->exit));
	if (kept->exit == NULL) {
		rp_release_mem(kept);
		return NULL;
	}
	if (k->n > 0)
		memcpy(kept->exit, k->exit, k->n * sizeof(*kept->exit));
	return kept;
}

static const struct rp_kernel *
kernel_for(struct rp_engine *e, size_t node, enum rp_entry entry, size_t i)
{
	const struct rp_flow_node *n = &e->m->node[node];
	struct rp_kernel **slot = NULL;

	if (n->fixed)
		slot = entry == RP_ENTRY_POINT ?
		    &e->node[node].point_kernel[i] :
		    &e->node[node].cell_kernel[i];
	if (slot != NULL && *slot != NULL)
		return *slot;
	rp_kernel_make(&e->kernels, n, entry, i,
	    e->flow[n->population].alive, &e->scratch);
	/* Without memory to keep it, it is simply made again. */
	if (slot != NULL)
		*slot = keep(&e->scratch);
	return slot != NULL && *slot != NULL ? *slot : &e->scratch;
}

/* ---- flow --------------------------------------------------------------- */

static void
deliver(struct rp_engine *e, size_t to, size_t population, uint32_t n,
    enum rp_entry phase, size_t i, double lump)
{
	struct rp_node_state *s;

	if (n == 0)
		return;
	if (to == RP_FLOW_END) {
		e->left -= n;
		if (phase == RP_ENTRY_POINT)
			e->flow[population].at_point[i] += n;
		else
			e->flow[population].in_cell[i] += n;
		return;
	}
	s = &e->node[to];
	s->in_lump = s->in > 0 && s->in_lump != lump ? (double)NAN : lump;
	s->in += n;
}

/* n expire in cells i and later, as survival falls from alive[i] to `to`. */
static void
lapse_from(struct rp_engine *e, size_t population, struct rp_node_state *s,
    size_t i, double to, uint32_t n)
{
	const double *alive = e->flow[population].alive;
	struct rp_stream *stream = &e->expiry[population];
	size_t cells = e->m->grid.n - 1;

	/* Few: each finds its cell.  Many: a multinomial, cell by cell. */
	for (; n > 0 && n < cells; n--) {
		double u = to + (alive[i] - to) * rp_stream_uniform(stream);
		size_t low = i, high = cells - 1;

		while (low < high) {
			size_t mid = low + (high - low) / 2;

			if (alive[mid + 1] > u)
				low = mid + 1;
			else
				high = mid;
		}
		s->lapses[low]++;
	}
	for (size_t c = i; c < cells && n > 0; c++) {
		double next = fmax(to, alive[c + 1]);
		uint32_t d = next <= to ? n : rp_draw_binomial(stream, n,
		    (alive[c] - next) / (alive[c] - to));

		s->lapses[c] += d;
		n -= d;
	}
}

/* Of n that would leave at a survival of `to`, those that expire before. */
static uint32_t
lapse_before(struct rp_engine *e, size_t population, struct rp_node_state *s,
    size_t i, double to, uint32_t n)
{
	double from = e->flow[population].alive[i];
	uint32_t lost = n == 0 || !(from > 0.0) ? 0 :
	    rp_draw_binomial(&e->expiry[population], n, 1.0 - to / from);

	lapse_from(e, population, s, i, to, lost);
	return lost;
}

/*
 * A subscriber's certificates leave together but each has an expiry of its
 * own, so they are thinned once it is known when they will leave.
 */
static void
lapse_scheduled(struct rp_engine *e, size_t population,
    struct rp_node_state *s, size_t i, uint32_t n)
{
	const double *alive = e->flow[population].alive;
	size_t last = e->m->grid.n - 1;

	for (size_t j = i; j <= last; j++) {
		n -= s->at_point[j];
		s->at_point[j] -= lapse_before(e, population, s, i, alive[j],
		    s->at_point[j]);
		if (j == last)
			break;
		n -= s->in_cell[j];
		s->in_cell[j] -= lapse_before(e, population, s, i,
		    0.5 * (alive[j] + alive[j + 1]), s->in_cell[j]);
	}
	(void)lapse_before(e, population, s, i, alive[last], n);
}

static void
enter(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n)
{
	const struct rp_flow_node *f = &e->m->node[node];
	const struct rp_model_population *p = &e->m->population[f->population];
	struct rp_node_state *s = &e->node[node];
	const struct rp_kernel *k = kernel_for(e, node, phase, i);
	uint32_t each, larger;

	if (!f->by_subscriber) {
		draw(s, k, n, 1);
		return;
	}
	/* Subscribers own as nearly equal numbers as they can.  Some
	 * certificates may have expired before the start: the last one
	 * then owns fewer. */
	each = n / p->subscribers;
	larger = n % p->subscribers;
	draw(s, k, larger, each + 1);
	if (each > 0)
		draw(s, k, p->subscribers - larger, each);
	/* They come once, all together: nothing may part them before. */
	if (e->flow[f->population].alive != NULL)
		lapse_scheduled(e, f->population, s, i, n);
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
		deliver(e, f->next, f->population, s->at_point[i], phase, i,
		    0.0);
		return;
	}
	deliver(e, f->next, f->population, s->in_cell[i], phase, i,
	    s->lump[i]);
	e->flow[f->population].lapsed[i] += s->lapses[i];
	e->left -= s->lapses[i];
}

static void
flow_split(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i,
    uint32_t n)
{
	const struct rp_flow_node *f = &e->m->node[node];
	struct rp_node_state *s = &e->node[node];
	uint32_t aside = rp_draw_binomial(&s->stream, n, s->share);

	deliver(e, f->alt, f->population, aside, phase, i, s->in_lump);
	deliver(e, f->next, f->population, n - aside, phase, i, s->in_lump);
}

static void
join_queue(struct rp_engine *e, const struct rp_flow_node *f,
    enum rp_entry phase, size_t i, uint32_t n, double lump)
{
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];

	q->waiting[f->member] += n;
	if (queue->n_members > 1)
		q->bucket[i * queue->n_members + f->member] += n;
	else if (phase == RP_ENTRY_CELL && !isnan(lump)) {
		q->late = n;
		q->late_at = lump;
	}
}

/* Those in a queue, or without notice, whose certificates run out. */
static void
lapse_waiting(struct rp_engine *e, size_t population, size_t c,
    uint32_t *waiting, uint32_t *bucket)
{
	const double *alive = e->flow[population].alive;
	uint32_t n;

	if (alive == NULL || *waiting == 0 || alive[c] <= 0.0)
		return;
	n = rp_draw_binomial(&e->expiry[population],
	    bucket != NULL ? *bucket : *waiting,
	    1.0 - alive[c + 1] / alive[c]);
	*waiting -= n;
	if (bucket != NULL)
		*bucket -= n;
	e->flow[population].lapsed[c] += n;
	e->left -= n;
}

static void
lapse_queue(struct rp_engine *e, const struct rp_flow_node *f, size_t c)
{
	const struct rp_queue *queue = &e->m->queue[f->queue];
	struct rp_queue_state *q = &e->queue[f->queue];

	if (queue->n_members == 1) {
		lapse_waiting(e, f->population, c, &q->waiting[0], NULL);
		return;
	}
	for (size_t b = q->head; b <= c; b++)
		lapse_waiting(e, f->population, c, &q->waiting[f->member],
		    &q->bucket[b * queue->n_members + f->member]);
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
		uint32_t n = served[f->member];
		uint32_t lost = q->bounces > 0.0 ?
		    rp_draw_binomial(&q->stream, n, q->bounces) : 0;

		e->stuck[f->population] += lost;
		deliver(e, f->next, f->population, n - lost, RP_ENTRY_CELL, c,
		    (double)NAN);
		lapse_queue(e, f, c);
	}
}

static void
flow_node(struct rp_engine *e, size_t node, enum rp_entry phase, size_t i)
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
			join_queue(e, f, phase, i, n, s->in_lump);
		if (phase == RP_ENTRY_CELL &&
		    e->m->queue[f->queue].last == node)
			serve_queue(e, f->queue, i);
		return;
	}
}

/* Certificates of population p that live to see the start of its work. */
static uint32_t
until_start(struct rp_engine *e, size_t p)
{
	const struct rp_model_population *mp = &e->m->population[p];
	uint32_t n = mp->certificates;

	for (size_t c = mp->aware; c < mp->start; c++)
		lapse_waiting(e, p, c, &n, NULL);
	return n;
}

static void
start_populations(struct rp_engine *e, size_t i)
{
	for (size_t p = 0; p < e->m->n_populations; p++) {
		const struct rp_model_population *mp = &e->m->population[p];

		if (mp->start == i)
			deliver(e, mp->entry, p, until_start(e, p),
			    RP_ENTRY_POINT, i, 0.0);
	}
}

static void
walk(struct rp_engine *e)
{
	const struct rp_model *m = e->m;

	/* Nothing moves any more once everybody is done. */
	for (size_t i = 0; i < m->grid.n && e->left > 0; i++) {
		start_populations(e, i);
		for (size_t k = 0; k < m->n_nodes; k++)
			flow_node(e, m->order[k], RP_ENTRY_POINT, i);
		if (i + 1 == m->grid.n)
			break;
		for (size_t k = 0; k < m->n_nodes; k++)
			flow_node(e, m->order[k], RP_ENTRY_CELL, i);
		for (size_t p = 0; p < m->n_populations; p++)
			lapse_waiting(e, p, i, &e->stuck[p], NULL);
	}
}

/* ---- the inputs of a trial ---------------------------------------------- */

static void
set_expiry(struct rp_engine *e, size_t p)
{
	const struct rp_model_population *mp = &e->m->population[p];
	struct rp_draws d = { mp->key, e->trial, 0 };
	double *alive = e->flow[p].alive;
	struct rp_law law;
	double at_aware;

	if (alive == NULL || (mp->fixed_expiry && e->primed))
		return;
	law = rp_chance_law(&mp->p->expiry, &d);
	/* The base are those that were valid at awareness. */
	at_aware = 1.0 - rp_law_cdf(&law, (double)e->m->grid.t[mp->aware]);
	for (size_t i = 0; i < e->m->grid.n; i++) {
		double s = 1.0 - rp_law_cdf(&law, (double)e->m->grid.t[i]);

		alive[i] = i <= mp->aware ? 1.0 :
		    at_aware > 0.0 ? s / at_aware : 0.0;
	}
}

static rp_status
set_queue(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_queue *queue = &e->m->queue[i];
	const struct rp_step *step = queue->step;
	struct rp_queue_state *q = &e->queue[i];
	struct rp_draws d = { queue->key, e->trial, 0 };
	bool team = step->kind == RP_STEP_TEAM;

	q->rate = queue->speed * e->pace * rp_quantity_draw(team ?
	    &step->as.team.rate.amount : &step->as.notice.rate.amount, &d);
	q->ramp_from = team ? rp_quantity_draw(&step->as.team.ramp_from, &d) :
	    1.0;
	q->ramp_over = team ? rp_quantity_draw(&step->as.team.ramp_over, &d) :
	    0.0;
	q->variation = team ? rp_quantity_draw(&step->as.team.variation, &d) :
	    0.0;
	q->bounces = 0.0;
	q->credit = 0.0;
	q->head = 0;
	q->opened = -1;
	q->late = 0;
	q->queue_days = 0.0;
	rp_stream_init(&q->stream, queue->key, e->trial, 1);
	if (!(q->rate >= 0.0) || !(q->variation >= 0.0) ||
	    !(q->ramp_from >= 0.0) || !(q->ramp_over >= 0.0))
		return rp_fail_at(err, RP_ERANGE, step->origin.line,
		    step->origin.col, "a number of '%s' makes no sense in a "
		    "trial: it is below 0; use a distribution that stays "
		    "above", step->what);
	return team ? RP_OK : rp_share_resolve(&step->as.notice.bounces, &d,
	    step, &q->bounces, err);
}

static rp_status
set_split(struct rp_engine *e, size_t i, struct rp_err *err)
{
	const struct rp_flow_node *f = &e->m->node[i];
	struct rp_draws d = { f->key, e->trial, 0 };
	rp_status rc = rp_share_resolve(f->split_rest ?
	    &f->step->as.poll.share : &f->step->as.branch.share, &d, f->step,
	    &e->node[i].share, err);

	if (f->split_rest)
		e->node[i].share = 1.0 - e->node[i].share;
	return rc;
}

static rp_status
set_hops(struct rp_engine *e, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t k = 0; k < e->m->n_nodes && rc == RP_OK; k++) {
		const struct rp_flow_node *f = &e->m->node[k];
		size_t end = f->hop;

		for (size_t n = 0; n < f->n_hops; n++)
			end += e->m->hop[end].span;
		for (size_t h = f->hop; h < end && rc == RP_OK; h++)
			if (!e->primed || !e->m->hop[h].fixed)
				rc = rp_hop_resolve(&e->kernels.hop[h],
				    &e->m->population[f->population],
				    e->trial, e->pace, err);
	}
	return rc;
}

static void
clear(struct rp_engine *e)
{
	size_t n = e->m->grid.n;

	e->left = 0;
	for (size_t k = 0; k < e->m->n_nodes; k++) {
		struct rp_node_state *s = &e->node[k];

		s->in = 0;
		rp_stream_init(&s->stream, e->m->node[k].key, e->trial, 1);
		if (s->at_point == NULL)
			continue;
		memset(s->at_point, 0, n * sizeof(*s->at_point));
		memset(s->in_cell, 0, n * sizeof(*s->in_cell));
		memset(s->lapses, 0, n * sizeof(*s->lapses));
	}
	for (size_t i = 0; i < e->m->n_queues; i++) {
		size_t members = e->m->queue[i].n_members;

		memset(e->queue[i].waiting, 0,
		    members * sizeof(*e->queue[i].waiting));
		if (members > 1)
			memset(e->queue[i].bucket, 0,
			    n * members * sizeof(*e->queue[i].bucket));
	}
	for (size_t p = 0; p < e->m->n_populations; p++) {
		struct rp_flow *f = &e->flow[p];

		memset(f->at_point, 0, n * sizeof(*f->at_point));
		memset(f->in_cell, 0, n * sizeof(*f->in_cell));
		memset(f->lapsed, 0, n * sizeof(*f->lapsed));
		e->stuck[p] = 0;
		e->left += e->m->population[p].certificates;
		rp_stream_init(&e->expiry[p], e->m->population[p].key,
		    e->trial, 1);
	}
}

/* One pace for all people; its lane is its own, so that without it every
 * other draw is the same. */
static void
set_pace(struct rp_engine *e)
{
	struct rp_stream s;

	e->pace = 1.0;
	if (!(e->m->pace_sd > 0.0))
		return;
	rp_stream_init(&s, e->m->key, e->trial, LANE_PACE);
	e->pace = exp(e->m->pace_sd * rp_draw_normal(&s));
}

rp_status
rp_engine_run(struct rp_engine *e, uint64_t trial, struct rp_err *err)
{
	rp_status rc = RP_OK;

	e->trial = trial;
	e->kernels.trial = trial;
	set_pace(e);
	clear(e);
	for (size_t p = 0; p < e->m->n_populations; p++)
		set_expiry(e, p);
	for (size_t i = 0; i < e->m->n_queues && rc == RP_OK; i++)
		rc = set_queue(e, i, err);
	for (size_t k = 0; k < e->m->n_nodes && rc == RP_OK; k++)
		if (e->m->node[k].kind == RP_FLOW_SPLIT)
			rc = set_split(e, k, err);
	if (rc == RP_OK)
		rc = set_hops(e, err);
	if (rc != RP_OK)
		return rc;
	e->primed = true;
	walk(e);
	return RP_OK;
}
