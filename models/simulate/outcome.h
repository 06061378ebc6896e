/*
 * simulate/outcome.h - what became of the certificates in one trial.
 *
 * The engine says when certificates were replaced or ran out unreplaced; the
 * way of revoking, the cutoffs and the holds decide the rest.  At every point
 * of the grid, for every part of a population:
 *
 *   base = revoked + expired + outstanding
 *   expired-late <= expired, held <= outstanding, harmed <= revoked,
 *   replaced <= reissued
 */
#ifndef RP_SIMULATE_OUTCOME_H
#define RP_SIMULATE_OUTCOME_H

#include "simulate/plain.h"
#include "simulate/tally.h"

/* A cutoff, or a hold, with what it needs at hand. */
struct rp_cutoff {
	size_t point;
	int population;			/* -1: all */
	size_t event;			/* in force where this happened */
};

struct rp_hold {
	size_t from, until;		/* points; SIZE_MAX: never */
	int population;			/* -1: all */
	uint32_t certificates;
	size_t event;
};

/* Revocation in batches: one for all populations together. */
struct rp_batches {
	double rate, unit, credit;	/* certificates; seconds or ticks */
	size_t from;			/* point */
	const int64_t *clock;		/* [n] in that unit */
	struct rp_stream stream;
};

struct rp_outcome {
	const struct rp_model *m;
	bool nothing_revoked;		/* whatever the case says of it */
	bool in_full;			/* no part is taken for a plain one */
	bool lean;			/* of plain parts only the replaced and
					 * the reissued are written; the others
					 * are asked for by rp_outcome_at() */
	uint32_t *state[RP_STATES];	/* [parts * n], at points; NULL where
					 * the state cannot occur */
	uint32_t *stroke;		/* [parts * n] gone at point i itself */
	uint32_t *bare;			/* [parts * n] neither replaced nor
					 * held; NULL but where nothing is
					 * revoked */
	int64_t *complete[RP_METRICS];	/* [parts]; INT64_MIN: does not exist
					 * in this trial */
	double *late_s;			/* [parts] certificate-seconds
					 * after the deadline of the part */
	uint32_t *base;			/* [n] of all parts known by then; NULL
					 * where it never grows */
	size_t n_cutoffs, n_holds;
	struct rp_cutoff *cutoff;
	struct rp_hold *hold;		/* by `from` */
	struct rp_batches batches;
	struct rp_plain *plain;		/* [parts] */
	/* Under way. */
	struct rp_tally *tally;		/* [parts] */
	struct rp_class *class;		/* [parts * (holds + 1)] */
	size_t n_fates;			/* classes that have them */
	uint32_t *order;		/* of the parts that are followed */
	uint32_t *fates;		/* [n_fates * RP_FATES_ROOM * n] */
};

/* Whether a state can occur at all. */
bool rp_outcome_has(const struct rp_model *m, enum rp_state state);

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_outcome_init(struct rp_outcome *o,
    const struct rp_model *m, struct rp_err *err);
/* The same if nothing were ever revoked. */
RP_CHECKED rp_status rp_outcome_init_unrevoked(struct rp_outcome *o,
    const struct rp_model *m, struct rp_err *err);
void rp_outcome_release(struct rp_outcome *o);

/* Work out the trial that the engine has just run.  RP_ERANGE. */
RP_CHECKED rp_status rp_outcome_take(struct rp_outcome *o,
    const struct rp_engine *e, struct rp_err *err);

/* How many of a part are in a state that can occur, at point i. */
static inline uint32_t
rp_outcome_at(const struct rp_outcome *o, enum rp_state state, size_t part,
    size_t i)
{
	return o->plain[part].is ? rp_plain_at(o, state, part, i) :
	    o->state[state][part * o->m->grid.n + i];
}

/* And how many were gone at point i itself. */
static inline uint32_t
rp_outcome_stroke(const struct rp_outcome *o, size_t part, size_t i)
{
	return o->plain[part].is ? rp_plain_stroke(o, part, i) :
	    o->stroke[part * o->m->grid.n + i];
}

/*
 * From which point on all of a part are revoked, where these events happened
 * (NULL: all of them); SIZE_MAX: never.
 */
size_t rp_outcome_cut(const struct rp_outcome *o, const bool *happened,
    size_t part);

/* ---- holds.c ------------------------------------------------------------ */

/* The holds of a case; RP_ENOMEM. */
RP_CHECKED rp_status rp_holds_find(struct rp_outcome *o, struct rp_err *err);

/* Ends and beginnings of holds at point i, and the next point at which there
 * is one; after all parts have arrived. */
void rp_holds_step(struct rp_outcome *o, const struct rp_engine *e, size_t i);
size_t rp_holds_next(const struct rp_outcome *o, size_t i);

/* ---- batches.c ---------------------------------------------------------- */

void rp_batches_init(struct rp_outcome *o);

/* The pace of a trial; RP_ERANGE: it makes no sense. */
RP_CHECKED rp_status rp_batches_settle(struct rp_outcome *o, uint64_t trial,
    struct rp_err *err);

/* Over cell c, of all parts. */
void rp_batches_step(struct rp_outcome *o, size_t c);

#endif /* RP_SIMULATE_OUTCOME_H */
