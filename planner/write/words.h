/*
 * write/words.h - figures in the words of a reader.
 */
#ifndef RP_WRITE_WORDS_H
#define RP_WRITE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/compare.h"
#include "revplan/forecast.h"
#include "revplan/instant.h"
#include "revplan/simulate.h"

#define RP_WORDS 96

/* Each writes into buf and returns it. */

/* "2021-03-09 14:30Z"; the last second of a day is the day: "2021-03-09". */
const char *rp_words_moment(struct rp_instant at, char buf[RP_WORDS]);

/* The same, "after 2021-08-06" when it is not known by the horizon. */
const char *rp_words_quantile(bool has, struct rp_instant at,
    struct rp_instant horizon, char buf[RP_WORDS]);

/* The same in a sentence: "by 2021-03-09 23:59Z", "not by 2021-08-06". */
const char *rp_words_by(bool has, struct rp_instant at,
    struct rp_instant horizon, char buf[RP_WORDS]);

/*
 * "36.1%" for 0.361.  What is not quite all or nothing says so: ">99.9%",
 * "<0.1%".
 */
const char *rp_words_percent(double share, char buf[RP_WORDS]);

/*
 * "36.1% +- 0.2" for a mean of trials with its standard error.  That all or
 * none of them had it proves neither all nor nothing: ">99.9%", "<0.1%".
 */
const char *rp_words_mean_share(double share, double se, char buf[RP_WORDS]);

/*
 * "42.1 %"; what happened in every or in no trial is no certainty and says
 * so: "> 99.99 %" of 10,000 trials, "< 0.01 %".
 */
const char *rp_words_probability(double p, uint64_t trials,
    char buf[RP_WORDS]);

/* "42.1 % +- 0.5": with its standard error, where that says anything. */
const char *rp_words_odds(double p, double se, uint64_t trials,
    char buf[RP_WORDS]);

/* A mean of certificates: "1234.5", or "1234" when it is whole. */
const char *rp_words_mean(double mean, char buf[RP_WORDS]);

/*
 * "1234.5 +- 3.2": with its standard error, where that says anything, and no
 * more decimals than that makes sense of.
 */
const char *rp_words_estimate(double mean, double se, char buf[RP_WORDS]);

/* "2021-03-09" for the midnight that ends it, else "2021-03-09 14:30Z". */
const char *rp_words_end(struct rp_instant at, char buf[RP_WORDS]);

/* "+- 0.4 d" for seconds; "" when unknown. */
const char *rp_words_error_days(double se_s, char buf[RP_WORDS]);

/* "1.18 times as fast as assumed (5 to 95 %: 0.92 to 1.51)". */
const char *rp_words_pace(struct rp_forecast_pace pace,
    char buf[RP_WORDS]);

/*
 * How far ahead: "+17 d", "-3 d", "0 d"; "-12 d to -5 d", "at least +9 d", "at
 * most -3 d" where it is an interval; "" where nothing can be said.  Hours
 * below two days where the moment is exact to more than a day.
 */
const char *rp_words_lead(struct rp_lead lead, bool exact,
    char buf[RP_WORDS]);

/* "+17 d", "-5 h". */
const char *rp_words_gain(struct rp_span gain, bool exact,
    char buf[RP_WORDS]);

/* "quasi-random". */
const char *rp_words_of_design(enum rp_design design);

/* "1 post", "2 posts". */
const char *rp_words_number(uint64_t n, const char *one, const char *many,
    char buf[RP_WORDS]);

/* "August 2020" for "2020-08"; others stay as they are. */
const char *rp_words_period(const char *period, char buf[RP_WORDS]);

#endif /* RP_WRITE_WORDS_H */
