/* revplan chart: case, trials, forecast, comparison, picture. */
#include "cmd.h"

#include <stdlib.h>

/* What a kind of chart draws upon. */
#define TRIALS 1u
#define FORECAST 2u
#define COMPARISON 4u		/* cannot do without */
#define PLANS 8u		/* a comparison, where there is one */
#define SHEET 16u		/* trials that look at the deadline */

static const unsigned needs[] = {
	[RP_CHART_CURVE] = TRIALS | FORECAST | PLANS,
	[RP_CHART_COMPARE] = COMPARISON,
	[RP_CHART_COMPLETION] = TRIALS | FORECAST,
	[RP_CHART_POPULATIONS] = TRIALS,
	[RP_CHART_REVOCATION] = TRIALS,
	[RP_CHART_SHEET] = TRIALS | SHEET,
};

static const enum rp_chart_format formats[] = {
	[CMD_SVG] = RP_CHART_SVG,
	[CMD_PNG] = RP_CHART_PNG,
	[CMD_PDF] = RP_CHART_PDF,
	[CMD_TERMINAL] = RP_CHART_TERMINAL,
};

/* All that the charts show, each part NULL until it is needed. */
struct stages {
	struct rp_case *cs;
	struct rp_trials *tr;
	struct rp_forecast *fc;
	struct rp_comparison *cmp;
	struct cmd_overlays others;
};

static rp_status
go_through(const struct cmd_args *args, struct stages *s, struct rp_err *err)
{
	unsigned need = needs[args->kind];
	struct cmd_wanted wanted = {
		.bands = args->kind == RP_CHART_POPULATIONS ?
		    RP_BANDS_ALL : RP_BANDS_TOTAL,
		.details = (need & SHEET) != 0,
		.details_of = 1u << RP_DETAIL_SHEET,
		.questions = (need & SHEET) != 0,
	};
	rp_status st = cmd_case(args, &s->cs, err);

	/* A fault in the last file is told before the first trials run. */
	if (st == RP_OK)
		st = cmd_overlays_open(args, s->cs, &s->others, err);
	if (st == RP_OK && (need & TRIALS) != 0)
		st = cmd_trials_for(args, s->cs, &wanted, &s->tr, err);
	if (st == RP_OK)
		st = cmd_overlays_run(args, s->tr, &s->others, err);
	/* Other cases know no actuals: like is held against like. */
	if (st == RP_OK && (need & FORECAST) != 0 && s->others.n == 0)
		st = cmd_optional(cmd_forecast(args, s->cs, &s->fc, err),
		    "forecast", err);
	if (st == RP_OK && (need & PLANS) != 0)
		st = cmd_optional(cmd_compare(args, s->cs, &s->cmp, err),
		    "comparison", err);
	if (st == RP_OK && (need & COMPARISON) != 0)
		st = cmd_compare(args, s->cs, &s->cmp, err);
	return st;
}

static void
release(struct stages *s)
{
	cmd_overlays_release(&s->others);
	rp_comparison_free(s->cmp);
	rp_forecast_free(s->fc);
	rp_trials_free(s->tr);
	rp_case_free(s->cs);
}

/* The picture, or its script; a drawing in characters is coarse, so the
 * numbers follow it. */
static rp_status
draw(const struct cmd_args *args, const struct rp_chart *chart,
    const struct rp_show *how, struct rp_text *text, struct rp_err *err)
{
	char *bytes = NULL;
	size_t len = 0;
	rp_status st = RP_OK;

	if (args->script) {
		rp_text_puts(text, rp_chart_script(chart));
		return RP_OK;
	}
	st = rp_chart_run(chart, &bytes, &len, err);
	if (st == RP_OK) {
		rp_text_add(text, bytes, len);
		if (args->format == CMD_TERMINAL) {
			rp_text_puts(text, "\n");
			st = rp_show_table(rp_chart_table(chart), how, text,
			    err);
		}
	}
	free(bytes);
	return st;
}

rp_status
cmd_run_chart(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct stages s = {0};
	struct rp_text origin = {0}, text = {0};
	struct rp_chart *chart = NULL;
	struct rp_chart_data data = { .as_of = args->as_of };
	struct rp_show how;
	rp_status st = RP_OK;

	(void)findings;
	if ((st = go_through(args, &s, err)) != RP_OK)
		goto out;
	how = cmd_how(args, s.cs, s.tr);
	how.format = RP_FORMAT_TEXT;
	rp_provenance_line(&how.provenance, &origin);
	data.cs = s.cs;
	data.trials = s.tr;
	data.forecast = s.fc;
	data.comparison = s.cmp;
	data.n_overlays = s.others.n;
	data.overlay = s.others.tr;
	data.overlay_name = s.others.name;
	data.provenance = origin.bytes;
	if ((st = rp_chart_new((enum rp_chart_kind)args->kind,
	    formats[args->format], &data, &chart, err)) != RP_OK ||
	    (st = draw(args, chart, &how, &text, err)) != RP_OK)
		goto out;
	st = cmd_write(args, NULL, &text, err);
out:
	rp_chart_free(chart);
	rp_text_release(&text);
	rp_text_release(&origin);
	release(&s);
	return st;
}
