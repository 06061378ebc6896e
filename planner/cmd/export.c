/* revplan export: what a store holds, as a scenario file or as records. */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "revplan/store.h"

/* YAML has comments and JSON a shape of its own: one form is enough. */
static rp_status
refuse_format(const struct cmd_args *args, struct rp_err *err)
{
	if (cmd_given(args, OPT_FORMAT))
		return rp_fail(err, RP_EUSAGE, "a scenario is written as YAML; "
		    "--format is for 'revplan export %s records'",
		    args->operand);
	if (args->format != CMD_TEXT)
		return rp_fail(err, RP_EUSAGE, "a scenario is written as YAML, "
		    "not as %s, which --output '%s' asks for",
		    cmd_format_word((enum cmd_format)args->format),
		    args->output);
	return RP_OK;
}

/* Records are all that were ever made, so they have no moment. */
static rp_status
refuse_records(const struct cmd_args *args, struct rp_err *err)
{
	if (args->format == CMD_ICS)
		return rp_fail(err, RP_EUSAGE, "records are no calendar; "
		    "'revplan export %s dues' is one", args->operand);
	return RP_OK;
}

static rp_status
refuse_time(const struct cmd_args *args, struct rp_err *err)
{
	if (cmd_given(args, OPT_AS_OF) || cmd_given(args, OPT_VIEW))
		return rp_fail(err, RP_EUSAGE, "everything is exported, "
		    "whenever it was recorded; --%s is for 'revplan export %s "
		    "dues'", cmd_given(args, OPT_AS_OF) ? "as-of" : "view",
		    args->operand);
	return RP_OK;
}

/* A calendar; lists of the same are for reading, and so of `check`. */
static rp_status
refuse_list(const struct cmd_args *args, struct rp_err *err)
{
	if (args->format != CMD_ICS &&
	    (cmd_given(args, OPT_FORMAT) || args->format != CMD_TEXT))
		return rp_fail(err, RP_EUSAGE, "dues are exported as a "
		    "calendar (ics); 'revplan check %s --dues' writes them "
		    "as %s", args->operand,
		    cmd_format_word((enum cmd_format)args->format));
	return RP_OK;
}

/* A scenario that somebody wrote has comments, which an export has not. */
static rp_status
protect_file(const struct cmd_args *args, struct rp_err *err)
{
	if (args->output == NULL || strcmp(args->output, "-") == 0 ||
	    args->force || access(args->output, F_OK) != 0)
		return RP_OK;
	return rp_fail(err, RP_EUSAGE, "'%s' exists; --force replaces it",
	    args->output);
}

static rp_status
export_scenario(const struct cmd_args *args, struct rp_store *store,
    struct rp_err *err)
{
	struct rp_text text = {0};
	char *yaml = NULL;
	size_t len = 0;
	rp_status st = rp_store_yaml(store, &yaml, &len, err);

	if (st == RP_OK)
		st = cmd_companions(args, store, err);
	if (st == RP_OK) {
		rp_text_add(&text, yaml, len);
		st = cmd_write(args, NULL, &text, err);
	}
	if (st == RP_OK)
		rp_log_note("comments of what was imported are not kept");
	rp_text_release(&text);
	free(yaml);
	return st;
}

/* The name of the input and the head of its chain; only these are looked at
 * in a provenance. */
static struct rp_case
input_of(const struct cmd_args *args, const struct rp_history *h)
{
	struct rp_case cs = { .file = args->operand };
	size_t n;
	const struct rp_history_row *row = rp_history_rows(h, &n);

	if (strcmp(args->operand, "-") == 0)
		cs.file = "<stdin>";
	if (n > 0)
		memcpy(cs.digest, row[n - 1].sha256,
		    strnlen(row[n - 1].sha256, sizeof(cs.digest) - 1));
	return cs;
}

static rp_status
export_records(const struct cmd_args *args, struct rp_store *store,
    struct rp_err *err)
{
	struct rp_history *h = NULL;
	struct rp_text text = {0};
	struct rp_show how = cmd_how(args, NULL, NULL);
	struct rp_case input;
	rp_status st = rp_store_history(store, &h, err);

	if (st != RP_OK)
		return st;
	input = input_of(args, h);
	how.provenance.cs = &input;
	how.provenance.has_as_of = false;
	st = rp_show_history(h, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	rp_text_release(&text);
	rp_history_free(h);
	return st;
}

static rp_status
export_dues(const struct cmd_args *args, struct rp_err *err)
{
	struct cmd_args calendar = *args;
	struct rp_case *cs = NULL;
	struct rp_findings *found = NULL;
	rp_status st = refuse_list(args, err);

	calendar.format = CMD_ICS;
	if (st == RP_OK)
		st = cmd_case(&calendar, &cs, err);
	if (st == RP_OK)
		st = cmd_check(&calendar, cs, &found, err);
	if (st == RP_OK)
		st = cmd_dues(&calendar, cs, found, err);
	rp_findings_free(found);
	rp_case_free(cs);
	return st;
}

static bool
is_asked_for(const struct cmd_args *args, const char *word)
{
	return args->word != NULL && strcmp(args->word, word) == 0;
}

rp_status
cmd_run_export(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	bool records = is_asked_for(args, "records");
	struct rp_store *store = NULL;
	rp_status st = RP_OK;

	(void)findings;
	if (is_asked_for(args, "dues"))
		return export_dues(args, err);
	st = refuse_time(args, err);
	if (st == RP_OK)
		st = records ? refuse_records(args, err) :
		    refuse_format(args, err);
	if (!records && st == RP_OK)
		st = protect_file(args, err);
	if (st == RP_OK)
		st = cmd_store_of_case(args, &store, err);
	if (st == RP_OK)
		st = records ? export_records(args, store, err) :
		    export_scenario(args, store, err);
	rp_store_close(store);
	return st;
}
