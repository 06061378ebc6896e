/* revplan simulate: case, trials, tables. */
#include "cmd.h"

/* What one table alone needs; the others need no more than the trials. */
static const struct cmd_wanted of_table[RP_SIM_TABLES] = {
	[RP_TABLE_SHARES] = { .questions = true },
	[RP_TABLE_BY] = { .questions = true },
	[RP_TABLE_PROGRESS] = { .bands = RP_BANDS_TOTAL },
	[RP_TABLE_SHEET] = { .questions = true, .details = true,
	    .details_of = 1u << RP_DETAIL_SHEET },
	[RP_TABLE_TAIL] = { .details = true,
	    .details_of = 1u << RP_DETAIL_TAIL },
	[RP_TABLE_RISKS] = { .details = true,
	    .details_of = 1u << RP_DETAIL_RISKS },
	[RP_TABLE_CLOSED_FORM] = { .bands = RP_BANDS_TOTAL },
	[RP_TABLE_NOTHING] = { .bands = RP_BANDS_TOTAL },
};

/* Machines get the curves of every population, readers the total. */
static struct cmd_wanted
wanted(const struct cmd_args *args)
{
	bool curves = args->format == CMD_CSV;

	if (cmd_given(args, OPT_TABLE))
		return of_table[args->table];
	return (struct cmd_wanted){
		.bands = curves || args->format == CMD_JSON ?
		    RP_BANDS_ALL : RP_BANDS_TOTAL,
		.bottleneck = !curves,
		.details = !curves,
		.questions = !curves,
	};
}

/* The curves in CSV have no room for answers. */
static rp_status
refuse_lost(const struct cmd_args *args, struct rp_err *err)
{
	static const struct {
		enum cmd_option option;
		const char *table;
	} asks[] = { { OPT_SHARE, "shares" }, { OPT_BY, "by" },
		{ OPT_AT, "sheet" } };
	size_t i;

	if (args->format != CMD_CSV || cmd_given(args, OPT_TABLE))
		return RP_OK;
	for (i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
		if (cmd_given(args, asks[i].option))
			return rp_fail(err, RP_EUSAGE, "--%s has no place "
			    "among the curves in csv; add --table %s",
			    cmd_option(asks[i].option)->name, asks[i].table);
	return RP_OK;
}

/* Only csv and json have curves, and then not beside one table. */
static rp_status
refuse_states(const struct cmd_args *args, struct rp_err *err)
{
	if (!cmd_given(args, OPT_STATES))
		return RP_OK;
	if (cmd_given(args, OPT_TABLE))
		return rp_fail(err, RP_EUSAGE, "--states is for the curves, "
		    "of which --table writes none; leave one of them out");
	if (args->format != CMD_CSV && args->format != CMD_JSON)
		return rp_fail(err, RP_EUSAGE, "--states is for the curves, "
		    "which %s has none of; add --format csv or json",
		    cmd_format_word((enum cmd_format)args->format));
	return RP_OK;
}

rp_status
cmd_run_simulate(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct cmd_wanted want = wanted(args);
	struct rp_case *cs = NULL;
	struct rp_trials *tr = NULL;
	struct rp_text text = {0};
	struct rp_show how;
	rp_status st = refuse_lost(args, err);

	if (st == RP_OK)
		st = refuse_states(args, err);
	(void)findings;
	if (st != RP_OK || (st = cmd_case(args, &cs, err)) != RP_OK ||
	    (st = cmd_trials_for(args, cs, &want, &tr, err)) != RP_OK)
		goto out;
	how = cmd_how(args, cs, tr);
	st = cmd_given(args, OPT_TABLE) ? rp_show_simulate_table(tr,
	    (enum rp_sim_table)args->table, &how, &text, err) :
	    rp_show_simulate(tr, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
out:
	rp_text_release(&text);
	rp_trials_free(tr);
	rp_case_free(cs);
	return st;
}
