/* The history of a store as a table. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/show_store.h"
#include "write/tables.h"
#include "write/utf8.h"

/* What people see of a content; machines get all of it. */
#define CONTENT_COLUMNS 48

enum {
	RECORD, RECORDED, KIND, ITEM, ID, REPLACES, IN_FORCE, SOURCE, CONTENT,
	SHA256, COLUMNS
};

/* Digests and files would leave no room on a screen for the content. */
static const struct rp_column columns[COLUMNS] = {
	[RECORD] = { "record", "Record", true },
	[RECORDED] = { "recorded", "Recorded", false },
	[KIND] = { "kind", "Kind", false },
	[ITEM] = { "item", "Item", true },
	[ID] = { "id", "Id", false },
	[REPLACES] = { "replaces", "Corrects", true },
	[IN_FORCE] = { "in_force", "In force", false },
	[SOURCE] = { "source", NULL, false },
	[CONTENT] = { "content", "Content", false },
	[SHA256] = { "sha256", NULL, false },
};

/* The beginning of a text, whole characters, with "..." for the rest. */
static char *
shorten(const char *text)
{
	const char *p = text;
	unsigned width = 0;
	uint32_t cp = 0;
	bool valid;
	size_t len;
	char *out;

	while (*p != '\0' && width < CONTENT_COLUMNS) {
		p += rp_utf8_next(p, &cp, &valid);
		width += rp_utf8_width(cp);
	}
	len = (size_t)(p - text);
	out = malloc(len + sizeof("..."));
	if (out == NULL)
		return NULL;
	memcpy(out, text, len);
	memcpy(out + len, "...", sizeof("..."));
	if (*p == '\0')
		out[len] = '\0';
	return out;
}

static rp_status
set_content(struct rp_table *t, const char *text, struct rp_err *err)
{
	char *human = shorten(text);

	if (human == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a table");
	rp_table_set(t, CONTENT, RP_CELL_TEXT, human, text);
	free(human);
	return RP_OK;
}

static rp_status
add_row(struct rp_table *t, const struct rp_history_row *row,
    struct rp_err *err)
{
	char at[RP_INSTANT_TEXT];

	rp_table_row(t);
	rp_table_count(t, RECORD, row->record);
	if (row->has_recorded)
		rp_table_text(t, RECORDED,
		    rp_instant_format(row->recorded, at));
	rp_table_text(t, KIND, row->kind);
	if (row->item != 0)
		rp_table_count(t, ITEM, row->item);
	if (row->id != NULL)
		rp_table_text(t, ID, row->id);
	if (row->replaces != 0)
		rp_table_count(t, REPLACES, row->replaces);
	rp_table_text(t, IN_FORCE, row->in_force ? "yes" : "no");
	rp_table_text(t, SOURCE, row->source);
	rp_table_text(t, SHA256, row->sha256);
	return set_content(t, row->text, err);
}

rp_status
rp_show_history(const struct rp_history *h, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t = NULL;
	size_t n, i;
	const struct rp_history_row *row = rp_history_rows(h, &n);
	rp_status st = rp_table_new("What was recorded, oldest first", columns,
	    COLUMNS, &t, err);

	for (i = 0; st == RP_OK && i < n; i++)
		st = add_row(t, &row[i], err);
	if (st == RP_OK)
		st = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return st;
}
