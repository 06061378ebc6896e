/*
 * check/programs.h - what the checks of standing duties share.
 *
 * For check_planning.c, check_programs.c and check_commitments.c only.
 */
#ifndef RP_CHECK_PROGRAMS_H
#define RP_CHECK_PROGRAMS_H

#include "check/judging.h"

/*
 * late.c: what a rule says of each duty that is certainly late, by each
 * statement of its clock, where the rule was in force at the deadline.
 */
typedef rp_status rp_late_judge(struct rp_judging *j,
    const struct rp_rule *rule, const struct rp_duty *duty, int d,
    const struct rp_deadline *dl);
RP_CHECKED rp_status rp_each_late_duty(struct rp_judging *j,
    const struct rp_rule *rule, rp_late_judge *judge);

/*
 * The row of what must be done, but by no time that the text names: only
 * whether it was done is judged.
 */
RP_CHECKED rp_status rp_judge_presence(struct rp_judging *j,
    const struct rp_clock_row *clock, const struct rp_fact *fact,
    enum rp_fact_kind kind);

/*
 * check_follow.c: every fact `after` about certificates of a duty must be
 * followed by facts `then` about as many, within the limit of the rule.
 */
RP_CHECKED rp_status rp_judge_followers(struct rp_judging *j,
    const struct rp_rule *rule, int duty, enum rp_fact_kind after,
    enum rp_fact_kind then);

/* Words, after the detail, for why what is late may be right; or NULL. */
typedef const char *rp_doubt(const struct rp_judging *j,
    const struct rp_clock_row *clock);

/*
 * check_follow.c: as many certificates of a duty as facts `after` are about
 * must be covered by facts `then` within `limit`, be these earlier or later: a
 * row for each of these, and one for the rest.  With a doubt nothing is
 * breached.
 */
RP_CHECKED rp_status rp_judge_covered(struct rp_judging *j,
    const struct rp_rule *rule, int duty, struct rp_span limit,
    enum rp_fact_kind after, enum rp_fact_kind then, rp_doubt *doubt);

/* check_commitments.c: what the CA has bound itself to, rules of the case. */
RP_CHECKED rp_status rp_check_commitments(struct rp_judging *j);

#endif /* RP_CHECK_PROGRAMS_H */
