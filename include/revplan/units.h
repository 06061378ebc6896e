/*
 * revplan/units.h - spans of time, numbers of certificates, and shares.
 *
 * Stage 0.  Reads: err.h.  Read by: everything.
 *
 * Each is a struct of one field so that an hour cannot pass for a second nor
 * a share for a count.  The field ends in an underscore: only this header and
 * units.c touch it (make check-source proves that); others go through the
 * functions.
 */
#ifndef RP_UNITS_H
#define RP_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

/* Elapsed time in whole seconds; may be negative. */
struct rp_span {
	int64_t span_s_;
};

/* A number of certificates, subscribers or other whole things. */
struct rp_count {
	uint64_t count_n_;
};

/*
 * A share of a base in parts per billion: 11.0 % is 110,000,000.  Whole
 * numbers, so that 36.1 - 25.0 is exactly 11.1.  Differences of shares may be
 * negative; shares themselves lie between 0 and 1,000,000,000.
 */
struct rp_share {
	int64_t share_ppb_;
};

#define RP_SHARE_ONE_PPB INT64_C(1000000000)

static inline struct rp_span
rp_span_of_s(int64_t s)
{
	return (struct rp_span){ s };
}

static inline int64_t
rp_span_s(struct rp_span a)
{
	return a.span_s_;
}

static inline struct rp_count
rp_count_of(uint64_t n)
{
	return (struct rp_count){ n };
}

static inline uint64_t
rp_count_n(struct rp_count a)
{
	return a.count_n_;
}

static inline struct rp_share
rp_share_of_ppb(int64_t ppb)
{
	return (struct rp_share){ ppb };
}

static inline int64_t
rp_share_ppb(struct rp_share a)
{
	return a.share_ppb_;
}

/* 0.11 for 11 %; for arithmetic that is inexact anyway. */
static inline double
rp_share_real(struct rp_share a)
{
	return (double)a.share_ppb_ / 1e9;
}

/* The nearest share to a real number; NaN gives 0, values are clamped to
 * -1 .. 1. */
struct rp_share rp_share_of_real(double x);

/*
 * n / base, rounded to the nearest part per billion; base 0 gives 0.  n may
 * exceed base (a base that grew), the share is then above one.
 */
struct rp_share rp_share_of_counts(struct rp_count n, struct rp_count base);

static inline struct rp_share
rp_share_minus(struct rp_share a, struct rp_share b)
{
	return (struct rp_share){ a.share_ppb_ - b.share_ppb_ };
}

/*
 * a + b; false, and *sum untouched, when it does not fit.
 */
RP_CHECKED bool rp_count_add(struct rp_count a, struct rp_count b,
    struct rp_count *sum);

/*
 * "24 h", "10 d", "2 w", "30 min", "45 s", with or without the space; the
 * number may have a fraction as long as the result is a whole number of
 * seconds.  A day is 86,400 s.  RP_EINPUT: not of that form, the unit is
 * missing or unknown, or it does not fit; *out is untouched.
 */
RP_CHECKED rp_status rp_span_parse(const char *text, struct rp_span *out,
    struct rp_err *err);

/*
 * "11.0%", "5 %", "0.5%": 0 to 100 with at most 7 decimals.  *decimals (may
 * be NULL) is how many were written, which says how the source rounded.
 * RP_EINPUT: not of that form; RP_ERANGE: outside 0 .. 100 %.
 */
RP_CHECKED rp_status rp_share_parse(const char *text, struct rp_share *out,
    unsigned *decimals, struct rp_err *err);

/* "27000"; underscores, commas and signs are refused. */
RP_CHECKED rp_status rp_count_parse(const char *text, struct rp_count *out,
    struct rp_err *err);

#define RP_UNIT_TEXT 40

/*
 * "6.0", "-3.2", "100.0": percent with one decimal, halves away from zero.
 * What is less than the whole is "99.9" at most, however little is left.
 * Returns buf.
 */
const char *rp_share_format(struct rp_share a, char buf[RP_UNIT_TEXT]);

/* "2 d 3 h", "24 h", "-45 s": the two largest units that matter.  Returns
 * buf. */
const char *rp_span_format(struct rp_span a, char buf[RP_UNIT_TEXT]);

#endif /* RP_UNITS_H */
