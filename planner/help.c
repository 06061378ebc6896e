/* Help texts and parts of man pages, from the tables. */
#include "cmd.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "read/binder.h"
#include "version.h"

#define WIDTH 79
#define LEFT 2			/* indent of a list */
#define RIGHT 24		/* where the explanation begins */

/*
 * "length of a row: month or week; default month".  Formats differ from
 * command to command.
 */
static void
explain(struct rp_text *out, const struct cmd_row *command,
    enum cmd_option option)
{
	const struct cmd_option_row *row = cmd_option(option);
	char list[CMD_LIST_TEXT];

	rp_text_puts(out, row->help);
	if (row->words != NULL)
		rp_text_printf(out, ": %s", cmd_word_list(row->words,
		    cmd_word_bits(command, option), list));
	if (row->fallback != NULL)
		rp_text_printf(out, "; default %s", row->fallback);
	if (option == OPT_FORMAT)
		rp_text_printf(out, " %s",
		    cmd_format_word(cmd_format_default(command)));
}

/* Explanations are wrapped so that they stand beside their options. */
static void
wrap(struct rp_text *out, const char *text)
{
	size_t at = RIGHT, len;

	for (; *text != '\0'; text += len) {
		if (*text == ' ')
			text++;
		len = strcspn(text, " ");
		if (at > RIGHT && at + 1 + len > WIDTH) {
			rp_text_printf(out, "\n%*s", RIGHT, "");
			at = RIGHT;
		} else if (at > RIGHT) {
			rp_text_puts(out, " ");
			at++;
		}
		rp_text_add(out, text, len);
		at += len;
	}
	rp_text_puts(out, "\n");
}

static void
list_item(struct rp_text *out, const char *name, const char *text)
{
	size_t len = LEFT + strlen(name);

	rp_text_printf(out, "%*s%s", LEFT, "", name);
	if (len + 1 >= RIGHT) {
		rp_text_puts(out, "\n");
		len = 0;
	}
	rp_text_printf(out, "%*s", (int)(RIGHT - len), "");
	wrap(out, text);
}

static void
indent(struct rp_text *out, const char *lines)
{
	size_t len;

	for (; *lines != '\0'; lines += len) {
		len = strcspn(lines, "\n") + 1;
		rp_text_printf(out, "%*s", LEFT, "");
		rp_text_add(out, lines, len);
	}
}

static void
help_option(struct rp_text *out, const struct cmd_row *command,
    enum cmd_option option)
{
	const struct cmd_option_row *row = cmd_option(option);
	struct rp_text text = {0};
	char name[64];

	(void)snprintf(name, sizeof(name), "%c%c%s --%s%s%s",
	    row->letter != 0 ? '-' : ' ', row->letter != 0 ? row->letter : ' ',
	    row->letter != 0 ? "," : " ", row->name,
	    row->argument != NULL ? " " : "",
	    row->argument != NULL ? row->argument : "");
	explain(&text, command, option);
	if (!text.failed)
		list_item(out, name, text.bytes);
	rp_text_release(&text);
}

/* What stands before and behind the name of an operand in a synopsis. */
struct frame {
	const char *before;
	const char *after;
};

static void
list_operands(struct rp_text *out, const struct cmd_operand *o,
    const struct frame *frames)
{
	for (; o != NULL && o->name != NULL; o++) {
		rp_text_puts(out, frames[o->need].before);
		rp_text_puts(out, o->name);
		rp_text_puts(out, frames[o->need].after);
	}
}

static bool
is_known(const struct cmd_operand *o, const char *name)
{
	for (; o != NULL && o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return true;
	return false;
}

/* "STORE KIND [KEY=VALUE ...] [options]", and what each of them is. */
static void
help_usage(struct rp_text *out, const struct cmd_row *command)
{
	static const struct frame frames[] = {
		[CMD_NEEDED] = { " ", "" }, [CMD_OPTIONAL] = { " [", "]" },
		[CMD_PAIRS] = { " [", " ...]" }, [CMD_MANY] = { " ", " ..." },
		[CMD_ANY] = { " [", " ...]" }
	};
	const struct cmd_operand *o;
	const char *word, *about;
	size_t i;

	rp_text_printf(out, "\nUsage:\n  revplan %s", command->name);
	list_operands(out, command->operands, frames);
	rp_text_puts(out, " [options]\n");
	if (command->word != NULL) {
		rp_text_printf(out, "  revplan %s %s", command->name,
		    command->word);
		list_operands(out, command->others, frames);
		rp_text_puts(out, " [options]\n");
	}
	for (o = command->operands; o != NULL && o->name != NULL; o++)
		rp_text_printf(out, "  %s %s\n", o->name, o->about);
	for (o = command->others; o != NULL && o->name != NULL; o++)
		if (!is_known(command->operands, o->name))
			rp_text_printf(out, "  %s %s\n", o->name, o->about);
	for (o = command->operands; o != NULL && o->name != NULL; o++) {
		if (o->list == NULL || o->need == CMD_ANY)
			continue;
		rp_text_printf(out, "\n%s:\n", o->name);
		for (i = 0; (word = o->list(i, &about)) != NULL; i++)
			list_item(out, word, about);
	}
}

void
cmd_help(struct rp_text *out, const struct cmd_row *command)
{
	int i;

	rp_text_printf(out, "revplan %s: %s\n\nExamples:\n", command->name,
	    command->summary);
	indent(out, command->examples);
	help_usage(out, command);
	rp_text_puts(out, "\nOptions:\n");
	for (i = 0; i < CMD_OPTIONS; i++)
		if ((command->options & CMD_BIT(i)) != 0)
			help_option(out, command, (enum cmd_option)i);
	rp_text_printf(out, "\nMore: man revplan-%s\n", command->name);
}

/*
 * The commands by what one comes for.  One that is missing here is listed
 * after them: a test looks that there is none.
 */
static const struct {
	const char *purpose;
	const char *names[5];	/* NULL after the last */
} groups[] = {
	{ "Begin", { "new", "validate", "import", "doctor" } },
	{ "Record", { "record" } },
	{ "Look ahead", { "simulate", "whatif", "plan", "forecast" } },
	{ "Judge", { "check", "compare", "claims", "rules" } },
	{ "Publish", { "update", "chart", "report" } },
	{ "Keep", { "export", "verify" } },
};

static bool
is_grouped(const char *name)
{
	size_t i, k;

	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		for (k = 0; groups[i].names[k] != NULL; k++)
			if (strcmp(groups[i].names[k], name) == 0)
				return true;
	return false;
}

static void
list_commands(struct rp_text *out)
{
	size_t i, k, n;
	const struct cmd_row *table = cmd_table(&n), *row;
	bool others = false;

	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		rp_text_printf(out, "\n%s:\n", groups[i].purpose);
		for (k = 0; groups[i].names[k] != NULL; k++)
			if ((row = cmd_find(groups[i].names[k])) != NULL)
				list_item(out, row->name, row->summary);
	}
	for (i = 0; i < n; i++) {
		if (is_grouped(table[i].name))
			continue;
		rp_text_puts(out, others ? "" : "\nOthers:\n");
		list_item(out, table[i].name, table[i].summary);
		others = true;
	}
}

void
cmd_help_all(struct rp_text *out)
{
	rp_text_puts(out, "revplan: plan, simulate and track the replacement "
	    "of certificates\n\nExamples:\n"
	    "  revplan new --template hosting --output case.yaml\n"
	    "  revplan plan case.yaml --as-of 2026-03-09 --round 5\n"
	    "  revplan import incident.db case.yaml\n"
	    "  revplan record incident.db actual as_of=2026-04-30 "
	    "replaced=36.5%\n"
	    "  revplan compare case.yaml\n"
	    "  revplan forecast case.yaml --as-of 2026-04-30\n"
	    "  revplan check case.yaml\n"
	    "  revplan update case.yaml --output update.md\n"
	    "  revplan report case.yaml --output report.html\n"
	    "\nUsage:\n  revplan COMMAND CASE [options]\n");
	list_commands(out);
	rp_text_puts(out, "\nExit status:\n"
	    "  0 done, 1 done with findings (check, claims, verify),\n"
	    "  2 wrong use, 3 invalid input, 4 a file, a disk or a program "
	    "failed\n"
	    "\nMore: revplan help COMMAND, man revplan, man revplan-case, "
	    "man revplan-store\n");
}

static void
help_names(struct rp_text *out)
{
	size_t i, n;
	const struct cmd_row *table = cmd_table(&n);

	for (i = 0; i < n; i++)
		rp_text_printf(out, "%s\n", table[i].name);
}

/* ---- man pages ---------------------------------------------------------- */

/* mdoc takes a minus for a hyphen. */
static void
mdoc_flag(struct rp_text *out, const char *macro,
    const struct cmd_option_row *row)
{
	const char *p;

	rp_text_printf(out, "%s", macro);
	if (row->letter != 0)
		rp_text_printf(out, " Fl %c ,", row->letter);
	rp_text_puts(out, " Fl \\-");
	for (p = row->name; *p != '\0'; p++)
		if (*p == '-')
			rp_text_puts(out, "\\-");
		else
			rp_text_add(out, p, 1);
	if (row->argument != NULL)
		rp_text_printf(out, " Ar %s", row->argument);
	rp_text_puts(out, "\n");
}

/* A sentence, as pages have them. */
static void
mdoc_explain(struct rp_text *out, const struct cmd_row *command,
    enum cmd_option option)
{
	struct rp_text text = {0};

	explain(&text, command, option);
	if (!text.failed) {
		text.bytes[0] = (char)toupper((unsigned char)text.bytes[0]);
		rp_text_printf(out, "%s.\n", text.bytes);
	}
	rp_text_release(&text);
}

/* The SYNOPSIS and the options of a page; tests compare them with it. */
static void
help_mdoc(struct rp_text *out, const struct cmd_row *command)
{
	static const struct frame frames[] = {
		[CMD_NEEDED] = { ".Ar ", "\n" },
		[CMD_OPTIONAL] = { ".Op Ar ", "\n" },
		[CMD_PAIRS] = { ".Op Ar ", " ...\n" },
		[CMD_MANY] = { ".Ar ", " ...\n" },
		[CMD_ANY] = { ".Op Ar ", " ...\n" }
	};
	int i;

	rp_text_printf(out, ".Sh SYNOPSIS\n.Nm revplan %s\n", command->name);
	list_operands(out, command->operands, frames);
	rp_text_puts(out, ".Op Ar options\n");
	if (command->word != NULL) {
		rp_text_printf(out, ".Nm revplan %s\n.Cm %s\n",
		    command->name, command->word);
		list_operands(out, command->others, frames);
		rp_text_puts(out, ".Op Ar options\n");
	}
	rp_text_puts(out, ".Sh OPTIONS\n.Bl -tag -width Ds\n");
	for (i = 0; i < CMD_OPTIONS; i++) {
		if ((command->options & CMD_BIT(i)) == 0)
			continue;
		mdoc_flag(out, ".It", cmd_option((enum cmd_option)i));
		mdoc_explain(out, command, (enum cmd_option)i);
	}
	rp_text_puts(out, ".El\n");
}

/* ---- revplan help ------------------------------------------------------- */

rp_status
cmd_unknown(const char *said, struct rp_err *err)
{
	size_t i, n;
	const struct cmd_row *table = cmd_table(&n);
	struct rp_nearest near;

	rp_nearest_init(&near, said);
	for (i = 0; i < n; i++)
		rp_nearest_try(&near, table[i].name);
	rp_nearest_try(&near, "help");
	if (near.best != NULL)
		return rp_fail(err, RP_EUSAGE,
		    "unknown command '%s'; did you mean '%s'?", said,
		    near.best);
	if (strchr(said, '.') != NULL || strchr(said, '/') != NULL)
		return rp_fail(err, RP_EUSAGE, "'%s' is no command, which "
		    "comes before the file: 'revplan check %s'; 'revplan "
		    "help' lists them", said, said);
	return rp_fail(err, RP_EUSAGE,
	    "unknown command '%s'; 'revplan help' lists them", said);
}

/* What `revplan help WORD` prints when WORD is no command. */
static const struct {
	const char *word;
	void (*print)(struct rp_text *out);
} topics[] = {
	{ "help", cmd_help_all },
	{ "--help", cmd_help_all },
	{ "--names", help_names },
};

static rp_status
help_on(struct rp_text *out, const char *word, struct rp_err *err)
{
	const struct cmd_row *command = cmd_find(word);
	size_t i;

	for (i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
		if (strcmp(topics[i].word, word) == 0) {
			topics[i].print(out);
			return RP_OK;
		}
	if (command == NULL)
		return cmd_unknown(word, err);
	cmd_help(out, command);
	return RP_OK;
}

static rp_status
help_page(struct rp_text *out, const char *word, struct rp_err *err)
{
	const struct cmd_row *command = cmd_find(word != NULL ? word : "");

	if (command == NULL)
		return cmd_unknown(word != NULL ? word : "", err);
	help_mdoc(out, command);
	return RP_OK;
}

/* What takes a word of its own: `revplan help --mdoc check`. */
static const struct {
	const char *word;
	rp_status (*print)(struct rp_text *out, const char *word,
	    struct rp_err *err);
} askings[] = {
	{ "--mdoc", help_page },
	{ "--completion", cmd_completion },
};

static rp_status
answer(struct rp_text *out, int argc, char **argv, struct rp_err *err)
{
	const char *word = argc > 1 ? argv[1] : "help";
	size_t i, n = sizeof(askings) / sizeof(askings[0]);
	int most = 2;

	for (i = 0; i < n && strcmp(askings[i].word, word) != 0; i++)
		;
	if (i < n)
		most = 3;
	if (argc > most)
		return rp_fail(err, RP_EUSAGE, "'help' takes one command; "
		    "'%s' is one too many", argv[most]);
	if (i < n)
		return askings[i].print(out, argc > 2 ? argv[2] : NULL, err);
	return help_on(out, word, err);
}

rp_status
cmd_help_run(int argc, char **argv, struct rp_err *err)
{
	struct rp_text out = {0};
	struct cmd_args args = {0};
	rp_status st = answer(&out, argc, argv, err);

	if (st == RP_OK)
		st = cmd_write(&args, NULL, &out, err);
	rp_text_release(&out);
	return st;
}
