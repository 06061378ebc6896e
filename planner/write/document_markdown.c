/* A text in Markdown, in parts that a comment can hold. */
#include <stdlib.h>
#include <string.h>

#include "write/document.h"
#include "write/writers.h"

/* "(part 12 of 34)" and the lines around it. */
#define MARKER_ROOM 64

struct parts {
	struct rp_text *part;	/* the last one is being written */
	size_t n;
	size_t limit;		/* characters of a part, less the marker */
	size_t used;		/* characters of the last part */
	struct rp_text heading;	/* that the pieces stand under */
	struct rp_text owed;	/* heading not yet written: never the last
				 * thing of a part */
	bool failed;
};

/* Characters, not bytes: what begins no character does not count. */
static size_t
characters(const char *s, size_t len)
{
	size_t n = 0, i;

	for (i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static void
next_part(struct parts *p)
{
	struct rp_text *part = realloc(p->part,
	    (p->n + 1) * sizeof(*p->part));

	if (part == NULL) {
		p->failed = true;
		return;
	}
	p->part = part;
	memset(&p->part[p->n++], 0, sizeof(*p->part));
	p->used = 0;
}

static void
put(struct parts *p, const struct rp_text *t)
{
	if (p->failed || t->bytes == NULL)
		return;
	rp_text_add(&p->part[p->n - 1], t->bytes, t->len);
	p->used += characters(t->bytes, t->len);
}

/*
 * Put something that must not be cut.  Where it does not fit any more, it
 * goes into a new part, below the heading and, in a table, its head.
 */
static void
put_whole(struct parts *p, const struct rp_text *t,
    const struct rp_text *head)
{
	size_t need = characters(t->bytes, t->len) +
	    characters(p->owed.bytes, p->owed.len);

	if (t->failed || p->failed) {
		p->failed = true;
		return;
	}
	if (p->used > 0 && p->used + need > p->limit) {
		next_part(p);
		if (p->owed.len == 0)
			put(p, &p->heading);
		if (p->owed.len == 0 && head != NULL)
			put(p, head);
	}
	put(p, &p->owed);
	rp_text_release(&p->owed);
	put(p, t);
}

/* How many bytes of s make `limit` characters at most, ending a word if there
 * is one to end, else at least not within a character or an escape. */
static size_t
fitting(const char *s, size_t len, size_t limit)
{
	size_t n = 0, end = 0, last_space = 0;

	while (end < len && n < limit) {
		if (s[end] == ' ')
			last_space = end;
		for (end++; end < len &&
		    ((unsigned char)s[end] & 0xc0) == 0x80; end++)
			continue;
		n++;
	}
	if (end == len)
		return len;
	if (last_space > 0)
		return last_space;
	while (end > 1 && s[end - 1] == '\\')
		end--;
	return end;
}

/* A paragraph or an item that is longer than a whole part. */
static void
put_long(struct parts *p, const char *lead, const struct rp_text *words,
    const char *end)
{
	const char *s = words->bytes != NULL ? words->bytes : "";
	size_t left = words->len, n, room = p->limit - p->limit / 4;
	struct rp_text line = { 0 };

	do {
		n = fitting(s, left, room);
		rp_text_puts(&line, lead);
		rp_text_add(&line, s, n);
		rp_text_puts(&line, end);
		put_whole(p, &line, NULL);
		rp_text_release(&line);
		s += n;
		left -= n;
		while (left > 0 && *s == ' ') {
			s++;
			left--;
		}
	} while (left > 0 && !p->failed);
}

static void
put_words(struct parts *p, const struct rp_piece *piece, bool ends)
{
	static const char *const lead[2][2] = { { "", "  " },
		{ "- ", "  - " } };
	const bool strong = piece->gap || piece->kind == RP_PIECE_LABEL;
	struct rp_text words = { 0 };

	if (piece->label != NULL) {
		rp_text_puts(&words, "**");
		rp_text_markdown(&words, piece->label);
		rp_text_puts(&words, piece->text[0] != '\0' ? ":** " : ":**");
	}
	rp_text_puts(&words, strong ? "**" : "");
	rp_text_puts(&words, piece->gap ? "[" RP_GAP_WORD ": " : "");
	rp_text_markdown(&words, piece->text);
	rp_text_puts(&words, piece->gap ? "]" : "");
	rp_text_puts(&words, strong ? "**" : "");
	if (words.failed)
		p->failed = true;
	else
		put_long(p, lead[piece->kind == RP_PIECE_ITEM][piece->level],
		    &words, ends ? "\n\n" : "\n");
	rp_text_release(&words);
}

static void
put_table(struct parts *p, const struct rp_table *t)
{
	struct rp_text head = { 0 }, row = { 0 };
	size_t i;

	rp_table_markdown_head(t, &head);
	for (i = 0; i < rp_table_rows(t); i++) {
		if (i == 0)
			rp_text_add(&row, head.bytes, head.len);
		rp_table_markdown_row(t, i, &row);
		if (i + 1 == rp_table_rows(t))
			rp_text_puts(&row, "\n");
		put_whole(p, &row, i == 0 ? NULL : &head);
		rp_text_release(&row);
	}
	if (head.failed)
		p->failed = true;
	rp_text_release(&head);
}

/* A heading waits for what stands below it. */
static void
owe_heading(struct parts *p, const struct rp_piece *piece)
{
	const char *mark = piece->kind == RP_PIECE_TITLE ? "## " : "### ";

	put(p, &p->owed);
	rp_text_release(&p->owed);
	rp_text_release(&p->heading);
	rp_text_puts(&p->owed, mark);
	rp_text_markdown(&p->owed, piece->text);
	rp_text_puts(&p->owed, "\n\n");
	rp_text_puts(&p->heading, mark);
	rp_text_markdown(&p->heading, piece->text);
	rp_text_puts(&p->heading, " (continued)\n\n");
	if (p->owed.failed || p->heading.failed)
		p->failed = true;
}

static void
put_piece(struct parts *p, const struct rp_document *d, size_t i)
{
	const struct rp_piece *piece = &d->piece[i];
	bool ends = piece->kind != RP_PIECE_ITEM || i + 1 == d->n ||
	    d->piece[i + 1].kind != RP_PIECE_ITEM;

	if (piece->kind == RP_PIECE_TABLE)
		put_table(p, piece->table);
	else if (piece->kind == RP_PIECE_TITLE ||
	    piece->kind == RP_PIECE_HEADING)
		owe_heading(p, piece);
	else
		put_words(p, piece, ends);
}

/* A part ends with one newline. */
static void
put_part(const struct rp_text *part, struct rp_text *out)
{
	size_t len = part->len;

	while (len > 1 && part->bytes[len - 1] == '\n' &&
	    part->bytes[len - 2] == '\n')
		len--;
	if (len > 0)
		rp_text_add(out, part->bytes, len);
}

size_t
rp_document_markdown(const struct rp_document *d, size_t limit,
    struct rp_text *out)
{
	struct parts p = { .limit = limit - MARKER_ROOM, .failed = d->failed };
	size_t i;

	next_part(&p);
	for (i = 0; i < d->n && !p.failed; i++)
		put_piece(&p, d, i);
	put(&p, &p.owed);
	for (i = 0; i < p.n; i++) {
		if (i > 0)
			rp_text_puts(out, RP_PART_LINE "\n");
		if (p.n > 1)
			rp_text_printf(out, "(part %zu of %zu)\n\n", i + 1,
			    p.n);
		put_part(&p.part[i], out);
		if (p.part[i].failed)
			p.failed = true;
		rp_text_release(&p.part[i]);
	}
	free(p.part);
	rp_text_release(&p.owed);
	rp_text_release(&p.heading);
	if (p.failed)
		out->failed = true;
	return p.n;
}
