/*
 * check/entries.h - what is on record of the entries of a CRL.
 */
#ifndef RP_CHECK_ENTRIES_H
#define RP_CHECK_ENTRIES_H

#include "check/judging.h"

/*
 * The facts that speak of a duty's entries, in the order of time: records of
 * revocation, what the CRL showed, changes of the reason.
 */
#define RP_ENTRY_KINDS 3

struct rp_entry_walk {
	struct rp_walk walk[RP_ENTRY_KINDS];
	const struct rp_fact *next[RP_ENTRY_KINDS];
};

struct rp_entry_walk rp_entries_of(const struct rp_judging *j, int duty);
const struct rp_fact *rp_entries_next(struct rp_entry_walk *w);

/* Whether a fact says with which reason a duty's entries stood. */
bool rp_says_reason(const struct rp_judging *j, const struct rp_fact *fact,
    int duty);

/* Certificates of a fact: of its duty, or all, where it names no number. */
uint64_t rp_entry_size(const struct rp_judging *j,
    const struct rp_fact *fact, int duty);

/* A certificate of the fact's duty, or of the case, that a rule speaks of. */
bool rp_entry_covered(const struct rp_judging *j, const struct rp_rule *rule,
    const struct rp_fact *fact);

/* Whether the edition was in force in all of an interval; in part of it. */
bool rp_in_force_all(const struct rp_rule *rule, struct rp_when w);
bool rp_in_force_some(const struct rp_rule *rule, struct rp_when w);

/*
 * What was wrong from `since` until it was mended, for ever with NULL: the
 * row is breached, by the seconds that are certain.
 */
void rp_wrong_until(const struct rp_judging *j, struct rp_finding *row,
    struct rp_when since, const struct rp_when *mended);

/* "no reasonCode", "reasonCode superseded (4)".  Returns buf. */
const char *rp_entry_reason(enum rp_crl_reason reason, char buf[RP_WORDS]);

#endif /* RP_CHECK_ENTRIES_H */
