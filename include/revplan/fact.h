/*
 * revplan/fact.h - the kinds of dated events that rules need, and the fields
 * of a report.
 *
 * Stage 1.  Reads: nothing.  Read by: record.h.
 */
#ifndef RP_FACT_H
#define RP_FACT_H

#include <stdint.h>

/* Enum, word of the case file, plain words. */
#define RP_FACT_LIST(X)							\
	/* revocation */						\
	X(RP_FACT_REVOKED, "revoked", "recorded as revoked")		\
	X(RP_FACT_PUBLISHED, "revocation-published",			\
	    "shown as revoked by CRL and OCSP")				\
	/* reports and what is said in public */			\
	X(RP_FACT_PRELIMINARY_REPORT, "preliminary-report",		\
	    "findings sent")						\
	X(RP_FACT_INVESTIGATION_BEGUN, "investigation-begun",		\
	    "investigation begun")					\
	X(RP_FACT_INCIDENT_DISCLOSED, "incident-disclosed",		\
	    "first public disclosure of the incident")			\
	X(RP_FACT_FULL_REPORT, "full-report", "full incident report")	\
	X(RP_FACT_DELAY_DISCLOSED, "delay-disclosed",			\
	    "delayed revocation disclosed")				\
	X(RP_FACT_ISSUANCE_STOPPED, "issuance-stopped",			\
	    "issuance of the faulty profile stopped")			\
	X(RP_FACT_CCADB_RECORD, "ccadb-record", "CCADB record updated")	\
	X(RP_FACT_KEY_DESTROYED, "key-destroyed", "private key destroyed") \
	X(RP_FACT_QUESTION, "question", "question asked in public")	\
	X(RP_FACT_ANSWER, "answer", "question answered in public")	\
	X(RP_FACT_NEXT_UPDATE, "next-update",				\
	    "date of the next update agreed by the root program")	\
	X(RP_FACT_CLOSED, "closed", "report closed")			\
	X(RP_FACT_SCOPE, "scope", "number of affected certificates known") \
	X(RP_FACT_NOT_DONE, "not-done", "on record as not done")	\
	X(RP_FACT_CORPUS_SEARCHED, "corpus-searched",			\
	    "all certificates searched for more of the same")		\
	X(RP_FACT_CERTIFICATE_LIST, "certificate-list",			\
	    "list of the certificates attached")			\
	X(RP_FACT_CLOSURE_REPORT, "closure-report",			\
	    "closure report posted")					\
	/* what CRL and OCSP showed */					\
	X(RP_FACT_GOOD_SERVED, "good-served",				\
	    "still answered as good, or not yet on a CRL")		\
	X(RP_FACT_CRL, "crl", "CRL issued")				\
	X(RP_FACT_OCSP, "ocsp", "OCSP response made")			\
	X(RP_FACT_OCSP_KNOWN, "ocsp-known",				\
	    "OCSP knew a new certificate")				\
	X(RP_FACT_ENTRY_REMOVED, "entry-removed",			\
	    "entry gone from CRL or OCSP")				\
	X(RP_FACT_REASON_CHANGED, "reason-changed",			\
	    "reason of the revocation changed")				\
	X(RP_FACT_CRL_URL, "crl-url-disclosed",				\
	    "address of the CRL disclosed in CCADB")			\
	X(RP_FACT_FIRST_ISSUANCE, "first-issuance",			\
	    "first certificate under a CRL address")			\
	X(RP_FACT_FIRST_REVOCATION, "first-revocation",			\
	    "first revocation under a CRL address")			\
	/* issuance */							\
	X(RP_FACT_ISSUED, "issued", "certificates issued")		\
	X(RP_FACT_POLICY_BREACH, "policy-breach",			\
	    "known as issued against the policy of a root program")	\
	X(RP_FACT_PRECERTIFICATE, "precertificate",			\
	    "known as logged without a certificate on record")		\
	X(RP_FACT_COMPROMISE_PROVEN, "compromise-proven",		\
	    "compromise of the key proven")				\
	/* duties of the CA as such */					\
	X(RP_FACT_INTAKE_DOWN, "intake-down",				\
	    "problem reports could not be handed in")			\
	X(RP_FACT_INTAKE_UP, "intake-up",				\
	    "problem reports could be handed in again")			\
	X(RP_FACT_MASS_PLAN, "mass-revocation-plan",			\
	    "plan for mass revocation in place")			\
	X(RP_FACT_MASS_TEST, "mass-revocation-test",			\
	    "plan for mass revocation tested")				\
	X(RP_FACT_CPS_STATEMENT, "cps-statement",			\
	    "CPS speaks of the plan for mass revocation")		\
	X(RP_FACT_SUBSCRIBERS_WARNED, "subscribers-warned",		\
	    "subscribers warned of revocation at short notice")		\
	X(RP_FACT_AGREEMENT_TERMS, "agreement-terms",			\
	    "timely revocation is part of the agreement")		\
	X(RP_FACT_ASSESSMENT, "readiness-assessment",			\
	    "readiness for mass revocation assessed by others")		\
	X(RP_FACT_AUDIT_STATEMENT, "audit-statement",			\
	    "TLS BR audit statement")					\
	X(RP_FACT_AUDITOR_LETTER, "auditor-letter", "letter of the auditor") \
	X(RP_FACT_ARI, "ari-offered", "renewal information offered")	\
	X(RP_FACT_MICROSOFT_NOTICE, "microsoft-notice",			\
	    "Microsoft asked for the revocation")			\
	X(RP_FACT_MICROSOFT_TOLD, "microsoft-informed",			\
	    "Microsoft informed of the incident")			\
	X(RP_FACT_COURT_ORDER, "court-order",				\
	    "court order or law against the revocation")		\
	X(RP_FACT_ORDER_DISCLOSED, "order-disclosed",			\
	    "CPS and CA/Browser Forum told of the order")		\
	X(RP_FACT_ORDER_ENDED, "order-ended", "the order ended")	\
	X(RP_FACT_PRACTICE_RESTORED, "practice-restored",		\
	    "practice brought back in line with the BR")

#define RP_FACT_ENUM(name, word, text) name,
enum rp_fact_kind { RP_FACT_LIST(RP_FACT_ENUM) RP_FACT_KINDS };
#undef RP_FACT_ENUM

/* The word of the case file, the plain words; never NULL for a valid kind. */
const char *rp_fact_word(enum rp_fact_kind kind);
const char *rp_fact_text(enum rp_fact_kind kind);

enum rp_recipient { RP_TO_NOBODY, RP_TO_SUBSCRIBER, RP_TO_REPORTER };

/* Of a certificate that was issued, perhaps as a replacement. */
enum rp_issued_key {
	RP_KEY_NOT_SAID,
	RP_KEY_NEW,
	RP_KEY_SAME,		/* that of the certificate it replaces */
	RP_KEY_COMPROMISED,	/* known to the CA as compromised by then */
	RP_KEY_WEAK		/* Debian, ROCA, close primes */
};

/* Fields of a report, and parts of a plan: enum, word, plain words. */
#define RP_FIELD_LIST(X)						\
	X(RP_FIELD_SUMMARY, "summary", "summary")			\
	X(RP_FIELD_IMPACT, "impact", "impact")				\
	X(RP_FIELD_TIMELINE, "timeline", "timeline")			\
	X(RP_FIELD_RELATED, "related-incidents", "related incidents")	\
	X(RP_FIELD_ROOT_CAUSE, "root-cause", "root cause analysis")	\
	X(RP_FIELD_LESSONS, "lessons", "lessons learned")		\
	X(RP_FIELD_ACTION_ITEMS, "action-items", "action items")	\
	X(RP_FIELD_APPENDIX, "appendix", "appendix")			\
	X(RP_FIELD_MARKDOWN, "markdown", "Markdown in the text of the bug") \
	X(RP_FIELD_FREE_STANDING, "free-standing",			\
	    "free-standing text")					\
	X(RP_FIELD_UTC, "utc-times", "times in UTC or with an offset")	\
	X(RP_FIELD_AFFECTED, "affected", "certificates known as affected") \
	X(RP_FIELD_CONTAINMENT, "containment", "contained or ongoing")	\
	X(RP_FIELD_CORRECTIONS, "corrections",				\
	    "corrections of earlier statements explained")		\
	X(RP_FIELD_ISSUANCE, "issuance", "whether issuance stopped")	\
	X(RP_FIELD_HEURISTIC, "heuristic",				\
	    "how all affected certificates were found")			\
	X(RP_FIELD_ANALYSIS, "analysis", "analysis of the delay")	\
	X(RP_FIELD_EXPECTED, "expected-completion",			\
	    "expected completion of the revocation")			\
	X(RP_FIELD_ACTUAL, "actual-completion",				\
	    "actual completion of the revocation")			\
	X(RP_FIELD_PREVENTION, "preventive-action",			\
	    "action item that prevents a delay")			\
	X(RP_FIELD_FIGURES, "four-figures", "the four figures")		\
	X(RP_FIELD_CSV, "csv-columns", "the prescribed columns")	\
	X(RP_FIELD_LINES, "sha256-lines", "a line a certificate")	\
	X(RP_FIELD_CLOSING, "closing-statement",			\
	    "statement that all action items are complete")		\
	X(RP_FIELD_DELAY_FINDING, "delay-finding",			\
	    "the delay listed as a finding")				\
	X(RP_FIELD_MASS_REVOCATION, "mass-revocation",			\
	    "mass revocation planning evaluated")			\
	X(RP_FIELD_THRESHOLDS, "activation", "when the plan is activated") \
	X(RP_FIELD_CONTACTS, "contacts", "contacts of the customers")	\
	X(RP_FIELD_AUTOMATION, "automation", "points of automation")	\
	X(RP_FIELD_TARGETS, "targets", "targets and timelines")		\
	X(RP_FIELD_NOTIFICATION, "notification", "ways of notification") \
	X(RP_FIELD_ROLES, "roles", "roles and responsibilities")	\
	X(RP_FIELD_TRAINING, "training", "training")			\
	X(RP_FIELD_TESTING, "testing", "testing")			\
	X(RP_FIELD_REVIEW, "review", "analysis and update after a test")

#define RP_FIELD_ENUM(name, word, text) name,
enum rp_field { RP_FIELD_LIST(RP_FIELD_ENUM) RP_FIELDS };
#undef RP_FIELD_ENUM

#define RP_FIELD_BIT(field) (UINT64_C(1) << (field))

/* The word of the case file, the plain words; never NULL for a valid field. */
const char *rp_field_word(enum rp_field field);
const char *rp_field_text(enum rp_field field);

#endif /* RP_FACT_H */
