/*
 * write/document.h - a text of headings, paragraphs, lists and tables, before
 * it has a format.
 *
 * Pieces hold plain words; what a format would give a meaning is made
 * harmless when they are written.
 */
#ifndef RP_WRITE_DOCUMENT_H
#define RP_WRITE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "output.h"
#include "revplan/table.h"

enum rp_piece_kind {
	RP_PIECE_TITLE,
	RP_PIECE_HEADING,
	RP_PIECE_PARAGRAPH,
	RP_PIECE_ITEM,		/* of a list: those that follow each other */
	RP_PIECE_LABEL,		/* a paragraph that names what follows */
	RP_PIECE_TABLE
};

struct rp_piece {
	enum rp_piece_kind kind;
	char *text;		/* NULL for a table */
	char *label;		/* of an item, before its text; or NULL */
	unsigned level;		/* 1: within the item before it */
	bool gap;		/* the text says what is missing */
	struct rp_table *table;	/* its rows only: neither title nor notes */
};

/* Zero-initialise; sticky: after the first failure nothing is added. */
struct rp_document {
	struct rp_piece *piece;
	size_t n;
	size_t room;
	bool failed;
};

void rp_document_add(struct rp_document *d, enum rp_piece_kind kind,
    const char *fmt, ...) RP_PRINTF(3, 4);

/* An item "label: text"; a paragraph at level 1 goes on within it. */
void rp_document_field(struct rp_document *d, unsigned level,
    const char *label, const char *fmt, ...) RP_PRINTF(4, 5);
void rp_document_go_on(struct rp_document *d, const char *fmt, ...)
    RP_PRINTF(2, 3);

/*
 * "[MISSING: what to say]", as an item with a label, or (NULL) a paragraph:
 * what somebody has to fill in before it can be posted.
 */
#define RP_GAP_WORD "MISSING"
void rp_document_gap(struct rp_document *d, const char *label,
    const char *fmt, ...) RP_PRINTF(3, 4);

/* Takes the table over. */
void rp_document_table(struct rp_document *d, struct rp_table *t);

void rp_document_release(struct rp_document *d);

/*
 * What a comment on the public bug may hold at most, in characters.  Every
 * newline of a comment becomes a break there, so no paragraph, item or row is
 * wrapped.
 */
#define RP_COMMENT_CHARACTERS 65535

/*
 * Markdown in parts of at most `limit` characters each; how many.  A text in
 * several parts is cut between paragraphs, items and rows, each part says
 * which it is, headings and the head of a table stand again in the next part,
 * and RP_PART_LINE stands on a line between two parts.  limit: 1,000 at least.
 */
#define RP_PART_LINE "---------- cut here: next part ----------"
size_t rp_document_markdown(const struct rp_document *d, size_t limit,
    struct rp_text *out);

/* For a mail: wrapped, tables excepted, in one piece. */
#define RP_MAIL_COLUMNS 72
void rp_document_text(const struct rp_document *d, struct rp_text *out);

#endif /* RP_WRITE_DOCUMENT_H */
