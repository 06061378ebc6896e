#include <math.h>
#include <stdio.h>
#include <string.h>

#include "write/json.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

/* p10 p50 p80 p90, see forecast.h. */
enum { P10, P50, P80, P90 };

/* ---- tables ------------------------------------------------------------- */

enum { AT, LOW, MIDDLE, HIGH, CURVE_COLUMNS };

static const struct rp_column curve_columns[CURVE_COLUMNS] = {
	[AT] = { "at", "By the end of", false },
	[LOW] = { "p10", "10 %", true },
	[MIDDLE] = { "p50", "50 %", true },
	[HIGH] = { "p90", "90 %", true },
};

static void
add_point(struct rp_table *t, const struct rp_forecast_point *p,
    struct rp_instant at)
{
	rp_table_row(t);
	rp_table_day(t, AT, at);
	rp_table_share(t, LOW, p->p10);
	rp_table_share(t, MIDDLE, p->p50);
	rp_table_share(t, HIGH, p->p90);
}

/* The point in force at an instant: the last one that is not after it. */
static size_t
point_at(const struct rp_forecast_point *p, size_t n, struct rp_instant at)
{
	size_t i = 0;

	while (i + 1 < n && rp_instant_cmp(p[i + 1].at, at) <= 0)
		i++;
	return i;
}

static bool
same_point(const struct rp_forecast_point *a,
    const struct rp_forecast_point *b)
{
	return fabs(a->p10 - b->p10) + fabs(a->p50 - b->p50) +
	    fabs(a->p90 - b->p90) < 1e-12;
}

rp_status
rp_forecast_table(const struct rp_forecast *fc, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_forecast_point *p;
	struct rp_instant tick[RP_TICKS];
	struct rp_table *t;
	size_t n, n_ticks = 0, i, k;
	rp_status rc;

	rc = rp_table_new("Forecast of the share: quantiles of the weighted "
	    "trials", curve_columns, CURVE_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	p = rp_forecast_curve(fc, &n);
	if (n > 0)
		n_ticks = rp_ticks(p[0].at, p[n - 1].at, tick);
	for (i = 0; i < n_ticks; i++) {
		k = point_at(p, n, tick[i]);
		add_point(t, &p[k], tick[i]);
		if (same_point(&p[k], &p[n - 1]))
			break;
	}
	return rp_table_finish(t, out, err);
}

rp_status
rp_forecast_band_table(const struct rp_forecast *fc, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_forecast_point *p;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new(NULL, curve_columns, CURVE_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	p = rp_forecast_curve(fc, &n);
	for (i = 0; i < n; i++)
		add_point(t, &p[i], p[i].at);
	return rp_table_finish(t, out, err);
}

enum { SEEN_AT, ACTUAL, PRIOR05, PRIOR50, PRIOR95, POSTERIOR, FIT_COLUMNS };

static const struct rp_column fit_columns[FIT_COLUMNS] = {
	[SEEN_AT] = { "at", "Actual of", false },
	[ACTUAL] = { "actual_pct", "Actual", true },
	[PRIOR05] = { "prior_p05", "Before: 5 %", true },
	[PRIOR50] = { "prior_p50", "50 %", true },
	[PRIOR95] = { "prior_p95", "95 %", true },
	[POSTERIOR] = { "posterior_p50", "After: 50 %", true },
};

rp_status
rp_fit_table(const struct rp_forecast *fc, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_forecast_fit *f;
	struct rp_table *t;
	size_t n, i;
	rp_status rc;

	rc = rp_table_new("How the actuals sit among the trials, before and "
	    "after weighting", fit_columns, FIT_COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	f = rp_forecast_fits(fc, &n);
	for (i = 0; i < n; i++) {
		rp_table_row(t);
		rp_table_day(t, SEEN_AT, f[i].at);
		rp_table_share(t, ACTUAL, f[i].actual);
		rp_table_share(t, PRIOR05, f[i].prior_p05);
		rp_table_share(t, PRIOR50, f[i].prior_p50);
		rp_table_share(t, PRIOR95, f[i].prior_p95);
		rp_table_share(t, POSTERIOR, f[i].posterior_p50);
	}
	return rp_table_finish(t, out, err);
}

/* ---- text --------------------------------------------------------------- */

static void
add_quantile(struct rp_text *line, const struct rp_forecast_completion *c,
    int i, struct rp_instant end)
{
	char at[RP_WORDS], error[RP_WORDS];

	rp_text_puts(line, rp_words_by(c->has[i], c->q[i], end, at));
	if (c->has[i] && rp_words_error_days(c->q_se_s[i], error)[0] != '\0')
		rp_text_printf(line, " (%s)", error);
}

static void
put_completion(struct rp_text *out, const struct rp_forecast *fc,
    const struct rp_trials *tr)
{
	const struct rp_forecast_completion *c = rp_forecast_completion(fc);
	struct rp_instant end = rp_trials_case(tr)->simulation.horizon;
	struct rp_text line = { 0 };
	char a[RP_WORDS], b[RP_WORDS], date[RP_INSTANT_TEXT];

	rp_text_puts(&line, "80 % of the weighted trials are done ");
	add_quantile(&line, c, P80, end);
	rp_text_puts(&line, "; 10 % ");
	add_quantile(&line, c, P10, end);
	rp_text_puts(&line, ", 50 % ");
	add_quantile(&line, c, P50, end);
	rp_text_puts(&line, ", 90 % ");
	add_quantile(&line, c, P90, end);
	rp_text_line(out, "completion", line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
	rp_text_printf(&line, "%s .. %s",
	    rp_words_quantile(c->has[P10], c->q[P10], end, a),
	    rp_words_quantile(c->has[P90], c->q[P90], end, b));
	rp_text_line(out, "80 % interval",
	    line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
	rp_text_printf(&line, "%s", rp_words_odds(c->never, c->never_se,
	    rp_trials_count(tr), a));
	rp_text_printf(out, "not complete by %s: %s\n",
	    rp_instant_format_date(end, date),
	    line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
}

static rp_status
put_table(struct rp_text *out, const struct rp_forecast *fc,
    rp_status (*make)(const struct rp_forecast *, struct rp_table **,
    struct rp_err *), struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = make(fc, &t, err);

	if (rc != RP_OK)
		return rc;
	rp_table_part_text(t, out);
	rp_table_free(t);
	return RP_OK;
}

static rp_status
write_text(const struct rp_forecast *fc, const struct rp_trials *tr,
    const struct rp_provenance *p, struct rp_text *out, struct rp_err *err)
{
	char words[RP_WORDS];
	const char *const *note;
	size_t n, i;
	rp_status rc;

	rp_text_printf(out, "metric: %s\n", rp_metric_word(
	    rp_trials_metric(tr)));
	put_completion(out, fc, tr);
	rp_text_printf(out, "effective sample size: %.0f of %llu trials\n",
	    rp_forecast_effective_sample_size(fc),
	    (unsigned long long)rp_trials_count(tr));
	rp_text_printf(out, "pace: %s\n", rp_words_pace(
	    rp_forecast_pace(fc), words));
	(void)rp_forecast_fits(fc, &n);
	if (n > 0)
		rp_text_printf(out, "the model %s the actuals\n",
		    rp_forecast_explained(fc) ? "can explain" :
		    "cannot explain");
	rc = put_table(out, fc, rp_fit_table, err);
	if (rc == RP_OK)
		rc = put_table(out, fc, rp_forecast_table, err);
	if (rc != RP_OK)
		return rc;
	note = rp_forecast_notes(fc, &n);
	if (n > 0)
		rp_text_puts(out, "\n");
	for (i = 0; i < n; i++)
		rp_text_line(out, "note", note[i]);
	rp_text_puts(out, "\n");
	rp_provenance_line(p, out);
	rp_text_puts(out, "\n");
	return RP_OK;
}

/* ---- JSON --------------------------------------------------------------- */

static void
set_completion(struct rp_json *j, const struct rp_forecast *fc)
{
	static const char *const key[] = { "p10", "p50", "p80", "p90" };
	const struct rp_forecast_completion *c = rp_forecast_completion(fc);
	json_t *o = rp_json_object_at(j, j->root, "completion");
	json_t *e = rp_json_object_at(j, j->root, "standard_error");
	json_t *days = rp_json_object_at(j, e, "completion_days");
	size_t i;

	for (i = 0; i < RP_FORECAST_QUANTILES; i++) {
		rp_json_set(j, o, key[i], c->has[i] ?
		    rp_json_instant(c->q[i]) : json_null());
		rp_json_set(j, days, key[i], c->has[i] ?
		    rp_json_real(c->q_se_s[i] / 86400, 4) : json_null());
	}
	rp_json_set(j, o, "never", rp_json_real(c->never, 6));
	rp_json_set(j, days, "never", rp_json_real(c->never_se, 6));
}

static void
set_pace(struct rp_json *j, struct rp_forecast_pace pace)
{
	json_t *o = rp_json_object_at(j, j->root, "pace");

	rp_json_set(j, o, "p05", rp_json_real(pace.p05, 4));
	rp_json_set(j, o, "p50", rp_json_real(pace.p50, 4));
	rp_json_set(j, o, "p95", rp_json_real(pace.p95, 4));
}

static rp_status
write_json(const struct rp_forecast *fc, const struct rp_trials *tr,
    const struct rp_provenance *p, struct rp_text *out, struct rp_err *err)
{
	struct rp_table *fits = NULL, *bands = NULL;
	struct rp_json j;
	const char *const *note;
	size_t n;
	rp_status rc;

	rc = rp_fit_table(fc, &fits, err);
	if (rc == RP_OK)
		rc = rp_forecast_band_table(fc, &bands, err);
	if (rc != RP_OK)
		goto out;
	rp_json_begin(&j);
	rp_json_set(&j, j.root, "as_of",
	    rp_json_when(rp_forecast_as_of(fc)));
	rp_json_set(&j, j.root, "metric",
	    rp_json_text(rp_metric_word(rp_trials_metric(tr))));
	set_completion(&j, fc);
	rp_json_set(&j, j.root, "effective_sample_size",
	    rp_json_real(rp_forecast_effective_sample_size(fc), 1));
	rp_json_set(&j, j.root, "explained",
	    json_boolean(rp_forecast_explained(fc)));
	set_pace(&j, rp_forecast_pace(fc));
	rp_json_rows(&j, j.root, "fits", fits);
	note = rp_forecast_notes(fc, &n);
	rp_json_notes(&j, note, n);
	rp_json_provenance(&j, p);
	rp_json_rows(&j, j.root, "curve", bands);
	rp_json_end(&j, out);
out:
	rp_table_free(fits);
	rp_table_free(bands);
	return rc;
}

/* What the text says above and below the table. */
static void
add_notes(struct rp_table *t, const struct rp_forecast *fc,
    const struct rp_trials *tr)
{
	static const int shown[] = { P10, P50, P80, P90 };
	const struct rp_forecast_completion *c = rp_forecast_completion(fc);
	struct rp_instant end = rp_trials_case(tr)->simulation.horizon;
	char words[4][RP_WORDS];
	const char *const *note;
	size_t n, i;

	for (i = 0; i < 4; i++)
		(void)rp_words_quantile(c->has[shown[i]], c->q[shown[i]], end,
		    words[i]);
	rp_table_note(t, "Completion in the weighted trials: 10 %% %s, 50 %% "
	    "%s, 80 %% %s, 90 %% %s.", words[0], words[1], words[2], words[3]);
	note = rp_forecast_notes(fc, &n);
	for (i = 0; i < n; i++)
		rp_table_note(t, "%s", note[i]);
}

static rp_status
write_table(const struct rp_forecast *fc, const struct rp_trials *tr,
    const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc;

	if (how->format == RP_FORMAT_CSV)
		rc = rp_forecast_band_table(fc, &t, err);
	else
		rc = rp_forecast_table(fc, &t, err);
	if (rc != RP_OK)
		return rc;
	if (how->format != RP_FORMAT_CSV)
		add_notes(t, fc, tr);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

rp_status
rp_show_forecast(const struct rp_forecast *fc, const struct rp_trials *tr,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	rp_status rc;

	if (how->format == RP_FORMAT_TEXT)
		rc = write_text(fc, tr, &how->provenance, out, err);
	else if (how->format == RP_FORMAT_JSON)
		rc = write_json(fc, tr, &how->provenance, out, err);
	else
		rc = write_table(fc, tr, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	return rc;
}
