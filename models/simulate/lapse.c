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

/* Those of *n, known since point i, who come to their end before they would
 * leave at a survival of `to`, are taken away. */
static uint32_t
lapse_before(struct rp_engine *e, size_t part, size_t i, double to,
    uint32_t *n)
{
	double from = e->flow[part].alive[i];
	uint32_t lost;

	rp_lapse_renewed(e, part, n);
	lost = *n == 0 || !(from > 0.0) ? 0 :
	    rp_draw_binomial(&e->expiry[part], *n, 1.0 - to / from);
	*n -= lost;
	return lost;
}

/* Of n who come to it from point i on and before a survival of `to` within
 * cell c, those who do so in that cell. */
static uint32_t
lapse_in(struct rp_engine *e, size_t part, struct rp_node_state *s, size_t i,
    size_t c, double to, uint32_t n)
{
	const double *alive = e->flow[part].alive;
	uint32_t here = n == 0 ? 0 : rp_draw_binomial(&e->expiry[part], n,
	    (alive[c] - to) / (alive[i] - to));

	if (here > 0) {
		rp_flow_touch(&s->first, &s->last, c);
		s->lapses[c] += here;
	}
	return here;
}

/*
 * From the last cell back: of all who come to their end by then any is as
 * likely to do so in the last cell as any other, whenever it would have left.
 */
void
rp_lapse_scheduled(struct rp_engine *e, size_t part,
    struct rp_node_state *s, size_t i, uint32_t n)
{
	const double *alive = e->flow[part].alive;
	size_t last = e->m->grid.n - 1;
	uint32_t lost;

	for (size_t j = s->first; j < s->last; j++)
		n -= s->at_point[j] + s->in_cell[j];
	lost = lapse_before(e, part, i, alive[last], &n);
	s->stays = n;
	for (size_t j = last; j-- > i;) {
		double mid = 0.5 * (alive[j] + alive[j + 1]);
		uint32_t more;

		lost += lapse_before(e, part, i, alive[j + 1],
		    &s->at_point[j + 1]);
		lost -= lapse_in(e, part, s, i, j, alive[j + 1], lost);
		more = lapse_before(e, part, i, mid, &s->in_cell[j]);
		lost += more - lapse_in(e, part, s, i, j, mid, more);
	}
	rp_lapse_renewed(e, part, &s->at_point[i]);
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
