#include "write/writers.h"

static void
put_ascii(struct rp_text *out, const char *s)
{
	switch (*s) {
	case '&':
		rp_text_puts(out, "&amp;");
		break;
	case '<':
		rp_text_puts(out, "&lt;");
		break;
	case '>':
		rp_text_puts(out, "&gt;");
		break;
	case '"':
		rp_text_puts(out, "&quot;");
		break;
	case '\'':
		rp_text_puts(out, "&#39;");
		break;
	default:
		rp_text_add(out, s, 1);
		break;
	}
}

void
rp_text_html(struct rp_text *out, const char *s)
{
	struct rp_text safe = { 0 };
	const char *p;

	rp_text_safe(&safe, s);
	for (p = safe.bytes; p != NULL && *p != '\0'; p++)
		put_ascii(out, p);
	if (safe.failed)
		out->failed = true;
	rp_text_release(&safe);
}

static void
put_heading(const struct rp_table *t, struct rp_text *out)
{
	const struct rp_column *c;
	size_t i;

	rp_text_puts(out, "<thead><tr>");
	for (i = 0; i < rp_table_columns(t); i++) {
		c = rp_table_column(t, i);
		if (c->heading == NULL)
			continue;
		rp_text_printf(out, "<th scope=\"col\"%s>",
		    c->right ? " class=\"number\"" : "");
		rp_text_html(out, c->heading);
		rp_text_puts(out, "</th>");
	}
	rp_text_puts(out, "</tr></thead>\n");
}

static void
put_row(const struct rp_table *t, size_t row, struct rp_text *out)
{
	const char *human, *tag = "th";
	size_t i;

	rp_text_puts(out, "<tr>");
	for (i = 0; i < rp_table_columns(t); i++) {
		if (rp_table_column(t, i)->heading == NULL)
			continue;
		(void)rp_table_cell(t, row, i, &human, NULL);
		rp_text_printf(out, "<%s%s%s>", tag,
		    *tag == 't' && tag[1] == 'h' ? " scope=\"row\"" : "",
		    rp_table_column(t, i)->right ? " class=\"number\"" : "");
		rp_text_html(out, human);
		rp_text_printf(out, "</%s>", tag);
		tag = "td";
	}
	rp_text_puts(out, "</tr>\n");
}

/* The box scrolls by itself, so that a wide table never widens the page. */
void
rp_table_body_html(const struct rp_table *t, struct rp_text *out)
{
	size_t i;

	rp_text_puts(out, "<div class=\"table\" tabindex=\"0\" "
	    "role=\"region\" aria-label=\"");
	rp_text_html(out, rp_table_title(t) != NULL ? rp_table_title(t) :
	    "table");
	rp_text_puts(out, "\">\n<table>\n");
	if (rp_table_title(t) != NULL) {
		rp_text_puts(out, "<caption>");
		rp_text_html(out, rp_table_title(t));
		rp_text_puts(out, "</caption>\n");
	}
	put_heading(t, out);
	rp_text_puts(out, "<tbody>\n");
	for (i = 0; i < rp_table_rows(t); i++)
		put_row(t, i, out);
	rp_text_puts(out, "</tbody>\n</table>\n</div>\n");
	for (i = 0; i < rp_table_notes(t); i++) {
		rp_text_puts(out, "<p class=\"note\">");
		if (rp_table_note_label(t, i) != NULL) {
			rp_text_puts(out, "<strong>");
			rp_text_html(out, rp_table_note_label(t, i));
			rp_text_puts(out, ":</strong> ");
		}
		rp_text_html(out, rp_table_note_text(t, i));
		rp_text_puts(out, "</p>\n");
	}
}

void
rp_tables_write_html(const struct rp_table *const *table, size_t n,
    const struct rp_provenance *provenance, struct rp_text *out)
{
	const struct rp_table *t = table[0];
	struct rp_text line = { 0 };
	size_t i;

	rp_text_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<title>");
	rp_text_html(out, rp_table_title(t) != NULL ? rp_table_title(t) :
	    "revplan");
	rp_text_puts(out, "</title>\n<style>\n"
	    "body { font: 1rem/1.5 sans-serif; margin: 1rem }\n"
	    ".table { overflow-x: auto }\n"
	    "th, td { padding: .2rem .6rem; text-align: left }\n"
	    ".number { text-align: right; white-space: nowrap }\n"
	    "thead th { border-bottom: 1px solid }\n"
	    "</style>\n</head>\n<body>\n");
	for (i = 0; i < n; i++)
		rp_table_body_html(table[i], out);
	if (provenance != NULL) {
		rp_provenance_line(provenance, &line);
		rp_text_puts(out, "<p class=\"provenance\">");
		rp_text_html(out, line.bytes != NULL ? line.bytes : "");
		rp_text_puts(out, "</p>\n");
		if (line.failed)
			out->failed = true;
	}
	rp_text_puts(out, "</body>\n</html>\n");
	rp_text_release(&line);
}

void
rp_table_write_html(const struct rp_table *t,
    const struct rp_provenance *provenance, struct rp_text *out)
{
	rp_tables_write_html(&t, 1, provenance, out);
}
