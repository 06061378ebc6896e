/*
 * judge/claims.h - what the parts of the ledger share while it is made.
 */
#ifndef RP_JUDGE_CLAIMS_H
#define RP_JUDGE_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "judge/compare.h"
#include "revplan/claims.h"

/* ---- outcomes ----------------------------------------------------------- */

/* A text that is put together piece by piece; what does not fit is cut. */
struct rp_sentence {
	char text[1536];
	size_t len;
};

void rp_say(struct rp_sentence *s, const char *fmt, ...) RP_PRINTF(2, 3);

/* What the record notes about it; NULL: nothing. */
void rp_say_note(struct rp_sentence *s, const char *note);

/* What became of something that was to be done. */
struct rp_outcome {
	bool done;
	struct rp_when at;		/* when done */
	struct rp_instant open;		/* not done: until then at least */
	struct rp_sentence how;		/* a sentence, where one is needed */
};

/* An outcome held against a date that is kept until its end. */
struct rp_judged {
	enum rp_said_verdict verdict;	/* kept, slipped, open, overdue or
					 * undecided */
	bool late;
	int64_t least_s, most_s;
};

struct rp_ledger {
	const struct rp_case *cs;
	struct rp_when as_of;
	struct rp_instant now;		/* the end of as_of */
	enum rp_view view;
	const struct rp_fact **fact;	/* by time */
	const struct rp_update **post;	/* by time */
	const struct rp_fact **scope;	/* by the beginning of their times */
	size_t n_scopes;
	const struct rp_fact *closed;	/* first over, or NULL */
	struct rp_series series;	/* actuals of all certificates */
	struct rp_judged *judged;	/* of each claim, if it has a date */
	struct rp_claims *rows;
	struct rp_err *err;
};

struct rp_judged rp_said_judge(const struct rp_outcome *o,
    struct rp_when due, struct rp_instant now);

/* Verdict, finding, done and lateness of a row that has its due date. */
void rp_said_set(struct rp_said_row *row, const struct rp_outcome *o,
    struct rp_judged judged);

/* "Done on 2020-08-25, 10 days after ...", or what else became of it. */
void rp_say_outcome(struct rp_sentence *s, const struct rp_said_row *row,
    const struct rp_outcome *o);

/* "10 days by the calendar (9.0 to 10.0 d after ...)" of a late row. */
void rp_say_late(struct rp_sentence *s, const struct rp_said_row *row);

/* Where the outcome of each kind of promise is found; claims_outcome.c. */
void rp_outcome_of_claim(const struct rp_ledger *l, const struct rp_claim *c,
    struct rp_outcome *o);
/* Everything that is to be revoked. */
void rp_outcome_of_request(const struct rp_ledger *l, struct rp_outcome *o);
/* The first post after something was said. */
void rp_outcome_of_post(const struct rp_ledger *l, struct rp_when said,
    struct rp_outcome *o);

/* Whether a time is known by its day. */
bool rp_when_is_date(struct rp_when w);

/* Whether b comes after a, as far as their ends can tell. */
bool rp_when_after(struct rp_when b, struct rp_when a);

/* ---- rows --------------------------------------------------------------- */

/*
 * Add a copy of row; `what` is copied, detail becomes its detail (NULL or
 * empty: none), id and source stay the case's.
 */
RP_CHECKED rp_status rp_said_add(struct rp_ledger *l,
    const struct rp_said_row *row, const struct rp_sentence *detail);

/* Verdict, and whether that is a finding. */
void rp_said_decide(struct rp_said_row *row, enum rp_said_verdict verdict);

RP_CHECKED rp_status rp_said_promises(struct rp_ledger *l);
RP_CHECKED rp_status rp_said_commitments(struct rp_ledger *l);
RP_CHECKED rp_status rp_said_next_updates(struct rp_ledger *l);
RP_CHECKED rp_status rp_said_requests(struct rp_ledger *l);
RP_CHECKED rp_status rp_said_statements(struct rp_ledger *l);
RP_CHECKED rp_status rp_said_figures(struct rp_ledger *l);
RP_CHECKED rp_status rp_said_capacities(struct rp_ledger *l);

#endif /* RP_JUDGE_CLAIMS_H */
