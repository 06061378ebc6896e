/*
 * rules/series.c - when the next CRL or OCSP response is due.
 */
#include "rules/series.h"

#define HOUR_S INT64_C(3600)
#define DAY_S INT64_C(86400)

static struct rp_when
after(struct rp_when start, int64_t s)
{
	return (struct rp_when){
		rp_instant_plus(start.from, rp_span_of_s(s)),
		rp_instant_plus(start.until, rp_span_of_s(s))
	};
}

/* Between two moments, both included. */
static struct rp_when
between(struct rp_instant first, struct rp_instant last)
{
	if (rp_instant_cmp(first, last) >= 0)
		return rp_when_exact(first);
	return (struct rp_when){ first, rp_instant_plus(last,
	    rp_span_of_s(1)) };
}

/*
 * The requirements leave open what a month is.  The same day of the month is
 * meant here, and the day after it where the next year does not have it.
 */
static struct rp_instant
next_year(struct rp_instant t)
{
	struct rp_civil c = rp_civil_of_instant(t);
	struct rp_span of_day = rp_instant_between(rp_instant_midnight(t), t);

	c.year++;
	if (!rp_civil_valid(c)) {
		c.month = 3;
		c.day = 1;
	}
	return rp_instant_plus(rp_instant_of_civil(c), of_day);
}

static struct rp_when
twelve_months(const struct rp_fact *one)
{
	return (struct rp_when){ next_year(one->at.from),
	    next_year(one->at.until) };
}

static struct rp_when
ten_days(const struct rp_fact *one)
{
	return after(one->at, 10 * DAY_S);
}

/*
 * From 1.7.1 on the interval of a response counts both of its ends, so the
 * same difference is one second longer than it was (a reading of ours).
 */
static struct rp_when
ten_days_inclusive(const struct rp_fact *one)
{
	return after(one->at, 10 * DAY_S - 1);
}

static struct rp_when
seven_days(const struct rp_fact *one)
{
	return after(one->at, 7 * DAY_S);
}

static struct rp_when
four_days(const struct rp_fact *one)
{
	return after(one->at, 4 * DAY_S);
}

/* 4 days are enough for every CA, 7 only where all certificates have OCSP. */
static struct rp_when
four_or_seven_days(const struct rp_fact *one)
{
	if (one->has_ocsp)
		return after(one->at, (one->ocsp ? 7 : 4) * DAY_S);
	return between(rp_instant_plus(one->at.from,
	    rp_span_of_s(4 * DAY_S)), rp_instant_plus(rp_when_last(one->at),
	    rp_span_of_s(7 * DAY_S)));
}

/* ---- OCSP: the response's own interval decides -------------------------- */

typedef int64_t due_of(int64_t at, int64_t next);

/* Half of a short interval; of a long one 8 hours must be left. */
static int64_t
br_due(int64_t at, int64_t next)
{
	int64_t due = next - 8 * HOUR_S;

	if (next - at < 16 * HOUR_S)
		return at + (next - at) / 2;
	return due < at + 4 * DAY_S ? due : at + 4 * DAY_S;
}

static int64_t
microsoft_due(int64_t at, int64_t next)
{
	if (next - at > 16 * HOUR_S)
		return at + (next - at) / 2;
	return next - 8 * HOUR_S;
}

/*
 * Both due dates grow with either end of the interval, so the first and the
 * last moments of these give the first and the last that can be due.  Without
 * nextUpdate only the latest that any interval allows is known.
 */
static struct rp_when
due_within(const struct rp_fact *one, due_of *due, int64_t most)
{
	struct rp_instant last = rp_when_last(one->at);

	if (!one->has_next)
		return between(one->at.from, rp_instant_plus(last,
		    rp_span_of_s(most)));
	return between(rp_instant_of_s(due(rp_instant_s(one->at.from),
	    rp_instant_s(one->next.from))), rp_instant_of_s(due(
	    rp_instant_s(last), rp_instant_s(rp_when_last(one->next)))));
}

static struct rp_when
br_refresh(const struct rp_fact *one)
{
	return due_within(one, br_due, 4 * DAY_S);
}

static struct rp_when
microsoft_refresh(const struct rp_fact *one)
{
	return due_within(one, microsoft_due, 7 * DAY_S / 2);
}

const struct rp_series rp_crl_ee_v130 = {
	RP_FACT_CRL, RP_CERT_SUBSCRIBER, seven_days, "over 7 d later",
	ten_days, "over 10 d", { 0 }
};

const struct rp_series rp_crl_ee_v201 = {
	RP_FACT_CRL, RP_CERT_SUBSCRIBER, four_or_seven_days,
	"over 7 d later, or over 4 d where certificates lack OCSP",
	ten_days, "over 10 d", { 0 }
};

const struct rp_series rp_crl_ca = {
	RP_FACT_CRL, RP_CERT_SUBORDINATE_CA, twelve_months,
	"over 12 months later", twelve_months, "over 12 months", { 0 }
};

const struct rp_series rp_ocsp_ee_v130 = {
	RP_FACT_OCSP, RP_CERT_SUBSCRIBER, four_days, "over 4 d later",
	ten_days, "over 10 d", { 0 }
};

const struct rp_series rp_ocsp_ee_v171 = {
	RP_FACT_OCSP, RP_CERT_SUBSCRIBER, br_refresh, "later than allowed",
	ten_days_inclusive, "over 10 d", { 8 * HOUR_S - 1 }
};

/* Nothing is said about nextUpdate of what is updated once a year. */
const struct rp_series rp_ocsp_ca = {
	RP_FACT_OCSP, RP_CERT_SUBORDINATE_CA, twelve_months,
	"over 12 months later", NULL, "", { 0 }
};

const struct rp_series rp_ocsp_microsoft = {
	RP_FACT_OCSP, RP_CERT_SUBSCRIBER, microsoft_refresh,
	"later than allowed", seven_days, "over 7 d", { 8 * HOUR_S }
};
