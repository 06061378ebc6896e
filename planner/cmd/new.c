/* revplan new: a commented case to start from. */
#include "cmd.h"

#include <string.h>
#include <unistd.h>

static const struct cmd_template *
find(const char *name)
{
	size_t i;

	for (i = 0; i < cmd_n_templates; i++)
		if (strcmp(cmd_templates[i].name, name) == 0)
			return &cmd_templates[i];
	return NULL;
}

static rp_status
refuse(const char *name, struct rp_err *err)
{
	struct cmd_word words[16] = {{0}};
	char list[CMD_LIST_TEXT];
	size_t i;

	for (i = 0; i < cmd_n_templates && i < 15; i++)
		words[i].word = cmd_templates[i].name;
	cmd_word_list(words, UINT64_MAX, list);
	if (name == NULL)
		return rp_fail(err, RP_EUSAGE,
		    "which template? choose --template %s", list);
	return rp_fail(err, RP_EUSAGE, "unknown template '%s'; choose %s",
	    name, list);
}

static bool
to_file(const struct cmd_args *args)
{
	return args->output != NULL && strcmp(args->output, "-") != 0;
}

rp_status
cmd_run_new(const struct cmd_args *args, bool *findings, struct rp_err *err)
{
	const struct cmd_template *from = args->template == NULL ? NULL :
	    find(args->template);
	struct rp_text text = {0};
	rp_status st = RP_OK;

	(void)findings;
	if (from == NULL)
		return refuse(args->template, err);
	/* A case is work: it is not lost to a command typed twice. */
	if (to_file(args) && !args->force && access(args->output, F_OK) == 0)
		return rp_fail(err, RP_EUSAGE, "'%s' exists; --force replaces "
		    "it", args->output);
	rp_text_add(&text, (const char *)from->text, from->len);
	st = cmd_write(args, NULL, &text, err);
	rp_text_release(&text);
	return st;
}
