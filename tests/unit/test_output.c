/*
 * tests/unit/test_output.c - a result is written whole or not at all.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../planner/output.c"

static char folder[] = "/tmp/revplan-output-XXXXXX";
static int home = -1;

static int
enter(void **state)
{
	(void)state;
	home = open(".", O_RDONLY);
	return home < 0 || mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int
leave(void **state)
{
	(void)state;
	return fchdir(home) != 0 || close(home) != 0 || rmdir(folder) != 0;
}

static void
expect_content(const char *path, const char *expected)
{
	char buf[256] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	(void)fread(buf, 1, sizeof(buf) - 1, f);
	(void)fclose(f);
	assert_string_equal(buf, expected);
}

/* No temporary file is ever left behind. */
static int
files_here(void)
{
	DIR *d = opendir(".");
	int n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	(void)closedir(d);
	return n - 2;
}

static rp_status
put(const char *path, const char *text, struct rp_err *err)
{
	return rp_output_write(path, text, strlen(text), err);
}

static void
creates_and_replaces(void **state)
{
	struct rp_err err = { 0 };
	struct stat st;
	mode_t mask = umask(027);

	(void)state;
	assert_int_equal(put("a", "one\n", &err), RP_OK);
	expect_content("a", "one\n");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	/* What is replaced keeps its mode. */
	assert_int_equal(chmod("a", 0604), 0);
	assert_int_equal(put("./a", "two\n", &err), RP_OK);
	expect_content("a", "two\n");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0604);
	assert_int_equal(files_here(), 1);
	(void)umask(mask);
	assert_int_equal(unlink("a"), 0);
}

static void
follows_links(void **state)
{
	struct rp_err err = { 0 };
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("sub", 0777), 0);
	assert_int_equal(symlink("sub/target", "link"), 0);
	assert_int_equal(symlink("link", "link2"), 0);
	/* The target does not exist yet. */
	assert_int_equal(put("link2", "x", &err), RP_OK);
	expect_content("sub/target", "x");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(put("link", "y", &err), RP_OK);
	expect_content("sub/target", "y");
	assert_int_equal(unlink("link"), 0);
	assert_int_equal(symlink("link2", "link"), 0);
	assert_int_equal(put("link2", "z", &err), RP_EIO);
	assert_non_null(strstr(err.text, "link"));
	assert_int_equal(unlink("link") | unlink("link2") |
	    unlink("sub/target") | rmdir("sub"), 0);
}

static void
expect_failure(const char *path, const char *text)
{
	struct rp_err err = { 0 };

	assert_int_equal(put(path, "x", &err), RP_EIO);
	assert_string_equal(err.text, text);
}

static void
says_why_not(void **state)
{
	(void)state;
	expect_failure("none/a",
	    "cannot write 'none/a': No such file or directory");
	expect_failure("",
	    "cannot write '': the name of a file is empty");
	expect_failure(".",
	    "cannot write '.': it is a directory; name a file in it");
	expect_failure("/dev/full",
	    "cannot write '/dev/full': No space left on device");
	expect_failure("/proc/nothing",
	    "cannot write '/proc/nothing': No such file or directory");
	assert_int_equal(files_here(), 0);
}

/* The exit status of a child that runs act(). */
static int
in_child(void (*act)(void))
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		act();
		_exit(99);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
write_to_broken_pipe(void)
{
	struct rp_err err = { 0 };
	int ends[2];

	if (pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
		_exit(98);
	(void)close(ends[0]);
	if (put("-", "lost\n", &err) != RP_EIO)
		_exit(97);
	_exit(strcmp(err.text,
	    "cannot write to standard output: Broken pipe"));
}

static void
write_to_full_stdout(void)
{
	struct rp_err err = { 0 };
	int fd = open("/dev/full", O_WRONLY);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
		_exit(98);
	_exit(put(NULL, "lost\n", &err) != RP_EIO);
}

static void
standard_output_is_checked(void **state)
{
	int status;

	(void)state;
	status = in_child(write_to_broken_pipe);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	status = in_child(write_to_full_stdout);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
be_interrupted(void)
{
	static char name[] = "whole" TEMPORARY;
	struct guard guard;

	guard_begin(&guard);
	if (make_temporary(name) < 0)
		_exit(98);
	(void)raise(SIGTERM);
}

static void
a_signal_leaves_what_was_there(void **state)
{
	struct rp_err err = { 0 };
	int status;

	(void)state;
	assert_int_equal(put("whole", "kept", &err), RP_OK);
	status = in_child(be_interrupted);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
	assert_int_equal(files_here(), 1);
	expect_content("whole", "kept");
	assert_int_equal(unlink("whole"), 0);
}

static void
signals_are_given_back(void **state)
{
	struct rp_err err = { 0 };
	struct sigaction before, after;

	(void)state;
	assert_int_equal(sigaction(SIGTERM, NULL, &before), 0);
	assert_int_equal(put("a", "x", &err), RP_OK);
	assert_int_equal(sigaction(SIGTERM, NULL, &after), 0);
	assert_true(before.sa_handler == after.sa_handler);
	assert_null(unfinished);
	assert_int_equal(unlink("a"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(creates_and_replaces),
		cmocka_unit_test(follows_links),
		cmocka_unit_test(says_why_not),
		cmocka_unit_test(standard_output_is_checked),
		cmocka_unit_test(a_signal_leaves_what_was_there),
		cmocka_unit_test(signals_are_given_back),
	};

	return !!cmocka_run_group_tests(tests, enter, leave);
}
