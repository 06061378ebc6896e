/*
 * judge/claims_statement.c - statements that something happened, or that
 * promises were kept, against the record.
 */
#include "judge/claims.h"

#include <inttypes.h>

#define DAY 86400.0

static double
days(int64_t s)
{
	return (double)s / DAY;
}

/* ---- a fact ------------------------------------------------------------- */

static bool
speaks_of(const struct rp_ledger *l, const struct rp_claim *c,
    const struct rp_fact *f)
{
	return f->kind == c->fact && (c->duty < 0 || f->duty < 0 ||
	    f->duty == c->duty || l->cs->n_duties == 1);
}

/* Seconds between two times that do not meet; 0 when they may be one. */
static int64_t
apart(struct rp_when a, struct rp_when b)
{
	int64_t ahead = rp_span_s(rp_instant_between(rp_when_last(a),
	    b.from));
	int64_t behind = rp_span_s(rp_instant_between(rp_when_last(b),
	    a.from));

	return ahead > 0 ? ahead : behind > 0 ? behind : 0;
}

/*
 * How far a fact is from what was said of it; without a time that was said, it
 * must have happened by then.
 */
static int64_t
off(const struct rp_claim *c, const struct rp_fact *f)
{
	int64_t after;

	if (c->has_at)
		return apart(f->at, c->at);
	after = rp_span_s(rp_instant_between(rp_when_last(c->said),
	    f->at.from));
	return after > 0 ? after : 0;
}

/* The fact nearest to what was said; of several by then, the last. */
static const struct rp_fact *
nearest(const struct rp_ledger *l, const struct rp_claim *c)
{
	const struct rp_fact *best = NULL;

	for (size_t i = 0; i < l->cs->n_facts; i++) {
		const struct rp_fact *f = l->fact[i];

		if (!speaks_of(l, c, f))
			continue;
		if (best == NULL || off(c, f) < off(c, best) ||
		    (!c->has_at && off(c, f) == 0 &&
		    rp_when_after(f->at, best->at)))
			best = f;
	}
	return best;
}

static uint64_t
whole_of(const struct rp_ledger *l, const struct rp_fact *f)
{
	uint64_t n = f->duty < 0 ? 0 :
	    rp_count_n(l->cs->duty[f->duty].certificates);

	return n > 0 ? n : rp_count_n(l->cs->total);
}

static uint64_t
size_of(const struct rp_ledger *l, const struct rp_fact *f)
{
	return f->has_certificates ? rp_count_n(f->certificates) :
	    whole_of(l, f);
}

/*
 * Of how many certificates a statement speaks: of all of its duty where it
 * does not say, as facts do; 0: that cannot be told.
 */
static uint64_t
said_of(const struct rp_ledger *l, const struct rp_claim *c)
{
	const struct rp_case *cs = l->cs;
	size_t duty = c->duty < 0 ? 0 : (size_t)c->duty;

	if (c->has_certificates)
		return rp_count_n(c->certificates);
	if ((c->fact != RP_FACT_REVOKED && c->fact != RP_FACT_PUBLISHED &&
	    c->fact != RP_FACT_KEY_DESTROYED) ||
	    (c->duty < 0 && cs->n_duties > 1))
		return 0;
	if (rp_count_n(cs->duty[duty].certificates) > 0)
		return rp_count_n(cs->duty[duty].certificates);
	return cs->has_grown ? 0 : rp_count_n(cs->total);
}

/*
 * How many certificates the record has: in the one fact that the statement
 * means, or of all together by the time that it speaks of.
 */
static bool
number_agrees(const struct rp_ledger *l, const struct rp_claim *c,
    uint64_t said, uint64_t *recorded)
{
	struct rp_when by = c->has_at ? c->at : c->said;

	*recorded = 0;
	for (size_t i = 0; i < l->cs->n_facts; i++) {
		const struct rp_fact *f = l->fact[i];

		if (!speaks_of(l, c, f))
			continue;
		if (size_of(l, f) == said && apart(f->at, by) == 0)
			return true;
		if (rp_instant_cmp(f->at.from, rp_when_last(by)) <= 0)
			*recorded += size_of(l, f);
	}
	return *recorded == said;
}

static void
say_apart(struct rp_sentence *s, struct rp_when a, struct rp_when b)
{
	int64_t n = rp_span_s(rp_instant_between(a.from, b.from)) /
	    (int64_t)DAY;

	if (!rp_when_is_date(a) || !rp_when_is_date(b)) {
		rp_say(s, "%s%.1f d apart.", rp_when_is_exact(a) &&
		    rp_when_is_exact(b) ? "" : "at least ",
		    days(apart(a, b)));
		return;
	}
	n = n < 0 ? -n : n;
	rp_say(s, "%" PRId64 " day%s apart by the calendar.", n,
	    n == 1 ? "" : "s");
}

static void
say_other_time(struct rp_sentence *s, const struct rp_claim *c,
    const struct rp_fact *f)
{
	struct rp_when told = c->has_at ? c->at : c->said;
	char at[RP_INSTANT_TEXT], said[RP_INSTANT_TEXT];

	rp_say(s, c->has_at ? "Said to have been %s; on record is %s, " :
	    "Said %s; on record is %s only, ", rp_when_format(told, said),
	    rp_when_format(f->at, at));
	say_apart(s, f->at, told);
}

static enum rp_said_verdict
hold_fact(const struct rp_ledger *l, const struct rp_claim *c,
    struct rp_sentence *s)
{
	const struct rp_fact *f = nearest(l, c);
	char at[RP_INSTANT_TEXT];
	uint64_t recorded, n = said_of(l, c);

	if (f == NULL) {
		rp_say(s, "No such fact is on record to hold it against.");
		return RP_SAID_UNDECIDED;
	}
	if (off(c, f) > 0) {
		say_other_time(s, c, f);
		return RP_SAID_CONTRADICTED;
	}
	if (n > 0 && !number_agrees(l, c, n, &recorded)) {
		rp_say(s, "Said of %s%" PRIu64 " certificate%s; on record by "
		    "then %s %" PRIu64 ".", c->has_certificates ? "" : "all ",
		    n, n == 1 ? "" : "s", recorded == 1 ? "is" : "are",
		    recorded);
		return RP_SAID_CONTRADICTED;
	}
	rp_say(s, "On record as of %s.", rp_when_format(f->at, at));
	return RP_SAID_AGREES;
}

static rp_status
add_fact(struct rp_ledger *l, const struct rp_claim *c)
{
	struct rp_said_row row = {
		.kind = RP_SAID_STATEMENT, .id = c->mark.id,
		.has_said = true, .said = c->said,
		.source = c->origin.source, .has_done = c->has_at,
		.done = c->at, .line = c->origin.line,
	};
	struct rp_sentence what = { .len = 0 }, s = { .len = 0 };

	rp_say(&what, "said to be so: %s", rp_fact_text(c->fact));
	if (c->duty >= 0)
		rp_say(&what, " (duty '%.100s')", l->cs->duty[c->duty].name);
	row.what = what.text;
	rp_said_decide(&row, hold_fact(l, c, &s));
	if (c->has_withdrawn) {
		rp_said_decide(&row, RP_SAID_WITHDRAWN);
		rp_say(&s, " The statement was taken back.");
	}
	rp_say_note(&s, c->note);
	return rp_said_add(l, &row, &s);
}

/* ---- that promises were kept -------------------------------------------- */

/* What had no date is kept once it is done. */
static enum rp_said_verdict
hold_undated(const struct rp_ledger *l, const struct rp_claim *p,
    struct rp_sentence *s)
{
	struct rp_outcome o = { .done = false };
	char at[RP_INSTANT_TEXT];

	if (p->promise == NULL || p->has_by) {
		rp_say(s, " cannot be decided from the record.");
		return RP_SAID_UNDECIDED;
	}
	rp_outcome_of_claim(l, p, &o);
	if (o.done)
		rp_say(s, " had no date and was done %s.",
		    rp_when_format(o.at, at));
	else
		rp_say(s, " had no date, and nothing shows it as done.");
	return o.done ? RP_SAID_AGREES : RP_SAID_UNDECIDED;
}

/* What became of one of them, in the sense of the statement. */
static enum rp_said_verdict
hold_promise(const struct rp_ledger *l, int i, struct rp_when said,
    struct rp_sentence *s)
{
	const struct rp_claim *p = &l->cs->claim[i];
	const struct rp_judged *j = &l->judged[i];
	struct rp_said_row late = { .has_due = p->has_by, .due = p->by,
	    .late_least_s = j->least_s, .late_most_s = j->most_s };
	struct rp_outcome o = { .done = false };
	char at[RP_INSTANT_TEXT];

	rp_say(s, "%s'%.160s'", s->len > 0 ? " " : "",
	    p->promise != NULL ? p->promise : "");
	if (p->promise != NULL)
		rp_outcome_of_claim(l, p, &o);
	if (o.done && rp_instant_cmp(o.at.from, rp_when_last(said)) > 0) {
		rp_say(s, " was done only after that was said, %s.",
		    rp_when_format(o.at, at));
		return RP_SAID_CONTRADICTED;
	}
	switch (j->verdict) {
	case RP_SAID_KEPT:
		rp_say(s, " was kept.");
		return RP_SAID_AGREES;
	case RP_SAID_SLIPPED:
		late.has_done = o.done;
		late.done = o.at;
		rp_say(s, " was done late: ");
		rp_say_late(s, &late);
		rp_say(s, ".");
		return RP_SAID_CONTRADICTED;
	case RP_SAID_OVERDUE:
		rp_say(s, " was not done at all on record.");
		return RP_SAID_CONTRADICTED;
	case RP_SAID_OPEN:
		rp_say(s, " is still open.");
		return RP_SAID_UNDECIDED;
	case RP_SAID_CHANGED:
	case RP_SAID_SILENTLY_CHANGED:
	case RP_SAID_AGREES:
	case RP_SAID_CONTRADICTED:
	case RP_SAID_WITHDRAWN:
	case RP_SAID_UNDECIDED:
		break;
	}
	return hold_undated(l, p, s);
}

/* One broken promise is enough; one in doubt leaves the whole in doubt. */
static enum rp_said_verdict
worse(enum rp_said_verdict a, enum rp_said_verdict b)
{
	if (a == RP_SAID_CONTRADICTED || b == RP_SAID_CONTRADICTED)
		return RP_SAID_CONTRADICTED;
	return a == RP_SAID_UNDECIDED ? a : b;
}

static rp_status
add_kept(struct rp_ledger *l, const struct rp_claim *c)
{
	struct rp_said_row row = {
		.kind = RP_SAID_STATEMENT, .id = c->mark.id,
		.has_said = true, .said = c->said,
		.source = c->origin.source, .line = c->origin.line,
		.what = c->n_kept == 1 ? "said to have kept a promise" :
		    "said to have kept promises",
	};
	struct rp_sentence s = { .len = 0 };
	enum rp_said_verdict v = RP_SAID_AGREES;

	for (size_t k = 0; k < c->n_kept; k++)
		if (c->kept[k] >= 0)
			v = worse(v, hold_promise(l, c->kept[k], c->said, &s));
	if (s.len == 0) {
		v = RP_SAID_UNDECIDED;
		rp_say(&s, "The promises it speaks of were taken off the "
		    "record.");
	}
	rp_said_decide(&row, v);
	if (c->has_withdrawn) {
		rp_said_decide(&row, RP_SAID_WITHDRAWN);
		rp_say(&s, " The statement was taken back.");
	}
	rp_say_note(&s, c->note);
	return rp_said_add(l, &row, &s);
}

rp_status
rp_said_statements(struct rp_ledger *l)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < l->cs->n_claims && rc == RP_OK; i++) {
		const struct rp_claim *c = &l->cs->claim[i];

		if (c->has_fact)
			rc = add_fact(l, c);
		if (rc == RP_OK && c->n_kept > 0)
			rc = add_kept(l, c);
	}
	return rc;
}
