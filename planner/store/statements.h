/*
 * planner/store/statements.h - all SQL that reads or adds, prepared once.
 */
#ifndef RP_STORE_STATEMENTS_H
#define RP_STORE_STATEMENTS_H

#include <stdbool.h>

#include <sqlite3.h>

#include "revplan/err.h"
#include "revplan/store.h"
#include "store/lists.h"

#define RP_SQL_ADD_ENUM(name, table, key, time, word) RP_SQL_ADD_##name,
#define RP_SQL_GET_ENUM(name, table, key, time, word) RP_SQL_GET_##name,

enum rp_sql {
	RP_SQL_BEGIN,
	RP_SQL_BEGIN_READ,
	RP_SQL_COMMIT,
	RP_SQL_ROLLBACK,
	RP_SQL_LAST_RECORD,
	RP_SQL_ADD_RECORD,
	RP_SQL_GET_RECORDS,
	RP_SQL_ADD_SCENARIO,
	RP_SQL_GET_SCENARIO,	/* the last one */
	RP_SQL_GET_SCENARIOS,
	RP_SQL_ADD_FILE,
	RP_SQL_GET_FILE,	/* the last one of a name */
	RP_SQL_GET_FILES,
	RP_SQL_NTH_FILE,
	RP_SQL_TOUCH,		/* page 1 is written with every record */
	RP_SQL_CLEAR_SEAL,
	RP_SQL_GET_SEAL,
	/* One for each list, in the order of enum rp_list. */
	RP_LISTS(RP_SQL_ADD_ENUM)
	RP_LISTS(RP_SQL_GET_ENUM)
	RP_SQL_COUNT
};

#undef RP_SQL_ADD_ENUM
#undef RP_SQL_GET_ENUM

#define RP_SQL_ADD_FIRST RP_SQL_ADD_PLAN
#define RP_SQL_GET_FIRST RP_SQL_GET_PLAN

/* Columns of what RP_SQL_GET_<list> yields. */
enum {
	RP_COL_ID,
	RP_COL_RECORD,
	RP_COL_REPLACES,
	RP_COL_AT_FROM,
	RP_COL_AT_UNTIL,
	RP_COL_PUBLISHED_FROM,
	RP_COL_PUBLISHED_UNTIL,
	RP_COL_LINE,
	RP_COL_CONTENT
};

/* A database and its statements. */
struct rp_store {
	sqlite3 *db;
	sqlite3_stmt *stmt[RP_SQL_COUNT];
	char *path;		/* as the user named it; NULL: memory alone */
	enum rp_store_mode mode;
	bool unborn;		/* in memory until its first record, which
				 * makes the file */
	bool in_file;		/* so its records are sealed */
	struct rp_store_options opt;
	unsigned waited_ms;	/* for the lock, since it was asked for */
	bool told;		/* that it waits */
	bool impatient;		/* what cannot be had at once is left */
};

/*
 * Prepare all of them; text after the first statement of a row is refused.
 * RP_EDB; what was prepared before is finalised with the store.
 */
RP_CHECKED rp_status rp_sql_prepare(struct rp_store *st, struct rp_err *err);
void rp_sql_finalize(struct rp_store *st);

/* A statement, ready to be bound. */
sqlite3_stmt *rp_sql(struct rp_store *st, enum rp_sql which);

/* One step: *row tells whether there is one. */
RP_CHECKED rp_status rp_sql_step(struct rp_store *st, enum rp_sql which,
    bool *row, struct rp_err *err);

/* To the end, and let go of what was bound. */
RP_CHECKED rp_status rp_sql_run(struct rp_store *st, enum rp_sql which,
    struct rp_err *err);

/* Nothing more is wanted from it; its bound texts may go. */
void rp_sql_done(struct rp_store *st, enum rp_sql which);

/*
 * What the database says about its last failure, in words where it is the
 * file, the disk or another program; stmt may be NULL.
 */
rp_status rp_sql_fail(struct rp_store *st, sqlite3_stmt *stmt,
    struct rp_err *err);

/* How messages call the store. */
const char *rp_store_name(const struct rp_store *st);

#endif /* RP_STORE_STATEMENTS_H */
