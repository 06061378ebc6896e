/*
 * check/check_stop.c - whether the fault went on, and whether all of it was
 * found: issuance stopped, and the corpus searched for more of the same.
 */
#include <inttypes.h>
#include <stdio.h>

#include "check/judging.h"

/* ---- whether it matters ------------------------------------------------- */

/* Reasons for which the CA itself issued what it should not have. */
static bool
is_misissuance(enum rp_reason reason)
{
	return reason == RP_REASON_NOT_PER_REQUIREMENTS ||
	    reason == RP_REASON_INACCURATE_INFORMATION ||
	    reason == RP_REASON_VALIDATION_UNRELIABLE ||
	    reason == RP_REASON_BAD_KEY_PARAMETERS ||
	    reason == RP_REASON_WEAK_KEY;
}

/* Certificates with a fault, or somebody spoke of it all the same. */
static bool
matters(const struct rp_judging *j, const struct rp_rule *rule,
    enum rp_fact_kind kind)
{
	bool any = is_misissuance(j->cs->reason);

	for (size_t d = 0; d < j->cs->n_duties; d++)
		any = any || is_misissuance(j->cs->duty[d].reason);
	any = any || rp_fact_first(j, kind, -1, NULL) != NULL ||
	    rp_fact_denial(j, kind, -1) != NULL;
	return any && rp_rule_for_case(rule, j->cs);
}

/* ---- when it stopped ---------------------------------------------------- */

/* "3 h after", "at least 2 d before"; "at the time of". */
static const char *
side_words(struct rp_when at, struct rp_when of, char buf[RP_WORDS])
{
	int64_t after = rp_span_s(rp_instant_between(rp_when_last(of),
	    at.from));
	int64_t before = rp_span_s(rp_instant_between(rp_when_last(at),
	    of.from));
	const char *least = rp_when_is_exact(at) && rp_when_is_exact(of) ?
	    "" : "at least ";
	char span[RP_UNIT_TEXT];

	if (after > 0)
		(void)snprintf(buf, RP_WORDS, "%s%s after", least,
		    rp_span_format(rp_span_of_s(after), span));
	else if (before > 0)
		(void)snprintf(buf, RP_WORDS, "%s%s before", least,
		    rp_span_format(rp_span_of_s(before), span));
	else
		(void)snprintf(buf, RP_WORDS, "%s", least[0] == '\0' ?
		    "at the moment of" : "about the time of");
	return buf;
}

/* When issuance stopped, against awareness. */
static const char *
stop_words(const struct rp_fact *stop, struct rp_when aware,
    char buf[RP_WORDS])
{
	char at[RP_INSTANT_TEXT], side[RP_WORDS];

	if (stop == NULL)
		(void)snprintf(buf, RP_WORDS, "when issuance of the faulty "
		    "profile stopped is not on record");
	else
		(void)snprintf(buf, RP_WORDS, "issuance of the faulty profile "
		    "stopped %s, %.100s awareness",
		    rp_when_format(stop->at, at),
		    side_words(stop->at, aware, side));
	return buf;
}

/* ---- the pledge --------------------------------------------------------- */

/* Faulty certificates that were issued after issuance had stopped. */
struct relapse {
	const struct rp_fact *last;	/* certainly after it; NULL: none */
	const struct rp_fact *unsure;	/* perhaps after it */
	uint64_t certificates;
	bool counted;			/* the number of all is known */
};

static struct relapse
relapse_after(const struct rp_judging *j, const struct rp_fact *stop)
{
	struct relapse r = { .counted = true };

	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (fact->kind != RP_FACT_ISSUED || !fact->faulty ||
		    rp_instant_cmp(rp_when_last(fact->at), stop->at.from) <= 0)
			continue;
		if (rp_instant_cmp(fact->at.from, rp_when_last(stop->at)) <=
		    0) {
			r.unsure = fact;
			continue;
		}
		r.last = fact;
		r.counted = r.counted && fact->has_certificates;
		r.certificates += rp_count_n(fact->certificates);
	}
	return r;
}

/*
 * Who says that issuance stopped pledges that it did: a faulty certificate
 * after that breaks the pledge, up to the last one that is known.
 */
static rp_status
judge_pledge(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_when keyed)
{
	const struct rp_fact *stop = rp_fact_first(j,
	    RP_FACT_ISSUANCE_STOPPED, -1, NULL);
	struct rp_clock_row clock;
	struct rp_finding row;
	struct relapse r;
	char citation[160], many[RP_WORDS] = "faulty certificates";
	char at[RP_INSTANT_TEXT], said[RP_INSTANT_TEXT], side[RP_WORDS];

	if (stop == NULL)
		return RP_OK;
	r = relapse_after(j, stop);
	if (r.last == NULL && r.unsure == NULL)
		return RP_OK;
	clock = rp_clock_of(rule, -1, stop->at, citation, sizeof(citation));
	rp_rule_cite(rule, 0, keyed.from, citation, sizeof(citation));
	clock.due = stop->at;
	row = rp_finding_of(&clock);
	(void)rp_when_format(stop->at, said);
	if (r.last == NULL) {
		row.line = r.unsure->origin.line;
		return rp_findings_add(j, &row, "faulty certificates were "
		    "issued %s, which may be after issuance stopped %s",
		    rp_when_format(r.unsure->at, at), said);
	}
	rp_finding_done(&row, r.last->at, r.last->origin.line);
	row.has_count = r.counted;
	row.count = r.certificates;
	if (r.counted)
		(void)snprintf(many, sizeof(many), "%" PRIu64 " faulty "
		    "certificate%s", r.certificates, r.certificates == 1 ?
		    "" : "s");
	return rp_findings_add(j, &row, "%s issued after issuance had been "
	    "said to have stopped %s, the last %s, %s that", many, said,
	    rp_when_format(r.last->at, at), side_words(r.last->at, stop->at,
	    side));
}

/* ---- issuance ----------------------------------------------------------- */

static rp_status
judge_stop(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_clock_said *said)
{
	const struct rp_fact *stop = rp_fact_first(j,
	    RP_FACT_ISSUANCE_STOPPED, -1, NULL);
	char citation[160], verdict[RP_WORDS], words[RP_WORDS];
	struct rp_clock_row clock = rp_clock_of(rule, -1, said->aware,
	    citation, sizeof(citation));
	struct rp_finding row;

	clock.by = said->by;
	if (stop == NULL)
		return rp_judge_missing(j, &clock, RP_FACT_ISSUANCE_STOPPED,
		    "end of the issuance of the faulty profile");
	row = rp_finding_of(&clock);
	rp_finding_done(&row, stop->at, stop->origin.line);
	return rp_findings_add(j, &row, "%s; %s", stop_words(stop,
	    said->aware, words), rp_words_verdict(j, &row, verdict));
}

rp_status
rp_check_stop(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	if (!matters(j, rule, RP_FACT_ISSUANCE_STOPPED))
		return RP_OK;
	for (size_t c = 0; c < rp_judged_clocks(j, -1) && rc == RP_OK; c++) {
		struct rp_clock_said said = rp_judged_clock(j, c);

		if (rp_rule_in_force(rule, said.aware.from) &&
		    !rp_judged_before(j, -1, c, false))
			rc = judge_stop(j, rule, &said);
	}
	if (rc == RP_OK && rp_rule_in_force(rule, j->cs->aware.from))
		rc = judge_pledge(j, rule, j->cs->aware);
	return rc;
}

/* The first full report; NULL: none that the rule is about. */
static const struct rp_fact *
full_report(const struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *full = rp_fact_first(j, RP_FACT_FULL_REPORT, -1,
	    NULL);

	return full != NULL && rp_rule_for_case(rule, j->cs) &&
	    rp_rule_in_force(rule, full->at.from) ? full : NULL;
}

/* Whether a fact was on record when a report was posted. */
static bool
by_then(const struct rp_fact *fact, const struct rp_fact *report)
{
	return fact != NULL && rp_instant_cmp(rp_when_last(fact->at),
	    rp_when_last(report->at)) <= 0;
}

rp_status
rp_check_stop_said(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *stop = rp_fact_first(j,
	    RP_FACT_ISSUANCE_STOPPED, -1, NULL);
	char words[RP_WORDS];
	struct rp_content c = { .rule = rule, .report = full_report(j, rule),
	    .needs = rule->terms->needs, .duty = -1,
	    .mends = RP_FACT_BIT(RP_FACT_FULL_REPORT),
	    .more = stop_words(stop, j->cs->aware, words) };
	rp_status rc;

	if (c.report == NULL)
		return RP_OK;
	if (by_then(stop, c.report))
		c.known = c.needs;
	rc = rp_judge_content(j, &c);
	return rc == RP_OK ? judge_pledge(j, rule, c.report->at) : rc;
}

/* ---- the corpus --------------------------------------------------------- */

/* The first number of affected certificates that grew after a search. */
static const struct rp_fact *
grown_after(const struct rp_judging *j, const struct rp_fact *search)
{
	const struct rp_fact *known = NULL;

	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (fact->kind != RP_FACT_SCOPE)
			continue;
		if (known != NULL && rp_count_n(fact->certificates) >
		    rp_count_n(known->certificates) && rp_instant_cmp(
		    fact->at.from, rp_when_last(search->at)) > 0)
			return fact;
		known = fact;
	}
	return NULL;
}

/* Found by the search, or not: more of the same turned up after it. */
static const char *
search_words(const struct rp_judging *j, const struct rp_fact *search,
    char buf[RP_WORDS])
{
	const struct rp_fact *more;
	char at[RP_INSTANT_TEXT], later[RP_INSTANT_TEXT];

	if (search == NULL) {
		(void)snprintf(buf, RP_WORDS, "no search of all certificates "
		    "is on record");
		return buf;
	}
	more = grown_after(j, search);
	(void)rp_when_format(search->at, at);
	if (more == NULL)
		(void)snprintf(buf, RP_WORDS, "all certificates were searched "
		    "for more of the same %s", at);
	else
		(void)snprintf(buf, RP_WORDS, "all certificates were searched "
		    "for more of the same %s, and yet the number grew to %"
		    PRIu64 " on %s", at, rp_count_n(more->certificates),
		    rp_when_format(more->at, later));
	return buf;
}

/* The expectation: a search, by the full report at the latest. */
static rp_status
judge_search(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *search, bool has_due)
{
	char words[RP_WORDS], verdict[RP_WORDS];
	struct rp_finding row = rp_finding_of(clock);

	row.has_due = has_due;
	if (search == NULL && has_due)
		return rp_judge_missing(j, clock, RP_FACT_CORPUS_SEARCHED,
		    "search of all certificates for more of the same");
	(void)search_words(j, search, words);
	if (search == NULL)
		return rp_findings_add(j, &row, "%s, nor a full report, by "
		    "which it is expected", words);
	rp_finding_done(&row, search->at, search->origin.line);
	if (has_due)
		return rp_findings_add(j, &row, "%s; as for the full report, "
		    "%s", words, rp_words_verdict(j, &row, verdict));
	row.verdict = RP_VERDICT_MET;
	row.has_overdue = false;
	return rp_findings_add(j, &row, "%s; no full report is on record, by "
	    "which it is expected", words);
}

rp_status
rp_check_corpus(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *full = rp_fact_first(j, RP_FACT_FULL_REPORT, -1,
	    NULL);
	char citation[160];
	struct rp_clock_row clock;

	if (!matters(j, rule, RP_FACT_CORPUS_SEARCHED) ||
	    !rp_rule_in_force(rule, j->cs->aware.from))
		return RP_OK;
	clock = rp_clock_of(rule, -1, j->cs->aware, citation,
	    sizeof(citation));
	if (full != NULL)
		clock.due = full->at;
	return judge_search(j, &clock, rp_fact_first(j,
	    RP_FACT_CORPUS_SEARCHED, -1, NULL), full != NULL);
}

rp_status
rp_check_corpus_said(struct rp_judging *j, const struct rp_rule *rule)
{
	char words[RP_WORDS];
	struct rp_content c = { .rule = rule, .report = full_report(j, rule),
	    .needs = rule->terms->needs, .duty = -1,
	    .mends = RP_FACT_BIT(RP_FACT_FULL_REPORT),
	    .more = search_words(j, rp_fact_first(j, RP_FACT_CORPUS_SEARCHED,
	    -1, NULL), words) };

	return c.report == NULL ? RP_OK : rp_judge_content(j, &c);
}
