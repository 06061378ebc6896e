/*
 * planner/store/store.h - the database of a case.
 *
 * Records are only added.  One import is one transaction and one record; each
 * record carries the SHA-256 of its content and of the record before it.
 */
#ifndef RP_STORE_PRIVATE_H
#define RP_STORE_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/err.h"
#include "revplan/instant.h"
#include "revplan/store.h"
#include "read/doc.h"
#include "read/files.h"
#include "store/digest.h"
#include "store/lists.h"

/* ---- store.c: the handle ------------------------------------------------ */

/*
 * A new, empty store in memory.  RP_OK: *out is owned by the caller,
 * rp_store_close().  RP_EDB, RP_ENOMEM: *out is untouched.
 */
RP_CHECKED rp_status rp_store_open_memory(struct rp_store **out,
    struct rp_err *err);

/*
 * Begin what is to be read or written as one.  A writer has the lock from the
 * start, so that what it checks stays true.  rp_store_commit() seals a file
 * and puts all on the disk; on its failure the transaction is rolled back.
 */
RP_CHECKED rp_status rp_store_begin(struct rp_store *st, bool write,
    struct rp_err *err);
RP_CHECKED rp_status rp_store_commit(struct rp_store *st,
    struct rp_err *err);
void rp_store_rollback(struct rp_store *st);

/* ---- open.c ------------------------------------------------------------- */

/*
 * Make the file of a store that was only in memory, whole, and go on with it.
 * *lost: somebody else made one in the meantime; st is that one now, and what
 * was to be recorded is not in it.
 */
RP_CHECKED rp_status rp_store_bear(struct rp_store *st, bool *lost,
    struct rp_err *err);

/* The whole database as bytes, sqlite3_free(). */
RP_CHECKED rp_status rp_store_image(struct rp_store *st, uint8_t **out,
    size_t *len, struct rp_err *err);

/*
 * A store in memory that is read from bytes, which it takes over (they are of
 * sqlite3_malloc64()).  Nothing is looked at yet.
 */
RP_CHECKED rp_status rp_store_of_image(uint8_t *bytes, size_t len,
    struct rp_store **out, struct rp_err *err);

/*
 * What a reader of a file sees, as bytes, sqlite3_free().  *whole: they are
 * the bytes of the file itself.  A file that is no store is bytes too.
 */
RP_CHECKED rp_status rp_store_snapshot(const char *path, uint8_t **out,
    size_t *len, bool *whole, struct rp_err *err);

/* ---- seal.c ------------------------------------------------------------- */

/* Seal the database as it is about to be committed. */
RP_CHECKED rp_status rp_seal_write(struct rp_store *st, struct rp_err *err);

/*
 * What the seal of an image should be, whose seal is all zero.  What SQLite
 * changes at a commit is made zero in it.
 */
RP_CHECKED rp_status rp_seal_of(uint8_t *image, size_t len,
    struct rp_sha256 *out, struct rp_err *err);

/* ---- load.c: what is on record ------------------------------------------ */

/* One item.  node is its place in the document, with id and replaces as
 * others may refer to them. */
struct rp_row {
	int64_t id;
	int64_t record;
	size_t replaces;	/* index of a row, or SIZE_MAX */
	size_t by;		/* index of the row that replaces it, or same */
	struct rp_node *node;
};

struct rp_rows {
	size_t n;
	size_t room;
	struct rp_row *row;
};

struct rp_kept {
	struct rp_doc *doc;	/* NULL: nothing is on record */
	int64_t scenario;	/* record of the scenario in force */
	struct rp_rows list[RP_LIST_COUNT];
};

/*
 * Everything on record, as the tree of a case file.  rp_kept_release() in any
 * case.  What cannot have been written by us is RP_EINPUT.
 */
RP_CHECKED rp_status rp_kept_load(struct rp_store *st, struct rp_kept *out,
    struct rp_err *err);
void rp_kept_release(struct rp_kept *kept);

/* The tree alone.  RP_ESTATE: nothing was imported yet. */
RP_CHECKED rp_status rp_store_load_doc(struct rp_store *st,
    struct rp_doc **out, struct rp_err *err);

/* The same, bound to a case; see rp_bind(). */
RP_CHECKED rp_status rp_store_load(struct rp_store *st,
    const struct rp_files *files, struct rp_faults *f, struct rp_case **out,
    struct rp_err *err);

/* The files of a store, as a source of them. */
struct rp_files rp_store_files(struct rp_store *st);

/* ---- scenario.c: a scenario file and what it names ---------------------- */

struct rp_companion {
	char *name;
	char *bytes;
	size_t len;
};

struct rp_scenario {
	const char *source;	/* as the user named it; borrowed */
	struct rp_sha256 digest; /* of its bytes */
	struct rp_doc *doc;
	size_t n_files;
	struct rp_companion *file;
};

/*
 * Read a scenario and all files that it names.  RP_EINPUT: it has faults;
 * each was told to talk (which may be NULL), or err says it.
 */
RP_CHECKED rp_status rp_scenario_read(const char *path, FILE *talk,
    struct rp_scenario *out, struct rp_err *err);
void rp_scenario_release(struct rp_scenario *sc);

/*
 * The same in two steps, for who must know first what kind of file it is: its
 * tree, with what is wrong with it in *f, which the caller releases; and
 * whether it is a case.  path is that of the first step.
 */
RP_CHECKED rp_status rp_scenario_begin(const char *path,
    struct rp_scenario *out, struct rp_faults *f, struct rp_err *err);
RP_CHECKED rp_status rp_scenario_end(const char *path, FILE *talk,
    struct rp_scenario *sc, struct rp_faults *f, struct rp_err *err);

/* The folder of a file, malloc'ed; NULL: no memory. */
char *rp_folder_of(const char *path);

/* ---- case_open.c -------------------------------------------------------- */

/* A reader waits only for somebody who puts a log away. */
#define RP_READER_WAIT_S 30

/* The digest of the last record, in hex; all zero when there is none. */
RP_CHECKED rp_status rp_store_head(struct rp_store *st,
    char hex[RP_SHA256_HEX], struct rp_err *err);

/* Say of which file a case is; cs NULL is a want of memory. */
RP_CHECKED rp_status rp_case_label(struct rp_case *cs, const char *file,
    const char *sha256, struct rp_err *err);

/* Put a scenario into a store in memory. */
RP_CHECKED rp_status rp_store_of_scenario(const struct rp_scenario *sc,
    struct rp_store **out, struct rp_err *err);

/* Bind what such a store holds, and say what file it is of. */
RP_CHECKED rp_status rp_scenario_case(const struct rp_scenario *sc,
    FILE *talk, struct rp_case **out, struct rp_err *err);

/* All faults to talk, file:line:col: error: text; RP_EINPUT with how many. */
rp_status rp_tell_faults(struct rp_faults *f, FILE *talk,
    struct rp_err *err);

/* ---- writer.c: one record ----------------------------------------------- */

/* What a record is told about where its content comes from. */
struct rp_import {
	const char *kind;		/* "import", "record"; NULL: import */
	const char *source;		/* the file, as the user named it */
	struct rp_sha256 digest;	/* of its bytes */
	bool has_recorded;
	struct rp_instant recorded;	/* when it is imported */
};

struct rp_digest;

/* A record in the making; the transaction is the caller's. */
struct rp_writer {
	struct rp_store *st;
	const struct rp_import *what;
	struct rp_digest *digest;
	int64_t record;
	struct rp_sha256 previous;
	struct rp_sha256 own;		/* once it has ended */
};

RP_CHECKED rp_status rp_writer_begin(struct rp_writer *w,
    struct rp_store *st, const struct rp_import *what, struct rp_err *err);
void rp_writer_release(struct rp_writer *w);

/* The document: its lists that have tables are left empty in it. */
RP_CHECKED rp_status rp_writer_scenario(struct rp_writer *w,
    const struct rp_node *root, struct rp_err *err);

/* An item that replaces row `replaces` (0: none); *id is its number.  Lists
 * come in their order. */
RP_CHECKED rp_status rp_writer_item(struct rp_writer *w, enum rp_list list,
    const struct rp_node *item, int64_t replaces, int64_t *id,
    struct rp_err *err);

/* A companion file; all of them come after the items. */
RP_CHECKED rp_status rp_writer_file(struct rp_writer *w,
    const struct rp_companion *file, struct rp_err *err);

/* The record itself, last. */
RP_CHECKED rp_status rp_writer_end(struct rp_writer *w, struct rp_err *err);

/* ---- import.c ----------------------------------------------------------- */

/* What is to be kept, and who is told what of it. */
struct rp_keeping {
	const struct rp_node *root;
	size_t n_files;
	const struct rp_companion *file;
	struct rp_import what;
	FILE *talk;			/* corrections; may be NULL */
	struct rp_receipt *out;
	/* Items alone, which come to what is on record: what begins so is
	 * missed where it is not among them.  NULL: root is a scenario. */
	const char *prefix;
	/* The lists of root are those on record, and are not looked at. */
	bool scenario_only;
	/* Told what is on record before anything is compared; may be NULL. */
	void (*settle)(void *arg, const struct rp_kept *kept);
	void *arg;
};

/*
 * Put what is new of it on record, within a transaction of the caller's.
 * out->record is 0 when nothing was.
 */
RP_CHECKED rp_status rp_import_within(struct rp_store *st,
    const struct rp_keeping *keep, struct rp_err *err);

/*
 * Put items that were taken from elsewhere on record, whole or not at all, as
 * one record.  keep->prefix is that of their ids.  RP_ESTATE: there is no
 * scenario yet; else as rp_store_import().
 */
RP_CHECKED rp_status rp_store_import_items(struct rp_store *st,
    const struct rp_keeping *keep, struct rp_err *err);

/*
 * Keep a scenario, all of it or nothing of it, without asking whether it is a
 * case.  RP_EINPUT: the root is not a map; RP_EDB, RP_ENOMEM: the store is as
 * it was.
 */
RP_CHECKED rp_status rp_store_keep(struct rp_store *st,
    const struct rp_node *root, const struct rp_import *what,
    struct rp_err *err);

#endif /* RP_STORE_PRIVATE_H */
