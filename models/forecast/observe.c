/*
 * forecast/observe.c - actuals, shares of trials, ranks and notes.
 */
#include "forecast/observe.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/rank.h"

/* ---- actuals ------------------------------------------------------------ */

/*
 * The share that an actual states, and the interval that rounds to it: 11.0 %
 * stands for 10.95 to 11.05 %.  A count is exact, but the trials lie on a
 * continuous scale: it stands for half a certificate to either side.
 */
static void
interval(const struct rp_actual *actual, enum rp_metric metric, double base,
    struct rp_observation *o)
{
	const struct rp_amount *a = &actual->metric[metric];
	enum rp_bound bound = actual->bound;
	double half = 0.0, of;

	if (a->is_count) {
		o->share = (double)rp_count_n(a->count) / base;
		half = 0.5 / base;
	} else {
		/* The source's share may be one of fewer certificates. */
		of = actual->has_of ? (double)rp_count_n(actual->of) / base :
		    1.0;
		o->share = of * rp_share_real(a->share);
		half = of * 0.005 * pow(10.0, -(double)a->decimals);
	}
	o->low = bound == RP_BOUND_AT_MOST ? -HUGE_VAL : o->share - half;
	o->high = bound == RP_BOUND_AT_LEAST ? HUGE_VAL : o->share + half;
	/* A printed 100 % is all of them: nobody rounds the last one up. */
	if (o->share >= 1.0 && bound == RP_BOUND_NONE)
		o->low = 1.0;
}

size_t
rp_point_before(const struct rp_trials *tr, struct rp_instant t)
{
	size_t low = 0, high;
	const struct rp_instant *grid = rp_trials_grid(tr, &high);

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (rp_instant_cmp(grid[mid], t) <= 0)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* Actuals are sorted by as_of; a later one of the same instant is dropped. */
static bool
usable(const struct rp_trials *tr, const struct rp_actual *a,
    const struct rp_observations *so_far)
{
	size_t n;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);
	struct rp_instant at = a->as_of.until;

	return a->population < 0 && a->metric[rp_trials_metric(tr)].known &&
	    rp_instant_cmp(at, grid[0]) >= 0 &&
	    rp_instant_cmp(at, grid[n - 1]) <= 0 &&
	    (so_far->n == 0 ||
	    rp_instant_cmp(so_far->o[so_far->n - 1].at, at) < 0);
}

/* The duty that no population leaves free to be done before it; NULL. */
static const struct rp_duty *
blocked_by_all(const struct rp_case *cs)
{
	int duty = cs->population[0].blocks;

	for (size_t p = 0; p < cs->n_populations; p++)
		if (cs->population[p].blocks != duty)
			return NULL;
	return duty < 0 ? NULL : &cs->duty[duty];
}

/* Whether a fact says that all certificates of a duty were revoked. */
static bool
says_revoked(const struct rp_case *cs, const struct rp_fact *f,
    const struct rp_duty *duty)
{
	return f->kind == RP_FACT_REVOKED &&
	    (f->duty < 0 ? cs->n_duties == 1 : &cs->duty[f->duty] == duty) &&
	    (!f->has_certificates || (rp_count_n(duty->certificates) > 0 &&
	    rp_count_n(f->certificates) >= rp_count_n(duty->certificates)));
}

static void
find_end(const struct rp_case *cs, struct rp_when as_of, enum rp_view view,
    struct rp_observations *out)
{
	const struct rp_duty *duty = blocked_by_all(cs);

	for (size_t i = 0; duty != NULL && i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		if (!says_revoked(cs, f, duty) || !rp_seen(f->at,
		    f->has_published, f->published, as_of, view))
			continue;
		out->has_end = true;
		out->end = f->at.until;
		out->duty = duty;
	}
}

rp_status
rp_observe(const struct rp_trials *tr, struct rp_when as_of,
    enum rp_view view, struct rp_observations *out, struct rp_err *err)
{
	const struct rp_case *cs = rp_trials_case(tr);

	*out = (struct rp_observations){ .o = rp_alloc_zeroed(cs->n_actuals,
	    sizeof(*out->o)) };
	if (out->o == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the actuals");
	for (size_t p = 0; p < cs->n_populations; p++)
		out->subscribers +=
		    (double)rp_count_n(cs->population[p].subscribers);
	if (rp_trials_metric(tr) == RP_METRIC_REPLACED)
		find_end(cs, as_of, view, out);
	for (size_t i = 0; i < cs->n_actuals; i++) {
		const struct rp_actual *a = &cs->actual[i];
		struct rp_observation *o = &out->o[out->n];

		if (!rp_seen(a->as_of, a->has_published, a->published, as_of,
		    view))
			continue;
		if (!usable(tr, a, out)) {
			out->left_out++;
			continue;
		}
		o->at = a->as_of.until;
		o->given = rp_when_last(a->as_of);
		interval(a, rp_trials_metric(tr), rp_trials_base_at(tr, -1,
		    rp_point_before(tr, o->at)), o);
		out->n++;
	}
	return RP_OK;
}

/* ---- trials ------------------------------------------------------------- */

/* Between which points of the grid an instant lies, and where. */
struct place {
	size_t low;
	bool between;
	double part;		/* of the way from low to the next */
};

static struct place
place_of(const struct rp_trials *tr, struct rp_instant t)
{
	size_t n, low = rp_point_before(tr, t);
	const struct rp_instant *grid = rp_trials_grid(tr, &n);
	struct place p = { .low = low, .between = low + 1 < n &&
	    rp_instant_cmp(t, grid[low]) > 0 };

	if (p.between)
		p.part = (double)rp_span_s(rp_instant_between(grid[low], t)) /
		    (double)rp_span_s(rp_instant_between(grid[low],
		    grid[low + 1]));
	return p;
}

static double
share_at(const struct rp_trials *tr, size_t i, const struct place *p)
{
	size_t trials = rp_trials_count(tr);
	const uint32_t *curve = rp_trials_curve(tr) + p->low * trials + i;
	double base = rp_trials_base_of(tr, i, p->low);
	double a = (double)curve[0];

	return p->between ? (a + ((double)curve[trials] - a) * p->part) /
	    base : a / base;
}

double
rp_trial_share(const struct rp_trials *tr, size_t i, struct rp_instant t)
{
	struct place p = place_of(tr, t);

	return share_at(tr, i, &p);
}

void
rp_trial_shares(const struct rp_trials *tr, struct rp_instant t,
    double *share)
{
	struct place p = place_of(tr, t);

	for (size_t i = 0; i < rp_trials_count(tr); i++)
		share[i] = share_at(tr, i, &p);
}

/* ---- ranks -------------------------------------------------------------- */

#define DIGIT_BITS 11
#define DIGITS ((size_t)1 << DIGIT_BITS)

/* One pass, stable, by one digit of what is above the least. */
static void
by_digit(const struct rp_ranked *from, struct rp_ranked *to, size_t n,
    uint64_t least, unsigned shift)
{
	size_t start[DIGITS] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		start[(rp_rank_key(from[i].value) - least) >> shift &
		    (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t k = start[d];

		start[d] = sum;
		sum += k;
	}
	for (size_t i = 0; i < n; i++)
		to[start[(rp_rank_key(from[i].value) - least) >> shift &
		    (DIGITS - 1)]++] = from[i];
}

void
rp_rank(struct rp_ranked *r, size_t n)
{
	struct rp_ranked *from = r, *to = r + n;
	uint64_t least = UINT64_MAX, most = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t key = rp_rank_key(r[i].value);

		least = key < least ? key : least;
		most = key > most ? key : most;
	}
	for (unsigned shift = 0; shift < 64 && n > 0 &&
	    (most - least) >> shift > 0; shift += DIGIT_BITS) {
		struct rp_ranked *t = from;

		by_digit(from, to, n, least, shift);
		from = to;
		to = t;
	}
	if (from != r)
		memcpy(r, from, n * sizeof(*r));
}

/* ---- notes -------------------------------------------------------------- */

void
rp_note(struct rp_notes *notes, const char *fmt, ...)
{
	va_list ap;

	if (notes->n == RP_NOTES)
		return;
	va_start(ap, fmt);
	vsnprintf(notes->text[notes->n], sizeof(notes->text[0]), fmt, ap);
	va_end(ap);
	notes->line[notes->n] = notes->text[notes->n];
	notes->n++;
}
