/*
 * simulate/lags.h - how long a step takes, from anywhere on the grid.
 *
 * Between regular points only the number of steps matters, so that one table
 * serves all entries at such points, and another all those spread over a cell
 * between two of them.  Both are made at most once in a trial, and only as far
 * as they are asked for.
 */
#ifndef RP_SIMULATE_LAGS_H
#define RP_SIMULATE_LAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "population/curve.h"
#include "simulate/model.h"

/* What all steps of a thread share. */
struct rp_lag_help {
	const struct rp_model *m;
	double *ln;		/* [n_regular + 1] of whole numbers */
	struct rp_normal normal;
};

/* Of one step whose time is drawn from a curve. */
struct rp_lags {
	const struct rp_lag_help *help;
	const struct rp_hop *h;
	bool made;
	uint64_t trial;		/* for which they were made */
	struct rp_curve curve;
	double most;		/* P(through at all) */
	size_t end;		/* from so many steps on both are `most` */
	size_t n_by, n_over;	/* known so far */
	double *by;		/* P(through within k steps) */
	double *over;		/* the same if entered evenly over the first */
};

/* Gauss and Legendre's nodes, for what has no area in closed form. */
#define RP_LAG_NODES 4

/* Mass on its way: entered at one instant, or evenly over a cell. */
struct rp_lag_source {
	struct rp_lags *lags;
	const double *table;	/* lags->by or lags->over; NULL: neither */
	int32_t whole;		/* whole steps at which the table begins */
	/* Where the table does not serve: */
	const int64_t *clock;	/* the hop's clock at the grid's points */
	int64_t asked;		/* and by then this much is through */
	double answer;
	double len;		/* above 0: evenly over so much of it, by areas
				 * from node[0] on */
	int n;			/* nodes; 1: one instant */
	double node[RP_LAG_NODES];
};

/* Whether a step's time is drawn from a curve; only those have lags. */
bool rp_lags_serve(const struct rp_hop *h);

/* false: no memory, and nothing is left. */
bool rp_lag_help_init(struct rp_lag_help *help, const struct rp_model *m);
void rp_lag_help_release(struct rp_lag_help *help);
bool rp_lags_init(struct rp_lags *l, const struct rp_lag_help *help,
    const struct rp_hop *h);
void rp_lags_release(struct rp_lags *l);

/* Get ready for a trial: at once where that is done already. */
void rp_lags_begin(struct rp_lags *l, uint64_t trial);

/* Have `over` ready for what enters over cell c, a whole step. */
void rp_lags_over(struct rp_lags *l, size_t c);

/* Entered at the instant u, which is at or after point i; over cell c. */
void rp_lags_from_instant(struct rp_lags *l, double u, size_t i,
    struct rp_lag_source *s);
void rp_lags_from_cell(struct rp_lags *l, size_t c, struct rp_lag_source *s);

/* P(through by point j), which ascends from one question to the next. */
double rp_lags_by(struct rp_lag_source *s, size_t j);

/* How many more entries the table of a source has after that of point j. */
size_t rp_lags_left(const struct rp_lag_source *s, size_t j);

/* P(renewed on its own schedule by t | valid at an instant evenly in u to
 * u + len). */
double rp_lags_own_mean(const struct rp_hop *h, double u, double len,
    double t);

#endif /* RP_SIMULATE_LAGS_H */
