/*
 * store/case_open.c - from the CASE of a command line to a case.
 */
#include "revplan/store.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/bind.h"
#include "read/doc.h"
#include "read/slurp.h"
#include "store/digest.h"
#include "store/store.h"

static const char store_magic[16] = "SQLite format 3";

struct opening {
	const char *path;
	char *base;		/* the folder that the file lies in */
	char *bytes;
	size_t len;
	struct rp_import what;
	struct rp_faults faults;
	struct rp_err *err;
};

/*
 * A store may be larger than any scenario, so it is told apart by its first
 * bytes.  Only a regular file can be looked at twice.
 */
static bool
is_store(const char *path)
{
	char head[sizeof(store_magic)];
	struct stat st;
	ssize_t n = 0;
	int fd;

	if (strcmp(path, "-") == 0 || stat(path, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, head, sizeof(head));
	(void)close(fd);
	return n == (ssize_t)sizeof(head) &&
	    memcmp(head, store_magic, sizeof(head)) == 0;
}

static rp_status
is_a_store(struct opening *o)
{
	return rp_fail(o->err, RP_EINPUT, "'%s' is a store; this version "
	    "reads scenario files (.yaml)", o->what.source);
}

/* "a/b.yaml" lies in "a", "/b.yaml" in "/", anything else in ".". */
static rp_status
find_base(struct opening *o)
{
	const char *slash = strrchr(o->path, '/');
	size_t len = slash != NULL ? (size_t)(slash - o->path) : 0;

	if (slash == NULL)
		o->base = strdup(".");
	else
		o->base = strndup(o->path, len > 0 ? len : 1);
	if (o->base == NULL)
		return rp_fail(o->err, RP_ENOMEM, "out of memory");
	return RP_OK;
}

static rp_status
read_bytes(struct opening *o)
{
	rp_status rc;

	if (is_store(o->path))
		return is_a_store(o);
	rc = rp_slurp(o->path, RP_DOC_BYTES, &o->bytes, &o->len, o->err);
	if (rc != RP_OK)
		return rc;
	if (o->len >= sizeof(store_magic) &&
	    memcmp(o->bytes, store_magic, sizeof(store_magic)) == 0)
		return is_a_store(o);
	rc = rp_sha256_of(o->bytes, o->len, &o->what.digest, o->err);
	if (rc == RP_OK)
		rc = find_base(o);
	return rc;
}

/*
 * Bound once before anything is kept: a scenario with faults does not get into
 * a store.  What YAML itself allows but we do not (a tag, say) is in the
 * faults already, and counts like any other.
 */
static rp_status
check_doc(struct opening *o, const struct rp_doc *doc)
{
	struct rp_case *cs = NULL;
	struct rp_files files = rp_files_folder(o->base);
	rp_status rc = rp_bind(doc, &files, &o->faults, &cs, o->err);

	rp_case_free(cs);
	if (rc == RP_OK && o->faults.n + o->faults.dropped > 0)
		rc = RP_EINPUT;
	return rc;
}

static rp_status
by_way_of_store(struct opening *o, const struct rp_doc *doc,
    struct rp_case **out)
{
	struct rp_files files = rp_files_folder(o->base);
	struct rp_store *st = NULL;
	rp_status rc = rp_store_open_memory(&st, o->err);

	if (rc == RP_OK)
		rc = rp_store_keep(st, rp_doc_root(doc), &o->what, o->err);
	if (rc == RP_OK)
		rc = rp_store_load(st, &files, &o->faults, out, o->err);
	rp_store_close(st);
	return rc;
}

static rp_status
read_case(struct opening *o, struct rp_case **out)
{
	struct rp_doc *doc = NULL;
	rp_status rc;

	rc = rp_doc_read_yaml(o->bytes, o->len, &o->faults, &doc, o->err);
	/* The tree has copies of all that it needs. */
	free(o->bytes);
	o->bytes = NULL;
	if (rc == RP_OK)
		rc = check_doc(o, doc);
	if (rc == RP_OK)
		rc = by_way_of_store(o, doc, out);
	rp_doc_free(doc);
	return rc;
}

/* How many faults there are, and the first of them for who prints none. */
static rp_status
tell_faults(struct opening *o, FILE *talk)
{
	const struct rp_faults *f = &o->faults;
	size_t i, n;

	rp_faults_sort(&o->faults);
	for (i = 0; i < f->n && talk != NULL; i++)
		(void)fprintf(talk, "%s:%u:%u: error: %s\n", f->file,
		    (unsigned)f->fault[i].line, (unsigned)f->fault[i].col,
		    f->fault[i].text);
	if (f->dropped > 0 && talk != NULL)
		(void)fprintf(talk, "%s: error: %zu more faults are not "
		    "shown\n", f->file, f->dropped);
	n = f->n + f->dropped;
	return rp_fail(o->err, RP_EINPUT, "'%s' is not a valid case: %zu "
	    "fault%s", f->file, n, n == 1 ? "" : "s");
}

static rp_status
label(struct opening *o, struct rp_case *cs)
{
	char hex[RP_SHA256_HEX];

	if (cs != NULL)
		cs->file = rp_case_text(cs, o->what.source,
		    strlen(o->what.source));
	if (cs == NULL || cs->file == NULL)
		return rp_fail(o->err, RP_ENOMEM, "out of memory");
	memcpy(cs->digest, rp_sha256_hex(&o->what.digest, hex), sizeof(hex));
	return RP_OK;
}

rp_status
rp_case_open(const char *path, FILE *talk, struct rp_case **out,
    struct rp_err *err)
{
	struct opening o = { .path = path, .err = err };
	struct rp_case *cs = NULL;
	rp_status rc;

	o.what.source = strcmp(path, "-") == 0 ? "<stdin>" : path;
	rp_faults_init(&o.faults, o.what.source);
	rc = read_bytes(&o);
	if (rc == RP_OK)
		rc = read_case(&o, &cs);
	if (rc == RP_EINPUT && o.faults.n + o.faults.dropped > 0)
		rc = tell_faults(&o, talk);
	if (rc == RP_OK)
		rc = label(&o, cs);
	if (rc == RP_OK)
		*out = cs;
	else
		rp_case_free(cs);
	rp_faults_release(&o.faults);
	free(o.base);
	free(o.bytes);
	return rc;
}
