/*
 * revplan/rules.h - what the requirements demanded on a date.
 *
 * Stage 1.  Reads: instant.h reason.h case.h.  Read by: the simulation (for
 * deadlines) and check.h.
 *
 * Rules are rows of a constant table, models/rules/rules_table.c and the
 * sections it puts together: one row one rule in one range of editions.
 */
#ifndef RP_RULES_H
#define RP_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/instant.h"
#include "revplan/reason.h"

enum rp_severity {
	RP_MUST,
	RP_MUST_NOT,
	RP_SHOULD,
	RP_MAY,
	RP_EXPECTED	/* not normative: best practice, or lower-case words */
};

/* "MUST", "MUST NOT", "SHOULD", "MAY", "EXPECTED". */
const char *rp_severity_word(enum rp_severity severity);

struct rp_rule_terms;

struct rp_rule {
	const char *id;			/* "BR-REV-SUBCA-v161" */
	const char *title;
	const char *document;		/* "TLS BR 1.6.1-" */
	const char *section;		/* "4.9.1.2 items 1-9" */
	const char *from;		/* "2018-10-14", inclusive, 00:00Z */
	const char *until;		/* exclusive; NULL: still in force */
	enum rp_severity severity;
	struct rp_span limit;		/* 0 where there is none */
	bool draft;			/* present, switched off */
	const char *note;		/* or NULL */
	const struct rp_rule_terms *terms; /* what the evaluation needs; only
					 * models/rules looks inside */
};

/*
 * The whole table, drafts included, row by row; NULL from rp_rule_count() on.
 * Rows stand by subject: who shows them sorts them.  Cannot fail.
 */
size_t rp_rule_count(void);
const struct rp_rule *rp_rule_at(size_t i);

/* The rule of an id, NULL when there is none. */
const struct rp_rule *rp_rule_find(const char *id);

/* Which date decides the edition: "awareness", "issuance".  Never NULL. */
const char *rp_keyed_word(const struct rp_rule *rule);

/* From when its clock runs: "awareness"; "" where it has no clock.  Never
 * NULL. */
const char *rp_clock_word(const struct rp_rule *rule);

/* What it is asked of: "the incident", "the CA", "subscriber certificates";
 * and whether it is for a profile. */
const char *rp_scope_word(const struct rp_rule *rule);
bool rp_rule_for_profile(const struct rp_rule *rule, enum rp_profile profile);

/* Whether a rule is in force at t (drafts never are). */
bool rp_rule_in_force(const struct rp_rule *rule, struct rp_instant t);

/*
 * A deadline for revocation.  Where awareness is imprecise the deadline is
 * too: at.from follows from the earliest, at.until from the latest moment.
 */
struct rp_deadline {
	const struct rp_rule *rule;
	struct rp_when start;		/* when the clock starts */
	struct rp_when at;		/* start + limit */
	unsigned item;			/* of the list, 1.. ; 0: unnumbered */
	char citation[96];		/* "BR 1.6.1-, 4.9.1.2 item 5" */
};

/*
 * The MUST of BR 4.9.1.1 or 4.9.1.2 (S/MIME and code signing: their own) for a
 * duty, in the edition in force at awareness.
 *
 * RP_ESTATE: no rule of the table covers this certificate, reason and date,
 * or the certificates are exempt as short-lived; err says why; *out is
 * untouched.
 */
RP_CHECKED rp_status rp_duty_deadline(const struct rp_duty *duty,
    struct rp_deadline *out, struct rp_err *err);

/*
 * What the list of reasons for revocation says of one of them on a date: the
 * rule with its limit, the item's number, and the reason that the CRL entry
 * must have.
 */
struct rp_reason_place {
	const struct rp_rule *rule;	/* the MUST of its tier */
	unsigned item;			/* 0: unnumbered */
	enum rp_crl_reason crl_reason;	/* RP_CRL_ABSENT: no reasonCode;
					 * RP_CRL_NOT_SAID: the edition maps
					 * nothing */
	char citation[96];		/* "TLS BR 1.6.1-, 4.9.1.2 item 5" */
};

/* false: the list in force at t does not name the reason, or no list was. */
bool rp_reason_place(enum rp_reason reason, enum rp_certificate certificate,
    enum rp_profile profile, struct rp_instant t,
    struct rp_reason_place *out);

/*
 * For how long before an issuance at t a domain validation may be reused (TLS
 * BR 4.2.1, S/MIME BR 4.2.1); *citation, which may be NULL, gets a constant
 * text.  false: nothing is known for the profile or the date.
 */
bool rp_validation_reuse(enum rp_profile profile, struct rp_instant t,
    struct rp_span *limit, const char **citation);

/* ---- templates of incident reports --------------------------------------- */

enum rp_template_kind {
	RP_TEMPLATE_SEVEN_TOPICS,	/* seven topics or questions, in turn */
	RP_TEMPLATE_SECTIONS,		/* sections, free within them */
	RP_TEMPLATE_PRESCRIBED		/* sections with prescribed fields, and
					 * a template a kind of report */
};

struct rp_template {
	const char *name;		/* the word of a fact's `version` */
	const char *title;
	const char *from;		/* "2025-07-15", inclusive, 00:00Z */
	const char *until;		/* exclusive: when the next one
					 * superseded it; NULL: in force */
	enum rp_template_kind kind;
};

/*
 * The template in force at t, NULL before the first; the one of a name, NULL
 * when there is none.  Both are constant.
 */
const struct rp_template *rp_template_at(struct rp_instant t);
const struct rp_template *rp_template_find(const char *name);

/* When it was superseded; false: it is in force, *when is untouched. */
bool rp_template_superseded(const struct rp_template *tmpl,
    struct rp_instant *when);

#endif /* RP_RULES_H */
