/*
 * simulate/closed.h - cases whose completion has a closed form.
 */
#ifndef RP_SIMULATE_CLOSED_H
#define RP_SIMULATE_CLOSED_H

#include "simulate/chain.h"

#define RP_CLOSED_WHY 200

/* One population on its way, and how many of it are independent. */
struct rp_closed_part {
	struct rp_chain chain;
	double units;
};

struct rp_closed {
	struct rp_model m;	/* of calendars that reach far */
	size_t n;
	struct rp_closed_part *part;
	bool *uses;		/* [calendars] some step depends on it */
	size_t n_points;
	double *point;
	double from, until;	/* seconds: the first start, the end of time */
	char why[RP_CLOSED_WHY]; /* empty: it has one */
};

/*
 * The chains of a case of which no input is uncertain; c->why says in a
 * sentence why there are none.  RP_ENOMEM and the errors of rp_model_init();
 * nothing is left then.
 */
RP_CHECKED rp_status rp_closed_init(struct rp_closed *c,
    const struct rp_case *cs, struct rp_err *err);
void rp_closed_release(struct rp_closed *c);

/* P(all populations done by t). */
double rp_closed_by(struct rp_closed *c, double t);

#endif /* RP_SIMULATE_CLOSED_H */
