/*
 * revplan/check.h - the rules against the facts: findings.
 *
 * Stage 5.  Reads: case.h rules.h.  Read by: the writers.
 *
 * All rules that apply are evaluated and all findings collected; judging
 * comes after that.  Nothing here draws random numbers or reads a clock.
 */
#ifndef RP_CHECK_H
#define RP_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/rules.h"

enum rp_verdict {
	RP_VERDICT_BREACHED,
	RP_VERDICT_DUE,		/* still to come at as_of */
	RP_VERDICT_UNDECIDED,	/* precision or evidence is missing */
	RP_VERDICT_MET
};

/* "breached", "due", "undecided", "met". */
const char *rp_verdict_word(enum rp_verdict verdict);

/*
 * One row of `check --format csv`: one applicable rule, duty and `revoked`
 * fact.  Strings belong to the findings.
 */
struct rp_finding {
	const struct rp_rule *rule;
	const char *id;			/* rule id, "/published" appended for
					 * the published clock */
	int duty;			/* index, or -1: the whole incident */
	const char *by;			/* whose statement of the clock's start
					 * it is, NULL: the case's own */
	bool disputed;			/* it is the case's own, and others
					 * have rows of this rule and duty */
	enum rp_verdict verdict;
	struct rp_when clock_start;
	bool has_due;
	struct rp_when due;
	bool has_met;
	struct rp_when met;
	bool has_overdue;		/* breached: met - due, or as_of - due
					 * while it is still open */
	int64_t overdue_s;		/* whole seconds, the least that is
					 * certain */
	bool still_open;		/* not met by as_of */
	uint64_t open;			/* so many of count, where that is not
					 * known of all; else 0 */
	bool least;			/* longer than overdue_s: nobody has
					 * noted when it ended */
	bool has_count;
	uint64_t count;			/* certificates, or posts, or gaps */
	bool has_subscribers;		/* of the count: known how many
					 * subscribers they belong to */
	uint64_t subscribers;
	const char *citation;		/* "TLS BR 1.6.1-, 4.9.1.2 item 5" */
	const char *detail;		/* a sentence in plain words */
	uint32_t line;			/* of the case file, 0 if none */
	size_t order;			/* among all rows of the evaluation */
};

/* Opaque; immutable. */
struct rp_findings;

/*
 * Evaluate every rule in force for the case as it stood at as_of in a view.
 *
 *   *out   on RP_OK owned by the caller, rp_findings_free()
 *
 * RP_ENOMEM; *out is untouched.
 */
RP_CHECKED rp_status rp_check(const struct rp_case *cs, struct rp_when as_of,
    enum rp_view view, struct rp_findings **out, struct rp_err *err);

/*
 * By rule id; those of one rule by duty, statement of the clock and time, but
 * a rule that asks for several things has one after the other.
 */
const struct rp_finding *rp_findings_rows(const struct rp_findings *f,
    size_t *n);

/* Whether a MUST (or MUST NOT) is breached: exit status 1. */
bool rp_findings_must_breached(const struct rp_findings *f);

/* The two moments of a revocation, and so two verdicts. */
enum rp_late_kind { RP_LATE_RECORDED, RP_LATE_PUBLISHED };

/*
 * What is late of one duty by the MUST of its list of reasons, by the case's
 * own clock, as of the moment of the check.  Where only the certificates are
 * known, the numbers of subscribers are what they allow.
 */
struct rp_late {
	const struct rp_rule *rule;	/* whose deadline it is */
	struct rp_when due;
	uint64_t all;			/* certificates of the duty */
	uint64_t certificates;		/* certainly late; one is a breach */
	uint64_t open;			/* of these: not done yet, as far as
					 * is on record */
	uint64_t undecided;		/* late or not, nobody can tell */
	bool has_all_subscribers;
	uint64_t all_subscribers;	/* of the duty */
	bool has_subscribers;		/* something is known of whose they
					 * are; else the next two are bounds
					 * from the certificates alone */
	uint64_t subscribers_least;	/* of the late certificates */
	uint64_t subscribers_most;
};

/*
 * false, *out untouched: the duty has no such deadline (exempt, no edition
 * in force), or its list of reasons is not judged by publication.  duty must
 * be an index of the case.
 */
bool rp_findings_late(const struct rp_findings *f, int duty,
    enum rp_late_kind kind, struct rp_late *out);

/* Accepts NULL. */
void rp_findings_free(struct rp_findings *f);

#endif /* RP_CHECK_H */
