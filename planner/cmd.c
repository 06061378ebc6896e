/* The table of commands. */
#include "cmd.h"

#include <string.h>

#define AT(field) offsetof(struct cmd_args, field)

/* Options that always come together. */
#define COMMON (CMD_BIT(OPT_OUTPUT) | CMD_BIT(OPT_QUIET) | CMD_BIT(OPT_HELP))
#define TIME (CMD_BIT(OPT_AS_OF) | CMD_BIT(OPT_VIEW))
#define TRIALS (CMD_BIT(OPT_METRIC) | CMD_BIT(OPT_TRIALS) | \
    CMD_BIT(OPT_SEED) | CMD_BIT(OPT_UNTIL_ERROR) | CMD_BIT(OPT_DESIGN) | \
    CMD_BIT(OPT_THREADS))
#define PLANNED (CMD_BIT(OPT_PERIOD) | CMD_BIT(OPT_PLAN))

#define TABLES (CMD_BIT(CMD_TEXT) | CMD_BIT(CMD_MARKDOWN) | \
    CMD_BIT(CMD_CSV) | CMD_BIT(CMD_JSON) | CMD_BIT(CMD_HTML))
#define RECEIPTS (CMD_BIT(CMD_TEXT) | CMD_BIT(CMD_JSON))
#define PICTURES (CMD_BIT(CMD_SVG) | CMD_BIT(CMD_PNG) | CMD_BIT(CMD_PDF) | \
    CMD_BIT(CMD_TERMINAL))

static bool
ends_in(const char *said, const char *const *suffixes)
{
	size_t len = strlen(said), n;

	for (; *suffixes != NULL; suffixes++) {
		n = strlen(*suffixes);
		if (len > n && strcmp(said + len - n, *suffixes) == 0)
			return true;
	}
	return false;
}

static bool
looks_like_store(const char *said)
{
	static const char *const suffixes[] = { ".db", ".sqlite", NULL };

	return ends_in(said, suffixes) || rp_is_store(said);
}

static bool
looks_like_scenario(const char *said)
{
	static const char *const suffixes[] = { ".yaml", ".yml", ".json",
	    NULL };

	return strcmp(said, "-") == 0 || ends_in(said, suffixes);
}

static bool
looks_like_counts(const char *said)
{
	static const char *const suffixes[] = { ".csv", ".txt", NULL };

	return strcmp(said, "-") == 0 || ends_in(said, suffixes);
}

/* What `export` exports is called by a plain word. */
static bool
looks_like_case(const char *said)
{
	return strcmp(said, "-") == 0 || strpbrk(said, "./") != NULL;
}

static const char *
exported(size_t i, const char **about)
{
	static const char *const words[][2] = {
		{ "scenario", "the whole case as a scenario file (default)" },
		{ "records", "every item ever recorded, a row each" },
		{ "dues", "what is still to be done, as a calendar" },
	};

	if (i >= sizeof(words) / sizeof(words[0]))
		return NULL;
	*about = words[i][1];
	return words[i][0];
}

static const struct cmd_operand on_import[] = {
	{ "STORE", CMD_NEEDED, AT(operand), looks_like_store,
	    .about = "is a file (revplan-store(5)); it is made when there is "
	    "none" },
	{ "SCENARIO", CMD_NEEDED, AT(scenario), looks_like_scenario,
	    .about = "is a scenario file (revplan-case(5)) or, with "
	    "--ca-author, what Bugzilla answered; - reads standard input" },
	{ "JSON", CMD_ANY, 0,
	    .about = "is more of what Bugzilla answered about the same bug" },
	{ .name = NULL }
};

static const struct cmd_operand on_counts[] = {
	{ "STORE", CMD_NEEDED, AT(operand), looks_like_store,
	    .about = "is a file that 'revplan import' made "
	    "(revplan-store(5))" },
	{ "COUNTS", CMD_NEEDED, AT(scenario), looks_like_counts,
	    .about = "is a CSV file of certificates by population, size of "
	    "the subscriber and expiry; - reads standard input" },
	{ .name = NULL }
};

static const struct cmd_operand on_record[] = {
	{ "STORE", CMD_NEEDED, AT(operand), looks_like_store,
	    .about = "is a file that 'revplan import' made "
	    "(revplan-store(5))" },
	{ "KIND", CMD_NEEDED, AT(word), .list = rp_store_kind,
	    .about = "is what is to be recorded" },
	{ "KEY=VALUE", CMD_PAIRS, 0,
	    .about = "is a key of that kind and its value, as in a scenario "
	    "file" },
	{ .name = NULL }
};

static const struct cmd_operand on_export[] = {
	{ "CASE", CMD_NEEDED, AT(operand), looks_like_case,
	    .about = "is a scenario file or a store; - reads a scenario from "
	    "standard input" },
	{ "WHAT", CMD_OPTIONAL, AT(word), .list = exported,
	    .about = "is what to export of it" },
	{ .name = NULL }
};

static const struct cmd_operand on_store[] = {
	{ "STORE", CMD_NEEDED, AT(operand),
	    .about = "is a file that 'revplan import' made "
	    "(revplan-store(5))" },
	{ .name = NULL }
};

static const struct cmd_operand on_case[] = {
	{ "CASE", CMD_NEEDED, AT(operand),
	    .about = "is a scenario file or a store; - reads a scenario from "
	    "standard input" },
	{ .name = NULL }
};

static const struct cmd_operand on_variants[] = {
	{ "CASE", CMD_NEEDED, AT(operand),
	    .about = "is a scenario file or a store; - reads a scenario from "
	    "standard input" },
	{ "VARIANT", CMD_MANY, 0,
	    .about = "is a change of it (revplan-change(5)), or a case of its "
	    "own" },
	{ .name = NULL }
};

static const struct cmd_operand on_rules[] = {
	{ "ID|DATE", CMD_ANY, 0, .list = cmd_rule_id,
	    .about = "is a rule that is to be shown in full or, with --diff, "
	    "a date" },
	{ .name = NULL }
};

static const struct cmd_row commands[] = {
	{
		.name = "chart",
		.summary = "draw a curve, a comparison or a completion date",
		.operands = on_case,
		.options = COMMON | TIME | TRIALS | PLANNED |
		    CMD_BIT(OPT_KIND) | CMD_BIT(OPT_WITH) | CMD_BIT(OPT_AT) |
		    CMD_BIT(OPT_FORMAT) | CMD_BIT(OPT_SCRIPT),
		.formats = PICTURES,
		.examples =
		    "revplan chart case.yaml --output curve.svg\n"
		    "revplan chart case.yaml --with change.yaml,other.yaml "
		    "--output both.svg\n"
		    "revplan chart case.yaml --kind compare --output plan.png\n"
		    "revplan chart case.yaml --kind sheet "
		    "--at 2026-03-07,2026-03-14 \\\n"
		    "    --output sheet.svg\n"
		    "revplan chart case.yaml --kind completion "
		    "--format terminal\n",
		.run = cmd_run_chart,
	},
	{
		.name = "check",
		.summary = "the rules that were broken, and what is still due",
		.operands = on_case,
		.options = COMMON | TIME | CMD_BIT(OPT_DUES) |
		    CMD_BIT(OPT_CLOSURE) | CMD_BIT(OPT_FORMAT),
		.formats = TABLES | CMD_BIT(CMD_ICS),
		.examples =
		    "revplan check case.yaml\n"
		    "revplan check case.yaml --as-of 2026-03-07T09:15Z\n"
		    "revplan check case.yaml --dues --output dues.ics\n"
		    "revplan check case.yaml --closure\n"
		    "revplan check case.yaml --format csv "
		    "--output findings.csv\n",
		.run = cmd_run_check,
	},
	{
		.name = "claims",
		.summary = "what was said in public, and what became of it",
		.operands = on_case,
		.options = COMMON | TIME | CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan claims case.yaml\n"
		    "revplan claims case.yaml --as-of 2026-04-30 "
		    "--view public\n"
		    "revplan claims case.yaml --format csv "
		    "--output claims.csv\n",
		.run = cmd_run_claims,
	},
	{
		.name = "compare",
		.summary = "planned against actual: the update table",
		.operands = on_case,
		.options = COMMON | TIME | PLANNED | CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan compare case.yaml\n"
		    "revplan compare case.yaml --as-of 2026-04-30 "
		    "--format markdown\n"
		    "revplan compare case.yaml --period week --plan first\n",
		.run = cmd_run_compare,
	},
	{
		.name = "doctor",
		.summary = "what this machine has of what revplan needs",
		.options = COMMON | CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan doctor\n"
		    "revplan doctor --format json\n",
		.run = cmd_run_doctor,
	},
	{
		.name = "export",
		.summary = "a store as a scenario file, or what was recorded",
		.operands = on_export,
		.options = COMMON | TIME | CMD_BIT(OPT_FORMAT) |
		    CMD_BIT(OPT_FORCE),
		.formats = TABLES | CMD_BIT(CMD_ICS),
		.examples =
		    "revplan export incident.db --output case.yaml\n"
		    "revplan export incident.db records\n"
		    "revplan export incident.db records --format csv "
		    "--output records.csv\n"
		    "revplan export incident.db dues --output dues.ics\n",
		.run = cmd_run_export,
	},
	{
		.name = "forecast",
		.summary = "when it will be done, given what happened so far",
		.operands = on_case,
		.options = COMMON | TIME | TRIALS | CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan forecast case.yaml\n"
		    "revplan forecast case.yaml --as-of 2026-04-30\n"
		    "revplan forecast case.yaml --as-of 2026-04-30 "
		    "--view public --format json\n",
		.run = cmd_run_forecast,
	},
	{
		.name = "import",
		.summary = "a scenario, a saved bug or counts into a store",
		.operands = on_import,
		.word = "populations",
		.others = on_counts,
		.options = COMMON | CMD_BIT(OPT_CA_AUTHOR) |
		    CMD_BIT(OPT_PROGRAM_AUTHOR) | CMD_BIT(OPT_WAIT) |
		    CMD_BIT(OPT_FORMAT),
		.formats = RECEIPTS,
		.examples =
		    "revplan import incident.db case.yaml\n"
		    "revplan import incident.db - <case.yaml\n"
		    "revplan import incident.db case.yaml --format json\n"
		    "revplan import incident.db bug.json comments.json "
		    "history.json \\\n"
		    "    --ca-author incidents@ca.example\n"
		    "revplan import populations incident.db counts.csv\n",
		.run = cmd_run_import,
	},
	{
		.name = "new",
		.summary = "a commented case to start from",
		.options = COMMON | CMD_BIT(OPT_TEMPLATE) |
		    CMD_BIT(OPT_FORCE),
		.examples =
		    "revplan new --template hosting --output case.yaml\n"
		    "revplan new --template acme >case.yaml\n",
		.run = cmd_run_new,
	},
	{
		.name = "plan",
		.summary = "what can be promised: a plan at a confidence",
		.operands = on_case,
		.options = COMMON | TIME | TRIALS | CMD_BIT(OPT_PERIOD) |
		    CMD_BIT(OPT_CONFIDENCE) | CMD_BIT(OPT_ROUND) |
		    CMD_BIT(OPT_SAVE) | CMD_BIT(OPT_PUBLISHED) |
		    CMD_BIT(OPT_NOTICE) | CMD_BIT(OPT_WAIT) |
		    CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan plan case.yaml --as-of 2026-03-09\n"
		    "revplan plan case.yaml --as-of 2026-03-09 "
		    "--confidence 90 --round 5\n"
		    "revplan plan case.yaml --period week "
		    "--as-of 2026-04-30 --format markdown\n"
		    "revplan plan incident.db --as-of 2026-05-03 --round 5 "
		    "--save \\\n"
		    "    --published 2026-05-04 --notice 'comment 12'\n",
		.shared = true,
		.run = cmd_run_plan,
	},
	{
		.name = "record",
		.summary = "add to a store: an actual, a plan, an update",
		.operands = on_record,
		.options = COMMON | TIME | TRIALS | CMD_BIT(OPT_REPLACES) |
		    CMD_BIT(OPT_FROM) | CMD_BIT(OPT_WAIT) |
		    CMD_BIT(OPT_FORMAT),
		.formats = RECEIPTS,
		.examples =
		    "revplan record incident.db actual id=march "
		    "as_of=2026-03-31 \\\n"
		    "    replaced=11.0% published=2026-04-03 "
		    "source='comment 9'\n"
		    "revplan record incident.db actual --replaces march "
		    "as_of=2026-03-31 \\\n"
		    "    replaced=10.4% published=2026-04-10 note='counted "
		    "twice'\n"
		    "revplan record incident.db fact what=revoked "
		    "at=2026-04-02T08:00Z \\\n"
		    "    certificates=480 crl-reason=superseded\n"
		    "revplan record incident.db fact what=preliminary-report "
		    "to=reporter \\\n"
		    "    at=2026-03-02T20:00Z\n"
		    "revplan record incident.db update "
		    "at=2026-04-03T10:00Z\n"
		    "revplan record incident.db commitment "
		    "what='key destruction' \\\n"
		    "    due=2026-10-31 said=2026-04-03\n"
		    "revplan record incident.db outcome what='key destruction' "
		    "\\\n"
		    "    done=2026-10-30 evidence='minutes of the auditor'\n"
		    "revplan record incident.db question id=q1 "
		    "at=2026-04-05T08:00Z\n"
		    "revplan record incident.db answer answers=q1 "
		    "at=2026-04-06T09:30Z\n"
		    "revplan record incident.db plan --from plan.yaml\n"
		    "revplan record incident.db forecast "
		    "--as-of 2026-04-30 \\\n"
		    "    published=2026-05-04 source='comment 12'\n",
		.run = cmd_run_record,
	},
	{
		.name = "report",
		.summary = "everything on one page, or a report to post",
		.operands = on_case,
		.options = COMMON | TIME | TRIALS | PLANNED |
		    CMD_BIT(OPT_REPORT) | CMD_BIT(OPT_FORMAT),
		.formats = CMD_BIT(CMD_HTML) | CMD_BIT(CMD_TEXT) |
		    CMD_BIT(CMD_MARKDOWN),
		.preferred = CMD_HTML,
		.examples =
		    "revplan report case.yaml --output report.html\n"
		    "revplan report case.yaml --as-of 2026-04-30 "
		    "--output report.html\n"
		    "revplan report case.yaml --kind preliminary "
		    "--output first.md\n"
		    "revplan report case.yaml --kind full --as-of 2026-03-16 "
		    "\\\n"
		    "    --output full.md\n",
		.run = cmd_run_report,
	},
	{
		.name = "rules",
		.summary = "what the rules demand on a date, and what "
		    "changed",
		.operands = on_rules,
		.options = COMMON | CMD_BIT(OPT_DIFF) | CMD_BIT(OPT_REASONS) |
		    CMD_BIT(OPT_DRAFT) | CMD_BIT(OPT_AS_OF) |
		    CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan rules --as-of 2020-07-02\n"
		    "revplan rules BR-REV-T1-v187\n"
		    "revplan rules --diff 2018-10-14 2020-10-19 2022-11-30\n"
		    "revplan rules --reasons --as-of 2024-03-15 "
		    "--format csv\n",
		.run = cmd_run_rules,
	},
	{
		.name = "simulate",
		.summary = "curves, completion dates, deadline and bottleneck",
		.operands = on_case,
		.options = COMMON | TRIALS | CMD_BIT(OPT_TABLE) |
		    CMD_BIT(OPT_STATES) | CMD_BIT(OPT_SHARE) |
		    CMD_BIT(OPT_BY) | CMD_BIT(OPT_AT) |
		    CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan simulate case.yaml\n"
		    "revplan simulate case.yaml --share 50%,95%,100% "
		    "--by 2026-04-30\n"
		    "revplan simulate case.yaml --table sheet "
		    "--at 2026-03-07,2026-03-14\n"
		    "revplan simulate case.yaml --until-error 0.5d --seed 7\n"
		    "revplan simulate case.yaml --metric gone --format csv "
		    "--output curves.csv\n",
		.shared = true,
		.run = cmd_run_simulate,
	},
	{
		.name = "update",
		.summary = "the text to post: figures, estimate, promises",
		.operands = on_case,
		.options = COMMON | TIME | TRIALS | PLANNED |
		    CMD_BIT(OPT_FORMAT),
		.formats = CMD_BIT(CMD_TEXT) | CMD_BIT(CMD_MARKDOWN) |
		    CMD_BIT(CMD_JSON),
		.preferred = CMD_MARKDOWN,
		.examples =
		    "revplan update case.yaml\n"
		    "revplan update case.yaml --as-of 2026-04-30 "
		    "--output update.md\n"
		    "revplan update case.yaml --period week --format text\n",
		.run = cmd_run_update,
	},
	{
		.name = "validate",
		.summary = "all faults of a case in one go",
		.operands = on_case,
		.options = COMMON | CMD_BIT(OPT_SCHEMA),
		.examples =
		    "revplan validate case.yaml\n"
		    "revplan validate --schema --output case.schema.json\n",
		.run = cmd_run_validate,
	},
	{
		.name = "verify",
		.summary = "whether a store is as it was written, to the bit",
		.operands = on_store,
		.options = COMMON | CMD_BIT(OPT_FORMAT),
		.formats = RECEIPTS,
		.examples =
		    "revplan verify incident.db\n"
		    "revplan verify incident.db --format json\n",
		.run = cmd_run_verify,
	},
	{
		.name = "whatif",
		.summary = "what a change of the case would change",
		.operands = on_variants,
		.options = COMMON | TRIALS | CMD_BIT(OPT_FORMAT),
		.formats = TABLES,
		.examples =
		    "revplan whatif case.yaml more-people.yaml\n"
		    "revplan whatif incident.db rollout.yaml hold.yaml "
		    "--trials 100000\n"
		    "revplan whatif case.yaml rollout.yaml --format csv "
		    "--output whatif.csv\n",
		.run = cmd_run_whatif,
	},
};

const struct cmd_row *
cmd_table(size_t *n)
{
	*n = sizeof(commands) / sizeof(commands[0]);
	return commands;
}

const struct cmd_row *
cmd_find(const char *name)
{
	size_t i, n;
	const struct cmd_row *table = cmd_table(&n);

	for (i = 0; i < n; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

enum cmd_format
cmd_format_default(const struct cmd_row *command)
{
	/* A picture can be drawn in characters; a page is HTML. */
	static const enum cmd_format preferred[] = {
		CMD_TEXT, CMD_TERMINAL, CMD_HTML
	};
	size_t i;

	if (command->preferred != CMD_TEXT)
		return command->preferred;
	for (i = 0; i < sizeof(preferred) / sizeof(preferred[0]); i++)
		if ((command->formats & CMD_BIT(preferred[i])) != 0)
			return preferred[i];
	return CMD_TEXT;
}
