/* revplan plan: case, what its trials can promise, table, and on record. */
#include "cmd.h"
#include "made.h"

/* What cannot be saved is said before the trials are run. */
static rp_status
check_options(const struct cmd_args *args, struct rp_err *err)
{
	static const enum cmd_option with_save[] = { OPT_PUBLISHED,
		OPT_NOTICE };
	size_t i;

	for (i = 0; i < 2 && !args->save; i++)
		if (cmd_given(args, with_save[i]))
			return rp_fail(err, RP_EUSAGE, "--%s says something "
			    "about a plan that is saved; add --save",
			    cmd_option(with_save[i])->name);
	if (!args->save)
		return RP_OK;
	if (!cmd_given(args, OPT_PUBLISHED))
		return rp_fail(err, RP_EUSAGE, "--save needs --published WHEN: "
		    "the plan counts from then on");
	return cmd_needs_store(args, "--save", err);
}

static rp_status
save(const struct cmd_args *args, const struct rp_schedule *plan,
    struct rp_err *err)
{
	struct made m = { .n = 0 };
	char when[RP_INSTANT_TEXT];
	rp_status st = RP_OK;

	made_add(&m, "published=%s", rp_when_format(args->published, when));
	made_plan(&m, plan);
	if (args->notice != NULL)
		made_add_text(&m, "notice", args->notice);
	st = cmd_save(args, "plan", &m, err);
	made_release(&m);
	return st;
}

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
	    (st = check_options(args, err)) != RP_OK ||
	    (st = cmd_plan(args, cs, &plan, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, rp_schedule_trials(plan));
	if ((st = rp_show_plan(plan, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
	if (st == RP_OK && args->save)
		st = save(args, plan, err);
out:
	rp_text_release(&text);
	rp_schedule_free(plan);
	rp_case_free(cs);
	return st;
}
