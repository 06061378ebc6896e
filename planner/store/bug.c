/*
 * store/bug.c - a saved bug into a store: facts and updates, as one record.
 */
#include "store/bug.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "read/slurp.h"

/* The files, while they are read. */
struct saved {
	size_t n;
	struct rp_bug_file file[RP_BUG_FILES];
	char *bytes[RP_BUG_FILES];
};

static rp_status
read_files(const char *const *path, size_t n, struct saved *saved,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	if (n > RP_BUG_FILES)
		return rp_fail(err, RP_EUSAGE, "a bug comes in %d files at "
		    "most, not %zu", RP_BUG_FILES, n);
	for (size_t i = 0; i < n && rc == RP_OK; i++) {
		struct rp_bug_file *f = &saved->file[i];

		f->name = strcmp(path[i], "-") == 0 ? "<stdin>" : path[i];
		rc = rp_slurp(path[i], RP_BUG_BYTES, &saved->bytes[i],
		    &f->len, err);
		f->bytes = saved->bytes[i];
		saved->n = i + 1;
	}
	return rc;
}

/* What `cat FILE... | sha256sum` prints. */
static rp_status
digest_files(const struct saved *saved, struct rp_sha256 *out,
    struct rp_err *err)
{
	struct rp_digest *d = rp_digest_new();
	rp_status rc;

	if (d == NULL)
		return rp_fail(err, RP_ENOMEM, "SHA-256 failed");
	for (size_t i = 0; i < saved->n; i++)
		rp_digest_add(d, saved->file[i].bytes, saved->file[i].len);
	rc = rp_digest_end(d, out, err);
	rp_digest_free(d);
	return rc;
}

static rp_status
name_files(const struct saved *saved, char **out, struct rp_err *err)
{
	struct rp_text text = { 0 };

	for (size_t i = 0; i < saved->n; i++)
		rp_text_printf(&text, "%s%s", i > 0 ? ", " : "",
		    saved->file[i].name);
	if (text.failed || text.bytes == NULL) {
		rp_text_release(&text);
		return rp_fail(err, RP_ENOMEM, "out of memory");
	}
	*out = text.bytes;
	return RP_OK;
}

static rp_status
take(const struct saved *saved, const struct rp_bug_who *who, FILE *talk,
    struct rp_bug_items *out, struct rp_err *err)
{
	struct rp_bug bug;
	rp_status rc = rp_bug_read(saved->file, saved->n, &bug, err);

	if (rc != RP_OK)
		return rc;
	out->number = bug.number;
	rc = rp_bug_roles(&bug, who, err);
	if (rc == RP_OK)
		rc = rp_bug_facts(&bug, talk, &out->doc, err);
	rp_bug_release(&bug);
	return rc;
}

rp_status
rp_bug_items_read(const char *const *path, size_t n,
    const struct rp_bug_who *who, FILE *talk, struct rp_bug_items *out,
    struct rp_err *err)
{
	struct saved saved = { 0 };
	rp_status rc = read_files(path, n, &saved, err);

	*out = (struct rp_bug_items){ 0 };
	if (rc == RP_OK)
		rc = take(&saved, who, talk, out, err);
	if (rc == RP_OK)
		rc = digest_files(&saved, &out->digest, err);
	if (rc == RP_OK)
		rc = name_files(&saved, &out->source, err);
	for (size_t i = 0; i < saved.n; i++)
		free(saved.bytes[i]);
	if (rc != RP_OK)
		rp_bug_items_release(out);
	return rc;
}

void
rp_bug_items_release(struct rp_bug_items *items)
{
	rp_doc_free(items->doc);
	free(items->source);
	*items = (struct rp_bug_items){ 0 };
}

rp_status
rp_store_import_bug(struct rp_store *st, const struct rp_bug_items *items,
    struct rp_instant now, FILE *talk, struct rp_receipt *out,
    struct rp_err *err)
{
	char prefix[RP_BUG_PREFIX];
	const struct rp_keeping keep = {
		.root = rp_doc_root(items->doc),
		.what = { .source = items->source, .digest = items->digest,
		    .has_recorded = true, .recorded = now },
		.talk = talk,
		.out = out,
		.prefix = rp_bug_prefix(items->number, prefix)
	};

	*out = (struct rp_receipt){ 0 };
	return rp_store_import_items(st, &keep, err);
}
