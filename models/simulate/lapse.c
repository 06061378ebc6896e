/*
 * simulate/lapse.c - the natural end of certificates.
 */
#include <math.h>

#include "simulate/flow.h"

void
rp_lapse_end(struct rp_engine *e, size_t part, struct rp_stream *s,
    bool reissued, size_t c, uint32_t n)
{
	struct rp_flow *f = &e->flow[part];
	uint32_t renewed;

	if (n == 0)
		return;
	e->left -= n;
	rp_flow_touch(&f->first, &f->last, c);
	if (f->renewing != NULL) {
		renewed = rp_draw_binomial(s, n, f->renewing[c]);
		f->in_cell[c] += renewed;
		f->renewed[c] += renewed;
		if (f->reissued_in != NULL && !reissued)
			f->reissued_in[c] += renewed;
		n -= renewed;
	}
	f->lapsed[c] += n;
	if (f->lost != NULL && reissued)
		f->lost[c] += n;
}

void
rp_lapse_renewed(struct rp_engine *e, size_t part, uint32_t *n)
{
	struct rp_flow *f = &e->flow[part];
	size_t aware = e->m->part[part].aware;
	uint32_t renewed;

	if (!(f->before > 0.0) || *n == 0)
		return;
	renewed = rp_draw_binomial(&e->expiry[part], *n, f->before);
	*n -= renewed;
	e->left -= renewed;
	f->renewed_before += renewed;
	rp_flow_touch(&f->first, &f->last, aware);
	f->at_point[aware] += renewed;
	if (f->reissued_at != NULL)
		f->reissued_at[aware] += renewed;
}

double
rp_lapse_valid(const struct rp_flow *f, size_t i, size_t j)
{
	double all;

	if (f->alive == NULL)
		return 1.0;
	if (f->renewing == NULL)
		return f->alive[i] > 0.0 ? f->alive[j] / f->alive[i] : 0.0;
	/* Those that are renewed at all had more than a renewal's time left,
	 * so they are valid for at least that long. */
	all = f->renews * f->valid_renewed[i] +
	    (1.0 - f->renews) * f->valid[i];
	return all > 0.0 ? (f->renews * fmin(f->valid[j],
	    f->valid_renewed[i]) + (1.0 - f->renews) * f->valid[j]) / all :
	    0.0;
}

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
		rp_flow_touch(&s->first, &s->last, low);
	}
	for (size_t c = i; c < cells && n > 0; c++) {
		double next = fmax(to, alive[c + 1]);
		uint32_t d = next <= to ? n : rp_draw_binomial(stream, n,
		    (alive[c] - next) / (alive[c] - to));

		s->lapses[c] += d;
		rp_flow_touch(&s->first, &s->last, c);
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
	uint32_t *at_point = s->at_point, *in_cell = s->in_cell;
	size_t last = e->m->grid.n - 1;

	for (size_t j = i; j <= last; j++) {
		n -= at_point[j];
		rp_lapse_renewed(e, part, &at_point[j]);
		at_point[j] -= lapse_before(e, part, s, i, alive[j],
		    at_point[j]);
		if (j == last)
			break;
		n -= in_cell[j];
		rp_lapse_renewed(e, part, &in_cell[j]);
		in_cell[j] -= lapse_before(e, part, s, i,
		    0.5 * (alive[j] + alive[j + 1]), in_cell[j]);
	}
	rp_lapse_renewed(e, part, &n);
	s->stays = n - lapse_before(e, part, s, i, alive[last], n);
}

uint32_t
rp_lapse_waiting(struct rp_engine *e, size_t part, struct rp_stream *s,
    bool reissued, size_t c, uint32_t *waiting)
{
	const double *alive = e->flow[part].alive;
	uint32_t n;

	if (alive == NULL || *waiting == 0 || alive[c] <= 0.0)
		return 0;
	n = rp_draw_binomial(s, *waiting, 1.0 - alive[c + 1] / alive[c]);
	*waiting -= n;
	rp_lapse_end(e, part, s, reissued, c, n);
	return n;
}
