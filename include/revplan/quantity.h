/*
 * revplan/quantity.h - numbers that may be uncertain, and where they are from.
 *
 * Stage 1.  Reads: nothing.  Read by: record.h case.h and everything later.
 */
#ifndef RP_QUANTITY_H
#define RP_QUANTITY_H

#include <stddef.h>
#include <stdint.h>

enum rp_basis {
	RP_BASIS_UNSAID,	/* the file does not say */
	RP_BASIS_STATED,	/* somebody said so; see source */
	RP_BASIS_MEASURED,
	RP_BASIS_ASSUMED
};

/* Where a value comes from. */
struct rp_origin {
	uint32_t line;		/* 1.. in the case file; 0: a default */
	uint32_t col;		/* 1.. */
	enum rp_basis basis;
	const char *source;	/* "comment 4", or NULL */
};

/* ---- numbers that may be uncertain -------------------------------------- */

enum rp_dist_kind {
	RP_DIST_UNIFORM,	/* low, high */
	RP_DIST_TRIANGULAR,	/* low, mode, high */
	RP_DIST_BETA,		/* alpha, beta; or alpha, beta, low, high */
	RP_DIST_NORMAL,		/* mean, sd; cut below 0 */
	RP_DIST_EXPONENTIAL,	/* mean */
	RP_DIST_GAMMA,		/* shape, scale */
	RP_DIST_WEIBULL,	/* scale, shape */
	RP_DIST_LOGNORMAL,	/* median, sigma */
	RP_DIST_PARETO,		/* least, shape */
	RP_DIST_ONE_OF,		/* points with weights */
	RP_DIST_EMPIRICAL,	/* sorted points, equally likely */
	RP_DIST_HISTOGRAM	/* even between points, see weight */
};

#define RP_DIST_PARAMS 4

struct rp_dist;

/*
 * A number in the base unit of its field: seconds for times, seconds since
 * 1970 for instants, certificates per unit for rates, 0..1 for shares.
 * dist NULL: it is exactly `fixed`.  Otherwise the distribution says it; fixed
 * is then unused.
 */
struct rp_quantity {
	double fixed;
	const struct rp_dist *dist;
	const char *input;	/* its name, or NULL: quantities of one name
				 * take the same quantile in every trial */
	struct rp_origin origin;
};

/*
 * The parameters of a distribution are quantities: each may itself be a
 * distribution, which is then drawn once per trial (what we do not know),
 * while the distribution of a wait is what chance does to each subscriber or
 * certificate within a trial.
 */
struct rp_dist {
	enum rp_dist_kind kind;
	unsigned n_params;
	struct rp_quantity param[RP_DIST_PARAMS]; /* order as in the enum */
	size_t n_points;
	const double *point;	/* one-of: as given; others: ascending */
	const double *weight;	/* one-of: positive, sum to 1; histogram: of
				 * all that is at or below the point, 0 for
				 * the first, 1 for the last; else NULL */
};

/* The unit below the stroke of a rate. */
enum rp_per {
	RP_PER_HOUR,		/* elapsed */
	RP_PER_DAY,		/* elapsed days of 86,400 s */
	RP_PER_WORKING_DAY,	/* of the population's calendar */
	RP_PER_WEEK,		/* claims only */
	RP_PER_MONTH		/* claims only */
};

struct rp_rate {
	struct rp_quantity amount;	/* certificates */
	enum rp_per per;
};

#endif /* RP_QUANTITY_H */
