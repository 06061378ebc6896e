/*
 * planner/store/statements.h - all SQL that reads or adds, prepared once.
 */
#ifndef RP_STORE_STATEMENTS_H
#define RP_STORE_STATEMENTS_H

#include <stdbool.h>

#include <sqlite3.h>

#include "revplan/err.h"
#include "store/lists.h"

#define RP_SQL_ADD_ENUM(name, table, key, time) RP_SQL_ADD_##name,
#define RP_SQL_GET_ENUM(name, table, key, time) RP_SQL_GET_##name,

enum rp_sql {
	RP_SQL_BEGIN,
	RP_SQL_COMMIT,
	RP_SQL_ROLLBACK,
	RP_SQL_LAST_RECORD,
	RP_SQL_ADD_RECORD,
	RP_SQL_ADD_SCENARIO,
	RP_SQL_GET_SCENARIO,
	/* One for each list, in the order of enum rp_list. */
	RP_LISTS(RP_SQL_ADD_ENUM)
	RP_LISTS(RP_SQL_GET_ENUM)
	RP_SQL_COUNT
};

#undef RP_SQL_ADD_ENUM
#undef RP_SQL_GET_ENUM

#define RP_SQL_ADD_FIRST RP_SQL_ADD_PLAN
#define RP_SQL_GET_FIRST RP_SQL_GET_PLAN

/* A database and its statements. */
struct rp_store {
	sqlite3 *db;
	sqlite3_stmt *stmt[RP_SQL_COUNT];
};

/*
 * Prepare all of them; text after the first statement of a row is refused.
 * RP_EDB; what was prepared before is finalised with the store.
 */
RP_CHECKED rp_status rp_sql_prepare(struct rp_store *st, struct rp_err *err);

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

/* What the database says about its last failure; stmt may be NULL. */
rp_status rp_sql_fail(sqlite3 *db, sqlite3_stmt *stmt, struct rp_err *err);

#endif /* RP_STORE_STATEMENTS_H */
