/* What the commands on a store do alike. */
#include "cmd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "read/slurp.h"
#include "store/store.h"

/* One item; a plan of ten thousand milestones is a third of it. */
#define ITEM_BYTES ((size_t)1 << 20)

static void
say_waiting(void *arg, const char *text)
{
	(void)arg;
	rp_log_note("%s", text);
}

static bool
ends_in(const char *path, const char *suffix)
{
	size_t len = strlen(path), n = strlen(suffix);

	return len >= n && strcmp(path + len - n, suffix) == 0;
}

rp_status
cmd_is_store(const struct cmd_args *args, struct rp_err *err)
{
	const char *path = args->operand;

	if (strcmp(path, "-") == 0)
		return rp_fail(err, RP_EUSAGE, "a store is a file; standard "
		    "input cannot be one");
	if ((!ends_in(path, ".yaml") && !ends_in(path, ".yml")) ||
	    rp_is_store(path))
		return RP_OK;
	return rp_fail(err, RP_EUSAGE, "'%s' is a scenario file, not a store; "
	    "'revplan import incident.db %s' makes a store of it", path, path);
}

rp_status
cmd_store(const struct cmd_args *args, enum rp_store_mode mode,
    struct rp_store **out, struct rp_err *err)
{
	struct rp_store_options opt = {
		.wait_s = (unsigned)args->wait, .waiting = say_waiting
	};
	rp_status st = cmd_is_store(args, err);

	if (st != RP_OK)
		return st;
	if (mode == RP_STORE_WRITE && access(args->operand, F_OK) != 0 &&
	    errno == ENOENT)
		return rp_fail(err, RP_EIO, "there is no store '%s'; 'revplan "
		    "import %s SCENARIO' makes one", args->operand,
		    args->operand);
	return rp_store_open(args->operand, mode, &opt, out, err);
}

rp_status
cmd_import(struct rp_store *store, const char *path,
    struct rp_receipt *receipt, struct rp_err *err)
{
	struct rp_instant now = rp_instant_of_s(0);
	struct cmd_talk talk;
	rp_status st = cmd_talk_now(&talk, &now, err);

	if (st != RP_OK)
		return st;
	st = rp_store_import(store, path, now, talk.to, receipt, err);
	cmd_talk_end(&talk, st, err);
	return st;
}

rp_status
cmd_store_of_case(const struct cmd_args *args, struct rp_store **out,
    struct rp_err *err)
{
	struct rp_store *store = NULL;
	struct rp_receipt receipt;
	rp_status st = RP_OK;

	if (rp_is_store(args->operand))
		return cmd_store(args, RP_STORE_READ, out, err);
	/* A scenario takes the way that it takes into a store on the disk. */
	st = rp_store_open_memory(&store, err);
	if (st == RP_OK)
		st = cmd_import(store, args->operand, &receipt, err);
	if (st == RP_OK)
		*out = store;
	else
		rp_store_close(store);
	return st;
}

rp_status
cmd_item(const char *path, char **yaml, const char **name,
    struct rp_err *err)
{
	size_t len = 0;
	rp_status st = rp_slurp(path, ITEM_BYTES, yaml, &len, err);

	*name = strcmp(path, "-") == 0 ? "<stdin>" : path;
	if (st != RP_OK)
		return st;
	if (strlen(*yaml) == len)
		return RP_OK;
	free(*yaml);
	*yaml = NULL;
	return rp_fail(err, RP_EINPUT, "'%s' holds a NUL byte; an item is "
	    "YAML text", *name);
}

rp_status
cmd_receipt(const struct cmd_args *args, const struct rp_receipt *receipt,
    const struct rp_text *text, struct rp_err *err)
{
	rp_status st = cmd_write(args, NULL, text, err);

	if (st != RP_OK && receipt->record != 0)
		rp_err_context(err, "record %llu is on the disk, its receipt "
		    "is not", (unsigned long long)receipt->record);
	return st;
}

/* ---- what must not be written over -------------------------------------- */

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	if (a == NULL || b == NULL || strcmp(b, "-") == 0)
		return false;
	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

rp_status
cmd_spare_input(const struct cmd_args *args, struct rp_err *err)
{
	const char *const inputs[] = { args->operand, args->scenario,
		args->from };

	if (args->output == NULL || strcmp(args->output, "-") == 0)
		return RP_OK;
	if (rp_is_store(args->output))
		return rp_fail(err, RP_EUSAGE, "'%s' is a store, which no "
		    "output replaces; write to another file", args->output);
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
		if (!args->force && is_same_file(args->output, inputs[i]))
			return rp_fail(err, RP_EUSAGE, "'%s' is what is to be "
			    "read; write to another file", args->output);
	for (size_t i = 0; i < args->n_rest; i++)
		if (!args->force && is_same_file(args->output, args->rest[i]))
			return rp_fail(err, RP_EUSAGE, "'%s' is what is to be "
			    "read; write to another file", args->output);
	return RP_OK;
}
