/*
 * revplan/simulate.h - the trials of a case, and what they say.
 *
 * Stage 3.  Reads: case.h rules.h.  Read by: forecast.h, then the writers.
 *
 * A trial is one way in which the incident could go: inputs drawn, its own
 * random streams, results.  Streams are counter-based (Philox) and keyed by
 * seed, incident, population, step and trial, so the same seed gives the same
 * bytes for any number of threads, and two variants of a case share their
 * randomness.  The engine moves counts, not certificates: its cost does not
 * grow with their number.
 *
 * Time runs over a grid of steps of an hour or a day, cut further at the
 * instants that matter (awareness, starts, deadlines, cutoffs, milestones).
 * A figure "at" an instant is the state at that instant.  A completion is
 * known to the step: it carries the last second of the step in which the last
 * certificate was done, or the exact instant where all that finished then did
 * so at a stroke (a gate, a batch).
 */
#ifndef RP_SIMULATE_H
#define RP_SIMULATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/instant.h"
#include "revplan/rules.h"

/* What is counted; certificates, cumulative but for outstanding. */
enum rp_state {
	RP_STATE_REPLACED,	/* the new one is installed */
	RP_STATE_REVOKED,
	RP_STATE_EXPIRED,	/* before anyone revoked them */
	RP_STATE_OUTSTANDING,	/* neither revoked nor expired */
	RP_STATE_HARMED,	/* revoked while not replaced */
	RP_STATES
};

/* "replaced", "revoked", "expired", "outstanding", "harmed". */
const char *rp_state_word(enum rp_state state);

/* The seven quantiles of a band, in this order. */
#define RP_QUANTILES 7
extern const double rp_quantile_level[RP_QUANTILES]; /* .05 .. .95 */

/*
 * One instant of one curve.  Whole certificates; each quantile is a value
 * that some trial took (the smallest that at least that share of the trials
 * does not exceed).  The standard errors come from the spread between trials
 * only: they say nothing about the model.
 */
struct rp_band {
	struct rp_instant at;
	double mean;
	double mean_se;			/* certificates */
	uint32_t q[RP_QUANTILES];
	double q_se[RP_QUANTILES];	/* certificates, from the order
					 * statistics around the quantile */
};

#define RP_COMPLETION_QUANTILES 8	/* 5 10 25 50 75 80 90 95 % */
extern const double rp_completion_level[RP_COMPLETION_QUANTILES];

struct rp_completion {
	bool has[RP_COMPLETION_QUANTILES];	/* false: beyond the horizon */
	struct rp_instant q[RP_COMPLETION_QUANTILES];
	double q_se_s[RP_COMPLETION_QUANTILES];	/* seconds; NaN where a
					 * neighbouring order statistic lies
					 * beyond the horizon */
	bool has_mean;			/* closed form, or no trial censored */
	bool mean_is_closed_form;
	double mean_s;			/* seconds since 1970 */
	double mean_se_s;		/* 0 for the closed form */
	double never;			/* share of trials not complete at the
					 * horizon */
	double never_se;
};

/* What happens at a deadline. */
struct rp_deadline_outcome {
	struct rp_deadline deadline;	/* of the first duty */
	int duty;
	double probability;		/* all done by then */
	double probability_se;
	double replaced;		/* mean share of the base, 0..1 */
	double replaced_se;
	double harmed;			/* mean certificates that the case's
					 * way of revoking has revoked while
					 * not replaced, deadline included */
	double harmed_se;
	double unreplaced;		/* mean certificates that would be
					 * harmed if all were revoked then */
	double unreplaced_se;
	double overdue_days;		/* mean overdue certificate-days */
	double overdue_days_se;
};

/* Which step holds everything up. */
struct rp_bottleneck {
	bool found;			/* false: nothing to wait for */
	int population;			/* index */
	const char *what;		/* the user's word for the step */
	enum rp_step_kind kind;
	uint32_t line;
	double last_share;		/* share of trials in which this
					 * population finished last */
	double queue_days;		/* mean certificate-days spent there */
	bool has_gain;
	double gain_days;		/* completion sooner by, mean of the
					 * same trials with the step twice as
					 * fast (a gate: half as far away) */
	double gain_se_days;
};

struct rp_milestone_odds {
	const struct rp_milestone *milestone;
	double probability;
	double probability_se;
};

/* Sorting the curves of every population takes longer than the trials. */
enum rp_bands {
	RP_BANDS_NONE,
	RP_BANDS_ALL,
	RP_BANDS_TOTAL		/* of all populations together only */
};

struct rp_sim_options {
	uint64_t trials;		/* 0: as the case says */
	bool has_seed;			/* false: as the case says */
	uint64_t seed;
	unsigned threads;		/* 0: 1 */
	enum rp_metric metric;		/* of completion; not reissued */
	enum rp_bands bands;		/* which curves to keep */
	bool bottleneck;		/* look for it (extra trials) */
	double pace_sd;			/* sd of the logarithm of a pace that
					 * all people of a trial share; 0 */
	/* Called now and then from one thread; may be NULL. */
	void (*progress)(void *arg, uint64_t done, uint64_t all);
	void *progress_arg;
};

/* Opaque; immutable once made, any number of threads may read it. */
struct rp_trials;

/*
 * Run the trials of a case.
 *
 *   cs     borrowed, must outlive the trials
 *   *out   on RP_OK owned by the caller, rp_trials_free()
 *
 * RP_ESTATE  the case asks for something that cannot be simulated; err says
 *            what, with its line
 * RP_ERANGE  a parameter drawn or fixed makes no sense (line in err)
 * RP_ENOMEM, RP_EMATH
 * On any error *out is untouched and nothing leaks.
 *
 * Cost: time grows with trials, populations and steps of the grid, not with
 * certificates.  Memory: see rp_trials_curve(), plus 100 bytes for each
 * instant, population and state of the bands; the curves of the bands are
 * sorted in slices of bounded size, so memory does not grow without bound.
 */
RP_CHECKED rp_status rp_simulate(const struct rp_case *cs,
    const struct rp_sim_options *opt, struct rp_trials **out,
    struct rp_err *err);

/* Accepts NULL. */
void rp_trials_free(struct rp_trials *tr);

const struct rp_case *rp_trials_case(const struct rp_trials *tr);
uint64_t rp_trials_count(const struct rp_trials *tr);
uint64_t rp_trials_seed(const struct rp_trials *tr);
enum rp_metric rp_trials_metric(const struct rp_trials *tr);

/* The certificates of one population, or of all (population -1). */
uint64_t rp_trials_base(const struct rp_trials *tr, int population);

/* The regular instants of the curves, *n of them, the first at or before
 * awareness, the last at the horizon. */
const struct rp_instant *rp_trials_grid(const struct rp_trials *tr,
    size_t *n);

/*
 * The band of a population (-1: total) and state at each instant of the grid;
 * NULL when they were not asked for.
 */
const struct rp_band *rp_trials_bands(const struct rp_trials *tr,
    int population, enum rp_state state);

/*
 * The curve of the metric, all populations, trial by trial: the value at grid
 * instant k of trial i is curve[k * rp_trials_count() + i], in certificates.
 * 4 bytes for each instant and trial.
 */
const uint32_t *rp_trials_curve(const struct rp_trials *tr);

/*
 * When trial i was complete, in seconds since 1970; INT64_MAX when it was not
 * by the horizon.  rp_trials_count() of them; population -1: all of them.
 */
const int64_t *rp_trials_completion(const struct rp_trials *tr,
    int population);

/* The pace of trial i, rp_trials_count() of them; 1 without pace_sd. */
const double *rp_trials_pace(const struct rp_trials *tr);

/* Summaries; cannot fail. */
const struct rp_completion *rp_trials_completion_summary(
    const struct rp_trials *tr, int population);
const struct rp_deadline_outcome *rp_trials_deadline(
    const struct rp_trials *tr);	/* NULL: no deadline known */
const struct rp_bottleneck *rp_trials_bottleneck(const struct rp_trials *tr);

/* P(each milestone) of the last plan of the case; *n may be 0. */
const struct rp_milestone_odds *rp_trials_milestones(
    const struct rp_trials *tr, size_t *n);

/*
 * Whole sentences on what the trials leave out or approximate for this case;
 * *n may be 0.
 */
const char *const *rp_trials_notes(const struct rp_trials *tr, size_t *n);

#endif /* RP_SIMULATE_H */
