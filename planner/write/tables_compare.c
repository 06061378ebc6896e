#include <stdio.h>
#include <string.h>

#include "write/tables.h"
#include "write/words.h"

/* ---- planned against actual --------------------------------------------- */

/* Columns without a key are for readers: the CSV is a contract. */
enum {
	PERIOD, AS_OF, PLANNED, ACTUAL, DIFFERENCE, DAYS, FIRST, FIRST_POINTS,
	FIRST_DAYS, REPLACED, REVOKED, EXPIRED, REMAINING, STATUS, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[PERIOD] = { "period", "Year & month", false },
	[AS_OF] = { "as_of", NULL, false },
	[PLANNED] = { "planned_pct", "Planned value", true },
	[ACTUAL] = { "actual_pct", "Actual value", true },
	[DIFFERENCE] = { "difference_pt", "Difference", true },
	[DAYS] = { NULL, "Days", true },
	[FIRST] = { NULL, "First plan", true },
	[FIRST_POINTS] = { NULL, "vs first", true },
	[FIRST_DAYS] = { NULL, "Days vs first", true },
	[REPLACED] = { "replaced", "Replaced", true },
	[REVOKED] = { "revoked", "Revoked", true },
	[EXPIRED] = { "expired", "Expired", true },
	[REMAINING] = { "remaining", "Remaining", true },
	[STATUS] = { "status", "Status", false },
};

static bool
says(struct rp_lead lead)
{
	return lead.has_least || lead.has_most;
}

static void
mark_shown(const struct rp_compare_row *r, bool shown[COLUMNS])
{
	shown[DAYS] |= says(r->lead);
	shown[FIRST] |= r->has_first;
	shown[FIRST_POINTS] |= r->has_first_difference;
	shown[FIRST_DAYS] |= says(r->first_lead);
	shown[REPLACED] |= r->has_replaced;
	shown[REVOKED] |= r->has_revoked;
	shown[EXPIRED] |= r->has_expired;
	shown[REMAINING] |= r->has_remaining;
}

/* What no row knows would be an empty column: readers are spared. */
static void
choose_columns(const struct rp_compare_row *r, size_t n,
    struct rp_column column[COLUMNS])
{
	bool shown[COLUMNS] = { false };
	size_t i;

	memcpy(column, columns, sizeof(columns));
	for (i = 0; i < n; i++)
		mark_shown(&r[i], shown);
	for (i = DAYS; i <= REMAINING; i++)
		if (!shown[i])
			column[i].heading = NULL;
	if (shown[FIRST]) {
		/* Two plans are wide enough without the longer words. */
		column[PLANNED].heading = "Planned";
		column[ACTUAL].heading = "Actual";
	}
	if (n > 0 && strchr(r[0].period, 'W') != NULL)
		column[PERIOD].heading = "Year & week";
}

static void
set_share(struct rp_table *t, size_t column, struct rp_share share,
    const char *prefix, const char *unit)
{
	char machine[RP_UNIT_TEXT], human[RP_WORDS];

	(void)rp_share_format(share, machine);
	(void)snprintf(human, sizeof(human), "%s%s%s", prefix, machine, unit);
	rp_table_set(t, column, RP_CELL_NUMBER, human, machine);
}

static const char *
bound_words(enum rp_bound bound)
{
	if (bound == RP_BOUND_AT_LEAST)
		return "at least ";
	return bound == RP_BOUND_AT_MOST ? "at most " : "";
}

static void
set_lead(struct rp_table *t, size_t column, const struct rp_compare_row *r,
    struct rp_lead lead)
{
	char words[RP_WORDS];

	if (says(lead))
		rp_table_text(t, column, rp_words_lead(lead,
		    rp_when_is_exact(r->as_of), words));
}

static void
add_shares(struct rp_table *t, const struct rp_compare_row *r)
{
	if (r->has_planned)
		set_share(t, PLANNED, r->planned, "", "%");
	if (r->has_actual)
		set_share(t, ACTUAL, r->actual, bound_words(r->bound), "%");
	if (r->has_difference)
		set_share(t, DIFFERENCE, r->difference, "", "pt");
	set_lead(t, DAYS, r, r->lead);
	if (r->has_first)
		set_share(t, FIRST, r->first, "", "%");
	if (r->has_first_difference)
		set_share(t, FIRST_POINTS, r->first_difference, "", "pt");
	set_lead(t, FIRST_DAYS, r, r->first_lead);
}

static void
add_row(struct rp_table *t, const struct rp_compare_row *r)
{
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	rp_table_row(t);
	rp_table_set(t, PERIOD, RP_CELL_TEXT,
	    rp_words_period(r->period, words), r->period);
	if (r->has_as_of)
		rp_table_text(t, AS_OF,
		    rp_instant_format(rp_when_last(r->as_of), at));
	add_shares(t, r);
	if (r->has_replaced)
		rp_table_count(t, REPLACED, r->replaced);
	if (r->has_revoked)
		rp_table_count(t, REVOKED, r->revoked);
	if (r->has_expired)
		rp_table_count(t, EXPIRED, r->expired);
	if (r->has_remaining)
		rp_table_count(t, REMAINING, r->remaining);
	rp_table_set(t, STATUS, RP_CELL_TEXT, r->status == RP_ON_PLAN ?
	    "on plan" : rp_progress_word(r->status),
	    rp_progress_word(r->status));
}

static bool
is_finding(const struct rp_plan_finding *f, size_t n, const char *text)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(f[i].text, text) == 0)
			return true;
	return false;
}

/*
 * Findings before notes, and what only informs after them.  A sentence that
 * is a finding is not told a second time as a note.
 */
static void
add_remarks(struct rp_table *t, const struct rp_comparison *c)
{
	const struct rp_plan_finding *f;
	const char *const *note;
	size_t n, found, i;

	f = rp_comparison_findings(c, &found);
	note = rp_comparison_notes(c, &n);
	for (i = 0; i < found; i++)
		if (!f[i].information)
			rp_table_remark(t, "Finding", "%s", f[i].text);
	for (i = 0; i < n; i++)
		if (!is_finding(f, found, note[i]))
			rp_table_note(t, "%s", note[i]);
	for (i = 0; i < found; i++)
		if (f[i].information)
			rp_table_note(t, "%s", f[i].text);
}

rp_status
rp_compare_table(const struct rp_comparison *c, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_compare_row *row;
	struct rp_column column[COLUMNS];
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	row = rp_comparison_rows(c, &n);
	choose_columns(row, n, column);
	rc = rp_table_new("Progress rate: planned against actual", column,
	    COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; i < n; i++)
		add_row(t, &row[i]);
	add_remarks(t, c);
	return rp_table_finish(t, out, err);
}

/* ---- versions of the plan ----------------------------------------------- */

enum { NUMBER, PUBLISHED, COMPLETE, MOVED, GAIN, NOTICE, VERSION_COLUMNS };

static const struct rp_column version_columns[VERSION_COLUMNS] = {
	[NUMBER] = { "number", "No.", true },
	[PUBLISHED] = { "published", "Published", false },
	[COMPLETE] = { "complete_by", "Complete by", false },
	[MOVED] = { "moved", "Moved", true },
	[GAIN] = { "mean_days", "Mean move", true },
	[NOTICE] = { "notice", "Notice", false },
};

static const char *
complete_words(const struct rp_plan_version *v, char buf[RP_WORDS])
{
	const struct rp_plan *p = v->plan;
	char at[RP_INSTANT_TEXT], share[RP_UNIT_TEXT];

	if (v->has_completion)
		(void)snprintf(buf, RP_WORDS, "%s",
		    rp_when_format(v->completion, at));
	else if (p->n_milestones == 0)
		(void)snprintf(buf, RP_WORDS, "not planned");
	else
		(void)snprintf(buf, RP_WORDS, "%s%% by %.40s",
		    rp_share_format(p->milestone[p->n_milestones - 1].share,
		    share), rp_when_format(
		    p->milestone[p->n_milestones - 1].by, at));
	return buf;
}

static void
add_version(struct rp_table *t, const struct rp_plan_version *v,
    size_t number)
{
	char words[RP_WORDS];

	rp_table_row(t);
	rp_table_count(t, NUMBER, number);
	rp_table_text(t, PUBLISHED, v->plan->has_published ?
	    rp_when_format(v->plan->published, words) : "unknown");
	rp_table_text(t, COMPLETE, complete_words(v, words));
	if (v->comparable) {
		(void)snprintf(words, sizeof(words), "%zu of %zu", v->n_moves,
		    v->n_moves + v->kept + v->dropped);
		rp_table_text(t, MOVED, words);
	} else if (number > 1) {
		rp_table_text(t, MOVED, "other metric");
	}
	if (v->has_mean)
		rp_table_text(t, GAIN, rp_words_gain(v->mean_gain, false,
		    words));
	if (number > 1)
		rp_table_text(t, NOTICE, v->plan->notice != NULL ? "yes" :
		    "none");
}

rp_status
rp_versions_table(const struct rp_comparison *c, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_plan_version *v;
	char label[RP_WORDS];
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	v = rp_comparison_versions(c, &n);
	rc = rp_table_new("Versions of the plan", version_columns,
	    VERSION_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; i < n; i++)
		add_version(t, &v[i], i + 1);
	for (i = 0; i < n; i++) {
		(void)snprintf(label, sizeof(label), "Notice of No. %zu",
		    i + 1);
		if (v[i].plan->notice != NULL)
			rp_table_remark(t, label, "%s", v[i].plan->notice);
	}
	return rp_table_finish(t, out, err);
}
