/*
 * population/owners.h - how many certificates each subscriber owns.
 *
 * Sizes are an input: given the law they follow, chance has no part in them.
 * By a law, subscriber i of S has its quantile at (i - 1/2) / S.  All are
 * scaled to the number of certificates; who would own less than one then owns
 * one, and the others are scaled again to what is left.  What the whole
 * numbers leave over goes to the largest remainders, of equal ones to the
 * larger owner.
 *
 * Classes share out their own certificates as equally as they can.  Where not
 * the whole population is asked for (a discovery), their sizes are taken as a
 * law: subscriber i has that of the class at (i - 1/2) / S of all owners.
 */
#ifndef RP_POPULATION_OWNERS_H
#define RP_POPULATION_OWNERS_H

#include "population/law.h"
#include "revplan/case.h"

/* So many subscribers own so many certificates each. */
struct rp_owner_size {
	uint32_t size;
	uint32_t owners;
	int32_t kind;		/* index into rp_owns.owners, or -1 */
};

struct rp_owners {
	size_t n;
	struct rp_owner_size *of;	/* the largest first */
	uint32_t certificates;		/* of all of them */
	uint32_t subscribers;
	/* Work space; NULL where it is not needed (any more). */
	size_t room;
	double *quantile;		/* [subscribers] ascending */
	struct rp_owner_rank *rank;	/* classes, the smallest first */
};

/* Whether the sizes are the same in every trial. */
bool rp_owners_are_fixed(const struct rp_owns *owns);

/*
 * Room for so many subscribers of a population with so many certificates,
 * 1 <= subscribers <= certificates; nothing is set yet.  RP_ENOMEM: nothing
 * is left.
 */
RP_CHECKED rp_status rp_owners_init(struct rp_owners *o,
    const struct rp_population *p, uint32_t certificates,
    uint32_t subscribers, struct rp_err *err);
void rp_owners_release(struct rp_owners *o);

/*
 * The sizes, in a trial where they are uncertain; takes no memory.
 * RP_ERANGE: the law says less than nothing, or nothing at all.  Cost: one
 * quantile for each subscriber of a law, otherwise that of the classes.
 */
RP_CHECKED rp_status rp_owners_set(struct rp_owners *o,
    const struct rp_population *p, struct rp_draws *d, struct rp_err *err);

/* Give back the work space: the sizes will not be set again. */
void rp_owners_settle(struct rp_owners *o);

#endif /* RP_POPULATION_OWNERS_H */
