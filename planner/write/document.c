/* A text before it has a format, and as a mail. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/document.h"
#include "write/utf8.h"
#include "write/writers.h"

static struct rp_piece *
new_piece(struct rp_document *d, enum rp_piece_kind kind)
{
	size_t room = d->room > 0 ? d->room * 2 : 32;
	struct rp_piece *piece;

	if (d->failed)
		return NULL;
	if (d->n == d->room) {
		piece = realloc(d->piece, room * sizeof(*piece));
		if (piece == NULL) {
			d->failed = true;
			return NULL;
		}
		d->piece = piece;
		d->room = room;
	}
	piece = &d->piece[d->n++];
	*piece = (struct rp_piece){ .kind = kind };
	return piece;
}

/* Words are one line: what others broke is joined. */
static void
join_lines(char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '\n' || *s == '\r' || *s == '\t')
			*s = ' ';
}

static struct rp_piece *add(struct rp_document *d, enum rp_piece_kind kind,
    const char *fmt, va_list ap) RP_PRINTF(3, 0);

static struct rp_piece *
add(struct rp_document *d, enum rp_piece_kind kind, const char *fmt,
    va_list ap)
{
	struct rp_piece *piece = new_piece(d, kind);
	va_list again;
	int n;

	if (piece == NULL)
		return NULL;
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n >= 0)
		piece->text = malloc((size_t)n + 1);
	if (piece->text == NULL) {
		d->failed = true;
	} else {
		(void)vsnprintf(piece->text, (size_t)n + 1, fmt, again);
		join_lines(rp_whole_letters(piece->text));
	}
	va_end(again);
	return d->failed ? NULL : piece;
}

static void
set_label(struct rp_document *d, struct rp_piece *piece, const char *label)
{
	if (piece == NULL || label == NULL)
		return;
	piece->label = strdup(label);
	if (piece->label == NULL)
		d->failed = true;
	else
		join_lines(rp_whole_letters(piece->label));
}

void
rp_document_add(struct rp_document *d, enum rp_piece_kind kind,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)add(d, kind, fmt, ap);
	va_end(ap);
}

void
rp_document_field(struct rp_document *d, unsigned level, const char *label,
    const char *fmt, ...)
{
	struct rp_piece *piece;
	va_list ap;

	va_start(ap, fmt);
	piece = add(d, RP_PIECE_ITEM, fmt, ap);
	va_end(ap);
	set_label(d, piece, label);
	if (piece != NULL)
		piece->level = level;
}

void
rp_document_go_on(struct rp_document *d, const char *fmt, ...)
{
	struct rp_piece *piece;
	va_list ap;

	va_start(ap, fmt);
	piece = add(d, RP_PIECE_PARAGRAPH, fmt, ap);
	va_end(ap);
	if (piece != NULL)
		piece->level = 1;
}

void
rp_document_gap(struct rp_document *d, const char *label, const char *fmt,
    ...)
{
	struct rp_piece *piece;
	va_list ap;

	va_start(ap, fmt);
	piece = add(d, label != NULL ? RP_PIECE_ITEM : RP_PIECE_PARAGRAPH,
	    fmt, ap);
	va_end(ap);
	set_label(d, piece, label);
	if (piece != NULL)
		piece->gap = true;
}

void
rp_document_table(struct rp_document *d, struct rp_table *t)
{
	struct rp_piece *piece = new_piece(d, RP_PIECE_TABLE);

	if (piece != NULL)
		piece->table = t;
	else
		rp_table_free(t);
}

void
rp_document_release(struct rp_document *d)
{
	size_t i;

	for (i = 0; i < d->n; i++) {
		free(d->piece[i].text);
		free(d->piece[i].label);
		rp_table_free(d->piece[i].table);
	}
	free(d->piece);
	memset(d, 0, sizeof(*d));
}

/* ---- as a mail ---------------------------------------------------------- */

/* A line below a heading, as long as its last line. */
static void
underline(struct rp_text *out, char c)
{
	size_t start = out->len - 1, n;

	if (out->failed || out->len == 0)
		return;
	while (start > 0 && out->bytes[start - 1] != '\n')
		start--;
	out->bytes[out->len - 1] = '\0';
	n = rp_utf8_columns(out->bytes + start);
	out->bytes[out->len - 1] = '\n';
	while (n-- > 0)
		rp_text_add(out, &c, 1);
	rp_text_puts(out, "\n");
}

/* A paragraph or an item, which may have a label and lie within another. */
static void
put_words(const struct rp_piece *p, struct rp_text *out)
{
	const bool item = p->kind == RP_PIECE_ITEM;
	const size_t indent = 2 * p->level + (item ? 2 : 0);
	struct rp_text words = { 0 };

	if (p->label != NULL)
		rp_text_printf(&words, "%s: ", p->label);
	rp_text_printf(&words, p->gap ? "[" RP_GAP_WORD ": %s]" : "%s",
	    p->text);
	rp_text_printf(out, "%*s%s", (int)(2 * p->level), "",
	    item ? "- " : "");
	if (words.failed)
		out->failed = true;
	else
		rp_text_wrap(out, words.bytes, indent, indent,
		    RP_MAIL_COLUMNS);
	rp_text_release(&words);
}

static void
put_piece(const struct rp_piece *p, struct rp_text *out)
{
	switch (p->kind) {
	case RP_PIECE_TITLE:
	case RP_PIECE_HEADING:
		rp_text_wrap(out, p->text, 0, 0, RP_MAIL_COLUMNS);
		underline(out, p->kind == RP_PIECE_TITLE ? '=' : '-');
		break;
	case RP_PIECE_LABEL:
	case RP_PIECE_PARAGRAPH:
	case RP_PIECE_ITEM:
		put_words(p, out);
		break;
	case RP_PIECE_TABLE:
		rp_table_body_text(p->table, out);
		break;
	}
}

void
rp_document_text(const struct rp_document *d, struct rp_text *out)
{
	size_t i;

	if (d->failed)
		out->failed = true;
	for (i = 0; i < d->n && !out->failed; i++) {
		if (i > 0 && (d->piece[i].kind != RP_PIECE_ITEM ||
		    d->piece[i - 1].kind != RP_PIECE_ITEM))
			rp_text_puts(out, "\n");
		put_piece(&d->piece[i], out);
	}
}
