/*
 * planner/store/emit.h - a tree as YAML.
 */
#ifndef RP_STORE_EMIT_H
#define RP_STORE_EMIT_H

#include "output.h"
#include "read/doc.h"

/*
 * In one line: {as_of: 2020-08-31, replaced: 11.1%}.  Reading it gives the
 * same tree; control characters are always escaped.
 */
void rp_emit_line(struct rp_text *out, const struct rp_node *node);

/*
 * A whole document, readable: what fits in a line is in one, the rest in
 * blocks.  Equal trees give equal texts, wherever their lines were.
 */
void rp_emit_document(struct rp_text *out, const struct rp_node *root);

#endif /* RP_STORE_EMIT_H */
