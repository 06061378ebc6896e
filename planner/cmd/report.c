/*
 * revplan report: case, trials, forecast, comparison, findings, page; or case,
 * post, findings, draft.
 */
#include "cmd.h"

#include <stdlib.h>

#include "log.h"
#include "revplan/closure.h"
#include "revplan/report.h"

static rp_status
write_page(const struct cmd_args *args, const struct rp_report_data *data,
    struct rp_err *err)
{
	struct rp_text text = {0};
	char *html = NULL;
	size_t len = 0;
	rp_status st = rp_report_html(data, &html, &len, err);

	if (st == RP_OK) {
		rp_text_add(&text, html, len);
		st = cmd_write(args, NULL, &text, err);
	}
	rp_text_release(&text);
	free(html);
	return st;
}

static rp_status
make_page(const struct cmd_args *args, struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_trials *tr = NULL;
	struct rp_forecast *fc = NULL;
	struct rp_comparison *cmp = NULL;
	struct rp_findings *found = NULL;
	struct rp_report_data data = { .as_of = args->as_of };
	const struct cmd_wanted wanted = { .bands = RP_BANDS_ALL,
		.bottleneck = true, .details = true, .questions = true };
	rp_status st = RP_OK;

	if ((st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_trials_for(args, cs, &wanted, &tr, err)) != RP_OK ||
	    (st = cmd_optional(cmd_forecast(args, cs, &fc, err),
	    "forecast", err)) != RP_OK ||
	    (st = cmd_optional(cmd_compare(args, cs, &cmp, err),
	    "comparison", err)) != RP_OK ||
	    (st = cmd_check(args, cs, &found, err)) != RP_OK)
		goto out;
	data.cs = cs;
	data.trials = tr;
	data.forecast = fc;
	data.comparison = cmp;
	data.findings = found;
	data.view = (enum rp_view)args->view;
	st = write_page(args, &data, err);
out:
	rp_findings_free(found);
	rp_comparison_free(cmp);
	rp_forecast_free(fc);
	rp_trials_free(tr);
	rp_case_free(cs);
	return st;
}

/* What a reader of the draft has to do before it can be posted. */
static void
note_draft(const struct rp_draft_result *result)
{
	if (result->warning != NULL)
		rp_log_note("%s: %s", result->title, result->warning);
	if (result->missing > 0)
		rp_log_note("%zu thing%s marked '[MISSING: ...]'",
		    result->missing, result->missing == 1 ?
		    " is missing in the draft," :
		    "s are missing in the draft, each");
	if (result->parts > 1)
		rp_log_note("the text is too long for one comment: %zu parts, "
		    "with a line '%s' between them", result->parts,
		    RP_PART_LINE);
}

/* What is in the way of a closure; the report that asks for it is not. */
static rp_status
note_closure(const struct cmd_args *args, const struct cmd_post *w,
    const struct rp_findings *found, struct rp_err *err)
{
	struct rp_closure *closure = NULL;
	const struct rp_closure_row *row;
	size_t n, open = 0;
	rp_status st = rp_closure(w->cs, found, w->claims, args->as_of,
	    &closure, err);

	if (st != RP_OK)
		return st;
	row = rp_closure_rows(closure, &n);
	for (size_t i = 0; i < n; i++)
		open += row[i].item != RP_CLOSURE_REPORT &&
		    (row[i].state == RP_CLOSURE_OPEN ||
		    row[i].state == RP_CLOSURE_UNDECIDED);
	if (open > 0)
		rp_log_note("%zu of the things that are looked at before a "
		    "closure %s open or undecided; `revplan check --closure` "
		    "tells which", open, open == 1 ? "is" : "are");
	rp_closure_free(closure);
	return RP_OK;
}

/* Only a draft that tells when all will be done asks the trials for it. */
static bool
estimates(const struct cmd_args *args)
{
	return args->report != RP_DRAFT_PRELIMINARY &&
	    args->report != RP_DRAFT_CLOSURE;
}

static rp_status
make_draft(const struct cmd_args *args, struct rp_err *err)
{
	struct cmd_post w = { .no_comparison = true,
	    .no_estimate = !estimates(args) };
	struct rp_findings *found = NULL;
	struct rp_text text = {0};
	struct rp_draft draft;
	struct rp_draft_result result = {0};
	struct rp_show how;
	rp_status st = RP_OK;

	if ((st = cmd_post(args, &w, err)) != RP_OK ||
	    (st = cmd_check(args, w.cs, &found, err)) != RP_OK)
		goto out;
	draft = (struct rp_draft){ (enum rp_draft_kind)args->report,
	    args->as_of, w.cs, w.post, found };
	how = cmd_how(args, w.cs, w.forecast != NULL ?
	    rp_forecast_trials(w.forecast) : NULL);
	if ((st = rp_show_draft(&draft, &how, &result, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
	if (st == RP_OK)
		note_draft(&result);
	if (st == RP_OK && args->report == RP_DRAFT_CLOSURE)
		st = note_closure(args, &w, found, err);
out:
	rp_text_release(&text);
	rp_findings_free(found);
	cmd_post_release(&w);
	return st;
}

static rp_status
check_trials(const struct cmd_args *args, struct rp_err *err)
{
	static const enum cmd_option trials[] = { OPT_METRIC, OPT_TRIALS,
	    OPT_SEED, OPT_UNTIL_ERROR, OPT_DESIGN, OPT_THREADS };

	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		if (cmd_given(args, trials[i]))
			return rp_fail(err, RP_EUSAGE, "this draft estimates "
			    "nothing; leave out --%s",
			    cmd_option(trials[i])->name);
	return RP_OK;
}

/* A draft compares nothing, so it has no rows and goes by no plan. */
static rp_status
check_options(const struct cmd_args *args, struct rp_err *err)
{
	if (cmd_given(args, OPT_PERIOD))
		return rp_fail(err, RP_EUSAGE, "a draft has no rows; leave "
		    "out --period");
	if (cmd_given(args, OPT_PLAN))
		return rp_fail(err, RP_EUSAGE, "a draft compares nothing with "
		    "a plan; leave out --plan");
	return estimates(args) ? RP_OK : check_trials(args, err);
}

rp_status
cmd_run_report(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	rp_status st = RP_OK;

	(void)findings;
	if (!cmd_given(args, OPT_REPORT))
		return make_page(args, err);
	st = check_options(args, err);
	return st == RP_OK ? make_draft(args, err) : st;
}
