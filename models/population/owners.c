/*
 * population/owners.c - see owners.h.
 */
#include "population/owners.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A class of owners by the mean of its sizes. */
struct rp_owner_rank {
	double mean;
	uint64_t certificates;
	uint64_t subscribers;
	double up_to;		/* subscribers of this and smaller ones */
	int32_t kind;
};

/* Remainders are compared as whole numbers of so many bits, a part of them
 * at a time. */
#define REMAINDER_BITS 52
#define DIGIT_BITS 13
#define DIGITS (1u << DIGIT_BITS)

/* Ascending sizes before they are made whole. */
struct shares {
	const double *x;
	size_t n;
	size_t ones;		/* the first of them own one */
	double scale;		/* ... of the others */
	uint64_t left_over;	/* goes to the largest remainders */
	uint64_t threshold;	/* remainders above it get one more, */
	uint64_t at_threshold;	/* and so many that are equal to it */
};

/* ---- runs of equal sizes ------------------------------------------------ */

static void
add_owners(struct rp_owners *o, uint64_t size, uint64_t owners, int32_t kind)
{
	if (owners == 0)
		return;
	if (o->n > 0 && o->of[o->n - 1].size == size &&
	    o->of[o->n - 1].kind == kind) {
		o->of[o->n - 1].owners += (uint32_t)owners;
		return;
	}
	o->of[o->n++] = (struct rp_owner_size){ .size = (uint32_t)size,
	    .owners = (uint32_t)owners, .kind = kind };
}

static void
add_equal(struct rp_owners *o, uint64_t certificates, uint64_t owners,
    int32_t kind)
{
	uint64_t larger = certificates % owners;

	add_owners(o, certificates / owners + 1, larger, kind);
	add_owners(o, certificates / owners, owners - larger, kind);
}

/* ---- whole numbers of a given sum --------------------------------------- */

/*
 * Those below one at the scale of all the others get one.  Each that is set
 * aside lowers the scale of the rest, so they are a run at the low end.
 */
static void
set_scale(struct shares *s, double sum, uint64_t certificates)
{
	for (s->ones = 0; s->ones < s->n; s->ones++) {
		s->scale = (double)(certificates - s->ones) / sum;
		if (s->x[s->ones] * s->scale >= 1.0)
			return;
		sum -= s->x[s->ones];
	}
}

static uint64_t
remainder_of(const struct shares *s, size_t i)
{
	double t = s->x[i] * s->scale;

	return (uint64_t)ldexp(t - floor(t), REMAINDER_BITS);
}

/* How many remainders begin with `prefix`, by the digit after it. */
static void
count_digits(const struct shares *s, uint64_t prefix, unsigned shift,
    uint32_t *count)
{
	memset(count, 0, DIGITS * sizeof(*count));
	for (size_t i = s->ones; i < s->n; i++) {
		uint64_t r = remainder_of(s, i);

		if (r >> shift >> DIGIT_BITS == prefix)
			count[r >> shift & (DIGITS - 1)]++;
	}
}

/* The left_over-th largest remainder, digit by digit. */
static void
find_threshold(struct shares *s)
{
	uint32_t count[DIGITS];
	uint64_t need = s->left_over;

	s->threshold = UINT64_C(1) << REMAINDER_BITS;
	s->at_threshold = 0;
	if (need == 0)
		return;
	s->threshold = 0;
	for (unsigned shift = REMAINDER_BITS; shift > 0;) {
		unsigned digit = DIGITS - 1;

		shift -= DIGIT_BITS;
		count_digits(s, s->threshold, shift, count);
		for (; digit > 0 && count[digit] < need; digit--)
			need -= count[digit];
		s->threshold = s->threshold << DIGIT_BITS | digit;
	}
	s->at_threshold = need;
}

/* The size of subscriber i; asked for from the largest down. */
static uint64_t
whole_size(struct shares *s, size_t i)
{
	uint64_t size, r;

	if (i < s->ones)
		return 1;
	size = (uint64_t)floor(s->x[i] * s->scale);
	r = remainder_of(s, i);
	if (r > s->threshold)
		return size + 1;
	if (r < s->threshold || s->at_threshold == 0)
		return size;
	s->at_threshold--;
	return size + 1;
}

/* Which class, by rank, subscriber i is of; `owners` are of all classes. */
static int32_t
kind_of(const struct rp_owners *o, size_t n_ranks, size_t i,
    uint64_t owners)
{
	double at = ((double)i + 0.5) / (double)o->subscribers *
	    (double)owners;
	size_t low = 0, high = n_ranks - 1;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (o->rank[mid].up_to < at)
			low = mid + 1;
		else
			high = mid;
	}
	return (int32_t)low;
}

/* o->quantile made whole; kinds by rank where there are any. */
static rp_status
share_out(struct rp_owners *o, const struct rp_population *p, size_t n_ranks,
    uint64_t owners, struct rp_err *err)
{
	struct shares s = { .x = o->quantile, .n = o->subscribers };
	double sum = 0.0;
	int64_t rest = o->certificates, odd = 0;

	for (size_t i = 0; i < s.n; i++)
		sum += s.x[i] >= 0.0 ? s.x[i] : (double)NAN;
	if (!isfinite(sum) || !(sum > 0.0))
		return rp_fail_at(err, RP_ERANGE, p->owns.origin.line,
		    p->owns.origin.col, "what the subscribers of '%s' own "
		    "makes no sense in a trial: it is below 0, all 0, or "
		    "without bounds; use a distribution that stays above 0",
		    p->name);
	set_scale(&s, sum, o->certificates);
	rest -= (int64_t)s.ones;
	for (size_t i = s.ones; i < s.n; i++)
		rest -= (int64_t)floor(s.x[i] * s.scale);
	/* Rounding aside, what is left over is less than one for each. */
	if (rest < 0 || rest > (int64_t)(s.n - s.ones))
		odd = rest < 0 ? rest : rest - (int64_t)(s.n - s.ones);
	s.left_over = (uint64_t)(rest - odd);
	find_threshold(&s);
	for (size_t i = s.n; i-- > 0; odd = 0) {
		int32_t k = n_ranks == 0 ? -1 : kind_of(o, n_ranks, i,
		    owners);

		add_owners(o, (uint64_t)((int64_t)whole_size(&s, i) + odd), 1,
		    k < 0 ? -1 : o->rank[k].kind);
	}
	return RP_OK;
}

/* ---- laws and classes --------------------------------------------------- */

static rp_status
set_by_law(struct rp_owners *o, const struct rp_population *p,
    struct rp_draws *d, struct rp_err *err)
{
	struct rp_law law = rp_chance_law(&p->owns.size, d);
	const char *fault = rp_law_fault(&law);

	if (fault != NULL)
		return rp_fail_at(err, RP_ERANGE, p->owns.origin.line,
		    p->owns.origin.col, "what the subscribers of '%s' own "
		    "makes no sense in a trial: %s", p->name, fault);
	for (size_t i = 0; i < o->subscribers; i++)
		o->quantile[i] = rp_law_quantile(&law, ((double)i + 0.5) /
		    (double)o->subscribers);
	return share_out(o, p, 0, 0, err);
}

static int
by_mean(const void *a, const void *b)
{
	const struct rp_owner_rank *x = a, *y = b;

	if (x->mean < y->mean || x->mean > y->mean)
		return x->mean < y->mean ? -1 : 1;
	return (x->kind < y->kind) - (x->kind > y->kind);
}

static int
larger_first(const void *a, const void *b)
{
	const struct rp_owner_size *x = a, *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return (x->kind > y->kind) - (x->kind < y->kind);
}

/* Classes by size; *owners: of all.  One may leave its certificates open. */
static void
rank_classes(struct rp_owners *o, const struct rp_population *p,
    uint64_t *owners)
{
	const struct rp_owns *w = &p->owns;
	uint64_t named = 0;
	double up_to = 0.0;

	*owners = 0;
	for (size_t i = 0; i < w->n_classes; i++)
		named += rp_count_n(w->owners[i].certificates);
	for (size_t i = 0; i < w->n_classes; i++) {
		struct rp_owner_rank *r = &o->rank[i];
		uint64_t all = rp_count_n(p->certificates);

		r->kind = (int32_t)i;
		r->subscribers = rp_count_n(w->owners[i].subscribers);
		r->certificates = rp_count_n(w->owners[i].certificates);
		if (r->certificates == 0 && all > named)
			r->certificates = all - named;
		r->mean = r->subscribers == 0 ? 0.0 :
		    (double)r->certificates / (double)r->subscribers;
		*owners += r->subscribers;
	}
	qsort(o->rank, w->n_classes, sizeof(*o->rank), by_mean);
	for (size_t i = 0; i < w->n_classes; i++) {
		up_to += (double)o->rank[i].subscribers;
		o->rank[i].up_to = up_to;
	}
}

/* Whether the classes are of just these subscribers and certificates. */
static bool
classes_fit(const struct rp_owners *o, size_t n, uint64_t owners)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (o->rank[i].certificates < o->rank[i].subscribers)
			return false;
		sum += o->rank[i].certificates;
	}
	return sum == o->certificates && owners == o->subscribers;
}

static rp_status
set_by_classes(struct rp_owners *o, const struct rp_population *p,
    struct rp_err *err)
{
	size_t n = p->owns.n_classes;
	uint64_t owners;

	rank_classes(o, p, &owners);
	if (!classes_fit(o, n, owners)) {
		for (size_t i = 0; i < o->subscribers; i++)
			o->quantile[i] = o->rank[kind_of(o, n, i,
			    owners)].mean;
		return share_out(o, p, n, owners, err);
	}
	for (size_t i = n; i-- > 0;)
		if (o->rank[i].subscribers > 0)
			add_equal(o, o->rank[i].certificates,
			    o->rank[i].subscribers, o->rank[i].kind);
	qsort(o->of, o->n, sizeof(*o->of), larger_first);
	return RP_OK;
}

rp_status
rp_owners_set(struct rp_owners *o, const struct rp_population *p,
    struct rp_draws *d, struct rp_err *err)
{
	o->n = 0;
	switch (p->owns.kind) {
	case RP_OWNS_LAW:
		return set_by_law(o, p, d, err);
	case RP_OWNS_CLASSES:
		return set_by_classes(o, p, err);
	case RP_OWNS_EQUAL:
		break;
	}
	add_equal(o, o->certificates, o->subscribers, -1);
	return RP_OK;
}

/* ---- memory ------------------------------------------------------------- */

bool
rp_owners_are_fixed(const struct rp_owns *owns)
{
	return owns->kind != RP_OWNS_LAW || rp_chance_is_fixed(&owns->size);
}

/* So many different sizes add up to the certificates at the least. */
static size_t
different_sizes(uint32_t certificates, uint32_t subscribers)
{
	size_t most = (size_t)(sqrt(2.0 * (double)certificates) + 2.0);

	return most < subscribers ? most : subscribers;
}

rp_status
rp_owners_init(struct rp_owners *o, const struct rp_population *p,
    uint32_t certificates, uint32_t subscribers, struct rp_err *err)
{
	size_t classes = p->owns.kind == RP_OWNS_CLASSES ?
	    p->owns.n_classes : 0;
	bool ok;

	*o = (struct rp_owners){ .certificates = certificates,
	    .subscribers = subscribers };
	o->room = 2 + 2 * classes;
	if (p->owns.kind != RP_OWNS_EQUAL) {
		o->room += different_sizes(certificates, subscribers);
		o->quantile = rp_alloc_zeroed(subscribers,
		    sizeof(*o->quantile));
	}
	if (classes > 0)
		o->rank = rp_alloc_zeroed(classes, sizeof(*o->rank));
	o->of = rp_alloc_zeroed(o->room, sizeof(*o->of));
	ok = o->of != NULL && (classes == 0 || o->rank != NULL) &&
	    (p->owns.kind == RP_OWNS_EQUAL || o->quantile != NULL);
	if (ok)
		return RP_OK;
	rp_owners_release(o);
	return rp_fail(err, RP_ENOMEM, "no memory for the subscribers");
}

void
rp_owners_settle(struct rp_owners *o)
{
	rp_release_mem(o->quantile);
	rp_release_mem(o->rank);
	o->quantile = NULL;
	o->rank = NULL;
}

void
rp_owners_release(struct rp_owners *o)
{
	rp_owners_settle(o);
	rp_release_mem(o->of);
	*o = (struct rp_owners){ 0 };
}
