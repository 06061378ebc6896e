/*
 * simulate/tally.h - revocation of one part of a population, in one trial.
 *
 * The engine says when certificates were replaced or ran out unreplaced.  Who
 * of them had been revoked before, or was held, is drawn: nothing tells them
 * apart, so every choice among those that are left is as likely as any other.
 *
 * At each point of the grid rp_tally_arrive(), then the holds, then
 * rp_tally_depart(); then rp_tally_cell() for what happens up to the next.
 */
#ifndef RP_SIMULATE_TALLY_H
#define RP_SIMULATE_TALLY_H

#include "simulate/engine.h"

/*
 * What will become of the replaced of one class; in use only where they fall
 * due each at a time of its own, or do not run out as the others do.
 */
#define RP_FATES_ROOM 4		/* arrays of each */

struct rp_fates {
	uint32_t *lapse;	/* [n] run out in cell i, before that */
	uint32_t *due_at;	/* [n] revoked at a stroke at point i */
	uint32_t *due_in;	/* [n] revoked in the cell that ends at i */
	/*
	 * Those that are never revoked and have no other history than the
	 * others with them: survival has no memory, so they run out together.
	 */
	uint32_t pool;
	uint32_t *joins;	/* [n] come into the pool at point i */
};

/* Class 0 is free, class 1 + k is held by hold k. */
struct rp_class {
	uint32_t plain;		/* neither replaced nor revoked, valid */
	uint32_t pending;	/* replaced, not yet revoked, valid */
	size_t until;		/* point of release; SIZE_MAX: never */
	struct rp_fates fates;
};

/*
 * Those of a part whose certificates are followed one by one, by the slot in
 * which they were replaced, at random within it.
 */
struct rp_followed {
	const struct rp_ones *ones;	/* NULL: they are not */
	uint32_t *order;		/* [certificates] */
	uint32_t *first;		/* [2 n + 1] of each slot in `order` */
	size_t slot;			/* being taken from */
	uint32_t next;
};

struct rp_tally {
	const struct rp_model *m;
	const struct rp_model_part *part;
	const struct rp_flow *f;
	size_t n_classes;
	struct rp_class *of;		/* [n_classes] */
	bool has_fates;
	const struct rp_hop *own;	/* whose renewals are at hand */
	uint32_t harmed_now;		/* revoked, not yet replaced */
	uint32_t replaced, reissued, revoked, expired, late, harmed;
	uint32_t lost;			/* expired after they were reissued */
	double delay_s;			/* after a replacement; < 0: not so */
	size_t cut;			/* all are revoked from here on */
	struct rp_followed followed;	/* certificates of their own */
	size_t slot;			/* no cohort falls due before it */
	int64_t last_move;		/* replaced or run out unreplaced */
	int64_t last_issue;		/* reissued, or the same */
	int64_t last_gone;
	uint32_t fresh;			/* free, replaced at this very point */
	uint32_t stroke;		/* gone at a point, not over the cell
					 * before it */
	struct rp_stream stream;
};

/*
 * Whether anything can happen at a point, when it is left, and in a cell.
 * Asked for every point of the grid, at most of which nothing does.
 */
static inline bool
rp_tally_arrives(const struct rp_tally *t, size_t i)
{
	return t->f->at_point[i] > 0 || t->of[0].pending > 0 ||
	    (t->f->reissued_at != NULL && t->f->reissued_at[i] > 0);
}

static inline bool
rp_tally_departs(const struct rp_tally *t, size_t i)
{
	return t->fresh > 0 || t->has_fates || i >= t->cut;
}

static inline bool
rp_tally_crosses(const struct rp_tally *t, size_t c)
{
	return t->f->in_cell[c] > 0 || t->f->lapsed[c] > 0 ||
	    t->f->alive != NULL ||
	    (t->f->reissued_in != NULL && t->f->reissued_in[c] > 0);
}

void rp_tally_arrive(struct rp_tally *t, size_t i);
void rp_tally_depart(struct rp_tally *t, size_t i);
void rp_tally_cell(struct rp_tally *t, size_t c);

/* Revoke some of the free ones over cell c: replaced ones, and others. */
void rp_tally_batch(struct rp_tally *t, size_t c, uint32_t pending,
    uint32_t plain);

/* Put some of the free ones into a class, at point i. */
void rp_tally_hold(struct rp_tally *t, size_t i, size_t class,
    uint32_t plain, uint32_t pending);

/* A class is free again at point i; what fell due meanwhile is revoked. */
void rp_tally_release(struct rp_tally *t, size_t i, size_t class);

/* ---- fates.c ------------------------------------------------------------ */

/* How certificates were replaced, which says for how long they are valid. */
enum rp_how {
	RP_BY_PATH,
	RP_RENEWED,		/* in the ordinary course */
	RP_RENEWED_BEFORE,	/* the same, before it mattered */
	RP_ON_ITS_OWN		/* by its client's schedule, tally.own */
};

/*
 * n certificates of a class were replaced at point i, or over cell i.  They
 * fall due after the delay of the tally, but none before its class is free.
 */
void rp_fates_add(struct rp_tally *t, size_t class, uint32_t n,
    enum rp_how how, enum rp_entry phase, size_t i);

/* Put those of a trial into order; followed.c. */
void rp_followed_sort(struct rp_tally *t);

/* rp_fates_add() where each has an expiry of its own. */
void rp_followed_add(struct rp_tally *t, size_t class, uint32_t n,
    size_t slot);

/*
 * Of the pending ones of class 0 take n by chance, at point i: into another
 * class, or away (class 0).
 */
void rp_fates_take(struct rp_tally *t, size_t i, uint32_t n, size_t class);

/* All of a class become those of class 0. */
void rp_fates_merge(struct rp_tally *t, size_t i, size_t class);

/* Of the pool those that run out over cell c. */
uint32_t rp_fates_run_out(struct rp_tally *t, size_t class, size_t c);

void rp_fates_clear(const struct rp_tally *t, size_t class);

#endif /* RP_SIMULATE_TALLY_H */
