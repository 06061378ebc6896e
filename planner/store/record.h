/*
 * planner/store/record.h - what a record is made of, for who writes one and
 * for who walks them all.
 */
#ifndef RP_STORE_RECORD_H
#define RP_STORE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "read/doc.h"
#include "store/digest.h"
#include "store/lists.h"

struct rp_record_head {
	const char *kind;
	const char *program;
	const char *source;
	struct rp_sha256 digest;	/* of the source */
	bool has_recorded;
	int64_t recorded_s;
};

/* The columns of an item; times are at_from .. published_until. */
struct rp_row_image {
	int64_t id;
	int64_t replaces;		/* 0: nothing */
	bool has[4];
	int64_t time_s[4];
	int64_t line;
	const char *content;
};

/* Add to the digest of a record, in the order that writer.c tells. */
void rp_record_digest(struct rp_digest *d,
    const struct rp_record_head *head);
void rp_row_digest(struct rp_digest *d, const char *table,
    const struct rp_row_image *row);
void rp_file_digest(struct rp_digest *d, int64_t id, int64_t replaces,
    const char *name, const struct rp_sha256 *sha256);

/* The digest that the next record will continue. */
RP_CHECKED rp_status rp_record_chain(const struct rp_sha256 *previous,
    const struct rp_sha256 *content, struct rp_sha256 *out,
    struct rp_err *err);

/* The text of a value, with or without its basis; NULL when it has none. */
const char *rp_scalar_text(const struct rp_node *node);

/* The value of a key of an item, NULL when there is none; an update may be a
 * bare time. */
const struct rp_node *rp_item_find(const struct rp_node *item,
    enum rp_list list, const char *key);

/* Whether a child of the root is a list with a table of its own. */
bool rp_has_table(const struct rp_node *child);

#endif /* RP_STORE_RECORD_H */
