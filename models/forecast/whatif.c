/*
 * forecast/whatif.c - two sets of trials, trial by trial.
 *
 * Trial i of both has the same random numbers wherever the cases are the
 * same, so what is common to both cancels in the difference of the pair.
 */
#include "revplan/whatif.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define DAY_S 86400.0

/* Trial i belongs to replicate i % REPLICATES of the design of the inputs. */
#define REPLICATES 16

/* Fewer trials in a group than this say little about a quantile. */
#define GROUP_LEAST 20

const double rp_whatif_share[RP_WHATIF_SHARES] = { 0.50, 0.85 };

struct pairing {
	const struct rp_trials *base, *variant;
	uint64_t n;
	bool replicated;	/* trials are independent by replicate only */
	double *x, *y;		/* [n] of base and variant; NaN: not there */
};

/* ---- differences -------------------------------------------------------- */

/*
 * Trials of a replicate are spread over what the inputs may be and so are not
 * independent; the replicates are.  What a replicate adds to the sum of the
 * deviations from the mean has an expectation of zero, so the spread of these
 * sums is the error of the mean, with replicates of unequal sizes as well.
 */
static double
error_of_mean(const struct pairing *p, double mean, uint64_t pairs)
{
	const size_t groups = p->replicated ? REPLICATES : p->n;
	double squares = 0.0;

	for (size_t g = 0; g < groups; g++) {
		double sum = 0.0;

		for (size_t i = g; i < p->n; i += groups)
			if (isfinite(p->x[i]) && isfinite(p->y[i]))
				sum += p->y[i] - p->x[i] - mean;
		squares += sum * sum;
	}
	if (pairs < 2)
		return (double)NAN;
	if (p->replicated)
		squares *= REPLICATES / (REPLICATES - 1.0);
	else
		squares *= (double)pairs / ((double)pairs - 1.0);
	return sqrt(squares) / (double)pairs;
}

/* Of the trials that both have. */
static struct rp_difference
difference(const struct pairing *p)
{
	struct rp_difference d = { .trials = 0 };

	for (size_t i = 0; i < p->n; i++) {
		if (!isfinite(p->x[i]) || !isfinite(p->y[i]))
			continue;
		d.base += p->x[i];
		d.variant += p->y[i];
		d.trials++;
	}
	d.has = d.trials > 0;
	if (!d.has)
		return d;
	d.base /= (double)d.trials;
	d.variant /= (double)d.trials;
	d.mean = d.variant - d.base;
	d.se = error_of_mean(p, d.mean, d.trials);
	return d;
}

/* ---- what each trial came to -------------------------------------------- */

static double
days_until(const struct rp_trials *tr, double at_s)
{
	const struct rp_case *cs = rp_trials_case(tr);

	return (at_s - (double)rp_instant_s(cs->aware.from)) / DAY_S;
}

static void
take_completion(const struct rp_trials *tr, double *x)
{
	const int64_t *done = rp_trials_completion(tr, -1);

	for (size_t i = 0; i < rp_trials_count(tr); i++)
		x[i] = done[i] == INT64_MAX ? (double)NAN :
		    days_until(tr, (double)done[i]);
}

static void
take_cut_completion(const struct rp_trials *tr, double horizon_s, double *x)
{
	const int64_t *done = rp_trials_completion(tr, -1);

	for (size_t i = 0; i < rp_trials_count(tr); i++)
		x[i] = days_until(tr, fmin((double)done[i], horizon_s));
}

/* The first point of the grid at which a share of what is known by then is
 * done; the horizon where none is. */
static void
take_share(const struct rp_trials *tr, double share, double horizon_s,
    double *x)
{
	const uint32_t *curve = rp_trials_curve(tr);
	const uint64_t n = rp_trials_count(tr);
	size_t points;
	const struct rp_instant *grid = rp_trials_grid(tr, &points);
	double late = days_until(tr, horizon_s);

	for (size_t i = 0; i < n; i++)
		x[i] = late;
	for (size_t k = points; k-- > 0;) {
		double at = days_until(tr, (double)rp_instant_s(grid[k]));
		double want = share * rp_trials_base_at(tr, -1, k) - 1e-6;

		for (size_t i = 0; i < n && at < late; i++)
			if ((double)curve[k * n + i] >= want)
				x[i] = at;
	}
}

static void
take_never(const struct rp_trials *tr, double *x)
{
	const int64_t *done = rp_trials_completion(tr, -1);

	for (size_t i = 0; i < rp_trials_count(tr); i++)
		x[i] = done[i] == INT64_MAX;
}

static void
take_counts(const uint32_t *from, uint64_t n, double *x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (double)from[i];
}

static void
take_reals(const double *from, uint64_t n, double *x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = from[i];
}

static void
take_flags(const bool *from, uint64_t n, double *x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = from[i];
}

/* ---- the answers -------------------------------------------------------- */

static double
horizon_s(const struct rp_trials *tr)
{
	return (double)rp_instant_s(rp_trials_case(tr)->simulation.horizon);
}

static void
answer_completion(struct pairing *p, struct rp_whatif_answer *out)
{
	double horizon = fmin(horizon_s(p->base), horizon_s(p->variant));

	take_completion(p->base, p->x);
	take_completion(p->variant, p->y);
	out->completion_days = difference(p);
	take_cut_completion(p->base, horizon, p->x);
	take_cut_completion(p->variant, horizon, p->y);
	out->days_to_horizon = difference(p);
	for (size_t k = 0; k < RP_WHATIF_SHARES &&
	    rp_trials_curve(p->base) != NULL; k++) {
		take_share(p->base, rp_whatif_share[k], horizon, p->x);
		take_share(p->variant, rp_whatif_share[k], horizon, p->y);
		out->share_days[k] = difference(p);
	}
	take_never(p->base, p->x);
	take_never(p->variant, p->y);
	out->never = difference(p);
}

/* ---- quantiles ---------------------------------------------------------- */

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of n ascending values the smallest that a share of them does not exceed. */
static double
quantile(const double *x, size_t n, double level)
{
	double i = ceil(level * (double)n) - 1.0;

	return x[i <= 0.0 ? 0 : i >= (double)n ? n - 1 : (size_t)i];
}

/* Every `step`-th trial from `first` on, sorted; how many. */
static size_t
take_sorted(const struct rp_trials *tr, size_t first, size_t step, double *x)
{
	const int64_t *done = rp_trials_completion(tr, -1);
	size_t n = 0;

	for (size_t i = first; i < rp_trials_count(tr); i += step)
		x[n++] = done[i] == INT64_MAX ? (double)INFINITY :
		    days_until(tr, (double)done[i]);
	qsort(x, n, sizeof(*x), by_value);
	return n;
}

/*
 * Trials i of both are pairs, so the groups of i % 16 of both are, whether
 * they are replicates of a design or not; the difference of two quantiles is
 * known as well as the spread of those of the groups says.
 */
static void
add_group(struct pairing *p, size_t group,
    double sum[RP_COMPLETION_QUANTILES],
    double squares[RP_COMPLETION_QUANTILES])
{
	size_t n = take_sorted(p->base, group, REPLICATES, p->x);
	size_t k;

	(void)take_sorted(p->variant, group, REPLICATES, p->y);
	for (k = 0; k < RP_COMPLETION_QUANTILES; k++) {
		double d = quantile(p->y, n, rp_completion_level[k]) -
		    quantile(p->x, n, rp_completion_level[k]);

		sum[k] += d;
		squares[k] += d * d;
	}
}

static void
answer_quantiles(struct pairing *p, struct rp_whatif_answer *out)
{
	double sum[RP_COMPLETION_QUANTILES] = { 0.0 };
	double squares[RP_COMPLETION_QUANTILES] = { 0.0 };
	const double n = REPLICATES;
	size_t k;

	for (k = 0; k < REPLICATES && p->n >= GROUP_LEAST * REPLICATES; k++)
		add_group(p, k, sum, squares);
	(void)take_sorted(p->base, 0, 1, p->x);
	(void)take_sorted(p->variant, 0, 1, p->y);
	for (k = 0; k < RP_COMPLETION_QUANTILES; k++) {
		struct rp_difference *d = &out->quantile_days[k];
		double var = (squares[k] - sum[k] * sum[k] / n) / (n - 1.0);

		d->base = quantile(p->x, p->n, rp_completion_level[k]);
		d->variant = quantile(p->y, p->n, rp_completion_level[k]);
		d->mean = d->variant - d->base;
		d->has = isfinite(d->base) && isfinite(d->variant);
		d->trials = p->n;
		/* Groups with a quantile beyond the horizon make it NaN. */
		d->se = p->n >= GROUP_LEAST * REPLICATES ?
		    sqrt(fmax(var, 0.0) / n) : (double)NAN;
		if (isnan(var))
			d->se = (double)NAN;
	}
}

/* A trial that is never complete is later than any other, and than none of
 * its kind. */
static void
answer_sooner(struct pairing *p, struct rp_whatif_answer *out)
{
	const int64_t *base = rp_trials_completion(p->base, -1);
	const int64_t *variant = rp_trials_completion(p->variant, -1);
	struct rp_difference d;

	for (size_t i = 0; i < p->n; i++) {
		p->x[i] = 0.0;
		p->y[i] = variant[i] < base[i];
	}
	d = difference(p);
	out->sooner = d.mean;
	out->sooner_se = d.se;
}

/* Where one of them has no deadline there is nothing to hold against it. */
static void
answer_deadline(struct pairing *p, struct rp_whatif_answer *out)
{
	struct rp_deadline_trials base, variant;

	if (!rp_trials_deadline_each(p->base, &base) ||
	    !rp_trials_deadline_each(p->variant, &variant))
		return;
	take_flags(base.met, p->n, p->x);
	take_flags(variant.met, p->n, p->y);
	out->deadline = difference(p);
	take_counts(base.replaced, p->n, p->x);
	take_counts(variant.replaced, p->n, p->y);
	out->replaced_deadline = difference(p);
	take_counts(base.harmed, p->n, p->x);
	take_counts(variant.harmed, p->n, p->y);
	out->harmed_deadline = difference(p);
	take_reals(base.overdue_days, p->n, p->x);
	take_reals(variant.overdue_days, p->n, p->y);
	out->overdue_days = difference(p);
}

/* ---- all of it ---------------------------------------------------------- */

static rp_status
check_pair(const struct rp_trials *base, const struct rp_trials *variant,
    struct rp_err *err)
{
	if (rp_trials_count(base) != rp_trials_count(variant))
		return rp_fail(err, RP_ESTATE, "the two cases have different "
		    "numbers of trials; give both the same one");
	if (rp_trials_seed(base) != rp_trials_seed(variant))
		return rp_fail(err, RP_ESTATE, "the two cases have different "
		    "seeds; give both the same one");
	if (rp_trials_metric(base) != rp_trials_metric(variant))
		return rp_fail(err, RP_ESTATE, "the two cases count different "
		    "states as done; give both the same metric");
	return RP_OK;
}

static bool
is_spread(const struct rp_trials *tr)
{
	size_t inputs = 0;

	return rp_trials_design(tr, &inputs) != RP_DESIGN_RANDOM &&
	    inputs > 0;
}

rp_status
rp_whatif(const struct rp_trials *base, const struct rp_trials *variant,
    struct rp_whatif_answer *out, struct rp_err *err)
{
	struct pairing p = { .base = base, .variant = variant };
	rp_status rc = check_pair(base, variant, err);

	if (rc != RP_OK)
		return rc;
	p.n = rp_trials_count(base);
	/* One trial a replicate is as good as none at all. */
	p.replicated = p.n >= 2 * REPLICATES &&
	    (is_spread(base) || is_spread(variant));
	p.x = rp_alloc_zeroed(p.n, sizeof(*p.x));
	p.y = rp_alloc_zeroed(p.n, sizeof(*p.y));
	if (p.x == NULL || p.y == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "no memory for the differences");
	} else {
		*out = (struct rp_whatif_answer){ .sooner = 0.0 };
		answer_completion(&p, out);
		answer_quantiles(&p, out);
		answer_sooner(&p, out);
		answer_deadline(&p, out);
	}
	rp_release_mem(p.x);
	rp_release_mem(p.y);
	return rc;
}
