/* What the trials say, as JSON: the contract, and what goes beyond it. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "write/bands.h"
#include "write/json.h"
#include "write/show_simulate.h"
#include "write/tables.h"
#include "write/words.h"

static void
level_key(double p, char key[16])
{
	(void)snprintf(key, 16, "p%02.0f", 100 * p);
}

/* Between what a probability lies; see rp_probability_bounds(). */
static void
set_bounds(struct rp_json *j, json_t *o, const char *key,
    const struct rp_trials *tr, double p)
{
	struct rp_bounds b = rp_probability_bounds(p,
	    (double)rp_trials_count(tr));
	json_t *both = rp_json_array_at(j, o, key);

	rp_json_append(j, both, rp_json_real(b.least, 9));
	rp_json_append(j, both, rp_json_real(b.most, 9));
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

/* Dates alone: of a part of the trials, of a share. */
static void
set_dates(struct rp_json *j, json_t *o, const struct rp_completion *c)
{
	char key[16];
	size_t i;

	for (i = 0; i < RP_COMPLETION_QUANTILES; i++) {
		level_key(rp_completion_level[i], key);
		rp_json_set(j, o, key, c->has[i] ?
		    rp_json_instant(c->q[i]) : json_null());
	}
	rp_json_set(j, o, "never", rp_json_real(c->never, 6));
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
	set_bounds(j, o, "probability_bounds", tr, d->probability);
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
	set_bounds(j, o, "last_share_bounds", tr, b->last_share);
	rp_json_set(j, o, "queue_days", rp_json_real(b->queue_days, 1));
	rp_json_set(j, o, "gain_days", b->has_gain ?
	    rp_json_real(b->gain_days, 2) : json_null());
	rp_json_set(j, e, "gain_days", b->has_gain ?
	    rp_json_real(b->gain_se_days, 4) : json_null());
}

/* ---- beyond the contract ------------------------------------------------ */

static rp_status
set_rows(struct rp_json *j, json_t *object, const char *key,
    const struct rp_trials *tr, rp_sim_tabler *make, struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc = make(tr, &t, err);

	if (rc != RP_OK)
		return rc;
	rp_json_rows(j, object, key, t);
	rp_table_free(t);
	return RP_OK;
}

static rp_status
set_tail(struct rp_json *j, const struct rp_trials *tr, struct rp_err *err)
{
	const struct rp_tail *tail = rp_trials_tail(tr);
	json_t *o;

	if (tail == NULL) {
		rp_json_set(j, j->root, "tail", json_null());
		return RP_OK;
	}
	o = rp_json_object_at(j, j->root, "tail");
	rp_json_set(j, o, "done_pct", rp_json_real(100 * RP_TAIL_SHARE, 1));
	rp_json_set(j, o, "trials", rp_json_count(tail->trials));
	rp_json_set(j, o, "looked_at", rp_json_count(tail->looked_at));
	if (tail->found)
		set_dates(j, rp_json_object_at(j, o, "by"), &tail->by);
	return set_rows(j, o, "left", tr, rp_tail_table, err);
}

static void
set_design(struct rp_json *j, const struct rp_trials *tr)
{
	json_t *o = rp_json_object_at(j, j->root, "design");
	size_t inputs;
	enum rp_design design = rp_trials_design(tr, &inputs);

	rp_json_set(j, o, "name", rp_json_text(rp_words_of_design(design)));
	rp_json_set(j, o, "inputs", rp_json_count(inputs));
}

/* One value of each curve of doing nothing at each instant of the grid. */
static void
set_nothing(struct rp_json *j, const struct rp_trials *tr)
{
	const struct rp_band *renewed = rp_trials_nothing(tr,
	    RP_METRIC_REPLACED);
	const struct rp_band *expired = rp_trials_nothing(tr, RP_METRIC_GONE);
	const struct rp_instant *grid;
	json_t *rows, *o;
	size_t n, k;

	if (renewed == NULL && expired == NULL) {
		rp_json_set(j, j->root, "nothing_done", json_null());
		return;
	}
	rows = rp_json_array_at(j, j->root, "nothing_done");
	grid = rp_trials_grid(tr, &n);
	for (k = 0; k < n; k++) {
		o = json_object();
		rp_json_set(j, o, "at", rp_json_instant(grid[k]));
		rp_json_set(j, o, "renewed", renewed != NULL ?
		    rp_json_real(renewed[k].mean, 1) : json_null());
		rp_json_set(j, o, "expired", expired != NULL ?
		    rp_json_real(expired[k].mean, 1) : json_null());
		rp_json_append(j, rows, o);
	}
}

static rp_status
set_answers(struct rp_json *j, const struct rp_trials *tr,
    struct rp_err *err)
{
	static const struct {
		const char *key;
		rp_sim_tabler *make;
	} rows[] = {
		{ "milestones", rp_milestone_table },
		{ "shares", rp_shares_table },
		{ "by", rp_by_table },
		{ "sheet", rp_sheet_table },
		{ "risks", rp_risks_table },
	};
	rp_status rc = RP_OK;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && rc == RP_OK; i++)
		rc = set_rows(j, j->root, rows[i].key, tr, rows[i].make, err);
	if (rc == RP_OK)
		rc = set_tail(j, tr, err);
	rp_json_closed_form(j, tr);
	set_nothing(j, tr);
	set_design(j, tr);
	return rc;
}

static void
set_contract(struct rp_json *j, const struct rp_trials *tr)
{
	json_t *errors = json_object(), *o;

	rp_json_set(j, j->root, "metric",
	    rp_json_text(rp_metric_word(rp_trials_metric(tr))));
	rp_json_set(j, j->root, "trials", rp_json_count(rp_trials_count(tr)));
	rp_json_set(j, j->root, "seed", rp_json_count(rp_trials_seed(tr)));
	rp_json_set(j, j->root, "base", rp_json_count(rp_trials_base(tr, -1)));
	o = rp_json_object_at(j, j->root, "completion");
	set_completion(j, o, rp_json_object_at(j, errors, "completion_days"),
	    rp_trials_completion_summary(tr, -1));
	set_bounds(j, o, "never_bounds", tr,
	    rp_trials_completion_summary(tr, -1)->never);
	set_deadline(j, errors, tr);
	set_bottleneck(j, errors, tr);
	rp_json_set(j, j->root, "standard_error", errors);
}

rp_status
rp_simulate_json(const struct rp_trials *tr, const struct rp_provenance *p,
    struct rp_text *out, struct rp_err *err)
{
	const char *const *note;
	struct rp_json j;
	size_t n;
	rp_status rc;

	rp_json_begin(&j);
	set_contract(&j, tr);
	rc = set_answers(&j, tr, err);
	note = rp_trials_notes(tr, &n);
	rp_json_notes(&j, note, n);
	rp_json_provenance(&j, p);
	/* The document is given back in any case. */
	rp_json_end_with_array(&j, "curve", out);
	if (rc == RP_OK)
		rc = rp_bands_json(tr, out, err);
	rp_text_puts(out, "\n  ]\n}\n");
	return rc;
}
