/*
 * store/scenario.c - a scenario file, and the files that it names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/bind.h"
#include "read/change.h"
#include "read/slurp.h"
#include "store/store.h"

/* ---- the files that a scenario names ------------------------------------ */

/* A source of files that remembers what was read from another one. */
struct remember {
	struct rp_scenario *sc;
	struct rp_files from;
};

static rp_status
copy_out(const struct rp_companion *file, size_t most, char **out,
    size_t *len, struct rp_err *err)
{
	char *copy;

	if (file->len > most)
		return rp_fail(err, RP_EINPUT, "'%s' is too large",
		    file->name);
	copy = malloc(file->len + 1);
	if (copy == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'",
		    file->name);
	memcpy(copy, file->bytes, file->len + 1);
	*out = copy;
	*len = file->len;
	return RP_OK;
}

static rp_status
keep_file(struct rp_scenario *sc, const char *name, size_t most,
    struct rp_files *from, struct rp_err *err)
{
	struct rp_companion file = { 0 }, *more;
	rp_status rc;

	more = realloc(sc->file, (sc->n_files + 1) * sizeof(*more));
	if (more == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'", name);
	sc->file = more;
	rc = from->read(from->arg, name, most, &file.bytes, &file.len, err);
	if (rc != RP_OK)
		return rc;
	file.name = strdup(name);
	if (file.name == NULL) {
		free(file.bytes);
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'", name);
	}
	sc->file[sc->n_files++] = file;
	return RP_OK;
}

static rp_status
read_and_keep(void *arg, const char *name, size_t most, char **out,
    size_t *len, struct rp_err *err)
{
	struct remember *r = arg;
	struct rp_scenario *sc = r->sc;
	size_t i;
	rp_status rc = RP_OK;

	for (i = 0; i < sc->n_files; i++) {
		if (strcmp(sc->file[i].name, name) == 0)
			break;
	}
	if (i == sc->n_files)
		rc = keep_file(sc, name, most, &r->from, err);
	return rc == RP_OK ? copy_out(&sc->file[i], most, out, len, err) : rc;
}

/* ---- the scenario ------------------------------------------------------- */

/* "a/b.yaml" lies in "a", "/b.yaml" in "/", anything else in ".". */
char *
rp_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash != NULL ? (size_t)(slash - path) : 0;

	if (slash == NULL)
		return strdup(".");
	return strndup(path, len > 0 ? len : 1);
}

/*
 * Bound once before anything is kept: a scenario with faults does not get into
 * a store.  What YAML itself allows but we do not (a tag, say) is in the
 * faults already, and counts like any other.
 */
static rp_status
check_doc(struct rp_scenario *sc, const char *path, struct rp_faults *f,
    struct rp_err *err)
{
	char *base = rp_folder_of(path);
	struct remember r = { .sc = sc };
	const struct rp_files files = { read_and_keep, &r };
	struct rp_case *cs = NULL;
	rp_status rc;

	if (base == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	r.from = rp_files_folder(base);
	rc = rp_bind(sc->doc, &files, f, &cs, err);
	rp_case_free(cs);
	free(base);
	if (rc == RP_OK && f->n + f->dropped > 0)
		rc = RP_EINPUT;
	return rc;
}

/* How many faults there are, and the first of them for who prints none. */
rp_status
rp_tell_faults(struct rp_faults *f, FILE *talk, struct rp_err *err)
{
	size_t i, n;

	rp_faults_sort(f);
	for (i = 0; i < f->n && talk != NULL; i++)
		(void)fprintf(talk, "%s:%u:%u: error: %s\n", f->file,
		    (unsigned)f->fault[i].line, (unsigned)f->fault[i].col,
		    f->fault[i].text);
	if (f->dropped > 0 && talk != NULL)
		(void)fprintf(talk, "%s: error: %zu more faults are not "
		    "shown\n", f->file, f->dropped);
	n = f->n + f->dropped;
	return rp_fail(err, RP_EINPUT, "'%s' is not a valid case: %zu "
	    "fault%s", f->file, n, n == 1 ? "" : "s");
}

static rp_status
is_a_store(const struct rp_scenario *sc, struct rp_err *err)
{
	return rp_fail(err, RP_EINPUT, "'%s' is a store; a scenario file "
	    "(.yaml) is wanted here", sc->source);
}

static rp_status
read_bytes(struct rp_scenario *sc, const char *path, char **bytes,
    size_t *len, struct rp_err *err)
{
	static const char magic[16] = "SQLite format 3";
	rp_status rc;

	/* A store may be larger than any scenario. */
	if (rp_is_store(path))
		return is_a_store(sc, err);
	rc = rp_slurp(path, RP_DOC_BYTES, bytes, len, err);
	if (rc == RP_OK && *len >= sizeof(magic) &&
	    memcmp(*bytes, magic, sizeof(magic)) == 0)
		rc = is_a_store(sc, err);
	if (rc == RP_OK)
		rc = rp_sha256_of(*bytes, *len, &sc->digest, err);
	return rc;
}

rp_status
rp_scenario_begin(const char *path, struct rp_scenario *sc,
    struct rp_faults *f, struct rp_err *err)
{
	char *bytes = NULL;
	size_t len = 0;
	rp_status rc;

	*sc = (struct rp_scenario){ 0 };
	sc->source = strcmp(path, "-") == 0 ? "<stdin>" : path;
	rp_faults_init(f, sc->source);
	rc = read_bytes(sc, path, &bytes, &len, err);
	if (rc == RP_OK)
		rc = rp_doc_read_yaml(bytes, len, f, &sc->doc, err);
	/* The tree has copies of all that it needs. */
	free(bytes);
	return rc;
}

/* A change is not a case with a few keys missing. */
static rp_status
refuse_change(const struct rp_scenario *sc, struct rp_faults *f)
{
	const struct rp_node *key = rp_change_key(sc->doc);

	if (key == NULL)
		return RP_OK;
	rp_fault(f, key->key_line, key->key_col, "this is a change of "
	    "another case; see what it changes with 'revplan whatif CASE %s'",
	    sc->source);
	return RP_EINPUT;
}

rp_status
rp_scenario_end(const char *path, FILE *talk, struct rp_scenario *sc,
    struct rp_faults *f, struct rp_err *err)
{
	rp_status rc = refuse_change(sc, f);

	if (rc == RP_OK)
		rc = check_doc(sc, path, f, err);
	if (rc == RP_EINPUT && f->n + f->dropped > 0)
		rc = rp_tell_faults(f, talk, err);
	return rc;
}

rp_status
rp_scenario_read(const char *path, FILE *talk, struct rp_scenario *out,
    struct rp_err *err)
{
	struct rp_faults f;
	rp_status rc = rp_scenario_begin(path, out, &f, err);

	if (rc == RP_OK)
		rc = rp_scenario_end(path, talk, out, &f, err);
	else if (rc == RP_EINPUT && f.n + f.dropped > 0)
		rc = rp_tell_faults(&f, talk, err);
	rp_faults_release(&f);
	return rc;
}

void
rp_scenario_release(struct rp_scenario *sc)
{
	for (size_t i = 0; i < sc->n_files; i++) {
		free(sc->file[i].name);
		free(sc->file[i].bytes);
	}
	free(sc->file);
	rp_doc_free(sc->doc);
	*sc = (struct rp_scenario){ 0 };
}
