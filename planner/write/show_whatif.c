#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/json.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

enum { VARIANT, FIGURE, BASE, CHANGED, DIFFERENCE, ERROR, UNIT, COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[VARIANT] = { "variant", NULL, false },
	[FIGURE] = { "figure", "Figure", false },
	[BASE] = { "base", "As it is", true },
	[CHANGED] = { "changed", "What if", true },
	[DIFFERENCE] = { "difference", "Difference", true },
	[ERROR] = { "standard_error", "Standard error", true },
	[UNIT] = { "unit", NULL, false },
};

/* How a figure is written, and its difference. */
enum kind { DAYS, SHARE, CERTIFICATES, CERTIFICATE_DAYS };

static const struct {
	const char *unit;	/* for machines */
	double factor;		/* of a difference for readers */
	const char *words;	/* behind it */
	int decimals;		/* of its error */
} kinds[] = {
	[DAYS] = { "d", 1, " d", 2 },
	[SHARE] = { "1", 100, " pt", 2 },
	[CERTIFICATES] = { "certificates", 1, "", 1 },
	[CERTIFICATE_DAYS] = { "certificate-days", 1, "", 1 },
};

/* The rows whose figures are means, in their order. */
static const struct row {
	const char *figure;	/* for machines */
	const char *words;
	size_t at;		/* of the difference in the answer */
	enum kind kind;
} rows[] = {
	{ "half_to_horizon", "Days until 50 % are done, mean",
	    offsetof(struct rp_whatif_answer, share_days[0]), DAYS },
	{ "most_to_horizon", "Days until 85 % are done, mean",
	    offsetof(struct rp_whatif_answer, share_days[1]), DAYS },
	{ "completion_to_horizon", "Days until complete, mean",
	    offsetof(struct rp_whatif_answer, days_to_horizon), DAYS },
	{ "not_complete", "Not complete by the horizon",
	    offsetof(struct rp_whatif_answer, never), SHARE },
	{ "deadline_met", "Done by the deadline",
	    offsetof(struct rp_whatif_answer, deadline), SHARE },
	{ "deadline_replaced", "Replaced by the deadline",
	    offsetof(struct rp_whatif_answer, replaced_deadline),
	    CERTIFICATES },
	{ "deadline_harmed", "Harmed by the deadline",
	    offsetof(struct rp_whatif_answer, harmed_deadline),
	    CERTIFICATES },
	{ "overdue_certificate_days", "Overdue certificate-days",
	    offsetof(struct rp_whatif_answer, overdue_days),
	    CERTIFICATE_DAYS },
};

/* The quantiles of the completion that are shown. */
static const struct {
	double level;
	const char *figure;
	const char *words;
} quantiles[] = {
	{ 0.50, "completion_p50", "Complete, 50 % of the trials" },
	{ 0.80, "completion_p80", "Complete, 80 % of the trials" },
	{ 0.90, "completion_p90", "Complete, 90 % of the trials" },
};

/* As many trials as the library makes an error of dates from. */
#define ERROR_LEAST 320

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* ---- cells -------------------------------------------------------------- */

/*
 * An error of nothing is none that finitely many trials could tell; what is
 * left of rounding is no error either.
 */
static void
put_error(struct rp_table *t, double se, enum kind kind)
{
	char human[RP_WORDS];
	double shown = kinds[kind].factor * se;
	int decimals = shown >= 10 ? 0 : kinds[kind].decimals;
	double least = decimals == 2 ? 0.01 : decimals == 1 ? 0.1 : 1;

	if (!(se > 1e-9) || !isfinite(se))
		return;
	(void)snprintf(human, sizeof(human), "%s%.*f%s",
	    shown < least / 2 ? "< " : "", decimals, fmax(shown, least),
	    kinds[kind].words);
	rp_table_real(t, ERROR, se, 6, human);
}

/* Of a few days the hours matter. */
static int
decimals_of(double days)
{
	return fabs(days) < 10 ? 2 : 1;
}

static void
put_difference(struct rp_table *t, const struct rp_difference *d,
    enum kind kind, int decimals)
{
	char human[RP_WORDS];
	double shown = kinds[kind].factor * d->mean;
	double least = decimals == 2 ? 0.005 : 0.05;

	if (kinds[kind].factor * d->se >= 10 || fabs(shown) >= 1e4)
		decimals = 0;
	if (fabs(shown) < least)
		(void)snprintf(human, sizeof(human), "0%s",
		    kinds[kind].words);
	else
		(void)snprintf(human, sizeof(human), "%+.*f%s", decimals,
		    shown, kinds[kind].words);
	rp_table_real(t, DIFFERENCE, d->mean, 6, human);
	rp_table_set(t, UNIT, RP_CELL_TEXT, kinds[kind].unit, NULL);
	put_error(t, d->se, kind);
}

static void
begin_row(struct rp_table *t, const struct rp_show_variant *v,
    const char *figure, const char *words)
{
	rp_table_row(t);
	rp_table_text(t, VARIANT, rp_trials_case(v->trials)->file);
	rp_table_set(t, FIGURE, RP_CELL_TEXT, words, figure);
}

static size_t
level_of(double level)
{
	size_t k = 0;

	while (k + 1 < RP_COMPLETION_QUANTILES &&
	    rp_completion_level[k] < level - 1e-9)
		k++;
	return k;
}

static void
add_quantile(struct rp_table *t, const struct rp_trials *base,
    const struct rp_show_variant *v, size_t row)
{
	const struct rp_completion *a = rp_trials_completion_summary(base, -1);
	const struct rp_completion *b =
	    rp_trials_completion_summary(v->trials, -1);
	size_t k = level_of(quantiles[row].level);

	begin_row(t, v, quantiles[row].figure, quantiles[row].words);
	rp_table_quantile(t, BASE, a->has[k], a->q[k],
	    rp_trials_case(base)->simulation.horizon);
	rp_table_quantile(t, CHANGED, b->has[k], b->q[k],
	    rp_trials_case(v->trials)->simulation.horizon);
	if (v->answer.quantile_days[k].has)
		put_difference(t, &v->answer.quantile_days[k], DAYS,
		    fabs(v->answer.quantile_days[k].mean) < 1 ? 2 : 1);
}

static void
put_mean(struct rp_table *t, size_t column, double mean, enum kind kind,
    int decimals, uint64_t trials)
{
	char human[RP_WORDS];

	switch (kind) {
	case DAYS:
		(void)snprintf(human, sizeof(human), "%.*f d", decimals, mean);
		rp_table_real(t, column, mean, 6, human);
		break;
	case SHARE:
		rp_table_odds(t, column, mean, (double)NAN, trials);
		break;
	case CERTIFICATES:
	case CERTIFICATE_DAYS:
		rp_table_estimate(t, column, mean, (double)NAN);
		break;
	}
}

static void
add_mean(struct rp_table *t, const struct rp_show_variant *v,
    const struct row *row)
{
	const char *at = (const char *)&v->answer + row->at;
	const struct rp_difference *d = (const void *)at;
	int decimals = row->kind != DAYS ? 1 :
	    decimals_of(fmin(d->base, d->variant));

	if (!d->has)
		return;
	begin_row(t, v, row->figure, row->words);
	put_mean(t, BASE, d->base, row->kind, decimals, d->trials);
	put_mean(t, CHANGED, d->variant, row->kind, decimals, d->trials);
	put_difference(t, d, row->kind, decimals);
}

static void
add_sooner(struct rp_table *t, const struct rp_show_variant *v)
{
	const struct rp_whatif_answer *a = &v->answer;

	begin_row(t, v, "sooner", "All done sooner than as it is");
	rp_table_odds(t, CHANGED, a->sooner, (double)NAN,
	    rp_trials_count(v->trials));
	rp_table_set(t, UNIT, RP_CELL_TEXT, kinds[SHARE].unit, NULL);
	put_error(t, a->sooner_se, SHARE);
}

static void
add_rows(struct rp_table *t, const struct rp_trials *base,
    const struct rp_show_variant *v)
{
	size_t i;

	for (i = 0; i < N(quantiles); i++)
		add_quantile(t, base, v, i);
	for (i = 0; i < N(rows); i++)
		add_mean(t, v, &rows[i]);
	add_sooner(t, v);
}

/* ---- notes -------------------------------------------------------------- */

/* Days are counted to the horizon at most, and that must be said. */
static void
add_censored(struct rp_table *t, const struct rp_show_variant *v)
{
	const struct rp_difference *never = &v->answer.never;
	const struct rp_difference *both = &v->answer.completion_days;

	if (never->base + never->variant <= 0)
		return;
	rp_table_note(t, "Trials that are not complete by the horizon count "
	    "up to it in the mean of the days%s.", never->base > 0 &&
	    both->trials < never->trials ?
	    "; beyond it the difference may be larger" : "");
}

/* A difference of dates without its error would pass for an exact one. */
static void
add_few(struct rp_table *t, const struct rp_show_variant *v)
{
	size_t i, k;

	for (i = 0; i < N(quantiles); i++) {
		k = level_of(quantiles[i].level);
		if (v->answer.quantile_days[k].has &&
		    rp_trials_count(v->trials) < ERROR_LEAST) {
			rp_table_note(t, "Below %d trials a difference of "
			    "dates has no standard error.", ERROR_LEAST);
			return;
		}
	}
}

static void
add_source(struct rp_table *t, const struct rp_show_variant *v)
{
	const struct rp_case *cs = rp_trials_case(v->trials);

	rp_table_note(t, "What if: '%s'%s%s%s, SHA-256 %s.", cs->file,
	    cs->upon != NULL ? ", a change of '" : "",
	    cs->upon != NULL ? cs->upon : "", cs->upon != NULL ? "'" : "",
	    cs->digest);
}

/* What the trials themselves have to say, once each. */
static bool
was_said(const struct rp_table *t, const char *note)
{
	size_t i;

	for (i = 0; i < rp_table_notes(t); i++)
		if (strcmp(rp_table_note_text(t, i), note) == 0)
			return true;
	return false;
}

static void
add_notes_of(struct rp_table *t, const struct rp_trials *tr)
{
	size_t n, i;
	const char *const *note = rp_trials_notes(tr, &n);

	for (i = 0; i < n; i++)
		if (!was_said(t, note[i]))
			rp_table_note(t, "%s", note[i]);
}

static void
add_common(struct rp_table *t, const struct rp_trials *base,
    const struct rp_show_variant *v, size_t n)
{
	size_t i;

	rp_table_note(t, "The metric is '%s'. A trial has the same random "
	    "numbers in both cases wherever they are alike, so a difference "
	    "is known better than the two figures that it is of.",
	    rp_metric_word(rp_trials_metric(base)));
	add_notes_of(t, base);
	for (i = 0; i < n; i++)
		add_notes_of(t, v[i].trials);
}

/* ---- tables ------------------------------------------------------------- */

static const char *
title_of(const struct rp_case *cs)
{
	if (cs->change != NULL)
		return cs->change;
	return cs->title != NULL ? cs->title : cs->id;
}

static rp_status
make_table(const struct rp_trials *base, const struct rp_show_variant *v,
    struct rp_table **out, struct rp_err *err)
{
	char title[256];
	rp_status rc;

	(void)snprintf(title, sizeof(title), "What if: %.200s",
	    title_of(rp_trials_case(v->trials)));
	rc = rp_table_new(title, columns, COLUMNS, out, err);
	if (rc != RP_OK)
		return rc;
	add_rows(*out, base, v);
	add_censored(*out, v);
	add_few(*out, v);
	add_source(*out, v);
	return RP_OK;
}

/* One below the other; what is common to all of them comes last. */
static rp_status
write_each(const struct rp_trials *base, const struct rp_show_variant *v,
    size_t n, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table **t = calloc(n, sizeof(struct rp_table *));
	rp_status rc = t != NULL ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for the tables");
	size_t i;

	for (i = 0; i < n && rc == RP_OK; i++)
		rc = make_table(base, &v[i], &t[i], err);
	if (rc == RP_OK) {
		add_common(t[n - 1], base, v, n);
		rc = rp_show_tables((const struct rp_table *const *)t, n, how,
		    out, err);
	}
	for (i = 0; t != NULL && i < n; i++)
		rp_table_free(t[i]);
	free(t);
	return rc;
}

static rp_status
write_rows(const struct rp_trials *base, const struct rp_show_variant *v,
    size_t n, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t;
	size_t i;
	rp_status rc = rp_table_new(NULL, columns, COLUMNS, &t, err);

	if (rc != RP_OK)
		return rc;
	for (i = 0; i < n; i++)
		add_rows(t, base, &v[i]);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

/* ---- JSON --------------------------------------------------------------- */

static rp_status
add_variant(struct rp_json *j, json_t *list, const struct rp_trials *base,
    const struct rp_show_variant *v, struct rp_err *err)
{
	const struct rp_case *cs = rp_trials_case(v->trials);
	const struct rp_difference *d = &v->answer.completion_days;
	json_t *o = json_object();
	struct rp_table *t;
	rp_status rc = make_table(base, v, &t, err);

	rp_json_append(j, list, o);
	if (rc != RP_OK)
		return rc;
	rp_json_set(j, o, "file", rp_json_text(cs->file));
	rp_json_set(j, o, "upon", rp_json_text(cs->upon));
	rp_json_set(j, o, "sha256", rp_json_text(cs->digest));
	rp_json_set(j, o, "what", rp_json_text(title_of(cs)));
	rp_json_set(j, o, "complete_in_both", rp_json_count(d->trials));
	rp_json_set(j, o, "sooner_days", d->has ?
	    rp_json_real(-d->mean, 6) : json_null());
	rp_json_set(j, o, "sooner_days_standard_error", d->has ?
	    rp_json_real(d->se, 6) : json_null());
	rp_json_rows(j, o, "rows", t);
	rp_table_free(t);
	return RP_OK;
}

static rp_status
write_json(const struct rp_trials *base, const struct rp_show_variant *v,
    size_t n, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_table *t = NULL;
	struct rp_json j;
	json_t *list;
	size_t i;
	rp_status rc = rp_table_new(NULL, columns, COLUMNS, &t, err);

	rp_json_begin(&j);
	rp_json_set(&j, j.root, "metric",
	    rp_json_text(rp_metric_word(rp_trials_metric(base))));
	rp_json_set(&j, j.root, "trials",
	    rp_json_count(rp_trials_count(base)));
	rp_json_set(&j, j.root, "seed", rp_json_count(rp_trials_seed(base)));
	list = rp_json_array_at(&j, j.root, "variants");
	for (i = 0; i < n && rc == RP_OK; i++)
		rc = add_variant(&j, list, base, &v[i], err);
	if (rc == RP_OK) {
		const char *note[64];

		add_common(t, base, v, n);
		for (i = 0; i < rp_table_notes(t) && i < N(note); i++)
			note[i] = rp_table_note_text(t, i);
		rp_json_notes(&j, note, i);
	}
	rp_json_provenance(&j, &how->provenance);
	rp_json_end(&j, out);
	rp_table_free(t);
	return rc;
}

rp_status
rp_show_whatif(const struct rp_trials *base, const struct rp_show_variant *v,
    size_t n, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err)
{
	rp_status rc;

	if (how->format == RP_FORMAT_JSON)
		rc = write_json(base, v, n, how, out, err);
	else if (how->format == RP_FORMAT_CSV)
		rc = write_rows(base, v, n, how, out, err);
	else
		rc = write_each(base, v, n, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	return rc;
}
