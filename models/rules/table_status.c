/*
 * rules/table_status.c - what CRL and OCSP must show: 4.9.7 to 4.9.13, 4.10.1,
 * 7.2.
 */
#include "rules/series.h"
#include "rules/table.h"

static const struct rp_rule rows[] = {
	/* ---- CRL ---- */
	{
		.id = "BR-CRL-CA-v130",
		.title = "A new CRL within 24 hours of revoking a "
		    "subordinate CA certificate, and every 12 months",
		.document = "TLS BR 1.3.0-2.0.0", .section = "4.9.7",
		.from = "2015-04-16", .until = "2024-03-15",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "12 months are calendar months (interp.)",
		.terms = &TERMS{ .check = rp_check_status_ca,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED, .series = &rp_crl_ca },
	},
	{
		.id = "BR-CRL-CA-v201",
		.title = "A new CRL within 24 hours of recording a "
		    "subordinate CA certificate as revoked, and every 12 "
		    "months",
		.document = "TLS BR 2.0.1-", .section = "4.9.7; 7.2",
		.from = "2024-03-15", .severity = RP_MUST, .limit = HOURS(24),
		.note = "12 months are calendar months (interp.)",
		.terms = &TERMS{ .check = rp_check_status_ca,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED, .series = &rp_crl_ca },
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
	{
		.id = "BR-CRL-EE-PERIOD-v130",
		.title = "A CRL for subscriber certificates, if there is "
		    "one, every 7 days, nextUpdate within 10 days",
		.document = "TLS BR 1.3.0-2.0.0",
		.section = "4.9.7 (13.2.2 before)",
		.from = "2015-04-16", .until = "2024-03-15",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "no rule of these editions puts a revocation on a "
		    "CRL at once",
		.terms = &TERMS{ .check = rp_check_series,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_STATUS, .series = &rp_crl_ee_v130 },
	},
	{
		.id = "BR-CRL-EE-PERIOD-v201",
		.title = "A CRL for subscriber certificates every 7 days, "
		    "every 4 where one of them lacks OCSP, nextUpdate within "
		    "10 days",
		.document = "TLS BR 2.0.1-",
		.section = "4.9.7; 7.2 (nextUpdate)",
		.from = "2024-03-15", .severity = RP_MUST, .limit = DAYS(7),
		.note = "between 4 and 7 days it has to be known whether all "
		    "certificates point to OCSP",
		.terms = &TERMS{ .check = rp_check_series,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_STATUS, .series = &rp_crl_ee_v201 },
	},
	{
		.id = "BR-CRL-FIRST",
		.title = "The first CRL within 24 hours of the first "
		    "certificate",
		.document = "TLS BR 2.0.1-", .section = "4.9.7 paragraph 2",
		.from = "2024-03-15", .severity = RP_MUST, .limit = HOURS(24),
		.note = "7.2 allows 7 days for the same; the stricter one is "
		    "applied",
		.terms = &TERMS{ .check = rp_check_once,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT, .anchor = RP_ANCHOR_FACT,
		    .starts = RP_FACT_FIRST_ISSUANCE, .ends = RP_FACT_CRL },
	},
	/* ---- OCSP ---- */
	{
		.id = "BR-OCSP-15MIN",
		.title = "OCSP knows a certificate 15 minutes after it was "
		    "published",
		.document = "TLS BR 2.1.0-", .section = "4.9.9",
		.from = "2025-01-15", .severity = RP_MUST,
		.limit = { INT64_C(15) * 60 },
		.note = "where the certificate points to OCSP; its "
		    "precertificate counts as well",
		.terms = &TERMS{ .check = rp_check_ocsp_known,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_ISSUED },
	},
	{
		.id = "BR-OCSP-CA",
		.title = "OCSP for CA certificates within 24 hours of a "
		    "revocation, and every 12 months",
		.document = "TLS BR 1.3.0-",
		.section = "4.9.10; 4.9.9 (2.1.0-)",
		.from = "2015-04-16", .severity = RP_MUST, .limit = HOURS(24),
		.note = "where OCSP is offered for them; 12 months are "
		    "calendar months (interp.)",
		.terms = &TERMS{ .check = rp_check_status_ca,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED, .series = &rp_ocsp_ca },
	},
	{
		.id = "BR-OCSP-EE-v130",
		.title = "OCSP for subscriber certificates updated every 4 "
		    "days, nextUpdate within 10 days",
		.document = "TLS BR 1.3.0-1.7.0", .section = "4.9.10",
		.from = "2015-04-16", .until = "2020-09-30",
		.severity = RP_MUST, .limit = DAYS(4),
		.terms = &TERMS{ .check = rp_check_series,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_STATUS, .series = &rp_ocsp_ee_v130 },
	},
	{
		.id = "BR-OCSP-EE-v171",
		.title = "OCSP responses valid for 8 hours to 10 days and "
		    "renewed in good time, after 4 days at the latest",
		.document = "TLS BR 1.7.1-",
		.section = "4.9.10 (to 2.0.9); 4.9.9 (2.1.0-)",
		.from = "2020-09-30", .severity = RP_MUST, .limit = DAYS(4),
		.note = "both ends of the interval count (interp.); from "
		    "2024-03-15 only for certificates that point to OCSP",
		.terms = &TERMS{ .check = rp_check_series,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_STATUS, .series = &rp_ocsp_ee_v171 },
	},
	{
		.id = "MS-OCSP-7D",
		.title = "Microsoft: OCSP responses valid for 8 hours to 7 "
		    "days and renewed in good time",
		.document = "Microsoft TRP 1.0-", .section = "3.2.2",
		.from = "2025-10-13", .severity = RP_MUST, .limit = DAYS(7),
		.note = "the date from which it holds is that of edition 1.0; "
		    "earlier dates are unverified",
		.terms = &TERMS{ .check = rp_check_series,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_STATUS,
		    .series = &rp_ocsp_microsoft },
	},
	/* ---- entries that must stay ---- */
	{
		.id = "BR-RETAIN-EXPIRY",
		.title = "The entry of a revocation stays until the "
		    "certificate has expired",
		.document = "TLS BR 1.3.0-",
		.section = "4.10.1 (13.2.4 before)", .from = "2015-04-16",
		.severity = RP_MUST_NOT,
		.terms = &TERMS{ .check = rp_check_retained,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EXPIRY },
	},
	{
		.id = "BR-RETAIN-ONECRL",
		.title = "The entry of a revocation stays on one more CRL "
		    "after the certificate has expired",
		.document = "TLS BR 2.0.1-; RFC 5280",
		.section = "7.2; 3.3 of RFC 5280",
		.from = "2024-03-15", .severity = RP_MUST,
		.note = "to drop it after that is recommended, and no "
		    "un-revocation",
		.terms = &TERMS{ .check = rp_check_retained_once,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EXPIRY },
	},
	/* ---- reasons of entries ---- */
	{
		.id = "BR-DATE-BACK",
		.title = "revocationDate is not before the revocation, save "
		    "for compromise of the key",
		.document = "TLS BR 1.8.7-", .section = "7.2.2",
		.from = "2023-07-15", .severity = RP_EXPECTED,
		.note = "interp.: only for compromise of the key is an "
		    "earlier date foreseen",
		.terms = &TERMS{ .check = rp_check_dated,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_STATUS },
	},
	{
		.id = "BR-NO-SUSPEND",
		.title = "No certificate is suspended: no certificateHold",
		.document = "TLS BR 1.1.1-",
		.section = "4.9.13; 7.2.2 (1.7.1-)",
		.from = "2012-11-07", .severity = RP_MUST_NOT,
		.note = "the beginning in 2012 is from a summary by others",
		.terms = &TERMS{ .check = rp_check_suspended,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-REASON-CA",
		.title = "The entry of a CA certificate has a reason, and "
		    "not 0",
		.document = "TLS BR 1.7.1-", .section = "7.2.2; 7.3",
		.from = "2020-09-30", .severity = RP_MUST,
		.note = "in OCSP as well; CCADB Policy 3.2 asks for the same "
		    "from 2025-07-15",
		.terms = &TERMS{ .check = rp_check_reason_ca,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-REASON-EE",
		.title = "The entry of a subscriber certificate has reason "
		    "1, 3, 4, 5, 9 or none",
		.document = "TLS BR 1.8.7-", .section = "7.2.2",
		.from = "2023-07-15", .severity = RP_MUST,
		.note = "entries of earlier revocations need no change",
		.terms = &TERMS{ .check = rp_check_reason_ee,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-REASON-MAP",
		.title = "The reason of the entry is that of the item for "
		    "which the certificate was revoked",
		.document = "TLS BR 1.8.7-", .section = "4.9.1.1",
		.from = "2023-07-15", .severity = RP_MUST,
		.note = "a subscriber that names a reason itself has no item "
		    "of its own",
		.terms = &TERMS{ .check = rp_check_reason_map,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-REASON-UPGRADE",
		.title = "A key proven to be compromised later makes the "
		    "reason keyCompromise",
		.document = "TLS BR 1.8.7-", .section = "7.2.2",
		.from = "2023-07-15", .severity = RP_SHOULD,
		.note = "no time is set; the same is in MRSP 2.8 from "
		    "2022-10-01",
		.terms = &TERMS{ .check = rp_check_upgrade,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT },
	},
	{
		.id = "BR-REASON-ZERO",
		.title = "Reason 0 is expressed by leaving the reasonCode "
		    "out",
		.document = "TLS BR 1.7.1-", .section = "7.2.2",
		.from = "2020-09-30", .severity = RP_MUST,
		.note = "RFC 5280, 5.3.1, recommends it",
		.terms = &TERMS{ .check = rp_check_reason_zero,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "MRSP-REASON-2022",
		.title = "Mozilla: the entry of a subscriber certificate has "
		    "reason 1, 3, 4, 5 or 9 as the case may be, or none",
		.document = "MRSP 2.8-2.8.1", .section = "6.1.1",
		.from = "2022-10-01", .until = "2023-09-01",
		.severity = RP_MUST,
		.note = "the situations are read as the items of BR 1.8.7 "
		    "(interp.)",
		.terms = &TERMS{ .check = rp_check_reason_mozilla,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
};

const struct rp_rule_section rp_rules_status = RP_SECTION(rows);
