/* revplan update: case, forecast, comparison, ledger, post, text. */
#include "cmd.h"

#include <stdio.h>

#include "log.h"
#include "revplan/claims.h"
#include "revplan/update.h"

/* Everything that a post is made from, and given back. */
struct work {
	struct rp_case *cs;		/* what is known now */
	struct rp_case *then;		/* what the public had read */
	struct rp_forecast *forecast;
	struct rp_forecast *before;
	struct rp_comparison *comparison;
	struct rp_claims *claims;
	struct rp_post *post;
};

/* A contradiction stands at its place, as the faults of a case do. */
static void
tell(void *arg, const struct rp_origin *at, const char *text)
{
	struct rp_err line = { .code = RP_EINPUT, .line = at->line,
	    .col = at->col };
	const struct rp_case *cs = arg;

	(void)snprintf(line.text, sizeof(line.text), "%s", text);
	rp_log_error(cs->file, &line);
}

/* What the same model says from the figures that the last post showed. */
static rp_status
forecast_before(const struct cmd_args *args, struct work *w,
    const struct rp_post_sources *src, struct rp_err *err)
{
	struct cmd_args then = *args;
	struct rp_when post, read;
	rp_status st = RP_OK;

	if (w->forecast == NULL || !rp_post_last(src, &post, &read) ||
	    rp_post_has_recorded(src->full, read))
		return RP_OK;
	st = rp_case_view(src->full, &read, RP_VIEW_PUBLIC, &w->then, err);
	if (st != RP_OK)
		return st;
	then.as_of = read;
	then.view = RP_VIEW_PUBLIC;
	return cmd_optional(cmd_forecast(&then, w->then, &w->before, err),
	    "estimate for the last update", err);
}

/* A case that cannot be simulated has no estimate, and the post says why. */
static rp_status
make_forecast(const struct cmd_args *args, struct work *w, char *why,
    size_t size, struct rp_err *err)
{
	rp_status st = cmd_forecast(args, w->cs, &w->forecast, err);

	if (st != RP_ESTATE)
		return st;
	(void)snprintf(why, size, "%s", err->text);
	*err = (struct rp_err){0};
	return RP_OK;
}

static rp_status
make(const struct cmd_args *args, struct work *w, char *why, size_t size,
    struct rp_err *err)
{
	struct rp_post_sources src = { .as_of = args->as_of,
	    .view = (enum rp_view)args->view, .contradiction = tell };
	rp_status st = cmd_case(args, &w->cs, err);

	if (st != RP_OK ||
	    (st = make_forecast(args, w, why, size, err)) != RP_OK ||
	    (st = cmd_optional(cmd_compare(args, w->cs, &w->comparison, err),
	    "comparison", err)) != RP_OK ||
	    (st = rp_claims(w->cs, args->as_of, src.view, &w->claims,
	    err)) != RP_OK)
		return st;
	src.full = w->cs->under;
	src.now = w->cs;
	src.arg = w->cs;
	src.claims = w->claims;
	src.forecast = w->forecast;
	src.no_forecast = why;
	if ((st = forecast_before(args, w, &src, err)) != RP_OK)
		return st;
	src.forecast_before = w->before;
	return rp_post_make(&src, &w->post, err);
}

/* What the post itself does not mend. */
static void
note_contradicted(const struct rp_claims *claims)
{
	const struct rp_said_row *row;
	size_t n, i, found = 0;

	row = rp_claims_rows(claims, &n);
	for (i = 0; i < n; i++)
		found += row[i].verdict == RP_SAID_CONTRADICTED;
	if (found > 0)
		rp_log_note("%zu of the things said earlier %s contradicted "
		    "by the record; `revplan claims` tells which", found,
		    found == 1 ? "is" : "are");
}

rp_status
cmd_run_update(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct work w = {0};
	struct rp_text text = {0};
	struct rp_show_post show;
	struct rp_show how;
	char why[RP_ERR_TEXT] = "";
	size_t parts;
	rp_status st = make(args, &w, why, sizeof(why), err);

	(void)findings;
	if (st != RP_OK)
		goto out;
	show = (struct rp_show_post){ w.post, w.cs, w.comparison };
	how = cmd_how(args, w.cs, w.forecast != NULL ?
	    rp_forecast_trials(w.forecast) : NULL);
	if ((st = rp_show_post(&show, &how, &parts, &text, err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
	if (st == RP_OK)
		note_contradicted(w.claims);
	if (st == RP_OK && parts > 1)
		rp_log_note("the text is too long for one comment: %zu parts, "
		    "with a line '%s' between them", parts, RP_PART_LINE);
out:
	rp_text_release(&text);
	rp_post_free(w.post);
	rp_claims_free(w.claims);
	rp_comparison_free(w.comparison);
	rp_forecast_free(w.before);
	rp_forecast_free(w.forecast);
	rp_case_free(w.then);
	rp_case_free(w.cs);
	return st;
}
