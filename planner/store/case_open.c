/*
 * store/case_open.c - from the CASE of a command line to a case.
 */
#include "revplan/store.h"

#include <string.h>

#include "store/places.h"
#include "store/statements.h"
#include "store/store.h"

rp_status
rp_case_label(struct rp_case *cs, const char *file, const char *sha256,
    struct rp_err *err)
{
	if (cs != NULL)
		cs->file = rp_case_text(cs, file, strlen(file));
	if (cs == NULL || cs->file == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	memcpy(cs->digest, sha256, sizeof(cs->digest));
	return RP_OK;
}

/* ---- from a scenario ---------------------------------------------------- */

static rp_status
keep(struct rp_store *st, const struct rp_scenario *sc, struct rp_err *err)
{
	struct rp_receipt receipt;
	const struct rp_keeping keeping = {
		.root = rp_doc_root(sc->doc),
		.n_files = sc->n_files,
		.file = sc->file,
		.what = { .source = sc->source, .digest = sc->digest },
		.out = &receipt
	};
	rp_status rc = rp_store_begin(st, true, err);

	if (rc == RP_OK)
		rc = rp_import_within(st, &keeping, err);
	if (rc == RP_OK)
		return rp_store_commit(st, err);
	rp_store_rollback(st);
	return rc;
}

rp_status
rp_store_of_scenario(const struct rp_scenario *sc, struct rp_store **out,
    struct rp_err *err)
{
	struct rp_store *st = NULL;
	rp_status rc = rp_store_open_memory(&st, err);

	if (rc == RP_OK)
		rc = keep(st, sc, err);
	if (rc == RP_OK)
		*out = st;
	else
		rp_store_close(st);
	return rc;
}

static rp_status
by_way_of_store(const struct rp_scenario *sc, FILE *talk,
    struct rp_case **out, struct rp_err *err)
{
	struct rp_store *st = NULL;
	struct rp_files files;
	struct rp_faults f;
	rp_status rc = rp_store_of_scenario(sc, &st, err);

	rp_faults_init(&f, sc->source);
	if (rc == RP_OK) {
		files = rp_store_files(st);
		rc = rp_store_load(st, &files, &f, out, err);
	}
	if (rc == RP_EINPUT && f.n + f.dropped > 0)
		rc = rp_tell_faults(&f, talk, err);
	rp_store_close(st);
	rp_faults_release(&f);
	return rc;
}

rp_status
rp_scenario_case(const struct rp_scenario *sc, FILE *talk,
    struct rp_case **out, struct rp_err *err)
{
	struct rp_case *cs = NULL;
	char hex[RP_SHA256_HEX];
	rp_status rc = by_way_of_store(sc, talk, &cs, err);

	if (rc == RP_OK)
		rc = rp_case_label(cs, sc->source,
		    rp_sha256_hex(&sc->digest, hex), err);
	if (rc == RP_OK)
		*out = cs;
	else
		rp_case_free(cs);
	return rc;
}

static rp_status
open_scenario(const char *path, FILE *talk, struct rp_case **out,
    struct rp_err *err)
{
	struct rp_scenario sc;
	rp_status rc = rp_scenario_read(path, talk, &sc, err);

	if (rc == RP_OK)
		rc = rp_scenario_case(&sc, talk, out, err);
	rp_scenario_release(&sc);
	return rc;
}

/* ---- from a store ------------------------------------------------------- */

rp_status
rp_store_head(struct rp_store *st, char hex[RP_SHA256_HEX], struct rp_err *err)
{
	sqlite3_stmt *stmt = rp_sql(st, RP_SQL_LAST_RECORD);
	struct rp_sha256 sum = { { 0 } };
	bool row;
	rp_status rc = rp_sql_step(st, RP_SQL_LAST_RECORD, &row, err);

	if (rc == RP_OK && row &&
	    sqlite3_column_bytes(stmt, 1) == RP_SHA256_BYTES)
		memcpy(sum.byte, sqlite3_column_blob(stmt, 1),
		    RP_SHA256_BYTES);
	rp_sql_done(st, RP_SQL_LAST_RECORD);
	(void)rp_sha256_hex(&sum, hex);
	return rc;
}

/* Faults are looked for again where they are told by item: what is on record
 * has no lines of its own. */
static rp_status
load(struct rp_store *st, FILE *talk, struct rp_case **out,
    struct rp_err *err)
{
	const struct rp_places_new nothing = { 0 };
	const struct rp_files files = rp_store_files(st);
	struct rp_faults f;
	bool found;
	rp_status rc;

	rp_faults_init(&f, rp_store_name(st));
	rc = rp_store_load(st, &files, &f, out, err);
	found = f.n + f.dropped > 0;
	rp_faults_release(&f);
	return rc == RP_EINPUT && found ?
	    rp_places_check(st, &nothing, talk, err) : rc;
}

rp_status
rp_store_case(struct rp_store *st, FILE *talk, struct rp_case **out,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	char hex[RP_SHA256_HEX];
	rp_status rc = rp_store_begin(st, false, err);

	if (rc != RP_OK)
		return rc;
	rc = load(st, talk, &cs, err);
	if (rc == RP_OK)
		rc = rp_store_head(st, hex, err);
	if (rc == RP_OK)
		rc = rp_case_label(cs, rp_store_name(st), hex, err);
	rp_store_rollback(st);
	if (rc == RP_OK)
		*out = cs;
	else
		rp_case_free(cs);
	return rc;
}

static rp_status
open_store(const char *path, FILE *talk, struct rp_case **out,
    struct rp_err *err)
{
	const struct rp_store_options opt = { .wait_s = RP_READER_WAIT_S };
	struct rp_store *st = NULL;
	rp_status rc = rp_store_open(path, RP_STORE_READ, &opt, &st, err);

	if (rc == RP_OK)
		rc = rp_store_case(st, talk, out, err);
	rp_store_close(st);
	return rc;
}

rp_status
rp_case_open(const char *path, FILE *talk, struct rp_case **out,
    struct rp_err *err)
{
	return rp_is_store(path) ? open_store(path, talk, out, err) :
	    open_scenario(path, talk, out, err);
}
