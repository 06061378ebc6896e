/* revplan report: case, trials, forecast, comparison, findings, page. */
#include "cmd.h"

#include <stdlib.h>

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

rp_status
cmd_run_report(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
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

	(void)findings;
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
