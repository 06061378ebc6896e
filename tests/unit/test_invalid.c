/*
 * Every file of scenarios/invalid/ gives exactly the faults that its first
 * lines name, no more and no fewer, and is not accepted.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"

#define FOLDER "scenarios/invalid"
#define MARK "# error: "

static bool
has_suffix(const char *name, const char *suffix)
{
	size_t a = strlen(name), b = strlen(suffix);

	return a > b && strcmp(name + a - b, suffix) == 0;
}

/* "14:7: unknown key" against one fault. */
static bool
is_expected(const char *line, const struct rp_fault *fault)
{
	char text[1024];

	(void)snprintf(text, sizeof(text), "%u:%u: %s", (unsigned)fault->line,
	    (unsigned)fault->col, fault->text);
	return strcmp(line, text) == 0;
}

/* How many differences there are between a file's promise and the truth. */
static int
check_file(const char *path)
{
	struct bound b = bind_file(path);
	char *text = read_whole_file(path), *line, *next;
	size_t n = 0, i;
	int bad = 0;

	assert_non_null(text);
	for (line = text; strncmp(line, MARK, strlen(MARK)) == 0;
	    line = next) {
		next = strchr(line, '\n');
		assert_non_null(next);
		*next++ = '\0';
		line += strlen(MARK);
		if (n >= b.faults.n ||
		    !is_expected(line, &b.faults.fault[n])) {
			print_error("%s: missing: %s\n", path, line);
			bad++;
		}
		n++;
	}
	if (n == 0 || n != b.faults.n || b.faults.dropped != 0) {
		print_error("%s: promises %zu faults, has %zu:\n", path, n,
		    b.faults.n);
		bad++;
	}
	for (i = 0; bad > 0 && i < b.faults.n; i++)
		print_error("  found: %u:%u: %s\n",
		    (unsigned)b.faults.fault[i].line,
		    (unsigned)b.faults.fault[i].col, b.faults.fault[i].text);
	bound_release(&b);
	free(text);
	return bad;
}

static void
test_each_file_has_the_faults_that_it_names(void **state)
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	char path[512];
	int bad = 0, files = 0;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		if (!has_suffix(entry->d_name, ".yaml"))
			continue;
		(void)snprintf(path, sizeof(path), FOLDER "/%.200s",
		    entry->d_name);
		bad += check_file(path);
		files++;
	}
	(void)closedir(folder);
	assert_int_equal(bad, 0);
	assert_true(files >= 100);
}

/* One line each: lower case (or a quoted word), no full stop at the end. */
static void
test_faults_keep_to_the_grammar(void **state)
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	const char *text;
	char path[512];
	struct bound b;
	size_t i;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		if (!has_suffix(entry->d_name, ".yaml"))
			continue;
		(void)snprintf(path, sizeof(path), FOLDER "/%.200s",
		    entry->d_name);
		b = bind_file(path);
		for (i = 0; i < b.faults.n; i++) {
			text = b.faults.fault[i].text;
			assert_true(text[0] == '\'' ||
			    (text[0] >= 'a' && text[0] <= 'z'));
			assert_false(has_suffix(text, "."));
			assert_null(strchr(text, '\n'));
			assert_true(b.faults.fault[i].line > 0);
			assert_true(b.faults.fault[i].col > 0);
		}
		bound_release(&b);
	}
	(void)closedir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_file_has_the_faults_that_it_names),
		cmocka_unit_test(test_faults_keep_to_the_grammar),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
