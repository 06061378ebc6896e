/*
 * planner/store/schema.h - the tables of a store.
 */
#ifndef RP_STORE_SCHEMA_H
#define RP_STORE_SCHEMA_H

#include "store/statements.h"

/* "rvpl" */
#define RP_STORE_APPLICATION_ID 0x7276706c
#define RP_STORE_VERSION 1

/* How this connection behaves: foreign keys, no tricks by the file. */
RP_CHECKED rp_status rp_schema_connect(sqlite3 *db, struct rp_err *err);

/* All tables and triggers and the version number, in one transaction. */
RP_CHECKED rp_status rp_schema_create(sqlite3 *db, struct rp_err *err);

#endif /* RP_STORE_SCHEMA_H */
