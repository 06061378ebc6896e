/*
 * revplan/claims.h - what was said in public, against what happened and
 * against what was said before.
 *
 * Stage 6.  Reads: case.h.  Read by: update.h, the writers.
 */
#ifndef RP_CLAIMS_H
#define RP_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"

enum rp_said_kind {
	RP_SAID_PROMISE,	/* a claim with `promise` */
	RP_SAID_COMMITMENT,
	RP_SAID_NEXT_UPDATE,	/* a date for the next post */
	RP_SAID_STATEMENT,	/* that something happened, or was kept */
	RP_SAID_FIGURE,		/* a number that a post gave */
	RP_SAID_CAPACITY,	/* a pace against dates and other paces */
	RP_SAID_REQUEST		/* what others asked for; never a finding */
};

enum rp_said_verdict {
	RP_SAID_KEPT,		/* done in time */
	RP_SAID_SLIPPED,	/* done late */
	RP_SAID_OPEN,		/* not done, not yet due */
	RP_SAID_OVERDUE,	/* not done, and due */
	RP_SAID_CHANGED,	/* openly replaced by a later promise */
	RP_SAID_SILENTLY_CHANGED, /* replaced by one that does not say so */
	RP_SAID_AGREES,
	RP_SAID_CONTRADICTED,
	RP_SAID_WITHDRAWN,	/* taken back by the CA */
	RP_SAID_UNDECIDED	/* the detail says what is missing */
};

/* "promise", "commitment", "next-update", ... ; "kept", "slipped", ... */
const char *rp_said_kind_word(enum rp_said_kind kind);
const char *rp_said_verdict_word(enum rp_said_verdict verdict);

struct rp_said_row {
	enum rp_said_kind kind;
	enum rp_said_verdict verdict;
	bool finding;		/* slipped, overdue, silently changed or
				 * contradicted */
	const char *id;		/* as the case names it, or NULL */
	bool has_said;
	struct rp_when said;
	const char *source;	/* or NULL */
	const char *what;	/* in the user's words; never NULL */
	bool has_due;
	struct rp_when due;
	bool has_done;
	struct rp_when done;	/* an interval where that is all there is */
	bool has_late;
	int64_t late_least_s;	/* done (or as_of) after the end of due; */
	int64_t late_most_s;	/* both 0 when in time */
	const char *detail;	/* a whole sentence, or NULL */
	uint32_t line;
};

/* Opaque; immutable; points into the case. */
struct rp_claims;

/*
 * The ledger at as_of, by the time at which things were said.  cs is a view
 * (rp_case_view()) and must outlive the ledger.  RP_ENOMEM; *out untouched.
 */
RP_CHECKED rp_status rp_claims(const struct rp_case *cs, struct rp_when as_of,
    enum rp_view view, struct rp_claims **out, struct rp_err *err);
void rp_claims_free(struct rp_claims *l);	/* accepts NULL */

const struct rp_said_row *rp_claims_rows(const struct rp_claims *l,
    size_t *n);
/* How many rows are findings. */
size_t rp_claims_findings(const struct rp_claims *l);

#endif /* RP_CLAIMS_H */
