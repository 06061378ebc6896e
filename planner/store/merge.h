/*
 * planner/store/merge.h - which items of a file are on record already.
 */
#ifndef RP_STORE_MERGE_H
#define RP_STORE_MERGE_H

#include "store/store.h"

/* An item, on record or in the file. */
struct rp_item {
	const struct rp_node *node;
	int64_t id;		/* its number; 0: not on record yet */
	size_t before;		/* the entry that it replaces, or SIZE_MAX */
	size_t by;		/* the entry that replaces it, or SIZE_MAX */
	char *plain;		/* its content, without places and marks */
	char *subject;		/* what it is about; NULL: cannot be told */
	const char *name;	/* its id in the tree, or NULL */
	const char *target;	/* what it says that it replaces, or NULL */
	size_t order;		/* of entries that are equal otherwise */
	bool used;		/* on record: the file has it too */
	bool placed;		/* of the file: nothing more is to be done */
	bool waiting;		/* for what it corrects to be placed */
	size_t same;		/* of the file: which on record, or SIZE_MAX */
};

struct rp_merge {
	enum rp_list list;
	size_t n_old;
	size_t n;
	struct rp_item *entry;	/* those on record first */
	struct rp_item **by_key[3]; /* those on record, sorted */
	size_t n_named;
	struct rp_item **named;	/* those of the file with an id, sorted */
};

/*
 * Compare a list of a file (NULL: it has none) with what is on record.  Items
 * that are on record already are placed, and their `id` is set; the others
 * know what they correct: rp_merge_target().  rp_merge_release() in any case.
 */
RP_CHECKED rp_status rp_merge_list(struct rp_merge *m, enum rp_list list,
    const struct rp_rows *rows, const struct rp_node *file,
    struct rp_err *err);
void rp_merge_release(struct rp_merge *m);

/*
 * What an entry of the file corrects, as an index into entry, or SIZE_MAX;
 * false: *target is of the file too, and has to be placed first.
 */
bool rp_merge_target(const struct rp_merge *m, size_t i, size_t *target);

/* Whether it takes the place of an item of the same id, which keeps it. */
bool rp_merge_same_id(const struct rp_merge *m, size_t i);

/* Note that an entry was put on record, as the correction of target. */
void rp_merge_place(struct rp_merge *m, size_t i, size_t target, int64_t id);

/* The content of a node, places and quotes left out, keys sorted; malloc'ed.
 * without_lists: the lists of a root that have tables are left out too. */
RP_CHECKED rp_status rp_plain(const struct rp_node *node, bool without_lists,
    char **out, struct rp_err *err);

#endif /* RP_STORE_MERGE_H */
