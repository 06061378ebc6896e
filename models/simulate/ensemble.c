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
		rp_keep_trial(run->tr, &w->e, &w->o, trial);
	rp_keep_slice(run, &w->o, row);
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
			rp_keep_rows(run, w.rows, from, rows);
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
