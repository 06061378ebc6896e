/* revplan import: a scenario, a saved bug or counts into a store, and what
 * that changed. */
#include "cmd.h"

#include "revplan/store.h"

static rp_status
import(const struct cmd_args *args, struct rp_store **store,
    struct rp_receipt *receipt, struct rp_table **taken, struct rp_err *err)
{
	rp_status st;

	if (args->word != NULL)
		return cmd_import_counts(args, store, receipt, taken, err);
	if (cmd_given(args, OPT_CA_AUTHOR))
		return cmd_import_bug(args, store, receipt, taken, err);
	st = cmd_not_a_bug(args, err);
	if (st == RP_OK)
		st = cmd_store(args, RP_STORE_CREATE, store, err);
	return st == RP_OK ? cmd_import(*store, args->scenario, receipt, err) :
	    st;
}

rp_status
cmd_run_import(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_store *store = NULL;
	struct rp_history *history = NULL;
	struct rp_table *taken = NULL;
	struct rp_receipt receipt = {0};
	struct rp_show how = cmd_how(args, NULL, NULL);
	struct rp_text text = {0};
	rp_status st = RP_OK;

	(void)findings;
	if ((st = import(args, &store, &receipt, &taken, err)) != RP_OK ||
	    (st = rp_store_history(store, &history, err)) != RP_OK ||
	    (st = rp_show_import(&receipt, history, taken, &how, &text,
	    err)) != RP_OK)
		goto out;
	st = cmd_receipt(args, &receipt, &text, err);
out:
	rp_text_release(&text);
	rp_table_free(taken);
	rp_history_free(history);
	rp_store_close(store);
	return st;
}
