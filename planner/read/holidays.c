/*
 * planner/read/holidays.c - dates on which nobody works, from a file.
 */
#include "read/holidays.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "read/dayset.h"
#include "read/ics.h"
#include "read/slurp.h"

#define DATE_LEN 10

/* ---- a plain list ------------------------------------------------------- */

static rp_status
bad_line(uint32_t line, const struct rp_err *why, struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "line %" PRIu32 ": %s", line,
	    why->text);
}

/* The field from *p to the next comma; *p is left behind that comma. */
static void
take_field(const char **p, const char *end, char *field, size_t room)
{
	const char *comma = memchr(*p, ',', (size_t)(end - *p));
	size_t len = (size_t)((comma != NULL ? comma : end) - *p);
	size_t kept = len < room ? len : room - 1;

	memcpy(field, *p, kept);
	field[kept] = '\0';
	*p += len + (comma != NULL);
}

/* A name may begin with digits; only a whole date is one. */
static bool
looks_like_date(const char *field)
{
	return strlen(field) == DATE_LEN &&
	    strspn(field, "0123456789-") == DATE_LEN && field[4] == '-' &&
	    field[7] == '-';
}

static rp_status
read_line(const char *p, const char *end, uint32_t line,
    struct rp_dayset *set, struct rp_err *err)
{
	struct rp_civil first, last;
	struct rp_err why = { .text = "" };
	char field[64];

	take_field(&p, end, field, sizeof(field));
	if (rp_civil_parse(field, &first, &why) != RP_OK)
		return bad_line(line, &why, err);
	last = first;
	take_field(&p, end, field, sizeof(field));
	if (looks_like_date(field) &&
	    rp_civil_parse(field, &last, &why) != RP_OK)
		return bad_line(line, &why, err);
	if (rp_day_of_civil(last) < rp_day_of_civil(first))
		return rp_fail(err, RP_EINPUT, "line %" PRIu32 ": the last day "
		    "'%s' is before the first", line, field);
	rp_dayset_mark(set, rp_day_of_civil(first), rp_day_of_civil(last));
	return RP_OK;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static rp_status
read_list(const char *bytes, size_t len, struct rp_dayset *set,
    struct rp_err *err)
{
	const char *p = bytes, *stop = bytes + len, *end, *next;
	rp_status status = RP_OK;
	uint32_t line = 1;

	for (; status == RP_OK && p < stop; p = next, line++) {
		end = memchr(p, '\n', (size_t)(stop - p));
		next = end != NULL ? end + 1 : stop;
		end = end != NULL ? end : stop;
		while (p < end && is_blank(*p))
			p++;
		while (p < end && is_blank(end[-1]))
			end--;
		if (p < end && *p != '#')
			status = read_line(p, end, line, set, err);
	}
	return status;
}

/* ---- either ------------------------------------------------------------- */

static void
skip_byte_order_mark(const char **bytes, size_t *len)
{
	if (*len >= 3 && memcmp(*bytes, "\xef\xbb\xbf", 3) == 0) {
		*bytes += 3;
		*len -= 3;
	}
}

static bool
is_icalendar(const char *bytes, size_t len)
{
	static const char begin[] = "BEGIN:VCALENDAR";

	while (len > 0 && (*bytes == '\r' || *bytes == '\n')) {
		bytes++;
		len--;
	}
	return len >= strlen(begin) &&
	    strncasecmp(bytes, begin, strlen(begin)) == 0;
}

rp_status
rp_holidays_read(const char *bytes, size_t len, struct rp_instant from,
    struct rp_instant until, struct rp_civil **out, size_t *n,
    struct rp_err *err)
{
	struct rp_dayset set = { 0, 0, NULL };
	rp_status status;

	if (len > RP_HOLIDAYS_BYTES)
		return rp_fail(err, RP_EINPUT, "more than %u bytes are too "
		    "many for a file of holidays", RP_HOLIDAYS_BYTES);
	if (len > 0 && memchr(bytes, '\0', len) != NULL)
		return rp_fail(err, RP_EINPUT, "not a text file; holidays are "
		    "read from iCalendar or from lines such as "
		    "'2020-12-31,name'");
	status = rp_dayset_init(&set, from, until, err);
	if (status != RP_OK)
		return status;
	skip_byte_order_mark(&bytes, &len);
	if (is_icalendar(bytes, len))
		status = rp_ics_read(bytes, len, &set, err);
	else
		status = read_list(bytes, len, &set, err);
	if (status == RP_OK)
		status = rp_dayset_dates(&set, out, n, err);
	rp_dayset_release(&set);
	return status;
}

/* ---- from a file -------------------------------------------------------- */

rp_status
rp_holidays_load(const char *path, struct rp_instant from,
    struct rp_instant until, struct rp_civil **out, size_t *n,
    struct rp_err *err)
{
	char *bytes = NULL;
	rp_status status;
	size_t len = 0;

	status = rp_slurp(path, RP_HOLIDAYS_BYTES, &bytes, &len, err);
	if (status == RP_OK) {
		status = rp_holidays_read(bytes, len, from, until, out, n,
		    err);
		if (status != RP_OK)
			rp_err_context(err, "'%.300s'", path);
	}
	free(bytes);
	return status;
}
