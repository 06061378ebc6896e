/*
 * check/check_content.c - what reports say, and by which template.
 *
 * The program does not read reports: the case says what a report has and what
 * it lacks.  What it says nothing of is undecided.  A report that lacks
 * something is at fault from its own time on, until a later one has it.
 */
#include <stdio.h>
#include <string.h>

#include "check/judging.h"

#define FIELD RP_FIELD_BIT
#define REPORT RP_FACT_BIT

/* Long enough for the names of all fields of a template. */
#define LIST 480

/* ---- words -------------------------------------------------------------- */

static const char *
noun_of(enum rp_fact_kind kind)
{
	static const struct {
		enum rp_fact_kind kind;
		const char *noun;
	} nouns[] = {
		{ RP_FACT_INCIDENT_DISCLOSED, "first report" },
		{ RP_FACT_FULL_REPORT, "full report" },
		{ RP_FACT_DELAY_DISCLOSED, "report of the delay" },
		{ RP_FACT_CLOSURE_REPORT, "closure report" },
	};

	for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++)
		if (nouns[i].kind == kind)
			return nouns[i].noun;
	return rp_fact_text(kind);
}

/* "summary, impact and timeline"; what does not fit is counted. */
static const char *
field_words(uint64_t fields, char buf[LIST])
{
	size_t used = 0, left = 0;

	buf[0] = '\0';
	for (int f = 0; f < RP_FIELDS; f++)
		left += (fields & FIELD(f)) != 0;
	for (int f = 0; f < RP_FIELDS; f++) {
		const char *text = rp_field_text((enum rp_field)f);

		if ((fields & FIELD(f)) == 0)
			continue;
		if (used + strlen(text) + 32 > LIST) {
			(void)snprintf(buf + used, LIST - used,
			    " and %zu more", left);
			break;
		}
		used += (size_t)snprintf(buf + used, LIST - used, "%s%s",
		    used == 0 ? "" : left == 1 ? " and " : ", ", text);
		left--;
	}
	return buf;
}

/* "mended 2025-04-02, at least 3 h later"; "not mended by ...". */
static const char *
mend_words(const struct rp_judging *j, const struct rp_finding *row,
    char buf[RP_WORDS])
{
	char at[RP_INSTANT_TEXT], span[RP_UNIT_TEXT];

	if (row->still_open)
		(void)snprintf(buf, RP_WORDS, "not mended by %s",
		    rp_when_format(j->as_of, at));
	else if (!row->has_overdue)
		(void)snprintf(buf, RP_WORDS, "mended %s",
		    rp_when_format(row->met, at));
	else
		(void)snprintf(buf, RP_WORDS, "mended %s, %s%s later",
		    rp_when_format(row->met, at),
		    rp_when_is_exact(row->met) && rp_when_is_exact(row->due) ?
		    "" : "at least ",
		    rp_span_format(rp_span_of_s(row->overdue_s), span));
	return buf;
}

/* ---- one report --------------------------------------------------------- */

void
rp_finding_lapse(struct rp_finding *row, const struct rp_judging *j,
    const struct rp_when *mended)
{
	if (mended != NULL)
		rp_finding_done(row, *mended, row->line);
	else
		rp_finding_open(row, j);
	/* The report itself shows the fault, however long that lasted. */
	row->verdict = RP_VERDICT_BREACHED;
	row->has_due = row->has_overdue;
}

static struct rp_finding
row_of(const struct rp_content *c, char citation[160])
{
	struct rp_clock_row clock = { .rule = c->rule, .id = c->rule->id,
	    .citation = citation, .duty = c->duty, .by = c->by,
	    .start = c->report->at, .due = c->report->at };
	struct rp_finding row = rp_finding_of(&clock);

	rp_rule_cite(c->rule, 0, c->report->at.from, citation, 160);
	row.line = c->report->origin.line;
	return row;
}

/* Where a fact stands among those by time, which are in a total order. */
static size_t
place_of(const struct rp_judging *j, const struct rp_fact *fact)
{
	size_t low = 0, high = j->n_facts;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct rp_fact *f = j->fact[middle];
		int c = rp_instant_cmp(f->at.from, fact->at.from);

		if (c == 0)
			c = rp_instant_cmp(f->at.until, fact->at.until);
		if (c < 0 || (c == 0 && f < fact))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The place of the first fact from `at` on that mends what lacked a field. */
static size_t
next_with(const struct rp_judging *j, const struct rp_content *c, int field,
    size_t at)
{
	for (; at < j->n_facts; at++) {
		const struct rp_fact *fact = j->fact[at];

		if ((fact->has & FIELD(field)) != 0 &&
		    (c->mends & REPORT(fact->kind)) != 0 &&
		    rp_fact_is(j, fact, fact->kind, c->duty))
			break;
	}
	return at;
}

/*
 * The report by which all that was missing had been made up for.  Reports are
 * asked about by time, so a field that was found stays found until its report
 * itself is asked about, and many reports take one walk over the facts.
 */
static const struct rp_when *
mender(const struct rp_judging *j, const struct rp_content *c,
    uint64_t missing)
{
	size_t own[RP_FIELDS] = { 0 }, *next = c->next != NULL ? c->next : own;
	size_t place = place_of(j, c->report), last = 0;

	for (int f = 0; f < RP_FIELDS && last < j->n_facts; f++) {
		if ((missing & FIELD(f)) == 0)
			continue;
		next[f] = next_with(j, c, f, next[f] > place ? next[f] :
		    place + 1);
		if (next[f] > last)
			last = next[f];
	}
	return last < j->n_facts ? &j->fact[last]->at : NULL;
}

static rp_status
add_content(struct rp_judging *j, const struct rp_content *c,
    struct rp_finding *row, const char *said, uint64_t fields,
    const char *end)
{
	char duty[RP_WORDS], at[RP_INSTANT_TEXT], list[LIST];

	return rp_findings_add(j, row, "%s%sthe %s of %s %s: %s%s%s%s%s",
	    rp_words_duty(j, c->duty, duty), row->verdict ==
	    RP_VERDICT_UNDECIDED ? "whether " : "", noun_of(c->report->kind),
	    rp_when_format(c->report->at, at), said,
	    field_words(fields, list), end[0] != '\0' ? "; " : "", end,
	    c->more != NULL ? "; " : "", c->more != NULL ? c->more : "");
}

rp_status
rp_judge_content(struct rp_judging *j, const struct rp_content *c)
{
	uint64_t missing = c->needs & c->report->lacks;
	uint64_t unsaid = c->needs & ~c->report->has & ~c->report->lacks &
	    ~c->known;
	char citation[160], end[RP_WORDS];
	struct rp_finding row = row_of(c, citation);

	if (missing != 0) {
		rp_finding_lapse(&row, j, mender(j, c, missing));
		return add_content(j, c, &row, "lacks", missing,
		    mend_words(j, &row, end));
	}
	if (unsaid != 0) {
		row.verdict = RP_VERDICT_UNDECIDED;
		return add_content(j, c, &row, "has these is not on record",
		    unsaid, "");
	}
	row.verdict = RP_VERDICT_MET;
	row.has_met = true;
	row.met = c->report->at;
	return add_content(j, c, &row, (c->needs & ~c->report->has) == 0 ?
	    "has" : "came when this was on record", c->needs, "");
}

/* ---- which reports ------------------------------------------------------ */

/* The first report of the incident, whatever it was; NULL: none on record. */
static const struct rp_fact *
first_report(const struct rp_judging *j)
{
	for (size_t i = 0; i < j->n_facts; i++)
		if (j->fact[i]->kind == RP_FACT_INCIDENT_DISCLOSED ||
		    j->fact[i]->kind == RP_FACT_FULL_REPORT)
			return j->fact[i];
	return NULL;
}

/* The first other number of certificates that became known after a report. */
static const struct rp_fact *
corrected_after(const struct rp_judging *j, const struct rp_fact *report)
{
	const struct rp_fact *known = NULL;

	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *fact = j->fact[i];

		if (fact->kind != RP_FACT_SCOPE)
			continue;
		if (known != NULL && rp_count_n(fact->certificates) !=
		    rp_count_n(known->certificates) && rp_instant_cmp(
		    fact->at.from, rp_when_last(report->at)) > 0)
			return fact;
		known = fact;
	}
	return NULL;
}

/* Whether a report comes after a correction, or the case speaks of one. */
static bool
corrects(const struct rp_fact *report, const struct rp_fact *correction)
{
	if (((report->has | report->lacks) & FIELD(RP_FIELD_CORRECTIONS)) != 0)
		return true;
	return correction != NULL && rp_instant_cmp(correction->at.from,
	    report->at.from) <= 0;
}

/*
 * What is known, and whether it goes on, is said by the first report; what it
 * said and was wrong is explained by the full report after it.
 */
rp_status
rp_check_first_content(struct rp_judging *j, const struct rp_rule *rule)
{
	const uint64_t explained = FIELD(RP_FIELD_CORRECTIONS);
	size_t next[RP_FIELDS] = { 0 };
	struct rp_content c = { .rule = rule, .report = first_report(j),
	    .needs = rule->terms->needs & ~explained, .duty = -1, .next = next,
	    .mends = REPORT(RP_FACT_INCIDENT_DISCLOSED) |
	    REPORT(RP_FACT_FULL_REPORT) };
	const struct rp_fact *first = c.report, *correction;
	rp_status rc;

	if (first == NULL || !rp_rule_for_case(rule, j->cs) ||
	    !rp_rule_in_force(rule, first->at.from))
		return RP_OK;
	rc = rp_judge_content(j, &c);
	c.needs = rule->terms->needs & explained;
	correction = corrected_after(j, first);
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		c.report = j->fact[i];
		if (c.report->kind == RP_FACT_FULL_REPORT &&
		    c.report != first && corrects(c.report, correction))
			rc = rp_judge_content(j, &c);
	}
	return rc;
}

rp_status
rp_check_full_content(struct rp_judging *j, const struct rp_rule *rule)
{
	size_t next[RP_FIELDS] = { 0 };
	struct rp_content c = { .rule = rule, .needs = rule->terms->needs,
	    .duty = -1, .mends = REPORT(RP_FACT_FULL_REPORT), .next = next };
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		c.report = j->fact[i];
		if (c.report->kind == RP_FACT_FULL_REPORT &&
		    rp_rule_in_force(rule, c.report->at.from))
			rc = rp_judge_content(j, &c);
	}
	return rc;
}

/* ---- templates ---------------------------------------------------------- */

/* What the template of a kind of report asks for; 0: it is not a report. */
static uint64_t
template_fields(enum rp_fact_kind kind)
{
	const uint64_t any = FIELD(RP_FIELD_SUMMARY) |
	    FIELD(RP_FIELD_MARKDOWN) | FIELD(RP_FIELD_FREE_STANDING);

	if (kind == RP_FACT_INCIDENT_DISCLOSED ||
	    kind == RP_FACT_DELAY_DISCLOSED)
		return any;
	if (kind == RP_FACT_CLOSURE_REPORT)
		return any | FIELD(RP_FIELD_ROOT_CAUSE) |
		    FIELD(RP_FIELD_CLOSING);
	if (kind == RP_FACT_FULL_REPORT)
		return any | FIELD(RP_FIELD_IMPACT) |
		    FIELD(RP_FIELD_TIMELINE) | FIELD(RP_FIELD_RELATED) |
		    FIELD(RP_FIELD_ROOT_CAUSE) | FIELD(RP_FIELD_LESSONS) |
		    FIELD(RP_FIELD_ACTION_ITEMS) | FIELD(RP_FIELD_APPENDIX);
	return 0;
}

rp_status
rp_check_template(struct rp_judging *j, const struct rp_rule *rule)
{
	size_t next[RP_FACT_KINDS][RP_FIELDS] = { { 0 } };
	struct rp_content c = { .rule = rule, .duty = -1 };
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		c.report = j->fact[i];
		c.needs = template_fields(c.report->kind);
		c.mends = REPORT(c.report->kind);
		c.next = next[c.report->kind];
		if (c.needs != 0 && rp_rule_in_force(rule, c.report->at.from))
			rc = rp_judge_content(j, &c);
	}
	return rc;
}

/*
 * The last second in which a template may be used: its grace is counted in
 * calendar days, so the last of them counts whole.
 */
static struct rp_instant
last_use(const struct rp_rule *rule, struct rp_instant superseded)
{
	return rp_instant_plus(superseded, rp_span_of_s(
	    rp_span_s(rule->limit) + INT64_C(86400) - 1));
}

/* Whether a template is known that was there when the report was posted. */
static bool
is_usable(const struct rp_template *used, const struct rp_fact *report)
{
	const struct rp_template *then = rp_template_at(
	    rp_when_last(report->at));

	return used != NULL && then != NULL &&
	    strcmp(used->from, then->from) <= 0;
}

static rp_status
judge_version(struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *report)
{
	const struct rp_template *used = rp_template_find(report->version);
	struct rp_content c = { .rule = rule, .report = report, .duty = -1 };
	char citation[160], at[RP_INSTANT_TEXT], verdict[RP_WORDS];
	char limit[RP_UNIT_TEXT];
	struct rp_finding row = row_of(&c, citation);
	struct rp_instant since;
	bool usable = is_usable(used, report);

	(void)rp_when_format(report->at, at);
	/* What came after the report is not held against it. */
	row.has_due = usable && rp_template_superseded(used, &since) &&
	    rp_instant_cmp(rp_when_last(report->at), since) >= 0;
	if (row.has_due) {
		row.clock_start = rp_when_exact(since);
		row.due = rp_when_exact(last_use(rule, since));
		rp_finding_done(&row, report->at, report->origin.line);
		return rp_findings_add(j, &row, "the %s of %s uses the "
		    "template '%s', superseded %s and usable for %s more: %s",
		    noun_of(report->kind), at, used->name, used->until,
		    rp_span_format(rule->limit, limit),
		    rp_words_verdict(j, &row, verdict));
	}
	row.has_met = usable;
	row.met = report->at;
	row.verdict = usable ? RP_VERDICT_MET : RP_VERDICT_UNDECIDED;
	return rp_findings_add(j, &row, "the %s of %s uses the template "
	    "'%.40s', %s", noun_of(report->kind), at, report->version,
	    usable ? "which was in force" : used != NULL ?
	    "which is of a later day: one of them is wrong" :
	    "of which no date is known");
}

rp_status
rp_check_old_template(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++)
		if (j->fact[i]->version != NULL &&
		    rp_rule_in_force(rule, j->fact[i]->at.from))
			rc = judge_version(j, rule, j->fact[i]);
	return rc;
}

/* ---- reports of a delay ------------------------------------------------- */

/* Whether the deadline of a duty was missed, by any statement of its clock. */
static bool
is_late(const struct rp_judging *j, const struct rp_rule *rule, int d,
    struct rp_lateness *late)
{
	for (size_t c = 0; c < rp_judged_clocks(j, d); c++) {
		struct rp_duty duty = rp_judged_duty(j, (size_t)d, c);
		struct rp_deadline dl;

		if (rp_rule_covers(rule, &duty) &&
		    rp_duty_deadline(&duty, &dl, NULL) == RP_OK) {
			*late = rp_duty_lateness(j, d, &dl);
			if (late->late)
				return true;
		}
	}
	return false;
}

/* A report of the delay, or a full report that was not due before it. */
static bool
reports_delay(const struct rp_judging *j, const struct rp_fact *fact, int d,
    const struct rp_lateness *late)
{
	if (rp_fact_is(j, fact, RP_FACT_DELAY_DISCLOSED, d))
		return true;
	return rp_fact_is(j, fact, RP_FACT_FULL_REPORT, d) &&
	    rp_instant_cmp(fact->at.from, late->deadline.at.from) >= 0;
}

/*
 * What such a report must have.  When the last certificate was revoked can
 * only be said once it was.
 */
static uint64_t
delay_fields(const struct rp_rule *rule, const struct rp_fact *report,
    const struct rp_lateness *late)
{
	if (late->complete && rp_instant_cmp(rp_when_last(late->completed),
	    report->at.from) <= 0)
		return rule->terms->needs;
	return rule->terms->needs & ~FIELD(RP_FIELD_ACTUAL);
}

/* Of two silent reports the one that is more about the delay, or later. */
static bool
is_better(const struct rp_fact *a, const struct rp_fact *b)
{
	return b == NULL || a->kind == RP_FACT_DELAY_DISCLOSED ||
	    b->kind != RP_FACT_DELAY_DISCLOSED;
}

/*
 * The reports of which the case says what they have; or the last one where it
 * says nothing of any: the first may have been preliminary.
 */
static rp_status
judge_delay_fields(struct rp_judging *j, const struct rp_rule *rule, int d,
    const struct rp_lateness *late)
{
	size_t next[RP_FIELDS] = { 0 };
	struct rp_content c = { .rule = rule, .duty = d, .next = next,
	    .mends = REPORT(RP_FACT_DELAY_DISCLOSED) |
	    REPORT(RP_FACT_FULL_REPORT) };
	const struct rp_fact *silent = NULL;
	bool said = false;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < j->n_facts && rc == RP_OK; i++) {
		c.report = j->fact[i];
		if (!reports_delay(j, c.report, d, late) ||
		    !rp_rule_in_force(rule, c.report->at.from))
			continue;
		c.needs = delay_fields(rule, c.report, late);
		if (((c.report->has | c.report->lacks) & c.needs) == 0) {
			if (is_better(c.report, silent))
				silent = c.report;
			continue;
		}
		said = true;
		rc = rp_judge_content(j, &c);
	}
	if (said || silent == NULL)
		return rc;
	c.report = silent;
	c.needs = delay_fields(rule, silent, late);
	return rp_judge_content(j, &c);
}

rp_status
rp_check_delay_fields(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		struct rp_lateness late;

		if (is_late(j, rule, (int)d, &late))
			rc = judge_delay_fields(j, rule, (int)d, &late);
	}
	return rc;
}
