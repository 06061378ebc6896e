/* revplan verify: walk a store; exit status 1 for a fault. */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

#include "revplan/store.h"

/* The faults, kept until all of them are known. */
struct gathered {
	char **line;
	size_t n;
	size_t room;
	bool failed;
};

static void
gather(void *arg, const char *text)
{
	struct gathered *g = arg;
	size_t room = g->room == 0 ? 16 : 2 * g->room;
	char **more;

	if (g->n == g->room) {
		more = realloc(g->line, room * sizeof(*more));
		if (more == NULL) {
			g->failed = true;
			return;
		}
		g->line = more;
		g->room = room;
	}
	g->line[g->n] = strdup(text);
	if (g->line[g->n] == NULL)
		g->failed = true;
	else
		g->n++;
}

static void
release(struct gathered *g)
{
	while (g->n > 0)
		free(g->line[--g->n]);
	free(g->line);
}

static rp_status
print(const struct cmd_args *args, const struct rp_verified *v,
    struct rp_err *err)
{
	struct rp_show how = cmd_how(args, NULL, NULL);
	struct rp_text text = {0};
	rp_status st = rp_show_verified(v, &how, &text, err);

	if (st == RP_OK)
		st = cmd_write(args, NULL, &text, err);
	rp_text_release(&text);
	return st;
}

rp_status
cmd_run_verify(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct gathered faults = {0};
	struct rp_verified v = {0};
	char head[65] = "";
	rp_status st = cmd_is_store(args, err);

	if (st == RP_OK)
		st = rp_store_verify(args->operand, gather, &faults,
		    &v.n_records, &v.n_faults, head, err);
	if (st == RP_OK && faults.failed)
		st = rp_fail(err, RP_ENOMEM, "out of memory for the faults");
	if (st == RP_OK) {
		v.sha256 = head;
		v.n_faults = faults.n;
		v.found = faults.line;
		st = print(args, &v, err);
	}
	*findings = st == RP_OK && faults.n > 0;
	release(&faults);
	return st;
}
