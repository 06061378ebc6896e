/*
 * draws.c - what a draw costs, in ns, beside GSL's in the same run.
 *
 * Each figure is the least of many short rounds: what else the machine does
 * can only add to it.  The two series are those of the reference workload: 261
 * working days of 20,000 independent answers, and of some 300 repairs, each as
 * one conditional binomial after another.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "base/alias.h"
#include "base/binomial.h"
#include "base/order.h"
#include "base/stream.h"

#define ROUNDS 100
#define DRAWS 1000
#define DAYS 365

/* What a kind of draw works on; each kind uses what it needs. */
struct work {
	struct rp_stream s;
	gsl_rng *rng;
	uint32_t n, n2, t;
	double p;
	struct rp_binomial_p at;
	struct rp_alias alias;
	size_t cells;
	double share[DAYS + 1];		/* of a series, and what never comes */
	double given[DAYS + 1];		/* the same of what is left */
	struct rp_binomial_p day[DAYS + 1];
	uint64_t sum;			/* so that nothing is left out */
	double total;
};

/* Makes some draws and says how many. */
typedef unsigned draws(struct work *w);

static unsigned
words(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += rp_stream_word(&w->s);
	return DRAWS;
}

static unsigned
uniforms(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->total += rp_stream_uniform(&w->s);
	return DRAWS;
}

static unsigned
starts(struct work *w)
{
	for (unsigned i = 0; i < DRAWS; i++) {
		rp_stream_init(&w->s, w->s.key, i, 7);
		w->sum += rp_stream_word(&w->s);
	}
	return DRAWS;
}

static unsigned
normals(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->total += rp_draw_normal(&w->s);
	return DRAWS;
}

static unsigned
lasts(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->total += rp_draw_last(&w->s, w->n);
	return DRAWS;
}

static unsigned
aliases(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += rp_alias_draw(&w->s, &w->alias);
	return DRAWS;
}

static unsigned
binomials(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += rp_draw_binomial(&w->s, w->n, w->p);
	return DRAWS;
}

static unsigned
binomials_at(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += rp_draw_binomial_at(&w->s, w->n, &w->at);
	return DRAWS;
}

static unsigned
gsl_binomials(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += gsl_ran_binomial(w->rng, w->p, w->n);
	return DRAWS;
}

static unsigned
series(struct work *w)
{
	uint32_t n = w->n;

	for (size_t i = 0; i < w->cells; i++)
		n -= rp_draw_binomial(&w->s, n, w->given[i]);
	w->sum += n;
	return (unsigned)w->cells;
}

static unsigned
series_at(struct work *w)
{
	uint32_t n = w->n;

	for (size_t i = 0; i < w->cells; i++)
		n -= rp_draw_binomial_at(&w->s, n, &w->day[i]);
	w->sum += n;
	return (unsigned)w->cells;
}

static unsigned
gsl_series(struct work *w)
{
	uint32_t n = w->n;

	for (size_t i = 0; i < w->cells; i++)
		n -= gsl_ran_binomial(w->rng, w->given[i], n);
	w->sum += n;
	return (unsigned)w->cells;
}

static unsigned
hypergeometrics(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += rp_draw_hypergeometric(&w->s, w->n, w->n2, w->t);
	return DRAWS;
}

static unsigned
gsl_hypergeometrics(struct work *w)
{
	for (int i = 0; i < DRAWS; i++)
		w->sum += gsl_ran_hypergeometric(w->rng, w->n, w->n2, w->t);
	return DRAWS;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double
cost(struct work *w, draws *draw)
{
	double least = HUGE_VAL;

	for (int round = 0; round < ROUNDS; round++) {
		double from = now();
		unsigned n = 0;

		while (n < DRAWS)
			n += draw(w);
		least = fmin(least, (now() - from) / n);
	}
	return least;
}

static void
row(const char *what, struct work *w, draws *known, draws *own, draws *gsl)
{
	const gsl_rng_type *type[2] = { gsl_rng_taus2, gsl_rng_mt19937 };

	printf("%-34s", what);
	if (known != NULL)
		printf(" %8.1f", cost(w, known));
	else
		printf(" %8s", "");
	printf(" %8.1f", cost(w, own));
	for (int k = 0; k < 2 && gsl != NULL; k++) {
		w->rng = gsl_rng_alloc(type[k]);
		if (w->rng == NULL)
			exit(1);
		printf(" %8.1f", cost(w, gsl));
		gsl_rng_free(w->rng);
	}
	printf("\n");
}

/* n independent log-normal answers, each done on the next working day. */
static void
series_row(const char *what, uint32_t n, double median, double sigma)
{
	static struct work w;
	double before = 0.0;

	w.n = n;
	w.cells = 0;
	for (int day = 0; day < DAYS; day++) {
		double by = gsl_cdf_lognormal_P(day + 1, log(median), sigma);

		if (day % 7 >= 5)
			continue;
		w.share[w.cells] = by - before;
		w.given[w.cells] = (by - before) / (1.0 - before);
		rp_binomial_p_init(&w.day[w.cells], w.given[w.cells]);
		w.cells++;
		before = by;
	}
	w.share[w.cells] = 1.0 - before;
	row(what, &w, series_at, series, gsl_series);
	if (rp_alias_init(&w.alias, w.share, w.cells + 1, NULL) != RP_OK)
		exit(1);
	row("  one of its days by an alias table", &w, NULL, aliases, NULL);
	rp_alias_release(&w.alias);
}

static void
binomial_rows(void)
{
	static const struct {
		uint32_t n;
		double p;
	} of[] = {
		{ 20000, 0.02 }, { 5000, 0.02 }, { 1000, 0.047 },
		{ 1000, 0.02 }, { 700, 0.0157 }, { 700, 0.0131 },
		{ 700, 0.007 }, { 300, 0.011 }, { 300, 0.003 },
		{ 150, 0.0007 }, { 20000, 0.5 }, { 100000000, 0.3 },
		{ 4000000000u, 0.7 },
	};
	static struct work w;
	char what[40];

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		w.n = of[i].n;
		w.p = of[i].p;
		rp_binomial_p_init(&w.at, w.p);
		snprintf(what, sizeof(what), "binomial %lu, %g",
		    (unsigned long)w.n, w.p);
		row(what, &w, binomials_at, binomials, gsl_binomials);
	}
}

static void
hypergeometric_rows(void)
{
	static const uint32_t of[][3] = { { 7, 11, 5 }, { 40, 60, 30 },
	    { 300, 700, 50 }, { 10000, 40000, 500 },
	    { 2000, 4000, 1000 } };
	static struct work w;
	char what[64];

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		w.n = of[i][0];
		w.n2 = of[i][1];
		w.t = of[i][2];
		snprintf(what, sizeof(what), "hypergeometric %lu, %lu, %lu",
		    (unsigned long)w.n, (unsigned long)w.n2,
		    (unsigned long)w.t);
		row(what, &w, NULL, hypergeometrics, gsl_hypergeometrics);
	}
}

int
main(void)
{
	static struct work w = { .n = 20000 };

	printf("%-34s %8s %8s %8s %8s\n", "ns a draw", "p known", "own",
	    "taus2", "mt19937");
	row("word", &w, NULL, words, NULL);
	row("uniform", &w, NULL, uniforms, NULL);
	row("first word of a stream", &w, NULL, starts, NULL);
	row("normal", &w, NULL, normals, NULL);
	row("last of 20000", &w, NULL, lasts, NULL);
	binomial_rows();
	series_row("a day of 20,000 answers", 20000, 30.0, 1.0);
	series_row("a day of 300 repairs", 300, 10.0, 1.0);
	series_row("a day of 20,000,000 answers", 20000000, 30.0, 1.0);
	hypergeometric_rows();
	return 0;
}
