/*
 * test_multinomial.c - counts in many cells at once: what holds for each draw.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/multinomial.h"

#define CELLS 100

static void
make_weights(double *weight)
{
	for (int i = 0; i < CELLS; i++)
		weight[i] = i % 3 == 0 ? 0.0 : i % 3 == 1 ? 2.385 : 0.0047;
}

/* All are counted, none where nothing can be, whatever the way. */
static void
every_draw_sums_up(void **state)
{
	static const uint32_t many[] = { 0, 1, 37, 900, 990, 1000, 1010, 1100,
	    4711, 5000000, UINT32_MAX };
	double weight[CELLS];
	uint32_t count[CELLS];
	struct rp_multinomial m;
	struct rp_stream s;

	(void)state;
	make_weights(weight);
	assert_int_equal(rp_multinomial_init(&m, weight, CELLS, 1000, NULL),
	    RP_OK);
	assert_non_null(m.poisson);
	rp_stream_init(&s, rp_stream_key_of(1, "sums", "", 0), 0, 0);
	for (int k = 0; k < 1100; k++) {
		uint32_t n = many[k % 11];
		uint64_t sum = 0;

		rp_draw_multinomial(&s, &m, n, count);
		for (int i = 0; i < CELLS; i++) {
			sum += count[i];
			assert_true(i % 3 != 0 || count[i] == 0);
		}
		assert_true(sum == n);
	}
	rp_multinomial_release(&m);
}

/* Tables only where they pay: not for too few, nor for very many. */
static void
tables_where_they_pay(void **state)
{
	static const struct {
		uint32_t typical;
		bool tables;
	} of[] = { { 0, false }, { 199, false }, { 200, true },
	    { 9999, true }, { 10001, false }, { UINT32_MAX, false } };
	double weight[CELLS];

	(void)state;
	make_weights(weight);
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		struct rp_multinomial m;

		assert_int_equal(rp_multinomial_init(&m, weight, CELLS,
		    of[i].typical, NULL), RP_OK);
		assert_int_equal(m.poisson != NULL, of[i].tables);
		rp_multinomial_release(&m);
	}
}

/* One cell of all, and one of which everything is expected. */
static void
a_single_cell(void **state)
{
	static const double weight[] = { 0.0, 4.71 };
	uint32_t count[2];
	struct rp_multinomial m;
	struct rp_stream s;

	(void)state;
	rp_stream_init(&s, rp_stream_key_of(2, "single", "", 0), 0, 0);
	for (uint32_t cells = 1; cells <= 2; cells++)
		for (uint32_t typical = 0; typical < 40; typical += 7) {
			assert_int_equal(rp_multinomial_init(&m,
			    weight + 2 - cells, cells, typical, NULL), RP_OK);
			rp_draw_multinomial(&s, &m, 8, count);
			assert_int_equal(count[cells - 1], 8);
			rp_multinomial_release(&m);
		}
}

static void
without_memory_nothing_is_left(void **state)
{
	size_t live = rp_alloc_live();
	rp_status rc = RP_ENOMEM;
	double weight[CELLS];
	struct rp_multinomial m;

	(void)state;
	make_weights(weight);
	for (unsigned long n = 1; rc != RP_OK; n++) {
		assert_true(n < 1000);
		rp_alloc_fail_at(n);
		rc = rp_multinomial_init(&m, weight, CELLS, 1000, NULL);
		rp_alloc_fail_at(0);
		assert_true(rc == RP_OK || rc == RP_ENOMEM);
		assert_true(rc == RP_OK || rp_alloc_live() == live);
	}
	rp_multinomial_release(&m);
	rp_multinomial_release(&m);
	assert_int_equal(rp_alloc_live(), live);
}

static void
senseless_weights_are_refused(void **state)
{
	static const double bad[] = { 1.0, -1.0 };
	struct rp_err err = { 0 };
	struct rp_multinomial m;

	(void)state;
	assert_int_equal(rp_multinomial_init(&m, bad, 2, 10, &err),
	    RP_EINPUT);
	assert_int_equal(rp_multinomial_init(&m, bad, 0, 10, &err),
	    RP_ERANGE);
	rp_multinomial_release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_draw_sums_up),
		cmocka_unit_test(tables_where_they_pay),
		cmocka_unit_test(a_single_cell),
		cmocka_unit_test(without_memory_nothing_is_left),
		cmocka_unit_test(senseless_weights_are_refused),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
