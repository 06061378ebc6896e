/*
 * check/check_commitments.c - what the CA has bound itself to: rules of the
 * case, which the table cannot have.
 *
 * A CA that breaks its own CP or CPS has an incident, so these are as binding
 * as a requirement.  Other promises are expectations.  Either there is a date,
 * or one fact must follow another within some time.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "check/programs.h"

/* Facts about certificates, of which some may be covered and others not. */
#define COUNTED (RP_FACT_BIT(RP_FACT_REVOKED) | \
    RP_FACT_BIT(RP_FACT_PUBLISHED) | RP_FACT_BIT(RP_FACT_CCADB_RECORD) | \
    RP_FACT_BIT(RP_FACT_KEY_DESTROYED))

/* What was always there has this date, which no fact is older than. */
#define ALWAYS "1900-01-01"

static const struct rp_rule_terms of_case = {
	.scope = RP_SCOPE_INCIDENT,
	.profiles = RP_FOR_TLS | RP_FOR_SMIME | RP_FOR_CODE_SIGNING,
	.keyed_on = RP_KEYED_EVENT, .strict = true
};

/* ---- a commitment as a rule --------------------------------------------- */

/* Names of people are long, and no letter of theirs is cut in two. */
#define NAME 80
#define PLACE 60

static int
whole_letters(const char *text, size_t most)
{
	size_t len = strlen(text);

	if (len <= most)
		return (int)len;
	for (len = most; len > 0 && ((unsigned char)text[len] & 0xC0u) ==
	    0x80u;)
		len--;
	return (int)len;
}

/* With its document and where in it, which a citation has room for. */
static const struct rp_rule *
keep_rule(struct rp_judging *j, struct rp_rule rule, const char *document,
    const char *section)
{
	char place[PLACE + 1];

	(void)snprintf(place, sizeof(place), "%.*s",
	    whole_letters(section, PLACE), section);
	rule.document = document;
	rule.section = place;
	return rp_findings_rule(j, &rule);
}

/* CP or CPS: "CP/CPS of Example CA, 4.9.7". */
static const struct rp_rule *
rule_of_cps(struct rp_judging *j, const struct rp_commitment *c,
    struct rp_rule rule)
{
	const char *ca = j->cs->ca != NULL ? j->cs->ca : "the CA";
	char document[RP_WORDS];

	(void)snprintf(document, sizeof(document), "CP/CPS of %.*s",
	    whole_letters(ca, NAME), ca);
	rule.severity = RP_MUST;
	rule.note = "a CA that breaks its own CP or CPS has an incident";
	return keep_rule(j, rule, document, c->section != NULL ? c->section :
	    "no section given");
}

/* "promise of 2026-03-10, comment 4". */
static const struct rp_rule *
rule_of_promise(struct rp_judging *j, const struct rp_commitment *c,
    struct rp_rule rule)
{
	const char *place = c->section != NULL ? c->section :
	    c->origin.source;
	char document[RP_WORDS] = "promise of the CA", at[RP_INSTANT_TEXT];

	if (c->has_said)
		(void)snprintf(document, sizeof(document), "promise of %s",
		    rp_when_format(c->said, at));
	rule.severity = RP_EXPECTED;
	rule.note = "what the CA promised is no requirement";
	return keep_rule(j, rule, document, place != NULL ? place :
	    "no source given");
}

/* Given up, as far as the reader knows. */
static bool
is_given_up(const struct rp_judging *j, const struct rp_commitment *c)
{
	return c->has_cancelled && rp_seen(c->cancelled, false, c->cancelled,
	    j->as_of, j->view);
}

/*
 * In force from the day on which it was said until that on which it was given
 * up; NULL: no memory.
 */
static const struct rp_rule *
rule_of(struct rp_judging *j, const struct rp_commitment *c, size_t i)
{
	bool cps = c->rule == RP_COMMITMENT_CPS;
	char id[64], from[RP_INSTANT_TEXT] = ALWAYS, until[RP_INSTANT_TEXT];
	struct rp_rule rule = { .id = id, .title = c->what, .from = from,
	    .limit = rp_span_of_s((int64_t)c->within_s), .terms = &of_case };

	(void)snprintf(id, sizeof(id), "CASE-%s-%zu", cps ? "CPS" : "PROMISE",
	    c->number > 0 ? c->number : i + 1);
	if (c->has_said)
		(void)rp_instant_format_date(c->said.from, from);
	if (is_given_up(j, c))
		rule.until = rp_instant_format_date(c->cancelled.from, until);
	return cps ? rule_of_cps(j, c, rule) : rule_of_promise(j, c, rule);
}

/* ---- by a date ---------------------------------------------------------- */

/*
 * That no outcome is on record does not show that there was none; and what
 * was given up may have been given up with good reason.
 */
static rp_status
add_open(struct rp_judging *j, const struct rp_commitment *c,
    struct rp_finding *row)
{
	char at[RP_INSTANT_TEXT], words[RP_WORDS];

	rp_finding_open(row, j);
	if (is_given_up(j, c)) {
		rp_finding_leave(row);
		return rp_findings_add(j, row, "given up %s and not on record "
		    "as done; whether that was agreed to is not on record",
		    rp_when_format(c->cancelled, at));
	}
	if (row->verdict != RP_VERDICT_BREACHED)
		return rp_findings_add(j, row, "not on record as done, %s",
		    rp_words_verdict(j, row, words));
	rp_finding_leave(row);
	return rp_findings_add(j, row, "the case does not record that it was "
	    "done; the deadline was %s", rp_when_format(row->due, at));
}

static rp_status
judge_by_date(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_commitment *c)
{
	char citation[160], words[RP_WORDS], at[RP_INSTANT_TEXT];
	struct rp_clock_row clock = rp_clock_of(rule, -1, c->has_said ?
	    c->said : j->cs->aware, citation, sizeof(citation));
	struct rp_finding row;

	/* A date is kept until its end. */
	clock.due = rp_when_exact(rp_when_last(c->due));
	row = rp_finding_of(&clock);
	row.line = c->origin.line;
	if (!c->has_done)
		return add_open(j, c, &row);
	rp_finding_done(&row, c->done, c->origin.line);
	return rp_findings_add(j, &row, "done %s, %s",
	    rp_when_format(c->done, at), rp_words_verdict(j, &row, words));
}

/* ---- one fact after another --------------------------------------------- */

/* Every question has its own answer. */
static rp_status
judge_answers(struct rp_judging *j, const struct rp_rule *rule)
{
	struct rp_asked *asked = NULL;
	size_t n = 0;
	rp_status rc = rp_pair_questions(j, &asked, &n);

	for (size_t i = 0; i < n && rc == RP_OK; i++) {
		char citation[160];
		struct rp_clock_row clock = rp_clock_of(rule, -1,
		    asked[i].question->at, citation, sizeof(citation));

		if (rp_rule_in_force(rule, clock.start.from))
			rc = rp_judge_once(j, &clock, asked[i].answer,
			    RP_FACT_ANSWER);
	}
	rp_release_mem(asked);
	return rc;
}

/* The next fact, whatever it is about; both go on in the order of time. */
static rp_status
judge_next(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_commitment *c)
{
	size_t next = 0;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		struct rp_clock_row clock;
		char citation[160];

		if (j->fact[i]->kind != c->after ||
		    !rp_rule_in_force(rule, j->fact[i]->at.from))
			continue;
		while (next < j->n_facts && (j->fact[next]->kind != c->then ||
		    next == i || rp_instant_cmp(rp_when_last(
		    j->fact[next]->at), j->fact[i]->at.from) < 0))
			next++;
		clock = rp_clock_of(rule, -1, j->fact[i]->at, citation,
		    sizeof(citation));
		rc = rp_judge_once(j, &clock, next < j->n_facts ?
		    j->fact[next] : NULL, c->then);
	}
	return rc;
}

static bool
is_counted(enum rp_fact_kind kind)
{
	return (COUNTED & RP_FACT_BIT(kind)) != 0;
}

static rp_status
judge_within(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_commitment *c)
{
	rp_status rc = RP_OK;

	if (c->after == RP_FACT_QUESTION && c->then == RP_FACT_ANSWER)
		return judge_answers(j, rule);
	if (!is_counted(c->then))
		return judge_next(j, rule, c);
	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		rc = is_counted(c->after) ? rp_judge_followers(j, rule,
		    (int)d, c->after, c->then) : rp_judge_covered(j, rule,
		    (int)d, rule->limit, c->after, c->then, NULL);
	return rc;
}

rp_status
rp_check_commitments(struct rp_judging *j)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->cs->n_commitments && rc == RP_OK; i++) {
		const struct rp_commitment *c = &j->cs->commitment[i];
		const struct rp_rule *rule;

		if (!c->has_due && c->within_s <= 0)
			continue;
		rule = rule_of(j, c, i);
		if (rule == NULL)
			return RP_ENOMEM;
		rc = c->has_due ? judge_by_date(j, rule, c) :
		    judge_within(j, rule, c);
	}
	return rc;
}
