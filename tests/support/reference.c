/*
 * tests/support/reference.c - the incident, certificate by certificate.
 */
#include "reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "ref_chance.h"
#include "ref_desk.h"

#define DAY 86400.0
#define NEVER ((double)HUGE_VAL)
#define DESKS_MAX 16
#define OPS_MAX 64
#define POPULATIONS_MAX 8

/* A step of a path, with what was drawn for the trial. */
struct op {
	const struct rp_step *step;
	size_t after;		/* branch: the op after the detour */
	struct desk *desk;
	struct chance time;
	double number, never, failures, renews;
	double *delay;		/* [subscribers], drawn when per subscriber */
};

struct people {
	const struct rp_population *p;
	const struct rp_calendar_spec *spec;
	struct rp_calendar *calendar, *with_weekends;
	size_t n_ops, subscribers, certificates;
	struct op op[OPS_MAX];
	struct chance expiry;
	double starts;
};

/* A certificate comes to an op. */
struct event {
	double at, tie;
	size_t certificate, op;
};

struct reference {
	const struct rp_case *cs;
	gsl_rng *rng;
	double aware, horizon, deadline;
	size_t n_people, n_desks, n, n_events, n_days;
	struct people people[POPULATIONS_MAX];
	struct desk desk[DESKS_MAX];
	struct ref_certificate *certificate;
	struct event *event;	/* a heap, the earliest first */
};

/* ---- the other steps --------------------------------------------------- */

static double
waited(const struct people *p, const struct op *o, double t, double delay)
{
	struct rp_instant out;
	int64_t before;

	if (o->step->as.wait.clock == RP_CLOCK_ELAPSED || !isfinite(delay))
		return t + delay;
	before = rp_calendar_seconds(p->calendar,
	    rp_instant_of_s((int64_t)t));
	if (delay > 1e10 || !rp_calendar_at_seconds(p->calendar,
	    before + (int64_t)delay, &out))
		return HUGE_VAL;
	return fmax(t, (double)rp_instant_s(out));
}

static double
wait_step(struct reference *r, const struct people *p, const struct op *o,
    const struct ref_certificate *c, double t)
{
	double delay = o->step->as.wait.per == RP_UNIT_SUBSCRIBER ?
	    o->delay[c->subscriber] :
	    ref_happens(o->never, r->rng) ? NEVER :
	    ref_variate(&o->time, r->rng);

	return waited(p, o, t, delay);
}

static double
poll_step(struct reference *r, const struct op *o,
    const struct ref_certificate *c, double t)
{
	double every = o->time.p[0];

	if (!ref_happens(o->number, r->rng))
		return fmax(t, c->expires - o->renews);
	t += every * gsl_rng_uniform(r->rng);
	while (t <= r->horizon && ref_happens(o->failures, r->rng))
		t += every;
	return t;
}

static double
next_weekday(const struct people *p, uint8_t weekdays, double t)
{
	for (int tries = 0; tries < 8; tries++) {
		struct rp_instant now = rp_instant_of_s((int64_t)floor(t));
		struct rp_instant local = rp_instant_of_s(rp_instant_s(now) +
		    rp_calendar_offset(p->calendar, now));

		if (((unsigned)weekdays >> rp_instant_weekday(local) & 1u) !=
		    0)
			return t;
		t = (double)rp_instant_s(rp_zone_local(p->spec->offsets,
		    p->spec->n_offsets, rp_civil_of_instant(local), 86400));
	}
	return HUGE_VAL;
}

static double
batch_step(const struct people *p, const struct rp_step_batch *b, double t)
{
	struct rp_instant now = rp_instant_of_s((int64_t)floor(t)), next;

	if (b->on == RP_BATCH_WEEKDAYS)
		return next_weekday(p, b->weekdays, t);
	if (b->on == RP_BATCH_WORKING_DAY)
		return rp_calendar_next(p->calendar, now, &next) ?
		    fmax(t, (double)rp_instant_s(next)) : NEVER;
	for (size_t i = 0; i < b->n_instants; i++)
		if ((double)rp_instant_s(b->instant[i]) >= t)
			return (double)rp_instant_s(b->instant[i]);
	return HUGE_VAL;
}

/* ---- events ------------------------------------------------------------ */

static bool
earlier(const struct event *a, const struct event *b)
{
	return a->at < b->at || (a->at == b->at && a->tie < b->tie);
}

static void
push(struct reference *r, struct event e)
{
	size_t i = r->n_events++;

	while (i > 0 && earlier(&e, &r->event[(i - 1) / 2])) {
		r->event[i] = r->event[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	r->event[i] = e;
}

static struct event
pop(struct reference *r)
{
	struct event first = r->event[0], last = r->event[--r->n_events];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < r->n_events) {
		if (child + 1 < r->n_events &&
		    earlier(&r->event[child + 1], &r->event[child]))
			child++;
		if (!earlier(&r->event[child], &last))
			break;
		r->event[i] = r->event[child];
		i = child;
	}
	r->event[i] = last;
	return first;
}

/* When a certificate leaves the step that it comes to; *op: the next one. */
static double
leave(struct reference *r, const struct ref_certificate *c, size_t *op,
    double t)
{
	struct people *p = &r->people[c->population];
	struct op *o = &p->op[(*op)++];

	switch (o->step->kind) {
	case RP_STEP_NOTICE:
		t = ref_serve(o->desk, t, c->expires);
		return ref_happens(o->never, r->rng) ? NEVER : t;
	case RP_STEP_TEAM:
		return ref_serve(o->desk, t, c->expires);
	case RP_STEP_WAIT:
		return wait_step(r, p, o, c, t);
	case RP_STEP_POLL:
		return poll_step(r, o, c, t);
	case RP_STEP_BATCH:
		return batch_step(p, &o->step->as.batch, t);
	case RP_STEP_GATE:
		return fmax(t, o->number);
	case RP_STEP_BRANCH:
		if (!ref_happens(o->number, r->rng))
			*op = o->after;
		break;
	}
	return t;
}

static void
play(struct reference *r)
{
	while (r->n_events > 0) {
		struct event e = pop(r);
		struct ref_certificate *c = &r->certificate[e.certificate];

		if (e.op == r->people[c->population].n_ops) {
			c->replaced = e.at;
			continue;
		}
		e.at = leave(r, c, &e.op, e.at);
		if (e.at <= r->horizon && e.at < c->expires)
			push(r, e);
	}
}

/* ---- a trial ----------------------------------------------------------- */

static void
open_desk(struct reference *r, struct desk *d)
{
	const struct rp_step *s = d->step;
	bool team = s->kind == RP_STEP_TEAM;
	const struct rp_rate *rate = team ? &s->as.team.rate :
	    &s->as.notice.rate;

	d->per_day = ref_draw(&rate->amount, r->rng) *
	    (rate->per == RP_PER_HOUR ? 24.0 : 1.0);
	d->ramp_from = team ? ref_draw(&s->as.team.ramp_from, r->rng) : 1.0;
	d->ramp_over = team ? ref_draw(&s->as.team.ramp_over, r->rng) : 0.0;
	d->variation = team ? ref_draw(&s->as.team.variation, r->rng) : 0.0;
	for (size_t i = 0; i < r->n_days; i++)
		d->z[i] = gsl_ran_gaussian(r->rng, 1.0);
	d->free = -HUGE_VAL;
	d->opened = (double)NAN;
}

static void
settle_wait(struct reference *r, const struct people *p, struct op *o)
{
	o->never = ref_draw(&o->step->as.wait.never, r->rng);
	o->time = ref_settle(&o->step->as.wait.time, r->rng);
	for (size_t i = 0; i < p->subscribers; i++)
		o->delay[i] = ref_happens(o->never, r->rng) ? NEVER :
		    ref_variate(&o->time, r->rng);
}

static void
settle_op(struct reference *r, const struct people *p, struct op *o)
{
	const struct rp_step *s = o->step;

	switch (s->kind) {
	case RP_STEP_NOTICE:
		o->never = ref_draw(&s->as.notice.bounces, r->rng);
		break;
	case RP_STEP_WAIT:
		settle_wait(r, p, o);
		break;
	case RP_STEP_POLL:
		o->time.p[0] = ref_draw(&s->as.poll.every, r->rng);
		o->number = ref_draw(&s->as.poll.share, r->rng);
		o->failures = ref_draw(&s->as.poll.failures, r->rng);
		o->renews = ref_draw(&s->as.poll.renews, r->rng);
		break;
	case RP_STEP_GATE:
		o->number = ref_draw(&s->as.gate.until, r->rng);
		break;
	case RP_STEP_BRANCH:
		o->number = ref_draw(&s->as.branch.share, r->rng);
		break;
	case RP_STEP_TEAM:
	case RP_STEP_BATCH:
		break;
	}
}

/* Everything independent of the rest, given that it is valid at awareness. */
static double
expiry_of(struct reference *r, const struct people *p)
{
	double at;

	if (!p->p->has_expiry)
		return HUGE_VAL;
	do
		at = ref_variate(&p->expiry, r->rng);
	while (at <= r->aware);
	return at;
}

static void
begin(struct reference *r, size_t i)
{
	struct people *p = &r->people[i];

	if (p->p->has_expiry)
		p->expiry = ref_settle(&p->p->expiry, r->rng);
	for (size_t k = 0; k < p->n_ops; k++)
		settle_op(r, p, &p->op[k]);
	for (size_t k = 0; k < p->certificates; k++) {
		struct ref_certificate *c = &r->certificate[r->n];

		*c = (struct ref_certificate){ .population = (int)i,
		    .subscriber = k % p->subscribers,
		    .expires = expiry_of(r, p), .replaced = HUGE_VAL,
		    .revoked = HUGE_VAL };
		if (p->starts < c->expires)
			push(r, (struct event){ .at = p->starts,
			    .tie = gsl_rng_uniform(r->rng),
			    .certificate = r->n });
		r->n++;
	}
}

static void
revoke(const struct reference *r, struct ref_certificate *c, double delay)
{
	const struct rp_revocation *v = &r->cs->revocation;

	c->revoked = v->kind == RP_REVOKE_AFTER_REPLACED ?
	    c->replaced + delay : v->kind == RP_REVOKE_AT_DEADLINE ?
	    r->deadline : (double)rp_instant_s(v->at.from);
	for (size_t i = 0; i < r->cs->n_events; i++) {
		const struct rp_event *e = &r->cs->event[i];

		if (e->population < 0 || e->population == c->population)
			c->revoked = fmin(c->revoked,
			    (double)rp_instant_s(e->on.from));
	}
	if (c->revoked >= c->expires)
		c->revoked = HUGE_VAL;
}

const struct ref_certificate *
reference_trial(struct reference *r, size_t *n)
{
	double delay = ref_draw(&r->cs->revocation.delay, r->rng);

	r->n = r->n_events = 0;
	for (size_t i = 0; i < r->n_desks; i++)
		open_desk(r, &r->desk[i]);
	for (size_t i = 0; i < r->n_people; i++)
		begin(r, i);
	play(r);
	for (size_t i = 0; i < r->n; i++)
		revoke(r, &r->certificate[i], delay);
	*n = r->n;
	return r->certificate;
}

double
reference_count(const struct reference *r, enum rp_metric metric, double t)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];
		double at = metric == RP_METRIC_REPLACED ? c->replaced :
		    metric == RP_METRIC_REVOKED ? c->revoked :
		    fmin(c->revoked, c->expires);

		n += at <= t;
	}
	return (double)n;
}

double
reference_completion(const struct reference *r, int population)
{
	double last = -HUGE_VAL;

	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];

		if (population < 0 || c->population == population)
			last = fmax(last, fmin(c->replaced, c->expires));
	}
	return last <= r->horizon ? last : NEVER;
}

/* ---- from a case ------------------------------------------------------- */

static struct rp_calendar *
calendar_of(const struct reference *r, struct rp_calendar_spec spec)
{
	struct rp_calendar *cal = NULL;
	int64_t from = ((int64_t)(r->aware / DAY) - 14) * 86400;

	if (rp_calendar_new(&spec, rp_instant_of_s(from),
	    rp_instant_of_s((int64_t)r->horizon + 40 * 86400), &cal,
	    NULL) != RP_OK)
		return NULL;
	return cal;
}

/* The desk of a step: that of its name if there is one already. */
static struct desk *
desk_of(struct reference *r, const struct people *p,
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
	if (r->n_desks == DESKS_MAX)
		return NULL;
	d = &r->desk[r->n_desks++];
	*d = (struct desk){ .step = step,
	    .calendar = per != RP_PER_WORKING_DAY ? NULL :
	    team && t->weekends ? p->with_weekends : p->calendar,
	    .horizon = r->horizon,
	    .z = calloc(r->n_days, sizeof(*d->z)) };
	d->first_day = floor(ref_clock(d, r->aware - DAY));
	return d;
}

/* A detour's steps follow its branch. */
static bool
lay_out(struct reference *r, struct people *p, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++) {
		const struct rp_step *s = &path->step[i];
		struct op *o = &p->op[p->n_ops];

		if (p->n_ops == OPS_MAX)
			return false;
		p->n_ops++;
		*o = (struct op){ .step = s };
		if (s->kind == RP_STEP_TEAM || s->kind == RP_STEP_NOTICE)
			o->desk = desk_of(r, p, s);
		if (s->kind == RP_STEP_WAIT)
			o->delay = calloc(p->subscribers,
			    sizeof(*o->delay));
		if (s->kind == RP_STEP_BRANCH &&
		    !lay_out(r, p, &s->as.branch.path))
			return false;
		o->after = p->n_ops;
	}
	return true;
}

static bool
gather(struct reference *r, const struct rp_population *from)
{
	struct people *p = &r->people[r->n_people++];
	struct rp_calendar_spec week;

	*p = (struct people){ .p = from, .spec = from->calendar < 0 ?
	    &rp_calendar_default : &r->cs->calendar[from->calendar].spec,
	    .subscribers = (size_t)rp_count_n(from->subscribers),
	    .certificates = (size_t)rp_count_n(from->certificates),
	    .starts = (double)rp_instant_s(from->starts.from) };
	week = *p->spec;
	week.week |= 0x60;
	p->calendar = calendar_of(r, *p->spec);
	p->with_weekends = calendar_of(r, week);
	return p->calendar != NULL && p->with_weekends != NULL &&
	    lay_out(r, p, &from->path);
}

static bool
left_out(const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_events; i++)
		if (cs->event[i].kind != RP_EVENT_CUTOFF)
			return true;
	return cs->revocation.kind == RP_REVOKE_IN_BATCHES ||
	    cs->n_populations > POPULATIONS_MAX;
}

struct reference *
reference_new(const struct rp_case *cs, unsigned long seed)
{
	struct reference *r = left_out(cs) ? NULL : calloc(1, sizeof(*r));
	size_t n = 0;
	bool good = r != NULL;

	if (r == NULL)
		return NULL;
	r->cs = cs;
	r->aware = (double)rp_instant_s(cs->aware.from);
	r->horizon = (double)rp_instant_s(cs->simulation.horizon);
	r->deadline = HUGE_VAL;
	r->n_days = (size_t)((r->horizon - r->aware) / DAY) + 20;
	r->rng = gsl_rng_alloc(gsl_rng_taus2);
	for (size_t i = 0; good && i < cs->n_populations; i++) {
		good = gather(r, &cs->population[i]);
		n += (size_t)rp_count_n(cs->population[i].certificates);
	}
	r->certificate = calloc(n, sizeof(*r->certificate));
	r->event = calloc(n, sizeof(*r->event));
	if (!good || r->rng == NULL || r->certificate == NULL ||
	    r->event == NULL) {
		reference_free(r);
		return NULL;
	}
	gsl_rng_set(r->rng, seed);
	return r;
}

void
reference_set_deadline(struct reference *r, double deadline_s)
{
	r->deadline = deadline_s;
}

void
reference_free(struct reference *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n_people; i++) {
		struct people *p = &r->people[i];

		rp_calendar_free(p->calendar);
		rp_calendar_free(p->with_weekends);
		for (size_t k = 0; k < p->n_ops; k++)
			free(p->op[k].delay);
	}
	for (size_t i = 0; i < r->n_desks; i++)
		free(r->desk[i].z);
	free(r->certificate);
	free(r->event);
	if (r->rng != NULL)
		gsl_rng_free(r->rng);
	free(r);
}
