/* The libraries of this program, and the programs that it calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>
#include <jansson.h>
#include <libical/ical.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <yaml.h>

#include "doctor.h"
#include "output.h"
#include "version.h"
#include "write/plot.h"

#define SQLITE_LEAST 3037000	/* STRICT tables */
#define GNUPLOT_LEAST 5.2	/* data blocks, pngcairo with fontscale */

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "an unknown compiler"
#endif

/* ---- libraries ---------------------------------------------------------- */

/* What was linked at run time may be older than what was built with. */
static void
look_at_sqlite(struct doctor *d)
{
	const char *found = sqlite3_libversion();

	if (sqlite3_libversion_number() < SQLITE_LEAST)
		doctor_say(d, "SQLite", DOCTOR_OLD, "install SQLite 3.37 or "
		    "later: stores need its STRICT tables", "%s", found);
	else if (sqlite3_threadsafe() == 0)
		doctor_say(d, "SQLite", DOCTOR_FAILS, "install an SQLite that "
		    "was built for threads", "%s, not safe with threads",
		    found);
	else if (sqlite3_compileoption_used("OMIT_DESERIALIZE") != 0)
		doctor_say(d, "SQLite", DOCTOR_FAILS, "install an SQLite that "
		    "was built with serialize", "%s without serialize",
		    found);
	else
		doctor_say(d, "SQLite", DOCTOR_OK, NULL, "%s with STRICT "
		    "tables, safe with threads", found);
}

void
doctor_libraries(struct doctor *d)
{
	doctor_say(d, "revplan", DOCTOR_OK, NULL, "%s, built with %s",
	    RP_VERSION, COMPILER);
	look_at_sqlite(d);
	doctor_say(d, "libyaml", DOCTOR_OK, NULL, "%s",
	    yaml_get_version_string());
	doctor_say(d, "jansson", DOCTOR_OK, NULL, "%s", jansson_version_str());
	/* These two do not say at run time which one they are. */
	doctor_say(d, "libical", DOCTOR_OK, NULL, "built with %s",
	    ICAL_VERSION);
	doctor_say(d, "libcsv", DOCTOR_OK, NULL, "built with %d.%d.%d",
	    CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
	doctor_say(d, "libcrypto", DOCTOR_OK, NULL, "%s",
	    OpenSSL_version(OPENSSL_VERSION));
}

/* ---- gnuplot ------------------------------------------------------------ */

/* Where a program is that would be run by that name. */
static bool
find_program(const char *name, char *path, size_t room)
{
	const char *p = getenv("PATH");
	size_t len;

	for (; p != NULL && *p != '\0'; p += len + (p[len] == ':')) {
		len = strcspn(p, ":");
		(void)snprintf(path, room, "%.*s/%s", (int)len, p, name);
		if (access(path, X_OK) == 0)
			return true;
	}
	return false;
}

/* There, and of an age that knows what our scripts say. */
static bool
look_at_gnuplot(struct doctor *d)
{
	static const char *const words[] = { "gnuplot", "--version", NULL };
	static const char advice[] = "'make deps', or install the "
	    "gnuplot-nox package: chart and report need it";
	char path[4096], said[200];
	double version;

	if (!find_program("gnuplot", path, sizeof(path))) {
		doctor_say(d, "gnuplot", DOCTOR_MISSING, advice,
		    "not found in PATH");
		return false;
	}
	if (!doctor_run(words, said, sizeof(said)) ||
	    strncmp(said, "gnuplot ", 8) != 0) {
		doctor_say(d, "gnuplot", DOCTOR_FAILS, advice,
		    "%s does not say which version it is", path);
		return false;
	}
	said[strcspn(said, "\n")] = '\0';
	version = strtod(said + 8, NULL);
	doctor_say(d, "gnuplot", version < GNUPLOT_LEAST ? DOCTOR_OLD :
	    DOCTOR_OK, version < GNUPLOT_LEAST ? advice : NULL, "%s, %s",
	    said + 8, path);
	return true;
}

/* A picture with a letter in it; what it must begin with says what it is. */
static const struct {
	const char *name;
	const char *terminal;
	const char *magic;
	size_t offset;
} pictures[] = {
	{ "svg charts", "svg font 'sans-serif,14'", "<svg", 0 },
	{ "png charts", "pngcairo size 200,150 font 'sans,14'", "\x89PNG", 1 },
	{ "pdf charts", "pdfcairo size 8cm,6cm font 'sans,14'", "%PDF", 1 },
	{ "terminal charts", "dumb size 79,24 mono", "*", 0 },
};

/* SVG has a prologue, and a drawing of letters begins anywhere. */
static bool
looks_right(const struct rp_text *picture, const char *magic, bool first)
{
	size_t len = strlen(magic);

	if (picture->bytes == NULL || picture->len < len)
		return false;
	return first ? memcmp(picture->bytes, magic, len) == 0 :
	    strstr(picture->bytes, magic) != NULL;
}

/*
 * A gnuplot may have been built without cairo, or find no font: only a picture
 * that was drawn shows that pictures can be.
 */
static void
draw(struct doctor *d, size_t i)
{
	static const char advice[] = "install the gnuplot-nox package, or a "
	    "gnuplot that was built with cairo";
	struct rp_text script = { 0 }, picture = { 0 };
	struct rp_err err = { 0 };
	rp_status st;

	rp_text_printf(&script, "set encoding utf8\nset terminal %s\n"
	    "set label 'A' at 0.5,0.5\n"
	    "plot [0:1] [0:1] x with lines notitle\n", pictures[i].terminal);
	st = script.failed ? RP_ENOMEM :
	    rp_gnuplot(script.bytes, &picture, &err);
	if (st != RP_OK)
		doctor_say(d, pictures[i].name, DOCTOR_FAILS, advice, "%s",
		    err.text);
	else if (!looks_right(&picture, pictures[i].magic,
	    pictures[i].offset == 1))
		doctor_say(d, pictures[i].name, DOCTOR_FAILS, advice,
		    "gnuplot drew something else");
	else
		doctor_say(d, pictures[i].name, DOCTOR_OK, NULL,
		    "drawn, %zu bytes", picture.len);
	rp_text_release(&script);
	rp_text_release(&picture);
}

/* ---- fonts -------------------------------------------------------------- */

/* Only fontconfig knows; without it the pictures may be right all the same. */
static void
look_at_fonts(struct doctor *d)
{
	static const char *const words[] = { "fc-match", "-f",
		"%{family[0]}, %{file}", "sans", NULL };
	char said[400];

	if (!doctor_run(words, said, sizeof(said)))
		doctor_say(d, "fonts", DOCTOR_NOTE, "install the fontconfig "
		    "package to have this looked at", "fc-match cannot be "
		    "asked which font 'sans' is");
	else if (said[0] == '\0' || said[0] == ',')
		doctor_say(d, "fonts", DOCTOR_NOTE, "install the "
		    "fonts-dejavu-core package, or any font: png and pdf "
		    "charts have no letters without", "there is none");
	else
		doctor_say(d, "fonts", DOCTOR_OK, NULL, "%s", said);
}

void
doctor_pictures(struct doctor *d)
{
	bool there = look_at_gnuplot(d);
	size_t i;

	for (i = 0; there && i < sizeof(pictures) / sizeof(pictures[0]); i++)
		draw(d, i);
	look_at_fonts(d);
}
