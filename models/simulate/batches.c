/*
 * simulate/batches.c - revocation at a steady pace, replaced ones first.
 *
 * The pace is that of the case: each certificate that may be revoked is as
 * likely to be next as any other, whatever its population.
 */
#include <math.h>

#include "simulate/outcome.h"

#define LANE_BATCH 15

/* Working days are those of the first population. */
void
rp_batches_init(struct rp_outcome *o)
{
	const struct rp_revocation *r = &o->m->cs->revocation;
	struct rp_batches *b = &o->batches;
	int64_t from = rp_instant_s(r->at.from);

	b->from = SIZE_MAX;
	if (r->kind != RP_REVOKE_IN_BATCHES || o->nothing_revoked)
		return;
	if (from <= o->m->grid.t[0])
		b->from = 0;
	else if (!rp_grid_point(&o->m->grid, from, &b->from))
		b->from = SIZE_MAX;
	b->unit = rp_rate_unit(r->batches.per);
	b->clock = r->batches.per != RP_PER_WORKING_DAY ? o->m->grid.t :
	    o->m->calendar[2 * (o->m->part[0].p->calendar + 1)].ticks;
}

rp_status
rp_batches_settle(struct rp_outcome *o, uint64_t trial, struct rp_err *err)
{
	const struct rp_revocation *r = &o->m->cs->revocation;
	struct rp_draws d = rp_draws_of(o->m, o->m->key, trial);
	struct rp_batches *b = &o->batches;

	if (b->from == SIZE_MAX)
		return RP_OK;
	b->rate = rp_quantity_draw(&r->batches.amount, &d);
	b->credit = 0.0;
	rp_stream_init(&b->stream, o->m->key, trial, LANE_BATCH);
	return b->rate >= 0.0 ? RP_OK : rp_fail_at(err, RP_ERANGE,
	    r->origin.line, r->origin.col,
	    "the size of a batch is below 0 in a trial");
}

static uint32_t
free_of(const struct rp_outcome *o, bool replaced)
{
	uint32_t n = 0;

	for (size_t p = 0; p < o->m->n_parts; p++)
		n += replaced ? o->tally[p].of[0].pending :
		    o->tally[p].of[0].plain;
	return n;
}

/* n of the replaced, or of the others, of all parts. */
static void
revoke_some(struct rp_outcome *o, size_t c, bool replaced, uint32_t n)
{
	uint32_t rest = free_of(o, replaced);

	for (size_t p = 0; p < o->m->n_parts && n > 0; p++) {
		struct rp_tally *t = &o->tally[p];
		uint32_t here = replaced ? t->of[0].pending :
		    t->of[0].plain;
		uint32_t x;

		rest -= here;
		x = rp_draw_hypergeometric(&o->batches.stream, here, rest, n);
		rp_tally_batch(t, c, replaced ? x : 0, replaced ? 0 : x);
		n -= x;
	}
}

void
rp_batches_step(struct rp_outcome *o, size_t c)
{
	struct rp_batches *b = &o->batches;
	uint32_t replaced, others;
	double can;

	if (b->from == SIZE_MAX || c < b->from)
		return;
	b->credit += b->rate * (double)(b->clock[c + 1] - b->clock[c]);
	can = floor(b->credit / b->unit);
	b->credit -= can * b->unit;
	replaced = free_of(o, true);
	others = free_of(o, false);
	revoke_some(o, c, true, (uint32_t)fmin(can, (double)replaced));
	revoke_some(o, c, false, (uint32_t)fmin(fmax(can -
	    (double)replaced, 0.0), (double)others));
}
