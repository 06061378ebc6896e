/*
 * base/binomial.c - binomial variates for the hot loop.
 *
 * Small means by inversion of the distribution function; others by the
 * transformed rejection method with squeeze of Hoermann (1993), "The
 * generation of binomial random variates", algorithm BTRS.  Both are exact.
 */
#include "base/binomial.h"

#include <math.h>

#define INVERSION_MEAN 10.0

/*
 * ln(k!) - (Stirling's formula for k + 1): the tail that BTRS needs.  The
 * first values are tabulated, beyond them three terms of the asymptotic series
 * are good to 1e-10.
 */
static double
stirling_tail(double k)
{
	static const double tail[10] = {
		0.08106146679532726, 0.04134069595540929,
		0.02767792568499834, 0.02079067210376509,
		0.01664469118982119, 0.01387612882307075,
		0.01189670994589177, 0.01041126526197209,
		0.00925546218271273, 0.00833056343336287
	};
	double x;

	if (k < 10.0)
		return tail[(int)k];
	x = 1.0 / (k + 1.0);
	return (1.0 / 12.0 - (1.0 / 360.0 - x * x / 1260.0) * x * x) * x;
}

/* p <= 1/2 and n p < 10: walk up the probabilities from 0. */
static uint32_t
by_inversion(struct rp_stream *s, uint32_t n, double odds, double log_q)
{
	double pk = exp((double)n * log_q);
	double u = rp_stream_uniform(s);
	uint32_t k = 0;

	/* Rounding may leave u above the sum of all: stop far out, where no
	 * probability is left to speak of. */
	while (u > pk && k < n && k < 200) {
		u -= pk;
		k++;
		pk *= odds * ((double)(n - k) + 1.0) / (double)k;
	}
	return k;
}

struct btrs {
	double n, p, odds, centre, a, b, alpha, squeeze, mode;
};

static struct btrs
btrs_setup(double n, double p)
{
	double sd = sqrt(n * p * (1.0 - p));
	struct btrs c;

	c.n = n;
	c.p = p;
	c.odds = p / (1.0 - p);
	c.b = 1.15 + 2.53 * sd;
	c.a = -0.0873 + 0.0248 * c.b + 0.01 * p;
	c.centre = n * p + 0.5;
	c.squeeze = 0.92 - 4.2 / c.b;
	c.alpha = (2.83 + 5.1 / c.b) * sd;
	c.mode = floor((n + 1.0) * p);
	return c;
}

/* ln of the probability of k over that of the mode. */
static double
btrs_log_ratio(const struct btrs *c, double k)
{
	double m = c->mode, n = c->n;

	return (m + 0.5) * log((m + 1.0) / (c->odds * (n - m + 1.0))) +
	    (n + 1.0) * log((n - m + 1.0) / (n - k + 1.0)) +
	    (k + 0.5) * log(c->odds * (n - k + 1.0) / (k + 1.0)) +
	    stirling_tail(m) + stirling_tail(n - m) -
	    stirling_tail(k) - stirling_tail(n - k);
}

static uint32_t
by_rejection(struct rp_stream *s, uint32_t n, double p)
{
	struct btrs c = btrs_setup((double)n, p);

	for (;;) {
		double u = rp_stream_uniform(s) - 0.5;
		double v = rp_stream_uniform(s);
		double us = 0.5 - fabs(u);
		double k = floor((2.0 * c.a / us + c.b) * u + c.centre);

		if (us >= 0.07 && v <= c.squeeze)
			return (uint32_t)k;
		if (k < 0.0 || k > c.n)
			continue;
		v = log(v * c.alpha / (c.a / (us * us) + c.b));
		if (v <= btrs_log_ratio(&c, k))
			return (uint32_t)k;
	}
}

/* All but the logarithm, which only small means need. */
static struct rp_binomial_p
sides(double p)
{
	struct rp_binomial_p b;

	p = p > 0.0 ? fmin(p, 1.0) : 0.0;
	b.mirrored = p > 0.5;
	b.p = b.mirrored ? 1.0 - p : p;
	b.odds = b.p / (1.0 - b.p);
	b.log_q = 0.0;
	return b;
}

void
rp_binomial_p_init(struct rp_binomial_p *b, double p)
{
	*b = sides(p);
	b->log_q = log1p(-b->p);
}

/* Successes of the rarer side. */
static uint32_t
rarer(struct rp_stream *s, uint32_t n, const struct rp_binomial_p *b)
{
	if (n == 0 || !(b->p > 0.0))
		return 0;
	if ((double)n * b->p < INVERSION_MEAN)
		return by_inversion(s, n, b->odds, b->log_q);
	return by_rejection(s, n, b->p);
}

uint32_t
rp_draw_binomial_at(struct rp_stream *s, uint32_t n,
    const struct rp_binomial_p *b)
{
	uint32_t k = rarer(s, n, b);

	return b->mirrored ? n - k : k;
}

uint32_t
rp_draw_binomial(struct rp_stream *s, uint32_t n, double p)
{
	struct rp_binomial_p b = sides(p);

	if ((double)n * b.p < INVERSION_MEAN)
		b.log_q = log1p(-b.p);
	return rp_draw_binomial_at(s, n, &b);
}
