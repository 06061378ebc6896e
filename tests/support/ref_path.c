/*
 * tests/support/ref_path.c - what each step does with one certificate.
 */
#include "ref_inside.h"

#include <gsl/gsl_randist.h>

static double
waited(const struct ref_people *p, const struct ref_op *o, double t,
    double delay)
{
	struct rp_instant out;
	int64_t before;

	if (o->step->as.wait.clock == RP_CLOCK_ELAPSED || !isfinite(delay))
		return t + delay;
	before = rp_calendar_seconds(p->calendar,
	    rp_instant_of_s((int64_t)t));
	if (delay > 1e10 || !rp_calendar_at_seconds(p->calendar,
	    before + (int64_t)delay, &out))
		return REF_NEVER;
	return fmax(t, (double)rp_instant_s(out));
}

/* A subscriber who answers does so once, for all that it owns, but each of
 * its certificates goes on that long after its own arrival. */
static double
wait_step(struct reference *r, const struct ref_people *p,
    const struct ref_op *o, const struct ref_certificate *c, double t)
{
	double delay = o->step->as.wait.per == RP_UNIT_SUBSCRIBER ?
	    o->delay[c->subscriber] :
	    ref_happens(o->never, r->rng) ? REF_NEVER :
	    ref_variate(&o->time, r->rng);

	return waited(p, o, t, delay);
}

/* Which kind of client looks after a certificate. */
static const struct ref_client *
client_of(struct reference *r, const struct ref_op *o)
{
	double all = 0.0, u;
	size_t i = 0;

	for (size_t k = 0; k < o->n_clients; k++)
		all += o->client[k].part;
	u = all * gsl_rng_uniform(r->rng);
	while (i + 1 < o->n_clients && u >= o->client[i].part)
		u -= o->client[i++].part;
	return &o->client[i];
}

static double
poll_step(struct reference *r, const struct ref_op *o,
    const struct ref_certificate *c, double t)
{
	const struct ref_client *client = client_of(r, o);

	if (!ref_happens(client->share, r->rng))
		return fmax(t, c->expires - client->renews);
	t += client->every * gsl_rng_uniform(r->rng);
	while (t <= r->horizon && ref_happens(client->failures, r->rng))
		t += client->every;
	return t;
}

static double
next_weekday(const struct ref_people *p, uint8_t weekdays, double t)
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
	return REF_NEVER;
}

static double
batch_step(const struct ref_people *p, const struct rp_step_batch *b,
    double t)
{
	struct rp_instant now = rp_instant_of_s((int64_t)floor(t)), next;

	if (b->on == RP_BATCH_WEEKDAYS)
		return next_weekday(p, b->weekdays, t);
	if (b->on == RP_BATCH_WORKING_DAY)
		return rp_calendar_next(p->calendar, now, &next) ?
		    fmax(t, (double)rp_instant_s(next)) : REF_NEVER;
	for (size_t i = 0; i < b->n_instants; i++)
		if ((double)rp_instant_s(b->instant[i]) >= t)
			return (double)rp_instant_s(b->instant[i]);
	return REF_NEVER;
}

/*
 * For how long before an issuance at t a domain validation could be used
 * again: TLS BR 4.2.1 in its editions, written down here once more.
 */
static double
reuse_at(double t)
{
	static const struct {
		const char *from;
		double days;
	} edition[] = {
		{ "2018-03-01", 825.0 }, { "2021-10-01", 398.0 },
		{ "2026-03-15", 200.0 }, { "2027-03-15", 100.0 },
		{ "2029-03-15", 10.0 },
	};
	double days = REF_NEVER;

	for (size_t i = 0; i < sizeof(edition) / sizeof(edition[0]); i++) {
		struct rp_when from;

		if (rp_when_parse(edition[i].from, &from, NULL) == RP_OK &&
		    t >= (double)rp_instant_s(from.from))
			days = edition[i].days;
	}
	return days * REF_DAY;
}

static bool
makes_detour(struct reference *r, const struct ref_op *o, double t)
{
	if (o->step->as.branch.by_validation)
		return ref_variate(&o->time, r->rng) < t - reuse_at(t);
	return ref_happens(o->number, r->rng);
}

double
ref_leave(struct reference *r, size_t certificate, size_t *op, double t)
{
	const struct ref_certificate *c = &r->certificate[certificate];
	const struct ref_course *course = &r->course[certificate];
	struct ref_people *p = &r->people[c->population];
	struct ref_op *o = &p->op[(*op)++];
	/* Whoever is taken by a rollout, or is renewed, leaves the queue. */
	double leaves = fmin(course->end, course->pull);

	switch (o->step->kind) {
	case RP_STEP_NOTICE:
		t = ref_serve(o->desk, t, leaves);
		return ref_happens(o->never, r->rng) ? REF_NEVER : t;
	case RP_STEP_TEAM:
		return ref_serve(o->desk, t, leaves);
	case RP_STEP_WAIT:
		return wait_step(r, p, o, c, t);
	case RP_STEP_POLL:
		return poll_step(r, o, c, t);
	case RP_STEP_BATCH:
		return batch_step(p, &o->step->as.batch, t);
	case RP_STEP_GATE:
		return fmax(t, o->number);
	case RP_STEP_BRANCH:
		if (!makes_detour(r, o, t))
			*op = o->after;
		break;
	}
	return t;
}

/* ---- what is drawn once a trial ----------------------------------------- */

void
ref_open_desk(struct reference *r, struct desk *d)
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
	for (size_t i = 0; d->variation > 0.0 && i < r->n_days; i++)
		d->z[i] = gsl_ran_gaussian(r->rng, 1.0);
	d->free = -REF_NEVER;
	d->opened = (double)NAN;
}

static void
settle_wait(struct reference *r, const struct ref_people *p, struct ref_op *o)
{
	o->never = ref_draw(&o->step->as.wait.never, r->rng);
	o->time = ref_settle(&o->step->as.wait.time, r->rng);
	for (size_t i = 0; i < p->subscribers; i++)
		o->delay[i] = ref_happens(o->never, r->rng) ? REF_NEVER :
		    ref_variate(&o->time, r->rng);
}

static struct ref_client
one_client(struct reference *r, const struct rp_step_poll *poll, double part)
{
	return (struct ref_client){
		.part = part,
		.every = ref_draw(&poll->every, r->rng),
		.share = ref_draw(&poll->share, r->rng),
		.failures = ref_draw(&poll->failures, r->rng),
		.renews = ref_draw(&poll->renews, r->rng),
	};
}

static void
settle_poll(struct reference *r, struct ref_op *o)
{
	const struct rp_step_poll *poll = &o->step->as.poll;

	o->n_clients = poll->n_kinds;
	for (size_t i = 0; i < poll->n_kinds; i++)
		o->client[i] = one_client(r, &poll->kind[i].step->as.poll,
		    ref_draw(&poll->kind[i].part, r->rng));
	if (o->n_clients == 0)
		o->client[o->n_clients++] = one_client(r, poll, 1.0);
}

void
ref_settle_op(struct reference *r, const struct ref_people *p,
    struct ref_op *o)
{
	const struct rp_step *s = o->step;

	if (s == NULL)
		return;
	switch (s->kind) {
	case RP_STEP_NOTICE:
		o->never = ref_draw(&s->as.notice.bounces, r->rng);
		break;
	case RP_STEP_WAIT:
		settle_wait(r, p, o);
		break;
	case RP_STEP_POLL:
		settle_poll(r, o);
		break;
	case RP_STEP_GATE:
		o->number = ref_draw(&s->as.gate.until, r->rng);
		break;
	case RP_STEP_BRANCH:
		if (s->as.branch.by_validation)
			o->time = ref_settle(&s->as.branch.validated, r->rng);
		else
			o->number = ref_draw(&s->as.branch.share, r->rng);
		break;
	case RP_STEP_TEAM:
	case RP_STEP_BATCH:
		break;
	}
}
