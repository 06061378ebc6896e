#include <stdio.h>
#include <string.h>

#include "write/json.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"

enum {
	PERIOD, AS_OF, PLANNED, ACTUAL, DIFFERENCE, REPLACED, REVOKED,
	EXPIRED, REMAINING, STATUS, COLUMNS
};

static const struct rp_column columns[COLUMNS] = {
	[PERIOD] = { "period", "Year & month", false },
	[AS_OF] = { "as_of", NULL, false },
	[PLANNED] = { "planned_pct", "Planned value", true },
	[ACTUAL] = { "actual_pct", "Actual value", true },
	[DIFFERENCE] = { "difference_pt", "Difference", true },
	[REPLACED] = { "replaced", "Replaced", true },
	[REVOKED] = { "revoked", "Revoked", true },
	[EXPIRED] = { "expired", "Expired", true },
	[REMAINING] = { "remaining", "Remaining", true },
	[STATUS] = { "status", "Status", false },
};

/* Counts that no row knows would be empty columns: readers are spared. */
static void
choose_columns(const struct rp_compare_row *r, size_t n,
    struct rp_column column[COLUMNS])
{
	bool replaced = false, revoked = false, expired = false;
	bool remaining = false;
	size_t i;

	memcpy(column, columns, sizeof(columns));
	for (i = 0; i < n; i++) {
		replaced |= r[i].has_replaced;
		revoked |= r[i].has_revoked;
		expired |= r[i].has_expired;
		remaining |= r[i].has_remaining;
	}
	if (!replaced)
		column[REPLACED].heading = NULL;
	if (!revoked)
		column[REVOKED].heading = NULL;
	if (!expired)
		column[EXPIRED].heading = NULL;
	if (!remaining)
		column[REMAINING].heading = NULL;
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
add_row(struct rp_table *t, const struct rp_compare_row *r)
{
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	rp_table_row(t);
	rp_table_set(t, PERIOD, RP_CELL_TEXT,
	    rp_words_period(r->period, words), r->period);
	if (r->has_as_of)
		rp_table_text(t, AS_OF,
		    rp_instant_format(rp_when_last(r->as_of), at));
	if (r->has_planned)
		set_share(t, PLANNED, r->planned, "", "%");
	if (r->has_actual)
		set_share(t, ACTUAL, r->actual, bound_words(r->bound), "%");
	if (r->has_difference)
		set_share(t, DIFFERENCE, r->difference, "", "pt");
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

rp_status
rp_compare_table(const struct rp_comparison *c, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_compare_row *row;
	const char *const *note;
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
	note = rp_comparison_notes(c, &n);
	for (i = 0; i < n; i++)
		rp_table_note(t, "%s", note[i]);
	return rp_table_finish(t, out, err);
}

static void
set_plan(struct rp_json *j, const struct rp_plan *plan)
{
	json_t *o;

	if (plan == NULL) {
		rp_json_set(j, j->root, "plan", json_null());
		return;
	}
	o = rp_json_object_at(j, j->root, "plan");
	rp_json_set(j, o, "published", plan->has_published ?
	    rp_json_when(plan->published) : json_null());
	rp_json_set(j, o, "metric", rp_json_text(rp_metric_word(
	    plan->metric)));
}

static void
write_json(const struct rp_comparison *c, const struct rp_table *t,
    const struct rp_provenance *p, struct rp_text *out)
{
	struct rp_json j;
	const char *const *note;
	size_t n;

	rp_json_begin(&j);
	rp_json_set(&j, j.root, "metric",
	    rp_json_text(rp_metric_word(rp_comparison_metric(c))));
	set_plan(&j, rp_comparison_plan(c));
	rp_json_rows(&j, j.root, "rows", t);
	note = rp_comparison_notes(c, &n);
	rp_json_notes(&j, note, n);
	rp_json_provenance(&j, p);
	rp_json_end(&j, out);
}

rp_status
rp_show_compare(const struct rp_comparison *c, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = rp_compare_table(c, &t, err);

	if (rc != RP_OK)
		return rc;
	if (how->format == RP_FORMAT_JSON)
		write_json(c, t, &how->provenance, out);
	else
		rc = rp_show_table(t, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	rp_table_free(t);
	return rc;
}
