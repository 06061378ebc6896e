/*
 * simulate/lapse.c - the natural end of certificates.
 */
#include <math.h>

#include "simulate/flow.h"

/* n expire in cells i and later, as survival falls from alive[i] to `to`. */
static void
lapse_from(struct rp_engine *e, size_t part, struct rp_node_state *s,
    size_t i, double to, uint32_t n)
{
	const double *alive = e->flow[part].alive;
	struct rp_stream *stream = &e->expiry[part];
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
lapse_before(struct rp_engine *e, size_t part, struct rp_node_state *s,
    size_t i, double to, uint32_t n)
{
	double from = e->flow[part].alive[i];
	uint32_t lost = n == 0 || !(from > 0.0) ? 0 :
	    rp_draw_binomial(&e->expiry[part], n, 1.0 - to / from);

	lapse_from(e, part, s, i, to, lost);
	return lost;
}

void
rp_lapse_scheduled(struct rp_engine *e, size_t part,
    struct rp_node_state *s, size_t i, uint32_t n)
{
	const double *alive = e->flow[part].alive;
	size_t last = e->m->grid.n - 1;

	for (size_t j = i; j <= last; j++) {
		n -= s->at_point[j];
		s->at_point[j] -= lapse_before(e, part, s, i, alive[j],
		    s->at_point[j]);
		if (j == last)
			break;
		n -= s->in_cell[j];
		s->in_cell[j] -= lapse_before(e, part, s, i,
		    0.5 * (alive[j] + alive[j + 1]), s->in_cell[j]);
	}
	(void)lapse_before(e, part, s, i, alive[last], n);
}

void
rp_lapse_waiting(struct rp_engine *e, size_t part, size_t c,
    uint32_t *waiting, uint32_t *bucket)
{
	const double *alive = e->flow[part].alive;
	uint32_t n;

	if (alive == NULL || *waiting == 0 || alive[c] <= 0.0)
		return;
	n = rp_draw_binomial(&e->expiry[part],
	    bucket != NULL ? *bucket : *waiting,
	    1.0 - alive[c + 1] / alive[c]);
	*waiting -= n;
	if (bucket != NULL)
		*bucket -= n;
	e->flow[part].lapsed[c] += n;
	e->left -= n;
}
