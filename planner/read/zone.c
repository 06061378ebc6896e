/*
 * planner/read/zone.c - the UTC offsets of a named time zone.
 *
 * The C library knows how to read the tz database and how to go on after
 * its tables end.  It is asked for the local time day by day, and where two
 * days differ, the second of the change is found by halving.
 */
#include "read/zone.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "read/binder.h"

#define STEP_S 86400
#define RANGE_MAX_S (INT64_C(73050) * 86400)
#define NAME_MAX_LEN 100
#define PATH_LEN 4096

static const char *
database(void)
{
	const char *dir = getenv("TZDIR");

	return dir != NULL && dir[0] != '\0' ? dir : "/usr/share/zoneinfo";
}

/* ---- is there such a zone ----------------------------------------------- */

/*
 * A name must not lead out of the database.  "localtime" and "posixrules"
 * mean another thing on every machine, and zones under "right/" count leap
 * seconds, which instants do not.
 */
static bool
name_is_acceptable(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_+-/";
	size_t len = strlen(name);

	if (len == 0 || len > NAME_MAX_LEN || strspn(name, allowed) != len)
		return false;
	if (name[0] == '/' || name[len - 1] == '/')
		return false;
	return strncmp(name, "right/", 6) != 0 &&
	    strcmp(name, "localtime") != 0 && strcmp(name, "posixrules") != 0;
}

/* Anything else would silently be taken for UTC by the C library. */
static bool
is_zone_file(const char *path)
{
	char magic[4];
	struct stat st;
	bool good;
	FILE *f;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	f = fopen(path, "rb");
	if (f == NULL)
		return false;
	good = fread(magic, 1, sizeof(magic), f) == sizeof(magic) &&
	    memcmp(magic, "TZif", sizeof(magic)) == 0;
	(void)fclose(f);
	return good;
}

static void
lower(const char *text, char out[NAME_MAX_LEN + 1])
{
	size_t i;

	for (i = 0; i < NAME_MAX_LEN && text[i] != '\0'; i++)
		out[i] = (char)tolower((unsigned char)text[i]);
	out[i] = '\0';
}

/*
 * How far a name is from a zone, whatever the case: from all of it, or when
 * no area is named, from its city.
 */
static unsigned
distance_to_zone(const char *name, const char *zone, unsigned limit)
{
	char typed[NAME_MAX_LEN + 1], known[NAME_MAX_LEN + 1];
	const char *city;

	lower(name, typed);
	lower(zone, known);
	city = strrchr(known, '/');
	if (city != NULL && strchr(typed, '/') == NULL)
		return rp_word_distance(typed, city + 1, limit);
	return rp_word_distance(typed, known, limit);
}

/*
 * The known name that is nearest, from the table of zones that comes with
 * the database; false when none is near.
 */
static bool
find_near(const char *name, char near[NAME_MAX_LEN + 1])
{
	size_t len = strlen(name);
	unsigned best, d;
	char path[PATH_LEN], line[512], zone[NAME_MAX_LEN + 1];
	FILE *f;

	if (len > NAME_MAX_LEN || snprintf(path, sizeof(path),
	    "%s/zone.tab", database()) >= (int)sizeof(path))
		return false;
	f = fopen(path, "r");
	if (f == NULL)
		return false;
	/* Short words must be nearer: one letter of three may be wrong. */
	best = len < 6 ? (unsigned)len / 3 + 1 : 3;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (line[0] == '#' ||
		    sscanf(line, "%*s %*s %100s", zone) != 1)
			continue;
		d = distance_to_zone(name, zone, best);
		if (d < best) {
			best = d;
			memcpy(near, zone, sizeof(zone));
		}
	}
	(void)fclose(f);
	return near[0] != '\0';
}

static rp_status
no_such_zone(const char *name, struct rp_err *err)
{
	char near[NAME_MAX_LEN + 1] = "";
	struct stat st;

	if (stat(database(), &st) != 0)
		return rp_fail(err, RP_EPROGRAM, "there is no time zone "
		    "database in '%s'; install tzdata, or use the zone 'UTC'",
		    database());
	if (find_near(name, near))
		return rp_fail(err, RP_EINPUT, "no such time zone '%.60s'; did "
		    "you mean '%s'", name, near);
	return rp_fail(err, RP_EINPUT, "no such time zone '%.60s'; write its "
	    "IANA name, such as 'Asia/Tokyo'", name);
}

static rp_status
check_name(const char *name, struct rp_err *err)
{
	char path[PATH_LEN];

	if (!name_is_acceptable(name) || snprintf(path, sizeof(path), "%s/%s",
	    database(), name) >= (int)sizeof(path) || !is_zone_file(path))
		return no_such_zone(name, err);
	return RP_OK;
}

/* ---- its offsets -------------------------------------------------------- */

struct rows {
	struct rp_zone_offset *row;
	size_t n;
	size_t room;
};

static bool
append(struct rows *r, int64_t at, int32_t offset_s)
{
	struct rp_zone_offset *more;
	size_t room;

	if (r->n == r->room) {
		room = r->room > 0 ? r->room * 2 : 16;
		more = realloc(r->row, room * sizeof(*more));
		if (more == NULL)
			return false;
		r->row = more;
		r->room = room;
	}
	r->row[r->n].at = rp_instant_of_s(at);
	r->row[r->n++].offset_s = offset_s;
	return true;
}

/* What the clock on the wall shows, less what it shows in UTC. */
static int32_t
offset_at(int64_t t)
{
	struct tm tm = { 0 };
	time_t at = (time_t)t;
	struct rp_civil date;
	int64_t local;

	if (localtime_r(&at, &tm) == NULL)
		return 0;
	date = (struct rp_civil){ tm.tm_year + 1900,
	    (uint8_t)(tm.tm_mon + 1), (uint8_t)tm.tm_mday };
	local = rp_instant_s(rp_instant_of_civil(date)) +
	    tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
	return (int32_t)(local - t);
}

/* The first second of a change between low and high, which differ. */
static int64_t
find_change(int64_t low, int64_t high, int32_t before)
{
	int64_t middle;

	while (high - low > 1) {
		middle = low + (high - low) / 2;
		if (offset_at(middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* There may be more than one change within a step. */
static bool
scan(int64_t from, int64_t until, struct rows *r)
{
	int32_t before = offset_at(from);
	int64_t t = from, next;

	if (!append(r, from, before))
		return false;
	while (t < until - 1) {
		next = until - 1 - t > STEP_S ? t + STEP_S : until - 1;
		if (offset_at(next) != before) {
			next = find_change(t, next, before);
			before = offset_at(next);
			if (!append(r, next, before))
				return false;
		}
		t = next;
	}
	return true;
}

static bool
set_zone(const char *name)
{
	int failed = name != NULL ? setenv("TZ", name, 1) : unsetenv("TZ");

	tzset();
	return failed == 0;
}

/* Scan with TZ set to the zone, and put TZ back whatever happens. */
static bool
scan_zone(const char *name, int64_t from, int64_t until, struct rows *r)
{
	const char *tz = getenv("TZ");
	char *saved = NULL;
	bool done;

	if (tz != NULL) {
		saved = strdup(tz);
		if (saved == NULL)
			return false;
	}
	done = set_zone(name) && scan(from, until, r);
	done = set_zone(saved) && done;
	free(saved);
	return done;
}

rp_status
rp_zone_load(const char *name, struct rp_instant from,
    struct rp_instant until, struct rp_zone_offset **out, size_t *n,
    struct rp_err *err)
{
	int64_t first = rp_instant_s(from), last = rp_instant_s(until);
	struct rows r = { NULL, 0, 0 };
	rp_status status;
	bool done;

	if (first >= last || (uint64_t)last - (uint64_t)first > RANGE_MAX_S)
		return rp_fail(err, RP_ERANGE, "the offsets of a time zone are "
		    "wanted for no time or for more than 200 years");
	if (strcmp(name, "UTC") == 0) {
		done = append(&r, first, 0);
	} else {
		status = check_name(name, err);
		if (status != RP_OK)
			return status;
		done = scan_zone(name, first, last, &r);
	}
	if (!done) {
		free(r.row);
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for time zone '%.60s'", name);
	}
	*out = r.row;
	*n = r.n;
	return RP_OK;
}
