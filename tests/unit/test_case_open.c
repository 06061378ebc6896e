/*
 * test_case_open.c - what a command line may name as a case, and what is said
 * when it cannot be one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

#include "revplan/store.h"

static char folder[] = "/tmp/revplan-open.XXXXXX";

static const char scenario[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "populations:\n"
    "  - {name: a, certificates: 10, path: [{wait: {what: w, time: 1 d}}]}\n"
    "actuals:\n"
    "  - {as_of: 2026-03-31, replaced: 11.0%, source: weekly count}\n";

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	(void)unlink("case.yaml");
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static void
write_case(const char *bytes, size_t len)
{
	FILE *f = fopen("case.yaml", "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
assert_refused(const char *path, rp_status rc, const char *summary,
    const char *printed)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *talk = open_memstream(&text, &size);

	assert_non_null(talk);
	assert_int_equal(rp_case_open(path, talk, &cs, &err), rc);
	fclose(talk);
	assert_null(cs);
	assert_string_equal(err.text, summary);
	assert_string_equal(text, printed);
	free(text);
	/* Nobody needs to listen. */
	assert_int_equal(rp_case_open(path, NULL, &cs, &err), rc);
}

/* The digest is what `sha256sum` gives for the same bytes. */
static void
assert_opens(const char *path, const char *file)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };

	if (rp_case_open(path, stderr, &cs, &err) != RP_OK)
		fail_msg("%s", err.text);
	assert_string_equal(cs->file, file);
	assert_string_equal(cs->digest, "fb762b162c327e92756748c5cc231233"
	    "bcb9211989f516fa0d87901fb27e2273");
	assert_string_equal(cs->id, "x");
	assert_int_equal(cs->n_populations, 1);
	assert_int_equal(cs->population[0].origin.line, 5);
	assert_int_equal(cs->n_actuals, 1);
	assert_int_equal(cs->actual[0].origin.line, 7);
	assert_string_equal(cs->actual[0].origin.source, "weekly count");
	rp_case_free(cs);
}

static void
a_scenario_becomes_a_case(void **state)
{
	int before = dup(STDIN_FILENO);

	(void)state;
	write_case(scenario, strlen(scenario));
	assert_opens("case.yaml", "case.yaml");
	assert_opens("./case.yaml", "./case.yaml");
	assert_non_null(freopen("case.yaml", "rb", stdin));
	assert_opens("-", "<stdin>");
	assert_true(dup2(before, STDIN_FILENO) >= 0);
	close(before);
}

static void
all_faults_are_told_in_order(void **state)
{
	static const char bad[] =
	    "revplan: 1\n"
	    "incident: {id: x, certificate: subscriber,\n"
	    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
	    "populations:\n"
	    "  - {name: a, certificates: 10, certificates: 10,\n"
	    "     path: [{wait: {what: !w w, time: 1 d}}]}\n";

	(void)state;
	write_case(bad, strlen(bad));
	assert_refused("case.yaml", RP_EINPUT,
	    "'case.yaml' is not a valid case: 2 faults",
	    "case.yaml:5:33: error: duplicate key 'certificates', first used "
	    "on line 5\n"
	    "case.yaml:6:27: error: tag '!w' is not supported; leave it "
	    "out\n");
	write_case("", 0);
	assert_refused("case.yaml", RP_EINPUT,
	    "'case.yaml' is not a valid case: 1 fault",
	    "case.yaml:1:1: error: file is empty; `revplan new` writes a "
	    "starter case\n");
}

static void
too_many_faults_are_counted(void **state)
{
	char *bad = calloc(2000, 5), *text = NULL;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	size_t size;
	FILE *talk = open_memstream(&text, &size);

	(void)state;
	assert_non_null(bad);
	for (int i = 0; i < 2000; i++)
		memcpy(bad + 5 * i, "a: 1\n", 5);
	write_case(bad, 10000);
	assert_int_equal(rp_case_open("case.yaml", talk, &cs, &err),
	    RP_EINPUT);
	fclose(talk);
	assert_non_null(strstr(text,
	    "\ncase.yaml: error: "));
	assert_non_null(strstr(text, " more faults are not shown\n"));
	free(text);
	free(bad);
}

static void
what_is_no_scenario_is_named(void **state)
{
	(void)state;
	write_case("SQLite format 3\0 and more", 25);
	assert_refused("case.yaml", RP_EINPUT, "'case.yaml' is damaged: file "
	    "is not a database; `revplan verify` tells where", "");
	/* However large: it is not read as text first. */
	assert_int_equal(truncate("case.yaml", 100 << 20), 0);
	assert_refused("case.yaml", RP_EINPUT, "'case.yaml' is damaged: file "
	    "is not a database; `revplan verify` tells where", "");
	write_case("", 0);
	assert_int_equal(truncate("case.yaml", 100 << 20), 0);
	assert_refused("case.yaml", RP_EINPUT,
	    "'case.yaml' is too large: more than 32 MB", "");
	assert_refused("none.yaml", RP_EIO,
	    "cannot read 'none.yaml': No such file or directory", "");
	assert_refused(".", RP_EIO, "'.' is a directory; a file is wanted",
	    "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scenario_becomes_a_case),
		cmocka_unit_test(all_faults_are_told_in_order),
		cmocka_unit_test(too_many_faults_are_counted),
		cmocka_unit_test(what_is_no_scenario_is_named),
	};

	return !!cmocka_run_group_tests(tests, make_folder, remove_folder);
}
