/*
 * planner/read/tree.h - for those who build a document: YAML and JSON.
 */
#ifndef RP_READ_TREE_H
#define RP_READ_TREE_H

#include "read/doc.h"

struct rp_slab;

struct rp_doc {
	struct rp_slab *slab;		/* memory of all nodes and texts */
	struct rp_node *root;
	size_t n_nodes;
	/* Where rp_doc_append() added last, so that a long list stays cheap. */
	struct rp_node *grown;
	struct rp_node *grown_last;
};

/* NULL: no memory. */
struct rp_doc *rp_doc_new(void);

/*
 * A new node that nobody points to yet.  NULL: no memory, or the document has
 * RP_DOC_NODES already, which rp_doc_is_full() tells apart.
 */
struct rp_node *rp_doc_node(struct rp_doc *doc, enum rp_node_kind kind,
    uint32_t line, uint32_t col);
bool rp_doc_is_full(const struct rp_doc *doc);

/* A copy of len bytes, ended with 0; NULL: no memory. */
const char *rp_doc_text(struct rp_doc *doc, const char *bytes, size_t len);

/* Add a child behind *last (NULL: the first one), which becomes the last. */
void rp_node_link(struct rp_node *parent, struct rp_node **last,
    struct rp_node *child);

#endif /* RP_READ_TREE_H */
