/* Whether a store can be kept here: one is made, added to and verified. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "doctor.h"
#include "revplan/store.h"

#define PATH_ROOM 4200

static const char scenario[] =
    "revplan: 1\n"
    "incident: {id: doctor, certificate: subscriber, "
    "reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "populations:\n"
    "- {name: p, certificates: 1, path: [{wait: {time: 1 d}}]}\n";

struct trial {
	char folder[4096];
	char scenario[PATH_ROOM];
	char store[PATH_ROOM];
};

/* In a folder of its own, so that what SQLite leaves is found again. */
static bool
set_up(struct trial *t)
{
	const char *at = getenv("TMPDIR");
	FILE *f = NULL;

	(void)snprintf(t->folder, sizeof(t->folder),
	    "%.3000s/revplan-doctor.XXXXXX",
	    at != NULL && *at != '\0' ? at : "/tmp");
	if (mkdtemp(t->folder) == NULL)
		return false;
	(void)snprintf(t->scenario, sizeof(t->scenario), "%s/case.yaml",
	    t->folder);
	(void)snprintf(t->store, sizeof(t->store), "%s/case.db", t->folder);
	f = fopen(t->scenario, "w");
	if (f == NULL)
		return false;
	if (fputs(scenario, f) == EOF) {
		(void)fclose(f);
		return false;
	}
	return fclose(f) == 0;
}

/* SQLite may leave two files beside its own. */
static void
tear_down(const struct trial *t)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
		"-journal" };
	char path[PATH_ROOM + 16];
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", t->store,
		    suffixes[i]);
		(void)unlink(path);
	}
	(void)unlink(t->scenario);
	(void)rmdir(t->folder);
}

/* The way that the first evening of an incident takes. */
static rp_status
fill(const struct trial *t, struct rp_err *err)
{
	static const char *const pairs[] = { "at=2026-03-03T09:15Z" };
	static const struct rp_store_options opt = { .wait_s = 1 };
	struct rp_entry entry = { .kind = "update", .n_pairs = 1,
		.pair = pairs };
	struct rp_receipt receipt;
	struct rp_store *store = NULL;
	struct rp_instant now;
	rp_status st = rp_clock_now(&now, err);

	if (st == RP_OK)
		st = rp_store_open(t->store, RP_STORE_CREATE, &opt, &store,
		    err);
	if (st == RP_OK)
		st = rp_store_import(store, t->scenario, now, NULL, &receipt,
		    err);
	if (st == RP_OK)
		st = rp_store_record(store, &entry, now, NULL, &receipt, err);
	rp_store_close(store);
	return st;
}

/* The first of the faults is enough. */
static void
keep_fault(void *arg, const char *text)
{
	struct rp_err *err = arg;

	if (err->text[0] == '\0')
		(void)snprintf(err->text, sizeof(err->text), "%s", text);
}

/*
 * Network file systems lose locks, and some disks lose writes: what was
 * written is read back by the walk that `verify` does.
 */
void
doctor_store(struct doctor *d)
{
	static const char advice[] = "set TMPDIR to a folder on a disk of this "
	    "machine that has room: stores need locks that hold and writes "
	    "that last";
	struct trial t = { .folder = "" };
	struct rp_err err = { 0 };
	size_t records = 0, faults = 0;
	char head[65];
	rp_status st = RP_EIO;

	if (!set_up(&t))
		(void)snprintf(err.text, sizeof(err.text), "%.300s: %s",
		    t.folder, strerror(errno));
	else
		st = fill(&t, &err);
	if (st == RP_OK)
		st = rp_store_verify(t.store, keep_fault, &err, &records,
		    &faults, head, &err);
	if (st == RP_OK && faults == 0 && records == 2)
		doctor_say(d, "store", DOCTOR_OK, NULL,
		    "made, added to and verified: %zu records", records);
	else
		doctor_say(d, "store", DOCTOR_FAILS, advice, "%s",
		    err.text[0] != '\0' ? err.text : "what was written was "
		    "not found again");
	if (t.folder[0] != '\0')
		tear_down(&t);
}
