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

#define LINE 16			/* values that a line of the cache holds */
#define ROWS_AT_ONCE LINE
#define COLUMNS_AT_ONCE 64
/* The values of a round stay in the cache of a processor; but there are so
 * many trials in it that threads hardly ever wait for each other. */
#define BLOCK_BYTES (UINT64_C(4) << 20)
#define ROUND_LEAST 64
#define ROUND_MOST 2048

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

/* What a thread works with. */
struct worker {
	bool made;
	struct rp_engine e;
	struct rp_outcome o;
	struct rp_reporter r;	/* instead, where there is a report */
	uint32_t *rows;		/* [ROWS_AT_ONCE * width] */
};

struct shared {
	struct rp_run *run;
	struct worker *worker;		/* [threads] */
	size_t width;			/* of a row */
	uint32_t *block;		/* [rows / LINE][count][LINE] */
	uint64_t from, until;		/* trials of this round */
	atomic_uint_fast64_t next;
	atomic_size_t kept;		/* columns */
	atomic_bool failed;
	pthread_mutex_t lock;		/* of what follows, of the progress */
	rp_status status;
	uint64_t failed_trial;
	struct rp_err first;
};

static rp_status
run_row(const struct rp_run *run, struct worker *w, uint64_t trial,
    uint32_t *row, struct rp_err *err)
{
	rp_status rc;

	if (run->tr->report != NULL) {
		rc = rp_reporter_run(&w->r, trial, err);
		if (rc == RP_OK)
			rp_report_keep(run->tr, &w->r, trial, row);
		return rc;
	}
	rc = rp_engine_run(&w->e, trial, err);
	if (rc == RP_OK)
		rc = rp_outcome_take(&w->o, &w->e, err);
	if (rc != RP_OK)
		return rc;
	if (run->scalars)
		rp_keep_trial(run->tr, &w->e, &w->o, trial);
	rp_keep_row(run, &w->o, row);
	return RP_OK;
}

static rp_status
make_engine(struct worker *w, const struct rp_run *run, struct rp_err *err)
{
	const struct rp_report *report = rp_report_of(run->tr);
	rp_status rc;

	if (report != NULL)
		return rp_reporter_init(&w->r, report, err);
	rc = rp_engine_init(&w->e, &run->tr->model, err);
	if (rc == RP_OK)
		rc = rp_outcome_init(&w->o, &run->tr->model, err);
	if (rc != RP_OK)
		return rc;
	rp_engine_want(&w->e, run->wanted);
	w->o.lean = true;
	return RP_OK;
}

static rp_status
worker_init(struct worker *w, const struct shared *s, struct rp_err *err)
{
	rp_status rc;

	if (w->made)
		return RP_OK;
	w->made = true;
	rc = make_engine(w, s->run, err);
	if (rc != RP_OK)
		return rc;
	w->rows = rp_alloc_zeroed(ROWS_AT_ONCE * s->width, sizeof(*w->rows));
	return w->rows != NULL ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for the curves");
}

static void
worker_release(struct worker *w)
{
	if (!w->made)
		return;
	rp_outcome_release(&w->o);
	rp_engine_release(&w->e);
	rp_reporter_release(&w->r);
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
	run->progress(run->progress_arg, run->progress_from + done -
	    run->from, run->progress_all);
	pthread_mutex_unlock(&s->lock);
}

/*
 * The columns of a trial lie far apart: writing them one by one would miss
 * the cache every time.  They are gathered for the rows that a thread has
 * taken, as many as a line of the cache holds, and turned into lines of one
 * column each, which lie one after the other.
 */
static void
turn(const uint32_t *rows, size_t width, uint64_t n, size_t columns,
    uint32_t *to)
{
	if (n < LINE) {
		for (size_t i = 0; i < columns; i++)
			for (uint64_t k = 0; k < n; k++)
				to[i * LINE + k] = rows[k * width + i];
		return;
	}
	/* Their number being known makes this twice as fast. */
	for (size_t i = 0; i < columns; i++)
		for (size_t k = 0; k < LINE; k++)
			to[i * LINE + k] = rows[k * width + i];
}

static void
keep_curves(const uint32_t *rows, size_t width, uint64_t n,
    const struct rp_trials *tr, uint64_t from)
{
	for (size_t i = 0; i < tr->n_points; i++)
		for (uint64_t k = 0; k < n; k++)
			tr->curve[i * tr->n + from + k] = rows[k * width + i];
}

static void
write_rows(const struct shared *s, const struct worker *w, uint64_t from,
    uint64_t n)
{
	const struct rp_run *run = s->run;
	const struct rp_trials *tr = run->tr;

	turn(w->rows, s->width, n, run->count,
	    &s->block[(from - s->from) * run->count]);
	if (s->width > run->count)
		keep_curves(&w->rows[run->count], s->width, n, tr, from);
}

static void
run_rows(void *arg, size_t thread)
{
	struct shared *s = arg;
	struct worker *w = &s->worker[thread];
	struct rp_err err = { 0 };
	uint64_t from;
	rp_status rc = worker_init(w, s, &err);

	if (rc != RP_OK)
		note_failure(s, s->from, rc, &err);
	while (rc == RP_OK && !atomic_load(&s->failed) &&
	    (from = atomic_fetch_add(&s->next, ROWS_AT_ONCE)) < s->until) {
		uint64_t rows = s->until - from < ROWS_AT_ONCE ?
		    s->until - from : ROWS_AT_ONCE;

		for (uint64_t k = 0; k < rows && rc == RP_OK; k++) {
			rc = run_row(s->run, w, from + k,
			    &w->rows[k * s->width], &err);
			if (rc != RP_OK)
				note_failure(s, from + k, rc, &err);
		}
		if (rc == RP_OK)
			write_rows(s, w, from, rows);
		tell_progress(s, from + rows);
	}
}

/* ---- rounds ------------------------------------------------------------- */

/* The values of a column, from the lines in which they lie. */
static bool
fold(const struct shared *s, size_t column, uint64_t n)
{
	uint32_t x[ROUND_MOST];

	for (uint64_t k = 0; k < n; k += LINE)
		memcpy(&x[k], &s->block[k * s->run->count + column * LINE],
		    LINE * sizeof(*x));
	return rp_column_add(s->run->columns, column, x, n, s->from);
}

/* Columns from this one on are left for another pass. */
static void
keep_fewer(struct shared *s, size_t column)
{
	size_t kept = atomic_load(&s->kept);

	while (column < kept &&
	    !atomic_compare_exchange_weak(&s->kept, &kept, column))
		;
}

static void
fold_columns(void *arg, size_t i)
{
	struct shared *s = arg;
	size_t from = i * COLUMNS_AT_ONCE, until = from + COLUMNS_AT_ONCE;
	struct rp_err err = { 0 };

	/* The first ones are always kept, or there would be no end. */
	if (i > 0 && s->run->columns->bytes > s->run->most_bytes)
		keep_fewer(s, from);
	if (until > atomic_load(&s->kept))
		until = atomic_load(&s->kept);
	for (size_t k = from; k < until; k++)
		if (!fold(s, k, s->until - s->from)) {
			rp_fail(&err, RP_ENOMEM, "no memory for the curves");
			note_failure(s, s->until, RP_ENOMEM, &err);
		}
}

/*
 * Trials run in rounds, after each of which their values are counted: so
 * many trials that their values stay in the cache until then.
 */
static rp_status
run_round(struct shared *s, struct rp_err *err)
{
	struct rp_run *run = s->run;
	size_t chunks = (atomic_load(&s->kept) + COLUMNS_AT_ONCE - 1) /
	    COLUMNS_AT_ONCE;
	rp_status rc;

	atomic_store(&s->next, s->from);
	/* As many workers as threads: the loop hands one to each. */
	rc = rp_parallel(run->threads, run->threads, run_rows, s, err);
	if (rc == RP_OK && chunks > 0 && !atomic_load(&s->failed))
		rc = rp_parallel(run->threads, chunks, fold_columns, s, err);
	if (chunks > 0)
		rp_columns_drop(run->columns, atomic_load(&s->kept));
	if (rc == RP_OK && atomic_load(&s->failed)) {
		if (err != NULL)
			*err = s->first;
		rc = s->status;
		run->failed_trial = s->failed_trial;
	}
	return rc;
}

/* How many trials make a round: a whole number of rows that threads take. */
static uint64_t
round_length(const struct rp_run *run)
{
	uint64_t all = run->until - run->from, n;

	if (run->count == 0)
		return all;
	n = BLOCK_BYTES / (run->count * sizeof(uint32_t));
	n = n < ROUND_LEAST ? ROUND_LEAST : n > ROUND_MOST ? ROUND_MOST : n;
	n -= n % ROWS_AT_ONCE;
	return n < all ? n : all;
}

static rp_status
make_room(struct shared *s, uint64_t length, struct rp_err *err)
{
	const struct rp_run *run = s->run;
	size_t rows = (size_t)(length + LINE - 1) / LINE * LINE;

	s->block = rp_alloc_zeroed(run->count * rows, sizeof(*s->block));
	s->worker = rp_alloc_zeroed(run->threads, sizeof(*s->worker));
	return s->block != NULL && s->worker != NULL ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for the curves");
}

static rp_status
run_rounds(struct shared *s, struct rp_err *err)
{
	struct rp_run *run = s->run;
	uint64_t length = round_length(run);
	rp_status rc = make_room(s, length, err);

	for (s->from = run->from; rc == RP_OK && s->from < run->until;
	    s->from = s->until) {
		s->until = run->until - s->from < length ? run->until :
		    s->from + length;
		rc = run_round(s, err);
	}
	for (unsigned i = 0; s->worker != NULL && i < run->threads; i++)
		worker_release(&s->worker[i]);
	rp_release_mem(s->worker);
	rp_release_mem(s->block);
	return rc;
}

rp_status
rp_run_trials(struct rp_run *run, struct rp_err *err)
{
	struct shared s = { .run = run, .width = run->count +
	    (run->scalars && run->tr->curve != NULL ? run->tr->n_points : 0) };
	rp_status rc;

	atomic_init(&s.next, 0);
	atomic_init(&s.failed, false);
	atomic_init(&s.kept, run->count);
	if (pthread_mutex_init(&s.lock, NULL) != 0)
		return rp_fail(err, RP_ENOMEM, "no memory for a lock");
	rc = run_rounds(&s, err);
	pthread_mutex_destroy(&s.lock);
	return rc;
}
