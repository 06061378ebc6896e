/*
 * counts.c TRIALS daily|months - the reference workload by counts, with GSL.
 *
 * What somebody who knows C and GSL would write: tables of the probability to
 * be done on a day given that it was not before, a conditional binomial on each
 * working day (or each month's end), and the last finisher of those that are
 * left by inverting the distribution of the greatest of so many.
 */
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "four.h"

enum { FAR = 32768 };			/* days; hardly anybody is left */

/* The days at whose end the counts are asked for. */
struct instants {
	int n;
	int day[DAYS];
};

/* What a trial yields: how many are done by each instant, and the last day. */
struct curves {
	uint32_t by[POPULATIONS][DAYS];
	int last;
};

/* One of the populations whose certificates are independent. */
struct law {
	double survival[FAR];		/* not done at the end of the day */
	double hazard[DAYS];		/* done by an instant | not before */
};

static const struct instants months = { 12, {
	26, 54, 85, 115, 146, 176, 207, 238, 268, 299, 329, HORIZON
} };

/* How many working days there are before a day. */
static int
worked_before(int day)
{
	int weekday = day % 7;

	return day / 7 * 5 + (weekday < 5 ? weekday : 5);
}

/* The integral of the log-normal's survival function from 0 to x. */
static double
integral(double x, double median, double sigma)
{
	double z;

	if (x <= 0)
		return 0;
	z = log(x / median) / sigma;
	return x * gsl_cdf_ugaussian_Q(z) +
	    median * exp(sigma * sigma / 2) * gsl_cdf_ugaussian_P(z - sigma);
}

/* P(X + U > t), X log-normal and U uniform from low to high. */
static double
waiting(double t, double median, double sigma, double low, double high)
{
	double from = t - high, to = t - low, before = 0;

	if (from < 0)
		before = (to < 0 ? to - from : -from);
	return (before + integral(to, median, sigma) -
	    integral(from, median, sigma)) / (high - low);
}

/* The survival of the day on which one is done, whatever the weekday. */
static void
survive(struct law *l, double share, double median, double low, double high)
{
	for (int d = 0; d < FAR; d++) {
		int worked = d % 7 < 5 ? d : d - (d % 7 - 4);

		l->survival[d] = share * waiting(worked, median, 1, low, high);
	}
}

/* Weekends and days on which nobody can be done yet have a hazard of 0. */
static void
ask(struct law *l, const struct instants *at)
{
	double before = 1;

	for (int i = 0; i < at->n; i++) {
		double s = l->survival[at->day[i]];

		l->hazard[i] = 1 - s / before;
		before = s;
	}
}

/* The day of the last of `left` that are not done at the horizon. */
static int
last_of(const struct law *l, uint32_t left, gsl_rng *rng)
{
	double s = -expm1(log(gsl_rng_uniform_pos(rng)) / left) *
	    l->survival[HORIZON];
	int low = HORIZON, high = FAR - 1;

	while (low + 1 < high) {
		int mid = low + (high - low) / 2;

		if (l->survival[mid] <= s)
			high = mid;
		else
			low = mid;
	}
	return high;
}

/* A team from its first day on; returns the day on which it is through. */
static int
work(uint32_t *by, const struct instants *at, int day, uint32_t n,
    uint32_t rate)
{
	int days = (int)((n + rate - 1) / rate) - 1;
	int before = worked_before(day);

	for (int i = 0; i < at->n; i++) {
		int worked = worked_before(at->day[i] + 1) - before;
		uint32_t done = worked > 0 ? (uint32_t)worked * rate : 0;

		by[i] = done < n ? done : n;
	}
	return day + days / 5 * 7 + days % 5 +
	    (day % 7 + days % 5 > 4 ? 2 : 0);
}

/* Those who are done with waiting; returns the day of the last of them. */
static int
thin(uint32_t *by, const struct instants *at, uint32_t n, const struct law *l,
    gsl_rng *rng)
{
	uint32_t left = n;
	int last = 0;

	for (int i = 0; i < at->n; i++) {
		uint32_t some = 0;

		if (left > 0 && l->hazard[i] > 0)
			some = gsl_ran_binomial(rng, l->hazard[i], left);
		if (some > 0)
			last = at->day[i];
		left -= some;
		by[i] = n - left;
	}
	return left > 0 ? last_of(l, left, rng) : last;
}

static void
trial(struct curves *c, const struct instants *at, const struct law *l,
    gsl_rng *rng)
{
	int day[POPULATIONS];

	day[0] = work(c->by[0], at, day_of(HOSTING_WAIT +
	    gsl_ran_lognormal(rng, log(5), 0.5)), HOSTING, HOSTING_RATE);
	day[1] = work(c->by[1], at, day_of(gsl_ran_lognormal(rng, log(10),
	    0.5)), ENTERPRISE, ENTERPRISE_RATE);
	day[2] = thin(c->by[2], at, INDIVIDUALS, &l[0], rng);
	day[3] = thin(c->by[3], at, ACME, &l[1], rng);
	c->last = 0;
	for (int p = 0; p < POPULATIONS; p++)
		if (day[p] > c->last)
			c->last = day[p];
}

int
main(int argc, char **argv)
{
	static struct law law[2];
	static struct curves c;
	struct instants at = months;
	struct seen s = { 0 };
	gsl_rng *rng = stream();
	long trials = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
	double wall, cpu;

	if (trials <= 0)
		return 2;
	if (strcmp(argv[2], "daily") == 0)
		for (at.n = 0; at.n < DAYS; at.n++)
			at.day[at.n] = at.n;
	survive(&law[0], 1, 30, 1, 3);
	survive(&law[1], 0.02, 10, 0, 1);
	law[1].survival[0] = 1;
	ask(&law[0], &at);
	ask(&law[1], &at);
	wall = now(CLOCK_MONOTONIC);
	cpu = now(CLOCK_PROCESS_CPUTIME_ID);
	for (long i = 0; i < trials; i++) {
		trial(&c, &at, law, rng);
		look(&s, c.by[2][at.n - 1], c.last);
	}
	tell(&s, now(CLOCK_MONOTONIC) - wall,
	    now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	gsl_rng_free(rng);
	return 0;
}
