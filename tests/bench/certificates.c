/*
 * certificates.c TRIALS events|direct - the reference workload certificate by
 * certificate, with GSL.
 *
 * `events` is the usual event loop: a binary heap of the certificates' next
 * instants, popped one by one; a team takes its next portion on each working
 * day.  `direct` needs no clock: each certificate's day is drawn and counted.
 */
#include <string.h>

#include <gsl/gsl_randist.h>

#include "four.h"

enum { TEAM_0, TEAM_1, WAIT_2, WAIT_3, DONE_2, DONE_3 };

struct event {
	double at;
	int what;
};

struct heap {
	int n;
	struct event e[INDIVIDUALS + ACME + 2];
};

struct counts {
	uint32_t done[POPULATIONS][DAYS];
	uint32_t left[POPULATIONS];
	int last;			/* day of completion of all */
};

static void
push(struct heap *h, double at, int what)
{
	int i = h->n++;

	for (int up; i > 0 && h->e[up = (i - 1) / 2].at > at; i = up)
		h->e[i] = h->e[up];
	h->e[i] = (struct event){ at, what };
}

static struct event
pop(struct heap *h)
{
	struct event first = h->e[0], last = h->e[--h->n];
	int i = 0;

	for (int down = 1; down < h->n; down = 2 * i + 1) {
		if (down + 1 < h->n && h->e[down + 1].at < h->e[down].at)
			down++;
		if (h->e[down].at >= last.at)
			break;
		h->e[i] = h->e[down];
		i = down;
	}
	h->e[i] = last;
	return first;
}

static void
count(struct counts *c, int population, int day, uint32_t some)
{
	if (day < DAYS)
		c->done[population][day] += some;
	c->left[population] -= some;
	if (day > c->last)
		c->last = day;
}

static void
portion(struct counts *c, int population, int day, uint32_t rate)
{
	uint32_t left = c->left[population];

	count(c, population, day, left < rate ? left : rate);
}

static double
lognormal(gsl_rng *rng, double median, double sigma)
{
	return median * exp(gsl_ran_gaussian_ziggurat(rng, sigma));
}

static double
individual(gsl_rng *rng)
{
	return lognormal(rng, 30, 1) + gsl_ran_flat(rng, 1, 3);
}

static double
repair(gsl_rng *rng)
{
	return lognormal(rng, 10, 1);
}

static void
begin(struct heap *h, gsl_rng *rng)
{
	h->n = 0;
	push(h, day_of(HOSTING_WAIT + lognormal(rng, 5, 0.5)),
	    TEAM_0);
	push(h, day_of(lognormal(rng, 10, 0.5)), TEAM_1);
	for (int i = 0; i < INDIVIDUALS; i++)
		push(h, lognormal(rng, 30, 1), WAIT_2);
	for (int i = 0; i < ACME; i++)
		push(h, gsl_rng_uniform(rng), WAIT_3);
}

static void
step(struct counts *c, struct heap *h, struct event e, gsl_rng *rng)
{
	static const uint32_t rate[] = { HOSTING_RATE, ENTERPRISE_RATE };
	int day = (int)ceil(e.at);

	switch (e.what) {
	case TEAM_0:
	case TEAM_1:
		portion(c, e.what, day, rate[e.what]);
		if (c->left[e.what] > 0)
			push(h, working_day(day + 1), e.what);
		break;
	case WAIT_2:
		push(h, day_of(e.at + gsl_ran_flat(rng, 1, 3)), DONE_2);
		break;
	case WAIT_3:
		if (gsl_rng_uniform(rng) < 0.02)
			push(h, day_of(e.at + repair(rng)), DONE_3);
		else
			count(c, 3, day, 1);
		break;
	default:
		count(c, e.what - DONE_2 + 2, day, 1);
	}
}

static void
by_events(struct counts *c, gsl_rng *rng)
{
	static struct heap h;

	begin(&h, rng);
	while (h.n > 0)
		step(c, &h, pop(&h), rng);
}

static void
team(struct counts *c, int population, int day, uint32_t rate)
{
	for (; c->left[population] > 0; day = working_day(day + 1))
		portion(c, population, day, rate);
}

static void
directly(struct counts *c, gsl_rng *rng)
{
	team(c, 0, day_of(HOSTING_WAIT + lognormal(rng, 5, 0.5)),
	    HOSTING_RATE);
	team(c, 1, day_of(lognormal(rng, 10, 0.5)),
	    ENTERPRISE_RATE);
	for (int i = 0; i < INDIVIDUALS; i++)
		count(c, 2, day_of(individual(rng)), 1);
	for (int i = 0; i < ACME; i++) {
		double t = gsl_rng_uniform(rng);

		if (gsl_rng_uniform(rng) < 0.02)
			count(c, 3, day_of(t + repair(rng)), 1);
		else
			count(c, 3, (int)ceil(t), 1);
	}
}

int
main(int argc, char **argv)
{
	static const struct counts none = {
		.left = { HOSTING, ENTERPRISE, INDIVIDUALS, ACME }
	};
	static struct counts c;
	struct seen s = { 0 };
	gsl_rng *rng = stream();
	long trials = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
	double wall = now(CLOCK_MONOTONIC);
	double cpu = now(CLOCK_PROCESS_CPUTIME_ID);

	if (trials <= 0)
		return 2;
	for (long i = 0; i < trials; i++) {
		uint32_t within = 0;

		c = none;
		if (strcmp(argv[2], "events") == 0)
			by_events(&c, rng);
		else
			directly(&c, rng);
		for (int d = 0; d < DAYS; d++)
			within += c.done[2][d];
		look(&s, within, c.last);
	}
	tell(&s, now(CLOCK_MONOTONIC) - wall,
	    now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	gsl_rng_free(rng);
	return 0;
}
