/*
 * judge/dues.c - what is still to be done, and by when.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "revplan/dues.h"
#include "check/judging.h"

/* How the ids of rules begin that the case has made. */
#define OF_CASE "CASE-"

struct rp_dues {
	struct rp_due *row;
	size_t n;
	char citation[160];	/* of the next post */
};

/* While they are gathered. */
struct gathering {
	const struct rp_case *cs;
	const struct rp_finding *finding;
	size_t n_findings;
	struct rp_when as_of;
	struct rp_instant now;
	bool closed;		/* the report is */
	struct rp_dues *dues;
};

const char *
rp_due_state_word(enum rp_due_state state)
{
	static const char *const words[] = {
		[RP_DUE_OVERDUE] = "overdue",
		[RP_DUE_UNRECORDED] = "not on record",
		[RP_DUE_AHEAD] = "due",
	};

	return words[state];
}

bool
rp_due_is_published(const struct rp_due *due)
{
	return due->rule != NULL && strcmp(due->id, due->rule->id) != 0;
}

bool
rp_rule_is_standing(const struct rp_rule *rule)
{
	return rule->terms->anchor == RP_ANCHOR_RULE ||
	    rule->terms->keyed_on == RP_KEYED_TODAY;
}

/* Rules that ask for posts, one after the other. */
static bool
asks_for_posts(const struct rp_rule *rule)
{
	return rule->terms->check == rp_check_updates ||
	    rule->terms->check == rp_check_delay_updates ||
	    rule->terms->check == rp_check_irg20;
}

static void
add(struct gathering *g, const struct rp_due *due)
{
	g->dues->row[g->dues->n++] = *due;
}

/* The state of what is not done; the day of a bare date is still ahead. */
static enum rp_due_state
state_of(const struct gathering *g, struct rp_when at)
{
	int64_t late;

	return rp_judge_open(g->now, at, &late) == RP_VERDICT_BREACHED ?
	    RP_DUE_OVERDUE : RP_DUE_AHEAD;
}

/*
 * The commitment that a row judges, by its line and its words; NULL: the row
 * is of a requirement.  What was recorded in a store has no line.
 */
static const struct rp_commitment *
commitment_of(const struct gathering *g, const struct rp_finding *f)
{
	if (strncmp(f->id, OF_CASE, strlen(OF_CASE)) != 0)
		return NULL;
	for (size_t i = 0; i < g->cs->n_commitments; i++)
		if (g->cs->commitment[i].origin.line == f->line &&
		    strcmp(g->cs->commitment[i].what, f->rule->title) == 0)
			return &g->cs->commitment[i];
	return NULL;
}

/* What was given up is no longer owed. */
static bool
is_given_up(const struct gathering *g, const struct rp_commitment *m)
{
	return m != NULL && m->has_cancelled &&
	    rp_instant_cmp(m->cancelled.from, g->now) <= 0;
}

/* ---- what rules ask for ------------------------------------------------- */

static bool
is_closed(const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == RP_FACT_CLOSED)
			return true;
	return false;
}

/*
 * What was not seen may have been done, so it is never called overdue; and
 * once the report is closed nobody waits for it.
 */
static bool
finding_is_due(const struct gathering *g, const struct rp_finding *f,
    enum rp_due_state *state)
{
	*state = RP_DUE_AHEAD;
	switch (f->verdict) {
	case RP_VERDICT_DUE:
		return true;
	case RP_VERDICT_BREACHED:
		*state = RP_DUE_OVERDUE;
		return f->still_open;
	case RP_VERDICT_UNDECIDED:
		if (f->has_due && state_of(g, f->due) == RP_DUE_OVERDUE)
			*state = RP_DUE_UNRECORDED;
		return f->has_due && !f->has_met &&
		    !rp_rule_is_standing(f->rule) &&
		    (*state == RP_DUE_AHEAD || !g->closed);
	case RP_VERDICT_MET:
		break;
	}
	return false;
}

static void
add_finding(struct gathering *g, const struct rp_finding *f,
    enum rp_due_state state, const struct rp_commitment *m)
{
	/* A rule counts to the end of a day; who promised it said the day. */
	bool day = m != NULL && m->has_due;

	add(g, &(struct rp_due){ .state = state, .has_at = f->has_due,
	    .at = day ? m->due : f->due, .id = f->id,
	    .what = f->rule->title, .rule = f->rule, .duty = f->duty,
	    .by = f->by, .has_count = f->has_count, .count = f->count,
	    .citation = f->citation, .detail = f->detail, .line = f->line });
}

static void
add_findings(struct gathering *g)
{
	for (size_t i = 0; i < g->n_findings; i++) {
		const struct rp_finding *f = &g->finding[i];
		const struct rp_commitment *m = commitment_of(g, f);
		enum rp_due_state state;

		if (finding_is_due(g, f, &state) && !is_given_up(g, m))
			add_finding(g, f, state, m);
	}
}

/* ---- the next post ------------------------------------------------------ */

/* Whether certificates are late and still not revoked. */
static bool
is_delayed(const struct gathering *g)
{
	for (size_t i = 0; i < g->n_findings; i++)
		if (g->finding[i].rule->terms->check == rp_check_revocation &&
		    g->finding[i].verdict == RP_VERDICT_BREACHED &&
		    g->finding[i].still_open)
			return true;
	return false;
}

/* The rules on posts whose rows speak of a gap that is over. */
static bool
next_post_is_untold(const struct gathering *g)
{
	bool any = false;

	for (size_t i = 0; i < g->n_findings; i++) {
		const struct rp_finding *f = &g->finding[i];

		if (!asks_for_posts(f->rule))
			continue;
		if (f->verdict == RP_VERDICT_DUE || f->still_open)
			return false;
		any = any || f->verdict == RP_VERDICT_BREACHED;
	}
	return any;
}

static const struct rp_update *
last_post(const struct rp_case *cs)
{
	const struct rp_update *last = NULL;

	for (size_t i = 0; i < cs->n_updates; i++)
		if (last == NULL || rp_instant_cmp(last->at.from,
		    cs->update[i].at.from) <= 0)
			last = &cs->update[i];
	return last;
}

/*
 * A row about posts tells of the longest gap.  Where that one is over, the
 * next post is due all the same.
 */
static void
add_next_post(struct gathering *g)
{
	const struct rp_update *last = last_post(g->cs);
	struct rp_post_due next;

	if (last == NULL || !next_post_is_untold(g) ||
	    rp_posts_are_over(g->cs))
		return;
	next = rp_next_post(g->cs, last->at, is_delayed(g));
	if (!next.has || next.rule == NULL)
		return;
	rp_rule_cite(next.rule, 0, last->at.from, g->dues->citation,
	    sizeof(g->dues->citation));
	add(g, &(struct rp_due){ .state = state_of(g, next.at),
	    .has_at = true, .at = next.at, .id = next.rule->id,
	    .what = next.rule->title, .rule = next.rule, .duty = -1,
	    .citation = g->dues->citation,
	    .detail = "the next post on the bug", .line = last->origin.line });
}

/* ---- what was promised -------------------------------------------------- */

/* Whether a rule waits for the post of that day already. */
static bool
is_told(const struct gathering *g, const struct rp_said_row *row)
{
	for (size_t i = 0; i < g->dues->n; i++) {
		const struct rp_due *d = &g->dues->row[i];

		if (d->rule != NULL && d->has_at && asks_for_posts(d->rule) &&
		    rp_instant_cmp(rp_when_last(d->at),
		    rp_when_last(row->due)) == 0)
			return true;
	}
	return false;
}

/* Commitments are not among these: the check judges each as a rule. */
static void
add_said(struct gathering *g, const struct rp_said_row *row)
{
	bool post = row->kind == RP_SAID_NEXT_UPDATE;

	if ((!post && row->kind != RP_SAID_PROMISE) || !row->has_due ||
	    row->has_done || (post && is_told(g, row)))
		return;
	if (row->verdict != RP_SAID_OPEN && row->verdict != RP_SAID_OVERDUE &&
	    row->verdict != RP_SAID_UNDECIDED)
		return;
	add(g, &(struct rp_due){ .state = state_of(g, row->due),
	    .has_at = true, .at = row->due,
	    .id = post ? "next-update" : "promise",
	    .what = row->what, .duty = -1, .citation = row->source,
	    .detail = row->detail, .line = row->line });
}

/* ---- all of it ---------------------------------------------------------- */

static int
moments(const struct rp_due *x, const struct rp_due *y)
{
	int c;

	if (x->has_at != y->has_at)
		return x->has_at ? 1 : -1;
	if (!x->has_at)
		return 0;
	c = rp_instant_cmp(x->at.from, y->at.from);
	return c != 0 ? c : rp_instant_cmp(x->at.until, y->at.until);
}

/* The last resort against the whims of qsort. */
static int
lines(const struct rp_due *x, const struct rp_due *y)
{
	int c = (x->line > y->line) - (x->line < y->line);

	return c != 0 ? c : strcmp(x->detail != NULL ? x->detail : "",
	    y->detail != NULL ? y->detail : "");
}

static int
by_time(const void *a, const void *b)
{
	const struct rp_due *x = a, *y = b;
	int c = (x->state > y->state) - (x->state < y->state);

	if (c == 0)
		c = moments(x, y);
	if (c == 0)
		c = strcmp(x->id, y->id);
	if (c == 0)
		c = (x->duty > y->duty) - (x->duty < y->duty);
	return c != 0 ? c : lines(x, y);
}

rp_status
rp_dues(const struct rp_case *cs, const struct rp_findings *findings,
    const struct rp_claims *claims, struct rp_when as_of,
    struct rp_dues **out, struct rp_err *err)
{
	struct gathering g = { .cs = cs, .as_of = as_of,
	    .now = rp_when_last(as_of), .closed = is_closed(cs) };
	const struct rp_said_row *said;
	size_t n;

	g.finding = rp_findings_rows(findings, &g.n_findings);
	said = rp_claims_rows(claims, &n);
	g.dues = rp_alloc_zeroed(1, sizeof(*g.dues));
	if (g.dues != NULL)
		g.dues->row = rp_alloc_zeroed(g.n_findings + n + 1,
		    sizeof(*g.dues->row));
	if (g.dues == NULL || g.dues->row == NULL) {
		rp_dues_free(g.dues);
		return rp_fail(err, RP_ENOMEM, "out of memory for the dues");
	}
	add_findings(&g);
	add_next_post(&g);
	for (size_t i = 0; i < n; i++)
		add_said(&g, &said[i]);
	qsort(g.dues->row, g.dues->n, sizeof(*g.dues->row), by_time);
	*out = g.dues;
	return RP_OK;
}

void
rp_dues_free(struct rp_dues *d)
{
	if (d == NULL)
		return;
	rp_release_mem(d->row);
	rp_release_mem(d);
}

const struct rp_due *
rp_dues_rows(const struct rp_dues *d, size_t *n)
{
	*n = d->n;
	return d->row;
}
