/*
 * base/units.c - spans, counts and shares: arithmetic, reading and writing.
 */
#include "revplan/units.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * Instants end after 1,100 years; no span that is longer can be of use, and
 * with this limit an instant plus a span never overflows.
 */
#define SPAN_MAX_S (INT64_C(1100) * 366 * 86400)

#define PPB_PER_PERCENT 10000000

__extension__ typedef unsigned __int128 wide;

/* An unsigned decimal number as it was written. */
struct decimal {
	uint64_t whole;
	uint64_t fraction;	/* the digits after the point ... */
	uint64_t scale;		/* ... over this power of ten */
	unsigned decimals;	/* how many digits were written there */
	bool too_big;
	bool too_fine;		/* more than nine decimals */
};

struct rp_share
rp_share_of_real(double x)
{
	if (isnan(x))
		return rp_share_of_ppb(0);
	x = fmax(-1.0, fmin(1.0, x));
	return rp_share_of_ppb((int64_t)llround(x * 1e9));
}

struct rp_share
rp_share_of_counts(struct rp_count n, struct rp_count base)
{
	wide twice, ppb;

	if (base.count_n_ == 0)
		return rp_share_of_ppb(0);
	/* Twice numerator and denominator, so that a half rounds up. */
	twice = (wide)n.count_n_ * 2 * (wide)RP_SHARE_ONE_PPB;
	ppb = (twice + base.count_n_) / ((wide)base.count_n_ * 2);
	if (ppb > INT64_MAX)
		ppb = INT64_MAX;
	return rp_share_of_ppb((int64_t)ppb);
}

bool
rp_count_add(struct rp_count a, struct rp_count b, struct rp_count *sum)
{
	if (a.count_n_ > UINT64_MAX - b.count_n_)
		return false;
	*sum = rp_count_of(a.count_n_ + b.count_n_);
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits at *p; false when there is none.  Too large is noted, not cut. */
static bool
read_digits(const char **p, uint64_t *out, bool *too_big)
{
	uint64_t n = 0, digit;

	if (!is_digit(**p))
		return false;
	for (; is_digit(**p); (*p)++) {
		digit = (uint64_t)(**p - '0');
		if (n > (UINT64_MAX - digit) / 10)
			*too_big = true;
		else
			n = n * 10 + digit;
	}
	*out = n;
	return true;
}

/* Digits, and digits after a point; leaves *p behind the number. */
static bool
read_decimal(const char **p, struct decimal *d)
{
	*d = (struct decimal){ .scale = 1 };
	if (!read_digits(p, &d->whole, &d->too_big))
		return false;
	if (**p != '.')
		return true;
	(*p)++;
	for (; is_digit(**p); (*p)++) {
		d->decimals++;
		if (d->decimals > 9) {
			d->too_fine = true;
			continue;
		}
		d->fraction = d->fraction * 10 + (uint64_t)(**p - '0');
		d->scale *= 10;
	}
	return d->decimals > 0;
}

static const struct {
	const char *name;
	int64_t s;
} span_units[] = {
	{ "s", 1 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 },
	{ "w", 604800 },
};

/* Seconds in a unit; 0 when there is no such unit. */
static int64_t
unit_seconds(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(span_units) / sizeof(span_units[0]); i++) {
		if (strcmp(span_units[i].name, name) == 0)
			return span_units[i].s;
	}
	return 0;
}

static rp_status
span_in_units(const char *text, const struct decimal *d, int64_t unit_s,
    struct rp_span *out, struct rp_err *err)
{
	uint64_t unit = (uint64_t)unit_s, part = d->fraction * unit;

	if (d->too_big || d->whole > (uint64_t)SPAN_MAX_S / unit - 1)
		return rp_fail(err, RP_EINPUT,
		    "span '%.40s' is longer than 1100 years", text);
	if (d->too_fine || part % d->scale != 0)
		return rp_fail(err, RP_EINPUT,
		    "span '%.40s' is not a whole number of seconds", text);
	*out = rp_span_of_s((int64_t)(d->whole * unit + part / d->scale));
	return RP_OK;
}

rp_status
rp_span_parse(const char *text, struct rp_span *out, struct rp_err *err)
{
	const char *p = text;
	struct decimal d;
	int64_t unit_s;

	if (!read_decimal(&p, &d))
		return rp_fail(err, RP_EINPUT, "'%.40s' is not a span of time; "
		    "write a number and a unit, such as '24 h'", text);
	while (*p == ' ')
		p++;
	if (*p == '\0')
		return rp_fail(err, RP_EINPUT, "span '%.40s' has no unit; "
		    "add s, min, h, d or w", text);
	unit_s = unit_seconds(p);
	if (unit_s == 0)
		return rp_fail(err, RP_EINPUT, "unknown unit '%.20s' in span "
		    "'%.40s'; use s, min, h, d or w", p, text);
	return span_in_units(text, &d, unit_s, out, err);
}

static rp_status
share_of_decimal(const char *text, const struct decimal *d,
    struct rp_share *out, struct rp_err *err)
{
	uint64_t ppb;

	if (d->decimals > 7)
		return rp_fail(err, RP_EINPUT,
		    "share '%.40s' has more than 7 decimals", text);
	ppb = d->fraction * PPB_PER_PERCENT / d->scale;
	if (d->too_big || d->whole > 100 || (d->whole == 100 && ppb > 0))
		return rp_fail(err, RP_ERANGE,
		    "share '%.40s' is outside 0%% .. 100%%", text);
	ppb += d->whole * PPB_PER_PERCENT;
	*out = rp_share_of_ppb((int64_t)ppb);
	return RP_OK;
}

rp_status
rp_share_parse(const char *text, struct rp_share *out, unsigned *decimals,
    struct rp_err *err)
{
	bool negative = text[0] == '-';
	const char *p = text + negative;
	struct decimal d;
	rp_status status;

	if (!read_decimal(&p, &d))
		return rp_fail(err, RP_EINPUT, "'%.40s' is not a share; "
		    "write a percentage, such as '11.0%%'", text);
	while (*p == ' ')
		p++;
	if (*p == '\0')
		return rp_fail(err, RP_EINPUT,
		    "share '%.40s' has no unit; add '%%'", text);
	if (strcmp(p, "%") != 0)
		return rp_fail(err, RP_EINPUT, "'%.40s' is not a share; "
		    "write a percentage, such as '11.0%%'", text);
	if (negative)
		return rp_fail(err, RP_ERANGE,
		    "share '%.40s' is outside 0%% .. 100%%", text);
	status = share_of_decimal(text, &d, out, err);
	if (status == RP_OK && decimals != NULL)
		*decimals = d.decimals;
	return status;
}

rp_status
rp_count_parse(const char *text, struct rp_count *out, struct rp_err *err)
{
	const char *p = text;
	bool too_big = false;
	uint64_t n;

	if (!read_digits(&p, &n, &too_big) || *p != '\0')
		return rp_fail(err, RP_EINPUT, "'%.40s' is not a whole number; "
		    "write digits only, such as '27000'", text);
	if (too_big)
		return rp_fail(err, RP_EINPUT,
		    "number '%.40s' is too large", text);
	*out = rp_count_of(n);
	return RP_OK;
}

/* The size of a number that may be INT64_MIN. */
static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

const char *
rp_share_format(struct rp_share a, char buf[RP_UNIT_TEXT])
{
	uint64_t ppb = magnitude(a.share_ppb_);
	uint64_t tenths = (ppb + 500000) / 1000000;

	/* Nobody may read that all is done while one is left. */
	if (tenths == 1000 && ppb < RP_SHARE_ONE_PPB)
		tenths = 999;
	/* No "-0.0": a difference that rounds to nothing has no sign. */
	(void)snprintf(buf, RP_UNIT_TEXT, "%s%" PRIu64 ".%" PRIu64,
	    a.share_ppb_ < 0 && tenths > 0 ? "-" : "", tenths / 10,
	    tenths % 10);
	return buf;
}

/*
 * Days begin at 48 h, because the field speaks of 24 h.  What is smaller
 * than the second unit is cut, not rounded.
 */
const char *
rp_span_format(struct rp_span a, char buf[RP_UNIT_TEXT])
{
	static const struct {
		uint64_t from, unit, next;
		const char *name, *next_name;
	} steps[] = {
		{ 172800, 86400, 3600, "d", "h" },
		{ 3600, 3600, 60, "h", "min" },
		{ 60, 60, 1, "min", "s" },
		{ 0, 1, 1, "s", "" },
	};
	uint64_t s = magnitude(a.span_s_);
	uint8_t rest;
	const char *sign = a.span_s_ < 0 ? "-" : "";
	size_t i = 0;

	while (s < steps[i].from)
		i++;
	rest = (uint8_t)(s % steps[i].unit / steps[i].next);
	if (rest == 0)
		(void)snprintf(buf, RP_UNIT_TEXT, "%s%" PRIu64 " %s", sign,
		    s / steps[i].unit, steps[i].name);
	else
		(void)snprintf(buf, RP_UNIT_TEXT, "%s%" PRIu64 " %s %d %s",
		    sign, s / steps[i].unit, steps[i].name, rest,
		    steps[i].next_name);
	return buf;
}
