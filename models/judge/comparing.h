/*
 * judge/comparing.h - a comparison while it is being made.
 */
#ifndef RP_JUDGE_COMPARING_H
#define RP_JUDGE_COMPARING_H

#include "judge/compare.h"

#define RP_COMPARISON_NOTES 8
#define RP_COMPARISON_NOTE 400

struct rp_comparison {
	const struct rp_plan *plan;
	enum rp_metric metric;
	struct rp_compare_row *row;
	size_t n;
	char text[RP_COMPARISON_NOTES][RP_COMPARISON_NOTE];
	const char *note[RP_COMPARISON_NOTES];
	size_t n_notes;
};

/* What one comparison is made from. */
struct rp_comparing {
	const struct rp_case *cs;
	const struct rp_compare_options *opt;
	struct rp_series series;
	struct rp_comparison *c;
};

/* Whether a plan was out by the day of the reader. */
bool rp_plan_seen(const struct rp_comparing *src, const struct rp_plan *p);

/* Whether any actual gives the metric. */
bool rp_series_carries(const struct rp_series *s, enum rp_metric m);

/*
 * A share to the decimal that is printed, halves away from zero: who takes
 * the printed columns and a pencil must get the printed difference.
 */
struct rp_share rp_share_printed(struct rp_share a);

/* The parts of a comparison, one file each; RP_ENOMEM. */
size_t rp_compare_times(const struct rp_comparing *src);
RP_CHECKED rp_status rp_compare_make_rows(struct rp_comparing *src,
    struct rp_err *err);
void rp_compare_make_notes(struct rp_comparing *src);

#endif /* RP_JUDGE_COMPARING_H */
