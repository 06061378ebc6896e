/*
 * judge/update.c - a post, put together from its parts.
 */
#include "judge/update.h"

#include <math.h>

#include "base/mem.h"

/* ---- the last post ------------------------------------------------------ */

static struct rp_instant
later(struct rp_instant a, struct rp_instant b)
{
	return rp_instant_cmp(a, b) < 0 ? b : a;
}

static void
extend(struct rp_when *read, struct rp_instant post, bool has,
    struct rp_when published)
{
	if (has && !rp_when_is_exact(published) &&
	    rp_instant_cmp(published.from, post) <= 0 &&
	    rp_instant_cmp(post, published.until) < 0)
		read->until = later(read->until, published.until);
}

/*
 * A record that is said to have been published on the day of a post was
 * published with it, whatever the hour of the post.
 */
static struct rp_when
read_after(const struct rp_case *full, struct rp_when post)
{
	struct rp_instant last = rp_when_last(post);
	struct rp_when read = post;
	size_t i;

	for (i = 0; i < full->n_actuals; i++)
		extend(&read, last, full->actual[i].has_published,
		    full->actual[i].published);
	for (i = 0; i < full->n_facts; i++)
		extend(&read, last, full->fact[i].has_published,
		    full->fact[i].published);
	for (i = 0; i < full->n_plans; i++)
		extend(&read, last, full->plan[i].has_published,
		    full->plan[i].published);
	for (i = 0; i < full->n_forecasts; i++)
		extend(&read, last, full->forecast[i].has_published,
		    full->forecast[i].published);
	return read;
}

/* Whether the public had read the newest figure by then. */
static bool
shows_newest(const struct rp_case *now, struct rp_when read)
{
	const struct rp_actual *a = NULL;

	for (size_t i = 0; i < now->n_actuals; i++)
		if (a == NULL || rp_instant_cmp(rp_when_last(a->as_of),
		    rp_when_last(now->actual[i].as_of)) <= 0)
			a = &now->actual[i];
	return a == NULL || rp_seen(a->as_of, a->has_published,
	    a->published, read, RP_VIEW_PUBLIC);
}

/* A post of as_of itself that shows the newest figures already. */
static bool
is_being_written(const struct rp_post_sources *src, struct rp_when post)
{
	return rp_instant_cmp(rp_when_last(post), src->as_of.from) >= 0 &&
	    shows_newest(src->now, read_after(src->full, post));
}

bool
rp_post_last(const struct rp_post_sources *src, struct rp_when *post,
    struct rp_when *read)
{
	const struct rp_case *now = src->now;
	bool found = false;

	for (size_t i = 0; i < now->n_updates; i++) {
		struct rp_when at = now->update[i].at;

		if (!rp_seen(at, false, at, src->as_of, RP_VIEW_INTERNAL) ||
		    (found && rp_instant_cmp(rp_when_last(at),
		    rp_when_last(*post)) < 0) || is_being_written(src, at))
			continue;
		found = true;
		*post = at;
	}
	if (found)
		*read = read_after(src->full, *post);
	return found;
}

/* ---- estimates ---------------------------------------------------------- */

/* What takes something back has no time of its own. */
static bool
had_read(const struct rp_forecast_made *f, struct rp_when read)
{
	struct rp_when own = f->mark.retracted != NULL ?
	    rp_when_exact(read.from) : f->as_of;

	return rp_seen(own, f->has_published, f->published, read,
	    RP_VIEW_PUBLIC);
}

/* Whether the public had read by then that it was wrong. */
static bool
was_corrected(const struct rp_case *full, const struct rp_forecast_made *f,
    struct rp_when read)
{
	for (int k = f->mark.replaced_by; k >= 0;
	    k = full->forecast[k].mark.replaced_by)
		if (had_read(&full->forecast[k], read))
			return true;
	return false;
}

static const struct rp_forecast_made *
recorded(const struct rp_case *full, struct rp_when read)
{
	const struct rp_forecast_made *last = NULL;

	for (size_t i = 0; i < full->n_forecasts; i++) {
		const struct rp_forecast_made *f = &full->forecast[i];

		if (f->mark.retracted == NULL && f->has_published &&
		    had_read(f, read) && !was_corrected(full, f, read) &&
		    (last == NULL || rp_instant_cmp(
		    rp_when_last(last->as_of), rp_when_last(f->as_of)) <= 0))
			last = f;
	}
	return last;
}

bool
rp_post_has_recorded(const struct rp_case *full, struct rp_when read)
{
	return recorded(full, read) != NULL;
}

static struct rp_post_estimate
estimate_of(const struct rp_forecast *fc, const char *why)
{
	struct rp_post_estimate e = { .why = why };
	const struct rp_forecast_completion *c;
	const struct rp_trials *tr;
	size_t n;

	if (fc == NULL)
		return e;
	c = rp_forecast_completion(fc);
	tr = rp_forecast_trials(fc);
	e.known = true;
	e.metric = rp_trials_metric(tr);
	for (size_t i = 0; i < RP_FORECAST_QUANTILES; i++) {
		e.has[i] = c->has[i];
		e.q[i] = c->q[i];
		e.q_se_s[i] = c->q_se_s[i];
	}
	e.never = c->never;
	e.horizon = rp_trials_case(tr)->simulation.horizon;
	e.trials = rp_trials_count(tr);
	e.effective = rp_forecast_effective_sample_size(fc);
	(void)rp_forecast_fits(fc, &n);
	e.weighted = n > 0;
	e.explained = rp_forecast_explained(fc);
	/* What a single course says has no confidence at all. */
	if (e.weighted && !e.explained && !(e.effective >= 2)) {
		e.known = false;
		e.why = "hardly any simulated course comes near the figures "
		    "observed so far, so the model behind it is wrong";
	}
	return e;
}

static struct rp_post_estimate
estimate_made(const struct rp_forecast_made *f, const struct rp_case *cs)
{
	struct rp_post_estimate e = { .known = true, .recorded = true,
	    .metric = f->metric, .never = rp_share_real(f->never),
	    .effective = (double)NAN,
	    .horizon = cs->simulation.horizon, .trials = f->trials,
	    .weighted = true, .explained = f->explained };

	for (size_t i = 0; i < RP_FORECAST_QUANTILES; i++) {
		e.has[i] = f->has[i];
		e.q[i] = f->q[i];
		e.q_se_s[i] = (double)NAN;
	}
	return e;
}

/* Whether the figures show all of what a metric counts. */
static bool
is_all(const struct rp_post *post, enum rp_metric metric)
{
	for (size_t i = 0; i < post->n_rows; i++) {
		const struct rp_post_row *r = &post->row[i];
		const struct rp_amount *a = &r->figure[metric].amount;

		if (r->affected && a->known && (a->is_count ?
		    rp_count_n(a->count) >= rp_count_n(r->base) :
		    rp_share_ppb(a->share) >= RP_SHARE_ONE_PPB))
			return true;
	}
	return false;
}

/* A date that has passed is no estimate of what is still to come. */
static void
refuse_past(struct rp_post *post)
{
	struct rp_post_estimate *e = &post->estimate;
	const size_t p80 = 2;

	if (!e->known || !e->has[p80] ||
	    rp_instant_cmp(e->q[p80], post->as_of.from) >= 0)
		return;
	e->known = false;
	e->why = is_all(post, e->metric) ?
	    "what is simulated is complete already, and the rest is not "
	    "simulated" : "in the simulation everything would be done by "
	    "now, which is not on record; figures are missing, or the model "
	    "is wrong";
}

static void
estimate(struct rp_posting *p)
{
	const struct rp_post_sources *src = p->src;
	const struct rp_forecast_made *made = NULL;

	if (p->post->complete)
		return;
	p->post->estimate = estimate_of(src->forecast, src->no_forecast);
	refuse_past(p->post);
	if (p->then == NULL)
		return;
	made = recorded(src->full, p->read);
	p->post->estimate_before = made != NULL ?
	    estimate_made(made, src->full) :
	    estimate_of(src->forecast_before, NULL);
}

/* ---- the whole ---------------------------------------------------------- */

static bool
is_complete(const struct rp_post *post)
{
	for (size_t i = 0; i < post->n_rows; i++) {
		const struct rp_post_row *r = &post->row[i];
		const struct rp_amount *left =
		    &r->figure[RP_FIGURE_OUTSTANDING].amount;

		if (r->duty < 0)
			continue;
		/* What was found since is not counted in it. */
		if (!left->known || rp_count_n(r->figure[
		    RP_FIGURE_OUTSTANDING].of) < rp_count_n(r->base) ||
		    (left->is_count ?
		    rp_count_n(left->count) > 0 :
		    rp_share_ppb(left->share) > 0))
			return false;
	}
	return true;
}

static rp_status
fill_rows(struct rp_posting *p)
{
	const struct rp_post_sources *src = p->src;
	struct rp_post *post = p->post;
	struct rp_post_row *row, *before;
	rp_status rc;

	p->shape = rp_post_shape(src->now);
	post->n_rows = p->shape.n;
	post->row = row = rp_alloc_zeroed(p->shape.n, sizeof(*row));
	if (row == NULL)
		return rp_fail(p->err, RP_ENOMEM, "no memory for the post");
	rc = rp_post_rows(src->now, src->as_of, src->view, p->shape, row,
	    p->err);
	if (rc != RP_OK || p->then == NULL)
		return rc;
	post->before = before = rp_alloc_zeroed(p->shape.n, sizeof(*before));
	if (before == NULL)
		return rp_fail(p->err, RP_ENOMEM, "no memory for the post");
	return rp_post_rows(p->then, p->read, RP_VIEW_PUBLIC, p->shape,
	    before, p->err);
}

/* Whether any figure is another one than at the last post. */
static bool
has_news(const struct rp_post *post)
{
	for (size_t i = 0; i < post->n_rows; i++)
		for (size_t f = 0; f < RP_FIGURES; f++) {
			const struct rp_amount *a =
			    &post->row[i].figure[f].amount;
			const struct rp_amount *b =
			    &post->before[i].figure[f].amount;

			if (a->known && (!b->known || a->is_count !=
			    b->is_count || (a->is_count ? rp_count_n(
			    a->count) != rp_count_n(b->count) :
			    rp_share_ppb(a->share) !=
			    rp_share_ppb(b->share))))
				return true;
		}
	return false;
}

static rp_status
refuse(const struct rp_posting *p)
{
	return rp_fail(p->err, RP_EINPUT, "%zu contradiction%s in what would "
	    "be posted; nothing was written", p->n_contradictions,
	    p->n_contradictions == 1 ? "" : "s");
}

static rp_status
make(struct rp_posting *p)
{
	rp_status rc;

	p->post->has_last = rp_post_last(p->src, &p->post->last, &p->read);
	if ((rc = fill_rows(p)) != RP_OK ||
	    (rc = rp_post_reconcile(p)) != RP_OK ||
	    (rc = rp_post_restate(p)) != RP_OK)
		return rc;
	if (p->n_contradictions > 0)
		return refuse(p);
	p->post->complete = is_complete(p->post);
	p->post->news = p->then == NULL || has_news(p->post);
	estimate(p);
	rp_post_dues(p);
	if ((rc = rp_post_promises(p)) != RP_OK)
		return rc;
	return rp_post_questions(p);
}

rp_status
rp_post_make(const struct rp_post_sources *src, struct rp_post **out,
    struct rp_err *err)
{
	struct rp_posting p = { .src = src, .err = err };
	struct rp_case *then = NULL;
	struct rp_when post;
	rp_status rc = RP_OK;

	p.post = rp_alloc_zeroed(1, sizeof(*p.post));
	if (p.post == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the post");
	p.post->as_of = src->as_of;
	p.post->view = src->view;
	if (rp_post_last(src, &post, &p.read))
		rc = rp_case_view(src->full, &p.read, RP_VIEW_PUBLIC, &then,
		    err);
	p.then = then;
	if (rc == RP_OK)
		rc = make(&p);
	rp_case_free(then);
	if (rc == RP_OK)
		*out = p.post;
	else
		rp_post_free(p.post);
	return rc;
}

void
rp_post_free(struct rp_post *post)
{
	if (post == NULL)
		return;
	rp_release_mem((void *)(uintptr_t)post->row);
	rp_release_mem((void *)(uintptr_t)post->before);
	rp_release_mem((void *)(uintptr_t)post->promise);
	rp_release_mem((void *)(uintptr_t)post->restatement);
	rp_release_mem((void *)(uintptr_t)post->question);
	rp_release_mem(post);
}
