/*
 * check/check_closing.c - action items, and when a report may be closed.
 *
 * An action item is a commitment with a kind.  That its outcome is not on
 * record does not show that there was none; but what was planned for a later
 * day, and has none, was open before that day.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "check/judging.h"

/* ---- action items ------------------------------------------------------- */

static bool
is_action(const struct rp_commitment *c)
{
	return c->kind != RP_ACTION_NONE;
}

/* Given up, as far as can be known. */
static bool
is_cancelled(const struct rp_judging *j, const struct rp_commitment *c)
{
	return c->has_cancelled && rp_seen(c->cancelled, false, c->cancelled,
	    j->as_of, j->view);
}

/* When nothing was left to do about it; false: nothing on record says so. */
static bool
settled(const struct rp_judging *j, const struct rp_commitment *c,
    struct rp_when *at)
{
	if (c->has_done)
		*at = c->done;
	else if (is_cancelled(j, c))
		*at = c->cancelled;
	return c->has_done || is_cancelled(j, c);
}

/* ---- what is open when -------------------------------------------------- */

/* What was open at a moment, and when the last of it was settled. */
struct standing {
	uint64_t items, open_items, unsure_items;
	uint64_t open_questions, unsure_questions;
	bool left;			/* something open is not settled yet */
	bool any;			/* something was settled */
	struct rp_when last;		/* of what was settled */
	const char *item;		/* the first open or unsure one */
};

static void
note_settled(struct standing *s, struct rp_when at)
{
	if (!s->any || rp_instant_cmp(rp_when_last(at),
	    rp_when_last(s->last)) > 0)
		s->last = at;
	s->any = true;
}

/* -1: certainly before or at t, 1: certainly after it, 0: not to be told. */
static int
side_of(struct rp_when at, struct rp_when t)
{
	if (rp_instant_cmp(rp_when_last(at), t.from) <= 0)
		return -1;
	return rp_instant_cmp(at.from, rp_when_last(t)) > 0;
}

static void
look_item(const struct rp_judging *j, const struct rp_commitment *c,
    struct rp_when t, struct standing *s)
{
	struct rp_when at = { 0 };
	bool is_settled = settled(j, c, &at);
	int side = is_settled ? side_of(at, t) :
	    c->has_due && rp_instant_cmp(c->due.from, rp_when_last(t)) > 0;

	if (!is_action(c) || (c->has_said && side_of(c->said, t) > 0))
		return;
	s->items++;
	if (is_settled)
		note_settled(s, at);
	if (is_settled && side < 0)
		return;
	s->left = s->left || !is_settled;
	if (side > 0)
		s->open_items++;
	else
		s->unsure_items++;
	if (s->item == NULL)
		s->item = c->what;
}

static void
look_question(const struct rp_judging *j, const struct rp_asked *a,
    struct rp_when t, struct standing *s)
{
	int asked = side_of(a->question->at, t);
	int side = a->answer != NULL ? side_of(a->answer->at, t) : 0;

	if (asked > 0)
		return;
	if (a->answer != NULL)
		note_settled(s, a->answer->at);
	if (side < 0)
		return;
	s->left = s->left || a->answer == NULL;
	/* Where all posts are listed, none of them means no answer. */
	if (a->answer == NULL && j->n_posts > 0 && !rp_posted_between(j,
	    a->question->at.from, rp_when_last(t)))
		side = 1;
	if (asked < 0 && side > 0)
		s->open_questions++;
	else
		s->unsure_questions++;
}

static rp_status
stand_at(const struct rp_judging *j, struct rp_when t, struct standing *s)
{
	struct rp_asked *asked = NULL;
	size_t n = 0;
	rp_status rc = rp_pair_questions(j, &asked, &n);

	*s = (struct standing){ 0 };
	for (size_t i = 0; i < j->cs->n_commitments; i++)
		look_item(j, &j->cs->commitment[i], t, s);
	for (size_t i = 0; i < n && rc == RP_OK; i++)
		look_question(j, &asked[i], t, s);
	rp_release_mem(asked);
	return rc;
}

/* "2 action items ('new keys' first) and 1 question". */
static const char *
things(uint64_t items, const char *item, uint64_t questions,
    char buf[RP_WORDS])
{
	char i[RP_WORDS] = "", q[RP_WORDS] = "";

	if (items > 0)
		(void)snprintf(i, sizeof(i), "%" PRIu64 " action item%s "
		    "('%.80s'%s)", items, items == 1 ? "" : "s",
		    item == NULL ? "" : item, items == 1 ? "" : " first");
	if (questions > 0)
		(void)snprintf(q, sizeof(q), "%s%" PRIu64 " question%s",
		    items > 0 ? " and " : "", questions,
		    questions == 1 ? "" : "s");
	(void)snprintf(buf, RP_WORDS, "%.180s%.60s", i, q);
	return buf;
}

/* ---- closing ------------------------------------------------------------ */

/* A report that was closed, or asked to be, at a moment. */
struct closing {
	const struct rp_fact *report;	/* the closure report, or NULL */
	const struct rp_fact *closed;	/* or NULL */
	char what[RP_WORDS];		/* "closure was asked for ..." */
	struct standing then;
};

static rp_status
add_open(struct rp_judging *j, const struct closing *c,
    struct rp_finding *row)
{
	const struct standing *s = &c->then;
	char open[RP_WORDS], at[RP_INSTANT_TEXT];
	bool over = s->any && !s->left;

	rp_finding_lapse(row, j, over ? &s->last : NULL);
	row->has_count = true;
	row->count = s->open_items + s->open_questions;
	(void)things(s->open_items, s->item, s->open_questions, open);
	return rp_findings_add(j, row, "%s with %s still open, %s%s",
	    c->what, open, over ? "the last settled " :
	    "not all settled by ", rp_when_format(over ? s->last : j->as_of,
	    at));
}

static rp_status
add_unsure(struct rp_judging *j, const struct closing *c,
    struct rp_finding *row)
{
	const struct standing *s = &c->then;
	char open[RP_WORDS];

	return rp_findings_add(j, row, "%s; whether %s had been settled by "
	    "then is not on record, or not closely enough", c->what,
	    things(s->unsure_items, s->item, s->unsure_questions, open));
}

/* With a closure report: it must not come before the rest, nor too late. */
static rp_status
add_asked(struct rp_judging *j, const struct closing *c,
    struct rp_finding *row)
{
	char verdict[RP_WORDS];

	if (c->closed != NULL) {
		row->due = c->closed->at;
		rp_finding_done(row, c->report->at, c->report->origin.line);
		if (row->verdict != RP_VERDICT_MET)
			return rp_findings_add(j, row, "%s; as for the closing "
			    "itself, %s", c->what, rp_words_verdict(j, row,
			    verdict));
	}
	/* A report without action items, or a case that does not list them. */
	if (c->then.items == 0) {
		rp_finding_leave(row);
		row->has_due = row->has_met = false;
		return rp_findings_add(j, row, "%s when no question was open; "
		    "the case records no action items, so whether they were "
		    "done is not on record", c->what);
	}
	row->verdict = RP_VERDICT_MET;
	row->has_due = c->closed != NULL;
	row->has_met = true;
	row->met = c->report->at;
	return rp_findings_add(j, row, "%s when all action items (%" PRIu64
	    ") were done and no question was open", c->what, c->then.items);
}

static rp_status
add_closed(struct rp_judging *j, const struct closing *c,
    struct rp_finding *row)
{
	const struct rp_fact *denial = rp_fact_denial(j,
	    RP_FACT_CLOSURE_REPORT, -1);

	if (denial != NULL && rp_instant_cmp(denial->at.from,
	    rp_when_last(c->closed->at)) >= 0) {
		rp_finding_lapse(row, j, &denial->at);
		row->has_met = false;
		row->still_open = true;
		return rp_findings_add(j, row, "%s without a closure report, "
		    "as is on record", c->what);
	}
	return rp_findings_add(j, row, "%s, and the case records no '%s' "
	    "before that", c->what, rp_fact_word(RP_FACT_CLOSURE_REPORT));
}

static rp_status
judge_closing(struct rp_judging *j, const struct rp_rule *rule,
    struct closing *c)
{
	const struct rp_fact *fact = c->report != NULL ? c->report : c->closed;
	char citation[160], at[RP_INSTANT_TEXT];
	struct rp_clock_row clock = rp_clock_of(rule, -1, fact->at, citation,
	    sizeof(citation));
	struct rp_finding row = rp_finding_of(&clock);
	rp_status rc = stand_at(j, fact->at, &c->then);

	if (rc != RP_OK)
		return rc;
	row.line = fact->origin.line;
	(void)snprintf(c->what, sizeof(c->what), "%s %s", c->report != NULL ?
	    "closure was asked for" : "the report was closed",
	    rp_when_format(fact->at, at));
	if (c->then.open_items + c->then.open_questions > 0)
		return add_open(j, c, &row);
	if (c->report == NULL)
		return add_closed(j, c, &row);
	if (c->then.unsure_items + c->then.unsure_questions > 0)
		return add_unsure(j, c, &row);
	return add_asked(j, c, &row);
}

/* Nobody asked for it, but everything that it waits for is done. */
static rp_status
judge_ready(struct rp_judging *j, const struct rp_rule *rule)
{
	char citation[160], at[RP_INSTANT_TEXT];
	struct rp_clock_row clock;
	struct rp_finding row;
	struct standing s;
	rp_status rc = stand_at(j, rp_when_exact(j->now), &s);

	if (rc != RP_OK || s.items == 0 || !s.any ||
	    s.open_items + s.unsure_items + s.open_questions +
	    s.unsure_questions > 0 || !rp_rule_in_force(rule, j->now))
		return rc;
	clock = rp_clock_of(rule, -1, s.last, citation, sizeof(citation));
	row = rp_finding_of(&clock);
	row.has_due = false;
	row.still_open = true;
	return rp_findings_add(j, &row, "all action items (%" PRIu64 ") are "
	    "done and no question is open since %s: the closing can be asked "
	    "for, and the case records no '%s'; no date is set for it",
	    s.items, rp_when_format(s.last, at),
	    rp_fact_word(RP_FACT_CLOSURE_REPORT));
}

rp_status
rp_check_closing(struct rp_judging *j, const struct rp_rule *rule)
{
	struct closing c = {
		.report = rp_fact_first(j, RP_FACT_CLOSURE_REPORT, -1, NULL),
		.closed = rp_fact_first(j, RP_FACT_CLOSED, -1, NULL)
	};
	const struct rp_fact *fact = c.report != NULL ? c.report : c.closed;

	if (!rp_rule_for_case(rule, j->cs))
		return RP_OK;
	if (fact == NULL)
		return judge_ready(j, rule);
	if (!rp_rule_in_force(rule, fact->at.from))
		return RP_OK;
	return judge_closing(j, rule, &c);
}

/* ---- updates after events of action items ------------------------------- */

/* What happened to an action item. */
struct action_event {
	const struct rp_commitment *item;
	struct rp_when at;
	const char *what;		/* "was done" */
	bool certain;			/* it did happen */
};

/* What is posted, too, and perhaps not listed as an update. */
#define POSTS (RP_FACT_BIT(RP_FACT_INCIDENT_DISCLOSED) | \
    RP_FACT_BIT(RP_FACT_FULL_REPORT) | \
    RP_FACT_BIT(RP_FACT_DELAY_DISCLOSED) | \
    RP_FACT_BIT(RP_FACT_CLOSURE_REPORT) | RP_FACT_BIT(RP_FACT_ANSWER))

/*
 * All posts by time; `reach` is the last second of those up to each, so that
 * who asks from a moment on need not walk over those before it.
 */
struct posts {
	struct rp_when *at;
	struct rp_instant *reach;
	size_t n;
};

static int
whens_by_time(const void *a, const void *b)
{
	const struct rp_when *x = a, *y = b;
	int c = rp_instant_cmp(x->from, y->from);

	return c != 0 ? c : rp_instant_cmp(x->until, y->until);
}

static rp_status
collect_posts(const struct rp_judging *j, struct posts *p)
{
	*p = (struct posts){
		.at = rp_alloc_zeroed(j->n_posts + j->n_facts, sizeof(*p->at)),
		.reach = rp_alloc_zeroed(j->n_posts + j->n_facts,
		    sizeof(*p->reach))
	};
	if (p->at == NULL || p->reach == NULL)
		return rp_fail(j->err, RP_ENOMEM, "no memory for the posts");
	for (size_t i = 0; i < j->n_posts; i++)
		p->at[p->n++] = j->post[i]->at;
	for (size_t i = 0; i < j->n_facts; i++)
		if ((POSTS & RP_FACT_BIT(j->fact[i]->kind)) != 0)
			p->at[p->n++] = j->fact[i]->at;
	if (p->n > 0)
		qsort(p->at, p->n, sizeof(*p->at), whens_by_time);
	for (size_t i = 0; i < p->n; i++) {
		p->reach[i] = rp_when_last(p->at[i]);
		if (i > 0 && rp_instant_cmp(p->reach[i - 1], p->reach[i]) > 0)
			p->reach[i] = p->reach[i - 1];
	}
	return RP_OK;
}

/* How posts lie to an event and to what follows it. */
struct followed {
	bool sure, maybe, late, any;
	struct rp_when post, after;	/* the first in time; the first late */
};

static struct followed
follow(const struct posts *p, struct rp_when event, struct rp_when due)
{
	struct followed f = { .any = p->n > 0 };
	int64_t late;

	for (size_t i = rp_first_reaching(p->reach, p->n, event.from);
	    i < p->n && !f.sure && !f.late; i++) {
		enum rp_verdict v = rp_judge_done(p->at[i], due, &late);

		if (rp_instant_cmp(rp_when_last(p->at[i]), event.from) < 0)
			continue;
		f.late = v == RP_VERDICT_BREACHED;
		f.sure = v == RP_VERDICT_MET && rp_instant_cmp(p->at[i].from,
		    rp_when_last(event)) >= 0;
		f.maybe = f.maybe || (!f.late && !f.sure);
		if (f.late)
			f.after = p->at[i];
		if (f.sure)
			f.post = p->at[i];
	}
	return f;
}

/* Whatever may have happened: why it cannot be told. */
static const char *
doubt(const struct followed *f, const struct action_event *e)
{
	if (!f->any)
		return "the case lists no posts";
	if (f->maybe)
		return "a post may have followed in time, which cannot be "
		    "told from the times as they are known";
	if (!e->certain)
		return "no outcome is on record: it may have been done, and "
		    "told, before";
	return NULL;
}

static rp_status
judge_event(struct rp_judging *j, const struct rp_rule *rule,
    const struct posts *p, const struct action_event *e)
{
	char citation[160], at[RP_INSTANT_TEXT], verdict[RP_WORDS];
	char what[RP_WORDS];
	struct rp_clock_row clock = rp_clock_of(rule, -1, e->at, citation,
	    sizeof(citation));
	struct rp_finding row = rp_finding_of(&clock);
	struct followed f = follow(p, clock.start, clock.due);

	row.line = e->item->origin.line;
	(void)snprintf(what, sizeof(what), "the action item '%.100s' %s %s",
	    e->item->what, e->what, rp_when_format(e->at, at));
	if (f.sure) {
		rp_finding_done(&row, f.post, row.line);
		return rp_findings_add(j, &row, "%s, update %s, %s", what,
		    rp_when_format(f.post, at), rp_words_verdict(j, &row,
		    verdict));
	}
	rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_DUE)
		return rp_findings_add(j, &row, "%s, no update on record "
		    "yet, %s", what, rp_words_verdict(j, &row, verdict));
	if (doubt(&f, e) != NULL) {
		rp_finding_leave(&row);
		return rp_findings_add(j, &row, "%s, an update was due by %s, "
		    "and %s", what, rp_when_format(row.due, at),
		    doubt(&f, e));
	}
	if (f.late) {
		row.still_open = false;
		rp_finding_done(&row, f.after, row.line);
	}
	return rp_findings_add(j, &row, "%s, %s%s, %s", what, f.late ?
	    "the next update " : "no update", f.late ? rp_when_format(f.after,
	    at) : "", rp_words_verdict(j, &row, verdict));
}

/*
 * Whether the date passed with the item open: -1 no, 0 perhaps, 1 certainly.
 * The last second of the date is still in time.
 */
static int
slipped(const struct rp_judging *j, const struct rp_commitment *c)
{
	struct rp_when at = { 0 };

	if (!c->has_due ||
	    rp_instant_cmp(rp_when_last(c->due), j->now) >= 0)
		return -1;
	if (!settled(j, c, &at))
		return 0;
	return side_of(at, rp_when_exact(rp_when_last(c->due))) > 0 ? 1 : -1;
}

static rp_status
judge_item(struct rp_judging *j, const struct rp_rule *rule,
    const struct posts *p, const struct rp_commitment *c)
{
	struct action_event events[3];
	size_t n = 0;
	rp_status rc = RP_OK;

	if (slipped(j, c) >= 0)
		events[n++] = (struct action_event){ c,
		    rp_when_exact(rp_when_last(c->due)), slipped(j, c) > 0 ?
		    "was not done by" : "is not on record as done by",
		    slipped(j, c) > 0 };
	if (c->has_done)
		events[n++] = (struct action_event){ c, c->done, "was done",
		    true };
	if (is_cancelled(j, c))
		events[n++] = (struct action_event){ c, c->cancelled,
		    "was given up", true };
	for (size_t i = 0; i < n && rc == RP_OK; i++)
		if (rp_rule_in_force(rule, events[i].at.from))
			rc = judge_event(j, rule, p, &events[i]);
	return rc;
}

rp_status
rp_check_actions(struct rp_judging *j, const struct rp_rule *rule)
{
	struct posts p = { 0 };
	rp_status rc;

	if (!rp_rule_for_case(rule, j->cs) || j->cs->n_commitments == 0)
		return RP_OK;
	rc = collect_posts(j, &p);
	for (size_t i = 0; i < j->cs->n_commitments && rc == RP_OK; i++)
		if (is_action(&j->cs->commitment[i]))
			rc = judge_item(j, rule, &p, &j->cs->commitment[i]);
	rp_release_mem(p.at);
	rp_release_mem(p.reach);
	return rc;
}
