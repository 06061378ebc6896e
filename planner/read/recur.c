/*
 * planner/read/recur.c - the dates of a recurrence rule, within bounds.
 *
 * libical works the rules out, but only those of the harmless kinds: it
 * knows no bound but the year 2582.
 */
#include "read/recur.h"

#include <stdbool.h>
#include <string.h>

#include <libical/ical.h>

#include "read/dayset.h"
#include "revplan/instant.h"

#define DAY_S INT64_C(86400)

/*
 * Whatever is not in this list is of no use for holidays, or makes libical
 * search for seconds: a daily rule that is only narrowed down, for example,
 * is tried day by day until the year 2582.
 */
enum { YEARLY = 1, MONTHLY = 2, WEEKLY = 4, DAILY = 8, ANY = 15 };

static const struct {
	const char *text;
	unsigned frequencies;	/* that it may stand with */
} rule_parts[] = {
	{ "FREQ=YEARLY", YEARLY }, { "FREQ=MONTHLY", MONTHLY },
	{ "FREQ=WEEKLY", WEEKLY }, { "FREQ=DAILY", DAILY },
	{ "INTERVAL=", ANY }, { "COUNT=", ANY }, { "UNTIL=", ANY },
	{ "WKST=", ANY }, { "BYMONTH=", YEARLY },
	{ "BYMONTHDAY=", YEARLY | MONTHLY },
	{ "BYDAY=", YEARLY | MONTHLY | WEEKLY },
	{ "BYSETPOS=", YEARLY | MONTHLY },
};

#define N_RULE_PARTS (sizeof(rule_parts) / sizeof(rule_parts[0]))

/* Which of them a part is; N_RULE_PARTS when none. */
static size_t
find_part(const char *part)
{
	size_t i, len;

	for (i = 0; i < N_RULE_PARTS; i++) {
		len = strlen(rule_parts[i].text);
		if (strncmp(part, rule_parts[i].text, len) != 0)
			continue;
		if (part[len - 1] == '=' || strcspn(part, ";") == len)
			return i;
	}
	return N_RULE_PARTS;
}

static rp_status
refuse_part(const char *part, struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "'%.*s' is not read in this recurrence "
	    "rule; write out the dates instead", (int)strcspn(part, ";"),
	    part);
}

/* Every part known, there once, and fit for the frequency. */
static rp_status
check_parts(const char *rule, struct rp_err *err)
{
	const char *p, *at[N_RULE_PARTS] = { NULL };
	unsigned frequency = 0;
	size_t i;

	for (p = rule; *p != '\0'; p += *p == ';') {
		i = find_part(p);
		if (i == N_RULE_PARTS || at[i] != NULL)
			return refuse_part(p, err);
		at[i] = p;
		if (strncmp(p, "FREQ=", 5) == 0)
			frequency |= rule_parts[i].frequencies;
		p += strcspn(p, ";");
	}
	for (i = 0; i < N_RULE_PARTS; i++) {
		if (at[i] != NULL &&
		    (rule_parts[i].frequencies & frequency) != frequency)
			return refuse_part(at[i], err);
	}
	return RP_OK;
}

rp_status
rp_recur_check(const char *rule, struct rp_err *err)
{
	size_t len = strlen(rule);

	if (len == 0 || len > RP_RECUR_LEN || strspn(rule,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,;=+-") != len)
		return rp_fail(err, RP_EINPUT, "'%.40s' is empty or too "
		    "long for a recurrence rule, or has characters that do "
		    "not belong there", rule);
	return check_parts(rule, err);
}

/*
 * Only the date: rules of whole days know no hours.  Not from
 * icaltime_null_date(), whose hours of -1 make yearly rules a day early.
 */
static struct icaltimetype
ical_date(int64_t day)
{
	struct icaltimetype t = { .is_date = 1 };
	struct rp_civil date;

	date = rp_civil_of_instant(rp_instant_of_s(day * DAY_S));
	t.year = date.year;
	t.month = date.month;
	t.day = date.day;
	return t;
}

/* The day of an occurrence; false when the rule has come to its end. */
static bool
next_occurrence(icalrecur_iterator *it, int64_t *day)
{
	struct icaltimetype t = icalrecur_iterator_next(it);
	struct rp_civil date;

	if (icaltime_is_null_time(t))
		return false;
	date = (struct rp_civil){ t.year, (uint8_t)t.month, (uint8_t)t.day };
	if (!rp_civil_valid(date))
		return false;
	*day = rp_day_of_civil(date);
	return true;
}

static rp_status
too_many(struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "the recurrence rules up to here take "
	    "too long to work out; write out the dates instead");
}

static rp_status
walk(icalrecur_iterator *it, struct rp_recur *r, struct rp_err *err)
{
	int64_t day = 0;
	size_t n;

	for (n = 0; next_occurrence(it, &day); n++) {
		if (day > r->last)
			return RP_OK;
		if (++r->n_days > RP_RECUR_DAYS)
			return too_many(err);
		r->take(r->arg, day);
	}
	if (n > 0)
		return RP_OK;
	return rp_fail(err, RP_EINPUT, "the recurrence rule '%.80s' never "
	    "gives a date", r->rule);
}

/*
 * libical takes about a tenth of a millisecond for each period of a yearly
 * or monthly rule, times the length of its lists.  Counted in such steps, a
 * file cannot take more than some seconds.
 */
static bool
is_affordable(struct rp_recur *r)
{
	int64_t steps, values = 1;
	const char *p;

	if (r->start > r->last)
		return true;
	steps = (r->last - r->start) / 365 + 1;
	if (strstr(r->rule, "FREQ=MONTHLY") != NULL)
		steps *= 12;
	for (p = r->rule; *p != '\0'; p++)
		values += *p == ',';
	r->n_steps += steps * values;
	return r->n_steps <= RP_RECUR_STEPS;
}

rp_status
rp_recur_walk(struct rp_recur *r, struct rp_err *err)
{
	struct icalrecurrencetype rule;
	icalrecur_iterator *it = NULL;
	rp_status status;

	if (!is_affordable(r))
		return too_many(err);
	icalerror_set_errors_are_fatal(0);
	rule = icalrecurrencetype_from_string(r->rule);
	if (rule.freq != ICAL_NO_RECURRENCE)
		it = icalrecur_iterator_new(rule, ical_date(r->start));
	if (it == NULL)
		return rp_fail(err, RP_EINPUT, "'%.80s' is not a valid "
		    "recurrence rule", r->rule);
	status = walk(it, r, err);
	icalrecur_iterator_free(it);
	return status;
}
