/*
 * judge/update_reconcile.c - whether the figures can be posted: they must add
 * up, and no cumulative figure may fall.
 *
 * Shares are taken as the intervals that round to what was printed, so that a
 * contradiction is one whatever the exact numbers are.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "judge/update.h"

/* Certificates, from..to. */
struct range {
	bool known;
	double from, to;
};

/* Sums of shares are inexact in the last bits. */
#define SLACK 1e-6

void
rp_post_contradicts(struct rp_posting *p, const struct rp_origin *at,
    const char *fmt, ...)
{
	struct rp_err line;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line.text, sizeof(line.text), fmt, ap);
	va_end(ap);
	p->n_contradictions++;
	if (p->src->contradiction != NULL)
		p->src->contradiction(p->src->arg, at, line.text);
}

const char *
rp_post_line(const struct rp_origin *at, char buf[32])
{
	buf[0] = '\0';
	if (at->line > 0)
		(void)snprintf(buf, 32, ", line %u", (unsigned)at->line);
	return buf;
}

/* ---- ranges ------------------------------------------------------------- */

static double
half_step(unsigned decimals)
{
	double step = 0.01;

	for (; decimals > 0; decimals--)
		step /= 10;
	return step / 2;
}

static struct range
range_of(const struct rp_amount *a, uint64_t base)
{
	double half, share;

	if (!a->known)
		return (struct range){ .known = false };
	if (a->is_count)
		return (struct range){ true, (double)rp_count_n(a->count),
		    (double)rp_count_n(a->count) };
	half = half_step(a->decimals);
	share = rp_share_real(a->share);
	return (struct range){ true, (share - half) * (double)base,
	    (share + half) * (double)base };
}

static struct range
plus(struct range a, struct range b)
{
	return (struct range){ a.known && b.known, a.from + b.from,
	    a.to + b.to };
}

static bool
apart(struct range a, struct range b)
{
	return a.known && b.known && (a.from > b.to + SLACK ||
	    b.from > a.to + SLACK);
}

static bool
exceeds(struct range a, struct range b)
{
	return a.known && b.known && a.from > b.to + SLACK;
}

/* "500", "36.1 %". */
static const char *
amount_words(const struct rp_amount *a, char buf[RP_UNIT_TEXT])
{
	char share[RP_UNIT_TEXT];

	if (a->is_count)
		(void)snprintf(buf, RP_UNIT_TEXT, "%" PRIu64,
		    rp_count_n(a->count));
	else
		(void)snprintf(buf, RP_UNIT_TEXT, "%.30s %%",
		    rp_share_format(a->share, share));
	return buf;
}

/* ---- the base of an actual ---------------------------------------------- */

static uint64_t
base_of(const struct rp_posting *p, const struct rp_actual *a)
{
	const struct rp_case *cs = p->src->now;

	if (a->has_of)
		return rp_count_n(a->of);
	return a->population >= 0 ?
	    rp_count_n(cs->population[a->population].certificates) :
	    rp_scopes_at(&p->scopes, a->as_of);
}

/* ---- one actual --------------------------------------------------------- */

/* base = revoked + expired + outstanding. */
static void
check_identity(struct rp_posting *p, const struct rp_actual *a, uint64_t base)
{
	const struct rp_amount *revoked = &a->metric[RP_METRIC_REVOKED];
	const struct rp_amount *gone = &a->metric[RP_METRIC_GONE];
	struct range all = { true, (double)base, (double)base };
	struct range settled = plus(range_of(revoked, base),
	    range_of(&a->expired, base));
	char x[RP_UNIT_TEXT], y[RP_UNIT_TEXT], z[RP_UNIT_TEXT];
	char at[RP_INSTANT_TEXT];

	(void)rp_when_format(a->as_of, at);
	if (apart(settled, range_of(gone, base)))
		rp_post_contradicts(p, &a->origin, "%s: revoked (%s) and "
		    "expired (%s) do not add up to gone (%s); correct one of "
		    "them", at, amount_words(revoked, x),
		    amount_words(&a->expired, y), amount_words(gone, z));
	if (apart(plus(settled, range_of(&a->remaining, base)), all))
		rp_post_contradicts(p, &a->origin, "%s: revoked (%s), expired "
		    "(%s) and remaining (%s) do not add up to the base of %"
		    PRIu64 "; correct one of them, or record a fact 'scope' "
		    "if the base is another", at, amount_words(revoked, x),
		    amount_words(&a->expired, y),
		    amount_words(&a->remaining, z), base);
	else if (apart(plus(range_of(gone, base),
	    range_of(&a->remaining, base)), all))
		rp_post_contradicts(p, &a->origin, "%s: gone (%s) and "
		    "remaining (%s) do not add up to the base of %" PRIu64
		    "; correct one of them, or record a fact 'scope' if the "
		    "base is another", at, amount_words(gone, x),
		    amount_words(&a->remaining, y), base);
}

static void
check_parts(struct rp_posting *p, const struct rp_actual *a, uint64_t base)
{
	const struct {
		const char *part, *whole;
		const struct rp_amount *a, *b;
	} pairs[] = {
		{ "expired-late", "expired", &a->expired_late, &a->expired },
		{ "held", "remaining", &a->held, &a->remaining },
		{ "revoked", "gone", &a->metric[RP_METRIC_REVOKED],
		    &a->metric[RP_METRIC_GONE] },
		{ "expired", "gone", &a->expired,
		    &a->metric[RP_METRIC_GONE] },
		{ "replaced", "reissued", &a->metric[RP_METRIC_REPLACED],
		    &a->metric[RP_METRIC_REISSUED] },
	};
	char at[RP_INSTANT_TEXT], x[RP_UNIT_TEXT], y[RP_UNIT_TEXT];

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (exceeds(range_of(pairs[i].a, base),
		    range_of(pairs[i].b, base)))
			rp_post_contradicts(p, &a->origin, "%s: %s (%s) is "
			    "more than %s (%s), of which it is a part; "
			    "correct one of them",
			    rp_when_format(a->as_of, at), pairs[i].part,
			    amount_words(pairs[i].a, x), pairs[i].whole,
			    amount_words(pairs[i].b, y));
}

/* What the facts record by then must be counted in the actual. */
static void
check_records(struct rp_posting *p, const struct rp_actual *a, uint64_t base)
{
	const struct rp_amount *revoked = &a->metric[RP_METRIC_REVOKED];
	const struct rp_post_record *r;
	char at[RP_INSTANT_TEXT], x[RP_UNIT_TEXT];

	if (a->population >= 0 || !revoked->known ||
	    a->bound == RP_BOUND_AT_LEAST)
		return;
	r = rp_post_records_at(&p->records, a->as_of);
	if (r == NULL || r->all ||
	    (double)r->total <= range_of(revoked, base).to + SLACK)
		return;
	rp_post_contradicts(p, &a->origin, "%s: revoked is %s, but the facts "
	    "'revoked' up to then add up to %" PRIu64 "; correct one of them",
	    rp_when_format(a->as_of, at), amount_words(revoked, x), r->total);
}

static void
check_base(struct rp_posting *p, const struct rp_actual *a)
{
	const struct rp_case *cs = p->src->now;
	uint64_t base = rp_scopes_at(&p->scopes, a->as_of);
	char at[RP_INSTANT_TEXT];

	if (!a->has_of || a->population >= 0 || rp_count_n(a->of) == base ||
	    cs->total_origin.basis == RP_BASIS_ASSUMED)
		return;
	rp_post_contradicts(p, &a->origin, "%s: the figures are of %" PRIu64
	    " certificates, but %" PRIu64 " were known to be affected then; "
	    "record a fact 'scope' that says since when the number is "
	    "another", rp_when_format(a->as_of, at), rp_count_n(a->of), base);
}

static void
check_actual(struct rp_posting *p, const struct rp_actual *a)
{
	uint64_t base = base_of(p, a);

	check_base(p, a);
	if (a->bound == RP_BOUND_NONE) {
		check_identity(p, a, base);
		check_parts(p, a, base);
	}
	check_records(p, a, base);
}

/* ---- from one actual to the next ---------------------------------------- */

/* What can only grow. */
enum { CUMULATIVE = RP_METRICS + 1 };

static const struct rp_amount *
cumulative(const struct rp_actual *a, size_t which, const char **word)
{
	*word = which < RP_METRICS ? rp_metric_word((enum rp_metric)which) :
	    "expired";
	return which < RP_METRICS ? &a->metric[which] : &a->expired;
}

/* A figure with what must be known to hold it against another one. */
struct figure {
	const struct rp_amount *amount;
	uint64_t base;
	enum rp_bound bound;
};

static struct figure
figure_of(const struct rp_posting *p, const struct rp_actual *a,
    const struct rp_amount *amount)
{
	return (struct figure){ amount, base_of(p, a), a->bound };
}

/* Whether b, of the later moment, is less than a for certain. */
static bool
fell(const struct figure *a, const struct figure *b)
{
	const struct rp_amount *was = a->amount, *is = b->amount;

	if (!was->known || !is->known || a->bound == RP_BOUND_AT_MOST ||
	    b->bound == RP_BOUND_AT_LEAST)
		return false;
	/* Printed alike, the same number would be printed the same. */
	if (!was->is_count && !is->is_count && a->base == b->base &&
	    was->decimals == is->decimals)
		return rp_share_ppb(is->share) < rp_share_ppb(was->share);
	return exceeds(range_of(was, a->base), range_of(is, b->base));
}

/* Of something that only grows; a is the earlier actual. */
static void
tell_fall(struct rp_posting *p, const struct rp_actual *a,
    const struct rp_actual *b, size_t which)
{
	char x[RP_UNIT_TEXT], y[RP_UNIT_TEXT];
	char at[RP_INSTANT_TEXT], then[RP_INSTANT_TEXT], line[32];
	const char *word;
	const struct rp_amount *was = cumulative(a, which, &word);
	const struct rp_amount *is = cumulative(b, which, &word);

	rp_post_contradicts(p, &b->origin, "%s falls from %s (%s%s) to %s "
	    "(%s): correct the figure that is wrong by an item that "
	    "'replaces' it and says why in 'note'", word,
	    amount_words(was, x), rp_when_format(a->as_of, then),
	    rp_post_line(&a->origin, line), amount_words(is, y),
	    rp_when_format(b->as_of, at));
}

/* Whether a later figure says less of how much it is at least. */
static bool
says_less(const struct figure *a, const struct figure *b)
{
	if (a->bound == RP_BOUND_AT_MOST || b->bound == RP_BOUND_AT_MOST)
		return a->bound != RP_BOUND_AT_MOST;
	return !fell(a, b) && range_of(b->amount, b->base).from <
	    range_of(a->amount, a->base).from;
}

/*
 * last: of each population and of the whole, the last actual that has it; a
 * bound or a rounder figure in between does not make it forgotten.
 */
static void
check_falls(struct rp_posting *p, const struct rp_actual *a,
    const struct rp_actual **last)
{
	const struct rp_actual **own = last +
	    (size_t)(a->population + 1) * CUMULATIVE;
	const char *word;

	for (size_t i = 0; i < CUMULATIVE; i++) {
		struct figure is = figure_of(p, a, cumulative(a, i, &word));
		struct figure was;

		if (!is.amount->known)
			continue;
		if (own[i] != NULL) {
			was = figure_of(p, own[i], cumulative(own[i], i,
			    &word));
			if (fell(&was, &is))
				tell_fall(p, own[i], a, i);
			if (says_less(&was, &is))
				continue;
		}
		own[i] = a;
	}
}

/* ---- populations against the whole -------------------------------------- */

/* What adds up over the populations: what can only grow, and what remains. */
enum { ADDITIVE = CUMULATIVE + 1 };

static const struct rp_amount *
additive(const struct rp_actual *a, size_t which, const char **word)
{
	if (which < CUMULATIVE)
		return cumulative(a, which, word);
	*word = "remaining";
	return &a->remaining;
}

/* n actuals of one moment. */
static void
check_sum(struct rp_posting *p, const struct rp_actual *a, size_t n,
    size_t which)
{
	const struct rp_case *cs = p->src->now;
	const struct rp_actual *whole = NULL;
	struct range sum = { true, 0, 0 };
	char at[RP_INSTANT_TEXT], x[RP_UNIT_TEXT];
	const struct rp_amount *amount;
	const char *word = "";
	size_t parts = 0;

	for (size_t i = 0; i < n; i++) {
		amount = additive(&a[i], which, &word);
		if (!amount->known || a[i].bound != RP_BOUND_NONE)
			continue;
		if (a[i].population < 0) {
			whole = &a[i];
			continue;
		}
		sum = plus(sum, range_of(amount, base_of(p, &a[i])));
		parts++;
	}
	if (whole == NULL || parts != cs->n_populations)
		return;
	amount = additive(whole, which, &word);
	if (apart(sum, range_of(amount, base_of(p, whole))))
		rp_post_contradicts(p, &whole->origin, "%s: %s is %s in "
		    "total, but the populations add up to %.0f; correct one "
		    "of them", rp_when_format(whole->as_of, at), word,
		    amount_words(amount, x), (sum.from + sum.to) / 2);
}

static bool
same_time(const struct rp_actual *a, const struct rp_actual *b)
{
	return rp_instant_cmp(a->as_of.from, b->as_of.from) == 0 &&
	    rp_instant_cmp(a->as_of.until, b->as_of.until) == 0;
}

static void
check_sums(struct rp_posting *p)
{
	const struct rp_case *cs = p->src->now;
	size_t i, next, which;

	for (i = 0; i < cs->n_actuals; i = next) {
		for (next = i + 1; next < cs->n_actuals &&
		    same_time(&cs->actual[i], &cs->actual[next]); next++)
			continue;
		for (which = 0; next - i > 1 && which < ADDITIVE; which++)
			check_sum(p, &cs->actual[i], next - i, which);
	}
}

/* ---- records of revocation ---------------------------------------------- */

static const struct rp_fact *
last_record(const struct rp_case *cs, int duty)
{
	const struct rp_fact *last = NULL;

	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == RP_FACT_REVOKED &&
		    (cs->fact[i].duty == duty || cs->n_duties == 1))
			last = &cs->fact[i];
	return last;
}

static void
check_duty(struct rp_posting *p, int duty)
{
	const struct rp_case *cs = p->src->now;
	uint64_t size = p->shape.joined == duty ? rp_count_n(cs->base) :
	    rp_post_duty_size(cs, duty);
	struct rp_recorded r = rp_recorded_by(cs, duty, size, NULL);
	const struct rp_fact *last = last_record(cs, duty);

	if (r.n > size && last != NULL)
		rp_post_contradicts(p, &last->origin, "the facts 'revoked' of "
		    "duty '%s' add up to %" PRIu64 ", more than its %" PRIu64
		    " certificates; correct one of them, or record a fact "
		    "'scope' if more are affected", cs->duty[duty].name,
		    r.n, size);
}

/* A number of revocations that belongs to no duty is in no figure. */
static void
check_unplaced(struct rp_posting *p, const struct rp_fact *f)
{
	char at[RP_INSTANT_TEXT];

	if (f->kind == RP_FACT_REVOKED && f->duty < 0 && f->has_certificates &&
	    p->src->now->n_duties > 1)
		rp_post_contradicts(p, &f->origin, "the revocation of %s does "
		    "not say which certificates it counts; add 'duty'",
		    rp_when_format(f->at, at));
}

/* last: of each population and of all, what can only grow. */
static void
check_all(struct rp_posting *p, const struct rp_actual **last)
{
	const struct rp_case *cs = p->src->now;

	for (size_t i = 0; i < cs->n_actuals; i++) {
		check_actual(p, &cs->actual[i]);
		check_falls(p, &cs->actual[i], last);
	}
	check_sums(p);
	for (size_t d = 0; d < cs->n_duties; d++)
		check_duty(p, (int)d);
	for (size_t i = 0; i < cs->n_facts; i++)
		check_unplaced(p, &cs->fact[i]);
}

rp_status
rp_post_reconcile(struct rp_posting *p)
{
	const struct rp_case *cs = p->src->now;
	const struct rp_actual **last;
	rp_status rc = rp_scopes_init(&p->scopes, cs, p->err);

	if (rc != RP_OK)
		return rc;
	rc = rp_post_records_init(&p->records, cs, p->shape, p->err);
	last = rp_alloc_zeroed((cs->n_populations + 1) * CUMULATIVE,
	    sizeof(*last));
	if (rc == RP_OK && last == NULL)
		rc = rp_fail(p->err, RP_ENOMEM, "no memory for the post");
	if (rc == RP_OK)
		check_all(p, last);
	rp_release_mem(last);
	rp_post_records_release(&p->records);
	rp_scopes_release(&p->scopes);
	return rc;
}
