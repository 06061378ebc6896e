/* Where revplan runs: language, terminal, time zones, folders. */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "doctor.h"
#include "log.h"
#include "read/zone.h"

/* The setting that decides which letters a terminal is sent. */
static const char *
locale_name(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		value = getenv(names[i]);
		if (value != NULL && *value != '\0')
			return value;
	}
	return "C";
}

/* Asked in a locale of its own: the program's own stays as it was. */
static void
look_at_locale(struct doctor *d)
{
	static const char advice[] = "set LC_ALL=C.UTF-8: results are in "
	    "UTF-8 always, and names may look wrong otherwise";
	locale_t here = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	const char *code;

	if (here == (locale_t)0) {
		doctor_say(d, "locale", DOCTOR_NOTE, advice,
		    "%s is not installed", locale_name());
		return;
	}
	code = nl_langinfo_l(CODESET, here);
	if (strcmp(code, "UTF-8") == 0)
		doctor_say(d, "locale", DOCTOR_OK, NULL, "%s", locale_name());
	else
		doctor_say(d, "locale", DOCTOR_NOTE, advice, "%s uses %s",
		    locale_name(), code);
	freelocale(here);
}

/* What decides about colours and bars, in the words of whoever wonders. */
static void
look_at_terminal(struct doctor *d)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
	struct winsize size = { 0 };
	char width[32] = "of unknown width";
	bool narrow;

	if (isatty(STDOUT_FILENO) != 1) {
		doctor_say(d, "terminal", DOCTOR_OK, NULL,
		    "standard output goes to no terminal: no colours, no "
		    "progress bars");
		return;
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		(void)snprintf(width, sizeof(width), "%u columns",
		    (unsigned)size.ws_col);
	narrow = size.ws_col > 0 && size.ws_col < 80;
	doctor_say(d, "terminal", narrow ? DOCTOR_NOTE : DOCTOR_OK,
	    narrow ? "80 columns show tables whole" : NULL, "%s, %s, %s%s",
	    term != NULL && *term != '\0' ? term : "without TERM", width,
	    rp_log_colours(STDOUT_FILENO) ? "colours" : "no colours",
	    no_color != NULL && *no_color != '\0' ? " (NO_COLOR)" : "");
}

/* Read as a calendar reads them, in three parts of the database. */
static void
look_at_zones(struct doctor *d)
{
	static const char *const names[] = { "Asia/Tokyo", "Europe/Berlin",
		"America/New_York" };
	struct rp_instant from = rp_instant_of_civil(
	    (struct rp_civil){ 2026, 1, 1 });
	struct rp_instant until = rp_instant_of_civil(
	    (struct rp_civil){ 2027, 1, 1 });
	struct rp_zone_offset *row = NULL;
	struct rp_err err = { 0 };
	size_t i, n;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (rp_zone_load(names[i], from, until, &row, &n, &err) !=
		    RP_OK) {
			doctor_say(d, "time zones", DOCTOR_MISSING,
			    "install the tzdata package: calendars need it",
			    "%s", err.text);
			return;
		}
		free(row);
	}
	doctor_say(d, "time zones", DOCTOR_OK, NULL,
	    "names can be read, such as %s", names[0]);
}

static void
look_at_processors(struct doctor *d)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	doctor_say(d, "threads", DOCTOR_OK, NULL, "%ld", n < 1 ? 1 : n);
}

/* A folder may be there and full, or mounted to be read only. */
static void
look_at_folder(struct doctor *d)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];
	int fd;

	if (folder == NULL || *folder == '\0')
		folder = "/tmp";
	(void)snprintf(path, sizeof(path), "%s/revplan-doctor.XXXXXX",
	    folder);
	fd = mkstemp(path);
	if (fd < 0 || write(fd, "x", 1) != 1)
		doctor_say(d, "temporary folder", DOCTOR_FAILS,
		    "set TMPDIR to a folder that can be written to, with some "
		    "room", "%s: %s", folder, strerror(errno));
	else
		doctor_say(d, "temporary folder", DOCTOR_OK, NULL, "%s",
		    folder);
	if (fd >= 0) {
		(void)close(fd);
		(void)unlink(path);
	}
}

void
doctor_place(struct doctor *d)
{
	look_at_locale(d);
	look_at_terminal(d);
	look_at_zones(d);
	look_at_processors(d);
	look_at_folder(d);
}
