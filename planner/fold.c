/*
 * Tables that are wider than a terminal, as several below each other.
 *
 * The line of dashes under the headings tells where the columns stand, so no
 * writer has to know of terminals.  Every part begins with the first column,
 * which names the rows; a table ends with an empty line.
 */
#include "cmd.h"

#include <string.h>

#include "write/utf8.h"

#define GAP 2
#define COLUMNS_MAX 64

struct ruler {
	size_t n;
	size_t at[COLUMNS_MAX], width[COLUMNS_MAX];
};

static size_t
line_length(const char *s)
{
	return strcspn(s, "\n");
}

/* The line after this one; at the end of the text, that end. */
static const char *
next_line(const char *s)
{
	s += line_length(s);
	return *s == '\n' ? s + 1 : s;
}

/* "----  ---  -----": dashes, two blanks, dashes, and nothing else. */
static bool
read_ruler(const char *s, struct ruler *r)
{
	size_t len = line_length(s), i = 0, dashes;

	for (r->n = 0; i < len; i += GAP) {
		dashes = strspn(s + i, "-");
		if (dashes == 0 || r->n == COLUMNS_MAX)
			return false;
		r->at[r->n] = i;
		r->width[r->n++] = dashes;
		i += dashes;
		if (i == len)
			break;
		if (strspn(s + i, " ") != GAP)
			return false;
	}
	return r->n > 1;
}

static size_t
whole_width(const struct ruler *r)
{
	return r->at[r->n - 1] + r->width[r->n - 1];
}

/* Blanks are owed until something follows them on the line. */
static void
put_cell(struct rp_text *out, const char *line, size_t at, size_t width,
    size_t *owed)
{
	const char *p = line, *end = line + line_length(line);
	size_t column = 0, bytes, done = 0;
	uint32_t cp;
	bool valid;

	for (; p < end && column < at + width; p += bytes) {
		bytes = rp_utf8_next(p, &cp, &valid);
		if (column >= at) {
			done += rp_utf8_width(cp);
			if (*p == ' ') {
				++*owed;
			} else {
				for (; *owed > 0; --*owed)
					rp_text_puts(out, " ");
				rp_text_add(out, p, bytes);
			}
		}
		column += rp_utf8_width(cp);
	}
	*owed += GAP + (done < width ? width - done : 0);
}

/* The first column, and those from..to, of all lines of the table. */
static void
put_part(struct rp_text *out, const char *table, const char *end,
    const struct ruler *r, size_t from, size_t to)
{
	const char *line;
	size_t i, owed;

	for (line = table; line < end; line = next_line(line)) {
		owed = 0;
		put_cell(out, line, r->at[0], r->width[0], &owed);
		for (i = from; i < to; i++)
			put_cell(out, line, r->at[i], r->width[i], &owed);
		rp_text_puts(out, "\n");
	}
}

static void
fold_table(struct rp_text *out, const char *table, const char *end,
    const struct ruler *r, size_t columns)
{
	size_t from, to, width;

	for (from = 1; from < r->n; from = to) {
		width = r->width[0] + GAP + r->width[from];
		for (to = from + 1; to < r->n && width + GAP + r->width[to] <=
		    columns; to++)
			width += GAP + r->width[to];
		if (from > 1)
			rp_text_puts(out, "\n");
		put_part(out, table, end, r, from, to);
	}
}

void
cmd_fold(struct rp_text *out, const char *text, size_t columns)
{
	const char *next, *end;
	struct ruler r;

	for (; *text != '\0'; text = next) {
		next = next_line(text);
		if (read_ruler(next, &r) && whole_width(&r) > columns) {
			for (end = next; *end != '\0' && *end != '\n'; )
				end = next_line(end);
			fold_table(out, text, end, &r, columns);
			next = end;
		} else {
			rp_text_add(out, text, (size_t)(next - text));
		}
	}
}
