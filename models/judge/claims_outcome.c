/*
 * judge/claims_outcome.c - what became of what was promised.
 *
 * An outcome is looked for where the record has it: in facts, in actuals, in
 * posts, and last in the promise itself.  It is often an interval, and what is
 * not on record is known not to have happened only as far as the record goes.
 */
#include "judge/claims.h"

#include <inttypes.h>

/* Facts of one kind about one duty, added up. */
struct tally {
	enum rp_fact_kind kind;
	int duty;			/* -1: any */
	uint64_t need;
	uint64_t have;
	bool complete;
	struct rp_when at;		/* of the last one counted */
};

static struct rp_instant
later_of(struct rp_instant a, struct rp_instant b)
{
	return rp_instant_cmp(a, b) >= 0 ? a : b;
}

/* The later of two intervals, end by end. */
static struct rp_when
later_when(struct rp_when a, struct rp_when b)
{
	struct rp_instant last = later_of(rp_when_last(a), rp_when_last(b));
	struct rp_when w = { later_of(a.from, b.from), last };

	if (rp_instant_cmp(w.from, last) < 0)
		w.until = rp_instant_plus(last, rp_span_of_s(1));
	return w;
}

bool
rp_when_after(struct rp_when b, struct rp_when a)
{
	int from = rp_instant_cmp(b.from, a.from);
	int last = rp_instant_cmp(rp_when_last(b), rp_when_last(a));

	return from >= 0 && last >= 0 && (from > 0 || last > 0);
}

/* ---- facts -------------------------------------------------------------- */

static uint64_t
duty_size(const struct rp_case *cs, int duty)
{
	uint64_t n = rp_count_n(cs->duty[duty].certificates);

	return n == 0 ? rp_count_n(cs->total) : n;
}

/*
 * A fact that names no duty speaks of the only one, or of all of them if it
 * is about all certificates.
 */
static bool
counts(const struct rp_case *cs, const struct rp_fact *f,
    const struct tally *t)
{
	if (f->kind != t->kind)
		return false;
	if (t->duty < 0 || f->duty == t->duty)
		return true;
	return f->duty < 0 && (cs->n_duties == 1 || !f->has_certificates);
}

static void
add_up(const struct rp_ledger *l, struct tally *t)
{
	for (size_t i = 0; i < l->cs->n_facts && !t->complete; i++) {
		const struct rp_fact *f = l->fact[i];

		if (!counts(l->cs, f, t))
			continue;
		t->at = t->have == 0 ? f->at : later_when(t->at, f->at);
		if (!f->has_certificates)
			t->have = t->need;
		else if (rp_count_n(f->certificates) < t->need - t->have)
			t->have += rp_count_n(f->certificates);
		else
			t->have = t->need;
		t->complete = t->have >= t->need;
	}
}

static uint64_t
part_of(uint64_t all, const struct rp_claim *c)
{
	double part;

	if (c == NULL)
		return all;
	if (c->has_certificates)
		return rp_count_n(c->certificates);
	if (!c->has_share)
		return all;
	/* A share of certificates is reached with the last one it takes. */
	part = rp_share_real(c->share) * (double)all;
	return part >= (double)all ? all : part <= 1 ? 1 :
	    (uint64_t)(part + 0.999999);
}

static void
take_tally(const struct rp_ledger *l, const struct tally *t,
    struct rp_outcome *o)
{
	o->done = t->complete;
	o->at = t->at;
	o->open = l->now;
	if (!t->complete && t->have > 0)
		rp_say(&o->how, "%" PRIu64 " of %" PRIu64 " certificates "
		    "are on record.", t->have, t->need);
}

/* c may be NULL: all of it. */
static void
duty_outcome(const struct rp_ledger *l, const struct rp_claim *c, int duty,
    enum rp_fact_kind kind, struct rp_outcome *o)
{
	struct tally t = { .kind = kind, .duty = duty };

	t.need = part_of(duty_size(l->cs, duty), c);
	add_up(l, &t);
	take_tally(l, &t, o);
}

/* Several duties are done when the last one is. */
static void
all_duties_outcome(const struct rp_ledger *l, enum rp_fact_kind kind,
    struct rp_outcome *o)
{
	for (size_t d = 0; d < l->cs->n_duties; d++) {
		struct rp_outcome one = { .done = false };

		duty_outcome(l, NULL, (int)d, kind, &one);
		if (!one.done) {
			one.how.len = 0;
			rp_say(&one.how, "Not all of duty '%.100s' is on "
			    "record.", l->cs->duty[d].name);
			*o = one;
			return;
		}
		if (d > 0)
			one.at = later_when(o->at, one.at);
		*o = one;
	}
}

static void
facts_outcome(const struct rp_ledger *l, const struct rp_claim *c, int duty,
    enum rp_fact_kind kind, struct rp_outcome *o)
{
	const struct rp_case *cs = l->cs;
	struct tally t = { .kind = kind, .duty = -1 };

	if (duty < 0 && cs->n_duties == 1)
		duty = 0;
	if (duty >= 0) {
		duty_outcome(l, c, duty, kind, o);
	} else if (c == NULL || (!c->has_certificates && !c->has_share)) {
		all_duties_outcome(l, kind, o);
	} else {
		for (size_t d = 0; d < cs->n_duties; d++)
			t.need += duty_size(cs, (int)d);
		t.need = part_of(t.need, c);
		add_up(l, &t);
		take_tally(l, &t, o);
	}
}

/* ---- actuals ------------------------------------------------------------ */

/* The observations between which a share was reached. */
struct bracket {
	const struct rp_actual *below;	/* the last one surely below it */
	const struct rp_actual *reached;
};

static struct rp_count
base_of(const struct rp_case *cs, const struct rp_actual *a, int population)
{
	if (a->has_of)
		return a->of;
	if (population >= 0)
		return cs->population[population].certificates;
	return rp_count_n(cs->base) > 0 ? cs->base : cs->total;
}

static void
hold_against(struct bracket *b, const struct rp_actual *a,
    const struct rp_amount *m, struct rp_share share, struct rp_count base)
{
	int64_t more = rp_share_ppb(rp_share_minus(rp_amount_share(m, base),
	    share));

	if (b->reached != NULL || !m->known)
		return;
	if (more >= 0 && a->bound != RP_BOUND_AT_MOST)
		b->reached = a;
	else if (more < 0 && a->bound != RP_BOUND_AT_LEAST)
		b->below = a;
}

/* The actuals of a population, or of all certificates (-1). */
static struct bracket
find_bracket(const struct rp_ledger *l, int population, enum rp_metric m,
    struct rp_share share)
{
	const struct rp_actual *a = population < 0 ? l->series.point :
	    l->cs->actual;
	size_t n = population < 0 ? l->series.n : l->cs->n_actuals;
	struct bracket b = { NULL, NULL };

	for (size_t i = 0; i < n; i++)
		if (population < 0 || a[i].population == population)
			hold_against(&b, &a[i], &a[i].metric[m], share,
			    base_of(l->cs, &a[i], population));
	return b;
}

/* Replaced is what was promised; the others come near it. */
static struct bracket
best_bracket(const struct rp_ledger *l, int population, struct rp_share share)
{
	static const enum rp_metric order[] = {
		RP_METRIC_REPLACED, RP_METRIC_GONE, RP_METRIC_REVOKED,
		RP_METRIC_REISSUED
	};
	struct bracket b = { NULL, NULL };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) &&
	    b.below == NULL && b.reached == NULL; i++)
		b = find_bracket(l, population, order[i], share);
	return b;
}

/* An observation of a day is one of its end; it was reached after that. */
static struct rp_instant
after_actual(const struct rp_actual *a)
{
	return rp_instant_plus(rp_when_last(a->as_of), rp_span_of_s(1));
}

/* Before it began nothing can have been replaced. */
static struct rp_instant
first_of(const struct rp_ledger *l, int population)
{
	return population < 0 ? l->cs->aware.from :
	    l->cs->population[population].starts.from;
}

static void
take_bracket(const struct rp_ledger *l, int population,
    const struct bracket *b, struct rp_outcome *o)
{
	char below[RP_INSTANT_TEXT], reached[RP_INSTANT_TEXT];

	o->done = b->reached != NULL;
	o->open = b->below != NULL ? rp_when_last(b->below->as_of) :
	    first_of(l, population);
	if (!o->done) {
		if (b->below != NULL)
			rp_say(&o->how, "The last actual, of %s, is below "
			    "it.", rp_when_format(b->below->as_of, below));
		return;
	}
	o->at.from = b->below != NULL ? after_actual(b->below) :
	    first_of(l, population);
	o->at.until = after_actual(b->reached);
	if (rp_instant_cmp(o->at.from, o->at.until) > 0)
		o->at.from = o->at.until;
	(void)rp_when_format(b->reached->as_of, reached);
	if (b->below != NULL)
		rp_say(&o->how, "It is below in the actual of %s and reached "
		    "in that of %s.", rp_when_format(b->below->as_of, below),
		    reached);
	else
		rp_say(&o->how, "It is reached in the actual of %s.",
		    reached);
}

/* The duty that hangs on a population, or on all; -1: none, or several. */
static int
blocked_duty(const struct rp_case *cs, int population)
{
	int duty = -1;

	if (population >= 0)
		return cs->population[population].blocks;
	for (size_t p = 0; p < cs->n_populations; p++) {
		if (cs->population[p].blocks < 0 ||
		    (p > 0 && cs->population[p].blocks != duty))
			return -1;
		duty = cs->population[p].blocks;
	}
	return duty;
}

/*
 * The last of the way is often not reported at all: what had to wait for the
 * whole of it then shows by when it must have been complete.
 */
static void
infer_from_duty(const struct rp_ledger *l, int population,
    const struct bracket *b, struct rp_outcome *o)
{
	int duty = blocked_duty(l->cs, population);
	struct rp_outcome revoked = { .done = false };
	char at[RP_INSTANT_TEXT];
	struct rp_instant from;

	if (duty < 0)
		return;
	duty_outcome(l, NULL, duty, RP_FACT_REVOKED, &revoked);
	from = b->below != NULL ? after_actual(b->below) :
	    first_of(l, population);
	if (!revoked.done ||
	    rp_instant_cmp(from, rp_when_last(revoked.at)) > 0)
		return;
	o->done = true;
	o->at.from = from;
	o->at.until = rp_instant_plus(rp_when_last(revoked.at),
	    rp_span_of_s(1));
	rp_say(&o->how, "%sDuty '%.100s', which had to wait for the whole of "
	    "it, is on record as revoked (%s), so it was complete by then: "
	    "an inference, not an observation.", o->how.len > 0 ? " " : "",
	    l->cs->duty[duty].name,
	    rp_when_format(revoked.at, at));
}

static void
replaced_outcome(const struct rp_ledger *l, int population,
    struct rp_share share, struct rp_outcome *o)
{
	struct bracket b = best_bracket(l, population, share);

	take_bracket(l, population, &b, o);
	if (!o->done && rp_share_ppb(share) >= RP_SHARE_ONE_PPB)
		infer_from_duty(l, population, &b, o);
}

/* ---- posts -------------------------------------------------------------- */

/* The first post that did not begin before a moment. */
static size_t
first_post(const struct rp_ledger *l, struct rp_instant from)
{
	size_t low = 0, high = l->cs->n_updates, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (rp_instant_cmp(l->post[middle]->at.from, from) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
rp_outcome_of_post(const struct rp_ledger *l, struct rp_when said,
    struct rp_outcome *o)
{
	o->open = l->now;
	for (size_t i = first_post(l, said.from); i < l->cs->n_updates &&
	    !o->done; i++)
		if (rp_when_after(l->post[i]->at, said)) {
			o->done = true;
			o->at = l->post[i]->at;
		}
}

/* ---- by kind ------------------------------------------------------------ */

static struct rp_share
share_of(const struct rp_claim *c)
{
	return c->has_share ? c->share : rp_share_of_ppb(RP_SHARE_ONE_PPB);
}

void
rp_outcome_of_claim(const struct rp_ledger *l, const struct rp_claim *c,
    struct rp_outcome *o)
{
	o->open = l->now;
	switch (c->about) {
	case RP_ABOUT_REVOCATION:
		facts_outcome(l, c, c->duty, RP_FACT_REVOKED, o);
		break;
	case RP_ABOUT_KEY_DESTRUCTION:
		facts_outcome(l, c, c->duty, RP_FACT_KEY_DESTROYED, o);
		break;
	case RP_ABOUT_REPLACEMENT:
		replaced_outcome(l, c->population, share_of(c), o);
		break;
	case RP_ABOUT_NEXT_UPDATE:
		rp_outcome_of_post(l, c->said, o);
		break;
	case RP_ABOUT_OTHER:
	case RP_ABOUTS:
		break;
	}
	if (!o->done && c->has_done) {
		o->done = true;
		o->at = c->done;
		o->how.len = 0;
		o->how.text[0] = '\0';
	}
}

/*
 * Others ask for the whole to be finished: every duty done, and where duties
 * wait for certificates to be replaced, not before those are.
 */
void
rp_outcome_of_request(const struct rp_ledger *l, struct rp_outcome *o)
{
	struct rp_share all = rp_share_of_ppb(RP_SHARE_ONE_PPB);
	struct bracket b = best_bracket(l, -1, all);
	struct rp_instant below;
	char at[RP_INSTANT_TEXT];

	facts_outcome(l, NULL, -1, RP_FACT_REVOKED, o);
	if (!o->done || b.below == NULL || blocked_duty(l->cs, -1) < 0)
		return;
	below = after_actual(b.below);
	if (rp_instant_cmp(below, o->at.from) <= 0 ||
	    rp_instant_cmp(below, rp_when_last(o->at)) > 0)
		return;
	o->at.from = below;
	rp_say(&o->how, "In the actual of %s not all were replaced, and the "
	    "duties waited for them.", rp_when_format(b.below->as_of, at));
}
