/*
 * planner/store/lists.h - the lists of a case that have tables of their own.
 *
 * They grow while an incident lasts, and are asked for by time; everything
 * else of a case is in its one scenario document.
 */
#ifndef RP_STORE_LISTS_H
#define RP_STORE_LISTS_H

/*
 * Enum, table, key of the case file, key of the time of an item (of updates:
 * where the item is not a time itself), word for one of them.  RP_LISTS_n came
 * with version n of the schema and is never changed; new lists come in a new
 * RP_LISTS_n at the end, for the order is the order in which the digest of a
 * record takes them.
 */
#define RP_LISTS_1(X)							\
	X(PLAN, "plan", "plans", "published", "plan")			\
	X(ACTUAL, "actual", "actuals", "as_of", "actual")		\
	X(FACT, "fact", "facts", "at", "fact")				\
	X(COMMITMENT, "commitment", "commitments", "due", "commitment")	\
	X(POST, "post", "updates", "at", "update")			\
	X(CLAIM, "claim", "claims", "said", "claim")			\
	X(REQUEST, "request", "requests", "asked", "request")

#define RP_LISTS_2(X)							\
	X(FORECAST, "forecast", "forecasts", "as_of", "forecast")

#define RP_LISTS(X) RP_LISTS_1(X) RP_LISTS_2(X)

#define RP_LIST_ENUM(name, table, key, time, word) RP_LIST_##name,
enum rp_list { RP_LISTS(RP_LIST_ENUM) RP_LIST_COUNT };
#undef RP_LIST_ENUM

struct rp_list_row {
	const char *table;
	const char *key;
	const char *time;
	const char *word;
};

extern const struct rp_list_row rp_lists[RP_LIST_COUNT];

#endif /* RP_STORE_LISTS_H */
