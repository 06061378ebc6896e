/*
 * planner/read/dayset.c - a set of dates within a range.
 */
#include "read/dayset.h"

#include <stdlib.h>

#define DAY_S INT64_C(86400)
#define RANGE_MAX_S (INT64_C(73050) * DAY_S)

/* Local dates differ from the UTC date by a day at most, either way. */
#define MARGIN 2

static int64_t
day_of_instant(struct rp_instant a)
{
	return rp_instant_s(rp_instant_midnight(a)) / DAY_S;
}

int64_t
rp_day_of_civil(struct rp_civil c)
{
	return rp_instant_s(rp_instant_of_civil(c)) / DAY_S;
}

rp_status
rp_dayset_init(struct rp_dayset *set, struct rp_instant from,
    struct rp_instant until, struct rp_err *err)
{
	int64_t first = rp_instant_s(from), last = rp_instant_s(until);

	if (first >= last || (uint64_t)last - (uint64_t)first > RANGE_MAX_S)
		return rp_fail(err, RP_ERANGE, "holidays are wanted for no "
		    "time or for more than 200 years");
	set->first = day_of_instant(from) - MARGIN;
	set->n = (size_t)(day_of_instant(until) + MARGIN - set->first + 1);
	set->change = calloc(set->n + 1, sizeof(*set->change));
	if (set->change == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for holidays");
	return RP_OK;
}

void
rp_dayset_release(struct rp_dayset *set)
{
	free(set->change);
	set->change = NULL;
}

int64_t
rp_dayset_last(const struct rp_dayset *set)
{
	return set->first + (int64_t)set->n - 1;
}

void
rp_dayset_mark(struct rp_dayset *set, int64_t first, int64_t last)
{
	if (first < set->first)
		first = set->first;
	if (last > rp_dayset_last(set))
		last = rp_dayset_last(set);
	if (first > last)
		return;
	set->change[first - set->first]++;
	set->change[last - set->first + 1]--;
}

static size_t
count_days(const struct rp_dayset *set)
{
	int32_t depth = 0;
	size_t i, n = 0;

	for (i = 0; i < set->n; i++) {
		depth += set->change[i];
		n += depth > 0;
	}
	return n;
}

rp_status
rp_dayset_dates(const struct rp_dayset *set, struct rp_civil **out, size_t *n,
    struct rp_err *err)
{
	size_t i, found = 0, count = count_days(set);
	struct rp_civil *dates;
	int32_t depth = 0;

	dates = calloc(count + 1, sizeof(*dates));
	if (dates == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for holidays");
	for (i = 0; i < set->n; i++) {
		depth += set->change[i];
		if (depth > 0)
			dates[found++] = rp_civil_of_instant(rp_instant_of_s(
			    (set->first + (int64_t)i) * DAY_S));
	}
	*out = dates;
	*n = found;
	return RP_OK;
}
