/*
 * simulate/notes.c - what the trials leave out or approximate, in sentences.
 */
#include <stdarg.h>
#include <stdio.h>

#include "simulate/ensemble.h"

static void note(struct rp_trials *tr, const char *fmt, ...) RP_PRINTF(2, 3);

static void
note(struct rp_trials *tr, const char *fmt, ...)
{
	va_list ap;

	if (tr->n_notes == RP_TRIAL_NOTES)
		return;
	va_start(ap, fmt);
	vsnprintf(tr->note_text[tr->n_notes],
	    sizeof(tr->note_text[tr->n_notes]), fmt, ap);
	va_end(ap);
	tr->note[tr->n_notes] = tr->note_text[tr->n_notes];
	tr->n_notes++;
}

/* "87.0 % of the trials"; what is so in all of them is no certainty. */
static const char *
so_many(const struct rp_trials *tr, double share, char buf[48])
{
	if (share * (double)tr->n > (double)tr->n - 0.5)
		snprintf(buf, 48, "all %llu trials",
		    (unsigned long long)tr->n);
	else if (share >= 0.9995)
		snprintf(buf, 48, "more than 99.9 %% of the trials");
	else if (share < 0.0005)
		snprintf(buf, 48, "less than 0.1 %% of the trials");
	else
		snprintf(buf, 48, "%.1f %% of the trials", 100.0 * share);
	return buf;
}

/* Clients of whom counts say too little; who is followed one by one has an
 * expiry of their own. */
static bool
goes_on_after_own_renewal(const struct rp_model *m)
{
	for (size_t i = 0; i < m->n_parts; i++)
		if (!m->part[i].one_by_one && rp_model_goes_on(m, i))
			return true;
	return false;
}

/* Whether what is replaced stays valid for a while. */
static bool
revokes_later(const struct rp_case *cs)
{
	return cs->revocation.kind != RP_REVOKE_AFTER_REPLACED ||
	    cs->revocation.delay.dist != NULL ||
	    cs->revocation.delay.fixed > 0.0;
}

/* Clients who come to their own renewal at times of their own, as a step that
 * stands before it lets them; see own.h for the others. */
static bool
comes_late_to_own_renewal(const struct rp_model *m)
{
	for (size_t k = 0; k < m->n_nodes; k++) {
		const struct rp_flow_node *n = &m->node[k];
		const struct rp_model_part *p = &m->part[n->part];
		bool own = false;

		for (size_t h = n->hop, i = 0; i < n->n_hops;
		    h += m->hop[h].span, i++)
			own = own || m->hop[h].own;
		if (own && !n->own_end && p->p->has_expiry && !p->one_by_one)
			return true;
	}
	return false;
}

/*
 * A completion that is a date of the case is easily taken for a prediction.
 */
static void
note_cutoffs(struct rp_trials *tr)
{
	const struct rp_case *cs = tr->model.cs;
	const int64_t *done = rp_trials_completion(tr, -1);
	char day[RP_INSTANT_TEXT], share[48];

	for (size_t k = 0; k < cs->n_events; k++) {
		const struct rp_event *e = &cs->event[k];
		size_t ended = 0;

		if (e->kind != RP_EVENT_CUTOFF)
			continue;
		for (size_t i = 0; i < tr->n; i++)
			ended += done[i] == rp_instant_s(e->on.from);
		if (2 * ended > tr->n)
			note(tr, "In %s it is the cutoff of "
			    "%s that ends the incident, with something "
			    "still to do: the curve, or another metric, tells "
			    "how far the work itself comes.",
			    so_many(tr, (double)ended / (double)tr->n, share),
			    rp_instant_format_date(e->on.from, day));
	}
}

/* Time that grows with certificates comes unexpected here. */
static void
note_ones(struct rp_trials *tr)
{
	const struct rp_model *m = &tr->model;
	const char *first = NULL;
	size_t others = 0;
	char more[48] = "";

	for (size_t p = 0; p < m->n_populations; p++) {
		bool yes = false;

		for (size_t i = 0; i < m->n_parts; i++)
			yes = yes || (m->part[i].of == p &&
			    m->part[i].one_by_one && !m->part[i].few);
		others += yes && first != NULL;
		if (yes && first == NULL)
			first = m->part[p].p->name;
	}
	if (first == NULL)
		return;
	if (others > 0)
		snprintf(more, sizeof(more), " and of %zu more population%s",
		    others, others > 1 ? "s" : "");
	note(tr, "The certificates of '%.60s'%s are followed one by one, "
	    "since a wait that is common to those of a subscriber stands "
	    "after a step in which they may part: the time that the trials "
	    "take grows with their number.", first, more);
}

/* Why the trials ended where somebody asked for an error. */
static void
note_until(struct rp_trials *tr)
{
	const struct rp_until *u = &tr->until;

	if (!(u->asked_s > 0.0))
		return;
	if (u->level < 0)
		note(tr, "No date of completion is known within the horizon, "
		    "so no number of trials makes its error small: the trials "
		    "ended at %llu; a later horizon helps.",
		    (unsigned long long)tr->n);
	else if (!u->reached)
		note(tr, "After %llu trials, as many as are run for it, the "
		    "standard error of the %.0f %% date is still above the "
		    "%.2f d that were asked for.", (unsigned long long)tr->n,
		    100.0 * rp_completion_level[u->level],
		    u->asked_s / 86400.0);
	else if (rp_completion_level[u->level] < 0.80)
		note(tr, "The 80 %% date lies beyond the horizon: it is the "
		    "%.0f %% date whose standard error was brought below "
		    "%.2f d, in %llu trials.",
		    100.0 * rp_completion_level[u->level],
		    u->asked_s / 86400.0, (unsigned long long)tr->n);
}

/* What would have taken too long to look at. */
static void
note_left(struct rp_trials *tr)
{
	if (tr->risks_left > 0)
		note(tr, "The first %zu risks are told with and without; %zu "
		    "more happen in the trials, but are not told apart.",
		    tr->n_risks, tr->risks_left);
	if (tr->steps_left > 0)
		note(tr, "The bottleneck was looked for among the first steps "
		    "of a population; %zu more were not tried.",
		    tr->steps_left);
}

void
rp_make_notes(struct rp_trials *tr)
{
	const struct rp_case *cs = tr->model.cs;
	const struct rp_completion *all =
	    &tr->completion[tr->model.n_populations];
	char day[RP_INSTANT_TEXT], share[48];

	if (all->never > 0.0)
		note(tr, "In %s something was still to do "
		    "at the horizon, %s; dates beyond it are not known.",
		    so_many(tr, all->never, share), rp_instant_format_date(
		    cs->simulation.horizon, day));
	note_cutoffs(tr);
	note_ones(tr);
	if (cs->n_plans > 0 && !tr->model.reissues &&
	    cs->plan[cs->n_plans - 1].metric == RP_METRIC_REISSUED)
		note(tr, "The plan counts reissued certificates, but no step "
		    "of the case says 'reissues: true': the simulation counts "
		    "those that are replaced, that is, installed as well.");
	if (cs->revocation.kind == RP_REVOKE_AT_DEADLINE &&
	    !tr->model.has_deadline)
		note(tr, "Revocation is to happen at the deadline, but no "
		    "rule gives one for the first duty: nothing is revoked.");
	if (cs->revocation.kind == RP_REVOKE_AT_INSTANT &&
	    tr->model.n_parts > tr->model.n_populations)
		note(tr, "What is discovered after the instant of revocation "
		    "is revoked as soon as it is discovered.");
	if (goes_on_after_own_renewal(&tr->model))
		note(tr, "Clients that renew on their own schedule are taken "
		    "to run out as often as others in the steps after their "
		    "renewal, although each has a time of its own left: where "
		    "those steps, or the time until revocation, are long, "
		    "expiry is too high or too low.");
	else if (revokes_later(cs) && comes_late_to_own_renewal(&tr->model))
		note(tr, "Clients that come to renew on their own schedule "
		    "only behind another step are taken to run out as often "
		    "as others after their renewal, although less time is "
		    "left to them: expiry before revocation is too low.");
	note_until(tr);
	note_left(tr);
	if (tr->model.has_deadline && !rp_when_is_exact(
	    tr->model.deadline.at))
		note(tr, "The deadline is known to the day only; its earliest "
		    "moment is used here.");
}
