/* revplan import: a scenario into a store, and what that changed. */
#include "cmd.h"

#include "revplan/store.h"

rp_status
cmd_run_import(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_store *store = NULL;
	struct rp_history *history = NULL;
	struct rp_receipt receipt = {0};
	struct rp_show how = cmd_how(args, NULL, NULL);
	struct rp_text text = {0};
	rp_status st = RP_OK;

	(void)findings;
	if ((st = cmd_store(args, RP_STORE_CREATE, &store, err)) != RP_OK ||
	    (st = cmd_import(store, args->scenario, &receipt, err)) != RP_OK ||
	    (st = rp_store_history(store, &history, err)) != RP_OK ||
	    (st = rp_show_import(&receipt, history, &how, &text, err)) !=
	    RP_OK)
		goto out;
	st = cmd_receipt(args, &receipt, &text, err);
out:
	rp_text_release(&text);
	rp_history_free(history);
	rp_store_close(store);
	return st;
}
