/*
 * planner/read/possible.c - what no incident can be like: events outside of
 * the time that is simulated, work without a working day, certificates that
 * nobody had.
 */
#include "read/binder.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CASE_MAX UINT64_C(4000000000)

/* Calendars are built when they are first asked for, and kept. */
struct checks {
	struct rp_binder *b;
	struct rp_calendar **built;	/* with and without weekends */
	uint64_t certificates;		/* that were known so far */
};

/* A path, by the calendar of a population. */
struct way {
	struct checks *checks;
	struct rp_instant from;		/* when this path begins */
	struct rp_instant until;	/* the horizon */
	const struct rp_population *population;
	bool told;			/* one calendar is told once a path */
};

static bool
is_before(struct rp_instant a, struct rp_instant b)
{
	return rp_instant_cmp(a, b) < 0;
}

static struct rp_instant
later(struct rp_instant a, struct rp_instant b)
{
	return is_before(a, b) ? b : a;
}

/* ---- steps that could never be passed ----------------------------------- */

/* Whether a step waits for working time of the population's calendar. */
static bool
needs_work(const struct rp_step *step)
{
	switch (step->kind) {
	case RP_STEP_NOTICE:
		return step->as.notice.rate.per == RP_PER_WORKING_DAY;
	case RP_STEP_TEAM:
		return step->as.team.rate.per == RP_PER_WORKING_DAY;
	case RP_STEP_WAIT:
		return step->as.wait.clock == RP_CLOCK_WORKING;
	case RP_STEP_BATCH:
		return step->as.batch.on == RP_BATCH_WORKING_DAY;
	case RP_STEP_POLL:
	case RP_STEP_GATE:
	case RP_STEP_BRANCH:
		return false;
	}
	return false;
}

/* Saturday and Sunday: for a team that works on weekends as well. */
#define WEEKEND 0x60u

/* NULL where there is none: what is wrong with it is told at the calendar. */
static const struct rp_calendar *
calendar_of(const struct way *w, bool weekends)
{
	const struct rp_case *cs = w->checks->b->cs;
	int index = w->population->calendar;
	struct rp_calendar_spec spec = rp_calendar_default;
	struct rp_calendar **built;
	struct rp_err err = { 0 };

	if (index >= (int)cs->n_calendars)
		return NULL;
	built = &w->checks->built[2 * (index + 1) + weekends];
	if (*built != NULL)
		return *built;
	if (index >= 0)
		spec = cs->calendar[index].spec;
	if (weekends)
		spec.week = (uint8_t)(spec.week | WEEKEND);
	if (rp_calendar_new(&spec, cs->aware.from, cs->simulation.horizon,
	    built, &err) == RP_ENOMEM)
		w->checks->b->status = RP_ENOMEM;
	return *built;
}

static bool
has_work(const struct way *w, const struct rp_step *step)
{
	const struct rp_calendar *cal = calendar_of(w,
	    step->kind == RP_STEP_TEAM && step->as.team.weekends);
	struct rp_instant at;

	return cal == NULL || rp_calendar_next(cal, w->from, &at);
}

static void
check_work(struct way *w, const struct rp_step *step)
{
	const struct rp_case *cs = w->checks->b->cs;
	int index = w->population->calendar;
	char from[RP_INSTANT_TEXT], until[RP_INSTANT_TEXT];

	if (w->told || !needs_work(step) || has_work(w, step))
		return;
	w->told = true;
	rp_fault(w->checks->b->f, step->origin.line, step->origin.col,
	    "'%.60s' needs a working day, and calendar '%.60s' has none from "
	    "%s until %s; extend the horizon, or change the calendar",
	    step->what, index < 0 ? "mon-fri" : cs->calendar[index].name,
	    rp_instant_format(w->from, from),
	    rp_instant_format(w->until, until));
}

static void
check_batch(const struct way *w, const struct rp_step *step)
{
	const struct rp_step_batch *batch = &step->as.batch;
	struct rp_instant end;
	char last[RP_INSTANT_TEXT], from[RP_INSTANT_TEXT];

	if (batch->on != RP_BATCH_INSTANTS || batch->n_instants == 0)
		return;
	end = batch->instant[batch->n_instants - 1];
	if (is_before(end, w->from))
		rp_fault(w->checks->b->f, step->origin.line, step->origin.col,
		    "nothing can pass '%.60s'; its last instant, %s, is "
		    "before %s, when the work begins", step->what,
		    rp_instant_format(end, last),
		    rp_instant_format(w->from, from));
}

/* Recursion is as deep as the document. */
static void
check_steps(struct way *w, const struct rp_path *path)
{
	const struct rp_step *step;
	size_t i;

	for (i = 0; i < path->n_steps; i++) {
		step = &path->step[i];
		/* One with a fault has no place. */
		if (step->origin.line == 0)
			continue;
		check_work(w, step);
		if (step->kind == RP_STEP_BATCH)
			check_batch(w, step);
		if (step->kind == RP_STEP_BRANCH)
			check_steps(w, &step->as.branch.path);
	}
}

static void
check_path(struct checks *c, const struct rp_path *path,
    const struct rp_population *population, struct rp_instant from)
{
	const struct rp_case *cs = c->b->cs;
	struct way w = { .checks = c, .population = population,
	    .from = later(from, later(cs->aware.from,
	    population->starts.from)), .until = cs->simulation.horizon };

	if (is_before(w.from, w.until))
		check_steps(&w, path);
}

/* ---- issued anew once --------------------------------------------------- */

/* seen: the line of the step that has issued on the way so far, or 0. */
static uint32_t
check_reissues(struct rp_binder *b, const struct rp_path *path, uint32_t seen)
{
	const struct rp_step *step;
	size_t i;

	for (i = 0; i < path->n_steps; i++) {
		step = &path->step[i];
		if (step->origin.line == 0)
			continue;
		if (step->kind == RP_STEP_BRANCH)
			seen = check_reissues(b, &step->as.branch.path, seen);
		if (step->reissues && seen != 0)
			rp_fault(b->f, step->origin.line, step->origin.col,
			    "'%.60s' issues what the step on line %u has "
			    "issued already; keep one 'reissues' on a way",
			    step->what, (unsigned)seen);
		if (step->reissues)
			seen = step->origin.line;
	}
	return seen;
}

/* ---- populations -------------------------------------------------------- */

static void
check_population(struct checks *c, const struct rp_population *p)
{
	struct rp_binder *b = c->b;
	const struct rp_case *cs = b->cs;
	const struct rp_origin *at = &p->expiry.origin;

	(void)check_reissues(b, &p->path, 0);
	check_path(c, &p->path, p, cs->aware.from);
	if (p->has_expiry && at->line != 0 && rp_reach_of(&p->expiry).high <=
	    (double)rp_instant_s(cs->aware.from))
		rp_fault(b->f, at->line, at->col, "all certificates expire "
		    "before 'aware' on line %u; then none had to be replaced",
		    (unsigned)cs->aware_origin.line);
}

/* ---- events ------------------------------------------------------------- */

static const char *
noun(const struct rp_event *e)
{
	switch (e->kind) {
	case RP_EVENT_CUTOFF:
		return "cutoff";
	case RP_EVENT_ROLLOUT:
		return "rollout";
	case RP_EVENT_DISCOVERY:
		return "discovery";
	case RP_EVENT_HOLD:
		return "hold";
	case RP_EVENT_RISK:
		return "risk";
	}
	return "event";
}

/* A cutoff after the horizon is a plan for later; the others are a slip. */
static bool
is_in_time(struct rp_binder *b, const struct rp_event *e)
{
	const struct rp_case *cs = b->cs;

	if (is_before(rp_when_last(e->on), cs->aware.from)) {
		rp_fault(b->f, e->origin.line, e->origin.col, "'%s' is before "
		    "'aware' on line %u; nothing is simulated there", noun(e),
		    (unsigned)cs->aware_origin.line);
		return false;
	}
	if (e->kind != RP_EVENT_CUTOFF &&
	    !is_before(e->on.from, cs->simulation.horizon)) {
		rp_fault(b->f, e->origin.line, e->origin.col, "'%s' is not "
		    "before the horizon%s; move one of them", noun(e),
		    cs->simulation.horizon_origin.line != 0 ? "" :
		    " (400 d after awareness)");
		return false;
	}
	return true;
}

static void
check_rollout(struct checks *c, const struct rp_event *e)
{
	const struct rp_case *cs = c->b->cs;
	size_t i;

	(void)check_reissues(c->b, &e->path, 0);
	for (i = 0; i < cs->n_populations; i++)
		if (e->population < 0 || (size_t)e->population == i)
			check_path(c, &e->path, &cs->population[i],
			    e->on.from);
}

static void
add_certificates(struct checks *c, const struct rp_event *e)
{
	uint64_t before = c->certificates;

	c->certificates += rp_count_n(e->certificates);
	if (before <= CASE_MAX && c->certificates > CASE_MAX)
		rp_fault(c->b->f, e->origin.line, e->origin.col,
		    "populations and discoveries have %" PRIu64
		    " certificates together; at most %" PRIu64
		    " are possible", c->certificates, CASE_MAX);
}

/* Those that are found are valid when they are found. */
static void
check_discovery(struct checks *c, const struct rp_event *e)
{
	const struct rp_case *cs = c->b->cs;
	const struct rp_quantity *expiry;

	add_certificates(c, e);
	if (e->population < 0 || (size_t)e->population >= cs->n_populations ||
	    !cs->population[e->population].has_expiry)
		return;
	expiry = &cs->population[e->population].expiry;
	if (expiry->origin.line != 0 && rp_reach_of(expiry).high <=
	    (double)rp_instant_s(e->on.from))
		rp_fault(c->b->f, e->origin.line, e->origin.col, "'discovery' "
		    "is after all certificates have expired ('expiry' on line "
		    "%u); none is left to replace",
		    (unsigned)expiry->origin.line);
}

static void
check_event(struct checks *c, const struct rp_event *e)
{
	if (e->kind == RP_EVENT_RISK)
		e = e->then;
	/* One with a fault has no place, or no time. */
	if (e == NULL || e->kind == RP_EVENT_RISK || e->origin.line == 0 ||
	    !rp_is_set(e->on) || !is_in_time(c->b, e))
		return;
	if (e->kind == RP_EVENT_ROLLOUT)
		check_rollout(c, e);
	if (e->kind == RP_EVENT_DISCOVERY)
		check_discovery(c, e);
}

/* ---- all of it ---------------------------------------------------------- */

static void
check_revocation(struct rp_binder *b)
{
	const struct rp_revocation *r = &b->cs->revocation;

	if (r->kind != RP_REVOKE_AT_INSTANT &&
	    r->kind != RP_REVOKE_IN_BATCHES)
		return;
	if (rp_is_set(r->at) &&
	    is_before(rp_when_last(r->at), b->cs->aware.from))
		rp_fault(b->f, r->origin.line, r->origin.col, "'revocation' "
		    "begins before 'aware' on line %u; nothing is simulated "
		    "there", (unsigned)b->cs->aware_origin.line);
}

static void
check_all(struct checks *c)
{
	struct rp_binder *b = c->b;
	const struct rp_case *cs = b->cs;
	size_t i;

	for (i = 0; i < cs->n_populations && b->status == RP_OK; i++)
		check_population(c, &cs->population[i]);
	for (i = 0; i < cs->n_events && b->status == RP_OK; i++)
		check_event(c, &cs->event[i]);
	check_revocation(b);
}

void
rp_check_possible(struct rp_binder *b)
{
	const struct rp_case *cs = b->cs;
	struct checks c = { .b = b, .certificates = rp_count_n(cs->total) };
	size_t n = 2 * (cs->n_calendars + 1), i;

	/* Without a time to simulate there are other faults to mend first. */
	if (rp_instant_s(cs->aware.from) == 0 ||
	    !is_before(cs->aware.from, cs->simulation.horizon))
		return;
	c.built = rp_bind_alloc(b, n, sizeof(*c.built));
	if (c.built == NULL)
		return;
	check_all(&c);
	for (i = 0; i < n; i++)
		rp_calendar_free(c.built[i]);
}
