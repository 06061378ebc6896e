/*
 * base/hypergeometric.c - hypergeometric variates, exact.
 *
 * Inversion from the mode outwards: the probability of the mode in closed form,
 * the others by recursion.  Logarithms of factorials of billions cancel down
 * to nothing, so the closed form goes by way of three binomial probabilities
 * in the form of Loader (2000), "Fast and accurate computation of binomial
 * probabilities", in which every term is small where the probability is not.
 */
#include <math.h>

#include "base/stream.h"

#define LN_SQRT_2PI 0.91893853320467274178

/*
 * ln(n!) less Stirling's formula, n a whole number > 0.  Small factorials are
 * exact; lgamma() sets a variable that all threads share (signgam).
 */
static double
stirling_rest(double n)
{
	static const double factorial[16] = { 1, 1, 2, 6, 24, 120, 720, 5040,
	    40320, 362880, 3628800, 39916800, 479001600, 6227020800.0,
	    87178291200.0, 1307674368000.0
	};
	double x = 1.0 / (n * n);

	if (n < 16.0)
		return log(factorial[(size_t)n]) - (n + 0.5) * log(n) + n -
		    LN_SQRT_2PI;
	return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 -
	    x / 1188.0) * x) * x) * x) / n;
}

/* x ln(x / m) + m - x, without cancellation where x is near m. */
static double
deviance(double x, double m)
{
	double v = (x - m) / (x + m), sum, term;

	if (fabs(v) > 0.1)
		return x * log(x / m) + m - x;
	sum = (x - m) * v;
	term = 2.0 * x * v;
	for (int j = 3; j < 1000; j += 2) {
		double before = sum;

		term *= v * v;
		sum += term / (double)j;
		if (sum == before)
			break;
	}
	return sum;
}

/* ln P(k successes in n trials), 0 < p < 1. */
static double
log_binomial(double k, double n, double p)
{
	if (k == 0.0)
		return n * log1p(-p);
	if (k == n)
		return n * log(p);
	return stirling_rest(n) - stirling_rest(k) - stirling_rest(n - k) -
	    deviance(k, n * p) - deviance(n - k, n * (1.0 - p)) -
	    LN_SQRT_2PI - 0.5 * (log(k) + log1p(-k / n));
}

/* P(k of the n1 | t drawn of n1 + n2). */
static double
probability(double k, double n1, double n2, double t)
{
	double p = t / (n1 + n2);

	return exp(log_binomial(k, n1, p) + log_binomial(t - k, n2, p) -
	    log_binomial(t, n1 + n2, p));
}

/* A walk up and down from the mode, with what is left of the uniform. */
struct walk {
	double n1, n2, t;
	double low, high;	/* nothing is possible beyond */
	double up, down, p_up, p_down;
	double u;
};

/* What lies beyond an end has no probability. */
static void
step_up(struct walk *w)
{
	if (w->up >= w->high) {
		w->p_up = 0.0;
		return;
	}
	w->p_up *= (w->n1 - w->up) * (w->t - w->up) /
	    ((w->up + 1.0) * (w->n2 - w->t + w->up + 1.0));
	w->up += 1.0;
	w->u -= w->p_up;
}

static void
step_down(struct walk *w)
{
	if (w->down <= w->low) {
		w->p_down = 0.0;
		return;
	}
	w->p_down *= w->down * (w->n2 - w->t + w->down) /
	    ((w->n1 - w->down + 1.0) * (w->t - w->down + 1.0));
	w->down -= 1.0;
	w->u -= w->p_down;
}

static double
from_mode(double u, double mode, double n1, double n2, double t)
{
	double p = probability(mode, n1, n2, t);
	struct walk w = { n1, n2, t, fmax(0.0, t - n2), fmin(n1, t), mode,
	    mode, p, p, u - p };

	/* Rounding may leave u above the sum of all: far out, where nothing
	 * is left to speak of, the mode does. */
	while (w.u > 0.0 && (w.p_up > 1e-30 || w.p_down > 1e-30)) {
		step_up(&w);
		if (!(w.u > 0.0))
			return w.up;
		step_down(&w);
		if (!(w.u > 0.0))
			return w.down;
	}
	return mode;
}

uint32_t
rp_draw_hypergeometric(struct rp_stream *s, uint32_t n1, uint32_t n2,
    uint32_t t)
{
	uint64_t all = (uint64_t)n1 + n2;
	uint64_t mode;

	if (n1 == 0 || t == 0)
		return 0;
	if (t >= all)
		return n1;
	if (n2 == 0)
		return t;
	mode = ((uint64_t)t + 1) * ((uint64_t)n1 + 1) / (all + 2);
	return (uint32_t)from_mode(rp_stream_uniform(s), (double)mode,
	    (double)n1, (double)n2, (double)t);
}
