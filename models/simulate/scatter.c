/*
 * simulate/scatter.c - how many take which exit.
 */
#include "simulate/scatter.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* What a draw costs, in ns as measured; only their ratios matter. */
#define COST_BINOMIAL 22.0
#define COST_RUNG 5.0
#define COST_ONE 4.5

/* ---- the ladder --------------------------------------------------------- */

/* Beside that of the mode, no probability to speak of: all of those left out
 * together are less than the rounding of a double. */
#define NOTHING 1e-22

static rp_status
make_rung(struct rp_rung *r, double mean, struct rp_err *err)
{
	size_t mode = (size_t)mean, low = mode, high = mode, n;
	double *weight, x = 1.0;
	rp_status rc;

	for (; low > 0 && x > NOTHING; low--)
		x *= (double)low / mean;
	for (x = 1.0; x > NOTHING; high++)
		x *= mean / (double)(high + 1);
	n = high - low + 1;
	weight = rp_alloc_zeroed(n, sizeof(*weight));
	if (weight == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a trial");
	weight[mode - low] = 1.0;
	for (size_t i = mode; i > low; i--)
		weight[i - 1 - low] = weight[i - low] * (double)i / mean;
	for (size_t i = mode; i < high; i++)
		weight[i + 1 - low] = weight[i - low] * mean /
		    (double)(i + 1);
	r->low = (uint32_t)low;
	rc = rp_alias_init(&r->alias, weight, n, err);
	rp_release_mem(weight);
	return rc;
}

/* The rung at or next below a mean, and its own mean; NULL and 0: none. */
static rp_status
find_rung(struct rp_ladder *l, double mean, const struct rp_rung **out,
    double *own, struct rp_err *err)
{
	int power;
	double part = frexp(mean, &power);	/* 1/2 <= part < 1 */
	double steps = floor(ldexp(part, RP_LADDER_DIGITS + 1));
	size_t i = (size_t)((power - 1 - RP_LADDER_LOW) *
	    (1 << RP_LADDER_DIGITS) + (int)steps - (1 << RP_LADDER_DIGITS));
	rp_status rc;

	*out = NULL;
	*own = 0.0;
	if (!(mean >= ldexp(1.0, RP_LADDER_LOW)) ||
	    !(mean < ldexp(1.0, RP_LADDER_HIGH)))
		return RP_OK;
	*own = ldexp(steps, power - RP_LADDER_DIGITS - 1);
	if (l->rung[i] == NULL) {
		struct rp_rung *r = rp_alloc_zeroed(1, sizeof(*r));

		if (r == NULL)
			return rp_fail(err, RP_ENOMEM, "no memory for a "
			    "trial");
		rc = make_rung(r, *own, err);
		if (rc != RP_OK) {
			rp_release_mem(r);
			return rc;
		}
		l->rung[i] = r;
	}
	*out = l->rung[i];
	return RP_OK;
}

void
rp_ladder_release(struct rp_ladder *l)
{
	for (size_t i = 0; i < RP_LADDER_RUNGS; i++) {
		if (l->rung[i] != NULL)
			rp_alias_release(&l->rung[i]->alias);
		rp_release_mem(l->rung[i]);
	}
	*l = (struct rp_ladder){ { NULL } };
}

/* ---- which way is cheapest ---------------------------------------------- */

/* Exit i of a kernel, or those who never leave. */
static double
share_of(const struct rp_kernel *k, size_t i)
{
	return i < k->n ? k->exit[i].p : k->n > 0 ?
	    fmax(0.0, 1.0 - k->exit[k->n - 1].up_to) : 1.0;
}

/*
 * So many standard deviations the sum of the rungs is to stay below the number
 * that it is for.  Where it does not they are drawn again, and what is between
 * the two is placed one by one: the cheapest, and what both cost.
 */
static double
find_slack(double rungs, double n, double *cost)
{
	double best = 0.0;

	*cost = (double)INFINITY;
	for (int quarters = 3; quarters < 20; quarters++) {
		double z = 0.25 * quarters;
		double again = 0.5 * erfc(z / sqrt(2.0));
		double x = rungs * COST_RUNG * again / (1.0 - again) +
		    z * sqrt(n) * COST_ONE;

		if (x < *cost) {
			*cost = x;
			best = z;
		}
	}
	return best;
}

/* Those with a rung by it, the others by binomials. */
static double
cost_by_rungs(const struct rp_kernel *k, double n)
{
	double rest = 0.0, rungs = 0.0, cost = 0.0, slack;

	for (size_t i = 0; i <= k->n; i++) {
		double mean = n * share_of(k, i);

		if (mean >= ldexp(1.0, RP_LADDER_HIGH)) {
			cost += COST_BINOMIAL;
			continue;
		}
		rest += mean;
		rungs += mean >= ldexp(1.0, RP_LADDER_LOW);
	}
	(void)find_slack(rungs, rest, &slack);
	return cost + rungs * COST_RUNG + slack + COST_BINOMIAL + rest *
	    ldexp(0.5, -RP_LADDER_DIGITS) * COST_ONE;
}

/* After how many exits the rest is best placed one by one, and the cost. */
static double
cost_in_turn(const struct rp_kernel *k, double n, size_t *turn)
{
	double left = 1.0, best = (double)INFINITY;

	for (size_t i = 0; i <= k->n; i++) {
		double cost = (double)i * COST_BINOMIAL + n * left * COST_ONE;

		if (cost < best) {
			best = cost;
			*turn = i;
		}
		left = fmax(0.0, left - share_of(k, i));
	}
	return best;
}

/* ---- making one --------------------------------------------------------- */

/* Put the exits in order: first those that are drawn by binomials. */
static void
sort_exits(struct rp_scatter *x, const struct rp_kernel *k, double n,
    size_t turn)
{
	double most = ldexp(1.0, RP_LADDER_HIGH), left = 1.0;

	for (size_t i = 0; i <= k->n; i++) {
		double p = share_of(k, i);

		if (x->by_rungs ? n * p < most : i >= turn) {
			x->rest[x->n_rest] = (uint32_t)i;
			x->p[x->n_rest++] = p;
			continue;
		}
		x->exit[x->n_first] = (uint32_t)i;
		rp_binomial_p_init(&x->first[x->n_first++],
		    left > 0.0 ? p / left : 0.0);
		left = fmax(0.0, left - p);
	}
}

/* x->p as shares of the rest; false: nobody comes to it. */
static bool
share_rest(struct rp_scatter *x, double *sum)
{
	*sum = 0.0;
	for (size_t i = 0; i < x->n_rest; i++)
		*sum += x->p[i];
	for (size_t i = 0; i < x->n_rest && *sum > 0.0; i++)
		x->p[i] /= *sum;
	return *sum > 0.0;
}

/*
 * n come to the rest, give or take what `sum` of all says.  A rung's mean is
 * at most `scale` times the share of its exit, so of each share so much over
 * scale can be had from the rungs and the others are placed beside them.
 */
static rp_status
make_rungs(struct rp_scatter *x, struct rp_ladder *l, double n,
    double variance, struct rp_err *err)
{
	double cost, slack = find_slack((double)x->n_rest, n, &cost);
	double scale = n - slack * sqrt(n + variance);
	rp_status rc = RP_OK;

	for (size_t i = 0; i < x->n_rest && rc == RP_OK && scale > 0.0; i++) {
		rc = find_rung(l, scale * x->p[i], &x->rung[i], &x->own[i],
		    err);
		x->mean += x->own[i];
	}
	if (rc != RP_OK || !(x->mean > 0.0))
		return rc;
	rp_binomial_p_init(&x->of_rungs, x->mean / scale);
	for (size_t i = 0; i < x->n_rest; i++)
		x->p[i] = fmax(0.0, x->p[i] - x->own[i] / scale);
	return rp_alias_init(&x->as_rungs, x->own, x->n_rest, err);
}

static rp_status
make_rest(struct rp_scatter *x, struct rp_ladder *l, double n,
    double variance, struct rp_err *err)
{
	double sum;
	rp_status rc = RP_OK;

	if (!share_rest(x, &sum))
		return RP_OK;
	/* The others of the n go to the exits that come first. */
	if (x->by_rungs)
		rc = make_rungs(x, l, n * sum, variance * sum * sum +
		    n * sum * (1.0 - sum), err);
	/* Where rungs and exits agree to the last digit nobody is placed. */
	if (rc == RP_OK && share_rest(x, &sum))
		rc = rp_alias_init(&x->others, x->p, x->n_rest, err);
	return rc;
}

rp_status
rp_scatter_init(struct rp_scatter *x, struct rp_ladder *l,
    const struct rp_kernel *k, double n, double variance, struct rp_err *err)
{
	size_t all = k->n + 1, turn = 0;
	rp_status rc;

	*x = (struct rp_scatter){ .n_first = 0 };
	x->first = rp_alloc_zeroed(all, sizeof(*x->first));
	x->exit = rp_alloc_zeroed(all, sizeof(*x->exit));
	x->rest = rp_alloc_zeroed(all, sizeof(*x->rest));
	x->p = rp_alloc_zeroed(all, sizeof(*x->p));
	x->own = rp_alloc_zeroed(all, sizeof(*x->own));
	x->rung = rp_alloc_zeroed(all, sizeof(*x->rung));
	x->count = rp_alloc_zeroed(all, sizeof(*x->count));
	if (x->first == NULL || x->exit == NULL || x->rest == NULL ||
	    x->p == NULL || x->own == NULL || x->rung == NULL ||
	    x->count == NULL) {
		rp_scatter_release(x);
		return rp_fail(err, RP_ENOMEM, "no memory for a trial");
	}
	x->by_rungs = cost_by_rungs(k, n) < cost_in_turn(k, n, &turn);
	sort_exits(x, k, n, turn);
	rc = make_rest(x, l, n, variance, err);
	if (rc != RP_OK)
		rp_scatter_release(x);
	return rc;
}

void
rp_scatter_release(struct rp_scatter *x)
{
	rp_release_mem(x->first);
	rp_release_mem(x->exit);
	rp_release_mem(x->rest);
	rp_release_mem(x->p);
	rp_release_mem(x->own);
	rp_release_mem(x->rung);
	rp_release_mem(x->count);
	rp_alias_release(&x->as_rungs);
	rp_alias_release(&x->others);
	*x = (struct rp_scatter){ .n_first = 0 };
}

/* ---- drawing ------------------------------------------------------------ */

/* A value from each rung, until they are n at most; how many they are. */
static uint32_t
draw_rungs(const struct rp_scatter *x, struct rp_stream *s, uint32_t n)
{
	uint64_t sum;

	do {
		sum = 0;
		for (size_t i = 0; i < x->n_rest; i++) {
			const struct rp_rung *r = x->rung[i];

			if (r == NULL)
				continue;
			x->count[i] = r->low + rp_alias_draw(s, &r->alias);
			sum += x->count[i];
		}
	} while (sum > n);
	return (uint32_t)sum;
}

static void
place(const struct rp_alias *t, struct rp_stream *s, uint32_t n,
    uint32_t *count)
{
	for (; n > 0; n--)
		count[rp_alias_draw(s, t)]++;
}

/* n, as the rungs have it, but too few for them or many more. */
static void
place_as_rungs(const struct rp_scatter *x, struct rp_stream *s, uint32_t n)
{
	double left = x->mean;

	if ((double)n * COST_ONE < (double)x->n_rest * COST_BINOMIAL) {
		place(&x->as_rungs, s, n, x->count);
		return;
	}
	for (size_t i = 0; i < x->n_rest && n > 0; i++) {
		uint32_t d = x->own[i] < left ? rp_draw_binomial(s, n,
		    x->own[i] / left) : n;

		x->count[i] += d;
		left -= x->own[i];
		n -= d;
	}
}

/*
 * How many of the n are to be distributed as the rungs are is drawn before the
 * rungs, so that it does not matter how often these have to be drawn.
 */
void
rp_scatter_rest(const struct rp_scatter *x, struct rp_stream *s, uint32_t n)
{
	uint32_t b = x->mean > 0.0 ?
	    rp_draw_binomial_at(s, n, &x->of_rungs) : 0, done = 0;

	memset(x->count, 0, x->n_rest * sizeof(*x->count));
	if (n == 0)
		return;
	if (x->mean > 0.0 && (double)b >= x->mean + 0.25 * sqrt(x->mean))
		done = draw_rungs(x, s, b);
	if (x->mean > 0.0)
		place_as_rungs(x, s, b - done);
	if (x->others.cell != NULL)
		place(&x->others, s, n - b, x->count);
	else
		x->count[0] += n - b;	/* but for rounding nobody */
}
