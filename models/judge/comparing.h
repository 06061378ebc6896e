/*
 * judge/comparing.h - a comparison while it is being made.
 */
#ifndef RP_JUDGE_COMPARING_H
#define RP_JUDGE_COMPARING_H

#include "judge/compare.h"
#include "judge/scopes.h"

#define RP_COMPARISON_NOTES 8
#define RP_COMPARISON_NOTE 400

struct rp_comparison {
	const struct rp_plan *plan;
	const struct rp_plan *first;	/* NULL: the same */
	enum rp_metric metric;
	struct rp_compare_row *row;
	size_t n;
	char text[RP_COMPARISON_NOTES][RP_COMPARISON_NOTE];
	const char *note[RP_COMPARISON_NOTES];
	size_t n_notes;
	struct rp_plan_version *version;
	size_t n_versions;
	struct rp_plan_move *move;	/* of all versions */
	struct rp_plan_finding *finding;
	size_t n_findings, room;	/* rooms taken, rooms there are */
};

/* What one comparison is made from. */
struct rp_comparing {
	const struct rp_case *cs;
	const struct rp_compare_options *opt;
	struct rp_count base;		/* of shares that are counts */
	struct rp_series series;
	struct rp_scopes scopes;
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

/* ---- a plan as a curve -------------------------------------------------- */

struct rp_plan_curve {
	const struct rp_plan *plan;
	bool has_start;			/* it rises from 0 at start */
	struct rp_instant start;
};

/* start NULL: nothing is known before the first milestone. */
struct rp_plan_curve rp_plan_curve(const struct rp_plan *plan,
    const struct rp_when *start);

enum rp_reach {
	RP_REACH_KNOWN,
	RP_REACH_BEFORE,		/* *at or earlier */
	RP_REACH_NEVER			/* *at is untouched */
};

/* When the plan first has the share. */
enum rp_reach rp_plan_reaches(const struct rp_plan_curve *cv,
    struct rp_share share, struct rp_instant *at);

/* How far ahead of the plan an actual is that has the share. */
struct rp_lead rp_plan_lead(const struct rp_comparing *src,
    const struct rp_plan *plan, const struct rp_actual *a,
    struct rp_share share);

/* ---- the parts ---------------------------------------------------------- */

/* "replaced certificates (installed)". */
const char *rp_metric_meaning(enum rp_metric m);

/* Whether the plan counts something else than the actuals. */
bool rp_metrics_differ(const struct rp_comparing *src);

/* "2026-03-05", "unknown date". */
const char *rp_plan_date(const struct rp_plan *p, char buf[RP_INSTANT_TEXT]);

/* The parts of a comparison, one file each; RP_ENOMEM. */
size_t rp_compare_times(const struct rp_comparing *src);
RP_CHECKED rp_status rp_compare_make_rows(struct rp_comparing *src,
    struct rp_err *err);
RP_CHECKED rp_status rp_compare_make_versions(struct rp_comparing *src,
    struct rp_err *err);
void rp_compare_make_notes(struct rp_comparing *src);
RP_CHECKED rp_status rp_compare_make_findings(struct rp_comparing *src,
    struct rp_err *err);

#endif /* RP_JUDGE_COMPARING_H */
