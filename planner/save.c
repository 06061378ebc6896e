/* What revplan worked out goes on record: plans and forecasts. */
#include <string.h>

#include "clock.h"
#include "log.h"
#include "made.h"
#include "revplan/store.h"

/* On standard error: standard output carries the plan. */
static void
tell_receipt(const char *kind, const struct rp_receipt *r)
{
	if (r->record == 0)
		rp_log_note("%s %llu is on record already: nothing was added",
		    kind, (unsigned long long)r->item);
	else
		rp_log_note("record %llu: %s %llu (head %s)",
		    (unsigned long long)r->record, kind,
		    (unsigned long long)r->item, r->sha256);
}

rp_status
cmd_save(const struct cmd_args *args, const char *kind, const struct made *m,
    struct rp_err *err)
{
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
	    (st = cmd_store(args, RP_STORE_WRITE, &store, err)) != RP_OK)
		return st;
	if ((st = cmd_talk_begin(&talk, err)) == RP_OK) {
		st = rp_store_record(store, &entry, now, talk.to, &receipt,
		    err);
		cmd_talk_end(&talk, st, err);
	}
	rp_store_close(store);
	if (st == RP_OK)
		tell_receipt(kind, &receipt);
	return st;
}

/* A scenario file belongs to whoever wrote it: it is never written to. */
rp_status
cmd_needs_store(const struct cmd_args *args, const char *what,
    struct rp_err *err)
{
	if (rp_is_store(args->operand))
		return RP_OK;
	return rp_fail(err, RP_EUSAGE, "%s needs a store, and '%s' is a "
	    "scenario file; 'revplan import incident.db %s' makes a store of "
	    "it", what, args->operand, args->operand);
}

/* ---- record STORE forecast ---------------------------------------------- */

/* What somebody may say about a forecast that revplan makes. */
static bool
is_about(const char *pair)
{
	static const char *const keys[] = { "id", "published", "source",
		"note" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (made_has(&pair, 1, keys[i]))
			return true;
	return false;
}

bool
cmd_makes_forecast(const struct cmd_args *args)
{
	size_t i;

	if (args->from != NULL || strcmp(args->word, "forecast") != 0)
		return false;
	for (i = 0; i < args->n_rest; i++)
		if (!is_about(args->rest[i]))
			return false;
	return true;
}

/* An option that would change nothing was meant to change something. */
rp_status
cmd_forecast_only(const struct cmd_args *args, struct rp_err *err)
{
	static const enum cmd_option of_forecast[] = { OPT_METRIC, OPT_AS_OF,
		OPT_VIEW, OPT_TRIALS, OPT_SEED, OPT_THREADS };
	size_t i;

	for (i = 0; i < sizeof(of_forecast) / sizeof(of_forecast[0]); i++)
		if (cmd_given(args, of_forecast[i]))
			return rp_fail(err, RP_EUSAGE, "--%s is for a forecast "
			    "that is made now: 'record STORE forecast' without "
			    "figures", cmd_option(of_forecast[i])->name);
	return RP_OK;
}

rp_status
cmd_made_forecast(const struct cmd_args *args, struct made *m,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_forecast *fc = NULL;
	size_t i;
	rp_status st = cmd_needs_store(args, "record", err);

	if (st == RP_OK)
		st = cmd_case(args, &cs, err);
	if (st == RP_OK)
		st = cmd_forecast(args, cs, &fc, err);
	if (st == RP_OK) {
		made_forecast(m, fc);
		for (i = 0; i < args->n_rest; i++)
			made_copy(m, args->rest[i]);
		if (m->failed)
			st = rp_fail(err, RP_ENOMEM,
			    "out of memory for a forecast");
	}
	rp_forecast_free(fc);
	rp_case_free(cs);
	return st;
}
