/*
 * rules/reasons.h - which item of which list a reason is.
 *
 * The keys of a case file never change; the lists of the requirements were
 * renumbered several times, and a reason moved from one tier to another.
 */
#ifndef RP_RULES_REASONS_H
#define RP_RULES_REASONS_H

#include "revplan/reason.h"

enum rp_tier {
	RP_TIER_NONE,	/* the list does not name the reason */
	RP_TIER_1,	/* subscriber certificates: 24 hours */
	RP_TIER_2,	/* subscriber certificates: 5 days */
	RP_TIER_CA	/* subordinate CA certificates: 7 days */
};

/* A list of reasons as one range of editions numbers it. */
enum rp_list {
	RP_LIST_TLS_V100,	/* numbering not known */
	RP_LIST_TLS_V111,	/* 15 items, all 24 h */
	RP_LIST_TLS_V161,	/* two lists, 1-4 and 1-11 */
	RP_LIST_TLS_V173,	/* two lists, 1-5 and 1-11 */
	RP_LIST_TLS_V185,	/* numbered through, 1-16 */
	RP_LIST_TLS_V187,	/* the same, each item with a CRL reason */
	RP_LIST_SUBCA_V111,	/* 10 items */
	RP_LIST_SUBCA_V161,	/* 9 items */
	RP_LIST_SMIME,
	RP_LIST_SMIME_SUBCA,
	RP_LIST_CODE_SIGNING,
	RP_LISTS
};

/* The list prescribes no CRL reason. */
#define RP_CRL_REASON_NONE (-1)

struct rp_reason_item {
	enum rp_tier tier;
	unsigned item;		/* 1.. ; 0: numbering not known */
	int crl_reason;		/* 0: the extension is left out */
};

/* tier is RP_TIER_NONE where the list does not name the reason. */
struct rp_reason_item rp_reason_item(enum rp_reason reason,
    enum rp_list list);

#endif /* RP_RULES_REASONS_H */
