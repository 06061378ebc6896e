/* revplan plan: case, what its trials can promise, table. */
#include "cmd.h"

rp_status
cmd_run_plan(const struct cmd_args *args, bool *findings, struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_schedule *plan = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	rp_status st = RP_OK;

	(void)findings;
	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_plan(args, cs, &plan, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, rp_schedule_trials(plan));
	if ((st = rp_show_plan(plan, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
out:
	rp_text_release(&text);
	rp_schedule_free(plan);
	rp_case_free(cs);
	return st;
}
