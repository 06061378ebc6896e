/*
 * rules/check_reports.c - what must be reported, to whom, and by when.
 */
#include <stdio.h>

#include "base/mem.h"
#include "rules/judging.h"

/* ---- problem reports, BR 4.9.5 ------------------------------------------ */

static bool
reported_under(const struct rp_rule *rule, const struct rp_duty *duty)
{
	return duty->has_reported && rp_rule_covers(rule, duty) &&
	    rp_rule_in_force(rule, duty->reported.from);
}

rp_status
rp_check_begin(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		const struct rp_duty *duty = &j->cs->duty[d];
		struct rp_clock_row clock;
		char citation[160];

		if (!reported_under(rule, duty))
			continue;
		clock = rp_clock_of(rule, (int)d, duty->reported, citation,
		    sizeof(citation));
		rc = rp_judge_once(j, &clock, rp_fact_first(j,
		    RP_FACT_INVESTIGATION_BEGUN, (int)d, NULL),
		    RP_FACT_INVESTIGATION_BEGUN);
	}
	return rc;
}

static const struct rp_fact *
report_to(const struct rp_judging *j, int duty, enum rp_recipient to)
{
	for (size_t i = 0; i < j->n_facts; i++)
		if (rp_fact_is(j, j->fact[i], RP_FACT_PRELIMINARY_REPORT,
		    duty) && j->fact[i]->to == to)
			return j->fact[i];
	return NULL;
}

/* Both must have it: the later report decides, a late one breaks the rule. */
static rp_status
judge_preliminary(struct rp_judging *j, const struct rp_clock_row *clock)
{
	const struct rp_fact *sub = report_to(j, clock->duty,
	    RP_TO_SUBSCRIBER);
	const struct rp_fact *rep = report_to(j, clock->duty,
	    RP_TO_REPORTER);
	const struct rp_fact *last = sub;
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], verdict[RP_WORDS], at[RP_INSTANT_TEXT];
	const char *who = "subscriber";

	if (sub == NULL || (rep != NULL && rp_instant_cmp(
	    rp_when_last(rep->at), rp_when_last(sub->at)) > 0)) {
		last = rep;
		who = "reporter";
	}
	if (last != NULL)
		rp_finding_done(&row, last->at, last->origin.line);
	if ((sub == NULL || rep == NULL) &&
	    (last == NULL || row.verdict != RP_VERDICT_BREACHED))
		return rp_judge_missing(j, clock,
		    RP_FACT_PRELIMINARY_REPORT, sub == NULL && rep == NULL ?
		    "report of findings to the subscriber and to the reporter"
		    : sub == NULL ? "report of findings to the subscriber" :
		    "report of findings to the reporter");
	return rp_findings_add(j, &row, "%sfindings sent to the %s %s, %s",
	    rp_words_duty(j, clock->duty, duty), who,
	    rp_when_format(last->at, at), rp_words_verdict(j, &row, verdict));
}

rp_status
rp_check_preliminary(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		const struct rp_duty *duty = &j->cs->duty[d];
		struct rp_clock_row clock;
		char citation[160];

		if (!reported_under(rule, duty))
			continue;
		clock = rp_clock_of(rule, (int)d, duty->reported, citation,
		    sizeof(citation));
		rc = judge_preliminary(j, &clock);
	}
	return rc;
}

/* ---- incident reports --------------------------------------------------- */

static rp_status
judge_report(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_when start, enum rp_fact_kind kind)
{
	struct rp_clock_row clock;
	char citation[160];

	clock = rp_clock_of(rule, -1, start, citation, sizeof(citation));
	return rp_judge_once(j, &clock, rp_fact_first(j, kind, -1, NULL), kind);
}

rp_status
rp_check_first_report(struct rp_judging *j, const struct rp_rule *rule)
{
	if (!rp_rule_for_case(rule, j->cs) ||
	    !rp_rule_in_force(rule, j->cs->aware.from))
		return RP_OK;
	return judge_report(j, rule, j->cs->aware,
	    RP_FACT_INCIDENT_DISCLOSED);
}

/*
 * The issue was first reported by somebody else, or by the CA's own
 * disclosure.  Without either the clock's start is not known.
 */
rp_status
rp_check_two_weeks(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *disclosed = rp_fact_first(j,
	    RP_FACT_INCIDENT_DISCLOSED, -1, NULL);
	struct rp_when start = j->cs->aware;
	struct rp_finding row;
	struct rp_clock_row clock;
	char citation[160];

	if (j->cs->has_reported)
		start = j->cs->reported;
	else if (disclosed != NULL)
		start = disclosed->at;
	if (!rp_rule_for_case(rule, j->cs) ||
	    !rp_rule_in_force(rule, start.from))
		return RP_OK;
	if (j->cs->has_reported || disclosed != NULL)
		return judge_report(j, rule, start, RP_FACT_FULL_REPORT);
	clock = rp_clock_of(rule, -1, start, citation, sizeof(citation));
	row = rp_finding_of(&clock);
	row.has_due = false;
	return rp_findings_add(j, &row, "the two weeks run from the first "
	    "report of the issue, and the case records neither a report nor "
	    "'%s'", rp_fact_word(RP_FACT_INCIDENT_DISCLOSED));
}

rp_status
rp_check_fourteen_days(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *disclosed = rp_fact_first(j,
	    RP_FACT_INCIDENT_DISCLOSED, -1, NULL);

	/* Before the disclosure the clock does not run. */
	if (disclosed == NULL || !rp_rule_for_case(rule, j->cs) ||
	    !rp_rule_in_force(rule, disclosed->at.from))
		return RP_OK;
	return judge_report(j, rule, disclosed->at, RP_FACT_FULL_REPORT);
}

/* ---- questions ---------------------------------------------------------- */

static bool
posted_within(const struct rp_judging *j, struct rp_instant after,
    struct rp_instant by)
{
	for (size_t i = 0; i < j->n_posts; i++)
		if (rp_instant_cmp(rp_when_last(j->post[i]->at), after) >= 0 &&
		    rp_instant_cmp(j->post[i]->at.from, by) <= 0)
			return true;
	return false;
}

/*
 * Nobody is on record as having answered.  Where posts are recorded, none of
 * them in time means that there was no answer; one in time may be it.
 */
static rp_status
add_unanswered(struct rp_judging *j, const struct rp_clock_row *clock)
{
	struct rp_finding row = rp_finding_of(clock);
	char asked[RP_INSTANT_TEXT], verdict[RP_WORDS];

	rp_finding_open(&row, j);
	(void)rp_when_format(clock->start, asked);
	if (row.verdict == RP_VERDICT_BREACHED && (j->n_posts == 0 ||
	    posted_within(j, clock->start.from, rp_when_last(clock->due)))) {
		rp_finding_leave(&row);
		return rp_findings_add(j, &row, "the question of %s has no "
		    "answer on record, %s", asked, j->n_posts == 0 ?
		    "and the case lists no posts" :
		    "but a post in time may be one");
	}
	return rp_findings_add(j, &row, "the question of %s has no answer on "
	    "record, %s", asked, rp_words_verdict(j, &row, verdict));
}

/* Which answer belongs to which question. */
struct pairing {
	const struct rp_fact **own;	/* of each fact of the case: the first
					 * answer that names it, or NULL */
	size_t next;			/* answer that names nothing */
};

static rp_status
pair_up(const struct rp_judging *j, struct pairing *p)
{
	*p = (struct pairing){ .own = rp_alloc_zeroed(j->cs->n_facts,
	    sizeof(const struct rp_fact *)) };
	if (p->own == NULL)
		return rp_fail(j->err, RP_ENOMEM,
		    "no memory for the questions");
	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (fact->kind == RP_FACT_ANSWER && fact->answers >= 0 &&
		    p->own[fact->answers] == NULL)
			p->own[fact->answers] = fact;
	}
	return RP_OK;
}

/*
 * The answer that names the question; where none does, the n-th of the other
 * answers belongs to the n-th of the other questions, for the case does not
 * say more.  NULL: there is none.
 */
static const struct rp_fact *
answer_of(const struct rp_judging *j, struct pairing *p,
    const struct rp_fact *q)
{
	const struct rp_fact *own = p->own[q - j->cs->fact];

	if (own != NULL)
		return own;
	for (; p->next < j->n_facts; p->next++) {
		const struct rp_fact *fact = j->fact[p->next];

		if (fact->kind == RP_FACT_ANSWER && fact->answers < 0 &&
		    rp_instant_cmp(rp_when_last(fact->at), q->at.from) >= 0)
			return j->fact[p->next++];
	}
	return NULL;
}

static rp_status
judge_question(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_span limit, const struct rp_fact *q,
    const struct rp_fact *answer)
{
	char citation[160], asked[RP_INSTANT_TEXT], words[RP_WORDS];
	struct rp_clock_row clock = rp_clock_of(rule, -1, q->at, citation,
	    sizeof(citation));
	struct rp_finding row;

	clock.due = rp_when_plus(q->at, limit);
	if (answer == NULL)
		return add_unanswered(j, &clock);
	row = rp_finding_of(&clock);
	rp_finding_done(&row, answer->at, answer->origin.line);
	return rp_findings_add(j, &row, "the question of %s was answered %s",
	    rp_when_format(q->at, asked), rp_words_verdict(j, &row, words));
}

static rp_status
judge_questions(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_span limit)
{
	struct pairing p;
	rp_status rc = pair_up(j, &p);

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		const struct rp_fact *q = j->fact[i], *answer;

		if (q->kind != RP_FACT_QUESTION)
			continue;
		answer = answer_of(j, &p, q);
		if (rp_rule_in_force(rule, q->at.from))
			rc = judge_question(j, rule, limit, q, answer);
	}
	rp_release_mem(p.own);
	return rc;
}

rp_status
rp_check_questions(struct rp_judging *j, const struct rp_rule *rule)
{
	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	return judge_questions(j, rule, rule->limit);
}

/* One sentence of IRG 2.0 holds three clocks: two weeks, one week, weekly. */
rp_status
rp_check_irg20(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_span week = rp_span_of_s(INT64_C(7) * 86400);
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	if (rp_rule_in_force(rule, j->cs->aware.from))
		rc = judge_report(j, rule, j->cs->aware, RP_FACT_FULL_REPORT);
	if (rc == RP_OK)
		rc = judge_questions(j, rule, week);
	if (rc == RP_OK)
		rc = rp_judge_updates(j, rule, week);
	return rc;
}

/* ---- delayed revocation ------------------------------------------------- */

/* The deadline of a duty that is certainly late, under a rule of that day. */
static bool
missed(const struct rp_judging *j, const struct rp_rule *rule, int d,
    struct rp_lateness *late)
{
	const struct rp_duty *duty = &j->cs->duty[d];
	struct rp_deadline dl;

	if (!rp_rule_covers(rule, duty) ||
	    rp_duty_deadline(duty, &dl, NULL) != RP_OK ||
	    !rp_rule_in_force(rule, dl.at.from))
		return false;
	*late = rp_duty_lateness(j, d, &dl);
	return late->late;
}

rp_status
rp_check_delay_decision(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		struct rp_lateness late;
		struct rp_clock_row clock;
		char citation[160];

		if (!missed(j, rule, (int)d, &late))
			continue;
		clock = rp_clock_of(rule, (int)d, late.deadline.start, citation,
		    sizeof(citation));
		clock.due = late.deadline.at;
		rc = rp_judge_once(j, &clock, rp_fact_first(j,
		    RP_FACT_DELAY_DISCLOSED, (int)d, NULL),
		    RP_FACT_DELAY_DISCLOSED);
	}
	return rc;
}

/* When the CA decided to be late is not recorded, so the deadline starts it. */
rp_status
rp_check_delay_report(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		struct rp_lateness late;
		struct rp_clock_row clock;
		char citation[160];

		if (!missed(j, rule, (int)d, &late))
			continue;
		clock = rp_clock_of(rule, (int)d, late.deadline.at, citation,
		    sizeof(citation));
		rc = rp_judge_once(j, &clock, rp_fact_first(j,
		    RP_FACT_DELAY_DISCLOSED, (int)d, NULL),
		    RP_FACT_DELAY_DISCLOSED);
	}
	return rc;
}
