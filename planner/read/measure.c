/*
 * planner/read/measure.c - numbers with their units.
 */
#include "read/binder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S 86400.0
#define WEEK_S 604800.0

struct unit {
	const char *name;
	double factor;
};

static const struct unit time_units[] = {
	{ "s", 1 }, { "min", 60 }, { "h", 3600 }, { "d", DAY_S },
	{ "w", WEEK_S }, { NULL, 0 },
};

static const struct unit share_units[] = { { "%", 0.01 }, { NULL, 0 } };

static const struct unit workday_units[] = {
	{ "working-days", 1 }, { "working-day", 1 }, { NULL, 0 },
};

static const struct family {
	const char *noun;
	const char *example;
	const char *units;		/* for messages; NULL: takes none */
	const struct unit *unit;
} families[] = {
	[RP_FAMILY_TIME] = { "a time", "10 d", "s, min, h, d or w",
	    time_units },
	[RP_FAMILY_SHARE] = { "a share", "10%", "%", share_units },
	[RP_FAMILY_DATE] = { "a date", "2026-03-10", NULL, NULL },
	[RP_FAMILY_WORKDAYS] = { "a number of working days",
	    "10 working-days", "working-days", workday_units },
	[RP_FAMILY_RATE] = { "a rate", "80/working-day", "/h", NULL },
	[RP_FAMILY_PLAIN] = { "a number", "0.5", NULL, NULL },
};

const char *
rp_family_noun(enum rp_family family)
{
	return families[family].noun;
}

const char *
rp_family_example(enum rp_family family)
{
	return families[family].example;
}

/* ---- ranges in words ---------------------------------------------------- */

static void
bound_text(enum rp_family family, double x, char *buf, size_t size)
{
	char date[RP_INSTANT_TEXT];

	switch (family) {
	case RP_FAMILY_TIME:
		if (x != 0 && fmod(x, 86400) == 0)
			(void)snprintf(buf, size, "%.0f d", x / 86400);
		else if (x != 0 && fmod(x, 60) == 0)
			(void)snprintf(buf, size, "%.0f min", x / 60);
		else
			(void)snprintf(buf, size, "%.0f s", x);
		return;
	case RP_FAMILY_SHARE:
		(void)snprintf(buf, size, "%.0f%%", x * 100);
		return;
	case RP_FAMILY_DATE:
		(void)snprintf(buf, size, "%s", rp_instant_format_date(
		    rp_instant_of_s((int64_t)x), date));
		return;
	case RP_FAMILY_WORKDAYS:
	case RP_FAMILY_RATE:
	case RP_FAMILY_PLAIN:
		(void)snprintf(buf, size, "%.0f", x);
		return;
	}
}

const char *
rp_measure_range(const struct rp_measure *m, char buf[RP_RANGE_TEXT])
{
	char low[40], high[40];

	bound_text(m->family, m->low, low, sizeof(low));
	bound_text(m->family, m->high, high, sizeof(high));
	if (m->above && m->high >= 1e12)
		(void)snprintf(buf, RP_RANGE_TEXT, "more than %s", low);
	else if (m->above)
		(void)snprintf(buf, RP_RANGE_TEXT, "more than %s, up to %s",
		    low, high);
	else
		(void)snprintf(buf, RP_RANGE_TEXT, "%s to %s", low, high);
	return buf;
}

static bool
in_range(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text, double x)
{
	char range[RP_RANGE_TEXT];

	if (x > m->low || (x >= m->low && !m->above)) {
		if (x <= m->high)
			return true;
	}
	rp_fault(b->f, RP_AT_NODE(node), "'%.60s' is out of range; '%s' takes "
	    "%s", text, m->name, rp_measure_range(m, range));
	return false;
}

/* ---- numbers ------------------------------------------------------------ */

/*
 * -?digits[.digits][e-?digits]: what strtod takes beyond that (hexadecimal,
 * infinity, white space) is refused.  Returns the end, NULL if it is none.
 */
static const char *
read_real(const char *text, double *out)
{
	const char *p = text + (*text == '-'), *mark;
	char copy[64];
	size_t len;

	len = strspn(p, "0123456789");
	if (len == 0)
		return NULL;
	p += len;
	if (*p == '.') {
		len = strspn(p + 1, "0123456789");
		if (len == 0)
			return NULL;
		p += len + 1;
	}
	mark = p + 1 + (*p != '\0' && (p[1] == '-' || p[1] == '+'));
	if ((*p == 'e' || *p == 'E') && *mark >= '0' && *mark <= '9')
		p = mark + strspn(mark, "0123456789");
	if ((size_t)(p - text) >= sizeof(copy))
		return NULL;
	memcpy(copy, text, (size_t)(p - text));
	copy[p - text] = '\0';
	*out = strtod(copy, NULL);
	return isfinite(*out) ? p : NULL;
}

static bool
not_of_family(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text)
{
	rp_fault(b->f, RP_AT_NODE(node), "'%.60s' is not %s; write '%s' as in "
	    "'%s'", text, rp_family_noun(m->family), m->name,
	    rp_family_example(m->family));
	return false;
}

static bool
needs_unit(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text)
{
	const char *unit = m->family == RP_FAMILY_SHARE ? "%" :
	    m->family == RP_FAMILY_TIME ? " d" :
	    m->family == RP_FAMILY_WORKDAYS ? " working-days" :
	    m->pers & RP_PER_BIT(RP_PER_WORKING_DAY) ? "/working-day" : "/day";

	rp_fault(b->f, RP_AT_NODE(node),
	    "'%.60s' needs a unit, for example '%.40s%s'", text, text, unit);
	return false;
}

/* Who writes 0.03 means 3 %, hardly ever 0.03 %. */
static bool
needs_percent(struct rp_binder *b, const struct rp_node *node,
    const char *text, double x)
{
	rp_fault(b->f, RP_AT_NODE(node), "'%.60s' needs a unit; write '%g%%', "
	    "or '%.40s%%' if that is meant", text, 100 * x, text);
	return false;
}

/* In working time a day is a working day. */
static double
factor_of(const struct rp_measure *m, const struct unit *u)
{
	if (m->family == RP_FAMILY_TIME && u->factor == DAY_S)
		return m->day_s;
	if (m->family == RP_FAMILY_TIME && u->factor == WEEK_S)
		return m->week_s;
	return u->factor;
}

static bool
read_unit(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text, const char *rest,
    double *x)
{
	const struct family *family = &families[m->family];
	const struct unit *u;

	if (*rest == '\0' && m->family == RP_FAMILY_SHARE && *x > 0 && *x < 1)
		return needs_percent(b, node, text, *x);
	if (*rest == '\0' && family->unit != NULL)
		return needs_unit(b, m, node, text);
	if (*rest == '\0')
		return true;
	if (family->unit == NULL)
		return not_of_family(b, m, node, text);
	for (u = family->unit; u->name != NULL; u++) {
		if (strcmp(u->name, rest) == 0) {
			*x *= factor_of(m, u);
			return true;
		}
	}
	rp_fault(b->f, RP_AT_NODE(node), "unit '%.30s' of '%.60s' does not "
	    "fit; '%s' is %s in %s", rest, text, m->name, family->noun,
	    family->units);
	return false;
}

/* ---- rates -------------------------------------------------------------- */

static bool
wrong_per(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text)
{
	rp_fault(b->f, RP_AT_NODE(node), "'%.60s' does not fit; '%s' is per h, "
	    "per day%s", text, m->name,
	    m->pers & RP_PER_BIT(RP_PER_MONTH) ?
	    ", per working-day, per week or per month" :
	    " or per working-day");
	return false;
}

static bool
read_per(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text, const char *rest)
{
	int per;

	if (*rest == '\0')
		return needs_unit(b, m, node, text);
	if (*rest != '/')
		return not_of_family(b, m, node, text);
	rest++;
	rest += strspn(rest, " ");
	per = rp_bind_word(b, rp_words_per, "unit of a rate", rest,
	    RP_AT_NODE(node));
	if (per < 0)
		return false;
	if ((m->pers & RP_PER_BIT((unsigned)per)) == 0)
		return wrong_per(b, m, node, text);
	if (*m->per >= 0 && *m->per != per) {
		rp_fault(b->f, RP_AT_NODE(node), "'%.60s' has another unit "
		    "than the value before it; use one unit within a "
		    "distribution", text);
		return false;
	}
	*m->per = per;
	return true;
}

/* ---- all of them -------------------------------------------------------- */

/* A date stands for its first moment, 00:00Z. */
static bool
read_date(struct rp_binder *b, const struct rp_node *node, const char *text,
    double *out)
{
	struct rp_err err = { 0 };
	struct rp_when w;

	if (rp_when_parse(text, &w, &err) != RP_OK) {
		rp_fault(b->f, RP_AT_NODE(node), "%s", err.text);
		return false;
	}
	if (strstr(text, "..") != NULL) {
		rp_fault(b->f, RP_AT_NODE(node), "interval '%.60s' does not "
		    "fit here; give one instant, or a distribution such as "
		    "{uniform: [2026-03-10, 2026-03-20]}", text);
		return false;
	}
	*out = (double)rp_instant_s(w.from);
	return true;
}

bool
rp_measure_read(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text, double *out)
{
	const char *rest;
	double x = 0;

	if (m->family == RP_FAMILY_DATE) {
		if (!read_date(b, node, text, &x))
			return false;
	} else {
		rest = read_real(text, &x);
		if (rest == NULL)
			return not_of_family(b, m, node, text);
		rest += strspn(rest, " ");
		if (m->family == RP_FAMILY_RATE ?
		    !read_per(b, m, node, text, rest) :
		    !read_unit(b, m, node, text, rest, &x))
			return false;
	}
	if (!in_range(b, m, node, text, x))
		return false;
	*out = x;
	return true;
}

struct rp_measure
rp_measure_of(const struct rp_key *key, int *per)
{
	static const enum rp_family of_type[RP_TYPES] = {
		[RP_TYPE_TIME] = RP_FAMILY_TIME,
		[RP_TYPE_SHARE] = RP_FAMILY_SHARE,
		[RP_TYPE_DATE] = RP_FAMILY_DATE,
		[RP_TYPE_WORKDAYS] = RP_FAMILY_WORKDAYS,
		[RP_TYPE_RATE] = RP_FAMILY_RATE,
	};
	struct rp_measure m = { of_type[key->type], key->name, key->low,
	    key->high, key->type == RP_TYPE_RATE, key->pers, per, DAY_S,
	    WEEK_S };

	/* Instants have one range everywhere, that of their reader. */
	if (m.family == RP_FAMILY_DATE) {
		m.low = (double)rp_instant_s(rp_instant_of_civil(
		    (struct rp_civil){ 1900, 1, 1 }));
		m.high = (double)rp_instant_s(rp_instant_of_civil(
		    (struct rp_civil){ 2999, 12, 31 }));
	}
	return m;
}

/*
 * Ten days of working time are ten working days, however many hours each of
 * them has; a week has the calendar's working days.
 */
static void
count_working_days(const struct rp_case *cs, const struct rp_population *p,
    struct rp_measure *m)
{
	const struct rp_calendar_spec *spec = &rp_calendar_default;
	unsigned days = 0;

	if (p != NULL && p->calendar >= 0 &&
	    (size_t)p->calendar < cs->n_calendars)
		spec = &cs->calendar[p->calendar].spec;
	for (unsigned i = 0; i < 7; i++)
		days += spec->week >> i & 1u;
	m->day_s = (double)spec->closes_s - (double)spec->opens_s;
	m->week_s = days * m->day_s;
}

static bool
is_same(double a, double b)
{
	return !(a < b) && !(a > b);
}

/* A way for all populations has one working day only where they agree. */
static void
agree_on_days(struct rp_binder *b, const struct rp_node *node,
    struct rp_measure *m)
{
	const struct rp_case *cs = b->cs;
	struct rp_measure other = *m;
	size_t i;

	for (i = 0; i < cs->n_populations; i++) {
		count_working_days(cs, &cs->population[i], &other);
		if (i == 0)
			*m = other;
		if (is_same(m->day_s, other.day_s) &&
		    is_same(m->week_s, other.week_s))
			continue;
		rp_fault(b->f, RP_AT_NODE(node), "populations differ in how "
		    "long they work on a day or in a week; give a rollout to "
		    "each 'population'");
		return;
	}
}

void
rp_set_quantity(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_measure m = rp_measure_of(key, NULL);

	if (key->context == RP_CTX_WAIT && key->type == RP_TYPE_TIME) {
		const struct rp_step *step =
		    (const struct rp_step *)((char *)at - key->at);

		if (step->as.wait.clock == RP_CLOCK_WORKING &&
		    b->population != NULL)
			count_working_days(b->cs, b->population, &m);
		else if (step->as.wait.clock == RP_CLOCK_WORKING)
			agree_on_days(b, v->node, &m);
	}
	rp_bind_quantity(b, &m, v, at);
}

void
rp_set_rate(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_rate *rate = at;
	int per = -1;
	struct rp_measure m = rp_measure_of(key, &per);

	rp_bind_quantity(b, &m, v, &rate->amount);
	if (per >= 0)
		rate->per = (enum rp_per)per;
}
