/*
 * test_rank.c - sorting and selecting by digits, against qsort().
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rank.h"
#include "base/stream.h"
#include "forecast/observe.h"

#define MOST 5000
#define RUNS 300

static struct rp_stream s;

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of every spread: all alike, a few days, all there are. */
static int64_t
some(unsigned bits, int64_t from)
{
	uint64_t word = rp_stream_word(&s);

	if (word % 7 == 0)
		return INT64_MAX;
	word >>= 3;
	return bits == 0 ? from : (int64_t)((uint64_t)from +
	    (word & (UINT64_MAX >> (64 - bits))));
}

static void
numbers_are_sorted(void **state)
{
	static int64_t x[MOST], y[MOST];

	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		size_t n = 1 + (size_t)(rp_stream_word(&s) % MOST);
		int64_t from = run % 3 == 0 ? INT64_MIN : run % 3 == 1 ?
		    -86400 : INT64_C(1772409600);

		for (size_t i = 0; i < n; i++)
			x[i] = y[i] = some(run % 61, from);
		if (run == 7)
			x[0] = y[0] = INT64_MIN;
		rp_sort_i64(x, n);
		qsort(y, n, sizeof(*y), by_number);
		assert_memory_equal(x, y, n * sizeof(*x));
	}
}

static void
what_is_empty_or_alone_stays(void **state)
{
	int64_t x[2] = { INT64_MAX, 5 };

	(void)state;
	rp_sort_i64(x, 0);
	rp_sort_i64(x, 1);
	assert_true(x[0] == INT64_MAX && x[1] == 5);
	rp_sort_i64(x, 2);
	assert_true(x[0] == 5 && x[1] == INT64_MAX);
}

/* Shares, instants, both signs, infinity, many of them equal. */
static double
some_value(unsigned kind)
{
	double u = rp_stream_uniform(&s);

	switch (kind % 5) {
	case 0:
		return u;
	case 1:
		return floor(20000.0 * u) / 20000.0;
	case 2:
		return u < 0.3 ? (double)INFINITY : floor(1e9 * u);
	case 3:
		return (u - 0.5) * pow(10.0, 600.0 * (u - 0.5));
	default:
		return u < 0.9 ? 1.0 : u;
	}
}

static void
a_rank_has_its_value(void **state)
{
	static double x[MOST], sorted[MOST], scratch[MOST];

	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		size_t n = 1 + (size_t)(rp_stream_word(&s) % MOST);

		for (size_t i = 0; i < n; i++)
			x[i] = sorted[i] = some_value(run);
		qsort(sorted, n, sizeof(*sorted), by_value);
		for (unsigned k = 0; k < 20; k++) {
			size_t rank = k == 0 ? 0 : k == 1 ? n - 1 :
			    (size_t)(rp_stream_word(&s) % n);

			assert_true(rp_value_of_rank(x, n, rank, scratch) ==
			    sorted[rank]);
		}
		/* In place too. */
		assert_true(rp_value_of_rank(x, n, n / 2, x) ==
		    sorted[n / 2]);
	}
}

/* Whoever has the same value stays in the order of before. */
static void
weights_go_with_their_values(void **state)
{
	static struct rp_ranked r[2 * MOST];
	static double value[MOST];

	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		size_t n = 1 + (size_t)(rp_stream_word(&s) % MOST);

		for (size_t i = 0; i < n; i++) {
			value[i] = some_value(run);
			r[i] = (struct rp_ranked){ value[i], (double)i };
		}
		rp_rank(r, n);
		for (size_t i = 0; i < n; i++)
			assert_true(r[i].value == value[(size_t)r[i].weight]);
		for (size_t i = 0; i + 1 < n; i++)
			assert_true(r[i].value < r[i + 1].value ||
			    (r[i].value == r[i + 1].value &&
			    r[i].weight < r[i + 1].weight));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_sorted),
		cmocka_unit_test(what_is_empty_or_alone_stays),
		cmocka_unit_test(a_rank_has_its_value),
		cmocka_unit_test(weights_go_with_their_values)
	};

	rp_stream_init(&s, rp_stream_key_of(1, "rank", "", 0), 0, 0);
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
