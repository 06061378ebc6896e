/*
 * judge/claims_figures.c - the figures of the posts against each other.
 *
 * Two figures disagree only where no rounding, bound or change of the base
 * can explain it.  Those that agree share one row.
 */
#include "judge/claims_amounts.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct figures {
	struct rp_ledger *l;
	const struct rp_actual **at;	/* by as_of, then population */
	size_t n;
	const struct rp_actual **last;	/* [population + 1][figure] */
	uint64_t figures, faults;
};

/* ---- rows --------------------------------------------------------------- */

static struct rp_when
said_of(const struct rp_actual *a)
{
	return a->has_published ? a->published : a->as_of;
}

static rp_status
add_row(struct figures *f, const struct rp_actual *a, int which,
    enum rp_said_verdict verdict, const struct rp_sentence *detail)
{
	const struct rp_amount *m = rp_said_amount(a, which);
	struct rp_said_row row = {
		.kind = RP_SAID_FIGURE, .id = a->mark.id, .has_said = true,
		.said = said_of(a), .source = m->origin.source != NULL ?
		    m->origin.source : a->origin.source,
		.line = a->origin.line,
	};
	struct rp_sentence what = { .len = 0 };
	char at[RP_INSTANT_TEXT];

	rp_say(&what, "%s: ", rp_said_figure_word(which));
	rp_say_amount(&what, a, which);
	if (a->population >= 0)
		rp_say(&what, " of population '%.100s'",
		    f->l->cs->population[a->population].name);
	rp_say(&what, " as of %s", rp_when_format(a->as_of, at));
	row.what = what.text;
	rp_said_decide(&row, verdict);
	f->faults += verdict == RP_SAID_CONTRADICTED;
	return rp_said_add(f->l, &row, detail);
}

static void
say_source(struct rp_sentence *s, const struct rp_actual *a)
{
	if (a->origin.source != NULL)
		rp_say(s, " (%.100s)", a->origin.source);
}

/* ---- what disagrees ----------------------------------------------------- */

static rp_status
check_pair(struct figures *f, const struct rp_actual *a,
    const struct rp_actual *b)
{
	rp_status rc = RP_OK;

	for (int w = 0; w < RP_SAID_FIGURES && rc == RP_OK; w++) {
		struct rp_sentence s = { .len = 0 };
		struct rp_said_range x, y;

		if (!rp_said_amount(a, w)->known ||
		    !rp_said_amount(b, w)->known ||
		    !rp_said_comparable(f->l, a, b, w, &x, &y) ||
		    (x.low <= y.high && y.low <= x.high))
			continue;
		rp_say(&s, "Another figure for the same time is ");
		rp_say_amount(&s, a, w);
		say_source(&s, a);
		rp_say(&s, "; rounding does not explain that, and nothing "
		    "says that one replaces the other.");
		rc = add_row(f, b, w, RP_SAID_CONTRADICTED, &s);
	}
	return rc;
}

/*
 * Whether b takes back what *last said, which becomes what the next one is to
 * be held against: a bound in between does not make it forgotten.
 */
static bool
goes_back(const struct rp_ledger *l, const struct rp_actual **last,
    const struct rp_actual *b, int w)
{
	const struct rp_actual *a = *last;
	struct rp_said_range x, y;
	bool fell, keep;

	*last = b;
	if (a == NULL || rp_instant_cmp(a->as_of.until, b->as_of.until) >= 0)
		return false;
	if (w == RP_SAID_REMAINING) {
		if (b->bound != RP_BOUND_NONE)
			*last = a;
		return rp_said_comparable(l, a, b, w, &x, &y) &&
		    y.low > x.high && fabs(rp_said_base(l, a) -
		    rp_said_base(l, b)) < 0.5;
	}
	fell = rp_said_fell(a, rp_said_base(l, a), b, rp_said_base(l, b), w,
	    &keep);
	if (keep)
		*last = a;
	return fell;
}

/* What is done does not come undone, and what remains does not grow. */
static rp_status
check_fall(struct figures *f, const struct rp_actual *b)
{
	const struct rp_actual **last = f->last +
	    (size_t)(b->population + 1) * RP_SAID_FIGURES;
	rp_status rc = RP_OK;

	for (int w = 0; w < RP_SAID_FIGURES && rc == RP_OK; w++) {
		const struct rp_actual *a = last[w];
		struct rp_sentence s = { .len = 0 };
		char at[RP_INSTANT_TEXT];

		if (!rp_said_amount(b, w)->known || w == RP_SAID_HELD ||
		    !goes_back(f->l, &last[w], b, w))
			continue;
		rp_say(&s, "It was ");
		rp_say_amount(&s, a, w);
		rp_say(&s, " as of %s", rp_when_format(a->as_of, at));
		say_source(&s, a);
		rp_say(&s, w == RP_SAID_REMAINING ? "; what remains does not "
		    "grow while the base stays." : "; what is done does not "
		    "come undone.");
		rc = add_row(f, b, w, RP_SAID_CONTRADICTED, &s);
	}
	return rc;
}

/* Whether three parts make a whole, to their rounding. */
static bool
adds_up(const struct rp_actual *a, const int part[3], size_t n, double whole,
    double slack)
{
	double low = 0, high = 0;

	for (size_t i = 0; i < n; i++) {
		struct rp_said_range r = rp_said_range(a, part[i]);

		low += r.low;
		high += r.high;
	}
	return low <= whole + slack && high >= whole - slack;
}

static bool
known_alike(const struct rp_actual *a, const int *part, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!rp_said_amount(a, part[i])->known ||
		    rp_said_amount(a, part[i])->is_count !=
		    rp_said_amount(a, part[0])->is_count)
			return false;
	return true;
}

static void
say_sum(struct rp_sentence *s, const struct rp_actual *a, const int *part,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			rp_say(s, " + ");
		rp_say_amount(s, a, part[i]);
		rp_say(s, " %s", rp_said_figure_word(part[i]));
	}
}

static rp_status
check_whole(struct figures *f, const struct rp_actual *a)
{
	static const int parts[3] = { RP_METRIC_REVOKED, RP_SAID_EXPIRED,
	    RP_SAID_REMAINING };
	struct rp_sentence s = { .len = 0 };
	double whole = 1;

	if (a->bound != RP_BOUND_NONE || !known_alike(a, parts, 3))
		return RP_OK;
	if (a->remaining.is_count)
		whole = rp_said_base(f->l, a);
	if (whole <= 0 || adds_up(a, parts, 3, whole, 0))
		return RP_OK;
	say_sum(&s, a, parts, 3);
	if (a->remaining.is_count)
		rp_say(&s, " do not make the base of %.0f.", whole);
	else
		rp_say(&s, " do not make 100%%.");
	return add_row(f, a, RP_SAID_REMAINING, RP_SAID_CONTRADICTED, &s);
}

static rp_status
check_gone(struct figures *f, const struct rp_actual *a)
{
	static const int parts[3] = { RP_METRIC_REVOKED, RP_SAID_EXPIRED,
	    RP_METRIC_GONE };
	struct rp_sentence s = { .len = 0 };
	struct rp_said_range gone;

	if (a->bound != RP_BOUND_NONE || !known_alike(a, parts, 3))
		return RP_OK;
	gone = rp_said_range(a, RP_METRIC_GONE);
	if (adds_up(a, parts, 2, (gone.low + gone.high) / 2,
	    (gone.high - gone.low) / 2))
		return RP_OK;
	say_sum(&s, a, parts, 2);
	rp_say(&s, " do not make that.");
	return add_row(f, a, RP_METRIC_GONE, RP_SAID_CONTRADICTED, &s);
}

/* A part that is larger than what it is a part of. */
static rp_status
check_part(struct figures *f, const struct rp_actual *a, int part, int whole)
{
	const int both[2] = { part, whole };
	struct rp_sentence s = { .len = 0 };

	if (a->bound != RP_BOUND_NONE || !known_alike(a, both, 2) ||
	    rp_said_range(a, part).low <= rp_said_range(a, whole).high)
		return RP_OK;
	rp_say(&s, "That is more than all that are %s: ",
	    rp_said_figure_word(whole));
	rp_say_amount(&s, a, whole);
	rp_say(&s, ".");
	return add_row(f, a, part, RP_SAID_CONTRADICTED, &s);
}

static bool
is_number(const struct rp_actual *a, int which)
{
	const struct rp_amount *m = rp_said_amount(a, which);

	return m->known && m->is_count && a->bound == RP_BOUND_NONE;
}

/* Numbers of all populations against that of the whole, at one time. */
static rp_status
check_parts(struct figures *f, const struct rp_actual *total, size_t from,
    size_t to, int which)
{
	struct rp_sentence s = { .len = 0 };
	size_t covered = 0;
	double sum = 0, want;

	if (!is_number(total, which))
		return RP_OK;
	for (size_t i = from; i < to; i++) {
		const struct rp_actual *a = f->at[i];

		if (a->population < 0 || (i > from &&
		    f->at[i - 1]->population == a->population))
			continue;
		if (!is_number(a, which))
			return RP_OK;
		covered++;
		sum += (double)rp_count_n(rp_said_amount(a, which)->count);
	}
	want = (double)rp_count_n(rp_said_amount(total, which)->count);
	if (covered == 0 || covered < f->l->cs->n_populations ||
	    fabs(sum - want) < 0.5)
		return RP_OK;
	rp_say(&s, "The figures of the %zu populations add up to %.0f.",
	    covered, sum);
	return add_row(f, total, which, RP_SAID_CONTRADICTED, &s);
}

/* ---- one time after the other ------------------------------------------- */

static rp_status
check_one(struct figures *f, const struct rp_actual *a)
{
	rp_status rc;

	for (int w = 0; w < RP_SAID_FIGURES; w++)
		f->figures += rp_said_amount(a, w)->known;
	rc = check_whole(f, a);
	if (rc == RP_OK)
		rc = check_gone(f, a);
	if (rc == RP_OK)
		rc = check_part(f, a, RP_SAID_EXPIRED_LATE, RP_SAID_EXPIRED);
	if (rc == RP_OK)
		rc = check_part(f, a, RP_SAID_HELD, RP_SAID_REMAINING);
	return rc == RP_OK ? check_fall(f, a) : rc;
}

static rp_status
check_time(struct figures *f, size_t from, size_t to)
{
	rp_status rc = RP_OK;

	for (size_t i = from; i < to && rc == RP_OK; i++) {
		const struct rp_actual *a = f->at[i];

		rc = check_one(f, a);
		if (rc == RP_OK && i > from &&
		    f->at[i - 1]->population == a->population)
			rc = check_pair(f, f->at[i - 1], a);
		for (int w = 0; w < RP_SAID_FIGURES && a->population < 0 &&
		    rc == RP_OK; w++)
			rc = check_parts(f, a, from, to, w);
	}
	return rc;
}

static bool
same_time(const struct rp_actual *a, const struct rp_actual *b)
{
	return rp_instant_cmp(a->as_of.from, b->as_of.from) == 0 &&
	    rp_instant_cmp(a->as_of.until, b->as_of.until) == 0;
}

static int
by_time(const void *p, const void *q)
{
	const struct rp_actual *a = *(const struct rp_actual *const *)p;
	const struct rp_actual *b = *(const struct rp_actual *const *)q;
	int c = rp_instant_cmp(a->as_of.until, b->as_of.until);

	if (c == 0)
		c = rp_instant_cmp(a->as_of.from, b->as_of.from);
	if (c == 0)
		c = (a->population > b->population) -
		    (a->population < b->population);
	if (c == 0)
		c = rp_instant_cmp(said_of(a).from, said_of(b).from);
	return c != 0 ? c : (a > b) - (a < b);
}

/* ---- what was corrected openly ------------------------------------------ */

/* Whether a link of a chain of corrections is known to the reader. */
static bool
is_seen(const struct rp_ledger *l, const struct rp_actual *a)
{
	struct rp_when own = a->as_of;

	if (a->mark.retracted != NULL)
		own = (struct rp_when){ { 0 }, { 0 } };
	return rp_seen(own, a->has_published, a->published, l->as_of,
	    l->view);
}

/* Another figure of the item was corrected, and this one is what it was. */
static bool
is_unchanged(const struct rp_actual *old, const struct rp_actual *new,
    int which)
{
	const struct rp_amount *x = rp_said_amount(old, which);
	const struct rp_amount *y = rp_said_amount(new, which);

	if (!x->known || !y->known || x->is_count != y->is_count ||
	    old->bound != new->bound)
		return false;
	return x->is_count ? rp_count_n(x->count) == rp_count_n(y->count) :
	    rp_share_ppb(x->share) == rp_share_ppb(y->share) &&
	    x->decimals == y->decimals;
}

/*
 * Why it was corrected.  Who forgot to say so can only say it in one more
 * correction, which leaves the figure as it is.
 */
static const char *
reason_of(const struct rp_ledger *l, const struct rp_actual *new, int which)
{
	const struct rp_actual *next;

	while (new->note == NULL && new->mark.replaced_by >= 0) {
		next = &l->cs->under->actual[new->mark.replaced_by];
		if (!is_seen(l, next) || !is_unchanged(new, next, which))
			break;
		new = next;
	}
	return new->note;
}

static void
say_restated(struct rp_sentence *s, const struct rp_actual *new, int which,
    const char *reason)
{
	char at[RP_INSTANT_TEXT];

	if (rp_said_amount(new, which)->known) {
		rp_say(s, "Restated as ");
		rp_say_amount(s, new, which);
	} else {
		rp_say(s, "Restated without this figure");
	}
	if (new->has_published)
		rp_say(s, ", published %s", rp_when_format(new->published,
		    at));
	say_source(s, new);
	if (reason != NULL)
		rp_say(s, ": %.300s.", reason);
	else
		rp_say(s, "; nothing on record says why.");
}

/* A correction that does not say why is none. */
static enum rp_said_verdict
judge_restated(const struct rp_ledger *l, const struct rp_actual *old,
    const struct rp_actual *new, int which, const char *reason)
{
	struct rp_said_range x, y;

	if (new->mark.retracted != NULL)
		return RP_SAID_WITHDRAWN;
	if (reason != NULL || (rp_said_amount(new, which)->known &&
	    rp_said_comparable(l, old, new, which, &x, &y) &&
	    x.low <= y.high && y.low <= x.high))
		return RP_SAID_CHANGED;
	return RP_SAID_SILENTLY_CHANGED;
}

static rp_status
add_restated(struct figures *f, const struct rp_actual *old,
    const struct rp_actual *new)
{
	rp_status rc = RP_OK;

	for (int w = 0; w < RP_SAID_FIGURES && rc == RP_OK; w++) {
		struct rp_sentence s = { .len = 0 };
		const char *reason = reason_of(f->l, new, w);

		if (!rp_said_amount(old, w)->known ||
		    is_unchanged(old, new, w))
			continue;
		if (new->mark.retracted != NULL)
			rp_say(&s, "Taken back: %.300s.",
			    new->mark.retracted);
		else
			say_restated(&s, new, w, reason);
		rc = add_row(f, old, w, judge_restated(f->l, old, new,
		    w, reason), &s);
	}
	return rc;
}

/* The view shows what holds; the record under it, what held before. */
static rp_status
check_restated(struct figures *f)
{
	const struct rp_case *full = f->l->cs->under;
	rp_status rc = RP_OK;

	for (size_t i = 0; full != NULL && i < full->n_actuals &&
	    rc == RP_OK; i++) {
		const struct rp_actual *a = &full->actual[i];
		int by = a->mark.replaced_by;

		if (by >= 0 && is_seen(f->l, a) &&
		    is_seen(f->l, &full->actual[by]))
			rc = add_restated(f, a, &full->actual[by]);
	}
	return rc;
}

/* ---- the whole ---------------------------------------------------------- */

static rp_status
add_summary(struct figures *f)
{
	const struct rp_actual *last = f->at[f->n - 1];
	struct rp_said_row row = {
		.kind = RP_SAID_FIGURE, .has_said = true,
		.said = said_of(last), .line = last->origin.line,
	};
	struct rp_sentence what = { .len = 0 }, s = { .len = 0 };
	char at[RP_INSTANT_TEXT];

	if (f->figures == 0 || f->faults > 0)
		return RP_OK;
	rp_say(&what, "%" PRIu64 " figure%s, as of %s", f->figures,
	    f->figures == 1 ? "" : "s", rp_when_format(f->at[0]->as_of, at));
	if (!same_time(f->at[0], last))
		rp_say(&what, " to %s", rp_when_format(last->as_of, at));
	row.what = what.text;
	rp_say(&s, "No two of them contradict each other, and none falls.");
	rp_said_decide(&row, RP_SAID_AGREES);
	return rp_said_add(f->l, &row, &s);
}

rp_status
rp_said_figures(struct rp_ledger *l)
{
	const struct rp_case *cs = l->cs;
	struct figures f = { .l = l, .n = cs->n_actuals };
	rp_status rc = RP_OK;

	f.at = rp_alloc_zeroed(f.n, sizeof(*f.at));
	f.last = rp_alloc_zeroed((cs->n_populations + 1) * RP_SAID_FIGURES,
	    sizeof(*f.last));
	if (f.at == NULL || f.last == NULL) {
		rc = rp_fail(l->err, RP_ENOMEM, "out of memory for the "
		    "figures");
		goto out;
	}
	for (size_t i = 0; i < f.n; i++)
		f.at[i] = &cs->actual[i];
	qsort(f.at, f.n, sizeof(*f.at), by_time);
	for (size_t i = 0, next; i < f.n && rc == RP_OK; i = next) {
		for (next = i + 1; next < f.n &&
		    same_time(f.at[i], f.at[next]); next++)
			continue;
		rc = check_time(&f, i, next);
	}
	if (rc == RP_OK)
		rc = check_restated(&f);
	if (rc == RP_OK && f.n > 0)
		rc = add_summary(&f);
out:
	rp_release_mem(f.last);
	rp_release_mem(f.at);
	return rc;
}
