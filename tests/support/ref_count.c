/*
 * tests/support/ref_count.c - what is counted of a trial.
 */
#include "ref_inside.h"

#include <stdlib.h>

static bool
of(const struct ref_certificate *c, int population)
{
	return population < 0 || c->population == population;
}

static bool
is_held(const struct ref_certificate *c, double t)
{
	for (size_t i = 0; i < c->n_holds; i++)
		if (c->held[i] <= t && t < c->released[i])
			return true;
	return false;
}

static bool
is_outstanding(const struct ref_certificate *c, double t)
{
	return c->revoked > t && c->expires > t;
}

static bool
has_expired(const struct ref_certificate *c, double t)
{
	return c->expires <= t && c->revoked > c->expires;
}

static bool
is_in(const struct ref_certificate *c, enum rp_state state, double t)
{
	switch (state) {
	case RP_STATE_REPLACED:
		return c->replaced <= t;
	case RP_STATE_REVOKED:
		return c->revoked <= t;
	case RP_STATE_EXPIRED:
		return has_expired(c, t);
	case RP_STATE_OUTSTANDING:
		return is_outstanding(c, t);
	case RP_STATE_HARMED:
		return c->revoked <= t && c->replaced > c->revoked;
	case RP_STATE_REISSUED:
		return c->reissued <= t;
	case RP_STATE_EXPIRED_LATE:
		return has_expired(c, t) && c->expires > c->deadline;
	case RP_STATE_HELD:
		return is_outstanding(c, t) && is_held(c, t);
	case RP_STATES:
		break;
	}
	return false;
}

bool
reference_happened(const struct reference *r, size_t event)
{
	for (size_t i = 0; i < r->n_happenings; i++)
		if (r->happening[i].top == &r->cs->event[event])
			return r->happening[i].active;
	return false;
}

double
reference_base(const struct reference *r, int population, double t)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += of(&r->certificate[i], population) &&
		    r->certificate[i].known <= t;
	return (double)n;
}

double
reference_state_of(const struct reference *r, enum rp_state state,
    int population, double known, double t)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += of(&r->certificate[i], population) &&
		    r->certificate[i].known <= known &&
		    is_in(&r->certificate[i], state, t);
	return (double)n;
}

double
reference_state(const struct reference *r, enum rp_state state,
    int population, double t)
{
	return reference_state_of(r, state, population, t, t);
}

double
reference_count(const struct reference *r, enum rp_metric metric, double t)
{
	switch (metric) {
	case RP_METRIC_REISSUED:
		return reference_state(r, RP_STATE_REISSUED, -1, t);
	case RP_METRIC_REPLACED:
		return reference_state(r, RP_STATE_REPLACED, -1, t);
	case RP_METRIC_REVOKED:
		return reference_state(r, RP_STATE_REVOKED, -1, t);
	case RP_METRIC_GONE:
		return reference_state(r, RP_STATE_REVOKED, -1, t) +
		    reference_state(r, RP_STATE_EXPIRED, -1, t);
	case RP_METRICS:
		break;
	}
	return (double)NAN;
}

static double
done_at(const struct ref_certificate *c, enum rp_metric metric)
{
	return fmin(c->expires, metric == RP_METRIC_REPLACED ? c->replaced :
	    metric == RP_METRIC_REISSUED ? c->reissued : c->revoked);
}

double
reference_completion(const struct reference *r, enum rp_metric metric,
    int population)
{
	double last = -REF_NEVER;

	for (size_t i = 0; i < r->n; i++)
		if (of(&r->certificate[i], population))
			last = fmax(last, done_at(&r->certificate[i],
			    metric));
	return last <= r->horizon ? last : REF_NEVER;
}

double
reference_close(const struct reference *r, int population, double slack)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];
		double soon = c->expires - slack;

		/* The last: replaced only just after it was revoked. */
		n += of(c, population) && (c->close_call < slack ||
		    (c->replaced > c->revoked &&
		    c->replaced < c->revoked + slack) ||
		    (c->replaced > soon && c->replaced < c->expires) ||
		    (c->revoked > soon && c->revoked < c->expires));
	}
	return (double)n;
}

bool
reference_in_time(const struct reference *r, double grace)
{
	for (size_t i = 0; i < r->n; i++)
		if (done_at(&r->certificate[i], RP_METRIC_REPLACED) >
		    r->certificate[i].deadline + grace)
			return false;
	return true;
}

double
reference_deadline(const struct reference *r)
{
	return r->part[0].deadline;
}

double
reference_overdue(const struct reference *r, int population, double t)
{
	double sum = 0.0;

	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];

		if (of(c, population))
			sum += fmax(0.0, fmin(t, fmin(c->revoked,
			    c->expires)) - c->deadline);
	}
	return sum / REF_DAY;
}

static bool
is_spared(const struct ref_certificate *c, double t)
{
	for (size_t i = 0; i < c->n_spared; i++)
		if (c->spared[i] <= t && t < c->spared_until[i])
			return true;
	return false;
}

static bool
would_be_harmed(const struct ref_certificate *c, int population, double t)
{
	return of(c, population) && c->known <= t && c->replaced > t &&
	    c->expires > t && !is_spared(c, t);
}

double
reference_left(const struct reference *r, int population, double t,
    double *subscribers)
{
	double n = 0.0;

	*subscribers = 0.0;
	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i], *d;

		if (!would_be_harmed(c, population, t))
			continue;
		n++;
		/* The first of its owner counts for the owner. */
		for (d = r->certificate; d < c; d++)
			if (d->population == c->population &&
			    d->subscriber == c->subscriber &&
			    would_be_harmed(d, population, t))
				break;
		*subscribers += d == c;
	}
	return n;
}

/* ---- nothing done ------------------------------------------------------- */

/* The first poll of a path; its clients go on without the CA's help. */
static const struct ref_op *
first_poll(const struct ref_people *p)
{
	for (size_t k = 0; k < p->n_ops && p->op[k].step != NULL; k++)
		if (p->op[k].step->kind == RP_STEP_POLL)
			return &p->op[k];
	return NULL;
}

static double
client_renews(struct reference *r, const struct ref_op *poll, double expires)
{
	double all = 0.0, u;
	size_t i = 0;

	for (size_t k = 0; k < poll->n_clients; k++)
		all += poll->client[k].part;
	u = all * gsl_rng_uniform(r->rng);
	while (i + 1 < poll->n_clients && u >= poll->client[i].part)
		u -= poll->client[i++].part;
	return expires - poll->client[i].renews;
}

static double
renewed_anyway(struct reference *r, const struct ref_certificate *c)
{
	const struct ref_people *p = &r->people[c->population];
	const struct ref_op *poll = first_poll(p);

	if (p->p->has_renewal)
		return ref_happens(p->renews_share, r->rng) ?
		    c->expires - p->renews_before : REF_NEVER;
	return poll == NULL ? REF_NEVER : client_renews(r, poll, c->expires);
}

double
reference_nothing(struct reference *r, enum rp_metric metric, double t)
{
	double n = 0.0;

	for (size_t i = 0; i < r->n; i++) {
		const struct ref_certificate *c = &r->certificate[i];

		if (c->known > r->aware)
			continue;
		n += metric == RP_METRIC_GONE ? c->expires <= t :
		    renewed_anyway(r, c) <= t;
	}
	return n;
}

/* ---- identities --------------------------------------------------------- */

static const char *
fault_of(const struct reference *r, int population, double t)
{
	double n[RP_STATES];

	for (int s = 0; s < RP_STATES; s++)
		n[s] = reference_state(r, (enum rp_state)s, population, t);
	if (n[RP_STATE_REVOKED] + n[RP_STATE_EXPIRED] +
	    n[RP_STATE_OUTSTANDING] < reference_base(r, population, t) ||
	    n[RP_STATE_REVOKED] + n[RP_STATE_EXPIRED] +
	    n[RP_STATE_OUTSTANDING] > reference_base(r, population, t))
		return "base";
	if (n[RP_STATE_HELD] > n[RP_STATE_OUTSTANDING])
		return "held";
	if (n[RP_STATE_HARMED] > n[RP_STATE_REVOKED])
		return "harmed";
	if (n[RP_STATE_EXPIRED_LATE] > n[RP_STATE_EXPIRED])
		return "expired-late";
	if (n[RP_STATE_REISSUED] < n[RP_STATE_REPLACED])
		return "reissued";
	return NULL;
}

const char *
reference_fault(const struct reference *r, double t)
{
	const char *fault = fault_of(r, -1, t);

	for (size_t i = 0; fault == NULL && i < r->n_people; i++)
		fault = fault_of(r, (int)i, t);
	return fault;
}
