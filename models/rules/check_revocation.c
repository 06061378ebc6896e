/*
 * rules/check_revocation.c - revocation within 24 hours, 5 days or 7 days,
 * recorded and published, and the CRL that follows.
 */
#include <inttypes.h>
#include <stdio.h>

#include "rules/amounts.h"
#include "rules/judging.h"

/* ---- rows of one fact each ---------------------------------------------- */

static rp_status
add_done(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *fact, uint64_t n)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	row.has_count = true;
	row.count = n;
	rp_finding_done(&row, fact->at, fact->origin.line);
	return rp_findings_add(j, &row, "%s%s %s %s, %s",
	    rp_words_duty(j, clock->duty, duty),
	    rp_words_certificates(n, many), rp_fact_text(fact->kind),
	    rp_when_format(fact->at, at), rp_words_verdict(j, &row, verdict));
}

/* One row for each fact of a kind; *done is how many they cover. */
static rp_status
add_facts(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, uint64_t *done)
{
	rp_status rc = RP_OK;

	*done = 0;
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		const struct rp_fact *fact = j->fact[i];
		uint64_t n;

		if (!rp_fact_is(j, fact, kind, clock->duty))
			continue;
		n = rp_fact_size(j, fact, clock->duty, *done);
		*done += n;
		rc = add_done(j, clock, fact, n);
	}
	return rc;
}

/* ---- what no fact covers ------------------------------------------------ */

/* A number of revocations that does not say which duty it belongs to. */
static const struct rp_fact *
unplaced(const struct rp_judging *j, enum rp_fact_kind kind)
{
	for (size_t i = 0; i < j->n_facts; i++)
		if (j->fact[i]->kind == kind && j->fact[i]->duty < 0 &&
		    j->fact[i]->has_certificates && j->cs->n_duties > 1)
			return j->fact[i];
	return NULL;
}

/*
 * The most certificates that the last actual lets be revoked or expired.
 * Actuals count leaves, so only a duty that is all of them is comparable.
 */
static uint64_t
counted(const struct rp_judging *j, int duty)
{
	uint64_t base = rp_count_n(j->cs->base), most = 0;

	if (j->cs->n_duties != 1 || rp_duty_size(j, duty) != base)
		return 0;
	for (size_t i = 0; i < j->cs->n_actuals; i++) {
		const struct rp_actual *a = &j->cs->actual[i];
		uint64_t n;

		if (a->population >= 0 || !rp_seen(a->as_of,
		    a->has_published, a->published, j->as_of, j->view))
			continue;
		n = rp_actual_settled_most(a, base);
		if (n > 0)
			most = n;
	}
	return most;
}

static rp_status
add_open(struct rp_judging *j, const struct rp_clock_row *clock, uint64_t n,
    uint64_t all)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char now[RP_INSTANT_TEXT];

	row.has_count = true;
	row.count = n;
	rp_finding_open(&row, j);
	return rp_findings_add(j, &row, "%s%" PRIu64 " of %s not recorded as "
	    "revoked by %s, %s", rp_words_duty(j, clock->duty, duty), n,
	    rp_words_certificates(all, many), rp_when_format(j->as_of, now),
	    rp_words_verdict(j, &row, verdict));
}

/* Certificates of which it is known that they are done, but not when. */
static rp_status
add_undated(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t n, const char *why)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], due[RP_INSTANT_TEXT];

	row.has_count = true;
	row.count = n;
	return rp_findings_add(j, &row, "%s%s: %s, the deadline was %s",
	    rp_words_duty(j, clock->duty, duty),
	    rp_words_certificates(n, many), why,
	    rp_when_format(clock->due, due));
}

/* What is left when the records of revocation are counted. */
static rp_status
add_unrecorded(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t done)
{
	uint64_t all = rp_duty_size(j, clock->duty);
	uint64_t rest = done < all ? all - done : 0, undated;
	uint64_t settled = counted(j, clock->duty);
	rp_status rc = RP_OK;
	int64_t late;

	if (rest == 0)
		return RP_OK;
	if (rp_judge_open(j->now, clock->due, &late) == RP_VERDICT_DUE)
		return add_open(j, clock, rest, all);
	if (unplaced(j, RP_FACT_REVOKED) != NULL)
		return add_undated(j, clock, rest, "a record of revocations "
		    "with a number does not say which duty it belongs to");
	undated = settled > done ? settled - done : 0;
	if (undated > rest)
		undated = rest;
	if (rest > undated)
		rc = add_open(j, clock, rest - undated, all);
	if (rc == RP_OK && undated > 0)
		rc = add_undated(j, clock, undated, "an actual counts them as "
		    "revoked or expired, but no record says when they were "
		    "revoked");
	return rc;
}

/* Of the records: how many are certainly late, and by how little. */
static uint64_t
certainly_late(const struct rp_judging *j, const struct rp_clock_row *clock,
    int64_t *least, bool *open)
{
	uint64_t all = rp_duty_size(j, clock->duty), done = 0, n, late = 0;
	int64_t by = 0;

	*least = INT64_MAX;
	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (!rp_fact_is(j, fact, RP_FACT_REVOKED, clock->duty))
			continue;
		n = rp_fact_size(j, fact, clock->duty, done);
		done += n;
		if (rp_judge_done(fact->at, clock->due, &by) !=
		    RP_VERDICT_BREACHED)
			continue;
		late += n;
		if (by < *least)
			*least = by;
	}
	*open = done < all && counted(j, clock->duty) <= done &&
	    unplaced(j, RP_FACT_REVOKED) == NULL;
	if (*open && rp_judge_open(j->now, clock->due, &by) ==
	    RP_VERDICT_BREACHED) {
		late += all - done;
		if (by < *least)
			*least = by;
	}
	return late;
}

/*
 * What no record of publication covers.  Nothing is shown as revoked before
 * it is revoked, so what was recorded late is late here as well; of the rest
 * nobody has written down when it could be seen.
 */
static rp_status
add_unpublished(struct rp_judging *j, const struct rp_clock_row *clock,
    uint64_t done)
{
	uint64_t all = rp_duty_size(j, clock->duty), late;
	uint64_t rest = done < all ? all - done : 0;
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	rp_status rc = RP_OK;
	int64_t by;

	if (rest == 0)
		return RP_OK;
	row.has_count = true;
	row.count = rest;
	rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_DUE)
		return rp_findings_add(j, &row, "%s%s to be shown as revoked "
		    "by CRL and OCSP: %s", rp_words_duty(j, clock->duty, duty),
		    rp_words_certificates(rest, many),
		    rp_words_verdict(j, &row, verdict));
	late = certainly_late(j, clock, &by, &row.still_open);
	if (late > rest)
		late = rest;
	if (late > 0) {
		row.verdict = RP_VERDICT_BREACHED;
		row.count = late;
		row.has_overdue = true;
		row.overdue_s = by;
		rc = rp_findings_add(j, &row, "%s%s cannot have been shown "
		    "as revoked in time, as they were not recorded in time: "
		    "%s", rp_words_duty(j, clock->duty, duty),
		    rp_words_certificates(late, many),
		    rp_words_verdict(j, &row, verdict));
	}
	if (rc == RP_OK && rest > late)
		rc = add_undated(j, clock, rest - late, "no record says when "
		    "CRL and OCSP first showed the revocation");
	return rc;
}

/* ---- the rules ---------------------------------------------------------- */

/* Recorded, and for the strict reading published, by one deadline. */
static rp_status
judge_revocation(struct rp_judging *j, const struct rp_clock_row *clock)
{
	struct rp_clock_row strict = *clock;
	char id[64];
	uint64_t done;
	rp_status rc;

	rc = add_facts(j, clock, RP_FACT_REVOKED, &done);
	if (rc == RP_OK)
		rc = add_unrecorded(j, clock, done);
	if (rc != RP_OK || !clock->rule->terms->strict)
		return rc;
	(void)snprintf(id, sizeof(id), "%s/published", clock->rule->id);
	strict.id = id;
	rc = add_facts(j, &strict, RP_FACT_PUBLISHED, &done);
	if (rc == RP_OK)
		rc = add_unpublished(j, &strict, done);
	return rc;
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

rp_status
rp_check_revocation(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		char citation[96];
		struct rp_clock_row clock = { .rule = rule, .id = rule->id,
		    .duty = (int)d, .citation = citation };

		if (revocation_clock(rule, &j->cs->duty[d], &clock, citation,
		    sizeof(citation)))
			rc = judge_revocation(j, &clock);
	}
	return rc;
}

/* 4.9.5: from receipt to publication, the tier as of the day of receipt. */
rp_status
rp_check_published(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		struct rp_duty duty = j->cs->duty[d];
		struct rp_clock_row clock = { .rule = rule, .id = rule->id,
		    .duty = (int)d };
		struct rp_deadline dl;
		char citation[160];
		uint64_t done;

		duty.aware = duty.reported;
		if (!duty.has_reported || !rp_rule_covers(rule, &duty) ||
		    !rp_rule_in_force(rule, duty.reported.from) ||
		    rp_duty_deadline(&duty, &dl, NULL) != RP_OK)
			continue;
		(void)snprintf(citation, sizeof(citation), "%s, %s; %s",
		    rule->document, rule->section, dl.citation);
		clock.citation = citation;
		clock.start = dl.start;
		clock.due = dl.at;
		rc = add_facts(j, &clock, RP_FACT_PUBLISHED, &done);
		if (rc == RP_OK)
			rc = add_unpublished(j, &clock, done);
	}
	return rc;
}

/* ---- what follows a record of revocation -------------------------------- */

/*
 * The earliest fact of a kind by which as many certificates are covered as
 * were revoked up to and with a record.  Which ones they are nobody says, so
 * they are taken in the order in which they were revoked.
 */
static const struct rp_fact *
follower(const struct rp_judging *j, enum rp_fact_kind kind, int duty,
    uint64_t revoked)
{
	uint64_t done = 0;

	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (!rp_fact_is(j, fact, kind, duty))
			continue;
		done += rp_fact_size(j, fact, duty, done);
		if (done >= revoked)
			return fact;
	}
	return NULL;
}

static rp_status
judge_follower(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, uint64_t n, uint64_t revoked)
{
	const struct rp_fact *then = follower(j, kind, clock->duty, revoked);
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	row.has_count = true;
	row.count = n;
	(void)rp_words_duty(j, clock->duty, duty);
	(void)rp_words_certificates(n, many);
	if (then != NULL) {
		rp_finding_done(&row, then->at, then->origin.line);
		return rp_findings_add(j, &row, "%s%s: %s %s, %s", duty, many,
		    rp_fact_text(kind), rp_when_format(then->at, at),
		    rp_words_verdict(j, &row, verdict));
	}
	rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_DUE)
		return rp_findings_add(j, &row, "%s%s: no '%s' record yet, "
		    "%s", duty, many, rp_fact_word(kind),
		    rp_words_verdict(j, &row, verdict));
	rp_finding_leave(&row);
	return rp_findings_add(j, &row, "%s%s: the case has no '%s' record "
	    "for them, the deadline was %s", duty, many, rp_fact_word(kind),
	    rp_when_format(clock->due, at));
}

/* One row for each record of revocation that the edition was in force for. */
static rp_status
judge_followers(struct rp_judging *j, const struct rp_rule *rule, int duty,
    enum rp_fact_kind kind)
{
	char citation[160];
	uint64_t revoked = 0;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		const struct rp_fact *fact = j->fact[i];
		struct rp_clock_row clock = { .rule = rule, .id = rule->id,
		    .duty = duty, .citation = citation };
		uint64_t n;

		if (!rp_fact_is(j, fact, RP_FACT_REVOKED, duty))
			continue;
		n = rp_fact_size(j, fact, duty, revoked);
		revoked += n;
		if (!rp_rule_in_force(rule, fact->at.from))
			continue;
		rp_rule_cite(rule, 0, fact->at.from, citation,
		    sizeof(citation));
		clock.start = fact->at;
		clock.due = rp_when_plus(fact->at, rule->limit);
		rc = judge_follower(j, &clock, kind, n, revoked);
	}
	return rc;
}

static rp_status
each_duty(struct rp_judging *j, const struct rp_rule *rule,
    enum rp_fact_kind kind)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		if (rp_rule_covers(rule, &j->cs->duty[d]))
			rc = judge_followers(j, rule, (int)d, kind);
	return rc;
}

rp_status
rp_check_crl(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, RP_FACT_PUBLISHED);
}

rp_status
rp_check_ccadb(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, RP_FACT_CCADB_RECORD);
}
