/*
 * base/normal.c - Taylor's coefficients of the normal distribution function.
 */
#include "base/normal.h"

/*
 * The n-th derivative of the density is (-1)^n He_n times it, and Hermite's
 * polynomials follow from the two before: He_n+1 = z He_n - n He_n-1.
 */
static void
fill_node(double *c, double z)
{
	double density = 0.39894228040143268 * exp(-0.5 * z * z);
	double before = 0.0, he = 1.0, factor = -density;

	c[0] = 0.5 * erfc(z * 0.70710678118654752);
	for (int n = 1; n < RP_NORMAL_TERMS; n++) {
		double next = z * he - (n - 1) * before;

		/* The term of h^n has the derivative of order n - 1. */
		c[n] = factor * he;
		factor *= -1.0 / (n + 1);
		before = he;
		he = next;
	}
}

void
rp_normal_init(struct rp_normal *t)
{
	for (int k = 0; k < RP_NORMAL_NODES; k++)
		fill_node(t->node[k], (double)k / RP_NORMAL_PER_UNIT);
}
