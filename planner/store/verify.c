/*
 * store/verify.c - whether a store is as it was written.
 *
 * All is looked at in a copy in memory, so that nothing of the file is
 * changed, and nothing of it is trusted: first what its header says, then that
 * its tables are ours, then SQLite's own checks, the seal, and the records.
 */
#include "store/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "store/file.h"
#include "store/schema.h"
#include "store/statements.h"

#define HEADER 100u

/* What an image says of itself; see sqlite.org/fileformat2.html. */
struct image {
	uint8_t *bytes;
	size_t len;
	bool whole;		/* the bytes of the file itself */
	int version;
};

void
rp_found(struct rp_finder *f, const char *fmt, ...)
{
	struct rp_text line = { 0 };
	char text[RP_ERR_TEXT];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	rp_text_safe(&line, text);
	f->n++;
	if (f->found != NULL && !line.failed)
		f->found(f->arg, line.bytes != NULL ? line.bytes : "");
	rp_text_release(&line);
}

static void
found_schema(void *arg, const char *text)
{
	rp_found(arg, "%s", text);
}

/* ---- the header --------------------------------------------------------- */

static uint32_t
number_at(const uint8_t *bytes, size_t at)
{
	return (uint32_t)bytes[at] << 24 | (uint32_t)bytes[at + 1] << 16 |
	    (uint32_t)bytes[at + 2] << 8 | bytes[at + 3];
}

/* Where these bytes first stand, from `at` on; SIZE_MAX: nowhere. */
static size_t
find_bytes(const struct image *im, size_t at, const void *bytes, size_t len)
{
	const uint8_t *first = bytes, *p;

	for (; at + len <= im->len; at = (size_t)(p - im->bytes) + 1) {
		p = memchr(im->bytes + at, *first, im->len - len - at + 1);
		if (p == NULL)
			break;
		if (memcmp(p, bytes, len) == 0)
			return (size_t)(p - im->bytes);
	}
	return SIZE_MAX;
}

static const char magic[16] = "SQLite format 3";

/*
 * A store is known by how it begins, by its number and by its first table.
 * A flipped bit leaves two of the three, somebody else's file has one: the
 * former is a damaged store, the latter none.
 */
static bool
is_ours(const struct image *im)
{
	static const char table[] = "CREATE TABLE record(";
	int marks = 0;

	if (im->len < HEADER)
		return false;
	marks += memcmp(im->bytes, magic, sizeof(magic)) == 0;
	marks += number_at(im->bytes, 68) == RP_STORE_APPLICATION_ID;
	marks += find_bytes(im, HEADER, table, sizeof(table) - 1) != SIZE_MAX;
	return marks >= 2;
}

/* One flipped bit of the number is damage; a newer format has another. */
static bool
is_newer(uint32_t version)
{
	uint32_t bits = version ^ RP_STORE_VERSION;

	return version > RP_STORE_VERSION && (bits & (bits - 1)) != 0;
}

static rp_status
check_kind(const char *path, const struct image *im, struct rp_err *err)
{
	if (!is_ours(im))
		return rp_not_a_store(path, err);
	if (is_newer(number_at(im->bytes, 60)))
		return rp_newer_store(path, (int)number_at(im->bytes, 60),
		    err);
	return RP_OK;
}

/* false: there is nothing that could be looked at further. */
static bool
check_header(struct rp_finder *f, const struct image *im)
{
	const uint8_t *b = im->bytes;
	uint64_t page, pages;

	if (memcmp(b, magic, sizeof(magic)) != 0) {
		rp_found(f, "header: the file does not begin as a store does "
		    "(bytes 0 to 15)");
		return false;
	}
	if (number_at(b, 68) != RP_STORE_APPLICATION_ID)
		rp_found(f, "header: the number of a store is not there (bytes "
		    "68 to 71)");
	page = (uint64_t)b[16] << 8 | b[17];
	page = page == 1 ? 65536 : page;
	pages = number_at(b, 28);
	if (page * pages != im->len)
		rp_found(f, "header: %llu pages of %llu bytes are told, but "
		    "the file has %zu bytes (bytes 16, 17, 28 to 31)",
		    (unsigned long long)pages, (unsigned long long)page,
		    im->len);
	if (number_at(b, 24) != number_at(b, 92))
		rp_found(f, "header: the counters of changes differ (bytes 24 "
		    "to 27 and 92 to 95)");
	return true;
}

/* ---- SQLite's own checks ------------------------------------------------ */

/* Each row of a check as a fault; the word for none is passed over. */
static void
run_check(struct rp_store *st, struct rp_finder *f, const char *sql,
    const char *name)
{
	sqlite3_stmt *stmt = NULL;
	const char *text;
	int code = sqlite3_prepare_v2(st->db, sql, -1, &stmt, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(stmt);
		if (code != SQLITE_ROW)
			break;
		text = (const char *)sqlite3_column_text(stmt, 0);
		if (text == NULL || strcmp(text, "ok") != 0)
			rp_found(f, "%s: %s", name, text != NULL ? text : "?");
	}
	if (code != SQLITE_DONE)
		rp_found(f, "%s: %s", name, sqlite3_errmsg(st->db));
	(void)sqlite3_finalize(stmt);
}

static void
check_database(struct rp_store *st, struct rp_finder *f)
{
	run_check(st, f, "PRAGMA integrity_check;", "integrity");
	run_check(st, f, "SELECT \"table\" || ' ' || coalesce(rowid, 0) ||"
	    " ' names a ' || parent || ' that does not exist'"
	    " FROM pragma_foreign_key_check;", "reference");
}

/* ---- the seal ----------------------------------------------------------- */

/* The only place of these bytes; 0 where there is none, or more than one. */
static size_t
find_once(const struct image *im, const struct rp_sha256 *sum)
{
	size_t at = find_bytes(im, HEADER, sum->byte, RP_SHA256_BYTES);

	if (at == SIZE_MAX || find_bytes(im, at + 1, sum->byte,
	    RP_SHA256_BYTES) != SIZE_MAX)
		return 0;
	return at;
}

static rp_status
compare_seal(struct image *im, const struct rp_sha256 *kept,
    struct rp_finder *f, struct rp_err *err)
{
	size_t at = find_once(im, kept);
	struct rp_sha256 sum = { { 0 } };
	rp_status rc = RP_OK;

	if (at != 0) {
		memset(im->bytes + at, 0, RP_SHA256_BYTES);
		rc = rp_seal_of(im->bytes, im->len, &sum, err);
	}
	if (rc == RP_OK && memcmp(&sum, kept, sizeof(sum)) != 0)
		rp_found(f, "seal: the bytes of the file are not those that "
		    "revplan wrote");
	return rc;
}

static rp_status
check_seal(struct rp_store *st, struct image *im, struct rp_finder *f,
    struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_GET_SEAL);
	struct rp_err why = { 0 };
	struct rp_sha256 kept;
	bool row = false;
	rp_status rc = rp_sql_step(st, RP_SQL_GET_SEAL, &row, &why);

	if (rc == RP_ENOMEM)
		return rp_fail(err, rc, "%s", why.text);
	if (rc != RP_OK || !row ||
	    sqlite3_column_bytes(stmt, 1) != RP_SHA256_BYTES) {
		rp_found(f, "seal: there is none that can be read");
		rp_sql_done(st, RP_SQL_GET_SEAL);
		return RP_OK;
	}
	memcpy(kept.byte, sqlite3_column_blob(stmt, 1), RP_SHA256_BYTES);
	if (number_at(im->bytes, 96) !=
	    (uint32_t)sqlite3_column_int64(stmt, 0))
		rp_found(f, "seal: another version of SQLite wrote the file "
		    "after it was sealed (bytes 96 to 99)");
	rp_sql_done(st, RP_SQL_GET_SEAL);
	return compare_seal(im, &kept, f, err);
}

/* ---- what it says ------------------------------------------------------- */

/* A record may be whole and yet be none of ours. */
static rp_status
check_content(struct rp_store *st, struct rp_finder *f, struct rp_err *err)
{
	struct rp_err why = { 0 };
	struct rp_kept kept;
	rp_status rc = rp_kept_load(st, &kept, &why);

	if (rc == RP_ENOMEM)
		rc = rp_fail(err, rc, "%s", why.text);
	else if (rc != RP_OK)
		rp_found(f, "content: %s", why.text);
	else if (kept.doc == NULL)
		rp_found(f, "content: there is no scenario");
	rp_kept_release(&kept);
	return rc == RP_ENOMEM ? rc : RP_OK;
}

struct summary {
	size_t n_records;
	struct rp_sha256 head;
};

static rp_status
check_records(struct rp_store *st, struct image *im, struct rp_finder *f,
    struct summary *s, struct rp_err *err)
{
	struct rp_err why = { 0 };
	rp_status rc = RP_OK;

	/* What came before there was a seal has none. */
	if (im->version < RP_STORE_VERSION)
		rc = rp_schema_steps(st, im->version, RP_STORE_VERSION, &why);
	if (rc == RP_OK)
		rc = rp_sql_prepare(st, &why);
	if (rc == RP_ENOMEM)
		return rp_fail(err, rc, "%s", why.text);
	if (rc != RP_OK) {
		rp_found(f, "tables: %s", why.text);
		return RP_OK;
	}
	if (im->version >= RP_STORE_SEALED)
		rc = check_seal(st, im, f, err);
	if (rc == RP_OK)
		rc = rp_walk_records(st, f, &s->n_records, &s->head, err);
	if (rc == RP_OK)
		rc = check_content(st, f, err);
	return rc;
}

/* ---- all of it ---------------------------------------------------------- */

static rp_status
copy_of(const struct image *im, struct rp_store **out, struct rp_err *err)
{
	uint8_t *copy = sqlite3_malloc64(im->len + 1);

	if (copy == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for a store");
	memcpy(copy, im->bytes, im->len);
	return rp_store_of_image(copy, im->len, out, err);
}

static rp_status
check_tables(struct rp_store *st, struct image *im, struct rp_finder *f,
    struct summary *s, struct rp_err *err)
{
	struct rp_err why = { 0 };
	size_t before = f->n;
	int application;
	rp_status rc;

	rc = rp_schema_version(st, &application, &im->version, &why);
	if (rc == RP_OK &&
	    (im->version < 1 || im->version > RP_STORE_VERSION)) {
		rp_found(f, "header: format %d is none that this revplan "
		    "knows; it knows 1 to %d (bytes 60 to 63)", im->version,
		    RP_STORE_VERSION);
		im->version = RP_STORE_VERSION;
	}
	if (rc == RP_OK)
		rc = rp_schema_compare(st, im->version, found_schema, f,
		    &why);
	if (rc == RP_ENOMEM)
		return rp_fail(err, rc, "%s", why.text);
	if (rc != RP_OK)
		rp_found(f, "tables: %s", why.text);
	/* Nothing is asked of tables that are somebody else's. */
	if (f->n > before)
		return RP_OK;
	check_database(st, f);
	return check_records(st, im, f, s, err);
}

static rp_status
check_image(struct image *im, struct rp_finder *f, struct summary *s,
    struct rp_err *err)
{
	struct rp_store *st = NULL;
	struct rp_err why = { 0 };
	rp_status rc;

	if (!check_header(f, im))
		return RP_OK;
	rc = copy_of(im, &st, &why);
	if (rc == RP_ENOMEM)
		return rp_fail(err, rc, "%s", why.text);
	if (rc != RP_OK) {
		rp_found(f, "tables: %s", why.text);
		return RP_OK;
	}
	rc = check_tables(st, im, f, s, err);
	rp_store_close(st);
	return rc;
}

rp_status
rp_store_verify(const char *path, void (*found)(void *arg, const char *text),
    void *arg, size_t *n_records, size_t *n_faults, char sha256[65],
    struct rp_err *err)
{
	struct rp_finder f = { .found = found, .arg = arg };
	struct image im = { 0 };
	struct summary s = { 0 };
	rp_status rc = rp_store_snapshot(path, &im.bytes, &im.len, &im.whole,
	    err);

	if (rc == RP_OK)
		rc = check_kind(path, &im, err);
	if (rc == RP_OK)
		rc = check_image(&im, &f, &s, err);
	sqlite3_free(im.bytes);
	*n_records = s.n_records;
	*n_faults = f.n;
	(void)rp_sha256_hex(&s.head, sha256);
	return rc;
}
