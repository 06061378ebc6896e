/* What revplan worked out goes on record. */
#include <stdio.h>

#include "clock.h"
#include "log.h"
#include "made.h"
#include "revplan/store.h"

#define WAIT_S 30		/* for whoever else is writing */

static void
tell(void *arg, const char *text)
{
	(void)arg;
	rp_log_note("%s", text);
}

static void
tell_receipt(const char *kind, const struct rp_receipt *r)
{
	if (r->record == 0)
		rp_log_note("%s %llu is on record already: nothing was added",
		    kind, (unsigned long long)r->item);
	else
		rp_log_note("recorded as %s %llu, in record %llu, SHA-256 %s",
		    kind, (unsigned long long)r->item,
		    (unsigned long long)r->record, r->sha256);
}

rp_status
cmd_save(const char *path, const char *kind, const struct made *m,
    struct rp_err *err)
{
	static const struct rp_store_options opt = { .wait_s = WAIT_S,
		.waiting = tell };
	struct rp_entry entry = { .kind = kind, .n_pairs = m->n,
		.pair = (const char *const *)m->own };
	struct rp_store *store = NULL;
	struct rp_receipt receipt = { .record = 0 };
	struct rp_instant now;
	struct cmd_talk talk;
	rp_status st = RP_OK;

	if (m->failed)
		return rp_fail(err, RP_ENOMEM, "out of memory for a %s", kind);
	if ((st = rp_clock_now(&now, err)) != RP_OK ||
	    (st = cmd_talk_begin(&talk, err)) != RP_OK)
		return st;
	st = rp_store_open(path, RP_STORE_WRITE, &opt, &store, err);
	if (st == RP_OK)
		st = rp_store_record(store, &entry, now, talk.to, &receipt,
		    err);
	rp_store_close(store);
	cmd_talk_end(&talk, st, err);
	if (st == RP_OK)
		tell_receipt(kind, &receipt);
	return st;
}

rp_status
cmd_needs_store(const struct cmd_args *args, const char *what,
    struct rp_err *err)
{
	if (rp_is_store(args->operand))
		return RP_OK;
	return rp_fail(err, RP_EUSAGE, "%s needs a store, and '%s' is a "
	    "scenario file; 'revplan import' puts it into one", what,
	    args->operand);
}
