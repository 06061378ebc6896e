/*
 * judge/update.h - the parts of which a post is made.
 */
#ifndef RP_JUDGE_UPDATE_H
#define RP_JUDGE_UPDATE_H

#include <stdbool.h>
#include <stddef.h>

#include "judge/compare.h"
#include "judge/scopes.h"
#include "revplan/update.h"

/* Which rows there are; the same for both views. */
struct rp_post_shape {
	int joined;		/* the duty whose certificates are the affected
				 * ones, or -1 */
	bool summed;		/* several duties that are the affected ones
				 * together */
	size_t n;
};

/* A fact `revoked`, and the sum of all of them up to it. */
struct rp_post_record {
	struct rp_instant at;
	const struct rp_fact *fact;
	uint64_t total;
	bool all;		/* one without a number said "all of them" */
};

/* By time; empty where the duties do not count the affected ones. */
struct rp_post_records {
	struct rp_post_record *record;
	size_t n;
};

/* A post in the making. */
struct rp_posting {
	const struct rp_post_sources *src;
	struct rp_post *post;
	const struct rp_case *then;	/* what the public had read after the
					 * last post; NULL without one */
	struct rp_when read;		/* with then */
	struct rp_post_shape shape;
	/* Of now, while figures are checked. */
	struct rp_scopes scopes;
	struct rp_post_records records;
	size_t n_contradictions;
	struct rp_err *err;
};

/* ---- update_rows.c: the figures ----------------------------------------- */

struct rp_post_shape rp_post_shape(const struct rp_case *cs);

/* Fill shape.n rows from a view. */
RP_CHECKED rp_status rp_post_rows(const struct rp_case *cs,
    struct rp_when as_of, enum rp_view view, struct rp_post_shape shape,
    struct rp_post_row *row, struct rp_err *err);

/* How many certificates of a duty the records call revoked by a time. */
struct rp_recorded {
	uint64_t n;
	bool any;
	bool all;		/* a record without a number: all of them */
	struct rp_when last;	/* of the records, where there are any */
};
struct rp_recorded rp_recorded_by(const struct rp_case *cs, int duty,
    uint64_t size, const struct rp_when *by);

/* Whether a fact says that certificates of a duty were revoked. */
bool rp_is_revocation_of(const struct rp_case *cs, const struct rp_fact *f,
    int duty);

/* The certificates of a duty as known in a view. */
uint64_t rp_post_duty_size(const struct rp_case *cs, int duty);

struct rp_amount rp_amount_of(uint64_t n);

/* ---- update_records.c: the same of all affected certificates ------------- */

RP_CHECKED rp_status rp_post_records_init(struct rp_post_records *out,
    const struct rp_case *cs, struct rp_post_shape shape,
    struct rp_err *err);
void rp_post_records_release(struct rp_post_records *r);

/* The last one by then; NULL: there was none. */
const struct rp_post_record *rp_post_records_at(
    const struct rp_post_records *r, struct rp_when at);

/* ---- update_restate.c: corrections since the last post ------------------- */

/* What is told apart as restated; corrections without a reason are
 * contradictions. */
RP_CHECKED rp_status rp_post_restate(struct rp_posting *p);

/* ---- update_reconcile.c: whether the figures can be posted --------------- */

RP_CHECKED rp_status rp_post_reconcile(struct rp_posting *p);

/* ", line 12", or "" where the record has none. */
const char *rp_post_line(const struct rp_origin *at, char buf[32]);

/* Tell of one contradiction. */
void rp_post_contradicts(struct rp_posting *p, const struct rp_origin *at,
    const char *fmt, ...) RP_PRINTF(3, 4);

/* ---- update_dues.c: promises, questions, the next post ------------------- */

RP_CHECKED rp_status rp_post_promises(struct rp_posting *p);
RP_CHECKED rp_status rp_post_questions(struct rp_posting *p);
void rp_post_dues(struct rp_posting *p);

#endif /* RP_JUDGE_UPDATE_H */
