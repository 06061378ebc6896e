/*
 * base/rank.c - sorting and selecting by digits.
 */
#include "base/rank.h"

#include <string.h>

#define DIGIT_BITS 11
#define DIGITS ((size_t)1 << DIGIT_BITS)

/* So that only the leading digit of what values differ by is left. */
static unsigned
shift_of(uint64_t range)
{
	unsigned shift = 0;

	while (range >> shift >= DIGITS)
		shift++;
	return shift;
}

/* ---- sorting ------------------------------------------------------------ */

/* A value that stands for none stands after all others, wherever they end. */
#define NONE INT64_MAX

/* The range of those that are not NONE, who come to stand first; their
 * number. */
static size_t
part(int64_t *x, size_t n, int64_t *least, int64_t *most)
{
	size_t m = 0;

	*least = INT64_MAX;
	*most = INT64_MIN;
	for (size_t i = 0; i < n; i++) {
		int64_t v = x[i];

		if (v == NONE)
			continue;
		x[i] = x[m];
		x[m++] = v;
		*least = v < *least ? v : *least;
		*most = v > *most ? v : *most;
	}
	return m;
}

static void
insert(int64_t *x, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		int64_t v = x[i];
		size_t k = i;

		for (; k > 0 && x[k - 1] > v; k--)
			x[k] = x[k - 1];
		x[k] = v;
	}
}

#define FEW 32

/* Each value goes to the place where those of its digit begin, and what stood
 * there goes on to its own, until the circle closes. */
static void
permute(int64_t *x, uint64_t least, unsigned shift, size_t *next,
    const size_t *end)
{
	for (size_t d = 0; d < DIGITS; d++)
		while (next[d] < end[d]) {
			int64_t v = x[next[d]];
			size_t to;

			while ((to = ((uint64_t)v - least) >> shift) != d) {
				int64_t other = x[next[to]];

				x[next[to]++] = v;
				v = other;
			}
			x[next[d]++] = v;
		}
}

void
rp_sort_i64(int64_t *x, size_t n)
{
	size_t next[DIGITS], end[DIGITS], sum = 0;
	int64_t least, most;
	uint64_t from;
	unsigned shift;

	n = part(x, n, &least, &most);
	if (n <= FEW) {
		insert(x, n);
		return;
	}
	if (least == most)
		return;
	from = (uint64_t)least;
	shift = shift_of((uint64_t)most - from);
	memset(end, 0, sizeof(end));
	for (size_t i = 0; i < n; i++)
		end[((uint64_t)x[i] - from) >> shift]++;
	for (size_t d = 0; d < DIGITS; d++) {
		next[d] = sum;
		sum += end[d];
		end[d] = sum;
	}
	permute(x, from, shift, next, end);
	/* Those that agree in this digit; each time 11 bits fewer are left. */
	for (size_t d = 0; d < DIGITS && shift > 0; d++) {
		size_t begin = d > 0 ? end[d - 1] : 0;

		if (end[d] - begin > 1)
			rp_sort_i64(&x[begin], end[d] - begin);
	}
}

/* ---- selecting ---------------------------------------------------------- */

/* Of the digits of n values the one that the k-th has; *below: how many have
 * a lower one. */
static size_t
digit_of_rank(const double *x, size_t n, uint64_t least, unsigned shift,
    size_t k, size_t *below)
{
	size_t count[DIGITS] = { 0 }, d = 0, sum = 0;

	for (size_t i = 0; i < n; i++)
		count[(rp_rank_key(x[i]) - least) >> shift]++;
	while (sum + count[d] <= k)
		sum += count[d++];
	*below = sum;
	return d;
}

static uint64_t
range_of(const double *x, size_t n, uint64_t *least)
{
	uint64_t most = 0;

	*least = UINT64_MAX;
	for (size_t i = 0; i < n; i++) {
		uint64_t key = rp_rank_key(x[i]);

		*least = key < *least ? key : *least;
		most = key > most ? key : most;
	}
	return most - *least;
}

double
rp_value_of_rank(const double *x, size_t n, size_t k, double *scratch)
{
	uint64_t least, range;

	while ((range = range_of(x, n, &least)) > 0) {
		unsigned shift = shift_of(range);
		size_t digit, below, m = 0;

		digit = digit_of_rank(x, n, least, shift, k, &below);
		for (size_t i = 0; i < n; i++) {
			double v = x[i];

			if ((rp_rank_key(v) - least) >> shift == digit)
				scratch[m++] = v;
		}
		x = scratch;
		n = m;
		k -= below;
	}
	return x[0];
}
