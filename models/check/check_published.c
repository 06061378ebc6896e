/*
 * check/check_published.c - when CRL and OCSP showed the revocation.
 *
 * The moment is that of the last place to show it.  A `good` that was served
 * later than a record of publication takes that record back: what is left is
 * that the certificates were shown as revoked after it, at the earliest.
 */
#include <stdio.h>

#include "check/account.h"

/* What bounds the publication of certificates that no record covers. */
struct bound {
	uint64_t late;			/* certainly late */
	int64_t by;			/* by at least so many seconds */
	uint64_t open;			/* of these: not even recorded */
	const struct rp_fact *good;	/* what shows it; NULL: the records */
};

/* Of the parts: how many may have been shown too late. */
static uint64_t
maybe_late(const struct rp_account *a, struct rp_when due)
{
	uint64_t n = 0;
	int64_t by;

	for (size_t i = 0; i < a->n_parts; i++)
		if (rp_judge_done(a->part[i].fact->at, due, &by) !=
		    RP_VERDICT_MET)
			n += a->part[i].n;
	return n;
}

/*
 * Nothing is shown as revoked before it is revoked, so what was recorded late
 * is late here as well, unless that are the certificates of which it is on
 * record when they were shown, which cannot be those that are not even
 * recorded; and so is what was good after the deadline.
 */
static struct bound
bound_of(const struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_account *a)
{
	struct rp_instant after = rp_instant_plus(rp_when_last(clock->due),
	    rp_span_of_s(1));
	uint64_t rest = a->all - a->done, late, others;
	const struct rp_fact *good = NULL;
	struct rp_certain sure = rp_certainly_late(j, clock);
	struct bound out = { .by = sure.by, .open = sure.open };
	int64_t by;

	others = maybe_late(a, clock->due);
	if (others > sure.late - sure.open)
		others = sure.late - sure.open;
	out.late = sure.late - others;
	/* What is not even recorded is the latest of all. */
	if (out.late == sure.open && sure.open > 0)
		(void)rp_judge_open(j->now, clock->due, &out.by);
	if (out.late > rest)
		out.late = rest;
	if (out.open > out.late)
		out.open = out.late;
	late = rp_account_good(a, &after, &good);
	if (late == 0)
		return out;
	by = rp_span_s(rp_instant_between(rp_when_last(clock->due),
	    good->at.from));
	if (late > out.late || (late == out.late && by > out.by))
		out = (struct bound){ .late = late, .by = by, .good = good };
	return out;
}

/* ", although ... says so", where a record of publication was taken back. */
static const char *
contradiction(const struct rp_account *a, char buf[RP_WORDS])
{
	char at[RP_INSTANT_TEXT];

	buf[0] = '\0';
	if (a->contradicted != NULL)
		(void)snprintf(buf, RP_WORDS, ", which contradicts the record "
		    "that the revocation was shown %s",
		    rp_when_format(a->contradicted->at, at));
	return buf;
}

static rp_status
add_late(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_account *a, const struct bound *bound)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT], against[RP_WORDS];
	const struct rp_fact *good = bound->good;

	rp_finding_count(&row, j, bound->late, NULL);
	row.verdict = RP_VERDICT_BREACHED;
	row.still_open = bound->open > 0;
	row.open = bound->open;
	row.has_overdue = true;
	row.overdue_s = bound->by;
	(void)rp_words_duty(j, clock->duty, duty);
	(void)rp_words_count(&row, many);
	(void)rp_words_verdict(j, &row, verdict);
	if (good == NULL)
		return rp_findings_add(j, &row, "%s%s cannot have been shown "
		    "as revoked in time, as they were not recorded in time: "
		    "%s%s", duty, many, bound->open < bound->late &&
		    rp_when_is_exact(row.due) ? "at least " : "", verdict);
	row.line = good->origin.line;
	row.least = true;
	return rp_findings_add(j, &row, "%s%s: good was served until %s%s; "
	    "when it flipped is not on record, but it was %s%s", duty, many,
	    rp_when_format(good->at, at), contradiction(a, against),
	    rp_when_is_exact(row.due) ? "at least " : "", verdict);
}

/* Neither in time nor late, as far as is known. */
static rp_status
add_unknown(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_account *a, uint64_t n)
{
	const struct rp_fact *good = NULL;
	char why[2 * RP_WORDS], at[RP_INSTANT_TEXT], against[RP_WORDS];

	if (rp_account_good(a, NULL, &good) == 0)
		return rp_add_undated(j, clock, n, "no record says when CRL "
		    "and OCSP first showed the revocation");
	(void)snprintf(why, sizeof(why), "good was served until %s%s; when it "
	    "flipped is not on record", rp_when_format(good->at, at),
	    contradiction(a, against));
	return rp_add_undated(j, clock, n, why);
}

/* What no record of publication covers. */
static rp_status
add_unpublished(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_account *a)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	uint64_t rest = a->done < a->all ? a->all - a->done : 0;
	rp_status rc = rp_add_expired(j, clock, &rest);
	struct bound bound;

	if (rest == 0 || rc != RP_OK)
		return rc;
	rp_finding_count(&row, j, rest, NULL);
	rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_DUE)
		return rp_findings_add(j, &row, "%s%s to be shown as revoked "
		    "by CRL and OCSP: %s", rp_words_duty(j, clock->duty, duty),
		    rp_words_count(&row, many),
		    rp_words_verdict(j, &row, verdict));
	bound = bound_of(j, clock, a);
	if (bound.late > rest)
		bound.late = rest;
	if (bound.open > bound.late)
		bound.open = bound.late;
	if (bound.late > 0)
		rc = add_late(j, clock, a, &bound);
	if (rc == RP_OK && row.count > bound.late)
		rc = add_unknown(j, clock, a, row.count - bound.late);
	return rc;
}

rp_status
rp_judge_published(struct rp_judging *j, const struct rp_clock_row *clock)
{
	struct rp_account a;
	rp_status rc = rp_account_of(j, RP_FACT_PUBLISHED, clock->duty, &a);

	if (rc == RP_OK)
		rc = rp_add_parts(j, clock, &a);
	if (rc == RP_OK)
		rc = add_unpublished(j, clock, &a);
	rp_account_release(&a);
	return rc;
}

rp_status
rp_published_late(struct rp_judging *j, const struct rp_clock_row *clock,
    bool *late)
{
	const struct rp_actual *actual;
	struct rp_account a;
	rp_status rc = rp_account_of(j, RP_FACT_PUBLISHED, clock->duty, &a);
	uint64_t expired = rp_duty_expired(j, clock->duty, clock->due,
	    &actual);
	int64_t by;

	*late = false;
	for (size_t i = 0; i < a.n_parts; i++)
		if (rp_judge_done(a.part[i].fact->at, clock->due, &by) ==
		    RP_VERDICT_BREACHED)
			*late = true;
	if (rc == RP_OK && a.done + expired < a.all)
		*late = *late || bound_of(j, clock, &a).late > 0;
	rp_account_release(&a);
	return rc;
}

/* ---- 4.9.5: from receipt to publication --------------------------------- */

/* The tier is that of the day of receipt. */
static rp_status
judge_notice(struct rp_judging *j, const struct rp_rule *rule, size_t d,
    size_t c)
{
	struct rp_duty duty = rp_judged_duty(j, d, c);
	struct rp_clock_row clock = { .rule = rule, .id = rule->id,
	    .duty = (int)d, .by = duty.by };
	struct rp_deadline dl;
	char citation[160];

	duty.aware = duty.reported;
	if (!duty.has_reported || !rp_rule_covers(rule, &duty) ||
	    !rp_rule_in_force(rule, duty.reported.from) ||
	    rp_judged_before(j, (int)d, c, true) ||
	    rp_duty_deadline(&duty, &dl, NULL) != RP_OK)
		return RP_OK;
	(void)snprintf(citation, sizeof(citation), "%s, %s; %s",
	    rule->document, rule->section, dl.citation);
	clock.citation = citation;
	clock.start = dl.start;
	clock.due = dl.at;
	return rp_judge_published(j, &clock);
}

rp_status
rp_check_published(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties; d++)
		for (size_t c = 0; c < rp_judged_clocks(j, (int)d) &&
		    rc == RP_OK; c++)
			rc = judge_notice(j, rule, d, c);
	return rc;
}
