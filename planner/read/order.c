/*
 * planner/read/order.c - the items of a record in the order of time.
 *
 * Items that tell the same time stay in the order of the document.  Others
 * refer to items by their place, so the links move with them.
 */
#include "read/binder.h"

#include <stdlib.h>
#include <string.h>

int
rp_when_cmp(struct rp_when a, struct rp_when b)
{
	int order = rp_instant_cmp(a.from, b.from);

	return order != 0 ? order : rp_instant_cmp(a.until, b.until);
}

/* qsort() sorts pointers to the items, so that the items know their place. */
static const void *
item_of(const void *entry)
{
	const void *item;

	memcpy(&item, entry, sizeof(item));
	return item;
}

static int
by_place(const void *a, const void *b)
{
	return ((const char *)a > (const char *)b) -
	    ((const char *)a < (const char *)b);
}

/* Plans that never were published come before all others. */
static int
by_publication(const void *x, const void *y)
{
	const struct rp_plan *a = item_of(x), *b = item_of(y);
	int order;

	order = (int)a->has_published - (int)b->has_published;
	if (order == 0)
		order = rp_when_cmp(a->published, b->published);
	return order != 0 ? order : by_place(a, b);
}

static int
by_as_of(const void *x, const void *y)
{
	const struct rp_actual *a = item_of(x), *b = item_of(y);
	int order = rp_when_cmp(a->as_of, b->as_of);

	if (order == 0)
		order = (a->population > b->population) -
		    (a->population < b->population);
	return order != 0 ? order : by_place(a, b);
}

static int
by_at(const void *x, const void *y)
{
	const struct rp_update *a = item_of(x), *b = item_of(y);
	int order = rp_when_cmp(a->at, b->at);

	return order != 0 ? order : by_place(a, b);
}

static int
by_making(const void *x, const void *y)
{
	const struct rp_forecast_made *a = item_of(x), *b = item_of(y);
	int order = rp_when_cmp(a->as_of, b->as_of);

	return order != 0 ? order : by_place(a, b);
}

static void
move_link(int *link, const int *now)
{
	if (*link >= 0)
		*link = now[*link];
}

/* The items in another order, in new memory; NULL when there is none. */
static void *
sorted(struct rp_binder *b, const void *list, size_t n, size_t size,
    int (*order)(const void *, const void *))
{
	const char *items = list;
	const char **entry = rp_bind_alloc(b, n, sizeof(const char *));
	int *now = rp_bind_alloc(b, n, sizeof(*now));
	char *out = rp_bind_alloc(b, n, size);
	struct rp_mark *mark;
	size_t i;

	if (entry == NULL || now == NULL || out == NULL)
		return NULL;
	for (i = 0; i < n; i++)
		entry[i] = items + i * size;
	if (n > 1)
		qsort(entry, n, sizeof(*entry), order);
	for (i = 0; i < n; i++)
		now[(size_t)(entry[i] - items) / size] = (int)i;
	for (i = 0; i < n; i++) {
		memcpy(out + i * size, entry[i], size);
		mark = (struct rp_mark *)(void *)(out + i * size);
		move_link(&mark->replaces, now);
		move_link(&mark->replaced_by, now);
	}
	return out;
}

void
rp_sort_items(struct rp_binder *b)
{
	struct rp_case *cs = b->cs;

	cs->plan = sorted(b, cs->plan, cs->n_plans, sizeof(*cs->plan),
	    by_publication);
	cs->actual = sorted(b, cs->actual, cs->n_actuals,
	    sizeof(*cs->actual), by_as_of);
	cs->update = sorted(b, cs->update, cs->n_updates,
	    sizeof(*cs->update), by_at);
	cs->forecast = sorted(b, cs->forecast, cs->n_forecasts,
	    sizeof(*cs->forecast), by_making);
}
