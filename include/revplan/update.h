/*
 * revplan/update.h - what there is to post: the figures that root programs
 * ask for, what has changed since the last post, and what was promised.
 *
 * Stage 6.  Reads: case.h rules.h forecast.h check.h claims.h.  Read by: the
 * writers.
 *
 * A post is made from two views: what is known now, and what the public could
 * read after the last post.  Before it is made the figures must reconcile,
 * and nothing in them may contradict what was posted before unless it is
 * restated openly: otherwise there is no post.
 */
#ifndef RP_UPDATE_H
#define RP_UPDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "revplan/check.h"
#include "revplan/claims.h"
#include "revplan/err.h"
#include "revplan/forecast.h"
#include "revplan/rules.h"

/* The first four are those of enum rp_metric. */
enum rp_figure {
	RP_FIGURE_REISSUED = RP_METRIC_REISSUED,
	RP_FIGURE_REPLACED = RP_METRIC_REPLACED,
	RP_FIGURE_REVOKED = RP_METRIC_REVOKED,
	RP_FIGURE_GONE = RP_METRIC_GONE,	/* revoked or expired */
	RP_FIGURE_EXPIRED,		/* before they were revoked */
	RP_FIGURE_EXPIRED_EARLY,	/* of these: by the deadline */
	RP_FIGURE_EXPIRED_LATE,		/* of these: after it */
	RP_FIGURE_OUTSTANDING,		/* neither revoked nor expired */
	RP_FIGURE_HELD,			/* of these: may not be revoked */
	RP_FIGURES
};

/* "revoked", "expired before revocation", ...; never NULL. */
const char *rp_figure_word(enum rp_figure figure);

/* One figure, and when it was true; amount.known false: not recorded. */
struct rp_post_figure {
	struct rp_amount amount;
	struct rp_count of;	/* the base that it was counted on */
	struct rp_when as_of;
	enum rp_bound bound;
	uint32_t line;		/* of the record, 0 if none */
};

/*
 * The figures of one duty, or of the affected certificates where those are
 * other certificates than the duties'.
 */
struct rp_post_row {
	int duty;		/* index, or -1: the affected certificates */
	const char *name;	/* of the duty; NULL: it needs none */
	bool affected;		/* the row counts the affected certificates */
	struct rp_count base;
	struct rp_count first_base;	/* as first known */
	bool assumed;		/* the base is nobody's statement */
	bool has_deadline;
	struct rp_when deadline;
	struct rp_when as_of;	/* the newest of the figures */
	struct rp_post_figure figure[RP_FIGURES];
	bool no_record;		/* nothing counts what is revoked: none is,
				 * as far as the records go */
	bool has_done;		/* nothing is left, as the records say */
	struct rp_when done;	/* when the last one was revoked */
	/* How many expired by the deadline at least, where that figure itself
	 * is not recorded. */
	bool has_early_least;
	uint64_t early_least;
};

/* When it will be done. */
struct rp_post_estimate {
	bool known;		/* false: see why */
	bool recorded;		/* as it was made then; otherwise as the same
				 * model says now from what was public then */
	enum rp_metric metric;
	bool has[RP_FORECAST_QUANTILES];	/* false: beyond the horizon */
	struct rp_instant q[RP_FORECAST_QUANTILES];
	double q_se_s[RP_FORECAST_QUANTILES];	/* NaN where unknown */
	double never;		/* share of the trials, at the horizon */
	struct rp_instant horizon;
	uint64_t trials;
	double effective;	/* how many of them the actuals leave; NaN
				 * where unknown */
	bool weighted;		/* actuals were taken into account */
	bool explained;		/* the model can explain them */
	const char *why;	/* there is no estimate; or NULL */
};

/* A figure that was public at the last post and has been corrected since. */
struct rp_restatement {
	enum { RP_RESTATED_ACTUAL, RP_RESTATED_FACT, RP_RESTATED_PLAN } of;
	enum rp_fact_kind fact;	/* RP_RESTATED_FACT */
	int duty;		/* index, or -1 */
	int population;		/* index, or -1 */
	struct rp_when at;	/* the time that it speaks of, as said first */
	struct rp_when at_now;	/* and as said now */
	enum rp_figure figure;	/* RP_FIGURES: no single figure changed */
	struct rp_amount before;
	struct rp_amount now;	/* known false: taken back */
	bool late;		/* a record that came after the post, of a
				 * time before it */
	const char *note;	/* why; never NULL */
	uint32_t line_before;
	uint32_t line_now;
};

enum rp_post_promise_state {
	RP_PROMISE_DUE,		/* before the next update */
	RP_PROMISE_LATE,	/* slipped since the last post, or overdue */
	RP_PROMISE_KEPT,	/* since the last post */
	RP_PROMISE_MOVED	/* its date was changed, and it is still open */
};

struct rp_post_promise {
	enum rp_post_promise_state state;
	const struct rp_said_row *row;	/* of the ledger */
};

struct rp_post_question {
	const struct rp_fact *fact;
	int64_t days;		/* whole days that are certain */
	bool over_week;		/* for certain */
};

/* When a post is due, and by what. */
struct rp_post_due {
	bool has;
	struct rp_when at;
	const struct rp_rule *rule;	/* NULL: a date that was agreed on */
};

struct rp_post {
	struct rp_when as_of;
	enum rp_view view;
	size_t n_rows;
	const struct rp_post_row *row;	/* the duties, then the affected */
	bool complete;		/* nothing of any duty is outstanding */
	bool closed;		/* the report is closed */
	bool has_last;		/* there was a post before */
	struct rp_when last;	/* when */
	const struct rp_post_row *before;	/* n_rows; what the public could
					 * read then; NULL without a last */
	bool news;		/* figures that the last post had not */
	struct rp_post_estimate estimate;
	struct rp_post_estimate estimate_before;
	size_t n_promises;
	const struct rp_post_promise *promise;	/* by state, then by time */
	size_t n_restatements;
	const struct rp_restatement *restatement;
	size_t n_questions;
	const struct rp_post_question *question;
	struct rp_post_due due;	/* the next post after this one */
	struct rp_post_due was_due;	/* this one */
	bool overdue;		/* this one, for certain */
	int64_t overdue_s;
};

/* All borrowed; what may be NULL is then not told of. */
struct rp_post_sources {
	const struct rp_case *full;	/* everything recorded */
	const struct rp_case *now;	/* its view at as_of */
	struct rp_when as_of;
	enum rp_view view;
	const struct rp_claims *claims;		/* of now, or NULL */
	const struct rp_findings *findings;	/* of now, or NULL */
	const struct rp_forecast *forecast;	/* or NULL */
	const char *no_forecast;		/* why it is NULL */
	const struct rp_forecast *forecast_before; /* or NULL */
	/* Told of each contradiction: a whole line without a full stop, and
	 * the place of the record to be mended.  May be NULL. */
	void (*contradiction)(void *arg, const struct rp_origin *at,
	    const char *text);
	void *arg;
};

/*
 * The last post before this one, and the moment at which the public had read
 * it: all that was published with it counts as read.  A post of as_of itself
 * that shows the newest figures already is the one that is being written, and
 * not the last one.  false: there was none.
 */
bool rp_post_last(const struct rp_post_sources *src, struct rp_when *post,
    struct rp_when *read);

/*
 * Whether an estimate that the public had read by then was recorded; it is
 * then preferred to forecast_before.
 */
bool rp_post_has_recorded(const struct rp_case *full, struct rp_when read);

/*
 *   *out   on RP_OK owned by the caller, rp_post_free(); points into the
 *          sources
 *
 * RP_EINPUT  the figures contradict each other or an earlier post; each
 *            contradiction was told, err counts them
 * RP_ENOMEM
 * On any error *out is untouched.
 */
RP_CHECKED rp_status rp_post_make(const struct rp_post_sources *src,
    struct rp_post **out, struct rp_err *err);

void rp_post_free(struct rp_post *post);	/* accepts NULL */

/*
 * When, after a post, the next one is due by the rules of that day or an
 * agreed date; now is a view, delayed whether certificates are late and still
 * not revoked.
 */
struct rp_post_due rp_next_post(const struct rp_case *now,
    struct rp_when post, bool delayed);

/*
 * Whether nobody waits for a post any more: the report is closed, or its
 * closure report stands.
 */
bool rp_posts_are_over(const struct rp_case *now);

#endif /* RP_UPDATE_H */
