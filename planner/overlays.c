/* Other cases on the axes of a chart: --with CASE,CASE. */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

static rp_status
split(const char *said, struct cmd_overlays *o, struct rp_err *err)
{
	char *p, *comma;

	o->files = strdup(said);
	if (o->files == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	for (p = o->files; p != NULL; p = comma) {
		comma = strchr(p, ',');
		if (comma != NULL)
			*comma++ = '\0';
		if (o->n == RP_CHART_OVERLAYS)
			return rp_fail(err, RP_EUSAGE, "--with: a chart holds "
			    "at most %d other cases", RP_CHART_OVERLAYS);
		if (*p == '\0')
			return rp_fail(err, RP_EUSAGE, "--with: value %zu of "
			    "the list is empty", o->n + 1);
		o->file[o->n++] = p;
	}
	return RP_OK;
}

/* A title tells more than a file, where it is not that of the case. */
static const char *
name_of(const struct cmd_overlays *o, size_t i, const struct rp_case *base)
{
	const char *title = o->cs[i]->title, *slash;
	size_t k;
	bool taken = title == NULL ||
	    (base->title != NULL && strcmp(title, base->title) == 0);

	for (k = 0; k < i && !taken; k++)
		taken = strcmp(title, o->name[k]) == 0;
	if (!taken)
		return title;
	slash = strrchr(o->file[i], '/');
	return slash != NULL ? slash + 1 : o->file[i];
}

rp_status
cmd_overlays_open(const struct cmd_args *args, const struct rp_case *base,
    struct cmd_overlays *o, struct rp_err *err)
{
	size_t i;
	rp_status st = RP_OK;

	if (args->with == NULL)
		return RP_OK;
	if (args->kind != RP_CHART_CURVE)
		return rp_fail(err, RP_EUSAGE, "--with goes with --kind curve "
		    "only");
	st = split(args->with, o, err);
	for (i = 0; i < o->n && st == RP_OK; i++) {
		st = cmd_variant(args, base, o->file[i], &o->cs[i], err);
		if (st == RP_OK)
			o->name[i] = name_of(o, i, base);
	}
	return st;
}

rp_status
cmd_overlays_run(const struct cmd_args *args, const struct rp_trials *base,
    struct cmd_overlays *o, struct rp_err *err)
{
	struct cmd_args same = *args;
	struct rp_trials *tr;
	size_t i;
	rp_status st = RP_OK;

	/* What is not drawn over time has no trials either. */
	if (o->n == 0)
		return RP_OK;
	/* One axis holds one metric. */
	same.given |= CMD_BIT(OPT_METRIC);
	same.metric = (int)rp_trials_metric(base);
	for (i = 0; i < o->n && st == RP_OK; i++) {
		tr = NULL;
		st = cmd_trials(&same, o->cs[i], RP_BANDS_TOTAL, false, &tr,
		    err);
		o->tr[i] = tr;
		if (st != RP_OK)
			cmd_place(args, o->cs[i], err);
	}
	return st;
}

void
cmd_overlays_release(struct cmd_overlays *o)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		/* They are borrowed by the chart as what must not change. */
		rp_trials_free((struct rp_trials *)(uintptr_t)o->tr[i]);
		rp_case_free(o->cs[i]);
	}
	free(o->files);
	*o = (struct cmd_overlays){ .n = 0 };
}
