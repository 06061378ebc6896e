/*
 * simulate/extra.c - the first trials once more, under other circumstances.
 */
#include "simulate/extra.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/mem.h"

struct side {
	const struct rp_extra *x;
	const struct rp_model *m;
	bool *ran;			/* [populations], or NULL */
	bool *wanted;			/* [parts], likewise */
	atomic_uint_fast64_t next;
	atomic_bool failed;
	pthread_mutex_t lock;		/* of what follows */
	rp_status status;
	uint64_t failed_trial;
	struct rp_err first;
};

/* The fault of the earliest trial is told, whichever thread met it first. */
static void
note_failure(struct side *s, uint64_t trial, rp_status rc,
    const struct rp_err *err)
{
	pthread_mutex_lock(&s->lock);
	if (!atomic_load(&s->failed) || trial < s->failed_trial) {
		s->status = rc;
		s->first = *err;
		s->failed_trial = trial;
	}
	atomic_store(&s->failed, true);
	pthread_mutex_unlock(&s->lock);
}

struct worker {
	struct rp_engine e;
	struct rp_outcome o, unrevoked;
};

static rp_status
worker_init(struct worker *w, const struct side *s, struct rp_err *err)
{
	rp_status rc = rp_engine_init(&w->e, s->m, err);

	if (rc == RP_OK && s->wanted != NULL)
		rp_engine_want(&w->e, s->wanted);
	if (rc == RP_OK && !s->x->unrevoked_only)
		rc = rp_outcome_init(&w->o, s->m, err);
	if (rc == RP_OK && (s->x->unrevoked || s->x->unrevoked_only))
		rc = rp_outcome_init_unrevoked(&w->unrevoked, s->m, err);
	return rc;
}

static rp_status
run_one(const struct side *s, struct worker *w, uint64_t trial,
    struct rp_err *err)
{
	bool only = s->x->unrevoked_only, both = s->x->unrevoked;
	struct rp_extra_trial t = { &w->e, only ? &w->unrevoked : &w->o,
	    only || both ? &w->unrevoked : NULL, trial, s->ran };
	rp_status rc = rp_engine_run(&w->e, trial, err);

	if (rc == RP_OK && !only)
		rc = rp_outcome_take(&w->o, &w->e, err);
	if (rc == RP_OK && (only || both))
		rc = rp_outcome_take(&w->unrevoked, &w->e, err);
	return rc == RP_OK ? s->x->keep(s->x->arg, &t, err) : rc;
}

static void
work(void *arg, size_t thread)
{
	struct side *s = arg;
	struct worker w = { .e = { 0 } };
	struct rp_err err = { 0 };
	rp_status rc = worker_init(&w, s, &err);
	uint64_t trial;

	(void)thread;
	if (rc != RP_OK)
		note_failure(s, 0, rc, &err);
	while (rc == RP_OK && !atomic_load(&s->failed) &&
	    (trial = atomic_fetch_add(&s->next, 1)) < s->x->n) {
		if (s->x->needed != NULL &&
		    !s->x->needed(s->x->arg, trial))
			continue;
		rc = run_one(s, &w, trial, &err);
		if (rc != RP_OK)
			note_failure(s, trial, rc, &err);
	}
	rp_outcome_release(&w.unrevoked);
	rp_outcome_release(&w.o);
	rp_engine_release(&w.e);
}

/* ---- one population alone ----------------------------------------------- */

/* Whoever shares a queue with one that is run is run as well; whether anybody
 * was added. */
static bool
add_company(const struct rp_model *m, bool *ran)
{
	bool added = false;

	for (size_t q = 0; q < m->n_queues; q++) {
		bool any = false;

		for (size_t k = m->queue[q].first; k != RP_FLOW_END;
		    k = m->node[k].sibling)
			any = any || ran[m->part[m->node[k].part].of];
		for (size_t k = m->queue[q].first; any && k != RP_FLOW_END;
		    k = m->node[k].sibling) {
			bool *one = &ran[m->part[m->node[k].part].of];

			added = added || !*one;
			*one = true;
		}
	}
	return added;
}

/* What is revoked when depends on everybody, what is replaced does not. */
static rp_status
choose(struct side *s, struct rp_err *err)
{
	const struct rp_model *m = s->m;
	enum rp_metric metric = s->x->tr->metric;

	if (!s->x->alone || (metric != RP_METRIC_REPLACED &&
	    metric != RP_METRIC_REISSUED))
		return RP_OK;
	s->ran = rp_alloc_zeroed(m->n_populations, sizeof(*s->ran));
	s->wanted = rp_alloc_zeroed(m->n_parts, sizeof(*s->wanted));
	if (s->ran == NULL || s->wanted == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a what-if");
	s->ran[s->x->whatif->population] = true;
	while (add_company(m, s->ran))
		;
	for (size_t p = 0; p < m->n_parts; p++)
		s->wanted[p] = s->ran[m->part[p].of];
	return RP_OK;
}

/* ------------------------------------------------------------------------- */

static rp_status
run_chosen(struct side *s, struct rp_err *err)
{
	const struct rp_extra *x = s->x;
	rp_status rc;

	atomic_init(&s->next, 0);
	atomic_init(&s->failed, false);
	if (pthread_mutex_init(&s->lock, NULL) != 0)
		return rp_fail(err, RP_ENOMEM, "no memory for a lock");
	rc = rp_parallel(x->tr->threads, x->tr->threads, work, s, err);
	pthread_mutex_destroy(&s->lock);
	if (rc == RP_OK && atomic_load(&s->failed)) {
		if (err != NULL)
			*err = s->first;
		rc = s->status;
	}
	return rc;
}

static rp_status
run_trials(const struct rp_extra *x, const struct rp_model *m,
    struct rp_err *err)
{
	struct side s = { .x = x, .m = m };
	rp_status rc = choose(&s, err);

	if (rc == RP_OK)
		rc = run_chosen(&s, err);
	rp_release_mem(s.ran);
	rp_release_mem(s.wanted);
	return rc;
}

static rp_status
run_model(const struct rp_extra *x, const struct rp_whatif *w,
    struct rp_err *err)
{
	struct rp_model m;
	rp_status rc = rp_model_init(&m, x->tr->model.cs, x->tr->seed,
	    x->tr->model.pace_sd, w, err);

	if (rc != RP_OK)
		return rc;
	/* Inputs have the places that they have in the case itself. */
	m.spread = x->tr->spread;
	if (x->ready != NULL)
		rc = x->ready(x->arg, &m, err);
	if (rc == RP_OK)
		rc = run_trials(x, &m, err);
	rp_model_release(&m);
	return rc;
}

/* The grid has all points of that of the trials: other points would be other
 * randomness. */
rp_status
rp_run_extra(const struct rp_extra *x, struct rp_err *err)
{
	struct rp_whatif w = *x->whatif;
	size_t n = x->tr->n_by + w.n_moments;
	struct rp_instant *moment = rp_alloc_zeroed(n, sizeof(*moment));
	rp_status rc;

	if (moment == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a what-if");
	for (size_t i = 0; i < n; i++)
		moment[i] = i < x->tr->n_by ? x->tr->by[i].at :
		    w.moment[i - x->tr->n_by];
	w.n_moments = n;
	w.moment = moment;
	rc = run_model(x, &w, err);
	rp_release_mem(moment);
	return rc;
}

int64_t
rp_extra_complete(const struct rp_trials *tr, const struct rp_extra_trial *t)
{
	const struct rp_model *m = t->o->m;
	const int64_t *done = rp_complete_in(t->o, tr->metric);
	int64_t last = INT64_MIN;

	for (size_t p = 0; p < m->n_parts; p++) {
		size_t of = m->part[p].of;
		int64_t at = t->ran == NULL || t->ran[of] ? done[p] :
		    tr->complete[of * tr->n + t->trial];

		last = at > last ? at : last;
	}
	return last;
}

uint64_t
rp_extra_worth(const struct rp_trials *tr, uint64_t least, uint64_t most)
{
	uint64_t n = tr->n / 4;

	/* Few are all looked at: then the details agree with the rest. */
	if (tr->n <= most)
		return tr->n;
	return n < least ? least : n > most ? most : n;
}

struct rp_sampling
rp_extra_sampling(const struct rp_trials *tr, uint64_t n)
{
	size_t replicates = tr->sampling.replicates;

	return (struct rp_sampling){ n, n < 2 * replicates ? 0 : replicates };
}
