/*
 * check/account.h - what is on record of a duty's certificates, fact by fact.
 */
#ifndef RP_CHECK_ACCOUNT_H
#define RP_CHECK_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "check/judging.h"

/* So many certificates by one fact. */
struct rp_part {
	const struct rp_fact *fact;
	uint64_t n;
};

/* That so many certificates were certainly not shown as revoked yet. */
struct rp_good {
	const struct rp_fact *fact;
	uint64_t n;
	uint64_t most;		/* of this one and all later ones */
	uint64_t before;	/* certainly shown as revoked before it */
};

/*
 * Facts of one kind in the order of time.  What was shown as revoked cannot
 * have been so while `good` was still served: as many certificates as a later
 * good contradicts are left out of a part.
 */
struct rp_account {
	uint64_t all;			/* certificates of the duty */
	uint64_t done;			/* in the parts */
	size_t n_parts;
	struct rp_part *part;
	size_t n_goods;
	struct rp_good *good;
	const struct rp_fact *contradicted; /* the first such fact, or NULL */
};

/*
 * The facts of a kind for a duty; goods only for RP_FACT_PUBLISHED.
 * RP_ENOMEM: the account is empty.  rp_account_release() in any case.
 */
RP_CHECKED rp_status rp_account_of(struct rp_judging *j,
    enum rp_fact_kind kind, int duty, struct rp_account *out);
void rp_account_release(struct rp_account *a);

/*
 * Of what no part covers: how many certificates a good certainly speaks of,
 * and the last one that does, at or after `from` (NULL: at any time).  The
 * good of most certificates counts, the later one of two alike.
 */
uint64_t rp_account_good(const struct rp_account *a,
    const struct rp_instant *from, const struct rp_fact **good);

/* ---- rows of revocation ------------------------------------------------- */

/* One row for each part. */
RP_CHECKED rp_status rp_add_parts(struct rp_judging *j,
    const struct rp_clock_row *clock, const struct rp_account *a);

/* Certificates of which it is known that they are done, but not when. */
RP_CHECKED rp_status rp_add_undated(struct rp_judging *j,
    const struct rp_clock_row *clock, uint64_t n, const char *why);

/* A row of those that had expired by the deadline; they are taken off. */
RP_CHECKED rp_status rp_add_expired(struct rp_judging *j,
    const struct rp_clock_row *clock, uint64_t *rest);

/* Of the records: how many are certainly late, and by how little. */
struct rp_certain {
	uint64_t late;
	int64_t by;		/* by at least so many seconds */
	uint64_t open;		/* of these: not even recorded yet */
};
struct rp_certain rp_certainly_late(const struct rp_judging *j,
    const struct rp_clock_row *clock);

/* Whether any certificate was certainly shown too late. */
RP_CHECKED rp_status rp_published_late(struct rp_judging *j,
    const struct rp_clock_row *clock, bool *late);

/* The strict reading of a clock: when CRL and OCSP showed it. */
RP_CHECKED rp_status rp_judge_published(struct rp_judging *j,
    const struct rp_clock_row *clock);

#endif /* RP_CHECK_ACCOUNT_H */
