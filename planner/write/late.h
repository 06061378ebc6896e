/*
 * write/late.h - how much of each duty is late.
 */
#ifndef RP_WRITE_LATE_H
#define RP_WRITE_LATE_H

#include "output.h"
#include "revplan/case.h"
#include "revplan/check.h"
#include "write/json.h"

/*
 * A line a duty of which something is late, or may be: "late: 6 of 6
 * certificates late as recorded, 2 still open; 4 of 6 late as published".
 */
void rp_late_lines(const struct rp_findings *f, const struct rp_case *cs,
    struct rp_text *out);

/* The same of one duty, without its name; nothing where nothing is late. */
void rp_late_words(const struct rp_findings *f, int duty,
    struct rp_text *out);

/* "late": a list of objects, one a duty and moment of revocation. */
void rp_late_json(struct rp_json *j, const struct rp_findings *f,
    const struct rp_case *cs);

#endif /* RP_WRITE_LATE_H */
