/* Completion for shells, from the tables of commands and options. */
#include "cmd.h"
#include "completion.h"

#include <stdio.h>
#include <string.h>

/* Which files an operand is looked for among; others follow them.  "": any. */
static const struct {
	const char *operand;
	const char *suffixes;	/* with a blank after each */
} files[] = {
	{ "CASE", "yaml yml db " },
	{ "COUNTS", "csv " },
	{ "JSON", "json " },
	{ "SCENARIO", "yaml yml json " },
	{ "STORE", "db " },
	{ "VARIANT", "yaml yml db " },
};

const char *
cmd_suffixes(const struct cmd_operand *o)
{
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(files[i].operand, o->name) == 0)
			return files[i].suffixes;
	return "";
}

/* Options that name a file, of those that take a text. */
bool
cmd_takes_file(const struct cmd_option_row *row)
{
	return row->kind == CMD_STRING && strcmp(row->argument, "FILE") == 0;
}

bool
cmd_takes(const struct cmd_row *command, int option)
{
	return (command->options & CMD_BIT(option)) != 0;
}

/* The words that an option of a command may take, each with a blank. */
void
cmd_put_choices(struct rp_text *out, const struct cmd_row *command, int option)
{
	const struct cmd_word *w = cmd_option((enum cmd_option)option)->words;
	uint64_t bits = cmd_word_bits(command, (enum cmd_option)option);
	size_t i;

	for (; w != NULL && w->word != NULL; w++)
		if ((bits & CMD_BIT(w->value)) != 0)
			rp_text_printf(out, "%s ", w->word);
	/* Templates are no list of the table, but a list all the same. */
	for (i = 0; option == OPT_TEMPLATE && i < cmd_n_templates; i++)
		rp_text_printf(out, "%s ", cmd_templates[i].name);
}

bool
cmd_has_choices(int option)
{
	return cmd_option((enum cmd_option)option)->words != NULL ||
	    option == OPT_TEMPLATE;
}

/* KINDs of `record`, what `export` exports. */
void
cmd_put_list(struct rp_text *out, const struct cmd_operand *o)
{
	const char *word, *about;
	size_t i;

	for (i = 0; (word = o->list(i, &about)) != NULL; i++)
		rp_text_printf(out, "%s ", word);
}

/* Which place an operand has; all: of those of which there may be several. */
void
cmd_put_place(struct rp_text *out, const struct cmd_operand *o, size_t place,
    const char *all)
{
	if (o->need == CMD_ANY)
		rp_text_puts(out, all);
	else
		rp_text_printf(out, "%zu", place);
}

/* For the first word, and for `help`. */
static void
put_commands(struct rp_text *out)
{
	size_t i, n;
	const struct cmd_row *table = cmd_table(&n);

	for (i = 0; i < n; i++)
		rp_text_printf(out, "%s ", table[i].name);
}

/* s with some of its characters behind a backslash. */
void
cmd_put_escaped(struct rp_text *out, const char *s, const char *special)
{
	for (; *s != '\0'; s++) {
		if (strchr(special, *s) != NULL)
			rp_text_puts(out, "\\");
		rp_text_add(out, s, 1);
	}
}

/* Within single quotes of bash and zsh. */
static void
put_quoted(struct rp_text *out, const char *s, const char *special)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			rp_text_puts(out, "'\\''");
		else
			cmd_put_escaped(out, (const char[]){ *s, '\0' },
			    special);
	}
}

/* ---- bash --------------------------------------------------------------- */

/* "--kind|-k": the two names of an option, with what stands before each. */
static void
bash_names(struct rp_text *out, const char *before, int option)
{
	const struct cmd_option_row *row =
	    cmd_option((enum cmd_option)option);

	rp_text_printf(out, "%s--%s", before, row->name);
	if (row->letter != 0)
		rp_text_printf(out, "|%s-%c", before, row->letter);
}

/* Options whose next word belongs to them. */
static void
bash_arguments(struct rp_text *out)
{
	bool first = true;
	int i;

	for (i = 0; i < CMD_OPTIONS; i++) {
		if (cmd_option((enum cmd_option)i)->argument == NULL)
			continue;
		rp_text_puts(out, first ? "" : "|");
		bash_names(out, "", i);
		first = false;
	}
}

/*
 * One flat `case` over "command:option" does for bash: no arrays, so that the
 * script can be read, and be tested line by line.
 */
static void
bash_command(struct rp_text *out, const struct cmd_row *command)
{
	char before[64];
	int i;

	(void)snprintf(before, sizeof(before), "%s:", command->name);
	for (i = 0; i < CMD_OPTIONS; i++) {
		if (!cmd_takes(command, i) || !cmd_has_choices(i))
			continue;
		rp_text_puts(out, "\t");
		bash_names(out, before, i);
		rp_text_puts(out, ") words='");
		cmd_put_choices(out, command, i);
		rp_text_puts(out, "' ;;\n");
	}
}

/* Only the long names: who types a dash and TAB wants to be told. */
static void
bash_options(struct rp_text *out, const struct cmd_row *command)
{
	int i;

	rp_text_printf(out, "\t%s:-*) words='", command->name);
	for (i = 0; i < CMD_OPTIONS; i++)
		if (cmd_takes(command, i))
			rp_text_printf(out, "--%s ",
			    cmd_option((enum cmd_option)i)->name);
	rp_text_puts(out, "' ;;\n");
}

/* The operands of a form; first: how many words stand before them. */
static void
bash_form(struct rp_text *out, const struct cmd_row *command,
    const struct cmd_operand *o, size_t first)
{
	size_t i;

	for (i = 0; o != NULL && o[i].name != NULL; i++) {
		if (o[i].need == CMD_PAIRS)
			continue;
		rp_text_printf(out, "\t%s", command->name);
		if (first > 0)
			rp_text_printf(out, "\\ %s", command->word);
		rp_text_puts(out, ":");
		cmd_put_place(out, &o[i], first + i, "[0-9]*");
		rp_text_puts(out, o[i].list != NULL ? ") words='" :
		    ") suffixes='");
		if (o[i].list != NULL)
			cmd_put_list(out, &o[i]);
		else
			rp_text_puts(out, cmd_suffixes(&o[i]));
		rp_text_puts(out, "'");
		if (first == 0 && i == 0 && command->word != NULL)
			rp_text_printf(out, " also=%s", command->word);
		rp_text_puts(out, " ;;\n");
	}
}

/* By how many operands stand before the word: "record:1" is the KIND. */
static void
bash_operands(struct rp_text *out, const struct cmd_row *command)
{
	bash_form(out, command, command->operands, 0);
	if (command->word != NULL)
		bash_form(out, command, command->others, 1);
}

/* Which form of a command it is. */
static void
bash_word(struct rp_text *out, const struct cmd_row *command)
{
	if (command->word != NULL)
		rp_text_printf(out, "\t%s:%s:) ;;\n"
		    "\t%s:%s:*) form=' %s' ;;\n", command->name,
		    command->word, command->name, command->word,
		    command->word);
}

/* The names of files are left to bash. */
static void
bash_files(struct rp_text *out)
{
	int i;

	for (i = 0; i < CMD_OPTIONS; i++) {
		if (!cmd_takes_file(cmd_option((enum cmd_option)i)))
			continue;
		rp_text_puts(out, "\t");
		bash_names(out, "*:", i);
		rp_text_puts(out, ") return ;;\n");
	}
}

void
cmd_each(struct rp_text *out,
    void (*print)(struct rp_text *, const struct cmd_row *))
{
	size_t i, n;
	const struct cmd_row *table = cmd_table(&n);

	for (i = 0; i < n; i++)
		print(out, &table[i]);
}

/*
 * Which option the word belongs to, and which place it has.  bash breaks words
 * at "=", so that --kind=cu is three of them.
 */
static void
bash_where(struct rp_text *out)
{
	rp_text_puts(out, "# revplan help --completion bash made this\n"
	    "_revplan() {\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1))\n"
	    "\tlocal words= suffixes= also= form= place=0 i s option=\n"
	    "\tCOMPREPLY=()\n"
	    "\tif [ \"$COMP_CWORD\" -le 1 ]; then\n"
	    "\t\twords='");
	put_commands(out);
	rp_text_puts(out, "help --version --help'\n"
	    "\t\tmapfile -t COMPREPLY < "
	    "<(compgen -W \"$words\" -- \"$cur\")\n"
	    "\t\treturn\n"
	    "\tfi\n"
	    "\tif [ \"$cur\" = = ]; then cur=; at=$((COMP_CWORD)); fi\n"
	    "\tif [ \"${COMP_WORDS[at]}\" = = ]; then at=$((at - 1)); fi\n"
	    "\tcase ${COMP_WORDS[at]} in\n\t");
	bash_arguments(out);
	rp_text_puts(out, ") option=${COMP_WORDS[at]} ;;\n"
	    "\tesac\n"
	    "\tfor ((i = 2; i < COMP_CWORD; i++)); do\n"
	    "\t\tcase ${COMP_WORDS[i]} in\n"
	    "\t\t=) i=$((i + 1)) ;;\n\t\t");
	bash_arguments(out);
	rp_text_puts(out, ")\n"
	    "\t\t\ti=$((i + 1))\n"
	    "\t\t\tif [ \"${COMP_WORDS[i]}\" = = ]; then i=$((i + 1)); fi\n"
	    "\t\t\t;;\n"
	    "\t\t-*) ;;\n"
	    "\t\t*) place=$((place + 1)) ;;\n"
	    "\t\tesac\n"
	    "\tdone\n"
	    "\tcase ${COMP_WORDS[1]}:${COMP_WORDS[2]}:${COMP_WORDS[3]+.} "
	    "in\n");
	cmd_each(out, bash_word);
	rp_text_puts(out, "\tesac\n");
}

/* What may stand there. */
static void
bash_what(struct rp_text *out)
{
	rp_text_puts(out, "\tif [ -n \"$option\" ]; then\n"
	    "\tcase ${COMP_WORDS[1]}:$option in\n");
	cmd_each(out, bash_command);
	bash_files(out);
	rp_text_puts(out, "\t*) compopt +o default 2>/dev/null ;;\n\tesac\n"
	    "\telse\n"
	    "\tcase ${COMP_WORDS[1]}:$cur in\n");
	cmd_each(out, bash_options);
	rp_text_puts(out, "\thelp:*) words='");
	put_commands(out);
	rp_text_puts(out, "--completion' ;;\n"
	    "\t*)\n"
	    "\tcase ${COMP_WORDS[1]}$form:$place in\n");
	cmd_each(out, bash_operands);
	rp_text_puts(out, "\tesac ;;\n\tesac\n\tfi\n");
}

/*
 * Files of the right suffix and folders are proposed, and any file where there
 * are none.
 */
static void
bash(struct rp_text *out)
{
	bash_where(out);
	bash_what(out);
	rp_text_puts(out, "\tif [ -n \"$words\" ]; then\n"
	    "\t\tmapfile -t COMPREPLY < "
	    "<(compgen -W \"$words\" -- \"$cur\")\n"
	    "\t\tcompopt +o default 2>/dev/null\n"
	    "\t\treturn\n"
	    "\tfi\n"
	    "\tfor s in $suffixes; do\n"
	    "\t\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY < "
	    "<(compgen -f -X \"!*.$s\" -- \"$cur\")\n"
	    "\tdone\n"
	    "\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY < "
	    "<(compgen -W \"$also\" -- \"$cur\")\n"
	    "\tif [ ${#COMPREPLY[@]} -gt 0 ]; then\n"
	    "\t\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY < "
	    "<(compgen -d -- \"$cur\")\n"
	    "\t\tcompopt -o filenames 2>/dev/null\n"
	    "\tfi\n"
	    "}\n"
	    "complete -o default -F _revplan revplan\n");
}

/* ---- zsh ---------------------------------------------------------------- */

#define ZSH_SPECIAL "[]:\\"

/* What to do for an argument, after its colon. */
static void
zsh_choices(struct rp_text *out, const struct cmd_row *command, int option)
{
	if (cmd_has_choices(option)) {
		rp_text_puts(out, "(");
		cmd_put_choices(out, command, option);
		rp_text_puts(out, ")");
	} else if (cmd_takes_file(cmd_option((enum cmd_option)option))) {
		rp_text_puts(out, "_files");
	} else {
		rp_text_puts(out, " ");
	}
}

/*
 * Both names exclude each other, and "+" and "=" tell _arguments that the
 * argument may stand in the same word or in the next.
 */
static void
zsh_option(struct rp_text *out, const struct cmd_row *command, int option)
{
	const struct cmd_option_row *row =
	    cmd_option((enum cmd_option)option);

	rp_text_puts(out, " \\\n\t\t  ");
	if (row->letter != 0)
		rp_text_printf(out, "'(-%c --%s)'{-%c%s,--%s%s}'[",
		    row->letter, row->name, row->letter,
		    row->argument != NULL ? "+" : "", row->name,
		    row->argument != NULL ? "=" : "");
	else
		rp_text_printf(out, "'--%s%s[", row->name,
		    row->argument != NULL ? "=" : "");
	put_quoted(out, row->help, ZSH_SPECIAL);
	rp_text_puts(out, "]");
	if (row->argument != NULL) {
		rp_text_printf(out, ":%s:", row->argument);
		zsh_choices(out, command, option);
	}
	rp_text_puts(out, "'");
}

/* _files proposes what fits the pattern first, and other files after it. */
static void
zsh_files(struct rp_text *out, const char *suffixes)
{
	const char *p;

	rp_text_puts(out, "_files");
	if (*suffixes == '\0')
		return;
	rp_text_puts(out, " -g \"*.(");
	for (p = suffixes; *p != '\0'; p++)
		if (*p != ' ')
			rp_text_add(out, p, 1);
		else if (p[1] != '\0')
			rp_text_puts(out, "|");
	rp_text_puts(out, ")(-.)\"");
}

/* also: a word that may stand in the first place, or NULL. */
static void
zsh_operands(struct rp_text *out, const struct cmd_operand *o, size_t first,
    const char *also)
{
	size_t i;

	for (i = 0; o != NULL && o[i].name != NULL; i++) {
		if (o[i].need == CMD_PAIRS)
			continue;
		rp_text_puts(out, " \\\n\t\t  '");
		cmd_put_place(out, &o[i], i + first, "*");
		rp_text_printf(out, ":%s:", o[i].name);
		if (o[i].list != NULL) {
			rp_text_puts(out, "(");
			cmd_put_list(out, &o[i]);
			rp_text_puts(out, ")");
		} else if (i == 0 && also != NULL) {
			rp_text_printf(out, "{ compadd %s; ", also);
			zsh_files(out, cmd_suffixes(&o[i]));
			rp_text_puts(out, " }");
		} else {
			zsh_files(out, cmd_suffixes(&o[i]));
		}
		rp_text_puts(out, "'");
	}
}

static void
zsh_arguments(struct rp_text *out, const struct cmd_row *command)
{
	int i;

	rp_text_puts(out, "\t\t_arguments -s");
	for (i = 0; i < CMD_OPTIONS; i++)
		if (cmd_takes(command, i))
			zsh_option(out, command, i);
}

/* _arguments counts the operands itself, in the words after the command. */
static void
zsh_command(struct rp_text *out, const struct cmd_row *command)
{
	rp_text_printf(out, "\t%s)\n", command->name);
	if (command->word != NULL) {
		rp_text_printf(out, "\t\tif [[ $words[2] == %s ]] && "
		    "(( CURRENT > 2 )); then\n", command->word);
		zsh_arguments(out, command);
		rp_text_puts(out, " \\\n\t\t  '1: :'");
		zsh_operands(out, command->others, 2, NULL);
		rp_text_puts(out, "\n\t\t\treturn\n\t\tfi\n");
	}
	zsh_arguments(out, command);
	zsh_operands(out, command->operands, 1, command->word);
	rp_text_puts(out, "\n\t\t;;\n");
}

static void
zsh_summary(struct rp_text *out, const struct cmd_row *command)
{
	rp_text_printf(out, "\t\t'%s:", command->name);
	put_quoted(out, command->summary, ":\\");
	rp_text_puts(out, "'\n");
}

/* As a function of fpath this is its body; read by source it defines it. */
static void
zsh(struct rp_text *out)
{
	rp_text_puts(out, "#compdef revplan\n"
	    "# revplan help --completion zsh made this\n"
	    "_revplan() {\n"
	    "\tlocal -a commands\n"
	    "\tcommands=(\n");
	cmd_each(out, zsh_summary);
	rp_text_puts(out, "\t\t'help:options and examples of a command'\n"
	    "\t)\n"
	    "\tif (( CURRENT == 2 )); then\n"
	    "\t\t_describe -t commands command commands\n"
	    "\t\treturn\n"
	    "\tfi\n"
	    "\tshift words\n"
	    "\t(( CURRENT-- ))\n"
	    "\tcase $words[1] in\n");
	cmd_each(out, zsh_command);
	rp_text_puts(out, "\thelp)\n"
	    "\t\t_describe -t commands command commands\n"
	    "\t\t;;\n"
	    "\tesac\n"
	    "}\n"
	    "if [ \"$funcstack[1]\" = _revplan ]; then\n"
	    "\t_revplan \"$@\"\n"
	    "else\n"
	    "\tcompdef _revplan revplan\n"
	    "fi\n");
}

/* ------------------------------------------------------------------------- */

static const struct {
	const char *shell;
	void (*print)(struct rp_text *out);
} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", cmd_fish } };

rp_status
cmd_completion(struct rp_text *out, const char *shell, struct rp_err *err)
{
	size_t i;

	for (i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
		if (shell == NULL || strcmp(shells[i].shell, shell) == 0) {
			shells[i].print(out);
			return RP_OK;
		}
	return rp_fail(err, RP_EUSAGE, "there is no completion for '%s'; "
	    "choose bash, zsh or fish", shell);
}
