/* revplan whatif: case, trials, variants, their trials, differences. */
#include "cmd.h"

#include <stdlib.h>

#include "revplan/whatif.h"

/* One variant on its way. */
struct variant {
	struct rp_case *cs;
	struct rp_trials *tr;
};

/*
 * Only trials that are alike can be held against each other: what decides
 * that is taken from the case, whatever the variant says.
 */
static struct cmd_args
as_for(const struct cmd_args *args, const struct rp_trials *base)
{
	struct cmd_args same = *args;

	same.given |= CMD_BIT(OPT_SEED) | CMD_BIT(OPT_METRIC);
	same.given &= ~CMD_BIT(OPT_UNTIL_ERROR);
	same.until_error = rp_span_of_s(0);
	same.trials = rp_trials_count(base);
	same.seed = rp_trials_seed(base);
	same.metric = (int)rp_trials_metric(base);
	return same;
}

static rp_status
hold_against(const struct cmd_args *args, const struct rp_trials *base,
    struct variant *v, struct rp_show_variant *show, struct rp_err *err)
{
	struct cmd_args same = as_for(args, base);
	rp_status st = cmd_trials(&same, v->cs, RP_BANDS_NONE, false, &v->tr,
	    err);

	if (st == RP_OK)
		st = rp_whatif(base, v->tr, &show->answer, err);
	show->trials = v->tr;
	return st;
}

/* A fault in the last file is told before the first trials are run. */
static rp_status
open_all(const struct cmd_args *args, struct rp_case **cs,
    struct variant *v, struct rp_err *err)
{
	rp_status st = cmd_case(args, cs, err);
	size_t i;

	for (i = 0; i < args->n_rest && st == RP_OK; i++)
		st = cmd_variant(args, *cs, args->rest[i], &v[i].cs, err);
	return st;
}

static void
release(struct variant *v, size_t n)
{
	while (v != NULL && n-- > 0) {
		rp_trials_free(v[n].tr);
		rp_case_free(v[n].cs);
	}
	free(v);
}

rp_status
cmd_run_whatif(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_trials *base = NULL;
	struct variant *v = calloc(args->n_rest, sizeof(*v));
	struct rp_show_variant *show = calloc(args->n_rest, sizeof(*show));
	struct rp_text text = {0};
	struct rp_show how;
	size_t i;
	rp_status st = RP_OK;

	(void)findings;
	if (v == NULL || show == NULL) {
		st = rp_fail(err, RP_ENOMEM, "out of memory");
		goto out;
	}
	if ((st = open_all(args, &cs, v, err)) != RP_OK ||
	    (st = cmd_trials(args, cs, RP_BANDS_NONE, false, &base, err)) !=
	    RP_OK)
		goto out;
	for (i = 0; i < args->n_rest && st == RP_OK; i++)
		st = hold_against(args, base, &v[i], &show[i], err);
	if (st != RP_OK)
		goto out;
	how = cmd_how(args, cs, base);
	if ((st = rp_show_whatif(base, show, args->n_rest, &how, &text,
	    err)) == RP_OK)
		st = cmd_write(args, &how, &text, err);
out:
	rp_text_release(&text);
	release(v, args->n_rest);
	free(show);
	rp_trials_free(base);
	rp_case_free(cs);
	return st;
}
