/*
 * merge_folder.h - a scratch folder, and stores in it that are imported into
 * and recorded in, for the tests of what a store merges.
 */
#ifndef RP_UNIT_MERGE_FOLDER_H
#define RP_UNIT_MERGE_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <unistd.h>

#include "store/merge.h"
#include "store/store.h"

#define NOW rp_instant_of_s(1800000000)

static char folder[] = "/tmp/revplan-merge.XXXXXX";
static char root[4096];		/* of the source, where tests run */

#define HEAD								\
	"revplan: 1\n"							\
	"incident: {id: x, certificate: subscriber,\n"			\
	"  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"	\
	"populations:\n"						\
	"  - {name: a, certificates: 10,\n"				\
	"     path: [{wait: {what: w, time: 1 d}}]}\n"

static inline int
enter(void **state)
{
	(void)state;
	return getcwd(root, sizeof(root)) == NULL ||
	    mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static inline int
leave(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") != 0 || (system)(command) != 0;
}

static inline void
write_file(const char *name, const void *bytes, size_t len)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static inline struct rp_store *
new_store(const char *name)
{
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };

	(void)unlink(name);
	if (rp_store_open(name, RP_STORE_CREATE, NULL, &st, &err) != RP_OK)
		fail_msg("%s", err.text);
	return st;
}

/* talk: what is said, free() it. */
static inline struct rp_receipt
import_file(struct rp_store *st, const char *path, char **talk)
{
	struct rp_receipt receipt;
	struct rp_err err = { 0 };
	size_t size;
	FILE *to = open_memstream(talk, &size);
	rp_status rc = rp_store_import(st, path, NOW, to, &receipt, &err);

	fclose(to);
	if (rc != RP_OK)
		fail_msg("%s: %s\n%s", path, err.text, *talk);
	return receipt;
}

static inline struct rp_receipt
import(struct rp_store *st, const char *yaml, const char *said)
{
	struct rp_receipt receipt;
	char *talk = NULL;

	write_file("case.yaml", yaml, strlen(yaml));
	receipt = import_file(st, "case.yaml", &talk);
	assert_string_equal(talk, said);
	free(talk);
	return receipt;
}

#define assert_receipt(r, rec, new, same, corrected, absent) do {	\
	assert_int_equal((r).record, rec);				\
	assert_int_equal((r).n_new, new);				\
	assert_int_equal((r).n_same, same);				\
	assert_int_equal((r).n_corrected, corrected);			\
	assert_int_equal((r).n_absent, absent);				\
} while (0)

static inline char *
export(struct rp_store *st)
{
	char *yaml = NULL;
	size_t len;

	assert_int_equal(rp_store_yaml(st, &yaml, &len, NULL), RP_OK);
	assert_int_equal(strlen(yaml), len);
	return yaml;
}

static inline rp_status
record(struct rp_store *st, const char *kind, const char *replaces,
    const char *const *pair, struct rp_receipt *receipt, const char *said)
{
	struct rp_entry entry = { .kind = kind, .replaces = replaces,
	    .pair = pair };
	struct rp_err err = { 0 };
	char *talk = NULL;
	size_t size;
	FILE *to = open_memstream(&talk, &size);
	rp_status rc;

	while (pair[entry.n_pairs] != NULL)
		entry.n_pairs++;
	rc = rp_store_record(st, &entry, NOW, to, receipt, &err);
	fprintf(to, "%s", err.text);
	fclose(to);
	assert_string_equal(talk, said);
	free(talk);
	return rc;
}

#define PAIRS(...) (const char *const[]){ __VA_ARGS__, NULL }

static inline void
record_well(struct rp_store *st, const char *kind, const char *replaces,
    const char *const *pair)
{
	struct rp_receipt receipt;

	assert_int_equal(record(st, kind, replaces, pair, &receipt, ""),
	    RP_OK);
	assert_true(receipt.record > 0);
}

#endif
