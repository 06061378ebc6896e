/*
 * judge/closing.h - the parts of the list before a report is closed.
 */
#ifndef RP_JUDGE_CLOSING_H
#define RP_JUDGE_CLOSING_H

#include "revplan/closure.h"

struct rp_closure {
	struct rp_closure_row *row;
	size_t n;
};

/* A list in the making. */
struct rp_closing {
	const struct rp_case *cs;
	const struct rp_findings *findings;
	const struct rp_claims *claims;
	struct rp_when as_of;
	struct rp_instant now;
	const char *citation;	/* on the closing of reports */
	bool is_rule;		/* it was in force by as_of */
	struct rp_closure *closure;
	struct rp_err *err;
};

/* ---- closure.c ---------------------------------------------------------- */

/* A new row that is done, with the citation on closing and no detail. */
struct rp_closure_row *rp_closing_row(struct rp_closing *c,
    enum rp_closure_item item, int duty);

/* Set the state and add to the detail. */
void rp_closing_say(struct rp_closure_row *row, enum rp_closure_state state,
    const char *fmt, ...) RP_PRINTF(3, 4);

/* Whether a fact speaks of a duty; -1: of whatever. */
bool rp_closing_speaks_of(const struct rp_case *cs, const struct rp_fact *f,
    int duty);

/* The last fact of a kind, NULL: there is none. */
const struct rp_fact *rp_closing_last(const struct rp_closing *c,
    enum rp_fact_kind kind, int duty);

/* Whether a commitment was given up by as_of, and not done. */
bool rp_closing_given_up(const struct rp_closing *c,
    const struct rp_commitment *m);

/* Decide a row by one fact: done, on record as not done, or not on record. */
void rp_closing_once(struct rp_closing *c, struct rp_closure_row *row,
    enum rp_fact_kind kind, int duty);

/* ---- the rows ----------------------------------------------------------- */

/* closing_revocation.c: certificates and CCADB. */
RP_CHECKED rp_status rp_closing_revocation(struct rp_closing *c);

/* closing_items.c: what was promised and asked. */
void rp_closing_commitments(struct rp_closing *c);
RP_CHECKED rp_status rp_closing_questions(struct rp_closing *c);

/* closing_reports.c: reports, the auditor's letter, the next update. */
void rp_closing_reports(struct rp_closing *c);

#endif /* RP_JUDGE_CLOSING_H */
