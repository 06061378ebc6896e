/*
 * revplan/table.h - a result as rows and columns, before it has a format.
 *
 * Stage 7.  Reads: err.h.  Read by: the writers and the report.
 *
 * One result, many writers: text, Markdown, CSV, JSON and HTML are written
 * from the same table, so they cannot disagree.  A cell has the text of a
 * reader and the text of a machine; CSV and JSON take the latter.
 */
#ifndef RP_TABLE_H
#define RP_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

enum rp_cell_kind {
	RP_CELL_EMPTY,
	RP_CELL_TEXT,
	RP_CELL_NUMBER		/* the machine's text is a JSON number */
};

struct rp_column {
	const char *key;	/* of CSV and JSON: "planned_pct"; NULL: the
				 * column is for readers only */
	const char *heading;	/* for readers: "Planned"; NULL: the column
				 * is for machines only */
	bool right;		/* aligned to the right */
};

/* Opaque; owns its texts. */
struct rp_table;

/*
 * A new table with n columns (copied); RP_ENOMEM.  title may be NULL.
 * Freeing NULL is fine.
 */
RP_CHECKED rp_status rp_table_new(const char *title,
    const struct rp_column *columns, size_t n, struct rp_table **out,
    struct rp_err *err);
void rp_table_free(struct rp_table *t);

/*
 * Start a row of empty cells, then set its cells by column.  machine NULL:
 * the same as human.  Setting is sticky: after the first failure the others
 * do nothing, and rp_table_status() tells.
 */
void rp_table_row(struct rp_table *t);
void rp_table_set(struct rp_table *t, size_t column, enum rp_cell_kind kind,
    const char *human, const char *machine);
rp_status rp_table_status(const struct rp_table *t);

/*
 * A sentence below the table; a remark has a label before it ("Finding"),
 * which is copied.
 */
void rp_table_note(struct rp_table *t, const char *fmt, ...) RP_PRINTF(2, 3);
void rp_table_remark(struct rp_table *t, const char *label, const char *fmt,
    ...) RP_PRINTF(3, 4);

/* For the writers.  rp_table_cell gives the texts; "" for an empty cell. */
const char *rp_table_title(const struct rp_table *t);
size_t rp_table_columns(const struct rp_table *t);
const struct rp_column *rp_table_column(const struct rp_table *t, size_t i);
size_t rp_table_rows(const struct rp_table *t);
enum rp_cell_kind rp_table_cell(const struct rp_table *t, size_t row,
    size_t column, const char **human, const char **machine);
size_t rp_table_notes(const struct rp_table *t);
const char *rp_table_note_text(const struct rp_table *t, size_t i);
/* NULL for a plain note. */
const char *rp_table_note_label(const struct rp_table *t, size_t i);

#endif /* RP_TABLE_H */
