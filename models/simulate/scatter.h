/*
 * simulate/scatter.h - many certificates over the exits of one kernel.
 *
 * A kernel that is the same in every trial and is entered by about as many
 * each time is drawn from in the cheapest exact way.  Independent Poisson
 * counts, given their sum, are a multinomial: so each exit takes one value from
 * a table for a mean just below its own, and those who are left over are placed
 * one by one.  Exits with very many, and kernels with very many certificates,
 * are drawn by one conditional binomial after another, until the rest is
 * cheaper to place one by one.
 */
#ifndef RP_SIMULATE_SCATTER_H
#define RP_SIMULATE_SCATTER_H

#include "base/alias.h"
#include "base/binomial.h"
#include "simulate/kernel.h"

/* A table of the Poisson distribution of one mean. */
struct rp_rung {
	uint32_t low;			/* what its first cell stands for */
	struct rp_alias alias;
};

/* Means with so many binary digits behind the first, between two powers of
 * two; below and above there is no table. */
#define RP_LADDER_DIGITS 6
#define RP_LADDER_LOW (-3)
#define RP_LADDER_HIGH 12
#define RP_LADDER_RUNGS \
	((RP_LADDER_HIGH - RP_LADDER_LOW) << RP_LADDER_DIGITS)

/* Made as they are needed; one a thread. */
struct rp_ladder {
	struct rp_rung *rung[RP_LADDER_RUNGS];
};

void rp_ladder_release(struct rp_ladder *l);

struct rp_scatter {
	size_t n_first;			/* exits drawn by binomials first, */
	uint32_t *exit;			/* [n_first] in the kernel, */
	struct rp_binomial_p *first;	/* each given the ones before it */
	size_t n_rest;
	uint32_t *rest;			/* [n_rest] exits, too; the number of
					 * exits: who never leaves */
	uint32_t *count;		/* [n_rest] in one trial */
	bool by_rungs;			/* else they are placed one by one */
	const struct rp_rung **rung;	/* [n_rest] NULL: none */
	double *own;			/* [n_rest] their means, */
	double mean;			/* and the sum of them */
	struct rp_binomial_p of_rungs;	/* how many are distributed so */
	struct rp_alias as_rungs, others;
	double *p;			/* [n_rest] shares of the others */
};

/* RP_ENOMEM: nothing is left.  n will enter on average, with so much as its
 * variance. */
RP_CHECKED rp_status rp_scatter_init(struct rp_scatter *x,
    struct rp_ladder *l, const struct rp_kernel *k, double n, double variance,
    struct rp_err *err);
void rp_scatter_release(struct rp_scatter *x);

/* x->count gets which of the rest n take who take none of the first. */
void rp_scatter_rest(const struct rp_scatter *x, struct rp_stream *s,
    uint32_t n);

#endif /* RP_SIMULATE_SCATTER_H */
