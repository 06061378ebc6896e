/*
 * judge/update_restate.c - what the public had read and has been corrected
 * since: told apart with its reason, or else a contradiction.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "judge/update.h"

/* One list whose items can be corrected. */
struct list {
	size_t (*count)(const struct rp_case *cs);
	const struct rp_mark *(*mark)(const struct rp_case *cs, int i);
	bool (*seen)(const struct rp_case *cs, int i, struct rp_when as_of,
	    enum rp_view view);
	/* Tell how item `is` differs from item `was`. */
	void (*tell)(struct rp_posting *p, int was, int is);
	/* Tell of an item that the public had not read then; may be NULL. */
	void (*tell_new)(struct rp_posting *p, int is);
	/* From within only the last link counts, see rp_case_view(). */
	bool only_last;
};

/* The restatements as they grow; there is room for every item of the case. */
static void
add(struct rp_posting *p, const struct rp_restatement *r)
{
	struct rp_restatement *all =
	    (struct rp_restatement *)(uintptr_t)p->post->restatement;

	all[p->post->n_restatements++] = *r;
}

/* A correction says why, or it is none. */
static const char *
reason(const struct rp_mark *mark, const char *note)
{
	return mark->retracted != NULL ? mark->retracted : note;
}

/* ---- actuals ------------------------------------------------------------ */

static const struct rp_amount *
amount_of(const struct rp_actual *a, enum rp_figure figure)
{
	switch (figure) {
	case RP_FIGURE_REISSUED:
	case RP_FIGURE_REPLACED:
	case RP_FIGURE_REVOKED:
	case RP_FIGURE_GONE:
		return &a->metric[figure];
	case RP_FIGURE_EXPIRED:
		return &a->expired;
	case RP_FIGURE_EXPIRED_LATE:
		return &a->expired_late;
	case RP_FIGURE_OUTSTANDING:
		return &a->remaining;
	case RP_FIGURE_HELD:
		return &a->held;
	case RP_FIGURE_EXPIRED_EARLY:
	case RP_FIGURES:
		break;
	}
	return NULL;
}

static bool
same_amount(const struct rp_amount *a, const struct rp_amount *b)
{
	if (a->known != b->known || a->is_count != b->is_count)
		return false;
	return a->is_count ? rp_count_n(a->count) == rp_count_n(b->count) :
	    rp_share_ppb(a->share) == rp_share_ppb(b->share);
}

static bool
same_when(struct rp_when a, struct rp_when b)
{
	return rp_instant_cmp(a.from, b.from) == 0 &&
	    rp_instant_cmp(a.until, b.until) == 0;
}

static size_t
actual_count(const struct rp_case *cs)
{
	return cs->n_actuals;
}

static const struct rp_mark *
actual_mark(const struct rp_case *cs, int i)
{
	return &cs->actual[i].mark;
}

/* What takes something back has no time of its own. */
static bool
seen(const struct rp_mark *mark, struct rp_when own, bool has_published,
    struct rp_when published, struct rp_when as_of, enum rp_view view)
{
	if (mark->retracted != NULL)
		own = rp_when_exact(as_of.from);
	return rp_seen(own, has_published, published, as_of, view);
}

static bool
actual_seen(const struct rp_case *cs, int i, struct rp_when as_of,
    enum rp_view view)
{
	const struct rp_actual *a = &cs->actual[i];

	return seen(&a->mark, a->as_of, a->has_published, a->published,
	    as_of, view);
}

/* One restatement for each figure that differs; how many. */
static size_t
compare_figures(const struct rp_actual *was, const struct rp_actual *is,
    struct rp_restatement *r, struct rp_posting *p)
{
	size_t n = 0;

	for (int f = 0; f < RP_FIGURES; f++) {
		const struct rp_amount *a = amount_of(was, (enum rp_figure)f);
		const struct rp_amount *b = amount_of(is, (enum rp_figure)f);

		if (a == NULL || !a->known || same_amount(a, b))
			continue;
		r->figure = (enum rp_figure)f;
		r->before = *a;
		r->now = *b;
		if (r->note != NULL)
			add(p, r);
		n++;
	}
	return n;
}

static void
tell_actual(struct rp_posting *p, int w, int i)
{
	const struct rp_actual *was = &p->src->full->actual[w];
	const struct rp_actual *is = &p->src->full->actual[i];
	struct rp_restatement r = { .of = RP_RESTATED_ACTUAL, .duty = -1,
	    .population = was->population, .at = was->as_of,
	    .at_now = is->mark.retracted != NULL ? was->as_of : is->as_of,
	    .note = reason(&is->mark, is->note),
	    .line_before = was->origin.line, .line_now = is->origin.line };
	char at[RP_INSTANT_TEXT], line[32];
	size_t n = compare_figures(was, is, &r, p);

	if (n == 0 && !same_when(r.at, r.at_now)) {
		r.figure = RP_FIGURES;
		if (r.note != NULL)
			add(p, &r);
		n++;
	}
	if (n > 0 && r.note == NULL)
		rp_post_contradicts(p, &is->origin, "this replaces the actual "
		    "of %s%s, which was public by the last update, without a "
		    "reason; say in 'note' why the figure changed",
		    rp_when_format(was->as_of, at),
		    rp_post_line(&was->origin, line));
}

/* ---- facts -------------------------------------------------------------- */

static size_t
fact_count(const struct rp_case *cs)
{
	return cs->n_facts;
}

static const struct rp_mark *
fact_mark(const struct rp_case *cs, int i)
{
	return &cs->fact[i].mark;
}

static bool
fact_seen(const struct rp_case *cs, int i, struct rp_when as_of,
    enum rp_view view)
{
	const struct rp_fact *f = &cs->fact[i];

	return seen(&f->mark, f->at, f->has_published, f->published, as_of,
	    view);
}

/* A question, an answer or a date for the next post is no figure. */
static bool
is_figure(const struct rp_fact *f)
{
	return f->kind != RP_FACT_QUESTION && f->kind != RP_FACT_ANSWER &&
	    f->kind != RP_FACT_NEXT_UPDATE && f->kind != RP_FACT_CLOSED;
}

static struct rp_amount
fact_amount(const struct rp_fact *f)
{
	if (!f->has_certificates || f->mark.retracted != NULL)
		return (struct rp_amount){ .known = false };
	return rp_amount_of(rp_count_n(f->certificates));
}

static void
tell_fact(struct rp_posting *p, int w, int i)
{
	const struct rp_fact *was = &p->src->full->fact[w];
	const struct rp_fact *is = &p->src->full->fact[i];
	bool gone = is->mark.retracted != NULL;
	struct rp_restatement r = { .of = RP_RESTATED_FACT, .fact = was->kind,
	    .duty = was->duty, .population = -1, .at = was->at,
	    .at_now = gone ? was->at : is->at, .figure = RP_FIGURE_REVOKED,
	    .before = fact_amount(was), .now = fact_amount(is),
	    .note = reason(&is->mark, is->note),
	    .line_before = was->origin.line, .line_now = is->origin.line };
	char at[RP_INSTANT_TEXT], line[32];

	if (!is_figure(was) || (!gone && same_when(r.at, r.at_now) &&
	    same_amount(&r.before, &r.now)))
		return;
	if (!gone && same_amount(&r.before, &r.now))
		r.figure = RP_FIGURES;
	if (r.note != NULL)
		add(p, &r);
	else
		rp_post_contradicts(p, &is->origin, "this replaces the fact "
		    "'%s' of %s%s, which was public by the last update, "
		    "without a reason; say in 'note' why it changed",
		    rp_fact_word(was->kind), rp_when_format(was->at, at),
		    rp_post_line(&was->origin, line));
}

/* ---- plans -------------------------------------------------------------- */

static size_t
plan_count(const struct rp_case *cs)
{
	return cs->n_plans;
}

static const struct rp_mark *
plan_mark(const struct rp_case *cs, int i)
{
	return &cs->plan[i].mark;
}

static bool
plan_seen(const struct rp_case *cs, int i, struct rp_when as_of,
    enum rp_view view)
{
	const struct rp_plan *plan = &cs->plan[i];

	return !plan->has_published || rp_seen(plan->published, false,
	    plan->published, as_of, view);
}

static bool
same_plan(const struct rp_plan *a, const struct rp_plan *b)
{
	if (a->n_milestones != b->n_milestones || a->metric != b->metric)
		return false;
	for (size_t i = 0; i < a->n_milestones; i++)
		if (!same_when(a->milestone[i].by, b->milestone[i].by) ||
		    rp_share_ppb(a->milestone[i].share) !=
		    rp_share_ppb(b->milestone[i].share))
			return false;
	return true;
}

static void
tell_plan(struct rp_posting *p, int w, int i)
{
	const struct rp_plan *was = &p->src->full->plan[w];
	const struct rp_plan *is = &p->src->full->plan[i];
	struct rp_restatement r = { .of = RP_RESTATED_PLAN, .duty = -1,
	    .population = -1, .at = was->published, .at_now = is->published,
	    .figure = RP_FIGURES, .note = reason(&is->mark,
	    is->notice != NULL ? is->notice : is->note),
	    .line_before = was->origin.line, .line_now = is->origin.line };
	char at[RP_INSTANT_TEXT], line[32];

	if (is->mark.retracted == NULL && same_plan(was, is))
		return;
	if (r.note != NULL)
		add(p, &r);
	else
		rp_post_contradicts(p, &is->origin, "this replaces the plan "
		    "published %s%s, which was public by the last update, "
		    "without a reason; say in 'note' why it changed",
		    was->has_published ? rp_when_format(was->published, at) :
		    "on an unknown day", rp_post_line(&was->origin, line));
}

/* ---- records that came late --------------------------------------------- */

/*
 * A revocation of before the last post, for certain, of which the public heard
 * only after it: where records alone make up the number, the one that was read
 * then is another one now.
 */
static void
tell_late_record(struct rp_posting *p, int i)
{
	const struct rp_fact *f = &p->src->full->fact[i];
	struct rp_restatement r = { .of = RP_RESTATED_FACT, .fact = f->kind,
	    .duty = f->duty, .population = -1, .at = f->at, .at_now = f->at,
	    .figure = RP_FIGURE_REVOKED, .now = fact_amount(f),
	    .late = true, .note = f->note, .line_now = f->origin.line };
	char at[RP_INSTANT_TEXT], post[RP_INSTANT_TEXT];

	if (f->kind != RP_FACT_REVOKED || f->mark.retracted != NULL ||
	    (p->shape.joined >= 0 && p->then->n_actuals > 0 &&
	    (f->duty < 0 || f->duty == p->shape.joined)) ||
	    rp_instant_cmp(rp_when_last(f->at), p->post->last.from) > 0)
		return;
	if (f->note != NULL)
		add(p, &r);
	else
		rp_post_contradicts(p, &f->origin, "the revocation of %s lies "
		    "before the last update (%s), which did not count it; say "
		    "in 'note' why it was left out",
		    rp_when_format(f->at, at),
		    rp_when_format(p->post->last, post));
}

/* ---- chains of corrections ---------------------------------------------- */

static const struct list lists[] = {
	{ actual_count, actual_mark, actual_seen, tell_actual, NULL, true },
	{ fact_count, fact_mark, fact_seen, tell_fact, tell_late_record,
	    true },
	{ plan_count, plan_mark, plan_seen, tell_plan, NULL, false },
};

/* Of a chain, by its last link, what a reader is shown; -1: nothing yet. */
static int
shown(const struct list *l, const struct rp_case *cs, int last,
    struct rp_when as_of, enum rp_view view)
{
	while (last >= 0 && !l->seen(cs, last, as_of, view))
		last = l->mark(cs, last)->replaces;
	return last;
}

static void
look_through(struct rp_posting *p, const struct list *l)
{
	const struct rp_case *cs = p->src->full;
	int n = (int)l->count(cs), was, is;

	for (int i = 0; i < n; i++) {
		if (l->mark(cs, i)->replaced_by >= 0)
			continue;
		was = shown(l, cs, i, p->read, RP_VIEW_PUBLIC);
		is = i;
		if (!l->only_last || p->src->view != RP_VIEW_INTERNAL)
			is = shown(l, cs, i, p->src->as_of, p->src->view);
		if (was < 0 && is >= 0 && l->tell_new != NULL)
			l->tell_new(p, is);
		if (was >= 0 && is >= 0 && was != is &&
		    l->mark(cs, was)->retracted == NULL)
			l->tell(p, was, is);
	}
}

rp_status
rp_post_restate(struct rp_posting *p)
{
	const struct rp_case *cs = p->src->full;
	size_t room = cs->n_actuals * RP_FIGURES + 2 * cs->n_facts +
	    cs->n_plans;

	if (p->then == NULL)
		return RP_OK;
	p->post->restatement = rp_alloc_zeroed(room,
	    sizeof(*p->post->restatement));
	if (p->post->restatement == NULL)
		return rp_fail(p->err, RP_ENOMEM, "no memory for the post");
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		look_through(p, &lists[i]);
	return RP_OK;
}
