/*
 * store/open.c - a store from its file.
 *
 * The file is looked at before SQLite is asked, whose words for a folder, a
 * pipe or another program's file help nobody.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "read/slurp.h"
#include "store/file.h"
#include "store/schema.h"
#include "store/statements.h"
#include "store/store.h"

#define NAP_MS 20
#define VERIFY_WAIT_S 30
/* No content of ours is longer; a damaged length must not ask for more. */
#define LENGTH_MAX (256 << 20)
/* A store that is larger than this is not verified. */
#define IMAGE_MAX (1u << 30)

static const char magic[16] = "SQLite format 3";

/* ---- waiting for another writer ----------------------------------------- */

static void
tell_waiting(struct rp_store *st)
{
	char text[RP_ERR_TEXT];

	(void)snprintf(text, sizeof(text), "waiting for another writer of "
	    "'%.400s'...", rp_store_name(st));
	if (st->opt.waiting != NULL && !st->told)
		st->opt.waiting(st->opt.arg, text);
	st->told = true;
}

/* The time is counted in naps: nothing here asks a clock. */
static int
is_busy(void *arg, int n)
{
	const struct timespec nap = { 0, NAP_MS * 1000000L };
	struct rp_store *st = arg;

	(void)n;
	if (st->impatient || st->waited_ms / 1000 >= st->opt.wait_s)
		return 0;
	tell_waiting(st);
	(void)nanosleep(&nap, NULL);
	st->waited_ms += NAP_MS;
	return 1;
}

/* ---- what kind of file it is -------------------------------------------- */

static rp_status
cannot_open(const struct rp_store *st, int reason, struct rp_err *err)
{
	return rp_fail(err, RP_EIO, "cannot open '%s': %s", st->path,
	    strerror(reason));
}

rp_status
rp_not_a_store(const char *path, struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "'%s' is not a store of revplan", path);
}

rp_status
rp_newer_store(const char *path, int version, struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "'%s' was made by a newer revplan "
	    "(format %d; this one knows up to %d)", path, version,
	    RP_STORE_VERSION);
}

static bool
has_magic(int fd)
{
	char head[sizeof(magic)];

	return read(fd, head, sizeof(head)) == (ssize_t)sizeof(head) &&
	    memcmp(head, magic, sizeof(head)) == 0;
}

bool
rp_is_store(const char *path)
{
	struct stat sb;
	bool is;
	int fd;

	/* Only a regular file can be looked at twice. */
	if (strcmp(path, "-") == 0 || stat(path, &sb) != 0 ||
	    !S_ISREG(sb.st_mode))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	is = has_magic(fd);
	(void)close(fd);
	return is;
}

/* is: whether it begins as a store does; NULL: it must. */
static rp_status
look(const struct rp_store *st, bool *exists, bool *is, struct rp_err *err)
{
	struct stat sb;
	bool begins;
	int fd;

	*exists = stat(st->path, &sb) == 0;
	if (!*exists)
		return errno == ENOENT && st->mode == RP_STORE_CREATE ? RP_OK :
		    cannot_open(st, errno, err);
	if (S_ISDIR(sb.st_mode))
		return rp_fail(err, RP_EIO, "'%s' is a directory; a store is "
		    "wanted", st->path);
	if (!S_ISREG(sb.st_mode))
		return rp_fail(err, RP_EIO, "'%s' is not a regular file; a "
		    "store is wanted", st->path);
	fd = open(st->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cannot_open(st, errno, err);
	begins = has_magic(fd);
	(void)close(fd);
	if (is != NULL)
		*is = begins;
	return begins || is != NULL ? RP_OK : rp_not_a_store(st->path, err);
}

/* ---- the connection ----------------------------------------------------- */

/* "file:" and the path, what means something in a URI as %XX. */
static char *
immutable_uri(const char *path)
{
	static const char digits[] = "0123456789ABCDEF";
	static const char tail[] = "?immutable=1";
	char *uri = malloc(3 * strlen(path) + sizeof(tail) + 8), *to = uri;

	if (uri == NULL)
		return NULL;
	memcpy(to, "file:", 5);
	for (to += 5; *path != '\0'; path++) {
		const unsigned char c = (unsigned char)*path;

		if (c > ' ' && c < 0x7f && strchr("%?#", c) == NULL) {
			*to++ = (char)c;
			continue;
		}
		*to++ = '%';
		*to++ = digits[c >> 4];
		*to++ = digits[c & 15];
	}
	memcpy(to, tail, sizeof(tail));
	return uri;
}

/* A name that begins with ':' or "file:" would mean something else. */
static char *
plain_name(const char *path)
{
	size_t len = strlen(path);
	char *name = malloc(len + 3);

	if (name == NULL)
		return NULL;
	memcpy(name, "./", 2);
	memcpy(name + (path[0] == '/' ? 0 : 2), path, len + 1);
	return name;
}

/* What lies beside the file and belongs to it. */
struct log {
	bool exists;
	bool hot;
};

/*
 * Whether a writer left, or is writing, what is not in the file itself yet:
 * hot, if there is anything in it.  Asked before anything is read, for that
 * would make a log.
 */
static bool
has_log(const struct rp_store *st, bool *hot)
{
	const char *file = sqlite3_db_filename(st->db, "main");
	struct stat sb;
	bool exists;

	*hot = false;
	if (file == NULL || *file == '\0')
		return false;
	exists = stat(sqlite3_filename_wal(file), &sb) == 0;
	*hot = exists && sb.st_size > 0;
	return exists;
}

/*
 * The connection, before the first look into the file: SQLite makes a log for
 * that, and leaves it there where it may not write the file, to be in the way
 * of those who may.
 */
static rp_status
dial(struct rp_store *st, int flags, struct rp_err *err)
{
	char *name = (flags & SQLITE_OPEN_URI) != 0 ?
	    immutable_uri(st->path) : plain_name(st->path);
	int code;

	if (name == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    st->path);
	(void)sqlite3_close(st->db);
	st->db = NULL;
	code = sqlite3_open_v2(name, &st->db, flags | SQLITE_OPEN_NOMUTEX,
	    NULL);
	free(name);
	if (st->db == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    st->path);
	if (code != SQLITE_OK)
		return rp_sql_fail(st, NULL, err);
	(void)sqlite3_extended_result_codes(st->db, 1);
	(void)sqlite3_limit(st->db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	(void)sqlite3_busy_handler(st->db, is_busy, st);
	return RP_OK;
}

static bool
may_write(const struct rp_store *st)
{
	return sqlite3_db_readonly(st->db, "main") == 0;
}

/* The first look into the file; RP_EIO where that would leave a log. */
static rp_status
look_into(struct rp_store *st, const struct log *log, struct rp_err *err)
{
	int application, version;
	rp_status rc;

	if (log->hot)
		(void)sqlite3_db_config(st->db,
		    SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	if (!log->exists && !may_write(st))
		return RP_EIO;
	rc = rp_schema_connect(st, err);
	if (rc == RP_OK)
		rc = rp_schema_version(st, &application, &version, err);
	return rc;
}

/* The file as it is; SQLite makes no log for it. */
static rp_status
connect_as_is(struct rp_store *st, struct rp_err *err)
{
	rp_status rc = dial(st, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);

	return rc == RP_OK ? rp_schema_connect(st, err) : rc;
}

/*
 * To read a store with a log, SQLite must write beside it.  Where it may not,
 * or there is no room for that, and nothing is in the log, the file can be read
 * as it is.
 */
static rp_status
connect_to_read(struct rp_store *st, struct rp_err *err)
{
	struct log log = { false, false };
	rp_status rc = dial(st, SQLITE_OPEN_READWRITE, err);
	bool busy;

	if (st->db == NULL)
		return rc;
	if (rc == RP_OK) {
		log.exists = has_log(st, &log.hot);
		rc = look_into(st, &log, err);
	}
	busy = sqlite3_errcode(st->db) == SQLITE_BUSY;
	if (rc == RP_EIO && !log.hot && !busy)
		rc = connect_as_is(st, err);
	else if (rc == RP_EIO && log.hot && !busy)
		rp_err_context(err, "what was written last is still beside "
		    "the store, and cannot be read");
	if (rc == RP_OK)
		rc = rp_schema_run(st, "PRAGMA query_only = ON;", err);
	return rc;
}

/*
 * What a reader sees, as bytes: those of the file, or, where a writer left
 * some beside it, of both together.  A file that SQLite cannot open is read as
 * it is: what is wrong with it is for the caller to say.
 */
static rp_status
snapshot(struct rp_store *st, uint8_t **out, size_t *len, bool *whole,
    struct rp_err *err)
{
	char *bytes = NULL;
	bool hot = false;
	rp_status rc = connect_to_read(st, err);

	if (rc == RP_OK)
		rc = rp_schema_run(st, "BEGIN; SELECT count(*) FROM "
		    "sqlite_schema;", err);
	if (rc != RP_OK && rc != RP_EINPUT && rc != RP_EDB)
		return rc;
	if (rc == RP_OK)
		(void)has_log(st, &hot);
	*whole = !hot;
	if (hot)
		return rp_store_image(st, out, len, err);
	rc = rp_slurp(st->path, IMAGE_MAX, &bytes, len, err);
	if (rc != RP_OK)
		return rc;
	*out = sqlite3_malloc64(*len + 1);
	if (*out == NULL)
		rc = rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    st->path);
	else
		memcpy(*out, bytes, *len + 1);
	free(bytes);
	return rc;
}

static rp_status
connect_to_write(struct rp_store *st, struct rp_err *err)
{
	rp_status rc = dial(st, SQLITE_OPEN_READWRITE, err);

	if (rc == RP_OK && !may_write(st))
		rc = rp_fail(err, RP_EIO, "cannot write '%s': it is "
		    "read-only", st->path);
	return rc == RP_OK ? rp_schema_connect(st, err) : rc;
}

/* ---- what the file is --------------------------------------------------- */

static rp_status
check_version(struct rp_store *st, int *version, struct rp_err *err)
{
	int application = 0;
	rp_status rc = rp_schema_version(st, &application, version, err);

	if (rc != RP_OK)
		return rc;
	if (application != RP_STORE_APPLICATION_ID)
		return rp_not_a_store(st->path, err);
	if (*version > RP_STORE_VERSION)
		return rp_newer_store(st->path, *version, err);
	if (*version < 1)
		return rp_fail(err, RP_EINPUT, "'%s' is damaged: it is of "
		    "format %d, which never was", st->path, *version);
	return RP_OK;
}

static void
count_differences(void *arg, const char *text)
{
	(void)text;
	++*(size_t *)arg;
}

/* SQLite calls some damage of its tables' description a plain error. */
static rp_status
check_schema(struct rp_store *st, int version, struct rp_err *err)
{
	size_t n = 0;
	rp_status rc = rp_schema_compare(st, version, count_differences, &n,
	    err);

	if (rc == RP_EDB || (rc == RP_OK && n > 0))
		rc = rp_fail(err, RP_EINPUT, "'%s' is damaged: its tables are "
		    "not those of revplan; `revplan verify` tells where",
		    st->path);
	return rc;
}

static rp_status
open_file(struct rp_store *st, struct rp_err *err)
{
	const bool reads = st->mode == RP_STORE_READ;
	int version = 0;
	rp_status rc;

	rc = reads ? connect_to_read(st, err) : connect_to_write(st, err);
	if (rc == RP_OK)
		rc = check_version(st, &version, err);
	if (rc == RP_OK)
		rc = check_schema(st, version, err);
	if (rc == RP_OK && !reads)
		rc = rp_schema_run(st, "PRAGMA journal_mode = WAL;", err);
	if (rc == RP_OK && version < RP_STORE_VERSION)
		rc = reads ? rp_store_read_older(st, version, err) :
		    rp_store_migrate(st, err);
	if (rc == RP_OK)
		rc = rp_sql_prepare(st, err);
	st->in_file = rc == RP_OK && !reads;
	return rc;
}

/* ---- opening ------------------------------------------------------------ */

/* In memory for now: a store without a record is of no use to anybody. */
static rp_status
conceive(struct rp_store *st, struct rp_err *err)
{
	struct rp_store *empty = NULL;
	rp_status rc = rp_store_open_memory(&empty, err);

	if (rc != RP_OK)
		return rc;
	st->db = empty->db;
	memcpy(st->stmt, empty->stmt, sizeof(st->stmt));
	free(empty);
	st->unborn = true;
	return RP_OK;
}

rp_status
rp_store_bear(struct rp_store *st, bool *lost, struct rp_err *err)
{
	uint8_t *image = NULL;
	size_t len = 0;
	rp_status rc;

	rc = rp_store_begin(st, true, err);
	if (rc == RP_OK)
		rc = rp_seal_write(st, err);
	if (rc == RP_OK)
		rc = rp_store_image(st, &image, &len, err);
	rp_store_rollback(st);
	if (rc == RP_OK)
		rc = rp_file_make(st->path, image, len, lost, err);
	sqlite3_free(image);
	if (rc != RP_OK)
		return rc;
	rp_sql_finalize(st);
	(void)sqlite3_close(st->db);
	st->db = NULL;
	st->unborn = false;
	return open_file(st, err);
}

static rp_status
new_store(const char *path, enum rp_store_mode mode, struct rp_store **out,
    struct rp_err *err)
{
	struct rp_store *st = calloc(1, sizeof(*st));

	if (st != NULL)
		st->path = strdup(path);
	if (st == NULL || st->path == NULL) {
		free(st);
		return rp_fail(err, RP_ENOMEM, "out of memory for a store");
	}
	st->mode = mode;
	*out = st;
	return RP_OK;
}

rp_status
rp_store_snapshot(const char *path, uint8_t **out, size_t *len, bool *whole,
    struct rp_err *err)
{
	struct rp_store *st = NULL;
	bool exists, is;
	rp_status rc = new_store(path, RP_STORE_READ, &st, err);

	if (rc != RP_OK)
		return rc;
	st->opt.wait_s = VERIFY_WAIT_S;
	rc = look(st, &exists, &is, err);
	if (rc == RP_OK)
		rc = snapshot(st, out, len, whole, err);
	rp_store_close(st);
	return rc;
}

rp_status
rp_store_open(const char *path, enum rp_store_mode mode,
    const struct rp_store_options *opt, struct rp_store **out,
    struct rp_err *err)
{
	struct rp_store *st = NULL;
	bool exists = false;
	rp_status rc = new_store(path, mode, &st, err);

	if (rc != RP_OK)
		return rc;
	if (opt != NULL)
		st->opt = *opt;
	rc = look(st, &exists, NULL, err);
	if (rc == RP_OK)
		rc = exists ? open_file(st, err) : conceive(st, err);
	if (rc != RP_OK) {
		rp_store_close(st);
		return rc;
	}
	*out = st;
	return RP_OK;
}
