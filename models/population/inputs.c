/*
 * population/inputs.c - a walk over the quantities of a case.
 */
#include "population/inputs.h"

/* Where the walk stands; slots name a quantity within its owner. */
struct walk {
	uint64_t seed;
	const char *incident;
	const char *owner;	/* the population's name, or the case's part */
	uint64_t step;		/* ordinal within the owner */
	bool one;		/* the owner is one subscriber */
	bool shared;
	bool chance;		/* this walk is for those of chance */
	struct rp_input *out;	/* NULL: only count */
	size_t n;
};

/* Room for the parameters of a quantity, and those of theirs. */
#define SLOTS 4096u

static void
found(struct walk *w, const struct rp_quantity *q, uint64_t slot)
{
	if (w->out != NULL)
		w->out[w->n] = (struct rp_input){
		    .q = q, .owner = w->owner, .chance = w->chance,
		    .shared = w->shared,
		    .key = rp_stream_key_of(w->seed, w->incident, w->owner,
		    w->step * SLOTS * 8 + slot) };
	w->n++;
}

static void visit(struct walk *w, const struct rp_quantity *q, uint64_t slot);

/* A distribution that is chance itself: only its parameters are inputs. */
static void
visit_law(struct walk *w, const struct rp_quantity *q, uint64_t slot)
{
	if (q->dist == NULL)
		return;
	for (unsigned i = 0; i < q->dist->n_params; i++)
		visit(w, &q->dist->param[i],
		    slot * (RP_DIST_PARAMS + 1) + i + 1);
}

static void
visit(struct walk *w, const struct rp_quantity *q, uint64_t slot)
{
	if (q->dist == NULL)
		return;
	if (!w->chance)
		found(w, q, slot);
	visit_law(w, q, slot);
}

/* The n-th field of a step or of a population; parameters nest below it. */
static uint64_t
field(unsigned n)
{
	return 7 + n;
}

static void visit_path(struct walk *w, const struct rp_path *path);
static void visit_step(struct walk *w, const struct rp_step *s);

static void
visit_wait(struct walk *w, const struct rp_step_wait *wait)
{
	/* What one subscriber takes is one number in every trial. */
	if (w->chance && w->one && wait->per == RP_UNIT_SUBSCRIBER &&
	    wait->time.dist != NULL)
		found(w, &wait->time, field(0));
	visit_law(w, &wait->time, field(0));
	visit(w, &wait->never, field(1));
}

static void
visit_team(struct walk *w, const struct rp_step_team *team)
{
	visit(w, &team->rate.amount, field(0));
	visit(w, &team->ramp_from, field(1));
	visit(w, &team->ramp_over, field(2));
	visit(w, &team->variation, field(3));
}

static void
visit_poll(struct walk *w, const struct rp_step_poll *poll)
{
	for (size_t k = 0; k < poll->n_kinds; k++) {
		visit(w, &poll->kind[k].part, field(0));
		visit_step(w, poll->kind[k].step);
	}
	if (poll->n_kinds > 0)
		return;
	visit(w, &poll->every, field(0));
	visit(w, &poll->share, field(1));
	visit(w, &poll->failures, field(2));
	visit(w, &poll->renews, field(3));
}

static void
visit_branch(struct walk *w, const struct rp_step_branch *branch)
{
	if (branch->by_validation)
		visit_law(w, &branch->validated, field(0));
	else
		visit(w, &branch->share, field(0));
	visit_path(w, &branch->path);
}

static void
visit_step(struct walk *w, const struct rp_step *s)
{
	w->step++;
	switch (s->kind) {
	case RP_STEP_NOTICE:
		visit(w, &s->as.notice.rate.amount, field(0));
		visit(w, &s->as.notice.bounces, field(1));
		return;
	case RP_STEP_WAIT:
		visit_wait(w, &s->as.wait);
		return;
	case RP_STEP_TEAM:
		visit_team(w, &s->as.team);
		return;
	case RP_STEP_POLL:
		visit_poll(w, &s->as.poll);
		return;
	case RP_STEP_GATE:
		visit(w, &s->as.gate.until, field(0));
		return;
	case RP_STEP_BRANCH:
		visit_branch(w, &s->as.branch);
		return;
	case RP_STEP_BATCH:
		return;
	}
}

static void
visit_path(struct walk *w, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++)
		visit_step(w, &path->step[i]);
}

static void
visit_population(struct walk *w, const struct rp_population *p)
{
	w->owner = p->name;
	w->step = 0;
	w->one = rp_count_n(p->subscribers) == 1;
	if (p->owns.kind == RP_OWNS_LAW)
		visit_law(w, &p->owns.size, field(0));
	if (p->has_expiry)
		visit_law(w, &p->expiry, field(1));
	if (p->has_renewal) {
		visit(w, &p->renewal.before, field(2));
		visit(w, &p->renewal.share, field(3));
	}
	visit_path(w, &p->path);
}

static void
visit_event(struct walk *w, const struct rp_case *cs,
    const struct rp_event *e)
{
	w->shared = e->population < 0;
	w->one = e->population >= 0 && rp_count_n(
	    cs->population[e->population].subscribers) == 1;
	if (e->kind == RP_EVENT_RISK) {
		visit(w, &e->probability, field(0));
		if (e->then != NULL)
			visit_event(w, cs, e->then);
	}
	if (e->kind == RP_EVENT_ROLLOUT) {
		visit(w, &e->share, field(1));
		visit_path(w, &e->path);
	}
	w->shared = false;
}

static void
visit_case(struct walk *w, const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_populations; i++)
		visit_population(w, &cs->population[i]);
	w->owner = "events";
	for (size_t i = 0; i < cs->n_events; i++) {
		w->step = (i + 1) << 16;
		visit_event(w, cs, &cs->event[i]);
	}
	w->owner = "revocation";
	w->step = UINT32_MAX;
	visit(w, &cs->revocation.delay, field(0));
	visit(w, &cs->revocation.batches.amount, field(1));
}

size_t
rp_inputs_of(const struct rp_case *cs, uint64_t seed, struct rp_input *out)
{
	struct walk w = { .seed = seed, .incident = cs->id, .out = out };

	visit_case(&w, cs);
	w.chance = true;
	visit_case(&w, cs);
	return w.n;
}
