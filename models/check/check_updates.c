/*
 * check/check_updates.c - how often the CA posted, counted from the posts.
 *
 * A gap runs from one post to the next, the first from the disclosure, the
 * last to the closing of the report or to the end of the view.  Its edition
 * is that of the post it starts with.  A gap counts as too long only if it
 * certainly is: posts may be known by their date alone.
 *
 * In later editions a closure report ends the duty while no question is open,
 * so the gaps are counted in stretches.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "check/judging.h"

#define DAY_S INT64_C(86400)

/* One rule's reading of the posts. */
struct cadence {
	const struct rp_rule *rule;
	struct rp_span limit;
	bool liftable;			/* an agreed next update counts */
	const char *by;			/* whose statement of the clock */
	struct rp_when start;
	struct rp_when end;
	bool closed;			/* the end is not just `now` */
};

/* A time through which the duty lasts. */
struct stretch {
	struct rp_when start;
	struct rp_when end;
	bool closed;
};

/* What was found. */
struct tally {
	uint64_t posts, gaps, late, unsure;
	struct rp_when longest_from, longest_to, longest_due;
	int64_t longest_s;
	uint32_t longest_line;
	bool longest_open;
	bool open;			/* the last gap is still running */
	struct rp_when open_from, open_due;
	bool any;
	struct rp_when first, last;	/* of the time that was looked at */
	const struct rp_fact *closure;	/* what ended the duty, or NULL */
};

/* The last date that had been agreed to by then; NULL: none. */
static const struct rp_agreed *
agreed_by(const struct rp_judging *j, struct rp_instant then)
{
	size_t low = 0, high = j->n_agreed, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (rp_instant_cmp(j->agreed[middle].at, then) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? &j->agreed[low - 1] : NULL;
}

/*
 * When the next post is due after one.  A date that the root program agreed
 * to before the post was due replaces it if it is later.
 */
static struct rp_when
next_due(const struct rp_judging *j, const struct cadence *c,
    struct rp_when post)
{
	struct rp_when due = rp_when_plus(post, c->limit);
	const struct rp_agreed *agreed;

	if (!c->liftable)
		return due;
	agreed = agreed_by(j, rp_when_last(due));
	/* A bare date is kept until its day is over. */
	if (agreed != NULL && rp_instant_cmp(agreed->until, due.from) > 0)
		due = rp_when_exact(agreed->last);
	return due;
}

static void
note_longest(struct tally *t, struct rp_when from, struct rp_when to,
    struct rp_when due, bool open)
{
	int64_t s = rp_span_s(rp_instant_between(rp_when_last(from),
	    to.from));

	if (t->late > 0 && s <= t->longest_s)
		return;
	t->longest_s = s;
	t->longest_from = from;
	t->longest_to = to;
	t->longest_due = due;
	t->longest_open = open;
}

/* One gap; `open` when it ends only because the view does. */
static void
add_gap(const struct rp_judging *j, const struct cadence *c, struct tally *t,
    struct rp_when from, struct rp_when to, bool open)
{
	struct rp_when due = next_due(j, c, from);
	enum rp_verdict v;
	int64_t late;

	if (!rp_rule_in_force(c->rule, from.from))
		return;
	if (!t->any)
		t->first = from;
	t->any = true;
	t->last = to;
	v = open ? rp_judge_open(to.from, due, &late) :
	    rp_judge_done(to, due, &late);
	if (v == RP_VERDICT_DUE) {
		t->open = true;
		t->open_from = from;
		t->open_due = due;
		return;
	}
	t->gaps++;
	if (v == RP_VERDICT_UNDECIDED)
		t->unsure++;
	if (v != RP_VERDICT_BREACHED)
		return;
	note_longest(t, from, to, due, open);
	t->late++;
}

static void
count_posts(const struct rp_judging *j, const struct cadence *c,
    const struct stretch *s, struct tally *t)
{
	struct rp_when last = s->start;

	for (size_t i = rp_first_reaching(j->reach, j->n_posts,
	    rp_when_last(s->start)); i < j->n_posts; i++) {
		struct rp_when at = j->post[i]->at;

		if (rp_instant_cmp(at.from, rp_when_last(s->start)) < 0)
			continue;
		if (rp_instant_cmp(at.from, rp_when_last(s->end)) > 0)
			break;
		add_gap(j, c, t, last, at, false);
		if (t->any)
			t->posts++;
		last = at;
	}
	add_gap(j, c, t, last, s->end, !s->closed);
}

/* A stretch that ends at `end`, or where the whole does if that is sooner. */
static void
count_until(const struct rp_judging *j, const struct cadence *c,
    struct stretch *s, struct tally *t)
{
	if (!s->closed || rp_instant_cmp(c->end.from, s->end.from) < 0) {
		s->end = c->end;
		s->closed = c->closed;
		t->closure = NULL;
	}
	/* Over before it began: there is no gap to judge. */
	if (rp_instant_cmp(s->end.from, rp_when_last(s->start)) >= 0)
		count_posts(j, c, s, t);
}

/* The closure report that ends the duty; NULL: none, or not in this edition. */
static const struct rp_fact *
closure_of(const struct rp_judging *j, const struct rp_rule *rule)
{
	struct rp_civil date;
	struct rp_instant from;

	if (rule->terms->closes == NULL ||
	    rp_civil_parse(rule->terms->closes, &date, NULL) != RP_OK)
		return NULL;
	from = rp_instant_of_civil(date);
	return rp_fact_first(j, RP_FACT_CLOSURE_REPORT, -1, &from);
}

/*
 * Until when a question kept the report open.  Where no answer is on record
 * the first post after it may be one.
 */
static bool
answered(const struct rp_judging *j, const struct rp_asked *a,
    struct rp_when *at)
{
	size_t post = rp_first_reaching(j->reach, j->n_posts,
	    a->question->at.from);

	if (a->answer != NULL)
		*at = a->answer->at;
	else if (post < j->n_posts)
		*at = j->post[post]->at;
	return a->answer != NULL || post < j->n_posts;
}

/*
 * The duty lasts until the closure report, or longer if a question is open
 * then; and each question after that brings it back until its answer.
 */
static rp_status
count_open(const struct rp_judging *j, const struct cadence *c,
    struct tally *t)
{
	const struct rp_fact *closure = closure_of(j, c->rule);
	struct stretch s = { .start = c->start };
	struct rp_asked *asked = NULL;
	size_t n = 0;
	rp_status rc = RP_OK;

	if (closure != NULL)
		rc = rp_pair_questions(j, &asked, &n);
	if (rc != RP_OK)
		return rc;
	if (closure != NULL)
		s = (struct stretch){ c->start, closure->at, true };
	for (size_t i = 0; i < n && s.closed; i++) {
		struct rp_when at = asked[i].question->at;

		if (rp_instant_cmp(at.from, s.end.from) > 0) {
			count_until(j, c, &s, t);
			s = (struct stretch){ at, at, true };
		}
		s.closed = answered(j, &asked[i], &at);
		if (rp_instant_cmp(at.from, s.end.from) > 0)
			s.end = at;
	}
	t->closure = closure;
	count_until(j, c, &s, t);
	rp_release_mem(asked);
	return RP_OK;
}

/* The time looked at, to the nearest day: it often ends at a bare date. */
static struct rp_span
window_of(const struct tally *t)
{
	int64_t s = rp_span_s(rp_instant_between(t->first.from,
	    t->last.from));

	return rp_span_of_s((s + DAY_S / 2) / DAY_S * DAY_S);
}

static rp_status
add_lapse(struct rp_judging *j, struct rp_finding *row, const struct cadence *c,
    const struct tally *t)
{
	char window[RP_UNIT_TEXT], limit[RP_UNIT_TEXT], longest[RP_UNIT_TEXT];
	char unsure[RP_WORDS] = "";

	(void)rp_span_format(c->limit, limit);
	(void)rp_span_format(window_of(t), window);
	(void)rp_span_format(rp_span_of_s(t->longest_s), longest);
	if (t->unsure > 0)
		(void)snprintf(unsure, sizeof(unsure), " for certain and %"
		    PRIu64 " perhaps", t->unsure);
	row->verdict = RP_VERDICT_BREACHED;
	row->clock_start = t->longest_from;
	row->has_due = true;
	row->due = t->longest_due;
	row->has_met = !t->longest_open;
	row->met = t->longest_to;
	row->still_open = t->longest_open;
	row->has_overdue = true;
	row->overdue_s = rp_span_s(rp_instant_between(
	    rp_when_last(t->longest_due), t->longest_to.from));
	row->has_count = true;
	row->count = t->late;
	return rp_findings_add(j, row, "%" PRIu64 " post%s in %s, %" PRIu64
	    " gap%s over %s%s, the longest %s%s", t->posts,
	    t->posts == 1 ? "" : "s", window, t->late,
	    t->late == 1 ? "" : "s", limit, unsure,
	    rp_when_is_exact(t->longest_from) &&
	    rp_when_is_exact(t->longest_to) ? "" : "at least ", longest);
}

static rp_status
add_tally(struct rp_judging *j, const struct cadence *c,
    const struct tally *t)
{
	struct rp_finding row = { .rule = c->rule, .id = c->rule->id,
	    .duty = -1, .by = c->by, .clock_start = t->first,
	    .has_count = true };
	char citation[160], verdict[RP_WORDS], limit[RP_UNIT_TEXT];

	rp_rule_cite(c->rule, 0, c->start.from, citation, sizeof(citation));
	(void)rp_span_format(c->limit, limit);
	row.citation = citation;
	if (t->late > 0)
		return add_lapse(j, &row, c, t);
	row.count = t->posts;
	if (t->unsure > 0) {
		row.verdict = RP_VERDICT_UNDECIDED;
		return rp_findings_add(j, &row, "%" PRIu64 " of %" PRIu64
		    " gaps between posts may be over %s, which cannot be told "
		    "from dates alone: the times of the posts are needed",
		    t->unsure, t->gaps, limit);
	}
	row.verdict = t->open ? RP_VERDICT_DUE : RP_VERDICT_MET;
	if (t->open) {
		row.has_due = true;
		row.clock_start = t->open_from;
		row.due = t->open_due;
		row.still_open = true;
		return rp_findings_add(j, &row, "%" PRIu64 " post%s, no gap "
		    "over %s so far; for the next post %s", t->posts,
		    t->posts == 1 ? "" : "s", limit,
		    rp_words_verdict(j, &row, verdict));
	}
	return rp_findings_add(j, &row, "%" PRIu64 " post%s, no gap over %s%s",
	    t->posts, t->posts == 1 ? "" : "s", limit, t->closure == NULL ?
	    "" : "; the closure report ended the duty");
}

/* Nothing to count from: say so rather than call it silence. */
static rp_status
add_unknown(struct rp_judging *j, const struct cadence *c)
{
	struct rp_finding row = { .rule = c->rule, .id = c->rule->id,
	    .duty = -1, .by = c->by, .verdict = RP_VERDICT_UNDECIDED,
	    .clock_start = c->start };
	char citation[160];

	rp_rule_cite(c->rule, 0, c->start.from, citation, sizeof(citation));
	row.citation = citation;
	return rp_findings_add(j, &row, "the case lists no posts, so the gaps "
	    "between them cannot be counted");
}

/* c without its end: the closing of the report, or else the view's. */
static rp_status
judge_cadence(struct rp_judging *j, struct cadence *c)
{
	const struct rp_fact *closed = rp_fact_first(j, RP_FACT_CLOSED, -1,
	    NULL);
	struct tally t = { 0 };
	rp_status rc;

	if (closed != NULL && (!c->closed || rp_instant_cmp(closed->at.from,
	    c->end.from) < 0)) {
		c->end = closed->at;
		c->closed = true;
	}
	if (!c->closed)
		c->end = rp_when_exact(j->now);
	rc = count_open(j, c, &t);
	if (rc != RP_OK)
		return rc;
	if (!t.any)
		return RP_OK;
	/* Of so short a time nobody has to know the posts. */
	if (j->n_posts == 0 && (t.late > 0 || (!t.open && t.unsure > 0)))
		return add_unknown(j, c);
	return add_tally(j, c, &t);
}

/*
 * From the disclosure on, or where that is not on record from the first
 * post.
 */
rp_status
rp_judge_updates(struct rp_judging *j, const struct rp_rule *rule,
    struct rp_span limit)
{
	const struct rp_fact *disclosed = rp_fact_first(j,
	    RP_FACT_INCIDENT_DISCLOSED, -1, NULL);
	struct cadence c = { .rule = rule, .limit = limit, .liftable = true,
	    .start = j->cs->aware };

	if (disclosed != NULL)
		c.start = disclosed->at;
	else if (j->n_posts > 0)
		c.start = j->post[0]->at;
	return judge_cadence(j, &c);
}

rp_status
rp_check_updates(struct rp_judging *j, const struct rp_rule *rule)
{
	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	return rp_judge_updates(j, rule, rule->limit);
}

/* Late duties as one delay: the first deadline, the last revocation. */
struct delay {
	int duty;			/* the first late one; -1: none */
	const char *by;			/* whose statement of the clock */
	struct rp_lateness all;
};

/*
 * The report of a delay is open from its disclosure, or else from the missed
 * deadline, until the last certificate is revoked.  The figures it asks for
 * no longer move after that, so the clock stops there (a reading of ours).
 */
static rp_status
judge_delay(struct rp_judging *j, const struct rp_rule *rule,
    const struct delay *delay)
{
	const struct rp_fact *disclosed = rp_fact_first(j,
	    RP_FACT_DELAY_DISCLOSED, delay->duty, NULL);
	struct cadence c = { .rule = rule, .limit = rule->limit,
	    .by = delay->by, .start = delay->all.deadline.at,
	    .closed = delay->all.complete, .end = delay->all.completed };

	if (disclosed != NULL)
		c.start = disclosed->at;
	return judge_cadence(j, &c);
}

static void
join(struct rp_lateness *all, const struct rp_lateness *one)
{
	if (rp_instant_cmp(one->deadline.at.from, all->deadline.at.from) < 0)
		all->deadline = one->deadline;
	if (rp_instant_cmp(one->completed.from, all->completed.from) > 0)
		all->completed = one->completed;
	all->complete = all->complete && one->complete;
}

/* By the clock-th statement where a duty has one, else by the case's own. */
static struct delay
delay_by(const struct rp_judging *j, size_t clock)
{
	struct delay out = { .duty = -1 };

	for (size_t d = 0; d < j->cs->n_duties; d++) {
		struct rp_duty duty = rp_judged_duty(j, d, clock <
		    rp_judged_clocks(j, (int)d) ? clock : 0);
		struct rp_deadline dl;
		struct rp_lateness late;

		if (rp_duty_deadline(&duty, &dl, NULL) != RP_OK)
			continue;
		late = rp_duty_lateness(j, (int)d, &dl);
		if (out.by == NULL)
			out.by = duty.by;
		if (late.late && out.duty < 0) {
			out.all = late;
			out.duty = (int)d;
		} else if (late.late) {
			join(&out.all, &late);
		}
	}
	return out;
}

/* Whether two statements of the clock let the same gaps be counted. */
static bool
same_delay(const struct rp_judging *j, const struct delay *a,
    const struct delay *b)
{
	struct rp_instant at = a->all.deadline.at.from;

	if (a->duty < 0 || b->duty < 0)
		return a->duty < 0 && b->duty < 0;
	return rp_instant_cmp(at, b->all.deadline.at.from) == 0 ||
	    (rp_fact_first(j, RP_FACT_DELAY_DISCLOSED, a->duty, NULL) != NULL
	    && a->duty == b->duty);
}

/*
 * One report covers the incident, so there is one row for all duties; and
 * another where a statement of the clock makes another delay of it.
 */
rp_status
rp_check_delay_updates(struct rp_judging *j, const struct rp_rule *rule)
{
	struct delay own = delay_by(j, 0);
	size_t most = 1;
	rp_status rc = RP_OK;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	if (own.duty >= 0)
		rc = judge_delay(j, rule, &own);
	for (size_t d = 0; d < j->cs->n_duties; d++)
		if (rp_judged_clocks(j, (int)d) > most)
			most = rp_judged_clocks(j, (int)d);
	for (size_t c = 1; c < most && rc == RP_OK; c++) {
		struct delay other = delay_by(j, c);

		if (other.duty >= 0 && !same_delay(j, &own, &other))
			rc = judge_delay(j, rule, &other);
	}
	return rc;
}
