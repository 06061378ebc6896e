/*
 * rules/table_draft.c - rules that were proposed and are not in force.
 *
 * They are shown on request and never judged.
 */
#include "rules/table.h"

#define PROPOSED							\
	.document = "draft, cabforum/servercert #622",			\
	.section = "as proposed",					\
	.from = "2027-02-15", .severity = RP_MUST, .draft = true

#define UNADOPTED "the date was 2026-09-15 at first; adoption is unverified"

static const struct rp_rule rows[] = {
	{
		.id = "DRAFT-CORPUS", PROPOSED,
		.title = "All certificates searched for more of the same, 120 "
		    "hours after a report is found actionable",
		.limit = HOURS(120),
		.note = UNADOPTED,
		.terms = &TERMS{ .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS, .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "DRAFT-REVOKED", PROPOSED,
		.title = "Revoked means listed by the CRL and by OCSP at the "
		    "addresses in the certificate",
		.note = UNADOPTED,
		.terms = &TERMS{ .scope = RP_SCOPE_DUTY,
		    .profiles = RP_FOR_TLS, .keyed_on = RP_KEYED_AWARE },
	},
	{
		.id = "DRAFT-TRIAGE", PROPOSED,
		.title = "Reports found actionable or not within 24 hours; "
		    "the clock of revocation starts there",
		.limit = HOURS(24),
		.note = UNADOPTED,
		.terms = &TERMS{ .scope = RP_SCOPE_DUTY,
		    .profiles = RP_FOR_TLS, .keyed_on = RP_KEYED_NOTICE },
	},
};

const struct rp_rule_section rp_rules_draft = RP_SECTION(rows);
