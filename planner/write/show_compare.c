#include <stdio.h>

#include "write/json.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"

/* ---- JSON --------------------------------------------------------------- */

static json_t *
days(bool known, struct rp_span span)
{
	return known ? rp_json_real((double)rp_span_s(span) / 86400, 1) :
	    json_null();
}

static void
set_lead(struct rp_json *j, json_t *o, const char *prefix,
    struct rp_lead lead)
{
	bool exact = lead.has_least && lead.has_most &&
	    rp_span_s(lead.least) == rp_span_s(lead.most);
	char key[RP_WORDS];

	(void)snprintf(key, sizeof(key), "%sdays", prefix);
	rp_json_set(j, o, key, days(exact, lead.least));
	(void)snprintf(key, sizeof(key), "%sdays_least", prefix);
	rp_json_set(j, o, key, days(lead.has_least, lead.least));
	(void)snprintf(key, sizeof(key), "%sdays_most", prefix);
	rp_json_set(j, o, key, days(lead.has_most, lead.most));
}

static json_t *
share(bool known, struct rp_share s)
{
	return known ? rp_json_share(s) : json_null();
}

/* Where the first version is the one compared, it is told twice. */
static void
set_rows(struct rp_json *j, const struct rp_comparison *c,
    const struct rp_table *t)
{
	bool same = rp_comparison_first(c) == NULL;
	const struct rp_compare_row *r;
	json_t *rows, *o;
	size_t n, i;

	rp_json_rows(j, j->root, "rows", t);
	rows = json_object_get(j->root, "rows");
	r = rp_comparison_rows(c, &n);
	for (i = 0; i < n; i++) {
		o = json_array_get(rows, i);
		set_lead(j, o, "", r[i].lead);
		rp_json_set(j, o, "first_planned_pct", same ?
		    share(r[i].has_planned, r[i].planned) :
		    share(r[i].has_first, r[i].first));
		rp_json_set(j, o, "first_difference_pt", same ?
		    share(r[i].has_difference, r[i].difference) :
		    share(r[i].has_first_difference, r[i].first_difference));
		set_lead(j, o, "first_", same ? r[i].lead : r[i].first_lead);
	}
}

static void
set_plan(struct rp_json *j, json_t *o, const struct rp_plan *plan)
{
	rp_json_set(j, o, "published", plan->has_published ?
	    rp_json_when(plan->published) : json_null());
	rp_json_set(j, o, "metric", rp_json_text(rp_metric_word(
	    plan->metric)));
}

static void
set_milestones(struct rp_json *j, json_t *o, const struct rp_plan *plan)
{
	json_t *list = rp_json_array_at(j, o, "milestones"), *m;
	size_t i;

	for (i = 0; i < plan->n_milestones; i++) {
		m = json_object();
		rp_json_set(j, m, "by", rp_json_when(plan->milestone[i].by));
		rp_json_set(j, m, "share_pct",
		    rp_json_share(plan->milestone[i].share));
		rp_json_append(j, list, m);
	}
}

static void
set_moves(struct rp_json *j, json_t *o, const struct rp_plan_version *v)
{
	json_t *list = rp_json_array_at(j, o, "moves"), *m;
	size_t i;

	for (i = 0; i < v->n_moves; i++) {
		const struct rp_plan_move *move = &v->move[i];

		m = json_object();
		rp_json_set(j, m, "share_pct", rp_json_share(move->share));
		rp_json_set(j, m, "was", rp_json_when(move->was));
		rp_json_set(j, m, "now", move->has_now ?
		    rp_json_instant(move->now) : json_null());
		rp_json_set(j, m, "between_milestones",
		    json_boolean(move->between));
		rp_json_set(j, m, "worse", json_boolean(move->worse));
		rp_json_set(j, m, "days", days(move->has_gain, move->gain));
		rp_json_append(j, list, m);
	}
}

static void
set_versions(struct rp_json *j, const struct rp_comparison *c)
{
	json_t *list = rp_json_array_at(j, j->root, "versions"), *o;
	const struct rp_plan_version *v;
	size_t n, i;

	v = rp_comparison_versions(c, &n);
	for (i = 0; i < n; i++) {
		o = json_object();
		rp_json_set(j, o, "number", rp_json_count(i + 1));
		set_plan(j, o, v[i].plan);
		rp_json_set(j, o, "of", v[i].plan->has_of ? rp_json_count(
		    rp_count_n(v[i].plan->of)) : json_null());
		rp_json_set(j, o, "notice", rp_json_text(v[i].plan->notice));
		rp_json_set(j, o, "compared", json_boolean(v[i].chosen));
		rp_json_set(j, o, "complete_by", v[i].has_completion ?
		    rp_json_when(v[i].completion) : json_null());
		set_milestones(j, o, v[i].plan);
		rp_json_set(j, o, "kept", rp_json_count(v[i].kept));
		rp_json_set(j, o, "dropped", rp_json_count(v[i].dropped));
		rp_json_set(j, o, "mean_days", days(v[i].has_mean,
		    v[i].mean_gain));
		set_moves(j, o, &v[i]);
		rp_json_append(j, list, o);
	}
}

static void
set_findings(struct rp_json *j, const struct rp_comparison *c)
{
	json_t *list = rp_json_array_at(j, j->root, "findings"), *o;
	const struct rp_plan_finding *f;
	size_t n, i;

	f = rp_comparison_findings(c, &n);
	for (i = 0; i < n; i++) {
		o = json_object();
		rp_json_set(j, o, "id", rp_json_text(f[i].id));
		rp_json_set(j, o, "information",
		    json_boolean(f[i].information));
		rp_json_set(j, o, "question", f[i].question > 0 ?
		    rp_json_count(f[i].question) : json_null());
		rp_json_set(j, o, "text", rp_json_text(f[i].text));
		rp_json_append(j, list, o);
	}
}

/* The base that shares of numbers rest on, and the one known at first. */
static void
set_base(struct rp_json *j, const struct rp_case *cs)
{
	if (cs == NULL)
		return;
	rp_json_set(j, j->root, "base", rp_json_count(rp_count_n(
	    rp_count_n(cs->base) > 0 ? cs->base : cs->total)));
	rp_json_set(j, j->root, "first_base", rp_json_count(rp_count_n(
	    rp_count_n(cs->first_base) > 0 ? cs->first_base : cs->total)));
}

static void
write_json(const struct rp_comparison *c, const struct rp_table *t,
    const struct rp_provenance *p, struct rp_text *out)
{
	const struct rp_plan *plan = rp_comparison_plan(c);
	struct rp_json j;
	const char *const *note;
	size_t n;

	rp_json_begin(&j);
	rp_json_set(&j, j.root, "metric",
	    rp_json_text(rp_metric_word(rp_comparison_metric(c))));
	set_base(&j, p->cs);
	if (plan == NULL)
		rp_json_set(&j, j.root, "plan", json_null());
	else
		set_plan(&j, rp_json_object_at(&j, j.root, "plan"), plan);
	set_rows(&j, c, t);
	set_versions(&j, c);
	set_findings(&j, c);
	note = rp_comparison_notes(c, &n);
	rp_json_notes(&j, note, n);
	rp_json_provenance(&j, p);
	rp_json_end(&j, out);
}

/* ---- for people --------------------------------------------------------- */

/* A single version needs no table of its own. */
static rp_status
write_tables(const struct rp_comparison *c, const struct rp_table *t,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	const struct rp_table *both[2] = { t, NULL };
	struct rp_table *versions = NULL;
	rp_status rc = RP_OK;
	size_t n;

	(void)rp_comparison_versions(c, &n);
	if (n > 1)
		rc = rp_versions_table(c, &versions, err);
	both[1] = versions;
	if (rc == RP_OK)
		rc = rp_show_tables(both, n > 1 ? 2 : 1, how, out, err);
	rp_table_free(versions);
	return rc;
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
	else if (how->format == RP_FORMAT_CSV)
		rc = rp_show_table(t, how, out, err);
	else
		rc = write_tables(c, t, how, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	rp_table_free(t);
	return rc;
}
