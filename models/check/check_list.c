/*
 * check/check_list.c - the list of the affected certificates.
 *
 * It belongs to the full report.  Few certificates are listed in prescribed
 * columns; of many a line each will do.
 */
#include <stdio.h>

#include "check/judging.h"

#define FIELD RP_FIELD_BIT

/* From this number on lines are enough. */
#define MANY 10000

/* What is on record of the list up to a moment. */
struct listed {
	const struct rp_fact *first;	/* NULL: no list on record */
	uint64_t has, lacks;
	bool many;
};

static bool
is_listed(const struct listed *l)
{
	return (l->has & FIELD(RP_FIELD_CSV)) != 0 ||
	    (l->many && (l->has & FIELD(RP_FIELD_LINES)) != 0);
}

/* Certainly not as prescribed. */
static bool
is_lacking(const struct listed *l)
{
	if ((l->lacks & FIELD(RP_FIELD_APPENDIX)) != 0)
		return true;
	return (l->lacks & FIELD(RP_FIELD_CSV)) != 0 &&
	    (!l->many || (l->lacks & FIELD(RP_FIELD_LINES)) != 0);
}

static void
note(struct listed *l, const struct rp_fact *fact)
{
	if (fact->kind == RP_FACT_CERTIFICATE_LIST && l->first == NULL)
		l->first = fact;
	l->has |= fact->has;
	l->lacks |= fact->lacks;
}

/* By the end of a full report: what it says itself, and lists until then. */
static struct listed
listed_with(const struct rp_judging *j, const struct rp_fact *report)
{
	struct listed l = { .many = rp_count_n(j->cs->base) >= MANY };

	note(&l, report);
	for (size_t i = 0; i < j->n_facts; i++)
		if (j->fact[i]->kind == RP_FACT_CERTIFICATE_LIST &&
		    rp_instant_cmp(j->fact[i]->at.from,
		    rp_when_last(report->at)) <= 0)
			note(&l, j->fact[i]);
	return l;
}

/* What made up for it; a list of which nothing is said counts as one. */
static const struct rp_fact *
list_after(const struct rp_judging *j, const struct rp_fact *report,
    bool many)
{
	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];
		struct listed l = { .many = many };

		if ((fact->kind != RP_FACT_CERTIFICATE_LIST &&
		    fact->kind != RP_FACT_FULL_REPORT) ||
		    rp_instant_cmp(fact->at.from,
		    rp_when_last(report->at)) <= 0)
			continue;
		note(&l, fact);
		if (is_listed(&l) || (l.first != NULL && !is_lacking(&l)))
			return fact;
	}
	return NULL;
}

static rp_status
add_lapse(struct rp_judging *j, struct rp_finding *row,
    const struct rp_fact *mended, const char *what)
{
	char at[RP_INSTANT_TEXT], when[RP_WORDS] = "no better one is on record";

	rp_finding_lapse(row, j, mended != NULL ? &mended->at : NULL);
	if (mended != NULL)
		(void)snprintf(when, sizeof(when), "one followed %s",
		    rp_when_format(mended->at, at));
	return rp_findings_add(j, row, "%s; %s", what, when);
}

/* No list came with the report; perhaps one later, or somebody denied it. */
static rp_status
add_none(struct rp_judging *j, struct rp_finding *row,
    const struct rp_fact *after, const char *report, const char *form)
{
	const struct rp_fact *denial = rp_fact_denial(j,
	    RP_FACT_CERTIFICATE_LIST, -1);
	char what[RP_WORDS], at[RP_INSTANT_TEXT];

	(void)snprintf(what, sizeof(what), "no list of the certificates with "
	    "the full report of %s", report);
	if (after != NULL)
		return add_lapse(j, row, after, what);
	if (denial == NULL || rp_instant_cmp(denial->at.from,
	    rp_when_last(row->due)) < 0)
		return rp_findings_add(j, row, "the case records no '%s' with "
		    "the full report of %s; it must be %s",
		    rp_fact_word(RP_FACT_CERTIFICATE_LIST), report, form);
	rp_finding_lapse(row, j, &denial->at);
	row->has_met = false;
	row->still_open = true;
	return rp_findings_add(j, row, "%s, nor by %s, as is on record", what,
	    rp_when_format(denial->at, at));
}

static rp_status
judge_list(struct rp_judging *j, struct rp_finding *row,
    const struct rp_fact *report)
{
	struct listed l = listed_with(j, report);
	const struct rp_fact *after = list_after(j, report, l.many);
	const char *form = l.many ? "in the prescribed columns or, as there "
	    "are 10000 or more, a line each" : "in the prescribed columns";
	char what[RP_WORDS], at[RP_INSTANT_TEXT];

	(void)rp_when_format(report->at, at);
	if (is_listed(&l)) {
		row->verdict = RP_VERDICT_MET;
		row->has_met = true;
		row->met = l.first != NULL ? l.first->at : report->at;
		return rp_findings_add(j, row, "with the full report of %s "
		    "the certificates are listed %s", at, form);
	}
	(void)snprintf(what, sizeof(what), "with the full report of %s the "
	    "certificates are not listed %s", at, form);
	if (is_lacking(&l))
		return add_lapse(j, row, after, what);
	if (l.first == NULL)
		return add_none(j, row, after, at, form);
	return rp_findings_add(j, row, "whether the certificates are listed "
	    "with the full report of %s %s is not on record", at, form);
}

rp_status
rp_check_list(struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_fact *report = rp_fact_first(j, RP_FACT_FULL_REPORT,
	    -1, NULL);
	char citation[160];
	struct rp_clock_row clock;
	struct rp_finding row;

	if (report == NULL || !rp_rule_for_case(rule, j->cs) ||
	    !rp_rule_in_force(rule, report->at.from))
		return RP_OK;
	clock = rp_clock_of(rule, -1, report->at, citation, sizeof(citation));
	row = rp_finding_of(&clock);
	row.line = report->origin.line;
	row.has_count = true;
	row.count = rp_count_n(j->cs->base);
	return judge_list(j, &row, report);
}
