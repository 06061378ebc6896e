/*
 * simulate/exits.c - drawing from kernels how many leave when.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "simulate/flow.h"

/* ---- drawing counts from a kernel --------------------------------------- */

static inline void
schedule(struct rp_node_state *s, const struct rp_exit *x, uint32_t n)
{
	rp_flow_touch(&s->first, &s->last, x->at);
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

/* n take an exit, or never leave. */
static inline void
take_exit(struct rp_node_state *s, const struct rp_kernel *k, uint32_t exit,
    uint32_t n)
{
	if (n == 0)
		return;
	if (exit < k->n)
		schedule(s, &k->exit[exit], n);
	else
		s->stays += n;
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
		else
			s->stays += size;
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
	s->stays += n * size;
}

void
rp_exits_draw(struct rp_node_state *s, const struct rp_kernel *k, uint32_t n,
    uint32_t size)
{
	/* A search costs a few ns, a binomial ten times that. */
	if ((uint64_t)n * 8 < k->n)
		draw_each(s, k, n, size);
	else
		draw_all(s, k, n, size);
}

void
rp_exits_scatter(struct rp_node_state *s, const struct rp_kernel *k,
    uint32_t n)
{
	const struct rp_scatter *x = s->scatter;

	for (size_t i = 0; i < x->n_first && n > 0; i++) {
		uint32_t d = rp_draw_binomial_at(&s->stream, n, &x->first[i]);

		take_exit(s, k, x->exit[i], d);
		n -= d;
	}
	rp_scatter_rest(x, &s->stream, n);
	for (size_t i = 0; i < x->n_rest; i++)
		take_exit(s, k, x->rest[i], x->count[i]);
}

/* ---- kernels, kept where they never change ------------------------------ */

/* Steps by the hour over a year or more, with an entry in each of them, would
 * otherwise take many times as much. */
#define MOST_KEPT ((size_t)1 << 30)

static struct rp_kernel *
keep(struct rp_engine *e, const struct rp_kernel *k)
{
	size_t bytes = sizeof(*k) + k->n * sizeof(*k->exit);
	struct rp_kernel *kept;

	if (bytes > MOST_KEPT - e->kept)
		return NULL;
	kept = rp_alloc_zeroed(1, sizeof(*kept));
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
	e->kept += bytes;
	return kept;
}

const struct rp_kernel *
rp_exits_kernel(struct rp_engine *e, size_t node, enum rp_entry entry,
    size_t i)
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
	    e->flow[n->part].alive, &e->scratch);
	/* Without room to keep it, it is simply made again. */
	if (slot != NULL)
		*slot = keep(e, &e->scratch);
	return slot != NULL && *slot != NULL ? *slot : &e->scratch;
}

bool
rp_exits_can_scatter(struct rp_engine *e, size_t node, enum rp_entry entry,
    size_t i, const struct rp_kernel *k)
{
	const struct rp_flow_node *n = &e->m->node[node];
	const struct rp_model_part *p = &e->m->part[n->part];
	struct rp_node_state *s = &e->node[node];
	const double *alive = e->flow[n->part].alive;
	double all = p->certificates, come = 1.0;
	struct rp_scatter *x;

	if (!n->fixed || (alive != NULL && !p->fixed_expiry) ||
	    n->by_subscriber || p->entry != node ||
	    entry != RP_ENTRY_POINT || i != p->start)
		return false;
	if (s->scatter != NULL)
		return true;
	if (alive != NULL)
		come = (1.0 - e->flow[n->part].before) * alive[i];
	x = rp_alloc_zeroed(1, sizeof(*x));
	/* Without memory it is merely drawn in the other way. */
	if (x == NULL || rp_scatter_init(x, &e->ladder, k, all * come,
	    all * come * (1.0 - come), NULL) != RP_OK) {
		rp_release_mem(x);
		return false;
	}
	s->scatter = x;
	return true;
}
