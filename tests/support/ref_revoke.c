/*
 * tests/support/ref_revoke.c - holds and revocation.
 *
 * Nothing that is revoked changes what happens on a path, so revocation is
 * gone through after all paths: from one cutoff, start or end of a hold to the
 * next.  In between certificates are revoked when they fall due, unless they
 * are held; batches take one after the other at the stated pace.
 */
#include "ref_inside.h"

#include <stdlib.h>

/* In this order where they fall on one instant: what is held is not cut off. */
enum kind { RELEASE, HOLD, CUTOFF };

struct moment {
	double at;
	enum kind kind;
	size_t event;
};

static bool
concerns(const struct rp_event *e, const struct ref_certificate *c, double t)
{
	return (e->population < 0 || e->population == c->population) &&
	    c->known <= t;
}

static bool
is_outstanding(const struct ref_certificate *c, double t)
{
	return c->known <= t && c->revoked > t && c->expires > t;
}

static void
revoke_at(struct ref_certificate *c, struct ref_course *course, double t)
{
	if (t < c->expires)
		c->revoked = t;
	course->due = REF_NEVER;
}

/* ---- batches ------------------------------------------------------------ */

/* One of those that may be revoked at t, each as likely as any other; the
 * replaced ones first.  r->n: there is none. */
static size_t
next_of_batch(struct reference *r, double t)
{
	size_t best = r->n, n = 0;
	bool replaced = false;

	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];
		bool mine = c->replaced <= t;

		if (!is_outstanding(c, t) || r->course[i].held ||
		    (replaced && !mine))
			continue;
		if (mine && !replaced)
			n = 0;
		replaced = replaced || mine;
		if (gsl_rng_uniform(r->rng) * (double)++n < 1.0)
			best = i;
	}
	return best;
}

/* How many batches have taken by t, at the stated pace. */
static double
pace(const struct reference *r, double per_day, double t)
{
	const struct rp_revocation *v = &r->cs->revocation;
	double from = (double)rp_instant_s(v->at.from), a, b;

	if (v->batches.per != RP_PER_WORKING_DAY)
		return fmax(0.0, per_day * (t - from) / REF_DAY);
	a = (double)rp_calendar_ticks(r->people[0].calendar, v->at.from);
	b = (double)rp_calendar_ticks(r->people[0].calendar,
	    rp_instant_of_s((int64_t)t));
	return fmax(0.0, per_day * (b - a) / (double)RP_WORKDAY_TICKS);
}

/* When the batches have taken n; not before `low`. */
static double
paced(const struct reference *r, double per_day, double n, double low)
{
	double high = r->horizon + REF_DAY;

	while (high - low > 0.01) {
		double middle = (low + high) / 2.0;

		if (pace(r, per_day, middle) < n)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static void
batches_until(struct reference *r, double t)
{
	double per_day = r->delay;	/* drawn in its place */

	while (pace(r, per_day, t) >= r->ticked + 1.0) {
		double at = paced(r, per_day, ++r->ticked,
		    (double)rp_instant_s(r->cs->revocation.at.from));
		size_t i = next_of_batch(r, at);

		if (i < r->n)
			revoke_at(&r->certificate[i], &r->course[i], at);
	}
}

/* ---- what falls due ----------------------------------------------------- */

static double
due_by_policy(const struct reference *r, const struct ref_certificate *c)
{
	const struct rp_revocation *v = &r->cs->revocation;

	switch (v->kind) {
	case RP_REVOKE_AFTER_REPLACED:
		return c->replaced + r->delay;
	case RP_REVOKE_AT_DEADLINE:
		return c->deadline;
	case RP_REVOKE_AT_INSTANT:
		return fmax(c->known, (double)rp_instant_s(v->at.from));
	case RP_REVOKE_IN_BATCHES:
		break;
	}
	return REF_NEVER;
}

static void
due_until(struct reference *r, double t)
{
	if (r->cs->revocation.kind == RP_REVOKE_IN_BATCHES && !r->nothing)
		batches_until(r, t);
	for (size_t i = 0; i < r->n; i++) {
		struct ref_course *course = &r->course[i];

		if (!course->held && course->due <= t)
			revoke_at(&r->certificate[i], course,
			    fmax(course->due, course->released));
	}
}

/* ---- what happens at a moment ------------------------------------------- */

static void
cut_off(struct reference *r, const struct rp_event *e, double t)
{
	for (size_t i = 0; i < r->n; i++)
		if (concerns(e, &r->certificate[i], t) &&
		    is_outstanding(&r->certificate[i], t))
			r->course[i].due = fmin(r->course[i].due, t);
}

/* Hold up to `left` of those that are replaced, or not; what is left. */
static double
hold_some(struct reference *r, const struct rp_event *e, double t,
    bool replaced, double left)
{
	double candidates = 0.0;

	for (int counting = 1; counting >= 0; counting--)
		for (size_t i = 0; i < r->n; i++) {
			struct ref_certificate *c = &r->certificate[i];

			if (!concerns(e, c, t) || !is_outstanding(c, t) ||
			    r->course[i].held || c->n_holds == REF_HOLDS ||
			    (c->replaced <= t) != replaced)
				continue;
			if (counting) {
				candidates++;
				continue;
			}
			/* So many of those that have not been looked at. */
			if (gsl_rng_uniform(r->rng) * candidates-- >= left)
				continue;
			left--;
			r->course[i].held = true;
			c->held[c->n_holds] = t;
			c->released[c->n_holds++] = e->has_until ?
			    (double)rp_instant_s(e->until.from) : REF_NEVER;
		}
	return left;
}

static void
release(struct reference *r, double t)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];

		if (!r->course[i].held || c->released[c->n_holds - 1] > t)
			continue;
		r->course[i].held = false;
		r->course[i].released = t;
	}
}

static void
happen(struct reference *r, const struct moment *m)
{
	const struct rp_event *e = r->happening[m->event].e;
	double left;

	switch (m->kind) {
	case CUTOFF:
		if (!r->nothing)
			cut_off(r, e, m->at);
		break;
	case RELEASE:
		release(r, m->at);
		break;
	case HOLD:
		left = hold_some(r, e, m->at, false,
		    (double)rp_count_n(e->certificates));
		(void)hold_some(r, e, m->at, true, left);
		break;
	}
	due_until(r, m->at);
}

/* ---- in order of time --------------------------------------------------- */

static int
by_time(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->at < y->at || x->at > y->at)
		return x->at < y->at ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

static size_t
moments_of(const struct reference *r, struct moment *m)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_happenings; i++) {
		const struct rp_event *e = r->happening[i].e;
		double on = (double)rp_instant_s(e->on.from);

		if (!r->happening[i].active)
			continue;
		if (e->kind == RP_EVENT_CUTOFF)
			m[n++] = (struct moment){ on, CUTOFF, i };
		if (e->kind != RP_EVENT_HOLD)
			continue;
		m[n++] = (struct moment){ on, HOLD, i };
		if (e->has_until)
			m[n++] = (struct moment){
			    (double)rp_instant_s(e->until.from), RELEASE, i };
	}
	qsort(m, n, sizeof(*m), by_time);
	return n;
}

/* From moment to moment, whether or not anything is revoked. */
static void
go_through(struct reference *r, const struct moment *m, size_t n)
{
	r->ticked = 0.0;
	for (size_t i = 0; i < r->n; i++) {
		r->certificate[i].n_holds = 0;
		r->course[i].due = r->nothing ? REF_NEVER :
		    due_by_policy(r, &r->certificate[i]);
		r->course[i].released = -REF_NEVER;
		r->course[i].held = false;
	}
	for (size_t i = 0; i < n; i++) {
		/* What falls due in this very moment is held, not revoked. */
		due_until(r, nextafter(m[i].at, -REF_NEVER));
		happen(r, &m[i]);
	}
	due_until(r, r->horizon);
}

static void
remember_spared(struct reference *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct ref_certificate *c = &r->certificate[i];

		c->n_spared = c->n_holds;
		for (size_t k = 0; k < c->n_holds; k++) {
			c->spared[k] = c->held[k];
			c->spared_until[k] = c->released[k];
		}
	}
}

void
ref_revoke(struct reference *r)
{
	struct moment m[2 * REF_EVENTS];
	size_t n = moments_of(r, m);

	r->delay = ref_draw(
	    r->cs->revocation.kind == RP_REVOKE_IN_BATCHES ?
	    &r->cs->revocation.batches.amount : &r->cs->revocation.delay,
	    r->rng);
	if (r->cs->revocation.kind == RP_REVOKE_IN_BATCHES &&
	    r->cs->revocation.batches.per == RP_PER_HOUR)
		r->delay *= 24.0;
	r->nothing = true;
	go_through(r, m, n);
	remember_spared(r);
	r->nothing = false;
	go_through(r, m, n);
}
