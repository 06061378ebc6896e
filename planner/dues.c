/* What is still to be done, for `check --dues` and `export CASE dues`. */
#include "cmd.h"

rp_status
cmd_dues(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_findings *found, struct rp_err *err)
{
	struct rp_show how = cmd_how(args, cs, NULL);
	struct rp_claims *said = NULL;
	struct rp_dues *dues = NULL;
	struct rp_text text = {0};
	rp_status st = rp_claims(cs, args->as_of, (enum rp_view)args->view,
	    &said, err);

	if (st == RP_OK)
		st = rp_dues(cs, found, said, args->as_of, &dues, err);
	if (st == RP_OK)
		st = args->format == CMD_ICS ?
		    rp_dues_calendar(dues, &how.provenance, &text, err) :
		    rp_show_dues(dues, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	rp_text_release(&text);
	rp_dues_free(dues);
	rp_claims_free(said);
	return st;
}
