/*
 * judge/compare_findings.c - what became of plans, metrics and bases.
 */
#include "judge/comparing.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "judge/claims_amounts.h"

#define SENTENCE 1200
#define MOVES_TOLD 4

/* A sentence in the making. */
struct sentence {
	char text[SENTENCE];
	size_t n;
};

static void add(struct sentence *s, const char *fmt, ...) RP_PRINTF(2, 3);

static void
add(struct sentence *s, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(s->text + s->n, SENTENCE - s->n, fmt, ap);
	va_end(ap);
	if (n > 0)
		s->n += (size_t)n < SENTENCE - s->n ? (size_t)n :
		    SENTENCE - 1 - s->n;
}

/* ---- the list ----------------------------------------------------------- */

static const struct {
	const char *id;
	bool information;
	unsigned question;
} kinds[] = {
	{ "plan-rebaselined-silently", false, 10 },
	{ "plan-rebaselined", true, 10 },
	{ "plan-metric-changed", false, 23 },
	{ "plan-base-changed", false, 27 },
	{ "plan-base-changed", true, 27 },
	{ "actuals-metric-differs", false, 23 },
	{ "base-changed", false, 27 },
	{ "base-changed", true, 27 },
	{ "actuals-fall", false, 4 },
	{ "scope-grew", true, 27 },
};

enum kind {
	REBASELINED_SILENTLY, REBASELINED, METRIC_CHANGED, PLAN_BASE_CHANGED,
	PLAN_BASE_FOLLOWED, METRIC_DIFFERS, BASE_CHANGED, BASE_FOLLOWED, FALL,
	GREW
};

static rp_status
make_room(struct rp_comparison *c)
{
	size_t room = c->room > 0 ? c->room * 2 : 8;
	struct rp_plan_finding *more;

	if (c->n_findings < c->room)
		return RP_OK;
	more = rp_alloc_zeroed(room, sizeof(*more));
	if (more == NULL)
		return RP_ENOMEM;
	if (c->n_findings > 0)
		memcpy(more, c->finding, c->n_findings * sizeof(*more));
	rp_release_mem(c->finding);
	c->finding = more;
	c->room = room;
	return RP_OK;
}

static rp_status
found(struct rp_comparison *c, enum kind kind, const struct sentence *s,
    struct rp_err *err)
{
	char *text = rp_alloc_zeroed(s->n + 1, 1);

	if (text == NULL || make_room(c) != RP_OK) {
		rp_release_mem(text);
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the findings");
	}
	memcpy(text, s->text, s->n);
	c->finding[c->n_findings++] = (struct rp_plan_finding){
		.id = kinds[kind].id, .information = kinds[kind].information,
		.question = kinds[kind].question, .text = text };
	return RP_OK;
}

/* ---- versions of the plan ----------------------------------------------- */

static void
add_days(struct sentence *s, struct rp_span later)
{
	int64_t days = (rp_span_s(later) + 43200) / 86400;
	char span[RP_UNIT_TEXT];

	if (rp_span_s(later) < 86400)
		add(s, " (%s later)", rp_span_format(later, span));
	else
		add(s, " (%" PRId64 " d later)", days);
}

static void
add_move(struct sentence *s, const struct rp_plan_move *m)
{
	char share[RP_UNIT_TEXT], was[RP_INSTANT_TEXT], now[RP_INSTANT_TEXT];

	(void)rp_share_format(m->share, share);
	(void)rp_when_format(m->was, was);
	if (!m->has_now) {
		add(s, "%s%% by %s is no longer planned", share, was);
		return;
	}
	(void)rp_instant_format_date(m->now, now);
	if (m->between)
		add(s, "%s%% by %s is not reached before about %s", share,
		    was, now);
	else
		add(s, "%s%% moved from %s to %s", share, was, now);
	add_days(s, rp_span_of_s(-rp_span_s(m->gain)));
}

static rp_status
find_rebaseline(struct rp_comparing *src, const struct rp_plan_version *v,
    struct rp_err *err)
{
	bool silent = v->plan->notice == NULL;
	char now[RP_INSTANT_TEXT], before[RP_INSTANT_TEXT];
	struct sentence s = { .n = 0 };
	size_t told = 0;

	if (v->n_worse == 0)
		return RP_OK;
	add(&s, "The plan of %s takes back what the one of %s had promised, "
	    "%s: ", rp_plan_date(v->plan, now),
	    rp_plan_date(v[-1].plan, before), silent ?
	    "and no notice of it is recorded" : "with a notice");
	for (size_t i = 0; i < v->n_moves && told < MOVES_TOLD; i++)
		if (v->move[i].worse) {
			add(&s, "%s", told++ > 0 ? "; " : "");
			add_move(&s, &v->move[i]);
		}
	if (v->n_worse > told)
		add(&s, "; and %zu more", v->n_worse - told);
	add(&s, ".");
	return found(src->c, silent ? REBASELINED_SILENTLY : REBASELINED, &s,
	    err);
}

static rp_status
find_metric_change(struct rp_comparing *src,
    const struct rp_plan_version *v, struct rp_err *err)
{
	char now[RP_INSTANT_TEXT], before[RP_INSTANT_TEXT];
	struct sentence s = { .n = 0 };

	if (v->plan->metric == v[-1].plan->metric)
		return RP_OK;
	add(&s, "The plan of %s counts %s, the one before, of %s, counted %s: "
	    "their shares cannot be compared.", rp_plan_date(v->plan, now),
	    rp_metric_meaning(v->plan->metric),
	    rp_plan_date(v[-1].plan, before),
	    rp_metric_meaning(v[-1].plan->metric));
	return found(src->c, METRIC_CHANGED, &s, err);
}

/* ---- bases -------------------------------------------------------------- */

/* How many were known to be affected at the end of a moment. */
static uint64_t
base_at(const struct rp_comparing *src, struct rp_when at)
{
	return rp_scopes_at(&src->scopes, at);
}

static const char *
known(const struct rp_case *cs)
{
	return cs->total_origin.basis == RP_BASIS_ASSUMED ?
	    "are assumed to be affected" : "were known to be affected then";
}

static rp_status
find_plan_base(struct rp_comparing *src, const struct rp_plan_version *v,
    struct rp_err *err)
{
	const struct rp_plan *p = v->plan;
	const struct rp_plan *before = v > src->c->version ? v[-1].plan :
	    NULL;
	uint64_t of = rp_count_n(p->of), then;
	char date[RP_INSTANT_TEXT];
	struct sentence s = { .n = 0 };
	bool changed;

	if (!p->has_of)
		return RP_OK;
	add(&s, "The shares of the plan of %s are shares of %" PRIu64
	    " certificates", rp_plan_date(p, date), of);
	then = p->has_published ? base_at(src, p->published) :
	    rp_count_n(src->base);
	changed = before != NULL && before->has_of &&
	    rp_count_n(before->of) != of;
	if (!changed && (of == then || (before != NULL && before->has_of)))
		return RP_OK;
	if (changed)
		add(&s, ", those of the one before, of %s, are shares of %"
		    PRIu64, rp_plan_date(before, date),
		    rp_count_n(before->of));
	if (of != then)
		add(&s, ", while %" PRIu64 " %s", then, known(src->cs));
	add(&s, ".");
	return found(src->c, of == then ? PLAN_BASE_FOLLOWED :
	    PLAN_BASE_CHANGED, &s, err);
}

/* The base of an actual is right if it was known then, or when it was told. */
static bool
base_fits(const struct rp_comparing *src, const struct rp_actual *a)
{
	uint64_t of = rp_count_n(a->of);

	return of == base_at(src, a->as_of) ||
	    (a->has_published && of == base_at(src, a->published));
}

static rp_status
find_base_change(struct rp_comparing *src, const struct rp_actual *a,
    const struct rp_actual *before, struct rp_err *err)
{
	bool changed = before != NULL &&
	    rp_count_n(before->of) != rp_count_n(a->of);
	bool fits = base_fits(src, a);
	bool told = before != NULL && !base_fits(src, before);
	char at[RP_INSTANT_TEXT];
	struct sentence s = { .n = 0 };

	if (!changed && (fits || told))
		return RP_OK;
	add(&s, "The base of the actual of %s is %" PRIu64 " certificates",
	    rp_when_format(a->as_of, at), rp_count_n(a->of));
	if (changed)
		add(&s, ", that of %s was %" PRIu64,
		    rp_when_format(before->as_of, at),
		    rp_count_n(before->of));
	if (!fits)
		add(&s, ", while %" PRIu64 " %s", base_at(src, a->as_of),
		    known(src->cs));
	add(&s, ".");
	return found(src->c, fits ? BASE_FOLLOWED : BASE_CHANGED, &s, err);
}

static rp_status
find_base_changes(struct rp_comparing *src, struct rp_err *err)
{
	const struct rp_case *cs = src->cs;
	const struct rp_actual *before = NULL;
	rp_status rc = RP_OK;

	for (size_t i = 0; rc == RP_OK && i < cs->n_actuals; i++) {
		const struct rp_actual *a = &cs->actual[i];

		/* A population has a base of its own. */
		if (a->population >= 0 || !a->has_of ||
		    !rp_seen(a->as_of, a->has_published, a->published,
		    src->opt->as_of, src->opt->view))
			continue;
		rc = find_base_change(src, a, before, err);
		before = a;
	}
	return rc;
}

/* ---- actuals ------------------------------------------------------------ */

static rp_status
find_metric_differs(struct rp_comparing *src, struct rp_err *err)
{
	const struct rp_comparison *c = src->c;
	struct sentence s = { .n = 0 };

	if (!rp_metrics_differ(src))
		return RP_OK;
	/* It is told in the words of the first note. */
	add(&s, "%s", c->note[0]);
	return found(src->c, METRIC_DIFFERS, &s, err);
}

/* "13500", "58.4%". */
static const char *
amount_text(const struct rp_amount *m, char buf[RP_UNIT_TEXT])
{
	char share[RP_UNIT_TEXT];

	if (m->is_count)
		(void)snprintf(buf, RP_UNIT_TEXT, "%" PRIu64,
		    rp_count_n(m->count));
	else
		(void)snprintf(buf, RP_UNIT_TEXT, "%.20s%%",
		    rp_share_format(m->share, share));
	return buf;
}

/* What the shares of an actual are parts of. */
static double
said_base(const struct rp_comparing *src, const struct rp_actual *a)
{
	return (double)(a->has_of ? rp_count_n(a->of) :
	    base_at(src, a->as_of));
}

static rp_status
find_falls(struct rp_comparing *src, enum rp_metric m, struct rp_err *err)
{
	const struct rp_actual *before = NULL;
	char was[RP_UNIT_TEXT], now[RP_UNIT_TEXT];
	char then[RP_INSTANT_TEXT], at[RP_INSTANT_TEXT];
	struct sentence s;
	rp_status rc = RP_OK;
	bool keep;

	for (size_t i = 0; rc == RP_OK && i < src->series.n; i++) {
		const struct rp_actual *a = &src->series.point[i];

		if (!a->metric[m].known)
			continue;
		keep = false;
		if (before != NULL && rp_said_fell(before, said_base(src,
		    before), a, said_base(src, a), (int)m, &keep)) {
			s.n = 0;
			add(&s, "What is %s falls from %s on %s to %s on %s; "
			    "nothing is undone, so one of them is wrong and "
			    "was not corrected.", rp_metric_word(m),
			    amount_text(&before->metric[m], was),
			    rp_when_format(before->as_of, then),
			    amount_text(&a->metric[m], now),
			    rp_when_format(a->as_of, at));
			rc = found(src->c, FALL, &s, err);
		}
		if (!keep)
			before = a;
	}
	return rc;
}

/* The last actual on both bases. */
static void
add_on_both(struct rp_comparing *src, struct sentence *s)
{
	enum rp_metric metric = src->c->metric;
	const struct rp_actual *a = NULL;
	char at[RP_INSTANT_TEXT], now[RP_UNIT_TEXT], first[RP_UNIT_TEXT];
	const struct rp_amount *m;
	struct rp_count n;

	for (size_t i = 0; i < src->series.n; i++)
		if (src->series.point[i].metric[metric].known)
			a = &src->series.point[i];
	if (a == NULL)
		return;
	m = &a->metric[metric];
	n = m->is_count ? m->count : rp_count_of((uint64_t)(
	    rp_share_real(m->share) * (double)(a->has_of ?
	    rp_count_n(a->of) : base_at(src, a->as_of)) + 0.5));
	add(s, " The last actual, of %s, is %s%" PRIu64 " %s: %s%% of %"
	    PRIu64 ", %s%% of %" PRIu64 ".", rp_when_format(a->as_of, at),
	    m->is_count ? "" : "about ", rp_count_n(n),
	    rp_metric_word(metric),
	    rp_share_format(rp_share_of_counts(n, src->base), now),
	    rp_count_n(src->base), rp_share_format(rp_share_of_counts(n,
	    src->cs->first_base), first), rp_count_n(src->cs->first_base));
}

static rp_status
find_growth(struct rp_comparing *src, struct rp_err *err)
{
	const struct rp_case *cs = src->cs;
	uint64_t first = rp_count_n(cs->first_base);
	char since[RP_INSTANT_TEXT];
	struct sentence s = { .n = 0 };

	if (!cs->has_grown || first == rp_count_n(src->base))
		return RP_OK;
	add(&s, "%" PRIu64 " certificates were known to be affected at first, "
	    "%" PRIu64 " since %s.", first, rp_count_n(src->base),
	    rp_when_format(cs->grown, since));
	add_on_both(src, &s);
	return found(src->c, GREW, &s, err);
}

/* ---- the whole ---------------------------------------------------------- */

rp_status
rp_compare_make_findings(struct rp_comparing *src, struct rp_err *err)
{
	const struct rp_comparison *c = src->c;
	rp_status rc = RP_OK;

	for (size_t i = 0; rc == RP_OK && i < c->n_versions; i++) {
		const struct rp_plan_version *v = &c->version[i];

		if ((rc = find_plan_base(src, v, err)) != RP_OK || i == 0)
			continue;
		if ((rc = find_metric_change(src, v, err)) == RP_OK)
			rc = find_rebaseline(src, v, err);
	}
	if (rc != RP_OK || (rc = find_metric_differs(src, err)) != RP_OK ||
	    (rc = find_base_changes(src, err)) != RP_OK)
		return rc;
	for (int m = 0; rc == RP_OK && m < RP_METRICS; m++)
		rc = find_falls(src, (enum rp_metric)m, err);
	return rc == RP_OK ? find_growth(src, err) : rc;
}
