/*
 * check/check_status.c - how often CRLs and OCSP responses followed each
 * other, for how long each was valid, and when OCSP knew a certificate.
 *
 * The facts of one kind are taken as one series: one CRL, not several that
 * share the certificates, and one responder.  Which edition a member of it
 * falls under is decided by its own date.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "check/judging.h"
#include "rules/series.h"

/* What broke a rule the most. */
struct lapse {
	struct rp_when start, due, met;
	int64_t s;			/* too long by */
	bool open;
	uint32_t line;
};

struct tally {
	uint64_t n;			/* members of the series */
	uint64_t late, maybe_late;	/* the next one came too late */
	uint64_t over, under;		/* valid for too long, too short */
	uint64_t maybe_valid, unsaid;	/* cannot be told; no nextUpdate */
	bool silent;			/* the last one is overdue, but only
					 * for want of a record */
	bool open;			/* the last one is still running */
	struct rp_when first, last, last_due;
	struct lapse worst;
};

static void
note_lapse(struct tally *t, const struct lapse *l)
{
	if (l->s > t->worst.s)
		t->worst = *l;
}

/* ---- one member of the series ------------------------------------------- */

static void
judge_next(struct tally *t, struct rp_when start, struct rp_when due,
    struct rp_when met, uint32_t line, bool open)
{
	struct lapse l = { .start = start, .due = due, .met = met,
	    .line = line, .open = open };

	switch (rp_judge_done(met, due, &l.s)) {
	case RP_VERDICT_BREACHED:
		t->late++;
		note_lapse(t, &l);
		break;
	case RP_VERDICT_UNDECIDED:
		t->maybe_late++;
		break;
	case RP_VERDICT_DUE:
	case RP_VERDICT_MET:
		break;
	}
}

static void
judge_least(struct tally *t, const struct rp_fact *one, struct rp_span least)
{
	struct rp_when from = rp_when_plus(one->at, least);

	if (rp_instant_cmp(rp_when_last(one->next), from.from) < 0)
		t->under++;
	else if (rp_instant_cmp(one->next.from, rp_when_last(from)) < 0)
		t->maybe_valid++;
}

static void
judge_validity(struct tally *t, const struct rp_series *s,
    const struct rp_fact *one)
{
	struct lapse l = { .start = one->at, .met = one->next,
	    .line = one->origin.line };

	if (s->latest == NULL)
		return;
	if (!one->has_next) {
		t->unsaid++;
		return;
	}
	judge_least(t, one, s->least);
	l.due = s->latest(one);
	switch (rp_judge_done(one->next, l.due, &l.s)) {
	case RP_VERDICT_BREACHED:
		t->over++;
		note_lapse(t, &l);
		break;
	case RP_VERDICT_UNDECIDED:
		t->maybe_valid++;
		break;
	case RP_VERDICT_DUE:
	case RP_VERDICT_MET:
		break;
	}
}

/* ---- the series --------------------------------------------------------- */

static bool
is_member(const struct rp_series *s, const struct rp_fact *fact)
{
	return (fact->has_certificate ? fact->certificate :
	    RP_CERT_SUBSCRIBER) == s->certificate;
}

/*
 * After the last one.  That nobody wrote down the next is no breach, and
 * once the report is closed nobody goes on writing them down.
 */
static void
judge_last(const struct rp_judging *j, struct tally *t,
    const struct rp_fact *last, struct rp_when due)
{
	const struct rp_fact *no = rp_fact_denial(j, last->kind, -1);
	const struct rp_fact *closed = rp_fact_first(j, RP_FACT_CLOSED, -1,
	    NULL);
	int64_t late;

	t->last = last->at;
	t->last_due = due;
	if (no != NULL && rp_instant_cmp(no->at.from, due.from) > 0) {
		judge_next(t, last->at, due, no->at, no->origin.line, true);
		return;
	}
	if (closed != NULL && rp_judge_done(closed->at, due, &late) ==
	    RP_VERDICT_MET)
		return;
	if (rp_judge_open(j->now, due, &late) == RP_VERDICT_DUE)
		t->open = true;
	else
		t->silent = true;
}

static struct tally
count_series(const struct rp_judging *j, const struct rp_rule *rule)
{
	const struct rp_series *s = rule->terms->series;
	struct rp_walk walk = rp_walk_of(j, s->kind, -1);
	const struct rp_fact *prev = NULL, *one;
	struct tally t = { 0 };

	while ((one = rp_walk_next(&walk)) != NULL) {
		if (!is_member(s, one))
			continue;
		if (prev != NULL && rp_rule_in_force(rule, prev->at.from))
			judge_next(&t, prev->at, s->refresh(prev), one->at,
			    one->origin.line, false);
		prev = one;
		if (!rp_rule_in_force(rule, one->at.from))
			continue;
		if (t.n++ == 0)
			t.first = one->at;
		judge_validity(&t, s, one);
	}
	if (prev != NULL && rp_rule_in_force(rule, prev->at.from))
		judge_last(j, &t, prev, s->refresh(prev));
	return t;
}

/* ---- its row ------------------------------------------------------------ */

static void RP_PRINTF(2, 3)
append(char words[RP_WORDS], const char *fmt, ...)
{
	size_t used = 0;
	va_list ap;

	while (words[used] != '\0')
		used++;
	va_start(ap, fmt);
	(void)vsnprintf(words + used, RP_WORDS - used, fmt, ap);
	va_end(ap);
}

static const char *
member_word(const struct rp_series *s)
{
	return s->kind == RP_FACT_CRL ? "CRL" : "OCSP response";
}

static rp_status
add_lapse(struct rp_judging *j, struct rp_finding *row,
    const struct rp_series *s, const struct tally *t)
{
	char words[RP_WORDS] = "", by[RP_UNIT_TEXT];

	row->verdict = RP_VERDICT_BREACHED;
	row->has_count = true;
	row->count = t->late + t->over + t->under;
	if (t->worst.s > 0) {
		row->clock_start = t->worst.start;
		row->has_due = row->has_overdue = true;
		row->due = t->worst.due;
		row->has_met = !t->worst.open;
		row->met = t->worst.met;
		row->still_open = t->worst.open;
		row->overdue_s = t->worst.s;
		row->line = t->worst.line;
	}
	if (t->late > 0)
		append(words, "; after %" PRIu64 " of them the next came %s",
		    t->late, s->apart);
	if (t->over > 0)
		append(words, "; nextUpdate %s after thisUpdate in %" PRIu64,
		    s->valid, t->over);
	if (t->under > 0)
		append(words, "; nextUpdate less than 8 h after thisUpdate "
		    "in %" PRIu64, t->under);
	if (t->worst.s > 0)
		append(words, "; the worst by %s", rp_span_format(
		    rp_span_of_s(t->worst.s), by));
	if (t->maybe_late + t->maybe_valid > 0)
		append(words, "; of %" PRIu64 " more it cannot be told",
		    t->maybe_late + t->maybe_valid);
	return rp_findings_add(j, row, "%" PRIu64 " %s%s%s", t->n,
	    member_word(s), t->n == 1 ? "" : "s", words);
}

static rp_status
add_unsure(struct rp_judging *j, struct rp_finding *row,
    const struct rp_series *s, const struct tally *t)
{
	char words[RP_WORDS] = "", at[RP_INSTANT_TEXT];

	row->verdict = RP_VERDICT_UNDECIDED;
	if (t->maybe_late > 0)
		append(words, "; after %" PRIu64 " the next may have come "
		    "%s, which is not on record closely enough to tell",
		    t->maybe_late, s->apart);
	if (t->maybe_valid > 0)
		append(words, "; the times of %" PRIu64 " are too coarse to "
		    "tell for how long they were valid", t->maybe_valid);
	if (t->unsaid > 0)
		append(words, "; nextUpdate of %" PRIu64 " is not on record",
		    t->unsaid);
	if (t->silent)
		append(words, "; none is on record after that of %s",
		    rp_when_format(t->last, at));
	return rp_findings_add(j, row, "%" PRIu64 " %s%s%s", t->n,
	    member_word(s), t->n == 1 ? "" : "s", words);
}

static rp_status
add_series(struct rp_judging *j, const struct rp_rule *rule,
    const struct tally *t)
{
	const struct rp_series *s = rule->terms->series;
	struct rp_finding row = { .rule = rule, .id = rule->id, .duty = -1,
	    .clock_start = t->first };
	char citation[160], verdict[RP_WORDS];

	rp_rule_cite(rule, 0, t->first.from, citation, sizeof(citation));
	row.citation = citation;
	if (t->late + t->over + t->under > 0)
		return add_lapse(j, &row, s, t);
	if (t->maybe_late + t->maybe_valid + t->unsaid > 0 || t->silent)
		return add_unsure(j, &row, s, t);
	row.verdict = t->open ? RP_VERDICT_DUE : RP_VERDICT_MET;
	if (!t->open)
		return rp_findings_add(j, &row, "%" PRIu64 " %s%s, each in "
		    "time and valid for no longer than allowed", t->n,
		    member_word(s), t->n == 1 ? "" : "s");
	row.clock_start = t->last;
	row.has_due = true;
	row.due = t->last_due;
	row.still_open = true;
	return rp_findings_add(j, &row, "%" PRIu64 " %s%s in time so far; "
	    "for the next one %s", t->n, member_word(s), t->n == 1 ? "" : "s",
	    rp_words_verdict(j, &row, verdict));
}

rp_status
rp_check_series(struct rp_judging *j, const struct rp_rule *rule)
{
	struct tally t;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	t = count_series(j, rule);
	return t.n > 0 ? add_series(j, rule, &t) : RP_OK;
}

/* ---- both halves of what is asked of CAs -------------------------------- */

/*
 * After a revocation, when both CRL and OCSP showed it: nobody keeps the two
 * apart.  And every 12 months.
 */
rp_status
rp_check_status_ca(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = rp_check_crl(j, rule);

	return rc == RP_OK ? rp_check_series(j, rule) : rc;
}


/* ---- new certificates --------------------------------------------------- */

/*
 * Each issuance, up to the first that OCSP is not known to have answered for:
 * more of these rows would say the same again.
 */
rp_status
rp_check_ocsp_known(struct rp_judging *j, const struct rp_rule *rule)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_ISSUED, -1);
	struct rp_walk answers = rp_walk_of(j, RP_FACT_OCSP_KNOWN, -1);
	const struct rp_fact *known = rp_walk_next(&answers), *issued;
	bool missing = !rp_rule_for_case(rule, j->cs);
	rp_status rc = RP_OK;

	while (rc == RP_OK && !missing &&
	    (issued = rp_walk_next(&walk)) != NULL) {
		struct rp_clock_row clock;
		char citation[160];

		if (!rp_rule_in_force(rule, issued->at.from))
			continue;
		while (known != NULL && rp_instant_cmp(rp_when_last(known->at),
		    issued->at.from) < 0)
			known = rp_walk_next(&answers);
		missing = known == NULL;
		clock = rp_clock_of(rule, -1, issued->at, citation,
		    sizeof(citation));
		rc = rp_judge_once(j, &clock, known, RP_FACT_OCSP_KNOWN);
	}
	return rc;
}
