/* revplan check: case, findings, table; exit status 1 for a broken MUST. */
#include "cmd.h"

#include "log.h"
#include "revplan/rules.h"

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
show_closure(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_findings *found, bool *findings, struct rp_err *err)
{
	struct rp_show how = cmd_how(args, cs, NULL);
	struct rp_claims *said = NULL;
	struct rp_closure *list = NULL;
	struct rp_text text = {0};
	rp_status st = rp_claims(cs, args->as_of, (enum rp_view)args->view,
	    &said, err);

	if (st == RP_OK)
		st = rp_closure(cs, found, said, args->as_of, &list, err);
	if (st == RP_OK)
		st = rp_show_closure(list, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	*findings = st == RP_OK && !rp_closure_is_ready(list);
	rp_text_release(&text);
	rp_closure_free(list);
	rp_claims_free(said);
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

/* No row may mean that all is well, or that the table has no rule for it. */
static void
note_unjudged(const struct rp_case *cs)
{
	size_t i;

	for (i = 0; i < cs->n_duties; i++) {
		struct rp_deadline deadline;
		struct rp_err why = {0};

		if (rp_duty_deadline(&cs->duty[i], &deadline, &why) != RP_OK)
			rp_log_note("no deadline of a revocation is judged: %s",
			    why.text);
	}
}

rp_status
cmd_run_check(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_findings *found = NULL;
	rp_status st = RP_OK;

	if ((st = refuse(args, err)) != RP_OK ||
	    (st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_check(args, cs, &found, err)) != RP_OK)
		goto out;
	note_unjudged(cs);
	if (args->closure) {
		st = show_closure(args, cs, found, findings, err);
		goto out;
	}
	st = args->dues ? cmd_dues(args, cs, found, err) :
	    show_all(args, cs, found, err);
	*findings = st == RP_OK && rp_findings_must_breached(found);
out:
	rp_findings_free(found);
	rp_case_free(cs);
	return st;
}
