/*
 * tests/support/ref_case.c - what of a case lasts longer than a trial: the
 * steps of all paths in one row, calendars, desks, parts and events.
 */
#include "ref_inside.h"

#include <stdlib.h>
#include <string.h>

#include "revplan/rules.h"

static struct rp_calendar *
calendar_of(const struct reference *r, struct rp_calendar_spec spec)
{
	struct rp_calendar *cal = NULL;
	int64_t from = ((int64_t)(r->aware / REF_DAY) - 14) * 86400;

	if (rp_calendar_new(&spec, rp_instant_of_s(from),
	    rp_instant_of_s((int64_t)r->horizon + 40 * 86400), &cal,
	    NULL) != RP_OK)
		return NULL;
	return cal;
}

/* The desk of a step: that of its name if there is one already. */
static struct desk *
desk_of(struct reference *r, const struct ref_people *p,
    const struct rp_step *step)
{
	const struct rp_step_team *t = &step->as.team;
	bool team = step->kind == RP_STEP_TEAM;
	enum rp_per per = team ? t->rate.per : step->as.notice.rate.per;
	struct desk *d;

	for (size_t i = 0; team && t->name != NULL && i < r->n_desks; i++) {
		d = &r->desk[i];
		if (d->step->kind == RP_STEP_TEAM &&
		    d->step->as.team.name != NULL &&
		    strcmp(d->step->as.team.name, t->name) == 0)
			return d;
	}
	if (r->n_desks == REF_DESKS)
		return NULL;
	d = &r->desk[r->n_desks++];
	*d = (struct desk){ .step = step,
	    .calendar = per != RP_PER_WORKING_DAY ? NULL :
	    team && t->weekends ? p->with_weekends : p->calendar,
	    .horizon = r->horizon,
	    .z = calloc(r->n_days, sizeof(*d->z)) };
	if (d->z == NULL)
		return NULL;
	d->first_day = floor(ref_clock(d, r->aware - REF_DAY));
	return d;
}

static struct ref_op *
next_op(struct ref_people *p, const struct rp_step *step)
{
	struct ref_op *o = &p->op[p->n_ops];

	if (p->n_ops == REF_OPS)
		return NULL;
	p->n_ops++;
	*o = (struct ref_op){ .step = step };
	return o;
}

/* A detour's steps follow its branch. */
static bool
lay_out(struct reference *r, struct ref_people *p, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++) {
		const struct rp_step *s = &path->step[i];
		struct ref_op *o = next_op(p, s);

		if (o == NULL || (s->kind == RP_STEP_POLL &&
		    s->as.poll.n_kinds > REF_KINDS))
			return false;
		if (s->kind == RP_STEP_TEAM || s->kind == RP_STEP_NOTICE) {
			o->desk = desk_of(r, p, s);
			if (o->desk == NULL)
				return false;
		}
		if (s->kind == RP_STEP_BRANCH &&
		    !lay_out(r, p, &s->as.branch.path))
			return false;
		o->after = p->n_ops;
	}
	return true;
}

/* The path itself, then each rollout's; an op without a step ends each. */
static bool
lay_out_all(struct reference *r, struct ref_people *p, int population)
{
	if (!lay_out(r, p, &p->p->path) || next_op(p, NULL) == NULL)
		return false;
	for (size_t i = 0; i < r->n_happenings; i++) {
		const struct rp_event *e = r->happening[i].e;

		if (e->kind != RP_EVENT_ROLLOUT || (e->population >= 0 &&
		    e->population != population))
			continue;
		p->rollout[i] = p->n_ops;
		if (!lay_out(r, p, &e->path) || next_op(p, NULL) == NULL)
			return false;
	}
	return true;
}

static bool
add_people(struct reference *r, const struct rp_population *from)
{
	int population = (int)r->n_people;
	struct ref_people *p = &r->people[r->n_people++];
	struct rp_calendar_spec week;

	*p = (struct ref_people){ .p = from, .spec = from->calendar < 0 ?
	    &rp_calendar_default : &r->cs->calendar[from->calendar].spec };
	week = *p->spec;
	week.week |= 0x60;
	p->calendar = calendar_of(r, *p->spec);
	p->with_weekends = calendar_of(r, week);
	return p->calendar != NULL && p->with_weekends != NULL &&
	    lay_out_all(r, p, population);
}

/*
 * A part of a population: what was known at awareness, or one discovery.  One
 * subscriber stays the same one; where each certificate has its own, so it is
 * with those found later.
 */
static void
add_part(struct reference *r, int population, int event, double known,
    double deadline, struct rp_count certificates)
{
	struct ref_people *p = &r->people[population];
	struct ref_part *part = &r->part[r->n_parts++];
	double s = (double)rp_count_n(p->p->subscribers);
	double all = (double)rp_count_n(p->p->certificates);
	double n = (double)rp_count_n(certificates);

	*part = (struct ref_part){ .population = population, .event = event,
	    .known = known, .deadline = deadline, .n = (size_t)n,
	    .start = fmax(known, (double)rp_instant_s(p->p->starts.from)),
	    .subscribers = (size_t)s,
	    .first_subscriber = p->subscribers };
	if (event >= 0 && s >= all)
		part->subscribers = (size_t)n;
	else if (event >= 0 && s > 1.0)
		part->subscribers = (size_t)fmin(n,
		    fmax(1.0, ceil(s * n / all)));
	if (event >= 0 && s <= 1.0)
		part->first_subscriber = 0;
	else
		p->subscribers += part->subscribers;
	r->n += part->n;
	if (part->n > r->most)
		r->most = part->n;
}

static void
add_parts(struct reference *r)
{
	struct rp_deadline deadline;
	double at = REF_NEVER;

	r->limit = REF_NEVER;
	if (rp_duty_deadline(&r->cs->duty[0], &deadline, NULL) == RP_OK) {
		at = (double)rp_instant_s(deadline.at.from);
		r->limit = at - (double)rp_instant_s(deadline.start.from);
	}
	for (size_t i = 0; i < r->n_people; i++)
		add_part(r, (int)i, -1, r->aware, at,
		    r->people[i].p->certificates);
	for (size_t i = 0; i < r->n_happenings; i++) {
		const struct rp_event *e = r->happening[i].e;
		double on = (double)rp_instant_s(e->on.from);

		if (e->kind == RP_EVENT_DISCOVERY)
			add_part(r, e->population, (int)i, on, on + r->limit,
			    e->certificates);
	}
}

static bool
add_delays(struct reference *r)
{
	for (size_t i = 0; i < r->n_people; i++) {
		struct ref_people *p = &r->people[i];

		for (size_t k = 0; k < p->n_ops; k++) {
			struct ref_op *o = &p->op[k];

			if (o->step == NULL || o->step->kind != RP_STEP_WAIT)
				continue;
			o->delay = calloc(p->subscribers, sizeof(*o->delay));
			if (o->delay == NULL)
				return false;
		}
	}
	return true;
}

/* Rollouts are gone through in the order of their instants. */
static int
by_instant(const void *a, const void *b)
{
	const struct ref_happening *x = a, *y = b;
	int order = rp_instant_cmp(x->e->on.from, y->e->on.from);

	return order != 0 ? order : x->top < y->top ? -1 : 1;
}

bool
ref_gather(struct reference *r)
{
	const struct rp_case *cs = r->cs;

	if (cs->n_populations > REF_PEOPLE || cs->n_events > REF_EVENTS)
		return false;
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = &cs->event[i];

		while (e->kind == RP_EVENT_RISK)
			e = e->then;
		r->happening[r->n_happenings++] = (struct ref_happening){
		    .top = &cs->event[i], .e = e };
	}
	qsort(r->happening, r->n_happenings, sizeof(r->happening[0]),
	    by_instant);
	for (size_t i = 0; i < cs->n_populations; i++)
		if (!add_people(r, &cs->population[i]))
			return false;
	add_parts(r);
	return add_delays(r);
}
