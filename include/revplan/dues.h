/*
 * revplan/dues.h - what is still to be done, and by when.
 *
 * Stage 6.  Reads: case.h check.h claims.h update.h.  Read by: the writers.
 *
 * Dues come from the findings (what a rule still asks for, or asked for and
 * did not get) and from the ledger of what was said (promises, commitments,
 * an agreed date of the next post), each thing once.
 */
#ifndef RP_DUES_H
#define RP_DUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/check.h"
#include "revplan/claims.h"
#include "revplan/err.h"
#include "revplan/update.h"

/*
 * Whether a rule asks for what a CA has to have in order at all times (its
 * plan, its CPS), not for something that the incident set off.
 */
bool rp_rule_is_standing(const struct rp_rule *rule);

enum rp_due_state {
	RP_DUE_OVERDUE,		/* certainly late, and still open */
	RP_DUE_UNRECORDED,	/* the time is over and nothing is on record:
				 * perhaps overdue */
	RP_DUE_AHEAD
};

/* "overdue", "not on record", "due". */
const char *rp_due_state_word(enum rp_due_state state);

/* Strings belong to the findings, the ledger, the case or the table of rules,
 * which must outlive the dues. */
struct rp_due {
	enum rp_due_state state;
	bool has_at;		/* false: since ever, as far as is known */
	struct rp_when at;
	const char *id;		/* of the finding; "promise" or
				 * "next-update" for what was said */
	const char *what;	/* in plain words */
	const struct rp_rule *rule;	/* or NULL */
	int duty;		/* index, or -1 */
	const char *by;		/* whose statement of the clock, or NULL */
	bool has_count;
	uint64_t count;
	const char *citation;	/* the rule, or where it was said; or NULL */
	const char *detail;	/* or NULL */
	uint32_t line;		/* of the case file, 0 if none */
};

/* Whether it goes by what CRL and OCSP show, not by the CA's own record. */
bool rp_due_is_published(const struct rp_due *due);

/* Opaque; immutable. */
struct rp_dues;

/*
 * Overdue first, then what is not on record, then by time.  cs is a view.
 *
 *   *out   on RP_OK owned by the caller, rp_dues_free()
 *
 * RP_ENOMEM; *out is untouched.
 */
RP_CHECKED rp_status rp_dues(const struct rp_case *cs,
    const struct rp_findings *findings, const struct rp_claims *claims,
    struct rp_when as_of, struct rp_dues **out, struct rp_err *err);
void rp_dues_free(struct rp_dues *d);		/* accepts NULL */

const struct rp_due *rp_dues_rows(const struct rp_dues *d, size_t *n);

#endif /* RP_DUES_H */
