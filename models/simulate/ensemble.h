/*
 * simulate/ensemble.h - all trials of a case, and what is kept of them.
 */
#ifndef RP_SIMULATE_ENSEMBLE_H
#define RP_SIMULATE_ENSEMBLE_H

#include "population/spread.h"
#include "revplan/simulate.h"
#include "simulate/closed.h"
#include "simulate/curves.h"
#include "simulate/errors.h"
#include "simulate/model.h"
#include "simulate/outcome.h"
#include "simulate/report.h"
#include "simulate/share.h"

#define RP_TRIAL_NOTES 16

/* How far more and more trials came towards an error that was asked for. */
struct rp_until {
	double asked_s;			/* 0: nothing was */
	bool done, reached;
	int level;			/* of rp_completion_level; -1: no date
					 * is known within the horizon */
};

/* One row a trial; the columns are arrays over trials. */
struct rp_trials {
	struct rp_model model;
	uint64_t n;
	uint64_t seed;
	unsigned threads;
	const struct rp_peers *peers;	/* NULL: none */
	struct rp_spread *spread;	/* of the inputs */
	struct rp_sampling sampling;
	struct rp_until until;
	enum rp_metric metric;
	size_t n_points;		/* regular points, or some of them */
	const size_t *point;		/* [n_points] of the grid */
	size_t *report_point;		/* the same where only some matter */
	struct rp_report_keep *report;	/* NULL: days are walked through */
	struct rp_instant *at;		/* [n_points] */
	uint64_t base;			/* all certificates */

	int64_t *complete;		/* [(populations + 1) * n]; the total
					 * stands last */
	uint32_t *curve;		/* [n_points * n] of the metric; NULL
					 * where nobody asks for it */
	bool *deadline_met;		/* [n] all done by the deadline */
	uint32_t *deadline_replaced;	/* [n] certificates at the deadline */
	uint32_t *deadline_harmed;
	double *overdue_days;
	float *milestone;		/* [n_milestones * n] 1: reached */
	double *queue_days;		/* [queues * n]; NULL unless the
					 * bottleneck is looked for */
	double *pace;			/* [n] */
	bool *happened;			/* [events * n]; NULL without risks */
	double *frequency;		/* [events] share of the trials in
					 * which a risk came true */

	bool has_curve, has_bottleneck;
	enum rp_bands bands;
	size_t n_states;		/* that have bands */
	enum rp_state state[RP_STATES];
	struct rp_band *band;		/* [(populations + 1) * n_states *
					 * n_points], or NULL */
	struct rp_completion *completion; /* [populations + 1] */
	struct rp_deadline_outcome deadline;
	struct rp_bottleneck bottleneck;
	struct rp_closed_form closed;
	char closed_why[RP_CLOSED_WHY];
	size_t n_milestones;
	struct rp_milestone_odds *odds;
	/* What was asked for: when a share is reached, how many by when. */
	size_t n_shares, n_by;
	struct rp_share_date *share;
	int64_t *share_at;		/* [n_shares * n] */
	struct rp_by_date *by;
	size_t *by_point;		/* [n_by]; SIZE_MAX: off the grid */
	uint32_t *by_count;		/* [n_by * n] */
	double *by_done;		/* [2 * n_by * (populations + 1)] */
	struct rp_band *nothing;	/* [2 * n_points] replaced, gone */
	/* Details. */
	bool has_details;
	size_t n_sheet;			/* rows of each population, then of
					 * all of them */
	struct rp_sheet_row *sheet;
	struct rp_tail tail;
	struct rp_tail_row *tail_row;
	size_t n_risks;
	size_t risks_left;		/* that were not looked at */
	size_t steps_left;		/* the same, for the bottleneck */
	struct rp_risk_outcome *risk;
	size_t n_notes;
	const char *note[RP_TRIAL_NOTES];
	char note_text[RP_TRIAL_NOTES][320];
};

/* Some instants of a series that are gathered in a pass. */
struct rp_piece {
	size_t who;
	enum rp_state state;
	size_t from, until;		/* regular points */
	size_t at;			/* in the row of a trial */
};

/* A set of trials being run on several threads. */
struct rp_run {
	struct rp_trials *tr;
	unsigned threads;
	uint64_t from, until;		/* trials */
	uint64_t failed_trial;		/* if one did */
	/* Columns of the curves that are gathered in this pass. */
	const struct rp_curves *curves;
	size_t count;
	size_t n_pieces;
	const struct rp_piece *piece;
	struct rp_columns *columns;	/* [count]; afterwards those for which
					 * there was room */
	uint64_t most_bytes;		/* of their bins, about */
	const bool *wanted;		/* [parts] as for rp_engine_want() */
	bool scalars;			/* keep all else in this pass */
	void (*progress)(void *arg, uint64_t done, uint64_t all);
	void *progress_arg;
	uint64_t progress_from, progress_all;
};

/* curves.c and the passes that it takes to see all of them; passes.c */
RP_CHECKED rp_status rp_run_passes(struct rp_trials *tr,
    const struct rp_sim_options *opt, struct rp_err *err);

/* Run the trials once.  Errors as rp_simulate(). */
RP_CHECKED rp_status rp_run_trials(struct rp_run *run, struct rp_err *err);

/*
 * Call f(arg, i) for i = 0 .. n - 1 on some threads, in no order.  RP_ENOMEM
 * when not even one thread could be started.
 */
RP_CHECKED rp_status rp_parallel(unsigned threads, size_t n,
    void (*f)(void *arg, size_t i), void *arg, struct rp_err *err);

/* Sort n values; scratch has room for n more. */
void rp_sort_u32(uint32_t *x, uint32_t *scratch, size_t n);

/* Of n values in order those that a band needs. */
void rp_band_ranks(size_t n, size_t rank[RP_BAND_RANKS]);

/* The band of the values of all trials; both arrays are used up. */
void rp_band_of(const struct rp_sampling *s, uint32_t *x, uint32_t *scratch,
    struct rp_band *out);

/* ---- keep.c ------------------------------------------------------------- */

void rp_keep_trial(struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, uint64_t trial);

/* What was kept of the trials of other processes. */
RP_CHECKED rp_status rp_keep_shared(struct rp_trials *tr,
    struct rp_err *err);

/*
 * What is gathered of a trial: the values for the columns of this pass, then
 * the curve of the metric if it is kept.
 */
void rp_keep_row(const struct rp_run *run, const struct rp_outcome *o,
    uint32_t *row);

/* What a metric counts in a part at a point of the grid. */
uint32_t rp_metric_at(const struct rp_outcome *o, enum rp_metric metric,
    size_t part, size_t point);

/* [parts] When each is complete in a metric. */
const int64_t *rp_complete_in(const struct rp_outcome *o,
    enum rp_metric metric);

/* Certificate-days after the deadline, where all are complete at `done`. */
double rp_overdue_days(const struct rp_outcome *o, int64_t done);

/* All parts by their deadlines; false where none is known. */
bool rp_all_in_time(const struct rp_model *m, const int64_t *complete);

/* The base of all populations at a point, in a trial. */
uint32_t rp_base_of_trial(const struct rp_trials *tr,
    const struct rp_outcome *o, size_t point);

/* ---- report_keep.c ------------------------------------------------------ */

/* The points of the results: all regular ones, or those asked for. */
RP_CHECKED rp_status rp_report_points(struct rp_trials *tr,
    const struct rp_sim_options *opt, struct rp_err *err);

/* Set tr->report where days need not be walked through; once everything that
 * is asked at an instant is known. */
RP_CHECKED rp_status rp_report_begin(struct rp_trials *tr,
    struct rp_err *err);
void rp_report_end(struct rp_trials *tr);

/* Its report; NULL: none. */
const struct rp_report *rp_report_of(const struct rp_trials *tr);

/* What is not known where only some instants matter. */
void rp_report_forget(struct rp_trials *tr);

/* Keep a trial; its curve, where that is kept, goes into row. */
void rp_report_keep(struct rp_trials *tr, const struct rp_reporter *w,
    uint64_t trial, uint32_t *row);

/* ---- questions.c -------------------------------------------------------- */

RP_CHECKED rp_status rp_questions_init(struct rp_trials *tr,
    const struct rp_sim_options *opt, struct rp_err *err);
void rp_questions_keep(struct rp_trials *tr, const struct rp_engine *e,
    const struct rp_outcome *o, uint64_t trial);
RP_CHECKED rp_status rp_questions_answer(struct rp_trials *tr,
    struct rp_err *err);
void rp_questions_release(struct rp_trials *tr);

/* The base of a population (-1: all) at a point of the grid, mean. */
double rp_mean_base(const struct rp_trials *tr, int population, size_t point);

/* ------------------------------------------------------------------------- */

/* notes.c */
void rp_make_notes(struct rp_trials *tr);

/* How many trials, from *trials on, it takes; runs them in rounds. */
RP_CHECKED rp_status rp_until_error(const struct rp_case *cs,
    const struct rp_sim_options *opt, uint64_t *trials, struct rp_until *out,
    struct rp_err *err);

/* Completion, deadline, milestones. */
RP_CHECKED rp_status rp_summarise(struct rp_trials *tr, struct rp_err *err);

/* Which step holds everything up; runs further trials. */
RP_CHECKED rp_status rp_find_bottleneck(struct rp_trials *tr,
    struct rp_err *err);

/* exact.c: the completion in closed form, where it has one.  RP_ENOMEM and
 * the errors of rp_model_init(). */
RP_CHECKED rp_status rp_close(struct rp_trials *tr, struct rp_err *err);

#endif /* RP_SIMULATE_ENSEMBLE_H */
