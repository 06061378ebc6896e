/*
 * base/multinomial.h - many fall into cells of known probability: how many
 * into each.
 *
 * Three ways, all exact, chosen by what they cost for n: each of few finds its
 * cell by an alias table; many are one conditional binomial after another; and
 * where n is near a number known beforehand, as when the same population is
 * drawn in trial after trial, by Poisson variates, see multinomial.c.
 */
#ifndef RP_BASE_MULTINOMIAL_H
#define RP_BASE_MULTINOMIAL_H

#include "base/alias.h"
#include "base/binomial.h"

/* A cell's Poisson variate: `least` more than its table says. */
struct rp_poisson {
	uint32_t least;
	uint32_t most;		/* that can come out; 0: the cell has none */
	struct rp_alias above;
};

/* Read only once made, so any number of threads may draw from one. */
struct rp_multinomial {
	size_t cells;
	struct rp_alias one;		/* the cell of one */
	struct rp_binomial_p *given;	/* [cells] of those in no cell before */
	uint32_t typical;
	struct rp_poisson *poisson;	/* [cells]; NULL: they do not pay */
	struct rp_alias bound;		/* by poisson[].most */
	struct rp_poisson rare;		/* all cells together that expect few, */
	struct rp_alias of_rare;	/* and which of them */
};

/*
 * Probabilities are weight[i] / their sum; weight is borrowed during the call.
 * typical: the n that most draws will be of, 0 where there is none such.
 *
 * RP_EINPUT, RP_ERANGE  as rp_alias_init() has them
 * RP_ENOMEM
 * In each case nothing is left.  Cost: some 20 ns and 12 bytes for each cell
 * and for each number that is likely in it; never above 8 MB but for the
 * 120 bytes of each cell.
 */
RP_CHECKED rp_status rp_multinomial_init(struct rp_multinomial *m,
    const double *weight, size_t cells, uint32_t typical, struct rp_err *err);

/* Fine after a failed init and on all zeros. */
void rp_multinomial_release(struct rp_multinomial *m);

/* count[cells] is set to how many of n fall into each; they sum up to n. */
void rp_draw_multinomial(struct rp_stream *s, const struct rp_multinomial *m,
    uint32_t n, uint32_t *count);

#endif /* RP_BASE_MULTINOMIAL_H */
