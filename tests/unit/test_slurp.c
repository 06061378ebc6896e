/*
 * test_slurp.c - files read whole, and what cannot be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "read/slurp.h"

static char folder[] = "/tmp/revplan-slurp.XXXXXX";

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
	(void)unlink("file");
	(void)unlink("large");
	(void)unlink("pipe");
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static void
write_file(const char *name, const char *bytes, size_t len)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
assert_bytes(const char *path, size_t most, const char *bytes, size_t len)
{
	struct rp_err err = { 0 };
	char *got = NULL;
	size_t n = 0;

	assert_int_equal(rp_slurp(path, most, &got, &n, &err), RP_OK);
	assert_int_equal(n, len);
	assert_memory_equal(got, bytes, len + 1);
	free(got);
}

static void
assert_refused(const char *path, size_t most, rp_status rc,
    const char *text)
{
	struct rp_err err = { 0 };
	char *got = NULL;
	size_t n = 0;

	assert_int_equal(rp_slurp(path, most, &got, &n, &err), rc);
	assert_null(got);
	assert_string_equal(err.text, text);
}

static void
files_come_whole(void **state)
{
	(void)state;
	write_file("file", "", 0);
	assert_bytes("file", 10, "", 0);
	write_file("file", "a\0b", 3);
	assert_bytes("file", 10, "a\0b", 3);
	assert_bytes("file", 3, "a\0b", 3);
	assert_bytes("/dev/null", 3, "", 0);
}

static void
what_cannot_be_read_is_named(void **state)
{
	(void)state;
	assert_refused("none", 10, RP_EIO,
	    "cannot read 'none': No such file or directory");
	assert_refused(".", 10, RP_EIO, "'.' is a directory; a file is "
	    "wanted");
	assert_refused("", 10, RP_EIO, "cannot read '': No such file or "
	    "directory");
}

/* A hole of 100 MB has no blocks: reading it would take far longer. */
static void
too_much_is_refused(void **state)
{
	(void)state;
	write_file("file", "1234", 4);
	assert_refused("file", 3, RP_EINPUT,
	    "'file' is too large: more than 0 MB");
	write_file("large", "", 0);
	assert_int_equal(truncate("large", 100 << 20), 0);
	assert_refused("large", 32 << 20, RP_EINPUT,
	    "'large' is too large: more than 32 MB");
	assert_refused("/dev/zero", 1 << 20, RP_EINPUT,
	    "'/dev/zero' is too large: more than 1 MB");
}

#define PIPED 200000

static void *
write_pipe(void *bytes)
{
	write_file("pipe", bytes, PIPED);
	return NULL;
}

static void
a_pipe_is_read_to_its_end(void **state)
{
	char *bytes = calloc(1, PIPED + 1);
	pthread_t writer;

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < PIPED; i++)
		bytes[i] = (char)('a' + i % 23);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(pthread_create(&writer, NULL, write_pipe, bytes),
	    0);
	assert_bytes("pipe", PIPED, bytes, PIPED);
	pthread_join(writer, NULL);
	free(bytes);
}

static void
standard_input_is_a_dash(void **state)
{
	int before = dup(STDIN_FILENO);

	(void)state;
	write_file("file", "from stdin", 10);
	assert_non_null(freopen("file", "rb", stdin));
	assert_bytes("-", 100, "from stdin", 10);
	assert_non_null(freopen("file", "rb", stdin));
	assert_refused("-", 3, RP_EINPUT,
	    "'<stdin>' is too large: more than 0 MB");
	assert_true(dup2(before, STDIN_FILENO) >= 0);
	close(before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_come_whole),
		cmocka_unit_test(what_cannot_be_read_is_named),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(a_pipe_is_read_to_its_end),
		cmocka_unit_test(standard_input_is_a_dash),
	};

	return !!cmocka_run_group_tests(tests, make_folder, remove_folder);
}
