/*
 * Colours for the words of a verdict in the tables of a text.
 *
 * A cell stands alone: at the beginning of a line or two blanks after another
 * one, and before two blanks or the end of the line.  So the words of a
 * sentence and indented labels are left as they are, and no writer has to know
 * of terminals.  A line that is one such cell is a heading, and may begin with
 * a capital.
 */
#include "cmd.h"

#include <ctype.h>
#include <string.h>

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* Cells of tables, and headings of the groups of check and claims. */
static const struct {
	const char *word;
	const char *colour;
} verdicts[] = {
	{ "breached", RED }, { "behind", RED }, { "missing", RED },
	{ "fails", RED }, { "contradicted by the record", RED },
	{ "slipped: done, but late", RED },
	{ "overdue: not done, and due", RED },
	{ "changed without a word", RED },
	{ "due", YELLOW }, { "open", YELLOW }, { "undecided", YELLOW },
	{ "open: not yet due", YELLOW }, { "old", YELLOW },
	{ "note", YELLOW },
	{ "met", GREEN }, { "kept", GREEN }, { "ahead", GREEN },
	{ "in agreement with the record", GREEN }, { "ok", GREEN },
};

/* alone: the cell is a line of its own, a heading such as "Breached". */
static const char *
colour_of(const char *cell, size_t len, bool alone)
{
	char first = alone ? (char)tolower((unsigned char)*cell) : *cell;
	size_t i;

	for (i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
		if (strlen(verdicts[i].word) == len &&
		    verdicts[i].word[0] == first &&
		    strncmp(verdicts[i].word + 1, cell + 1, len - 1) == 0)
			return verdicts[i].colour;
	return NULL;
}

/* To the two blanks, the end of the line or of the text after it. */
static size_t
cell_length(const char *s)
{
	size_t len = 0;

	while (s[len] != '\0' && s[len] != '\n' &&
	    !(s[len] == ' ' && (s[len + 1] == ' ' || s[len + 1] == '\n')))
		len++;
	return len;
}

/* A cell and what is before it, from the line feeds on. */
static const char *
paint_cell(struct rp_text *out, const char *text, bool first)
{
	size_t feeds = strspn(text, "\n");
	size_t blanks = strspn(text + feeds, " ");
	const char *cell = text + feeds + blanks;
	size_t len = cell_length(cell);
	bool starts = first || feeds > 0;
	bool alone = starts && (cell[len] == '\n' || cell[len] == '\0');
	const char *colour = len == 0 || (starts && blanks > 0) ? NULL :
	    colour_of(cell, len, alone);

	rp_text_add(out, text, feeds + blanks);
	if (colour != NULL)
		rp_text_puts(out, colour);
	rp_text_add(out, cell, len);
	if (colour != NULL)
		rp_text_puts(out, PLAIN);
	return cell + len;
}

void
cmd_paint(struct rp_text *out, const char *text)
{
	const char *p = text;

	while (*p != '\0')
		p = paint_cell(out, p, p == text);
}
