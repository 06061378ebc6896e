/*
 * judge/scopes.h - how many certificates were known to be affected, and when.
 */
#ifndef RP_JUDGE_SCOPES_H
#define RP_JUDGE_SCOPES_H

#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"

struct rp_known_scope {
	struct rp_instant at;
	size_t place;			/* among the facts */
	struct rp_count certificates;
};

/* Every number that was said to be affected, by time. */
struct rp_scopes {
	struct rp_known_scope *scope;
	size_t n;
	struct rp_count first;		/* before anybody said one */
};

/* RP_ENOMEM; releasing is fine in any case. */
RP_CHECKED rp_status rp_scopes_init(struct rp_scopes *s,
    const struct rp_case *cs, struct rp_err *err);
void rp_scopes_release(struct rp_scopes *s);

/*
 * How many were known to be affected at the end of a moment.  A case may have
 * as many scopes as actuals, so this is a search and no walk.
 */
uint64_t rp_scopes_at(const struct rp_scopes *s, struct rp_when at);

#endif /* RP_JUDGE_SCOPES_H */
