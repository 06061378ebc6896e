#include <math.h>
#include <stdio.h>
#include <string.h>

#include "write/tables.h"
#include "write/words.h"

/* ---- completion by population ------------------------------------------- */

enum { WHO, CERTIFICATES, C10, C50, C80, C90, ERROR, NEVER, E10, E50, E80,
    E90, NEVER_SE, NEVER_LEAST, NEVER_MOST, COMPLETION_COLUMNS };

static const struct rp_column completion_columns[COMPLETION_COLUMNS] = {
	[WHO] = { "population", "Population", false },
	[CERTIFICATES] = { "certificates", "Size", true },
	[C10] = { "p10", NULL, false },
	[C50] = { "p50", "50 %", false },
	[C80] = { "p80", "80 %", false },
	[C90] = { "p90", "90 %", false },
	[ERROR] = { NULL, "+- 80 %", true },
	[NEVER] = { "never", "Open", true },
	[E10] = { "p10_se_days", NULL, true },
	[E50] = { "p50_se_days", NULL, true },
	[E80] = { "p80_se_days", NULL, true },
	[E90] = { "p90_se_days", NULL, true },
	[NEVER_SE] = { "never_se", NULL, true },
	[NEVER_LEAST] = { "never_least", NULL, true },
	[NEVER_MOST] = { "never_most", NULL, true },
};

static void
add_completion(struct rp_table *t, const struct rp_trials *tr, int who)
{
	/* 10, 50, 80 and 90 % in struct rp_completion. */
	static const size_t place[] = { 1, 3, 5, 6 };
	const struct rp_completion *c = rp_trials_completion_summary(tr, who);
	struct rp_instant end = rp_trials_case(tr)->simulation.horizon;
	char human[RP_WORDS];
	size_t i, k;

	rp_table_row(t);
	rp_table_text(t, WHO, who < 0 ? "total" :
	    rp_trials_case(tr)->population[who].name);
	rp_table_count(t, CERTIFICATES, rp_trials_base(tr, who));
	for (i = 0; i < sizeof(place) / sizeof(place[0]); i++) {
		k = place[i];
		rp_table_quantile(t, C10 + i, c->has[k], c->q[k], end);
		rp_table_real(t, E10 + i, c->has[k] ? c->q_se_s[k] / 86400 :
		    (double)NAN, 4, NULL);
	}
	rp_table_text(t, ERROR, c->has[5] ?
	    rp_words_error_days(c->q_se_s[5], human) : "");
	rp_table_real(t, NEVER, c->never, 6, rp_words_probability(c->never,
	    rp_trials_count(tr), human));
	rp_table_real(t, NEVER_SE, c->never_se, 6, NULL);
	rp_table_bounds(t, NEVER_LEAST, c->never, rp_trials_count(tr));
}

rp_status
rp_completion_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	struct rp_table *t;
	char title[RP_WORDS], date[RP_INSTANT_TEXT];
	size_t i, n = rp_trials_case(tr)->n_populations;
	rp_status rc;

	(void)snprintf(title, sizeof(title), "Completion: the share of the "
	    "trials done by then (open: not by %s)", rp_instant_format_date(
	    rp_trials_case(tr)->simulation.horizon, date));
	rc = rp_table_new(title, completion_columns, COMPLETION_COLUMNS, &t,
	    err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; i < n; i++)
		add_completion(t, tr, (int)i);
	add_completion(t, tr, -1);
	return rp_table_finish(t, out, err);
}

/* ---- progress ----------------------------------------------------------- */

enum { BY, P05, P25, P50, P75, P95, PROGRESS_COLUMNS };

static const struct rp_column progress_columns[PROGRESS_COLUMNS] = {
	[BY] = { "by", "By the end of", false },
	[P05] = { "p05", "5 %", true },
	[P25] = { "p25", "25 %", true },
	[P50] = { "p50", "50 %", true },
	[P75] = { "p75", "75 %", true },
	[P95] = { "p95", "95 %", true },
};

static void
add_progress(struct rp_table *t, struct rp_instant at,
    const double q[RP_QUANTILES])
{
	/* q holds 5 10 25 50 75 90 95 %. */
	static const size_t shown[] = { 0, 2, 3, 4, 6 };
	size_t i;

	rp_table_row(t);
	rp_table_day(t, BY, at);
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		rp_table_share(t, P05 + i, q[shown[i]]);
}

static bool
same(const double a[RP_QUANTILES], const double b[RP_QUANTILES])
{
	size_t i;

	for (i = 0; i < RP_QUANTILES; i++)
		if (fabs(a[i] - b[i]) > 1e-12)
			return false;
	return true;
}

/*
 * Rows until nothing changes any more.  Looked for from the end: what is all
 * done may fall again when more is discovered.
 */
static void
add_ticks(struct rp_table *t, const struct rp_trials *tr)
{
	struct rp_instant tick[RP_TICKS];
	const struct rp_instant *grid;
	double q[RP_QUANTILES], last[RP_QUANTILES], mean;
	size_t n, n_grid, i;

	grid = rp_trials_grid(tr, &n_grid);
	n = rp_ticks(grid[0], grid[n_grid - 1], tick);
	if (n == 0 || !rp_metric_band(tr, n_grid - 1, last, &mean))
		return;
	while (n > 1 && rp_metric_band(tr, rp_grid_find(grid, n_grid,
	    tick[n - 2]), q, &mean) && same(q, last))
		n--;
	for (i = 0; i < n; i++) {
		(void)rp_metric_band(tr, rp_grid_find(grid, n_grid, tick[i]),
		    q, &mean);
		add_progress(t, tick[i], q);
	}
}

rp_status
rp_progress_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	struct rp_table *t;
	char title[RP_WORDS];
	rp_status rc;

	(void)snprintf(title, sizeof(title),
	    "Share of the base %s: quantiles of the trials",
	    rp_metric_word(rp_trials_metric(tr)));
	rc = rp_table_new(title, progress_columns, PROGRESS_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	add_ticks(t, tr);
	return rp_table_finish(t, out, err);
}

/* ---- milestones --------------------------------------------------------- */

enum { DATE, PLANNED, ODDS, ODDS_SE, LEAST, MOST, MILESTONE_COLUMNS };

static const struct rp_column milestone_columns[MILESTONE_COLUMNS] = {
	[DATE] = { "by", "Milestone", false },
	[PLANNED] = { "planned_pct", "Planned", true },
	[ODDS] = { "probability", "Probability", true },
	[ODDS_SE] = { "probability_se", NULL, true },
	[LEAST] = { "probability_least", NULL, true },
	[MOST] = { "probability_most", NULL, true },
};

rp_status
rp_milestone_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_milestone_odds *m;
	struct rp_table *t;
	char human[RP_WORDS], machine[RP_INSTANT_TEXT];
	size_t n, i;
	rp_status rc;

	rc = rp_table_new("Milestones of the plan", milestone_columns,
	    MILESTONE_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	m = rp_trials_milestones(tr, &n);
	for (i = 0; i < n; i++) {
		rp_table_row(t);
		rp_table_set(t, DATE, RP_CELL_TEXT,
		    rp_when_format(m[i].milestone->by, human),
		    rp_instant_format(rp_when_last(m[i].milestone->by),
		    machine));
		rp_table_share(t, PLANNED,
		    rp_share_real(m[i].milestone->share));
		rp_table_odds(t, ODDS, m[i].probability,
		    m[i].probability_se, rp_trials_count(tr));
		rp_table_real(t, ODDS_SE, m[i].probability_se, 6, NULL);
		rp_table_bounds(t, LEAST, m[i].probability,
		    rp_trials_count(tr));
	}
	return rp_table_finish(t, out, err);
}
