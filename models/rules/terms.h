/*
 * rules/terms.h - the part of a rule that only the evaluation reads.
 */
#ifndef RP_RULES_TERMS_H
#define RP_RULES_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/err.h"
#include "revplan/rules.h"
#include "rules/reasons.h"

struct rp_judging;
struct rp_series;

/* What a rule is asked about. */
enum rp_scope {
	RP_SCOPE_INCIDENT,	/* the incident as a whole */
	RP_SCOPE_DUTY,		/* every duty */
	RP_SCOPE_SUBSCRIBER,	/* duties of subscriber certificates */
	RP_SCOPE_CA		/* duties of subordinate CA certificates */
};

#define RP_FOR_TLS (1u << RP_PROFILE_TLS)
#define RP_FOR_SMIME (1u << RP_PROFILE_SMIME)
#define RP_FOR_CODE_SIGNING (1u << RP_PROFILE_CODE_SIGNING)

/* Which date decides whether this edition is the one that counts. */
enum rp_keyed_on {
	RP_KEYED_AWARE,		/* awareness */
	RP_KEYED_NOTICE,	/* receipt of the report */
	RP_KEYED_RECORDED,	/* the revocation's record */
	RP_KEYED_DEADLINE,	/* the deadline that was missed */
	RP_KEYED_DISCLOSED,	/* first public disclosure */
	RP_KEYED_POST,		/* the last post or question */
	RP_KEYED_STATUS,	/* the CRL or OCSP response */
	RP_KEYED_ISSUED,	/* issuance of the certificate */
	RP_KEYED_EVENT,		/* the fact that starts the clock */
	RP_KEYED_EXPIRY,	/* notAfter of the certificate */
	RP_KEYED_TODAY		/* as_of: what always holds */
};

/* From when a clock of rp_check_once() runs. */
enum rp_anchor {
	RP_ANCHOR_NONE,		/* not a rule of rp_check_once() */
	RP_ANCHOR_AWARE,	/* awareness of the incident */
	RP_ANCHOR_NOTICE,	/* receipt of the report of the incident */
	RP_ANCHOR_FACT,		/* each fact of the kind `starts` */
	RP_ANCHOR_RULE		/* the first day of the rule */
};

typedef rp_status rp_rule_check(struct rp_judging *j,
    const struct rp_rule *rule);

struct rp_rule_terms {
	rp_rule_check *check;
	enum rp_scope scope;
	unsigned profiles;		/* RP_FOR_ bits */
	enum rp_keyed_on keyed_on;
	enum rp_tier tier;		/* revocation rules only */
	enum rp_list list;		/* with a tier */
	const char *relisted;		/* from this date on by next_list, */
	enum rp_list next_list;		/* within the same rule; or NULL */
	const char *clause;		/* "4.9.1.1 second list", with a tier */
	const char *old_clause;		/* its number before BR 1.3.0 */
	bool strict;			/* also judged by publication */
	enum rp_anchor anchor;		/* rp_check_once() only */
	enum rp_fact_kind starts;	/* with RP_ANCHOR_FACT */
	enum rp_fact_kind ends;		/* what must follow */
	uint64_t needs;			/* what a report must have: fields */
	const char *closes;		/* from this date on a closure report
					 * ends it; NULL: it does not */
	const struct rp_series *series;	/* rp_check_series() only */
};

/* A file of rows. */
struct rp_rule_section {
	const struct rp_rule *row;
	size_t n;
};

extern const struct rp_rule_section rp_rules_revocation, rp_rules_status,
    rp_rules_issuance, rp_rules_reports, rp_rules_programs, rp_rules_draft;

/* rules_table.c. */
extern const struct rp_rule_section *const rp_rule_sections[];
extern const size_t rp_n_rule_sections;

/* [from, until) of a rule; until is far away while it is in force. */
struct rp_instant rp_rule_from(const struct rp_rule *rule);
struct rp_instant rp_rule_until(const struct rp_rule *rule);

/* Whether a duty is of the certificates that a rule speaks of. */
bool rp_rule_covers(const struct rp_rule *rule, const struct rp_duty *duty);

/* Whether a duty's certificates are exempt from 4.9.1.1 as short-lived. */
enum rp_short_lived {
	RP_SHORT_NOT_SAID,	/* other certificates, or too long a life */
	RP_SHORT_NO,		/* by the date on which they were issued */
	RP_SHORT_UNKNOWN,	/* the date is missing, or too coarse */
	RP_SHORT_YES
};
enum rp_short_lived rp_duty_short_lived(const struct rp_duty *duty);

/*
 * Whether a row on short-lived certificates speaks of a duty: of what was
 * issued while it was in force; the first one also of what is older, for the
 * reader to see why the clock runs.
 */
bool rp_short_lived_row(const struct rp_rule *rule,
    const struct rp_duty *duty);

/*
 * "TLS BR 1.6.1-, 4.9.1.2 item 5" for a list, otherwise document and section.
 * start decides between an old and a new section number.
 */
void rp_rule_cite(const struct rp_rule *rule, unsigned item,
    struct rp_instant start, char *buf, size_t size);

/* The check functions of the table; each adds the rows of one rule. */
rp_rule_check rp_check_once;		/* anchor, starts, ends and limit */
rp_rule_check rp_check_revocation;	/* 4.9.1.1, 4.9.1.2 */
rp_rule_check rp_check_short_lived;	/* 1.6.1: the exemption of 4.9.1.1 */
rp_rule_check rp_check_crl;		/* 4.9.7, 24 h after the record */
rp_rule_check rp_check_ccadb;
rp_rule_check rp_check_begin;		/* 4.9.5 */
rp_rule_check rp_check_preliminary;
rp_rule_check rp_check_published;
rp_rule_check rp_check_first_report;
rp_rule_check rp_check_two_weeks;	/* from the first report of the issue */
rp_rule_check rp_check_fourteen_days;	/* from disclosure */
rp_rule_check rp_check_irg20;		/* its report, questions, updates */
rp_rule_check rp_check_questions;
rp_rule_check rp_check_delay_report;	/* by the limit, or the deadline */
rp_rule_check rp_check_first_content;	/* of the first report */
rp_rule_check rp_check_full_content;	/* of every full report */
rp_rule_check rp_check_template;	/* of every report */
rp_rule_check rp_check_old_template;
rp_rule_check rp_check_delay_fields;
rp_rule_check rp_check_list;		/* of the certificates */
rp_rule_check rp_check_closing;
rp_rule_check rp_check_actions;		/* what follows action items */
rp_rule_check rp_check_stop;		/* of issuance, from awareness */
rp_rule_check rp_check_stop_said;	/* in the full report */
rp_rule_check rp_check_corpus;		/* searched by the full report */
rp_rule_check rp_check_corpus_said;
rp_rule_check rp_check_updates;
rp_rule_check rp_check_delay_updates;

/* CRL and OCSP, check_status.c and check_entries.c. */
rp_rule_check rp_check_series;		/* how often, and for how long valid */
rp_rule_check rp_check_status_ca;	/* 24 h and 12 months */
rp_rule_check rp_check_ocsp_known;	/* a new certificate */
rp_rule_check rp_check_retained;	/* entries that are gone */
rp_rule_check rp_check_retained_once;
rp_rule_check rp_check_suspended;	/* the reasons of entries */
rp_rule_check rp_check_reason_ca;
rp_rule_check rp_check_reason_zero;
rp_rule_check rp_check_reason_ee;
rp_rule_check rp_check_reason_map;
rp_rule_check rp_check_reason_mozilla;
rp_rule_check rp_check_upgrade;
rp_rule_check rp_check_dated;

/* Issuance, check_issuance.c. */
rp_rule_check rp_check_key_reuse;
rp_rule_check rp_check_key_weak;
rp_rule_check rp_check_key_replaced;
rp_rule_check rp_check_key_everywhere;
rp_rule_check rp_check_validity;
rp_rule_check rp_check_domain;		/* age of the validations */
rp_rule_check rp_check_identity;

/* check_planning.c. */
rp_rule_check rp_check_mass_plan;	/* its nine elements */
rp_rule_check rp_check_mass_test;	/* once a year */
rp_rule_check rp_check_preparation;	/* all of three things */
rp_rule_check rp_check_assessment;
rp_rule_check rp_check_audit;		/* each audit statement */
rp_rule_check rp_check_delay_finding;	/* the one after a late duty */

/* check_programs.c. */
rp_rule_check rp_check_second_report;
rp_rule_check rp_check_chrome_14;
rp_rule_check rp_check_if_recorded;	/* rp_check_once, of exotic things */
rp_rule_check rp_check_microsoft;
rp_rule_check rp_check_like_br;		/* from a fact, in the time of the BR */
rp_rule_check rp_check_crl_url;
rp_rule_check rp_check_court_order;
rp_rule_check rp_check_intake;

#endif /* RP_RULES_TERMS_H */
