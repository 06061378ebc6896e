/*
 * planner/store/lists.h - the lists of a case that have tables of their own.
 *
 * They grow while an incident lasts, and are asked for by time; everything
 * else of a case is in its one scenario document.
 */
#ifndef RP_STORE_LISTS_H
#define RP_STORE_LISTS_H

/*
 * Enum, table, key of the case file, key of the time of an item (NULL: the
 * item is a time itself).  New lists are added at the end: the order is the
 * order in which the digest of a record takes them.
 */
#define RP_LISTS(X)							\
	X(PLAN, "plan", "plans", "published")				\
	X(ACTUAL, "actual", "actuals", "as_of")				\
	X(FACT, "fact", "facts", "at")					\
	X(COMMITMENT, "commitment", "commitments", "due")		\
	X(POST, "post", "updates", NULL)				\
	X(CLAIM, "claim", "claims", "said")				\
	X(REQUEST, "request", "requests", "asked")

#define RP_LIST_ENUM(name, table, key, time) RP_LIST_##name,
enum rp_list { RP_LISTS(RP_LIST_ENUM) RP_LIST_COUNT };
#undef RP_LIST_ENUM

struct rp_list_row {
	const char *table;
	const char *key;
	const char *time;
};

extern const struct rp_list_row rp_lists[RP_LIST_COUNT];

#endif /* RP_STORE_LISTS_H */
