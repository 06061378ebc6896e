/*
 * simulate/errors.c - means, shares and quantiles with their errors.
 */
#include "simulate/errors.h"

#include <math.h>
#include <string.h>

#include "base/rank.h"
#include "population/spread.h"

const double rp_completion_level[RP_COMPLETION_QUANTILES] = {
	0.05, 0.10, 0.25, 0.50, 0.75, 0.80, 0.90, 0.95
};

/* ---- the spread of replicates ------------------------------------------- */

size_t
rp_sampling_size(const struct rp_sampling *s, size_t r)
{
	return s->replicates > 1 ? (s->n - r + s->replicates - 1) /
	    s->replicates : s->n;
}

static double
size_of(const struct rp_sampling *s, size_t r)
{
	return (double)rp_sampling_size(s, r);
}

/*
 * Standard error of a mean from the sums of its replicates.  They may differ
 * in size by one trial; each counts by its size.
 */
static double
replicate_se(const struct rp_sampling *s, const double *sum, double mean)
{
	double squares = 0.0, r = (double)s->replicates;

	for (size_t i = 0; i < s->replicates; i++) {
		double d = (sum[i] - size_of(s, i) * mean) / (double)s->n;

		squares += d * d;
	}
	return sqrt(squares * r / (r - 1.0));
}

/* ---- means -------------------------------------------------------------- */

void
rp_mean_of(const struct rp_sampling *s, const double *x, double *mean,
    double *se)
{
	double sum[RP_REPLICATES] = { 0.0 }, all = 0.0, squares = 0.0;
	double n = (double)s->n;

	for (size_t i = 0; i < s->n; i++)
		all += x[i];
	*mean = all / n;
	if (s->replicates > 1) {
		for (size_t i = 0; i < s->n; i++)
			sum[i % s->replicates] += x[i];
		*se = replicate_se(s, sum, *mean);
		return;
	}
	for (size_t i = 0; i < s->n; i++)
		squares += (x[i] - *mean) * (x[i] - *mean);
	*se = s->n > 1 ? sqrt(squares / (n - 1.0) / n) : (double)NAN;
}

void
rp_mean_of_sums(const struct rp_sampling *s, const uint64_t *sum,
    double *mean, double *se)
{
	double of[RP_REPLICATES] = { 0.0 }, all = 0.0;

	for (size_t r = 0; r < s->replicates; r++)
		all += of[r] = (double)sum[r];
	*mean = all / (double)s->n;
	*se = replicate_se(s, of, *mean);
}

/* Without a division for each value. */
static void
sum_replicates(const struct rp_sampling *s, const uint32_t *x, uint64_t *sum)
{
	size_t r = 0;

	for (size_t i = 0; i < s->n; i++) {
		sum[r] += x[i];
		r = r + 1 < s->replicates ? r + 1 : 0;
	}
}

void
rp_mean_of_counts(const struct rp_sampling *s, const uint32_t *x,
    double *mean, double *se)
{
	uint64_t sum[RP_REPLICATES] = { 0 };
	double all = 0.0, squares = 0.0, n = (double)s->n;

	if (s->replicates > 1) {
		sum_replicates(s, x, sum);
		rp_mean_of_sums(s, sum, mean, se);
		return;
	}
	for (size_t i = 0; i < s->n; i++)
		all += (double)x[i];
	*mean = all / n;
	for (size_t i = 0; i < s->n; i++) {
		double d = (double)x[i] - *mean;

		squares += d * d;
	}
	*se = s->n > 1 ? sqrt(squares / (n - 1.0) / n) : (double)NAN;
}

/* ---- shares ------------------------------------------------------------- */

/* From how many hits there are in each replicate, or in all. */
static void
share_from(const struct rp_sampling *s, const double *hits, double *share,
    double *se)
{
	double all = 0.0;

	for (size_t r = 0; r < (s->replicates > 1 ? s->replicates : 1); r++)
		all += hits[r];
	*share = all / (double)s->n;
	*se = s->replicates > 1 ? replicate_se(s, hits, *share) : s->n > 1 ?
	    sqrt(*share * (1.0 - *share) / (double)s->n) : (double)NAN;
}

void
rp_odds_of(const struct rp_sampling *s, const int64_t *x, int64_t by,
    double *odds, double *se)
{
	double hits[RP_REPLICATES] = { 0.0 };

	for (size_t i = 0; i < s->n; i++)
		hits[s->replicates > 1 ? i % s->replicates : 0] +=
		    x[i] <= by ? 1.0 : 0.0;
	share_from(s, hits, odds, se);
}

void
rp_flags_of(const struct rp_sampling *s, const bool *x, double *share,
    double *se)
{
	double hits[RP_REPLICATES] = { 0.0 };

	for (size_t i = 0; i < s->n; i++)
		hits[s->replicates > 1 ? i % s->replicates : 0] +=
		    x[i] ? 1.0 : 0.0;
	share_from(s, hits, share, se);
}

void
rp_share_of(const struct rp_sampling *s, const float *x, double *share,
    double *se)
{
	double hits[RP_REPLICATES] = { 0.0 };

	for (size_t i = 0; i < s->n; i++)
		hits[s->replicates > 1 ? i % s->replicates : 0] +=
		    x[i] > 0.0f ? 1.0 : 0.0;
	share_from(s, hits, share, se);
}

/* ---- completion --------------------------------------------------------- */

static size_t
index_of(double level, size_t n)
{
	double i = ceil(level * (double)n) - 1.0;

	return i <= 0.0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
}

/*
 * Standard error of the share of trials up to a quantile.  All values that
 * are equal to it count in part, so that together they make the level: a
 * quantile is often one day, and most of a day may lie to one side of it.
 */
static double
level_se(const struct rp_sampling *s, const int64_t *x, int64_t q,
    double level)
{
	double below[RP_REPLICATES] = { 0.0 }, equal[RP_REPLICATES] = { 0.0 };
	double all_below = 0.0, all_equal = 0.0, part;

	if (s->replicates < 2)
		return sqrt(level * (1.0 - level) / (double)s->n);
	for (size_t i = 0; i < s->n; i++) {
		below[i % s->replicates] += x[i] < q ? 1.0 : 0.0;
		equal[i % s->replicates] += x[i] == q ? 1.0 : 0.0;
	}
	for (size_t r = 0; r < s->replicates; r++) {
		all_below += below[r];
		all_equal += equal[r];
	}
	part = (level * (double)s->n - all_below) / all_equal;
	for (size_t r = 0; r < s->replicates; r++)
		below[r] += part * equal[r];
	return replicate_se(s, below, level);
}

/*
 * Standard error of a quantile from that of the share of trials up to it:
 * other sets of trials would have found this share at another level, normally
 * distributed about it, and so another of the values here.  The spread of
 * those is the error, as Maritz and Jarrett have it.
 *
 * Completions come in steps, which are taken to be spread over their step, so
 * that the grid is no floor to the error.  But where nobody works there are
 * gaps between steps, and a date on this side of one in some sets of trials
 * lies on the other in others: a slope through the neighbours would not tell.
 * What comes after a gap is taken to have come at a stroke.
 */
#define WIDEST 5.0		/* of the deviations looked at */
#define NARROWEST 1.0

static double
normal(double z)
{
	return 0.5 * erfc(-z * 0.70710678118654752);
}

static double
density(double z)
{
	return 0.3989422804014327 * exp(-0.5 * z * z);
}

/* The part of the variance of a normal law that lies within z deviations. */
static double
within(double z)
{
	return 1.0 - 2.0 * z * density(z) / (2.0 * normal(z) - 1.0);
}

/* The least difference between values; 0: there is none. */
static double
step_of(const struct rp_sampling *s, const int64_t *sorted)
{
	int64_t least = INT64_MAX;

	for (size_t i = 1; i < s->n && sorted[i] != INT64_MAX; i++)
		if (sorted[i] != sorted[i - 1] &&
		    sorted[i] - sorted[i - 1] < least)
			least = sorted[i] - sorted[i - 1];
	return least == INT64_MAX ? 0.0 : (double)least;
}

/* How many deviations above a level all values are known. */
static double
reach(const struct rp_sampling *s, const int64_t *sorted, double level,
    double sd)
{
	size_t known = s->n;

	if (sorted[s->n - 1] != INT64_MAX)
		return WIDEST;
	while (known > 0 && sorted[known - 1] == INT64_MAX)
		known--;
	return fmin(WIDEST, ((double)known / (double)s->n - level) / sd);
}

struct moments {
	double all, sum, squares;
};

/*
 * Of a normal law from z1 to z2, where a value grows along a line by `rise`
 * over the deviations from a to b, up to x.
 */
static void
add_step(struct moments *m, double x, double rise, double a, double b,
    double z1, double z2)
{
	double slope = rise / (b - a), at_0 = x - slope * b;
	double m0 = normal(z2) - normal(z1), m1 = density(z1) - density(z2);
	double m2 = m0 + z1 * density(z1) - z2 * density(z2);

	m->all += m0;
	m->sum += at_0 * m0 + slope * m1;
	m->squares += at_0 * at_0 * m0 + 2.0 * at_0 * slope * m1 +
	    slope * slope * m2;
}

/* Before the first value there are others like it, and after the last. */
static struct moments
look_around(const struct rp_sampling *s, const int64_t *sorted,
    double level, double sd, double z)
{
	struct moments m = { 0.0, 0.0, 0.0 };
	double n = (double)s->n, step = step_of(s, sorted), from = -z, until;
	size_t q = index_of(level, s->n), i, first;

	i = index_of(fmax(level - z * sd, 0.0), s->n);
	while (i > 0 && sorted[i - 1] == sorted[i])
		i--;
	for (; i < s->n && from < z; from = until) {
		bool gap = i > 0 && (double)(sorted[i] - sorted[i - 1]) > step;

		first = i;
		for (i++; i < s->n && sorted[i] == sorted[first]; i++)
			;
		until = i == s->n ? z : fmin(z, fmax(from,
		    ((double)i / n - level) / sd));
		if (until > from)
			add_step(&m, (double)(sorted[first] - sorted[q]),
			    gap ? 0.0 : step, ((double)first / n - level) / sd,
			    ((double)i / n - level) / sd, from, until);
	}
	return m;
}

static double
quantile_se(const struct rp_sampling *s, const int64_t *sorted, double level,
    double sd)
{
	struct moments m;
	double z, mean;

	/* One trial tells nothing of how far others would lie from it. */
	if (s->n < 2 || sorted[index_of(level, s->n)] == INT64_MAX)
		return (double)NAN;
	if (!(sd > 0.0))
		return 0.0;
	z = reach(s, sorted, level, sd);
	if (z < NARROWEST)
		return (double)NAN;
	m = look_around(s, sorted, level, sd, z);
	mean = m.sum / m.all;
	return sqrt(fmax(0.0, m.squares / m.all - mean * mean) / within(z));
}

static void
quantile(const struct rp_sampling *s, const int64_t *x,
    const int64_t *sorted, struct rp_completion *c, size_t k)
{
	double level = rp_completion_level[k];
	int64_t q = sorted[index_of(level, s->n)];

	c->has[k] = q != INT64_MAX;
	if (c->has[k])
		c->q[k] = rp_instant_of_s(q);
	c->q_se_s[k] = quantile_se(s, sorted, level,
	    level_se(s, x, q, level));
}

/* Only where no trial is censored. */
static void
mean(const struct rp_sampling *s, const int64_t *x, int64_t first,
    struct rp_completion *c)
{
	double sum[RP_REPLICATES] = { 0.0 }, all = 0.0, squares = 0.0;
	double n = (double)s->n, mean_s;

	for (size_t i = 0; i < s->n; i++)
		all += (double)(x[i] - first);
	mean_s = all / n;
	for (size_t i = 0; i < s->n; i++) {
		double d = (double)(x[i] - first) - mean_s;

		squares += d * d;
		if (s->replicates > 1)
			sum[i % s->replicates] += (double)(x[i] - first);
	}
	c->has_mean = true;
	c->mean_s = (double)first + mean_s;
	c->mean_se_s = s->n < 2 ? (double)NAN : s->replicates > 1 ?
	    replicate_se(s, sum, mean_s) : sqrt(squares / (n - 1.0) / n);
}

/* Beyond the horizon. */
static void
never(const struct rp_sampling *s, const int64_t *x, struct rp_completion *c)
{
	double hits[RP_REPLICATES] = { 0.0 };

	for (size_t i = 0; i < s->n; i++)
		hits[s->replicates > 1 ? i % s->replicates : 0] +=
		    x[i] == INT64_MAX ? 1.0 : 0.0;
	share_from(s, hits, &c->never, &c->never_se);
}

void
rp_completion_of(const struct rp_sampling *s, const int64_t *x,
    int64_t *scratch, struct rp_completion *c)
{
	*c = (struct rp_completion){ 0 };
	memcpy(scratch, x, s->n * sizeof(*scratch));
	rp_sort_i64(scratch, s->n);
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++)
		quantile(s, x, scratch, c, k);
	if (scratch[s->n - 1] != INT64_MAX)
		mean(s, x, scratch[0], c);
	never(s, x, c);
}
