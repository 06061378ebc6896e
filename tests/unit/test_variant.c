/*
 * test_variant.c - a change put upon a case, and what is said when it cannot
 * be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/change.h"
#include "revplan/store.h"

static char folder[] = "/tmp/revplan-variant.XXXXXX";

/* Lines count from 1; populations 'a' and 'bank' stand on 8 and 11. */
static const char base[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber, total: 30,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "simulation: {trials: 100, seed: 7}\n"
    "calendars:\n"
    "  c: {zone: UTC, week: mon-fri, holidays: h.txt}\n"
    "populations:\n"
    "  - name: a\n"
    "    certificates: {value: 10, basis: stated, source: comment 1}\n"
    "    path: [{wait: {what: w, time: 1 d}}]\n"
    "  - name: bank\n"
    "    certificates: 20\n"
    "    subscribers: 4\n"
    "    calendar: c\n"
    "    path: [{team: {what: t, rate: 5/working-day}}]\n"
    "events:\n"
    "  - cutoff: {on: 2026-09-30}\n"
    "revocation: {after: replaced, delay: 24 h}\n";

static void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

/* The same case with another digest. */
static void
append_base(void)
{
	FILE *f = fopen("case.yaml", "ab");

	assert_non_null(f);
	assert_true(fputs(base, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static void
empty_folder(void)
{
	DIR *dir = opendir(".");
	struct dirent *e;

	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL)
		(void)unlink(e->d_name);
	closedir(dir);
}

static int
remove_folder(void **state)
{
	(void)state;
	empty_folder();
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static int
begin(void **state)
{
	(void)state;
	empty_folder();
	write_file("case.yaml", base);
	write_file("h.txt", "2026-04-01,holiday\n");
	return 0;
}

/* The variant of what is in change.yaml. */
static struct rp_case *
opened(const char *upon, const char *change)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };

	write_file("change.yaml", change);
	if (rp_variant_open("change.yaml", upon, NULL, stderr, &cs, &err) !=
	    RP_OK)
		fail_msg("%s", err.text);
	return cs;
}

static void
assert_refused_upon(const char *upon, const char *change, rp_status rc,
    const char *summary, const char *printed)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *talk = open_memstream(&text, &size);

	assert_non_null(talk);
	write_file("change.yaml", change);
	assert_int_equal(rp_variant_open("change.yaml", upon, NULL, talk, &cs,
	    &err), rc);
	fclose(talk);
	assert_null(cs);
	assert_string_equal(text, printed);
	assert_string_equal(err.text, summary);
	free(text);
}

#define ONE_FAULT "'change.yaml' does not make a valid case of " \
	"'case.yaml': 1 fault"

static void
assert_fault(const char *change, const char *printed)
{
	assert_refused_upon("case.yaml", change, RP_EINPUT, ONE_FAULT,
	    printed);
}

/* ---- what comes of it --------------------------------------------------- */

static void
all_that_can_be_changed(void **state)
{
	struct rp_case *cs = opened("case.yaml",
	    "revplan: 1\n"
	    "change: more of everything\n"
	    "note: said in a meeting\n"
	    "incident: {total: 45}\n"
	    "simulation: {trials: 200}\n"
	    "calendars:\n"
	    "  c: {week: mon-sat}\n"
	    "  d: {zone: UTC}\n"
	    "populations:\n"
	    "  - {name: bank, certificates: 25, calendar: d}\n"
	    "  - {name: new, certificates: 10,\n"
	    "     path: [{wait: {what: w, time: 2 d}}]}\n"
	    "events:\n"
	    "  - hold: {on: 2026-03-08, certificates: 8, why: court}\n"
	    "revocation: {at: deadline}\n"
	    "plans:\n"
	    "  - {published: 2026-03-10, milestones: {2026-12-31: 60%}}\n");

	(void)state;
	assert_string_equal(cs->file, "change.yaml");
	assert_string_equal(cs->upon, "case.yaml");
	assert_string_equal(cs->change, "more of everything");
	assert_string_equal(cs->id, "x");
	assert_int_equal(rp_count_n(cs->total), 45);
	assert_int_equal(cs->simulation.trials, 200);
	assert_int_equal(cs->simulation.seed, 7);
	assert_int_equal(cs->n_calendars, 2);
	assert_int_equal(cs->calendar[0].spec.week, 0x3f);
	assert_string_equal(cs->calendar[0].holidays, "h.txt");
	assert_int_equal(cs->n_populations, 3);
	assert_string_equal(cs->population[1].name, "bank");
	assert_int_equal(rp_count_n(cs->population[1].certificates), 25);
	assert_int_equal(rp_count_n(cs->population[1].subscribers), 4);
	assert_int_equal(cs->population[1].calendar, 1);
	assert_string_equal(cs->population[2].name, "new");
	assert_int_equal(cs->n_events, 2);
	assert_int_equal(cs->event[0].kind, RP_EVENT_CUTOFF);
	assert_int_equal(cs->event[1].kind, RP_EVENT_HOLD);
	assert_int_equal(cs->revocation.kind, RP_REVOKE_AT_DEADLINE);
	assert_int_equal(cs->n_plans, 1);
	rp_case_free(cs);
}

/* What the case does not have is there alone. */
static void
what_was_not_there(void **state)
{
	struct rp_case *cs = opened("case.yaml",
	    "revplan: 1\nchange: a duty\n"
	    "duties:\n  - {name: some, certificates: 5}\n");

	(void)state;
	assert_int_equal(cs->n_duties, 1);
	assert_string_equal(cs->duty[0].name, "some");
	rp_case_free(cs);
}

/* A line says which file it is of. */
static void
lines_of_two_files(void **state)
{
	struct rp_case *cs = opened("case.yaml",
	    "revplan: 1\nchange: later\npopulations:\n"
	    "  - name: a\n    starts: 2026-03-03\n"
	    "    certificates: 10\n");
	uint32_t line = cs->population[0].certificates_origin.line;

	(void)state;
	assert_string_equal(rp_variant_place(cs, &line), "change.yaml");
	assert_int_equal(line, 6);
	line = cs->population[1].certificates_origin.line;
	assert_string_equal(rp_variant_place(cs, &line), "case.yaml");
	assert_int_equal(line, 12);
	rp_case_free(cs);
}

/* The digest is that of the change: what `sha256sum` gives for it. */
static void
digest_of_the_change(void **state)
{
	struct rp_case *cs = opened("case.yaml", "revplan: 1\nchange: x\n");

	(void)state;
	assert_string_equal(cs->digest, "a1cec19cec7fd1fb387609ed90ddac5c"
	    "b67db7eb36e7fbf9766eaac07f6284db");
	rp_case_free(cs);
}

/* A case of its own is no change of anything. */
static void
a_case_of_its_own(void **state)
{
	struct rp_case *cs;
	struct rp_err err = { 0 };

	(void)state;
	write_file("other.yaml", base);
	assert_int_equal(rp_variant_open("other.yaml", "-", NULL, stderr, &cs,
	    &err), RP_OK);
	assert_null(cs->upon);
	assert_string_equal(cs->file, "other.yaml");
	assert_int_equal(cs->n_populations, 2);
	rp_case_free(cs);
}

/* What a change names lies with the case, or beside the change. */
static void
files_of_a_change(void **state)
{
	struct rp_case *cs;

	(void)state;
	write_file("more.txt", "2026-04-02,another\n2026-04-03,third\n");
	cs = opened("case.yaml", "revplan: 1\nchange: holidays\n"
	    "calendars: {d: {zone: UTC, holidays: more.txt}}\n");
	assert_int_equal(cs->calendar[0].spec.n_holidays, 1);
	assert_int_equal(cs->calendar[1].spec.n_holidays, 2);
	rp_case_free(cs);
}

/* ---- upon a store ------------------------------------------------------- */

static void
make_store(void)
{
	const struct rp_store_options opt = { .wait_s = 0 };
	struct rp_receipt receipt;
	struct rp_err err = { 0 };
	struct rp_store *st;

	assert_int_equal(rp_store_open("x.db", RP_STORE_CREATE, &opt, &st,
	    &err), RP_OK);
	assert_int_equal(rp_store_import(st, "case.yaml",
	    rp_instant_of_s(1800000000), NULL, &receipt, &err), RP_OK);
	rp_store_close(st);
}

static void
upon_a_store(void **state)
{
	struct rp_case *cs;
	uint32_t line;

	(void)state;
	make_store();
	(void)unlink("case.yaml");
	(void)unlink("h.txt");
	cs = opened("x.db", "revplan: 1\nchange: fewer\n"
	    "incident: {total: 28}\n"
	    "populations: [{name: a, certificates: 8}]\n");
	assert_string_equal(cs->upon, "x.db");
	assert_int_equal(rp_count_n(cs->population[0].certificates), 8);
	assert_int_equal(cs->calendar[0].spec.n_holidays, 1);
	line = cs->population[1].origin.line;
	assert_string_equal(rp_variant_place(cs, &line), "x.db");
	rp_case_free(cs);
	assert_refused_upon("x.db", "revplan: 1\nchange: fewer\n"
	    "populations: [{name: a, certificates: 8}]\n", RP_EINPUT,
	    "'change.yaml' does not make a valid case of 'x.db': 1 fault",
	    "x.db: error: total '30' is not the sum of the populations, 28 "
	    "(line 3 of 'change.yaml' to what is on record); correct one of "
	    "them\n");
}

/* ---- faults ------------------------------------------------------------- */

static void
faults_name_their_file(void **state)
{
	(void)state;
	assert_fault("revplan: 1\nchange: x\nevents:\n"
	    "  - cutoff: {onn: 2026-09-30}\n",
	    "change.yaml:4:14: error: unknown key 'onn'; did you mean 'on'?\n");
	assert_fault("revplan: 1\nchange: x\nsimulation: {trials: 0}\n",
	    "change.yaml:3:22: error: '0' is out of range; 'trials' takes 1 "
	    "to 10000000\n");
	/* A contradiction cites both. */
	assert_fault("revplan: 1\nchange: x\npopulations:\n"
	    "  - {name: a, certificates: 12}\n",
	    "case.yaml:2:51: error: total '30' is not the sum of the "
	    "populations, 32 (line 4 of 'change.yaml' to line 12 of "
	    "'case.yaml'); correct one of them\n");
	assert_fault("revplan: 1\nchange: x\npopulations:\n"
	    "  - {name: bank, subscribers: 21}\n",
	    "change.yaml:4:31: error: 'subscribers' is more than "
	    "'certificates' on line 12 of 'case.yaml'; every subscriber owns "
	    "at least one\n");
}

static void
what_cannot_be_changed(void **state)
{
	(void)state;
	assert_fault("revplan: 1\nchange: x\n"
	    "incident: {aware: 2026-03-01, total: 30}\n",
	    "change.yaml:3:12: error: 'aware' of an incident cannot be "
	    "changed; make a case of its own for another incident\n");
	assert_fault("revplan: 1\nchange: x\nactuals: []\n",
	    "change.yaml:3:1: error: 'actuals' cannot be changed; a change "
	    "takes calendars, change, duties, events, incident, note, plans, "
	    "populations, revocation, revplan, simulation\n");
	assert_fault("revplan: 1\nchange: x\nevent: []\n",
	    "change.yaml:3:1: error: unknown key 'event'; did you mean "
	    "'events'?\n");
	assert_fault("revplan: 1\nchange: x\nqqqq: []\n",
	    "change.yaml:3:1: error: unknown key 'qqqq' in a change; known "
	    "keys: calendars, change, duties, events, incident, note, plans, "
	    "populations, revocation, revplan, simulation\n");
	assert_fault("change: x\n",
	    "change.yaml:1:1: error: 'revplan' is missing in a change; add "
	    "it\n");
	assert_fault("revplan: 2\nchange: x\n",
	    "change.yaml:1:10: error: format version '2' is not known to "
	    "this program; it reads version 1\n");
	assert_fault("revplan: 1\nchange: [x]\n",
	    "change.yaml:2:9: error: 'change' takes a text, for example what "
	    "is changed\n");
	assert_fault("revplan: 1\nchange:\n",
	    "change.yaml:2:8: error: 'change' takes a text, for example what "
	    "is changed\n");
	assert_fault("revplan: 1\nchange: x\nevents: {}\n",
	    "change.yaml:3:9: error: 'events' takes a list\n");
	assert_fault("revplan: 1\nchange: x\npopulations: [1]\n",
	    "change.yaml:3:15: error: 'population' takes a map of keys\n");
	assert_fault("revplan: 1\nchange: x\ncalendars: {c: 5}\n",
	    "change.yaml:3:16: error: 'c' takes a map of keys\n");
}

static void
names_that_are_not_there(void **state)
{
	(void)state;
	write_file("case.yaml", base);
	assert_fault("revplan: 1\nchange: x\npopulations:\n"
	    "  - {certificates: 12}\n",
	    "change.yaml:4:5: error: 'name' is missing in a population; it "
	    "says which one is changed\n");
	assert_fault("revplan: 1\nchange: x\npopulations:\n"
	    "  - {name: bakn, starts: 2026-03-05}\n",
	    "change.yaml:4:12: error: the case has no population 'bakn' (did "
	    "you mean 'bank'?); a new one needs 'certificates' and 'path'\n");
	assert_fault("revplan: 1\nchange: x\npopulations:\n"
	    "  - {name: elsewhere, starts: 2026-03-05}\n",
	    "change.yaml:4:12: error: the case has no population 'elsewhere'; "
	    "a new one needs 'certificates' and 'path'\n");
	assert_fault("revplan: 1\nchange: x\npopulations:\n"
	    "  - {name: a, starts: 2026-03-05}\n"
	    "  - {name: a, starts: 2026-03-06}\n",
	    "change.yaml:5:12: error: population 'a' is changed on line 4 of "
	    "'change.yaml' already; put both together\n");
}

/* What YAML itself says of a file is said of that file. */
static void
a_change_that_cannot_be_read(void **state)
{
	(void)state;
	assert_refused_upon("case.yaml", "revplan: 1\nchange: [\n", RP_EINPUT,
	    "'change.yaml' is not a valid case: 1 fault",
	    "change.yaml:3:1: error: expected a value here\n");
	assert_refused_upon("case.yaml",
	    "revplan: 1\nchange: x\nchange: y\n", RP_EINPUT,
	    "'change.yaml' is not a valid case: 1 fault",
	    "change.yaml:3:1: error: duplicate key 'change', first used on "
	    "line 2\n");
}

static void
many_of_them(void **state)
{
	char text[40000] = "revplan: 1\nchange: x\npopulations:\n";
	size_t len = strlen(text);

	(void)state;
	for (int i = 0; i < 1001; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    " - {name: p%d}\n", i);
	assert_fault(text, "change.yaml:4:2: error: a change has at most 1000 "
	    "entries here, not 1001\n");
}

/* ---- the case below ----------------------------------------------------- */

static void
a_base_with_faults(void **state)
{
	(void)state;
	write_file("case.yaml", "revplan: 1\n");
	assert_refused_upon("case.yaml", "revplan: 1\nchange: x\n", RP_EINPUT,
	    "'case.yaml' is not a valid case: 2 faults",
	    "case.yaml:1:1: error: 'incident' is missing in case; add it\n"
	    "case.yaml:1:1: error: 'populations' is missing in case; add "
	    "it\n");
	assert_refused_upon("-", "revplan: 1\nchange: x\n", RP_EUSAGE,
	    "'change.yaml' is a change: the case must be a file, for standard "
	    "input cannot be read twice", "");
	assert_refused_upon("change.yaml", "revplan: 1\nchange: x\n",
	    RP_EINPUT, "'change.yaml' is not a valid case: 1 fault",
	    "change.yaml:2:1: error: this is a change of another case; see "
	    "what it changes with 'revplan whatif CASE change.yaml'\n");
}

/* The case was opened once; what is changed must be that one. */
static void
a_base_that_moved(void **state)
{
	struct rp_case *cs = NULL, *variant = NULL;
	struct rp_err err = { 0 };

	(void)state;
	write_file("change.yaml", "revplan: 1\nchange: x\n");
	assert_int_equal(rp_case_open("case.yaml", stderr, &cs, &err), RP_OK);
	assert_int_equal(rp_variant_open("change.yaml", "case.yaml",
	    cs->digest, stderr, &variant, &err), RP_OK);
	rp_case_free(variant);
	variant = NULL;
	write_file("case.yaml", "# moved\n");
	append_base();
	assert_int_equal(rp_variant_open("change.yaml", "case.yaml",
	    cs->digest, stderr, &variant, &err), RP_EIO);
	assert_string_equal(err.text, "'case.yaml' was changed by somebody "
	    "else in the meantime; try again");
	assert_null(variant);
	rp_case_free(cs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(all_that_can_be_changed, begin),
		cmocka_unit_test_setup(what_was_not_there, begin),
		cmocka_unit_test_setup(lines_of_two_files, begin),
		cmocka_unit_test_setup(digest_of_the_change, begin),
		cmocka_unit_test_setup(a_case_of_its_own, begin),
		cmocka_unit_test_setup(files_of_a_change, begin),
		cmocka_unit_test_setup(upon_a_store, begin),
		cmocka_unit_test_setup(faults_name_their_file, begin),
		cmocka_unit_test_setup(what_cannot_be_changed, begin),
		cmocka_unit_test_setup(names_that_are_not_there, begin),
		cmocka_unit_test_setup(a_change_that_cannot_be_read, begin),
		cmocka_unit_test_setup(many_of_them, begin),
		cmocka_unit_test_setup(a_base_with_faults, begin),
		cmocka_unit_test_setup(a_base_that_moved, begin),
	};

	return !!cmocka_run_group_tests(tests, make_folder, remove_folder);
}
