/* What `import` does with a saved bug, and how it tells one from a scenario. */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

#include "read/slurp.h"
#include "store/bug.h"

/* Authors of an option. */
#define NAMES_MAX 64

/* ---- a scenario --------------------------------------------------------- */

/* JSON is YAML, so a bug would get faults by the dozen. */
rp_status
cmd_not_a_bug(const struct cmd_args *args, struct rp_err *err)
{
	const char *path = args->scenario, *dot = strrchr(path, '.');
	struct rp_err unread = {0};
	char *bytes = NULL;
	size_t len = 0;
	bool bug = false;

	if (args->n_rest > 0)
		return rp_fail(err, RP_EUSAGE, "'%s' is one too many; several "
		    "files are for a saved bug, which needs --ca-author",
		    args->rest[0]);
	if (args->program_author != NULL)
		return rp_fail(err, RP_EUSAGE, "--root-program-author is for "
		    "a saved bug, which needs --ca-author, too");
	if (dot == NULL || strcmp(dot, ".json") != 0)
		return RP_OK;
	/* What cannot be read is told where it is read as a scenario. */
	if (rp_slurp(path, RP_BUG_BYTES, &bytes, &len, &unread) == RP_OK)
		bug = rp_bug_is_one(bytes, len);
	free(bytes);
	if (bug)
		return rp_fail(err, RP_EUSAGE, "'%s' is a saved bug; say who "
		    "writes for the CA there with --ca-author", path);
	return RP_OK;
}

/* ---- a bug -------------------------------------------------------------- */

/* The names of an option; they point into *text. */
struct names {
	const char *name[NAMES_MAX];
	size_t n;
	char *text;
};

static rp_status
add_name(struct names *names, const char *option, char *name,
    struct rp_err *err)
{
	size_t len;

	name += strspn(name, " ");
	len = strlen(name);
	while (len > 0 && name[len - 1] == ' ')
		name[--len] = '\0';
	if (len == 0 || *name == '@')
		return rp_fail(err, RP_EUSAGE, "--%s: name %zu of the list is "
		    "empty", option, names->n + 1);
	if (names->n == NAMES_MAX)
		return rp_fail(err, RP_EUSAGE, "--%s: the list has more than "
		    "%d names", option, NAMES_MAX);
	names->name[names->n++] = name;
	return RP_OK;
}

static rp_status
split(const char *option, const char *said, struct names *names,
    struct rp_err *err)
{
	char *next, *comma;
	rp_status st = RP_OK;

	if (said == NULL)
		return RP_OK;
	names->text = strdup(said);
	if (names->text == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	for (next = names->text; st == RP_OK && next != NULL;
	    next = comma != NULL ? comma + 1 : NULL) {
		comma = strchr(next, ',');
		if (comma != NULL)
			*comma = '\0';
		st = add_name(names, option, next, err);
	}
	return st;
}

/* A scenario is a record of its own, and so is a bug. */
static rp_status
not_a_scenario(const struct cmd_args *args, struct rp_err *err)
{
	const char *dot = strrchr(args->scenario, '.');

	if (dot == NULL || (strcmp(dot, ".yaml") != 0 &&
	    strcmp(dot, ".yml") != 0))
		return RP_OK;
	return rp_fail(err, RP_EUSAGE, "'%s' is a scenario; import it on its "
	    "own, and then the bug with --ca-author", args->scenario);
}

/* What the bug gives.  It is told apart from what an import says, so that a
 * remark is not taken for a fault. */
static rp_status
read_bug(const struct cmd_args *args, struct rp_bug_items *items,
    struct rp_err *err)
{
	const char *path[RP_BUG_FILES + 1];
	struct names ca = {0}, program = {0};
	struct rp_bug_who who;
	struct cmd_talk talk;
	size_t n = 0, i;
	rp_status st = not_a_scenario(args, err);

	if (st == RP_OK)
		st = split("ca-author", args->ca_author, &ca, err);
	if (st == RP_OK)
		st = split("root-program-author", args->program_author,
		    &program, err);
	if (st == RP_OK)
		st = cmd_talk_begin(&talk, err);
	if (st != RP_OK)
		goto out;
	path[n++] = args->scenario;
	for (i = 0; i < args->n_rest && n <= RP_BUG_FILES; i++)
		path[n++] = args->rest[i];
	who = (struct rp_bug_who){ { ca.n, ca.name },
	    { program.n, program.name } };
	st = rp_bug_items_read(path, n, &who, talk.to, items, err);
	cmd_talk_end(&talk, st, err);
out:
	free(ca.text);
	free(program.text);
	return st;
}

static rp_status
keep_bug(struct rp_store *store, const struct rp_bug_items *items,
    struct rp_receipt *receipt, struct rp_err *err)
{
	struct rp_instant now = rp_instant_of_s(0);
	struct cmd_talk talk;
	rp_status st = cmd_talk_now(&talk, &now, err);

	if (st != RP_OK)
		return st;
	st = rp_store_import_bug(store, items, now, talk.to, receipt, err);
	cmd_talk_end(&talk, st, err);
	return st;
}

rp_status
cmd_import_bug(const struct cmd_args *args, struct rp_store **store,
    struct rp_receipt *receipt, struct rp_table **taken, struct rp_err *err)
{
	struct rp_bug_items items = {0};
	rp_status st = read_bug(args, &items, err);

	if (st == RP_OK)
		st = cmd_store(args, RP_STORE_WRITE, store, err);
	if (st == RP_OK)
		st = keep_bug(*store, &items, receipt, err);
	if (st == RP_OK)
		st = rp_bug_table(rp_doc_root(items.doc), taken, err);
	rp_bug_items_release(&items);
	return st;
}
