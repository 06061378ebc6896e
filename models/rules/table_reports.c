/*
 * rules/table_reports.c - incident reports, their content, updates and closing.
 */
#include "rules/table.h"

#define FIELD RP_FIELD_BIT

static const struct rp_rule rows[] = {
	{
		.id = "CCADB-TEMPLATE-30D",
		.title = "No template of incident reports that was superseded "
		    "more than 30 calendar days ago",
		.document = "CCADB Policy 2.0-",
		.section = "6.1",
		.from = "2025-07-15",
		.severity = RP_MUST_NOT, .limit = DAYS(30),
		.note = "the last of the 30 days counts whole",
		.terms = &TERMS{ .check = rp_check_old_template,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
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
		.section = "When are reports expected", .from = "2025-03-01",
		.severity = RP_MUST, .limit = HOURS(72),
		.note = "elapsed hours, weekends count",
		.terms = &TERMS{ .check = rp_check_first_report,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE },
	},
	{
		.id = "IRG30-CERTLIST",
		.title = "The affected certificates listed with the full "
		    "report, in the prescribed columns",
		.document = "CCADB IRG 3.0-",
		.section = "Appendix",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "of 10,000 certificates and more a line each will do; "
		    "the number is that of the case",
		.terms = &TERMS{ .check = rp_check_list,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-CLOSE",
		.title = "Closure report once all action items are done and "
		    "no question is open",
		.document = "CCADB IRG 3.0-",
		.section = "How are reports closed",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "an action item without an outcome on record was open "
		    "until the date that it was planned for; after that it "
		    "is undecided",
		.terms = &TERMS{ .check = rp_check_closing,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-CONTENT",
		.title = "First report says which certificates are known as "
		    "affected and whether it is contained; later corrections "
		    "explained",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports expected",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.terms = &TERMS{ .check = rp_check_first_content,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .needs = FIELD(RP_FIELD_AFFECTED) |
		    FIELD(RP_FIELD_CONTAINMENT) |
		    FIELD(RP_FIELD_CORRECTIONS),
		    .keyed_on = RP_KEYED_DISCLOSED },
	},
	{
		.id = "IRG30-CORPUS",
		.title = "Full report says how all affected certificates were "
		    "found",
		.document = "CCADB IRG 3.0-",
		.section = "field definitions: Impact",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "a search that is on record does not show that the "
		    "report says how",
		.terms = &TERMS{ .check = rp_check_corpus_said,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .needs = FIELD(RP_FIELD_HEURISTIC),
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-DELAY-3D",
		.title = "Delayed revocation: update every 3 days",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated", .from = "2025-03-01",
		.severity = RP_SHOULD, .limit = DAYS(3),
		.note = "from 3.1 on a closure report ends it while no "
		    "question is open",
		.terms = &TERMS{ .check = rp_check_delay_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST,
		    .closes = "2025-07-15" },
	},
	{
		.id = "IRG30-DELAY-7D",
		.title = "Delayed revocation: update at least every 7 days "
		    "with four figures",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated", .from = "2025-03-01",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "an agreed next update does not lift it (a reading "
		    "of ours); posts are counted, their "
		    "figures are not read; from 3.1 on a closure report ends "
		    "it",
		.terms = &TERMS{ .check = rp_check_delay_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST,
		    .closes = "2025-07-15" },
	},
	{
		.id = "IRG30-DELAY-FIELDS",
		.title = "Report of a delay analyses it, gives expected and "
		    "actual completion and an action item that prevents it",
		.document = "CCADB IRG 3.0-",
		.section = "field definitions: Impact, Timeline, Action Items",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "the actual completion is asked for once it is reached",
		.terms = &TERMS{ .check = rp_check_delay_fields,
		    .scope = RP_SCOPE_DUTY,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .needs = FIELD(RP_FIELD_ANALYSIS) |
		    FIELD(RP_FIELD_EXPECTED) |
		    FIELD(RP_FIELD_ACTUAL) |
		    FIELD(RP_FIELD_PREVENTION),
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
		.section = "When are reports expected", .from = "2025-03-01",
		.severity = RP_MUST, .limit = DAYS(14),
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
		.section = "When are reports updated", .from = "2025-03-01",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "an acknowledgement with a date is enough",
		.terms = &TERMS{ .check = rp_check_questions,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-STOP",
		.title = "Full report says whether and when issuance stopped",
		.document = "CCADB IRG 3.0-",
		.section = "field definitions: Impact",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "a faulty certificate after the stop contradicts the "
		    "report (a reading of ours)",
		.terms = &TERMS{ .check = rp_check_stop_said,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .needs = FIELD(RP_FIELD_ISSUANCE),
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-TEMPLATE",
		.title = "Reports by the template: all fields, Markdown in "
		    "the bug, free-standing",
		.document = "CCADB IRG 3.0-",
		.section = "Report Templates",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "a field that is empty for a reason is there",
		.terms = &TERMS{ .check = rp_check_template,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-TIMELINE",
		.title = "Timeline in UTC or with the offset from it",
		.document = "CCADB IRG 3.0-",
		.section = "field definitions: Timeline",
		.from = "2025-03-01",
		.severity = RP_MUST,
		.note = "to the minute is a SHOULD and not judged",
		.terms = &TERMS{ .check = rp_check_full_content,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .needs = FIELD(RP_FIELD_UTC),
		    .keyed_on = RP_KEYED_POST },
	},
	{
		.id = "IRG30-UPD7D",
		.title = "Open report updated by the next update agreed, or "
		    "within 7 days",
		.document = "CCADB IRG 3.0-",
		.section = "When are reports updated", .from = "2025-03-01",
		.severity = RP_MUST, .limit = DAYS(7),
		.note = "from 3.1 on a closure report ends it while no "
		    "question is open",
		.terms = &TERMS{ .check = rp_check_updates,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST,
		    .closes = "2025-07-15" },
	},
	{
		.id = "IRG31-AI-3D",
		.title = "Update within 3 days of an action item being done, "
		    "given up or missing its date",
		.document = "CCADB IRG 3.1-",
		.section = "When are reports updated",
		.from = "2025-07-15",
		.severity = RP_MUST, .limit = DAYS(3),
		.note = "answers and reports are updates, too; an item "
		    "changed in other ways is not looked at",
		.terms = &TERMS{ .check = rp_check_actions,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_EVENT },
	},
	{
		.id = "WIKI-CORPUS",
		.title = "All certificates searched for more of the same by "
		    "the full report",
		.document = "Mozilla wiki",
		.section = "Responding To An Incident, Follow-Up Actions",
		.from = "2017-08-15", .until = "2025-03-01",
		.severity = RP_EXPECTED,
		.note = "best practice; the last day is approximate; by the "
		    "full report is a reading of ours",
		.terms = &TERMS{ .check = rp_check_corpus,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE },
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
		.terms = &TERMS{ .check = rp_check_delay_report,
		    .scope = RP_SCOPE_DUTY,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_DEADLINE },
	},
	{
		.id = "WIKI-Q7D",
		.title = "Every question answered within a week, or at least "
		    "acknowledged with a date",
		.document = "Mozilla wiki",
		.section = "Responding To An Incident, Keeping Us Informed",
		.from = "2019-02-01", .until = "2023-09-01",
		.severity = RP_EXPECTED, .limit = DAYS(7),
		.note = "best practice; the first day is approximate",
		.terms = &TERMS{ .check = rp_check_questions,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_POST },
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
		.id = "WIKI-STOP",
		.title = "Issuance of the faulty profile stopped within 24 "
		    "hours of awareness",
		.document = "Mozilla wiki",
		.section = "Responding To An Incident, Immediate Actions",
		.from = "2017-08-15", .until = "2025-03-01",
		.severity = RP_EXPECTED, .limit = HOURS(24),
		.note = "best practice; immediately is read as 24 hours, a "
		    "reading of ours; the last day is approximate",
		.terms = &TERMS{ .check = rp_check_stop,
		    .scope = RP_SCOPE_INCIDENT,
		    .profiles = RP_FOR_TLS | RP_FOR_SMIME,
		    .keyed_on = RP_KEYED_AWARE },
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

const struct rp_rule_section rp_rules_reports = RP_SECTION(rows);
