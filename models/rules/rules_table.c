/*
 * rules/rules_table.c - the rules, one row one rule in one range of editions.
 *
 * Sorted by id.  Only rules that are evaluated are here: each row names its
 * check function, and tests/unit/test_check.c has its verdicts.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/terms.h"

#define HOURS(n) { INT64_C(3600) * (n) }
#define DAYS(n) { INT64_C(86400) * (n) }

#define TERMS (const struct rp_rule_terms)

static const struct rp_rule rules[] = {
	{
		.id = "BR-CPR-BEGIN",
		.title = "Begin to investigate a problem report within 24 "
		    "hours",
		.document = "TLS BR 1.0-1.6.0",
		.section = "4.9.5 (13.1.3 before 1.3.0)",
		.from = "2012-07-01", .until = "2018-10-14",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "in these editions nothing had to be reported back",
		.terms = &TERMS{ .check = rp_check_begin,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "BR-CPR-PRELIM",
		.title = "Preliminary report to the reporter and to the "
		    "subscriber within 24 hours",
		.document = "TLS BR 1.6.1-",
		.section = "4.9.5 paragraph 1", .from = "2018-10-14",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "to confirm that a report has arrived is not to "
		    "report findings",
		.terms = &TERMS{ .check = rp_check_preliminary,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "BR-CPR-PUBLISHED",
		.title = "From receipt of a report to published revocation "
		    "within the limit of 4.9.1.1",
		.document = "TLS BR 1.6.1-",
		.section = "4.9.5 paragraph 2", .from = "2018-10-14",
		.severity = RP_MUST,
		.note = "the limit is the 24 hours or 5 days of the reason; "
		    "the clock stops when CRL and OCSP show the revocation",
		.terms = &TERMS{ .check = rp_check_published,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_NOTICE },
	},
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
		.from = "2024-03-15", .severity = RP_MUST,
		.limit = HOURS(24),
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
		.from = "2024-03-15", .severity = RP_MUST,
		.limit = HOURS(24),
		.note = "a second clock, which does not extend that of 4.9.5",
		.terms = &TERMS{ .check = rp_check_crl,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "BR-REV-24H-v100",
		.title = "All reasons: revoke within 24 hours (first list)",
		.document = "TLS BR 1.0.0-1.1.0", .section = "13.1.5",
		.from = "2012-07-01", .until = "2012-11-07",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "unverified: the text of these editions was not "
		    "read, item numbers are not known",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V100, .clause = "13.1.5" },
	},
	{
		.id = "BR-REV-24H-v111",
		.title = "All 15 reasons: revoke within 24 hours",
		.document = "TLS BR 1.1.1-1.6.0",
		.section = "13.1.5 (to 1.2.5); 4.9.1.1 items 1-15 "
		    "(1.3.0-1.6.0)",
		.from = "2012-11-07", .until = "2018-10-14",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "there was no tier of 5 days; the wording of 1.1.1 "
		    "to 1.2.5 is verified in part",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V111, .clause = "4.9.1.1",
		    .old_clause = "13.1.5" },
	},
	{
		.id = "BR-REV-SUBCA-v111",
		.title = "Subordinate CA certificate: revoke within 7 days "
		    "(10 reasons)",
		.document = "TLS BR 1.1.1-1.6.0",
		.section = "13.1.6; 4.9.1.2 items 1-10",
		.from = "2012-11-07", .until = "2018-10-14",
		.severity = RP_MUST, .limit = DAYS(7),
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_CA,
		    .list = RP_LIST_SUBCA_V111, .clause = "4.9.1.2",
		    .old_clause = "13.1.6" },
	},
	{
		.id = "BR-REV-SUBCA-v161",
		.title = "Subordinate CA certificate: revoke within 7 days "
		    "(9 reasons)",
		.document = "TLS BR 1.6.1-",
		.section = "4.9.1.2 items 1-9", .from = "2018-10-14",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "one tier only: a compromised key has 7 days as well",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_CA,
		    .list = RP_LIST_SUBCA_V161, .clause = "4.9.1.2" },
	},
	{
		.id = "BR-REV-T1-v161",
		.title = "First list, items 1-4: revoke within 24 hours",
		.document = "TLS BR 1.6.1-1.7.2",
		.section = "4.9.1.1 first list items 1-4",
		.from = "2018-10-14", .until = "2020-10-19",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "weak keys were in the second list, with 5 days",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V161, .clause = "4.9.1.1 first list",
		    .strict = true },
	},
	{
		.id = "BR-REV-T1-v173",
		.title = "First list, items 1-5: revoke within 24 hours",
		.document = "TLS BR 1.7.3-1.8.6",
		.section = "4.9.1.1 items 1-5", .from = "2020-10-19",
		.until = "2023-07-15", .severity = RP_MUST,
		.limit = HOURS(24), .note = "weak keys became item 4",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V173, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T1-v187",
		.title = "Items 1-5: revoke within 24 hours, with the CRL "
		    "reason of the item",
		.document = "TLS BR 1.8.7-2.0.0",
		.section = "4.9.1.1 items 1-5; 7.2.2",
		.from = "2023-07-15", .until = "2024-03-15",
		.severity = RP_MUST, .limit = HOURS(24),
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V187, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T1-v201",
		.title = "Items 1-5: revoke within 24 hours; short-lived "
		    "certificates are exempt",
		.document = "TLS BR 2.0.1-2.2.5",
		.section = "4.9.1.1 items 1-5", .from = "2024-03-15",
		.until = "2026-03-31", .severity = RP_MUST,
		.limit = HOURS(24),
		.note = "certificates count as not short-lived",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V187, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T1-v226",
		.title = "Items 1-5: revoke within 24 hours; item 5 names "
		    "CAA failures",
		.document = "TLS BR 2.2.6-",
		.section = "4.9.1.1 items 1-5", .from = "2026-03-31",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "certificates count as not short-lived",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_TLS_V187, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T2-24H",
		.title = "Reasons with 5 days: revoke within 24 hours if "
		    "possible",
		.document = "TLS BR 1.6.1-", .section = "4.9.1.1",
		.from = "2018-10-14", .severity = RP_SHOULD,
		.limit = HOURS(24),
		.note = "a recommendation, never a violation by itself",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_TLS_V187, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T2-v161",
		.title = "Second list, items 1-11: revoke within 5 days",
		.document = "TLS BR 1.6.1-1.8.4",
		.section = "4.9.1.1 second list items 1-11",
		.from = "2018-10-14", .until = "2022-11-30",
		.severity = RP_MUST, .limit = DAYS(5),
		.note = "the second list counted from 1 again",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_TLS_V161, .clause = "4.9.1.1 second list",
		    .strict = true },
	},
	{
		.id = "BR-REV-T2-v185",
		.title = "Items 6-16: revoke within 5 days",
		.document = "TLS BR 1.8.5-1.8.6",
		.section = "4.9.1.1 items 6-16", .from = "2022-11-30",
		.until = "2023-07-15", .severity = RP_MUST,
		.limit = DAYS(5),
		.note = "the same reasons, numbered through: 7 became 12",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_TLS_V185, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T2-v187",
		.title = "Items 6-16: revoke within 5 days, with the CRL "
		    "reason of the item",
		.document = "TLS BR 1.8.7-2.0.0",
		.section = "4.9.1.1 items 6-16; 7.2.2",
		.from = "2023-07-15", .until = "2024-03-15",
		.severity = RP_MUST, .limit = DAYS(5),
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_TLS_V187, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "BR-REV-T2-v201",
		.title = "Items 6-16: revoke within 5 days; short-lived "
		    "certificates are exempt",
		.document = "TLS BR 2.0.1-",
		.section = "4.9.1.1 items 6-16", .from = "2024-03-15",
		.severity = RP_MUST, .limit = DAYS(5),
		.note = "certificates count as not short-lived",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_TLS_V187, .clause = "4.9.1.1",
		    .strict = true },
	},
	{
		.id = "CCADB-SUBCA-7D",
		.title = "CCADB record of a revoked subordinate CA "
		    "certificate within 7 days",
		.document = "CCADB Policy 1.2-",
		.section = "4 (1.2-1.3.1); 3.2 (2.0-)",
		.from = "2023-02-15", .severity = RP_MUST,
		.limit = DAYS(7),
		.note = "calendar days, counted as 86,400 s each",
		.terms = &TERMS{ .check = rp_check_ccadb,
		    .scope = RP_SCOPE_CA,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "CS-REV-T1",
		.title = "Code signing, items 1-6: revoke within 24 hours",
		.document = "CS BR 3.3-", .section = "4.9.1.1 items 1-6",
		.from = "2023-06-29", .severity = RP_MUST,
		.limit = HOURS(24),
		.note = "a supplier of application software may ask for a "
		    "delay",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER,
		    .profiles = RP_FOR_CODE_SIGNING,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_CODE_SIGNING, .clause = "4.9.1.1" },
	},
	{
		.id = "CS-REV-T2",
		.title = "Code signing, items 7-14: revoke within 5 days",
		.document = "CS BR 3.3-", .section = "4.9.1.1 items 7-14",
		.from = "2023-06-29", .severity = RP_MUST,
		.limit = DAYS(5),
		.note = "a supplier of application software may ask for a "
		    "delay",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER,
		    .profiles = RP_FOR_CODE_SIGNING,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_CODE_SIGNING, .clause = "4.9.1.1" },
	},
	{
		.id = "CS-REV-T2-24H",
		.title = "Code signing, reasons with 5 days: revoke within "
		    "24 hours if possible",
		.document = "CS BR 3.3-", .section = "4.9.1.1",
		.from = "2023-06-29", .severity = RP_SHOULD,
		.limit = HOURS(24),
		.note = "a recommendation, never a violation by itself",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER,
		    .profiles = RP_FOR_CODE_SIGNING,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_CODE_SIGNING, .clause = "4.9.1.1" },
	},
	{
		.id = "IRG10-2W",
		.title = "Incident report within two weeks of the first "
		    "report of the issue",
		.document = "CCADB IRG 1.0", .section = "Incident Reports",
		.from = "2023-02-15", .until = "2023-10-17",
		.severity = RP_SHOULD, .limit = DAYS(14),
		.terms = &TERMS{ .check = rp_check_two_weeks,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "IRG10-WEEKLY",
		.title = "Progress posted weekly unless a next update is "
		    "agreed",
		.document = "CCADB IRG 1.0",
		.section = "Incident Reports (sentence added 2023-05-02)",
		.from = "2023-05-02", .until = "2023-10-17",
		.severity = RP_SHOULD, .limit = DAYS(7),
		.terms = &TERMS{ .check = rp_check_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG20-72H",
		.title = "First report within 72 hours of becoming aware",
		.document = "CCADB IRG 2.0", .section = "Incident Reports",
		.from = "2023-10-17", .until = "2025-03-01",
		.severity = RP_SHOULD, .limit = HOURS(72),
		.note = "a lower-case should",
		.terms = &TERMS{ .check = rp_check_first_report,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE },
	},
	{
		.id = "IRG20-FULL",
		.title = "Full report within two weeks, questions answered "
		    "within one, weekly updates",
		.document = "CCADB IRG 2.0", .section = "Incident Reports",
		.from = "2023-10-17", .until = "2025-03-01",
		.severity = RP_EXPECTED, .limit = DAYS(14),
		.note = "a lower-case must; two weeks of the incident are "
		    "counted from awareness",
		.terms = &TERMS{ .check = rp_check_irg20,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE },
	},
	{
		.id = "IRG30-72H",
		.title = "Preliminary or full report within 72 hours of "
		    "becoming aware",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports expected",
		.from = "2025-03-01", .severity = RP_MUST,
		.limit = HOURS(72),
		.note = "elapsed hours, weekends count",
		.terms = &TERMS{ .check = rp_check_first_report,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE },
	},
	{
		.id = "IRG30-DELAY-3D",
		.title = "Delayed revocation: update every 3 days",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated",
		.from = "2025-03-01", .severity = RP_SHOULD,
		.limit = DAYS(3),
		.terms = &TERMS{ .check = rp_check_delay_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-DELAY-7D",
		.title = "Delayed revocation: update at least every 7 days "
		    "with four figures",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated",
		.from = "2025-03-01", .severity = RP_MUST,
		.limit = DAYS(7),
		.note = "an agreed next update does not lift it (a reading "
		    "of ours); posts are counted, their figures are not read",
		.terms = &TERMS{ .check = rp_check_delay_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-DELAY-SEP",
		.title = "Separate report when a revocation deadline is "
		    "missed, within 72 hours",
		.document = "CCADB IRG 3.0-",
		.section = "How are reports scoped", .from = "2025-03-01",
		.severity = RP_MUST, .limit = HOURS(72),
		.note = "one late certificate is enough",
		.terms = &TERMS{ .check = rp_check_delay_report,
		    .scope = RP_SCOPE_DUTY,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_DEADLINE },
	},
	{
		.id = "IRG30-FULL-14D",
		.title = "Full report within 14 days of the first disclosure",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports expected",
		.from = "2025-03-01", .severity = RP_MUST,
		.limit = DAYS(14),
		.note = "counted from disclosure, not from awareness",
		.terms = &TERMS{ .check = rp_check_fourteen_days,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_DISCLOSED },
	},
	{
		.id = "IRG30-Q7D",
		.title = "Every question answered within 7 days",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated",
		.from = "2025-03-01", .severity = RP_MUST,
		.limit = DAYS(7),
		.note = "an acknowledgement with a date is enough",
		.terms = &TERMS{ .check = rp_check_questions,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-UPD7D",
		.title = "Open report updated by the next update agreed, or "
		    "within 7 days",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated",
		.from = "2025-03-01", .severity = RP_MUST,
		.limit = DAYS(7),
		.terms = &TERMS{ .check = rp_check_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "SMIME-CPR-PRELIM",
		.title = "S/MIME: preliminary report to the reporter and to "
		    "the subscriber within 24 hours",
		.document = "S/MIME BR 1.0.0-",
		.section = "4.9.5 paragraph 1", .from = "2023-09-01",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "to confirm that a report has arrived is not to "
		    "report findings",
		.terms = &TERMS{ .check = rp_check_preliminary,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "SMIME-CPR-PUBLISHED",
		.title = "S/MIME: from receipt of a report to published "
		    "revocation within the limit of 4.9.1.1",
		.document = "S/MIME BR 1.0.0-",
		.section = "4.9.5 paragraph 2", .from = "2023-09-01",
		.severity = RP_MUST,
		.note = "the limit is the 24 hours or 5 days of the reason",
		.terms = &TERMS{ .check = rp_check_published,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "SMIME-REV-SUBCA",
		.title = "S/MIME: subordinate CA certificate: revoke within "
		    "7 days",
		.document = "S/MIME BR 1.0.0-", .section = "4.9.1.2",
		.from = "2023-09-01", .severity = RP_MUST,
		.limit = DAYS(7),
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_CA, .profiles = RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_CA,
		    .list = RP_LIST_SMIME_SUBCA, .clause = "4.9.1.2" },
	},
	{
		.id = "SMIME-REV-T1",
		.title = "S/MIME, items 1-5: revoke within 24 hours",
		.document = "S/MIME BR 1.0.0-",
		.section = "4.9.1.1 items 1-5", .from = "2023-09-01",
		.severity = RP_MUST, .limit = HOURS(24),
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_1,
		    .list = RP_LIST_SMIME, .clause = "4.9.1.1", .strict = true,
		},
	},
	{
		.id = "SMIME-REV-T2",
		.title = "S/MIME, items 6-15: revoke within 5 days",
		.document = "S/MIME BR 1.0.0-",
		.section = "4.9.1.1 items 6-15", .from = "2023-09-01",
		.severity = RP_MUST, .limit = DAYS(5),
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_SMIME, .clause = "4.9.1.1", .strict = true,
		},
	},
	{
		.id = "SMIME-REV-T2-24H",
		.title = "S/MIME, reasons with 5 days: revoke within 24 "
		    "hours if possible",
		.document = "S/MIME BR 1.0.0-", .section = "4.9.1.1",
		.from = "2023-09-01", .severity = RP_SHOULD,
		.limit = HOURS(24),
		.note = "a recommendation, never a violation by itself",
		.terms = &TERMS{ .check = rp_check_revocation,
		    .scope = RP_SCOPE_SUBSCRIBER, .profiles = RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE, .tier = RP_TIER_2,
		    .list = RP_LIST_SMIME, .clause = "4.9.1.1", .strict = true,
		},
	},
	{
		.id = "WIKI-DELAY",
		.title = "A decision to delay revocation disclosed before "
		    "the deadline",
		.document = "Mozilla wiki",
		.section = "Responding To An Incident, Revocation",
		.from = "2019-02-01", .until = "2025-03-01",
		.severity = RP_EXPECTED,
		.note = "best practice; the first day is approximate",
		.terms = &TERMS{ .check = rp_check_delay_decision,
		    .scope = RP_SCOPE_DUTY,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_DEADLINE },
	},
	{
		.id = "WIKI-REPORT-2W",
		.title = "Incident report within two weeks of the first "
		    "report of the issue",
		.document = "Mozilla wiki",
		.section = "Responding To An Incident, Incident Report",
		.from = "2017-08-15", .until = "2023-09-01",
		.severity = RP_EXPECTED, .limit = DAYS(14),
		.note = "best practice",
		.terms = &TERMS{ .check = rp_check_two_weeks,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_NOTICE },
	},
	{
		.id = "WIKI-UPDATE-WEEKLY",
		.title = "Progress posted at least weekly unless a next "
		    "update is agreed",
		.document = "Mozilla wiki",
		.section = "Responding To An Incident, Keeping Us Informed",
		.from = "2019-02-01", .until = "2023-09-01",
		.severity = RP_EXPECTED, .limit = DAYS(7),
		.note = "best practice; the first day is approximate",
		.terms = &TERMS{ .check = rp_check_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
};

const struct rp_rule *
rp_rules(size_t *n)
{
	*n = sizeof(rules) / sizeof(rules[0]);
	return rules;
}

static int
by_id(const void *id, const void *rule)
{
	return strcmp(id, ((const struct rp_rule *)rule)->id);
}

const struct rp_rule *
rp_rule_find(const char *id)
{
	return bsearch(id, rules, sizeof(rules) / sizeof(rules[0]),
	    sizeof(rules[0]), by_id);
}

const char *
rp_severity_word(enum rp_severity severity)
{
	static const char *const words[] = {
		[RP_MUST] = "MUST",
		[RP_MUST_NOT] = "MUST NOT",
		[RP_SHOULD] = "SHOULD",
		[RP_MAY] = "MAY",
		[RP_EXPECTED] = "EXPECTED",
	};

	return words[severity];
}
