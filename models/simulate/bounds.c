/*
 * simulate/bounds.c - what so many trials can say of a probability.
 *
 * Clopper and Pearson's interval: the probabilities under which what was seen,
 * or anything further out, would not be a surprise of 2.5 %.  It errs on the
 * wide side, the more so for a design that spreads its inputs evenly.
 */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/gsl_quiet.h"
#include "revplan/simulate.h"

#define SURPRISE 0.025
#define HALVINGS 60		/* to the last bit of a number near one */
#define MANY 1000.0

/*
 * The x at which the distribution function of Beta(a, b) is p.  Halving takes
 * more steps than GSL's own inverse, which does not always come to an end.
 */
static double
beta_quantile(double p, double a, double b)
{
	double low = 0.0, high = 1.0, x = 0.5;
	int i;

	for (i = 0; i < HALVINGS; i++) {
		x = low + (high - low) / 2.0;
		if (gsl_cdf_beta_P(x, a, b) < p)
			low = x;
		else
			high = x;
	}
	return x;
}

/*
 * Wilson's interval with a correction for continuity, for counts at which
 * GSL's continued fraction is no longer exact; there its surprise is the one
 * that is wanted to a fiftieth.
 */
static struct rp_bounds
bounds_of_many(double p, double n)
{
	double z = gsl_cdf_ugaussian_Qinv(SURPRISE), z2 = z * z;
	double centre = 2.0 * n * p + z2, whole = 2.0 * (n + z2);
	double below = z2 - 2.0 - 1.0 / n + 4.0 * p * (n * (1.0 - p) + 1.0);
	double above = z2 + 2.0 - 1.0 / n + 4.0 * p * (n * (1.0 - p) - 1.0);

	return (struct rp_bounds){ (centre - 1.0 - z * sqrt(below)) / whole,
	    (centre + 1.0 + z * sqrt(above)) / whole };
}

struct rp_bounds
rp_probability_bounds(double p, double n)
{
	struct rp_bounds b = { 0.0, 1.0 };
	double seen, unseen;

	if (!(n >= 1.0) || !isfinite(n) || !isfinite(p))
		return b;
	rp_gsl_quiet();
	p = p < 0.0 ? 0.0 : p > 1.0 ? 1.0 : p;
	seen = n * p;
	unseen = n - seen;
	if (seen > MANY && unseen > MANY)
		return bounds_of_many(p, n);
	/* Sums of weights may miss a whole number by a hair. */
	if (seen > 1e-9)
		b.least = beta_quantile(SURPRISE, seen, unseen + 1.0);
	if (unseen > 1e-9)
		b.most = beta_quantile(1.0 - SURPRISE, seen + 1.0, unseen);
	return b;
}
