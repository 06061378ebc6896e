/*
 * test_alias.c - alias tables and the last of many: what is exact about them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alias.h"
#include "base/mem.h"
#include "base/order.h"
#include "support/near.h"

static struct rp_stream
stream_of(uint64_t seed)
{
	struct rp_stream s;

	rp_stream_init(&s, rp_stream_key_of(seed, "alias", "", 0), 0, 0);
	return s;
}

/* What each outcome of t has of all words: the cells' parts added up. */
static void
shares(const struct rp_alias *t, double *share, size_t n)
{
	size_t cells = (size_t)1 << t->bits;

	memset(share, 0, n * sizeof(*share));
	for (size_t i = 0; i < cells; i++) {
		double own = ldexp(t->cell[i].own, -32) +
		    ldexp(t->own_low[i], -64);

		if (own > 0.0) {
			assert_true(i < n);
			share[i] += own / (double)cells;
		}
		assert_true(t->cell[i].other < n);
		share[t->cell[i].other] += (1.0 - own) / (double)cells;
	}
}

/* The whole law of a table can be read off it. */
static void
tables_hold_the_weights(void **state)
{
	static double weight[1000], share[1000];
	struct rp_stream s = stream_of(2385);

	(void)state;
	for (size_t n = 1; n <= 1000; n += n < 20 ? 1 : 97) {
		struct rp_alias t;
		double sum = 0.0;

		for (size_t i = 0; i < n; i++) {
			double u = rp_stream_uniform(&s);

			weight[i] = u < 0.2 ? 0.0 : u < 0.4 ? 1e-9 * u :
			    pow(u, 8.0);
		}
		weight[n / 2] = 0.471;
		for (size_t i = 0; i < n; i++)
			sum += weight[i];
		assert_int_equal(rp_alias_init(&t, weight, n, NULL), RP_OK);
		shares(&t, share, n);
		for (size_t i = 0; i < n; i++) {
			assert_near(share[i], weight[i] / sum, 1e-14);
			assert_true(weight[i] > 0.0 || !(share[i] > 0.0));
		}
		rp_alias_release(&t);
	}
}

static void
draws_follow_the_table(void **state)
{
	static const double weight[] = { 0.0, 3.0, 0.0, 1.0, 0.0 };
	struct rp_stream s = stream_of(7);
	struct rp_alias t;
	int seen[5] = { 0 };

	(void)state;
	assert_int_equal(rp_alias_init(&t, weight, 5, NULL), RP_OK);
	for (int i = 0; i < 40000; i++)
		seen[rp_alias_draw(&s, &t)]++;
	assert_int_equal(seen[0] + seen[2] + seen[4], 0);
	assert_near(seen[1], 30000.0, 4.0 * sqrt(40000.0 * 0.1875));
	rp_alias_release(&t);
}

/* A word may fall upon the cut itself: its lower half decides. */
static void
the_lower_half_decides(void **state)
{
	static const double weight[] = { 3.0 - 0x1p-40, 5.0 + 0x1p-40 };
	struct rp_alias_cell cell[2];
	uint32_t low[2];
	struct rp_alias t = { 1, cell, low };
	struct rp_stream s = stream_of(1);
	struct rp_alias made;

	(void)state;
	assert_int_equal(rp_alias_init(&made, weight, 2, NULL), RP_OK);
	assert_true(made.own_low[0] != 0);
	rp_alias_release(&made);
	for (int k = 0; k < 2; k++) {
		struct rp_stream again = s;
		uint64_t word = rp_stream_word(&again);
		uint32_t i = (uint32_t)(word >> 63);

		for (uint32_t j = 0; j < 2; j++) {
			cell[j].own = (uint32_t)(word << 1 >> 32);
			cell[j].other = 1 - j;
			low[j] = (uint32_t)(word << 1) + (k == 0 ? 1 : 0);
		}
		assert_int_equal(rp_alias_draw(&s, &t), k == 0 ? i : 1 - i);
	}
}

static void
senseless_weights_are_refused(void **state)
{
	static const double bad[][2] = { { 1.0, -1.0 }, { 0.0, 0.0 },
	    { (double)NAN, 1.0 }, { (double)INFINITY, 1.0 },
	    { 1.7e308, 1.7e308 }, { 0.0, -0.0 } };
	struct rp_err err = { 0 };
	struct rp_alias t;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(rp_alias_init(&t, bad[i], 2, &err),
		    RP_EINPUT);
		assert_true(err.text[0] != '\0');
		rp_alias_release(&t);
	}
	assert_int_equal(rp_alias_init(&t, bad[0], 0, &err), RP_ERANGE);
	assert_int_equal(rp_alias_init(&t, bad[0], RP_ALIAS_MAX + 1, NULL),
	    RP_ERANGE);
}

static void
without_memory_nothing_is_left(void **state)
{
	static const double weight[] = { 1.0, 2.0, 3.0 };
	size_t live = rp_alloc_live();
	rp_status rc = RP_ENOMEM;
	struct rp_alias t;

	(void)state;
	for (unsigned long n = 1; rc != RP_OK; n++) {
		assert_true(n < 10);
		rp_alloc_fail_at(n);
		rc = rp_alias_init(&t, weight, 3, NULL);
		rp_alloc_fail_at(0);
		assert_true(rc == RP_OK || rc == RP_ENOMEM);
		assert_true(rc == RP_OK || rp_alloc_live() == live);
	}
	rp_alias_release(&t);
	rp_alias_release(&t);
	assert_int_equal(rp_alloc_live(), live);
}

/*
 * u^(1/n) = 1 - d: (1 - d)^n is u again, and the distance is right to the last
 * digits where 1 - d is 1.
 */
static void
the_last_of_n(void **state)
{
	static const uint64_t many[] = { 1, 2, 23, 20000, 4000000011,
	    UINT64_C(1) << 60 };

	(void)state;
	for (size_t k = 0; k < sizeof(many) / sizeof(many[0]); k++)
		for (uint64_t seed = 0; seed < 50; seed++) {
			struct rp_stream s = stream_of(seed), t = s;
			double u = rp_stream_uniform(&t);
			double d = rp_draw_last(&s, many[k]);
			double back = exp((double)many[k] * log1p(-d));

			assert_true(d > 0.0 && d < 1.0);
			assert_near(back / u, 1.0, 1e-13);
			assert_true(rp_stream_word(&s) == rp_stream_word(&t));
		}
}

static void
the_last_of_nobody(void **state)
{
	struct rp_stream s = stream_of(1);

	(void)state;
	assert_near(rp_draw_last(&s, 0), 1.0, 0.0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_hold_the_weights),
		cmocka_unit_test(draws_follow_the_table),
		cmocka_unit_test(the_lower_half_decides),
		cmocka_unit_test(senseless_weights_are_refused),
		cmocka_unit_test(without_memory_nothing_is_left),
		cmocka_unit_test(the_last_of_n),
		cmocka_unit_test(the_last_of_nobody),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
