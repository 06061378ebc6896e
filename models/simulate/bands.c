/*
 * simulate/bands.c - quantiles of many values, and their errors.
 */
#include <math.h>
#include <string.h>

#include "simulate/ensemble.h"

const double rp_quantile_level[RP_QUANTILES] = {
	0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95
};

#define DIGIT_BITS 11
#define DIGITS (1u << DIGIT_BITS)

/* One pass of a radix sort: stable, by one digit. */
static void
by_digit(const uint32_t *from, uint32_t *to, size_t n, unsigned shift)
{
	uint32_t start[DIGITS] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[from[i] >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		uint32_t k = start[d];

		start[d] = sum;
		sum += k;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

void
rp_sort_u32(uint32_t *x, uint32_t *scratch, size_t n)
{
	uint32_t all = 0, same = UINT32_MAX;
	uint32_t *from = x, *to = scratch;

	for (size_t i = 0; i < n; i++) {
		all |= x[i];
		same &= x[i];
	}
	/* Digits in which no two values differ need no pass. */
	for (unsigned shift = 0; shift < 32; shift += DIGIT_BITS) {
		uint32_t *t = from;

		if (((all ^ same) >> shift & (DIGITS - 1)) == 0)
			continue;
		by_digit(from, to, n, shift);
		from = to;
		to = t;
	}
	if (from != x)
		memcpy(x, from, n * sizeof(*x));
}

/* Index of the smallest value that a share of n is at or below. */
static size_t
quantile_index(double level, size_t n)
{
	double i = ceil(level * (double)n) - 1.0;

	return i <= 0.0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
}

void
rp_band_ranks(size_t n, size_t rank[RP_BAND_RANKS])
{
	for (size_t k = 0; k < RP_QUANTILES; k++) {
		double level = rp_quantile_level[k];
		double sd = sqrt(level * (1.0 - level) / (double)n);

		rank[3 * k] = quantile_index(level, n);
		rank[3 * k + 1] = quantile_index(fmax(level - sd, 0.0), n);
		rank[3 * k + 2] = quantile_index(fmin(level + sd, 1.0), n);
	}
}

static void
moments(const uint32_t *x, size_t n, struct rp_band *out)
{
	double sum = 0.0, squares = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += x[i];
	out->mean = sum / (double)n;
	for (size_t i = 0; i < n; i++) {
		double d = (double)x[i] - out->mean;

		squares += d * d;
	}
	out->mean_se = sqrt(squares / ((double)n - 1.0) / (double)n);
}

void
rp_band_of(const struct rp_sampling *s, uint32_t *x, uint32_t *scratch,
    struct rp_band *out)
{
	size_t n = s->n, rank[RP_BAND_RANKS];
	double mean = 0.0, se = 0.0;

	/* Sorting forgets which trial was of which replicate. */
	if (s->replicates > 1)
		rp_mean_of_counts(s, x, &mean, &se);
	rp_sort_u32(x, scratch, n);
	if (x[0] == x[n - 1]) {
		rp_band_same(n, x[0], out);
		return;
	}
	moments(x, n, out);
	if (s->replicates > 1) {
		out->mean = mean;
		out->mean_se = se;
	}
	rp_band_ranks(n, rank);
	for (size_t k = 0; k < RP_QUANTILES; k++) {
		out->q[k] = x[rank[3 * k]];
		out->q_se[k] = 0.5 * ((double)x[rank[3 * k + 2]] -
		    (double)x[rank[3 * k + 1]]);
	}
}
