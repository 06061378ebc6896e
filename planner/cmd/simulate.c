/* revplan simulate: case, trials, tables. */
#include "cmd.h"

rp_status
cmd_run_simulate(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_trials *tr = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	/* Machines get the curves of every population, readers the total. */
	enum rp_bands bands = args->format == CMD_CSV ||
	    args->format == CMD_JSON ? RP_BANDS_ALL : RP_BANDS_TOTAL;
	rp_status st = RP_OK;

	(void)findings;
	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_trials(args, cs, bands, true, &tr, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, tr);
	if ((st = rp_show_simulate(tr, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
out:
	rp_text_release(&text);
	rp_trials_free(tr);
	rp_case_free(cs);
	return st;
}
