/* revplan compare: case, comparison, table. */
#include "cmd.h"

rp_status
cmd_run_compare(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_comparison *cmp = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	rp_status st = RP_OK;

	(void)findings;
	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_compare(args, cs, &cmp, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, NULL);
	if ((st = rp_show_compare(cmp, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
out:
	rp_text_release(&text);
	rp_comparison_free(cmp);
	rp_case_free(cs);
	return st;
}
