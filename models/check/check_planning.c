/*
 * check/check_planning.c - being prepared for a mass revocation, and what
 * auditors say of it.
 */
#include <stdio.h>

#include "check/programs.h"

/* ---- shared with the other standing duties ------------------------------ */

rp_status
rp_judge_presence(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *fact, enum rp_fact_kind kind)
{
	const struct rp_fact *denial = rp_fact_denial(j, kind, clock->duty);
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], at[RP_INSTANT_TEXT];

	row.has_due = false;
	(void)rp_words_duty(j, clock->duty, duty);
	if (fact != NULL) {
		row.verdict = RP_VERDICT_MET;
		row.has_met = true;
		row.met = fact->at;
		row.line = fact->origin.line;
		return rp_findings_add(j, &row, "%s%s %s; the text names no "
		    "time for it", duty, rp_fact_text(kind),
		    rp_when_format(fact->at, at));
	}
	row.still_open = true;
	if (denial == NULL || rp_instant_cmp(denial->at.from,
	    rp_when_last(clock->start)) < 0)
		return rp_findings_add(j, &row, "%sthe case records no '%s'; "
		    "the text names no time for it", duty,
		    rp_fact_word(kind));
	row.verdict = RP_VERDICT_BREACHED;
	row.line = denial->origin.line;
	return rp_findings_add(j, &row, "%sno '%s' by %s as is on record",
	    duty, rp_fact_word(kind), rp_when_format(denial->at, at));
}

/* A clock of the CA as such, which begins with the rule. */
static struct rp_clock_row
standing_clock(const struct rp_rule *rule, char *citation, size_t size)
{
	return rp_clock_of(rule, -1, rp_when_exact(rp_rule_from(rule)),
	    citation, size);
}

static bool
holds_today(const struct rp_judging *j, const struct rp_rule *rule)
{
	return rp_rule_for_case(rule, j->cs) && rp_rule_in_force(rule, j->now);
}

/* "training, testing"; returns buf. */
static const char *
words_fields(uint64_t fields, char buf[RP_WORDS])
{
	size_t used = 0;

	buf[0] = '\0';
	for (int i = 0; i < RP_FIELDS && used < RP_WORDS; i++)
		if ((fields >> i & 1u) != 0)
			used += (size_t)snprintf(buf + used, RP_WORDS - used,
			    "%s%s", used > 0 ? ", " : "",
			    rp_field_text((enum rp_field)i));
	return buf;
}

/* ---- the plan and its elements ------------------------------------------ */

/*
 * What is on record of the plan, one statement after the other.  What a later
 * one leaves out is as the earlier ones had it.
 */
struct plan {
	uint64_t has, lacks;
	bool whole;			/* it had all of them before */
	bool lapsed;
	struct rp_when since;		/* when it should have been right */
	uint64_t missing;		/* in the open lapse; 0: none is */
	uint32_t line;
};

static rp_status
end_lapse(struct rp_judging *j, const struct rp_clock_row *clock,
    struct plan *plan, const struct rp_fact *mended)
{
	struct rp_finding row = rp_finding_of(clock);
	char fields[RP_WORDS], words[RP_WORDS];

	row.due = plan->since;
	row.line = plan->line;
	rp_finding_lapse(&row, j, mended != NULL ? &mended->at : NULL);
	if (row.has_due)
		(void)rp_words_verdict(j, &row, words);
	(void)words_fields(plan->missing, fields);
	plan->missing = 0;
	plan->lapsed = true;
	return rp_findings_add(j, &row, "the plan for mass revocation %s %s: "
	    "%s", mended != NULL ? "got what it had lacked," : "lacks", fields,
	    row.has_due ? words : "for how long cannot be told");
}

static rp_status
take_statement(struct rp_judging *j, const struct rp_clock_row *clock,
    struct plan *plan, const struct rp_fact *fact)
{
	const uint64_t all = clock->rule->terms->needs;

	plan->has = ((plan->has & ~fact->lacks) | fact->has) & all;
	plan->lacks = ((plan->lacks & ~fact->has) | fact->lacks) & all;
	if (plan->lacks != 0 && plan->missing == 0) {
		/* It was right until somebody says that it was not. */
		plan->since = plan->whole ? fact->at : clock->due;
		plan->line = fact->origin.line;
	}
	plan->missing |= plan->lacks;
	plan->whole |= plan->has == all;
	if (plan->lacks == 0 && plan->missing != 0)
		return end_lapse(j, clock, plan, fact);
	return RP_OK;
}

/* A plan of which nobody says that it lacked anything. */
static rp_status
judge_plan(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct plan *plan, const struct rp_fact *first)
{
	const uint64_t unknown = clock->rule->terms->needs & ~plan->has;
	struct rp_finding row = rp_finding_of(clock);
	char fields[RP_WORDS], words[RP_WORDS], at[RP_INSTANT_TEXT];

	rp_finding_done(&row, first->at, first->origin.line);
	(void)rp_when_format(first->at, at);
	if (row.verdict != RP_VERDICT_MET || unknown == 0)
		return rp_findings_add(j, &row, "%s %s, %s",
		    rp_fact_text(RP_FACT_MASS_PLAN), at,
		    rp_words_verdict(j, &row, words));
	rp_finding_leave(&row);
	return rp_findings_add(j, &row, "%s %s, but the case does not say "
	    "whether it has %s", rp_fact_text(RP_FACT_MASS_PLAN), at,
	    words_fields(unknown, fields));
}

rp_status
rp_check_mass_plan(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *first = rp_fact_first(j, RP_FACT_MASS_PLAN, -1,
	    NULL);
	struct plan plan = { .has = 0 };
	struct rp_clock_row clock;
	char citation[160];
	rp_status rc = RP_OK;

	if (!holds_today(j, rule))
		return RP_OK;
	clock = standing_clock(rule, citation, sizeof(citation));
	if (first == NULL)
		return rp_judge_once(j, &clock, NULL, RP_FACT_MASS_PLAN);
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++)
		if (j->fact[i]->kind == RP_FACT_MASS_PLAN)
			rc = take_statement(j, &clock, &plan, j->fact[i]);
	if (rc == RP_OK && plan.missing != 0)
		rc = end_lapse(j, &clock, &plan, NULL);
	if (rc == RP_OK && !plan.lapsed)
		rc = judge_plan(j, &clock, &plan, first);
	return rc;
}

/* ---- tests -------------------------------------------------------------- */

/* The same day of the next year; 29 February has its day on 28 February. */
static struct rp_instant
a_year_on(struct rp_instant t)
{
	struct rp_civil c = rp_civil_of_instant(t);

	c.year++;
	if (!rp_civil_valid(c))
		c.day = 28;
	return rp_instant_of_civil(c);
}

/*
 * What is due every year is due on a day, and in time until its end.  Only
 * where it is not known on which day the last one was is the next not either.
 */
static struct rp_when
due_a_year_on(struct rp_when last)
{
	const struct rp_span to_end = rp_span_of_s(INT64_C(86399));
	struct rp_instant from = rp_instant_plus(a_year_on(last.from), to_end);
	struct rp_instant until = rp_instant_plus(a_year_on(rp_when_last(last)),
	    to_end);

	if (rp_instant_cmp(from, until) == 0)
		return rp_when_exact(from);
	return (struct rp_when){ from, rp_instant_plus(until,
	    rp_span_of_s(1)) };
}

rp_status
rp_check_mass_test(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_instant from = rp_rule_from(rule);
	const struct rp_fact *test = NULL;
	struct rp_clock_row clock;
	char citation[160];
	rp_status rc = RP_OK;

	if (!holds_today(j, rule))
		return RP_OK;
	clock = standing_clock(rule, citation, sizeof(citation));
	for (size_t i = 0; i <= j->n_facts && rc == RP_OK; i++) {
		test = i < j->n_facts ? j->fact[i] : NULL;
		if (test != NULL && (test->kind != RP_FACT_MASS_TEST ||
		    rp_instant_cmp(rp_when_last(test->at), from) < 0))
			continue;
		clock.due = due_a_year_on(clock.start);
		rc = rp_judge_once(j, &clock, test, RP_FACT_MASS_TEST);
		if (test != NULL)
			clock.start = test->at;
	}
	return rc;
}

/* ---- Mozilla: being prepared -------------------------------------------- */

static const enum rp_fact_kind prepared[] = { RP_FACT_SUBSCRIBERS_WARNED,
    RP_FACT_AGREEMENT_TERMS, RP_FACT_MASS_PLAN };

#define PREPARED (sizeof(prepared) / sizeof(prepared[0]))

/*
 * Of what is not on record: one that somebody says had not been done, or else
 * the first; RP_FACT_KINDS: all are on record.  And the words for all.
 */
static enum rp_fact_kind
unprepared(const struct rp_judging *j, char buf[RP_WORDS])
{
	enum rp_fact_kind kind = RP_FACT_KINDS;
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < PREPARED; i++) {
		if (rp_fact_first(j, prepared[i], -1, NULL) != NULL)
			continue;
		used += (size_t)snprintf(buf + used, RP_WORDS - used,
		    "%s'%s'", used > 0 ? " and no " : "",
		    rp_fact_word(prepared[i]));
		if (kind == RP_FACT_KINDS ||
		    rp_fact_denial(j, prepared[i], -1) != NULL)
			kind = prepared[i];
	}
	return kind;
}

/* All of them are needed, so the last one decides; one late one is enough. */
rp_status
rp_check_preparation(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *last = NULL;
	char citation[160], missing[RP_WORDS];
	struct rp_clock_row clock;
	enum rp_fact_kind kind;
	int64_t late;

	if (!holds_today(j, rule))
		return RP_OK;
	clock = standing_clock(rule, citation, sizeof(citation));
	for (size_t i = 0; i < PREPARED; i++) {
		const struct rp_fact *fact = rp_fact_first(j, prepared[i], -1,
		    NULL);

		if (fact != NULL && (last == NULL || rp_instant_cmp(
		    rp_when_last(fact->at), rp_when_last(last->at)) > 0))
			last = fact;
	}
	kind = unprepared(j, missing);
	if (last != NULL && (kind == RP_FACT_KINDS || rp_judge_done(last->at,
	    clock.due, &late) == RP_VERDICT_BREACHED))
		return rp_judge_once(j, &clock, last, last->kind);
	return rp_judge_missing(j, &clock, kind, missing);
}

/*
 * When a CA's audit cycle begins is not in a case: on any day of the first
 * year, so that the end of the cycle is known to a year only.
 */
rp_status
rp_check_assessment(struct rp_judging *j, const struct rp_rule *rule)
{
	const enum rp_fact_kind kind = RP_FACT_ASSESSMENT;
	const struct rp_instant from = rp_rule_from(rule);
	const struct rp_fact *fact = rp_fact_first(j, kind, -1, &from);
	struct rp_clock_row clock;
	char citation[160];

	if (!rp_rule_for_case(rule, j->cs) ||
	    rp_instant_cmp(j->now, from) < 0 ||
	    (fact == NULL && rp_fact_denial(j, kind, -1) == NULL))
		return RP_OK;
	clock = rp_clock_of(rule, -1, (struct rp_when){ from, a_year_on(from)
	    }, citation, sizeof(citation));
	return rp_judge_once(j, &clock, fact, kind);
}

/* ---- audit statements --------------------------------------------------- */

/* What an audit statement must have; a later one mends what it lacks. */
static rp_status
judge_statement(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *statement, int duty, const char *by)
{
	const struct rp_content content = { .rule = rule,
	    .report = statement, .needs = rule->terms->needs,
	    .mends = RP_FACT_BIT(RP_FACT_AUDIT_STATEMENT), .duty = duty,
	    .by = by };

	return rp_judge_content(j, &content);
}

rp_status
rp_check_audit(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++)
		if (j->fact[i]->kind == RP_FACT_AUDIT_STATEMENT &&
		    rp_rule_in_force(rule, j->fact[i]->at.from))
			rc = judge_statement(j, rule, j->fact[i], -1, NULL);
	return rc;
}

/* A duty that is certainly late must be in the next audit statement. */
static rp_status
judge_delay_finding(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_duty *duty, int d, const struct rp_deadline *dl)
{
	const struct rp_instant missed = rp_when_last(dl->at);
	const struct rp_fact *statement = rp_fact_first(j,
	    RP_FACT_AUDIT_STATEMENT, d, &missed);
	char citation[160], words[RP_WORDS];
	struct rp_clock_row clock;
	struct rp_finding row;

	if (statement != NULL)
		return judge_statement(j, rule, statement, d, duty->by);
	clock = rp_clock_of(rule, d, dl->at, citation, sizeof(citation));
	clock.by = duty->by;
	row = rp_finding_of(&clock);
	row.has_due = false;
	row.still_open = true;
	return rp_findings_add(j, &row, "%sthe case records no audit "
	    "statement after the deadline that was missed; the next one must "
	    "list the delay as a finding", rp_words_duty(j, d, words));
}

rp_status
rp_check_delay_finding(struct rp_judging *j, const struct rp_rule *rule)
{
	return rp_each_late_duty(j, rule, judge_delay_finding);
}
