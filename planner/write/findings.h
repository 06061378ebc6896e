/*
 * write/findings.h - findings in the order in which a reader needs them.
 */
#ifndef RP_WRITE_FINDINGS_H
#define RP_WRITE_FINDINGS_H

#include "output.h"
#include "revplan/case.h"
#include "revplan/check.h"
#include "write/words.h"

/*
 * What can still be done in time first, then what was done wrong; a lapse is
 * not a breach of a MUST.  What nobody has looked into because the incident
 * does not ask for it stands apart, so that it buries nothing.
 */
enum rp_group {
	RP_GROUP_DUE,
	RP_GROUP_BREACHED,
	RP_GROUP_LAPSED,
	RP_GROUP_UNDECIDED,
	RP_GROUP_STANDING,	/* undecided, of the duties of the CA as such */
	RP_GROUP_MET,
	RP_GROUPS
};

/* "Breached", ... */
const char *rp_group_heading(enum rp_group group);

/* "2 still due, 1 breach of a MUST, ...". */
void rp_groups_words(const struct rp_findings *f, struct rp_text *out);

/*
 * "in 3 d 1 h, 2020-07-09T01:47:21Z: ...": the first of the rows by group,
 * where it is still due; otherwise nothing.
 */
void rp_next_due_words(const struct rp_finding *first,
    const struct rp_case *cs, struct rp_instant now, struct rp_text *out);

enum rp_group rp_finding_group(const struct rp_finding *f);
uint64_t rp_group_count(const struct rp_findings *f, enum rp_group group);

/*
 * All *n rows by group: dues by time with standing duties last, breaches that
 * are still open before those that are mended, undecided MUSTs before what is
 * less than that, and otherwise by rule.  free() it; NULL when memory runs out.
 */
const struct rp_finding **rp_findings_by_group(const struct rp_findings *f,
    size_t *n);

/* Where the group that begins at i of such rows ends. */
size_t rp_group_end(const struct rp_finding *const *f, size_t i, size_t n);

/* What sets the row of the published clock apart from the recorded one. */
const char *rp_finding_kind(const struct rp_finding *f);

/* "251 d 3 h", "at least" before it where an instant is imprecise. */
const char *rp_finding_overdue(const struct rp_finding *f,
    char buf[RP_WORDS]);

/* "in 3 d 1 h", seen from now; for a date that is near: "within a day". */
const char *rp_words_ahead(struct rp_when due, struct rp_instant now,
    char buf[RP_WORDS]);

/*
 * Whose statement of the clock's start a row goes by: "by the clock of
 * 'reporter'"; "" where nobody contradicts the case.
 */
const char *rp_finding_whose(const struct rp_finding *f, char buf[RP_WORDS]);

#endif /* RP_WRITE_FINDINGS_H */
