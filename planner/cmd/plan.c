/* revplan plan: case, what its trials can promise, table, and on record. */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

#include "crew.h"
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

/* The last version, of those that are out by then, gives less or later. */
static bool
takes_back(const struct rp_comparison *cmp)
{
	const struct rp_plan_version *v;
	size_t n;

	v = rp_comparison_versions(cmp, &n);
	return n > 0 && v[n - 1].n_worse > 0;
}

/* The plans of a case, and behind them the one that was made. */
static struct rp_plan *
with_made(const struct rp_case *cs, const struct rp_schedule *plan,
    struct rp_when published, struct rp_milestone **milestone)
{
	const struct rp_schedule_row *row;
	struct rp_plan *all = NULL, *last;
	size_t n, i;

	row = rp_schedule_rows(plan, &n);
	*milestone = calloc(n, sizeof(**milestone));
	all = calloc(cs->n_plans + 1, sizeof(*all));
	if (all == NULL || *milestone == NULL) {
		free(all);
		return NULL;
	}
	if (cs->n_plans > 0)
		memcpy(all, cs->plan, cs->n_plans * sizeof(*all));
	last = &all[cs->n_plans];
	last->mark.replaces = last->mark.replaced_by = -1;
	last->has_published = true;
	last->published = published;
	last->metric = rp_trials_metric(rp_schedule_trials(plan));
	last->milestone = *milestone;
	last->n_milestones = n;
	for (i = 0; i < n; i++)
		(*milestone)[i] = (struct rp_milestone){
			.by = { rp_instant_plus(row[i].until,
			    rp_span_of_s(-86400)), row[i].until },
			.share = row[i].planned };
	return all;
}

/* What compare would call a silent change is not made by a slip of the pen. */
static rp_status
check_notice(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_schedule *plan, struct rp_err *err)
{
	struct rp_case *then = NULL, more;
	struct rp_plan *all = NULL;
	struct rp_milestone *milestone = NULL;
	struct rp_comparison *cmp = NULL;
	const struct rp_compare_options opt = { .as_of = args->published,
		.view = RP_VIEW_PUBLIC, .plan = SIZE_MAX };
	rp_status st = RP_OK;

	if (!args->save || args->notice != NULL)
		return RP_OK;
	st = rp_case_view(cs->under, &args->published, RP_VIEW_PUBLIC, &then,
	    err);
	if (st != RP_OK)
		return st;
	all = with_made(then, plan, args->published, &milestone);
	more = *then;
	more.plan = all;
	more.n_plans++;
	st = all == NULL ? rp_fail(err, RP_ENOMEM, "out of memory for a plan") :
	    rp_compare(&more, &opt, &cmp, err);
	if (st == RP_OK && takes_back(cmp))
		st = rp_fail(err, RP_EUSAGE, "the plan takes back what an "
		    "earlier one promised, so nothing was recorded; say with "
		    "--notice where that is announced, and why");
	rp_comparison_free(cmp);
	free(milestone);
	free(all);
	rp_case_free(then);
	return st;
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
	    (st = cmd_plan(args, cs, &plan, err)) != RP_OK ||
	    (st = check_notice(args, cs, plan, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, rp_schedule_trials(plan));
	if ((st = rp_show_plan(plan, &how, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
	if (st == RP_OK && args->save && crew_writes())
		st = save(args, plan, err);
out:
	rp_text_release(&text);
	rp_schedule_free(plan);
	rp_case_free(cs);
	return st;
}
