/*
 * forecast/ranks.c - order statistics of trials.
 *
 * Without weights the place of a value follows from how many must do, and it
 * alone is looked for, in time that grows with the trials; with weights, which
 * only forecasts have, all are sorted.
 */
#include "forecast/ranks.h"

#include <math.h>

#include "base/mem.h"
#include "base/rank.h"

rp_status
rp_ranks_init(struct rp_ranks *r, size_t n, const double *weight,
    struct rp_err *err)
{
	*r = (struct rp_ranks){ .n = n, .weight = weight };
	r->value = rp_alloc_zeroed(n, sizeof(*r->value));
	if (weight == NULL)
		r->scratch = rp_alloc_zeroed(n, sizeof(*r->scratch));
	else
		r->ranked = rp_alloc_zeroed(2 * n, sizeof(*r->ranked));
	if (r->value != NULL && (r->scratch != NULL || r->ranked != NULL))
		return RP_OK;
	rp_ranks_release(r);
	return rp_fail(err, RP_ENOMEM, "no memory to rank the trials");
}

void
rp_ranks_release(struct rp_ranks *r)
{
	rp_release_mem(r->value);
	rp_release_mem(r->scratch);
	rp_release_mem(r->ranked);
	*r = (struct rp_ranks){ 0 };
}

void
rp_ranks_order(struct rp_ranks *r)
{
	if (r->weight == NULL)
		return;
	for (size_t i = 0; i < r->n; i++)
		r->ranked[i] = (struct rp_ranked){ r->value[i],
		    r->weight[i] };
	rp_rank(r->ranked, r->n);
}

/* Whole trials: how many are before the one that makes enough of them. */
static size_t
before_enough(const struct rp_ranks *r, double need)
{
	double i = ceil(need - 1e-12) - 1.0;

	return i <= 0.0 ? 0 : i >= (double)r->n ? r->n - 1 : (size_t)i;
}

static double
gathered_weight(const struct rp_ranks *r, double need, bool from_top)
{
	double sum = 0.0;
	size_t i;

	for (i = 0; i + 1 < r->n; i++) {
		sum += r->ranked[from_top ? r->n - 1 - i : i].weight;
		/* Weights that sum to one do so but for rounding. */
		if (sum >= need - 1e-12)
			break;
	}
	return r->ranked[from_top ? r->n - 1 - i : i].value;
}

double
rp_ranks_gathered(const struct rp_ranks *r, double need, bool from_top)
{
	size_t i;

	if (r->weight != NULL)
		return gathered_weight(r, need, from_top);
	i = before_enough(r, need);
	return rp_value_of_rank(r->value, r->n, from_top ? r->n - 1 - i : i,
	    r->scratch);
}
