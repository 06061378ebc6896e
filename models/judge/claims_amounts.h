/*
 * judge/claims_amounts.h - the figures of an actual, as ranges that their
 * rounding, their bounds and their base leave open.
 */
#ifndef RP_JUDGE_CLAIMS_AMOUNTS_H
#define RP_JUDGE_CLAIMS_AMOUNTS_H

#include "judge/claims.h"

/* The first four are those of enum rp_metric. */
enum rp_said_figure {
	RP_SAID_EXPIRED = RP_METRICS,
	RP_SAID_EXPIRED_LATE,
	RP_SAID_HELD,
	RP_SAID_REMAINING,
	RP_SAID_FIGURES
};

const struct rp_amount *rp_said_amount(const struct rp_actual *a, int which);
const char *rp_said_figure_word(int which);

/* As the source printed it. */
void rp_say_amount(struct rp_sentence *s, const struct rp_actual *a,
    int which);

/* Where the true value lies; in certificates, or 0..1 of its base. */
struct rp_said_range {
	double low, high;
	bool is_count;
};

struct rp_said_range rp_said_range(const struct rp_actual *a, int which);

/* What its shares are parts of, 0 where nobody says. */
double rp_said_base(const struct rp_ledger *l, const struct rp_actual *a);

/*
 * Shares of one base are compared as they are; where the bases differ, or a
 * number stands beside a share, both must become numbers.  false: they cannot.
 */
bool rp_said_comparable(const struct rp_ledger *l, const struct rp_actual *a,
    const struct rp_actual *b, int which, struct rp_said_range *x,
    struct rp_said_range *y);

/*
 * Whether what is cumulative is less in b, the later one, than in a, for
 * certain; their bases are 0 where nobody says.  *keep: a says more of how
 * much it is at least than b does, so what comes later is to be held against
 * a.
 */
bool rp_said_fell(const struct rp_actual *a, double base_a,
    const struct rp_actual *b, double base_b, int which, bool *keep);

#endif /* RP_JUDGE_CLAIMS_AMOUNTS_H */
