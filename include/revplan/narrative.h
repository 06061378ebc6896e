/*
 * revplan/narrative.h - what only people can say of an incident, for reports.
 *
 * Stage 1.  Reads: instant.h quantity.h.  Read by: the writers.
 *
 * Plain data in the arena of its case.  A text that is NULL, and a list that
 * is empty, was not written yet: a draft says so, and nothing stands in for
 * it.
 */
#ifndef RP_NARRATIVE_H
#define RP_NARRATIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/instant.h"
#include "revplan/quantity.h"

/* How the incident came to light: enum, word of the case file, plain words. */
#define RP_DISCLOSURE_LIST(X)						\
	X(RP_DISCLOSURE_SELF, "self-reported", "Self Reported")		\
	X(RP_DISCLOSURE_THIRD_PARTY, "third-party-reported",		\
	    "Third Party Reported")					\
	X(RP_DISCLOSURE_AUDIT, "audit", "Audit")

#define RP_DISCLOSURE_ENUM(name, word, text) name,
enum rp_disclosure { RP_DISCLOSURE_NOT_SAID,
    RP_DISCLOSURE_LIST(RP_DISCLOSURE_ENUM) };
#undef RP_DISCLOSURE_ENUM

/* How far the identity in a certificate was validated; bits of `types`. */
enum rp_validated { RP_VALIDATED_DV, RP_VALIDATED_IV, RP_VALIDATED_OV,
    RP_VALIDATED_EV, RP_VALIDATIONS };

/* What readers expect in a timeline, and no other part of a case says. */
enum rp_expected {
	RP_EXPECTED_NOTHING,		/* an event like any other */
	RP_EXPECTED_CHANGE,		/* that contributed to a root cause */
	RP_EXPECTED_SCOPE,		/* scope and impact disclosed */
	RP_EXPECTED_SCOPE_UPDATED,
	RP_EXPECTED_RESUMED		/* issuance goes on */
};

struct rp_texts {
	size_t n;
	const char *const *text;
};

/* A factor that contributed. */
struct rp_cause {
	const char *title;		/* or NULL, as all of these */
	const char *description;
	const char *timeline;
	const char *detection;
	const char *interaction;
	const char *method;
	struct rp_origin origin;
};

struct rp_happened {
	struct rp_when at;
	const char *event;
	enum rp_expected covers;
	struct rp_origin origin;
};

struct rp_related {
	const char *bug;		/* number or address, or NULL */
	bool has_opened;
	struct rp_when opened;
	const char *how;		/* it is related */
	struct rp_origin origin;
};

struct rp_narrative {
	const char *summary;
	const char *awareness;		/* how the CA became aware */
	const char *policies;		/* instead of those of the findings */
	enum rp_disclosure source;
	const char *ccadb_id;
	bool has_began;
	struct rp_when began;		/* the non-compliance */
	bool has_ended;
	struct rp_when ended;
	uint64_t types;			/* 1 << enum rp_validated */
	const char *heuristic;		/* to find the certificates */
	const char *issuance;		/* whether it was stopped, and why */
	const char *analysis;		/* of the delay of revocation */
	const char *additional;
	size_t n_related;
	const struct rp_related *related;
	size_t n_causes;
	const struct rp_cause *cause;
	struct rp_texts well;
	struct rp_texts not_well;
	struct rp_texts lucky;
	struct rp_texts other;
	size_t n_timeline;
	const struct rp_happened *timeline;	/* in the order of the file */
	const char *remediation;
	const char *commitments;
	const char *appendix;		/* where the certificates are listed */
	struct rp_origin origin;
};

#endif /* RP_NARRATIVE_H */
