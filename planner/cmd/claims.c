/* revplan claims: case, ledger, table; exit status 1 for a finding in it. */
#include "cmd.h"

rp_status
cmd_run_claims(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_claims *ledger = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	rp_status st = RP_OK;

	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = rp_claims(cs, args->as_of, (enum rp_view)args->view,
	    &ledger, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, NULL);
	if ((st = rp_show_claims(ledger, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
	*findings = st == RP_OK && rp_claims_findings(ledger) > 0;
out:
	rp_text_release(&text);
	rp_claims_free(ledger);
	rp_case_free(cs);
	return st;
}
