/*
 * planner/read/change.h - a change of a case, put upon the case.
 *
 * A file with `change:` beside `revplan:` alters another case.  The two are
 * joined as trees, before anything is known of their meaning, so a change can
 * say whatever a case can say, and all checks of a case hold for what comes
 * out of it.
 */
#ifndef RP_READ_CHANGE_H
#define RP_READ_CHANGE_H

#include "read/doc.h"

/*
 * The binder knows lines and columns alone: those of a change lie beyond what
 * any file can have.
 */
#define RP_LINE_CHANGE 0x80000000u

/* The key that makes a document a change; NULL: it is none. */
const struct rp_node *rp_change_key(const struct rp_doc *doc);

/*
 * Join a change to a case, which then borrows the nodes of the change: both
 * must live until the case was bound.  What cannot be joined is a fault in *f
 * and left out, RP_EINPUT; the rest can be bound to look for more faults.
 */
RP_CHECKED rp_status rp_change_apply(struct rp_doc *base,
    struct rp_doc *change, struct rp_faults *f, struct rp_err *err);

/* A key of a change, for the schema. */
enum rp_change_way {
	RP_CHANGE_DROPS,	/* says nothing about the case */
	RP_CHANGE_REPLACES,	/* the whole value */
	RP_CHANGE_APPENDS,	/* the items of a list */
	RP_CHANGE_KEYS,		/* each key that is given */
	RP_CHANGE_TOTAL,	/* of these keys, `total` alone */
	RP_CHANGE_NAMED_KEYS,	/* of maps by name */
	RP_CHANGE_NAMED_ITEMS	/* of items of a list, by their name */
};

/* The keys in the order of the alphabet; NULL past the last. */
const char *rp_change_word(size_t i, enum rp_change_way *way);

#endif /* RP_READ_CHANGE_H */
