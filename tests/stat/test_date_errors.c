/*
 * test_date_errors.c - the errors that are told of dates of completion where
 * nobody works at weekends: against the spread over many sets of trials.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "base/stream.h"
#include "simulate/errors.h"

#define DAY INT64_C(86400)
#define MOST 1000
#define SETS 200

/* Where the error is less than a day, dates are whole days nevertheless: then
 * only all quantiles together must be right. */
static const struct {
	size_t n;
	double sigma;
	bool together;
} cases[] = { { 400, 0.3, false }, { 1000, 0.3, false },
	{ 400, 0.1, true } };

/*
 * Days at whose end a trial is complete, by a log-normal law about 40 d; what
 * would be on a weekend is on the Monday after it, which falls elsewhere for
 * each shift.
 */
static void
draw(struct rp_stream *s, size_t n, double sigma, int shift, int64_t *x)
{
	for (size_t i = 0; i < n; i++) {
		int64_t day = (int64_t)ceil(40.0 * exp(sigma *
		    gsl_cdf_ugaussian_Pinv(rp_stream_uniform(s))) + shift);

		day += day % 7 == 5 ? 2 : day % 7 == 6 ? 1 : 0;
		x[i] = day * DAY - 1;
	}
}

struct sums {
	double x, squares, told;
};

static void
add_set(struct rp_stream *s, size_t k, int shift, struct sums *sum)
{
	static int64_t x[MOST], scratch[MOST];
	struct rp_sampling of = { cases[k].n, 0 };
	struct rp_completion c;

	draw(s, cases[k].n, cases[k].sigma, shift, x);
	rp_completion_of(&of, x, scratch, &c);
	for (size_t q = 0; q < RP_COMPLETION_QUANTILES; q++) {
		double at = (double)rp_instant_s(c.q[q]) / 86400.0 - 40.0;

		sum[q].x += at;
		sum[q].squares += at * at;
		sum[q].told += c.q_se_s[q] * c.q_se_s[q] / 86400.0 / 86400.0;
	}
}

static bool
is_right(size_t k, const char *what, double told, double spread)
{
	double ratio = sqrt(told / spread);

	print_message("%zu trials, sigma %.1f, %s: spread %.3f d, told %.3f "
	    "d: %.2f\n", cases[k].n, cases[k].sigma, what,
	    sqrt(spread / 7.0), sqrt(told / 7.0), ratio);
	return ratio > 0.8 && ratio < 1.25;
}

/* Wherever the weekend falls: the mean square over all shifts. */
static void
a_weekend_is_told(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t k = 0; k < 3; k++) {
		double told[RP_COMPLETION_QUANTILES] = { 0.0 };
		double spread[RP_COMPLETION_QUANTILES] = { 0.0 };

		for (int shift = 0; shift < 7; shift++) {
			struct sums sum[RP_COMPLETION_QUANTILES] = { { 0 } };
			struct rp_stream s;

			rp_stream_init(&s, rp_stream_key_of(1, "e", "", 0),
			    k, (uint64_t)shift);
			for (int i = 0; i < SETS; i++)
				add_set(&s, k, shift, sum);
			for (size_t q = 0; q < RP_COMPLETION_QUANTILES; q++) {
				told[q] += sum[q].told / SETS;
				spread[q] += (sum[q].squares - sum[q].x *
				    sum[q].x / SETS) / (SETS - 1.0);
			}
		}
		for (size_t q = 0; q < RP_COMPLETION_QUANTILES; q++) {
			char what[8];

			snprintf(what, sizeof(what), "%.0f %%", 100.0 *
			    rp_completion_level[q]);
			wrong += !is_right(k, what, told[q], spread[q]) &&
			    !cases[k].together;
			told[0] += q > 0 ? told[q] : 0.0;
			spread[0] += q > 0 ? spread[q] : 0.0;
		}
		wrong += !is_right(k, "all", told[0], spread[0]);
	}
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_weekend_is_told),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
