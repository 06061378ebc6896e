/* A post for machines: every figure of the text, and what it rests on. */
#include <stdio.h>
#include <string.h>

#include "write/json.h"
#include "write/post.h"
#include "write/post_words.h"
#include "write/tables.h"

static const char *const figure_key[RP_FIGURES] = {
	[RP_FIGURE_REISSUED] = "reissued",
	[RP_FIGURE_REPLACED] = "replaced",
	[RP_FIGURE_REVOKED] = "revoked",
	[RP_FIGURE_GONE] = "gone",
	[RP_FIGURE_EXPIRED] = "expired",
	[RP_FIGURE_EXPIRED_EARLY] = "expired_by_deadline",
	[RP_FIGURE_EXPIRED_LATE] = "expired_after_deadline",
	[RP_FIGURE_OUTSTANDING] = "not_yet_revoked",
	[RP_FIGURE_HELD] = "held",
};

/* A count, or a share as {"pct": ...}: null where it is not recorded. */
static json_t *
amount(const struct rp_amount *a)
{
	json_t *o;

	if (!a->known)
		return json_null();
	if (a->is_count)
		return rp_json_count(rp_count_n(a->count));
	o = json_object();
	if (o != NULL && json_object_set_new(o, "pct", rp_json_real(
	    rp_share_real(a->share) * 100, a->decimals)) != 0) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static const char *
bound_word(enum rp_bound bound)
{
	return bound == RP_BOUND_AT_LEAST ? "at-least" : "at-most";
}

static void
set_row(struct rp_json *j, json_t *o, const struct rp_post_row *r)
{
	json_t *f, *at, *of;

	rp_json_set(j, o, "duty", r->name != NULL ? rp_json_text(r->name) :
	    json_null());
	rp_json_set(j, o, "affected", json_boolean(r->affected));
	rp_json_set(j, o, "base", rp_json_count(rp_count_n(r->base)));
	rp_json_set(j, o, "first_base",
	    rp_json_count(rp_count_n(r->first_base)));
	rp_json_set(j, o, "base_assumed", json_boolean(r->assumed));
	rp_json_set(j, o, "deadline", r->has_deadline ?
	    rp_json_when(r->deadline) : json_null());
	rp_json_set(j, o, "as_of", rp_json_when(r->as_of));
	f = rp_json_object_at(j, o, "figures");
	at = rp_json_object_at(j, o, "figures_as_of");
	of = rp_json_object_at(j, o, "figures_of");
	for (int i = 0; i < RP_FIGURES; i++) {
		rp_json_set(j, f, figure_key[i],
		    amount(&r->figure[i].amount));
		if (!r->figure[i].amount.known)
			continue;
		rp_json_set(j, at, figure_key[i],
		    rp_json_when(r->figure[i].as_of));
		rp_json_set(j, of, figure_key[i],
		    rp_json_count(rp_count_n(r->figure[i].of)));
		if (r->figure[i].bound != RP_BOUND_NONE)
			rp_json_set(j, o, "bound", rp_json_text(
			    bound_word(r->figure[i].bound)));
	}
}

static void
set_rows(struct rp_json *j, json_t *object, const char *key,
    const struct rp_post_row *row, size_t n)
{
	json_t *rows = rp_json_array_at(j, object, key), *o;

	for (size_t i = 0; i < n; i++) {
		o = json_object();
		set_row(j, o, &row[i]);
		rp_json_append(j, rows, o);
	}
}

static void
set_estimate(struct rp_json *j, const char *key,
    const struct rp_post_estimate *e)
{
	static const char *const quantile[] = { "p10", "p50", "p80", "p90" };
	json_t *o, *se;

	if (!e->known) {
		rp_json_set(j, j->root, key, json_null());
		return;
	}
	o = rp_json_object_at(j, j->root, key);
	rp_json_set(j, o, "metric", rp_json_text(rp_metric_word(e->metric)));
	se = rp_json_object_at(j, o, "standard_error_days");
	for (size_t i = 0; i < RP_FORECAST_QUANTILES; i++) {
		rp_json_set(j, o, quantile[i], e->has[i] ?
		    rp_json_instant(e->q[i]) : json_null());
		rp_json_set(j, se, quantile[i], e->has[i] ?
		    rp_json_real(e->q_se_s[i] / 86400, 4) : json_null());
	}
	rp_json_set(j, o, "never", rp_json_real(e->never, 6));
	rp_json_set(j, o, "horizon", rp_json_instant(e->horizon));
	rp_json_set(j, o, "weighted", json_boolean(e->weighted));
	rp_json_set(j, o, "explained", json_boolean(e->explained));
	rp_json_set(j, o, "recorded", json_boolean(e->recorded));
	rp_json_set(j, o, "trials", rp_json_count(e->trials));
}

static const char *
state_word(enum rp_post_promise_state state)
{
	static const char *const words[] = {
		[RP_PROMISE_DUE] = "due",
		[RP_PROMISE_LATE] = "late",
		[RP_PROMISE_KEPT] = "kept",
		[RP_PROMISE_MOVED] = "changed",
	};

	return words[state];
}

static void
set_promises(struct rp_json *j, const struct rp_post *post)
{
	json_t *all = rp_json_array_at(j, j->root, "promises"), *o;

	for (size_t i = 0; i < post->n_promises; i++) {
		const struct rp_said_row *row = post->promise[i].row;

		o = json_object();
		rp_json_set(j, o, "state", rp_json_text(state_word(
		    post->promise[i].state)));
		rp_json_set(j, o, "what", rp_json_text(row->what));
		rp_json_set(j, o, "said", row->has_said ?
		    rp_json_when(row->said) : json_null());
		rp_json_set(j, o, "due", row->has_due ?
		    rp_json_when(row->due) : json_null());
		rp_json_set(j, o, "done", row->has_done ?
		    rp_json_when(row->done) : json_null());
		rp_json_set(j, o, "verdict", rp_json_text(
		    rp_said_verdict_word(row->verdict)));
		rp_json_append(j, all, o);
	}
}

static void
set_restatements(struct rp_json *j, const struct rp_post *post)
{
	static const char *const kind[] = {
		[RP_RESTATED_ACTUAL] = "actual",
		[RP_RESTATED_FACT] = "fact",
		[RP_RESTATED_PLAN] = "plan",
	};
	json_t *all = rp_json_array_at(j, j->root, "restatements"), *o;

	for (size_t i = 0; i < post->n_restatements; i++) {
		const struct rp_restatement *r = &post->restatement[i];

		o = json_object();
		rp_json_set(j, o, "of", rp_json_text(kind[r->of]));
		rp_json_set(j, o, "figure", r->figure < RP_FIGURES ?
		    rp_json_text(figure_key[r->figure]) : json_null());
		rp_json_set(j, o, "at", rp_json_when(r->at));
		rp_json_set(j, o, "at_now", rp_json_when(r->at_now));
		rp_json_set(j, o, "before", amount(&r->before));
		rp_json_set(j, o, "now", amount(&r->now));
		rp_json_set(j, o, "note", rp_json_text(r->note));
		rp_json_append(j, all, o);
	}
}

static void
set_questions(struct rp_json *j, const struct rp_post *post)
{
	json_t *all = rp_json_array_at(j, j->root, "open_questions"), *o;

	for (size_t i = 0; i < post->n_questions; i++) {
		const struct rp_post_question *q = &post->question[i];

		o = json_object();
		rp_json_set(j, o, "asked", rp_json_when(q->fact->at));
		rp_json_set(j, o, "source",
		    rp_json_text(q->fact->origin.source));
		rp_json_set(j, o, "note", rp_json_text(q->fact->note));
		rp_json_set(j, o, "days", rp_json_count((uint64_t)q->days));
		rp_json_set(j, o, "over_a_week", json_boolean(q->over_week));
		rp_json_append(j, all, o);
	}
}

static void
set_due(struct rp_json *j, const char *key, const struct rp_post_due *due)
{
	json_t *o;

	if (!due->has) {
		rp_json_set(j, j->root, key, json_null());
		return;
	}
	o = rp_json_object_at(j, j->root, key);
	rp_json_set(j, o, "at", rp_json_when(due->at));
	rp_json_set(j, o, "rule", due->rule != NULL ?
	    rp_json_text(due->rule->id) : json_null());
}

static void
set_last(struct rp_json *j, const struct rp_post *post)
{
	json_t *o;

	if (!post->has_last) {
		rp_json_set(j, j->root, "last_update", json_null());
		return;
	}
	o = rp_json_object_at(j, j->root, "last_update");
	rp_json_set(j, o, "at", rp_json_when(post->last));
	set_rows(j, o, "rows", post->before, post->n_rows);
	rp_json_set(j, j->root, "news", json_boolean(post->news));
}

static rp_status
set_comparison(struct rp_json *j, const struct rp_comparison *cmp,
    struct rp_err *err)
{
	struct rp_table *t;
	rp_status rc;

	if (cmp == NULL)
		return RP_OK;
	if ((rc = rp_compare_table(cmp, &t, err)) != RP_OK)
		return rc;
	rp_json_rows(j, j->root, "comparison", t);
	rp_table_free(t);
	return RP_OK;
}

rp_status
rp_post_json(const struct rp_show_post *show, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	const struct rp_post *post = show->post;
	struct rp_json j;
	rp_status rc;

	rp_json_begin(&j);
	rp_json_set(&j, j.root, "as_of", rp_json_when(post->as_of));
	rp_json_set(&j, j.root, "complete", json_boolean(post->complete));
	set_rows(&j, j.root, "rows", post->row, post->n_rows);
	set_last(&j, post);
	set_estimate(&j, "estimate", &post->estimate);
	set_estimate(&j, "estimate_before", &post->estimate_before);
	rc = set_comparison(&j, show->comparison, err);
	set_promises(&j, post);
	set_restatements(&j, post);
	set_questions(&j, post);
	rp_json_set(&j, j.root, "closed", json_boolean(post->closed));
	set_due(&j, "next_update", &post->due);
	set_due(&j, "this_update", &post->was_due);
	rp_json_provenance(&j, &how->provenance);
	rp_json_end(&j, out);
	return rc;
}
