/*
 * judge/compare.h - the actuals that a comparison is made from.
 */
#ifndef RP_JUDGE_COMPARE_H
#define RP_JUDGE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/compare.h"

/* The actuals of all certificates that can be seen, by as_of. */
struct rp_series {
	struct rp_actual *point;	/* copies; strings are the case's */
	size_t n;
	bool left_out;			/* some lack a population */
};

/*
 * Take what can be seen.  Where every actual names a population, those of one
 * as_of are added up if they cover all of them, and left out if not.
 * Give it back with rp_series_release().
 */
RP_CHECKED rp_status rp_series_init(struct rp_series *s,
    const struct rp_case *cs, struct rp_when as_of, enum rp_view view,
    struct rp_err *err);
void rp_series_release(struct rp_series *s);

/* An amount as a share of the base. */
struct rp_share rp_amount_share(const struct rp_amount *a,
    struct rp_count base);

#endif /* RP_JUDGE_COMPARE_H */
