/*
 * store/seal.c - a digest over every byte of the database.
 *
 * The chain of records covers what was recorded, not how it lies in the file:
 * indexes, free space and the tables' own description are outside of it.  The
 * seal is the SHA-256 of the whole file, with zeros in place of
 *
 *   its own 32 bytes
 *   bytes 24..27 and 92..99 of the header, which SQLite writes at the commit
 *   itself: a counter, that counter again, and SQLite's version
 *
 * The counters must be equal and the version the one that the seal names, so
 * a change there is found as well.  The seal is computed within the
 * transaction that it seals: a writer that is stopped leaves both or neither.
 * Its cost is that of reading the whole file once for each record.
 */
#include <string.h>

#include "store/statements.h"
#include "store/store.h"

/* What of the header changes at a commit, first byte and length. */
static const struct {
	size_t at;
	size_t len;
} loose[] = { { 24, 4 }, { 92, 8 } };

#define HEADER 100u

/* In place: the image is a copy of the caller's. */
static void
mask(uint8_t *image)
{
	for (size_t i = 0; i < sizeof(loose) / sizeof(loose[0]); i++)
		memset(image + loose[i].at, 0, loose[i].len);
}

rp_status
rp_seal_of(uint8_t *image, size_t len, struct rp_sha256 *out,
    struct rp_err *err)
{
	if (len < HEADER)
		return rp_fail(err, RP_EINPUT, "it is too short for a store");
	mask(image);
	return rp_sha256_of(image, len, out, err);
}

static rp_status
put(struct rp_store *st, const struct rp_sha256 *seal, struct rp_err *err)
{
	sqlite3_blob *blob = NULL;
	rp_status rc = RP_OK;

	/* In place: an UPDATE might lay out the page anew. */
	if (sqlite3_blob_open(st->db, "main", "seal", "sha256", 1, 1,
	    &blob) != SQLITE_OK || sqlite3_blob_write(blob, seal->byte,
	    RP_SHA256_BYTES, 0) != SQLITE_OK)
		rc = rp_sql_fail(st, NULL, err);
	(void)sqlite3_blob_close(blob);
	return rc;
}

static rp_status
clear(struct rp_store *st, struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_CLEAR_SEAL);

	if (sqlite3_bind_int(stmt, 1, sqlite3_libversion_number()) !=
	    SQLITE_OK)
		return rp_sql_fail(st, stmt, err);
	return rp_sql_run(st, RP_SQL_CLEAR_SEAL, err);
}

/* The digest of a database whose seal is all zero is the seal. */
static rp_status
sum(struct rp_store *st, struct rp_sha256 *out, struct rp_err *err)
{
	uint8_t *image = NULL;
	size_t len = 0;
	rp_status rc = rp_store_image(st, &image, &len, err);

	if (rc == RP_OK)
		rc = rp_seal_of(image, len, out, err);
	sqlite3_free(image);
	return rc;
}

rp_status
rp_seal_write(struct rp_store *st, struct rp_err *err)
{
	struct rp_sha256 seal = { { 0 } };
	rp_status rc = clear(st, err);

	/* So that the counters and the version are written in any case. */
	if (rc == RP_OK)
		rc = rp_sql_run(st, RP_SQL_TOUCH, err);
	if (rc == RP_OK)
		rc = sum(st, &seal, err);
	if (rc == RP_OK)
		rc = put(st, &seal, err);
	return rc;
}
