/*
 * simulate/nothing.c - the curve of doing nothing.
 *
 * Nobody does anything about the incident: certificates that were known at
 * awareness are renewed in the ordinary course and run out, that is all.  Each
 * does so on its own, so what each step of time takes is drawn from all that
 * are left, by the law that the trial's inputs give.
 */
#include <math.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "simulate/details.h"
#include "simulate/extra.h"

#define NOTHING_TRIALS 400
#define LANE_NOTHING 5		/* and the next one */

enum curve { REPLACED, GONE, CURVES };

/* How a population renews: a part of it so long before expiry each. */
struct renewal {
	size_t n;
	double part[RP_POLL_KINDS_MAX], before[RP_POLL_KINDS_MAX];
};

struct job {
	struct rp_trials *tr;
	size_t n;		/* trials */
	uint32_t *count;	/* [(curve * n_points + point) * n] */
	atomic_bool failed;
};

/* ---- how it renews without the CA --------------------------------------- */

/* Where the clients of a step say when they renew on their own; a step that
 * is split in two has the second hop for those. */
static const struct rp_hop *
hop_of(const struct rp_model *m, size_t part, const struct rp_step *step)
{
	const struct rp_hop *found = NULL;

	for (size_t k = 0; k < m->n_nodes; k++) {
		const struct rp_flow_node *f = &m->node[k];
		size_t end = f->hop;

		if (f->part != part || f->n_hops == 0)
			continue;
		for (size_t i = 0; i < f->n_hops; i++)
			end += m->hop[end].span;
		for (size_t h = f->hop; h < end; h++)
			if (m->hop[h].step == step &&
			    (found == NULL || m->hop[h].own))
				found = &m->hop[h];
	}
	return found;
}

static const struct rp_step *
first_poll(const struct rp_path *path)
{
	const struct rp_step *found = NULL;

	for (size_t i = 0; i < path->n_steps && found == NULL; i++) {
		const struct rp_step *s = &path->step[i];

		if (s->kind == RP_STEP_POLL)
			found = s;
		else if (s->kind == RP_STEP_BRANCH)
			found = first_poll(&s->as.branch.path);
	}
	return found;
}

/* The parts of a mix are drawn where it is split. */
static struct rp_stream_key
key_of_mix(const struct rp_model *m, size_t part, const struct rp_step *mix)
{
	for (size_t k = 0; k < m->n_nodes; k++)
		if (m->node[k].part == part && m->node[k].step == mix &&
		    m->node[k].split_by == RP_SPLIT_KIND)
			return m->node[k].key;
	return m->part[part].key;
}

static rp_status
renews_before(const struct rp_model *m, size_t part,
    const struct rp_step *poll, uint64_t trial, double *before,
    struct rp_err *err)
{
	const struct rp_hop *h = hop_of(m, part, poll);
	struct rp_hop resolved;
	rp_status rc;

	*before = 0.0;
	if (h == NULL)
		return RP_OK;
	resolved = *h;
	rc = rp_hop_resolve(m, &resolved, &m->part[part], trial, 1.0, err);
	*before = resolved.renews;
	return rc;
}

static rp_status
renewal_by_clients(const struct rp_model *m, size_t part, uint64_t trial,
    struct renewal *r, struct rp_err *err)
{
	const struct rp_step *poll = first_poll(&m->part[part].p->path);
	struct rp_draws d;
	double all = 0.0;
	rp_status rc = RP_OK;

	if (poll == NULL)
		return RP_OK;
	if (poll->as.poll.n_kinds == 0) {
		r->n = 1;
		r->part[0] = 1.0;
		return renews_before(m, part, poll, trial, &r->before[0],
		    err);
	}
	d = rp_draws_of(m, key_of_mix(m, part, poll), trial);
	for (; r->n < poll->as.poll.n_kinds && rc == RP_OK; r->n++) {
		const struct rp_poll_kind *kind = &poll->as.poll.kind[r->n];

		r->part[r->n] = rp_quantity_draw(&kind->part, &d);
		all += r->part[r->n];
		rc = renews_before(m, part, kind->step, trial,
		    &r->before[r->n], err);
	}
	for (size_t k = 0; k < r->n; k++)
		r->part[k] /= all;
	return rc;
}

/* ---- a trial ------------------------------------------------------------ */

/* P(it has happened by t | valid at awareness). */
static double
happened_by(const struct rp_law *law, const struct renewal *r, double aware,
    double t)
{
	double before = rp_law_cdf(law, aware), p = 0.0;

	if (t < aware || !(before < 1.0))
		return t < aware ? 0.0 : 1.0;
	for (size_t k = 0; k < r->n; k++)
		p += r->part[k] * (rp_law_cdf(law, t + r->before[k]) -
		    before);
	return fmin(fmax(p / (1.0 - before), 0.0), 1.0);
}

static void
draw_curve(struct job *j, enum curve curve, size_t part,
    const struct rp_law *law, const struct renewal *r, uint64_t trial)
{
	const struct rp_model_part *mp = &j->tr->model.part[part];
	const struct rp_grid *g = &j->tr->model.grid;
	struct rp_stream s;
	uint32_t done = 0;
	double so_far = 0.0;

	rp_stream_init(&s, mp->key, trial, LANE_NOTHING + (uint64_t)curve);
	for (size_t k = 0; k < j->tr->n_points; k++) {
		double p = happened_by(law, r, (double)g->t[mp->aware],
		    (double)g->t[g->regular[k]]);

		if (p > so_far)
			done += rp_draw_binomial(&s, mp->certificates - done,
			    (p - so_far) / (1.0 - so_far));
		so_far = fmax(so_far, p);
		j->count[((size_t)curve * j->tr->n_points + k) * j->n +
		    trial] += done;
	}
}

static rp_status
draw_part(struct job *j, size_t part, uint64_t trial, struct rp_err *err)
{
	const struct rp_model *m = &j->tr->model;
	const struct rp_model_part *mp = &m->part[part];
	struct renewal all = { 1, { 1.0 }, { 0.0 } }, renewal = { 0 };
	struct rp_ending end;
	rp_status rc = rp_ending_resolve(mp->p, rp_draws_of(m, mp->key,
	    trial), &end, err);

	if (rc == RP_OK && mp->p->has_renewal)
		renewal = (struct renewal){ 1, { end.share },
		    { end.before } };
	else if (rc == RP_OK)
		rc = renewal_by_clients(m, part, trial, &renewal, err);
	if (rc != RP_OK)
		return rc;
	draw_curve(j, GONE, part, &end.law, &all, trial);
	draw_curve(j, REPLACED, part, &end.law, &renewal, trial);
	return RP_OK;
}

static void
draw_trial(void *arg, size_t trial)
{
	struct job *j = arg;
	const struct rp_model *m = &j->tr->model;
	struct rp_err err = { 0 };

	for (size_t p = 0; p < m->n_populations; p++)
		if (m->part[p].p->has_expiry &&
		    draw_part(j, p, trial, &err) != RP_OK)
			atomic_store(&j->failed, true);
}

/* ---- all of them -------------------------------------------------------- */

static bool
any_expires(const struct rp_model *m)
{
	for (size_t p = 0; p < m->n_populations; p++)
		if (m->part[p].p->has_expiry)
			return true;
	return false;
}

static rp_status
make_bands(struct job *j, struct rp_err *err)
{
	struct rp_trials *tr = j->tr;
	struct rp_sampling s = rp_extra_sampling(tr, j->n);
	uint32_t *scratch = rp_alloc_zeroed(j->n, sizeof(*scratch));

	tr->nothing = rp_alloc_zeroed(CURVES * tr->n_points,
	    sizeof(*tr->nothing));
	if (scratch == NULL || tr->nothing == NULL) {
		rp_release_mem(scratch);
		return rp_fail(err, RP_ENOMEM,
		    "no memory for the curve of doing nothing");
	}
	for (size_t i = 0; i < CURVES * tr->n_points; i++) {
		rp_band_of(&s, &j->count[i * j->n], scratch,
		    &tr->nothing[i]);
		tr->nothing[i].at = tr->at[i % tr->n_points];
	}
	rp_release_mem(scratch);
	return RP_OK;
}

rp_status
rp_find_nothing(struct rp_trials *tr, struct rp_err *err)
{
	struct job j = { .tr = tr,
	    .n = tr->n < NOTHING_TRIALS ? tr->n : NOTHING_TRIALS };
	rp_status rc;

	if (!any_expires(&tr->model))
		return RP_OK;
	atomic_init(&j.failed, false);
	j.count = rp_alloc_zeroed(CURVES * tr->n_points * j.n,
	    sizeof(*j.count));
	if (j.count == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "no memory for the curve of doing nothing");
	rc = rp_parallel(tr->threads, j.n, draw_trial, &j, err);
	/* The trials drew the same inputs before, so they made sense. */
	if (rc == RP_OK && atomic_load(&j.failed))
		rc = rp_fail(err, RP_ERANGE, "an input of a population's "
		    "clients makes no sense in a trial in which nothing is "
		    "done");
	if (rc == RP_OK)
		rc = make_bands(&j, err);
	rp_release_mem(j.count);
	return rc;
}

const struct rp_band *
rp_trials_nothing(const struct rp_trials *tr, enum rp_metric metric)
{
	if (tr->nothing == NULL || (metric != RP_METRIC_REPLACED &&
	    metric != RP_METRIC_GONE))
		return NULL;
	return &tr->nothing[(metric == RP_METRIC_GONE ? GONE : REPLACED) *
	    tr->n_points];
}
