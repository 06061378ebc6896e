/*
 * base/alias.c - making the tables of the alias method.
 */
#include "base/alias.h"

#include <math.h>

#include "base/mem.h"

/* A full cell has no cut: both of its parts are its own. */
static void
set_cell(struct rp_alias *t, size_t i, double own, size_t other)
{
	uint64_t cut;

	t->cell[i].other = (uint32_t)other;
	if (!(own < 1.0)) {
		t->cell[i].other = (uint32_t)i;
		own = 0.0;
	}
	cut = (uint64_t)(own * 0x1p53) << 11;
	t->cell[i].own = (uint32_t)(cut >> 32);
	t->own_low[i] = (uint32_t)cut;
}

/*
 * Pair each cell that is too small with one that is too large until all are
 * full.  order[] holds the small ones from its start and the large ones from
 * its end; each step closes one small cell for good.
 */
static void
fill(struct rp_alias *t, double *share, uint32_t *order, size_t n)
{
	size_t small = 0, large = n;

	for (size_t i = 0; i < n; i++) {
		if (share[i] < 1.0)
			order[small++] = (uint32_t)i;
		else
			order[--large] = (uint32_t)i;
	}
	while (small > 0 && large < n) {
		uint32_t s = order[--small], l = order[large];

		set_cell(t, s, share[s], l);
		share[l] -= 1.0 - share[s];
		if (share[l] < 1.0) {
			large++;
			order[small++] = l;
		}
	}
	/* What rounding has left over is full but for rounding. */
	while (small > 0) {
		small--;
		set_cell(t, order[small], 1.0, order[small]);
	}
	for (; large < n; large++)
		set_cell(t, order[large], 1.0, order[large]);
}

static rp_status
sum_of(const double *weight, size_t n, double *sum, struct rp_err *err)
{
	double most = 0.0;

	*sum = 0.0;
	if (n == 0 || n > RP_ALIAS_MAX)
		return rp_fail(err, RP_ERANGE, "a table of %zu weights; 1 "
		    "to %zu are possible", n, RP_ALIAS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (!(weight[i] >= 0.0) || isinf(weight[i]))
			return rp_fail(err, RP_EINPUT, "weight %zu is "
			    "negative or not a number", i + 1);
		most = fmax(most, weight[i]);
		*sum += weight[i];
	}
	if (!(most > 0.0) || isinf(*sum))
		return rp_fail(err, RP_EINPUT, "the weights have no sum to "
		    "speak of");
	return RP_OK;
}

rp_status
rp_alias_init(struct rp_alias *t, const double *weight, size_t n,
    struct rp_err *err)
{
	double sum, *share = NULL;
	uint32_t *order = NULL;
	size_t cells;
	rp_status rc;

	*t = (struct rp_alias){ .bits = 1 };
	rc = sum_of(weight, n, &sum, err);
	if (rc != RP_OK)
		return rc;
	while ((size_t)1 << t->bits < n)
		t->bits++;
	cells = (size_t)1 << t->bits;
	t->cell = rp_alloc_zeroed(cells, sizeof(*t->cell));
	t->own_low = rp_alloc_zeroed(cells, sizeof(*t->own_low));
	share = rp_alloc_zeroed(cells, sizeof(*share));
	order = rp_alloc_zeroed(cells, sizeof(*order));
	if (t->cell == NULL || t->own_low == NULL || share == NULL ||
	    order == NULL) {
		rp_alias_release(t);
		rc = rp_fail(err, RP_ENOMEM, "no memory for a table of %zu "
		    "weights", n);
		goto out;
	}
	for (size_t i = 0; i < n; i++)
		share[i] = weight[i] / sum * (double)cells;
	fill(t, share, order, cells);
out:
	rp_release_mem(share);
	rp_release_mem(order);
	return rc;
}

void
rp_alias_release(struct rp_alias *t)
{
	rp_release_mem(t->cell);
	rp_release_mem(t->own_low);
	*t = (struct rp_alias){ 0 };
}
