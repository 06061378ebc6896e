/*
 * planner/read/calendars.c - when people work: zones, weeks, hours, holidays.
 */
#include "read/binder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/holidays.h"
#include "read/zone.h"

#define DAY_S 86400

static const char *const days[7] = {
	"mon", "tue", "wed", "thu", "fri", "sat", "sun"
};

/* A case may look back before awareness, and past its horizon. */
#define MARGIN_S (INT64_C(800) * DAY_S)

/*
 * When awareness is not known (that is a fault of its own), a few recent years
 * do to find the other faults.
 */
void
rp_bind_window(const struct rp_binder *b, struct rp_instant *from,
    struct rp_instant *until)
{
	const struct rp_case *cs = b->cs;
	int64_t start = rp_instant_s(cs->aware.from);
	int64_t end = rp_instant_s(cs->simulation.horizon);

	if (end <= start)
		end = start + INT64_C(400) * DAY_S;
	*from = rp_instant_of_s(start - MARGIN_S);
	*until = rp_instant_of_s(end + MARGIN_S);
}

/* ---- zones -------------------------------------------------------------- */

static void
load_zone(struct rp_binder *b, const struct rp_node *node,
    struct rp_named_calendar *cal)
{
	struct rp_zone_offset *offsets = NULL, *kept;
	struct rp_instant from, until;
	struct rp_err err = { 0 };
	rp_status status;
	size_t n = 0;

	rp_bind_window(b, &from, &until);
	status = rp_zone_load(cal->zone, from, until, &offsets, &n, &err);
	if (status == RP_ENOMEM)
		b->status = RP_ENOMEM;
	else if (status != RP_OK)
		rp_fault(b->f, RP_AT_NODE(node), "%s", err.text);
	if (status != RP_OK)
		return;
	kept = rp_bind_alloc(b, n, sizeof(*kept));
	if (kept != NULL && n > 0) {
		memcpy(kept, offsets, n * sizeof(*kept));
		cal->spec.offsets = kept;
		cal->spec.n_offsets = n;
	}
	free(offsets);
}

void
rp_set_zone(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_named_calendar *cal = (struct rp_named_calendar *)(void *)
	    ((char *)at - offsetof(struct rp_named_calendar, zone));
	const char *text = rp_bind_scalar(b, v->node, key->name);

	if (text == NULL)
		return;
	cal->zone = rp_bind_text(b, text);
	if (cal->zone != NULL)
		load_zone(b, v->node, cal);
}

/* ---- weeks -------------------------------------------------------------- */

static int
find_day(const char *text, size_t len)
{
	int i;

	for (i = 0; i < 7; i++) {
		if (len == 3 && strncmp(days[i], text, 3) == 0)
			return i;
	}
	return -1;
}

bool
rp_is_weekday(const char *text)
{
	return find_day(text, strlen(text)) >= 0;
}

/* "mon-fri", "sun-thu", or one day. */
static uint8_t
read_days(struct rp_binder *b, const struct rp_node *node, const char *what)
{
	const char *text = rp_bind_scalar(b, node, what), *dash;
	int first, last;
	unsigned bits = 0;

	if (text == NULL)
		return 0;
	dash = strchr(text, '-');
	first = find_day(text, dash != NULL ? (size_t)(dash - text) :
	    strlen(text));
	last = dash != NULL ? find_day(dash + 1, strlen(dash + 1)) : first;
	if (first < 0 || last < 0) {
		rp_fault(b->f, RP_AT_NODE(node), "'%.60s' is not a day of the "
		    "week; write '%s' as mon-fri or [sat, sun]", text, what);
		return 0;
	}
	bits = 1u << first;
	for (; first != last; bits |= 1u << first)
		first = (first + 1) % 7;
	return (uint8_t)bits;
}

uint8_t
rp_bind_weekdays(struct rp_binder *b, const struct rp_node *node,
    const char *what)
{
	const struct rp_node *child;
	unsigned bits = 0;

	if (node->kind != RP_NODE_LIST)
		return read_days(b, node, what);
	for (child = node->first; child != NULL; child = child->next)
		bits |= read_days(b, child, what);
	return (uint8_t)bits;
}

void
rp_set_week(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	*(uint8_t *)at = rp_bind_weekdays(b, v->node, key->name);
	if (v->node->kind == RP_NODE_LIST && v->node->n == 0)
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' has no working day; "
		    "name at least one, such as mon", key->name);
}

/* ---- hours -------------------------------------------------------------- */

/* HH:MM at *p, up to 24:00; -1 when it is not. */
static int32_t
read_clock(const char **p)
{
	const char *s = *p;
	int32_t minutes;

	if (strspn(s, "0123456789") != 2 || s[2] != ':' ||
	    strspn(s + 3, "0123456789") != 2)
		return -1;
	minutes = ((s[0] - '0') * 10 + s[1] - '0') * 60 +
	    (s[3] - '0') * 10 + s[4] - '0';
	if (s[3] > '5' || minutes > 24 * 60)
		return -1;
	*p = s + 5;
	return minutes * 60;
}

void
rp_set_hours(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name), *p = text;
	struct rp_calendar_spec *spec = at;
	int32_t opens, closes = -1;

	if (text == NULL)
		return;
	opens = read_clock(&p);
	if (opens >= 0 && *p == '-') {
		p++;
		closes = read_clock(&p);
	}
	if (closes < 0 || *p != '\0') {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%.60s' is not a range of "
		    "hours; write '%s' as 09:00-18:00", text, key->name);
	} else if (opens >= closes) {
		rp_fault(b->f, RP_AT_NODE(v->node), "hours '%.60s' close "
		    "before they open; put the earlier time first", text);
	} else {
		spec->opens_s = opens;
		spec->closes_s = closes;
	}
}

/* ---- holidays ----------------------------------------------------------- */

static void
keep_holidays(struct rp_binder *b, const struct rp_civil *dates, size_t n,
    struct rp_named_calendar *cal)
{
	struct rp_civil *kept = rp_bind_alloc(b, n, sizeof(*kept));

	if (kept == NULL || n == 0)
		return;
	memcpy(kept, dates, n * sizeof(*kept));
	cal->spec.holidays = kept;
	cal->spec.n_holidays = n;
}

static void
load_holidays(struct rp_binder *b, const struct rp_node *node,
    struct rp_named_calendar *cal)
{
	struct rp_instant from, until;
	struct rp_civil *dates = NULL;
	struct rp_err err = { 0 };
	size_t n = 0, len = 0;
	rp_status status;
	char *bytes;

	bytes = rp_bind_file(b, node, RP_HOLIDAYS_BYTES, &len);
	if (bytes == NULL)
		return;
	cal->holidays = rp_bind_text(b, node->text);
	rp_bind_window(b, &from, &until);
	status = rp_holidays_read(bytes, len, from, until, &dates, &n, &err);
	if (status == RP_OK)
		keep_holidays(b, dates, n, cal);
	else if (status == RP_ENOMEM)
		b->status = RP_ENOMEM;
	else
		rp_fault(b->f, RP_AT_NODE(node), "'%s': %s", node->text,
		    err.text);
	free(dates);
	free(bytes);
}

static void
list_holidays(struct rp_binder *b, const struct rp_node *node,
    struct rp_named_calendar *cal)
{
	struct rp_civil *dates = malloc((node->n + 1) * sizeof(*dates));
	const struct rp_node *child;
	struct rp_err err = { 0 };
	const char *text;
	size_t n = 0;

	if (dates == NULL) {
		b->status = RP_ENOMEM;
		return;
	}
	for (child = node->first; child != NULL; child = child->next) {
		text = rp_bind_scalar(b, child, "holidays");
		if (text == NULL)
			continue;
		if (rp_civil_parse(text, &dates[n], &err) == RP_OK)
			n++;
		else
			rp_fault(b->f, RP_AT_NODE(child), "%s", err.text);
	}
	keep_holidays(b, dates, n, cal);
	free(dates);
}

void
rp_set_holidays(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_named_calendar *cal = (struct rp_named_calendar *)(void *)
	    ((char *)at - offsetof(struct rp_named_calendar, spec.holidays));

	if (v->node->kind == RP_NODE_LIST)
		list_holidays(b, v->node, cal);
	else if (rp_bind_scalar(b, v->node, key->name) != NULL)
		load_holidays(b, v->node, cal);
}

/* ---- freezes ------------------------------------------------------------ */

/* A bare date is the local midnight at which it begins. */
void
rp_set_moment(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const char *text = rp_bind_scalar(b, v->node, key->name);
	struct rp_err err = { 0 };
	struct rp_civil date;
	struct rp_when w;

	if (text == NULL)
		return;
	if (rp_civil_parse(text, &date, NULL) == RP_OK) {
		*(struct rp_instant *)at = rp_zone_local(b->zone->offsets,
		    b->zone->n_offsets, date, 0);
	} else if (rp_when_parse(text, &w, &err) != RP_OK) {
		rp_fault(b->f, RP_AT_NODE(v->node), "%s", err.text);
	} else if (!rp_when_is_exact(w)) {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%.60s' is an interval; "
		    "'%s' takes one instant or a date", text, key->name);
	} else {
		*(struct rp_instant *)at = w.from;
	}
}

void
rp_end_freeze(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_freeze *freeze = target;

	if (rp_instant_s(freeze->from) == 0 || rp_instant_s(freeze->until) ==
	    0)
		return;
	if (rp_instant_cmp(freeze->from, freeze->until) >= 0)
		rp_fault(b->f, RP_AT_NODE(node), "'until' of a freeze must lie "
		    "after its 'from'; it is the first moment with work again");
}

/* ---- the calendar ------------------------------------------------------- */

void
rp_begin_calendar(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_named_calendar *cal = target;

	cal->zone = "UTC";
	cal->spec = rp_calendar_default;
	cal->origin = (struct rp_origin){ RP_AT_NODE(node), b->basis,
	    b->source };
	b->zone = &cal->spec;
}

/* Freezes and holidays together may leave no day to work on. */
void
rp_end_calendar(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	const struct rp_named_calendar *cal = target;
	struct rp_calendar *built = NULL;
	struct rp_instant from, until;
	struct rp_err err = { 0 };
	rp_status status;

	if (cal->spec.week == 0)
		return;
	rp_bind_window(b, &from, &until);
	status = rp_calendar_new(&cal->spec, from, until, &built, &err);
	if (status == RP_ENOMEM)
		b->status = RP_ENOMEM;
	else if (status != RP_OK)
		rp_fault(b->f, RP_AT_NODE(node), "%s", err.text);
	else if (rp_calendar_is_empty(built))
		rp_fault(b->f, RP_AT_NODE(node), "calendar '%.60s' has no "
		    "working day; shorten its freezes or holidays", cal->name);
	rp_calendar_free(built);
}

void
rp_set_calendars(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_named_calendar *cal;
	const struct rp_node *child;
	struct rp_value one;

	cal = rp_bind_items(b, key, v->node, RP_NODE_MAP, at);
	if (cal == NULL)
		return;
	for (child = v->node->first; child != NULL; child = child->next) {
		cal->name = rp_bind_text(b, child->key);
		one = rp_bind_unwrap(b, child);
		rp_bind_map(b, key->sub, one.node, cal);
		cal++;
	}
}
