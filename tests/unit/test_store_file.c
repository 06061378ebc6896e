/*
 * test_store_file.c - a store as a file: made whole or not at all, shared by
 * several writers, moved, on a full disk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include <cmocka.h>

#include "store_folder.h"

/* ---- one user ----------------------------------------------------------- */

static void
a_store_is_one_file_and_complete(void **state)
{
	struct rp_receipt receipt;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };

	(void)state;
	import("x.db", &receipt);
	assert_int_equal(receipt.record, 1);
	assert_int_equal(receipt.n_new, 1);
	assert_true(receipt.scenario);
	/* The scenario, its holidays, the store: no log stays behind. */
	assert_int_equal(files_here(), 3);
	assert_int_equal(records_of("x.db"), 1);
	/* It needs nothing beside it, wherever it goes. */
	assert_int_equal(unlink("case.yaml"), 0);
	assert_int_equal(unlink("h.txt"), 0);
	if (rp_case_open("x.db", stderr, &cs, &err) != RP_OK)
		fail_msg("%s", err.text);
	assert_string_equal(cs->file, "x.db");
	assert_string_equal(cs->digest, receipt.sha256);
	assert_int_equal(cs->calendar[0].spec.n_holidays, 1);
	assert_int_equal(cs->actual[0].origin.line, 10);
	rp_case_free(cs);
	assert_int_equal(files_here(), 1);
}

static void
a_store_that_is_not_completed_leaves_no_file(void **state)
{
	struct rp_store *st = open_store("x.db", RP_STORE_CREATE, 0);
	struct rp_receipt receipt;
	struct rp_err err = { 0 };

	(void)state;
	write_file("case.yaml", "revplan: 1\n");
	assert_int_equal(rp_store_import(st, "case.yaml", NOW, NULL, &receipt,
	    &err), RP_EINPUT);
	assert_int_equal(receipt.record, 0);
	assert_int_equal(record(st, "note=x", &receipt, &err), RP_ESTATE);
	rp_store_close(st);
	assert_int_equal(files_here(), 2);
}

static void
the_rights_of_a_new_store_are_the_usual(void **state)
{
	struct rp_receipt receipt;
	struct stat sb;
	mode_t before = umask(027);

	(void)state;
	import("x.db", &receipt);
	(void)umask(before);
	assert_int_equal(stat("x.db", &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0640);
}

static void
a_name_may_be_any(void **state)
{
	static const char *const names[] = { ":memory:", "file:x?mode=memory",
		"a b%20#1.db", "./y.db" };
	struct rp_receipt receipt;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		import(names[i], &receipt);
		assert_int_equal(records_of(names[i]), 1);
		assert_true(rp_is_store(names[i]));
	}
}

/* ---- several writers ---------------------------------------------------- */

static size_t told;

static void
note_waiting(void *arg, const char *text)
{
	told++;
	assert_string_equal(text, "waiting for another writer of 'x.db'...");
	/* The other one is done now. */
	if (arg != NULL)
		rp_store_rollback(arg);
}

static void
a_writer_waits_and_says_so(void **state)
{
	struct rp_store_options opt = { .wait_s = 5, .waiting = note_waiting };
	struct rp_store *first, *second = NULL;
	struct rp_receipt receipt;
	struct rp_err err = { 0 };

	(void)state;
	import("x.db", &receipt);
	first = open_store("x.db", RP_STORE_WRITE, 0);
	opt.arg = first;
	assert_int_equal(rp_store_open("x.db", RP_STORE_WRITE, &opt, &second,
	    &err), RP_OK);
	assert_int_equal(rp_store_begin(first, true, &err), RP_OK);
	told = 0;
	assert_int_equal(record(second, "note=b", &receipt, &err), RP_OK);
	assert_int_equal(told, 1);
	assert_int_equal(receipt.record, 2);
	rp_store_close(first);
	rp_store_close(second);
	assert_int_equal(records_of("x.db"), 2);
}

static void
who_does_not_wait_is_told_why(void **state)
{
	struct rp_store *first, *second;
	struct rp_receipt receipt;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };

	(void)state;
	import("x.db", &receipt);
	first = open_store("x.db", RP_STORE_WRITE, 0);
	second = open_store("x.db", RP_STORE_WRITE, 0);
	assert_int_equal(rp_store_begin(first, true, &err), RP_OK);
	assert_int_equal(record(second, "note=b", &receipt, &err), RP_EIO);
	assert_string_equal(err.text,
	    "'x.db' is being written by another program");
	second->opt.wait_s = 1;
	assert_int_equal(record(second, "note=b", &receipt, &err), RP_EIO);
	assert_string_equal(err.text,
	    "'x.db' is being written by another program; tried for 1 s");
	/* Readers are not in the way of a writer, nor it in theirs. */
	assert_int_equal(rp_case_open("x.db", stderr, &cs, &err), RP_OK);
	rp_case_free(cs);
	rp_store_rollback(first);
	rp_store_close(first);
	assert_int_equal(record(second, "note=b", &receipt, &err), RP_OK);
	rp_store_close(second);
	assert_int_equal(records_of("x.db"), 2);
}

#define EACH 20

static void
write_many(int who)
{
	struct rp_store *st = open_store("x.db", RP_STORE_WRITE, 30);
	struct rp_receipt receipt;
	struct rp_err err = { 0 };
	char at[40], note[40];
	const char *pair[] = { at, note };
	const struct rp_entry entry = { .kind = "update", .n_pairs = 2,
	    .pair = pair };

	for (int i = 0; i < EACH; i++) {
		snprintf(at, sizeof(at), "at=2026-05-%02dT%02d:00Z", i + 1,
		    who);
		snprintf(note, sizeof(note), "note=%d of %d", i, who);
		if (rp_store_record(st, &entry, NOW, stderr, &receipt, &err) !=
		    RP_OK) {
			fprintf(stderr, "%s\n", err.text);
			_exit(1);
		}
	}
	rp_store_close(st);
	_exit(0);
}

static void
two_writers_at_once_lose_nothing(void **state)
{
	struct rp_receipt receipt;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	int status;
	pid_t pid;

	(void)state;
	import("x.db", &receipt);
	for (int who = 0; who < 2; who++) {
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			write_many(who);
	}
	for (int who = 0; who < 2; who++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(records_of("x.db"), 1 + 2 * EACH);
	assert_int_equal(rp_case_open("x.db", stderr, &cs, &err), RP_OK);
	assert_int_equal(cs->n_updates, 2 * EACH);
	rp_case_free(cs);
}

/* Both found no file; who comes second adds to the store of the first. */
static void
two_creators_make_one_store(void **state)
{
	struct rp_store *first = open_store("x.db", RP_STORE_CREATE, 5);
	struct rp_store *second = open_store("x.db", RP_STORE_CREATE, 5);
	struct rp_receipt receipt;
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_store_import(first, "case.yaml", NOW, stderr,
	    &receipt, &err), RP_OK);
	assert_int_equal(receipt.record, 1);
	assert_int_equal(record(first, "note=a", &receipt, &err), RP_OK);
	assert_int_equal(rp_store_import(second, "case.yaml", NOW, NULL,
	    &receipt, &err), RP_OK);
	assert_int_equal(receipt.record, 0);
	assert_int_equal(receipt.n_same, 1);
	assert_int_equal(receipt.n_absent, 1);
	assert_int_equal(record(second, "note=b", &receipt, &err), RP_OK);
	assert_int_equal(receipt.record, 3);
	rp_store_close(first);
	rp_store_close(second);
	assert_int_equal(records_of("x.db"), 3);
}

/* ---- no room ------------------------------------------------------------ */

static void
limit_files(rlim_t most)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = most == 0 ? limit.rlim_max : most;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A limit on the size of files is met as a full disk is. */
static void
a_full_disk_is_one_line(void **state)
{
	struct rp_store *st;
	struct rp_receipt receipt;
	struct rp_err err = { 0 };
	rp_status rc;

	(void)state;
	(void)signal(SIGXFSZ, SIG_IGN);
	st = open_store("x.db", RP_STORE_CREATE, 0);
	limit_files(16384);
	rc = rp_store_import(st, "case.yaml", NOW, NULL, &receipt, &err);
	limit_files(0);
	assert_int_equal(rc, RP_EIO);
	assert_string_equal(err.text, "cannot make 'x.db': no room for it");
	assert_int_equal(files_here(), 2);
	rp_store_close(st);
	import("x.db", &receipt);
	st = open_store("x.db", RP_STORE_WRITE, 0);
	limit_files(16384);
	rc = record(st, "note=x", &receipt, &err);
	limit_files(0);
	assert_int_equal(rc, RP_EIO);
	assert_string_equal(err.text, "cannot write 'x.db': no room for it; "
	    "it is as it was");
	assert_int_equal(record(st, "note=short", &receipt, &err), RP_OK);
	rp_store_close(st);
	assert_int_equal(records_of("x.db"), 2);
}

/* A writer that was stopped leaves a log; who reads does not put it away. */
static void
what_a_stopped_writer_left_is_read(void **state)
{
	struct rp_receipt receipt;
	struct rp_store *st;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	pid_t pid;
	int status;

	(void)state;
	import("x.db", &receipt);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		/* A reader keeps the log from being put away. */
		st = open_store("x.db", RP_STORE_READ, 0);
		(void)sqlite3_exec(st->db, "BEGIN", NULL, NULL, NULL);
		(void)sqlite3_exec(st->db, "SELECT count(*) FROM record",
		    NULL, NULL, NULL);
		st = open_store("x.db", RP_STORE_WRITE, 0);
		_exit(record(st, "note=x", &receipt, &err) == RP_OK ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(access("x.db-wal", F_OK), 0);
	assert_int_equal(records_of("x.db"), 2);
	assert_int_equal(rp_case_open("x.db", stderr, &cs, &err), RP_OK);
	assert_int_equal(cs->n_updates, 1);
	rp_case_free(cs);
	st = open_store("x.db", RP_STORE_WRITE, 0);
	assert_int_equal(record(st, "note=y", &receipt, &err), RP_OK);
	rp_store_close(st);
	assert_int_equal(records_of("x.db"), 3);
	assert_int_equal(files_here(), 3);
}

/* As `sqlite3 x.db ".backup copy.db"` makes it. */
static void
a_copy_by_sqlite_is_as_good(void **state)
{
	struct rp_receipt receipt;
	sqlite3 *from = NULL, *to = NULL;
	sqlite3_backup *copy;

	(void)state;
	import("x.db", &receipt);
	assert_int_equal(sqlite3_open("x.db", &from), SQLITE_OK);
	assert_int_equal(sqlite3_open("copy.db", &to), SQLITE_OK);
	copy = sqlite3_backup_init(to, "main", from, "main");
	assert_non_null(copy);
	assert_int_equal(sqlite3_backup_step(copy, -1), SQLITE_DONE);
	assert_int_equal(sqlite3_backup_finish(copy), SQLITE_OK);
	assert_int_equal(sqlite3_close(from), SQLITE_OK);
	assert_int_equal(sqlite3_close(to), SQLITE_OK);
	assert_int_equal(records_of("copy.db"), 1);
}

/* Nobody but the owner may write: root does not notice, so it is none. */
static int
read_as_nobody(const char *path)
{
	struct rp_store *st = NULL;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	size_t n_records, n_faults;
	char sha256[65];
	bool good;

	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
		return 2;
	good = rp_case_open(path, stderr, &cs, &err) == RP_OK &&
	    cs->n_actuals == 1;
	rp_case_free(cs);
	good = good && rp_store_verify(path, NULL, NULL, &n_records,
	    &n_faults, sha256, &err) == RP_OK && n_faults == 0;
	good = good && rp_store_open(path, RP_STORE_WRITE, NULL, &st, &err) ==
	    RP_EIO && strstr(err.text, "read-only") != NULL;
	if (!good)
		fprintf(stderr, "%s\n", err.text);
	return good ? 0 : 1;
}

static void
a_store_may_be_read_only(void **state)
{
	struct rp_receipt receipt;
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(mkdir("ro", 0755), 0);
	import("ro/x.db", &receipt);
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(chmod("ro/x.db", 0444), 0);
	assert_int_equal(chmod("ro", 0555), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(read_as_nobody("ro/x.db"));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(chmod("ro", 0755), 0);
	assert_int_equal(unlink("ro/x.db"), 0);
	/* Nothing was left beside it. */
	assert_int_equal(rmdir("ro"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_store_is_one_file_and_complete,
		    begin),
		cmocka_unit_test_setup(
		    a_store_that_is_not_completed_leaves_no_file, begin),
		cmocka_unit_test_setup(the_rights_of_a_new_store_are_the_usual,
		    begin),
		cmocka_unit_test_setup(a_name_may_be_any, begin),
		cmocka_unit_test_setup(a_writer_waits_and_says_so, begin),
		cmocka_unit_test_setup(who_does_not_wait_is_told_why, begin),
		cmocka_unit_test_setup(two_writers_at_once_lose_nothing,
		    begin),
		cmocka_unit_test_setup(two_creators_make_one_store, begin),
		cmocka_unit_test_setup(a_full_disk_is_one_line, begin),
		cmocka_unit_test_setup(what_a_stopped_writer_left_is_read,
		    begin),
		cmocka_unit_test_setup(a_store_may_be_read_only, begin),
		cmocka_unit_test_setup(a_copy_by_sqlite_is_as_good, begin),
	};

	return !!cmocka_run_group_tests(tests, enter, leave);
}
