/*
 * judge/claims_pace.h - what a stated pace comes to.
 *
 * A pace is a number of certificates in a unit of time, and a working day is
 * one of a calendar.  Everything here is arithmetic that a reader can redo.
 */
#ifndef RP_JUDGE_CLAIMS_PACE_H
#define RP_JUDGE_CLAIMS_PACE_H

#include <stdbool.h>

#include "judge/claims.h"

/* 365.25 / 12 days, as a duration in months is read. */
#define RP_MONTH_S INT64_C(2629800)

/* Who works at a pace: a population, or all of them. */
struct rp_pace {
	const struct rp_case *cs;
	int population;			/* -1: all certificates */
	double certificates;		/* that it has to do */
	bool assumed;			/* nobody stated that number */
	struct rp_instant starts;
	struct rp_calendar *calendar;	/* from `starts` on */
	double amount;			/* certificates a unit; above 0 */
	bool uncertain;			/* amount is a mean */
	enum rp_per per;
	int64_t reach_days;		/* how far the calendar goes */
};

/*
 * The pace of a claim.  RP_ENOMEM; where it is nothing to reckon with there
 * is no calendar.  Give back with rp_pace_release().
 */
RP_CHECKED rp_status rp_pace_init(struct rp_pace *p,
    const struct rp_case *cs, const struct rp_claim *c, struct rp_err *err);
void rp_pace_release(struct rp_pace *p);

/* Working days of its calendar between two instants. */
double rp_pace_days(const struct rp_pace *p, struct rp_instant from,
    struct rp_instant until);

/* When n certificates are done that begin at `from`; false: beyond reach. */
bool rp_pace_end(const struct rp_pace *p, double n, struct rp_instant from,
    struct rp_instant *end);

/* How many units, and certificates, there are in a time from `starts` on. */
double rp_pace_units(const struct rp_pace *p, struct rp_span time);

/*
 * Certificates in a month, least and most, over the twelve months from that
 * of `starts` on; days: the working days of those months.
 */
struct rp_monthly {
	double least, most;
	double least_days, most_days;
};
struct rp_monthly rp_pace_monthly(const struct rp_pace *p);

/*
 * When the work can begin at last if the waits before it take their mean
 * time; *waits in days, *assumed where nobody stated one of them.  A wait of
 * many subscribers has no one end and is left out.
 */
struct rp_instant rp_pace_ready(const struct rp_pace *p, double *waits,
    bool *assumed);

/* "100 a working day". */
void rp_say_pace(struct rp_sentence *s, const struct rp_pace *p);

#endif /* RP_JUDGE_CLAIMS_PACE_H */
