/*
 * write/writers.h - one result, many writers.
 *
 * Each writes a whole table, its notes and (CSV excepted: its provenance goes
 * to standard error) where it comes from.
 */
#ifndef RP_WRITE_WRITERS_H
#define RP_WRITE_WRITERS_H

#include "output.h"
#include "revplan/table.h"
#include "write/provenance.h"

/* provenance may be NULL. */
typedef void rp_table_writer(const struct rp_table *t,
    const struct rp_provenance *provenance, struct rp_text *out);

rp_table_writer rp_table_write_text;
rp_table_writer rp_table_write_markdown;
rp_table_writer rp_table_write_csv;
rp_table_writer rp_table_write_json;
rp_table_writer rp_table_write_html;

/* Several tables on one page, which has the title of the first. */
void rp_tables_write_html(const struct rp_table *const *table, size_t n,
    const struct rp_provenance *provenance, struct rp_text *out);

/* Only title, columns, rows and notes. */
void rp_table_body_text(const struct rp_table *t, struct rp_text *out);

/* The same as a part of a longer text: after an empty line, if it has rows. */
void rp_table_part_text(const struct rp_table *t, struct rp_text *out);
void rp_table_body_html(const struct rp_table *t, struct rp_text *out);

/* The two lines of a head, and one row: whole lines. */
void rp_table_markdown_head(const struct rp_table *t, struct rp_text *out);
void rp_table_markdown_row(const struct rp_table *t, size_t row,
    struct rp_text *out);

/* A text in the syntax of a format, harmless in it. */
void rp_text_markdown(struct rp_text *out, const char *s);
void rp_text_html(struct rp_text *out, const char *s);
void rp_text_csv(struct rp_text *out, const char *s);

/*
 * s in lines of at most `columns` columns, the first after what is there (at
 * column `at`), the others after `indent` spaces; ends with a newline.  s is
 * made safe first.
 */
void rp_text_wrap(struct rp_text *out, const char *s, size_t at,
    size_t indent, size_t columns);

/*
 * "    due        2020-07-09": a label, and text wrapped beside it from column
 * `columns` on; nothing where text is NULL or empty.
 */
void rp_text_item(struct rp_text *out, const char *label, size_t columns,
    const char *text);

/* "label: text", wrapped to the width of a terminal. */
void rp_text_line(struct rp_text *out, const char *label, const char *text);

#endif /* RP_WRITE_WRITERS_H */
