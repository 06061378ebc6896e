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
 * grow with their number.  Only where a wait that a subscriber's certificates
 * share stands after a step in which they may part is each of them followed,
 * about half a microsecond and 90 bytes a thread for each; a note says so.
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
#include "revplan/peers.h"
#include "revplan/rules.h"

/* What is counted; certificates, cumulative but for outstanding. */
enum rp_state {
	RP_STATE_REPLACED,	/* the new one is installed */
	RP_STATE_REVOKED,
	RP_STATE_EXPIRED,	/* before anyone revoked them */
	RP_STATE_OUTSTANDING,	/* neither revoked nor expired */
	RP_STATE_HARMED,	/* revoked while not replaced */
	RP_STATE_REISSUED,	/* issued anew, installed or not */
	RP_STATE_EXPIRED_LATE,	/* those of the expired that were overdue */
	RP_STATE_HELD,		/* those of the outstanding that must not be
				 * revoked just now */
	RP_STATES
};

/* "replaced", "revoked", "expired", "outstanding", "harmed", "reissued",
 * "expired-late", "held". */
const char *rp_state_word(enum rp_state state);

/* The seven quantiles of a band, in this order. */
#define RP_QUANTILES 7
extern const double rp_quantile_level[RP_QUANTILES]; /* .05 .. .95 */

/*
 * One instant of one curve.  Whole certificates; each quantile is a value
 * that some trial took (the smallest that at least that share of the trials
 * does not exceed).  The standard errors come from the spread between trials
 * only: they say nothing about the model.  Where a design spreads the inputs,
 * those of means, probabilities and completions come from the spread between
 * its replicates; those of a band's quantiles stay those of independent
 * trials, which is an upper bound.
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

/* What happens at a deadline; no numbers where it is beyond the horizon. */
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

/*
 * When a share of the base is reached, in the metric; the base is that of the
 * instant, discoveries included.
 */
struct rp_share_date {
	double share;			/* 0..1 */
	struct rp_completion by;	/* has_mean: never set */
};

/* How far things are at an instant, in the metric. */
struct rp_by_date {
	struct rp_instant at;
	struct rp_band band;		/* of all populations */
	double base;			/* mean, certificates */
	const double *done;		/* [populations + 1] P(complete by
					 * then); the last is that of all of
					 * them together */
	const double *done_se;
};

/*
 * The deadline sheet: what if all that is left were revoked at this instant,
 * against what the case's own way of revoking does.  Held certificates are
 * left out of both.
 */
struct rp_sheet_row {
	struct rp_instant at;
	bool is_deadline;
	double harmed, harmed_se;	/* mean certificates not replaced */
	uint32_t harmed_q[3];		/* 10, 50, 90 % of the trials */
	double subscribers;		/* mean subscribers of those; NaN:
					 * more certificates than can be
					 * followed to their owners */
	double subscribers_se;
	uint32_t subscribers_q[3];
	double overdue_days;		/* certificate-days overdue by then */
	double overdue_days_se;
	double saved_days, saved_days_se; /* that would still come otherwise */
	uint64_t trials;		/* that these are the means of; the
					 * subscribers may have fewer */
	uint64_t subscribers_trials;
};

/* Who is left when most are done, and at which step. */
struct rp_tail_row {
	int population;			/* index */
	const char *what;		/* the user's word for the step, or of
					 * the engine: "not started",
					 * "bounced", "never answers" */
	uint32_t line;			/* 0 where it is no step */
	double certificates;		/* mean of the trials */
	double certificates_se;
	double share;			/* of all that are left then, 0..1 */
};

#define RP_TAIL_SHARE 0.85		/* of the base is done */

struct rp_tail {
	bool found;			/* false: no trial gets that far */
	uint64_t trials;		/* that do, of those looked at */
	uint64_t looked_at;
	struct rp_completion by;	/* when they do */
	size_t n_rows;			/* largest first */
	const struct rp_tail_row *row;
};

/* The trials with a risk come true against the same ones without it. */
struct rp_risk_outcome {
	const struct rp_event *event;	/* the risk */
	double probability;		/* share of the trials in which it
					 * came true */
	double probability_se;
	uint64_t trials;		/* of each of the two below */
	struct rp_completion with, without;
	double days, days_se;		/* mean delay of the completion, of
					 * the trials complete in both */
	double deadline_with, deadline_without; /* P(all done by then) */
	double overdue_with, overdue_without;	/* certificate-days, mean */
	double overdue_se;		/* of their difference */
};

/* The completion without any simulation. */
struct rp_closed_form {
	bool found;
	const char *why_not;		/* a sentence, where not found */
	bool has[RP_COMPLETION_QUANTILES];	/* beyond any horizon too */
	struct rp_instant q[RP_COMPLETION_QUANTILES];
	double mean_s;			/* seconds since 1970; NaN where it may
					 * never end, or too late to tell */
};

/*
 * Between which a probability lies, with a confidence of 95 %, that came out
 * as p in n independent trials, or in n effective ones of weighted trials.
 * Never from 0 to 0 nor from 1 to 1.
 */
struct rp_bounds {
	double least, most;
};

struct rp_bounds rp_probability_bounds(double p, double n);

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

/* What takes trials of its own. */
enum rp_detail { RP_DETAIL_SHEET, RP_DETAIL_TAIL, RP_DETAIL_RISKS };

struct rp_sim_options {
	uint64_t trials;		/* 0: as the case says */
	bool has_seed;			/* false: as the case says */
	uint64_t seed;
	unsigned threads;		/* 0: 1 */
	const struct rp_peers *peers;	/* processes that share the trials, all
					 * called alike; NULL: none but this */
	enum rp_metric metric;		/* of completion; reissued only where
					 * some step of the case reissues */
	enum rp_bands bands;		/* which curves to keep */
	unsigned states;		/* the states whose bands are kept, as
					 * bits 1 << state; 0: all that can
					 * occur */
	bool no_curve;			/* rp_trials_curve() is not asked for:
					 * then memory hardly grows with the
					 * trials */
	/*
	 * Where only some instants matter, as the ends of months do to a
	 * plan: the grid of the results is then its first point, the last
	 * regular one at or before each of these (ascending), and the horizon.
	 * Overdue days are not known then.  Bands, bottleneck, details and
	 * the dates of shares cannot be asked for as well (RP_EUSAGE).
	 */
	size_t n_report;
	const struct rp_instant *report;
	bool bottleneck;		/* look for it (extra trials) */
	double pace_sd;			/* sd of the logarithm of a pace that
					 * all people of a trial share; 0 */
	bool has_design;		/* false: as the case says */
	enum rp_design design;
	double until_error_s;		/* > 0: run until the standard error of
					 * the 80 % date of completion is no
					 * more; trials is then the least */
	bool details;			/* sheet, tail, risks (extra trials) */
	unsigned details_of;		/* those of them only, as bits 1 <<
					 * enum rp_detail; 0: all */
	size_t n_shares;		/* whose dates are asked for */
	const double *shares;		/* 0..1 */
	size_t n_by;
	const struct rp_instant *by;	/* instants asked for */
	size_t n_candidates;		/* of the sheet; 0: usual ones */
	const struct rp_instant *candidates;
	/* Called now and then from one thread; may be NULL. */
	void (*progress)(void *arg, uint64_t done, uint64_t all);
	void *progress_arg;
};

#define RP_QUESTIONS_MAX 64		/* shares, instants, candidates */

/*
 * Up to so many trials a band is found from the values themselves.  Of more
 * trials it is found from counts of how many took which value: as many values
 * in steps of one certificate, and where they lie further apart, in steps of
 * the least power of two that makes them fit.  So memory does not grow with
 * the trials; a quantile is then the lower end of its step.
 */
#define RP_BAND_VALUES 16384
#define RP_UNTIL_ERROR_TRIALS 2000000	/* no more than that */

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
 * RP_ERANGE  a parameter drawn or fixed makes no sense (line in err), or a
 *            trial would take more than 4 GB, 10,000 paths of rollouts, or 20
 *            million certificates followed one by one
 * RP_ENOMEM, RP_EMATH
 * On any error *out is untouched and nothing leaks.
 *
 * RP_EUSAGE  options that exclude each other, or a state of the bands that
 *            nothing of the case can ever be in
 *
 * Cost: time grows with trials, populations and steps of the grid, not with
 * certificates.  Memory: see rp_trials_curve(); 100 bytes for each instant,
 * population and state of the bands, and while they are made up to two times
 * 4 * RP_BAND_VALUES for as many of them as fit into a bounded room: beyond it
 * the populations are run one group after the other.
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

/* The certificates of one population, or of all (population -1), that were
 * affected and valid at awareness. */
uint64_t rp_trials_base(const struct rp_trials *tr, int population);

/* The mean base at grid instant k, with what had been discovered by then. */
double rp_trials_base_at(const struct rp_trials *tr, int population,
    size_t k);

/* The same of all populations in trial i. */
double rp_trials_base_of(const struct rp_trials *tr, size_t i, size_t k);

/* The design in force, and the number of inputs that it spreads. */
enum rp_design rp_trials_design(const struct rp_trials *tr, size_t *inputs);

/* Whether a state can occur in the case at all. */
bool rp_trials_has_state(const struct rp_trials *tr, enum rp_state state);

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
 * 4 bytes for each instant and trial; NULL with `no_curve`.
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

/* The deadline trial by trial, rp_trials_count() of each. */
struct rp_deadline_trials {
	const bool *met;		/* all done by then */
	const uint32_t *replaced;	/* certificates by then */
	const uint32_t *harmed;		/* certificates by then */
	const double *overdue_days;	/* certificate-days */
};

/* false: no deadline is known, or it is beyond the horizon. */
bool rp_trials_deadline_each(const struct rp_trials *tr,
    struct rp_deadline_trials *out);

/* In the order asked for; *n may be 0. */
const struct rp_share_date *rp_trials_share_dates(const struct rp_trials *tr,
    size_t *n);
const struct rp_by_date *rp_trials_by_dates(const struct rp_trials *tr,
    size_t *n);

/*
 * The deadline sheet of a population (-1: all), ascending by instant; *n is 0
 * without `details`.
 */
const struct rp_sheet_row *rp_trials_sheet(const struct rp_trials *tr,
    int population, size_t *n);

/* NULL without `details`. */
const struct rp_tail *rp_trials_tail(const struct rp_trials *tr);

const struct rp_risk_outcome *rp_trials_risks(const struct rp_trials *tr,
    size_t *n);

/*
 * The curve of doing nothing, all populations, at each instant of the grid:
 * for the metric `replaced` what ordinary renewal alone replaces, for `gone`
 * what natural expiry alone takes away; NULL where no population says when its
 * certificates expire, for other metrics, or without bands.
 */
const struct rp_band *rp_trials_nothing(const struct rp_trials *tr,
    enum rp_metric metric);

const struct rp_closed_form *rp_trials_closed_form(
    const struct rp_trials *tr);

/* P(each milestone) of the last plan of the case; *n may be 0. */
const struct rp_milestone_odds *rp_trials_milestones(
    const struct rp_trials *tr, size_t *n);

/*
 * Whole sentences on what the trials leave out or approximate for this case;
 * *n may be 0.
 */
const char *const *rp_trials_notes(const struct rp_trials *tr, size_t *n);

#endif /* RP_SIMULATE_H */
