/*
 * write/findings.h - findings in the order in which they hurt.
 */
#ifndef RP_WRITE_FINDINGS_H
#define RP_WRITE_FINDINGS_H

#include "revplan/check.h"
#include "write/words.h"

/* Breaches of a MUST first; a lapse is not a breach of a MUST. */
enum rp_group {
	RP_GROUP_BREACHED,
	RP_GROUP_LAPSED,
	RP_GROUP_UNDECIDED,
	RP_GROUP_DUE,
	RP_GROUP_MET,
	RP_GROUPS
};

/* "Breached", ...; "2 breaches of a MUST". */
const char *rp_group_heading(enum rp_group group);
const char *rp_group_number(enum rp_group group, uint64_t n,
    char buf[RP_WORDS]);

enum rp_group rp_finding_group(const struct rp_finding *f);
uint64_t rp_group_count(const struct rp_findings *f, enum rp_group group);

/* "251 d 3 h", "at least" before it where an instant is imprecise. */
const char *rp_finding_overdue(const struct rp_finding *f,
    char buf[RP_WORDS]);

#endif /* RP_WRITE_FINDINGS_H */
