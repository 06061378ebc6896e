/* Completion for fish, from the tables of commands and options. */
#include "cmd.h"
#include "completion.h"

/* fish has its own two characters to escape, and shows the text beside. */
static void
fish_text(struct rp_text *out, const char *flag, const char *s)
{
	rp_text_printf(out, " %s '", flag);
	cmd_put_escaped(out, s, "'\\");
	rp_text_puts(out, "'");
}

/* -x: an argument, and no files for it; -r -F: an argument, and files. */
static void
fish_option(struct rp_text *out, const struct cmd_row *command, int option)
{
	const struct cmd_option_row *row =
	    cmd_option((enum cmd_option)option);

	rp_text_printf(out, "complete -c revplan -n '__revplan_is %s' -l %s",
	    command->name, row->name);
	if (row->letter != 0)
		rp_text_printf(out, " -s %c", row->letter);
	if (row->argument != NULL)
		rp_text_puts(out, cmd_takes_file(row) ? " -r -F" : " -x");
	if (cmd_has_choices(option)) {
		rp_text_puts(out, " -a '");
		cmd_put_choices(out, command, option);
		rp_text_puts(out, "'");
	}
	fish_text(out, "-d", row->help);
	rp_text_puts(out, "\n");
}

static void
fish_place(struct rp_text *out, const struct cmd_row *command,
    const struct cmd_operand *o, size_t place, bool after)
{
	rp_text_printf(out, "complete -c revplan -n '__revplan_is %s ",
	    command->name);
	cmd_put_place(out, o, place, "");
	if (command->word != NULL)
		rp_text_printf(out, "; and %s__revplan_form %s",
		    after ? "" : "not ", command->word);
	rp_text_puts(out, "' -k -a '");
}

/*
 * -k keeps the order, in which the files of the right kind come first.
 * after: the word of the form that it is for comes before all operands.
 */
static void
fish_form(struct rp_text *out, const struct cmd_row *command,
    const struct cmd_operand *o, bool after)
{
	size_t i;

	for (i = 0; o != NULL && o[i].name != NULL; i++) {
		if (o[i].need == CMD_PAIRS)
			continue;
		fish_place(out, command, &o[i], after ? i + 1 : i, after);
		if (!after && i == 0 && command->word != NULL)
			rp_text_printf(out, "%s ", command->word);
		if (o[i].list != NULL)
			cmd_put_list(out, &o[i]);
		else
			rp_text_printf(out, "(__revplan_files %s)",
			    cmd_suffixes(&o[i]));
		rp_text_puts(out, "'\n");
	}
}

static void
fish_operands(struct rp_text *out, const struct cmd_row *command)
{
	fish_form(out, command, command->operands, false);
	if (command->word != NULL)
		fish_form(out, command, command->others, true);
}

static void
fish_command(struct rp_text *out, const struct cmd_row *command)
{
	int i;

	rp_text_printf(out, "complete -c revplan -n '__revplan_is \"\"' "
	    "-a %s", command->name);
	fish_text(out, "-d", command->summary);
	rp_text_printf(out, "\ncomplete -c revplan -n '__revplan_is help 0' "
	    "-a %s\n", command->name);
	for (i = 0; i < CMD_OPTIONS; i++)
		if (cmd_takes(command, i))
			fish_option(out, command, i);
	fish_operands(out, command);
}

/* The options whose next word belongs to them, as fish matches them. */
static void
fish_arguments(struct rp_text *out)
{
	int i;

	for (i = 0; i < CMD_OPTIONS; i++) {
		const struct cmd_option_row *row =
		    cmd_option((enum cmd_option)i);

		if (row->argument == NULL)
			continue;
		rp_text_printf(out, " --%s", row->name);
		if (row->letter != 0)
			rp_text_printf(out, " -%c", row->letter);
	}
}

/*
 * fish asks every line of the script, so each says for itself which command
 * and which place it is for.
 */
void
cmd_fish(struct rp_text *out)
{
	rp_text_puts(out, "# revplan help --completion fish made this\n"
	    "# Whether the command is $argv[1], and so many operands stand "
	    "before the cursor.\n"
	    "function __revplan_is\n"
	    "\tset -l words (commandline -opc)\n"
	    "\ttest \"$words[2]\" = \"$argv[1]\"; or return 1\n"
	    "\ttest (count $argv) -gt 1; or return 0\n"
	    "\tset -l place 0\n"
	    "\tset -l skip 0\n"
	    "\tfor word in $words[3..]\n"
	    "\t\tif test $skip -eq 1\n"
	    "\t\t\tset skip 0\n"
	    "\t\telse if contains -- $word");
	fish_arguments(out);
	rp_text_puts(out, "\n"
	    "\t\t\tset skip 1\n"
	    "\t\telse if not string match -q -- '-*' $word\n"
	    "\t\t\tset place (math $place + 1)\n"
	    "\t\tend\n"
	    "\tend\n"
	    "\ttest $place -eq $argv[2]\n"
	    "end\n"
	    "# Whether the first word of the command is $argv[1].\n"
	    "function __revplan_form\n"
	    "\tset -l words (commandline -opc)\n"
	    "\ttest \"$words[3]\" = \"$argv[1]\"\n"
	    "end\n"
	    "# Files of these suffixes before the others.\n"
	    "function __revplan_files\n"
	    "\tset -l all (__fish_complete_path (commandline -ct))\n"
	    "\tfor suffix in $argv\n"
	    "\t\tstring match -r -- \".*\\\\.$suffix(?:\\t.*)?\\$\" $all\n"
	    "\tend\n"
	    "\tprintf '%s\\n' $all\n"
	    "end\n"
	    "complete -c revplan -f\n"
	    "complete -c revplan -n '__revplan_is \"\"' -a help "
	    "-d 'options and examples of a command'\n");
	cmd_each(out, fish_command);
}
