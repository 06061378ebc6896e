#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "write/tables.h"
#include "write/words.h"

#define DAY INT64_C(86400)

rp_status
rp_table_finish(struct rp_table *t, struct rp_table **out,
    struct rp_err *err)
{
	if (rp_table_status(t) != RP_OK) {
		rp_table_free(t);
		return rp_fail(err, RP_ENOMEM, "no memory for a table");
	}
	*out = t;
	return RP_OK;
}

void
rp_table_text(struct rp_table *t, size_t column, const char *text)
{
	rp_table_set(t, column, RP_CELL_TEXT, text, NULL);
}

void
rp_table_count(struct rp_table *t, size_t column, uint64_t n)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" PRIu64, n);
	rp_table_set(t, column, RP_CELL_NUMBER, text, NULL);
}

void
rp_table_share(struct rp_table *t, size_t column, double share)
{
	char human[RP_WORDS], machine[RP_UNIT_TEXT];

	rp_table_set(t, column, RP_CELL_NUMBER,
	    rp_words_percent(share, human),
	    rp_share_format(rp_share_of_real(share), machine));
}

void
rp_table_mean_share(struct rp_table *t, size_t column, double share)
{
	char human[RP_WORDS], machine[RP_UNIT_TEXT];

	rp_table_set(t, column, RP_CELL_NUMBER,
	    rp_words_mean_share(share, 0, human),
	    rp_share_format(rp_share_of_real(share), machine));
}

void
rp_table_real(struct rp_table *t, size_t column, double x, unsigned decimals,
    const char *human)
{
	char machine[64];

	(void)snprintf(machine, sizeof(machine), "%.*f", (int)decimals, x);
	if (!isfinite(x))
		rp_table_set(t, column, RP_CELL_EMPTY, human, "");
	else
		rp_table_set(t, column, RP_CELL_NUMBER, human != NULL ?
		    human : machine, machine);
}

void
rp_table_estimate(struct rp_table *t, size_t column, double mean, double se)
{
	char human[RP_WORDS];

	rp_table_real(t, column, mean, 1, rp_words_estimate(mean, se, human));
}

void
rp_table_odds(struct rp_table *t, size_t column, double p, double se,
    uint64_t trials)
{
	char human[RP_WORDS];

	rp_table_real(t, column, p, 6, rp_words_odds(p, se, trials, human));
}

void
rp_table_bounds(struct rp_table *t, size_t column, double p, uint64_t trials)
{
	struct rp_bounds b = rp_probability_bounds(p, (double)trials);

	rp_table_real(t, column, b.least, 9, NULL);
	rp_table_real(t, column + 1, b.most, 9, NULL);
}

void
rp_table_quantile(struct rp_table *t, size_t column, bool has,
    struct rp_instant at, struct rp_instant horizon)
{
	char human[RP_WORDS], machine[RP_INSTANT_TEXT];

	rp_table_set(t, column, has ? RP_CELL_TEXT : RP_CELL_EMPTY,
	    rp_words_quantile(has, at, horizon, human),
	    has ? rp_instant_format(at, machine) : "");
}

void
rp_table_day(struct rp_table *t, size_t column, struct rp_instant at)
{
	char human[RP_INSTANT_TEXT], machine[RP_INSTANT_TEXT];

	rp_table_set(t, column, RP_CELL_TEXT, rp_instant_format_date(
	    rp_instant_plus(at, rp_span_of_s(-1)), human),
	    rp_instant_format(at, machine));
}

void
rp_table_end(struct rp_table *t, size_t column, struct rp_instant at)
{
	char human[RP_WORDS], machine[RP_INSTANT_TEXT];

	rp_table_set(t, column, RP_CELL_TEXT, rp_words_end(at, human),
	    rp_instant_format(at, machine));
}

static void
share_of(const struct rp_band *band, double base, double q[RP_QUANTILES],
    double *mean)
{
	size_t i;

	for (i = 0; i < RP_QUANTILES; i++)
		q[i] = (double)band->q[i] / base;
	*mean = band->mean / base;
}

bool
rp_metric_band(const struct rp_trials *tr, size_t k, double q[RP_QUANTILES],
    double *mean)
{
	enum rp_metric metric = rp_trials_metric(tr);
	static const enum rp_state counted[RP_METRICS] = {
		[RP_METRIC_REISSUED] = RP_STATE_REISSUED,
		[RP_METRIC_REPLACED] = RP_STATE_REPLACED,
		[RP_METRIC_REVOKED] = RP_STATE_REVOKED,
		/* What is no longer outstanding: the same band, mirrored. */
		[RP_METRIC_GONE] = RP_STATE_OUTSTANDING,
	};
	enum rp_state state = counted[metric];
	const struct rp_band *band;
	double base = rp_trials_base_at(tr, -1, k);
	double mirrored[RP_QUANTILES];
	size_t i;

	band = rp_trials_bands(tr, -1, state);
	if (band == NULL)
		return false;
	share_of(&band[k], base > 0 ? base : 1, q, mean);
	if (metric != RP_METRIC_GONE)
		return true;
	for (i = 0; i < RP_QUANTILES; i++)
		mirrored[i] = 1 - q[RP_QUANTILES - 1 - i];
	for (i = 0; i < RP_QUANTILES; i++)
		q[i] = mirrored[i];
	*mean = 1 - *mean;
	return true;
}

static struct rp_instant
next_month(struct rp_instant at)
{
	struct rp_civil c = rp_civil_of_instant(at);

	c.day = 1;
	if (c.month == 12) {
		c.month = 1;
		c.year++;
	} else {
		c.month++;
	}
	return rp_instant_of_civil(c);
}

static struct rp_instant
next_tick(struct rp_instant at, int64_t length)
{
	struct rp_instant midnight = rp_instant_midnight(at);
	int64_t days = 1;

	if (length > 100 * DAY)
		return next_month(at);
	if (length > 14 * DAY)
		days = 7 - (int64_t)rp_instant_weekday(at);
	return rp_instant_plus(midnight, rp_span_of_s(days * DAY));
}

size_t
rp_ticks(struct rp_instant from, struct rp_instant until,
    struct rp_instant tick[RP_TICKS])
{
	int64_t length = rp_instant_s(until) - rp_instant_s(from);
	struct rp_instant at = next_tick(from, length);
	size_t n = 0;

	while (n + 1 < RP_TICKS && rp_instant_cmp(at, until) < 0) {
		tick[n++] = at;
		at = next_tick(at, length);
	}
	if (length >= 0)
		tick[n++] = until;
	return n;
}

size_t
rp_grid_find(const struct rp_instant *grid, size_t n, struct rp_instant at)
{
	size_t lo = 0, hi = n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (rp_instant_cmp(grid[mid], at) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? lo - 1 : 0;
}
