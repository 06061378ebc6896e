/*
 * simulate/chain.h - the law of the instant at which a path is left.
 *
 * Where nobody waits for anybody, the probability to be through by an instant
 * follows step by step, and no trial is needed.  It is exact up to and with
 * the first random delay, and for all steps that map an instant to an
 * instant; a delay after a random one is convolved with a table of the law
 * before it, whose cells grow with the time since something began (by
 * RP_CHAIN_GROWTH of it, an hour at first), the density within a cell a
 * straight line.
 */
#ifndef RP_SIMULATE_CHAIN_H
#define RP_SIMULATE_CHAIN_H

#include "simulate/hop.h"

#define RP_CHAIN_GROWTH 0.02
#define RP_CHAIN_START SIZE_MAX

enum rp_link_kind {
	RP_LINK_MAP,		/* an instant to an instant */
	RP_LINK_DELAY,		/* random */
	RP_LINK_FORK,		/* a share makes a detour */
	RP_LINK_DESK		/* a team that gets all of its work at once */
};

struct rp_link {
	enum rp_link_kind kind;
	struct rp_hop hop;	/* resolved */
	size_t before;		/* link, or RP_CHAIN_START */
	size_t aside;		/* fork: the last link of the detour */
	int calendar;		/* its clock */
	bool by_working_day;	/* desk: how much of its clock it needs for
				 * all */
	double need;
	bool made;
	/* Where a delay follows: [points] P(through by each), and how fast the
	 * density grows before each. */
	double *by, *slope;
	size_t last;		/* the last point before which any come */
	double mean;		/* the instant at which they do on average */
};

struct rp_chain {
	const struct rp_model *m;	/* for its calendars */
	double start;
	size_t n, last;		/* links; the one that ends the path */
	struct rp_link *link;
	size_t n_points;
	const double *point;	/* ascending; borrowed */
};

/* P(through a link by t). */
double rp_chain_by(struct rp_chain *c, size_t link, double t);

#endif /* RP_SIMULATE_CHAIN_H */
