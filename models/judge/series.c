/*
 * judge/series.c - which actuals a reader of a given day has, for all
 * certificates together.
 */
#include <string.h>

#include "base/mem.h"
#include "judge/compare.h"

struct rp_share
rp_amount_share(const struct rp_amount *a, struct rp_count base)
{
	return a->is_count ? rp_share_of_counts(a->count, base) : a->share;
}

static bool
seen(const struct rp_actual *a, struct rp_when as_of, enum rp_view view)
{
	return rp_seen(a->as_of, a->has_published, a->published, as_of, view);
}

static bool
same_time(const struct rp_actual *a, const struct rp_actual *b)
{
	return rp_instant_cmp(a->as_of.from, b->as_of.from) == 0 &&
	    rp_instant_cmp(a->as_of.until, b->as_of.until) == 0;
}

enum { EXPIRED = RP_METRICS, EXPIRED_LATE, HELD, REMAINING };

/* The amount of an actual: a metric, or one of those that follow them. */
static const struct rp_amount *
amount(const struct rp_actual *a, size_t which)
{
	switch (which) {
	case EXPIRED:
		return &a->expired;
	case EXPIRED_LATE:
		return &a->expired_late;
	case HELD:
		return &a->held;
	case REMAINING:
		return &a->remaining;
	default:
		return &a->metric[which];
	}
}

/*
 * The sum over the populations: a count when all of them are counts,
 * otherwise a share, for which each population weighs as much as the case
 * says now, whatever was known to be affected then: all of each of them is
 * all.  Not known when one is missing.
 */
static struct rp_amount
sum_amount(const struct rp_case *cs, const struct rp_actual *const *part,
    size_t which)
{
	struct rp_amount out = { .known = true, .is_count = true,
	    .decimals = 1 };
	double certificates = 0;

	for (size_t p = 0; p < cs->n_populations; p++) {
		const struct rp_amount *a = amount(part[p], which);

		if (!a->known)
			return (struct rp_amount){ .known = false };
		if (a->is_count) {
			certificates += (double)rp_count_n(a->count);
			if (rp_count_add(out.count, a->count, &out.count))
				continue;
		} else {
			certificates += rp_share_real(a->share) * (double)
			    rp_count_n(cs->population[p].certificates);
		}
		out.is_count = false;
	}
	if (!out.is_count)
		out.share = rp_share_of_real(certificates /
		    (double)rp_count_n(cs->total));
	return out;
}

static struct rp_actual
sum_parts(const struct rp_case *cs, const struct rp_actual *const *part)
{
	struct rp_actual out = *part[0];

	out.population = -1;
	out.has_of = false;	/* each printed a base of its own */
	for (size_t m = 0; m < RP_METRICS; m++)
		out.metric[m] = sum_amount(cs, part, m);
	out.expired = sum_amount(cs, part, EXPIRED);
	out.expired_late = sum_amount(cs, part, EXPIRED_LATE);
	out.held = sum_amount(cs, part, HELD);
	out.remaining = sum_amount(cs, part, REMAINING);
	for (size_t p = 1; p < cs->n_populations; p++) {
		if (part[p]->bound != out.bound)
			out.bound = out.bound == RP_BOUND_NONE ?
			    part[p]->bound : out.bound;
		if (part[p]->origin.source != out.origin.source)
			out.origin.source = NULL;
	}
	return out;
}

/* At least so many of one and at most so many of another bound no sum. */
static bool
bounds_meet(const struct rp_case *cs, const struct rp_actual *const *part)
{
	bool least = false, most = false;

	for (size_t p = 0; p < cs->n_populations; p++) {
		least = least || part[p]->bound == RP_BOUND_AT_LEAST;
		most = most || part[p]->bound == RP_BOUND_AT_MOST;
	}
	return !least || !most;
}

/* Each as_of at which the actuals of every population are given. */
static void
add_up(struct rp_series *s, const struct rp_case *cs, struct rp_when as_of,
    enum rp_view view, const struct rp_actual **part)
{
	for (size_t i = 0, next; i < cs->n_actuals; i = next) {
		size_t covered = 0, looked = 0;

		memset(part, 0, cs->n_populations * sizeof(*part));
		for (next = i; next < cs->n_actuals &&
		    same_time(&cs->actual[i], &cs->actual[next]); next++) {
			const struct rp_actual *a = &cs->actual[next];

			if (!seen(a, as_of, view))
				continue;
			looked++;
			covered += part[a->population] == NULL;
			part[a->population] = a;
		}
		if (covered == cs->n_populations && covered > 0 &&
		    bounds_meet(cs, part))
			s->point[s->n++] = sum_parts(cs, part);
		else if (looked > 0)
			s->left_out = true;
	}
}

rp_status
rp_series_init(struct rp_series *s, const struct rp_case *cs,
    struct rp_when as_of, enum rp_view view, struct rp_err *err)
{
	const struct rp_actual **part = NULL;
	rp_status rc = RP_OK;
	bool whole = false;

	*s = (struct rp_series){ .n = 0 };
	s->point = rp_alloc_zeroed(cs->n_actuals, sizeof(*s->point));
	part = rp_alloc_zeroed(cs->n_populations, sizeof(*part));
	if (s->point == NULL || part == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "out of memory for the actuals");
		rp_series_release(s);
		goto out;
	}
	for (size_t i = 0; i < cs->n_actuals; i++)
		whole = whole || cs->actual[i].population < 0;
	if (!whole)
		add_up(s, cs, as_of, view, part);
	for (size_t i = 0; whole && i < cs->n_actuals; i++)
		if (cs->actual[i].population < 0 &&
		    seen(&cs->actual[i], as_of, view))
			s->point[s->n++] = cs->actual[i];
out:
	rp_release_mem(part);
	return rc;
}

void
rp_series_release(struct rp_series *s)
{
	rp_release_mem(s->point);
	*s = (struct rp_series){ .n = 0 };
}
