/*
 * judge/claims_amounts.c - the figures of an actual, as ranges.
 */
#include "judge/claims_amounts.h"

#include <inttypes.h>
#include <math.h>

const struct rp_amount *
rp_said_amount(const struct rp_actual *a, int which)
{
	switch (which) {
	case RP_SAID_EXPIRED:
		return &a->expired;
	case RP_SAID_EXPIRED_LATE:
		return &a->expired_late;
	case RP_SAID_HELD:
		return &a->held;
	case RP_SAID_REMAINING:
		return &a->remaining;
	default:
		return &a->metric[which];
	}
}

const char *
rp_said_figure_word(int which)
{
	static const char *const words[RP_SAID_FIGURES] = {
		[RP_METRIC_REISSUED] = "reissued",
		[RP_METRIC_REPLACED] = "replaced",
		[RP_METRIC_REVOKED] = "revoked",
		[RP_METRIC_GONE] = "revoked or expired",
		[RP_SAID_EXPIRED] = "expired",
		[RP_SAID_EXPIRED_LATE] = "expired after the deadline",
		[RP_SAID_HELD] = "held",
		[RP_SAID_REMAINING] = "remaining",
	};

	return words[which];
}

/* As the source printed it. */
void
rp_say_amount(struct rp_sentence *s, const struct rp_actual *a, int which)
{
	const struct rp_amount *m = rp_said_amount(a, which);
	static const char *const bounds[] = {
		[RP_BOUND_NONE] = "",
		[RP_BOUND_AT_LEAST] = "at least ",
		[RP_BOUND_AT_MOST] = "at most ",
	};

	if (m->is_count)
		rp_say(s, "%s%" PRIu64, bounds[a->bound],
		    rp_count_n(m->count));
	else
		rp_say(s, "%s%.*f%%", bounds[a->bound], (int)m->decimals,
		    100 * rp_share_real(m->share));
}

struct rp_said_range
rp_said_range(const struct rp_actual *a, int which)
{
	const struct rp_amount *m = rp_said_amount(a, which);
	double half = m->is_count ? 0 : 0.005 * pow(10, -(double)m->decimals);
	double x = m->is_count ? (double)rp_count_n(m->count) :
	    rp_share_real(m->share);
	/* A hair more, as 0.361 has no exact double. */
	struct rp_said_range r = { x - half - 1e-9, x + half + 1e-9,
	    m->is_count };

	if (a->bound == RP_BOUND_AT_LEAST)
		r.high = HUGE_VAL;
	else if (a->bound == RP_BOUND_AT_MOST)
		r.low = -HUGE_VAL;
	return r;
}

/* The last scope that had begun by then; NULL: none. */
static const struct rp_fact *
scope_by(const struct rp_ledger *l, struct rp_instant at)
{
	size_t low = 0, high = l->n_scopes, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (rp_instant_cmp(l->scope[middle]->at.from, at) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? l->scope[low - 1] : NULL;
}

double
rp_said_base(const struct rp_ledger *l, const struct rp_actual *a)
{
	const struct rp_case *cs = l->cs;
	const struct rp_population *p;
	const struct rp_fact *scope;

	if (a->has_of)
		return (double)rp_count_n(a->of);
	if (a->population >= 0) {
		p = &cs->population[a->population];
		return p->certificates_origin.basis == RP_BASIS_ASSUMED ? 0 :
		    (double)rp_count_n(p->certificates);
	}
	scope = scope_by(l, rp_when_last(a->as_of));
	if (scope != NULL)
		return (double)rp_count_n(scope->certificates);
	return cs->total_origin.basis == RP_BASIS_ASSUMED ? 0 :
	    (double)rp_count_n(cs->total);
}

static bool
to_count(struct rp_said_range *r, double base)
{
	if (r->is_count)
		return true;
	r->low *= base;
	r->high *= base;
	r->is_count = true;
	return base > 0;
}

bool
rp_said_comparable(const struct rp_ledger *l, const struct rp_actual *a,
    const struct rp_actual *b, int which, struct rp_said_range *x,
    struct rp_said_range *y)
{
	double p = rp_said_base(l, a), q = rp_said_base(l, b);

	*x = rp_said_range(a, which);
	*y = rp_said_range(b, which);
	if (!x->is_count && !y->is_count && fabs(p - q) < 0.5)
		return true;
	return to_count(x, p) && to_count(y, q);
}

bool
rp_said_fell(const struct rp_actual *a, double base_a,
    const struct rp_actual *b, double base_b, int which, bool *keep)
{
	const struct rp_amount *m = rp_said_amount(a, which);
	const struct rp_amount *n = rp_said_amount(b, which);
	struct rp_said_range x = rp_said_range(a, which);
	struct rp_said_range y = rp_said_range(b, which);
	bool alike = !x.is_count && !y.is_count &&
	    fabs(base_a - base_b) < 0.5;
	bool fell;

	*keep = false;
	if (!alike && (!to_count(&x, base_a) || !to_count(&y, base_b)))
		return false;
	fell = y.high < x.low;
	/* Printed alike, the same number would be printed the same. */
	if (alike && m->decimals == n->decimals &&
	    a->bound != RP_BOUND_AT_MOST && b->bound != RP_BOUND_AT_LEAST)
		fell = rp_share_ppb(n->share) < rp_share_ppb(m->share);
	*keep = !fell && y.low < x.low;
	return fell;
}
