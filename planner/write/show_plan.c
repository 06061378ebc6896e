#include <math.h>
#include <stdio.h>

#include "write/json.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

enum { PERIOD, BY, PLANNED, ERROR, COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[PERIOD] = { "period", "Year & month", false },
	[BY] = { "by", "By the end of", false },
	[PLANNED] = { "planned_pct", "Planned value", true },
	[ERROR] = { "standard_error_pt", "Standard error", true },
};

/* "80 %", "99.9 %". */
static const char *
confidence(const struct rp_schedule *s, char buf[RP_WORDS])
{
	unsigned pm = rp_schedule_options(s)->confidence_pm;

	(void)snprintf(buf, RP_WORDS, "%.*f %%", pm % 10 == 0 ? 0 : 1,
	    pm / 10.0);
	return buf;
}

/* The last second of the period: whoever takes its date has the right day. */
static void
add_row(struct rp_table *t, const struct rp_schedule_row *r)
{
	char words[RP_WORDS], human[RP_WORDS];
	char machine[RP_INSTANT_TEXT], percent[RP_UNIT_TEXT];
	struct rp_instant last = rp_instant_plus(r->until,
	    rp_span_of_s(-1));

	rp_table_row(t);
	rp_table_set(t, PERIOD, RP_CELL_TEXT,
	    rp_words_period(r->period, words), r->period);
	rp_table_set(t, BY, RP_CELL_TEXT,
	    rp_instant_format_date(last, human),
	    rp_instant_format(last, machine));
	(void)rp_share_format(r->planned, percent);
	(void)snprintf(human, sizeof(human), "%s%%", percent);
	rp_table_set(t, PLANNED, RP_CELL_NUMBER, human, percent);
	if (!isfinite(r->reached_se))
		return;
	(void)snprintf(percent, sizeof(percent), "%.2f",
	    100.0 * r->reached_se);
	(void)snprintf(human, sizeof(human), "%spt", percent);
	rp_table_set(t, ERROR, RP_CELL_NUMBER, human, percent);
}

/* The trials leave things out, whatever is made of them. */
static void
add_notes(struct rp_table *t, const struct rp_schedule *s)
{
	const char *const *note;
	size_t n, i;

	note = rp_schedule_notes(s, &n);
	for (i = 0; i < n; i++)
		rp_table_note(t, "%s", note[i]);
	note = rp_trials_notes(rp_schedule_trials(s), &n);
	for (i = 0; i < n; i++)
		rp_table_note(t, "%s", note[i]);
}

rp_status
rp_plan_table(const struct rp_schedule *s, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_schedule_row *row;
	struct rp_column column[COLUMNS];
	struct rp_table *t;
	char title[2 * RP_WORDS], level[RP_WORDS];
	size_t n, i;
	rp_status rc;

	for (i = 0; i < COLUMNS; i++)
		column[i] = columns[i];
	if (rp_schedule_options(s)->period == RP_PERIOD_WEEK)
		column[PERIOD].heading = "Year & week";
	(void)snprintf(title, sizeof(title), "Plan: what is reached with a "
	    "probability of %s", confidence(s, level));
	rc = rp_table_new(title, column, COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	row = rp_schedule_rows(s, &n);
	for (i = 0; i < n; i++)
		add_row(t, &row[i]);
	return rp_table_finish(t, out, err);
}

/* "completion with a probability of 80 %: by 2021-03-09 23:59Z (+- 1 d)". */
static void
put_completion(const struct rp_schedule *s, struct rp_text *out)
{
	const struct rp_schedule_completion *c = rp_schedule_completion(s);
	const struct rp_case *cs = rp_trials_case(rp_schedule_trials(s));
	char words[RP_WORDS], level[RP_WORDS];

	rp_text_printf(out, "Completion with a probability of %s: %s",
	    confidence(s, level), rp_words_by(c->has, c->planned,
	    cs->simulation.horizon, words));
	if (c->has && rp_words_error_days(c->reached_se_s, words)[0] != '\0')
		rp_text_printf(out, " (%s)", words);
}

/* What is asked first stands above the table. */
static void
write_text(const struct rp_schedule *s, struct rp_table *t,
    const struct rp_provenance *p, struct rp_text *out)
{
	rp_text_printf(out, "metric: %s\n", rp_metric_word(
	    rp_trials_metric(rp_schedule_trials(s))));
	put_completion(s, out);
	rp_text_puts(out, "\n\n");
	rp_table_write_text(t, p, out);
}

/* The date to be promised, and the one that it was rounded from. */
static void
set_completion(struct rp_json *j, const struct rp_schedule *s)
{
	const struct rp_schedule_completion *c = rp_schedule_completion(s);
	json_t *o = rp_json_object_at(j, j->root, "completion");

	rp_json_set(j, o, "confidence", rp_json_real(
	    rp_schedule_options(s)->confidence_pm / 10.0, 1));
	rp_json_set(j, o, "at", c->has ? rp_json_instant(c->planned) :
	    json_null());
	rp_json_set(j, o, "before_rounding", c->has ?
	    rp_json_instant(c->reached) : json_null());
	rp_json_set(j, o, "standard_error", c->has ?
	    rp_json_real(c->reached_se_s / 86400, 4) : json_null());
	rp_json_set(j, o, "complete_by_horizon",
	    rp_json_real(c->complete, 6));
	rp_json_set(j, j->root, "kept", rp_json_real(c->kept, 6));
}

static void
write_json(const struct rp_schedule *s, const struct rp_table *t,
    const struct rp_provenance *p, struct rp_text *out)
{
	const struct rp_trials *tr = rp_schedule_trials(s);
	struct rp_json j;
	const char *note[64];
	size_t n, i;

	rp_json_begin(&j);
	rp_json_set(&j, j.root, "metric",
	    rp_json_text(rp_metric_word(rp_trials_metric(tr))));
	rp_json_set(&j, j.root, "trials", rp_json_count(rp_trials_count(tr)));
	rp_json_set(&j, j.root, "seed", rp_json_count(rp_trials_seed(tr)));
	rp_json_set(&j, j.root, "weighted",
	    json_boolean(rp_schedule_forecast(s) != NULL));
	set_completion(&j, s);
	rp_json_rows(&j, j.root, "rows", t);
	n = rp_table_notes(t);
	for (i = 0; i < n && i < 64; i++)
		note[i] = rp_table_note_text(t, i);
	rp_json_notes(&j, note, i);
	rp_json_provenance(&j, p);
	rp_json_end(&j, out);
}

/* Formats without a place above the table say it below. */
static rp_status
write_table(const struct rp_schedule *s, struct rp_table *t,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	struct rp_text line = { 0 };
	rp_status rc;

	put_completion(s, &line);
	if (!line.failed)
		rp_table_note(t, "%s; the metric is '%s'.", line.bytes,
		    rp_metric_word(rp_trials_metric(rp_schedule_trials(s))));
	rp_text_release(&line);
	add_notes(t, s);
	rc = rp_table_status(t);
	return rc == RP_OK ? rp_show_table(t, how, out, err) :
	    rp_fail(err, rc, "no memory for a table");
}

rp_status
rp_show_plan(const struct rp_schedule *s, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = rp_plan_table(s, &t, err);

	if (rc != RP_OK)
		return rc;
	if (how->format == RP_FORMAT_TEXT || how->format == RP_FORMAT_JSON)
		add_notes(t, s);
	if (how->format == RP_FORMAT_TEXT)
		write_text(s, t, &how->provenance, out);
	else if (how->format == RP_FORMAT_JSON)
		write_json(s, t, &how->provenance, out);
	else
		rc = write_table(s, t, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	rp_table_free(t);
	return rc;
}
