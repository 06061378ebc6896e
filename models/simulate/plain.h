/*
 * simulate/plain.h - parts whose outcome follows from when they are replaced.
 *
 * Nothing runs out, nothing is held, and what is revoked is revoked at its
 * replacement, or all of it at one instant.  Then one cumulative sum says
 * everything, and no certificate has to be told from another; see tally.h for
 * all other parts.
 */
#ifndef RP_SIMULATE_PLAIN_H
#define RP_SIMULATE_PLAIN_H

#include "simulate/engine.h"

struct rp_outcome;

struct rp_plain {
	bool is;		/* so in this trial; else the rest says
				 * nothing */
	bool at_once;		/* revoked as soon as replaced */
	size_t known;		/* counted from this point on */
	size_t cut;		/* all are revoked from here on, not before
				 * they are known; SIZE_MAX: never */
	uint32_t n;		/* certificates */
	const struct rp_flow *flow;
};

/*
 * Work out part p of the trial that the engine has just run, whose delay of
 * revocation is that (below 0: nothing is revoked for being replaced); false,
 * and nothing done, where it is not plain.
 */
bool rp_plain_take(struct rp_outcome *o, const struct rp_engine *e, size_t p,
    double delay_s);

/* Whether part p is plain in the same way in every trial, and how. */
bool rp_plain_always(const struct rp_outcome *o, size_t p,
    struct rp_plain *out);

/* Certificates of a plain part in a state at point i; and those that were
 * gone at point i itself, not over the cell before it. */
uint32_t rp_plain_at(const struct rp_outcome *o, enum rp_state state,
    size_t p, size_t i);
uint32_t rp_plain_stroke(const struct rp_outcome *o, size_t p, size_t i);

#endif /* RP_SIMULATE_PLAIN_H */
