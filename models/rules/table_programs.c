/*
 * rules/table_programs.c - mass revocation planning and the root programs.
 */
#include "rules/table.h"

static const struct rp_rule rows[] = {
	{
		.id = "CCADB-SUBCA-7D",
		.title = "CCADB record of a revoked subordinate CA "
		    "certificate within 7 days",
		.document = "CCADB Policy 1.2-",
		.section = "4 (1.2-1.3.1); 3.2 (2.0-)", .from = "2023-02-15",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "calendar days, counted as 86,400 s each",
		.terms = &TERMS{ .check = rp_check_ccadb,
		    .scope = RP_SCOPE_CA,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_RECORDED },
	},
};

const struct rp_rule_section rp_rules_programs = RP_SECTION(rows);
