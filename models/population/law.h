/*
 * population/law.h - a distribution whose parameters are known.
 *
 * A case states quantities; within one trial each of them is a number or, for
 * the chance of a wait, a law.  All values are in the base unit of the field.
 */
#ifndef RP_POPULATION_LAW_H
#define RP_POPULATION_LAW_H

#include "base/stream.h"
#include "revplan/case.h"

struct rp_spread;

struct rp_law {
	bool is_fixed;		/* all its mass at a[0] */
	enum rp_dist_kind kind;
	double a[RP_DIST_PARAMS];
	double scale;		/* its values are multiplied by this */
	const struct rp_dist *dist;	/* points, weights; borrowed */
};

/*
 * Where the once-per-trial draws of one step come from: lane counts up with
 * each quantity that is drawn, so that the n-th uncertain number of a step
 * always sees the same random number.  An input that `spread` knows gets its
 * place there instead.
 */
struct rp_draws {
	struct rp_stream_key key;
	uint64_t trial;
	uint64_t lane;
	const struct rp_spread *spread;	/* of the inputs; NULL: none */
};

/* Lanes of a step's key from here on are for its inputs; below, for chance. */
#define RP_LANE_INPUTS (UINT64_C(1) << 32)

/* Whether nothing in a quantity is drawn once per trial. */
bool rp_quantity_is_fixed(const struct rp_quantity *q);
/* The same for one whose distribution is chance within the trial. */
bool rp_chance_is_fixed(const struct rp_quantity *q);

/* The value of a quantity in a trial. */
double rp_quantity_draw(const struct rp_quantity *q, struct rp_draws *d);

/* The law of a chance quantity in a trial: its parameters drawn. */
struct rp_law rp_chance_law(const struct rp_quantity *q, struct rp_draws *d);

struct rp_law rp_law_fixed(double x);

/* P(X <= x); 0..1, never NaN for a law with sane parameters. */
double rp_law_cdf(const struct rp_law *law, double x);

/* The smallest x with P(X <= x) >= u, 0 < u < 1. */
double rp_law_quantile(const struct rp_law *law, double u);

/*
 * What is wrong with the parameters that were drawn; NULL when nothing is.
 */
const char *rp_law_fault(const struct rp_law *law);

#endif /* RP_POPULATION_LAW_H */
