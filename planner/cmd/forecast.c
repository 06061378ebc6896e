/* revplan forecast: case, forecast (with its own trials), tables. */
#include "cmd.h"

rp_status
cmd_run_forecast(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	const struct rp_trials *tr = NULL;
	struct rp_forecast *fc = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	rp_status st = RP_OK;

	(void)findings;
	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_forecast(args, cs, &fc, err)) != RP_OK)
		goto out;
	tr = rp_forecast_trials(fc);
	how = cmd_how(args, cs, tr);
	if ((st = rp_show_forecast(fc, tr, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
out:
	rp_text_release(&text);
	rp_forecast_free(fc);
	rp_case_free(cs);
	return st;
}
