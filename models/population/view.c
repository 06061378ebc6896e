/*
 * population/view.c - a case as a reader of a given moment knew it.
 *
 * Corrections form chains, and all links of a chain are one and the same
 * thing.  At most one of them is shown: the last that the reader has seen,
 * or nothing where that one says that all before it were an error.  Who looks
 * from within asks what was true, so what was corrected is never shown to him,
 * not even where the correction moved it to a later day.
 */
#include "revplan/case.h"

#include <string.h>

/* Who looks, and when. */
struct reader {
	const struct rp_when *as_of;	/* NULL: at the end of all time */
	enum rp_view view;
};

/*
 * A list of items that each begin with a mark.  Offsets into the case, and
 * into an item; 0 where an item has no such member.
 */
struct list {
	size_t items;
	size_t count;
	size_t size;
	size_t own;		/* its own time */
	size_t has_own;		/* 0: it always has one */
	size_t published;
	size_t has_published;
	bool outcome;		/* published is not that of the item itself */
	bool keeps_place;	/* a correction stands where the first stood */
};

#define LIST(type, list)						\
	.items = offsetof(struct rp_case, list),			\
	.count = offsetof(struct rp_case, n_##list##s),			\
	.size = sizeof(struct type)
#define OWN(type, member) .own = offsetof(struct type, member)
#define HAS_OWN(type, member) .has_own = offsetof(struct type, member)
#define PUBLISHED(type)							\
	.published = offsetof(struct type, published),			\
	.has_published = offsetof(struct type, has_published)

enum { PLANS, ACTUALS, FACTS, COMMITMENTS, UPDATES, CLAIMS, REQUESTS,
    FORECASTS, LISTS };

static const struct list lists[LISTS] = {
	[PLANS] = { LIST(rp_plan, plan), OWN(rp_plan, published),
	    HAS_OWN(rp_plan, has_published), PUBLISHED(rp_plan),
	    /* To correct an old plan does not put it in force again. */
	    .keeps_place = true },
	[ACTUALS] = { LIST(rp_actual, actual), OWN(rp_actual, as_of),
	    PUBLISHED(rp_actual) },
	[FACTS] = { LIST(rp_fact, fact), OWN(rp_fact, at),
	    PUBLISHED(rp_fact) },
	[COMMITMENTS] = { LIST(rp_commitment, commitment),
	    OWN(rp_commitment, said), HAS_OWN(rp_commitment, has_said),
	    PUBLISHED(rp_commitment), .outcome = true },
	[UPDATES] = { LIST(rp_update, update), OWN(rp_update, at) },
	[CLAIMS] = { LIST(rp_claim, claim), OWN(rp_claim, said) },
	[REQUESTS] = { LIST(rp_request, request), OWN(rp_request, asked) },
	[FORECASTS] = { LIST(rp_forecast_made, forecast),
	    OWN(rp_forecast_made, as_of), PUBLISHED(rp_forecast_made) },
};

static bool
flag_at(const char *item, size_t offset)
{
	bool flag;

	memcpy(&flag, item + offset, sizeof(flag));
	return flag;
}

static struct rp_when
when_at(const char *item, size_t offset)
{
	struct rp_when w;

	memcpy(&w, item + offset, sizeof(w));
	return w;
}

static struct rp_mark
mark_of(const char *item)
{
	struct rp_mark mark;

	memcpy(&mark, item, sizeof(mark));
	return mark;
}

static bool
seen(struct reader who, struct rp_when own, bool has_published,
    struct rp_when published)
{
	return who.as_of == NULL ||
	    rp_seen(own, has_published, published, *who.as_of, who.view);
}

/* What has no time of its own was there from the beginning of time. */
static bool
item_seen(const struct list *l, const char *item, struct reader who)
{
	bool retracts = mark_of(item).retracted != NULL;
	struct rp_when own = { 0 }, published = { 0 };
	bool has_published;

	if (!retracts && (l->has_own == 0 || flag_at(item, l->has_own)))
		own = when_at(item, l->own);
	has_published = l->has_published != 0 &&
	    flag_at(item, l->has_published) && (retracts || !l->outcome);
	if (has_published)
		published = when_at(item, l->published);
	return seen(who, own, has_published, published);
}

/*
 * For a whole chain, by its last link: to[] of each link becomes the one
 * that is shown, or -1.
 */
static void
choose(const struct list *l, const char *items, int last, struct reader who,
    int *to)
{
	bool only_last = who.view == RP_VIEW_INTERNAL && !l->keeps_place;
	int shown = last, k;

	while (shown >= 0 &&
	    !item_seen(l, items + (size_t)shown * l->size, who))
		shown = only_last ? -1 :
		    mark_of(items + (size_t)shown * l->size).replaces;
	if (shown >= 0 &&
	    mark_of(items + (size_t)shown * l->size).retracted != NULL)
		shown = -1;
	for (k = last; k >= 0;
	    k = mark_of(items + (size_t)k * l->size).replaces)
		to[k] = shown;
}

/*
 * A view has one link of each chain, so nothing in it replaces anything; and a
 * link without a name of its own goes by that of the first.
 */
static void
put(char *out, const struct list *l, const char *items, size_t i)
{
	const char *item = items + i * l->size;
	struct rp_mark mark = mark_of(item), first = mark;

	while (first.replaces >= 0)
		first = mark_of(items + (size_t)first.replaces * l->size);
	if (mark.id == NULL)
		mark.id = first.id;
	mark.replaces = -1;
	mark.replaced_by = -1;
	memcpy(out, item, l->size);
	memcpy(out, &mark, sizeof(mark));
}

/* Whether what is shown for an item is shown in the item's own place. */
static bool
stands_here(const struct list *l, const char *items, const int *to, size_t i)
{
	if (l->keeps_place)
		return to[i] >= 0 && mark_of(items + i * l->size).replaces < 0;
	return to[i] == (int)i;
}

/*
 * Copy what is shown, in its order.  *to is where each item of the full list
 * is found in the copy: itself, or what is shown in its place; else -1.
 */
static rp_status
copy_list(const struct rp_case *full, const struct list *l,
    struct reader who, struct rp_case *cs, int **to, struct rp_err *err)
{
	char *out;
	const char *items;
	size_t n, i, kept = 0;
	int *place;

	memcpy(&items, (const char *)full + l->items, sizeof(items));
	memcpy(&n, (const char *)full + l->count, sizeof(n));
	*to = rp_case_alloc(cs, n, sizeof(**to));
	place = rp_case_alloc(cs, n, sizeof(*place));
	out = rp_case_alloc(cs, n, l->size);
	if (*to == NULL || place == NULL || out == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the view");
	for (i = 0; i < n; i++)
		if (mark_of(items + i * l->size).replaced_by < 0)
			choose(l, items, (int)i, who, *to);
	for (i = 0; i < n; i++) {
		size_t shown = (size_t)(*to)[i];

		if (!stands_here(l, items, *to, i))
			continue;
		put(out + kept * l->size, l, items, shown);
		place[shown] = (int)kept++;
	}
	for (i = 0; i < n; i++)
		(*to)[i] = (*to)[i] < 0 ? -1 : place[(*to)[i]];
	memcpy((char *)cs + l->items, &out, sizeof(out));
	memcpy((char *)cs + l->count, &kept, sizeof(kept));
	return RP_OK;
}

/* ---- what is inside the items ------------------------------------------- */

/* The arrays of the view are still ours to change. */
#define OURS(type, array) ((struct type *)(uintptr_t)(array))

/* A plan came out when it did, and not when an error in it was noticed. */
static void
keep_publication(const struct rp_case *full, struct rp_case *cs,
    const int *to)
{
	struct rp_plan *plan = OURS(rp_plan, cs->plan), *shown;
	size_t i;

	for (i = 0; i < full->n_plans; i++) {
		const struct rp_plan *first = &full->plan[i];

		if (to[i] < 0 || first->mark.replaces >= 0)
			continue;
		shown = &plan[to[i]];
		if (first->has_published && (!shown->has_published ||
		    rp_instant_cmp(first->published.from,
		    shown->published.from) < 0)) {
			shown->has_published = true;
			shown->published = first->published;
		}
	}
}

/* What corrects a commitment is that commitment, and keeps its number. */
static void
number_commitments(const struct rp_case *full, struct rp_case *cs,
    const int *to)
{
	struct rp_commitment *shown = OURS(rp_commitment, cs->commitment);
	size_t i;

	for (i = 0; i < full->n_commitments; i++) {
		const struct rp_commitment *c = &full->commitment[i];

		if (to[i] >= 0 && c->mark.replaces < 0)
			shown[to[i]].number = c->number > 0 ? c->number :
			    i + 1;
	}
}

static void
link_facts(struct rp_case *cs, const int *to)
{
	struct rp_fact *fact = OURS(rp_fact, cs->fact);
	size_t i;

	for (i = 0; i < cs->n_facts; i++)
		if (fact[i].answers >= 0)
			fact[i].answers = to[fact[i].answers];
}

/*
 * Promises are followed from change to change: whatever was corrected, the
 * way must go back in time, or it might go round in a circle.
 */
static bool
was_said_before(const struct rp_claim *claim, int earlier, int later)
{
	int order = rp_instant_cmp(claim[earlier].said.from,
	    claim[later].said.from);

	return order != 0 ? order < 0 : earlier < later;
}

static rp_status
link_kept(struct rp_case *cs, struct rp_claim *claim, const int *to,
    struct rp_err *err)
{
	int *kept = rp_case_alloc(cs, claim->n_kept, sizeof(*kept));
	size_t i;

	if (kept == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the view");
	for (i = 0; i < claim->n_kept; i++)
		kept[i] = claim->kept[i] < 0 ? -1 : to[claim->kept[i]];
	claim->kept = kept;
	return RP_OK;
}

static rp_status
link_claims(struct rp_case *cs, const int *to, struct rp_err *err)
{
	struct rp_claim *claim = OURS(rp_claim, cs->claim);
	rp_status st = RP_OK;
	size_t i;

	for (i = 0; st == RP_OK && i < cs->n_claims; i++) {
		if (claim[i].changes >= 0)
			claim[i].changes = to[claim[i].changes];
		if (claim[i].changes >= 0 &&
		    !was_said_before(claim, claim[i].changes, (int)i))
			claim[i].changes = -1;
		if (claim[i].n_kept > 0)
			st = link_kept(cs, &claim[i], to, err);
	}
	return st;
}

/*
 * An outcome is a correction of its promise, and counts from its own day.
 * Until then the promise is as the public last read it; from within, an
 * outcome that was corrected never was.  The link of the chain whose outcome
 * is known of link i, or -1.
 */
static int
outcome_known(const struct rp_commitment *all, int i, struct reader who)
{
	const struct rp_when none = { 0 };
	bool last = true;

	for (; i >= 0; i = all[i].mark.replaces, last = false) {
		const struct rp_commitment *c = &all[i];

		if (!c->has_done)
			break;
		if ((last || who.view == RP_VIEW_PUBLIC) &&
		    seen(who, c->done, false, none) &&
		    seen(who, c->done, c->has_published, c->published))
			break;
	}
	return i;
}

/* The commitments of the case, each with the outcome that is known of it. */
static rp_status
hide_outcomes(const struct rp_case *full, struct reader who,
    struct rp_case *cs, struct rp_err *err)
{
	const struct rp_commitment *all = full->commitment;
	struct rp_commitment *c;
	const struct rp_when none = { 0 };
	size_t i;

	c = rp_case_alloc(cs, full->n_commitments, sizeof(*c));
	if (c == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the view");
	cs->commitment = c;
	for (i = 0; i < full->n_commitments; i++, c++) {
		int k = outcome_known(all, (int)i, who);

		*c = all[i];
		if (c->mark.retracted != NULL)
			continue;
		c->has_done = k >= 0 && all[k].has_done;
		c->done = c->has_done ? all[k].done : none;
		c->has_published = c->has_done && all[k].has_published;
		c->published = c->has_published ? all[k].published : none;
		if (k >= 0)
			c->evidence = all[k].evidence;
	}
	return RP_OK;
}

/* Nor is what came of a claim, while only the future knows it. */
static void
hide_ends(struct rp_case *cs, struct reader who)
{
	struct rp_claim *claim = OURS(rp_claim, cs->claim);
	const struct rp_when none = { 0 };
	size_t i;

	for (i = 0; i < cs->n_claims; i++, claim++) {
		if (claim->has_done && !seen(who, claim->done, false, none)) {
			claim->has_done = false;
			claim->done = none;
			claim->evidence = NULL;
		}
		if (claim->has_withdrawn &&
		    !seen(who, claim->withdrawn, false, none)) {
			claim->has_withdrawn = false;
			claim->withdrawn = none;
		}
	}
}

/* ---- the base ----------------------------------------------------------- */

/* Of two that tell the same time, the later one in the list is the later. */
static bool
is_later(const struct rp_fact *a, const struct rp_fact *b)
{
	int order = rp_instant_cmp(a->at.from, b->at.from);

	return order != 0 ? order > 0 : a > b;
}

struct scopes {
	const struct rp_fact *first, *last;
	const struct rp_fact *other;	/* the last one with another number */
	const struct rp_fact *since;	/* the first one after that */
};

static bool
says_same(const struct rp_fact *a, const struct rp_fact *b)
{
	return rp_count_n(a->certificates) == rp_count_n(b->certificates);
}

static void
note_ends(struct scopes *s, const struct rp_fact *f)
{
	if (s->first == NULL || is_later(s->first, f))
		s->first = f;
	if (s->last == NULL || is_later(f, s->last))
		s->last = f;
}

static void
note_other(struct scopes *s, const struct rp_fact *f)
{
	if (!says_same(f, s->last) &&
	    (s->other == NULL || is_later(f, s->other)))
		s->other = f;
}

static void
note_since(struct scopes *s, const struct rp_fact *f)
{
	if ((s->other == NULL || is_later(f, s->other)) &&
	    (s->since == NULL || is_later(s->since, f)))
		s->since = f;
}

static void
set_base(struct rp_case *cs)
{
	static void (*const passes[])(struct scopes *,
	    const struct rp_fact *) = { note_ends, note_other, note_since };
	struct scopes s = { 0 };
	size_t pass, i;

	cs->base = cs->first_base = cs->total;
	cs->has_grown = false;
	for (pass = 0; pass < sizeof(passes) / sizeof(passes[0]); pass++)
		for (i = 0; i < cs->n_facts; i++)
			if (cs->fact[i].kind == RP_FACT_SCOPE)
				passes[pass](&s, &cs->fact[i]);
	if (s.last == NULL)
		return;
	cs->base = s.last->certificates;
	cs->first_base = s.first->certificates;
	cs->has_grown = !says_same(s.first, s.last);
	if (cs->has_grown)
		cs->grown = s.since->at;
}

rp_status
rp_case_view(const struct rp_case *full, const struct rp_when *as_of,
    enum rp_view view, struct rp_case **out, struct rp_err *err)
{
	struct reader who = { as_of, view };
	struct rp_case *cs = rp_case_new(), shown = *full;
	struct rp_arena *arena;
	int *to[LISTS] = { NULL };
	rp_status st = RP_OK;
	size_t i;

	if (cs == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the view");
	arena = cs->arena;
	*cs = *full;
	cs->arena = arena;
	cs->under = NULL;
	st = hide_outcomes(full, who, cs, err);
	shown.commitment = cs->commitment;
	for (i = 0; st == RP_OK && i < LISTS; i++)
		st = copy_list(&shown, &lists[i], who, cs, &to[i], err);
	if (st == RP_OK) {
		keep_publication(full, cs, to[PLANS]);
		number_commitments(full, cs, to[COMMITMENTS]);
		link_facts(cs, to[FACTS]);
		st = link_claims(cs, to[CLAIMS], err);
	}
	if (st != RP_OK) {
		rp_case_free(cs);
		return st;
	}
	hide_ends(cs, who);
	set_base(cs);
	*out = cs;
	return RP_OK;
}

const char *
rp_about_word(enum rp_about about)
{
	static const char *const words[RP_ABOUTS] = {
		[RP_ABOUT_OTHER] = "other",
		[RP_ABOUT_REVOCATION] = "revocation",
		[RP_ABOUT_REPLACEMENT] = "replacement",
		[RP_ABOUT_KEY_DESTRUCTION] = "key-destruction",
		[RP_ABOUT_NEXT_UPDATE] = "next-update",
	};

	return (unsigned)about < RP_ABOUTS ? words[about] : "";
}
