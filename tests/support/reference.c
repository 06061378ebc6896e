/*
 * tests/support/reference.c - a trial: every certificate through its path.
 */
#include "ref_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- arrivals, the earliest first --------------------------------------- */

static bool
earlier(const struct ref_arrival *a, const struct ref_arrival *b)
{
	return a->at < b->at || (a->at == b->at && a->tie < b->tie);
}

static void
push(struct reference *r, struct ref_arrival e)
{
	size_t i = r->n_arrivals++;

	while (i > 0 && earlier(&e, &r->arrival[(i - 1) / 2])) {
		r->arrival[i] = r->arrival[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	r->arrival[i] = e;
}

static struct ref_arrival
pop(struct reference *r)
{
	struct ref_arrival first = r->arrival[0];
	struct ref_arrival last = r->arrival[--r->n_arrivals];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < r->n_arrivals) {
		if (child + 1 < r->n_arrivals &&
		    earlier(&r->arrival[child + 1], &r->arrival[child]))
			child++;
		if (!earlier(&r->arrival[child], &last))
			break;
		r->arrival[i] = r->arrival[child];
		i = child;
	}
	r->arrival[i] = last;
	return first;
}

/* ---- one certificate ---------------------------------------------------- */

/*
 * The rollout after that of index `after` (-1: the first of all) that takes a
 * certificate, if it is still on its path by then.  Events stand in order of
 * time.
 */
static void
next_pull(struct reference *r, size_t i, int after)
{
	const struct ref_certificate *c = &r->certificate[i];
	struct ref_course *course = &r->course[i];

	course->pull = REF_NEVER;
	for (size_t k = (size_t)(after + 1); k < r->n_happenings; k++) {
		const struct ref_happening *h = &r->happening[k];

		if (!h->active || h->e->kind != RP_EVENT_ROLLOUT ||
		    (h->e->population >= 0 &&
		    h->e->population != c->population) ||
		    !ref_happens(h->share, r->rng))
			continue;
		course->pull = (double)rp_instant_s(h->e->on.from);
		course->by = k;
		return;
	}
}

/* A certificate comes to its next op, unless something is sooner. */
static void
go_on(struct reference *r, struct ref_arrival e)
{
	const struct ref_course *course = &r->course[e.certificate];

	if (course->pull <= e.at && course->pull < course->end) {
		e.at = course->pull;
		e.op = REF_OPS;		/* a rollout takes it */
	}
	if (e.at <= r->horizon && e.at < course->end)
		push(r, e);
}

static void
changes_over(struct reference *r, struct ref_arrival e)
{
	const struct ref_certificate *c = &r->certificate[e.certificate];
	const struct ref_people *p = &r->people[c->population];
	size_t by = r->course[e.certificate].by;

	e.op = p->rollout[by];
	e.at = fmax(e.at, fmax(c->known,
	    (double)rp_instant_s(p->p->starts.from)));
	next_pull(r, e.certificate, (int)by);
	go_on(r, e);
}

static double
nearest_instant(const struct rp_step *s, double t)
{
	const struct rp_step_batch *b = &s->as.batch;
	double least = REF_NEVER;

	if (s->kind != RP_STEP_BATCH || b->on != RP_BATCH_INSTANTS)
		return REF_NEVER;
	for (size_t i = 0; i < b->n_instants; i++)
		least = fmin(least,
		    fabs(t - (double)rp_instant_s(b->instant[i])));
	return least;
}

static void
arrive(struct reference *r, struct ref_arrival e)
{
	struct ref_certificate *c = &r->certificate[e.certificate];
	const struct ref_course *course = &r->course[e.certificate];
	const struct ref_op *o;

	if (e.op == REF_OPS) {
		changes_over(r, e);
		return;
	}
	o = &r->people[c->population].op[e.op];
	if (o->step == NULL) {
		c->replaced = e.at;
		return;
	}
	c->close_call = fmin(c->close_call, nearest_instant(o->step, e.at));
	e.at = ref_leave(r, e.certificate, &e.op, e.at);
	if (o->step->reissues && e.at < course->end && e.at < course->pull &&
	    e.at <= r->horizon)
		c->reissued = fmin(c->reissued, e.at);
	go_on(r, e);
}

/* ---- a trial ------------------------------------------------------------ */

/* Everything independent of the rest, given that it was valid when known. */
static double
expiry_of(struct reference *r, const struct ref_people *p, double known)
{
	double at;

	if (!p->p->has_expiry)
		return REF_NEVER;
	do
		at = ref_variate(&p->expiry, r->rng);
	while (at <= known);
	return at;
}

static double
renewal_of(struct reference *r, const struct ref_people *p, double known,
    double expires)
{
	if (!p->p->has_renewal || !ref_happens(p->renews_share, r->rng))
		return REF_NEVER;
	return fmax(known, expires - p->renews_before);
}

static void
begin_certificate(struct reference *r, const struct ref_part *part, size_t i)
{
	const struct ref_people *p = &r->people[part->population];
	struct ref_certificate *c = &r->certificate[i];
	double renewed;

	c->population = part->population;
	c->known = part->known;
	c->deadline = part->deadline;
	c->expires = expiry_of(r, p, part->known);
	renewed = renewal_of(r, p, part->known, c->expires);
	c->reissued = c->revoked = c->close_call = REF_NEVER;
	c->replaced = renewed;		/* unless its path is sooner */
	c->n_holds = 0;
	r->course[i] = (struct ref_course){
	    .end = fmin(c->expires, renewed) };
	next_pull(r, i, -1);
	go_on(r, (struct ref_arrival){ .at = part->start,
	    .tie = gsl_rng_uniform(r->rng), .certificate = i });
}

static void
begin_part(struct reference *r, const struct ref_part *part)
{
	if (part->event >= 0 && !r->happening[part->event].active)
		return;
	ref_share_out(r, part, &r->certificate[r->n]);
	for (size_t k = 0; k < part->n; k++)
		begin_certificate(r, part, r->n++);
}

static void
settle_people(struct reference *r, struct ref_people *p)
{
	if (p->p->has_expiry)
		p->expiry = ref_settle(&p->p->expiry, r->rng);
	if (p->p->owns.kind == RP_OWNS_LAW)
		p->size = ref_settle(&p->p->owns.size, r->rng);
	p->renews_before = ref_draw(&p->p->renewal.before, r->rng);
	p->renews_share = ref_draw(&p->p->renewal.share, r->rng);
	for (size_t k = 0; k < p->n_ops; k++)
		ref_settle_op(r, p, &p->op[k]);
}

static void
settle_event(struct reference *r, struct ref_happening *h)
{
	const struct rp_event *e = h->top;

	h->active = true;
	for (; e->kind == RP_EVENT_RISK; e = e->then)
		h->active = ref_happens(ref_draw(&e->probability, r->rng),
		    r->rng) && h->active;
	h->share = ref_draw(&e->share, r->rng);
}

const struct ref_certificate *
reference_trial(struct reference *r, size_t *n)
{
	r->n = r->n_arrivals = 0;
	for (size_t i = 0; i < r->n_desks; i++)
		ref_open_desk(r, &r->desk[i]);
	for (size_t i = 0; i < r->n_people; i++)
		settle_people(r, &r->people[i]);
	for (size_t i = 0; i < r->n_happenings; i++)
		settle_event(r, &r->happening[i]);
	for (size_t i = 0; i < r->n_parts; i++)
		begin_part(r, &r->part[i]);
	while (r->n_arrivals > 0)
		arrive(r, pop(r));
	for (size_t i = 0; i < r->n; i++)
		r->certificate[i].reissued = fmin(r->certificate[i].reissued,
		    r->certificate[i].replaced);
	ref_revoke(r);
	*n = r->n;
	return r->certificate;
}

/* ---- from a case -------------------------------------------------------- */

struct reference *
reference_new(const struct rp_case *cs, unsigned long seed)
{
	struct reference *r = calloc(1, sizeof(*r));
	bool good;

	if (r == NULL)
		return NULL;
	r->cs = cs;
	r->aware = (double)rp_instant_s(cs->aware.from);
	r->horizon = (double)rp_instant_s(cs->simulation.horizon);
	r->n_days = (size_t)((r->horizon - r->aware) / REF_DAY) + 20;
	r->rng = gsl_rng_alloc(gsl_rng_taus2);
	good = r->rng != NULL && ref_gather(r);
	r->certificate = calloc(r->n + 1, sizeof(*r->certificate));
	r->course = calloc(r->n + 1, sizeof(*r->course));
	r->arrival = calloc(r->n + 1, sizeof(*r->arrival));
	r->owner = calloc(r->most + 1, sizeof(*r->owner));
	if (!good || r->certificate == NULL || r->course == NULL ||
	    r->arrival == NULL || r->owner == NULL) {
		reference_free(r);
		return NULL;
	}
	gsl_rng_set(r->rng, seed);
	return r;
}

void
reference_free(struct reference *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n_people; i++) {
		struct ref_people *p = &r->people[i];

		rp_calendar_free(p->calendar);
		rp_calendar_free(p->with_weekends);
		for (size_t k = 0; k < p->n_ops; k++)
			free(p->op[k].delay);
	}
	for (size_t i = 0; i < r->n_desks; i++)
		free(r->desk[i].z);
	free(r->certificate);
	free(r->course);
	free(r->arrival);
	free(r->owner);
	if (r->rng != NULL)
		gsl_rng_free(r->rng);
	free(r);
}
