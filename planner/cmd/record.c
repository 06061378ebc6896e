/* revplan record: one item into a store; the receipt says it is there. */
#include "cmd.h"

#include <stdlib.h>

#include "made.h"
#include "revplan/store.h"

/* The forecast of this moment, with what is said of it. */
static rp_status
make(const struct cmd_args *args, struct rp_entry *entry, struct made *m,
    struct rp_err *err)
{
	rp_status st = cmd_made_forecast(args, m, err);

	entry->n_pairs = m->n;
	entry->pair = (const char *const *)m->own;
	return st;
}

/*
 * What is to be recorded; *text and m have what the entry borrows, to be given
 * back with free() and made_release().
 */
static rp_status
gather(const struct cmd_args *args, struct rp_entry *entry, char **text,
    struct made *m, struct rp_err *err)
{
	entry->kind = args->word;
	entry->replaces = args->replaces;
	entry->n_pairs = args->n_rest;
	entry->pair = args->rest;
	if (cmd_makes_forecast(args))
		return make(args, entry, m, err);
	if (cmd_forecast_only(args, err) != RP_OK)
		return RP_EUSAGE;
	if (args->from != NULL && args->n_rest > 0)
		return rp_fail(err, RP_EUSAGE, "--from has the whole item; "
		    "'%s' is one too many", args->rest[0]);
	if (args->from != NULL) {
		rp_status st = cmd_item(args->from, text, &entry->yaml_name,
		    err);

		entry->yaml = *text;
		return st;
	}
	if (args->n_rest == 0)
		return rp_fail(err, RP_EUSAGE, "what is the %s? say it in "
		    "KEY=VALUE, or --from FILE; see 'revplan help record'",
		    args->word);
	return RP_OK;
}

static rp_status
record(const struct rp_entry *entry, struct rp_store *store,
    struct rp_receipt *receipt, struct rp_err *err)
{
	struct rp_instant now = rp_instant_of_s(0);
	struct cmd_talk talk;
	rp_status st = cmd_talk_now(&talk, &now, err);

	if (st != RP_OK)
		return st;
	st = rp_store_record(store, entry, now, talk.to, receipt, err);
	cmd_talk_end(&talk, st, err);
	return st;
}

rp_status
cmd_run_record(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_entry entry = {0};
	char *borrowed = NULL;
	struct made made = {0};
	struct rp_store *store = NULL;
	struct rp_history *history = NULL;
	struct rp_receipt receipt = {0};
	struct rp_show how = cmd_how(args, NULL, NULL);
	struct rp_text text = {0};
	rp_status st = RP_OK;

	(void)findings;
	/* A receipt is not made from any moment. */
	how.provenance.has_as_of = false;
	if ((st = gather(args, &entry, &borrowed, &made, err)) != RP_OK ||
	    (st = cmd_store(args, RP_STORE_WRITE, &store, err)) != RP_OK ||
	    (st = record(&entry, store, &receipt, err)) != RP_OK ||
	    (st = rp_store_history(store, &history, err)) != RP_OK ||
	    (st = rp_show_record(&receipt, history, &how, &text, err)) !=
	    RP_OK)
		goto out;
	st = cmd_receipt(args, &receipt, &text, err);
out:
	rp_text_release(&text);
	rp_history_free(history);
	rp_store_close(store);
	made_release(&made);
	free(borrowed);
	return st;
}
