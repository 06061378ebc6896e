#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "write/bands.h"
#include "write/json.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

static const struct rp_instant *
horizon_of(const struct rp_trials *tr)
{
	return &rp_trials_case(tr)->simulation.horizon;
}

/* ---- text --------------------------------------------------------------- */

/* Place of a level in rp_completion_level. */
static size_t
level(double p)
{
	size_t i = 0;

	while (i + 1 < RP_COMPLETION_QUANTILES &&
	    rp_completion_level[i] < p - 1e-9)
		i++;
	return i;
}

static void
add_quantile(struct rp_text *line, const struct rp_trials *tr,
    const struct rp_completion *c, double p)
{
	char at[RP_WORDS], error[RP_WORDS];
	size_t i = level(p);

	rp_text_printf(line, "%.0f %% %s", 100 * p,
	    rp_words_by(c->has[i], c->q[i], *horizon_of(tr), at));
	if (c->has[i] && rp_words_error_days(c->q_se_s[i], error)[0] != '\0')
		rp_text_printf(line, " (%s)", error);
}

static void
put_completion(struct rp_text *out, const struct rp_trials *tr)
{
	static const double shown[] = { 0.1, 0.5, 0.8, 0.9 };
	const struct rp_completion *c = rp_trials_completion_summary(tr, -1);
	struct rp_text line = { 0 };
	char words[RP_WORDS], at[RP_INSTANT_TEXT];
	size_t i;

	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		if (i > 0)
			rp_text_puts(&line, ", ");
		add_quantile(&line, tr, c, shown[i]);
	}
	rp_text_printf(&line, "; not complete by %s: %s",
	    rp_instant_format_date(*horizon_of(tr), at),
	    rp_words_odds(c->never, c->never_se, rp_trials_count(tr), words));
	rp_text_line(out, "completion", line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
	if (!c->has_mean)
		return;
	rp_text_printf(&line, "%s", rp_words_moment(rp_instant_of_s(
	    llround(c->mean_s)), words));
	if (c->mean_is_closed_form)
		rp_text_puts(&line, " (closed form)");
	else
		rp_text_printf(&line, " (%s)",
		    rp_words_error_days(c->mean_se_s, words));
	rp_text_line(out, "mean completion",
	    line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
}

static void
add_mean(struct rp_text *line, const char *before, double mean, double se)
{
	char words[RP_WORDS];

	rp_text_printf(line, "%s%s", before, rp_words_mean(mean, words));
	if (se >= 0.05)
		rp_text_printf(line, " +- %s", rp_words_mean(se, words));
}

static void
put_deadline(struct rp_text *out, const struct rp_trials *tr)
{
	const struct rp_deadline_outcome *d = rp_trials_deadline(tr);
	const struct rp_case *cs = rp_trials_case(tr);
	struct rp_text line = { 0 };
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	if (d == NULL)
		return;
	rp_text_printf(&line, "%s (%s", rp_when_format(d->deadline.at, at),
	    d->deadline.citation);
	if (d->duty >= 0 && (size_t)d->duty < cs->n_duties)
		rp_text_printf(&line, ", duty '%s'", cs->duty[d->duty].name);
	rp_text_printf(&line, "): all done by then: %s",
	    rp_words_odds(d->probability, d->probability_se,
	    rp_trials_count(tr), words));
	rp_text_printf(&line, "; replaced by then, in the mean: %s",
	    rp_words_percent(d->replaced, words));
	add_mean(&line, "; left without a working certificate if all were "
	    "revoked then: ", d->unreplaced, d->unreplaced_se);
	add_mean(&line, "; revoked while not replaced, by then: ",
	    d->harmed, d->harmed_se);
	add_mean(&line, "; overdue certificate-days: ", d->overdue_days,
	    d->overdue_days_se);
	rp_text_line(out, "deadline", line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
}

static void
put_bottleneck(struct rp_text *out, const struct rp_trials *tr)
{
	const struct rp_bottleneck *b = rp_trials_bottleneck(tr);
	const struct rp_case *cs = rp_trials_case(tr);
	struct rp_text line = { 0 };
	char words[RP_WORDS];

	if (b == NULL || !b->found)
		return;
	rp_text_printf(&line, "step '%s' of population '%s' (line %" PRIu32
	    "); it finishes last in %s of the trials", b->what,
	    cs->population[b->population].name, b->line,
	    rp_words_probability(b->last_share, rp_trials_count(tr), words));
	if (b->queue_days >= 0.5)
		rp_text_printf(&line, "; %s certificate-days are spent there",
		    rp_words_mean(b->queue_days, words));
	if (b->has_gain)
		rp_text_printf(&line, "; were it twice as fast, completion "
		    "would come %.1f d sooner in the mean", b->gain_days);
	/* A single trial has no standard error. */
	if (b->has_gain && isfinite(b->gain_se_days))
		rp_text_printf(&line, " (+- %.1f)", b->gain_se_days);
	rp_text_line(out, "bottleneck", line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
}

static rp_status
put_table(struct rp_text *out, const struct rp_trials *tr,
    rp_status (*make)(const struct rp_trials *, struct rp_table **,
    struct rp_err *), struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = make(tr, &t, err);

	if (rc != RP_OK)
		return rc;
	rp_table_part_text(t, out);
	rp_table_free(t);
	return RP_OK;
}

static rp_status
write_text(const struct rp_trials *tr, const struct rp_provenance *p,
    struct rp_text *out, struct rp_err *err)
{
	const char *const *note;
	size_t n, i;
	rp_status rc;

	rp_text_printf(out, "metric: %s\n", rp_metric_word(
	    rp_trials_metric(tr)));
	put_completion(out, tr);
	put_deadline(out, tr);
	put_bottleneck(out, tr);
	rc = put_table(out, tr, rp_completion_table, err);
	if (rc == RP_OK)
		rc = put_table(out, tr, rp_milestone_table, err);
	if (rc == RP_OK)
		rc = put_table(out, tr, rp_progress_table, err);
	if (rc != RP_OK)
		return rc;
	note = rp_trials_notes(tr, &n);
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
level_key(double p, char key[16])
{
	(void)snprintf(key, 16, "p%02.0f", 100 * p);
}

static void
set_completion(struct rp_json *j, json_t *o, json_t *errors,
    const struct rp_completion *c)
{
	char key[16];
	size_t i;

	for (i = 0; i < RP_COMPLETION_QUANTILES; i++) {
		level_key(rp_completion_level[i], key);
		rp_json_set(j, o, key, c->has[i] ?
		    rp_json_instant(c->q[i]) : json_null());
		rp_json_set(j, errors, key, c->has[i] ?
		    rp_json_real(c->q_se_s[i] / 86400, 4) : json_null());
	}
	rp_json_set(j, o, "mean", c->has_mean ? rp_json_instant(
	    rp_instant_of_s(llround(c->mean_s))) : json_null());
	rp_json_set(j, errors, "mean", c->has_mean ?
	    rp_json_real(c->mean_se_s / 86400, 4) : json_null());
	rp_json_set(j, o, "never", rp_json_real(c->never, 6));
	rp_json_set(j, errors, "never", rp_json_real(c->never_se, 6));
}

static void
set_deadline(struct rp_json *j, json_t *errors, const struct rp_trials *tr)
{
	const struct rp_deadline_outcome *d = rp_trials_deadline(tr);
	const struct rp_case *cs = rp_trials_case(tr);
	json_t *o, *e;

	if (d == NULL) {
		rp_json_set(j, j->root, "deadline", json_null());
		return;
	}
	o = rp_json_object_at(j, j->root, "deadline");
	e = rp_json_object_at(j, errors, "deadline");
	rp_json_set(j, o, "at", rp_json_when(d->deadline.at));
	rp_json_set(j, o, "probability", rp_json_real(d->probability, 6));
	rp_json_set(j, o, "replaced_pct", rp_json_real(100 * d->replaced, 1));
	rp_json_set(j, o, "harmed", rp_json_real(d->harmed, 1));
	rp_json_set(j, o, "unreplaced", rp_json_real(d->unreplaced, 1));
	rp_json_set(j, o, "overdue_certificate_days",
	    rp_json_real(d->overdue_days, 1));
	rp_json_set(j, o, "citation", rp_json_text(d->deadline.citation));
	rp_json_set(j, o, "duty", d->duty >= 0 &&
	    (size_t)d->duty < cs->n_duties ?
	    rp_json_text(cs->duty[d->duty].name) : json_null());
	rp_json_set(j, e, "probability", rp_json_real(d->probability_se, 6));
	rp_json_set(j, e, "replaced_pct",
	    rp_json_real(100 * d->replaced_se, 4));
	rp_json_set(j, e, "harmed", rp_json_real(d->harmed_se, 4));
	rp_json_set(j, e, "unreplaced", rp_json_real(d->unreplaced_se, 4));
	rp_json_set(j, e, "overdue_certificate_days",
	    rp_json_real(d->overdue_days_se, 4));
}

static void
set_bottleneck(struct rp_json *j, json_t *errors, const struct rp_trials *tr)
{
	const struct rp_bottleneck *b = rp_trials_bottleneck(tr);
	const struct rp_case *cs = rp_trials_case(tr);
	json_t *o, *e;

	if (b == NULL || !b->found) {
		rp_json_set(j, j->root, "bottleneck", json_null());
		return;
	}
	o = rp_json_object_at(j, j->root, "bottleneck");
	e = rp_json_object_at(j, errors, "bottleneck");
	rp_json_set(j, o, "population",
	    rp_json_text(cs->population[b->population].name));
	rp_json_set(j, o, "step", rp_json_text(b->what));
	rp_json_set(j, o, "line", rp_json_count(b->line));
	rp_json_set(j, o, "last_share", rp_json_real(b->last_share, 6));
	rp_json_set(j, o, "queue_days", rp_json_real(b->queue_days, 1));
	rp_json_set(j, o, "gain_days", b->has_gain ?
	    rp_json_real(b->gain_days, 2) : json_null());
	rp_json_set(j, e, "gain_days", b->has_gain ?
	    rp_json_real(b->gain_se_days, 4) : json_null());
}

static void
set_all(struct rp_json *j, const struct rp_trials *tr,
    const struct rp_table *milestones)
{
	json_t *errors = json_object();
	const char *const *note;
	size_t n;

	rp_json_set(j, j->root, "metric",
	    rp_json_text(rp_metric_word(rp_trials_metric(tr))));
	rp_json_set(j, j->root, "trials", rp_json_count(rp_trials_count(tr)));
	rp_json_set(j, j->root, "seed", rp_json_count(rp_trials_seed(tr)));
	rp_json_set(j, j->root, "base", rp_json_count(rp_trials_base(tr, -1)));
	set_completion(j, rp_json_object_at(j, j->root, "completion"),
	    rp_json_object_at(j, errors, "completion_days"),
	    rp_trials_completion_summary(tr, -1));
	set_deadline(j, errors, tr);
	set_bottleneck(j, errors, tr);
	rp_json_rows(j, j->root, "milestones", milestones);
	rp_json_set(j, j->root, "standard_error", errors);
	note = rp_trials_notes(tr, &n);
	rp_json_notes(j, note, n);
}

static rp_status
write_json(const struct rp_trials *tr, const struct rp_provenance *p,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *milestones = NULL;
	struct rp_json j;
	rp_status rc = rp_milestone_table(tr, &milestones, err);

	if (rc != RP_OK)
		return rc;
	rp_json_begin(&j);
	set_all(&j, tr, milestones);
	rp_json_provenance(&j, p);
	rp_json_end_with_array(&j, "curve", out);
	rc = rp_bands_json(tr, out, err);
	rp_text_puts(out, "\n  ]\n}\n");
	rp_table_free(milestones);
	return rc;
}

static rp_status
write_part(const struct rp_trials *tr, const struct rp_show *how,
    rp_status (*make)(const struct rp_trials *, struct rp_table **,
    struct rp_err *), struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = make(tr, &t, err);

	if (rc != RP_OK)
		return rc;
	if (rp_table_rows(t) > 0)
		rc = rp_show_part(t, how, out, err);
	rp_table_free(t);
	return rc;
}

/* To post: the tables of the text, one below the other; a page has one. */
static rp_status
write_tables(const struct rp_trials *tr, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	const char *const *note;
	struct rp_table *t;
	size_t n, i;
	bool post = how->format == RP_FORMAT_MARKDOWN;
	rp_status rc = RP_OK;

	if (post)
		rc = write_part(tr, how, rp_completion_table, out, err);
	if (post && rc == RP_OK)
		rc = write_part(tr, how, rp_milestone_table, out, err);
	if (rc == RP_OK)
		rc = rp_progress_table(tr, &t, err);
	if (rc != RP_OK)
		return rc;
	note = rp_trials_notes(tr, &n);
	for (i = 0; i < n; i++)
		rp_table_note(t, "%s", note[i]);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

rp_status
rp_show_simulate(const struct rp_trials *tr, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	rp_status rc;

	if (how->format == RP_FORMAT_TEXT)
		rc = write_text(tr, &how->provenance, out, err);
	else if (how->format == RP_FORMAT_JSON)
		rc = write_json(tr, &how->provenance, out, err);
	else if (how->format == RP_FORMAT_CSV)
		rc = rp_bands_csv(tr, out, err);
	else
		rc = write_tables(tr, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	return rc;
}
