/* revplan check: case, findings, table; exit status 1 for a broken MUST. */
#include "cmd.h"

/* A calendar has a place for what has a date and is to be done. */
static rp_status
refuse(const struct cmd_args *args, struct rp_err *err)
{
	if (args->dues && args->closure)
		return rp_fail(err, RP_EUSAGE, "--dues and --closure are two "
		    "lists; choose one of them");
	if (args->format == CMD_ICS && !args->dues)
		return rp_fail(err, RP_EUSAGE, "a calendar is made of what is "
		    "still to be done: ics needs --dues");
	return RP_OK;
}

static rp_status
show_dues(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_findings *found, const struct rp_claims *said,
    struct rp_err *err)
{
	struct rp_show how = cmd_how(args, cs, NULL);
	struct rp_dues *dues = NULL;
	struct rp_text text = {0};
	rp_status st = rp_dues(cs, found, said, args->as_of, &dues, err);

	if (st == RP_OK)
		st = args->format == CMD_ICS ?
		    rp_dues_calendar(dues, &how.provenance, &text, err) :
		    rp_show_dues(dues, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	rp_text_release(&text);
	rp_dues_free(dues);
	return st;
}

static rp_status
show_closure(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_findings *found, const struct rp_claims *said,
    bool *findings, struct rp_err *err)
{
	struct rp_show how = cmd_how(args, cs, NULL);
	struct rp_closure *list = NULL;
	struct rp_text text = {0};
	rp_status st = rp_closure(cs, found, said, args->as_of, &list, err);

	if (st == RP_OK)
		st = rp_show_closure(list, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	*findings = st == RP_OK && !rp_closure_is_ready(list);
	rp_text_release(&text);
	rp_closure_free(list);
	return st;
}

static rp_status
show_all(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_findings *found, struct rp_err *err)
{
	struct rp_show how = cmd_how(args, cs, NULL);
	struct rp_text text = {0};
	rp_status st = rp_show_check(found, &how, &text, err);

	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	rp_text_release(&text);
	return st;
}

rp_status
cmd_run_check(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	bool ledger = args->dues || args->closure;
	struct rp_case *cs = NULL;
	struct rp_findings *found = NULL;
	struct rp_claims *said = NULL;
	rp_status st = RP_OK;

	if ((st = refuse(args, err)) != RP_OK ||
	    (st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_check(args, cs, &found, err)) != RP_OK)
		goto out;
	if (ledger && (st = rp_claims(cs, args->as_of,
	    (enum rp_view)args->view, &said, err)) != RP_OK)
		goto out;
	if (args->closure)
		st = show_closure(args, cs, found, said, findings, err);
	else if (args->dues)
		st = show_dues(args, cs, found, said, err);
	else
		st = show_all(args, cs, found, err);
	if (!args->closure)
		*findings = st == RP_OK && rp_findings_must_breached(found);
out:
	rp_claims_free(said);
	rp_findings_free(found);
	rp_case_free(cs);
	return st;
}
