/*
 * check/check_issuance.c - what was issued: with which key, for how long, and
 * upon which validation.
 */
#include <inttypes.h>
#include <stdio.h>

#include "check/entries.h"

#define DAY_S INT64_C(86400)

/* What the CA knew of the keys of a duty; of all of them with -1. */
struct known {
	int duty;
	bool at_fault;			/* the reason is their compromise */
	bool known;
	struct rp_when since;
	const char *by;			/* whose statement it is, or NULL */
};

/* ---- rows of what was issued -------------------------------------------- */

static bool
is_issued(const struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *fact)
{
	return rp_entry_covered(j, rule, fact) &&
	    rp_in_force_some(rule, fact->at);
}

static struct rp_finding
row_of(const struct rp_rule *rule, const struct rp_fact *issued,
    const char *citation)
{
	return (struct rp_finding){ .rule = rule, .id = rule->id,
	    .duty = issued->duty, .verdict = RP_VERDICT_UNDECIDED,
	    .clock_start = issued->at,
	    .has_count = issued->has_certificates,
	    .count = rp_count_n(issued->certificates),
	    .has_subscribers = issued->has_subscribers,
	    .subscribers = rp_count_n(issued->subscribers),
	    .citation = citation, .line = issued->origin.line };
}

/* "12 certificates issued 2024-07-01".  Returns buf. */
static const char *
issued_words(const struct rp_fact *issued, char buf[RP_WORDS])
{
	char many[RP_WORDS], at[RP_INSTANT_TEXT];

	(void)snprintf(buf, RP_WORDS, "%.60s issued %s",
	    issued->has_certificates ? rp_words_certificates(
	    rp_count_n(issued->certificates), many) : "certificates",
	    rp_when_format(issued->at, at));
	return buf;
}

/* What is asked of a record of issuance. */
struct asked {
	const struct rp_rule *rule;
	const struct known *k;		/* or NULL */
	bool said;			/* what the rule needs is on record */
};

/*
 * A verdict on what was issued.  What breaks one edition may have been issued
 * under another when the day is not known.
 */
static rp_status
add_issued(struct rp_judging *j, const struct asked *a,
    const struct rp_fact *issued, enum rp_verdict verdict, const char *text)
{
	char citation[160] = "", what[RP_WORDS];
	struct rp_finding row = row_of(a->rule, issued, citation);
	bool sure = rp_in_force_all(a->rule, issued->at);

	rp_rule_cite(a->rule, 0, issued->at.from, citation, sizeof(citation));
	row.by = a->k == NULL ? NULL : a->k->by;
	if (!sure && verdict == RP_VERDICT_MET)
		return RP_OK;
	row.verdict = sure ? verdict : RP_VERDICT_UNDECIDED;
	return rp_findings_add(j, &row, "%s: %s%s", issued_words(issued,
	    what), text, sure ? "" : "; whether this edition was in force "
	    "then cannot be told");
}

/* One row for all of which a rule's evidence is not on record. */
static rp_status
add_unsaid(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *first, uint64_t n, const char *what)
{
	char citation[160] = "", words[RP_WORDS];
	struct rp_finding row = row_of(rule, first, citation);

	row.has_count = row.has_subscribers = false;
	rp_rule_cite(rule, 0, first->at.from, citation, sizeof(citation));
	if (n > 1)
		return rp_findings_add(j, &row, "%" PRIu64 " records of "
		    "issuance, the first %s, do not say %s", n,
		    issued_words(first, words), what);
	return rp_findings_add(j, &row, "%s: %s is not on record",
	    issued_words(first, words), what);
}

typedef rp_status judge_issued(struct rp_judging *j,
    const struct rp_fact *issued, struct asked *a);

/*
 * Each record of issuance in turn; those that do not say what is needed
 * become one row.  k: only what was issued within its duty.
 */
static rp_status
each_issued(struct rp_judging *j, const struct rp_rule *rule,
    judge_issued *judge, const struct known *k, const char *what)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_ISSUED, k == NULL ? -1 :
	    k->duty);
	const struct rp_fact *first = NULL, *issued;
	rp_status rc = RP_OK;
	uint64_t unsaid = 0;

	while (rc == RP_OK && (issued = rp_walk_next(&walk)) != NULL) {
		struct asked a = { rule, k, true };

		if (!is_issued(j, rule, issued) ||
		    (k != NULL && k->duty != issued->duty))
			continue;
		rc = judge(j, issued, &a);
		/* Of what may not be asked at all nothing is missing. */
		if (a.said || !rp_in_force_all(rule, issued->at))
			continue;
		if (unsaid++ == 0)
			first = issued;
	}
	if (rc == RP_OK && unsaid > 0)
		rc = add_unsaid(j, rule, first, unsaid, what);
	return rc;
}

/* ---- keys --------------------------------------------------------------- */

/* Reasons for revocation that lie in the key: it must not come back. */
static bool
key_at_fault(enum rp_reason reason)
{
	return reason == RP_REASON_KEY_COMPROMISE ||
	    reason == RP_REASON_WEAK_KEY ||
	    reason == RP_REASON_BAD_KEY_PARAMETERS ||
	    reason == RP_REASON_KEY_EXPOSING_METHOD ||
	    reason == RP_REASON_SUBORDINATE_KEY_COMPROMISE;
}

/* Of a key that is not large enough nothing was compromised. */
static bool
key_compromised(enum rp_reason reason)
{
	return key_at_fault(reason) && reason != RP_REASON_BAD_KEY_PARAMETERS;
}

/* The duties that a record of issuance may be about: its own, or all. */
static size_t
first_duty(int duty)
{
	return duty < 0 ? 0 : (size_t)duty;
}

static size_t
end_duty(const struct rp_judging *j, int duty)
{
	return duty < 0 ? j->cs->n_duties : (size_t)duty + 1;
}

static void
note_known(struct known *k, struct rp_when at)
{
	if (!k->known || rp_instant_cmp(at.from, k->since.from) < 0)
		k->since = at;
	k->known = true;
}

/*
 * Up to 2.0.4 any way of knowing counted, since then a notice through the
 * CA's own procedure.  A certificate that was revoked as keyCompromise, even
 * by mistake, puts its key on the list of keys to be refused.
 */
static struct known
look_known(const struct rp_judging *j, int duty, size_t clock, bool by_notice)
{
	struct rp_walk proofs = rp_walk_of(j, RP_FACT_COMPROMISE_PROVEN, duty);
	struct rp_entry_walk entries = rp_entries_of(j, duty);
	struct known k = { .duty = duty };
	const struct rp_fact *fact;

	for (size_t d = first_duty(duty); d < end_duty(j, duty); d++) {
		const struct rp_duty of = rp_judged_duty(j, d, clock);

		if (!key_compromised(of.reason))
			continue;
		k.by = of.by;
		k.at_fault = true;
		if (of.has_reported)
			note_known(&k, of.reported);
		if (!by_notice)
			note_known(&k, of.aware);
	}
	while ((fact = rp_walk_next(&proofs)) != NULL)
		note_known(&k, fact->at);
	while ((fact = rp_entries_next(&entries)) != NULL)
		if (fact->crl_reason == RP_CRL_KEY_COMPROMISE)
			note_known(&k, fact->at);
	return k;
}

/* The old key again: it depends on what the CA knew of it by then. */
static rp_status
judge_same(struct rp_judging *j, const struct asked *a,
    const struct rp_fact *issued)
{
	const struct known *k = a->k;

	if (!k->known && k->at_fault)
		return add_issued(j, a, issued, RP_VERDICT_UNDECIDED, "the "
		    "key of the certificate that it replaces; whether its "
		    "compromise had been reported by the CA's own procedure "
		    "is not on record");
	if (!k->known)
		return add_issued(j, a, issued, RP_VERDICT_MET, "the key of "
		    "the certificate that it replaces, which nobody reported "
		    "as compromised");
	if (rp_instant_cmp(issued->at.from, rp_when_last(k->since)) > 0)
		return add_issued(j, a, issued, RP_VERDICT_BREACHED, "a "
		    "key that the CA knew as compromised was used again");
	if (rp_instant_cmp(rp_when_last(issued->at), k->since.from) <= 0)
		return add_issued(j, a, issued, RP_VERDICT_MET, "the key "
		    "was not yet known as compromised");
	return add_issued(j, a, issued, RP_VERDICT_UNDECIDED, "the key was "
	    "used again; whether it was known as compromised by then cannot "
	    "be told from dates as coarse as these");
}

static rp_status
judge_reuse(struct rp_judging *j, const struct rp_fact *issued,
    struct asked *a)
{
	/* Only of an old key it matters since when the CA knew of it. */
	if (a->k->by != NULL && issued->key != RP_KEY_SAME)
		return RP_OK;
	switch (issued->key) {
	case RP_KEY_NOT_SAID:
		a->said = !a->k->known && !a->k->at_fault;
		break;
	case RP_KEY_NEW:
		return add_issued(j, a, issued, RP_VERDICT_MET,
		    "a new key");
	case RP_KEY_SAME:
		return judge_same(j, a, issued);
	case RP_KEY_COMPROMISED:
		return add_issued(j, a, issued, RP_VERDICT_BREACHED, "a "
		    "key that the CA knew as compromised was used");
	case RP_KEY_WEAK:
		break;		/* the matter of another rule */
	}
	return RP_OK;
}

/*
 * Statements of the clock of a duty.  What names none of several duties is
 * judged by their own clocks: nobody says whose statement it would follow.
 */
static size_t
n_clocks(const struct rp_judging *j, int duty)
{
	if (duty < 0 && j->cs->n_duties > 1)
		return 1;
	return rp_judged_clocks(j, duty < 0 ? 0 : duty);
}

rp_status
rp_check_key_reuse(struct rp_judging *j, const struct rp_rule *rule)
{
	bool by_notice = rule->terms->anchor == RP_ANCHOR_NOTICE;
	rp_status rc = RP_OK;

	for (int d = -1; d < (int)j->cs->n_duties && rc == RP_OK; d++)
		for (size_t c = 0; c < n_clocks(j, d) && rc == RP_OK; c++) {
			const struct known k = look_known(j, d, c, by_notice);

			rc = each_issued(j, rule, judge_reuse, &k,
			    "which key they have");
		}
	return rc;
}

/* The same key is as weak as it was. */
static bool
same_weak_key(const struct rp_judging *j, const struct rp_fact *issued)
{
	for (size_t d = first_duty(issued->duty);
	    d < end_duty(j, issued->duty); d++)
		if (j->cs->duty[d].reason == RP_REASON_WEAK_KEY)
			return issued->key == RP_KEY_SAME;
	return false;
}

static rp_status
judge_weak(struct rp_judging *j, const struct rp_fact *issued,
    struct asked *a)
{
	a->said = issued->key != RP_KEY_NOT_SAID;
	if (!a->said)
		return RP_OK;
	if (issued->key == RP_KEY_WEAK || same_weak_key(j, issued))
		return add_issued(j, a, issued, RP_VERDICT_BREACHED, "a "
		    "key that is known to be weak was not refused");
	return add_issued(j, a, issued, RP_VERDICT_MET, "no weak key on "
	    "record");
}

rp_status
rp_check_key_weak(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_issued(j, rule, judge_weak, NULL, "which key they have");
}

/* ---- a replacement that is one ------------------------------------------ */

/*
 * What was issued before the CA knew of the fault, or with it, replaces
 * nothing.  *sure: it was certainly issued after that, and not just perhaps
 * on the same day.
 */
static bool
is_replacement(const struct rp_judging *j, const struct rp_fact *issued,
    bool *sure)
{
	bool any = false;

	*sure = false;
	for (size_t d = first_duty(issued->duty);
	    d < end_duty(j, issued->duty); d++) {
		struct rp_when aware = j->cs->duty[d].aware;

		if (issued->faulty ||
		    !key_at_fault(j->cs->duty[d].reason) ||
		    rp_instant_cmp(issued->at.from,
		    rp_instant_midnight(aware.from)) < 0 ||
		    rp_instant_cmp(rp_when_last(issued->at), aware.from) < 0)
			continue;
		any = true;
		*sure |= rp_instant_cmp(issued->at.from,
		    rp_when_last(aware)) >= 0;
	}
	return any;
}

static rp_status
judge_replaced(struct rp_judging *j, const struct rp_fact *issued,
    struct asked *a)
{
	bool sure;

	if (!is_replacement(j, issued, &sure))
		return RP_OK;
	a->said = issued->key != RP_KEY_NOT_SAID;
	if (!a->said)
		return RP_OK;
	if (issued->key == RP_KEY_NEW)
		return add_issued(j, a, issued, RP_VERDICT_MET,
		    "a new key");
	if (!sure)
		return add_issued(j, a, issued, RP_VERDICT_UNDECIDED,
		    "an old key; whether they were issued before or after the "
		    "fault was known cannot be told from the day alone");
	return add_issued(j, a, issued, RP_VERDICT_BREACHED, "the key "
	    "was the fault, and this one is not sound either");
}

rp_status
rp_check_key_replaced(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_issued(j, rule, judge_replaced, NULL, "whether the key is "
	    "new");
}

/* ---- a compromise that was proven, for all subscribers ------------------ */

static rp_status
judge_everywhere(struct rp_judging *j, const struct rp_rule *rule, int duty,
    const struct rp_fact *proven)
{
	char citation[160] = "", words[RP_WORDS], verdict[RP_WORDS];
	struct rp_clock_row clock = rp_clock_of(rule, duty, proven->at,
	    citation, sizeof(citation));
	struct rp_finding row = rp_finding_of(&clock);
	const struct rp_deadline dl = { .rule = rule, .start = clock.start,
	    .at = clock.due };
	struct rp_lateness late = rp_duty_lateness(j, duty, &dl);
	char at[RP_INSTANT_TEXT];

	(void)rp_words_duty(j, duty, words);
	row.has_count = true;
	row.count = late.late ? late.certificates : rp_duty_size(j, duty);
	if (late.complete) {
		rp_finding_done(&row, late.completed, proven->origin.line);
		return rp_findings_add(j, &row, "%sall certificates with the "
		    "key recorded as revoked %s, %s", words,
		    rp_when_format(late.completed, at),
		    rp_words_verdict(j, &row, verdict));
	}
	rp_finding_open(&row, j);
	return rp_findings_add(j, &row, "%snot all certificates with the key "
	    "are recorded as revoked, %s", words,
	    rp_words_verdict(j, &row, verdict));
}

/* From the first proof on: another one asks for nothing more. */
static const struct rp_fact *
first_proof(const struct rp_judging *j, const struct rp_rule *rule, int duty)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_COMPROMISE_PROVEN, duty);
	const struct rp_fact *proven;

	while ((proven = rp_walk_next(&walk)) != NULL)
		if (rp_rule_in_force(rule, proven->at.from))
			return proven;
	return NULL;
}

rp_status
rp_check_key_everywhere(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		const struct rp_fact *proven = NULL;

		if (rp_rule_covers(rule, &j->cs->duty[d]))
			proven = first_proof(j, rule, (int)d);
		if (proven != NULL)
			rc = judge_everywhere(j, rule, (int)d, proven);
	}
	return rc;
}

/* ---- validity ----------------------------------------------------------- */

/* Anything over a number of days is one more of them. */
static int64_t
days_up(int64_t s)
{
	return (s + DAY_S - 1) / DAY_S;
}

static rp_status
add_too_long(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *issued, int64_t over)
{
	int64_t limit = rp_span_s(rule->limit);
	char citation[160] = "", what[RP_WORDS], span[RP_UNIT_TEXT];
	struct rp_finding row = row_of(rule, issued, citation);

	rp_rule_cite(rule, 0, issued->at.from, citation, sizeof(citation));
	row.verdict = RP_VERDICT_BREACHED;
	row.has_due = row.has_overdue = true;
	row.due = rp_when_plus(issued->at, rule->limit);
	row.overdue_s = over;
	return rp_findings_add(j, &row, "%s: valid for %" PRId64 " d where %"
	    PRId64 " d were allowed, %s too long", issued_words(issued, what),
	    days_up(limit + over), limit / DAY_S,
	    rp_span_format(rp_span_of_s(over), span));
}

static rp_status
judge_validity(struct rp_judging *j, const struct rp_fact *issued,
    struct asked *a)
{
	int64_t limit = rp_span_s(a->rule->limit), s;
	char text[RP_WORDS];

	a->said = issued->validity_s > 0;
	if (!a->said)
		return RP_OK;
	/* A part of a second is a second. */
	s = (int64_t)issued->validity_s;
	if ((double)s < issued->validity_s)
		s++;
	if (s > limit && rp_in_force_all(a->rule, issued->at))
		return add_too_long(j, a->rule, issued, s - limit);
	(void)snprintf(text, sizeof(text), "valid for %" PRId64 " d, %" PRId64
	    " d %s allowed", days_up(s), limit / DAY_S,
	    s > limit ? "would be" : "are");
	return add_issued(j, a, issued, s > limit ? RP_VERDICT_BREACHED :
	    RP_VERDICT_MET, text);
}

rp_status
rp_check_validity(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_issued(j, rule, judge_validity, NULL, "for how long they "
	    "are valid");
}

/* ---- validations used again --------------------------------------------- */

static rp_status
judge_age(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *issued, struct rp_when validated,
    struct rp_span limit)
{
	char citation[160] = "", what[RP_WORDS], verdict[RP_WORDS];
	struct rp_finding row = row_of(rule, issued, citation);
	char at[RP_INSTANT_TEXT];

	rp_rule_cite(rule, 0, issued->at.from, citation, sizeof(citation));
	row.clock_start = validated;
	row.has_due = true;
	row.due = rp_when_plus(validated, limit);
	rp_finding_done(&row, issued->at, issued->origin.line);
	if (!rp_in_force_all(rule, issued->at)) {
		if (row.verdict == RP_VERDICT_MET)
			return RP_OK;
		rp_finding_leave(&row);
		return rp_findings_add(j, &row, "%s upon a validation of %s; "
		    "whether this edition was in force then cannot be told",
		    issued_words(issued, what),
		    rp_when_format(validated, at));
	}
	return rp_findings_add(j, &row, "%s upon a validation of %s, %s",
	    issued_words(issued, what), rp_when_format(validated, at),
	    rp_words_verdict(j, &row, verdict));
}

static rp_status
judge_domain(struct rp_judging *j, const struct rp_fact *issued,
    struct asked *a)
{
	struct rp_span limit;

	a->said = issued->has_validated;
	/* Of the edition asked about, even if it may have been another. */
	if (!a->said || !rp_validation_reuse(RP_PROFILE_TLS,
	    rp_rule_from(a->rule), &limit, NULL))
		return RP_OK;
	return judge_age(j, a->rule, issued, issued->validated, limit);
}

rp_status
rp_check_domain(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_issued(j, rule, judge_domain, NULL, "when the domain was "
	    "validated");
}

/* Only certificates that name a subject have an identity to validate. */
static rp_status
judge_identity(struct rp_judging *j, const struct rp_fact *issued,
    struct asked *a)
{
	if (!issued->has_identified)
		return RP_OK;
	return judge_age(j, a->rule, issued, issued->identified,
	    a->rule->limit);
}

rp_status
rp_check_identity(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_issued(j, rule, judge_identity, NULL, "");
}
