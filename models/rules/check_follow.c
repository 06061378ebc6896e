/*
 * rules/check_follow.c - what must follow each record of a revocation: the
 * CRL and OCSP that show it, and the record in CCADB.
 *
 * The clock starts with the record, so it does not matter here whose
 * statement of the awareness is right.
 */
#include "rules/account.h"

static rp_status
judge_follower(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, const struct rp_part *part,
    const struct rp_fact *then)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, part->n, part->fact);
	(void)rp_words_duty(j, clock->duty, duty);
	(void)rp_words_count(&row, many);
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

/*
 * One row for each record of revocation that the edition was in force for.
 * It is followed by the earliest fact by which as many certificates are
 * covered as were revoked up to and with it: which ones they are nobody says,
 * so they are taken in the order in which they were revoked.
 */
static rp_status
judge_parts(struct rp_judging *j, const struct rp_clock_row *from,
    enum rp_fact_kind kind, const struct rp_account *revoked,
    const struct rp_account *shown)
{
	uint64_t due = 0, done = 0;
	rp_status rc = RP_OK;
	size_t next = 0;

	for (size_t i = 0; i < revoked->n_parts && rc == RP_OK; i++) {
		const struct rp_part *part = &revoked->part[i];
		struct rp_clock_row clock = *from;
		char citation[160];

		due += part->n;
		while (done < due && next < shown->n_parts)
			done += shown->part[next++].n;
		if (!rp_rule_in_force(from->rule, part->fact->at.from))
			continue;
		rp_rule_cite(from->rule, 0, part->fact->at.from, citation,
		    sizeof(citation));
		clock.citation = citation;
		clock.start = part->fact->at;
		clock.due = rp_when_plus(part->fact->at, from->rule->limit);
		rc = judge_follower(j, &clock, kind, part, done >= due &&
		    next > 0 ? shown->part[next - 1].fact : NULL);
	}
	return rc;
}

static rp_status
judge_followers(struct rp_judging *j, const struct rp_rule *rule, int duty,
    enum rp_fact_kind kind)
{
	const struct rp_clock_row from = { .rule = rule, .id = rule->id,
	    .duty = duty };
	struct rp_account revoked, shown = { 0 };
	rp_status rc = rp_account_of(j, RP_FACT_REVOKED, duty, &revoked);

	if (rc == RP_OK)
		rc = rp_account_of(j, kind, duty, &shown);
	if (rc == RP_OK)
		rc = judge_parts(j, &from, kind, &revoked, &shown);
	rp_account_release(&revoked);
	rp_account_release(&shown);
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
