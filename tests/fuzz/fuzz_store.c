/*
 * fuzz_store.c - any bytes as a store: verified, loaded, told, written out,
 * and added to.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <unistd.h>

#include "revplan/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];

static void
remove_files(void)
{
	static const char *const tails[] = { "", "-wal", "-shm", ".v1" };
	char name[80];

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, tails[i]);
		(void)unlink(name);
	}
}

static void
write_store(const uint8_t *data, size_t size)
{
	int fd;

	if (path[0] == '\0') {
		(void)snprintf(path, sizeof(path), "/tmp/revplan-fuzz.%ld.db",
		    (long)getpid());
		(void)atexit(remove_files);
	}
	remove_files();
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) != 0)
		abort();
}

/* A line each, and never none where something is wrong. */
static void
found(void *arg, const char *text)
{
	size_t *n = arg;

	if (text[0] == '\0' || strchr(text, '\n') != NULL)
		abort();
	++*n;
}

static bool
verify(void)
{
	struct rp_err err = { 0 };
	size_t n_records, n_faults, told = 0;
	char sha256[65];

	rp_status rc = rp_store_verify(path, found, &told, &n_records,
	    &n_faults, sha256, &err);

	/* Somebody else's file, or a newer one: a reason and no fault. */
	if (rc == RP_EINPUT && err.text[0] != '\0' && told == 0)
		return false;
	if (rc != RP_OK || told != n_faults || strlen(sha256) != 64)
		abort();
	return n_faults == 0;
}

static rp_status
read_all(struct rp_store *st)
{
	struct rp_err err = { 0 };
	struct rp_history *history = NULL;
	struct rp_case *cs = NULL;
	const void *bytes;
	size_t len, i = 0;
	char *yaml = NULL;
	rp_status rc = rp_store_history(st, &history, &err);

	rp_history_free(history);
	if (rp_store_yaml(st, &yaml, &len, &err) == RP_OK &&
	    strlen(yaml) != len)
		abort();
	free(yaml);
	while (rp_store_file(st, i, &bytes, &len) != NULL)
		i++;
	if (rc == RP_OK)
		rc = rp_store_case(st, NULL, &cs, &err);
	rp_case_free(cs);
	return rc;
}

static rp_status
add(struct rp_store *st)
{
	static const char *const pair[] = { "at=2026-05-01" };
	const struct rp_entry entry = { .kind = "update", .n_pairs = 1,
	    .pair = pair };
	struct rp_receipt receipt;
	struct rp_err err = { 0 };

	return rp_store_record(st, &entry, rp_instant_of_s(1800000000), NULL,
	    &receipt, &err);
}

static rp_status
with_store(enum rp_store_mode mode, rp_status (*use)(struct rp_store *st))
{
	struct rp_store *st = NULL;
	struct rp_err err = { 0 };
	rp_status rc = rp_store_open(path, mode, NULL, &st, &err);

	if ((rc == RP_OK) != (st != NULL) ||
	    (rc != RP_OK && err.text[0] == '\0'))
		abort();
	if (rc == RP_OK)
		rc = use(st);
	rp_store_close(st);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool good;

	write_store(data, size);
	good = verify();
	/* What verify finds nothing in can be used. */
	if (with_store(RP_STORE_READ, read_all) != RP_OK && good)
		abort();
	if (with_store(RP_STORE_WRITE, add) == RP_OK && good && !verify())
		abort();
	return 0;
}
