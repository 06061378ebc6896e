/*
 * store/file.c - whole databases as bytes, and files made of them.
 */
#include "store/file.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "store/schema.h"
#include "store/statements.h"
#include "store/store.h"

/* Bytes 18 and 19 of the header: 1 journal, 2 write-ahead log. */
#define HEADER_LOG 18
#define HEADER_MIN 100u

/* What SQLite writes when there is a file: that it has a log, the counters
 * and its own version. */
static void
look_written(uint8_t *image)
{
	const uint32_t version = (uint32_t)sqlite3_libversion_number();

	image[HEADER_LOG] = image[HEADER_LOG + 1] = 2;
	image[27] = image[95] = 1;
	for (unsigned i = 0; i < 4; i++)
		image[96 + i] = (uint8_t)(version >> (24 - 8 * i));
}

rp_status
rp_store_image(struct rp_store *st, uint8_t **out, size_t *len,
    struct rp_err *err)
{
	sqlite3_int64 n = 0;
	uint8_t *image = sqlite3_serialize(st->db, "main", &n, 0);

	if (image == NULL || n < (sqlite3_int64)HEADER_MIN) {
		sqlite3_free(image);
		return sqlite3_errcode(st->db) != SQLITE_OK ?
		    rp_sql_fail(st, NULL, err) :
		    rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    rp_store_name(st));
	}
	if (st->unborn)
		look_written(image);
	*out = image;
	*len = (size_t)n;
	return RP_OK;
}

/* ---- a new file --------------------------------------------------------- */

static rp_status
cannot_make(const char *path, int reason, struct rp_err *err)
{
	if (reason == ENOSPC || reason == EFBIG || reason == EDQUOT)
		return rp_fail(err, RP_EIO, "cannot make '%s': no room for "
		    "it", path);
	return rp_fail(err, RP_EIO, "cannot make '%s': %s", path,
	    strerror(reason));
}

/* The name of a file is on the disk once its folder is. */
static int
flush_folder(char *path)
{
	char *slash = strrchr(path, '/');
	int fd, reason = 0;

	*slash = '\0';
	fd = open(path[0] != '\0' ? path : "/", O_RDONLY | O_CLOEXEC);
	*slash = '/';
	if (fd < 0)
		return errno;
	if (fsync(fd) != 0 && errno != EINVAL)
		reason = errno;
	(void)close(fd);
	return reason;
}

/* A name beside path, for mkstemp(); it has a '/' in any case. */
static char *
name_beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	int folder = slash != NULL ? (int)(slash - path) : 1;
	size_t size = strlen(path) + 16;
	char *name = malloc(size);

	if (name != NULL)
		(void)snprintf(name, size, "%.*s/.%s.XXXXXX", folder,
		    slash != NULL ? path : ".",
		    slash != NULL ? slash + 1 : path);
	return name;
}

/* The usual rights of a new file; mkstemp() leaves them to the owner. */
static int
open_up(int fd)
{
	const mode_t mask = umask(0);

	(void)umask(mask);
	return fchmod(fd, 0666 & ~mask) == 0 ? 0 : errno;
}

static int
write_beside(char *name, const uint8_t *bytes, size_t len)
{
	int fd = mkstemp(name), reason;

	if (fd < 0) {
		reason = errno;
		*name = '\0';
		return reason;
	}
	reason = open_up(fd);
	if (reason == 0)
		reason = rp_write_all(fd, bytes, len);
	if (reason == 0 && fsync(fd) != 0)
		reason = errno;
	if (close(fd) != 0 && reason == 0)
		reason = errno;
	return reason;
}

rp_status
rp_file_make(const char *path, const uint8_t *bytes, size_t len, bool *lost,
    struct rp_err *err)
{
	char *name = name_beside(path);
	int reason;

	if (name == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'", path);
	*lost = false;
	reason = write_beside(name, bytes, len);
	/* link() does not replace, as rename() would. */
	if (reason == 0 && link(name, path) != 0)
		reason = errno;
	*lost = reason == EEXIST;
	if (name[0] != '\0') {
		(void)unlink(name);
		if (reason == 0)
			reason = flush_folder(name);
	}
	free(name);
	if (reason != 0 && !*lost)
		return cannot_make(path, reason, err);
	return RP_OK;
}

/* ---- older stores ------------------------------------------------------- */

static rp_status
take_over(struct rp_store *st, uint8_t *image, size_t len,
    struct rp_err *err)
{
	const unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE |
	    SQLITE_DESERIALIZE_RESIZEABLE;

	(void)sqlite3_close(st->db);
	st->db = NULL;
	if (sqlite3_open_v2(":memory:", &st->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		sqlite3_free(image);
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    rp_store_name(st));
	}
	image[HEADER_LOG] = image[HEADER_LOG + 1] = 1;
	/* The bytes are SQLite's now, on failure too. */
	if (sqlite3_deserialize(st->db, "main", image, (sqlite3_int64)len,
	    (sqlite3_int64)len, flags) != SQLITE_OK)
		return rp_sql_fail(st, NULL, err);
	return rp_schema_connect(st, err);
}

rp_status
rp_store_of_image(uint8_t *bytes, size_t len, struct rp_store **out,
    struct rp_err *err)
{
	struct rp_store *st = calloc(1, sizeof(*st));
	rp_status rc;

	if (st == NULL) {
		sqlite3_free(bytes);
		return rp_fail(err, RP_ENOMEM, "out of memory for a store");
	}
	rc = take_over(st, bytes, len, err);
	if (rc == RP_OK)
		*out = st;
	else
		rp_store_close(st);
	return rc;
}

rp_status
rp_store_read_older(struct rp_store *st, int version, struct rp_err *err)
{
	uint8_t *image = NULL;
	size_t len = 0;
	rp_status rc = rp_store_image(st, &image, &len, err);

	if (rc == RP_OK && image != NULL)
		rc = take_over(st, image, len, err);
	if (rc == RP_OK)
		rc = rp_schema_steps(st, version, RP_STORE_VERSION, err);
	return rc;
}

/* ---- migration ---------------------------------------------------------- */

#define COPIES_MAX 100

/* "incident.db.v1", or, where that is taken, "incident.db.v1-2". */
static rp_status
keep_copy(struct rp_store *st, int version, struct rp_err *err)
{
	size_t size = strlen(st->path) + 32, len = 0;
	char *name = malloc(size);
	uint8_t *image = NULL;
	bool taken = true;
	rp_status rc;

	if (name == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    st->path);
	rc = rp_store_image(st, &image, &len, err);
	for (int i = 1; taken && rc == RP_OK; i++) {
		if (i == 1)
			(void)snprintf(name, size, "%s.v%d", st->path,
			    version);
		else
			(void)snprintf(name, size, "%s.v%d-%d", st->path,
			    version, i);
		rc = i > COPIES_MAX ? cannot_make(name, EEXIST, err) :
		    rp_file_make(name, image, len, &taken, err);
	}
	sqlite3_free(image);
	free(name);
	return rc;
}

/* Somebody else may have done it while this one waited for the lock. */
static rp_status
migrate_within(struct rp_store *st, struct rp_err *err)
{
	int application, version;
	rp_status rc = rp_schema_version(st, &application, &version, err);

	if (rc != RP_OK || version >= RP_STORE_VERSION)
		return rc;
	rc = keep_copy(st, version, err);
	if (rc == RP_OK)
		rc = rp_schema_steps(st, version, RP_STORE_VERSION, err);
	/* The seal's statements can be prepared from here on. */
	if (rc == RP_OK)
		rc = rp_sql_prepare(st, err);
	if (rc == RP_OK)
		rc = rp_seal_write(st, err);
	return rc;
}

rp_status
rp_store_migrate(struct rp_store *st, struct rp_err *err)
{
	rp_status rc = rp_schema_run(st, "BEGIN IMMEDIATE", err);

	if (rc == RP_OK)
		rc = migrate_within(st, err);
	rp_sql_finalize(st);
	if (rc == RP_OK)
		rc = rp_schema_run(st, "COMMIT", err);
	if (rc != RP_OK && sqlite3_get_autocommit(st->db) == 0)
		(void)sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}
