/*
 * judge/update_dues.c - what is owed: promises, answers, and the next post.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "judge/update.h"
#include "check/judging.h"

#define DAY_S INT64_C(86400)

/* ---- promises ----------------------------------------------------------- */

static bool
is_promise(const struct rp_said_row *row)
{
	return row->kind == RP_SAID_PROMISE ||
	    row->kind == RP_SAID_COMMITMENT ||
	    row->kind == RP_SAID_NEXT_UPDATE;
}

/* Whether the last post may not have told of it: better twice than never. */
static bool
since_last(const struct rp_post *post, struct rp_when t)
{
	return !post->has_last || rp_instant_cmp(rp_when_last(t),
	    post->last.from) > 0;
}

static bool
due_before_next(const struct rp_post *post, const struct rp_said_row *row)
{
	return row->has_due && post->due.has && rp_instant_cmp(row->due.from,
	    rp_when_last(post->due.at)) <= 0;
}

/* Whether the post tells of it, and how. */
static bool
state_of(const struct rp_post *post, const struct rp_said_row *row,
    enum rp_post_promise_state *state)
{
	switch (row->verdict) {
	case RP_SAID_OPEN:
		*state = RP_PROMISE_DUE;
		return due_before_next(post, row);
	case RP_SAID_OVERDUE:
		*state = RP_PROMISE_LATE;
		return true;
	case RP_SAID_SLIPPED:
		*state = RP_PROMISE_LATE;
		return row->has_done && since_last(post, row->done);
	case RP_SAID_KEPT:
		*state = RP_PROMISE_KEPT;
		return row->has_done && since_last(post, row->done) &&
		    row->kind != RP_SAID_NEXT_UPDATE;
	case RP_SAID_CHANGED:
	case RP_SAID_SILENTLY_CHANGED:
		*state = RP_PROMISE_MOVED;
		return row->has_due && !row->has_done &&
		    since_last(post, row->due);
	case RP_SAID_AGREES:
	case RP_SAID_CONTRADICTED:
	case RP_SAID_WITHDRAWN:
	case RP_SAID_UNDECIDED:
		break;
	}
	return false;
}

rp_status
rp_post_promises(struct rp_posting *p)
{
	static const enum rp_post_promise_state order[] = {
		RP_PROMISE_DUE, RP_PROMISE_LATE, RP_PROMISE_KEPT,
		RP_PROMISE_MOVED
	};
	struct rp_post *post = p->post;
	const struct rp_said_row *row = NULL;
	struct rp_post_promise *promise;
	enum rp_post_promise_state state;
	size_t n = 0;

	if (p->src->claims != NULL)
		row = rp_claims_rows(p->src->claims, &n);
	promise = rp_alloc_zeroed(n, sizeof(*promise));
	if (promise == NULL)
		return rp_fail(p->err, RP_ENOMEM, "no memory for the post");
	post->promise = promise;
	for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++)
		for (size_t i = 0; i < n; i++)
			if (is_promise(&row[i]) &&
			    state_of(post, &row[i], &state) &&
			    state == order[o])
				promise[post->n_promises++] =
				    (struct rp_post_promise){ state, &row[i] };
	return RP_OK;
}

/* ---- questions ---------------------------------------------------------- */

static int
by_time(const void *x, const void *y)
{
	const struct rp_fact *const *a = x, *const *b = y;
	int order = rp_instant_cmp((*a)->at.from, (*b)->at.from);

	return order != 0 ? order : (*a > *b) - (*a < *b);
}

/* Facts of one kind, by time. */
static size_t
facts_of(const struct rp_case *cs, enum rp_fact_kind kind,
    const struct rp_fact **fact)
{
	size_t n = 0;

	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == kind)
			fact[n++] = &cs->fact[i];
	qsort(fact, n, sizeof(*fact), by_time);
	return n;
}

/* Which questions an answer names; the others are taken in order. */
static void
mark_named(const struct rp_case *cs, bool *named)
{
	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == RP_FACT_ANSWER &&
		    cs->fact[i].answers >= 0)
			named[cs->fact[i].answers] = true;
}

static void
add_question(struct rp_posting *p, const struct rp_fact *fact,
    struct rp_post_question *all)
{
	int64_t s = rp_span_s(rp_instant_between(rp_when_last(fact->at),
	    rp_when_last(p->src->as_of)));

	all[p->post->n_questions++] = (struct rp_post_question){ fact,
	    s < 0 ? 0 : s / DAY_S, s > 7 * DAY_S };
}

/* The n-th answer belongs to the n-th question that no answer names. */
static void
match(struct rp_posting *p, const struct rp_fact **question, size_t n,
    const struct rp_fact **answer, size_t n_answers, const bool *named,
    struct rp_post_question *all)
{
	size_t next = 0;

	for (size_t i = 0; i < n; i++) {
		if (named[question[i] - p->src->now->fact])
			continue;
		while (next < n_answers && (answer[next]->answers >= 0 ||
		    rp_instant_cmp(rp_when_last(answer[next]->at),
		    question[i]->at.from) < 0))
			next++;
		if (next < n_answers)
			next++;
		else
			add_question(p, question[i], all);
	}
}

rp_status
rp_post_questions(struct rp_posting *p)
{
	const struct rp_case *cs = p->src->now;
	const struct rp_fact **fact = NULL;
	struct rp_post_question *all = NULL;
	bool *named = NULL;
	rp_status rc = RP_OK;
	size_t n, n_answers;

	fact = rp_alloc_zeroed(2 * cs->n_facts, sizeof(*fact));
	all = rp_alloc_zeroed(cs->n_facts, sizeof(*all));
	named = rp_alloc_zeroed(cs->n_facts, sizeof(*named));
	p->post->question = all;
	if (fact == NULL || all == NULL || named == NULL) {
		rc = rp_fail(p->err, RP_ENOMEM, "no memory for the post");
		goto out;
	}
	n = facts_of(cs, RP_FACT_QUESTION, fact);
	n_answers = facts_of(cs, RP_FACT_ANSWER, fact + n);
	mark_named(cs, named);
	match(p, fact, n, fact + n, n_answers, named, all);
out:
	rp_release_mem(named);
	rp_release_mem(fact);
	return rc;
}

/* ---- the next post ------------------------------------------------------ */

/* The date that the root program agreed to before `post`, and that lies after
 * it; NULL where there is none. */
static const struct rp_fact *
agreed_after(const struct rp_case *cs, struct rp_when post)
{
	const struct rp_fact *last = NULL;

	for (size_t i = 0; i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		if (f->kind == RP_FACT_NEXT_UPDATE &&
		    rp_instant_cmp(rp_when_last(f->due),
		    rp_when_last(post)) > 0 && (last == NULL ||
		    rp_instant_cmp(last->at.from, f->at.from) <= 0))
			last = f;
	}
	return last;
}

/* Whether a duty was late for certain at a moment, and is not done. */
static bool
is_delayed(const struct rp_post *post, struct rp_when t)
{
	for (size_t i = 0; !post->complete && i < post->n_rows; i++)
		if (post->row[i].has_deadline && rp_instant_cmp(rp_when_last(
		    post->row[i].deadline), t.from) < 0)
			return true;
	return false;
}

/* The time that a rule leaves between two posts; false: it says nothing. */
static bool
limit_of(const struct rp_case *cs, const struct rp_rule *rule,
    struct rp_when from, bool delayed, struct rp_span *limit, bool *liftable)
{
	rp_rule_check *check = rule->terms->check;

	*limit = rule->limit;
	*liftable = check != rp_check_delay_updates;
	if (check == rp_check_irg20)
		*limit = rp_span_of_s(7 * DAY_S);
	else if (check == rp_check_delay_updates) {
		if (!delayed)
			return false;
	} else if (check != rp_check_updates)
		return false;
	/* What should be done every third day must be done every seventh. */
	return (*liftable || rule->severity != RP_SHOULD) &&
	    rp_rule_for_case(rule, cs) && rp_rule_in_force(rule, from.from);
}

static void
take_earlier(struct rp_post_due *due, struct rp_when at,
    const struct rp_rule *rule)
{
	if (!due->has || rp_instant_cmp(rp_when_last(at),
	    rp_when_last(due->at)) < 0)
		*due = (struct rp_post_due){ true, at, rule };
}

/*
 * After a post the next one is due when a rule of that day says so.  A date
 * that was agreed on lifts the weekly rules until then, but not that of a
 * delayed revocation.
 */
struct rp_post_due
rp_next_post(const struct rp_case *now, struct rp_when post, bool delayed)
{
	const struct rp_fact *agreed = agreed_after(now, post);
	struct rp_post_due due = { .has = false };
	struct rp_span limit;
	bool liftable;

	if (agreed != NULL)
		take_earlier(&due, agreed->due, NULL);
	for (size_t i = 0; i < rp_rule_count(); i++)
		if (limit_of(now, rp_rule_at(i), post, delayed, &limit,
		    &liftable) && (agreed == NULL || !liftable))
			take_earlier(&due, rp_when_plus(post, limit),
			    rp_rule_at(i));
	return due;
}

bool
rp_posts_are_over(const struct rp_case *now)
{
	for (size_t i = 0; i < now->n_facts; i++)
		if (now->fact[i].kind == RP_FACT_CLOSED ||
		    now->fact[i].kind == RP_FACT_CLOSURE_REPORT)
			return true;
	return false;
}

void
rp_post_dues(struct rp_posting *p)
{
	const struct rp_case *cs = p->src->now;
	struct rp_post *post = p->post;
	struct rp_instant late;

	for (size_t i = 0; i < cs->n_facts; i++)
		post->closed = post->closed ||
		    cs->fact[i].kind == RP_FACT_CLOSED;
	if (post->closed)
		return;
	post->due = rp_next_post(cs, p->src->as_of,
	    is_delayed(post, p->src->as_of));
	if (!post->has_last)
		return;
	post->was_due = rp_next_post(cs, post->last,
	    is_delayed(post, post->last));
	if (!post->was_due.has)
		return;
	late = rp_when_last(post->was_due.at);
	post->overdue = rp_instant_cmp(late, p->src->as_of.from) < 0;
	if (post->overdue)
		post->overdue_s = rp_span_s(rp_instant_between(late,
		    p->src->as_of.from));
}
