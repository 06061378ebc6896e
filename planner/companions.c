/* The files that a scenario names, written beside it when it is exported. */
#include "cmd.h"

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "read/files.h"
#include "read/slurp.h"
#include "revplan/store.h"

/* The name beside the file at path; NULL when memory ran out. */
static char *
beside(const char *path, const char *name)
{
	struct rp_text at = {0};
	const char *slash = strrchr(path, '/');

	if (slash != NULL)
		rp_text_add(&at, path, (size_t)(slash + 1 - path));
	rp_text_puts(&at, name);
	if (!at.failed)
		return at.bytes;
	rp_text_release(&at);
	return NULL;
}

/* The folders between the scenario and its companion, which begins at from. */
static rp_status
make_folders(char *path, size_t from, struct rp_err *err)
{
	char *slash = strchr(path + from, '/');
	int reason = 0;

	for (; slash != NULL && reason == 0; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST) {
			reason = errno;
			(void)rp_fail(err, RP_EIO, "cannot make the folder "
			    "'%s': %s", path, strerror(reason));
		}
		*slash = '/';
	}
	return reason == 0 ? RP_OK : RP_EIO;
}

enum there { NOTHING, THE_SAME, ANOTHER };

static enum there
look(const char *path, const void *bytes, size_t len)
{
	struct stat st;
	struct rp_err ignored = {0};
	char *have = NULL;
	size_t n = 0;
	enum there found = ANOTHER;

	if (stat(path, &st) != 0)
		return NOTHING;
	if (st.st_size >= 0 && (uintmax_t)st.st_size == len &&
	    rp_slurp(path, len, &have, &n, &ignored) == RP_OK && n == len &&
	    memcmp(have, bytes, len) == 0)
		found = THE_SAME;
	free(have);
	return found;
}

static rp_status
write_one(const struct cmd_args *args, const char *name, const void *bytes,
    size_t len, struct rp_err *err)
{
	char *path = beside(args->output, name);
	enum there there = NOTHING;
	rp_status st = RP_OK;

	if (path == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	there = look(path, bytes, len);
	if (there == ANOTHER && !args->force)
		st = rp_fail(err, RP_EUSAGE, "'%s', which the scenario needs, "
		    "exists and differs; --force replaces it", path);
	if (there == NOTHING)
		st = make_folders(path, strlen(path) - strlen(name), err);
	if (st == RP_OK && there != THE_SAME)
		st = rp_output_write(path, bytes, len, err);
	if (st == RP_OK && there != THE_SAME)
		rp_log_note("wrote '%s', which the scenario needs", path);
	free(path);
	return st;
}

rp_status
cmd_companions(const struct cmd_args *args, struct rp_store *store,
    struct rp_err *err)
{
	bool to_file = args->output != NULL && strcmp(args->output, "-") != 0;
	const char *name;
	const void *bytes;
	size_t i, len;
	rp_status st = RP_OK;

	for (i = 0; st == RP_OK &&
	    (name = rp_store_file(store, i, &bytes, &len)) != NULL; i++) {
		if (!to_file)
			rp_log_note("the scenario needs '%s', which is written "
			    "beside it with --output", name);
		/* A name that leads elsewhere is never written to. */
		else if (!rp_files_inside(name))
			rp_log_note("'%s', which the scenario needs, is not in "
			    "its folder and not written", name);
		else
			st = write_one(args, name, bytes, len, err);
	}
	return st;
}
