/*
 * planner/read/recur.h - the dates of a recurrence rule (RFC 5545, RRULE).
 */
#ifndef RP_READ_RECUR_H
#define RP_READ_RECUR_H

#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

#define RP_RECUR_LEN 256	/* of a rule */
#define RP_RECUR_DAYS 200000	/* of all rules of a file */
#define RP_RECUR_STEPS 40000	/* to walk them all, see recur.c */

/* One walk after the other may use it: the numbers at the end go on. */
struct rp_recur {
	const char *rule;		/* passed by rp_recur_check() */
	int64_t start;			/* days from 1970-01-01 */
	int64_t last;			/* what is later is not wanted */
	void (*take)(void *arg, int64_t day);
	void *arg;
	size_t n_days;
	int64_t n_steps;
};

/*
 * Yearly rules may have BYMONTH, BYMONTHDAY, BYDAY and BYSETPOS, monthly
 * ones the same but BYMONTH, weekly ones BYDAY; all of them INTERVAL, COUNT,
 * UNTIL and WKST.  RP_EINPUT: anything else.
 */
RP_CHECKED rp_status rp_recur_check(const char *rule, struct rp_err *err);

/*
 * Call take for each date in order.  RP_EINPUT: not a valid rule, or one
 * that never gives a date, or the bounds above are passed.
 */
RP_CHECKED rp_status rp_recur_walk(struct rp_recur *r, struct rp_err *err);

#endif /* RP_READ_RECUR_H */
