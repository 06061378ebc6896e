/* What the trials say of deadline, tail and risks; and what needs none. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "write/events.h"
#include "write/tables.h"
#include "write/words.h"

/* ---- the deadline sheet ------------------------------------------------- */

enum { AT, WHO, IS_DEADLINE, HARMED, HARMED_SE, HARMED_10, HARMED_50,
    HARMED_90, OWNERS, OWNERS_SE, OWNERS_10, OWNERS_50, OWNERS_90, OVERDUE,
    OVERDUE_SE, SAVED, SAVED_SE, SHEET_COLUMNS };

static const struct rp_column sheet_columns[SHEET_COLUMNS] = {
	[AT] = { "at", "Revoked at", true },
	[WHO] = { "population", "Population", false },
	[IS_DEADLINE] = { "is_deadline", NULL, false },
	[HARMED] = { "harmed", "Harmed", true },
	[HARMED_SE] = { "harmed_se", NULL, true },
	[HARMED_10] = { "harmed_p10", NULL, true },
	[HARMED_50] = { "harmed_p50", NULL, true },
	[HARMED_90] = { "harmed_p90", NULL, true },
	[OWNERS] = { "subscribers", "Subscribers", true },
	[OWNERS_SE] = { "subscribers_se", NULL, true },
	[OWNERS_10] = { "subscribers_p10", NULL, true },
	[OWNERS_50] = { "subscribers_p50", NULL, true },
	[OWNERS_90] = { "subscribers_p90", NULL, true },
	[OVERDUE] = { "overdue_days", "Overdue days", true },
	[OVERDUE_SE] = { "overdue_days_se", NULL, true },
	[SAVED] = { "saved_days", "Days saved", true },
	[SAVED_SE] = { "saved_days_se", NULL, true },
};

static void
add_candidate(struct rp_table *t, const struct rp_sheet_row *r,
    const char *who)
{
	char human[RP_WORDS], date[RP_INSTANT_TEXT], machine[RP_INSTANT_TEXT];
	size_t i;

	rp_table_row(t);
	(void)rp_instant_format(r->at, machine);
	(void)snprintf(human, sizeof(human), "%s%s %.5sZ",
	    r->is_deadline ? "* " : "", rp_instant_format_date(r->at, date),
	    machine + 11);
	rp_table_set(t, AT, RP_CELL_TEXT, human, machine);
	rp_table_text(t, WHO, who);
	rp_table_count(t, IS_DEADLINE, r->is_deadline);
	rp_table_estimate(t, HARMED, r->harmed, r->harmed_se);
	rp_table_real(t, HARMED_SE, r->harmed_se, 2, NULL);
	rp_table_estimate(t, OWNERS, r->subscribers, r->subscribers_se);
	rp_table_real(t, OWNERS_SE, r->subscribers_se, 2, NULL);
	for (i = 0; i < 3; i++) {
		rp_table_count(t, HARMED_10 + i, r->harmed_q[i]);
		if (isfinite(r->subscribers))
			rp_table_count(t, OWNERS_10 + i,
			    r->subscribers_q[i]);
	}
	rp_table_estimate(t, OVERDUE, r->overdue_days, r->overdue_days_se);
	rp_table_real(t, OVERDUE_SE, r->overdue_days_se, 2, NULL);
	rp_table_estimate(t, SAVED, r->saved_days, r->saved_days_se);
	rp_table_real(t, SAVED_SE, r->saved_days_se, 2, NULL);
}

/* The sheet has a share of the trials, and what is rare may be in none. */
static void
say_of_which(const struct rp_trials *tr, const struct rp_sheet_row *r,
    struct rp_text *out)
{
	/* Unknown where there are too many to follow. */
	bool told = isfinite(r->subscribers);

	if (r->trials == rp_trials_count(tr) && told &&
	    r->subscribers_trials == r->trials) {
		rp_text_puts(out, "Means of the trials.");
		return;
	}
	rp_text_printf(out, "Means of %" PRIu64 " of the %" PRIu64 " trials",
	    r->trials, rp_trials_count(tr));
	if (!told)
		rp_text_puts(out, " (more certificates than can be followed to "
		    "their subscribers)");
	else if (r->subscribers_trials != r->trials)
		rp_text_printf(out, ", of %" PRIu64 " for subscribers",
		    r->subscribers_trials);
	rp_text_puts(out, "; what is rarer than one in so many may be in none "
	    "of them.");
}

static void
add_words(struct rp_table *t, const struct rp_trials *tr,
    const struct rp_sheet_row *r)
{
	struct rp_text which = { 0 };

	say_of_which(tr, r, &which);
	rp_table_note(t, "* the deadline. Harmed: certificates revoked while "
	    "not replaced, and the subscribers that own them. Overdue days: "
	    "days past the deadline by then, summed over the certificates of "
	    "the duty, were nothing revoked before; days saved: those that "
	    "the case's own way of revoking would still bring. %s",
	    which.bytes != NULL ? which.bytes : "");
	rp_text_release(&which);
}

static rp_status
sheet_table(const struct rp_trials *tr, bool populations,
    struct rp_table **out, struct rp_err *err)
{
	const struct rp_case *cs = rp_trials_case(tr);
	int last = populations ? (int)cs->n_populations : 0, who;
	struct rp_column columns[SHEET_COLUMNS];
	const struct rp_sheet_row *row;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	memcpy(columns, sheet_columns, sizeof(columns));
	if (!populations)
		columns[WHO].heading = NULL;
	rc = rp_table_new("Deadline sheet: who would be harmed if all that "
	    "is left were revoked then", columns, SHEET_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	for (who = -1; who < last; who++) {
		row = rp_trials_sheet(tr, who, &n);
		for (i = 0; i < n; i++)
			add_candidate(t, &row[i], who < 0 ? "total" :
			    cs->population[who].name);
	}
	row = rp_trials_sheet(tr, -1, &n);
	if (n > 0)
		add_words(t, tr, row);
	return rp_table_finish(t, out, err);
}

rp_status
rp_sheet_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	return sheet_table(tr, true, out, err);
}

rp_status
rp_sheet_total_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	return sheet_table(tr, false, out, err);
}

/* ---- the tail ----------------------------------------------------------- */

enum { T_WHO, STEP, LINE, LEFT, LEFT_SE, PART, TAIL_COLUMNS };

static const struct rp_column tail_columns[TAIL_COLUMNS] = {
	[T_WHO] = { "population", "Population", false },
	[STEP] = { "step", "Step", false },
	[LINE] = { "line", "Line", true },
	[LEFT] = { "certificates", "Certificates", true },
	[LEFT_SE] = { "certificates_se", NULL, true },
	[PART] = { "share_pct", "of those left", true },
};

rp_status
rp_tail_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_tail *tail = rp_trials_tail(tr);
	const struct rp_tail_row *r;
	struct rp_table *t;
	char title[RP_WORDS];
	size_t i;
	rp_status rc;

	(void)snprintf(title, sizeof(title), "The tail: who is left when "
	    "%.0f %% are replaced, and where", 100 * RP_TAIL_SHARE);
	rc = rp_table_new(title, tail_columns, TAIL_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; tail != NULL && tail->found && i < tail->n_rows; i++) {
		r = &tail->row[i];
		rp_table_row(t);
		rp_table_text(t, T_WHO,
		    rp_trials_case(tr)->population[r->population].name);
		rp_table_text(t, STEP, r->what);
		if (r->line > 0)
			rp_table_count(t, LINE, r->line);
		rp_table_estimate(t, LEFT, r->certificates,
		    r->certificates_se);
		rp_table_real(t, LEFT_SE, r->certificates_se, 2, NULL);
		rp_table_mean_share(t, PART, r->share);
	}
	return rp_table_finish(t, out, err);
}

/* ---- risks -------------------------------------------------------------- */

enum { RISK, R_LINE, ODDS, ODDS_SE, WITHOUT_50, WITHOUT_80, WITH_50,
    WITH_80, DELAY, DELAY_SE, IN_TIME_WITHOUT, IN_TIME_WITH, LATE_WITHOUT,
    LATE_WITH, LATE_SE, RISK_COLUMNS };

static const struct rp_column risk_columns[RISK_COLUMNS] = {
	[RISK] = { "risk", "Risk", false },
	[R_LINE] = { "line", "Line", true },
	[ODDS] = { "probability", "Comes true", true },
	[ODDS_SE] = { "probability_se", NULL, true },
	[WITHOUT_50] = { "without_p50", "50 % without", false },
	[WITHOUT_80] = { "without_p80", "80 % without", false },
	[WITH_50] = { "with_p50", "50 % with it", false },
	[WITH_80] = { "with_p80", "80 % with it", false },
	[DELAY] = { "delay_days", "Days later", true },
	[DELAY_SE] = { "delay_days_se", NULL, true },
	[IN_TIME_WITHOUT] = { "deadline_without", "Deadline without",
	    true },
	[IN_TIME_WITH] = { "deadline_with", "Deadline with it", true },
	[LATE_WITHOUT] = { "overdue_days_without", "Overdue days without",
	    true },
	[LATE_WITH] = { "overdue_days_with", "Overdue days with it", true },
	[LATE_SE] = { "overdue_days_se", "+- of difference", true },
};

static void
set_dates(struct rp_table *t, size_t half, size_t most,
    const struct rp_trials *tr, const struct rp_completion *c)
{
	struct rp_instant end = rp_trials_case(tr)->simulation.horizon;

	rp_table_quantile(t, half, c->has[3], c->q[3], end);
	rp_table_quantile(t, most, c->has[5], c->q[5], end);
}

static void
add_risk(struct rp_table *t, const struct rp_trials *tr,
    const struct rp_risk_outcome *r)
{
	struct rp_text what = { 0 };
	char human[RP_WORDS];

	rp_event_words(rp_trials_case(tr), r->event, &what);
	rp_table_row(t);
	rp_table_text(t, RISK, what.bytes != NULL ? what.bytes : "");
	rp_text_release(&what);
	rp_table_count(t, R_LINE, r->event->origin.line);
	rp_table_odds(t, ODDS, r->probability, r->probability_se,
	    rp_trials_count(tr));
	rp_table_real(t, ODDS_SE, r->probability_se, 6, NULL);
	set_dates(t, WITHOUT_50, WITHOUT_80, tr, &r->without);
	set_dates(t, WITH_50, WITH_80, tr, &r->with);
	rp_table_real(t, DELAY, r->days, 2,
	    rp_words_estimate(r->days, r->days_se, human));
	rp_table_real(t, DELAY_SE, r->days_se, 4, NULL);
	rp_table_real(t, IN_TIME_WITHOUT, r->deadline_without, 6,
	    rp_words_probability(r->deadline_without, r->trials, human));
	rp_table_real(t, IN_TIME_WITH, r->deadline_with, 6,
	    rp_words_probability(r->deadline_with, r->trials, human));
	rp_table_real(t, LATE_WITHOUT, r->overdue_without, 1,
	    rp_words_mean(r->overdue_without, human));
	rp_table_real(t, LATE_WITH, r->overdue_with, 1,
	    rp_words_mean(r->overdue_with, human));
	rp_table_real(t, LATE_SE, r->overdue_se, 2,
	    rp_words_mean(r->overdue_se, human));
}

rp_status
rp_risks_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_risk_outcome *r;
	struct rp_table *t;
	size_t n, i;
	rp_status rc = rp_table_new("Risks: the same trials with each come "
	    "true and not", risk_columns, RISK_COLUMNS, &t, err);

	if (rc != RP_OK)
		return rc;
	r = rp_trials_risks(tr, &n);
	for (i = 0; i < n; i++)
		add_risk(t, tr, &r[i]);
	return rp_table_finish(t, out, err);
}

/* ---- nothing done ------------------------------------------------------- */

enum { N_BY, RENEWED, RENEWED_PCT, EXPIRED, EXPIRED_PCT, OURS, OURS_PCT,
    NOTHING_COLUMNS };

static const struct rp_column nothing_columns[NOTHING_COLUMNS] = {
	[N_BY] = { "by", "By the end of", false },
	[RENEWED] = { "renewed", "Renewed anyway", true },
	[RENEWED_PCT] = { "renewed_pct", "of base", true },
	[EXPIRED] = { "expired", "Expired anyway", true },
	[EXPIRED_PCT] = { "expired_pct", "of base", true },
	[OURS] = { "replaced", "Replaced here", true },
	[OURS_PCT] = { "replaced_pct", "of base", true },
};

static void
set_mean(struct rp_table *t, size_t column, const struct rp_band *b,
    double base)
{
	rp_table_estimate(t, column, b->mean, b->mean_se);
	if (base > 0)
		rp_table_mean_share(t, column + 1, b->mean / base);
}

static void
add_nothing(struct rp_table *t, const struct rp_trials *tr, size_t k,
    struct rp_instant tick)
{
	const struct rp_band *renewed = rp_trials_nothing(tr,
	    RP_METRIC_REPLACED);
	const struct rp_band *expired = rp_trials_nothing(tr, RP_METRIC_GONE);
	const struct rp_band *ours = rp_trials_bands(tr, -1,
	    RP_STATE_REPLACED);
	double base = (double)rp_trials_base(tr, -1);

	rp_table_row(t);
	rp_table_day(t, N_BY, tick);
	if (renewed != NULL)
		set_mean(t, RENEWED, &renewed[k], base);
	if (expired != NULL)
		set_mean(t, EXPIRED, &expired[k], base);
	if (ours != NULL)
		set_mean(t, OURS, &ours[k], rp_trials_base_at(tr, -1, k));
}

rp_status
rp_nothing_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	struct rp_instant tick[RP_TICKS];
	const struct rp_instant *grid;
	struct rp_table *t;
	size_t n, n_grid, i;
	rp_status rc = rp_table_new("Nothing done: ordinary renewal and "
	    "expiry alone, beside the case; means", nothing_columns,
	    NOTHING_COLUMNS, &t, err);

	if (rc != RP_OK)
		return rc;
	grid = rp_trials_grid(tr, &n_grid);
	n = rp_trials_nothing(tr, RP_METRIC_REPLACED) == NULL &&
	    rp_trials_nothing(tr, RP_METRIC_GONE) == NULL ? 0 :
	    rp_ticks(grid[0], grid[n_grid - 1], tick);
	for (i = 0; i < n; i++)
		add_nothing(t, tr, rp_grid_find(grid, n_grid, tick[i]),
		    tick[i]);
	return rp_table_finish(t, out, err);
}
