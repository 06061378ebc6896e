/*
 * check/check_entries.c - entries that left a CRL, the date in them, and what
 * becomes of them when the key turns out to be compromised.
 */
#include "check/entries.h"

static struct rp_finding
row_of(const struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *fact, int duty, const char *citation)
{
	uint64_t n = rp_entry_size(j, fact, duty);

	return (struct rp_finding){ .rule = rule, .id = rule->id,
	    .duty = duty, .verdict = RP_VERDICT_UNDECIDED,
	    .clock_start = fact->at, .has_count = n > 0, .count = n,
	    .has_subscribers = fact->has_subscribers,
	    .subscribers = rp_count_n(fact->subscribers),
	    .citation = citation, .line = fact->origin.line };
}

/* a certainly before b; certainly not before it. */
static bool
before(struct rp_when a, struct rp_when b)
{
	return rp_instant_cmp(rp_when_last(a), b.from) < 0;
}

static bool
not_before(struct rp_when a, struct rp_when b)
{
	return rp_instant_cmp(a.from, rp_when_last(b)) >= 0;
}

/* As it is written: two bare dates of one day say the same. */
static bool
same(struct rp_when a, struct rp_when b)
{
	return rp_instant_cmp(a.from, b.from) == 0 &&
	    rp_instant_cmp(a.until, b.until) == 0;
}

/* ---- entries that are gone ---------------------------------------------- */

/* Once a certificate has expired its entry may be gone. */
static void
gone_too_early(const struct rp_judging *j, struct rp_finding *row,
    const struct rp_fact *gone, const struct rp_fact *back)
{
	struct rp_when over = rp_when_exact(rp_instant_plus(
	    gone->expires.from, rp_span_of_s(1)));
	const struct rp_when *end = back == NULL ? NULL : &back->at;

	if (end == NULL || rp_instant_cmp(over.from, end->from) < 0)
		end = rp_instant_cmp(over.from, j->now) <= 0 ? &over : end;
	rp_wrong_until(j, row, gone->at, end);
	/* That it expired mends nothing. */
	if (end == &over)
		row->has_met = false;
}

static rp_status
judge_gone(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *gone, const struct rp_fact *back)
{
	char citation[160] = "", many[RP_WORDS], at[RP_INSTANT_TEXT];
	char expired[RP_INSTANT_TEXT];
	struct rp_finding row = row_of(j, rule, gone, gone->duty, citation);

	rp_rule_cite(rule, 0, gone->at.from, citation, sizeof(citation));
	(void)rp_words_certificates(row.count, many);
	(void)rp_when_format(gone->at, at);
	if (!gone->has_expires)
		return rp_findings_add(j, &row, "%s: entry gone %s; when "
		    "they expired is not on record", many, at);
	(void)rp_when_format(gone->expires, expired);
	if (before(gone->expires, gone->at)) {
		row.verdict = RP_VERDICT_MET;
		return rp_findings_add(j, &row, "%s: entry gone %s, after "
		    "the end of validity, %s", many, at, expired);
	}
	if (!not_before(gone->expires, gone->at))
		return rp_findings_add(j, &row, "%s: entry gone %s; whether "
		    "that was before the end of validity, %s, cannot be told",
		    many, at, expired);
	gone_too_early(j, &row, gone, back);
	return rp_findings_add(j, &row, "%s: entry gone %s, before the end "
	    "of validity, %s, which is as if they had never been revoked",
	    many, at, expired);
}

/* On one more CRL, whose thisUpdate is later than notAfter. */
static rp_status
judge_listed(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *gone, const struct rp_fact *back)
{
	char citation[160] = "", many[RP_WORDS], last[RP_INSTANT_TEXT];
	char expired[RP_INSTANT_TEXT];
	struct rp_finding row = row_of(j, rule, gone, gone->duty, citation);
	bool never = gone->has_expires && not_before(gone->expires, gone->at);

	rp_rule_cite(rule, 0, gone->at.from, citation, sizeof(citation));
	(void)rp_words_certificates(row.count, many);
	if (!gone->has_expires || (!gone->has_listed && !never))
		return rp_findings_add(j, &row, "%s: entry gone; %s is not "
		    "on record", many, gone->has_expires ? "which CRL was the "
		    "last to have it" : "when they expired");
	(void)rp_when_format(gone->expires, expired);
	(void)rp_when_format(gone->has_listed ? gone->listed : gone->at,
	    last);
	if (never || not_before(gone->expires, gone->listed)) {
		rp_wrong_until(j, &row, gone->at, back == NULL ? NULL :
		    &back->at);
		return rp_findings_add(j, &row, "%s: entry %s %s, and on no "
		    "CRL after the end of validity, %s", many,
		    gone->has_listed ? "last on the CRL of" : "gone", last,
		    expired);
	}
	if (before(gone->expires, gone->listed))
		row.verdict = RP_VERDICT_MET;
	return rp_findings_add(j, &row, "%s: entry last on the CRL of %s, "
	    "%s the end of validity, %s", many, last,
	    row.verdict == RP_VERDICT_MET ? "after" :
	    "which may have been before or after", expired);
}

typedef rp_status judge_fact(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *gone, const struct rp_fact *back);

/* What the CRL showed of a duty, up to one that is not before a removal. */
struct shown {
	struct rp_walk walk;
	const struct rp_fact *at;	/* NULL: no more */
};

/* An entry that is back on the CRL; NULL: it is not. */
static const struct rp_fact *
restored(struct shown *s, const struct rp_fact *gone)
{
	while (s->at != NULL && rp_instant_cmp(rp_when_last(s->at->at),
	    gone->at.from) < 0)
		s->at = rp_walk_next(&s->walk);
	return s->at;
}

/* Of one duty, or with -1 of those that name none. */
static rp_status
gone_of(struct rp_judging *j, const struct rp_rule *rule, judge_fact *judge,
    int duty)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_ENTRY_REMOVED, duty);
	struct shown shown = { rp_walk_of(j, RP_FACT_PUBLISHED, duty), NULL };
	const struct rp_fact *gone;
	rp_status rc = RP_OK;

	shown.at = rp_walk_next(&shown.walk);
	while (rc == RP_OK && (gone = rp_walk_next(&walk)) != NULL)
		if (gone->duty == duty && rp_entry_covered(j, rule, gone) &&
		    rp_rule_in_force(rule, gone->has_expires ?
		    gone->expires.from : gone->at.from))
			rc = judge(j, rule, gone, restored(&shown, gone));
	return rc;
}

static rp_status
each_gone(struct rp_judging *j, const struct rp_rule *rule, judge_fact *judge)
{
	rp_status rc = RP_OK;

	for (int d = -1; d < (int)j->cs->n_duties && rc == RP_OK; d++)
		rc = gone_of(j, rule, judge, d);
	return rc;
}

rp_status
rp_check_retained(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_gone(j, rule, judge_gone);
}

rp_status
rp_check_retained_once(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_gone(j, rule, judge_listed);
}

/* ---- the key is compromised after all ----------------------------------- */

static const struct rp_fact *
says_compromise(const struct rp_judging *j, int duty)
{
	struct rp_entry_walk w = rp_entries_of(j, duty);
	const struct rp_fact *fact;

	while ((fact = rp_entries_next(&w)) != NULL)
		if (fact->crl_reason == RP_CRL_KEY_COMPROMISE)
			return fact;
	return NULL;
}

/* That the reason was not changed, or was changed to another. */
static const struct rp_fact *
kept_reason(const struct rp_judging *j, int duty, struct rp_when since)
{
	struct rp_walk changes = rp_walk_of(j, RP_FACT_REASON_CHANGED, duty);
	const struct rp_fact *last = rp_fact_denial(j, RP_FACT_REASON_CHANGED,
	    duty), *fact;

	if (last != NULL && !before(since, last->at))
		last = NULL;
	while ((fact = rp_walk_next(&changes)) != NULL)
		if (before(since, fact->at) &&
		    (last == NULL || before(last->at, fact->at)))
			last = fact;
	return last;
}

static rp_status
judge_upgrade(struct rp_judging *j, const struct rp_rule *rule, int duty,
    const struct rp_fact *proven)
{
	const struct rp_fact *right = says_compromise(j, duty);
	const struct rp_fact *kept = kept_reason(j, duty, proven->at);
	char citation[160] = "", words[RP_WORDS], at[RP_INSTANT_TEXT];
	struct rp_finding row = row_of(j, rule, proven, duty, citation);

	rp_rule_cite(rule, 0, proven->at.from, citation, sizeof(citation));
	(void)rp_words_duty(j, duty, words);
	if (right != NULL) {
		row.verdict = RP_VERDICT_MET;
		row.has_met = true;
		row.met = right->at;
		return rp_findings_add(j, &row, "%sreason of the entries "
		    "keyCompromise since %s", words,
		    rp_when_format(right->at, at));
	}
	if (kept == NULL)
		return rp_findings_add(j, &row, "%swhether the reason was "
		    "changed to keyCompromise after the proof is not on "
		    "record", words);
	rp_wrong_until(j, &row, proven->at, &kept->at);
	row.has_met = false;
	row.still_open = true;
	return rp_findings_add(j, &row, "%sreason still another than "
	    "keyCompromise %s, as is on record", words,
	    rp_when_format(kept->at, at));
}

/*
 * The first proof that came when the certificates were revoked already, NULL
 * where there is none: more of them ask for nothing more.
 */
static const struct rp_fact *
proven_later(const struct rp_judging *j, const struct rp_rule *rule, int duty)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_COMPROMISE_PROVEN, duty);
	const struct rp_fact *revoked = rp_fact_first(j, RP_FACT_REVOKED,
	    duty, NULL), *proven;

	while (revoked != NULL && (proven = rp_walk_next(&walk)) != NULL)
		if (before(revoked->at, proven->at) &&
		    rp_rule_in_force(rule, proven->at.from))
			return proven;
	return NULL;
}

rp_status
rp_check_upgrade(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		const struct rp_fact *proven = NULL;

		if (rp_rule_covers(rule, &j->cs->duty[d]))
			proven = proven_later(j, rule, (int)d);
		if (proven != NULL)
			rc = judge_upgrade(j, rule, (int)d, proven);
	}
	return rc;
}

/* ---- the date in the entry ---------------------------------------------- */

static rp_status
judge_dated(struct rp_judging *j, const struct rp_rule *rule, int duty,
    const struct rp_fact *fact, struct rp_when revoked,
    enum rp_crl_reason reason)
{
	char citation[160] = "", words[RP_WORDS], is[RP_WORDS];
	char dated[RP_INSTANT_TEXT], at[RP_INSTANT_TEXT];
	struct rp_finding row = row_of(j, rule, fact, duty, citation);
	const char *text = "which may or may not be earlier";

	rp_rule_cite(rule, 0, fact->at.from, citation, sizeof(citation));
	if (not_before(fact->dated, revoked) || same(fact->dated, revoked)) {
		row.verdict = RP_VERDICT_MET;
		text = "which is not earlier";
	} else if (reason == RP_CRL_KEY_COMPROMISE) {
		row.verdict = RP_VERDICT_MET;
		text = "as is allowed where the key is compromised";
	} else if (before(fact->dated, revoked) &&
	    reason != RP_CRL_NOT_SAID) {
		row.verdict = RP_VERDICT_BREACHED;
		text = "earlier, which only compromise of the key allows";
	} else if (reason == RP_CRL_NOT_SAID) {
		text = "and the reason of the entry is not on record";
	}
	return rp_findings_add(j, &row, "%sentries with %s dated %s, revoked "
	    "%s, %s", rp_words_duty(j, duty, words),
	    reason == RP_CRL_NOT_SAID ? "an unknown reason" :
	    rp_entry_reason(reason, is), rp_when_format(fact->dated, dated),
	    rp_when_format(revoked, at), text);
}

/* What was on record of a duty by some moment. */
struct so_far {
	const struct rp_fact *first;	/* record of revocation */
	enum rp_crl_reason reason;
};

/*
 * What the date of an entry is measured by: a record of revocation by itself,
 * what was shown or changed later by the first of them.
 */
static const struct rp_fact *
measure_of(const struct rp_fact *fact, struct so_far *so)
{
	bool revoked = fact->kind == RP_FACT_REVOKED;

	if (fact->crl_reason != RP_CRL_NOT_SAID)
		so->reason = fact->crl_reason;
	if (revoked && so->first == NULL)
		so->first = fact;
	return revoked || so->first == NULL ? fact : so->first;
}

static rp_status
dated_of(struct rp_judging *j, const struct rp_rule *rule, int duty)
{
	struct rp_entry_walk w = rp_entries_of(j, duty);
	struct so_far so = { NULL, RP_CRL_NOT_SAID };
	const struct rp_fact *fact;
	rp_status rc = RP_OK;

	while (rc == RP_OK && (fact = rp_entries_next(&w)) != NULL) {
		const struct rp_fact *by = measure_of(fact, &so);

		if (fact->has_dated && rp_rule_in_force(rule, fact->at.from))
			rc = judge_dated(j, rule, duty, fact, by->at,
			    by == fact ? fact->crl_reason : so.reason);
	}
	return rc;
}

rp_status
rp_check_dated(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		if (rp_rule_covers(rule, &j->cs->duty[d]))
			rc = dated_of(j, rule, (int)d);
	return rc;
}
