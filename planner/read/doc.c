/*
 * read/doc.c - a case file as a tree, and the memory that it lives in.
 */
#include "read/doc.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "read/tree.h"

#define SLAB_BYTES 65536u

/* Texts need no alignment, so they are taken from the far end of a slab. */
struct rp_slab {
	struct rp_slab *next;
	size_t low;
	size_t high;
	alignas(max_align_t) unsigned char bytes[];
};

static struct rp_slab *
slab_add(struct rp_doc *doc, size_t size)
{
	struct rp_slab *s = calloc(1, sizeof(*s) + size);

	if (s == NULL)
		return NULL;
	s->high = size;
	s->next = doc->slab;
	doc->slab = s;
	return s;
}

/* A text too long for a slab gets one of its own, behind the current one. */
static char *
take_long(struct rp_doc *doc, size_t size)
{
	struct rp_slab *was = doc->slab, *s = slab_add(doc, size);

	if (s == NULL)
		return NULL;
	s->high = 0;
	if (was != NULL) {
		doc->slab = was;
		s->next = was->next;
		was->next = s;
	}
	return (char *)s->bytes;
}

static struct rp_slab *
slab_with(struct rp_doc *doc, size_t size)
{
	struct rp_slab *s = doc->slab;

	if (s != NULL && s->high - s->low >= size)
		return s;
	return slab_add(doc, SLAB_BYTES);
}

struct rp_doc *
rp_doc_new(void)
{
	return calloc(1, sizeof(struct rp_doc));
}

void
rp_doc_free(struct rp_doc *doc)
{
	struct rp_slab *s, *next;

	if (doc == NULL)
		return;
	for (s = doc->slab; s != NULL; s = next) {
		next = s->next;
		free(s);
	}
	free(doc);
}

const struct rp_node *
rp_doc_root(const struct rp_doc *doc)
{
	return doc->root;
}

bool
rp_doc_is_full(const struct rp_doc *doc)
{
	return doc->n_nodes >= RP_DOC_NODES;
}

struct rp_node *
rp_doc_node(struct rp_doc *doc, enum rp_node_kind kind, uint32_t line,
    uint32_t col)
{
	const size_t size = sizeof(struct rp_node);
	struct rp_slab *s;
	struct rp_node *node;

	if (rp_doc_is_full(doc))
		return NULL;
	s = slab_with(doc, size);
	if (s == NULL)
		return NULL;
	node = (struct rp_node *)(void *)(s->bytes + s->low);
	s->low += size;
	node->kind = kind;
	node->line = line;
	node->col = col;
	doc->n_nodes++;
	return node;
}

const char *
rp_doc_text(struct rp_doc *doc, const char *bytes, size_t len)
{
	struct rp_slab *s;
	char *text;

	if (len >= SLAB_BYTES / 8) {
		text = take_long(doc, len + 1);
	} else {
		s = slab_with(doc, len + 1);
		if (s == NULL)
			return NULL;
		s->high -= len + 1;
		text = (char *)s->bytes + s->high;
	}
	if (text != NULL)
		memcpy(text, bytes, len);
	return text;
}

void
rp_node_link(struct rp_node *parent, struct rp_node **last,
    struct rp_node *child)
{
	if (*last == NULL)
		parent->first = child;
	else
		(*last)->next = child;
	*last = child;
	parent->n++;
}

const struct rp_node *
rp_node_find(const struct rp_node *map, const char *key)
{
	const struct rp_node *child;

	if (map == NULL || map->kind != RP_NODE_MAP)
		return NULL;
	for (child = map->first; child != NULL; child = child->next) {
		if (strcmp(child->key, key) == 0)
			return child;
	}
	return NULL;
}
