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
 * first values are tabulated, beyond them four terms of the asymptotic series
 * are good to 1e-12.
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
	return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - x * x / 1680.0) *
	    x * x) * x * x) * x;
}

/*
 * ln(1 - p), p <= 1/2: what 1 - p has lost by rounding is known exactly, and
 * put back it is as good as log1p() at half its cost.
 */
static double
log_of_rest(double p)
{
	double q = 1.0 - p;

	return log(q) + ((1.0 - q) - p) / q;
}

/*
 * p <= 1/2 and n p < 10: walk up the probabilities from 0.  That of 0 is at
 * least 1 - n p, so where little is expected mostly nothing need be computed.
 */
static uint32_t
by_inversion(struct rp_stream *s, uint32_t n, const struct rp_binomial_p *b)
{
	double u = rp_stream_uniform(s), left = (double)n, pk;
	/* Rounding may leave u above the sum of all: stop far out, where no
	 * probability is left to speak of. */
	int k = 0, most = n < 200 ? (int)n : 200;

	if (u <= 1.0 - left * b->p)
		return 0;
	pk = exp(left * (b->log_q < 0.0 ? b->log_q : log_of_rest(b->p)));
	while (u > pk && k < most) {
		u -= pk;
		k++;
		pk *= b->odds * left / (double)k;
		left -= 1.0;
	}
	return (uint32_t)k;
}

/* Beyond this distance from the mode its ratio is not multiplied out. */
#define NEAR 8.0

struct btrs {
	double n, odds, npq, mode;
};

/*
 * ln of the probability of mode + d over that of the mode.  By Stirling's
 * formula for mode + 1 and n - mode + 1, as log1p() of small numbers, so that
 * nothing cancels however large n is.
 */
static double
btrs_log_ratio(const struct btrs *c, double d)
{
	double m = c->mode + 1.0, rest = c->n - c->mode + 1.0;

	return d * log(c->odds * rest / m) -
	    (m + d - 0.5) * log1p(d / m) -
	    (rest - d - 0.5) * log1p(-d / rest) +
	    stirling_tail(m - 1.0) + stirling_tail(rest - 1.0) -
	    stirling_tail(m + d - 1.0) - stirling_tail(rest - d - 1.0);
}

/* v <= P(mode + d) / P(mode), near the mode: by its factors, undivided. */
static bool
near_accepts(const struct btrs *c, int d, double v)
{
	double above = 1.0, below = v;

	for (int i = 1; i <= d; i++) {
		above *= c->odds * (c->n - c->mode - i + 1.0);
		below *= c->mode + i;
	}
	for (int i = 0; i > d; i--) {
		above *= c->mode + i;
		below *= c->odds * (c->n - c->mode - i + 1.0);
	}
	return below <= above;
}

/*
 * The same anywhere.  Between the bounds of Kachitvichyanukul and Schmeiser
 * (1988), "Binomial random variate generation", which hold up to npq / 2 from
 * the mode, only few need the ratio itself.
 */
static bool
accepts(const struct btrs *c, double k, double v)
{
	double d = k - c->mode, far = fabs(d), normal, bound;

	if (far <= NEAR)
		return near_accepts(c, (int)d, v);
	v = log(v);
	if (far < c->npq / 2.0 - 1.0) {
		normal = -0.5 * d * d / c->npq;
		bound = far / c->npq * (((far / 3.0 + 0.625) * far +
		    1.0 / 6.0) / c->npq + 0.5);
		if (fabs(v - normal) > bound)
			return v < normal;
	}
	return v <= btrs_log_ratio(c, d);
}

/*
 * Of a word the upper 52 bits are the one uniform, the others begin the other:
 * mostly they decide, else a further word goes on where they end.
 *
 * One draw often waits for the one before it, which left it its n.  So what
 * does not need n is worked out beside the square root that does, nothing is
 * divided by what comes of it, and the rest is left to those who need it.
 */
static uint32_t
by_rejection(struct rp_stream *s, uint32_t count, const struct rp_binomial_p *p)
{
	double n = (double)count, sd = sqrt(n * p->pq);
	double b = 1.15 + 2.53 * sd, centre = n * p->p + 0.5;
	double a_less = 0.01 * p->p - 0.0873;	/* a = a_less + 0.0248 b */

	for (;;) {
		uint64_t word = rp_stream_word(s);
		double u = rp_stream_uniform_of(word) - 0.5;
		double v = (double)(int)(word & 4095);
		double us = 0.5 - fabs(u), by_us = 1.0 / us;
		double x = 2.0 * u * by_us * a_less + centre +
		    b * (0.0496 * u * by_us + u);
		struct btrs c = { n, p->odds, n * p->pq, 0.0 };

		/* v <= 0.92 - 4.2 / b, whatever the word after it is. */
		if (us >= 0.07 && (0.92 * 4096.0 - 1.0 - v) * b >=
		    4.2 * 4096.0)
			return (uint32_t)(int64_t)x;
		if (x < 0.0 || x >= n + 1.0)
			continue;
		v = (v + rp_stream_uniform(s)) * 0x1p-12;
		v *= (2.83 + 5.1 / b) * sd /
		    ((a_less + 0.0248 * b) * by_us * by_us + b);
		c.mode = floor((n + 1.0) * p->p);
		if (accepts(&c, floor(x), v))
			return (uint32_t)(int64_t)x;
	}
}

/* All but the logarithm, which is worked out when it is needed. */
static struct rp_binomial_p
sides(double p)
{
	struct rp_binomial_p b;

	p = p > 0.0 ? fmin(p, 1.0) : 0.0;
	b.mirrored = p > 0.5;
	b.p = b.mirrored ? 1.0 - p : p;
	b.odds = b.p / (1.0 - b.p);
	b.pq = b.p * (1.0 - b.p);
	b.log_q = 0.0;
	return b;
}

void
rp_binomial_p_init(struct rp_binomial_p *b, double p)
{
	*b = sides(p);
	b->log_q = log_of_rest(b->p);
}

/* Successes of the rarer side. */
static uint32_t
rarer(struct rp_stream *s, uint32_t n, const struct rp_binomial_p *b)
{
	if (n == 0 || !(b->p > 0.0))
		return 0;
	if ((double)n * b->p < INVERSION_MEAN)
		return by_inversion(s, n, b);
	return by_rejection(s, n, b);
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

	return rp_draw_binomial_at(s, n, &b);
}
