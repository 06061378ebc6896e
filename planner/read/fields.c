/*
 * planner/read/fields.c - a field of a file of counts.
 */
#include "read/counting.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "revplan/instant.h"

#define DAY_S 86400

const char *const rp_counts_columns[COLUMNS] = {
	[POPULATION] = "population", [SIZE] = "subscriber_size",
	[EXPIRY] = "expiry", [CERTIFICATES] = "certificates"
};

/* ---- faults ------------------------------------------------------------- */

uint32_t
rp_counting_column(const struct rp_counting *c, size_t field)
{
	bool quoted = false;
	size_t i = 0;

	for (; i < c->len && field > 0; i++) {
		if (c->line[i] == '"')
			quoted = !quoted;
		else if (c->line[i] == ',' && !quoted)
			field--;
	}
	while (i < c->len && (c->line[i] == ' ' || c->line[i] == '\r'))
		i++;
	return (uint32_t)i + 1;
}

/* ---- populations -------------------------------------------------------- */

static size_t
place_of_name(const struct rp_counting *c, const char *name)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	size_t at;

	for (const char *p = name; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	at = (size_t)(hash >> 7) & (c->name_room - 1);
	while (c->by_name[at] != 0 &&
	    strcmp(c->name[c->by_name[at] - 1], name) != 0)
		at = (at + 1) & (c->name_room - 1);
	return at;
}

/* Twice as many places for names, so that half of them stay free. */
static bool
more_names(struct rp_counting *c)
{
	size_t room = c->room > 0 ? 2 * c->room : 16;
	char **name = realloc(c->name, room * sizeof(*name));
	uint32_t *line, *by_name;
	struct rp_sums *sums;

	if (name == NULL)
		return false;
	c->name = name;
	line = realloc(c->name_line, room * sizeof(*line));
	if (line == NULL)
		return false;
	c->name_line = line;
	sums = realloc(c->sums, room * sizeof(*sums));
	if (sums == NULL)
		return false;
	c->sums = sums;
	by_name = calloc(2 * room, sizeof(*by_name));
	if (by_name == NULL)
		return false;
	free(c->by_name);
	c->by_name = by_name;
	c->name_room = 2 * room;
	c->room = room;
	for (size_t i = 0; i < c->n; i++)
		by_name[place_of_name(c, c->name[i])] = (uint32_t)i + 1;
	return true;
}

static bool
add_name(struct rp_counting *c, const char *name)
{
	size_t at;

	if (c->n == c->room && !more_names(c))
		return false;
	c->name[c->n] = strdup(name);
	if (c->name[c->n] == NULL)
		return false;
	at = place_of_name(c, name);
	c->name_line[c->n] = c->number;
	c->sums[c->n] = (struct rp_sums){ .certificates = 0 };
	c->by_name[at] = (uint32_t)++c->n;
	return true;
}

/* Whose sums they are, made where the name is new. */
static void
find_name(struct rp_counting *c, const char *name)
{
	uint32_t found = 0;

	if (c->name_room > 0)
		found = c->by_name[place_of_name(c, name)];
	if (found == 0 && c->n == RP_COUNTS_POPULATIONS) {
		FAULT(c, "'%.60s' is one population too many; a case has %d "
		    "at most", name, RP_COUNTS_POPULATIONS);
		c->stopped = true;
	} else if (found == 0 && !add_name(c, name)) {
		c->broken = true;
	} else {
		c->last = found > 0 ? found - 1 : c->n - 1;
		c->row.sums = (uint32_t)c->last;
	}
}

void
rp_counting_population(struct rp_counting *c, const char *text)
{
	if (c->last < c->n && strcmp(c->name[c->last], text) == 0)
		c->row.sums = (uint32_t)c->last;
	else if (*text == '\0')
		FAULT(c, "the population has no name; write that of the case");
	else if (strlen(text) > RP_COUNTS_NAME)
		FAULT(c, "the name of the population has more than %d bytes",
		    RP_COUNTS_NAME);
	else
		find_name(c, text);
}

/* ---- numbers ------------------------------------------------------------ */

void
rp_counting_number(struct rp_counting *c, enum rp_counts_column column,
    const char *text)
{
	size_t len = strspn(text, "0123456789");
	uint64_t n = 0;

	if (*text == '\0') {
		FAULT(c, "'%s' is empty; it takes a whole number such as 12",
		    rp_counts_columns[column]);
		return;
	}
	if (len == 0 || text[len] != '\0') {
		FAULT(c, "'%.40s' is not a whole number; '%s' takes one such "
		    "as 12", text, rp_counts_columns[column]);
		return;
	}
	for (; *text != '\0' && n <= RP_COUNTS_MOST; text++)
		n = 10 * n + (uint64_t)(*text - '0');
	if (n == 0 && column == SIZE)
		FAULT(c, "'0' is out of range; a subscriber of certificates "
		    "has at least one");
	else if (n > RP_COUNTS_MOST)
		FAULT(c, "'%s' is out of range; at most %" PRIu64 " "
		    "certificates are possible", rp_counts_columns[column],
		    RP_COUNTS_MOST);
	else
		c->row.value[column] = (uint32_t)n;
}

/* ---- expiries ----------------------------------------------------------- */

static bool
is_like(const char *text, const char *form)
{
	for (; *form != '\0'; form++, text++)
		if (*form == '0' ? *text < '0' || *text > '9' :
		    *text != *form)
			return false;
	return *text == '\0';
}

static int
two_digits(const char *text)
{
	return 10 * (text[0] - '0') + text[1] - '0';
}

static int
year_of(const char *text)
{
	return 100 * two_digits(text) + two_digits(text + 2);
}

static bool
first_of_month(const char *text, struct rp_instant *out)
{
	char day[12];
	struct rp_civil civil;

	(void)snprintf(day, sizeof(day), "%.7s-01", text);
	if (rp_civil_parse(day, &civil, NULL) != RP_OK)
		return false;
	*out = rp_instant_of_civil(civil);
	return true;
}

/* The fourth of January is in the first week of its year. */
static bool
first_of_week(const char *text, struct rp_instant *out)
{
	int weeks = two_digits(text + 6) - 1, year = 0;
	struct rp_civil fourth = { year_of(text), 1, 4 };
	unsigned week = 0;

	if (fourth.year < 1900 || fourth.year > 2998 || weeks < 0)
		return false;
	*out = rp_period_start(RP_PERIOD_WEEK, rp_instant_of_civil(fourth));
	*out = rp_instant_plus(*out, rp_span_of_s((int64_t)weeks * 7 *
	    DAY_S));
	rp_instant_iso_week(*out, &year, &week);
	return year == fourth.year && rp_instant_s(*out) >= rp_instant_s(
	    rp_instant_of_civil((struct rp_civil){ 1900, 1, 1 }));
}

/* The interval that a bucket stands for. */
static bool
read_bucket(const char *text, struct rp_instant *from,
    struct rp_instant *until, bool *is_day)
{
	struct rp_civil civil;

	*is_day = false;
	if (is_like(text, "0000-00") && first_of_month(text, from)) {
		*until = rp_period_next(RP_PERIOD_MONTH, *from);
		return true;
	}
	if (is_like(text, "0000-W00") && first_of_week(text, from)) {
		*until = rp_period_next(RP_PERIOD_WEEK, *from);
		return true;
	}
	*is_day = is_like(text, "0000-00-00") &&
	    rp_civil_parse(text, &civil, NULL) == RP_OK;
	if (!*is_day)
		return false;
	*from = rp_instant_of_civil(civil);
	*until = rp_instant_plus(*from, rp_span_of_s(DAY_S));
	return true;
}

/* Whether months or weeks were cut to their first days. */
static void
look_at_day(struct rp_counting *c, bool is_day, struct rp_instant from)
{
	if (c->row.days == c->last_days)
		return;
	c->last_days = c->row.days;
	c->n_days++;
	c->looks_monthly = c->looks_monthly && is_day &&
	    rp_civil_of_instant(from).day == 1;
	c->looks_weekly = c->looks_weekly && is_day &&
	    rp_instant_weekday(from) == 0;
}

void
rp_counting_expiry(struct rp_counting *c, const char *text)
{
	struct rp_instant from, until;
	bool is_day;

	c->row.days = 0;
	if (*text == '\0')
		return;
	if (!read_bucket(text, &from, &until, &is_day)) {
		FAULT(c, "'%.40s' is not an expiry; write a month as 2026-03, "
		    "a week as 2026-W10, a day as 2026-03-01, or nothing "
		    "where it is not known", text);
		return;
	}
	c->row.days = rp_days_key((int32_t)(rp_instant_s(from) / DAY_S),
	    (int32_t)(rp_instant_s(until) / DAY_S));
	look_at_day(c, is_day, from);
}
