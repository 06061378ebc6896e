/* Other cases beside the CASE: changes of it, or cases of their own. */
#include "cmd.h"

#include <string.h>

rp_status
cmd_variant(const struct cmd_args *args, const struct rp_case *base,
    const char *file, struct rp_case **out, struct rp_err *err)
{
	struct rp_case *full = NULL;
	struct cmd_talk talk;
	rp_status st = RP_OK;

	if (strcmp(file, "-") == 0 && strcmp(args->operand, "-") == 0)
		return rp_fail(err, RP_EUSAGE, "standard input can be one "
		    "case, not two; give one of them as a file");
	if ((st = cmd_talk_begin(&talk, err)) != RP_OK)
		return st;
	st = rp_variant_open(file, args->operand,
	    base != NULL ? base->digest : NULL, talk.to, &full, err);
	cmd_talk_end(&talk, st, err);
	return st == RP_OK ? cmd_show_case(args, full, out, err) : st;
}

/* Whoever prints an error takes its line for one of the CASE. */
void
cmd_place(const struct cmd_args *args, const struct rp_case *cs,
    struct rp_err *err)
{
	uint32_t line = err->line;
	const char *file = rp_variant_place(cs, &line);
	const char *operand = strcmp(args->operand, "-") == 0 ? "<stdin>" :
	    args->operand;

	if (line == 0 || strcmp(file, operand) == 0)
		return;
	rp_err_context(err, "'%s', line %u", file, (unsigned)line);
	err->line = err->col = 0;
}
