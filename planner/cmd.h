/*
 * planner/cmd.h - the command line: what there is, and what was asked for.
 *
 * One table of commands (cmd.c) and one of options (options.c) drive parsing
 * (args.c, lists.c), the help texts and the synopses of the man pages (help.c)
 * and the completion of shells (completion.c).  A command is one row, one file
 * in cmd/, one man page and one folder of tests, all of the same name.
 */
#ifndef RP_CMD_H
#define RP_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "output.h"
#include "revplan/case.h"
#include "revplan/chart.h"
#include "revplan/check.h"
#include "revplan/compare.h"
#include "revplan/err.h"
#include "revplan/forecast.h"
#include "revplan/instant.h"
#include "revplan/plan.h"
#include "revplan/simulate.h"
#include "revplan/store.h"
#include "write/calendar.h"
#include "write/draft.h"
#include "write/show.h"
#include "write/show_rules.h"
#include "write/show_store.h"

/* What --format may say; which of them, is up to the command. */
enum cmd_format {
	CMD_TEXT = RP_FORMAT_TEXT,
	CMD_MARKDOWN = RP_FORMAT_MARKDOWN,
	CMD_CSV = RP_FORMAT_CSV,
	CMD_JSON = RP_FORMAT_JSON,
	CMD_HTML = RP_FORMAT_HTML,
	CMD_SVG = RP_FORMATS,
	CMD_PNG,
	CMD_PDF,
	CMD_TERMINAL,
	CMD_ICS
};

/* In the order in which help lists them. */
enum cmd_option {
	OPT_TEMPLATE,
	OPT_SCHEMA,
	OPT_KIND,
	OPT_REPORT,		/* --kind, of a report */
	OPT_WITH,
	OPT_METRIC,
	OPT_TABLE,
	OPT_STATES,
	OPT_DUES,
	OPT_CLOSURE,
	OPT_DIFF,
	OPT_REASONS,
	OPT_DRAFT,
	OPT_SHARE,
	OPT_BY,
	OPT_AT,
	OPT_PERIOD,
	OPT_PLAN,
	OPT_CONFIDENCE,
	OPT_ROUND,
	OPT_SAVE,
	OPT_PUBLISHED,
	OPT_NOTICE,
	OPT_REPLACES,
	OPT_FROM,
	OPT_CA_AUTHOR,
	OPT_PROGRAM_AUTHOR,
	OPT_AS_OF,
	OPT_VIEW,
	OPT_TRIALS,
	OPT_SEED,
	OPT_UNTIL_ERROR,
	OPT_DESIGN,
	OPT_THREADS,
	OPT_WAIT,
	OPT_FORMAT,
	OPT_SCRIPT,
	OPT_OUTPUT,
	OPT_FORCE,
	OPT_QUIET,
	OPT_HELP,
	CMD_OPTIONS
};

#define CMD_BIT(x) (UINT64_C(1) << (unsigned)(x))

/* Lists that an option holds; n is 0 when it was not said. */
struct cmd_shares {
	size_t n;
	double value[RP_QUESTIONS_MAX];		/* 0..1 */
};

struct cmd_instants {
	size_t n;
	struct rp_instant value[RP_QUESTIONS_MAX];
};

/*
 * What was asked for, defaults filled in.  Texts are borrowed from argv.
 * Choices are held as int so that one table can set them all.
 */
struct cmd_args {
	const struct cmd_row *command;
	uint64_t given;			/* CMD_BIT of each option said */
	const char *operand;		/* CASE or STORE; NULL: there is none */
	const char *scenario;		/* what goes into a store */
	const char *word;		/* one of a list, or that of a form;
					 * NULL: not said */
	const char *const *rest;	/* KEY=VALUE, VARIANTs, IDs, DATEs */
	size_t n_rest;
	const char *template;		/* NULL: not said */
	const char *with;		/* files, by comma; NULL: not said */
	const char *output;		/* NULL or "-": standard output */
	int format;			/* enum cmd_format */
	int metric;			/* enum rp_metric, if given */
	int period;			/* enum rp_period */
	int view;			/* enum rp_view */
	int kind;			/* enum rp_chart_kind */
	int report;			/* enum rp_draft_kind, if given */
	int table;			/* enum rp_sim_table, if given */
	int design;			/* enum rp_design, if given */
	unsigned states;		/* 1 << enum rp_state of each; 0: not
					 * said */
	struct cmd_shares shares;
	struct cmd_instants by;
	struct cmd_instants candidates;
	struct rp_span until_error;	/* 0: not said */
	const char *plan_text;		/* as said */
	size_t plan;			/* index; SIZE_MAX: the one in force */
	const char *replaces;		/* id or number; NULL: not said */
	const char *from;		/* file of an item; NULL: not said */
	const char *ca_author;		/* names, by comma; NULL: not said */
	const char *program_author;	/* the same, of root programs */
	uint64_t wait;			/* seconds */
	struct rp_when as_of;
	struct rp_when published;	/* if given */
	const char *notice;		/* NULL: not said */
	uint64_t confidence;		/* per mille */
	uint64_t round;			/* per mille; 0: not said */
	uint64_t trials;		/* 0: as the case says */
	uint64_t seed;			/* if given */
	uint64_t threads;
	bool schema;
	bool diff;
	bool reasons;
	bool draft;
	bool script;
	bool dues;
	bool closure;
	bool force;
	bool save;
	bool quiet;
	bool help;
};

static inline bool
cmd_given(const struct cmd_args *args, enum cmd_option option)
{
	return (args->given & CMD_BIT(option)) != 0;
}

/*
 * A command.  *findings is set where the work was done and the answer is a
 * breach (exit status 1).  On an error everything that had to be said on the
 * way was said, and err holds the last line.
 */
typedef rp_status cmd_run(const struct cmd_args *args, bool *findings,
    struct rp_err *err);

/*
 * A word that is no option.  The first two of a command may change places
 * where it is plain which is which: by sign, or because one is a word of list.
 */
struct cmd_operand {
	const char *name;	/* as help calls it: "CASE"; NULL ends a list */
	enum { CMD_NEEDED, CMD_OPTIONAL, CMD_PAIRS, CMD_MANY, CMD_ANY } need;
	size_t at;		/* where it goes in struct cmd_args; not PAIRS,
				 * MANY (at least one) and ANY (or none), which
				 * are in rest */
	bool (*sign)(const char *said);	/* it can be nothing else; or NULL */
	/* The words that it may be, NULL after the last; NULL: anything.  Of
	 * ANY they are proposed, and others may be said. */
	const char *(*list)(size_t i, const char **about);
	const char *about;	/* a line of help, after its name */
};

struct cmd_row {
	const char *name;
	const char *summary;	/* one line, lower case, no full stop */
	const struct cmd_operand *operands;	/* NULL: it takes none */
	const char *word;	/* where that comes first, the command is of */
	const struct cmd_operand *others;	/* another form; or NULL */
	uint64_t options;	/* CMD_BIT of each it takes */
	uint64_t formats;	/* CMD_BIT of each it writes */
	enum cmd_format preferred;	/* where it is not CMD_TEXT, which
					 * others prefer if they write it */
	const char *examples;	/* lines, without the indent */
	bool shared;		/* many processes may share its work */
	cmd_run *run;
};

enum cmd_kind { CMD_FLAG, CMD_STRING, CMD_WORD, CMD_NUMBER, CMD_PERCENT,
    CMD_WHEN, CMD_SPAN, CMD_SHARES, CMD_INSTANTS, CMD_STATES };

struct cmd_word {
	const char *word;	/* NULL ends a list */
	int value;
};

struct cmd_option_row {
	const char *name;	/* without the dashes; two options of one name
				 * are never of one command */
	char letter;		/* of the short form, or 0 */
	enum cmd_kind kind;
	const char *argument;	/* how help calls it; NULL: a flag */
	size_t at;		/* where it goes in struct cmd_args */
	const struct cmd_word *words;	/* CMD_WORD, CMD_STATES */
	uint64_t least, most;		/* CMD_NUMBER; CMD_PERCENT: per mille */
	const char *help;	/* what it is for */
	const char *fallback;	/* what holds without it; NULL: nothing */
};

/* ---- cmd.c: the commands ------------------------------------------------ */

/* All commands by name; *n of them. */
const struct cmd_row *cmd_table(size_t *n);

/* NULL when there is none of that name. */
const struct cmd_row *cmd_find(const char *name);

/* What is written when neither --format nor the suffix of --output says. */
enum cmd_format cmd_format_default(const struct cmd_row *command);

/* ---- options.c: the options --------------------------------------------- */

const struct cmd_option_row *cmd_option(enum cmd_option option);
const char *cmd_format_word(enum cmd_format format);

/*
 * "text, csv or json": the words whose bit is set (words: all of them), into
 * buf.  Returns buf.
 */
#define CMD_LIST_TEXT 160
const char *cmd_word_list(const struct cmd_word *words, uint64_t bits,
    char buf[CMD_LIST_TEXT]);

/* CMD_BIT of each word that an option may take with this command. */
uint64_t cmd_word_bits(const struct cmd_row *command, enum cmd_option option);

/* ---- args.c: what was asked for ----------------------------------------- */

/*
 * Read the options of a command, argv[0] being its name.  RP_EUSAGE: err says
 * what is wrong.  With --help nothing else is looked at.
 */
RP_CHECKED rp_status cmd_parse(const struct cmd_row *command, int argc,
    char **argv, struct cmd_args *args, struct rp_err *err);

/* ---- lists.c: options of several values --------------------------------- */

/*
 * "50%,85%,100%" (the sign may be left out), "2026-03-31,2026-04-30T12:00Z" (a
 * date is its end) and "0.5d".  RP_EUSAGE: err says which of them is wrong.
 */
RP_CHECKED rp_status cmd_set_shares(const struct cmd_option_row *row,
    const char *said, struct cmd_shares *out, struct rp_err *err);
RP_CHECKED rp_status cmd_set_instants(const struct cmd_option_row *row,
    const char *said, struct cmd_instants *out, struct rp_err *err);
RP_CHECKED rp_status cmd_set_states(const struct cmd_option_row *row,
    const char *said, unsigned *out, struct rp_err *err);
RP_CHECKED rp_status cmd_set_span(const struct cmd_option_row *row,
    const char *said, struct rp_span *out, struct rp_err *err);

/* ---- questions.c -------------------------------------------------------- */

struct cmd_questions {
	struct cmd_shares shares;
	struct cmd_instants by;
};

/*
 * Put --share, --by and --at, or what is usual, into the options of a
 * simulation, which borrow from q.
 */
void cmd_ask(const struct cmd_args *args, const struct rp_case *cs,
    struct cmd_questions *q, struct rp_sim_options *opt);

/* ---- operands.c: the words that are no options -------------------------- */

/*
 * Give n words their places; word is put in another order, and args borrows
 * it.  RP_EUSAGE: one is empty, unknown or too many.
 */
RP_CHECKED rp_status cmd_operands(struct cmd_args *args, char **word,
    size_t n, struct rp_err *err);

/* RP_EUSAGE when a needed one was not said. */
RP_CHECKED rp_status cmd_operands_complete(const struct cmd_args *args,
    struct rp_err *err);

/* ---- help.c ------------------------------------------------------------- */

void cmd_help(struct rp_text *out, const struct cmd_row *command);
void cmd_help_all(struct rp_text *out);

/* RP_EUSAGE, with the command that was probably meant. */
rp_status cmd_unknown(const char *said, struct rp_err *err);

/*
 * `revplan help [COMMAND | --names | --completion [SHELL] | --mdoc COMMAND]`.
 */
RP_CHECKED rp_status cmd_help_run(int argc, char **argv, struct rp_err *err);

/* ---- completion.c ------------------------------------------------------- */

/*
 * The script for "bash", "zsh" or "fish"; NULL: bash.  RP_EUSAGE: none for
 * that one.
 */
RP_CHECKED rp_status cmd_completion(struct rp_text *out, const char *shell,
    struct rp_err *err);

/* ---- paint.c ------------------------------------------------------------ */

/* A text with its verdicts in colour, for a terminal that has them. */
void cmd_paint(struct rp_text *out, const char *text);

/* ---- fold.c ------------------------------------------------------------- */

/* A text whose tables are no wider than that, as far as two columns are. */
void cmd_fold(struct rp_text *out, const char *text, size_t columns);

/* ---- rule_words.c: the words of `rules` --------------------------------- */

/* The ids of all rules, as the list of an operand. */
const char *cmd_rule_id(size_t i, const char **about);

/* The rules whose ids, or the dates that, are args->rest: as many of them.
 * RP_EUSAGE: one is none, or the dates are too few or not in order. */
RP_CHECKED rp_status cmd_rules_named(const struct cmd_args *args,
    const struct rp_rule **out, struct rp_err *err);
RP_CHECKED rp_status cmd_rule_dates(const struct cmd_args *args,
    struct rp_instant *out, struct rp_err *err);

/* ---- stages.c: what several commands do alike --------------------------- */

/* What is said while a file is read: a line a fault, "file:line:col: ...". */
struct cmd_talk {
	FILE *to;
	char *text;
	size_t len;
};

RP_CHECKED rp_status cmd_talk_begin(struct cmd_talk *talk,
    struct rp_err *err);

/* The same for what is kept, and when that is. */
RP_CHECKED rp_status cmd_talk_now(struct cmd_talk *talk,
    struct rp_instant *now, struct rp_err *err);

/* Say it, on standard error; st and err are what came of the reading. */
void cmd_talk_end(struct cmd_talk *talk, rp_status st, struct rp_err *err);

/*
 * Open the case; its faults go to standard error.  RP_EINPUT without a text
 * in err: one fault, and that line says it all.
 */
RP_CHECKED rp_status cmd_case(const struct cmd_args *args,
    struct rp_case **out, struct rp_err *err);

/*
 * Run its trials, with the metric that was asked for or that its plan counts,
 * and a bar.  bands: all curves are kept; bottleneck: it is looked for.
 */
RP_CHECKED rp_status cmd_trials(const struct cmd_args *args,
    const struct rp_case *cs, enum rp_bands bands, bool bottleneck,
    struct rp_trials **out, struct rp_err *err);

/* What the trials are to be kept or run again for. */
struct cmd_wanted {
	enum rp_bands bands;
	bool bottleneck;
	bool details;			/* sheet, tail, risks */
	unsigned details_of;		/* as in rp_sim_options */
	bool questions;			/* --share, --by, --at, or the usual */
	bool curve;			/* of each trial */
};

/* The same as cmd_trials(), of which this is the long form. */
RP_CHECKED rp_status cmd_trials_for(const struct cmd_args *args,
    const struct rp_case *cs, const struct cmd_wanted *wanted,
    struct rp_trials **out, struct rp_err *err);

/* The trials in the light of what had happened by --as-of. */
RP_CHECKED rp_status cmd_forecast(const struct cmd_args *args,
    const struct rp_case *cs, struct rp_forecast **out,
    struct rp_err *err);

/* What can be promised, with the metric and the bar of cmd_trials(). */
RP_CHECKED rp_status cmd_plan(const struct cmd_args *args,
    const struct rp_case *cs, struct rp_schedule **out, struct rp_err *err);

/* A plan against the actuals. */
RP_CHECKED rp_status cmd_compare(const struct cmd_args *args,
    const struct rp_case *cs, struct rp_comparison **out,
    struct rp_err *err);

/* The rules against the facts. */
RP_CHECKED rp_status cmd_check(const struct cmd_args *args,
    const struct rp_case *cs, struct rp_findings **out, struct rp_err *err);

/* What is still to be done, as a list or a calendar; in dues.c. */
RP_CHECKED rp_status cmd_dues(const struct cmd_args *args,
    const struct rp_case *cs, const struct rp_findings *found,
    struct rp_err *err);

/*
 * For what can be done without: a case that does not yield it (RP_ESTATE)
 * gives a note, and all is well.
 */
RP_CHECKED rp_status cmd_optional(rp_status st, const char *what,
    struct rp_err *err);

/* The format, and what a reader needs to make the figures again; tr may be
 * NULL. */
struct rp_show cmd_how(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_trials *tr);

/*
 * To --output, whole.  how may be NULL; CSV has no place for the provenance,
 * which goes to standard error then.
 */
RP_CHECKED rp_status cmd_write(const struct cmd_args *args,
    const struct rp_show *how, const struct rp_text *text,
    struct rp_err *err);

/* ---- posts.c ------------------------------------------------------------ */

/*
 * A post and everything that it is made from; zero-initialise it, and say what
 * can be left out.
 */
struct cmd_post {
	bool no_estimate;
	bool no_comparison;
	struct rp_case *cs;		/* what is known now */
	struct rp_case *then;		/* what the public had read */
	struct rp_forecast *forecast;	/* or NULL, and why */
	struct rp_forecast *before;
	struct rp_comparison *comparison;
	struct rp_claims *claims;
	struct rp_post *post;
	char why[RP_ERR_TEXT];
};

/*
 * The same figures for whoever posts them.  RP_EINPUT: they contradict each
 * other or an earlier post, which was told.  Release in any case.
 */
RP_CHECKED rp_status cmd_post(const struct cmd_args *args,
    struct cmd_post *w, struct rp_err *err);
void cmd_post_release(struct cmd_post *w);

/* ---- variants.c, overlays.c: other cases beside the CASE ---------------- */

/*
 * A case as the reader that was asked for is shown it; without such a
 * question, as it is on record today.  The view owns the whole record, which
 * is gone on an error.  In stages.c.
 */
RP_CHECKED rp_status cmd_show_case(const struct cmd_args *args,
    struct rp_case *full, struct rp_case **out, struct rp_err *err);

/*
 * Open another case, or a change put upon the CASE (`change:`), as cmd_case()
 * opens the CASE; base is that one, or NULL.
 */
RP_CHECKED rp_status cmd_variant(const struct cmd_args *args,
    const struct rp_case *base, const char *file, struct rp_case **out,
    struct rp_err *err);

/*
 * What --with names: open all of them first, then run their trials with the
 * metric of the chart.  Zero-initialise; release in any case.
 */
struct cmd_overlays {
	size_t n;
	struct rp_case *cs[RP_CHART_OVERLAYS];
	const struct rp_trials *tr[RP_CHART_OVERLAYS];
	const char *name[RP_CHART_OVERLAYS];
	const char *file[RP_CHART_OVERLAYS];	/* in files */
	char *files;
};

RP_CHECKED rp_status cmd_overlays_open(const struct cmd_args *args,
    const struct rp_case *base, struct cmd_overlays *o, struct rp_err *err);
RP_CHECKED rp_status cmd_overlays_run(const struct cmd_args *args,
    const struct rp_trials *base, struct cmd_overlays *o,
    struct rp_err *err);
void cmd_overlays_release(struct cmd_overlays *o);

/* Say in an error with a line which of several files the line is in. */
void cmd_place(const struct cmd_args *args, const struct rp_case *cs,
    struct rp_err *err);

/* ---- stores.c: what the commands on a store do alike -------------------- */

/* RP_EUSAGE for what is surely none: a scenario file, standard input. */
RP_CHECKED rp_status cmd_is_store(const struct cmd_args *args,
    struct rp_err *err);

/*
 * RP_EUSAGE where --output would take the place of a store, in which months of
 * an incident may be, or of a file that the command reads.
 */
RP_CHECKED rp_status cmd_spare_input(const struct cmd_args *args,
    struct rp_err *err);

/* Open the store; a wait for another writer is a note. */
RP_CHECKED rp_status cmd_store(const struct cmd_args *args,
    enum rp_store_mode mode, struct rp_store **out, struct rp_err *err);

/* A CASE as a store to read: a scenario file becomes one in memory. */
RP_CHECKED rp_status cmd_store_of_case(const struct cmd_args *args,
    struct rp_store **out, struct rp_err *err);

/* Import args->scenario now; what is said of it goes to standard error. */
RP_CHECKED rp_status cmd_import(struct rp_store *store, const char *path,
    struct rp_receipt *receipt, struct rp_err *err);

/* The text of an item; free() it.  *name is how to call the file. */
RP_CHECKED rp_status cmd_item(const char *path, char **yaml,
    const char **name, struct rp_err *err);

/* Write a receipt; where that fails, err says that the record was made. */
RP_CHECKED rp_status cmd_receipt(const struct cmd_args *args,
    const struct rp_receipt *receipt, const struct rp_text *text,
    struct rp_err *err);

/* ---- bugs.c: a saved bug ------------------------------------------------ */

/* RP_EUSAGE: what is given is for a bug, and nothing says who is the CA. */
RP_CHECKED rp_status cmd_not_a_bug(const struct cmd_args *args,
    struct rp_err *err);

/*
 * Put what a saved bug gives into the STORE.  RP_OK: *store is to be closed,
 * *taken has a row for each item and is to be freed; on an error both may be
 * as they were or not, and are to be given back as well.
 */
RP_CHECKED rp_status cmd_import_bug(const struct cmd_args *args,
    struct rp_store **store, struct rp_receipt *receipt,
    struct rp_table **taken, struct rp_err *err);

/* ---- counts.c: counted populations -------------------------------------- */

/* Put the counts of args->scenario into the STORE, as cmd_import_bug(). */
RP_CHECKED rp_status cmd_import_counts(const struct cmd_args *args,
    struct rp_store **store, struct rp_receipt *receipt,
    struct rp_table **taken, struct rp_err *err);

/* ---- companions.c ------------------------------------------------------- */

/*
 * Write the files that the scenario of a store names beside args->output.
 * RP_EUSAGE: another file of that name is there, and no --force.
 */
RP_CHECKED rp_status cmd_companions(const struct cmd_args *args,
    struct rp_store *store, struct rp_err *err);

/* The JSON Schema of case files. */
RP_CHECKED rp_status cmd_schema(struct rp_text *text, struct rp_err *err);

/* A case to start from, built into the program; sorted by name. */
struct cmd_template {
	const char *name;		/* "hosting" */
	const unsigned char *text;
	size_t len;
};
extern const struct cmd_template cmd_templates[];
extern const size_t cmd_n_templates;

/* ---- cmd/: one file a command ------------------------------------------- */

cmd_run cmd_run_chart, cmd_run_check, cmd_run_claims, cmd_run_compare,
    cmd_run_doctor, cmd_run_export, cmd_run_forecast, cmd_run_import,
    cmd_run_new, cmd_run_plan, cmd_run_record, cmd_run_report,
    cmd_run_rules, cmd_run_simulate, cmd_run_update, cmd_run_validate,
    cmd_run_verify, cmd_run_whatif;

#endif /* RP_CMD_H */
