/*
 * planner/read/teams.c - a team is one wherever it is named, so what is said
 * of it in two places must be the same.
 */
#include "read/binder.h"

#include <stdlib.h>
#include <string.h>

/* The named teams of a case, in the order of the file. */
struct teams {
	struct rp_binder *b;
	const struct rp_step **step;
	size_t n, room;
};

static void
add_team(struct teams *t, const struct rp_step *step)
{
	const struct rp_step **more;

	if (t->step == NULL || t->n == t->room) {
		t->room = t->room > 0 ? 2 * t->room : 16;
		more = rp_bind_alloc(t->b, t->room,
		    sizeof(const struct rp_step *));
		if (more == NULL)
			return;
		if (t->n > 0)
			memcpy(more, t->step,
			    t->n * sizeof(const struct rp_step *));
		t->step = more;
	}
	t->step[t->n++] = step;
}

/* Recursion is as deep as the document. */
static void
add_path(struct teams *t, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps && t->b->status == RP_OK; i++) {
		const struct rp_step *step = &path->step[i];

		/* One with a fault is told already. */
		if (step->origin.line == 0)
			continue;
		if (step->kind == RP_STEP_BRANCH)
			add_path(t, &step->as.branch.path);
		else if (step->kind == RP_STEP_TEAM &&
		    step->as.team.name != NULL)
			add_team(t, step);
	}
}

static int
by_name(const void *x, const void *y)
{
	const struct rp_step *a = *(const struct rp_step *const *)x;
	const struct rp_step *b = *(const struct rp_step *const *)y;
	int order = strcmp(a->as.team.name, b->as.team.name);

	if (order != 0)
		return order;
	order = (a->origin.line > b->origin.line) -
	    (a->origin.line < b->origin.line);
	return order != 0 ? order : (a->origin.col > b->origin.col) -
	    (a->origin.col < b->origin.col);
}

/* What differs, in the words of the file; NULL: nothing. */
static const char *
difference(const struct rp_step_team *a, const struct rp_step_team *b)
{
	if (a->rate.per != b->rate.per ||
	    !rp_same_quantity(&a->rate.amount, &b->rate.amount))
		return "rate";
	if (!rp_same_quantity(&a->ramp_from, &b->ramp_from) ||
	    !rp_same_quantity(&a->ramp_over, &b->ramp_over))
		return "ramp";
	if (!rp_same_quantity(&a->variation, &b->variation))
		return "variation";
	return a->weekends != b->weekends ? "rule for weekends" : NULL;
}

static void
check_same(struct rp_binder *b, const struct rp_step *first,
    const struct rp_step *step)
{
	const char *what = difference(&first->as.team, &step->as.team);

	if (what != NULL)
		rp_fault(b->f, step->origin.line, step->origin.col,
		    "team '%.60s' has another %s on line %u; a team is one "
		    "wherever it is named, so give both the same, or two names",
		    step->as.team.name, what, (unsigned)first->origin.line);
}

void
rp_check_teams(struct rp_binder *b)
{
	const struct rp_case *cs = b->cs;
	struct teams t = { .b = b };
	size_t i, first = 0;

	for (i = 0; i < cs->n_populations; i++)
		add_path(&t, &cs->population[i].path);
	for (i = 0; i < cs->n_events; i++) {
		add_path(&t, &cs->event[i].path);
		if (cs->event[i].then != NULL)
			add_path(&t, &cs->event[i].then->path);
	}
	if (b->status != RP_OK || t.n < 2)
		return;
	qsort(t.step, t.n, sizeof(*t.step), by_name);
	for (i = 1; i < t.n; i++) {
		if (strcmp(t.step[first]->as.team.name,
		    t.step[i]->as.team.name) != 0)
			first = i;
		else
			check_same(b, t.step[first], t.step[i]);
	}
}
