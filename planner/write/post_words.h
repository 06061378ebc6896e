/*
 * write/post_words.h - figures and times in the words of a post.
 */
#ifndef RP_WRITE_POST_WORDS_H
#define RP_WRITE_POST_WORDS_H

#include <stdbool.h>

#include "revplan/update.h"
#include "write/words.h"

/* Each writes into buf and returns it. */

/* "2020-12-31 14:00 UTC", "2020-12-31", "2020-12-01 to 2020-12-10". */
const char *rp_post_when(struct rp_when w, char buf[RP_WORDS]);

/*
 * The moment of an estimate: to the minute in the two weeks after as_of,
 * after that to the day, which is what it can bear.
 */
const char *rp_post_moment(struct rp_instant at, struct rp_when as_of,
    char buf[RP_WORDS]);

/* "600", "76.4 %" with the decimals that the source gave. */
const char *rp_post_amount(const struct rp_amount *a, char buf[RP_WORDS]);

/* "at least 600 of 1000 (60.0 %)", "76.4 %". */
const char *rp_post_figure(const struct rp_post_figure *f,
    char buf[RP_WORDS]);

/* "500 to 600 (+100)", "58.4 % to 76.4 % (+18.0 points)", "600 (as before)",
 * "600 (not reported before)". */
const char *rp_post_change(const struct rp_amount *before,
    const struct rp_amount *now, char buf[RP_WORDS]);

/* "31 days", "1 day", "5 h": of a difference, whatever its sign. */
const char *rp_post_span(int64_t s, char buf[RP_WORDS]);

/*
 * How long after due something was done, for certain: "10 days", by the
 * calendar between two dates; "at least 233 days" of an interval.  "" when it
 * may have been in time.
 */
const char *rp_post_late(struct rp_when due, struct rp_when done,
    char buf[RP_WORDS]);

/*
 * How long before the post the deadline of a duty passed, in whole days from
 * two on, as `check` counts them; "" while it has not, and when nothing is
 * left.
 */
const char *rp_post_overdue(const struct rp_post *post,
    const struct rp_post_row *r, char buf[RP_WORDS]);

/* "1 certificate", "6 certificates". */
const char *rp_post_certificates(struct rp_count n, char buf[RP_WORDS]);

/* "the replacement of the affected certificates", as a metric has it. */
const char *rp_post_work(enum rp_metric metric);

/* "Mozilla wiki, Responding to an incident": what a date rests on; "agreed
 * with the root program" without a rule. */
const char *rp_post_due_reason(const struct rp_post_due *due,
    char buf[2 * RP_WORDS]);

#endif /* RP_WRITE_POST_WORDS_H */
