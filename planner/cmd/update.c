/* revplan update: case, forecast, comparison, ledger, post, text. */
#include "cmd.h"

#include "log.h"

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
	struct cmd_post w = {0};
	struct rp_text text = {0};
	struct rp_show_post show;
	struct rp_show how;
	size_t parts;
	rp_status st = cmd_post(args, &w, err);

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
	cmd_post_release(&w);
	return st;
}
