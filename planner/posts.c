/* A post, with everything that it is made from. */
#include "cmd.h"

#include <stdio.h>

#include "log.h"

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
forecast_before(const struct cmd_args *args, struct cmd_post *w,
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
make_forecast(const struct cmd_args *args, struct cmd_post *w,
    struct rp_err *err)
{
	rp_status st = RP_OK;

	if (w->no_estimate)
		return RP_OK;
	st = cmd_forecast(args, w->cs, &w->forecast, err);
	if (st != RP_ESTATE)
		return st;
	(void)snprintf(w->why, sizeof(w->why), "%s", err->text);
	*err = (struct rp_err){0};
	return RP_OK;
}

static rp_status
make_comparison(const struct cmd_args *args, struct cmd_post *w,
    struct rp_err *err)
{
	if (w->no_comparison)
		return RP_OK;
	return cmd_optional(cmd_compare(args, w->cs, &w->comparison, err),
	    "comparison", err);
}

rp_status
cmd_post(const struct cmd_args *args, struct cmd_post *w, struct rp_err *err)
{
	struct rp_post_sources src = { .as_of = args->as_of,
	    .view = (enum rp_view)args->view, .contradiction = tell };
	rp_status st = cmd_case(args, &w->cs, err);

	if (st != RP_OK ||
	    (st = make_forecast(args, w, err)) != RP_OK ||
	    (st = make_comparison(args, w, err)) != RP_OK ||
	    (st = rp_claims(w->cs, args->as_of, src.view, &w->claims,
	    err)) != RP_OK)
		return st;
	src.full = w->cs->under;
	src.now = w->cs;
	src.arg = w->cs;
	src.claims = w->claims;
	src.forecast = w->forecast;
	src.no_forecast = w->why;
	if ((st = forecast_before(args, w, &src, err)) != RP_OK)
		return st;
	src.forecast_before = w->before;
	return rp_post_make(&src, &w->post, err);
}

void
cmd_post_release(struct cmd_post *w)
{
	rp_post_free(w->post);
	rp_claims_free(w->claims);
	rp_comparison_free(w->comparison);
	rp_forecast_free(w->before);
	rp_forecast_free(w->forecast);
	rp_case_free(w->then);
	rp_case_free(w->cs);
	*w = (struct cmd_post){0};
}
