/*
 * rules/table_issuance.c - what may be issued: 4.2.1, 6.1.1.3, 6.3.2.
 */
#include "rules/table.h"

static const struct rp_rule rows[] = {
	/* ---- keys ---- */
	{
		.id = "BR-KEY-REPLACED",
		.title = "Where the key was the fault, what replaces the "
		    "certificate has a new one",
		.document = "TLS BR 1.3.0-", .section = "6.1.1.3; 6.1.5; 6.1.6",
		.from = "2015-04-16", .severity = RP_MUST,
		.note = "interp.: that such keys are refused, applied to "
		    "replacements",
		.terms = &TERMS{ .check = rp_check_key_replaced,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-KEY-REUSE-v173",
		.title = "No certificate for a key that the CA knows as "
		    "compromised",
		.document = "TLS BR 1.7.3-2.0.4", .section = "6.1.1.3 item 4",
		.from = "2020-10-19", .until = "2024-07-01",
		.severity = RP_MUST,
		.note = "however the CA came to know",
		.terms = &TERMS{ .check = rp_check_key_reuse,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-KEY-REUSE-v205",
		.title = "No certificate for a key that was reported as "
		    "compromised",
		.document = "TLS BR 2.0.5-", .section = "6.1.1.3 item 4",
		.from = "2024-07-01", .severity = RP_MUST,
		.note = "by the CA's own procedure; a certificate revoked as "
		    "keyCompromise by mistake counts as well",
		.terms = &TERMS{ .check = rp_check_key_reuse,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED, .anchor = RP_ANCHOR_NOTICE },
	},
	{
		.id = "BR-KEY-WEAK",
		.title = "No certificate for a weak key: Debian, ROCA, close "
		    "primes",
		.document = "TLS BR 2.0.5-", .section = "6.1.1.3 item 5",
		.from = "2024-11-15", .severity = RP_MUST,
		.terms = &TERMS{ .check = rp_check_key_weak,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "MRSP-KEY-ALLSUBS",
		.title = "Mozilla: once possession of a key is proven, all "
		    "certificates with it are revoked within 24 hours, "
		    "whoever has them",
		.document = "MRSP 2.8-2.8.1", .section = "6.1.1",
		.from = "2022-10-01", .until = "2023-09-01",
		.severity = RP_MUST, .limit = HOURS(24),
		.terms = &TERMS{ .check = rp_check_key_everywhere,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT },
	},
	/* ---- validity ---- */
	{
		.id = "BR-VALID-100",
		.title = "Valid for 100 days at most, 99 recommended",
		.document = "TLS BR 2.1.5-", .section = "6.3.2",
		.from = "2027-03-15", .until = "2029-03-15",
		.severity = RP_MUST, .limit = DAYS(100),
		.note = "both ends count",
		.terms = &TERMS{ .check = rp_check_validity,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-VALID-200",
		.title = "Valid for 200 days at most, 199 recommended",
		.document = "TLS BR 2.1.5-", .section = "6.3.2",
		.from = "2026-03-15", .until = "2027-03-15",
		.severity = RP_MUST, .limit = DAYS(200),
		.note = "both ends count",
		.terms = &TERMS{ .check = rp_check_validity,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-VALID-398",
		.title = "Valid for 398 days at most, 397 recommended",
		.document = "TLS BR 1.7.1-", .section = "6.3.2",
		.from = "2020-09-01", .until = "2026-03-15",
		.severity = RP_MUST, .limit = DAYS(398),
		.note = "both ends count",
		.terms = &TERMS{ .check = rp_check_validity,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-VALID-47",
		.title = "Valid for 47 days at most, 46 recommended",
		.document = "TLS BR 2.1.5-", .section = "6.3.2",
		.from = "2029-03-15", .severity = RP_MUST, .limit = DAYS(47),
		.note = "both ends count",
		.terms = &TERMS{ .check = rp_check_validity,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-VALID-825",
		.title = "Valid for 825 days at most",
		.document = "TLS BR 1.4.4-", .section = "6.3.2",
		.from = "2018-03-01", .until = "2020-09-01",
		.severity = RP_MUST, .limit = DAYS(825),
		.note = "the text has 'after' that day",
		.terms = &TERMS{ .check = rp_check_validity,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	/* ---- validations used again ---- */
	{
		.id = "BR-DCV-10",
		.title = "A validation of the domain is used for 10 days at "
		    "most",
		.document = "TLS BR 2.1.5-", .section = "4.2.1",
		.from = "2029-03-15", .severity = RP_MUST, .limit = DAYS(10),
		.terms = &TERMS{ .check = rp_check_domain,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-DCV-100",
		.title = "A validation of the domain is used for 100 days at "
		    "most",
		.document = "TLS BR 2.1.5-", .section = "4.2.1",
		.from = "2027-03-15", .until = "2029-03-15",
		.severity = RP_MUST, .limit = DAYS(100),
		.terms = &TERMS{ .check = rp_check_domain,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-DCV-200",
		.title = "A validation of the domain is used for 200 days at "
		    "most",
		.document = "TLS BR 2.1.5-", .section = "4.2.1",
		.from = "2026-03-15", .until = "2027-03-15",
		.severity = RP_MUST, .limit = DAYS(200),
		.terms = &TERMS{ .check = rp_check_domain,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-DCV-398",
		.title = "A validation of the domain is used for 398 days at "
		    "most",
		.document = "TLS BR 1.7.5-", .section = "4.2.1",
		.from = "2021-10-01", .until = "2026-03-15",
		.severity = RP_MUST, .limit = DAYS(398),
		.note = "825 days from 2018-03-01, 39 months before",
		.terms = &TERMS{ .check = rp_check_domain,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-SII-398",
		.title = "A validation of the subject's identity is used for "
		    "398 days at most",
		.document = "TLS BR 2.1.5-", .section = "4.2.1",
		.from = "2026-03-15", .severity = RP_MUST, .limit = DAYS(398),
		.note = "825 days before; for EV its guidelines hold besides",
		.terms = &TERMS{ .check = rp_check_identity,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
};

const struct rp_rule_section rp_rules_issuance = RP_SECTION(rows);
