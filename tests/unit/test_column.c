/*
 * Columns: the bands of counted values against those of sorted ones, however
 * the values came; and among many trials the steps that the header promises.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/stream.h"
#include "population/spread.h"
#include "simulate/ensemble.h"
#include "support/near.h"

#define MOST 40000

static uint32_t x[MOST], sorted[MOST], scratch[MOST];

/* Values of several kinds: all equal, few, many, far apart, one outlier. */
static void
draw(uint64_t seed, size_t n)
{
	struct rp_stream s;
	unsigned kind = (unsigned)(seed % 6);

	rp_stream_init(&s, (struct rp_stream_key){ { seed, 1 } }, 0, 0);
	for (size_t i = 0; i < n; i++) {
		double u = rp_stream_uniform(&s);

		x[i] = kind == 0 ? 4711 : kind == 1 ? (uint32_t)(u * 3.0) :
		    kind == 2 ? 90000 + (uint32_t)(u * u * 700.0) :
		    kind == 3 ? (uint32_t)(u * 30000.0) :
		    kind == 4 ? (uint32_t)(u * 4.2e9) :
		    i == n / 2 ? 4000000000u : 5;
	}
}

static int
by_value(const void *a, const void *b)
{
	uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;

	return (p > q) - (p < q);
}

/* In blocks of odd sizes, from some trial on and round about. */
static void
add(struct rp_columns *c, size_t n, size_t from)
{
	static const size_t block[] = { 1, 16, 301, 7, 1024 };
	size_t done = 0, k = 0;

	while (done < n) {
		size_t at = (from + done) % n, more = block[k++ % 5];

		more = more < n - done ? more : n - done;
		more = more < n - at ? more : n - at;
		assert_true(rp_column_add(c, 0, &x[at], more, at));
		done += more;
	}
}

static uint32_t
order(size_t n, double level, uint32_t base, unsigned shift)
{
	double i = fmin(fmax(ceil(level * (double)n) - 1.0, 0.0),
	    (double)n - 1.0);

	return base > 0 ? base - sorted[n - 1 - (size_t)i] :
	    sorted[(size_t)i] >> shift << shift;
}

/* Of the values, or of a base less them. */
static void
is_band(const struct rp_band *b, const struct rp_sampling *s, uint32_t base)
{
	size_t n = s->n;
	double mean, se;
	unsigned shift = 0;

	while (n > RP_BAND_VALUES && (sorted[n - 1] >> shift) -
	    (sorted[0] >> shift) >= RP_BAND_VALUES)
		shift++;
	for (size_t i = 0; i < n; i++)
		scratch[i] = base > 0 ? base - x[i] : x[i];
	rp_mean_of_counts(s, scratch, &mean, &se);
	assert_near(b->mean, mean, 1e-12 * mean);
	/* Steps of four thousand tell the spread as well as they can. */
	assert_near(b->mean_se, se, (shift > 0 ? 1e-3 : 1e-9) * se);
	for (size_t q = 0; q < RP_QUANTILES; q++) {
		double p = rp_quantile_level[q];
		double sd = sqrt(p * (1.0 - p) / (double)n);

		assert_int_equal(b->q[q], order(n, p, base, shift));
		assert_near(b->q_se[q], 0.5 * ((double)order(n, p + sd, base,
		    shift) - (double)order(n, p - sd, base, shift)), 1e-12);
	}
}

static void
is_right(uint64_t seed, const struct rp_sampling *s, size_t from)
{
	struct rp_band b = { .mean = 0.0 };
	struct rp_columns c;

	draw(seed, s->n);
	memcpy(sorted, x, s->n * sizeof(*x));
	qsort(sorted, s->n, sizeof(*sorted), by_value);
	assert_true(rp_columns_init(&c, s, 1));
	add(&c, s->n, from);
	assert_true(rp_column_close(&c, 0));
	rp_column_band(&c, 0, &b);
	is_band(&b, s, 0);
	if (s->n <= RP_BAND_VALUES) {
		rp_column_band_less(&c, 0, UINT32_C(4200000000), &b);
		is_band(&b, s, UINT32_C(4200000000));
	}
	rp_columns_release(&c);
}

static void
bands_are_those_of_sorted_values(void **state)
{
	static const size_t n[] = { 2, 17, 300, 10000, RP_BAND_VALUES,
		RP_BAND_VALUES + 1, MOST };

	(void)state;
	for (size_t i = 0; i < sizeof(n) / sizeof(n[0]); i++)
		for (uint64_t seed = 0; seed < 12; seed++) {
			is_right(seed, &(struct rp_sampling){ n[i], 0 }, 0);
			is_right(seed, &(struct rp_sampling){ n[i], 0 },
			    n[i] / 3);
			if (n[i] >= RP_REPLICATED_TRIALS)
				is_right(seed, &(struct rp_sampling){ n[i],
				    RP_REPLICATES }, n[i] / 5);
		}
}

static void
one_trial_tells_no_error(void **state)
{
	struct rp_sampling s = { 1, 0 };
	struct rp_band b = { .mean = 0.0 };
	struct rp_columns c;

	(void)state;
	x[0] = 2385;
	assert_true(rp_columns_init(&c, &s, 1));
	assert_true(rp_column_add(&c, 0, x, 1, 0));
	assert_true(rp_column_close(&c, 0));
	rp_column_band(&c, 0, &b);
	assert_int_equal(b.q[3], 2385);
	assert_true(isnan(b.mean_se) && isnan(b.q_se[3]));
	rp_columns_release(&c);
}

/* However far apart and however many: no more than 16,384 of them. */
static void
room_is_bounded(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 6; seed++) {
		struct rp_sampling s = { MOST, 0 };
		struct rp_columns c;

		draw(seed, MOST);
		assert_true(rp_columns_init(&c, &s, 1));
		add(&c, MOST, 0);
		assert_true(c.of[0].room <= RP_BAND_VALUES);
		rp_columns_release(&c);
	}
}

/* Every allocation fails once; nothing leaks. */
static void
without_memory(void **state)
{
	struct rp_sampling s = { 5000, 0 };
	size_t live = rp_alloc_live();
	bool ok = false;

	(void)state;
	draw(3, 5000);
	for (unsigned long n = 1; !ok; n++) {
		struct rp_columns c = { 0 };

		rp_alloc_fail_at(n);
		ok = rp_columns_init(&c, &s, 1);
		for (size_t i = 0; ok && i < 5000; i += 50)
			ok = rp_column_add(&c, 0, &x[i], 50, i);
		ok = ok && rp_column_close(&c, 0);
		rp_alloc_fail_at(0);
		rp_columns_release(&c);
		assert_int_equal(rp_alloc_live(), live);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bands_are_those_of_sorted_values),
		cmocka_unit_test(one_trial_tells_no_error),
		cmocka_unit_test(room_is_bounded),
		cmocka_unit_test(without_memory)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
