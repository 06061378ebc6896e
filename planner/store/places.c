/*
 * store/places.c - faults of a case that came from several places.
 *
 * The binder knows lines and columns alone, and some faults name a second
 * line.  So each row of a list is bound as if it stood on a line of its own,
 * far beyond what a file can have, and such lines are turned back into words.
 */
#include "store/places.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "read/bind.h"
#include "read/tree.h"
#include "store/record.h"
#include "store/statements.h"

/* Lines of the document in force, of the rows, of the pairs. */
#define DOCUMENT 0x10000000u
#define ROWS 0x20000000u
#define PAIRS 0x40000000u

struct places {
	const struct rp_places_new *new;
	struct rp_kept *kept;
	const char *name;	/* of the store */
};

/* ---- giving lines ------------------------------------------------------- */

static void
move(struct rp_node *node, uint32_t by)
{
	node->line += by;
	node->key_line += by;
}

/* Recursion is as deep as the tree: at most RP_DOC_DEPTH. */
static void
move_all(struct rp_node *node, uint32_t by)
{
	struct rp_node *child;

	move(node, by);
	for (child = node->first; child != NULL; child = child->next)
		move_all(child, by);
}

static void
set_all(struct rp_node *node, uint32_t line)
{
	struct rp_node *child;

	node->line = node->key_line = line;
	for (child = node->first; child != NULL; child = child->next)
		set_all(child, line);
}

/* The rows of a list have lines of their own. */
static void
move_document(struct rp_kept *kept)
{
	struct rp_node *child;

	for (child = kept->doc->root->first; child != NULL;
	    child = child->next) {
		if (rp_has_table(child))
			move(child, DOCUMENT);
		else
			move_all(child, DOCUMENT);
	}
}

static uint32_t
line_of_pair(const struct rp_places_new *new, const char *key)
{
	size_t len = strlen(key);

	for (size_t i = 0; i < new->n_pairs; i++) {
		if (strncmp(new->pair[i], key, len) == 0 &&
		    new->pair[i][len] == '=')
			return PAIRS + (uint32_t)i + 1;
	}
	return PAIRS;
}

static void
give_pairs(const struct rp_places_new *new, struct rp_node *item)
{
	struct rp_node *child;

	item->line = item->key_line = PAIRS;
	for (child = item->first; child != NULL; child = child->next)
		set_all(child, line_of_pair(new, child->key));
}

static void
give_lines(struct places *p)
{
	uint32_t line = ROWS;

	if (p->kept->scenario != p->new->record)
		move_document(p->kept);
	for (int list = 0; list < RP_LIST_COUNT; list++) {
		struct rp_rows *rows = &p->kept->list[list];

		for (size_t i = 0; i < rows->n; i++, line++) {
			struct rp_row *row = &rows->row[i];

			if (row->record != p->new->record)
				set_all(row->node, line);
			else if (p->new->kind != NULL && p->new->source == NULL)
				give_pairs(p->new, row->node);
		}
	}
}

/* ---- and turning them into words ---------------------------------------- */

static void
name_row(const struct places *p, uint32_t line, struct rp_text *out)
{
	size_t i = line - ROWS;

	for (int list = 0; list < RP_LIST_COUNT; list++) {
		const struct rp_rows *rows = &p->kept->list[list];

		if (i < rows->n) {
			rp_text_printf(out, "%s %" PRId64 " (record %" PRId64
			    ")", rp_lists[list].word, rows->row[i].id,
			    rows->row[i].record);
			return;
		}
		i -= rows->n;
	}
	rp_text_puts(out, "what is on record");
}

/* The beginning of a pair, in one line: a value may be a whole text. */
static void
name_pair(const char *pair, struct rp_text *out)
{
	char head[64];
	int n = snprintf(head, sizeof(head), "%s", pair);

	rp_text_puts(out, "'");
	rp_text_safe(out, head);
	rp_text_puts(out, n >= (int)sizeof(head) ? "...'" : "'");
}

static void
name_place(const struct places *p, uint32_t line, uint32_t col,
    struct rp_text *out)
{
	const uint32_t pair = line - PAIRS;

	if (line > PAIRS && pair <= p->new->n_pairs)
		name_pair(p->new->pair[pair - 1], out);
	else if (line >= PAIRS)
		rp_text_puts(out, p->new->kind != NULL ? p->new->kind :
		    "the item");
	else if (line >= ROWS)
		name_row(p, line, out);
	else if (line >= DOCUMENT)
		rp_text_printf(out, "the scenario of record %" PRId64
		    ", line %u", p->kept->scenario,
		    (unsigned)(line - DOCUMENT));
	else if (col != 0)
		rp_text_printf(out, "%s:%u:%u", p->new->source != NULL ?
		    p->new->source : p->name, (unsigned)line, (unsigned)col);
	else
		rp_text_printf(out, "line %u", (unsigned)line);
}

/* "... on line 536870914" becomes "... in actual 3 (record 2)". */
static void
name_lines(const struct places *p, const char *text, struct rp_text *out)
{
	static const char word[] = "line ";
	const char *at;
	char *end;
	bool on;

	for (; (at = strstr(text, word)) != NULL; text = end) {
		unsigned long line = strtoul(at + strlen(word), &end, 10);

		if (end == at + strlen(word) || line < DOCUMENT ||
		    line > UINT32_MAX) {
			end = (char *)(uintptr_t)at + strlen(word);
			rp_text_add(out, text, (size_t)(end - text));
			continue;
		}
		/* On a line, but in an item. */
		on = at - text >= 3 && strncmp(at - 3, "on ", 3) == 0;
		rp_text_add(out, text, (size_t)(at - text) - (on ? 3 : 0));
		rp_text_puts(out, on ? "in " : "");
		name_place(p, (uint32_t)line, 0, out);
	}
	rp_text_puts(out, text);
}

static rp_status
tell(const struct places *p, struct rp_faults *f, FILE *talk,
    struct rp_err *err)
{
	struct rp_text out = { 0 };
	size_t n = f->n + f->dropped;

	rp_faults_sort(f);
	for (size_t i = 0; i < f->n; i++) {
		name_place(p, f->fault[i].line, f->fault[i].col, &out);
		rp_text_puts(&out, ": error: ");
		name_lines(p, f->fault[i].text, &out);
		rp_text_puts(&out, "\n");
	}
	if (f->dropped > 0)
		rp_text_printf(&out, "%s: error: %zu more faults are not "
		    "shown\n", p->name, f->dropped);
	if (talk != NULL && !out.failed && out.bytes != NULL)
		(void)fputs(out.bytes, talk);
	rp_text_release(&out);
	return rp_fail(err, RP_EINPUT, p->new->record != 0 ? "'%s' was not "
	    "changed: with this it would not be a valid case: %zu fault%s" :
	    "'%s' is not a valid case: %zu fault%s", p->name, n,
	    n == 1 ? "" : "s");
}

rp_status
rp_places_check(struct rp_store *st, const struct rp_places_new *new,
    FILE *talk, struct rp_err *err)
{
	struct rp_kept kept;
	struct places p = { .new = new, .kept = &kept,
	    .name = rp_store_name(st) };
	const struct rp_files files = rp_store_files(st);
	struct rp_case *cs = NULL;
	struct rp_faults f;
	rp_status rc;

	rp_faults_init(&f, p.name);
	rc = rp_kept_load(st, &kept, err);
	if (rc == RP_OK && kept.doc == NULL)
		rc = rp_fail(err, RP_ESTATE, "'%s' holds no scenario yet; "
		    "import one first", p.name);
	if (rc == RP_OK) {
		give_lines(&p);
		rc = rp_bind(kept.doc, &files, &f, &cs, err);
	}
	if (rc == RP_EINPUT && f.n + f.dropped > 0)
		rc = tell(&p, &f, talk, err);
	rp_case_free(cs);
	rp_kept_release(&kept);
	rp_faults_release(&f);
	return rc;
}
