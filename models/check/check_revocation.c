/*
 * check/check_revocation.c - revocation within 24 hours, 5 days or 7 days,
 * recorded and published.
 */
#include <inttypes.h>
#include <stdio.h>

#include "check/account.h"

/* ---- rows of one fact each ---------------------------------------------- */

/* The first record that a suspension became a revocation, or NULL. */
static const struct rp_fact *
made_final(const struct rp_judging *j, int duty, const struct rp_fact *hold)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_REASON_CHANGED, duty);
	const struct rp_fact *fact;

	while ((fact = rp_walk_next(&walk)) != NULL)
		if (fact->crl_reason != RP_CRL_NOT_SAID &&
		    fact->crl_reason != RP_CRL_HOLD &&
		    fact->crl_reason != RP_CRL_REMOVE &&
		    rp_instant_cmp(rp_when_last(fact->at), hold->at.from) >= 0)
			return fact;
	return NULL;
}

/* Who suspends a certificate has not revoked it. */
static rp_status
add_hold(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_part *part)
{
	const struct rp_fact *fact = part->fact;
	const struct rp_fact *final = made_final(j, clock->duty, fact);
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT], then[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, part->n, fact);
	if (final == NULL)
		rp_finding_open(&row, j);
	else
		rp_finding_done(&row, final->at, final->origin.line);
	return rp_findings_add(j, &row, "%s%s only suspended "
	    "(certificateHold) %s, which does not revoke them%s%s, %s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    rp_when_format(fact->at, at), final == NULL ? "" : ", until the "
	    "reason was changed ", final == NULL ? "" :
	    rp_when_format(final->at, then),
	    rp_words_verdict(j, &row, verdict));
}

static rp_status
add_part(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_part *part)
{
	const struct rp_fact *fact = part->fact;
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	if (fact->crl_reason == RP_CRL_HOLD)
		return add_hold(j, clock, part);
	rp_finding_count(&row, j, part->n, fact);
	rp_finding_done(&row, fact->at, fact->origin.line);
	return rp_findings_add(j, &row, "%s%s %s %s, %s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    rp_fact_text(fact->kind), rp_when_format(fact->at, at),
	    rp_words_verdict(j, &row, verdict));
}

rp_status
rp_add_parts(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_account *a)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < a->n_parts && rc == RP_OK; i++)
		rc = add_part(j, clock, &a->part[i]);
	return rc;
}

/* ---- what no fact covers ------------------------------------------------ */

static rp_status
add_open(struct rp_judging *j, const struct rp_clock_row *clock, uint64_t n,
    uint64_t all)
{
	struct rp_finding row = rp_finding_of(clock), whole;
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char now[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, n, NULL);
	rp_finding_open(&row, j);
	whole = row;
	whole.count = all;
	return rp_findings_add(j, &row, "%s%" PRIu64 " of %s not recorded as "
	    "revoked by %s, %s", rp_words_duty(j, clock->duty, duty), n,
	    rp_words_count(&whole, many), rp_when_format(j->as_of, now),
	    rp_words_verdict(j, &row, verdict));
}

rp_status
rp_add_undated(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t n, const char *why)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], due[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, n, NULL);
	return rp_findings_add(j, &row, "%s%s: %s, the deadline was %s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    why, rp_when_format(clock->due, due));
}

/* What an actual counts as settled, and no record gives a time for. */
static uint64_t
undated_of(const struct rp_judging *j, int duty, uint64_t done)
{
	uint64_t settled = rp_duty_settled(j, duty);

	return settled > done ? settled - done : 0;
}

/*
 * Of the undated: how many had certainly not been revoked when an actual of
 * after the deadline was counted.  All that is not undated may be among those
 * that it left out, but for what had been recorded before it.
 */
static uint64_t
proven_late(const struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t undated, const struct rp_actual **actual)
{
	uint64_t n = rp_duty_unsettled(j, clock->duty, clock->due, actual);
	uint64_t others = rp_duty_size(j, clock->duty) - undated, before = 0;
	struct rp_walk walk = rp_walk_of(j, RP_FACT_REVOKED, clock->duty);
	const struct rp_fact *fact;

	while (n > 0 && (fact = rp_walk_next(&walk)) != NULL)
		if (rp_instant_cmp(rp_when_last(fact->at),
		    (*actual)->as_of.from) < 0)
			before += rp_fact_size(j, fact, clock->duty, before);
	others -= before < others ? before : others;
	n -= others < n ? others : n;
	return n < undated ? n : undated;
}

/* Revoked nobody says when, and still not so long after the deadline. */
static rp_status
add_proven(struct rp_judging *j, const struct rp_clock_row *clock, uint64_t n,
    const struct rp_actual *actual)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, n, NULL);
	row.verdict = RP_VERDICT_BREACHED;
	row.has_overdue = true;
	row.overdue_s = rp_span_s(rp_instant_between(rp_when_last(clock->due),
	    actual->as_of.from));
	row.line = actual->origin.line;
	return rp_findings_add(j, &row, "%s%s: the actual of %s counts them "
	    "neither as revoked nor as expired, %s%s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    rp_when_format(actual->as_of, at), rp_when_is_exact(row.due) ?
	    "at least " : "", rp_words_verdict(j, &row, verdict));
}

static rp_status
add_counted(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t undated)
{
	const struct rp_actual *actual = NULL;
	uint64_t late = proven_late(j, clock, undated, &actual);
	rp_status rc = RP_OK;

	if (late > 0)
		rc = add_proven(j, clock, late, actual);
	if (rc == RP_OK && undated > late)
		rc = rp_add_undated(j, clock, undated - late, "an actual "
		    "counts them as revoked or expired, but no record says "
		    "when they were revoked");
	return rc;
}

/* What had expired by the deadline needs no revocation. */
rp_status
rp_add_expired(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t *rest)
{
	const struct rp_actual *by = NULL;
	uint64_t n = rp_duty_expired(j, clock->duty, clock->due, &by);
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	n = n < *rest ? n : *rest;
	*rest -= n;
	if (n == 0)
		return RP_OK;
	rp_finding_count(&row, j, n, NULL);
	rp_finding_done(&row, by->as_of, by->origin.line);
	return rp_findings_add(j, &row, "%s%s had expired by %s, so that "
	    "nothing was left to revoke, %s", rp_words_duty(j, clock->duty,
	    duty), rp_words_count(&row, many), rp_when_format(by->as_of, at),
	    rp_words_verdict(j, &row, verdict));
}

/* What is left when the records of revocation are counted. */
static rp_status
add_unrecorded(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t done)
{
	uint64_t all = rp_duty_size(j, clock->duty);
	uint64_t rest = done < all ? all - done : 0, undated;
	rp_status rc = rp_add_expired(j, clock, &rest);
	int64_t late;

	if (rest == 0 || rc != RP_OK)
		return rc;
	done = all - rest;
	if (rp_judge_open(j->now, clock->due, &late) == RP_VERDICT_DUE)
		return add_open(j, clock, rest, all);
	if (rp_unplaced(j, RP_FACT_REVOKED) != NULL)
		return rp_add_undated(j, clock, rest, "a record of "
		    "revocations with a number does not say which duty it "
		    "belongs to");
	undated = undated_of(j, clock->duty, done);
	if (undated > rest)
		undated = rest;
	if (rest > undated)
		rc = add_open(j, clock, rest - undated, all);
	if (rc == RP_OK && undated > 0)
		rc = add_counted(j, clock, undated);
	return rc;
}

/*
 * What was shown as revoked without a record of the revocation had been
 * revoked by then: that proves what was in time, and nothing of the rest.
 */
static rp_status
add_shown(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_part *part)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, part->n, NULL);
	rp_finding_done(&row, part->fact->at, part->fact->origin.line);
	if (row.verdict != RP_VERDICT_MET)
		return rp_add_undated(j, clock, part->n, "CRL and OCSP showed "
		    "them as revoked, but no record says when they were "
		    "revoked");
	return rp_findings_add(j, &row, "%s%s shown as revoked %s, and so "
	    "revoked by then: %s", rp_words_duty(j, clock->duty, duty),
	    rp_words_count(&row, many), rp_when_format(part->fact->at, at),
	    rp_words_verdict(j, &row, verdict));
}

/* Of the facts of publication: what goes beyond the *done that are recorded. */
static rp_status
add_beyond(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t *done)
{
	uint64_t all = rp_duty_size(j, clock->duty), shown = 0;
	struct rp_walk walk = rp_walk_of(j, RP_FACT_PUBLISHED, clock->duty);
	const struct rp_fact *fact;
	rp_status rc = RP_OK;

	while (*done < all && rc == RP_OK &&
	    (fact = rp_walk_next(&walk)) != NULL) {
		struct rp_part part = { fact, 0 };

		shown += rp_fact_size(j, fact, clock->duty, shown);
		if (shown > all)
			shown = all;
		if (shown <= *done)
			continue;
		part.n = shown - *done;
		*done = shown;
		rc = add_shown(j, clock, &part);
	}
	return rc;
}

/* What was recorded, late or not, and by how little the late ones are. */
static uint64_t
recorded_late(const struct rp_judging *j, const struct rp_clock_row *clock,
    struct rp_certain *out)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_REVOKED, clock->duty);
	const struct rp_fact *fact;
	uint64_t done = 0, n;
	int64_t by;

	while ((fact = rp_walk_next(&walk)) != NULL) {
		n = rp_fact_size(j, fact, clock->duty, done);
		done += n;
		if (rp_judge_done(fact->at, clock->due, &by) !=
		    RP_VERDICT_BREACHED)
			continue;
		out->late += n;
		if (by < out->by)
			out->by = by;
	}
	return done;
}

struct rp_certain
rp_certainly_late(const struct rp_judging *j, const struct rp_clock_row *clock)
{
	struct rp_certain out = { .by = INT64_MAX };
	uint64_t all = rp_duty_size(j, clock->duty), shown, n;
	uint64_t done = recorded_late(j, clock, &out);
	struct rp_when last = clock->due;
	const struct rp_actual *actual = NULL;
	int64_t by = 0;

	shown = rp_duty_shown(j, clock->duty, &last);
	if (shown > done)
		done = shown;
	done += rp_duty_expired(j, clock->duty, clock->due, &actual);
	if (done < all && undated_of(j, clock->duty, done) == 0 &&
	    rp_unplaced(j, RP_FACT_REVOKED) == NULL) {
		if (rp_judge_open(j->now, clock->due, &by) !=
		    RP_VERDICT_BREACHED)
			return out;
		out.open = all - done;
		out.late += out.open;
		out.by = by < out.by ? by : out.by;
		return out;
	}
	n = rp_duty_unsettled(j, clock->duty, clock->due, &actual);
	if (n <= out.late)
		return out;
	out.late = n;
	out.by = rp_span_s(rp_instant_between(rp_when_last(clock->due),
	    actual->as_of.from));
	return out;
}

/* ---- the rules ---------------------------------------------------------- */

static rp_status
judge_recorded(struct rp_judging *j, const struct rp_clock_row *clock)
{
	struct rp_account a;
	rp_status rc = rp_account_of(j, RP_FACT_REVOKED, clock->duty, &a);

	if (rc == RP_OK)
		rc = rp_add_parts(j, clock, &a);
	if (rc == RP_OK)
		rc = add_beyond(j, clock, &a.done);
	if (rc == RP_OK)
		rc = add_unrecorded(j, clock, a.done);
	rp_account_release(&a);
	return rc;
}

/* Recorded, and for the strict reading published, by one deadline. */
static rp_status
judge_revocation(struct rp_judging *j, const struct rp_clock_row *clock)
{
	struct rp_clock_row strict = *clock;
	char id[64];
	rp_status rc;

	rc = judge_recorded(j, clock);
	if (rc != RP_OK || !clock->rule->terms->strict)
		return rc;
	(void)snprintf(id, sizeof(id), "%s/published", clock->rule->id);
	strict.id = id;
	return rp_judge_published(j, &strict);
}

/*
 * The clock of a duty for a rule, false where the rule does not apply.  The
 * recommendation of 24 hours goes with every deadline of 5 days.
 */
static bool
revocation_clock(const struct rp_rule *rule, const struct rp_duty *duty,
    struct rp_clock_row *clock, char *citation, size_t size)
{
	struct rp_deadline dl;

	if (!rp_rule_covers(rule, duty) ||
	    rp_duty_deadline(duty, &dl, NULL) != RP_OK)
		return false;
	if (rule->severity != RP_MUST &&
	    dl.rule->terms->tier != rule->terms->tier)
		return false;
	if (rule->severity == RP_MUST && dl.rule != rule)
		return false;
	clock->start = dl.start;
	clock->due = dl.at;
	if (rule->severity != RP_MUST)
		clock->due = rp_when_plus(dl.start, rule->limit);
	(void)snprintf(citation, size, "%s", dl.citation);
	return true;
}

static rp_status
judge_clock(struct rp_judging *j, const struct rp_rule *rule, size_t d,
    size_t c)
{
	struct rp_duty duty = rp_judged_duty(j, d, c);
	char citation[96];
	struct rp_clock_row clock = { .rule = rule, .id = rule->id,
	    .duty = (int)d, .by = duty.by, .citation = citation };

	if (rp_judged_before(j, (int)d, c, false) ||
	    !revocation_clock(rule, &duty, &clock, citation,
	    sizeof(citation)))
		return RP_OK;
	return judge_revocation(j, &clock);
}

rp_status
rp_check_revocation(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties; d++)
		for (size_t c = 0; c < rp_judged_clocks(j, (int)d) &&
		    rc == RP_OK; c++)
			rc = judge_clock(j, rule, d, c);
	return rc;
}
