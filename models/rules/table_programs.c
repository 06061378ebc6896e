/*
 * rules/table_programs.c - mass revocation planning and the root programs.
 */
#include "rules/table.h"

#define PLAN_ELEMENTS (RP_FIELD_BIT(RP_FIELD_THRESHOLDS) | \
    RP_FIELD_BIT(RP_FIELD_CONTACTS) | RP_FIELD_BIT(RP_FIELD_AUTOMATION) | \
    RP_FIELD_BIT(RP_FIELD_TARGETS) | RP_FIELD_BIT(RP_FIELD_NOTIFICATION) | \
    RP_FIELD_BIT(RP_FIELD_ROLES) | RP_FIELD_BIT(RP_FIELD_TRAINING) | \
    RP_FIELD_BIT(RP_FIELD_TESTING) | RP_FIELD_BIT(RP_FIELD_REVIEW))

static const struct rp_rule rows[] = {
	{
		.id = "APPLE-IRG",
		.title = "Apple: incidents are reported as the CCADB "
		    "guidelines ask, first within 72 hours",
		.document = "Apple RPP 2.0-", .section = "3",
		.from = "2026-08-01", .severity = RP_MUST,
		.limit = HOURS(72),
		.note = "the first clock of the guidelines; the others are "
		    "judged by their own rules",
		.terms = &TERMS{ .check = rp_check_once,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE,
		    .anchor = RP_ANCHOR_AWARE,
		    .ends = RP_FACT_INCIDENT_DISCLOSED },
	},
	{
		.id = "BR-CPR-24x7",
		.title = "Problem reports can be handed in around the clock",
		.document = "TLS BR 1.6.1-", .section = "4.9.3",
		.from = "2018-10-14", .severity = RP_MUST,
		.note = "an outage breaks it from its first second; before "
		    "1.6.1 the place of the instructions was not named",
		.terms = &TERMS{ .check = rp_check_intake,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT },
	},
	{
		.id = "BR-LAW-9163",
		.title = "Law against a revocation: disclosed at once, undone "
		    "within 90 days of its end",
		.document = "TLS BR", .section = "9.16.3",
		.from = "2016-11-27", .severity = RP_MUST, .limit = DAYS(90),
		.note = "at once is no number, so only whether it was "
		    "disclosed is judged; it excuses only certificates under "
		    "that law; read in 2.2.6, the first day is that of "
		    "ballot 174",
		.terms = &TERMS{ .check = rp_check_court_order,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT },
	},
	{
		.id = "BR-MRP-CPS",
		.title = "CPS speaks of the plan for mass revocation, its "
		    "yearly test and improvement",
		.document = "TLS BR 2.1.7-", .section = "5.7.1.2",
		.from = "2025-12-01", .severity = RP_MUST,
		.terms = &TERMS{ .check = rp_check_once,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_TODAY,
		    .anchor = RP_ANCHOR_RULE,
		    .ends = RP_FACT_CPS_STATEMENT },
	},
	{
		.id = "BR-MRP-PLAN",
		.title = "Plan for mass revocation with its nine elements",
		.document = "TLS BR 2.1.7-", .section = "5.7.1.2",
		.from = "2025-08-25", .severity = RP_MUST,
		.note = "the plan itself is shown to auditors only",
		.terms = &TERMS{ .check = rp_check_mass_plan,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_TODAY, .needs = PLAN_ELEMENTS },
	},
	{
		.id = "BR-MRP-TEST",
		.title = "Plan for mass revocation tested every year",
		.document = "TLS BR 2.1.7-", .section = "5.7.1.2 item 8",
		.from = "2025-08-25", .severity = RP_MUST,
		.note = "by the end of the same day of the next year; no first "
		    "date is named, so it is taken to be the first "
		    "anniversary of the rule (a reading of ours), and tests "
		    "before the rule do not count",
		.terms = &TERMS{ .check = rp_check_mass_test,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_TODAY },
	},
	{
		.id = "CCADB-CRL-URL-v20",
		.title = "Addresses of CRLs in the CCADB within 7 days of the "
		    "first certificate",
		.document = "CCADB Policy 2.0", .section = "6.2",
		.from = "2025-07-15", .until = "2026-03-20",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "several addresses are taken in the order of their "
		    "facts",
		.terms = &TERMS{ .check = rp_check_crl_url,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_EVENT,
		    .starts = RP_FACT_FIRST_ISSUANCE },
	},
	{
		.id = "CCADB-CRL-URL-v21",
		.title = "Address of each CRL in the CCADB 7 days after the "
		    "first certificate or 4 hours after the first revocation",
		.document = "CCADB Policy 2.1-", .section = "6.2",
		.from = "2026-03-20", .severity = RP_MUST, .limit = DAYS(7),
		.note = "the earlier of both; several addresses are taken in "
		    "the order of their facts",
		.terms = &TERMS{ .check = rp_check_crl_url,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_EVENT,
		    .starts = RP_FACT_FIRST_REVOCATION },
	},
	{
		.id = "CCADB-SUBCA-7D",
		.title = "CCADB record of a revoked subordinate CA "
		    "certificate within 7 days",
		.document = "CCADB Policy 1.2-",
		.section = "4 (1.2-1.3.1); 3.2 (2.0-)", .from = "2023-02-15",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "calendar days, counted as 86,400 s each; from "
		    "2018-09-17 the policy asked for 24 hours after a security "
		    "incident and 7 days otherwise, which is not judged; "
		    "Microsoft allows 30 days",
		.terms = &TERMS{ .check = rp_check_ccadb,
		    .scope = RP_SCOPE_CA,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_RECORDED },
	},
	{
		.id = "CHROME-14",
		.title = "Chrome: report within 7 days, 24 hours where the "
		    "key of a CA is concerned; questions within 7 days",
		.document = "Chrome RPP 1.4", .section = "7",
		.from = "2023-03-03", .until = "2024-01-16",
		.severity = RP_EXPECTED, .limit = DAYS(7),
		.note = "a lower-case must; calendar days, counted as 86,400 s "
		    "each; which incidents have 24 hours is told by the "
		    "reason and the kind of certificate (a reading of ours)",
		.terms = &TERMS{ .check = rp_check_chrome_14,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE },
	},
	{
		.id = "CHROME-ARI",
		.title = "Chrome: whoever offers ACME offers renewal "
		    "information",
		.document = "Chrome RPP 1.8-", .section = "1.3.3.1.1",
		.from = "2026-02-05", .severity = RP_MUST,
		.note = "judged only where the case says something of it; "
		    "that all profiles can be automated is due by 2027-03-15 "
		    "and not judged",
		.terms = &TERMS{ .check = rp_check_if_recorded,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_TODAY,
		    .anchor = RP_ANCHOR_RULE, .ends = RP_FACT_ARI },
	},
	{
		.id = "CHROME-SECOND-MUST",
		.title = "Chrome: second report when a revocation is late, "
		    "within 72 hours",
		.document = "Chrome RPP 1.6-",
		.section = "5.1 (1.6); 6.1 (1.7); 1.5.1 (1.8)",
		.from = "2025-02-15", .severity = RP_MUST,
		.limit = HOURS(72),
		.note = "the time is that of the CCADB guidelines, from the "
		    "deadline that was missed",
		.terms = &TERMS{ .check = rp_check_second_report,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_DEADLINE },
	},
	{
		.id = "CHROME-SECOND-SHOULD",
		.title = "Chrome: second report when a revocation is late",
		.document = "Chrome RPP 1.0-1.5", .section = "Incident section",
		.from = "2020-12-20", .until = "2025-02-15",
		.severity = RP_SHOULD, .limit = HOURS(72),
		.note = "until 1.5 (2024-01-16) a lower-case should without a "
		    "time, so only whether there was one is judged; from then "
		    "on within the 72 hours of the CCADB guidelines",
		.terms = &TERMS{ .check = rp_check_second_report,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_DEADLINE },
	},
	{
		.id = "MRSP-DR-ASSESS",
		.title = "Readiness for mass revocation assessed by others in "
		    "the first audit cycle",
		.document = "MRSP 3.0", .section = "6.1.3",
		.from = "2025-06-01", .until = "2026-07-01",
		.severity = RP_MUST, .limit = DAYS(365),
		.note = "cycles from the first day on; when a CA's begins is "
		    "not in a case, so it may be any day of the first year "
		    "(a reading of ours); judged only where the case says "
		    "something of it; 3.1 has it in the TLS BR audit",
		.terms = &TERMS{ .check = rp_check_assessment,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT },
	},
	{
		.id = "MRSP-DR-AUDIT",
		.title = "Planning for mass revocation evaluated in the yearly "
		    "TLS BR audit",
		.document = "MRSP 3.1-", .section = "6.1.3",
		.from = "2026-07-01", .severity = RP_MUST,
		.note = "the date of the statement decides (a reading of "
		    "ours)",
		.terms = &TERMS{ .check = rp_check_audit,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT,
		    .needs = RP_FIELD_BIT(RP_FIELD_MASS_REVOCATION) },
	},
	{
		.id = "MRSP-DR-FINDING",
		.title = "Delayed revocation listed as a finding in the next "
		    "TLS BR audit statement",
		.document = "MRSP 3.0-", .section = "6.1.3",
		.from = "2025-03-15", .severity = RP_MUST,
		.note = "the next statement after the deadline that was "
		    "missed; the wiki asked for it earlier",
		.terms = &TERMS{ .check = rp_check_delay_finding,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_DEADLINE,
		    .needs = RP_FIELD_BIT(RP_FIELD_DELAY_FINDING) },
	},
	{
		.id = "MRSP-DR-PREP",
		.title = "Subscribers warned, agreements with terms for it, "
		    "and a plan for mass revocation",
		.document = "MRSP 3.0-", .section = "6.1.3",
		.from = "2025-09-01", .severity = RP_MUST,
		.note = "all three are needed; 3.1 points to BR 5.7.1.2 for "
		    "the plan",
		.terms = &TERMS{ .check = rp_check_preparation,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_TODAY },
	},
	{
		.id = "MRSP-PRECERT",
		.title = "The certificate that a precertificate stands for is "
		    "revoked in time, even if it was never issued",
		.document = "MRSP 3.1-", .section = "5.4",
		.from = "2026-07-01", .severity = RP_MUST,
		.note = "in the time that the BR leave for the duty; read in "
		    "3.1, an earlier first day is unverified; judged only "
		    "where the case records a precertificate",
		.terms = &TERMS{ .check = rp_check_like_br,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT,
		    .starts = RP_FACT_PRECERTIFICATE },
	},
	{
		.id = "MRSP-REV-POLICY",
		.title = "What was issued against Mozilla's policy is revoked "
		    "in the time of the BR",
		.document = "MRSP 2.7-", .section = "6.1",
		.from = "2020-01-01", .severity = RP_MUST, .limit = DAYS(5),
		.note = "7 days for certificates of subordinate CAs; judged "
		    "only where the case records a policy-breach",
		.terms = &TERMS{ .check = rp_check_like_br,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_EVENT,
		    .starts = RP_FACT_POLICY_BREACH },
	},
	{
		.id = "MS-INC-24H",
		.title = "Microsoft: informed of a security incident within "
		    "24 hours of its discovery",
		.document = "Microsoft TRP",
		.section = "Incident Reporting, CA Responsibilities 1",
		.from = "2026-02-02", .severity = RP_MUST,
		.limit = HOURS(24),
		.note = "misissued certificates are such incidents; the first "
		    "day is that on which the text moved, an earlier one is "
		    "unverified; the updates every 24 hours are not judged",
		.terms = &TERMS{ .check = rp_check_once,
		    .scope = RP_SCOPE_INCIDENT, .profiles = RP_FOR_TLS,
		    .keyed_on = RP_KEYED_AWARE,
		    .anchor = RP_ANCHOR_AWARE,
		    .ends = RP_FACT_MICROSOFT_TOLD },
	},
	{
		.id = "MS-REV-24H-v10",
		.title = "Microsoft asks for a revocation: within 24 hours, "
		    "or an exception requested",
		.document = "Microsoft TRP 1.0", .section = "2.1.13",
		.from = "2025-10-13", .until = "2025-11-21",
		.severity = RP_MUST, .limit = HOURS(24),
		.note = "what Microsoft was told in time may be that request",
		.terms = &TERMS{ .check = rp_check_microsoft,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS |
		    RP_FOR_SMIME | RP_FOR_CODE_SIGNING,
		    .keyed_on = RP_KEYED_EVENT },
	},
	{
		.id = "MS-REV-24H-v11",
		.title = "Microsoft asks for a revocation: within 24 hours, "
		    "no exceptions",
		.document = "Microsoft TRP 1.1-", .section = "2.1.13; 2.1.15",
		.from = "2025-11-21", .severity = RP_MUST,
		.limit = HOURS(24),
		.terms = &TERMS{ .check = rp_check_microsoft,
		    .scope = RP_SCOPE_DUTY, .profiles = RP_FOR_TLS |
		    RP_FOR_SMIME | RP_FOR_CODE_SIGNING,
		    .keyed_on = RP_KEYED_EVENT },
	},
};

const struct rp_rule_section rp_rules_programs = RP_SECTION(rows);
