/*
 * check/check_reports.c - what must be reported, to whom, and by when.
 */
#include <string.h>

#include "base/mem.h"
#include "check/account.h"

/* ---- problem reports, BR 4.9.5 ------------------------------------------ */

static rp_status
judge_begin(struct rp_judging *j, const struct rp_clock_row *clock)
{
	return rp_judge_once(j, clock, rp_fact_first(j,
	    RP_FACT_INVESTIGATION_BEGUN, clock->duty, NULL),
	    RP_FACT_INVESTIGATION_BEGUN);
}

/* Every duty that was reported, by every statement of when it was. */
static rp_status
each_reported(struct rp_judging *j, const struct rp_rule *rule,
    rp_status (*judge)(struct rp_judging *, const struct rp_clock_row *))
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties; d++)
		for (size_t c = 0; c < rp_judged_clocks(j, (int)d) &&
		    rc == RP_OK; c++) {
			struct rp_duty duty = rp_judged_duty(j, d, c);
			struct rp_clock_row clock;
			char citation[160];

			if (!duty.has_reported || !rp_rule_covers(rule,
			    &duty) || rp_judged_before(j, (int)d, c, true) ||
			    !rp_rule_in_force(rule, duty.reported.from))
				continue;
			clock = rp_clock_of(rule, (int)d, duty.reported,
			    citation, sizeof(citation));
			clock.by = duty.by;
			rc = judge(j, &clock);
		}
	return rc;
}

rp_status
rp_check_begin(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_reported(j, rule, judge_begin);
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

/* The later moment of two; each may be the later one where they overlap. */
static struct rp_when
later_of(struct rp_when a, struct rp_when b)
{
	return (struct rp_when){
		rp_instant_cmp(a.from, b.from) > 0 ? a.from : b.from,
		rp_instant_cmp(a.until, b.until) > 0 ? a.until : b.until
	};
}

static rp_status
add_unsent(struct rp_judging *j, const struct rp_clock_row *clock, bool sub,
    bool rep)
{
	return rp_judge_missing(j, clock, RP_FACT_PRELIMINARY_REPORT,
	    sub ? "report of findings to the reporter" :
	    rep ? "report of findings to the subscriber" :
	    "report of findings to the subscriber and to the reporter");
}

/* Only one of them has it: too late is too late, whoever else got none. */
static rp_status
judge_one_report(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *sub, const struct rp_fact *rep)
{
	const struct rp_fact *only = sub != NULL ? sub : rep;
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], verdict[RP_WORDS], at[RP_INSTANT_TEXT];

	if (only == NULL)
		return add_unsent(j, clock, false, false);
	rp_finding_done(&row, only->at, only->origin.line);
	if (row.verdict != RP_VERDICT_BREACHED)
		return add_unsent(j, clock, sub != NULL, rep != NULL);
	row.has_met = false;
	return rp_findings_add(j, &row, "%sfindings sent to the %s %s, %s; "
	    "no record says that the %s got any",
	    rp_words_duty(j, clock->duty, duty),
	    sub != NULL ? "subscriber" : "reporter",
	    rp_when_format(only->at, at), rp_words_verdict(j, &row, verdict),
	    sub != NULL ? "reporter" : "subscriber");
}

/* Both must have it, so the rule is kept when the second one has it. */
static rp_status
judge_preliminary(struct rp_judging *j, const struct rp_clock_row *clock)
{
	const struct rp_fact *sub = report_to(j, clock->duty,
	    RP_TO_SUBSCRIBER);
	const struct rp_fact *rep = report_to(j, clock->duty,
	    RP_TO_REPORTER);
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], verdict[RP_WORDS], at[RP_INSTANT_TEXT];
	bool second;

	if (sub == NULL || rep == NULL)
		return judge_one_report(j, clock, sub, rep);
	second = rp_instant_cmp(rep->at.from, sub->at.from) > 0;
	rp_finding_done(&row, later_of(sub->at, rep->at),
	    second ? rep->origin.line : sub->origin.line);
	return rp_findings_add(j, &row, "%sfindings sent to the %s %s, %s",
	    rp_words_duty(j, clock->duty, duty),
	    second ? "reporter" : "subscriber",
	    rp_when_format(second ? rep->at : sub->at, at),
	    rp_words_verdict(j, &row, verdict));
}

rp_status
rp_check_preliminary(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_reported(j, rule, judge_preliminary);
}

/* ---- incident reports --------------------------------------------------- */

/* Who disclosed it is named as another than the CA. */
static bool
is_by_another(const struct rp_judging *j, const struct rp_fact *fact)
{
	const char *ca = j->cs->ca;

	return fact->by != NULL && ca != NULL && strstr(ca, fact->by) ==
	    NULL && strstr(fact->by, ca) == NULL;
}

/* Where one has nobody's name and another has one, the former is the CA's. */
const struct rp_fact *
rp_own_disclosure(const struct rp_judging *j)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_INCIDENT_DISCLOSED, -1);
	const struct rp_fact *fact, *named = NULL;

	while ((fact = rp_walk_next(&walk)) != NULL) {
		if (fact->by == NULL)
			return fact;
		if (named == NULL && !is_by_another(j, fact))
			named = fact;
	}
	return named;
}

static rp_status
judge_report(struct rp_judging *j, const struct rp_rule *rule,
    const char *by, struct rp_when start, enum rp_fact_kind kind)
{
	struct rp_clock_row clock;
	char citation[160];

	clock = rp_clock_of(rule, -1, start, citation, sizeof(citation));
	clock.by = by;
	return rp_judge_once(j, &clock, kind == RP_FACT_INCIDENT_DISCLOSED ?
	    rp_own_disclosure(j) : rp_fact_first(j, kind, -1, NULL), kind);
}

/*
 * A full report in time is a first report, too.  A late one proves nothing
 * where no disclosure is on record: there may have been one before it.
 */
static enum rp_fact_kind
first_report(const struct rp_judging *j, struct rp_when due)
{
	const struct rp_fact *full = rp_fact_first(j, RP_FACT_FULL_REPORT, -1,
	    NULL);
	int64_t late;

	if (full != NULL && rp_judge_done(full->at, due, &late) ==
	    RP_VERDICT_MET && rp_own_disclosure(j) == NULL)
		return RP_FACT_FULL_REPORT;
	return RP_FACT_INCIDENT_DISCLOSED;
}

rp_status
rp_check_first_report(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t c = 0; c < rp_judged_clocks(j, -1) && rc == RP_OK; c++) {
		struct rp_clock_said said = rp_judged_clock(j, c);

		if (rp_rule_in_force(rule, said.aware.from) &&
		    !rp_judged_before(j, -1, c, false))
			rc = judge_report(j, rule, said.by, said.aware,
			    first_report(j, rp_when_plus(said.aware,
			    rule->limit)));
	}
	return rc;
}

/* Without a first report of the issue the clock's start is not known. */
static rp_status
add_no_start(struct rp_judging *j, const struct rp_rule *rule)
{
	struct rp_finding row;
	struct rp_clock_row clock;
	char citation[160];

	clock = rp_clock_of(rule, -1, j->cs->aware, citation,
	    sizeof(citation));
	row = rp_finding_of(&clock);
	row.has_due = false;
	return rp_findings_add(j, &row, "the two weeks run from the first "
	    "report of the issue, and the case records neither a report nor "
	    "'%s'", rp_fact_word(RP_FACT_INCIDENT_DISCLOSED));
}

/*
 * The issue was first reported by somebody else, or by the CA's own
 * disclosure, which is the same by any statement of the clock.
 */
static rp_status
judge_two_weeks(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_clock_said *said)
{
	const struct rp_fact *disclosed = rp_fact_first(j,
	    RP_FACT_INCIDENT_DISCLOSED, -1, NULL);
	struct rp_when start = said->has_reported ? said->reported :
	    disclosed != NULL ? disclosed->at : said->aware;

	if (!rp_rule_in_force(rule, start.from) ||
	    (said->by != NULL && !said->has_reported))
		return RP_OK;
	if (!said->has_reported && disclosed == NULL)
		return add_no_start(j, rule);
	return judge_report(j, rule, said->by, start, RP_FACT_FULL_REPORT);
}

rp_status
rp_check_two_weeks(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t c = 0; c < rp_judged_clocks(j, -1) && rc == RP_OK; c++) {
		struct rp_clock_said said = rp_judged_clock(j, c);

		if (!rp_judged_before(j, -1, c, true))
			rc = judge_two_weeks(j, rule, &said);
	}
	return rc;
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
	return judge_report(j, rule, NULL, disclosed->at,
	    RP_FACT_FULL_REPORT);
}

/* ---- questions ---------------------------------------------------------- */

bool
rp_posted_between(const struct rp_judging *j, struct rp_instant after,
    struct rp_instant by)
{
	size_t low = 0, high = j->n_posts;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rp_instant_cmp(j->post[middle]->at.from, by) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && rp_instant_cmp(j->reach[low - 1], after) >= 0;
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
	    rp_posted_between(j, clock->start.from,
	    rp_when_last(clock->due)))) {
		rp_finding_leave(&row);
		return rp_findings_add(j, &row, "the question of %s has no "
		    "answer on record, %s", asked, j->n_posts == 0 ?
		    "and the case lists no posts" :
		    "but a post in time may be one");
	}
	return rp_findings_add(j, &row, "the question of %s has no answer on "
	    "record, %s", asked, rp_words_verdict(j, &row, verdict));
}

/* The first answer that names each fact of the case, NULL where none does. */
static const struct rp_fact **
named_answers(const struct rp_judging *j)
{
	const struct rp_fact **own = rp_alloc_zeroed(j->cs->n_facts,
	    sizeof(const struct rp_fact *));

	for (size_t i = 0; own != NULL && i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (fact->kind == RP_FACT_ANSWER && fact->answers >= 0 &&
		    own[fact->answers] == NULL)
			own[fact->answers] = fact;
	}
	return own;
}

/* The next answer from *at on that names nothing and may answer q. */
static const struct rp_fact *
next_answer(const struct rp_judging *j, const struct rp_fact *q, size_t *at)
{
	for (; *at < j->n_facts; (*at)++) {
		const struct rp_fact *fact = j->fact[*at];

		if (fact->kind == RP_FACT_ANSWER && fact->answers < 0 &&
		    rp_instant_cmp(rp_when_last(fact->at), q->at.from) >= 0)
			return j->fact[(*at)++];
	}
	return NULL;
}

/*
 * The answer that names the question; where none does, the n-th of the other
 * answers belongs to the n-th of the other questions, for the case does not
 * say more.
 */
rp_status
rp_pair_questions(const struct rp_judging *j, struct rp_asked **out, size_t *n)
{
	const struct rp_fact **own = named_answers(j);
	struct rp_asked *asked = rp_alloc_zeroed(j->n_facts, sizeof(*asked));
	size_t at = 0;

	if (own == NULL || asked == NULL) {
		rp_release_mem(own);
		rp_release_mem(asked);
		return rp_fail(j->err, RP_ENOMEM,
		    "no memory for the questions");
	}
	*n = 0;
	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *q = j->fact[i];

		if (q->kind != RP_FACT_QUESTION)
			continue;
		asked[*n].question = q;
		asked[*n].answer = own[q - j->cs->fact];
		if (asked[*n].answer == NULL)
			asked[*n].answer = next_answer(j, q, &at);
		(*n)++;
	}
	rp_release_mem(own);
	*out = asked;
	return RP_OK;
}

static rp_status
judge_question(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_span limit, const struct rp_fact *q,
    const struct rp_fact *answer)
{
	char citation[160], asked[RP_INSTANT_TEXT], words[RP_WORDS];
	char at[RP_INSTANT_TEXT];
	struct rp_clock_row clock = rp_clock_of(rule, -1, q->at, citation,
	    sizeof(citation));
	struct rp_finding row;

	clock.due = rp_when_plus(q->at, limit);
	if (answer == NULL)
		return add_unanswered(j, &clock);
	row = rp_finding_of(&clock);
	rp_finding_done(&row, answer->at, answer->origin.line);
	(void)rp_when_format(q->at, asked);
	(void)rp_words_verdict(j, &row, words);
	if (row.verdict == RP_VERDICT_UNDECIDED)
		return rp_findings_add(j, &row, "the question of %s was "
		    "answered %s; %s", asked, rp_when_format(answer->at, at),
		    words);
	return rp_findings_add(j, &row, "the question of %s was answered %s",
	    asked, words);
}

static rp_status
judge_questions(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_span limit)
{
	struct rp_asked *asked = NULL;
	size_t n = 0;
	rp_status rc = rp_pair_questions(j, &asked, &n);

	for (size_t i = 0; i < n && rc == RP_OK; i++)
		if (rp_rule_in_force(rule, asked[i].question->at.from))
			rc = judge_question(j, rule, limit, asked[i].question,
			    asked[i].answer);
	rp_release_mem(asked);
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
	for (size_t c = 0; c < rp_judged_clocks(j, -1) && rc == RP_OK; c++) {
		struct rp_clock_said said = rp_judged_clock(j, c);

		if (rp_rule_in_force(rule, said.aware.from) &&
		    !rp_judged_before(j, -1, c, false))
			rc = judge_report(j, rule, said.by, said.aware,
			    RP_FACT_FULL_REPORT);
	}
	if (rc == RP_OK)
		rc = judge_questions(j, rule, week);
	if (rc == RP_OK)
		rc = rp_judge_updates(j, rule, week);
	return rc;
}

/* ---- delayed revocation ------------------------------------------------- */

/* A report of the delay by its limit from the deadline that was missed. */
static rp_status
judge_delay_report(struct rp_judging *j, const struct rp_rule *rule, int d,
    const char *by, const struct rp_deadline *dl)
{
	char citation[160];
	/* Without a limit of its own the missed deadline is the limit. */
	bool decision = rp_span_s(rule->limit) == 0;
	struct rp_clock_row clock = rp_clock_of(rule, d, decision ?
	    dl->start : dl->at, citation, sizeof(citation));

	if (decision)
		clock.due = dl->at;
	clock.by = by;
	return rp_judge_once(j, &clock, rp_fact_first(j,
	    RP_FACT_DELAY_DISCLOSED, d, NULL), RP_FACT_DELAY_DISCLOSED);
}

/*
 * Who kept the deadline from awareness may have missed the one that runs from
 * the receipt of a report to the published revocation, which is one of the
 * policy as well.
 */
static rp_status
judge_notice_missed(struct rp_judging *j, const struct rp_rule *rule, int d,
    const struct rp_duty *duty)
{
	struct rp_duty notice = *duty;
	struct rp_clock_row clock = { .rule = rule, .duty = d };
	struct rp_deadline dl;
	bool late = false;
	rp_status rc;

	notice.aware = duty->reported;
	if (rp_span_s(rule->limit) == 0 || !duty->has_reported ||
	    duty->certificate != RP_CERT_SUBSCRIBER ||
	    rp_duty_deadline(&notice, &dl, NULL) != RP_OK ||
	    !rp_rule_in_force(rule, dl.at.from))
		return RP_OK;
	clock.start = dl.start;
	clock.due = dl.at;
	rc = rp_published_late(j, &clock, &late);
	return rc == RP_OK && late ? judge_delay_report(j, rule, d, duty->by,
	    &dl) : rc;
}

static rp_status
judge_delay(struct rp_judging *j, const struct rp_rule *rule, size_t d,
    size_t c)
{
	struct rp_duty duty = rp_judged_duty(j, d, c);
	struct rp_deadline dl;

	if (!rp_rule_covers(rule, &duty) ||
	    rp_duty_deadline(&duty, &dl, NULL) != RP_OK)
		return RP_OK;
	if (!rp_rule_in_force(rule, dl.at.from) ||
	    !rp_duty_lateness(j, (int)d, &dl).late)
		return rp_judged_before(j, (int)d, c, true) ? RP_OK :
		    judge_notice_missed(j, rule, (int)d, &duty);
	return rp_judged_before(j, (int)d, c, false) ? RP_OK :
	    judge_delay_report(j, rule, (int)d, duty.by, &dl);
}

/*
 * Of every duty that certainly missed its deadline, under a rule of that day.
 * When the CA decided to be late is not recorded, so the deadline starts the
 * clock.
 */
rp_status
rp_check_delay_report(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties; d++)
		for (size_t c = 0; c < rp_judged_clocks(j, (int)d) &&
		    rc == RP_OK; c++)
			rc = judge_delay(j, rule, d, c);
	return rc;
}
