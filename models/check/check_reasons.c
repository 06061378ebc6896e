/*
 * check/check_reasons.c - the reason of a CRL entry.
 *
 * Every record of a reason is judged by itself: what a certificate was
 * revoked with, what the CRL then showed if that was another, and what it was
 * changed to.  A wrong one is mended by a later record of the right one.
 */
#include <stdio.h>

#include "check/entries.h"

enum fit {
	FIT_SILENT,		/* the rule does not speak of it */
	FIT_RIGHT,
	FIT_WRONG,
	FIT_UNSURE
};

/* What one look at the records of a duty finds. */
struct looked {
	int duty;
	bool any;
	struct rp_when revoked;		/* the first record of revocation */
	unsigned recorded;		/* bits: reasons that these say */
	bool shown;			/* the CRL's reason is on record */
	bool is_proven;
	struct rp_when proven;		/* compromise of the key, first */
};

/* A record of a reason, judged by one rule. */
struct entry {
	const struct rp_rule *rule;
	const struct rp_fact *fact;
	const struct looked *in;
	int duty;
	uint64_t n;			/* certificates */
	struct rp_when revoked;		/* decides the edition */
	char why[RP_WORDS];		/* what is wrong or right about it */
	char cite[96];			/* what asks for it, or "" */
};

typedef enum fit fit_of(const struct rp_judging *j, struct entry *e);

struct question {
	fit_of *fit;
	bool needed;		/* a revocation without a reason on record
				 * leaves the rule undecided */
};

/* ---- what the rules say ------------------------------------------------- */

static void
say(struct entry *e, const char *text)
{
	(void)snprintf(e->why, sizeof(e->why), "%s", text);
}

static bool
may_be_on_crl(enum rp_crl_reason reason)
{
	return reason == RP_CRL_ABSENT || reason == RP_CRL_KEY_COMPROMISE ||
	    reason == RP_CRL_AFFILIATION_CHANGED ||
	    reason == RP_CRL_SUPERSEDED || reason == RP_CRL_CESSATION ||
	    reason == RP_CRL_WITHDRAWN;
}

static enum fit
fit_suspended(const struct rp_judging *j, struct entry *e)
{
	(void)j;
	say(e, "a certificate may be revoked, but not suspended");
	return e->fact->crl_reason == RP_CRL_HOLD ? FIT_WRONG : FIT_RIGHT;
}

static enum fit
fit_ca(const struct rp_judging *j, struct entry *e)
{
	(void)j;
	say(e, "the entry of a CA certificate needs a reason other than "
	    "unspecified");
	return e->fact->crl_reason == RP_CRL_ABSENT ||
	    e->fact->crl_reason == RP_CRL_UNSPECIFIED ? FIT_WRONG : FIT_RIGHT;
}

static enum fit
fit_zero(const struct rp_judging *j, struct entry *e)
{
	(void)j;
	say(e, "unspecified is expressed by leaving the reasonCode out");
	if (e->fact->crl_reason == RP_CRL_UNSPECIFIED)
		return FIT_WRONG;
	return e->fact->crl_reason == RP_CRL_ABSENT ? FIT_RIGHT : FIT_SILENT;
}

static enum fit
fit_subscriber(const struct rp_judging *j, struct entry *e)
{
	(void)j;
	say(e, "1, 3, 4, 5, 9 or none may be there");
	return may_be_on_crl(e->fact->crl_reason) ? FIT_RIGHT : FIT_WRONG;
}

/* The key of revoked certificates was proven to be compromised by then. */
static bool
proven_by(const struct looked *in, struct rp_when at)
{
	return in->is_proven &&
	    rp_instant_cmp(in->proven.from, rp_when_last(at)) <= 0;
}

/* A subscriber may name these, and then the item without a reason is moot. */
static bool
subscriber_may_name(enum rp_crl_reason reason)
{
	return reason == RP_CRL_AFFILIATION_CHANGED ||
	    reason == RP_CRL_SUPERSEDED || reason == RP_CRL_CESSATION;
}

static void
say_mismatch(struct entry *e, const char *item, enum rp_crl_reason right)
{
	char want[RP_WORDS];

	(void)snprintf(e->why, sizeof(e->why), "%s asks for %.60s%s", item,
	    rp_entry_reason(right, want), e->fact->crl_reason ==
	    RP_CRL_KEY_COMPROMISE ? ", and lists of compromised keys will "
	    "take these keys in" : "");
}

/* The reason that the incident has against that of the entry. */
static enum fit
fit_item(const struct rp_judging *j, struct entry *e, struct rp_instant t)
{
	const struct rp_duty *duty = &j->cs->duty[e->duty];
	enum rp_crl_reason is = e->fact->crl_reason;
	struct rp_reason_place place;

	if (!rp_reason_place(duty->reason, duty->certificate, duty->profile,
	    t, &place) || place.crl_reason == RP_CRL_NOT_SAID)
		return FIT_SILENT;
	(void)snprintf(e->cite, sizeof(e->cite), "%s", place.citation);
	/* How 0 is written is the matter of another rule. */
	if (is == RP_CRL_UNSPECIFIED)
		is = RP_CRL_ABSENT;
	say_mismatch(e, place.citation, place.crl_reason);
	if (is == place.crl_reason)
		return FIT_RIGHT;
	if (is == RP_CRL_KEY_COMPROMISE && proven_by(e->in, e->fact->at)) {
		say(e, "compromise of the key had been proven by then");
		return FIT_RIGHT;
	}
	if (duty->reason != RP_REASON_SUBSCRIBER_REQUEST ||
	    !subscriber_may_name(is))
		return FIT_WRONG;
	say(e, "which is right only if the subscriber named that reason, and "
	    "whether it did is not on record");
	return FIT_UNSURE;
}

static enum fit
fit_map(const struct rp_judging *j, struct entry *e)
{
	struct rp_instant from = rp_rule_from(e->rule);

	/* Of days before the rule its items had no reasons yet. */
	if (rp_instant_cmp(e->revoked.from, from) > 0)
		from = e->revoked.from;
	return fit_item(j, e, from);
}

/*
 * The situations of Mozilla's policy became the items of the requirements
 * on 2023-07-15; they are read by these (a reading of ours).
 */
static enum fit
fit_mozilla(const struct rp_judging *j, struct entry *e)
{
	const int64_t items = INT64_C(1689379200);	/* 2023-07-15 */

	if (!may_be_on_crl(e->fact->crl_reason))
		return fit_subscriber(j, e);
	return fit_item(j, e, rp_instant_of_s(items));
}

/* ---- one record --------------------------------------------------------- */

/*
 * A change is of certificates that were revoked before, so the edition is
 * that of the duty's first record of revocation.
 */
static enum fit
fit_of_fact(const struct rp_judging *j, const struct rp_rule *rule,
    const struct question *q, const struct rp_fact *fact,
    const struct looked *in, struct entry *e)
{
	*e = (struct entry){ .rule = rule, .fact = fact, .in = in,
	    .duty = in->duty, .revoked = fact->at,
	    .n = rp_entry_size(j, fact, in->duty) };
	if (fact->kind != RP_FACT_REVOKED && in->any &&
	    rp_instant_cmp(in->revoked.from, fact->at.from) <= 0)
		e->revoked = in->revoked;
	/* What the record says already, the CRL need not say again. */
	if (!rp_says_reason(j, fact, in->duty) ||
	    (fact->kind == RP_FACT_PUBLISHED &&
	    (in->recorded >> fact->crl_reason & 1u) != 0))
		return FIT_SILENT;
	return q->fit(j, e);
}

/* How far the records of right reasons are used up. */
struct menders {
	struct rp_entry_walk walk;
	const struct rp_fact *at;	/* NULL: no more */
	uint64_t used;			/* of its certificates */
};

/*
 * The record of a right reason with which the last of the certificates of a
 * wrong one was changed.  Which ones were changed nobody says, so they are
 * taken in the order in which they went wrong.
 */
static const struct rp_fact *
mender(const struct rp_judging *j, const struct question *q,
    const struct entry *wrong, struct menders *m)
{
	uint64_t need = wrong->n;
	struct entry e;

	for (; m->at != NULL; m->at = rp_entries_next(&m->walk),
	    m->used = 0) {
		const struct rp_fact *fact = m->at;

		if (fact->kind == RP_FACT_REVOKED ||
		    rp_instant_cmp(rp_when_last(fact->at),
		    wrong->fact->at.from) < 0 ||
		    fit_of_fact(j, wrong->rule, q, fact, wrong->in, &e) !=
		    FIT_RIGHT)
			continue;
		/* Without a number it is all of them. */
		if (!fact->has_certificates)
			return fact;
		if (need <= e.n - m->used) {
			m->used += need;
			return fact;
		}
		need -= e.n - m->used;
	}
	return NULL;
}

static struct rp_finding
row_of(const struct entry *e, const char *citation)
{
	return (struct rp_finding){ .rule = e->rule, .id = e->rule->id,
	    .duty = e->duty, .verdict = RP_VERDICT_UNDECIDED,
	    .clock_start = e->fact->at, .has_count = true, .count = e->n,
	    .has_subscribers = e->fact->has_subscribers,
	    .subscribers = rp_count_n(e->fact->subscribers),
	    .citation = citation, .line = e->fact->origin.line };
}

static rp_status
add_wrong(struct rp_judging *j, const struct question *q, struct entry *e,
    struct rp_finding *row, struct menders *m)
{
	const struct rp_fact *then = mender(j, q, e, m);
	char duty[RP_WORDS], many[RP_WORDS], is[RP_WORDS];
	char at[RP_INSTANT_TEXT], until[64] = "not corrected on record";

	rp_wrong_until(j, row, e->fact->at, then == NULL ? NULL : &then->at);
	if (!rp_in_force_all(e->rule, e->revoked)) {
		rp_finding_leave(row);
		return rp_findings_add(j, row, "%s%s with %s: %s; whether "
		    "this edition was in force when they were revoked, %s, "
		    "cannot be told", rp_words_duty(j, e->duty, duty),
		    rp_words_certificates(row->count, many),
		    rp_entry_reason(e->fact->crl_reason, is), e->why,
		    rp_when_format(e->revoked, at));
	}
	if (then != NULL)
		(void)snprintf(until, sizeof(until), "corrected %.40s",
		    rp_when_format(then->at, at));
	return rp_findings_add(j, row, "%s%s with %s: %s; %s",
	    rp_words_duty(j, e->duty, duty),
	    rp_words_certificates(row->count, many),
	    rp_entry_reason(e->fact->crl_reason, is), e->why, until);
}

static rp_status
add_entry(struct rp_judging *j, const struct question *q, struct entry *e,
    enum fit fit, struct menders *m)
{
	char citation[160] = "", duty[RP_WORDS], many[RP_WORDS], is[RP_WORDS];
	struct rp_finding row = row_of(e, citation);

	rp_rule_cite(e->rule, 0, e->revoked.from, citation,
	    sizeof(citation));
	if (fit == FIT_WRONG)
		return add_wrong(j, q, e, &row, m);
	/* A change to the right reason only mends what was before. */
	if (e->fact->kind == RP_FACT_REASON_CHANGED && fit == FIT_RIGHT)
		return RP_OK;
	if (fit == FIT_RIGHT && !rp_in_force_all(e->rule, e->revoked))
		return RP_OK;
	if (fit == FIT_RIGHT) {
		row.verdict = RP_VERDICT_MET;
		row.has_met = true;
		row.met = e->fact->at;
	}
	return rp_findings_add(j, &row, "%s%s with %s%s%s",
	    rp_words_duty(j, e->duty, duty), rp_words_certificates(e->n, many),
	    rp_entry_reason(e->fact->crl_reason, is),
	    fit == FIT_UNSURE ? ", " : "", fit == FIT_UNSURE ? e->why : "");
}

/* ---- all records of a duty ---------------------------------------------- */

/* One row for all revocations of which nobody recorded the reason. */
static rp_status
add_unsaid(struct rp_judging *j, const struct rp_rule *rule, int duty,
    const struct rp_fact *first, uint64_t n)
{
	char citation[160] = "", words[RP_WORDS], many[RP_WORDS];
	struct rp_finding row = { .rule = rule, .id = rule->id, .duty = duty,
	    .verdict = RP_VERDICT_UNDECIDED, .clock_start = first->at,
	    .has_count = true, .count = n, .citation = citation,
	    .line = first->origin.line };

	rp_rule_cite(rule, 0, first->at.from, citation, sizeof(citation));
	return rp_findings_add(j, &row, "%s%s: with which reason they were "
	    "revoked is not on record", rp_words_duty(j, duty, words),
	    rp_words_certificates(n, many));
}

static rp_status
judge_unsaid(struct rp_judging *j, const struct rp_rule *rule, int duty)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_REVOKED, duty);
	const struct rp_fact *fact, *first = NULL;
	uint64_t n = 0, done = 0;

	while ((fact = rp_walk_next(&walk)) != NULL) {
		uint64_t size = rp_fact_size(j, fact, duty, done);

		done += size;
		if (fact->crl_reason != RP_CRL_NOT_SAID ||
		    !rp_rule_in_force(rule, fact->at.from))
			continue;
		n += size;
		if (first == NULL)
			first = fact;
	}
	return first == NULL ? RP_OK : add_unsaid(j, rule, duty, first, n);
}

static struct looked
look(const struct rp_judging *j, int duty)
{
	const struct rp_fact *proven = rp_fact_first(j,
	    RP_FACT_COMPROMISE_PROVEN, duty, NULL), *fact;
	struct rp_entry_walk w = rp_entries_of(j, duty);
	struct looked in = { .duty = duty, .is_proven = proven != NULL };

	if (proven != NULL)
		in.proven = proven->at;
	while ((fact = rp_entries_next(&w)) != NULL) {
		if (fact->kind == RP_FACT_REVOKED) {
			if (!in.any)
				in.revoked = fact->at;
			in.any = true;
			in.recorded |= 1u << fact->crl_reason;
		}
		if (fact->kind == RP_FACT_PUBLISHED &&
		    fact->crl_reason != RP_CRL_NOT_SAID)
			in.shown = true;
	}
	return in;
}

static rp_status
judge_duty(struct rp_judging *j, const struct rp_rule *rule,
    const struct question *q, int duty)
{
	const struct looked in = look(j, duty);
	struct rp_entry_walk w = rp_entries_of(j, duty);
	struct menders m = { .walk = w };
	const struct rp_fact *fact;
	uint64_t done = 0;
	rp_status rc = RP_OK;

	m.at = rp_entries_next(&m.walk);
	while (rc == RP_OK && (fact = rp_entries_next(&w)) != NULL) {
		struct entry e;
		enum fit fit = fit_of_fact(j, rule, q, fact, &in, &e);

		if (fact->kind == RP_FACT_REVOKED) {
			e.n = rp_fact_size(j, fact, duty, done);
			done += e.n;
		}
		if (fit != FIT_SILENT && rp_in_force_some(rule, e.revoked))
			rc = add_entry(j, q, &e, fit, &m);
	}
	/* Where the record of revocation is silent the CRL may speak. */
	if (rc == RP_OK && q->needed && !in.shown)
		rc = judge_unsaid(j, rule, duty);
	return rc;
}

static rp_status
each_duty(struct rp_judging *j, const struct rp_rule *rule,
    const struct question *q)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		if (rp_rule_covers(rule, &j->cs->duty[d]))
			rc = judge_duty(j, rule, q, (int)d);
	return rc;
}

/* ---- the rules ---------------------------------------------------------- */

rp_status
rp_check_suspended(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, &(const struct question){ fit_suspended,
	    false });
}

rp_status
rp_check_reason_ca(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, &(const struct question){ fit_ca, true });
}

rp_status
rp_check_reason_zero(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, &(const struct question){ fit_zero,
	    false });
}

rp_status
rp_check_reason_ee(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, &(const struct question){ fit_subscriber,
	    true });
}

rp_status
rp_check_reason_map(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, &(const struct question){ fit_map, true });
}

rp_status
rp_check_reason_mozilla(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, &(const struct question){ fit_mozilla,
	    true });
}
