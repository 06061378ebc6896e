/*
 * rules/table_status.c - what CRL and OCSP must show, 4.9.7 to 4.9.13, 4.10.1, 7.2.
 */
#include "rules/table.h"

static const struct rp_rule rows[] = {
	{
		.id = "BR-CRL-CA-v130",
		.title = "A new CRL within 24 hours of revoking a "
		    "subordinate CA certificate",
		.document = "TLS BR 1.3.0-2.0.0", .section = "4.9.7",
		.from = "2015-04-16", .until = "2024-03-15",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "its other half, a CRL every 12 months, is not "
		    "judged here",
		.terms = &TERMS{ .check = rp_check_crl,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-CRL-CA-v201",
		.title = "A new CRL within 24 hours of recording a "
		    "subordinate CA certificate as revoked",
		.document = "TLS BR 2.0.1-", .section = "4.9.7; 7.2",
		.from = "2024-03-15", .severity = RP_MUST, .limit = HOURS(24),
		.note = "its other half, a CRL every 12 months, is not "
		    "judged here",
		.terms = &TERMS{ .check = rp_check_crl,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-CRL-EE-24H",
		.title = "A new CRL within 24 hours of recording a "
		    "subscriber certificate as revoked",
		.document = "TLS BR 2.0.1-", .section = "4.9.7 item 2",
		.from = "2024-03-15", .severity = RP_MUST, .limit = HOURS(24),
		.note = "a second clock, which does not extend that of 4.9.5",
		.terms = &TERMS{ .check = rp_check_crl,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
};

const struct rp_rule_section rp_rules_status = RP_SECTION(rows);
