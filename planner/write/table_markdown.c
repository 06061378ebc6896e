#include <string.h>
#include <strings.h>

#include "write/writers.h"

/* What GitHub's dialect gives a meaning anywhere; a backslash takes it. */
static const char special[] = "\\`*_[]|~$";

/*
 * Bare addresses, mail addresses and mentions become links or messages by
 * themselves, and no backslash stops that; an entity for one character does.
 */
static const char *
link_entity(const char *s)
{
	if (strncmp(s, "://", 3) == 0)
		return "&#58;";
	if (*s == '@')
		return "&#64;";
	return strncasecmp(s, "www.", 4) == 0 ? "&#119;" : NULL;
}

/* What would make a list, a heading or a quotation of a line. */
static bool
opens_block(const char *all, const char *s)
{
	if (s == all)
		return strchr("-+=#>", *s) != NULL;
	return (*s == '.' || *s == ')') && (s[1] == ' ' || s[1] == '\0') &&
	    strspn(all, "0123456789") == (size_t)(s - all);
}

/* A tag or an entity, not "< 0.1 %" or "year & month". */
static bool
opens_markup(const char *s)
{
	return (*s == '<' && s[1] != ' ') ||
	    (*s == '&' && s[1] != ' ' && s[1] != '\0');
}

void
rp_text_markdown(struct rp_text *out, const char *s)
{
	struct rp_text safe = { 0 };
	const char *p, *entity;

	rp_text_safe(&safe, s);
	for (p = safe.bytes; p != NULL && *p != '\0'; p++) {
		entity = link_entity(p);
		if (entity != NULL) {
			rp_text_puts(out, entity);
			continue;
		}
		if (strchr(special, *p) != NULL || opens_markup(p) ||
		    opens_block(safe.bytes, p))
			rp_text_puts(out, "\\");
		rp_text_add(out, p, 1);
	}
	if (safe.failed)
		out->failed = true;
	rp_text_release(&safe);
}

void
rp_table_markdown_head(const struct rp_table *t, struct rp_text *out)
{
	const struct rp_column *c;
	size_t i;

	rp_text_puts(out, "|");
	for (i = 0; i < rp_table_columns(t); i++) {
		c = rp_table_column(t, i);
		if (c->heading == NULL)
			continue;
		rp_text_puts(out, " ");
		rp_text_markdown(out, c->heading);
		rp_text_puts(out, " |");
	}
	rp_text_puts(out, "\n|");
	for (i = 0; i < rp_table_columns(t); i++) {
		c = rp_table_column(t, i);
		if (c->heading != NULL)
			rp_text_puts(out, c->right ? " ---: |" : " --- |");
	}
	rp_text_puts(out, "\n");
}

void
rp_table_markdown_row(const struct rp_table *t, size_t row,
    struct rp_text *out)
{
	const char *human;
	size_t i;

	rp_text_puts(out, "|");
	for (i = 0; i < rp_table_columns(t); i++) {
		if (rp_table_column(t, i)->heading == NULL)
			continue;
		(void)rp_table_cell(t, row, i, &human, NULL);
		rp_text_puts(out, " ");
		rp_text_markdown(out, human);
		rp_text_puts(out, *human == '\0' ? "|" : " |");
	}
	rp_text_puts(out, "\n");
}

/*
 * Where this is posted every newline becomes a break, so paragraphs are not
 * wrapped.
 */
void
rp_table_write_markdown(const struct rp_table *t,
    const struct rp_provenance *provenance, struct rp_text *out)
{
	struct rp_text line = { 0 };
	size_t i;

	if (rp_table_title(t) != NULL) {
		rp_text_puts(out, "**");
		rp_text_markdown(out, rp_table_title(t));
		rp_text_puts(out, "**\n\n");
	}
	rp_table_markdown_head(t, out);
	for (i = 0; i < rp_table_rows(t); i++)
		rp_table_markdown_row(t, i, out);
	for (i = 0; i < rp_table_notes(t); i++) {
		rp_text_puts(out, "\n");
		if (rp_table_note_label(t, i) != NULL) {
			rp_text_puts(out, "**");
			rp_text_markdown(out, rp_table_note_label(t, i));
			rp_text_puts(out, ":** ");
		}
		rp_text_markdown(out, rp_table_note_text(t, i));
		rp_text_puts(out, "\n");
	}
	if (provenance == NULL)
		return;
	rp_provenance_line(provenance, &line);
	if (line.failed)
		out->failed = true;
	rp_text_puts(out, "\n");
	rp_text_markdown(out, line.bytes != NULL ? line.bytes : "");
	rp_text_puts(out, "\n");
	rp_text_release(&line);
}
