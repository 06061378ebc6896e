/*
 * check/once.c - what must be done once, by a deadline.
 *
 * What the case does not record may have been done all the same, so its
 * absence after the deadline is undecided, and a breach only where somebody
 * is on record as saying that it had not been done.
 */
#include <stdio.h>

#include "check/judging.h"

struct rp_clock_row
rp_clock_of(const struct rp_rule *rule, int duty, struct rp_when start,
    char *citation, size_t size)
{
	rp_rule_cite(rule, 0, start.from, citation, size);
	return (struct rp_clock_row){
		.rule = rule, .id = rule->id, .citation = citation,
		.duty = duty, .start = start,
		.due = rp_when_plus(start, rule->limit)
	};
}

/* Nothing is on record, and it is too late for it. */
static rp_status
add_overdue(struct rp_judging *j, struct rp_finding *row, const char *duty,
    const char *word)
{
	const struct rp_fact *closed = rp_fact_first(j, RP_FACT_CLOSED, -1,
	    NULL);
	char span[RP_UNIT_TEXT], due[RP_INSTANT_TEXT], end[RP_INSTANT_TEXT];

	(void)rp_span_format(rp_span_of_s(row->overdue_s), span);
	rp_finding_leave(row);
	/* After the end nobody waits for it, unless it began after that. */
	if (closed != NULL &&
	    rp_instant_cmp(closed->at.from, row->clock_start.from) >= 0 &&
	    rp_instant_cmp(rp_when_last(closed->at), row->due.from) <= 0)
		return rp_findings_add(j, row, "%sthe case records no %s; the "
		    "report was closed (%s) before the deadline of %s", duty,
		    word, rp_when_format(closed->at, end),
		    rp_when_format(row->due, due));
	if (closed != NULL &&
	    rp_instant_cmp(closed->at.from, row->clock_start.from) >= 0)
		return rp_findings_add(j, row, "%sthe case records no %s "
		    "between the deadline of %s and the closing of the report "
		    "(%s)", duty, word, rp_when_format(row->due, due),
		    rp_when_format(closed->at, end));
	return rp_findings_add(j, row, "%sthe case records no %s; if there "
	    "was none, it is overdue by %s since the deadline of %s", duty,
	    word, span, rp_when_format(row->due, due));
}

rp_status
rp_judge_missing(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, const char *word)
{
	const struct rp_fact *denial = rp_fact_denial(j, kind, clock->duty);
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], verdict[RP_WORDS], at[RP_INSTANT_TEXT];

	(void)rp_words_duty(j, clock->duty, duty);
	if (denial != NULL)
		rp_finding_done(&row, denial->at, denial->origin.line);
	if (denial != NULL && row.verdict == RP_VERDICT_BREACHED) {
		row.has_met = false;
		row.still_open = true;
		row.least = true;
		return rp_findings_add(j, &row, "%sno %s by %s as is on "
		    "record, %s", duty, word, rp_when_format(denial->at, at),
		    rp_words_verdict(j, &row, verdict));
	}
	row = rp_finding_of(clock);
	rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_BREACHED)
		return add_overdue(j, &row, duty, word);
	return rp_findings_add(j, &row, "%sno %s on record yet, %s",
	    duty, word, rp_words_verdict(j, &row, verdict));
}

/* What is missing is the CA's, where others disclosed the incident. */
static const char *
whose(const struct rp_judging *j, enum rp_fact_kind kind)
{
	struct rp_walk walk = rp_walk_of(j, kind, -1);

	return kind == RP_FACT_INCIDENT_DISCLOSED &&
	    rp_walk_next(&walk) != NULL ? " by the CA itself" : "";
}

rp_status
rp_judge_once(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *fact, enum rp_fact_kind kind)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], verdict[RP_WORDS], at[RP_INSTANT_TEXT];
	char missing[RP_WORDS];

	if (fact == NULL) {
		(void)snprintf(missing, sizeof(missing), "'%s'%s",
		    rp_fact_word(kind), whose(j, kind));
		return rp_judge_missing(j, clock, kind, missing);
	}
	rp_finding_done(&row, fact->at, fact->origin.line);
	return rp_findings_add(j, &row, "%s%s %s, %s",
	    rp_words_duty(j, clock->duty, duty), rp_fact_text(kind),
	    rp_when_format(fact->at, at), rp_words_verdict(j, &row, verdict));
}

/* ---- rules that the table describes whole ------------------------------- */

/* One clock; after: only what is not before its start counts as the end. */
static rp_status
judge_from(struct rp_judging *j, const struct rp_rule *rule, int duty,
    const char *by, struct rp_when start, bool after)
{
	enum rp_fact_kind ends = rule->terms->ends;
	char citation[160];
	struct rp_clock_row clock = rp_clock_of(rule, duty, start, citation,
	    sizeof(citation));

	clock.by = by;
	return rp_judge_once(j, &clock, ends == RP_FACT_INCIDENT_DISCLOSED ?
	    rp_own_disclosure(j) : rp_fact_first(j, ends, duty,
	    after ? &start.from : NULL), ends);
}

static rp_status
once_from_clocks(struct rp_judging *j, const struct rp_rule *rule)
{
	bool notice = rule->terms->anchor == RP_ANCHOR_NOTICE;
	rp_status rc = RP_OK;

	for (size_t c = 0; c < rp_judged_clocks(j, -1) && rc == RP_OK; c++) {
		struct rp_clock_said said = rp_judged_clock(j, c);
		struct rp_when start = notice ? said.reported : said.aware;

		if ((notice && !said.has_reported) ||
		    rp_judged_before(j, -1, c, notice) ||
		    !rp_rule_in_force(rule, start.from))
			continue;
		rc = judge_from(j, rule, -1, said.by, start, false);
	}
	return rc;
}

static rp_status
once_from_facts(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++)
		if (j->fact[i]->kind == rule->terms->starts &&
		    rp_rule_in_force(rule, j->fact[i]->at.from))
			rc = judge_from(j, rule, -1, NULL, j->fact[i]->at,
			    true);
	return rc;
}

rp_status
rp_check_once(struct rp_judging *j, const struct rp_rule *rule)
{
	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	switch (rule->terms->anchor) {
	case RP_ANCHOR_AWARE:
	case RP_ANCHOR_NOTICE:
		return once_from_clocks(j, rule);
	case RP_ANCHOR_FACT:
		return once_from_facts(j, rule);
	case RP_ANCHOR_RULE:
		/* What always holds is asked as of today. */
		if (!rp_rule_in_force(rule, j->now))
			return RP_OK;
		return judge_from(j, rule, -1, NULL,
		    rp_when_exact(rp_rule_from(rule)), false);
	case RP_ANCHOR_NONE:
		break;
	}
	return RP_OK;
}
