/*
 * base/binomial.h - binomial variates of a probability known beforehand.
 *
 * Where the same probability meets another number of trials each time, as on
 * one day of a curve in trial after trial, all that depends on it alone is
 * worked out once.  rp_draw_binomial() of stream.h does the same for one draw.
 */
#ifndef RP_BASE_BINOMIAL_H
#define RP_BASE_BINOMIAL_H

#include <stdbool.h>

#include "base/stream.h"

/* Read only, so any number of threads may draw with one; no memory. */
struct rp_binomial_p {
	double p;		/* 0 .. 1/2: of the rarer side */
	bool mirrored;		/* that side is failure */
	double odds;		/* p / (1 - p) */
	double pq;		/* p (1 - p) */
	double log_q;		/* ln(1 - p); 0: not worked out yet */
};

/* p outside 0..1 is clamped; NaN is 0. */
void rp_binomial_p_init(struct rp_binomial_p *b, double p);

/*
 * Successes in n trials; exact like rp_draw_binomial(), and the same draws
 * from the same stream.
 */
uint32_t rp_draw_binomial_at(struct rp_stream *s, uint32_t n,
    const struct rp_binomial_p *b);

#endif /* RP_BASE_BINOMIAL_H */
