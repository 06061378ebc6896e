/* revplan rules: what the rules demand on a date, and what changed. */
#include "cmd.h"

#include <stdlib.h>

/* What is asked for; each has options and words of its own. */
static rp_status
check_options(const struct cmd_args *args, struct rp_err *err)
{
	if (args->diff && args->reasons)
		return rp_fail(err, RP_EUSAGE, "--diff lists changed reasons "
		    "as well; leave out --reasons");
	if (args->diff && cmd_given(args, OPT_AS_OF))
		return rp_fail(err, RP_EUSAGE, "--diff stands at its DATEs; "
		    "leave out --as-of");
	if (args->draft && (args->diff || args->reasons))
		return rp_fail(err, RP_EUSAGE, "--draft adds drafts to the "
		    "list of rules; leave out --%s",
		    args->diff ? "diff" : "reasons");
	if (args->reasons && args->n_rest > 0)
		return rp_fail(err, RP_EUSAGE, "--reasons takes no ID, and "
		    "'%s' is one too many", args->rest[0]);
	return RP_OK;
}

/* A day is any moment of it: rules begin and end at midnight. */
static struct rp_instant
moment_of(const struct cmd_args *args)
{
	struct rp_instant last = rp_when_last(args->as_of);

	return rp_when_is_exact(args->as_of) ? last :
	    rp_instant_midnight(last);
}

static rp_status
show_changes(const struct cmd_args *args, const struct rp_show *how,
    struct rp_text *text, struct rp_err *err)
{
	struct rp_instant *at = calloc(args->n_rest + 1, sizeof(*at));
	rp_status st;

	if (at == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for the dates");
	st = cmd_rule_dates(args, at, err);
	if (st == RP_OK)
		st = rp_show_rule_changes(at, args->n_rest, how, text, err);
	free(at);
	return st;
}

static rp_status
show_named(const struct cmd_args *args, const struct rp_show *how,
    struct rp_text *text, struct rp_err *err)
{
	const struct rp_rule **rule = calloc(args->n_rest, sizeof(*rule));
	rp_status st;

	if (rule == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for the rules");
	st = cmd_rules_named(args, rule, err);
	if (st == RP_OK)
		st = rp_show_rule_details(rule, args->n_rest,
		    moment_of(args), how, text, err);
	free((void *)rule);
	return st;
}

static rp_status
show(const struct cmd_args *args, const struct rp_show *how,
    struct rp_text *text, struct rp_err *err)
{
	if (args->diff)
		return show_changes(args, how, text, err);
	if (args->reasons)
		return rp_show_reasons(moment_of(args), how, text, err);
	if (args->n_rest > 0)
		return show_named(args, how, text, err);
	return rp_show_rules(moment_of(args), args->draft, how, text, err);
}

rp_status
cmd_run_rules(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_text text = {0};
	struct rp_show how = cmd_how(args, NULL, NULL);
	rp_status st = check_options(args, err);

	(void)findings;
	/* The moment stands in the title; nothing here has a view. */
	how.provenance.has_as_of = false;
	if (st == RP_OK)
		st = show(args, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	rp_text_release(&text);
	return st;
}
