/*
 * planner/store/item.h - one item, as somebody said it.
 */
#ifndef RP_STORE_ITEM_H
#define RP_STORE_ITEM_H

#include "store/store.h"

/* What can be recorded. */
struct rp_kind {
	const char *word;
	enum rp_list list;
	const char *what;	/* facts: the word that the kind stands for */
	bool outcome;		/* adds to an item that is on record */
	const char *about;
};

/* NULL: there is none of that name; err names the nearest. */
const struct rp_kind *rp_kind_find(const char *word, struct rp_err *err);

/*
 * The item as a document of its own, its root being the map.  Pairs have no
 * lines.  RP_EUSAGE: not KEY=VALUE; RP_EINPUT: what it is was told to talk.
 */
RP_CHECKED rp_status rp_item_build(const struct rp_entry *entry,
    const struct rp_kind *kind, FILE *talk, struct rp_doc **out,
    struct rp_err *err);

/*
 * The outcome of a commitment: what was promised, with what the item adds.
 * *out takes the place of the item's own document.
 */
RP_CHECKED rp_status rp_item_complete(struct rp_doc *doc,
    const struct rp_node *promise, struct rp_err *err);

/* The digest of what was said. */
RP_CHECKED rp_status rp_item_digest(const struct rp_entry *entry,
    struct rp_sha256 *out, struct rp_err *err);

#endif /* RP_STORE_ITEM_H */
