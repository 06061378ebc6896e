/*
 * check/check_programs.c - what the root programs ask for beyond the BR, and
 * the duties of the CA that depend on an event.
 */
#include "check/programs.h"

/* ---- Chrome ------------------------------------------------------------- */

/* From Chrome Root Program Policy 1.5 on the times of the IRG count. */
#define TIMES_OF_IRG INT64_C(1705363200)	/* 2024-01-16 */

static rp_status
judge_second_report(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_duty *duty, int d, const struct rp_deadline *dl)
{
	const enum rp_fact_kind kind = RP_FACT_DELAY_DISCLOSED;
	const struct rp_fact *fact = rp_fact_first(j, kind, d, NULL);
	char citation[160];
	struct rp_clock_row clock = rp_clock_of(rule, d, dl->at, citation,
	    sizeof(citation));

	clock.by = duty->by;
	if (rp_instant_s(dl->at.from) < TIMES_OF_IRG)
		return rp_judge_presence(j, &clock, fact, kind);
	return rp_judge_once(j, &clock, fact, kind);
}

rp_status
rp_check_second_report(struct rp_judging *j, const struct rp_rule *rule)
{
	return rp_each_late_duty(j, rule, judge_second_report);
}

/* Only what is about the key of a CA has 24 hours. */
static bool
about_ca_key(const struct rp_case *cs)
{
	return cs->certificate == RP_CERT_SUBORDINATE_CA &&
	    (cs->reason == RP_REASON_KEY_COMPROMISE ||
	    cs->reason == RP_REASON_SUBORDINATE_KEY_COMPROMISE);
}

/* Awareness or somebody's report, whichever was first by a statement. */
static struct rp_when
first_word(const struct rp_judging *j, size_t clock)
{
	struct rp_clock_said said = rp_judged_clock(j, clock);

	return said.has_reported && rp_instant_cmp(said.reported.from,
	    said.aware.from) < 0 ? said.reported : said.aware;
}

/* Whether an earlier statement comes to the same. */
static bool
is_first_word_before(const struct rp_judging *j, size_t clock)
{
	struct rp_when w = first_word(j, clock);

	for (size_t c = 0; c < clock; c++)
		if (rp_instant_cmp(first_word(j, c).from, w.from) == 0 &&
		    rp_instant_cmp(first_word(j, c).until, w.until) == 0)
			return true;
	return false;
}

rp_status
rp_check_chrome_14(struct rp_judging *j, const struct rp_rule *rule)
{
	const enum rp_fact_kind kind = RP_FACT_INCIDENT_DISCLOSED;
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t c = 0; c < rp_judged_clocks(j, -1) && rc == RP_OK; c++) {
		struct rp_when start = first_word(j, c);
		struct rp_clock_row clock;
		char citation[160];

		if (!rp_rule_in_force(rule, start.from) ||
		    is_first_word_before(j, c))
			continue;
		clock = rp_clock_of(rule, -1, start, citation,
		    sizeof(citation));
		clock.by = rp_judged_clock(j, c).by;
		if (about_ca_key(j->cs))
			clock.due = rp_when_plus(start,
			    rp_span_of_s(INT64_C(86400)));
		rc = rp_judge_once(j, &clock, rp_own_disclosure(j), kind);
	}
	return rc == RP_OK ? rp_check_questions(j, rule) : rc;
}

/* ---- what only some CAs have to do -------------------------------------- */

rp_status
rp_check_if_recorded(struct rp_judging *j, const struct rp_rule *rule)
{
	const enum rp_fact_kind kind = rule->terms->ends;

	if (rp_fact_first(j, kind, -1, NULL) == NULL &&
	    rp_fact_denial(j, kind, -1) == NULL)
		return RP_OK;
	return rp_check_once(j, rule);
}

/* ---- Microsoft's notice ------------------------------------------------- */

/*
 * In the first edition the CA could ask for an exception instead: what makes a
 * late revocation doubtful, or NULL.
 */
static const char *
exception(const struct rp_judging *j, const struct rp_clock_row *clock)
{
	const struct rp_fact *told = rp_fact_first(j,
	    RP_FACT_MICROSOFT_TOLD, -1, &clock->start.from);

	if (clock->rule->until == NULL || told == NULL ||
	    rp_instant_cmp(told->at.from, rp_when_last(clock->due)) > 0)
		return NULL;
	return "; but what Microsoft was told in time may have been the "
	    "request for an exception";
}

rp_status
rp_check_microsoft(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		if (rp_rule_covers(rule, &j->cs->duty[d]))
			rc = rp_judge_covered(j, rule, (int)d, rule->limit,
			    RP_FACT_MICROSOFT_NOTICE, RP_FACT_REVOKED,
			    exception);
	return rc;
}

/* ---- Mozilla's policy beyond the BR ------------------------------------- */

/*
 * The time that the BR of the day leave, for a breach of the policy that for
 * what was not issued as it must be; false where there is none, as for what is
 * short-lived.
 */
static bool
limit_of_br(const struct rp_judging *j, enum rp_fact_kind kind, int d,
    struct rp_span *limit)
{
	const struct rp_fact *known = rp_fact_first(j, kind, d, NULL);
	struct rp_duty duty = j->cs->duty[d];
	struct rp_deadline dl;

	if (known == NULL)
		return false;
	if (kind == RP_FACT_POLICY_BREACH)
		duty.reason = RP_REASON_NOT_PER_REQUIREMENTS;
	duty.aware = rp_when_exact(known->at.from);
	if (rp_duty_deadline(&duty, &dl, NULL) != RP_OK)
		return false;
	*limit = rp_instant_between(duty.aware.from, dl.at.from);
	return true;
}

rp_status
rp_check_like_br(struct rp_judging *j, const struct rp_rule *rule)
{
	enum rp_fact_kind kind = rule->terms->starts;
	struct rp_span limit;
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		if (rp_rule_covers(rule, &j->cs->duty[d]) &&
		    limit_of_br(j, kind, (int)d, &limit))
			rc = rp_judge_covered(j, rule, (int)d, limit, kind,
			    RP_FACT_REVOKED, NULL);
	return rc;
}

/* ---- addresses of CRLs -------------------------------------------------- */

/* The next fact of a kind from *i on, NULL at the end. */
static const struct rp_fact *
next_of(const struct rp_judging *j, enum rp_fact_kind kind, size_t *i)
{
	while (*i < j->n_facts)
		if (j->fact[(*i)++]->kind == kind)
			return j->fact[*i - 1];
	return NULL;
}

/* Let the clock run from a fact, if it then ends earlier. */
static void
run_earlier(struct rp_clock_row *clock, const struct rp_fact *start,
    struct rp_span limit, bool *runs)
{
	struct rp_when due;

	if (start == NULL || !rp_rule_in_force(clock->rule, start->at.from))
		return;
	due = rp_when_plus(start->at, limit);
	if (*runs && rp_instant_cmp(due.from, clock->due.from) >= 0)
		return;
	*runs = true;
	clock->start = start->at;
	clock->due = due;
}

/* What is on record of one address. */
struct address {
	const struct rp_fact *used, *revoked, *disclosed;
};

static rp_status
judge_crl_url(struct rp_judging *j, const struct rp_rule *rule,
    const struct address *a)
{
	const struct rp_span hours = rp_span_of_s(INT64_C(4) * 3600);
	char citation[160];
	struct rp_clock_row clock = rp_clock_of(rule, -1, j->as_of, citation,
	    sizeof(citation));
	bool runs = false;

	run_earlier(&clock, a->used, rule->limit, &runs);
	if (rule->terms->starts == RP_FACT_FIRST_REVOCATION)
		run_earlier(&clock, a->revoked, hours, &runs);
	return runs ? rp_judge_once(j, &clock, a->disclosed,
	    RP_FACT_CRL_URL) : RP_OK;
}

/*
 * The n-th address was used first, revoked under first and disclosed by the
 * n-th fact of these kinds, for a case does not name addresses.
 */
rp_status
rp_check_crl_url(struct rp_judging *j, const struct rp_rule *rule)
{
	size_t used = 0, revoked = 0, disclosed = 0;
	struct address a;
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	do {
		a.used = next_of(j, RP_FACT_FIRST_ISSUANCE, &used);
		a.revoked = next_of(j, RP_FACT_FIRST_REVOCATION, &revoked);
		a.disclosed = next_of(j, RP_FACT_CRL_URL, &disclosed);
		rc = judge_crl_url(j, rule, &a);
	} while (rc == RP_OK && (a.used != NULL || a.revoked != NULL));
	return rc;
}

/* ---- court orders ------------------------------------------------------- */

rp_status
rp_check_court_order(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		const struct rp_fact *fact = j->fact[i];
		bool order = fact->kind == RP_FACT_COURT_ORDER;
		enum rp_fact_kind then = order ? RP_FACT_ORDER_DISCLOSED :
		    RP_FACT_PRACTICE_RESTORED;
		struct rp_clock_row clock;
		char citation[160];

		if ((!order && fact->kind != RP_FACT_ORDER_ENDED) ||
		    !rp_rule_for_case(rule, j->cs) ||
		    !rp_rule_in_force(rule, fact->at.from))
			continue;
		clock = rp_clock_of(rule, -1, fact->at, citation,
		    sizeof(citation));
		rc = order ? rp_judge_presence(j, &clock, rp_fact_first(j,
		    then, -1, &fact->at.from), then) : rp_judge_once(j, &clock,
		    rp_fact_first(j, then, -1, &fact->at.from), then);
	}
	return rc;
}

/* ---- intake of problem reports ------------------------------------------ */

/* From the moment it was down to the next one at which it was up. */
static rp_status
judge_outage(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *up)
{
	struct rp_finding row = rp_finding_of(clock);
	char words[RP_WORDS];

	if (up != NULL)
		rp_finding_done(&row, up->at, up->origin.line);
	else
		rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_BREACHED)
		return rp_findings_add(j, &row, "%s: %s",
		    rp_fact_text(RP_FACT_INTAKE_DOWN),
		    rp_words_verdict(j, &row, words));
	rp_finding_leave(&row);
	return rp_findings_add(j, &row, "%s, but for how long cannot be told: "
	    "closer times are needed", rp_fact_text(RP_FACT_INTAKE_DOWN));
}

static rp_status
judge_intake_up(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *up)
{
	struct rp_finding row = rp_finding_of(clock);
	char at[RP_INSTANT_TEXT];

	row.verdict = RP_VERDICT_MET;
	row.has_due = false;
	row.has_met = true;
	row.met = up->at;
	row.line = up->origin.line;
	return rp_findings_add(j, &row, "problem reports could be handed in "
	    "at %s", rp_when_format(up->at, at));
}

rp_status
rp_check_intake(struct rp_judging *j, const struct rp_rule *rule)
{
	bool down = false;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		const struct rp_fact *fact = j->fact[i];
		bool up = fact->kind == RP_FACT_INTAKE_UP, was = down;
		struct rp_clock_row clock;
		char citation[160];

		if ((!up && fact->kind != RP_FACT_INTAKE_DOWN) ||
		    !rp_rule_for_case(rule, j->cs) ||
		    !rp_rule_in_force(rule, fact->at.from))
			continue;
		clock = rp_clock_of(rule, -1, fact->at, citation,
		    sizeof(citation));
		down = !up;
		/* The end of an outage is in the row of its beginning. */
		if (!up && !was)
			rc = judge_outage(j, &clock, rp_fact_first(j,
			    RP_FACT_INTAKE_UP, -1, &fact->at.from));
		else if (up && !was)
			rc = judge_intake_up(j, &clock, fact);
	}
	return rc;
}
