/*
 * judge/claims_capacity.c - stated paces against numbers, other paces and
 * promised dates.
 *
 * People round such figures, so a tenth is no disagreement.  Where a number
 * is assumed, it may be the assumption that is wrong: nothing is then
 * contradicted, and agreement shows only that the assumption fits.
 */
#include "judge/claims_pace.h"

#include <math.h>

#define TOLERANCE 0.1
#define DAY_S INT64_C(86400)

/* Nobody names more paces than that; each is held against every date. */
#define PACES 8

static struct rp_said_row
row_of(const struct rp_claim *c)
{
	return (struct rp_said_row){
		.kind = RP_SAID_CAPACITY, .id = c->mark.id,
		.has_said = true, .said = c->said,
		.source = c->origin.source, .line = c->origin.line,
	};
}

static void
say_who(struct rp_sentence *s, const struct rp_pace *p)
{
	if (p->population < 0)
		rp_say(s, " (all certificates)");
	else
		rp_say(s, " (population '%.100s')",
		    p->cs->population[p->population].name);
}

static rp_status
add_row(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p, const char *against, struct rp_said_row row,
    enum rp_said_verdict verdict, struct rp_sentence *s)
{
	struct rp_sentence what = { .len = 0 };

	rp_say_pace(&what, p);
	rp_say(&what, " against %s", against);
	say_who(&what, p);
	row.what = what.text;
	rp_said_decide(&row, verdict);
	if (p->uncertain)
		rp_say(s, " The pace is uncertain; this is its mean.");
	rp_say_note(s, c->note);
	return rp_said_add(l, &row, s);
}

/* Nothing that rests on an assumption can contradict anybody. */
static enum rp_said_verdict
verdict_of(bool fits, bool assumed)
{
	return fits ? RP_SAID_AGREES : assumed ? RP_SAID_UNDECIDED :
	    RP_SAID_CONTRADICTED;
}

/* ---- pace x duration ---------------------------------------------------- */

static void
say_duration(struct rp_sentence *s, const struct rp_claim *c)
{
	char span[RP_UNIT_TEXT];
	double months = (double)rp_span_s(c->duration) / (double)RP_MONTH_S;
	bool whole = fabs(months - round(months)) < 0.001 && months > 0.5;

	if (whole)
		rp_say(s, "%.0f month%s", months, round(months) > 1 ? "s" :
		    "");
	else
		rp_say(s, "%s", rp_span_format(c->duration, span));
}

static rp_status
check_duration(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p)
{
	static const char *const bounds[] = {
		[RP_BOUND_NONE] = "",
		[RP_BOUND_AT_LEAST] = " at least",
		[RP_BOUND_AT_MOST] = " at most",
	};
	double total = rp_pace_units(p, c->duration) * p->amount;
	struct rp_sentence s = { .len = 0 };
	bool fits = true;

	if (!c->has_duration)
		return RP_OK;
	if (c->duration_bound != RP_BOUND_AT_LEAST)
		fits = p->certificates <= total * (1 + TOLERANCE);
	if (c->duration_bound != RP_BOUND_AT_MOST)
		fits = fits && p->certificates >= total * (1 - TOLERANCE);
	rp_say_pace(&s, p);
	rp_say(&s, " for ");
	say_duration(&s, c);
	rp_say(&s, "%s make %.0f%s; the number to do is %.0f%s.",
	    bounds[c->duration_bound], total, bounds[c->duration_bound],
	    p->certificates, !p->assumed ? "" : fits ?
	    " (assumed, so this shows only that the assumption fits)" :
	    " (assumed, so it may be that which is wrong)");
	return add_row(l, c, p, "its own duration", row_of(c),
	    verdict_of(fits, p->assumed), &s);
}

/* ---- pace against pace -------------------------------------------------- */

static void
say_monthly(struct rp_sentence *s, const struct rp_pace *p,
    const struct rp_monthly *m)
{
	rp_say_pace(s, p);
	if (p->per == RP_PER_MONTH)
		return;
	rp_say(s, " (");
	if (p->per == RP_PER_WORKING_DAY)
		rp_say(s, "times the %.4g to %.4g working days of a month, ",
		    m->least_days, m->most_days);
	rp_say(s, "%.0f to %.0f a month)", m->least, m->most);
}

static rp_status
check_pace(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p, const struct rp_claim *other)
{
	struct rp_sentence s = { .len = 0 }, against = { .len = 0 };
	struct rp_monthly x, y;
	struct rp_pace q;
	rp_status rc;
	bool fits;

	rc = rp_pace_init(&q, l->cs, other, l->err);
	if (rc != RP_OK || q.calendar == NULL)
		return rc;
	x = rp_pace_monthly(p);
	y = rp_pace_monthly(&q);
	fits = x.least <= y.most * (1 + TOLERANCE / 2) &&
	    y.least <= x.most * (1 + TOLERANCE / 2);
	say_monthly(&s, p, &x);
	rp_say(&s, fits ? " agrees with " : " does not agree with ");
	say_monthly(&s, &q, &y);
	rp_say(&s, ".");
	rp_say_pace(&against, &q);
	rc = add_row(l, c, p, against.text, row_of(c),
	    verdict_of(fits, false), &s);
	rp_pace_release(&q);
	return rc;
}

static rp_status
check_paces(struct rp_ledger *l, size_t i, const struct rp_pace *p)
{
	const struct rp_claim *c = &l->cs->claim[i];

	/* Each against the one before it: that links them all. */
	for (size_t j = i; j-- > 0;) {
		const struct rp_claim *other = &l->cs->claim[j];

		if (other->has_rate && other->population == c->population)
			return check_pace(l, c, p, other);
	}
	return RP_OK;
}

/* ---- pace against dates ------------------------------------------------- */

/* What the pace makes of a date. */
struct reach {
	struct rp_instant alone, with_waits;
	double waits_d;
	bool assumed;
	bool known;
};

static struct reach
reach_of(const struct rp_pace *p, double n)
{
	struct reach r = { .known = false };
	struct rp_instant ready = rp_pace_ready(p, &r.waits_d,
	    &r.assumed);

	r.known = rp_pace_end(p, n, p->starts, &r.alone) &&
	    rp_pace_end(p, n, ready, &r.with_waits);
	return r;
}

static double
days_between(struct rp_instant a, struct rp_instant b)
{
	return (double)rp_span_s(rp_instant_between(a, b)) / (double)DAY_S;
}

static enum rp_said_verdict
judge_reach(struct rp_sentence *s, const struct rp_pace *p,
    const struct reach *r, struct rp_instant by)
{
	double room = TOLERANCE * days_between(p->starts, by);
	double spare = days_between(r->with_waits, by);

	if (days_between(by, r->alone) > room) {
		rp_say(s, " That is %.0f d after the date%s.",
		    days_between(by, r->alone), p->assumed ?
		    ", but the number is assumed" : "");
		return verdict_of(false, p->assumed);
	}
	if (fabs(spare) <= room) {
		rp_say(s, " That reproduces the date to %.0f d.",
		    fabs(spare));
		return RP_SAID_AGREES;
	}
	if (spare < 0)
		rp_say(s, " The pace alone would make the date; with the "
		    "waits it is missed by %.0f d.", -spare);
	else
		rp_say(s, " The date is %.0f d later, and nothing stated "
		    "says what they are for.", spare);
	return RP_SAID_UNDECIDED;
}

/* The day on which it ends: at midnight that is the day before. */
static const char *
last_day(struct rp_instant end, char buf[RP_INSTANT_TEXT])
{
	return rp_instant_format_date(rp_instant_plus(end,
	    rp_span_of_s(-1)), buf);
}

static void
say_reach(struct rp_sentence *s, const struct rp_pace *p, double n,
    const struct reach *r)
{
	char from[RP_INSTANT_TEXT], to[RP_INSTANT_TEXT];

	rp_say(s, "%.0f%s at ", n, p->assumed ? " (assumed)" : "");
	rp_say_pace(s, p);
	if (p->per == RP_PER_WORKING_DAY)
		rp_say(s, " take %.4g working days", n / p->amount);
	rp_say(s, " from %s, that is until %s",
	    rp_instant_format_date(p->starts, from),
	    last_day(r->alone, to));
	if (r->waits_d > 0)
		rp_say(s, "; after waits of %.0f d in the mean%s, until %s",
		    r->waits_d, r->assumed ? " (assumed)" : "",
		    last_day(r->with_waits, to));
	rp_say(s, ".");
}

/* A date by which a share of the certificates is to be done. */
struct target {
	const char *words;		/* "the promised" */
	struct rp_when by;
	double share;
};

static rp_status
check_date(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p, const struct target *t)
{
	struct rp_sentence s = { .len = 0 }, against = { .len = 0 };
	struct rp_said_row row = row_of(c);
	double n = p->certificates * t->share;
	enum rp_said_verdict v = verdict_of(false, p->assumed);
	struct reach r = reach_of(p, n);
	char by[RP_INSTANT_TEXT];

	row.has_due = true;
	row.due = t->by;
	rp_say(&against, "%s %s", t->words, rp_when_format(t->by, by));
	if (r.known) {
		say_reach(&s, p, n, &r);
		v = judge_reach(&s, p, &r, rp_when_last(t->by));
	} else {
		rp_say(&s, "At that pace it is not done within %.0f years.",
		    (double)p->reach_days / 365.25);
	}
	return add_row(l, c, p, against.text, row, v, &s);
}

static bool
is_promise_of(const struct rp_claim *q, const struct rp_pace *p)
{
	return q->promise != NULL && q->has_by &&
	    q->about == RP_ABOUT_REPLACEMENT && q->population ==
	    p->population;
}

static rp_status
check_dates(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < l->cs->n_claims && rc == RP_OK; i++) {
		const struct rp_claim *q = &l->cs->claim[i];
		struct target t = { .words = "the promised", .by = q->by,
		    .share = q->has_share ? rp_share_real(q->share) : 1 };

		if (is_promise_of(q, p))
			rc = check_date(l, c, p, &t);
	}
	return rc;
}

/* The end of a plan is a promise too, unless it was promised in words. */
static rp_status
check_end(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p, const struct rp_plan *plan)
{
	const struct rp_milestone *m =
	    &plan->milestone[plan->n_milestones - 1];
	struct target t = { .words = "the plan's", .by = m->by, .share = 1 };

	if (rp_share_ppb(m->share) < RP_SHARE_ONE_PPB ||
	    plan->metric == RP_METRIC_REVOKED ||
	    plan->metric == RP_METRIC_GONE)
		return RP_OK;
	for (size_t i = 0; i < l->cs->n_claims; i++) {
		const struct rp_claim *q = &l->cs->claim[i];

		if (is_promise_of(q, p) && rp_instant_cmp(rp_when_last(
		    q->by), rp_when_last(m->by)) == 0)
			return RP_OK;
	}
	return check_date(l, c, p, &t);
}

/* ---- pace against the steps of a plan ----------------------------------- */

/* The pace that each step of a plan asks for, in shares a working day. */
struct steps {
	double least, most;
	size_t n;
};

static struct steps
steps_of(const struct rp_pace *p, const struct rp_plan *plan, double base,
    struct rp_sentence *s)
{
	struct steps out = { .least = HUGE_VAL };
	struct rp_instant from = p->starts;
	struct rp_share before = rp_share_of_ppb(0);
	char at[RP_INSTANT_TEXT];

	for (size_t i = 0; i < plan->n_milestones; i++) {
		const struct rp_milestone *m = &plan->milestone[i];
		struct rp_instant until = rp_instant_plus(
		    rp_when_last(m->by), rp_span_of_s(1));
		double days = rp_pace_days(p, from, until), rate;
		double n = base * rp_share_real(rp_share_minus(m->share,
		    before));

		before = m->share;
		from = until;
		if (days < 1)
			continue;
		rate = n / days;
		out.least = fmin(out.least, rate);
		out.most = fmax(out.most, rate);
		rp_say(s, "%s%s: %.0f / %.4g = %.0f", out.n++ > 0 ? ", " : "",
		    rp_instant_format_date(m->by.from, at), n, days, rate);
	}
	return out;
}

/*
 * A constant pace makes equal steps.  Where it is only that of some of the
 * certificates, the others may make up for it: then nothing follows until
 * theirs is known too.
 */
static enum rp_said_verdict
judge_steps(const struct rp_pace *p, const struct steps *steps, double base,
    struct rp_sentence *s)
{
	bool even = steps->most <= steps->least * (1 + 5 * TOLERANCE);
	bool all = p->certificates >= base * (1 - TOLERANCE);

	if (even) {
		rp_say(s, ". A constant pace makes such steps.");
		return RP_SAID_AGREES;
	}
	rp_say(s, ". A constant pace cannot make steps of %.0f to %.0f",
	    steps->least, steps->most);
	if (all) {
		rp_say(s, ".");
		return RP_SAID_CONTRADICTED;
	}
	rp_say(s, "; it is that of %.0f of %.0f certificates, so what the "
	    "others do, and when, would have to be said to derive the dates.",
	    p->certificates, base);
	return RP_SAID_UNDECIDED;
}

static rp_status
check_plan(struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_pace *p, const struct rp_plan *plan)
{
	struct rp_sentence s = { .len = 0 }, against = { .len = 0 };
	struct rp_said_row row = row_of(c);
	double base = (double)rp_count_n(plan->has_of ? plan->of :
	    rp_count_n(l->cs->base) > 0 ? l->cs->base : l->cs->total);
	struct steps steps;
	char at[RP_INSTANT_TEXT];

	rp_say(&s, "Its steps ask for a working day: ");
	steps = steps_of(p, plan, base, &s);
	if (steps.n < 2)
		return RP_OK;
	row.has_due = true;
	row.due = plan->milestone[plan->n_milestones - 1].by;
	rp_say(&against, "the plan%s%s", plan->has_published ? " of " : "",
	    plan->has_published ? rp_when_format(plan->published, at) : "");
	return add_row(l, c, p, against.text, row,
	    judge_steps(p, &steps, base, &s), &s);
}

/* How many paces of the same population stand before it in the record. */
static size_t
paces_before(const struct rp_case *cs, size_t i)
{
	size_t n = 0;

	for (size_t j = 0; j < i; j++)
		n += cs->claim[j].has_rate &&
		    cs->claim[j].population == cs->claim[i].population;
	return n;
}

static rp_status
check_plans(struct rp_ledger *l, size_t i, const struct rp_pace *p)
{
	rp_status rc = RP_OK;

	for (size_t k = 0; k < l->cs->n_plans && rc == RP_OK; k++) {
		const struct rp_plan *plan = &l->cs->plan[k];

		if (plan->n_milestones == 0)
			continue;
		rc = check_plan(l, &l->cs->claim[i], p, plan);
		if (rc == RP_OK)
			rc = check_end(l, &l->cs->claim[i], p, plan);
	}
	return rc;
}

static rp_status
check_all(struct rp_ledger *l, size_t i, const struct rp_pace *p)
{
	const struct rp_claim *c = &l->cs->claim[i];
	size_t before = paces_before(l->cs, i);
	rp_status rc = check_duration(l, c, p);

	if (rc == RP_OK)
		rc = check_paces(l, i, p);
	if (rc == RP_OK && before < PACES)
		rc = check_dates(l, c, p);
	/* One pace of a population is enough to hold a plan against. */
	return rc == RP_OK && before == 0 ? check_plans(l, i, p) : rc;
}

rp_status
rp_said_capacities(struct rp_ledger *l)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < l->cs->n_claims && rc == RP_OK; i++) {
		const struct rp_claim *c = &l->cs->claim[i];
		struct rp_pace p;

		if (!c->has_rate)
			continue;
		rc = rp_pace_init(&p, l->cs, c, l->err);
		if (rc == RP_OK && p.calendar != NULL)
			rc = check_all(l, i, &p);
		rp_pace_release(&p);
	}
	return rc;
}
