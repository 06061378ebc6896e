/*
 * check/walk.c - the facts of a kind that speak of a duty, without a look at
 * all the others: a case may have a thousand duties and many facts of each.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "check/judging.h"

static int
by_kind(const void *a, const void *b)
{
	const struct rp_place *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static int
by_duty(const void *a, const void *b)
{
	const struct rp_place *x = a, *y = b;

	if (x->kind == y->kind && x->duty != y->duty)
		return x->duty < y->duty ? -1 : 1;
	return by_kind(a, b);
}

rp_status
rp_index_facts(struct rp_judging *j)
{
	j->by_kind = rp_alloc_zeroed(j->n_facts, sizeof(*j->by_kind));
	j->by_duty = rp_alloc_zeroed(j->n_facts, sizeof(*j->by_duty));
	if (j->by_kind == NULL || j->by_duty == NULL)
		return rp_fail(j->err, RP_ENOMEM,
		    "out of memory for the facts of the case");
	for (size_t i = 0; i < j->n_facts; i++)
		j->by_kind[i] = j->by_duty[i] = (struct rp_place){
		    .kind = j->fact[i]->kind, .duty = j->fact[i]->duty,
		    .at = i };
	if (j->n_facts > 0) {
		qsort(j->by_kind, j->n_facts, sizeof(*j->by_kind), by_kind);
		qsort(j->by_duty, j->n_facts, sizeof(*j->by_duty), by_duty);
	}
	return RP_OK;
}

/* The first place that is not before a key. */
static const struct rp_place *
first_of(const struct rp_place *all, size_t n, struct rp_place key,
    int (*cmp)(const void *, const void *))
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (cmp(&all[mid], &key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return all + low;
}

static struct rp_places
of_duty(const struct rp_judging *j, enum rp_fact_kind kind, int duty)
{
	return (struct rp_places){
		first_of(j->by_duty, j->n_facts, (struct rp_place){ kind,
		    duty, 0 }, by_duty),
		first_of(j->by_duty, j->n_facts, (struct rp_place){ kind,
		    duty, SIZE_MAX }, by_duty)
	};
}

struct rp_walk
rp_walk_of(const struct rp_judging *j, enum rp_fact_kind kind, int duty)
{
	struct rp_walk walk = { .j = j };

	if (duty >= 0 && j->cs->n_duties > 1) {
		walk.own = of_duty(j, kind, duty);
		walk.common = of_duty(j, kind, -1);
		return walk;
	}
	walk.own.next = first_of(j->by_kind, j->n_facts, (struct rp_place){
	    kind, -1, 0 }, by_kind);
	walk.own.end = first_of(j->by_kind, j->n_facts, (struct rp_place){
	    kind, -1, SIZE_MAX }, by_kind);
	return walk;
}

/* A number without a duty cannot be placed, see rp_fact_is(). */
const struct rp_fact *
rp_walk_next(struct rp_walk *walk)
{
	struct rp_places *common = &walk->common, *own = &walk->own;
	struct rp_places *from = own;

	while (common->next < common->end &&
	    walk->j->fact[common->next->at]->has_certificates)
		common->next++;
	if (common->next < common->end && (own->next >= own->end ||
	    common->next->at < own->next->at))
		from = common;
	return from->next < from->end ? walk->j->fact[from->next++->at] :
	    NULL;
}

size_t
rp_first_reaching(const struct rp_instant *reach, size_t n,
    struct rp_instant t)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (rp_instant_cmp(reach[mid], t) >= 0)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/* Leave out what stands before a fact in the order of time. */
static void
skip(struct rp_places *p, size_t fact)
{
	const struct rp_place *end = p->end;

	while (p->next < end) {
		const struct rp_place *mid = p->next + (end - p->next) / 2;

		if (mid->at >= fact)
			end = mid;
		else
			p->next = mid + 1;
	}
}

const struct rp_fact *
rp_fact_first(const struct rp_judging *j, enum rp_fact_kind kind, int duty,
    const struct rp_instant *from)
{
	struct rp_walk walk = rp_walk_of(j, kind, duty);
	const struct rp_fact *fact;
	size_t at = from == NULL ? 0 : rp_first_reaching(j->latest,
	    j->n_facts, *from);

	/* Facts may be many, and so may those who ask. */
	skip(&walk.own, at);
	skip(&walk.common, at);
	while ((fact = rp_walk_next(&walk)) != NULL)
		if (from == NULL ||
		    rp_instant_cmp(rp_when_last(fact->at), *from) >= 0)
			return fact;
	return NULL;
}

const struct rp_fact *
rp_fact_denial(const struct rp_judging *j, enum rp_fact_kind kind, int duty)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_NOT_DONE, duty);
	const struct rp_fact *fact, *last = NULL;

	while ((fact = rp_walk_next(&walk)) != NULL)
		if (fact->of == kind)
			last = fact;
	return last;
}

const struct rp_fact *
rp_unplaced(const struct rp_judging *j, enum rp_fact_kind kind)
{
	struct rp_places p = of_duty(j, kind, -1);

	for (; j->cs->n_duties > 1 && p.next < p.end; p.next++)
		if (j->fact[p.next->at]->has_certificates)
			return j->fact[p.next->at];
	return NULL;
}
