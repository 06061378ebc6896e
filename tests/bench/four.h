/*
 * four.h - what the yardsticks written in C share: the four populations, their
 * days of work, and how a yardstick tells what it did.
 *
 * Day 0 is a Monday, Monday to Friday are worked, and whoever is through with
 * waiting at a time t is done on the first working day at or after ceil(t).
 */
#ifndef BENCH_FOUR_H
#define BENCH_FOUR_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <gsl/gsl_rng.h>

enum {
	HOSTING = 10000, HOSTING_RATE = 100, HOSTING_WAIT = 15,
	ENTERPRISE = 5000, ENTERPRISE_RATE = 60,
	INDIVIDUALS = 20000,
	ACME = 15000,
	HORIZON = 365,
	DAYS = HORIZON + 1,
	POPULATIONS = 4
};

/* What a yardstick has seen: mean and spread of two known answers. */
struct seen {
	double n;
	double individuals, individuals2;	/* done within HORIZON */
	double last, last2;
};

static inline int
working_day(int day)
{
	int weekday = day % 7;

	return weekday < 5 ? day : day + 7 - weekday;
}

static inline int
day_of(double t)
{
	return working_day((int)ceil(t));
}

static inline void
look(struct seen *s, double individuals, double last)
{
	s->n++;
	s->individuals += individuals;
	s->individuals2 += individuals * individuals;
	s->last += last;
	s->last2 += last * last;
}

static inline double
now(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* One line: trials, seconds on the wall, of the processor, and per known
 * answer the mean and its standard error. */
static inline void
tell(const struct seen *s, double wall, double cpu)
{
	double a = s->individuals / s->n, b = s->last / s->n;

	printf("%.0f %.6f %.6f %.3f %.3f %.2f %.2f\n", s->n, wall, cpu,
	    a, sqrt((s->individuals2 / s->n - a * a) / s->n),
	    b, sqrt((s->last2 / s->n - b * b) / s->n));
}

static inline gsl_rng *
stream(void)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	if (rng == NULL)
		exit(4);
	gsl_rng_set(rng, 2385);
	return rng;
}

#endif /* BENCH_FOUR_H */
