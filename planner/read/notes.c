/*
 * planner/read/notes.c - what is possible and yet hardly meant: a step that
 * nothing can pass before the horizon, what lies after it, and certificates
 * that are counted twice.
 */
#include "read/bind.h"

#include <inttypes.h>
#include <math.h>

#include "read/binder.h"

#define HOUR_S 3600.0
#define DAY_S 86400.0

/* A path, from when it begins until the horizon. */
struct stretch {
	const struct rp_case *cs;
	struct rp_faults *notes;
	const struct rp_population *population;
	double from;
	double until;
};

static double
seconds(struct rp_instant t)
{
	return (double)rp_instant_s(t);
}

/* ---- steps that nothing passes ------------------------------------------ */

static void
note_gate(const struct stretch *s, const struct rp_step *step)
{
	double opens = rp_reach_of(&step->as.gate.until).low;
	char at[RP_INSTANT_TEXT];

	if (opens >= s->until)
		rp_fault(s->notes, step->origin.line, step->origin.col,
		    "nothing can pass '%.60s' before the horizon; it opens on "
		    "%s at the earliest", step->what, rp_instant_format(
		    rp_instant_of_s((int64_t)opens), at));
}

static void
note_batch(const struct stretch *s, const struct rp_step *step)
{
	const struct rp_step_batch *batch = &step->as.batch;
	size_t i;

	if (batch->on != RP_BATCH_INSTANTS)
		return;
	for (i = 0; i < batch->n_instants; i++)
		if (seconds(batch->instant[i]) >= s->from &&
		    seconds(batch->instant[i]) < s->until)
			return;
	rp_fault(s->notes, step->origin.line, step->origin.col, "nothing can "
	    "pass '%.60s' before the horizon; none of its instants lies "
	    "between", step->what);
}

static void
note_wait(const struct stretch *s, const struct rp_step *step)
{
	const struct rp_step_wait *wait = &step->as.wait;

	if (rp_reach_of(&wait->never).low >= 1)
		rp_fault(s->notes, step->origin.line, step->origin.col,
		    "nothing can pass '%.60s'; nobody ever answers",
		    step->what);
	else if (rp_reach_of(&wait->time).low >= s->until - s->from)
		rp_fault(s->notes, step->origin.line, step->origin.col,
		    "nothing can pass '%.60s' before the horizon; it takes "
		    "longer than there is", step->what);
}

/* A working day has at most a day of time. */
static void
note_rate(const struct stretch *s, const struct rp_step *step,
    const struct rp_rate *rate)
{
	double per_s = rate->per == RP_PER_HOUR ? HOUR_S : DAY_S;
	double most = rp_reach_of(&rate->amount).high *
	    ceil((s->until - s->from) / per_s);

	if (most < 1)
		rp_fault(s->notes, step->origin.line, step->origin.col,
		    "nothing can pass '%.60s' before the horizon; at its rate "
		    "one certificate takes longer than there is", step->what);
}

static void
note_notice(const struct stretch *s, const struct rp_step *step)
{
	if (rp_reach_of(&step->as.notice.bounces).low >= 1)
		rp_fault(s->notes, step->origin.line, step->origin.col,
		    "nothing can pass '%.60s'; all of it bounces",
		    step->what);
	else
		note_rate(s, step, &step->as.notice.rate);
}

/* Nobody asks, so all renew by themselves; without an expiry that is never. */
static bool
asks(const struct rp_step_poll *poll)
{
	size_t i;

	if (poll->n_kinds == 0)
		return rp_reach_of(&poll->share).high > 0 &&
		    rp_reach_of(&poll->failures).low < 1;
	for (i = 0; i < poll->n_kinds; i++)
		if (rp_reach_of(&poll->kind[i].part).high > 0 &&
		    asks(&poll->kind[i].step->as.poll))
			return true;
	return false;
}

static void
note_poll(const struct stretch *s, const struct rp_step *step)
{
	if (s->population->has_expiry || asks(&step->as.poll))
		return;
	rp_fault(s->notes, step->origin.line, step->origin.col, "nothing can "
	    "pass '%.60s'; no client is told to renew, and without 'expiry' "
	    "none has to", step->what);
}

/* Recursion is as deep as the document. */
static void
note_steps(const struct stretch *s, const struct rp_path *path)
{
	const struct rp_step *step;
	size_t i;

	for (i = 0; i < path->n_steps; i++) {
		step = &path->step[i];
		switch (step->kind) {
		case RP_STEP_NOTICE:
			note_notice(s, step);
			break;
		case RP_STEP_WAIT:
			note_wait(s, step);
			break;
		case RP_STEP_TEAM:
			note_rate(s, step, &step->as.team.rate);
			break;
		case RP_STEP_POLL:
			note_poll(s, step);
			break;
		case RP_STEP_BATCH:
			note_batch(s, step);
			break;
		case RP_STEP_GATE:
			note_gate(s, step);
			break;
		case RP_STEP_BRANCH:
			note_steps(s, &step->as.branch.path);
			break;
		}
	}
}

/* ---- populations and events --------------------------------------------- */

static void
note_path(const struct rp_case *cs, struct rp_faults *notes,
    const struct rp_path *path, const struct rp_population *p, double from)
{
	struct stretch s = { cs, notes, p, fmax(from, fmax(
	    seconds(cs->aware.from), seconds(p->starts.from))),
	    seconds(cs->simulation.horizon) };

	note_steps(&s, path);
}

static void
note_population(const struct rp_case *cs, struct rp_faults *notes,
    const struct rp_population *p)
{
	const struct rp_origin *at = &p->expiry.origin;

	note_path(cs, notes, &p->path, p, seconds(cs->aware.from));
	if (p->has_expiry &&
	    rp_reach_of(&p->expiry).high <= seconds(p->starts.from))
		rp_fault(notes, at->line, at->col, "all certificates of "
		    "'%.60s' expire before its work begins", p->name);
}

static void
note_event(const struct rp_case *cs, struct rp_faults *notes,
    const struct rp_event *e)
{
	size_t i;

	if (e->kind == RP_EVENT_RISK)
		e = e->then;
	if (e->kind == RP_EVENT_CUTOFF &&
	    rp_instant_cmp(e->on.from, cs->simulation.horizon) >= 0)
		rp_fault(notes, e->origin.line, e->origin.col, "'cutoff' is "
		    "not before the horizon; it does nothing");
	for (i = 0; e->kind == RP_EVENT_ROLLOUT && i < cs->n_populations; i++)
		if (e->population < 0 || (size_t)e->population == i)
			note_path(cs, notes, &e->path, &cs->population[i],
			    seconds(e->on.from));
}

static void
note_revocation(const struct rp_case *cs, struct rp_faults *notes)
{
	const struct rp_revocation *r = &cs->revocation;

	if ((r->kind == RP_REVOKE_AT_INSTANT ||
	    r->kind == RP_REVOKE_IN_BATCHES) &&
	    rp_instant_cmp(r->at.from, cs->simulation.horizon) >= 0)
		rp_fault(notes, r->origin.line, r->origin.col, "'revocation' "
		    "does not begin before the horizon; nothing is revoked");
}

/* No certificate is revoked, or shown as revoked, twice. */
static void
note_sum(const struct rp_case *cs, struct rp_faults *notes,
    enum rp_fact_kind kind)
{
	uint64_t own = rp_count_n(cs->duty[0].certificates);
	uint64_t all = own > 0 ? own : rp_count_n(cs->total), sum = 0, n;
	const struct rp_fact *last = NULL;

	for (size_t i = 0; i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		n = f->has_certificates ? rp_count_n(f->certificates) : 0;
		if (f->kind == RP_FACT_SCOPE && n > all)
			all = n;
		if (f->kind != kind || f->mark.replaced_by >= 0)
			continue;
		sum += n;
		last = f;
	}
	if (sum > all)
		rp_fault(notes, last->origin.line, last->origin.col, "the "
		    "facts '%s' are about %" PRIu64 " certificates together, "
		    "and there are %" PRIu64 "; each of them should be "
		    "counted once", rp_fact_word(kind), sum, all);
}

void
rp_notes(const struct rp_case *cs, struct rp_faults *notes)
{
	size_t i;

	for (i = 0; i < cs->n_populations; i++)
		note_population(cs, notes, &cs->population[i]);
	for (i = 0; i < cs->n_events; i++)
		note_event(cs, notes, &cs->event[i]);
	note_revocation(cs, notes);
	if (cs->n_duties == 1) {
		note_sum(cs, notes, RP_FACT_REVOKED);
		note_sum(cs, notes, RP_FACT_PUBLISHED);
	}
	rp_faults_sort(notes);
}
