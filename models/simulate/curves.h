/*
 * simulate/curves.h - which values the bands of all curves are made from.
 *
 * A series is one state of one population, or of all of them.  Where nothing
 * is drawn between the replacement of certificates and what becomes of them,
 * most series follow from others: what is revoked is what was replaced, what
 * is outstanding is the rest.  Only values that do not follow are gathered, in
 * columns; the bands of all others are read off those or were known before.
 */
#ifndef RP_SIMULATE_CURVES_H
#define RP_SIMULATE_CURVES_H

#include "simulate/column.h"
#include "simulate/outcome.h"

/* Where the band of one instant of a series comes from. */
struct rp_source {
	enum { RP_SAME_IN_ALL, RP_OF_COLUMN, RP_LESS_COLUMN } how;
	uint32_t value;		/* in all trials; what the column is taken
				 * from */
	size_t column;
};

/* Instants of a series whose values are gathered. */
struct rp_stretch {
	size_t who;		/* population; n_populations: all of them */
	enum rp_state state;
	size_t from, until;	/* regular points */
	size_t column;		/* of the first */
};

struct rp_curves {
	const struct rp_model *m;
	uint64_t trials;
	size_t n_states, n_points;
	const enum rp_state *state;	/* [n_states] */
	size_t first;			/* population; all of them where only
					 * they are asked for */
	struct rp_source *source;	/* [(populations + 1 - first) *
					 * n_states * n_points] as the bands
					 * lie */
	size_t n_stretches, room;
	struct rp_stretch *stretch;	/* by column; all populations together
					 * first */
	size_t n_columns;
	bool together;			/* all parts are coupled: a hold or
					 * a batch chooses among them */
	bool failed;			/* no memory for a stretch */
	size_t *next;			/* [parts] of the same population, or
					 * SIZE_MAX */
	struct rp_plain *plain;		/* [parts] those that always are */
};

/*
 * The sources of some states; only of all populations together, or of each as
 * well.  RP_ENOMEM: nothing is left.
 */
RP_CHECKED rp_status rp_curves_init(struct rp_curves *c,
    const struct rp_model *m, uint64_t trials, const enum rp_state *state,
    size_t n_states, bool total_only, struct rp_err *err);
void rp_curves_release(struct rp_curves *c);

/* Most memory that a column of a population, or all of them, may take up. */
uint64_t rp_curves_column_bytes(const struct rp_curves *c, size_t who);

#endif /* RP_SIMULATE_CURVES_H */
