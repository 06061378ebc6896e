/* What was asked of the trials: dates of shares, and counts by dates. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/tables.h"
#include "write/words.h"

#define DAY 86400.0

/* ---- when a share is done ----------------------------------------------- */

enum { SHARE, S05, S10, S25, S50, S75, S80, S90, S95, SE50, SE80, SE90,
    ERROR, OPEN, OPEN_SE, OPEN_LEAST, OPEN_MOST, SHARES_COLUMNS };

static const struct rp_column shares_columns[SHARES_COLUMNS] = {
	[SHARE] = { "share_pct", "Share", true },
	[S05] = { "p05", NULL, false },
	[S10] = { "p10", NULL, false },
	[S25] = { "p25", NULL, false },
	[S50] = { "p50", "50 %", false },
	[S75] = { "p75", NULL, false },
	[S80] = { "p80", "80 %", false },
	[S90] = { "p90", "90 %", false },
	[S95] = { "p95", NULL, false },
	[SE50] = { "p50_se_days", NULL, true },
	[SE80] = { "p80_se_days", NULL, true },
	[SE90] = { "p90_se_days", NULL, true },
	[ERROR] = { NULL, "+- 80 %", true },
	[OPEN] = { "never", "Open", true },
	[OPEN_SE] = { "never_se", NULL, true },
	[OPEN_LEAST] = { "never_least", NULL, true },
	[OPEN_MOST] = { "never_most", NULL, true },
};

/* Places in struct rp_completion of the levels whose errors are told. */
enum { L50 = 3, L80 = 5, L90 = 6 };

static void
set_error(struct rp_table *t, size_t column, const struct rp_completion *c,
    size_t level)
{
	rp_table_real(t, column, c->has[level] ? c->q_se_s[level] / DAY :
	    (double)NAN, 4, NULL);
}

static void
add_share(struct rp_table *t, const struct rp_trials *tr,
    const struct rp_share_date *s)
{
	const struct rp_completion *c = &s->by;
	struct rp_instant end = rp_trials_case(tr)->simulation.horizon;
	char human[RP_WORDS], machine[RP_UNIT_TEXT];
	size_t i;

	rp_table_row(t);
	(void)snprintf(human, sizeof(human), "%g%%", 100 * s->share);
	(void)snprintf(machine, sizeof(machine), "%g", 100 * s->share);
	rp_table_set(t, SHARE, RP_CELL_NUMBER, human, machine);
	for (i = 0; i < RP_COMPLETION_QUANTILES; i++)
		rp_table_quantile(t, S05 + i, c->has[i], c->q[i], end);
	set_error(t, SE50, c, L50);
	set_error(t, SE80, c, L80);
	set_error(t, SE90, c, L90);
	rp_table_text(t, ERROR, c->has[L80] ?
	    rp_words_error_days(c->q_se_s[L80], human) : "");
	rp_table_odds(t, OPEN, c->never, c->never_se, rp_trials_count(tr));
	rp_table_real(t, OPEN_SE, c->never_se, 6, NULL);
	rp_table_bounds(t, OPEN_LEAST, c->never, rp_trials_count(tr));
}

rp_status
rp_shares_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_completion *all =
	    rp_trials_completion_summary(tr, -1);
	const struct rp_share_date *s;
	struct rp_table *t;
	char title[RP_WORDS];
	bool open = false;
	size_t n, i;
	rp_status rc;

	(void)snprintf(title, sizeof(title), "When a share of the base is "
	    "%s, by the share of the trials", rp_metric_word(
	    rp_trials_metric(tr)));
	rc = rp_table_new(title, shares_columns, SHARES_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	s = rp_trials_share_dates(tr, &n);
	for (i = 0; i < n; i++) {
		add_share(t, tr, &s[i]);
		/* Certificates that run out are done with, yet not so. */
		open |= s[i].share >= 1 && s[i].by.never > all->never + 1e-9;
	}
	if (open)
		rp_table_note(t, "Completion does not wait for certificates "
		    "that run out; a share of the base counts those that are "
		    "%s, and no others.", rp_metric_word(
		    rp_trials_metric(tr)));
	return rp_table_finish(t, out, err);
}

/* ---- how many by a date ------------------------------------------------- */

enum { BY, WHO, MEAN, MEAN_SE, B05, B10, B25, B50, B75, B90, B95, HALF_SE,
    BASE, PART, DONE, DONE_SE, DONE_LEAST, DONE_MOST, BY_COLUMNS };

/* The population is for readers of the long form only. */
static const struct rp_column by_columns[BY_COLUMNS] = {
	[BY] = { "at", "By", true },
	[WHO] = { "population", "Population", false },
	[MEAN] = { "mean", NULL, true },
	[MEAN_SE] = { "mean_se", NULL, true },
	[B05] = { "p05", "5 %", true },
	[B10] = { "p10", NULL, true },
	[B25] = { "p25", NULL, true },
	[B50] = { "p50", "50 %", true },
	[B75] = { "p75", NULL, true },
	[B90] = { "p90", NULL, true },
	[B95] = { "p95", "95 %", true },
	[HALF_SE] = { "p50_se", "+-", true },
	[BASE] = { "base", NULL, true },
	[PART] = { "p50_pct", "of base", true },
	[DONE] = { "done", "All done", true },
	[DONE_SE] = { "done_se", NULL, true },
	[DONE_LEAST] = { "done_least", NULL, true },
	[DONE_MOST] = { "done_most", NULL, true },
};

static void
set_band(struct rp_table *t, const struct rp_by_date *b)
{
	char human[RP_WORDS];
	size_t i;

	rp_table_real(t, MEAN, b->band.mean, 1, NULL);
	rp_table_real(t, MEAN_SE, b->band.mean_se, 2, NULL);
	for (i = 0; i < RP_QUANTILES; i++)
		rp_table_count(t, B05 + i, b->band.q[i]);
	human[0] = '\0';
	if (isfinite(b->band.q_se[3]))
		(void)snprintf(human, sizeof(human), "%.*f",
		    b->band.q_se[3] < 10, b->band.q_se[3]);
	rp_table_real(t, HALF_SE, b->band.q_se[3], 2, human);
	rp_table_real(t, BASE, b->base, 1, NULL);
	if (b->base > 0)
		rp_table_share(t, PART, (double)b->band.q[3] / b->base);
}

/* who: -1 for all of them, whose band alone is known. */
static void
add_by(struct rp_table *t, const struct rp_trials *tr,
    const struct rp_by_date *b, int who)
{
	const struct rp_case *cs = rp_trials_case(tr);
	size_t place = who < 0 ? cs->n_populations : (size_t)who;
	char human[RP_WORDS], machine[RP_INSTANT_TEXT];

	rp_table_row(t);
	rp_table_set(t, BY, RP_CELL_TEXT, rp_words_end(b->at, human),
	    rp_instant_format(b->at, machine));
	rp_table_text(t, WHO, who < 0 ? "total" : cs->population[who].name);
	if (who < 0)
		set_band(t, b);
	rp_table_odds(t, DONE, b->done[place], b->done_se[place],
	    rp_trials_count(tr));
	rp_table_real(t, DONE_SE, b->done_se[place], 6, NULL);
	rp_table_bounds(t, DONE_LEAST, b->done[place], rp_trials_count(tr));
}

static rp_status
by_table(const struct rp_trials *tr, bool populations, struct rp_table **out,
    struct rp_err *err)
{
	struct rp_column columns[BY_COLUMNS];
	const struct rp_by_date *b;
	struct rp_table *t;
	char title[RP_WORDS];
	size_t n, i, who;
	rp_status rc;

	memcpy(columns, by_columns, sizeof(columns));
	if (!populations)
		columns[WHO].heading = NULL;
	(void)snprintf(title, sizeof(title), "How many are %s by a date: "
	    "quantiles of the trials", rp_metric_word(rp_trials_metric(tr)));
	rc = rp_table_new(title, columns, BY_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	b = rp_trials_by_dates(tr, &n);
	for (i = 0; i < n; i++) {
		add_by(t, tr, &b[i], -1);
		for (who = 0; populations &&
		    who < rp_trials_case(tr)->n_populations; who++)
			add_by(t, tr, &b[i], (int)who);
	}
	return rp_table_finish(t, out, err);
}

rp_status
rp_by_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	return by_table(tr, true, out, err);
}

rp_status
rp_by_total_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	return by_table(tr, false, out, err);
}

/* ---- whether all is done by a date -------------------------------------- */

/*
 * The dates that have something to say: from the last at which nobody is done
 * in any trial, to the first at which all are in every one.  Returns their
 * number; first is that of the first.
 */
static size_t
telling_dates(const struct rp_by_date *b, size_t n, size_t populations,
    size_t *first)
{
	size_t last;

	for (*first = 0; *first + 1 < n; (*first)++) {
		bool nobody = true;

		for (size_t who = 0; who <= populations; who++)
			nobody = nobody && !(b[*first + 1].done[who] > 0.0);
		if (!nobody)
			break;
	}
	for (last = *first; last + 1 < n && b[last].done[populations] < 1.0;
	    last++)
		continue;
	return n > 0 ? last + 1 - *first : 0;
}

static rp_status
new_all_done(const struct rp_by_date *b, size_t n, struct rp_table **out,
    struct rp_err *err)
{
	struct rp_column column[RP_QUESTIONS_MAX + 1] = {
		{ "population", "All done by", false } };
	char heading[RP_QUESTIONS_MAX][RP_WORDS];
	char key[RP_QUESTIONS_MAX][RP_INSTANT_TEXT];
	size_t i;

	for (i = 0; i < n; i++)
		column[i + 1] = (struct rp_column){
		    rp_instant_format(b[i].at, key[i]),
		    rp_words_end(b[i].at, heading[i]), true };
	return rp_table_new("P(all done), by population and jointly", column,
	    n + 1, out, err);
}

/* A column a date; the last row is that of all of them together. */
rp_status
rp_all_done_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_case *cs = rp_trials_case(tr);
	const struct rp_by_date *b;
	struct rp_table *t;
	size_t n, i, who, first, populations = cs->n_populations;
	rp_status rc;

	b = rp_trials_by_dates(tr, &n);
	if (n > RP_QUESTIONS_MAX)
		n = RP_QUESTIONS_MAX;
	n = telling_dates(b, n, populations, &first);
	b = n > 0 ? &b[first] : b;
	rc = new_all_done(b, n, &t, err);
	if (rc != RP_OK)
		return rc;
	for (who = 0; n > 0 && who <= populations; who++) {
		rp_table_row(t);
		rp_table_text(t, 0, who == populations ? "all of them" :
		    cs->population[who].name);
		for (i = 0; i < n; i++)
			rp_table_odds(t, i + 1, b[i].done[who],
			    b[i].done_se[who], rp_trials_count(tr));
	}
	return rp_table_finish(t, out, err);
}
