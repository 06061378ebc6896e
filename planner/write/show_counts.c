/* What was counted, a row a population. */
#include <inttypes.h>
#include <stdio.h>

#include "write/show_store.h"
#include "write/tables.h"

#define DAY_S 86400

enum { POPULATION, CERTIFICATES, BEFORE, SUBSCRIBERS, SIZES, FROM, UNTIL,
    BUCKETS, COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[POPULATION] = { "population", "Population", false },
	[CERTIFICATES] = { "certificates", "Certificates", true },
	[BEFORE] = { "certificates_before", "Before", true },
	[SUBSCRIBERS] = { "subscribers", "Subscribers", true },
	[SIZES] = { "sizes", "Sizes", true },
	[FROM] = { "expiry_from", "Expire from", false },
	[UNTIL] = { "expiry_until", "until", false },
	[BUCKETS] = { "expiry_intervals", "Intervals", true },
};

static void
set_count(struct rp_table *t, size_t column, uint64_t n)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRIu64, n);
	rp_table_set(t, column, RP_CELL_NUMBER, text, text);
}

static void
set_day(struct rp_table *t, size_t column, int32_t day)
{
	char text[RP_INSTANT_TEXT];

	rp_table_text(t, column, rp_instant_format_date(rp_instant_of_s(
	    (int64_t)day * DAY_S), text));
}

static void
add_population(struct rp_table *t, const struct rp_counts_population *p,
    uint64_t before)
{
	rp_table_row(t);
	rp_table_text(t, POPULATION, p->name);
	set_count(t, CERTIFICATES, p->certificates);
	set_count(t, BEFORE, before);
	set_count(t, SUBSCRIBERS, p->subscribers);
	set_count(t, SIZES, p->n_sizes);
	set_count(t, BUCKETS, p->n_buckets);
	if (p->n_buckets == 0)
		return;
	set_day(t, FROM, p->bucket[0].from);
	set_day(t, UNTIL, p->bucket[p->n_buckets - 1].until);
}

rp_status
rp_counts_table(const struct rp_counts *counts, const uint64_t *before,
    struct rp_table **out, struct rp_err *err)
{
	struct rp_table *t = NULL;
	rp_status rc = rp_table_new("What was counted", columns, COLUMNS, &t,
	    err);

	for (size_t i = 0; i < counts->n && rc == RP_OK; i++)
		add_population(t, &counts->population[i], before[i]);
	if (rc == RP_OK && rp_table_status(t) != RP_OK)
		rc = rp_fail(err, RP_ENOMEM, "no memory for a table");
	if (rc == RP_OK)
		*out = t;
	else
		rp_table_free(t);
	return rc;
}
