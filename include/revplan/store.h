/*
 * revplan/store.h - where a case is kept, and how a command gets one.
 *
 * A side door: it keeps and yields cases.  Reads: case.h.  Read by: the
 * commands.
 *
 * A store is one SQLite file for one incident.  Records are only added: a
 * correction is a record that names the one that it replaces.  Each record
 * carries the SHA-256 of its content and of the record before it; a seal over
 * the whole file finds changes that the chain cannot see.  A scenario file
 * goes into an in-memory store and comes out of it again, so that there is one
 * path through the program.
 */
#ifndef RP_STORE_H
#define RP_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/instant.h"

/*
 * Open the CASE of a command line: a scenario file or a store.  path "-" is
 * standard input.  Every fault of a scenario is printed to talk as
 * file:line:col: error: text (talk NULL: nothing is printed).  The case holds
 * all that was ever recorded, corrected items included: see rp_case_view().
 * Its digest is that of the file, or of the last record of the store.
 *
 *   RP_OK       *out is a new case, owned by the caller, rp_case_free()
 *   RP_EINPUT   not a valid case, a foreign or a newer store; faults went to
 *               talk, err has a summary
 *   RP_EIO      cannot be read, or is locked (err says which file and why)
 *   RP_EDB, RP_ENOMEM
 * On any error *out is untouched.
 */
RP_CHECKED rp_status rp_case_open(const char *path, FILE *talk,
    struct rp_case **out, struct rp_err *err);

/*
 * Open a variant of a case: a case of its own, or a change (a file with
 * `change:`), which is put upon the case at base.  For a change cs->upon is
 * base, cs->digest that of the change alone, and the lines of what it brought
 * lie from RP_LINE_CHANGE on; rp_variant_place() tells them apart.
 *
 *   digest   that of the case at base when it was opened; NULL: any.  Another
 *            one by now is RP_EIO
 *   RP_EUSAGE  a change of what cannot be read twice (base is "-")
 *
 * All else as rp_case_open().
 */
RP_CHECKED rp_status rp_variant_open(const char *path, const char *base,
    const char *digest, FILE *talk, struct rp_case **out,
    struct rp_err *err);

/* The file that a line of a case is in, and its number there. */
const char *rp_variant_place(const struct rp_case *cs, uint32_t *line);

/* Whether path is a file that begins as SQLite files do. */
bool rp_is_store(const char *path);

/* Opaque; one connection, for one thread. */
struct rp_store;

enum rp_store_mode {
	RP_STORE_READ,		/* nothing is changed */
	RP_STORE_WRITE,		/* must exist; an older one is migrated, and a
				 * copy of it kept beside it */
	RP_STORE_CREATE		/* as WRITE; where there is no file, the first
				 * record makes it, whole */
};

struct rp_store_options {
	unsigned wait_s;	/* how long to wait for another writer */
	/* Told once, when a wait begins; text is a whole line; may be NULL. */
	void (*waiting)(void *arg, const char *text);
	void *arg;
};

/*
 * Open a store file.
 *
 *   RP_OK       *out is owned by the caller, rp_store_close()
 *   RP_EINPUT   not a store of revplan, or made by a newer revplan
 *   RP_EIO      cannot be opened, read or created; locked for longer than
 *               wait_s; no room on the disk
 *   RP_EDB, RP_ENOMEM
 * On any error *out is untouched, and the file as it was.
 */
RP_CHECKED rp_status rp_store_open(const char *path, enum rp_store_mode mode,
    const struct rp_store_options *opt, struct rp_store **out,
    struct rp_err *err);
void rp_store_close(struct rp_store *st);	/* accepts NULL */

/* The case that a store holds; as rp_case_open(). */
RP_CHECKED rp_status rp_store_case(struct rp_store *st, FILE *talk,
    struct rp_case **out, struct rp_err *err);

/* What came of an import or a record. */
struct rp_receipt {
	uint64_t record;	/* its number; 0: nothing was new, none made */
	char sha256[65];	/* of the record: the head of the chain */
	size_t n_new;		/* items */
	size_t n_same;		/* that were on record already */
	size_t n_corrected;
	size_t n_absent;	/* on record but not in the file: they stay */
	bool scenario;		/* the scenario itself is new or changed */
	uint64_t item;		/* rp_store_record(): the number of the item */
};

/*
 * Import a scenario with the files that it names, whole or not at all, as one
 * record.  What is on record already is not added again; an item of the same
 * id, or of the same subject and time but with other content, becomes a
 * correction of the one on record, and talk gets a line for each.
 *
 *   now    the time of the record
 *   RP_EINPUT  the scenario, or what it would make of the case, has faults
 *   RP_EIO, RP_EDB, RP_ENOMEM
 * On any error the store is as it was.
 */
RP_CHECKED rp_status rp_store_import(struct rp_store *st, const char *path,
    struct rp_instant now, FILE *talk, struct rp_receipt *out,
    struct rp_err *err);

/* One thing to be recorded, as the user said it. */
struct rp_entry {
	const char *kind;	/* a word of rp_store_kind() */
	size_t n_pairs;
	const char *const *pair; /* "key=value", the value as YAML */
	const char *yaml;	/* or the whole item in YAML; NULL: pairs */
	const char *yaml_name;	/* how to name it in messages */
	const char *replaces;	/* id or number of an item of that kind, or
				 * NULL */
};

/* The kinds that can be recorded: plan, actual, ...; NULL after the last.
 * *about is one line on it. */
const char *rp_store_kind(size_t i, const char **about);

/*
 * Add one item.  It is checked within the case as it then is, under the lock,
 * so two writers cannot contradict each other unseen.  What is in force with
 * the same content is not recorded again (out->record 0, n_same 1), so that a
 * command whose end was not seen can be given once more.  A value is read as
 * YAML where it begins with a brace, a bracket or a quote, and else taken as
 * it stands.
 *
 *   RP_EUSAGE  no such kind (err names the nearest)
 *   RP_EINPUT  the item has faults: each is a line on talk, with the pair that
 *              it is in
 *   RP_EIO, RP_EDB, RP_ENOMEM
 * On any error the store is as it was.  RP_OK: the record is on the disk.
 */
RP_CHECKED rp_status rp_store_record(struct rp_store *st,
    const struct rp_entry *entry, struct rp_instant now, FILE *talk,
    struct rp_receipt *out, struct rp_err *err);

/* One record, or one item of it. */
struct rp_history_row {
	uint64_t record;
	bool has_recorded;
	struct rp_instant recorded;
	const char *kind;	/* "scenario", or the word of the item */
	uint64_t item;		/* its number within its kind; 0: scenario */
	const char *id;		/* or NULL */
	uint64_t replaces;	/* item of the same kind; 0: none */
	bool in_force;		/* not replaced */
	const char *source;	/* the file or "command line" */
	const char *text;	/* its content, in one line of YAML */
	const char *sha256;	/* of the record */
};

/* All rows, oldest first.  RP_OK: *out is owned by the caller. */
struct rp_history;
RP_CHECKED rp_status rp_store_history(struct rp_store *st,
    struct rp_history **out, struct rp_err *err);
const struct rp_history_row *rp_history_rows(const struct rp_history *h,
    size_t *n);
void rp_history_free(struct rp_history *h);	/* accepts NULL */

/*
 * The whole case as a scenario file: importing it into a new store gives the
 * same case, and exporting that gives the same bytes.  *out is malloc'ed.
 */
RP_CHECKED rp_status rp_store_yaml(struct rp_store *st, char **out,
    size_t *len, struct rp_err *err);

/* A companion file of the case (a calendar), NULL when i is too large; valid
 * until the store is closed or the next call. */
const char *rp_store_file(struct rp_store *st, size_t i, const void **bytes,
    size_t *len);

/*
 * Walk the whole store: SQLite's own integrity check, the schema, the seal
 * over every byte, every digest and every link.  found is called once for
 * each fault, with a whole line; *n_faults counts them, *n_records those
 * walked, and sha256 is the head of the chain.  Seal and records are written
 * in one transaction, so a writer that was stopped leaves no fault.
 *
 * RP_EINPUT: no store, or one of a newer revplan.  Other errors are those of
 * reading; a damaged store is RP_OK with faults.
 */
RP_CHECKED rp_status rp_store_verify(const char *path,
    void (*found)(void *arg, const char *text), void *arg, size_t *n_records,
    size_t *n_faults, char sha256[65], struct rp_err *err);

#endif /* RP_STORE_H */
