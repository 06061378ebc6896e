/*
 * forecast/observe.h - the actuals as a forecast sees them.
 */
#ifndef RP_FORECAST_OBSERVE_H
#define RP_FORECAST_OBSERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/simulate.h"

struct rp_observation {
	struct rp_instant at;	/* the state at this instant */
	struct rp_instant given; /* the last second of the as_of given */
	double share;		/* as printed, 0..1 */
	double low, high;	/* what rounds to it; open with a bound */
};

struct rp_observations {
	size_t n;
	struct rp_observation *o;	/* by time; owned by the caller */
	size_t left_out;
	/* A fact that could only come about once all were done: the duty that
	 * every population blocks was revoked by then. */
	bool has_end;
	struct rp_instant end;
	const struct rp_duty *duty;
	double subscribers;		/* of all populations */
};

/* The actuals of the trials' metric seen at as_of.  RP_ENOMEM. */
RP_CHECKED rp_status rp_observe(const struct rp_trials *tr,
    struct rp_when as_of, enum rp_view view, struct rp_observations *out,
    struct rp_err *err);

/* The last point of the grid that is not after t, or the first. */
size_t rp_point_before(const struct rp_trials *tr, struct rp_instant t);

/* The share of the base in trial i at t, between grid points in proportion. */
double rp_trial_share(const struct rp_trials *tr, size_t i,
    struct rp_instant t);

/* The same of all trials. */
void rp_trial_shares(const struct rp_trials *tr, struct rp_instant t,
    double *share);

struct rp_ranked {
	double value;
	double weight;
};

/* By value, ascending; those of one value stay as they were.  r has room for
 * n more, which is used up. */
void rp_rank(struct rp_ranked *r, size_t n);

#define RP_NOTES 16
#define RP_NOTE_TEXT 320

/* Sentences for the reader; what does not fit is dropped. */
struct rp_notes {
	size_t n;
	const char *line[RP_NOTES];
	char text[RP_NOTES][RP_NOTE_TEXT];
};

void rp_note(struct rp_notes *notes, const char *fmt, ...) RP_PRINTF(2, 3);

#endif /* RP_FORECAST_OBSERVE_H */
