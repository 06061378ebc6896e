/*
 * test_store_back.c - having all of a store back as one file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <dirent.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/bind.h"
#include "merge_folder.h"

static void
write_companions(struct rp_store *st)
{
	const void *bytes;
	const char *name;
	size_t len;

	for (size_t i = 0; (name = rp_store_file(st, i, &bytes, &len)) != NULL;
	    i++) {
		if (strchr(name, '/') != NULL)
			assert_true(mkdir("calendars", 0777) == 0 ||
			    access("calendars", F_OK) == 0);
		write_file(name, bytes, len);
	}
}

static char *
plain_of(struct rp_store *st)
{
	struct rp_doc *doc = NULL;
	char *plain = NULL;

	assert_int_equal(rp_store_load_doc(st, &doc, NULL), RP_OK);
	assert_int_equal(rp_plain(rp_doc_root(doc), false, &plain, NULL),
	    RP_OK);
	rp_doc_free(doc);
	return plain;
}

static void
assert_there_and_back(struct rp_store *first)
{
	struct rp_store *second = new_store("second.db");
	struct rp_receipt r;
	char *talk = NULL, *one = export(first), *two, *a, *b;

	write_companions(first);
	write_file("back.yaml", one, strlen(one));
	(void)import_file(second, "back.yaml", &talk);
	free(talk);
	two = export(second);
	assert_string_equal(two, one);
	a = plain_of(first);
	b = plain_of(second);
	assert_string_equal(a, b);
	/* In the store that it came from all of it is the same. */
	r = import_file(first, "back.yaml", &talk);
	assert_int_equal(r.record, 0);
	assert_string_equal(talk, "");
	free(talk);
	free(a);
	free(b);
	free(one);
	free(two);
	rp_store_close(second);
}

static void
go_there_and_back(const char *dir, const char *name)
{
	struct rp_store *st = new_store("first.db");
	char path[8192], *talk = NULL;

	snprintf(path, sizeof(path), "%s/%s/%s", root, dir, name);
	(void)import_file(st, path, &talk);
	free(talk);
	assert_there_and_back(st);
	rp_store_close(st);
}

/* Which says only what is different in another case, and is none itself. */
static bool
is_change(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];
	bool found = false;

	assert_non_null(f);
	while (!found && fgets(line, sizeof(line), f) != NULL)
		found = strncmp(line, "change:", 7) == 0;
	(void)fclose(f);
	return found;
}

static void
every_scenario_comes_back(void **state)
{
	static const char *const dirs[] = { "scenarios",
		"scenarios/templates" };
	struct dirent *e;
	char path[8192];
	size_t n = 0;
	DIR *dir;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", root, dirs[i]);
		dir = opendir(path);
		assert_non_null(dir);
		while ((e = readdir(dir)) != NULL) {
			if (strstr(e->d_name, ".yaml") == NULL)
				continue;
			(void)snprintf(path, sizeof(path), "%s/%s/%s", root,
			    dirs[i], e->d_name);
			if (is_change(path))
				continue;
			go_there_and_back(dirs[i], e->d_name);
			n++;
		}
		closedir(dir);
	}
	assert_true(n >= 5);
}

static void
what_was_recorded_comes_back(void **state)
{
	struct rp_store *st = new_store("first.db");

	(void)state;
	(void)import(st, HEAD "updates: [2026-03-05T10:00Z]\n"
	    "commitments: [{what: tea, due: 2026-10-31}]\n", "");
	record_well(st, "update", "1", PAIRS("at=2026-03-05T10:01Z"));
	record_well(st, "update", "2", PAIRS("retracted=it was another bug"));
	record_well(st, "outcome", "1", PAIRS("done=2026-10-30",
	    "evidence='quoted'"));
	record_well(st, "update", NULL, PAIRS("at=2026-03-06",
	    "note= two  blanks, \xe3\x81\x82: # {x} \"y\" \\z "));
	record_well(st, "update", NULL, PAIRS("at=2026-03-07",
	    "note=line\nand line\ttab"));
	record_well(st, "update", NULL, PAIRS("at=2026-03-08", "note=- a"));
	record_well(st, "update", NULL, PAIRS("at=2026-03-09",
	    "note=\"\\u200b\\u2028\\e[31m\""));
	assert_there_and_back(st);
	rp_store_close(st);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scenario_comes_back),
		cmocka_unit_test(what_was_recorded_comes_back),
	};

	return !!cmocka_run_group_tests(tests, enter, leave);
}
