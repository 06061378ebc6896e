/*
 * test_scatter.c - counts over the exits of a kernel follow the multinomial
 * law, in whichever way they are drawn.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "simulate/scatter.h"

#define EXITS 120
#define TRIALS 4000

static struct rp_exit exits[EXITS];
static struct rp_kernel kernel = { .exit = exits };
static struct rp_ladder ladder;

/* Shares that fall by a factor from exit to exit, `all` together. */
static void
make_kernel(size_t n, double factor, double all)
{
	double sum = 0.0, p = 1.0;

	kernel.n = n;
	for (size_t i = 0; i < n; i++, p *= factor)
		sum += exits[i].p = p;
	for (size_t i = 0; i < n; i++) {
		exits[i].p *= all / sum;
		exits[i].up_to = exits[i].p + (i > 0 ? exits[i - 1].up_to :
		    0.0);
	}
}

static double
share(size_t i)
{
	return i < kernel.n ? exits[i].p : 1.0 - exits[kernel.n - 1].up_to;
}

/* By exit; the last one is who never leaves. */
static void
draw(const struct rp_scatter *x, struct rp_stream *s, uint32_t n,
    uint32_t *count)
{
	memset(count, 0, (kernel.n + 1) * sizeof(*count));
	for (size_t i = 0; i < x->n_first; i++) {
		uint32_t d = rp_draw_binomial_at(s, n, &x->first[i]);

		count[x->exit[i]] += d;
		n -= d;
	}
	rp_scatter_rest(x, s, n);
	for (size_t i = 0; i < x->n_rest; i++)
		count[x->rest[i]] += x->count[i];
}

/*
 * The sum over the trials is a multinomial of as many as all of them had; the
 * squares of what single trials differ by have n p (1 - p) as their mean,
 * which dependence between the exits would show in half of them together.
 */
struct sums {
	double count[EXITS + 1];
	double squares[EXITS + 1];
	double half;
};

static double
chi_squared(const struct sums *z, double n)
{
	double x = 0.0, rest = n, got = n;
	unsigned degrees = 0;

	for (size_t i = 0; i <= kernel.n; i++) {
		double want = n * share(i);

		if (want < 20.0)
			continue;
		x += (z->count[i] - want) * (z->count[i] - want) / want;
		rest -= want;
		got -= z->count[i];
		degrees++;
	}
	if (rest >= 20.0) {
		x += (got - rest) * (got - rest) / rest;
		degrees++;
	}
	return gsl_cdf_chisq_Q(x, (double)(degrees - 1));
}

static double
half_share(void)
{
	double p = 0.0;

	for (size_t i = 0; i <= kernel.n; i += 2)
		p += share(i);
	return p;
}

/* A sum of squares against its mean, in its standard deviations; a binomial's
 * fourth moment is at most a little above a normal's where many are drawn. */
static double
spread_of(double squares, double n, double p)
{
	double v = n * p * (1.0 - p);
	double fourth = v * (1.0 + 3.0 * v * (n - 2.0) / n);

	/* Heads or tails of one coin are always as far off. */
	return (squares - TRIALS * v) / sqrt(TRIALS * (fourth - v * v) + 1.0);
}

static unsigned
check(const char *what, uint32_t planned, uint32_t n)
{
	struct rp_scatter x;
	struct sums z = { .half = 0.0 };
	struct rp_stream s;
	double p = half_share(), chi, worst;
	uint32_t count[EXITS + 1];

	assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, planned,
	    0.0, NULL), RP_OK);
	for (uint64_t trial = 0; trial < TRIALS; trial++) {
		double half = -(double)n * p;
		uint32_t sum = 0;

		rp_stream_init(&s, rp_stream_key_of(n, what, "", planned),
		    trial, 0);
		draw(&x, &s, n, count);
		for (size_t i = 0; i <= kernel.n; i++) {
			double d = (double)count[i] - (double)n * share(i);

			sum += count[i];
			z.count[i] += (double)count[i];
			z.squares[i] += d * d;
			half += i % 2 == 0 ? (double)count[i] : 0.0;
		}
		z.half += half * half;
		assert_int_equal(sum, n);
	}
	chi = chi_squared(&z, (double)n * TRIALS);
	worst = fabs(spread_of(z.half, (double)n, p));
	for (size_t i = 0; i <= kernel.n; i++)
		if ((double)n * share(i) * TRIALS > 1000.0)
			worst = fmax(worst, fabs(spread_of(z.squares[i],
			    (double)n, share(i))));
	rp_scatter_release(&x);
	if (chi > 1e-4 && worst < 4.5)
		return 0;
	printf("%s, %u of %u: p = %.2g, spread off by %.1f\n", what, n,
	    planned, chi, worst);
	return 1;
}

static void
counts_follow_the_law(void **state)
{
	static const uint32_t many[] = { 1, 30, 700, 9000, 60000, 3000000 };
	unsigned bad = 0;

	(void)state;
	for (size_t k = 0; k < sizeof(many) / sizeof(many[0]); k++) {
		uint32_t n = many[k];

		make_kernel(EXITS, 0.97, 0.93);
		bad += check("falling", n, n);
		bad += check("more than planned", n, n + n / 4);
		bad += check("fewer than planned", n, n - n / 3);
		make_kernel(EXITS, 1.0, 1.0);
		bad += check("even", n, n);
		make_kernel(40, 0.5, 0.9);
		bad += check("steep", n, n);
	}
	rp_ladder_release(&ladder);
	assert_int_equal(bad, 0);
}

/* Each way is the cheapest somewhere: otherwise it is not tested above. */
static void
all_ways_are_taken(void **state)
{
	struct rp_scatter x;

	(void)state;
	make_kernel(EXITS, 0.97, 0.93);
	assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, 9000,
	    0.0, NULL), RP_OK);
	assert_true(x.by_rungs && x.n_first == 0);
	rp_scatter_release(&x);
	assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, 30,
	    0.0, NULL), RP_OK);
	assert_true(!x.by_rungs && x.n_first == 0);
	rp_scatter_release(&x);
	assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, 3000000,
	    0.0, NULL), RP_OK);
	assert_true(x.n_first > 0);
	rp_scatter_release(&x);
	make_kernel(40, 0.5, 0.9);
	assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, 20000,
	    0.0, NULL), RP_OK);
	assert_true(x.n_first > 0);
	rp_scatter_release(&x);
	rp_ladder_release(&ladder);
}

/* Nothing, everything, and one exit alone. */
static void
the_ends_are_exact(void **state)
{
	struct rp_scatter x;
	struct rp_stream s;
	uint32_t count[EXITS + 1];

	(void)state;
	rp_stream_init(&s, rp_stream_key_of(1, "ends", "", 0), 0, 0);
	kernel.n = 0;
	assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, 500,
	    0.0, NULL), RP_OK);
	draw(&x, &s, 500, count);
	assert_int_equal(count[0], 500);
	rp_scatter_release(&x);
	make_kernel(1, 1.0, 1.0);
	for (uint32_t n = 1; n < 20000; n *= 3) {
		assert_int_equal(rp_scatter_init(&x, &ladder, &kernel, n,
		    0.0, NULL), RP_OK);
		draw(&x, &s, n, count);
		assert_int_equal(count[0], n);
		draw(&x, &s, 0, count);
		assert_int_equal(count[0], 0);
		rp_scatter_release(&x);
	}
	rp_ladder_release(&ladder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_follow_the_law),
		cmocka_unit_test(all_ways_are_taken),
		cmocka_unit_test(the_ends_are_exact)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
