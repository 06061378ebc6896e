/*
 * store_folder.h - a scratch folder with a small scenario, and the store that
 * is made of it, for the tests of stores as files.
 */
#ifndef RP_UNIT_STORE_FOLDER_H
#define RP_UNIT_STORE_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <dirent.h>
#include <unistd.h>

#include "store/statements.h"
#include "store/store.h"

#define NOW rp_instant_of_s(1800000000)

static char folder[] = "/tmp/revplan-test.XXXXXX";

static const char scenario[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "calendars:\n"
    "  c: {zone: UTC, week: mon-fri, hours: 09:00-18:00, holidays: h.txt}\n"
    "populations:\n"
    "  - {name: a, certificates: 10, calendar: c,\n"
    "     path: [{wait: {what: w, time: 1 d}}]}\n"
    "actuals:\n"
    "  - {as_of: 2026-03-31, replaced: 11.0%, source: weekly count}\n";

static inline void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static inline void
remove_all(void)
{
	DIR *dir = opendir(".");
	struct dirent *e;

	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL)
		(void)unlink(e->d_name);
	closedir(dir);
}

static inline int
enter(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static inline int
leave(void **state)
{
	(void)state;
	remove_all();
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static inline int
begin(void **state)
{
	(void)state;
	remove_all();
	write_file("case.yaml", scenario);
	write_file("h.txt", "2026-04-01,holiday\n");
	return 0;
}

static inline struct rp_store *
open_store(const char *path, enum rp_store_mode mode, unsigned wait_s)
{
	const struct rp_store_options opt = { .wait_s = wait_s };
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };

	if (rp_store_open(path, mode, &opt, &st, &err) != RP_OK)
		fail_msg("%s", err.text);
	return st;
}

static inline void
import(const char *path, struct rp_receipt *receipt)
{
	struct rp_store *st = open_store(path, RP_STORE_CREATE, 30);
	struct rp_err err = { 0 };

	if (rp_store_import(st, "case.yaml", NOW, stderr, receipt, &err) !=
	    RP_OK)
		fail_msg("%s", err.text);
	rp_store_close(st);
}

static inline rp_status
record(struct rp_store *st, const char *note, struct rp_receipt *receipt,
    struct rp_err *err)
{
	const char *pair[] = { "at=2026-04-30T10:00Z", note };
	const struct rp_entry entry = { .kind = "update", .n_pairs = 2,
	    .pair = pair };

	return rp_store_record(st, &entry, NOW, NULL, receipt, err);
}

static inline size_t
records_of(const char *path)
{
	struct rp_err err = { 0 };
	size_t n_records, n_faults;
	char sha256[65];

	if (rp_store_verify(path, NULL, NULL, &n_records, &n_faults, sha256,
	    &err) != RP_OK)
		fail_msg("%s", err.text);
	assert_int_equal(n_faults, 0);
	return n_records;
}

static inline size_t
files_here(void)
{
	DIR *dir = opendir(".");
	struct dirent *e;
	size_t n = 0;

	assert_non_null(dir);
	while ((e = readdir(dir)) != NULL)
		n += strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0;
	closedir(dir);
	return n;
}

#endif /* RP_UNIT_STORE_FOLDER_H */
