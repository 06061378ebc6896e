/*
 * store/fail.c - what went wrong with a store, in words for its owner.
 *
 * SQLite's own words say what it was doing.  What somebody can act on is told
 * apart from that: another writer, a full disk, a file that is damaged.
 */
#include <errno.h>
#include <string.h>

#include "store/statements.h"

const char *
rp_store_name(const struct rp_store *st)
{
	return st->path != NULL ? st->path : "the store in memory";
}

static rp_status
is_busy(const struct rp_store *st, struct rp_err *err)
{
	if (st->opt.wait_s == 0)
		return rp_fail(err, RP_EIO, "'%s' is being written by another "
		    "program", rp_store_name(st));
	return rp_fail(err, RP_EIO, "'%s' is being written by another "
	    "program; tried for %u s", rp_store_name(st), st->opt.wait_s);
}

static rp_status
is_full(const struct rp_store *st, struct rp_err *err)
{
	return rp_fail(err, RP_EIO, "cannot write '%s': no room for it; it "
	    "is as it was", rp_store_name(st));
}

/* A limit on the size of files is a full disk by another name. */
static rp_status
io_failed(const struct rp_store *st, int code, struct rp_err *err)
{
	int reason = sqlite3_system_errno(st->db);
	const char *what = "use";

	/* SQLite does not keep it for what fails at a commit; rp_sql_step()
	 * sees to it that it is not that of something else. */
	if (reason == 0)
		reason = errno;
	if (reason == ENOSPC || reason == EFBIG || reason == EDQUOT)
		return is_full(st, err);
	if (code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ)
		what = "read";
	else if (code == SQLITE_IOERR_WRITE)
		what = "write";
	return rp_fail(err, RP_EIO, "cannot %s '%s': %s", what,
	    rp_store_name(st),
	    reason != 0 ? strerror(reason) : sqlite3_errmsg(st->db));
}

/* The SQL is shown with its values, which say more than question marks; the
 * message is cut to fit. */
static rp_status
other_failure(const struct rp_store *st, sqlite3_stmt *stmt,
    struct rp_err *err)
{
	char *text = stmt != NULL ? sqlite3_expanded_sql(stmt) : NULL;
	rp_status rc;

	rc = rp_fail(err, RP_EDB, "the database failed: %s%s%.240s%s",
	    sqlite3_errmsg(st->db), text != NULL ? ", in '" : "",
	    text != NULL ? text : "", text != NULL ? "'" : "");
	sqlite3_free(text);
	return rc;
}

rp_status
rp_sql_fail(struct rp_store *st, sqlite3_stmt *stmt, struct rp_err *err)
{
	int code = sqlite3_extended_errcode(st->db);
	const char *name = rp_store_name(st);

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'", name);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return is_busy(st, err);
	case SQLITE_FULL:
		return is_full(st, err);
	case SQLITE_IOERR:
		return code == SQLITE_IOERR_NOMEM ?
		    rp_fail(err, RP_ENOMEM, "out of memory for '%s'", name) :
		    io_failed(st, code, err);
	case SQLITE_CANTOPEN:
		return io_failed(st, code, err);
	case SQLITE_READONLY:
		return rp_fail(err, RP_EIO, "cannot write '%s': it or its "
		    "folder is read-only", name);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		/* An image is what `revplan verify` looks at. */
		if (st->path == NULL)
			return rp_fail(err, RP_EINPUT, "%s",
			    sqlite3_errmsg(st->db));
		return rp_fail(err, RP_EINPUT, "'%s' is damaged: %s; "
		    "`revplan verify` tells where", name,
		    sqlite3_errmsg(st->db));
	default:
		return other_failure(st, stmt, err);
	}
}
