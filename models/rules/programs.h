/*
 * rules/programs.h - what the checks of standing duties share.
 *
 * For table_programs.c, check_planning.c, check_programs.c and
 * check_commitments.c only.
 */
#ifndef RP_RULES_PROGRAMS_H
#define RP_RULES_PROGRAMS_H

#include "rules/judging.h"

/* check_planning.c. */
rp_rule_check rp_check_mass_plan;	/* its nine elements */
rp_rule_check rp_check_mass_test;	/* once a year */
rp_rule_check rp_check_preparation;	/* all of three things */
rp_rule_check rp_check_assessment;
rp_rule_check rp_check_audit;		/* each audit statement */
rp_rule_check rp_check_delay_finding;	/* the one after a late duty */

/* check_programs.c. */
rp_rule_check rp_check_second_report;
rp_rule_check rp_check_chrome_14;
rp_rule_check rp_check_if_recorded;	/* rp_check_once, of exotic things */
rp_rule_check rp_check_microsoft;
rp_rule_check rp_check_like_br;		/* from a fact, in the time of the BR */
rp_rule_check rp_check_crl_url;
rp_rule_check rp_check_court_order;
rp_rule_check rp_check_intake;

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

#endif /* RP_RULES_PROGRAMS_H */
