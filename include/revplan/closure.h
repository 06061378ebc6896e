/*
 * revplan/closure.h - whether a report is ready to be closed.
 *
 * Stage 6.  Reads: case.h check.h claims.h.  Read by: the writers.
 *
 * A list of what root programs look at before they close a report, each item
 * with what the case records of it.  An item is done only where the record
 * shows it; what is not on record is undecided, and open where it certainly
 * is still to be done.
 */
#ifndef RP_CLOSURE_H
#define RP_CLOSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/check.h"
#include "revplan/claims.h"
#include "revplan/err.h"

/* Enum, word of CSV and JSON, plain words. */
#define RP_CLOSURE_LIST(X)						\
	X(RP_CLOSURE_REVOKED, "certificates-revoked",			\
	    "every certificate proved revoked, or expired")		\
	X(RP_CLOSURE_CCADB, "ccadb-record",				\
	    "CA certificates marked as revoked in CCADB")		\
	X(RP_CLOSURE_ACTIONS, "action-items",				\
	    "action items done, or given up with words why")		\
	X(RP_CLOSURE_COMMITMENTS, "commitments",			\
	    "other commitments and promises kept or settled")		\
	X(RP_CLOSURE_QUESTIONS, "questions", "questions answered")	\
	X(RP_CLOSURE_FIRST_REPORT, "first-report",			\
	    "preliminary or full report filed")				\
	X(RP_CLOSURE_FULL_REPORT, "full-report", "full report filed")	\
	X(RP_CLOSURE_DELAY_REPORT, "delayed-revocation-report",		\
	    "report of the delayed revocation filed")			\
	X(RP_CLOSURE_AUDITOR, "auditor-letter",				\
	    "letter of the auditor on record")				\
	X(RP_CLOSURE_NEXT_UPDATE, "next-update",			\
	    "no agreed date of an update is still to come")		\
	X(RP_CLOSURE_REPORT, "closure-report", "closure report posted")

#define RP_CLOSURE_ENUM(name, word, text) name,
enum rp_closure_item { RP_CLOSURE_LIST(RP_CLOSURE_ENUM) RP_CLOSURE_ITEMS };
#undef RP_CLOSURE_ENUM

/* The word, the plain words; never NULL for a valid item. */
const char *rp_closure_word(enum rp_closure_item item);
const char *rp_closure_text(enum rp_closure_item item);

enum rp_closure_state {
	RP_CLOSURE_DONE,
	RP_CLOSURE_OPEN,
	RP_CLOSURE_UNDECIDED,
	RP_CLOSURE_NOT_NEEDED
};

/* "done", "open", "undecided", "not needed". */
const char *rp_closure_state_word(enum rp_closure_state state);

#define RP_CLOSURE_DETAIL 512

struct rp_closure_row {
	enum rp_closure_item item;
	int duty;		/* index, or -1: the whole incident */
	enum rp_closure_state state;
	bool has_count;
	uint64_t count;		/* of these so many are done */
	uint64_t of;
	char detail[RP_CLOSURE_DETAIL];
	const char *citation;	/* constant, or of the table of rules */
	uint32_t line;		/* of the record that decides, 0 if none */
};

/* Opaque; immutable. */
struct rp_closure;

/*
 * The list at as_of, in the order of the items, then of the duties.  cs is a
 * view; findings and claims are of it.
 *
 *   *out   on RP_OK owned by the caller, rp_closure_free()
 *
 * RP_ENOMEM; *out is untouched.
 */
RP_CHECKED rp_status rp_closure(const struct rp_case *cs,
    const struct rp_findings *findings, const struct rp_claims *claims,
    struct rp_when as_of, struct rp_closure **out, struct rp_err *err);
void rp_closure_free(struct rp_closure *c);	/* accepts NULL */

const struct rp_closure_row *rp_closure_rows(const struct rp_closure *c,
    size_t *n);

/* Whether nothing is open and nothing undecided. */
bool rp_closure_is_ready(const struct rp_closure *c);

#endif /* RP_CLOSURE_H */
