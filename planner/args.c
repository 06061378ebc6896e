/* From the words of a command line to struct cmd_args. */
#include "cmd.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "crew.h"
#include "read/binder.h"

/* getopt_long() gives an option as OPTION_BASE + enum cmd_option. */
#define OPTION_BASE 256
#define OPERAND 1

/* Where getopt_long() keeps what it may say: all options, of all commands. */
struct vocabulary {
	char letters[2 + 2 * CMD_OPTIONS + 1];
	struct option longs[CMD_OPTIONS + 1];
};

static bool
same_name(int a, int b)
{
	return strcmp(cmd_option((enum cmd_option)a)->name,
	    cmd_option((enum cmd_option)b)->name) == 0;
}

/* An earlier option has the name; which one is meant, the command says. */
static bool
is_twin(int option)
{
	int i;

	for (i = 0; i < option; i++)
		if (same_name(i, option))
			return true;
	return false;
}

/*
 * "-" gives operands in their place, whatever POSIXLY_CORRECT says; ":"
 * leaves the messages to us.
 */
static void
learn(struct vocabulary *v)
{
	struct option *l = v->longs;
	char *p = v->letters;
	int i;

	memset(v, 0, sizeof(*v));
	*p++ = '-';
	*p++ = ':';
	for (i = 0; i < CMD_OPTIONS; i++) {
		const struct cmd_option_row *row =
		    cmd_option((enum cmd_option)i);

		if (is_twin(i))
			continue;
		l->name = row->name;
		l->has_arg = row->argument != NULL ?
		    required_argument : no_argument;
		l++->val = OPTION_BASE + i;
		if (row->letter == 0)
			continue;
		*p++ = row->letter;
		if (row->argument != NULL)
			*p++ = ':';
	}
}

static enum cmd_option
option_of(int c)
{
	int i;

	for (i = 0; i < CMD_OPTIONS; i++)
		if (c == OPTION_BASE + i ||
		    c == cmd_option((enum cmd_option)i)->letter)
			return (enum cmd_option)i;
	return CMD_OPTIONS;
}

/* Of the options of that name the one that the command takes. */
static enum cmd_option
own_option(const struct cmd_row *command, enum cmd_option option)
{
	int i;

	for (i = 0; i < CMD_OPTIONS; i++)
		if (same_name(i, (int)option) &&
		    (command->options & CMD_BIT(i)) != 0)
			return (enum cmd_option)i;
	return option;
}

/* Which commands take an option: "chart and report". */
static const char *
takers(enum cmd_option option, char buf[CMD_LIST_TEXT])
{
	struct cmd_word words[16] = {{0}};
	size_t i, n, used = 0;
	const struct cmd_row *table = cmd_table(&n);

	for (i = 0; i < n && used < 15; i++)
		if ((table[i].options & CMD_BIT(own_option(&table[i],
		    option))) != 0) {
			words[used].word = table[i].name;
			words[used].value = (int)used;
			used++;
		}
	return cmd_word_list(words, UINT64_MAX, buf);
}

/* "--seed" for messages. */
static rp_status
bad(struct rp_err *err, const struct cmd_option_row *row, const char *said,
    const char *why)
{
	return rp_fail(err, RP_EUSAGE, "--%s '%s' %s", row->name, said, why);
}

static rp_status
set_word(const struct cmd_option_row *row, uint64_t bits, const char *said,
    void *at, struct rp_err *err)
{
	const struct cmd_word *w;
	struct rp_nearest near;
	char list[CMD_LIST_TEXT];

	rp_nearest_init(&near, said);
	for (w = row->words; w->word != NULL; w++) {
		if (strcmp(w->word, said) == 0) {
			*(int *)at = w->value;
			return RP_OK;
		}
		if ((bits & CMD_BIT(w->value)) != 0)
			rp_nearest_try(&near, w->word);
	}
	cmd_word_list(row->words, bits, list);
	if (near.best != NULL)
		return rp_fail(err, RP_EUSAGE, "unknown %s '%s'; did you mean "
		    "'%s'? (%s)", row->name, said, near.best, list);
	return rp_fail(err, RP_EUSAGE, "unknown %s '%s'; choose %s", row->name,
	    said, list);
}

static rp_status
set_number(const struct cmd_option_row *row, const char *said, void *at,
    struct rp_err *err)
{
	char *end = NULL;
	unsigned long long n = 0;

	errno = 0;
	if (*said >= '0' && *said <= '9')
		n = strtoull(said, &end, 10);
	if (end == NULL || *end != '\0')
		return bad(err, row, said, "is not a whole number");
	if (errno != 0 || n < row->least || n > row->most)
		return rp_fail(err, RP_EUSAGE,
		    "--%s '%s' is out of range; it may be %llu to %llu",
		    row->name, said, (unsigned long long)row->least,
		    (unsigned long long)row->most);
	*(uint64_t *)at = n;
	return RP_OK;
}

/* "80", "99.9", "5%" as per mille. */
static rp_status
set_percent(const struct cmd_option_row *row, const char *said, void *at,
    struct rp_err *err)
{
	size_t whole = strspn(said, "0123456789"), len = whole;
	uint64_t n = 0;
	size_t i;

	if (said[len] == '.' && said[len + 1] >= '0' && said[len + 1] <= '9')
		len += 2;
	if (whole == 0 || strcmp(said + len + (said[len] == '%'), "") != 0)
		return bad(err, row, said,
		    "is not a percentage of at most one decimal");
	/* More digits than any limit has are out of range all the same. */
	for (i = 0; i < whole && n < 100000; i++)
		n = 10 * n + (uint64_t)(said[i] - '0');
	n = 10 * n + (len > whole ? (uint64_t)(said[len - 1] - '0') : 0);
	if (n < row->least || n > row->most)
		return rp_fail(err, RP_EUSAGE,
		    "--%s '%s' is out of range; it may be %.1f to %.1f %%",
		    row->name, said, (double)row->least / 10.0,
		    (double)row->most / 10.0);
	*(uint64_t *)at = n;
	return RP_OK;
}

static rp_status
set_string(const struct cmd_option_row *row, const char *said, void *at,
    struct rp_err *err)
{
	if (*said == '\0')
		return bad(err, row, said, "is empty");
	*(const char **)at = said;
	return RP_OK;
}

static rp_status
set_when(const struct cmd_option_row *row, const char *said, void *at,
    struct rp_err *err)
{
	rp_status st = rp_when_parse(said, at, err);

	if (st == RP_OK)
		return RP_OK;
	rp_err_context(err, "--%s", row->name);
	err->code = RP_EUSAGE;
	return RP_EUSAGE;
}

static rp_status
set(struct cmd_args *args, enum cmd_option option, const char *said,
    struct rp_err *err)
{
	const struct cmd_option_row *row = cmd_option(option);
	void *at = (char *)args + row->at;
	char list[CMD_LIST_TEXT];

	if ((args->command->options & CMD_BIT(option)) == 0)
		return rp_fail(err, RP_EUSAGE, "--%s is not an option of '%s' "
		    "but of %s", row->name, args->command->name,
		    takers(option, list));
	args->given |= CMD_BIT(option);
	switch (row->kind) {
	case CMD_FLAG:
		*(bool *)at = true;
		return RP_OK;
	case CMD_STRING:
		return set_string(row, said, at, err);
	case CMD_WORD:
		return set_word(row, cmd_word_bits(args->command, option),
		    said, at, err);
	case CMD_NUMBER:
		return set_number(row, said, at, err);
	case CMD_PERCENT:
		return set_percent(row, said, at, err);
	case CMD_WHEN:
		return set_when(row, said, at, err);
	case CMD_SPAN:
		return cmd_set_span(row, said, at, err);
	case CMD_SHARES:
		return cmd_set_shares(row, said, at, err);
	case CMD_INSTANTS:
		return cmd_set_instants(row, said, at, err);
	case CMD_STATES:
		return cmd_set_states(row, said, at, err);
	}
	return RP_OK;
}

/* Of those that the command takes, which was meant. */
static rp_status
unknown_option(const struct cmd_row *command, const char *said,
    struct rp_err *err)
{
	size_t len = strcspn(said, "="), alike = 0;
	char word[64];
	struct rp_nearest near;
	int i;

	(void)snprintf(word, sizeof(word), "%.*s",
	    (int)(len < sizeof(word) ? len : sizeof(word) - 1), said);
	rp_nearest_init(&near, word + strspn(word, "-"));
	for (i = 0; i < CMD_OPTIONS; i++) {
		const char *name = cmd_option((enum cmd_option)i)->name;

		if (len > 2 && !is_twin(i) &&
		    strncmp(name, said + 2, len - 2) == 0)
			alike++;
		if ((command->options & CMD_BIT(i)) != 0)
			rp_nearest_try(&near, name);
	}
	if (alike > 1)
		return rp_fail(err, RP_EUSAGE,
		    "option '%s' may be one of several; write it out", word);
	if (near.best != NULL)
		return rp_fail(err, RP_EUSAGE, "unknown option '%s'; did you "
		    "mean '--%s'?", word, near.best);
	return rp_fail(err, RP_EUSAGE,
	    "unknown option '%s'; see 'revplan help %s'", word, command->name);
}

/* What getopt_long() did not take: '?' unknown, ':' without its argument. */
static rp_status
refuse(int c, const struct cmd_args *args, char **argv, struct rp_err *err)
{
	const char *said = argv[optind - 1];
	char letter[3] = { '-', (char)optopt, '\0' };

	if (c == ':')
		return rp_fail(err, RP_EUSAGE,
		    "option '%s' needs an argument: %s", said,
		    cmd_option(option_of(optopt))->argument);
	if (optopt >= OPTION_BASE)
		return rp_fail(err, RP_EUSAGE,
		    "option '--%s' takes no argument",
		    cmd_option(option_of(optopt))->name);
	return unknown_option(args->command, optopt != 0 ? letter : said, err);
}

/*
 * The words that are no options are gathered at the front of argv, over
 * options that were read already: *n of them.
 */
static rp_status
read_words(int argc, char **argv, struct cmd_args *args, int *n,
    struct rp_err *err)
{
	struct vocabulary v;
	rp_status st = RP_OK;
	int c = 0;

	learn(&v);
	/* 1 would leave what it remembers of an earlier line. */
	optind = 0;
	while (st == RP_OK && !args->help &&
	    (c = getopt_long(argc, argv, v.letters, v.longs, NULL)) != -1) {
		if (c == OPERAND)
			argv[(*n)++] = optarg;
		else if (c == '?' || c == ':')
			st = refuse(c, args, argv, err);
		else
			st = set(args, own_option(args->command,
			    option_of(c)), optarg, err);
	}
	/* What follows "--". */
	for (; st == RP_OK && !args->help && optind < argc; optind++)
		argv[(*n)++] = argv[optind];
	return st;
}

/* The format that the suffix of --output stands for; -1: none. */
static int
format_of_suffix(const char *path)
{
	static const struct cmd_word suffixes[] = {
		{ "txt", CMD_TEXT }, { "md", CMD_MARKDOWN },
		{ "csv", CMD_CSV }, { "json", CMD_JSON },
		{ "html", CMD_HTML }, { "htm", CMD_HTML },
		{ "svg", CMD_SVG }, { "png", CMD_PNG }, { "pdf", CMD_PDF },
		{ "ics", CMD_ICS },
	};
	const char *dot = path == NULL ? NULL : strrchr(path, '.');
	size_t i;

	if (dot == NULL || strchr(dot, '/') != NULL)
		return -1;
	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcmp(dot + 1, suffixes[i].word) == 0)
			return suffixes[i].value;
	return -1;
}

/* A file of a suffix that we do not know must not get a text chart. */
static bool
is_riddle(const struct cmd_args *args, int suffix)
{
	return suffix < 0 && !args->script && args->output != NULL &&
	    strcmp(args->output, "-") != 0 &&
	    (args->command->formats & CMD_BIT(CMD_TERMINAL)) != 0;
}

/* A draft is a text, and the page of the same command is none. */
static uint64_t
formats_of(const struct cmd_args *args)
{
	const uint64_t drafts = CMD_BIT(CMD_TEXT) | CMD_BIT(CMD_MARKDOWN);

	if ((args->command->options & CMD_BIT(OPT_REPORT)) == 0)
		return args->command->formats;
	return cmd_given(args, OPT_REPORT) ? drafts :
	    args->command->formats & ~drafts;
}

/* A script is wanted for a picture, not for a drawing. */
static int
format_by_default(const struct cmd_args *args, int suffix)
{
	if (suffix >= 0)
		return suffix;
	if (args->script)
		return CMD_SVG;
	return cmd_given(args, OPT_REPORT) ? CMD_MARKDOWN :
	    (int)cmd_format_default(args->command);
}

/* What does not write a format: a draft is named by its option. */
static const char *
name_of(const struct cmd_args *args)
{
	return cmd_given(args, OPT_REPORT) ? "report --kind" :
	    args->command->name;
}

static rp_status
choose_format(struct cmd_args *args, struct rp_err *err)
{
	bool given = cmd_given(args, OPT_FORMAT);
	int suffix = format_of_suffix(args->output);
	const uint64_t formats = formats_of(args);
	const char *name = name_of(args);
	char list[CMD_LIST_TEXT];

	if (formats == 0)
		return RP_OK;
	cmd_word_list(cmd_option(OPT_FORMAT)->words, formats, list);
	if (!given && is_riddle(args, suffix))
		return rp_fail(err, RP_EUSAGE, "no format goes with --output "
		    "'%s'; choose --format %s", args->output, list);
	if (!given)
		args->format = format_by_default(args, suffix);
	if ((formats & CMD_BIT(args->format)) != 0)
		return RP_OK;
	if (given)
		return rp_fail(err, RP_EUSAGE,
		    "'%s' does not write %s; choose %s", name,
		    cmd_format_word((enum cmd_format)args->format), list);
	return rp_fail(err, RP_EUSAGE, "'%s' does not write %s, which "
	    "--output '%s' asks for; choose --format %s", name,
	    cmd_format_word((enum cmd_format)args->format), args->output,
	    list);
}

static bool
is_noise(const struct cmd_args *args)
{
	uint64_t page = CMD_BIT(CMD_HTML);

	if (args->format == CMD_PNG || args->format == CMD_PDF)
		return !args->script;
	return formats_of(args) == page && !cmd_given(args, OPT_FORMAT);
}

/* A terminal shows a picture's bytes as noise, or worse. */
static rp_status
protect_terminal(const struct cmd_args *args, struct rp_err *err)
{
	if (!is_noise(args) || isatty(STDOUT_FILENO) != 1 ||
	    (args->output != NULL && strcmp(args->output, "-") != 0))
		return RP_OK;
	return rp_fail(err, RP_EUSAGE,
	    "%s is not for a terminal; name a file with --output",
	    cmd_format_word((enum cmd_format)args->format));
}

static rp_status
read_plan(struct cmd_args *args, struct rp_err *err)
{
	const char *said = args->plan_text;
	uint64_t n = 0;
	struct cmd_option_row row = *cmd_option(OPT_PLAN);

	args->plan = SIZE_MAX;
	if (said == NULL || strcmp(said, "last") == 0)
		return RP_OK;
	if (strcmp(said, "first") == 0) {
		args->plan = 0;
		return RP_OK;
	}
	row.least = 1;
	row.most = 10000;
	if (*said < '0' || *said > '9')
		return bad(err, &row, said, "is not first, last or a number");
	if (set_number(&row, said, &n, err) != RP_OK)
		return RP_EUSAGE;
	args->plan = (size_t)n - 1;
	return RP_OK;
}

/* Of many processes mpirun gives each a place of its own. */
static uint64_t
usual_threads(void)
{
	long n = crew() != NULL ? 1 : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 256 ? 256 : (uint64_t)n;
}

/* Later than the words: what is missing, and what does not go together. */
static rp_status
complete(struct cmd_args *args, struct rp_err *err)
{
	const struct cmd_row *command = args->command;
	struct rp_instant now = rp_instant_of_s(0);
	rp_status st = RP_OK;

	if (args->schema && args->operand != NULL)
		return rp_fail(err, RP_EUSAGE, "--schema takes no CASE, and "
		    "'%s' is one", args->operand);
	if (!args->schema && cmd_operands_complete(args, err) != RP_OK)
		return RP_EUSAGE;
	if (!cmd_given(args, OPT_THREADS))
		args->threads = usual_threads();
	st = choose_format(args, err);
	if (st == RP_OK)
		st = protect_terminal(args, err);
	if (st == RP_OK)
		st = read_plan(args, err);
	if (st != RP_OK || cmd_given(args, OPT_AS_OF) ||
	    (command->options & CMD_BIT(OPT_AS_OF)) == 0)
		return st;
	st = rp_clock_now(&now, err);
	args->as_of = rp_when_exact(now);
	return st;
}

rp_status
cmd_parse(const struct cmd_row *command, int argc, char **argv,
    struct cmd_args *args, struct rp_err *err)
{
	rp_status st = RP_OK;
	int n = 0;

	memset(args, 0, sizeof(*args));
	args->command = command;
	args->plan = SIZE_MAX;
	args->wait = 30;
	args->period = RP_PERIOD_MONTH;
	args->confidence = 800;
	args->view = RP_VIEW_INTERNAL;
	args->kind = RP_CHART_CURVE;
	args->metric = RP_METRIC_REPLACED;
	/* argv[0] has been read as well: it is the name of the command. */
	st = read_words(argc, argv, args, &n, err);
	if (st == RP_OK && !args->help)
		st = cmd_operands(args, argv, (size_t)n, err);
	if (st != RP_OK || args->help)
		return st;
	return complete(args, err);
}
