/*
 * yardstick.c - a fixed piece of work to measure the program against.
 *
 * Five million draws of a binomial by GSL.  It is never changed: times taken on
 * different machines are compared in units of it.
 */
#include <stdio.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

int
main(void)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	unsigned long sum = 0;

	if (rng == NULL)
		return 1;
	for (int i = 0; i < 5000000; i++)
		sum += gsl_ran_binomial(rng, 0.2385, 10007);
	gsl_rng_free(rng);
	printf("%lu\n", sum);
	return 0;
}
