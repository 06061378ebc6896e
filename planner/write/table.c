#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "revplan/table.h"

struct cell {
	enum rp_cell_kind kind;
	char *human;
	char *machine;		/* NULL: as human */
};

struct note {
	char *label;		/* or NULL */
	char *text;
};

struct rp_table {
	char *title;
	size_t n_columns;
	struct rp_column *column;
	size_t n_rows;
	size_t room;		/* rows */
	struct cell *cell;	/* row by row */
	size_t n_notes;
	struct note *note;
	rp_status status;
};

/* A copy of s, or NULL for NULL; failure is remembered in *status. */
static char *
copy(const char *s, rp_status *status)
{
	char *c = s == NULL ? NULL : strdup(s);

	if (s != NULL && c == NULL)
		*status = RP_ENOMEM;
	return c;
}

rp_status
rp_table_new(const char *title, const struct rp_column *columns, size_t n,
    struct rp_table **out, struct rp_err *err)
{
	struct rp_table *t = calloc(1, sizeof(*t));
	size_t i;

	if (t == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a table");
	t->column = calloc(n > 0 ? n : 1, sizeof(*t->column));
	if (t->column == NULL)
		t->status = RP_ENOMEM;
	else
		t->n_columns = n;
	t->title = copy(title, &t->status);
	for (i = 0; i < t->n_columns; i++) {
		t->column[i].key = copy(columns[i].key, &t->status);
		t->column[i].heading = copy(columns[i].heading, &t->status);
		t->column[i].right = columns[i].right;
	}
	if (t->status != RP_OK) {
		rp_table_free(t);
		return rp_fail(err, RP_ENOMEM, "no memory for a table");
	}
	*out = t;
	return RP_OK;
}

void
rp_table_free(struct rp_table *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->n_columns; i++) {
		free((char *)(uintptr_t)t->column[i].key);
		free((char *)(uintptr_t)t->column[i].heading);
	}
	for (i = 0; i < t->n_rows * t->n_columns; i++) {
		free(t->cell[i].human);
		free(t->cell[i].machine);
	}
	for (i = 0; i < t->n_notes; i++) {
		free(t->note[i].label);
		free(t->note[i].text);
	}
	free(t->note);
	free(t->cell);
	free(t->column);
	free(t->title);
	free(t);
}

void
rp_table_row(struct rp_table *t)
{
	size_t room = t->room > 0 ? t->room * 2 : 16;
	struct cell *cell;

	if (t->status != RP_OK)
		return;
	if (t->n_rows == t->room) {
		if (room > SIZE_MAX / sizeof(*cell) / (t->n_columns + 1)) {
			t->status = RP_ENOMEM;
			return;
		}
		cell = realloc(t->cell, room * (t->n_columns + 1) *
		    sizeof(*cell));
		if (cell == NULL) {
			t->status = RP_ENOMEM;
			return;
		}
		t->cell = cell;
		t->room = room;
	}
	memset(t->cell + t->n_rows * t->n_columns, 0,
	    t->n_columns * sizeof(*t->cell));
	t->n_rows++;
}

void
rp_table_set(struct rp_table *t, size_t column, enum rp_cell_kind kind,
    const char *human, const char *machine)
{
	struct cell *c;

	if (t->status != RP_OK || t->n_rows == 0 || column >= t->n_columns)
		return;
	c = &t->cell[(t->n_rows - 1) * t->n_columns + column];
	free(c->human);
	free(c->machine);
	c->kind = kind;
	c->human = copy(human, &t->status);
	c->machine = copy(machine, &t->status);
}

rp_status
rp_table_status(const struct rp_table *t)
{
	return t->status;
}

static char *printed(const char *fmt, va_list ap) RP_PRINTF(1, 0);

static char *
printed(const char *fmt, va_list ap)
{
	va_list again;
	char *s = NULL;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n >= 0)
		s = malloc((size_t)n + 1);
	if (s != NULL)
		(void)vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

/* Takes the text over. */
static void
add_note(struct rp_table *t, const char *label, char *text)
{
	struct note *note, one = { .text = text };

	one.label = copy(label, &t->status);
	note = realloc(t->note, (t->n_notes + 1) * sizeof(*note));
	if (note != NULL)
		t->note = note;
	if (note == NULL || text == NULL || t->status != RP_OK) {
		free(one.label);
		free(text);
		t->status = RP_ENOMEM;
		return;
	}
	note[t->n_notes++] = one;
}

void
rp_table_note(struct rp_table *t, const char *fmt, ...)
{
	va_list ap;

	if (t->status != RP_OK)
		return;
	va_start(ap, fmt);
	add_note(t, NULL, printed(fmt, ap));
	va_end(ap);
}

void
rp_table_remark(struct rp_table *t, const char *label, const char *fmt, ...)
{
	va_list ap;

	if (t->status != RP_OK)
		return;
	va_start(ap, fmt);
	add_note(t, label, printed(fmt, ap));
	va_end(ap);
}

const char *
rp_table_title(const struct rp_table *t)
{
	return t->title;
}

size_t
rp_table_columns(const struct rp_table *t)
{
	return t->n_columns;
}

const struct rp_column *
rp_table_column(const struct rp_table *t, size_t i)
{
	return &t->column[i];
}

size_t
rp_table_rows(const struct rp_table *t)
{
	return t->n_rows;
}

enum rp_cell_kind
rp_table_cell(const struct rp_table *t, size_t row, size_t column,
    const char **human, const char **machine)
{
	const struct cell *c = &t->cell[row * t->n_columns + column];
	const char *h = c->human != NULL ? c->human : "";

	if (human != NULL)
		*human = h;
	if (machine != NULL)
		*machine = c->machine != NULL ? c->machine : h;
	return c->kind;
}

size_t
rp_table_notes(const struct rp_table *t)
{
	return t->n_notes;
}

const char *
rp_table_note_text(const struct rp_table *t, size_t i)
{
	return t->note[i].text;
}

const char *
rp_table_note_label(const struct rp_table *t, size_t i)
{
	return t->note[i].label;
}
