/* revplan check: case, findings, table; exit status 1 for a broken MUST. */
#include "cmd.h"

rp_status
cmd_run_check(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_findings *found = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	rp_status st = RP_OK;

	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_check(args, cs, &found, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, NULL);
	if ((st = rp_show_check(found, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
	*findings = st == RP_OK && rp_findings_must_breached(found);
out:
	rp_text_release(&text);
	rp_findings_free(found);
	rp_case_free(cs);
	return st;
}
