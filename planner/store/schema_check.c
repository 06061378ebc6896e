/*
 * store/schema_check.c - whether a file has the tables that we make.
 *
 * A store may come from anybody.  What looks like a table may be a view that
 * never ends, or have triggers of somebody else: so the description of every
 * table, index and trigger must be ours, to the letter, before any is asked.
 */
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "store/statements.h"
#include "store/store.h"

static const char list_sql[] =
    "SELECT type || ' ' || name, tbl_name || ' ' || coalesce(sql, '')"
    " FROM sqlite_schema ORDER BY type || ' ' || name";

struct side {
	struct rp_store *st;
	sqlite3_stmt *stmt;
	const char *name;	/* NULL: no more */
	const char *text;
};

static rp_status
next(struct side *s, struct rp_err *err)
{
	int code = sqlite3_step(s->stmt);

	s->name = s->text = NULL;
	if (code == SQLITE_DONE)
		return RP_OK;
	if (code != SQLITE_ROW)
		return rp_sql_fail(s->st, s->stmt, err);
	s->name = (const char *)sqlite3_column_text(s->stmt, 0);
	s->text = (const char *)sqlite3_column_text(s->stmt, 1);
	if (s->name == NULL || s->text == NULL)
		return rp_fail(err, RP_EINPUT, "'%s' is damaged: a table has "
		    "no name", rp_store_name(s->st));
	return RP_OK;
}

static rp_status
begin(struct side *s, struct rp_err *err)
{
	if (sqlite3_prepare_v2(s->st->db, list_sql, -1, &s->stmt, NULL) !=
	    SQLITE_OK)
		return rp_sql_fail(s->st, NULL, err);
	return next(s, err);
}

static void
tell(const char *name, const char *what,
    void (*found)(void *arg, const char *text), void *arg)
{
	struct rp_text line = { 0 };

	rp_text_puts(&line, "schema: ");
	rp_text_safe(&line, name);
	rp_text_puts(&line, what);
	found(arg, line.failed ? "schema: it is not ours" : line.bytes);
	rp_text_release(&line);
}

/* < 0, 0, > 0 as the first one stands before, at or after the second. */
static int
order(const struct side *a, const struct side *b)
{
	if (a->name == NULL || b->name == NULL)
		return (a->name == NULL) - (b->name == NULL);
	return strcmp(a->name, b->name);
}

static rp_status
compare(struct side *ours, struct side *theirs,
    void (*found)(void *arg, const char *text), void *arg, struct rp_err *err)
{
	rp_status rc = begin(ours, err);

	if (rc == RP_OK)
		rc = begin(theirs, err);
	while (rc == RP_OK && (ours->name != NULL || theirs->name != NULL)) {
		int which = order(ours, theirs);

		if (which < 0)
			tell(ours->name, " is missing", found, arg);
		else if (which > 0)
			tell(theirs->name, " is not of revplan", found, arg);
		else if (strcmp(ours->text, theirs->text) != 0)
			tell(ours->name, " is not as revplan makes it",
			    found, arg);
		if (which <= 0)
			rc = next(ours, err);
		if (which >= 0 && rc == RP_OK)
			rc = next(theirs, err);
	}
	return rc;
}

rp_status
rp_schema_compare(struct rp_store *st, int version,
    void (*found)(void *arg, const char *text), void *arg, struct rp_err *err)
{
	struct rp_store made = { 0 };
	struct side ours = { .st = &made }, theirs = { .st = st };
	rp_status rc = RP_OK;

	if (sqlite3_open_v2(":memory:", &made.db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		rc = rp_fail(err, RP_ENOMEM, "out of memory for a store");
	if (rc == RP_OK)
		rc = rp_schema_steps(&made, 0, version, err);
	if (rc == RP_OK)
		rc = compare(&ours, &theirs, found, arg, err);
	(void)sqlite3_finalize(ours.stmt);
	(void)sqlite3_finalize(theirs.stmt);
	(void)sqlite3_close(made.db);
	return rc;
}
