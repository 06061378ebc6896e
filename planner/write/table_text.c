#include <stdlib.h>
#include <string.h>

#include "write/utf8.h"
#include "write/writers.h"

#define GAP 2
#define LINE_COLUMNS 80

static void
pad(struct rp_text *out, char c, size_t n)
{
	while (n-- > 0)
		rp_text_add(out, &c, 1);
}

void
rp_text_wrap(struct rp_text *out, const char *s, size_t at, size_t indent,
    size_t columns)
{
	struct rp_text safe = { 0 };
	const char *word, *end;
	size_t width, start = at;
	char keep;

	rp_text_safe(&safe, s);
	for (word = safe.bytes; word != NULL && *word != '\0'; word = end) {
		word += strspn(word, " ");
		end = word + strcspn(word, " ");
		keep = *end;
		safe.bytes[end - safe.bytes] = '\0';
		width = rp_utf8_columns(word);
		if (at > start && at + 1 + width > columns) {
			rp_text_puts(out, "\n");
			pad(out, ' ', indent);
			at = start = indent;
		} else if (at > start && width > 0) {
			rp_text_puts(out, " ");
			at++;
		}
		rp_text_puts(out, word);
		at += width;
		safe.bytes[end - safe.bytes] = keep;
	}
	rp_text_puts(out, "\n");
	if (safe.failed)
		out->failed = true;
	rp_text_release(&safe);
}

void
rp_text_item(struct rp_text *out, const char *label, size_t columns,
    const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	rp_text_printf(out, "    %-*s", (int)columns - 4, label);
	rp_text_wrap(out, text, columns, columns, LINE_COLUMNS);
}

void
rp_text_line(struct rp_text *out, const char *label, const char *text)
{
	rp_text_printf(out, "%s: ", label);
	rp_text_wrap(out, text, strlen(label) + 2, 4, LINE_COLUMNS);
}

static size_t
safe_columns(const char *s)
{
	struct rp_text safe = { 0 };
	size_t n;

	rp_text_safe(&safe, s);
	n = safe.bytes == NULL ? 0 : rp_utf8_columns(safe.bytes);
	rp_text_release(&safe);
	return n;
}

/* How wide each column must be; 0 for one that readers do not see. */
static void
measure(const struct rp_table *t, size_t *width)
{
	size_t i, row, n;
	const char *human;

	for (i = 0; i < rp_table_columns(t); i++) {
		width[i] = 0;
		if (rp_table_column(t, i)->heading == NULL)
			continue;
		width[i] = safe_columns(rp_table_column(t, i)->heading);
		for (row = 0; row < rp_table_rows(t); row++) {
			(void)rp_table_cell(t, row, i, &human, NULL);
			n = safe_columns(human);
			if (n > width[i])
				width[i] = n;
		}
	}
}

/*
 * One cell.  The blanks that would end a line are owed, and paid only when
 * something follows.
 */
static void
put_cell(struct rp_text *out, const char *s, size_t width, bool right,
    size_t *owed)
{
	size_t n = safe_columns(s);
	size_t blanks = width > n ? width - n : 0;

	if (n > 0) {
		pad(out, ' ', *owed + (right ? blanks : 0));
		rp_text_safe(out, s);
		*owed = (right ? 0 : blanks) + GAP;
	} else {
		*owed += width + GAP;
	}
}

static void
put_heading(const struct rp_table *t, const size_t *width,
    struct rp_text *out)
{
	size_t i, owed = 0;

	for (i = 0; i < rp_table_columns(t); i++)
		if (rp_table_column(t, i)->heading != NULL)
			put_cell(out, rp_table_column(t, i)->heading,
			    width[i], rp_table_column(t, i)->right, &owed);
	rp_text_puts(out, "\n");
	owed = 0;
	for (i = 0; i < rp_table_columns(t); i++) {
		if (rp_table_column(t, i)->heading == NULL)
			continue;
		pad(out, ' ', owed);
		pad(out, '-', width[i]);
		owed = GAP;
	}
	rp_text_puts(out, "\n");
}

static void
put_row(const struct rp_table *t, size_t row, const size_t *width,
    struct rp_text *out)
{
	size_t i, owed = 0;
	const char *human;

	for (i = 0; i < rp_table_columns(t); i++) {
		if (rp_table_column(t, i)->heading == NULL)
			continue;
		(void)rp_table_cell(t, row, i, &human, NULL);
		put_cell(out, human, width[i], rp_table_column(t, i)->right,
		    &owed);
	}
	rp_text_puts(out, "\n");
}

static void
put_note(const struct rp_table *t, size_t i, struct rp_text *out)
{
	const char *label = rp_table_note_label(t, i);
	size_t indent;

	if (label == NULL)
		label = "note";
	indent = safe_columns(label) + 2;
	rp_text_safe(out, label);
	rp_text_puts(out, ": ");
	rp_text_wrap(out, rp_table_note_text(t, i), indent, indent,
	    LINE_COLUMNS);
}

void
rp_table_body_text(const struct rp_table *t, struct rp_text *out)
{
	size_t *width, i;

	width = calloc(rp_table_columns(t) + 1, sizeof(*width));
	if (width == NULL) {
		out->failed = true;
		return;
	}
	measure(t, width);
	if (rp_table_title(t) != NULL) {
		rp_text_wrap(out, rp_table_title(t), 0, 0, LINE_COLUMNS);
		rp_text_puts(out, "\n");
	}
	put_heading(t, width, out);
	for (i = 0; i < rp_table_rows(t); i++)
		put_row(t, i, width, out);
	if (rp_table_notes(t) > 0)
		rp_text_puts(out, "\n");
	for (i = 0; i < rp_table_notes(t); i++)
		put_note(t, i, out);
	free(width);
}

void
rp_table_part_text(const struct rp_table *t, struct rp_text *out)
{
	if (rp_table_rows(t) == 0)
		return;
	rp_text_puts(out, "\n");
	rp_table_body_text(t, out);
}

void
rp_table_write_text(const struct rp_table *t,
    const struct rp_provenance *provenance, struct rp_text *out)
{
	rp_table_body_text(t, out);
	if (provenance == NULL)
		return;
	rp_text_puts(out, "\n");
	rp_provenance_line(provenance, out);
	rp_text_puts(out, "\n");
}
