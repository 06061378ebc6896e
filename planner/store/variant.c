/*
 * store/variant.c - a case that differs from another one.
 *
 * The case goes through a store as every case does; what comes out of it is
 * joined with the change as a tree, and only then bound.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "read/bind.h"
#include "read/change.h"
#include "store/statements.h"
#include "store/store.h"

/* What is joined, and what messages call it. */
struct variant {
	struct rp_scenario change;
	struct rp_faults f;
	const char *what;		/* what the change says of itself */
	const char *base;
	bool base_is_store;
	struct rp_store *st;
	struct rp_doc *doc;		/* the case, then both */
};

/* ---- faults of two files ------------------------------------------------ */

static void
name_line(const struct variant *v, uint32_t line, struct rp_text *out)
{
	if (line >= RP_LINE_CHANGE)
		rp_text_printf(out, "line %u of '%s'",
		    (unsigned)(line - RP_LINE_CHANGE), v->change.source);
	else if (v->base_is_store)
		rp_text_puts(out, "what is on record");
	else
		rp_text_printf(out, "line %u of '%s'", (unsigned)line,
		    v->base);
}

/* Where the words before a number make it one of these lines; what follows
 * "line" alone may be one of a file of holidays. */
static const char *const mentions[] = { "on line ", "(line ", "(lines " };

static const char *
find_mention(const char *text, const char **number)
{
	const char *first = NULL, *at;
	size_t i;

	for (i = 0; i < sizeof(mentions) / sizeof(mentions[0]); i++) {
		at = strstr(text, mentions[i]);
		if (at == NULL || (first != NULL && at > first))
			continue;
		first = at;
		*number = at + strlen(mentions[i]);
	}
	return first;
}

/* "... on line 2147483652" becomes "... on line 4 of 'change.yaml'", and
 * "(lines 2147483652 to 12)" becomes "(line 4 of ... to line 12 of ...)". */
static void
name_lines(const struct variant *v, const char *text, struct rp_text *out)
{
	static const char to[] = " to ";
	const char *at, *number;
	char *end;

	for (; (at = find_mention(text, &number)) != NULL; text = end) {
		unsigned long line = strtoul(number, &end, 10);

		rp_text_add(out, text, (size_t)(at - text));
		rp_text_puts(out, *at == '(' ? "(" : "on ");
		name_line(v, (uint32_t)line, out);
		if (number[-2] != 's' || strncmp(end, to, strlen(to)) != 0)
			continue;
		line = strtoul(end + strlen(to), &end, 10);
		rp_text_puts(out, to);
		name_line(v, (uint32_t)line, out);
	}
	rp_text_puts(out, text);
}

static void
tell_one(const struct variant *v, const struct rp_fault *fault,
    struct rp_text *out)
{
	bool changed = fault->line >= RP_LINE_CHANGE;

	rp_text_puts(out, changed ? v->change.source : v->base);
	if (changed || !v->base_is_store)
		rp_text_printf(out, ":%u:%u",
		    (unsigned)(fault->line & ~RP_LINE_CHANGE),
		    (unsigned)fault->col);
	rp_text_puts(out, ": error: ");
	name_lines(v, fault->text, out);
	rp_text_puts(out, "\n");
}

static rp_status
tell(struct variant *v, FILE *talk, struct rp_err *err)
{
	struct rp_text out = { 0 };
	size_t n = v->f.n + v->f.dropped;

	rp_faults_sort(&v->f);
	for (size_t i = 0; i < v->f.n; i++)
		tell_one(v, &v->f.fault[i], &out);
	if (v->f.dropped > 0)
		rp_text_printf(&out, "%s: error: %zu more faults are not "
		    "shown\n", v->change.source, v->f.dropped);
	if (talk != NULL && !out.failed && out.bytes != NULL)
		(void)fputs(out.bytes, talk);
	rp_text_release(&out);
	return rp_fail(err, RP_EINPUT, "'%s' does not make a valid case of "
	    "'%s': %zu fault%s", v->change.source, v->base, n,
	    n == 1 ? "" : "s");
}

const char *
rp_variant_place(const struct rp_case *cs, uint32_t *line)
{
	if (cs->upon == NULL)
		return cs->file;
	if (*line < RP_LINE_CHANGE)
		return cs->upon;
	*line -= RP_LINE_CHANGE;
	return cs->file;
}

/* ---- the case below ----------------------------------------------------- */

static rp_status
has_moved(const struct variant *v, struct rp_err *err)
{
	return rp_fail(err, RP_EIO, "'%s' was changed by somebody else in "
	    "the meantime; try again", v->base);
}

static rp_status
open_base_scenario(struct variant *v, const char *digest, FILE *talk,
    struct rp_err *err)
{
	struct rp_scenario sc;
	char hex[RP_SHA256_HEX];
	rp_status rc = rp_scenario_read(v->base, talk, &sc, err);

	if (rc == RP_OK && digest != NULL &&
	    strcmp(rp_sha256_hex(&sc.digest, hex), digest) != 0)
		rc = has_moved(v, err);
	if (rc == RP_OK)
		rc = rp_store_of_scenario(&sc, &v->st, err);
	if (rc == RP_OK)
		rc = rp_store_load_doc(v->st, &v->doc, err);
	rp_scenario_release(&sc);
	return rc;
}

static rp_status
open_base_store(struct variant *v, const char *digest, struct rp_err *err)
{
	const struct rp_store_options opt = { .wait_s = RP_READER_WAIT_S };
	char hex[RP_SHA256_HEX];
	rp_status rc = rp_store_open(v->base, RP_STORE_READ, &opt, &v->st,
	    err);

	if (rc != RP_OK || (rc = rp_store_begin(v->st, false, err)) != RP_OK)
		return rc;
	rc = rp_store_load_doc(v->st, &v->doc, err);
	if (rc == RP_OK)
		rc = rp_store_head(v->st, hex, err);
	if (rc == RP_OK && digest != NULL && strcmp(hex, digest) != 0)
		rc = has_moved(v, err);
	rp_store_rollback(v->st);
	return rc;
}

/* ---- both together ------------------------------------------------------ */

/* What a change names lies with the case, or beside the change. */
struct both {
	struct rp_files first, second;
};

static rp_status
read_either(void *arg, const char *name, size_t most, char **out,
    size_t *len, struct rp_err *err)
{
	const struct both *b = arg;
	rp_status rc = b->first.read(b->first.arg, name, most, out, len, err);

	return rc == RP_EIO ? b->second.read(b->second.arg, name, most, out,
	    len, err) : rc;
}

static rp_status
bind(struct variant *v, const char *path, struct rp_case **out,
    struct rp_err *err)
{
	char *folder = rp_folder_of(path);
	struct both both = { rp_store_files(v->st), rp_files_folder(folder) };
	const struct rp_files files = { read_either, &both };
	rp_status rc;

	if (folder == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	/* What could not be joined does not hide the faults of the rest. */
	rc = rp_change_apply(v->doc, v->change.doc, &v->f, err);
	if (rc == RP_OK || v->f.n + v->f.dropped > 0)
		rc = rp_bind(v->doc, &files, &v->f, out, err);
	free(folder);
	return rc;
}

static rp_status
label(struct variant *v, struct rp_case *cs, struct rp_err *err)
{
	char hex[RP_SHA256_HEX];

	cs->upon = rp_case_text(cs, v->base, strlen(v->base));
	cs->change = rp_case_text(cs, v->what, strlen(v->what));
	if (cs->upon == NULL || cs->change == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	return rp_case_label(cs, v->change.source,
	    rp_sha256_hex(&v->change.digest, hex), err);
}

static rp_status
open_change(struct variant *v, const char *path, const char *digest,
    FILE *talk, struct rp_case **out, struct rp_err *err)
{
	struct rp_case *cs = NULL;
	rp_status rc;

	if (v->f.n + v->f.dropped > 0)
		return rp_tell_faults(&v->f, talk, err);
	if (strcmp(v->base, "-") == 0)
		return rp_fail(err, RP_EUSAGE, "'%s' is a change: the case "
		    "must be a file, for standard input cannot be read twice",
		    v->change.source);
	/* Once it is joined, the change is no tree of its own any more. */
	v->what = rp_change_key(v->change.doc)->text;
	v->base_is_store = rp_is_store(v->base);
	rc = v->base_is_store ? open_base_store(v, digest, err) :
	    open_base_scenario(v, digest, talk, err);
	if (rc != RP_OK)
		return rc;
	rc = bind(v, path, &cs, err);
	if ((rc == RP_OK || rc == RP_EINPUT) && v->f.n + v->f.dropped > 0)
		rc = tell(v, talk, err);
	if (rc == RP_OK)
		rc = label(v, cs, err);
	if (rc == RP_OK)
		*out = cs;
	else
		rp_case_free(cs);
	return rc;
}

/* A case of its own needs nothing of the other one. */
static rp_status
open_case(struct variant *v, const char *path, FILE *talk,
    struct rp_case **out, struct rp_err *err)
{
	rp_status rc = rp_scenario_end(path, talk, &v->change, &v->f, err);

	return rc == RP_OK ? rp_scenario_case(&v->change, talk, out, err) :
	    rc;
}

rp_status
rp_variant_open(const char *path, const char *base, const char *digest,
    FILE *talk, struct rp_case **out, struct rp_err *err)
{
	struct variant v = { .base = base };
	rp_status rc;

	if (rp_is_store(path))
		return rp_case_open(path, talk, out, err);
	rc = rp_scenario_begin(path, &v.change, &v.f, err);
	if (rc == RP_EINPUT && v.f.n + v.f.dropped > 0)
		rc = rp_tell_faults(&v.f, talk, err);
	else if (rc == RP_OK && rp_change_key(v.change.doc) != NULL)
		rc = open_change(&v, path, digest, talk, out, err);
	else if (rc == RP_OK)
		rc = open_case(&v, path, talk, out, err);
	rp_faults_release(&v.f);
	rp_doc_free(v.doc);
	rp_store_close(v.st);
	rp_scenario_release(&v.change);
	return rc;
}
