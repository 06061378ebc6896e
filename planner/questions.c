/* What simulate asks of its trials: as said, or as most will want to know. */
#include "cmd.h"

#include <string.h>

#include "revplan/rules.h"

/* More dates than that are a table of their own, which --by asks for. */
#define USUAL_MAX 12

/* In order, each once; nobody asked, so what no trial reaches is left out. */
static void
add_by(struct cmd_instants *by, const struct rp_case *cs, struct rp_instant at)
{
	size_t i = by->n;

	if (by->n == USUAL_MAX ||
	    rp_instant_cmp(at, cs->simulation.horizon) > 0)
		return;
	while (i > 0 && rp_instant_cmp(at, by->value[i - 1]) < 0)
		i--;
	if (i > 0 && rp_instant_cmp(at, by->value[i - 1]) == 0)
		return;
	memmove(&by->value[i + 1], &by->value[i],
	    (by->n++ - i) * sizeof(by->value[0]));
	by->value[i] = at;
}

/*
 * The turning points of the case.  They cut the grid anyway, so asking for
 * them changes no random number.
 */
static void
usual_by(const struct rp_case *cs, struct cmd_instants *by)
{
	const struct rp_plan *plan = cs->n_plans > 0 ?
	    &cs->plan[cs->n_plans - 1] : NULL;
	struct rp_deadline deadline;
	struct rp_err none = {0};
	size_t i;

	if (cs->n_duties > 0 &&
	    rp_duty_deadline(&cs->duty[0], &deadline, &none) == RP_OK)
		add_by(by, cs, deadline.at.from);
	for (i = 0; i < cs->n_events; i++)
		if (cs->event[i].kind == RP_EVENT_CUTOFF)
			add_by(by, cs, cs->event[i].on.until);
	for (i = 0; plan != NULL && i < plan->n_milestones; i++)
		add_by(by, cs, plan->milestone[i].by.until);
}

void
cmd_ask(const struct cmd_args *args, const struct rp_case *cs,
    struct cmd_questions *q, struct rp_sim_options *opt)
{
	static const struct cmd_shares usual_shares = { 4,
		{ 0.5, 0.85, 0.95, 1 } };

	q->shares = cmd_given(args, OPT_SHARE) ? args->shares : usual_shares;
	q->by = args->by;
	if (!cmd_given(args, OPT_BY))
		usual_by(cs, &q->by);
	opt->n_shares = q->shares.n;
	opt->shares = q->shares.value;
	opt->n_by = q->by.n;
	opt->by = q->by.value;
	opt->n_candidates = args->candidates.n;
	opt->candidates = args->candidates.value;
}
