#include <string.h>

#include "write/writers.h"

/*
 * RFC 4180 but for the line ends, which are a plain newline so that the usual
 * tools of a shell agree with the last column.
 */
static void
put_quoted(struct rp_text *out, const char *s)
{
	if (strpbrk(s, ",\"\r\n") == NULL) {
		rp_text_puts(out, s);
		return;
	}
	rp_text_puts(out, "\"");
	for (; *s != '\0'; s++) {
		if (*s == '"')
			rp_text_puts(out, "\"");
		rp_text_add(out, s, 1);
	}
	rp_text_puts(out, "\"");
}

/*
 * A spreadsheet takes a text that opens with one of these for a formula; an
 * apostrophe makes it a text.  Numbers stay numbers, -3.2 too.
 */
void
rp_text_csv(struct rp_text *out, const char *s)
{
	struct rp_text cell = { 0 };

	if (*s != '\0' && strchr("=+-@\t\r\n", *s) != NULL)
		rp_text_puts(&cell, "'");
	rp_text_puts(&cell, s);
	if (cell.failed)
		out->failed = true;
	else
		put_quoted(out, cell.bytes);
	rp_text_release(&cell);
}

static void
put_row(const struct rp_table *t, size_t row, struct rp_text *out)
{
	const char *machine, *comma = "";
	size_t i;

	for (i = 0; i < rp_table_columns(t); i++) {
		if (rp_table_column(t, i)->key == NULL)
			continue;
		rp_text_puts(out, comma);
		comma = ",";
		switch (rp_table_cell(t, row, i, NULL, &machine)) {
		case RP_CELL_EMPTY:
			break;
		case RP_CELL_TEXT:
			rp_text_csv(out, machine);
			break;
		case RP_CELL_NUMBER:
			rp_text_puts(out, machine);
			break;
		}
	}
	rp_text_puts(out, "\n");
}

void
rp_table_write_csv(const struct rp_table *t,
    const struct rp_provenance *provenance, struct rp_text *out)
{
	const char *comma = "";
	size_t i;

	(void)provenance;
	for (i = 0; i < rp_table_columns(t); i++) {
		if (rp_table_column(t, i)->key == NULL)
			continue;
		rp_text_puts(out, comma);
		put_quoted(out, rp_table_column(t, i)->key);
		comma = ",";
	}
	rp_text_puts(out, "\n");
	for (i = 0; i < rp_table_rows(t); i++)
		put_row(t, i, out);
}
