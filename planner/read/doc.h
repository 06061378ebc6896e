/*
 * planner/read/doc.h - a case file as a tree, before its meaning is known.
 *
 * YAML is read into it, the store keeps it as canonical JSON and gives it
 * back, and bind.c turns it into a struct rp_case.  Every node remembers its
 * line and column, so that a fault can be shown at its place even when the
 * case came out of a store.
 */
#ifndef RP_READ_DOC_H
#define RP_READ_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

#define RP_DOC_DEPTH 64			/* nesting */
#define RP_DOC_NODES 1000000		/* nodes of one document */
#define RP_DOC_BYTES (32u << 20)	/* bytes of one file */

enum rp_node_kind { RP_NODE_SCALAR, RP_NODE_LIST, RP_NODE_MAP };

struct rp_node {
	enum rp_node_kind kind;
	uint32_t line;			/* 1.. */
	uint32_t col;			/* 1.. */
	bool quoted;			/* a scalar written in quotes */
	const char *text;		/* scalar: UTF-8, no NUL inside */
	const char *key;		/* child of a map: its key, else NULL */
	uint32_t key_line;		/* of the key */
	uint32_t key_col;
	struct rp_node *first;		/* list, map: children in order */
	struct rp_node *next;		/* the next sibling */
	size_t n;			/* number of children */
};

/* A fault, or the list of them; all faults of a file are told in one run. */
struct rp_fault {
	uint32_t line;
	uint32_t col;
	char *text;
};

struct rp_faults {
	const char *file;	/* borrowed; how to name it in messages */
	struct rp_fault *fault;
	size_t n;
	size_t room;
	size_t dropped;		/* beyond RP_FAULTS_MAX */
};

#define RP_FAULTS_MAX 1000

void rp_faults_init(struct rp_faults *f, const char *file);
void rp_faults_release(struct rp_faults *f);
void rp_fault(struct rp_faults *f, uint32_t line, uint32_t col,
    const char *fmt, ...) RP_PRINTF(4, 5);
/* By line, column, text; equal ones once. */
void rp_faults_sort(struct rp_faults *f);

/* Opaque; owns all nodes of a document. */
struct rp_doc;

/* The root node, NULL for an empty document. */
const struct rp_node *rp_doc_root(const struct rp_doc *doc);
void rp_doc_free(struct rp_doc *doc);

/*
 * Read YAML from memory.  Syntax faults, duplicate keys, too deep or too large
 * documents, more than one document, aliases past their bound and bytes that
 * are not UTF-8 are faults in *f.  RP_OK: *out is a new document (even when
 * duplicate keys were noted in f).  RP_EINPUT: nothing could be read, f says
 * why.  RP_ENOMEM.
 */
RP_CHECKED rp_status rp_doc_read_yaml(const char *bytes, size_t len,
    struct rp_faults *f, struct rp_doc **out, struct rp_err *err);

/*
 * Canonical JSON of a node, with lines and columns, and back.  The text is
 * malloc'ed; free() it.  rp_doc_of_json: RP_EINPUT when it is not such a text.
 */
RP_CHECKED rp_status rp_node_to_json(const struct rp_node *node, char **out,
    struct rp_err *err);
RP_CHECKED rp_status rp_doc_of_json(const char *json, struct rp_doc **out,
    struct rp_err *err);

/*
 * An empty map document to which subtrees in JSON are added: append under
 * `key` into a list (the list is made when absent, at line, col).  The store
 * puts a case together with these.
 */
RP_CHECKED rp_status rp_doc_append(struct rp_doc *doc, const char *key,
    uint32_t line, uint32_t col, const char *json, struct rp_err *err);

/* The child of a map; NULL when there is none. */
const struct rp_node *rp_node_find(const struct rp_node *map,
    const char *key);

#endif /* RP_READ_DOC_H */
