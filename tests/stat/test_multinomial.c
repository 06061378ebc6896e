/*
 * test_multinomial.c - counts in many cells at once against their law.
 *
 * Each cell, and any cells together, are binomial; and Pearson's statistic of
 * all cells of one draw follows the chi-squared distribution, which it would
 * not if cells kept to themselves more or less than they should.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/gsl_quiet.h"
#include "base/multinomial.h"
#include "support/laws.h"

#define DRAWS 3000
#define CELLS 61

struct sample {
	uint32_t n, typical;
	const struct rp_multinomial *m;
	const double *share;
	size_t from, to;	/* the cells that are added up */
};

static struct rp_stream
stream_of(uint64_t seed, const struct sample *a)
{
	struct rp_stream s;

	rp_stream_init(&s, rp_stream_key_of(seed, "multinomial", "", a->from),
	    a->n, a->typical);
	return s;
}

static double
sums_test(uint64_t seed, const void *arg)
{
	static struct laws_counts c;
	static uint32_t count[CELLS];
	const struct sample *a = arg;
	struct rp_stream s = stream_of(seed, a);
	double share = 0.0, mean;

	for (size_t i = a->from; i < a->to; i++)
		share += a->share[i];
	mean = a->n * share;
	laws_counts_clear(&c, mean, sqrt(mean * (1.0 - share)));
	for (int k = 0; k < DRAWS; k++) {
		double sum = 0.0;

		rp_draw_multinomial(&s, a->m, a->n, count);
		for (size_t i = a->from; i < a->to; i++)
			sum += count[i];
		laws_count(&c, sum);
	}
	return laws_binomial(&c, DRAWS, a->n, share);
}

/* Cells that expect too few for the statistic to be what it is are pooled. */
static double
pearson_of(const struct sample *a, const uint32_t *count)
{
	double seen[CELLS], expected[CELLS];

	for (size_t i = 0; i < CELLS; i++) {
		seen[i] = count[i];
		expected[i] = a->n * a->share[i];
	}
	return laws_chi_squared(seen, expected, CELLS);
}

static double
joint_test(uint64_t seed, const void *arg)
{
	static double seen[10], expected[10];
	static uint32_t count[CELLS];
	const struct sample *a = arg;
	struct rp_stream s = stream_of(seed, a);

	memset(seen, 0, sizeof(seen));
	for (int k = 0; k < DRAWS; k++) {
		uint64_t sum = 0;

		rp_draw_multinomial(&s, a->m, a->n, count);
		for (size_t i = 0; i < CELLS; i++)
			sum += count[i];
		assert_true(sum == a->n);
		seen[(int)fmin(10.0 * pearson_of(a, count), 9.0)]++;
	}
	for (int i = 0; i < 10; i++)
		expected[i] = DRAWS / 10.0;
	return laws_chi_squared(seen, expected, 10);
}

/* A curve as they are: a peak, a long tail, a few days on which nobody comes,
 * and the last cell of those who never do. */
static void
make_shares(double *share)
{
	double sum = 0.0;

	for (int i = 0; i < CELLS; i++) {
		share[i] = i % 7 == 5 ? 0.0 : i == CELLS - 1 ? 0.0317 :
		    0.9 * exp(-0.5 * pow((i - 11.3) / 7.1, 2.0)) / 20.0 +
		    0.0037 * exp(-0.11 * i);
		sum += share[i];
	}
	for (int i = 0; i < CELLS; i++)
		share[i] /= sum;
}

static void
check(const char *what, struct sample a)
{
	/* A cell, a rare one, some, most, the last. */
	static const size_t part[][2] = { { 12, 13 }, { 48, 49 }, { 37, 60 },
	    { 3, 23 }, { 60, 61 } };
	char text[120];

	for (size_t k = 0; k < sizeof(part) / sizeof(part[0]); k++) {
		a.from = part[k][0];
		a.to = part[k][1];
		snprintf(text, sizeof(text), "%s: %lu, cells %zu to %zu",
		    what, (unsigned long)a.n, a.from, a.to);
		laws_hold(text, sums_test, &a);
	}
	/* The statistic is what it is for cells of enough. */
	if (a.n < 2000)
		return;
	snprintf(text, sizeof(text), "%s: %lu, all cells", what,
	    (unsigned long)a.n);
	laws_hold(text, joint_test, &a);
}

static void
counts_follow_their_law(void **state)
{
	/* What was expected, and what came: just that, some more, some fewer,
	 * far fewer, far more, and with nothing expected. */
	static const struct {
		const char *way;
		uint32_t typical, n;
	} of[] = {
		{ "as expected", 2385, 2385 }, { "to add", 2385, 2425 },
		{ "to take out", 2385, 2345 }, { "few", 2385, 37 },
		{ "one by one", 2385, 230 }, { "binomials", 2385, 47110 },
		{ "no tables", 0, 2385 }, { "few expected", 130, 131 },
	};
	double share[CELLS];

	(void)state;
	rp_gsl_quiet();
	make_shares(share);
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		struct rp_multinomial m;
		struct sample a = { .n = of[i].n, .typical = of[i].typical,
		    .m = &m, .share = share };

		assert_int_equal(rp_multinomial_init(&m, share, CELLS,
		    a.typical, NULL), RP_OK);
		assert_int_equal(m.poisson != NULL, a.typical >= 130);
		check(of[i].way, a);
		rp_multinomial_release(&m);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_follow_their_law),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
