/* What `import populations` does. */
#include "cmd.h"

#include "store/counts.h"

static rp_status
not_for_counts(const struct cmd_args *args, struct rp_err *err)
{
	if (args->ca_author != NULL || args->program_author != NULL)
		return rp_fail(err, RP_EUSAGE, "--%s is for a saved bug, not "
		    "for counts of populations", args->ca_author != NULL ?
		    "ca-author" : "root-program-author");
	return RP_OK;
}

static rp_status
read_counts(const struct cmd_args *args, struct rp_counts_file *file,
    struct rp_err *err)
{
	struct cmd_talk talk;
	rp_status st = cmd_talk_begin(&talk, err);

	if (st != RP_OK)
		return st;
	st = rp_counts_file_read(args->scenario, talk.to, file, err);
	cmd_talk_end(&talk, st, err);
	return st;
}

static rp_status
keep_counts(struct rp_store *store, const struct rp_counts_file *file,
    struct rp_receipt *receipt, struct rp_counts_taken *taken,
    struct rp_err *err)
{
	struct rp_instant now = rp_instant_of_s(0);
	struct cmd_talk talk;
	rp_status st = cmd_talk_now(&talk, &now, err);

	if (st != RP_OK)
		return st;
	st = rp_store_import_counts(store, file, now, talk.to, receipt, taken,
	    err);
	cmd_talk_end(&talk, st, err);
	return st;
}

rp_status
cmd_import_counts(const struct cmd_args *args, struct rp_store **store,
    struct rp_receipt *receipt, struct rp_table **taken, struct rp_err *err)
{
	struct rp_counts_file file = {0};
	struct rp_counts_taken before = {0};
	rp_status st = not_for_counts(args, err);

	/* A store that is none is told before gigabytes are read. */
	if (st == RP_OK)
		st = cmd_store(args, RP_STORE_WRITE, store, err);
	if (st == RP_OK)
		st = read_counts(args, &file, err);
	if (st == RP_OK)
		st = keep_counts(*store, &file, receipt, &before, err);
	if (st == RP_OK)
		st = rp_counts_table(&file.counts, before.before, taken, err);
	rp_counts_taken_release(&before);
	rp_counts_file_release(&file);
	return st;
}
