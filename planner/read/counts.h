/*
 * planner/read/counts.h - how many certificates there are, by group.
 *
 * An inventory that is too large for one machine is counted where it lies, and
 * what its GROUP BY gives is read here: lines of a population, how many
 * certificates a subscriber has, when they expire, and how many certificates
 * that are.  Lines are read one by one (counts.c) and added up (groups.c), so
 * memory grows with the groups alone.  None of this knows what is on record.
 */
#ifndef RP_READ_COUNTS_H
#define RP_READ_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read/doc.h"
#include "revplan/err.h"

#define RP_COUNTS_LINE 65536u		/* bytes of a line */
#define RP_COUNTS_FAULTS 20		/* reading stops after so many */
#define RP_COUNTS_POPULATIONS 10000	/* as many as a case may have */
#define RP_COUNTS_MOST UINT64_C(4000000000) /* certificates of a case */
#define RP_COUNTS_NAME 200		/* bytes of a name */

/* ---- what was counted --------------------------------------------------- */

/* Days since 1970: from the first moment of one to that of another. */
struct rp_counts_bucket {
	int32_t from;
	int32_t until;
	uint64_t certificates;
};

/* Subscribers that own about the same number. */
struct rp_counts_class {
	uint64_t subscribers;
	uint64_t certificates;
};

/*
 * Where size and expiry go together the most: of the certificates whose owner
 * has more than `size` of them a share `of_larger` expires before the day
 * `before`, and `of_all` of all.  excess is by how much more (or less) of all
 * certificates are larger and expire by then than if neither knew of the
 * other: 0 to 1/4.
 */
struct rp_counts_bond {
	double excess;
	uint64_t size;
	int32_t before;
	double of_larger;
	double of_all;
};

struct rp_counts_population {
	const char *name;
	uint32_t line;			/* where it is named first */
	uint64_t certificates;
	uint64_t subscribers;
	uint64_t unknown;		/* certificates without an expiry */
	size_t n_sizes;			/* distinct ones */
	size_t n_classes;		/* by size, ascending */
	struct rp_counts_class *class;
	double widest;			/* largest size of a class over its
					 * smallest, the most; 1: all equal */
	size_t n_buckets;		/* ascending */
	struct rp_counts_bucket *bucket;
	struct rp_counts_bond bond;
};

struct rp_counts {
	size_t n;
	struct rp_counts_population *population; /* as they are named */
	uint64_t n_lines;
	uint64_t n_repeated;		/* lines of a group that was there */
	size_t n_unused;		/* columns */
	char *unused;			/* the first of them, or NULL */
	bool looks_monthly;		/* days, but all of them the 1st, */
	bool looks_weekly;		/* or all of them Mondays */
};

/* ---- counts.c: reading -------------------------------------------------- */

/* Opaque; what was read so far. */
struct rp_counting;

/* NULL: no memory.  Faults go to f, which is borrowed. */
struct rp_counting *rp_counting_new(struct rp_faults *f);
void rp_counting_free(struct rp_counting *c);	/* accepts NULL */

/*
 * The next bytes of the file.  False: nothing more need be read, for there are
 * too many faults, or no memory.
 */
bool rp_counting_add(struct rp_counting *c, const char *bytes, size_t len);

/*
 * The end of the file.  classes: how many a population is given at most; where
 * it has more sizes, neighbours are put together, and the sums stay exact.
 *
 *   RP_OK      *out is given back with rp_counts_release()
 *   RP_EINPUT  there are faults
 *   RP_ENOMEM
 */
RP_CHECKED rp_status rp_counting_end(struct rp_counting *c, size_t classes,
    struct rp_counts *out, struct rp_err *err);
void rp_counts_release(struct rp_counts *counts);

/* ---- groups.c: adding up ------------------------------------------------ */

/*
 * Numbers by key, which is never 0.  Filled, it is a table with empty places;
 * sorted, its n_entries stand in front, by key.
 */
struct rp_group {
	uint64_t key;
	uint32_t n;			/* at most RP_COUNTS_MOST */
	uint32_t line;			/* the first of it */
};

struct rp_groups {
	size_t n;
	size_t room;			/* a power of two, or 0 */
	struct rp_group *group;
};

/* False: no memory.  *repeated: the key was there. */
bool rp_groups_add(struct rp_groups *g, uint64_t key, uint32_t n,
    uint32_t line, bool *repeated);
void rp_groups_sort(struct rp_groups *g);
void rp_groups_release(struct rp_groups *g);

/* An interval of days as the low half of a key; 0: not known. */
#define RP_DAYS_LENGTH 10u		/* bits of its length */
#define RP_DAYS_EPOCH 25567		/* days from 1900 to 1970 */

static inline uint32_t
rp_days_key(int32_t from, int32_t until)
{
	return (uint32_t)(from + RP_DAYS_EPOCH) << RP_DAYS_LENGTH |
	    (uint32_t)(until - from);
}

/* What is known of one population while lines are read. */
struct rp_sums {
	struct rp_groups joint;		/* size << 32 | days */
	struct rp_groups size;
	struct rp_groups days;
	uint64_t certificates;
};

/*
 * From sums to what is to be known of a population; faults of it go to f.
 * The sums is emptied.  RP_ENOMEM.
 */
RP_CHECKED rp_status rp_sums_end(struct rp_sums *t, size_t classes,
    struct rp_faults *f, struct rp_counts_population *out,
    struct rp_err *err);
void rp_sums_release(struct rp_sums *t);

#endif /* RP_READ_COUNTS_H */
