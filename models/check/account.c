/*
 * check/account.c - how many certificates of a duty each fact covers.
 */
#include "check/account.h"

#include "base/mem.h"

static uint64_t
less_of(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* ---- what was still good ------------------------------------------------ */

static void
look_goods(const struct rp_judging *j, int duty, struct rp_account *a)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_GOOD_SERVED, duty);
	const struct rp_fact *fact;
	uint64_t most = 0;

	while ((fact = rp_walk_next(&walk)) != NULL)
		a->good[a->n_goods++] = (struct rp_good){ .fact = fact,
		    .n = less_of(a->all, rp_fact_size(j, fact, duty, 0)) };
	for (size_t i = a->n_goods; i-- > 0;) {
		if (a->good[i].n > most)
			most = a->good[i].n;
		a->good[i].most = most;
	}
}

/* The most certificates that were good at some time after t. */
static uint64_t
good_after(const struct rp_account *a, struct rp_instant t)
{
	size_t low = 0, high = a->n_goods;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (rp_instant_cmp(a->good[mid].fact->at.from, t) > 0)
			high = mid;
		else
			low = mid + 1;
	}
	return low < a->n_goods ? a->good[low].most : 0;
}

/*
 * What had certainly been shown as revoked before each good.  A fact of a
 * bare date may have happened after it, and so may all that follow it here.
 */
static void
count_before(struct rp_account *a)
{
	uint64_t before = 0;
	size_t p = 0;

	for (size_t g = 0; g < a->n_goods; g++) {
		for (; p < a->n_parts && rp_instant_cmp(rp_when_last(
		    a->part[p].fact->at), a->good[g].fact->at.from) < 0; p++)
			before += a->part[p].n;
		a->good[g].before = before;
	}
}

uint64_t
rp_account_good(const struct rp_account *a, const struct rp_instant *from,
    const struct rp_fact **good)
{
	uint64_t rest = a->all - less_of(a->done, a->all), most = 0;

	for (size_t g = 0; g < a->n_goods; g++) {
		uint64_t later = a->done - less_of(a->good[g].before, a->done);
		uint64_t n = a->good[g].n - less_of(later, a->good[g].n);

		n = less_of(n, rest);
		if (n == 0 || n < most || (from != NULL && rp_instant_cmp(
		    a->good[g].fact->at.from, *from) < 0))
			continue;
		most = n;
		*good = a->good[g].fact;
	}
	return most;
}

/* ---- the account -------------------------------------------------------- */

static void
take(struct rp_account *a, const struct rp_fact *fact, uint64_t n)
{
	uint64_t good = good_after(a, rp_when_last(fact->at));
	uint64_t possible = a->all - good, over = 0;

	if (good > 0 && a->done + n > possible)
		over = less_of(n, a->done + n - possible);
	if (over > 0 && a->contradicted == NULL)
		a->contradicted = fact;
	if (over > 0 && over == n)
		return;
	a->part[a->n_parts++] = (struct rp_part){ fact, n - over };
	a->done += n - over;
}

static size_t
count_facts(const struct rp_judging *j, enum rp_fact_kind kind, int duty)
{
	struct rp_walk walk = rp_walk_of(j, kind, duty);
	size_t n = 0;

	while (rp_walk_next(&walk) != NULL)
		n++;
	return n;
}

static rp_status
make_room(const struct rp_judging *j, enum rp_fact_kind kind, int duty,
    struct rp_account *a)
{
	size_t parts = count_facts(j, kind, duty);
	size_t goods = count_facts(j, RP_FACT_GOOD_SERVED, duty);

	a->part = rp_alloc_zeroed(parts, sizeof(*a->part));
	a->good = rp_alloc_zeroed(goods, sizeof(*a->good));
	return a->part != NULL && a->good != NULL ? RP_OK : rp_fail(j->err,
	    RP_ENOMEM, "out of memory for the facts of a duty");
}

rp_status
rp_account_of(struct rp_judging *j, enum rp_fact_kind kind, int duty,
    struct rp_account *out)
{
	struct rp_account a = { .all = rp_duty_size(j, duty) };
	struct rp_walk walk = rp_walk_of(j, kind, duty);
	const struct rp_fact *fact;
	rp_status rc = make_room(j, kind, duty, &a);

	*out = a;
	if (rc != RP_OK)
		return rc;
	if (kind == RP_FACT_PUBLISHED)
		look_goods(j, duty, &a);
	while ((fact = rp_walk_next(&walk)) != NULL)
		take(&a, fact, rp_fact_size(j, fact, duty, a.done));
	count_before(&a);
	*out = a;
	return RP_OK;
}

void
rp_account_release(struct rp_account *a)
{
	rp_release_mem(a->part);
	rp_release_mem(a->good);
}
