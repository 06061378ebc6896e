/*
 * planner/read/groups.c - groups of certificates, added up.
 */
#include "read/counts.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#define FIRST_ROOM 16u

/* A cut between sizes is looked at where so many of all lie between it and the
 * one before, so that the time for them does not grow with the sizes. */
#define CUTS 1000

/* ---- numbers by key ----------------------------------------------------- */

static size_t
place_of(const struct rp_groups *g, uint64_t key)
{
	size_t at = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) &
	    (g->room - 1);

	while (g->group[at].key != 0 && g->group[at].key != key)
		at = (at + 1) & (g->room - 1);
	return at;
}

static bool
grow(struct rp_groups *g)
{
	size_t before = g->room, room = before > 0 ? 2 * before : FIRST_ROOM;
	struct rp_group *old = g->group, *more = calloc(room, sizeof(*more));

	if (more == NULL)
		return false;
	g->group = more;
	g->room = room;
	for (size_t i = 0; i < before; i++)
		if (old[i].key != 0)
			more[place_of(g, old[i].key)] = old[i];
	free(old);
	return true;
}

bool
rp_groups_add(struct rp_groups *g, uint64_t key, uint32_t n, uint32_t line,
    bool *repeated)
{
	struct rp_group *group;

	if (4 * (g->n + 1) > 3 * g->room && !grow(g))
		return false;
	group = &g->group[place_of(g, key)];
	*repeated = group->key != 0;
	if (!*repeated) {
		*group = (struct rp_group){ .key = key, .line = line };
		g->n++;
	}
	group->n += n;
	return true;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct rp_group *)a)->key;
	uint64_t y = ((const struct rp_group *)b)->key;

	return (x > y) - (x < y);
}

void
rp_groups_sort(struct rp_groups *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->room; i++)
		if (g->group[i].key != 0)
			g->group[n++] = g->group[i];
	if (n > 1)
		qsort(g->group, n, sizeof(*g->group), by_key);
}

void
rp_groups_release(struct rp_groups *g)
{
	free(g->group);
	*g = (struct rp_groups){ 0 };
}

/* ---- who owns how many -------------------------------------------------- */

static void
check_whole(const struct rp_groups *sizes, const char *name,
    struct rp_faults *f)
{
	for (size_t i = 0; i < sizes->n; i++) {
		const struct rp_group *g = &sizes->group[i];

		if (g->n % g->key != 0)
			rp_fault(f, g->line, 1, "subscribers of '%.60s' with "
			    "%" PRIu64 " certificates each have %" PRIu32
			    " of them in all lines together, which is no "
			    "whole number of subscribers; count all "
			    "certificates of a subscriber, whenever they "
			    "expire, as its size", name, g->key, g->n);
	}
}

/* How many classes there are where the largest size of one is at most `ratio`
 * times its smallest. */
static size_t
count_classes(const struct rp_groups *sizes, double ratio)
{
	size_t n = 0;
	double first = 0;

	for (size_t i = 0; i < sizes->n; i++) {
		double size = (double)sizes->group[i].key;

		if (n == 0 || size > first * ratio) {
			first = size;
			n++;
		}
	}
	return n;
}

/* The least ratio, but for rounding, that leaves so many classes. */
static double
find_ratio(const struct rp_groups *sizes, size_t most)
{
	double low = 1, high = 4e9;

	if (count_classes(sizes, low) <= most)
		return low;
	for (int k = 0; k < 60; k++) {
		double middle = sqrt(low * high);

		if (count_classes(sizes, middle) <= most)
			high = middle;
		else
			low = middle;
	}
	return high;
}

static void
fill_classes(const struct rp_groups *sizes, double ratio,
    struct rp_counts_population *p)
{
	double first = 0;

	p->widest = 1;
	for (size_t i = 0; i < sizes->n; i++) {
		const struct rp_group *g = &sizes->group[i];
		double size = (double)g->key;

		if (p->n_classes == 0 || size > first * ratio) {
			first = size;
			p->n_classes++;
		}
		p->widest = fmax(p->widest, size / first);
		p->class[p->n_classes - 1].certificates += g->n;
		p->class[p->n_classes - 1].subscribers += g->n / g->key;
		p->subscribers += g->n / g->key;
	}
}

static bool
set_classes(const struct rp_groups *sizes, size_t most,
    struct rp_counts_population *p)
{
	double ratio = find_ratio(sizes, most);

	p->n_sizes = sizes->n;
	p->class = calloc(count_classes(sizes, ratio) + 1,
	    sizeof(*p->class));
	if (p->class == NULL)
		return false;
	fill_classes(sizes, ratio, p);
	return true;
}

/* ---- when they expire --------------------------------------------------- */

static struct rp_counts_bucket
bucket_of(const struct rp_group *g)
{
	uint32_t days = (uint32_t)g->key;
	int32_t from = (int32_t)(days >> RP_DAYS_LENGTH) - RP_DAYS_EPOCH;

	return (struct rp_counts_bucket){ from, from + (int32_t)(days &
	    ((1u << RP_DAYS_LENGTH) - 1)), g->n };
}

/* What is not known has the least key. */
static bool
set_buckets(const struct rp_groups *days, struct rp_faults *f,
    struct rp_counts_population *p)
{
	struct rp_counts_bucket *last = NULL;

	p->bucket = calloc(days->n + 1, sizeof(*p->bucket));
	if (p->bucket == NULL)
		return false;
	for (size_t i = 0; i < days->n; i++) {
		const struct rp_group *g = &days->group[i];

		/* The key is one more, for none is 0. */
		if (g->key == 1) {
			p->unknown = g->n;
			continue;
		}
		p->bucket[p->n_buckets] = bucket_of(&(struct rp_group){
		    .key = g->key - 1, .n = g->n });
		if (last != NULL && p->bucket[p->n_buckets].from < last->until)
			rp_fault(f, g->line, 1, "this expiry of '%.60s' "
			    "overlaps that of line %u; use days, months or "
			    "weeks, but not two of them for the same time",
			    p->name, (unsigned)g[-1].line);
		last = &p->bucket[p->n_buckets++];
	}
	return true;
}

/* ---- whether one says something of the other ---------------------------- */

/* Those of the smaller sizes, by the place of their bucket. */
struct smaller {
	const struct rp_counts_population *p;
	uint64_t *in;
	uint64_t n;		/* whose expiry is known */
};

static size_t
find_bucket(const struct rp_counts_population *p, int32_t from)
{
	size_t low = 0, high = p->n_buckets;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (p->bucket[mid].from <= from)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static void
look_at_cut(const struct smaller *s, uint64_t size, uint64_t all,
    struct rp_counts_bond *bond)
{
	double n = (double)all, small = (double)s->n, below = 0, both = 0;

	for (size_t i = 0; i < s->p->n_buckets; i++) {
		double excess;

		below += (double)s->p->bucket[i].certificates;
		both += (double)s->in[i];
		excess = fabs(both / n - below / n * (small / n));
		if (excess <= bond->excess || s->n == all)
			continue;
		*bond = (struct rp_counts_bond){ .excess = excess,
		    .size = size, .before = s->p->bucket[i].until,
		    .of_larger = (below - both) / (n - small),
		    .of_all = below / n };
	}
}

/* Sizes ascend in the joint groups, and expiries within each. */
static bool
set_bond(const struct rp_groups *joint, struct rp_counts_population *p)
{
	struct smaller s = { .p = p };
	uint64_t all = p->certificates - p->unknown, looked = 0;

	if (p->n_buckets < 2 || p->n_sizes < 2)
		return true;
	s.in = calloc(p->n_buckets, sizeof(*s.in));
	if (s.in == NULL)
		return false;
	for (size_t i = 0; i < joint->n; i++) {
		const struct rp_group *g = &joint->group[i];
		uint64_t size = g->key >> 32;

		if ((uint32_t)g->key != 0) {
			s.in[find_bucket(p, bucket_of(g).from)] += g->n;
			s.n += g->n;
		}
		if (i + 1 < joint->n && g[1].key >> 32 != size &&
		    s.n - looked >= all / CUTS) {
			look_at_cut(&s, size, all, &p->bond);
			looked = s.n;
		}
	}
	free(s.in);
	return true;
}

/* ---- a population ------------------------------------------------------- */

rp_status
rp_sums_end(struct rp_sums *t, size_t classes, struct rp_faults *f,
    struct rp_counts_population *out, struct rp_err *err)
{
	bool good;

	rp_groups_sort(&t->size);
	rp_groups_sort(&t->days);
	rp_groups_sort(&t->joint);
	check_whole(&t->size, out->name, f);
	out->certificates = t->certificates;
	if (t->certificates == 0)
		rp_fault(f, out->line, 1, "'%.60s' has no certificates in any "
		    "line; leave it out", out->name);
	good = set_classes(&t->size, classes, out) &&
	    set_buckets(&t->days, f, out) && set_bond(&t->joint, out);
	rp_sums_release(t);
	return good ? RP_OK : rp_fail(err, RP_ENOMEM, "out of memory for the "
	    "groups of '%.60s'", out->name);
}

void
rp_sums_release(struct rp_sums *t)
{
	rp_groups_release(&t->joint);
	rp_groups_release(&t->size);
	rp_groups_release(&t->days);
}
