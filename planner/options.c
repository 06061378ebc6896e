/* The table of options, and the words that they take. */
#include "cmd.h"

#include <stdio.h>

#define AT(field) offsetof(struct cmd_args, field)

static const struct cmd_word format_words[] = {
	{ "text", CMD_TEXT }, { "markdown", CMD_MARKDOWN },
	{ "csv", CMD_CSV }, { "json", CMD_JSON }, { "html", CMD_HTML },
	{ "svg", CMD_SVG }, { "png", CMD_PNG }, { "pdf", CMD_PDF },
	{ "terminal", CMD_TERMINAL }, { "ics", CMD_ICS }, { NULL, 0 }
};

static const struct cmd_word metric_words[] = {
	{ "replaced", RP_METRIC_REPLACED }, { "revoked", RP_METRIC_REVOKED },
	{ "gone", RP_METRIC_GONE }, { "reissued", RP_METRIC_REISSUED },
	{ NULL, 0 }
};

static const struct cmd_word period_words[] = {
	{ "month", RP_PERIOD_MONTH }, { "week", RP_PERIOD_WEEK }, { NULL, 0 }
};

static const struct cmd_word view_words[] = {
	{ "internal", RP_VIEW_INTERNAL }, { "public", RP_VIEW_PUBLIC },
	{ NULL, 0 }
};

static const struct cmd_word kind_words[] = {
	{ "curve", RP_CHART_CURVE }, { "compare", RP_CHART_COMPARE },
	{ "completion", RP_CHART_COMPLETION },
	{ "populations", RP_CHART_POPULATIONS },
	{ "revocation", RP_CHART_REVOCATION }, { "sheet", RP_CHART_SHEET },
	{ NULL, 0 }
};

static const struct cmd_word report_words[] = {
	{ "preliminary", RP_DRAFT_PRELIMINARY }, { "full", RP_DRAFT_FULL },
	{ "delayed", RP_DRAFT_DELAYED }, { "closure", RP_DRAFT_CLOSURE },
	{ NULL, 0 }
};

static const struct cmd_word design_words[] = {
	{ "quasi-random", RP_DESIGN_QUASI_RANDOM },
	{ "latin-hypercube", RP_DESIGN_LATIN_HYPERCUBE },
	{ "random", RP_DESIGN_RANDOM }, { NULL, 0 }
};

static const struct cmd_word table_words[] = {
	{ "completion", RP_TABLE_COMPLETION },
	{ "shares", RP_TABLE_SHARES }, { "by", RP_TABLE_BY },
	{ "milestones", RP_TABLE_MILESTONES },
	{ "progress", RP_TABLE_PROGRESS }, { "sheet", RP_TABLE_SHEET },
	{ "tail", RP_TABLE_TAIL }, { "risks", RP_TABLE_RISKS },
	{ "closed-form", RP_TABLE_CLOSED_FORM },
	{ "nothing-done", RP_TABLE_NOTHING },
	{ "inputs", RP_TABLE_INPUTS }, { NULL, 0 }
};

static const struct cmd_word state_words[] = {
	{ "replaced", RP_STATE_REPLACED }, { "revoked", RP_STATE_REVOKED },
	{ "expired", RP_STATE_EXPIRED },
	{ "outstanding", RP_STATE_OUTSTANDING },
	{ "harmed", RP_STATE_HARMED }, { "reissued", RP_STATE_REISSUED },
	{ "expired-late", RP_STATE_EXPIRED_LATE },
	{ "held", RP_STATE_HELD }, { NULL, 0 }
};

static const struct cmd_option_row options[CMD_OPTIONS] = {
	[OPT_TEMPLATE] = { "template", 't', CMD_STRING, "NAME", AT(template),
	    .help = "which case to start from: acme (24 hours), hosting or "
	    "mixed (5 days), or subordinate-ca (7 days)" },
	[OPT_SCHEMA] = { "schema", 0, CMD_FLAG, NULL, AT(schema),
	    .help = "print the JSON Schema of case files; takes no CASE" },
	[OPT_KIND] = { "kind", 'k', CMD_WORD, "KIND", AT(kind),
	    .words = kind_words, .help = "what to draw", .fallback = "curve" },
	[OPT_REPORT] = { "kind", 'k', CMD_WORD, "KIND", AT(report),
	    .words = report_words, .help = "draft a report to post, by the "
	    "template in force, instead of the page" },
	[OPT_WITH] = { "with", 0, CMD_STRING, "CASES", AT(with),
	    .help = "other cases, or changes of this one, on the same curve: "
	    "files with commas between" },
	[OPT_METRIC] = { "metric", 'm', CMD_WORD, "METRIC", AT(metric),
	    .words = metric_words, .help = "what counts as done",
	    .fallback = "that of the last plan, or replaced" },
	[OPT_TABLE] = { "table", 0, CMD_WORD, "TABLE", AT(table),
	    .words = table_words, .help = "one table alone, in any format" },
	[OPT_STATES] = { "states", 0, CMD_STATES, "LIST", AT(states),
	    .words = state_words,
	    .help = "only the curves of these, in csv and json",
	    .fallback = "all that the case has" },
	[OPT_DIFF] = { "diff", 0, CMD_FLAG, NULL, AT(diff),
	    .help = "what changed from each DATE (its start) to the next" },
	[OPT_REASONS] = { "reasons", 0, CMD_FLAG, NULL, AT(reasons),
	    .help = "the reasons for revocation: item, limit, CRL reason" },
	[OPT_DRAFT] = { "draft", 0, CMD_FLAG, NULL, AT(draft),
	    .help = "with the drafts, which are not in force" },
	[OPT_DUES] = { "dues", 0, CMD_FLAG, NULL, AT(dues),
	    .help = "only what is still to be done, by time; --format ics "
	    "makes a calendar of it" },
	[OPT_CLOSURE] = { "closure", 0, CMD_FLAG, NULL, AT(closure),
	    .help = "whether the report is ready to be closed: a list to "
	    "tick off" },
	[OPT_SHARE] = { "share", 0, CMD_SHARES, "LIST", AT(shares),
	    .help = "when these shares of the base are done, as 50%,85%",
	    .fallback = "50%,85%,95%,100%" },
	[OPT_BY] = { "by", 0, CMD_INSTANTS, "LIST", AT(by),
	    .help = "how many are done by these dates (their end) or "
	    "instants, as 2026-03-31,2026-04-30",
	    .fallback = "deadline, cutoffs and milestones" },
	[OPT_AT] = { "at", 0, CMD_INSTANTS, "LIST", AT(candidates),
	    .help = "instants of revocation that the deadline sheet weighs "
	    "up; a date is its end", .fallback = "some about the deadline" },
	[OPT_PERIOD] = { "period", 'p', CMD_WORD, "PERIOD", AT(period),
	    .words = period_words, .help = "length of a row",
	    .fallback = "month" },
	[OPT_PLAN] = { "plan", 0, CMD_STRING, "PLAN", AT(plan_text),
	    .help = "which plan: first, last, or its number by publication",
	    .fallback = "last, as published by then" },
	[OPT_CONFIDENCE] = { "confidence", 'c', CMD_PERCENT, "PERCENT",
	    AT(confidence), .least = RP_CONFIDENCE_LEAST,
	    .most = RP_CONFIDENCE_MOST,
	    .help = "how many of a hundred trials must keep each figure",
	    .fallback = "80" },
	[OPT_ROUND] = { "round", 0, CMD_PERCENT, "PERCENT", AT(round),
	    .least = 1, .most = 500,
	    .help = "shares down to a multiple of it, the completion up to "
	    "the end of its period", .fallback = "0.1, and not" },
	[OPT_SAVE] = { "save", 0, CMD_FLAG, NULL, AT(save),
	    .help = "add it to the store as a version of the plan; needs "
	    "--published" },
	[OPT_PUBLISHED] = { "published", 0, CMD_WHEN, "WHEN", AT(published),
	    .help = "with --save: when the plan is made public" },
	[OPT_NOTICE] = { "notice", 0, CMD_STRING, "TEXT", AT(notice),
	    .help = "with --save: where it is openly said that the earlier "
	    "plan was changed, and why" },
	[OPT_REPLACES] = { "replaces", 'r', CMD_STRING, "ID", AT(replaces),
	    .help = "the item that this one corrects: its id, or its number "
	    "within its kind" },
	[OPT_FROM] = { "from", 0, CMD_STRING, "FILE", AT(from),
	    .help = "the whole item in YAML instead of KEY=VALUE; - reads "
	    "standard input" },
	[OPT_CA_AUTHOR] = { "ca-author", 0, CMD_STRING, "NAMES",
	    AT(ca_author),
	    .help = "who writes for the CA on a saved bug: names with commas "
	    "between, whole or up to the @; makes SCENARIO a bug" },
	[OPT_PROGRAM_AUTHOR] = { "root-program-author", 0, CMD_STRING,
	    "NAMES", AT(program_author),
	    .help = "who writes there for a root program; a note says so" },
	[OPT_AS_OF] = { "as-of", 'a', CMD_WHEN, "WHEN", AT(as_of),
	    .help = "stand at this moment (2026-03-02T09:15Z) or at the end "
	    "of this day (2026-03-02)", .fallback = "now" },
	[OPT_VIEW] = { "view", 0, CMD_WORD, "VIEW", AT(view),
	    .words = view_words,
	    .help = "what was true by then, or what the public could know",
	    .fallback = "internal" },
	[OPT_TRIALS] = { "trials", 'n', CMD_NUMBER, "N", AT(trials),
	    .least = 1, .most = 10000000, .help = "number of trials",
	    .fallback = "as the case says" },
	[OPT_SEED] = { "seed", 's', CMD_NUMBER, "N", AT(seed),
	    .least = 0, .most = UINT64_MAX, .help = "seed of the trials",
	    .fallback = "as the case says" },
	[OPT_UNTIL_ERROR] = { "until-error", 0, CMD_SPAN, "TIME",
	    AT(until_error),
	    .help = "trials until the 80 % date of completion is known to "
	    "this standard error, as 0.5d; the number of trials is the "
	    "least" },
	[OPT_DESIGN] = { "design", 0, CMD_WORD, "DESIGN", AT(design),
	    .words = design_words,
	    .help = "how what is not known is spread over the trials",
	    .fallback = "as the case says" },
	[OPT_THREADS] = { "threads", 'j', CMD_NUMBER, "N", AT(threads),
	    .least = 1, .most = 256,
	    .help = "threads to work with; the results do not depend on it",
	    .fallback = "one a processor" },
	[OPT_WAIT] = { "wait", 'w', CMD_NUMBER, "SECONDS", AT(wait),
	    .least = 0, .most = 3600,
	    .help = "how long to wait for another writer",
	    .fallback = "30" },
	[OPT_FORMAT] = { "format", 'f', CMD_WORD, "FORMAT", AT(format),
	    .words = format_words, .help = "how to write it",
	    .fallback = "as the suffix of --output says, else" },
	[OPT_SCRIPT] = { "script", 0, CMD_FLAG, NULL, AT(script),
	    .help = "print the script for gnuplot instead of running it" },
	[OPT_OUTPUT] = { "output", 'o', CMD_STRING, "FILE", AT(output),
	    .help = "write to FILE, whole or not at all",
	    .fallback = "standard output" },
	[OPT_FORCE] = { "force", 0, CMD_FLAG, NULL, AT(force),
	    .help = "replace FILE where it exists" },
	[OPT_QUIET] = { "quiet", 'q', CMD_FLAG, NULL, AT(quiet),
	    .help = "no notes and no progress, errors only" },
	[OPT_HELP] = { "help", 'h', CMD_FLAG, NULL, AT(help),
	    .help = "print this help" },
};

const struct cmd_option_row *
cmd_option(enum cmd_option option)
{
	return &options[option];
}

const char *
cmd_format_word(enum cmd_format format)
{
	return format_words[format].word;
}

uint64_t
cmd_word_bits(const struct cmd_row *command, enum cmd_option option)
{
	return option == OPT_FORMAT ? command->formats : UINT64_MAX;
}

const char *
cmd_word_list(const struct cmd_word *words, uint64_t bits,
    char buf[CMD_LIST_TEXT])
{
	const struct cmd_word *w, *last = NULL;
	size_t len = 0;
	int n;

	for (w = words; w->word != NULL; w++)
		if ((bits & CMD_BIT(w->value)) != 0)
			last = w;
	buf[0] = '\0';
	for (w = words; w->word != NULL; w++) {
		if ((bits & CMD_BIT(w->value)) == 0)
			continue;
		n = snprintf(buf + len, CMD_LIST_TEXT - len, "%s%s",
		    len == 0 ? "" : w == last ? " or " : ", ", w->word);
		if (n < 0 || (size_t)n >= CMD_LIST_TEXT - len)
			break;
		len += (size_t)n;
	}
	return buf;
}
