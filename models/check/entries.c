/*
 * check/entries.c - what is on record of the entries of a CRL.
 */
#include <stdio.h>

#include "check/entries.h"

struct rp_entry_walk
rp_entries_of(const struct rp_judging *j, int duty)
{
	static const enum rp_fact_kind kinds[RP_ENTRY_KINDS] = {
		RP_FACT_REVOKED, RP_FACT_PUBLISHED, RP_FACT_REASON_CHANGED
	};
	struct rp_entry_walk w;

	for (size_t i = 0; i < RP_ENTRY_KINDS; i++) {
		w.walk[i] = rp_walk_of(j, kinds[i], duty);
		w.next[i] = rp_walk_next(&w.walk[i]);
	}
	return w;
}

/* As rp_sort_facts() has it, for two facts of one case. */
static bool
earlier(const struct rp_fact *a, const struct rp_fact *b)
{
	int c = rp_instant_cmp(a->at.from, b->at.from);

	if (c == 0)
		c = rp_instant_cmp(a->at.until, b->at.until);
	return c != 0 ? c < 0 : a < b;
}

const struct rp_fact *
rp_entries_next(struct rp_entry_walk *w)
{
	const struct rp_fact *fact;
	size_t first = 0;

	for (size_t i = 1; i < RP_ENTRY_KINDS; i++)
		if (w->next[i] != NULL && (w->next[first] == NULL ||
		    earlier(w->next[i], w->next[first])))
			first = i;
	fact = w->next[first];
	if (fact != NULL)
		w->next[first] = rp_walk_next(&w->walk[first]);
	return fact;
}

bool
rp_says_reason(const struct rp_judging *j, const struct rp_fact *fact,
    int duty)
{
	return fact->crl_reason != RP_CRL_NOT_SAID &&
	    (rp_fact_is(j, fact, RP_FACT_REVOKED, duty) ||
	    rp_fact_is(j, fact, RP_FACT_PUBLISHED, duty) ||
	    rp_fact_is(j, fact, RP_FACT_REASON_CHANGED, duty));
}

uint64_t
rp_entry_size(const struct rp_judging *j, const struct rp_fact *fact,
    int duty)
{
	if (fact->has_certificates)
		return rp_count_n(fact->certificates);
	return duty >= 0 ? rp_duty_size(j, duty) : rp_count_n(j->cs->base);
}

bool
rp_entry_covered(const struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *fact)
{
	enum rp_certificate certificate = j->cs->certificate;
	enum rp_profile profile = j->cs->profile;

	if (fact->duty >= 0) {
		certificate = j->cs->duty[fact->duty].certificate;
		profile = j->cs->duty[fact->duty].profile;
	}
	if ((rule->terms->profiles >> profile & 1u) == 0)
		return false;
	return rule->terms->scope != RP_SCOPE_SUBSCRIBER ||
	    certificate == RP_CERT_SUBSCRIBER;
}

bool
rp_in_force_all(const struct rp_rule *rule, struct rp_when w)
{
	return rp_rule_in_force(rule, w.from) &&
	    rp_rule_in_force(rule, rp_when_last(w));
}

/* An edition that began and ended within the interval was so as well. */
bool
rp_in_force_some(const struct rp_rule *rule, struct rp_when w)
{
	return !rule->draft &&
	    rp_instant_cmp(rp_rule_from(rule), rp_when_last(w)) <= 0 &&
	    rp_instant_cmp(w.from, rp_rule_until(rule)) < 0;
}

void
rp_wrong_until(const struct rp_judging *j, struct rp_finding *row,
    struct rp_when since, const struct rp_when *mended)
{
	struct rp_instant end = mended != NULL ? mended->from : j->now;
	int64_t s = rp_span_s(rp_instant_between(rp_when_last(since), end));

	row->verdict = RP_VERDICT_BREACHED;
	row->clock_start = since;
	row->still_open = mended == NULL;
	row->has_met = mended != NULL;
	if (mended != NULL)
		row->met = *mended;
	/* Known by dates alone it may have been mended at once. */
	if (s <= 0)
		return;
	row->has_due = row->has_overdue = true;
	row->due = since;
	row->overdue_s = s;
}

const char *
rp_entry_reason(enum rp_crl_reason reason, char buf[RP_WORDS])
{
	if (reason == RP_CRL_ABSENT)
		(void)snprintf(buf, RP_WORDS, "no reasonCode");
	else
		(void)snprintf(buf, RP_WORDS, "reasonCode %s (%d)",
		    rp_crl_reason_word(reason),
		    rp_crl_reason_number(reason));
	return buf;
}
