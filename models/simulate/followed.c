/*
 * simulate/followed.c - when replaced certificates that are followed run out.
 *
 * Where each certificate of a part has a record of its own, its replacement
 * and its expiry are known, so nothing is left to chance but which of those
 * replaced at one time were held, or had been revoked before.
 */
#include <string.h>

#include "simulate/ones.h"
#include "simulate/tally.h"

/* Within each slot any order is as likely as any other. */
static void
shuffle(struct rp_stream *s, uint32_t *x, uint32_t n)
{
	for (; n > 1; n--) {
		uint32_t k = (uint32_t)(rp_stream_uniform(s) * (double)n), y;

		k = k < n ? k : n - 1;
		y = x[k];
		x[k] = x[n - 1];
		x[n - 1] = y;
	}
}

void
rp_followed_sort(struct rp_tally *t)
{
	struct rp_followed *f = &t->followed;
	size_t slots = 2 * t->m->grid.n;
	const struct rp_one *one = f->ones->one;

	memset(f->first, 0, (slots + 1) * sizeof(*f->first));
	for (size_t k = 0; k < f->ones->n; k++)
		if (one[k].replaced)
			f->first[one[k].done + 1]++;
	for (size_t i = 0; i < slots; i++)
		f->first[i + 1] += f->first[i];
	/* Each slot is filled from its end, which leaves it at its first. */
	for (size_t k = f->ones->n; k-- > 0;)
		if (one[k].replaced)
			f->order[--f->first[one[k].done + 1]] = (uint32_t)k;
	for (size_t i = 0; i < slots; i++)
		f->first[i] = f->first[i + 1];
	f->first[slots] = 0;
	for (size_t k = 0; k < f->ones->n; k++)
		f->first[slots] += one[k].replaced;
	for (size_t i = 0; i < slots; i++)
		shuffle(&t->stream, &f->order[f->first[i]],
		    f->first[i + 1] - f->first[i]);
	f->slot = SIZE_MAX;
}

/* The slot in which it falls due, but not before its class is free. */
static size_t
due_slot(const struct rp_tally *t, size_t class, const struct rp_one *one,
    double *due)
{
	const struct rp_grid *g = &t->m->grid;
	size_t until = t->of[class].until;

	if (t->delay_s < 0.0 || (class > 0 && until == SIZE_MAX))
		return RP_ONE_NONE;
	*due = one->at + t->delay_s;
	if (class > 0 && *due <= (double)g->t[until])
		*due = (double)g->t[until];
	return rp_ones_slot(g, *due);
}

static void
add_one(struct rp_tally *t, size_t class, const struct rp_one *one)
{
	struct rp_fates *f = &t->of[class].fates;
	double due = 0.0;
	size_t slot = due_slot(t, class, one, &due);
	size_t end = rp_ones_slot(&t->m->grid, one->expires);

	/* What ends at a point ended in the cell before it. */
	if (end != RP_ONE_NONE && (slot == RP_ONE_NONE || one->expires <= due))
		f->lapse[(end - 1) / 2]++;
	else if (slot != RP_ONE_NONE && slot % 2 == 0)
		f->due_at[slot / 2]++;
	else if (slot != RP_ONE_NONE)
		f->due_in[slot / 2 + 1]++;
}

void
rp_followed_add(struct rp_tally *t, size_t class, uint32_t n, size_t slot)
{
	struct rp_followed *f = &t->followed;

	if (f->slot != slot)
		f->next = f->first[slot];
	f->slot = slot;
	for (; n > 0 && f->next < f->first[slot + 1]; n--)
		add_one(t, class, &f->ones->one[f->order[f->next++]]);
}
