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

/* ---- a parallel loop ---------------------------------------------------- */

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

/* ---- rows --------------------------------------------------------------- */

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

	for (size_t p = 0; p < o->m->n_parts; p++)
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

	for (size_t p = 0; p < n; p++)
		tr->complete[p * tr->n + trial] = INT64_MIN;
	for (size_t k = 0; k < tr->model.n_parts; k++) {
		int64_t *of = &tr->complete[tr->model.part[k].of * tr->n +
		    trial];

		if (done[k] > *of)
			*of = done[k];
		if (done[k] > last)
			last = done[k];
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
	for (size_t p = 0; p < m->n_parts; p++)
		days += o->late_s[p] / 86400.0;
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
	tr->pace[trial] = e->pace;
	for (size_t k = 0; k < tr->n_points; k++)
		tr->curve[k * tr->n + trial] = metric_at(o, tr->metric,
		    m->grid.regular[k]);
	tr->deadline_met[trial] = m->has_deadline &&
	    tr->complete[m->n_populations * tr->n + trial] <=
	    rp_instant_s(m->deadline.at.from);
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

/*
 * The columns of a trial lie far apart: writing them one by one would miss
 * the cache every time.  They are gathered for the rows that a thread has
 * taken and then written a column at a time.
 */
static void
keep_series(const struct rp_trials *tr, const struct rp_outcome *o,
    size_t series, size_t from, size_t until, uint32_t *row)
{
	const struct rp_grid *g = &tr->model.grid;
	size_t state = series % RP_STATES, p = series / RP_STATES;
	bool total = p == tr->model.n_populations;
	const struct rp_model_part *part = tr->model.part;

	memset(row, 0, (until - from) * sizeof(*row));
	for (size_t i = 0; i < tr->model.n_parts; i++) {
		const uint32_t *x = &o->state[state][i * g->n];

		if (!total && part[i].of != p)
			continue;
		for (size_t k = from; k < until; k++)
			row[k - from] += x[g->regular[k]];
	}
}

static void
keep_slice(const struct rp_run *run, const struct rp_outcome *o,
    uint32_t *row)
{
	size_t points = run->tr->n_points, done = 0;

	while (done < run->count) {
		size_t column = run->first + done;
		size_t from = column % points;
		size_t until = points - from < run->count - done ? points :
		    from + run->count - done;

		keep_series(run->tr, o, column / points, from, until,
		    &row[done]);
		done += until - from;
	}
}

static void
write_slice(const struct rp_run *run, const uint32_t *rows, uint64_t from,
    uint64_t n)
{
	for (size_t i = 0; i < run->count; i++)
		for (uint64_t k = 0; k < n; k++)
			run->slice[i * run->tr->n + from + k] =
			    rows[k * run->count + i];
}

/* What a thread works with. */
struct worker {
	struct rp_engine e;
	struct rp_outcome o;
	uint32_t *rows;		/* [ROWS_AT_ONCE * run->count] */
};

static rp_status
run_row(const struct rp_run *run, struct worker *w, uint64_t trial,
    uint32_t *row, struct rp_err *err)
{
	rp_status rc = rp_engine_run(&w->e, trial, err);

	if (rc == RP_OK)
		rc = rp_outcome_take(&w->o, &w->e, err);
	if (rc != RP_OK)
		return rc;
	if (run->scalars)
		keep_scalars(run->tr, &w->e, &w->o, trial);
	keep_slice(run, &w->o, row);
	return RP_OK;
}

static rp_status
worker_init(struct worker *w, const struct rp_run *run, struct rp_err *err)
{
	rp_status rc = rp_engine_init(&w->e, &run->tr->model, err);

	if (rc == RP_OK)
		rc = rp_outcome_init(&w->o, &run->tr->model, err);
	if (rc != RP_OK)
		return rc;
	w->rows = rp_alloc_zeroed(ROWS_AT_ONCE * run->count,
	    sizeof(*w->rows));
	return w->rows != NULL ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for the curves");
}

static void
worker_release(struct worker *w)
{
	rp_outcome_release(&w->o);
	rp_engine_release(&w->e);
	rp_release_mem(w->rows);
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
	const struct rp_run *run = s->run;
	struct worker w = { 0 };
	struct rp_err err = { 0 };
	uint64_t n = run->tr->n, from;
	rp_status rc = worker_init(&w, run, &err);

	(void)thread;
	if (rc != RP_OK)
		note_failure(s, 0, rc, &err);
	while (rc == RP_OK && !atomic_load(&s->failed) &&
	    (from = atomic_fetch_add(&s->next, ROWS_AT_ONCE)) < n) {
		uint64_t rows = n - from < ROWS_AT_ONCE ? n - from :
		    ROWS_AT_ONCE;

		for (uint64_t k = 0; k < rows && rc == RP_OK; k++) {
			rc = run_row(run, &w, from + k,
			    &w.rows[k * run->count], &err);
			if (rc != RP_OK)
				note_failure(s, from + k, rc, &err);
		}
		if (rc == RP_OK)
			write_slice(run, w.rows, from, rows);
		tell_progress(s, from + rows);
	}
	worker_release(&w);
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
