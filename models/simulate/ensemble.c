/*
 * simulate/ensemble.c - trials on threads.
 *
 * Threads take rows in small runs from a shared counter and write only into
 * the columns of their own rows, so nothing depends on who did what.
 */
#include "simulate/ensemble.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"

#define ROWS_AT_ONCE 16

/* ---- a parallel loop ----------------------------------------------------------- */

struct loop {
	atomic_size_t next;
	size_t n;
	void (*f)(void *arg, size_t i);
	void *arg;
};

static void *
loop_thread(void *arg)
{
	struct loop *l = arg;
	size_t i;

	while ((i = atomic_fetch_add(&l->next, 1)) < l->n)
		l->f(l->arg, i);
	return NULL;
}

rp_status
rp_parallel(unsigned threads, size_t n, void (*f)(void *arg, size_t i),
    void *arg, struct rp_err *err)
{
	struct loop l = { .n = n, .f = f, .arg = arg };
	pthread_t *id;
	unsigned started = 0;

	atomic_init(&l.next, 0);
	if (threads < 1)
		threads = 1;
	id = rp_alloc_zeroed(threads, sizeof(*id));
	if (id == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for threads");
	/* This thread works as well; if others cannot be had it does all. */
	while (started + 1 < threads &&
	    pthread_create(&id[started], NULL, loop_thread, &l) == 0)
		started++;
	loop_thread(&l);
	for (unsigned i = 0; i < started; i++)
		pthread_join(id[i], NULL);
	rp_release_mem(id);
	return RP_OK;
}

/* ---- rows -------------------------------------------------------------------------- */

struct shared {
	struct rp_run *run;
	atomic_uint_fast64_t next;
	atomic_bool failed;
	pthread_mutex_t lock;		/* of err and of the progress */
	rp_status status;
	uint64_t failed_trial;
	struct rp_err first;
};

static uint32_t
sum_at(const struct rp_outcome *o, enum rp_state state, size_t point)
{
	uint32_t sum = 0;

	for (size_t p = 0; p < o->m->n_populations; p++)
		sum += o->state[state][p * o->m->grid.n + point];
	return sum;
}

/* What a metric counts, all populations. */
static uint32_t
metric_at(const struct rp_outcome *o, enum rp_metric metric, size_t point)
{
	switch (metric) {
	case RP_METRIC_REVOKED:
		return sum_at(o, RP_STATE_REVOKED, point);
	case RP_METRIC_GONE:
		return sum_at(o, RP_STATE_REVOKED, point) +
		    sum_at(o, RP_STATE_EXPIRED, point);
	case RP_METRIC_REISSUED:
	case RP_METRIC_REPLACED:
	case RP_METRICS:
		break;
	}
	return sum_at(o, RP_STATE_REPLACED, point);
}

static void
keep_completion(struct rp_trials *tr, const struct rp_outcome *o,
    uint64_t trial)
{
	size_t n = tr->model.n_populations;
	const int64_t *done = o->complete[tr->metric == RP_METRIC_REPLACED ?
	    RP_METRIC_REPLACED : RP_METRIC_GONE];
	int64_t last = INT64_MIN;

	for (size_t p = 0; p < n; p++) {
		tr->complete[p * tr->n + trial] = done[p];
		if (done[p] > last)
			last = done[p];
	}
	tr->complete[n * tr->n + trial] = last;
}

/* Certificate-days after the deadline. */
static double
overdue(const struct rp_trials *tr, const struct rp_outcome *o,
    uint64_t trial)
{
	const struct rp_model *m = &tr->model;
	const struct rp_grid *g = &m->grid;
	double days = 0.0;

	if (m->deadline_point == SIZE_MAX)
		return 0.0;
	if (m->overdue_certificates > 0.0) {
		int64_t done = tr->complete[m->n_populations * tr->n + trial];

		if (done > g->t[g->n - 1])
			done = g->t[g->n - 1];
		done -= rp_instant_s(m->deadline.at.from);
		return done > 0 ? m->overdue_certificates * (double)done /
		    86400.0 : 0.0;
	}
	for (size_t i = m->deadline_point; i + 1 < g->n; i++)
		days += 0.5 * ((double)sum_at(o, RP_STATE_OUTSTANDING, i) +
		    (double)sum_at(o, RP_STATE_OUTSTANDING, i + 1)) *
		    (double)(g->t[i + 1] - g->t[i]) / 86400.0;
	return days;
}

static void
keep_milestones(struct rp_trials *tr, const struct rp_outcome *o,
    uint64_t trial)
{
	for (size_t k = 0; k < tr->n_milestones; k++) {
		const struct rp_milestone *ms = tr->odds[k].milestone;
		size_t i;
		double want = rp_share_real(ms->share) * (double)tr->base;

		if (!rp_grid_point(&tr->model.grid,
		    rp_instant_s(ms->by.until), &i))
			i = tr->model.grid.n - 1;
		/* Half a part per billion is how shares are rounded. */
		tr->milestone[k * tr->n + trial] =
		    (double)metric_at(o, tr->metric, i) >=
		    want - 0.5e-9 * (double)tr->base ? 1.0f : 0.0f;
	}
}

static void
keep_scalars(struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, uint64_t trial)
{
	const struct rp_model *m = &tr->model;

	keep_completion(tr, o, trial);
	for (size_t k = 0; k < tr->n_points; k++)
		tr->curve[k * tr->n + trial] = metric_at(o, tr->metric,
		    m->grid.regular[k]);
	if (m->deadline_point != SIZE_MAX) {
		tr->deadline_replaced[trial] = sum_at(o, RP_STATE_REPLACED,
		    m->deadline_point);
		tr->deadline_harmed[trial] = sum_at(o, RP_STATE_HARMED,
		    m->deadline_point);
	}
	tr->overdue_days[trial] = overdue(tr, o, trial);
	keep_milestones(tr, o, trial);
	for (size_t q = 0; q < m->n_queues; q++)
		tr->queue_days[q * tr->n + trial] = e->queue[q].queue_days;
}

static void
keep_slice(const struct rp_run *run, const struct rp_outcome *o,
    uint64_t trial)
{
	const struct rp_trials *tr = run->tr;
	const struct rp_grid *g = &tr->model.grid;

	for (size_t i = 0; i < run->count; i++) {
		size_t column = run->first + i;
		size_t point = g->regular[column % tr->n_points];
		size_t series = column / tr->n_points;
		size_t state = series % RP_STATES, p = series / RP_STATES;

		run->slice[i * tr->n + trial] =
		    p == tr->model.n_populations ?
		    sum_at(o, (enum rp_state)state, point) :
		    o->state[state][p * g->n + point];
	}
}

static rp_status
run_row(const struct rp_run *run, struct rp_engine *e, struct rp_outcome *o,
    uint64_t trial, struct rp_err *err)
{
	rp_status rc = rp_engine_run(e, trial, err);

	if (rc == RP_OK)
		rc = rp_outcome_take(o, e, err);
	if (rc != RP_OK)
		return rc;
	if (run->scalars)
		keep_scalars(run->tr, e, o, trial);
	keep_slice(run, o, trial);
	return RP_OK;
}

/* The fault of the earliest trial is told, whichever thread met it first. */
static void
note_failure(struct shared *s, uint64_t trial, rp_status rc,
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

static void
tell_progress(struct shared *s, uint64_t done)
{
	struct rp_run *run = s->run;

	if (run->progress == NULL || pthread_mutex_trylock(&s->lock) != 0)
		return;
	run->progress(run->progress_arg, run->progress_from + done,
	    run->progress_all);
	pthread_mutex_unlock(&s->lock);
}

static void
run_rows(void *arg, size_t thread)
{
	struct shared *s = arg;
	struct rp_engine e = { 0 };
	struct rp_outcome o = { 0 };
	struct rp_err err = { 0 };
	uint64_t n = s->run->tr->n, from;
	rp_status rc = rp_engine_init(&e, &s->run->tr->model, &err);

	(void)thread;
	if (rc == RP_OK)
		rc = rp_outcome_init(&o, &s->run->tr->model, &err);
	if (rc != RP_OK)
		note_failure(s, 0, rc, &err);
	while (rc == RP_OK && !atomic_load(&s->failed) &&
	    (from = atomic_fetch_add(&s->next, ROWS_AT_ONCE)) < n) {
		uint64_t until = from + ROWS_AT_ONCE < n ?
		    from + ROWS_AT_ONCE : n;

		for (uint64_t i = from; i < until && rc == RP_OK; i++) {
			rc = run_row(s->run, &e, &o, i, &err);
			if (rc != RP_OK)
				note_failure(s, i, rc, &err);
		}
		tell_progress(s, until);
	}
	rp_outcome_release(&o);
	rp_engine_release(&e);
}

rp_status
rp_run_trials(struct rp_run *run, struct rp_err *err)
{
	struct shared s = { .run = run };
	rp_status rc;

	atomic_init(&s.next, 0);
	atomic_init(&s.failed, false);
	if (pthread_mutex_init(&s.lock, NULL) != 0)
		return rp_fail(err, RP_ENOMEM, "no memory for a lock");
	/* As many workers as threads: the loop hands one to each. */
	rc = rp_parallel(run->threads, run->threads, run_rows, &s, err);
	pthread_mutex_destroy(&s.lock);
	if (rc == RP_OK && atomic_load(&s.failed)) {
		if (err != NULL)
			*err = s.first;
		rc = s.status;
	}
	return rc;
}
